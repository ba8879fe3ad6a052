"""Compare an answer with what is expected, and say how it differs without saying what is right.

An answer is read by `answers` first. So a hint never speaks of a container, a type of number, or an order that the
question leaves open.
"""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import FigureBase

from .. import edtf
from ..data import load
from ..description.sentences import count_of
from ..language import later, say, say_count
from .answers import (
    as_date,
    as_number,
    as_numbers,
    as_rows,
    as_values,
    fold,
    is_mask,
    is_missing,
    kind_of,
    words_of,
)

MASK = later("This is a mask: True or False for each row. Put it into square brackets behind the table's name.")
COMMA = later("A comma stands behind your answer. Take it away: with it, Python makes a list of one value.")
MIN_WORDS = 3  # of a sentence; the questions say so


def same_values(given: list[Any], wanted: list[Any], *, ordered: bool = False) -> bool:
    """Whether two lists hold the same values: numbers as numbers, text folded; `ordered` if the order counts."""
    if len(given) != len(wanted):
        return False
    left, right = [_key(value) for value in given], [_key(value) for value in wanted]
    if not ordered:
        left, right = sorted(left), sorted(right)
    return all(
        a[0] == b[0] and a[2] == b[2] and math.isclose(a[1], b[1], rel_tol=1e-6, abs_tol=1e-9)
        for a, b in zip(left, right, strict=True)
    )


def _key(value: Any) -> tuple[int, float, str]:
    """A value as something that can be sorted and compared: (kind, number, text)."""
    if is_missing(value):
        return 0, 0.0, ""
    if (number := as_number(value)) is not None:
        return 1, number, ""
    if isinstance(value, str):
        return 2, 0.0, fold(value)
    if isinstance(value, (bool, np.bool_)):
        return 3, float(value), ""
    return 4, 0.0, str(value)


def number_hint(answer: Any) -> str:
    """Return a hint if an answer is not a number, of whatever type."""
    if as_number(answer) is not None:
        return ""
    if isinstance(answer, tuple) and len(answer) > 1:
        return say("A number is asked for, but a comma made several of it. Write 1200, without a comma, for 1,200.")
    if isinstance(answer, str):
        return say("A number is asked for, but this is a string (text). Write the number without quotation marks.")
    values = as_values(answer)
    if isinstance(answer, tuple) and len(answer) == 1:
        return say(COMMA)
    if values is not None and len(values) == 1:
        return say("A number is asked for, but this is {kind} with one entry. Give the entry alone.", kind=kind_of(answer))
    return say("A number is asked for, but this is {kind}.", kind=kind_of(answer))


def two_whole_numbers(answer: Any) -> tuple[int, int] | str:
    """Read an answer that is a list of two whole numbers, in an order that counts: the numbers, or a hint."""
    values = as_values(answer)
    if values is None:
        return say("A list of two numbers is asked for, in square brackets, but this is {kind}.", kind=kind_of(answer))
    if len(values) != 2:
        return say_count(
            "Two numbers are asked for, but there is {count} entry.",
            "Two numbers are asked for, but there are {count:,} entries.",
            len(values),
        )
    if isinstance(answer, (set, frozenset)):
        return say("A set (curly brackets) keeps no order. Write a list, in square brackets.")
    for value in values:
        if isinstance(value, str):
            return say("Both entries should be numbers, but one is a string (text). Write it without quotation marks.")
        if isinstance(value, (timedelta, np.timedelta64)):
            return say("These are lengths of time. Their number of days is asked for: add `.days`.")
        number = as_number(value)
        if number is None:
            return say("Both entries should be numbers, but one is {kind}.", kind=kind_of(value))
        if not number.is_integer():
            return say("Both entries should be whole numbers: count whole days.")
    return int(as_number(values[0]) or 0), int(as_number(values[1]) or 0)


def text_hint(answer: Any, what: str) -> str:
    """Return a hint if an answer is not a string; `what` begins the sentence: "One source_id"."""
    if isinstance(answer, str):
        return ""
    values = as_values(answer)
    if isinstance(answer, tuple) and len(answer) == 1:
        return say(COMMA)
    if values is not None and len(values) == 1:
        return say(
            "{what} is a string, but this is {kind} with one entry. Give the entry alone.",
            what=say(what),
            kind=kind_of(answer),
        )
    return say("{what} is a string, but this is {kind}.", what=say(what), kind=kind_of(answer))


def read_date(answer: Any) -> edtf.EdtfDate | str:
    """Read an answer that is a date in EDTF: the date, or a hint that does not say how this date is written."""
    if hint := text_hint(answer, later("A date in EDTF")):
        return hint
    try:
        return as_date(answer)
    except edtf.DateError as problem:
        return problem.cause  # the date that the whole message proposes can be the answer


def column_hint(answer: Any, expected: pd.Series, *, ordered: bool = False) -> str:
    """Return a hint if a column does not hold the expected entries; row numbers never matter, the order if `ordered`."""
    given, wanted = as_values(answer), list(expected)
    if is_mask(answer):
        return MASK
    if given is None and isinstance(answer, pd.DataFrame):
        return say("This is a whole table. Pick one column: square brackets with its name in quotation marks.")
    if given is None:
        return say("A column is asked for, but this is {kind}.", kind=kind_of(answer))
    if not given:
        return say("There is no entry. Compare the spelling; capitals count.")
    if same_values(given, wanted, ordered=ordered) and not (ordered and isinstance(answer, (set, frozenset))):
        return ""
    if hint := size_hint("The column", len(given), len(wanted), "entry"):
        return hint
    if same_values(given, wanted):
        return say("The entries are right, but their order is not.")
    if as_numbers(expected) is not None and all(isinstance(value, str) for value in given):
        return say("Numbers are asked for. These entries are text.")
    return say(
        "The number of entries is right, but some are not the right ones. Which rows, and which column, are asked for?"
    )


def rows_hint(
    answer: Any,
    expected: pd.DataFrame,
    key: str | tuple[str, ...] = "event_id",
    *,
    ordered: bool = False,
    whole: bool = False,
) -> str:
    """Return a hint if a table does not have the expected rows.

    `key` is the column that names a row, or several of which the first that the answer has is used; it may be the index.
    `ordered`: whether the question fixes the order; `whole`: whether it says that all columns are kept.
    """
    keys = (key,) if isinstance(key, str) else key
    if is_mask(answer):
        return MASK
    if isinstance(answer, pd.Series):
        if whole:
            return say("This is one column. The table is asked for, with all its columns.")
        return say("This is one column. The table is asked for.")
    if not isinstance(answer, pd.DataFrame):
        return say("A table is asked for, but this is {kind}.", kind=kind_of(answer))
    if not len(answer):
        return say("No row fits. Compare the spelling; capitals count.")
    given = as_rows(answer, *keys)
    if given is None:
        if whole:
            return say("The table has lost its column {column!r}. Keep all columns.", column=keys[0])
        return say("The table has lost its column {column!r}. Keep this column.", column=keys[0])
    lost = [name for name in expected.columns if name not in [*answer.columns, *answer.index.names]] if whole else []
    used = next(name for name in keys if name in answer.columns or name in answer.index.names)
    wanted = [str(value) for value in expected[used]]
    if hint := size_hint("The table", len(given), len(wanted), "row"):
        return hint
    if same_values(given, wanted, ordered=ordered):
        if not lost:
            return ""
        return say("The rows are right. But the table has lost its column {column!r}. Keep all columns.", column=lost[0])
    if same_values(given, wanted):
        return say("The rows are right, but their order is not.")
    return say("The number of rows is right, but some are not the right ones. Which rows are asked for?")


def axes_hint(answer: Any) -> str:
    """Return a hint if an answer is not the axes of a chart."""
    if isinstance(answer, FigureBase):
        return say("This is the whole figure. Give its axes: the second of the two names on the left of plt.subplots.")
    if isinstance(answer, BarContainer):
        return say("These are the bars. Give the axes on which they stand.")
    if isinstance(answer, np.ndarray) and answer.size and all(isinstance(one, Axes) for one in answer.flat):
        return say("These are several axes in an array. Give one of them: square brackets with its number behind the name.")
    if isinstance(answer, (list, tuple)) and any(isinstance(one, Axes) for one in answer):
        return say("This is more than the axes. Give only the axes.")
    if not isinstance(answer, Axes):
        return say("The axes of a chart are asked for, but this is {kind}.", kind=kind_of(answer))
    return ""


def drawing_hint(answer: Any, call: str) -> str:
    """Return a hint if an answer is not what one of the course's own calls, such as plot_timeline, gives back."""
    if isinstance(answer, FigureBase):
        return say("This is a whole figure. Hand in what {call} gives back.", call=call)
    if isinstance(answer, pd.DataFrame):
        return say("This is a table. Draw it with {call}, and hand in what that gives back.", call=call)
    if not isinstance(answer, Axes):
        return say(
            "The drawing is asked for, that is, what {call} gives back; but this is {kind}.", call=call, kind=kind_of(answer)
        )
    return ""


def size_hint(what: str, given: int, wanted: int, noun: str) -> str:
    """Return a hint if something has too many or too few entries, rows or bars."""
    if given == wanted:
        return ""
    many = say("That is too many.") if given > wanted else say("That is too few.")
    return f"{_has(what, given, noun)} {many}"


def _has(what: str, count: int, noun: str) -> str:
    """Say how many it has: what a lesson asks for of its own is said in English."""
    if (what, noun) == ("The column", "entry"):
        return say_count("The column has {count:,} entry.", "The column has {count:,} entries.", count)
    if (what, noun) == ("The table", "row"):
        return say_count("The table has {count:,} row.", "The table has {count:,} rows.", count)
    return f"{what} has {count_of(count, noun)}."


def sentence_hint(answer: Any) -> str:
    """Return a hint if an answer is not a sentence of three words or more; what it says, and in which language, is free."""
    if hint := text_hint(answer, later("A sentence")):
        return hint
    if len(words_of(answer)) < MIN_WORDS:
        return say("Write a whole sentence: at least {min_words} words.", min_words=MIN_WORDS)
    return ""


def ids_in(text: str, known: set[str]) -> set[str]:
    """Which ids stand in a text as words of their own, as the table writes them; capitals do not matter."""
    plain = fold(text.replace("—", " — "))  # a long dash parts words, and is no part of an id
    return {name for name in known if fold(name) in plain and _stands_alone(fold(name), plain)}


def _stands_alone(name: str, text: str) -> bool:
    """Whether an id is not a part of a longer one."""
    before, after = (r"(?<![a-z0-9_-])", r"(?!-?[a-z0-9_])") if "-" in name else (r"(?<![a-z0-9_])", r"(?![a-z0-9_])")
    return re.search(before + re.escape(name) + after, text) is not None


def decision_hint(answer: Any, event_id: str, otherwise: str) -> str:
    """Return a hint if a sentence names no source that speaks of an event; what it decides is not marked.

    `otherwise` is the hint for a source that does not speak of the event.
    """
    if hint := text_hint(answer, later("A sentence")):
        return hint
    named = ids_in(answer, set(load("sources")["source_id"]))
    if not named:
        return say("Name a source in the sentence, by its source_id, letter by letter, so that a reader can look it up.")
    if hint := sentence_hint(answer):
        return hint
    links = load("event_sources")
    return "" if named & set(links[links["event_id"] == event_id]["source_id"]) else otherwise
