"""What lesson 03 states in its prose, worked out again from the tables."""

from __future__ import annotations

import re

import pandas as pd

from helpers import load
from tests.support.lesson import LESSONS, read

PATH = next((path for path in LESSONS if path.stem == "03_rupture_1973"), None)
FIND = "embassy-arms-find-1973"


def era_of(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["era_id"] == "rupture-of-1973"]


def months_between(first: pd.Timestamp, second: pd.Timestamp) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def test_the_two_masks_give_the_era(text: str, events: pd.DataFrame) -> None:
    assert "for these eleven years" in text and "Twenty-one: a count of our choice" in text
    eras = load("eras").set_index("era_id").loc["rupture-of-1973"]
    assert (str(eras["start"])[:10], str(eras["end"])[:10]) == ("1968-01-01", "1978-12-31")
    assert len(era_of(events)) == 21 and 1978 - 1968 + 1 == 11


def test_the_question_is_the_era_table_s(text: str) -> None:
    question = load("eras").set_index("era_id").loc["rupture-of-1973", "question"]
    assert question[0].lower() + question[1:] in text


def test_the_october_war_came_eight_months_after_the_find(text: str, events: pd.DataFrame) -> None:
    assert "The war came **eight months after** them" in text
    war = events.loc["pakistani-airmen-syria-1973-74", "earliest"]
    assert months_between(events.loc[FIND, "earliest"], war) == 8 and "October 1973" in str(
        events.loc["pakistani-airmen-syria-1973-74", "title"]
    )
    assert "probably those of 1967 and 1973" in text
    assert "probably" in load("events").set_index("event_id").loc["jerusalem-resolution-1967", "note"]


def test_no_two_sources_name_the_same_number_of_guns(text: str) -> None:
    assert "how many of the four sources name the same number of guns" in text and "None. An empty cell" in text
    reports = load("reports").set_index("report_id")
    guns = reports[(reports["event_id"] == FIND) & (reports["unit"] == "guns")]
    assert len(guns) == 4 and guns["low"].dropna().is_unique
    numbers = guns["low"].dropna().to_dict()
    assert "internet, no date: 300" in text and numbers["arms-1973-guns-wikipedia"] == 300
    assert "Urdu** of 2025: 350" in text and numbers["arms-1973-guns-urdu-page"] == 350
    assert pd.isna(guns.loc["arms-1973-guns-dawn", "low"]) and "no count" in guns.loc["arms-1973-guns-dawn", "wording"]
    assert "several hundred" in guns.loc["arms-1973-guns-us-embassy", "wording"]
    assert "nobody denies it" in text and "nobody denies it" in guns.loc["arms-1973-guns-us-embassy", "wording"]
    assert "Soviet" in guns.loc["arms-1973-guns-us-embassy", "wording"]


def test_who_speaks_of_the_guns_and_when(text: str, events: pd.DataFrame) -> None:
    sources = load("sources").set_index("source_id")
    found = events.loc[FIND, "earliest"]
    assert "the next day" in text and pd.Timestamp(sources.loc["dawn-1973-02-11", "date"]) - found == pd.Timedelta(days=1)
    assert "two weeks later" in text and pd.Timestamp(sources.loc["frus-e8-doc-109", "date"]) - found == pd.Timedelta(
        days=14
    )
    assert pd.isna(sources.loc["wikipedia-arms-discovery-1973", "date"])
    assert sources.loc["urdu-page-2025-arms-find", "date"] == "2025"
    assert events.loc[FIND, "checked"] == "opening-read"


def test_one_page_has_twice_the_rounds_of_the_other(text: str) -> None:
    assert "Twice as many on one page as on the other" in text
    reports = load("reports")
    rounds = reports[(reports["event_id"] == FIND) & (reports["unit"] == "rounds")]["low"]
    assert len(rounds) == 2 and rounds.max() == 2 * rounds.min()


def test_the_vote_and_the_report_stand_side_by_side(text: str, events: pd.DataFrame) -> None:
    era = era_of(events)
    assert list(era.index[5:7]) == ["un-ceasefire-vote-1971", "iraq-said-to-back-india-1971"]
    assert "fourteen months before the find" in text
    assert months_between(era["earliest"].iloc[5], events.loc[FIND, "earliest"]) == 14
    assert "Iraq and Pakistan both voted yes" in era["description"].iloc[5]
    assert "cites Israeli circles" in text and "cites Israeli circles" in era["note"].iloc[6]
    assert "cannot stand as fact" in text and era["checked"].iloc[6] == "uncertain"


def test_most_rows_are_no_act_between_the_two_governments(text: str, events: pd.DataFrame) -> None:
    assert "Fifteen of the twenty-one say *none*" in text and "rows of our choice" in text
    assert (era_of(events)["effect"] == "none").sum() == 15
    assert "In November 1971 Iraq broke with Iran" in text
    assert str(events.loc["gulf-islands-break-1971", "date"])[:7] == "1971-11"
    for name in ("iraq-ussr-treaty-1972", "iraq-recognises-bangladesh-1972"):
        assert events.loc[name, "earliest"].year == 1972
    assert (
        "in February 1974, a year after the expulsion, Iraq came to the Islamic summit in Lahore as an **observer**" in text
    )
    lahore, expulsion = events.loc[["lahore-summit-iraq-observer-1974", "iraqi-ambassador-expelled-1973"], "earliest"]
    assert months_between(expulsion, lahore) == 12 and lahore.strftime("%Y-%m") == "1974-02"


def test_what_followed_and_what_is_not_shown(text: str, events: pd.DataFrame) -> None:
    dismissal = events.loc["balochistan-government-dismissed-1973"]
    days = {(day - events.loc[FIND, "earliest"]).days for day in (dismissal["earliest"], dismissal["latest"])}
    assert "four or five days later" in text and days == {4, 5}
    assert "Lasbela" in dismissal["description"] and "used the find against his opponents" in dismissal["note"]
    war = events.loc["baloch-insurgency-1973-1977"]
    assert "a main cause, by our sources" in text and "the dismissal itself was a main cause" in war["description"]
    assert "had roots inside Pakistan" in events.loc["london-group-1971", "note"].replace("also had roots", "had roots")
    assert "Iran lent helicopters" in text and "Iran lent helicopters" in war["description"]
    assert "a war of about four years" in text and "about four years" in war["description"]
    assert "on 6 March 1975" in text and events.loc["algiers-agreement-1975", "date"] == "1975-03-06"
    assert (
        "nothing that shows money for Pakistan's insurgents before the find"
        in load("claims").set_index("claim_id").loc["3f", "reasoning"]
    )
    assert list(era_of(events).index[12:15]) == [
        "balochistan-government-dismissed-1973",
        "doubts-about-arms-1973",
        "baloch-insurgency-1973-1977",
    ]


def test_the_six_claims(text: str) -> None:
    claims = load("claims")
    mine = claims[claims["lesson"] == "03_rupture_1973"].set_index("claim_id")["support"]
    assert "Six claims of paragraph 3" in text and list(mine.index) == ["3d", "3e", "3f", "3g", "3h", "3i"]
    assert "Two: that there were arms" in text and list(mine.index[mine == "corroborated"]) == ["3g", "3h"]
    assert "*Contested* are money for Pakistan's insurgents" in text and list(mine.index[mine == "contested"]) == [
        "3f",
        "3i",
    ]


def test_whose_papers_hold_the_doubts(text: str) -> None:
    links, sources = load("event_sources"), load("sources").set_index("source_id")
    papers = sources.loc[list(links[links["event_id"] == "doubts-about-arms-1973"]["source_id"])]
    assert "stand in five papers" in text and "One country, five times" in text
    assert list(papers["country"]) == ["USA"] * 5
    assert papers.loc["frus-e8-doc-107", "date"] == "1973-02-15"
    assert "15 February **analysts of the State Department**" in text
    assert "Intelligence and Research" in papers.loc["frus-e8-doc-107", "author"]
    assert "**embassy** wrote on 24 February" in text and papers.loc["frus-e8-doc-109", "date"] == "1973-02-24"
    undated = papers[papers["date"].isna()]
    assert "The paper without a date is an editors' summary" in text and len(undated) == 1
    assert "Editorial Note" in undated["title"].iloc[0] and undated["kind"].iloc[0] == "secondary"


def test_the_dates_of_the_dismissal_and_of_the_accusations(text: str, events: pd.DataFrame) -> None:
    dismissal = events.loc["balochistan-government-dismissed-1973"]
    assert f"`{dismissal['date']}`" in text and "Dawn gives 14 February" in dismissal["note"]
    assert "`1973-02-15~`" in text and str(events.loc["baloch-insurgency-1973-1977", "date"]).startswith("1973-02-15~/")
    plan = events.loc["london-plan-claims-1972-73"]
    assert "In September 1972 a minister" in text and plan["earliest"].strftime("%Y-%m") == "1972-09"
    assert "In January 1973 Akbar Bugti" in text and "In January 1973 Akbar Bugti" in plan["description"]


def test_the_words_of_the_drawing_call_all_dates_known(text: str) -> None:
    assert "Its words call all dates known to the day" in text and PATH is not None
    stored = [str(output) for cell in read(PATH) for output in cell.outputs if "in their order" in str(output)]
    assert any("All dates are known to the day" in output for output in stored)


def test_the_ten_events_behind_claim_3i(text: str, events: pd.DataFrame) -> None:
    behind = load("claim_events")
    ten = events.loc[list(behind[behind["claim_id"] == "3i"]["event_id"])]
    assert "Four of the ten are cooperative; two are conflictual, both of 1990" in text
    assert len(ten) == 10 and (ten["effect"] == "cooperative").sum() == 4
    quarrels = ten[ten["effect"] == "conflictual"]
    assert len(quarrels) == 2 and set(quarrels["earliest"].dt.year) == {1990}


def test_trade_by_both_measures(text: str) -> None:
    trade = load("figures/trade")
    iraq = trade[(trade["country_a"] == "PAK") & (trade["country_b"] == "IRQ")].set_index("year")
    money, share = iraq["two_way_musd"], iraq["share_of_a_percent"]
    assert "from 9 million dollars in 1973 to 36 million in 1974" in text and (money[1973], money[1974]) == (9, 36)
    assert "1973–79 stand high: 1.38 per cent on average, against 0.24 in 2009–14" in text
    assert [round(share.loc[first:last].mean(), 2) for first, last in ((1973, 1979), (2009, 2014))] == [1.38, 0.24]
    assert "56.1 million a year, against 175.5" in text
    assert [round(money.loc[first:last].mean(), 1) for first, last in ((1973, 1979), (2009, 2014))] == [56.1, 175.5]


def test_the_embassies(text: str) -> None:
    table = load("figures/embassies").set_index("year")
    assert "a row only every fifth year" in text and set(table.index.to_series().diff().dropna()) == {5}
    assert "In 1975, two years after the expulsion, an Iraqi ambassador is in Islamabad again" in text
    assert table.loc[1975, "level_of_b_in_a"] == "ambassador" and table.loc[1975, "level_of_a_in_b"] == "none"
    assert "ten or more states" in text and re.search(r"Ten or more states", table.loc[1975, "reason"])
    assert "From 1985 there are ambassadors on both sides" in text
    assert (table.loc[1985:, ["level_of_b_in_a", "level_of_a_in_b"]] == "ambassador").all(axis=None)


def test_one_event_that_names_baloch_people_has_nothing_to_do_with_iraq(text: str, events: pd.DataFrame) -> None:
    assert "students in London, most of them from Punjab" in text
    group = events.loc["london-group-1971"]
    assert "mostly from Punjab" in group["description"] and "connects them with Iraq" in group["note"]
