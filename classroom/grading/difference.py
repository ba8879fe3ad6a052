"""Say how a wrong result differs from the right one, without showing either: too few rows, an order, a share for a whole.

On the tables that a student sees, numbers may be told: who counts them could count them too. On hidden tables only the
direction is told. No word of the student's value stands in a sentence of ours.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from math import isclose, isfinite
from typing import Any

from .equality import as_bag, same, single

_NAMES = {
    "list": "a list",
    "tuple": "a list",
    "set": "a set",
    "dict": "labels with values",
    "series": "a column",
    "frame": "a table",
}
_WITH_ROWS = ("list", "tuple", "set", "series", "frame", "dict")


def difference(given: object, expected: object, *, hidden: bool, calls: bool = False) -> str:
    """Return one or two short sentences; empty where nothing useful can be said.

    Parameters
    ----------
    given : object
        What the student's work gave, in the plain form of the sandbox: untrusted.
    expected : object
        What the solution gave.
    hidden : bool
        Whether the tables are ones that no student sees: then no number is told.
    calls : bool, default False
        Whether both are lists of what a function gave to several calls: see `of_calls`.

    Returns
    -------
    str
    """
    try:
        return _of_calls(given, expected, hidden) if calls else _difference(given, expected, hidden)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError, OverflowError):
        return ""


def of_calls(read: str) -> bool:
    """Say whether a hidden line calls a function of the student's with several values: ``[f(one) for one in …]``."""
    body = ast.parse(read, mode="eval").body
    return isinstance(body, ast.ListComp) and any(isinstance(one, ast.Call) for one in ast.walk(body.elt))


def _of_calls(given: Any, expected: Any, hidden: bool) -> str:
    mine, right = _entries(given), _entries(expected)
    good = [same(one, two, "close") for one, two in zip(mine, right, strict=True)]
    if not any(good):
        return "Your function was called with several values, and none of the results is right."
    told = "some of the results are right, and some are not" if hidden else f"{sum(good)} of {len(good)} results are right"
    return "" if all(good) else f"Your function was called with several values, and {told}."


def _difference(given: Any, expected: Any, hidden: bool) -> str:
    if _is_number(expected):
        return _of_numbers(given, expected) if _is_number(given) else "A single number is asked for."
    kind, other = _kind(expected), _kind(given)
    if kind == other == "figure":
        return "What is drawn is not what the task asks for."
    if kind not in _WITH_ROWS:
        return ""
    if other != kind and not {kind, other} <= {"list", "tuple"}:
        return f"What is asked for is {_NAMES[kind]}; you gave {_NAMES[other]}." if other in _NAMES else ""
    if kind == "frame" and (said := _of_columns(given, expected, hidden)):
        return said
    if kind in ("series", "dict") and (said := _of_labels(given, expected, hidden)):
        return said
    return _of_entries(_entries(given), _entries(expected), hidden)


def _of_numbers(given: float, expected: float) -> str:
    if not (isfinite(given) and isfinite(expected)):
        return ""
    for factor, words in (
        (100.0, "a percentage where a share is asked for"),
        (0.01, "a share where a percentage is asked for"),
    ):
        if expected and isclose(given, expected * factor, rel_tol=1e-3):
            return f"It is a hundred times too {'large' if factor > 1 else 'small'}: {words}?"
    if expected and isclose(given, -expected, rel_tol=1e-3):
        return "Only the sign is another one: was something subtracted the wrong way round?"
    if 0 <= expected <= 1 < given:
        return "It is a whole where a share between 0 and 1 is asked for."
    if expected and isclose(given, expected, rel_tol=0.02):
        return "It is close. Was something rounded too early, or a plain mean taken for a weighted one?"
    return f"It is too {'large' if given > expected else 'small'}."


def _of_columns(given: Mapping[str, Any], expected: Mapping[str, Any], hidden: bool) -> str:
    mine, right = as_bag(given["columns"]), as_bag(expected["columns"])
    lacking, more = (right - mine).total(), (mine - right).total()
    if lacking and more:
        return "Some of its columns have other names than asked."
    if lacking or more:
        return _too("column", lacking, more, hidden)
    return ""


def _of_labels(given: Mapping[str, Any], expected: Mapping[str, Any], hidden: bool) -> str:
    """Compare labels with values: labels too many or too few, shares for counts, or single values."""
    mine, right = _pairs(given), _pairs(expected)
    if not right or all(isinstance(label, int) for label, _ in right) or {*map(_key, mine)} & {None}:
        return ""
    labels, others = as_bag(label for label, _ in right), as_bag(label for label, _ in mine)
    lacking, more = (labels - others).total(), (others - labels).total()
    if lacking and more and as_bag(map(_turned, (label for label, _ in right))) == others:
        return "Rows and columns are exchanged: what goes down should go across."
    if lacking and more:
        return "Its labels are others than asked: was something else counted?"
    if lacking or more:
        return _too("label", lacking, more, hidden)
    numbers = {_key(one): one[1] for one in mine}
    pairs = [(numbers.get(_key(one)), one[1]) for one in right]
    if not all(_is_number(one) and _is_number(two) for one, two in pairs):
        return "The labels are right, some values are not."
    if any(two for _, two in pairs) and all(same(one, -two, "close") for one, two in pairs):
        return "Only the sign is another one: was something subtracted the wrong way round?"
    if said := _shares([(float(one), float(two)) for one, two in pairs if one is not None]):
        return said
    wrong = sum(not same(one, two, "close") for one, two in pairs)
    return (
        "The labels are right, some values are not."
        if hidden
        else f"The labels are right, {wrong} of {len(pairs)} values are not."
    )


def _shares(pairs: Sequence[tuple[float, float]]) -> str:
    given, expected = sum(one for one, _ in pairs), sum(two for _, two in pairs)
    if not given or not expected or isclose(given, expected, rel_tol=1e-6):
        return ""
    if all(isclose(one / given, two / expected, rel_tol=1e-6, abs_tol=1e-9) for one, two in pairs):
        return "All values are the right ones times one number: shares where counts are asked for, or the reverse?"
    return ""


def _of_entries(mine: Sequence[Any], right: Sequence[Any], hidden: bool) -> str:
    bag, other = as_bag(mine), as_bag(right)
    if bag == other:
        return "The entries are right, but their order is not the one asked for."
    lacking, more = (other - bag).total(), (bag - other).total()
    if not (lacking and more):
        return _too("row", lacking, more, hidden)
    if not bag & other:
        return "It has none of the rows that are asked for." if not hidden else "It has other rows than those asked for."
    few = "" if len(mine) == len(right) else f" It has too {'few' if len(mine) < len(right) else 'many'} in all."
    if hidden:
        return f"Some rows are missing, and some do not belong.{few}"
    one, other_one = "is" if lacking == 1 else "are", "does" if more == 1 else "do"
    return f"{_count(lacking, 'row')} {one} missing, and {more} {other_one} not belong.{few}"


def _too(noun: str, lacking: int, more: int, hidden: bool) -> str:
    if hidden:
        return f"It has too {'few' if lacking else 'many'} {noun}s."
    rest = "those that are there belong there" if lacking else "no other is missing"
    return f"{_count(lacking or more, noun)} too {'few' if lacking else 'many'}; {rest}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _kind(value: Any) -> str:
    return str(value.get("type", "")) if isinstance(value, Mapping) else ""


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _pairs(value: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    if value["type"] == "dict":
        return [(single(label), entry) for label, entry in value["items"]]
    return [(single(label), entry) for label, entry in zip(value["index"], value["values"], strict=True)]


def _turned(label: Any) -> Any:
    """Return the label of a place in a table, (row, column), the other way round."""
    if isinstance(label, Mapping) and label.get("type") == "tuple" and len(label["items"]) == 2:
        return {**label, "items": label["items"][::-1]}
    return label


def _key(pair: tuple[Any, Any]) -> str:
    return next(iter(as_bag([pair[0]])))


def _entries(value: Mapping[str, Any]) -> list[Any]:
    if value["type"] == "frame":
        order = sorted(range(len(value["columns"])), key=lambda at: str(value["columns"][at]))
        return [{"type": "tuple", "items": [row[at] for at in order]} for row in value["rows"]]
    return list(value["values"] if value["type"] == "series" else value["items"])
