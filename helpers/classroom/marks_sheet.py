"""The lists that a marked class ends in: one line a student, and one line a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from .assignment import Assignment
from .grading import Marked
from .intake import HandedIn
from .results import to_look_at
from .sheets import write_sheet

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
        0 for who handed nothing in.
    """
    if line.status == "missing":
        return 0.0
    given = [
        one.points
        for item in assignment.items
        if item.question == question and (one := line.entered.get(item.grade_id)) and one.points is not None
    ]
    return sum(given) if given else None


def _row(assignment: Assignment, line: Marked) -> Sequence[object]:
    auto = sum(line.entered[item.grade_id].auto or 0 for item in assignment.items if item.grade_id in line.entered)
    needs = to_look_at(line.status) or any(one.needs_marking for one in line.entered.values())
    return (
        line.student.student_id,
        assignment.name,
        *(question_points(assignment, line, question) for question in assignment.questions),
        None if to_look_at(line.status) else float(auto),
        assignment.auto_max,
        assignment.max_score,
        str(needs),
        line.status,
        line.isolation,
    )
