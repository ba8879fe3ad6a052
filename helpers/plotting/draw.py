"""Draw the events of one placement: marks, bars, signs, leaders and labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from . import artists, glyphs
from .events import BarPart, Item
from .labels import geometry
from .placement import COURSE, FLAG_PAD, Placement, Plan
from .theme import INK, LEADER, MUTED, PAPER


def legend_of(items: Sequence[Item], place: Placement) -> list[glyphs.Group]:
    """Return the legend's groups for events as they are placed."""
    kinds = [item.event.kind for item in items]
    effects = [item.event.effect for item in items]
    roles = {role for item in items for role in _roles(item, place)}
    muted = any(item.event.muted for item in items)
    return glyphs.legend_groups(kinds, effects, sorted(roles), place.look.mark, muted=muted)


def _roles(item: Item, place: Placement) -> Iterator[str]:
    """Which entries of the legend's group "Date" an event needs: those of what can be seen."""
    if item.when.precision != "day":
        role = "lasting" if item.when.precision == "interval" else "within"
        if any(part.role == role and _is_seen(part, item.x, place) for part in item.bar_parts(*_shown(item, place))):
            yield role
    if item.when.approximate:
        yield "about"
    if item.when.uncertain:
        yield "uncertain"
    if any(_goes_on(item, place.low, place.high)):
        yield "arrow"


def _shown(item: Item, place: Placement) -> tuple[float, float]:
    """From where to where an event's bar reaches within the figure."""
    begin = place.low if item.begin is None else max(item.begin, place.low)
    end = place.high if item.end is None else min(item.end, place.high)
    return begin, end


def _is_seen(part: BarPart, x: float, place: Placement) -> bool:
    """Whether a part of a bar reaches beyond the mark, which covers it."""
    half = place.to_days(0.6 * place.look.mark) - place.low  # marks of some shapes are a fifth larger
    return part.low < part.high and (part.low < x - half or part.high > x + half)


def _goes_on(item: Item, low: float, high: float) -> tuple[bool, bool]:
    """Whether an event's bar goes on beyond the left and the right edge."""
    return item.begin is None or item.begin < low, item.end is None or item.end > high


class Drawing:
    """The events of one placement, drawn outwards from a line.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw; its y axis counts points.
    place : Placement
        Where the marks stand.
    base : float
        The line's distance from the middle of the ribbon: events above it stand at ``base`` and more, those below
        at ``-base`` and less.
    squeeze : float, default 1
        By how much the marks of a stack move together.
    lane : str, default ""
        The lane that is drawn, if it is one.
    """

    def __init__(self, ax: Axes, place: Placement, *, base: float, squeeze: float = 1.0, lane: str = "") -> None:
        self.ax, self.place, self.base, self.squeeze, self.lane = ax, place, base, squeeze, lane

    def draw(self, plan: Plan | None) -> None:
        """Draw all events, and the labels of a plan."""
        for up, members in self.place.sides.items():
            for i in members:
                self._draw_event(i, up)
        if plan:
            for up, side in ((True, plan.up), (False, plan.down)):
                for i, spot in zip(self.place.by_port(up), side.places, strict=True):
                    self._draw_leader(i, up, spot)
                    self._draw_label(i, up, spot, plan)

    def _y(self, up: bool, outwards: float) -> float:
        return (self.base + outwards * self.squeeze) * (1 if up else -1)

    def _draw_event(self, i: int, up: bool) -> None:
        item, look = self.place.items[i], self.place.look
        y = self._y(up, self.place.distance(i))
        above = 0.0 if item.event.muted else 0.2  # what is picked out lies above the rest
        if item.when.precision != "day":
            self._draw_bar(item, y)
        style = glyphs.mark_style(item.event.kind, item.event.effect, look.mark, muted=item.event.muted)
        self.ax.add_artist(artists.EventMark(item.event, item.x, y, lane=self.lane, zorder=4 + above, **style))
        if item.sign:
            shape, size = glyphs.sign_marker(item.sign, look.font)
            x = self.place.to_days(self.place.to_points(item.x) + look.mark * 0.75 + size / 2)
            halo = [withStroke(linewidth=2.2, foreground=PAPER)]  # readable on a bar, too
            sign: dict[str, Any] = {"marker": shape, "markersize": size, "path_effects": halo}
            sign["color"] = MUTED if item.event.muted else INK
            self.ax.add_artist(artists.EventSign(item.event, x, y, item.sign, zorder=4.5, **sign))

    def _draw_bar(self, item: Item, y: float) -> None:
        place, size = self.place, self.place.look.mark
        colour = glyphs.colour_of(item.event.kind, muted=item.event.muted)
        for part in item.bar_parts(*_shown(item, place)):
            if part.high > part.low:
                style = glyphs.bar_style(colour, part.role, dashed=part.dashed)
                bar = artists.EventBar(item.event, part.low, part.high, y, height=size * 0.5, zorder=3, **style)
                self.ax.add_artist(bar)
        inset = place.to_days(size * 0.4) - place.low
        ends = ((place.low + inset, "<"), (place.high - inset, ">"))
        for goes_on, (x, shape) in zip(_goes_on(item, place.low, place.high), ends, strict=True):
            if goes_on:
                arrow: dict[str, Any] = {"marker": shape, "color": colour, "markersize": size * 0.8}
                self.ax.add_artist(artists.EventArrow(item.event, x, y, zorder=3.5, **arrow))

    def _draw_leader(self, i: int, up: bool, spot: geometry.Place) -> None:
        item = self.place.items[i]
        path = [(self.place.to_points(item.x), self.place.distance(i)), *spot.leader]
        xs = [self.place.to_days(x) for x, _ in path]
        ys = [self._y(up, y) for _, y in path]
        thin = 0.5 if self.place.look is COURSE else 0.8
        self.ax.add_artist(artists.Leader(item.event, xs, ys, color=LEADER, linewidth=thin, snap=True, zorder=2))

    def _draw_label(self, i: int, up: bool, spot: geometry.Place, plan: Plan) -> None:
        text, right = plan.texts[i][spot.size], spot.faces == "right"
        width, _ = self.place.label_size(text, plan.font)
        x = spot.left + FLAG_PAD if right else spot.left + width - FLAG_PAD
        style: dict[str, Any] = {"fontsize": plan.font, "linespacing": self.place.look.spacing, "color": INK, "zorder": 5}
        style |= {"ha": "left" if right else "right", "va": "bottom" if up else "top"}
        label = artists.EventLabel(self.place.items[i].event, self.place.to_days(x), self._y(up, spot.bottom), text, **style)
        self.ax.add_artist(label)
