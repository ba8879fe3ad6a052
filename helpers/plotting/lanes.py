"""A timeline in lanes: one row for each actor, kind or era."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Any, Literal

from matplotlib.axes import Axes

from . import glyphs
from .canvas import RIBBON_HALF, Sheet, Titles, era_of, load_eras, window_of
from .draw import Drawing, legend_of
from .events import Item
from .placement import CLOSE, COURSE, ERA, MIDDLE, MOST_FLAGS, Look, Placement, Plan
from .theme import RIBBON

Lanes = Literal["actor", "kind", "era"]
LANES = ("actor", "kind", "era")
OTHERS = "others"
MOST_ACTORS = 6
PAD = 5.0  # between two lanes, in points
_LOOKS = ((ERA, CLOSE), (MIDDLE, COURSE))
_SIZES = ((26, (10.0, 5.6)), (60, (12.0, 7.0)), (float("inf"), (14.0, 8.0)))


def split(items: Sequence[Item], lanes: str, actors: Sequence[str] | None = None) -> dict[str, list[Item]]:
    """Sort events into lanes; none is lost.

    Parameters
    ----------
    items : sequence of Item
        The events.
    lanes : {"actor", "kind", "era"}
        What a lane stands for. An event with several actors stands in the lane of each.
    actors : sequence of str, optional
        The actors with a lane of their own; by default the six most frequent.

    Returns
    -------
    dict of str to list of Item
        The lanes from top to bottom. Events that belong to none of them are in the last, "others".

    Raises
    ------
    ValueError
        If `lanes` is something else, or an actor takes part in none of the events.
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
    return list(wanted) if wanted is not None else by_count[:MOST_ACTORS]


def draw_lanes(groups: dict[str, list[Item]], *, ax: Axes | None, titles: Titles, eras: bool, labels: bool) -> Axes:
    """Draw events in lanes.

    Parameters
    ----------
    groups : dict of str to list of Item
        As `split` returns them.
    ax, titles, eras, labels
        As in `plot_timeline`.

    Returns
    -------
    matplotlib.axes.Axes
    """
    return _LanesFigure(groups, ax=ax, titles=titles, eras=eras, labels=labels).draw()


class _LanesFigure:
    """Find sizes at which all lanes fit, then draw them."""

    def __init__(self, groups: dict[str, list[Item]], *, ax: Axes | None, titles: Titles, eras: bool, labels: bool) -> None:
        self.groups = groups
        self.items = [item for members in groups.values() for item in members]
        size = next(size for most, size in _SIZES if len(self.items) <= most)
        self.sheet = Sheet(ax, titles=titles, size=size, eras=eras, rows=list(groups))
        self.window = window_of(self.items, self.sheet.known_eras)
        self._choose(labels)

    def _choose(self, labels: bool) -> None:
        """Titles, then numbers, then nothing; and for each, a higher figure before smaller letters."""
        crowded = max(len(members) for members in self.groups.values()) > MOST_FLAGS
        ways = ("titles", "numbers", "nothing") if labels and not crowded else ("nothing",)
        made: dict[tuple[Look, str], tuple[list[Placement], list[Plan | None]]] = {}
        for way in ways:
            for looks, height, look_number in product(_LOOKS, self.sheet.heights, (0, 1)):
                look = looks[look_number]
                if (look, way) not in made:
                    made[look, way] = self._placed(look, way)
                self.places, self.plans = made[look, way]
                place = self.places[0]
                legend = legend_of(self.items, place)
                self.sheet.use(look, place.low, place.high, legend)
                if self._needed() <= height:
                    return

    def _placed(self, look: Look, way: str) -> tuple[list[Placement], list[Plan | None]]:
        width = self.sheet.width
        whole = Placement(self.items, look, width, self.window, one_sided=True)
        window = (whole.low, whole.high)  # the same for every lane
        places = [Placement(members, look, width, window, one_sided=True, widen=False) for members in self.groups.values()]
        if way == "titles":
            return places, [next(place.title_plans()) for place in places]
        return places, [place.number_plan() if way == "numbers" else None for place in places]

    def _heights(self) -> list[float]:
        return [
            max(place.stack_height(True), plan.up.height if plan else 0.0) + PAD
            for place, plan in zip(self.places, self.plans, strict=True)
        ]

    def _needed(self) -> float:
        if any(plan and not plan.up.fits for plan in self.plans):
            return float("inf")
        return self.sheet.around + sum(self._heights())

    def draw(self) -> Axes:
        """Draw everything; return the axes."""
        sheet, heights = self.sheet, self._heights()
        sheet.prepare(self._needed())
        free = sheet.height - sheet.around
        squeeze = min(1.0, max(10.0, free) / sum(heights))
        spare = max(0.0, free - sum(heights)) / len(heights)
        heights = [height * squeeze + spare for height in heights]
        sheet.draw(-RIBBON_HALF, RIBBON_HALF + sum(heights))
        base, middles = RIBBON_HALF + sum(heights), []
        for name, place, plan, height in zip(self.groups, self.places, self.plans, heights, strict=True):
            base -= height
            middles.append(base + height / 2)
            line: dict[str, Any] = {"color": RIBBON, "linewidth": 0.8, "zorder": 0.7}
            sheet.ax.axhline(base, **line)
            Drawing(sheet.ax, place, base=base, squeeze=squeeze, lane=name).draw(plan)
        sheet.ax.set_yticks(middles, sheet.rows, parse_math=False)
        return sheet.ax
