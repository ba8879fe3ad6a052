"""A marked class at a glance: how the points lie, which questions were hard, who is missing, who waits for a person."""

from __future__ import annotations

import csv
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median

from ..assignments.assignment import Assignment, GradedCell
from ..csv_files import write_csv
from ..errors import TeacherError
from ..files import write_if_changed
from ..html import render
from ..submissions.roster import Student, kept_roster
from .csv_export import question_points
from .feedback_page import number
from .gradebook import entered_scores, open_gradebook
from .results import STATUS_MEANS, Marked, status_of

_BINS = 10


@dataclass(frozen=True)
class Question:
    """How a class did in one question: those whose answer is marked to the end, and how many are not."""

    name: str
    most: float
    mean: float | None
    full: int
    none: int
    marked: int
    waiting: int

    @property
    def share(self) -> float | None:
        """The mean as a share of the points; None while nobody has any."""
        return None if self.mean is None or not self.most else self.mean / self.most


@dataclass(frozen=True)
class ClassReport:
    """Everything that the page and the lists show. See `read_class`."""

    assignment: Assignment
    lines: tuple[Marked, ...]
    late: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()

    @property
    def handed_in(self) -> tuple[Marked, ...]:
        """Those of whom something was marked."""
        return tuple(line for line in self.lines if line.ran)

    @property
    def to_look_at(self) -> tuple[Marked, ...]:
        """Those whose file a person must look at."""
        return tuple(line for line in self.lines if line.to_look_at)

    @property
    def waiting(self) -> tuple[Marked, ...]:
        """Those whose work a person must still mark, or look at."""
        return tuple(line for line in self.lines if line.waits)

    def with_status(self, *status: str) -> tuple[Marked, ...]:
        """Those with a status."""
        return tuple(line for line in self.lines if line.status in status)

    def when(self, line: Marked) -> tuple[str, str]:
        """Return "late" and "again" for who was late by the platform's word, or handed in more than one notebook."""
        student_id = line.student.student_id
        return "late" if student_id in self.late else "", "again" if student_id in self.again else ""

    def questions(self) -> tuple[Question, ...]:
        """Return how the class did in each question: the hardest first, then those that are not marked to the end.

        While a person still marks a question, its mean is no measure of how hard it is.
        """
        found = [self._question(name) for name in self.assignment.questions]
        return tuple(sorted(found, key=lambda one: (one.waiting > 0 or one.share is None, one.share or 0.0)))

    def totals(self) -> list[float]:
        """Return the points so far of those who handed in."""
        return [total(self.assignment, line) for line in self.handed_in]

    def bins(self) -> list[tuple[str, int]]:
        """Count students in ten equal steps of points."""
        most, counts = self.assignment.max_score, [0] * _BINS
        for points in self.totals():
            counts[min(int(points / most * _BINS), _BINS - 1)] += 1
        edges = [most * step / _BINS for step in range(_BINS + 1)]
        return [(f"{number(edges[step])}–{number(edges[step + 1])}", counts[step]) for step in range(_BINS)]

    def _question(self, name: str) -> Question:
        items = [item for item in self.assignment.items if item.question == name]
        most = sum(item.points for item in items)
        done = [line for line in self.handed_in if all(_is_done(line, item) for item in items)]
        given = [question_points(self.assignment, line, name) or 0.0 for line in done]
        full, none = sum(points >= most for points in given), sum(points == 0 for points in given)
        waiting = len(self.handed_in) - len(done)
        return Question(name, most, mean(given) if given else None, full, none, len(given), waiting)


def read_class(folder: Path, assignment: Assignment, roster: Mapping[str, Student]) -> ClassReport:
    """Read a folder of marks, with what a person has given since `grade` ran.

    Parameters
    ----------
    folder : pathlib.Path
        The folder into which `grade` wrote.
    assignment : Assignment
        The assignment.
    roster : mapping of str to Student
        The class; may be empty: then the one that `grade` had is taken. Who is on it and has no line is missing.

    Returns
    -------
    ClassReport

    Raises
    ------
    TeacherError
        If there are no marks of this assignment.
    """
    path = folder / "grades.csv"
    if not path.is_file() or not (folder / "gradebook.db").is_file():
        raise TeacherError(f"There are no marks in {folder}. Run first: grade {assignment.name} --submissions DIR")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if any(row.get("assignment") != assignment.name for row in rows):
        raise TeacherError(f"{path} holds the marks of another assignment than {assignment.name}.")
    with open_gradebook(folder) as book:
        entered = entered_scores(book, assignment)
        names = {
            one.id: Student(one.id, " ".join(filter(None, (one.first_name, one.last_name))), one.email or "")
            for one in book.students
        }
    roster = roster or kept_roster(folder / ".kept" / "roster.txt")
    lines = {}
    for row in rows:
        one, status = row["student_id"], status_of(row["status"])
        student = roster.get(one) or names.get(one) or Student(one)
        lines[one] = Marked(student, status, row["isolation"], "", {} if status == "missing" else entered.get(one, {}))
    for one, student in roster.items():
        lines.setdefault(one, Marked(student, "missing", "", "", {}))
    files = _files(folder)
    late = frozenset(row["student_id"] for row in files if row.get("late") and row["what became of it"] == "counts")
    again = frozenset(row["student_id"] for row in files if row["what became of it"] == "older")
    return ClassReport(assignment, tuple(lines[one] for one in sorted(lines)), late, again)


def total(assignment: Assignment, line: Marked) -> float:
    """Return a student's points so far."""
    return sum(question_points(assignment, line, question) or 0.0 for question in assignment.questions)


def report_page(report: ClassReport, *, pseudonyms: bool) -> str:
    """Return the page: HTML that needs nothing else and runs nothing."""
    totals = report.totals()
    return render(
        "report.html.j2",
        assignment=report.assignment,
        report=report,
        waiting={line.student.student_id for line in report.waiting},
        bins=report.bins(),
        tallest=max([count for _, count in report.bins()] + [1]),
        middle=number(median(totals)) if totals else "–",
        average=number(round(mean(totals), 1)) if totals else "–",
        meanings=STATUS_MEANS,
        total=lambda line: number(_so_far(report, line)),
        number=number,
        pseudonyms=pseudonyms,
    )


def write_lists(
    folder: Path,
    report: ClassReport,
    *,
    so_far: bool,
    canvas_column: str,
    for_platforms: bool,
    missing_as_zero: bool = False,
) -> list[Path]:
    """Write the lists, and return their paths; `so_far` gives the platforms the points of unfinished work, too."""
    most = report.assignment.max_score
    rows = [
        (
            one.student.student_id,
            one.student.name,
            _so_far(report, one),
            most,
            str(one.waits),
            one.status,
            *report.when(one),
        )
        for one in report.lines
    ]
    columns = ("student_id", "name", "points", "max_score", "needs_marking", "status", "late", "again")
    write_csv(folder / "report.csv", columns, rows, mark=True)
    if not for_platforms:
        return [folder / "report.csv"]
    points = {one.student.student_id: _for_platform(report, one, so_far, missing_as_zero) for one in report.lines}
    _write_canvas(folder / "canvas.csv", report, points, canvas_column)
    moodle = [(_id_number(one.student), one.student.email, points[one.student.student_id]) for one in report.lines]
    write_csv(folder / "moodle.csv", ("ID number", "Email address", report.assignment.name), moodle)
    return [folder / name for name in ("report.csv", "canvas.csv", "moodle.csv")]


def with_pseudonyms(folder: Path, report: ClassReport) -> ClassReport:
    """Return a class in which nobody can be recognised without the key, ``.kept/pseudonyms.json``, for its owner alone.

    A student keeps the same made-up id in each report from this folder.
    """
    path = folder / ".kept" / "pseudonyms.json"
    key: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for line in report.lines:
        while line.student.student_id not in key:
            name = f"student-{secrets.token_hex(3)}"
            if name not in key.values():
                key[line.student.student_id] = name
    write_if_changed(path, json.dumps(key, indent=1).encode())
    os.chmod(path, 0o600)
    lines = [replace(line, student=Student(key[line.student.student_id])) for line in report.lines]
    return replace(
        report,
        lines=tuple(sorted(lines, key=lambda line: line.student.student_id)),
        late=frozenset(key[one] for one in report.late if one in key),
        again=frozenset(key[one] for one in report.again if one in key),
    )


def _id_number(student: Student) -> str:
    """Return what Moodle calls the ID number. Who has none there is known to us by the address."""
    return "" if student.official_id.casefold() == student.email.casefold() else student.official_id


def _is_done(line: Marked, item: GradedCell) -> bool:
    one = line.entered.get(item.grade_id)
    return one is not None and one.points is not None and not one.needs_marking


def _so_far(report: ClassReport, line: Marked) -> float | None:
    return None if line.status == "missing" else total(report.assignment, line)


def _for_platform(report: ClassReport, line: Marked, so_far: bool, missing_as_zero: bool) -> float | None:
    """Return the points for a platform; None, an empty cell, for work that is missing or not marked to the end.

    Who has handed in nothing may be ill, or have more time: a platform would take 0 for a mark.
    """
    if line.status == "missing":
        return 0.0 if missing_as_zero else None
    return None if line.waits and not so_far else total(report.assignment, line)


def _write_canvas(path: Path, report: ClassReport, points: Mapping[str, float | None], column: str) -> None:
    """Write the columns that Canvas asks for; it finds a student by any of ID, SIS User ID and SIS Login ID.

    A login is no e-mail address, so it stands there only if the roster is Canvas' own export.
    """
    own = _canvas_ids(path.parent)
    rows: list[Sequence[object]] = [("    Points Possible", "", "", "", "", report.assignment.max_score)]
    for line in report.lines:
        one = line.student
        canvas_id = one.canvas_id or own.get(one.student_id, "")
        ours = one.official_id if one.official_id not in (canvas_id, one.canvas_login) else ""
        rows.append((one.name or one.student_id, canvas_id, ours, one.canvas_login, one.section, points[one.student_id]))
    write_csv(path, ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", column), rows)


def _canvas_ids(folder: Path) -> dict[str, str]:
    """Return Canvas' own numbers, as its names of files gave them. No other number may stand in its column ID."""
    return {row["student_id"]: row["number"] for row in _files(folder) if row.get("named as by") == "Canvas"}


def _files(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the list of files; none if there is no such list, or one of another form."""
    try:
        with (folder / "handed_in.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError:
        return []
    return [row for row in rows if {"student_id", "number", "what became of it"} <= set(row)]
