"""What several exercises ask of tables: a source that bears on a claim, the columns of a student's own table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..data import load
from .answers import as_id
from .hints import text_hint


def sources_behind(claim_id: str) -> set[str]:
    """Return the sources that bear on a claim: its own, and those of the events behind it.

    Parameters
    ----------
    claim_id : str
        The claim.

    Returns
    -------
    set of str
    """
    of_claim, behind, of_event = load("claim_sources"), load("claim_events"), load("event_sources")
    events = behind[behind["claim_id"] == claim_id]["event_id"]
    own = set(of_claim[of_claim["claim_id"] == claim_id]["source_id"])
    return own | set(of_event[of_event["event_id"].isin(events)]["source_id"])


def source_hint(answer: Any, bearing: set[str], otherwise: str) -> str:
    """Return a hint if an answer is not the id of a source that bears on the question; which of them is not marked.

    Parameters
    ----------
    answer : object
        The answer.
    bearing : set of str
        The sources that bear on the question.
    otherwise : str
        The hint for a source that does not.

    Returns
    -------
    str
        Empty if it is in order.
    """
    if hint := text_hint(answer, "One source_id"):
        return hint
    source_id = as_id(answer)
    if not source_id:
        return "This text is empty. Copy a source_id from the table."
    if source_id not in set(load("sources")["source_id"]):
        return "There is no source with this source_id. Copy it letter by letter from the table."
    return "" if source_id in bearing else otherwise


def own_columns(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame | str:
    """Pick columns out of a table of the student's own; blanks and capitals in their names do not matter.

    Parameters
    ----------
    table : pandas.DataFrame
        The table. One of the columns may be its index.
    names : sequence of str
        The columns.

    Returns
    -------
    pandas.DataFrame or str
        The columns in that order; a hint if one is missing.
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
