"""What lesson 06 states in its prose, worked out again from the tables."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load

HOLE = list(range(1995, 2004))
GAP = (pd.Timestamp("2007-05-15"), pd.Timestamp("2014-02-10"))


@pytest.fixture(scope="module")
def era(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["era_id"] == "after-the-invasion"]


@pytest.fixture(scope="module")
def votes() -> pd.DataFrame:
    return load("figures/unga_agreement")


@pytest.fixture(scope="module")
def trade() -> pd.DataFrame:
    table = load("figures/trade")
    return table[table["country_b"] == "IRQ"].set_index("year")


def claim(claim_id: str) -> pd.Series:
    return load("claims").set_index("claim_id").loc[claim_id]


def test_the_question_and_the_seven_claims(text: str) -> None:
    question = load("eras").set_index("era_id").loc["after-the-invasion", "question"]
    assert question[0].lower() + question[1:] in text
    ours = load("claims").query("lesson == '06_after_the_invasion'")
    assert "Seven claims belong here" in text and list(ours["claim_id"]) == ["4f", "5a", "5b", "5c", "5d", "5e", "5f"]
    assert "the old quarrel of the governments is over" in text and "old quarrel" in claim("4f")["best_case"]


def test_four_of_sixteen_rows_are_in_the_article(text: str, era: pd.DataFrame) -> None:
    assert "the era's sixteen rows" in text and "Four. (The rows are our choice.)" in text
    assert (len(era), era["paragraph"].notna().sum()) == (16, 4)
    assert len(era[era["level"] != "society"]) == 8
    assert "about soldiers that Pakistan refused and vehicles that it sold" in text
    left_out = ["troops-to-iraq-refused-2003", "pakistan-rules-out-troops-2004", "iraq-buys-pakistani-apcs-2006"]
    assert era.loc[left_out, "paragraph"].isna().all()


def test_seven_titles_get_a_content_note(text: str, era: pd.DataFrame) -> None:
    assert "seven titles in the next figure name attacks, a kidnapping and killings" in text
    harsh = era["title"].str.contains("attack|killed|kidnapped|hangs|Bombing")
    assert harsh.sum() == 7


def test_nothing_begins_between_may_2007_and_february_2014(text: str, events: pd.DataFrame) -> None:
    assert "The last event before the hole is of 15 May 2007, the first after it of 10 February 2014" in text
    last, first = GAP
    assert {last, first} <= set(events["earliest"])
    assert events[(events["earliest"] > last) & (events["earliest"] < first)].empty
    assert "almost seven years" in text and 6.5 < (first - last).days / 365.25 < 7
    assert "two months beyond the era" in text


def test_the_hole_in_the_votes_is_iraqs(text: str, votes: pd.DataFrame) -> None:
    pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")]
    empty = pair[pair["agreement"].isna()]
    assert list(empty["year"]) == [1964, *HOLE] and (empty["votes"] == 0).all()
    assert "For nine years **up to and including 2003**" in text and "The tenth is 1964" in text
    assert "when nobody's votes were recorded" in text and (votes[votes["year"] == 1964]["votes"] == 0).all()
    assert "Pakistan voted, and so did all the others. Iraq did not." in text
    others = votes[(votes["country_b"] != "IRQ") & (votes["country_a"] == "PAK") & votes["year"].isin(HOLE)]
    assert (others["votes"] > 0).all()
    assert (votes[(votes["country_a"] == "IRQ") & votes["year"].isin(HOLE)]["votes"] == 0).all()
    assert "A line from 1994 to 2004 would invent nine years" in text and len(HOLE) == 9


def test_the_sources_of_the_silent_years(text: str) -> None:
    sources = load("sources")
    dated = sources.dropna(subset=["date"])
    quiet = dated[(dated["date"] > "2007-05-31") & (dated["date"] < "2014-02")]
    assert "Twenty-seven, and these seven were published in Pakistan, none in Iraq" in text
    assert (len(quiet), (quiet["country"] == "PAK").sum(), (quiet["country"] == "IRQ").sum()) == (27, 7, 0)
    assert "Two tell of dealings between the two states at that time" in text and "The other five" in text
    titles = quiet.set_index("source_id")["title"]
    assert "in January 2010 a ministry prepared a meeting" in text
    assert "Ministry prepared the ninth session" in titles["business-recorder-2010-01-31"]
    assert "in April 2013 pilgrims were sent back" in text and "sent back" in titles["dawn-2013-04-21"]
    assert "we had two reports, and made a row of neither" in text
    links = load("event_sources").set_index("source_id")["event_id"]
    assert "dawn-2013-04-21" not in links.index
    assert links["business-recorder-2010-01-31"] == "joint-ministerial-commission-2001"


def test_trade_is_highest_in_the_silent_years(text: str, trade: pd.DataFrame) -> None:
    assert "Trade is highest in the silent years" in text
    dollars = trade["two_way_musd"]
    assert dollars.loc[2008:2013].min() > dollars.loc[2003:2007].max()
    assert "In the trade figures those years are the busiest" in text
    assert "In 2013 it was about a quarter of one per cent; in 1979 it had been two and a half" in text
    share = trade["share_of_a_percent"]
    assert 0.24 < share.loc[2013] < 0.27 and 2.45 < share.loc[1979] < 2.55
    assert "175.5 million a year, against 56.1 in 1973–79" in text
    assert (round(dollars.loc[2009:2014].mean(), 1), round(dollars.loc[1973:1979].mean(), 1)) == (175.5, 56.1)
    assert "1.38 per cent, against 0.24" in text
    assert (round(share.loc[1973:1979].mean(), 2), round(share.loc[2009:2014].mean(), 2)) == (1.38, 0.24)


def test_four_reports_count_four_things(text: str) -> None:
    ids = ["pilgrims-2018-ashura", "pilgrims-2018-arbaeen", "pilgrims-2019-visas", "pilgrims-2019-three-states"]
    reports = load("reports")
    pilgrims = reports[reports["quantity"].str.contains("pilgrims")]
    before = pilgrims[pilgrims["as_of"].str[:4].isin(["2018", "2019", "2020"])]
    assert set(before["report_id"]) == set(ids)
    assert "None is older than 2018" in text and pilgrims["as_of"].str.replace("../", "").str[:4].min() == "2018"
    four = reports.set_index("report_id").loc[ids]
    assert "the four count four things" in text and four["quantity"].nunique() == 4
    assert "`dropna` alone would have thrown away the largest number" in text
    assert four.loc[four["high"].isna(), "low"].tolist() == [four["low"].max()]
    assert "150,000 people if all came twice, 300,000 if nobody did" in text
    assert list(four["low"].head(2)) == [150000, 150000]
    assert "Claim 5d cannot be measured" in text and "cannot be measured" in claim("5d")["reasoning"]


def test_the_embassy_and_the_commission(text: str, events: pd.DataFrame, era: pd.DataFrame) -> None:
    row = load("figures/embassies").set_index("year").loc[2005]
    assert "Researchers' data have Pakistan's ambassador in Iraq in 2005" in text
    assert row["level_of_a_in_b"] == "ambassador" and row["artefact_suspected"]
    assert "A Pakistani newspaper of January 2010 saw no working Pakistani embassy in Baghdad" in text
    assert "A newspaper of January 2010 saw no working Pakistani embassy in Baghdad" in claim("4f")["reasoning"]
    attack = era.loc["pakistani-envoy-attacked-2005"]
    assert "shot at in July 2005 and moved to Jordan" in text and attack["date"] == "2005-07-05"
    assert "moved him to Amman, in Jordan" in attack["description"]
    assert "the attack on the ambassador came **before** it" in text
    assert attack["latest"] < era.loc["iraq-sectarian-war-2006-2008", "earliest"]
    assert "between 2001 and 2021 we found no meeting" in text and "between 2001 and the date" in claim("4f")["omission"]
    behind = load("claim_events").query("claim_id == '4f'")["event_id"]
    acts = events.loc[[event_id for event_id in events.index if event_id in set(behind)]]
    violent = acts[acts["kind"] == "conflict"]
    assert "All three violent acts are acts of *society*" in text and "three titles name a killing" in text
    assert len(violent) == 3 and (violent["level"] == "society").all() and (violent["effect"] == "none").all()
    assert acts.index[0] == "joint-ministerial-commission-2001" and "The row that weighs most is the first" in text
    phrase = "under Saddam Hussein and under UN sanctions"
    assert phrase in text and phrase in acts.iloc[0]["description"]
    ninth = events.loc["joint-commission-ninth-session-2025"]
    assert "no ninth session up to March 2021" in text and ninth["date"] == "2025-01-14"
    assert "not between that and the article" in text
    assert "*Complete* is contested" in text and claim("4f")["support"] == "contested"
    assert "no open quarrel between the two governments after 2003" in text
    assert "no open quarrel of the two governments after 2003" in claim("9e")["best_case"]


def test_what_pivot_table_leaves_out(text: str, votes: pd.DataFrame) -> None:
    side = votes[(votes["country_a"] == "IRQ") & votes["year"].between(1990, 2008)]
    assert "from 1990 to 2008: nineteen years" in text and side["year"].nunique() == 19
    some = side[side["year"].isin([1993, 1994, 1995, 2003, 2004])]
    wide = some.pivot_table(index="year", columns="country_b", values="agreement")
    assert "We asked for five years and got three" in text and len(wide) == 3


def test_two_measures_and_two_answers(text: str, votes: pd.DataFrame) -> None:
    pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")].set_index("year")
    before, after = pair.loc[1990:1994], pair.loc[2004:2013]
    weighted = [(some["agreement"] * some["votes"]).sum() / some["votes"].sum() for some in (before, after)]
    assert "Less alike after 2003." in text and weighted[0] > weighted[1]
    assert "five years before the hole and ten after it" in text and (len(before), len(after)) == (5, 10)
    distance = load("figures/unga_ideal_point_distance").query("country_a == 'PAK' and country_b == 'IRQ'")
    by_period = distance.set_index("period")["distance"]
    assert "Closer. Two careful measures, two answers" in text and by_period["2004-2013"] < by_period["1990-1994"]
    assert pd.isna(by_period["1995-2003"])


def test_a_feast_that_moves(text: str, era: pd.DataFrame) -> None:
    walk = era.loc["karbala-pilgrimage-2003"]
    meanings = load("glossary").set_index("term")["meaning"]
    assert "fortieth day after Ashura" in text and "Fortieth day after Ashura" in meanings["Arbaeen"]
    assert "about eleven days shorter" in text and "about eleven days shorter" in meanings["Hijri calendar"]
    assert "About 22 April 2003." in text and walk["date"] == "2003-04-22~"
    after_ten = walk["earliest"].replace(year=2013) - pd.Timedelta(days=110)
    assert "After ten years it is 110 days" in text and "about 2 January 2013" in text
    assert after_ten == pd.Timestamp("2013-01-02")
    assert "about 354 days later (365 less 11): at about 22 December" in text and 365 - 11 == 354
    assert after_ten + pd.Timedelta(days=354) == pd.Timestamp("2013-12-22")
    in_2012 = walk["earliest"].replace(year=2012) - pd.Timedelta(days=99)
    assert 'a count "in 2012" only one' in text and in_2012.year == 2012 and (in_2012 + pd.Timedelta(days=354)).year == 2013
    assert "About 11 April 2004" in text


def test_the_vehicles_and_the_soldiers(text: str, era: pd.DataFrame) -> None:
    refused, vehicles = era.loc["pakistan-rules-out-troops-2004"], era.loc["iraq-buys-pakistani-apcs-2006"]
    first = era.loc["troops-to-iraq-refused-2003"]
    assert "For more than a year Pakistan argued about soldiers" in text
    assert (refused["latest"] - first["latest"]).days < 366 < (refused["latest"] - first["earliest"]).days
    assert "in 2004 the UN and Iraq's interim prime minister asked, too" in text
    assert "the UN and Iraq's interim prime minister" in refused["description"]
    assert "ordered in 2004, delivered in 2005–06" in text and vehicles["date"] == "2004/2006"
    assert "delivered them in 2005–06" in vehicles["description"]
    assert "marks one of the two numbers as uncertain" in text and "marks the number of Mohafiz" in vehicles["note"]
    assert "A news report has 2006 alone" in text and "a news report dates the purchase to 2006" in vehicles["note"]


def test_those_who_were_killed_are_told_of_as_the_table_does(text: str, era: pd.DataFrame) -> None:
    workers, ashura = era.loc["pakistani-hostages-killed-2004"], era.loc["ashura-attacks-2004"]
    assert "Raja Azad Khan was an engineer. Sajjad Naeem was a driver." in text
    assert "The engineer Raja Azad Khan and the driver Sajjad Naeem" in workers["description"]
    assert "The motive of 2006 is disputed" in text and "disputed" in era.loc["pilgrims-killed-anbar-2006", "note"]
    assert "saw no link between Quetta and Iraq" in text and "no link with Iraq" in ashura["note"]
    assert "condemned all three in one statement" in text and "all three attacks in one statement" in ashura["description"]
    assert "no Pakistani statement on the attacks in Iraq" in text
    assert "no Pakistani statement on the attacks in Iraq" in ashura["note"]
    assert text.count("*Content note: ") == 5 and "*Content note*: " in text


def test_musharraf_governed_until_august_2008(text: str, era: pd.DataFrame) -> None:
    assert "He governed until August 2008, and the last mark is his" in text
    span = load("spans").set_index("span_id").loc["pakistan-musharraf"]
    assert span["start"] < "2003-04-09" and span["end"].startswith("2008-08")
    assert era.index[-1] == "musharraf-muslim-force-2007"
