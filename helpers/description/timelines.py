"""Timelines in English: each event with a mark, or events that are counted in bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from matplotlib.axes import Axes

from .. import edtf
from ..data import between
from ..language import later, say, say_count
from ..plotting.artists import (
    EraBand,
    EraName,
    Event,
    EventBin,
    EventLabel,
    EventMark,
    SidesNote,
    TimeBreak,
    numbers,
    parts_of,
)
from ..plotting.eras import SLIVER
from ..plotting.time_axis import day_of
from .sentences import Description, listed

MAX_DATES = 6  # inexact dates that are named in a summary; more are counted
MAX_ENTRIES = 300  # events that are listed one by one beneath bars; more would bury the counts
MAX_TIES = 3  # stretches of time that may be the densest together; if more are, none stands out
MIN_EVENTS = 6  # fewer have no densest stretch
OUR_CHOICE = later("The table is our selection: these are counts of our choice, not of history.")


def describe_events(ax: Axes, marks: Sequence[EventMark]) -> Description:
    """Describe a timeline on which each event has a mark."""
    drawn = _in_time(mark.event for mark in marks)
    known = numbers(ax)
    sentences = [
        _extent(drawn),
        *_picked(drawn),
        *_eras(ax, drawn),
        *_by_kind(drawn),
        *_by_effect(drawn),
        *_sides(ax),
        *_breaks(ax),
        *_lanes([mark for mark in marks if mark.lane]),
        *_densest({mark.event: day_of(float(np.asarray(mark.get_xdata())[0])) for mark in marks}),
        _inexact(drawn),
        *_labels(ax, drawn, bool(known)),
        *_unnamed(ax),
        *_choice(drawn),
    ]
    choice = any(event.muted for event in drawn)
    return Description(sentences, [_entry(event, known, picked=choice and not event.muted) for event in drawn])


def _in_time(events: Iterable[Event]) -> list[Event]:
    """Sort events by time, each once."""
    return sorted(set(events), key=lambda event: event.row)


def _choice(events: Sequence[Event]) -> list[str]:
    """Only events of the course's table have an id; a reader's own events are not our selection."""
    return [say(OUR_CHOICE)] if any(event.event_id for event in events) else []


def _lanes(marks: Sequence[EventMark]) -> list[str]:
    """Count the events of each lane, from top to bottom."""
    counted = Counter(mark.lane for mark in marks)
    if not counted:
        return []
    lanes = listed([f"{say(name)} {count:,}" for name, count in counted.items()])
    if len(marks) > len({mark.event for mark in marks}):
        return [say("In lanes, from top to bottom: {lanes}; an event may stand in several.", lanes=lanes)]
    return [say("In lanes, from top to bottom: {lanes}.", lanes=lanes)]


def _sides(ax: Axes) -> list[str]:
    """Say what above and below mean, where they mean something."""
    return [" ".join(note.get_text().split()) for note in parts_of(ax, SidesNote)]


def _breaks(ax: Axes) -> list[str]:
    """Say what the line of time leaves out."""
    cuts = [(day_of(low), day_of(high)) for low, high in (part.ends for part in parts_of(ax, TimeBreak))]
    if not cuts:
        return []
    days = any((last - first).days < 3 * 365 for first, last in cuts)
    ends = [[edtf.to_words(day.isoformat() if days else day.isoformat()[:7]) for day in cut] for cut in cuts]
    stretches = [say("{first} to {last}", first=first, last=last) for first, last in ends]
    return [
        say(
            "The line of time leaves out what has no event, marked by two slashes: {stretches}.", stretches=listed(stretches)
        )
    ]


def _densest(day_of_event: dict[Event, date]) -> list[str]:
    """Name the three years (in a shorter time, the year or the month) with most events, by where their marks stand."""
    days = sorted(day_of_event.values())
    if len(days) < MIN_EVENTS:
        return []
    length = (days[-1] - days[0]).days / 365.25
    months, units = (12, 3) if length >= 30 else (12, 1) if length >= 6 else (1, 1)
    counted = Counter((12 * day.year + day.month - 1) // months for day in days)
    sums = {first: sum(counted[first + k] for k in range(units)) for first in range(min(counted), max(counted) + 1)}
    most = max(sums.values())
    best = {tuple(unit for unit in range(first, first + units) if counted[unit]) for first in sums if sums[first] == most}
    if not 2 < most < len(days):
        return []

    def name(unit: int) -> str:
        return str(unit) if months == 12 else edtf.to_words(f"{unit // 12:04d}-{unit % 12 + 1:02d}")

    words = ["–".join(dict.fromkeys((name(units[0]), name(units[-1])))) for units in sorted(best)]
    return _densest_words(words, _events(most))


def _densest_words(stretches: Sequence[str], each: str) -> list[str]:
    """Name the densest stretch, or those that tie; if many do, none stands out."""
    if len(stretches) == 1:
        return [say("The densest stretch is {stretch}, with {events}.", stretch=stretches[0], events=each)]
    if len(stretches) > MAX_TIES:
        return []
    return [say("The densest stretches are {stretches}, with {events} each.", stretches=listed(stretches), events=each)]


def _picked(events: Sequence[Event], *, bars: bool = False) -> list[str]:
    if not any(event.muted for event in events):
        return []
    count, among = sum(not event.muted for event in events), _events(len(events))
    if bars and not count:
        return [say("None of {events} are picked out: the darker part of each bar.", events=among)]
    if not count:
        return [say("None of {events} are picked out in full colour; the others are grey, without a title.", events=among)]
    if bars:
        return [
            say_count(
                "{count:,} of {events} is picked out: the darker part of each bar.",
                "{count:,} of {events} are picked out: the darker part of each bar.",
                count,
                events=among,
            )
        ]
    return [
        say_count(
            "{count:,} of {events} is picked out in full colour; the others are grey, without a title.",
            "{count:,} of {events} are picked out in full colour; the others are grey, without a title.",
            count,
            events=among,
        )
    ]


def _unnamed(ax: Axes) -> list[str]:
    """Say which eras have a band, but no name, because there was no room."""
    named = {name.era for name in parts_of(ax, EraName)}
    low, high = sorted(ax.get_xlim())
    bands = parts_of(ax, EraBand)
    missing = [band.era.title for band in bands if band.era not in named and band.get_width() > (high - low) * SLIVER]
    return [say("For the names of these eras there was no room: {names}.", names=listed(missing))] if missing else []


def _extent(events: Sequence[Event]) -> str:
    first, last = events[0], events[-1]
    if len(events) == 1:
        return say("A timeline of 1 event: {entry}.", entry=_entry(first, {}))
    return say_count(
        "A timeline of {count:,} event: the first is dated {first}, the last {last}.",
        "A timeline of {count:,} events: the first is dated {first}, the last {last}.",
        len(events),
        first=edtf.to_words(first.date),
        last=edtf.to_words(last.date),
    )


def _entry(event: Event, known: dict[Event, str], *, picked: bool = False) -> str:
    choice = say("picked out") if picked else ""
    notes = say("; ").join(part for part in (say(event.kind), _effect_words(event.effect), choice) if part)
    entry = f"{edtf.to_words(event.date)}: {event.title}" + (f" ({notes})" if notes else "")
    return say("no. {number}, {entry}", number=known[event], entry=entry) if event in known else entry


def _effect_words(effect: str) -> str:
    return say("no effect between {between}", between=say(between())) if effect == "none" else say(effect)


def _labels(ax: Axes, events: Sequence[Event], numbered: bool) -> list[str]:
    if numbered:
        return [say("The marks carry numbers instead of titles; the list of events is their key.")]
    if not parts_of(ax, EventLabel) and not all(event.muted for event in events):
        return [say("The mark carries no title.") if len(events) == 1 else say("The marks carry no titles.")]
    return []


def describe_counts(ax: Axes, bins: Sequence[EventBin]) -> Description:
    """Describe a timeline that counts its events."""
    drawn = _in_time(event for found in bins for event in found.events)
    ends = sorted({found.ends for found in bins})
    rows = dict.fromkeys(found.row for found in bins)
    names = [name for name in rows if name]
    first, last = (_stretch(*end) for end in (ends[0], ends[-1]))
    sentences = [
        _extent(drawn),
        _barred(names, first, last),
        *_picked(drawn, bars=True),  # early, so that it stands in the alternative text, too
        *_eras(ax, drawn),
        *_by_kind(drawn),
        *_by_effect(drawn),
        *_densest_bin(bins),
        _inexact(drawn),
        *_unnamed(ax),
        *_choice(drawn),
    ]
    entries = [f"{_stretch(*end)}: {_bin_entry([found for found in bins if found.ends == end])}" for end in ends]
    if len(drawn) <= MAX_ENTRIES:
        entries += [_entry(event, {}) for event in drawn]
    return Description(sentences, entries)


def _barred(rows: Sequence[str], first: str, last: str) -> str:
    """Say that bars count the events, and in which rows."""
    if rows:
        sentence = later(
            "There is no room for a mark and a title for each, so bars count them, from {first} to {last}, in rows: {rows}. "
            "None is left out."
        )
        return say(sentence, first=first, last=last, rows=listed([say(row) for row in rows]))
    sentence = later(
        "There is no room for a mark and a title for each, so bars count them, from {first} to {last}. None is left out."
    )
    return say(sentence, first=first, last=last)


def _bin_entry(bins: Sequence[EventBin]) -> str:
    events = {event for found in bins for event in found.events}
    rows = say(", ").join(f"{say(found.row)} {len(found.events):,}" for found in bins if found.row)
    return _events(len(events)) + (f" ({rows})" if rows else "")


def _densest_bin(bins: Sequence[EventBin]) -> list[str]:
    counted = Counter({end: 0 for end in sorted({found.ends for found in bins})})
    for end in counted:
        counted[end] = len({event for found in bins if found.ends == end for event in found.events})
    most = max(counted.values())
    best = [end for end in counted if counted[end] == most]
    if len(best) == len(counted):
        return []
    return _densest_words([_stretch(*end) for end in best], _events(most))


def _stretch(first: str, last: str) -> str:
    """Words for a bin: a day, a month, some months, or some years."""
    if first == last:
        return edtf.to_words(first)
    if first[5:] == "01-01" and last[5:] == "12-31":
        return "–".join(dict.fromkeys((first[:4], last[:4])))
    if first[:7] == last[:7]:
        return edtf.to_words(first[:7])
    return say("{first}–{last}", first=say(edtf.MONTHS[int(first[5:7]) - 1]), last=edtf.to_words(last[:7]))


def _eras(ax: Axes, events: Sequence[Event]) -> list[str]:
    """Name the eras in which the events begin, from the bands that were drawn."""
    bands = parts_of(ax, EraBand)
    begins = [edtf.parse(event.date) for event in events]
    days = [when.earliest or when.latest for when in begins]
    met = sorted(
        {
            band.era
            for band in bands
            if any(day is not None and band.era.start <= day.isoformat() <= band.era.end for day in days)
        },
        key=lambda era: era.number,
    )
    if not met:
        return []
    names = [f"{era.title} ({era.start[:4]}–{era.end[:4]})" for era in met]
    return [say_count("Era: {names}.", "Eras: {names}.", len(met), names=listed(names))]


def _by_kind(events: Sequence[Event]) -> list[str]:
    counts = _tally([event.kind for event in events])
    return [say("By kind: {counts}.", counts=counts)] if counts else []


def _by_effect(events: Sequence[Event]) -> list[str]:
    counts = _tally([event.effect for event in events])
    return [say("By effect on {between}: {counts}.", between=say(between()), counts=counts)] if counts else []


def _tally(values: Iterable[str]) -> str:
    counted = Counter(value for value in values if value)
    order = sorted(counted, key=lambda value: (-counted[value], value))
    return say(", ").join(say("{count:,} {word}", count=counted[value], word=say(value)) for value in order)


def _events(count: int) -> str:
    return say_count("{count:,} event", "{count:,} events", count)


def _inexact(events: Sequence[Event]) -> str:
    inexact = [event for event in events if not _is_exact(edtf.parse(event.date))]
    if not inexact:
        return say("Its date is known to the day.") if len(events) == 1 else say("All dates are known to the day.")
    if len(events) == 1:
        return say("Its date is not exact to the day.")
    dates = say_count("{count:,} date", "{count:,} dates", len(events))
    if len(inexact) <= MAX_DATES:
        return say_count(
            "{count:,} of {dates} is not exact to the day: {which}.",
            "{count:,} of {dates} are not exact to the day: {which}.",
            len(inexact),
            dates=dates,
            which=listed([edtf.to_words(event.date) for event in inexact], later("; ")),
        )
    whens = [edtf.parse(event.date) for event in inexact]
    about = sum(when.approximate for when in whens)
    doubtful = sum(when.uncertain for when in whens)
    notes = [say("{count} marked ~, about", count=about)] if about else []
    notes += [say("{count} marked ?, uncertain", count=doubtful)] if doubtful else []
    if notes:
        return say_count(
            "{count:,} of {dates} is not exact to the day ({notes}).",
            "{count:,} of {dates} are not exact to the day ({notes}).",
            len(inexact),
            dates=dates,
            notes=say("; ").join(notes),
        )
    return say_count(
        "{count:,} of {dates} is not exact to the day.",
        "{count:,} of {dates} are not exact to the day.",
        len(inexact),
        dates=dates,
    )


def _is_exact(when: edtf.EdtfDate) -> bool:
    if when.precision != "interval":
        return when.exact
    return all(end is not None and end.exact for end in (when.start, when.end))
