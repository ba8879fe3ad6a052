"""Values on their way from a student's process to the marker: plain, typed, of limited size.

`encode` runs beside the student's code, which can change what it reads. `parse` runs outside the sandbox and treats what it
gets as untrusted. Both sides of a comparison, the student's and the solution's, take the same way.

The plain form is None, bool, int, float, str, or a dict with "type": see the table in `_SHAPES`.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase

from helpers import chart_reader

VALUE_BYTES = 2_000_000  # the longest value, as JSON
DEPTH = 30  # lists in lists in lists …
NODES = 100_000  # values in one value
MAX_INT = 2**63  # from here on an int is sent as digits
MAX_DIGITS = 4_000

MISSING = {"type": "missing"}  # NaN, NA and NaT: pandas chooses among them by the type of a column


class ValueProblem(ValueError):
    """A value is too large or too deep, or what came is not in the plain form."""


def encode(value: object) -> Any:
    """Turn a value into the plain form.

    Parameters
    ----------
    value : object
        Anything. numpy's and pandas' scalars become Python's; a category becomes its label; an array, an index, a range or
        a view of a dict becomes a list; NaN, NA and NaT become "missing". What has no plain form is named by its type.

    Returns
    -------
    None, bool, int, float, str or dict
        The plain form.

    Raises
    ------
    ValueProblem
        If it is too large or too deep.
    """
    return _Encoder().encode(value, 0)


def dumps(plain: Any) -> str:
    """Write the plain form as JSON in ASCII."""
    return json.dumps(plain, allow_nan=False)


class _Encoder:
    def __init__(self) -> None:
        self.left = NODES

    def encode(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if depth > DEPTH:
            raise ValueProblem(f"a value of more than {DEPTH} levels")
        if self.left < 0:
            raise ValueProblem(f"a value of more than {NODES} parts")
        kind = type(value)  # not isinstance, which asks the value's own __class__
        for base, write in _WRITERS:
            if issubclass(kind, base):
                return write(self, value, depth)
        return {"type": "other", "name": str(kind.__name__)[:100]}

    def all(self, values: Iterable[Any], depth: int) -> list[Any]:
        return [self.encode(value, depth + 1) for value in values]

    def cells(self, values: Iterable[Any], depth: int) -> list[Any]:
        """Encode what stands in a table, where None means missing too."""
        return [MISSING if value is None else self.encode(value, depth + 1) for value in values]


def _text(_: _Encoder, value: Any, __: int) -> str:
    text = str.__add__("", value)
    if len(text) > VALUE_BYTES:
        raise ValueProblem("a text that is too long")
    return text


def _whole(_: _Encoder, value: Any, __: int) -> Any:
    number = int.__pos__(value) if issubclass(type(value), int) else int(value)
    if -MAX_INT <= number < MAX_INT:
        return number
    if number.bit_length() > MAX_DIGITS * 3:
        return {"type": "other", "name": "int"}
    return {"type": "int", "digits": str(number)}


def _number(_: _Encoder, value: Any, __: int) -> Any:
    number = float.__pos__(value) if issubclass(type(value), float) else float(value)
    if math.isnan(number):
        return MISSING
    if math.isinf(number):
        return {"type": "float", "name": "inf" if number > 0 else "-inf"}
    return number


def _moment(_: _Encoder, value: Any, __: int) -> Any:
    moment = pd.Timestamp(value)  # of a NaT of numpy's, NaT
    return MISSING if pd.isna(moment) else {"type": "timestamp", "iso": moment.isoformat()}


def _duration(_: _Encoder, value: Any, __: int) -> Any:
    duration = pd.Timedelta(value)
    return MISSING if pd.isna(duration) else {"type": "timedelta", "seconds": duration.total_seconds()}


def _interval(encoder: _Encoder, value: Any, depth: int) -> Any:
    ends = encoder.all((value.left, value.right), depth)
    return {"type": "interval", "left": ends[0], "right": ends[1], "closed": str(value.closed)}


def _mapping(encoder: _Encoder, value: Any, depth: int) -> Any:
    items = [encoder.all(pair, depth + 1) for pair in dict.items(value)]
    return {"type": "dict", "items": items}


def _set(encoder: _Encoder, value: Any, depth: int) -> Any:
    base = set if issubclass(type(value), set) else frozenset
    return {"type": "set", "items": sorted(encoder.all(base.__iter__(value), depth), key=dumps)}


def _array(encoder: _Encoder, value: Any, depth: int) -> Any:
    if value.ndim == 0:
        return encoder.encode(value.item(), depth)
    return {"type": "list", "items": encoder.all(value, depth)}


def _series(encoder: _Encoder, value: Any, depth: int) -> Any:
    return {
        "type": "series",
        "name": encoder.encode(value.name, depth + 1),
        "index": encoder.cells(value.index, depth),
        "values": encoder.cells(value, depth),
    }


def _frame(encoder: _Encoder, value: Any, depth: int) -> Any:
    if value.size > NODES:
        raise ValueProblem(f"a table of more than {NODES} cells")
    rows = value.itertuples(index=False, name=None)
    return {
        "type": "frame",
        "columns": encoder.cells(value.columns, depth),
        "index": encoder.cells(value.index, depth),
        "rows": [encoder.cells(row, depth + 1) for row in rows],
    }


def _figure(encoder: _Encoder, value: Any, depth: int) -> Any:
    """What stands on axes: enough to ask whether a figure shows what it should. A marker looks as well."""
    parts = [value] if isinstance(value, Axes) else list(value.axes)
    return {"type": "figure", "axes": [_axes(encoder, ax, depth + 2) for ax in parts]}


def _axes(encoder: _Encoder, ax: Axes, depth: int) -> dict[str, Any]:
    left, middle, right = chart_reader.titles(ax)
    return {
        "title": middle or left or right,
        "xlabel": ax.get_xlabel(),
        "ylabel": ax.get_ylabel(),
        "lines": [_line(encoder, line, depth) for line in ax.lines],
        "bars": [_bar(encoder, bar, group.label, depth) for group in chart_reader.all_bars(ax) for bar in group.bars],
        "points": [encoder.all(pair, depth) for _, points in chart_reader.points_on(ax) for pair in points.tolist()],
    }


def _line(encoder: _Encoder, line: Any, depth: int) -> dict[str, Any]:
    x, y = (encoder.cells(_as_drawn(values), depth) for values in (line.get_xdata(orig=True), line.get_ydata(orig=True)))
    return {"label": str(line.get_label()), "x": x, "y": y}


def _as_drawn(values: Any) -> Any:
    """The values that were given to the call that drew a line, days as days; a scalar as a list of one."""
    plain = values.tolist() if hasattr(values, "tolist") and values.dtype.kind not in "mM" else values
    return plain if hasattr(plain, "__iter__") else [plain]


def _bar(encoder: _Encoder, bar: Any, label: str, depth: int) -> dict[str, Any]:
    x, height, width = encoder.all((bar.get_x(), bar.get_height(), bar.get_width()), depth)
    return {"label": label, "x": x, "height": height, "width": width}


def _listed(base: type) -> Callable[[_Encoder, Any, int], Any]:
    name = "tuple" if base is tuple else "list"
    return lambda encoder, value, depth: {"type": name, "items": encoder.all(base.__iter__(value), depth)}  # type: ignore[attr-defined]


def _items(encoder: _Encoder, value: Any, depth: int) -> Any:
    return {"type": "list", "items": encoder.cells(value, depth)}


# The first that fits. A bool is an int, a Timestamp a datetime, a datetime a date: the narrower stands before the wider.
_WRITERS: list[tuple[Any, Callable[[_Encoder, Any, int], Any]]] = [
    (type(None), lambda *_: None),
    ((bool, np.bool_), lambda _, value, __: bool(value)),
    ((int, np.integer), _whole),
    ((float, np.floating), _number),
    (str, _text),
    ((type(pd.NA), type(pd.NaT)), lambda *_: MISSING),
    ((dt.date, np.datetime64), _moment),
    ((dt.timedelta, np.timedelta64), _duration),
    (pd.Interval, _interval),
    (pd.Period, lambda _, value, __: {"type": "period", "text": str(value)}),
    (pd.Series, _series),
    (pd.DataFrame, _frame),
    (np.ndarray, _array),
    ((pd.Index, pd.api.extensions.ExtensionArray, range), _items),
    ((type({}.keys()), type({}.values()), type({}.items())), _items),
    (list, _listed(list)),
    (tuple, _listed(tuple)),
    ((set, frozenset), _set),
    (dict, _mapping),
    ((Axes, FigureBase), _figure),
]


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
