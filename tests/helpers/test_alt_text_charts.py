"""Any chart that a student may draw gets true words, or the sentence that it has none; never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from helpers import describe, plot_spans, plot_timeline
from helpers.description.describe import LETTERS
from helpers.description.sentences import ALT_LENGTH, plain_number, shortened
from helpers.description.untold import PART_UNTOLD, UNTOLD
from helpers.notebook import png
from helpers.plotting.theme import SHAPES
from tests.support.figures import close_all


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


GRID = np.arange(12.0).reshape(3, 4)
DATA = [[1, 2, 3, 9], [2, 2, 5]]


@pytest.mark.parametrize(
    ("draw", "projection"),
    [
        (lambda ax: ax.imshow([[1, 2]]), None),
        (lambda ax: ax.pcolormesh(GRID), None),
        (lambda ax: ax.contour(GRID), None),
        (lambda ax: ax.contourf(GRID), None),
        (lambda ax: ax.quiver([1, 2], [1, 2], [1, 1], [0, 1]), None),
        (lambda ax: ax.barbs([1, 2], [1, 2], [10, 20], [0, 1]), None),
        (lambda ax: ax.streamplot(np.arange(4), np.arange(3), GRID + 1, GRID + 1), None),
        (lambda ax: ax.arrow(0, 0, 1, 1), None),
        (lambda ax: ax.hexbin([1, 2, 3], [1, 2, 3], gridsize=3), None),
        (lambda ax: ax.boxplot(DATA), None),
        (lambda ax: ax.boxplot(DATA, patch_artist=True), None),
        (lambda ax: ax.boxplot(DATA, notch=True), None),
        (lambda ax: ax.eventplot([1, 2, 4]), None),
        (lambda ax: ax.hist([1, 2, 2], histtype="step"), None),
        (lambda ax: ax.fill([0, 1, 1], [0, 0, 1]), None),
        (lambda ax: ax.fill_betweenx([0, 1], [0, 0], [1, 2]), None),
        (lambda ax: ax.table([["a"]]), None),
        (lambda ax: ax.plot([1, 2], [3, 4]), "polar"),
        (lambda ax: ax.bar([1, 2], [3, 4]), "polar"),
        (lambda ax: ax.plot([1, 2], [3, 4], [5, 6]), "3d"),
        (lambda ax: ax.scatter([1, 2], [3, 4], [5, 6]), "3d"),
        (lambda ax: ax.bar3d([1], [1], [0], 1, 1, 3), "3d"),
        (lambda ax: ax.plot_surface(GRID, GRID, GRID), "3d"),
        (lambda ax: ax.quiver(0, 0, 0, 1, 1, 1), "3d"),
    ],
)
def test_what_has_no_words_says_so(draw: Callable[[Axes], Any], projection: str | None) -> None:
    ax = plt.figure().add_subplot(projection=projection)
    draw(ax)
    ax.set_title("A title")
    assert describe(ax) == f"A title. {UNTOLD}" == describe(ax, detail="full")


def test_violins_are_told_in_part() -> None:
    _, ax = plt.subplots()
    ax.violinplot(DATA)
    assert PART_UNTOLD in describe(ax) and "A band" not in describe(ax)


def test_a_map_of_colours_with_a_line_and_a_key_is_told_in_part() -> None:
    figure, ax = plt.subplots()
    figure.colorbar(ax.imshow(GRID))
    ax.plot([0, 1, 2, 3], [0, 1, 2, 1], label="Path")
    assert describe(figure).startswith("Path: 4 points, from 0 (0) to 1 (3)") and describe(figure).endswith(PART_UNTOLD)


def test_the_pieces_of_a_pie_are_shares() -> None:
    _, ax = plt.subplots()
    ax.pie([1, 2, 5], labels=["Iraq", "Pakistan", "others"])
    assert describe(ax) == "A pie of 3 pieces: Iraq 12.5 %, Pakistan 25 % and others 62.5 %."
    assert describe(ax, detail="full").splitlines()[1] == "- Iraq 12.5 %"
    _, ax = plt.subplots()
    ax.pie([1, 2])
    assert "piece 1 33.3 % and piece 2 66.7 %" in describe(ax)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (
            lambda ax: ax.hlines(range(4), [1, 3, 4, 5], [2, 5, 9, 5]),
            "3 ranges, and 1 value without length that is not visible:",
        ),
        (lambda ax: ax.vlines(["a", "b"], [1, 3], [1, 3]), "2 values without length that are not visible: a: 1, without"),
        (
            lambda ax: ax.errorbar([1, 2], [3, 4], yerr=[0, 1]),
            "1 range, and 1 value without length: 1: 3, without length; 2",
        ),
        (lambda ax: ax.stem([1, 2, 3, 4], [4, 5, 6, 2]), "4 points, from 4 (1) to 2 (4); highest 6 (3), lowest 2 (4)."),
        (lambda ax: ax.step([1, 2], [3, 4]), "2 points: 3 (1) and 4 (2)."),
        (lambda ax: ax.hist([1, 2, 2, 9], bins=2), "2 bars: 3 (3) and 1 (7)."),
        (lambda ax: ax.fill_between([1990, 1991], [1, 2], [5, 9]), "A band, 1990 to 1991: between 1 and 9."),
        (lambda ax: (ax.axvspan(1, 2), ax.plot([1, 2], [3, 4])), "2 points: 3 (1) and 4 (2)."),
        (lambda ax: (ax.plot([1, 2], [3, 4]), ax.invert_yaxis()), "2 points: 3 (1) and 4 (2)."),
        (lambda ax: ax.loglog([1, 1000], [0.001, 1e6]), "2 points: 0.001 (1) and 1,000,000 (1000)."),
        (lambda ax: ax.plot([1, 2, 3], np.ma.masked_equal([3, 4, 5], 4)), "2 points: 3 (1) and 5 (3). 1 value is missing."),
        (lambda ax: ax.scatter(np.ma.masked_equal([1, 2], 2), [3, 4]), "1 point: 3 (1). 1 value is missing."),
        (
            lambda ax: ax.plot(pd.to_datetime(["1955-01-01", None]), [3, 4]),
            "1 point: 3 (1 January 1955). 1 value is missing.",
        ),
        (lambda ax: ax.plot(["a", "b"], [3, 4]), "2 points: 3 (a) and 4 (b)."),
        (lambda ax: ax.plot([1, 2], [np.inf, np.nan]), "no values."),
        (lambda ax: ax.plot([], []), "Nothing is drawn."),
        (lambda ax: ax.axhspan(1, 2).set_visible(False), "Nothing is drawn."),
        (lambda ax: ax.scatter([], []), "Nothing is drawn."),
        (lambda ax: ax.text(0.5, 0.5, "Only words"), "Only words."),
        (
            lambda ax: ax.barh(["Pact"], [pd.Timedelta(days=31)], left=[pd.Timestamp("1955-01-01")]),
            "1 bar: Pact: from 1 January 1955 to 1 February 1955.",
        ),
    ],
)
def test_common_charts_are_told_truly(draw: Callable[[Axes], Any], says: str) -> None:
    _, ax = plt.subplots()
    draw(ax)
    assert says in describe(ax, detail="full") and "can't be put" not in describe(ax)


def test_a_band_behind_nothing_is_not_called_nothing() -> None:
    _, ax = plt.subplots()
    ax.axvspan(1, 2)
    assert describe(ax) == "This kind of figure can't be put into words."


def test_twin_axes_are_one_panel() -> None:
    figure, ax = plt.subplots()
    ax.plot([1, 2], [3, 4])
    other = ax.twinx()
    other.plot([1, 2], [30, 40])
    assert describe(figure).splitlines() == [
        "The figure has 1 panel.",
        "Panel 1: 2 points: 3 (1) and 4 (2).",
        "Panel 1, with axes of its own over the others: 2 points: 30 (1) and 40 (2).",
    ]


@pytest.mark.parametrize(
    ("first", "second", "kept"), [(100, 149, True), (100, 150, False), (250, 1, False), (251, 9, False)]
)
def test_an_alt_text_has_two_hundred_and_fifty_letters_and_ends_in_a_sentence(first: int, second: int, kept: bool) -> None:
    opening, more = (f"{'A' * (length - 1)}." for length in (first, second))
    alt = shortened(f"{opening}\n{more}")
    assert alt == (f"{opening} {more}" if kept else opening if first <= ALT_LENGTH else f"{opening[:249]}.")
    assert len(alt) <= ALT_LENGTH == 250


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (999.6, "1000"),
        (999.4, "999"),
        (99.96, "100"),
        (0.00001, "0.00001"),
        (-0.00001, "-0.00001"),
        (1e-6, "0.000001"),
        (9999.96, "10,000"),
        (9999.4, "9999.4"),
        (1234.04, "1234"),
        (1e6, "1,000,000"),
        (1234567.8, "1,234,568"),
        (1955, "1955"),
        (-1955, "-1955"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (5.5, "5.5"),
        (2.5e-9, "2.5 times 10 to the power of -9"),
        (3e20, "3 times 10 to the power of 20"),
        (float("nan"), "no number"),
        (float("inf"), "infinity"),
        (float("-inf"), "minus infinity"),
    ],
)
def test_numbers_are_written_as_a_reader_writes_them(value: float, words: str) -> None:
    assert plain_number(value) == words


# --- timelines and spans -----------------------------------------------------------------------


def table(*days: str, titles: list[str] | None = None) -> pd.DataFrame:
    return pd.DataFrame({"date": list(days), "title": titles or [f"Event {k}" for k in range(1, len(days) + 1)]})


@pytest.mark.parametrize("titles", [["1955"], ["1"], ["1", "2"]])
def test_a_title_of_digits_is_a_title(titles: list[str]) -> None:
    words = describe(plot_timeline(table(*["1955", "1958"][: len(titles)], titles=titles)), detail="full")
    assert "numbers instead of titles" not in words and "no. " not in words


def test_a_decade_and_a_century_are_apart_and_a_small_year_is_a_year() -> None:
    words = describe(plot_timeline(table("190X", "19XX", "0001", "0955-02", "0012-03-04")), detail="full")
    for told in ("- the 1900s (decade): ", "- the 20th century (1900–99): ", "- the year 1: ", "- February 955: "):
        assert told in words
    assert "- 4 March of the year 12: " in words


def test_spans_of_one_name_are_told_apart_without_a_group() -> None:
    spans = pd.DataFrame(
        {"label": ["Iraq", "Iraq"], "start": ["1955~", "1960~"], "end": ["1958", "1963"], "group": ["", "b"]}
    )
    assert "Iraq (no group) and Iraq (b)" in describe(plot_spans(spans))


def test_spans_of_one_name_and_no_group_are_told_apart_by_their_dates() -> None:
    spans = pd.DataFrame({"label": ["Iraq", "Iraq"], "start": ["1955", "1960"], "end": ["1958", "1963"]})
    assert "Not exact to the day: Iraq (1955–1958) and Iraq (1960–1963)." in describe(plot_spans(spans))


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda ax: (ax.plot([1, 2, 3, 4], [1, 2, 3, 40]), ax.set_ylim(0, 5)), "1 of them lies outside the picture."),
        (lambda ax: (ax.scatter([0.1 + 0.2, 1], [1, 1]), ax.set_xlim(0, 0.3)), "1 of them lies outside the picture."),
        (lambda ax: (ax.plot([1, 2, 3, 4], [1, 2, 3, 4]), ax.set_xlim(2.5, 1.5)), "3 of them lie outside the picture."),
        (lambda ax: (ax.bar([1, 2, 3], [1, 2, 3]), ax.set_xlim(0.5, 2.4)), "1 of them lies outside the picture."),
        (lambda ax: (ax.bar([1, 2, 3], [1, 2, 30]), ax.set_ylim(0, 5)), "1 bar ends beyond the edge of the picture."),
        (lambda ax: (ax.barh([1, 2], [-9, 9]), ax.set_xlim(-5, 5)), "2 bars end beyond the edge of the picture."),
        (lambda ax: ax.broken_barh([(1990, 3), (1995, 2)], (0, 1)), "0.5: from 1990 to 1993; 0.5: from 1995 to 1997."),
        (
            lambda ax: (ax.plot([1, 2], [1, 2]), ax.inset_axes([0.5, 0.5, 0.4, 0.4]).plot([1], [1], "o")),
            "A part of this figure can't be put into words.",
        ),
    ],
)
def test_what_a_picture_does_not_show_is_not_told_as_if_it_did(draw: Callable[[Axes], object], told: str) -> None:
    ax = plt.subplots()[1]
    draw(ax)
    assert told in describe(ax)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: (ax.plot([1, 10, 100], [1, 1e3, 1e6]), ax.set_xscale("log"), ax.set_yscale("log")),
        lambda ax: (ax.plot([1, 2], [5, 5]), ax.invert_yaxis()),
        lambda ax: ax.plot(pd.to_datetime(["1999-05-17", "2001-01-01"]), [1, 2]),
        lambda ax: ax.bar(["a", "b"], [1, float("nan")]),
        lambda ax: (ax.bar(["a", "b"], [3, -2]), ax.margins(0)),
        lambda ax: (ax.bar(["a"], [1]), ax.bar(["a"], [2], bottom=[1])),
        lambda ax: (ax.plot([1, 2], [1, 2]), ax.secondary_yaxis("right")),
    ],
)
def test_what_a_picture_shows_whole_is_told_without_reserve(draw: Callable[[Axes], object]) -> None:
    ax = plt.subplots()[1]
    draw(ax)
    assert not {"outside", "beyond", "can't"} & set(describe(ax).split())


def test_many_events_on_one_day_have_that_day_on_the_axis() -> None:
    for day in ("1955-02-24", "1955-01-01"):
        ax = plot_timeline(table(*[day] * 299))
        ax.get_figure().canvas.draw()  # type: ignore[union-attr]
        shown = [label.get_text() for label in ax.get_xticklabels()]
        assert shown and day[:4] in shown[0] and shown[0].split()[0] == str(int(day[-2:])), shown


def test_stretches_that_tie_are_named_as_ties() -> None:
    days = ["1950", *["1955"] * 3, "1960", *["1965"] * 3, "1985"]
    words = describe(plot_timeline(table(*days)))
    assert "The densest stretches are 1955 and 1965, with 3 events each." in words
    words = describe(plot_timeline(table(*(days * 40))))
    assert "The densest stretches are " in words and "each." in words


# --- scripts that matplotlib can't draw --------------------------------------------------------

FROM_THE_RIGHT = ["معاہدۂ بغداد", "חתימה"]
SCRIPTS = ["巴格达条约", "बगदाद", "Pact 🎉", *([] if SHAPES else FROM_THE_RIGHT)]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", SCRIPTS)
def test_letters_that_cannot_be_drawn_are_named_once_and_raise_no_warning(text: str) -> None:
    events = table("1955", "1958", titles=[text, "Coup"]).assign(actors=[text, "Iraq"])
    spans = pd.DataFrame({"label": [text], "start": ["1955"], "end": ["1958"]})
    plain = table("1955")
    for ax in (
        plot_timeline(events),
        plot_timeline(plain, title=text),
        plot_timeline(plain, subtitle=text),
        plot_timeline(events, lanes="actor", labels=False),
        plot_spans(spans),
        plot_timeline(events, ax=plt.subplots()[1]),
    ):
        png(ax.get_figure())  # type: ignore[arg-type]
        assert describe(ax).count(LETTERS) == 1 and LETTERS in describe(ax, detail="full").splitlines()[0]


def test_letters_of_latin_and_other_scripts_of_the_font_need_no_word() -> None:
    for text in ("Façade – “Ba’ath” $5", "Ирак", "Ιράκ", *(FROM_THE_RIGHT if SHAPES else [])):
        assert LETTERS not in describe(plot_timeline(table("1955", titles=[text]), title=f"{text}\n{text}"))
