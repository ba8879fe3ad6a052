"""What a person must look at: an answer that stands in another cell than its own is never marked as none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from classroom.assignments.assignment import Assignment
from classroom.grading import points
from classroom.grading.points import Score, score_cells
from classroom.sandbox.messages import Answer, Report, State
from classroom.submissions.align import AlignedSubmission, align, release_cells
from classroom.submissions.notebook import cells_of, nbgrader_metadata
from tests.support.classroom import small
from tests.support.classroom.made_class import answered

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
