"""Where the labels of a timeline go: pure geometry, without matplotlib and without pandas.

A timeline has two sides, above and below its ribbon of years. Each side is laid out alike: ``x`` runs
from left to right, ``y`` runs *outwards* from the ribbon, both in points (1/72 inch). Whoever draws
turns the side below upside down. Everything is deterministic: the same input gives the same output.

Three problems are solved here, one after the other:

1. `stack`: marks that would hide one another get different levels (interval partitioning, longest
   first).
2. `ports`: a leader that would run through another mark leaves its own mark sideways first.
3. Labels are put near their marks as `flags` while they fit, else in order-preserving `columns`.
   Both are boundary labelling: M. A. Bekos, M. Kaufmann, A. Symvonis and A. Wolff, "Boundary
   labeling: Models and efficient algorithms for rectangular maps", Computational Geometry 36 (2007)
   215-236: leaders that keep the order of their sites never cross.

If the labels can't fit, nothing is dropped: `Layout.fits` is False and `Layout.height` says how much
room they would need. What to do then (wrap, enlarge, number) is the caller's decision.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Literal, NamedTuple

Faces = Literal["right", "left"]
Point = tuple[float, float]

CLEARANCE = 1.0  # least distance of a leader from the text that flies from its neighbour
FAN = 17.0  # most height that the leaders to columns take to fan out beyond the marks
_REACH = 60.0  # how far aside, in points, a leader looks for a free way before it gives up
_CLIMB_LIMIT = 30  # labels a side; beyond that, changing single flags gains little and costs time
_LONGEST_RUN = 5  # of neighbours that are turned together
_CROWD = 200  # marks a side; beyond, no sheet has room for the labels, so quick methods only say how much they would need
_TRIED = 3  # numbers of columns that are tried for a crowd


class Mark(NamedTuple):
    """A mark on one side: its centre, and how far it (and the sign beside it) reaches in x."""

    x: float
    y: float
    low: float
    high: float


class Label(NamedTuple):
    """A label to be placed: where its leader stands, and the sizes that its text can take.

    `sizes` holds (width, height) of the text in one line, broken into two, and so on: narrower
    and higher each time. `y` is how far out the leader begins; it only ever goes outwards.
    """

    x: float
    sizes: tuple[tuple[float, float], ...]
    y: float = 0.0


class Obstacle(NamedTuple):
    """Something on the ribbon's side that no label may cover, from the ribbon up to `top`."""

    low: float
    high: float
    top: float


class Place(NamedTuple):
    """Where one label goes: the corner of its box nearest the ribbon, and its leader.

    `faces` tells on which side of its leader the label is; `size` which of its sizes it has.
    """

    left: float
    bottom: float
    faces: Faces
    size: int
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
    if len(extents) > _CROWD:
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
        The x of each leader, `pitch` apart wherever there was room. For hundreds of marks they are only spread
        evenly: nothing could be read there anyway.
    """
    if len(marks) > _CROWD:
        return _even_ports(marks, width, pitch)
    chosen: dict[int, float] = {}
    taken: list[float] = []  # the same, sorted
    for i in sorted(range(len(marks)), key=lambda i: (-marks[i].y, marks[i].x, i)):
        chosen[i] = _port(i, marks, chosen, taken, width, pitch)
        insort(taken, chosen[i])
    return [chosen[i] for i in range(len(marks))]


def crossed(marks: Sequence[Mark], ports: Sequence[float]) -> bool:
    """Tell whether leaders that go from their marks to these ports, and from there outwards, cross one another.

    Parameters
    ----------
    marks : sequence of Mark
        The marks of one side.
    ports : sequence of float
        What `ports` returns for them. In a dense crowd it may find no way around.
    """
    aside = {k: port for k, port in enumerate(ports) if port != marks[k].x}
    return any(
        _crosses_leader(mark, port, marks, {k: other for k, other in aside.items() if k != i})
        for i, (mark, port) in enumerate(zip(marks, ports, strict=True))
    )


def _even_ports(marks: Sequence[Mark], width: float, pitch: float) -> list[float]:
    order = sorted(range(len(marks)), key=lambda i: (marks[i].x, i))
    pitch = min(pitch, width / len(marks))
    places = spread([marks[i].x for i in order], [pitch] * len(order), 0.0, width)
    chosen = dict(zip(order, places, strict=True))
    return [chosen[i] for i in range(len(marks))]


def _port(
    i: int, marks: Sequence[Mark], chosen: dict[int, float], taken: Sequence[float], width: float, pitch: float
) -> float:
    """The nearest free place. In a dense crowd a leader may have to run behind a mark; it crosses a leader last of all."""
    uncrossed = apart = None
    for x in _nearby(marks[i].x, pitch / 2, width):
        k = bisect_left(taken, x)
        if any(abs(x - other) < pitch for other in taken[max(0, k - 1) : k + 1]):
            continue
        apart = x if apart is None else apart
        if _crosses_leader(marks[i], x, marks, chosen):
            continue
        uncrossed = x if uncrossed is None else uncrossed
        if not _meets_mark(i, x, marks):
            return x
    return next((x for x in (uncrossed, apart) if x is not None), marks[i].x)


def _nearby(x: float, step: float, width: float) -> Iterator[float]:
    yield x
    for k in range(1, int(_REACH / step) + 1):
        for candidate in (x - k * step, x + k * step):
            if 0 <= candidate <= width:
                yield candidate


def _meets_mark(i: int, x: float, marks: Sequence[Mark]) -> bool:
    """Whether mark i's leader, going sideways to x and from there outwards, would run through another mark."""
    start, level, *_ = marks[i]
    near, far = (start, x) if start < x else (x, start)
    aside = x != start
    for k, (_, y, low, high) in enumerate(marks):  # taken apart here: this is asked a hundred thousand times
        above = y > level and low - CLEARANCE < x < high + CLEARANCE
        if k != i and (above or (aside and y == level and low < far and near < high)):
            return True
    return False


def _crosses_leader(mark: Mark, x: float, marks: Sequence[Mark], chosen: dict[int, float]) -> bool:
    """Whether a leader going sideways to x and from there outwards would cross one further out, or as far."""
    near, far = sorted((mark.x, x))
    for k, port in chosen.items():
        other, y, *_ = marks[k]
        left, right = (other, port) if other < port else (port, other)
        if y > mark.y and left - CLEARANCE <= x <= right + CLEARANCE:
            return True
        if y == mark.y and left <= far and near <= right:
            return True
    return False


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

    A label that reaches over its neighbours' leaders must fly above them; so no leader meets a label or another leader.
    Which way each flag faces, and which of its sizes it takes, is found by hill climbing: starting from the best
    "to the right, then to the left from the k-th on", single flags and runs of neighbours are changed while that shortens
    the leaders.

    Parameters
    ----------
    labels : sequence of Label
        The labels of one side, in the order of their `x`.
    width, height : float
        The room on this side of the ribbon.
    obstacles : sequence of Obstacle
        What no label may cover.
    gap : float, default 3
        Least distance between two labels, and between a label and an obstacle.

    Returns
    -------
    Layout
        Its `method` is "flags".
    """
    if not labels:
        return Layout((), 0.0, True, "flags")
    search = _FlagSearch(labels, width, obstacles, gap)
    chosen = search.climb()
    bottoms = search.bottoms(chosen) if chosen else None
    if not chosen or bottoms is None:  # too wide, or too close to one another: not to be used, but never dropped
        return Layout(_one_above_the_other(labels, gap), float("inf"), False, "flags")
    places = tuple(_flag(*three) for three in zip(labels, chosen, bottoms, strict=True))
    needed = max(bottom + flag.height for bottom, flag in zip(bottoms, chosen, strict=True))
    return Layout(places, needed, needed <= height, "flags")


class _Flag(NamedTuple):
    """One way in which a label can fly."""

    faces: Faces
    size: int
    low: float
    high: float
    height: float
    least: float  # how far out it must be at least, because of the obstacles
    over: tuple[int, ...]  # the labels over whose leaders it reaches


def _flag(label: Label, flag: _Flag, bottom: float) -> Place:
    leader = ((label.x, label.y), (label.x, bottom + flag.height))
    return Place(flag.low, bottom, flag.faces, flag.size, leader)


def _one_above_the_other(labels: Sequence[Label], gap: float) -> tuple[Place, ...]:
    places, y = [], gap
    for label in labels:
        width, height = label.sizes[-1]
        flag = _Flag("right", len(label.sizes) - 1, label.x, label.x + width, height, 0.0, ())
        places.append(_flag(label, flag, y))
        y += height + gap
    return tuple(places)


class _FlagSearch:
    """The search for the way in which each label of one side flies."""

    def __init__(self, labels: Sequence[Label], width: float, obstacles: Sequence[Obstacle], gap: float) -> None:
        self.gap = gap
        self.count = len(labels)
        self.ways = [self._ways(i, labels, width, obstacles) for i in range(self.count)]
        self.moves = list(self._moves())

    def _ways(
        self, i: int, labels: Sequence[Label], width: float, obstacles: Sequence[Obstacle]
    ) -> dict[tuple[Faces, int], _Flag]:
        """All ways to fly label i inside the axes. What it flies over doesn't depend on the other labels' ways."""
        found: dict[tuple[Faces, int], _Flag] = {}
        label, x = labels[i], labels[i].x
        for size, (wide, height) in enumerate(label.sizes):
            if size and (wide, height) == label.sizes[size - 1]:
                continue
            ends: tuple[tuple[Faces, float, float], ...] = (("right", x, x + wide), ("left", x - wide, x))
            for faces, low, high in ends:
                if low < 0 or high > width:
                    continue
                tops = [o.top + self.gap for o in obstacles if o.low < high and low < o.high]
                least = max(self.gap, label.y - height / 2, *tops)
                near, far = (low - CLEARANCE, high + self.gap) if faces == "right" else (low - self.gap, high + CLEARANCE)
                over = tuple(k for k, other in enumerate(labels) if k != i and near < other.x < far)
                found[faces, size] = _Flag(faces, size, low, high, height, least, over)
        return found

    def climb(self) -> list[_Flag] | None:
        """Find a good way for each label; None if there is no possible one."""
        sizes = range(max(size for ways in self.ways for _, size in ways) + 1) if all(self.ways) else ()
        step = 1 if self.count <= _CLIMB_LIMIT else 4
        starts = [self._switched(switch, size) for size in sizes for switch in range(self.count, -1, -step)]
        if not starts:
            return None
        best = min(starts, key=self.cost)
        cost = self.cost(best)
        improved = self.count <= _CLIMB_LIMIT
        while improved:
            improved = False
            for members, flag in self.moves:
                changed = self._changed(best, members, flag)
                changed_cost = self.cost(changed) if changed else cost
                if changed and changed_cost < cost - 0.01:
                    best, cost, improved = changed, changed_cost, True
        return best if cost < float("inf") else None

    def _switched(self, switch: int, size: int) -> list[_Flag]:
        """All flags to the right before `switch`, to the left from there on, where there is room for that."""
        flags = []
        for i, ways in enumerate(self.ways):
            order: tuple[Faces, Faces] = ("right", "left") if i < switch else ("left", "right")
            flags.append(min(ways.values(), key=lambda flag: (order.index(flag.faces), abs(flag.size - size))))
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
            other = flag or self.ways[i].get((turned, now[i].size))
            if other is None or other == now[i]:
                return None
            changed[i] = other
        return changed

    def cost(self, flags: Sequence[_Flag]) -> float:
        """Length of all leaders, and the height of the whole; infinite if these ways exclude one another."""
        bottoms = self.bottoms(flags)
        if bottoms is None:
            return float("inf")
        tops = [bottom + flag.height for bottom, flag in zip(bottoms, flags, strict=True)]
        return sum(bottoms) + 4 * max(tops)

    def bottoms(self, flags: Sequence[_Flag]) -> list[float] | None:
        """How far out each flag flies; None if these ways exclude one another."""
        order = _from_inside_out([flag.over for flag in flags])
        if order is None:
            return None
        gap = self.gap
        bottoms = [0.0] * self.count
        done: list[tuple[float, float, float, float]] = []  # bottom, top, low, high
        for i in order:
            flag = flags[i]
            y = flag.least
            for k in flag.over:
                y = max(y, bottoms[k] + flags[k].height + gap)
            for bottom, top, low, high in sorted(done):
                beside = high + gap <= flag.low or flag.high + gap <= low
                if not beside and y < top + gap and bottom < y + flag.height + gap:
                    y = top + gap
            bottoms[i] = y
            done.append((y, y + flag.height, flag.low, flag.high))
        return bottoms


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
    obstacles: Sequence[Obstacle] = (),
    gap: float = 3.0,
    pitch: float = 4.0,
    reads: Literal["inwards", "outwards"] = "inwards",
) -> Layout:
    """Set the labels one above the other in columns, in the order of their marks.

    Beyond the marks the leaders fan out to evenly spaced tracks, from which the labels fly like
    flags. Marks and tracks stand in the same order, so the leaders don't cross. Each label reaches
    over the tracks of the labels further in: a column whose labels fly to the right must have its
    first label furthest out, and its mirror image, whose labels fly to the left, furthest in.

    The number of columns is the one that needs the least height. A label too wide for its column
    takes its next size.

    Parameters
    ----------
    labels, width, height, obstacles, gap
        As in `flags`.
    pitch : float, default 4
        The distance between two tracks.
    reads : {"inwards", "outwards"}, default "inwards"
        Whether the first label of a column is the outermost or the innermost. Give "inwards" above
        the ribbon and "outwards" below it: then both sides read from top to bottom, and the
        side below is the side above turned by 180 degrees.

    Returns
    -------
    Layout
        Its `method` is "columns".
    """
    if not labels:
        return Layout((), 0.0, True, "columns")
    if reads == "outwards":
        mirrored = [label._replace(x=width - label.x) for label in reversed(labels)]
        there = [Obstacle(width - high, width - low, top) for low, high, top in obstacles]
        found = columns(mirrored, width=width, height=height, obstacles=there, gap=gap, pitch=pitch)
        turned = [_mirror(*pair, width) for pair in zip(found.places, mirrored, strict=True)]
        return found._replace(places=tuple(reversed(turned)))
    best = _best_columns(labels, width, gap, pitch)
    if not best:
        one = [(i, len(label.sizes) - 1) for i, label in enumerate(labels)]
        return _set_columns(labels, [one], width, obstacles, gap, pitch)._replace(fits=False)
    found = _set_columns(labels, best, width, obstacles, gap, pitch)
    return found._replace(fits=found.height <= height)


_Group = list[tuple[int, int]]  # the labels of a column, outermost first: number of label, number of size


def _best_columns(labels: Sequence[Label], width: float, gap: float, pitch: float) -> list[_Group]:
    """The arrangement of least cost, over all numbers of columns; empty if there is none."""
    narrowest = max(label.sizes[-1][0] for label in labels) + 2 * gap
    numbers = list(range(min(int(width / narrowest), len(labels)), 0, -1))
    if len(labels) > _CROWD:
        numbers = numbers[:_TRIED]
    least = sum(min(height for _, height in label.sizes) + gap for label in labels)
    best: list[_Group] = []
    lowest = float("inf")
    for number in numbers:
        if least / number >= lowest:
            break  # fewer columns are higher still
        groups = _fill(labels, width / number, gap, pitch, number, least / number)
        cost = _cost(labels, groups, gap) if groups else float("inf")
        if cost < lowest or (cost == lowest and groups):
            best, lowest = groups, cost
    return best


def _fill(labels: Sequence[Label], column: float, gap: float, pitch: float, number: int, least: float) -> list[_Group]:
    """Split the labels into `number` columns of this width, as low as possible; empty if they're too wide.

    For a given height, filling one column after the other is best; the least height is found by bisection.
    """
    low, high = least, sum(label.sizes[-1][1] + gap for label in labels) + 1.0
    best = _fill_to(labels, column, gap, pitch, number, high)
    while best and high - low > max(0.5, low / 200):
        middle = (low + high) / 2
        groups = _fill_to(labels, column, gap, pitch, number, middle)
        if groups:
            best, high = groups, max(sum(labels[i].sizes[size][1] + gap for i, size in group) for group in groups)
        else:
            low = middle
    return best


def _fill_to(labels: Sequence[Label], column: float, gap: float, pitch: float, number: int, height: float) -> list[_Group]:
    group: _Group = []
    groups = [group]
    used, room = 0.0, column - 2 * gap
    for i, label in enumerate(labels):
        size, high = _size_for(label.sizes, room - len(group) * pitch)
        if group and used + high + gap > height:  # also where no size fits: then it is infinitely high
            group = []
            groups.append(group)
            used = 0.0
            size, high = _size_for(label.sizes, room)
        if high + gap > height or len(groups) > number:
            return []
        group.append((i, size))
        used += high + gap
    return groups


def _size_for(sizes: Sequence[tuple[float, float]], room: float) -> tuple[int, float]:
    """The first (widest, lowest) size that fits, and its height; infinite if none does."""
    for k, (width, height) in enumerate(sizes):
        if width <= room:
            return k, height
    return len(sizes), float("inf")


def _cost(labels: Sequence[Label], groups: Sequence[_Group], gap: float) -> float:
    """The height of the highest column; a broken label reads worse, so it counts a little."""
    heights = [sum(labels[i].sizes[size][1] + gap for i, size in group) for group in groups]
    return max(heights) + 0.7 * sum(size > 0 for group in groups for _, size in group)


def _set_columns(
    labels: Sequence[Label],
    groups: Sequence[_Group],
    width: float,
    obstacles: Sequence[Obstacle],
    gap: float,
    pitch: float,
) -> Layout:
    """Put each column as near to its marks as the others allow, and its labels into it."""
    tracks = _tracks(labels, groups, width, gap, pitch)
    furthest = max(abs(label.x - track) for label, track in zip(labels, tracks, strict=True))
    floor = max([0.0, *(obstacle.top for obstacle in obstacles), *(label.y for label in labels)])
    base = floor + min(FAN, 6.0 + 0.12 * furthest)  # the further sideways, the steeper they must be
    bends = _bends(labels, tracks, obstacles)
    places, top = [Place(0.0, 0.0, "right", 0, ())] * len(labels), base
    for group in groups:
        y = base + gap
        for i, size in reversed(group):
            end = (tracks[i], y + labels[i].sizes[size][1])
            leader = ((labels[i].x, labels[i].y), (labels[i].x, bends[i]), (tracks[i], base), end)
            places[i] = Place(tracks[i], y, "right", size, leader)
            y += labels[i].sizes[size][1] + gap
        top = max(top, y - gap)
    return Layout(tuple(places), top, True, "columns")


def _tracks(labels: Sequence[Label], groups: Sequence[_Group], width: float, gap: float, pitch: float) -> list[float]:
    widths = [max(labels[i].sizes[size][0] + k * pitch for k, (i, size) in enumerate(group)) + 2 * gap for group in groups]
    means = [sum(labels[i].x for i, _ in group) / len(group) for group in groups]
    centres = spread(means, widths, 0.0, width)
    return [
        centre - wide / 2 + gap + k * pitch
        for group, centre, wide in zip(groups, centres, widths, strict=True)
        for k in range(len(group))
    ]


def _bends(labels: Sequence[Label], tracks: Sequence[float], obstacles: Sequence[Obstacle]) -> list[float]:
    """How far out each leader runs straight before it turns aside: as little as it can.

    It must pass every mark under its slanting part; and if that part passes over the site of
    another leader, it must not turn before that one does, or they would cross. That one slants to the
    same side, so each need only look at its neighbour there, whose bend is known already.
    """
    if len(labels) > _CROWD:
        return [max([0.0, *(obstacle.top for obstacle in obstacles), *(label.y for label in labels)])] * len(labels)
    bends = []
    for label, track in zip(labels, tracks, strict=True):
        low, high = sorted((label.x, track))
        bends.append(max([label.y, *(o.top for o in obstacles if o.low <= high and low <= o.high)]))
    for i in range(1, len(labels)):  # those that slant to the left
        if tracks[i] <= labels[i - 1].x:
            bends[i] = max(bends[i], bends[i - 1])
    for i in range(len(labels) - 2, -1, -1):  # those that slant to the right
        if tracks[i] >= labels[i + 1].x:
            bends[i] = max(bends[i], bends[i + 1])
    return bends


def _mirror(place: Place, label: Label, width: float) -> Place:
    left = width - place.left - label.sizes[place.size][0]
    leader = tuple((width - x, y) for x, y in place.leader)
    return place._replace(left=left, faces="left", leader=leader)
