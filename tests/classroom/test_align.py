"""A submission beside the student edition: copied, lost, moved, added cells, and notebooks without nbgrader's ids."""

from __future__ import annotations

from copy import deepcopy
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from classroom.assignments.assignment import Assignment
from classroom.grading.probes import questions_for
from classroom.submissions.align import AlignedSubmission, ReleaseCell, align, likeness, release_cells
from classroom.submissions.dependencies import cells_behind, is_plain, names_of
from classroom.submissions.notebook import SubmittedCell, cells_of, nbgrader_metadata
from tests.support.classroom import small
from tests.support.classroom.made_class import solved


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return small.small_assignment(tmp_path_factory.mktemp("course"))


def put_in_order(assignment: Assignment, notebook: NotebookNode) -> AlignedSubmission:
    return align(cells_of(notebook), release_cells(assignment.release))


def ids(work: AlignedSubmission) -> list[str]:
    return [cell.cell_id for cell in work.cells]


def source_of(work: AlignedSubmission, cell_id: str) -> str:
    return next(cell.source for cell in work.cells if cell.cell_id == cell_id)


def at(notebook: NotebookNode, grade_id: str) -> int:
    return next(place for place, cell in enumerate(notebook.cells) if nbgrader_metadata(cell).get("grade_id") == grade_id)


TASKS = "opening tables q1-task q1 q1-checks q2-task q2 q2-checks q3-task q3 q3-checks q4-task q4"
ORDER = TASKS.split()


def test_an_ordinary_submission_stays_as_it_is(assignment: Assignment) -> None:
    work = put_in_order(assignment, solved(assignment))
    assert ids(work) == ORDER
    assert work.notes == ()
    assert not any(cell.unanswered for cell in work.cells)


def test_locked_cells_are_restored(assignment: Assignment) -> None:
    notebook = solved(assignment)
    for grade_id in ("q1-checks", "tables", "q4-task"):
        notebook.cells[at(notebook, grade_id)].source = "pass"
    work = put_in_order(assignment, notebook)
    assert ids(work) == ORDER
    assert "assert" in source_of(work, "q1-checks") and "load" in source_of(work, "tables")


def test_text_that_was_added_to_a_question_is_not_read_and_the_student_is_told(assignment: Assignment) -> None:
    notebook = solved(assignment)
    notebook.cells[at(notebook, "q1-checks")].source += "  \n\n"
    assert put_in_order(assignment, notebook).notes == ()
    notebook.cells[at(notebook, "q4-task")].source += "\n\nIt is a selection."
    split = deepcopy(notebook.cells[at(notebook, "q2-checks")])
    split.source = "my_answer = 3"
    notebook.cells.insert(at(notebook, "q2-checks") + 1, split)
    work = put_in_order(assignment, notebook)
    assert work.changed == {"q2", "q4"} and len(work.notes) == 2
    assert "You changed the cell q2-checks" in work.notes[0]
    assert "q4-task" in work.notes[1] and "write your answer in the answer cell" in work.notes[1]


def test_of_copies_the_first_that_is_filled_in_counts_and_all_run(assignment: Assignment) -> None:
    notebook = solved(assignment)
    place = at(notebook, "q1")
    copy, empty = deepcopy(notebook.cells[place]), deepcopy(assignment.release.cells[place])
    copy.source = "treaties = 2"
    notebook.cells[place:place] = [empty]
    notebook.cells.insert(place + 2, copy)
    work = put_in_order(assignment, notebook)
    assert 'events["kind"]' in source_of(work, "q1")
    assert [cell.source for cell in work.section("q1")][-1] == "treaties = 2"
    assert "3 copies of the cell q1" in work.notes[0]


def test_lost_cells_come_back_as_given_out(assignment: Assignment) -> None:
    notebook = solved(assignment)
    del notebook.cells[at(notebook, "q2") : at(notebook, "q3-task")]
    work = put_in_order(assignment, notebook)
    assert ids(work) == ORDER
    assert next(cell for cell in work.cells if cell.cell_id == "q2").unanswered
    assert sum("was missing" in note for note in work.notes) == 2
    assert ids(align((), release_cells(assignment.release))) == ORDER


def test_the_order_of_the_student_is_kept_but_no_check_comes_before_its_answer(assignment: Assignment) -> None:
    notebook = solved(assignment)
    answer = notebook.cells.pop(at(notebook, "q1"))
    notebook.cells.append(answer)
    imports = notebook.cells.pop(at(notebook, "tables"))
    notebook.cells.append(imports)
    order = ids(put_in_order(assignment, notebook))
    assert order.index("tables") < order.index("q2") < order.index("q1") < order.index("q1-checks")
    assert sorted(order) == sorted(ORDER)


def moved(notebook: NotebookNode, grade_id: str, by: int) -> NotebookNode:
    place = at(notebook, grade_id)
    notebook.cells.insert(place + by, notebook.cells.pop(place))
    return notebook


@pytest.mark.parametrize("question", ["q1", "q2", "q3"])
@pytest.mark.parametrize("by", [1, 2, 3, 5, -1, -2])
def test_a_check_runs_behind_its_answer_wherever_that_was_moved(assignment: Assignment, question: str, by: int) -> None:
    """The most likely swap of all is an answer that slips one place down, behind its own check."""
    order = ids(put_in_order(assignment, moved(solved(assignment), question, by)))
    assert order.index(question) < order.index(f"{question}-checks")
    assert sorted(order) == sorted(ORDER)


def test_an_answer_behind_its_check_moves_nothing_else(assignment: Assignment) -> None:
    assert ids(put_in_order(assignment, moved(solved(assignment), "q1", 1))) == ORDER


def test_several_answers_of_one_question_all_come_before_its_check() -> None:
    release = [
        ReleaseCell("q1-task", "markdown", "Do two things.", False, False, 0),
        ReleaseCell("q1", "code", "a = ...", True, False, 0),
        ReleaseCell("q1-b", "code", "b = ...", True, False, 0),
        ReleaseCell("q1-checks", "code", "a, b", False, True, 2),
    ]
    cells = {cell.grade_id: SubmittedCell(n, cell.kind, cell.source, cell.grade_id) for n, cell in enumerate(release)}  # type: ignore[arg-type]
    for order in permutations(cells):
        placed = ids(align([cells[name] for name in order], release))
        assert placed.index("q1-checks") > max(placed.index("q1"), placed.index("q1-b")), order


def likeness_of(changed: int, length: int = 1002) -> tuple[str, str]:
    """A text, and the same with its last part changed: 3-letter groups are shared up to the change."""
    text = "".join(f"{number:03}" for number in range(length // 3))
    return text, text[: length - changed] + "x" * changed


@pytest.mark.parametrize(
    ("changed", "alike"), [(0, True), (140, True), (150, True), (151, False), (160, False), (900, False)]
)
def test_a_locked_cell_without_its_id_is_known_while_85_of_100_are_the_same(changed: int, alike: bool) -> None:
    text, other = likeness_of(changed)
    assert (likeness(text, other) >= 0.85) == alike
    release = [
        ReleaseCell("q1-task", "markdown", text, False, False, 0),
        ReleaseCell("q1", "code", "a = ...", True, False, 0),
    ]
    work = align([SubmittedCell(1, "markdown", other, ""), SubmittedCell(2, "code", "a = 1", "")], release)
    assert (ids(work)[0] == "q1-task" and len(work.cells) == 2) == alike
    assert source_of(work, "q1-task") == text  # always the teacher's words


def test_the_most_similar_cell_is_taken_and_the_first_of_equals() -> None:
    text, other = likeness_of(100)
    release = [ReleaseCell("q1-task", "markdown", text, False, False, 0)]
    for sources in ([other, text], [text, other], [text, text]):
        work = align([SubmittedCell(n, "markdown", source, "") for n, source in enumerate(sources, start=1)], release)
        assert [cell.cell_id for cell in work.cells if cell.origin is None] == [f"cell-{2 if sources[0] == text else 1}"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1 and likeness(one, one) == 1


CHECK = "q2-checks"


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda text: text + "\ncount_kind = lambda rows, kind: 3", "count_kind = lambda rows, kind: 3"),
        (lambda text: "count_kind = None\n" + text, "count_kind = None"),
        (lambda text: "my answer", "my answer"),
        (lambda text: text.replace("print", "repr"), 'repr("count_kind" in dir())'),
        (lambda text: "", ""),
        (lambda text: text + "  \n\n", ""),
        (lambda text: text.splitlines()[0][:0], ""),
    ],
)
def test_what_was_written_into_a_locked_cell_is_kept_line_by_line(assignment: Assignment, change, shown: str) -> None:  # type: ignore[no-untyped-def]
    notebook = solved(assignment)
    notebook.cells[at(notebook, CHECK)].source = change(notebook.cells[at(notebook, CHECK)].source)
    work = put_in_order(assignment, notebook)
    assert [one.source for one in work.overwritten] == ([shown] if shown else [])
    under = [cell.cell_id for cell in work.cells if work.overwritten_under(cell)]
    assert under == (["q2"] if shown else [])


def test_what_was_written_where_no_answer_belongs_is_shown_under_that_cell(assignment: Assignment) -> None:
    notebook = solved(assignment)
    notebook.cells[at(notebook, "opening")].source += "\n\nMy name is Amina."
    work = put_in_order(assignment, notebook)
    assert [cell.cell_id for cell in work.cells if work.overwritten_under(cell)] == ["opening"]


def test_cells_of_the_students_own_stay_where_they_are(assignment: Assignment) -> None:
    notebook = solved(assignment)
    notebook.cells.insert(at(notebook, "q1"), new_code_cell('mask = events["kind"] == "treaty"'))
    notebook.cells.append(new_markdown_cell("Thank you"))
    work = put_in_order(assignment, notebook)
    assert ids(work)[2:6] == ["q1-task", "cell-4", "q1", "q1-checks"]
    assert [cell.cell_id for cell in work.section("q4")] == ["q4", "cell-15"]


@pytest.mark.parametrize("extra", [False, True])
def test_a_notebook_without_ids_is_matched_by_what_cannot_change(assignment: Assignment, extra: bool) -> None:
    notebook = solved(assignment)
    for cell in notebook.cells:
        cell.metadata = {"id": "as Colab writes it"}
    if extra:
        place = next(place for place, cell in enumerate(notebook.cells) if cell.source.startswith("treaties"))
        notebook.cells.insert(place, new_code_cell("# a try\nevents.head()"))
        notebook.cells.insert(place + 2, new_code_cell("len(events)"))
        notebook.cells.insert(1, new_markdown_cell("My name"))
    work = put_in_order(assignment, notebook)
    assert [cell_id for cell_id in ids(work) if not cell_id.startswith("cell-")] == ORDER
    assert not any(cell.unanswered for cell in work.cells)
    assert source_of(work, "q1").startswith("treaties") and source_of(work, "q4").startswith("The table is a selection")


def test_an_answer_in_a_cell_of_another_kind_is_taken_back(assignment: Assignment) -> None:
    notebook = solved(assignment)
    place = at(notebook, "q1")
    notebook.cells[place] = {**new_markdown_cell(notebook.cells[place].source), "metadata": notebook.cells[place].metadata}
    notebook.cells = [NotebookNode(cell) for cell in notebook.cells]
    work = put_in_order(assignment, notebook)
    assert next(cell for cell in work.cells if cell.cell_id == "q1").kind == "code"


def test_ids_of_another_assignment_are_no_ids(assignment: Assignment) -> None:
    notebook = solved(assignment)
    notebook.cells.append(new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "q17"}}))
    assert ids(put_in_order(assignment, notebook)) == [*ORDER, "cell-14"]


def test_the_cells_behind_a_name() -> None:
    cells = [
        ("a", "mask = events['kind'] == 'treaty'"),
        ("b", "other = 1"),
        ("c", "picked = events[mask]"),
        ("d", "picked['new'] = other"),
        ("e", "%matplotlib inline\nhidden = 1"),
        ("f", "def f(x):\n    return x + other"),
        ("g", "listed = []"),
        ("h", "listed.append(picked)"),
    ]
    assert cells_behind(["picked"], cells) == ("a", "b", "c", "d")
    assert cells_behind(["f"], cells) == ("b", "f")
    assert cells_behind(["listed"], cells) == ("a", "b", "c", "d", "g", "h")
    assert cells_behind(["mask"], [*cells, ("i", "mask = None")]) == ("i",)
    assert cells_behind(["nothing"], cells) == ()
    assert cells_behind(["hidden"], cells) == ("e",)
    assert cells_behind(["plain"], [*cells, ("z", "import pandas as plain")]) == ("z",)
    assert cells_behind(["nothing"], [*cells, ("x", "this is no Python"), ("y", "exec(text)")]) == ("x", "y")


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("picked = events[events['kind'] == 'treaty'].head()", True),
        ("picked.index = range(3)", True),
        ("events.__class__", False),
        ("import pandas as pd\npd.DataFrame.sum = None", False),
        ("import matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 12", False),
    ],
)
def test_a_cell_that_reaches_beyond_its_own_names_is_not_plain(source: str, plain: bool) -> None:
    assert is_plain(source) is plain


def test_a_question_is_put_a_second_time_with_the_cells_on_which_it_leans(assignment: Assignment) -> None:
    ordinary = questions_for(assignment, put_in_order(assignment, solved(assignment)), small.SEED)
    assert {probe.probe_id.split("/")[3] for probe in ordinary.probes} == {"-1", "0"}
    notebook = solved(assignment)
    notebook.cells[at(notebook, "q1")].source = "treaties = events[mask]"
    notebook.cells.insert(at(notebook, "q1"), new_code_cell('mask = events["kind"] == "treaty"'))
    leaning = questions_for(assignment, put_in_order(assignment, notebook), small.SEED)
    ways = {probe.cells for probe in leaning.probes if probe.probe_id.startswith("q1") and not probe.after}
    assert ways == {("tables", "q1"), ("tables", "cell-4", "q1")}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("%%time\na = 1", {"a"}),
        ("%time a = 1", {"a"}),
        ("%%capture out\na = 1", {"a", "out"}),
        ("%matplotlib inline\na = 1", {"a"}),
        ("!pip install x\na = 1\na?", {"a"}),
        ("files = !ls\na = 1", {"a", "files"}),
        ("add(table)", {"table"}),
        ("print(table)", set()),
    ],
)
def test_lines_for_the_notebook_hide_no_names(source: str, names: set[str]) -> None:
    assert (names_of(source).writes, names_of(source).anything) == (names, False)


@pytest.mark.parametrize("source", ["a = = 1", "%run other.py", "exec('a = 1')", "globals()['a'] = 1", "setattr(m, 'a', 1)"])
def test_a_cell_whose_names_cannot_be_seen_may_set_any(source: str) -> None:
    assert names_of(source).anything


def test_the_dots_of_a_lost_answer_do_not_wipe_out_what_stands_elsewhere(assignment: Assignment) -> None:
    notebook = solved(assignment)
    lost = notebook.cells.pop(at(notebook, "q3"))
    notebook.cells[at(notebook, "q1")].source += f"\n{lost.source}"
    work = put_in_order(assignment, notebook)
    assert next(cell.source for cell in work.cells if cell.cell_id == "q3") == ""
    assert "The cell q3 was missing. What you wrote for it in another cell counts." in work.notes
    blank = solved(assignment)
    blank.cells.pop(at(blank, "q3"))
    assert "..." in next(cell.source for cell in put_in_order(assignment, blank).cells if cell.cell_id == "q3")


def test_the_checks_of_a_lost_answer_stand_behind_the_cell_that_holds_it(assignment: Assignment) -> None:
    notebook = solved(assignment)
    lost = notebook.cells.pop(at(notebook, "q1"))
    notebook.cells[at(notebook, "q3")].source += f"\n{lost.source}"
    work = put_in_order(assignment, notebook)
    assert ids(work).index("q1-checks") == ids(work).index("q3") + 1
    assert work.elsewhere == {"q1"} and put_in_order(assignment, solved(assignment)).elsewhere == frozenset()
