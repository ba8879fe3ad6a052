"""Breaks in a line of time: long stretches without an event are left out, when asked for, and slashes show where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from .artists import TimeBreak
from .events import Item
from .placement import TimeScale
from .theme import INK, PAPER

Stretch = tuple[float, float]  # day numbers

LONG = 0.2  # of the time shown: a shorter stretch stays, so that there are never more than four breaks
KEPT = 0.15  # of the time that stays: so much of an empty stretch is shown on both sides of a break
MIN_KEPT = 7.0  # days
_SLANT, _APART = 2.5, 3.0  # points: half of what a slash leans, and from the middle to each


def empty_stretches(items: Sequence[Item], window: Stretch) -> tuple[Stretch, ...]:
    """Return what to leave out of a window of time: the long stretches in which nothing is or may be, but for their ends."""
    extents = sorted(
        (window[0] if item.begin is None else item.begin, window[1] if item.end is None else item.end) for item in items
    )
    gaps, reached = [], extents[0][1]
    for low, high in extents[1:]:
        gaps.append((reached, low))
        reached = max(reached, high)
    length = window[1] - window[0]
    long = [(low, high) for low, high in gaps if high - low > LONG * length]
    kept = max(MIN_KEPT, KEPT * (length - sum(high - low for low, high in long)))
    return tuple((low + kept, high - kept) for low, high in long if high - low > 4 * kept)


def draw_breaks(ax: Axes, scale: TimeScale, half: float) -> None:
    """Draw two slashes through the ribbon of years, which is `half` high above its middle and below, for each break."""
    for low, high in scale.cuts:
        middle = (scale.to_points(low) + scale.to_points(high)) / 2
        ends = [(middle + side * _APART + up * _SLANT, up * half) for side, up in ((-1, -1), (-1, 1), (1, 1), (1, -1))]
        corners = [(scale.to_days(x), y) for x, y in ends]
        style: dict[str, Any] = {"facecolor": PAPER, "edgecolor": "none", "zorder": 2.4}
        ax.add_artist(Polygon(corners, closed=True, **style))
        gap = [(float("nan"), float("nan"))]
        xs, ys = zip(*corners[:2], *gap, *corners[2:], strict=True)
        line: dict[str, Any] = {"color": INK, "linewidth": 1.4, "zorder": 2.5, "solid_capstyle": "butt"}
        ax.add_artist(TimeBreak((low, high), list(xs), list(ys), **line))
