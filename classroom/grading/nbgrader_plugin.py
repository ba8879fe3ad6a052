"""Our engine at nbgrader's plug-in point: ``nbgrader autograde`` then marks as `grade` does.

The file ``nbgrader_config.py``, which `release` writes, replaces nbgrader's own steps by these.
"""

from __future__ import annotations

import atexit
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import (  # type: ignore[import-untyped]
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets import Bool, Unicode

from ..assignments.assignment import read_assignment
from ..course import SAMPLE, Course
from ..errors import TeacherError
from ..sandbox import Executor
from ..submissions.notebook import cells_of
from .grade_one import SubmissionGrader
from .points import Score

_MARKS = "course_marks"


class MarkWithEngine(NbGraderPreprocessor):
    """Run a submission in the engine, and put the marker's clean copy in its place."""

    course = Unicode(str(SAMPLE), help="The course folder, with source/ and seed.txt").tag(config=True)
    seed = Unicode("", help="The seed of the hidden tables; that of seed.txt by default").tag(config=True)
    unsafe = Bool(False, help="Whether to go on where code cannot be kept apart").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Mark one submission; `SaveMarks` writes the marks."""
        marker, executor = _marker(self.course, self.seed, resources["nbgrader"]["assignment"], self.unsafe)
        job, opened = marker.open("submission", cells_of(nb))
        [report] = executor.run([job])
        outcome = marker.mark(opened, report, lambda further: next(iter(executor.run([further]))))
        resources[_MARKS] = {score.grade_id: score for score in outcome.scores}
        return outcome.copy, resources


class SaveMarks(SaveAutoGrades):
    """Write the engine's marks into the gradebook; what a person has given stays."""

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        score: Score = resources[_MARKS][name]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        grade.auto_score = score.points
        grade.needs_manual_grade = score.needs_marking or grade.manual_score is not None
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        score = resources[_MARKS].get(name)
        comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        comment.auto_comment = "No response." if score and score.reason == "unanswered" else None
        self.gradebook.db.commit()


SANITIZE_PREPROCESSORS = [ClearOutput]  # the rest of nbgrader's list is done by `MarkWithEngine`, against the source itself
AUTOGRADE_PREPROCESSORS = [MarkWithEngine, SaveMarks, AssignLatePenalties, CheckCellMetadata]


@lru_cache(maxsize=4)
def _marker(folder: str, seed: str, name: str, unsafe: bool) -> tuple[SubmissionGrader, Executor]:
    """Start the engine and run the solution once for all submissions of an assignment."""
    root, private = Path(folder).resolve(), Path(folder).resolve() != SAMPLE
    if not seed:
        try:
            seed = (root / "seed.txt").read_text(encoding="utf-8").strip()
        except OSError:
            raise TeacherError(f"There is no seed in {root / 'seed.txt'}. Make the release first: it writes one.") from None
    course = Course(root, seed, private)
    marker = SubmissionGrader(course, read_assignment(course, name))
    executor = _executor(unsafe)
    marker.learn(executor)
    return marker, executor


@lru_cache(maxsize=2)
def _executor(unsafe: bool) -> Executor:
    executor = Executor(workers=1, unsafe=unsafe)
    executor.__enter__()
    atexit.register(executor.__exit__, None, None, None)
    return executor
