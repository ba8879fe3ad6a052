"""The facts in the prose of lesson 00."""

from __future__ import annotations

import pandas as pd

from content.facts import Fact, by_id, cited, date_of, day, days, events, if_so, load, number_of, says

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
    return int(by_id("spans").query("group == 'Governments of Pakistan'")["start"].min()[:4])


def paragraphs() -> int:
    """Return how many paragraphs the claims have."""
    return int(load("claims")["paragraph"].max())


def share(country: str) -> float:
    """Return the share of the references that are of a country."""
    return float((cited()["country"] == country).mean())


def left_out(*names: str) -> tuple[int, ...] | None:
    """Return the years of some events, if the article speaks of none."""
    silent = events().loc[list(names), "paragraph"].isna().all()
    return if_so(silent, tuple(day(name).year for name in names))


def crowded() -> int:
    """Return the year in which most begins, up to the article."""
    return int(events()[events()["earliest"] <= day(ARTICLE)]["earliest"].dt.year.value_counts().idxmax())


FACTS = (
    Fact("twelve events", 1, "word", "timeline, events", lambda: len(chosen())),
    Fact("paragraphs", 1, "word", "paragraphs", paragraphs),
    Fact("two years", 5, "digits", "independent", lambda: (day(ARTICLE).year, independent())),
    Fact("arms", 11, "digits", "arms", lambda: day(FIND).year),
    Fact("day of the column", 16, "day", "Karim, about", lambda: day(ARTICLE)),
    Fact("about", 16, "true", "Karim, about", lambda: date_of(ARTICLE).endswith("~")),
    Fact("paragraphs, again", 16, "word", "then there", paragraphs),
    Fact("first claim", 19, "text", "first claim", lambda: f"`{load('claims')['claim_id'].iloc[0]}`"),
    Fact(
        "words of a verdict",
        19,
        "text",
        "evidence",
        lambda: tuple(f"*{word}*" for word in sorted(set(load("claims")["support"]))),
    ),
    Fact("arms, again", 19, "digits", "arms", lambda: day(FIND).year),
    Fact("telegram", 19, "month", "telegram", lambda: day(FIND)),
    Fact("relations", 21, "digits", "popular", lambda: int(date_of("diplomatic-relations-1947"))),
    Fact(
        "said the opposite",
        21,
        "true",
        "older version, opposite",
        says("diplomatic-relations-1947", "note", "An older version", "said the opposite"),
    ),
    Fact("American", 21, "word", "American", lambda: (1, round(1 / share("USA")))),
    Fact("Pakistani", 21, "word", "Pakistani", lambda: if_so(0.28 < share("PAK") < 0.32, (3, 10))),
    Fact("Iraqi", 21, "word", "Iraqi", lambda: if_so(0.085 < share("IRQ") < 0.115, (1, 10))),
    Fact("old", 21, "word", "Iraqi, before", lambda: number_of(cited().query("country == 'IRQ'")["date"].dropna() < "2000")),
    Fact("the choice", 22, "word", "pick", lambda: len(chosen())),
    Fact("the list", 23, "text", "chosen", lambda: tuple(f'"{name}"' for name in chosen().index)),
    Fact("all of them", 24, "word", "timeline", lambda: len(chosen())),
    Fact("left out", 26, "digits", "leaves out", lambda: left_out(TREATY, REVOLUTION)),
    Fact("war left out", 26, "true", "leaves out, Iran", lambda: left_out(WAR) is not None),
    Fact(
        "who signed first",
        26,
        "true",
        "Iraq and Turkey signed",
        lambda: events().loc[PACT, "actors"] == "Iraq; Turkey" and days(PACT, "pakistan-joins-baghdad-pact-1955") > 0,
    ),
    Fact("about some year", 31, "word", "twelve does", lambda: number_of(chosen()["date"].str.fullmatch(r"\d{4}~/\d{4}~"))),
    Fact("one of twelve", 31, "word", "about, does", lambda: len(chosen())),
    Fact("end of the course", 33, "digits", "course ends", lambda: int(load("events")["latest"].max().year)),
    Fact("where he stood", 33, "month", "author", lambda: day(ARTICLE)),
    Fact("crowded", 36, "digits", "more happen", crowded),
)
