"""Values on their way from a student's process to the marker: plain, typed, of limited size.

`inside.encode` makes them beside the student's code, which can change what it reads. `parse` runs outside the sandbox and
treats what it gets as untrusted. Both sides of a comparison, the student's and the solution's, take the same way.

What is outside needs no pandas and no matplotlib to read them.

The plain form is None, bool, int, float, str, or a dict with "type": see the table in `_SHAPES`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

VALUE_BYTES = 2_000_000  # the longest value, as JSON
DEPTH = 30  # lists in lists in lists …
NODES = 100_000  # values in one value
MAX_INT = 2**63  # from here on an int is sent as digits
MAX_DIGITS = 4_000

MISSING = {"type": "missing"}  # NaN, NA and NaT: pandas chooses among them by the type of a column


class ValueProblem(ValueError):
    """A value is too large or too deep, or what came is not in the plain form."""


def dumps(plain: Any) -> str:
    """Write the plain form as JSON in ASCII."""
    return json.dumps(plain, allow_nan=False)


def loads(body: bytes, limit: int) -> Any:
    """Read untrusted JSON.

    Parameters
    ----------
    body : bytes
        What came.
    limit : int
        The most bytes that are read at all.

    Returns
    -------
    object
        What it says. No key stands twice in a dict, no float is infinite or NaN, no text has half a surrogate pair.

    Raises
    ------
    ValueProblem
        If it is anything else.
    """
    if len(body) > limit:
        raise ValueProblem(f"{len(body)} bytes are more than {limit}")
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_refused, object_pairs_hook=_once)
    except (ValueError, RecursionError, MemoryError) as problem:
        raise ValueProblem(f"no JSON that we read: {type(problem).__name__}") from None
    _sound(found)
    return found


def _refused(name: str) -> Any:
    raise ValueProblem(f"{name} has another form here")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueProblem("a key stands twice")
    return found


def _sound(root: Any) -> None:
    """Walk without recursion, which untrusted nesting could exhaust."""
    waiting, left = [(root, 0)], 20 * NODES
    while waiting:
        value, depth = waiting.pop()
        left -= 1
        if depth > 6 * DEPTH or left < 0:
            raise ValueProblem("too deep or too large")
        if isinstance(value, str):
            _paired(value)
        elif isinstance(value, float):
            if not math.isfinite(value):
                raise ValueProblem("a number without bounds")
        elif isinstance(value, list):
            waiting += [(item, depth + 1) for item in value]
        elif isinstance(value, dict):
            waiting += [(item, depth + 1) for pair in value.items() for item in pair]


def _paired(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueProblem("half a surrogate pair") from None


def parse(body: bytes) -> Any:
    """Read a value that came from a student's process.

    Parameters
    ----------
    body : bytes
        JSON, or anything.

    Returns
    -------
    None, bool, int, float, str or dict
        A value in the plain form: every dict has a known "type" and exactly the keys of that type.

    Raises
    ------
    ValueProblem
        If it is anything else.
    """
    found = loads(body, VALUE_BYTES)
    _check(found, 0)
    return found


def _check(value: Any, depth: int) -> None:
    if depth > 2 * DEPTH:
        raise ValueProblem("too deep")
    if isinstance(value, int) and not isinstance(value, bool) and not -MAX_INT <= value < MAX_INT:
        raise ValueProblem("a whole number that should have been sent as digits")
    if value is None or isinstance(value, (bool, int, float, str)):
        return
    if not isinstance(value, dict):
        raise ValueProblem("a list that is not in the plain form")
    shape = _SHAPES.get(str(value.get("type")))
    if shape is None or set(value) != {"type", *shape}:
        raise ValueProblem("a type that is not in the plain form")
    for key, rule in shape.items():
        rule(value[key], depth + 1)
    _fits(value)


def _fits(value: dict[str, Any]) -> None:
    """What spans several keys: as many values as labels, as many cells in a row as columns."""
    if value["type"] == "series" and len(value["values"]) != len(value["index"]):
        raise ValueProblem("a series whose index has another length")
    if value["type"] == "frame":
        width = len(value["columns"])
        if len(value["rows"]) != len(value["index"]) or any(len(row) != width for row in value["rows"]):
            raise ValueProblem("a table whose rows or columns do not fit")


def _string(value: Any, _: int) -> None:
    if not isinstance(value, str):
        raise ValueProblem("no text where a text belongs")


def _flag(value: Any, _: int) -> None:
    if not isinstance(value, bool):
        raise ValueProblem("neither true nor false")


def _real(value: Any, _: int) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueProblem("no number where a number belongs")


def _digits(value: Any, _: int) -> None:
    if not isinstance(value, str) or not value.removeprefix("-").isascii() or not value.removeprefix("-").isdigit():
        raise ValueProblem("no digits where digits belong")
    if len(value) > MAX_DIGITS:
        raise ValueProblem("too many digits")


def _one_of(*allowed: str) -> Callable[[Any, int], None]:
    def rule(value: Any, _: int) -> None:
        if value not in allowed:
            raise ValueProblem(f"none of {allowed}")

    return rule


def _list(rule: Callable[[Any, int], None]) -> Callable[[Any, int], None]:
    def every(value: Any, depth: int) -> None:
        if not isinstance(value, list):
            raise ValueProblem("no list where a list belongs")
        for item in value:
            rule(item, depth)

    return every


def _pair(value: Any, depth: int) -> None:
    _list(_check)(value, depth)
    if len(value) != 2:
        raise ValueProblem("no pair where a pair belongs")


def _record(**rules: Callable[[Any, int], None]) -> Callable[[Any, int], None]:
    def whole(value: Any, depth: int) -> None:
        if not isinstance(value, dict) or set(value) != set(rules):
            raise ValueProblem("a part of a figure with other keys")
        for key, rule in rules.items():
            rule(value[key], depth)

    return whole


_AXES = _record(
    title=_string,
    xlabel=_string,
    ylabel=_string,
    lines=_list(_record(label=_string, x=_list(_check), y=_list(_check))),
    bars=_list(_record(label=_string, x=_check, height=_check, width=_check)),
    points=_list(_pair),
)

# Each type of the plain form, its keys, and what may stand there.
_SHAPES: dict[str, dict[str, Callable[[Any, int], None]]] = {
    "list": {"items": _list(_check)},
    "tuple": {"items": _list(_check)},
    "set": {"items": _list(_check)},
    "dict": {"items": _list(_pair)},
    "missing": {},
    "int": {"digits": _digits},
    "float": {"name": _one_of("inf", "-inf")},
    "timestamp": {"iso": _string},
    "timedelta": {"seconds": _real},
    "interval": {"left": _check, "right": _check, "closed": _string},
    "period": {"text": _string},
    "series": {"name": _check, "index": _list(_check), "values": _list(_check)},
    "frame": {"columns": _list(_check), "index": _list(_check), "rows": _list(_list(_check))},
    "figure": {"axes": _list(_AXES)},
    "other": {"name": _string},
}
