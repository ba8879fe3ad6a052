"""The size of a text, and texts broken into lines: what every layout of the course measures with."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from functools import lru_cache

from matplotlib import rcParams
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font

from .theme import FONTS, HINTING, SHAPES, fonts_for, quiet_letters

INDENT = "   "  # of a label's second line
MEASURED_AT = 40.0  # points: widths are whole 64ths of a dot, here a thousandth of a letter


def misses_letters(text: str) -> bool:
    """Return whether the course's fonts lack a letter, or it would stand unjoined or in the wrong order.

    Until 3.11 matplotlib draws one letter after another from left to right, also those of Arabic, Urdu and Hebrew.
    """
    return any(_misses(line.strip()) for line in text.split("\n"))


def _misses(line: str) -> bool:
    letters = _letters(fonts_for(line))
    # Without shaping, what runs from right to left stands in the wrong order. DejaVu Sans lacks letters of Urdu.
    turned = not SHAPES and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in line)
    return turned or any(ord(letter) not in letters for letter in line)


@lru_cache(maxsize=2)
def _letters(fonts: tuple[str, ...]) -> frozenset[int]:
    """The letters that some fonts have together: put together once, for a picture has a hundred texts."""
    there = (get_font(findfont(FontProperties(family=font))).get_charmap() for font in fonts)
    return frozenset(range(32)).union(*there)


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is, in points; the widest line counts. 2 % are added for letters that hinting moves."""
    return 1.02 * size * max(_line_width(line, weight) for line in text.split("\n")) + 0.5


@lru_cache(maxsize=4096)
def _line_width(line: str, weight: str) -> float:
    """In font sizes. matplotlib shapes each word as a whole; nothing is shaped across a blank, and titles share words."""
    return sum(_word_width(word, weight, fonts_for(line)) for word in re.split(r"( +)", line) if word)


@lru_cache(maxsize=4096)
def _word_width(word: str, weight: str, fonts: tuple[str, ...]) -> float:
    font = FontProperties(family=fonts, weight=weight, size=MEASURED_AT)
    before = rcParams["text.hinting"]
    rcParams["text.hinting"] = HINTING  # by hand: a context copies all settings, for each word
    try:
        with quiet_letters():
            return float(_measuring().get_text_width_height_descent(word, font, False)[0]) / MEASURED_AT
    finally:
        rcParams["text.hinting"] = before


@lru_cache(maxsize=1)
def _measuring() -> RendererAgg:
    return RendererAgg(1, 1, 72)


def text_height(text: str, size: float, spacing: float = 1.2) -> float:
    """Return how high a text is, in points, at any resolution; its lines stand `spacing` font sizes apart."""
    return size * (1.09 + spacing * text.count("\n"))


def linespacing(spacing: float) -> float:
    """Return matplotlib's `linespacing` for lines that stand `spacing` font sizes apart.

    From 3.11 it counts in what the font's makers call a line, which is 1.2 font sizes in Fira Sans and 1 in DejaVu Sans.
    """
    return spacing / _line() if SHAPES else spacing


@lru_cache(maxsize=1)
def _line() -> float:
    font = get_font(findfont(FontProperties(family=FONTS)))
    os2, head = font.get_sfnt_table("OS/2"), font.get_sfnt_table("head")
    return (os2["sTypoAscender"] - os2["sTypoDescender"]) / head["unitsPerEm"] if os2 and head else 1.0


def indented(text: str, *, right: bool) -> str:
    """Set all lines of a text in but the first: from its left edge, or from its right edge if it is aligned there."""
    first, *others = text.split("\n")
    return "\n".join([first, *(INDENT + line if right else line + INDENT for line in others)])


@lru_cache(maxsize=4096)
def wrap(text: str, limit: int | None) -> str:
    """Break a text into as few lines as possible, of about equal length.

    Parameters
    ----------
    text : str
        One line.
    limit : int or None
        Most characters in a line; a longer word stays whole. None leaves the text as it is.

    Returns
    -------
    str
        The lines, with line feeds between them.
    """
    if limit is None or len(text) <= limit:
        return text
    broken = textwrap.wrap(text, limit, break_long_words=False, break_on_hyphens=False)
    for width in range(len(text) // len(broken), limit):  # the narrowest that needs no more lines: no widows
        narrower = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(narrower) == len(broken):
            return "\n".join(narrower)
    return "\n".join(broken)
