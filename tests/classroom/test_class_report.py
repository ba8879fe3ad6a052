"""The class at a glance: how many are where, whose question waits, and names that nobody recognises."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.assignments.assignment import Assignment
from classroom.grading.class_report import ClassReport, with_pseudonyms
from classroom.grading.gradebook import Entered
from classroom.grading.likeness import Sign
from classroom.grading.results import Marked
from classroom.submissions.roster import Student
from tests.support.classroom import small


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return small.small_assignment(tmp_path_factory.mktemp("course"))


def line(assignment: Assignment, student: str, share: float | None, *, needs: bool = False) -> Marked:
    """A student with this share of the points of each cell; None where neither machine nor person has given any."""
    entered = {
        item.grade_id: Entered(item.grade_id, None if share is None else share * item.points, None, 0.0, needs, "")
        for item in assignment.items
    }
    return Marked(Student(student, f"Amina {student}"), "graded", "", "", entered)


def test_each_student_is_counted_once_in_ten_steps(assignment: Assignment) -> None:
    lines = tuple(line(assignment, f"s{number}", share) for number, share in enumerate((0.0, 0.05, 0.1, 0.95, 1.0)))
    assert [count for _, count in ClassReport(assignment, lines).bins()] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_a_question_counts_whose_answer_is_marked_to_the_end(assignment: Assignment) -> None:
    lines = (
        line(assignment, "s1", 1.0),
        line(assignment, "s2", 0.0),
        line(assignment, "s3", 1.0, needs=True),
        line(assignment, "s4", None),
    )
    for one in ClassReport(assignment, lines).questions():
        assert (one.marked, one.waiting, one.full, one.none, one.share) == (2, 2, 1, 1, 0.5), one.name


def test_a_made_up_name_stays_from_report_to_report_and_two_stay_two(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / ".kept").mkdir()
    lines = tuple(line(assignment, one, 1.0) for one in ("s1", "s2"))
    report = ClassReport(assignment, lines, late=frozenset({"s2"}), signs=(Sign(("s1", "s2"), "q4", "alike"),))
    first, again = (with_pseudonyms(tmp_path, report) for _ in range(2))
    assert first == again and not {"s1", "s2"} & {one.student.student_id for one in first.lines}
    [sign] = first.signs
    assert {*sign.students} == {one.student.student_id for one in first.lines} and first.late == {sign.students[1]}
    assert not any(one.student.name for one in first.lines)
