"""How an event looks: a shape and a colour for its kind, a fill for its effect, and the key to both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import AbstractPathEffect, Normal, Stroke

from .timeaxis import INK, PAPER, SOFT_INK, text_width

# kind: shape, colour, and the size that makes all shapes look alike in weight.
KINDS: dict[str, tuple[str, str, float]] = {
    "treaty": ("s", "#332288", 0.92),
    "diplomacy": ("o", "#0072B2", 1.0),
    "security": ("^", "#1B7837", 1.12),
    "conflict": ("X", "#C4451C", 1.14),
    "regime-change": ("D", "#7A1F3D", 0.9),
    "domestic": ("v", "#8C6D1F", 1.12),
    "society": ("*", "#B0458A", 1.5),
    "economy": ("P", "#00807A", 1.16),
}
EFFECTS = ("cooperative", "conflictual", "neutral", "none")
UNKNOWN = ("h", "#5f584e", 1.05)  # an event whose kind the table doesn't give

_EFFECT_WORDS = {
    "cooperative": "cooperative: filled",
    "conflictual": "conflictual: ringed",
    "neutral": "neutral: hollow",
    "none": "none between the two states: small, grey",
}
_DATE_WORDS = {
    "within": "some day in this time",
    "lasting": "lasted",
    "about": "~ about",
    "uncertain": "? uncertain",
    "arrow": "goes on",
}


def colour_of(kind: str) -> str:
    """Return the colour of a kind of event."""
    return KINDS.get(kind, UNKNOWN)[1]


def mark_style(kind: str, effect: str, size: float) -> dict[str, Any]:
    """Return the keyword arguments of the `Line2D` that is an event's mark.

    Parameters
    ----------
    kind : str
        A key of `KINDS`, or "" if it is not known.
    effect : str
        One of `EFFECTS`, or "" if it is not known (then drawn as filled).
    size : float
        The diameter of a round mark, in points.
    """
    shape, colour, factor = KINDS.get(kind, UNKNOWN)
    style: dict[str, Any] = {
        "marker": shape,
        "markersize": size * factor,
        "markerfacecolor": colour,
        "markeredgecolor": colour,
        "markeredgewidth": 0.8,
    }
    if effect == "neutral":
        style |= {"markerfacecolor": PAPER, "markeredgewidth": 1.6, "markersize": size * factor * 0.94}
    elif effect == "none":
        style |= {"markersize": size * factor * 0.72, "markerfacecolor": "#d9d3c7"}
        style |= {"markeredgecolor": SOFT_INK, "markeredgewidth": 1.0}
    elif effect == "conflictual":
        style |= {"markersize": size * factor * 0.86, "path_effects": _ring()}
    return style


def _ring() -> list[AbstractPathEffect]:
    """A dark ring with a strip of paper between it and the mark: it shows around any shape and colour."""
    return [
        Stroke(linewidth=5.0, foreground=INK),
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


def legend_groups(
    kinds: Sequence[str], effects: Sequence[str], dates: Sequence[str], size: float
) -> list[tuple[str, list[Artist], list[str]]]:
    """Return the legend's groups (name, handles, words): only what occurs, in a fixed order."""
    groups: list[tuple[str, list[Artist], list[str]]] = []
    shown = [kind for kind in KINDS if kind in kinds]
    handles: list[Artist] = [_key(kind, "cooperative", size) for kind in shown]
    groups.append(("Kind", handles, shown))
    shown = [effect for effect in EFFECTS if effect in effects]
    handles = [_key("diplomacy", effect, size) for effect in shown]
    groups.append(("Effect", handles, [_EFFECT_WORDS[effect] for effect in shown]))
    shown = [role for role in _DATE_WORDS if role in dates]
    handles = [_date_key(role, size) for role in shown]
    groups.append(("Date", handles, [_DATE_WORDS[role] for role in shown]))
    return [group for group in groups if group[1]]


def _key(kind: str, effect: str, size: float) -> Line2D:
    return Line2D([], [], linestyle="none", **mark_style(kind, effect, size))


def _date_key(role: str, size: float) -> Artist:
    if role == "arrow":
        return Line2D([], [], linestyle="none", marker=">", color=SOFT_INK, markersize=size * 0.75)
    if role == "lasting":
        return Patch(**bar_style(SOFT_INK, "lasting"))
    return Patch(**bar_style(SOFT_INK, "within", dashed=role != "within"))


HANDLE, HANDLE_PAD, BETWEEN = 2.0, 0.5, 1.4  # of a font size


def legend_rows(
    groups: Sequence[tuple[str, list[Artist], list[str]]], width: float, font: float
) -> list[tuple[str, list[Artist], list[str]]]:
    """Break groups that are wider than `width` points into several rows; only the first keeps the name."""
    rows: list[tuple[str, list[Artist], list[str]]] = []
    room = width - name_width(groups, font)
    for name, handles, words in groups:
        row: tuple[str, list[Artist], list[str]] = (name, [], [])
        used = 0.0
        for handle, word in zip(handles, words, strict=True):
            needed = text_width(word, font) + font * (HANDLE + HANDLE_PAD + BETWEEN)
            if row[1] and used + needed > room:
                rows.append(row)
                row, used = ("", [], []), 0.0
            row[1].append(handle)
            row[2].append(word)
            used += needed
        rows.append(row)
    return rows


def name_width(groups: Sequence[tuple[str, list[Artist], list[str]]], font: float) -> float:
    """Return how much room the groups' names take on the left."""
    return max((text_width(name, font, "bold") for name, _, _ in groups), default=0.0) + font * 0.8


def draw_legend_row(
    ax: Axes, row: tuple[str, list[Artist], list[str]], *, x: float, y: float, indent: float, font: float
) -> None:
    """Draw one row of the legend; `x` and `y` (its middle) and `indent` are fractions of the axes."""
    name, handles, words = row
    if name:
        ax.text(x, y, name, transform=ax.transAxes, fontsize=font, weight="bold", va="center", color=INK)
    legend = Legend(
        ax,
        handles,
        words,
        loc="center left",
        bbox_to_anchor=(x + indent, y),
        bbox_transform=ax.transAxes,
        ncols=len(words),
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
