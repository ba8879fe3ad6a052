"""Parts of a figure that carry what they depict.

Whatever `plot_timeline` and `plot_spans` draw is one of these artists. So a finished figure can be read
back: ``parts_of(ax, EventMark)`` gives the glyphs that were really drawn, each with its event. Nothing
is recorded anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform, TransformedPatchPath, TransformedPath

Kind = TypeVar("Kind", bound=Artist)


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


if TYPE_CHECKING:
    _Drawn = Artist
else:
    _Drawn = object  # matplotlib gives each class that derives from Artist a `draw`, which would hide that of the line


class _Part(_Drawn):
    """A part that ends where its axes end.

    matplotlib makes a new box for each part, all of the same size; half a thousand of them take a tenth of the time that a
    timeline takes.
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


class EventMark(_Part, Line2D):
    """The glyph of one event: a single point, its x the (middle of the) day at which it is shown.

    In a timeline with lanes an event has one glyph in each of its lanes.
    """

    def __init__(self, event: Event, x: float, y: float, *, lane: str = "", **style: Any) -> None:
        super().__init__([x], [y], linestyle="none", **style)
        self.event = event
        self.lane = lane


class EventBar(_Part, Rectangle):
    """The days over which an event lasted, or between which its unknown day lies."""

    def __init__(self, event: Event, low: float, high: float, y: float, **style: Any) -> None:
        height = style.pop("height")
        super().__init__((low, y - height / 2), high - low, height, **style)
        self.event = event


class EventArrow(_Part, Line2D):
    """The arrow head at the end of a bar that goes on: an open end, or one outside the figure."""

    def __init__(self, event: Event, x: float, y: float, **style: Any) -> None:
        super().__init__([x], [y], linestyle="none", **style)
        self.event = event


class EventSign(_Part, Line2D):
    """The "~" (about) or "?" (uncertain) beside an event's glyph: a symbol, centred on its point."""

    def __init__(self, event: Event, x: float, y: float, sign: str, **style: Any) -> None:
        super().__init__([x], [y], linestyle="none", markeredgewidth=0, **style)
        self.event = event
        self.sign = sign


class EventBin(_Part, Rectangle):
    """How many events of one row (a kind, or a lane) there are in one stretch of time: its height is their number."""

    def __init__(
        self, row: str, ends: tuple[str, str], events: tuple[Event, ...], low: float, high: float, y: float, **style: Any
    ) -> None:
        height = style.pop("height")
        super().__init__((low, y), high - low, height, edgecolor="none", **style)
        self.row = row
        self.ends = ends  # first and last day, written YYYY-MM-DD
        self.events = events


class EventLabel(_Part, Text):
    """The year and the title of an event (see `events.label_of`), or the number that stands for it."""

    def __init__(self, event: Event, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, **style)
        self.event = event


def numbers(ax: Axes) -> dict[Event, str]:
    """Return the numbers that stand for titles, if a timeline had no room for these."""
    labels = parts_of(ax, EventLabel)
    # An event may be called "1", but then its year stands before it.
    return {label.event: label.get_text() for label in labels if label.get_text() == str(label.event.row + 1)}


class SidesNote(_Part, Text):
    """What above and below mean, in a timeline whose sides tell the effects."""


class Leader(_Part, Line2D):
    """The line from an event's glyph to its label."""

    def __init__(self, event: Event, xs: list[float], ys: list[float], **style: Any) -> None:
        super().__init__(xs, ys, **style)
        self.event = event


class TimeBreak(_Part, Line2D):
    """The two slashes where a line of time leaves out a stretch; `ends` are its day numbers."""

    def __init__(self, ends: tuple[float, float], xs: list[float], ys: list[float], **style: Any) -> None:
        super().__init__(xs, ys, **style)
        self.ends = ends


class EraBand(_Part, Rectangle):
    """The days of an era, as far as the figure shows them."""

    def __init__(self, era: Era, low: float, high: float, y: float, **style: Any) -> None:
        height = style.pop("height")
        super().__init__((low, y), high - low, height, **style)
        self.era = era


class EraName(_Part, Text):
    """The name of an era."""

    def __init__(self, era: Era, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, **style)
        self.era = era


class SpanBar(_Part, Rectangle):
    """One membership, war, reign or office that lasted."""

    def __init__(self, span: Span, low: float, high: float, y: float, **style: Any) -> None:
        height = style.pop("height")
        super().__init__((low, y - height / 2), high - low, height, **style)
        self.span = span


class SpanLabel(_Part, Text):
    """The name of a span."""

    def __init__(self, span: Span, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, **style)
        self.span = span


class Subtitle(_Part, Text):
    """The line beneath a title, above the axes; `written` is the whole of it, should it be shortened."""

    def __init__(self, written: str, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, clip_on=False, **style)
        self.written = written
