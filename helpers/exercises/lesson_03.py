"""What the exercises of lesson 03 accept."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from ..chart_reader import title_of
from ..data import load
from .answers import as_number, as_pairs, fold, is_missing, kind_of, words_of
from .feedback import Exercise
from .hints import drawing_hint, rows_hint
from .tables import events_drawn, source_hint, sources_of

ERA = "rupture-of-1973"
FIND = "embassy-arms-find-1973"
CLAIM = "3d"
DECEMBER_1971 = ["un-ceasefire-vote-1971", "iraq-said-to-back-india-1971"]
DAY = "1973-02-15"
FIRST_DAY, LAST_DAY = "1972-09-01", "1973-03-31"
FIRST_SHORT_YEAR = 40  # '40 to '99 are of the last century: the course begins in 1947
LESSON_TITLE = "Events of February and March 1973, in their order"


def _era() -> pd.DataFrame:
    events = load("events")
    return events[events["era_id"] == ERA]


def _quarrels(answer: Any) -> str:
    era = _era()
    of_kind, of_effect = era["kind"] == "diplomacy", era["effect"] == "conflictual"
    hint = rows_hint(answer, era[of_kind & of_effect], whole=True)
    if hint and not rows_hint(answer, era[of_kind]):
        return "One mask has worked, the one on the kind. Join the other one to it."
    if hint and not rows_hint(answer, era[of_effect]):
        return "One mask has worked, the one on the effect. Join the other one to it."
    if hint and not rows_hint(answer, era[of_kind | of_effect]):
        return "These are the rows for which one of the two is true. Both must be."
    return hint


def _source(answer: Any) -> str:
    of_claim = load("claim_sources").query("claim_id == @CLAIM")["source_id"]
    otherwise = "This source exists, but nothing in our tables ties it to December 1971."
    return source_hint(answer, sources_of(*DECEMBER_1971) | set(of_claim), otherwise)


def _counted(answer: Any) -> dict[str, float] | str:
    """How often each name occurs, from whatever holds names and counts; else a hint."""
    pairs = as_pairs(answer)
    if isinstance(answer, pd.DataFrame) and pairs is None:
        return "This is a whole table. Pick the column with the countries, then count its values."
    if pairs is None:
        return f"Countries with their numbers are asked for, but this is {kind_of(answer)}. value_counts counts."
    counts: dict[str, float] = {}
    for name, number in pairs:
        if isinstance(name, tuple) and len(name) == 1:
            name = name[0]
        count = as_number(number)
        if count is None:
            return "There are no counts here yet: value_counts counts."
        if not is_missing(name) and count:
            counts[fold(str(name))] = count
    return counts


def _countries(answer: Any) -> str:
    given = _counted(answer)
    if isinstance(given, str):
        return given
    sources = load("sources")
    counted = sources[sources["source_id"].isin(sources_of(FIND))]["country"].value_counts()
    expected = {fold(str(name)): float(count) for name, count in counted.items() if count}
    if given == expected:
        return ""
    if set(given) == set(expected):
        return "The countries are right, but their numbers are not."
    return "These are other counts. Which event, and which column of its sources, are asked for?"


def _that_day(answer: Any) -> str:
    era, keys = _era(), ("event_id", "title")
    begun, not_over = era["earliest"] <= DAY, era["latest"] >= DAY
    hint = rows_hint(answer, era[begun & not_over], keys)
    if hint and not rows_hint(answer, era[begun], keys):
        return "These had all begun, but some were already over."
    if hint and not rows_hint(answer, era[not_over], keys):
        return "None of these was over, but some had not begun."
    if hint and not rows_hint(answer, era[era["earliest"] == DAY], keys):
        return "This asks which ones can have begun on that very day. Earlier ones can have been going on, too."
    return hint


def _drawing(answer: Any) -> str:
    if hint := drawing_hint(answer, "plot_timeline"):
        return hint
    era = _era()
    expected = set(era[(era["earliest"] >= FIRST_DAY) & (era["latest"] <= LAST_DAY)]["event_id"])
    drawn = events_drawn(answer)
    if not drawn:
        return "These axes hold no event that plot_timeline has drawn."
    if drawn - expected:
        return "Something is drawn that begins too early, or that is not over by the end of March 1973."
    if expected - drawn:
        return "Something is missing. From which day on should the drawing begin?"
    return _title_hint(title_of(answer))


def years_in(title: str) -> set[int]:
    """Return which years of the last and of this century a title names, in any language.

    The digits of any script count, "1972–73", "’73" and "’14" too.
    """
    text = fold(title)
    named = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}
    for start, end in re.findall(r"(?<!\d)((?:19|20)\d\d)\s*[-/]\s*(\d\d?)(?![\d-])", text):
        last = int(start[: -len(end)] + end)
        if int(end) > 12 or last == int(start) + 1:  # else it can be a month: 1973-02
            named.add(last)
    short = map(int, re.findall(r"'(\d\d)(?!\d)", text))
    return named | {(1900 if year >= FIRST_SHORT_YEAR else 2000) + year for year in short}


def _title_hint(title: str) -> str:
    if not title:
        return "The rows are right. The drawing has no title."
    shown = {pd.Timestamp(FIRST_DAY).year, pd.Timestamp(LAST_DAY).year}
    named = years_in(title)
    if not named and not re.search(r"\b7[23]\b", fold(title)):
        return "The rows are right. The title must name a year."
    if named - shown:
        return f"The rows are right. But the title names {min(named - shown)}, a year that is not in the drawing."
    if words_of(title) == words_of(LESSON_TITLE):
        return "The rows are right. But this is the lesson's title. Give one of your own."
    return ""


EXERCISES = {
    "03.1": Exercise(_quarrels, "Two conditions, one table. Now read the titles: which of them does the article name?"),
    "03.2": Exercise(
        _source,
        "It exists and bears on the question. Whether it is the better one is for you and your class to say.",
        form_only=True,
    ),
    "03.3": Exercise(_countries, "Now you know whose eyes you see the find with. Whose are missing?"),
    "03.4": Exercise(_that_day, "*Can*, not *did*: two of these dates are not exact, and your sentence should say so."),
    "03.5": Exercise(
        _drawing,
        "Rows and year. A picture that begins earlier tells another story: where a story begins is a choice, too. Your "
        "title is not marked: which word in it says more than the drawing?",
    ),
}
