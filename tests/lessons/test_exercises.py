"""Exercises, proved by mutation: right answers pass, plausible wrong ones do not, and no hint contains the answer."""

from __future__ import annotations

import ast
import datetime
import itertools
import re
import sys
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes

import helpers
from classroom.lesson_files import lessons
from helpers import load, plot_timeline
from helpers.chart_reader import DrawnLine
from helpers.exercises import check, exercise_ids, lesson_03, lesson_04, lesson_08, lesson_09, lesson_10
from helpers.exercises.feedback import Feedback, mark
from helpers.exercises.folded import known_solution
from helpers.exercises.tables import votes_between
from tests.support.lesson import facts_of as solutions

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "notebooks" / "assignments" / "source"
LESSONS = [path.name[:2] for path in lessons()]


def cases(*kinds: str) -> list[Any]:
    return [
        pytest.param(lesson, exercise, code, id=f"{exercise}-{kind}-{number}")
        for lesson in LESSONS
        for exercise, entry in solutions(lesson).SOLUTIONS.items()
        for kind in kinds
        for number, code in enumerate(shown_answers(exercise) if kind == "solution" else entry[kind])
    ]


@cache
def handed_in() -> dict[str, str]:
    """What the cell of each exercise gives to `check`, by the exercise."""
    cells = [cell for path in lessons() for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    return dict(found for cell in cells for found in re.findall(r'^check\("(\d\d\.\d)", (\w+)\)', cell.source, re.MULTILINE))


def shown_answers(exercise: str) -> list[str]:
    """The solutions that a student can open, as code whose last line is what the lesson's cell hands in."""
    known = known_solution(exercise)
    assert known is not None, f"{exercise} has no solution in helpers/exercises/solutions/"
    return [f"{answer.code}\n{handed_in()[exercise]}" for answer in known.answers]


_TABLES: dict[str, pd.DataFrame] = {}


def load_copy(name: str) -> pd.DataFrame:
    """A copy of a table that is read, and checked against its schema, once."""
    if name not in _TABLES:
        _TABLES[name] = load(name)
    return _TABLES[name].copy()


@cache
def _context(lesson: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(helpers, "load", load_copy)
        exec(solutions(lesson).CONTEXT, names)
    return names


def fresh(lesson: str, tree: ast.AST) -> dict[str, Any]:
    """The names that a lesson has made before its exercises. What the code mentions is new: it may change it."""
    names = dict(_context(lesson))
    mentioned = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & set(names)
    for name in mentioned:
        if isinstance(names[name], (pd.DataFrame, pd.Series)):
            names[name] = names[name].copy()
    if {"fig", "ax"} & mentioned and isinstance(names["ax"], Axes):
        names["fig"], names["ax"] = plt.subplots()
    return names


def answer_of(lesson: str, code: str) -> Any:
    """Run code after the lesson's context; its last line is the answer."""
    tree = ast.parse(code)
    names = fresh(lesson, tree)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    if tree.body:
        exec(compile(tree, "<solution>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<solution>", "eval"), names)


@pytest.fixture(autouse=True, scope="module")
def tables_read_once() -> Iterator[None]:
    """The checks, too, get a copy of a table at every answer, and read it once."""
    for lesson in LESSONS:
        exercise_ids(lesson)  # imports the lesson's module
    with pytest.MonkeyPatch.context() as patch:
        for module in [sys.modules[name] for name in sorted(sys.modules) if name.startswith("helpers.exercises.")]:
            if hasattr(module, "load"):
                patch.setattr(module, "load", load_copy)
        yield


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exercise_has_a_solution_an_equivalent_and_wrong_answers(lesson: str) -> None:
    known = solutions(lesson).SOLUTIONS
    assert list(known) == exercise_ids(lesson)
    assert 3 <= len(known) <= 5
    for exercise, entry in known.items():
        assert len(entry["equivalent"]) >= 1 and len(entry["wrong"]) >= 3, exercise


@pytest.mark.parametrize(("lesson", "exercise", "code"), cases("solution", "equivalent"))
def test_right_answers_pass(lesson: str, exercise: str, code: str) -> None:
    answer = answer_of(lesson, code)
    before = plt.get_fignums()
    feedback = mark(exercise, answer)
    assert feedback.status == "right", str(feedback)
    assert plt.get_fignums() == before  # a check that draws throws its own picture away
    if exercise == "00.3":  # what is accepted as a table of one's own can be drawn
        plot_timeline(answer)


@pytest.mark.parametrize(("lesson", "exercise", "code"), cases("wrong"))
def test_wrong_answers_fail_with_a_hint_that_leaks_nothing(lesson: str, exercise: str, code: str) -> None:
    feedback = mark(exercise, answer_of(lesson, code))
    assert feedback.status == "not yet" and feedback.message, str(feedback)
    for part in forbidden(exercise):
        assert part not in feedback.message.lower(), f"the hint contains {part!r}: {feedback.message}"


@pytest.mark.parametrize("lesson", LESSONS)
def test_second_hints_leak_nothing_and_judgements_have_two_answers(lesson: str) -> None:
    exercises = sys.modules[f"helpers.exercises.lesson_{lesson}"].EXERCISES
    for exercise in exercise_ids(lesson):
        known = known_solution(exercise)
        assert known is not None and all(answer.reading for answer in known.answers)
        for part in forbidden(exercise):
            assert part not in known.hint.lower(), f"the second hint of {exercise} contains {part!r}"
        judged = exercises[exercise].form_only and exercise != "00.3"  # a table of one's own family is no judgement
        assert len(known.answers) == (2 if judged else 1), exercise


@cache
def forbidden(exercise: str) -> list[str]:
    return parts_of(answer_of(exercise[:2], _solution(exercise)))


def parts_of(answer: Any) -> list[str]:
    """What a hint must not contain: the answer, or an entry of it. Words of the question itself are allowed."""
    if isinstance(answer, pd.DataFrame):
        names = answer["title"] if "title" in answer.columns else answer.iloc[:, 0]
        return [str(name).lower() for name in names if len(str(name).split()) > 1]
    if isinstance(answer, (pd.Series, list, tuple)):
        entries = [str(entry).lower() for entry in answer]
        return [entry for entry in entries if len(entry.split()) > 1] or [", ".join(entries[:2]), " ".join(entries)]
    if isinstance(answer, str) and len(answer.split()) > 5:
        return [answer.lower()]
    return [str(answer).lower()]


@pytest.mark.parametrize(
    ("exercise", "date", "other_ways"),
    [
        (
            "02.5",
            "1956-11-01/1956-11-14",
            ["1 November 1956 to 14 November 1956", "1956-11-01 - 1956-11-14", "1-14 Nov 1956"],
        ),
        (
            "04.3",
            "1990-08-02~/1990-10",
            ["c. 2 August 1990/1990-10", "1990-8-2~/1990-10", "from 1990-08-02~ to October 1990"],
        ),
        ("05.4", "2003-03-25/2003-04", ["25 March 2003/2003-04", "2003-03-25 to April 2003", "2003-3-25/2003-4"]),
        ("06.4", "2010-02-04~", ["c. 4 February 2010", "~2010-02-04", "about 2010-02-04", "4/2/2010~", "20100204~"]),
        ("08.4", "2021-03-04/2021-03-14", ["4-14 March 2021", "4 March 2021 until 14 March 2021", "2021-3-4/2021-3-14"]),
    ],
)
def test_a_date_that_is_right_but_not_in_edtf_gets_a_hint_without_its_edtf(
    exercise: str, date: str, other_ways: list[str]
) -> None:
    assert mark(exercise, date).status == "right"
    for answer in other_ways:
        hint = mark(exercise, answer).message
        own = answer.upper()  # what was received may be quoted
        assert not [end for end in (date, *date.split("/")) if end in hint and end not in own], hint
        assert hint.lower().count("not a date") + hint.count("behind the date, as") <= 1, hint
        assert "in EDTF. " in hint or "slash" in hint or "behind the date" in hint, hint


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_exercise_that_is_not_answered_says_so(lesson: str) -> None:
    for exercise in exercise_ids(lesson):
        assert mark(exercise, ...).status == "not answered"
        for code in solutions(lesson).SOLUTIONS[exercise].get("untouched", []):
            assert mark(exercise, answer_of(lesson, code)).status == "not answered", code


class Stubborn:
    """An object that stops in whatever is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        raise SystemExit(name)


class Shy(list):
    """A list that stops when it is shown, compared, counted or read."""

    def _stop(self, *_: Any) -> Any:
        raise RuntimeError

    __repr__ = __eq__ = __len__ = __bool__ = __iter__ = __hash__ = __getitem__ = _stop  # type: ignore[assignment]


def stopping(*_: Any, **__: Any) -> Any:
    raise SystemExit


def odd_answers() -> list[Any]:
    """What a cell can hold by mistake, and worse; made anew each time, for an iterator is used up."""
    table = pd.DataFrame({"event_id": ["a", "a"], "title": ["x", None], "date": ["1999", "x"]})
    numbers = pd.Series([1, 2])
    _, ax = plt.subplots()
    return [
        *(None, True, float("nan"), float("inf"), -(10**5000), 10**400, 2j, b"x", "", "\x00", "‮", "x" * 100_000, {}, [], ()),
        *(set(), {1: [2]}, [None] * 3, [[]], [float("nan")] * 2, [..., 1][1:], range(10**9), itertools.count(), iter("ab")),
        *(
            len,
            print,
            stopping,
            int,
            pd.DataFrame,
            pd,
            Stubborn(),
            Stubborn,
            Shy([1]),
            object(),
            ValueError("x"),
            NotImplemented,
        ),
        *(table, table[:0], table.T, table.iloc, table.groupby("title"), table.head, table.plot, table.style, table.index),
        *(
            pd.concat([table, table], axis=1),
            pd.DataFrame([[1, 2]], columns=[["a", "b"], ["c", "d"]]),
            table.set_index(["title"]),
        ),
        *(
            table["title"],
            table["title"].str,
            table["title"].isna(),
            numbers,
            numbers.rolling(2),
            numbers.values,
            numbers.array,
        ),
        *(pd.Series(dtype=object), pd.Series([stopping, 1]), pd.Categorical(["a"]), pd.NA, pd.NaT, pd.Timestamp("2001")),
        *(
            np.array([48, 48]),
            np.array(4.5),
            np.zeros((2, 2, 2)),
            np.array([None, "a"]),
            np.datetime64("2001"),
            np.ma.masked,
        ),
        *(datetime.date.today(), datetime.timedelta(1), Decimal("NaN"), Decimal("1e999"), Fraction(1, 3), re.compile("x")),
        *(ax, ax.figure, ax.plot([1, 2], [1, 2]), ax.bar([1], [1]), ax.hlines([1], 0, 1), ax.legend(["x"]), plt.Figure()),
        *(
            plt.subplots(2, 2)[1],
            ax.xaxis,
            (answer for answer in [1]),
            (stopping() for _ in [1]),
            memoryview(b"x"),
            type(None),
        ),
        *({"date": ["..", "/"], "title": [1, 2]}, ["a", ["b", ["c"]]], "../..", "/", "~", "1956-11-01/~", "١٩٧٣", "…/…"),
    ]


RAW = re.compile(
    r"NoneType|ndarray|Series|DataFrame|GroupBy|Collection|Container|<class|<built|object at 0x|_iLoc|Timestamp|lambda"
)


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_odd_answer_stops_the_feedback_or_is_taken_for_right(lesson: str) -> None:
    """Every exercise over every odd answer; the message names no type, and shows on one line what was received."""
    answers = odd_answers()
    for exercise in exercise_ids(lesson):
        for number, answer in enumerate(answers):
            feedback = mark(exercise, answer)
            assert feedback.status == "not yet", (number, str(feedback))
            ours = feedback.message.replace("pd.DataFrame", "").partition("your function stops with:")[
                0
            ]  # then Python speaks
            assert not RAW.search(ours) and len(feedback.received.splitlines()) == 1, (number, str(feedback))


_CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.decimals() | st.dates()
_ANSWERS = st.recursive(
    _CELLS
    | st.just(...)
    | st.binary(max_size=5)
    | st.complex_numbers()
    | st.functions(like=lambda number: ..., returns=_CELLS),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.tuples(parts, parts)
        | st.dictionaries(st.text(max_size=5), parts, max_size=3)
        | st.lists(parts, max_size=4).map(lambda entries: pd.Series(entries, dtype=object))
        | st.lists(parts, max_size=4).map(
            lambda entries: pd.DataFrame({"event_id": entries, "date": entries, "title": entries})
        )
    ),
    max_leaves=12,
)


@given(data=st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_answer_whatever_stops_the_feedback(data: st.DataObject) -> None:
    exercise = data.draw(st.sampled_from([exercise for lesson in LESSONS for exercise in exercise_ids(lesson)]))
    feedback = mark(exercise, data.draw(_ANSWERS))
    assert feedback.message and len(str(feedback)) < 1_500
    assert not re.search("NoneType|ndarray|GroupBy|<class|object at 0x", feedback.message)


def test_a_genuine_interrupt_is_not_held_back() -> None:
    def interrupted(number: int) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mark("04.4", interrupted)


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("00.1", "48", 'You gave: "48" (text)'),
        ("00.1", None, "Nothing came back (`None`). `print` and `show` only show"),
        ("01.1", pd.Series([1]).head, "its round brackets are missing"),
        ("04.1", pd.DataFrame({"a": [1]}).groupby("a"), "a grouping that is not counted yet"),
        ("01.1", np.array([1, 2]), "You gave: an array of 2 entries: 1, 2"),
    ],
)
def test_feedback_quotes_what_it_received(exercise: str, answer: Any, words: str) -> None:
    assert words in str(mark(exercise, answer))


@pytest.mark.parametrize("exercise", ["00.2", "02.5", "04.3", "08.4", "10.2"])
@pytest.mark.parametrize("text", ["x" * 100_000, "a word and " * 10_000, "1956-11-01/" * 500], ids=("one", "many", "dates"))
def test_a_hint_stays_readable_however_long_what_it_quotes(exercise: str, text: str) -> None:
    for answer in (text, [text] * 3):
        assert len(str(mark(exercise, answer))) < 1_500


def test_axes_with_hundreds_of_lines_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[tuple[str, str]] = []

    def counted(first: str, second: str) -> pd.DataFrame:
        read.append((first, second))
        return votes_between(first, second)

    monkeypatch.setattr(lesson_10, "votes_between", counted)
    assert mark("10.4", plot_timeline(load("events"), lanes="kind")).status == "not yet"
    assert read and len(read) == len(set(read)), "the table of votes is read for each line"


def test_a_legend_that_lacks_one_name_is_told_which() -> None:
    code = _solution("10.4").replace("new_ax.legend()", "new_ax.legend(handles=new_ax.get_lines()[:1])")
    assert "Nothing shows the name 'Saudi Arabia' yet." in mark("10.4", answer_of("10", code)).message


@pytest.mark.parametrize("answer", [48.0, None, [48], True, np.array([1, 2]), pd.Series(["a"])], ids=range(6))
def test_quotation_marks_are_spoken_of_only_to_somebody_who_wrote_some(answer: Any) -> None:
    for exercise in ("00.1", "00.4", "01.3", "02.3", "02.4", "02.5", "03.2", "04.1", "04.3", "05.1", "05.3"):
        assert "without quotation marks" not in mark(exercise, answer).message


def test_where_judgement_is_not_marked_the_feedback_does_not_say_right() -> None:
    feedback = mark("01.5", "Claim 1d is fair.")
    assert feedback.status == "right" and str(feedback).startswith("☑ Exercise 01.5: Form complete. It names a claim.")
    assert str(mark("00.1", 48)).startswith("✔ Exercise 00.1: Right.")


@pytest.mark.parametrize(
    ("lesson", "exercise"), [(name[:2], name) for name in ("02.2", "03.5", "06.5", "07.3", "09.5", "10.4")]
)
def test_every_title_gets_the_same_question(lesson: str, exercise: str) -> None:
    assert "which word in it says more than the drawing?" in mark(exercise, answer_of(lesson, _solution(exercise))).message


def _solution(exercise: str) -> str:
    return shown_answers(exercise)[0]


def test_an_answer_is_not_changed() -> None:
    table = pd.DataFrame({"date": ["1999", "2000"], "title": ["A", "B"]})
    before = table.copy()
    for exercise in ("00.3", "01.2", "02.1", "03.3", "04.1"):
        mark(exercise, table)
    pd.testing.assert_frame_equal(table, before)


def test_feedback_looks_like_the_text_of_a_lesson_and_shows_what_was_written() -> None:
    message = "*After* and `<b>`, but 2 * 3 * 4 and a*b*c stay."
    html = Feedback("07.5", "right", message)._repr_mimebundle_()["text/html"]
    assert "<em>After</em> and <code>&lt;b&gt;</code>, but 2 * 3 * 4 and a*b*c stay.</div>" in html


def test_an_unknown_exercise_is_answered_with_the_list() -> None:
    with pytest.raises(ValueError, match=r"no exercise '01\.9'.*01\.1, 01\.2"):
        mark("01.9", 1)
    with pytest.raises(ValueError, match="no lesson '77'"):
        mark("77.1", 1)


@pytest.mark.parametrize("number", ["1.1", 1.1, " 01.1 ", "01,1", "01.1 ", "۰۱.۱", "Exercise 1.1", "1:1", "'01.1'"])
def test_a_number_that_is_written_in_another_way_is_put_right(number: Any) -> None:
    with pytest.raises(ValueError, match=r'Write the number of the exercise so: "01\.1"\.'):
        mark(number, 1)


def test_check_shows_an_unknown_number_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for number in ["01.9", "", "1", 1, None, 99.9, ["01.1"], Stubborn(), "²", "\n", 10**5000]:
        check(number, 48)  # type: ignore[arg-type]
        assert "Which one?" in capsys.readouterr().out


def test_check_reads_what_a_comma_splits_off(capsys: pytest.CaptureFixture[str]) -> None:
    check("00.1", 1, 200)
    assert "a comma made several of it" in capsys.readouterr().out
    check("00.1")
    assert "Not answered yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("exercise", "code", "says"),
    [
        ("00.1", "(48,)", "A comma stands behind your answer"),
        ("01.3", "('x',)", "A comma stands behind your answer"),
        ("00.3", "mine.rename(columns={'date': 'date '})", "'date ' has a blank before or behind it"),
        ("02.4", "['library-of-congress-cento', 1959]", "the year comes first, then the source_id"),
        ("02.4", "[1957, 1960]", "none of the two years"),
        ("05.4", "'2003-03-25/..'", "One end of this interval is open"),
        ("04.4", "def at_least(number):\n    exit()\nat_least", "your function stops with: SystemExit"),
        ("08.2", "due('end of 2023', '2022')", "the months that are meant"),
        ("08.2", "due('31-12-2023', '2022')", "write '2023-12-31'"),
        ("03.5", "plot_timeline(era[['date', 'title']], title='1973')", "Something is drawn that begins too early"),
    ],
)
def test_a_hint_names_what_is_there(exercise: str, code: str, says: str) -> None:
    assert says in mark(exercise, answer_of(exercise[:2], code)).message


def values_in(code: str) -> set[str]:
    """What the lines of a piece of code work out, in one form of writing: the right sides of `=`, and bare expressions."""
    tree = ast.parse(code)
    values = [node.value for node in ast.walk(tree) if isinstance(node, (ast.Assign, ast.Expr, ast.Return)) and node.value]
    return {ast.unparse(value) for value in values if len(ast.unparse(value)) > 12}


def graded_solutions() -> list[Any]:
    """The lines between the marks of each graded question, by question."""
    found = []
    for path in sorted(ASSIGNMENTS.rglob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for part in re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL):
                if cell.cell_type == "code":
                    part = textwrap.dedent(part).replace("return ", "answer = ")
                    found.append(pytest.param(part, id=f"{path.stem}-{cell.metadata['nbgrader']['grade_id']}"))
    return found


@cache
def all_shown_values() -> dict[str, str]:
    return {
        value: exercise
        for lesson in LESSONS
        for exercise in exercise_ids(lesson)
        for code in shown_answers(exercise)
        for value in values_in(code.rpartition("\n")[0])
    }


@pytest.mark.parametrize("code", graded_solutions())
def test_no_line_of_a_solution_solves_anything_that_is_graded(code: str) -> None:
    assert not {value: all_shown_values()[value] for value in values_in(code) & set(all_shown_values())}


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_the_lesson_asks_each_exercise_once_in_order_and_holds_no_solution(path: Any) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.findall(r'check\("(\d\d\.\d)"', code) == exercise_ids(path.name[:2])
    assert re.findall(r"\*\*Your turn (\d\d\.\d)\.\*\*", prose) == exercise_ids(path.name[:2])
    for exercise in solutions(path.name[:2]).SOLUTIONS:
        made = shown_answers(exercise)[0].splitlines()[-2].partition(" = ")[2]
        if made and made[0] not in '"[(':  # a literal answer may occur as an id elsewhere in a lesson
            assert made not in code, exercise


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda right: right, ""),
        (lambda right: 10 - right, "You counted back from the later page."),
        (lambda right: right / 10, "How many days is that?"),
        (lambda right: 100 / right, "The fraction is upside down"),
        (lambda right: 11 - right, "From the first page to the column"),
    ],
)
def test_a_slip_of_the_page_numbers_is_named(answer: Any, says: str) -> None:
    before, column, after = (
        lesson_10._page(name) for name in ("arab-news-2021-03-04", "karim-2021", "arab-news-2021-03-14")
    )
    hint = lesson_10._days(answer(10 * (column - before) / (after - before)))
    assert hint.startswith(says) or says in hint
    assert bool(hint) == bool(says)


def test_a_line_with_values_where_nobody_voted_is_told_from_one_with_its_gap() -> None:
    rows = votes_between("PAK", "IRQ")
    assert rows["agreement"].isna().any()
    years = rows["year"].to_list()
    filled, whole = (DrawnLine(tuple(years), tuple(values)) for values in (rows["agreement"].fillna(0.5), rows["agreement"]))
    assert "Keep its gap" in lesson_10._other_lines([filled], [rows])
    assert "One line is right" in lesson_10._other_lines([whole], [rows])


@pytest.mark.parametrize(("deadline", "says"), [("2030~", "about, or uncertain"), ("2030?", "about, or uncertain")])
def test_a_deadline_is_certain(deadline: str, says: str) -> None:
    assert says in str(lesson_08._deadline(deadline)) and not isinstance(lesson_08._deadline("2030"), str)


def test_evidence_is_a_table_and_a_count_a_number() -> None:
    assert "`evidence` must be a table, but it is a list" in str(lesson_10._evidence(["E1"]))
    assert lesson_03._counted({"Iraq": "many"}) == "There are no counts here yet: value_counts counts."


@pytest.mark.parametrize(
    ("hint", "says"),
    [
        (lambda: lesson_04._at_least(5), "A function is asked for, made with def. This is a whole number."),
        (lambda: lesson_04._at_least(int), "A function is asked for, made with def."),
        (lambda: lesson_08._bracket("2021-03/2021-03-14"), "You know both ends to the day."),
        (lambda: lesson_09._share(-0.2), "A share lies between 0 and 1."),
        (lambda: lesson_09._share(1.2), "A share lies between 0 and 1."),
    ],
)
def test_an_answer_beyond_an_edge_is_told_what_is_asked_for(hint: Any, says: str) -> None:
    assert hint().startswith(says)
