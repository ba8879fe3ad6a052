"""Compare an answer with what is expected, and say how it differs without saying what is right."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from ..data import load

_NAMES = {
    str: "a string (text between quotation marks)",
    int: "a whole number",
    list: "a list",
    tuple: "several values with commas between them",
    float: "a number",
}


def kind_of(answer: Any) -> str:
    """Name the type of an answer for a beginner.

    Parameters
    ----------
    answer : object
        Any value.

    Returns
    -------
    str
    """
    if isinstance(answer, pd.DataFrame):
        return "a table"
    if isinstance(answer, pd.Series):
        return "a column"
    return _NAMES.get(type(answer), f"a value of type {type(answer).__name__}")


def number_hint(answer: Any) -> str:
    """Return a hint if an answer is not a number.

    Parameters
    ----------
    answer : object
        The answer.

    Returns
    -------
    str
        Empty for a number.
    """
    if isinstance(answer, tuple):
        return "A number is asked for, but a comma made several of it. Write 1200, without a comma, for 1,200."
    if isinstance(answer, bool) or (not isinstance(answer, (int, float)) and not hasattr(answer, "__index__")):
        return f"A number is asked for, but this is {kind_of(answer)}. Write it without quotation marks."
    return ""


def column_hint(answer: Any, expected: pd.Series) -> str:
    """Return a hint if a column is not the expected one; the row numbers do not matter.

    Parameters
    ----------
    answer : object
        A column, or a list with the same entries.
    expected : pandas.Series
        What is right.

    Returns
    -------
    str
        Empty if it is right.
    """
    if isinstance(answer, pd.DataFrame):
        return "This is a whole table. Pick one column: square brackets with its name in quotation marks."
    if not isinstance(answer, (pd.Series, list, tuple)):
        return f"A column is asked for, but this is {kind_of(answer)}."
    given = [str(value) for value in answer]
    wanted = [str(value) for value in expected]
    if len(given) != len(wanted):
        return f"The column has {len(given)} entries. That is too {'many' if len(given) > len(wanted) else 'few'}."
    if given == wanted:
        return ""
    if sorted(given) == sorted(wanted):
        return "The entries are right, but their order is not."
    return "The number of entries is right, but some are others. Which rows, and which column, are asked for?"


def rows_hint(answer: Any, expected: pd.DataFrame, key: str = "event_id") -> str:
    """Return a hint if a table does not have the expected rows in the expected order.

    Parameters
    ----------
    answer : object
        A table.
    expected : pandas.DataFrame
        What is right.
    key : str, default "event_id"
        The column that names a row.

    Returns
    -------
    str
        Empty if it is right.
    """
    if isinstance(answer, pd.Series):
        return "This is one column. The whole table is asked for, with all its columns."
    if not isinstance(answer, pd.DataFrame):
        return f"A table is asked for, but this is {kind_of(answer)}."
    if key not in answer.columns:
        return f"The table has lost its column {key!r}. Keep all columns."
    return column_hint(answer[key], expected[key]).replace("The column has", "The table has").replace("entries", "rows")


def axes_hint(answer: Any) -> str:
    """Return a hint if an answer is not the axes of a chart.

    Parameters
    ----------
    answer : object
        The answer.

    Returns
    -------
    str
        Empty for axes.
    """
    if isinstance(answer, Figure):
        return "This is the whole figure. Give its axes: the second of the two names on the left of plt.subplots."
    if isinstance(answer, BarContainer):
        return "These are the bars. Give the axes on which they stand."
    if not isinstance(answer, Axes):
        return f"The axes of a chart are asked for, but this is {kind_of(answer)}."
    return ""


def decision_hint(answer: Any, event_id: str, otherwise: str) -> str:
    """Return a hint if a sentence names no source that speaks of an event; what it decides is not marked.

    Parameters
    ----------
    answer : object
        The sentence.
    event_id : str
        The event.
    otherwise : str
        The hint for a source that does not speak of the event.

    Returns
    -------
    str
        Empty if it is in order.
    """
    if not isinstance(answer, str):
        return f"A sentence is a string, but this is {kind_of(answer)}."
    if len(answer.split()) < 8:
        return "Write a whole sentence, with at least eight words."
    known = set(load("sources")["source_id"])
    named = {word for word in re.findall(r"[\w-]+", answer.lower()) if word in known}
    if not named:
        return "Name a source in the sentence, by its source_id, letter by letter, so that a reader can look it up."
    links = load("event_sources")
    return "" if named & set(links[links["event_id"] == event_id]["source_id"]) else otherwise
