"""Time on an axis, the course's look, and the size of a text: what timelines and spans share."""

from __future__ import annotations

import textwrap
import unicodedata
import warnings
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from math import floor
from pathlib import Path

import matplotlib
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.ticker import Formatter, Locator

from ..edtf import MONTHS

STYLE = str(Path(__file__).parents[1] / "course.mplstyle")  # `plt.style.use("helpers.course")` in lessons
PAPER, TINT, RIBBON = "#fffdf8", "#f5efe3", "#e4dccb"
INK, SOFT_INK, LEADER = "#1f1f1f", "#5f584e", "#8a8378"
MUTED = "#8a8378"  # events that are not picked out
INDENT = "   "  # of a label's second line
FONT = "DejaVu Sans"


_STEPS = (
    *(("day", number, number) for number in (1, 2, 5, 10, 15)),
    *(("month", number, number * 30.4) for number in (1, 2, 3, 6)),
    *(("year", number, number * 365.25) for number in (1, 2, 5, 10, 20, 50, 100, 500, 1000)),
)  # unit, how many of it, about how many days
_TICK_WIDTH = {"day": 6.2, "month": 5.2, "year": 2.6}  # of the widest label of a unit, in font sizes


class TimeLocator(Locator):
    """Ticks at the beginnings of years, months or days: as many as can be read, none cut at the edges.

    Parameters
    ----------
    width : float
        The length of the axis, in points.
    font : float
        The size of the tick labels, in points.
    """

    def __init__(self, width: float, font: float) -> None:
        self.width, self.font = width, font

    def __call__(self) -> list[float]:
        low, high = sorted(self.axis.get_view_interval())  # type: ignore[union-attr]
        return self.tick_values(low, high)

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Return the day numbers of the ticks from `vmin` to `vmax`."""
        days_a_point = (vmax - vmin) / self.width
        for unit, number, days in _STEPS:
            needed = (_TICK_WIDTH[unit] + 1.2) * self.font * days_a_point
            if days >= needed or number == 1000:
                edge = max(0.0, _TICK_WIDTH[unit] / 2 * self.font - 11) * days_a_point
                # A time of one day has no beginning of a day that could be labelled: its middle is.
                return _ticks(unit, number, vmin + edge, vmax - edge) or [(vmin + vmax) / 2]
        return []


@contextmanager
def course_look() -> Iterator[None]:
    """Draw in the course's look, whatever a student has set, and leave pyplot as it was.

    All settings but those of windows and of the backend begin from matplotlib's own, so that a style, a single setting or
    a matplotlibrc changes no figure of the course.

    A notebook's backend is loaded with the first figure and switches pyplot to show figures by themselves. The style's
    context would undo this on leaving; then no later figure of a student would appear.
    """
    with plt.style.context(STYLE, after_reset=True):
        yield
        interactive = matplotlib.is_interactive()
    matplotlib.interactive(interactive)


@contextmanager
def quiet_letters() -> Iterator[None]:
    """Let matplotlib not warn of letters that it can't draw: the words of the figure say it once, in plain English."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from font", UserWarning)
        warnings.filterwarnings("ignore", r"Matplotlib currently does not support .* natively", UserWarning)
        yield


def misses_letters(text: str) -> bool:
    """Return whether the course's font lacks a letter, or it would stand unjoined or in the wrong order.

    matplotlib draws one letter after another from left to right, also those of scripts that run from right to left.
    """
    return any(unicodedata.bidirectional(letter) in ("R", "AL") or ord(letter) not in _letters() for letter in text.strip())


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap()) | set(range(32))


class CourseFigure(Figure):
    """A figure that the course made. matplotlib reads some settings only when it draws: then, too, they are the course's."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw in the course's look."""
        with course_look(), quiet_letters():
            super().draw(renderer)


def new_axes(size: tuple[float, float]) -> Axes:
    """Make a figure of a size in inches, and return its only axes."""
    return plt.figure(figsize=size, FigureClass=CourseFigure).add_subplot()


def take_over(ax: Axes) -> None:
    """Give a student's axes the look of new ones of the course: what their settings made of axis, frame and title.

    Artists that the student has drawn stay as they are.
    """
    ax.tick_params(axis="both", which="both", reset=True)
    ax.minorticks_off()
    ax.grid(visible=False, which="both")
    ax.set_axisbelow("line")
    for spine in ax.spines.values():
        spine.set(linewidth=rcParams["axes.linewidth"], edgecolor=rcParams["axes.edgecolor"], linestyle="solid")
    for artist in (ax.patch, *ax.spines.values()):
        artist.set(antialiased=True, path_effects=[], sketch_params=None)


def settle(ax: Axes) -> None:
    """Let a layout engine (constrained, tight) put axes into place before anything is measured."""
    figure = ax.get_figure(root=True)
    if figure is not None and figure.get_layout_engine() is not None:
        figure.draw_without_rendering()


def make_ticks(ax: Axes) -> None:
    """Make the ticks now: matplotlib would make them when it draws, with what a student has set by then."""
    for axis in (ax.xaxis, ax.yaxis):
        axis.get_major_ticks(len(axis.get_majorticklocs()))


def _ticks(unit: str, number: int, low: float, high: float) -> list[float]:
    first, last = day_of(low), day_of(high)
    found = []
    for year in range(max(1, first.year), min(9999, last.year) + 1):
        if unit == "year" and year % number:
            continue
        for month in range(1, 13) if unit != "year" else (1,):
            if unit == "month" and (month - 1) % number:
                continue
            found += [day_number(date(year, month, day)) for day in _days_of(year, month, unit, number)]
    return [tick for tick in found if low <= tick <= high]


def _days_of(year: int, month: int, unit: str, number: int) -> Sequence[int]:
    """The days of a month that get a tick; the last before the next month's first stays away from it."""
    return (1,) if unit != "day" else range(1, monthrange(year, month)[1] + 1 - number // 2, number)


class TimeFormatter(Formatter):
    """Years as "1955", months as "Apr", days as "24 Feb"; the year stands at the first tick and where it changes.

    Unlike `matplotlib.dates.ConciseDateFormatter` it needs no "offset" text in the figure's corner, so each
    tick can be read by itself.
    """

    def __call__(self, x: float, pos: int | None = None) -> str:
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        days = [day_of(value) for value in values]
        unit = "day" if any(value % 1 for value in values) else _unit(days)
        labels = []
        for i, day in enumerate(days):
            new_year = i == 0 or day.year != days[i - 1].year
            labels.append(_tick_text(day, unit, new_year))
        return labels


def _unit(days: Sequence[date]) -> str:
    if any(day.day != 1 for day in days):
        return "day"
    return "month" if any(day.month != 1 for day in days) else "year"


def _tick_text(day: date, unit: str, new_year: bool) -> str:
    month = MONTHS[day.month - 1][:3]
    if unit == "day":
        return f"{day.day} {month} {day.year}" if new_year else f"{day.day} {month}"
    if unit == "month":
        return f"{month} {day.year}" if new_year else month
    return str(day.year)


def set_time_axis(ax: Axes, low: float, high: float, *, width: float, font: float) -> None:
    """Make the x axis one of time, from `low` to `high` (matplotlib's day numbers), `width` points long."""
    ax.xaxis_date()
    ax.set_xlim(low, high)
    ax.xaxis.set_major_locator(TimeLocator(width, font))
    ax.xaxis.set_major_formatter(TimeFormatter())


def day_number(day: date) -> float:
    """Return matplotlib's number for the beginning of a day."""
    return day.toordinal() - _day_zero(mdates.get_epoch())


def day_of(number: float) -> date:
    """Return the day in which a matplotlib day number lies; beyond the calendar's ends, its first or last day."""
    ordinal = floor(number + _day_zero(mdates.get_epoch()))
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


@lru_cache(maxsize=4)
def _day_zero(epoch: str) -> float:
    """The ordinal of the day that matplotlib calls 0: a student may have set another than 1 January 1970."""
    days = (np.datetime64(epoch, "us") - np.datetime64("1970-01-01", "us")) / np.timedelta64(1, "D")
    return date(1970, 1, 1).toordinal() + float(days)


def size_in_points(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes in points (1/72 inch)."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return float(ax.bbox.width * 72 / figure.dpi), float(ax.bbox.height * 72 / figure.dpi)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is, in points; the widest line counts. 2 % are added for hinting."""
    widths = [sum(_advance(letter, weight) for letter in line) for line in text.split("\n")]
    return 1.02 * size * max(widths) + 0.5


@lru_cache(maxsize=1024)
def _advance(letter: str, weight: str) -> float:
    """How far a letter moves the next one on, in font sizes: to add these is many times faster than to lay texts out."""
    font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(100.0, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


def text_height(text: str, size: float, spacing: float = 1.2) -> float:
    """Return how high a text is, in points, at any resolution; `spacing` is matplotlib's `linespacing`."""
    return size * 1.09 * (1 + spacing * text.count("\n"))


def indented(text: str, *, right: bool) -> str:
    """Set all lines of a text in but the first: from its left edge, or from its right edge if it is aligned there."""
    first, *others = text.split("\n")
    return "\n".join([first, *(INDENT + line if right else line + INDENT for line in others)])


@lru_cache(maxsize=4096)
def wrap(text: str, limit: int | None) -> str:
    """Break a text into as few lines as possible, of about equal length.

    Parameters
    ----------
    text : str
        One line.
    limit : int or None
        Most characters in a line; a longer word stays whole. None leaves the text as it is.

    Returns
    -------
    str
        The lines, with line feeds between them.
    """
    if limit is None or len(text) <= limit:
        return text
    broken = textwrap.wrap(text, limit, break_long_words=False, break_on_hyphens=False)
    for width in range(len(text) // len(broken), limit):  # the narrowest that needs no more lines: no widows
        narrower = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(narrower) == len(broken):
            return "\n".join(narrower)
    return "\n".join(broken)
