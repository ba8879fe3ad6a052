"""One hidden question: swap tables, run cells again, read one value. Lives in the student's process."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import data

from . import values
from .shell import MarkedShell, Outcome, TimeUp, run_cell

_TRUE_DATA = data.DATA
_load, _encode, _dumps = data.load, values.encode, values.dumps
_folder = Path("tables")
_true: dict[str, pd.DataFrame] = {}
_variant: dict[str, Any] = {}  # of the probe before: its tables as they came, by "key", and as they were loaded, by name


def use_folder(folder: Path) -> None:
    """Say where swapped tables are written.

    Parameters
    ----------
    folder : pathlib.Path
        A folder that this process may empty and write.
    """
    global _folder
    _folder = folder


def remember_true_tables() -> dict[str, pd.DataFrame]:
    """Load every table once, before there is a student, so that a probe on the true tables has them at hand.

    Returns
    -------
    dict of str to pandas.DataFrame
        By name.
    """
    for name in data.table_names():
        _true[name] = _load(name)
    return _true


def prepare(
    request: dict[str, Any],
    within: Callable[[float, Callable[[], Outcome]], Outcome],
    seconds: float,
) -> None:
    """Load the swapped tables that a probe binds, if the one before it had others: several probes share a variant.

    Parameters
    ----------
    request : dict
        See `look`.
    within : callable
        Runs something with a time limit.
    seconds : float
        The limit. Beyond it, or if something fails, the probe loads for itself.
    """
    key = json.dumps(request["tables"], sort_keys=True)
    if _variant.get("key") != key:
        _variant.clear()
        _variant["key"] = key
    wanted = [name for name in request["bind"].values() if name not in _variant] if request["tables"] else []
    if not wanted:
        return

    def load() -> Outcome:
        try:
            _swap(request["tables"])
            _variant.update({name: _load(name) for name in wanted})
        except Exception:
            return Outcome("error")
        finally:
            data.DATA = _TRUE_DATA
        return Outcome("ok")

    within(seconds, load)


def _table(name: str, swapped: bool) -> pd.DataFrame:
    kept = (_variant if swapped else _true).get(name)
    return _load(name) if kept is None else kept.copy()


def look(
    shell: MarkedShell,
    request: dict[str, Any],
    within: Callable[[float, Callable[[], Outcome]], Outcome],
    seconds: float,
) -> dict[str, Any]:
    """Answer one probe.

    Parameters
    ----------
    shell : MarkedShell
        The state that the cells left.
    request : dict
        "tables" (name -> CSV in base64), "bind" (variable -> table), "rerun" (sources), "read" (an expression).
    within : callable
        Runs something with a time limit.
    seconds : float
        The limit, for all of it.

    Returns
    -------
    dict
        "state", and "value" (JSON of the plain form) if the state is "ok". What was printed or raised is not in it.
    """
    found: list[str] = []

    def read() -> Outcome:
        try:
            _swap(request["tables"])
            for variable, table in request["bind"].items():
                shell.user_ns[variable] = _table(table, bool(request["tables"]))
            for source in request["rerun"]:
                outcome = run_cell(shell, source, 0, 0)
                if outcome.state != "ok":
                    return outcome
            value = eval(compile(request["read"], "<probe>", "eval"), shell.user_ns)
            found.append(_dumps(_encode(value)))
        except TimeUp:
            raise
        except BaseException as problem:  # also SystemExit
            return Outcome("memory" if isinstance(problem, MemoryError) else "error")
        return Outcome("ok")

    outcome = within(seconds, read)
    return {"state": "ok", "value": found[0]} if outcome.state == "ok" and found else {"state": outcome.state}


def _swap(tables: dict[str, str]) -> None:
    """Make `load` read these tables, and the others as they are."""
    if not tables:
        return
    shutil.rmtree(_folder, ignore_errors=True)
    _folder.mkdir(parents=True, exist_ok=True)
    data.DATA = _TRUE_DATA
    resources = data._package()["resources"]
    _share(_TRUE_DATA / "datapackage.json", _folder / "datapackage.json")
    for resource in resources:
        target = _folder / resource["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if resource["name"] in tables:
            target.write_bytes(base64.b64decode(tables[resource["name"]]))
        else:
            _share(_TRUE_DATA / resource["path"], target)
    data.DATA = _folder


def _share(source: Path, target: Path) -> None:
    try:
        os.symlink(source, target)
    except OSError:  # Windows allows links to administrators only
        shutil.copyfile(source, target)
