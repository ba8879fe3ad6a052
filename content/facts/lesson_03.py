"""The facts in the prose of lesson 03."""

from __future__ import annotations

from functools import partial

import pandas as pd

from content.facts import Fact, day, days, embassies, events, if_so, load, trade

FIND, DISMISSAL = "embassy-arms-find-1973", "balochistan-government-dismissed-1973"
WAR, OCTOBER = "baloch-insurgency-1973-1977", "pakistani-airmen-syria-1973-74"
EXPULSION, LAHORE = "iraqi-ambassador-expelled-1973", "lahore-summit-iraq-observer-1974"
VOTE, BACKING = "un-ceasefire-vote-1971", "iraq-said-to-back-india-1971"


def era() -> pd.DataFrame:
    """Return the events of the lesson's era."""
    rows = events()
    return rows[rows["era_id"] == "rupture-of-1973"]


def months(first: str, last: str) -> int:
    """Return the months from the month of one event to that of another."""
    begun, ended = day(first), day(last)
    return (ended.year - begun.year) * 12 + ended.month - begun.month


def says(event_id: str, column: str, words: str) -> bool:
    """Say whether a column of an event has some words."""
    return words in str(events().loc[event_id, column])


def years_of_the_era() -> int:
    """Return how many years the era has, if these are whole."""
    row = load("eras").set_index("era_id").loc["rupture-of-1973"]
    assert (str(row["start"])[5:10], str(row["end"])[5:10]) == ("01-01", "12-31")
    return int(str(row["end"])[:4]) - int(str(row["start"])[:4]) + 1


def guns() -> pd.DataFrame:
    """Return the reports on the submachine guns."""
    reports = load("reports").set_index("report_id")
    return reports[(reports["event_id"] == FIND) & (reports["quantity"] == "submachine guns found")]


def number(report: str) -> int:
    """Return the number of guns of one report."""
    return int(guns().loc[report, "low"])


def dawn_gives_no_count() -> bool:
    """Say whether Dawn names no number."""
    dawn = guns().loc["arms-1973-guns-dawn"]
    return bool(pd.isna(dawn["low"])) and "no count" in dawn["wording"]


def embassy_says() -> bool:
    """Say whether the US embassy wrote what the lesson tells."""
    wording = guns().loc["arms-1973-guns-us-embassy", "wording"]
    return all(words in wording for words in ("several hundred", "nobody denies it", "Soviet"))


def source(source_id: str) -> pd.Series:
    """Return a source."""
    return load("sources").set_index("source_id").loc[source_id]


def after_the_find(source_id: str) -> int:
    """Return how many days after the find a source is dated."""
    return (pd.Timestamp(source(source_id)["date"]) - day(FIND)).days


def rifles() -> int:
    """Return the number of rifles of the magazine of 2009."""
    return int(load("reports").set_index("report_id").loc["arms-1973-rifles-newsline", "low"])


def aims() -> pd.DataFrame:
    """Return the reports on whom the arms were for, by the day on which they were said."""
    reports = load("reports").set_index("report_id")
    return reports[reports["quantity"] == "for whom the arms of 1973 were meant"].sort_values("as_of")


def of_pakistan() -> tuple[int, int]:
    """Return how many aims Pakistan named, and within how many weeks of the find."""
    wordings = aims()
    spoken = wordings[wordings["wording"].str.contains("Bhutto|Aziz Ahmad|Pakistan's spokesmen")]
    return len(spoken), -(-(pd.Timestamp(spoken["as_of"].max()) - day(FIND)).days // 7)


def rows_5_and_6() -> bool:
    """Say whether the vote and the report stand where the lesson takes them."""
    return list(era().index[5:7]) == [VOTE, BACKING]


def treaty_and_recognition() -> int | None:
    """Return the year of the Soviet treaty and of the recognition of Bangladesh, if it is one."""
    years = {day(name).year for name in ("iraq-ussr-treaty-1972", "iraq-recognises-bangladesh-1972")}
    return if_so(len(years) == 1, min(years))


def days_to_the_dismissal() -> tuple[int, ...]:
    """Return after how many days the government was dismissed, by the two answers."""
    row = events().loc[DISMISSAL]
    return tuple((last - day(FIND)).days for last in (row["earliest"], row["latest"]))


def letters_and_use() -> bool:
    """Say whether the letters named Lasbela, the embassy wrote of a use, and the Urdu page of the find as a reason."""
    links = load("event_sources").query("event_id == @DISMISSAL").set_index("source_id")
    return (
        says(DISMISSAL, "description", "Lasbela")
        and says(DISMISSAL, "note", "used the find against his opponents")
        and "the reason given was the find" in links.loc["urdu-page-2025-arms-find", "says"]
    )


def bearing() -> bool:
    """Say whether the title of the picture stands in the rows: the quarrel, the summit, the agreement."""
    rows = events().loc[["lahore-summit-iraq-observer-1974", "economic-agreement-and-commission-1977"], "earliest"]
    quarrel = era().query("effect == 'conflictual'").index
    return {FIND, EXPULSION} <= set(quarrel) and list(rows.dt.year) == [1974, 1977]


def of_baloch() -> pd.DataFrame:
    """Return the events of the era that name Baloch people or Balochistan."""
    rows = era()
    named = rows["title"].str.cat([rows["description"], rows["actors"]], sep=" ", na_rep="").str.contains("Baloch")
    return rows[named]


def what_followed() -> bool:
    """Say whether dismissal, doubts and war stand one after the other."""
    return list(era().index[12:15]) == [DISMISSAL, "doubts-about-arms-1973", WAR]


def no_money_before() -> bool:
    """Say whether the reasoning on claim 3f has no text of 1973 on money."""
    reasoning = load("claims").set_index("claim_id").loc["3f", "reasoning"]
    return "No text of 1973 that we read speaks of money" in reasoning


def verdicts(support: str) -> list[str]:
    """Return the lesson's claims with one verdict."""
    claims = load("claims")
    mine = claims[claims["lesson"] == "03_rupture_1973"].set_index("claim_id")["support"]
    assert list(mine.index) == ["3d", "3e", "3f", "3g", "3h", "3i"]
    return list(mine.index[mine == support]) if support else list(mine.index)


def papers() -> pd.DataFrame:
    """Return the sources of the doubts."""
    links = load("event_sources")
    return (
        load("sources").set_index("source_id").loc[list(links[links["event_id"] == "doubts-about-arms-1973"]["source_id"])]
    )


def countries_of_the_papers() -> tuple[int, int] | None:
    """Return from how many countries the papers are, and how many are from the United States."""
    found = papers()["country"]
    return found.nunique(), int((found == "USA").sum())


def of_the_analysts() -> pd.Timestamp | None:
    """Return the day of the analysts' note, if it is theirs."""
    note = papers().loc["frus-e8-doc-107"]
    return if_so("Intelligence and Research" in note["author"], pd.Timestamp(note["date"]))


def of_doubts(source_id: str, words: str) -> bool:
    """Say whether a paper says something of the doubts, in the table of sources."""
    links = load("event_sources").query("event_id == 'doubts-about-arms-1973'").set_index("source_id")
    return words in str(links.loc[source_id, "says"])


def behind_3i() -> pd.DataFrame:
    """Return the events behind claim 3i."""
    links = load("claim_events")
    return events().loc[list(links[links["claim_id"] == "3i"]["event_id"])]


def effects_behind_3i() -> tuple[int, ...]:
    """Return how many of them are cooperative, how many there are, how many are conflictual."""
    effects = behind_3i()["effect"]
    return int((effects == "cooperative").sum()), len(effects), int((effects == "conflictual").sum())


def year_of_the_quarrels() -> int:
    """Return the one year of the conflictual ones."""
    rows = behind_3i()
    (year,) = set(rows[rows["effect"] == "conflictual"]["earliest"].dt.year)
    return int(year)


def means(column: str, decimals: int, *stretches: tuple[int, int]) -> tuple[float, ...]:
    """Return the means of some stretches of years."""
    measure = trade(column)
    return tuple(round(float(measure.loc[a:b].mean()), decimals) for a, b in stretches)


def step_of_the_table() -> int:
    """Return how many years lie between two rows."""
    (step,) = set(embassies().index.to_series().diff().dropna())
    return int(step)


def ambassador_again() -> int | None:
    """Return the years since 1973, if in 1975 Iraq has an ambassador in Islamabad, and Pakistan none."""
    row = embassies().loc[1975]
    again = row["level_of_b_in_a"] == "ambassador" and row["level_of_a_in_b"] == "none"
    return if_so(again, 1975 - day(EXPULSION).year)


def both_sides() -> int | None:
    """Return 1985, if from then on there are ambassadors on both sides."""
    later = embassies().loc[1985:, ["level_of_b_in_a", "level_of_a_in_b"]]
    return if_so((later == "ambassador").all(axis=None), 1985)


def students() -> bool:
    """Say whether the group came from Punjab, and nothing connects it with Iraq."""
    group = "london-group-1971"
    return says(group, "description", "mostly from Punjab") and says(group, "note", "connects them with Iraq")


def text_of(event_id: str) -> str:
    """Return the date of an event as it is written in the table."""
    return str(events().loc[event_id, "date"])


FACTS = (
    Fact("the question", "cell-02", "text", "", lambda: load("eras").set_index("era_id").loc["rupture-of-1973", "question"]),
    Fact("years of the era", "cell-05", "word", "table, years", years_of_the_era),
    Fact("rows of the era", "cell-07", "word", "count, choice", lambda: len(era())),
    Fact(
        "the two wars",
        "cell-07",
        "true",
        "probably, 1967, 1973",
        partial(says, "jerusalem-resolution-1967", "note", "probably"),
    ),
    Fact("the October war", "cell-07", "true", "October 1973", partial(says, OCTOBER, "title", "October 1973")),
    Fact("months to the war", "cell-09", "word", "war, after", lambda: months(FIND, OCTOBER)),
    Fact("how many sources", "cell-11", "word", "sources, guns", lambda: len(guns())),
    Fact("day of the raid", "cell-11", "day", "searched", lambda: day(FIND)),
    Fact("the same number", "cell-13", "word", "none", lambda: int(guns()["low"].dropna().duplicated(keep=False).sum())),
    Fact("Dawn", "cell-13", "true", "Dawn, no count", dawn_gives_no_count),
    Fact("day of Dawn", "cell-13", "true", "Dawn, the next day", lambda: after_the_find("dawn-1973-02-11") == 1),
    Fact("the US embassy", "cell-13", "true", "US embassy, several hundred, Soviet, nobody denies", embassy_says),
    Fact("weeks of the embassy", "cell-13", "word", "US embassy, weeks", lambda: after_the_find("frus-e8-doc-109") / 7),
    Fact("guns, encyclopaedia", "cell-13", "digits", "encyclopaedia", lambda: number("arms-1973-guns-wikipedia")),
    Fact(
        "no date",
        "cell-13",
        "true",
        "encyclopaedia, no date",
        lambda: bool(pd.isna(source("wikipedia-arms-discovery-1973")["date"])),
    ),
    Fact(
        "guns, page in Urdu",
        "cell-13",
        "digits",
        "Urdu",
        lambda: (int(source("urdu-page-2025-arms-find")["date"][:4]), number("arms-1973-guns-urdu-page")),
    ),
    Fact("rifles", "cell-13", "digits", "magazine, rifles", rifles),
    Fact("months before the find", "cell-16", "word", "before the find", lambda: months(VOTE, FIND)),
    Fact("the vote's month", "cell-16", "month", "before the find", lambda: day(VOTE)),
    Fact(
        "the vote",
        "cell-18",
        "true",
        "General Assembly, Iraq, Pakistan",
        lambda: rows_5_and_6() and says(VOTE, "description", "Iraq and Pakistan both voted yes"),
    ),
    Fact("Israeli circles", "cell-18", "true", "Israeli circles", partial(says, BACKING, "note", "cites Israeli circles")),
    Fact("no fact", "cell-18", "true", "cannot stand", lambda: events().loc[BACKING, "checked"] == "uncertain"),
    Fact("title of the era", "cell-23", "true", "quarrel of 1973, summit of 1974, agreement in 1977", bearing),
    Fact("events drawn", "cell-23", "digits", "our selection, n =", lambda: len(era())),
    Fact("commission", "cell-26", "month", "commission", lambda: day("economic-agreement-and-commission-1977")),
    Fact("no act", "cell-26", "word", "none", lambda: (int((era()["effect"] == "none").sum()), len(era()))),
    Fact("break with Iran", "cell-26", "month", "Iraq broke with Iran", lambda: day("gulf-islands-break-1971")),
    Fact("treaty and recognition", "cell-26", "digits", "Soviet Union, Bangladesh", treaty_and_recognition),
    Fact("Lahore", "cell-26", "month", "Lahore, observer", lambda: day(LAHORE)),
    Fact("a year later", "cell-26", "true", "a year after, Lahore", lambda: months(EXPULSION, LAHORE) == 12),
    Fact("order", "cell-29", "true", "first, then", what_followed),
    Fact("days to the dismissal", "cell-29", "word", "dismissed", days_to_the_dismissal),
    Fact("letters", "cell-29", "true", "Lasbela, used the find", letters_and_use),
    Fact(
        "main cause",
        "cell-29",
        "true",
        "main cause",
        partial(says, WAR, "description", "the dismissal itself was a main cause"),
    ),
    Fact(
        "roots",
        "cell-29",
        "true",
        "roots inside Pakistan",
        partial(says, "london-group-1971", "note", "had roots inside Pakistan"),
    ),
    Fact("money", "cell-29", "true", "no text of 1973, money", no_money_before),
    Fact("helicopters", "cell-29", "true", "Iran, helicopters", partial(says, WAR, "description", "Iran lent helicopters")),
    Fact("Algiers", "cell-29", "day", "Algiers", lambda: pd.Timestamp(text_of("algiers-agreement-1975"))),
    Fact("claims", "cell-30", "word", "claims", lambda: len(verdicts(""))),
    Fact("corroborated", "cell-33", "word", "arms, ambassador", lambda: if_so(verdicts("corroborated") == ["3g", "3h"], 2)),
    Fact("contested", "cell-33", "true", "contested, money, quarrels", lambda: verdicts("contested") == ["3f", "3i"]),
    Fact("answers", "cell-35", "word", "answers, speaker", lambda: len(aims())),
    Fact("aims of Pakistan", "cell-64", "word", "Pakistan, aims, weeks", of_pakistan),
    Fact(
        "search",
        "cell-64",
        "true",
        "no Iraqi text of 1973, s002",
        lambda: "no Iraqi text of 1973" in load("searches").set_index("search_id").loc["s002", "found"],
    ),
    Fact("papers", "cell-36", "word", "papers", lambda: len(papers())),
    Fact("the analysts", "cell-38", "day of the year", "analysts of the State Department", of_the_analysts),
    Fact("the embassy", "cell-38", "day of the year", "embassy", lambda: pd.Timestamp(source("frus-e8-doc-109")["date"])),
    Fact(
        "no evidence",
        "cell-38",
        "true",
        "Soviet, no evidence",
        partial(of_doubts, "frus-e8-doc-107", "no evidence of a Soviet part"),
    ),
    Fact(
        "not ruled out", "cell-38", "true", "not to be ruled out", partial(of_doubts, "frus-e8-doc-110", "will not rule out")
    ),
    Fact("softly", "cell-38", "true", "softly, in public", partial(of_doubts, "frus-e8-doc-110", "In public")),
    Fact(
        "hardly anybody",
        "cell-38",
        "true",
        "hardly anybody",
        partial(of_doubts, "frus-e8-doc-109", "Nobody asked gave much credence"),
    ),
    Fact("one country", "cell-40", "word", "country", countries_of_the_papers),
    Fact("two answers", "cell-42", "text", "both", lambda: text_of(DISMISSAL)),
    Fact(
        "Dawn's answer", "cell-42", "true", "Dawn, 14 February", partial(says, DISMISSAL, "note", "Dawn gives 14 February")
    ),
    Fact("about that day", "cell-42", "text", "insurgency, about", lambda: text_of(WAR).partition("/")[0]),
    Fact("the minister", "cell-46", "month", "minister", lambda: day("london-plan-claims-1972-73")),
    Fact(
        "Bugti",
        "cell-46",
        "true",
        "In January 1973, Bugti",
        partial(says, "london-plan-claims-1972-73", "description", "In January 1973 Akbar Bugti"),
    ),
    Fact("the same day", "cell-46", "true", "expulsion, same day", lambda: days(FIND, EXPULSION) == 0),
    Fact("drawn behind 3i", "cell-49", "digits", "n =", lambda: len(behind_3i())),
    Fact("title of 3i", "cell-49", "word", "against each other", lambda: effects_behind_3i()[::2]),
    Fact("behind 3i", "cell-50", "word", "cooperative, conflictual", effects_behind_3i),
    Fact("year of the quarrels", "cell-50", "digits", "conflictual", year_of_the_quarrels),
    Fact(
        "means of shares",
        "cell-52",
        "digits",
        "1948–54, 1973–81, 1982–2003",
        lambda: means("share_of_a_percent", 2, (1948, 1954), (1973, 1981), (1982, 2003)),
    ),
    Fact(
        "means of dollars",
        "cell-52",
        "digits",
        "dollars, 1973–79, 2009–14",
        lambda: means("two_way_musd", 1, (1973, 1979), (2009, 2014)),
    ),
    Fact("rows of embassies", "cell-52", "ordinal", "row, every, year", step_of_the_table),
    Fact("ambassador again", "cell-54", "word", "1975, years after, ambassador", ambassador_again),
    Fact(
        "a gap",
        "cell-54",
        "word",
        "states, 1975",
        lambda: if_so("Ten or more states" in embassies().loc[1975, "reason"], 10),
    ),
    Fact("both sides", "cell-54", "digits", "both sides", both_sides),
    Fact("drawn of Baloch", "cell-58", "digits", "n =", lambda: len(of_baloch())),
    Fact(
        "no act of Baloch",
        "cell-59",
        "word",
        "none",
        lambda: if_so((of_baloch()["effect"] == "none").all(), len(of_baloch())),
    ),
    Fact("students", "cell-59", "true", "London, Punjab", students),
    Fact("years of war", "cell-62", "word", "war, years", lambda: if_so(says(WAR, "description", "about four years"), 4)),
)
