"""How long reading and running a core path takes: one rule for all lessons, computed and never typed.

Somebody who reads English as a third language, and with care, reads 90 words a minute. A cell takes ten seconds to run and
to look at; a guess takes twenty. Words are those of the prose and of what a cell writes: tables, numbers, messages. Not
counted are code (the ten seconds are for it), what is folded, a picture, and the words beneath it, which are for those who
do not see it. Nor is the cell in which an exercise is answered: exercises have minutes of their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

WORDS_A_MINUTE, SECONDS_A_CELL, SECONDS_A_GUESS = 90, 10, 20
MAX_MINUTES = 24  # of the 50 of a core path: ten more are for exercises, ten for talk, the rest is the teacher's
_GUESS = re.compile(r"\*\*(?:Guess|Predict)\b|\*\*[^*]*\?\*\*")
_EXERCISE = re.compile(r'^check\("\d\d\.\d+"', re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ADDRESS = re.compile(r"\]\([^)]*\)")
_UNSEEN = re.compile(r"<(style|details)\b.*?</\1>|<p><b>In words\.</b>.*?</p>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Load:
    """What a reader has before them in some cells, counted."""

    prose: int = 0  # words
    shown: int = 0  # words of tables and other outputs
    cells: int = 0  # of code
    guesses: int = 0

    def __add__(self, other: Load) -> Load:
        """Return the two together."""
        return Load(
            self.prose + other.prose, self.shown + other.shown, self.cells + other.cells, self.guesses + other.guesses
        )

    @property
    def minutes(self) -> float:
        """How long reading and running take, by the rule."""
        seconds = SECONDS_A_CELL * self.cells + SECONDS_A_GUESS * self.guesses
        return (self.prose + self.shown) / WORDS_A_MINUTE + seconds / 60


def measure(cells: Iterable[Any]) -> Load:
    """Count what a reader of cells, with their outputs, has before them."""
    return sum((_of_cell(cell) for cell in cells), Load())


def _of_cell(cell: Any) -> Load:
    if cell.cell_type == "markdown":
        return Load(prose=_words(_ADDRESS.sub("]", cell.source)), guesses=len(_GUESS.findall(cell.source)))
    if _EXERCISE.search(cell.source):
        return Load()
    return Load(shown=sum(_words(_seen(output)) for output in cell.get("outputs", [])), cells=1)


def _seen(output: Any) -> str:
    """Return what an output writes on the page; the text of a picture or a widget is not seen."""
    data = output.get("data", {})
    if "text/html" in data:
        return html.unescape(_UNSEEN.sub(" ", data["text/html"]))
    drawn = any(kind.startswith(("image/", "application/")) for kind in data)
    return "" if drawn else str(data.get("text/plain", output.get("text", "")))


def _words(text: str) -> int:
    return len(_WORD.findall(text))
