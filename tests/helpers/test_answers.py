"""Answers are read as they are meant: whatever holds them, whichever call has drawn them, in the digits of any script."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes

from helpers.chart_reader import axis_words, bars_of, error_bars_of, legend_names_of, lines_of, ranges_of, title_of
from helpers.edtf import DateError
from helpers.exercises.answers import (
    as_date,
    as_id,
    as_number,
    as_numbers,
    as_pairs,
    as_rows,
    as_values,
    fold,
    holds_dots,
    is_mask,
    kind_of,
    quoted,
    words_of,
)
from helpers.exercises.hints import (
    axes_hint,
    column_hint,
    ids_in,
    rows_hint,
    same_values,
    size_hint,
    text_hint,
    two_whole_numbers,
)
from helpers.exercises.lesson_03 import years_in

TABLE = pd.DataFrame({"event_id": ["a", "b"], "number": [1, 2]})


# Text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Claim\u00a0x \n", "claim x"),
        ("‘a’ “b” «c»", '\'a\' "b" "c"'),
        ("1972–73 − 1", "1972-73 - 1"),
        ("١٩٧٣ ۱۹۷۳ １９７３", "1973 1973 1973"),
        ("\u200ea\u200b\u2066b", "ab"),
        ("1999～ 1999˜ 1999؟ ٪", "1999~ 1999~ 1999? %"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_texts_that_look_alike_are_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_id_is_read_with_blanks_capitals_and_quotation_marks_round_it() -> None:
    assert as_id(" “Jta-۱۹۷۱–12-09”\n") == "jta-1971-12-09"
    assert as_id(np.str_("A")) == "a" and as_id(1971) is None and as_id(["a"]) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("It cannot show", 3), ("... - ...", 0), ("jta-1971-12-09 says it", 3), ("یہ وجہ نہیں", 3), ("不能说明", 4), ("", 0)],
)
def test_words_are_counted_in_any_script(text: str, number: int) -> None:
    assert len(words_of(text)) == number


def test_an_id_in_a_sentence_is_a_word_of_its_own() -> None:
    known = {"1c", "jta-1971", "jta-1971-12"}
    assert ids_in("I defend 1C. And jta-1971-12’s", known) == {"1c", "jta-1971-12"}
    assert ids_in("11c, 1cd and jta-1971-123", known) == set()


@pytest.mark.parametrize(
    "text", ["2003-03-25 / 2003-04", "2003–03–25/2003–04", " ۲۰۰۳-۰۳-۲۵／۲۰۰۳-۰۴ ", "“2003-03-25/2003-04”"]
)
def test_a_date_is_read_with_blanks_and_with_the_signs_of_any_script(text: str) -> None:
    assert as_date(text).text == "2003-03-25/2003-04"


@pytest.mark.parametrize("text", ["~1999", "1998/~1999", "?1999", " ~ 1999"])
def test_a_sign_in_front_of_a_date_is_named(text: str) -> None:
    with pytest.raises(DateError, match="stands behind the date"):
        as_date(text)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("1972–73", {1972, 1973}),
        ("١٩٧٣ کے واقعات", {1973}),
        ("’72 / 1973", {1972, 1973}),
        ("1972–1973, 19733, 197", {1972, 1973}),
        ("1972-09 to 1973-03", {1972, 1973}),
        ("1972/3, 1972/9", {1972, 1973}),
        ("10.2.1973", {1973}),
        ("1968-78", {1968, 1978}),
        ("no year", set()),
    ],
)
def test_the_years_of_a_title_are_read(title: str, years: set[int]) -> None:
    assert years_in(title) == years


# Numbers and containers


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([], "there are 0 entries."),
        ([1], "there is 1 entry."),
        ([1, 2, 3], "there are 3 entries."),
        ([1, 2.5], "whole numbers"),
    ],
)
def test_two_numbers_are_two_and_whole(answer: list[float], words: str) -> None:
    assert words in str(two_whole_numbers(answer)) and two_whole_numbers([2.0, 3]) == (2, 3)


@pytest.mark.parametrize("one", [2, 2.0, np.float32(2), np.int8(2), np.array(2), Decimal(2), Fraction(4, 2), np.float64(2)])
def test_a_number_is_a_number(one: Any) -> None:
    assert as_number(one) == 2


@pytest.mark.parametrize("none", [True, np.bool_(True), "2", None, [2], np.array([2, 2]), float("nan"), pd.NA, 2j, TABLE])
def test_what_is_no_number_is_none(none: Any) -> None:
    assert as_number(none) is None


@pytest.mark.parametrize(
    "holder",
    [
        [1, 2],
        (1, 2),
        {1, 2},
        {"x": 1, "y": 2},
        {"x": 1, "y": 2}.values(),
        range(1, 3),
        iter([1, 2]),
        (number for number in (1, 2)),
        TABLE["number"],
        TABLE[["number"]],
        TABLE["number"].to_numpy(),
        np.array([[1], [2]]),
        pd.Index([1, 2]),
        pd.array([1, 2]),
        pd.Categorical([1, 2]),
        map(int, "12"),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_values_are_read_from_whatever_holds_them(holder: Any) -> None:
    assert sorted(as_values(holder) or []) == [1, 2]


@pytest.mark.parametrize(
    "none", [None, "12", 12, TABLE, TABLE.groupby("number"), TABLE["event_id"].str, list, pd, np.eye(2)]
)
def test_what_holds_no_values_is_none(none: Any) -> None:
    assert as_values(none) is None


def test_endless_values_end() -> None:
    assert len(as_values(itertools.count()) or []) == 10_000
    assert as_numbers(pd.Series([1.5, None])) == pytest.approx([1.5, float("nan")], nan_ok=True)
    assert as_numbers(["1"]) is None and as_numbers(7) is None


@pytest.mark.parametrize(
    "holder",
    [
        {"a": 1, "b": 2},
        TABLE.set_index("event_id")["number"],
        TABLE.set_index("event_id"),
        TABLE,
        TABLE[["number", "event_id"]],
        [("a", 1), ("b", 2)],
    ],
    ids=range(6),
)
def test_names_and_values_are_read_in_pairs(holder: Any) -> None:
    assert as_pairs(holder) == [("a", 1), ("b", 2)]
    assert as_pairs([1, 2]) is None and as_pairs(TABLE.assign(more=3)) is None


def test_rows_are_named_by_a_column_or_by_the_index() -> None:
    for table in (TABLE, TABLE.set_index("event_id"), TABLE.set_index(["number", "event_id"])):
        assert as_rows(table, "event_id") == ["a", "b"]
    assert as_rows(TABLE, "title", "event_id") == ["a", "b"]
    assert as_rows(TABLE["event_id"], "event_id") is None and as_rows(TABLE, "title") is None


def test_masks_are_recognised() -> None:
    assert all(
        is_mask(mask) for mask in (TABLE["number"] > 1, [True, False], np.array([True]), (TABLE["number"] > 1).to_frame())
    )
    assert not any(is_mask(other) for other in (TABLE["number"], [True, 1], [], True, None, plt.Figure()))


@pytest.mark.parametrize(
    "dots", [..., "...", "…", " ... ", ["...", "x"], ("a", ...), {"a": "..."}, pd.DataFrame({"a": ["..."]}), [["..."]]]
)
def test_three_dots_are_found(dots: Any) -> None:
    assert holds_dots(dots)


def test_dots_in_a_sentence_are_not_the_template() -> None:
    itself: list[Any] = []
    itself.append(itself)
    assert not any(holds_dots(other) for other in ("I think ...", "..", [1, "a..."], TABLE, None, itself, {"a": 1}))


@pytest.mark.parametrize(
    ("given", "wanted", "ordered", "same"),
    [
        ([2, 1], [1, 2], False, True),
        ([2, 1], [1, 2], True, False),
        ([1.0000001], [1], True, True),
        ([1.001], [1], True, False),
        (["1"], [1], False, False),
        ([None, "A "], ["a", float("nan")], False, True),
        ([1, 1, 2], [1, 2, 2], False, False),
        ([1], [1, 1], False, False),
        ([pd.Timestamp("2001-01-01")], [pd.Timestamp("2001-01-01")], True, True),
    ],
)
def test_values_are_compared_as_what_they_are(given: list[Any], wanted: list[Any], ordered: bool, same: bool) -> None:
    assert same_values(given, wanted, ordered=ordered) is same


@given(st.permutations(range(6)))
def test_the_order_of_rows_counts_only_where_a_question_asks_for_it(order: list[int]) -> None:
    expected = pd.DataFrame({"event_id": list("abcdef"), "number": range(6)})
    answer = expected.iloc[order]
    assert rows_hint(answer, expected) == column_hint(answer["number"], expected["number"]) == ""
    asked = rows_hint(answer, expected, ordered=True), column_hint(answer["number"], expected["number"], ordered=True)
    assert all(hint == "" if order == sorted(order) else "order" in hint for hint in asked)


@pytest.mark.parametrize(
    ("hint", "says"),
    [
        (
            lambda: two_whole_numbers(5),
            "A list of two numbers is asked for, in square brackets, but this is a whole number.",
        ),
        (lambda: text_hint(["a"], "One source_id"), "but this is a list with one entry. Give the entry alone."),
        (lambda: text_hint(("a",), "One source_id"), "comma"),
        (lambda: text_hint(5, "One source_id"), "One source_id is a string, but this is a whole number."),
        (lambda: column_hint({1, 2}, pd.Series([1, 2]), ordered=True), "The entries are right, but their order is not."),
        (lambda: column_hint({1, 2}, pd.Series([1, 2])), ""),
        (lambda: axes_hint(np.array([1])), "The axes of a chart are asked for, but this is an array."),
        (lambda: size_hint("The table", 3, 2, "row"), "The table has 3 rows. That is too many."),
        (lambda: size_hint("The chart", 1, 2, "bar"), "The chart has 1 bar. That is too few."),
    ],
)
def test_a_hint_says_what_it_received(hint: Callable[[], Any], says: str) -> None:
    assert str(hint()).endswith(says) if says != "comma" else "comma" in hint()
    assert bool(says) == bool(hint())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (float("nan"), "a missing value"),
        (None, "nothing (None)"),
        (TABLE.iloc[0], "a row"),
        (TABLE["number"], "a column"),
        (TABLE["number"].rename(7).rename(index=str), "a row"),
        (TABLE["number"].rename(7), "a column"),
    ],
)
def test_an_answer_is_called_what_it_is(answer: Any, kind: str) -> None:
    assert kind_of(answer) == kind


def test_hints_of_tables_say_what_is_there() -> None:
    assert rows_hint(TABLE[:0], TABLE) == "No row fits. Compare the spelling; capitals count."
    assert "has 1 row." in rows_hint(TABLE[:1], TABLE)
    assert "lost its column 'number'" in rows_hint(TABLE[["event_id"]], TABLE, whole=True)
    assert rows_hint(TABLE[["event_id"]], TABLE) == ""
    assert "column" not in rows_hint(TABLE.assign(event_id=["a", "c"]), TABLE)


# What was received


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("48", '"48" (text)'),
        (48, "48 (a number)"),
        (np.float32(48), "48.0 (a number)"),
        (None, "None"),
        (True, "True"),
        ([1, "a", None], '[1, "a", None] (a list)'),
        ((1,), "(1,) (several values with commas between them)"),
        (TABLE, "a table of 2 rows; columns: event_id, number"),
        (TABLE["number"], "a column of 2 entries: 1, 2"),
        (TABLE["number"].to_numpy(), "an array of 2 entries: 1, 2"),
        (TABLE.groupby("number"), "a grouping that is not counted yet"),
        (TABLE.head, "the function head"),
        (lambda number: number, "a function"),
        (TABLE["event_id"].str, "`.str` with nothing behind it"),
        (TABLE.iloc, "`.iloc` without its square brackets"),
        ([10**5000], "[a very large number] (a list)"),
        ("a\nb", '"a b" (text)'),
    ],
)
def test_what_was_received_is_quoted(answer: Any, words: str) -> None:
    assert quoted(answer) == words


class Stubborn:
    """An object that stops in whatever is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        raise SystemExit(name)


def test_what_cannot_be_shown_is_said_to_be_so() -> None:
    assert quoted(Stubborn()) == "something that cannot be shown"


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary(), st.lists, max_leaves=30)
)
def test_a_quotation_is_one_short_line(answer: Any) -> None:
    assert len(quoted(answer)) <= 140 and len(quoted(answer).splitlines()) <= 1
    assert kind_of(answer)


# Charts

NAMES, LOW, HIGH = ["a", "b", "c"], [1, 5, 3], [2, 5, 9]


@pytest.fixture
def ax() -> Iterator[Axes]:
    yield plt.subplots()[1]
    plt.close("all")


RANGES: dict[str, Callable[[Axes], Any]] = {
    "hlines": lambda ax: ax.hlines(NAMES, LOW, HIGH),
    "plot": lambda ax: [ax.plot([low, high], [name] * 2) for name, low, high in zip(NAMES, LOW, HIGH, strict=True)],
    "barh": lambda ax: ax.barh(NAMES, np.subtract(HIGH, LOW), left=LOW),
    "barh from the right": lambda ax: ax.barh(NAMES, np.subtract(LOW, HIGH), left=HIGH),
    "errorbar": lambda ax: ax.errorbar(LOW, NAMES, xerr=[[0, 0, 0], np.subtract(HIGH, LOW)], fmt="o", capsize=3),
    "vlines": lambda ax: ax.vlines(NAMES, LOW, HIGH),
    "bar": lambda ax: ax.bar(NAMES, np.subtract(HIGH, LOW), bottom=LOW),
    "stacked": lambda ax: [ax.barh(NAMES, LOW, color="none"), ax.barh(NAMES, np.subtract(HIGH, LOW), left=LOW)],
    "with points": lambda ax: [
        ax.hlines(NAMES, LOW, HIGH),
        ax.scatter(LOW, NAMES),
        ax.plot(HIGH, NAMES, "o"),
        ax.axvline(4),
    ],
}


@pytest.mark.parametrize("call", RANGES)
def test_ranges_are_read_whichever_call_has_drawn_them(ax: Axes, call: str) -> None:
    RANGES[call](ax)
    assert sorted((one.name, one.low, one.high) for one in ranges_of(ax)) == [("a", 1, 2), ("b", 5, 5), ("c", 3, 9)]


def test_a_line_that_runs_along_no_axis_is_no_range(ax: Axes) -> None:
    ax.plot([1, 2], [3, 4])
    ax.axhline(2)
    ax.axvspan(1, 2)
    assert ranges_of(ax) == []


BARS: dict[str, Callable[[Axes], Any]] = {
    "bar": lambda ax: ax.bar(NAMES, HIGH, yerr=1),
    "barh": lambda ax: ax.barh(NAMES, HIGH, xerr=1),
    "then errorbar": lambda ax: [ax.bar(NAMES, HIGH), ax.errorbar(NAMES, HIGH, yerr=1, fmt="none")],
    "then lines": lambda ax: [ax.bar(NAMES, HIGH), ax.vlines(NAMES, np.subtract(HIGH, 1), np.add(HIGH, 1))],
    "pandas": lambda ax: pd.Series(HIGH, NAMES).plot.bar(ax=ax, yerr=1),
    "pandas lying": lambda ax: pd.DataFrame({"v": HIGH}, NAMES).plot.barh(ax=ax, xerr=1),
    "tick labels": lambda ax: ax.bar([10, 20, 30], HIGH, yerr=1, tick_label=NAMES),
    "ticks": lambda ax: [ax.bar(range(3), HIGH, yerr=1), ax.set_xticks(range(3), NAMES)],
    "labels": lambda ax: [ax.bar(n, high, yerr=1, label=NAMES[n]) for n, high in enumerate(HIGH)],
    "twin": lambda ax: ax.twinx().bar(NAMES, HIGH, yerr=1),
    "plt": lambda ax: [plt.sca(ax), plt.bar(NAMES, HIGH, yerr=1)],
}


@pytest.mark.parametrize("call", BARS)
def test_bars_are_read_with_names_and_error_bars_whichever_call_has_drawn_them(ax: Axes, call: str) -> None:
    BARS[call](ax)
    assert [(bar.name, bar.value) for bar in bars_of(ax)] == list(zip(NAMES, HIGH, strict=True))
    assert sorted((one.low, one.high) for one in error_bars_of(ax)) == [(1, 3), (4, 6), (8, 10)]


def test_bars_without_names_have_their_places(ax: Axes) -> None:
    ax.bar([2003, 2004], [1, 2])
    assert [(bar.name, bar.value) for bar in bars_of(ax)] == [("2003", 1), ("2004", 2)]
    assert error_bars_of(ax) == []


def test_a_bar_between_two_words_has_its_place_and_a_number_below_0_is_no_word(ax: Axes) -> None:
    ax.bar([-1, 0.5, 1.4], [1, 2, 3])
    assert [bar.name for bar in bars_of(ax)] == ["-1", "0.5", "1.4"]
    ax.set_xticks([0, 1], ["a", "b"])
    assert [bar.name for bar in bars_of(ax)] == ["-1", "0.5", "b"]


def test_days_at_an_axis_are_read_as_days(ax: Axes) -> None:
    ax.bar(pd.to_datetime(["2003-01-01", "2004-01-01"]), [1, 2], width=200)
    assert [bar.name[:4] for bar in bars_of(ax)] == ["2003", "2004"]


LINES: dict[str, Callable[[Axes], Any]] = {
    "labels": lambda ax: [ax.plot([1, 2], [1, 1], label="I"), ax.plot([1, 2], [3, 3], label="S"), ax.legend()],
    "legend": lambda ax: [ax.plot([1, 2], [1, 1]), ax.plot([1, 2], [3, 3]), ax.legend(["I", "S"])],
    "figure": lambda ax: [ax.plot([1, 2], [1, 1], label="I"), ax.plot([1, 2], [3, 3], label="S"), ax.figure.legend()],
    "texts": lambda ax: [ax.plot([1, 2], [1, 1]), ax.plot([1, 2], [3, 3]), ax.text(2, 1, "I"), ax.annotate("S", (1, 3))],
    "handles": lambda ax: ax.legend([ax.plot([1, 2], [1, 1])[0], ax.plot([1, 2], [3, 3])[0]][::-1], ["S", "I"]),
}


@pytest.mark.parametrize("call", LINES)
def test_lines_have_the_names_that_a_reader_sees(ax: Axes, call: str) -> None:
    LINES[call](ax)
    assert [(line.name, line.ys[0]) for line in lines_of(ax)] == [("I", 1), ("S", 3)]
    assert sorted(legend_names_of(ax)) == ["I", "S"]


def test_a_label_that_nothing_shows_is_no_name_of_a_legend(ax: Axes) -> None:
    ax.plot([1, 2], [1, 1], label="I")
    assert [line.name for line in lines_of(ax)] == ["I"] and legend_names_of(ax) == []


def test_words_are_read_from_the_axes_and_from_the_figure(ax: Axes) -> None:
    ax.set_title("right", loc="right")
    ax.figure.suptitle("above")  # type: ignore[union-attr]
    ax.figure.supxlabel("beneath")  # type: ignore[union-attr]
    ax.set_ylabel("فوجی")
    assert title_of(ax) == "right above" and axis_words(ax, "x") == "beneath" and axis_words(ax, "y") == "فوجی"
