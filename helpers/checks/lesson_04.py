"""What the exercises of lesson 04 accept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from .. import dates
from ..data import load
from .compare import column_hint, kind_of
from .feedback import Exercise

EIGHTIES = "pakistani-brigades-saudi-arabia"
GULF_WAR = "pakistani-troop-numbers-1991"
FIRST_SOLDIERS = "first-pakistani-contingent-1990"
INVASION = "kuwait-invasion-1990"
DOTS = "..."


def _troops() -> pd.DataFrame:
    reports = load("reports")
    return reports[reports["event_id"].isin([EIGHTIES, GULF_WAR])]


def _largest(answer: Any) -> str:
    troops = _troops()
    groups = troops.groupby("event_id")
    if isinstance(answer, pd.Series) and list(map(str, answer)) == list(map(str, groups["high"].min())):
        return "These are the smallest values of the groups."
    if isinstance(answer, pd.Series) and list(map(str, answer)) == list(map(str, groups["low"].max())):
        return "This is another column of the same groups."
    return column_hint(answer, groups["high"].max())


def _late_january() -> list[str]:
    """The two reports of the question: the last two of the era with a day, made after the protests began."""
    troops = _troops()
    return list(troops[troops["as_of"].str.len() == len("1991-01-31")].sort_values("as_of")["report_id"].tail(2))


def _decision(answer: Any) -> str:
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        return f'A list of two strings is asked for: ["report_id", "sentence"]. This is {kind_of(answer)}.'
    if any(not isinstance(part, str) for part in answer):
        return "Both parts are strings: text between quotation marks."
    report, sentence = (part.strip() for part in answer)
    if report == DOTS and sentence == DOTS:
        return "Put a report_id and a sentence in the place of the dots."
    reports = load("reports").set_index("report_id")
    if report not in reports.index:
        return "There is no report with this report_id. Copy it letter by letter: the id comes first, then the sentence."
    bearing = load("claim_events").query("claim_id == '4c'")
    if reports.loc[report, "event_id"] not in set(bearing["event_id"]):
        return "This report exists, but its event does not bear on claim 4c."
    if report not in _late_january():
        return "This report bears on the claim, but it is not one of the two in the question. Look at the column as_of."
    if len(sentence.split()) < 8:
        return "Write a whole sentence, with at least eight words."
    return ""


def _better_date(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"An EDTF date is a string, but this is {kind_of(answer)}."
    try:
        when = dates.parse(answer.strip())
    except dates.DateError as problem:
        return f"This cannot be read as a date. {problem}"
    if when.earliest is None or when.latest is None or when.start is None:
        return "It has no beginning or no end. Write one date, a / and another one."
    events = load("events").set_index("event_id")
    ours, invasion = events.loc[FIRST_SOLDIERS], events.loc[INVASION]
    middle = ours["earliest"].date() + timedelta(days=14)
    if when.earliest < invasion["earliest"].date():
        return "Its earliest day still lies before the invasion."
    if when.earliest > middle:
        return "It begins too late: it leaves no room for the middle of August."
    if when.latest != ours["latest"].date():
        return "It does not end where our date ends."
    if not (when.start.approximate or when.start.uncertain):
        return "It begins on a day as if somebody knew it. There is a sign for about, and one for uncertain."
    return ""


def _at_least(answer: Any) -> str:
    if not callable(answer):
        return f"A function is asked for, made with def. This is {kind_of(answer)}. Hand in its name without brackets."
    troops = _troops()
    bounds = sorted(troops["low"].dropna().unique())
    answers = []
    for number in (int(bounds[1]), int(bounds[-2])):
        try:
            given = answer(number)
        except Exception as problem:
            return f"Called with {number}, your function stops with: {type(problem).__name__}: {problem}"
        if given is ...:
            return "Your function returns three dots so far. Put rows of `troops` in their place."
        if given is None:
            return "Your function returns nothing. It needs the word return; print only shows a result."
        answers.append((number, given))
    if all(isinstance(given, pd.DataFrame) for _, given in answers) and answers[0][1].equals(answers[1][1]):
        return "Your function gives the same rows for every number. Does it use the word in its round brackets?"
    for number, given in answers:
        hint = _rows_of(given, troops[troops["low"] >= number])
        if hint:
            return f"Called with {number}: {hint}"
    return ""


def _rows_of(given: Any, expected: pd.DataFrame) -> str:
    if not isinstance(given, pd.DataFrame):
        return f"rows of the table are asked for, but your function returns {kind_of(given)}. A mask alone is no table."
    if "report_id" not in given.columns:
        return "the table has lost its column 'report_id'. Keep all columns."
    if set(given["report_id"]) == set(expected["report_id"]):
        return ""
    surplus = len(given) - len(expected)
    if surplus:
        return f"your function returns too {'many' if surplus > 0 else 'few'} rows. Does a row with just this number stay?"
    return "the number of rows is right, but some are others."


def _ranges(ax: Axes) -> list[tuple[float, float]]:
    """The horizontal ranges on the axes, as hlines or errorbar draw them."""
    segments = [
        np.asarray(segment, float)
        for lines in ax.collections
        if isinstance(lines, LineCollection)
        for segment in lines.get_segments()
    ]
    return sorted((float(segment[:, 0].min()), float(segment[:, 0].max())) for segment in segments if len(segment))


def _figure(answer: Any) -> str:
    if not isinstance(answer, Axes):
        return f"Axes are asked for: the second name in `fig, ax = plt.subplots()`. This is {kind_of(answer)}."
    drawn = _ranges(answer)
    eighties = load("reports").query("event_id == @EIGHTIES")
    expected = sorted((float(low), float(high)) for low, high in zip(eighties["low"], eighties["high"], strict=True))
    if not drawn:
        return "No range is drawn on these axes. Draw on them with ax.hlines."
    if len(drawn) != len(expected):
        return f"There are too {'many' if len(drawn) > len(expected) else 'few'} ranges on these axes. Draw only `eighties`."
    if not np.allclose(drawn, expected):
        return "The number of ranges is right, but one of them does not run from its low to its high."
    if not any(answer.get_title(loc=place).strip() for place in ("left", "center", "right")):
        return "The axes have no title. Say in it what the figure shows."
    if not answer.get_xlabel().strip():
        return "The line across has no name. What do its numbers count?"
    return ""


EXERCISES = {
    "04.1": Exercise(_largest, "Now look at what they were: a guess of observers, and an idea. max() does not ask."),
    "04.2": Exercise(_decision, "Your evidence exists and bears on the claim. Whether it is the better one is for talk."),
    "04.3": Exercise(_better_date, "Now the order is right, and the date still says what is not known."),
    "04.4": Exercise(_at_least, "Your first function. It works for numbers that you never tried."),
    "04.5": Exercise(_figure, "One decade, one figure. The line without length is a number that nobody else confirms."),
}
