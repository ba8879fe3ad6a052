"""The tables keep the rules of the codebook."""

from __future__ import annotations

import hashlib
import json
import re

import pandas as pd
import pytest
from frictionless import Package

from helpers import data, dates, load
from tools import codebook, refresh_data

PACKAGE = json.loads((data.DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def test_frictionless_finds_no_error() -> None:
    report = Package(str(data.DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])


@pytest.mark.parametrize("name", RESOURCES)
def test_every_file_is_described_and_has_the_hash_that_the_package_states(name: str) -> None:
    resource = RESOURCES[name]
    content = (data.DATA / resource["path"]).read_bytes()
    found = f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert (resource["bytes"], resource["hash"]) == (len(content), found), (
        f"data/{resource['path']} changed since its hash was written. Run `make data`, then `make notebooks`, and read what changed."
    )
    assert resource["licenses"] and resource["description"]
    assert all(field["description"].strip() for field in resource["schema"]["fields"])


def test_every_csv_is_in_the_package() -> None:
    files = {path.relative_to(data.DATA).as_posix() for path in data.DATA.rglob("*.csv")}
    assert files == {resource["path"] for resource in RESOURCES.values()}


@pytest.mark.parametrize("name", RESOURCES)
def test_every_file_is_in_its_canonical_form_with_derived_columns_up_to_date(name: str) -> None:
    stored = (data.DATA / RESOURCES[name]["path"]).read_bytes()
    assert refresh_data.canonical(data.DATA, RESOURCES[name]) == stored, f"Run `make data`: data/{RESOURCES[name]['path']}"


def test_the_counts_in_the_codebook_are_up_to_date() -> None:
    text = (data.DATA / "README.md").read_text(encoding="utf-8")
    assert codebook.with_counts(text) == text, "Run `make data`: the counts of data/README.md are old."


def test_the_codebook_names_every_table_and_rule() -> None:
    text = (data.DATA / "README.md").read_text(encoding="utf-8")
    for resource in RESOURCES.values():
        assert f"]({resource['path']})" in text, f"data/README.md does not name {resource['path']}"
    for values in ("kind", "effect", "level"):
        for value in load("events")[values].cat.categories:
            assert f"`{value}`" in " ".join(text.split()), f"data/README.md does not explain {values} {value}"


def test_the_version_is_explained_in_the_changelog() -> None:
    assert f"tables {PACKAGE['version']}" in (data.DATA.parent / "CHANGELOG.md").read_text(encoding="utf-8")


def test_eras_have_no_gap_and_no_overlap() -> None:
    eras = load("eras")
    assert (eras["start"].iloc[1:].to_numpy() == (eras["end"].iloc[:-1] + pd.Timedelta(days=1)).to_numpy()).all()
    assert (eras["start"] <= eras["end"]).all()
    assert list(eras["number"]) == list(range(1, len(eras) + 1))
    assert (eras["lesson"].str[:2].astype(int) == eras["number"]).all()


def test_there_are_enough_events_and_sources() -> None:
    assert len(load("events")) >= 125
    assert len(load("sources")) >= 300


def test_every_event_has_an_actor_and_a_source_or_says_why_not() -> None:
    events = load("events").set_index("event_id")
    with_actor = set(load("event_actors")["event_id"])
    with_source = set(load("event_sources")["event_id"])
    assert set(events.index) == with_actor
    for event_id in set(events.index) - with_source:
        assert events.loc[event_id, "checked"] == "uncertain", event_id
        assert "no source" in str(events.loc[event_id, "note"]), event_id


def test_uncertain_events_are_worded_as_such() -> None:
    events = load("events")
    for row in events[events["checked"] == "uncertain"].itertuples():
        assert re.search(r"uncertain|unconfirmed|not confirmed", f"{row.title} {row.description}"), row.event_id


def test_every_event_concerns_pakistan_or_iraq_or_says_nothing_between_them() -> None:
    events = load("events").set_index("event_id")
    actors = load("event_actors").groupby("event_id")["actor_id"].agg(set)
    for event_id, effect in events["effect"].items():
        if effect in ("cooperative", "conflictual"):
            assert {"PAK", "IRQ"} <= actors[event_id], event_id


def test_titles_and_descriptions_are_short_and_whole() -> None:
    for row in load("events").itertuples():
        assert len(row.title) <= 70 and not row.title.endswith("."), row.event_id
        assert row.description.endswith("."), row.event_id
        assert 1 <= len(re.findall(r"[.!?](?=\s+[A-Z0-9'(]|$)", row.description)) <= 4, row.event_id


def test_states_are_iso_codes_and_every_other_actor_has_a_readable_id() -> None:
    actors = load("actors")
    is_code = actors["actor_id"].str.fullmatch("[A-Z]{3}")
    assert (is_code == (actors["type"] == "state")).all()


def test_every_source_is_used_and_its_date_can_be_read() -> None:
    sources = load("sources")
    assert set(sources["source_id"]) == set(load("event_sources")["source_id"]) | _other_uses()
    for row in sources[sources["date"].notna()].itertuples():
        dates.parse(row.date)


def _other_uses() -> set[str]:
    used: set[str] = set()
    for name, resource in RESOURCES.items():
        fields = [field["name"] for field in resource["schema"]["fields"]]
        if "source_id" in fields and name not in ("sources", "event_sources"):
            used |= set(load(name)["source_id"].dropna())
    return used


def test_a_source_without_an_address_says_so_and_no_address_occurs_twice() -> None:
    sources = load("sources")
    assert (sources["url"].isna() == (sources["access"] == "none")).all()
    assert not sources["url"].dropna().duplicated().any()
    assert sources["url"].dropna().str.match("https?://").all()


def test_the_article_is_dated_as_an_estimate() -> None:
    article = load("events").set_index("event_id").loc["article-new-chapter-published"]
    assert article["date"] == "2021-03-13~"
    assert article["era_id"] == "new-chapter"


def test_codings_cover_every_event_and_every_disagreement_is_settled() -> None:
    codings, events = load("codings"), load("events").set_index("event_id")
    assert set(codings["event_id"]) == set(events.index)
    for row in codings.itertuples():
        final = (events.loc[row.event_id, "effect"], events.loc[row.event_id, "level"])
        first, second = (row.effect_a, row.level_a), (row.effect_b, row.level_b)
        if first == second:
            assert final == first and pd.isna(row.settled), row.event_id
        else:
            assert isinstance(row.settled, str) and set(final) <= {*first, *second}, row.event_id
