"""The facts in the prose of lesson 04."""

from __future__ import annotations

from functools import partial

import pandas as pd

from content.facts import (
    Fact,
    ambassadors,
    behind,
    by_id,
    day,
    days,
    events_of,
    if_so,
    if_told,
    last_day,
    load,
    question,
    says,
    says_in,
    searched,
    so_far,
    sources_of,
    the_one,
    within,
)
from helpers import select_events

WAR, KUWAIT, ZIA = "iran-iraq-war-1980-1988", "kuwait-invasion-1990", "zia-in-baghdad-1980"
BRIGADES, FIRST, PROTESTS = "pakistani-brigades-saudi-arabia", "first-pakistani-contingent-1990", "pro-saddam-protests-1991"
TROOPS, COST, BEG = "pakistani-troop-numbers-1991", "gulf-crisis-cost-to-pakistan", "beg-dissent-1991"
BAGHDAD, PLANS = "baghdad-foreign-ministers-1981", "islamic-peace-committee-1981-1982"
KURDS = ("anfal-1988", "halabja-1988")
OFFICIALS, OBSERVERS = "troops-1981-officials", "troops-1981-diplomats"
MEETING = "Benazir Bhutto with Saddam Hussein in July 1990"
SPANS = (
    "war-iran-iraq",
    "war-kuwait",
    "troops-saudi-arabia-1980s",
    "pakistan-zia",
    "pakistan-benazir-1988",
    "pakistan-jatoi",
    "pakistan-nawaz-1990",
)

era = partial(events_of, "two-wars")


def acts() -> pd.DataFrame:
    """Return the acts between the two."""
    return era().query("effect != 'none'")


def troops() -> pd.DataFrame:
    """Return the reports on Pakistani troops in Saudi Arabia by their id."""
    return by_id("reports").query("event_id in @ids", local_dict={"ids": [BRIGADES, TROOPS]})


def closed() -> pd.DataFrame:
    """Return those that name both ends."""
    return troops().query("low <= high")


def eighties() -> pd.DataFrame:
    """Return those on the 1980s."""
    return troops().query("event_id == @event", local_dict={"event": BRIGADES})


def lengths(rows: pd.DataFrame) -> pd.Series:
    """Return how long the line of each quantity is."""
    groups = rows.groupby("quantity")
    return groups["high"].max() - groups["low"].min()


def sent() -> pd.DataFrame:
    """Return the counts of soldiers sent, by their day."""
    return troops().query("quantity == 'Pakistani soldiers sent to Saudi Arabia'").set_index("as_of")


def effects(first_war: bool) -> list[str]:
    """Return the effects of the acts of one of the two wars, in their order."""
    begun = acts()["earliest"] < last_day(WAR)
    return list(acts()[begun == first_war]["effect"])


def twice_to_baghdad() -> bool:
    """Say whether in the first war Pakistan is neutral, and two acts together lead to Baghdad."""
    visits = acts().query("effect == 'cooperative'")["title"]
    return effects(True) == ["neutral", "cooperative", "cooperative"] and visits.str.contains("Baghdad").all()


def edges() -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the last day of an act together, and the first of an act against each other."""
    groups = acts().groupby("effect", observed=True)
    return groups["latest"].max()["cooperative"], groups["earliest"].min()["conflictual"]


def years_of_the_gap() -> float | None:
    """Return the years between, if no act begins in them."""
    end, start = edges()
    begun = acts()["earliest"]
    return if_so(not begun.between(end, start, inclusive="neither").any(), within((start - end).days / 365.25, 9, 9.5, 9))


def kurds() -> tuple[int, int] | None:
    """Return how many titles name attacks on the Kurds, and how many of these chemical weapons."""
    titles = era()[era()["actors"].str.contains("Kurds")]["title"]
    return if_so(tuple(titles.index) == KURDS, (len(titles), int(titles.str.contains("chemical").sum())))


def most_of_the_war() -> bool:
    """Say whether the brigades came by agreement before half of the war was over, and stayed until 1988."""
    length = last_day(WAR) - day(WAR)
    stayed = (pd.Timestamp("1988-01-01") - day(BRIGADES)) / length > 0.5
    return stayed and last_day(BRIGADES) > pd.Timestamp("1988-01-01")


def since_the_search() -> float:
    """Return the years from the search of the embassy to the flight to Baghdad."""
    measured = (last_day(ZIA) - day("embassy-arms-find-1973")).days / 365.25
    return within(measured, 7.5, 7.75, 7.5)


def against_3i() -> bool:
    """Say whether the flight bears on claim 3i of lesson 03."""
    return ZIA in behind("3i").index and by_id("claims").loc["3i", "lesson"] == "03_rupture_1973"


def more_than_one() -> bool:
    """Say whether two quantities alone have more than one report: sent and stationed."""
    sizes = troops().groupby("quantity").size()
    return list(sizes[sizes > 1].index.str.split().str[2]) == ["sent", "stationed"]


def before_the_crowds() -> bool:
    """Say whether the dated counts of soldiers sent lie before the protests, and one has only a year."""
    dated = [written for written in sent().index if len(written) > 4]
    return max(dated) < str(day(PROTESTS))[:10] and list(sent().index) == [*dated, "1991"]


def one_without_length() -> int | None:
    """Return how many lines can be seen, if the one that cannot is what was promised."""
    found = lengths(closed())
    return if_so(list(found[found == 0].index.str.contains("promised")) == [True], int((found > 0).sum()))


def ends(*reports: str) -> tuple[int, ...]:
    """Return the two ends of some reports."""
    return tuple(int(end) for name in reports for end in troops().loc[name, ["low", "high"]])


def one_paper() -> pd.Timestamp | None:
    """Return the month of the report in which officials and observers disagree, if it is one."""
    both = troops().loc[[OFFICIALS, OBSERVERS]]
    hired = "hired" in both.loc[OBSERVERS, "quantity"]
    return if_so(hired and both["source_id"].nunique() == both["as_of"].nunique() == 1, pd.Timestamp(both["as_of"].iloc[0]))


def a_day_apart(column: str) -> tuple[object, ...]:
    """Return the number or the day of the two reports of the exercise, if they are among the last three."""
    rows = troops().tail(3).loc[["troops-1991-01-31-stationed", "troops-1991-02-01-committed"]]
    assert pd.isna(rows["high"].iloc[1])
    return tuple(int(value) if column == "low" else pd.Timestamp(value) for value in rows[column])


def home() -> tuple[int, int] | None:
    """Return how many workers were expected, and how many were still there, if the words say so."""
    rows = by_id("reports").loc[["workers-1990-expected-home", "workers-1990-still-there"]]
    so = "expected" in rows["wording"].iloc[0] and "still" in rows["quantity"].iloc[1] and pd.isna(rows["high"].iloc[1])
    return if_so(so, tuple(int(low) for low in rows["low"]))


def barber() -> int:
    """Return the year of the one newspaper of later times."""
    return int(the_one(sources_of(COST).query("kind == 'news' and date > '2000'")["date"])[:4])


def iraqi_publishers() -> int | None:
    """Return how many Iraqi publishers stand behind the two rows, if they are the two Kurdish ones."""
    behind_them = pd.concat([sources_of(event) for event in KURDS])
    publishers = set(behind_them[behind_them["country"] == "IRQ"].index)
    return if_so(publishers == {"krg-austria-anfal-halabja", "esta-2021-03-16"}, len(publishers))


def said() -> pd.DataFrame:
    """Return what is reported of the meeting of July 1990, by the id of the report."""
    return by_id("reports").query("quantity == @about", local_dict={"about": MEETING})


def reported() -> bool:
    """Say whether the meeting is a report, and no event; and whether the tour is said to have been about Kashmir."""
    sources = by_id("sources").loc[said()["source_id"]]
    tour = sources["title"].str.contains("Kashmir").any() and sources["access"].eq("copy").all()
    return bool(tour and said()["event_id"].isna().all() and said()["unit"].eq("in words").all())


def not_found() -> str:
    """Return the look in Arabic for the visit, if it found nothing."""
    looks = by_id("searches").loc[["s004", "s005", "s006"]].query("language == 'ar'")
    return str(looks[looks["found"].str.startswith("nothing")].index[0])


def years_of_the_bars() -> list[int]:
    """Return the years that the bars cover."""
    rows = by_id("spans").loc[list(SPANS)]
    return list(range(int(rows["start"].str[:4].min()), int(rows["end"].str[:4].max()) + 1))


def in_both_wars() -> bool:
    """Say whether Saudi Arabia stands in a title of each war."""
    return all("Saudi Arabia" in era().loc[event, "title"] for event in (BRIGADES, FIRST))


def governments() -> tuple[int, int]:
    """Return how many wars there were, and how many governments of Pakistan in them."""
    spans = by_id("spans")
    wars = spans.loc[["war-iran-iraq", "war-kuwait"]]
    ours = spans.query("group == 'Governments of Pakistan'")
    during = {name for _, war in wars.iterrows() for name in ours.query("start <= @war.end and end >= @war.start").index}
    return len(wars), len(during)


def numbers(report: str) -> int:
    """Return the highest number of a report, or the lowest, if it has no other."""
    row = troops().loc[report]
    return int(row["low"] if pd.isna(row["high"]) else row["high"])


def not_in_urdu() -> bool:
    """Say whether nobody looked in Urdu for a reaction to the attacks on the Kurds."""
    looks = load("searches").query("event_id in @KURDS", local_dict={"KURDS": list(KURDS)})
    return len(looks) > 0 and "ur" not in set(looks["language"])


FACTS = (
    Fact("the question", 1, "text", "", question("two-wars")),
    Fact("reports compared", 1, "word", "reports, soldiers", lambda: len(troops())),
    Fact("the two invasions", 2, "digits", "Iran, Kuwait", lambda: (day(WAR).year, day(KUWAIT).year)),
    Fact("events of the era", 5, "word", "mask, events", lambda: len(era())),
    Fact("acts of all rows", 7, "word", "choice", lambda: (len(acts()), len(era()))),
    Fact("the first war", 7, "true", "neutral, Baghdad twice", twice_to_baghdad),
    Fact(
        "the second war",
        7,
        "true",
        "against Iraq, peace",
        lambda: effects(False) == ["conflictual", "conflictual", "neutral"],
    ),
    Fact("last act together", 10, "day", "ends", lambda: edges()[0]),
    Fact("first act against", 10, "month", "begins", lambda: edges()[1]),
    Fact("years of the gap", 10, "word", "years between", years_of_the_gap),
    Fact("ambassadors", 60, "digits", "ambassadors", lambda: if_so(ambassadors(1985), 1985)),
    Fact("marks of the Kurds", 60, "word", "grey marks, Kurds", kurds),
    Fact("year of the Kurds", 60, "digits", "Kurds", lambda: max({day(name).year for name in KURDS})),
    Fact("items of one weekly", 60, "word", "items of one weekly", lambda: len(said())),
    Fact("what is reported", 60, "true", "reported, Kashmir", reported),
    Fact("not found there", 60, "text", "found nothing", not_found),
    Fact("no visit of the 1980s", 60, "true", "s087, s088, no visit", searched("nothing of those years", "s087", "s088")),
    Fact("no record of a limit", 31, "true", "s086, none", searched("no record of a limit", "s086")),
    Fact("nothing on workers", 41, "true", "s089, Urdu, nothing", searched("nothing of 1990", "s089")),
    Fact(
        "no reaction found",
        51,
        "true",
        "s084, s085, none",
        searched("no Pakistani reaction|none names Pakistan", "s084", "s085"),
    ),
    Fact("not in Urdu", 51, "true", "In Urdu, not looked", not_in_urdu),
    Fact(
        "name Saudi Arabia",
        55,
        "word",
        "name Saudi Arabia",
        lambda: (len(select_events(load("events").query("era_id == 'two-wars'"), text="Saudi")), len(era())),
    ),
    Fact("events drawn", 11, "digits", "our selection", lambda: len(era())),
    Fact("bars drawn", 14, "digits", "our selection", lambda: len(SPANS)),
    Fact("years of the bars", 14, "years", "our selection", years_of_the_bars),
    Fact("reports in the figure", 17, "digits", "our selection", lambda: len(troops())),
    Fact("verdicts so far", 57, "digits", "After four lessons, verdict", so_far("05")),
    Fact(
        "Saudi and Iranian money",
        12,
        "true",
        "Saudi and Iranian money, more often, causes",
        says("sectarian-proxy-funding", "note", "Saudi and Iranian money", "more often", "causes inside Pakistan"),
    ),
    Fact(
        "the agreement",
        15,
        "digits",
        "agreement, brigades",
        lambda: if_so(says(BRIGADES, "description", "agreement of 1982", "tanks")(), 1982),
    ),
    Fact("most of the war", 15, "true", "brigades, most of", most_of_the_war),
    Fact("Saudi soil", 15, "true", "only, Saudi", says(BRIGADES, "description", "Saudi territory only")),
    Fact(
        "Iran and the Gulf",
        15,
        "true",
        "Iran, Gulf states",
        says(WAR, "description", "close relations with Iran", "money from Gulf states"),
    ),
    Fact("the first week", 15, "true", "first week", lambda: (last_day(ZIA) - day(WAR)).days <= 7),
    Fact("years since the search", 15, "word", "years after, embassy", since_the_search),
    Fact("against 3i", 15, "true", "3i, lesson 03", against_3i),
    Fact("governments", 14, "word", "governments of Pakistan", governments),
    Fact("invasion of Kuwait", 16, "day", "Kuwait", lambda: day(KUWAIT)),
    Fact("an idea", 18, "count", "idea", lambda: numbers("troops-1990-09-idea")),
    Fact("only an idea", 18, "true", "only an idea", says_in("reports", "troops-1990-09-idea", "wording", "only an idea")),
    Fact("reports and things", 20, "word", "reports count", lambda: (len(troops()), troops()["quantity"].nunique())),
    Fact("sent and stationed", 20, "true", "only, sent, stationed, more than one", more_than_one),
    Fact("soldiers sent", 22, "count", "October", lambda: tuple(int(low) for low in sent()["low"][:2])),
    Fact("day of the second", 22, "day", "October", lambda: pd.Timestamp(sent().index[1])),
    Fact("the protests", 22, "day of the year", "protests, began", lambda: day(PROTESTS)),
    Fact("before the crowds", 22, "true", "no count, sent, after", before_the_crowds),
    Fact("the third number", 22, "true", "third number, only a year", before_the_crowds),
    Fact("dropped", 24, "word", "drops", lambda: len(troops()) - len(closed())),
    Fact("names", 24, "word", "names, lines", lambda: closed()["quantity"].nunique()),
    Fact("lines", 47, "word", "", one_without_length),
    Fact("promised", 47, "count", "promised", lambda: ends("troops-1991-01-10-promised")),
    Fact("one newspaper", 20, "month", "one newspaper report", one_paper),
    Fact("officials, observers", 20, "count", "officials, observers", lambda: ends(OFFICIALS, OBSERVERS)),
    Fact(
        "the task",
        31,
        "month",
        "task, holy places",
        lambda: if_told(FIRST, "description", "protect the kingdom and its holy places", last_day(FIRST)),
    ),
    Fact("the army chief", 31, "true", "General Beg, contradicted", says(BEG, "title", "contradicts his government")),
    Fact("the day between", 31, "day of the year", "before and after", lambda: day(PROTESTS)),
    Fact("a day apart", 31, "count", "stationed, committed", lambda: a_day_apart("low")),
    Fact("days of the two", 31, "day of the year", "day apart", lambda: a_day_apart("as_of")),
    Fact("about August", 36, "day of the year", "about August", lambda: day(FIRST)),
    Fact("too early", 36, "true", "a day too early", lambda: days(FIRST, KUWAIT) == 1),
    Fact("mid-August", 36, "true", "mid-August, not find", says(FIRST, "note", "mid-August", "we did not find the day")),
    Fact("expected", 41, "count", "expected", lambda: home()[:1]),
    Fact("still there", 41, "count", "still there", lambda: home()[1:]),
    Fact(
        "middle of October",
        41,
        "true",
        "mid-October",
        lambda: by_id("reports").loc["workers-1990-still-there", "as_of"] == "1990-10-15",
    ),
    Fact("aid", 41, "true", "asking for aid", says(COST, "note", "while Pakistan was asking for aid")),
    Fact("the barber", 41, "digits", "newspaper, barber", barber),
    Fact("the wrong year", 44, "digits", "account, war", lambda: if_told(WAR, "note", "one puts the war in 1979", 1979)),
    Fact("the right day", 44, "day", "began", lambda: day(WAR)),
    Fact(
        "the other account",
        44,
        "word",
        "days later",
        lambda: if_so("24 September 1980" in era().loc[WAR, "note"], 24 - day(WAR).day),
    ),
    Fact("the plans", 44, "digits", "peace plans", lambda: (day(PLANS).year, last_day(PLANS).year)),
    Fact(
        "Iraq's no",
        44,
        "day of the year",
        "Iraq, no",
        lambda: if_told(PLANS, "note", "Iraq rejected the plan on 10 March 1981", pd.Timestamp("1981-03-10")),
    ),
    Fact("ministers in Baghdad", 44, "month", "Baghdad", lambda: day(BAGHDAD)),
    Fact("Iran stayed away", 44, "true", "Iran stayed", says(BAGHDAD, "description", "Iran and Syria did not")),
    Fact("three rows", 47, "word", "reports of the 1980s, rows", lambda: len(eighties())),
    Fact(
        "one has no length",
        47,
        "word",
        "has no length",
        lambda: (int((eighties()["high"] == eighties()["low"]).sum()), len(eighties())),
    ),
    Fact("no reaction", 51, "true", "no Pakistani reaction", says(KURDS[1], "note", "no Pakistani reaction")),
    Fact("no statement", 51, "true", "no Pakistani", says(KURDS[0], "note", "no statement by Pakistan")),
    Fact(
        "the Council",
        51,
        "month",
        "Security Council",
        lambda: if_told(
            KURDS[1],
            "description",
            "In August the UN Security Council condemned",
            pd.Timestamp(year=day(KURDS[1]).year, month=8, day=1),
        ),
    ),
    Fact(
        "the tribunal",
        51,
        "digits",
        "tribunal",
        lambda: if_so(says(KURDS[0], "description", "In 2007 an Iraqi tribunal convicted", "genocide")(), 2007),
    ),
    Fact("Iraqi publishers", 51, "word", "Iraqi publishers", iraqi_publishers),
    Fact("both wars", 54, "true", "both wars", in_both_wars),
    Fact("both wars, again", 33, "true", "both wars, Saudi Arabia", in_both_wars),
    Fact("years of the first war", 58, "years", "neutral", lambda: list(range(day(WAR).year, last_day(WAR).year + 1))),
    Fact("reports and things, again", 58, "word", "reports count", lambda: (len(troops()), troops()["quantity"].nunique())),
    Fact("admit and guess", 58, "count", "officials, observers", lambda: (numbers(OFFICIALS), numbers(OBSERVERS))),
)
