"""What a figure says, in the language of the lesson, if this matplotlib can write it.

Only matplotlib 3.11 and later join the letters of Arabic script. An older one, as in the browser edition, draws the English
labels, and the words beneath the figure say so.
"""

from __future__ import annotations

from typing import Any

from .. import language
from .theme import SHAPES


def can_write() -> bool:
    """Whether the figures of this notebook speak its language."""
    return SHAPES or not set(language.RIGHT_TO_LEFT) & {language.current()}


def direction() -> str:
    """Return how the text of a figure runs: "rtl" or "ltr"."""
    return language.direction() if can_write() else "ltr"


def say(text: str, /, **slots: Any) -> str:
    """Return a text of a figure, as `language.say`."""
    if can_write():
        return language.say(text, **slots)
    return text.format(**slots) if slots else text


def say_count(one: str, many: str, count: int, /, **slots: Any) -> str:
    """Return a text of a figure that counts, as `language.say_count`."""
    if can_write():
        return language.say_count(one, many, count, **slots)
    return (one if count == 1 else many).format(count=count, **slots)


def said(text: object) -> Any:
    """Return a title that a notebook's code or a table holds, as it is drawn; anything else as it is."""
    return say(text) if isinstance(text, str) else text
