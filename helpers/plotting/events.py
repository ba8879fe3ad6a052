"""The rows of an events table, read and checked: ready to be drawn on a line of time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .. import edtf
from ..language import as_code, later, say
from . import glyphs, lettering
from .artists import Event
from .columns import check_columns
from .time_axis import day_number


class BarPart(NamedTuple):
    """A part of an event's bar, from one day number to another.

    `role` is "lasting" (it went on through these days) or "within" (it was on some day in this time).
    """

    low: float
    high: float
    role: str
    dashed: bool  # the date is "about" or uncertain


@dataclass(frozen=True)
class Item:
    """One event, ready to be drawn. All times are matplotlib's day numbers; None is an open end."""

    event: Event
    when: edtf.EdtfDate
    begin: float | None  # the first moment of the earliest day
    end: float | None  # the last moment of the latest day
    x: float  # where the glyph stands
    actors: tuple[str, ...] = ()

    @property
    def first(self) -> float:
        return self.x if self.begin is None else self.begin

    @property
    def last(self) -> float:
        return self.x if self.end is None else self.end

    @property
    def sign(self) -> str:
        return "~" * self.when.approximate + "?" * self.when.uncertain

    def bar_parts(self, begin: float, end: float) -> Iterator[BarPart]:
        """Split the event's bar, which is shown from `begin` to `end`; an end that isn't sure is dashed."""
        when = self.when
        for choice in when.choices:  # one bar for each day, month or year that may be the right one
            assert choice.earliest and choice.latest
            low, high = max(begin, day_number(choice.earliest)), min(end, day_number(choice.latest) + 1)
            yield BarPart(low, high, "within", choice.approximate or choice.uncertain)
        if when.choices:
            return
        if when.precision != "interval":
            yield BarPart(begin, end, "within", when.approximate or when.uncertain)
            return
        inner_begin, inner_end = begin, end
        if when.start and when.start.latest and _is_unsure(when.start):
            inner_begin = min(day_number(when.start.latest) + 1, end)
            yield BarPart(begin, inner_begin, "within", True)
        if when.end and when.end.earliest and _is_unsure(when.end):
            inner_end = min(max(day_number(when.end.earliest), inner_begin), end)
            yield BarPart(inner_end, end, "within", True)
        yield BarPart(inner_begin, inner_end, "lasting", False)


def label_of(event: Event) -> str:
    """Return the text of an event's label, its year (see `edtf.year_words`) and its title: "1959 Iraq leaves"."""
    return f"{edtf.year_words(event.date)} {event.title}"


Highlight = pd.Series | Iterable[bool] | Iterable[str]


def read_items(events: pd.DataFrame, highlight: Highlight | None = None) -> list[Item]:
    """Read the rows of an events table, sorted by earliest day, latest day, id and title.

    `TypeError` and `ValueError` are those of `plot_timeline`; the message names the row.
    """
    if not isinstance(events, pd.DataFrame):
        raise TypeError(
            say("plot_timeline needs a table (a pandas DataFrame), but got {kind}.", kind=as_code(type(events).__name__))
        )
    names = ("date", "title", "event_id", "earliest", "latest", "kind", "effect", "actors")
    check_columns(events, names[:2], names[2:], later("A timeline needs {columns}"))
    columns = [events[name].tolist() if name in events.columns else [None] * len(events) for name in names]
    rows = zip(events.index, *columns, strict=True)
    items = [_item(index, dict(zip(names, values, strict=True))) for index, *values in rows]
    picked = [True] * len(items) if highlight is None else _picked(events, items, highlight)
    order = sorted(zip(items, picked, strict=True), key=lambda pair: _in_time(pair[0]))
    return [replace(item, event=item.event._replace(row=row, muted=not keep)) for row, (item, keep) in enumerate(order)]


def _picked(events: pd.DataFrame, items: list[Item], highlight: Highlight) -> list[bool]:
    """Whether each row is picked out, by a mask or by the ids."""
    if isinstance(highlight, pd.Series) and _is_mask(highlight):
        highlight = highlight.astype("boolean").fillna(False)
        if highlight.index.equals(events.index):  # also where an index has a value twice
            return highlight.tolist()
        if not events.index.isin(highlight.index).all() or not highlight.index.is_unique:
            raise ValueError(say(later("highlight is a mask of other rows: make it from the table that is drawn.")))
        return [bool(value) for value in highlight.loc[events.index]]
    wanted = [highlight] if isinstance(highlight, str) else list(highlight)
    if any(isinstance(value, (bool, np.bool_)) for value in wanted):  # a gap in a mask counts as false, as in a column
        wanted = [False if value is None or value is pd.NA or value != value else value for value in wanted]
    if all(isinstance(value, (bool, np.bool_)) for value in wanted) and (wanted or not len(events)):
        if len(wanted) != len(events):
            wrong = later("highlight has {values} values for {rows} rows: a mask needs one for each row.")
            raise ValueError(say(wrong, values=len(wanted), rows=len(events)))
        return [bool(value) for value in wanted]
    known = {item.event.event_id for item in items} - {""}
    wanted = [str(value) for value in wanted]  # ids are text, also where a table holds numbers
    unknown = [value for value in wanted if value not in known]
    if unknown:
        wrong = later("highlight names {name!r}, but no event shown has this event_id.")
        raise ValueError(say(wrong, name=unknown[0]))
    return [item.event.event_id in wanted for item in items]


def _is_mask(highlight: pd.Series) -> bool:
    """Whether a column holds true, false, and perhaps gaps, which count as false."""
    if pd.api.types.is_bool_dtype(highlight):
        return True
    given = highlight.dropna().tolist()
    return bool(given) and all(isinstance(value, (bool, np.bool_)) for value in given)


def _is_unsure(when: edtf.EdtfDate) -> bool:
    return when.approximate or when.uncertain


def _in_time(item: Item) -> tuple[float, float, str, str]:
    begin = float("-inf") if item.begin is None else item.begin
    end = float("inf") if item.end is None else item.end
    return begin, end, item.event.event_id, item.event.title


def _visible(title: str) -> str:
    """A title with single blanks and without control characters; empty if nothing of it can be seen."""
    kept = "".join(sign for sign in " ".join(title.split()) if unicodedata.category(sign) != "Cc")
    return kept if any(unicodedata.category(sign)[0] not in "CZ" for sign in kept) else ""


def _item(index: Any, row: dict[str, Any]) -> Item:
    title = "" if is_missing(row["title"]) else lettering.say(_visible(str(row["title"])))
    where = say("Row {index!r} ({title})", index=index, title=title or say("no title"))
    if not title:
        wrong = later("{where}: the title is {given!r}; every event needs a title, a text of at least one letter.")
        raise ValueError(say(wrong, where=where, given=row["title"]))
    if is_missing(row["date"]):
        wrong = later(
            "{where}: A date was expected, but the cell is empty ({given!r}). What has no date can't stand on a line "
            "of time: fill the date in, or leave such rows out. {allowed}"
        )
        raise ValueError(say(wrong, where=where, given=row["date"], allowed=say(edtf.ALLOWED)))
    try:
        when = _without_last_day(edtf.parse(row["date"]))
    except ValueError as problem:
        raise ValueError(f"{where}: {problem}") from None
    kind = _one_of(where, "kind", row["kind"], tuple(glyphs.KINDS))
    effect = _one_of(where, "effect", row["effect"], glyphs.EFFECTS)
    earliest = _day(where, "earliest", row["earliest"], when.earliest)
    latest = _day(where, "latest", row["latest"], when.latest)
    if latest == date.max and when.latest is None:
        latest = None
    if earliest and latest and latest < earliest:
        wrong = later("{where}: it ends ({latest}) before it starts ({earliest}); 'latest' must not be before 'earliest'.")
        raise ValueError(say(wrong, where=where, latest=as_code(str(latest)), earliest=as_code(str(earliest))))
    _check_bounds(where, when, earliest, latest)
    begin = None if earliest is None else day_number(earliest)
    end = None if latest is None else day_number(latest) + 1
    event_id = "" if is_missing(row["event_id"]) else str(row["event_id"])
    event = Event(event_id, when.text, title, kind, effect)
    names = () if is_missing(row["actors"]) else (name.strip() for name in str(row["actors"]).split(";"))
    x = begin if begin is not None else end  # a mark within a bar would claim a day that nobody knows
    assert x is not None  # one end at least is known
    return Item(event, when, begin, end, x, tuple(name for name in names if name))


def _without_last_day(when: edtf.EdtfDate) -> edtf.EdtfDate:
    """Read an interval to the calendar's last day as open: databases write 9999-12-31 for "no end"."""
    if when.precision == "interval" and when.start is not None and is_no_end(when.end):
        return edtf.parse(f"{when.start.text}/..")
    return when


def is_no_end(end: edtf.EdtfDate | None) -> bool:
    """Return whether an end is the last day of the calendar, as a day, a month or a year: it stands for "no end"."""
    return end is not None and end.latest == date.max and end.precision in ("day", "month", "year")


def _check_bounds(where: str, when: edtf.EdtfDate, earliest: date | None, latest: date | None) -> None:
    """Refuse days that the date can't mean: the description would tell one day, and the figure would show another."""
    early = when.earliest and earliest and earliest < when.earliest
    late = when.latest and latest and latest > when.latest
    apart = (when.latest and earliest and earliest > when.latest) or (when.earliest and latest and latest < when.earliest)
    if early or late or apart:
        wrong = later(
            "{where}: the date {date} can't lie between {earliest} (earliest) and {latest} (latest). If you changed "
            "the date, leave out the columns 'earliest' and 'latest': they are worked out from it."
        )
        days = {"date": when.text, "earliest": str(earliest), "latest": str(latest)}
        raise ValueError(say(wrong, where=where, **{name: as_code(day) for name, day in days.items()}))


def is_missing(value: Any) -> bool:
    """Return whether a cell holds nothing: None, NaN, NaT, or blanks only."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value)) or (isinstance(value, str) and not value.strip())


def _one_of(where: str, name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if is_missing(value):
        return ""
    if str(value).strip() not in allowed:
        wrong = later("{where}: the {name} {given!r} is not known. Allowed are: {allowed}.")
        raise ValueError(say(wrong, where=where, name=name, given=value, allowed=as_code(", ".join(allowed))))
    return str(value).strip()


def _day(where: str, name: str, value: Any, otherwise: date | None) -> date | None:
    if is_missing(value):
        return otherwise
    if isinstance(value, (bool, Real)):
        problem = say("A number is no day.")
    else:
        try:
            when = edtf.parse(value)
            if when.exact:
                return when.earliest
            problem = say("Write it as text or as a date of pandas.")
        except edtf.DateError as error:
            problem = str(error)
    wanted = say("{where}: {name} is {given!r}; a day is needed, such as 1955-02-24.", where=where, name=name, given=value)
    raise ValueError(f"{wanted} {problem}")
