"""What the engine is asked, and what it answers: plain values on both sides, no code of its own.

Outside, a `Job` is built from one submission. The sandbox runs the student's cells one after another, and puts each
`Probe`: it reads one value of what they left, or of what some of them give on other tables. The sandbox never sees what is
expected; `Answer.value` is compared outside.
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
    """One hidden question to the student's work, in one of two forms.

    With `after`, it reads what the student's own run has left: right after that cell, and before the next one. With `cells`,
    these run on tables of its own, in a process in which none of the student's code has run yet: no name and no table that
    another cell changed is left there, and no file.
    """

    probe_id: str
    read: str  # a Python expression evaluated in the student's names: "treaties", "count_kind(events, 'treaty')"
    after: str = ""  # a cell_id
    cells: tuple[str, ...] = ()  # cell_ids that run, in this order; an error in any but the last of them is passed over
    tables: Mapping[str, bytes] = field(default_factory=dict)  # name for `load` -> CSV; `load(name)` gives these rows
    frames: Mapping[str, bytes] = field(default_factory=dict)  # of these, what is loaded already: see `tables.pickled`
    apart: bool = False  # whether what it does must be kept from the probes after it by more than fresh names and tables
    if_changed: bool = False  # put only if a cell has changed one of the tables as given: see `Job.given`


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    A second is one of the processor, so that a busy machine does not decide. Nobody waits longer than `WALL` times as many
    seconds of the clock, nor longer than one second of it for each if nothing is computed in it.
    """

    cell_seconds: float = 10.0  # for each cell, whenever it runs, and for reading the value of each probe
    total_seconds: float = 120.0  # of the clock, for the student's own run
    hidden_seconds: float = 180.0  # of the clock, for all hidden questions on other tables
    memory_bytes: int = 1_500_000_000  # address space above what the preloaded process has
    processes: int = 32
    file_bytes: int = 20_000_000  # one file, and each writable folder
    output_characters: int = 20_000  # of text, for one cell
    picture_bytes: int = 2_000_000  # of one cell's pictures


WALL = 2.0
IDLE = 0.02  # of the clock: a process that has computed less was waiting for nothing, also on a machine with fifty others


@dataclass(frozen=True)
class Job:
    """One submission to run."""

    job_id: str
    cells: tuple[Cell, ...]
    probes: tuple[Probe, ...]
    limits: Limits = field(default_factory=Limits)
    given: str = ""  # the cell_id after which the tables stand as they were given: what changes them later is reported
    base: tuple[str, ...] = ()  # cell_ids with which every probe's `cells` begin: they run once for each set of tables


@dataclass(frozen=True)
class Ran:
    """How one cell went. Everything in it comes from the student's process: untrusted until cleaned."""

    cell_id: str
    state: State
    seconds: float
    text: str = ""  # what was printed and the repr of the last expression, cut at the limit
    error: str = ""  # "NameError: name 'x' is not defined", without a trace; empty if none
    line: int | None = None  # the line of the cell on which it failed
    pictures: tuple[bytes, ...] = ()  # PNG files as they came


@dataclass(frozen=True)
class Answer:
    """What one probe read: a value in the plain form (see `values`), or why there is none."""

    probe_id: str
    state: State
    value: object = None  # None unless state is "ok"; JSON-like: see `values`
    error: str = ""  # "KeyError: source_id", if the state is "error". It may tell of tables that nobody should see
    changed: tuple[str, ...] = ()  # the tables that are not as they were given, if the probe was put after a cell


@dataclass(frozen=True)
class Report:
    """What became of one job. There is a `Ran` for each cell and an `Answer` for each probe, whatever happened."""

    job_id: str
    ran: tuple[Ran, ...]
    answers: tuple[Answer, ...]
    isolation: Literal["bubblewrap", "not isolated"]
