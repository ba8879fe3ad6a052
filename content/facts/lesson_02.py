"""The facts in the prose of lesson 02."""

from __future__ import annotations

from functools import partial

import pandas as pd

from content.facts import (
    Fact,
    agreement,
    by_id,
    cited,
    day,
    days,
    events,
    events_of,
    how_many,
    if_so,
    if_told,
    load,
    naming,
    number_of,
    says,
    says_in,
    sources_of,
    the_one,
    voices,
    within,
)

COUNTRIES = {"SYR": "Syria", "EGY": "Egypt", "SAU": "Saudi Arabia", "IRQ": "Iraq"}
SIGNED, JOINED = "baghdad-pact-signed-1955", "pakistan-joins-baghdad-pact-1955"
REVOLUTION, LEFT = "july-revolution-1958", "iraq-leaves-pact-1959"

era = partial(events_of, "baghdad-pact")


def mean(country: str, first: int, last: int) -> float:
    """Return the mean agreement with Pakistan in some years."""
    return agreement("PAK", country, first, last)


def fall(country: str) -> float:
    """Return by how much the agreement of 1955–58 lies under that of 1947–54."""
    return mean(country, 1947, 1954) - mean(country, 1955, 1958)


def rows_of_the_mask() -> tuple[int, int, int]:
    """Return the two last rows of the era before, and the first of this one."""
    eras = load("events")["era_id"]
    first = int((eras == "baghdad-pact").to_numpy().argmax())
    assert set(eras[first - 2 : first]) == {"founding-years"} and (eras[first : first + 2] == "baghdad-pact").all()
    return first - 2, first - 1, first


def pact() -> pd.DataFrame:
    """Return the memberships of the pact."""
    return load("spans").query("group == 'Baghdad Pact / CENTO'").set_index("span_id")


def edge(span: str, end: str, event_id: str) -> pd.Timestamp | None:
    """Return where a bar begins or ends, if that is the day of the event."""
    found = pd.Timestamp(pact().loc[span, end])
    return if_so(found == day(event_id), found)


def beginnings() -> int | None:
    """Return on how many days the bars begin, if all follow Gibler."""
    return int(pact()["start"].nunique()) if set(pact()["source_id"]) == {"gibler-2009"} else None


def five_signatories() -> int | None:
    """Return how many members there were, if the note says that many pages let all sign together."""
    return if_told(SIGNED, "note", "Many web pages name five signatories", len(pact()))


def cooperative_years() -> list[int]:
    """Return the years of the era with acts of the two together."""
    return sorted(set(era().query("effect == 'cooperative'")["earliest"].dt.year))


def claims_of_the_lesson() -> bool:
    """Say whether the lesson has paragraph 2, and of paragraph 3 the first claims."""
    claims = load("claims")
    ours = claims.query("lesson == '02_baghdad_pact'")["claim_id"]
    return list(ours) == [*claims.query("paragraph == 2")["claim_id"], "3a", "3b", "3c"]


def pair_of_means(country: str) -> tuple[float, float]:
    """Return the two numbers of a row of the table."""
    return mean(country, 1947, 1954), mean(country, 1955, 1958)


def order_of_falls() -> bool:
    """Say whether agreement fell with all four: most with Syria and Egypt, least with Iraq."""
    falls = {country: fall(country) for country in COUNTRIES}
    return sorted(falls, key=lambda country: falls[country]) == ["IRQ", "SAU", "EGY", "SYR"] and falls["IRQ"] > 0


def allies_voted_alike() -> bool:
    """Say whether 1955 and 1956 lie above the mean of 1947–54, which is high itself."""
    return min(mean("IRQ", year, year) for year in (1955, 1956)) > mean("IRQ", 1947, 1954) > 0.85


def first_low_year() -> int | None:
    """Return the first year with little agreement, if there is little in 1957 and 1958 alone."""
    low = [year for year in range(1955, 1959) if mean("IRQ", year, year) < 0.66]
    return low[0] if low == [1957, 1958] else None


def whose_references() -> tuple[int, int] | None:
    """Return in how many references of the era the voice is Iraqi and Pakistani, if America has more than a third."""
    rows = cited(era())
    third = 1 / 3 < (rows["country"] == "USA").mean() < 0.4  # "more than a third" would say too little of two fifths
    return if_so(third, (number_of(voices(rows) == "IRQ"), number_of(voices(rows) == "PAK")))


def searched(found: dict[str, str]) -> bool:
    """Say whether rows of the table of searches have some words."""
    return all(words in by_id("searches").loc[row, "found"] for row, words in found.items())


FACTS = (
    Fact("paragraphs", 1, "true", "paragraph 2, first part of paragraph 3", claims_of_the_lesson),
    Fact("rows of the mask", 7, "digits", "lesson 01, True", rows_of_the_mask),
    Fact("who signed", 9, "text", "signed", lambda: tuple(era()["actors"].iloc[0].split("; "))),
    Fact("months until Pakistan", 9, "word", "Pakistan, months", lambda: within(days(SIGNED, JOINED), 200, 215, 7)),
    Fact("end of Iraq's bar", 16, "day", "left first", lambda: edge("pact-iraq", "end", LEFT)),
    Fact("Pakistan's bar", 16, "day", "Pakistan, begins", lambda: edge("pact-pakistan", "start", JOINED)),
    Fact("left first", 16, "true", "left first", lambda: pact()["end"].astype("str").idxmin() == "pact-iraq"),
    Fact("years as allies", 16, "word", "allies, years", lambda: within(days(JOINED, LEFT) / 365.25, 3.45, 3.55, 3.5)),
    Fact(
        "years more",
        16,
        "word",
        "Pakistan, stayed",
        lambda: int(str(pact().loc["pact-pakistan", "end"])[:4]) - day(LEFT).year,
    ),
    Fact("signatories of many pages", 16, "word", "web pages, states", five_signatories),
    Fact("day of the many pages", 16, "day", "web pages", lambda: day(SIGNED)),
    Fact("bars begin", 16, "word", "Gibler, days", beginnings),
    Fact("filled marks", 20, "years", "filled marks", cooperative_years),
    Fact("the ring", 20, "month", "the ring", lambda: the_one(era().query("effect == 'conflictual'")["earliest"])),
    Fact("Kashmir", 20, "month", "Nuri, Kashmir, Palestine", lambda: day("karachi-council-1957")),
    Fact("day of the revolution", 20, "day", "overthrew", lambda: day(REVOLUTION)),
    Fact("months until Iraq left", 20, "word", "Iraq left", lambda: within(days(REVOLUTION, LEFT), 243, 258, 8)),
    Fact("events drawn", 19, "digits", "our selection, n =", lambda: len(era())),
    Fact(
        "Iraq on Kashmir",
        20,
        "true",
        "Jawad, close ties, free vote",
        says("iraq-on-kashmir-1957", "description", "Hashim Jawad", "close ties with both", "impartial vote"),
    ),
    Fact("year of Kashmir", 20, "digits", "Security Council", lambda: day("iraq-on-kashmir-1957").year),
    Fact("the law on trade", 20, "digits", "law on a trade agreement", lambda: day("trade-agreement-1962").year),
    Fact(
        "laws found",
        20,
        "true",
        "s008 and s009",
        partial(searched, found={"s008": "law 35 of 1962", "s009": "law 94 of 1963"}),
    ),
    Fact("verdicts", 23, "word", "corroborated", lambda: how_many(2)),
    *(Fact(f"means: {name}", 33, "0.000", name, partial(pair_of_means, code)) for code, name in COUNTRIES.items()),
    Fact("fell most", 33, "true", "Egypt, Syria, most", order_of_falls),
    Fact("fell less", 33, "true", "Iraq, less", order_of_falls),
    Fact(
        "ally of Egypt",
        33,
        "true",
        "Saudi Arabia, from October 1955, Egypt's ally",
        says_in("claims", "2c", "best_case", "from October 1955 Egypt's ally"),
    ),
    Fact("whose references", 34, "word", "American, Iraqi, Pakistani", whose_references),
    Fact("voted alike", 37, "true", "1955, 1956, more than, 1947–54", allies_voted_alike),
    Fact("the fall", 37, "digits", "fall", first_low_year),
    Fact("still a kingdom", 37, "true", "Iraq, still a kingdom", lambda: day(REVOLUTION).year == 1958),
    Fact(
        "Iraq in 1965",
        44,
        "true",
        "Iraq did, did not find, s011, s021",
        partial(searched, found={"s011": "nothing on Iraq's position", "s021": "which names neither"}),
    ),
    Fact(
        "the memorandum",
        64,
        "day",
        "memorandum",
        lambda: pd.Timestamp(by_id("sources").loc["frus-1958-60v12-doc-159", "date"]),
    ),
    Fact(
        "al-Allaf",
        64,
        "true",
        "al-Allaf, 5 February",
        lambda: "on 5 February 1959" in sources_of("iraq-on-kashmir-1957").loc["allaf-2015", "says"],
    ),
    Fact("rows of Egypt", 60, "word", "Egypt, rows", lambda: len(naming(era(), "Egypt"))),
    Fact("day of the exit", 47, "day", "our table", lambda: day(LEFT)),
    Fact("another year", 47, "digits", "Encyclopedia", lambda: if_told(LEFT, "note", "one encyclopaedia gives 1958", 1958)),
    Fact(
        "the report",
        50,
        "month",
        "report, council",
        lambda: if_told(
            "us-bilateral-agreements-1959",
            "note",
            "Iraq was not present at the pact's council in Karachi in January 1959",
            pd.Timestamp("1959-01-01"),
        ),
    ),
    Fact("the refusal", 52, "text", "Egypt, refusal", lambda: events().loc["egypt-refuses-pakistani-troops-1956", "date"]),
    Fact("allies from", 63, "month", "allies", lambda: (day(JOINED), day(LEFT))),
)
