"""Values over the years as lines, named at their ends, with events and with the years that have no value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isinf, isnan
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator
from matplotlib.transforms import offset_copy

from ..language import later
from . import panel, theme
from .canvas import draw_empty
from .chart_artists import EventNote
from .columns import check_columns
from .countries import country_name
from .events import is_missing
from .media import Medium
from .panel import Margins
from .text_size import linespacing, text_width
from .theme import INK, LEADER, PAPER, RIBBON, SOFT_INK, TINT
from .titles import broken

HEIGHT, FONT, SMALL = 190.0, 9.0, 8.5  # points; the height is that of the lines alone
EDGE = 8.0  # points free at the left of the lines
MARGINS = Margins(46.0, 14.0, 24.0)
NOTE = 150.0  # the widest line of a note, in points
DASHES: tuple[Any, ...] = ("solid", (0, (5, 1.6)), (0, (1.2, 1.2)), (0, (6, 1.5, 1.2, 1.5)))  # told apart in grey, too
COLOURS = ("#0b4fc4", "#b85a08", "#3b6b46", "#7a0a68")
DOT = 6.0

Gaps = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Series:
    """One line: its name, its years, and a value for each (nan where there is none)."""

    name: str
    xs: list[float]
    ys: list[float]
    band: list[tuple[float, float]]

    def at(self, x: float) -> float | None:
        found = [y for own, y in zip(self.xs, self.ys, strict=True) if own == x and not isnan(y)]
        return found[0] if found else None


def plot_lines(
    table: pd.DataFrame,
    x: str,
    y: str,
    *,
    by: str | None = None,
    between: tuple[str, str] | None = None,
    events: Mapping[int, str] | None = None,
    gaps: Gaps | None = None,
    start: float | None = None,
    ylabel: str | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    medium: Medium = "page",
) -> Axes:
    """Draw values over the years: lines named at their ends, events named above, years without a value explained.

    Parameters
    ----------
    table : pandas.DataFrame
        One row for each value. A missing value breaks the line.
    x, y : str
        The columns of the years and of the values.
    by : str, optional
        A column with the names of the lines; codes of states are written out. By default all rows are one line.
    between : tuple of (str, str), optional
        Two columns: the lowest and the highest that a value may be, drawn as a band.
    events : mapping of int to str, optional
        Years and what happened: ``{1955: "Baghdad Pact"}``. The year is written before the words.
    gaps : mapping of (int, int) to str, optional
        What to write where no line has a value: ``{(1995, 2003): "Iraq cast no vote"}``. By default "no value".
    start : float, optional
        Where the axis upwards begins. By default at 0, or near the lowest value if all are far above 0.
    ylabel : str, optional
        What the values are, written above the axis. By default the name of the column.
    ax : matplotlib.axes.Axes, optional
        Where to draw. By default a figure is made.
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
        If `table` is not a data frame.
    ValueError
        If a column is missing or holds something else than numbers, a line has two values for a year, or an event
        or gap lies outside the years of the table.
    """
    needed = (x, y, *((by,) if by else ()), *(between or ()))
    check_columns(table, needed, (), later("These lines need {columns}"), "plot_lines")
    width = panel.width_on(medium, MARGINS, ax)
    series = _read(table, x, y, by, between)
    titles = (title, subtitle)
    with theme.course_look():
        if not any(not isnan(value) for line in series for value in line.ys):
            return draw_empty(ax, titles, "No values to show.")
        chart = _Chart(series, _events(series, events or {}), _gaps(series, gaps or {}), start)
        head = _laid_out(chart, width, FONT).head
        ax = panel.panel(ax, HEIGHT + head, MARGINS, titles, pad=panel.PAD + 1.5 * FONT, medium=medium)
        _draw(ax, chart)
        ax.set_ylabel(y.replace("_", " ") if ylabel is None else ylabel, rotation=0, ha="left", va="bottom")
        ax.yaxis.set_label_coords(0.0, 1.0)
        ax.yaxis.label.set_fontsize(SMALL)
        theme.make_ticks(ax)
    return ax


# --- reading the rows --------------------------------------------------------------------------


def _read(table: pd.DataFrame, x: str, y: str, by: str | None, between: tuple[str, str] | None) -> list[Series]:
    names = [""] * len(table) if by is None else [country_name(value) for value in table[by].tolist()]
    columns = [_numbers(table, name) for name in (x, y, *(between or (y, y)))]
    if yearless := [index for index, year in zip(table.index, columns[0], strict=True) if isnan(year)]:
        raise ValueError(f"Row {yearless[0]!r} has nothing in {x!r}, so its value has no place.")
    found = []
    for name in dict.fromkeys(names):
        rows = sorted((row for own, row in zip(names, zip(*columns, strict=True), strict=True) if own == name), key=_year)
        xs = [row[0] for row in rows]
        if twice := [year for year in xs if xs.count(year) > 1]:
            which = f"The line {name!r}" if name else "The table"
            raise ValueError(
                f"{which} has {xs.count(twice[0])} values for {twice[0]:g}; by= names the column that tells lines apart."
            )
        band = [(row[2], row[3]) for row in rows] if between else []
        found.append(Series(name, xs, [row[1] for row in rows], band))
    return found


def _year(row: tuple[float, ...]) -> float:
    return row[0]


def _numbers(table: pd.DataFrame, name: str) -> list[float]:
    values = []
    for index, value in zip(table.index, table[name].tolist(), strict=True):
        try:
            number = float("nan") if is_missing(value) else float(value)
        except (TypeError, ValueError):
            number = float("inf")
        if isinf(number):
            raise ValueError(f"Row {index!r}: {name} is {value!r}; a number is needed, or nothing.")
        values.append(number)
    return values


def _years(series: Sequence[Series]) -> tuple[float, float]:
    years = [year for line in series for year in line.xs if not isnan(year)]
    return min(years), max(years)


def _events(series: Sequence[Series], events: Mapping[int, str]) -> list[tuple[float, str]]:
    low, high = _years(series)
    for year in events:
        if not isinstance(year, int | float | np.number) or not low <= year <= high:
            raise ValueError(f"events: {year!r} is no year from {low:g} to {high:g}, which the lines show.")
    return [(float(year), f"{year:g} {' '.join(str(text).split())}") for year, text in sorted(events.items())]


def _gaps(series: Sequence[Series], told: Gaps) -> list[tuple[float, float, str]]:
    """The years for which there are rows, but no value in any line; each run with its words."""
    low, high = _years(series)
    for ends in told:
        if not (isinstance(ends, tuple) and len(ends) == 2 and low <= ends[0] <= ends[1] <= high):
            raise ValueError(f"gaps: {ends!r} are not a first and a last year from {low:g} to {high:g}, as (1995, 2003).")
    known = {year for line in series for year, value in zip(line.xs, line.ys, strict=True) if not isnan(value)}
    empty = sorted({year for line in series for year in line.xs} - known)
    runs: list[list[float]] = []
    for year in empty:
        if runs and not any(runs[-1][-1] < other < year for other in known):
            runs[-1].append(year)
        else:
            runs.append([year])
    found = []
    for run in runs:
        words = next((text for ends, text in told.items() if ends[0] <= run[-1] and run[0] <= ends[1]), "no value")
        years = f"{run[0]:g}" if len(run) == 1 else f"{run[0]:g}–{run[-1]:g}"
        found.append((run[0], run[-1], f"{years}: {words}"))
    return found


# --- drawing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Chart:
    series: list[Series]
    events: list[tuple[float, str]]
    gaps: list[tuple[float, float, str]]
    start: float | None

    def reach(self) -> tuple[float, float]:
        """The lowest and the highest value to show."""
        values = [value for line in self.series for value in (*line.ys, *(end for ends in line.band for end in ends))]
        known = [value for value in values if not isnan(value)]
        low, high = min(known), max(known)
        if self.start is not None:
            low = self.start
        elif 0 <= low < 0.5 * high:
            low = 0.0
        return low, high if high > low else low + 1.0


class Note(NamedTuple):
    """An event, or a stretch without values that is too narrow for words."""

    year: float
    text: str
    gap: bool = False


@dataclass
class Flag:
    """A note's words, at a height above the lines, from a pole at its year."""

    note: Note
    x: float  # points from the left edge
    lines: list[str]
    width: float
    right: bool  # its words end at the pole
    size: float
    base: float = 0.0  # points above the lowest

    @property
    def top(self) -> float:
        return self.base + len(self.lines) * 1.25 * self.size

    @property
    def left(self) -> float:
        return self.x - self.width if self.right else self.x

    @property
    def right_end(self) -> float:
        return self.left + self.width


class _Layout(NamedTuple):
    """What a width decides: units across, letters, the gaps that have room for words, and the words above the lines."""

    years: tuple[float, float]
    left: float  # of the axis across, in years
    scale: float  # years a point
    font: float
    wide: list[tuple[float, float, str]]
    flags: list[Flag]

    @property
    def head(self) -> float:
        """The height of the words above the lines, in points."""
        return max((flag.top for flag in self.flags), default=0.0) + (1.6 if self.flags else 0.9) * self.font


def _laid_out(chart: _Chart, width: float, font: float) -> _Layout:
    names = max(text_width(line.name, font, "bold") for line in chart.series) + 12
    first, last = _years(chart.series)
    scale = (last - first or 1.0) / (width - names - EDGE)
    wide = [gap for gap in chart.gaps if (gap[1] - gap[0]) / scale > 60]
    notes = [Note(year, text) for year, text in chart.events]
    notes += [Note((gap[0] + gap[1]) / 2, gap[2], gap=True) for gap in chart.gaps if gap not in wide]
    flags = flagged(sorted(notes), lambda year: (year - first) / scale + EDGE, width, font * SMALL / FONT)
    return _Layout((first, last), first - EDGE * scale, scale, font, wide, flags)


def _draw(ax: Axes, chart: _Chart) -> None:
    width, height = theme.size_in_points(ax)
    layout = _laid_out(chart, width, min(FONT, 0.06 * height))
    small = layout.font * SMALL / FONT
    ax.set_xlim(layout.left, layout.left + width * layout.scale)
    low, high = chart.reach()
    unit = (high - low) / max(1.0, height - layout.head - 6)  # a point, upwards
    ax.set_ylim(low - 6 * unit, high + layout.head * unit)
    _prepare(ax, layout.years, (low, high), layout.font)
    for gap in chart.gaps:
        ax.axvspan(gap[0] - 0.5, gap[1] + 0.5, ymax=1 - layout.head / height, color=TINT, linewidth=0, zorder=0.7)
    for gap in layout.wide:
        lines = broken(gap[2], small, "normal", (gap[1] - gap[0]) / layout.scale)
        style: dict[str, Any] = {"fontsize": small, "color": SOFT_INK, "ha": "center", "va": "center", "gap": True}
        ax.add_artist(EventNote(gap[2], (gap[0] + gap[1]) / 2, (low + high) / 2, "\n".join(lines), **style))
    _draw_flags(ax, chart.series, layout.flags, (high, unit), small)
    _draw_lines(ax, chart.series, layout.font)


def _prepare(ax: Axes, years: tuple[float, float], values: tuple[float, float], font: float) -> None:
    """Give the axes their ticks: round numbers, with quiet lines across; and none where nothing is shown."""
    panel.chart_axes(ax, font)
    ax.tick_params(axis="y", length=0)
    ticks = _round_numbers(*values, MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_locator(FixedLocator(ticks))
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:,.0f}" if value == round(value) and abs(value) < 1e8 else f"{value:,.10g}")
    )
    for tick in ticks:
        ax.axhline(tick, color=RIBBON, linewidth=0.8, zorder=0.5)
    ax.xaxis.set_major_locator(FixedLocator(_round_numbers(*years, MaxNLocator(9, integer=True, steps=[1, 2, 5, 10]))))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.spines["bottom"].set_bounds(*years)


def _round_numbers(low: float, high: float, locator: MaxNLocator) -> list[float]:
    slack = 1e-9 * (high - low)
    return [float(tick) for tick in locator.tick_values(low, high) if low - slack <= tick <= high + slack]


def flagged(notes: Sequence[Note], place: Callable[[float], float], width: float, size: float) -> list[Flag]:
    """Lift the words of notes so that none covers another, or the pole of another.

    Words begin at their pole, and the nearer a pole is to the left, the higher they are. Only the last, which would not
    fit, end at their pole: of these, the nearer to the right, the higher. All that begin stand above all that end.
    """
    flags = [_flag(note, place(note.year), min(NOTE, width / 3), size) for note in notes]
    ending = min((k for k, flag in enumerate(flags) if flag.x + flag.width > width), default=len(flags))
    while covered := [k for k in range(ending) if any(_ends_over(flag, flags[k].x) for flag in flags[ending:])]:
        ending = covered[0]
    for flag in flags[ending:]:
        flag.right = True
    done: list[Flag] = []
    for flag in (*flags[ending:], *reversed(flags[:ending])):
        flag.base = max(
            (other.top for other in done if flag.left < other.right_end + 6 and other.left < flag.right_end + 6), default=0.0
        )
        done.append(flag)
    return flags


def _flag(note: Note, x: float, limit: float, size: float) -> Flag:
    lines = broken(note.text, size, "normal", limit)
    return Flag(note, x, lines, max(text_width(line, size) for line in lines) + 4, False, size)


def _ends_over(flag: Flag, x: float) -> bool:
    return flag.x - flag.width - 4 <= x < flag.x


def _draw_flags(ax: Axes, series: Sequence[Series], flags: Sequence[Flag], above: tuple[float, float], size: float) -> None:
    """Draw words, poles and a dot on each line; `above` is the highest value, and units a point."""
    bottom, top = ax.get_ylim()
    left, right = ax.get_xlim()
    for flag in flags:
        foot = above[0] + (flag.base + 0.8 * size) * above[1]
        dots = [] if flag.note.gap else [y for line in series if (y := line.at(flag.note.year)) is not None]
        end = min([*dots, *([] if dots or not flag.note.gap else [bottom])], default=bottom)
        x = (flag.note.year - left) / (right - left)
        ys = [(y - bottom) / (top - bottom) for y in (end, foot, *dots)]
        style: dict[str, Any] = {"transform": ax.transAxes, "color": LEADER, "linewidth": 0.8, "zorder": 2}
        ax.add_line(Line2D([x, x], ys[:2], linestyle=(0, (1, 2)) if flag.note.gap else "solid", **style))
        if dots:
            marks: dict[str, Any] = {"marker": "o", "markersize": DOT, "markeredgecolor": PAPER, "zorder": 4}
            ax.add_line(Line2D([x] * len(dots), ys[2:], **(style | marks | {"color": INK, "linestyle": "none"})))
        words: dict[str, Any] = {"fontsize": size, "color": SOFT_INK if flag.note.gap else INK, "va": "bottom"}
        words |= {"ha": "right" if flag.right else "left", "linespacing": linespacing(1.15), "gap": flag.note.gap}
        ax.add_artist(EventNote(flag.note.text, flag.note.year, foot, "\n".join(flag.lines), **words))


def _draw_lines(ax: Axes, series: Sequence[Series], font: float) -> None:
    ends = []
    for k, line in enumerate(series):
        color = COLOURS[k % len(COLOURS)]
        style: dict[str, Any] = {"color": color, "linestyle": DASHES[k % len(DASHES)], "linewidth": 2.0}
        if line.band:
            lows, highs = zip(*line.band, strict=True)
            label = f"{line.name}, interval" if line.name else "interval"
            ax.fill_between(line.xs, lows, highs, color=color, alpha=0.16, linewidth=0, zorder=1, label=label)
        style |= {"marker": "o", "markersize": 3.5, "markevery": _alone(line), "zorder": 3}
        ax.plot(line.xs, line.ys, label=line.name or None, **style)
        known = [(x, y) for x, y in zip(line.xs, line.ys, strict=True) if not isnan(y)]
        if line.name and known:
            ends.append((*known[-1], line.name, color))
    _write_names(ax, ends, font)


def _alone(line: Series) -> list[int]:
    """The values with none before or after them, which no line would show."""
    known = [False, *(not isnan(y) for y in line.ys), False]
    return [k - 1 for k in range(1, len(known) - 1) if known[k] and not known[k - 1] and not known[k + 1]]


def _write_names(ax: Axes, ends: Sequence[tuple[float, float, str, str]], font: float) -> None:
    """Write the lines' names at their ends, one above the other where they would meet."""
    bottom, top = ax.get_ylim()
    step = 1.25 * font * (top - bottom) / theme.size_in_points(ax)[1]
    ordered = sorted(ends, key=lambda end: end[1])
    heights: list[float] = []
    for _, y, *_ in ordered:
        heights.append(max([y, *(other + step for other in heights[-1:])]))
    for k in reversed(range(len(heights))):  # and down again, where they would leave the axes
        heights[k] = min(heights[k], top - (len(heights) - k - 0.5) * step)
    for (x, _, name, color), height in zip(ordered, heights, strict=True):
        style: dict[str, Any] = {"fontsize": font, "weight": "bold", "color": color, "va": "center_baseline"}
        at = offset_copy(ax.transData, ax.get_figure(root=True), x=6, units="points")
        ax.add_artist(Text(x, height, name, transform=at, parse_math=False, **style))
