"""Where the marks of a finished timeline stand in its picture: for what a page lays over them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from .artists import Event, EventMark, parts_of


class MarkBox(NamedTuple):
    """The mark of one event: its middle and its size, as shares of the picture's width and height from its upper left."""

    event: Event
    x: float
    y: float
    width: float
    height: float


def mark_boxes(figure: Figure) -> list[MarkBox]:
    """Return the marks that a figure shows, in the order of time; in lanes, an event may have several.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A figure with timelines; others have no marks.

    Returns
    -------
    list of MarkBox
    """
    wide, high = figure.bbox.size
    found = []
    for ax in figure.get_axes():
        marks = parts_of(ax, EventMark)
        if not marks or not ax.get_visible():
            continue
        points = [(float(np.asarray(mark.get_xdata())[0]), float(np.asarray(mark.get_ydata())[0])) for mark in marks]
        for mark, (x, y) in zip(marks, ax.transData.transform(points), strict=True):
            size = mark.get_markersize() * figure.dpi / 72
            found.append(MarkBox(mark.event, x / wide, 1 - y / high, size / wide, size / high))
    return sorted(found, key=lambda box: (box.event.row, box.y))
