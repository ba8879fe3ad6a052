"""Turn a figure into pixels, quickly: matplotlib's own renderer, which remembers the texts that it has drawn.

Most of the time that a timeline takes to draw goes into the outlines of letters. matplotlib works each text out twice, once
for its size and once for its picture, and forgets both. Here both are made at once and kept, so that a timeline with two
hundred labels is drawn in half the time, and the next position of a slider, with most labels the same, in less.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin
from typing import Any, NamedTuple

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image  # comes with matplotlib

from .plotting.theme import quiet_letters

# Letters may begin at each half of a dot. matplotlib's eighths give nearly every letter a picture of its own, which makes
# the file a fifth larger and no text easier to read; whole dots would space letters unevenly.
HINTING_FACTOR = 2
_FAMILIES = ("serif", "sans-serif", "cursive", "fantasy", "monospace")
_READ = ("text.hinting_factor", "text.hinting", "text.kerning_factor", *(f"font.{name}" for name in _FAMILIES))
KEPT = 1024  # texts; a few kilobytes each


class _Dots(NamedTuple):
    """A text as matplotlib draws it: width, height and descent, where its picture begins, and the picture."""

    size: tuple[float, float, float]
    offset: tuple[float, float]
    picture: np.ndarray


@lru_cache(maxsize=KEPT)
def _dots(text: str, font: FontProperties, dpi: float, smooth: bool, settings: tuple[str, ...]) -> _Dots:
    """Draw a text; `settings` are in the key because the font is found, loaded and drawn with them."""
    ready = RendererAgg(1, 1, dpi)._prepare_font(font)
    ready.set_text(text, 0.0, flags=get_hinting_flag())
    width, height = ready.get_width_height()
    size = (width / 64, height / 64, ready.get_descent() / 64)  # FreeType counts in 64ths of a dot
    ready.draw_glyphs_to_bitmap(antialiased=smooth)
    x, y = ready.get_bitmap_offset()
    return _Dots(size, (x / 64, y / 64), np.array(ready))


class _Renderer(RendererAgg):
    """Does for plain texts what its parent does, with the same dots; formulas and all else are left to the parent."""

    def _text(self, text: str, font: FontProperties, smooth: bool = True) -> _Dots:
        return _dots(text, font.copy(), self.dpi, smooth, tuple(str(matplotlib.rcParams[name]) for name in _READ))

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        if ismath:
            size: tuple[float, float, float] = super().get_text_width_height_descent(s, prop, ismath)
            return size
        return self._text(s, prop).size

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        found = self._text(s, prop, bool(gc.get_antialiased()))
        descent, turn = found.size[2], radians(angle)
        left = round(x + found.offset[0] + descent * sin(turn))
        bottom = round(y + found.offset[1] + descent * cos(turn))
        self._renderer.draw_text_image(found.picture, left, bottom + 1, angle, gc)


def pixels(figure: Figure, dpi: float) -> Image.Image:
    """Draw a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure; it is drawn at its own size.
    dpi : float
        Dots an inch.

    Returns
    -------
    PIL.Image.Image
        Red, green and blue, without transparency.
    """
    before = figure.dpi
    try:
        with matplotlib.rc_context({"text.hinting_factor": HINTING_FACTOR}), quiet_letters():
            figure.set_dpi(dpi)
            renderer = _Renderer(*figure.bbox.size, dpi)
            figure.draw(renderer)
    finally:
        figure.set_dpi(before)
    return Image.fromarray(np.asarray(renderer.buffer_rgba())).convert("RGB")
