"""The parts of the course's other figures. Each knows what it stands for, so that a description can be read from it."""

from __future__ import annotations

from typing import Any, NamedTuple

from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Text


class Claim(NamedTuple):
    """A claim as it is drawn. `verdict` is empty where none is shown, `lesson` where none is known."""

    claim_id: str
    paragraph: int
    lesson: str = ""
    verdict: str = ""
    filled: bool = True


class ClaimTile(FancyBboxPatch):
    """One claim of the matrix."""

    def __init__(self, claim: Claim, x: float, y: float, size: tuple[float, float], **style: Any) -> None:
        super().__init__((x, y), *size, boxstyle=f"round,pad=0,rounding_size={min(size) * 0.14}", **style)
        self.claim = claim


class Voice(NamedTuple):
    """How many citations of one country's voices there are in one decade."""

    country: str
    decade: int
    citations: int


class VoiceTile(Rectangle):
    """One country in one decade."""

    def __init__(self, voice: Voice, x: float, y: float, size: tuple[float, float], **style: Any) -> None:
        super().__init__((x, y), *size, **style)
        self.voice = voice


class Said(NamedTuple):
    """What one report or statement says: a number, or (`dated`) a day; `value` is empty where it gives none.

    `first` tells that no other is surely older.
    """

    group: str
    who: str
    value: str
    dated: bool = False
    first: bool = False


class SaidDot(Line2D):
    """The glyph of a report or a statement: one place, or two where it gives a range."""

    def __init__(self, said: Said, xs: list[float], y: float, **style: Any) -> None:
        super().__init__(xs, [y] * len(xs), **style)
        self.said = said


class SaidText(Text):
    """What stands in place of a glyph where a report has no number, or a statement no date."""

    def __init__(self, said: Said, x: float, y: float, text: str, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, **style)
        self.said = said


class EventNote(Text):
    """An event named in a chart of lines, or a stretch without values: its years and words."""

    def __init__(self, words: str, x: float, y: float, text: str, *, gap: bool = False, **style: Any) -> None:
        super().__init__(x, y, text, parse_math=False, **style)
        self.words = words
        self.gap = gap


class Place(NamedTuple):
    """A place on a map, in degrees; `named` tells whether there was room for its name."""

    name: str
    latitude: float
    longitude: float
    named: bool = True


class PlaceDot(Line2D):
    """A place on a map."""

    def __init__(self, place: Place, **style: Any) -> None:
        super().__init__([place.longitude], [place.latitude], linestyle="none", **style)
        self.place = place


class CoastLine(Line2D):
    """A part of the coast on a map."""
