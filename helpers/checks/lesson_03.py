"""What the exercises of lesson 03 accept."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ..artists import EventMark, parts_of
from ..data import load
from .compare import kind_of, rows_hint
from .feedback import Exercise

ERA = "rupture-of-1973"
FIND = "embassy-arms-find-1973"
DECEMBER_1971 = ["un-ceasefire-vote-1971", "iraq-said-to-back-india-1971"]
DAY = "1973-02-15"
FIRST_DAY, LAST_DAY = "1972-09-01", "1973-03-31"
CAUSAL = r"\b(because|caus\w*|therefore|hence|thus|result\w*|consequen\w*|due to|owing to|led to|leads to|brought|why)\b"


def _era() -> pd.DataFrame:
    events = load("events")
    return events[events["era_id"] == ERA]


def _mask_hint(answer: Any) -> str:
    if isinstance(answer, pd.Series) and pd.api.types.is_bool_dtype(answer):
        return "This is a mask, a column of True and False. Put it into square brackets behind the table's name."
    return ""


def _quarrels(answer: Any) -> str:
    if hint := _mask_hint(answer):
        return hint
    era = _era()
    of_kind, of_effect = era["kind"] == "diplomacy", era["effect"] == "conflictual"
    hint = rows_hint(answer, era[of_kind & of_effect])
    if hint and not rows_hint(answer, era[of_kind]):
        return "One mask has worked, the one on the kind. Join the other one to it."
    if hint and not rows_hint(answer, era[of_effect]):
        return "One mask has worked, the one on the effect. Join the other one to it."
    if hint and not rows_hint(answer, era[of_kind | of_effect]):
        return "These are the rows for which one of the two is true. Both must be."
    return hint


def _source(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"One source_id is a string, but this is {kind_of(answer)}."
    if answer not in set(load("sources")["source_id"]):
        return "There is no source with this source_id. Copy it letter by letter from the table."
    links, claim_links = load("event_sources"), load("claim_sources")
    bearing = set(links[links["event_id"].isin(DECEMBER_1971)]["source_id"])
    bearing |= set(claim_links[claim_links["claim_id"] == "3d"]["source_id"])
    return "" if answer in bearing else "This source exists, but nothing in our tables ties it to December 1971."


def _countries(answer: Any) -> str:
    if isinstance(answer, pd.DataFrame):
        return "This is a whole table. Pick the column with the countries, then count its values."
    if not isinstance(answer, pd.Series):
        return f"What value_counts gives is asked for, but this is {kind_of(answer)}."
    if not pd.api.types.is_numeric_dtype(answer):
        return "This is a column that is not counted yet."
    links, sources = load("event_sources"), load("sources")
    of_find = set(links[links["event_id"] == FIND]["source_id"])
    expected = sources[sources["source_id"].isin(of_find)]["country"].value_counts()
    given = answer[answer > 0].to_dict()
    if given == expected.to_dict():
        return ""
    if set(given) == set(expected.index):
        return "The countries are right, but their numbers are not."
    return "These are other counts. Which event, and which column of its sources, are asked for?"


def _that_day(answer: Any) -> str:
    if hint := _mask_hint(answer):
        return hint
    era = _era()
    begun, not_over = era["earliest"] <= DAY, era["latest"] >= DAY
    hint = rows_hint(answer, era[begun & not_over])
    if hint and not rows_hint(answer, era[begun]):
        return "These had all begun, but some were already over."
    if hint and not rows_hint(answer, era[not_over]):
        return "None of these was over, but some had not begun."
    if hint and not rows_hint(answer, era[era["earliest"] == DAY]):
        return "This asks which ones can have begun on that very day. Earlier ones can have been going on, too."
    return hint


def _drawing(answer: Any) -> str:
    if not isinstance(answer, Axes):
        return f"The drawing is asked for, that is, what plot_timeline gives back; but this is {kind_of(answer)}."
    era = _era()
    expected = set(era[(era["earliest"] >= FIRST_DAY) & (era["latest"] <= LAST_DAY)]["event_id"])
    drawn = {mark.event.event_id for mark in parts_of(answer, EventMark)}
    if not drawn:
        return "There are no events in this drawing."
    if drawn - expected:
        return "Something is drawn that begins too early, or that is not over by the end of March 1973."
    if expected - drawn:
        return "Something is missing. From which day on should the drawing begin?"
    title = " ".join(answer.get_title(loc=place) for place in ("left", "center", "right")).strip()
    if not re.search(r"\b19\d\d\b", title):
        return "The rows are right. The title must name a year."
    if found := re.search(CAUSAL, title, flags=re.IGNORECASE):
        return f"The rows are right. But in the title {found[0]!r} speaks of causes, and the drawing shows only an order."
    return ""


EXERCISES = {
    "03.1": Exercise(_quarrels, "Two conditions, one table. Now read the titles: which of them does the article name?"),
    "03.2": Exercise(_source, "It bears on the question. Whether it is the better one is for you and your class to say."),
    "03.3": Exercise(_countries, "Now you know whose eyes you see the find with. Whose are missing?"),
    "03.4": Exercise(_that_day, "*Can*, not *did*: two of these dates are not exact, and your sentence should say so."),
    "03.5": Exercise(_drawing, "A picture that begins earlier tells another story. Where a story begins is a choice, too."),
}
