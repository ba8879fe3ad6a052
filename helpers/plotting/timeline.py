"""The course's timeline: events as glyphs over era bands, with labels that never overlap.

`events` reads the rows, `placement` and `labels` decide what goes where, `candidates` finds a way that fits, `canvas` and
`draw` draw it, and `artists` are what a figure is made of. Lanes and counts of many events have modules of their own. The
y axis of a finished timeline counts points (1/72 inch) from the middle of the ribbon of years; it has no other meaning.
"""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from . import glyphs, theme
from .candidates import Ways, candidates, choose
from .canvas import Canvas, Titles, draw_empty, figure_of
from .counts import draw_bins
from .draw import draw
from .eras import window_of
from .events import Highlight, Item, read_items
from .lanes import Lanes, draw_lanes, split
from .placement import CLOSE, COURSE, ERA, MAX_FLAGS, MIDDLE, Look, Way

MAX_GLYPHS = 300  # beyond, events are counted

# Up to so many titles, a figure made here has this size (inches), and these looks are tried. On a page 838 pixels wide, as
# GitHub's, letters of 9 points are 10 pixels high in a figure of 10 inches: as many titles as can stand so.
_SIZES: tuple[tuple[float, tuple[float, float], tuple[Look, ...]], ...] = (
    (26, (10.0, 5.0), (ERA, CLOSE)),
    (60, (10.0, 7.0), (ERA, CLOSE)),
    (130, (16.0, 9.0), (MIDDLE, COURSE)),
    (float("inf"), (16.0, 9.0), (COURSE,)),
)


def plot_timeline(
    events: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    eras: bool | None = None,
    labels: bool = True,
    highlight: Highlight | None = None,
    lanes: Lanes | None = None,
    actors: Sequence[str] | None = None,
) -> Axes:
    """Draw events on a line of time.

    Each event is a marker: its shape and colour tell the kind, its fill the effect, and a bar or a sign how exactly its
    date is known. A legend explains what occurs. Labels stand near their markers if they fit there, else in columns, in
    the same order; they never overlap.

    Parameters
    ----------
    events : pandas.DataFrame
        One row an event. Needs the columns ``date`` (EDTF level 1, such as ``"1955-02-24"`` or ``"1954-03~"``) and
        ``title``. ``event_id``, ``era_id``, ``earliest``, ``latest`` (days), ``kind``, ``effect`` and ``actors`` (names
        separated by "; ") are used when they are there.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the labels are placed for the size that these axes have now. By default a figure of a
        sensible size is made.
    title : str, optional
        The figure's title. A long one is broken into lines.
    subtitle : str, optional
        A line in smaller letters beneath the title.
    eras : bool, optional
        Whether to show the eras of the course as bands; by default if the table has a column ``era_id``. If all events
        begin in one era, the figure ends with it.
    labels : bool, default True
        Whether to write the events' titles. Where they can't fit they are broken into lines, then (if the figure
        is made here) the figure grows, then numbers stand for them, whose key is `describe`; where not even
        numbers fit, and always for more than 300 events, bars count the events. `describe` says what was done.
    highlight : boolean mask, or event ids, optional
        The events to pick out: they keep their colours and titles, all others are grey and have none.
    lanes : {"actor", "kind", "era"}, optional
        Give each actor, kind or era a lane of its own. An event with several actors stands in the lane of each.
    actors : sequence of str, optional
        With ``lanes="actor"``, whose lanes to show, from top to bottom; by default the six most frequent. What belongs
        to none of them stands in a lane "others".

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `events` is not a data frame.
    ValueError
        If a column is missing, or a row has a date that is not EDTF, a day that never was, an end before its start,
        no title, or an unknown kind or effect: the message names the row. If `highlight`, `lanes` or `actors` ask
        for something that is not in the table.

    Notes
    -----
    The picture can't join the letters of Arabic script, or write from right to left, and shows boxes for letters that its
    font lacks. The text of `describe` is right, and says so.
    """
    items = read_items(events, highlight)
    eras = "era_id" in events.columns if eras is None else eras
    groups = None if lanes is None or not items else split(items, lanes, actors)
    with theme.course_look():
        drawn = _draw(items, groups, ax=ax, titles=(title, subtitle), eras=eras, labels=labels)
        theme.make_ticks(drawn)
    return drawn


def _draw(
    items: list[Item],
    groups: dict[str, list[Item]] | None,
    *,
    ax: Axes | None,
    titles: Titles,
    eras: bool,
    labels: bool,
) -> Axes:
    """Draw glyphs, lanes or counts: what the events need."""
    if not items:
        return draw_empty(ax, titles, "No events to show.")
    if len(items) > MAX_GLYPHS:
        return _draw_counts(items, groups, ax=ax, titles=titles, eras=eras)
    if groups is not None:
        return draw_lanes(groups, ax=ax, titles=titles, eras=eras, labels=labels)
    return _draw_timeline(items, ax=ax, titles=titles, eras=eras, labels=labels)


def _draw_timeline(items: list[Item], *, ax: Axes | None, titles: Titles, eras: bool, labels: bool) -> Axes:
    """Draw events on both sides of the ribbon: a single row; where not even numbers fit, count them."""
    labelled = sum(not item.event.muted for item in items) if labels else 0
    _, size, looks = next(row for row in _SIZES if labelled <= row[0])
    if ax is not None and ERA in looks:  # these axes can't grow: try smaller letters
        looks = (ERA, CLOSE, MIDDLE, COURSE)
    canvas = Canvas(ax, titles=titles, size=size, eras=eras)
    titled: tuple[Way, ...] = ("flags", "columns") if labelled <= MAX_FLAGS else ("columns",)
    ways: Ways = (titled, ("numbers",), ("nothing",)) if labelled else (("nothing",),)
    found = choose(candidates({"": items}, canvas, window_of(items, canvas.eras), looks=(looks,), ways=ways))
    if labelled and not found.has_labels:
        if ax is None:
            plt.close(figure_of(canvas.ax))  # counts take a figure of their own
        return _draw_counts(items, None, ax=ax, titles=titles, eras=eras)
    return draw(found, canvas)


def _draw_counts(
    items: list[Item], groups: dict[str, list[Item]] | None, *, ax: Axes | None, titles: Titles, eras: bool
) -> Axes:
    """Draw how many events there are: a row for each kind, or for each lane."""
    colours = {kind: glyphs.colour_of(kind) for kind in glyphs.KINDS}
    if groups is None:
        unknown = "events" if not any(item.event.kind for item in items) else "no kind"
        names = [*glyphs.KINDS, unknown]
        by_kind = {name: [item for item in items if (item.event.kind or unknown) == name] for name in names}
        groups = {name: members for name, members in by_kind.items() if members}
    return draw_bins(groups, ax=ax, titles=titles, eras=eras, colours=colours)
