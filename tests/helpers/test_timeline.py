"""The timeline as drawn: every mark at its date, every label readable, every doubt visible."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.legend import Legend

from helpers import describe, load, plot_timeline
from helpers.language import speaking
from helpers.plotting import glyphs, placement
from helpers.plotting.artists import (
    EraBand,
    EraKey,
    EraName,
    EventArrow,
    EventBar,
    EventBin,
    EventMark,
    EventSign,
    TimeBreak,
)
from helpers.plotting.counts import bin_days
from helpers.plotting.labels.flags import flags
from helpers.plotting.media import MEDIA
from helpers.plotting.text_size import INDENT, wrap
from helpers.plotting.theme import INK, MUTED, PAPER, RIBBON, SOFT_INK, TINT
from helpers.plotting.time_axis import TimeFormatter
from tests.support.figures import (
    DPI,
    box,
    clipped,
    close_all,
    drawn,
    figure_of,
    labels_of,
    leader_paths,
    leaders_of,
    mark_box,
    mark_boxes,
    marks_of,
    median_leader,
    meet,
    overlaps,
    texts_of,
    title_of,
)
from tests.support.geometry import cross, runs_through

ERAS = [
    "founding-years", "baghdad-pact", "rupture-of-1973", "two-wars", "the-street",
    "after-the-invasion", "back-channel", "new-chapter", "since-the-article",
]  # fmt: skip


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return load("events")


def frame(*dates: str, **columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"date": list(dates), "title": [f"Event {i + 1}" for i in range(len(dates))], **columns})


def day(text: str) -> float:
    return float(mdates.date2num(pd.Timestamp(text)))


def bars_of(ax: plt.Axes) -> list[EventBar]:
    return [bar for bar in ax.findobj(EventBar) if isinstance(bar, EventBar)]


def height_of(mark: EventMark) -> float:
    return float(np.asarray(mark.get_ydata())[0])


def legend_words(ax: plt.Axes) -> list[str]:
    return [text.get_text() for legend in ax.findobj(Legend) for text in legend.get_texts()]


# --- readable ----------------------------------------------------------------------------------


def assert_readable(ax: plt.Axes, titles: list[str], font: float) -> None:
    """Every title is there, whole, behind its year, so large, on no other text, on no mark, and no leader misleads."""
    drawn(ax)
    assert sorted(map(title_of, labels_of(ax))) == sorted(titles)
    assert min(text.get_fontsize() for text in texts_of(ax)) >= font
    assert overlaps(ax) == []
    assert clipped(ax) == []
    axes = ax.get_window_extent()
    leaders, marks = leader_paths(ax), mark_boxes(ax)
    assert len(leaders) == len(titles)
    for label in labels_of(ax):
        area = box(label)
        assert area.x0 >= axes.x0 - 0.5 and area.x1 <= axes.x1 + 0.5 and area.y0 >= axes.y0 and area.y1 <= axes.y1
        assert not any(meet(area, mark) for _, mark in marks), label.get_text()
        for leader, path in leaders:
            if leader.event != label.event:
                assert not any(runs_through(segment, area.extents) for segment in path), (
                    leader.event.title,
                    label.get_text(),
                )
    for (_, one), (_, other) in combinations(leaders, 2):
        assert not any(cross(a, b) for a in one for b in other)


@pytest.mark.parametrize("era", ERAS)
def test_the_figure_of_an_era_is_readable(events: pd.DataFrame, era: str) -> None:
    some = events[events["era_id"] == era]
    ax = plot_timeline(some, title="An era")
    assert_readable(ax, some["title"].tolist(), 9.0)
    width, height = figure_of(ax).get_size_inches()
    assert width == 10 and height <= 6.5


@pytest.mark.parametrize("era", ERAS)
def test_an_era_is_readable_in_given_axes_of_ten_by_five(events: pd.DataFrame, era: str) -> None:
    some = events[events["era_id"] == era].head(20)  # more, with their years, are drawn smaller where axes cannot grow
    figure = plt.figure(figsize=(10, 5), layout="constrained")
    ax = plot_timeline(some, ax=figure.add_subplot(), title="An era")
    assert_readable(ax, some["title"].tolist(), 9.0)
    assert figure.get_size_inches().tolist() == [10, 5]


def test_twelve_events_over_the_whole_period_are_readable(events: pd.DataFrame) -> None:
    some = events.iloc[:: len(events) // 12].head(12)
    assert_readable(plot_timeline(some), some["title"].tolist(), 9.0)


def test_all_events_are_readable_sixteen_inches_wide(events: pd.DataFrame) -> None:
    ax = plot_timeline(events, title="All")
    assert_readable(ax, events["title"].tolist(), 8.0)
    width, height = figure_of(ax).get_size_inches()
    assert width == 16 and height <= len(events) / 15.5


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("1959-03-24", "1959"),
        ("1949~", "~1949"),
        ("1947?", "1947?"),
        ("1964%", "~1964?"),
        ("1954-03~", "~1954"),
        ("198X", "1980s"),
        ("190X", "1900s"),
        ("19XX", "20th c."),
        ("1980-09-22/1988-08-20", "1980–88"),
        ("1998/2003", "1998–2003"),
        ("1973-02-14/1973-03-08", "1973"),
        ("1949~/1951~", "~1949–51"),
        ("1949/1951~", "1949 – about 1951"),
        ("1949/1951%", "1949 – about 1951?"),
        ("1949?/1951", "1949?–51"),
        ("2021-01-24/2021-01-27?", "2021?"),
        ("1955/..", "from 1955"),
        ("../1958~", "until ~1958"),
        ("/1958", "until 1958"),
        ("0753", "year 753"),
    ],
)
def test_a_label_begins_with_its_year_and_its_doubt(date: str, year: str) -> None:
    (label,) = labels_of(plot_timeline(frame(date)))
    assert label.get_text() == f"{year} Event 1"


def test_an_event_whose_title_is_a_number_is_not_taken_for_numbered() -> None:
    table = pd.DataFrame({"date": ["1955", "1958"], "title": ["1", "1958"]})
    ax = plot_timeline(table)
    assert [label.get_text() for label in labels_of(ax)] == ["1955 1", "1958 1958"]
    assert "numbers instead of titles" not in describe(ax) and "- 1955: 1" in describe(ax, "full")


def test_second_lines_in_columns_are_set_in(events: pd.DataFrame) -> None:
    """From the side on which the label begins: so they can't be taken for labels of their own."""
    some = events[events["effect"] != "none"].head(55)
    broken = [label for label in labels_of(plot_timeline(some)) if "\n" in label.get_text()]
    assert {label.get_ha() for label in broken} == {"left", "right"}
    for label in broken:
        first, *others = label.get_text().split("\n")
        assert first == first.strip()
        for line in others:
            assert line.startswith(INDENT) if label.get_ha() == "left" else line.endswith(INDENT)


@pytest.mark.parametrize("step", [2, 3, 4, 5])
def test_parts_of_the_table_are_readable(events: pd.DataFrame, step: int) -> None:
    some = events.iloc[::step]
    assert_readable(plot_timeline(some), some["title"].tolist(), 8.0)


def test_a_leader_does_not_run_through_another_mark_of_an_era(events: pd.DataFrame) -> None:
    for era in ERAS:
        ax = plot_timeline(events[events["era_id"] == era])
        drawn(ax)
        marks = mark_boxes(ax, 0.8)
        for leader, path in leader_paths(ax):
            for area in [area for mark, area in marks if mark.event != leader.event]:
                assert not any(runs_through(segment, area.extents) for segment in path), leader.event


def test_labels_stand_near_their_marks_in_an_era(events: pd.DataFrame) -> None:
    """Direct labels: the text begins or ends at a leader that stands above or below its own mark."""
    for era in ERAS:
        ax = plot_timeline(events[events["era_id"] == era].head(26))
        drawn(ax)
        mark_of = {mark.event: area for mark, area in mark_boxes(ax)}
        for label in labels_of(ax):
            edge = box(label).x0 if label.get_ha() == "left" else box(label).x1
            middle = (mark_of[label.event].x0 + mark_of[label.event].x1) / 2
            assert abs(edge - middle) < 45  # pixels


def test_titles_are_broken_into_lines_of_about_equal_length() -> None:
    title = "Pakistan hands over the first Super Mushshak planes to Iraq"
    lines = wrap(title, 20).split("\n")
    assert " ".join(lines) == title
    assert max(map(len, lines)) <= 20
    assert min(map(len, lines)) >= 10  # no single word on a line of its own
    assert wrap(title, None) == title and wrap(title, len(title)) == title


# --- whatever is given -------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """1 to 300 events: spread over decades, in clusters, or all on a day; titles of 1 to 70 letters."""
    count = draw(st.integers(1, 40) | st.integers(41, 300))
    seed = draw(st.integers(0, 10**6))
    chance = random.Random(seed)
    length = draw(st.sampled_from([0, 3, 40, 900, 28000]))  # days
    heaps = [chance.randrange(28000) for _ in range(draw(st.integers(1, 4)))]
    longest = draw(st.integers(1, 70))
    days = [date(1947, 1, 1) + timedelta(chance.choice(heaps) + chance.randint(0, length)) for _ in range(count)]
    letters = "iiillaeomnstrMW   "
    titles = ["".join(chance.choice(letters) for _ in range(chance.randint(1, longest))).strip() or "W" for _ in days]
    dates = [str(day)[: 10 if chance.random() < 0.8 else 7] for day in days]
    return pd.DataFrame({"date": dates, "title": titles})


@settings(max_examples=25)
@given(table=tables(), fixed=st.booleans())
def test_whatever_is_given_is_readable_numbered_or_counted_and_said(table: pd.DataFrame, fixed: bool) -> None:
    ax = plot_timeline(table, ax=plt.figure(figsize=(8, 5)).add_subplot() if fixed else None)
    drawn(ax)
    words = describe(ax, detail="full")
    assert overlaps(ax) == [] and clipped(ax) == []
    labels, titles = labels_of(ax), [" ".join(title.split()) for title in table["title"]]
    if labels:
        numbered = sorted(label.get_text() for label in labels) == sorted(map(str, range(1, len(table) + 1)))
        assert numbered == ("numbers instead of titles" in words)
        assert numbered or sorted(map(title_of, labels)) == sorted(titles)
        assert min(label.get_fontsize() for label in labels) >= 8.0
        boxes, marks = [box(label) for label in labels], [area for _, area in mark_boxes(ax)]
        assert not any(meet(area, mark) for area in boxes for mark in marks)
        paths = [path for _, path in leader_paths(ax)]
        assert len(table) > 100 or not any(cross(a, b) for one, other in combinations(paths, 2) for a in one for b in other)
    else:
        assert len({event for found in bins_of(ax) for event in found.events}) == len(table)
        assert "None is left out." in words
    plt.close("all")


# --- truthful ----------------------------------------------------------------------------------


def test_a_day_is_a_point_at_that_day() -> None:
    (mark,) = marks_of(plot_timeline(frame("1955-02-24")))
    assert mark.get_xdata() == [day("1955-02-24")]
    assert mark.event.date == "1955-02-24"


@pytest.mark.parametrize(
    ("date", "first", "after"),
    [("1955-02", "1955-02-01", "1955-03-01"), ("1955", "1955-01-01", "1956-01-01"), ("195X", "1950-01-01", "1960-01-01")],
)
def test_a_month_year_or_decade_is_a_bar_with_its_mark_at_the_left_end(date: str, first: str, after: str) -> None:
    ax = plot_timeline(frame(date, "1970-01-01"), eras=False)
    (bar,) = bars_of(ax)
    assert (bar.get_x(), bar.get_x() + bar.get_width()) == (day(first), day(after))
    mark = next(mark for mark in marks_of(ax) if mark.event.date == date)
    assert mark.get_xdata() == [day(first)]  # within the bar it would claim a day
    seen = date != "1955-02"  # at this scale a month lies behind its mark
    assert ("some day in this time" in legend_words(ax)) == seen


def test_an_interval_is_a_solid_bar_from_its_first_to_its_last_day() -> None:
    ax = plot_timeline(frame("1980-09-22/1988-08-20"))
    (bar,) = bars_of(ax)
    assert (bar.get_x(), bar.get_x() + bar.get_width()) == (day("1980-09-22"), day("1988-08-21"))
    assert bar.get_linestyle() in ("-", "solid") and bar.get_facecolor()[3] > 0.5
    assert marks_of(ax)[0].get_xdata() == [day("1980-09-22")]
    assert legend_words(ax) == ["lasted"]


@pytest.mark.parametrize("date", ["1973/1977", "1973~/1977?", "1973", "197X", "1973-05-01/..", "../1973"])
def test_no_mark_stands_inside_a_bar(date: str) -> None:
    ax = plot_timeline(frame(date, "1955-01-01", "1999-01-01"))
    mark = next(mark for mark in marks_of(ax) if mark.event.date == date)
    ends = [end for bar in bars_of(ax) for end in (bar.get_x(), bar.get_x() + bar.get_width())]
    assert float(np.asarray(mark.get_xdata())[0]) in (min(ends), max(ends))


def test_a_pile_stands_in_the_order_of_time() -> None:
    days = [f"1973-02-{k:02d}" for k in range(1, 13)]
    ax = plot_timeline(frame(*days, "2021-01-01"))
    for above in (True, False):
        pile = [mark for mark in marks_of(ax) if mark.event.date < "2000" and (height_of(mark) > 0) is above]
        heights = [abs(height_of(mark)) for mark in sorted(pile, key=lambda mark: mark.event.date)]
        assert heights == sorted(heights) and len(heights) == 6


def test_an_unsure_end_of_an_interval_is_drawn_apart() -> None:
    ax = plot_timeline(frame("1949~/1952-06-30"))
    unsure, sure = sorted(bars_of(ax), key=lambda bar: bar.get_x())
    assert (unsure.get_x(), unsure.get_x() + unsure.get_width()) == (day("1949-01-01"), day("1950-01-01"))
    assert unsure.get_linestyle() not in ("-", "solid")
    assert (sure.get_x(), sure.get_x() + sure.get_width()) == (day("1950-01-01"), day("1952-07-01"))


@pytest.mark.parametrize(
    ("date", "sign", "words"), [("1955-02~", "~", "~ about"), ("1955?", "?", "? uncertain"), ("2003-04-22~", "~", "~ about")]
)
def test_about_and_uncertain_are_shown_and_explained(date: str, sign: str, words: str) -> None:
    ax = plot_timeline(frame(date))
    (drawn_sign,) = ax.findobj(EventSign)
    assert isinstance(drawn_sign, EventSign) and drawn_sign.sign == sign
    assert words in legend_words(ax)
    for bar in bars_of(ax):
        assert bar.get_linestyle() not in ("-", "solid")


def test_a_set_of_dates_is_a_bar_for_each() -> None:
    ax = plot_timeline(frame("[1958,1964]", "1955-01-01"))
    bars = sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars_of(ax))
    assert bars == [(day("1958-01-01"), day("1959-01-01")), (day("1964-01-01"), day("1965-01-01"))]
    assert "1958 or 1964 Event 1" in [label.get_text() for label in labels_of(ax)]
    assert "1 of 2 dates is not exact to the day: 1958 or 1964." in describe(ax)


def test_a_certain_date_carries_no_sign() -> None:
    ax = plot_timeline(frame("1955-02", "1956"))
    assert ax.findobj(EventSign) == []
    assert all(bar.get_linestyle() in ("-", "solid") for bar in bars_of(ax))
    assert not {"~ about", "? uncertain"} & set(legend_words(ax))


@pytest.mark.parametrize(("date", "marker", "edge"), [("1955/..", ">", 1), ("../1955-06-30", "<", 0)])
def test_an_open_end_is_an_arrow_to_the_edge(date: str, marker: str, edge: int) -> None:
    ax = plot_timeline(frame(date, "1950-01-01", "1960-01-01"), eras=False)
    (arrow,) = ax.findobj(EventArrow)
    assert isinstance(arrow, EventArrow) and arrow.get_marker() == marker
    (bar,) = bars_of(ax)
    assert (bar.get_x(), bar.get_x() + bar.get_width())[edge] == ax.get_xlim()[edge]
    assert "goes on" in legend_words(ax)


def test_events_of_one_day_do_not_hide_one_another() -> None:
    ax = plot_timeline(frame(*["1973-02-10"] * 7))
    drawn(ax)
    found = marks_of(ax)
    assert len(found) == 7 and {tuple(mark.get_xdata()) for mark in found} == {(day("1973-02-10"),)}
    for one, other in combinations(found, 2):
        assert not meet(mark_box(one, 1.0), mark_box(other, 1.0))
    assert_readable(ax, [f"Event {i}" for i in range(1, 8)], 9.0)


def test_marks_of_the_whole_course_do_not_hide_one_another(events: pd.DataFrame) -> None:
    ax = plot_timeline(events)
    drawn(ax)
    for (one, area), (other, beside) in combinations(mark_boxes(ax, 0.75), 2):
        assert not meet(area, beside), (one.event.title, other.event.title)


def test_given_bounds_are_used_and_missing_ones_computed(events: pd.DataFrame) -> None:
    some = events[events["era_id"] == "founding-years"]
    with_bounds = plot_timeline(some)
    without = plot_timeline(some.drop(columns=["earliest", "latest"]))
    assert [mark.get_xydata().tolist() for mark in marks_of(with_bounds)] == [
        mark.get_xydata().tolist() for mark in marks_of(without)
    ]
    narrower = frame("1955", earliest=[pd.Timestamp("1955-03-01")], latest=[pd.Timestamp("1955-03-31")])
    (bar,) = bars_of(plot_timeline(narrower))
    assert (bar.get_x(), bar.get_x() + bar.get_width()) == (day("1955-03-01"), day("1955-04-01"))


def test_the_order_of_the_rows_does_not_matter(events: pd.DataFrame) -> None:
    some = events[events["era_id"] == "two-wars"]
    images = [image_of(plot_timeline(rows)) for rows in (some, some.iloc[::-1])]
    assert images[0] == images[1]


def image_of(ax: plt.Axes) -> bytes:
    stream = io.BytesIO()
    figure_of(ax).savefig(stream, format="png", dpi=100, metadata={"Software": None})
    return stream.getvalue()


def test_a_title_is_drawn_as_it_is_written() -> None:
    (label,) = labels_of(plot_timeline(pd.DataFrame({"date": ["1955"], "title": ["Aid of $5 and $6_m <b>&"]})))
    assert label.get_text() == "1955 Aid of $5 and $6_m <b>&"
    assert not label.get_parse_math()


# --- kinds and effects -------------------------------------------------------------------------


def luminance(colour: object) -> float:
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]  # type: ignore[arg-type]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: object, other: object) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_each_kind_has_a_shape_and_a_colour_of_its_own() -> None:
    kinds = ["treaty", "diplomacy", "security", "conflict", "regime-change", "domestic", "society", "economy"]
    ax = plot_timeline(frame(*[f"195{i}" for i in range(8)], kind=kinds))
    shapes = {mark.event.kind: mark.get_marker() for mark in marks_of(ax)}
    assert set(shapes) == set(kinds) and len(set(shapes.values())) == 8
    colours = {mark.event.kind: mark.get_markerfacecolor() for mark in marks_of(ax)}
    assert len(set(colours.values())) == 8
    for colour in colours.values():
        assert min(contrast(colour, PAPER), contrast(colour, TINT)) >= 3.0


def test_texts_stand_out_from_what_is_behind_them() -> None:
    assert min(contrast(INK, ground) for ground in (PAPER, TINT, RIBBON)) >= 4.5
    assert min(contrast(SOFT_INK, ground) for ground in (PAPER, TINT)) >= 4.5


def test_effects_can_be_told_apart_without_colour() -> None:
    effects = ["cooperative", "conflictual", "neutral", "none"]
    ax = plot_timeline(frame("1951", "1952", "1953", "1954", kind=["treaty"] * 4, effect=effects))
    style = {mark.event.effect: mark for mark in marks_of(ax)}
    filled = {effect: luminance(mark.get_markerfacecolor()) < 0.2 for effect, mark in style.items()}
    assert filled == {"cooperative": True, "conflictual": True, "neutral": False, "none": False}
    assert style["conflictual"].get_path_effects() and not style["cooperative"].get_path_effects()  # the ring
    assert style["none"].get_markersize() < 0.9 * style["neutral"].get_markersize()
    assert luminance(style["neutral"].get_markerfacecolor()) - luminance(style["none"].get_markerfacecolor()) > 0.2


def test_the_legend_shows_what_occurs_and_nothing_else() -> None:
    ax = plot_timeline(frame("1955-02-24", "1956-01-01", kind=["treaty", "economy"], effect=["none", "cooperative"]))
    assert legend_words(ax) == [
        "treaty",
        "economy",
        "cooperative",
        "none",
    ]
    assert legend_words(plot_timeline(frame("1955-02-24"))) == []


def test_the_legend_s_keys_look_like_the_marks() -> None:
    ax = plot_timeline(frame("1955-02-24", kind=["conflict"], effect=["cooperative"]))
    (mark,) = marks_of(ax)
    key = ax.findobj(Legend)[0].legend_handles[0]
    assert (key.get_marker(), key.get_markerfacecolor()) == (mark.get_marker(), mark.get_markerfacecolor())


# --- eras and the axis of time -----------------------------------------------------------------


def bands_of(ax: plt.Axes) -> dict[str, EraBand]:
    return {band.era.era_id: band for band in ax.findobj(EraBand) if isinstance(band, EraBand)}


def test_era_bands_cover_their_days_and_bear_their_names(events: pd.DataFrame) -> None:
    ax = plot_timeline(events)
    bands = bands_of(ax)
    assert list(bands) == ERAS
    band = bands["baghdad-pact"]
    assert (band.get_x(), band.get_x() + band.get_width()) == (day("1955-01-01"), day("1968-01-01"))
    names = names_of(ax)
    assert names["baghdad-pact"].get_text() == "The Baghdad Pact"
    drawn(ax)
    for era_id, name in names.items():  # each name inside its own band
        edges = bands[era_id].get_window_extent()
        assert edges.x0 <= box(name).x0 and box(name).x1 <= edges.x1


def names_of(ax: plt.Axes) -> dict[str, EraName]:
    return {name.era.era_id: name for name in ax.findobj(EraName) if isinstance(name, EraName)}


def test_bands_end_before_labels_that_stand_in_columns(events: pd.DataFrame) -> None:
    """In columns a label is not over its own days: it must not seem to belong to the era behind it."""
    ax = plot_timeline(events)
    bands = [band for band in ax.findobj(EraBand) if isinstance(band, EraBand)]
    assert len({(band.get_y(), band.get_height()) for band in bands}) == 1
    low, high = bands[0].get_y(), bands[0].get_y() + bands[0].get_height()
    labels, glyph_ys = [label.get_position()[1] for label in labels_of(ax)], [mark.get_ydata()[0] for mark in marks_of(ax)]
    assert max(y for y in labels if y < 0) < low < min(glyph_ys)
    assert max(glyph_ys) < high < min(y for y in labels if y > 0)


def test_an_era_too_narrow_for_its_name_has_its_number_and_a_key(twelve: pd.DataFrame) -> None:
    """A name beside its band would stand over another; a number alone nobody could understand."""
    ax = plot_timeline(twelve)
    drawn(ax)
    found = {name.era.number: " ".join(name.get_text().split()) for name in names_of(ax).values()}
    assert list(found.values())[:6] == load("eras")["title"].tolist()[:6]
    assert (found[7], found[8], found[9]) == ("7", "8", "9")
    key = "Eras: 7\u00a0The back channel, 8\u00a0The new chapter, 9\u00a0Since the article."
    assert [text.get_text() for text in ax.findobj(EraKey)] == [key]
    assert "no room" not in describe(ax)


def test_a_wide_era_keeps_its_name_beside_one_too_narrow() -> None:
    names = names_of(plot_timeline(frame("2013-12", "2018-02"), eras=True))
    assert (names["back-channel"].get_text(), names["new-chapter"].get_text()) == ("The back channel", "8")


@pytest.fixture(scope="module")
def twelve(events: pd.DataFrame) -> pd.DataFrame:
    """Twelve events, from the first to the last."""
    return events.iloc[:: len(events) // 12].head(12)


@pytest.mark.parametrize("language", ["en", "ur", "ar"])
@pytest.mark.parametrize(
    "more", [{}, {"medium": "slide"}, {"medium": "phone"}, {"lanes": "kind"}, {"medium": "phone", "many": 26}]
)
def test_no_era_is_without_a_name_and_none_leaves_its_band(
    twelve: pd.DataFrame, language: str, more: dict[str, Any]
) -> None:
    table = pd.concat([twelve] * more.get("many", 1))
    with speaking(language):
        ax = plot_timeline(table, **{name: value for name, value in more.items() if name != "many"})
    drawn(ax)
    names, bands = names_of(ax), bands_of(ax)
    assert names.keys() == bands.keys() and len(bands) == 9
    key = " ".join(text.get_text() for text in ax.findobj(EraKey))
    for era_id, name in names.items():
        edges = bands[era_id].get_window_extent()
        assert edges.x0 - 0.5 <= box(name).x0 and box(name).x1 <= edges.x1 + 0.5
        title, shown = name.era.title, " ".join(name.get_text().split())
        assert shown == title or (shown.isdigit() and " ".join(f"{shown} {title}".split()) in " ".join(key.split()))
    assert overlaps(ax) == [] and clipped(ax) == []


def test_only_eras_that_the_figure_meets_are_drawn() -> None:
    assert list(bands_of(plot_timeline(frame("1956", "1960"), eras=True))) == ["baghdad-pact"]
    assert bands_of(plot_timeline(frame("1956", "1960"))) == {}
    assert list(bands_of(plot_timeline(frame("1965", "1970", era_id=["", ""])))) == ["baghdad-pact", "rupture-of-1973"]


def test_a_bar_that_outlasts_a_single_era_is_cut_at_its_end_with_an_arrow() -> None:
    ax = plot_timeline(frame("1979-02-11", "1990-08-06/2003-05-22"), eras=True)
    assert ax.get_xlim()[1] < day("1992-01-01")
    assert len(ax.findobj(EventArrow)) == 1
    whole = plot_timeline(frame("1979-02-11", "1990-08-06/2003-05-22"), eras=False)
    assert whole.get_xlim()[1] >= day("2003-05-22") and whole.findobj(EventArrow) == []


@pytest.mark.parametrize(
    ("ticks", "expected"),
    [
        (["1950-01-01", "1960-01-01"], ["1950", "1960"]),
        (["1954-10-01", "1955-01-01", "1955-04-01"], ["Oct 1954", "Jan 1955", "Apr"]),
        (["2020-12-20", "2021-01-01", "2021-01-11"], ["20 Dec 2020", "1 Jan 2021", "11 Jan"]),
    ],
)
def test_ticks_say_years_months_or_days(ticks: list[str], expected: list[str]) -> None:
    assert TimeFormatter().format_ticks([day(tick) for tick in ticks]) == expected


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("1947", "2026"),
        ("1950", "1958"),
        ("1954-01-05", "1955-03-01"),
        ("2021-01-24", "2021-03-13"),
        ("2021-03-01", "2021-03-02"),
    ],
)
def test_the_axis_has_some_ticks_at_every_zoom_and_the_year_is_legible(first: str, last: str) -> None:
    ax = plot_timeline(frame(first, last))
    drawn(ax)
    shown = [text.get_text() for text in ax.get_xticklabels()]
    assert 3 <= len(shown) <= 24
    assert any(part.isdigit() and len(part) == 4 for part in shown[0].split())
    assert overlaps(ax) == []


# --- odd cases ---------------------------------------------------------------------------------


def test_an_empty_table_gives_polite_axes() -> None:
    ax = plot_timeline(frame(), title="Nothing")
    assert [text.get_text() for text in ax.texts] == ["No events to show."]
    assert marks_of(ax) == []


def test_one_row_and_two_on_a_day() -> None:
    assert_readable(plot_timeline(frame("1955-02-24")), ["Event 1"], 9.0)
    assert_readable(plot_timeline(frame("1973-02-10", "1973-02-10")), ["Event 1", "Event 2"], 9.0)


def test_five_thousand_rows_are_counted_and_none_is_lost() -> None:
    days = pd.date_range("1947-01-01", periods=5000, freq="5D").strftime("%Y-%m-%d")
    started = time.perf_counter()
    ax = plot_timeline(pd.DataFrame({"date": days, "title": "Something happens", "kind": ["society", "treaty"] * 2500}))
    drawn(ax)
    assert time.perf_counter() - started < 20
    bins = bins_of(ax)
    assert marks_of(ax) == [] and {found.row for found in bins} == {"society", "treaty"}
    counted = [event for found in bins for event in found.events]
    assert len(counted) == len(set(counted)) == 5000
    for found in bins:
        assert all(found.ends[0] <= event.date <= found.ends[1] for event in found.events)
        assert found.get_height() / bins[0].get_height() == pytest.approx(len(found.events) / len(bins[0].events), abs=0.02)
    assert overlaps(ax) == [] and clipped(ax) == []


def bins_of(ax: plt.Axes) -> list[EventBin]:
    return [found for found in ax.findobj(EventBin) if isinstance(found, EventBin)]


@pytest.mark.parametrize(
    ("low", "high", "first", "second", "count"),
    [
        ("1947-01-01", "2026-01-01", "1946-01-01", "1948-01-01", 41),
        ("2000-05-05", "2003-01-01", "2000-05-01", "2000-06-01", 33),
        ("2000-05-05", "2000-05-20", "2000-05-05", "2000-05-06", 16),
        ("0001-01-01", "2026-01-01", "0001-01-01", "0050-01-01", 41),
    ],
)
def test_bins_are_days_months_or_round_years(low: str, high: str, first: str, second: str, count: int) -> None:
    found = [edge.isoformat() for edge in bin_days(day_number(low), day_number(high), 45)]
    assert (found[0], found[1], len(found) - 1) == (first, second, count)
    assert found[0] <= low and high < found[-1]


def day_number(text: str) -> float:
    return float(date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal())


def test_titles_that_do_not_fit_become_numbers_in_the_order_of_the_words(events: pd.DataFrame) -> None:
    some = events[events["era_id"] == "two-wars"]
    figure, ax = plt.subplots(figsize=(7, 4))
    assert plot_timeline(some, ax=ax) is ax
    assert sorted(int(label.get_text()) for label in labels_of(ax)) == list(range(1, len(some) + 1))
    drawn(ax)
    assert overlaps(ax) == []
    words = describe(ax, detail="full")
    assert "The marks carry numbers" in words
    assert "Numbers stand for the titles" in " ".join(" ".join(text.get_text() for text in texts_of(ax)).split())
    for label in labels_of(ax):
        assert f"- no. {label.get_text()}, " in words
        assert label.event.title in next(line for line in words.splitlines() if f"no. {label.get_text()}, " in line)
    assert figure.get_size_inches().tolist() == [7, 4]


def test_where_not_even_numbers_fit_the_events_are_counted(events: pd.DataFrame) -> None:
    figure, ax = plt.subplots(figsize=(2.5, 1.6))
    plot_timeline(events, ax=ax)
    drawn(ax)
    assert labels_of(ax) == [] and marks_of(ax) == []
    assert len({event for found in bins_of(ax) for event in found.events}) == len(events)
    assert "bars count them" in describe(figure) and overlaps(ax) == [] and clipped(ax) == []


def test_labels_can_be_left_out() -> None:
    ax = plot_timeline(frame("1955", "1956"), labels=False)
    assert labels_of(ax) == [] and leaders_of(ax) == [] and len(marks_of(ax)) == 2


def test_marks_that_find_no_room_move_together_and_stay_off_the_legend(events: pd.DataFrame) -> None:
    _, ax = plt.subplots(figsize=(8, 2.4))
    plot_timeline(events, ax=ax, labels=False)
    drawn(ax)
    words = [text for legend in ax.findobj(Legend) for text in legend.get_texts()]
    marks = [area for _, area in mark_boxes(ax)]
    assert words and marks and not any(meet(area, mark) for area in map(box, words) for mark in marks)
    assert ax.get_ylim()[1] - ax.get_ylim()[0] == pytest.approx(ax.bbox.height * 72 / DPI)  # still one unit a point


def test_a_figure_is_as_high_as_its_content_needs(events: pd.DataFrame) -> None:
    heights = [figure_of(plot_timeline(events[events["era_id"] == era])).get_figheight() for era in ERAS]
    assert figure_of(plot_timeline(frame("1955-02-24"))).get_figheight() <= min(heights) < 3
    assert len(set(heights)) > 6 and max(heights) <= 5.6 + 3.5


def test_a_figure_with_a_layout_engine_is_measured_after_it_has_worked(events: pd.DataFrame) -> None:
    _, (above, below) = plt.subplots(2, 1, figsize=(10, 11), layout="constrained")
    above.set_title("A title\nof three\nlines", fontsize=30)
    some = events[events["era_id"] == "since-the-article"]
    plot_timeline(some, ax=below)
    assert_readable(below, some["title"].tolist(), 8.0)
    assert below.get_ylim()[1] - below.get_ylim()[0] == pytest.approx(below.bbox.height * 72 / DPI, rel=0.005)


def test_given_axes_are_used_and_their_neighbours_left_alone(events: pd.DataFrame) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(16, 6), layout="constrained")
    some = events[events["era_id"] == "new-chapter"]
    assert plot_timeline(some, ax=right, title="Right") is right
    assert_readable(right, some["title"].tolist(), 8.0)
    assert right.get_title(loc="left") == "Right" or right.get_title() == "Right"
    assert left.get_children() and marks_of(left) == []
    assert len(figure.axes) == 2


@pytest.mark.parametrize("lanes", [None, "kind"])
def test_what_is_not_one_pair_of_axes_is_refused(events: pd.DataFrame, lanes: str | None) -> None:
    figure, both = plt.subplots(1, 2)
    for other in (both, figure, 3, "right"):
        for rows in (events.head(5), events.head(0)):
            with pytest.raises(TypeError, match="ax must be one pair of axes"):
                plot_timeline(rows, ax=other, lanes=lanes)


def test_the_style_is_not_left_behind(events: pd.DataFrame) -> None:
    with mpl.rc_context():
        mpl.rcdefaults()
        before = dict(mpl.rcParams)
        plot_timeline(events.head(5))
        assert dict(mpl.rcParams) == before


def test_the_figure_has_the_course_s_paper(events: pd.DataFrame) -> None:
    ax = plot_timeline(events.head(5))
    assert to_rgb(figure_of(ax).get_facecolor()) == to_rgb(PAPER)
    assert figure_of(ax).get_facecolor()[3] == 1.0
    assert to_rgb(ax.get_facecolor()) == to_rgb(PAPER)


def test_the_table_is_left_as_it_was(events: pd.DataFrame) -> None:
    before = events.copy(deep=True)
    plot_timeline(events)
    pd.testing.assert_frame_equal(events, before)


# --- picked out, and in lanes ------------------------------------------------------------------


def test_a_mask_picks_out_events_and_greys_the_rest(events: pd.DataFrame) -> None:
    some = events[events["era_id"] == "two-wars"]
    ax = plot_timeline(some, highlight=some["kind"] == "security")
    picked = some.loc[some["kind"] == "security", "title"].tolist()
    assert_readable(ax, picked, 9.0)
    for mark in marks_of(ax):
        colour = mark.get_markeredgecolor()
        assert colour == (glyphs.colour_of(mark.event.kind) if mark.event.title in picked else MUTED)
    assert len(marks_of(ax)) == len(some)
    assert "not picked out" in legend_words(ax)


def test_ids_and_masks_of_all_kinds_pick_out_the_same(events: pd.DataFrame) -> None:
    some = events[events["era_id"] == "two-wars"]
    mask = events["kind"] == "security"  # of the whole table: the rows drawn are looked up
    ids = some.loc[some["kind"] == "security", "event_id"]
    ways = [mask, mask[some.index].tolist(), mask[some.index].to_numpy(), ids, list(ids), set(ids)]
    found = [
        {mark.event.title for mark in marks_of(plot_timeline(some, highlight=way)) if not mark.event.muted} for way in ways
    ]
    assert len(found[0]) == len(ids) and all(titles == found[0] for titles in found)
    one = plot_timeline(some, highlight=ids.iloc[0])
    assert [mark.event.event_id for mark in marks_of(one) if not mark.event.muted] == [ids.iloc[0]]


def test_a_highlight_that_does_not_belong_to_the_table_is_refused(events: pd.DataFrame) -> None:
    some = events.head(5)
    with pytest.raises(ValueError, match="highlight names 'nothing'"):
        plot_timeline(some, highlight=["nothing"])
    with pytest.raises(ValueError, match="2 values for 5 rows"):
        plot_timeline(some, highlight=[True, False])
    with pytest.raises(ValueError, match="mask of other rows"):
        plot_timeline(some, highlight=events.tail(5)["kind"] == "treaty")


def lane_edges(ax: plt.Axes) -> dict[str, tuple[float, float]]:
    """Lowest and highest mark of each lane."""
    lanes: dict[str, list[float]] = {}
    for mark in marks_of(ax):
        lanes.setdefault(mark.lane, []).append(mark.get_ydata()[0])
    return {name: (min(ys), max(ys)) for name, ys in lanes.items()}


@pytest.mark.parametrize("lanes", ["kind", "era"])
def test_each_value_has_a_lane_with_its_name_at_the_left(events: pd.DataFrame, lanes: str) -> None:
    some = events.iloc[::5]
    ax = plot_timeline(some, lanes=lanes)  # type: ignore[arg-type]
    titles = load("eras").set_index("era_id")["title"]
    expected = some["kind"] if lanes == "kind" else some["era_id"].map(titles)
    of_title = dict(zip(some["title"], expected, strict=True))
    assert all(mark.lane == of_title[mark.event.title] for mark in marks_of(ax)) and len(marks_of(ax)) == len(some)
    assert_readable(ax, some["title"].tolist(), 8.0)
    edges = lane_edges(ax)
    shown = {" ".join(label.get_text().split()): label for label in ax.get_yticklabels()}
    assert set(shown) == set(edges)
    for one, other in combinations(edges.values(), 2):  # lanes don't mix
        assert one[1] < other[0] or other[1] < one[0]
    order = list(glyphs.KINDS) if lanes == "kind" else titles.tolist()
    assert list(shown) == [name for name in order if name in edges]
    for name, label in shown.items():
        assert box(label).x1 <= ax.bbox.x0 and label.get_position()[1] > edges[name][0] - 10


def test_an_event_stands_in_the_lane_of_each_of_its_actors(events: pd.DataFrame) -> None:
    some = events[events["era_id"] == "rupture-of-1973"]
    ax = plot_timeline(some, lanes="actor", actors=["Iran", "Iraq"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Iran", "Iraq", "others"]
    for title, names in zip(some["title"], some["actors"].str.split("; "), strict=True):
        there = {mark.lane for mark in marks_of(ax) if mark.event.title == title}
        assert there == ({"Iran", "Iraq"} & set(names) or {"others"})
    counted = some["actors"].str.split("; ").explode().value_counts()
    default = [label.get_text() for label in plot_timeline(some, lanes="actor").get_yticklabels()]
    assert [" ".join(name.split()) for name in default[:2]] == counted.index[:2].tolist() and len(default) <= 7


def test_lanes_without_room_for_titles_keep_all_marks(events: pd.DataFrame) -> None:
    ax = plot_timeline(events, lanes="actor")
    drawn(ax)
    assert labels_of(ax) == [] and {mark.event.row for mark in marks_of(ax)} == set(range(len(events)))
    assert "No room for titles" in " ".join(text.get_text() for text in texts_of(ax))
    assert "No room" not in " ".join(text.get_text() for text in texts_of(plot_timeline(events.head(9), labels=False)))
    assert "The marks carry no titles." in describe(ax) and overlaps(ax) == [] and clipped(ax) == []


def test_wrong_lanes_are_refused(events: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"lanes is 'place'.*actor, kind, era"):
        plot_timeline(events, lanes="place")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"No event has the actor 'Atlantis'.*Pakistan"):
        plot_timeline(events, lanes="actor", actors=["Atlantis"])
    with pytest.raises(ValueError, match="column 'actors'"):
        plot_timeline(frame("1955"), lanes="actor")


# --- bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["date", "title"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(ValueError, match=f"no column '{column}'.*this table has: "):
        plot_timeline(frame("1955").drop(columns=column))


@pytest.mark.parametrize("given", ["some day", "1955-02-29", "1960/1950", "", None, -1955])
def test_a_bad_date_is_refused_with_row_value_and_rule(given: object) -> None:
    rows = pd.DataFrame({"date": ["1954", given], "title": ["Good", "Bad one"]}, index=[3, 8], dtype="object")
    with pytest.raises(ValueError) as problem:
        plot_timeline(rows)
    message = str(problem.value)
    assert "Row 8 (Bad one)" in message and repr(given) in message
    assert "Allowed" in message or "years run from 1 to 9999" in message


def test_bounds_in_the_wrong_order_are_refused() -> None:
    rows = frame("1955", earliest=[pd.Timestamp("1955-06-01")], latest=[pd.Timestamp("1955-05-01")])
    with pytest.raises(ValueError, match=r"Row 0 \(Event 1\).*1955-05-01.*before it starts.*1955-06-01"):
        plot_timeline(rows)


@pytest.mark.parametrize(("column", "value"), [("kind", "party"), ("effect", "good")])
def test_an_unknown_kind_or_effect_is_refused(column: str, value: str) -> None:
    allowed = "treaty, diplomacy" if column == "kind" else ", ".join(glyphs.EFFECTS)
    with pytest.raises(ValueError, match=rf"Row 0 \(Event 1\).*{column} '{value}'.*{allowed}"):
        plot_timeline(frame("1955", **{column: [value]}))


@pytest.mark.parametrize("title", ["", None, float("nan")])
def test_a_row_without_a_title_is_refused(title: object) -> None:
    with pytest.raises(ValueError, match=r"Row 0 .*title"):
        plot_timeline(pd.DataFrame({"date": ["1955"], "title": [title]}))


def test_something_else_than_a_table_is_refused() -> None:
    with pytest.raises(TypeError, match="list"):
        plot_timeline(["1955"])  # type: ignore[arg-type]


def test_missing_kinds_and_effects_are_drawn_all_the_same() -> None:
    ax = plot_timeline(frame("1955", "1956", kind=["treaty", None], effect=[None, "neutral"]))
    assert [mark.event.kind for mark in marks_of(ax)] == ["treaty", ""]


def test_gaps_in_a_mask_count_as_false(events: pd.DataFrame) -> None:
    some = events.head(30)
    wanted = set(some.loc[(some["paragraph"] >= 1).fillna(False), "title"])
    assert 0 < len(wanted) < 30
    for mask in (some["paragraph"] >= 1, (some["paragraph"] >= 1).astype(object).where(some["paragraph"].notna(), None)):
        marked = {mark.event.title for mark in marks_of(plot_timeline(some, highlight=mask)) if not mark.event.muted}
        assert marked == wanted


def test_a_mask_fits_its_table_even_if_an_index_has_a_value_twice(events: pd.DataFrame) -> None:
    twice = pd.concat([events.head(5), events.head(10).tail(5).set_axis(range(5))])
    ax = plot_timeline(twice, highlight=twice["kind"] == "treaty")
    assert sum(not mark.event.muted for mark in marks_of(ax)) == (twice["kind"] == "treaty").sum()


def test_ids_may_be_numbers() -> None:
    ax = plot_timeline(frame("1955", "1956", event_id=[1, 2]), highlight=[2])
    assert [mark.event.muted for mark in marks_of(ax)] == [True, False]


def test_three_hundred_events_are_drawn_and_one_more_is_counted() -> None:
    table = pd.DataFrame({"date": [str(1700 + k) for k in range(301)], "title": "x"})
    drawn_all, counted = plot_timeline(table.head(300), labels=False), plot_timeline(table, labels=False)
    assert len(marks_of(drawn_all)) == 300 and drawn_all.findobj(EventBin) == []
    assert marks_of(counted) == [] and counted.findobj(EventBin) != []


def test_rows_of_counts_are_high_enough_to_read_or_become_one() -> None:
    """In axes of a student, the least distance of two rows is 24 points: a bar of some height, and its number."""
    table = pd.DataFrame(
        {"date": ["1955", "1965", "1975"] * 107, "title": "x", "kind": ["treaty", "conflict", "society"] * 107}
    )
    steps = []
    for tenths in range(10, 30, 2):
        ax = plt.figure(figsize=(8, tenths / 10)).add_axes((0.3, 0.05, 0.65, 0.9))
        ticks = plot_timeline(table, ax=ax).get_yticks()
        assert len(ticks) in (0, 3)
        steps += [abs(ticks[0] - ticks[1])] if len(ticks) else []
    assert 0 < len(steps) < 10
    assert 24 <= min(steps) < 24 + 0.2 * 72 * 0.9 / 3


def test_counts_show_what_is_picked_out(events: pd.DataFrame) -> None:
    many = pd.concat([events] * 3, ignore_index=True)
    ax = plot_timeline(many, highlight=many["kind"] == "treaty", lanes="era")
    picked = int((many["kind"] == "treaty").sum())
    assert f"{picked} of {len(many)} events are picked out: the darker part of each bar" in describe(ax)
    assert "darker part" in " ".join(text.get_text() for text in ax.texts).replace("\n", " ")
    assert "picked out" not in describe(plot_timeline(many))


def test_a_date_that_was_changed_alone_is_refused(events: pd.DataFrame) -> None:
    row = events[events["date"].str.len() == 10].head(1).assign(date="1966-02-24")
    with pytest.raises(ValueError, match=r"Row .*1966-02-24 can't lie between .*leave out the columns"):
        plot_timeline(row)


def test_money_in_a_title_is_no_formula() -> None:
    ax = plot_timeline(frame("1955"), title="From $5 to $10")
    assert ax.get_title(loc="left") == "From $5 to $10"
    assert not any(title.get_parse_math() for title in ax.findobj(plt.Text) if title.get_text() == "From $5 to $10")


def test_a_title_is_one_line_of_the_words() -> None:
    assert "- 1955: One title" in describe(plot_timeline(frame("1955", "1956").assign(title=["One\n\ttitle", "B"])), "full")


def test_a_week_is_shown_in_days() -> None:
    ax = plot_timeline(frame("1990-08-02", "1990-08-05", "1990-08-08"))
    low, high = ax.get_xlim()
    assert high - low < 20


# --- the key explains what can be seen ---------------------------------------------------------


def key_words(ax: plt.Axes) -> set[str]:
    return {text.get_text() for legend in ax.findobj(Legend) if isinstance(legend, Legend) for text in legend.get_texts()}


@pytest.mark.parametrize(
    ("dates", "seen"),
    [
        (["1955-02"], {"some day in this time"}),  # alone, a month is wide
        (["1955-02", "2003-03-25"], set()),  # on a scale of fifty years it lies behind its mark
        (["1955", "2003-03-25"], {"some day in this time"}),
        (["1955-02-24/1955-02-27", "2003-03-25"], set()),
        (["1955-02/1958-03", "2003-03-25"], {"lasted"}),
        (["1955-02/..", "2003-03-25"], {"lasted", "goes on"}),
        (["1955-02~", "2003-03-25"], {"~ about"}),
    ],
)
@pytest.mark.parametrize("lanes", [None, "actor"])
def test_the_key_lists_only_bars_that_can_be_seen(dates: list[str], seen: set[str], lanes: Any) -> None:
    rows = frame(*dates, actors=["A"] * len(dates))
    assert key_words(plot_timeline(rows, lanes=lanes)) == seen


def test_the_keys_of_effects_borrow_no_kind() -> None:
    for kinds in (["conflict", "treaty"], ["conflict", "diplomacy"], ["", ""]):
        ax = plot_timeline(frame("1955", "1958", kind=kinds, effect=["cooperative", "neutral"]))
        legends = [legend for legend in ax.findobj(Legend) if isinstance(legend, Legend)]
        keys = next(legend for legend in legends if "neutral" in {text.get_text() for text in legend.get_texts()})
        assert {handle.get_marker() for handle in keys.legend_handles} == {glyphs.UNKNOWN[0]}  # type: ignore[union-attr]
        assert {handle.get_markeredgecolor() for handle in keys.legend_handles} == {glyphs.UNKNOWN[1]}  # type: ignore[union-attr]


def test_a_legend_that_fits_stands_in_one_line() -> None:
    ax = plot_timeline(frame("1955", "1958", kind=["treaty", "conflict"], effect=["cooperative", "neutral"]))
    drawn(ax)
    legends = [legend for legend in ax.findobj(Legend) if isinstance(legend, Legend)]
    assert len(legends) == 3 and len({round(box(legend.get_texts()[0]).y0) for legend in legends}) == 1


# --- above and below, and where a figure is met ------------------------------------------------------


def test_sides_tell_the_effect_where_they_are_asked_to(events: pd.DataFrame) -> None:
    for era in ("baghdad-pact", "two-wars", "new-chapter"):
        some = events[events["era_id"] == era]
        ax = plot_timeline(some, sides="effect")
        assert_readable(ax, some["title"].tolist(), 9.0)
        y = {mark.event: height_of(mark) for mark in marks_of(ax)}
        for event, height in y.items():
            assert event.effect != "cooperative" or height > 0
            assert event.effect != "conflictual" or height < 0
        assert "not friendship" in describe(ax) and "not friendship" not in describe(plot_timeline(some))
        for up in (1, -1):  # what has no side stands further in
            within = [h * up for event, h in y.items() if event.effect in ("neutral", "none") and h * up > 0]
            beyond = [h * up for event, h in y.items() if event.effect not in ("neutral", "none") and h * up > 0]
            assert not within or not beyond or max(within) < min(beyond)


def test_what_is_muted_lies_between_the_ribbon_and_what_is_picked_out(events: pd.DataFrame) -> None:
    some = events[events["earliest"] <= "2021-03-13"]
    ax = plot_timeline(some, highlight=some["paragraph"].notna())
    heights = {mark.event: height_of(mark) for mark in marks_of(ax)}
    for up in (1, -1):
        grey = [height * up for event, height in heights.items() if event.muted and height * up > 0]
        named = [height * up for event, height in heights.items() if not event.muted and height * up > 0]
        assert max(grey) < min(named)


@pytest.mark.parametrize("medium", ["page", "slide", "phone", "poster"])
@pytest.mark.parametrize("era", ["back-channel", "two-wars", ""])
def test_every_medium_is_readable(events: pd.DataFrame, medium: Any, era: str) -> None:
    some = events[events["era_id"] == era] if era else events
    ax = plot_timeline(some, medium=medium, title="A title of some length, for every medium", highlight=some["kind"] != "x")
    drawn(ax)
    width, height = figure_of(ax).get_size_inches()
    assert overlaps(ax) == [] and clipped(ax) == []
    least = min(text.get_fontsize() for text in texts_of(ax))
    if medium == "slide":
        assert least >= 0.03 * height * 72
        assert (width, height) == pytest.approx((MEDIA["slide"].width, MEDIA["slide"].height), rel=0.01)
    assert medium != "phone" or width == 3.9
    assert medium != "poster" or width / height == pytest.approx(2**0.5, rel=0.01)
    titled = [label for label in labels_of(ax) if not label.get_text().isdigit()]
    assert era != "back-channel" or sorted(map(title_of, titled)) == sorted(some["title"])


def test_a_medium_that_is_not_known_or_not_free_is_refused() -> None:
    with pytest.raises(ValueError, match="medium is 'wall'.*page, slide, phone, poster"):
        plot_timeline(frame("1955"), medium="wall")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="ax has one already"):
        plot_timeline(frame("1955"), medium="slide", ax=plt.figure().add_subplot())
    with pytest.raises(ValueError, match="sides is 'good'"):
        plot_timeline(frame("1955"), sides="good")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="leave out sides= or lanes="):
        plot_timeline(frame("1955"), sides="effect", lanes="kind")


# Breaks


CLUSTERS = [f"1950-03-{k:02}" for k in range(1, 13)] + [f"2010-05-{k:02}" for k in range(1, 13)]


@pytest.mark.parametrize(
    ("dates", "left_out"),
    [
        (["1947", "2026"], ["April 1948 to September 2025"]),
        (CLUSTERS, ["March 1950 to April 2010"]),
        (["1950-01-01", "1950-12-31"], ["9 January 1950 to 24 December 1950"]),
        (["0001", "1955", "9998"], ["May 2249 to August 9704"]),
        (["1950", "1960/1990", "1991"], []),  # it lasted: nothing is empty
        (["1950/1990", "1955", "1991"], []),  # it lasted, whatever began later and was short
        (["1950/..", "2020"], []),  # it may last still
        (["1950", "1960", "1970", "1980", "1990", "2000"], []),  # no stretch is a fifth of all
        (["1950-01-01", "1950-01-20"], []),  # too short to be worth a break
        (["1955"], []),
        ([], []),
    ],
    ids=str,
)
def test_breaks_leave_out_long_empty_stretches_and_the_words_say_which(dates: list[str], left_out: list[str]) -> None:
    ax = plot_timeline(frame(*dates), breaks=True)
    drawn(ax)
    said = [stretch for stretch in left_out if stretch in describe(ax)]
    assert said == left_out and len(ax.findobj(TimeBreak)) == len(left_out)
    assert ("two slashes" in describe(ax)) == bool(left_out)
    assert overlaps(ax) == [] and clipped(ax) == []


@given(years=st.lists(st.integers(1, 9998), min_size=2, max_size=8, unique=True))
@example(years=[1, 9998])
@example(years=[9997, 9998])
@settings(max_examples=8, deadline=None)
def test_with_breaks_later_is_further_right_and_ticks_stand_where_time_is_shown(years: list[int]) -> None:
    ax = plot_timeline(frame(*(f"{year:04d}-01-01" for year in years)), breaks=True)
    ticks, (low, high) = list(ax.get_xticks()), ax.get_xlim()
    breaks = sorted(part.ends for part in ax.findobj(TimeBreak) if isinstance(part, TimeBreak))
    ends = [low, *(end for ends in breaks for end in ends), high]
    stretches = list(zip(ends[::2], ends[1::2], strict=True))
    assert all(any(start <= tick <= end for start, end in stretches) for tick in ticks)
    assert all(any(start <= tick <= end for tick in ticks) for start, end in stretches)
    days = sorted({*ticks, *ends, *(float(mark.get_xdata()[0]) for mark in marks_of(ax))})  # type: ignore[index]
    places = ax.transData.transform([(day, 0) for day in days])
    assert (np.diff(places[:, 0]) > 0).all()
    assert ax.transData.inverted().transform(places)[:, 0] == pytest.approx(days, abs=1.0)
    close_all()


def test_breaks_are_asked_for_and_hold_in_lanes_and_beside_eras(events: pd.DataFrame) -> None:
    egypt = events[events["actors"].str.contains("Egypt")]
    assert not plot_timeline(egypt).findobj(TimeBreak)
    for more in ({}, {"lanes": "kind"}, {"medium": "slide"}):
        ax = plot_timeline(egypt, breaks=True, **more)
        drawn(ax)
        assert ax.findobj(TimeBreak) and overlaps(ax) == [] and clipped(ax) == []
        names = [name for name in ax.findobj(EraName) if isinstance(name, EraName)]
        bands = {band.era: band.get_window_extent() for band in ax.findobj(EraBand) if isinstance(band, EraBand)}
        assert names and all(bands[name.era].x0 < box(name).x0 and box(name).x1 < bands[name.era].x1 for name in names)


# Slides


def test_on_a_slide_titles_go_before_the_name_of_the_only_era(events: pd.DataFrame) -> None:
    era = events[events["era_id"] == "rupture-of-1973"]
    links = load("claim_events")
    behind = links[links["claim_id"].isin(["3f", "3g", "3h", "3i"])]["event_id"]
    ax = plot_timeline(era, highlight=era["event_id"].isin(behind), title="Title", medium="slide")
    drawn(ax)
    assert sorted(map(title_of, labels_of(ax))) == sorted(era[era["event_id"].isin(behind)]["title"])
    assert overlaps(ax) == [] and clipped(ax) == []
    assert "no room: The rupture of 1973" in describe(ax)


def test_on_a_slide_many_events_have_marks_and_not_bars(events: pd.DataFrame) -> None:
    before = events[events["earliest"] <= "2021-03-13"].iloc[::2]
    ax = plot_timeline(before, title="Title", medium="slide")
    drawn(ax)
    assert len(marks_of(ax)) == len(before) > 60 and not ax.findobj(EventBin)
    assert "carry no titles" in describe(ax) and "No room for titles" in str([text.get_text() for text in texts_of(ax)])
    crowd = before.assign(date="2003-03-20", earliest=None, latest=None)
    assert plot_timeline(crowd, title="Title", medium="slide").findobj(EventBin)  # they would hide one another


def test_a_kind_that_has_a_lane_has_no_key(events: pd.DataFrame) -> None:
    since = events[events["era_id"] == "since-the-article"].head(5)
    for lanes, there in (("kind", False), ("actor", True)):
        ax = plot_timeline(since, lanes=lanes)
        assert ("Kind" in [text.get_text() for text in ax.texts]) == there


def test_panels_of_one_table_have_one_scale_of_time_in_whatever_look_each_finds_room() -> None:
    events = frame("2015", "2016-01", "2016-04", "2017", "2018~", "2020")
    _, axes = plt.subplots(2, 1, figsize=(6, 4), gridspec_kw={"height_ratios": [2, 3]})
    for ax, picked in zip(axes, (6, 1), strict=True):
        plot_timeline(events, ax=ax, highlight=[k < picked for k in range(6)])
    assert len({max(mark.get_markersize() for mark in marks_of(ax)) for ax in axes}) == 2  # two looks
    assert axes[0].get_xlim() == axes[1].get_xlim()


def test_on_a_slide_numbers_go_before_the_names_of_eras(events: pd.DataFrame) -> None:
    """A room sees which of the coloured marks is which: what the numbers stand for follows on the next slide."""
    before = events[events["earliest"] <= "2021-03-13"]
    ax = plot_timeline(before, highlight=before["paragraph"].notna(), title="Title", medium="slide")
    drawn(ax)
    rows = [mark.event.row + 1 for mark in marks_of(ax) if not mark.event.muted]
    assert sorted(int(label.get_text()) for label in labels_of(ax)) == sorted(rows) and len(rows) > 20
    assert overlaps(ax) == [] and clipped(ax) == []
    assert names_of(ax) == {} and "no room: Founding years" in describe(ax)


def test_fifty_titles_stand_near_their_marks_where_that_takes_no_more_height(events: pd.DataFrame) -> None:
    """In columns the leaders of these were a quarter of the width, in a figure a tenth higher."""
    ax = plot_timeline(events[events["kind"] == "diplomacy"].head(53))
    drawn(ax)
    assert len(labels_of(ax)) == 53 and median_leader(ax) < 0.22 and figure_of(ax).get_figheight() < 9
    assert all(len({day for day, _ in leader.points[-2:]}) == 1 for leader in leaders_of(ax))  # straight up or down
    assert overlaps(ax) == [] and clipped(ax) == []


def test_parts_of_one_look_can_be_changed_one_by_one() -> None:
    ax = plot_timeline(frame("2015", "2016", "2017", "2018", "2019"))
    label, *labels = labels_of(ax)
    mark, *marks = marks_of(ax)
    label.set_fontsize(20)
    label.set_color("red")
    mark.set_markersize(30)
    mark.set_marker("o")
    assert {other.get_fontsize() for other in labels} == {9.0} and {other.get_color() for other in labels} == {INK}
    assert len({other.get_markersize() for other in marks}) == 1 and {other.get_marker() for other in marks} == {"h"}


def test_many_titles_scattered_among_grey_marks_stand_in_columns(
    events: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    monkeypatch.setattr(placement, "flags", lambda labels, **room: tried.append(len(labels)) or flags(labels, **room))
    scattered = np.zeros(len(events), dtype=bool)
    scattered[np.linspace(0, len(events) - 1, 49).astype(int)] = True
    ax = plot_timeline(events, highlight=scattered)
    assert len(labels_of(ax)) == 49 and not tried
    drawn(ax)
    assert overlaps(ax) == [] and clipped(ax) == []
    scattered[np.flatnonzero(scattered)[0]] = False
    plot_timeline(events, highlight=scattered)
    assert tried
