"""Carried errors, in the real sandbox: a part that follows from a wrong part earns its points, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom.assignments.assignment import Assignment, read_assignment
from classroom.course import Course
from classroom.errors import TeacherError
from classroom.grading.grade_one import SubmissionGrader
from classroom.grading.points import Score
from classroom.sandbox import Executor
from classroom.submissions.notebook import cells_of
from tests.support.classroom import small
from tests.support.classroom.made_class import answered
from tests.support.environment import needs_program

CHECKS = """\
print("seen")
### BEGIN HIDDEN TESTS
hidden(
    read="later['title'].tolist()", compare="unordered", variants=1, given="treaties['event_id'].tolist()",
    carry="events[events['event_id'].isin(given) & (events['earliest'] > '1955-01-01')]['title'].tolist()",
)
### END HIDDEN TESTS"""
LATER = '### BEGIN SOLUTION\nlater = treaties[treaties["earliest"] > "1955-01-01"]\n### END SOLUTION'


def course(root: Path, checks: str = CHECKS) -> Course:
    source = small.small_source()
    source.cells[6].source = LATER
    source.cells[6].metadata["nbgrader"]["grade_id"] = "q1-later"
    source.cells[7].source = checks
    source.cells[7].metadata["nbgrader"]["grade_id"] = "q1-checks-b"
    return small.small_course(root, source)


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SubmissionGrader, Executor, Assignment]]:
    needs_program("bwrap")
    own = course(tmp_path_factory.mktemp("course"))
    assignment = read_assignment(own, small.NAME)
    grader = SubmissionGrader(own, assignment)
    with Executor(workers=1) as executor:
        grader.learn(executor)
        yield grader, executor, assignment


RIGHT_B = 'later = treaties[treaties["earliest"] > "1955-01-01"]'


@pytest.mark.parametrize(
    ("first", "second", "points", "reason"),
    [
        ('treaties = events[events["kind"] == "security"]', RIGHT_B, 1, "carried"),
        ('treaties = events[events["kind"] == "treaty"]', RIGHT_B, 1, "passed"),
        (
            'treaties = events[events["kind"] == "security"]',
            'later = treaties[treaties["earliest"] > "1965-01-01"]',
            0,
            "differs",
        ),
        ('treaties = events[events["kind"] == "security"]', "later = treaties", 0, "differs"),
        ('treaties = events[events["kind"] == "no such kind"]', RIGHT_B, 0, "differs"),  # nothing follows from nothing
        # What was worked out here and typed does not follow on other tables.
        (
            'treaties = events[events["kind"] == "security"]',
            'ids = list(treaties[treaties["earliest"] > "1955-01-01"]["event_id"])[:2]\n'
            'later = events[events["event_id"].isin(ids)]',
            0,
            "differs",
        ),
        # A table that lies about itself when it is asked for its ids has no plain list of them.
        (
            'class T:\n    def __getitem__(self, name):\n        return events["event_id"]\ntreaties = T()',
            "later = events",
            0,
            "differs",
        ),
    ],
)
def test_a_part_is_judged_on_what_the_student_had_before(
    marker: tuple[SubmissionGrader, Executor, Assignment], first: str, second: str, points: float, reason: str
) -> None:
    grader, executor, assignment = marker
    given = {"q1": first, "q1-later": second}
    cells = cells_of(answered(assignment, lambda grade_id, solution, stub: given.get(grade_id, solution)))
    job, opened = grader.open("job", cells)
    [report] = executor.run([job])
    found: dict[str, Score] = {
        one.grade_id: one for one in grader.mark(opened, report, lambda further: next(iter(executor.run([further])))).scores
    }
    assert (found["q1-checks-b"].points, found["q1-checks-b"].reason) == (points, reason)
    assert grader.mark(opened, report).scores[1].points == (1 if reason == "passed" else 0)  # without it, as before


def test_given_and_carry_belong_together(tmp_path: Path) -> None:
    half = CHECKS.replace(", given=\"treaties['event_id'].tolist()\"", "")
    with pytest.raises(TeacherError, match="Write both, or none"):
        read_assignment(course(tmp_path, half), small.NAME)
