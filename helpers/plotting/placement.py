"""Where the glyphs and labels of one row of events go, at one size and in one look.

`labels` knows boxes only; this module turns events into boxes, asks `labels`, and hands back a plan.
Everything is in points: x from the left edge of the axes, distances outwards from the ribbon of years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from . import text_size
from .events import Item, label_of
from .labels import geometry, leaders
from .labels.columns import columns
from .labels.flags import flags

WRAPS = (None, 48, 36, 28, 20)  # letters a line: the sizes that a label may take
FLAG_PAD = 2.6  # between a leader and its text
NUMBER_FONT = 8.0
FIRST_STEP = 0.55  # of a step, from the ribbon to the first glyph: at a half, the ring of a conflict would touch the ribbon
SIGN_WIDTH = 0.8  # of a font size for each "~" or "?": between their widths in bold letters (0.86 and 0.60)
MAX_FLAGS = 60  # beyond, labels don't fit beside their glyphs, and to try it costs time

Way = Literal["flags", "columns", "numbers", "nothing"]  # of writing labels; numbers stand where flags do


class Look(NamedTuple):
    """The sizes of one look, in points; the more there is to show, the closer it stands."""

    font: float
    glyph: float  # the diameter of a round glyph
    step: float  # from one glyph to the next one of a stack
    reach: float  # half the width that a glyph keeps free
    pitch: float  # between two leaders
    gap: float  # between two labels
    spacing: float  # of lines in a label, as matplotlib's linespacing
    join: bool  # whether parts of the legend may share a row


ERA = Look(font=9.0, glyph=8.5, step=14.9, reach=6.4, pitch=4.0, gap=3.6, spacing=1.2, join=False)
CLOSE = Look(font=9.0, glyph=7.2, step=11.5, reach=5.0, pitch=3.2, gap=1.6, spacing=1.03, join=True)
MIDDLE = Look(font=8.0, glyph=7.0, step=11.0, reach=4.6, pitch=3.0, gap=2.6, spacing=1.15, join=True)
COURSE = Look(font=8.0, glyph=5.6, step=6.3, reach=2.8, pitch=1.5, gap=0.4, spacing=1.0, join=True)


class TimeScale(NamedTuple):
    """The time that axes show, as day numbers, and their width in points."""

    low: float
    high: float
    width: float

    def to_points(self, x: float) -> float:
        """Turn a day number into points from the left edge."""
        return (x - self.low) / (self.high - self.low) * self.width

    def to_days(self, x: float) -> float:
        """Turn points from the left edge into a day number."""
        return self.low + x / self.width * (self.high - self.low)


def scale_for(items: Sequence[Item], look: Look, width: float, window: tuple[float, float]) -> TimeScale:
    """Widen a window of time until no glyph is cut at its ends."""
    low, high = window
    days = (high - low) / max(width - 4 * look.glyph, width / 2)  # a point
    edge = look.reach + 2
    left = min(item.x for item in items) - edge * days
    right = max(item.x + (edge + _sign_width(item, look)) * days for item in items)
    return TimeScale(min(low, left) - 2 * days, max(high, right) + 2 * days, width)


def _sign_width(item: Item, look: Look) -> float:
    """The width for the "~" or "?" beside a glyph."""
    return look.font * SIGN_WIDTH * len(item.sign) + 1 if item.sign else 0.0


class Plan(NamedTuple):
    """One way to write the labels: the texts of each event (one a size), their font, and the layouts of both sides."""

    texts: list[list[str]]
    font: float
    up: geometry.Layout
    down: geometry.Layout

    @property
    def fits(self) -> bool:
        """Whether all labels fit into the width."""
        return self.up.fits and self.down.fits


@dataclass(frozen=True, eq=False)
class Placement:
    """Events in the order of time on a scale; neighbours go to opposite sides of the ribbon, unless all stand above it."""

    items: Sequence[Item]
    look: Look
    scale: TimeScale
    one_sided: bool = False

    # --- glyphs ---

    @cached_property
    def sides(self) -> dict[bool, range]:
        """The events above (True) and below the ribbon, by their numbers."""
        if self.one_sided:
            return {True: range(len(self.items)), False: range(0)}
        return {True: range(0, len(self.items), 2), False: range(1, len(self.items), 2)}

    def _glyph_extent(self, item: Item) -> tuple[float, float]:
        x = self.scale.to_points(item.x)
        return x - self.look.reach, x + self.look.reach + _sign_width(item, self.look)

    def _extent(self, item: Item) -> tuple[float, float]:
        """What an event covers: its bar, its glyph and the sign beside it."""
        low = 0.0 if item.begin is None else max(0.0, self.scale.to_points(item.begin))
        high = self.scale.width if item.end is None else min(self.scale.width, self.scale.to_points(item.end))
        glyph_low, glyph_high = self._glyph_extent(item)
        return min(low, glyph_low), max(high, glyph_high)

    @cached_property
    def _levels(self) -> dict[int, int]:
        levels: dict[int, int] = {}
        for members in self.sides.values():
            extents = [self._extent(self.items[i]) for i in members]
            levels |= dict(zip(members, geometry.stack(extents, 1.0), strict=True))
        return levels

    def distance(self, i: int) -> float:
        """Return how far from the ribbon the glyph of event i stands."""
        return self.look.step * (self._levels[i] + FIRST_STEP)

    def stack_height(self, up: bool) -> float:
        """Return how far from the ribbon the glyphs of one side reach."""
        return max((self.distance(i) + self.look.step * FIRST_STEP for i in self.sides[up]), default=0.0)

    def shown_days(self, item: Item) -> tuple[float, float]:
        """Return from where to where an event's bar reaches within the axes."""
        low, high, _ = self.scale
        return low if item.begin is None else max(item.begin, low), high if item.end is None else min(item.end, high)

    def goes_on(self, item: Item) -> tuple[bool, bool]:
        """Return whether an event's bar goes on beyond the left and the right edge."""
        low, high, _ = self.scale
        return item.begin is None or item.begin < low, item.end is None or item.end > high

    # --- labels ---

    @cached_property
    def _leaders(self) -> tuple[dict[int, float], dict[bool, bool]]:
        """Where the leader of each event leaves the glyphs, and for each side whether leaders cross on the way there."""
        port_of: dict[int, float] = {}
        crossed: dict[bool, bool] = {}
        for up, members in self.sides.items():
            there = [
                geometry.Glyph(self.scale.to_points(item.x), self.distance(i), *self._glyph_extent(item))
                for i, item in ((i, self.items[i]) for i in members)
            ]
            ports = leaders.ports(there, width=self.scale.width, pitch=self.look.pitch)
            port_of |= dict(zip(members, ports, strict=True))
            crossed[up] = leaders.crossed(there, ports)
        return port_of, crossed

    def by_port(self, up: bool) -> list[int]:
        """Return the events of one side that get a label, in the order in which a plan holds their boxes."""
        port_of, _ = self._leaders
        labelled = (i for i in self.sides[up] if not self.items[i].event.muted)
        return sorted(labelled, key=lambda i: (port_of[i], i))

    def label_size(self, text: str, font: float) -> tuple[float, float]:
        """Return width and height of a label with the space to its leader."""
        height = text_size.text_height(text, font, self.look.spacing)
        return text_size.text_width(text, font) + FLAG_PAD + 0.6, height

    def plan(self, way: Way) -> Plan | None:
        """Find a place for each label, written in one of the ways."""
        if way == "nothing":
            return None
        font = self.look.font
        if way == "numbers":
            texts, font = [[str(item.event.row + 1)] for item in self.items], NUMBER_FONT
        else:
            texts = [[text_size.wrap(label_of(item.event), limit) for limit in WRAPS] for item in self.items]
        if way == "columns":
            above = set(self.sides[True])  # there, labels fly to the right
            texts = [[text_size.indented(text, right=i in above) for text in sizes] for i, sizes in enumerate(texts)]
        return Plan(texts, font, *(self._layout(up, texts, font, way) for up in (True, False)))

    def _layout(self, up: bool, texts: list[list[str]], font: float, way: Way) -> geometry.Layout:
        port_of, crossed = self._leaders
        labels = [
            geometry.Label(port_of[i], tuple(self.label_size(text, font) for text in texts[i]), self.distance(i))
            for i in self.by_port(up)
        ]
        space: dict[str, Any] = {"width": self.scale.width, "height": float("inf"), "gap": self.look.gap}
        space["obstacles"] = self._obstacles(up)
        if way == "columns":
            found = columns(labels, pitch=self.look.pitch, reads="inwards" if up else "outwards", **space)
        else:
            found = flags(labels, **space)
        return found._replace(fits=found.fits and not crossed[up])

    def _obstacles(self, up: bool) -> list[geometry.Obstacle]:
        """What labels may not cover: each event's bar, glyph and sign, and its leader's way aside."""
        found = []
        for i in self.sides[up]:
            low, high = self._extent(self.items[i])
            port = self._leaders[0][i]
            found.append(geometry.Obstacle(min(low, port), max(high, port), self.distance(i) + self.look.step * 0.5))
        return found
