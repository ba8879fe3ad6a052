"""What `show_table` puts on the page: every shape of table that pandas makes, and what it says to wrong input."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from helpers import load, output, show_table
from helpers.table import html_table

EVENTS = load("events")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[output.Page]:
    """Collect what would be put on the page."""
    found: list[output.Page] = []
    monkeypatch.setattr("helpers.table.put", found.append)
    return found


def cells(html: str, rows: str = "tr") -> list[list[str]]:
    """The cells of a table: a heading has a # before it."""
    found = BeautifulSoup(html, "html.parser").select(rows)
    return [[f"{'#' if cell.name == 'th' else ''}{cell.get_text()}" for cell in row.find_all(["th", "td"])] for row in found]


def test_a_table_has_a_caption_headers_days_without_a_clock_and_says_what_it_leaves_out(shown: list) -> None:
    show_table(EVENTS, "The first events", columns=["earliest", "title", "paragraph"], rows=3)
    html = shown[0].html
    assert "<caption>The first events</caption>" in html
    assert html.count('<th scope="col">') == 3 and html.count("<tr") == 4
    assert "1947-01-01" in html and "00:00" not in html and "NA" not in html and "nan" not in html
    assert f"3 of {len(EVENTS)} rows shown." in html
    assert "3 of" in shown[0].text


def test_a_whole_table_does_not_say_that_rows_are_left_out(shown: list) -> None:
    show_table(load("eras").head(2), "Two eras", columns=["title"])
    assert "rows shown" not in shown[0].html


def test_text_of_a_table_cannot_become_a_tag(shown: list) -> None:
    nasty = "<script>alert(1)</script>"
    frame = pd.DataFrame({nasty: [nasty]}, index=pd.Index([nasty], name=nasty)).rename_axis(columns=nasty)
    show_table(frame, nasty)
    assert "<script>" not in shown[0].html and shown[0].html.count("&lt;script&gt;") == 6
    assert shown[0].text.count(nasty) == 6


def test_two_tables_of_the_same_content_are_the_same_bytes(shown: list) -> None:
    for _ in range(2):
        show_table(EVENTS.head(3), "Three")
    assert shown[0].html == shown[1].html


# Names of rows


COUNTS = pd.DataFrame({"n": [7, 8]})


def named(values: Any, name: Any = None) -> pd.DataFrame:
    return COUNTS.set_axis(values if isinstance(values, pd.MultiIndex) else pd.Index(values, name=name))


@pytest.mark.parametrize(
    ("frame", "head", "body"),
    [
        (COUNTS, ["#n"], ["7"]),
        (named([41, 3]), ["#n"], ["7"]),
        (COUNTS.convert_dtypes().set_axis(pd.Index([41, 3], dtype="Int64")), ["#n"], ["7"]),
        (named(pd.Index([41, 3], dtype="object")), ["#n"], ["7"]),
        (pd.concat([COUNTS.iloc[1:], COUNTS.iloc[:1]]).sort_values("n"), ["#n"], ["7"]),
        (pd.concat([COUNTS, COUNTS]), ["#n"], ["7"]),
        (named([1955, 1956], "year"), ["#year", "#n"], ["#1955", "7"]),
        (COUNTS.rename_axis("row"), ["#row", "#n"], ["#0", "7"]),
        (named(["a", "b"]), ["", "#n"], ["#a", "7"]),
        (named(["a", "b"], "kind"), ["#kind", "#n"], ["#a", "7"]),
        (named(["a", "b"], 5), ["#5", "#n"], ["#a", "7"]),
        (named(["x", "x"], "kind"), ["#kind", "#n"], ["#x", "7"]),
        (named(["", None], "kind"), ["#kind", "#n"], ["#(empty)", "7"]),
        (named([None, "b"], "kind"), ["#kind", "#n"], ["#(empty)", "7"]),
        (named([np.nan, 3.5], "low"), ["#low", "#n"], ["#(empty)", "7"]),
        (named([0.25, 0.5]), ["", "#n"], ["#0.25", "7"]),
        (named([True, False], "same"), ["#same", "#n"], ["#True", "7"]),
        (named(pd.to_datetime(["1955-02-24", "1955-04-05"]), "day"), ["#day", "#n"], ["#1955-02-24", "7"]),
        (named(pd.to_datetime(["1955-02-24", "1955-04-05"])), ["", "#n"], ["#1955-02-24", "7"]),
        (named(pd.to_datetime(["1955-02-24 10:30", None]), "time"), ["#time", "#n"], ["#1955-02-24 10:30:00", "7"]),
        (named(pd.period_range("1955-02", periods=2, freq="M")), ["", "#n"], ["#1955-02", "7"]),
        (named(pd.IntervalIndex.from_breaks([1947, 1973, 2003]), "years"), ["#years", "#n"], ["#(1947, 1973]", "7"]),
        (
            named(pd.IntervalIndex.from_breaks(pd.to_datetime(["1947-08-14", "1973-02-10", "2003-03-20"]))),
            ["", "#n"],
            ["#(1947-08-14, 1973-02-10]", "7"],
        ),
        (named(pd.to_timedelta([1, 364], "D"), "later"), ["#later", "#n"], ["#1 day", "7"]),
        (named(pd.CategoricalIndex(["treaty", None]), "kind"), ["#kind", "#n"], ["#treaty", "7"]),
        (named(pd.Index([("a", "b"), ("c", None)], tupleize_cols=False)), ["", "#n"], ["#a, b", "7"]),
        (named(pd.MultiIndex.from_tuples([("a", 1), ("a", 2)], names=["k", "l"])), ["#k", "#l", "#n"], ["#a", "#1", "7"]),
        (named(pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])), ["", "#n"], ["#a", "7"]),
        (COUNTS["n"], ["#n"], ["7"]),
        (pd.Series([7, 8]), ["#value"], ["7"]),
        (pd.Series([7, 8], index=["a", "b"]), ["", "#value"], ["#a", "7"]),
    ],
)
def test_names_of_rows_are_shown_and_row_numbers_are_not(shown: list, frame: Any, head: list[str], body: list[str]) -> None:
    show_table(frame)
    found = cells(shown[0].html)
    assert found[:2] == [head, body]
    assert all(part.lstrip("#") in shown[0].text for part in head + body)
    assert "scope" not in shown[0].html.split("<tbody>")[1].replace('<th scope="row">', "")


def test_a_cross_table_names_what_stands_in_its_rows_and_in_its_columns(shown: list) -> None:
    show_table(pd.crosstab(EVENTS["kind"], EVENTS["effect"], margins=True), rows=9)
    found = cells(shown[0].html)
    assert found[:2] == [["", "#effect"], ["#kind", "#cooperative", "#neutral", "#conflictual", "#none", "#All"]]
    assert [row[0] for row in found[2:]] == [f"#{kind}" for kind in [*EVENTS["kind"].cat.categories, "All"]]
    assert found[-1][-1] == str(len(EVENTS))
    assert '<th colspan="5" scope="colgroup">effect</th>' in shown[0].html
    assert shown[0].text.splitlines()[0] == "Columns: effect" and "treaty" in shown[0].text


def test_two_keys_in_rows_and_two_in_columns_are_all_named(shown: list) -> None:
    frame = pd.DataFrame(
        [[1, 2, 3]] * 2,
        index=pd.MultiIndex.from_tuples([("treaty", "a"), ("treaty", "b")], names=["kind", "level"]),
        columns=pd.MultiIndex.from_tuples([("low", "min"), ("low", "max"), ("n", "max")], names=["column", None]),
    )
    show_table(frame)
    assert cells(shown[0].html) == [
        ["", "", "#column"],
        ["", "", "#low", "#n"],
        ["#kind", "#level", "#min", "#max", "#max"],
        ["#treaty", "#a", "1", "2", "3"],
        ["#treaty", "#b", "1", "2", "3"],
    ]
    assert "low, min" in shown[0].text


@pytest.mark.parametrize(
    "make",
    [
        lambda: EVENTS.groupby(["kind", "effect"], observed=True).size(),
        lambda: EVENTS[["kind", "effect"]].value_counts(),
        lambda: EVENTS["kind"].value_counts(),
        lambda: EVENTS.pivot_table(index="kind", columns="level", values="paragraph", aggfunc="mean", observed=True),
        lambda: EVENTS.groupby("kind", observed=True)[["earliest"]].agg(["min", "max"]),
        lambda: EVENTS.groupby("kind", observed=True)[["date", "title"]].apply(lambda part: part.head(1)),
        lambda: EVENTS.groupby(EVENTS["paragraph"].notna()).size(),
        lambda: EVENTS.groupby(pd.cut(EVENTS["earliest"].dt.year, [1946, 1973, 2026]), observed=True).size(),
        lambda: EVENTS.describe(),
        lambda: EVENTS[["date", "title"]].head(3).T,
        lambda: EVENTS.isna().sum(),
        lambda: EVENTS.dtypes,
        lambda: EVENTS.head(3).stack(),
        lambda: EVENTS.resample("10YE", on="earliest").size(),
        lambda: load("reports")[["low", "high"]].corr(),
        lambda: EVENTS.set_index(["event_id", "date"])[["title"]],
        lambda: pd.concat({"first": EVENTS.head(1), "last": EVENTS.tail(1)})[["date", "title"]],
    ],
)
def test_what_a_lesson_or_a_student_makes_keeps_the_names_of_its_rows(shown: list, make: Any) -> None:
    frame = make()
    show_table(frame)
    rows = cells(shown[0].html, "tbody tr")
    assert len(rows) == min(8, len(frame)) and all(row[0].startswith("#") and len(row[0]) > 1 for row in rows)
    widths = {sum(int(cell.get("colspan", 1)) for cell in row.find_all(["th", "td"])) for row in soup(shown).find_all("tr")}
    assert len(widths) == 1, "the rows must be of one width"
    assert not [cell for cell in soup(shown).find_all("th") if not cell.get_text().strip()], "an empty heading"


def soup(shown: list[output.Page]) -> BeautifulSoup:
    return BeautifulSoup(shown[0].html, "html.parser")


@pytest.mark.parametrize(
    ("frame", "note"),
    [
        (EVENTS.head(0), "The table has no rows."),
        (EVENTS.set_index("event_id").head(0), "The table has no rows."),
        (pd.DataFrame(), "The table has no rows."),
        (EVENTS[[]], "The table has no columns."),
        (EVENTS.set_index("event_id")[[]], "The table has no columns."),
        (pd.Series([], dtype="object"), "The table has no rows."),
    ],
)
def test_a_table_without_rows_or_columns_says_so(shown: list, frame: Any, note: str) -> None:
    show_table(frame, "Nothing fits")
    assert f"<p>{note}</p>" in shown[0].html and shown[0].text.startswith("Nothing fits") and note in shown[0].text


def test_the_same_column_twice_and_columns_that_are_numbers_or_missing(shown: list) -> None:
    show_table(pd.DataFrame([[1, 2, 3, 4]], columns=["date", "date", 7, None]))
    assert cells(shown[0].html) == [["#date", "#date", "#7", "#(empty)"], ["1", "2", "3", "4"]]


def test_cells_are_written_for_a_reader(shown: list) -> None:
    given = {
        "day": [pd.Timestamp("1955-02-24"), pd.NaT],
        "any": [pd.Timestamp("1955-02-24"), None],
        "length": pd.to_timedelta([1, None], "D"),
        "as Python has it": [timedelta(days=364), None],
        "list": [["a", "b"], {"x": 1}],
        "count": pd.array([1, None], dtype="Int64"),
    }
    show_table(pd.DataFrame(given))
    assert cells(shown[0].html)[1:] == [
        ["1955-02-24", "1955-02-24", "1 day", "364 days", "['a', 'b']", "1"],
        ["", "", "", "", "{'x': 1}", ""],
    ]


def test_the_options_of_pandas_that_a_student_sets_change_nothing() -> None:
    before = html_table(EVENTS, "Events")
    with pd.option_context(
        "display.max_rows", 2, "display.max_colwidth", 5, "display.html.border", 3, "display.precision", 1
    ):
        assert html_table(EVENTS, "Events") == before


# Captions


CAPTIONS = [r"C:\data", r"\1 \g<0> \d", "<b>bold</b>", "{x} %s $5$", "a\nb", "معاہدۂ بغداد", "'\""]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_is_text_whatever_it_holds(shown: list, caption: str) -> None:
    show_table(EVENTS[["date"]].head(1), caption)
    assert soup(shown).caption.get_text() == caption and shown[0].text.startswith(caption)
    assert cells(shown[0].html) == [["#date"], ["1947"]]


@given(caption=st.text(min_size=1))
def test_no_caption_alters_the_table(caption: str) -> None:
    page = BeautifulSoup(html_table(EVENTS[["date"]].head(1), caption), "html.parser")
    assert len(page.find_all("tr")) == 2 and len(page.find_all("td")) == 1


@pytest.mark.parametrize("caption", [None, "", pd.NA, float("nan")])
def test_without_a_caption_there_is_none(shown: list, caption: Any) -> None:
    show_table(EVENTS[["date"]].head(1), caption)
    assert soup(shown).caption is None and shown[0].text == "date\n1947"


@pytest.mark.parametrize(("caption", "text"), [(1955, "1955"), (2.5, "2.5"), (np.int64(3), "3"), (np.str_("a"), "a")])
def test_a_number_is_a_caption_too(shown: list, caption: Any, text: str) -> None:
    show_table(EVENTS.head(1), caption)
    assert soup(shown).caption.get_text() == text


# Wrong input


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: show_table([1, 2]), TypeError, "needs a table.*got list"),
        (lambda: show_table("title", EVENTS), TypeError, "needs a table.*got str"),
        (lambda: show_table(EVENTS, ["date", "title"]), TypeError, r"caption must be text.*list.*columns=\[\.\.\.\]"),
        (lambda: show_table(EVENTS, EVENTS), TypeError, "caption must be text.*DataFrame"),
        (lambda: show_table(EVENTS, columns=["year"]), KeyError, "no column 'year'.*It has: event_id"),
        (lambda: show_table(EVENTS, columns=["Title"]), KeyError, "no column 'Title'. Did you mean 'title'?"),
        (lambda: show_table(EVENTS, columns=[" title"]), KeyError, "Did you mean 'title'?"),
        (lambda: show_table(EVENTS, columns="titel"), KeyError, "no column 'titel'. Did you mean 'title'?"),
        (lambda: show_table(EVENTS, columns=[["date"]]), KeyError, r"no column \['date'\]"),
        (lambda: show_table(EVENTS, columns=7), KeyError, "no column 7"),
        (lambda: show_table(EVENTS[[]], columns=["date"]), KeyError, "It has: none"),
        (
            lambda: show_table(EVENTS.set_index("event_id"), columns=["event_id", "date"]),
            KeyError,
            "'event_id' names the rows of this table: it is shown at the left",
        ),
        (lambda: show_table(EVENTS, rows="5"), TypeError, "rows must be a whole number.*'5'"),
        (lambda: show_table(EVENTS, rows=None), TypeError, "rows must be a whole number.*None"),
        (lambda: show_table(EVENTS, rows=-3), ValueError, r"-3 was given.*table\.tail\(3\)"),
    ],
)
def test_wrong_input_is_answered_with_what_was_given_and_what_is_needed(
    call: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize("columns", ["title", ["title"], ("title",), pd.Index(["title"]), np.array(["title"])])
def test_columns_are_one_name_or_several(shown: list, columns: Any) -> None:
    show_table(EVENTS, columns=columns, rows=1)
    assert cells(shown[0].html)[0] == ["#title"]


def test_a_column_beneath_a_heading_can_be_chosen(shown: list) -> None:
    frame = load("reports").groupby("unit")[["low", "high"]].agg(["min", "max"])
    show_table(frame, columns=("low", "max"))
    assert cells(shown[0].html)[:2] == [["", "#low"], ["#unit", "#max"]]
    show_table(frame, columns=["low"])
    assert cells(shown[1].html)[:2] == [["", "#low"], ["#unit", "#min", "#max"]]
