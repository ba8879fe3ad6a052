"""The facts in the prose of lesson 01."""

from __future__ import annotations

import pandas as pd

from content.facts import (
    Fact,
    by_id,
    cited,
    date_of,
    day,
    events,
    events_of,
    how_many,
    if_so,
    if_told,
    last_day,
    naming,
    of_all,
    question,
    says,
    says_in,
    verdicts,
)

DESK, VISIT, TREATY = "asad-middle-east-division", "liaquat-baghdad-visit-1949", "treaty-of-friendship-1950"
AID, ROYAL, NURI = "us-pakistan-defence-agreement-1954", "iraq-royal-visit-1954", "nuri-floats-iraq-pakistan-pact-1954"
MEETING, TURKEY, OPENED = ("muslim-states-consultation-1952", "turco-pakistani-agreement-1954", "diplomatic-relations-1947")


def founding() -> pd.DataFrame:
    """Return the events of the lesson's era, if they are the first of the table."""
    rows = events_of("founding-years")
    assert list(rows.index) == list(events().index[: len(rows)])
    return rows


def years() -> list[int]:
    """Return the years of the era."""
    row = by_id("eras").loc["founding-years"]
    return list(range(row["start"].year, row["end"].year + 1))


def others() -> int | None:
    """Return the one year of the last five rows, if Turkey, the United States and Egypt take part in some."""
    rows = founding().tail(5)
    (year,) = set(rows["earliest"].dt.year)
    return if_so(all(rows["actors"].str.contains(name).any() for name in ("Turkey", "United States", "Egypt")), int(year))


def row_number(event_id: str) -> int:
    """Return the row of an event."""
    return int(events().index.get_loc(event_id))


def widths() -> pd.Series:
    """Return how many days each date can mean."""
    return (founding()["latest"] - founding()["earliest"]).dt.days + 1


def about() -> tuple[int, int] | None:
    """Return the years of the desk, if both are about and it is the widest."""
    ends = date_of(DESK).split("/")
    so = all(end.endswith("~") for end in ends) and widths().idxmax() == DESK
    return if_so(so, tuple(int(end[:-1]) for end in ends))


def killed() -> pd.Timestamp | None:
    """Return the month in which the prime minister was killed, if the plan was put aside after it."""
    told = says(DESK, "description", "was killed in October 1951 the plan was put aside")()
    return if_so(told, pd.Timestamp("1951-10-01"))


def more_american() -> bool:
    """Say whether more references of the era are American than Iraqi and Pakistani together."""
    counts = cited(founding())["country"].value_counts()
    return bool(counts["USA"] > counts["IRQ"] + counts["PAK"])


FACTS = (
    Fact("the question", 1, "text", "", question("founding-years")),
    Fact("events", 1, "word", "timeline, events", lambda: len(founding())),
    Fact("head", 5, "text", "rows", lambda: f"`head({len(founding())})`"),
    Fact("first rows", 5, "word", "first, rows", lambda: len(founding())),
    Fact("years of the era", 5, "years", "rows", years),
    Fact("other states", 9, "digits", "Turkey, Egypt", others),
    Fact("alone", 9, "word", "alone", lambda: of_all(founding()["actors"] == "Iraq; Pakistan")),
    Fact("row of the desk", 11, "digits", "one row", lambda: row_number(DESK)),
    Fact("row of the desk, counted", 11, "ordinal", "one row", lambda: row_number(DESK) + 1),
    Fact(
        "a Muslim",
        13,
        "digits",
        "Weiss",
        lambda: if_so(says_in("claims", "1d", "reasoning", "Leopold Weiss", "became a Muslim in 1926")(), 1926),
    ),
    Fact("claims", 13, "word", "claims", lambda: len(verdicts("paragraph", 1))),
    Fact("corroborated", 15, "word", "", lambda: how_many(1)),
    Fact(
        "not the first day",
        17,
        "digits",
        "Punjab",
        lambda: if_told(DESK, "note", "In 1947 he first led a department of the Punjab provincial", years()[0]),
    ),
    Fact("not to Iraq", 17, "true", "tour, Iraq", says(DESK, "note", "Iraq is not on the tour")),
    Fact("put aside", 17, "month", "killed", killed),
    Fact("days of a year", 20, "digits", "days", lambda: int(widths()[OPENED])),
    Fact("the year", 20, "digits", "can mean", lambda: int(date_of(OPENED))),
    Fact("the desk", 26, "digits", "longest, about", about),
    Fact("until", 26, "digits", "until, Muslim", lambda: day(MEETING).year),
    Fact("from", 26, "digits", "defence", lambda: day(TURKEY).year),
    Fact(
        "acts of the two",
        26,
        "month",
        "visit, treaty, royal",
        lambda: (day(VISIT), day(TREATY), if_so(date_of(ROYAL).endswith("~"), day(ROYAL))),
    ),
    Fact("treaty", 27, "day", "treaty", lambda: day(TREATY)),
    Fact("Nuri", 27, "digits", "Nuri, aloud", lambda: day(NURI).year),
    Fact(
        "no act named",
        27,
        "true",
        "paragraph 1, no act",
        lambda: founding().query("effect != 'none'")["paragraph"].isna().all(),
    ),
    Fact("row of the aid", 28, "digits", "row", lambda: row_number(AID)),
    Fact("text", 30, "day of the year", "text of the agreement", lambda: day(AID)),
    Fact(
        "summary",
        30,
        "day of the year",
        "modern summary",
        lambda: if_told(AID, "note", "one abstract that we read says 2 May", pd.Timestamp("1954-05-02")),
    ),
    Fact("start", 30, "digits", "pages, anyone", lambda: int(date_of(OPENED))),
    Fact("month of the aid", 30, "month", "sources", lambda: day(AID)),
    Fact("exact day", 33, "digits", "exact", lambda: int(widths()[AID]) - 1),
    Fact("whose references", 45, "true", "this era, American, Iraqi and Pakistani together", more_american),
    Fact("rows of Nuri", 42, "word", "Nuri, rows", lambda: len(naming(founding(), "Nuri"))),
    Fact("events drawn", 25, "digits", "our selection, n =", lambda: len(founding())),
    Fact("first verdicts", 46, "word", "the first", lambda: len(verdicts("paragraph", 1))),
    Fact("the desk, again", 45, "digits", "Asad, desk", about),
    Fact(
        "independent",
        45,
        "digits",
        "independent",
        lambda: if_so(says_in("claims", "1e", "omission", "had admitted it as a state in 1932")(), 1932),
    ),
    Fact("plan put aside", 45, "true", "plan, put aside", lambda: last_day(DESK) >= (killed() or pd.Timestamp.max)),
)
