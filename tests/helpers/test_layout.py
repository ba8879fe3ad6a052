"""Placement of labels, as properties: whatever is given, nothing overlaps, leaves its room, crosses or is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from helpers.plotting.labels import geometry
from helpers.plotting.labels.columns import columns
from helpers.plotting.labels.flags import _FlagSearch, flags
from helpers.plotting.labels.leaders import crossed, ports
from tests.support.geometry import Box, Segment, cross, meet, runs_through, segments

PITCH = 4.0
WIDTHS = st.floats(250, 900)


@st.composite
def labels(draw: st.DrawFn, width: float, most: int = 12) -> list[geometry.Label]:
    """Labels whose leaders are at least a pitch apart, each with one to three sizes."""
    places = draw(st.lists(st.integers(0, int(width / PITCH) - 1), max_size=most, unique=True))
    found = []
    for place in sorted(places):
        wide, line = draw(st.floats(10, 240)), draw(st.floats(8, 14))
        sizes = [(wide / n + 4, line * n) for n in range(1, draw(st.integers(1, 3)) + 1)]
        x = (place + 0.5) * PITCH
        left, right = draw(st.floats(2, 8)), draw(st.floats(2, 60))
        glyph = draw(st.sampled_from([None, (x - left, x + right)]))
        found.append(geometry.Label(x, tuple(sizes), draw(st.floats(0, 40)), glyph))
    return found


@st.composite
def obstacles(draw: st.DrawFn, width: float) -> list[geometry.Obstacle]:
    lows = draw(st.lists(st.floats(0, width - 20), max_size=4))
    return [geometry.Obstacle(low, low + draw(st.floats(5, 20)), draw(st.floats(5, 60))) for low in lows]


@st.composite
def rooms(draw: st.DrawFn) -> tuple[float, float, list[geometry.Label], list[geometry.Obstacle]]:
    width = draw(WIDTHS)
    some = draw(labels(width))
    glyphs = [geometry.Obstacle(*label.glyph, label.y + 4, label.y - 4) for label in some if label.glyph]
    return width, draw(st.floats(60, 500)), some, draw(obstacles(width)) + glyphs


def box(label: geometry.Label, place: geometry.LabelBox) -> Box:
    wide, high = label.sizes[place.size]
    return place.left, place.bottom, place.left + wide, place.bottom + high


@given(rooms(), st.floats(0.5, 1.5))
@settings(max_examples=10, deadline=None)
def test_a_way_that_costs_more_than_the_best_is_left_and_no_other(
    room: tuple[float, float, list[geometry.Label], list[geometry.Obstacle]], share: float
) -> None:
    width, _, some, there = room
    assume(some)
    search, bounded = _FlagSearch(some, width, there, 3.0), _FlagSearch(some, width, there, 3.0)
    assume(all(search.ways))
    cost = search.cost(search._all("right", 0))
    limit = min(cost, 1000.0) * share
    found = bounded.cost(bounded._all("right", 0), limit)
    assert found == cost or limit <= found <= cost + 0.01
    assert bounded.cost(bounded._all("right", 0)) == cost


def check(found: geometry.Layout, given_labels: list[geometry.Label], width: float, height: float) -> None:
    """What both methods promise of a layout that fits."""
    boxes = [box(label, place) for label, place in zip(given_labels, found.boxes, strict=True)]
    leaders = [segments(place.leader) for place in found.boxes]
    for one, other in combinations(boxes, 2):
        assert not meet(one, other)
    for left, bottom, right, top in boxes:
        assert left >= -1e-6 and right <= width + 1e-6 and bottom >= 0 and top <= height + 1e-6
    for i, j in combinations(range(len(boxes)), 2):
        assert not any(cross(a, b) for a in leaders[i] for b in leaders[j])
        assert not any(runs_through(a, boxes[j]) for a in leaders[i])
        assert not any(runs_through(b, boxes[i]) for b in leaders[j])
    for label, place, area in zip(given_labels, found.boxes, boxes, strict=True):
        if not place.leader:  # beside its mark, at its height
            assert label.glyph
            assert area[0 if place.faces == "right" else 2] == pytest.approx(label.glyph[place.faces == "right"])
            assert area[1] <= label.y <= area[3]
            continue
        assert place.leader[0] == (label.x, label.y)  # begins at its mark
        assert [y for _, y in place.leader] == sorted(y for _, y in place.leader)  # and never comes back
        assert place.leader[-1][0] == pytest.approx(area[0] if place.faces == "right" else area[2])  # ends at its text


@given(rooms())
def test_flags_that_fit_keep_every_promise(room: tuple[float, float, list[geometry.Label], list[geometry.Obstacle]]) -> None:
    width, height, some, there = room
    found = flags(some, width=width, height=height, obstacles=there)
    assert len(found.boxes) == len(some)
    assert found.fits == (found.height <= height)
    assume(found.fits)
    check(found, some, width, height)
    for label, place in zip(some, found.boxes, strict=True):
        for obstacle in there:
            base = 0.0 if place.leader else obstacle.base
            assert not meet(box(label, place), (obstacle.low, base, obstacle.high, obstacle.top))


@pytest.mark.parametrize("reads", ["inwards", "outwards"])
@given(room=rooms())
def test_columns_that_fit_keep_every_promise(
    reads: str, room: tuple[float, float, list[geometry.Label], list[geometry.Obstacle]]
) -> None:
    width, height, some, there = room
    found = columns(some, width=width, height=height, obstacles=there, pitch=PITCH, reads=reads)  # type: ignore[arg-type]
    assert len(found.boxes) == len(some)
    assume(found.fits)
    check(found, some, width, height)
    floor = max((obstacle.top for obstacle in there), default=0.0)
    assert all(place.bottom >= floor for place in found.boxes)
    tracks = [place.leader[-1][0] for place in found.boxes]
    assert tracks == sorted(tracks)  # order-preserving


@given(rooms())
def test_no_slanting_leader_passes_over_another_label_s_mark(
    room: tuple[float, float, list[geometry.Label], list[geometry.Obstacle]],
) -> None:
    width, height, some, _ = room
    marks = [geometry.Obstacle(label.x - 1.5, label.x + 1.5, 10.0 + 7.0 * (i % 4)) for i, label in enumerate(some)]
    found = columns(some, width=width, height=height, obstacles=marks, pitch=PITCH)
    assume(found.fits)
    for i, place in enumerate(found.boxes):
        for k, mark in enumerate(marks):
            area = (mark.low, 0.0, mark.high, mark.top)
            assert k == i or not any(runs_through(segment, area) for segment in segments(place.leader))


def test_columns_read_from_top_to_bottom_on_both_sides() -> None:
    some = [geometry.Label(50.0 * i + 20, ((180.0, 10.0),)) for i in range(8)]
    above = columns(some, width=420, height=300, reads="inwards")
    below = columns(some, width=420, height=300, reads="outwards")
    first_column = [i for i, place in enumerate(above.boxes) if place.leader[-1][0] < 200]
    outwards = [above.boxes[i].bottom for i in first_column]
    assert len(outwards) > 2 and outwards == sorted(outwards, reverse=True)  # above: the first is on top
    downwards = [below.boxes[i].bottom for i in first_column]
    assert downwards == sorted(downwards)  # below: the first is nearest the ribbon, that is on top


@given(rooms())
def test_the_same_input_gives_the_same_layout(
    room: tuple[float, float, list[geometry.Label], list[geometry.Obstacle]],
) -> None:
    width, height, some, there = room
    methods: list[Callable[..., geometry.Layout]] = [flags, columns]
    for method in methods:
        first, second = (method(some, width=width, height=height, obstacles=there) for _ in range(2))
        assert first == second


@pytest.mark.parametrize("method", [flags, columns])
def test_what_does_not_fit_is_reported_and_not_dropped(method: Callable[..., geometry.Layout]) -> None:
    some = [geometry.Label(10.0 * i + 5, ((150.0, 10.0),)) for i in range(30)]
    found = method(some, width=310, height=60)
    assert not found.fits
    assert found.height > 60
    assert len(found.boxes) == 30
    wide = [geometry.Label(50.0, ((900.0, 10.0),))]
    assert not method(wide, width=310, height=1000).fits  # wider than the axes


@pytest.mark.parametrize("method", [flags, columns])
def test_a_label_too_wide_in_one_line_is_broken(method: Callable[..., geometry.Layout]) -> None:
    found = method([geometry.Label(50.0, ((900.0, 10.0), (200.0, 50.0)))], width=310, height=100)
    assert found.fits and found.boxes[0].size == 1


def test_flags_stay_close_to_their_marks() -> None:
    """Labels with room enough all fly in the lowest row."""
    some = [geometry.Label(100.0 * i + 20, ((60.0, 10.0),)) for i in range(6)]
    found = flags(some, width=620, height=100, gap=3.0)
    assert {place.bottom for place in found.boxes} == {3.0}


def test_flags_of_a_crowd_turn_both_ways() -> None:
    """Six labels close together need three rows, not six: half of them face left, half of them right."""
    some = [geometry.Label(300.0 + 6 * i, ((120.0, 10.0),)) for i in range(6)]
    found = flags(some, width=640, height=200, gap=2.0)
    assert found.height == pytest.approx(3 * 12.0)
    assert [place.faces for place in found.boxes] == ["left"] * 3 + ["right"] * 3


def some_labels(*pairs: tuple[float, float], most: int) -> list[geometry.Label]:
    """Labels at x of a width in one line; broken into up to `most` lines they are narrower."""
    return [geometry.Label(x, tuple((wide / n, 10.0 * n) for n in range(1, most + 1))) for x, wide in pairs]


def test_a_lower_side_is_worth_longer_leaders_four_times() -> None:
    """Below two points of leaders for one of height, the first is higher; at eight, the second would be lower."""
    sizes = (90.0, 2), (90.0, 2), (120.0, 3), (120.0, 1), (90.0, 2), (60.0, 2)
    xs = 40.0, 80.0, 130.0, 160.0, 210.0, 230.0
    some = [some_labels((x, wide), most=lines)[0] for x, (wide, lines) in zip(xs, sizes, strict=True)]
    assert flags(some, width=300, height=400, gap=2.0).height == pytest.approx(46.0)  # not 54
    sizes = (90.0, 3), (60.0, 1), (150.0, 3), (90.0, 3), (60.0, 2), (90.0, 3), (90.0, 2)
    xs = 50.0, 70.0, 100.0, 170.0, 180.0, 190.0, 280.0
    some = [some_labels((x, wide), most=lines)[0] for x, (wide, lines) in zip(xs, sizes, strict=True)]
    assert flags(some, width=300, height=400, gap=2.0).height == pytest.approx(46.0)  # not 44, with a longer way to it


def test_a_title_is_broken_for_height_only_if_that_saves_more_than_it_spoils() -> None:
    """Four titles are not broken for leaders that are shorter by a little, five are for much shorter ones."""
    wide = [(10.0, 120.0), (20.0, 200.0), (50.0, 200.0), (280.0, 150.0), (300.0, 150.0)]
    some = [geometry.Label(x, ((width, 10.0), (width / 2 + 4, 20.0))) for x, width in wide]
    found = columns(some, width=420, height=400, gap=2.0, pitch=4.0)
    assert sum(box.size > 0 for box in found.boxes) == 0  # not 4
    wide = [(110.0, 120.0), (330.0, 120.0), (330.0, 150.0), (380.0, 150.0), (390.0, 120.0)]
    some = [geometry.Label(x, ((width, 10.0), (width / 2 + 4, 20.0))) for x, width in wide]
    found = columns(some, width=420, height=400, gap=2.0, pitch=4.0)
    assert sum(box.size > 0 for box in found.boxes) == 5  # not 2


def test_leaders_fan_out_to_columns_steeply_enough_and_take_little_height() -> None:
    """One that goes far aside still rises by 1 in 20, or it would look like a part of the ribbon."""
    some = [geometry.Label(5.0 * i + 320, ((680.0, 10.0),)) for i in range(8)]
    found = columns(some, width=720, height=400)
    (_, (x, bend), (track, base), _) = max(
        (box.leader for box in found.boxes), key=lambda leader: abs(leader[1][0] - leader[2][0])
    )
    assert 300 < abs(track - x) < 350
    assert base - bend >= abs(track - x) / 20
    assert min(box.bottom for box in found.boxes) <= 20 + 3  # the gap


EXTENTS = st.lists(st.tuples(st.floats(0, 500), st.floats(0, 200)).map(lambda pair: (pair[0], sum(pair))), max_size=30)


@given(EXTENTS)
def test_stacked_extents_never_overlap_on_a_level(extents: list[tuple[float, float]]) -> None:
    levels = geometry.stack(extents, gap=1.0)
    for (one, level), (other, other_level) in combinations(zip(extents, levels, strict=True), 2):
        if level == other_level:
            assert one[1] + 1.0 <= other[0] + 1e-6 or other[1] + 1.0 <= one[0] + 1e-6
    assert set(levels) == set(range(max(levels, default=-1) + 1))  # no level stays empty


def test_long_extents_lie_next_to_the_ribbon() -> None:
    assert geometry.stack([(0.0, 10.0), (5.0, 300.0), (40.0, 50.0)], gap=1.0) == [1, 0, 1]


def test_thousands_of_extents_are_stacked_without_overlap() -> None:
    extents = [(float(i % 977), float(i % 977) + 8) for i in range(3000)]
    levels = geometry.stack(extents, gap=1.0)
    for level in set(levels):
        there = sorted(extent for extent, its in zip(extents, levels, strict=True) if its == level)
        assert all(one[1] + 1.0 <= other[0] for one, other in pairwise(there))


def test_thousands_of_labels_take_little_time_and_none_is_lost() -> None:
    started = time.process_time()
    marks = [geometry.Glyph(i * 0.2, 5.0 + 7.0 * (i % 30), i * 0.2 - 3, i * 0.2 + 3) for i in range(5000)]
    leaders = ports(marks, width=1000, pitch=1.5)
    assert leaders == sorted(leaders) and leaders[0] >= 0 and leaders[-1] <= 1000
    some = [geometry.Label(x, ((200.0, 9.0), (100.0, 18.0))) for x in leaders]
    there = [geometry.Obstacle(mark.low, mark.high, mark.y + 3) for mark in marks]
    found = columns(some, width=1000, height=400, obstacles=there, pitch=0.01)
    assert not found.fits and found.height > 400 and len(found.boxes) == 5000
    tracks = [place.leader[-1][0] for place in found.boxes]
    assert tracks == sorted(tracks)
    assert time.process_time() - started < 5


@settings(max_examples=200)
@given(st.lists(st.floats(200, 400), min_size=1, max_size=6))
@example([200.0, 202.0, 211.0, 213.0, 222.0])  # between the second and the fourth there is no room for the third's leader
def test_leaders_leave_a_stack_without_meeting_a_mark_or_one_another(places: list[float]) -> None:
    half = 5.0
    levels = geometry.stack([(x - half, x + half) for x in places], gap=1.0)
    marks = [geometry.Glyph(x, 8.0 + 14.0 * level, x - half, x + half) for x, level in zip(places, levels, strict=True)]
    found = ports(marks, width=600, pitch=PITCH)
    for i, j in combinations(range(len(marks)), 2):
        assert abs(found[i] - found[j]) >= PITCH - 1e-6
        assert not any(cross(a, b) for a in way_out(marks[i], found[i]) for b in way_out(marks[j], found[j]))
    for i in range(len(marks)):
        if not is_clear(i, found[i], marks, slack=0.0):
            free = [x for x in grid_around(marks[i].x) if is_free(i, x, marks, found)]
            assert not free, f"the leader of mark {i} runs through another mark, though it could go out at {free[0]}"


def way_out(mark: geometry.Glyph, port: float) -> list[Segment]:
    return segments([(mark.x, mark.y), (port, mark.y), (port, 200.0)])


def is_clear(i: int, x: float, marks: list[geometry.Glyph], slack: float) -> bool:
    """Whether mark i's leader, going out at x, runs through no other mark and keeps some distance from those above."""
    others = [mark for k, mark in enumerate(marks) if k != i]
    areas = [
        (mark.low - more, mark.y - 5.0, mark.high + more, mark.y + 5.0)
        for mark in others
        for more in [slack if mark.y > marks[i].y else 0.0]
    ]
    return not any(runs_through(segment, area) for segment in way_out(marks[i], x) for area in areas)


def is_free(i: int, x: float, marks: list[geometry.Glyph], found: list[float]) -> bool:
    """Whether mark i could have gone out at x, when it was its turn: outer marks choose before inner ones."""
    before = [k for k in range(len(marks)) if (-marks[k].y, marks[k].x, k) < (-marks[i].y, marks[i].x, i)]
    leader = way_out(marks[i], x)
    apart = all(abs(x - found[k]) >= PITCH for k in before)
    crossing = any(runs_through(a, near(b)) for k in before for a in leader for b in way_out(marks[k], found[k]))
    return apart and not crossing and is_clear(i, x, marks, geometry.CLEARANCE)


def near(segment: Segment) -> Box:
    """The neighbourhood of a part of a leader, in which no other leader runs."""
    (x1, y1), (x2, y2) = segment
    slack = geometry.CLEARANCE
    return min(x1, x2) - slack, min(y1, y2) - slack, max(x1, x2) + slack, max(y1, y2) + slack


def grid_around(x: float) -> list[float]:
    return [x + k * PITCH / 2 for k in range(-15, 16)]


def test_a_leader_that_nothing_hinders_is_straight() -> None:
    marks = [geometry.Glyph(x, 8.0, x - 5, x + 5) for x in (50.0, 80.0, 200.0)]
    assert ports(marks, width=300, pitch=PITCH) == [50.0, 80.0, 200.0]


def test_leaders_that_cross_on_their_way_out_are_noticed() -> None:
    """Where a crowd leaves no way round, the caller must know, and write no labels there."""
    low, high = geometry.Glyph(50.0, 8.0, 45.0, 55.0), geometry.Glyph(70.0, 22.0, 65.0, 75.0)
    assert not crossed([low, high], [50.0, 70.0])
    assert not crossed([low, high], [40.0, 90.0])  # aside, each to its own side
    assert crossed([low, high], [90.0, 95.0])  # out through the other's way aside
    assert crossed([low, high], [50.0, 40.0])  # the other's way aside, over a straight leader


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 60)), min_size=1, max_size=10))
def test_spread_keeps_order_distance_and_bounds(pairs: list[tuple[float, float]]) -> None:
    wanted = sorted(target for target, _ in pairs)
    sizes = [size for _, size in pairs]
    found = geometry.spread(wanted, sizes, 0.0, 700.0)
    for k in range(len(found) - 1):
        assert found[k + 1] - found[k] >= (sizes[k] + sizes[k + 1]) / 2 - 1e-6
    assert found[0] - sizes[0] / 2 >= -1e-6 and found[-1] + sizes[-1] / 2 <= 700.0 + 1e-6


def test_spread_moves_only_what_must_move() -> None:
    assert geometry.spread([100.0, 300.0, 310.0], [20.0, 20.0, 20.0], 0.0, 500.0) == pytest.approx([100.0, 295.0, 315.0])


def test_a_text_stands_beside_its_glyph_where_nothing_else_is() -> None:
    """Not where a bar, another glyph or its leader is in the way, or where a bar ends too far off."""

    def leaders(*labels: geometry.Label) -> list[bool]:
        there = [geometry.Obstacle(*label.glyph, label.y + 4, label.y - 4) for label in labels if label.glyph]
        return [bool(place.leader) for place in flags(labels, width=300, height=400, obstacles=there, gap=2.0).boxes]

    def label(x: float, y: float, low: float = 5.0, high: float = 5.0, wide: float = 90.0) -> geometry.Label:
        return geometry.Label(x, ((wide, 10.0),), y, (x - low, x + high))

    assert leaders(label(150, 8)) == [False]
    assert leaders(label(150, 8)._replace(glyph=None)) == [True]
    assert leaders(label(20, 8, wide=260)) == [False] and leaders(label(50, 8, wide=260)) == [True]  # its edge
    assert leaders(label(50, 8, high=29)) == [True] and leaders(label(50, 8, high=27)) == [False]
    assert leaders(label(100, 8), label(150, 8)) == [False, False]  # to the left, and to the right
    assert leaders(label(50, 8), label(90, 8), label(130, 8)) == [True, True, False]
    assert leaders(label(100, 8), label(106, 24, wide=80)) == [False, False]  # one above the other
    assert leaders(label(95, 24), label(100, 8, wide=190)) == [False, False]
