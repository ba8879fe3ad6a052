"""What the exercises of lesson 00 accept."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .. import dates
from ..data import load
from .compare import kind_of, number_hint
from .feedback import Exercise

ARTICLE_YEAR = 2021


def _years(answer: Any) -> str:
    if hint := number_hint(answer):
        return hint
    events = load("events")
    arms_find = events[events["event_id"] == "embassy-arms-find-1973"]["earliest"]
    distance = ARTICLE_YEAR - int(arms_find.dt.year.iloc[0])
    if answer == distance:
        return ""
    if answer == -distance:
        return "The distance is right, but it is negative. Take the earlier year away from the later one."
    return "Take the year of the find away from the year in which the article appeared."


def _claim_source_opinion(answer: Any) -> str:
    if isinstance(answer, (list, tuple)) and len(answer) != 3:
        return (
            f"The list has {len(answer)} entries, not three. Each word has quotation marks of its own, and commas between."
        )
    if not isinstance(answer, (list, tuple)):
        return f'A list of three words is asked for, but this is {kind_of(answer)}. Write: ["…", "…", "…"].'
    words = [str(word).strip().lower() for word in answer]
    unknown = [word for word in words if word not in ("claim", "source", "opinion")]
    if unknown:
        return f"{unknown[0]!r} is not one of the three words of the question: claim, opinion, source."
    if words[0] != "claim":
        return "Look at the first one again: can it be true or false?"
    if words[1] != "source":
        return "Look at the second one again: is it a sentence, or something in which one can look?"
    return "" if words[2] == "opinion" else "Look at the third one again: could a document show that it is true or false?"


def _own_table(answer: Any) -> str:
    if not isinstance(answer, pd.DataFrame):
        return (
            f"A table is asked for, but this is {kind_of(answer)}. Make it with pd.DataFrame({{…}}), as in the cell above."
        )
    missing = [name for name in ("date", "title") if name not in answer.columns]
    if missing:
        return f"The table has no column {missing[0]!r}. It has: {', '.join(map(str, answer.columns))}."
    if len(answer) < 2:
        return "The table has fewer than two events."
    for date, title in zip(answer["date"], answer["title"], strict=True):
        if not str(title).strip():
            return "One event has no title."
        try:
            dates.parse(date)
        except dates.DateError as problem:
            return f"The date of {title!r} cannot be read. {problem}"
    return ""


def _about(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"The event_id is a string, but this is {kind_of(answer)}."
    events = load("events").set_index("event_id")
    if answer not in events.index:
        return "There is no event with this event_id. Copy it letter by letter from the list `chosen`."
    parsed = dates.parse(str(events.loc[answer, "date"]))
    ends = [end for end in (parsed.start, parsed.end) if end]
    if len(ends) == 2 and all(end.approximate for end in ends):
        return ""
    return "The date of this event has no `~` at its beginning and end."


EXERCISES = {
    "00.1": Exercise(_years, "You used a variable, or your head. Both are allowed; the variable is easier to check."),
    "00.2": Exercise(
        _claim_source_opinion, "Only the first can be tested. The second is where we test it. The third is for debate."
    ),
    "00.3": Exercise(_own_table, "Draw it: show(plot_timeline(family)). You have made a data set."),
    "00.4": Exercise(
        _about, "Its bar has broken ends, because nobody whom we read gives the first and the last year for certain."
    ),
}
