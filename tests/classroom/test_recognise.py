"""Another notebook is called one, and not marked; the right one is marked, whatever its student did to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from classroom.assignments.assignment import TEXT_STUB
from classroom.course import ROOT, SAMPLE, SAMPLE_SEED, Course
from classroom.grading.grade_one import SubmissionGrader
from classroom.submissions import recognise
from classroom.submissions.align import ReleaseCell, release_cells
from classroom.submissions.notebook import SubmittedCell, UnreadableError, cells_of, nbgrader_metadata, read_submission
from classroom.submissions.recognise import Signs, other_notebooks, which_other
from tests.classroom.assignments.desk import assignment
from tests.support.classroom.made_class import answered, solved

COURSE = Course(SAMPLE, SAMPLE_SEED, private=False)
ALL = {name: assignment(name) for name in COURSE.names()}
PS1 = ALL["ps1"]
Change = Callable[[NotebookNode], object]


@cache
def known(name: str) -> Sequence[Signs]:
    return other_notebooks(COURSE, ALL[name])


def found(notebook: NotebookNode, name: str = "ps1") -> str | None:
    return which_other(cells_of(notebook), release_cells(ALL[name].release), lambda: known(name))


def without_marks(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata = {}


def only(notebook: NotebookNode, keep: Callable[[NotebookNode], object]) -> None:
    notebook.cells = [cell for cell in notebook.cells if keep(cell)]


def question(cell: NotebookNode) -> str:
    return str(nbgrader_metadata(cell).get("grade_id", "")).split("-")[0]


def is_answer(cell: NotebookNode) -> bool:
    return bool(nbgrader_metadata(cell).get("solution"))


def translate(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and not is_answer(cell):
            cell.source = f"یہ سوال نمبر {number} ہے۔ جدول سے جواب نکالیں۔"


def reword(notebook: NotebookNode) -> None:
    """An older edition: each locked cell says something in other words."""
    for cell in notebook.cells:
        if not is_answer(cell):
            lines = cell.source.splitlines()
            lines[-1] += "  # as last year" if cell.cell_type == "code" else " As last year."
            cell.source = "\n".join(lines)


def many_own_cells(notebook: NotebookNode) -> None:
    for number in range(60):
        notebook.cells.insert(2, new_code_cell(f"events.head({number})"))


def after_a_lesson(notebook: NotebookNode) -> None:
    lesson = nbformat.read(ROOT / "notebooks" / "03_rupture_1973.ipynb", as_version=4)
    notebook.cells = lesson.cells + [cell for cell in notebook.cells if is_answer(cell)]


RIGHT: dict[str, Change] = {
    "as it was handed out": lambda n: None,
    "no marks": without_marks,
    "no marks, only code": lambda n: (without_marks(n), only(n, lambda c: c.cell_type == "code")),
    "only code": lambda n: only(n, lambda c: c.cell_type == "code"),
    "only answers": lambda n: only(n, is_answer),
    "only answers, no marks": lambda n: (only(n, is_answer), without_marks(n)),
    "only code answers, no marks": lambda n: (only(n, lambda c: is_answer(c) and c.cell_type == "code"), without_marks(n)),
    "only written answers": lambda n: only(n, lambda c: is_answer(c) and c.cell_type == "markdown"),
    "one question": lambda n: only(n, lambda c: question(c) == "q1"),
    "one question, no marks": lambda n: (only(n, lambda c: question(c) == "q4"), without_marks(n)),
    "half": lambda n: setattr(n, "cells", n.cells[:16]),
    "backwards": lambda n: n.cells.reverse(),
    "backwards, no marks": lambda n: (n.cells.reverse(), without_marks(n)),
    "translated": translate,
    "translated, no marks": lambda n: (translate(n), without_marks(n)),
    "older edition": reword,
    "older edition, only code": lambda n: (reword(n), only(n, lambda c: c.cell_type == "code")),
    "many own cells": many_own_cells,
    "many own cells, no marks": lambda n: (many_own_cells(n), without_marks(n)),
    "at the end of a lesson": after_a_lesson,
    "with ps2 behind it": lambda n: n.cells.extend(solved(ALL["ps2"]).cells),
}


@pytest.mark.parametrize("work", ["solved", "unanswered"])
@pytest.mark.parametrize("change", RIGHT)
def test_the_right_notebook_is_marked_whatever_was_done_to_it(change: str, work: str) -> None:
    notebook = solved(PS1) if work == "solved" else deepcopy(PS1.release)
    RIGHT[change](notebook)
    assert found(notebook) is None


@pytest.mark.parametrize("work", ["solved", "unanswered", "no marks", "only code", "half", "own cells"])
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("arrived", ALL)
def test_another_assignment_is_called_by_its_name(name: str, arrived: str, work: str) -> None:
    notebook = deepcopy(ALL[arrived].release) if work == "unanswered" else solved(ALL[arrived])
    changes: dict[str, Change] = {
        "no marks": without_marks,
        "only code": lambda n: only(n, lambda c: c.cell_type == "code"),
        "half": lambda n: setattr(n, "cells", n.cells[: len(n.cells) // 2]),
        "own cells": many_own_cells,
    }
    changes.get(work, lambda n: None)(notebook)
    assert found(notebook, name) == (None if name == arrived else arrived)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")), ids=lambda path: path.stem)
def test_a_lesson_is_called_by_its_name(path) -> None:  # type: ignore[no-untyped-def]
    cells = read_submission(path.read_bytes())
    assert which_other(cells, release_cells(PS1.release), lambda: known("ps1")) == path.name


@pytest.mark.parametrize(
    "cells",
    [
        [new_code_cell("print('hello')")],
        [new_markdown_cell("# My diary"), new_markdown_cell("Today it rained.")],
        [new_code_cell(f"x{number} = {number}") for number in range(40)],
        [new_code_cell("import pandas as pd", metadata={"nbgrader": {"grade_id": "tables"}})],
    ],
)
def test_a_notebook_that_nobody_knows_is_another_too(cells: list[NotebookNode]) -> None:
    assert found(new_notebook(cells=cells)) == ""


def test_the_sentence_says_what_arrived_and_what_should_have() -> None:
    marker = SubmissionGrader(COURSE, PS1)
    assert marker.another(cells_of(solved(ALL["ps2"]))) == "What arrived is ps2, not ps1."
    assert "another notebook than ps1" in marker.another([SubmittedCell(1, "code", "print('hello')", "")])
    assert marker.another(cells_of(solved(PS1))) == ""
    marks, copy = marker.unmarked("What arrived is ps2, not ps1.")
    assert {(mark.points, mark.needs_marking, mark.reason) for mark in marks} == {(None, True, "not read")}
    assert "What arrived is ps2" in nbformat.writes(copy).replace("&#44;", ",")


def release_of(count: int) -> list[ReleaseCell]:
    return [ReleaseCell(f"c{n}", "markdown", f"The text of cell {n}, by the author.", False, False, 0) for n in range(count)]


def given(ours: int, strange: int) -> Sequence[SubmittedCell]:
    cells = [SubmittedCell(n, "markdown", f"The text of cell {n}, by the author.", "") for n in range(ours)]
    return cells + [SubmittedCell(99 + n, "markdown", f"Something else, number {n}.", "") for n in range(strange)]


@pytest.mark.parametrize(
    ("ours", "strange", "right"),
    [(19, 200, False), (20, 200, True), (1, 4, True), (1, 5, False), (0, 1, False), (4, 16, True), (4, 17, False)],
)
def test_the_least_that_makes_a_notebook_ours(ours: int, strange: int, right: bool) -> None:
    """A fifth of the assignment, or a fifth of what came, on both sides of the edge."""
    assert (which_other(given(ours, strange), release_of(100), tuple) is None) == right


@pytest.mark.parametrize(
    ("theirs", "ours", "title"), [(3, 0, "other"), (2, 0, None), (5, 4, "other"), (5, 5, None), (10, 9, "other")]
)
def test_it_is_the_other_when_more_of_the_other_is_there(theirs: int, ours: int, title: str | None) -> None:
    texts = frozenset(f"Another's text {n}." for n in range(20))
    other = Signs("other", texts, frozenset(), frozenset())
    came = [*given(ours, 0), *(SubmittedCell(n, "markdown", f"Another's text {n}.", "") for n in range(theirs))]
    result = which_other(came, release_of(20), lambda: (other,))
    assert result == title or (title is None and result in (None, ""))


def test_half_of_ours_is_enough_whatever_else_is_there() -> None:
    other = Signs("other", frozenset(f"Another's text {n}." for n in range(20)), frozenset(), frozenset())
    more = [SubmittedCell(n, "markdown", f"Another's text {n}.", "") for n in range(20)]
    assert which_other([*given(10, 0), *more], release_of(20), lambda: (other,)) is None
    assert which_other([*given(9, 0), *more], release_of(20), lambda: (other,)) == "other"


@pytest.mark.parametrize("cells", [[], [""], ["", " \n\t"]])
def test_a_notebook_without_a_word_is_no_zero_but_asked_for_again(cells: list[str]) -> None:
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    with pytest.raises(UnreadableError, match="no cells|is empty"):
        read_submission(nbformat.writes(notebook).encode())


def test_an_unanswered_edition_is_marked_as_unanswered() -> None:
    notebook = answered(PS1, lambda grade_id, solution, stub: "" if stub != TEXT_STUB else stub)
    assert found(notebook) is None


def test_a_copy_of_an_assignment_under_another_name_hides_nobody(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A teacher keeps last year's ps1 as old1: the two are forms of one, and neither is 'another'."""
    path = tmp_path / "source" / "old1" / "old1.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.writes(PS1.source), encoding="utf-8")
    course = Course(tmp_path, "seed", private=True)
    titles = [signs.title for signs in other_notebooks(course, PS1)]
    assert "old1" not in titles and {"ps2", "ps3", "03_rupture_1973.ipynb"} <= set(titles)


@pytest.mark.parametrize(("changed", "ours"), [(0, True), (399, True), (400, True), (401, False), (900, False)])
def test_a_locked_cell_with_its_id_is_ours_while_60_of_100_are_the_same(changed: int, ours: bool) -> None:
    """An older edition says the same in other words; another course's cell of the same id does not."""
    text = "".join(f"{number:03}" for number in range(334))
    release = [ReleaseCell("q1-task", "markdown", text, False, False, 0)]
    came = [SubmittedCell(1, "markdown", text[: 1002 - changed] + "x" * changed, "q1-task")]
    assert which_other(came, release, tuple) == (None if ours else "")


# The edges of what decides whether a notebook is marked

TEN = [ReleaseCell(f"c{number}", "markdown", f"Text number {number} of ten.", False, False, 0.0) for number in range(10)]


@pytest.mark.parametrize(
    ("ours", "others", "right"),
    [(2, 90, True), (1, 90, False), (1, 4, True), (1, 5, False)],
    ids=["a fifth of it", "less", "a fifth of what came", "less of what came"],
)
def test_a_fifth_of_it_or_of_what_came_is_enough(ours: int, others: int, right: bool) -> None:
    cells = [SubmittedCell(number, "markdown", TEN[number].source, "") for number in range(ours)]
    cells += [SubmittedCell(100 + number, "markdown", f"Words {number} of somebody.", "") for number in range(others)]
    assert (which_other(cells, TEN, tuple) is None) is right


def test_half_of_anything_is_enough_and_names_tell_from_three_on() -> None:
    own = Signs("x", frozenset("abcdefghij"), frozenset(), frozenset({"one", "two", "three", "four"}))
    assert own.enough(frozenset("abcde"), frozenset()) and not own.enough(frozenset("abcd"), frozenset())
    assert own.enough(frozenset(), frozenset({"one", "two", "three"}))
    assert not own.enough(frozenset(), frozenset({"one", "two"}))  # half of the names, but all assignments have an "ax"


def test_a_locked_cell_of_which_six_tenths_are_left_is_the_same_cell() -> None:
    release = [ReleaseCell("c", "markdown", "abcdefghijkl", False, False, 0.0)]
    for text, same in (("abcdefgh1234", True), ("abcdefg12345", False)):  # six, and five, of ten groups of three letters
        found = recognise._slightly_changed([SubmittedCell(1, "markdown", text, "c")], release)
        assert bool(found) is same, text
