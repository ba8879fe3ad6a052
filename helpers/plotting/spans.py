"""The course's plot of spans: memberships, wars, reigns and offices that lasted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.markers import CARETLEFTBASE, CARETRIGHTBASE, MarkerStyle
from matplotlib.patches import Patch, Rectangle

from .. import edtf
from ..language import later
from . import artists, glyphs, text_size, theme, time_axis
from .artists import Span
from .canvas import Titles, draw_empty
from .columns import check_columns
from .events import is_missing, is_no_end
from .lettering import said, say
from .media import LETTERS, Medium, Sheet, sheet_for
from .theme import INK, PAPER, SOFT_INK
from .time_axis import day_number
from .titles import EDGE, draw_heading, heading, height_above, width_above

FONT = 9.0
WIDTH = 10.0  # inches, on a page
ROW, MIN_ROW = 22.0, 12.5  # points from one bar to the next, when the figure is made here; in the least stands one line
PAD = 6.0  # between the axes and their title, in points
LINE = 1.2  # of a font size: a line of a label
HATCHED = 7.0  # points: a narrower part of a bar shows no hatching
PALE = 2.0  # points: a narrower pale part is not seen
BAR = 0.62  # the height of a bar, of a row's
_SIGNS = {
    ("start", False): later("start approximate"),
    ("start", True): later("start uncertain"),
    ("end", False): later("end approximate"),
    ("end", True): later("end uncertain"),
}
_Key = tuple[list[Artist], list[str]]
COLOURS = tuple(colour for _, colour, _ in glyphs.KINDS.values())


def plot_spans(
    spans: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    medium: Medium = "page",
) -> Axes:
    """Draw what lasted as bars on a line of time, one row each.

    The rows are sorted by group and, within a group, by start. An open end is an arrow; an end that is not known to
    the day is pale over the days in which it may lie, and hatched if it is "about" or uncertain.

    Parameters
    ----------
    spans : pandas.DataFrame
        One row a span. Needs the columns ``label``, ``start`` and ``end`` (EDTF level 1; ``".."`` or nothing is an
        open end); ``group`` is used when it is there.
    ax : matplotlib.axes.Axes, optional
        Where to draw. By default a figure is made, as high as the rows need.
    title : str, optional
        The figure's title. A long one is broken into lines.
    subtitle : str, optional
        A line in smaller letters beneath the title.
    medium : {"page", "slide", "phone", "poster"}, default "page"
        Where the figure will be met: it gives a new figure its width, and a slide or poster its height, too, unless there
        are more rows than it holds.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `spans` is not a data frame.
    ValueError
        If a column is missing, or a row has no label, a date that is not EDTF, or an end before its start. The
        message names the row. If there is no such medium, or one is given with `ax`.

    Notes
    -----
    Before matplotlib 3.11 the picture can't join the letters of Arabic script, or write from right to left; letters that its
    fonts lack are boxes. The text of `describe` is right, and says so.
    """
    rows = _read(spans)
    titles, sheet = (said(title), said(subtitle)), sheet_for(medium, (WIDTH, 0.0), ax)
    with theme.course_look():
        if not rows:
            return draw_empty(ax, titles, say("No spans to show."))
        if ax is None:
            ax = _new_axes(rows, titles, sheet)
        else:
            theme.take_over(ax)
            theme.settle(ax)
            draw_heading(ax, heading(*titles, width_above(ax), height_above(ax, PAD)), PAD)
        ax.set_facecolor(PAPER)
        _draw(ax, rows)
        theme.make_ticks(ax)
    return ax


# --- reading the rows --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """One span, ready to be drawn. Ends are None where they are open."""

    span: Span
    start: edtf.EdtfDate | None
    end: edtf.EdtfDate | None

    @property
    def begin(self) -> float | None:
        return None if self.start is None or self.start.earliest is None else day_number(self.start.earliest)

    @property
    def finish(self) -> float | None:
        return None if self.end is None or self.end.latest is None else day_number(self.end.latest) + 1


def _read(spans: pd.DataFrame) -> list[_Row]:
    check_columns(spans, ("label", "start", "end"), ("group",), later("Spans need {columns}"), "plot_spans")
    groups = spans["group"].tolist() if "group" in spans.columns else [""] * len(spans)
    columns = (spans[name].tolist() for name in ("label", "start", "end"))
    return sorted((_row(*values) for values in zip(spans.index, *columns, groups, strict=True)), key=_in_order)


def _in_order(row: _Row) -> tuple[str, float, float, str]:
    begin = float("-inf") if row.begin is None else row.begin
    finish = float("inf") if row.finish is None else row.finish
    return row.span.group, begin, finish, row.span.label


def _row(index: Any, label: Any, start: Any, end: Any, group: Any) -> _Row:
    name = "" if is_missing(label) else " ".join(str(label).split())
    where = f"Row {index!r} ({name or 'no label'})"
    if not name:
        raise ValueError(f"{where}: the label is {label!r}; every span needs a label, a text of at least one letter.")
    first, last = _end(where, "start", start), _end(where, "end", end)
    if first is None and last is None:
        raise ValueError(f"{where}: both ends are open; at least one must be a date.")
    row = _Row(Span(name, _text(first), _text(last), "" if is_missing(group) else " ".join(str(group).split())), first, last)
    if row.begin is not None and row.finish is not None and row.finish <= row.begin:
        raise ValueError(f"{where}: it ends ({end}) before it starts ({start}); write the earlier date as 'start'.")
    return row


def _end(where: str, name: str, value: Any) -> edtf.EdtfDate | None:
    if is_missing(value) or (isinstance(value, str) and value.strip() == ".."):
        return None
    try:
        end = edtf.parse(value)
    except ValueError as problem:
        raise ValueError(f"{where}: {name}: {problem} An open end is written '..'.") from None
    if end.precision == "interval":
        raise ValueError(f"{where}: the {name} {value!r} has two ends of its own; write one date, such as 1955 or 1955~.")
    return None if name == "end" and is_no_end(end) else end


def _text(end: edtf.EdtfDate | None) -> str:
    return ".." if end is None else end.text


# --- drawing -----------------------------------------------------------------------------------


def _new_axes(rows: Sequence[_Row], titles: Titles, sheet: Sheet) -> Axes:
    width = sheet.width * 72
    lines = (
        len(rows)
        + len({row.span.group for row in rows} - {""})
        + _key_lines(_legend(rows, _scale(rows, width - 32)), width - 32)
        - 1
    )
    head = heading(*titles, width - 16 - EDGE)
    if sheet.grows is None:  # the sheet's own height, as long as a line of letters fits into a row
        height = max(sheet.height * 72, (lines + 1.5) * MIN_ROW + 56 + head.growth)
    else:
        height = max(100.0, lines * ROW + 90) + head.growth
    ax = theme.new_axes((sheet.width, height / 72))
    ax.set_position((16 / width, 26 / height, 1 - 32 / width, 1 - (26 + 30 + head.growth) / height))
    draw_heading(ax, head, PAD)
    return ax


def _draw(ax: Axes, rows: Sequence[_Row]) -> None:
    lines = list(_lines(rows))
    width, height = theme.size_in_points(ax)
    key = _legend(rows, _scale(rows, width))
    foot = 0.3 + _key_lines(key, width) if key else 0.2
    ax.set_ylim(len(lines) + foot, -0.2)
    pitch = height / (len(lines) + foot + 0.2)
    font = min(FONT, max(LETTERS, 0.8 * pitch))
    room = _Room(width, 1 if pitch < 2 * LINE * font else 2)
    low, high = _with_room(rows, *_window(rows, width), room)
    key = _legend(rows, width / (high - low))  # an axis that went on for labels shows less
    time_axis.set_time_axis(ax, low, high, width=width, font=font)
    _prepare(ax, font)
    colours = {name: COLOURS[k % len(COLOURS)] for k, name in enumerate(_groups(rows))}
    for y, line in enumerate(lines):
        if isinstance(line, str):
            style: dict[str, Any] = {"fontsize": font, "weight": "bold", "color": INK, "va": "center"}
            ax.text(0.0, y + 0.6, line, transform=ax.get_yaxis_transform(), **style)
            continue
        _draw_bar(ax, line, y + 0.5, colours[line.span.group])
        _draw_label(ax, line, y + 0.5, font, room)
    if key:
        ax.legend(
            *key,
            loc="lower left",
            bbox_to_anchor=(0, 0.3 / (len(lines) + foot + 0.2)),
            ncols=len(key[1]) if _key_lines(key, width) == 1 else 1,
            fontsize=font,
            borderaxespad=0,
            borderpad=0,
            handlelength=2,
            columnspacing=1.4,
            labelcolor=INK,
            frameon=False,
        )


def _key_lines(key: _Key | None, width: float) -> int:
    """In how many lines the key stands: in one if that is wide enough, else one each."""
    texts = key[1] if key else []
    return 1 if sum(text_size.text_width(text, FONT) + 4.2 * FONT for text in texts) <= width else len(texts)


def _groups(rows: Sequence[_Row]) -> list[str]:
    return list(dict.fromkeys(row.span.group for row in rows))


def _lines(rows: Sequence[_Row]) -> Iterator[str | _Row]:
    """The figure's lines from top to bottom: each group's name, then its rows."""
    for name in _groups(rows):
        if name:
            yield name
        yield from (row for row in rows if row.span.group == name)


def _window(rows: Sequence[_Row], width: float) -> tuple[float, float]:
    """From the first to the last known end, with some space for the arrows of open ends."""
    known = [end for row in rows for end in (row.begin, row.finish) if end is not None]
    low, high = min(known), max(known)
    length = max(high - low, 365.0)
    low -= length * (0.06 if any(row.begin is None for row in rows) else 0.01)
    high = max(high, low + length) + length * (0.06 if any(row.finish is None for row in rows) else 0.01)
    return low, high


def _scale(rows: Sequence[_Row], width: float) -> float:
    """Points a day, if no label needs the axis to go on."""
    low, high = _window(rows, width)
    return width / (high - low)


class _Room(NamedTuple):
    """The room for labels: the width of the axes in points, and how many lines a row holds."""

    width: float
    lines: int

    def broken(self, text: str, font: float, width: float) -> str:
        """Break a label into lines if that makes it fit."""
        return _narrower(text, font, width) if self.lines > 1 else text


def _with_room(rows: Sequence[_Row], low: float, high: float, room: _Room) -> tuple[float, float]:
    """Let the axis go on until each label finds room in its bar or beside it."""
    for _ in range(12):
        if all(_has_room(row, low, high, room) for row in rows):
            break
        high += 0.2 * (high - low)
    return low, high


def _has_room(row: _Row, low: float, high: float, room: _Room) -> bool:
    scale = room.width / (high - low)
    begin, finish = low if row.begin is None else row.begin, high if row.finish is None else row.finish
    inner_begin, inner_finish = _known_part(row, begin, finish)
    text = row.span.label + _signs(row, scale)
    if text_size.text_width(text, FONT) + 18 <= (inner_finish - inner_begin) * scale:
        return True
    beside = max(begin - low, high - finish) * scale - 10
    return text_size.text_width(room.broken(text, FONT, beside), FONT) <= beside


def _prepare(ax: Axes, font: float) -> None:
    ax.yaxis.set_visible(False)
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_visible(True)
    ax.tick_params(axis="x", labelsize=font, labelcolor=INK, color=SOFT_INK)
    ax.grid(axis="x", color="#e4dccb", linewidth=0.8)
    ax.set_axisbelow(True)


def _draw_bar(ax: Axes, row: _Row, y: float, colour: str) -> None:
    """Draw the whole bar pale, and over it solid what lasted for sure and hatched what is unsure."""
    window_low, window_high = ax.get_xlim()
    begin = window_low if row.begin is None else row.begin
    finish = window_high if row.finish is None else row.finish
    inner_begin, inner_finish = _known_part(row, begin, finish)
    whole: dict[str, Any] = {"facecolor": colour + "2e", "edgecolor": colour, "linewidth": 0.8}
    ax.add_patch(artists.SpanBar(row.span, begin, finish, y, height=BAR, zorder=2, **whole))
    _draw_part(ax, inner_begin, inner_finish, y, facecolor=colour, edgecolor=colour)
    for low, high, end in ((begin, inner_begin, row.start), (inner_finish, finish, row.end)):
        if end is not None and (end.approximate or end.uncertain):
            _draw_part(ax, low, high, y, facecolor="none", edgecolor=colour, hatch="////")
    _draw_ends(ax, row, y, colour)


def _known_part(row: _Row, begin: float, finish: float) -> tuple[float, float]:
    """The days on which it lasted for sure: from the latest start to the earliest end."""
    inner_begin, inner_finish = begin, finish
    if row.start is not None and row.start.latest is not None:
        inner_begin = day_number(row.start.latest) + (row.start.precision != "day")
    if row.end is not None and row.end.earliest is not None:
        inner_finish = day_number(row.end.earliest) + (row.end.precision == "day")
    if inner_finish <= inner_begin:
        inner_begin = inner_finish = min(max((inner_begin + inner_finish) / 2, begin), finish)
    return inner_begin, inner_finish


def _draw_part(ax: Axes, low: float, high: float, y: float, **style: Any) -> None:
    if high > low:
        ax.add_patch(Rectangle((low, y - BAR / 2), high - low, BAR, linewidth=0.8, zorder=3, **style))


def _draw_ends(ax: Axes, row: _Row, y: float, colour: str) -> None:
    """An open end goes on as an arrow head beyond the axes."""
    low, high = ax.get_xlim()
    bottom, top = ax.get_ylim()
    bar = BAR * theme.size_in_points(ax)[1] / (bottom - top)
    arrow: dict[str, Any] = {"linestyle": "none", "color": colour, "markersize": bar, "zorder": 3, "clip_on": False}
    for end, x, marker in ((row.begin, low, CARETLEFTBASE), (row.finish, high, CARETRIGHTBASE)):
        if end is None:
            ax.add_line(Line2D([x], [y], marker=MarkerStyle(marker), markeredgewidth=0.8, **arrow))


def _draw_label(ax: Axes, row: _Row, y: float, font: float, room: _Room) -> None:
    """Write the label into the bar if it fits there, else beside it where there is most space."""
    low, high = ax.get_xlim()
    width, scale = room.width, room.width / (high - low)
    begin = low if row.begin is None else row.begin
    finish = high if row.finish is None else row.finish
    solid = [(end - low) * scale for end in _known_part(row, begin, finish)]
    left, right = (begin - low) * scale, (high - finish) * scale
    text = row.span.label + _signs(row, scale)
    needed = text_size.text_width(text, font) + 10
    style: dict[str, Any] = {"fontsize": font, "va": "center", "zorder": 5}
    arrow = 8.0 * (row.begin is None)
    if needed + arrow <= solid[1] - solid[0]:
        x, style = solid[0] + arrow + 4, style | {"color": PAPER, "ha": "left"}
    else:
        if needed > max(left, right):
            text = room.broken(text, font, max(left, right) - 10)
        if right >= text_size.text_width(text, font) + 10 or right >= left:
            x, style = width - right + 5, style | {"color": INK, "ha": "left"}
        else:
            x, style = left - 5, style | {"color": INK, "ha": "right"}
    ax.add_artist(artists.SpanLabel(row.span, low + x / scale, y, text, **style))


def _signs(row: _Row, scale: float) -> str:
    """Which ends are "about" or uncertain, written out where the hatched days are too narrow to be seen."""
    notes = []
    for name, end in (("start", row.start), ("end", row.end)):
        if end is not None and (end.approximate or end.uncertain) and _length(end) * scale < HATCHED:
            notes.append(say(_SIGNS[name, end.uncertain]))
    return f" ({say(', ').join(notes)})" if notes else ""


def _length(end: edtf.EdtfDate) -> float:
    """In how many days an end may lie."""
    return float("inf") if end.earliest is None or end.latest is None else (end.latest - end.earliest).days + 1.0


def _narrower(text: str, font: float, width: float) -> str:
    """Break a label into two lines (a row holds no more) if that makes it fit."""
    for limit in range(len(text) - 1, max(0, len(text) // 2 - 1), -1):
        broken = text_size.wrap(text, limit)
        if text_size.text_width(broken, font) <= width:
            return broken
    return text


def _legend(rows: Sequence[_Row], scale: float) -> _Key | None:
    """Explain pale, hatched and open ends, as far as they can be seen at so many points a day."""
    ends = [end for row in rows for end in (row.start, row.end)]
    shown = [(end.approximate or end.uncertain, _length(end) * scale) for end in ends if end is not None]
    unsure = any(hatched and wide >= HATCHED for hatched, wide in shown)
    coarse = any(not hatched and wide >= PALE for hatched, wide in shown)
    keys: list[tuple[Artist, str]] = []
    pale: dict[str, Any] = {"facecolor": SOFT_INK + "2e", "edgecolor": SOFT_INK, "linewidth": 0.8}
    if coarse:
        keys.append((Patch(**pale), say("begins or ends on some day in this time")))
    if unsure:
        keys.append((Patch(facecolor="none", edgecolor=SOFT_INK, linewidth=0.8, hatch="////"), say("about, or uncertain")))
    if any(end is None for end in ends):
        arrow = Line2D([], [], linestyle="none", marker=">", color=SOFT_INK, markersize=7)
        keys.append((arrow, say("goes on, or end not known")))
    return ([key for key, _ in keys], [text for _, text in keys]) if keys else None
