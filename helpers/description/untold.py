"""What of a chart can't be put into words, so that its description does not pass it over in silence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import (
    Collection,
    EventCollection,
    FillBetweenPolyCollection,
    LineCollection,
    PathCollection,
    PolyCollection,
)
from matplotlib.container import StemContainer
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch, Wedge

from ..chart_reader import bar_groups, error_bars_on, label_of, segments_of, spans_axes
from ..language import later

UNTOLD = later("This kind of figure can't be put into words.")
PART_UNTOLD = later("A part of this figure can't be put into words.")


def is_flat(ax: Axes) -> bool:
    """Return whether the axes have one direction across and one upwards: not round, and without depth."""
    return ax.name == "rectilinear"


def untold(ax: Axes) -> list[Artist]:
    """Return what is drawn on flat axes and is of no kind that can be put into words."""
    boxes = _boxes(ax)
    return [
        *ax.images,
        *ax.tables,
        *(inner for inner in ax.child_axes if inner.has_data()),  # a small chart within the chart
        *(part for part in ax.collections if part.get_visible() and not can_be_told(part)),
        *(patch for patch in _loose_patches(ax) if not isinstance(patch, Wedge)),
        *boxes,
    ]


def can_be_told(part: Collection) -> bool:
    """Return whether a collection is points, level or upright lines, floating bars, or a band along the axis across."""
    if isinstance(part, LineCollection):
        return not isinstance(part, EventCollection) and _is_straight(part)
    if isinstance(part, FillBetweenPolyCollection):
        return bool(getattr(part, "t_direction", "") == "x")  # its stubs lack the name
    return isinstance(part, PathCollection) or is_floating_bars(part)


def is_floating_bars(part: Collection) -> bool:
    """Return whether a collection is level bars that float, as ``broken_barh`` draws them."""
    if not isinstance(part, PolyCollection) or np.any(part.get_offsets()):
        return False
    corners = [np.asarray(path.vertices, float) for path in part.get_paths()]
    return bool(corners) and all(len(set(ends[:, side].tolist())) == 2 for ends in corners for side in (0, 1))


def _is_straight(lines: LineCollection) -> bool:
    """Whether all lines are level, or all are upright."""
    return any(all(np.ptp(segment[:, side]) == 0 for segment in segments_of(lines)) for side in (0, 1))


def _loose_patches(ax: Axes) -> Iterator[Patch]:
    """Patches that belong to no bars; one across the whole axes (axvspan, axhspan) is background."""
    bars = {bar for group in bar_groups(ax) for bar in group.bars}
    return (patch for patch in ax.patches if patch not in bars and patch.get_visible() and not spans_axes(patch, ax))


def _boxes(ax: Axes) -> list[Line2D]:
    """The lines of box plots: each box is a rectangle that ends where it begins."""
    rectangles = any(_is_rectangle(line) for line in ax.get_lines())
    filled = any(isinstance(patch, PathPatch) for patch in ax.patches)
    return list(ax.get_lines()) if rectangles or filled else []


def _is_rectangle(line: Line2D) -> bool:
    points = np.asarray(line.get_xydata(), float)
    closed = len(points) in (5, 11) and bool((points[0] == points[-1]).all())  # 11 with notches
    return closed and len({tuple(point) for point in points.tolist()}) == len(points) - 1


def stem_lines(ax: Axes) -> set[Artist]:
    """Return the lines of stem plots that carry nothing: their points tell all."""
    stems = [box for box in ax.containers if isinstance(box, StemContainer)]
    lines = [part for box in stems for part in (box.baseline, box.stemlines)]
    return {part for item in lines for part in (item if isinstance(item, (list, tuple)) else [item])}


def error_lines(ax: Axes) -> set[Artist]:
    """Return the lines of error bars, which are told with their series."""
    return {lines for box in error_bars_on(ax) for lines in box.lines[2]}


def shares(ax: Axes) -> list[tuple[str, float]]:
    """Return the names of a pie's pieces, and their shares in percent."""
    wedges = [patch for patch in ax.patches if isinstance(patch, Wedge) and patch.get_visible()]
    return [(label_of(wedge), (wedge.theta2 - wedge.theta1) / 3.6) for wedge in wedges]
