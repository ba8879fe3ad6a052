"""How far two markers agree: the answers on which they differ, and Cohen's kappa for each criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..assignments.assignment import Assignment
from ..csv_files import write_csv
from ..submissions.groups import members_of
from ..submissions.roster import kept_roster
from .log import Mark, latest, read_log


@dataclass(frozen=True)
class Agreement:
    """How two markers agree on one criterion."""

    key: str  # the criterion, as ``"<cell>/<criterion>"``
    both: int  # how many answers both have given a level
    same: int  # how many of them the same
    # Cohen's kappa with quadratic weights: 1 for the same levels throughout, 0 for what chance would give. None where it
    # has no meaning: too few answers, or one level for all.
    kappa: float | None


def agreement(assignment: Assignment, folder: Path) -> tuple[list[Agreement], list[tuple[Mark, Mark]]]:
    """Compare first and second markers.

    Parameters
    ----------
    assignment : Assignment
        What was marked.
    folder : pathlib.Path
        The folder of marks, with the markers' logs.

    Returns
    -------
    list of Agreement, list of pairs of Mark
        For each criterion of the rubric that both have used; and the answers on which they differ.
    """
    log = read_log(folder)
    firsts, seconds = latest(log, second=False), latest(log, second=True)
    groups = members_of(kept_roster(folder / ".kept" / "roster.txt"))
    whose = {member: group for group, members in groups.items() for member in members}
    # The answer of a group is one answer, with a mark for each of its members.
    places = sorted(firsts.keys() & seconds.keys())
    once = {(question, one in whose, whose.get(one, one)): (question, one) for question, one in places}
    both = [(firsts[place], seconds[place]) for place in sorted(once.values())]
    found = []
    for written in assignment.written:
        for criterion in written.criteria:
            key = f"{written.grade_id}/{criterion.name}"
            pairs = [(one.levels[key], two.levels[key]) for one, two in both if key in one.levels and key in two.levels]
            if pairs:
                same = sum(one == two for one, two in pairs)
                scale = sorted(level.points for level in criterion.levels)
                found.append(Agreement(key, len(pairs), same, weighted_kappa(pairs, scale)))
    return found, [(one, two) for one, two in both if _differ(one.levels, two.levels)]


def weighted_kappa(pairs: Sequence[tuple[float, float]], scale: Sequence[float]) -> float | None:
    """Return Cohen's kappa with quadratic weights over the steps of a scale; None where chance alone would agree wholly."""
    step = {points: at for at, points in enumerate(scale)}
    used = [(step[one], step[two]) for one, two in pairs if one in step and two in step]
    if len(used) < 2:
        return None
    firsts, seconds = Counter(one for one, _ in used), Counter(two for _, two in used)
    seen = sum((one - two) ** 2 for one, two in used) / len(used)
    by_chance = sum((one - two) ** 2 * firsts[one] * seconds[two] for one in firsts for two in seconds) / len(used) ** 2
    return None if by_chance == 0 else 1 - seen / by_chance


def write_differences(path: Path, differing: Sequence[tuple[Mark, Mark]]) -> None:
    """Write a list of what two markers see differently, to be talked about."""
    rows = []
    for one, two in differing:
        for key in sorted(one.levels.keys() & two.levels.keys()):
            if one.levels[key] != two.levels[key]:
                cell, _, criterion = key.partition("/")
                rows.append((one.student_id, cell, criterion, one.levels[key], two.levels[key], one.marker, two.marker))
    write_csv(path, ("student_id", "cell", "criterion", "first", "second", "first marker", "second marker"), rows)


def _differ(one: Mapping[str, float], two: Mapping[str, float]) -> bool:
    return any(one[key] != two[key] for key in one.keys() & two.keys())
