"""Rubrics: read from the table that students see, checked against the points, and never the author's own answer in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.assignments.assignment import read_assignment
from classroom.assignments.rubric import Level, criteria_in, plain, whole
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from classroom.errors import TeacherError
from tests.support.classroom import small

TABLE = """Write.

| Criterion | 0 · none | 1 · some | 2 |
| :-- | --- | :-: | --- |
| **Dates** | wrong | half \\| half | right |
| Sources | none | | two |

After it."""


def test_a_rubric_is_read_as_students_see_it() -> None:
    dates, sources = criteria_in(TABLE)
    assert dates.levels == (Level(0, "none", "wrong"), Level(1, "some", "half | half"), Level(2, "", "right"))
    assert (dates.name, sources.levels, sources.most) == ("Dates", (Level(0, "none", "none"), Level(2, "", "two")), 2)
    assert criteria_in("| a | b |\n| - | - |\n| 1 | 2 |") == ()
    # A dash is a text where the row has another one; the last cells of a row may be left out.
    _, dash = criteria_in(TABLE.replace("| Sources | none | | two |", "| Sources | - | one |"))
    assert dash.levels == (Level(0, "none", "-"), Level(1, "some", "one"))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TABLE.replace("1 · some", "some"), "begins with the points"),
        (TABLE.replace("Sources", "Dates"), "a name of its own"),
        (TABLE.replace("| none | | two |", "| | | two |"), "two levels or more"),
        ("| Criterion |\n| --- |\n| Dates |", "begins with the points"),
    ],
)
def test_a_table_that_is_no_rubric_is_refused(table: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        criteria_in(table)


def test_points_must_agree_and_a_question_without_a_table_has_one_criterion(tmp_path: Path) -> None:
    source = small.small_source()
    assert [[level.points for level in one.levels] for one in whole(2.5)] == [[0, 1, 2, 2.5]]
    assert [level.points for level in whole(3)[0].levels] == [0, 1, 2, 3]
    [plain] = read_assignment(small.small_course(tmp_path / "plain", source), small.NAME).written
    assert [one.name for one in plain.criteria] == ["Points"] and plain.criteria[0].most == 3
    assert "names what the table does not show" in plain.scheme and "names what" not in plain.task
    assert plain.model.startswith("The table is a selection") and "###" not in plain.model
    source.cells[11].source = f"{TABLE}\n\n{source.cells[11].source}"
    with pytest.raises(TeacherError, match="gives 4 points at most, and the cell has 3"):
        read_assignment(small.small_course(tmp_path / "four", source), small.NAME)


@pytest.mark.parametrize("name", Course(SAMPLE, SAMPLE_SEED, private=False).names())
def test_every_written_question_of_the_course_has_a_rubric_that_students_see(name: str) -> None:
    assignment = read_assignment(Course(SAMPLE, SAMPLE_SEED, private=False), name)
    shown = "\n".join(cell.source for cell in assignment.release.cells)
    assert [len(one.criteria) for one in assignment.written] == [3, 3, 4]
    for one in assignment.written:
        assert sum(criterion.most for criterion in one.criteria) == one.points and len(one.model) > 100
        assert one.model not in shown and one.scheme and one.scheme.splitlines()[0] not in shown
        for criterion in one.criteria:
            assert f"| {criterion.name} |" in shown and all(level.says in shown for level in criterion.levels)


def test_a_text_without_markdowns_signs_keeps_the_names_of_columns() -> None:
    assert plain(" *about* or _or_, **each** `event_id` ") == "about or or, each event_id"
