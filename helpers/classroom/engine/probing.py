"""One hidden question: swap tables, run cells again, read one value. Lives in the student's process."""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pandas as pd

import helpers
from helpers import data

from . import values
from .shell import MarkedShell, Outcome, TimeUp, run_cell
from .tables import write

Timed = Callable[[float, Callable[[], Outcome]], Outcome]

_TRUE_DATA, _TRUE = data.DATA, ""
_RULES = ("_check_values", "_check_primary_key", "_check_foreign_keys")
_load, _encode, _dumps = data.load, values.encode, values.dumps
_folder = Path("tables")
_loaded: dict[str, dict[str, pd.DataFrame]] = {_TRUE: {}}  # swapped tables as they came -> name -> table
_now = _TRUE


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
    """Load every table once, before there is a student, so that `load` has it at hand for each of them."""
    for name in data.table_names():
        _loaded[_TRUE][name] = _load(name)
    data.load = helpers.load = _quick_load


@wraps(_load)
def _quick_load(name: str) -> pd.DataFrame:
    kept = _loaded[_now].get(name) if isinstance(name, str) else None
    return _load(name) if kept is None else kept.copy()


class Probing:
    """Answers probes about the state of this process.

    Parameters
    ----------
    shell : MarkedShell
        The state that the cells left. Every probe begins with the same names; what a probe changed in place stays.
    within : callable
        Runs something with a time limit.
    seconds : float
        The limit for one probe.
    """

    def __init__(
        self, shell: MarkedShell, within: Callable[[float, Callable[[], Outcome]], Outcome], seconds: float
    ) -> None:
        self.shell, self.within, self.seconds = shell, within, seconds
        self.names = dict(shell.user_ns)

    def look(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one probe.

        Parameters
        ----------
        request : dict
            "tables" (name -> CSV in base64), "frames" (name -> the same, loaded, as a pickle in base64),
            "bind" (variable -> table), "rerun" (sources), "read" (an expression).

        Returns
        -------
        dict
            "state", and "value" (JSON of the plain form) if the state is "ok". What was printed or raised is not in it.
        """
        found: list[str] = []

        def read() -> Outcome:
            try:
                return self._read(request, found)
            except TimeUp:
                raise
            except BaseException as problem:  # also SystemExit
                return Outcome("memory" if isinstance(problem, MemoryError) else "error")

        outcome = self.within(self.seconds, read)
        return {"state": "ok", "value": found[0]} if outcome.state == "ok" and found else {"state": outcome.state}

    def _read(self, request: dict[str, Any], found: list[str]) -> Outcome:
        names = self.shell.user_ns
        names.clear()
        names.update(self.names)
        with _swapped(request["tables"]):
            names.update(_bound(request["bind"], request["frames"]))
            for source in request["rerun"]:
                outcome = run_cell(self.shell, source, 0, 0)
                if outcome.state != "ok":
                    return outcome
            value = eval(compile(request["read"], "<probe>", "eval"), names)
            found.append(_dumps(_encode(value)))
        return Outcome("ok")


def _bound(bind: dict[str, str], frames: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Load the tables that a probe binds, unless a probe before it had the same: many share a variant."""
    kept = _loaded[_now]
    kept.update({name: pickle.loads(base64.b64decode(frame)) for name, frame in frames.items() if name not in kept})
    if _now != _TRUE:
        with _without_rules():
            kept.update({name: _load(name) for name in bind.values() if name not in kept})
    return {variable: _quick_load(name) for variable, name in bind.items()}


def _key(tables: dict[str, str]) -> str:
    return json.dumps(tables, sort_keys=True) if tables else _TRUE


@contextmanager
def _swapped(tables: dict[str, str]) -> Iterator[None]:
    """Make `load` read these tables, and the others as they are."""
    global _now
    key = _key(tables)
    if tables:
        write(_folder, {name: base64.b64decode(rows) for name, rows in tables.items()})
        data.DATA = _folder
    _loaded.setdefault(key, {})
    _now = key
    try:
        yield
    finally:
        data.DATA, _now = _TRUE_DATA, _TRUE


@contextmanager
def _without_rules() -> Iterator[None]:
    """Load without checking: swapped tables were checked where they were made, and there are many to load."""
    rules = {name: getattr(data, name) for name in _RULES}
    for name in rules:
        setattr(data, name, lambda *_: None)
    try:
        yield
    finally:
        for name, rule in rules.items():
            setattr(data, name, rule)
