"""What the engine is asked, and what it answers: plain values on both sides, no code of its own.

The trusted side builds a `Job` from one submission. The engine runs the student's cells one after another, then puts each
`Probe`: it swaps tables, runs some cells again, and reads one value. The engine never sees what is expected; `Answer.value`
is compared on the trusted side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

State = Literal["ok", "error", "timeout", "memory", "killed", "not run"]


@dataclass(frozen=True)
class Cell:
    """One code cell of a submission, in the order in which it runs."""

    cell_id: str  # nbgrader's grade_id, or "cell-7" for a cell that has none
    source: str


@dataclass(frozen=True)
class Probe:
    """One hidden question to the student's work, put after all cells have run.

    Each probe sees the names that the student's cells left, and tables of its own. One that does not come off is put again
    to a copy of the process that no other probe has touched.
    """

    probe_id: str
    tables: Mapping[str, bytes]  # name for `load` -> CSV; `load(name)` gives these rows from now on
    bind: Mapping[str, str]  # variable -> table: each is set to `load(table)` before the cells run again
    rerun: tuple[str, ...]  # cell_ids that run again, in this order; may be empty
    read: str  # a Python expression evaluated in the student's names: "treaties", "count_kind(events, 'treaty')"
    frames: Mapping[str, bytes] = field(default_factory=dict)  # tables that are loaded already: see `tables.pickled`


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    cell_seconds: float = 10.0  # wall clock, for each cell and for each probe
    total_seconds: float = 120.0  # wall clock, for the whole submission
    memory_bytes: int = 1_500_000_000  # address space above what the preloaded process has
    processes: int = 32
    file_bytes: int = 20_000_000  # one file, and each writable place
    output_characters: int = 20_000  # of text, for one cell
    picture_bytes: int = 2_000_000  # of one cell's pictures


@dataclass(frozen=True)
class Job:
    """One submission to run."""

    job_id: str
    cells: tuple[Cell, ...]
    probes: tuple[Probe, ...]
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Ran:
    """How one cell went. Everything in it comes from the student's process: hostile until cleaned."""

    cell_id: str
    state: State
    seconds: float
    text: str = ""  # what was printed and the repr of the last expression, cut at the limit
    error: str = ""  # "NameError: name 'x' is not defined", without a trace; empty if none
    line: int | None = None  # the line of the cell on which it failed
    pictures: tuple[bytes, ...] = ()  # PNG files as they came


@dataclass(frozen=True)
class Answer:
    """What one probe read: a value in the engine's plain form (see `values`), or why there is none."""

    probe_id: str
    state: State
    value: object = None  # None unless state is "ok"; JSON-like: see engine/values.py


@dataclass(frozen=True)
class Report:
    """What became of one job. There is a `Ran` for each cell and an `Answer` for each probe, whatever happened."""

    job_id: str
    ran: tuple[Ran, ...]
    answers: tuple[Answer, ...]
    isolation: Literal["bubblewrap", "not isolated"]
