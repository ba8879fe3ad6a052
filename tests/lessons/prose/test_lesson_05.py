"""The numbers that lesson 05 states, counted again."""

from __future__ import annotations

import pandas as pd

from helpers import load
from tests.lessons.test_prose import prose

NAME = "05_the_street"


def event(event_id: str) -> pd.Series:
    return load("events").set_index("event_id").loc[event_id]


def crowd(quantity: str) -> pd.DataFrame:
    reports = load("reports")
    return reports[reports["quantity"] == quantity]


def poll(poll_id: str) -> pd.DataFrame:
    polls = load("figures/polls")
    return polls[polls["poll_id"] == poll_id]


def test_the_era_and_what_lies_just_outside_it() -> None:
    text = prose(NAME)
    era = load("eras").set_index("lesson").loc[NAME]
    assert "The era runs from 1 March 1991 to 8 April 2003." in text
    assert (str(era["start"].date()), str(era["end"].date())) == ("1991-03-01", "2003-04-08")
    assert event("pro-saddam-protests-1991")["latest"] < era["start"] and event("pew-survey-2003")["earliest"] > era["end"]


def test_the_rows_of_the_era() -> None:
    assert "fifteen rows: five of 1991–2002, ten of the spring of 2003" in prose(NAME)
    events = load("events")
    street = events[events["era_id"] == "the-street"]
    assert len(street) == 15
    assert (street.head(5)["earliest"] < "2003-01-01").all() and (street.tail(10)["earliest"] >= "2003-01-01").all()


def test_the_claims_of_the_lesson() -> None:
    text, claims = prose(NAME), load("claims")
    ours = claims[claims["lesson"] == NAME].set_index("claim_id")
    assert "Four of its claims belong here" in text and len(ours) == 4 and set(ours["paragraph"]) == {4}
    assert "claim 4d is *partly*, and 4e, on the war itself, *corroborated*" in text
    assert ours["support"]["4d"] == "partly" and ours["support"]["4e"] == "corroborated"
    assert claims.set_index("claim_id")["lesson"]["4c"] == "04_two_wars"


def test_what_came_first_in_2003() -> None:
    text = prose(NAME)
    assert "almost eleven weeks earlier" in text
    assert 74 < (event("iraq-invasion-2003")["earliest"] - event("anti-war-rallies-2003")["earliest"]).days < 77
    assert "three filled marks: acts of the *state* in Iraq's favour. None is earlier than the invasion" in text
    spring = load("events").query("era_id == 'the-street'").tail(10)
    filled = spring[spring["effect"] == "cooperative"]
    assert len(filled) == 3 and set(filled["level"]) == {"government"}
    assert (filled["earliest"] >= event("iraq-invasion-2003")["earliest"]).all()


def test_the_counts_of_karachi() -> None:
    text, karachi = prose(NAME), crowd("marchers in Karachi on 2 March")
    assert "Seven rows of `reports`" in text and len(karachi) == 7
    assert "More than forty times." in text and 40 < karachi["high"].max() / karachi["low"].min() < 50
    assert "reporters (70,000), the police (at least 100,000), the organisers (half a million, or three million)" in text
    assert set(karachi["low"]) == {70000, 100000, 500000, 3000000}
    police = karachi[karachi["wording"].str.contains("police")]
    assert "two of them hold the same number of the police" in text and list(police["low"]) == [100000, 100000]
    assert "an alliance of six religious parties" in text
    assert "alliance of six religious parties" in event("anti-war-rallies-2003")["description"]


def test_the_counts_of_peshawar_and_lahore() -> None:
    text, peshawar = prose(NAME), crowd("marchers in Peshawar on 30 March")
    assert "*up to* 100,000, another *more than* 250,000" in text
    assert peshawar["high"].max() == 100000 and peshawar["low"].min() == 250000
    lahore = crowd("marchers in Lahore on 23 March").set_index("source_id")
    assert "The BBC has a quarter of the number that stands in the copy" in text
    assert lahore["low"]["bbc-2003-03-23"] * 4 == lahore["low"]["arab-news-2003-03-28"]
    assert "a march of 200,000 in Lahore" in text and lahore["low"]["arab-news-2003-03-28"] == 200000
    assert "that a million had been hoped for" in text and "million" in lahore["wording"]["la-times-2003-03-24"]


def test_the_poll_under_bombing() -> None:
    text, herald = prose(NAME), poll("herald-gallup-2003")
    share = herald.set_index("question")["percent"]
    # 19 of 20: 1.96 standard errors, which at one half are 0.98 / sqrt(n)
    assert "chance makes 19 polls of 20 wrong by no more than 100 divided by the square root" in text
    assert 1.96 * (0.5 * 0.5 / 1300) ** 0.5 * 100 < 100 / 1300**0.5
    assert "On 23 and 24 March 2003" in text and set(herald["fieldwork"]) == {"2003-03-23/2003-03-24"}
    assert "asked 1,300 people" in text and set(herald["sample_size"]) == {1300}
    assert "Less than three points. By chance alone, 85 per cent could be 82 or 88, hardly 50." in text
    margin = 100 / 1300**0.5
    assert margin < 3 and (round(85 - margin), round(85 + margin)) == (82, 88)
    assert share["whether Saddam Hussein should stay in power"] == 85
    assert "of the other 15 per cent" in text and set(herald["answer"]) == {"yes"}
    assert share["whether they support the US military action in Iraq"] == 0
    assert "its zero can hide six of the 1,300" in text and 6 / 1300 < 0.005 < 7 / 1300
    assert "on the fourth day of a war" in text
    assert (event("gallup-herald-poll-2003")["earliest"] - event("iraq-invasion-2003")["earliest"]).days + 1 == 4


def test_the_names_of_the_bars_stand_in_the_order_of_the_sorted_table() -> None:
    herald = poll("herald-gallup-2003").sort_values("percent")
    words = ["support the US military action", "dissolved", "US interests", "stay in power", "boycott"]
    assert all(word in question for word, question in zip(words, herald["question"], strict=True))


def test_the_polls_of_2006_and_of_may_2003() -> None:
    text, later = prose(NAME), poll("gallup-pakistan-2006")
    assert "of about November 2006, asked 1,200 people" in text
    assert set(later["fieldwork"]) == {"2006-11~"} and set(later["sample_size"]) == {1200}
    assert "The published margin is wider than our rule's" in text and (later["margin_points"] > 100 / 1200**0.5).all()
    share = later.set_index("answer")["percent"]
    assert "72 per cent were against" in text and share["against"] == 72
    assert "while 56 said that the court decided wrongly" in text and share["wrong"] == 56
    pew = poll("pew-2003")
    fare = pew[pew["question"].str.contains("Saddam")]
    assert "It names no size of the sample" in text and pew["sample_size"].isna().all()
    assert "the answers do not add up to 100" in text and fare["percent"].sum() < 100
    polls = load("figures/polls")
    assert "three polls by two institutes" in text and polls["poll_id"].nunique() == 3
    assert set(polls["pollster"].str.split().str[0]) == {"Gallup", "Pew"}


def test_the_acts_of_the_state() -> None:
    text = prose(NAME)
    assert "On 14 March the United States lifted its last sanctions for the coup of 1999" in text
    waiver = event("us-sanctions-waiver-2003")
    assert waiver["date"] == "2003-03-14" and "1999" in waiver["description"]
    assert "reported on 22 March, **before** the march in Lahore" in text
    assert event("jamali-visit-postponed-2003")["date"] == "2003-03-22"
    assert set(crowd("marchers in Lahore on 23 March")["as_of"]) == {"2003-03-23"}
    assert "stood in a newspaper on 23 March" in text
    assert load("sources").set_index("source_id")["date"]["telegraph-india-2003-03-23"] == "2003-03-23"


def test_the_embassy_and_the_years_between() -> None:
    text = prose(NAME)
    assert "In February 1973 Pakistan searched" in text and event("iraqi-ambassador-expelled-1973")["date"] == "1973-02-10"
    assert "You are sure of the first day, 25 March" in text and "Look at the last day, 14 April" in text
    assert event("iraqi-embassy-limbo-2003")["date"] == "2003-03-25/2003-04-14"
    assert "In 1993 and 1994" in text and "two and three years after crowds" in text
    assert event("pakistan-on-council-1993-1994")["date"] == "1993-01-01/1994-12-31"
    assert "In 2001 its ministers met Iraq's" in text and event("joint-ministerial-commission-2001")["date"] == "2001"
    assert "In March 1991 Iraqis themselves rose" in text and event("iraq-uprising-1991")["date"].startswith("1991-03/")
