"""Load the course's tables: typed, checked against their schema, and with errors that a reader can act on.

The schema lives once, in ``data/datapackage.json`` (a Frictionless Data Package with Table Schemas); types, allowed
values and keys are read from there. Format: https://specs.frictionlessdata.io/table-schema/ .
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from .language import ENGLISH, FOLDER, known, later, say
from .search import did_you_mean

DATA = Path(__file__).resolve().parent.parent / "data"


class DataError(ValueError):
    """A table is missing, or a value in it breaks a rule of the schema."""


def load(name: str, *, language: str = "en") -> pd.DataFrame:
    """Load one table of the course by its name.

    Parameters
    ----------
    name : str
        The name of the file in ``data/`` without ``.csv``: ``"events"``, ``"eras"``, ``"actors"``, ``"sources"`` …
        An unknown name is answered with the list of names.
    language : str, default "en"
        ``"ur"`` or ``"ar"``: titles, descriptions and claims are in Urdu or Arabic, as far as they are translated; all else
        is as in English. Names of columns, ids and kinds stay, so that code works on both.

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
    TypeError
        If the name is not text.
    DataError
        If there is no such table or language, the ``data`` folder or a file is missing, or a value breaks a rule: then the
        message names the file, the line, the column, the value and the rule.
    """
    resource = _resource(name)
    table = _read(resource)
    _check_foreign_keys(resource, table)
    if name != "events":
        return _translated(name, table, language)
    table = table.sort_values(["earliest", "latest", "event_id"], ignore_index=True)
    table["era_id"] = _era_of(table)
    table["actors"] = _actors_of(table["event_id"], language)
    return _translated(name, table, language)


def _translated(name: str, table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Put the translated texts of a side table, found by the key, in the place of the English ones."""
    if language == ENGLISH:
        return table
    if language not in known():
        raise DataError(f"There is no language {language!r}. The languages are: {', '.join([ENGLISH, *known()])}.")
    path = FOLDER / language / f"{name}.csv"
    if not path.is_file():
        return table
    side = pd.read_csv(path, dtype="str", index_col=0)
    keys = table[str(side.index.name)]
    return table.assign(**{str(column): keys.map(texts).fillna(table[column]) for column, texts in side.items()})


def about_article() -> tuple[str, int]:
    """Return the address of the article, and how many paragraphs it has: the entry ``article`` of ``datapackage.json``."""
    about = package().get("article")
    if not isinstance(about, dict) or not {"address", "paragraphs"} <= set(about):
        raise DataError('datapackage.json must have an entry "article" with "address" and "paragraphs" (a whole number).')
    return str(about["address"]), int(about["paragraphs"])


def between(default: str = later("the two governments")) -> str:
    """Return between whom an effect is: ``between`` in the entry ``article`` of ``datapackage.json``, if it stands there."""
    try:
        return str(package().get("article", {}).get("between", default))
    except DataError:  # a figure of a student's own rows needs no table
        return default


def table_names() -> list[str]:
    """Return the names that `load` knows, in the order of ``datapackage.json``."""
    return [str(resource["name"]) for resource in package()["resources"]]


def package() -> dict[str, Any]:
    """Return the tables with their schema: ``datapackage.json``. `DataError` if it is missing or no valid JSON."""
    path = DATA / "datapackage.json"
    if not path.is_file():
        raise DataError(
            say(
                "The tables were not found: there is no {name} in {folder}. Download the whole course (not a single "
                "notebook), unpack it, and keep its folders 'data', 'helpers' and 'notebooks' side by side.",
                name=path.name,
                folder=DATA,
            )
        )
    there = path.stat()
    try:
        return _read_package(path, there.st_mtime_ns, there.st_size)
    except json.JSONDecodeError as problem:
        raise DataError(f"{path} is not valid JSON: {problem}. Download the file again.") from None


@lru_cache(maxsize=4)
def _read_package(path: Path, changed: int, size: int) -> dict[str, Any]:
    """Read the file once, and again when it was changed: the words of a figure ask for it at each of its events."""
    described: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return described


def _resource(name: str) -> dict[str, Any]:
    if not isinstance(name, str):
        raise TypeError(
            say(
                'load needs the name of one table in quotation marks, such as load("events"), but {name!r} was given.',
                name=name,
            )
        )
    resources = {resource["name"]: resource for resource in package()["resources"]}
    if name not in resources:
        missing = say("There is no table {name!r}.", name=name)
        raise DataError(f"{missing}{_meant(name, resources)} {say('The tables are: {names}.', names=', '.join(resources))}")
    found: dict[str, Any] = resources[name]
    return found


def _meant(name: str, known: Iterable[str]) -> str:
    """Guess which table is meant: a file, a path, or the last part of a name are taken for the name."""
    plain = name.strip().casefold().replace("\\", "/").removesuffix(".csv").rpartition("data/")[2]
    last = {table.rpartition("/")[2]: table for table in known}
    return did_you_mean(last.get(plain, plain), known)


def _read(resource: dict[str, Any], columns: list[str] | None = None) -> pd.DataFrame:
    """Read one file as text, check every value against the schema, and give each column its type."""
    path = DATA / resource["path"]
    try:
        text = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], usecols=columns)
    except FileNotFoundError:
        raise DataError(f"The file {path} is missing. Download the whole course again.") from None
    except OSError as problem:
        raise DataError(f"{path} cannot be opened ({problem}). Is it open in another program? Close it there.") from None
    except UnicodeDecodeError:
        raise DataError(_not_utf8(path)) from None
    except pd.errors.ParserError as problem:
        raise DataError(_not_csv(path.name, str(problem))) from None
    except pd.errors.EmptyDataError:
        raise DataError(f"{path.name} is empty: it has no line with the names of the columns.") from None
    except ValueError:  # a column that is not there
        _check_header(path, resource["schema"], list(pd.read_csv(path, nrows=0, dtype="str").columns))
        raise
    schema = resource["schema"]
    fields = [field for field in schema["fields"] if columns is None or field["name"] in columns]
    if columns is None:
        _check_header(path, schema, list(text.columns))
        _check_rows(path.name, text)
    for field in fields:
        _check_values(path.name, field, text[field["name"]])
    if columns is None:
        _check_primary_key(path.name, schema, text)
    return pd.DataFrame({field["name"]: _typed(path.name, field, text[field["name"]]) for field in fields})


def _not_utf8(path: Path) -> str:
    content = path.read_bytes()
    try:
        content.decode("utf-8")
        line = 1
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
    return (
        f"{path.name} is not a readable CSV file in UTF-8: line {line} holds a letter in another form. If you edited it in "
        'Excel, save it again as "CSV UTF-8 (comma delimited)".'
    )


def _not_csv(file: str, problem: str) -> str:
    """Put into words why pandas could not cut a file into cells."""
    if found := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", problem):
        wanted, line, seen = found.groups()
        problem = (
            f"line {line} has {seen} cells, but there are {wanted} columns. Put a text that holds a comma in quotation marks"
        )
    elif "EOF inside string" in problem:
        problem = 'a quotation mark (") that opens a text has no partner that closes it'
    return f"{file} is not a readable CSV file: {problem}."


def _check_header(path: Path, schema: dict[str, Any], given: list[str]) -> None:
    """Compare the names of the columns with those of the schema."""
    expected = [field["name"] for field in schema["fields"]]
    if given == expected:
        return
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(given) == 1 < len(expected) and sign in given[0]:
            raise DataError(
                f"{path.name} has {name} between its cells, and commas are needed. Excel writes {name} in some countries: "
                'save the file as "CSV UTF-8 (comma delimited)", or replace them in a text editor.'
            )
    nameless = [k for k, name in enumerate(given) if name.startswith("Unnamed: ")]
    missing = [name for name in expected if name not in given]
    if nameless:
        known = f"; {', '.join(map(repr, missing))} is missing" if missing else ""
        problem = f"column {nameless[0] + 1} has no name in the first line{known}"
    elif missing:
        more = [name for name in given if name not in expected]
        problem = f"it has no column {', '.join(map(repr, missing))}.{did_you_mean(missing[0], more)}".removesuffix(".")
    else:
        problem = "there are other columns, or another order"
    raise DataError(f"{path.name} has the columns {given}; they must be {expected}, in this order: {problem}.")


def _check_rows(file: str, text: pd.DataFrame) -> None:
    if not isinstance(text.index, pd.RangeIndex):  # pandas then takes the first cells for names of rows
        raise DataError(f"{file}: the rows have more cells than the first line has names. Is there a comma at their ends?")
    empty = text.isna().all(axis="columns").to_numpy()
    if empty.any():
        more = f" {int(empty.sum()) - 1} more are empty, too." if empty.sum() > 1 else ""
        raise DataError(f"{file}, line {int(empty.argmax()) + 2} is empty: delete it.{more} Excel leaves such lines behind.")


def _check_values(file: str, field: dict[str, Any], values: pd.Series) -> None:
    rules = field.get("constraints", {})
    if rules.get("required"):
        _refuse(file, values, values.isna(), "is required")
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
        for column in columns:
            _refuse(file, table[column], table[column].isna(), "is required")
        bad = table.duplicated(columns)
        if bad.any():
            keys = table[columns].agg(" + ".join, axis="columns").rename(" + ".join(columns))
            _refuse(file, keys, bad, "must not occur twice")


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
    problem = "the cell is empty, and this column is required in every row" if pd.isna(value) else f"{value!r} {rule}"
    more = int(mask.sum()) - 1
    others = f" ({more} more like it)" if more else ""
    raise DataError(f"{file}, line {position + 2}, column {values.name!r}: {problem}.{others}")


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


def _actors_of(event_ids: pd.Series, language: str) -> pd.Series:
    pairs = _read(_resource("event_actors"))
    names = _translated("actors", _read(_resource("actors"), columns=["actor_id", "name"]), language)
    named = pairs["actor_id"].map(names.set_index("actor_id")["name"])
    _refuse("event_actors.csv", pairs["actor_id"], named.isna(), "must be one of the actor_id in actors.csv")
    return event_ids.map(named.groupby(pairs["event_id"]).agg("; ".join)).astype("str")
