"""What a hub needs for a class of any size, reckoned from what was measured on a small machine, and what gives way first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ..lesson_files import lessons

ASSIGNMENTS = 4
BELL_MINUTES = 3.0  # what a class should wait at most, from the bell to the first cell's result
SIZES = (2, 4, 8, 16)  # processors of one machine
GB_A_PROCESSOR = 4  # how machines are sold
LESSON_MINUTES = 50


@dataclass(frozen=True)
class Figure:
    """One measured figure: what, how much of what, and how it was measured."""

    what: str
    value: float
    unit: str
    source: str


RUN = "`make bench-hub`: thirty accounts on one hub, two processors"
FEWER = "`make bench-hub`, twelve students; with more, each takes less; each further open lesson 143 MB"
FIGURES = {
    "server": Figure("log-in and start of one student's server, the hub's share included", 2.4, "processor seconds", RUN),
    "lesson": Figure("the course's copy, lesson 00 to its end, fetch and submit", 6.5, "processor seconds", RUN),
    "mark": Figure(
        "mark one submission of ps1, with its page", 0.36, "processor seconds", "500 submissions, two workers, 90 s"
    ),
    "memory": Figure("one student's server with one lesson open", 259, "MB", FEWER),
    "rest": Figure("system, hub and proxy", 1.5, "GB", "an allowance, not measured"),
    "home": Figure("a student's home at the end of a term", 10, "MB", "copy 3.5 MB, executed lessons 4.6 MB, four works"),
    "environment": Figure("the course's environment, once a machine", 0.9, "GB", "size of `.venv` on disk"),
    "lost": Figure(
        "wall time over processor time at the bell", 1.5, "times", "what we hold to be allowed; 1.2 on a machine of its own"
    ),
}


@dataclass(frozen=True)
class Plan:
    """What one class needs.

    Attributes
    ----------
    students, at_once : int
        In all, and at the same bell.
    machines, processors, memory_gb : int
        How many machines, and what each of them has.
    disk_gb : float
        Of all homes and environments.
    minutes : float
        From the bell until the first lesson has answered the last student.
    used_hours, kept_hours : float
        Core-hours of a term: what students' programs and the marking use; and what is paid for when the machines run for
        the lessons alone, once for each group that comes at one bell.
    bottleneck : str
        What gives way first.
    """

    students: int
    at_once: int
    machines: int
    processors: int
    memory_gb: int
    disk_gb: float
    minutes: float
    used_hours: float
    kept_hours: float
    bottleneck: str


def plan(students: int, at_once: int) -> Plan:
    """Plan the smallest machines that a class fits on.

    Parameters
    ----------
    students : int
        How many there are.
    at_once : int
        How many of them start at the same bell.

    Returns
    -------
    Plan

    Raises
    ------
    ValueError
        If a number is below 1, or more start than there are.
    """
    if not 1 <= at_once <= students:
        raise ValueError(f"{at_once} of {students} students cannot start at once. At least 1 can, and at most all.")
    value = {name: figure.value for name, figure in FIGURES.items()}
    start = value["server"] + value["lesson"]
    for_speed = at_once * start * value["lost"] / (BELL_MINUTES * 60)
    for_memory = (at_once * value["memory"] / 1000 + value["rest"]) / GB_A_PROCESSOR
    needed = max(for_speed, for_memory, SIZES[0])
    processors = next((size for size in SIZES if size >= needed), SIZES[-1])
    a_machine = (processors * GB_A_PROCESSOR - value["rest"]) * 1000 / value["memory"]  # students that fit into its memory
    machines = max(ceil(at_once / a_machine), ceil(for_speed / processors))
    minutes = at_once * start * value["lost"] / (machines * processors) / 60
    each = len(lessons()) * start + ASSIGNMENTS * value["mark"]
    return Plan(
        students=students,
        at_once=at_once,
        machines=machines,
        processors=processors,
        memory_gb=processors * GB_A_PROCESSOR,
        disk_gb=students * value["home"] / 1000 + machines * value["environment"],
        minutes=minutes,
        used_hours=students * each / 3600,
        kept_hours=len(lessons()) * LESSON_MINUTES / 60 * machines * processors * ceil(students / at_once),  # each group
        bottleneck="memory" if for_memory > for_speed else "processors at the bell",
    )


COLUMNS = (
    *("students", "at once", "machines", "processors each", "memory each", "disk in all"),
    *("minutes at the bell", "core-hours used a term", "core-hours kept a term", "gives way first"),
)


def table(classes: Sequence[tuple[int, int]] = ((30, 30), (300, 90), (30_000, 3_000))) -> str:
    """Return plans for some classes as Markdown."""
    rows = [_row(plan(*numbers)) for numbers in classes]
    return _markdown(COLUMNS, rows)


def _row(one: Plan) -> tuple[str, ...]:
    sizes = (f"{one.students:,}", f"{one.at_once:,}", f"{one.machines:,}", str(one.processors), f"{one.memory_gb} GB")
    costs = (f"{one.disk_gb:,.0f} GB", f"{one.minutes:.1f}", f"{one.used_hours:,.0f}", f"{one.kept_hours:,.0f}")
    return (*sizes, *costs, one.bottleneck)


def figures() -> str:
    """Return the measured figures as Markdown."""
    rows = [(one.what, f"{one.value:g} {one.unit}", one.source) for one in FIGURES.values()]
    return _markdown(("what", "measured", "how"), rows)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))
