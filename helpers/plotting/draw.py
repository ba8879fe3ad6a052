"""Draw one candidate: glyphs, bars, signs, leaders and labels, on a canvas."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from operator import sub
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from . import artists, glyphs
from .artists import Kind
from .candidates import Candidate, Row
from .canvas import RIBBON_HALF, Canvas
from .events import BarPart, Item
from .labels.geometry import LabelBox
from .lettering import direction
from .placement import COURSE, FLAG_PAD, Plan
from .text_size import linespacing
from .theme import INK, LEADER, PAPER, RIBBON


def draw(candidate: Candidate, canvas: Canvas) -> Axes:
    """Draw a candidate, with the height that it needs or as much of it as the canvas has."""
    canvas.fit_height(candidate.needed)
    free = canvas.height - candidate.around.height
    needed = sum(candidate.heights)
    squeeze = min(1.0, max(10.0, free) / max(needed, 1.0))  # without labels, glyphs of a stack may hide one another
    spare = max(0.0, free - needed) / len(candidate.heights)
    heights = [height * squeeze + spare for height in candidate.heights]
    bottom = -(RIBBON_HALF + (heights.pop() if candidate.two_sided else 0.0))
    top, *bases = accumulate(heights, sub, initial=RIBBON_HALF + sum(heights))
    bases[-1] = RIBBON_HALF if candidate.two_sided else bases[-1]  # exactly: half a pixel is rounded up or down
    canvas.draw(candidate.around, bottom, top, _bands(candidate, bottom, top))
    for row, base in zip(candidate.rows, bases, strict=True):
        if canvas.rows:
            canvas.ax.axhline(base, color=RIBBON, linewidth=0.8, zorder=0.7)
        _RowDrawing(canvas.ax, row, base, squeeze).draw()
    if canvas.rows:
        middles = [base + height / 2 for base, height in zip(bases, heights, strict=True)]
        canvas.ax.set_yticks(middles, canvas.rows, parse_math=False)
    return canvas.ax


def _bands(candidate: Candidate, bottom: float, top: float) -> tuple[float, float] | None:
    """From where to where the bands of eras reach: as far as the glyphs do, if labels stand in columns."""
    row = candidate.rows[0]
    if row.plan is None or "columns" not in (row.plan.up.method, row.plan.down.method):
        return None
    up, down = (row.placement.stack_height(side) + 2 for side in (True, False))
    return max(bottom, -(RIBBON_HALF + down)), min(top, RIBBON_HALF + up)


class _RowDrawing:
    """The events of one row, drawn outwards from a line.

    Events above it stand `base` and more above the middle of the ribbon, those below as far below. `squeeze` tells by how
    much the glyphs of a stack move together.
    """

    def __init__(self, ax: Axes, row: Row, base: float, squeeze: float) -> None:
        self.ax, self.name, self.placement, self.plan = ax, row.name, row.placement, row.plan
        self.look, self.scale, self.base, self.squeeze = row.placement.look, row.placement.scale, base, squeeze
        self.copies = artists.Copies()

    def draw(self) -> None:
        """Draw all events, and the labels of the plan."""
        for up, members in self.placement.sides.items():
            for i in members:
                self._draw_event(i, up)
        if self.plan:
            leaders = []
            for up, layout in ((True, self.plan.up), (False, self.plan.down)):
                for i, box in zip(self.placement.by_port(up), layout.boxes, strict=True):
                    leaders.append(self._leader(i, up, box))
                    self._draw_label(i, up, box, self.plan)
            thin = 0.5 if self.look is COURSE else 0.8
            self.ax.add_artist(artists.Leaders(leaders, colour=LEADER, width=thin, zorder=2))

    def _y(self, up: bool, outwards: float) -> float:
        return (self.base + outwards * self.squeeze) * (1 if up else -1)

    def _draw_event(self, i: int, up: bool) -> None:
        item, look = self.placement.items[i], self.placement.look_of(i)
        event, y = item.event, self._y(up, self.placement.distance(i))
        above = 0.0 if event.muted else 0.2  # what is picked out lies above the rest
        if item.when.precision != "day":
            self._draw_bar(item, y, look.glyph)

        def mark() -> artists.EventMark:
            style = glyphs.glyph_style(event.kind, event.effect, look.glyph, muted=event.muted)
            return artists.EventMark(event, item.x, y, lane=self.name, zorder=4 + above, **style)

        self._add(mark, "mark", event.kind, event.effect, event.muted).put(event, item.x, y)
        if item.sign and not event.muted:
            self._draw_sign(item, y)

    def _add(self, first: Callable[[], Kind], *look: object) -> Kind:
        """Add a part of a look to the axes, where it is still to be put."""
        part = self.copies.like(look, first)
        self.ax.add_artist(part)
        return part

    def _draw_sign(self, item: Item, y: float) -> None:
        shape, size = glyphs.sign_marker(item.sign, self.look.font)
        x = self.scale.to_days(self.scale.to_points(item.x) + self.look.glyph * 0.75 + size / 2)

        def sign() -> artists.EventSign:
            halo = [withStroke(linewidth=2.2, foreground=PAPER)]  # readable on a bar, too
            style: dict[str, Any] = {"marker": shape, "markersize": size, "path_effects": halo, "color": INK}
            return artists.EventSign(item.event, x, y, item.sign, zorder=4.5, **style)

        self._add(sign, "sign", item.sign).put(item.event, x, y)

    def _draw_bar(self, item: Item, y: float, size: float) -> None:
        event, low, high = item.event, self.scale.low, self.scale.high
        colour = glyphs.colour_of(event.kind, muted=event.muted)
        for part in item.bar_parts(*self.placement.shown_days(item)):
            if part.high > part.low:

                def bar(part: BarPart = part) -> artists.EventBar:
                    style = glyphs.bar_style(colour, part.role, dashed=part.dashed)
                    return artists.EventBar(event, part.low, part.high, y, height=size * 0.5, zorder=3, **style)

                self._add(bar, "bar", colour, size, part.role, part.dashed).put(event, part.low, part.high, y)
        inset = self.scale.to_days(size * 0.4) - low
        ends = ((low + inset, "<"), (high - inset, ">"))
        for goes_on, (x, shape) in zip(self.placement.goes_on(item), ends, strict=True):
            if goes_on:
                arrow: dict[str, Any] = {"marker": shape, "color": colour, "markersize": size * 0.8}
                self.ax.add_artist(artists.EventArrow(event, x, y, zorder=3.5, **arrow))

    def _leader(self, i: int, up: bool, box: LabelBox) -> artists.Leader:
        item = self.placement.items[i]
        path = [(self.scale.to_points(item.x), self.placement.distance(i)), *box.leader]
        return artists.Leader(item.event, tuple((self.scale.to_days(x), self._y(up, y)) for x, y in path))

    def _draw_label(self, i: int, up: bool, box: LabelBox, plan: Plan) -> None:
        text, right = plan.texts[i][box.size], box.faces == "right"
        width, _ = self.placement.label_size(text, plan.font)
        x = self.scale.to_days(box.left + FLAG_PAD if right else box.left + width - FLAG_PAD)
        event, y = self.placement.items[i].event, self._y(up, box.bottom)

        def label() -> artists.EventLabel:
            return artists.EventLabel(event, x, y, text, **self._lettering(plan, up, right))

        self._add(label, "label", up, right).put(event, x, y, text)

    def _lettering(self, plan: Plan, up: bool, right: bool) -> dict[str, Any]:
        style: dict[str, Any] = {"fontsize": plan.font, "color": INK, "zorder": 5}
        style |= {"ha": "left" if right else "right", "va": "bottom" if up else "top"}
        style["linespacing"] = linespacing(self.look.spacing)
        if direction() == "rtl":
            style["multialignment"] = "right"  # where a line begins
        return style
