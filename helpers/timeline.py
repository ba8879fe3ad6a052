"""The course's timeline: events as marks over era bands, with labels that never overlap.

What is drawn where is decided in points (1/72 inch): `layout` places marks and labels, `marks` knows what an
event looks like, `artists` are what a figure is made of. The y axis of a finished timeline therefore counts
points from the middle of the ribbon of years; it means nothing and is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from . import artists, layout, marks, timeaxis
from .items import Item, read_items
from .timeaxis import INK, LEADER, PAPER, RIBBON, SOFT_INK, TINT, day_number

ERA_FONT, COURSE_FONT = 9.0, 8.0
ERA_LABELS = 26  # up to so many labels, a figure is made for one era
MOST_LABELS = 400  # beyond, no label is tried
RIBBON_HALF = 8.0  # half the height of the ribbon of years, in points
FLAG_PAD = 2.6  # between a leader and its text
WRAPS = (None, 48, 36, 28, 20)  # letters a line: the sizes that a label may take
MARGIN_SIDE, MARGIN_TOP, MARGIN_TITLE, MARGIN_BOTTOM = (
    9.0,
    6.0,
    26.0,
    3.0,
)  # of our own figures, points


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


class _Plan(NamedTuple):
    """One way to write the labels: the texts of each (one a size), the font, and the places on each side."""

    texts: list[list[str]]
    font: float
    up: layout.Layout
    down: layout.Layout

    @property
    def height(self) -> float:
        fits = self.up.fits and self.down.fits
        return self.up.height + self.down.height if fits else float("inf")


class _Timeline:
    """The drawing of one timeline, step by step: measure, stack, place, draw."""

    def __init__(self, items: list[Item], *, ax: Axes | None, title: str | None, eras: bool, labels: bool) -> None:
        self.items = items
        self.own_figure = ax is None
        wanted = len(items) if labels and len(items) <= MOST_LABELS else 0
        self.small = len(items) <= ERA_LABELS
        self.font = ERA_FONT if self.small else COURSE_FONT
        self.mark = 8.5 if self.small else 5.6
        self.step = self.mark * (1.75 if self.small else 1.12)
        self.reach = self.mark * (0.75 if self.small else 0.5)  # half of what a mark needs in x
        self.spacing = 1.2 if self.small else 1.0
        self.labels_wanted = wanted > 0
        self.ax = _new_axes(len(items), title) if ax is None else ax
        if title is not None:
            self.ax.set_title(title, pad=8)
        self._settle()
        self.width, self.height = timeaxis.size_in_points(self.ax)
        known_eras = _load_eras() if eras else []
        self.low, self.high = self._padded(*_window(items, known_eras))
        self.eras = [era for era in known_eras if _era_ends(era)[0] < self.high and _era_ends(era)[1] > self.low]
        self.side_up = [i % 2 == 0 for i in range(len(items))]  # neighbours go to opposite sides
        self.levels = self._stack()
        self.legend = self._legend()

    def _settle(self) -> None:
        """Let a layout engine (constrained, tight) put the axes into place before anything is measured."""
        figure = self.ax.get_figure(root=True)
        if figure is not None and figure.get_layout_engine() is not None:
            figure.draw_without_rendering()

    def _padded(self, low: float, high: float) -> tuple[float, float]:
        """Widen the window until no mark is cut at its ends, nor the sign beside it."""
        scale = (high - low) / max(self.width - 4 * self.mark, self.width / 2)  # days a point
        left = min(item.x for item in self.items) - (self.reach + 2) * scale
        right = max(item.x + (self.reach + 2 + self._sign_width(item)) * scale for item in self.items)
        return min(low, left) - 2 * scale, max(high, right) + 2 * scale

    def to_points(self, x: float) -> float:
        return (x - self.low) / (self.high - self.low) * self.width

    def to_days(self, x: float) -> float:
        return self.low + x / self.width * (self.high - self.low)

    # --- marks ---

    def _extent(self, item: Item) -> tuple[float, float]:
        """What an event covers in x: its bar, its mark and the sign beside the mark."""
        x = self.to_points(item.x)
        low = 0.0 if item.begin is None else max(0.0, self.to_points(item.begin))
        high = self.width if item.end is None else min(self.width, self.to_points(item.end))
        return min(low, x - self.reach), max(high, self._mark_extent(item)[1])

    def _mark_extent(self, item: Item) -> tuple[float, float]:
        x = self.to_points(item.x)
        return x - self.reach, x + self.reach + self._sign_width(item)

    def _sign_width(self, item: Item) -> float:
        return self.font * 0.8 * len(item.sign) + 1 if item.sign else 0.0

    def _stack(self) -> list[int]:
        levels = [0] * len(self.items)
        for side in (True, False):
            members = [i for i, up in enumerate(self.side_up) if up == side]
            extents = [self._extent(self.items[i]) for i in members]
            for i, level in zip(members, layout.stack(extents, 1.0), strict=True):
                levels[i] = level
        return levels

    def _distance(self, i: int) -> float:
        """How far from the ribbon's edge the mark of event i stands, outwards."""
        return self.step * (self.levels[i] + 0.55)

    def _members(self, up: bool) -> list[int]:
        return [i for i, side in enumerate(self.side_up) if side == up]

    def _stack_height(self, up: bool) -> float:
        tops = [self._distance(i) + self.step * 0.55 for i in self._members(up)]
        return max(tops, default=0.0)

    # --- labels ---

    def _ports(self, up: bool) -> dict[int, float]:
        members = self._members(up)
        there = [
            layout.Mark(
                self.to_points(self.items[i].x),
                self._distance(i),
                *self._mark_extent(self.items[i]),
            )
            for i in members
        ]
        places = layout.ports(there, width=self.width, pitch=self.pitch)
        return dict(zip(members, places, strict=True))

    @property
    def pitch(self) -> float:
        return 4.0 if self.small else 1.5

    @property
    def gap(self) -> float:
        return 3.6 if self.small else 0.4

    def _obstacles(self, up: bool) -> list[layout.Obstacle]:
        return [
            layout.Obstacle(*self._extent(self.items[i]), self._distance(i) + self.step * 0.5) for i in self._members(up)
        ]

    def _label(self, i: int, texts: list[str], font: float) -> layout.Label:
        sizes = (
            (
                timeaxis.text_width(text, font) + FLAG_PAD + 0.6,
                timeaxis.text_height(text, font, self.spacing),
            )
            for text in texts
        )
        return layout.Label(self.port[i], tuple(sizes))

    def _flags(self, up: bool, texts: list[list[str]], font: float, size: int) -> layout.Layout:
        """Lay out one side; the places are in the order of `_by_port`."""
        labels = [self._label(i, texts[i], font) for i in self._by_port(up)]
        obstacles = self._obstacles(up)
        return layout.flags(
            labels,
            width=self.width,
            height=float("inf"),
            obstacles=obstacles,
            gap=self.gap,
            size=size,
        )

    def _columns(self, up: bool, texts: list[list[str]], font: float) -> layout.Layout:
        labels = [self._label(i, texts[i], font) for i in self._by_port(up)]
        return layout.columns(
            labels,
            width=self.width,
            height=float("inf"),
            obstacles=self._obstacles(up),
            gap=self.gap,
            pitch=self.pitch,
            reads="inwards" if up else "outwards",
        )

    def _by_port(self, up: bool) -> list[int]:
        return sorted(self._members(up), key=lambda i: (self.port[i], i))

    def _plan(self) -> _Plan | None:
        """Find the first way to write the labels that fits: see `plot_timeline`."""
        if not self.labels_wanted:
            return None
        self.port = self._ports(True) | self._ports(False)
        texts = [[timeaxis.wrap(item.event.title, limit) for limit in WRAPS] for item in self.items]
        near = [
            _Plan(texts, self.font, *(self._flags(up, texts, self.font, size) for up in (True, False)))
            for size in range(len(WRAPS))
        ]
        far = _Plan(texts, self.font, *(self._columns(up, texts, self.font) for up in (True, False)))
        numbers = [[str(i + 1)] for i in range(len(self.items))]
        key = _Plan(
            numbers,
            COURSE_FONT,
            *(self._flags(up, numbers, COURSE_FONT, 0) for up in (True, False)),
        )
        lowest = min(near, key=lambda plan: plan.height)
        for room in self._rooms():
            for plan in (lowest, far):
                if plan.height <= room:
                    return plan
        return key if key.height <= max(self._rooms()) else None

    def _rooms(self) -> list[float]:
        """How much height the labels of both sides may take: what there is, then what there may be."""
        strips = self.head + self.foot + 2 * RIBBON_HALF
        heights = [self.height]
        if self.own_figure:
            heights.append(self.height + 72 * 3.5)
        return [height - strips for height in heights]

    # --- strips above and below the labels ---

    @property
    def head(self) -> float:
        lines = max((text.count("\n") + 1 for _, text in self._era_names()), default=0)
        return 5.0 + lines * self.font * 1.2 if self.eras else 2.0

    @property
    def foot(self) -> float:
        return len(self.legend) * self.font * marks.LINE + 7

    def _era_names(self) -> Iterator[tuple[artists.Era, str]]:
        """Each era's name, wrapped to fit its band; its number where only that fits; nothing on a sliver."""
        for era in self.eras:
            start, end = _era_ends(era)
            room = self.to_points(min(end, self.high)) - self.to_points(max(start, self.low)) - 6
            lines = [timeaxis.wrap(era.title, limit) for limit in (None, 12, 8)]
            fitting = [text for text in lines if timeaxis.text_width(text, self.font) <= room]
            number = str(era.number)
            yield era, fitting[0] if fitting else number if room > 2 * self.font else ""

    def _legend(self) -> list[list[marks.Group]]:
        kinds = [item.event.kind for item in self.items]
        effects = [item.event.effect for item in self.items]
        roles = {role for item in self.items for role in self._roles(item)}
        groups = marks.legend_groups(kinds, effects, sorted(roles), self.mark)
        return marks.legend_rows(groups, self.width, self.font, join=not self.small)

    def _roles(self, item: Item) -> set[str]:
        """Which entries of the legend's group "Date" an event needs."""
        roles = set()
        if item.when.precision == "interval":
            roles.add("lasting")
        elif item.when.precision != "day":
            roles.add("within")
        if item.when.approximate:
            roles.add("about")
        if item.when.uncertain:
            roles.add("uncertain")
        if item.begin is None or item.end is None or item.end > self.high or item.begin < self.low:
            roles.add("arrow")
        return roles

    # --- drawing ---

    def draw(self) -> Axes:
        plan = self._plan()
        up = max(self._stack_height(True), plan.up.height if plan else 0.0)
        down = max(self._stack_height(False), plan.down.height if plan else 0.0)
        needed = self.head + self.foot + 2 * RIBBON_HALF + up + down
        if self.own_figure:
            self._fit_figure(needed)
        if needed > self.height:  # thousands of marks: they move closer and hide one another in part
            free = max(10.0, self.height - self.head - self.foot - 2 * RIBBON_HALF)
            self.step *= free / (up + down)
            up, down = (part * free / (up + down) for part in (up, down))
            needed = self.height
        spare = (self.height - needed) / 2
        top = RIBBON_HALF + up + spare + self.head
        bottom = RIBBON_HALF + down + spare + self.foot
        self._prepare_axes(-bottom, top)
        self._draw_eras(-bottom + self.foot, top)
        for i in range(len(self.items)):
            self._draw_event(i)
        if plan:
            self._draw_labels(plan)
        self._draw_legend()
        return self.ax

    def _fit_figure(self, needed: float) -> None:
        """Give our own figure the height that its content needs, between bounds."""
        figure = self.ax.get_figure(root=True)
        assert figure is not None
        least = 72 * (3.4 if self.small else 5.0)
        frame = figure.get_figheight() * 72 - self.height
        height = max(needed, least - frame)
        figure.set_size_inches(figure.get_figwidth(), (height + frame) / 72)
        _set_margins(self.ax)
        self.height = timeaxis.size_in_points(self.ax)[1]

    def _prepare_axes(self, bottom: float, top: float) -> None:
        ax = self.ax
        ax.set_facecolor(PAPER)
        timeaxis.set_time_axis(ax, self.low, self.high, self.width)
        ax.set_ylim(bottom, top)
        ax.yaxis.set_visible(False)
        for side in ("left", "right", "top"):
            ax.spines[side].set_visible(False)
        ax.spines["bottom"].set_visible(False)
        ax.spines["bottom"].set_position(("data", -RIBBON_HALF))
        ax.tick_params(
            axis="x",
            direction="in",
            length=3,
            color=SOFT_INK,
            labelcolor=INK,
            labelsize=self.font,
            pad=-(RIBBON_HALF + self.font * 0.62),
        )
        ax.axhspan(-RIBBON_HALF, RIBBON_HALF, facecolor=RIBBON, edgecolor="none", zorder=0.6)

    def _draw_eras(self, bottom: float, top: float) -> None:
        for era, text in self._era_names():
            start, end = _era_ends(era)
            low, high = max(start, self.low), min(end, self.high)
            shade = TINT if era.number % 2 else PAPER
            self.ax.add_patch(
                artists.EraBand(
                    era,
                    low,
                    high,
                    bottom,
                    height=top - bottom,
                    facecolor=shade,
                    edgecolor="none",
                    zorder=0.4,
                )
            )
            if text:
                name = artists.EraName(
                    era,
                    (low + high) / 2,
                    top - 4,
                    text,
                    fontsize=self.font,
                    color=SOFT_INK,
                    style="italic",
                    ha="center",
                    va="top",
                    zorder=1,
                )
                self.ax.add_artist(name)

    def _y(self, i: int, outwards: float) -> float:
        return (RIBBON_HALF + outwards) * (1 if self.side_up[i] else -1)

    def _draw_event(self, i: int) -> None:
        item, y = self.items[i], self._y(i, self._distance(i))
        self._draw_bars(item, y)
        style = marks.mark_style(item.event.kind, item.event.effect, self.mark)
        self.ax.add_line(artists.EventMark(item.event, item.x, y, zorder=4, **style))
        if item.sign:
            x = self.to_days(self.to_points(item.x) + self.mark * 0.7)
            sign = artists.EventSign(
                item.event,
                x,
                y,
                item.sign,
                fontsize=self.font,
                weight="bold",
                color=INK,
                ha="left",
                va="center",
                zorder=4,
            )
            self.ax.add_artist(sign)

    def _draw_bars(self, item: Item, y: float) -> None:
        if item.when.precision == "day":
            return
        colour = marks.colour_of(item.event.kind)
        begin = self.low if item.begin is None else max(item.begin, self.low)
        end = self.high if item.end is None else min(item.end, self.high)
        for low, high, role, dashed in item.bar_parts(begin, end):
            style = marks.bar_style(colour, role, dashed=dashed)
            bar = artists.EventBar(item.event, low, high, y, height=self.mark * 0.5, zorder=3, **style)
            self.ax.add_patch(bar)
        arrow: dict[str, Any] = {"color": colour, "markersize": self.mark * 0.8, "zorder": 3.5}
        inset = self.to_days(self.mark * 0.4) - self.low
        if item.begin is None or item.begin < self.low:
            self.ax.add_line(artists.EventArrow(item.event, self.low + inset, y, marker="<", **arrow))
        if item.end is None or item.end > self.high:
            self.ax.add_line(artists.EventArrow(item.event, self.high - inset, y, marker=">", **arrow))

    def _draw_labels(self, plan: _Plan) -> None:
        for up, side in ((True, plan.up), (False, plan.down)):
            for i, place in zip(self._by_port(up), side.places, strict=True):
                self._draw_leader(i, place)
                self._draw_label(i, place, plan)

    def _draw_leader(self, i: int, place: layout.Place) -> None:
        item = self.items[i]
        start = self._distance(i)
        path = [(self.to_points(item.x), start), (self.port[i], start), *place.leader[1:]]
        xs = [self.to_days(x) for x, _ in path]
        ys = [self._y(i, y) for _, y in path]
        self.ax.add_line(artists.Leader(item.event, xs, ys, color=LEADER, linewidth=0.8, zorder=2))

    def _draw_label(self, i: int, place: layout.Place, plan: _Plan) -> None:
        text, up, right = plan.texts[i][place.size], self.side_up[i], place.faces == "right"
        width = timeaxis.text_width(text, plan.font) + FLAG_PAD + 0.6
        x = place.left + FLAG_PAD if right else place.left + width - FLAG_PAD
        label = artists.EventLabel(
            self.items[i].event,
            self.to_days(x),
            self._y(i, place.bottom),
            text,
            fontsize=plan.font,
            color=INK,
            ha="left" if right else "right",
            va="bottom" if up else "top",
            zorder=5,
            linespacing=self.spacing,
        )
        self.ax.add_artist(label)

    def _draw_legend(self) -> None:
        line = self.font * marks.LINE
        for k, row in enumerate(reversed(self.legend)):
            y = (line * (k + 0.5) + 2) / self.height
            marks.draw_legend_row(self.ax, row, y=y, width=self.width, font=self.font)


# --- axes of our own ---------------------------------------------------------------------------


def _new_axes(count: int, title: str | None) -> Axes:
    small = count <= ERA_LABELS
    figure = plt.figure(figsize=(10, 5.6) if small else (12, 7) if count <= 45 else (16, 9))
    ax = figure.add_subplot()
    if title is not None:
        ax.set_title(title)
    _set_margins(ax)
    return ax


def _set_margins(ax: Axes) -> None:
    """Fill the figure but for margins that are the same in points at every size."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    top = MARGIN_TITLE if ax.get_title(loc="left") else MARGIN_TOP
    ax.set_position(
        (
            MARGIN_SIDE / width,
            MARGIN_BOTTOM / height,
            1 - 2 * MARGIN_SIDE / width,
            1 - (top + MARGIN_BOTTOM) / height,
        )
    )


def _draw_empty(ax: Axes | None, title: str | None) -> Axes:
    if ax is None:
        figure = plt.figure(figsize=(10, 2))
        ax = figure.add_subplot()
    if title is not None:
        ax.set_title(title)
    ax.set_facecolor(PAPER)
    ax.set_axis_off()
    ax.text(
        0.5,
        0.5,
        "No events to show.",
        transform=ax.transAxes,
        ha="center",
        va="center",
        fontsize=11,
        color=INK,
    )
    return ax
