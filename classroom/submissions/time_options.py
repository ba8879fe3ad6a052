"""What a teacher says of time on the command line, run after run: what is not said again holds, and each can be taken back.

It is kept as it was written, without a zone where none was written: so another ``--timezone`` is that of all of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from ..errors import TeacherError
from ..files import write_if_changed
from .deadlines import Deadline, LateRule
from .owners import Owners
from .roster import Student, rows_of
from .written_times import ALLOWED, parse_time, shown_time, zone_of

NONE = "none"  # takes back what was said before
_STUDENT = (
    *("studentid", "idnumber", "sisuserid", "email", "emailaddress", "identifier", "username", "id", "name", "fullname"),
)
_DUE = ("due", "newdue", "extension", "until", "deadline")
_TIME = ("time", "handedin", "submitted", "submittedat", "lastmodifiedsubmission")


@dataclass(frozen=True)
class Said:
    """What was said of time, in the words in which it was written. Where no zone stands with a time, it is `timezone`."""

    due: str = ""
    timezone: str = ""
    rule: LateRule = field(default_factory=LateRule)
    # By student id: until when who has longer, and when whose work came.
    extensions: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)


def say(
    before: Said,
    due: str | None,
    timezone: str | None,
    rule: Mapping[str, float | bool | None],
    lists: Mapping[str, Path | None],
    roster: Mapping[str, Student],
) -> Said:
    """Return what holds after a command line: what it says, and else what was said before.

    Parameters
    ----------
    before : Said
        What was said before.
    due, timezone : str, optional
        ``"none"`` takes the deadline back. A zone that was never named is that of this machine.
    rule : mapping
        The fields of `LateRule`; None for what is not said.
    lists : mapping
        The CSV files "extensions" and "times", each with a student (by any id, address or name that the roster has) and a
        time in a row. The path ``none`` takes a list back. A list is the whole list: who is not on it any more has no more
        time than others.
    roster : mapping of str to Student
        The class; may be empty.

    Returns
    -------
    Said

    Raises
    ------
    TeacherError
        If a time, a zone, a rule or a list cannot be read, or a rule or an extension has no deadline.
    """
    named = {name: value for name, value in rule.items() if value is not None}
    until = before.due if due is None else "" if due.casefold() == NONE else due
    said = replace(before, due=until, timezone=timezone or before.timezone, rule=replace(before.rule, **named))  # type: ignore[arg-type]
    zone = _zone(said)
    for name, columns in (("extensions", _DUE), ("times", _TIME)):
        if path := lists.get(name):
            texts = {} if str(path).casefold() == NONE else _read_list(path, columns, zone, roster)
            said = replace(said, **{name: texts})  # type: ignore[arg-type]
    _check(said, zone)
    hanging = named.get("per_day"), named.get("last_in_time"), lists.get("extensions") and said.extensions
    if not said.due and any(hanging):
        raise TeacherError("A rule for late work, or an extension, needs a deadline: --due '2026-11-20 18:00'.")
    return _with_zone(said, zone) if said != before else before


def deadline_of(said: Said) -> Deadline:
    """Return the deadline of what was said."""
    zone = _zone(said)
    longer, came = (
        {one: moment for one, text in texts.items() if (moment := _read(text, zone, end_of_day=ends))}
        for texts, ends in ((said.extensions, True), (said.times, False))
    )
    return Deadline(_read(said.due, zone, end_of_day=True), zone, said.rule, longer, came)


def with_ids(said: Said, ids: Mapping[str, str]) -> Said:
    """Return what was said with other ids of students: the new one, by the one before."""
    longer, came = ({ids.get(one, one): text for one, text in texts.items()} for texts in (said.extensions, said.times))
    return replace(said, extensions=longer, times=came)


def keep_said(path: Path, said: Said) -> None:
    """Keep what was said beside the marks, so that a later run without a word of it neither forgives nor forgets."""
    plain = asdict(said) | {name: dict(sorted(getattr(said, name).items())) for name in ("extensions", "times")}
    write_if_changed(path, json.dumps(plain, indent=1).encode())


def kept_said(path: Path) -> Said:
    """Return what `keep_said` kept; nothing if there is nothing. `TeacherError` if it cannot be read."""
    if not path.exists():
        return Said()
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        lists = {name: {str(one): str(at) for one, at in plain[name].items()} for name in ("extensions", "times")}
        said = Said(str(plain["due"]), str(plain["timezone"]), LateRule(**plain["rule"]), **lists)
        _check(said, _zone(said))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, TeacherError) as problem:
        why = f" ({problem})" if isinstance(problem, (OSError, TeacherError)) else ""
        raise TeacherError(
            f"What earlier runs were told of deadlines cannot be read in {path}{why}. Move that file away, and say it "
            "again: --due, and the rule and the lists if there were any."
        ) from None
    return said


def _zone(said: Said) -> tzinfo:
    return zone_of("" if said.timezone.casefold() == NONE else said.timezone)


def _check(said: Said, zone: tzinfo) -> None:
    rule, moment = said.rule, parse_time(said.due, zone, end_of_day=True)
    if not (0 <= rule.per_day <= 100 and 0 <= rule.cap <= 100):
        raise TeacherError("--late-per-day and --late-cap are per cent of all points: numbers from 0 to 100.")
    if said.due and moment is None:
        raise TeacherError(f"--due {said.due!r} is no time that can be read. {ALLOWED}.")
    if moment and moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise TeacherError(
            f"--due {said.due!r}: there is no such time in that zone, for the clocks go forward then. Give another."
        )


def _with_zone(said: Said, zone: tzinfo) -> Said:
    """Name the zone in which times were read, so that the same words mean the same on another machine."""
    if isinstance(zone, ZoneInfo):
        return replace(said, timezone=zone.key)
    moments = [
        {one: moment.isoformat() for one, text in texts.items() if (moment := parse_time(text, zone, end_of_day=ends))}
        for texts, ends in ((said.extensions, True), (said.times, False))
    ]
    due = parse_time(said.due, zone, end_of_day=True)
    return Said(due.isoformat() if due else "", "", said.rule, *moments)


def _read(text: str, zone: tzinfo, *, end_of_day: bool) -> datetime | None:
    """Return a moment in the zone that was named, so that all times are shown by one clock."""
    moment = parse_time(text, zone, end_of_day=end_of_day)
    return moment.astimezone(zone) if moment and isinstance(zone, ZoneInfo) else moment


def _read_list(path: Path, columns: Sequence[str], zone: tzinfo, roster: Mapping[str, Student]) -> dict[str, str]:
    """Return the times of a list as they are written there, by student id."""
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
    found: dict[str, tuple[datetime, str]] = {}
    for number, cells in rows[1:]:
        text, *place = [cells[at].strip() if at is not None and at < len(cells) else "" for at in (column, clock)]
        if text in ("", "-"):
            continue
        where, text = f"{path.name}, row {number}", " ".join(filter(None, (text, *place)))
        moment = parse_time(text, zone, end_of_day=columns == _DUE)
        if moment is None:
            raise TeacherError(f"{where}: {text!r} is no time that can be read. {ALLOWED}.")
        who = _whose([cells[at] for at in names if at < len(cells)], roster, where)
        before, _ = found.setdefault(who, (moment, text))
        if before != moment and columns == _DUE:
            raise TeacherError(
                f"{where}: {who} stands there twice, with {shown_time(before)} and {shown_time(moment)}. "
                "Leave the one that holds."
            )
        found[who] = max(found[who], (moment, text))  # of several times at which work came, the last
    return {who: text for who, (_, text) in found.items()}


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
