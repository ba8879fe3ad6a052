"""The facts in the prose of lesson 00."""

from __future__ import annotations

import pandas as pd

from content.facts import Fact, by_id, date_of, day, days, events, if_so, load, says

ARTICLE, FIND, PACT = "article-new-chapter-published", "embassy-arms-find-1973", "baghdad-pact-signed-1955"
TREATY, REVOLUTION, WAR = "treaty-of-friendship-1950", "july-revolution-1958", "iran-iraq-war-1980-1988"
CHOSEN = (
    "asad-middle-east-division",
    TREATY,
    PACT,
    "pakistan-joins-baghdad-pact-1955",
    REVOLUTION,
    FIND,
    WAR,
    "pro-saddam-protests-1991",
    "fall-of-baghdad-2003",
    "mosul-falls-2014",
    "iraqi-envoy-credits-pakistan-2017",
    "enad-visits-pakistan-2021",
)


def chosen() -> pd.DataFrame:
    """Return the events that the lesson picks."""
    return events().loc[list(CHOSEN)]


def independent() -> int:
    """Return the year in which the first government of Pakistan began."""
    spans = by_id("spans").query("group == 'Governments of Pakistan'")
    return int(spans["start"].min()[:4])


def paragraphs() -> int:
    """Return how many paragraphs the claims have."""
    return int(load("claims")["paragraph"].max())


def references() -> pd.DataFrame:
    """Return the references with their sources."""
    return load("event_sources").merge(load("sources"), on="source_id")


def share(country: str) -> float:
    """Return the share of the references that are of a country."""
    return float((references()["country"] == country).mean())


def old() -> int:
    """Return how many Iraqi references carry a date before 2000."""
    return int((references().query("country == 'IRQ'")["date"].dropna() < "2000").sum())


def left_out(*names: str) -> tuple[int, ...] | None:
    """Return the years of some events, if the article speaks of none."""
    silent = events().loc[list(names), "paragraph"].isna().all()
    return if_so(silent, tuple(day(name).year for name in names))


def about() -> int:
    """Return how many of the twelve begin and end about some year."""
    return int(chosen()["date"].str.fullmatch(r"\d{4}~/\d{4}~").sum())


def crowded() -> int:
    """Return the year in which most begins, up to the article."""
    return int(events()[events()["earliest"] <= day(ARTICLE)]["earliest"].dt.year.value_counts().idxmax())


FACTS = (
    Fact("twelve events", "cell-01", "word", "timeline, events", lambda: len(chosen())),
    Fact("paragraphs", "cell-01", "word", "paragraphs", paragraphs),
    Fact("two years", "cell-05", "digits", "independent", lambda: (day(ARTICLE).year, independent())),
    Fact("arms", "cell-11", "digits", "arms", lambda: day(FIND).year),
    Fact("day of the column", "cell-16", "day", "Karim, about", lambda: day(ARTICLE)),
    Fact("about", "cell-16", "true", "Karim, about", lambda: date_of(ARTICLE).endswith("~")),
    Fact("paragraphs, again", "cell-16", "word", "then there", paragraphs),
    Fact("first claim", "cell-19", "text", "first claim", lambda: f"`{load('claims')['claim_id'].iloc[0]}`"),
    Fact(
        "words of a verdict",
        "cell-19",
        "text",
        "evidence",
        lambda: tuple(f"*{word}*" for word in sorted(set(load("claims")["support"]))),
    ),
    Fact("arms, again", "cell-19", "digits", "arms", lambda: day(FIND).year),
    Fact("telegram", "cell-19", "month", "telegram", lambda: day(FIND)),
    Fact("relations", "cell-21", "digits", "popular", lambda: int(date_of("diplomatic-relations-1947"))),
    Fact(
        "said the opposite",
        "cell-21",
        "true",
        "older version, opposite",
        says("events", "diplomatic-relations-1947", "note", "An older version", "said the opposite"),
    ),
    Fact("American", "cell-21", "word", "American", lambda: (1, round(1 / share("USA")))),
    Fact("Pakistani", "cell-21", "word", "Pakistani", lambda: if_so(0.28 < share("PAK") < 0.32, (3, 10))),
    Fact("Iraqi", "cell-21", "word", "Iraqi", lambda: if_so(0.085 < share("IRQ") < 0.115, (1, 10))),
    Fact("old", "cell-21", "word", "Iraqi, before", old),
    Fact("the choice", "cell-22", "word", "pick", lambda: len(chosen())),
    Fact("the list", "cell-23", "text", "chosen", lambda: tuple(f'"{name}"' for name in chosen().index)),
    Fact("all of them", "cell-24", "word", "timeline", lambda: len(chosen())),
    Fact("left out", "cell-26", "digits", "leaves out", lambda: left_out(TREATY, REVOLUTION)),
    Fact("war left out", "cell-26", "true", "leaves out, Iran", lambda: left_out(WAR) is not None),
    Fact(
        "who signed first",
        "cell-26",
        "true",
        "Iraq and Turkey signed",
        lambda: events().loc[PACT, "actors"] == "Iraq; Turkey" and days(PACT, "pakistan-joins-baghdad-pact-1955") > 0,
    ),
    Fact("about some year", "cell-31", "word", "twelve does", about),
    Fact("one of twelve", "cell-31", "word", "about, does", lambda: len(chosen())),
    Fact("end of the course", "cell-33", "digits", "course ends", lambda: int(load("events")["latest"].max().year)),
    Fact("where he stood", "cell-33", "month", "author", lambda: day(ARTICLE)),
    Fact("crowded", "cell-36", "digits", "more happen", crowded),
)
