"""CSV files that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.files import write_if_changed

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> object:
    """Return a value as it may stand in a cell: a text that a spreadsheet would take for a formula gets a quote in front.

    Parameters
    ----------
    value : object
        A text, a number or None. Numbers stay numbers; a whole number loses its ``.0``.

    Returns
    -------
    object
    """
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" \u00a0").startswith(_RUNS) or value.startswith(_RUNS) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = False) -> None:
    """Write a CSV file in one step.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    columns : sequence of str
        The first line.
    rows : iterable of sequences
        The others.
    mark : bool, default False
        Whether to begin with the mark by which Excel knows UTF-8. Programs do not expect it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(column) for column in columns])
    writer.writerows([harmless(value) for value in row] for row in rows)
    write_if_changed(path, text.getvalue().encode("utf-8-sig" if mark else "utf-8"))
