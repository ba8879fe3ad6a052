"""Labels in columns: one above the other, with leaders that fan out to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from .geometry import CROWD, Label, LabelBox, Layout, Obstacle, spread

# The height in which leaders fan out. In 17 points the flattest leader of the figure of an era rises by 1 in 30; in
# 6 points it rises by 1 in 80, and more of them touch their neighbours. Each point costs height twice, above and below.
FAN = 17.0
# Points of height that are given for one label that needn't be broken. From 0.7 to 3 the course's figures are alike; below,
# eleven titles of an era are broken to save 4 points; at 8 the figure of all events is 66 points higher for 18 titles.
BROKEN = 0.7
# Points of height that are given for a point that leaders run aside, on average. At 0 few wide columns are filled, and the
# leaders of a whole course run side by side over a fifth of the width; at 1 they are a third shorter, at 2 figures grow.
ASIDE = 1.0
_TRIED = 3  # numbers of columns that are tried for a crowd

_Group = list[tuple[int, int]]  # the labels of a column, outermost first: number of label, number of size


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
    """Set the labels one above the other in as many columns as need the least height, in the order of their glyphs.

    Beyond the glyphs the leaders fan out to tracks, `pitch` apart, from which the labels fly like flags. Glyphs and tracks
    stand in the same order, so the leaders don't cross. Each label reaches over the tracks of the labels further in: a
    column whose labels fly to the right must have its first label furthest out ("inwards"), and its mirror image, whose
    labels fly to the left, furthest in ("outwards"). With "inwards" above the ribbon and "outwards" below it both sides read
    from top to bottom. A label too wide for its column takes its next size.
    """
    if not labels:
        return Layout((), 0.0, True, "columns")
    if reads == "outwards":
        mirrored = [label._replace(x=width - label.x) for label in reversed(labels)]
        there = [Obstacle(width - high, width - low, top) for low, high, top, _ in obstacles]
        found = columns(mirrored, width=width, height=height, obstacles=there, gap=gap, pitch=pitch)
        turned = [_mirror(*pair, width) for pair in zip(found.boxes, mirrored, strict=True)]
        return found._replace(boxes=tuple(reversed(turned)))
    side = _Side(labels, width, obstacles, gap, pitch)
    groups = side.best_groups()
    found = side.layout(groups or [[(i, len(label.sizes) - 1) for i, label in enumerate(labels)]])
    return found._replace(fits=bool(groups) and found.height <= height)


def _mirror(box: LabelBox, label: Label, width: float) -> LabelBox:
    left = width - box.left - label.sizes[box.size][0]
    leader = tuple((width - x, y) for x, y in box.leader)
    return box._replace(left=left, faces="left", leader=leader)


class _Side(NamedTuple):
    """The labels of one side, and what is given for their columns."""

    labels: Sequence[Label]
    width: float
    obstacles: Sequence[Obstacle]
    gap: float
    pitch: float

    # --- which labels share a column ---

    def best_groups(self) -> list[_Group]:
        """The arrangement of least cost, over all numbers of columns; empty if there is none."""
        narrowest = max(label.sizes[-1][0] for label in self.labels) + 2 * self.gap
        numbers = list(range(min(int(self.width / narrowest), len(self.labels)), 0, -1))
        if len(self.labels) > CROWD:
            numbers = numbers[:_TRIED]
        least = sum(min(height for _, height in label.sizes) + self.gap for label in self.labels)
        best: list[_Group] = []
        lowest = float("inf")
        for number in numbers:
            if least / number >= lowest:
                break  # fewer columns are higher still
            if best and not self._fill_to(number, lowest):
                continue  # so many columns are higher than the best so far costs
            groups = self._fill(number, least / number)
            cost = self._cost(groups) if groups else float("inf")
            if cost < lowest or (cost == lowest and groups):
                best, lowest = groups, cost
        return best

    def _fill(self, number: int, least: float) -> list[_Group]:
        """Split the labels into `number` columns, as low as possible; empty if they're too wide.

        For a given height, filling one column after the other is best; the least height is found by bisection.
        """
        low, high = least, sum(label.sizes[-1][1] + self.gap for label in self.labels) + 1.0
        best = self._fill_to(number, high)
        while best and high - low > max(0.5, low / 200):
            middle = (low + high) / 2
            groups = self._fill_to(number, middle)
            if groups:
                best, high = groups, max(self._heights(groups))
            else:
                low = middle
        return best

    def _fill_to(self, number: int, height: float) -> list[_Group]:
        group: _Group = []
        groups = [group]
        gap, pitch = self.gap, self.pitch
        used, whole = 0.0, self.width / number - 2 * gap
        free = whole
        for i, label in enumerate(self.labels):
            sizes = label.sizes
            size, (wide, high) = 0, sizes[0]  # looked at here, for this is asked thousands of times
            if wide > free:
                size, high = _size_for(sizes, free)
            if group and used + high + gap > height:  # also where no size fits: then it is infinitely high
                group = []
                groups.append(group)
                used, free = 0.0, whole
                size, high = _size_for(sizes, free)
            if high + gap > height or len(groups) > number:
                return []
            group.append((i, size))
            free = whole - len(group) * pitch
            used += high + gap
        return groups

    def _heights(self, groups: Sequence[_Group]) -> list[float]:
        return [sum(self.labels[i].sizes[size][1] + self.gap for i, size in group) for group in groups]

    def _cost(self, groups: Sequence[_Group]) -> float:
        """The height of the highest column, how far leaders run aside, and a little for each broken label."""
        broken = sum(size > 0 for group in groups for _, size in group)
        aside = sum(abs(label.x - track) for label, track in zip(self.labels, self._tracks(groups), strict=True))
        return max(self._heights(groups)) + BROKEN * broken + ASIDE * aside / len(self.labels)

    # --- where the columns stand ---

    def layout(self, groups: Sequence[_Group]) -> Layout:
        """Put each column as near to its glyphs as the others allow, and its labels into it."""
        labels, tracks = self.labels, self._tracks(groups)
        base = self._floor() + FAN
        bends = self._bends(tracks)
        boxes, top = [LabelBox(0.0, 0.0, "right", 0, ())] * len(labels), base
        for group in groups:
            y = base + self.gap
            for i, size in reversed(group):
                end = (tracks[i], y + min(labels[i].sizes[size][1], labels[i].sizes[0][1]))  # its nearest line
                leader = ((labels[i].x, labels[i].y), (labels[i].x, bends[i]), (tracks[i], base), end)
                boxes[i] = LabelBox(tracks[i], y, "right", size, leader)
                y += labels[i].sizes[size][1] + self.gap
            top = max(top, y - self.gap)
        return Layout(tuple(boxes), top, True, "columns")

    def _floor(self) -> float:
        """How far out all glyphs and all that labels must not cover reach."""
        return max([0.0, *(obstacle.top for obstacle in self.obstacles), *(label.y for label in self.labels)])

    def _tracks(self, groups: Sequence[_Group]) -> list[float]:
        sizes = [label.sizes for label in self.labels]
        widths = [max(sizes[i][size][0] + k * self.pitch for k, (i, size) in enumerate(group)) for group in groups]
        widths = [wide + 2 * self.gap for wide in widths]
        means = [sum(self.labels[i].x for i, _ in group) / len(group) for group in groups]
        return [
            centre - wide / 2 + self.gap + k * self.pitch
            for group, centre, wide in zip(groups, spread(means, widths, 0.0, self.width), widths, strict=True)
            for k in range(len(group))
        ]

    def _bends(self, tracks: Sequence[float]) -> list[float]:
        """How far out each leader runs straight before it turns aside: as little as it can.

        It must pass every glyph under its slanting part; and if that part passes over the site of another leader, it must
        not turn before that one does, or they would cross. That one slants to the same side, so each need only look at its
        neighbour there, whose bend is known already.
        """
        labels = self.labels
        if len(labels) > CROWD:
            return [self._floor()] * len(labels)
        bends = []
        for label, track in zip(labels, tracks, strict=True):
            low, high = sorted((label.x, track))
            bends.append(max([label.y, *(o.top for o in self.obstacles if o.low <= high and low <= o.high)]))
        for i in range(1, len(labels)):  # those that slant to the left
            if tracks[i] <= labels[i - 1].x:
                bends[i] = max(bends[i], bends[i - 1])
        for i in range(len(labels) - 2, -1, -1):  # those that slant to the right
            if tracks[i] >= labels[i + 1].x:
                bends[i] = max(bends[i], bends[i + 1])
        return bends


def _size_for(sizes: Sequence[tuple[float, float]], free: float) -> tuple[int, float]:
    """The first (widest, lowest) size that fits, and its height; infinite if none does."""
    for k, (width, height) in enumerate(sizes):
        if width <= free:
            return k, height
    return len(sizes), float("inf")
