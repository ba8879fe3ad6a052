"""The plot of spans: a bar a row, its ends drawn as what is known of them, its label readable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.markers import CARETLEFTBASE, CARETRIGHTBASE
from matplotlib.patches import Rectangle

from helpers import describe, load, plot_spans
from helpers.plotting.artists import SpanBar, SpanLabel
from helpers.plotting.media import MEDIA
from tests.support.figures import box, clipped, close_all, drawn, figure_of, overlaps, texts_of


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["label", "start", "end", "group"][: len(rows[0])] if rows else ["label", "start", "end"]
    )


def day(text: str) -> float:
    return float(mdates.date2num(pd.Timestamp(text)))


def bars_of(ax: plt.Axes) -> list[SpanBar]:
    """The bars from top to bottom."""
    bars = [bar for bar in ax.findobj(SpanBar) if isinstance(bar, SpanBar)]
    return sorted(bars, key=lambda bar: -bar.get_window_extent().y0)


def labels_of(ax: plt.Axes) -> list[SpanLabel]:
    return [label for label in ax.findobj(SpanLabel) if isinstance(label, SpanLabel)]


def solid_parts(ax: plt.Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_facecolor()[3] == 1.0]


def hatched_parts(ax: plt.Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_hatch()]


MANY = frame(
    ("Pakistan in the Baghdad Pact, later CENTO", "1955-09-23", "1979-03-12", "Pacts"),
    ("Iraq in the Baghdad Pact", "1955-02-24", "1959-03-24", "Pacts"),
    ("Treaty of friendship of Iraq and the Soviet Union", "1972-04-09", "1990~", "Pacts"),
    ("Kingdom of Iraq", "1932-10-03", "1958-07-14", "Governments"),
    ("Ba'ath government of Iraq", "1968-07-17", "2003-04-09", "Governments"),
    ("Republic of Iraq after 2003", "2003-04-09", "..", "Governments"),
    ("Iran-Iraq War", "1980-09-22", "1988-08-20", "Wars"),
    ("Insurgency in Pakistani Balochistan", "1973", "1977", "Wars"),
    ("Gulf War, with a label that is a good deal longer than its bar is", "1990-08-02", "1991-02-28", "Wars"),
)


def test_rows_are_sorted_by_group_and_start() -> None:
    ax = plot_spans(MANY)
    drawn(ax)
    assert [(bar.span.group, bar.span.start) for bar in bars_of(ax)] == sorted(
        zip(MANY["group"], MANY["start"], strict=True)
    )


def test_a_bar_covers_its_days_both_ends_included() -> None:
    (bar,) = bars_of(plot_spans(frame(("War", "1980-09-22", "1988-08-20"))))
    assert (bar.get_x(), bar.get_x() + bar.get_width()) == (day("1980-09-22"), day("1988-08-21"))


def test_an_end_that_is_not_known_to_the_day_is_pale() -> None:
    ax = plot_spans(frame(("Insurgency", "1973", "1977")))
    (bar,), (solid,) = bars_of(ax), solid_parts(ax)
    assert (bar.get_x(), bar.get_x() + bar.get_width()) == (day("1973-01-01"), day("1978-01-01"))
    assert (solid.get_x(), solid.get_x() + solid.get_width()) == (day("1974-01-01"), day("1977-01-01"))
    assert bar.get_facecolor()[3] < 0.5
    assert hatched_parts(ax) == []


@pytest.mark.parametrize(
    ("end", "until", "label"),
    [("1990~", "1991-01-01", "Treaty"), ("1990-05~", "1990-06-01", "Treaty (end approximate)")],
    ids=["seen", "too narrow"],
)
def test_an_approximate_end_is_hatched_and_said_where_the_hatching_cannot_be_seen(end: str, until: str, label: str) -> None:
    ax = plot_spans(frame(("Treaty", "1972-04-09", end)))
    (part,) = hatched_parts(ax)
    assert part.get_x() + part.get_width() == day(until)
    assert labels_of(ax)[0].get_text() == label
    assert "to about " in describe(ax, detail="full")


@pytest.mark.parametrize(("rows", "whole"), [(3, True), (12, True), (13, False)])
def test_a_slide_keeps_its_height_as_long_as_a_line_of_letters_fits_a_row(rows: int, whole: bool) -> None:
    long = [
        (f"A government {k}, with a name that is too long for its bar", f"{1950 + k}-01-01", "1962~") for k in range(rows)
    ]
    ax = plot_spans(frame(*long), title="Title", medium="slide")
    drawn(ax)
    height = figure_of(ax).get_figheight()
    assert (height == pytest.approx(MEDIA["slide"].height)) == whole
    if whole:
        assert min(label.get_fontsize() for label in labels_of(ax)) >= 0.03 * height * 72
    assert overlaps(ax) == []


@pytest.mark.parametrize(
    ("start", "end", "edge"), [("1955", "..", 1), ("..", "1955", 0), ("1955", None, 1), ("", "1955", 0)]
)
def test_an_open_end_is_an_arrow_at_the_edge(start: object, end: object, edge: int) -> None:
    ax = plot_spans(frame(("Open", start, end), ("Closed", "1950", "1960")))
    bar = next(bar for bar in bars_of(ax) if bar.span.label == "Open")
    assert (bar.get_x(), bar.get_x() + bar.get_width())[edge] == ax.get_xlim()[edge]
    (arrow,) = ax.get_lines()
    assert arrow.get_xdata()[0] == ax.get_xlim()[edge]  # type: ignore[index]
    assert arrow.get_marker() == (CARETRIGHTBASE if edge else CARETLEFTBASE)


def test_closed_spans_have_no_arrow_and_no_legend() -> None:
    ax = plot_spans(frame(("War", "1980-09-22", "1988-08-20")))
    assert list(ax.get_lines()) == [] and ax.get_legend() is None


@pytest.mark.parametrize(
    ("end", "explained"),
    [
        ("1990", ["begins or ends on some day in this time"]),
        ("1990~", ["about, or uncertain"]),  # hatched all over: nothing is only pale
        ("1990?", ["about, or uncertain"]),
        ("1990-05~", []),  # too narrow for hatching: the label says it
        ("1990-05-04?", []),
        ("1990-05", []),  # narrower than a line
        ("..", ["goes on, or end not known"]),
    ],
)
def test_the_legend_explains_only_what_can_be_seen(end: str, explained: list[str]) -> None:
    legend = plot_spans(frame(("Treaty", "1900-04-09", end))).get_legend()
    assert ([text.get_text() for text in legend.get_texts()] if legend else []) == explained


def test_labels_and_ticks_are_whole_and_free_of_one_another() -> None:
    ax = plot_spans(MANY, title="What lasted")
    drawn(ax)
    assert len(labels_of(ax)) == len(MANY)
    assert overlaps(ax) == [] and clipped(ax) == []
    assert min(text.get_fontsize() for text in texts_of(ax)) >= 8
    axes = ax.get_window_extent()
    for label in labels_of(ax):
        assert axes.x0 <= box(label).x0 and box(label).x1 <= axes.x1


def test_a_label_is_inside_its_bar_where_it_fits_and_beside_it_otherwise() -> None:
    ax = plot_spans(MANY)
    drawn(ax)
    bars = {bar.span: bar.get_window_extent() for bar in bars_of(ax)}
    inside = set()
    for label in labels_of(ax):
        bar, text = bars[label.span], box(label)
        assert bar.y0 <= (text.y0 + text.y1) / 2 <= bar.y1  # in its row
        if bar.x0 <= text.x0 and text.x1 <= bar.x1:
            inside.add(label.span.label)
        else:
            assert text.x0 >= bar.x1 or text.x1 <= bar.x0  # not half in, half out
    assert "Kingdom of Iraq" in inside and "Iraq in the Baghdad Pact" not in inside


def test_groups_are_named_and_coloured() -> None:
    ax = plot_spans(MANY)
    assert {"Governments", "Pacts", "Wars"} <= {text.get_text() for text in ax.texts}
    colours = {bar.span.group: bar.get_edgecolor() for bar in bars_of(ax)}
    assert len(set(colours.values())) == 3


def test_the_group_is_optional() -> None:
    ax = plot_spans(MANY.drop(columns="group"))
    assert len(bars_of(ax)) == len(MANY) and {bar.span.group for bar in bars_of(ax)} == {""}


def test_an_empty_table_gives_polite_axes() -> None:
    assert [text.get_text() for text in plot_spans(frame()).texts] == ["No spans to show."]


def test_given_axes_are_used_and_the_style_is_not_left_behind() -> None:
    figure, ax = plt.subplots(figsize=(9, 5))
    with mpl.rc_context():
        mpl.rcdefaults()
        before = dict(mpl.rcParams)
        assert plot_spans(MANY, ax=ax, title="Here") is ax
        assert dict(mpl.rcParams) == before
    drawn(ax)
    assert figure_of(ax) is figure and overlaps(ax) == []


def test_spans_are_described() -> None:
    words = describe(plot_spans(MANY, title="What lasted"), detail="full")
    assert words.startswith("What lasted. 9 bars on a line of time, from 1932 to 2003.")
    assert "Groups: Governments, Pacts and Wars." in words
    assert "Open at an end: Republic of Iraq after 2003." in words
    assert "- Iran-Iraq War: 22 September 1980 – 20 August 1988 (Wars)" in words
    assert "Not exact to the day: " in words and "Insurgency in Pakistani Balochistan" in words


@pytest.mark.parametrize("column", ["label", "start", "end"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(ValueError, match=f"no column '{column}'"):
        plot_spans(MANY.drop(columns=column))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Pact", "soon", "1979"), ["Row 0 (Pact)", "start", "'soon'", "Allowed"]),
        (("Pact", "1955-02-29", "1979"), ["Row 0 (Pact)", "1955-02-29", "calendar"]),
        (("Pact", "1979", "1955"), ["Row 0 (Pact)", "ends (1955)", "before it starts (1979)"]),
        (("Pact", "..", ".."), ["Row 0 (Pact)", "both ends are open"]),
        (("", "1955", "1979"), ["Row 0", "label"]),
    ],
)
def test_a_bad_row_is_refused_with_its_name_value_and_rule(row: tuple[object, ...], words: list[str]) -> None:
    with pytest.raises(ValueError) as problem:
        plot_spans(frame(row))
    for word in words:
        assert word in str(problem.value)


def test_something_else_than_a_table_is_refused() -> None:
    with pytest.raises(TypeError, match="dict"):
        plot_spans({"label": "Pact"})  # type: ignore[arg-type]


def test_an_end_that_is_a_time_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Row 0 \(A\): the start '1955/1956' has two ends of its own"):
        plot_spans(pd.DataFrame({"label": ["A"], "start": ["1955/1956"], "end": ["1958"]}))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1955", "..", "with no other year than 1955. Open at an end: a."),
        ("1955-02", "1955-03", "with no other year than 1955."),
        ("0001", "1958", "from the year 1 to 1958."),
        ("1955", "1958", "from 1955 to 1958."),
    ],
)
def test_the_words_claim_no_end_that_is_not_given(start: str, end: str, words: str) -> None:
    ax = plot_spans(pd.DataFrame({"label": ["a"], "start": [start], "end": [end]}))
    assert describe(ax).startswith(f"1 bar on a line of time, {words}")


@pytest.mark.parametrize(
    ("count", "words"), [(6, "Open at an end: a0, a1, a2, a3, a4 and a5."), (7, "Open at an end: 7 of 8.")]
)
def test_six_open_spans_are_named_and_more_are_counted(count: int, words: str) -> None:
    rows = [*((f"a{number}", "1955-01-01", "..") for number in range(count)), ("whole", "1955-01-01", "1956-01-01")]
    assert words in describe(plot_spans(frame(*rows)))


@pytest.mark.parametrize("medium", ["page", "slide", "phone", "poster"])
@pytest.mark.parametrize("count", [1, 5, 30])
def test_spans_are_readable_in_every_medium(medium: Any, count: int) -> None:
    ax = plot_spans(load("spans").head(count), medium=medium, title="A title of some length, for every medium")
    drawn(ax)
    assert overlaps(ax) == [] and clipped(ax) == []
    width, height = figure_of(ax).get_size_inches()
    assert width == {"page": 10, "slide": 6.37, "phone": 3.9, "poster": 16.54}[medium]
    if medium == "slide" and count < 6:
        assert height == pytest.approx(3.185, rel=0.01)


def test_a_medium_for_axes_that_have_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="ax has one already"):
        plot_spans(load("spans").head(2), medium="slide", ax=plt.figure().add_subplot())
