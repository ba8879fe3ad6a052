"""Read what stands on axes, whichever call has drawn it: the one reader of charts.

A description (`helpers.description`), the feedback on an exercise and the marking of an assignment read charts through
these functions, so that they can't differ about what a chart shows.

- what is drawn, as numbers in the units of the axes: `bar_groups`, `bars_of`, `error_bars_of`, `ranges_of`, `lines_on`,
  `lines_of`, `points_on`
- the words on it: `titles`, `title_of`, `axis_words`, `legend_names_of`, `label_of`, `category_names`

A function that ends in ``_of`` reads charts that share a place (``twinx``) together, the others one `Axes` alone. None
changes anything on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryLocator
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.dates import DateLocator
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import Transform

from .plotting.time_axis import day_of

_NEAR = 1e-6


@dataclass(frozen=True)
class Bar:
    """One bar: its name (words at the axis, or the number there), how long it is, where it stands, and its own label."""

    name: str
    value: float
    at: float
    lying: bool = False
    label: str = ""


@dataclass(frozen=True)
class Range:
    """A straight line, or a bar: from `low` to `high`, at a place on the other axis, with the words at that place."""

    low: float
    high: float
    at: float
    lying: bool = True
    name: str = ""


@dataclass(frozen=True)
class DrawnLine:
    """One line of points, with the name that a reader sees for it ("" if none)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    name: str = ""


class BarGroup(NamedTuple):
    """The bars of one call, with the label that it was given, shown or not."""

    bars: list[Rectangle]
    lying: bool
    label: str


# --- one Axes -----------------------------------------------------------------------------------


def titles(ax: Axes) -> tuple[str, str, str]:
    """Return the titles at the left, in the middle and at the right; each may be empty."""
    return ax.get_title(loc="left"), ax.get_title(loc="center"), ax.get_title(loc="right")


def label_of(artist: Artist | ErrorbarContainer | BarGroup) -> str:
    """Return the label that something drawn was given; empty if it is one that matplotlib hides."""
    label = artist.label if isinstance(artist, BarGroup) else str(artist.get_label() or "")
    return "" if label.startswith("_") or label == "None" else label


def spans_axes(artist: Artist, ax: Axes) -> bool:
    """Whether an artist reaches across the whole axes, as a rule (``axhline``) or a shade (``axvspan``) does.

    Equal is not enough: where an axis runs from 0 to 1, the transforms of data and of the whole axes have equal numbers.
    """
    across = (ax.get_xaxis_transform(which="grid"), ax.get_yaxis_transform(which="grid"))
    return any(_transform(artist) is transform for transform in across)


def in_data_units(artist: Artist, ax: Axes) -> bool:
    """Whether an artist stands in the units of both axes."""
    return not spans_axes(artist, ax) and all(_transform(artist).contains_branch_seperately(ax.transData))


def _transform(artist: Artist) -> Transform:
    return artist.get_data_transform() if isinstance(artist, Patch) else artist.get_transform()


def numbers(values: Any) -> np.ndarray:
    """Return plain numbers; what is masked is missing."""
    return np.ma.filled(np.ma.asarray(values, float), np.nan)


def has_days(axis: Axis) -> bool:
    """Whether an axis is one of time: by the converters of matplotlib and of pandas, or by its ticks."""
    return "Date" in type(axis.get_converter()).__name__ or isinstance(axis.get_major_locator(), DateLocator)


def day_at(number: float) -> date:
    """Return the day at a place of an axis of time; where a sum has missed midnight by a hair, the day that is meant."""
    return day_of(round(number, 6))


def tick_names(axis: Axis) -> list[tuple[float, str]]:
    """Return the words at an axis, each with its place."""
    ticks = [float(tick) for tick in axis.get_majorticklocs()]
    names = axis.get_major_formatter().format_ticks(ticks)
    return [(tick, " ".join(str(name).split())) for tick, name in zip(ticks, names, strict=True) if str(name).strip()]


def category_names(axis: Axis) -> dict[float, str]:
    """Return the names of categories by their places, where ticks stand at fixed places and are labelled with words."""
    fixed = isinstance(axis.get_major_locator(), (FixedLocator, StrCategoryLocator))
    return {round(tick, 6): name for tick, name in tick_names(axis)} if fixed else {}


def bar_groups(ax: Axes) -> list[BarGroup]:
    """Return what each call of ``bar``, ``barh`` or ``hist`` has drawn, and is still there."""
    there = set(ax.patches)
    boxes = [box for box in ax.containers if isinstance(box, BarContainer)]
    return [
        BarGroup(
            [bar for bar in box.patches if isinstance(bar, Rectangle) and bar in there], _lying(box), str(box.get_label())
        )
        for box in boxes
    ]


def all_bars(ax: Axes) -> list[BarGroup]:
    """Return `bar_groups`; on axes without any container, all rectangles together.

    Beside the bars of groups, a rectangle is a shade behind them, as ``axvspan`` draws for the years of a war.
    """
    alone = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    return bar_groups(ax) if ax.containers else [BarGroup(alone, False, "")]


def extent(bar: Rectangle, lying: bool) -> tuple[float, float, float]:
    """Return at which place a bar stands (its middle), where it begins, and how long it is; below 0 if it goes down."""
    x, y, width, height = (float(value) for value in (bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()))
    return (y + height / 2, x, width) if lying else (x + width / 2, y, height)


def lines_on(ax: Axes) -> list[Line2D]:
    """Return the lines that can be seen and stand in the units of both axes."""
    return [line for line in ax.get_lines() if line.get_visible() and in_data_units(line, ax)]


def points_of_line(line: Line2D) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of a line's points, across and upwards."""
    return numbers(line.get_xdata(orig=False)), numbers(line.get_ydata(orig=False))


def points_on(ax: Axes) -> Iterator[tuple[PathCollection, np.ndarray]]:
    """Yield each cloud of points that can be seen, with their places: a row for each point, across and upwards."""
    for cloud in ax.collections:
        if isinstance(cloud, PathCollection) and cloud.get_visible() and np.size(cloud.get_offsets()):
            yield cloud, numbers(cloud.get_offsets())


def error_bars_on(ax: Axes) -> list[ErrorbarContainer]:
    """Return what each call of ``errorbar``, or of ``bar(yerr=…)``, has drawn."""
    return [box for box in ax.containers if isinstance(box, ErrorbarContainer)]


def segments_of(lines: LineCollection) -> list[np.ndarray]:
    """Return the lines of a collection, each as a row for each of its points."""
    return [np.asarray(segment, float) for segment in lines.get_segments() if len(segment) >= 2]


# --- charts that share a place ------------------------------------------------------------------


def together(ax: Axes) -> list[Axes]:
    """Return the axes, and those that lie on the same place (``twinx``, ``twiny``); the given ones first."""
    figure = ax.get_figure(root=True)
    others = figure.get_axes() if isinstance(figure, Figure) else []
    place = ax.get_position(original=True).bounds
    return [ax, *(other for other in others if other is not ax and other.get_position(original=True).bounds == place)]


def title_of(ax: Axes) -> str:
    """Return the words above a chart: the titles of the axes, and that of the figure."""
    figure = ax.get_figure(root=True)
    parts = [title for one in together(ax) for title in titles(one)]
    parts.append(figure.get_suptitle() if isinstance(figure, Figure) else "")
    return " ".join(part.strip() for part in parts if part.strip())


def axis_words(ax: Axes, side: str) -> str:
    """Return the words at an axis ("x" or "y"): its label, and that of the figure."""
    figure = ax.get_figure(root=True)
    parts = [getattr(one, f"get_{side}label")() for one in together(ax)]
    parts.append(getattr(figure, f"get_sup{side}label")() if isinstance(figure, Figure) else "")
    return " ".join(str(part).strip() for part in parts if str(part).strip())


def bars_of(ax: Axes) -> list[Bar]:
    """Return the bars of a chart, standing or lying, in the order of drawing.

    The name of a bar is what stands at the axis beneath (or beside) it; where only numbers stand there and none is at the
    bar, its place as a number.
    """
    return [bar for one in together(ax) for bar in _bars_on(one)]


def _bars_on(ax: Axes) -> list[Bar]:
    groups = bar_groups(ax)
    if not groups:  # drawn one by one, as rectangles
        groups = [BarGroup([patch for patch in _boxes(ax) if patch.get_y() == 0], False, "")]
    bars = []
    for patches, lying, label in groups:
        names = _names_at(ax, lying)
        for patch in (patch for patch in patches if patch.get_visible()):
            at, _, length = extent(patch, lying)
            own = label if len(patches) == 1 else str(patch.get_label())
            own = "" if own.startswith("_") else own
            bars.append(Bar(_name_at(at, names) or own or _place(ax, at, lying), length, at, lying, own))
    return bars


def _boxes(ax: Axes) -> list[Rectangle]:
    """The rectangles that can be seen and stand in the units of both axes; that of axvspan does not."""
    grounds = {to_rgba(ax.get_facecolor())[:3], (1.0, 1.0, 1.0)}  # white on the course's paper is not seen either
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_visible()]
    seen = [
        patch for patch in found if to_rgba(patch.get_facecolor())[3] and to_rgba(patch.get_facecolor())[:3] not in grounds
    ]
    return [patch for patch in seen if in_data_units(patch, ax)]


def _lying(box: BarContainer) -> bool:
    """Whether the bars of one call lie: the call says so, else all begin at the same left end."""
    if getattr(box, "orientation", None):
        return bool(box.orientation == "horizontal")
    return len({round(float(patch.get_x()), 6) for patch in box.patches}) == 1 < len(box.patches)


def _names_at(ax: Axes, lying: bool) -> list[tuple[float, str]]:
    """The words at an axis, without those that are only the number of the place."""
    return [(at, name) for at, name in tick_names(ax.yaxis if lying else ax.xaxis) if not _is_number(name, at)]


def _is_number(words: str, number: float) -> bool:
    try:
        return abs(float(words.replace("−", "-")) - number) < 0.01
    except ValueError:
        return False


def _name_at(at: float, names: list[tuple[float, str]]) -> str:
    near = min(names, key=lambda name: abs(name[0] - at), default=None)
    return near[1] if near is not None and abs(near[0] - at) < 0.5 else ""


def _place(ax: Axes, at: float, lying: bool) -> str:
    """The place of a bar as a number; as a day, if the axis has days."""
    axis = ax.yaxis if lying else ax.xaxis
    return day_at(at).isoformat() if has_days(axis) else f"{at:g}"


def error_bars_of(ax: Axes) -> list[Range]:
    """Return the error bars of a chart: of ``bar(yerr=…)``, of ``errorbar``, or drawn as single lines."""
    return [line for line in ranges_of(ax, boxes=False) if line.high > line.low]


def ranges_of(ax: Axes, *, boxes: bool = True) -> list[Range]:
    """Return the straight lines of a chart that run along one axis, and, with `boxes`, the bars that float.

    As drawn by ``hlines``, ``vlines``, ``plot`` in a loop, ``errorbar``, ``barh``, ``broken_barh``; each once. A line
    without length, and a single point, are ranges whose ends are equal, unless they mark the end of a longer one.
    """
    found: dict[Range, None] = {}
    for one in together(ax):
        caps = {cap for box in error_bars_on(one) for cap in box.lines[1]}
        for line in lines_on(one):
            if line not in caps:
                found.update(dict.fromkeys(_runs(np.asarray(line.get_xydata(), float), line.get_linestyle() == "None")))
        for lines in one.collections:
            if isinstance(lines, LineCollection) and lines.get_visible():
                for segment in lines.get_segments():
                    found.update(dict.fromkeys(_runs(np.asarray(segment, float))))
            elif isinstance(lines, PathCollection):
                for point in np.asarray(lines.get_offsets(), float):
                    found.update(dict.fromkeys(_runs(point.reshape(1, 2))))
        if boxes:
            found.update(dict.fromkeys(_boxes_on(one)))
    names = {lying: [name for one in together(ax) for name in _names_at(one, lying)] for lying in (True, False)}
    return [replace(one, name=_name_at(one.at, names[one.lying])) for one in _without_ends(list(found))]


def _runs(points: np.ndarray, scattered: bool = False) -> list[Range]:
    """The ranges in one line of points: one if it runs along an axis, one a point if the points are not joined."""
    points = points[~np.isnan(points).any(axis=1)] if points.size else points.reshape(0, 2)
    if scattered or len(points) == 1:
        return [Range(float(x), float(x), float(y)) for x, y in points]
    if len(points) == 0:
        return []
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    if top - bottom <= _NEAR * max(1.0, abs(top)):
        return [Range(float(left), float(right), float(bottom))]
    if right - left <= _NEAR * max(1.0, abs(right)):
        return [Range(float(bottom), float(top), float(left), lying=False)]
    return []


def _boxes_on(ax: Axes) -> list[Range]:
    standing = {
        id(patch) for box in ax.containers if isinstance(box, BarContainer) and not _lying(box) for patch in box.patches
    }
    found = [_range_of(b.get_x(), b.get_y(), b.get_width(), b.get_height(), id(b) in standing) for b in _boxes(ax)]
    for shape in ax.collections:
        if isinstance(shape, PolyCollection) and shape.get_visible():
            for path in shape.get_paths():
                (left, bottom), (right, top) = path.get_extents().get_points()
                found.append(_range_of(left, bottom, right - left, top - bottom, False))
    return found


def _range_of(x: float, y: float, width: float, height: float, stands: bool) -> Range:
    start, length, at = (y, height, x + width / 2) if stands else (x, width, y + height / 2)
    low, high = sorted((float(start), float(start) + float(length)))
    return Range(low, high, float(at), lying=not stands)


def _without_ends(ranges: list[Range]) -> list[Range]:
    """Leave out points that only mark an end, or a place, of a longer range; others stand or lie as the longer ones do."""
    longer = [one for one in ranges if one.high > one.low]
    points = [one for one in ranges if one.high == one.low]
    if longer and not any(one.lying for one in longer):
        points = [Range(one.at, one.at, one.low, lying=False) if one.lying else one for one in points]

    def marks_one(point: Range) -> bool:
        return any(abs(one.at - point.at) < 0.5 and one.low - _NEAR <= point.low <= one.high + _NEAR for one in longer)

    return [*longer, *dict.fromkeys(point for point in points if not marks_one(point))]


def lines_of(ax: Axes) -> list[DrawnLine]:
    """Return the lines of a chart, each with the name that a reader sees.

    The name is that of the legend; without a legend, a text that stands at an end of the line; else the label that the
    line was given, which nothing shows yet.
    """
    found = []
    for one in together(ax):
        visible = lines_on(one)
        names = _legend_by_line(ax, visible)
        for line in visible:
            xs, ys = points_of_line(line)
            name = names.get(id(line)) or _text_at(one, xs, ys) or label_of(line)
            found.append(DrawnLine(_as_read(one, xs), tuple(map(float, ys)), name))
    return found


def _as_read(ax: Axes, xs: np.ndarray) -> tuple[float, ...]:
    """Where points stand: years that were drawn as text are the numbers that a reader sees, not their places in a row."""
    named = category_names(ax.xaxis)
    try:
        return tuple(float(named[round(float(x), 6)]) for x in xs)
    except (KeyError, ValueError):
        return tuple(map(float, xs))


def _legends(ax: Axes) -> list[Legend]:
    figure = ax.get_figure(root=True)
    own = [one.get_legend() for one in together(ax)]
    extra = [artist for one in together(ax) for artist in one.artists if isinstance(artist, Legend)]
    return [legend for legend in [*own, *extra, *(figure.legends if figure is not None else [])] if legend is not None]


def legend_names_of(ax: Axes) -> list[str]:
    """Return the names that a reader sees: those of every legend, and texts written beside lines."""
    shown = [text.get_text().strip() for legend in _legends(ax) for text in legend.get_texts()]
    for one in together(ax):
        shown += [_text_at(one, *points_of_line(line)) for line in one.get_lines()]
    return list(dict.fromkeys(name for name in shown if name))


def _look(line: Any) -> tuple[Any, ...]:
    return to_hex(line.get_color()), line.get_linestyle(), str(line.get_marker()), float(line.get_linewidth())


def _legend_by_line(ax: Axes, lines: list[Line2D]) -> dict[int, str]:
    """Which words of the legends belong to which line: by its look; by the order, where two look alike."""
    names: dict[int, str] = {}
    looks = {id(line): _look(line) for line in lines}
    for legend in _legends(ax):
        entries = [
            (handle, text.get_text().strip())
            for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False)
            if isinstance(handle, Line2D)
        ]
        for handle, words in entries:
            own = _look(handle)
            alike = [line for line, look in looks.items() if line not in names and look == own]
            if alike and words:
                names[alike[0]] = words
    return names


def _text_at(ax: Axes, xs: np.ndarray, ys: np.ndarray) -> str:
    """A text that stands within a tenth of the chart of the first or the last point of a line."""
    there = ~(np.isnan(xs) | np.isnan(ys))
    if not there.any():
        return ""
    low_x, high_x, low_y, high_y = *ax.get_xlim(), *ax.get_ylim()
    best, words = (0.1, 1.0), ""
    for text in ax.texts:
        place = text.xy if hasattr(text, "xy") else text.get_position()
        try:
            x, y = (float(value) for value in place)
        except (TypeError, ValueError):
            continue
        for end in (0, -1):
            across = abs(x - xs[there][end]) / (abs(high_x - low_x) or 1)
            up = abs(y - ys[there][end]) / (abs(high_y - low_y) or 1)
            apart = max(across, up), across + up  # the sum decides between texts that stand one above the other
            if apart <= best and text.get_text().strip():
                best, words = apart, text.get_text().strip()
    return words
