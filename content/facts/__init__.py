"""The numbers, dates and orders that the prose of each lesson states, with what counts them again from the tables.

One file a lesson, with a tuple ``FACTS``. A test counts each fact and looks for it in its cell. So a sentence may be put
in other words as long as it keeps its number and the words in ``beside``; a number that the tables do not give is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

Load = Callable[[str], pd.DataFrame]


class Fact(NamedTuple):
    """One fact of a lesson's prose.

    Attributes
    ----------
    name : str
        What it is about, unique in the lesson.
    cell : str
        The id of the cell of text in which it stands.
    form : str
        How it stands there: ``digits``, ``count`` (1,300), ``word`` (three and a half), ``ordinal`` (fourth), ``0.000``
        (three decimals), ``day`` (24 March 1959), ``day of the year`` (24 March), ``month`` (March 1959), ``years``
        (1955–57, each stretch of years), ``text``; or ``true``, for what is no number.
    beside : str
        Words of the same sentence (or row of a table), with a comma between two.
    counted : callable
        Takes `helpers.load`, returns the value; a tuple if several stand in the sentence; True for the form ``true``.
        Where the tables give something else, whatever it returns will not be found.
    """

    name: str
    cell: str
    form: str
    beside: str
    counted: Callable[[Load], Any]


def events(load: Load) -> pd.DataFrame:
    """Return the events by their id."""
    return load("events").set_index("event_id")


def day(load: Load, event_id: str) -> pd.Timestamp:
    """Return the first day of an event."""
    return pd.Timestamp(events(load).loc[event_id, "earliest"])


def days(load: Load, first: str, last: str) -> int:
    """Return the days between two events."""
    return (day(load, last) - day(load, first)).days


def within(measured: float, low: float, high: float, said: float) -> float:
    """Return what is said of a measure that lies between two bounds; else the measure."""
    return said if low < measured < high else measured


def if_so(true: object, value: Any) -> Any:
    """Return the value, if what it rests on is so."""
    return value if true else None
