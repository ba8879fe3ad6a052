"""Where the glyphs and labels of one row of events go, at one size and in one look.

`labels` knows boxes only; this module turns events into boxes, asks `labels`, and hands back a plan.
Everything is in points: x from the left edge of the axes, distances outwards from the ribbon of years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

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
CONTEXT_GLYPH, CONTEXT_STEP = 3.6, 4.6  # of what is muted: the diameter of a glyph, and from one to the next, in points
_RANKS = _MUTED, _MIDDLE, _OUTER = range(3)  # from the ribbon outwards
BREAK = 30.0  # points: of a stretch of time that is left out; ticks beside it keep away from its slashes
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
    spacing: float  # of lines in a label, in font sizes


ERA = Look(font=9.0, glyph=8.5, step=14.9, reach=6.4, pitch=4.0, gap=3.6, spacing=1.2)
CLOSE = Look(font=9.0, glyph=7.2, step=11.5, reach=5.0, pitch=3.2, gap=1.6, spacing=1.03)
MIDDLE = Look(font=8.0, glyph=7.0, step=11.0, reach=4.6, pitch=3.0, gap=2.6, spacing=1.15)
COURSE = Look(font=8.0, glyph=5.6, step=6.3, reach=2.8, pitch=1.5, gap=0.4, spacing=1.0)


class TimeScale(NamedTuple):
    """The time that axes show, as day numbers, and their width in points.

    `cuts` are stretches that are left out: each takes `BREAK` points, however long it is.
    """

    low: float
    high: float
    width: float
    cuts: tuple[tuple[float, float], ...] = ()

    def to_points(self, x: float) -> float:
        """Turn a day number into points from the left edge."""
        if self.cuts:
            return float(self.in_points(x))
        return (x - self.low) / (self.high - self.low) * self.width

    def to_days(self, x: float) -> float:
        """Turn points from the left edge into a day number."""
        if self.cuts:
            return float(self.in_days(x))
        return self.low + x / self.width * (self.high - self.low)

    def middle(self, low: float, high: float) -> float:
        """Return the day number that is shown in the middle between two."""
        return self.to_days((self.to_points(low) + self.to_points(high)) / 2) if self.cuts else (low + high) / 2

    def leaves_out(self, low: float, high: float) -> bool:
        """Return whether all of a stretch of time is left out."""
        return any(start <= low and high <= end for start, end in self.cuts)

    @property
    def days_a_point(self) -> float:
        """How many days a point is, where nothing is left out."""
        left_out = sum(high - low for low, high in self.cuts)
        return (self.high - self.low - left_out) / (self.width - BREAK * len(self.cuts))

    def in_points(self, days: ArrayLike) -> np.ndarray:
        """Turn day numbers into points, also where stretches are left out."""
        found = (np.asarray(days, dtype=float) - self.low) / self.days_a_point
        for low, high in self.cuts:
            inside = np.clip((np.asarray(days, dtype=float) - low) / (high - low), 0.0, 1.0)
            found = found - inside * ((high - low) / self.days_a_point - BREAK)
        return found

    def in_days(self, points: ArrayLike) -> np.ndarray:
        """Turn points into day numbers, also where stretches are left out."""
        found = self.low + np.asarray(points, dtype=float) * self.days_a_point
        for low, high in self.cuts:
            start = self.to_points(low)
            inside = np.clip((np.asarray(points, dtype=float) - start) / BREAK, 0.0, 1.0)
            found = found + inside * (high - low - BREAK * self.days_a_point)
        return found


def scale_for(
    items: Sequence[Item],
    look: Look,
    width: float,
    window: tuple[float, float],
    cuts: tuple[tuple[float, float], ...] = (),
) -> TimeScale:
    """Widen a window of time until no glyph is cut at its ends."""
    low, high = window
    length = high - low - sum(end - start for start, end in cuts)
    room = width - BREAK * len(cuts)
    days = length / max(room - 4 * look.glyph, room / 2)  # a point
    edge = look.reach + 2
    left = min(item.x for item in items) - edge * days
    right = max(item.x + (edge + _sign_width(item, look)) * days for item in items)
    return TimeScale(min(low, left) - 2 * days, max(high, right) + 2 * days, width, cuts)


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
    """Events in the order of time on a scale; neighbours go to opposite sides of the ribbon, unless all stand above it.

    What is muted lies next to the ribbon, small; what is picked out lies beyond it, so that no leader has to cross it. If
    the sides tell the effect, what has none lies between the two.
    """

    items: Sequence[Item]
    look: Look
    scale: TimeScale
    one_sided: bool = False
    by_effect: bool = False  # cooperative acts above, conflictual ones below

    # --- glyphs ---

    @cached_property
    def sides(self) -> dict[bool, list[int]]:
        """The events above (True) and below the ribbon, by their numbers."""
        if self.one_sided:
            return {True: list(range(len(self.items))), False: []}
        found: dict[bool, list[int]] = {True: [], False: []}
        for rank in _RANKS:
            alike = [i for i, item in enumerate(self.items) if self._rank(item) == rank]
            if rank == _OUTER and self.by_effect:
                up = {i: self.items[i].event.effect == "cooperative" for i in alike}
            else:
                up = {i: k % 2 == 0 for k, i in enumerate(alike)}
            for i, above in up.items():
                found[above].append(i)
        return {up: sorted(members) for up, members in found.items()}

    def _rank(self, item: Item) -> int:
        """How far from the ribbon an event stands."""
        if item.event.muted:
            return _MUTED
        return _OUTER if not self.by_effect or item.event.effect in ("cooperative", "conflictual") else _MIDDLE

    @property
    def context(self) -> Look:
        """The sizes of what is muted."""
        return self.look._replace(glyph=CONTEXT_GLYPH, step=CONTEXT_STEP, reach=CONTEXT_GLYPH / 2)

    def look_of(self, i: int) -> Look:
        """Return the sizes of event i."""
        return self.context if self.items[i].event.muted else self.look

    def _glyph_extent(self, item: Item) -> tuple[float, float]:
        x = self.scale.to_points(item.x)
        if item.event.muted:
            return x - CONTEXT_GLYPH / 2, x + CONTEXT_GLYPH / 2
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
            for rank in _RANKS:
                alike = [i for i in members if self._rank(self.items[i]) == rank]
                extents = [self._extent(self.items[i]) for i in alike]
                levels |= dict(zip(alike, geometry.stack(extents, 1.0), strict=True))
        return levels

    @cached_property
    def _strips(self) -> dict[int, float]:
        """How far from the ribbon the glyphs of its rank begin, for each event."""
        strips: dict[int, float] = {}
        for members in self.sides.values():
            strip = 0.0
            for rank in _RANKS:
                alike = [i for i in members if self._rank(self.items[i]) == rank]
                strips |= dict.fromkeys(alike, strip)
                strip += max(((self._levels[i] + 1) * self.look_of(i).step for i in alike), default=0.0)
        return strips

    def distance(self, i: int) -> float:
        """Return how far from the ribbon the glyph of event i stands."""
        return self._strips[i] + self.look_of(i).step * (self._levels[i] + FIRST_STEP)

    def stack_height(self, up: bool) -> float:
        """Return how far from the ribbon the glyphs of one side reach."""
        return max((self.distance(i) + self.look_of(i).step * FIRST_STEP for i in self.sides[up]), default=0.0)

    def shown_days(self, item: Item) -> tuple[float, float]:
        """Return from where to where an event's bar reaches within the axes."""
        low, high, *_ = self.scale
        return low if item.begin is None else max(item.begin, low), high if item.end is None else min(item.end, high)

    def goes_on(self, item: Item) -> tuple[bool, bool]:
        """Return whether an event's bar goes on beyond the left and the right edge."""
        low, high, *_ = self.scale
        return item.begin is None or item.begin < low, item.end is None or item.end > high

    # --- labels ---

    @cached_property
    def _leaders(self) -> tuple[dict[int, float], dict[bool, bool]]:
        """Where the leader of each event leaves the glyphs, and for each side whether leaders cross on the way there."""
        port_of: dict[int, float] = {}
        crossed: dict[bool, bool] = {}
        for up in self.sides:
            members = self._labelled(up)
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
        return sorted(self._labelled(up), key=lambda i: (port_of[i], i))

    def _labelled(self, up: bool) -> list[int]:
        return [i for i in self.sides[up] if not self.items[i].event.muted]

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
            labels = ["" if item.event.muted else label_of(item.event) for item in self.items]
            texts = [[text_size.wrap(label, limit) for limit in WRAPS] for label in labels]
        if way == "columns":
            above = set(self.sides[True])  # there, labels fly to the right
            texts = [[text_size.indented(text, right=i in above) for text in sizes] for i, sizes in enumerate(texts)]
        return Plan(texts, font, *(self._layout(up, texts, font, way) for up in (True, False)))

    def _layout(self, up: bool, texts: list[list[str]], font: float, way: Way) -> geometry.Layout:
        port_of, crossed = self._leaders
        covered = self._covered(up)
        labels = [
            geometry.Label(port_of[i], tuple(self.label_size(text, font) for text in texts[i]), self.distance(i), covered[i])
            for i in self.by_port(up)
        ]
        space: dict[str, Any] = {"width": self.scale.width, "height": float("inf"), "gap": self.look.gap}
        space["obstacles"] = self._obstacles(up)
        if way == "columns":
            found = columns(labels, pitch=self.look.pitch, reads="inwards" if up else "outwards", **space)
        else:
            found = flags(labels, **space)
        return found._replace(fits=found.fits and not crossed[up])

    def _covered(self, up: bool) -> dict[int, tuple[float, float]]:
        """From where to where each event of a side reaches, with its leader's way aside."""
        found = {}
        for i in self.sides[up]:
            low, high = self._extent(self.items[i])
            port = self._leaders[0].get(i, low)
            found[i] = (min(low, port), max(high, port))
        return found

    def _obstacles(self, up: bool) -> list[geometry.Obstacle]:
        """What labels may not cover: each event's bar, glyph and sign, and its leader's way aside."""
        found = []
        for i, (low, high) in self._covered(up).items():
            middle, half = self.distance(i), self.look_of(i).step * 0.5
            found.append(geometry.Obstacle(low, high, middle + half, middle - half))
        return found
