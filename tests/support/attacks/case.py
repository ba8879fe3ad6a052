"""One attack, and the right answers around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

IMPORTS = """
import sys
sys.path.insert(0, "..")
import matplotlib.pyplot as plt
import pandas as pd
from helpers import load, show, show_table
events = load("events")
"""

RIGHT = {
    "q1": 'treaties = events[events["kind"] == "treaty"]',
    "q2": 'counts = events["level"].value_counts()',
    "q3": 'def count_kind(table, kind):\n    return int((table["kind"] == kind).sum())',
}


@dataclass(frozen=True)
class Attack:
    """A submission and what it deserves.

    Attributes
    ----------
    name : str
        For the report of the tests.
    cells : mapping of str to str
        Question -> code that stands in the place of the right answer. "{secret}", "{root}" and "{home}" become paths
        outside. What it reaches that it should not, it prints after the word REACHED.
    earns : str
        The questions whose points it deserves, separated by spaces.
    state : str
        The state of the (first) cell of `cells`; empty if several would be right.
    says : str
        What the report of that cell must contain.
    seconds : float
        The limit for each cell and probe.
    """

    name: str
    cells: Mapping[str, str]
    earns: str
    state: str = ""
    says: str = ""
    seconds: float = 0.7


def at_q2(name: str, code: str, state: str = "", says: str = "", earns: str = "q1 q3") -> Attack:
    """An attack in the place of the answer to q2."""
    return Attack(name, {"q2": dedent(code)}, earns, state, says)


def at_q3(name: str, body: str, state: str = "ok") -> Attack:
    """An attack that waits in a function until the marker calls it."""
    code = "def count_kind(table, kind):\n" + "\n".join(f"    {line}" for line in dedent(body).strip().splitlines())
    return Attack(name, {"q3": code}, "q1 q2", state)
