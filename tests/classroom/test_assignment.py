"""The source of an assignment, and the student edition that is made of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config

from classroom.assignments.assignment import CODE_STUB, TEXT_STUB, read_assignment
from classroom.course import ROOT, SAMPLE, SAMPLE_SEED, Course
from classroom.errors import TeacherError
from classroom.grading.nbgrader_config import settings_file
from classroom.handing_out.bundle import is_secret, released
from classroom.handing_out.release import edition_bytes, leaks
from classroom.submissions.notebook import nbgrader_metadata
from tests.support.classroom import small

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
    shown = {nbgrader_metadata(cell)["grade_id"]: cell.source for cell in assignment.release.cells}
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


@pytest.mark.parametrize(("line", "found"), [("found = rows", True), ("foun = rows", False)], ids=["twelve", "eleven"])
def test_a_line_of_twelve_signs_is_long_enough_to_give_something_away(tmp_path: Path, line: str, found: bool) -> None:
    source = small.small_source()
    source.cells[2].source = f"Like this:\n\n    {line}"
    source.cells[3].source = f"treaties = ...\n### BEGIN SOLUTION\n{line}\n### END SOLUTION"
    assert bool(leaks(read_assignment(small.small_course(tmp_path, source), small.NAME))) is found


def test_only_todays_edition_is_put_into_the_zip(tmp_path: Path) -> None:
    course = small.small_course(tmp_path)
    assert released(course) == {}
    with pytest.raises(TeacherError, match="Run first: release small"):
        released(course, [small.NAME])
    path = course.release(small.NAME)
    path.parent.mkdir(parents=True)
    path.write_bytes(edition_bytes(read_assignment(course, small.NAME)))
    assert released(course) == {small.NAME: path.read_bytes()}
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(TeacherError, match="has changed since"):
        released(course)


SECRET = ["a/source/ps1/ps1.ipynb", "classroom/course.py", "marked/s1.html", "submitted/s1/ps1.ipynb", "tests/x.py"]
SECRET += ["data/article.txt", "seed.txt"]
OPEN = ["data/sources.csv", "data/event_sources.csv", "my_notebooks/assignments/ps1.ipynb", "helpers/data.py"]


def test_the_last_look_before_the_zip_finds_what_is_secret() -> None:
    assert [path for path in [*SECRET, *OPEN] if is_secret(path)] == SECRET


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


# --- the configuration of nbgrader -------------------------------------------------------------


def written_settings(course: Course) -> tuple[str, Any]:
    """The configuration for a course folder, and what it sets."""
    text, config = settings_file(course, marking=False), Config()
    exec(
        compile(text, str(course.root / "nbgrader_config.py"), "exec"), {"get_config": lambda: config, "__file__": "here.py"}
    )
    return text, config


def test_nbgraders_exchange_fetches_into_the_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(ROOT / ".venv"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    text, config = written_settings(Course(tmp_path, "seed", private=True))
    assert config.Exchange.assignment_dir == str(ROOT / "my_notebooks" / "assignments")
    assert str(ROOT) not in text, "a path of one person, which no other can read"
    assert sys.path[0] == str(ROOT)


def test_with_an_environment_elsewhere_the_configuration_names_the_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "conda"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    text, config = written_settings(Course(tmp_path, "seed", private=True))
    assert repr(str(ROOT)) in text
    assert config.Exchange.assignment_dir == str(ROOT / "my_notebooks" / "assignments")


def test_an_idea_is_read_and_given_to_nobody_before_its_time(tmp_path: Path) -> None:
    source = small.small_source()
    text = 'idea("Compare a column with a word: that is a mask.")\n### END HIDDEN TESTS'
    source.cells[4].source = source.cells[4].source.replace("### END HIDDEN TESTS", text)
    assignment = read_assignment(small.small_course(tmp_path / "one", source), small.NAME)
    assert [item.idea for item in assignment.items][:2] == ["Compare a column with a word: that is a mask.", ""]
    assert len(assignment.items[0].hidden) == 1 and b"that is a mask" not in edition_bytes(assignment)
    for line, said in (
        ("idea(x)", "hidden line must be"),
        ('idea("a", 1)', "hidden line must be"),
        ("idea()", "hidden line must be"),
    ):
        source.cells[4].source = small.Q1_CHECKS.replace("### END HIDDEN TESTS", f"{line}\n### END HIDDEN TESTS")
        with pytest.raises(TeacherError, match=said):
            read_assignment(small.small_course(tmp_path / line[5:8].strip("()\"' ,x") / str(len(line)), source), small.NAME)


@pytest.mark.parametrize(
    ("partial", "said"), [("-1", "partial is -1"), ("'x'", "partial is 'x'"), ("9", "more points in part")]
)
def test_points_in_part_must_make_sense(tmp_path: Path, partial: str, said: str) -> None:
    source = small.small_source()
    source.cells[4].source = small.Q1_CHECKS.replace("variants=1)", f"variants=1, partial={partial})")
    with pytest.raises(TeacherError, match=said):
        read_assignment(small.small_course(tmp_path, source), small.NAME)


@pytest.mark.parametrize("name", SHIPPED.names())
def test_every_machine_marked_question_of_the_course_has_an_idea_without_its_code(name: str) -> None:
    assignment = read_assignment(SHIPPED, name)
    for item in assignment.items:
        assert item.by_hand or (
            40 < len(item.idea) < 260 and "[" not in item.idea.replace("period[mask]", "").replace("rows[column]", "")
        )
    assert "idea(" not in edition_bytes(assignment).decode()
