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
