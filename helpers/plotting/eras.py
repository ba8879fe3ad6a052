"""The eras of the course on a figure: the window of time that events need, and the strip of the eras' names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from . import text_size
from .artists import Era
from .events import Item
from .lettering import say, say_count
from .placement import Look, TimeScale
from .time_axis import day_number

NAME_LINE = 1.2  # of a font size: a line of an era's name
NAME_ABOVE = 2.5  # points: from the events and their labels up to the names of eras, in a strip that has 5 to spare
KEY_SHARE = 0.25  # of the axes' height: more the key of the eras doesn't take
SLIVER = 1 / 26  # of the width: an era cut at the figure's edge needs no name if it is narrower
MANY = 3  # eras without room for their names: if these are half of all, a row of numbers is calmer than a mixture
NO_BREAK = "\u00a0"  # between an era's number and its name
_MIN_WINDOW = 14.0  # days: a single day still gets two weeks around it


def load_eras() -> list[Era]:
    """Return the eras of the course."""
    from .. import data  # here, so that a timeline without eras needs no table

    path = data.DATA / "eras.csv"
    eras = _read_eras(path, path.stat().st_mtime_ns if path.exists() else 0)
    return [era._replace(title=say(era.title)) for era in eras]


@lru_cache(maxsize=2)
def _read_eras(path: Path, changed: int) -> tuple[Era, ...]:
    """Read the table once, and again when the file was changed: each picture of the explorer asks for it."""
    from ..data import load

    table = load("eras")
    days = [table[name].dt.strftime("%Y-%m-%d").tolist() for name in ("start", "end")]
    columns = (table["era_id"].tolist(), table["number"].tolist(), table["title"].tolist(), *days)
    return tuple(Era(*values) for values in zip(*columns, strict=True))


def _ends(era: Era) -> tuple[float, float]:
    first, last = _days(era)
    return day_number(first), day_number(last) + 1


@lru_cache(maxsize=64)
def _days(era: Era) -> tuple[date, date]:
    return date.fromisoformat(era.start), date.fromisoformat(era.end)


def era_of(item: Item, eras: Sequence[Era]) -> Era | None:
    """Return the era in which an event begins."""
    for era in eras:
        low, high = _ends(era)
        if low <= item.first < high:
            return era
    return None


def in_one_era(items: Sequence[Item], eras: Sequence[Era]) -> bool:
    """Return whether all events begin in one era: then its name tells none from the other."""
    return len({era_of(item, eras) for item in items}) == 1


def window_of(items: Sequence[Item], eras: Sequence[Era]) -> tuple[float, float]:
    """Return the time to show: from the first to the last moment; if all begin in one era, not beyond its end."""
    low = min(item.first for item in items)
    high = max(item.last for item in items)
    met = {era_of(item, eras) for item in items}
    only = met.pop() if len(met) == 1 else None
    if only is not None:
        high = max(min(high, _ends(only)[1]), max(item.x for item in items))
    length = max(_MIN_WINDOW, high - low)
    middle = (low + high) / 2
    return min(low, middle - length / 2), max(high, middle + length / 2)


class ShownEra(NamedTuple):
    """An era as far as a figure shows it, and what stands over its band: its name, or its number."""

    era: Era
    low: float
    high: float
    name: str = ""


class EraStrip(NamedTuple):
    """The eras that axes show, the height of the strip of their names, and what the numbers in it stand for."""

    eras: tuple[ShownEra, ...]
    height: float = 2.0
    key: str = ""


def era_strip(eras: Sequence[Era], look: Look, scale: TimeScale, *, names: bool = True, numbers: bool = True) -> EraStrip:
    """Return the eras that axes show, each with its name, broken to fit its band.

    Over a band that is too narrow its number stands, and over all bands if half of many are: a key tells their names. A name
    beside its band would stand over another. Where neither is wanted, an era has no name; then `describe` says so.
    """
    ends = [(era, *_ends(era)) for era in eras]
    seen = (ShownEra(era, max(low, scale.low), min(high, scale.high)) for era, low, high in ends)
    shown = [era for era in seen if era.low < era.high and not scale.leaves_out(era.low, era.high)]
    if not names or not shown:
        return EraStrip(tuple(shown))
    named = [era._replace(name=_name_in_band(era, look, scale)) for era in shown]
    wide = [k for k, era in enumerate(named) if numbers and _is_named(era, look, scale)]
    narrow = [k for k in wide if not named[k].name]
    narrow = wide if len(narrow) >= MANY and 2 * len(narrow) >= len(wide) else narrow
    for k in narrow:
        named[k] = named[k]._replace(name=str(named[k].era.number))
    key = say(", ").join(f"{named[k].era.number}{NO_BREAK}{named[k].era.title}" for k in narrow)
    lines = max((era.name.count("\n") + 1 for era in named if era.name), default=0)
    words = say_count("Era: {names}.", "Eras: {names}.", len(narrow), names=key) if narrow else ""
    return EraStrip(tuple(named), 5.0 + look.font * NAME_LINE * lines, words)


def _width(era: ShownEra, scale: TimeScale) -> float:
    return scale.to_points(era.high) - scale.to_points(era.low)


def _text_width(text: str, look: Look) -> float:
    return 1.02 * text_size.text_width(text, look.font)  # slanted letters need a little more


def _is_named(era: ShownEra, look: Look, scale: TimeScale) -> bool:
    """Whether an era is named: not if it is a sliver at the figure's edge, or narrower than its number."""
    low, high = _ends(era.era)
    cut = era.low > low or era.high < high
    return _width(era, scale) > max(_text_width(str(era.era.number), look), SLIVER * scale.width if cut else 0.0)


def _name_in_band(era: ShownEra, look: Look, scale: TimeScale) -> str:
    free = _width(era, scale) - 4
    broken = (text_size.wrap(era.era.title, limit) for limit in (None, 16, 12, 8, 4))
    return next((text for text in broken if text.count("\n") < 3 and _text_width(text, look) <= free), "")
