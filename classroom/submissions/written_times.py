"""Times as people and platforms write them: read for certain, or not at all."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import TeacherError
from .roster import latin_digits

# Moodle writes "Friday, 20 November 2026, 5:12 PM" in its worksheet: `strftimedaydatetime` in moodle/moodle,
# lang/en/langconfig.php. Others write the day behind the month. With the month in words, the two cannot be mixed up.
_DAYS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_CLOCKS = (" %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
ALLOWED = (
    "Write it as 2026-11-20 18:00, or 2026-11-20 for the end of that day; for the clock of another place with +03:00 or "
    "Asia/Baghdad behind it. The month may stand there in English, with the year: 20 November 2026 18:00"
)
_CLOCK = re.compile(r"\d:\d\d")  # a day alone is no time at which something came


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


def zone_of(name: str) -> tzinfo:
    """Return the zone of a name, or the one in which this machine is: by its name, for clocks are changed in between."""
    try:
        return ZoneInfo(name or _of_this_machine())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if not name and (here := datetime.now().astimezone().tzinfo):
            return here
        raise TeacherError(
            f"--timezone {name!r} is not known. Names are those of cities, such as Asia/Karachi, or UTC."
        ) from None


def _of_this_machine() -> str:
    return os.environ.get("TZ") or os.readlink("/etc/localtime").rpartition("zoneinfo/")[2]


def shown_time(moment: datetime | None) -> str:
    """Return a moment as pages and lists show it, with its zone; empty for none."""
    return f"{moment:%Y-%m-%d %H:%M %Z}".strip() if moment else ""
