"""Historical dates, written in EDTF level 1.

EDTF (Extended Date/Time Format, part of ISO 8601-2:2019; the Library of Congress keeps the text) can say what a
historian needs to say and a calendar cannot: "some time in 1954", "about March 1954", "probably 1964".
"""

from __future__ import annotations

import calendar
import re
import sys
from collections.abc import Sequence, Sized
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import pairwise
from typing import Any

from .language import ENGLISH, current, later, say

ALLOWED = later(
    "Allowed are a day (1955-02-24), a month (1955-02), a year (1955) and a decade (195X). The sign stands behind it: ~ "
    "(about), ? (uncertain), % (both). Between two dates stands / (1955-02/1958), and .. is an open end (1955/..). "
    "One of two or more dates stands in brackets ([1973-02-14,1973-02-15]), and so does some day of many "
    "([2005-07-05..2005-08-22])."
)
MAX_LENGTH = 100  # signs: four times the longest date
_AROUND = (
    " \t\r\n\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"  # blanks, and marks without width, which no eye finds
)

# English wherever the course runs: those of the standard library are in the language that a program sets.
MONTHS = (
    *(later("January"), later("February"), later("March"), later("April"), later("May"), later("June"), later("July")),
    *(later("August"), later("September"), later("October"), later("November"), later("December")),
)

_PLAIN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_QUALIFIERS = {"~": (True, False), "?": (False, True), "%": (True, True)}
_SEASONS = {"21": later("spring"), "22": later("summer"), "23": later("autumn")}
_PERIODS = {"D": "%Y-%m-%d", "M": "%Y-%m", "ME": "%Y-%m", "Y-DEC": "%Y", "A-DEC": "%Y", "YE-DEC": "%Y"}
_UNSPECIFIED = re.compile(r"\d{2}[\dX]X(-XX(-XX)?)?|\d{4}-(XX(-XX)?|\d{2}-XX|2[123])")


class DateError(ValueError):
    """A text that is not a date of the kind that this course uses.

    Attributes
    ----------
    cause : str
        The message without the date that it proposes: in an exercise, that date can be the answer.
    """

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause or message


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One EDTF date, read."""

    text: str  # the date as it was written
    # earliest and latest: First and last day that the date can mean, as written: ``~`` does not widen them. None at an
    # open or unknown end.
    earliest: date | None
    latest: date | None
    # approximate and uncertain: Whether it carries ``~`` ("about") or ``?`` ("uncertain"); ``%`` sets both. For an
    # interval: whether an end does.
    approximate: bool = False
    uncertain: bool = False
    precision: str = "day"  # the unit in which the date is given
    # start and end: The ends of an interval; None where the end is open or unknown, and for everything that is not an
    # interval.
    start: EdtfDate | None = None
    end: EdtfDate | None = None
    # The dates of a set, one of which is right; empty for everything that is not a set. Where two dots stand between two
    # dates, any date from the one to the other may be right; such a choice has the two as its `start` and `end`.
    choices: tuple[EdtfDate, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the date is one day, without ``~`` or ``?``."""
        return self.precision == "day" and not (self.approximate or self.uncertain)


def parse(text: Any) -> EdtfDate:
    """Read a date written in EDTF level 1.

    Parameters
    ----------
    text : str, whole number, or day
        For example ``"1955-02-24"``, ``"1954-03~"``, ``"1964?"``, ``"198X"``, ``"2021-02-24/2021-02-27"``, ``"1955/.."``,
        and one of some dates (of level 2): ``"[1973-02-14,1973-02-15]"``, ``"[2005-07-05..2005-08-22]"``.
        Years run from 0001 to 9999. Blanks around it count for nothing. Tables hold dates in other types, too: a whole
        number is a year; a `datetime.date`, or a timestamp at midnight, is a day; a `pandas.Period` of a day, a month or
        a year is that.

    Returns
    -------
    EdtfDate

    Raises
    ------
    DateError
        If it is not EDTF level 1, names a day that never was (29 February 1955), or ends before it starts.

    Notes
    -----
    Format: https://www.loc.gov/standards/datetime/ . Winter (``-24``) is refused, because sources disagree about the year
    to which January belongs: write the months instead.
    """
    if not isinstance(text, str):
        text = _as_text(text)
    written = re.sub(r"\s*/\s*", "/", text.strip().strip(_AROUND).strip())
    if not written:
        raise DateError(
            say("A date was expected, but nothing was given ({text!r}). {allowed}", text=text, allowed=say(ALLOWED))
        )
    if len(written) > MAX_LENGTH:
        raise DateError(say("{begins!r} … is longer than any date. {allowed}", begins=written[:40], allowed=say(ALLOWED)))
    try:
        return _parsed(written)
    except DateError as problem:
        from .edtf_hints import advice  # needed only for a message

        proposal, cause = advice(written, lambda reading: to_words(_parsed(reading)))
        raise DateError(
            f"{problem} {proposal or say(ALLOWED)}",
            f"{problem} {f'{cause} {say(ALLOWED)}' if cause else proposal or say(ALLOWED)}",
        ) from None


def _as_text(value: Any) -> str:
    """Write a date that is no text as EDTF; a table read by pandas may hold its days and years as such."""
    np = sys.modules.get("numpy")  # a value of numpy comes only where numpy is loaded; the browser's page loads it late
    if np is not None and isinstance(value, np.datetime64):
        coarse = np.datetime_data(value.dtype)[0] in ("Y", "M") and not np.isnat(value)
        return str(value) if coarse else _as_text(value.astype("datetime64[us]").item())
    if np is not None and isinstance(value, np.generic):
        value = value.item()
    nothing = value is None or (isinstance(value, Decimal) and value.is_nan())  # one kind of it cannot even be compared
    if nothing or (not isinstance(value, Sized) and (value != value) is not False):  # NaN, NaT, pandas' NA
        raise DateError(
            say("A date was expected, but nothing was given ({value!r}). {allowed}", value=value, allowed=say(ALLOWED))
        )
    if isinstance(value, (int, float, Decimal, Fraction)):  # also True and False
        if isinstance(value, bool) or not 1 <= value <= 9999 or value != int(value):
            from .edtf_hints import excel_day

            years = say("{value!r} is not a date: the course's years run from 1 to 9999 and are whole.", value=value)
            meant = excel_day(int(value)) if 1 <= value < 100_000 and value == int(value) else ""
            raise DateError(f"{years} {meant}".rstrip(), years)
        return f"{int(value):04d}"
    if isinstance(value, datetime):
        if value.time() != time():
            day = value.date().isoformat()
            raise DateError(say("{value} has a time of day, which is not read: write '{day}'.", value=value, day=day))
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    length = _PERIODS.get(getattr(value, "freqstr", ""))  # of a pandas.Period
    if length:
        return str(value.strftime(length)).zfill(4)
    raise DateError(say("A date was expected, but {value!r} was given. {allowed}", value=value, allowed=say(ALLOWED)))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> EdtfDate:
    """Read a text once: a figure asks for its dates again when it is put into words."""
    if text.startswith("["):
        return _parse_set(text)
    if "/" in text:
        return _parse_interval(text)
    return _parse_single(text, whole=text)


def bounds(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that an EDTF date can mean.

    Parameters
    ----------
    text : str
        A date, see `parse`.

    Returns
    -------
    tuple of (datetime.date or None, datetime.date or None)
        None stands at an open end.

    Raises
    ------
    DateError
        As `parse`.
    """
    parsed = parse(text)
    return parsed.earliest, parsed.latest


def to_words(when: str | EdtfDate) -> str:
    """Put an EDTF date into English words.

    Parameters
    ----------
    when : str or EdtfDate
        A date in EDTF level 1, or one that `parse` has read.

    Returns
    -------
    str
        For example "24 February 1955", "about March 1954", "1964 (uncertain)", "the 1980s", "24–27 February 2021",
        "from 1955 on", "the 20th century (1900–99)", "14 or 15 February 1973", "some time from 5 July to 22 August 2005".

    Raises
    ------
    DateError
        As `parse`, for a text.
    """
    parsed = when if isinstance(when, EdtfDate) else parse(when)
    if parsed.precision == "interval":
        return _interval_words(parsed)
    if parsed.choices:
        return _set_words(parsed.choices)
    words = _single_words(parsed)
    if parsed.approximate:
        words = say("about {date}", date=words)
    return say("{date} (uncertain)", date=words) if parsed.uncertain else words


def year_words(when: str | EdtfDate) -> str:
    """Return the year or years of an EDTF date, as short as a label needs them.

    Parameters
    ----------
    when : str or EdtfDate
        A date, see `to_words`.

    Returns
    -------
    str
        For example "1955", "~1949" (about), "1964?" (uncertain), "1980–88", "2006 – about 2008", "from 1955", "until 1958",
        "1958 or 1959", "1980s", "20th c.".

    Raises
    ------
    DateError
        As `parse`, for a text.
    """
    parsed = when if isinstance(when, EdtfDate) else parse(when)
    if parsed.choices:
        years = list(dict.fromkeys(map(_choice_years, parsed.choices)))
        return reduce(lambda one, other: say("{dates} or {last}", dates=one, last=other), years)
    if parsed.precision != "interval":
        return _with_signs(_year_unit(parsed), parsed)
    start, end = parsed.start, parsed.end
    if start is None or end is None:
        if start:
            return say("from {date}", date=year_words(start))
        return say("until {date}", date=year_words(end)) if end else ""
    first, last = _year_unit(start), _year_unit(end)
    if first == last:
        return _with_signs(first, parsed)
    if start.approximate and end.approximate:  # one sign is enough for both
        end = replace(end, approximate=False)
    if len(first) == len(last) == 4 and first[:2] == last[:2] and not end.approximate:
        last = last[2:]
    if end.approximate:  # a sign after the dash would be read as part of it
        about = say("about {date}", date=f"{last}{'?' * end.uncertain}")
        return f"{_with_signs(first, start)} – {about}"
    return f"{_with_signs(first, start)}–{_with_signs(last, end)}"


def _choice_years(choice: EdtfDate) -> str:
    return year_words(choice) if choice.precision == "interval" else _with_signs(_year_unit(choice), choice)


def _with_signs(words: str, when: EdtfDate) -> str:
    return "~" * when.approximate + words + "?" * when.uncertain


def _year_unit(when: EdtfDate) -> str:
    """Name the year of a date, or its decade or century, without its doubts."""
    first = when.earliest
    assert first is not None  # only an interval can be open
    if when.precision == "century":
        return say("{number} c.", number=_ordinal(first.year // 100 + 1))
    if when.precision == "decade":
        return say("{year}s", year=first.year)
    return str(first.year) if first.year >= 1000 else say("year {year}", year=first.year)


def _parse_single(text: str, *, whole: str) -> EdtfDate:
    body, approximate, uncertain = text, False, False
    if text[-1:] in _QUALIFIERS:  # empty where signs stood alone, as in ?~
        body = text[:-1]
        approximate, uncertain = _QUALIFIERS[text[-1]]
    plain = _PLAIN.fullmatch(body)
    found = _plain_date(plain, whole) if plain else _vague_date(body, whole)
    return replace(found, text=text, approximate=approximate, uncertain=uncertain)


def _plain_date(match: re.Match[str], whole: str) -> EdtfDate:
    year, month, day = (int(part) if part else None for part in match.groups())
    if month is not None and 21 <= month <= 24 and day is None:
        return _vague_date(match.group(), whole)
    try:
        if month is None:
            return EdtfDate(match.group(), date(year, 1, 1), date(year, 12, 31), precision="year")  # type: ignore[arg-type]
        if day is None:
            last = calendar.monthrange(year, month)[1]  # type: ignore[arg-type]
            return EdtfDate(match.group(), date(year, month, 1), date(year, month, last), precision="month")  # type: ignore[arg-type]
        exact = date(year, month, day)  # type: ignore[arg-type]
    except ValueError as problem:
        raise DateError(say("{whole!r} is not a date in the calendar: {problem}.", whole=whole, problem=problem)) from None
    return EdtfDate(match.group(), exact, exact)


def _vague_date(body: str, whole: str) -> EdtfDate:
    """Read seasons and unspecified digits, which mean every day that can stand in their place."""
    if body[4:] == "-24":
        raise DateError(
            say("{whole!r} means a winter, which lies in two years: write the months, as in 1955-12/1956-02.", whole=whole)
        )
    if not _UNSPECIFIED.fullmatch(body):
        raise DateError(say("{whole!r} is not a date in EDTF.", whole=whole))
    month = body[5:7]
    first, last = (1, 12) if month in ("", "XX") else (int(month), int(month))
    if body[5:] in _SEASONS:  # 21, spring, begins with March
        first, last = 3 * (first - 20), 3 * (first - 20) + 2
    try:
        earliest = date(int(body[:4].replace("X", "0")), first, 1)
        end = int(body[:4].replace("X", "9"))
        latest = date(end, last, calendar.monthrange(end, last)[1])
    except ValueError as problem:
        raise DateError(say("{whole!r} is not a date in the calendar: {problem}.", whole=whole, problem=problem)) from None
    return EdtfDate(body, earliest, latest, precision=_precision_of(body))


def _precision_of(body: str) -> str:
    if body[5:] in _SEASONS:
        return "season"
    if body[2:4] == "XX":
        return "century"
    if body[3] == "X":
        return "decade"
    return "year" if body[5:7] == "XX" else "month"


def _parse_interval(text: str) -> EdtfDate:
    parts = text.split("/")
    if len(parts) != 2:
        raise DateError(say("{text!r} has more than one slash.", text=text))
    start, end = (None if part in ("", "..") else _parse_single(part, whole=text) for part in parts)
    if start is None and end is None:
        raise DateError(say("{text!r} has neither a start nor an end.", text=text))
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and latest < earliest:
        raise DateError(say("{text!r} ends before it starts: write the earlier date first.", text=text))
    ends = [part for part in (start, end) if part]
    return EdtfDate(
        text,
        earliest,
        latest,
        approximate=any(part.approximate for part in ends),
        uncertain=any(part.uncertain for part in ends),
        precision="interval",
        start=start,
        end=end,
    )


def _parse_set(text: str) -> EdtfDate:
    parts = [part.strip() for part in text[1:-1].split(",")]
    dots = [re.fullmatch(r"([^.]+)\.\.([^.]+)", part) for part in parts]
    alone = len(parts) < 2 and not any(dots)
    if not text.endswith("]") or alone or any("/" in part or part[:1] == "[" for part in parts):
        raise DateError(
            say("{text!r} is not a set: in [ ] stand two or more dates with commas or two dots between them.", text=text)
        )
    choices = tuple(_parse_part(part, found, text) for part, found in zip(parts, dots, strict=True))
    for one, other in pairwise(choices):
        assert one.earliest and other.earliest and one.latest and other.latest  # only an interval can be open
        if (one.earliest, one.latest) >= (other.earliest, other.latest):
            raise DateError(
                say(
                    "{text!r} names {later} behind {earlier}: write the earlier date first, and each once.",
                    text=text,
                    later=other.text,
                    earlier=one.text,
                )
            )
    return EdtfDate(
        text,
        choices[0].earliest,
        max(choice.latest for choice in choices if choice.latest),
        approximate=any(choice.approximate for choice in choices),
        uncertain=any(choice.uncertain for choice in choices),
        precision="set",
        choices=choices,
    )


def _parse_part(part: str, dots: re.Match[str] | None, whole: str) -> EdtfDate:
    """Read one date of a set, or, between two dots, the first and the last of many."""
    if dots is None:
        if ".." in part:
            raise DateError(say("{whole!r} is not a set: on both sides of the two dots stands a date.", whole=whole))
        return _parse_single(part, whole=whole)
    start, end = (_parse_single(end.strip(), whole=whole) for end in dots.groups())
    if start.precision != end.precision:
        raise DateError(
            say(
                "{whole!r} has {first} and {last} around two dots: write two days, two months or two years.",
                whole=whole,
                first=start.text,
                last=end.text,
            )
        )
    assert start.earliest and end.earliest  # only an interval can be open
    if end.earliest <= start.earliest:
        raise DateError(
            say(
                "{whole!r} names {later} behind {earlier}: write the earlier date first.",
                whole=whole,
                later=end.text,
                earlier=start.text,
            )
        )
    doubts = {sign: getattr(start, sign) or getattr(end, sign) for sign in ("approximate", "uncertain")}
    return EdtfDate(part, start.earliest, end.latest, precision="interval", start=start, end=end, **doubts)


def _set_words(choices: Sequence[EdtfDate]) -> str:
    """Say what the last two or more share only once: "14 or 15 February 1973"."""
    words = [_choice_words(choice) for choice in choices]
    plain = all(
        choice.precision in ("day", "month") and not choice.approximate and not choice.uncertain for choice in choices
    )
    for unit in (8, 5) if plain and len({choice.precision for choice in choices}) == 1 else ():  # of YYYY-MM-DD
        tail = words[-1].split(" ", 1 if unit == 8 else words[-1].count(" "))[-1]
        if len({choice.text[: unit - 1] for choice in choices}) == 1 and tail != words[-1]:
            words = [*(word.removesuffix(f" {tail}") for word in words[:-1]), words[-1]]
            break
    return say("{dates} or {last}", dates=say(", ").join(words[:-1]), last=words[-1]) if len(words) > 1 else words[0]


def _choice_words(choice: EdtfDate) -> str:
    """Say of many days from which to which: an event that took one of them did not last all of them."""
    if choice.precision != "interval":
        return to_words(choice)
    assert choice.start and choice.end and choice.start.earliest and choice.end.earliest
    first, last = to_words(choice.start), to_words(choice.end)
    if choice.end.precision in ("day", "month") and choice.start.earliest.year == choice.end.earliest.year:
        first = first.removesuffix(f" {_year(choice.end.earliest)}")
    return say("some time from {first} to {last}", first=first, last=last)


def _single_words(parsed: EdtfDate) -> str:
    first = parsed.earliest
    assert first is not None  # only an interval can be open
    body = parsed.text.rstrip("~?%")
    if parsed.precision == "day":
        return say("{day} {month} {year}", day=first.day, month=say(MONTHS[first.month - 1]), year=_year(first))
    if parsed.precision == "month":
        month = say("{month} {year}", month=say(MONTHS[first.month - 1]), year=_year(first))
        return say("an unknown day in {month}", month=month) if body.endswith("-XX") else month
    if parsed.precision == "season":
        return say("{season} {year}", season=say(_SEASONS[body[5:]]), year=first.year)
    if parsed.precision == "year":
        if body.endswith("-XX"):
            of_day = body.count("-") == 2
            unknown = later("an unknown day in {year}") if of_day else later("an unknown month in {year}")
            return say(unknown, year=first.year)
        return str(first.year) if first.year >= 1000 else say("the year {year}", year=first.year)
    if parsed.precision == "century":
        number, last = _ordinal(first.year // 100 + 1), first.year % 100 + 99
        return say("the {number} century ({first}–{last})", number=number, first=first.year, last=last)
    return say("the {year}s", year=first.year) if first.year % 100 else say("the {year}s (decade)", year=first.year)


def _ordinal(number: int) -> str:
    if current() != ENGLISH:
        return str(number)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")
    return f"{number}{ending}"


def _year(day: date) -> str:
    """A year behind a month, where a small number alone would be taken for a day."""
    return str(day.year) if day.year >= 100 else say("of the year {year}", year=day.year)


def _interval_words(parsed: EdtfDate) -> str:
    start, end = parsed.start, parsed.end
    if start is None or end is None:
        return _half_open_words(parsed)
    plain = not (parsed.approximate or parsed.uncertain)
    if plain and start.precision == end.precision in ("day", "month", "year"):
        return _range_words(start, end)
    return say("from {first} to {last}", first=to_words(start), last=to_words(end))


def _half_open_words(parsed: EdtfDate) -> str:
    if parsed.start is not None:
        date_ = to_words(parsed.start)
        if parsed.text.endswith(".."):
            return say("from {date} on", date=date_)
        return say("from {date} to an unknown date", date=date_)
    assert parsed.end is not None
    date_ = to_words(parsed.end)
    if parsed.text.startswith(".."):
        return say("until {date}", date=date_)
    return say("until {date} (start unknown)", date=date_)


def _range_words(start: EdtfDate, end: EdtfDate) -> str:
    """Say what the two ends share only once: "24–27 February 2021", "February–December 1949"."""
    if start.text == end.text:
        return _single_words(end)
    first, last = start.earliest, end.earliest
    assert first is not None and last is not None
    if start.precision == "year":
        years = {"first": first.year, "last": last.year}
        return say("{first}–{last}", **years) if first.year >= 1000 else say("the years {first}–{last}", **years)
    same_year = first.year == last.year
    if start.precision == "day" and same_year and first.month == last.month:
        return say("{first}–{last}", first=first.day, last=_single_words(end))
    month = say(MONTHS[first.month - 1])
    if start.precision == "month" and same_year:
        return say("{first}–{last}", first=month, last=_single_words(end))
    head = say("{day} {month}", day=first.day, month=month) if same_year else _single_words(start)
    return say("{first} – {last}", first=head, last=_single_words(end))
