"""Any other chart in English: bars, lines, ranges, bands, points and pies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryConverter
from matplotlib.collections import Collection, LineCollection, PolyCollection
from matplotlib.container import ErrorbarContainer

from .. import edtf
from ..chart_reader import (
    BarGroup,
    bar_groups,
    category_names,
    day_at,
    error_bars_on,
    extent,
    has_days,
    label_of,
    lines_on,
    points_of_line,
    points_on,
    segments_of,
)
from .sentences import Description, as_sentence, count_of, first_and_last, listed, plain_number
from .untold import PART_UNTOLD, UNTOLD, can_be_told, error_lines, is_flat, is_floating_bars, shares, stem_lines, untold

Series = tuple[str, list[str]]  # a sentence, and an entry for each point


def describe_chart(ax: Axes) -> Description:
    """Describe what a student, or pandas, has drawn; where something can't be put into words, say so."""
    if not is_flat(ax):
        return Description([UNTOLD], [])
    series, missing = _all_series(ax), bool(untold(ax))
    if not series:
        texts = [as_sentence(text.get_text()) for text in ax.texts if text.get_text().strip()]
        missing = missing or any(patch.get_visible() for patch in ax.patches)  # a band, for example
        return Description([UNTOLD] if missing else texts or ["Nothing is drawn."], [])
    sentences = [*_axis_names(ax), *(summary for summary, _ in series), *([PART_UNTOLD] if missing else [])]
    return Description(sentences, [entry for _, entries in series for entry in entries])


def _all_series(ax: Axes) -> list[Series]:
    pie = shares(ax)
    return [*_bars(ax), *_lines(ax), *_ranges(ax), *_points(ax), *([_pie(pie)] if pie else [])]


def _pie(pieces: Sequence[tuple[str, float]]) -> Series:
    named = [f"{name or f'piece {k}'} {plain_number(round(share, 1))} %" for k, (name, share) in enumerate(pieces, 1)]
    return f"A pie of {count_of(len(pieces), 'piece')}: {listed(named)}.", named


def _axis_names(ax: Axes) -> list[str]:
    names = []
    if ax.get_xlabel():
        names.append(f"Across: {ax.get_xlabel()}.")
    if ax.get_ylabel():
        names.append(f"Upwards: {ax.get_ylabel()}.")
    return names


def _bars(ax: Axes) -> list[Series]:
    found = []
    for group in bar_groups(ax):
        across, along = (ax.yaxis, ax.xaxis) if group.lying else (ax.xaxis, ax.yaxis)
        extents = [extent(bar, group.lying) for bar in group.bars]
        name, names = _labelled(group), _categories(across, [at for at, _, _ in extents])
        if has_days(along):  # there, the length of a bar is no day: its ends are
            found.append(_stretches(name, names, [(start, start + length) for _, start, length in extents], along))
        else:
            found.append(
                _series(name, "bar", names, [length for _, _, length in extents], along, _cut(extents, across, along))
            )
    return found


def _stretches(name: str, names: Sequence[str], ends: Sequence[tuple[float, float]], axis: Axis) -> Series:
    """Say of bars over days where each begins and ends."""
    entries = [
        f"{text}: from {_text(axis, start)} to {_text(axis, end)}"
        for text, (start, end) in zip(names, ends, strict=True)
        if np.isfinite(end)
    ]
    return f"{name}{count_of(len(entries), 'bar')}: {first_and_last(entries)}.", entries


def _lines(ax: Axes) -> list[Series]:
    told_elsewhere = {line for box in error_bars_on(ax) for part in box.lines[1:] for line in part} | stem_lines(ax)
    skipped = told_elsewhere | set(untold(ax))
    drawn = [(line, *points_of_line(line)) for line in lines_on(ax) if line not in skipped]
    return [_point_series(ax, _labelled(line), xs, ys) for line, xs, ys in drawn if xs.size]


def _points(ax: Axes) -> list[Series]:
    return [_point_series(ax, _labelled(cloud), places[:, 0], places[:, 1]) for cloud, places in points_on(ax)]


def _point_series(ax: Axes, name: str, xs: np.ndarray, ys: np.ndarray) -> Series:
    outside = sum(not (_in_view(ax.xaxis, x) and _in_view(ax.yaxis, y)) for x, y in zip(xs, ys, strict=True))
    values = np.where(np.isfinite(xs), ys, np.nan).tolist()
    return _series(name, "point", _texts(ax.xaxis, xs), values, ax.yaxis, _outside(outside, "the picture"))


def _in_view(axis: Axis, value: float) -> bool:
    """Whether a value lies within the part of an axis that is shown; a missing one is told as missing."""
    low, high = sorted(axis.get_view_interval())
    near = 1e-9 * max(abs(low), abs(high))
    return not np.isfinite(value) or bool(low - near <= value <= high + near)


def _outside(count: int, what: str) -> str:
    return f" {count} of them {'lies' if count == 1 else 'lie'} outside {what}." if count else ""


def _cut(extents: Sequence[tuple[float, float, float]], across: Axis, along: Axis) -> str:
    """Say how many bars are not in the picture, or not as long in it as they are."""
    there = [bar for bar in extents if np.isfinite(bar).all()]
    outside = sum(not _in_view(across, at) for at, _, _ in there)
    cut = sum(_in_view(across, at) and not _in_view(along, start + length) for at, start, length in there)
    ends = f" {count_of(cut, 'bar')} {'ends' if cut == 1 else 'end'} beyond the edge of the picture." if cut else ""
    return _outside(outside, "the picture") + ends


def _ranges(ax: Axes) -> list[Series]:
    """Error bars, vertical or horizontal lines, and bands between two curves."""
    found = []
    for box in error_bars_on(ax):
        for lines in box.lines[2]:
            found.append(_segments(ax, lines, _labelled(box), hidden=False))  # caps or a marker are there
    skipped = error_lines(ax) | stem_lines(ax)
    for collection in ax.collections:
        if collection in skipped or not collection.get_visible() or not can_be_told(collection):
            continue
        if isinstance(collection, LineCollection):
            found.append(_segments(ax, collection, _labelled(collection)))
        elif is_floating_bars(collection):
            found.append(_floating(ax, collection))
        elif isinstance(collection, PolyCollection):
            found.append(_band(ax, collection))
    return [series for series in found if series[1]]


def _floating(ax: Axes, bars: Collection) -> Series:
    entries = []
    for path in bars.get_paths():
        (left, bottom), (right, top) = path.get_extents().get_points()
        name = _categories(ax.yaxis, [(bottom + top) / 2])[0]
        entries.append(f"{name}: from {_text(ax.xaxis, left)} to {_text(ax.xaxis, right)}")
    return f"{_labelled(bars)}{count_of(len(entries), 'range')}: {first_and_last(entries)}.", entries


def _segments(ax: Axes, lines: LineCollection, name: str, *, hidden: bool = True) -> Series:
    segments = segments_of(lines)
    level = all(segment[0, 1] == segment[-1, 1] for segment in segments)
    upright = all(segment[0, 0] == segment[-1, 0] for segment in segments) and not (level and _carries_names(ax.yaxis))
    side, length = (0, 1) if upright else (1, 0)
    across, along = (ax.xaxis, ax.yaxis) if upright else (ax.yaxis, ax.xaxis)
    names = _texts(across, [float(segment[0, side]) for segment in segments])
    entries, empty = [], 0
    for text, segment in zip(names, segments, strict=True):
        low, high = float(segment[:, length].min()), float(segment[:, length].max())
        reach = f"from {_text(along, low)} to {_text(along, high)}"
        if low == high:
            empty += 1
            reach = f"{_text(along, low)}, without length" + (", not visible" if hidden else "")
        entries.append(f"{text}: {reach}")
    return f"{name}{_how_many(len(segments), empty, hidden)}: {first_and_last(entries)}.", entries


def _how_many(count: int, empty: int, hidden: bool) -> str:
    """Count ranges, and apart from them those whose ends are one value: without length, a line shows nothing."""
    words = [count_of(count - empty, "range")] if count > empty else []
    if empty:
        end = (" that is not visible" if empty == 1 else " that are not visible") if hidden else ""
        words.append(f"{count_of(empty, 'value')} without length{end}")
    return ", and ".join(words)


def _carries_names(axis: Axis) -> bool:
    """Whether an axis carries names, not numbers."""
    return isinstance(axis.get_converter(), StrCategoryConverter)


def _band(ax: Axes, band: PolyCollection) -> Series:
    corners = np.concatenate([path.vertices for path in band.get_paths()])
    low, high = corners.min(axis=0), corners.max(axis=0)
    first, last = _texts(ax.xaxis, [low[0], high[0]])
    entry = f"{first} to {last}: between {_text(ax.yaxis, low[1])} and {_text(ax.yaxis, high[1])}"
    return f"{_labelled(band)}A band, {entry}.", [entry]


def _series(name: str, noun: str, names: Sequence[str], values: Sequence[float], axis: Axis, unseen: str = "") -> Series:
    """Say of a series how many values it has, the first, the last, the highest and the lowest, and what is not seen."""
    pairs = [(text, value) for text, value in zip(names, values, strict=True) if np.isfinite(value)]
    gaps = len(names) - len(pairs)
    if not pairs:
        return f"{name}no values.", []
    entries = [f"{name}{text}: {_text(axis, value)}" for text, value in pairs]
    missing = (f" {count_of(gaps, 'value')} {'is' if gaps == 1 else 'are'} missing." if gaps else "") + unseen
    if len(pairs) <= 3:
        told = listed([f"{_text(axis, value)} ({text})" for text, value in pairs])
        return f"{name}{count_of(len(pairs), noun)}: {told}.{missing}", entries
    (first, start), (last, end) = pairs[0], pairs[-1]
    top, bottom = max(pairs, key=lambda pair: pair[1]), min(pairs, key=lambda pair: pair[1])
    text = (
        f"{name}{count_of(len(pairs), noun)}, from {_text(axis, start)} ({first}) to {_text(axis, end)} "
        f"({last}); highest {_text(axis, top[1])} ({top[0]}), lowest {_text(axis, bottom[1])} ({bottom[0]}).{missing}"
    )
    return text, entries


def _labelled(artist: Artist | ErrorbarContainer | BarGroup) -> str:
    """The beginning of what is said of an artist: its label, if it has one."""
    return f"{label}: " if (label := label_of(artist)) else ""


def _texts(axis: Axis, values: Sequence[float] | np.ndarray) -> list[str]:
    return [_text(axis, float(value)) for value in values]


def _categories(axis: Axis, places: Sequence[float]) -> list[str]:
    """Name bars by their category: where several stand at one name, each is a little aside of it."""
    named = category_names(axis)
    nearest = [min(named, key=lambda tick: abs(tick - place), default=place) for place in places]
    near = [tick if abs(tick - place) <= 0.5 else place for tick, place in zip(nearest, places, strict=True)]
    return _texts(axis, near)


def _text(axis: Axis, value: float) -> str:
    """A value as its axis means it: a category's name, a day in words, or a number."""
    named = category_names(axis)
    if not np.isfinite(value):
        return plain_number(value)
    if round(value, 6) in named:
        return named[round(value, 6)]
    frequency = getattr(axis.axes, "freq", None)  # pandas' plots of time series count in periods
    if frequency is not None and axis is axis.axes.xaxis:
        return _day_words(str(pd.Period(ordinal=round(value), freq=frequency)))
    if has_days(axis):
        return _day_words(day_at(value).isoformat())
    return plain_number(value)


def _day_words(text: str) -> str:
    try:
        return edtf.to_words(text)
    except edtf.DateError:  # such as a quarter
        return text
