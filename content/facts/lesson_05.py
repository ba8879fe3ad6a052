"""The facts in the prose of lesson 05."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from content.facts import (
    Fact,
    by_id,
    cited,
    date_of,
    day,
    days,
    events,
    events_of,
    if_so,
    last_day,
    load,
    of_all,
    searched,
    so_far,
    the_one,
    voices,
    within,
)
from helpers import select_events

NAME = "05_the_street"
KARACHI, PESHAWAR, LAHORE = (
    "marchers in Karachi on 2 March",
    "marchers in Peshawar on 30 March",
    "marchers in Lahore on 23 March",
)
HERALD = ("herald-gallup-2003", "2003-03-23/2003-03-24")
INVASION, RALLIES = "iraq-invasion-2003", "anti-war-rallies-2003"


def crowd(quantity: str) -> pd.DataFrame:
    """Return the reports on the size of a march."""
    reports = load("reports")
    return reports[reports["quantity"] == quantity].set_index("source_id")


def poll(poll_id: str) -> pd.DataFrame:
    """Return the answers of a poll."""
    polls = load("figures/polls")
    return polls[polls["poll_id"] == poll_id]


def all_are(column: pd.Series, value: object) -> bool:
    """Say whether a column holds one value in all its rows."""
    return len(column) > 0 and set(column) == {value}


def share(question: str) -> int:
    """Return the percentage for a question of the poll of March 2003."""
    return int(poll("herald-gallup-2003").set_index("question").loc[question, "percent"])


def era() -> pd.Series:
    """Return the lesson's era, if the protests lie before it and the survey after it."""
    found = load("eras").set_index("lesson").loc[NAME]
    before = events().loc["pro-saddam-protests-1991", "latest"] < found["start"]
    assert before and day("pew-survey-2003") > found["end"]
    return found


def rows_of_the_era() -> tuple[int, int, int]:
    """Return how many rows the era has, before 2003 and from then on."""
    street = events_of("the-street")["earliest"]
    return len(street), int((street < "2003-01-01").sum()), int((street >= "2003-01-01").sum())


def claims() -> pd.DataFrame:
    """Return the lesson's claims by their id."""
    return load("claims").query("lesson == @NAME", local_dict={"NAME": NAME}).set_index("claim_id")


def filled_marks() -> int | None:
    """Return how many acts in Iraq's favour there are, if all are of the state and none is earlier than the invasion."""
    spring = events_of("the-street").tail(10)
    filled = spring[spring["effect"] == "cooperative"]
    late = (filled["earliest"] >= day(INVASION)).all()
    return if_so(late and all_are(filled["level"], "government"), len(filled))


def parties() -> int | None:
    """Return how many parties the alliance has, if the event says so."""
    return if_so("alliance of six religious parties" in events().loc[RALLIES, "description"], 6)


def times_the_lowest() -> int | None:
    """Return forty, if the highest number of Karachi is more than forty times the lowest."""
    karachi = crowd(KARACHI)
    return if_so(40 < karachi["high"].max() / karachi["low"].min() < 50, 40)


def who_counted(named: slice) -> tuple[Any, ...]:
    """Return some of the different lowest numbers of Karachi, the smallest first."""
    return tuple(int(low) for low in sorted(set(crowd(KARACHI)["low"]))[named])


def organisers() -> tuple[str, ...]:
    """Return the numbers of the organisers in words."""
    written = {500_000: "half a million", 3_000_000: "three million"}
    return tuple(written.get(low, str(low)) for low in who_counted(slice(2, None)))


def of_the_police() -> int | None:
    """Return how many rows hold the number of the police, if it is one number."""
    karachi = crowd(KARACHI)
    low = karachi[karachi["wording"].str.contains("police")]["low"]
    return if_so(all_are(low, 100_000), len(low))


def peshawar() -> tuple[int, int]:
    """Return the most and the least that two agencies wrote."""
    rows = crowd(PESHAWAR)
    return int(rows["high"].max()), int(rows["low"].min())


def could_be() -> tuple[int, int, int]:
    """Return a share of the poll, and what it could be by chance."""
    margin, percent = 100 / 1300**0.5, share("whether Saddam Hussein should stay in power")
    return percent, round(percent - margin), round(percent + margin)


def rule_covers_19_of_20() -> tuple[int, int] | None:
    """Return 19 and 20, if 1.96 standard errors of a half (0.98 divided by the root) are less than the rule says."""
    return if_so(1.96 * (0.5 * 0.5 / 1300) ** 0.5 * 100 < 100 / 1300**0.5, (19, 20))


def hidden_by_zero() -> int | None:
    """Return how many of the 1,300 can stand behind a rounded zero."""
    nobody = share("whether they support the US military action in Iraq") == 0
    return if_so(nobody, max(n for n in range(100) if n / 1300 < 0.005))


def only_yes() -> bool:
    """Say whether only the yes was printed."""
    return all_are(poll(HERALD[0])["answer"], "yes")


def bars_in_order() -> bool:
    """Say whether the names of the bars stand in the order of the sorted table."""
    questions = poll("herald-gallup-2003").sort_values("percent")["question"]
    words = ["support the US military action", "dissolved", "US interests", "stay in power", "boycott"]
    return len(questions) == len(words) and all(word in asked for word, asked in zip(words, questions, strict=True))


def later(answer: str) -> int:
    """Return the percentage of an answer in the poll of 2006."""
    return int(poll("gallup-pakistan-2006").set_index("answer").loc[answer, "percent"])


def asked(poll_id: str, fieldwork: str) -> int | None:
    """Return the one size of a poll's sample, if it was asked on the days that are said."""
    rows = poll(poll_id)
    return if_so(all_are(rows["fieldwork"], fieldwork), int(the_one(rows["sample_size"])))


def polls_and_institutes() -> tuple[int, int]:
    """Return how many polls and institutes there are."""
    polls = load("figures/polls")
    return polls["poll_id"].nunique(), polls["pollster"].str.split().str[0].nunique()


def adds_up() -> int | None:
    """Return 100, if the answers on Iraq without Saddam Hussein come to less."""
    pew = poll("pew-2003")
    return if_so(pew[pew["question"].str.contains("Saddam")]["percent"].sum() < 100, 100)


def council_years() -> tuple[int, int]:
    """Return the first and the last year of Pakistan on the Council."""
    assert date_of("pakistan-on-council-1993-1994") == "1993-01-01/1994-12-31"
    return day("pakistan-on-council-1993-1994").year, last_day("pakistan-on-council-1993-1994").year


def sanctions_lifted() -> pd.Timestamp | None:
    """Return the day, if the description names the coup's year."""
    waiver = events().loc["us-sanctions-waiver-2003"]
    return if_so("1999" in waiver["description"], pd.Timestamp(waiver["date"]))


def lahore_march() -> pd.Timestamp:
    """Return the day of the march in Lahore."""
    return pd.Timestamp(the_one(crowd(LAHORE)["as_of"]))


def before_the_march() -> pd.Timestamp | None:
    """Return the day of the report on the visit, if it lies before the march."""
    reported = pd.Timestamp(date_of("jamali-visit-postponed-2003"))
    return if_so(reported < lahore_march(), reported)


def friend() -> bool:
    """Say whether the words on India of July 1990 are one voice, and no event."""
    said = by_id("reports").loc["said-1990-bhutto-friends"]
    return bool("India a friend" in said["wording"] and pd.isna(said["event_id"]) and said["as_of"] == "1990-07~")


def two_verbs() -> bool:
    """Say whether the Senate's two texts have two verbs, by the note."""
    note = events().loc["senate-resolution-2003", "note"]
    return "'deplores'" in note and "Urdu text used the word for 'condemns'" in note


def effective() -> int:
    """Return how many people chosen one by one would have the margin that was published."""
    return round((100 / float(the_one(poll("gallup-pakistan-2006")["margin_points"]))) ** 2)


def of_the_council() -> tuple[int, int]:
    """Return how many events of the era name the Council, and how many there are."""
    street = events_of("the-street")
    return len(select_events(street, text="Council")), len(street)


def pew() -> tuple[int, int]:
    """Return the shares of those who expected Iraqis to fare worse, and better."""
    rows = load("figures/polls").query("question == 'how Iraqis will fare with Saddam Hussein out of power'")
    shares = rows.set_index("answer")["percent"]
    return int(shares["worse"]), int(shares["better"])


FACTS = (
    Fact("claims", 5, "word", "claims", lambda: if_so(all_are(claims()["paragraph"], 4), len(claims()))),
    Fact("events with voices", 8, "digits", "our selection", lambda: rows_of_the_era()[0]),
    Fact("voices", 8, "digits", "Iraqi", lambda: of_all(voices(cited(events_of("the-street"))) == "IRQ")),
    Fact("events drawn", 12, "digits", "our selection", lambda: rows_of_the_era()[2]),
    Fact("reports drawn", 15, "digits", "our selection", lambda: len(crowd(KARACHI))),
    Fact("Kashmir in 1957", 52, "digits", "UN in", lambda: day("iraq-on-kashmir-1957").year),
    Fact("Kashmir in 1990", 52, "true", "reported, India a friend", friend),
    Fact("letters", 52, "digits", "wrote to both", lambda: day("saddam-letters-nuclear-tests-1998").year),
    Fact(
        "the letter that was read",
        52,
        "true",
        "only the letter to India",
        lambda: "read only the one to India" in events().loc["saddam-letters-nuclear-tests-1998", "note"],
    ),
    Fact("two verbs", 33, "true", "Urdu, condemned", two_verbs),
    Fact("a sample of", 30, "digits", "as if, people", effective),
    Fact("verdicts so far", 58, "digits", "After five lessons, verdict", so_far("06")),
    Fact("the era", 9, "day", "era", lambda: (era()["start"], era()["end"])),
    Fact("rows of the era", 11, "word", "rows, 1991–2002, spring of 2003", rows_of_the_era),
    Fact("no poll found", 11, "true", "s091, no poll", searched("none of 1990 or 1991", "s091")),
    Fact("no word on Kashmir", 52, "true", "s092, s093, no Iraqi word", searched("nothing on Iraq's", "s092", "s093")),
    Fact("no reaction found", 52, "true", "s090, none", searched("nothing on Pakistan in 1991", "s090")),
    Fact("name the Council", 56, "word", "name the Council", of_the_council),
    Fact("Pew", 48, "digits", "Worse, better, Pew", pew),
    Fact("weeks", 13, "word", "protests, weeks", lambda: within(days(RALLIES, INVASION), 74, 77, 11)),
    Fact("filled marks", 13, "word", "marks, state, Iraq", filled_marks),
    Fact("none earlier", 13, "true", "none, invasion", lambda: filled_marks() is not None),
    Fact("parties", 14, "word", "religious parties", parties),
    Fact("rows of reports", 14, "word", "reports", lambda: len(crowd(KARACHI))),
    Fact("times the lowest", 16, "word", "more than, times", times_the_lowest),
    Fact("reporters and police", 16, "count", "reporters, police, organisers", lambda: who_counted(slice(2))),
    Fact("organisers", 16, "text", "organisers", organisers),
    Fact("not seven counts", 16, "word", "rows are, counts", lambda: len(crowd(KARACHI))),
    Fact("rows of the police", 16, "word", "same number, police", of_the_police),
    Fact("Peshawar", 18, "count", "up to, more than", peshawar),
    Fact("days of the poll", 19, "true", "23 and 24 March 2003, Gallup", lambda: asked(*HERALD) is not None),
    Fact("asked", 19, "count", "asked", lambda: asked(*HERALD)),
    Fact("19 of 20", 21, "digits", "100 divided by the square root", rule_covers_19_of_20),
    Fact("margin", 23, "word", "less than, points", lambda: if_so(2 < 100 / 1300**0.5 < 3, 3)),
    Fact("by chance", 23, "digits", "by chance", could_be),
    Fact("asked in 2006", 23, "count", "November 2006, asked", lambda: asked("gallup-pakistan-2006", "2006-11~")),
    Fact("nobody", 27, "true", "zero", bars_in_order),
    Fact("the others", 27, "digits", "other, per cent", lambda: if_so(only_yes(), 100 - could_be()[0])),
    Fact("day of the war", 27, "ordinal", "day of a war", lambda: days(INVASION, "gallup-herald-poll-2003") + 1),
    Fact("hidden by zero", 27, "word", "zero, hide, 1,300", hidden_by_zero),
    Fact("verdict on 4d", 27, "text", "4d, 4e", lambda: tuple(f"*{claims().loc[c, 'support']}*" for c in ("4d", "4e"))),
    Fact(
        "published margin",
        30,
        "true",
        "margin, wider",
        lambda: bool((poll("gallup-pakistan-2006")["margin_points"] > 100 / 1200**0.5).all()),
    ),
    Fact("against and wrong", 30, "digits", "against, wrong", lambda: (later("against"), later("wrong"))),
    Fact("sanctions", 33, "day of the year", "United States, coup of 1999", sanctions_lifted),
    Fact("before the march", 36, "day of the year", "reported, before, Lahore", before_the_march),
    Fact("in the copy", 37, "count", "Lahore", lambda: int(crowd(LAHORE).loc["arab-news-2003-03-28", "low"])),
    Fact(
        "Reuters",
        37,
        "day of the year",
        "newspaper, day of the march",
        lambda: if_so(
            lahore_march()
            == (printed := pd.Timestamp(load("sources").set_index("source_id").loc["telegraph-india-2003-03-23", "date"])),
            printed,
        ),
    ),
    Fact(
        "a quarter",
        41,
        "true",
        "BBC, quarter",
        lambda: bool(crowd(LAHORE)["low"]["bbc-2003-03-23"] * 4 == crowd(LAHORE)["low"]["arab-news-2003-03-28"]),
    ),
    Fact(
        "a million",
        41,
        "true",
        "third report, million",
        lambda: "million" in crowd(LAHORE).loc["la-times-2003-03-24", "wording"],
    ),
    Fact("the embassy", 43, "month", "Pakistan searched", lambda: day("iraqi-ambassador-expelled-1973")),
    Fact("the last day", 45, "day of the year", "last day", lambda: last_day("iraqi-embassy-limbo-2003")),
    Fact("the first day", 45, "day of the year", "first day", lambda: day("iraqi-embassy-limbo-2003")),
    Fact("no sample", 47, "true", "no size", lambda: bool(poll("pew-2003")["sample_size"].isna().all())),
    Fact("adding up", 49, "digits", "not add up", adds_up),
    Fact("polls", 49, "word", "polls, institutes", polls_and_institutes),
    Fact("on the Council", 52, "digits", "Council", council_years),
    Fact(
        "years after",
        52,
        "word",
        "years after",
        lambda: tuple(year - day("pro-saddam-protests-1991").year for year in council_years()),
    ),
    Fact("ministers", 52, "text", "ministers", partial(date_of, event_id="joint-ministerial-commission-2001")),
    Fact("the uprising", 52, "month", "rose", lambda: day("iraq-uprising-1991")),
)
