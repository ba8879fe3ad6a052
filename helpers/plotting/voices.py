"""Whose voices a table rests on: citations by country and by the decade of the event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
    if not isinstance(cited, pd.DataFrame):
        raise TypeError(f"plot_voices needs a table (a pandas DataFrame), but got {type(cited).__name__}.")
    check_columns(cited, ("country", "earliest"), ("speaker_country",), later("Citations need {columns}"))
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


def _draw(ax: Axes, rows: Sequence[Row], picked: Sequence[str]) -> None:
    width, height = panel.in_points(ax)
    pitch = height / (len(rows) + 1)  # the first is that of the decades' names
    font = panel.letters(FONT, 0.42, pitch, width)
    decades = list(rows[0][1])
    names = max(text_width(name, font, "bold") for name, _ in rows) + font
    across = (width - names - min(TOTALS, width * 0.22)) / len(decades)
    short = text_width("2000s", font) + 2 > across  # then the century is left out
    if short:
        across = (width - names - text_width("1000", font) - 2 * font) / len(decades)  # and bars of a few points
    most = max(count for _, counts in rows for count in counts.values())
    longest = max(sum(counts.values()) for _, counts in rows)
    for j, decade in enumerate(decades):
        text = f"{decade % 100:02}s" if short else f"{decade}s"
        size = min(font, font * (across - 2) / text_width(text, font))
        _write(ax, names + (j + 0.5) * across, 0.5 * pitch, text, size, color=SOFT_INK)
    end = names + len(decades) * across + font
    _write(ax, end, 0.5 * pitch, "all", font, color=SOFT_INK, ha="left")
    for k, (name, counts) in enumerate(rows):
        middle, strong = (k + 1.5) * pitch, name in picked
        shades = mixed(*(PICKED if strong else OTHERS), SHADES)
        _write(ax, names - font, middle, name, font, ha="right", weight="bold" if strong else "normal")
        for j, (decade, count) in enumerate(counts.items()):
            at = (names + j * across + 1, middle - 0.45 * pitch)
            shade = shades[round((SHADES - 1) * (count / most) ** 0.5)] if count else PAPER
            tile = Voice(name, decade, count)
            ax.add_patch(
                VoiceTile(tile, *at, (across - 2, 0.9 * pitch), facecolor=shade, edgecolor="#e4dccb", linewidth=0.8)
            )
            ink = ink_on(shade) if count else SOFT_INK
            _write(ax, at[0] + across / 2 - 1, middle, str(count), font, color=ink)
        total = sum(counts.values())
        length = max(0.5, (width - end - text_width("1000", font)) * total / longest)
        if not short:
            ax.add_patch(Rectangle((end, middle - 0.25 * pitch), length, 0.5 * pitch, facecolor=shades[-1]))
        _write(
            ax,
            end if short else end + length + 4,
            middle,
            f"{total:,}",
            font,
            ha="left",
            weight="bold" if strong else "normal",
        )


def _write(
    ax: Axes, x: float, y: float, text: str, size: float, *, color: str = INK, ha: str = "center", **style: Any
) -> None:
    style |= {"fontsize": size, "color": color, "ha": ha, "va": "center_baseline", "parse_math": False}
    ax.add_artist(Text(x, y, text, **style))
