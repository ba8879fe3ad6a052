"""The explorer: the functions alone, and the widgets that call them."""

from __future__ import annotations

import pytest

from helpers import explore_timeline, load
from helpers.explore import ALL_KINDS, picture_and_words, select_events


def test_a_selection_is_by_kind_years_and_words() -> None:
    events = load("events")
    assert len(select_events(events)) == len(events)
    assert set(select_events(events, kind="treaty")["kind"]) == {"treaty"}
    during = select_events(events, years=(1983, 1984))
    assert "iran-iraq-war-1980-1988" in set(during["event_id"]), "an event that lasts into the years belongs to them"
    assert "kuwait-invasion-1990" not in set(during["event_id"])
    assert "asad-middle-east-division" in set(select_events(events, text="leopold WEISS")["event_id"])
    assert list(select_events(events, text="nothing has this")["event_id"]) == []


def test_a_bracket_is_a_word_and_no_pattern() -> None:
    assert 0 < len(select_events(load("events"), text="(ISIS)")) < 20


def test_wrong_choices_are_refused() -> None:
    with pytest.raises(ValueError, match="no kind 'war'.*treaty"):
        select_events(load("events"), kind="war")
    with pytest.raises(ValueError, match="run backwards"):
        select_events(load("events"), years=(1990, 1980))
    with pytest.raises(ValueError, match="no events to explore"):
        explore_timeline(load("events").head(0))


def test_the_widgets_show_what_the_functions_give() -> None:
    events = load("events").head(13)
    box = explore_timeline(events)
    kind, years, text = box.children[0].children
    shown = box.children[1]
    assert shown.value == picture_and_words(events)
    kind.value = "treaty"
    assert shown.value == picture_and_words(select_events(events, kind="treaty"))
    kind.value, text.value = ALL_KINDS, "Nuri"
    assert shown.value == picture_and_words(select_events(events, text="Nuri"))
    years.value = (1947, 1950)
    assert shown.value == picture_and_words(select_events(events, years=(1947, 1950), text="Nuri"))
    assert "<img alt=" in shown.value and all(control.description for control in (kind, years, text))
