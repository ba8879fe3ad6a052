"""When work was due and when it came: deadlines, extensions, times of a platform, a list or a file; what late work costs.

Nobody is called late whose time is not known. A file's own time is easily changed by copying: where many files carry the
same minute, they were copied, and their times say nothing.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from ..files import write_if_changed
from .handed_in import HandedIn
from .written_times import shown_time, stamp_time

_DAY = timedelta(days=1)
# Blackboard's names of files: ..._attempt_2026-11-20-17-12-00_... Taken from its downloads, not from a text of its maker.
_ATTEMPT = re.compile(r"_attempt_(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)")
_COPIED = 5  # files of the same minute, and more than half of all: nobody hands in like this


@dataclass(frozen=True)
class LateRule:
    """What late work costs."""

    per_day: float = 0.0  # per cent of all points, for each day that has begun
    cap: float = 100.0  # the most that is taken off, in per cent of all points
    last_in_time: bool = False  # whether, of several files of a student, the last that came in time goes before later ones

    def penalty(self, days: int, most: float) -> float:
        """Return the points that are taken off for a number of days that have begun."""
        return round(min(self.per_day * days, self.cap) / 100 * most, 2)


@dataclass(frozen=True)
class Lateness:
    """When a student's work came."""

    handed_in: str = ""  # the time, as it is shown; empty if it is not known
    due: str = ""  # until when this student had time; empty without a deadline
    known_from: str = ""  # where the time comes from, for example ``"the list of times"``
    days: int = 0  # how many days late, each begun day counted; 0 for work in time, or if the time is not known
    by: str = ""  # how late it was, in words
    penalty: float = 0.0  # the points that are taken off
    late: bool = False  # whether it was late, by our deadline or by the platform's word


IN_TIME = Lateness()


@dataclass(frozen=True)
class Deadline:
    """When an assignment was due, for whom longer, and when what came."""

    due: datetime | None = None
    zone: tzinfo | None = None
    rule: LateRule = LateRule()
    extensions: Mapping[str, datetime] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)
    copied: frozenset[int] = frozenset()  # minutes in which files were copied, not handed in

    def due_for(self, student_id: str) -> datetime | None:
        """Return until when a student has time. A longer time that has ended before a deadline that was moved is none."""
        longer = self.extensions.get(student_id)
        return max(longer, self.due) if longer and self.due else self.due

    def time_of(self, one: HandedIn, *, alone: bool = True) -> tuple[datetime | None, str]:
        """Return when a file was handed in and from where that is known. The list speaks of a student's last one."""
        student_id = one.student.student_id
        if alone and student_id in self.times:
            return self.times[student_id], "the list of times"
        if one.stamp is not None:
            return stamp_time(one.stamp, self.zone), "the time that nbgrader noted"
        if found := _ATTEMPT.search(one.entry.path):
            try:
                return datetime(*map(int, found.groups()), tzinfo=self.zone), "the name of the file"  # type: ignore[arg-type, misc]
            except ValueError:
                pass
        if one.entry.time <= 0 or int(one.entry.time // 60) in self.copied:
            return None, ""
        moment = datetime.fromtimestamp(one.entry.time, UTC)
        if one.entry.zipped:  # a zip says what the clock on the wall said, and not where that was
            moment = datetime.fromtimestamp(one.entry.time).replace(tzinfo=self.zone)
        return moment.astimezone(self.zone), "the time of the file"

    def seconds(self, one: HandedIn) -> float:
        """Return when a file was handed in, in seconds since 1970; what its own time says, if nothing better is known."""
        moment, _ = self.time_of(one, alone=False)
        return moment.timestamp() if moment else one.entry.time

    def doubts(self, one: HandedIn) -> str:
        """Say what is wrong with the time that stands beside a file; empty if nothing is."""
        if one.stamp is None or self.times.get(one.student.student_id) or stamp_time(one.stamp, self.zone):
            return ""
        return (
            f"In timestamp.txt beside it stands {one.stamp!r}, which is no time that can be read for certain. So it is not "
            "called late. If you know when it came, give a list: --times CSV."
        )

    def in_time(self, one: HandedIn) -> bool:
        """Say whether a file came in time, as far as is known."""
        due, (moment, _) = self.due_for(one.student.student_id), self.time_of(one, alone=False)
        return not one.late if due is None or moment is None else not _late_by(moment, due)

    def lateness(self, one: HandedIn, most: float, *, alone: bool = True) -> Lateness:
        """Return when the file that counts came, and what that costs of `most` points."""
        due, (moment, source) = self.due_for(one.student.student_id), self.time_of(one, alone=alone)
        shown, until = shown_time(moment), shown_time(due)
        late_by = _late_by(moment, due) if moment and due else timedelta(0)
        if due is None or moment is None or not late_by:
            # A platform's word alone does not say how late, and knows nothing of extensions that are given here.
            late = one.late and one.student.student_id not in self.extensions and (moment is None or due is None)
            return Lateness(shown, until, source, late=late, by="how late is not known" if late else "")
        days = max(1, math.ceil(late_by / _DAY))
        return Lateness(shown, until, source, days, _long(late_by), self.rule.penalty(days, most), True)


def _late_by(moment: datetime, due: datetime) -> timedelta:
    """Return how late something came, in whole seconds; nothing for what came in time, in the last second too.

    Times of one zone would be compared by the clock on the wall, which goes back an hour in autumn. Where it was changed in
    between, a day by the clock is not 24 hours: the shorter of both counts.
    """
    moment, due = moment.replace(microsecond=0), due.replace(microsecond=0)
    passed = moment.astimezone(UTC) - due.astimezone(UTC)
    by_the_clock = moment.astimezone(due.tzinfo).replace(tzinfo=None) - due.replace(tzinfo=None)
    if passed <= timedelta(0):
        return timedelta(0)
    return min(passed, by_the_clock) if by_the_clock > timedelta(0) else passed


def without_copies(deadline: Deadline, files: Iterable[HandedIn]) -> Deadline:
    """Return a deadline that takes no time from files that were copied in one minute."""
    # In a zip too: some programs give all its files the time at which the zip was made.
    minutes = Counter(int(one.entry.time // 60) for one in files if one.fate in ("counts", "older"))
    copied = {minute for minute, count in minutes.items() if count >= _COPIED and 2 * count > minutes.total()}
    return replace(deadline, copied=frozenset(copied))


def keep_lateness(path: Path, found: Mapping[str, Lateness]) -> None:
    """Keep when each student's work came, for the report."""
    write_if_changed(path, json.dumps({one: asdict(late) for one, late in sorted(found.items())}, indent=1).encode())


def kept_lateness(path: Path) -> dict[str, Lateness]:
    """Return what `keep_lateness` kept; nothing if there is nothing that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(one): Lateness(**late) for one, late in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _long(late: timedelta) -> str:
    """Say how late something was: the two largest of days, hours and minutes."""
    minutes = max(1, math.ceil(late.total_seconds() / 60))
    parts = [(minutes // 1440, "day"), (minutes % 1440 // 60, "hour"), (minutes % 60, "minute")]
    while parts[0][0] == 0:
        parts.pop(0)
    return " ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in parts[:2] if count)
