"""Read one value of a student's work: of what their own run has left, or of what some cells give on other tables.

Lives in the student's process.
"""

from __future__ import annotations

import base64
import builtins
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import deepcopy
from functools import wraps
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import helpers
from helpers import data

from .. import values
from .encode import encode
from .shell import MarkedShell, Outcome, TimeUp, run_cell
from .tables import write

Within = Callable[[float, Callable[[], Outcome]], Outcome]

_RULES = ("_check_values", "_check_primary_key", "_check_foreign_keys")
_load, _encode, _dumps, _import = data.load, encode, values.dumps, builtins.__import__
_OF_SHELL = ("In", "Out")
_folder = Path("tables")
_loaded: dict[str, pd.DataFrame] = {}  # what `load` has at hand


def use_folder(folder: Path) -> None:
    """Say where swapped tables are written.

    Parameters
    ----------
    folder : pathlib.Path
        A folder that this process may empty and write.
    """
    global _folder
    _folder = folder


def remember_true_tables() -> None:
    """Load every table once, before there is a student, so that `load` has it at hand for each of them.

    Without the rules of the schema: to check all tables takes longer than to read them, and each worker reads them. What
    breaks a rule is said where hidden tables are made of it, which have the same values.
    """
    with _without_rules():
        for name in data.table_names():
            _loaded[name] = _load(name)
    data.load = helpers.load = _quick_load


@wraps(_load)
def _quick_load(name: str, *, language: str = "en") -> pd.DataFrame:
    kept = _loaded.get(name) if isinstance(name, str) and language == "en" else None
    if kept is None:
        with _without_rules():
            return _load(name, language=language)
    return kept.copy()


def swap(tables: dict[str, str], frames: dict[str, str]) -> None:
    """Make `load` read other tables (CSV, in base64) from now on, for good; `frames` are those loaded already, pickled."""
    if not tables:
        return
    write(_folder, {name: base64.b64decode(rows) for name, rows in tables.items()})
    data.DATA = _folder
    for name in tables:
        _loaded.pop(name, None)
    _loaded.update({name: pickle.loads(base64.b64decode(frame)) for name, frame in frames.items()})


class Given:
    """The tables as they were given. Copies are made by pandas only of what is changed later."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._tables = {
            name: value.copy(deep=False)
            for name, value in names.items()
            if isinstance(value, pd.DataFrame) and name[0] != "_"
        }

    def changed(self, names: dict[str, Any]) -> list[str]:
        """Name the tables that are not as they were given; all, where importing was replaced."""
        if builtins.__import__ is not _import:
            return list(self._tables)
        return [name for name, table in self._tables.items() if not _is_still(names.get(name), table)]


class Base:
    """The names from which each question begins: tables are copied by pandas when they are changed, lists here."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = {name: _own_copy(name, value) for name, value in names.items()}

    def restore(self, names: dict[str, Any]) -> None:
        """Put them back, and no others."""
        names.clear()
        names.update({name: _own_copy(name, value) for name, value in self._names.items()})


def _own_copy(name: str, value: Any) -> Any:
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return value.copy(deep=False)
    if type(value) in (list, dict, set) and name[0] != "_" and name not in _OF_SHELL:
        with suppress(Exception):
            return deepcopy(value)
    return value


def _is_still(value: Any, table: pd.DataFrame) -> bool:
    try:
        if type(value) is not pd.DataFrame or list(value.columns) != list(table.columns):
            return False
        return _shares(value, table) or value.equals(table)
    except Exception:
        return False


def _shares(value: pd.DataFrame, table: pd.DataFrame) -> bool:
    """Whether a table still has the numbers of its shallow copy in memory, and is equal in the rest.

    A quick yes to what `equals` would say after it has taken each column apart, which is asked after each check. pandas
    keeps these parts under names of its own: where they are gone, there is no quick yes.
    """
    ours, theirs = (getattr(getattr(one, "_mgr", None), "blocks", None) for one in (value, table))
    if not ours or not theirs or len(ours) != len(theirs) or not value.index.equals(table.index):
        return False
    return all(
        list(a.mgr_locs) == list(b.mgr_locs) and _is_same(a.values, b.values) for a, b in zip(ours, theirs, strict=True)
    )


def _is_same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray):
        return bool(ours.dtype == theirs.dtype and ours.__array_interface__ == theirs.__array_interface__)
    return type(ours) is type(theirs) and bool(ours.equals(theirs))


def read_value(shell: MarkedShell, within: Within, request: dict[str, Any]) -> dict[str, Any]:
    """Run the cells of a probe and read its value; what was printed is not in the answer.

    The request has "cells" (sources, may be none), "read" (an expression), "seconds" (the limit for each cell, and for the
    reading). The answer has "state"; "value" (JSON of the plain form) if it is "ok"; "error" (a sentence) if it is "error".
    """
    ran = run_cells(shell, within, request["cells"], request["seconds"])
    if ran and ran[-1].state != "ok":
        return {"state": ran[-1].state, "error": ran[-1].error}
    found: list[str] = []

    def read() -> Outcome:
        try:
            value = eval(compile(request["read"], "<probe>", "eval"), shell.user_ns)
            found.append(_dumps(_encode(value)))
            return Outcome("ok")
        except TimeUp:
            raise
        except BaseException as problem:  # also SystemExit
            return Outcome("memory" if isinstance(problem, MemoryError) else "error", error=type(problem).__name__)

    outcome = within(request["seconds"], read)
    if outcome.state == "ok" and found:
        return {"state": "ok", "value": found[0]}
    first = next((one.error for one in ran if one.state == "error"), outcome.error)
    return {"state": outcome.state, "error": first}


def run_cells(shell: MarkedShell, within: Within, sources: Sequence[str], seconds: float) -> list[Outcome]:
    """Run cells one after another, also after an error; after one that has used up its time or the memory, none."""
    outcomes: list[Outcome] = []
    for source in sources:
        outcomes.append(within(seconds, lambda source=source: run_cell(shell, source, 0, 0)))  # type: ignore[misc]
        if outcomes[-1].state not in ("ok", "error"):
            break
    return outcomes


@contextmanager
def _without_rules() -> Iterator[None]:
    """Load without checking: tables were checked outside, and there are many to load."""
    rules = {name: getattr(data, name) for name in _RULES}
    for name in rules:
        setattr(data, name, lambda *_: None)
    try:
        yield
    finally:
        for name, rule in rules.items():
            setattr(data, name, rule)
