"""Write the tables of the paper exam, and the answers that follow from them, from the data.

``python -m tools.exam_tables`` fills what stands between ``<!-- exam name -->`` and ``<!-- end -->`` in ``exam.md`` and
``exam_mark_scheme.md``; the rest is written by people. So a corrected fact reaches the exam, and no answer is older than its
table.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers import load
from helpers.dates import to_words
from tools.codebook import markdown
from tools.files import write_if_changed

TEACHING = Path(__file__).resolve().parent.parent / "notebooks" / "teaching"
PAGES = ("exam.md", "exam_mark_scheme.md")
_BLOCK = re.compile(r"(<!-- exam (?P<name>[a-z -]+) -->\n).*?(<!-- end -->)", re.DOTALL)

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
REPORTS = ["trade-2021-ambassador", "trade-2021-nation", "trade-2022-iraqi-ambassador"]
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
EDTF = ("date", "as_of", "published")  # the columns that hold such dates


def main(arguments: list[str] | None = None) -> int:
    """Write the tables into the exam and its mark scheme.

    Parameters
    ----------
    arguments : list of str, optional
        The command line; that of the process by default. ``--check`` writes nothing.

    Returns
    -------
    int
        0; with ``--check`` 1 if a table is out of date.
    """
    parser = argparse.ArgumentParser(prog="exam_tables", description="Write the tables of the paper exam out of the data.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a table is out of date")
    check = parser.parse_args(arguments).check
    stale = []
    for name in PAGES:
        page = TEACHING / name
        text = page.read_text(encoding="utf-8")
        if filled(text) != text:
            stale.append(name)
            if not check:
                write_if_changed(page, filled(text).encode())
    print(f"Exam: {'up to date' if not stale else ', '.join(stale) + (' out of date' if check else ' refreshed')}")
    return 1 if check and stale else 0


def filled(text: str) -> str:
    """Return a page with each of its tables made anew.

    Parameters
    ----------
    text : str
        The page.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If a mark names a table that there is not.
    """

    def written(match: re.Match[str]) -> str:
        if match["name"] not in TABLES:
            raise KeyError(f"The exam has no table {match['name']!r}. It has: {', '.join(TABLES)}.")
        return f"{match[1]}{printed(TABLES[match['name']]())}\n{match[3]}"

    return _BLOCK.sub(written, text)


def printed(table: pd.DataFrame) -> str:
    """Return a table as Markdown; its dates as code, for two signs ``~`` would strike out what stands between them.

    Parameters
    ----------
    table : pandas.DataFrame
        The table.

    Returns
    -------
    str
    """
    coded = table.assign(**{name: "`" + table[name] + "`" for name in EDTF if name in table.columns})
    return markdown(coded.set_index(coded.columns[0]))


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
            f"can have been going on on {to_words(DAY)}": going_on.map({True: "yes", False: "no"}),
        }
    )


def _claims(columns: list[str]) -> pd.DataFrame:
    claims = load("claims")
    return claims[claims["claim_id"].isin(CLAIMS)][columns]


def _reports(columns: list[str]) -> pd.DataFrame:
    reports = load("reports")
    chosen = reports[reports["report_id"].isin(REPORTS)]
    sources = load("sources")[["source_id", "publisher", "country", "date", "kind"]]
    joined = chosen.merge(sources, on="source_id").rename(columns={"date": "published", "low": "million US dollars"})
    return joined[columns]


def _counted() -> pd.DataFrame:
    counts = _events(ROWS)["effect"].value_counts()
    return counts[counts > 0].rename_axis("effect").reset_index()


def _both() -> pd.DataFrame:
    rows = _events(ROWS)
    return rows[(rows["kind"] == "diplomacy") & (rows["effect"] == "cooperative")][["date", "title"]]


def _first_days() -> pd.DataFrame:
    first = _events(ROWS).groupby("kind", observed=True)["earliest"].min()
    return first.dt.strftime("%Y-%m-%d").rename_axis("kind").reset_index()


def _trade() -> pd.DataFrame:
    trade = load("figures/trade")
    chosen = trade[(trade["country_b"] == "IRQ") & trade["year"].isin(YEARS)]
    return chosen[["year", "two_way_musd", "share_of_a_percent"]].astype({"share_of_a_percent": "str"})


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
    "reports": lambda: _reports(["million US dollars", "as_of", "wording", "publisher", "country", "published", "kind"]),
    "rows": lambda: _events(ROWS)[["date", "title", "kind", "effect"]],
    "rows both": _both,
    "rows counted": _counted,
    "rows first days": _first_days,
    "trade": _trade,
    "quarrels": _quarrels,
}


if __name__ == "__main__":
    sys.exit(main())
