"""A folder of tables in which some are swapped; and swapped tables loaded once, outside, for all submissions."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from helpers import data

_TRUE_DATA = data.DATA


def write(folder: Path, tables: Mapping[str, bytes]) -> None:
    """Fill a folder with tables, so that `load` can read from it.

    Parameters
    ----------
    folder : pathlib.Path
        It is emptied first.
    tables : mapping of str to bytes
        Name for `load` to CSV. All other tables are the true ones.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    data.DATA = _TRUE_DATA
    _share(_TRUE_DATA / "datapackage.json", folder / "datapackage.json")
    for resource in data.package()["resources"]:
        target = folder / resource["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if resource["name"] in tables:
            target.write_bytes(tables[resource["name"]])
        else:
            _share(_TRUE_DATA / resource["path"], target)


def pickled(tables: Mapping[str, bytes]) -> dict[str, bytes]:
    """Load swapped tables with every rule of the schema (`ValueError` as `load`), and pickle what `load` gives.

    Reading a table takes a student's process longer than all else in a hidden question. A pickle goes one way only: the
    student's process reads it, and nothing that comes back is one.
    """
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "tables", tables)
        data.DATA = Path(folder) / "tables"
        try:
            return {name: pickle.dumps(data.load(name), protocol=pickle.HIGHEST_PROTOCOL) for name in tables}
        finally:
            data.DATA = _TRUE_DATA


def _share(source: Path, target: Path) -> None:
    try:
        os.symlink(source, target)
    except OSError:  # Windows allows links to administrators only
        shutil.copyfile(source, target)
