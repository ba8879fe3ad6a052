"""What lesson 07 states in its prose, worked out again from the tables."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from helpers import load

AGREEMENTS, MEETING, ENVOY = (
    "super-mushshak-and-training-deal-2014",
    "pakistani-speaker-baghdad-2016",
    "iraqi-envoy-credits-pakistan-2017",
)
CRIMES = {"speicher-2014", "sinjar-2014"}


@pytest.fixture(scope="module")
def era(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["era_id"] == "back-channel"]


@pytest.fixture(scope="module")
def cited() -> pd.DataFrame:
    return load("event_sources").merge(load("sources"), on="source_id")


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    claims = load("claims")
    return claims[claims["lesson"] == "07_back_channel"].set_index("claim_id")


def test_the_question_is_the_era_table_s(text: str) -> None:
    question = load("eras").set_index("era_id").loc["back-channel", "question"]
    assert question[0].lower() + question[1:] in text


def test_three_acts_of_twelve_events(text: str, era: pd.DataFrame) -> None:
    assert "twelve events for 2014–17, by our choice" in text and len(era) == 12
    acts = era[era["effect"] != "none"]
    assert "Three. Read their verbs" in text and list(acts.index) == [AGREEMENTS, MEETING, ENVOY]
    for verb, event in (("would train", AGREEMENTS), ("saw a need", MEETING), ("had given", ENVOY)):
        assert f"*{verb}*" in text and verb in acts.loc[event, "description"]
    assert "two titles in the figure name mass murders of 2014" in text and set(era.index) >= CRIMES


def test_the_agreements_came_four_months_before_mosul_fell(text: str, era: pd.DataFrame) -> None:
    assert "10 February is four months earlier than 10 June" in text
    assert list(era.loc[[AGREEMENTS, "mosul-falls-2014"], "date"]) == ["2014-02-10", "2014-06-10"]
    assert "prime minister was present" in text and "Nawaz Sharif present" in era.loc[AGREEMENTS, "description"]
    assert "the agreements were public" in text and "It was public" in era.loc[AGREEMENTS, "note"]


def test_the_days_between_victory_and_press_conference(text: str, era: pd.DataFrame) -> None:
    assert "four days after Iraq declared victory" in text
    spoken, victory = era.loc[ENVOY, "earliest"], era.loc["mosul-retaken-2017"]
    assert "On 10 July he declared victory" in victory["description"] and (spoken - victory["latest"]).days == 4
    assert "allow each of the three dates" in text and "Three dates are in use" in victory["note"]
    assert re.findall(r"(\d+) July", victory["note"]) == ["9", "10", "11"] and era.loc[ENVOY, "date"] == "2017-07-14"


def test_the_four_pages_of_the_press_conference(text: str, cited: pd.DataFrame, era: pd.DataFrame) -> None:
    pages = cited[cited["event_id"] == ENVOY].set_index("source_id")
    assert "four publishers below" in text and "there are four sources" in text and len(pages) == 4
    assert "None. The ambassador of Iraq" in text and set(pages["country"]) == {"PAK", "IRN"}
    assert "Two Pakistani headlines name Pakistan" in text
    pakistani = pages[pages["country"] == "PAK"]["title"]
    assert pakistani.str.contains("Pakistan helped").sum() == 2
    assert "IRNA's headline speaks of *some neighbours*" in text
    assert "some neighbors' role" in pages.loc["irna-2017-07-15", "title"]
    assert "editorial" in pages.loc["the-nation-2017-07-16", "title"]
    described = era.loc[ENVOY]
    assert "Ali Yasin Muhammad Karim (not the author), in Islamabad" in text
    assert "in Islamabad Ambassador Ali" in described["description"]
    assert "asked for help with rebuilding" in text and "asked for help with rebuilding" in described["description"]
    assert "no Pakistani confirmation" in described["note"] and "asked why the government was silent" in described["note"]


def test_no_row_was_lost_in_the_merge(text: str, cited: pd.DataFrame) -> None:
    assert "The same number twice: no row was lost" in text and len(cited) == len(load("event_sources"))


def test_what_kinds_of_source_the_acts_have(text: str, cited: pd.DataFrame) -> None:
    acts = cited[cited["event_id"].isin([AGREEMENTS, MEETING, ENVOY])]
    primary = acts[acts["kind"] == "primary"]
    assert "Only the meeting of January 2016: a text of Pakistan's National Assembly" in text
    assert list(primary["event_id"]) == [MEETING] and list(primary["author"]) == ["National Assembly of Pakistan"]
    luqman = load("sources").set_index("source_id").loc["luqman-2017-07"]
    assert "Luqman wrote in the same month" in text and (luqman["date"], luqman["kind"]) == ("2017-07", "secondary")


def test_the_crosstab_of_the_era(text: str, cited: pd.DataFrame, era: pd.DataFrame) -> None:
    rows = cited[cited["event_id"].isin(era.index)]
    table = pd.crosstab(rows["kind"], rows["country"])
    assert "Fourteen: news from Pakistan" in text and table.loc["news", "PAK"] == 14 == table.to_numpy().max()
    assert "add up to 36, though `era_cited` has 37 rows: one source has no country" in text
    assert (table.to_numpy().sum(), len(rows), rows["country"].isna().sum()) == (36, 37, 1)
    iraqi = rows[rows["country"] == "IRQ"]
    assert "Three references are Iraqi, and all three tell of the murders of 2014" in text
    assert len(iraqi) == 3 and set(iraqi["event_id"]) == CRIMES
    assert set(rows[rows["country"] == "INT"]["publisher"]) == {"United Nations", "Wikipedia"}


def test_the_two_pairs_of_paragraph_7(text: str, claims: pd.DataFrame) -> None:
    assert len(claims) == 14
    seven = claims[claims["paragraph"] == 7]["support"]
    assert "*he said it* (7a, 7c) and *it was so* (7b, 7d)" in text and list(seven.index) == ["7a", "7b", "7c", "7d"]
    assert list(seven) == ["corroborated", "unverified", "partly", "unverified"]
    assert "*some* pilots" in text and '"some"' in claims.loc["7c", "omission"]
    assert "makes 7d likely" in text and "makes it likely" in claims.loc["7d", "reasoning"]
    assert "one of several states" in text and "one of several states" in claims.loc["7a", "omission"]


def test_what_was_public_before(text: str, claims: pd.DataFrame, era: pd.DataFrame) -> None:
    assert "25 or 26 January 2016" in text and era.loc[MEETING, "date"] == "2016-01-25/2016-01-26"
    assert "| March 2017 | Pakistan, to Iraq's ambassador |" in text
    assert "In March 2017 Pakistan's defence secretary openly offered" in claims.loc["8a", "omission"]
    assert "in March 2017 Pakistan proposed a way" in claims.loc["8b", "omission"]
    assert "stands (8b)" in text and claims.loc["8b", "support"] == "corroborated"
    assert "only in part (8a)" in text and claims.loc["8a", "support"] == "partly"
    assert "never been mentioned before" in text and "never been mentioned before" in claims.loc["8a", "reasoning"]
    bears = load("claim_sources")
    assert list(bears[bears["claim_id"] == "8a"]["source_id"]) == ["luqman-2017-07", "nation-2017-03-31"]


def test_security_before_2014(text: str, events: pd.DataFrame, claims: pd.DataFrame) -> None:
    joined = load("claim_events")
    behind = events.loc[list(joined[joined["claim_id"] == "6a"]["event_id"])].sort_values("earliest")
    assert "In the 1950s." in text and behind["earliest"].iloc[0].year // 10 == 195
    assert (behind["earliest"].min().year, behind["latest"].max().year) == (1955, 2014)
    assert "In 2003, 2004 and 2007 people spoke" in text
    troops = behind.loc[["troops-to-iraq-refused-2003", "pakistan-rules-out-troops-2004", "musharraf-muslim-force-2007"]]
    assert [day.year for day in troops["earliest"]] == [2003, 2004, 2007]
    assert "from 2004 on Iraq bought armoured vehicles" in text
    assert behind.loc["iraq-buys-pakistani-apcs-2006", "date"] == "2004/2006"
    last = events.loc["iraqi-defence-official-rawalpindi-2019"]
    assert "The last mark lies in the next era" in text and last["era_id"] == "new-chapter"
    assert "no military visit" in text and "no military visit until 2019" in claims.loc["8c", "reasoning"]


def test_paragraph_6(text: str, claims: pd.DataFrame, era: pd.DataFrame) -> None:
    six = claims[claims["paragraph"] == 6]["support"]
    assert "Paragraph 6 has six claims. Half of them are corroborated" in text
    assert len(six) == 6 and (six == "corroborated").sum() == 3
    assert "The cadets belonged to Iraq's air force" in text and "cadets of the Iraqi air force" in str(
        era.loc["speicher-2014", "description"]
    )
    assert "air force personnel" in era.loc[AGREEMENTS, "description"]
    for event in (*CRIMES, "mosul-falls-2014"):
        assert re.search(r"We found no (official )?Pakistani statement", era.loc[event, "note"])
    assert "no event for the reforms" in text and "no event for the reforms" in claims.loc["6d", "reasoning"]
    spans = load("spans").set_index("span_id")
    assert spans.loc["iraq-maliki", "start"] < "2014-02-10" < "2014-06-10" < spans.loc["iraq-maliki", "end"]
    assert spans.loc["iraq-abadi", "start"] < "2017-07-09" < "2017-07-14" < spans.loc["iraq-abadi", "end"]
    assert spans.loc["pakistan-pml-n-2013", "start"] < "2014-02-10" < "2017-07-14" < spans.loc["pakistan-pml-n-2013", "end"]


def test_the_pages_behind_paragraph_7(text: str) -> None:
    bears = load("claim_sources").merge(load("sources"), on="source_id")
    pages = bears[bears["claim_id"].isin(["7a", "7b", "7c", "7d"])]
    assert "These nine rows stand behind paragraph 7, and one of them has no country" in text
    assert len(pages) == 9 and pages["country"].isna().sum() == 1
    nameless = pages[pages["country"].isna()].iloc[0]
    assert "has no date and no address either" in text and nameless[["date", "url", "publisher"]].isna().all()
    claims = load("claims").set_index("claim_id")
    assert "small arms and ammunition to Iraq since 2005" in text
    assert (
        "undated report adds that Pakistan had sold Iraq small arms and ammunition since 2005"
        in claims.loc["6a", "reasoning"]
    )
    table = pd.crosstab(pages["claim_id"], pages["country"])
    assert "Each claim has a Pakistani page, and 7a and 7c have no other" in text and (table["PAK"] > 0).all()
    rest = table.drop(columns="PAK").sum(axis=1)
    assert list(rest.index[rest == 0]) == ["7a", "7c"] and "IRQ" not in table.columns


def test_a_friday_and_a_tuesday(text: str, events: pd.DataFrame) -> None:
    sources = load("sources").set_index("source_id")
    links = load("event_sources")
    pages = sources.loc[list(links[links["event_id"] == ENVOY]["source_id"])]
    assert "two of the four pages about the press conference we read only in copies" in text
    assert len(pages) == 4 and (pages["access"] == "copy").sum() == 2
    assert "dated 15 July 2017, a Saturday" in text and sources.loc["irna-2017-07-15", "date"] == "2017-07-15"
    assert pd.Timestamp("2017-07-15").day_name() == "Saturday" and events.loc[ENVOY, "earliest"].day_name() == "Friday"
    assert "that month had four of them" in text
    assert (pd.date_range("2016-01-01", "2016-01-31").day_name() == "Tuesday").sum() == 4
    assert "Urdu of 25 January, a Monday" in text and sources.loc["urdupoint-2016-01-25", "date"] == "2016-01-25"
    assert pd.Timestamp("2016-01-25").day_name() == "Monday" and pd.Timestamp("2016-01-26").day_name() == "Tuesday"
    assert "26 January is inferred" in events.loc[MEETING, "note"]


def test_twenty_aircraft(text: str, events: pd.DataFrame) -> None:
    reports = load("reports")
    planes = reports[reports["event_id"] == AGREEMENTS]
    assert "Two publishers, one number" in text and len(planes) == 2 and set(planes["low"]) == {20}
    assert "an analyst" in planes["wording"].iloc[0] and "official who is not named" in planes["wording"].iloc[1]
    assert "Whether this sale was completed is disputed" in events.loc[AGREEMENTS, "note"]


def test_two_papers_on_syria(text: str, era: pd.DataFrame) -> None:
    row = era.loc["pakistan-against-toppling-assad-2015"]
    assert "One paper writes of a shift, the other of a principle" in text
    assert "significant shift" in row["description"] and "closed meeting as a stand on principle" in row["note"]
    assert "statement of February 2014 with Saudi Arabia" in text and str(
        era.loc["saudi-pakistan-syria-statement-2014", "date"]
    ).startswith("2014-02")
