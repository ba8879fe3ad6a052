"""The facts in the prose of lesson 04."""

from __future__ import annotations

import pandas as pd

from content.facts import (
    Fact,
    Load,
    ambassadors,
    behind,
    by_id,
    day,
    days,
    events_of,
    if_so,
    last_day,
    question,
    says,
    searched,
    sources_of,
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


def era(load: Load) -> pd.DataFrame:
    """Return the events of the lesson's era."""
    return events_of(load, "two-wars")


def acts(load: Load) -> pd.DataFrame:
    """Return the acts between the two."""
    return era(load).query("effect != 'none'")


def troops(load: Load) -> pd.DataFrame:
    """Return the reports on Pakistani troops in Saudi Arabia by their id."""
    return by_id(load, "reports").query("event_id in @ids", local_dict={"ids": [BRIGADES, TROOPS]})


def closed(load: Load) -> pd.DataFrame:
    """Return those that name both ends."""
    return troops(load).query("low <= high")


def eighties(load: Load) -> pd.DataFrame:
    """Return those on the 1980s."""
    return troops(load).query("event_id == @event", local_dict={"event": BRIGADES})


def lengths(rows: pd.DataFrame) -> pd.Series:
    """Return how long the line of each quantity is."""
    groups = rows.groupby("quantity")
    return groups["high"].max() - groups["low"].min()


def sent(load: Load) -> pd.DataFrame:
    """Return the counts of soldiers sent, by their day."""
    return troops(load).query("quantity == 'Pakistani soldiers sent to Saudi Arabia'").set_index("as_of")


def effects(load: Load, first_war: bool) -> list[str]:
    """Return the effects of the acts of one of the two wars, in their order."""
    begun = acts(load)["earliest"] < last_day(load, WAR)
    return list(acts(load)[begun == first_war]["effect"])


def twice_to_baghdad(load: Load) -> bool:
    """Say whether in the first war Pakistan is neutral, and two acts together lead to Baghdad."""
    visits = acts(load).query("effect == 'cooperative'")["title"]
    return effects(load, True) == ["neutral", "cooperative", "cooperative"] and visits.str.contains("Baghdad").all()


def edges(load: Load) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the last day of an act together, and the first of an act against each other."""
    groups = acts(load).groupby("effect", observed=True)
    return groups["latest"].max()["cooperative"], groups["earliest"].min()["conflictual"]


def years_of_the_gap(load: Load) -> float | None:
    """Return the years between, if no act begins in them."""
    end, start = edges(load)
    begun = acts(load)["earliest"]
    return if_so(not begun.between(end, start, inclusive="neither").any(), within((start - end).days / 365.25, 9, 9.5, 9))


def kurds(load: Load) -> tuple[int, int] | None:
    """Return how many titles name attacks on the Kurds, and how many of these chemical weapons."""
    titles = era(load)[era(load)["actors"].str.contains("Kurds")]["title"]
    return if_so(tuple(titles.index) == KURDS, (len(titles), int(titles.str.contains("chemical").sum())))


def most_of_the_war(load: Load) -> bool:
    """Say whether the brigades came by agreement before half of the war was over, and stayed until 1988."""
    length = last_day(load, WAR) - day(load, WAR)
    stayed = (pd.Timestamp("1988-01-01") - day(load, BRIGADES)) / length > 0.5
    return stayed and last_day(load, BRIGADES) > pd.Timestamp("1988-01-01")


def since_the_search(load: Load) -> float:
    """Return the years from the search of the embassy to the flight to Baghdad."""
    measured = (last_day(load, ZIA) - day(load, "embassy-arms-find-1973")).days / 365.25
    return within(measured, 7.5, 7.75, 7.5)


def against_3i(load: Load) -> bool:
    """Say whether the flight bears on claim 3i of lesson 03."""
    return ZIA in behind(load, "3i").index and by_id(load, "claims").loc["3i", "lesson"] == "03_rupture_1973"


def more_than_one(load: Load) -> bool:
    """Say whether two quantities alone have more than one report: sent and stationed."""
    sizes = troops(load).groupby("quantity").size()
    return list(sizes[sizes > 1].index.str.split().str[2]) == ["sent", "stationed"]


def before_the_crowds(load: Load) -> bool:
    """Say whether the dated counts of soldiers sent lie before the protests, and one has only a year."""
    dated = [written for written in sent(load).index if len(written) > 4]
    return max(dated) < str(day(load, PROTESTS))[:10] and list(sent(load).index) == [*dated, "1991"]


def one_without_length(load: Load) -> int | None:
    """Return how many lines can be seen, if the one that cannot is what was promised."""
    found = lengths(closed(load))
    return if_so(list(found[found == 0].index.str.contains("promised")) == [True], int((found > 0).sum()))


def ends(load: Load, *reports: str) -> tuple[int, ...]:
    """Return the two ends of some reports."""
    return tuple(int(end) for name in reports for end in troops(load).loc[name, ["low", "high"]])


def one_paper(load: Load) -> pd.Timestamp | None:
    """Return the month of the report in which officials and observers disagree, if it is one."""
    both = troops(load).loc[[OFFICIALS, OBSERVERS]]
    hired = "hired" in both.loc[OBSERVERS, "quantity"]
    return if_so(hired and both["source_id"].nunique() == both["as_of"].nunique() == 1, pd.Timestamp(both["as_of"].iloc[0]))


def a_day_apart(load: Load, column: str) -> tuple[object, ...]:
    """Return the number or the day of the two reports of the exercise, if they are among the last three."""
    rows = troops(load).tail(3).loc[["troops-1991-01-31-stationed", "troops-1991-02-01-committed"]]
    assert pd.isna(rows["high"].iloc[1])
    return tuple(int(value) if column == "low" else pd.Timestamp(value) for value in rows[column])


def home(load: Load) -> tuple[int, int] | None:
    """Return how many workers were expected, and how many were still there, if the words say so."""
    rows = by_id(load, "reports").loc[["workers-1990-expected-home", "workers-1990-still-there"]]
    so = "expected" in rows["wording"].iloc[0] and "still" in rows["quantity"].iloc[1] and pd.isna(rows["high"].iloc[1])
    return if_so(so, tuple(int(low) for low in rows["low"]))


def barber(load: Load) -> int:
    """Return the year of the one newspaper of later times."""
    (found,) = sources_of(load, COST).query("kind == 'news' and date > '2000'")["date"]
    return int(found[:4])


def iraqi_publishers(load: Load) -> int | None:
    """Return how many Iraqi publishers stand behind the two rows, if they are the two Kurdish ones."""
    behind_them = pd.concat([sources_of(load, event) for event in KURDS])
    publishers = set(behind_them[behind_them["country"] == "IRQ"].index)
    return if_so(publishers == {"krg-austria-anfal-halabja", "esta-2021-03-16"}, len(publishers))


def said(load: Load) -> pd.DataFrame:
    """Return what is reported of the meeting of July 1990, by the id of the report."""
    return by_id(load, "reports").query("quantity == @about", local_dict={"about": MEETING})


def reported(load: Load) -> bool:
    """Say whether the meeting is a report, and no event; and whether the tour is said to have been about Kashmir."""
    sources = by_id(load, "sources").loc[said(load)["source_id"]]
    tour = sources["title"].str.contains("Kashmir").any() and sources["access"].eq("copy").all()
    return bool(tour and said(load)["event_id"].isna().all() and said(load)["unit"].eq("in words").all())


def not_found(load: Load) -> str:
    """Return the look in Arabic for the visit, if it found nothing."""
    looks = by_id(load, "searches").loc[["s004", "s005", "s006"]].query("language == 'ar'")
    return str(looks[looks["found"].str.startswith("nothing")].index[0])


def years_of_the_bars(load: Load) -> list[int]:
    """Return the years that the bars cover."""
    rows = by_id(load, "spans").loc[list(SPANS)]
    return list(range(int(rows["start"].str[:4].min()), int(rows["end"].str[:4].max()) + 1))


def verdicts_so_far(load: Load) -> tuple[int, int]:
    """Return how many claims belong to a lesson up to this one, and how many there are."""
    lessons = load("claims")["lesson"].astype(str)
    return int((lessons < "05").sum()), len(lessons)


def in_both_wars(load: Load) -> bool:
    """Say whether Saudi Arabia stands in a title of each war."""
    return all("Saudi Arabia" in era(load).loc[event, "title"] for event in (BRIGADES, FIRST))


def governments(load: Load) -> tuple[int, int]:
    """Return how many wars there were, and how many governments of Pakistan in them."""
    spans = by_id(load, "spans")
    wars = spans.loc[["war-iran-iraq", "war-kuwait"]]
    ours = spans.query("group == 'Governments of Pakistan'")
    during = {name for _, war in wars.iterrows() for name in ours.query("start <= @war.end and end >= @war.start").index}
    return len(wars), len(during)


def numbers(load: Load, report: str) -> int:
    """Return the highest number of a report, or the lowest, if it has no other."""
    row = troops(load).loc[report]
    return int(row["low"] if pd.isna(row["high"]) else row["high"])


def not_in_urdu(load: Load) -> bool:
    """Say whether nobody looked in Urdu for a reaction to the attacks on the Kurds."""
    looks = load("searches").query("event_id in @KURDS", local_dict={"KURDS": list(KURDS)})
    return len(looks) > 0 and "ur" not in set(looks["language"])


FACTS = (
    Fact("the question", "cell-01", "text", "", question("two-wars")),
    Fact("reports compared", "cell-01", "word", "reports, soldiers", lambda load: len(troops(load))),
    Fact(
        "the two invasions", "cell-02", "digits", "Iran, Kuwait", lambda load: (day(load, WAR).year, day(load, KUWAIT).year)
    ),
    Fact("events of the era", "cell-05", "word", "mask, events", lambda load: len(era(load))),
    Fact("acts of all rows", "cell-07", "word", "choice", lambda load: (len(acts(load)), len(era(load)))),
    Fact("the first war", "cell-07", "true", "neutral, Baghdad twice", twice_to_baghdad),
    Fact(
        "the second war",
        "cell-07",
        "true",
        "against Iraq, peace",
        lambda load: effects(load, False) == ["conflictual", "conflictual", "neutral"],
    ),
    Fact("last act together", "cell-10", "day", "ends", lambda load: edges(load)[0]),
    Fact("first act against", "cell-10", "month", "begins", lambda load: edges(load)[1]),
    Fact("years of the gap", "cell-10", "word", "years between", years_of_the_gap),
    Fact("ambassadors", "cell-60", "digits", "ambassadors", lambda load: if_so(ambassadors(load, 1985), 1985)),
    Fact("marks of the Kurds", "cell-60", "word", "grey marks, Kurds", kurds),
    Fact("year of the Kurds", "cell-60", "digits", "Kurds", lambda load: max({day(load, name).year for name in KURDS})),
    Fact("items of one weekly", "cell-60", "word", "items of one weekly", lambda load: len(said(load))),
    Fact("what is reported", "cell-60", "true", "reported, Kashmir", reported),
    Fact("not found there", "cell-60", "text", "found nothing", not_found),
    Fact(
        "no visit of the 1980s",
        "cell-60",
        "true",
        "s087, s088, no visit",
        searched("nothing of those years", "s087", "s088"),
    ),
    Fact("no record of a limit", "cell-31", "true", "s086, none", searched("no record of a limit", "s086")),
    Fact("nothing on workers", "cell-41", "true", "s089, Urdu, nothing", searched("nothing of 1990", "s089")),
    Fact(
        "no reaction found",
        "cell-51",
        "true",
        "s084, s085, none",
        searched("no Pakistani reaction|none names Pakistan", "s084", "s085"),
    ),
    Fact("not in Urdu", "cell-51", "true", "In Urdu, not looked", not_in_urdu),
    Fact(
        "name Saudi Arabia",
        "cell-55",
        "word",
        "name Saudi Arabia",
        lambda load: (len(select_events(load("events").query("era_id == 'two-wars'"), text="Saudi")), len(era(load))),
    ),
    Fact("events drawn", "cell-11", "digits", "our selection", lambda load: len(era(load))),
    Fact("bars drawn", "cell-14", "digits", "our selection", lambda load: len(SPANS)),
    Fact("years of the bars", "cell-14", "years", "our selection", years_of_the_bars),
    Fact("reports in the figure", "cell-17", "digits", "our selection", lambda load: len(troops(load))),
    Fact("verdicts so far", "cell-57", "digits", "After four lessons, verdict", verdicts_so_far),
    Fact(
        "Saudi and Iranian money",
        "cell-12",
        "true",
        "Saudi and Iranian money, more often, causes",
        says("events", "sectarian-proxy-funding", "note", "Saudi and Iranian money", "more often", "causes inside Pakistan"),
    ),
    Fact(
        "the agreement",
        "cell-15",
        "digits",
        "agreement, brigades",
        lambda load: if_so(says("events", BRIGADES, "description", "agreement of 1982", "tanks")(load), 1982),
    ),
    Fact("most of the war", "cell-15", "true", "brigades, most of", most_of_the_war),
    Fact("Saudi soil", "cell-15", "true", "only, Saudi", says("events", BRIGADES, "description", "Saudi territory only")),
    Fact(
        "Iran and the Gulf",
        "cell-15",
        "true",
        "Iran, Gulf states",
        says("events", WAR, "description", "close relations with Iran", "money from Gulf states"),
    ),
    Fact("the first week", "cell-15", "true", "first week", lambda load: (last_day(load, ZIA) - day(load, WAR)).days <= 7),
    Fact("years since the search", "cell-15", "word", "years after, embassy", since_the_search),
    Fact("against 3i", "cell-15", "true", "3i, lesson 03", against_3i),
    Fact("governments", "cell-14", "word", "governments of Pakistan", governments),
    Fact("invasion of Kuwait", "cell-16", "day", "Kuwait", lambda load: day(load, KUWAIT)),
    Fact("an idea", "cell-18", "count", "idea", lambda load: numbers(load, "troops-1990-09-idea")),
    Fact(
        "only an idea", "cell-18", "true", "only an idea", says("reports", "troops-1990-09-idea", "wording", "only an idea")
    ),
    Fact(
        "reports and things",
        "cell-20",
        "word",
        "reports count",
        lambda load: (len(troops(load)), troops(load)["quantity"].nunique()),
    ),
    Fact("sent and stationed", "cell-20", "true", "only, sent, stationed, more than one", more_than_one),
    Fact("soldiers sent", "cell-22", "count", "October", lambda load: tuple(int(low) for low in sent(load)["low"][:2])),
    Fact("day of the second", "cell-22", "day", "October", lambda load: pd.Timestamp(sent(load).index[1])),
    Fact("the protests", "cell-22", "day of the year", "protests, began", lambda load: day(load, PROTESTS)),
    Fact("before the crowds", "cell-22", "true", "no count, sent, after", before_the_crowds),
    Fact("the third number", "cell-22", "true", "third number, only a year", before_the_crowds),
    Fact("dropped", "cell-24", "word", "drops", lambda load: len(troops(load)) - len(closed(load))),
    Fact("names", "cell-24", "word", "names, lines", lambda load: closed(load)["quantity"].nunique()),
    Fact("lines", "cell-47", "word", "", one_without_length),
    Fact("promised", "cell-47", "count", "promised", lambda load: ends(load, "troops-1991-01-10-promised")),
    Fact("one newspaper", "cell-20", "month", "one newspaper report", one_paper),
    Fact("officials, observers", "cell-20", "count", "officials, observers", lambda load: ends(load, OFFICIALS, OBSERVERS)),
    Fact(
        "the task",
        "cell-31",
        "month",
        "task, holy places",
        lambda load: if_so(
            says("events", FIRST, "description", "protect the kingdom and its holy places")(load), last_day(load, FIRST)
        ),
    ),
    Fact(
        "the army chief",
        "cell-31",
        "true",
        "General Beg, contradicted",
        says("events", BEG, "title", "contradicts his government"),
    ),
    Fact("the day between", "cell-31", "day of the year", "before and after", lambda load: day(load, PROTESTS)),
    Fact("a day apart", "cell-31", "count", "stationed, committed", lambda load: a_day_apart(load, "low")),
    Fact("days of the two", "cell-31", "day of the year", "day apart", lambda load: a_day_apart(load, "as_of")),
    Fact("about August", "cell-36", "day of the year", "about August", lambda load: day(load, FIRST)),
    Fact("too early", "cell-36", "true", "a day too early", lambda load: days(load, FIRST, KUWAIT) == 1),
    Fact(
        "mid-August",
        "cell-36",
        "true",
        "mid-August, not find",
        says("events", FIRST, "note", "mid-August", "we did not find the day"),
    ),
    Fact("expected", "cell-41", "count", "expected", lambda load: home(load)[:1]),
    Fact("still there", "cell-41", "count", "still there", lambda load: home(load)[1:]),
    Fact(
        "middle of October",
        "cell-41",
        "true",
        "mid-October",
        lambda load: by_id(load, "reports").loc["workers-1990-still-there", "as_of"] == "1990-10-15",
    ),
    Fact("aid", "cell-41", "true", "asking for aid", says("events", COST, "note", "while Pakistan was asking for aid")),
    Fact("the barber", "cell-41", "digits", "newspaper, barber", barber),
    Fact(
        "the wrong year",
        "cell-44",
        "digits",
        "account, war",
        lambda load: if_so(says("events", WAR, "note", "one puts the war in 1979")(load), 1979),
    ),
    Fact("the right day", "cell-44", "day", "began", lambda load: day(load, WAR)),
    Fact(
        "the other account",
        "cell-44",
        "word",
        "days later",
        lambda load: if_so("24 September 1980" in era(load).loc[WAR, "note"], 24 - day(load, WAR).day),
    ),
    Fact("the plans", "cell-44", "digits", "peace plans", lambda load: (day(load, PLANS).year, last_day(load, PLANS).year)),
    Fact(
        "Iraq's no",
        "cell-44",
        "day of the year",
        "Iraq, no",
        lambda load: if_so(
            says("events", PLANS, "note", "Iraq rejected the plan on 10 March 1981")(load), pd.Timestamp("1981-03-10")
        ),
    ),
    Fact("ministers in Baghdad", "cell-44", "month", "Baghdad", lambda load: day(load, BAGHDAD)),
    Fact(
        "Iran stayed away",
        "cell-44",
        "true",
        "Iran stayed",
        says("events", BAGHDAD, "description", "Iran and Syria did not"),
    ),
    Fact("three rows", "cell-47", "word", "reports of the 1980s, rows", lambda load: len(eighties(load))),
    Fact(
        "one has no length",
        "cell-47",
        "word",
        "has no length",
        lambda load: (int((eighties(load)["high"] == eighties(load)["low"]).sum()), len(eighties(load))),
    ),
    Fact(
        "no reaction", "cell-51", "true", "no Pakistani reaction", says("events", KURDS[1], "note", "no Pakistani reaction")
    ),
    Fact("no statement", "cell-51", "true", "no Pakistani", says("events", KURDS[0], "note", "no statement by Pakistan")),
    Fact(
        "the Council",
        "cell-51",
        "month",
        "Security Council",
        lambda load: if_so(
            says("events", KURDS[1], "description", "In August the UN Security Council condemned")(load),
            pd.Timestamp(year=day(load, KURDS[1]).year, month=8, day=1),
        ),
    ),
    Fact(
        "the tribunal",
        "cell-51",
        "digits",
        "tribunal",
        lambda load: if_so(
            says("events", KURDS[0], "description", "In 2007 an Iraqi tribunal convicted", "genocide")(load), 2007
        ),
    ),
    Fact("Iraqi publishers", "cell-51", "word", "Iraqi publishers", iraqi_publishers),
    Fact("both wars", "cell-54", "true", "both wars", in_both_wars),
    Fact("both wars, again", "cell-33", "true", "both wars, Saudi Arabia", in_both_wars),
    Fact(
        "years of the first war",
        "cell-58",
        "years",
        "neutral",
        lambda load: list(range(day(load, WAR).year, last_day(load, WAR).year + 1)),
    ),
    Fact(
        "reports and things, again",
        "cell-58",
        "word",
        "reports count",
        lambda load: (len(troops(load)), troops(load)["quantity"].nunique()),
    ),
    Fact(
        "admit and guess",
        "cell-58",
        "count",
        "officials, observers",
        lambda load: (numbers(load, OFFICIALS), numbers(load, OBSERVERS)),
    ),
)
