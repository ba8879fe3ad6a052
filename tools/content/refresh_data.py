"""``make data``: derive what is derived in ``data/`` and check the rest.

1. ``earliest`` and ``latest`` of the events come from ``date``; ``checked`` comes from how far their sources were read.
2. Every table is written in its canonical form: its schema's columns, sorted by its key, UTF-8, one line a row.
3. The counts in the codebook (between the ``derived`` marks of ``data/README.md``) are counted anew.
4. What a source says, and where, stands exactly where it was read.
5. ``datapackage.json`` gets the size and the sha256 of every file.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from classroom.files import write_if_changed
from helpers import data, edtf
from tools.content import codebook


def main() -> int:
    """Refresh ``data/``."""
    try:
        changed = refresh(data.DATA)
    except (data.DataError, edtf.DateError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print("Changed: " + ", ".join(changed) if changed else "Nothing to do: data/ is up to date.")
    return 0


def refresh(folder: Path) -> list[str]:
    """Bring the tables, the codebook's counts and the data package of a folder up to date; return what was written.

    `DataError` or `DateError` if a value breaks a rule.
    """
    package_path = folder / "datapackage.json"
    package = json.loads(package_path.read_text(encoding="utf-8"))
    changed = [
        resource["path"]
        for resource in package["resources"]
        if write_if_changed(folder / resource["path"], canonical(folder, resource))
    ]
    for name in data.table_names():
        check_reading(name, data.load(name))  # `load` raises with the row, the column and the rule
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8")
    if write_if_changed(readme, codebook.with_counts(text).encode()):
        changed.append(readme.name)
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        resource["bytes"], resource["hash"] = len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"
    dumped = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    if write_if_changed(package_path, dumped.encode()):
        changed.append(package_path.name)
    return changed


def canonical(folder: Path, resource: dict[str, Any]) -> bytes:
    """Return a table of the data package as a CSV file in canonical form.

    `DataError` if the file is missing; `DateError`, which names the event, if the date of one cannot be read.
    """
    columns = [field["name"] for field in resource["schema"]["fields"]]
    path = folder / resource["path"]
    if not path.is_file():
        raise data.DataError(f"The file {path} is missing, but datapackage.json lists it.")
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    table = table.reindex(columns=columns, fill_value="")
    key = resource["schema"]["primaryKey"]
    order = [key] if isinstance(key, str) else list(key)
    if resource["name"] == "events":
        table = with_checked(with_bounds(table), folder)
        order = ["earliest", "latest", "event_id"]
    if resource["name"] == "eras":
        order = ["start"]
    table = table.apply(lambda column: column.map(_tidy)).sort_values(order, key=_as_people_sort)
    return str(table.to_csv(index=False, lineterminator="\n")).encode()


def check_reading(name: str, table: pd.DataFrame) -> None:
    """Refuse (`DataError`) a row that says what a source states, or where, of a source not read; and the other way round."""
    if not {"says", "locator", "read"} <= set(table.columns):
        return
    unread = table["read"] == "unread"
    for column in ("says", "locator"):
        for position in (table[column].isna() != unread).to_numpy().nonzero()[0][:1]:
            row = table.iloc[position]
            rule = (
                "must be empty, because read is 'unread'"
                if unread.iloc[position]
                else "must not be empty, because it was read"
            )
            raise data.DataError(
                f"{name}.csv, line {position + 2}, column {column!r} ({row.iloc[0]}, {row['source_id']}): it {rule}."
            )


def with_bounds(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events with ``earliest`` and ``latest`` derived from ``date``."""
    bounds = []
    for event_id, date in zip(events["event_id"], events["date"], strict=True):
        try:
            bounds.append([str(day or "") for day in edtf.bounds(str(date))])
        except edtf.DateError as problem:
            raise edtf.DateError(f"events.csv, event {event_id!r}: {problem}") from None
    first, last = zip(*bounds, strict=True) if bounds else ((), ())
    return events.assign(earliest=list(first), latest=list(last))


def with_checked(events: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return the events with ``checked`` derived from the best reading of a source: only "uncertain" is set by hand."""
    path = folder / "event_sources.csv"
    links = pd.read_csv(path, dtype="str", keep_default_na=False) if path.is_file() else pd.DataFrame()
    if "read" not in links:  # a course that does not keep how far it read says it by hand
        return events
    ranks = links["read"].map({"unread": 0, "": 0, "opening": 1, "part": 1, "whole": 2}).groupby(links["event_id"]).max()
    derived = events["event_id"].map(ranks).fillna(0).map({0: "known", 1: "opening-read", 2: "read"})
    return events.assign(checked=events["checked"].where(events["checked"] == "uncertain", derived))


def _as_people_sort(column: pd.Series) -> pd.Series:
    """Let 2a stand before 10a: fill the numbers in a text with zeros."""
    return column.astype("str").str.replace(r"\d+", lambda number: number[0].zfill(8), regex=True)


def _tidy(value: str) -> str:
    return re.sub(r"\s+", " ", value).strip()


if __name__ == "__main__":
    sys.exit(main())
