"""Compare what a student's work gave with what the solution gave. Values of which this cannot be shown count as different.

Both are in the plain form of the sandbox (see `sandbox.values`). The student's value is untrusted: nothing is assumed of its
shape, and a value of an unexpected shape counts as different.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isclose, isfinite
from typing import Any, TypeGuard

from ..assignments.assignment import Comparison

# Sums in another order differ in the last digits; "close" allows what rounding on the way leaves.
_EXACT, _CLOSE = 1e-9, 1e-6


def same(given: object, expected: object, comparison: Comparison, tolerance: float = 0.0) -> bool:
    """Say whether two values count as the same.

    Parameters
    ----------
    given : object
        What the student's work gave, in the plain form.
    expected : object
        What the solution gave.
    comparison : {"exact", "close", "unordered", "figure"}
        ``"close"`` lets numbers differ by a millionth; ``"unordered"`` lets entries and rows stand in any order;
        ``"figure"`` compares what is drawn, and asks for words where the solution has words.
    tolerance : float, default 0
        How far a number may lie from another, whatever the comparison: for tasks that let a student round.

    Returns
    -------
    bool
        False also for a value that has no sensible shape.
    """
    try:
        if comparison == "figure":
            return _same_figure(given, expected)
        if tolerance and _is_number(given) and _is_number(expected):
            return isclose(given, expected, rel_tol=0.0, abs_tol=tolerance)
        return _same(given, expected, _CLOSE if comparison == "close" else _EXACT, comparison == "unordered")
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError, OverflowError):
        return False


def _same(given: Any, expected: Any, tolerance: float, unordered: bool) -> bool:
    if _missing(expected) or _missing(given):
        return _missing(expected) and _missing(given)
    if isinstance(expected, bool) or isinstance(given, bool):
        return given is expected
    if isinstance(expected, (int, float)):
        return isinstance(given, (int, float)) and _same_number(given, expected, tolerance)
    if isinstance(expected, str):
        return isinstance(given, str) and given.strip() == expected.strip()
    if not isinstance(expected, Mapping) or not isinstance(given, Mapping):
        return False
    kind, other = expected["type"], given["type"]
    if kind in ("list", "tuple") and other in ("list", "tuple"):
        return _same_items(given["items"], expected["items"], tolerance, unordered)
    if kind != other:
        return False
    compare: Callable[[Any, Any, float, bool], bool] | None = _KINDS.get(kind)
    return bool(compare and compare(given, expected, tolerance, unordered))


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _same_number(given: float, expected: float, tolerance: float) -> bool:
    if isinstance(given, int) and isinstance(expected, int):
        return given == expected
    return isclose(given, expected, rel_tol=tolerance, abs_tol=tolerance * 1e-3)


def _missing(value: Any) -> bool:
    """Treat None, NaN and NaT alike: which of them pandas gives depends on the column's type."""
    return value is None or (isinstance(value, Mapping) and value.get("type") == "missing")


def _same_items(given: Sequence[Any], expected: Sequence[Any], tolerance: float, unordered: bool) -> bool:
    if len(given) != len(expected):
        return False
    if unordered:
        return as_bag(given) == as_bag(expected)
    return all(_same(one, other, tolerance, False) for one, other in zip(given, expected, strict=True))


def _same_set(given: Mapping[str, Any], expected: Mapping[str, Any], tolerance: float, unordered: bool) -> bool:
    return as_bag(given["items"]) == as_bag(expected["items"])


def _same_dict(given: Mapping[str, Any], expected: Mapping[str, Any], tolerance: float, unordered: bool) -> bool:
    mine, right = ({_key(single(key)): value for key, value in side["items"]} for side in (given, expected))
    return (
        len(given["items"]) == len(expected["items"])
        and mine.keys() == right.keys()
        and all(_same(mine[key], right[key], tolerance, unordered) for key in right)
    )


def single(label: Any) -> Any:
    """Return what stands alone in a label: pandas makes ``("none",)`` where one column is given as a list."""
    alone = isinstance(label, Mapping) and label.get("type") == "tuple" and len(label["items"]) == 1
    return label["items"][0] if alone else label


def _same_series(given: Mapping[str, Any], expected: Mapping[str, Any], tolerance: float, unordered: bool) -> bool:
    # Text identifies its rows, so that row numbers may be new after a reset_index. Numbers mean nothing without labels.
    of_numbers = any(isinstance(value, (int, float)) for value in expected["values"])
    numbered = all(isinstance(label, int) for side in (given, expected) for label in side["index"])
    if numbered and not of_numbers:
        return _same_items(given["values"], expected["values"], tolerance, unordered)
    pairs = [
        [{"type": "tuple", "items": list(pair)} for pair in zip(map(single, side["index"]), side["values"], strict=True)]
        for side in (given, expected)
    ]
    return _same_items(pairs[0], pairs[1], tolerance, unordered)


def _same_frame(given: Mapping[str, Any], expected: Mapping[str, Any], tolerance: float, unordered: bool) -> bool:
    columns = [_key(name) for name in expected["columns"]]
    mine = [_key(name) for name in given["columns"]]
    if sorted(columns) != sorted(mine) or len(set(mine)) != len(mine):
        return False
    order = [mine.index(name) for name in columns]
    labels = not all(isinstance(label, int) for side in (given, expected) for label in side["index"])
    rows = []
    for side, places in ((given, order), (expected, range(len(columns)))):
        width = len(side["columns"])
        if len(side["index"]) != len(side["rows"]) or any(len(row) != width for row in side["rows"]):
            return False
        rows.append(
            [
                {"type": "tuple", "items": ([label] if labels else []) + [row[place] for place in places]}
                for label, row in zip(side["index"], side["rows"], strict=True)
            ]
        )
    return _same_items(rows[0], rows[1], tolerance, unordered)


def _same_tagged(given: Mapping[str, Any], expected: Mapping[str, Any], tolerance: float, unordered: bool) -> bool:
    return dict(given) == dict(expected)


_KINDS: dict[str, Callable[[Any, Any, float, bool], bool]] = {
    "set": _same_set,
    "dict": _same_dict,
    "series": _same_series,
    "frame": _same_frame,
    **dict.fromkeys(("timestamp", "timedelta", "interval", "period", "int", "float"), _same_tagged),
}


def _same_figure(given: Any, expected: Any) -> bool:
    if given["type"] != "figure" or len(given["axes"]) != len(expected["axes"]):
        return False
    return all(_same_axes(one, other) for one, other in zip(given["axes"], expected["axes"], strict=True))


def _same_axes(given: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Compare what is drawn. Words are asked for, not which: whether they are good ones, a person says."""
    words = all(str(given[name]).strip() for name in ("title", "xlabel", "ylabel") if str(expected[name]).strip())
    points = as_bag(given["points"]) == as_bag(expected["points"])
    return words and points and _same_lines(given, expected) and _same_bars(given["bars"], expected["bars"])


def _same_lines(given: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Compare lines in any order. A rule of two points beside them (a zero line, a mark at a year) is no data."""
    mine, right = (_bag(_line(line) for line in side["lines"]) for side in (given, expected))
    return not right - mine and all(len(json.loads(line)[0]) <= 2 for line in mine - right)


def _same_bars(given: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> bool:
    """Compare the lengths of bars, in any order; lying bars are as good as standing ones."""
    right = _bag(_rounded(bar["height"]) for bar in expected)
    return any(_bag(_rounded(bar[side]) for bar in given) == right for side in ("height", "width"))


def _line(line: Mapping[str, Any]) -> list[Any]:
    return [[_rounded(value) for value in line["x"]], [_rounded(value) for value in line["y"]]]


def _bag(entries: Iterable[Any]) -> Counter[str]:
    return Counter(json.dumps(entry, sort_keys=True) for entry in entries)


def as_bag(values: Iterable[Any]) -> Counter[str]:
    """Count values of the plain form, whatever their order."""
    return Counter(_key(value) for value in values)


def _key(value: Any) -> str:
    return json.dumps(_rounded(value), sort_keys=True)


def _rounded(value: Any) -> Any:
    """Return a value in which 3 and 3.0, and sums that differ in the last digits, are one."""
    if isinstance(value, bool):
        return {"bool": value}
    if _missing(value):
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, float) and isfinite(value):
        whole = value if value == int(value) else float(f"{value:.9g}")  # 0.9999999999999999 is a 1 that was summed up
        return int(whole) if whole == int(whole) and abs(whole) < 2**53 else float(f"{value:.9g}")
    if isinstance(value, Mapping):
        return {str(key): "tuple" if entry == "list" and key == "type" else _rounded(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(entry) for entry in value]
    return {"other": str(value)[:100]}
