"""What the exercises of lesson 05 accept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.container import BarContainer

from .. import dates
from ..data import load
from .compare import axes_hint, decision_hint, kind_of, number_hint
from .feedback import Exercise

POLL_2006 = "gallup-pakistan-2006"
COURT = "whether the Iraqi court decided rightly"
VISIT = "jamali-visit-postponed-2003"
EMBASSY = "iraqi-embassy-limbo-2003"
YEAR = "2006"


def _polls(column: str, value: str) -> pd.DataFrame:
    polls = load("figures/polls")
    return polls[polls[column] == value]


def _margin(answer: Any) -> str:
    if hint := number_hint(answer):
        return hint
    given = float(answer)
    sizes = load("figures/polls").dropna(subset=["sample_size"]).groupby("poll_id")["sample_size"].first().to_dict()
    right = 100 / sizes.pop(POLL_2006) ** 0.5
    if abs(given - right) <= 0.05:
        return ""
    if given == round(right):
        return "Nearly. Keep at least one decimal."
    if any(abs(given - 100 / size**0.5) <= 0.05 for size in sizes.values()):
        return "This is the margin of the other poll. How many people does this one have?"
    if given == float(_polls("poll_id", POLL_2006)["margin_points"].iloc[0]):
        return "This is what the pollster published. Here our rule is asked for."
    return "Divide 100 by the square root of the number of people: first the root, then the division."


def _chart(answer: Any) -> str:
    if hint := axes_hint(answer):
        return hint
    bars = [box for box in answer.containers if isinstance(box, BarContainer)]
    if not bars:
        return "There are no bars on these axes."
    court = _polls("question", COURT)
    heights = sorted(float(bar.get_height()) for box in bars for bar in box.patches)
    if heights != sorted(court["percent"].astype(float)):
        return f"The chart has {len(heights)} bars. Not all have the heights of the column percent of `court`."
    lengths = _error_bars(bars)
    if len(lengths) < len(heights):
        return "The bars are right. Some or all of them have no error bar: which argument of ax.bar draws it?"
    if not np.allclose(lengths, float(court["margin_points"].iloc[0])):
        return "The bars are right. The error bars have another length than the column margin_points says."
    if not any(YEAR in answer.get_title(loc=place) for place in ("left", "center", "right")):
        return "Bars and error bars are right. The title does not name the year of the poll."
    return ""


def _error_bars(bars: list[BarContainer]) -> list[float]:
    """How far each error bar reaches up and down from its middle."""
    collections = [lines for box in bars if box.errorbar is not None for lines in box.errorbar.lines[2]]
    segments = [np.asarray(segment) for lines in collections for segment in lines.get_segments()]
    return [float(np.ptp(segment[:, 1])) / 2 for segment in segments if len(segment)]


def _decision(answer: Any) -> str:
    return decision_hint(
        answer,
        VISIT,
        "There is such a source, but it does not stand in the table `two`: in our tables it does not speak of the visit.",
    )


def _careful(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"A date in EDTF is a string, but this is {kind_of(answer)}."
    events = load("events").set_index("event_id")
    known = dates.parse(str(events.loc[EMBASSY, "date"]))
    try:
        given = dates.parse(answer.strip())
    except dates.DateError as problem:
        return f"This is not a date in EDTF. {problem}"
    if given.precision != "interval" or given.start is None or given.end is None:
        return "The event has a beginning and an end. Which sign stands between them in EDTF?"
    if not given.start.exact or given.start.earliest != known.earliest:
        return "Look at the beginning again. You are sure of this day."
    return _end_hint(given.end, known)


def _end_hint(end: dates.EdtfDate, known: dates.EdtfDate) -> str:
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
        _decision, "The source bears on the question. Whether it carries your sentence is for your class to say."
    ),
    "05.4": Exercise(_careful, "A reader of this date sees exactly what you know, and where your knowledge ends."),
}
