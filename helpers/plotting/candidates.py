"""The search for a way to show events: trials are values, the first that fits is taken, and only that one is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

from matplotlib.text import Text

from ..language import later
from .artists import SidesNote
from .breaks import empty_stretches
from .canvas import Canvas, Surroundings
from .events import Item
from .legend import legend_groups
from .lettering import say
from .placement import ERA, Look, Placement, Plan, Way, scale_for

Ways = tuple[tuple[Way, ...], ...]  # titles before numbers before nothing; those of one tuple are tried together

SIDES_MEAN = later(
    "Above: together. Below: apart. Next to the line: neutral, none. Acts by our rule, visits count; not friendship."
)
_LOST = {
    "numbers": later("Numbers stand for the titles: the list that follows is their key."),
    "nothing": later("No room for titles here: the words of the figure have them."),
}
ROW_PAD = 5.0  # between two rows, in points


@dataclass(frozen=True)
class Row:
    """One row of events: a lane, or the whole of a timeline without lanes."""

    name: str
    placement: Placement
    plan: Plan | None

    def reach(self, up: bool) -> float:
        """Return how far from the ribbon glyphs and labels of one side reach."""
        labels = 0.0 if self.plan is None else (self.plan.up if up else self.plan.down).height
        return max(self.placement.stack_height(up), labels)


@dataclass(frozen=True)
class Candidate:
    """One way to show the events, in one look: rows from top to bottom, and what stands around them."""

    rows: tuple[Row, ...]
    around: Surroundings
    two_sided: bool  # a single row, above and below the ribbon

    @cached_property
    def heights(self) -> list[float]:
        """What the rows need, from top to bottom; of a two-sided one, its sides."""
        if self.two_sided:
            return [self.rows[0].reach(True), self.rows[0].reach(False)]
        return [row.reach(True) + ROW_PAD for row in self.rows]

    @property
    def needed(self) -> float:
        """The height that the axes need; infinite where labels don't fit into the width."""
        fits = all(row.plan is None or row.plan.fits for row in self.rows)
        return self.around.height + sum(self.heights) if fits else float("inf")

    @property
    def has_labels(self) -> bool:
        """Whether titles or numbers are written."""
        return any(row.plan is not None for row in self.rows)


def candidates(
    groups: dict[str, list[Item]],
    canvas: Canvas,
    window: tuple[float, float],
    *,
    looks: Sequence[Sequence[Look]],
    ways: Ways,
    by_effect: bool = False,
    titles: bool = False,
    names: bool = True,
    breaks: bool = False,
) -> Iterator[tuple[Candidate, float]]:
    """Yield ways to show events, the best first, each with the height that it may take.

    For each tuple of `ways`, the looks of one group come before a higher figure, and that before the next group of looks.
    On a canvas without rows, events stand on both sides of the ribbon. If `titles` are wanted, a line beneath says where
    they are if not in the picture. Without `names` the bands of eras bear none. `breaks` leave out long empty stretches.
    """
    items = [item for members in groups.values() for item in members]

    cuts = empty_stretches(items, window) if breaks else ()

    @cache
    def placements(look: Look) -> list[Placement]:
        # The same for every row; and for panels one above the other, in whatever look each finds room.
        scale = scale_for(items, look if canvas.own_figure else ERA, canvas.width, window, cuts)
        return [
            Placement(members, look, scale, one_sided=bool(canvas.rows), by_effect=by_effect) for members in groups.values()
        ]

    @cache
    def candidate(look: Look, way: Way) -> Candidate:
        rows = tuple(Row(name, place, place.plan(way)) for name, place in zip(groups, placements(look), strict=True))
        first = rows[0].placement
        note = say(SIDES_MEAN if by_effect else _LOST.get(way, "") if titles else "")
        kind = SidesNote if by_effect else Text
        keys = legend_groups(items, first, groups)
        around = canvas.surroundings(look, first.scale, keys, note, kind, names=names)
        return Candidate(rows, around, two_sided=not canvas.rows)

    for alike in ways:
        for together in looks:
            for height, look in product(canvas.heights, together):
                for way in alike:
                    yield candidate(look, way), height


def choose(trials: Iterable[tuple[Candidate, float]]) -> Candidate:
    """Return the first candidate that needs no more height than it may take; if none does, the last."""
    for candidate, height in trials:
        if candidate.needed <= height:
            break
    return candidate
