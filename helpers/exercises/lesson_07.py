"""What the exercises of lesson 07 accept."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..chart_reader import day_at, lines_of, ranges_of, title_of
from ..data import load
from .answers import as_numbers, as_pairs, as_rows, as_values, fold, is_mask, is_missing, kind_of
from .feedback import Exercise
from .hints import drawing_hint, rows_hint, two_whole_numbers
from .lesson_03 import years_in
from .tables import bearing_hint, events_drawn

PILOTS, ADMISSION, BEGINNING = "7d", "8a", "8c"
PARAGRAPH = 7
COUNTRY = "PAK"
FIRST_YEAR, LAST_YEAR = 1900, 2100  # numbers between them on an axis of time are years, others are days
PRESS_CONFERENCE, VICTORY = "iraqi-envoy-credits-pakistan-2017", "mosul-retaken-2017"


def _events_of(claim: str) -> pd.DataFrame:
    """Join the claims to the events that bear on them, and keep one claim."""
    joined = load("claim_events").merge(load("events"), on="event_id")
    return joined[joined["claim_id"] == claim]


def _pilots(answer: Any) -> str:
    expected, keys = _events_of(PILOTS), ("event_id", "title")
    if is_mask(answer) or not isinstance(answer, pd.DataFrame) or not len(answer):
        return rows_hint(answer, expected, keys)
    claims = as_rows(answer, "claim_id")
    if claims is None:
        return "The table has no column 'claim_id'. Which table has it? Join that one to the events."
    of_events = set(load("events").columns) - {"event_id"}
    if not of_events & {*answer.columns, *answer.index.names}:
        return "These rows hold ids only. Join them to the events, so that they have titles, too."
    if PILOTS not in claims:
        return "This table has no row of the claim that is asked for."
    if set(claims) != {PILOTS}:
        return "The tables are joined. But there are rows of other claims, too: keep those of one claim."
    return rows_hint(answer, expected, keys)


def _admission(answer: Any) -> str:
    return bearing_hint(answer, ADMISSION, "this claim")


def _beginning(answer: Any) -> str:
    if hint := drawing_hint(answer, "plot_timeline"):
        return hint
    expected = _events_of(BEGINNING)
    wanted = set(expected["event_id"])
    drawn = events_drawn(answer) or _drawn_otherwise(answer, expected)
    if not drawn:
        return "These axes hold no event: nothing stands on a day or in a year. Draw the rows with plot_timeline."
    if drawn - wanted:
        return "Something is drawn that does not bear on this claim. Which claim is asked for?"
    if wanted - drawn:
        return "Something is missing. Take all the rows of this claim, also one that lies after our era."
    years = {expected["earliest"].min().year, expected["latest"].max().year}
    if not years <= years_in(title_of(answer)):
        return "The events are right. The title must name two years: that of the first mark, and that of the last."
    return ""


def _drawn_otherwise(ax: Axes, events: pd.DataFrame) -> set[str]:
    """Which events stand on axes that plot_timeline has not drawn, by their days or years; "" for what is none of them."""
    xs = [x for line in lines_of(ax) for x in line.xs]
    xs += [x for one in ranges_of(ax) for x in ((one.low, one.high) if one.lying else (one.at,))]
    drawn = set()
    for x in (x for x in xs if np.isfinite(x)):
        if FIRST_YEAR <= x <= LAST_YEAR:
            there = (events["earliest"].dt.year <= int(x)) & (int(x) <= events["latest"].dt.year)
        else:
            day = pd.Timestamp(day_at(x))
            there = (events["earliest"] <= day) & (day <= events["latest"])
        drawn |= set(events[there]["event_id"]) or {""}
    return drawn


def _from_pakistan(answer: Any) -> str:
    joined, claims = load("claim_sources").merge(load("sources"), on="source_id"), load("claims")
    of_paragraph = claims[claims["paragraph"] == PARAGRAPH]["claim_id"]
    pages = joined[joined["claim_id"].isin(of_paragraph)]
    table = pd.crosstab(pages["claim_id"], pages["country"])
    given = _counts(answer, list(table.index))
    if isinstance(given, str):
        return given
    if given == {name: float(count) for name, count in table[COUNTRY].items() if count}:
        return ""
    if not given:
        return "There is no count here. Which table, and which of its columns, are counted?"
    if set(given) <= {fold(str(name)) for name in table.columns}:
        return "These are countries with their counts. The claims go down: which column comes first in the brackets?"
    if set(given) - set(table.index):
        return "There are other rows than the four claims. Which table, and which column goes down?"
    return "These are other counts. Which column goes across, and which of its values is asked for?"


def _counts(answer: Any, names: list[str]) -> dict[str, float] | str:
    """The count of each name that has one, from whatever holds counts; a list has them in the order of the names."""
    if isinstance(answer, pd.DataFrame) and (as_pairs(answer) is None or (answer.shape[1] == 2 and _all_counts(answer))):
        return "This is a whole table. Pick one column of it, with square brackets."
    pairs = as_pairs(answer)
    if pairs is None:
        values = as_values(answer)
        if values is None:
            return f"One column of a crosstab is asked for, but this is {kind_of(answer)}."
        if len(values) != len(names):
            return f"There are {len(values)} entries. One count for each of the four claims is asked for."
        pairs = list(zip(names, values, strict=True))
    numbers = as_numbers([0 if is_missing(value) else value for _, value in pairs])
    if numbers is None:
        return "This column is not counted yet. crosstab counts."
    return {fold(str(name)): number for (name, _), number in zip(pairs, numbers, strict=True) if number}


def _all_counts(table: pd.DataFrame) -> bool:
    """Whether every column of a table holds numbers: two columns of counts, not names with their counts."""
    return all(pd.api.types.is_numeric_dtype(table.iloc[:, place]) for place in range(table.shape[1]))


def _days_after(answer: Any) -> str:
    given = two_whole_numbers(answer)
    if isinstance(given, str):
        return given
    low, high = given
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
    "07.2": Exercise(_admission, "It bears on the claim. What would change your mind? Tell your neighbour.", form_only=True),
    "07.3": Exercise(
        _beginning,
        "Events and years. Do these marks look like a beginning? Your title is not marked: which word in it says more than "
        "the drawing?",
    ),
    "07.4": Exercise(
        _from_pakistan, "Now you know whose pages you rely on. And one row was not counted: it has no country."
    ),
    "07.5": Exercise(_days_after, "*After* is right on every one of the three dates. Some doubts do not touch the claim."),
}
