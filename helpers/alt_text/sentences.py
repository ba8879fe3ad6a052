"""Any figure of the course in words, read back from what was drawn.

Nothing is looked up in a table: the words come from the finished axes, so that they can't say something else than the
figure shows. That makes them worth testing, and it serves readers who don't see the figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryConverter, StrCategoryLocator
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator

from .. import edtf
from ..plotting.artists import EraBand, EraName, Event, EventBin, EventLabel, EventMark, Span, SpanBar, Subtitle, parts_of
from ..plotting.text_size import misses_letters
from ..plotting.time_axis import day_of
from ..plotting.titles import same_letters, whole_title
from .untold import PART_UNTOLD, UNTOLD, can_be_told, error_lines, is_flat, shares, stem_lines, untold

Detail = Literal["summary", "full"]
ALT_LENGTH = 250
_LISTED = 6  # so many inexact dates are named in a summary; more are counted
_MOST_ENTRIES = 300  # so many events are listed one by one; of more, only their counts
_MAX_TIES = 3  # so many stretches of time may be the densest, and be named
_FEW = 6  # fewer events have no densest stretch
LETTERS = (
    "The picture can't show all of its letters rightly: some are boxes, or stand unjoined or in the wrong order; "
    "these words are right."
)
OUR_CHOICE = "The table is our selection: these are counts of our choice, not of history."


def describe(ax_or_figure: Axes | Figure, detail: Detail = "summary") -> str:
    """Put a figure into words.

    Parameters
    ----------
    ax_or_figure : matplotlib.axes.Axes or matplotlib.figure.Figure
        What was drawn: a timeline, spans, or any plot of lines, points, bars or ranges.
    detail : {"summary", "full"}, default "summary"
        "summary" says in a few sentences what the figure shows. "full" adds a line (beginning with "- ") for every
        event, span, or point, in order.

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If something else than axes or a figure is given.
    ValueError
        If `detail` is neither "summary" nor "full".
    """
    if detail not in ("summary", "full"):
        raise ValueError(f"detail is {detail!r}; allowed are 'summary' and 'full'.")
    panels = _panels(ax_or_figure)
    if not panels:
        return "The figure is empty."
    if len(panels) == 1:
        return _panel(panels[0], detail)
    places = [_place(panels, k) for k in range(len(panels))]
    head = f"The figure has {_number(len(set(places)), 'panel')}."
    if isinstance(ax_or_figure, Figure) and ax_or_figure.get_suptitle():
        head = f"{_sentence(ax_or_figure.get_suptitle())} {head}"
    order = list(dict.fromkeys(places))
    parts = []
    for k, panel in enumerate(panels):
        name = f"Panel {order.index(places[k]) + 1}" + ("" if places[k] == k else ", with axes of its own over the others")
        parts.append(f"{name}: {_panel(panel, detail)}")
    return "\n".join([head, *parts])


def _place(panels: Sequence[Axes], k: int) -> int:
    """The first of the panels that lies where panel k lies: twin axes share a place."""
    return next(first for first in range(k + 1) if panels[first].bbox.bounds == panels[k].bbox.bounds)


def alt_text(ax_or_figure: Axes | Figure) -> str:
    """Return a text alternative for a figure: at most 250 characters, in whole sentences.

    Parameters
    ----------
    ax_or_figure : matplotlib.axes.Axes or matplotlib.figure.Figure
        What was drawn.

    Returns
    -------
    str
        The summary's first sentence, and of the others, in order, those that fit. A first sentence that is too long
        is cut between words.

    Raises
    ------
    TypeError
        If something else than axes or a figure is given.
    """
    return shortened(describe(ax_or_figure))


def shortened(words: str) -> str:
    """Shorten the words of a figure to a text alternative; see `alt_text`.

    Parameters
    ----------
    words : str
        What `describe` returned, with either `detail`. The lines of single entries, which begin with "- ", are left out.

    Returns
    -------
    str
        At most 250 characters.
    """
    sentences = _sentences("\n".join(line for line in words.splitlines() if not line.startswith("- ")))
    text = sentences[0] if len(sentences[0]) <= ALT_LENGTH else _cut(sentences[0])
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) <= ALT_LENGTH:
            text = f"{text} {sentence}"
    return text


def _sentences(text: str) -> list[str]:
    """Split at line ends, and at full stops that a capital letter or a number follows."""
    sentences: list[str] = []
    for line in text.splitlines():
        words = line.split(" ")
        start = 0
        for k, word in enumerate(words):
            last = k == len(words) - 1
            ends = (
                word[-1:] in ".?!"
                and len(word) > 2
                and not last
                and (words[k + 1][:1].isupper() or words[k + 1][:1].isdigit())
            )
            if word and (last or ends):
                sentences.append(" ".join(words[start : k + 1]))
                start = k + 1
    return sentences


def _cut(sentence: str) -> str:
    return sentence[: ALT_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "."


def _panels(ax_or_figure: Axes | Figure) -> list[Axes]:
    if isinstance(ax_or_figure, Axes):
        return [ax_or_figure]
    if isinstance(ax_or_figure, Figure):
        return [ax for ax in ax_or_figure.get_axes() if ax.get_visible() and ax.get_label() != "<colorbar>"]
    raise TypeError(f"describe needs axes (what plot_timeline returns) or a figure, but got {type(ax_or_figure).__name__}.")


def _panel(ax: Axes, detail: Detail) -> str:
    summary, *entries = _told(ax, detail).split("\n")
    shown = [text.get_text() for text in ax.get_children() if isinstance(text, Text) and text.get_visible()]
    if any(misses_letters(text) for text in (*shown, *_row_names(ax))):
        summary = f"{summary} {LETTERS}"
    return "\n".join([summary, *entries])


def _row_names(ax: Axes) -> Iterable[str]:
    """The names on the upward axis, such as those of lanes."""
    return _tick_names(ax.yaxis).values() if ax.yaxis.get_visible() else []


def _told(ax: Axes, detail: Detail) -> str:
    marks = parts_of(ax, EventMark)
    spans = parts_of(ax, SpanBar)
    bins = parts_of(ax, EventBin)
    if marks:
        return _timeline(ax, marks, detail)
    if bins:
        return _counts(ax, bins, detail)
    if spans:
        return _spans(ax, spans, detail)
    try:
        return _chart(ax, detail)
    except Exception:  # a student's figure may hold anything; words for it are no reason to lose the figure
        return " ".join([*_title(ax), UNTOLD])


# --- timelines ---------------------------------------------------------------------------------


def _timeline(ax: Axes, marks: Sequence[EventMark], detail: Detail) -> str:
    events = _in_time(mark.event for mark in marks)
    numbers = _numbers(ax)
    parts = [
        *_title(ax),
        _extent(events),
        *_eras(ax, events),
        *_tally("By kind", [event.kind for event in events]),
        *_tally("By effect on the two governments", [event.effect for event in events]),
        *_lanes([mark for mark in marks if mark.lane]),
        *_densest({mark.event: day_of(float(np.asarray(mark.get_xdata())[0])) for mark in marks}),
        _inexact(events),
        *_picked(events),
        *_labels(ax, events, bool(numbers)),
        *_unnamed(ax),
        *_choice(events),
    ]
    summary = " ".join(parts)
    if detail == "summary":
        return summary
    choice = any(event.muted for event in events)
    entries = (f"- {_entry(event, numbers, picked=choice and not event.muted)}" for event in events)
    return "\n".join([summary, *entries])


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
    return [f"In lanes, from top to bottom: {_list([f'{name} {count:,}' for name, count in counted.items()])}{note}."]


def _densest(day_of_event: dict[Event, date]) -> list[str]:
    """Name the three years (in a shorter time, the year or the month) with most events, by where their marks stand."""
    days = sorted(day_of_event.values())
    if len(days) < _FEW:
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
    if len(stretches) > _MAX_TIES:
        return []
    return [f"The densest stretches are {_list(stretches)}, with {each} each."]


def _picked(events: Sequence[Event]) -> list[str]:
    if not any(event.muted for event in events):
        return []
    count = sum(not event.muted for event in events)
    verb = "is" if count == 1 else "are"
    some = f"{count or 'None'} of {_number(len(events), 'event')}"
    return [f"{some} {verb} picked out in full colour; the others are grey, without a title."]


def _picked_of_counts(events: Sequence[Event]) -> list[str]:
    if not any(event.muted for event in events):
        return []
    count = sum(not event.muted for event in events)
    return [f"{count:,} of {_number(len(events), 'event')} are picked out: the darker part of each bar."]


def _unnamed(ax: Axes) -> list[str]:
    """Say which eras have a band, but no name, because there was no room."""
    named = {name.era for name in parts_of(ax, EraName)}
    low, high = sorted(ax.get_xlim())
    bands = parts_of(ax, EraBand)
    missing = [band.era.title for band in bands if band.era not in named and band.get_width() > (high - low) / 40]
    return [f"For the names of these eras there was no room: {_list(missing)}."] if missing else []


def _extent(events: Sequence[Event]) -> str:
    first, last = events[0], events[-1]
    if len(events) == 1:
        return f"A timeline of 1 event: {_entry(first, {})}."
    return (
        f"A timeline of {_number(len(events), 'event')}: the first is dated {edtf.to_words(first.date)}, "
        f"the last {edtf.to_words(last.date)}."
    )


def _entry(event: Event, numbers: dict[Event, str], *, picked: bool = False) -> str:
    choice = "picked out" if picked else ""
    notes = "; ".join(part for part in (event.kind, _effect_words(event.effect), choice) if part)
    number = f"no. {numbers[event]}, " if event in numbers else ""
    return f"{number}{edtf.to_words(event.date)}: {event.title}" + (f" ({notes})" if notes else "")


def _effect_words(effect: str) -> str:
    return "no effect between the two governments" if effect == "none" else effect


def _numbers(ax: Axes) -> dict[Event, str]:
    """The numbers that stand for titles, if the figure had no room for these."""
    labels = parts_of(ax, EventLabel)
    numbered = {label.event: label.get_text() for label in labels if label.get_text() == str(label.event.row + 1)}
    titled = all(label.get_text() == label.event.title for label in labels)  # an event may be called "1"
    return numbered if len(numbered) == len(labels) and not titled else {}


def _labels(ax: Axes, events: Sequence[Event], numbered: bool) -> list[str]:
    if numbered:
        return ["The marks carry numbers instead of titles; the list of events is their key."]
    if not parts_of(ax, EventLabel) and not all(event.muted for event in events):
        return ["The mark carries no title." if len(events) == 1 else "The marks carry no titles."]
    return []


def _counts(ax: Axes, bins: Sequence[EventBin], detail: Detail) -> str:
    """Describe a timeline that counts its events."""
    events = _in_time(event for found in bins for event in found.events)
    ends = sorted({found.ends for found in bins})
    rows = dict.fromkeys(found.row for found in bins)
    names = [name for name in rows if name]
    first, last = (_stretch(*end) for end in (ends[0], ends[-1]))
    each = f", in rows: {_list(names)}" if names else ""
    parts = [
        *_title(ax),
        _extent(events),
        "There is no room for a mark and a title for each, so bars count them, "
        f"from {first} to {last}{each}. None is left out.",
        *_eras(ax, events),
        *_tally("By kind", [event.kind for event in events]),
        *_tally("By effect on the two governments", [event.effect for event in events]),
        *_densest_bin(bins),
        *_picked_of_counts(events),
        _inexact(events),
        *_unnamed(ax),
        *_choice(events),
    ]
    summary = " ".join(parts)
    if detail == "summary":
        return summary
    entries = [f"- {_stretch(*end)}: {_bin_entry([found for found in bins if found.ends == end])}" for end in ends]
    if len(events) <= _MOST_ENTRIES:
        entries += [f"- {_entry(event, {})}" for event in events]
    return "\n".join([summary, *entries])


def _bin_entry(bins: Sequence[EventBin]) -> str:
    events = {event for found in bins for event in found.events}
    rows = ", ".join(f"{found.row} {len(found.events):,}" for found in bins if found.row)
    return _number(len(events), "event") + (f" ({rows})" if rows else "")


def _densest_bin(bins: Sequence[EventBin]) -> list[str]:
    counted = Counter({end: 0 for end in sorted({found.ends for found in bins})})
    for end in counted:
        counted[end] = len({event for found in bins if found.ends == end for event in found.events})
    most = max(counted.values())
    best = [end for end in counted if counted[end] == most]
    if len(best) == len(counted):
        return []
    return _densest_words([_stretch(*end) for end in best], _number(most, "event"))


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
    return [f"{'Era' if len(met) == 1 else 'Eras'}: {_list(names)}."]


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
    head = f"{len(inexact):,} of {_number(len(events), 'date')} {verb} not exact to the day"
    if len(events) == 1:
        return "Its date is not exact to the day."
    if len(inexact) <= _LISTED:
        return f"{head}: {_list([edtf.to_words(event.date) for event in inexact], '; ')}."
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


# --- spans -------------------------------------------------------------------------------------


def _spans(ax: Axes, bars: Sequence[SpanBar], detail: Detail) -> str:
    spans = list({bar.span: None for bar in bars})  # from top to bottom, as drawn
    groups = list(dict.fromkeys(span.group for span in spans if span.group))
    known = [day for span in spans for day in _known_days(span)]
    years = f"from {min(known).year} to {max(known).year}" if known else ""
    parts = [*_title(ax), f"{_number(len(spans), 'bar')} on a line of time, {years}."]
    if groups:
        parts.append(f"{'Group' if len(groups) == 1 else 'Groups'}: {_list(groups)}.")
    opened = [span for span in spans if ".." in (span.start, span.end)]
    unsure = [span for span in spans if any(_is_unsure(end) for end in (span.start, span.end))]
    parts += _named("Open at an end", opened, spans) + _named("Not exact to the day", unsure, spans)
    summary = " ".join(parts)
    if detail == "summary":
        return summary
    return "\n".join([summary, *(f"- {_span_entry(span)}" for span in spans)])


def _named(what: str, some: Sequence[Span], spans: Sequence[Span]) -> list[str]:
    """Name some of the spans, with their group where the label alone could mean several; count them if they are many."""
    if len(some) > _LISTED:
        return [f"{what}: {len(some)} of {len(spans)}."]
    labels = Counter(span.label for span in spans)
    names = [f"{span.label} ({span.group or 'no group'})" if labels[span.label] > 1 else span.label for span in some]
    return [f"{what}: {_list(names)}."] if names else []


def _known_days(span: Span) -> list[date]:
    ends = [edtf.parse(end) for end in (span.start, span.end) if end != ".."]
    return [day for end in ends for day in (end.earliest, end.latest) if day is not None]


def _is_unsure(end: str) -> bool:
    return end != ".." and not edtf.parse(end).exact


def _span_entry(span: Span) -> str:
    return f"{span.label}: {edtf.to_words(f'{span.start}/{span.end}')}" + (f" ({span.group})" if span.group else "")


# --- any other chart ---------------------------------------------------------------------------


def _chart(ax: Axes, detail: Detail) -> str:
    if not is_flat(ax):
        return " ".join([*_title(ax), UNTOLD])
    series, missing = _all_series(ax), bool(untold(ax))
    texts = [text.get_text() for text in ax.texts if text.get_text().strip()]
    if not series:
        words = " ".join(_sentence(text) for text in texts)
        return " ".join([*_title(ax), UNTOLD] if missing else [*_title(ax), words or "Nothing is drawn."])
    parts = [*_title(ax), *_axis_names(ax), *(summary for summary, _ in series), *([PART_UNTOLD] if missing else [])]
    summary = " ".join(parts)
    if detail == "summary":
        return summary
    entries = [f"- {entry}" for _, listed in series for entry in listed]
    return "\n".join([summary, *entries])


def _all_series(ax: Axes) -> list[Series]:
    pie = shares(ax)
    return [*_bars(ax), *_lines(ax), *_ranges(ax), *_points(ax), *([_pie(pie)] if pie else [])]


def _pie(pieces: Sequence[tuple[str, float]]) -> Series:
    named = [f"{name or f'piece {k}'} {_plain(round(share, 1))} %" for k, (name, share) in enumerate(pieces, 1)]
    return f"A pie of {_number(len(pieces), 'piece')}: {_list(named)}.", named


Series = tuple[str, list[str]]  # a sentence, and an entry for each point


def _axis_names(ax: Axes) -> list[str]:
    names = []
    if ax.get_xlabel():
        names.append(f"Across: {ax.get_xlabel()}.")
    if ax.get_ylabel():
        names.append(f"Upwards: {ax.get_ylabel()}.")
    return names


def _bars(ax: Axes) -> list[Series]:
    found = []
    for container in ax.containers:
        if not isinstance(container, BarContainer):
            continue
        flat = container.orientation == "horizontal"
        across, along = (ax.yaxis, ax.xaxis) if flat else (ax.xaxis, ax.yaxis)
        places, sizes = [], []
        for bar in container.patches:
            middle = bar.get_y() + bar.get_height() / 2 if flat else bar.get_x() + bar.get_width() / 2
            places.append(float(middle))
            sizes.append(float(bar.get_width() if flat else bar.get_height()))
        if _has_days(along):  # there, the length of a bar is no day: its ends are
            starts = [float(bar.get_x() if flat else bar.get_y()) for bar in container.patches]
            found.append(_stretches(_name(container), _categories(across, places), starts, sizes, along))
        else:
            found.append(_series(_name(container), "bar", _categories(across, places), sizes, along))
    return found


def _stretches(name: str, names: Sequence[str], starts: Sequence[float], sizes: Sequence[float], axis: Axis) -> Series:
    """Say of bars over days where each begins and ends."""
    entries = [
        f"{text}: from {_text(axis, start)} to {_text(axis, start + size)}"
        for text, start, size in zip(names, starts, sizes, strict=True)
        if np.isfinite(start + size)
    ]
    return f"{_labelled(name)}{_number(len(entries), 'bar')}: {_short(entries)}.", entries


def _lines(ax: Axes) -> list[Series]:
    whiskers = {
        line for box in ax.containers if isinstance(box, ErrorbarContainer) for line in (*box.lines[1], *box.lines[2])
    }
    skipped = whiskers | stem_lines(ax) | set(untold(ax))
    found = []
    for line in ax.get_lines():
        xs, ys = _numbers_of(line.get_xdata(orig=False)), _numbers_of(line.get_ydata(orig=False))
        if line in skipped or not line.get_visible() or xs.size == 0 or _is_guide(ax, line):
            continue
        values = list(np.where(np.isfinite(xs), ys, np.nan))
        found.append(_series(_name(line), "point", _texts(ax.xaxis, xs), values, ax.yaxis))
    return found


def _numbers_of(values: Any) -> np.ndarray:
    """Plain numbers; what is masked is missing."""
    return np.ma.filled(np.ma.asarray(values, float), np.nan)


def _is_guide(ax: Axes, line: Line2D) -> bool:
    """Whether a line is one across the whole axes (axhline, axvline), which carries no data.

    Equal is not enough: where an axis runs from 0 to 1, the transforms of data and of the whole axes have equal numbers.
    """
    across = (ax.get_xaxis_transform(which="grid"), ax.get_yaxis_transform(which="grid"))
    return any(line.get_transform() is transform for transform in across)


def _ranges(ax: Axes) -> list[Series]:
    """Error bars, vertical or horizontal lines, and bands between two curves."""
    found = []
    for container in ax.containers:
        if isinstance(container, ErrorbarContainer):
            for lines in container.lines[2]:
                found.append(_segments(ax, lines, _name(container), hidden=False))  # caps or a mark are there
    skipped = set(error_lines(ax)) | stem_lines(ax)
    for collection in ax.collections:
        if collection in skipped or not collection.get_visible() or not can_be_told(collection):
            continue
        if isinstance(collection, LineCollection):
            found.append(_segments(ax, collection, _name(collection)))
        elif isinstance(collection, PolyCollection):
            found.append(_band(ax, collection))
    return [series for series in found if series[1]]


def _segments(ax: Axes, lines: Any, name: str, *, hidden: bool = True) -> Series:
    segments = [np.asarray(segment, float) for segment in lines.get_segments() if len(segment) >= 2]
    level = all(segment[0, 1] == segment[-1, 1] for segment in segments)
    upright = all(segment[0, 0] == segment[-1, 0] for segment in segments) and not (level and _carries_names(ax.yaxis))
    place, extent = (0, 1) if upright else (1, 0)
    across, along = (ax.xaxis, ax.yaxis) if upright else (ax.yaxis, ax.xaxis)
    names = _texts(across, [float(segment[0, place]) for segment in segments])
    entries, empty = [], 0
    for text, segment in zip(names, segments, strict=True):
        low, high = float(segment[:, extent].min()), float(segment[:, extent].max())
        reach = f"from {_text(along, low)} to {_text(along, high)}"
        if low == high:
            empty += 1
            reach = f"{_text(along, low)}, without length" + (", not visible" if hidden else "")
        entries.append(f"{text}: {reach}")
    return f"{_labelled(name)}{_how_many(len(segments), empty, hidden)}: {_short(entries)}.", entries


def _how_many(count: int, empty: int, hidden: bool) -> str:
    """Count ranges, and apart from them those whose ends are one value: without length, a line shows nothing."""
    words = [_number(count - empty, "range")] if count > empty else []
    if empty:
        end = (" that is not visible" if empty == 1 else " that are not visible") if hidden else ""
        words.append(f"{_number(empty, 'value')} without length{end}")
    return ", and ".join(words)


def _carries_names(axis: Axis) -> bool:
    """Whether an axis carries names, not numbers."""
    return isinstance(axis.get_converter(), StrCategoryConverter)


def _band(ax: Axes, band: PolyCollection) -> Series:
    corners = np.concatenate([path.vertices for path in band.get_paths()])
    low, high = corners.min(axis=0), corners.max(axis=0)
    first, last = _texts(ax.xaxis, [low[0], high[0]])
    entry = f"{first} to {last}: between {_text(ax.yaxis, low[1])} and {_text(ax.yaxis, high[1])}"
    return f"{_labelled(_name(band))}A band, {entry}.", [entry]


def _points(ax: Axes) -> list[Series]:
    found = []
    for cloud in ax.collections:
        if isinstance(cloud, PathCollection) and cloud.get_visible() and np.size(cloud.get_offsets()):
            places = _numbers_of(cloud.get_offsets())
            xs, ys = places[:, 0], places[:, 1]
            values = list(np.where(np.isfinite(xs), ys, np.nan))
            found.append(_series(_name(cloud), "point", _texts(ax.xaxis, xs), values, ax.yaxis))
    return found


def _series(name: str, noun: str, names: Sequence[str], values: Sequence[float], axis: Axis) -> Series:
    """Say of a series how many values it has, the first, the last, the highest and the lowest."""
    pairs = [(text, value) for text, value in zip(names, values, strict=True) if np.isfinite(value)]
    gaps = len(names) - len(pairs)
    if not pairs:
        return f"{_labelled(name)}no values.", []
    entries = [f"{_labelled(name)}{text}: {_text(axis, value)}" for text, value in pairs]
    missing = f" {_number(gaps, 'value')} {'is' if gaps == 1 else 'are'} missing." if gaps else ""
    if len(pairs) <= 3:
        listed = _list([f"{_text(axis, value)} ({text})" for text, value in pairs])
        return f"{_labelled(name)}{_number(len(pairs), noun)}: {listed}.{missing}", entries
    (first, start), (last, end) = pairs[0], pairs[-1]
    top, bottom = max(pairs, key=lambda pair: pair[1]), min(pairs, key=lambda pair: pair[1])
    text = (
        f"{_labelled(name)}{_number(len(pairs), noun)}, from {_text(axis, start)} ({first}) to {_text(axis, end)} "
        f"({last}); highest {_text(axis, top[1])} ({top[0]}), lowest {_text(axis, bottom[1])} ({bottom[0]}).{missing}"
    )
    return text, entries


# --- words -------------------------------------------------------------------------------------


def _name(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") or label == "None" else label


def _labelled(name: str) -> str:
    return f"{name}: " if name else ""


def _texts(axis: Axis, values: Sequence[float] | np.ndarray) -> list[str]:
    return [_text(axis, float(value)) for value in values]


def _categories(axis: Axis, places: Sequence[float]) -> list[str]:
    """Name bars by their category: where several stand at one name, each is a little aside of it."""
    named = _tick_names(axis)
    nearest = [min(named, key=lambda tick: abs(tick - place), default=place) for place in places]
    near = [tick if abs(tick - place) <= 0.5 else place for tick, place in zip(nearest, places, strict=True)]
    return _texts(axis, near)


def _text(axis: Axis, value: float) -> str:
    """A value as its axis means it: a category's name, a day in words, or a number."""
    named = _tick_names(axis)
    if not np.isfinite(value):
        return _plain(value)
    if round(value, 6) in named:
        return named[round(value, 6)]
    frequency = getattr(axis.axes, "freq", None)  # pandas' plots of time series count in periods
    if frequency is not None and axis is axis.axes.xaxis:
        return _day_words(str(pd.Period(ordinal=round(value), freq=frequency)))
    if _has_days(axis):
        return _day_words(num2date(value).strftime("%Y-%m-%d"))
    return _plain(value)


def _has_days(axis: Axis) -> bool:
    """Whether an axis is one of time: by the converters of matplotlib and of pandas."""
    return "Date" in type(axis.get_converter()).__name__


def _day_words(text: str) -> str:
    try:
        return edtf.to_words(text)
    except edtf.DateError:  # such as a quarter
        return text


def _tick_names(axis: Axis) -> dict[float, str]:
    """The names of categories, where ticks stand at fixed places and are labelled with words."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if not isinstance(locator, (FixedLocator, StrCategoryLocator)):
        return {}
    ticks = [float(tick) for tick in locator()]
    names = zip(ticks, formatter.format_ticks(ticks), strict=True)
    return {round(tick, 6): " ".join(str(name).split()) for tick, name in names if str(name)}


def _plain(value: float) -> str:
    """A number as a reader writes it: years without a comma, thousands with one, no needless digits."""
    size = abs(value)
    if np.isnan(value):
        return "no number"
    if np.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    if size >= 1e15 or 0 < size < 1e-6:
        digits, power = f"{value:.2e}".split("e")
        return f"{float(digits):g} times 10 to the power of {int(power)}"
    if size >= 10000:
        return f"{value:,.0f}"
    rounded = round(value, 1 if size >= 1000 else 0 if size >= 100 else 12)
    if rounded != value:
        return _plain(rounded)
    if float(value).is_integer():
        return str(int(value))
    if size >= 1000:
        return f"{value:.1f}"
    return np.format_float_positional(float(f"{value:.3g}"), trim="-")


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _list(items: Sequence[str], separator: str = ", ") -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{separator.join(items[:-1])} and {items[-1]}"


def _short(entries: Sequence[str]) -> str:
    if len(entries) <= 4:
        return "; ".join(entries)
    return f"the first, {entries[0]}; the last, {entries[-1]}"


def _title(ax: Axes) -> list[str]:
    """The titles and subtitle of axes, whole, also where the figure has room for their beginning only."""
    shown = [ax.get_title(loc=place) for place in ("left", "center", "right")]
    titles = [(whole_title(ax, title), title) for title in shown if title.strip()]
    titles += [(part.written, part.get_text()) for part in parts_of(ax, Subtitle)]
    cut = not all(same_letters(whole, text) for whole, text in titles)
    return [*(_sentence(whole) for whole, _ in titles), *(["The title is shortened in the figure."] if cut else [])]


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text[-1:] in ".?!" else f"{text}."
