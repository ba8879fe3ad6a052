"""The tables of the paper exam, and the answers that follow from them, from the data.

So a corrected fact reaches the exam, and no answer of the mark scheme is older than its table.
They are written into the pages by `tools.content.teaching_tables`.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers import load
from helpers.edtf import to_words

DATED = [
    "asad-middle-east-division",
    "muslim-states-consultation-1952",
    "iraq-royal-visit-1954",
    "egypt-objects-to-pakistan-1954",
    "pakistan-backs-nuri-1956",
    "karachi-council-1957",
]
DAY = "1954-03-15"  # of the question what can have been going on
CLAIMS = ["10c", "10d", "11c", "12a"]
STEPS = [
    "super-mushshak-and-training-deal-2014",
    "iraqi-defence-official-rawalpindi-2019",
    "iraqi-officers-flown-home-2020",
    "jalal-visits-baghdad-2021",
    "enad-visits-pakistan-2021",
]
REPORTS = ["crowd-2003-03-23-arab-news", "crowd-2003-03-23-bbc", "crowd-2003-03-23-la-times"]
ROWS = [
    "baghdad-pact-signed-1955",
    "pakistan-joins-baghdad-pact-1955",
    "pact-first-council-1955",
    "egypt-refuses-pakistani-troops-1956",
    "tehran-meeting-suez-1956",
    "karachi-council-1957",
    "us-bilateral-agreements-1959",
    "iraq-leaves-pact-1959",
]
YEARS = [*range(1974, 1980), *range(2009, 2015)]
REVIEWED = "3i"


def _events(ids: list[str]) -> pd.DataFrame:
    """Return events in the order of the table, and fail if one is missing."""
    events = load("events")
    missing = set(ids) - set(events["event_id"])
    if missing:
        raise KeyError(f"The exam uses events that are not in the table: {', '.join(sorted(missing))}.")
    return events[events["event_id"].isin(ids)].reset_index(drop=True)


def _dates() -> pd.DataFrame:
    return _events(DATED)[["date", "title"]]


def _dates_answers() -> pd.DataFrame:
    found = _events(DATED)
    going_on = (found["earliest"] <= DAY) & (found["latest"] >= DAY)
    return pd.DataFrame(
        {
            "date": found["date"],
            "in words": found["date"].map(to_words),
            "first day": found["earliest"].dt.strftime("%Y-%m-%d"),
            "last day": found["latest"].dt.strftime("%Y-%m-%d"),
            f"on {to_words(DAY)}?": going_on.map({True: "it can", False: "no"}),
        }
    )


def _claims(columns: list[str]) -> pd.DataFrame:
    claims = load("claims")
    return claims[claims["claim_id"].isin(CLAIMS)][columns]


def _reports() -> pd.DataFrame:
    reports = load("reports")
    chosen = reports[reports["report_id"].isin(REPORTS)]
    joined = chosen.merge(load("sources"), on="source_id").rename(columns={"date": "published"})
    return joined[["wording", "publisher", "country", "published", "access"]]


def _counted() -> pd.DataFrame:
    counts = _events(ROWS)["effect"].value_counts()
    return counts[counts > 0].rename_axis("effect").reset_index()


def _both() -> pd.DataFrame:
    rows = _events(ROWS)
    return rows.loc[(rows["kind"] == "diplomacy") & (rows["effect"] == "cooperative"), ["date", "title"]]


def _first_days() -> pd.DataFrame:
    first = _events(ROWS).groupby("kind", observed=True)["earliest"].min()
    days: pd.Series = first.dt.strftime("%Y-%m-%d")
    return days.rename_axis("kind").reset_index()


def _trade() -> pd.DataFrame:
    trade = load("figures/trade")
    chosen = trade[(trade["country_b"] == "IRQ") & trade["year"].isin(YEARS)]
    printed = chosen[["year", "two_way_musd", "share_of_a_percent"]].astype({"share_of_a_percent": "str"})
    return printed.rename(columns={"two_way_musd": "millions of US dollars", "share_of_a_percent": "share, per cent"})


def _quarrels() -> pd.DataFrame:
    links = load("claim_events")
    ids = links.loc[links["claim_id"] == REVIEWED, "event_id"]
    return _events(list(ids))[["date", "title", "effect"]]


TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "dates": _dates,
    "dates answers": _dates_answers,
    "claims": lambda: _claims(["claim_id", "claim"]),
    "claims answers": lambda: _claims(["claim_id", "support", "reasoning", "best_case"]),
    "steps": lambda: _events(STEPS)[["date", "title"]],
    "reports": _reports,
    "rows": lambda: _events(ROWS)[["date", "title", "kind", "effect"]],
    "rows both": _both,
    "rows counted": _counted,
    "rows first days": _first_days,
    "trade": _trade,
    "quarrels": _quarrels,
}
