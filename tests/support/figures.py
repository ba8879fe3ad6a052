"""What tests of figures share: the texts that were really drawn, and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations, pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers import edtf
from helpers.notebook import DPI
from helpers.plotting.artists import EventLabel, EventMark, Leader, Leaders, parts_of
from helpers.plotting.theme import HINTING

SHOWN: Any = {"text.hinting": HINTING}  # letters stand as `show` sets them


def figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def drawn(ax: Axes) -> Figure:
    """Draw at the resolution of `show`."""
    figure = figure_of(ax)
    figure.set_dpi(DPI)
    with as_shown():
        figure.canvas.draw()
    return figure


def texts_of(ax: Axes) -> list[Text]:
    """The texts of axes that are drawn: a tick label that isn't reports a box, too, and an empty text."""
    low, high = sorted(ax.get_xlim())
    every = [tick for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks()]
    ticks = {label for tick in every for label in (tick.label1, tick.label2)}
    if ax.axison:
        ticks -= {tick.label1 for tick in ax.xaxis.get_major_ticks() if low <= tick.get_loc() <= high}
    if ax.axison and ax.yaxis.get_visible():
        ticks -= {tick.label1 for tick in ax.yaxis.get_major_ticks()}
    found = [text for text in ax.findobj(Text) if isinstance(text, Text) and text not in ticks]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


@contextmanager
def as_shown() -> Iterator[None]:
    """Set letters as `show` does. `rc_context` copies all settings; a text is measured thousands of times."""
    before = {name: rcParams[name] for name in SHOWN}
    rcParams.update(SHOWN)
    try:
        yield
    finally:
        rcParams.update(before)


def box(text: Text) -> Bbox:
    with as_shown():
        return Text.get_window_extent(text)  # not an annotation's own, which would include its arrow


def meet(one: Bbox, other: Bbox, slack: float = 0.5) -> bool:
    """Whether two boxes share more than half a pixel in both directions."""
    across = one.x0 < other.x1 - slack and other.x0 < one.x1 - slack
    return bool(across and one.y0 < other.y1 - slack and other.y0 < one.y1 - slack)


def overlaps(ax: Axes) -> list[tuple[str, str]]:
    """The pairs of texts that overlap."""
    boxes = [(text.get_text(), box(text)) for text in texts_of(ax)]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if meet(one, other)]


def median_leader(ax: Axes) -> float:
    """How long half of the leaders are at most, as a share of the figure's width; a title beside its mark has none."""
    figure = figure_of(ax)
    paths = [ax.transData.transform(leader.points) for leader in leaders_of(ax)]
    return float(np.median([np.hypot(*np.diff(path, axis=0).T).sum() for path in paths]) / figure.bbox.width)


def clipped(ax: Axes) -> list[str]:
    """The texts that are not wholly inside the figure."""
    edges = figure_of(ax).bbox.padded(0.5)
    boxes = [(text.get_text(), box(text)) for text in texts_of(ax)]
    return [text for text, area in boxes if not (edges.contains(*area.min) and edges.contains(*area.max))]


def labels_of(ax: Axes) -> list[EventLabel]:
    return [label for label in ax.findobj(EventLabel) if isinstance(label, EventLabel)]


def title_of(label: EventLabel) -> str:
    """The title that a label bears behind its year, in one line."""
    year, title, text = edtf.year_words(label.event.date), label.event.title, " ".join(label.get_text().split())
    assert text == " ".join(f"{year} {title}".split())
    return title


def marks_of(ax: Axes) -> list[EventMark]:
    return [mark for mark in ax.findobj(EventMark) if isinstance(mark, EventMark)]


def mark_boxes(ax: Axes, part: float = 0.9) -> list[tuple[EventMark, Bbox]]:
    """Each mark of axes with the middle part of its box."""
    return [(mark, mark_box(mark, part)) for mark in marks_of(ax)]


def mark_box(mark: EventMark, part: float = 0.9) -> Bbox:
    """The middle part of a mark's box, in pixels: the corners of a round mark are empty."""
    x, y = mark.axes.transData.transform((mark.get_xdata()[0], mark.get_ydata()[0]))  # type: ignore[union-attr, index, arg-type]
    half = part * mark.get_markersize() / 2 * DPI / 72
    return Bbox.from_extents(x - half, y - half, x + half, y + half)


def leaders_of(ax: Axes) -> list[Leader]:
    return [leader for part in parts_of(ax, Leaders) for leader in part.leaders]


def leader_paths(ax: Axes) -> list[tuple[Leader, list[tuple[tuple[float, float], tuple[float, float]]]]]:
    """Each leader with its segments, in pixels."""
    found = []
    for leader in leaders_of(ax):
        points = [(float(x), float(y)) for x, y in ax.transData.transform(leader.points)]
        found.append((leader, [(a, b) for a, b in pairwise(points) if a != b]))
    return found


def close_all() -> None:
    plt.close("all")
