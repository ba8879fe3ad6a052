"""The lists that a marked class ends in: one line a student, and one line a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..assignments.assignment import Assignment
from ..csv_files import write_csv
from ..submissions.handed_in import HandedIn
from .results import Marked

HANDED_IN_COLUMNS = ("file", "student_id", "name", "named as by", "number", "late", "what became of it", "why")
LAST_COLUMNS = (
    "auto_score",
    "auto_max",
    "max_score",
    "needs_marking",
    "status",
    "isolation",
    "handed_in_at",
    "late_by",
    "penalty",
)


def write_grades(path: Path, assignment: Assignment, lines: Iterable[Marked]) -> None:
    """Write ``grades.csv``. A question has its points so far, a person's included; it is empty while nobody gave any."""
    columns = ("student_id", "assignment", *assignment.questions, *LAST_COLUMNS)
    write_csv(path, columns, [_row(assignment, line) for line in lines])


def write_handed_in(path: Path, handed_in: Iterable[HandedIn]) -> None:
    """Write ``handed_in.csv``: every file that was found, and what became of it."""
    rows = [
        (
            one.entry.shown,
            one.student.student_id,
            one.student.name,
            one.layout,
            one.number,
            "late" if one.late else "",
            one.fate,
            one.reason,
        )
        for one in handed_in
    ]
    write_csv(path, HANDED_IN_COLUMNS, rows)


def question_points(assignment: Assignment, line: Marked, question: str) -> float | None:
    """Return a student's points for a question; None while nobody has given any, or the machine could mark nothing."""
    given = [
        one.points
        for item in assignment.items
        if item.question == question and (one := line.entered.get(item.grade_id)) and one.points is not None
        if line.ran or one.manual is not None
    ]
    return sum(given) if given else None


def _row(assignment: Assignment, line: Marked) -> Sequence[object]:
    auto = sum(one.of_the_machine or 0.0 for item in assignment.items if (one := line.entered.get(item.grade_id)))
    return (
        line.student.student_id,
        assignment.name,
        *(question_points(assignment, line, question) for question in assignment.questions),
        float(auto) if line.ran else None,
        assignment.auto_max,
        assignment.max_score,
        str(line.waits),
        line.status,
        line.isolation,
        line.lateness.handed_in,
        line.lateness.by,
        line.lateness.penalty or None,
    )
