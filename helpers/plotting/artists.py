"""Parts of a figure that carry what they depict.

Whatever `plot_timeline` and `plot_spans` draw is one of these artists. So a finished figure can be read
back: ``parts_of(ax, EventMark)`` gives the glyphs that were really drawn, each with its event. Nothing
is recorded anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Patch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import PathEffectRenderer
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform, Transform, TransformedPatchPath, TransformedPath

Kind = TypeVar("Kind", bound=Artist)
Prepared = TypeVar("Prepared")
Colour = tuple[float, float, float, float]


def parts_of(ax: Axes, kind: type[Kind]) -> list[Kind]:
    """Return what was drawn on axes and is of one of the kinds of this module, in the order in which it was added."""
    return [artist for artist in ax.get_children() if isinstance(artist, kind)]


class Event(NamedTuple):
    """What an event's artists depict. Empty text stands for "not given".

    `row` is its place in the order of time, from 0; `muted` tells that it is grey because others are picked out.
    """

    event_id: str
    date: str  # EDTF, as in the table
    title: str
    kind: str
    effect: str
    row: int = 0
    muted: bool = False


class Era(NamedTuple):
    """What an era's band depicts. `start` and `end` are days, written YYYY-MM-DD."""

    era_id: str
    number: int
    title: str
    start: str
    end: str


class Span(NamedTuple):
    """What a bar of `plot_spans` depicts. `start` and `end` are EDTF; ".." is an open end."""

    label: str
    start: str
    end: str
    group: str


_OWN = ("_callbacks", "_sticky_edges")  # what matplotlib changes in place: a copy would share it


class Copies:
    """Makes parts of one look as copies of the first: matplotlib checks each setting of each part that it makes."""

    def __init__(self) -> None:
        self.firsts: dict[Hashable, Any] = {}

    def like(self, look: Hashable, first: Callable[[], Kind]) -> Kind:
        """Return a part of a look, whose event and place are still to be set; `first` makes the first one."""
        if look not in self.firsts:
            self.firsts[look] = first()
        part: Kind = copy(self.firsts[look])
        own = vars(Artist())  # else who waits for a change of one part would hear of all others
        vars(part).update((name, own[name]) for name in _OWN)
        return part


if TYPE_CHECKING:
    _Drawn = Artist
else:
    _Drawn = object  # matplotlib gives each class that derives from Artist a `draw`, which would hide that of the line


class _Part(_Drawn):
    """A part that ends where its axes end.

    matplotlib makes a new box for each part, all of the same size; half a thousand of them take a tenth of the time that a
    timeline takes. And it asks each part that it draws for all that a part may have: dashes with filled gaps, marks at some
    points only, sketchy lines. A part that has none of it is drawn here, by the same calls of the renderer.
    """

    def set_clip_path(
        self,
        path: Patch | Path | TransformedPath | TransformedPatchPath | None,
        transform: Transform | None = None,
    ) -> None:
        axes = self.axes
        if axes is not None and path is axes.patch and isinstance(path, Rectangle):
            self.set_clip_box(axes.bbox)
        else:
            super().set_clip_path(path, transform)

    def _is_plain(self) -> bool:
        """Whether nothing but its own look was set."""
        odd = (self.get_sketch_params(), self.get_clip_path(), self.get_gid(), self.get_url(), self.get_agg_filter())
        return self.get_clip_on() and not self.get_rasterized() and all(setting is None for setting in odd)

    def _context(self, renderer: RendererBase) -> GraphicsContextBase:
        context = renderer.new_gc()
        context.set_clip_rectangle(self.get_clip_box())
        if (alpha := self.get_alpha()) is not None and not isinstance(self, Line2D):
            context.set_alpha(alpha)
        return context


def _dots(renderer: RendererBase, transform: Transform, x: float, y: float) -> tuple[float, float]:
    """Where a point of the data stands. A renderer with `affines` keeps the numbers that move all points of axes."""
    known: dict[int, tuple[float, ...] | None] = getattr(renderer, "affines", {})
    if id(transform) not in known:
        known[id(transform)] = tuple(transform.get_matrix()[:2].ravel()) if transform.is_affine else None
    numbers = known[id(transform)]
    if numbers is None:
        across, upwards = transform.transform((x, y))
        return across, upwards
    a, c, e, b, d, f = numbers
    return a * x + c * y + e, b * x + d * y + f


_HERE = IdentityTransform()  # for what is counted in dots already


def _kept(renderer: RendererBase, look: Hashable, prepare: Callable[[], Prepared]) -> Prepared:
    """What was prepared for parts of this look. A renderer with `kept` has it for all of them; any other, for each."""
    kept: dict[Hashable, Any] | None = getattr(renderer, "kept", None)
    if kept is None:
        return prepare()
    if look not in kept:
        kept[look] = prepare()
    found: Prepared = kept[look]
    return found


@lru_cache(maxsize=128)
def _marker(shape: str | Path) -> MarkerStyle:
    return MarkerStyle(shape)


class _Point(_Part, Line2D):
    """A marker at a single point."""

    event: Event

    def __init__(self, x: float, y: float, **style: Any) -> None:
        super().__init__([x], [y], linestyle="none", **style)

    def put(self, event: Event, x: float, y: float) -> None:
        """Let a copy stand for an event, at a place."""
        self.event = event
        self.set_data([x], [y])

    def draw(self, renderer: RendererBase) -> None:
        """Draw the marker."""
        if not self.get_visible():
            return
        shape, xs, ys = self.get_marker(), np.asarray(self.get_xdata(orig=True)), np.asarray(self.get_ydata(orig=True))
        alone = xs.shape == ys.shape == (1,) and xs.dtype.kind in "fi" and ys.dtype.kind in "fi"
        if not (alone and self._is_plain() and isinstance(shape, str | Path) and self.get_fillstyle() == "full"):
            super().draw(renderer)
            return
        size = float(np.asarray(renderer.points_to_pixels(self.get_markersize())))
        edge = to_rgba(self.get_markeredgecolor(), self.get_alpha())
        look = (shape, size, edge, self.get_markeredgewidth(), self.get_antialiased(), id(self.get_clip_box()))
        context, path, enlarged = _kept(renderer, look, lambda: self._prepared(renderer, _marker(shape), size, edge))
        face = to_rgba(self.get_markerfacecolor(), self.get_alpha())
        place = Path([_dots(renderer, self.get_transform(), float(xs[0]), float(ys[0]))])
        if effects := self.get_path_effects():
            renderer = PathEffectRenderer(effects, renderer)
        renderer.draw_markers(context, path, enlarged, place, _HERE, face)
        context.restore()
        self.stale = False

    def _prepared(
        self, renderer: RendererBase, marker: MarkerStyle, size: float, edge: Colour
    ) -> tuple[GraphicsContextBase, Path, Affine2D]:
        context = self._context(renderer)
        context.set_linewidth(self.get_markeredgewidth())
        context.set_antialiased(self.get_antialiased())
        context.set_foreground(edge, isRGBA=True)
        context.set_joinstyle(marker.get_joinstyle())
        context.set_capstyle(marker.get_capstyle())
        least = marker.get_snap_threshold()
        context.set_snap(size >= least if isinstance(least, float | int) else None)
        # Affine2D, because matplotlib enlarges a marker in place
        return context, marker.get_path(), Affine2D(marker.get_transform().get_matrix()).scale(size)


class _Box(_Part, Rectangle):
    """A rectangle from one day to another."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw the rectangle."""
        if not self.get_visible():
            return
        dashes = self.get_linestyle()
        odd = dashes not in ("solid", "-") or self.get_hatch() or self.get_path_effects() or self.get_angle()
        if odd or not self._is_plain():
            super().draw(renderer)
            return
        edge, face = to_rgba(self.get_edgecolor()), to_rgba(self.get_facecolor())
        styles = self.get_capstyle(), self.get_joinstyle(), self.get_antialiased(), self.get_snap()
        look = (edge, self.get_linewidth(), *styles, self.get_alpha(), id(self.get_clip_box()))
        context = _kept(renderer, look, lambda: self._prepared(renderer, edge))
        (x, y), wide, high = self.get_xy(), self.get_width(), self.get_height()
        left, low = _dots(renderer, self.get_data_transform(), x, y)
        right, top = _dots(renderer, self.get_data_transform(), x + wide, y + high)
        corners = [(left, low), (right, low), (right, top), (left, top), (left, low)]
        renderer.draw_path(context, Path(corners, _CORNERS), _HERE, face if face[3] else None)
        context.restore()
        self.stale = False

    def _prepared(self, renderer: RendererBase, edge: Colour) -> GraphicsContextBase:
        context = self._context(renderer)
        context.set_linewidth(self.get_linewidth() if edge[3] else 0)
        context.set_foreground(edge, isRGBA=True)
        context.set_capstyle(self.get_capstyle())
        context.set_joinstyle(self.get_joinstyle())
        context.set_antialiased(self.get_antialiased())
        context.set_snap(self.get_snap())
        return context


_CORNERS = np.array([Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY], dtype=Path.code_type)


class _Words(_Part, Text):
    """A text without formulas. A renderer that has `lines_of` knows from other figures how its lines stand."""

    spacing: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, **style)
        self.spacing = {name: style[name] for name in ("linespacing", "multialignment") if name in style}

    def set_linespacing(self, spacing: Literal["normal"] | float) -> None:
        """Set how far apart the lines stand; matplotlib has no method that tells it."""
        super().set_linespacing(spacing)
        self.spacing = {**self.spacing, "linespacing": spacing}

    def set_multialignment(self, align: Literal["left", "right", "center"]) -> None:
        """Set where the lines begin or end; matplotlib has no method that tells it."""
        super().set_multialignment(align)
        self.spacing = {**self.spacing, "multialignment": align}

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text."""
        lines_of = getattr(renderer, "lines_of", None)
        if not self.get_visible() or not self.get_text():
            return
        odd = self.get_bbox_patch() or self.get_path_effects() or self.get_rotation() or self.get_usetex() or self.get_wrap()
        odd = odd or self.get_parse_math()
        if lines_of is None or odd or not self._is_plain():
            super().draw(renderer)
            return
        left, bottom = _dots(renderer, self.get_transform(), *self.get_unitless_position())
        colour = to_rgba(self.get_color())
        look = (colour, self.get_antialiased(), self.get_snap(), self.get_alpha(), id(self.get_clip_box()))
        context = _kept(renderer, look, lambda: self._prepared(renderer, colour))
        lines, font = lines_of(self, self.spacing), self.get_fontproperties()
        high, alone = renderer.get_canvas_width_height()[1], self if len(lines) == 1 else None
        for line, x, y in lines:
            renderer.draw_text(context, left + x, high - (bottom + y), line, font, 0.0, ismath=False, mtext=alone)
        context.restore()
        self.stale = False

    def _prepared(self, renderer: RendererBase, colour: Colour) -> GraphicsContextBase:
        context = self._context(renderer)
        context.set_foreground(colour, isRGBA=True)
        context.set_antialiased(self.get_antialiased())
        context.set_snap(self.get_snap())
        return context


class EventMark(_Point):
    """The glyph of one event: a single point, its x the (middle of the) day at which it is shown.

    In a timeline with lanes an event has one glyph in each of its lanes.
    """

    def __init__(self, event: Event, x: float, y: float, *, lane: str = "", **style: Any) -> None:
        super().__init__(x, y, **style)
        self.event = event
        self.lane = lane


class EventBar(_Box):
    """The days over which an event lasted, or between which its unknown day lies."""

    def __init__(self, event: Event, low: float, high: float, y: float, **style: Any) -> None:
        height = style.pop("height")
        super().__init__((low, y - height / 2), high - low, height, **style)
        self.event = event

    def put(self, event: Event, low: float, high: float, y: float) -> None:
        """Let a copy stand for an event, from one day to another."""
        self.event = event
        self.set_bounds(low, y - self.get_height() / 2, high - low, self.get_height())


class EventArrow(_Point):
    """The arrow head at the end of a bar that goes on: an open end, or one outside the figure."""

    def __init__(self, event: Event, x: float, y: float, **style: Any) -> None:
        super().__init__(x, y, **style)
        self.event = event


class EventSign(_Point):
    """The "~" (about) or "?" (uncertain) beside an event's glyph: a symbol, centred on its point."""

    def __init__(self, event: Event, x: float, y: float, sign: str, **style: Any) -> None:
        super().__init__(x, y, markeredgewidth=0, **style)
        self.event = event
        self.sign = sign


class EventBin(_Box):
    """How many events of one row (a kind, or a lane) there are in one stretch of time: its height is their number."""

    def __init__(
        self, row: str, ends: tuple[str, str], events: tuple[Event, ...], low: float, high: float, y: float, **style: Any
    ) -> None:
        height = style.pop("height")
        super().__init__((low, y), high - low, height, edgecolor="none", **style)
        self.row = row
        self.ends = ends  # first and last day, written YYYY-MM-DD
        self.events = events


class EventLabel(_Words):
    """The year and the title of an event (see `events.label_of`), or the number that stands for it."""

    def __init__(self, event: Event, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, **style)
        self.event = event

    def put(self, event: Event, x: float, y: float, text: str) -> None:
        """Let a copy stand for an event, at a place, with letters of its own: a text is enlarged by its font."""
        self.event = event
        self.set_position((x, y))
        self.set_text(text)
        self.set_fontproperties(self.get_fontproperties())


def numbers(ax: Axes) -> dict[Event, str]:
    """Return the numbers that stand for titles, if a timeline had no room for these."""
    labels = parts_of(ax, EventLabel)
    # An event may be called "1", but then its year stands before it.
    return {label.event: label.get_text() for label in labels if label.get_text() == str(label.event.row + 1)}


class SidesNote(_Part, Text):
    """What above and below mean, in a timeline whose sides tell the effects."""


class Leader(NamedTuple):
    """The line from an event's glyph to its label: a day number and a height for each of its points."""

    event: Event
    points: tuple[tuple[float, float], ...]


class Leaders(_Part, Artist):
    """The leaders of a timeline or a lane: one part, for there is one to each label, and all look alike."""

    def __init__(self, leaders: Sequence[Leader], *, colour: str, width: float, zorder: float) -> None:
        super().__init__()
        self.leaders, self.colour, self.width = tuple(leaders), colour, width
        self.set_zorder(zorder)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the lines."""
        if not self.get_visible() or self.axes is None:
            return
        context = self._context(renderer)
        context.set_linewidth(self.width)
        context.set_foreground(self.colour)
        context.set_capstyle("projecting")
        context.set_joinstyle("round")
        context.set_snap(True)
        there = self.axes.transData
        affine = there.get_affine()
        for leader in self.leaders:
            renderer.draw_path(context, there.transform_path_non_affine(Path(leader.points)), affine)
        context.restore()
        self.stale = False


class MovedTick(_Part, Artist):
    """All ticks of the x axis, drawn by one that moves, for a picture whose axes nobody gets: a tick has five parts to make.

    The axis itself is hidden, or it would make one for each and measure all their labels.
    """

    def draw(self, renderer: RendererBase) -> None:
        """Draw the ticks, as matplotlib's axis does."""
        assert self.axes is not None
        axis = self.axes.xaxis
        places = axis.get_majorticklocs()
        tick = axis.get_major_ticks(1)[0]
        for place, text in zip(places, axis.get_major_formatter().format_ticks(list(places)), strict=True):
            tick.update_position(place)
            tick.label1.set_text(text)
            tick.draw(renderer)
        self.stale = False


class TimeBreak(_Part, Line2D):
    """The two slashes where a line of time leaves out a stretch; `ends` are its day numbers."""

    def __init__(self, ends: tuple[float, float], xs: list[float], ys: list[float], **style: Any) -> None:
        super().__init__(xs, ys, **style)
        self.ends = ends


class EraBand(_Box):
    """The days of an era, as far as the figure shows them."""

    def __init__(self, era: Era, low: float, high: float, y: float, **style: Any) -> None:
        height = style.pop("height")
        super().__init__((low, y), high - low, height, **style)
        self.era = era


class EraName(_Words):
    """The name of an era."""

    def __init__(self, era: Era, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, **style)
        self.era = era


class EraKey(_Part, Text):
    """What the numbers of eras stand for."""


class SpanBar(_Box):
    """One membership, war, reign or office that lasted."""

    def __init__(self, span: Span, low: float, high: float, y: float, **style: Any) -> None:
        height = style.pop("height")
        super().__init__((low, y - height / 2), high - low, height, **style)
        self.span = span


class SpanLabel(_Words):
    """The name of a span."""

    def __init__(self, span: Span, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, **style)
        self.span = span


class Subtitle(_Part, Text):
    """The line beneath a title, above the axes; `written` is the whole of it, should it be shortened."""

    def __init__(self, written: str, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, clip_on=False, **style)
        self.written = written
