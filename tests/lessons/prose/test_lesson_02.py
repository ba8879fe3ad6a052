"""The numbers that lesson 02 states, counted again."""

from __future__ import annotations

import pandas as pd

from helpers import load
from tests.lessons.test_prose import prose

TEXT = prose("02_baghdad_pact")


def era() -> pd.DataFrame:
    events = load("events")
    return events[events["era_id"] == "baghdad-pact"]


def dates_of(*event_ids: str) -> list[pd.Timestamp]:
    return list(load("events").set_index("event_id").loc[list(event_ids), "earliest"])


def mean(country: str, first: int, last: int) -> float:
    votes = load("figures/unga_agreement")
    rows = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == country) & votes["year"].between(first, last)]
    return float((rows["agreement"] * rows["votes"]).sum() / rows["votes"].sum())


def test_the_mask_turns_true_at_row_13() -> None:
    assert "Rows 11 and 12 belong to lesson 01; from row 13 on the answer is `True`" in TEXT
    events = load("events")
    assert list((events["era_id"] == "baghdad-pact")[11:15]) == [False, False, True, True]
    assert (events["era_id"][11:13] == "founding-years").all()


def test_the_first_rows_and_who_stands_side_by_side() -> None:
    assert "In five of these eight rows Pakistan and Iraq stand side by side" in TEXT
    actors = era().head(8)["actors"].str.split("; ")
    assert sum({"Iraq", "Pakistan"} <= set(names) for names in actors) == 5
    assert "**Iraq** and Turkey signed" in TEXT and era()["actors"].iloc[0] == "Iraq; Turkey"


def test_the_dates_of_the_alliance() -> None:
    signed, joined, revolution, left = dates_of(
        "baghdad-pact-signed-1955", "pakistan-joins-baghdad-pact-1955", "july-revolution-1958", "iraq-leaves-pact-1959"
    )
    assert "Pakistan came in seven months later" in TEXT and 200 < (joined - signed).days < 215
    assert "three and a half years" in TEXT and 3.45 < (left - joined).days / 365.25 < 3.55
    assert "Eight months later Iraq left the pact" in TEXT and 243 < (left - revolution).days < 258
    assert "from September 1955 to March 1959" in TEXT.replace("From", "from")
    spans = load("spans").set_index("span_id")
    assert spans.loc["pact-iraq", "end"] == left.date().isoformat() == "1959-03-24"
    assert "it left first, on 24 March 1959. Pakistan's bar begins on 23 September 1955" in TEXT
    assert spans.loc["pact-pakistan", "start"] == joined.date().isoformat() == "1955-09-23"
    assert "Pakistan stayed for twenty years more" in TEXT
    assert int(spans.loc["pact-pakistan", "end"][:4]) - left.year == 20


def test_the_bars_begin_on_four_days() -> None:
    assert "and begin on four different days" in TEXT and "five states sign on 24 February 1955" in TEXT
    pact = load("spans").query("group == 'Baghdad Pact / CENTO'")
    assert len(pact) == 5 and pact["start"].nunique() == 4 and set(pact["source_id"]) == {"gibler-2009"}
    note = load("events").set_index("event_id").loc["baghdad-pact-signed-1955", "note"]
    assert "Many web pages name five signatories" in note


def test_what_the_allies_did() -> None:
    assert "The filled marks stand in 1955–57 and in 1967, the ring in March 1959" in TEXT
    assert "The years up to 1967 show no act of the two together" in TEXT
    events = era()
    assert set(events[events["effect"] == "cooperative"]["earliest"].dt.year) == {1955, 1956, 1957, 1967}
    assert list(events[events["effect"] == "conflictual"]["date"].str[:7]) == ["1959-03"]
    assert "In June 1957 Nuri named Kashmir beside Palestine" in TEXT
    assert "From Pakistan's entry until June 1957 all is `cooperative`" in TEXT
    links = load("claim_events")
    events = load("events")
    behind = events[events["event_id"].isin(links[links["claim_id"] == "2a"]["event_id"])]
    assert list(behind["effect"]) == ["none", *["cooperative"] * 5, "none", "conflictual"]
    assert len(behind) == 8


def test_the_verdicts_on_paragraph_2() -> None:
    assert "Two of four are corroborated" in TEXT
    claims = load("claims").query("paragraph == 2")
    assert len(claims) == 4 and (claims["support"] == "corroborated").sum() == 2
    ours = load("claims").query("lesson == '02_baghdad_pact'")
    assert list(ours["claim_id"]) == [*claims["claim_id"], "3a", "3b", "3c"]


def test_the_table_of_weighted_means() -> None:
    names = {"SYR": "Syria", "EGY": "Egypt", "SAU": "Saudi Arabia", "IRQ": "Iraq"}
    falls = {}
    for country, name in names.items():
        old, new = mean(country, 1947, 1954), mean(country, 1955, 1958)
        assert f"| {name} | {old:.3f} | {new:.3f} |" in TEXT, (name, old, new)
        falls[country] = old - new
    assert "With Egypt and Syria agreement fell most" in TEXT and "too, though less" in TEXT
    assert sorted(falls, key=lambda country: falls[country]) == ["IRQ", "SAU", "EGY", "SYR"] and falls["IRQ"] > 0


def test_the_four_years_with_iraq() -> None:
    assert "In 1955 and 1956 the allies voted alike, more than in the mean of 1947–54" in TEXT
    assert "The fall came in 1957" in TEXT and "Syria, in section 7, has none for 1958" in TEXT
    votes = load("figures/unga_agreement").set_index(["country_a", "country_b", "year"])["votes"]
    assert votes["PAK", "SYR", 1958] == 0
    years = {year: mean("IRQ", year, year) for year in range(1955, 1959)}
    before = mean("IRQ", 1947, 1954)
    assert min(years[1955], years[1956]) > before > 0.85 and max(years[1957], years[1958]) < 0.66
    (revolution,) = dates_of("july-revolution-1958")
    assert revolution.year == 1958


def test_whose_references_these_are() -> None:
    assert "more than four in ten are American, three come from Pakistan, and none from Iraq" in TEXT
    cited = load("event_sources").merge(load("sources"), on="source_id")
    cited = cited[cited["event_id"].isin(era()["event_id"])]
    assert 0.40 < (cited["country"] == "USA").mean() < 0.47
    assert (cited["country"] == "PAK").sum() == 3 and not (cited["country"] == "IRQ").any()


def test_the_partners_and_the_pilot() -> None:
    assert "Three and four speak of one man" in TEXT
    reports = load("reports").query("event_id == 'saiful-azam-1967'")
    one = reports[reports["quantity"].str.contains("Saif-ul-Azam")]
    assert sorted(one["low"]) == [3, 4] and len(reports) == 3
    assert list(reports[reports["quantity"].str.contains("all Pakistani pilots")]["low"]) == [10]


def test_the_sources_of_the_exit() -> None:
    assert "the official report of the pact's council in January 1959" in TEXT
    note = load("events").set_index("event_id").loc["us-bilateral-agreements-1959", "note"]
    assert "in Karachi in January 1959 lists no delegation from Iraq" in note
    assert "Our table gives 24 March 1959" in TEXT
    assert "one encyclopaedia gives 1958" in load("events").set_index("event_id").loc["iraq-leaves-pact-1959", "note"]


def test_the_dates_that_are_not_exact() -> None:
    events = load("events").set_index("event_id")
    assert "Our table dates Egypt's refusal `1956-11`" in TEXT
    assert events.loc["egypt-refuses-pakistani-troops-1956", "date"] == "1956-11"
    doubtful = era().query("checked == 'uncertain'")
    assert "`1964?`" in TEXT and list(doubtful["date"]) == ["1964?"] and "Damascus" in doubtful["title"].iloc[0]
