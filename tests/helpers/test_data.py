"""`load`: types, order, eras, actors, and errors that say where and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers import data, load
from helpers.plotting.eras import load_eras


def spoil(folder: Path, table: str, old: str, new: str) -> int:
    """Change the first `old` into `new`; return the line of the file on which it stands."""
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("name", data.table_names())
def test_every_table_loads_with_the_columns_of_its_schema(name: str) -> None:
    table = load(name)
    fields = [field["name"] for field in data._resource(name)["schema"]["fields"]]
    assert list(table.columns[: len(fields)]) == fields
    assert len(table) > 0


def test_events_are_typed_and_in_a_stable_order() -> None:
    events = load("events")
    assert events["earliest"].dtype.kind == events["latest"].dtype.kind == "M"
    assert events["paragraph"].dtype == "Int64"
    assert {name for name in events if isinstance(events[name].dtype, pd.CategoricalDtype)} == {
        "kind",
        "effect",
        "level",
        "checked",
        "era_id",
    }
    assert events["checked"].cat.ordered and events["checked"].cat.categories[0] == "uncertain"
    assert events["era_id"].cat.ordered and list(events["era_id"].cat.categories) == list(load("eras")["era_id"])
    again = events.sample(frac=1, random_state=0).sort_values(["earliest", "latest", "event_id"], ignore_index=True)
    pd.testing.assert_frame_equal(events, again)


def test_the_era_is_the_one_in_which_the_event_begins() -> None:
    events = load("events").merge(load("eras"), on="era_id", suffixes=("", "_era"))
    assert ((events["start"] <= events["earliest"]) & (events["earliest"] <= events["end"])).all()
    assert len(events) == len(load("events"))


def test_two_loads_do_not_share_a_frame() -> None:
    first = load("eras")
    first["title"] = "changed"
    assert (load("eras")["title"] != "changed").all()


def test_actors_are_named_as_in_their_table() -> None:
    row = load("events").set_index("event_id").loc["pakistan-joins-baghdad-pact-1955"]
    assert row["actors"] == "United Kingdom; Iraq; Pakistan; Turkey"
    assert load("events")["actors"].notna().all()


def test_the_columns_spelling_assad_finds_muhammad_asad_and_no_president() -> None:
    actors = load("actors").dropna(subset=["aliases"])
    found = actors[actors["aliases"].str.split("; ").map(lambda names: any(name.startswith("Assad") for name in names))]
    assert list(found["actor_id"]) == ["muhammad-asad"]


def test_an_unknown_table_is_answered_with_the_list() -> None:
    with pytest.raises(data.DataError, match="no table 'xyz'. The tables are: eras, events, actors"):
        load("xyz")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *[(name, "events") for name in ("Events", "EVENTS", "event", " events", "events ", "events.csv", "Events.CSV")],
        *[(name, "events") for name in ("data/events.csv", "../data/events.csv", "evnets", "data\\events.csv", "event s")],
        ("trade", "figures/trade"),
        ("figures/Trade.csv", "figures/trade"),
        ("figure/trade", "figures/trade"),
        ("event_source", "event_sources"),
        ("event-actors", "event_actors"),
    ],
)
def test_a_table_under_another_spelling_is_guessed(written: str, meant: str) -> None:
    with pytest.raises(data.DataError) as problem:
        load(written)
    assert str(problem.value).startswith(f"There is no table {written!r}. Did you mean {meant!r}? The tables are: eras")


@pytest.mark.parametrize("given", [["events"], None, 1, ("events",), {"events"}, b"events", Path("events"), ..., 1.5])
def test_what_is_no_name_is_answered_with_an_example(given: Any) -> None:
    with pytest.raises(TypeError) as problem:
        load(given)
    assert str(problem.value) == (
        f'load needs the name of one table in quotation marks, such as load("events"), but {given!r} was given.'
    )


def edited(folder: Path, change: Callable[[list[str]], list[str]], encoding: str = "utf-8") -> None:
    """Save events.csv as a spreadsheet might."""
    lines = (folder / "events.csv").read_text(encoding="utf-8").splitlines()
    (folder / "events.csv").write_text("\n".join(change(lines)) + "\n", encoding=encoding, errors="replace")


LINES = len((data.DATA / "events.csv").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: [*lines, "," * 11], rf"events\.csv, line {LINES + 1} is empty: delete it\. Excel"),
        (lambda lines: [*lines, *["," * 11] * 3], rf"line {LINES + 1} is empty: delete it\. 2 more are empty, too"),
        (lambda lines: [lines[0], "," * 11, *lines[1:]], r"line 2 is empty: delete it"),
        (lambda lines: [*lines, *["," * 11] * 2], r"is empty: delete it\. 1 more are empty, too"),
        (lambda lines: [line.replace(",", ";") for line in lines], "semicolons between its cells, and commas are needed"),
        (lambda lines: [line.replace(",", "\t") for line in lines], "tabs between its cells, and commas are needed"),
        (lambda lines: [lines[0].replace("earliest", ""), *lines[1:]], "column 3 has no name.*'earliest' is missing"),
        (lambda lines: [f"{line}," for line in lines], "column 13 has no name in the first line"),
        (lambda lines: [lines[0].replace("title", "Title"), *lines[1:]], "no column 'title'. Did you mean 'Title'"),
        (lambda lines: [lines[0].replace("date,earliest", "earliest,date"), *lines[1:]], "another order"),
        (lambda lines: [lines[0], *[f"{line},,x" for line in lines[1:]]], "more cells than the first line has names"),
        (lambda lines: [*lines, "a,b," + "c," * 11], rf"line {LINES + 1} has 14 cells, but there are 12 columns"),
        (lambda lines: [*lines, '"a,b'], "quotation mark.*no partner"),
        (lambda lines: ["", ""], "is empty: it has no line with the names"),
        (lambda lines: [*lines, "," + lines[-1].partition(",")[2]], "'event_id': the cell is empty, and this column is req"),
        (lambda lines: [*lines, lines[-1]], "'event_id': .* must not occur twice"),
    ],
)
def test_a_file_that_a_spreadsheet_has_changed_is_explained(data_copy: Path, change: Any, message: str) -> None:
    edited(data_copy, change)
    with pytest.raises(data.DataError, match=message):
        load("events")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_in_another_encoding_names_the_line_and_the_way_out(data_copy: Path, encoding: str) -> None:
    edited(data_copy, lambda lines: [lines[0], lines[1].replace("open", "öpen"), *lines[2:]], encoding)
    line = 2 if encoding == "cp1252" else 1
    with pytest.raises(data.DataError, match=rf"not a readable CSV file in UTF-8: line {line} .*CSV UTF-8"):
        load("events")


def test_a_file_that_excel_has_saved_in_utf_8_is_read(data_copy: Path) -> None:
    edited(data_copy, lambda lines: lines, "utf-8-sig")
    assert len(load("events")) == LINES - 1


def test_a_table_that_another_table_needs_is_explained_too(data_copy: Path) -> None:
    path = data_copy / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    with pytest.raises(data.DataError, match=r"sources\.csv has semicolons"):
        load("event_sources")


def test_a_missing_folder_says_where_it_looked_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "DATA", tmp_path / "data")
    with pytest.raises(data.DataError) as problem:
        load("events")
    assert str(tmp_path / "data") in str(problem.value) and "Download the whole course" in str(problem.value)


def test_the_schema_and_the_eras_are_read_once_and_anew_when_they_change(
    data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words of a figure ask at each event between whom its effect is; a picture of the explorer asks for the eras."""
    read: list[str] = []
    loads = json.loads
    monkeypatch.setattr(data.json, "loads", lambda text: read.append(text) or loads(text))
    assert data.between() == data.between() and len(read) == 1
    path = data_copy / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    described["article"]["between"] = "two cities"
    path.write_text(json.dumps(described), encoding="utf-8")
    assert data.between() == "two cities"
    eras = data_copy / "eras.csv"
    assert load_eras()[0].title == "Founding years"
    eras.write_text(eras.read_text(encoding="utf-8").replace("Founding years", "First years"), encoding="utf-8")
    assert load_eras()[0].title == "First years"


def test_a_missing_file_is_named(data_copy: Path) -> None:
    (data_copy / "actors.csv").unlink()
    with pytest.raises(data.DataError, match=r"actors\.csv is missing"):
        load("actors")


@pytest.mark.parametrize(
    ("table", "old", "new", "words"),
    [
        (
            "events",
            "1950-02-26,1950-02-26,1950-02-26",
            "26.2.1950,1950-02-26,1950-02-26",
            ["'date'", "26.2.1950", "must match"],
        ),
        (
            "events",
            ",1950-02-26,1950-02-26,Pakistan",
            ",1950-02-30,1950-02-26,Pakistan",
            ["'earliest'", "1950-02-30", "calendar"],
        ),
        ("events", ",treaty,cooperative,", ",agreement,cooperative,", ["'kind'", "'agreement'", "must be one of: treaty"]),
        ("events", "treaty-of-friendship-1950,", "palestine-partition-vote-1947,", ["'event_id'", "must not occur twice"]),
        ("events", "treaty-of-friendship-1950,", ",", ["'event_id'", "the cell is empty", "required in every row"]),
        ("events", "government,1,", "government,13,", ["'paragraph'", "'13'", "at most 12"]),
        ("events", "government,1,", "government,1.5,", ["'paragraph'", "'1.5'", "whole number"]),
        (
            "events",
            "Pakistan and Iraq vote against",
            "Pakistan and Iraq " * 5 + "vote",
            ["'title'", "at most 70 characters"],
        ),
        ("actors", ",state\n", ",country\n", ["'type'", "'country'", "must be one of: state"]),
        ("eras", "founding-years,1,", "founding-years,one,", ["'number'", "'one'", "whole number"]),
    ],
)
def test_a_broken_value_is_named_with_line_column_and_rule(
    data_copy: Path, table: str, old: str, new: str, words: list[str]
) -> None:
    line = spoil(data_copy, table, old, new)
    with pytest.raises(data.DataError) as problem:
        load(table)
    message = str(problem.value)
    assert all(word in message for word in [f"{table}.csv", f"line {line},", *words]), message


def test_an_actor_who_is_not_in_the_list_is_refused(data_copy: Path) -> None:
    spoil(data_copy, "event_actors", ",IRQ\n", ",IRK\n")
    for table in ("event_actors", "events"):
        with pytest.raises(data.DataError, match="'IRK' must be one of the actor_id in actors"):
            load(table)


def test_events_are_numbered_in_the_order_of_time_whatever_that_of_the_file(data_copy: Path) -> None:
    edited(data_copy, lambda lines: [lines[0], *reversed(lines[1:])])
    events = load("events")
    assert events["earliest"].is_monotonic_increasing and list(events.index) == list(range(len(events)))


def test_a_word_that_pandas_takes_for_nothing_is_a_text(data_copy: Path) -> None:
    spoil(data_copy, "actors", ",Iraq,", ",NA,")
    assert "NA" in set(load("actors")["name"])


def test_events_before_the_first_era_is_written_ask_for_one(data_copy: Path) -> None:
    header = (data_copy / "eras.csv").read_text(encoding="utf-8").partition("\n")[0]
    (data_copy / "eras.csv").write_text(f"{header}\n", encoding="utf-8")
    with pytest.raises(data.DataError, match="needs an era: eras.csv has no rows"):
        load("events")


def test_an_article_without_its_address_is_refused(data_copy: Path) -> None:
    path = data_copy / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    del described["article"]["address"]
    path.write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(data.DataError, match='must have an entry "article" with "address"'):
        data.about_article()


def test_true_and_false_are_read_as_such() -> None:
    column = pd.Series(["true", "false", None], name="n", dtype="str")
    read = data._typed("x.csv", {"name": "n", "type": "boolean"}, column)
    assert list(read[:2]) == [True, False] and read.isna()[2]


def test_an_event_outside_every_era_is_refused(data_copy: Path) -> None:
    spoil(data_copy, "events", ",1947-01-01,", ",1946-01-01,")
    with pytest.raises(data.DataError, match=r"1946-01-01.*must lie in an era"):
        load("events")


def test_a_missing_column_and_a_file_that_is_no_csv_are_named(data_copy: Path) -> None:
    spoil(data_copy, "actors", "aliases", "other_names")
    with pytest.raises(data.DataError, match=r"actors\.csv has the columns.*other_names"):
        load("actors")
    (data_copy / "eras.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(data.DataError, match=r"eras\.csv is not a readable CSV"):
        load("eras")
    (data_copy / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(data.DataError, match=r"datapackage\.json is not valid JSON"):
        load("eras")


def test_the_schema_is_read_from_the_package_alone(data_copy: Path) -> None:
    path = data_copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    kinds = package["resources"][1]["schema"]["fields"][6]["constraints"]["enum"]
    kinds.remove("treaty")
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(data.DataError, match="'treaty' must be one of: diplomacy"):
        load("events")


@pytest.mark.parametrize(
    ("kind", "rules", "edge", "beyond"),
    [
        ("integer", {"minimum": 1}, "1", "0"),
        ("integer", {"maximum": 12}, "12", "13"),
        ("number", {"minimum": 0.5}, "0.5", "0.49"),
        ("string", {"maxLength": 3}, "abc", "abcd"),
    ],
)
def test_a_value_at_the_edge_of_a_rule_is_allowed(kind: str, rules: dict[str, Any], edge: str, beyond: str) -> None:
    field = {"name": "n", "type": kind, "constraints": rules}

    def read(*values: str) -> None:
        column = pd.Series(values, name="n", dtype="str")
        data._check_values("x.csv", field, column)
        data._typed("x.csv", field, column)

    read(edge, edge)
    with pytest.raises(data.DataError, match=r"^x\.csv, line 3, column 'n': '.*' must .* \S+\.$"):
        read(edge, beyond)
    with pytest.raises(data.DataError, match=r"line 2, .*\(2 more like it\)$"):
        read(beyond, beyond, beyond)
