"""The course's timeline: events as marks over era bands, with labels that never overlap.

`items` reads the rows, `placement` and `layout` decide what goes where, `marks` knows what an event looks like, and
`artists` are what a figure is made of. The y axis of a finished timeline counts points (1/72 inch) from the middle of
the ribbon of years; it has no other meaning and is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from . import artists, layout, marks, timeaxis
from .items import Item, read_items
from .placement import COURSE, ERA, FLAG_PAD, MIDDLE, Look, Placement, Plan
from .timeaxis import INK, LEADER, PAPER, RIBBON, SOFT_INK, TINT, day_number

MOST_LABELS = 400  # beyond, no label is tried
RIBBON_HALF = 8.0  # half the height of the ribbon of years, in points
GROWTH = 3.5 * 72  # so much higher a figure made here may become, in points

# Up to so many events, a figure made here has this size (inches), and these looks are tried.
_SIZES: tuple[tuple[float, tuple[float, float], tuple[Look, ...]], ...] = (
    (26, (10.0, 5.6), (ERA,)),
    (45, (12.0, 7.0), (MIDDLE, COURSE)),
    (float("inf"), (16.0, 9.0), (MIDDLE, COURSE)),
)
_MARGINS = {"side": 11.0, "top": 6.0, "title": 26.0, "bottom": 3.0}  # points


def plot_timeline(
    events: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    eras: bool = True,
    labels: bool = True,
) -> Axes:
    """Draw events on a line of time.

    Each event is a mark: its shape and colour tell the kind, its fill the effect, and a bar or a sign how
    exactly its date is known. A legend explains what occurs. Labels stand near their marks while there is room,
    else in columns in the order of the marks (see `layout`); they never overlap.

    Parameters
    ----------
    events : pandas.DataFrame
        One row an event. Needs the columns ``date`` (EDTF level 1, such as ``"1955-02-24"`` or ``"1954-03~"``) and
        ``title``. ``event_id``, ``earliest``, ``latest`` (days), ``kind`` and ``effect`` are used when they are there.
    ax : matplotlib.axes.Axes, optional
        Where to draw; the labels are placed for the size that these axes have now. By default a figure of a
        sensible size is made.
    title : str, optional
        The figure's title.
    eras : bool, default True
        Whether to show the eras of the course as bands. If all events begin in one era, the figure ends with it.
    labels : bool, default True
        Whether to write the events' titles. Where they can't fit they are broken into lines, then (if the figure
        is made here) the figure grows, then numbers stand for them, whose key is `describe`; where not even
        numbers fit there are none, and `describe` says so.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `events` is not a data frame.
    ValueError
        If a column is missing, or a row has a date that is not EDTF, a day that never was, an end before its start,
        no title, or an unknown kind or effect. The message names the row.
    """
    items = read_items(events)
    with plt.style.context(timeaxis.STYLE):
        if not items:
            return _draw_empty(ax, title)
        return _Timeline(items, ax=ax, title=title, eras=eras, labels=labels).draw()


# --- the window of time, and the eras in it ----------------------------------------------------


def _load_eras() -> list[artists.Era]:
    from .data import load  # here, so that a timeline without eras needs no table

    table = load("eras")
    days = [table[name].dt.strftime("%Y-%m-%d").tolist() for name in ("start", "end")]
    columns = (table["era_id"].tolist(), table["number"].tolist(), table["title"].tolist(), *days)
    return [artists.Era(*values) for values in zip(*columns, strict=True)]


def _era_ends(era: artists.Era) -> tuple[float, float]:
    return day_number(date.fromisoformat(era.start)), day_number(date.fromisoformat(era.end)) + 1


def _window(items: Sequence[Item], eras: Sequence[artists.Era]) -> tuple[float, float]:
    """From the first to the last moment of the events; if all begin in one era, not beyond its end."""
    low = min(item.first for item in items)
    high = max(item.last for item in items)
    latest_mark = max(item.x for item in items)
    for era in eras:
        start, end = _era_ends(era)
        if all(start <= item.first < end for item in items):
            high = max(min(high, end), latest_mark)
    least = 60.0 if high - low < 60 else high - low  # a single day still gets some weeks around it
    middle = (low + high) / 2
    low, high = min(low, middle - least / 2), max(high, middle + least / 2)
    return low, high


# --- one timeline ------------------------------------------------------------------------------


class _Timeline:
    """The drawing of one timeline: find a placement that fits, then draw it."""

    def __init__(self, items: list[Item], *, ax: Axes | None, title: str | None, eras: bool, labels: bool) -> None:
        self.items = items
        self.own_figure = ax is None
        _, size, self.looks = next(row for row in _SIZES if len(items) <= row[0])
        if self.looks == (ERA,) and not self.own_figure:  # these axes can't grow: try smaller letters
            self.looks = (ERA, MIDDLE, COURSE)
        self.ax = _new_axes(size) if ax is None else ax
        if title is not None:
            self.ax.set_title(title, pad=8)
        if self.own_figure:
            _set_margins(self.ax)
        self._settle()
        self.width, self.height = timeaxis.size_in_points(self.ax)
        self.known_eras = _load_eras() if eras else []
        self.window = _window(items, self.known_eras)
        self._choose(labels and len(items) <= MOST_LABELS)

    def _settle(self) -> None:
        """Let a layout engine (constrained, tight) put the axes into place before anything is measured.

        What stands outside the axes now and won't later is taken away first, or the axes would grow afterwards.
        """
        self.ax.spines[:].set_visible(False)
        self.ax.yaxis.set_visible(False)
        self.ax.set_xticks([])
        figure = self.ax.get_figure(root=True)
        if figure is not None and figure.get_layout_engine() is not None:
            figure.draw_without_rendering()

    # --- choosing ---

    def _choose(self, labels: bool) -> None:
        """Find the first way to write the labels that fits: see `plot_timeline`."""
        ways = ("titles", "numbers", "nothing") if labels else ("nothing",)
        heights = (self.height, self.height + GROWTH) if self.own_figure else (self.height,)
        for way in ways:
            plans = {look: self._plans(look, way) for look in self.looks}
            for height, look in product(heights, self.looks):
                for place, plan in plans[look]:
                    self._use(place)
                    self.plan = plan
                    if self._needed(plan) <= height:
                        return

    def _plans(self, look: Look, way: str) -> list[tuple[Placement, Plan | None]]:
        place = Placement(self.items, look, self.width, self.window)
        if way == "titles":
            return [(place, plan) for plan in place.title_plans()]
        return [(place, place.number_plan() if way == "numbers" else None)]

    def _use(self, place: Placement) -> None:
        """Take a placement, and prepare the strips above and below it, which depend on its look."""
        self.place, self.look = place, place.look
        ends = [(era, *_era_ends(era)) for era in self.known_eras]
        self.eras = [era for era, start, end in ends if start < place.high and end > place.low]
        self.era_names = list(self._era_names())
        lines = max((text.count("\n") + 1 for text in self.era_names), default=0)
        self.head = 5.0 + lines * self.look.font * 1.2 if self.eras else 2.0
        self.legend = self._legend()
        self.foot = len(self.legend) * self.look.font * marks.LINE + 7

    def _era_names(self) -> Iterator[str]:
        """Each era's name, wrapped to fit its band; its number where only that fits; nothing on a sliver."""
        for era in self.eras:
            low, high = self._visible(era)
            room = self.place.to_points(high) - self.place.to_points(low) - 6
            lines = [timeaxis.wrap(era.title, limit) for limit in (None, 12, 8)]
            fitting = [text for text in lines if timeaxis.text_width(text, self.look.font) <= room]
            number = str(era.number) if room > 2 * self.look.font else ""
            yield fitting[0] if fitting else number

    def _visible(self, era: artists.Era) -> tuple[float, float]:
        start, end = _era_ends(era)
        return max(start, self.place.low), min(end, self.place.high)

    def _legend(self) -> list[list[marks.Group]]:
        kinds = [item.event.kind for item in self.items]
        effects = [item.event.effect for item in self.items]
        roles = {role for item in self.items for role in self._roles(item)}
        groups = marks.legend_groups(kinds, effects, sorted(roles), self.look.mark)
        return marks.legend_rows(groups, self.width, self.look.font, join=self.look.join)

    def _roles(self, item: Item) -> Iterator[str]:
        """Which entries of the legend's group "Date" an event needs."""
        if item.when.precision != "day":
            yield "lasting" if item.when.precision == "interval" else "within"
        if item.when.approximate:
            yield "about"
        if item.when.uncertain:
            yield "uncertain"
        if any(self._goes_on(item)):
            yield "arrow"

    def _goes_on(self, item: Item) -> tuple[bool, bool]:
        """Whether an event's bar goes on beyond the left and the right edge."""
        return (
            item.begin is None or item.begin < self.place.low,
            item.end is None or item.end > self.place.high,
        )

    def _sides(self, plan: Plan | None) -> tuple[float, float]:
        """How far from the ribbon each side reaches, above and below."""
        labels = (plan.up.height, plan.down.height) if plan else (0.0, 0.0)
        up, down = (max(self.place.stack_height(up), height) for up, height in zip((True, False), labels, strict=True))
        return up, down

    def _needed(self, plan: Plan | None) -> float:
        if plan and not (plan.up.fits and plan.down.fits):
            return float("inf")
        return self.head + self.foot + 2 * RIBBON_HALF + sum(self._sides(plan))

    # --- drawing ---

    def draw(self) -> Axes:
        """Draw everything; return the axes."""
        up, down = self._sides(self.plan)
        needed = self._needed(self.plan)
        if self.own_figure:
            self._fit_figure(needed)
        self.squeeze = 1.0
        if needed > self.height:  # thousands of marks: they move together and hide one another in part
            free = max(10.0, self.height - self.head - self.foot - 2 * RIBBON_HALF)
            self.squeeze = free / (up + down)
            up, down, needed = up * self.squeeze, down * self.squeeze, self.height
        spare = (self.height - needed) / 2
        top = RIBBON_HALF + up + spare + self.head
        bottom = -(RIBBON_HALF + down + spare + self.foot)
        self._prepare_axes(bottom, top)
        self._draw_eras(bottom + self.foot, top)
        for i in range(len(self.items)):
            self._draw_event(i)
        if self.plan:
            self._draw_labels(self.plan)
        self._draw_legend()
        return self.ax

    def _fit_figure(self, needed: float) -> None:
        """Give our own figure the height that its content needs, within bounds."""
        figure = _figure_of(self.ax)
        margins = figure.get_figheight() * 72 - self.height
        least = 0.26 * figure.get_figwidth() * 72
        most = self.height + margins + GROWTH
        height = min(max(needed + margins, least), most)
        figure.set_size_inches(figure.get_figwidth(), height / 72)
        _set_margins(self.ax)
        self.height = timeaxis.size_in_points(self.ax)[1]

    def _prepare_axes(self, bottom: float, top: float) -> None:
        ax, font = self.ax, self.look.font
        ax.set_facecolor(PAPER)
        timeaxis.set_time_axis(ax, self.place.low, self.place.high, width=self.width, font=font)
        ax.set_ylim(bottom, top)
        ax.spines["bottom"].set_position(("data", -RIBBON_HALF))  # so that the years stand in the ribbon
        inwards = -(RIBBON_HALF + font * 0.62)
        ticks: dict[str, Any] = {"direction": "in", "length": 3, "color": SOFT_INK, "pad": inwards}
        ax.tick_params(axis="x", labelcolor=INK, labelsize=font, **ticks)
        ax.axhspan(-RIBBON_HALF, RIBBON_HALF, facecolor=RIBBON, edgecolor="none", zorder=0.6)

    def _draw_eras(self, bottom: float, top: float) -> None:
        for era, text in zip(self.eras, self.era_names, strict=True):
            low, high = self._visible(era)
            style: dict[str, Any] = {"facecolor": TINT if era.number % 2 else PAPER, "edgecolor": "none", "zorder": 0.4}
            self.ax.add_patch(artists.EraBand(era, low, high, bottom, height=top - bottom, **style))
            if text:
                style = {"fontsize": self.look.font, "color": SOFT_INK, "style": "italic", "zorder": 1}
                middle = (low + high) / 2
                self.ax.add_artist(artists.EraName(era, middle, top - 4, text, ha="center", va="top", **style))

    def _y(self, i: int, outwards: float) -> float:
        return (RIBBON_HALF + outwards * self.squeeze) * (-1 if i % 2 else 1)

    def _draw_event(self, i: int) -> None:
        item, y = self.items[i], self._y(i, self.place.distance(i))
        if item.when.precision != "day":
            self._draw_bar(item, y)
        style = marks.mark_style(item.event.kind, item.event.effect, self.look.mark)
        self.ax.add_line(artists.EventMark(item.event, item.x, y, zorder=4, **style))
        if item.sign:
            shape, size = marks.sign_marker(item.sign, self.look.font)
            x = self.place.to_days(self.place.to_points(item.x) + self.look.mark * 0.75 + size / 2)
            halo = [withStroke(linewidth=2.2, foreground=PAPER)]  # readable on a bar, too
            sign: dict[str, Any] = {"marker": shape, "markersize": size, "color": INK, "path_effects": halo}
            self.ax.add_line(artists.EventSign(item.event, x, y, item.sign, zorder=4.5, **sign))

    def _draw_bar(self, item: Item, y: float) -> None:
        place, size = self.place, self.look.mark
        colour = marks.colour_of(item.event.kind)
        begin = place.low if item.begin is None else max(item.begin, place.low)
        end = place.high if item.end is None else min(item.end, place.high)
        for part in item.bar_parts(begin, end):
            if part.high > part.low:
                style = marks.bar_style(colour, part.role, dashed=part.dashed)
                bar = artists.EventBar(item.event, part.low, part.high, y, height=size * 0.5, zorder=3, **style)
                self.ax.add_patch(bar)
        inset = place.to_days(size * 0.4) - place.low
        ends = ((place.low + inset, "<"), (place.high - inset, ">"))
        for goes_on, (x, shape) in zip(self._goes_on(item), ends, strict=True):
            if goes_on:
                arrow: dict[str, Any] = {"marker": shape, "color": colour, "markersize": size * 0.8}
                self.ax.add_line(artists.EventArrow(item.event, x, y, zorder=3.5, **arrow))

    def _draw_labels(self, plan: Plan) -> None:
        for up, side in ((True, plan.up), (False, plan.down)):
            for i, place in zip(self.place.by_port(up), side.places, strict=True):
                self._draw_leader(i, place)
                self._draw_label(i, place, plan)

    def _draw_leader(self, i: int, place: layout.Place) -> None:
        item = self.items[i]
        path = [(self.place.to_points(item.x), self.place.distance(i)), *place.leader]
        xs = [self.place.to_days(x) for x, _ in path]
        ys = [self._y(i, y) for _, y in path]
        thin = 0.6 if self.look is COURSE else 0.8
        self.ax.add_line(artists.Leader(item.event, xs, ys, color=LEADER, linewidth=thin, zorder=2))

    def _draw_label(self, i: int, place: layout.Place, plan: Plan) -> None:
        text, right = plan.texts[i][place.size], place.faces == "right"
        width, _ = self.place.label_size(text, plan.font)
        x = place.left + FLAG_PAD if right else place.left + width - FLAG_PAD
        style: dict[str, Any] = {"fontsize": plan.font, "linespacing": self.look.spacing, "color": INK, "zorder": 5}
        style |= {"ha": "left" if right else "right", "va": "top" if i % 2 else "bottom"}
        y = self._y(i, place.bottom)
        self.ax.add_artist(artists.EventLabel(self.items[i].event, self.place.to_days(x), y, text, **style))

    def _draw_legend(self) -> None:
        line = self.look.font * marks.LINE
        for k, row in enumerate(self.legend):
            y = (line * (len(self.legend) - k - 0.5) + 2) / self.height
            marks.draw_legend_row(self.ax, row, y=y, width=self.width, font=self.look.font)


# --- axes of our own ---------------------------------------------------------------------------


def _new_axes(size: tuple[float, float]) -> Axes:
    return plt.figure(figsize=size).add_subplot()


def _figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def _set_margins(ax: Axes) -> None:
    """Fill the figure but for margins that are the same, in points, at every size."""
    figure = _figure_of(ax)
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    side, bottom = _MARGINS["side"], _MARGINS["bottom"]
    top = _MARGINS["title"] if ax.get_title(loc="left") else _MARGINS["top"]
    ax.set_position((side / width, bottom / height, 1 - 2 * side / width, 1 - (top + bottom) / height))


def _draw_empty(ax: Axes | None, title: str | None) -> Axes:
    if ax is None:
        ax = _new_axes((10.0, 2.0))
    if title is not None:
        ax.set_title(title)
    ax.set_facecolor(PAPER)
    ax.set_axis_off()
    style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 11, "color": INK}
    ax.text(0.5, 0.5, "No events to show.", transform=ax.transAxes, **style)
    return ax
