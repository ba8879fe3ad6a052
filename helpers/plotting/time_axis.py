"""Time on an axis: ticks at the beginnings of years, months or days, and dates as numbers."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

import matplotlib.dates as mdates
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter, Locator

from ..edtf import MONTHS
from . import lettering

if TYPE_CHECKING:
    from .placement import TimeScale

_STEPS = (
    *(("day", number, number) for number in (1, 2, 5, 10, 15)),
    *(("month", number, number * 30.4) for number in (1, 2, 3, 6)),
    *(("year", number, number * 365.25) for number in (1, 2, 5, 10, 20, 50, 100, 500, 1000)),
)  # unit, how many of it, about how many days
_TICK_WIDTH = {"day": 6.2, "month": 5.2, "year": 2.6}  # of the widest label of a unit, in font sizes
_WHOLE_NAME = 3.0  # font sizes more, where a month is not cut to three letters: "كانون الثاني"


class TimeLocator(Locator):
    """Ticks at the beginnings of years, months or days: as many as can be read, none cut at the edges.

    Parameters
    ----------
    width : float
        The length of the axis, in points.
    font : float
        The size of the tick labels, in points.
    scale : TimeScale, optional
        That of an axis which leaves out stretches of time; there is no tick in these, and one at least between them.
    """

    def __init__(self, width: float, font: float, scale: TimeScale | None = None) -> None:
        self.width, self.font, self.scale = width, font, scale

    def __call__(self) -> list[float]:
        low, high = sorted(self.axis.get_view_interval())  # type: ignore[union-attr]
        return self.tick_values(low, high)

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Return the day numbers of the ticks from `vmin` to `vmax`."""
        days_a_point = self.scale.days_a_point if self.scale else (vmax - vmin) / self.width
        for unit, number, days in _STEPS:
            room = _tick_width(unit)
            needed = (room + 1.2) * self.font * days_a_point
            if days >= needed or number == 1000:
                edge = max(0.0, room / 2 * self.font - 11) * days_a_point
                # A time of one day has no beginning of a day that could be labelled: its middle is.
                if self.scale is None:
                    return _ticks(unit, number, vmin + edge, vmax - edge) or [(vmin + vmax) / 2]
                stretches = _between(vmin + edge, vmax - edge, self.scale.cuts)
                return [tick for low, high in stretches for tick in _ticks_between((unit, number), low, high)]
        return []


def _between(low: float, high: float, cuts: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches of time that are shown, from `low` to `high`."""
    ends = [low, *(end for cut in cuts for end in cut), high]
    return list(zip(ends[::2], ends[1::2], strict=True))


def _ticks_between(step: tuple[str, int], low: float, high: float) -> list[float]:
    """The ticks of a stretch; if it is too short for any, the middle one of a finer kind."""
    steps = [(unit, number) for unit, number, _ in _STEPS]
    for unit, number in reversed(steps[: steps.index(step) + 1]):
        if ticks := _ticks(unit, number, low, high):
            return ticks if (unit, number) == step else [ticks[len(ticks) // 2]]
    return [(low + high) / 2]


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


def _tick_width(unit: str) -> float:
    return _TICK_WIDTH[unit] + (_WHOLE_NAME if unit != "year" and lettering.direction() == "rtl" else 0.0)


def _tick_text(day: date, unit: str, new_year: bool) -> str:
    name = MONTHS[day.month - 1]
    month = lettering.say(name) if lettering.direction() == "rtl" else name[:3]
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
