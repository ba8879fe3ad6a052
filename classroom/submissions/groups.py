"""One submission for several students: whoever of a group hands in does so for all of it.

The group stands in the roster, in a column ``group``. Of what a group handed in, the last file counts for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from .handed_in import HandedIn
from .roster import Student

_FOR_ALL = "handed it in for the group"


def members_of(roster: Mapping[str, Student]) -> dict[str, list[str]]:
    """Map each group of two students or more to its members, sorted."""
    found: dict[str, list[str]] = {}
    for one in roster.values():
        if one.group:
            found.setdefault(one.group, []).append(one.student_id)
    return {group: sorted(members) for group, members in found.items() if len(members) > 1}


def for_all_of_a_group(
    handed_in: Sequence[HandedIn],
    roster: Mapping[str, Student],
    in_time: Callable[[HandedIn], bool] | None = None,
    when: Callable[[HandedIn], float] = lambda one: one.entry.time,
) -> list[HandedIn]:
    """Let the last file that a group handed in count for each of its members: once more for each, with a reason.

    Of each student at most one file counts. If `in_time` is given, the last of a group in time goes before later ones.
    `when` says when a file came, in seconds since 1970.
    """
    found = list(handed_in)
    for group, members in members_of(roster).items():
        own = [one for one in found if one.fate == "counts" and one.student.student_id in members]
        if not own:
            continue
        timely = [one for one in own if in_time and in_time(one)]
        last = max(timely or own, key=lambda one: (one.again, when(one), one.entry.path))
        passed = {id(one): replace(one, fate="older", reason=_older(last, group, timely)) for one in own if one is not last}
        found = [passed.get(id(one), one) for one in found]
        who = last.student.student_id
        found += [
            # The platform's number in the name of the file is that of the one who handed in.
            replace(last, student=roster[member], number="", reason=f"{who} {_FOR_ALL} {group}.")
            for member in members
            if member != who
        ]
    return sorted(found, key=lambda one: one.student.student_id)


def is_of_another(one: HandedIn) -> bool:
    """Say whether a file counts for a student because another of the group handed it in."""
    return bool(one.student.group) and one.reason.endswith(f" {_FOR_ALL} {one.student.group}.")


def _older(last: HandedIn, group: str, timely: Sequence[HandedIn]) -> str:
    when = "in time" if timely else "later"
    return f"{last.student.student_id} handed in {when} for the group {group}: {last.entry.shown} counts for all of it."
