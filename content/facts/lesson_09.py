"""The facts in the prose of lesson 09."""

from __future__ import annotations

from functools import partial

import pandas as pd

from content.facts import (
    Fact,
    by_id,
    day,
    days,
    events,
    events_of,
    if_so,
    if_told,
    load,
    number_of,
    of_all,
    part,
    question,
    says,
    says_in,
    the_one,
)

ARTICLE, JALAL, ENAD = "article-new-chapter-published", "jalal-visits-baghdad-2021", "enad-visits-pakistan-2021"
VEHICLES, DEAL, FLOWN = (
    "iraq-buys-pakistani-apcs-2006",
    "super-mushshak-and-training-deal-2014",
    "iraqi-officers-flown-home-2020",
)
BEIJING, ERBIL, BORDER = "iran-saudi-beijing-agreement-2023", "iran-strikes-erbil-2024", "iran-pakistan-strikes-2024"
JETS, INTEREST, BRIGADE = "jf17-deal-reported-2024", "iraq-jf17-interest-2026", "zainebiyoun-brigade-banned-2024"
CALL = "hussein-dar-call-2026"
MISSING, VISAS = "fifty-thousand-pilgrims-claim-2024", "iraq-restricts-solo-male-pilgrims-2025"
WEEKEND = ["waqt-news-2024-05-11", "the-nation-2024-05-12"]

era = partial(events_of, "since-the-article")


def record() -> pd.Timestamp:
    """Return the last day of the record."""
    return pd.Timestamp(events()["latest"].max())


def deadline() -> pd.Timestamp:
    """Return the one deadline of all forecasts."""
    return pd.Timestamp(the_one(load("forecasts")["deadline"]))


def years_to_the_deadline() -> int:
    """Return the whole years from the article to the deadline."""
    years = deadline().year - day(ARTICLE).year
    assert day(ARTICLE) + pd.DateOffset(years=years) == deadline()
    return years


def read_twice() -> pd.DataFrame:
    """Return the forecasts with a generous and a strict reading."""
    rows = by_id("forecasts")
    return rows[rows.index.str.contains("-(?:generous|strict)$")]


def read_once() -> pd.DataFrame:
    """Return the other forecasts."""
    return by_id("forecasts").drop(read_twice().index)


def reading(name: str) -> pd.Series:
    """Return the outcomes in one of the two readings."""
    rows = read_twice()
    return rows[rows.index.str.endswith(name)]["outcome"]


def fulfilled(name: str) -> tuple[int, int]:
    """Return how many are fulfilled in one reading, and how many there are."""
    return of_all(reading(name) == "fulfilled")


def list_of_the_exercise() -> str:
    """Return the lines of the list, in the order of the table."""
    return " ".join(f'"open", # {name.replace("-", ", ")}' for name in read_twice().index)


def same_word(word: str) -> tuple[int, float]:
    """Return how many words a list has that says the same of all, and which share of it agrees with the table."""
    outcomes = read_twice()["outcome"]
    return len(outcomes), float((outcomes == word).mean())


def open_rows() -> int:
    """Return how many readings of the list are open."""
    return number_of(read_twice()["outcome"] == "open")


def agreements_asked() -> str:
    """Return how many agreements the criterion asks for, in its words."""
    return part(r"at least (\w+) agreements", "forecasts", "partnership-generous", "criterion")


def claims_behind() -> int | None:
    """Return from how many claims the forecasts come, if all are of lesson 08."""
    claims = load("forecasts")["claim_id"].unique()
    return if_so(set(by_id("claims").loc[claims, "lesson"]) == {"08_new_chapter"}, len(claims))


def effect(name: str) -> int:
    """Return how many events of the era have an effect."""
    return number_of(era()["effect"] == name)


def earlier() -> pd.DataFrame:
    """Return the events of the five years before the article in which both states take part."""
    rows = events()
    both = rows["actors"].str.contains("Iraq") & rows["actors"].str.contains("Pakistan")
    return rows[both & (rows["latest"] >= five_years()[0]) & (rows["earliest"] < five_years()[1])]


def five_years() -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of the years that are compared."""
    return day(ARTICLE) - pd.DateOffset(years=years_to_the_deadline()), day(ARTICLE)


def no_title_before(pattern: str) -> bool:
    """Say whether no title of those years has some words."""
    return not earlier()["title"].str.contains(pattern).any()


def signed_before() -> tuple[int, int] | None:
    """Return the years of an order and of planes signed for, if those are older than the five years."""
    vehicles = says(VEHICLES, "description", "In 2004 Iraq ordered")()
    planes = says(DEAL, "description", "Iraq also signed for Super Mushshak")()
    so = vehicles and planes and no_title_before("buys|orders")
    return if_so(so, (day(VEHICLES).year, day(DEAL).year))


def flown() -> pd.Timestamp | None:
    """Return when officers were flown home, if they are said to have been on courses."""
    return if_told(FLOWN, "description", "on training courses", day(FLOWN))


def none_not_fulfilled() -> bool:
    """Say whether no forecast is not fulfilled."""
    return not (load("forecasts")["outcome"] == "not fulfilled").any()


def not_sought(pattern: str) -> bool:
    """Say whether no search for the eras from 2014 on has a pattern among its words."""
    rows = load("searches")
    late = rows[rows["era_id"].isin(["back-channel", "new-chapter", "since-the-article"])]
    return not late["words"].str.contains(pattern, case=False).any()


def ministers_sought() -> bool:
    """Say whether the two searches for ministers are in these languages, and found no minister."""
    rows = by_id("searches").loc[["s030", "s064"]]
    return list(rows["language"]) == ["en", "ar"] and rows["found"].str.contains("no minister").all()


def commanders_and_cadets() -> bool:
    """Say whether the outcomes rest on visits of commanders and on cadets."""
    visits = says_in("forecasts", "visits-generous", "outcome_note", "commander")()
    return visits and says_in("forecasts", "training-strict", "outcome_note", "cadets graduated")()


def undecidable() -> bool:
    """Say whether two forecasts that are read once cannot be decided by a table, and all are open."""
    notes = read_once()["outcome_note"]
    return list(notes[notes.str.contains("no table can decide")].index) == ["image", "stability"]


def of_the_forecasts() -> tuple[int, int]:
    """Return how many of all forecasts are fulfilled, and how many there are."""
    return of_all(load("forecasts")["outcome"] == "fulfilled")


def last_look() -> pd.Timestamp:
    """Return the day of the last search."""
    return pd.Timestamp(load("searches")["day"].max())


def gone_by() -> tuple[int, int]:
    """Return the whole years, and the months beyond, from the article to the last search."""
    since = last_look().to_period("M") - day(ARTICLE).to_period("M")
    months = since.n - (last_look().day < day(ARTICLE).day)
    return months // 12, months % 12


def attacks() -> int:
    """Return how many titles of the era tell of attacks."""
    return number_of(era()["title"].str.contains(r"\battack\b|\bfires\b|\bstrike\b"))


def visas_suspended() -> int | None:
    """Return the year in which visas were suspended, if that is coded neutral and is the first quarrel of its kind."""
    row = events().loc["pilgrims-stopped-at-iraq-border-2022"]
    society = era().query("kind == 'society'")["earliest"].min()
    return if_so(row["effect"] == "neutral" and row["earliest"] < society, row["earliest"].year)


def minister_of_2022() -> pd.Timestamp | None:
    """Return the day on which a source has the minister speak, if he named no type."""
    rows = by_id("event_sources").query("source_id == 'global-defense-corp-2022-02-04'")
    said = " ".join(rows["says"].dropna())
    named = "contract with a Pakistani company" in said and "neither type" in said
    return if_so(named and "30 January 2022" in said, pd.Timestamp("2022-01-30"))


def iraq_denied() -> pd.Timestamp | None:
    """Return the day on which Iraq's ministry called the number untrue."""
    said = says(MISSING, "description", "On 28 July Iraq's Foreign Ministry called this untrue")()
    return if_so(said, pd.Timestamp("2024-07-28"))


def the_call() -> pd.Timestamp | None:
    """Return the day of the ministers' call, if it is known from Iraq alone."""
    return if_told(CALL, "note", "Known only from Iraq's", day(CALL))


def not_named() -> bool:
    """Say whether no forecast names Iran, Saudi Arabia, pilgrims or workers."""
    rows = load("forecasts")
    named = " ".join([*rows["forecast"], *rows["criterion"]])
    return not any(word in named for word in ("Iran", "Saudi", "pilgrim", "worker"))


def one_treaty() -> bool:
    """Say whether the one treaty of Pakistan is with Saudi Arabia."""
    treaties = era().query("kind == 'treaty'")["actors"]
    return list(treaties[treaties.str.contains("Pakistan")]) == ["Pakistan; Saudi Arabia"]


def planes(*reports: str) -> int | None:
    """Return the one number of planes that some reports give."""
    return int(the_one(by_id("reports").loc[list(reports), "low"]))


def weekend() -> pd.Timestamp | None:
    """Return the month of the two papers, if they are of a Saturday and a Sunday, and of two words."""
    rows = by_id("sources").loc[WEEKEND]
    printed = [pd.Timestamp(written) for written in rows["date"]]
    words = "expected" in rows["title"].iloc[0] and " sign " in rows["title"].iloc[1]
    return if_so([day.day_name() for day in printed] == ["Saturday", "Sunday"] and words, printed[0])


def half_a_year() -> pd.Timestamp:
    """Return the last day of half a year."""
    return day(ARTICLE) + pd.DateOffset(months=6)


def undecided() -> pd.Timestamp:
    """Return the one month in which events are that can lie on both sides of that day."""
    rows = era()
    rows = rows[(rows["earliest"] <= half_a_year()) & (rows["latest"] > half_a_year())]
    return pd.Timestamp(the_one(rows["date"]))


def coders() -> tuple[int, int]:
    """Return how many coders there were, and how many events they coded without seeing each other's work."""
    codings = load("codings")
    return int(codings.columns.str.fullmatch("effect_[12ab]").sum()), codings[codings["round"] == 1]["event_id"].nunique()


def report(name: str, end: str) -> int:
    """Return an end of a report."""
    return int(by_id("reports").loc[name, end])


def stayed() -> tuple[int, int]:
    """Return the number that went round, and what became of it."""
    return report("pilgrims-2024-missing-senate", "low"), report("pilgrims-2024-missing-corrected", "high")


def with_iran() -> tuple[int, int]:
    """Return in how many events Iran takes part, and how many there are."""
    return of_all(era()["actors"].str.split("; ").map(lambda names: "Iran" in names))


FACTS = (
    Fact("the question", 2, "text", "", question("since-the-article")),
    Fact("end of the record", 1, "day", "record", record),
    Fact(
        "paragraphs",
        1,
        "text",
        "paragraphs",
        lambda: by_id("eras").loc["since-the-article", "paragraphs"].replace(", ", " and "),
    ),
    Fact("years gone by", 2, "word", "years and, months", gone_by),
    Fact("last look", 2, "month", "looked last", last_look),
    Fact("the deadline", 7, "day", "deadline", deadline),
    Fact("the deadline has passed", 7, "true", "passed", lambda: deadline() < last_look()),
    Fact("read twice", 7, "word", "twice", lambda: if_so(read_twice()["forecast"].nunique() == 4, 4)),
    Fact("three agreements", 9, "text", "agreements", agreements_asked),
    Fact("five years", 9, "word", "years", years_to_the_deadline),
    Fact("claims of lesson 08", 9, "word", "claims, lesson 08", claims_behind),
    Fact("titles on attacks", 12, "word", "content note, titles", attacks),
    Fact("events of the era", 12, "digits", "events", lambda: len(era())),
    Fact("events of the figure", 13, "digits", "our selection, n", lambda: len(era())),
    Fact("visas of 2022", 14, "digits", "suspended, neutral", visas_suspended),
    Fact("against the other", 14, "word", "coding", lambda: effect("conflictual")),
    Fact("cooperative", 14, "word", "cooperative", lambda: effect("cooperative")),
    Fact("list of the exercise", 18, "text", "mine", list_of_the_exercise),
    Fact("eight times", 23, "word", "*open*", lambda: same_word("open")[0]),
    Fact("agreement of open", 23, "digits", "*open*", lambda: same_word("open")[1]),
    Fact("how often open", 23, "word", "*open*, agrees", open_rows),
    Fact("eight times more", 23, "word", "*fulfilled*", lambda: same_word("fulfilled")[0]),
    Fact("agreement of fulfilled", 23, "digits", "*fulfilled*", lambda: same_word("fulfilled")[1]),
    Fact("commanders", 23, "true", "commanders, more sources", commanders_and_cadets),
    Fact(
        "one voice",
        23,
        "true",
        "one official, without a name, *partly*",
        says_in("forecasts", "training-strict", "outcome_note", "one official without a name", "beyond partly"),
    ),
    Fact("none is denied", 23, "true", "no row, *not fulfilled*", none_not_fulfilled),
    Fact("ministers", 23, "true", "ministers, English, Arabic, s030, s064, lower officials", ministers_sought),
    Fact("no search", 23, "true", "strategic partnership, no search", partial(not_sought, pattern="partnership|treaty")),
    Fact(
        "guns",
        23,
        "true",
        "register, guns",
        says_in("forecasts", "arms-strict", "outcome_note", "registers of arms do not count guns"),
    ),
    Fact("generous", 26, "word", "generous", lambda: fulfilled("generous")),
    Fact("strict", 26, "true", "strict, none", lambda: fulfilled("strict")[0] == 0),
    Fact("strict, open", 26, "word", "strict, open", open_rows),
    Fact("read once", 26, "word", "more forecasts", lambda: len(read_once())),
    Fact("all open", 28, "word", "are open", lambda: if_so(set(read_once()["outcome"]) == {"open"}, len(read_once()))),
    Fact("all forecasts", 28, "word", "forecasts, all", lambda: len(load("forecasts"))),
    Fact("undecidable", 28, "true", "no table can decide, two", undecidable),
    Fact("share of all", 28, "0.000", "reader, share", lambda: float(of_the_forecasts()[0] / of_the_forecasts()[1])),
    Fact("four of eleven", 28, "word", "reader, of, are fulfilled", lambda: (of_the_forecasts()[1], of_the_forecasts()[0])),
    Fact("the rest", 28, "word", "failed", lambda: of_the_forecasts()[1] - of_the_forecasts()[0]),
    Fact("years compared", 30, "word", "years, before", years_to_the_deadline),
    Fact("months compared", 32, "month", "by our table, from", five_years),
    Fact("flown home", 32, "month", "training, officers, courses", flown),
    Fact("orders before", 32, "digits", "arms, no order", signed_before),
    Fact("no agreement", 32, "true", "no agreement found", lambda: no_title_before("sign|agree")),
    Fact(
        "not searched", 32, "true", "no search of ours, orders", partial(not_sought, pattern=r"order\b|agreement|arms deal")
    ),
    Fact("production", 32, "true", "defence *production*", says(JALAL, "title", "defence production minister")),
    Fact("four since", 32, "word", "against, since", lambda: fulfilled("generous")),
    Fact("11b", 32, "true", "11b", says_in("claims", "11b", "omission", "not only a matter of the future")),
    Fact("11c", 32, "true", "11c, no new thing", says_in("claims", "11c", "omission", "before")),
    Fact("Beijing", 35, "true", "Beijing, Iraq and Oman", says(BEIJING, "description", "also Iraq and Oman")),
    Fact("not thanked", 35, "true", "not thanked", says(BEIJING, "note", "Pakistan is not thanked")),
    Fact("the strikes", 35, "month", "struck", lambda: day(ERBIL)),
    Fact(
        "the next day",
        35,
        "true",
        "next day, struck back",
        lambda: days(ERBIL, BORDER) == 1 and says(BORDER, "description", "On 18 January it struck")(),
    ),
    Fact("no word", 35, "true", "no word of Pakistan", says(ERBIL, "note", "no statement by Pakistan")),
    Fact("quarrels", 35, "digits", "quarrels, pilgrims", visas_suspended),
    Fact("not named", 70, "true", "no forecast, pilgrims", not_named),
    Fact("the treaty", 35, "true", "one defence treaty, Saudi Arabia", one_treaty),
    Fact("ordered", 38, "word", "order both", lambda: planes("mushshak-2021-sipri", "mushshak-2021-vpk")),
    Fact(
        "same reports",
        38,
        "true",
        "may rest on the same",
        says("super-mushshak-contract-2021", "note", "may rest on the same reports"),
    ),
    Fact("delivered, paper", 38, "word", "paper", lambda: planes("mushshak-2023-nation")),
    Fact("year of the delivery", 38, "digits", "paper", lambda: int(by_id("reports").loc["mushshak-2023-nation", "as_of"])),
    Fact("delivered, database", 38, "word", "says, end of", lambda: planes("mushshak-2023-sipri")),
    Fact("fighters", 38, "month", "events", lambda: (day(JETS), day(INTEREST))),
    Fact("the minister", 40, "month", "minister, company", minister_of_2022),
    Fact("the weekend", 40, "month", "weekend, sign, expected", weekend),
    Fact("a year and a half", 40, "true", "year and a half", lambda: 1.4 < days(JETS, INTEREST) / 365.25 < 1.75),
    Fact("one statement", 40, "true", "one statement", says(INTEREST, "note", "go back to one statement")),
    Fact("five years, again", 42, "word", "years, choice", years_to_the_deadline),
    Fact("half a year", 42, "day", "last day", half_a_year),
    Fact("undecided", 44, "month", "middle of a month", undecided),
    Fact("open in the crosstab", 49, "digits", "column", open_rows),
    Fact("coders", 49, "word", "coders", lambda: coders()[0]),
    Fact("coded blind", 49, "digits", "coders, first", lambda: coders()[1]),
    Fact(
        "title of the shares",
        52,
        "digits",
        "strict reading, generous",
        lambda: tuple(int(fulfilled(name)[0] / fulfilled(name)[1]) for name in ("strict", "generous")),
    ),
    Fact(
        "nothing and everything",
        53,
        "true",
        "nothing, everything",
        lambda: fulfilled("strict")[0] == 0 < fulfilled("generous")[0] == fulfilled("generous")[1],
    ),
    Fact("name of all", 51, "word", "names, all", lambda: len(load("forecasts"))),
    Fact(
        "names of the readings",
        51,
        "word",
        "names, generous, strict",
        lambda: (len(reading("generous")), len(reading("strict"))),
    ),
    Fact("children", 55, "word", "content note, children", lambda: if_told(BORDER, "description", "two children died", 2)),
    Fact("first strike", 57, "true", "Iraq denied", says(ERBIL, "description", "denied Iran's claim")),
    Fact("shelter", 57, "true", "accused", says(BORDER, "note", "Each accused the other")),
    Fact(
        "ambassadors",
        57,
        "true",
        "both, recalled",
        lambda: all(says(name, "description", "recalled its ambassador")() for name in (ERBIL, BORDER)),
    ),
    Fact("paragraph 9", 57, "true", "paragraph 9", says(BORDER, "note", "ninth paragraph names border security")),
    Fact("the call", 57, "day", "reported, foreign ministers", the_call),
    Fact("went round", 58, "count", "number", lambda: stayed()[0]),
    Fact("when it went round", 58, "month", "number", lambda: day(MISSING)),
    Fact("became", 60, "count", "became", stayed),
    Fact("Iraq denied", 60, "day of the year", "denied", iraq_denied),
    Fact(
        "the other denial",
        60,
        "true",
        "denied, 10 August",
        says(MISSING, "note", "the ministry's denial followed on 10 August"),
    ),
    Fact(
        "again in October",
        60,
        "true",
        "October, Pakistan's embassy",
        says(MISSING, "note", "came back in October 2024, from Pakistan's own embassy"),
    ),
    Fact(
        "a hundred times",
        62,
        "true",
        "more than a hundred times",
        lambda: 100 < report("residents-2024-ministry", "low") / report("residents-2020-un", "low") < 200,
    ),
    Fact("visas", 62, "month", "visas", lambda: day(VISAS)),
    Fact("age", 62, "word", "visas, under", lambda: int(part(r"under (\d+)$", "events", VISAS, "title"))),
    Fact("whose rule", 62, "true", "Pakistan's own", says(VISAS, "note", "the rule is Pakistan's own")),
    Fact("article and quarrel", 62, "digits", "written", lambda: (day(ARTICLE).year, day(MISSING).year)),
    Fact("with Iran, in the figure", 66, "digits", "Iran takes part", with_iran),
    Fact("with Iran", 67, "word", "", with_iran),
    Fact("the ban", 67, "digits", "banned", lambda: day(BRIGADE).year),
    Fact(
        "who paid",
        67,
        "true",
        "Iran recruited, shrines",
        says(BRIGADE, "note", "Press reports say that Iran recruited, trained and paid", "is also named"),
    ),
    Fact("end of the record, again", 70, "day", "record", record),
    Fact("the strikes, again", 70, "digits", "strikes", lambda: day(BORDER).year),
)
