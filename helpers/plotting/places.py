"""A small map: a coast and named points. It has no borders, no roads and no colours of states."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text

from ..language import later
from . import panel, theme
from .canvas import draw_empty
from .chart_artists import CoastLine, Place, PlaceDot
from .columns import check_columns
from .events import is_missing
from .media import Medium
from .panel import Margins
from .text_size import linespacing, text_height, text_width
from .theme import INK, LEADER, PAPER, SOFT_INK

COAST = Path(__file__).with_name("coast.json")
FONT, DOT = 9.0, 6.0  # points
MARGINS = Margins(14.0, 14.0, 8.0)
EDGE = 0.09  # of the map's longer side: what is shown around the outermost places
SMALLEST = 6.0  # degrees across, if there is one place only
FAR = (0.9, 1.2, 1.8, 2.4, 3.0, 3.8, 4.5, 6.0, 8.0, 10.0)  # of a dot: how far a name may stand from its place
MANY = 20  # places: beyond, names are looked for once
ROUNDS = 12  # the names that find no room come first in the next
DIRECTIONS = (
    *((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)),
    *((2, 1), (2, -1), (4, 1), (4, -1), (-2, 1), (-2, -1), (1, 2), (1, -2)),
)
LINED = 1.2 * DOT  # points: a name that stands farther away has a line to its place
GULF = (51.4, 26.9)  # the middle of the sea that the course calls the Gulf
BAR = ((500, "500 km"), (200, "200 km"), (100, "100 km"), (50, "50 km"))
KM = 111.2  # a degree of latitude


Point = tuple[float, float]


class Box(NamedTuple):
    """A part of the map, in points from its lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


def plot_places(
    places: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    medium: Medium = "page",
) -> Axes:
    """Draw places as named points, with the coast.

    The map shows no borders: where they run is a matter of dispute for several of the states of this course.

    Parameters
    ----------
    places : pandas.DataFrame
        One row a place. Needs the columns ``place``, ``latitude`` and ``longitude`` (degrees north and east).
    ax : matplotlib.axes.Axes, optional
        Where to draw. By default a figure is made, as high as the places need.
    title, subtitle : str, optional
        The figure's title, and a line in smaller letters beneath it.
    medium : {"page", "slide", "phone", "poster"}, default "page"
        Where the figure will be met: it gives a new figure its size.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `places` is not a data frame.
    ValueError
        If a column is missing, or a row has no name or no degrees. The message names the row.

    Notes
    -----
    A degree across is drawn shorter than one upwards, as it is in the middle of the map. The coast is known from 28 to 82
    degrees east and from 10 to 44 degrees north.
    """
    width = panel.width_on(medium, MARGINS, ax)
    check_columns(places, ("place", "latitude", "longitude"), (), later("A map needs {columns}"), "plot_places")
    columns = (places[name].tolist() for name in ("place", "latitude", "longitude"))
    found = [_place(*row) for row in zip(places.index, *columns, strict=True)]
    with theme.course_look():
        if not found:
            return draw_empty(ax, (title, subtitle), "No places to show.")
        west, south, east, north = _window(found)
        narrow = cos(radians((south + north) / 2))
        height = min(460.0, width * (north - south) / ((east - west) * narrow))
        ax = panel.panel(ax, height, MARGINS, (title, subtitle), medium=medium)
        _set_window(ax, (west, south, east, north), narrow)
        _draw(ax, found, narrow)
        theme.make_ticks(ax)
    return ax


def _place(index: Any, name: Any, latitude: Any, longitude: Any) -> Place:
    if is_missing(name):
        raise ValueError(f"Row {index!r}: the place is {name!r}; every place needs a name.")
    north, east = _degrees(index, name, "latitude", latitude, 90), _degrees(index, name, "longitude", longitude, 180)
    return Place(" ".join(str(name).split()), north, east)


def _degrees(index: Any, name: Any, what: str, value: Any, most: int) -> float:
    try:
        number = float("nan") if is_missing(value) else float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not -most <= number <= most:
        raise ValueError(f"Row {index!r} ({name}): {what} is {value!r}; degrees from {-most} to {most} are needed.")
    return number


def _window(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """West, south, east and north of what is shown: at most twice as wide as high, and not higher than wide."""
    west, east = min(place.longitude for place in places), max(place.longitude for place in places)
    south, north = min(place.latitude for place in places), max(place.latitude for place in places)
    edge = max(EDGE * max(east - west, north - south), SMALLEST / 2 if east - west < 1 else 0.0)
    west, east, south, north = west - edge, east + edge, south - edge, north + edge
    narrow = cos(radians((south + north) / 2))
    across, up = (east - west) * narrow, north - south
    more_up, more_across = max(0.0, across / 2 - up) / 2, max(0.0, up * 1.5 - across) / 2 / narrow
    return west - more_across, south - more_up, east + more_across, north + more_up


def _set_window(ax: Axes, window: tuple[float, float, float, float], narrow: float) -> None:
    """Show the window, and as much around it as the axes' shape asks for."""
    width, height = theme.size_in_points(ax)
    west, south, east, north = window
    degree = min(width / ((east - west) * narrow), height / (north - south))  # points for a degree upwards
    x, y = (west + east) / 2, (south + north) / 2
    half = (width / degree / narrow / 2, height / degree / 2)
    ax.set_xlim(x - half[0], x + half[0])
    ax.set_ylim(y - half[1], y + half[1])
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_visible(False)
    for spine in ax.spines.values():
        spine.set(visible=True, edgecolor="#e4dccb", linewidth=0.8)


@lru_cache(maxsize=1)
def _coast() -> list[tuple[list[float], list[float]]]:
    lines = json.loads(COAST.read_text(encoding="utf-8"))["lines"]
    return [([x for x, _ in line], [y for _, y in line]) for line in lines]


def _draw(ax: Axes, places: Sequence[Place], narrow: float) -> None:
    west, east = ax.get_xlim()
    south, north = ax.get_ylim()
    width, height = theme.size_in_points(ax)
    scale = (width / (east - west), height / (north - south))  # points a degree
    for xs, ys in _coast():
        if max(xs) >= west and min(xs) <= east and max(ys) >= south and min(ys) <= north:
            ax.add_line(CoastLine(xs, ys, color=LEADER, linewidth=0.9, solid_joinstyle="round", zorder=1))
    at = {place: ((place.longitude - west) * scale[0], (place.latitude - south) * scale[1]) for place in places}
    taken = [_around(x, y, DOT) for x, y in at.values()]
    taken.append(_draw_bar(ax, scale[1] / KM, width))
    taken += _draw_gulf(ax, (west, south, east, north), scale)
    boxes = _names(at, taken, (width, height))
    for place, point in at.items():
        dot: dict[str, Any] = {"marker": "o", "markersize": DOT, "color": "#0b4fc4", "markeredgecolor": PAPER, "zorder": 4}
        ax.add_line(PlaceDot(place._replace(named=place in boxes), **dot))
        if place in boxes:
            _write_name(ax, place, boxes[place], point, scale)


def _from_side(at: dict[Place, Point], side: tuple[int, int]) -> list[Place]:
    return sorted(at, key=lambda place: (at[place][0] * side[0] + at[place][1] * side[1], place.name))


def _names(at: dict[Place, Point], taken: Sequence[Box], size: tuple[float, float]) -> dict[Place, Box]:
    """Find a box for each name. The first has the choice: places are tried from each side, then those left out first."""
    few = len(at) <= MANY
    sides = ((1, 0), (-1, 0), (0, 1), (0, -1)) if few else ((1, 0),)
    orders = [_from_side(at, side) for side in sides]
    tried: list[dict[Place, Box]] = []
    for _ in range(ROUNDS if few else 1):
        found = [_names_in(order, at, taken, size) for order in orders]
        tried += found
        if any(len(boxes) == len(at) for boxes in found):
            break
        orders = [sorted(order, key=boxes.__contains__) for order, boxes in zip(orders, found, strict=True)]
    return min(tried, key=lambda boxes: (-len(boxes), sum(_distance(box, at[place]) for place, box in boxes.items())))


def _names_in(
    places: Sequence[Place], at: dict[Place, Point], taken: Sequence[Box], size: tuple[float, float]
) -> dict[Place, Box]:
    taken, boxes = list(taken), {}
    for place in places:
        point, others = at[place], [dot for dot in at.values() if dot != at[place]]
        free = (box for box in _places_for(place.name, *point) if _is_free(box, taken, size))
        box = next((box for box in free if _is_its_own(box, point, others) and not _crosses(box, point, taken)), None)
        if box is not None:
            boxes[place] = box
            taken += [box, *_way(box, point)]
    return boxes


def _around(x: float, y: float, size: float) -> Box:
    return Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)


def _is_free(box: Box, taken: Sequence[Box], size: tuple[float, float]) -> bool:
    inside = box.x0 > 2 and box.y0 > 2 and box.x1 < size[0] - 2 and box.y1 < size[1] - 2
    return inside and not any(box.meets(other) for other in taken)


def _is_its_own(box: Box, at: Point, others: Sequence[Point]) -> bool:
    """Whether a name stands nearer to its place than to any other, or, at the end of a line, well away from the others."""
    near = min(_distance(box, at), LINED)
    return all(_distance(box, other) > near + 1 for other in others)


def _crosses(box: Box, at: Point, taken: Sequence[Box]) -> bool:
    """Whether the line from a place to its name would run through another dot, line or name."""
    own = _around(*at, DOT)
    return any(step.meets(other) for step in _way(box, at) for other in taken if other != own)


def _way(box: Box, at: Point) -> list[Box]:
    """The line from a place to its name in small pieces; none if the name stands at its place."""
    if _distance(box, at) <= LINED:
        return []
    end, far = _nearest(box, at), _distance(box, at)
    shares = [share / far for share in range(int(DOT), int(far), 2)]
    return [_around(at[0] + (end[0] - at[0]) * share, at[1] + (end[1] - at[1]) * share, 1.0) for share in shares]


def _nearest(box: Box, at: Point) -> Point:
    return min(max(at[0], box.x0), box.x1), min(max(at[1], box.y0), box.y1)


def _distance(box: Box, at: Point) -> float:
    return hypot(*(one - other for one, other in zip(_nearest(box, at), at, strict=True)))


def _places_for(name: str, x: float, y: float) -> Iterator[Box]:
    """Where a name may stand, the best first: beside its place, above, beneath, aslant; then farther away."""
    width, height = text_width(name, FONT) + 2, text_height(name, FONT)
    for far in FAR:
        gap = far * DOT
        for side, up in DIRECTIONS:
            left = x + side * gap / hypot(side, up) - (width if side < 0 else width / 2 if side == 0 else 0)
            low = y + up * gap / hypot(side, up) - (height if up < 0 else height / 2 if up == 0 else 0)
            yield Box(left, low, left + width, low + height)


def _write_name(ax: Axes, place: Place, box: Box, at: tuple[float, float], scale: tuple[float, float]) -> None:
    """Write a name into its box, with a line to its place if it stands away from it."""
    west, south = ax.get_xlim()[0], ax.get_ylim()[0]
    middle = (box.y0 + box.y1) / 2
    nearest = _nearest(box, at)
    if _distance(box, at) > LINED:
        xs, ys = ([west + x / scale[0] for x in (at[0], nearest[0])], [south + y / scale[1] for y in (at[1], nearest[1])])
        ax.add_line(Line2D(xs, ys, color=SOFT_INK, linewidth=0.7, zorder=2))
    style: dict[str, Any] = {"fontsize": FONT, "color": INK, "ha": "left", "va": "center_baseline", "parse_math": False}
    style["linespacing"] = linespacing(1.0)  # its box is as high as its letters, which is what was kept free
    style["path_effects"] = [Stroke(linewidth=2.5, foreground=PAPER), Normal()]  # a name may lie across the coast
    ax.add_artist(Text(west + (box.x0 + 1) / scale[0], south + middle / scale[1], place.name, zorder=5, **style))


def _draw_bar(ax: Axes, point: float, width: float) -> Box:
    """Draw a bar of a round length; `point` is how many points a kilometre takes."""
    length, text = next(((km * point, text) for km, text in BAR if km * point <= 0.2 * width), (50 * point, "50 km"))
    west, south = ax.get_xlim()[0], ax.get_ylim()[0]
    to_degrees = ((ax.get_xlim()[1] - west) / width, (ax.get_ylim()[1] - south) / theme.size_in_points(ax)[1])
    xs = [west + x * to_degrees[0] for x in (12, 12 + length)]
    low = south + 12 * to_degrees[1]
    ax.add_line(Line2D(xs, [low, low], color=SOFT_INK, linewidth=1.4, solid_capstyle="butt", zorder=3))
    style: dict[str, Any] = {"fontsize": 8.0, "color": SOFT_INK, "ha": "left", "va": "bottom", "parse_math": False}
    ax.add_artist(Text(xs[0], low + 3 * to_degrees[1], text, **style))
    return Box(8, 6, 16 + max(length, text_width(text, 8.0)), 28)


def _draw_gulf(ax: Axes, window: tuple[float, float, float, float], scale: tuple[float, float]) -> list[Box]:
    """Name the Gulf if the map shows it and there is room in it."""
    west, south, east, north = window
    width, height = text_width("the Gulf", FONT), text_height("the Gulf", FONT)
    x, y = (GULF[0] - west) * scale[0], (GULF[1] - south) * scale[1]
    inside = width / 2 < x < (east - west) * scale[0] - width / 2 and height < y < (north - south) * scale[1] - height
    if not inside or width > 2.6 * scale[0]:  # there, the sea is less than three degrees wide
        return []
    style: dict[str, Any] = {"fontsize": FONT, "style": "italic", "color": SOFT_INK, "ha": "center", "va": "center"}
    ax.add_artist(Text(*GULF, "the Gulf", parse_math=False, zorder=3, **style))
    return [Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)]
