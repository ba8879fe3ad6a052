"""A marked class at a glance: how the points lie, which questions were hard, who is missing, who waits for a person."""

from __future__ import annotations

import csv
import json
import os
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median

from ..assignments.assignment import Assignment, GradedCell
from ..csv_files import write_csv
from ..errors import TeacherError
from ..files import write_if_changed
from ..html import render
from ..submissions.align import CHANGED
from ..submissions.deadlines import IN_TIME, kept_lateness
from ..submissions.roster import Student, kept_roster
from .csv_export import question_points
from .database import has_gradebook
from .feedback_page import number
from .gradebook import entered_scores, open_gradebook
from .likeness import Sign, likenesses
from .results import STATUS_MEANS, Marked, load_result, status_of

_BINS = 10
REPORT_COLUMNS = (
    *("student_id", "name", "points", "max_score", "needs_marking", "status", "late", "again"),
    *("handed_in_at", "late_by", "penalty"),
)


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
    locked: frozenset[str] = frozenset()  # who changed a locked cell
    signs: tuple[Sign, ...] = ()
    strangers: frozenset[str] = frozenset()  # who handed in, and is not on the roster

    @property
    def handed_in(self) -> tuple[Marked, ...]:
        """Those of whom something was marked."""
        return tuple(line for line in self.lines if line.ran)

    @property
    def to_look_at(self) -> tuple[Marked, ...]:
        """Those whose file a person must look at."""
        return tuple(line for line in self.lines if line.to_look_at)

    def among(self, student_ids: Collection[str]) -> tuple[Marked, ...]:
        """Those with one of these ids."""
        return tuple(line for line in self.lines if line.student.student_id in student_ids)

    @property
    def waiting(self) -> tuple[Marked, ...]:
        """Those whose work a person must still mark, or look at."""
        return tuple(line for line in self.lines if line.waits)

    def with_status(self, *status: str) -> tuple[Marked, ...]:
        """Those with a status."""
        return tuple(line for line in self.lines if line.status in status)

    def when(self, line: Marked) -> tuple[str, str]:
        """Return "late" and "again" for who was late, or handed in more than one notebook."""
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
    """Read the folder into which `grade` wrote, with what a person has given since; `TeacherError` if there are no marks.

    The roster may be empty: then the one that `grade` had is taken. Who is on it and has no line is missing.
    """
    path = folder / "grades.csv"
    if not path.is_file() or not has_gradebook(folder):
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
    times = kept_lateness(folder / ".kept" / "lateness.txt")
    lines = {}
    for row in rows:
        one, status = row["student_id"], status_of(row["status"])
        student = roster.get(one) or names.get(one) or Student(one)
        given = {} if status == "missing" else entered.get(one, {})
        lines[one] = Marked(student, status, row["isolation"], "", given, times.get(one, IN_TIME))
    for one, student in roster.items():
        lines.setdefault(one, Marked(student, "missing", "", "", {}))
    files = files_of(folder)
    told = {row["student_id"] for row in files if row.get("late") and row["what became of it"] == "counts"}
    late = frozenset({one for one in told if one not in times} | {one for one, found in times.items() if found.late})
    again = frozenset(row["student_id"] for row in files if row["what became of it"] == "older")
    results = {one: kept for one, line in lines.items() if line.ran and (kept := load_result(folder / ".kept", one))}
    locked = frozenset(one for one, kept in results.items() if any(note.startswith(CHANGED) for note in kept.notes))
    groups = {one: student.group for one, student in roster.items()}
    signs = tuple(likenesses(assignment, results, groups))
    strangers = frozenset(set(lines) - set(roster)) if roster else frozenset()
    return ClassReport(assignment, tuple(lines[one] for one in sorted(lines)), late, again, locked, signs, strangers)


def total(assignment: Assignment, line: Marked) -> float:
    """Return a student's points so far, without what is taken off for late work."""
    given = sum(question_points(assignment, line, question) or 0.0 for question in assignment.questions)
    return max(given - line.lateness.penalty, 0.0)


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


def write_report_list(path: Path, report: ClassReport) -> None:
    """Write the sums for a spreadsheet."""
    rows: list[Sequence[object]] = [
        (
            one.student.student_id,
            one.student.name,
            _so_far(report, one),
            report.assignment.max_score,
            str(one.waits),
            one.status,
            *report.when(one),
            one.lateness.handed_in,
            one.lateness.by,
            one.lateness.penalty or None,
        )
        for one in report.lines
    ]
    write_csv(path, REPORT_COLUMNS, rows, mark=True)


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
        locked=frozenset(key[one] for one in report.locked if one in key),
        strangers=frozenset(key[one] for one in report.strangers),
        signs=tuple(replace(one, students=(key[one.students[0]], key[one.students[1]])) for one in report.signs),
    )


def _is_done(line: Marked, item: GradedCell) -> bool:
    one = line.entered.get(item.grade_id)
    return one is not None and one.points is not None and not one.needs_marking


def _so_far(report: ClassReport, line: Marked) -> float | None:
    """Return the points of a student; None for who was not read and has none by hand: that is not the same as 0."""
    given = any(question_points(report.assignment, line, name) is not None for name in report.assignment.questions)
    return total(report.assignment, line) if given and line.status != "missing" else None


def files_of(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the list of files; none if there is no such list, or one of another form."""
    try:
        with (folder / "handed_in.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError:
        return []
    return [row for row in rows if {"student_id", "number", "what became of it"} <= set(row)]
