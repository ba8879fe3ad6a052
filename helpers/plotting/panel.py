"""Axes for the course's other figures: those of a reader, or new ones with room for a title and around the picture."""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from . import theme
from .media import LETTERS, sheet_for
from .theme import INK, LEADER, PAPER, SOFT_INK
from .titles import EDGE, draw_heading, heading, height_above, width_above

WIDTH = 720.0  # points: ten inches
PAD = 8.0  # between the axes and their title, in points
TIGHT = 1.23  # of a font size: a row is at least so high, or its letters become smaller; less would let letters meet
MAX_GROWTH = 1.6  # of letters on axes wider than a page: on a poster of the form of A3
TITLE = 26.0  # the height of a title of one line, in points


class Margins(NamedTuple):
    """What stays free around axes, in points; above them is the title."""

    left: float
    right: float
    bottom: float


def width_on(medium: str, margins: Margins, ax: Axes | None) -> float:
    """Return how wide new axes are on a medium, in points; a `ValueError` says if `ax` or the medium doesn't allow that."""
    return sheet_for(medium, (WIDTH / 72, 0.0), ax).width * 72 - margins.left - margins.right


def panel(
    ax: Axes | None,
    height: float,
    margins: Margins,
    titles: tuple[str | None, str | None],
    *,
    pad: float = PAD,
    medium: str = "page",
    rows: float = 0.0,
) -> Axes:
    """Return axes in the course's look, with their title: new ones `height` points high, or `ax` made ready.

    The title stands `pad` points above the axes. A slide and a poster keep their form, whatever `height` is, as long as
    there is a line of letters for each of the `rows`.
    """
    if ax is None:
        sheet = sheet_for(medium, (WIDTH / 72, 0.0))
        width = sheet.width * 72
        head = heading(*titles, width - margins.left - EDGE)
        around = (TITLE - PAD + head.growth if any(titles) else 0.0) + pad + margins.bottom
        if sheet.grows is None:
            height = max(sheet.height * 72 - around, rows * LETTERS * TIGHT)
        whole = height + around
        ax = theme.new_axes((sheet.width, whole / 72))
        across = 1 - (margins.left + margins.right) / width
        ax.set_position((margins.left / width, margins.bottom / whole, across, height / whole))
        draw_heading(ax, head, pad)
    else:
        theme.take_over(ax)
        theme.settle(ax)
        draw_heading(ax, heading(*titles, width_above(ax), height_above(ax, pad)), pad)
    ax.set_facecolor(PAPER)
    return ax


def letters(size: float, share: float, pitch: float, width: float) -> float:
    """Return the size of letters in rows `pitch` high: `share` of it and at most `size`; on large axes they grow with these.

    They are as large as on a slide where a row has room for them.
    """
    size *= min(max(1.0, width / WIDTH), MAX_GROWTH)
    return min(size, max(share * pitch, min(LETTERS, pitch / TIGHT)))


def smaller(size: float, share: float) -> float:
    """Return the size of letters beside others of a size: `share` of it, but not below that of a slide."""
    return max(min(size, LETTERS), size * share)


def in_points(ax: Axes) -> tuple[float, float]:
    """Let the axes count points from their upper left corner, without frame or ticks; return their width and height."""
    width, height = theme.size_in_points(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_visible(False)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return width, height


def chart_axes(ax: Axes, font: float) -> None:
    """Give axes the frame of the course's charts: a line on the left and beneath, quiet ticks."""
    for side, shown in (("left", False), ("bottom", True), ("right", False), ("top", False)):
        ax.spines[side].set(visible=shown, edgecolor=LEADER, linewidth=0.8)
    ax.tick_params(axis="both", labelsize=font, labelcolor=INK, color=LEADER)
    ax.yaxis.label.set(fontsize=font, color=SOFT_INK)


def mixed(first: str, last: str, count: int) -> list[str]:
    """Return `count` colours from one to another, in equal steps."""
    ends = to_rgb(first), to_rgb(last)
    steps = [k / max(count - 1, 1) for k in range(count)]
    return [to_hex(tuple(one + (other - one) * step for one, other in zip(*ends, strict=True))) for step in steps]  # type: ignore[arg-type]


def ink_on(colour: str) -> str:
    """Return the ink, dark or light, that is easier to read on a colour (relative luminance as in WCAG)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return INK if luminance > 0.2 else PAPER
