"""A line of the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the report.

    Attributes
    ----------
    what : str
        What was measured, and against what.
    measured, baseline : str
        The medians, with their unit.
    ratio : float or None
        Measured by baseline, where both have the same unit.
    bound : str
        What the course promises; empty if nothing.
    within : bool or None
        Whether the promise is kept; None if there is none.
    """

    what: str
    measured: str
    baseline: str = ""
    ratio: float | None = None
    bound: str = ""
    within: bool | None = None
