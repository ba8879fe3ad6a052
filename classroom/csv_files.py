"""CSV files that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers.spreadsheet import harmless

from .files import write_if_changed


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = False) -> None:
    """Write a CSV file in one step. Every text in it stands in quotes.

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
    write_if_changed(path, csv_bytes(columns, rows, mark=mark))


def as_stored(text: str) -> str:
    """Return a text as it is read back from such a file."""
    return str(harmless(text)).encode("utf-8", "replace").decode()


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = False) -> bytes:
    """Return the content of a CSV file: see `write_csv`. Rows that were read from such a file stay as they are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(column) for column in columns])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8", "replace")  # a name on disk may be no text
