"""What the exercises of lesson 02 accept."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..chart_reader import title_of
from ..data import load
from ..plotting.artists import SpanBar, parts_of
from .answers import as_id, as_number, as_values, is_mask, kind_of, words_of
from .feedback import Exercise
from .hints import drawing_hint, number_hint, read_date, rows_hint
from .tables import event_row, sources_of, votes_between

ERA = "baghdad-pact"
GROUPS = ("Baghdad Pact / CENTO", "SEATO")
PACT_YEARS = (1955, 1956, 1957, 1958)
REFUSAL, PAPER = "egypt-refuses-pakistani-troops-1956", "cia-1956-11-14"
EXIT, AGREEMENTS, REVOLUTION = "iraq-leaves-pact-1959", "us-bilateral-agreements-1959", "july-revolution-1958"
NEAR = 0.0006  # an answer may be rounded to three decimals
MIN_TITLE = 3  # words; the question says so
LESSON_TITLES = ("Members of the Baghdad Pact", "Members of the Baghdad Pact, from August 1959 called CENTO")


def _treaties(answer: Any) -> str:
    events = load("events")
    of_kind = events[events["kind"] == "treaty"]
    if is_mask(answer):
        return "This is the mask itself, a column of True and False. Put it into square brackets after the table."
    if isinstance(answer, pd.DataFrame) and not rows_hint(answer, of_kind):
        return "These are the rows of all eras. Which table must stand before the brackets?"
    return rows_hint(answer, of_kind[of_kind["era_id"] == ERA], whole=True)


def _umbrella(answer: Any) -> str:
    if hint := drawing_hint(answer, "plot_spans"):
        return hint
    bars = {bar.span for bar in parts_of(answer, SpanBar)}
    drawn = {bar.group for bar in bars}
    if not drawn:
        return "These axes hold no bar that plot_spans has drawn. Use plot_spans."
    if drawn - set(GROUPS):
        return "There are bars of other groups, too. Keep only the two that are asked for."
    if set(GROUPS) - drawn:
        return "One of the two groups is missing. The list for isin has two entries."
    if len(bars) != int(load("spans")["group"].isin(GROUPS).sum()):
        return "Both groups are there, but not all of their rows."
    return _title_hint(title_of(answer))


def _title_hint(title: str) -> str:
    if not title:
        return "The figure has no title. Write title=… inside the brackets of plot_spans."
    if len(words_of(title)) < MIN_TITLE:
        return f"The title is very short. Let it say what you see, in at least {MIN_TITLE} words."
    if words_of(title) in map(words_of, LESSON_TITLES):
        return "This is the title of the figure in the lesson. What do you see in yours?"
    return ""


def _mean(country: str, years: tuple[int, ...]) -> tuple[float, float]:
    """Pakistan's agreement with a state in some years, weighted by votes, and not weighted."""
    votes = votes_between("PAK", country)
    rows = votes[votes["year"].isin(years)]
    return float((rows["agreement"] * rows["votes"]).sum() / rows["votes"].sum()), float(rows["agreement"].mean())


def _with_america(answer: Any) -> str:
    number = as_number(answer)
    if number is None:
        return number_hint(answer)
    weighted, plain = _mean("USA", PACT_YEARS)
    if abs(number - weighted) <= NEAR:
        return ""
    if not 0 <= number <= 1:
        return "Agreement lies between 0 and 1. Was the sum divided by the number of votes?"
    if abs(number - plain) <= NEAR:
        return "Each year counts the same here. Let a year with more votes weigh more."
    if abs(number - _mean("USA", tuple(range(1947, 1955)))[0]) <= NEAR:
        return "The country is right, but these are the earlier years."
    if any(abs(number - _mean(country, PACT_YEARS)[0]) <= NEAR for country in ("EGY", "IRQ", "SAU", "SYR")):
        return "The years are right, but the country is another one."
    if abs(number - weighted) < 0.01:
        return "Very near. Give at least three decimals."
    return "This is another number. Change only the three letters in section 7, and run both cells again, from the top."


def _decision(answer: Any) -> str:
    """The year and the source that the student chose: does the source exist, and does it bear on the year?"""
    entries = as_values(answer)
    if entries is None:
        return f"A list is asked for, but this is {kind_of(answer)}. A list stands in square brackets."
    if len(entries) != 2:
        return f"Two entries are asked for: a year, and a source_id. The number of entries here is {len(entries)}."
    year, other = map(_year, entries)
    exit_year, earlier = (str(event_row(event)["earliest"].year) for event in (EXIT, REVOLUTION))
    if year not in (exit_year, earlier) and other in (exit_year, earlier):
        return "The order is the other way round: the year comes first, then the source_id."
    if year not in (exit_year, earlier):
        return "The first entry is none of the two years between which you decide."
    source = as_id(entries[1])
    if source is None:
        return f"The second entry is a source_id, a string, but this is {kind_of(entries[1])}."
    if source not in sources_of(EXIT, AGREEMENTS):
        return "This source is not in the table above. Copy its source_id letter by letter."
    if source not in sources_of(EXIT if year == exit_year else AGREEMENTS):
        return (
            "This source is in the table, but it does not bear on the year that you chose. Which of the two events cites it?"
        )
    return ""


def _year(entry: Any) -> str | None:
    number = as_number(entry)
    return as_id(entry) if number is None else f"{number:g}"


def _narrower(answer: Any) -> str:
    when = read_date(answer)
    if isinstance(when, str):
        return when
    earliest = event_row(REFUSAL)["earliest"].date()
    written = pd.Timestamp(str(load("sources").set_index("source_id").loc[PAPER, "date"])).date()
    if len(when.choices) == 1:  # some day from … to: as good
        when = when.choices[0]
    if when.precision != "interval":
        return "This has no beginning and end. We know between which days it lies, not the day. Use the sign for from … to …"
    if when.earliest is None or when.earliest < earliest or when.earliest == written:
        return "Look at the beginning: on which day could it have happened at the earliest, by our table?"
    if when.latest is None or when.latest > written:
        return "Look at the end: on that day the paper had been written already."
    if when.latest < written:
        return "Look at the end: the paper does not say that it happened so early."
    if when.earliest != earliest:
        return "Look at the beginning: what tells you that it cannot have been earlier?"
    if when.approximate or when.uncertain:
        return "Both days are right. But no sign of doubt belongs to them: the table and the paper give both."
    return ""


EXERCISES = {
    "02.1": Exercise(
        _treaties,
        "The pact's whole life stands here: signed, joined, left, and renamed. And two agreements that came after it.",
    ),
    "02.2": Exercise(
        _umbrella,
        "One alliance west of Pakistan, one east of it. (Of SEATO our table has only Pakistan's row; Britain was in both.) "
        "Your title is not marked: which word in it says more than the drawing?",
    ),
    "02.3": Exercise(
        _with_america,
        "Agreement with the United States rose sharply: the word that the article uses, western, has something behind it.",
    ),
    "02.4": Exercise(
        _decision,
        "The source bears on that year. A decision with a source can be discussed: say what would change your mind.",
        form_only=True,
    ),
    "02.5": Exercise(_narrower, "The date of a source limits the date of what it tells. Historians use this all the time."),
}
