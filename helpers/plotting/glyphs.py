"""How an event looks: a shape and a colour for its kind, a fill for its effect, and the key to both."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect, Normal, Stroke
from matplotlib.textpath import TextPath

from .theme import FONTS, INK, MUTED, PAPER

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
# How much smaller an event is drawn that has no effect between the two states. Its inside must show grey: at 100 dots an
# inch a triangle of the smallest look keeps two grey dots at 0.72, eight at 0.85; above 7 points 0.72 leaves enough.
NONE_LARGE, NONE_SMALL, NONE_LIMIT = 0.72, 0.85, 7.0
RING, RING_PAPER = 5.0, 2.8  # the widths, in points, of the lines around a conflict: the dark ring, the paper within it
UNKNOWN = ("h", "#5f584e", 1.05)  # an event whose kind the table doesn't give


def colour_of(kind: str, *, muted: bool = False) -> str:
    """Return the colour of a kind of event; grey if others are picked out."""
    return MUTED if muted else KINDS.get(kind, UNKNOWN)[1]


def glyph_style(kind: str, effect: str, size: float, *, muted: bool = False) -> dict[str, Any]:
    """Return the keyword arguments of the `Line2D` that is an event's glyph.

    `kind` is a key of `KINDS`, `effect` one of `EFFECTS`; "" is "not known" (an effect is then drawn as filled). `size` is
    the diameter of a round glyph, in points.
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
        style |= {"markerfacecolor": PAPER, "markeredgewidth": 1.6, "markersize": size * factor * 0.94}
    elif effect == "none":
        smaller = NONE_LARGE if size > NONE_LIMIT else NONE_SMALL
        style |= {"markersize": size * factor * smaller, "markerfacecolor": "#d9d3c7", "markeredgewidth": 1.1}
    elif effect == "conflictual":
        style |= {"markersize": size * factor * 0.86, "path_effects": _ring(MUTED if muted else INK)}
    return style


def _ring(colour: str) -> list[AbstractPathEffect]:
    """A dark ring with a strip of paper between it and the glyph: it shows around any shape and colour."""
    return [Stroke(linewidth=RING, foreground=colour), Stroke(linewidth=RING_PAPER, foreground=PAPER), Normal()]


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
    outline = TextPath((0, 0), sign, size=font, prop=FontProperties(family=FONTS, weight="bold"))
    box = outline.get_extents()
    middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    centred = Path(outline.vertices - middle, outline.codes)
    return centred, 2 * float(np.abs(np.asarray(centred.vertices)).max())
