"""How a line of code can name a table so that the line, run later, finds the same rows.

A student may have the table under a name, or may have written what makes it. Some of that gives other rows each time:
``tables.pop()``, ``events.sample(20)``, or a name that a loop has since given to another table.
"""

from __future__ import annotations

import ast
import builtins
import linecache
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from types import FrameType
from typing import Any

import pandas as pd

# What an expression may be made of: nothing in it calls a function of the student's, or changes anything.
_PLAIN = (
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.keyword),
    *(ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.Call),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context),
)
_HOLDERS = (pd.DataFrame, pd.Series, list, tuple, dict)
_PANDAS = (pd.DataFrame, pd.Series, type(pd.Series([""]).str), pd.api.typing.DataFrameGroupBy, pd)
_METHODS = {name for kind in _PANDAS for name in dir(kind) if not name.startswith("_")}
_METHODS -= {"pop", "sample", "insert", "update", "pipe", "apply", "map", "transform", "read_clipboard"}


@dataclass
class TableName:
    """A table, and what the cell that gave it to us has in its place; without a cell there are no names."""

    table: Any
    names: dict[str, Any] = field(default_factory=dict)  # of the notebook, as they are when they are looked up
    tree: ast.expr | None = None
    used: dict[str, Any] = field(default_factory=dict)  # what the names in the tree stood for

    @classmethod
    def in_call(cls, table: Any, frame: FrameType) -> TableName:
        """Remember how a table was given, by the frame that called with it."""
        frames = [one for one in _frames(frame) if one.f_globals.get("__name__") == "__main__"]
        names = frames[0].f_globals if frames else vars(sys.modules["__main__"])
        tree = _first_argument(frame) if frame in frames else None
        code = frame.f_code
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()
        if used & {*code.co_varnames, *code.co_cellvars, *code.co_freevars}:  # gone when the function ends
            tree = None
        return cls(table, names, tree, {name: _value(names, name) for name in used})

    def now(self) -> tuple[str, bool]:
        """Return code that names the table, and whether it does; else it is a free name, first to be given to the table."""
        if found := self._name():
            return found, True
        same = all(_value(self.names, name) is value for name, value in self.used.items())
        if self.tree is not None and not isinstance(self.tree, ast.Name) and same and _is_repeatable(self.tree, self.used):
            return ast.unparse(self.tree), True
        free = (f"table_{k}" if k > 1 else "table" for k in count(1))
        return next(name for name in free if name not in self.names), False

    def _name(self) -> str:
        written = self.tree.id if isinstance(self.tree, ast.Name) else ""
        here = [name for name, value in list(self.names.items()) if value is self.table and not name.startswith("_")]
        return written if written in here else next(filter(str.isidentifier, here), "")


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _value(names: dict[str, Any], name: str) -> Any:
    return names.get(name, vars(builtins).get(name))


def _first_argument(frame: FrameType) -> ast.expr | None:
    """Return what a cell has as the first argument of the call that it is in, or as `events`; None without its source."""
    position = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None))
    try:
        line, last, begin, end = (number for number in position if number is not None)
        lines = [linecache.getline(frame.f_code.co_filename, number).encode() for number in range(line, last + 1)]
        lines[-1] = lines[-1][:end]  # columns count bytes
        lines[0] = lines[0][begin:]
        call = ast.parse(b"".join(lines), mode="eval").body
    except (TypeError, ValueError, SyntaxError, IndexError):  # a text that is executed
        return None
    if not isinstance(call, ast.Call):
        return None
    given = [*call.args, *(pair.value for pair in call.keywords if pair.arg == "events")]
    return given[0] if given else None


def _is_repeatable(tree: ast.expr, used: dict[str, Any]) -> bool:
    """Whether an expression gives the same rows each time, and changes nothing; where that can't be known, it is not."""
    nodes = list(ast.walk(tree))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    return all(isinstance(node, _PLAIN) for node in nodes) and all(_is_harmless(call, used) for call in calls)


def _is_harmless(call: ast.Call, used: dict[str, Any]) -> bool:
    """Whether a call is one of the course's functions, or of pandas' that give a new table."""
    if any(pair.arg in (None, "inplace") for pair in call.keywords):
        return False
    if isinstance(call.func, ast.Name):
        return used.get(call.func.id) in (len, range, slice, int, str) or _is_ours(used.get(call.func.id))
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _METHODS:
        return False
    root: ast.expr = call.func
    while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
        root = root.func if isinstance(root, ast.Call) else root.value
    value = used.get(root.id) if isinstance(root, ast.Name) else None
    return value is pd or isinstance(value, _HOLDERS) or _is_ours(value)


def _is_ours(value: Any) -> bool:
    return callable(value) and str(getattr(value, "__module__", "")).startswith("helpers.")
