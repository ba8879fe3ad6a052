"""What the exercises of lesson 01 accept."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..data import load
from ..language import later, say
from .answers import as_id, as_values
from .feedback import Exercise
from .hints import column_hint, ids_in, rows_hint, sentence_hint, text_hint

ERA = "founding-years"
AGREEMENT = "us-pakistan-defence-agreement-1954"


def _founding() -> pd.DataFrame:
    events = load("events")
    return events[events["era_id"] == ERA]


def _first_titles(answer: Any) -> str:
    return column_hint(answer, _founding()["title"].head(4), ordered=True)


def _by_title(answer: Any) -> str:
    founding, keys = _founding(), ("event_id", "title")
    by_title = founding.sort_values("title")
    hint = rows_hint(answer, by_title.head(3), keys, ordered=True)
    as_in_a_dictionary = founding.sort_values("title", key=lambda titles: titles.str.lower()).head(3)
    if hint and not rows_hint(answer, as_in_a_dictionary, keys, ordered=True):
        return ""  # Python puts all capitals before small letters; a dictionary does not
    if hint and not rows_hint(answer, by_title[::-1].head(3), keys, ordered=True):
        return say("This runs from Z to A.")
    return hint


def _primary(answer: Any) -> str:
    if hint := text_hint(answer, later("The source_id")):
        return hint
    links = load("event_sources").merge(load("sources"), on="source_id")
    kinds = links[links["event_id"] == AGREEMENT].set_index("source_id")["kind"]
    source_id = as_id(answer) or ""
    if source_id not in kinds.index:
        return say("This is not one of the sources in the table above. Copy the source_id letter by letter.")
    kind = kinds[source_id]
    return "" if kind == "primary" else say("The table calls this one {kind}: made later, or by somebody else.", kind=kind)


def _widest(answer: Any) -> str:
    founding = _founding()
    width = (founding["latest"] - founding["earliest"]).rename("width")
    if any(isinstance(value, pd.Timedelta) for value in as_values(answer) or []):
        return say("These are the widths. The titles are asked for.")
    widest = founding.assign(width=width).sort_values("width", ascending=False)["title"].head(3)
    return column_hint(answer, widest, ordered=True)


def _defence(answer: Any) -> str:
    if hint := sentence_hint(answer):
        return hint
    if not ids_in(answer, set(load("claims").query("paragraph == 1")["claim_id"])):
        return say("Name a claim of paragraph 1 in the sentence, by its id, so that a reader can look it up.")
    return ""


EXERCISES = {
    "01.1": Exercise(_first_titles, later("A column, and its first rows: two steps that you will use in every lesson.")),
    "01.2": Exercise(_by_title, later("Sorting changes the order of the rows, never the rows.")),
    "01.3": Exercise(_primary, later("Primary does not mean true. It means that it was there.")),
    "01.4": Exercise(_widest, later("The wide ones are what we know least. A good table does not hide them.")),
    "01.5": Exercise(
        _defence,
        later("It names a claim. Whether it is a good defence is for you and your class to say. Read it to somebody."),
        form_only=True,
    ),
}
