"""What several exercises ask of tables: a source that bears on a claim, the columns of a student's own table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..data import load
from ..language import later, say
from ..plotting.artists import EventMark, parts_of
from .answers import as_id, fold
from .hints import text_hint


def event_row(event_id: str) -> Any:
    """Return an event: its row in the table, by the names of the columns."""
    return load("events").set_index("event_id").loc[event_id]


def events_drawn(ax: Axes, *, all_of_them: bool = True) -> set[str]:
    """Return the events whose marks stand on axes, by their ids; without `all_of_them`, those that are picked out.

    A student may have left the column of the ids out: then date and title say which event it is.
    """
    events = load("events")
    known = set(events["event_id"])
    named = dict(zip(zip(events["date"], map(fold, events["title"]), strict=True), events["event_id"], strict=True))
    marks = [mark.event for mark in parts_of(ax, EventMark)]
    return {
        event.event_id if event.event_id in known else named.get((event.date, fold(event.title)), event.title)
        for event in marks
        if all_of_them or not event.muted
    }


def votes_between(first: str, second: str) -> pd.DataFrame:
    """Return how often two states voted alike in the General Assembly, a row for each year."""
    votes = load("figures/unga_agreement")
    return votes[(votes["country_a"] == first) & (votes["country_b"] == second)]


def sources_of(*event_ids: str) -> set[str]:
    """Return the sources that speak of some events."""
    links = load("event_sources")
    return set(links[links["event_id"].isin(event_ids)]["source_id"])


def sources_behind(claim_id: str) -> set[str]:
    """Return the sources that bear on a claim: its own, and those of the events behind it."""
    of_claim, behind = load("claim_sources"), load("claim_events")
    own = set(of_claim[of_claim["claim_id"] == claim_id]["source_id"])
    return own | sources_of(*behind[behind["claim_id"] == claim_id]["event_id"])


def bearing_hint(answer: Any, claim_id: str, named: str = "") -> str:
    """Return a hint if an answer is not the id of a source that bears on a claim; which of them is not marked."""
    named = named or f"claim {claim_id}"
    return source_hint(
        answer, sources_behind(claim_id), say("This source exists, but our tables do not tie it to {named}.", named=named)
    )


def source_hint(answer: Any, bearing: set[str], otherwise: str) -> str:
    """Return a hint if an answer is not the id of a source that bears on the question; which of them is not marked.

    `otherwise` is the hint for a source that does not.
    """
    if hint := text_hint(answer, later("One source_id")):
        return hint
    source_id = as_id(answer)
    if not source_id:
        return say("This text is empty. Copy a source_id from the table.")
    if source_id not in set(load("sources")["source_id"]):
        return say("There is no source with this source_id. Copy it letter by letter from the table.")
    return "" if source_id in bearing else otherwise


def own_columns(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame | str:
    """Pick columns out of a table of the student's own, or say which is missing.

    Blanks and capitals in their names do not matter. One of them may be the table's index.
    """
    if any(as_id(name) in names for name in table.index.names):
        table = table.reset_index()
    places: dict[str | None, int] = {}
    for place, name in enumerate(table.columns):
        places.setdefault(as_id(name), place)
    if missing := [name for name in names if name not in places]:
        has = ", ".join(str(name) for name in table.columns[:8])
        return f"has no column {missing[0]!r}. It needs {', '.join(names)}; it has {has or 'none'}."
    return pd.DataFrame({name: table.iloc[:, places[name]].to_numpy(object) for name in names})
