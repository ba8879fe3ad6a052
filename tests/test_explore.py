"""The explorer: the functions alone, and the widgets that call them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import matplotlib.pyplot as plt
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


def test_what_is_explored_has_its_number_a_picture_its_words_and_a_table_with_sources() -> None:
    html = explored(load("events").head(13), text="Nuri")
    assert '<p role="status">3 of 13 events.</p><img alt="A timeline of 3 events' in html and "In words." in html
    assert "The selection and who reports it" in html and "Office of the Historian" in html
    assert "No events to show" in explored(load("events").head(13), text="nothing has this")


def test_exploring_leaves_no_figure_and_the_search_for_garbage_as_it_was() -> None:
    plt.close("all")  # what other tests left open is not meant
    explored(load("events").head(2))
    assert gc.isenabled() and not plt.get_fignums()
    gc.disable()
    try:
        with pytest.raises(ValueError, match="no kind"):
            explored(load("events").head(2), kind="war")
        explored(load("events").head(2))
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The controls of an explorer, and the choices for which it drew since it was made."""
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(explore, "explored", lambda _events, **choices: drawn.append(choices) or str(choices))
    controls = explore_timeline(load("events").head(13)).children[0].children
    drawn.clear()
    yield {control.description: control for control in controls}, drawn


def test_the_widgets_show_what_the_function_gives() -> None:
    events = load("events").head(13)
    box = explore_timeline(events)
    controls, shown = {control.description: control for control in box.children[0].children}, box.children[1]
    assert list(controls) == ["Era", "Kind", "Actor", "Years", "From", "to", "Word", "only what the article mentions"]
    assert shown.value == explored(events)
    controls["Kind"].value = "treaty"
    assert shown.value == explored(events, kind="treaty")
    controls["Kind"].value, controls["Word"].value = ALL, "Nuri"
    assert shown.value == explored(events, text="Nuri")
    controls["Years"].value = (1947, 1950)
    assert shown.value == explored(events, text="Nuri", years=(1947, 1950))
    assert set(controls["Actor"].options) == {ALL, *actors_in(events)}


def test_a_list_takes_the_beginning_of_an_entry_and_says_what_there_is() -> None:
    events = load("events").head(13)
    box = explore_timeline(events)
    controls, shown = {control.description: control for control in box.children[0].children}, box.children[1]
    for written in ("treaty", " Trea", "TREATY"):
        controls["Kind"].value = written
        assert shown.value == explored(events, kind="treaty"), written
    controls["Kind"].value = "war <b>"
    assert shown.value.startswith('<p role="status">There is no kind &#x27;war &lt;b&gt;&#x27;. Choose one of: all, treaty')
    controls["Kind"].value = " "
    assert shown.value == explored(events)
    controls["Actor"].value = "Iraq"
    assert shown.value == explored(events, actor="Iraq"), "a whole name goes before the beginning of another"


def test_slider_and_fields_of_the_years_go_together_and_each_change_is_drawn_once(
    parts: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    controls, drawn = parts
    slider, first, last = (controls[name] for name in ("Years", "From", "to"))
    assert (first.value, last.value) == slider.value == (first.min, last.max)
    slider.value = (1950, 1952)
    assert (first.value, last.value) == (1950, 1952)
    first.value = 1951
    assert slider.value == (1951, 1952)
    first.value = 1954  # past the other: takes it along
    assert slider.value == (1954, 1954) and last.value == 1954
    last.value = 1949
    assert slider.value == (1949, 1949) and first.value == 1949
    assert [choices["years"] for choices in drawn] == [(1950, 1952), (1951, 1952), (1954, 1954), (1949, 1949)]


def test_events_of_one_year_can_be_explored() -> None:
    events = load("events")
    of_1963 = events[events["date"].str.startswith("1963")]
    assert explore_timeline(of_1963.head(1)).children[1].value == explored(of_1963.head(1))
