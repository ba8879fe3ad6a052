"""Other tables from a seed: always the same, always valid, and no answer stays what it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from classroom.assignments import hidden_tables
from classroom.assignments.assignment import Assignment, Hidden
from classroom.assignments.hidden_tables import CHANGES, variant_tables
from classroom.errors import TeacherError
from classroom.grading.equality import same
from classroom.grading.probes import tables_for
from classroom.sandbox.inside import tables
from helpers import data
from tests.classroom.assignments.desk import FAILED, NAMES, Desk, World, assignment

Tables = dict[str, pd.DataFrame]
SEEDS = 50
FIGURE, SEEDS_OF_FIGURES = "q5", 4  # drawing is slow, and what is drawn are rows that the other questions read as well


@pytest.fixture(scope="module")
def real() -> Tables:
    return {name: data.load(name) for name in CHANGES}


@pytest.fixture(scope="module", params=["sample", "ü ۱"])
def variant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """All tables of a variant, loaded: each value, key and foreign key is checked on the way."""
    world = World(variant_tables(request.param, "ps1", 1), tmp_path_factory.mktemp("world"))
    with world.entered():
        return {name: data.load(name) for name in data.table_names() if name in CHANGES}


def test_the_same_seed_gives_the_same_bytes_and_each_part_of_it_counts() -> None:
    first = variant_tables("secret", "ps1", 1)
    assert first == variant_tables("secret", "ps1", 1)
    for other in (("other", "ps1", 1), ("secret", "ps2", 1), ("secret", "ps1", 2), ("secretps1", "", 1)):
        assert all(first[name] != body for name, body in variant_tables(*other).items()), other


def test_the_real_tables_are_no_variant() -> None:
    with pytest.raises(ValueError, match="number is 0"):
        variant_tables("secret", "ps1", 0)


@pytest.mark.parametrize(
    ("swapped", "loaded"),
    [("events", "reports"), ("claims", "claim_events"), ("sources", "event_sources"), ("claim_events", "claims")],
)
def test_a_table_may_be_swapped_alone(swapped: str, loaded: str, tmp_path: Path) -> None:
    world = World({swapped: variant_tables("secret", "ps1", 1)[swapped]}, tmp_path)
    with world.entered():
        assert len(data.load(swapped)) and len(data.load(loaded))


def test_a_table_of_the_course_that_breaks_a_rule_is_named_with_its_own_line(
    data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with the line of a hidden table, where its values stand elsewhere, and not as a fault of the sandbox."""
    monkeypatch.setattr(tables, "_TRUE_DATA", data_copy)
    path = data_copy / "events.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, row in enumerate(rows) if ",treaty," in row)
    rows[at] = rows[at].replace(",treaty,", ",nonsense,")
    path.write_text("".join(rows), encoding="utf-8")
    with pytest.raises(TeacherError, match=rf"No hidden tables .*events\.csv, line {at + 1}, column 'kind': 'nonsense'"):
        tables_for("a seed for this test", assignment("ps1"), 1)


def test_ids_stay_and_what_stands_beside_them_does_not(real: Tables, variant: Tables) -> None:
    for name in ("events", "claims", "sources", "reports", "codings", "forecasts"):
        key = real[name].columns[real[name].columns.str.endswith("_id")][0]
        assert set(variant[name][key]) == set(real[name][key]), name
    for name, table in variant.items():
        assert len(table) == len(real[name]) and not table.equals(real[name]), name


def test_a_date_keeps_its_days_and_an_event_its_stretch_of_time(real: Tables, variant: Tables) -> None:
    days = ["date", "earliest", "latest"]
    known = set(real["events"][days].itertuples(index=False, name=None))
    assert set(variant["events"][days].itertuples(index=False, name=None)) <= known
    for day in hidden_tables.PERIODS:
        old, new = (table.set_index("event_id")["earliest"] <= day for table in (real["events"], variant["events"]))
        assert (old.sort_index() == new.sort_index()).all()


def test_no_group_is_lost(real: Tables, variant: Tables) -> None:
    columns = {
        "events": ["kind", "effect", "level", "era_id"],
        "claims": ["support"],
        "sources": ["kind", "access", "country", "language", "speaker_country"],
        "event_sources": ["read"],
        "codings": ["effect_a", "level_a"],
    }
    for name, wanted in columns.items():
        for column in wanted:
            assert set(variant[name][column].dropna()) == set(real[name][column].dropna()), (name, column)


def test_numbers_stay_possible(variant: Tables) -> None:
    reports, trade, votes = variant["reports"], variant["figures/trade"], variant["figures/unga_agreement"]
    both = reports.dropna(subset=["low", "high"])
    assert (both["low"] <= both["high"]).all() and (reports["low"].dropna() > 0).all()
    ways = trade["imports_a_from_b_musd"] + trade["imports_b_from_a_musd"]
    assert (trade["two_way_musd"] == ways).all()
    assert votes["agreement"].dropna().between(0, 1).all()
    assert (votes["agreement"].isna() == (votes["votes"] == 0)).all()
    assert variant["figures/polls"]["percent"].between(0, 100).all()


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> list[Desk]:
    """All assignments, with what their solutions give on the real tables, worked out once."""
    return [Desk(name, tmp_path_factory.mktemp(name)) for name in NAMES]


@pytest.mark.parametrize("part", range(2))
def test_no_answer_stays_what_it_was_for_fifty_seeds(
    part: int, desks: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the assignment is a part of the seed, so that one set of tables a seed can serve all four."""
    quick(monkeypatch)
    used = {table for desk in desks for table in desk.assignment.tables} & CHANGES.keys()
    monkeypatch.setattr(hidden_tables, "CHANGES", {name: CHANGES[name] for name in used})
    for number in range(part, SEEDS, 2):
        world = World(variant_tables(f"seed {number}", "ps1", 1), tmp_path / str(number))
        for desk in desks:
            desk.variant = world
            desk.__dict__.pop("given_on_variant", None)
            for question, asked in by_question(desk.assignment).items():
                if question == FIGURE and number >= SEEDS_OF_FIGURES:
                    continue
                others = desk.probes([hidden for _, hidden in asked], desk.sources[question], {}, world)
                for (grade_id, hidden), other in zip(asked, others, strict=True):
                    real = desk.on_real[grade_id, hidden.read]
                    assert FAILED not in (real, other), (number, desk.assignment.name, grade_id)
                    assert not same(other, real, hidden.compare), (number, desk.assignment.name, hidden.read)


def by_question(assignment: Assignment) -> dict[str, list[tuple[str, Hidden]]]:
    """What is asked about the answer to each question, which then need run but once."""
    found: dict[str, list[tuple[str, Hidden]]] = {}
    for item in assignment.items:
        found.setdefault(item.question, []).extend((item.grade_id, hidden) for hidden in item.hidden)
    return found


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each file once, and leave the rules of the schema to the tests above."""
    texts: Tables = {}
    read: Callable[[str], pd.DataFrame] = hidden_tables._read
    monkeypatch.setattr(hidden_tables, "_read", lambda name: texts.setdefault(name, read(name)).copy())
    for rule in ("_check_foreign_keys", "_check_values", "_check_primary_key"):
        monkeypatch.setattr(data, rule, lambda *_: None)
