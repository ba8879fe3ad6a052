"""What lesson 04 states in its prose, worked out again from the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from tests.support.lesson import LESSONS, read

PATH = next((path for path in LESSONS if path.stem == "04_two_wars"), None)
PROTESTS = pd.Timestamp("1991-01-17")


@pytest.fixture(scope="module")
def era(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["era_id"] == "two-wars"]


@pytest.fixture(scope="module")
def troops() -> pd.DataFrame:
    reports = load("reports").set_index("report_id")
    return reports[reports["event_id"].isin(["pakistani-brigades-saudi-arabia", "pakistani-troop-numbers-1991"])]


def test_the_question_is_the_era_table_s(text: str) -> None:
    question = load("eras").set_index("era_id").loc["two-wars", "question"]
    assert question.lower() in text.lower()


def test_six_of_twenty_three_rows_are_acts_of_the_two(text: str, era: pd.DataFrame) -> None:
    assert "ours, twenty-three events" in text and "Six of twenty-three" in text
    between = era[era["effect"] != "none"]
    assert (len(era), len(between)) == (23, 6)
    assert "In the first war Pakistan is neutral, and goes to Baghdad twice" in text
    before = between[between["earliest"] < "1988-08-20"]
    assert list(before["effect"]) == ["neutral", "cooperative", "cooperative"]
    assert before["title"].tail(2).str.contains("Baghdad").all()
    after = between[between["earliest"] >= "1990-08-01"]
    assert list(after["effect"]) == ["conflictual", "conflictual", "neutral"] and len(before) + len(after) == 6


def test_the_gap_of_nine_years(text: str, era: pd.DataFrame) -> None:
    assert "The first kind ends on 5 June 1981, the second begins in August 1990. In the nine years between" in text
    groups = era[era["effect"] != "none"].groupby("effect", observed=True)
    end, start = groups["latest"].max()["cooperative"], groups["earliest"].min()["conflictual"]
    assert end == pd.Timestamp("1981-06-05") and (start.year, start.month) == (1990, 8)
    begun = era[(era["effect"] != "none") & (era["earliest"] > end) & (era["earliest"] < start)]
    assert begun.empty and 9 <= (start - end).days / 365.25 < 9.5
    assert "ambassadors on both sides in 1985" in text
    year = load("figures/embassies").set_index("year").loc[1985]
    assert (year["level_of_b_in_a"], year["level_of_a_in_b"]) == ("ambassador", "ambassador")
    assert not year["artefact_suspected"]


def test_the_bars_in_the_gap_and_the_two_careful_titles(text: str, era: pd.DataFrame) -> None:
    assert "The war itself, and Pakistani troops in Saudi Arabia" in text
    assert "two titles name attacks on Iraq's Kurds in 1988" in text
    kurds = era[era["actors"].str.contains("Kurds")]
    assert list(kurds.index) == ["anfal-1988", "halabja-1988"] and (kurds["earliest"].dt.year == 1988).all()
    assert kurds["title"].str.contains("chemical").sum() == 1
    assert "Saudi and Iranian money is mentioned more often, and the conflict had causes inside Pakistan" in text
    note = era.loc["sectarian-proxy-funding", "note"]
    assert "Saudi and Iranian money is mentioned much more often, and the conflict had causes inside Pakistan" in note
    offer = era.loc["bomb-design-offer-1990"]
    assert "offer of October 1990" in text and offer["date"].startswith("1990-10")
    assert "No source that we read shows that Pakistan's government approved" in offer["note"]


def test_neutral_with_soldiers_next_door(text: str, events: pd.DataFrame, era: pd.DataFrame) -> None:
    assert "Under an agreement of 1982" in text and "for most of the first war" in text
    brigades = era.loc["pakistani-brigades-saudi-arabia"]
    assert "agreement of 1982" in brigades["description"] and "Saudi territory only" in brigades["description"]
    assert "tanks" in brigades["description"]
    war = era.loc["iran-iraq-war-1980-1988"]
    assert (pd.Timestamp("1988-01-01") - brigades["earliest"]) / (war["latest"] - war["earliest"]) > 0.5
    for phrase in ("close relations with Iran", "money from Gulf states"):
        assert phrase in text and phrase in war["description"]
    zia = era.loc["zia-in-baghdad-1980"]
    assert "In the first week of the war" in text and (zia["latest"] - war["earliest"]).days <= 7
    assert "seven and a half years after the search of Iraq's embassy" in text
    assert 7.5 < (zia["latest"] - events.loc["embassy-arms-find-1973", "earliest"]).days / 365.25 < 7.75
    claim = load("claims").set_index("claim_id").loc["3i"]
    assert "claim 3i (lasting quarrels, lesson 03)" in text and claim["lesson"] == "03_rupture_1973"
    assert "zia-in-baghdad-1980" in set(load("claim_events").query("claim_id == '3i'")["event_id"])
    assert "two wars, four governments of pakistan" in str([cell.source for cell in read(PATH)]).lower()


def test_eleven_reports_of_seven_things(text: str, troops: pd.DataFrame) -> None:
    assert "Eleven reports count **seven different things**" in text
    assert (len(troops), troops["quantity"].nunique()) == (11, 7)
    assert "Only *sent* and *stationed* have more than one report" in text
    many = troops.groupby("quantity").size()
    assert list(many[many > 1].index.str.split().str[2]) == ["sent", "stationed"]
    assert "100,000 was only an idea" in text and "only an idea" in troops.loc["troops-1990-09-idea", "wording"]
    assert troops.loc["troops-1990-09-idea", "high"] == 100000
    assert list(troops["event_id"]) == ["pakistani-brigades-saudi-arabia"] * 3 + ["pakistani-troop-numbers-1991"] * 8


def test_no_count_of_soldiers_sent_is_dated_after_the_protests_began(
    text: str, troops: pd.DataFrame, era: pd.DataFrame
) -> None:
    assert "2,000 by October, 5,000 by 10 January 1991" in text and "which began on 17 January" in text
    sent = troops[troops["quantity"] == "Pakistani soldiers sent to Saudi Arabia"]
    assert list(zip(sent["as_of"], sent["low"], strict=True)) == [("1990-10", 2000), ("1991-01-10", 5000), ("1991", 6000)]
    assert era.loc["pro-saddam-protests-1991", "earliest"] == PROTESTS
    assert "The third number has only a year" in text
    everything = load("reports").query("quantity == 'Pakistani soldiers sent to Saudi Arabia'")
    assert len(everything) == 3


def test_three_lines_for_four_names(text: str, troops: pd.DataFrame) -> None:
    assert "the mask drops three reports" in text
    closed = troops[troops["low"] <= troops["high"]]
    assert (len(troops) - len(closed), len(closed), closed["quantity"].nunique()) == (3, 8, 4)
    assert "what eight reports say" in text and "four names, but how many lines" in text
    groups = closed.groupby("quantity")
    length = groups["high"].max() - groups["low"].min()
    assert "Three. *Promised* runs from 5,000 to 5,000: one number, one source" in text
    assert list(length[length == 0].index) == ["more Pakistani soldiers promised to Saudi Arabia"]
    promised = closed[closed["quantity"] == "more Pakistani soldiers promised to Saudi Arabia"]
    assert list(zip(promised["low"], promised["high"], strict=True)) == [(5000, 5000)]


def test_the_sources_of_1981_disagree_and_one_blog_gives_two_numbers(text: str, troops: pd.DataFrame) -> None:
    assert "within one newspaper report of March 1981" in text
    officials, observers = troops.loc["troops-1981-officials"], troops.loc["troops-1981-diplomats"]
    assert officials["source_id"] == observers["source_id"] and officials["as_of"] == "1981-03"
    assert "officials admit 1,500 to 2,000" in text and (officials["low"], officials["high"]) == (1500, 2000)
    assert "observers guess 6,000 to 25,000 *hired* soldiers" in text
    assert (observers["low"], observers["high"]) == (6000, 25000) and "hired" in observers["quantity"]
    assert "the 20,000 and the 6,000 come from one blog that quotes one book" in text
    blog = troops[troops["source_id"] == "back-in-beirut-2011-03-25"]
    assert sorted(blog["high"]) == [6000, 20000] and blog["wording"].str.contains("blog").all()
    assert "Officials admit up to 2,000 *stationed*, observers guess up to 25,000 *hired*" in text


def test_the_two_claims_and_their_evidence(text: str, era: pd.DataFrame) -> None:
    claims = load("claims")
    assert list(claims[claims["lesson"] == "04_two_wars"]["claim_id"]) == ["4c", "4g"]
    bears = load("claim_events").groupby("claim_id")["event_id"].agg(set)
    assert "(Those behind 4g are among them.)" in text and bears["4g"] <= bears["4c"]
    assert "was named by October 1990" in text
    first = era.loc["first-pakistani-contingent-1990"]
    assert "protect the kingdom and its holy places" in first["description"] and first["latest"] < PROTESTS
    beg = era.loc["beg-dissent-1991", "description"]
    assert "Zionist and American plan" in text and "Zionist and American plan" in beg
    assert "the freeing of Kuwait, not the destruction of Iraq" in text
    assert "the freeing of Kuwait, not the destruction of Iraq" in beg


def test_the_two_reports_of_the_exercise(text: str, troops: pd.DataFrame) -> None:
    assert "11,000 *stationed* (31 January), more than 10,000 *committed* (1 February)" in text
    stationed, committed = troops.loc["troops-1991-01-31-stationed"], troops.loc["troops-1991-02-01-committed"]
    assert (stationed["as_of"], stationed["low"], stationed["high"]) == ("1991-01-31", 11000, 11000)
    assert (committed["as_of"], committed["low"]) == ("1991-02-01", 10000) and pd.isna(committed["high"])
    assert {stationed.name, committed.name} <= set(troops.tail(3).index)


def test_the_date_that_sorts_too_early(text: str, era: pd.DataFrame) -> None:
    assert '"About August" begins on 1 August, a day too early' in text
    first, invasion = era.loc["first-pakistani-contingent-1990"], era.loc["kuwait-invasion-1990"]
    assert (invasion["earliest"] - first["earliest"]).days == 1 and "Iraq seizes Kuwait on 2 August 1990" in text
    assert "mid-August" in first["note"] and "we did not find the day" in first["note"]


def test_who_came_home(text: str) -> None:
    assert "100,000 were *expected*. More than 80,000 were *still there* in mid-October" in text
    reports = load("reports").set_index("report_id")
    expected, there = reports.loc["workers-1990-expected-home"], reports.loc["workers-1990-still-there"]
    assert expected["low"] == 100000 and "expected" in expected["wording"]
    assert (there["low"], there["as_of"]) == (80000, "1990-10-15") and pd.isna(there["high"])
    event = "gulf-crisis-cost-to-pakistan"
    assert "in a newspaper of 2003" in text
    behind = load("event_sources").query("event_id == @event").merge(load("sources"), on="source_id")
    assert behind[behind["kind"] == "news"]["date"].str.startswith("2003").sum() == 1
    note = load("events").set_index("event_id").loc[event, "note"]
    assert "while Pakistan was asking for aid" in text and "while Pakistan was asking for aid" in note


def test_one_meeting_two_memories(text: str, era: pd.DataFrame) -> None:
    war = era.loc["iran-iraq-war-1980-1988"]
    assert "One account puts the war in 1979. It began on 22 September 1980" in text
    assert war["earliest"] == pd.Timestamp("1980-09-22") and "one puts the war in 1979" in war["note"]
    assert "dates the meeting to two days later" in text and "24 September 1980" in war["note"]
    committee = era.loc["islamic-peace-committee-1981-1982"]
    assert "so did Iraq, on 10 March 1981" in text and "Iraq rejected the plan on 10 March 1981" in committee["note"]
    assert "in 1981 and 1982" in text and committee["date"] == "1981-02-28/1982-10-24"
    assert (
        "Iran stayed away" in text
        and "Iran and Syria did not come" in era.loc["baghdad-foreign-ministers-1981", "description"]
    )


def test_the_kurds_of_iraq(text: str, events: pd.DataFrame) -> None:
    anfal, halabja = events.loc["anfal-1988"], events.loc["halabja-1988"]
    assert "no Pakistani reaction" in text
    assert "no statement by Pakistan" in anfal["note"] and "no Pakistani reaction" in halabja["note"]
    assert "In August 1988 the Security Council condemned the use of chemical weapons" in text
    assert "In August the UN Security Council condemned the use of chemical weapons" in halabja["description"]
    assert "In 2007 an Iraqi tribunal convicted the commander of the Anfal campaign of genocide" in text
    assert "In 2007 an Iraqi tribunal convicted" in anfal["description"] and "genocide" in anfal["description"]
    assert "first Iraqi publishers among our sources stand behind these two rows. They are Kurdish" in text
    links = load("event_sources").merge(load("sources"), on="source_id")
    iraqi = links[links["country"] == "IRQ"].merge(load("events"), on="event_id").sort_values("earliest")
    assert list(dict.fromkeys(iraqi["event_id"]))[:2] == ["anfal-1988", "halabja-1988"]
    behind = iraqi[iraqi["event_id"].isin(["anfal-1988", "halabja-1988"])]["source_id"]
    assert set(behind) == {"krg-austria-anfal-halabja", "esta-2021-03-16"}


def test_saudi_arabia_stands_in_both_wars(text: str, era: pd.DataFrame) -> None:
    assert "**In both wars Pakistani soldiers guarded Saudi Arabia.**" in text
    assert "It stands in both wars" in text
    for event in ("pakistani-brigades-saudi-arabia", "first-pakistani-contingent-1990"):
        assert "Saudi Arabia" in era.loc[event, "title"]
