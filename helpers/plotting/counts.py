"""A timeline of many events: how many there are of each kind in each stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..language import later
from . import artists
from .canvas import RIBBON_HALF, Canvas, Titles
from .events import Item
from .lettering import say, say_count
from .media import sheet_for
from .placement import ERA, MIDDLE, TimeScale
from .theme import INK, RIBBON, SOFT_INK
from .time_axis import day_number, day_of

SIZE = (12.0, 6.0)  # on a page
ROW, MIN_ROW = 50.0, 24.0  # points from one row to the next
BIN_WIDTH = 15.0  # points, at least
_MONTHS = (1, 3, 12, *(12 * years for years in (2, 5, 10, 20, 50, 100, 200, 500, 1000)))  # lengths of a bin
MUTED_BIN = "#c4bdb0"  # events that are not picked out
_WORDS = {0: later("one day"), 1: later("one month"), 3: later("three months")}


def bin_days(low: float, high: float, most: int) -> list[date]:
    """Return the first day of each bin, and of one bin more: days, months, quarters or round numbers of years."""
    first, last = day_of(low), day_of(high)
    if (last - first).days < most:
        return [first + timedelta(days=k) for k in range((last - first).days + 2)]
    long = 12 * (last.year - first.year) + last.month - first.month
    months = next((length for length in _MONTHS if long / length < most - 1), _MONTHS[-1])
    start = (12 * first.year + first.month - 1) // months
    end = (12 * last.year + last.month - 1) // months
    return [_month(k * months) for k in range(start, end + 2)]


def _month(number: int) -> date:
    number = min(max(number, 12), 12 * 9999 + 11)  # what the calendar of Python holds
    return date(number // 12, number % 12 + 1, 1)


def draw_bins(
    groups: dict[str, list[Item]],
    *,
    ax: Axes | None,
    titles: Titles,
    eras: bool,
    medium: str = "page",
    colours: dict[str, str],
) -> Axes:
    """Draw a row for each group, with a bar for the events of each bin; in axes too low for that, a single row.

    An event may stand in several groups. `colours` are those of the rows.
    """
    items = list({item.event.row: item for members in groups.values() for item in members}.values())
    canvas = Canvas(ax, titles=titles, sheet=sheet_for(medium, SIZE), eras=eras, rows=list(groups))
    days = bin_days(min(item.x for item in items), max(item.x for item in items), int(canvas.width / BIN_WIDTH))
    edges = [day_number(day) for day in days]
    look, scale = ERA if canvas.own_figure else MIDDLE, TimeScale(edges[0], edges[-1], canvas.width)
    around = canvas.surroundings(look, scale, note=_note(days, picked=any(item.event.muted for item in items)))
    free = canvas.height - around.height
    if not canvas.own_figure and (free < MIN_ROW * len(groups) or not canvas.rows_fit):
        groups = {"": items}  # too low for rows, or too narrow for their names: all together
        canvas.forget_rows()
    canvas.fit_height(around.height + ROW * len(groups))
    row = max(canvas.height - around.height, MIN_ROW) / len(groups)
    canvas.draw(around, -RIBBON_HALF, RIBBON_HALF + row * len(groups))
    counted = {name: _count(members, edges) for name, members in groups.items()}
    scale_y = (row - look.font * 1.3) / max(len(events) for bins in counted.values() for events in bins)
    bases = [RIBBON_HALF + row * (len(groups) - 1 - k) for k in range(len(groups))]
    for base, (name, bins) in zip(bases, counted.items(), strict=True):
        colour = colours.get(name, SOFT_INK)
        _draw_row(canvas.ax, name, bins, days, base=base, scale=scale_y, colour=colour, font=look.font)
    if canvas.rows:
        canvas.ax.set_yticks([base + row * 0.4 for base in bases], canvas.rows, parse_math=False)
    return canvas.ax


def _note(days: Sequence[date], *, picked: bool) -> str:
    """Say what a bar is, and its darker part if some events are picked out."""
    months = 12 * (days[1].year - days[0].year) + days[1].month - days[0].month
    length = say(_WORDS[months]) if months in _WORDS else say_count("one year", "{count} years", months // 12)
    note = say("Each bar counts the events of {length}; the highest of a row bears its number.", length=length)
    return note + (" " + say("Its darker part counts those that are picked out.") if picked else "")


def _count(items: Sequence[Item], edges: Sequence[float]) -> list[list[artists.Event]]:
    """Sort events into bins by where their glyphs stand."""
    bins: list[list[artists.Event]] = [[] for _ in edges[1:]]
    k = 0
    for item in sorted(items, key=lambda item: item.x):
        while k < len(bins) - 1 and item.x >= edges[k + 1]:
            k += 1
        bins[k].append(item.event)
    return bins


def _draw_row(
    ax: Axes,
    name: str,
    bins: Sequence[Sequence[artists.Event]],
    days: Sequence[date],
    *,
    base: float,
    scale: float,
    colour: str,
    font: float,
) -> None:
    """Draw the bars of one row; the highest bears its number."""
    ax.axhline(base, color=RIBBON, linewidth=0.8, zorder=0.7)
    highest = max(range(len(bins)), key=lambda k: len(bins[k]))
    for k, events in enumerate(bins):
        if events:
            low, high = day_number(days[k]), day_number(days[k + 1])
            pad = (high - low) * 0.08
            chosen = sum(not event.muted for event in events)
            shape: dict[str, Any] = {"height": max(1.0, len(events) * scale), "zorder": 3}
            shape["facecolor"] = colour if chosen == len(events) else MUTED_BIN
            last = days[k + 1] - timedelta(days=1)
            ends = (days[k].isoformat(), last.isoformat())
            ax.add_artist(artists.EventBin(name, ends, tuple(events), low + pad, high - pad, base, **shape))
            if 0 < chosen < len(events):
                size = (high - low - 2 * pad, max(1.0, chosen * scale))
                ax.add_artist(Rectangle((low + pad, base), *size, facecolor=colour, edgecolor="none", zorder=3.1))
    middle = (day_number(days[highest]) + day_number(days[highest + 1])) / 2
    style: dict[str, Any] = {"fontsize": font, "color": INK, "va": "bottom", "zorder": 5}
    style["ha"] = "left" if highest == 0 else "right" if highest == len(bins) - 1 else "center"
    ax.text(middle, base + len(bins[highest]) * scale + 0.5, f"{len(bins[highest]):,}", **style)
