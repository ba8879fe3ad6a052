"""Mark a class: run what is new, keep what is done, write the gradebook, the list of marks and what students get back."""

from __future__ import annotations

import json
import platform
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from nbformat import NotebookNode
from tqdm import tqdm  # type: ignore[import-untyped]

from tools.files import write_if_changed

from .assignment import Assignment
from .cleaning import clean_text, markdown_to_html
from .course import ROOT, Course
from .engine import Executor
from .engine.contract import Job, Limits, Report
from .errors import TeacherError
from .feedback import feedback_page
from .gradebook import Entered, Work, enter_assignment, enter_marks, entered_marks, open_gradebook
from .intake import HandedIn
from .judge import Mark
from .marker_copy import outcome_in_words, written
from .marking import Marker, Opened, Outcome
from .nbgrader_settings import settings_file
from .normalise import Normalised
from .results import Result, Shown, Status, load_result, save
from .roster import Student
from .submission import UnreadableError, read_submission

_PACKAGES = ("pandas", "matplotlib", "numpy", "nbgrader", "nh3", "pillow")

# What is noted of a submission that our own code could not mark.
NOT_FORESEEN = "Something in it was not foreseen. A person must look at it."


@dataclass(frozen=True)
class Marked:
    """A student's line: who, what became of the work, and what the gradebook holds now."""

    student: Student
    status: Status
    isolation: str
    note: str
    entered: Mapping[str, Entered]


@dataclass(frozen=True)
class _Underway:
    """A student whose submission is in the engine."""

    student_id: str
    key: str
    opened: Opened


class Grader:
    """Marks the submissions of one assignment into one folder.

    Parameters
    ----------
    course : Course
        With the seed of the hidden tables.
    assignment : Assignment
        What is marked.
    out : pathlib.Path
        The folder of the marks.
    workers : int, default 2
        How many submissions run at the same time.
    unsafe : bool, default False
        Whether to go on where code cannot be kept apart from the machine.
    limits : Limits, optional
        What one submission may use; the engine's own by default.
    """

    def __init__(
        self,
        course: Course,
        assignment: Assignment,
        out: Path,
        *,
        workers: int = 2,
        unsafe: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self.course, self.assignment, self.out = course, assignment, out
        self.workers, self.unsafe = workers, unsafe
        self._marker = Marker(course, assignment, limits)

    @property
    def kept(self) -> Path:
        """The folder of finished work."""
        return self.out / ".kept"

    @cached_property
    def base(self) -> str:
        """A hash of all that decides marks besides the submission: assignment, seed, code, tables, versions."""
        parts = [
            self.assignment.fingerprint,
            self.course.seed,
            str(self.unsafe),
            repr(self._marker.limits),
            platform.python_version(),
        ]
        parts += [f"{name} {version(name)}" for name in _PACKAGES]
        return sha256("\n".join([*parts, *_code_hashes()]).encode()).hexdigest()

    def grade(self, handed_in: Sequence[HandedIn], roster: Mapping[str, Student], *, again: bool = False) -> list[Marked]:
        """Mark a class.

        Parameters
        ----------
        handed_in : sequence of HandedIn
            All files that were found.
        roster : mapping of str to Student
            The class; may be empty.
        again : bool, default False
            Whether to mark anew what is finished and has not changed.

        Returns
        -------
        list of Marked
            One for each student who is on the roster or handed something in, sorted by id.

        Raises
        ------
        TeacherError
            If the folder holds the marks of something else, the solution does not earn all points, or code cannot be kept
            apart here and `unsafe` is not set.
        """
        self._prepare_folder()
        chosen = _one_for_each(handed_in)
        results: dict[str, Result] = {}
        self._run(chosen, results, again)
        return self._write(chosen, results, roster)

    def _prepare_folder(self) -> None:
        label = self.out / ".kept" / "assignment.txt"
        if label.exists() and label.read_text(encoding="utf-8").strip() != self.assignment.name:
            other = label.read_text(encoding="utf-8").strip()
            raise TeacherError(
                f"{self.out} holds the marks of {other}. Give {self.assignment.name} another folder: --out DIR."
            )
        write_if_changed(label, f"{self.assignment.name}\n".encode())
        write_if_changed(self.out / ".gitignore", b"# Names and marks of students never go into a repository.\n*\n")
        # nbgrader's pages list an assignment only if it has a folder here. The source itself stays where it is.
        write_if_changed(self.out / "source" / self.assignment.name / "empty_on_purpose.txt", b"Only the name counts.\n")
        write_if_changed(self.out / "nbgrader_config.py", settings_file(self.course, marking=True).encode())

    def _run(self, chosen: Mapping[str, HandedIn], results: dict[str, Result], again: bool) -> None:
        """Fill in a result for each student; only what is new goes to the engine."""
        contents, new = {}, []
        for student_id, one in chosen.items():
            content, problem = _content(one)
            contents[student_id] = sha256(f"{self.base}{problem}".encode() + content).hexdigest()
            kept = None if again else load_result(self.kept, student_id)
            if kept and kept.key == contents[student_id] and self._copy_of(student_id).exists():
                results[student_id] = replace(kept, cells=())
            elif problem:
                status: Status = "unreadable" if one.fate == "not a notebook" else "refused"
                results[student_id] = self._not_run(student_id, contents[student_id], status, problem)
            else:
                new.append(student_id)
        if not new:
            return
        underway: dict[str, _Underway] = {}
        with Executor(workers=self.workers, unsafe=self.unsafe) as executor:
            self._marker.learn(executor)
            jobs = self._jobs(new, chosen, contents, underway, results)
            with tqdm(total=len(new), desc="marking", unit="student", disable=None) as bar:
                for report in executor.run(jobs):
                    done = underway.pop(report.job_id)
                    try:
                        results[done.student_id] = self._finish(done, report)
                    except Exception as problem:  # nobody's work may end the batch; the rest are marked as they deserve
                        results[done.student_id] = self._not_foreseen(done.student_id, done.key, problem)
                    bar.update()
        if underway:
            raise TeacherError(f"{len(underway)} submissions were not marked. Run the same command again.")

    def _jobs(
        self,
        new: Sequence[str],
        chosen: Mapping[str, HandedIn],
        keys: Mapping[str, str],
        underway: dict[str, _Underway],
        results: dict[str, Result],
    ) -> Iterator[Job]:
        """Read submissions one by one, as the engine asks for them."""
        for number, student_id in enumerate(new):
            content, _ = _content(chosen[student_id])
            try:
                job, opened = self._marker.open(f"job-{number}", read_submission(content))
            except UnreadableError as reason:
                results[student_id] = self._not_run(student_id, keys[student_id], "unreadable", str(reason))
                continue
            except Exception as problem:
                results[student_id] = self._not_foreseen(student_id, keys[student_id], problem)
                continue
            underway[job.job_id] = _Underway(student_id, keys[student_id], opened)
            yield job

    def _finish(self, one: _Underway, report: Report) -> Result:
        work, outcome = one.opened.work, self._marker.mark(one.opened, report)
        own = [cell for cell in work.cells if cell.own and cell.kind == "code"]
        whole = all(cell.cell_id in outcome.ran and outcome.ran[cell.cell_id].state == "ok" for cell in own)
        status: Status = "graded" if whole else "partly run"
        cells = tuple(_shown(work, outcome))
        return self._keep(
            one.student_id, outcome.copy, Result(one.key, status, report.isolation, "", work.notes, outcome.marks, cells)
        )

    def _not_run(self, student_id: str, key: str, status: Status, note: str) -> Result:
        """Give nothing for what cannot be read, and ask a person to look at it."""
        work = replace(self._marker.open("", ())[1].work, notes=(f"This submission was not marked: {note}",))
        marks = tuple(
            Mark(item.grade_id, None if item.by_hand else 0.0, "by hand" if item.by_hand else "stopped", "", True, key[:16])
            for item in self.assignment.items
        )
        copy = self._marker.copy(work, marks, {}, {})
        return self._keep(student_id, copy, Result(key, status, "", note, work.notes, marks, ()))

    def _not_foreseen(self, student_id: str, key: str, problem: Exception) -> Result:
        """Leave to a person what our own code could not do, and say so where a maintainer sees it."""
        where = traceback.extract_tb(problem.__traceback__)[-1]
        kind = f"{type(problem).__name__} in {Path(where.filename).name}, line {where.lineno}"
        print(f"{student_id}: not marked, because of a fault of ours: {kind}", file=sys.stderr)
        return self._not_run(student_id, key, "unreadable", NOT_FORESEEN)

    def _keep(self, student_id: str, copy: NotebookNode, result: Result) -> Result:
        write_if_changed(self._copy_of(student_id), written(copy))
        save(self.kept, student_id, result)  # last: with it the work counts as finished
        return replace(result, cells=())  # pictures stay on the disk

    def _copy_of(self, student_id: str) -> Path:
        name = self.assignment.name
        return self.out / "autograded" / student_id / name / f"{name}.ipynb"

    def _write(
        self, chosen: Mapping[str, HandedIn], results: Mapping[str, Result], roster: Mapping[str, Student]
    ) -> list[Marked]:
        students = {**{one.student.student_id: one.student for one in chosen.values()}, **roster}
        before = _read_answers(self.kept)
        works = [
            Work(students[one], results[one].marks, _changed(results[one].marks, before.get(one))) for one in sorted(results)
        ]
        with open_gradebook(self.out) as book:
            enter_assignment(book, self.assignment, self.out)
            enter_marks(book, self.assignment, works)
            entered = entered_marks(book, self.assignment)
        answers = {one: {mark.grade_id: mark.answer for mark in result.marks} for one, result in results.items()}
        write_if_changed(self.kept / "answers.txt", json.dumps({**before, **answers}, sort_keys=True).encode())
        lines = []
        for student_id in sorted(students):
            result = results.get(student_id)
            status: Status = result.status if result else "missing"
            facts = (result.isolation, result.note) if result else ("", "")
            lines.append(Marked(students[student_id], status, *facts, entered.get(student_id, {}) if result else {}))
        self._write_feedback(lines)
        return lines

    def _write_feedback(self, lines: Iterable[Marked]) -> None:
        name = self.assignment.name
        todo = [line for line in lines if line.status != "missing"]
        for line in tqdm(todo, desc="feedback", unit="student", disable=None):
            student_id = line.student.student_id
            result = load_result(self.kept, student_id)
            if result is None:
                raise TeacherError(f"What was kept of {student_id} has gone. Run the same command again.")
            page = feedback_page(self.assignment, line.student, result, line.entered)
            write_if_changed(self.out / "feedback" / student_id / name / f"{name}.html", page.encode())


def _code_hashes() -> list[str]:
    """Hash what marks and what students' code uses: the helpers, and the list of the tables with their own hashes."""
    files = [*sorted((ROOT / "helpers").rglob("*.py")), ROOT / "data" / "datapackage.json"]
    return [sha256(path.read_bytes()).hexdigest() for path in files]


def _one_for_each(handed_in: Sequence[HandedIn]) -> dict[str, HandedIn]:
    """Return for each student the file that counts, or one that says why none does."""
    chosen: dict[str, HandedIn] = {}
    for fate in ("not a notebook", "refused", "counts"):  # the last that is found stays
        chosen |= {one.student.student_id: one for one in handed_in if one.fate == fate and one.student.student_id}
    return chosen


def _content(one: HandedIn) -> tuple[bytes, str]:
    """Return the bytes of a submission, or why there are none."""
    if one.fate != "counts":
        return b"", one.reason
    try:
        return one.entry.read(), ""
    except OSError as problem:
        return b"", f"It cannot be read: {problem.strerror or problem}"


def _shown(work: Normalised, outcome: Outcome) -> Iterator[Shown]:
    """Return what the student wrote and what it showed. A figure that a check shows again is shown once."""
    question = ""
    for cell in work.cells:
        if cell.origin is not None:
            question = cell.origin.grade_id.split("-")[0]
        seen, drawn = outcome.ran.get(cell.cell_id), outcome.pictures.get(cell.cell_id, ())
        if (not cell.own and not drawn) or cell.unanswered or not (cell.source.strip() or drawn):
            continue
        source = clean_text(cell.source) if cell.kind == "code" else markdown_to_html(cell.source)
        text = clean_text(seen.text) if seen and cell.own else ""
        problem = outcome_in_words(seen) if seen and cell.own else ""
        again = cell.own and any(outcome.pictures.get(item) for item in _checks_of(work, question))
        yield Shown(f"{question}/{cell.cell_id}", cell.kind, source, cell.own, text, problem, () if again else tuple(drawn))


def _checks_of(work: Normalised, question: str) -> list[str]:
    return [cell.cell_id for cell in work.cells if not cell.own and cell.cell_id.split("-")[0] == question]


def _read_answers(folder: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads((folder / "answers.txt").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _changed(marks: Iterable[Mark], before: Mapping[str, str] | None) -> frozenset[str]:
    """Return the cells with other answers than when the gradebook was last written."""
    if before is None:
        return frozenset()
    return frozenset(mark.grade_id for mark in marks if before.get(mark.grade_id) != mark.answer)
