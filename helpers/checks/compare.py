"""Compare an answer with what is expected, and say how it differs without saying what is right."""

from __future__ import annotations

from typing import Any

import pandas as pd

_NAMES = {str: "a string (text between quotation marks)", int: "a whole number", list: "a list", float: "a number"}


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
