"""What the exercises of lesson 04 accept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from ..chart_reader import Range, axis_words, ranges_of, title_of
from ..data import load
from .answers import as_id, as_pairs, as_rows, as_values, is_mask, kind_of, words_of
from .feedback import UNTOUCHED, Exercise
from .hints import MASK, axes_hint, column_hint, read_date, same_values, sentence_hint
from .tables import event_row

EIGHTIES = "pakistani-brigades-saudi-arabia"
GULF_WAR = "pakistani-troop-numbers-1991"
FIRST_SOLDIERS = "first-pakistani-contingent-1990"
INVASION = "kuwait-invasion-1990"
TO_MIDDLE = timedelta(days=15)  # from the first of a month of 31 days to its middle one, the 16th


def _troops() -> pd.DataFrame:
    reports = load("reports")
    return reports[reports["event_id"].isin([EIGHTIES, GULF_WAR])]


def _largest(answer: Any) -> str:
    groups = _troops().groupby("event_id")
    pairs = as_pairs(answer)
    if pairs is not None and not isinstance(answer, (pd.Series, dict)):
        answer = [number for _, number in pairs]
    values, expected = as_values(answer), groups["high"].max()
    if values is not None and same_values(values, list(groups["high"].min())):
        return "These are the smallest values of the groups."
    if values is not None and same_values(values, list(groups["low"].max())):
        return "This is another column of the same groups."
    if hint := column_hint(answer, expected):
        return hint
    named = {name: number for name, number in pairs or [] if name in set(expected.index)}
    if any(number != expected[name] for name, number in named.items()):
        return "The numbers are right, but they stand beside the wrong names."
    return ""


def _late_january() -> list[str]:
    """The two reports of the question: the last two of the era with a day, made after the protests began."""
    troops = _troops()
    return list(troops[troops["as_of"].str.len() == len("1991-01-31")].sort_values("as_of")["report_id"].tail(2))


def _decision(answer: Any) -> str:
    parts = as_values(answer)
    if parts is None:
        return f'A list of two strings is asked for: ["report_id", "sentence"]. This is {kind_of(answer)}.'
    if len(parts) != 2:
        return f"Two entries are asked for: a report_id, and a sentence. The number of entries here is {len(parts)}."
    if any(not isinstance(part, str) for part in parts):
        return "Both entries are strings: a report_id, and a sentence."
    report = as_id(parts[0])
    reports = load("reports").set_index("report_id")
    if report not in reports.index:
        return "There is no report with this report_id. Copy it letter by letter: the id comes first, then the sentence."
    bearing = load("claim_events").query("claim_id == '4c'")
    if reports["event_id"].to_dict()[report] not in set(bearing["event_id"]):
        return "This report exists, but its event does not bear on claim 4c."
    if report not in _late_january():
        return "This report bears on the claim, but it is not one of the two in the question. Look at the column as_of."
    return sentence_hint(parts[1])


def _better_date(answer: Any) -> str:
    when = read_date(answer)
    if isinstance(when, str):
        return when
    if when.earliest is None or when.latest is None or when.start is None:
        return "It has no beginning or no end. Write one date, a / and another one."
    ours, invasion = event_row(FIRST_SOLDIERS), event_row(INVASION)
    if when.earliest < invasion["earliest"].date():
        return "Its earliest day still lies before the invasion."
    if when.earliest > ours["earliest"].date() + TO_MIDDLE:
        return "It begins too late: it leaves no room for the middle of August."
    if when.latest != ours["latest"].date():
        return "It does not end where our date ends."
    if not (when.start.approximate or when.start.uncertain):
        return "It begins on a day as if somebody knew it. There is a sign for about, and one for uncertain."
    return ""


def _at_least(answer: Any) -> str:
    if not callable(answer) or isinstance(answer, type):
        return f"A function is asked for, made with def. This is {kind_of(answer)}. Hand in its name without brackets."
    troops = _troops()
    bounds = sorted(troops["low"].dropna().unique())
    numbers = (int(bounds[1]), int(bounds[-2]), int(bounds[1]) + 1)
    answers = []
    for number in numbers:
        given = _called(answer, number)
        if isinstance(given, str):
            return given
        answers.append(given)
    if all(isinstance(given, pd.DataFrame) for given in answers) and answers[0].equals(answers[1]):
        return "Your function gives the same rows for every number. Does it use the word in its round brackets?"
    for number, given in zip(numbers, answers, strict=True):
        if hint := _rows_of(given, troops[troops["low"] >= number]):
            return f"Called with {number}: {hint}"
    return ""


def _called(function: Callable[[int], Any], number: int) -> Any:
    """What a student's function returns; a hint, as text, if it returns no rows."""
    try:
        given = function(number)
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # exit() in a function must not end the lesson
        words = re.sub(r"<class '[^']*'>", "…", " ".join(str(problem).split())).replace("NoneType", "None")
        named = f"{type(problem).__name__}: {words[:200]}" if words else type(problem).__name__
        return f"Called with {number}, your function stops with: {named}"
    if given is ...:
        return UNTOUCHED
    if given is None:
        return "Your function returns nothing. It needs the word return; print only shows a result."
    if isinstance(given, pd.DataFrame):
        return given
    hint = MASK if is_mask(given) else f"your function returns {kind_of(given)}."
    return f"Called with {number}: rows of the table are asked for, all columns. {hint[0].upper()}{hint[1:]}"


def _rows_of(given: Any, expected: pd.DataFrame) -> str:
    rows = as_rows(given, "report_id")
    if rows is None:
        return "the table has lost its column 'report_id'. Keep it."
    if same_values(list(rows), list(expected["report_id"])):
        return ""
    if len(rows) != len(expected):
        many = "many" if len(rows) > len(expected) else "few"
        return f"your function returns too {many} rows. Does a row with just this number stay?"
    return "the number of rows is right, but some are not the right ones."


def _figure(answer: Any) -> str:
    if hint := axes_hint(answer):
        return hint
    drawn = ranges_of(answer)
    eighties = load("reports").query("event_id == @EIGHTIES").set_index("report_id")
    expected = {str(name): (float(low), float(high)) for name, low, high in eighties[["low", "high"]].itertuples()}
    if not drawn:
        return "These axes hold no line from a low to a high. One way to draw them is ax.hlines."
    if len(drawn) != len(expected):
        many = "many" if len(drawn) > len(expected) else "few"
        return f"There are too {many} lines: {len(drawn)}. Draw one for each row of `eighties`."
    if not np.allclose(sorted((one.low, one.high) for one in drawn), sorted(expected.values())):
        return "The number of lines is right, but one of them does not run from its low to its high."
    if any(not np.allclose((one.low, one.high), expected.get(one.name, (one.low, one.high))) for one in drawn):
        return "The lines are right, but one of them stands beside the name of another report."
    return _words_hint(answer, drawn)


def _words_hint(answer: Any, drawn: list[Range]) -> str:
    if not words_of(title_of(answer)):
        return "The lines are right. A title is missing. Say in it what the figure shows."
    lying = any(one.lying for one in drawn if one.high > one.low)
    if not words_of(axis_words(answer, "x" if lying else "y")):
        return "Lines and title are right. The line with the numbers has no name. What do its numbers count?"
    return ""


EXERCISES = {
    "04.1": Exercise(_largest, "Now look at what they were: a guess of observers, and an idea. max() does not ask."),
    "04.2": Exercise(
        _decision,
        "Your evidence exists and bears on the claim, and there is a sentence. What it says is not marked: it is for talk.",
        form_only=True,
    ),
    "04.3": Exercise(_better_date, "Now the order is right, and the date still says what is not known."),
    "04.4": Exercise(_at_least, "Your first function. It works for numbers that you never tried."),
    "04.5": Exercise(_figure, "One decade, one figure. The line without length is a number that nobody else confirms."),
}
