"""Turn a figure into pixels, quickly: matplotlib's own renderer, which remembers the letters and texts that it has drawn.

Most of the time that a timeline takes to draw goes into the outlines of letters, and matplotlib forgets each text at
once. Here a letter is drawn once, by the parent's public method, and a text is put together from letters where the same
parent measures them; both are kept. Without the methods of `_Renderer` every figure appears all the same, only later.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import ceil
from typing import Any, NamedTuple

import matplotlib
import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from PIL import Image  # comes with matplotlib

from .plotting.theme import HINTING, quiet_letters, set_lines, texts_of

_FAMILIES = ("serif", "sans-serif", "cursive", "fantasy", "monospace")
_READ = ("text.hinting", *(f"font.{name}" for name in _FAMILIES))  # what a text is drawn with, beside its font
_SHAPING = ("get_fontfeatures", "get_language")  # of a text, from matplotlib 3.11
# Letters begin at each half of a dot. Anywhere, nearly every letter has a picture of its own, which makes the file half as
# large again and no text easier to read; at whole dots, letters are spaced unevenly.
PHASES = 2
STARTS = (
    4  # a text begins at each quarter of a dot, so that its letters stand at the halves that are nearest to their places
)
_LETTER = re.compile(r"f+\w?|.", re.DOTALL)  # "fi", "ffl" and the like may be one form, drawn as a whole
FINE = 4  # a letter is drawn so many times larger, and made smaller at each of its phases
SHADES = 8  # of a letter's edge: the README's first picture keeps below 200 KiB so, and no eye tells it from one of 255
MAX_TEXTS = 4096  # two kilobytes each: the titles of the largest timeline, broken in several ways, at each of their starts
MAX_FACES = 32  # a font in one size and weight; a figure of the course has about ten
MAX_LAYERS = 64  # 0.1 MB each
FINENESS = 32  # parts of a dot by which a layer's place may differ

Size = tuple[float, float, float]  # width, height and descent, in dots


class _Picture(NamedTuple):
    """Dots, from 0 to 255, and how far they begin right of a text's beginning and end below its baseline."""

    right: int
    below: int
    dots: np.ndarray


_NOTHING = _Picture(0, 0, np.zeros((0, 0), np.uint16))


class _Face:
    """A font at a size and a resolution, with the letters that it has drawn and the pairs that it has measured."""

    def __init__(self, font: FontProperties, dpi: float) -> None:
        self.font, self.dpi = font, dpi
        self.measuring = RendererAgg(1, 1, dpi)
        self.sizes: dict[str, Size] = {}
        self.letters: dict[str, tuple[_Picture, ...]] = {}

    def size(self, text: str) -> Size:
        if text not in self.sizes:
            self.sizes[text] = self.measuring.get_text_width_height_descent(text, self.font, False)
        return self.sizes[text]

    def letter(self, letter: str) -> tuple[_Picture, ...]:
        """A letter at each of its phases."""
        if letter not in self.letters:
            self.letters[letter] = tuple(self._drawn(letter))
        return self.letters[letter]

    def _drawn(self, letter: str) -> Iterator[_Picture]:
        width, height, descent = (ceil(part) for part in self.size(letter))
        around = height + 2  # for what reaches out of a letter's box
        baseline = around + height - descent
        renderer = RendererAgg((width + 2 * around) * FINE, (height + 2 * around) * FINE, self.dpi * FINE)
        renderer.draw_text(renderer.new_gc(), around * FINE, baseline * FINE, letter, self.font, 0.0)
        large = np.asarray(renderer.buffer_rgba())[..., 3]
        for phase in range(PHASES):
            moved = np.roll(large, phase * FINE // PHASES, axis=1)
            darkness = moved.reshape(height + 2 * around, FINE, width + 2 * around, FINE).mean(axis=(1, 3)) / 255
            dots = np.round(np.round(darkness * SHADES) * 255 / SHADES).astype(np.uint16)
            rows, columns = np.flatnonzero(dots.any(axis=1)), np.flatnonzero(dots.any(axis=0))
            if rows.size:
                left, bottom = int(columns[0]), int(rows[-1]) + 1
                yield _Picture(left - around, bottom - baseline, dots[rows[0] : bottom, left : columns[-1] + 1])
            else:
                yield _NOTHING


@lru_cache(maxsize=MAX_FACES)
def _face(font: FontProperties, dpi: float, settings: tuple[str, ...]) -> _Face:
    """A face; `settings` are in the key because a font is found, loaded and drawn with them."""
    return _Face(font, dpi)


@lru_cache(maxsize=MAX_TEXTS)
def _laid_out(text: str, face: _Face) -> tuple[Size, tuple[tuple[str, float], ...]]:
    """Where the letters of a text stand, each as far from the one before as matplotlib puts a pair of them."""
    x, placed, letters = 0.0, [], _LETTER.findall(text)
    for i, letter in enumerate(letters):
        if i:
            x += face.size(letters[i - 1] + letter)[0] - face.size(letter)[0]
        placed.append((letter, x))
    sizes = [face.size(letter) for letter in letters]
    descent = max(size[2] for size in sizes)
    return (x + sizes[-1][0], max(size[1] - size[2] for size in sizes) + descent, descent), tuple(placed)


@lru_cache(maxsize=MAX_TEXTS)
def _put_together(text: str, face: _Face, start: int) -> _Picture:
    """The picture of a text that begins so many quarters of a dot right of a whole one."""
    placed = []
    for letter, x in _laid_out(text, face)[1]:
        dot, phase = divmod(round((start / STARTS + x) * PHASES), PHASES)
        picture = face.letter(letter)[phase]
        if picture.dots.size:
            placed.append(picture._replace(right=picture.right + dot))
    return _joined(placed)


def _joined(placed: Sequence[_Picture]) -> _Picture:
    if not placed:
        return _NOTHING
    left, below = min(picture.right for picture in placed), max(picture.below for picture in placed)
    right = max(picture.right + picture.dots.shape[1] for picture in placed)
    height = below - min(picture.below - picture.dots.shape[0] for picture in placed)
    dots = np.zeros((height, right - left), np.uint16)
    for picture in placed:
        bottom, start = height - below + picture.below, picture.right - left
        dots[bottom - picture.dots.shape[0] : bottom, start : start + picture.dots.shape[1]] += picture.dots
    return _Picture(left, below, np.minimum(dots, 255).astype(np.uint8))


@lru_cache(maxsize=MAX_TEXTS)
def _stands_alone(text: str) -> bool:
    """Whether each letter keeps its form and its place whatever stands beside it: Latin, Greek, Cyrillic, signs."""
    return bool(text) and all(
        (letter < "\u0530" or "\u1e00" <= letter < "\u2c00") and unicodedata.category(letter)[0] not in "MC"
        for letter in text
    )


class _Measuring(RendererBase):
    """Notes where a text that begins at nothing has its lines, in dots to the right and upwards."""

    def __init__(self, measure: Callable[..., Size]) -> None:
        super().__init__()
        self.measure, self.lines = measure, list[tuple[str, float, float]]()

    def flipy(self) -> bool:
        return False

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Size:
        return self.measure(s, prop, ismath)

    def draw_text(self, gc: Any, x: float, y: float, s: str, *_: Any, **__: Any) -> None:
        self.lines.append((s, x, y))


_lines: dict[tuple[Any, ...], list[tuple[str, float, float]]] = {}  # of texts, the newest last


class _Renderer(RendererAgg):
    """Does what its parent does, with plain texts on whole lines; formulas, turned texts and all else are its parent's."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)
        self.faces: dict[FontProperties, _Face] = {}
        self.affines: dict[int, tuple[float, ...] | None] = {}
        self.kept: dict[Hashable, Any] = {}  # what the parts of a timeline prepare once for each of their looks

    @cached_property
    def settings(self) -> tuple[str, ...]:
        """What fonts are found and drawn with; asked for when the first text is drawn, in the look of its figure."""
        return tuple(str(matplotlib.rcParams[name]) for name in _READ)  # type: ignore[index]

    def _face(self, font: FontProperties) -> _Face:
        face = self.faces.get(font)
        if face is None:
            kept = font.copy()
            face = self.faces[kept] = _face(kept, self.dpi, self.settings)
        return face

    def lines_of(self, text: Text, spacing: Mapping[str, Any]) -> list[tuple[str, float, float]]:
        """Tell where each line of a text stands, from the text's own place in dots; `spacing` is how its lines are set."""
        font, across, upright = text.get_fontproperties(), text.get_horizontalalignment(), text.get_verticalalignment()
        key = (text.get_text(), across, upright, *spacing.items(), self._face(font))
        if key not in _lines:
            measuring = _Measuring(self.get_text_width_height_descent)
            plain: dict[str, Any] = {"ha": across, "va": upright, "parse_math": False, **spacing}
            probe = Text(0, 0, text.get_text(), fontproperties=font, **plain)
            if (figure := text.get_figure(root=True)) is not None:
                probe.set_figure(figure)
            probe.draw(measuring)
            _lines[key] = measuring.lines
            if len(_lines) > MAX_TEXTS:
                del _lines[next(iter(_lines))]
        return _lines[key]

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> Size:
        if ismath or not _stands_alone(s):
            size: Size = super().get_text_width_height_descent(s, prop, ismath)
            return size
        return _laid_out(s, self._face(prop))[0]

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
        shaped = any(getattr(mtext, name)() for name in _SHAPING if hasattr(mtext, name))
        if ismath or angle or shaped or not gc.get_antialiased() or not _stands_alone(s):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        dot, start = divmod(round(x * STARTS), STARTS)
        picture = _put_together(s, self._face(prop), start)
        if picture.dots.size:
            *colour, alpha = gc.get_rgb()
            image = np.empty((*picture.dots.shape, 4), np.uint8)
            image[..., :3] = [round(255 * part) for part in colour]
            alpha = gc.get_alpha() if gc.get_forced_alpha() else alpha  # a text's own goes before that of its colour
            image[..., 3] = picture.dots if alpha == 1 else np.round(picture.dots * alpha)
            # the nearest line; of two as near the upper one, as matplotlib does
            self.draw_image(gc, dot + picture.right, int(self.height) - ceil(y - 0.5) - picture.below, image[::-1])


_layers: dict[tuple[Any, ...], tuple[float, float, np.ndarray]] = {}  # the newest last


class _Remembering(_Renderer):
    """Keeps parts that are often the same from one picture to the next, such as a legend, and lays them over the next."""

    def remembered(self, content: str, place: tuple[float, float], draw: Callable[[RendererBase], None]) -> None:
        """Draw a part, or lay over what it looked like; `content` tells all that is seen of it, `place` where it stands.

        In another figure it may stand anywhere, but as far from a whole dot.
        """
        key = (content, self.dpi, *(round(FINENESS * (part % 1)) % FINENESS for part in place))
        _layers[key] = _layers.pop(key) if key in _layers else self._layer(place, draw)
        left, below, dots = _layers[key]
        if len(_layers) > MAX_LAYERS:
            del _layers[next(iter(_layers))]
        if dots.size:
            self.draw_image(self.new_gc(), round(place[0] + left), round(place[1] + below), dots[::-1])

    def _layer(self, place: tuple[float, float], draw: Callable[[RendererBase], None]) -> tuple[float, float, np.ndarray]:
        """What a part looks like, and how far right of its place and above it this begins."""
        alone = _Renderer(self.width, self.height, self.dpi)
        with set_lines(alone):
            draw(alone)
        dots = np.asarray(alone.buffer_rgba())
        rows, columns = (np.flatnonzero(dots[..., 3].any(axis=axis)) for axis in (1, 0))
        if not rows.size:
            return 0.0, 0.0, np.zeros((0, 0, 4), np.uint8)
        below = int(rows[-1]) + 1
        part = dots[rows[0] : below, columns[0] : columns[-1] + 1].copy()
        return int(columns[0]) - place[0], int(self.height) - below - place[1], part


def pixels(figure: Figure, dpi: float, *, remember: bool = False) -> Image.Image:
    """Draw a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure; it is drawn at its own size.
    dpi : float
        Dots an inch.
    remember : bool, default False
        Whether to keep a part that the next picture may share, for who draws one after another. At the edges of its letters
        a colour may differ by a shade that no eye sees; so a picture that is stored is drawn whole.

    Returns
    -------
    PIL.Image.Image
        Red, green and blue, without transparency.
    """
    before = figure.dpi
    try:
        with matplotlib.rc_context({"text.hinting": HINTING}), quiet_letters():
            figure.set_dpi(dpi)
            renderer = (_Remembering if remember else _Renderer)(*figure.bbox.size, dpi)
            with set_lines(renderer, texts_of(figure)):
                figure.draw(renderer)
    finally:
        figure.set_dpi(before)
    return Image.fromarray(np.asarray(renderer.buffer_rgba())).convert("RGB")
