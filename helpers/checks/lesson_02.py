"""What the exercises of lesson 02 accept."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import dates
from ..artists import SpanBar, parts_of
from ..data import load
from .compare import kind_of, number_hint, rows_hint
from .feedback import Exercise

ERA = "baghdad-pact"
GROUPS = ("Baghdad Pact / CENTO", "SEATO")
PACT_YEARS = (1955, 1956, 1957, 1958)
REFUSAL, PAPER = "egypt-refuses-pakistani-troops-1956", "cia-1956-11-14"
EXIT, AGREEMENTS, REVOLUTION = "iraq-leaves-pact-1959", "us-bilateral-agreements-1959", "july-revolution-1958"
NEAR = 0.0006  # an answer may be rounded to three decimals


def _treaties(answer: Any) -> str:
    events = load("events")
    of_kind = events[events["kind"] == "treaty"]
    if isinstance(answer, pd.Series) and pd.api.types.is_bool_dtype(answer):
        return "This is the mask itself, a column of True and False. Put it into square brackets after the table."
    if isinstance(answer, pd.DataFrame) and not rows_hint(answer, of_kind):
        return "These are the rows of all eras. Which table must stand before the brackets?"
    return rows_hint(answer, of_kind[of_kind["era_id"] == ERA])


def _umbrella(answer: Any) -> str:
    if isinstance(answer, pd.DataFrame):
        return "This is the table of spans. Give it to plot_spans, and hand in what plot_spans returns."
    if isinstance(answer, Figure):
        return "This is a whole figure. Hand in what plot_spans returns."
    if not isinstance(answer, Axes):
        return f"What plot_spans returns is asked for, but this is {kind_of(answer)}."
    drawn = {bar.span.group for bar in parts_of(answer, SpanBar)}
    if not drawn:
        return "There is no bar of a span in this figure. Use plot_spans."
    if drawn - set(GROUPS):
        return "There are bars of other groups, too. Keep only the two that are asked for."
    if set(GROUPS) - drawn:
        return "One of the two groups is missing. The list for isin has two entries."
    spans = load("spans")
    bars = {bar.span for bar in parts_of(answer, SpanBar)}
    if len(bars) != int(spans["group"].isin(GROUPS).sum()):
        return "Both groups are there, but not all of their rows."
    title = answer.get_title(loc="left") or answer.get_title() or answer.get_title(loc="right")
    if not title.strip():
        return "The figure has no title. Write title=… inside the brackets of plot_spans."
    if len(title.split()) < 3:
        return "The title is very short. Let it say what you see, in at least three words."
    if title.startswith("Members of the Baghdad Pact"):
        return "This is the title of the figure in the lesson. What do you see in yours?"
    return ""


def _mean(country: str, years: tuple[int, ...]) -> tuple[float, float]:
    """Pakistan's agreement with a state in some years, weighted by votes, and not weighted."""
    votes = load("figures/unga_agreement")
    rows = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == country) & votes["year"].isin(years)]
    return float((rows["agreement"] * rows["votes"]).sum() / rows["votes"].sum()), float(rows["agreement"].mean())


def _with_america(answer: Any) -> str:
    hint = number_hint(answer)
    if hint:
        return hint
    number = float(answer)
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


def _bearing(event: str) -> set[str]:
    cited = load("event_sources")
    return set(cited[cited["event_id"] == event]["source_id"])


def _decision(answer: Any) -> str:
    """The year and the source that the student chose: does the source exist, and does it bear on the year?"""
    if not isinstance(answer, (list, tuple)):
        return f"A list is asked for, but this is {kind_of(answer)}. A list stands in square brackets."
    if len(answer) != 2:
        return f"The list has {len(answer)} entries. Two are asked for: a year, and a source_id."
    year, source = str(answer[0]).strip(), answer[1]
    days = load("events").set_index("event_id")["earliest"]
    exit_year, earlier = (str(days[event].year) for event in (EXIT, REVOLUTION))
    if year not in (exit_year, earlier):
        return "The first entry is none of the two years between which you decide."
    if not isinstance(source, str):
        return f"The second entry is a source_id, a string, but this is {kind_of(source)}."
    if source not in _bearing(EXIT) | _bearing(AGREEMENTS):
        return "This source is not in the table above. Copy its source_id letter by letter."
    if source not in _bearing(EXIT if year == exit_year else AGREEMENTS):
        return (
            "This source is in the table, but it does not bear on the year that you chose. Which of the two events cites it?"
        )
    return ""


def _narrower(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"A date in EDTF is a string, but this is {kind_of(answer)}."
    try:
        when = dates.parse(answer.strip())
    except ValueError:
        return "This is not EDTF. Lesson 01 explains how a day, a month and a beginning and end are written."
    event = load("events").set_index("event_id").loc[REFUSAL]
    written = pd.Timestamp(str(load("sources").set_index("source_id").loc[PAPER, "date"]))
    first, last = (pd.Timestamp(str(day)) for day in (when.earliest or event["earliest"], when.latest or event["latest"]))
    if when.precision != "interval":
        return "This has no beginning and end. We know between which days it lies, not the day. Use the sign for from … to …"
    if first < event["earliest"] or first.date() == written.date():
        return "Look at the beginning: on which day could it have happened at the earliest, by our table?"
    if last > written:
        return "Look at the end: on that day the paper had been written already."
    if last < written:
        return "Look at the end: the paper does not say that it happened so early."
    return "" if first == event["earliest"] else "Look at the beginning: what tells you that it cannot have been earlier?"


EXERCISES = {
    "02.1": Exercise(_treaties, "In these rows stands the pact's whole life: signed, joined, left, and renamed."),
    "02.2": Exercise(
        _umbrella,
        "One alliance west of Pakistan, one east of it. (Of SEATO our table has only Pakistan's row; Britain was in both.)",
    ),
    "02.3": Exercise(
        _with_america,
        "Agreement with the United States rose sharply: the word that the article uses, western, has something behind it.",
    ),
    "02.4": Exercise(_decision, "A decision with a source can be discussed. Say in class what would change your mind."),
    "02.5": Exercise(_narrower, "The date of a source limits the date of what it tells. Historians use this all the time."),
}
