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
from .labels import geometry
from .labels.flags import flags
from .lettering import say
from .placement import Look, TimeScale
from .time_axis import day_number

NAME_LINE = 1.2  # of a font size: a line of an era's name
NAME_ABOVE = 2.5  # points: from the events and their labels up to the names of eras, in a strip that has 5 to spare
NAMES_SHARE = 0.25  # of the axes' height: more the names of eras don't take
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
    """An era as far as a figure shows it, and its name: over its band, or in a box on a line from a band too narrow."""

    era: Era
    low: float
    high: float
    name: str = ""
    box: geometry.LabelBox | None = None


def era_strip(
    eras: Sequence[Era], look: Look, scale: TimeScale, height: float, *, names: bool = True
) -> tuple[tuple[ShownEra, ...], float]:
    """Return the eras that axes of a height show, and the height of the strip of their names.

    Each name is broken to fit its band; else it stands above the others, on a line from its band. Where these would take too
    much height, or none are wanted, an era has no name; then `describe` says so.
    """
    ends = [(era, *_ends(era)) for era in eras]
    seen = (ShownEra(era, max(low, scale.low), min(high, scale.high)) for era, low, high in ends)
    inside = [era for era in seen if era.low < era.high and not scale.leaves_out(era.low, era.high)]
    shown = [era._replace(name=_name_in_band(era, look, scale) if names else "") for era in inside]
    strip = 2.0
    if not names:
        return tuple(shown), strip
    if shown:
        strip = 5.0 + look.font * NAME_LINE * max((era.name.count("\n") + 1 for era in shown if era.name), default=0)
    # An era that is a sliver at the figure's edge needs no name.
    outside = [k for k, era in enumerate(shown) if not era.name and _width(era, scale) > 2 * look.font]
    if outside:
        found = _names_outside([shown[k] for k in outside], look, scale, strip=strip, height=NAMES_SHARE * height)
        if found.fits:
            for k, box in zip(outside, found.boxes, strict=True):
                shown[k] = shown[k]._replace(name=shown[k].era.title, box=box)
            strip = found.height + 3
    return tuple(shown), strip


def _width(era: ShownEra, scale: TimeScale) -> float:
    return scale.to_points(era.high) - scale.to_points(era.low)


def _text_width(text: str, look: Look) -> float:
    return 1.02 * text_size.text_width(text, look.font)  # slanted letters need a little more


def _name_in_band(era: ShownEra, look: Look, scale: TimeScale) -> str:
    free = _width(era, scale) - 4
    broken = (text_size.wrap(era.era.title, limit) for limit in (None, 16, 12, 8, 4))
    return next((text for text in broken if text.count("\n") < 3 and _text_width(text, look) <= free), "")


def _names_outside(
    eras: Sequence[ShownEra], look: Look, scale: TimeScale, *, strip: float, height: float
) -> geometry.Layout:
    labels = [
        geometry.Label(
            scale.to_points(scale.middle(era.low, era.high)),
            ((_text_width(era.era.title, look) + 5, look.font * NAME_LINE),),
        )
        for era in eras
    ]
    below = [geometry.Obstacle(0.0, scale.width, strip - 3)]
    return flags(labels, width=scale.width, height=height, obstacles=below, gap=1.0)
