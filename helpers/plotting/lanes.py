"""A timeline in lanes: one row for each actor, kind or era."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import Literal

from matplotlib.axes import Axes

from . import glyphs
from .candidates import Ways, candidates, choose
from .canvas import Canvas, Titles
from .draw import draw
from .eras import era_of, in_one_era, load_eras, window_of
from .events import Item
from .media import sheet_for
from .placement import CLOSE, COURSE, ERA, MAX_FLAGS, MIDDLE

Lanes = Literal["actor", "kind", "era"]
LANES = ("actor", "kind", "era")
OTHERS = "others"
MAX_ACTORS = 6
_LOOKS = ((ERA, CLOSE), (MIDDLE, COURSE))
_SIZES = ((26, (10.0, 5.6)), (60, (12.0, 7.0)), (float("inf"), (14.0, 8.0)))


def split(items: Sequence[Item], lanes: str, actors: Sequence[str] | None = None) -> dict[str, list[Item]]:
    """Sort events into lanes, from top to bottom; what belongs to none of them stands in the last, "others".

    An event with several actors stands in the lane of each; by default the six most frequent actors have lanes. A
    `ValueError` says if `lanes` is something else, or an actor takes part in none of the events.
    """
    if lanes not in LANES:
        raise ValueError(f"lanes is {lanes!r}. Allowed are: {', '.join(LANES)}.")
    if lanes == "actor":
        names = _actors(items, actors)
        belongs = [[name for name in names if name in item.actors] for item in items]
    elif lanes == "kind":
        names = list(glyphs.KINDS)
        belongs = [[item.event.kind] if item.event.kind else [] for item in items]
    else:
        eras = load_eras()
        names = [era.title for era in eras]
        belongs = [[era.title] if (era := era_of(item, eras)) else [] for item in items]
    found: dict[str, list[Item]] = {name: [] for name in (*names, OTHERS)}
    for item, lanes_of_item in zip(items, belongs, strict=True):
        for name in lanes_of_item or [OTHERS]:
            found[name].append(item)
    return {name: members for name, members in found.items() if members}


def _actors(items: Sequence[Item], wanted: Sequence[str] | None) -> list[str]:
    counted = Counter(actor for item in items for actor in item.actors)
    by_count = sorted(counted, key=lambda name: (-counted[name], name))
    if not counted:
        raise ValueError("lanes='actor' needs a column 'actors' with names, separated by '; '; no event has one.")
    unknown = [name for name in wanted or () if name not in counted]
    if unknown:
        raise ValueError(f"No event has the actor {unknown[0]!r}. There are: {', '.join(by_count)}.")
    return list(wanted) if wanted is not None else by_count[:MAX_ACTORS]


def draw_lanes(
    groups: dict[str, list[Item]],
    *,
    ax: Axes | None,
    titles: Titles,
    eras: bool,
    labels: bool,
    medium: str = "page",
    breaks: bool = False,
) -> Axes:
    """Draw events in the lanes that `split` returns."""
    items = [item for members in groups.values() for item in members]
    size = next(size for most, size in _SIZES if len(items) <= most)
    canvas = Canvas(ax, titles=titles, sheet=sheet_for(medium, size), eras=eras, rows=list(groups))
    crowded = max(len(members) for members in groups.values()) > MAX_FLAGS
    window = window_of(items, canvas.eras)
    ways = partial(candidates, groups, canvas, window, looks=_LOOKS, titles=labels, breaks=breaks)
    trials = ways(ways=(("nothing",),))
    if labels and not crowded:
        # A title or a number is missed more than the name of the only era.
        wanted: Ways = (("flags",), ("numbers",))
        nameless = ways(ways=wanted, names=False) if canvas.sheet.grows is None and in_one_era(items, canvas.eras) else ()
        trials = chain(ways(ways=wanted), nameless, trials)
    return draw(choose(trials), canvas)
