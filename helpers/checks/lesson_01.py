"""What the exercises of lesson 01 accept."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from ..data import load
from .compare import column_hint, kind_of, rows_hint
from .feedback import Exercise

ERA = "founding-years"
AGREEMENT = "us-pakistan-defence-agreement-1954"


def _founding() -> pd.DataFrame:
    events = load("events")
    return events[events["era_id"] == ERA]


def _first_kinds(answer: Any) -> str:
    return column_hint(answer, _founding()["kind"].head(4))


def _by_title(answer: Any) -> str:
    founding = _founding()
    hint = rows_hint(answer, founding.sort_values("title").head(3))
    backwards = founding.sort_values("title", ascending=False).head(3)
    if hint and not rows_hint(answer, backwards):
        return "This runs from Z to A."
    return hint


def _primary(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"The source_id is a string, but this is {kind_of(answer)}."
    links = load("event_sources").merge(load("sources"), on="source_id")
    agreement = links[links["event_id"] == AGREEMENT]
    if answer not in set(agreement["source_id"]):
        return "This is not one of the sources in the table above. Copy the source_id letter by letter."
    kinds = agreement.set_index("source_id")["kind"]
    return (
        "" if kinds[answer] == "primary" else f"The table calls this one {kinds[answer]}: made later, or by somebody else."
    )


def _widest(answer: Any) -> str:
    founding = _founding()
    width = (founding["latest"] - founding["earliest"]).rename("width")
    if isinstance(answer, (pd.Series, list, tuple)) and any(isinstance(value, pd.Timedelta) for value in answer):
        return "These are the widths. The titles are asked for."
    return column_hint(answer, founding.assign(width=width).sort_values("width", ascending=False)["title"].head(3))


def _defence(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"A sentence is a string, but this is {kind_of(answer)}."
    if len(answer.split()) < 8:
        return "Write a whole sentence, with at least eight words."
    named = {claim.lower() for claim in re.findall(r"\b\d{1,2}[a-zA-Z]\b", answer)}
    known = set(load("claims").query("paragraph == 1")["claim_id"])
    if not named & known:
        return "Name a claim of paragraph 1 in the sentence, by its id, so that a reader can look it up."
    return ""


EXERCISES = {
    "01.1": Exercise(_first_kinds, "A column, and its first rows: two steps that you will use in every lesson."),
    "01.2": Exercise(_by_title, "Sorting changes the order of the rows, never the rows."),
    "01.3": Exercise(_primary, "Primary does not mean true. It means that it was there."),
    "01.4": Exercise(_widest, "The wide ones are what we know least. A good table does not hide them."),
    "01.5": Exercise(_defence, "Whether it is a good defence is for you and your class to say. Read it to somebody."),
}
