"""The coast of the course's maps: decoded, cut to the window, and the same as what is kept."""

from __future__ import annotations

import json
from typing import Any

from tools.content.coast import COAST, WINDOW, coast


def atlas(*arcs: list[list[int]]) -> dict[str, Any]:
    """A TopoJSON file whose places are told in hundredths of a degree from 0, 0."""
    return {"transform": {"scale": [0.01, 0.01], "translate": [0.0, 0.0]}, "arcs": list(arcs)}


def test_steps_are_added_up() -> None:
    assert list(coast(atlas([[4000, 3000], [10, -20], [0, 5]]))) == [[(40.0, 30.0), (40.1, 29.8), (40.1, 29.85)]]


def test_a_line_that_leaves_the_window_and_comes_back_is_two() -> None:
    arc = [[4000, 3000], [100, 0], [9000, 0], [-9000, 100], [-100, 0]]
    assert list(coast(atlas(arc))) == [[(40.0, 30.0), (41.0, 30.0)], [(41.0, 31.0), (40.0, 31.0)]]


def test_what_is_outside_or_a_single_point_is_left_out() -> None:
    assert list(coast(atlas([[0, 0], [10, 10]], [[4000, 3000], [9000, 0]], [[4000, 3000], [0, 0]]))) == []


def test_the_coast_that_is_kept_is_whole_and_names_its_licence() -> None:
    kept = json.loads(COAST.read_text(encoding="utf-8"))
    assert "Natural Earth" in kept["about"] and "ISC" in kept["about"]
    points = [point for line in kept["lines"] for point in line]
    assert len(points) > 1000 and all(len(line) > 1 for line in kept["lines"])
    assert all(WINDOW[0] <= x <= WINDOW[2] and WINDOW[1] <= y <= WINDOW[3] for x, y in points)
    karachi = min((x - 67.01) ** 2 + (y - 24.86) ** 2 for x, y in points) ** 0.5
    lahore = min((x - 74.35) ** 2 + (y - 31.56) ** 2 for x, y in points) ** 0.5
    assert karachi < 0.5 < 5 < lahore, "a port lies at the coast, and Lahore does not"
