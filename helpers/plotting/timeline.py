"""The course's timeline: events as glyphs over era bands, with labels that never overlap.

`events` reads the rows, `placement` and `labels` decide what goes where, `candidates` finds a way that fits, `canvas` and
`draw` draw it, and `artists` are what a figure is made of. Lanes and counts of many events have modules of their own. The
y axis of a finished timeline counts points (1/72 inch) from the middle of the ribbon of years; it has no other meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import Any, Literal, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from . import glyphs, theme
from .artists import MovedTick
from .candidates import Ways, candidates, choose
from .canvas import Canvas, Titles, draw_empty, figure_of
from .counts import draw_bins
from .draw import draw
from .eras import in_one_era, window_of
from .events import Highlight, Item, read_items
from .lanes import Lanes, draw_lanes, split
from .lettering import said, say
from .media import Medium, sheet_for
from .placement import CLOSE, COURSE, ERA, MAX_FLAGS, MIDDLE, Look

Sides = Literal["effect"]
MAX_GLYPHS = 300  # beyond, events are counted

# Up to so many titles, a figure made here has this size (inches), and these looks are tried. On a page 838 pixels wide, as
# GitHub's, letters of 9 points are 10 pixels high in a figure of 10 inches: as many titles as can stand so.
_SIZES: tuple[tuple[float, tuple[float, float], tuple[Look, ...]], ...] = (
    (26, (10.0, 5.0), (ERA, CLOSE)),
    (60, (10.0, 7.0), (ERA, CLOSE)),
    (130, (16.0, 9.0), (MIDDLE, COURSE)),
    (float("inf"), (16.0, 9.0), (COURSE,)),
)

_SQUEEZED = 0.6  # of the height of stacked marks: closer, those of a slide would hide one another
_BESIDE = 40  # so many titles can stand near their marks, if the figure may grow
# More titles than this, for marks picked out of the grey over the whole line of time, stand near these in one picture of
# thirteen, and to look for it takes longer than all else: such titles go into columns at once.
_SCATTERED, _SCATTER = 48, 0.6


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
    sides: Sides | None = None,
    breaks: bool = False,
    medium: Medium = "page",
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
        begin in one era, the figure ends with it. A band too narrow for its name has its number, told beneath.
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
    sides : {"effect"}, optional
        Let above and below mean something: cooperative acts stand above the line of time, conflictual ones below, all
        others next to it. A line beneath the figure says so. By default neither side means anything.
    breaks : bool, default False
        Whether to leave out long stretches of time in which there is no event. Two slashes on the line of time show where,
        and `describe` says what is left out. By default a year is as long as any other. Bars that count events have no
        breaks.
    medium : {"page", "slide", "phone", "poster"}, default "page"
        Where the figure will be met: it gives a new figure its size. Letters are at least 3 % of a slide's height. A figure
        for a phone is narrow and high. A poster has the form of paper A3, and can be enlarged to A2 and A1.

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
        for something that is not in the table. If `sides` or `medium` is not one of those above, `sides` is given with
        `lanes`, or a `medium` with `ax`.

    Notes
    -----
    Before matplotlib 3.11 the picture can't join the letters of Arabic script, or write from right to left; letters that its
    fonts lack are boxes. The text of `describe` is right, and says so.
    """
    items = read_items(events, highlight)
    eras = "era_id" in events.columns if eras is None else eras
    sheet_for(medium, (0.0, 0.0), ax)  # which refuses what it can't be
    if sides not in (None, "effect"):
        raise ValueError(f"sides is {sides!r}. Allowed are: effect, or None.")
    if sides and lanes:
        raise ValueError("A timeline in lanes has one side: leave out sides= or lanes=.")
    groups = None if lanes is None or not items else split(items, lanes, actors)
    with theme.course_look():
        drawn = _draw(
            items, groups, _Wish(ax, (said(title), said(subtitle)), eras, labels, sides == "effect", medium, breaks)
        )
        if theme.is_passing():
            _move_one_tick(drawn)
        else:
            theme.make_ticks(drawn)
    return drawn


def _move_one_tick(ax: Axes) -> None:
    if ax.axison and ax.xaxis.get_visible():
        ticks = MovedTick()
        ticks.set_zorder(ax.xaxis.get_zorder())
        ax.add_artist(ticks)
        ax.xaxis.set_visible(False)


class _Wish(NamedTuple):
    """How a timeline is wanted."""

    ax: Axes | None
    titles: Titles
    eras: bool
    labels: bool
    by_effect: bool
    medium: str
    breaks: bool


def _draw(items: list[Item], groups: dict[str, list[Item]] | None, wish: _Wish) -> Axes:
    """Draw glyphs, lanes or counts: what the events need."""
    if not items:
        return draw_empty(wish.ax, wish.titles, say("No events to show."))
    if len(items) > MAX_GLYPHS:
        return _draw_counts(items, groups, wish)
    if groups is not None:
        more: dict[str, Any] = {"eras": wish.eras, "labels": wish.labels, "medium": wish.medium, "breaks": wish.breaks}
        return draw_lanes(groups, ax=wish.ax, titles=wish.titles, **more)
    return _draw_timeline(items, wish)


def _draw_timeline(items: list[Item], wish: _Wish) -> Axes:
    """Draw events on both sides of the ribbon: a single row; where not even numbers fit, count them."""
    labelled = sum(not item.event.muted for item in items) if wish.labels else 0
    _, size, looks = next(row for row in _SIZES if labelled <= row[0])
    if (wish.ax is not None and ERA in looks) or wish.medium != "page":  # these can't grow: try smaller letters
        looks = (ERA, CLOSE, MIDDLE, COURSE)
    canvas = Canvas(wish.ax, titles=wish.titles, sheet=sheet_for(wish.medium, size), eras=wish.eras)
    window = window_of(items, canvas.eras)
    few = labelled <= MAX_FLAGS and not (labelled > _SCATTERED and _are_scattered(items, window))
    titled: Ways = (("flags", "columns"),) if few else (("columns",),)
    if labelled <= _BESIDE and wish.medium == "page":
        titled = (("flags",), ("columns",))  # a higher figure, rather than titles far from their marks
    more: dict[str, Any] = {"looks": (looks,), "by_effect": wish.by_effect, "titles": labelled > 0, "breaks": wish.breaks}
    ways = partial(candidates, {"": items}, canvas, window, **more)
    trials = ways(ways=(("nothing",),))
    if labelled:
        # A title is missed more than the name of the only era.
        nameless = ways(ways=titled, names=False) if COURSE in looks and in_one_era(items, canvas.eras) else ()
        numbered = ways(ways=(("numbers",),))
        # Of a slide's figure a number is missed more than the names of eras, and the key that follows explains itself.
        bare = ways(ways=(("numbers",),), names=False, titles=False) if canvas.own_figure and not canvas.sheet.grows else ()
        trials = chain(ways(ways=titled), nameless, numbered, bare, ways(ways=(("nothing",),)))
    found = choose(trials)
    if _BESIDE < labelled == len(items) <= MAX_FLAGS and canvas.own_figure and wish.medium == "page":
        # Titles near their marks, if that takes no more height.
        found = min(choose(ways(ways=(("flags",),))), found, key=lambda candidate: candidate.needed)
    room = canvas.height - found.around.height
    marked = wish.ax is None and canvas.sheet.grows is None and room >= _SQUEEZED * sum(found.heights)
    if labelled and not found.has_labels and not marked:  # on a slide marks tell a room more than low bars
        if wish.ax is None:
            plt.close(figure_of(canvas.ax))  # counts take a figure of their own
        return _draw_counts(items, None, wish)
    return draw(found, canvas)


def _are_scattered(items: list[Item], window: tuple[float, float]) -> bool:
    """Whether the middle four fifths of what is picked out of the grey reach over most of the time shown."""
    days = sorted(item.x for item in items if not item.event.muted)
    tenth = len(days) // 10
    return len(days) < len(items) and days[-1 - tenth] - days[tenth] > _SCATTER * (window[1] - window[0])


def _draw_counts(items: list[Item], groups: dict[str, list[Item]] | None, wish: _Wish) -> Axes:
    """Draw how many events there are: a row for each kind, or for each lane."""
    colours = {kind: glyphs.colour_of(kind) for kind in glyphs.KINDS}
    if groups is None:
        unknown = "events" if not any(item.event.kind for item in items) else "no kind"
        names = [*glyphs.KINDS, unknown]
        by_kind = {name: [item for item in items if (item.event.kind or unknown) == name] for name in names}
        groups = {name: members for name, members in by_kind.items() if members}
    return draw_bins(groups, ax=wish.ax, titles=wish.titles, eras=wish.eras, medium=wish.medium, colours=colours)
