"""Mark one submission: from its cells to a job for the sandbox, and from the sandbox's report to scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nbformat import NotebookNode

from ..assignments.assignment import Assignment
from ..course import Course
from ..errors import TeacherError
from ..sandbox import Executor
from ..sandbox.messages import Answer, Job, Limits, Ran, Report
from ..submissions.align import AlignedSubmission, ReleaseCell, align, release_cells
from ..submissions.notebook import SubmittedCell
from ..submissions.recognise import Signs, other_notebooks, which_other
from .budget import within_budget
from .carried import Run, Submission, with_carried
from .feedback_page import verdict_on
from .grader_notebook import grader_notebook
from .points import Expected, Score, expected_values, score_cells, unsteady
from .probes import Asked, Swapped, job_for, questions_for, remember_tables, solution_of, tables_for
from .sanitise import clean_text
from .unset_names import with_sentence

_SOLUTION = "solution"


@dataclass(frozen=True)
class Opened:
    """A submission on its way through the engine: its cells in order, and what each probe asks."""

    work: AlignedSubmission
    asked: Mapping[str, Asked]


@dataclass(frozen=True)
class MarkedSubmission:
    """What became of a submission: its marks, its cells as they are shown, how they went, and the marker's notebook."""

    scores: tuple[Score, ...]
    work: AlignedSubmission
    ran: Mapping[str, Ran]
    pictures: Mapping[str, Sequence[bytes]]
    copy: NotebookNode


class SubmissionGrader:
    """Marks submissions of one assignment, one after another. Nothing is kept of them.

    Parameters
    ----------
    course : Course
        With the seed of the hidden tables.
    assignment : Assignment
        What is marked.
    limits : Limits, optional
        What one submission may use; the engine's own by default.
    """

    def __init__(self, course: Course, assignment: Assignment, limits: Limits | None = None) -> None:
        self.course, self.assignment, self.limits = course, assignment, limits
        self._expected: Expected = {}

    def learnt(self, expected: Expected, tables: Mapping[int, Swapped]) -> None:
        """Take what `learn` found in an earlier run, under the same conditions."""
        self._expected = expected
        remember_tables(self.course.seed, self.assignment, tables)

    @property
    def tables(self) -> dict[int, Swapped]:
        """The tables that are swapped, by variant."""
        most = max((hidden.variants for item in self.assignment.items for hidden in item.hidden), default=0)
        return {number: tables_for(self.course.seed, self.assignment, number) for number in range(1, most + 1)}

    @property
    def expected(self) -> Expected:
        """What the solution gave, by probe; nothing before `learn`."""
        return self._expected

    @cached_property
    def _release(self) -> tuple[ReleaseCell, ...]:
        return release_cells(self.assignment.release)

    def learn(self, executor: Executor) -> None:
        """Run the solution under the hidden questions, and keep what it gives: that is what is expected.

        Parameters
        ----------
        executor : Executor
            The engine.

        Raises
        ------
        TeacherError
            If the solution does not earn all points that a machine gives.
        """
        job, opened = self.open(_SOLUTION, solution_of(self.assignment), thorough=True)
        [report] = executor.run([job])
        self._expected = expected_values(report)
        scores = score_cells(self.assignment, opened.work, opened.asked, report, self._expected)
        full = {item.grade_id: item.points for item in self.assignment.items if not item.by_hand}
        failed = [one.grade_id for one in scores if full.get(one.grade_id, one.points) != one.points] or unsteady(
            self.assignment, opened.asked, report
        )
        if failed:
            errors = [f"{ran.cell_id}: {ran.state}, {clean_text(ran.error, 300)}" for ran in report.ran if ran.state != "ok"]
            errors += sorted({f"a hidden line of {_item(a)}: {a.state}" for a in report.answers if a.state != "ok"})
            raise TeacherError(
                f"The solution of {self.assignment.name} does not earn its own points for {', '.join(failed)}. "
                + ("; ".join(errors) or "Its hidden lines give different values each time.")
            )

    def open(self, job_id: str, cells: Sequence[SubmittedCell], *, thorough: bool = False) -> tuple[Job, Opened]:
        """Put a submission in order and make a job of it.

        Parameters
        ----------
        job_id : str
            The name under which its report comes back.
        cells : sequence of SubmittedCell
            The submission; none for a student of whom nothing could be read.
        thorough : bool, default False
            Whether its cells run again on the real tables too.

        Returns
        -------
        Job, Opened
            The first is for the engine, the second for `mark`.
        """
        work = align(cells, self._release)
        questions = questions_for(self.assignment, work, self.course.seed, thorough=thorough)
        return job_for(job_id, work, questions, self.limits), Opened(work, questions.asked)

    def another(self, cells: Sequence[SubmittedCell]) -> str:
        """Say in one sentence for the student what arrived instead of the assignment; empty if it is the assignment."""
        title, name = which_other(cells, self._release, lambda: self._others), self.assignment.name
        if title is None:
            return ""
        what = f"{title}, not {name}" if title else f"another notebook than {name}: almost nothing of {name} stands in it"
        return f"What arrived is {what}."

    def unmarked(self, note: str, answer: str = "") -> tuple[tuple[Score, ...], NotebookNode]:
        """Give no points, neither some nor none, for what was not run, and leave it to a person.

        `note` says why it was not run; `answer` is what changes when the submission does.
        """
        work = replace(align((), self._release), notes=(f"This submission was not marked. {note}",))
        scores = tuple(Score(item.grade_id, None, "not read", "", True, answer) for item in self.assignment.items)
        return scores, self.copy(work, scores, {}, {})

    @cached_property
    def _others(self) -> tuple[Signs, ...]:
        return other_notebooks(self.course, self.assignment)

    def mark(self, opened: Opened, report: Report, run: Run | None = None) -> MarkedSubmission:
        """Mark a submission that has run.

        Parameters
        ----------
        opened : Opened
            What `open` gave.
        report : Report
            What the engine gave.
        run : callable, optional
            Runs a further job, where a part leans on a wrong one before it. Without it, there are no carried errors.

        Returns
        -------
        MarkedSubmission
        """
        scores = score_cells(self.assignment, opened.work, opened.asked, report, self._expected)
        if run:
            one = Submission(report.job_id, opened.work, opened.asked, report, self.limits)
            scores = with_carried(self.assignment, one, scores, self.course.seed, run)
        scores = tuple(with_sentence(score, self.assignment, opened.work) for score in scores)
        kept = within_budget(opened.work, report.ran)
        copy = self.copy(kept.work, scores, kept.ran, kept.pictures)
        return MarkedSubmission(scores, kept.work, kept.ran, kept.pictures, copy)

    def copy(
        self,
        work: AlignedSubmission,
        scores: Sequence[Score],
        ran: Mapping[str, Ran],
        pictures: Mapping[str, Sequence[bytes]],
    ) -> NotebookNode:
        """Return the notebook that the marker sees."""
        points = {item.grade_id: item.points for item in self.assignment.items}
        verdicts = {
            score.grade_id: verdict_on(score, points[score.grade_id]) for score in scores if score.points is not None
        }
        return grader_notebook(self.assignment, work, ran, pictures, verdicts)


def _item(answer: Answer) -> str:
    return answer.probe_id.partition("/")[0]
