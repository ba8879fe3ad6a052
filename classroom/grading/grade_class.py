"""Mark a class: run what is new, keep what is done, write the gradebook, the list of marks and what students get back."""

from __future__ import annotations

import errno
import json
import platform
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from nbformat import NotebookNode
from tqdm import tqdm  # type: ignore[import-untyped]

from ..assignments.assignment import Assignment
from ..assignments.own_tables import kept_salts, own_edition
from ..course import ROOT, Course
from ..errors import TeacherError
from ..files import notebook_bytes, write_if_changed
from ..marking.log import latest, levels_given, read_log
from ..sandbox import Executor
from ..sandbox.messages import Job, Limits, Report
from ..submissions.align import AlignedSubmission
from ..submissions.deadlines import IN_TIME, Deadline, Lateness, keep_lateness
from ..submissions.handed_in import OF_A_STUDENT, HandedIn
from ..submissions.notebook import UnreadableError, read_submission
from ..submissions.roster import Student
from .carried import Run
from .database import database_of, shown
from .feedback_page import feedback_page
from .grade_one import MarkedSubmission, Opened, SubmissionGrader
from .gradebook import (
    StudentScores,
    check_gradebook,
    enter_assignment,
    enter_scores,
    entered_scores,
    open_gradebook,
)
from .grader_notebook import outcome_in_words
from .kept_solution import keep_solution, kept_solution, key_of
from .likeness import read_traces
from .nbgrader_config import settings_file
from .out_folder import in_use
from .parts import lacking, take_over, write_facts
from .points import Score
from .results import (
    IDEAS,
    PAGES,
    Marked,
    Result,
    Shown,
    Status,
    forget,
    kept_answers,
    kept_bytes,
    kept_pages,
    load_result,
    save,
)
from .sanitise import clean_text, markdown_to_html

# The modules that decide points, and those that make what is kept of a submission safe to look at.
DECIDES = (
    "assignments/assignment",
    "assignments/hidden_tables",
    "assignments/own_tables",
    "assignments/rubric",
    "grading/budget",
    "grading/carried",
    "grading/difference",
    "grading/equality",
    "grading/grade_one",
    "grading/grader_notebook",
    "grading/kept_solution",
    "grading/points",
    "grading/probes",
    "grading/sanitise",
    "grading/unset_names",
    "submissions/align",
    "submissions/dependencies",
    "submissions/notebook",
    "submissions/recognise",
)
_Step = TypeVar("_Step")
_UNSEEN = (".pyc", ".md", ".txt")  # compiled code, pages, and a teacher's copy of the article, which the sandbox hides
_PACKAGES = ("pandas", "matplotlib", "numpy", "nbgrader", "nh3", "pillow")


@dataclass(frozen=True)
class _Underway:
    """A student whose submission is in the sandbox."""

    student_id: str
    key: str
    job: Job
    opened: Opened
    grader: SubmissionGrader
    traces: tuple[str, ...] = ()


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
    deadline : Deadline, optional
        When the work was due, and what late work costs; no deadline by default.
    begun : Executor, optional
        An engine whose first worker is starting already, for the first class that is marked.
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
        deadline: Deadline | None = None,
        begun: Executor | None = None,
    ) -> None:
        self.course, self.assignment, self.out = course, assignment, out
        self.deadline = deadline or Deadline()
        self.workers, self.unsafe = workers, unsafe
        self._grader = SubmissionGrader(course, assignment, limits)
        self._gathers = False
        self._begun = begun
        self._executor: Executor | None = None

    @property
    def kept(self) -> Path:
        """The folder of finished work."""
        return self.out / ".kept"

    @cached_property
    def base(self) -> str:
        """A hash of all that decides points besides the submission: assignment, seed, code, tables, versions."""
        return sha256(json.dumps(self.facts, sort_keys=True).encode()).hexdigest()

    @cached_property
    def facts(self) -> dict[str, str]:
        """What decides points besides the submission, by name; of the secret seed only a hash."""
        return {
            "assignment": self.assignment.fingerprint,
            "seed": sha256(f"seed of hidden tables {self.course.seed}".encode()).hexdigest(),
            "unsafe": str(self.unsafe),
            "limits": repr(self._grader.limits),
            "Python": platform.python_version(),
            **{name: version(name) for name in _PACKAGES},
            "own tables": sha256(json.dumps(self._own).encode()).hexdigest(),
            "code": sha256("\n".join(_code_hashes()).encode()).hexdigest(),
        }

    def grade(
        self,
        handed_in: Sequence[HandedIn],
        roster: Mapping[str, Student],
        *,
        again: bool = False,
        gather: Sequence[Path] = (),
    ) -> list[Marked]:
        """Mark a class.

        Parameters
        ----------
        handed_in : sequence of HandedIn
            All files that were found.
        roster : mapping of str to Student
            The class; may be empty.
        again : bool, default False
            Whether to mark anew what is finished and has not changed.
        gather : sequence of pathlib.Path, optional
            Folders into which parts of the class were marked. If there are any, nothing is run here.

        Returns
        -------
        list of Marked
            One for each student who is on the roster or handed something in, sorted by id.

        Raises
        ------
        TeacherError
            If the folder holds the marks of something else, the solution does not earn all points, or code cannot be kept
            apart here and `unsafe` is not set, or another run is using the folder.
        StoppedError
            If the machine fails (a full disk, no memory, a lost drive). What was finished is kept, and nothing else.
        """
        with in_use(self.out):
            self._prepare_folder()
            write_facts(self.kept, self.facts, self.assignment.name)
            chosen = _one_for_each(handed_in)
            if gather:
                keys = {student_id: self.key_of_work(one) for student_id, one in chosen.items()}
                take_over(self.out, gather, self.facts, self.assignment.name, keys)
            self._gathers = bool(gather)
            lateness = self._lateness(chosen, handed_in)
            return self._write(chosen, self._run(chosen, again), roster, lateness)

    def _lateness(self, chosen: Mapping[str, HandedIn], handed_in: Sequence[HandedIn]) -> dict[str, Lateness]:
        """Say of each file that counts when it came. A list speaks of a student's last file, not of an earlier one."""
        others = (
            {one.student.student_id for one in handed_in if one.fate == "older"} if self.deadline.rule.last_in_time else ()
        )
        most = self.assignment.max_score
        return {
            student_id: self.deadline.lateness(one, most, alone=student_id not in others)
            for student_id, one in chosen.items()
            if one.fate == "counts"
        }

    def _prepare_folder(self) -> None:
        label = self.out / ".kept" / "assignment.txt"
        if label.exists() and label.read_text(encoding="utf-8").strip() != self.assignment.name:
            other = label.read_text(encoding="utf-8").strip()
            raise TeacherError(
                f"{self.out} holds the marks of {other}. Give {self.assignment.name} another folder: --out DIR."
            )
        check_gradebook(self.out)
        write_if_changed(label, f"{self.assignment.name}\n".encode())
        write_if_changed(self.out / ".gitignore", b"# Names and marks of students never go into a repository.\n*\n")
        # nbgrader's pages list an assignment only if it has a folder here. The source itself stays where it is.
        write_if_changed(self.out / "source" / self.assignment.name / "empty_on_purpose.txt", b"Only the name counts.\n")
        url = database_of(self.out)
        elsewhere = f"c.CourseDirectory.db_url = {shown(url)!r}\n" if url is not None else ""
        write_if_changed(self.out / "nbgrader_config.py", f"{settings_file(self.course, marking=True)}{elsewhere}".encode())

    def _run(self, chosen: Mapping[str, HandedIn], again: bool) -> dict[str, Result]:
        """Return a result for each student; only what is new goes to the sandbox."""
        results: dict[str, Result] = {}
        for student_id, one in chosen.items():
            content, problem = _content(one)
            kept = None if again else self._kept(student_id, self._key(content, problem))
            if kept:
                results[student_id] = replace(kept, cells=())
            elif problem:
                results[student_id] = self._unread(student_id, one, problem)
        new = {name: one for name, one in chosen.items() if name not in results}
        return {**results, **self._mark(new, again)}

    def _kept(self, student_id: str, key: str) -> Result | None:
        kept = load_result(self.kept, student_id)
        return kept if kept and kept.key == key and self._sound(kept) and self._copy_of(student_id).exists() else None

    def _mark(self, new: Mapping[str, HandedIn], again: bool) -> dict[str, Result]:
        """Run and mark submissions. Each is read when the sandbox asks for it: a class need not fit into the memory."""
        results: dict[str, Result] = {}
        underway: dict[str, _Underway] = {}

        def jobs() -> Iterator[Job]:
            for number, (student_id, one) in enumerate(new.items()):
                opened = self._guarded(student_id, partial(self._open, f"job-{number}", student_id, one))
                if isinstance(opened, Result):
                    results[student_id] = opened
                else:
                    underway[opened.job.job_id] = opened
                    yield opened.job

        if not new:
            return results
        if self._gathers:
            raise lacking(new)
        with self._engine(min(self.workers, len(new))) as executor:  # one more worker starts longer than one submission runs
            self._learn(executor, again)
            self._executor = executor
            with tqdm(total=len(new), desc="marking", unit="student", disable=None) as bar:
                for report in executor.run(jobs()):
                    done = underway.pop(report.job_id)
                    step = partial(self._finish, done, report, partial(_run_one, executor))
                    results[done.student_id] = self._guarded(done.student_id, step)
                    bar.update()
        if underway:
            raise TeacherError(f"{len(underway)} submissions were not marked. Run the same command again.")
        return results

    def _learn(self, executor: Executor, again: bool) -> None:
        """Learn what is expected, from the run before if nothing has changed. Unsafe code could write there."""
        if self.unsafe:
            self._grader.learn(executor)
            return
        key = key_of(self.base)
        if not again and (kept := kept_solution(self.kept, key)):
            self._grader.learnt(*kept)
            return
        self._grader.learn(executor)
        keep_solution(self.kept, key, self._grader.expected, self._grader.tables)

    def _engine(self, workers: int) -> Executor:
        begun, self._begun = self._begun, None
        if begun is None:
            return Executor(workers=workers, unsafe=self.unsafe)
        begun.workers = workers
        return begun

    def _guarded(self, student_id: str, step: Callable[[], _Step]) -> _Step | Result:
        """Take a step for one student; nobody's work may end the run, the rest are marked as they deserve."""
        try:
            return step()
        except (OSError, MemoryError):  # the machine's fault, which would be kept as the student's
            raise
        except Exception as problem:
            return self._not_foreseen(student_id, problem)

    def _open(self, job_id: str, student_id: str, one: HandedIn) -> _Underway | Result:
        """Read a submission: what is kept has the key of the bytes that run, which may be others than a moment ago."""
        content, problem = _content(one)
        if problem:
            return self._unread(student_id, one, problem)
        key = self._key(content, "")
        try:
            cells = read_submission(content)
        except UnreadableError as reason:
            return self._not_run(student_id, key, "unreadable", str(reason))
        if other := self._grader.another(cells):
            return self._not_run(student_id, key, "another notebook", other)
        grader = self._grader_of(student_id)
        return _Underway(student_id, key, *grader.open(job_id, cells), grader, read_traces(content, self._given_out))

    def _grader_of(self, student_id: str) -> SubmissionGrader:
        """Return who marks a student's work: for tables of their own the solution has run on these."""
        tables, salts = self._own
        if student_id not in salts or self._executor is None:
            return self._grader
        own = own_edition(self.assignment, tables, self.course.seed, student_id, salts[student_id])
        grader = SubmissionGrader(self.course, own, self._grader.limits)
        grader.learn(self._executor)
        return grader

    @cached_property
    def _own(self) -> tuple[list[str], dict[str, int]]:
        return kept_salts(self.course.release(self.assignment.name).parent)

    @cached_property
    def _given_out(self) -> frozenset[str]:
        return frozenset(str(cell.get("id", "")) for cell in self.assignment.release.cells)

    def key_of_work(self, one: HandedIn) -> str:
        """Return the key under which the result of a file is kept."""
        return self._key(*_content(one))

    def _key(self, content: bytes, problem: str) -> str:
        return sha256(f"{self.base}{problem}".encode() + content).hexdigest()

    def _sound(self, kept: Result) -> bool:
        """Say whether what is kept can be true: each cell with points once, and never more points than it has."""
        most = {item.grade_id: item.points for item in self.assignment.items}
        return [score.grade_id for score in kept.scores] == list(most) and all(
            score.points is None or (isinstance(score.points, (int, float)) and 0 <= score.points <= most[score.grade_id])
            for score in kept.scores
        )

    def _finish(self, one: _Underway, report: Report, run: Run) -> Result:
        outcome = one.grader.mark(one.opened, report, run)
        work = outcome.work
        own = [cell for cell in work.cells if cell.own and cell.kind == "code"]
        whole = all(cell.cell_id in outcome.ran and outcome.ran[cell.cell_id].state == "ok" for cell in own)
        status: Status = "graded" if whole else "partly run"
        cells = tuple(_shown(work, outcome))
        return self._keep(
            one.student_id,
            outcome.copy,
            Result(one.key, status, report.isolation, "", work.notes, outcome.scores, cells, one.traces),
        )

    def _unread(self, student_id: str, one: HandedIn, problem: str) -> Result:
        """Give no points for a file that cannot be taken as a submission."""
        status: Status = "unreadable" if one.fate == "not a notebook" else "refused"
        # Of the file itself only what was listed is kept; one that could not be opened today may open tomorrow.
        return self._not_run(student_id, self._key(b"", problem) if one.fate != "counts" else "", status, problem)

    def _not_run(self, student_id: str, key: str, status: Status, note: str) -> Result:
        """Give no points for what cannot be read, and ask a person to look at it."""
        scores, copy = self._grader.unmarked(note, key[:16])
        return self._keep(student_id, copy, Result(key, status, "", note, (), scores, ()))

    def _not_foreseen(self, student_id: str, problem: Exception) -> Result:
        """Leave to a person what our own code could not do, and to the next run; say so where a maintainer sees it."""
        where = traceback.extract_tb(problem.__traceback__)[-1]
        kind = f"{type(problem).__name__} in {Path(where.filename).name}, line {where.lineno}"
        print(f"{student_id}: not marked, because of a fault of ours: {kind}", file=sys.stderr)
        return self._not_run(student_id, "", "not marked", "The marking program met something that it does not know.")

    def _keep(self, student_id: str, copy: NotebookNode, result: Result) -> Result:
        forget(self.kept, student_id)  # first: what was kept does not belong to the new copy
        write_if_changed(self._copy_of(student_id), notebook_bytes(copy))
        save(self.kept, student_id, result)  # last: with it the work counts as finished
        return replace(result, cells=())  # pictures stay on the disk

    def _copy_of(self, student_id: str) -> Path:
        name = self.assignment.name
        return self.out / "autograded" / student_id / name / f"{name}.ipynb"

    def _write(
        self,
        chosen: Mapping[str, HandedIn],
        results: Mapping[str, Result],
        roster: Mapping[str, Student],
        lateness: Mapping[str, Lateness],
    ) -> list[Marked]:
        students = {**{one.student.student_id: one.student for one in chosen.values()}, **roster}
        before = kept_answers(self.kept)
        works = [
            StudentScores(
                students[one],
                results[one].scores,
                _changed(results[one].scores, before.get(one)),
                lateness.get(one, IN_TIME).penalty,
            )
            for one in sorted(results)
        ]
        with open_gradebook(self.out) as book:
            enter_assignment(book, self.assignment, self.out)
            enter_scores(book, self.assignment, works)
            entered = entered_scores(book, self.assignment)
        answers = {one: {score.grade_id: score.answer for score in result.scores} for one, result in results.items()}
        write_if_changed(self.kept / "answers.txt", json.dumps({**before, **answers}, sort_keys=True).encode())
        lines = []
        for student_id in sorted(students):
            result = results.get(student_id)
            status: Status = result.status if result else "missing"
            facts = (result.isolation, result.note) if result else ("", "")
            given = entered.get(student_id, {}) if result else {}
            lines.append(Marked(students[student_id], status, *facts, given, lateness.get(student_id, IN_TIME)))
        keep_lateness(self.kept / "lateness.txt", lateness)
        self._write_feedback(lines)
        return lines

    @cached_property
    def ideas(self) -> bool:
        """Whether the students' pages say how each question can be answered: the teacher has released it."""
        return (self.kept / IDEAS).exists()

    def _write_feedback(self, lines: Iterable[Marked]) -> None:
        """Write the pages that would be others than before, and those that somebody has changed."""
        name, before = self.assignment.name, kept_pages(self.kept)
        made: dict[str, list[str]] = {}
        marks = latest(read_log(self.out), second=False)
        todo = [line for line in lines if line.status != "missing"]
        for line in tqdm(todo, desc="feedback", unit="student", disable=None):
            student_id = line.student.student_id
            path = self.out / "feedback" / student_id / name / f"{name}.html"
            chosen = levels_given(marks, student_id)
            told = repr([self._pages, line, sorted(chosen.items()), self.ideas])
            made_of = sha256(told.encode() + kept_bytes(self.kept, student_id)).hexdigest()
            if before.get(student_id) != [made_of, _hash(path)]:
                write_if_changed(path, self._page(line, chosen).encode())
            made[student_id] = [made_of, _hash(path)]
        write_if_changed(self.kept / PAGES, json.dumps(made).encode())

    def _page(self, line: Marked, chosen: Mapping[str, float]) -> str:
        result = load_result(self.kept, line.student.student_id)
        if result is None:
            who = line.student.student_id
            raise TeacherError(f"The result that was kept for {who} has disappeared. Run the same command again.")
        return feedback_page(self.assignment, line.student, result, line.entered, line.lateness, chosen, ideas=self.ideas)

    @cached_property
    def _pages(self) -> list[str]:
        """What makes all pages, besides what became of each student: the assignment, the classroom's code, libraries."""
        code = [path for path in sorted((ROOT / "classroom").rglob("*")) if path.suffix in (".py", ".j2", ".css")]
        return [self.assignment.fingerprint, version("jinja2"), version("markupsafe"), *map(_hash, code)]


def _run_one(executor: Executor, job: Job) -> Report:
    [report] = executor.run([job])
    return report


def _hash(path: Path) -> str:
    """Hash a file; empty if it is not there, or is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


def _code_hashes() -> list[str]:
    """Hash what students' code can see and what decides points. What only prints is not in it: no need to mark anew."""
    classroom = ROOT / "classroom"
    seen = [path for name in ("helpers", "data") for path in sorted((ROOT / name).rglob("*")) if path.suffix not in _UNSEEN]
    files = [*seen, *sorted((classroom / "sandbox").rglob("*.py")), *(classroom / f"{name}.py" for name in DECIDES)]
    return [sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()]


def _one_for_each(handed_in: Sequence[HandedIn]) -> dict[str, HandedIn]:
    """Return for each student the file that counts, or one that says why none does."""
    chosen: dict[str, HandedIn] = {}
    for fate in OF_A_STUDENT:  # the last that is found stays
        chosen |= {one.student.student_id: one for one in handed_in if one.fate == fate and one.student.student_id}
    return chosen


def _content(one: HandedIn) -> tuple[bytes, str]:
    """Return the bytes of a submission, or why there are none. A drive that has gone is nobody's work."""
    if one.fate != "counts":
        return b"", one.reason
    try:
        return one.entry.read(), ""
    except (FileNotFoundError, PermissionError, IsADirectoryError) as problem:
        if not one.entry.container.exists():
            raise
        return b"", f"It cannot be read: {problem.strerror or problem}"
    except OSError as problem:
        if problem.errno not in (None, errno.ELOOP, errno.ENOTDIR, errno.ENXIO):  # a link, or no file, in its place
            raise
        return b"", f"It cannot be read: {problem.strerror or problem}"


def _shown(work: AlignedSubmission, outcome: MarkedSubmission) -> Iterator[Shown]:
    """Return what the student wrote and what it showed. A figure that a check shows again is shown once."""
    question = ""
    for cell in work.cells:
        if cell.origin is not None:
            question = cell.origin.grade_id.split("-")[0]
        seen, drawn = outcome.ran.get(cell.cell_id), outcome.pictures.get(cell.cell_id, ())
        if (cell.own or drawn) and not cell.unanswered and (cell.source.strip() or drawn):
            text = clean_text(seen.text) if seen and cell.own else ""
            problem = outcome_in_words(seen) if seen and cell.own else ""
            again = cell.own and any(outcome.pictures.get(item) for item in _checks_of(work, question))
            pictures = () if again else tuple(drawn)
            source, added = _safe(cell.kind, cell.source), cell.origin is None
            yield Shown(f"{question}/{cell.cell_id}", cell.kind, source, cell.own, text, problem, pictures, added)
        for one in work.overwritten_under(cell):
            place = f"{one.question}/{one.grade_id}"
            yield Shown(place, one.kind, _safe(one.kind, one.source), True, "", "", (), locked=one.grade_id)


def _safe(kind: str, source: str) -> str:
    return clean_text(source) if kind == "code" else markdown_to_html(source)


def _checks_of(work: AlignedSubmission, question: str) -> list[str]:
    return [cell.cell_id for cell in work.cells if not cell.own and cell.cell_id.split("-")[0] == question]


def _changed(scores: Iterable[Score], before: Mapping[str, str] | None) -> frozenset[str]:
    """Return the cells with other answers than when the gradebook was last written."""
    if before is None:
        return frozenset()
    return frozenset(score.grade_id for score in scores if before.get(score.grade_id) != score.answer)
