"""The search for a way to show events: the order of the trials, the choice, and that only the choice is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from itertools import groupby, pairwise
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from helpers import load, plot_timeline
from helpers.plotting import canvas as canvas_module
from helpers.plotting.artists import Era
from helpers.plotting.candidates import Candidate, candidates, choose
from helpers.plotting.canvas import Canvas
from helpers.plotting.eras import era_of, load_eras, window_of
from helpers.plotting.events import read_items
from helpers.plotting.media import GROWTH, Sheet
from helpers.plotting.placement import CLOSE, ERA, MIDDLE, SIGN_WIDTH, Look, scale_for
from helpers.plotting.time_axis import day_number
from tests.support.figures import close_all


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


def trials(rows: bool = False) -> list[tuple[Candidate, float]]:
    """All trials for twelve events, on both sides of the ribbon or in two rows above it."""
    items = read_items(load("events").head(12))
    groups = {"odd": items[::2], "even": items[1::2]} if rows else {"": items}
    canvas = Canvas(None, titles=(None, None), sheet=Sheet(10.0, 5.0), eras=False, rows=list(groups) if rows else ())
    looks: tuple[tuple[Look, ...], ...] = ((ERA, CLOSE), (MIDDLE,))
    ways = (("flags", "columns"), ("numbers",), ("nothing",))
    return list(candidates(groups, canvas, window_of(items, []), looks=looks, ways=ways))  # type: ignore[arg-type]


def way_of(candidate: Candidate) -> str:
    plan = candidate.rows[0].plan
    if plan is None:
        return "nothing"
    return "numbers" if plan.texts[0][0].isdigit() else plan.up.method


@pytest.mark.parametrize("rows", [False, True])
def test_titles_come_before_numbers_and_letters_shrink_last(rows: bool) -> None:
    found = trials(rows)
    low = min(height for _, height in found)
    told = [(way_of(candidate), candidate.around.look, round(height - low)) for candidate, height in found]
    titles = [
        (way, look, grown)
        for looks in ((ERA, CLOSE), (MIDDLE,))
        for grown in (0, round(GROWTH))
        for look in looks
        for way in ("flags", "columns")
    ]
    assert told[: len(titles)] == titles
    assert [way for way, _ in groupby(way for way, *_ in told[len(titles) :])] == ["numbers", "nothing"]


def test_the_first_that_fits_is_taken_and_at_worst_the_last() -> None:
    found = [candidate for candidate, _ in trials()]
    needed = [candidate.needed for candidate in found]
    assert choose(zip(found, needed, strict=True)) is found[0]  # just as high as it may be
    assert choose((candidate, candidate.needed - (i < 3)) for i, candidate in enumerate(found)) is found[3]
    assert choose((candidate, candidate.needed - 0.01) for candidate in found) is found[-1]


def test_a_candidate_needs_what_its_rows_and_its_surroundings_need() -> None:
    for candidate, _ in (*trials(), *trials(rows=True)):
        reach = sum(row.reach(up) for row in candidate.rows for up in (True, False))
        assert candidate.needed == pytest.approx(candidate.around.height + reach + (0 if candidate.two_sided else 10))
        with pytest.raises(FrozenInstanceError):
            candidate.rows = ()  # type: ignore[misc]


def test_a_window_ends_with_the_only_era_but_not_before_the_last_glyph() -> None:
    era = [Era("first", 1, "First", "1950-01-01", "1952-12-31")]
    found = {}
    for date in ("1951-07-01/1958", "195X", "1951-07-01"):
        (item,) = read_items(pd.DataFrame({"date": [date], "title": ["Event"]}))
        low, high = window_of([item], era)
        assert low <= item.x <= high
        found[date] = high - low, high - item.x
    assert found["1951-07-01/1958"] == (550.0, 550.0)  # to the end of 1952
    assert found["195X"][1] == 1096.0  # from 1950, where its glyph stands, to the end of 1952
    assert found["1951-07-01"][0] == 14.0  # a day gets two weeks


@pytest.mark.parametrize(("date", "signs"), [("1958", 0), ("1958~", 1), ("1958%", 2)])
def test_the_axes_are_widened_for_the_last_glyph_and_its_signs(date: str, signs: int) -> None:
    (item,) = read_items(pd.DataFrame({"date": [date], "title": ["Event"]}))
    scale = scale_for([item], ERA, 700.0, (item.x - 1000, item.x))
    beyond = ERA.reach + signs * SIGN_WIDTH * ERA.font
    assert beyond < 700.0 - scale.to_points(item.x) < beyond + 8


@pytest.mark.parametrize("lanes", [None, "kind"])
def test_only_the_choice_is_drawn(lanes: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    draw = canvas_module.Canvas.draw
    monkeypatch.setattr(canvas_module.Canvas, "draw", lambda self, *args: (drawn.append(args), draw(self, *args)))
    _, ax = plt.subplots(figsize=(6, 3))
    plot_timeline(load("events").head(15), ax=ax, lanes=lanes)  # type: ignore[arg-type]
    assert len(drawn) == 1


def test_an_event_is_of_the_era_on_whose_first_day_it_begins() -> None:
    eras = load_eras()
    for before, era in pairwise(eras):
        first = pd.Timestamp(era.start).date()
        assert era_of(SimpleNamespace(first=day_number(first)), eras) is era  # type: ignore[arg-type]
        assert era_of(SimpleNamespace(first=day_number(first) - 1), eras) is before  # type: ignore[arg-type]


def test_a_gap_in_a_list_that_picks_out_is_no_and_a_mixture_is_refused() -> None:
    rows = pd.DataFrame({"date": ["1955", "1956"], "title": ["One", "Two"], "event_id": ["one", "two"]})
    assert [item.event.muted for item in read_items(rows, [None, True])] == [True, False]
    with pytest.raises(ValueError, match="True"):
        read_items(rows, [True, "two"])  # type: ignore[list-item]
