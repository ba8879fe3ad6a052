"""Titles and subtitles of figures: whole inside the figure at any length, and whole in its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from helpers import describe, plot_spans, plot_timeline
from helpers.plotting.artists import EventBin, Subtitle, parts_of
from helpers.plotting.text_size import text_width
from helpers.plotting.titles import EDGE, broken, cut, height_above, width_above
from helpers.png import pixels
from tests.support.figures import clipped, close_all, drawn, meet


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


EVENTS = pd.DataFrame(
    {"date": ["1955", "1958~", "1963/1968"], "title": ["Pact", "Coup", "War"], "actors": ["Alpha; Beta", "Alpha", "Beta"]}
)
SPANS = pd.DataFrame({"label": ["First"], "start": ["1955"], "end": ["1958"]})
HEADLINE = (
    "Pakistan and Iraq voted apart in 1957–63, not after the quarrel of 1973, and then Iraq lost its vote for nine years"
)
DRAW: dict[str, Callable[..., Axes]] = {
    "timeline": lambda **titles: plot_timeline(EVENTS, **titles),
    "lanes": lambda **titles: plot_timeline(EVENTS, lanes="actor", **titles),
    "counts": lambda **titles: plot_timeline(pd.concat([EVENTS] * 101), **titles),
    "spans": lambda **titles: plot_spans(SPANS, **titles),
    "no events": lambda **titles: plot_timeline(EVENTS.head(0), **titles),
    "no spans": lambda **titles: plot_spans(SPANS.head(0), **titles),
}
TITLES = {
    "short": "Votes",
    "headline": HEADLINE,
    "capitals": HEADLINE.upper(),
    "very long": " ".join([HEADLINE] * 6),
    "one word": "Vote" * 90,
    "dollars": "It cost $5 and $6 " * 12,
    "lines": "First line\nSecond line\n\nThird line of the title",
    "many lines": "\n".join(["A line"] * 9),
    "no blanks": "巴基斯坦和伊拉克" * 20,
    "high letters": "Ấ Ọ Ǻ Ệ g j q y " * 20,
    "number": 1955,
}


def heading_of(ax: Axes) -> list[Text]:
    return [text for text in ax.get_children() if isinstance(text, Text) and text.get_text() and _is_heading(ax, text)]


def _is_heading(ax: Axes, text: Text) -> bool:
    return isinstance(text, Subtitle) or text.get_text() == ax.get_title(loc="left")


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
@pytest.mark.parametrize(("at", "kind"), list(enumerate(DRAW)), ids=DRAW)
@pytest.mark.parametrize(("number", "name"), list(enumerate(TITLES)), ids=TITLES)
def test_a_title_of_any_length_lies_within_the_figure(at: int, kind: str, number: int, name: str) -> None:
    """Kinds of figures take turns with subtitles, so that each length, and each kind, is tried with one and without."""
    more = {"subtitle": TITLES["headline"]} if (at + number) % 2 else {}
    ax: Axes = DRAW[kind](title=TITLES[name], **more)
    figure = drawn(ax)
    parts = heading_of(ax)
    boxes = [text.get_window_extent() for text in parts]
    assert len(parts) == 1 + bool(more)
    assert all(figure.bbox.padded(0.5).containsx(x) for box in boxes for x in (box.x0, box.x1))
    assert all(figure.bbox.padded(0.5).containsy(y) and y >= ax.bbox.y1 for box in boxes for y in (box.y0, box.y1))
    assert not any(meet(one, other) for one in boxes for other in boxes if one is not other)
    assert sum(text.get_text().count("\n") + 1 for text in parts) <= 3 + 2 * bool(more)
    words = describe(ax)
    whole = " ".join(str(TITLES[name]).split())
    assert whole in words and all(" ".join(text.split()) in words for text in more.values())
    assert ("shortened in the figure" in words) == any(text.get_text().endswith("…") for text in parts)


def test_title_and_subtitle_are_there_to_be_seen() -> None:
    ax = plot_timeline(EVENTS, title="Votes", subtitle="Our selection")
    figure = drawn(ax)
    dots = np.asarray(pixels(figure, int(figure.dpi))).min(axis=2)[::-1]
    for text in heading_of(ax):
        box = text.get_window_extent()
        assert dots[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)].min() < 130, text.get_text()


@pytest.mark.parametrize("kind", ["timeline", "lanes", "counts", "spans"])
def test_a_title_of_one_line_changes_nothing(kind: str) -> None:
    short, long = DRAW[kind](title="Votes"), DRAW[kind](title=f"{HEADLINE}, {HEADLINE}")
    sizes = [ax.get_window_extent().size for ax in (short, long)]
    assert sizes[0] == pytest.approx(sizes[1], abs=0.01)  # the figure grows, not the title into the axes
    assert drawn(long).get_figheight() > drawn(short).get_figheight()
    assert long.get_title(loc="left").count("\n") in (1, 2)
    assert not clipped(long)


@pytest.mark.parametrize("layout", [None, "constrained", "tight"])
@pytest.mark.parametrize("draw", [plot_timeline, plot_spans])
def test_a_title_over_a_students_axes_stays_clear_of_the_others(draw: Callable[..., Axes], layout: str | None) -> None:
    figure, axes = plt.subplots(2, 2, figsize=(10, 8), layout=layout)
    table = EVENTS if draw is plot_timeline else SPANS
    for ax in axes.flat:
        draw(table, ax=ax, title=HEADLINE, subtitle="Our selection, and a second line of words that is longer than one")
    figure.canvas.draw()
    boxes = [text.get_window_extent() for ax in axes.flat for text in heading_of(ax)]
    assert all(figure.bbox.padded(0.5).contains(*corner) for box in boxes for corner in (box.min, box.max))
    assert not any(meet(one, other) for one in boxes for other in boxes if one is not other)
    assert not any(meet(box, ax.bbox) for box in boxes for ax in axes.flat)


@pytest.mark.parametrize("draw", [plot_timeline, plot_spans])
def test_axes_of_a_student_have_no_ticks_where_the_course_has_none(draw: Callable[..., Axes]) -> None:
    """Resetting what a student has set brings ticks to the upper edge, over the names of eras."""
    with plt.rc_context({"xtick.top": True, "ytick.right": True, "xtick.labeltop": True}):
        _, axes = plt.subplots(2, 1, figsize=(10, 8), sharex=True)
    for ax in axes:
        draw(EVENTS if draw is plot_timeline else SPANS, ax=ax)
        ax.get_figure().canvas.draw()
        ticks = [*ax.xaxis.get_major_ticks(), *ax.yaxis.get_major_ticks()]
        assert ticks
        assert not any(part.get_visible() for tick in ticks for part in (tick.tick2line, tick.label2))


def test_a_subtitle_is_written_once_also_where_counts_take_the_place_of_labels() -> None:
    """In axes of a student too small for labels: written twice, one over the other, letters look bolder."""
    _, ax = plt.subplots(figsize=(4, 2))
    plot_timeline(pd.concat([EVENTS] * 60), ax=ax, title="Votes", subtitle="Our selection")
    assert parts_of(ax, EventBin)
    assert [subtitle.written for subtitle in parts_of(ax, Subtitle)] == ["Our selection"]


def test_a_new_title_of_a_student_is_told_as_it_is() -> None:
    ax = plot_timeline(EVENTS, title=" ".join([HEADLINE] * 6))
    ax.set_title("Pakistan", loc="left")
    assert describe(ax).startswith("Pakistan. ")
    assert "shortened" not in describe(ax)


@pytest.mark.parametrize("width", [20, 90, 333, 700])
@pytest.mark.parametrize("text", ["Votes", HEADLINE, "W" * 200, "a bb " * 60, ""])
def test_lines_are_never_wider_and_lose_nothing(text: str, width: int) -> None:
    lines = broken(" ".join(text.split()), 12.0, "bold", width)
    assert all(text_width(line, 12.0, "bold") <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(("text", "width", "count"), [(HEADLINE, 560, 2), (f"{'W' * 60} {HEADLINE[:71]}", 420, 3)])
def test_lines_are_of_about_equal_length(text: str, width: float, count: int) -> None:
    """Also where one word is wider than a line, and broken in any case."""
    widths: list[Any] = [text_width(line, 12.0, "bold") for line in broken(text, 12.0, "bold", width)]
    assert len(widths) == count and max(widths) < 1.3 * min(widths)


def test_only_axes_beside_a_title_and_above_it_bound_it() -> None:
    figure = plt.figure(figsize=(10, 5))
    ax = figure.add_axes((0.1, 0.1, 0.3, 0.3))
    figure.add_axes((0.5, 0.6, 0.4, 0.3))  # further right, and higher
    assert width_above(ax) == pytest.approx(0.9 * 720 - EDGE) and height_above(ax, 6) == pytest.approx(0.6 * 360 - 6)
    figure.add_axes((0.5, 0.2, 0.1, 0.1))
    figure.add_axes((0.2, 0.6, 0.1, 0.3))
    assert width_above(ax) == pytest.approx(0.4 * 720 - EDGE) and height_above(ax, 6) == pytest.approx(0.2 * 360 - 6)


def test_no_word_that_fits_is_broken_to_make_lines_equal() -> None:
    for text in ("1995–2003: no value", "a constitutional and a", "to telecommunications"):
        widest = max(text_width(word, 9.0) for word in text.split(" "))
        for width in (widest + 1, widest * 1.2, widest * 1.6):
            assert " ".join(broken(text, 9.0, "normal", width)) == text, width


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("width", [60.0, 110.0, 400.0])
def test_a_text_that_is_cut_ends_only_where_the_next_word_has_no_room(width: float, most: int) -> None:
    text = "officials admit 1,500 to 2,000, for engineering and training"
    lines = cut(text, 8.0, "normal", width, most)
    assert len(lines) <= most and all(text_width(line, 8.0) <= width for line in lines)
    if len(broken(text, 8.0, "normal", width)) <= most:
        assert " ".join(lines) == text
        return
    kept = " ".join(lines).removesuffix(" …")
    assert lines[-1].endswith(" …") and text.startswith(kept)
    following = text[len(kept) :].lstrip(" ,").split()[0]
    assert text_width(f"{lines[-1].removesuffix(' …')} {following} …", 8.0) > width
