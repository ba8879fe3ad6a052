"""Whose voices a table rests on: citations by country and by the decade of the event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from .. import edtf
from ..language import later
from . import panel, theme
from .canvas import draw_empty
from .chart_artists import Voice, VoiceTile
from .columns import check_columns
from .countries import UNKNOWN, country_name, voices
from .events import is_missing
from .media import Medium
from .panel import Margins, ink_on, mixed
from .text_size import text_width
from .theme import INK, PAPER, SOFT_INK

ROW, FONT, NAMES, TOTALS = 26.0, 9.0, 120.0, 150.0  # points
MARGINS = Margins(14.0, 14.0, 8.0)
SHADES = 24
PICKED, OTHERS = ("#e3ebfb", "#0b3f9e"), ("#f1ebdf", "#6b6357")  # from few to many
OTHER = "other countries"


def plot_voices(
    cited: pd.DataFrame,
    *,
    countries: Sequence[str] = ("PAK", "IRQ"),
    most: int = 7,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    medium: Medium = "page",
) -> Axes:
    """Count whose voices a table rests on: a row for each country, a column for each decade of the events.

    Parameters
    ----------
    cited : pandas.DataFrame
        One row for each citation of a source for an event. Needs the columns ``country`` (of the publisher) and
        ``earliest`` (the event's first day, or a year); ``speaker_country`` counts in place of ``country`` where it
        has a value.
    countries : sequence of str, default ("PAK", "IRQ")
        Codes or names of countries that get a row in any case, in colour.
    most : int, default 7
        How many countries get a row of their own; the rest share one.
    ax : matplotlib.axes.Axes, optional
        Where to draw. By default a figure is made, as high as the rows need.
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
        If `cited` is not a data frame.
    ValueError
        If a column is missing, or a row has no day. The message names the row.
    """
    check_columns(cited, ("country", "earliest"), ("speaker_country",), later("Citations need {columns}"), "plot_voices")
    panel.width_on(medium, MARGINS, ax)  # which refuses what it can't be
    picked = [country_name(code) for code in countries]
    counts = Counter(zip(voices(cited), _decades(cited), strict=True))
    titles = (title, subtitle)
    with theme.course_look():
        if not counts:
            return draw_empty(ax, titles, "No citations to show.")
        rows = _rows(counts, picked, most)
        ax = panel.panel(ax, (len(rows) + 1) * ROW, MARGINS, titles, medium=medium, rows=len(rows) + 1)
        _draw(ax, rows, picked)
        theme.make_ticks(ax)
    return ax


def _decades(cited: pd.DataFrame) -> list[int]:
    return [_year(index, value) // 10 * 10 for index, value in zip(cited.index, cited["earliest"].tolist(), strict=True)]


def _year(index: Any, value: Any) -> int:
    if is_missing(value):
        raise ValueError(f"Row {index!r} has no day in 'earliest', so it belongs to no decade.")
    if isinstance(value, int | float) and float(value).is_integer() and 1 <= value <= 9999:
        return int(value)
    try:
        day = value if hasattr(value, "year") else edtf.parse(value).earliest
    except ValueError as problem:
        raise ValueError(f"Row {index!r}: earliest: {problem}") from None
    if day is None:
        raise ValueError(f"Row {index!r}: earliest: {value!r} has no first day, so it belongs to no decade.")
    return int(day.year)


Row = tuple[str, dict[int, int]]  # a country, and its citations by decade


def _rows(counts: Counter[tuple[str, int]], picked: Sequence[str], most: int) -> list[Row]:
    """The rows from top to bottom: by their citations; at the end what is left, and what is not known."""
    totals: Counter[str] = Counter(dict.fromkeys(picked, 0))
    for (name, _), count in counts.items():
        totals[name] += count
    named = [name for name, _ in totals.most_common() if name not in (*picked, UNKNOWN)]
    left = named[max(0, most - len(picked)) :]
    left = left if len(left) > 1 else []
    own = [name for name, _ in totals.most_common() if name not in (*left, UNKNOWN)]
    decades = range(min(decade for _, decade in counts), max(decade for _, decade in counts) + 1, 10)
    groups = [(name, [name]) for name in own]
    groups += [(f"{len(left)} {OTHER}", left)] if left else []
    groups += [(UNKNOWN, [UNKNOWN])] if totals[UNKNOWN] else []
    return [(name, {decade: sum(counts[one, decade] for one in some) for decade in decades}) for name, some in groups]


@dataclass(frozen=True)
class _Grid:
    """What the width of the axes decides, in points: the decades' tiles, and the bars at their right."""

    font: float
    pitch: float
    names: float  # where the tiles begin
    across: float  # of a tile
    end: float  # where the bars begin
    bar: float  # the longest bar
    short: bool  # there is no room for the century of a decade, nor for bars

    def middle(self, row: int) -> float:
        """The height of a row, counted from the top; the first is that of the decades' names."""
        return (row + 0.5) * self.pitch


def _grid(width: float, height: float, rows: Sequence[Row]) -> _Grid:
    pitch = height / (len(rows) + 1)
    font = panel.letters(FONT, 0.42, pitch, width)
    number, decades = text_width("1000", font), len(rows[0][1])
    names = max(text_width(name, font, "bold") for name, _ in rows) + font
    across = (width - names - min(TOTALS, width * 0.22)) / decades
    short = text_width("2000s", font) + 2 > across
    if short:
        across = (width - names - number - 2 * font) / decades  # and bars of a few points
    end = names + decades * across + font
    return _Grid(font, pitch, names, across, end, width - end - number, short)


def _draw(ax: Axes, rows: Sequence[Row], picked: Sequence[str]) -> None:
    grid = _grid(*panel.in_points(ax), rows)
    for j, decade in enumerate(rows[0][1]):
        text = f"{decade % 100:02}s" if grid.short else f"{decade}s"
        size = min(grid.font, grid.font * (grid.across - 2) / text_width(text, grid.font))
        _write(ax, grid.names + (j + 0.5) * grid.across, grid.middle(0), text, size, color=SOFT_INK)
    _write(ax, grid.end, grid.middle(0), "all", grid.font, color=SOFT_INK, ha="left")
    most = max(count for _, counts in rows for count in counts.values())
    longest = max(sum(counts.values()) for _, counts in rows)
    for k, (name, counts) in enumerate(rows, 1):
        shades = mixed(*(PICKED if name in picked else OTHERS), SHADES)
        weight = "bold" if name in picked else "normal"
        _write(ax, grid.names - grid.font, grid.middle(k), name, grid.font, ha="right", weight=weight)
        for j, (decade, count) in enumerate(counts.items()):
            shade = shades[round((SHADES - 1) * (count / most) ** 0.5)] if count else PAPER
            _draw_tile(ax, grid, Voice(name, decade, count), (j, k), shade)
        total = sum(counts.values())
        length = max(0.5, grid.bar * total / longest)
        if not grid.short:
            ax.add_patch(
                Rectangle((grid.end, grid.middle(k) - 0.25 * grid.pitch), length, 0.5 * grid.pitch, facecolor=shades[-1])
            )
        at = grid.end if grid.short else grid.end + length + 4
        _write(ax, at, grid.middle(k), f"{total:,}", grid.font, ha="left", weight=weight)


def _draw_tile(ax: Axes, grid: _Grid, voice: Voice, place: tuple[int, int], shade: str) -> None:
    left, middle = grid.names + place[0] * grid.across + 1, grid.middle(place[1])
    size = (grid.across - 2, 0.9 * grid.pitch)
    style: dict[str, Any] = {"facecolor": shade, "edgecolor": "#e4dccb", "linewidth": 0.8}
    ax.add_patch(VoiceTile(voice, left, middle - 0.45 * grid.pitch, size, **style))
    ink = ink_on(shade) if voice.citations else SOFT_INK
    _write(ax, left + grid.across / 2 - 1, middle, str(voice.citations), grid.font, color=ink)


def _write(
    ax: Axes, x: float, y: float, text: str, size: float, *, color: str = INK, ha: str = "center", **style: Any
) -> None:
    style |= {"fontsize": size, "color": color, "ha": ha, "va": "center_baseline", "parse_math": False}
    ax.add_artist(Text(x, y, text, **style))
