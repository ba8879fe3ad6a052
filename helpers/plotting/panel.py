"""Axes for the course's other figures: those of a reader, or new ones with room for a title and around the picture."""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from . import theme
from .theme import INK, LEADER, PAPER, SOFT_INK
from .titles import EDGE, draw_heading, heading, height_above, width_above

WIDTH = 720.0  # points: ten inches
PAD = 8.0  # between the axes and their title, in points
TITLE = 26.0  # the height of a title of one line, in points


class Margins(NamedTuple):
    """What stays free around axes, in points; above them is the title."""

    left: float
    right: float
    bottom: float


def panel(
    ax: Axes | None, height: float, margins: Margins, titles: tuple[str | None, str | None], *, pad: float = PAD
) -> Axes:
    """Return axes in the course's look, with their title: new ones `height` points high, or `ax` made ready.

    The title stands `pad` points above the axes.
    """
    if ax is None:
        head = heading(*titles, WIDTH - margins.left - EDGE)
        above = (TITLE - PAD + head.growth if any(titles) else 0.0) + pad
        whole = height + margins.bottom + above
        ax = theme.new_axes((WIDTH / 72, whole / 72))
        across = 1 - (margins.left + margins.right) / WIDTH
        ax.set_position((margins.left / WIDTH, margins.bottom / whole, across, height / whole))
        draw_heading(ax, head, pad)
    else:
        theme.take_over(ax)
        theme.settle(ax)
        draw_heading(ax, heading(*titles, width_above(ax), height_above(ax, pad)), pad)
    ax.set_facecolor(PAPER)
    return ax


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
