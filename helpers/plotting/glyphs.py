"""How an event looks: a shape and a colour for its kind, a fill for its effect, and the key to both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect, Normal, Stroke
from matplotlib.textpath import TextPath

from .text_size import text_width
from .theme import FONT, INK, MUTED, PAPER, SOFT_INK

# kind: shape, colour, and the size that makes all shapes look alike in weight.
KINDS: dict[str, tuple[str, str, float]] = {
    "treaty": ("s", "#3A1292", 0.92),
    "diplomacy": ("o", "#0A5BEA", 1.0),
    "security": ("^", "#3B6B46", 1.12),
    "conflict": ("X", "#CB6A0E", 1.14),
    "regime-change": ("D", "#42060D", 0.9),
    "domestic": ("v", "#544C06", 1.12),
    "society": ("*", "#7A0A68", 1.5),
    "economy": ("P", "#16938E", 1.16),
}
EFFECTS = ("cooperative", "conflictual", "neutral", "none")
UNKNOWN = ("h", "#5f584e", 1.05)  # an event whose kind the table doesn't give

_EFFECT_WORDS = {
    "cooperative": "cooperative: filled",
    "conflictual": "conflictual: ringed",
    "neutral": "neutral: hollow",
    "none": "none between the two states: small, grey inside",
}
_DATE_WORDS = {
    "within": "some day in this time",
    "lasting": "lasted",
    "about": "~ about",
    "uncertain": "? uncertain",
    "arrow": "goes on",
}


def colour_of(kind: str, *, muted: bool = False) -> str:
    """Return the colour of a kind of event; grey if others are picked out."""
    return MUTED if muted else KINDS.get(kind, UNKNOWN)[1]


def mark_style(kind: str, effect: str, size: float, *, muted: bool = False) -> dict[str, Any]:
    """Return the keyword arguments of the `Line2D` that is an event's mark.

    Parameters
    ----------
    kind : str
        A key of `KINDS`, or "" if it is not known.
    effect : str
        One of `EFFECTS`, or "" if it is not known (then drawn as filled).
    size : float
        The diameter of a round mark, in points.
    muted : bool, default False
        Whether it is grey, because others are picked out.
    """
    shape, _, factor = KINDS.get(kind, UNKNOWN)
    colour = colour_of(kind, muted=muted)
    style: dict[str, Any] = {
        "marker": shape,
        "markersize": size * factor,
        "markerfacecolor": colour,
        "markeredgecolor": colour,
        "markeredgewidth": 0.8,
    }
    if effect == "neutral":
        style |= {
            "markerfacecolor": PAPER,
            "markeredgewidth": 1.6,
            "markersize": size * factor * 0.94,
        }
    elif effect == "none":
        style |= {
            "markersize": size * factor * (0.72 if size > 7 else 0.85),
            "markerfacecolor": "#d9d3c7",
        }
        style |= {"markeredgewidth": 1.1}
    elif effect == "conflictual":
        style |= {"markersize": size * factor * 0.86, "path_effects": _ring(MUTED if muted else INK)}
    return style


def _ring(colour: str) -> list[AbstractPathEffect]:
    """A dark ring with a strip of paper between it and the mark: it shows around any shape and colour."""
    return [
        Stroke(linewidth=5.0, foreground=colour),
        Stroke(linewidth=2.8, foreground=PAPER),
        Normal(),
    ]


def bar_style(colour: str, role: str, *, dashed: bool = False) -> dict[str, Any]:
    """Return the look of a bar: "lasting" is solid, "within" pale with an outline; dashed if not sure."""
    if role == "lasting":
        return {"facecolor": colour, "edgecolor": "none", "alpha": 0.55}
    style: dict[str, Any] = {"facecolor": colour + "2e", "edgecolor": colour, "linewidth": 0.8}
    if dashed:
        style |= {"linestyle": (0, (2.5, 1.8)), "facecolor": "none", "linewidth": 1.0}
    return style


@lru_cache(maxsize=16)
def sign_marker(sign: str, font: float) -> tuple[Path, float]:
    """Return "~" or "?" as a marker's path, and the marker size at which it is as large as letters of this size."""
    outline = TextPath((0, 0), sign, size=font, prop=FontProperties(family=FONT, weight="bold"))
    box = outline.get_extents()
    middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    centred = Path(outline.vertices - middle, outline.codes)
    return centred, 2 * float(np.abs(np.asarray(centred.vertices)).max())


class Group(NamedTuple):
    """A part of the legend: its name, and its keys with their words."""

    name: str
    handles: list[Artist]
    words: list[str]


def legend_groups(
    kinds: Sequence[str], effects: Sequence[str], dates: Sequence[str], size: float, *, muted: bool = False
) -> list[Group]:
    """Return the legend's groups, with what occurs only, in a fixed order."""
    shown = [kind for kind in KINDS if kind in kinds]
    example = "diplomacy" if "diplomacy" in shown else next(iter(shown), "")  # a shape and colour that the figure has
    of_kind = Group("Kind", [_key(kind, "cooperative", size) for kind in shown], list(shown))
    shown = [effect for effect in EFFECTS if effect in effects]
    keys: list[Artist] = [_key(example, effect, size) for effect in shown]
    of_effect = Group("Effect", keys, [_EFFECT_WORDS[effect] for effect in shown])
    shown = [role for role in _DATE_WORDS if role in dates]
    of_date = Group("Date", [_date_key(role, size) for role in shown], [_DATE_WORDS[role] for role in shown])
    of_choice = Group("Shown", [_key("", "", size, muted=True)], ["grey, without a title: not picked out"] if muted else [])
    return [group for group in (of_kind, of_effect, of_date, of_choice) if group.words]


def _key(kind: str, effect: str, size: float, *, muted: bool = False) -> Line2D:
    return Line2D([], [], linestyle="none", **mark_style(kind, effect, size, muted=muted))


def _date_key(role: str, size: float) -> Artist:
    if role == "arrow":
        return Line2D([], [], linestyle="none", marker=">", color=SOFT_INK, markersize=size * 0.75)
    if role == "lasting":
        return Patch(**bar_style(SOFT_INK, "lasting"))
    return Patch(**bar_style(SOFT_INK, "within", dashed=role != "within"))


HANDLE, HANDLE_PAD, BETWEEN, AFTER_NAME, LINE = 2.0, 0.5, 1.4, 0.8, 1.5  # of a font size


def legend_rows(groups: Sequence[Group], width: float, font: float, *, join: bool) -> list[list[Group]]:
    """Arrange the groups in rows that fit into `width` points.

    Parameters
    ----------
    groups : sequence of Group
        As `legend_groups` returns them.
    width, font : float
        In points.
    join : bool
        Whether groups may share a row.
    """
    rows: list[list[Group]] = []
    left = 0.0
    for group in groups:
        for part in _parts(group, width, font):
            needed = group_width(part, font) + 2 * font
            if join and rows and needed <= left:
                rows[-1].append(part)
                left -= needed
            else:
                rows.append([part])
                left = width - needed
    return rows


def _parts(group: Group, width: float, font: float) -> list[Group]:
    """Break a group that is wider than a row; only its first part keeps the name."""
    parts: list[Group] = [Group(group.name, [], [])]
    for handle, word in zip(group.handles, group.words, strict=True):
        parts[-1].handles.append(handle)
        parts[-1].words.append(word)
        if group_width(parts[-1], font) > width and len(parts[-1].words) > 1:
            parts[-1].handles.pop()
            parts[-1].words.pop()
            parts.append(Group("", [handle], [word]))
    return parts


def name_width(font: float) -> float:
    """Return the room for a group's name; all names get the same, so that rows begin in one line."""
    return text_width("Effect", font, "bold") + font * AFTER_NAME


def group_width(group: Group, font: float) -> float:
    """Return how wide a group is when drawn in one row, in points."""
    entries = sum(text_width(word, font) + font * (HANDLE + HANDLE_PAD + BETWEEN) for word in group.words)
    return name_width(font) + entries - font * BETWEEN


def draw_legend_row(ax: Axes, row: Sequence[Group], *, y: float, width: float, font: float) -> None:
    """Draw one row of the legend; `y` (its middle) is a fraction of the axes, `width` theirs in points."""
    x = 0.0
    for group in row:
        style: dict[str, Any] = {"fontsize": font, "weight": "bold", "va": "center", "color": INK}
        ax.text(x / width, y, group.name, transform=ax.transAxes, **style)
        anchor = ((x + name_width(font)) / width, y)
        legend = Legend(
            ax,
            group.handles,
            group.words,
            loc="center left",
            bbox_to_anchor=anchor,
            bbox_transform=ax.transAxes,
            ncols=len(group.words),
            fontsize=font,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            handlelength=HANDLE,
            handleheight=0.6,
            handletextpad=HANDLE_PAD,
            columnspacing=BETWEEN,
            labelcolor=INK,
        )
        legend.set_zorder(6)
        ax.add_artist(legend)
        x += group_width(group, font) + 2 * font
