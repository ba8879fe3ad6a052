"""Turn a value of a student's work into the plain form of `sandbox.values`. Runs beside the student's code."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase

from helpers import chart_reader

from ..values import DEPTH, MAX_DIGITS, MAX_INT, MISSING, NODES, VALUE_BYTES, ValueProblem, dumps


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
