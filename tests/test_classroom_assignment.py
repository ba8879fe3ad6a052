"""The source of an assignment, and the student edition that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.classroom.assignment import CODE_STUB, TEXT_STUB, marks_of, read_assignment
from helpers.classroom.course import SAMPLE, SAMPLE_SEED, Course
from helpers.classroom.errors import TeacherError
from helpers.classroom.releasing import edition_bytes, leaks
from tests.classroom import small

SHIPPED = Course(SAMPLE, SAMPLE_SEED, private=False)


def test_the_items_and_their_points(tmp_path: Path) -> None:
    assignment = small.small_assignment(tmp_path)
    assert [(item.grade_id, item.points, item.by_hand) for item in assignment.items] == [
        ("q1-checks", 2, False),
        ("q2-checks", 1, False),
        ("q3-checks", 1, False),
        ("q4", 3, True),
    ]
    assert (assignment.questions, assignment.auto_max, assignment.max_score) == (("q1", "q2", "q3", "q4"), 4, 7)
    assert [item.asks_an_eye for item in assignment.items] == [False, False, True, True]


def test_the_edition_keeps_the_form_and_loses_the_rest(tmp_path: Path) -> None:
    assignment = small.small_assignment(tmp_path)
    shown = {marks_of(cell)["grade_id"]: cell.source for cell in assignment.release.cells}
    assert shown["q1"] == f"treaties = ...\n{CODE_STUB}"
    assert shown["q4"] == TEXT_STUB
    assert shown["q4-task"] == "Write one sentence."
    assert shown["q1-checks"].startswith("if treaties is ...") and "hidden" not in shown["q1-checks"]
    assert leaks(assignment) == []


@pytest.mark.parametrize("name", SHIPPED.names())
def test_no_shipped_edition_gives_anything_away(name: str) -> None:
    text = edition_bytes(read_assignment(SHIPPED, name)).decode()
    for word in ("BEGIN SOLUTION", "HIDDEN TESTS", "MARK SCHEME", "hidden(", "For the marker"):
        assert word not in text


def test_a_solution_outside_its_markers_is_found(tmp_path: Path) -> None:
    source = small.small_source()
    source.cells[2].source = 'Like this:\n\n    treaties = events[events["kind"] == "treaty"]'
    assignment = read_assignment(small.small_course(tmp_path, source), small.NAME)
    with pytest.raises(TeacherError, match="would give away"):
        edition_bytes(assignment)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hidden(read='x', rerunn=['q9'])", "not a hidden line"),
        ("hidden(read='x', tolerance=2)", "tolerance is"),
        ("hidden(read='x', tolerance='much')", "tolerance is"),
        ("hidden(read='x', compare='roughly')", "compare is"),
        ("hidden(read='x', variants=99)", "variants is"),
        ("hidden(read=open('/etc/passwd').read())", "not a hidden line"),
        ("hidden(read='1 +')", "not a hidden line"),
        ("print('hello')", "must be hidden"),
        ("", "no hidden line"),
    ],
)
def test_a_hidden_line_is_read_and_never_run(tmp_path: Path, line: str, message: str) -> None:
    source = small.small_source()
    source.cells[4].source = f"pass\n### BEGIN HIDDEN TESTS\n{line}\n### END HIDDEN TESTS"
    with pytest.raises(TeacherError, match=message):
        read_assignment(small.small_course(tmp_path, source), small.NAME)


def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    course = small.small_course(tmp_path)
    with pytest.raises(TeacherError, match="not the name of an assignment"):
        read_assignment(course, "../../etc")
    with pytest.raises(TeacherError, match="The assignments are: small"):
        read_assignment(course, "ps9")
