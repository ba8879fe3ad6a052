"""The facts in the prose of lesson 00."""

from __future__ import annotations

import pandas as pd

from content.facts import Fact, Load, by_id, date_of, day, days, events, if_so, says

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


def chosen(load: Load) -> pd.DataFrame:
    """Return the events that the lesson picks."""
    return events(load).loc[list(CHOSEN)]


def independent(load: Load) -> int:
    """Return the year in which the first government of Pakistan began."""
    spans = by_id(load, "spans").query("group == 'Governments of Pakistan'")
    return int(spans["start"].min()[:4])


def paragraphs(load: Load) -> int:
    """Return how many paragraphs the claims have."""
    return int(load("claims")["paragraph"].max())


def references(load: Load) -> pd.DataFrame:
    """Return the references with their sources."""
    return load("event_sources").merge(load("sources"), on="source_id")


def share(load: Load, country: str) -> float:
    """Return the share of the references that are of a country."""
    return float((references(load)["country"] == country).mean())


def american(load: Load) -> tuple[int, int]:
    """Return one in how many is American."""
    return 1, round(1 / share(load, "USA"))


def pakistani(load: Load) -> tuple[int, int] | None:
    """Return three and ten, if about so many are Pakistani."""
    return if_so(0.28 < share(load, "PAK") < 0.32, (3, 10))


def iraqi(load: Load) -> tuple[int, int] | None:
    """Return one and ten, if about so many are Iraqi."""
    return if_so(0.085 < share(load, "IRQ") < 0.115, (1, 10))


def old(load: Load) -> int:
    """Return how many Iraqi references carry a date before 2000."""
    return int((references(load).query("country == 'IRQ'")["date"].dropna() < "2000").sum())


def left_out(load: Load, *names: str) -> tuple[int, ...] | None:
    """Return the years of some events, if the article speaks of none."""
    silent = events(load).loc[list(names), "paragraph"].isna().all()
    return if_so(silent, tuple(day(load, name).year for name in names))


def about(load: Load) -> int:
    """Return how many of the twelve begin and end about some year."""
    return int(chosen(load)["date"].str.fullmatch(r"\d{4}~/\d{4}~").sum())


def crowded(load: Load) -> int:
    """Return the year in which most begins, up to the article."""
    return int(events(load)[events(load)["earliest"] <= day(load, ARTICLE)]["earliest"].dt.year.value_counts().idxmax())


FACTS = (
    Fact("twelve events", "cell-01", "word", "timeline, events", lambda load: len(chosen(load))),
    Fact("paragraphs", "cell-01", "word", "paragraphs", paragraphs),
    Fact("two years", "cell-05", "digits", "independent", lambda load: (day(load, ARTICLE).year, independent(load))),
    Fact("arms", "cell-11", "digits", "arms", lambda load: day(load, FIND).year),
    Fact("day of the column", "cell-16", "day", "Karim, about", lambda load: day(load, ARTICLE)),
    Fact("about", "cell-16", "true", "Karim, about", lambda load: date_of(load, ARTICLE).endswith("~")),
    Fact("paragraphs, again", "cell-16", "word", "then there", paragraphs),
    Fact("first claim", "cell-19", "text", "first claim", lambda load: f"`{load('claims')['claim_id'].iloc[0]}`"),
    Fact(
        "words of a verdict",
        "cell-19",
        "text",
        "evidence",
        lambda load: tuple(f"*{word}*" for word in sorted(set(load("claims")["support"]))),
    ),
    Fact("arms, again", "cell-19", "digits", "arms", lambda load: day(load, FIND).year),
    Fact("telegram", "cell-19", "month", "telegram", lambda load: day(load, FIND)),
    Fact("relations", "cell-21", "digits", "popular", lambda load: int(date_of(load, "diplomatic-relations-1947"))),
    Fact(
        "said the opposite",
        "cell-21",
        "true",
        "older version, opposite",
        says("events", "diplomatic-relations-1947", "note", "An older version", "said the opposite"),
    ),
    Fact("American", "cell-21", "word", "American", american),
    Fact("Pakistani", "cell-21", "word", "Pakistani", pakistani),
    Fact("Iraqi", "cell-21", "word", "Iraqi", iraqi),
    Fact("old", "cell-21", "word", "Iraqi, before", old),
    Fact("the choice", "cell-22", "word", "pick", lambda load: len(chosen(load))),
    Fact("the list", "cell-23", "text", "chosen", lambda load: tuple(f'"{name}"' for name in chosen(load).index)),
    Fact("all of them", "cell-24", "word", "timeline", lambda load: len(chosen(load))),
    Fact("left out", "cell-26", "digits", "leaves out", lambda load: left_out(load, TREATY, REVOLUTION)),
    Fact("war left out", "cell-26", "true", "leaves out, Iran", lambda load: left_out(load, WAR) is not None),
    Fact(
        "who signed first",
        "cell-26",
        "true",
        "Iraq and Turkey signed",
        lambda load: (
            events(load).loc[PACT, "actors"] == "Iraq; Turkey" and days(load, PACT, "pakistan-joins-baghdad-pact-1955") > 0
        ),
    ),
    Fact("about some year", "cell-31", "word", "twelve does", about),
    Fact("one of twelve", "cell-31", "word", "about, does", lambda load: len(chosen(load))),
    Fact("end of the course", "cell-33", "digits", "course ends", lambda load: int(load("events")["latest"].max().year)),
    Fact("where he stood", "cell-33", "month", "author", lambda load: day(load, ARTICLE)),
    Fact("crowded", "cell-36", "digits", "more happen", crowded),
)
