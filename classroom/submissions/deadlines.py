"""When work was due and when it came: deadlines, extensions, times of a platform, a list or a file; what late work costs.

Nobody is called late whose time is not known. A file's own time is easily changed by copying: where many files carry the
same minute, they were copied, and their times say nothing.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import TeacherError
from ..files import write_if_changed
from .handed_in import HandedIn
from .owners import Owners
from .roster import Student, latin_digits, rows_of

_DAY = timedelta(days=1)
# Moodle writes "Friday, 20 November 2026, 5:12 PM" in its worksheet: `strftimedaydatetime` in moodle/moodle,
# lang/en/langconfig.php. Others write the day behind the month. With the month in words, the two cannot be mixed up.
_DAYS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_CLOCKS = (" %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_ALLOWED = (
    "Write it as 2026-11-20 18:00, or 2026-11-20 for the end of that day; for the clock of another place with +03:00 or "
    "Asia/Baghdad behind it. The month may stand there in English, with the year: 20 November 2026 18:00"
)
# Blackboard's names of files: ..._attempt_2026-11-20-17-12-00_... Taken from its downloads, not from a text of its maker.
_ATTEMPT = re.compile(r"_attempt_(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)")
_CLOCK = re.compile(r"\d:\d\d")  # a day alone is no time at which something came
_COPIED = 5  # files of the same minute, and more than half of all: nobody hands in like this
_STUDENT = (
    "studentid",
    "idnumber",
    "sisuserid",
    "email",
    "emailaddress",
    "identifier",
    "username",
    "id",
    "name",
    "fullname",
)
_DUE = ("due", "newdue", "extension", "until", "deadline")
_TIME = ("time", "handedin", "submitted", "submittedat", "lastmodifiedsubmission")


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
        """Return until when a student has time."""
        return self.extensions.get(student_id, self.due)

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
        shown, until = _shown(moment), _shown(due)
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


def read_deadline(
    due: str | None,
    zone_name: str | None,
    rule: LateRule,
    lists: Mapping[str, Path | None],
    roster: Mapping[str, Student],
) -> Deadline:
    """Read what the command line says of time; `TeacherError` if a time, a zone, a rule or a list cannot be read.

    Times without a zone are in `zone_name`, by default that of this machine. `lists` has the CSV files "extensions" and
    "times", each with a student (by any id, address or name that the roster has) and a time in a row.
    """
    zone = _zone(zone_name)
    if not (0 <= rule.per_day <= 100 and 0 <= rule.cap <= 100):
        raise TeacherError("--late-per-day and --late-cap are per cent of all points: numbers from 0 to 100.")
    moment = parse_time(due, zone, end_of_day=True) if due else None
    if due and moment is None:
        raise TeacherError(f"--due {due!r} is no time that can be read. {_ALLOWED}.")
    if moment and moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise TeacherError(
            f"--due {due!r}: there is no such time in that zone, for the clocks go forward then. Give another."
        )
    if moment is None and (rule.per_day or rule.last_in_time or lists.get("extensions")):
        raise TeacherError("A rule for late work, or an extension, needs a deadline: --due '2026-11-20 18:00'.")
    extensions = _read_list(lists.get("extensions"), _DUE, zone, roster, end_of_day=True)
    times = _read_list(lists.get("times"), _TIME, zone, roster, end_of_day=False)
    return Deadline(moment, zone, rule, extensions, times)


def parse_time(text: str, zone: tzinfo | None, *, end_of_day: bool) -> datetime | None:
    """Return a moment; a day alone is its end, or its beginning. None for what cannot be read for certain."""
    text, zone = _with_place(" ".join(latin_digits(text).split()), zone)
    try:
        day = date.fromisoformat(text)  # in each form of ISO 8601, also that of a week
        moment = datetime.combine(day, time(23, 59, 59) if end_of_day else time())
    except ValueError:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = _in_words(text, time(23, 59, 59) if end_of_day else time()) or datetime.min
    if moment == datetime.min:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    try:
        moment.astimezone(UTC)
    except OverflowError:  # the first and the last day that there are
        return None
    return moment


def _with_place(text: str, zone: tzinfo | None) -> tuple[str, tzinfo | None]:
    """Take the name of a zone from the end of a time: "2026-11-20 18:00 Asia/Baghdad", or UTC."""
    before, _, place = text.rpartition(" ")
    if before and (place == "UTC" or "/" in place):
        try:
            return before, ZoneInfo(place)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    return text, zone


def stamp_time(text: str, zone: tzinfo | None) -> datetime | None:
    """Return the time that nbgrader's exchange wrote; None for what cannot be read for certain.

    It writes ``%Y-%m-%d %H:%M:%S.%f %Z`` (`Exchange.timestamp_format`), in UTC unless `Exchange.timezone` says otherwise,
    and takes a time without a zone for UTC (`nbgrader.utils.parse_utc`). PKT is a zone only where the deadline's has this
    name.
    """
    before, _, place = text.rpartition(" ")
    try:
        if not _CLOCK.search(before):  # no zone stands behind it
            moment = datetime.fromisoformat(text) if _CLOCK.search(text) else None
            return moment and (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
        if re.fullmatch(r"[+-]\d\d(?::?\d\d)?", place):
            return datetime.fromisoformat(f"{before}{place}").astimezone(zone)
        moment = datetime.fromisoformat(before)
        if place in ("UTC", "GMT", "Z") or "/" in place:
            return moment.replace(tzinfo=ZoneInfo(place) if "/" in place else UTC).astimezone(zone)
        both = [moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]  # the hour that comes twice in autumn
        return next((one for one in both if one.tzname() == place), None)
    except (ValueError, KeyError, OverflowError, OSError):  # a zone that is not known is a KeyError, or an OSError
        return None


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


def keep_deadline(path: Path, deadline: Deadline) -> None:
    """Keep a deadline beside the marks, so that a later run without one neither forgives nor forgets."""
    plain = {
        "due": deadline.due.isoformat() if deadline.due else "",
        "timezone": deadline.zone.key if isinstance(deadline.zone, ZoneInfo) else "",
        "rule": asdict(deadline.rule),
        "extensions": {one: moment.isoformat() for one, moment in sorted(deadline.extensions.items())},
        "times": {one: moment.isoformat() for one, moment in sorted(deadline.times.items())},
    }
    write_if_changed(path, json.dumps(plain, indent=1).encode())


def kept_deadline(path: Path) -> Deadline:
    """Return the deadline that `keep_deadline` kept; none if there is none that can be read."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        named = ZoneInfo(plain["timezone"]) if plain["timezone"] else None
        due = _in(named, plain["due"]) if plain["due"] else None
        longer, came = ({str(one): _in(named, at) for one, at in plain[name].items()} for name in ("extensions", "times"))
        zone = named or (due.tzinfo if due else _zone(None))
        return Deadline(due, zone, LateRule(**plain["rule"]), longer, came)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # also a zone that this machine does not know
        return Deadline(zone=_zone(None))


def _in(zone: tzinfo | None, text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(zone) if zone else moment


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return datetime.now().astimezone().tzinfo
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise TeacherError(
            f"--timezone {name!r} is not known. Names are those of cities, such as Asia/Karachi, or UTC."
        ) from None


def _in_words(text: str, without_clock: time) -> datetime | None:
    """Read a time with the month in English: "20 Nov 2026", "3. November 2026, 14:05", "Nov 3rd, 2026 at 2:05 p.m."."""
    plain = re.sub(r"(?<=\d)(?:\.|st|nd|rd|th)(?= |,)|[,.]|\bat\b", " ", re.sub(r"(?i)\b([ap])\.m\b", r"\1m", text))
    words = re.sub(r"(?i)\bsept\b", "Sep", plain).split()
    told = words.pop(0).casefold() if words and re.fullmatch(r"(?i)(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*", words[0]) else ""
    plain = " ".join(words)
    found = next((one for day in _DAYS for clock in _CLOCKS if (one := _by_form(plain, day + clock))), None)
    if found is None and (day := next((one for form in _DAYS if (one := _by_form(plain, form))), None)):
        found = datetime.combine(day, without_clock)
    # A day of the week that is not that of the date: one of the two is wrong, and nobody knows which.
    return found if found and found.strftime("%A").casefold().startswith(told[:3]) else None


def _by_form(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


def _read_list(
    path: Path | None, columns: Sequence[str], zone: tzinfo | None, roster: Mapping[str, Student], *, end_of_day: bool
) -> dict[str, datetime]:
    if path is None:
        return {}
    what = f"list {path.name}"
    rows = list(rows_of(path, what))
    titles = [re.sub(r"[\W_]", "", cell).casefold() for cell in (rows[0][1] if rows else [])]
    column = next((titles.index(one) for one in columns if one in titles), None)
    names = [titles.index(one) for one in _STUDENT if one in titles]
    clock = titles.index("timezone") if "timezone" in titles else None
    if column is None or not names:
        raise TeacherError(
            f"The {what} needs a first row with a column for the student (student_id or email) and one for the time "
            f"({columns[0]}). It has {rows[0][1] if rows else 'no rows'}."
        )
    found: dict[str, datetime] = {}
    for number, cells in rows[1:]:
        text = cells[column] if column < len(cells) else ""
        if text in ("", "-"):
            continue
        place = cells[clock].strip() if clock is not None and clock < len(cells) else ""
        moment = parse_time(f"{text} {place}" if place else text, zone, end_of_day=end_of_day)
        if moment is None:
            raise TeacherError(
                f"{path.name}, row {number}: {f'{text} {place}'.strip()!r} is no time that can be read. {_ALLOWED}."
            )
        who = _whose([cells[at] for at in names if at < len(cells)], roster, f"{path.name}, row {number}")
        before = found.setdefault(who, moment)
        if before != moment and columns == _DUE:
            raise TeacherError(
                f"{path.name}, row {number}: {who} stands there twice, with {_shown(before)} and {_shown(moment)}. "
                "Leave the one that holds."
            )
        found[who] = max(before, moment)  # of several times at which work came, the last
    return found


def _whose(given: Sequence[str], roster: Mapping[str, Student], where: str) -> str:
    """Return the id of the student whom a row names, in any of its columns."""
    owners, given = Owners(roster, ""), [text for text in given if text]
    by_number = {f"participant {one.moodle_number}": one for one in roster.values() if one.moodle_number}
    for text in given:
        named = owners.by_id(text) or owners.by_email(text) or by_number.get(text.casefold())
        if one := named or owners.without_zeros(text) or owners.by_name(text):
            return one.student_id
    if roster or not given:
        raise TeacherError(
            f"{where}: {', '.join(given) or 'an empty name'} is nobody, or more than one, on the roster. "
            "Write the student_id as the roster has it."
        )
    return given[0]


def _shown(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}".strip() if moment else ""


def _long(late: timedelta) -> str:
    """Say how late something was: the two largest of days, hours and minutes."""
    minutes = max(1, math.ceil(late.total_seconds() / 60))
    parts = [(minutes // 1440, "day"), (minutes % 1440 // 60, "hour"), (minutes % 60, "minute")]
    while parts[0][0] == 0:
        parts.pop(0)
    return " ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in parts[:2] if count)
