"""Labels as flags: each flies from a leader that stands straight above its glyph."""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from .geometry import CLEARANCE, Faces, Label, LabelBox, Layout, Obstacle

# Points of leaders that are given for one point of height. From 4 to 8 the figures of the eras are lowest; at 1 two of them
# are higher, at 0 all are; at 100 the search stops too early.
HEIGHT_WEIGHT = 4
STARTS = 6  # from which is climbed: one alone ends in a worse place for every second figure, 12 gain no more
MANY = 17  # labels a side; beyond, one start: leaders become a hundredth longer, several take a quarter of a second
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
        self.highest = sorted(obstacles, key=attrgetter("top"), reverse=True)
        self.count = len(labels)
        self.ways = [self._ways(i) for i in range(self.count)]
        self.moves = list(self._moves())
        self.costs: dict[tuple[int, ...], tuple[float, bool]] = {}  # and whether it is the very cost
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
                top = next((o.top for o in self.highest if o.low < high and low < o.high), 0.0)
                least = max(gap, label.y - height / 2, top + gap)
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
        starts = []
        for size in sizes:  # to the right before a label, to the left from there on, where that is possible
            right, left = self._all("right", size), self._all("left", size)
            starts += [right[:switch] + left[switch:] for switch in range(self.count, -1, -step)]
        if not starts:
            return None
        if self.count > MANY:
            starts = [self._best_of(starts)]
        starts = heapq.nsmallest(STARTS, starts, key=self.cost)
        best, cost = min((self._climbed(start) for start in starts), key=itemgetter(1))
        return best if cost < float("inf") else None

    def _best_of(self, starts: list[list[_Flag]]) -> list[_Flag]:
        best, cost = starts[0], self.cost(starts[0])
        for start in starts[1:]:
            if (other := self.cost(start, cost)) < cost:
                best, cost = start, other
        return best

    def _climbed(self, start: list[_Flag]) -> tuple[list[_Flag], float]:
        """Change flags while that is better; return the ways, and their cost."""
        best, cost = start, self.cost(start)
        improved = self.count <= _CLIMB_LIMIT
        while improved:
            improved = False
            for members, flag in self.moves:
                changed = self._changed(best, members, flag)
                changed_cost = self.cost(changed, cost - 0.01) if changed else cost
                if changed and changed_cost < cost - 0.01:
                    best, cost, improved = changed, changed_cost, True
        return best, cost

    def _all(self, faces: Faces, size: int) -> list[_Flag]:
        """All flags the same way and of about one size, where that is possible."""
        return [
            min(ways.values(), key=lambda flag: (flag.beside, flag.faces != faces, abs(flag.size - size)))
            for ways in self.ways
        ]

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
        if any(i in changed[k].over for i in members for k in changed[i].over):
            return None  # each would have to fly above the other
        return changed

    def cost(self, flags: Sequence[_Flag], limit: float = float("inf")) -> float:
        """The cost of some ways, or, if that is beyond a limit, something between the two.

        Climbs from several starts, and the last look at all moves, ask for most of them again.
        """
        key = tuple(map(id, flags))  # each way is made once, and kept in `ways`
        found, exact = self.costs.get(key, (0.0, False))
        if not exact and found < limit:
            found, exact = self.costs[key] = self._cost(flags, limit)
        return found

    def _cost(self, flags: Sequence[_Flag], limit: float) -> tuple[float, bool]:
        """Length of all leaders, and the height of the whole; infinite if these ways exclude one another.

        Where it is seen to come out beyond the limit it is left there, and the second value says so.
        """
        bottoms = self.bottoms(flags, limit)
        if bottoms is None:
            return float("inf"), True
        if not bottoms:
            return limit, False
        tops = [bottom + flag.height for bottom, flag in zip(bottoms, flags, strict=True)]
        return sum(bottoms) + HEIGHT_WEIGHT * max(tops), True

    def bottoms(self, flags: Sequence[_Flag], limit: float = float("inf")) -> list[float] | None:
        """How far out each flag flies; None if these ways exclude one another, nothing if they cost more than the limit."""
        order = self._order(flags)
        if order is None:
            return None
        gap = self.gap
        left = limit + 0.001 - sum([flag.least for flag in flags])  # of the limit, if the rest flew as low as it can
        bottoms, aboves = [0.0] * self.count, [0.0] * self.count
        done: list[tuple[float, float, float, float]] = []  # bottom, top, low, high, with the gap; from the ribbon outwards
        for i in order:  # taken apart here: this is asked thousands of times
            _, _, low, high, height, least, over, beside = flags[i]
            y = least
            for k in over:
                if aboves[k] > y:
                    y = aboves[k]
            far = high + gap
            for bottom, top, other_low, other_high in done:
                if bottom >= y + height + gap:
                    break
                if y < top and other_high > low and far > other_low:
                    y = top
            if y > least:
                if beside:
                    return None
                left -= y - least
            if left < HEIGHT_WEIGHT * (y + height):
                return []
            bottoms[i], aboves[i] = y, y + height + gap
            insort(done, (y, aboves[i], low, far))
        return bottoms

    def _order(self, flags: Sequence[_Flag]) -> list[int] | None:
        """In which order flags are placed: what stands beside its glyph first; None if they must fly above one another."""
        under = tuple([flag.over for flag in flags])
        if under not in self.orders:  # labels of another size mostly fly over the same
            self.orders[under] = _from_inside_out(under)
        order = self.orders[under]
        if order is None or not any(flag.beside for flag in flags):
            return order
        return [i for i in order if flags[i].beside] + [i for i in order if not flags[i].beside]


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
