"""Timelines in English: each event with a mark, or events that are counted in bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from matplotlib.axes import Axes

from .. import edtf
from ..data import between
from ..plotting.artists import EraBand, EraName, Event, EventBin, EventLabel, EventMark, SidesNote, parts_of
from ..plotting.time_axis import day_of
from .sentences import Description, count_of, listed

MAX_DATES = 6  # inexact dates that are named in a summary; more are counted
MAX_ENTRIES = 300  # events that are listed one by one beneath bars; more would bury the counts
MAX_TIES = 3  # stretches of time that may be the densest together; if more are, none stands out
MIN_EVENTS = 6  # fewer have no densest stretch
OUR_CHOICE = "The table is our selection: these are counts of our choice, not of history."


def describe_events(ax: Axes, marks: Sequence[EventMark]) -> Description:
    """Describe a timeline on which each event has a mark."""
    drawn = _in_time(mark.event for mark in marks)
    numbers = _numbers(ax)
    sentences = [
        _extent(drawn),
        *_picked(drawn),
        *_eras(ax, drawn),
        *_tally("By kind", [event.kind for event in drawn]),
        *_tally(f"By effect on {between()}", [event.effect for event in drawn]),
        *_sides(ax),
        *_lanes([mark for mark in marks if mark.lane]),
        *_densest({mark.event: day_of(float(np.asarray(mark.get_xdata())[0])) for mark in marks}),
        _inexact(drawn),
        *_labels(ax, drawn, bool(numbers)),
        *_unnamed(ax),
        *_choice(drawn),
    ]
    choice = any(event.muted for event in drawn)
    return Description(sentences, [_entry(event, numbers, picked=choice and not event.muted) for event in drawn])


def _in_time(events: Iterable[Event]) -> list[Event]:
    """Sort events by time, each once."""
    return sorted(set(events), key=lambda event: event.row)


def _choice(events: Sequence[Event]) -> list[str]:
    """Only events of the course's table have an id; a reader's own events are not our selection."""
    return [OUR_CHOICE] if any(event.event_id for event in events) else []


def _lanes(marks: Sequence[EventMark]) -> list[str]:
    """Count the events of each lane, from top to bottom."""
    counted = Counter(mark.lane for mark in marks)
    if not counted:
        return []
    several = len(marks) > len({mark.event for mark in marks})
    note = "; an event may stand in several" if several else ""
    return [f"In lanes, from top to bottom: {listed([f'{name} {count:,}' for name, count in counted.items()])}{note}."]


def _sides(ax: Axes) -> list[str]:
    """Say what above and below mean, where they mean something."""
    return [" ".join(note.get_text().split()) for note in parts_of(ax, SidesNote)]


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
    return _densest_words(words, f"{most} events")


def _densest_words(stretches: Sequence[str], each: str) -> list[str]:
    """Name the densest stretch, or those that tie; if many do, none stands out."""
    if len(stretches) == 1:
        return [f"The densest stretch is {stretches[0]}, with {each}."]
    if len(stretches) > MAX_TIES:
        return []
    return [f"The densest stretches are {listed(stretches)}, with {each} each."]


def _picked(events: Sequence[Event], how: str = " in full colour; the others are grey, without a title") -> list[str]:
    if not any(event.muted for event in events):
        return []
    count = sum(not event.muted for event in events)
    verb = "is" if count == 1 else "are"
    some = f"{f'{count:,}' if count else 'None'} of {count_of(len(events), 'event')}"
    return [f"{some} {verb} picked out{how}."]


def _unnamed(ax: Axes) -> list[str]:
    """Say which eras have a band, but no name, because there was no room."""
    named = {name.era for name in parts_of(ax, EraName)}
    low, high = sorted(ax.get_xlim())
    bands = parts_of(ax, EraBand)
    missing = [band.era.title for band in bands if band.era not in named and band.get_width() > (high - low) / 40]
    return [f"For the names of these eras there was no room: {listed(missing)}."] if missing else []


def _extent(events: Sequence[Event]) -> str:
    first, last = events[0], events[-1]
    if len(events) == 1:
        return f"A timeline of 1 event: {_entry(first, {})}."
    return (
        f"A timeline of {count_of(len(events), 'event')}: the first is dated {edtf.to_words(first.date)}, "
        f"the last {edtf.to_words(last.date)}."
    )


def _entry(event: Event, numbers: dict[Event, str], *, picked: bool = False) -> str:
    choice = "picked out" if picked else ""
    notes = "; ".join(part for part in (event.kind, _effect_words(event.effect), choice) if part)
    number = f"no. {numbers[event]}, " if event in numbers else ""
    return f"{number}{edtf.to_words(event.date)}: {event.title}" + (f" ({notes})" if notes else "")


def _effect_words(effect: str) -> str:
    return f"no effect between {between()}" if effect == "none" else effect


def _numbers(ax: Axes) -> dict[Event, str]:
    """The numbers that stand for titles, if the figure had no room for these."""
    labels = parts_of(ax, EventLabel)
    # An event may be called "1", but then its year stands before it.
    return {label.event: label.get_text() for label in labels if label.get_text() == str(label.event.row + 1)}


def _labels(ax: Axes, events: Sequence[Event], numbered: bool) -> list[str]:
    if numbered:
        return ["The marks carry numbers instead of titles; the list of events is their key."]
    if not parts_of(ax, EventLabel) and not all(event.muted for event in events):
        return ["The mark carries no title." if len(events) == 1 else "The marks carry no titles."]
    return []


def describe_counts(ax: Axes, bins: Sequence[EventBin]) -> Description:
    """Describe a timeline that counts its events."""
    drawn = _in_time(event for found in bins for event in found.events)
    ends = sorted({found.ends for found in bins})
    rows = dict.fromkeys(found.row for found in bins)
    names = [name for name in rows if name]
    first, last = (_stretch(*end) for end in (ends[0], ends[-1]))
    each = f", in rows: {listed(names)}" if names else ""
    sentences = [
        _extent(drawn),
        "There is no room for a mark and a title for each, so bars count them, "
        f"from {first} to {last}{each}. None is left out.",
        *_picked(drawn, ": the darker part of each bar"),  # early, so that it stands in the alternative text, too
        *_eras(ax, drawn),
        *_tally("By kind", [event.kind for event in drawn]),
        *_tally(f"By effect on {between()}", [event.effect for event in drawn]),
        *_densest_bin(bins),
        _inexact(drawn),
        *_unnamed(ax),
        *_choice(drawn),
    ]
    entries = [f"{_stretch(*end)}: {_bin_entry([found for found in bins if found.ends == end])}" for end in ends]
    if len(drawn) <= MAX_ENTRIES:
        entries += [_entry(event, {}) for event in drawn]
    return Description(sentences, entries)


def _bin_entry(bins: Sequence[EventBin]) -> str:
    events = {event for found in bins for event in found.events}
    rows = ", ".join(f"{found.row} {len(found.events):,}" for found in bins if found.row)
    return count_of(len(events), "event") + (f" ({rows})" if rows else "")


def _densest_bin(bins: Sequence[EventBin]) -> list[str]:
    counted = Counter({end: 0 for end in sorted({found.ends for found in bins})})
    for end in counted:
        counted[end] = len({event for found in bins if found.ends == end for event in found.events})
    most = max(counted.values())
    best = [end for end in counted if counted[end] == most]
    if len(best) == len(counted):
        return []
    return _densest_words([_stretch(*end) for end in best], count_of(most, "event"))


def _stretch(first: str, last: str) -> str:
    """Words for a bin: a day, a month, some months, or some years."""
    if first == last:
        return edtf.to_words(first)
    if first[5:] == "01-01" and last[5:] == "12-31":
        return "–".join(dict.fromkeys((first[:4], last[:4])))
    if first[:7] == last[:7]:
        return edtf.to_words(first[:7])
    return f"{edtf.to_words(first[:7]).split()[0]}–{edtf.to_words(last[:7])}"


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
    return [f"{'Era' if len(met) == 1 else 'Eras'}: {listed(names)}."]


def _tally(name: str, values: Iterable[str]) -> list[str]:
    counted = Counter(value for value in values if value)
    if not counted:
        return []
    order = sorted(counted, key=lambda value: (-counted[value], value))
    return [f"{name}: {', '.join(f'{counted[value]:,} {value}' for value in order)}."]


def _inexact(events: Sequence[Event]) -> str:
    inexact = [event for event in events if not _is_exact(edtf.parse(event.date))]
    if not inexact:
        return "Its date is known to the day." if len(events) == 1 else "All dates are known to the day."
    verb = "is" if len(inexact) == 1 else "are"
    head = f"{len(inexact):,} of {count_of(len(events), 'date')} {verb} not exact to the day"
    if len(events) == 1:
        return "Its date is not exact to the day."
    if len(inexact) <= MAX_DATES:
        return f"{head}: {listed([edtf.to_words(event.date) for event in inexact], '; ')}."
    whens = [edtf.parse(event.date) for event in inexact]
    about = sum(when.approximate for when in whens)
    doubtful = sum(when.uncertain for when in whens)
    notes = [f"{about} marked ~, about" for _ in range(bool(about))]
    notes += [f"{doubtful} marked ?, uncertain" for _ in range(bool(doubtful))]
    return head + (f" ({'; '.join(notes)})." if notes else ".")


def _is_exact(when: edtf.EdtfDate) -> bool:
    if when.precision != "interval":
        return when.exact
    return all(end is not None and end.exact for end in (when.start, when.end))
