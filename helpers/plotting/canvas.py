"""The sheet on which a timeline is drawn: axes and their size, bands of eras, the ribbon of years, the legend.

The y axis of every sheet counts points (1/72 inch) from the middle of the ribbon of years.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from . import artists, glyphs, text_size, theme, time_axis
from .events import Item
from .labels import geometry
from .placement import Look
from .theme import INK, PAPER, RIBBON, SOFT_INK, TINT
from .time_axis import day_number
from .titles import EDGE, draw_heading, heading, height_above, width_above

Titles = tuple[str | None, str | None]  # title and subtitle
PAD = 8.0  # between the axes and their title, in points

RIBBON_HALF = 8.0  # half the height of the ribbon of years, in points
GROWTH = 3.5 * 72  # so much higher a figure made here may become, in points
LEAST_SHARE = 0.26  # of its width: no figure made here is lower
NAMES_SHARE = 0.25  # of the height: more the names of eras don't take
_MARGINS = {"side": 11.0, "top": 6.0, "title": 26.0, "bottom": 3.0}  # points


class _Name(NamedTuple):
    """The name of an era: over its band, or on a line from it where the band is too narrow."""

    text: str
    place: geometry.Place | None


class Sheet:
    """Axes of a known size, in points, with everything on them that is no event.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
        Where to draw; None makes a figure of `size` (inches), which then fits its height to what is drawn.
    titles : (str or None, str or None)
        The figure's title and subtitle.
    size : (float, float)
        Width and height of a figure made here, in inches.
    eras : bool
        Whether to show the eras of the course.
    rows : sequence of str, default ()
        Names for rows, which stand at the left of the axes, from top to bottom.
    """

    look: Look
    low: float
    high: float

    def __init__(
        self, ax: Axes | None, *, titles: Titles, size: tuple[float, float], eras: bool, rows: Sequence[str] = ()
    ) -> None:
        self.own_figure = ax is None
        self.rows = [text_size.wrap(name, 16) for name in rows]
        if ax is None:
            self.head_lines = heading(*titles, size[0] * 72 - self._left() - EDGE)
            self.ax = theme.new_axes((size[0], size[1] + self.head_lines.growth / 72))
            draw_heading(self.ax, self.head_lines, PAD)
            self._set_margins()
            self._settle()
        else:
            self.ax = ax
            theme.take_over(ax)
            self._settle()  # so that a layout tells how wide the axes are
            self.head_lines = heading(*titles, width_above(ax), height_above(ax, PAD))
            draw_heading(ax, self.head_lines, PAD)
            self._settle()
        self.width, self.height = theme.size_in_points(self.ax)
        self.known_eras = load_eras() if eras else []

    @property
    def heights(self) -> list[float]:
        """The heights that these axes may take, in points."""
        return [self.height, self.height + GROWTH] if self.own_figure else [self.height]

    @property
    def rows_fit(self) -> bool:
        """Whether the names of the rows have room at the left of the axes."""
        left = self.ax.get_position().x0 * figure_of(self.ax).get_figwidth() * 72
        return all(text_size.text_width(name, 9.0) + 4 <= left for name in self.rows)

    def forget_rows(self) -> None:
        """Show no names of rows."""
        self.rows = []
        self.ax.set_yticks([])

    def _settle(self) -> None:
        """Let a layout engine (constrained, tight) put the axes into place before anything is measured.

        What stands outside the axes now and won't later is taken away first, or the axes would grow afterwards.
        """
        self.ax.spines[:].set_visible(False)
        self.ax.yaxis.set_visible(bool(self.rows))
        self.ax.set_xticks([])
        if self.rows:
            self.ax.set_yticks(range(len(self.rows)), self.rows, parse_math=False)
            self.ax.tick_params(axis="y", length=0, pad=4, labelsize=9, labelcolor=INK)
        theme.settle(self.ax)

    # --- what the strips above and below the events need ---

    def use(self, look: Look, low: float, high: float, legend: Sequence[glyphs.Group], note: str = "") -> None:
        """Take a look, a window of time, and a legend or a note: they decide how much room is left for the events."""
        self.look, self.low, self.high = look, low, high
        ends = [(era, *_era_ends(era)) for era in self.known_eras]
        self.eras = [era for era, start, end in ends if start < high and end > low]
        self.names, self.head = self._era_names()
        self.legend = glyphs.legend_rows(legend, self.width, look.font, join=look.join)
        letters = int(self.width / (0.58 * look.font))
        self.note = text_size.wrap(note, letters) if note else ""
        lines = len(self.legend) + (self.note.count("\n") + 1 if note else 0)
        self.foot = lines * look.font * glyphs.LINE + 7

    @property
    def around(self) -> float:
        """The height of all that is no event."""
        return self.head + self.foot + 2 * RIBBON_HALF

    def _visible(self, era: artists.Era) -> tuple[float, float]:
        start, end = _era_ends(era)
        return max(start, self.low), min(end, self.high)

    def _points(self, x: float) -> float:
        return (x - self.low) / (self.high - self.low) * self.width

    def _era_names(self) -> tuple[list[_Name], float]:
        """Each era's name, broken to fit its band; else above the others, on a line from its band.

        Where these would take too much room, an era has no name; then `describe` says so.
        """
        fitting = list(self._fitting_names())
        line = self.look.font * 1.2
        strip = 5.0 + line * max((text.count("\n") + 1 for text in fitting if text), default=0) if self.eras else 2.0
        outside = [k for k, (era, text) in enumerate(zip(self.eras, fitting, strict=True)) if not text and self._counts(era)]
        found = self._outside_names(outside, strip)
        names = [_Name(text, None) for text in fitting]
        if not outside or not found.fits:
            return names, strip
        for k, place in zip(outside, found.places, strict=True):
            names[k] = _Name(self.eras[k].title, place)
        return names, found.height + 3

    def _fitting_names(self) -> Iterator[str]:
        for era in self.eras:
            low, high = self._visible(era)
            room = self._points(high) - self._points(low) - 4
            broken = (text_size.wrap(era.title, limit) for limit in (None, 16, 12, 8, 4))
            fits = (text for text in broken if text.count("\n") < 3 and self._text_width(text) <= room)
            yield next(fits, "")

    def _text_width(self, text: str) -> float:
        return 1.02 * text_size.text_width(text, self.look.font)  # slanted letters need a little more

    def _counts(self, era: artists.Era) -> bool:
        """Whether an era is more than a sliver at the figure's edge."""
        low, high = self._visible(era)
        return self._points(high) - self._points(low) > 2 * self.look.font

    def _outside_names(self, outside: Sequence[int], strip: float) -> geometry.Layout:
        labels = []
        for k in outside:
            low, high = self._visible(self.eras[k])
            size = (self._text_width(self.eras[k].title) + 5, self.look.font * 1.2)
            labels.append(geometry.Label(self._points((low + high) / 2), (size,)))
        everywhere = [geometry.Obstacle(0.0, self.width, strip - 3)]
        most = NAMES_SHARE * self.height
        return geometry.flags(labels, width=self.width, height=most, obstacles=everywhere, gap=1.0)

    # --- drawing ---

    def prepare(self, needed: float) -> None:
        """Give a figure made here the height that its content needs, within bounds."""
        if self.own_figure:
            figure = figure_of(self.ax)
            margins = figure.get_figheight() * 72 - self.height
            least = LEAST_SHARE * figure.get_figwidth() * 72 + self.head_lines.growth
            height = min(max(needed + margins, least), self.height + margins + GROWTH)
            figure.set_size_inches(figure.get_figwidth(), height / 72)
            self._set_margins()
            self.height = theme.size_in_points(self.ax)[1]

    def draw(self, bottom: float, top: float, bands: tuple[float, float] | None = None) -> None:
        """Draw the axis of time, the eras and the legend; the events stand between `bottom` and `top`.

        Labels that stand in columns are not in the bands of their eras; then these reach over the marks only, and
        `bands` says from where to where.
        """
        ax, font = self.ax, self.look.font
        ax.set_facecolor(PAPER)
        time_axis.set_time_axis(ax, self.low, self.high, width=self.width, font=font)
        ax.set_ylim(bottom - self.foot, top + self.head)
        ax.spines["bottom"].set_position(("data", -RIBBON_HALF))  # so that the years stand in the ribbon
        inwards = -(RIBBON_HALF + font * 0.62)
        ticks: dict[str, Any] = {"direction": "in", "length": 3, "color": SOFT_INK, "pad": inwards}
        ax.tick_params(axis="x", labelcolor=INK, labelsize=font, **ticks)
        ax.axhspan(-RIBBON_HALF, RIBBON_HALF, facecolor=RIBBON, edgecolor="none", zorder=0.6)
        self._draw_eras(bands or (bottom, top + self.head), top)
        if self.note:
            style: dict[str, Any] = {"fontsize": font, "color": INK, "va": "bottom", "transform": ax.transAxes}
            ax.text(0.0, 3 / self.height, self.note, **style)
        line = font * glyphs.LINE
        for k, row in enumerate(self.legend):
            y = (line * (len(self.legend) - k - 0.5) + 2) / self.height
            glyphs.draw_legend_row(ax, row, y=y, width=self.width, font=font)

    def _draw_eras(self, ends: tuple[float, float], plain: float) -> None:
        """Draw bands from one end to the other; the events end at `plain`, and the names stand above."""
        for era, name in zip(self.eras, self.names, strict=True):
            low, high = self._visible(era)
            style: dict[str, Any] = {"facecolor": TINT if era.number % 2 else PAPER, "edgecolor": "none", "zorder": 0.4}
            self.ax.add_artist(artists.EraBand(era, low, high, ends[0], height=ends[1] - ends[0], **style))
            if ends[1] < plain:
                self.ax.add_artist(Rectangle((low, plain + 3), high - low, self.head - 3, **style))
            if name.text:
                self._draw_name(era, name, plain)

    def _draw_name(self, era: artists.Era, name: _Name, plain: float) -> None:
        low, high = self._visible(era)
        middle = (low + high) / 2
        style: dict[str, Any] = {"fontsize": self.look.font, "color": SOFT_INK, "style": "italic", "zorder": 1}
        if name.place is None:
            y = plain + self._strip_top()
            self.ax.add_artist(artists.EraName(era, middle, y, name.text, ha="center", va="top", **style))
            return
        end = plain + name.place.bottom + self.look.font * 1.2
        line: dict[str, Any] = {"color": SOFT_INK, "linewidth": 0.8, "linestyle": (0, (1, 2)), "zorder": 0.9}
        self.ax.add_artist(Line2D([middle, middle], [plain, end], **line))
        right = name.place.faces == "right"
        x = middle + (2.5 if right else -2.5) / self.width * (self.high - self.low)
        style |= {"ha": "left" if right else "right", "va": "bottom"}
        self.ax.add_artist(artists.EraName(era, x, plain + name.place.bottom, name.text, **style))

    def _strip_top(self) -> float:
        """Where the names over their bands begin, above the events."""
        lines = max(name.text.count("\n") + 1 for name in self.names if name.text and name.place is None)
        return 1.0 + lines * self.look.font * 1.2

    def _left(self) -> float:
        """The margin at the left of a figure made here, with the names of the rows."""
        return _MARGINS["side"] + max((text_size.text_width(name, 9.0) + 6 for name in self.rows), default=0.0)

    def _set_margins(self) -> None:
        """Fill the figure but for margins that are the same, in points, at every size."""
        figure = figure_of(self.ax)
        width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
        side, bottom = _MARGINS["side"], _MARGINS["bottom"]
        left = self._left()
        top = _MARGINS["title"] + self.head_lines.growth if any(self.head_lines.written) else _MARGINS["top"]
        self.ax.set_position((left / width, bottom / height, 1 - (left + side) / width, 1 - (top + bottom) / height))


# --- the window of time, and the eras in it ----------------------------------------------------


def load_eras() -> list[artists.Era]:
    """Return the eras of the course."""
    from ..data import load  # here, so that a timeline without eras needs no table

    table = load("eras")
    days = [table[name].dt.strftime("%Y-%m-%d").tolist() for name in ("start", "end")]
    columns = (table["era_id"].tolist(), table["number"].tolist(), table["title"].tolist(), *days)
    return [artists.Era(*values) for values in zip(*columns, strict=True)]


def _era_ends(era: artists.Era) -> tuple[float, float]:
    return day_number(date.fromisoformat(era.start)), day_number(date.fromisoformat(era.end)) + 1


def era_of(item: Item, eras: Sequence[artists.Era]) -> artists.Era | None:
    """Return the era in which an event begins."""
    return next((era for era in eras if _era_ends(era)[0] <= item.first < _era_ends(era)[1]), None)


def window_of(items: Sequence[Item], eras: Sequence[artists.Era]) -> tuple[float, float]:
    """Return the time to show: from the first to the last moment; if all begin in one era, not beyond its end."""
    low = min(item.first for item in items)
    high = max(item.last for item in items)
    latest_mark = max(item.x for item in items)
    met = {era_of(item, eras) for item in items}
    only = met.pop() if len(met) == 1 else None
    if only is not None:
        high = max(min(high, _era_ends(only)[1]), latest_mark)
    least = max(14.0, high - low)  # a single day still gets two weeks around it
    middle = (low + high) / 2
    return min(low, middle - least / 2), max(high, middle + least / 2)


def draw_empty(ax: Axes | None, titles: Titles, words: str) -> Axes:
    """Draw a figure that says that there is nothing to show."""
    if ax is None:
        head = heading(*titles, 720 * 0.875 - EDGE)
        height = 144.0 + head.growth
        ax = theme.new_axes((10.0, height / 72))
        ax.set_position((0.125, 16 / height, 0.775, 104 / height))  # 24 points for the title
    else:
        theme.take_over(ax)
        head = heading(*titles, width_above(ax), height_above(ax, 6))
    draw_heading(ax, head, 6)
    ax.set_facecolor(PAPER)
    ax.set_axis_off()
    style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 11, "color": INK}
    ax.text(0.5, 0.5, words, transform=ax.transAxes, **style)
    return ax


def figure_of(ax: Axes) -> Figure:
    """Return the figure to which axes belong."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure
