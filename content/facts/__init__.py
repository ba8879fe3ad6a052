"""The numbers, dates and orders that the prose of each lesson states, with what counts them again from the tables.

One file a lesson, with a tuple ``FACTS``. A test counts each fact and looks for it in its cell. So a sentence may be put
in other words as long as it keeps its number and the words in ``beside``; a number that the tables do not give is refused.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

import helpers

Counted = Callable[[], Any]
load = functools.cache(helpers.load)
PAGES = ["arab-news-2021-03-04", "karim-2021", "arab-news-2021-03-14"]


class Fact(NamedTuple):
    """One fact of a lesson's prose."""

    name: str  # what it is about, unique in the lesson
    cell: int | str  # the id of the cell in which it stands; 7 for "cell-07"
    # How it stands there: ``digits``, ``count`` (1,300), ``word`` (three and a half), ``ordinal`` (fourth), ``0.000``
    # (three decimals), ``day`` (24 March 1959), ``day of the year`` (24 March), ``month`` (March 1959), ``years``
    # (1955–57, each stretch of years), ``text``; or ``true``, for what is no number.
    form: str
    beside: str  # words of the same sentence (or row of a table), with a comma between two
    # Returns the value; a tuple if several stand in the sentence; True for the form ``true``. Where the tables give
    # something else, whatever it returns will not be found.
    counted: Counted

    @property
    def cell_id(self) -> str:
        """The whole id of its cell."""
        return self.cell if isinstance(self.cell, str) else f"cell-{self.cell:02}"


def by_id(table: str) -> pd.DataFrame:
    """Return a table by its first column."""
    rows = load(table)
    return rows.set_index(rows.columns[0])


def events() -> pd.DataFrame:
    """Return the events by their id."""
    return by_id("events")


def events_of(era_id: str) -> pd.DataFrame:
    """Return the events of an era."""
    rows = events()
    return rows[rows["era_id"] == era_id]


def behind(*claims: str) -> pd.DataFrame:
    """Return the events that bear on some claims, in the order of the table of events."""
    links = load("claim_events")
    return events().loc[lambda rows: rows.index.isin(links[links["claim_id"].isin(claims)]["event_id"])]


def sources_of(event_id: str) -> pd.DataFrame:
    """Return the sources of an event, with what each says."""
    links = load("event_sources").query("event_id == @event_id", local_dict={"event_id": event_id})
    return links.set_index("source_id").join(by_id("sources"))


def naming(rows: pd.DataFrame, word: str) -> pd.DataFrame:
    """Return the events that have a word in their title, description or actors."""
    texts = rows["title"].str.cat([rows["description"], rows["actors"]], sep=" ", na_rep="")
    return rows[texts.str.contains(word)]


def cited(rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the references with their sources: all, or those of some events."""
    links = load("event_sources").merge(load("sources"), on="source_id")
    return links if rows is None else links[links["event_id"].isin(rows.index)]


def voices(rows: pd.DataFrame) -> pd.Series:
    """Return the country whose voice each reference is."""
    return rows["speaker_country"].fillna(rows["country"])


def number_of(which: pd.Series) -> int:
    """Return how many are so."""
    return int(which.sum())


def of_all(which: pd.Series) -> tuple[int, int]:
    """Return how many are so, and how many there are."""
    return number_of(which), len(which)


def the_one(values: Iterable[Any]) -> Any:
    """Return the one value that all of these are; several are an error."""
    (value,) = set(values)
    return value


def verdicts(column: str, value: object) -> pd.Series:
    """Return the verdicts on the claims of a paragraph, or of a lesson."""
    claims = by_id("claims")
    return claims[claims[column] == value]["support"]


def how_many(paragraph: int) -> tuple[int, int]:
    """Return how many claims of a paragraph are corroborated, and how many there are."""
    return of_all(verdicts("paragraph", paragraph) == "corroborated")


def so_far(number: str) -> Counted:
    """Return what counts the claims of the lessons before one, and all claims."""
    return lambda: of_all(load("claims")["lesson"].astype(str) < number)


def says_in(table: str, row: str, column: str, *words: str) -> Counted:
    """Return what finds out whether a text of a table has some words."""
    return lambda: all(part in str(by_id(table).loc[row, column]) for part in words)


def says(event_id: str, column: str, *words: str) -> Counted:
    """Return what finds out whether a text of an event has some words."""
    return says_in("events", event_id, column, *words)


def part(pattern: str, table: str, row: str, column: str) -> str:
    """Return the part of a text of a table that a pattern takes out; empty, if the text is another."""
    found = re.search(pattern, str(by_id(table).loc[row, column]))
    return found[1] if found else ""


def searched(words: str, *search_ids: str) -> Counted:
    """Return what finds out whether some searches found what a pattern says."""
    return lambda: all(by_id("searches").loc[list(search_ids), "found"].str.contains(words))


def question(era_id: str) -> Counted:
    """Return what looks up the question of an era."""
    return lambda: by_id("eras").loc[era_id, "question"]


def page_numbers() -> list[int]:
    """Return the numbers that Arab News gave the article and two pages around it."""
    addresses = by_id("sources").loc[PAGES, "url"]
    return [int(address.split("/node/")[1].split("/")[0]) for address in addresses]


def paired(table: str, country_a: str, country_b: str) -> pd.DataFrame:
    """Return the rows of a table of figures for two countries."""
    rows = load(f"figures/{table}")
    return rows[(rows["country_a"] == country_a) & (rows["country_b"] == country_b)]


def agreement(country_a: str, country_b: str, first: int, last: int) -> float:
    """Return the mean agreement of two countries in some years, weighted by votes."""
    rows = paired("unga_agreement", country_a, country_b)
    rows = rows[rows["year"].between(first, last)]
    return float((rows["agreement"] * rows["votes"]).sum() / rows["votes"].sum())


def trade(column: str) -> pd.Series:
    """Return a measure of the trade with Iraq by year."""
    return paired("trade", "PAK", "IRQ").set_index("year")[column]


def means_of_trade(column: str, digits: int, *stretches: tuple[int, int]) -> tuple[float, ...]:
    """Return the means of a measure of the trade with Iraq in some stretches of years."""
    series = trade(column)
    return tuple(round(float(series.loc[first:last].mean()), digits) for first, last in stretches)


def embassies() -> pd.DataFrame:
    """Return the table of embassies by year."""
    return load("figures/embassies").set_index("year")


def years_between_rows() -> int:
    """Return how many years lie between two rows of the table of embassies."""
    return int(the_one(embassies().index.to_series().diff().dropna()))


def ambassadors(*years: int) -> bool:
    """Say whether there are ambassadors on both sides in some years."""
    levels = embassies().loc[list(years), ["level_of_b_in_a", "level_of_a_in_b"]]
    return bool((levels == "ambassador").all(axis=None))


def day(event_id: str) -> pd.Timestamp:
    """Return the first day of an event."""
    return pd.Timestamp(events().loc[event_id, "earliest"])


def last_day(event_id: str) -> pd.Timestamp:
    """Return the last day of an event."""
    return pd.Timestamp(events().loc[event_id, "latest"])


def days(first: str, last: str) -> int:
    """Return the days between two events."""
    return (day(last) - day(first)).days


def date_of(event_id: str) -> str:
    """Return the date of an event as it is written in the table."""
    return str(events().loc[event_id, "date"])


def within(measured: float, low: float, high: float, said: float) -> float:
    """Return what is said of a measure that lies between two bounds; else the measure."""
    return said if low < measured < high else measured


def if_so(true: object, value: Any) -> Any:
    """Return the value, if what it rests on is so."""
    return value if true else None


def if_told(event_id: str, column: str, words: str, value: Any) -> Any:
    """Return the value, if a text of an event has some words."""
    return if_so(says(event_id, column, words)(), value)
