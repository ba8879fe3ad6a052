"""Load the course's tables: typed, checked against their schema, and with errors that a reader can act on.

The schema lives once, in ``data/datapackage.json`` (a Frictionless Data Package with Table Schemas); types, allowed
values and keys are read from there. Format: https://specs.frictionlessdata.io/table-schema/ .
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

DATA = Path(__file__).resolve().parent.parent / "data"


class DataError(ValueError):
    """A table is missing, or a value in it breaks a rule of the schema."""


def load(name: str) -> pd.DataFrame:
    """Load one table of the course by its name.

    Parameters
    ----------
    name : str
        The name of the file in ``data/`` without ``.csv``: ``"events"``, ``"eras"``, ``"actors"``, ``"sources"`` …
        An unknown name is answered with the list of names.

    Returns
    -------
    pandas.DataFrame
        A new frame with one row a line of the file, in the file's order, with the columns of the file. Text is ``str``, a
        calendar day ``datetime64``, a whole number ``Int64``, true or false ``boolean``, a column with a fixed list of
        values ``category`` (ordered where the order means something). An empty cell is a missing value.

        ``"events"`` comes sorted by ``earliest``, ``latest`` and ``event_id`` and has two more columns: ``era_id``
        (ordered category; the era in which the event begins) and ``actors`` (the names of those who took part,
        separated by "; ").

    Raises
    ------
    DataError
        If there is no such table, the ``data`` folder or a file is missing, or a value breaks a rule: then the message
        names the file, the line, the column, the value and the rule.
    """
    resource = _resource(name)
    table = _read(resource)
    _check_foreign_keys(resource, table)
    if name != "events":
        return table
    table = table.sort_values(["earliest", "latest", "event_id"], ignore_index=True)
    table["era_id"] = _era_of(table)
    table["actors"] = _actors_of(table["event_id"])
    return table


def about_article() -> tuple[str, int]:
    """Say where the article is and how long.

    Returns
    -------
    tuple of (str, int)
        Its address, and how many paragraphs it has: the entry ``article`` of ``datapackage.json``.

    Raises
    ------
    DataError
        If the ``data`` folder is missing, or has no such entry.
    """
    about = _package().get("article")
    if not isinstance(about, dict) or not {"address", "paragraphs"} <= set(about):
        raise DataError('datapackage.json must have an entry "article" with "address" and "paragraphs" (a whole number).')
    return str(about["address"]), int(about["paragraphs"])


def table_names() -> list[str]:
    """Return the names that `load` knows.

    Returns
    -------
    list of str
        In the order of ``datapackage.json``.

    Raises
    ------
    DataError
        If the ``data`` folder is missing.
    """
    return [resource["name"] for resource in _package()["resources"]]


def _package() -> dict[str, Any]:
    path = DATA / "datapackage.json"
    if not path.is_file():
        raise DataError(
            f"The tables were not found: there is no {path.name} in {DATA}. Download the whole course (not a single "
            "notebook), unpack it, and keep its folders 'data', 'helpers' and 'notebooks' side by side."
        )
    try:
        package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as problem:
        raise DataError(f"{path} is not valid JSON: {problem}. Download the file again.") from None
    return package


def _resource(name: str) -> dict[str, Any]:
    resources = {resource["name"]: resource for resource in _package()["resources"]}
    if name not in resources:
        raise DataError(f"There is no table {name!r}. The tables are: {', '.join(resources)}.")
    return resources[name]


def _read(resource: dict[str, Any], columns: list[str] | None = None) -> pd.DataFrame:
    """Read one file as text, check every value against the schema, and give each column its type."""
    path = DATA / resource["path"]
    try:
        text = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], usecols=columns)
    except FileNotFoundError:
        raise DataError(f"The file {path} is missing. Download the whole course again.") from None
    except (pd.errors.ParserError, UnicodeDecodeError) as problem:
        raise DataError(f"{path.name} is not a readable CSV file in UTF-8: {problem}") from None
    except ValueError as problem:  # an empty file, or a column that is not there
        raise DataError(f"{path.name} cannot be read: {problem}") from None
    schema = resource["schema"]
    fields = [field for field in schema["fields"] if columns is None or field["name"] in columns]
    expected = [field["name"] for field in fields]
    if columns is None and list(text.columns) != expected:
        raise DataError(f"{path.name} has the columns {list(text.columns)}; they must be {expected}, in this order.")
    for field in fields:
        _check_values(path.name, field, text[field["name"]])
    if columns is None:
        _check_primary_key(path.name, schema, text)
    return pd.DataFrame({field["name"]: _typed(path.name, field, text[field["name"]]) for field in fields})


def _check_values(file: str, field: dict[str, Any], values: pd.Series) -> None:
    rules = field.get("constraints", {})
    if rules.get("required"):
        _refuse(file, values, values.isna(), "must not be empty")
    if rules.get("unique"):
        _refuse(file, values, values.duplicated() & values.notna(), "must not occur twice")
    if "enum" in rules:
        allowed = ", ".join(rules["enum"])
        _refuse(file, values, values.notna() & ~values.isin(rules["enum"]), f"must be one of: {allowed}")
    if "pattern" in rules:
        fits = values.str.fullmatch(rules["pattern"])
        _refuse(file, values, values.notna() & ~fits.fillna(True).astype(bool), f"must match {rules['pattern']}")
    if "maxLength" in rules:
        _refuse(file, values, values.str.len() > rules["maxLength"], f"must have at most {rules['maxLength']} characters")


def _typed(file: str, field: dict[str, Any], values: pd.Series) -> pd.Series:
    kind = field["type"]
    if kind == "date":
        days = pd.to_datetime(values, format="%Y-%m-%d", errors="coerce")
        _refuse(file, values, days.isna() & values.notna(), "must be a day of the calendar, written YYYY-MM-DD")
        return days
    if kind == "boolean":
        _refuse(file, values, values.notna() & ~values.isin(["true", "false"]), "must be true or false")
        return values.map({"true": True, "false": False}).astype("boolean")
    if kind in ("integer", "number"):
        numbers = pd.to_numeric(values, errors="coerce")
        bad = numbers.isna() & values.notna()
        if kind == "integer":
            bad |= numbers.notna() & (numbers % 1 != 0)
        _refuse(file, values, bad, f"must be {'a whole number' if kind == 'integer' else 'a number'}")
        _check_range(file, field, values, numbers)
        return numbers.astype("Int64") if kind == "integer" else numbers.astype("float64")
    if "enum" in field.get("constraints", {}):
        order = pd.CategoricalDtype(field["constraints"]["enum"], ordered=field.get("categoriesOrdered", False))
        return values.astype(order)
    return values


def _check_range(file: str, field: dict[str, Any], values: pd.Series, numbers: pd.Series) -> None:
    rules = field.get("constraints", {})
    if "minimum" in rules:
        _refuse(file, values, numbers < rules["minimum"], f"must be at least {rules['minimum']}")
    if "maximum" in rules:
        _refuse(file, values, numbers > rules["maximum"], f"must be at most {rules['maximum']}")


def _check_primary_key(file: str, schema: dict[str, Any], table: pd.DataFrame) -> None:
    key = schema.get("primaryKey", [])
    columns = [key] if isinstance(key, str) else list(key)
    if columns:
        bad = table[columns].isna().any(axis="columns") | table.duplicated(columns)
        if bad.any():
            keys = table[columns].fillna("").agg(" + ".join, axis="columns").rename(" + ".join(columns))
            _refuse(file, keys, bad, "must be there and must not occur twice")


def _check_foreign_keys(resource: dict[str, Any], table: pd.DataFrame) -> None:
    for key in resource["schema"].get("foreignKeys", []):
        column, target = key["fields"], key["reference"]
        known = _read(_resource(target["resource"]), columns=[target["fields"]])[target["fields"]]
        values = table[column]
        bad = values.notna() & ~values.isin(known)
        _refuse(
            Path(resource["path"]).name, values, bad, f"must be one of the {target['fields']} in {target['resource']}.csv"
        )


def _refuse(file: str, values: pd.Series, bad: pd.Series, rule: str) -> None:
    """Raise for the first bad value, and name its line as a text editor counts it: the header is line 1."""
    mask = bad.fillna(False).to_numpy(dtype=bool)
    if not mask.any():
        return
    position = int(mask.argmax())
    value = values.iloc[position]
    shown = "nothing" if pd.isna(value) else repr(value)
    more = int(mask.sum()) - 1
    others = f" ({more} more like it)" if more else ""
    raise DataError(f"{file}, line {position + 2}, column {values.name!r}: {shown} {rule}.{others}")


def _era_of(events: pd.DataFrame) -> pd.Series:
    """Put each event into the era in which it begins."""
    eras = _read(_resource("eras"), columns=["era_id", "start", "end"]).sort_values("start")
    if eras.empty:  # a course that is only begun
        _refuse("events.csv", events["event_id"], events["event_id"].notna(), "needs an era: eras.csv has no rows")
        return pd.Series(pd.Categorical([], ordered=True), index=events.index)
    edges = [*eras["start"], eras["end"].iloc[-1] + pd.Timedelta(days=1)]
    found = pd.cut(events["earliest"], edges, right=False, labels=list(eras["era_id"]))
    outside = events["earliest"].where(found.isna()).dt.strftime("%Y-%m-%d")
    _refuse("events.csv", outside, found.isna(), "must lie in an era of eras.csv")
    return found


def _actors_of(event_ids: pd.Series) -> pd.Series:
    pairs = _read(_resource("event_actors"))
    names = _read(_resource("actors"), columns=["actor_id", "name"])
    named = pairs["actor_id"].map(names.set_index("actor_id")["name"])
    _refuse("event_actors.csv", pairs["actor_id"], named.isna(), "must be one of the actor_id in actors.csv")
    return event_ids.map(named.groupby(pairs["event_id"]).agg("; ".join)).astype("str")
