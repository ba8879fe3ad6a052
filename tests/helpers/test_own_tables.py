"""A student's own table: what pandas makes of a file is drawn, and what can't be drawn gets a message that leads out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers import describe, plot_spans, plot_timeline
from helpers.notebook import png
from helpers.plotting.artists import SpanBar
from tests.support.figures import close_all, figure_of, marks_of


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


def read(text: str, **options: object) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), **options)  # type: ignore[call-overload,no-any-return]


def table(*days: object, **columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"date": list(days), "title": [f"Event {k}" for k in range(1, len(days) + 1)], **columns})


@pytest.mark.parametrize(
    ("events", "days"),
    [
        (read("date,title\n1955,Pact\n1958,Coup"), ["1955", "1958"]),
        (read("date,title\n1955,Pact\n1958,Coup").convert_dtypes(), ["1955", "1958"]),
        (read("date,title\n1955-02-24,Pact", parse_dates=["date"]), ["1955-02-24"]),
        (read("date,title\n1955-02 ,Pact\n\u00a01958,Coup"), ["1955-02", "1958"]),
        (table(*pd.PeriodIndex(["1955-02", "1958-07"], freq="M")), ["1955-02", "1958-07"]),
        (table(date(1955, 2, 24), np.datetime64("1958-07-14")), ["1955-02-24", "1958-07-14"]),
        (table(1955, earliest=[pd.NaT], latest=[""]), ["1955"]),
        (table("1955", earliest=["1955-02-04 "], latest=[date(1955, 3, 5)]), ["1955"]),
        (table("1955", kind=[" treaty"], effect=["cooperative "]), ["1955"]),
    ],
)
def test_dates_as_pandas_reads_them_are_drawn(events: pd.DataFrame, days: list[str]) -> None:
    marks = marks_of(plot_timeline(events))
    assert sorted(mark.event.date for mark in marks) == days


@pytest.mark.parametrize(
    ("events", "says"),
    [
        (read("date,title\n1955,Pact\n,Coup"), r"Row 1 \(Coup\): .*the cell is empty.*leave such rows out"),
        (table(pd.NaT), r"Row 0 .*the cell is empty \(NaT\)"),
        (table("24/02/1963"), r"Row 0 .*'24/02/1963'.*write '1963-02-24'"),
        (
            table("1955", earliest=["04/02/1955"]),
            r"earliest is '04/02/1955'; a day is needed, such as 1955-02-24.*1955-04-02",
        ),
        (table("1955", latest=["05/03/1955"]), r"latest is '05/03/1955'; a day is needed"),
        (table("1955", earliest=["1955"]), r"earliest is '1955'; a day is needed"),
        (table("1955", earliest=["1955-02-24~"]), r"earliest is '1955-02-24~'; a day is needed"),
        (table("1955", earliest=[1955]), r"earliest is 1955; a day is needed.*A number is no day"),
        (table("1955", earliest=[1955.0]), r"A number is no day"),
        (table("1955", latest=[True]), r"A number is no day"),
        (table(-753), r"Row 0 .*-753 is not a date: the course's years run from 1 to 9999 and are whole"),
        (table(True), r"Row 0 .*True is not a date"),
        (
            read("Date,Title\n1955,Pact"),
            r"no column 'date'. 'Date' is written in another way.*rename\(columns={'Date': 'date'}",
        ),
        (read("date, title\n1955,Pact"), r"no column 'title'. ' title' has a blank before or behind it.*columns.str.strip"),
        (read("date,TITLE \n1955,Pact"), r"'TITLE ' is written in another way"),
        (read("\ufeff\ufeffdate,title\n1955,Pact"), r"no column 'date'. Before 'date' stands a sign.*utf-8-sig"),
        (read("ï»¿date,title\n1955,Pact"), r"no column 'date'. Before 'date' stands a sign.*utf-8-sig"),
        (read("date;title\n1955;Pact"), r"no column 'date'. In the file, ';' stands between the columns.*sep=';'"),
        (read("date\ttitle\n1955\tPact"), r"'\\t' stands between the columns"),
        (table(20144), r"As Excel counts days, this is 1955-02-24: write '1955-02-24'"),
        (table("1955").assign(title="\u200b"), r"Row 0 \(no title\): the title is '\\u200b'"),
        (table("1955").set_index("date"), r"'date' is the index of the table: use table.reset_index"),
        (pd.concat([table("1955"), table("1958")], axis=1), r"2 columns named 'date': give each a name of its own"),
        (pd.concat([table("1955", kind=["war"]), table("1958", kind=["war"])[["kind"]]], axis=1), r"2 columns named 'kind'"),
    ],
)
def test_what_cannot_be_drawn_is_named_with_the_way_out(events: pd.DataFrame, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        plot_timeline(events)


@pytest.mark.parametrize(
    "mask", [[True, None, False], pd.array([True, None, False], dtype="boolean"), [True, np.nan, False]]
)
def test_a_gap_in_a_mask_counts_as_false(mask: Any) -> None:
    ax = plot_timeline(table("1955", "1958", "1963"), highlight=mask)
    assert [mark.event.title for mark in marks_of(ax) if not mark.event.muted] == ["Event 1"]


@pytest.mark.parametrize("projection", ["polar", "3d"])
def test_axes_that_are_not_flat_are_refused(projection: str) -> None:
    ax = plt.subplots(subplot_kw={"projection": projection})[1]
    with pytest.raises(ValueError, match=f"ax is {projection}. .* needs flat axes"):
        plot_timeline(table("1955"), ax=ax)


def span(start: object, end: object, **columns: object) -> pd.DataFrame:
    return pd.DataFrame([{"label": "Reign", "start": start, "end": end, **columns}])


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (1955, 1958.0, "1955–1958"),
        (pd.Timestamp("1955-02-24"), date(1958, 7, 14), "24 February 1955 – 14 July 1958"),
        (pd.Period("1955-02", "M"), "1958-07\u00a0", "February 1955 – July 1958"),
        (1955.0, float("nan"), "from 1955 on"),
        (1955, pd.NaT, "from 1955 on"),
        (1955, " ", "from 1955 on"),
        (1955, " .. ", "from 1955 on"),
        (1955, "9999-12-31", "from 1955 on"),
        (None, "1958", "until 1958"),
    ],
)
def test_spans_take_the_same_dates(start: object, end: object, words: str) -> None:
    assert f"Reign: {words}" in describe(plot_spans(span(start, end)), detail="full")


@pytest.mark.parametrize(
    ("spans", "says"),
    [
        (span("24/02/1963", 1968), r"Row 0 \(Reign\): start: '24/02/1963'.*write '1963-02-24'"),
        (span(1963, "c. 1968"), r"end: 'c. 1968'.*write '1968~'.*An open end is written '..'"),
        (span(True, 1968), r"start: True is not a date"),
        (span(1963, 12345), r"end: 12345 is not a date: the course's years run from 1 to 9999"),
        (span(1963, 1968).rename(columns={"label": "Label"}), r"no column 'label'. 'Label' is written in another way"),
        (read("label;start;end\nA;1955;1958"), r"';' stands between the columns"),
        (pd.concat([span(1963, 1968), span(1963, 1968)[["end"]]], axis=1), r"2 columns named 'end'"),
        (span(1963, 1968, label=" \u00a0"), r"every span needs a label"),
    ],
)
def test_spans_refuse_with_the_way_out(spans: pd.DataFrame, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        plot_spans(spans)


@pytest.mark.parametrize("draw", [plot_timeline, plot_spans])
def test_the_table_is_left_as_it_was(draw: Callable[[pd.DataFrame], object]) -> None:
    frame = span(1955, pd.NaT, date=" 1955", title=" Pact ")
    before = frame.copy(deep=True)
    draw(frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("text", ["1958/9999-12-31", "1958/9999", "1958-07-14/9999-12"])
def test_the_last_day_of_the_calendar_means_no_end(text: str) -> None:
    words = describe(plot_timeline(table(text)))
    assert " on: Event 1" in words and "9999" not in words
    bars = plot_spans(span("1958", text.split("/")[1])).findobj(SpanBar)
    assert [bar.span.end for bar in bars if isinstance(bar, SpanBar)] == [".."]


ENDS = ["0001", "0001-01-01", "001X", "9999", "9999-12-31", "999X", "1958/9999-12-31", "0001-01-01/..", "../9999-12-31"]


OTHERS = ["1955", *ENDS[:5], ""]
OPTIONS: list[dict[str, Any]] = [{}, {"eras": True}, {"lanes": "actor"}]


@pytest.mark.parametrize("one", ENDS)
@pytest.mark.parametrize("other", OTHERS)
def test_both_ends_of_the_calendar_are_drawn(one: str, other: str) -> None:
    """The options take turns, so that each date, as the first or as the other, is drawn with each of them."""
    days = [day for day in (one, other) if day]
    options = OPTIONS[(ENDS.index(one) + OTHERS.index(other)) % len(OPTIONS)]
    ax = plot_timeline(table(*days, actors=["A"] * len(days)), **options)
    png(figure_of(ax))
    assert "Event 1" in describe(ax, detail="full")


@pytest.mark.parametrize(("start", "end"), [("0001", "0002"), ("9999-12-31", ".."), ("..", "0001"), ("0001", "9999-12-31")])
def test_both_ends_of_the_calendar_hold_spans(start: str, end: str) -> None:
    ax = plot_spans(span(start, end))
    png(figure_of(ax))
    assert "Reign" in describe(ax, detail="full")


def test_many_events_at_the_ends_of_the_calendar_are_counted() -> None:
    ax = plot_timeline(table(*["0001-01-01", "9999-12-31"] * 151))
    png(figure_of(ax))
    assert "None is left out" in describe(ax, detail="full")
