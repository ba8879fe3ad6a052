"""What the exercises of lesson 05 accept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .. import edtf
from ..chart_reader import Bar, bars_of, error_bars_of, title_of
from ..data import load
from ..description.sentences import count_of
from .answers import as_number, fold
from .feedback import Exercise
from .hints import axes_hint, decision_hint, number_hint, read_date
from .lesson_03 import years_in
from .tables import event_row

POLL_2006 = "gallup-pakistan-2006"
COURT = "whether the Iraqi court decided rightly"
VISIT = "jamali-visit-postponed-2003"
EMBASSY = "iraqi-embassy-limbo-2003"
YEAR = 2006
NEAR = 0.05  # of a margin: one decimal is asked for


def _polls(column: str, value: str) -> pd.DataFrame:
    polls = load("figures/polls")
    return polls[polls[column] == value]


def _margin(answer: Any) -> str:
    given = as_number(answer)
    if given is None:
        return number_hint(answer)
    sizes = load("figures/polls").dropna(subset=["sample_size"]).groupby("poll_id")["sample_size"].first().to_dict()
    right = 100 / sizes.pop(POLL_2006) ** 0.5
    if abs(given - right) <= NEAR:
        return ""
    if given == round(right):
        return "Nearly. Keep at least one decimal."
    if any(abs(given - 100 / size**0.5) <= NEAR for size in sizes.values()):
        return "This is the margin of the other poll. How many people does this one have?"
    if given == float(_polls("poll_id", POLL_2006)["margin_points"].iloc[0]):
        return "This is what the pollster published. Here our rule is asked for."
    return "Divide 100 by the square root of the number of people: first the root, then the division."


def _chart(answer: Any) -> str:
    if hint := axes_hint(answer):
        return hint
    bars = bars_of(answer)
    if not bars:
        return "These axes hold no bars. One way to draw them is ax.bar."
    court = _polls("question", COURT)
    heights = {fold(str(name)): float(percent) for name, percent in zip(court["answer"], court["percent"], strict=True)}
    if sorted(bar.value for bar in bars) != sorted(heights.values()):
        return f"The chart has {count_of(len(bars), 'bar')}. Draw one for each row of `court`, as long as its percent says."
    if any(heights.get(fold(name), bar.value) != bar.value for bar in bars for name in (bar.name, bar.label)):
        return "The bars have the right lengths, but the names stand at the wrong bars."
    if hint := _margins_hint(answer, bars, float(court["margin_points"].iloc[0])):
        return hint
    if YEAR not in years_in(title_of(answer)):
        return "Bars and error bars are right. The title does not name the year of the poll."
    return ""


def _margins_hint(ax: Any, bars: list[Bar], margin: float) -> str:
    """Whether each bar has an error bar that reaches one margin to each side of its end."""
    found = [[line for line in error_bars_of(ax) if line.lying == bar.lying and abs(line.at - bar.at) < 0.5] for bar in bars]
    if not any(found):
        return "The bars are right. They have no error bar: which argument of ax.bar draws it?"
    if not all(found):
        return "The bars are right. Some of them have no error bar."
    wanted = [(bar.value - margin, bar.value + margin) for bar in bars]
    if all(
        any(np.allclose((line.low, line.high), ends) for line in lines) for lines, ends in zip(found, wanted, strict=True)
    ):
        return ""
    if any(np.isclose(line.high - line.low, 2 * margin) for lines in found for line in lines):
        return "The bars are right. Not every error bar reaches one margin up and one down from the end of its bar."
    return "The bars are right. The error bars have another length than the column margin_points says."


def _decision(answer: Any) -> str:
    return decision_hint(
        answer,
        VISIT,
        "There is such a source, but it does not stand in the table `two`: in our tables it does not speak of the visit.",
    )


def _careful(answer: Any) -> str:
    given = read_date(answer)
    if isinstance(given, str):
        return given
    known = edtf.parse(event_row(EMBASSY)["date"])
    if given.precision == "interval" and (given.start is None or given.end is None):
        return "One end of this interval is open. You know the day of the beginning, and the month of the end."
    if given.start is None or given.end is None:
        return "The event has a beginning and an end. Which sign stands between them in EDTF?"
    if not given.start.exact or given.start.earliest != known.earliest:
        return "Look at the beginning again. You are sure of this day."
    return _end_hint(given.end, known)


def _end_hint(end: edtf.EdtfDate, known: edtf.EdtfDate) -> str:
    if end.precision == "day":
        return "Look at the end again: you claim to know the day."
    if end.precision != "month":
        return "Look at the end again: you know more than this."
    if known.latest is None or end.earliest is None or end.earliest.month != known.latest.month:
        return "Look at the end again: is this the right month?"
    if end.earliest.year != known.latest.year:
        return "Look at the end again: is this the right year?"
    if end.approximate or end.uncertain:
        return "Look at the end again: of the month you are sure."
    return ""


EXERCISES = {
    "05.1": Exercise(_margin, "Four times as many people would only halve it. And it speaks of chance, of nothing else."),
    "05.2": Exercise(_chart, "Now look at the chart as a reader: which doubts does it show, and which can it not show?"),
    "05.3": Exercise(
        _decision,
        "The source speaks of the visit. Whether it carries your sentence is for your class to say.",
        form_only=True,
    ),
    "05.4": Exercise(_careful, "A reader of this date sees exactly what you know, and where your knowledge ends."),
}
