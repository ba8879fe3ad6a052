"""Where the labels of a timeline go: pure geometry, without matplotlib and without pandas.

A timeline has two sides, above and below its ribbon of years. Each side is laid out alike: ``x`` runs
from left to right, ``y`` runs *outwards* from the ribbon, both in points (1/72 inch). Whoever draws
turns the side below upside down. Everything is deterministic: the same input gives the same output.

Three problems are solved here, one after the other:

1. `stack`: marks that would hide one another get different levels (interval partitioning, longest
   first).
2. `ports`: a leader that would run through another mark leaves its own mark sideways first.
3. `place`: labels are put near their marks as *flags* while they fit (`flags`), else in
   order-preserving *columns* (`columns`). Both are boundary labelling: M. A. Bekos, M. Kaufmann,
   A. Symvonis and A. Wolff, "Boundary labeling: Models and efficient algorithms for rectangular maps",
   Computational Geometry 36 (2007) 215-236: leaders that keep the order of their sites never cross.

If the labels can't fit, nothing is dropped: `Layout.fits` is False and `Layout.height` says how much
room they would need. What to do then (wrap, enlarge, number) is the caller's decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Faces = Literal["right", "left"]
Point = tuple[float, float]

CLEARANCE = 1.0  # least distance of a leader from the text that flies from its neighbour
_TRIES = 14  # how many places a leader looks at, on each side, before it gives up
_CLIMB_LIMIT = 30  # labels a side; beyond that, turning single flags gains little and costs time


class Mark(NamedTuple):
    """A mark on one side: its centre, and how far it (and the sign beside it) reaches in x."""

    x: float
    y: float
    low: float
    high: float


class Label(NamedTuple):
    """A label to be placed: where its leader stands, and the size of its text."""

    x: float
    width: float
    height: float


class Obstacle(NamedTuple):
    """Something on the ribbon's side that no label may cover, from the ribbon up to `top`."""

    low: float
    high: float
    top: float


class Place(NamedTuple):
    """Where one label goes: its box's corner nearest the ribbon, its side of the leader, the leader."""

    left: float
    bottom: float
    faces: Faces
    leader: tuple[Point, ...]


class Layout(NamedTuple):
    """The places of all labels of one side, in the order in which the labels were given.

    Attributes
    ----------
    places : tuple of Place
        One a label, also when they don't fit.
    height : float
        The room that the labels need, from the ribbon outwards.
    fits : bool
        Whether every label is inside the given width and height and none overlaps another.
    method : {"flags", "columns"}
        How they were placed.
    """

    places: tuple[Place, ...]
    height: float
    fits: bool
    method: str


def stack(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """Give each extent a level, so that none overlaps another on its level.

    Long extents come first and so lie next to the ribbon, where no leader has to cross them.

    Parameters
    ----------
    extents : sequence of (low, high)
        What each mark covers in x.
    gap : float
        Least distance between two extents on one level.

    Returns
    -------
    list of int
        The level of each extent; 0 is next to the ribbon.
    """
    order = sorted(range(len(extents)), key=lambda i: (extents[i][0] - extents[i][1], extents[i], i))
    if len(extents) > 400:  # a sweep from left to right: nearly as good, and fast for thousands
        order = sorted(range(len(extents)), key=lambda i: (extents[i], i))
        return _sweep(extents, order, gap)
    levels = [0] * len(extents)
    occupied: list[list[tuple[float, float]]] = []
    for i in order:
        low, high = extents[i]
        for level, there in enumerate(occupied):
            if all(high + gap <= other_low or low >= other_high + gap for other_low, other_high in there):
                break
        else:
            level = len(occupied)
            occupied.append([])
        occupied[level].append((low, high))
        levels[i] = level
    return levels


def _sweep(extents: Sequence[tuple[float, float]], order: Sequence[int], gap: float) -> list[int]:
    levels = [0] * len(extents)
    ends: list[float] = []
    for i in order:
        low, high = extents[i]
        level = next((k for k, end in enumerate(ends) if end + gap <= low), len(ends))
        if level == len(ends):
            ends.append(high)
        ends[level] = high
        levels[i] = level
    return levels


def ports(marks: Sequence[Mark], *, width: float, pitch: float) -> list[float]:
    """Find where each mark's leader can go straight outwards.

    Where it can, that is above the mark itself. Where another mark stands in the way, the leader first
    goes sideways, to the nearest place that is free. Outer marks choose first, so that the leaders
    of a stack nest and don't cross.

    Parameters
    ----------
    marks : sequence of Mark
        The marks of one side.
    width : float
        The width of the axes.
    pitch : float
        Least distance between two leaders.

    Returns
    -------
    list of float
        The x of each leader, `pitch` apart wherever there was room.
    """
    chosen: dict[int, float] = {}
    for i in sorted(range(len(marks)), key=lambda i: (-marks[i].y, marks[i].x, i)):
        places = list(_nearby(marks[i].x, pitch / 2, width))
        clean = (x for x in places if _is_free(i, x, marks, chosen, pitch))
        apart = (x for x in places if all(abs(x - other) >= pitch for other in chosen.values()))
        chosen[i] = next(clean, next(apart, marks[i].x))
    return [chosen[i] for i in range(len(marks))]


def _nearby(x: float, step: float, width: float) -> Iterator[float]:
    yield x
    for k in range(1, 2 * _TRIES + 1):
        for candidate in (x - k * step, x + k * step):
            if 0 <= candidate <= width:
                yield candidate


def _is_free(
    i: int, x: float, marks: Sequence[Mark], chosen: dict[int, float], pitch: float
) -> bool:
    """Whether mark i's leader may go sideways to x and from there outwards."""
    mark = marks[i]
    near, far = sorted((mark.x, x))
    for k, other in enumerate(marks):
        if k == i:
            continue
        if other.y > mark.y and other.low - CLEARANCE < x < other.high + CLEARANCE:
            return False
        if x != mark.x and other.y == mark.y and other.low < far and near < other.high:
            return False
    for k, port in chosen.items():
        if abs(port - x) < pitch:
            return False
        if marks[k].y == mark.y and near <= port <= far:
            return False  # it would cross a leader that starts at the same height
        if min(marks[k].x, port) - CLEARANCE <= x <= max(marks[k].x, port) + CLEARANCE:
            if marks[k].y > mark.y:
                return False  # it would cross a leader's sideways part, further out
    return True


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move intervals apart as little as possible (least squares), in their order.

    Parameters
    ----------
    wanted : sequence of float
        The centre that each interval would like to have, in ascending order.
    sizes : sequence of float
        How long each interval is.
    low, high : float
        All intervals must lie between these; if they can't, they overrun `high`.

    Returns
    -------
    list of float
        The centres.

    Notes
    -----
    With the intervals' lengths taken off, this is isotonic regression, solved by pooling adjacent
    violators (R. E. Barlow, D. J. Bartholomew, J. M. Bremner and H. D. Brunk, Statistical Inference
    under Order Restrictions, 1972).
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


def place(
    labels: Sequence[Label],
    *,
    width: float,
    height: float,
    obstacles: Sequence[Obstacle] = (),
    gap: float = 3.0,
    pitch: float = 4.0,
    reads: Literal["outwards", "inwards"] = "inwards",
) -> Layout:
    """Place the labels of one side: as flags near their marks while they fit, else in columns.

    Parameters
    ----------
    labels : sequence of Label
        In the order of their `x`.
    width, height : float
        The room on this side of the ribbon.
    obstacles : sequence of Obstacle
        What no label may cover.
    gap : float, default 3
        Least distance between two labels, and between a label and an obstacle.
    pitch : float, default 4
        Least distance between two leaders.
    reads : {"inwards", "outwards"}, default "inwards"
        In columns, whether the first label is the outermost or the innermost one. Give "inwards" above
        the ribbon and "outwards" below it: then both sides read from top to bottom, and the
        side below is the mirror image (turned by 180 degrees) of the side above.

    Returns
    -------
    Layout
    """
    near = flags(labels, width=width, height=height, obstacles=obstacles, gap=gap)
    if near.fits:
        return near
    floor = max((obstacle.top for obstacle in obstacles), default=0.0)
    far = columns(
        labels, width=width, height=height, floor=floor, gap=gap, pitch=pitch, reads=reads
    )
    return far if far.fits else near


# --- flags: each label flies from a leader that stands straight above its mark -----------------


def flags(
    labels: Sequence[Label],
    *,
    width: float,
    height: float,
    obstacles: Sequence[Obstacle] = (),
    gap: float = 3.0,
) -> Layout:
    """Let each label fly like a flag from a straight leader, to its right or to its left.

    A label that reaches over its neighbours' leaders must fly above them; so no leader meets a label
    or another leader. Which way each flag faces is found by hill climbing: starting from the best
    "right, then left from the k-th on", single flags are turned while that shortens the leaders.

    Parameters
    ----------
    labels, width, height, obstacles, gap
        As in `place`.

    Returns
    -------
    Layout
        Its `method` is "flags".
    """
    if not labels:
        return Layout((), 0.0, True, "flags")
    problem = _Flags(labels, width, height, obstacles, gap)
    faces = problem.best_faces()
    bottoms = problem.bottoms(faces)
    if bottoms is None:  # too wide, or too close to one another: not to be used, but never dropped
        return Layout(_one_above_the_other(labels, gap), float("inf"), False, "flags")
    places = tuple(
        Place(
            _extent(label, face)[0],
            bottom,
            face,
            ((label.x, 0.0), (label.x, bottom + label.height)),
        )
        for label, face, bottom in zip(labels, faces, bottoms, strict=True)
    )
    needed = max(bottom + label.height for bottom, label in zip(bottoms, labels, strict=True))
    return Layout(places, needed, needed <= height, "flags")


def _one_above_the_other(labels: Sequence[Label], gap: float) -> tuple[Place, ...]:
    places, y = [], gap
    for label in labels:
        leader = ((label.x, 0.0), (label.x, y + label.height))
        places.append(Place(label.x, y, "right", leader))
        y += label.height + gap
    return tuple(places)


def _extent(label: Label, faces: Faces) -> tuple[float, float]:
    if faces == "right":
        return label.x, label.x + label.width
    return label.x - label.width, label.x


class _Flags:
    """The search for the direction and the height of each flag on one side."""

    def __init__(
        self,
        labels: Sequence[Label],
        width: float,
        height: float,
        obstacles: Sequence[Obstacle],
        gap: float,
    ) -> None:
        self.labels, self.width, self.height = labels, width, height
        self.obstacles, self.gap = obstacles, gap

    def best_faces(self) -> list[Faces]:
        """Start from the best switch from right to left; then turn single flags while it helps."""
        count = len(self.labels)
        starts = range(count, -1, -1) if count <= _CLIMB_LIMIT else range(count, -1, -4)
        candidates: list[list[Faces]] = [
            ["right"] * switch + ["left"] * (count - switch) for switch in starts
        ]
        candidates.append([self._inside(label) for label in self.labels])
        best = min(candidates, key=self._cost)
        cost = self._cost(best)
        improved = count <= _CLIMB_LIMIT and cost < float("inf")
        while improved:
            improved = False
            for i in range(count):
                turned = best.copy()
                turned[i] = "left" if best[i] == "right" else "right"
                turned_cost = self._cost(turned)
                if turned_cost < cost - 0.01:
                    best, cost, improved = turned, turned_cost, True
        return best

    def _inside(self, label: Label) -> Faces:
        return "right" if label.x + label.width <= self.width else "left"

    def _cost(self, faces: list[Faces]) -> float:
        """Length of all leaders; a row too high counts much, an impossible arrangement infinitely."""
        bottoms = self.bottoms(faces)
        if bottoms is None:
            return float("inf")
        tops = [bottom + label.height for bottom, label in zip(bottoms, self.labels, strict=True)]
        return sum(bottoms) + 2 * max(tops) + 1000 * max(0.0, max(tops) - self.height)

    def bottoms(self, faces: Sequence[Faces]) -> list[float] | None:
        """How far out each flag flies; None if these directions are impossible."""
        extents = [_extent(label, face) for label, face in zip(self.labels, faces, strict=True)]
        if any(low < 0 or high > self.width for low, high in extents):
            return None
        under = [self._leaders_under(i, faces[i], extents[i]) for i in range(len(extents))]
        order = _from_inside_out(under)
        if order is None:
            return None
        bottoms = [0.0] * len(extents)
        done: list[int] = []
        for i in order:
            bottoms[i] = self._lowest(i, extents, under[i], bottoms, done)
            done.append(i)
        return bottoms

    def _leaders_under(self, i: int, faces: Faces, extent: tuple[float, float]) -> list[int]:
        low, high = extent
        low -= CLEARANCE if faces == "right" else self.gap
        high += CLEARANCE if faces == "left" else self.gap
        return [k for k, other in enumerate(self.labels) if k != i and low < other.x < high]

    def _lowest(
        self,
        i: int,
        extents: Sequence[tuple[float, float]],
        under: Sequence[int],
        bottoms: Sequence[float],
        done: Sequence[int],
    ) -> float:
        low, high = extents[i]
        y = self.gap
        for obstacle in self.obstacles:
            if obstacle.low < high and low < obstacle.high:
                y = max(y, obstacle.top + self.gap)
        for k in under:
            y = max(y, bottoms[k] + self.labels[k].height + self.gap)
        for k in sorted(done, key=lambda k: bottoms[k]):
            beside = extents[k][1] + self.gap <= low or high + self.gap <= extents[k][0]
            above = y >= bottoms[k] + self.labels[k].height + self.gap
            below = y + self.labels[i].height + self.gap <= bottoms[k]
            if not (beside or above or below):
                y = bottoms[k] + self.labels[k].height + self.gap
        return y


def _from_inside_out(under: Sequence[Sequence[int]]) -> list[int] | None:
    """Order the flags so that each comes after those it must fly above; None if that is circular."""
    waiting = [len(below) for below in under]
    above: list[list[int]] = [[] for _ in under]
    for i, below in enumerate(under):
        for k in below:
            above[k].append(i)
    order = [i for i, count in enumerate(waiting) if count == 0]
    for i in order:  # grows while it is read
        for k in above[i]:
            waiting[k] -= 1
            if waiting[k] == 0:
                order.append(k)
    return order if len(order) == len(under) else None


# --- columns: labels one above the other, leaders fanned out to them ---------------------------


def columns(
    labels: Sequence[Label],
    *,
    width: float,
    height: float,
    floor: float = 0.0,
    gap: float = 3.0,
    pitch: float = 4.0,
    reads: Literal["outwards", "inwards"] = "inwards",
) -> Layout:
    """Set the labels one above the other in columns, in the order of their marks.

    Above the marks the leaders fan out to evenly spaced tracks, from which the labels fly like
    flags. Marks and tracks stand in the same order, so the leaders don't cross. Each label reaches
    over the tracks of the labels further in; therefore a column whose labels fly to the right must
    begin furthest out, and its mirror image, whose labels fly to the left, begin furthest in.

    Parameters
    ----------
    labels, width, height, gap, pitch, reads
        As in `place`.
    floor : float, default 0
        How far out the marks reach; the leaders fan out beyond.

    Returns
    -------
    Layout
        Its `method` is "columns".
    """
    if not labels:
        return Layout((), 0.0, True, "columns")
    faces: Faces = "right" if reads == "inwards" else "left"
    groups, wide_enough = _groups(labels, width, gap, pitch)
    widths = [_column_width([labels[i] for i in group], pitch) + 2 * gap for group in groups]
    means = [sum(labels[i].x for i in group) / len(group) for group in groups]
    centres = spread(means, widths, 0.0, width)
    tracks = [0.0] * len(labels)
    for group, centre, wide in zip(groups, centres, widths, strict=True):
        for k, i in enumerate(group):
            before_end = (len(group) - 1 - k) * pitch
            edge = wide / 2 - gap
            tracks[i] = centre - edge + k * pitch if faces == "right" else centre + edge - before_end
    base = floor + _fan_height(labels, tracks)
    places = [Place(0.0, 0.0, faces, ())] * len(labels)
    top = base
    for group in groups:
        inside_out = reversed(group) if faces == "right" else group
        y = base + gap
        for i in inside_out:
            places[i] = _column_place(labels[i], tracks[i], y, faces, floor, base)
            y += labels[i].height + gap
        top = max(top, y - gap)
    return Layout(tuple(places), top, wide_enough and top <= height, "columns")


def _groups(
    labels: Sequence[Label], width: float, gap: float, pitch: float
) -> tuple[list[list[int]], bool]:
    """Split the labels into as many columns of about equal length as the width holds."""
    count = len(labels)
    for number in range(count, 0, -1):
        edges = [round(count * k / number) for k in range(number + 1)]
        groups = [list(range(low, high)) for low, high in zip(edges, edges[1:], strict=False)]
        needed = sum(_column_width([labels[i] for i in group], pitch) + 2 * gap for group in groups)
        if needed <= width:
            return groups, True
    return [list(range(count))], False


def _column_width(members: Sequence[Label], pitch: float) -> float:
    """Staggered by the pitch, the last label starts furthest in; either side gives the same bound."""
    last = len(members) - 1
    return max(
        max(label.width + k * pitch for k, label in enumerate(members)),
        max(label.width + (last - k) * pitch for k, label in enumerate(members)),
    )


def _fan_height(labels: Sequence[Label], tracks: Sequence[float]) -> float:
    """The further the leaders go sideways, the more height they get, or they would lie flat."""
    furthest = max(abs(label.x - track) for label, track in zip(labels, tracks, strict=True))
    return min(36.0, 6.0 + 0.12 * furthest)


def _column_place(
    label: Label, track: float, bottom: float, faces: Faces, floor: float, base: float
) -> Place:
    left = track if faces == "right" else track - label.width
    end = (track, bottom + label.height)
    return Place(left, bottom, faces, ((label.x, 0.0), (label.x, floor), (track, base), end))
