"""Mark one submission: from its cells to a job for the engine, and from the engine's report to marks."""

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
from ..submissions.align import Normalised, ReleaseCell, normalise, release_cells
from ..submissions.notebook import SubmittedCell
from ..submissions.recognise import Signs, other_notebooks, which_other
from .budget import within_budget
from .feedback_page import verdict_on
from .grader_notebook import marker_copy
from .points import Expected, Mark, expected_values, judge, unsteady
from .probes import Asked, job_for, questions_for, solution_of
from .sanitise import clean_text
from .unset_names import with_sentence

_SOLUTION = "solution"


@dataclass(frozen=True)
class Opened:
    """A submission on its way through the engine: its cells in order, and what each probe asks."""

    work: Normalised
    asked: Mapping[str, Asked]


@dataclass(frozen=True)
class Outcome:
    """What became of a submission: its marks, its cells as they are shown, how they went, and the marker's notebook."""

    marks: tuple[Mark, ...]
    work: Normalised
    ran: Mapping[str, Ran]
    pictures: Mapping[str, Sequence[bytes]]
    copy: NotebookNode


class Marker:
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
        marks = judge(self.assignment, opened.work, opened.asked, report, self._expected)
        failed = [mark.grade_id for mark in marks if mark.points == 0] or unsteady(self.assignment, opened.asked, report)
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
        work = normalise(cells, self._release)
        questions = questions_for(self.assignment, work, self.course.seed, thorough=thorough)
        return job_for(job_id, work, questions, self.limits), Opened(work, questions.asked)

    def another(self, cells: Sequence[SubmittedCell]) -> str:
        """Say what arrived in the place of the assignment.

        Parameters
        ----------
        cells : sequence of SubmittedCell
            The submission.

        Returns
        -------
        str
            One sentence for the student; empty if it is the assignment.
        """
        title, name = which_other(cells, self._release, lambda: self._others), self.assignment.name
        if title is None:
            return ""
        what = f"{title}, not {name}" if title else f"another notebook than {name}: almost nothing of {name} stands in it"
        return f"What arrived is {what}."

    def unmarked(self, note: str, answer: str = "") -> tuple[tuple[Mark, ...], NotebookNode]:
        """Give no points, neither some nor none, for what was not run, and leave it to a person.

        Parameters
        ----------
        note : str
            Why it was not run.
        answer : str
            What changes when the submission does.

        Returns
        -------
        tuple of Mark, nbformat.NotebookNode
            The marks, and the notebook that the marker sees.
        """
        work = replace(normalise((), self._release), notes=(f"This submission was not marked. {note}",))
        marks = tuple(Mark(item.grade_id, None, "not read", "", True, answer) for item in self.assignment.items)
        return marks, self.copy(work, marks, {}, {})

    @cached_property
    def _others(self) -> tuple[Signs, ...]:
        return other_notebooks(self.course, self.assignment)

    def mark(self, opened: Opened, report: Report) -> Outcome:
        """Mark a submission that has run.

        Parameters
        ----------
        opened : Opened
            What `open` gave.
        report : Report
            What the engine gave.

        Returns
        -------
        Outcome
        """
        marks = judge(self.assignment, opened.work, opened.asked, report, self._expected)
        marks = tuple(with_sentence(mark, self.assignment, opened.work) for mark in marks)
        kept = within_budget(opened.work, report.ran)
        copy = self.copy(kept.work, marks, kept.ran, kept.pictures)
        return Outcome(marks, kept.work, kept.ran, kept.pictures, copy)

    def copy(
        self, work: Normalised, marks: Sequence[Mark], ran: Mapping[str, Ran], pictures: Mapping[str, Sequence[bytes]]
    ) -> NotebookNode:
        """Return the notebook that the marker sees.

        Parameters
        ----------
        work : Normalised
            The submission in order.
        marks : sequence of Mark
            Its marks.
        ran : mapping of str to Ran
            How its cells went.
        pictures : mapping of str to sequence of bytes
            Their clean pictures.

        Returns
        -------
        nbformat.NotebookNode
        """
        points = {item.grade_id: item.points for item in self.assignment.items}
        verdicts = {mark.grade_id: verdict_on(mark, points[mark.grade_id]) for mark in marks if mark.points is not None}
        return marker_copy(self.assignment, work, ran, pictures, verdicts)


def _item(answer: Answer) -> str:
    return answer.probe_id.partition("/")[0]
