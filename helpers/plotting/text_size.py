"""The size of a text, and texts broken into lines: what every layout of the course measures with."""

from __future__ import annotations

import textwrap
import unicodedata
from functools import lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

from .theme import FONT

INDENT = "   "  # of a label's second line


def misses_letters(text: str) -> bool:
    """Return whether the course's font lacks a letter, or it would stand unjoined or in the wrong order.

    matplotlib draws one letter after another from left to right, also those of scripts that run from right to left.
    """
    return any(unicodedata.bidirectional(letter) in ("R", "AL") or ord(letter) not in _letters() for letter in text.strip())


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap()) | set(range(32))


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is, in points; the widest line counts. 2 % are added for hinting."""
    widths = [sum(_advance(letter, weight) for letter in line) for line in text.split("\n")]
    return 1.02 * size * max(widths) + 0.5


@lru_cache(maxsize=1024)
def _advance(letter: str, weight: str) -> float:
    """How far a letter moves the next one on, in font sizes: to add these is many times faster than to lay texts out."""
    font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(100.0, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


def text_height(text: str, size: float, spacing: float = 1.2) -> float:
    """Return how high a text is, in points, at any resolution; `spacing` is matplotlib's `linespacing`."""
    return size * 1.09 * (1 + spacing * text.count("\n"))


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
