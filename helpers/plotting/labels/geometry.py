"""What the layout of labels is made of, and two problems of one dimension: levels for extents, and intervals moved apart."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Literal, NamedTuple

Faces = Literal["right", "left"]
Point = tuple[float, float]

CLEARANCE = 1.0  # least distance of a leader from the text that flies from its neighbour
CROWD = 200  # glyphs a side; beyond, labels fit no axes, so quick methods only say how much they would need


class Glyph(NamedTuple):
    """An event's glyph on one side: its centre, and how far it (and the sign beside it) reaches in x."""

    x: float
    y: float
    low: float
    high: float


class Label(NamedTuple):
    """A label to be placed: where its leader stands, and the sizes that its text can take.

    `sizes` holds (width, height) of the text in one line, broken into two, and so on: narrower and higher each time.
    `y` is how far out the leader begins; it only ever goes outwards. `glyph` is from where to where the glyph itself reaches
    (its bar and sign, too), if the text may stand right beside it, without a leader.
    """

    x: float
    sizes: tuple[tuple[float, float], ...]
    y: float = 0.0
    glyph: tuple[float, float] | None = None


class Obstacle(NamedTuple):
    """Something on the ribbon's side that no label may cover, up to `top`; below `base` there is room beside a glyph."""

    low: float
    high: float
    top: float
    base: float = 0.0


class LabelBox(NamedTuple):
    """Where one label goes: the corner of its box nearest the ribbon, and its leader.

    `faces` tells on which side of its leader the label is; `size` which of its sizes it has. A label that stands beside its
    glyph has no leader.
    """

    left: float
    bottom: float
    faces: Faces
    size: int
    leader: tuple[Point, ...]


class Layout(NamedTuple):
    """The boxes of all labels of one side, in the order in which the labels were given: one each, also if they don't fit."""

    boxes: tuple[LabelBox, ...]
    height: float  # what the labels need, from the ribbon outwards
    fits: bool  # whether every label is inside the given width and height and none overlaps another
    method: Literal["flags", "columns"]


def stack(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """Give each extent (low, high) a level, from 0 at the ribbon: on none do two come nearer than `gap`.

    Interval partitioning, the longest first: so they lie next to the ribbon, where no leader has to cross them. The others
    stand in the order in which they are given, as far as that needs no more levels.
    """
    if len(extents) > CROWD:
        return _sweep(extents, gap)
    order = sorted(range(len(extents)), key=lambda i: (extents[i][0] - extents[i][1], extents[i], i))
    levels = [0] * len(extents)
    occupied: list[list[tuple[float, float]]] = []
    for i in order:
        free = (level for level, there in enumerate(occupied) if not _meets(extents[i], there, gap))
        levels[i] = next(free, len(occupied))
        if levels[i] == len(occupied):
            occupied.append([])
        occupied[levels[i]].append(extents[i])
    return _in_order(extents, levels, gap)


def _in_order(extents: Sequence[tuple[float, float]], levels: list[int], gap: float) -> list[int]:
    """Let extents of about one length that lie over one another change places until the earlier are further in."""
    lengths = [high - low for low, high in extents]
    near = [
        [k for k, (left, right) in enumerate(extents) if left < high + gap and low < right + gap and k != i]
        for i, (low, high) in enumerate(extents)
    ]
    pairs = [(i, k) for i, there in enumerate(near) for k in there if k > i and lengths[i] < 2 * lengths[k] < 4 * lengths[i]]
    for _ in levels:
        wrong = [(i, k) for i, k in pairs if levels[i] > levels[k]]
        for i, k in wrong:
            free_i = all(levels[other] != levels[k] for other in near[i] if other != k)
            free_k = all(levels[other] != levels[i] for other in near[k] if other != i)
            if levels[i] > levels[k] and free_i and free_k:
                levels[i], levels[k] = levels[k], levels[i]
        if wrong == [(i, k) for i, k in pairs if levels[i] > levels[k]]:
            break
    return levels


def _meets(extent: tuple[float, float], others: Sequence[tuple[float, float]], gap: float) -> bool:
    low, high = extent
    return any(low < other_high + gap and other_low < high + gap for other_low, other_high in others)


def _sweep(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """From left to right, each on the lowest level that is free by then: nearly as good, and fast for thousands."""
    levels = [0] * len(extents)
    taken: list[tuple[float, int]] = []  # where it ends, and which level
    free: list[int] = []
    for i in sorted(range(len(extents)), key=lambda i: (extents[i], i)):
        low, high = extents[i]
        while taken and taken[0][0] + gap <= low:
            heappush(free, heappop(taken)[1])
        levels[i] = heappop(free) if free else len(taken)
        heappush(taken, (high, levels[i]))
    return levels


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move intervals apart as little as possible (least squares), in their order; return their centres.

    `wanted` are the centres that they would like to have, in ascending order. All must lie between `low` and `high`; if they
    can't, they overrun `high`. With the lengths taken off, this is isotonic regression, solved by pooling adjacent violators
    (R. E. Barlow, D. J. Bartholomew, J. M. Bremner and H. D. Brunk, Statistical Inference under Order Restrictions, 1972).
    """
    offsets, total = [], 0.0
    for size in sizes:
        offsets.append(total + size / 2)
        total += size
    blocks: list[tuple[float, int]] = []  # mean and number of members
    for target, offset in zip(wanted, offsets, strict=True):
        mean, count = target - offset, 1
        while blocks and blocks[-1][0] >= mean:
            other_mean, other_count = blocks.pop()
            mean = (mean * count + other_mean * other_count) / (count + other_count)
            count += other_count
        blocks.append((mean, count))
    slack = max(low, high - total)
    means = [min(max(mean, low), slack) for mean, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
