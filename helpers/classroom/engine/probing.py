"""One hidden question: swap tables, run cells again, read one value. Lives in the student's process."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers import data

from . import values
from .shell import MarkedShell, Outcome, run_cell

_TRUE_DATA = data.DATA
_load, _encode, _dumps = data.load, values.encode, values.dumps
_folder = Path("tables")


def use_folder(folder: Path) -> None:
    """Say where swapped tables are written.

    Parameters
    ----------
    folder : pathlib.Path
        A folder that this process may empty and write.
    """
    global _folder
    _folder = folder


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
                shell.user_ns[variable] = _load(table)
            for source in request["rerun"]:
                outcome = run_cell(shell, source, 0, 0)
                if outcome.state != "ok":
                    return outcome
            value = eval(compile(request["read"], "<probe>", "eval"), shell.user_ns)
            found.append(_dumps(_encode(value)))
        except Exception as problem:
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
