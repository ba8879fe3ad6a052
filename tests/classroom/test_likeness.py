"""Work that is much alike: found where a person would want to look, and not where the task itself makes answers alike."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.assignments.assignment import Assignment
from classroom.assignments.own_tables import own_edition
from classroom.grading.class_report import ClassReport, report_page
from classroom.grading.likeness import code_of, likenesses, read_traces, traces_of
from classroom.grading.points import Score
from classroom.grading.results import Marked, Result, Shown
from classroom.submissions.roster import Student
from tests.support.classroom import small

ESSAY = (
    "The rows were chosen by people who could read English, and whoever counts them counts a choice and not the years in "
    "which these two governments dealt with each other, so that a silence may be ours alone."
)
OTHER = (
    "I cannot say from this list what happened in the villages along the border, because nobody there wrote a telegram that "
    "an embassy kept, and the newspapers that we have come from three capitals."
)
SLIP = 'treaties = events[(events["kind"] == "treaty") & (events["earliest"] > "1950-01-01")]'


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return small.small_assignment(tmp_path_factory.mktemp("course"))


def result(words: str = "", code: str = "", *, right: bool = False, traces: tuple[str, ...] = ()) -> Result:
    cells = (
        Shown("q4/q4", "markdown", f"<p>{words}</p>", True, "", "", ()),
        Shown("q1/q1", "code", code, True, "", "", ()),
    )
    scores = (Score("q1-checks", 2.0 if right else 0.0, "passed" if right else "differs", "", False, "a"),)
    return Result("key", "graded", "", "", (), scores, cells, traces)


def told(assignment: Assignment, **results: Result) -> list[tuple[tuple[str, str], str]]:
    return [(one.students, one.question) for one in likenesses(assignment, results)]


def test_words_in_the_same_order_are_seen_also_when_some_were_changed(assignment: Assignment) -> None:
    changed = ESSAY.replace("a silence may be ours alone", "we may be the silent ones").replace(
        "The rows", "<em>These</em> rows"
    )
    assert told(assignment, s1=result(ESSAY), s2=result(changed), s3=result(OTHER)) == [(("s1", "s2"), "q4")]


@pytest.mark.parametrize("words", ["The table is a selection, and cannot show what it leaves out.", "Nothing.", ""])
def test_short_answers_and_the_authors_own_words_are_passed_over(assignment: Assignment, words: str) -> None:
    assert told(assignment, s1=result(words), s2=result(words)) == []


@pytest.mark.parametrize(("shared", "more", "seen"), [(17, 0, True), (16, 0, False), (17, 18, True), (17, 19, False)])
def test_twelve_rows_of_six_words_and_four_tenths_of_the_shorter_answer_are_needed(
    assignment: Assignment, shared: int, more: int, seen: bool
) -> None:
    """17 words are 12 rows of six; 18 words more make 30 rows, of which 12 are four tenths."""
    begins = ESSAY.split()[:shared]
    first, second = (
        " ".join([*begins, *(f"{whose}{n}" for n in range(count))]) for whose, count in (("a", more), ("b", 40))
    )
    assert told(assignment, s1=result(first), s2=result(second)) == [(("s1", "s2"), "q4")] * seen


def test_what_many_have_in_common_says_nothing(assignment: Assignment) -> None:
    assert told(assignment, **{f"s{number}": result(ESSAY, SLIP) for number in range(4)}) == []
    three = {f"s{number}": result(ESSAY, SLIP) for number in range(3)}
    pairs = [("s0", "s1"), ("s0", "s2"), ("s1", "s2")]
    assert told(assignment, **three) == [(pair, question) for pair in pairs for question in ("q1", "q4")]


def test_the_same_slip_is_seen_and_the_same_right_code_is_not(assignment: Assignment) -> None:
    slip, layout = result(code=SLIP), result(code=f"# mine\n{SLIP.replace(' & ', '   &  ')}")
    assert told(assignment, s1=slip, s2=layout) == [(("s1", "s2"), "q1")]
    assert told(assignment, s1=result(code=SLIP, right=True), s2=result(code=SLIP, right=True)) == []
    assert told(assignment, s1=result(code="treaties = events"), s2=result(code="treaties = events")) == []


def test_an_answer_is_compared_with_the_same_question_alone(assignment: Assignment) -> None:
    """Nor is right code a slip because another question went wrong."""
    wrong = Score("q2-checks", 0.0, "differs", "", False, "a")
    right = result(code=SLIP, right=True)
    assert told(assignment, **dict.fromkeys(("s1", "s2"), replace(right, scores=(*right.scores, wrong)))) == []
    elsewhere = Shown("q9/q9", "markdown", ESSAY, True, "", "", ())
    assert told(assignment, **dict.fromkeys(("s1", "s2"), replace(result(), cells=(elsewhere,)))) == []


@pytest.mark.parametrize(("more", "share"), [(0, 100), (18, 40)])
def test_it_says_how_much_of_the_shorter_answer_is_shared(assignment: Assignment, more: int, share: int) -> None:
    begins = ESSAY.split()[:17]
    first = " ".join([*begins, *(f"a{n}" for n in range(more))])
    [sign] = likenesses(assignment, {"s1": result(first), "s2": result(ESSAY)})
    assert sign.what == f"about {share} % of the shorter answer stands word for word in the other"


def test_a_file_of_a_thousand_cells_has_four_hundred_traces() -> None:
    assert len(traces_of({"cells": [{"id": f"{number:08d}"} for number in range(1000)]}, ())) == 400


def test_who_hands_in_together_is_not_compared(assignment: Assignment) -> None:
    results = {"s1": result(ESSAY), "s2": result(ESSAY)}
    assert likenesses(assignment, results, {"s1": "blue", "s2": "blue"}) == []
    assert len(likenesses(assignment, results, {"s1": "blue", "s2": "red"})) == 1
    assert len(likenesses(assignment, results, {"s1": "", "s2": ""})) == 1


def test_random_ids_and_accounts_that_two_share_are_seen(assignment: Assignment) -> None:
    def file(*cells: dict[str, object]) -> bytes:
        return json.dumps({"cells": list(cells)}).encode()

    added = {"id": "4f9c21ab", "metadata": {}}
    ours = {"id": "small-3", "metadata": {"nbgrader": {"grade_id": "q1"}}}
    colab = {"id": "x", "metadata": {"executionInfo": {"user": {"userId": "0123456789"}}}}
    first, second = read_traces(file(added, ours, colab), ()), read_traces(file(ours, added), ())
    assert len(first) == 2 and len(second) == 1 and not any("0123456789" in one for one in first)
    assert read_traces(file(added), {"4f9c21ab"}) == ()
    [sign] = likenesses(assignment, {"s1": result(traces=first), "s2": result(traces=second), "s3": result()})
    assert sign.students == ("s1", "s2") and "same random ids" in sign.what


def test_a_file_with_another_students_own_tables_is_seen(assignment: Assignment) -> None:
    lines = {one: own_edition(assignment, ["events"], "a seed", one).release.cells[1].source for one in ("s1", "s2", "s3")}
    files = {"s1": lines["s1"], "s2": lines["s1"], "s3": lines["s3"]}  # s2 handed in the file of s1
    content = {
        one: json.dumps({"cells": [{"source": text.splitlines(keepends=True)}]}).encode() for one, text in files.items()
    }
    results = {one: result(traces=read_traces(text, ())) for one, text in content.items()}
    [sign] = likenesses(assignment, results)
    assert sign.students == ("s1", "s2") and "own tables" in sign.what


@given(
    st.recursive(
        st.none() | st.text(max_size=9) | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["cells", "id", "metadata", "executionInfo", "user", "userId", "nbgrader"]), inner
            )
        ),
        max_leaves=20,
    )
)
def test_any_file_has_traces_or_none(notebook: object) -> None:
    assert all(one.split()[0] in ("cell", "account", "tables") for one in traces_of(notebook, ()))


def test_code_that_is_no_python_is_compared_as_words() -> None:
    assert code_of("a  = (") == ("a", "=", "(") and code_of("a = 1  # x") == ("a", "=", "1")


def test_the_report_asks_a_person_to_look_and_accuses_nobody(assignment: Assignment) -> None:
    results = {"s1": result(ESSAY), "s2": result(ESSAY)}
    lines = tuple(Marked(Student(one), "graded", "", "", {}) for one in results)
    page = report_page(ClassReport(assignment, lines, signs=tuple(likenesses(assignment, results))), pseudonyms=False)
    section = page.partition("Work that is much alike")[2].partition("All students")[0]
    assert "s1, s2" in section and "It proves nothing" in section and "No points depend on this list" in section
    assert not any(word in section.casefold() for word in ("cheat", "plagiar", "suspect", "copied from"))
    assert "prefers-color-scheme: dark" in page and "much alike" not in report_page(
        ClassReport(assignment, lines), pseudonyms=False
    )
