"""The lists that a marked class ends in: one line a student, and one line a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ..assignments.assignment import Assignment
from ..csv_files import write_sheet
from ..submissions.handed_in import HandedIn
from .grade_class import Marked
from .results import MARKED, to_look_at

HANDED_IN_COLUMNS = ("file", "student_id", "name", "named as by", "number", "late", "what became of it", "why")
LAST_COLUMNS = ("auto_score", "auto_max", "max_score", "needs_marking", "status", "isolation")


def write_marks(path: Path, assignment: Assignment, lines: Iterable[Marked]) -> None:
    """Write ``grades.csv``.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    assignment : Assignment
        The assignment. Each of its questions has a column: the points so far, a person's included; empty while nobody has
        given any.
    lines : iterable of Marked
        The students.
    """
    columns = ("student_id", "assignment", *assignment.questions, *LAST_COLUMNS)
    write_sheet(path, columns, [_row(assignment, line) for line in lines])


def write_handed_in(path: Path, handed_in: Iterable[HandedIn]) -> None:
    """Write ``handed_in.csv``: every file that was found, and what became of it.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    handed_in : iterable of HandedIn
        The files.
    """
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
    write_sheet(path, HANDED_IN_COLUMNS, rows)


def question_points(assignment: Assignment, line: Marked, question: str) -> float | None:
    """Return a student's points for a question, or None while nobody has given any.

    Parameters
    ----------
    assignment : Assignment
        The assignment.
    line : Marked
        The student.
    question : str
        For example ``"q1"``.

    Returns
    -------
    float or None
        Also None for who handed nothing in, and for a file of which the machine could mark nothing.
    """
    given = [
        one.points
        for item in assignment.items
        if item.question == question and (one := line.entered.get(item.grade_id)) and one.points is not None
        if line.status in MARKED or one.manual is not None
    ]
    return sum(given) if given else None


def _row(assignment: Assignment, line: Marked) -> Sequence[object]:
    auto = sum(
        replace(one, manual=None, extra=0.0).points or 0.0
        for item in assignment.items
        if (one := line.entered.get(item.grade_id))
    )
    needs = to_look_at(line.status) or any(one.needs_marking for one in line.entered.values())
    return (
        line.student.student_id,
        assignment.name,
        *(question_points(assignment, line, question) for question in assignment.questions),
        float(auto) if line.status in MARKED else None,
        assignment.auto_max,
        assignment.max_score,
        str(needs),
        line.status,
        line.isolation,
    )
