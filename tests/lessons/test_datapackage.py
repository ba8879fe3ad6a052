"""The tables keep the rules of the codebook."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from classroom.handing_out import bundle
from helpers import data, edtf, load
from tools.content import codebook, refresh_data
from tools.editions.site import contents as site_contents

ROOT = data.DATA.parent
PACKAGE = json.loads((data.DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def test_frictionless_finds_no_error() -> None:
    from frictionless import Package  # here: it takes a third of a second, which processes with other tests need not spend

    report = Package(str(data.DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])


@pytest.mark.parametrize("name", RESOURCES)
def test_every_file_is_described_and_has_the_hash_that_the_package_states(name: str) -> None:
    resource = RESOURCES[name]
    content = (data.DATA / resource["path"]).read_bytes()
    found = f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert (resource["bytes"], resource["hash"]) == (len(content), found), (
        f"data/{resource['path']} changed. Run `make data`, then `make notebooks`, and read what changed."
    )
    assert resource["licenses"] and resource["description"]
    assert all(field["description"].strip() for field in resource["schema"]["fields"])


def test_every_csv_is_in_the_package() -> None:
    files = {path.relative_to(data.DATA).as_posix() for path in data.DATA.rglob("*.csv")}
    waiting = {name for name in files if name.startswith("candidates/")}
    assert files - waiting == {resource["path"] for resource in RESOURCES.values()}


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
        edtf.parse(row.date)


def _other_uses() -> set[str]:
    used: set[str] = set()
    for name, resource in RESOURCES.items():
        fields = [field["name"] for field in resource["schema"]["fields"] if field["name"].endswith("source_id")]
        if name not in ("sources", "event_sources"):
            used |= {source for field in fields for source in load(name)[field].dropna()}
    return used


LINKS = ("event_sources", "claim_sources")


@pytest.mark.parametrize("name", LINKS)
def test_what_a_source_says_is_short_and_stands_exactly_where_it_was_read(name: str) -> None:
    links = load(name)
    unread = links["read"] == "unread"
    assert (links["says"].isna() == unread).all() and (links["locator"].isna() == unread).all()
    assert links["says"].dropna().str.split().str.len().max() <= 40
    in_opening = links[links["read"] == "opening"]
    assert in_opening["locator"].str.contains("opening").all(), "where only an opening was read, the locator says so"
    assert list(links["read"].cat.categories) == ["unread", "opening", "part", "whole"] and links["read"].cat.ordered


@pytest.mark.parametrize("name", LINKS)
def test_no_source_is_quoted_at_length(name: str) -> None:
    """Up to five words of the original may stand in quotation marks."""
    for text in load(name)["says"].dropna():
        for quoted in re.findall(r'"([^"]*)"|“([^”]*)”', text):
            assert len("".join(quoted).split()) <= 5, text


@pytest.mark.parametrize(
    ("says", "locator", "read", "words"),
    [
        ("", "para. 1", "whole", "column 'says' (an-event, a-source): it must not be empty, because it was read"),
        ("It says so.", "", "opening", "column 'locator' (an-event, a-source): it must not be empty"),
        ("It says so.", "", "unread", "column 'says' (an-event, a-source): it must be empty, because read is 'unread'"),
        ("", "para. 1", "unread", "column 'locator' (an-event, a-source): it must be empty"),
    ],
)
def test_make_data_names_the_row_whose_reading_contradicts_itself(says: str, locator: str, read: str, words: str) -> None:
    good = {"event_id": "x", "source_id": "y", "says": "It says so.", "locator": "p. 1", "read": "part"}
    bad = {"event_id": "an-event", "source_id": "a-source", "says": says or None, "locator": locator or None, "read": read}
    with pytest.raises(data.DataError, match=re.escape(words)) as problem:
        refresh_data.check_reading("event_sources", pd.DataFrame([good, bad]))
    assert str(problem.value).startswith("event_sources.csv, line 3")
    refresh_data.check_reading("event_sources", pd.DataFrame([good]))


@pytest.mark.parametrize(("count", "fits"), [(1, True), (40, True), (41, False)])
def test_the_schema_counts_the_words(count: int, fits: bool) -> None:
    for name in LINKS:
        (field,) = (field for field in RESOURCES[name]["schema"]["fields"] if field["name"] == "says")
        assert bool(re.fullmatch(field["constraints"]["pattern"], " ".join(["word"] * count))) == fits


def test_searches_are_numbered_and_the_candidates_that_they_name_are_there() -> None:
    searches = load("searches")
    assert list(searches["search_id"]) == [f"s{number:03d}" for number in range(1, len(searches) + 1)]
    for candidate in searches["found"].str.extract(r"candidate event: ([a-z0-9-]+)")[0].dropna():
        assert candidate in set(waiting("events")["event_id"]), candidate


def test_languages_and_speakers_are_codes_and_a_speaker_is_not_the_publisher() -> None:
    sources = load("sources")
    assert sources["language"].str.fullmatch("[a-z]{2}").all()
    assert (sources["speaker_country"].isna() | (sources["speaker_country"] != sources["country"])).all()


def waiting(name: str) -> pd.DataFrame:
    """Return a table of candidates: not described in the package, so that no lesson loads it."""
    return pd.read_csv(data.DATA / "candidates" / f"{name}.csv", dtype="str", keep_default_na=False)


def test_candidates_have_ids_of_their_own_and_every_event_a_source() -> None:
    events, sources = waiting("events"), waiting("sources")
    assert events["event_id"].is_unique and sources["source_id"].is_unique
    assert not set(events["event_id"]) & set(load("events")["event_id"])
    assert not set(sources["source_id"]) & set(load("sources")["source_id"])
    assert not set(sources["url"]) & set(load("sources")["url"].dropna())
    assert set(events["event_id"]) <= set(waiting("event_sources")["event_id"])
    for kind in ("event", "claim"):
        links, ours = waiting(f"{kind}_sources"), load(f"{kind}_sources")
        pair = [f"{kind}_id", "source_id"]
        assert not links.duplicated(pair).any() and links.merge(ours, on=pair).empty
        assert set(links["source_id"]) <= set(sources["source_id"]) | set(load("sources")["source_id"])
        assert set(links[pair[0]]) <= set(events.get(pair[0], [])) | set(load(f"{kind}s")[pair[0]])


def test_candidates_keep_the_form_of_our_tables() -> None:
    """They can be moved over row by row: the same columns, the same rules for dates, titles and what a source says."""
    for name in ("events", "sources", *LINKS):
        assert list(waiting(name).columns) == [field["name"] for field in RESOURCES[name]["schema"]["fields"]], name
        for field in RESOURCES[name]["schema"]["fields"]:
            data._check_values(f"candidates/{name}.csv", field, waiting(name)[field["name"]].replace("", None))
    for row in waiting("events").itertuples():
        bounds = tuple(str(day) for day in edtf.bounds(row.date))
        assert bounds == (row.earliest, row.latest), row.event_id
        assert len(row.title) <= 70 and row.description.endswith("."), row.event_id
    for name in LINKS:
        refresh_data.check_reading(name, waiting(name).replace("", None))


def test_no_door_hands_out_the_candidates() -> None:
    handed_out = [path.relative_to(ROOT).as_posix() for path in bundle._chosen()] + list(site_contents._tables())
    assert len(handed_out) > 50 and not [name for name in handed_out if name.startswith("data/candidates")]


def test_each_door_takes_the_helpers_whole() -> None:
    """Also what is no code: the look, and the coast of the map."""
    files = [path for path in (ROOT / "helpers").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    whole = {path.relative_to(ROOT).as_posix() for path in files}
    assert "helpers/plotting/coast.json" in whole
    # The zip has no translated lessons yet, and a catalogue holds the readings of solutions.
    ours = {name for name in whole if not name.startswith("helpers/languages/")}
    assert ours < whole and ours <= {path.relative_to(ROOT).as_posix() for path in bundle._chosen()}
    assert whole <= set(site_contents._helpers())


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
        if first == second == final:
            assert pd.isna(row.settled), row.event_id
        else:
            assert isinstance(row.settled, str), f"{row.event_id}: say why {final} stands"


def test_only_the_codes_that_were_given_blind_are_counted_as_agreement() -> None:
    codings, events = load("codings"), load("events").set_index("event_id")
    blind = codings[codings["round"] == 1]
    assert len(blind) == 146 and len(codings) == len(
        events
    )  # the 146 events of version 0.2.0; no later event is coded blind
    counted = re.search(r"\| effect \| (\d+) \| (\d+) \|", codebook.agreement_block())
    assert counted and counted.groups() == (
        "146",
        str(int((blind["effect_a"].astype(str) == blind["effect_b"].astype(str)).sum())),
    )


def test_a_sample_was_coded_again_from_what_the_sources_say() -> None:
    codings, events = load("codings").set_index("event_id"), load("events").set_index("event_id")
    read = sorted(load("event_sources").dropna(subset=["says"])["event_id"].unique())
    again = codings.dropna(subset=["kind_says"])
    assert len(again) == 30 and set(again.index) <= set(read)
    assert (again[["kind_says", "effect_says", "level_says"]].notna().all(axis=None)) and codings[
        "effect_says"
    ].count() == 30
    block = codebook.says_block()
    for column in ("kind", "effect", "level"):
        ours, theirs = events.loc[again.index, column].astype(str), again[f"{column}_says"].astype(str)
        observed = (ours == theirs).sum() / 30
        shares = [(ours == value).sum() * (theirs == value).sum() for value in set(ours) | set(theirs)]
        by_chance = sum(shares) / 900
        kappa = (observed - by_chance) / (1 - by_chance)
        assert f"| {column} | 30 | {100 * observed:.1f} % | {kappa:.2f} |" in block
        for event_id in ours.index[ours != theirs]:
            assert f"- `{event_id}`, {column}: {ours[event_id]}; from the sources {theirs[event_id]}." in block


READINGS = [
    ("opening-read", ["whole", "unread"], "read"),
    ("read", ["opening", "unread"], "opening-read"),
    ("known", ["part"], "opening-read"),
    ("read", ["unread", "unread"], "known"),
    ("read", [], "known"),
    ("uncertain", ["whole"], "uncertain"),
]


@pytest.mark.parametrize(("stored", "readings", "derived"), READINGS)
def test_checked_follows_from_how_far_the_sources_were_read(
    stored: str, readings: list[str], derived: str, tmp_path: Path
) -> None:
    lines = ["event_id,source_id,says,locator,read", "other,z,,,whole"]
    lines += [f"an-event,s{number},,,{reading}" for number, reading in enumerate(readings)]
    (tmp_path / "event_sources.csv").write_text("\n".join(lines), encoding="utf-8")
    events = pd.DataFrame({"event_id": ["an-event"], "checked": [stored]})
    assert list(refresh_data.with_checked(events, tmp_path)["checked"]) == [derived]


def test_checked_stays_where_a_course_keeps_no_readings(tmp_path: Path) -> None:
    events = pd.DataFrame({"event_id": ["an-event"], "checked": ["read"]})
    assert list(refresh_data.with_checked(events, tmp_path)["checked"]) == ["read"]
    (tmp_path / "event_sources.csv").write_text("event_id,source_id\nan-event,s\n", encoding="utf-8")
    assert list(refresh_data.with_checked(events, tmp_path)["checked"]) == ["read"]


def test_the_verdicts_that_changed_stand_in_the_codebook_as_they_are_now() -> None:
    text = (data.DATA / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (1?\d[a-z]) \| ([a-z]+) \| ([a-z]+) \| \S", text, flags=re.MULTILINE)
    support = load("claims").set_index("claim_id")["support"]
    assert len(rows) == 8 and all(support[claim] == now != before for claim, before, now in rows)
    assert all(f"- `{verdict}`: " in text for verdict in support.cat.categories)


def test_a_first_is_not_corroborated_and_the_future_is_an_expectation() -> None:
    claims = load("claims").set_index("claim_id")
    first = claims["claim"].str.contains(r"\b(?:the first|only|never|no strategic)\b")
    assert first.sum() >= 4 and "corroborated" not in set(claims.loc[first, "support"])
    future = claims["claim"].str.contains(r"\b(?:may|will)\b")
    assert set(claims.index[future]) == set(claims.index[claims["support"] == "expectation"]) == {"11b", "11c", "12b", "12c"}


def test_nothing_found_leaves_a_forecast_open() -> None:
    forecasts = load("forecasts").set_index("forecast_id")
    nothing = forecasts["outcome_note"].str.match("Not found")
    assert set(forecasts.loc[nothing, "outcome"]) == {"open"} and nothing.sum() == (forecasts["outcome"] == "open").sum()
    assert not forecasts["outcome_note"].str.contains("[Ww]e found none[.;]").any()
    undecidable = set(forecasts.index[forecasts["outcome_note"].str.contains("no table can decide")])
    assert undecidable == {"arms-strict", "image", "stability"}


def test_claims_cover_every_paragraph_and_each_has_a_lesson() -> None:
    claims = load("claims")
    assert set(claims["paragraph"]) == set(range(1, 13))
    assert (claims["claim_id"].str.extract(r"^(\d+)")[0].astype(int) == claims["paragraph"]).all()
    lessons = set(load("eras")["lesson"]) | {"10_testing_the_article"}
    assert set(claims["lesson"]) <= lessons
    for paragraph, ids in claims.groupby("paragraph")["claim_id"]:
        letters = "".join(name.removeprefix(str(paragraph)) for name in ids)
        assert letters == "abcdefghijklmnop"[: len(letters)], paragraph


def test_a_claim_has_an_event_or_a_source_or_says_why_none_exists() -> None:
    with_evidence = set(load("claim_events")["claim_id"]) | set(load("claim_sources")["claim_id"])
    for row in load("claims").itertuples():
        if row.claim_id not in with_evidence:
            assert re.search(r"[Nn]o event and no source|no source", row.reasoning), row.claim_id
        assert row.best_case and row.reasoning
        assert 1 <= len(re.findall(r"[.!?](?=\s+[A-Z0-9'\"(]|$)", row.reasoning)) <= 4, row.claim_id


def test_no_claim_shows_evidence_that_came_after_the_article() -> None:
    """Claims are read before lesson 09; what came later is for the forecasts."""
    events = load("claim_events").merge(load("events"), on="event_id")
    assert (events["earliest"] <= "2021-03-13").all()


def test_an_event_that_the_article_mentions_bears_on_a_claim() -> None:
    events = load("events")
    mentioned = set(events[events["paragraph"].notna()]["event_id"])
    assert mentioned <= set(load("claim_events")["event_id"])


def test_reports_give_a_range_that_is_not_upside_down() -> None:
    reports = load("reports")
    both = reports.dropna(subset=["low", "high"])
    assert (both["low"] <= both["high"]).all()
    for row in reports[reports["as_of"].notna()].itertuples():
        edtf.parse(row.as_of)


def test_what_one_voice_says_has_no_number_and_moves_no_verdict() -> None:
    reports = load("reports")
    said = reports[reports["unit"] == "in words"]
    assert len(said) >= 10 and said[["low", "high"]].isna().all(axis=None)
    assert not set(said["quantity"]) & set(reports.loc[reports["unit"] != "in words", "quantity"])
    lone = {"weekly-1990-07-bhutto-kashmir", "weekly-1990-07-20-kuwait", "haqqani-2003", "despardes-iraqi-cadets"}
    assert lone <= set(said["source_id"]) and not lone & set(load("event_sources")["source_id"])
    resting = load("claim_sources").groupby("claim_id")["source_id"].agg(set)
    support = load("claims").set_index("claim_id")["support"]
    assert not [claim for claim, ids in resting.items() if ids <= lone and support[claim] == "corroborated"]
    assert not lone & set(load("forecasts")["outcome_source_id"].dropna())


def test_no_report_counts_the_dead() -> None:
    assert not load("reports")["quantity"].str.contains("dead|killed|death", case=False).any()


def test_spans_have_dates_in_order_and_an_actor() -> None:
    for row in load("spans").itertuples():
        start, end = edtf.parse(row.start), None if row.end == ".." else edtf.parse(row.end)
        if end is not None:
            edtf.parse(f"{row.start}/{row.end}")
        assert start.earliest is not None


def test_forecasts_are_checkable_and_their_outcomes_come_after_the_article() -> None:
    forecasts = load("forecasts")
    assert (forecasts["deadline"] > "2021-03-14").all()
    expectations = load("claims").set_index("claim_id")["paragraph"]
    assert set(expectations[forecasts["claim_id"]]) <= {10, 11, 12}
    events = load("events").set_index("event_id")
    for row in forecasts.dropna(subset=["event_id"]).itertuples():
        assert events.loc[row.event_id, "earliest"] > pd.Timestamp("2021-03-13"), row.forecast_id
    assert forecasts["criterion"].str.len().gt(40).all()


def test_the_glossary_explains_the_columns_idioms() -> None:
    glossary = load("glossary")
    idioms = " ".join(glossary[glossary["kind"] == "idiom"]["term"]).lower()
    for idiom in ("umbrella", "back-channel", "chapter", "street"):
        assert idiom in idioms
    assert glossary["meaning"].str.split().str.len().max() <= 35


def test_figures_have_a_source_in_every_row() -> None:
    for name in RESOURCES:
        if name.startswith("figures/"):
            assert load(name)["source_id"].notna().all(), name


def test_share_alike_data_stand_alone_in_their_file() -> None:
    share_alike = [name for name, resource in RESOURCES.items() if "SA" in resource["licenses"][0]["name"]]
    assert share_alike == ["figures/regimes"]
