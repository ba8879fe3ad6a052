"""Labels as flags: each flies from a leader that stands straight above its glyph."""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from .geometry import CLEARANCE, Faces, Label, LabelBox, Layout, Obstacle

# Points of leaders that are given for one point of height. From 4 to 8 the figures of the eras are lowest; at 1 two of them
# are higher, at 0 all are; at 100 the search stops too early.
HEIGHT_WEIGHT = 4
STARTS = 6  # from which is climbed: one alone ends in a worse place for every second figure, 12 gain no more
MAX_BESIDE = 28  # points from a glyph to the end of its bar: beyond, a text there is not seen to belong to it
_CLIMB_LIMIT = 30  # labels a side; beyond that, changing single flags gains little and costs time
_LONGEST_RUN = 5  # of neighbours that are turned together


def flags(
    labels: Sequence[Label],
    *,
    width: float,
    height: float,
    obstacles: Sequence[Obstacle] = (),
    gap: float = 3.0,
) -> Layout:
    """Let each label fly like a flag from a straight leader, to its right or to its left, at least `gap` from another label.

    The labels are given in the order of their `x`. A label that reaches over its neighbours' leaders must fly above them; so
    no leader meets a label or another leader. One may also stand right beside its glyph, where there is room. Which way each
    flag faces, and which of its sizes it takes, is found by hill climbing: starting from the best of "to the right, then to
    the left from the k-th on", single flags and runs of neighbours are changed while that shortens the leaders.
    """
    if not labels:
        return Layout((), 0.0, True, "flags")
    search = _FlagSearch(labels, width, obstacles, gap)
    chosen = search.climb()
    bottoms = search.bottoms(chosen) if chosen else None
    if not chosen or bottoms is None:  # too wide, or too close to one another: not to be used, but never dropped
        return Layout(_one_above_the_other(labels, gap), float("inf"), False, "flags")
    boxes = tuple(_box(*three) for three in zip(labels, chosen, bottoms, strict=True))
    needed = max(bottom + flag.height for bottom, flag in zip(bottoms, chosen, strict=True))
    return Layout(boxes, needed, needed <= height, "flags")


_Way = tuple[Faces, int, bool]  # which way a label flies, its size, and whether it stands beside its glyph


class _Flag(NamedTuple):
    """One way in which a label can fly."""

    faces: Faces
    size: int
    low: float
    high: float
    height: float
    least: float  # how far out it must be at least, because of the obstacles
    over: tuple[int, ...]  # the labels over whose leaders it reaches
    beside: bool = False  # right beside its glyph, without a leader: it can stand nowhere else


def _box(label: Label, flag: _Flag, bottom: float) -> LabelBox:
    if flag.beside:
        return LabelBox(flag.low, bottom, flag.faces, flag.size, ())
    nearest = max(label.y, bottom + min(flag.height, label.sizes[0][1]))  # its nearest line: the rest needs none
    leader = ((label.x, label.y), (label.x, nearest))
    return LabelBox(flag.low, bottom, flag.faces, flag.size, leader)


def _one_above_the_other(labels: Sequence[Label], gap: float) -> tuple[LabelBox, ...]:
    boxes, y = [], gap
    for label in labels:
        width, height = label.sizes[-1]
        flag = _Flag("right", len(label.sizes) - 1, label.x, label.x + width, height, 0.0, ())
        boxes.append(_box(label, flag, y))
        y += height + gap
    return tuple(boxes)


class _FlagSearch:
    """The search for the way in which each label of one side flies."""

    def __init__(self, labels: Sequence[Label], width: float, obstacles: Sequence[Obstacle], gap: float) -> None:
        self.labels, self.width, self.obstacles, self.gap = labels, width, obstacles, gap
        self.count = len(labels)
        self.ways = [self._ways(i) for i in range(self.count)]
        self.moves = list(self._moves())
        self.costs: dict[tuple[int, ...], float] = {}
        self.orders: dict[tuple[tuple[int, ...], ...], list[int] | None] = {}

    def _ways(self, i: int) -> dict[_Way, _Flag]:
        """All ways to fly label i inside the axes. What it flies over doesn't depend on the other labels' ways."""
        found: dict[_Way, _Flag] = {}
        label, x, gap = self.labels[i], self.labels[i].x, self.gap
        for size, (wide, height) in enumerate(label.sizes):
            if size and (wide, height) == label.sizes[size - 1]:
                continue
            ends: tuple[tuple[Faces, float, float], ...] = (("right", x, x + wide), ("left", x - wide, x))
            for faces, low, high in ends:
                if low < 0 or high > self.width:
                    continue
                tops = [o.top + gap for o in self.obstacles if o.low < high and low < o.high]
                least = max(gap, label.y - height / 2, *tops)
                near, far = (low - CLEARANCE, high + gap) if faces == "right" else (low - gap, high + CLEARANCE)
                over = tuple(k for k, other in enumerate(self.labels) if k != i and near < other.x < far)
                found[faces, size, False] = _Flag(faces, size, low, high, height, least, over)
            found |= {(flag.faces, size, True): flag for flag in self._beside(i, size)}
        return found

    def _beside(self, i: int, size: int) -> Iterator[_Flag]:
        """The ways in which label i can stand beside its glyph: nothing else is there, and no other leader comes by."""
        label, gap = self.labels[i], self.gap
        if label.glyph is None:
            return
        wide, height = label.sizes[size]
        bottom = label.y - label.sizes[0][1] / 2
        top, (left, right) = bottom + height, label.glyph
        ends: tuple[tuple[Faces, float, float], ...] = (("right", right, right + wide), ("left", left - wide, left))
        for faces, low, high in ends:
            free = not any(
                o.low < high + gap and low - gap < o.high and o.base < top and bottom < o.top + gap
                for o in self.obstacles
                if (o.low, o.high) != label.glyph
            )
            passed = any(low - gap < other.x < high + gap and other.y < top for other in self.labels if other is not label)
            near = (right - label.x if faces == "right" else label.x - left) <= MAX_BESIDE
            if near and low >= 0 and high <= self.width and bottom >= 0 and free and not passed:
                yield _Flag(faces, size, low, high, height, bottom, (), beside=True)

    def climb(self) -> list[_Flag] | None:
        """Find a good way for each label; None if there is no possible one."""
        sizes = range(max(size for ways in self.ways for _, size, _ in ways) + 1) if all(self.ways) else ()
        step = 1 if self.count <= _CLIMB_LIMIT else 4
        starts = [self._switched(switch, size) for size in sizes for switch in range(self.count, -1, -step)]
        if not starts:
            return None
        starts = heapq.nsmallest(STARTS if self.count <= _CLIMB_LIMIT else 1, starts, key=self.cost)
        best, cost = min((self._climbed(start) for start in starts), key=itemgetter(1))
        return best if cost < float("inf") else None

    def _climbed(self, start: list[_Flag]) -> tuple[list[_Flag], float]:
        """Change flags while that is better; return the ways, and their cost."""
        best, cost = start, self.cost(start)
        improved = self.count <= _CLIMB_LIMIT
        while improved:
            improved = False
            for members, flag in self.moves:
                changed = self._changed(best, members, flag)
                changed_cost = self.cost(changed) if changed else cost
                if changed and changed_cost < cost - 0.01:
                    best, cost, improved = changed, changed_cost, True
        return best, cost

    def _switched(self, switch: int, size: int) -> list[_Flag]:
        """All flags to the right before `switch`, to the left from there on, where that is possible."""
        flags = []
        for i, ways in enumerate(self.ways):
            order: tuple[Faces, Faces] = ("right", "left") if i < switch else ("left", "right")
            flags.append(min(ways.values(), key=lambda flag: (flag.beside, order.index(flag.faces), abs(flag.size - size))))
        return flags

    def _moves(self) -> Iterator[tuple[range, _Flag | None]]:
        """The changes that are tried: another way for one flag, or (None) a run of neighbours turned round."""
        for i, ways in enumerate(self.ways):
            yield from ((range(i, i + 1), flag) for flag in ways.values())
        for length in range(2, min(self.count, _LONGEST_RUN) + 1):
            yield from ((range(start, start + length), None) for start in range(self.count - length + 1))

    def _changed(self, now: list[_Flag], members: range, flag: _Flag | None) -> list[_Flag] | None:
        """The ways after a move; None if it changes nothing or leaves the axes."""
        changed = now.copy()
        for i in members:
            turned: Faces = "left" if now[i].faces == "right" else "right"
            other = flag or self.ways[i].get((turned, now[i].size, now[i].beside))
            if other is None or other == now[i]:
                return None
            changed[i] = other
        return changed

    def cost(self, flags: Sequence[_Flag]) -> float:
        """The cost of some ways; climbs from several starts, and the last look at all moves, ask for most of them again."""
        key = tuple(map(id, flags))  # each way is made once, and kept in `ways`
        if key not in self.costs:
            self.costs[key] = self._cost(flags)
        return self.costs[key]

    def _cost(self, flags: Sequence[_Flag]) -> float:
        """Length of all leaders, and the height of the whole; infinite if these ways exclude one another."""
        bottoms = self.bottoms(flags)
        if bottoms is None:
            return float("inf")
        tops = [bottom + flag.height for bottom, flag in zip(bottoms, flags, strict=True)]
        return sum(bottoms) + HEIGHT_WEIGHT * max(tops)

    def bottoms(self, flags: Sequence[_Flag]) -> list[float] | None:
        """How far out each flag flies; None if these ways exclude one another."""
        under = tuple(flag.over for flag in flags)
        if under not in self.orders:  # labels of another size mostly fly over the same
            self.orders[under] = _from_inside_out(under)
        order = self.orders[under]
        if order is None:
            return None
        gap = self.gap
        bottoms = [0.0] * self.count
        done: list[tuple[float, float, float, float]] = []  # bottom, top, low, high; from the ribbon outwards
        for i in sorted(order, key=lambda i: not flags[i].beside):  # taken apart here: this is asked thousands of times
            _, _, low, high, height, least, over, beside = flags[i]
            y = least
            for k in over:
                y = max(y, bottoms[k] + flags[k].height + gap)
            for bottom, top, other_low, other_high in done:
                if y < top + gap and bottom < y + height + gap and other_high + gap > low and high + gap > other_low:
                    y = top + gap
            if beside and y > least:
                return None
            bottoms[i] = y
            insort(done, (y, y + height, low, high))
        return bottoms


def _from_inside_out(under: Sequence[Sequence[int]]) -> list[int] | None:
    """Order the flags so that each comes after those it must fly above; None if that is circular."""
    waiting = [len(below) for below in under]
    order = [i for i, count in enumerate(waiting) if not count]
    if len(order) == len(under):
        return order
    above: list[list[int]] = [[] for _ in under]
    for i, below in enumerate(under):
        for k in below:
            above[k].append(i)
    for i in order:  # grows while it is read
        for k in above[i]:
            waiting[k] -= 1
            if not waiting[k]:
                order.append(k)
    return order if len(order) == len(under) else None
