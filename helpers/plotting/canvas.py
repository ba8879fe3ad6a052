"""The canvas of a timeline: axes of a known size, and what stands around the events on them.

The y axis of every canvas counts points (1/72 inch) from the middle of the ribbon of years.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from . import artists, legend, text_size, theme, time_axis
from .breaks import draw_breaks
from .eras import KEY_SHARE, NAME_ABOVE, NAME_LINE, ShownEra, era_strip, load_eras
from .lettering import direction, say
from .media import Sheet
from .placement import Look, TimeScale
from .theme import INK, PAPER, RIBBON, SOFT_INK, TINT
from .titles import EDGE, draw_heading, heading, height_above, width_above

Titles = tuple[str | None, str | None]  # title and subtitle

PAD = 8.0  # between the axes and their title, in points
RIBBON_HALF = 8.0  # half the height of the ribbon of years, in points
MIN_SHARE = 0.26  # of its width: no figure made here is lower
ROW_FONT = 9.0  # of the rows' names
LETTER = 0.58  # of a font size: a letter of a note, on average 0.51 in DejaVu Sans, the widest that may stand in
TICK_RISE = 0.62  # of a font size: half a line of digits, so that the years stand in the middle of the ribbon
_MARGINS = {"side": 11.0, "top": 6.0, "title": 26.0, "bottom": 3.0}  # points


class Surroundings(NamedTuple):
    """All that is no event, in one look and for one window of time: the height that it takes is no longer the events'."""

    look: Look
    scale: TimeScale
    eras: tuple[ShownEra, ...]
    head: float  # the height of the eras' names
    legend: list[list[legend.Group]]
    notes: list[tuple[type[Text], str]]  # from top to bottom

    @property
    def note_lines(self) -> int:
        return sum(note.count("\n") + 1 for _, note in self.notes)

    @property
    def foot(self) -> float:
        """The height of legend and notes."""
        return (len(self.legend) + self.note_lines) * self.look.font * legend.LINE + 7

    @property
    def height(self) -> float:
        """The height of all, with the ribbon."""
        return self.head + self.foot + 2 * RIBBON_HALF


class Canvas:
    """Axes of a known size, in points.

    Without axes, a figure is made on a `sheet`; if that may grow, the figure then fits its height to what is drawn. `rows`
    are names, from top to bottom, at the left of the axes.
    """

    def __init__(self, ax: Axes | None, *, titles: Titles, sheet: Sheet, eras: bool, rows: Sequence[str] = ()) -> None:
        self.own_figure, self.sheet = ax is None, sheet
        self.rows = [text_size.wrap(say(name), 16) for name in rows]
        if ax is None:
            self.heading = heading(*titles, sheet.width * 72 - self._left() - EDGE)
            grown = 0.0 if sheet.grows is None else self.heading.growth / 72
            self.ax = theme.new_axes((sheet.width, sheet.height + grown))
            draw_heading(self.ax, self.heading, PAD)
            self._set_margins()
            self._settle()
        else:
            self.ax = ax
            theme.take_over(ax)
            self._settle()  # so that a layout tells how wide the axes are
            self.heading = heading(*titles, width_above(ax), height_above(ax, PAD))
            draw_heading(ax, self.heading, PAD)
            self._settle()
        self.width, self.height = theme.size_in_points(self.ax)
        self.eras = load_eras() if eras else []

    @property
    def heights(self) -> list[float]:
        """The heights that these axes may take, in points."""
        return [self.height, self.height + self.sheet.grows] if self.own_figure and self.sheet.grows else [self.height]

    @property
    def rows_fit(self) -> bool:
        """Whether the names of the rows fit at the left of the axes."""
        left = self.ax.get_position().x0 * figure_of(self.ax).get_figwidth() * 72
        return all(text_size.text_width(name, ROW_FONT) + 4 <= left for name in self.rows)

    def forget_rows(self) -> None:
        """Show no names of rows."""
        self.rows = []
        self.ax.set_yticks([])

    def surroundings(
        self,
        look: Look,
        scale: TimeScale,
        groups: Sequence[legend.Group] = (),
        note: str = "",
        kind: type[Text] = Text,
        *,
        names: bool = True,
    ) -> Surroundings:
        """Work out what stands around events in a look, on a scale, with a legend or a note."""
        letters = int(self.width / (LETTER * look.font))
        eras, head, key = era_strip(self.eras, look, scale, names=names)
        key = text_size.wrap(key, letters)
        if key and (key.count("\n") + 1) * look.font * legend.LINE > KEY_SHARE * self.height:
            eras, head, key = era_strip(self.eras, look, scale, names=names, numbers=False)
        notes = [(of, text) for of, text in ((artists.EraKey, key), (kind, text_size.wrap(note, letters))) if text]
        return Surroundings(look, scale, eras, head, legend.legend_rows(groups, self.width, look.font), notes)

    def _settle(self) -> None:
        """Let a layout engine (constrained, tight) put the axes into place before anything is measured.

        What stands outside the axes now and won't later is taken away first, or the axes would grow afterwards.
        """
        self.ax.spines[:].set_visible(False)
        self.ax.yaxis.set_visible(bool(self.rows))
        self.ax.set_xticks([])
        if self.rows:
            self.ax.set_yticks(range(len(self.rows)), self.rows, parse_math=False)
            self.ax.tick_params(axis="y", length=0, pad=4, labelsize=ROW_FONT, labelcolor=INK)
        theme.settle(self.ax)

    def _left(self) -> float:
        """The margin at the left of a figure made here, with the names of the rows."""
        return _MARGINS["side"] + max((text_size.text_width(name, ROW_FONT) + 6 for name in self.rows), default=0.0)

    def _set_margins(self) -> None:
        """Fill the figure but for margins that are the same, in points, at every size."""
        figure = figure_of(self.ax)
        width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
        side, bottom = _MARGINS["side"], _MARGINS["bottom"]
        left = self._left()
        top = _MARGINS["title"] + self.heading.growth if any(self.heading.written) else _MARGINS["top"]
        self.ax.set_position((left / width, bottom / height, 1 - (left + side) / width, 1 - (top + bottom) / height))

    # --- drawing ---

    def fit_height(self, needed: float) -> None:
        """Give a figure made here the height that its content needs, within bounds."""
        if self.own_figure and self.sheet.grows is not None:
            figure = figure_of(self.ax)
            margins = figure.get_figheight() * 72 - self.height
            least = MIN_SHARE * figure.get_figwidth() * 72 + self.heading.growth
            height = min(max(needed + margins, least), self.height + margins + self.sheet.grows)
            figure.set_size_inches(figure.get_figwidth(), height / 72)
            self._set_margins()
            self.height = theme.size_in_points(self.ax)[1]

    def draw(self, around: Surroundings, bottom: float, top: float, bands: tuple[float, float] | None = None) -> None:
        """Draw the axis of time, the eras and the legend; the events stand between `bottom` and `top`.

        Labels that stand in columns are not in the bands of their eras; then these reach over the glyphs only, and
        `bands` says from where to where.
        """
        ax, font = self.ax, around.look.font
        ax.set_facecolor(PAPER)
        time_axis.set_time_axis(ax, around.scale.low, around.scale.high, width=self.width, font=font)
        if around.scale.cuts:
            _leave_out(ax, around.scale, font)
        ax.set_ylim(bottom - around.foot, top + around.head)
        ax.spines["bottom"].set_position(("data", -RIBBON_HALF))  # so that the years stand in the ribbon
        inwards = -(RIBBON_HALF + font * TICK_RISE)
        ticks: dict[str, Any] = {"direction": "in", "length": 3, "color": SOFT_INK, "pad": inwards}
        ax.tick_params(axis="x", labelcolor=INK, labelsize=font, **ticks)
        ax.axhspan(-RIBBON_HALF, RIBBON_HALF, facecolor=RIBBON, edgecolor="none", zorder=0.6)
        self._draw_eras(around, bands or (bottom, top + around.head), top)
        self._draw_notes(around)
        for k, row in enumerate(around.legend):
            y = (font * legend.LINE * (len(around.legend) - k - 0.5 + around.note_lines) + 2) / self.height
            legend.draw_legend_row(ax, row, y=y, width=self.width, font=font)

    def _draw_notes(self, around: Surroundings) -> None:
        font, bottom = around.look.font, 3.0
        for kind, text in reversed(around.notes):
            style: dict[str, Any] = {"fontsize": font, "color": INK, "va": "bottom", "transform": self.ax.transAxes}
            style["multialignment"] = "right" if direction() == "rtl" else "left"
            note = kind(0.0, bottom / self.height, text, **style)
            self.ax.add_artist(note)
            note.set_clip_on(False)
            bottom += (text.count("\n") + 1) * font * legend.LINE

    def _draw_eras(self, around: Surroundings, ends: tuple[float, float], top: float) -> None:
        """Draw bands from one end to the other; the events end at `top`, and the names stand above."""
        lines = max((era.name.count("\n") + 1 for era in around.eras if era.name), default=1)
        name = lines * around.look.font * NAME_LINE
        for era in around.eras:
            style: dict[str, Any] = {"facecolor": TINT if era.era.number % 2 else PAPER, "edgecolor": "none", "zorder": 0.4}
            self.ax.add_artist(artists.EraBand(era.era, era.low, era.high, ends[0], height=ends[1] - ends[0], **style))
            if around.scale.low < era.low and not around.scale.leaves_out(era.low, era.low):
                self._draw_rule(era, -RIBBON_HALF, RIBBON_HALF)
                if name < around.head:
                    self._draw_rule(era, top + NAME_ABOVE, top + NAME_ABOVE + name - 1)
            if ends[1] < top:
                self.ax.add_artist(Rectangle((era.low, top + 3), era.high - era.low, around.head - 3, **style))
            if era.name:
                style = {"fontsize": around.look.font, "color": SOFT_INK, "style": "italic", "zorder": 1}
                middle, style["ha"], style["va"] = around.scale.middle(era.low, era.high), "center", "top"
                self.ax.add_artist(artists.EraName(era.era, middle, top + NAME_ABOVE + name, era.name, **style))

    def _draw_rule(self, era: ShownEra, low: float, high: float) -> None:
        """Draw where an era begins, from one height to another: a tint alone is gone on a projector."""
        self.ax.add_artist(Line2D([era.low, era.low], [low, high], color=SOFT_INK, linewidth=0.9, zorder=0.7))


def _leave_out(ax: Axes, scale: TimeScale, font: float) -> None:
    """Let an axis of time leave out the stretches of a scale."""
    formatter = ax.xaxis.get_major_formatter()
    ax.set_xscale("function", functions=(scale.in_points, scale.in_days))
    ax.xaxis.set_major_locator(time_axis.TimeLocator(scale.width, font, scale))
    ax.xaxis.set_major_formatter(formatter)
    draw_breaks(ax, scale, RIBBON_HALF)


def draw_empty(ax: Axes | None, titles: Titles, text: str) -> Axes:
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
    ax.text(0.5, 0.5, text, transform=ax.transAxes, **style)
    return ax


def figure_of(ax: Axes) -> Figure:
    """Return the figure to which axes belong."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure
