"""The explorer: the functions alone, and the widgets that call them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from helpers import explore, explore_timeline, load
from helpers.explore import ALL, actors_in, explored, select_events


def test_a_selection_is_by_era_kind_actor_years_words_and_mention() -> None:
    events = load("events")
    assert len(select_events(events)) == len(events)
    assert set(select_events(events, era="two-wars")["era_id"]) == {"two-wars"}
    assert set(select_events(events, kind="treaty")["kind"]) == {"treaty"}
    assert select_events(events, mentioned=True)["paragraph"].notna().all()
    during = select_events(events, years=(1983, 1984))
    assert "iran-iraq-war-1980-1988" in set(during["event_id"]), "an event that lasts into the years belongs to them"
    assert "kuwait-invasion-1990" not in set(during["event_id"])
    assert "asad-middle-east-division" in set(select_events(events, text="leopold WEISS")["event_id"])
    assert list(select_events(events, text="nothing has this")["event_id"]) == []
    both = select_events(events, kind="treaty", actor="Turkey")
    assert 0 < len(both) < len(select_events(events, kind="treaty"))


def test_an_actor_is_a_whole_name() -> None:
    events = load("events")
    found = select_events(events, actor="United Nations")
    assert found["actors"].str.split("; ").map(lambda names: "United Nations" in names).all()
    assert len(found) < events["actors"].str.contains("UN").sum()


def test_a_bracket_is_a_word_and_no_pattern() -> None:
    assert 0 < len(select_events(load("events"), text="(ISIS)")) < 20


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"kind": "war"}, "no kind 'war'.*treaty"),
        ({"era": "1973"}, "no era_id '1973'.*two-wars"),
        ({"actor": "Atlantis"}, "no actor 'Atlantis'.*Turkey"),
        ({"years": (1990, 1980)}, "run backwards"),
    ],
)
def test_wrong_choices_are_refused_with_those_that_there_are(choices: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        select_events(load("events"), **choices)


def test_nothing_to_explore_is_said() -> None:
    with pytest.raises(ValueError, match="no events to explore"):
        explore_timeline(load("events").head(0))


def test_what_is_explored_has_a_picture_its_words_and_a_table_with_sources() -> None:
    html = explored(load("events").head(13), text="Nuri")
    assert html.startswith('<img alt="A timeline of') and "In words." in html
    assert "The selection and who reports it" in html and "Office of the Historian" in html
    assert "No events to show" in explored(load("events").head(13), text="nothing has this")


def test_the_widgets_show_what_the_function_gives() -> None:
    events = load("events").head(13)
    box = explore_timeline(events)
    controls = dict(zip(("era", "kind", "actor", "years", "text", "mentioned"), box.children[0].children, strict=True))
    shown = box.children[1]
    assert shown.value == explored(events)
    controls["kind"].value = "treaty"
    assert shown.value == explored(events, kind="treaty")
    controls["kind"].value, controls["text"].value = ALL, "Nuri"
    assert shown.value == explored(events, text="Nuri")
    controls["years"].value = (1947, 1950)
    assert shown.value == explored(events, text="Nuri", years=(1947, 1950))
    assert all(control.description for control in controls.values())
    assert set(controls["actor"].options) == {ALL, *actors_in(events)}


def test_a_dragged_slider_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(explore, "explored", lambda _events, **choices: drawn.append(choices) or "drawn")
    years = explore_timeline(load("events").head(13)).children[0].children[3]
    drawn.clear()

    async def drag() -> None:
        for last in (1953, 1952, 1951, 1950):
            years.value = (1947, last)
        await asyncio.sleep(3 * explore.PAUSE)

    asyncio.run(drag())
    assert [choices["years"] for choices in drawn] == [(1947, 1950)]
