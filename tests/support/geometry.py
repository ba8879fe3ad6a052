"""Boxes and segments, for the tests of figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top
Segment = tuple[Point, Point]


def meet(one: Box, other: Box, slack: float = 1e-6) -> bool:
    left, bottom, right, top = one
    return left < other[2] - slack and other[0] < right - slack and bottom < other[3] - slack and other[1] < top - slack


def segments(points: Sequence[Point]) -> list[Segment]:
    return [(a, b) for a, b in pairwise(points) if a != b]


def side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(one: Segment, other: Segment) -> bool:
    """Whether two segments cross, each at an inner point."""
    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < -1e-6 and side(c, d, a) * side(c, d, b) < -1e-6


def runs_through(segment: Segment, area: Box) -> bool:
    """Whether a segment crosses a box's inside (the box is shrunk a little, so that touching is allowed)."""
    left, bottom, right, top = area
    left, bottom, right, top = left + 1e-3, bottom + 1e-3, right - 1e-3, top - 1e-3
    (x1, y1), (x2, y2) = segment
    start, end = 0.0, 1.0
    for origin, change, low, high in ((x1, x2 - x1, left, right), (y1, y2 - y1, bottom, top)):
        if abs(change) < 1e-12:
            if not low < origin < high:
                return False
            continue
        near, far = sorted(((low - origin) / change, (high - origin) / change))
        start, end = max(start, near), min(end, far)
    return start < end
