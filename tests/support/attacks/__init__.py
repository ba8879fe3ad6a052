"""What a submission may do to the one who marks it: a list to run, each with the points that it deserves.

A submission has three questions, q1 to q3. An attack stands in the place of one answer, or of several. The other answers are
right, and keep their points whatever the attack does. `EVERY` is the whole list.
"""

from __future__ import annotations

from tests.support.attacks import exhaust, forge, odd, reach
from tests.support.attacks.case import IMPORTS, RIGHT, Attack

EVERY: list[Attack] = [*reach.LIST, *exhaust.LIST, *forge.LIST, *odd.LIST]

__all__ = ["EVERY", "IMPORTS", "RIGHT", "Attack"]
