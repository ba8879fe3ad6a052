"""Where the marks and labels of one timeline go, at one size and in one look.

`layout` knows boxes only; this module turns events into boxes, asks `layout`, and compares what comes back.
Everything is in points: x from the left edge of the axes, distances outwards from the ribbon of years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from . import text_size
from .events import Item
from .labels import geometry

WRAPS = (None, 48, 36, 28, 20)  # letters a line: the sizes that a label may take
FLAG_PAD = 2.6  # between a leader and its text
NUMBER_FONT = 8.0
MOST_FLAGS = 60  # beyond, labels don't fit beside their marks, and to try it costs time


class Look(NamedTuple):
    """The sizes of one look, in points; the more there is to show, the closer it stands."""

    font: float
    mark: float  # the diameter of a round mark
    step: float  # from one mark to the next one of a stack
    reach: float  # half the width that a mark keeps free
    pitch: float  # between two leaders
    gap: float  # between two labels
    spacing: float  # of lines in a label, as matplotlib's linespacing
    join: bool  # whether parts of the legend may share a row


ERA = Look(font=9.0, mark=8.5, step=14.9, reach=6.4, pitch=4.0, gap=3.6, spacing=1.2, join=False)
CLOSE = Look(font=9.0, mark=7.2, step=11.5, reach=5.0, pitch=3.2, gap=1.6, spacing=1.03, join=True)
MIDDLE = Look(font=8.0, mark=7.0, step=11.0, reach=4.6, pitch=3.0, gap=2.6, spacing=1.15, join=True)
COURSE = Look(font=8.0, mark=5.6, step=6.3, reach=2.8, pitch=1.5, gap=0.4, spacing=1.0, join=True)


class Plan(NamedTuple):
    """One way to write the labels: the texts of each event (one a size), their font, and both sides' places."""

    texts: list[list[str]]
    font: float
    up: geometry.Layout
    down: geometry.Layout

    @property
    def height(self) -> float:
        fits = self.up.fits and self.down.fits
        return self.up.height + self.down.height if fits else float("inf")


class Placement:
    """Events on a line of time of a certain length.

    Parameters
    ----------
    items : sequence of Item
        The events, in the order of time. Neighbours go to opposite sides of the ribbon.
    look : Look
        The sizes.
    width : float
        The length of the axis, in points.
    window : (float, float)
        The time to show, as day numbers.
    widen : bool, default True
        Whether to widen the window until no mark is cut at its ends.
    one_sided : bool, default False
        Whether all events stand above the ribbon.
    """

    def __init__(
        self,
        items: Sequence[Item],
        look: Look,
        width: float,
        window: tuple[float, float],
        *,
        widen: bool = True,
        one_sided: bool = False,
    ) -> None:
        self.items, self.look, self.width = items, look, width
        self.low, self.high = self._widened(*window) if widen else window
        step = 1 if one_sided else 2
        below = range(0) if one_sided else range(1, len(items), 2)
        self.sides = {True: range(0, len(items), step), False: below}
        self.levels = self._levels()
        self._port_of: dict[int, float] = {}
        self._crossed: dict[bool, bool] = {}  # for each side, whether leaders cross on their way out of the marks

    def _widened(self, low: float, high: float) -> tuple[float, float]:
        scale = (high - low) / max(self.width - 4 * self.look.mark, self.width / 2)  # days a point
        room = self.look.reach + 2
        left = min(item.x for item in self.items) - room * scale
        right = max(item.x + (room + self.sign_width(item)) * scale for item in self.items)
        return min(low, left) - 2 * scale, max(high, right) + 2 * scale

    def to_points(self, x: float) -> float:
        """Turn a day number into points from the left edge."""
        return (x - self.low) / (self.high - self.low) * self.width

    def to_days(self, x: float) -> float:
        """Turn points from the left edge into a day number."""
        return self.low + x / self.width * (self.high - self.low)

    # --- marks ---

    def sign_width(self, item: Item) -> float:
        """Return the room for the "~" or "?" beside a mark."""
        return self.look.font * 0.8 * len(item.sign) + 1 if item.sign else 0.0

    def _mark_extent(self, item: Item) -> tuple[float, float]:
        x = self.to_points(item.x)
        return x - self.look.reach, x + self.look.reach + self.sign_width(item)

    def _extent(self, item: Item) -> tuple[float, float]:
        """What an event covers: its bar, its mark and the sign beside the mark."""
        low = 0.0 if item.begin is None else max(0.0, self.to_points(item.begin))
        high = self.width if item.end is None else min(self.width, self.to_points(item.end))
        mark_low, mark_high = self._mark_extent(item)
        return min(low, mark_low), max(high, mark_high)

    def _levels(self) -> list[int]:
        levels = [0] * len(self.items)
        for members in self.sides.values():
            extents = [self._extent(self.items[i]) for i in members]
            for i, level in zip(members, geometry.stack(extents, 1.0), strict=True):
                levels[i] = level
        return levels

    def distance(self, i: int) -> float:
        """Return how far from the ribbon the mark of event i stands."""
        return self.look.step * (self.levels[i] + 0.55)

    def stack_height(self, up: bool) -> float:
        """Return how far from the ribbon the marks of one side reach."""
        return max((self.distance(i) + self.look.step * 0.55 for i in self.sides[up]), default=0.0)

    def _obstacles(self, up: bool) -> list[geometry.Obstacle]:
        """What labels may not cover: each event's bar, mark and sign, and its leader's way aside."""
        found = []
        for i in self.sides[up]:
            low, high = self._extent(self.items[i])
            top = self.distance(i) + self.look.step * 0.5
            found.append(geometry.Obstacle(min(low, self.port(i)), max(high, self.port(i)), top))
        return found

    # --- labels ---

    def port(self, i: int) -> float:
        """Return where the leader of event i leaves the marks."""
        if not self._port_of:
            for up, members in self.sides.items():
                there = [
                    geometry.Mark(self.to_points(self.items[k].x), self.distance(k), *self._mark_extent(self.items[k]))
                    for k in members
                ]
                places = geometry.ports(there, width=self.width, pitch=self.look.pitch)
                self._port_of |= dict(zip(members, places, strict=True))
                self._crossed[up] = geometry.crossed(there, places)
        return self._port_of[i]

    def by_port(self, up: bool) -> list[int]:
        """Return the events of one side that get a label, in the order in which a plan holds their places."""
        labelled = (i for i in self.sides[up] if not self.items[i].event.muted)
        return sorted(labelled, key=lambda i: (self.port(i), i))

    def title_plans(self) -> Iterator[Plan]:
        """Yield the ways to write the titles, the best first: flags, then columns. None may fit."""
        texts = [[text_size.wrap(item.event.title, limit) for limit in WRAPS] for item in self.items]
        if sum(not item.event.muted for item in self.items) <= MOST_FLAGS:
            yield self._plan(texts, self.look.font, self._flags)
        above = set(self.sides[True])  # there, labels fly to the right
        set_in = [[text_size.indented(text, right=i in above) for text in texts[i]] for i in range(len(texts))]
        yield self._plan(set_in, self.look.font, self._columns)

    def number_plan(self) -> Plan:
        """Return the way to write numbers instead of the titles."""
        return self._plan([[str(item.event.row + 1)] for item in self.items], NUMBER_FONT, self._flags)

    def _plan(
        self, texts: list[list[str]], font: float, method: Callable[[bool, list[geometry.Label]], geometry.Layout]
    ) -> Plan:
        up, down = (method(side, self._labels(side, texts, font)) for side in (True, False))
        up, down = (
            side._replace(fits=side.fits and not self._crossed.get(is_up, False))
            for side, is_up in ((up, True), (down, False))
        )
        return Plan(texts, font, up, down)

    def label_size(self, text: str, font: float) -> tuple[float, float]:
        """Return width and height of a label with the space to its leader."""
        height = text_size.text_height(text, font, self.look.spacing)
        return text_size.text_width(text, font) + FLAG_PAD + 0.6, height

    def _labels(self, up: bool, texts: list[list[str]], font: float) -> list[geometry.Label]:
        members = self.by_port(up)
        sizes = [tuple(self.label_size(text, font) for text in texts[i]) for i in members]
        return [geometry.Label(self.port(i), size, self.distance(i)) for i, size in zip(members, sizes, strict=True)]

    def _flags(self, up: bool, labels: list[geometry.Label]) -> geometry.Layout:
        room = {"width": self.width, "height": float("inf"), "gap": self.look.gap}
        return geometry.flags(labels, obstacles=self._obstacles(up), **room)

    def _columns(self, up: bool, labels: list[geometry.Label]) -> geometry.Layout:
        room = {"width": self.width, "height": float("inf"), "gap": self.look.gap, "pitch": self.look.pitch}
        return geometry.columns(labels, obstacles=self._obstacles(up), reads="inwards" if up else "outwards", **room)
