"""What the exercises of lesson 07 accept."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..artists import EventMark, parts_of
from ..data import load
from .compare import kind_of, rows_hint
from .feedback import Exercise

PILOTS, ADMISSION, BEGINNING = "7d", "8a", "8c"
PARAGRAPH = 7
COUNTRY = "PAK"
PRESS_CONFERENCE, VICTORY = "iraqi-envoy-credits-pakistan-2017", "mosul-retaken-2017"
NOVELTY = r"\b(new\w*|beg[iau]n\w*|start\w*|first|birth|dawn|open(?:s|ed|ing))\b"


def _events_of(claim: str) -> pd.DataFrame:
    """Join the claims to the events that bear on them, and keep one claim."""
    joined = load("claim_events").merge(load("events"), on="event_id")
    return joined[joined["claim_id"] == claim]


def _pilots(answer: Any) -> str:
    if isinstance(answer, pd.Series) and pd.api.types.is_bool_dtype(answer):
        return "This is a mask, a column of True and False. Put it into square brackets behind the table's name."
    if isinstance(answer, pd.DataFrame):
        if "claim_id" not in answer.columns:
            return "The table has no column 'claim_id'. Which table has it? Join that one to the events."
        if "title" not in answer.columns:
            return "These rows hold ids only. Join them to the events, so that they have titles, too."
        if not (answer["claim_id"] == PILOTS).any():
            return "This table has no row of the claim that is asked for."
        if not (answer["claim_id"] == PILOTS).all():
            return "The tables are joined. But there are rows of other claims, too: keep those of one claim."
        if "event_id" in answer.columns:
            answer = answer.sort_values("event_id")
    return rows_hint(answer, _events_of(PILOTS).sort_values("event_id"))


def _admission(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"One source_id is a string, but this is {kind_of(answer)}."
    if answer not in set(load("sources")["source_id"]):
        return "There is no source with this source_id. Copy it letter by letter from the table."
    of_claim, of_event = load("claim_sources"), load("event_sources")
    bearing = set(of_claim[of_claim["claim_id"] == ADMISSION]["source_id"])
    bearing |= set(of_event[of_event["event_id"].isin(_events_of(ADMISSION)["event_id"])]["source_id"])
    return "" if answer in bearing else "This source exists, but nothing in our tables ties it to this claim."


def _beginning(answer: Any) -> str:
    if isinstance(answer, Figure):
        return "This is a whole figure. Give what plot_timeline gives back."
    if isinstance(answer, pd.DataFrame):
        return "This is a table. Draw it with plot_timeline, and give what that gives back."
    if not isinstance(answer, Axes):
        return f"The drawing is asked for, that is, what plot_timeline gives back; but this is {kind_of(answer)}."
    expected = _events_of(BEGINNING)
    drawn = {mark.event.event_id for mark in parts_of(answer, EventMark)}
    if not drawn:
        return "There are no events in this drawing."
    if drawn - set(expected["event_id"]):
        return "Something is drawn that does not bear on this claim. Which claim is asked for?"
    if set(expected["event_id"]) - drawn:
        return "Something is missing. Take all the rows of this claim, also one that lies after our era."
    return _title_hint(" ".join(answer.get_title(loc=place) for place in ("left", "center", "right")), expected)


def _title_hint(title: str, expected: pd.DataFrame) -> str:
    years = {str(expected["earliest"].min().year), str(expected["latest"].max().year)}
    named = set(re.findall(r"\d{4}", re.sub(r"\b(\d\d)(\d\d)[–-](\d\d)\b", r"\1\2 \1\3", title)))
    if not years <= named:
        return "The events are right. The title must name two years: that of the first mark, and that of the last."
    if found := re.search(NOVELTY, title, flags=re.IGNORECASE):
        return f"The events are right. But {found[0]!r} in the title says what is still to be shown."
    return ""


def _from_pakistan(answer: Any) -> str:
    if isinstance(answer, pd.DataFrame):
        return "This is a whole table. Pick one column of it, with square brackets."
    if not isinstance(answer, pd.Series):
        return f"One column of a crosstab is asked for, but this is {kind_of(answer)}."
    if not pd.api.types.is_numeric_dtype(answer):
        return "This column is not counted yet. crosstab counts."
    joined, claims = load("claim_sources").merge(load("sources"), on="source_id"), load("claims")
    of_paragraph = claims[claims["paragraph"] == PARAGRAPH]["claim_id"]
    pages = joined[joined["claim_id"].isin(of_paragraph)]
    counts = pages[pages["country"] == COUNTRY].groupby("claim_id").size().to_dict()
    given = {str(name): int(value) for name, value in answer.dropna().items()}
    if given == counts:
        return ""
    if set(given) <= set(pages["country"].dropna()):
        return "These are countries with their counts. The claims go down: which column comes first in the brackets?"
    if set(given) - set(of_paragraph):
        return "There are other rows than the four claims. Which table, and which column goes down?"
    return "The claims are right, but the counts are others. Which column goes across, and which of its values is asked for?"


def _days_after(answer: Any) -> str:
    if not isinstance(answer, (list, tuple)):
        return f"A list of two numbers is asked for, but this is {kind_of(answer)}. A list stands in square brackets."
    if len(answer) != 2:
        return f"The list has {len(answer)} entries. Two are asked for: the fewest days, then the most."
    if any(isinstance(entry, bool) or not hasattr(entry, "__index__") for entry in answer):
        return "Both entries are whole numbers, without quotation marks."
    low, high = (int(entry) for entry in answer)
    fewest, most = _fewest_and_most()
    if (low, high) == (fewest, most):
        return ""
    if (low, high) == (most, fewest):
        return "Both numbers are right, but not their order."
    if low < 0 or high < 0:
        return "A number of days after something is not negative. Take the earlier day away from the later one."
    if low == fewest:
        return "The first number is right. For the second, which of the dates in use is the earliest?"
    if high == most:
        return "The second number is right. For the first, read the note to its end: which date is the latest?"
    return "Read the note again. It names the dates in use; take each away from the day of the press conference."


def _fewest_and_most() -> tuple[int, int]:
    """Count the days from each date of the victory that the note names to the press conference."""
    events = load("events").set_index("event_id")
    spoken = pd.Timestamp(events["earliest"][PRESS_CONFERENCE])
    in_use = [int(day) for day in re.findall(rf"(\d{{1,2}}) {spoken:%B}", str(events["note"][VICTORY]))]
    return spoken.day - max(in_use), spoken.day - min(in_use)


EXERCISES = {
    "07.1": Exercise(
        _pilots, "One is a promise, the other a statement. Neither is a list of people who sat in a classroom."
    ),
    "07.2": Exercise(_admission, "It bears on the claim. What would change your mind? Tell your neighbour."),
    "07.3": Exercise(_beginning, "A neutral title leaves the reader free to ask: do these marks look like a beginning?"),
    "07.4": Exercise(
        _from_pakistan, "Now you know whose pages you rely on. And one row was not counted: it has no country."
    ),
    "07.5": Exercise(_days_after, "*After* is right on every one of the three dates. Some doubts do not touch the claim."),
}
