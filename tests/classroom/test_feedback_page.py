"""What the student's page says: nothing that is not so, nothing twice, and all that the student wrote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from classroom.assignments.assignment import Assignment, read_assignment
from classroom.assignments.rubric import Criterion, Level
from classroom.course import Course
from classroom.grading.difference import difference
from classroom.grading.feedback_page import _aim, feedback_page
from classroom.grading.grade_class import _shown
from classroom.grading.grade_one import SubmissionGrader
from classroom.grading.gradebook import Entered
from classroom.grading.points import Score
from classroom.grading.results import Result
from classroom.grading.to_do import what_to_do
from classroom.sandbox.inside.encode import encode
from classroom.sandbox.messages import Ran, Report
from classroom.submissions.deadlines import Lateness
from classroom.submissions.notebook import cells_of, nbgrader_metadata
from classroom.submissions.roster import Student
from helpers.exercises.answers import kind_of
from tests.support.classroom import by_hand, small
from tests.support.classroom.made_class import solved

SEE = "See the message under your code."


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return small.small_assignment(tmp_path_factory.mktemp("course"))


def marked(assignment: Assignment, notebook: NotebookNode, errors: dict[str, str] | None = None) -> SimpleNamespace:
    """Mark a notebook of which no hidden question could be answered, and whose cells gave these errors."""
    marker = SubmissionGrader(Course(Path("nowhere"), small.SEED, private=True), assignment)
    job, opened = marker.open("job", cells_of(notebook))
    errors = errors or {}
    ran = tuple(
        Ran(cell.cell_id, "error" if cell.cell_id in errors else "ok", 0.1, error=errors.get(cell.cell_id, ""))
        for cell in job.cells
    )
    outcome = marker.mark(opened, Report("job", ran, (), "bubblewrap"))
    result = Result(
        "key", "graded", "bubblewrap", "", outcome.work.notes, outcome.scores, tuple(_shown(outcome.work, outcome))
    )
    entered = {
        mark.grade_id: Entered(mark.grade_id, mark.points, None, 0.0, mark.needs_marking, "") for mark in outcome.scores
    }
    page = feedback_page(assignment, Student("s1"), result, entered)
    return SimpleNamespace(
        page=page, marks={mark.grade_id: mark for mark in outcome.scores}, copy=outcome.copy, scores=outcome.scores
    )


def part(page: str, question: str) -> str:
    return page.partition(f'aria-labelledby="{question}"')[2].partition("</section>")[0]


def with_source(assignment: Assignment, **sources: str) -> NotebookNode:
    notebook = solved(assignment)
    for cell in notebook.cells:
        name = nbgrader_metadata(cell)["grade_id"].replace("-", "_")
        cell.source = sources.get(name, cell.source)
    return notebook


def test_the_page_says_what_late_work_cost_and_from_where_the_time_is_known(assignment: Assignment) -> None:
    result = Result("key", "graded", "bubblewrap", "", (), marked(assignment, solved(assignment)).scores, ())
    entered = {"q1-checks": Entered("q1-checks", 2.0, None, 0.0, False, "")}
    late = Lateness("2026-11-21 19:00 UTC", "2026-11-20 18:00 UTC", "the time of the file", 2, "1 day 1 hour", 1.5, True)
    page = feedback_page(assignment, Student("s1"), result, entered, late)
    assert "0.5 of 7 points" in page and "1.5 points are taken off" in page
    assert "1 day 1 hour later (by the time of the file)" in page and "If that is not so, tell your teacher." in page
    page = feedback_page(assignment, Student("s1"), result, entered, replace(late, penalty=0.0))
    assert "2 of 7 points" in page and "Nothing is taken off" in page
    assert "taken off" not in feedback_page(assignment, Student("s1"), result, entered)


RIGHT = 'treaties = events[events["kind"] == "treaty"]'
DOTS = "The name treaties still holds the three dots. Write your answer behind “treaties =”."


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (f"treaties = ...\n{RIGHT.partition(' = ')[2]}", DOTS),
        (f"treaties = ...\n{RIGHT}", "when it was run again"),
        (
            RIGHT.replace("treaties =", "contracts ="),
            "do not set treaties, the name for which the question asks. Your cells set contracts.",
        ),
        (
            RIGHT.replace("treaties =", "a = b ="),
            "do not set treaties, the name for which the question asks. <strong>What to do:",
        ),
        ("events.head()", "do not set treaties"),
        (f"%matplotlib inline\n{RIGHT}", "when it was run again"),
        ("def f(:", "when it was run again"),
        (RIGHT, "when it was run again"),
        (f"treaties: object = {RIGHT.partition(' = ')[2]}", "when it was run again"),
        ("for treaties in [1, 2]:\n    pass", "when it was run again"),
        ("treaties = ...\nif True:\n    treaties = 3", "when it was run again"),
    ],
)
def test_a_name_that_is_not_set_is_named(assignment: Assignment, source: str, said: str) -> None:
    page = part(marked(assignment, with_source(assignment, q1=source)).page, "q1")
    assert said in page and SEE not in page


def test_a_name_that_an_own_cell_sets_is_set(assignment: Assignment) -> None:
    notebook = with_source(assignment, q1="treaties = ...")
    notebook.cells.insert(4, new_code_cell(RIGHT))
    assert "still holds" not in marked(assignment, notebook).page


@pytest.mark.parametrize(
    ("errors", "there"), [({"q1": "KeyError: 'knd'"}, True), ({}, False), ({"q2": "NameError: x"}, False)]
)
def test_see_the_message_stands_only_where_there_is_one(assignment: Assignment, errors: dict[str, str], there: bool) -> None:
    page = part(marked(assignment, solved(assignment), errors).page, "q1")
    assert (SEE in page) == there == ("The message when it ran" in page)


@pytest.mark.parametrize(("lost", "said"), [(False, True), (True, False)])
def test_an_own_cell_that_stops_is_not_blamed_for_a_question_with_all_its_points(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch, lost: bool, said: bool
) -> None:
    """Colab's cell that mounts a drive stands before the first answer, and fails where there is no Colab."""
    if not lost:
        monkeypatch.setattr("classroom.grading.points._reason", lambda *_: ("passed", ""))
    notebook = solved(assignment)
    notebook.cells.insert(3, new_code_cell("from google.colab import drive"))
    page = part(marked(assignment, notebook, {"cell-4": "ModuleNotFoundError: google"}).page, "q1")
    assert "A cell that you added" in page and "ModuleNotFoundError" in page
    assert ("This cell cost no points." in page) == said


def test_cells_before_the_first_question_belong_to_none(assignment: Assignment) -> None:
    notebook = solved(assignment)
    notebook.cells.insert(0, new_code_cell("from google.colab import drive"))
    page = marked(assignment, notebook, {"cell-1": "ModuleNotFoundError: google"}).page
    assert "google" not in part(page, "q1") and "google" in part(page, "others")


@pytest.mark.parametrize(
    ("place", "text", "question"),
    [
        ("q1-checks", "treaties = my_own_answer", "q1"),
        ("q1-task", "My answer is seven.", "q1"),
        ("q4-task", "A selection.", "q4"),
        ("tables", "my_path = 3", "others"),
    ],
)
def test_what_was_written_into_a_locked_cell_is_on_both_pages(
    assignment: Assignment, place: str, text: str, question: str
) -> None:
    notebook = with_source(assignment, q1="treaties = ...\n# Write your answer here.", q4="*Write your answer here.*")
    cell = next(cell for cell in notebook.cells if nbgrader_metadata(cell)["grade_id"] == place)
    cell.source += f"\n\n{text}"
    found = marked(assignment, notebook)
    shown = part(found.page, question)
    assert f"What you wrote into the locked cell {place}" in shown and text in shown
    sources = [cell.source.replace("&#46;", ".").replace("&#95;", "_") for cell in found.copy.cells]
    at = next(n for n, source in enumerate(sources) if f"The student wrote this into the locked cell {place}" in source)
    assert text in sources[at + 1]
    if question == "q1":
        assert sources[at - 1].startswith("treaties = ...")  # beneath the empty answer
        assert "The answer cell is empty, but you wrote into a locked cell of this question." in shown
        assert "You have not answered" not in shown and found.marks["q1-checks"].needs_marking


def test_no_sentence_accuses(assignment: Assignment) -> None:
    notebook = with_source(assignment, q1="treaties = 3", q3="1 / 0")
    notebook.cells.insert(2, new_markdown_cell("Hello"))
    page = marked(assignment, notebook, {"q3": "ZeroDivisionError: division by zero"}).page
    for word in ("cheat", "copied", "forged", "suspicious", "not allowed"):
        assert word not in page


def test_the_page_shows_the_levels_that_count_and_ideas_when_they_are_released(tmp_path: Path) -> None:
    course = by_hand.course_with_rubric(tmp_path / "course")
    assignment = read_assignment(course, small.NAME)
    scores = tuple(Score(item.grade_id, item.points, "passed", "", False, "a") for item in assignment.items)
    result = Result("key", "graded", "bubblewrap", "", (), scores, ())
    entered = {one.grade_id: Entered(one.grade_id, one.points, None, 0.0, False, "") for one in scores}
    entered["q4"] = Entered("q4", None, 2.0, 0.0, False, "Name the table.")
    levels = {"q4/Selection": 1.0, "q4/Silence": 0.0, "q4/Care": 1.0}
    page = feedback_page(assignment, Student("s1"), result, entered, levels=levels)
    assert "says that rows were chosen" in page and "not named" in page and "Name the table." in page
    assert "One good answer" not in page and "what it leaves out" not in page
    above = next(one for one in assignment.written[0].criteria if one.name == "Silence").levels[1].says
    assert page.count("For more points:</strong>") == 1 and f"For more points:</strong> {above}" in page
    # Points that were given elsewhere since are not explained by levels that no longer count.
    other = {**entered, "q4": replace(entered["q4"], manual=2.5)}
    assert "says that rows were chosen" not in feedback_page(assignment, Student("s1"), result, other, levels=levels)
    assert "Part of it is right" not in page  # it is right as a whole
    page = feedback_page(assignment, Student("s1"), result, entered, levels=levels, ideas=True)
    assert "One good answer" in page and "cannot show what it leaves out" in page
    waits = {**entered, "q4": replace(entered["q4"], manual=None, needs_marking=True)}
    assert "One good answer" not in feedback_page(assignment, Student("s1"), result, waits, ideas=True)


@pytest.mark.parametrize(
    ("mine", "right", "says"),
    [
        (0.4, 0.5, "added up or divided by what"),
        (0.505, 0.5, "Round only at the end"),
        (-0.5, 0.5, "subtract the other way round"),
        (50.0, 0.5, "the division"),
        (["a", "b"], ["b", "a"], "sort as the last step"),
        (["a", "x"], ["a", "b"], "Compare each condition"),
        (["a"], ["a", "b"], "Compare each condition"),
        ({"a": 1}, {"a": 1, "b": 2}, "names on the left of your result. Compare your conditions"),
        ({"a": 1, "b": 3}, {"a": 1, "b": 2}, "how each value is worked out"),
        ({"a": -1, "b": -2}, {"a": 1, "b": 2}, "subtract the other way round"),
        ("text", 0.5, "Read the task again"),
    ],
)
def test_what_to_do_fits_what_was_said(mine: object, right: object, says: str) -> None:
    for hidden in (False, True):
        sentence = difference(encode(mine), encode(right), hidden=hidden)
        assert says in what_to_do("differs", sentence), sentence


def test_what_to_do_about_a_name_explains_the_word_that_python_has_for_nothing() -> None:
    for words in ("a NoneType", kind_of(None)):  # the second is what the checks of the assignments say
        assert "nothing under this name" in what_to_do("form", f"ax should be a figure; you gave {words}.")
    assert "table[mask]" in what_to_do("form", f"exact should be a table; you gave {kind_of([True, False])}.")
    assert "Write round brackets" in what_to_do("form", f"share should be a number; you gave {kind_of(len)}.")
    groups = pd.DataFrame({"a": [1]}).groupby("a")
    assert ".size()" in what_to_do("form", f"counts should be a column; you gave {kind_of(groups)}.")
    assert "run the check again" in what_to_do("form", "ax should be a figure; you gave a str.")
    assert "with this name and =, and write your result after it" in what_to_do(
        "stopped", "Your cells do not set exact, the name that counts."
    )
    assert "sort as the last step" in what_to_do("differs on other tables", "their order is not the one asked for.")
    assert "fits these tables only" in what_to_do("differs on other tables", "It has too few rows.")
    assert "names in its brackets" in what_to_do("differs", "Your function was called with several values, and …")
    assert "kind of chart" in what_to_do("differs", "What is drawn is not what the task asks for.")
    assert what_to_do("by hand", "A person marks this.") == "" == what_to_do("passed", "")


@pytest.mark.parametrize(
    "reason", ["unanswered", "form", "differs", "differs on other tables", "stopped", "stopped on other tables"]
)
def test_each_lost_point_tells_the_student_something_to_do(assignment: Assignment, reason: str) -> None:
    item = next(one for one in assignment.items if not one.by_hand)
    for points, times in ((0.0, 1), (item.points, 0)):
        lost = Score(item.grade_id, points, reason, "", False, "a")  # type: ignore[arg-type]
        rest = (
            Score(one.grade_id, one.points, "passed", "", False, "a")
            for one in assignment.items
            if one.grade_id != item.grade_id
        )
        scores = (lost, *rest)
        entered = {one.grade_id: Entered(one.grade_id, one.points, None, 0.0, False, "") for one in scores}
        result = Result("key", "graded", "bubblewrap", "", (), scores, ())
        assert feedback_page(assignment, Student("s1"), result, entered).count("What to do:") == times


@pytest.mark.parametrize(
    ("levels", "chosen", "aim"),
    [
        ((0, 1, 2, 3), 0, "level 2"),  # not level 1, of which the rubric says what it lacks: "chooses without a reason"
        ((0, 1, 2, 3), 1, "level 2"),
        ((0, 1, 2, 3), 2, "level 3"),
        ((0, 1, 2, 3), 3, ""),
        ((0, 1), 0, "level 1"),
        ((0, 1, 2), 0, "level 2"),
        ((0, 3), 0, "level 3"),
    ],
)
def test_a_student_is_told_to_try_for_what_is_good(levels: tuple[int, ...], chosen: int, aim: str) -> None:
    made = tuple(Level(float(points), "", f"level {points}") for points in levels)
    assert _aim(Criterion("Weighing", made), made[levels.index(chosen)]) == aim


def test_every_page_tells_something_to_do_also_where_all_is_right_or_nothing_is_explained(assignment: Assignment) -> None:
    scores = tuple(Score(item.grade_id, item.points, "passed", "", False, "a") for item in assignment.items)
    result = Result("key", "graded", "bubblewrap", "", (), scores, ())
    entered = {one.grade_id: Entered(one.grade_id, one.points, None, 0.0, False, "") for one in scores}
    whole = feedback_page(assignment, Student("s1"), result, entered)
    assert "You have all points of the questions. What to do now:" in whole and whole.count("What to do") == 1
    bare = {**entered, "q4": Entered("q4", None, 1.0, 0.0, False, "")}  # points of formgrader, without a word
    page = part(feedback_page(assignment, Student("s1"), result, bare), "q4")
    assert "What to do:</strong> Read in the task what it asks for" in page
    told = {**bare, "q4": replace(bare["q4"], comment="Name the table.")}
    page = feedback_page(assignment, Student("s1"), result, told)
    assert "Read in the task what it asks for" not in page and "You have all points" not in page
    none = tuple(replace(one, points=None, reason="not read") for one in scores)
    unread = Result("key", "unreadable", "", "The notebook breaks off.", (), none, ())
    assert "<strong>What to do:</strong> save the notebook" in feedback_page(assignment, Student("s1"), unread, {})
