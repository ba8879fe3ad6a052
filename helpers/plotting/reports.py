"""Who said what, and when: reports of a number side by side, and statements in the order in which they were made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date as Day
from math import isnan
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from .. import edtf
from ..language import later
from . import panel, theme, time_axis
from .canvas import draw_empty
from .chart_artists import Said, SaidDot, SaidText
from .columns import check_columns
from .countries import voices
from .events import is_missing
from .lettering import said as _said
from .lettering import say
from .media import LETTERS, Medium
from .panel import Margins
from .text_size import linespacing, text_width
from .theme import INK, PAPER, RIBBON, SOFT_INK
from .time_axis import day_number
from .titles import broken, cut

ROW, FONT, SMALL = 22.0, 9.0, 8.2  # points
# Of the width, for who said it: the first in which nothing is cut, and no word broken.
TEXTS, NARROW_TEXTS = (0.4, 0.45, 0.5, 0.55, 0.6), (0.36, 0.4, 0.44)
MARGINS = Margins(14.0, 14.0, 22.0)
DOT = 8.0
NAME_ROW = 22.0  # points: a row with the name of a group is no higher
NARROW = 400.0  # points: on axes narrower than this, who said it takes as many lines as it needs
TICK = 7.0  # points: from the axis down to its numbers
LINES = 1.1  # of a font size: from line to line
_SOURCE = ("publisher", "author", "title", "source_id")  # who says it: the first that is there
_COPY = re.compile(r"\s*\([^()]*read in a copy[^()]*\)\s*$")
FIRST, LATER = "#0b4fc4", "#5f584e"


class Line(NamedTuple):
    """A row of the figure: what it stands for, and its ends (none where nothing is known)."""

    said: Said
    low: float | None
    high: float | None
    beyond: int = 0  # -1 and 1: it goes on below or above, to where nobody says


def plot_reports(
    reports: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    medium: Medium = "page",
) -> Axes:
    """Draw reports of numbers, each as a dot, with who counted beside it.

    The rows are grouped by what was counted and sorted by number. "More than" and "up to" are arrows; a report without
    a number has words in place of a dot.

    Parameters
    ----------
    reports : pandas.DataFrame
        One row a report, all in one unit. Needs the columns ``quantity``, ``low`` and ``high`` (a missing end is "or more",
        "or fewer"); ``publisher``, ``wording`` and ``unit`` are used when they are there.
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
        If `reports` is not a data frame.
    ValueError
        If a column is missing, the units differ, or a row has no quantity or a lowest number above its highest.
    """
    panel.width_on(medium, MARGINS, ax)  # which refuses what it can't be
    used = ("publisher", "wording", "unit")
    check_columns(reports, ("quantity", "low", "high"), used, later("Reports need {columns}"), "plot_reports")
    units = sorted({str(unit) for unit in _column(reports, "unit") if not is_missing(unit)})
    if len(units) > 1:
        raise ValueError(f"The reports count in several units: {', '.join(units)}. Draw those of one unit at a time.")
    names = ("quantity", "low", "high", "publisher", "wording")
    plain = _year if units == ["year"] else _plain
    lines = [_report(plain, *row) for row in zip(reports.index, *(_column(reports, name) for name in names), strict=True)]
    lines.sort(key=lambda line: (line.low is None, line.low or 0.0, line.high or 0.0, line.beyond))
    with theme.course_look():
        if not lines:
            return draw_empty(ax, (_said(title), _said(subtitle)), say("No reports to show."))
        ax = _axes(ax, lines, (_said(title), _said(subtitle)), medium)
        ends = [end for line in lines for end in (line.low, line.high) if end is not None]
        low = min([0.0, *ends]) if units != ["year"] else min(ends, default=0.0) - 1  # years are counted from nothing near
        high = max([low + 1, *ends])
        place = _draw(ax, lines, low, high, say("no number"))
        ax.set_xlabel("".join(units))
        across = (high - low) / place.scale / (text_width(plain(high), FONT) + FONT)  # so many numbers stand side by side
        ticks = MaxNLocator(max(1, min(5, int(across))), integer=True, steps=[1, 2, 5, 10]).tick_values(low, high)
        _ticks(ax, [tick for tick in ticks if low <= tick <= high])
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: plain(value)))
        _name_unit(ax, place, plain)
        theme.make_ticks(ax)
    return ax


def plot_statements(
    statements: pd.DataFrame,
    *,
    date: str = "date",
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    medium: Medium = "page",
) -> Axes:
    """Draw who said something when: each statement on the day on which it was made or printed, by country.

    The first is filled, and so is each other that may be as old; later ones are hollow. A day that is not known exactly
    is a line over the days in which it may lie. A statement without a date has words in place of a dot.

    Parameters
    ----------
    statements : pandas.DataFrame
        One row a statement. Needs the column ``country``; ``speaker_country`` counts in place of it where it has a
        value; ``publisher``, or else ``author``, ``title`` or ``source_id``, says who, and ``wording`` what.
    date : str, default "date"
        The column with the days (EDTF): ``"date"`` is that of a source, ``"as_of"`` that of a report.
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
        If `statements` is not a data frame.
    ValueError
        If a column is missing, or a date is not EDTF. The message names the row.
    """
    panel.width_on(medium, MARGINS, ax)  # which refuses what it can't be
    used = ("speaker_country", *_SOURCE[:-1], "wording")
    check_columns(statements, (date, "country"), used, later("Statements need {columns}"), "plot_statements")
    whose = zip(statements.index, _column(statements, date), voices(statements), _who(statements), strict=True)
    lines = _dated([(country, who, _date(index, date, value)) for index, value, country, who in whose])
    with theme.course_look():
        if not lines:
            return draw_empty(ax, (_said(title), _said(subtitle)), say("No statements to show."))
        ax = _axes(ax, lines, (_said(title), _said(subtitle)), medium)
        ends = [end for line in lines for end in (line.low, line.high) if end is not None]
        low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
        high = max(high, low + 14.0)
        place = _draw(ax, lines, low, high, say("not dated"))
        width = (high - low) / place.scale
        time_axis.set_time_axis(ax, *ax.get_xlim(), width=width, font=FONT)
        _ticks(ax, time_axis.TimeLocator(width, FONT).tick_values(low, high) if ends else [])
        theme.make_ticks(ax)
    return ax


# --- reading the rows --------------------------------------------------------------------------


def _column(table: pd.DataFrame, name: str) -> list[Any]:
    return table[name].tolist() if name in table.columns else [None] * len(table)


def _who(table: pd.DataFrame) -> list[str]:
    """Who says it: the publisher, or else what tells a reader most of the source; and in which words, if they are there."""
    known = zip(*(_column(table, name) for name in _SOURCE), strict=True)
    names = [_bare(next((name for name in row if not is_missing(name)), say("publisher not known"))) for row in known]
    told = zip(names, _column(table, "wording"), strict=True)
    return [name if is_missing(wording) else f"{name}: {str(wording).strip()}" for name, wording in told]


def _bare(name: Any) -> str:
    """Leave out of the name of a source what says that we described it, or read a copy: "[Undated report] (read in …)"."""
    return _COPY.sub("", str(name)).strip().removeprefix("[").removesuffix("]")


Plain = Callable[[float], str]  # writes a number


def _report(plain: Plain, index: Any, quantity: Any, low: Any, high: Any, publisher: Any, wording: Any) -> Line:
    if is_missing(quantity):
        raise ValueError(f"Row {index!r}: the quantity is {quantity!r}; each report says what was counted.")
    ends = [_number(index, name, value) for name, value in (("low", low), ("high", high))]
    least, most = ends
    if least is not None and most is not None and least > most:
        raise ValueError(f"Row {index!r}: low ({least:,g}) is more than high ({most:,g}).")
    who = ": ".join(str(text).strip() for text in (publisher, wording) if not is_missing(text)) or say("not known")
    said = Said(str(quantity).strip(), who, _value(least, most, plain))
    if least is None or most is None:
        known = most if least is None else least
        return Line(said, known, known, 0 if known is None else -1 if least is None else 1)
    return Line(said, least, most)


def _number(index: Any, name: str, value: Any) -> float | None:
    if is_missing(value):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if isnan(number) or abs(number) == float("inf"):
        raise ValueError(f"Row {index!r}: {name} is {value!r}; a number is needed, or nothing.")
    return number


def _value(low: float | None, high: float | None, plain: Plain) -> str:
    if low is None or high is None:
        if high is not None:
            return say("{number} or fewer", number=plain(high))
        return "" if low is None else say("{number} or more", number=plain(low))
    return plain(low) if low == high else say("{first} to {last}", first=plain(low), last=plain(high))


def _plain(number: float) -> str:
    """Write a number as a text does: 1,500."""
    return f"{number:,.0f}" if number.is_integer() else f"{number:,g}"


def _year(number: float) -> str:
    return f"{number:g}"


def _date(index: Any, name: str, value: Any) -> edtf.EdtfDate | None:
    if is_missing(value):
        return None
    try:
        return edtf.parse(value)
    except ValueError as problem:
        raise ValueError(f"Row {index!r}: {name}: {problem}") from None


def _dated(found: Sequence[tuple[str, str, edtf.EdtfDate | None]]) -> list[Line]:
    """The statements in the order of time; the first is each that no other surely comes before."""
    limit = min((when.latest for _, _, when in found if when is not None and when.latest is not None), default=Day.max)
    lines = []
    for country, who, when in found:
        begin = None if when is None else when.earliest or when.latest
        end = None if when is None else when.latest or when.earliest
        first = when is not None and (when.earliest is None or when.earliest <= limit)
        said = Said(country, who, "" if when is None else edtf.to_words(when.text), dated=True, first=first)
        lines.append(Line(said, None if begin is None else day_number(begin), None if end is None else day_number(end)))
    return sorted(lines, key=lambda line: (line.low is None, line.low or 0.0, line.high or 0.0))


# --- drawing -----------------------------------------------------------------------------------


def _axes(ax: Axes | None, lines: Sequence[Line], titles: tuple[str | None, str | None], medium: str) -> Axes:
    rows = len(lines) + len(_groups(lines)) + 0.4
    height = rows * ROW
    if ax is None and (width := panel.width_on(medium, MARGINS, None)) < NARROW:
        room = _texts_width(lines, width, FONT, len(lines)) - 2 * FONT - DOT
        most = max(len(broken(line.said.who, LETTERS, "normal", room)) for line in lines)
        height = (len(lines) + 0.4) * max(ROW, (most + 1) * LINES * LETTERS) + len(_groups(lines)) * NAME_ROW
    return panel.panel(ax, height, MARGINS, titles, medium=medium, rows=rows)


def _texts_width(lines: Sequence[Line], width: float, font: float, most: int) -> float:
    """Return the width for who said it, each in at most so many lines."""
    small = panel.smaller(font, SMALL / FONT)
    for share in TEXTS if width > NARROW else NARROW_TEXTS:
        room = share * width - 2 * font - DOT
        whole = all(text_width(word, small) <= room for line in lines for word in line.said.who.split())
        if whole and all(len(broken(line.said.who, small, "normal", room)) <= most for line in lines):
            break
    return share * width


def _groups(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines by group, in the order of each group's first."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.said.group, []).append(line)
    return found


class Place(NamedTuple):
    """Where things stand across: the ends of the scale, the points at the left that are for texts, and units a point."""

    low: float
    high: float
    left: float
    scale: float

    def at(self, points: float) -> float:
        """The place of what stands so many points from the left edge."""
        return self.low + (points - self.left) * self.scale


def _draw(ax: Axes, lines: Sequence[Line], low: float, high: float, without: str) -> Place:
    """Draw the rows on axes whose left part is for texts; `without` stands where a row has no place on the scale."""
    width, height = theme.size_in_points(ax)
    groups = _groups(lines)
    pitch = height / (len(lines) + len(groups) + 0.4)
    font = panel.letters(FONT, 0.45, pitch, width)
    if pitch > NAME_ROW:  # then the names of groups need less than a row
        pitch = (height - len(groups) * NAME_ROW * font / FONT) / (len(lines) + 0.4)
    above = min(pitch, NAME_ROW * font / FONT)
    left = _texts_width(lines, width, font, _lines_in(pitch, font))
    beside = max(text_width(line.said.value, font) for line in lines) + 2 * DOT + 10
    right = min(beside, (0.25 if width > NARROW else 0.38) * width)
    place = Place(low, high, left, (high - low) / (width - left - right))
    ax.set_xlim(place.at(0), place.at(width))
    ax.set_ylim(height, 0)
    panel.chart_axes(ax, min(font, FONT))
    ax.yaxis.set_visible(False)
    ax.spines["bottom"].set_bounds(low, high)
    ax.xaxis.label.set(fontsize=min(font, FONT), color=SOFT_INK)
    y = 0.6 * above
    for name, some in groups.items():
        name = say(name)
        heading = "\n".join(broken(name[:1].upper() + name[1:], font, "bold", width))
        _write(ax, place.at(0), y, heading, fontsize=font, weight="bold")
        for k, line in enumerate(some):
            y += (above + pitch) / 2 if k == 0 else pitch
            _draw_line(ax, line, y, (font, pitch), place, without)
        y += (pitch + above) / 2
    return place


def _lines_in(pitch: float, font: float) -> int:
    """How many lines a row holds of who said it."""
    return max(1, int(pitch / (LINES * panel.smaller(font, SMALL / FONT))))


def _draw_line(ax: Axes, line: Line, y: float, sizes: tuple[float, float], place: Place, without: str) -> None:
    font, pitch = sizes
    small = panel.smaller(font, SMALL / FONT)
    texts = cut(line.said.who, small, "normal", place.left - 2 * font - DOT, _lines_in(pitch, font))
    _write(ax, place.at(font), y, "\n".join(texts), fontsize=small, linespacing=linespacing(1.02))
    ax.add_line(Line2D([place.low, place.high], [y, y], color=RIBBON, linewidth=0.8, zorder=1))
    if line.low is None or line.high is None:
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0}  # no higher than its row: it would cover a dot above
        style: dict[str, Any] = {"fontsize": small, "color": SOFT_INK, "va": "center", "bbox": box}
        ax.add_artist(SaidText(line.said, place.low, y, without, **style))
        return
    _draw_dot(ax, line, y, place.scale)
    at = line.high + (DOT + 2 + 7 * (line.beyond > 0)) * place.scale
    _write(ax, at, y, line.said.value, fontsize=small, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0})


def _draw_dot(ax: Axes, line: Line, y: float, scale: float) -> None:
    """A dot; a bar with round ends over what lies between two; an arrow to where nobody says."""
    assert line.low is not None and line.high is not None
    color = FIRST if line.said.first else LATER
    if line.beyond:
        reach = line.low + line.beyond * (DOT + 4) * scale
        ax.add_line(Line2D([line.low, reach], [y, y], color=color, linewidth=1.5, zorder=2))
        tip: dict[str, Any] = {"marker": "<>"[line.beyond > 0], "markersize": 5, "linestyle": "none", "color": color}
        ax.add_line(Line2D([reach], [y], zorder=2, clip_on=False, **tip))
    style: dict[str, Any] = {"clip_on": False, "zorder": 3}
    if line.low == line.high:
        style |= {"linestyle": "none", "marker": "o", "markersize": DOT, "markeredgewidth": 1.6, "color": color}
        ax.add_line(SaidDot(line.said, [line.low], y, markerfacecolor=color if line.said.first else PAPER, **style))
        return
    style |= {"solid_capstyle": "round"}
    ax.add_line(SaidDot(line.said, [line.low, line.high], y, color=color, linewidth=DOT + 1.6, **style))
    if not line.said.first:
        ax.add_line(Line2D([line.low, line.high], [y, y], color=PAPER, linewidth=DOT - 1.6, **style))


def _name_unit(ax: Axes, place: Place, plain: Plain) -> None:
    """Let the unit stand in the line of the numbers, behind the last of them: a line of its own costs a row."""
    label, limits = ax.xaxis.label, ax.get_xlim()
    last = max(ax.xaxis.get_majorticklocs(), default=place.high)
    at = last + (text_width(plain(last), FONT) / 2 + 4) * place.scale
    ax.xaxis.set_label_coords((at - limits[0]) / (limits[1] - limits[0]), -TICK / theme.size_in_points(ax)[1])
    label.set(horizontalalignment="left", verticalalignment="top")


def _ticks(ax: Axes, places: Sequence[float]) -> None:
    """Ticks where the scale is, none under the texts."""
    ax.xaxis.set_major_locator(FixedLocator(list(places)))


def _write(ax: Axes, x: float, y: float, text: str, **style: Any) -> None:
    ax.add_artist(Text(x, y, text, color=INK, va="center", parse_math=False, **style))
