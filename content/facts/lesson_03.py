"""The facts in the prose of lesson 03."""

from __future__ import annotations

from functools import partial

import pandas as pd

from content.facts import (
    Fact,
    ambassadors,
    behind,
    by_id,
    date_of,
    day,
    days,
    embassies,
    events,
    events_of,
    if_so,
    if_told,
    load,
    means_of_trade,
    naming,
    number_of,
    says,
    says_in,
    sources_of,
    the_one,
    years_between_rows,
)

FIND, DISMISSAL = "embassy-arms-find-1973", "balochistan-government-dismissed-1973"
WAR, OCTOBER = "baloch-insurgency-1973-1977", "pakistani-airmen-syria-1973-74"
EXPULSION, LAHORE = "iraqi-ambassador-expelled-1973", "lahore-summit-iraq-observer-1974"
VOTE, BACKING = "un-ceasefire-vote-1971", "iraq-said-to-back-india-1971"

era = partial(events_of, "rupture-of-1973")


def months(first: str, last: str) -> int:
    """Return the months from the month of one event to that of another."""
    begun, ended = day(first), day(last)
    return (ended.year - begun.year) * 12 + ended.month - begun.month


def years_of_the_era() -> int:
    """Return how many years the era has, if these are whole."""
    row = by_id("eras").loc["rupture-of-1973"]
    assert (str(row["start"])[5:10], str(row["end"])[5:10]) == ("01-01", "12-31")
    return int(str(row["end"])[:4]) - int(str(row["start"])[:4]) + 1


def guns() -> pd.DataFrame:
    """Return the reports on the submachine guns."""
    reports = by_id("reports")
    return reports[(reports["event_id"] == FIND) & (reports["quantity"] == "submachine guns found")]


def dawn_gives_no_count() -> bool:
    """Say whether Dawn names no number."""
    dawn = guns().loc["arms-1973-guns-dawn"]
    return bool(pd.isna(dawn["low"])) and "no count" in dawn["wording"]


def embassy_says() -> bool:
    """Say whether the US embassy wrote what the lesson tells."""
    wording = guns().loc["arms-1973-guns-us-embassy", "wording"]
    return all(words in wording for words in ("several hundred", "nobody denies it", "Soviet"))


def after_the_find(source_id: str) -> int:
    """Return how many days after the find a source is dated."""
    return (pd.Timestamp(by_id("sources").loc[source_id]["date"]) - day(FIND)).days


def aims() -> pd.DataFrame:
    """Return the reports on whom the arms were for, by the day on which they were said."""
    reports = by_id("reports")
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
    return (
        says(DISMISSAL, "description", "Lasbela")()
        and says(DISMISSAL, "note", "used the find against his opponents")()
        and "the reason given was the find" in sources_of(DISMISSAL).loc["urdu-page-2025-arms-find", "says"]
    )


def bearing() -> bool:
    """Say whether the title of the picture stands in the rows: the quarrel, the summit, the agreement."""
    rows = events().loc[["lahore-summit-iraq-observer-1974", "economic-agreement-and-commission-1977"], "earliest"]
    quarrel = era().query("effect == 'conflictual'").index
    return {FIND, EXPULSION} <= set(quarrel) and list(rows.dt.year) == [1974, 1977]


def of_baloch() -> pd.DataFrame:
    """Return the events of the era that name Baloch people or Balochistan."""
    return naming(era(), "Baloch")


def no_money_before() -> bool:
    """Say whether the reasoning on claim 3f has no text of 1973 on money."""
    return says_in("claims", "3f", "reasoning", "No text of 1973 that we read speaks of money")()


def verdicts(support: str) -> list[str]:
    """Return the lesson's claims with one verdict."""
    claims = load("claims")
    mine = claims[claims["lesson"] == "03_rupture_1973"].set_index("claim_id")["support"]
    assert list(mine.index) == ["3d", "3e", "3f", "3g", "3h", "3i"]
    return list(mine.index[mine == support]) if support else list(mine.index)


def papers() -> pd.DataFrame:
    """Return the sources of the doubts."""
    return sources_of("doubts-about-arms-1973")


def countries_of_the_papers() -> tuple[int, int] | None:
    """Return from how many countries the papers are, and how many are from the United States."""
    return papers()["country"].nunique(), number_of(papers()["country"] == "USA")


def of_the_analysts() -> pd.Timestamp | None:
    """Return the day of the analysts' note, if it is theirs."""
    note = papers().loc["frus-e8-doc-107"]
    return if_so("Intelligence and Research" in note["author"], pd.Timestamp(note["date"]))


def of_doubts(source_id: str, words: str) -> bool:
    """Say whether a paper says something of the doubts, in the table of sources."""
    return words in papers().loc[source_id, "says"]


def effects_behind_3i() -> tuple[int, ...]:
    """Return how many of them are cooperative, how many there are, how many are conflictual."""
    effects = behind("3i")["effect"]
    return int((effects == "cooperative").sum()), len(effects), int((effects == "conflictual").sum())


def year_of_the_quarrels() -> int:
    """Return the one year of the conflictual ones."""
    return the_one(behind("3i").query("effect == 'conflictual'")["earliest"].dt.year)


def ambassador_again() -> int | None:
    """Return the years since 1973, if in 1975 Iraq has an ambassador in Islamabad, and Pakistan none."""
    row = embassies().loc[1975]
    again = row["level_of_b_in_a"] == "ambassador" and row["level_of_a_in_b"] == "none"
    return if_so(again, 1975 - day(EXPULSION).year)


def students() -> bool:
    """Say whether the group came from Punjab, and nothing connects it with Iraq."""
    group = "london-group-1971"
    return says(group, "description", "mostly from Punjab")() and says(group, "note", "connects them with Iraq")()


FACTS = (
    Fact("the question", 2, "text", "", lambda: by_id("eras").loc["rupture-of-1973", "question"]),
    Fact("years of the era", 5, "word", "table, years", years_of_the_era),
    Fact("rows of the era", 7, "word", "count, choice", lambda: len(era())),
    Fact("the two wars", 7, "true", "probably, 1967, 1973", says("jerusalem-resolution-1967", "note", "probably")),
    Fact("the October war", 7, "true", "October 1973", says(OCTOBER, "title", "October 1973")),
    Fact("months to the war", 9, "word", "war, after", lambda: months(FIND, OCTOBER)),
    Fact("how many sources", 11, "word", "sources, guns", lambda: len(guns())),
    Fact("day of the raid", 11, "day", "searched", lambda: day(FIND)),
    Fact("the same number", 13, "word", "none", lambda: int(guns()["low"].dropna().duplicated(keep=False).sum())),
    Fact("Dawn", 13, "true", "Dawn, no count", dawn_gives_no_count),
    Fact("day of Dawn", 13, "true", "Dawn, the next day", lambda: after_the_find("dawn-1973-02-11") == 1),
    Fact("the US embassy", 13, "true", "US embassy, several hundred, Soviet, nobody denies", embassy_says),
    Fact("weeks of the embassy", 13, "word", "US embassy, weeks", lambda: after_the_find("frus-e8-doc-109") / 7),
    Fact("guns, encyclopaedia", 13, "digits", "encyclopaedia", lambda: int(guns().loc["arms-1973-guns-wikipedia", "low"])),
    Fact(
        "no date",
        13,
        "true",
        "encyclopaedia, no date",
        lambda: bool(pd.isna(by_id("sources").loc["wikipedia-arms-discovery-1973", "date"])),
    ),
    Fact(
        "guns, page in Urdu",
        13,
        "digits",
        "Urdu",
        lambda: (
            int(by_id("sources").loc["urdu-page-2025-arms-find"]["date"][:4]),
            int(guns().loc["arms-1973-guns-urdu-page", "low"]),
        ),
    ),
    Fact("rifles", 13, "digits", "magazine, rifles", lambda: int(by_id("reports").loc["arms-1973-rifles-newsline", "low"])),
    Fact("months before the find", 16, "word", "before the find", lambda: months(VOTE, FIND)),
    Fact("the vote's month", 16, "month", "before the find", lambda: day(VOTE)),
    Fact(
        "the vote",
        18,
        "true",
        "General Assembly, Iraq, Pakistan",
        lambda: rows_5_and_6() and says(VOTE, "description", "Iraq and Pakistan both voted yes")(),
    ),
    Fact("Israeli circles", 18, "true", "Israeli circles", says(BACKING, "note", "cites Israeli circles")),
    Fact("no fact", 18, "true", "cannot stand", lambda: events().loc[BACKING, "checked"] == "uncertain"),
    Fact("title of the era", 23, "true", "quarrel of 1973, summit of 1974, agreement in 1977", bearing),
    Fact("events drawn", 23, "digits", "our selection, n =", lambda: len(era())),
    Fact("commission", 26, "month", "commission", lambda: day("economic-agreement-and-commission-1977")),
    Fact("no act", 26, "word", "none", lambda: (int((era()["effect"] == "none").sum()), len(era()))),
    Fact("break with Iran", 26, "month", "Iraq broke with Iran", lambda: day("gulf-islands-break-1971")),
    Fact("treaty and recognition", 26, "digits", "Soviet Union, Bangladesh", treaty_and_recognition),
    Fact("Lahore", 26, "month", "Lahore, observer", lambda: day(LAHORE)),
    Fact("a year later", 26, "true", "a year after, Lahore", lambda: months(EXPULSION, LAHORE) == 12),
    Fact("order", 29, "true", "first, then", lambda: list(era().index[12:15]) == [DISMISSAL, "doubts-about-arms-1973", WAR]),
    Fact("days to the dismissal", 29, "word", "dismissed", days_to_the_dismissal),
    Fact("letters", 29, "true", "Lasbela, used the find", letters_and_use),
    Fact("main cause", 29, "true", "main cause", says(WAR, "description", "the dismissal itself was a main cause")),
    Fact("roots", 29, "true", "roots inside Pakistan", says("london-group-1971", "note", "had roots inside Pakistan")),
    Fact("money", 29, "true", "no text of 1973, money", no_money_before),
    Fact("helicopters", 29, "true", "Iran, helicopters", says(WAR, "description", "Iran lent helicopters")),
    Fact("Algiers", 29, "day", "Algiers", lambda: pd.Timestamp(date_of("algiers-agreement-1975"))),
    Fact("claims", 30, "word", "claims", lambda: len(verdicts(""))),
    Fact("corroborated", 33, "word", "arms, ambassador", lambda: if_so(verdicts("corroborated") == ["3g", "3h"], 2)),
    Fact("contested", 33, "true", "contested, money, quarrels", lambda: verdicts("contested") == ["3f", "3i"]),
    Fact("answers", 35, "word", "answers, speaker", lambda: len(aims())),
    Fact("aims of Pakistan", 64, "word", "Pakistan, aims, weeks", of_pakistan),
    Fact(
        "search",
        64,
        "true",
        "no Iraqi text of 1973, s002",
        lambda: "no Iraqi text of 1973" in by_id("searches").loc["s002", "found"],
    ),
    Fact("papers", 36, "word", "papers", lambda: len(papers())),
    Fact("the analysts", 38, "day of the year", "analysts of the State Department", of_the_analysts),
    Fact(
        "the embassy",
        38,
        "day of the year",
        "embassy",
        lambda: pd.Timestamp(by_id("sources").loc["frus-e8-doc-109"]["date"]),
    ),
    Fact(
        "no evidence",
        38,
        "true",
        "Soviet, no evidence",
        partial(of_doubts, "frus-e8-doc-107", "no evidence of a Soviet part"),
    ),
    Fact("not ruled out", 38, "true", "not to be ruled out", partial(of_doubts, "frus-e8-doc-110", "will not rule out")),
    Fact("softly", 38, "true", "softly, in public", partial(of_doubts, "frus-e8-doc-110", "In public")),
    Fact(
        "hardly anybody",
        38,
        "true",
        "hardly anybody",
        partial(of_doubts, "frus-e8-doc-109", "Nobody asked gave much credence"),
    ),
    Fact("one country", 40, "word", "country", countries_of_the_papers),
    Fact("two answers", 42, "text", "both", lambda: date_of(DISMISSAL)),
    Fact("Dawn's answer", 42, "true", "Dawn, 14 February", says(DISMISSAL, "note", "Dawn gives 14 February")),
    Fact("about that day", 42, "text", "insurgency, about", lambda: date_of(WAR).partition("/")[0]),
    Fact("the minister", 46, "month", "minister", lambda: day("london-plan-claims-1972-73")),
    Fact(
        "Bugti",
        46,
        "true",
        "In January 1973, Bugti",
        says("london-plan-claims-1972-73", "description", "In January 1973 Akbar Bugti"),
    ),
    Fact("the same day", 46, "true", "expulsion, same day", lambda: days(FIND, EXPULSION) == 0),
    Fact("drawn behind 3i", 49, "digits", "n =", lambda: len(behind("3i"))),
    Fact("title of 3i", 49, "word", "against each other", lambda: effects_behind_3i()[::2]),
    Fact("behind 3i", 50, "word", "cooperative, conflictual", effects_behind_3i),
    Fact("year of the quarrels", 50, "digits", "conflictual", year_of_the_quarrels),
    Fact(
        "means of shares",
        52,
        "digits",
        "1948–54, 1973–81, 1982–2003",
        lambda: means_of_trade("share_of_a_percent", 2, (1948, 1954), (1973, 1981), (1982, 2003)),
    ),
    Fact(
        "means of dollars",
        52,
        "digits",
        "dollars, 1973–79, 2009–14",
        lambda: means_of_trade("two_way_musd", 1, (1973, 1979), (2009, 2014)),
    ),
    Fact("rows of embassies", 52, "ordinal", "row, every, year", years_between_rows),
    Fact("ambassador again", 54, "word", "1975, years after, ambassador", ambassador_again),
    Fact("a gap", 54, "word", "states, 1975", lambda: if_so("Ten or more states" in embassies().loc[1975, "reason"], 10)),
    Fact("both sides", 54, "digits", "both sides", lambda: if_so(ambassadors(*embassies().loc[1985:].index), 1985)),
    Fact("drawn of Baloch", 58, "digits", "n =", lambda: len(of_baloch())),
    Fact("no act of Baloch", 59, "word", "none", lambda: if_so((of_baloch()["effect"] == "none").all(), len(of_baloch()))),
    Fact("students", 59, "true", "London, Punjab", students),
    Fact("years of war", 62, "word", "war, years", lambda: if_told(WAR, "description", "about four years", 4)),
)
