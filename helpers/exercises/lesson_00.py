"""What the exercises of lesson 00 accept."""

from __future__ import annotations

import math
import re
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from .. import edtf
from ..data import load
from ..description.describe import describe
from ..language import later, say, say_count
from ..notebook import png
from ..plotting.columns import check_columns
from ..plotting.timeline import plot_timeline
from .answers import as_date, as_id, as_number, as_values, fold, is_missing, kind_of, words_of
from .feedback import Exercise
from .hints import number_hint, text_hint

ARTICLE_YEAR = 2021
WORDS = ("claim", "source", "opinion")
EXAMPLE = ("Pakistan becomes independent", "A revolution ends Iraq's monarchy")  # the titles of the lesson's own table
MIN_OWN = 2
_ROUND = " .,;:!?()'\"`*•-0123456789"  # what may stand round a word: "(1) claim."


def _years(answer: Any) -> str:
    number = as_number(answer)
    if number is None:
        return number_hint(answer)
    events = load("events")
    arms_find = events[events["event_id"] == "embassy-arms-find-1973"]["earliest"]
    distance = ARTICLE_YEAR - int(arms_find.dt.year.iloc[0])
    if math.isclose(number, distance):
        return ""
    if math.isclose(number, -distance):
        return say("The distance is right, but it is negative. Take the earlier year away from the later one.")
    return say("Take the year of the find away from the year in which the article appeared.")


def _claim_source_opinion(answer: Any) -> str:
    entries = as_values(answer)
    if isinstance(answer, (set, frozenset)):
        return say("A set keeps no order. Write a list, in square brackets.")
    if entries is None:
        return say('A list of three words is asked for, but this is {kind}. Write: ["…", "…", "…"].', kind=kind_of(answer))
    if len(entries) != 3:
        hint = say_count(
            "There should be three entries, but this has {count:,} entry.",
            "There should be three entries, but this has {count:,} entries.",
            len(entries),
        )
        together = any("," in str(entry) for entry in entries)
        return f"{hint} {say('Each word stands in quotation marks of its own.')}" if together else hint
    words = [re.sub(r"^(an?|the) |s$", "", fold(one).strip(_ROUND)) for one in entries if isinstance(one, str)]
    unknown = [word for word in words if word not in WORDS]
    if unknown or len(words) < len(entries):
        if not unknown:
            return say("One entry is not one of the three words of the question: claim, opinion, source.")
        return say("{word!r} is not one of the three words of the question: claim, opinion, source.", word=unknown[0])
    if words[0] != "claim":
        return say("Look at the first one again: can it be true or false?")
    if words[1] != "source":
        return say("Look at the second one again: is it a sentence, or something in which one can look?")
    return (
        "" if words[2] == "opinion" else say("Look at the third one again: could a document show that it is true or false?")
    )


def _own_table(answer: Any) -> str:
    if not isinstance(answer, pd.DataFrame):
        return say(
            "A table is asked for, but this is {kind}. Make it with pd.DataFrame({{…}}), as in the cell above.",
            kind=kind_of(answer),
        )
    try:
        check_columns(answer, ("date", "title"), (), later("A timeline needs {columns}"))
    except ValueError as problem:
        return str(problem)
    if len(answer) < MIN_OWN:
        return say_count(
            "The table has {count:,} event. Write at least {least}.",
            "The table has {count:,} events. Write at least {least}.",
            len(answer),
            least=MIN_OWN,
        )
    for date, title in zip(answer["date"], answer["title"], strict=True):
        if is_missing(title) or not str(title).strip(" .-–_\n\t"):
            return say("One event has no title.")
        if hint := _date_hint(date):
            return say("The date of {title!r} cannot be read. {hint}", title=title, hint=hint)
    return _own_hint(answer) or _drawing_hint(answer)


def _date_hint(date: Any) -> str:
    if not isinstance(date, str) and as_number(date) is None:
        return say("It is {kind}: write it as a string.", kind=kind_of(date))
    try:
        if isinstance(date, str):
            as_date(date)  # its message names a sign that stands in front
        edtf.parse(date)
    except edtf.DateError as problem:
        return str(problem)
    return ""


def _own_hint(answer: pd.DataFrame) -> str:
    """Whether enough of the events are the student's own: each once, and none of the example or of the course."""
    known = {_letters(title) for title in (*EXAMPLE, *load("events")["title"])}
    rows = {(fold(str(date)), _letters(str(title))) for date, title in zip(answer["date"], answer["title"], strict=True)}
    own = [title for _, title in rows if title not in known]
    if len(own) >= MIN_OWN:
        return ""
    if len(rows) < MIN_OWN:
        return say("The same event stands there twice. Write two different ones.")
    return say(
        "Some or all of these are events of the example, or of the course. Write at least two of your own family or town."
    )


def _letters(title: str) -> str:
    """A title without its dots and commas: a dot behind the example's makes no event of one's own."""
    return " ".join(words_of(title)) or fold(title)


def _drawing_hint(answer: pd.DataFrame) -> str:
    """What the praise recommends must work: do what `show` does, and throw the picture away."""
    before = set(plt.get_fignums())
    try:
        figure = plot_timeline(answer.copy()).get_figure(root=True)
        assert isinstance(figure, Figure)
        describe(figure, detail="full")
        png(figure)
    except Exception as problem:
        return say(
            "Dates and titles are there, but plot_timeline cannot draw this table. {problem}",
            problem=str(problem).partition(chr(10))[0],
        )
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)
    return ""


def _about(answer: Any) -> str:
    if hint := text_hint(answer, later("The event_id")):
        return hint
    events = load("events").set_index("event_id")
    event_id = as_id(answer) or ""
    if event_id not in events.index:
        return say("There is no event with this event_id. Copy it letter by letter from the list `chosen`.")
    parsed = edtf.parse(str(events.loc[event_id, "date"]))
    ends = [end for end in (parsed.start, parsed.end) if end]
    if len(ends) == 2 and all(end.approximate for end in ends):
        return ""
    return say("The date of this event has no `~` at its beginning and end.")


EXERCISES = {
    "00.1": Exercise(_years, later("You used a variable, or your head. Both are allowed; the variable is easier to check.")),
    "00.2": Exercise(
        _claim_source_opinion,
        later("Only the first can be tested. The second is where we test it. The third is for debate."),
    ),
    "00.3": Exercise(
        _own_table,
        later(
            "Every row has a title, and a date that can be read. Draw it: `show(plot_timeline(family))`. "
            "You have made a data set."
        ),
        form_only=True,
    ),
    "00.4": Exercise(
        _about, later("Its bar has broken ends, because nobody whom we read gives the first and the last year for certain.")
    ),
}
