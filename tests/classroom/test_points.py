"""What a person must look at: an answer that stands in another cell than its own is never marked as none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from classroom.assignments.assignment import Assignment, read_assignment
from classroom.grading import points
from classroom.grading.feedback_page import verdict_on
from classroom.grading.points import Score, score_cells
from classroom.grading.probes import REAL, SEEN, questions_for
from classroom.sandbox.messages import Answer, Ran, Report, State
from classroom.submissions.align import AlignedSubmission, align, release_cells
from classroom.submissions.notebook import cells_of, nbgrader_metadata
from tests.support.classroom import small
from tests.support.classroom.made_class import answered, solved

WORDS = "The table is a selection, so it cannot show what it leaves out."


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return small.small_assignment(tmp_path_factory.mktemp("course"))


def blank(assignment: Assignment) -> NotebookNode:
    return answered(assignment, lambda grade_id, solution, stub: stub)


def marks(assignment: Assignment, notebook: NotebookNode) -> dict[str, Score]:
    work = align(cells_of(notebook), release_cells(assignment.release))
    report = Report("job", (), (), "not isolated")
    return {mark.grade_id: mark for mark in score_cells(assignment, work, {}, report, {})}


def cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if nbgrader_metadata(cell).get("grade_id") == grade_id)


def test_nothing_written_is_unanswered_and_waits_for_nobody(assignment: Assignment) -> None:
    notebook = blank(assignment)
    notebook.cells.append(new_code_cell("  \n"))
    mark = marks(assignment, notebook)["q4"]
    assert (mark.points, mark.reason, mark.needs_marking) == (0, "unanswered", False)


def test_an_answer_cell_that_was_emptied_is_unanswered(assignment: Assignment) -> None:
    notebook = blank(assignment)
    for one in (cell(notebook, "q4"), cell(notebook, "q1")):
        one.source = " \n"
    found = marks(assignment, notebook)
    for name in ("q4", "q1-checks"):
        assert (found[name].points, found[name].reason, found[name].needs_marking) == (0, "unanswered", False), name


def test_where_nothing_was_asked_nothing_is_passed() -> None:
    assert not points._all_passed([], REAL)


def test_what_stopped_in_the_solution_is_expected_of_nobody() -> None:
    answers = (Answer("q1/0", "ok", 1), Answer("q1/1", "error"))
    assert points.expected_values(Report("job", (), answers, "bubblewrap")) == {"q1/0": 1}


@pytest.mark.parametrize("new_cell", [new_code_cell, new_markdown_cell, new_raw_cell])
def test_words_in_a_new_cell_of_any_kind_wait_for_a_person(
    assignment: Assignment, new_cell: Callable[[str], NotebookNode]
) -> None:
    notebook = blank(assignment)
    notebook.cells.append(new_cell(WORDS))
    mark = marks(assignment, notebook)["q4"]
    assert (mark.points, mark.reason, mark.needs_marking) == (None, "by hand", True)


@pytest.mark.parametrize("keeps_id", [True, False])
def test_words_in_an_answer_cell_that_became_code_wait_for_a_person(assignment: Assignment, keeps_id: bool) -> None:
    notebook = blank(assignment)
    old = notebook.cells[-1]
    notebook.cells[-1] = new_code_cell(WORDS, metadata=old.metadata if keeps_id else {})
    mark = marks(assignment, notebook)["q4"]
    assert (mark.points, mark.reason, mark.needs_marking) == (None, "by hand", True)


@pytest.mark.parametrize(("grade_id", "item", "points"), [("q4-task", "q4", None), ("q1-task", "q1-checks", 0)])
def test_a_blank_answer_beside_a_changed_question_waits_for_a_person(
    assignment: Assignment, grade_id: str, item: str, points: float | None
) -> None:
    notebook = blank(assignment)
    cell(notebook, grade_id).source += f"\n\n{WORDS}"
    found = marks(assignment, notebook)
    assert (found[item].points, found[item].needs_marking) == (points, True)
    assert not any(mark.needs_marking for mark in found.values() if mark.grade_id != item)


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (("not run",), "the time for all questions together was used up"),
        (("not run", "timeout"), "its time was up"),
        (("memory",), "it used more memory than a notebook has here"),
    ],
)
def test_what_ended_a_question_is_named(states: tuple[State, ...], words: str) -> None:
    answers = [Answer(f"q1/{number}", state) for number, state in enumerate(states)]
    assert points._what_stopped(answers, AlignedSubmission((), ())) == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("KeyError: titel", "`KeyError: titel`"),  # the student's own word
        ("KeyError: hidden", "`KeyError`"),  # a word that only a hidden table has
        ("ZeroDivisionError", "`ZeroDivisionError`"),
        ("ValueError: one, two", "`ValueError`"),
        ("", ""),
    ],
)
def test_of_an_error_elsewhere_a_student_reads_no_word_but_their_own(assignment: Assignment, error: str, words: str) -> None:
    notebook = solved(assignment)
    cell(notebook, "q1").source += "\nevents['titel']"
    work = align(cells_of(notebook), release_cells(assignment.release))
    assert points._what_stopped([Answer("q1/0", "error", None, error)], work) == words


def scored(
    assignment: Assignment, seen: str, real: str, other: str, *, changed: bool = False, error: str = ""
) -> dict[str, Score]:
    """Score the solution as if its probes had ended so: in its own run, on the real tables, on other tables."""
    work = align(cells_of(solved(assignment)), release_cells(assignment.release))
    asked = questions_for(assignment, work, small.SEED).asked
    drawn = {"type": "figure", "axes": []}
    expected = {name: drawn if about.grade_id == "q3-checks" else 1 for name, about in asked.items()}
    answers = []
    for name, about in asked.items():
        ending = seen if about.way == SEEN else real if about.variant == REAL else other
        right = expected[name]
        state, value = ("error", None) if ending == "stopped" else ("ok", right if ending == "passed" else "other")
        tables = ("events",) if changed and about.way == SEEN else ()
        answers.append(Answer(name, state, value, "", tables))  # type: ignore[arg-type]
    ran = tuple(Ran(item.grade_id, "error" if error else "ok", 0.1, error=error) for item in assignment.items)
    return {
        one.grade_id: one
        for one in score_cells(assignment, work, asked, Report("job", ran, tuple(answers), "bubblewrap"), expected)
    }


@pytest.mark.parametrize(
    ("seen", "real", "other", "changed", "earned", "reason"),
    [
        ("passed", "passed", "passed", False, 2.0, "passed"),
        ("passed", "passed", "differs", False, 0.0, "differs on other tables"),
        ("passed", "passed", "stopped", False, 0.0, "stopped on other tables"),
        ("differs", "passed", "passed", False, 0.0, "differs"),
        ("stopped", "passed", "passed", False, 0.0, "stopped"),
        ("differs", "passed", "passed", True, 2.0, "passed"),  # an earlier cell changed the tables: a clean run counts
        ("stopped", "passed", "passed", True, 2.0, "passed"),
        ("differs", "differs", "passed", True, 0.0, "differs"),
        ("differs", "passed", "differs", True, 0.0, "differs on other tables"),
        ("passed", "differs", "passed", False, 2.0, "passed"),
    ],
)
def test_points_are_given_for_what_is_right_here_and_on_other_tables(
    assignment: Assignment, seen: str, real: str, other: str, changed: bool, earned: float, reason: str
) -> None:
    score = scored(assignment, seen, real, other, changed=changed)["q2-checks"]
    assert (score.points, score.reason, score.needs_marking) == (earned / 2, reason, False)


def test_points_of_a_figure_wait_for_an_eye(assignment: Assignment) -> None:
    found = scored(assignment, "passed", "passed", "passed")
    assert {name: one.needs_marking for name, one in found.items()} == {
        "q1-checks": False,
        "q2-checks": False,
        "q3-checks": True,
        "q4": True,
    }
    assert (found["q4"].points, found["q4"].reason) == (None, "by hand")
    for real, other in (("passed", "differs"), ("differs", "differs")):  # what earned nothing waits for nobody
        failed = scored(assignment, real, real, other)["q3-checks"]
        assert (failed.points, failed.needs_marking) == (0, False)


@pytest.mark.parametrize(("length", "kept"), [(400, 400), (401, 400)])
def test_the_sentence_of_a_check_is_kept_up_to_its_limit(assignment: Assignment, length: int, kept: int) -> None:
    score = scored(assignment, "passed", "passed", "passed", error="AssertionError: " + "x" * length)["q2-checks"]
    assert (score.points, score.reason, len(score.sentence)) == (0.0, "form", kept)


def test_a_line_that_is_right_by_itself_earns_its_part_and_nothing_more(tmp_path_factory: pytest.TempPathFactory) -> None:
    source = small.small_source()
    lines = "hidden(read=\"treaties['title'].tolist()\", variants=1, partial=0.5)\n### END HIDDEN TESTS"
    source.cells[4].source = source.cells[4].source.replace("### END HIDDEN TESTS", lines)
    assignment = read_assignment(small.small_course(tmp_path_factory.mktemp("parts"), source), small.NAME)
    work = align(cells_of(solved(assignment)), release_cells(assignment.release))
    asked = questions_for(assignment, work, small.SEED).asked
    expected = {name: {"type": "list", "items": ["a", "b"]} for name in asked}

    def earned(wrong_lines: set[int], *, elsewhere: bool = False, error: str = "") -> Score:
        answers = []
        for name, about in asked.items():
            wrong = about.line in wrong_lines and (not elsewhere or about.variant != REAL)
            value = {"type": "list", "items": ["a"]} if wrong and about.grade_id == "q1-checks" else expected[name]
            answers.append(Answer(name, "ok", value))
        ran = (Ran("q1-checks", "error" if error else "ok", 0.1, error=error),)
        report = Report("job", ran, tuple(answers), "bubblewrap")
        return next(one for one in score_cells(assignment, work, asked, report, expected) if one.grade_id == "q1-checks")

    assert (earned(set()).points, earned({0}).points, earned({1}).points, earned({0, 1}).points) == (2, 0.5, 0, 0)
    assert earned({0}, elsewhere=True).points == 0.5  # each line must be right on all tables
    assert earned({0}, error="AssertionError: The form.").points == 0  # what its visible check refuses earns no part
    assert earned({0}).sentence == "1 row too few; those that are there belong there."
    assert earned({0}, elsewhere=True).sentence == "It has too few rows."
    assert verdict_on(earned({0}), 2).endswith("those that are there belong there. Part of it is right, and counts.")
