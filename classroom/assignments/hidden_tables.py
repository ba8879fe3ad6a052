"""Other tables for the hidden checks: made from the real ones and a seed, so that each answer changes.

A variant keeps every id, so that tables can be swapped one by one and every foreign key still holds. What stands beside
the ids is dealt out anew: dates within the years before 1979, up to the article, and after it; kinds, effects, levels and
verdicts under changed names; links to other events and sources; figures made smaller by at least a tenth. It is no history,
and nobody sees it: a cell that works out its answer gives another one here, and a copied answer stays as it was.

A course on another article declares such changes in its data package instead: see `declared`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers import data

from ..errors import TeacherError

Rng = np.random.Generator
Change = Callable[[pd.DataFrame, Rng], pd.DataFrame]

PERIODS = [
    "1978-12-31",
    "2021-03-13",
]  # a variant keeps each event in its stretch: ps1 ends with the first, ps3 with the second
DAY = ["date", "earliest", "latest"]


def variant_tables(seed: str, assignment: str, number: int) -> dict[str, bytes]:
    """Return one set of other tables by their names for `helpers.load`; one seed, assignment and number give the same set.

    Each table may be swapped alone or with the others. Variants count from 1 (below it: `ValueError`): 0 is the real tables.
    """
    if number < 1:
        raise ValueError(f"number is {number}; variants are numbered from 1, and 0 stands for the real tables.")
    changes = declared() or CHANGES
    return {
        name: _write(change(_read(name), _generator(seed, assignment, number, name))) for name, change in changes.items()
    }


def declared() -> dict[str, Change]:
    """Return the changes that the data package of the course declares: the entry ``hidden`` of a table, a list of steps.

    A step is ``{"resample": [columns]}`` (rows drawn again, some twice), ``{"deal": [columns]}`` (the same rows in another
    order), ``{"relabel": [columns]}`` (values under changed names, dealt out anew), ``{"exchange": column}`` (each link
    points elsewhere) or ``{"scale": [columns]}`` (numbers made smaller by at least a tenth). With ``"within": column`` a
    step stays among rows that have the same value there.

    Returns
    -------
    dict
        Empty if nothing is declared.

    Raises
    ------
    TeacherError
        If a step names a column that is not there, or is none of these.
    """
    found: dict[str, Change] = {}
    for resource in data.package()["resources"]:
        steps = resource.get("hidden", [])
        if steps:
            _check_steps(resource, steps)
            found[resource["name"]] = _declared_change(steps)
    return found


def _check_steps(resource: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> None:
    columns = {field["name"] for field in resource["schema"]["fields"]}
    for step in steps:
        (name, *more) = [key for key in step if key != "within"] or [""]
        if more or name not in STEPS:
            raise TeacherError(
                f"data/datapackage.json, table {resource['name']!r}, hidden: {dict(step)} is no step. A step has one of "
                f"{', '.join(STEPS)}, and may have within."
            )
        asked = [step[name]] if isinstance(step[name], str) else list(step[name])
        unknown = sorted({*asked, *([step["within"]] if "within" in step else [])} - columns)
        if unknown:
            raise TeacherError(
                f"data/datapackage.json, table {resource['name']!r}, hidden: there is no column {unknown[0]!r}. "
                f"Its columns are {', '.join(sorted(columns))}."
            )


def _declared_change(steps: Sequence[Mapping[str, Any]]) -> Change:
    def change(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
        for step in steps if len(table) else ():
            (name,) = (key for key in step if key != "within")
            columns = [step[name]] if isinstance(step[name], str) else list(step[name])
            block = table[step["within"]].to_numpy() if "within" in step else np.zeros(len(table))
            for _, rows in table.groupby(block, sort=True):
                table.loc[rows.index, columns] = STEPS[name](rows[columns], rng)
        return table

    return change


def _resampled(rows: pd.DataFrame, rng: Rng) -> np.ndarray:
    return rows.to_numpy()[rng.choice(len(rows), len(rows))]


def _dealt(rows: pd.DataFrame, rng: Rng) -> np.ndarray:
    return rows.to_numpy()[rng.permutation(len(rows))]


def _relabelled_rows(rows: pd.DataFrame, rng: Rng) -> np.ndarray:
    return np.array([_relabelled(rows[column], rng) for column in rows], dtype=object).T


def _linked_elsewhere(rows: pd.DataFrame, rng: Rng) -> np.ndarray:
    (column,) = rows.columns
    ids = np.array(sorted(set(rows[column])), dtype=object)
    new = dict(zip(ids, ids[_deranged(len(ids), rng)], strict=True))
    return rows[column].map(new).to_numpy().reshape(-1, 1)


def _scaled(rows: pd.DataFrame, rng: Rng) -> np.ndarray:
    factor = rng.uniform(0.4, 0.9, len(rows))
    return np.array([_scaled_texts(rows[column], factor) for column in rows], dtype=object).T


def _scaled_texts(texts: pd.Series, factor: np.ndarray) -> list[str]:
    numbers = pd.to_numeric(texts)
    whole = not texts.str.contains(".", regex=False).any()
    return [
        "" if pd.isna(number) else str(round(number * one)) if whole else str(round(number * one, 4))
        for number, one in zip(numbers, factor, strict=True)
    ]


# What a data package may declare.
STEPS: dict[str, Callable[[pd.DataFrame, Rng], np.ndarray]] = {
    "resample": _resampled,
    "deal": _dealt,
    "relabel": _relabelled_rows,
    "exchange": _linked_elsewhere,
    "scale": _scaled,
}


def _generator(*parts: object) -> Rng:
    """Return a source of chance that depends on all parts and on nothing else; the parts cannot run into each other."""
    return np.random.default_rng(list(hashlib.sha256(json.dumps(parts).encode()).digest()))


def _read(name: str) -> pd.DataFrame:
    """Return a table as the text that stands in its file: a variant must be written like it."""
    return pd.read_csv(data.DATA / f"{name}.csv", dtype="str", keep_default_na=False)


def _write(table: pd.DataFrame) -> bytes:
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return text.getvalue().encode()


def _deranged(count: int, rng: Rng) -> np.ndarray:
    """Return a rule of exchange in which no place keeps its own: one great circle through all places."""
    circle = rng.permutation(count)
    rule = np.empty(count, dtype=int)
    rule[circle] = np.roll(circle, 1)
    return rule


def _relabelled(values: Sequence[str] | np.ndarray | pd.Series, rng: Rng) -> list[str]:
    """Exchange the names of the values in a circle, then deal them out anew. Every value that was there still is."""
    names = sorted(set(values))
    new = dict(zip(names, np.array(names, dtype=object)[_deranged(len(names), rng)], strict=True))
    return list(rng.permutation(np.array([new[value] for value in values], dtype=object)))


def _by_block(table: pd.DataFrame, block: Any, columns: Sequence[str], rng: Rng) -> pd.DataFrame:
    # Into plain arrays: to write into a part of a table takes pandas a millisecond, and there are hundreds of parts.
    new = {column: table[column].to_numpy(dtype=object, copy=True) for column in columns}
    for rows in _blocks(block):
        for values in new.values():
            values[rows] = _relabelled(values[rows], rng)
    return table.assign(**new)


def _blocks(block: Any) -> list[np.ndarray]:
    """Return the places of the rows of each block, the blocks in the order of their names."""
    names, of = np.unique(np.asarray(block), return_inverse=True)
    return [np.flatnonzero(of == number) for number in range(len(names))]


def _period_of(earliest: pd.Series) -> np.ndarray:
    return np.searchsorted(np.array(PERIODS), earliest.to_numpy(dtype="str"))


def _events(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    period = _period_of(table["earliest"])
    days, checks = (table[names].to_numpy(dtype=object, copy=True) for names in (DAY, ["paragraph", "checked"]))
    for rows in _blocks(period):
        # With replacement: then also the number of events in an era, and of dates of each kind, is another one.
        days[rows] = days[rng.choice(rows, len(rows))]
        checks[rows] = checks[rng.permutation(rows)]
    dealt = dict(zip([*DAY, "paragraph", "checked"], [*days.T, *checks.T], strict=True))
    return _by_block(table.assign(**dealt), period, ["kind", "effect", "level"], rng)


def _exchanged(table: pd.DataFrame, column: str, block: Callable[[pd.Series], Any], rng: Rng) -> pd.DataFrame:
    """Let every link point to another of the linked rows: which ones there are, and how many links each has, stays."""
    linked = pd.Series(sorted(set(table[column])))
    new: dict[str, str] = {}
    for _, ids in linked.groupby(block(linked)):
        new |= dict(zip(ids, ids.to_numpy()[_deranged(len(ids), rng)], strict=True))
    return table.assign(**{column: table[column].map(new)})


def _events_exchanged(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    earliest = _read("events").set_index("event_id")["earliest"]
    return _exchanged(table, "event_id", lambda ids: _period_of(ids.map(earliest)), rng)


def _event_sources(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    return _by_block(_events_exchanged(table, rng), np.zeros(len(table)), ["read"], rng)


def _third_of(paragraph: pd.Series) -> np.ndarray:
    """¶1–3, ¶4–8 and ¶9–12 are treated by lessons 01–03, 04–07 and 08–10."""
    return np.searchsorted([3, 8], paragraph.astype(int))


def _claims(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    return _by_block(table, _third_of(table["paragraph"]), ["support"], rng)


def _claim_events(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    """Also the claims change places, all of them: so those on which no event bears are others."""
    claims = _read("claims")
    new: dict[str, str] = {}
    for _, rows in claims.groupby(_third_of(claims["paragraph"])):
        ids = rows["claim_id"].to_numpy()
        new |= dict(zip(ids, ids[_deranged(len(ids), rng)], strict=True))
    return _events_exchanged(table.assign(claim_id=table["claim_id"].map(new)), rng)


def _sources(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    return _by_block(table, np.zeros(len(table)), ["country", "kind", "access", "language", "speaker_country"], rng)


def _reports(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    """Deal out the ranges among the reports that count in one unit, make them smaller, and give them other speakers."""
    units, ranges = table["unit"].to_numpy(dtype=object), table[["low", "high"]].to_numpy(dtype=object, copy=True)
    for rows in _blocks(units):
        dealt, years = ranges[rng.permutation(rows)], units[rows[0]] == "year"
        factor = 1 if years else rng.uniform(0.3, 0.8)
        shift = -int(rng.integers(3, 9)) if years else 1  # + 1: two ranges that were apart stay apart
        ranges[rows] = [[str(int(int(end) * factor) + shift) if end else "" for end in ends] for ends in dealt]
    low, high = ranges.T
    return _exchanged(table.assign(low=low, high=high), "source_id", lambda ids: np.zeros(len(ids)), rng)


def _spans(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    """Deal out who it was and what it was; how long it lasted stays beside its label."""
    for column in ("actor_id", "group"):
        table[column] = table.loc[rng.permutation(table.index), column].to_numpy()
    return table


def _shrunk(table: pd.DataFrame, columns: Sequence[str], rng: Rng) -> pd.DataFrame:
    """Multiply what is measured by a number of each row's own between 0.4 and 0.9: any mean of them is another one."""
    factor = rng.uniform(0.4, 0.9, len(table))
    for column in columns:
        numbers = pd.to_numeric(table[column])
        table[column] = (numbers * factor).round(4).astype("str").where(numbers.notna(), "")
    return table


def _agreement(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    return _shrunk(table, ["agreement", "same_share"], rng)


def _distance(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    return _shrunk(table, ["distance"], rng)


def _trade(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    ways = ["imports_a_from_b_musd", "imports_b_from_a_musd"]
    measures = [*ways, "share_of_a_percent"]
    dealt = table[measures].to_numpy(dtype=object, copy=True)
    for rows in _blocks(table["country_b"]):  # the best and the worst year change places with others
        dealt[rows] = dealt[rng.permutation(rows)]
    table = table.assign(**dict(zip(measures, dealt.T, strict=True)))
    # A new scale for each year, and one million more each way, so that small numbers change as well.
    for column in ways:
        numbers = pd.to_numeric(table[column])
        table[column] = (numbers * rng.uniform(1.2, 1.9, len(table))).round().astype(int) + 1
    table["two_way_musd"] = table[ways].sum(axis="columns")
    return _shrunk(table, ["share_of_a_percent"], rng)


def _polls(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    percent = table["percent"].astype(int)
    return table.assign(percent=(percent * rng.uniform(0.5, 0.9, len(table))).astype(int) + 1)


def _embassies(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    return _by_block(table, np.zeros(len(table)), ["level_of_b_in_a", "level_of_a_in_b", "artefact_suspected"], rng)


def _codings(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    """Deal out the pairs of codes, then let the second coder differ from the first more often than in the real table."""
    for column in ("effect", "level"):
        pair = [f"{column}_a", f"{column}_b"]
        table[pair] = table.loc[rng.permutation(table.index), pair].to_numpy()
        other = rng.choice(table.index, int(len(table) * rng.uniform(0.2, 0.5)), replace=False)
        table.loc[other, pair[1]] = _relabelled(table.loc[other, pair[1]], rng)
    return table


def _forecasts(table: pd.DataFrame, rng: Rng) -> pd.DataFrame:
    return _by_block(table, np.zeros(len(table)), ["outcome"], rng)


CHANGES: dict[str, Change] = {
    "events": _events,
    "event_actors": _events_exchanged,
    "event_sources": _event_sources,
    "claims": _claims,
    "claim_events": _claim_events,
    "sources": _sources,
    "reports": _reports,
    "spans": _spans,
    "codings": _codings,
    "forecasts": _forecasts,
    "figures/unga_agreement": _agreement,
    "figures/unga_ideal_point_distance": _distance,
    "figures/trade": _trade,
    "figures/polls": _polls,
    "figures/embassies": _embassies,
}
