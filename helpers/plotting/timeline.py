"""The course's timeline: events as marks over era bands, with labels that never overlap.

`items` reads the rows, `placement` and `layout` decide what goes where, `marks` knows what an event looks like,
`sheet` and `drawing` draw, and `artists` are what a figure is made of. Lanes and counts of many events have rooms of
their own. The y axis of a finished timeline counts points (1/72 inch) from the middle of the ribbon of years; it has
no other meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from . import glyphs, theme
from .canvas import RIBBON_HALF, Sheet, Titles, draw_empty, figure_of, window_of
from .counts import draw_bins
from .draw import Drawing, legend_of
from .events import Highlight, Item, read_items
from .lanes import Lanes, draw_lanes, split
from .placement import CLOSE, COURSE, ERA, MIDDLE, Look, Placement, Plan

MOST_MARKS = 300  # beyond, events are counted

# Up to so many events, a figure made here has this size (inches), and these looks are tried.
_SIZES: tuple[tuple[float, tuple[float, float], tuple[Look, ...]], ...] = (
    (26, (10.0, 5.0), (ERA, CLOSE)),
    (45, (12.0, 7.0), (MIDDLE, COURSE)),
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

    Each event is a mark: its shape and colour tell the kind, its fill the effect, and a bar or a sign how
    exactly its date is known. A legend explains what occurs. Labels stand near their marks while there is room,
    else in columns in the order of the marks (see `layout`); they never overlap.

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
    font lacks. The words of `describe` are right, and say so.
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
    """Draw marks, lanes or counts: what the events need."""
    if not items:
        return draw_empty(ax, titles, "No events to show.")
    if len(items) > MOST_MARKS:
        return _draw_counts(items, groups, ax=ax, titles=titles, eras=eras)
    if groups is not None:
        return draw_lanes(groups, ax=ax, titles=titles, eras=eras, labels=labels)
    found = _Timeline(items, ax=ax, titles=titles, eras=eras, labels=labels)
    if labels and found.plan is None and not found.nothing_to_write:
        if ax is None:
            plt.close(figure_of(found.sheet.ax))  # counts take a figure of their own
        return _draw_counts(items, None, ax=ax, titles=titles, eras=eras)
    return found.draw()


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


class _Timeline:
    """The drawing of one timeline: find a placement that fits, then draw it."""

    def __init__(self, items: list[Item], *, ax: Axes | None, titles: Titles, eras: bool, labels: bool) -> None:
        self.items = items
        _, size, self.looks = next(row for row in _SIZES if len(items) <= row[0])
        if ax is not None and ERA in self.looks:  # these axes can't grow: try smaller letters
            self.looks = (ERA, CLOSE, MIDDLE, COURSE)
        self.sheet = Sheet(ax, titles=titles, size=size, eras=eras)
        self.window = window_of(items, self.sheet.known_eras)
        self.nothing_to_write = all(item.event.muted for item in items)
        self._choose(labels and not self.nothing_to_write)

    # --- choosing ---

    def _choose(self, labels: bool) -> None:
        """Find the first way to write the labels that fits: see `plot_timeline`."""
        made: dict[tuple[Look, str], list[tuple[Placement, Plan | None]]] = {}
        for way in ("titles", "numbers", "nothing") if labels else ("nothing",):
            for height, look in product(self.sheet.heights, self.looks):
                if (look, way) not in made:
                    made[look, way] = self._plans(look, way)
                for place, plan in made[look, way]:
                    self._use(place, plan)
                    if self._needed() <= height:
                        return

    def _plans(self, look: Look, way: str) -> list[tuple[Placement, Plan | None]]:
        place = Placement(self.items, look, self.sheet.width, self.window)
        if way == "titles":
            return [(place, plan) for plan in place.title_plans()]
        return [(place, place.number_plan() if way == "numbers" else None)]

    def _use(self, place: Placement, plan: Plan | None) -> None:
        """Take a placement and a plan, and prepare what stands around the events, which depends on the look."""
        self.place, self.plan = place, plan
        self.sheet.use(place.look, place.low, place.high, legend_of(self.items, place))

    def _sides(self) -> tuple[float, float]:
        """How far from the ribbon each side reaches, above and below."""
        labels = (self.plan.up.height, self.plan.down.height) if self.plan else (0.0, 0.0)
        up, down = (max(self.place.stack_height(up), height) for up, height in zip((True, False), labels, strict=True))
        return up, down

    def _needed(self) -> float:
        if self.plan and not (self.plan.up.fits and self.plan.down.fits):
            return float("inf")
        return self.sheet.around + sum(self._sides())

    def _bands(self, bottom: float, top: float) -> tuple[float, float] | None:
        """From where to where the bands of eras reach: as far as the marks do, if labels stand in columns."""
        if self.plan is None or "columns" not in (self.plan.up.method, self.plan.down.method):
            return None
        up, down = (self.place.stack_height(side) + 2 for side in (True, False))
        return max(bottom, -(RIBBON_HALF + down)), min(top, RIBBON_HALF + up)

    # --- drawing ---

    def draw(self) -> Axes:
        """Draw everything; return the axes."""
        up, down = self._sides()
        self.sheet.prepare(self._needed())
        free = self.sheet.height - self.sheet.around
        squeeze = min(1.0, max(10.0, free) / max(up + down, 1.0))  # without labels, marks of a stack may hide one another
        spare = max(0.0, free - up - down) / 2
        ends = (-(RIBBON_HALF + down * squeeze + spare), RIBBON_HALF + up * squeeze + spare)
        self.sheet.draw(*ends, bands=self._bands(*ends))
        Drawing(self.sheet.ax, self.place, base=RIBBON_HALF, squeeze=squeeze).draw(self.plan)
        return self.sheet.ax
