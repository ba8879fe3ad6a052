"""What somebody who wrote a date in another way probably meant, and how the course writes it (EDTF).

A message that says only "this is not a date" leads to a second guess. Here each common way of writing (``24/02/1963``,
``c. 1963``, ``1960s``, …) has a rule that turns it into EDTF; where it may mean two days, both are named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from difflib import get_close_matches
from functools import reduce
from typing import NamedTuple

from .language import as_code, later, say

# As newspapers of Pakistan and of Iraq write them: Urdu, the names of Iraq and its neighbours, then those of Egypt.
_OTHER_NAMES = (
    ("جنوری", "كانون الثاني", "يناير"),
    ("فروری", "شباط", "فبراير"),
    ("مارچ", "آذار", "مارس"),
    ("اپریل", "نيسان", "أبريل"),
    ("مئی", "أيار", "مايو"),
    ("جون", "حزيران", "يونيو"),
    ("جولائی", "تموز", "يوليو"),
    ("اگست", "آب", "أغسطس"),
    ("ستمبر", "أيلول", "سبتمبر"),
    ("اکتوبر", "تشرين الأول", "أكتوبر"),
    ("نومبر", "تشرين الثاني", "نوفمبر"),
    ("دسمبر", "كانون الأول", "ديسمبر"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ENGLISH = {name: month for names, month in zip(_OTHER_NAMES, _MONTH_NAMES, strict=True) for name in names}
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_HIJRI = r"\b(?:ah|hijri|hijra|ramadh?an|ramazan|muharram|rajab|shaaban|shawwal|safar)\b|هـ|ھ|ہجری|هجري|رمضان|محرم"
_DASHES = "‐‑‒–—―−"
_DASH = f"[-{_DASHES}]"
_DAY_ENDING = r"(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_NOW = r"(?:present|today|now|ongoing|date|open)"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|utc|gmt|am|pm|[+-]\d{2}:?\d{2})?"
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23"}

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])")
_FULL = r"\d{4}(?:-\d\d){0,2}[~?%]?"

Readings = list[str]
Inner = Callable[[str], Readings]  # what a part of a text may mean


class _Rule(NamedTuple):
    pattern: str
    cause: str
    read: Callable[[re.Match[str], Inner], Readings]


def advice(text: str, to_words: Callable[[str], str]) -> tuple[str, str]:
    """Say why a text is no date of the course, and what to write in its place.

    Parameters
    ----------
    text : str
        What `helpers.edtf.parse` has refused.
    to_words : callable
        `helpers.edtf.to_words`.

    Returns
    -------
    tuple of (str, str)
        Whole sentences, without the text itself. The first names what was probably meant, in a form that
        `helpers.edtf.parse` can read; it is empty if that can't be guessed. The second says the same without the date; it
        is empty if the first names none.
    """
    plain = _plain(text)
    if general := _general_advice(plain):
        return general, ""
    cause, readings = _readings(plain, to_words)
    if not readings:
        return _last_advice(plain), ""
    named = [f"{as_code(repr(reading))} ({to_words(reading)})" for reading in readings]
    several = reduce(lambda one, other: say("{dates} or {last}", dates=one, last=other), named)
    proposal = as_code(repr(readings[0])) if len(readings) == 1 else several
    because = say(cause)
    return say("{cause}: write {proposal}.", cause=because, proposal=proposal), say("{sentence}.", sentence=because)


def excel_day(number: int) -> str:
    """The day that Excel writes as a number between 10,000 and 99,999; empty for other numbers."""
    day = date(1899, 12, 30) + timedelta(days=number) if 10_000 <= number < 100_000 else None
    return say("As Excel counts days, this is {day}: write '{day}'.", day=day.isoformat()) if day else ""


def _general_advice(plain: str) -> str:
    """What to do about a text of which no single date can be guessed."""
    if re.search(_HIJRI, plain):
        return say(
            "The course's years are those of the Common Era (CE): turn a date of the Hijri calendar into one of these."
        )
    if re.search(r"\b(bc|bce)\b", plain) or re.fullmatch(r"-\d{1,5}|0{1,4}|\d{5}|\d{7}|\d{9,}", plain):
        years = say("The course's years run from 1 to 9999 and are whole.")
        return f"{years} {excel_day(int(plain))}".rstrip() if re.fullmatch(r"\d{5}", plain) else years
    if re.fullmatch(r"n\.?d\.?|nan|nat|none|null|n/?a|unknown|undated|no date|<na>|[-–—?.]+", plain):
        return say("What has no date can't stand on a line of time: fill the date in, or leave the row out.")
    if re.fullmatch(
        rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d\d|(?:\d{{1,2}}[\s-]*)?{_MONTH}[\s-]*['’]?\d\d|['’]\d\d|(?:the\s+)?['’]?\d0s", plain
    ):
        return say("Its century is not known: write the year with four digits and in front, such as 1963-02-24.")
    if re.fullmatch(r"\d{1,2}", plain):
        return say("A year has four digits, such as 1963.")
    if plain.startswith("winter"):
        return say("A winter lies in two years: write the months, such as 1955-12/1956-02.")
    return ""


def _last_advice(plain: str) -> str:
    """What to do about a text for which no rule has a date."""
    days = (day for rule in _RULES if (found := re.fullmatch(rule.pattern, plain)) for day in rule.read(found, lambda _: []))
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", plain) and any(_DAY.fullmatch(day) for day in days):
        return say("There is no such day in the calendar.")
    if re.match(r"(?:the\s+)?(?:early|mid|middle|late|end|beginning|start|(?:first|second|1st|2nd)\s+half|q[1-4])\b", plain):
        return say(
            "There is no sign for a part of a year, such as late: write the months that are meant, as in 1955-10/1955-12."
        )
    if re.search(r"[^\W\d_]{3,}", plain) and re.search(r"\d{4}", plain):
        return say("A word in it can't be read: months are numbers, and the year stands in front, such as 1955-02-24.")
    return ""


def _plain(text: str) -> str:
    """Small letters, Latin digits, English months and single blanks; two dots at an end are an open one and stay."""
    digits = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
    plain = re.sub(r"(?<!\.)\.$|^\.(?!\.)", "", " ".join(digits.split()).strip(" ,;،")).strip().lower()
    return re.sub("|".join(_ENGLISH), lambda found: _ENGLISH[found[0]], plain)


def _readings(text: str, to_words: Callable[[str], str]) -> tuple[str, Readings]:
    """The cause, and the dates that a text may mean; none if no rule fits it."""

    def is_date(reading: str) -> bool:
        try:
            return bool(to_words(reading))
        except ValueError:
            return False

    def inner(part: str) -> Readings:
        part = part.strip()
        if not part:  # a sign alone
            return []
        return [part.upper()] if is_date(part.upper()) else _readings(part, to_words)[1]

    for rule in _RULES:
        found = re.fullmatch(rule.pattern, text)
        if found:
            readings = [reading for reading in dict.fromkeys(rule.read(found, inner)) if is_date(reading)]
            if readings:
                return rule.cause, readings
    return "", []


def _day(year: str, month: str | int, day: str | int) -> str:
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _either_order(found: re.Match[str], _: Inner) -> Readings:
    first, second, year = found.groups()
    return [_day(year, second, first), _day(year, first, second)]


def _year_first(found: re.Match[str], _: Inner) -> Readings:
    numbers = [part for part in found.groups()[1:] if part and part.isdigit()]  # between them stand the separators
    parts = [f"{int(part):02d}" for part in numbers if int(part)]  # a day 00 is not known
    return ["-".join([found[1], *parts])]


def _month_or_year(found: re.Match[str], _: Inner) -> Readings:
    """Read 1998/9, which can be a month or two years."""
    year, end = found["year"], found["end"]
    later_year = year[: 4 - len(end)] + end
    return [f"{year}-{int(end):02d}", f"{year}/{later_year}"] if later_year > year and 1 <= int(end) <= 12 else []


def _short_end(found: re.Match[str], _: Inner) -> Readings:
    """Read 1999-05-17/18: what the second date leaves out is that of the first."""
    start, end = found["start"].split("-"), [f"{int(part):02d}" for part in found["end"].split("-")]
    return ["/".join((found["start"], "-".join([*start[: len(start) - len(end)], *end])))] if len(end) < len(start) else []


def _named_month(found: re.Match[str], _: Inner) -> Readings:
    parts = found.groupdict()
    place = _MONTHS.index(parts["month"][:3])
    if not get_close_matches(parts["month"], [_MONTH_NAMES[place], _MONTH_NAMES[place][: len(parts["month"])]], cutoff=0.8):
        return []  # maybe is no May
    month = f"{parts['year']}-{place + 1:02d}"
    days = [f"{month}-{int(day):02d}" for day in (parts.get("day"), parts.get("last")) if day]
    return ["/".join(days) or month]


def _with(sign: str) -> Callable[[re.Match[str], Inner], Readings]:
    """Read a date that a word or a sign calls about or uncertain."""
    return lambda found, inner: [
        reading.replace("/", f"{sign}/") + sign for reading in inner(found["date"].rstrip("~?% ")) if ".." not in reading
    ]


def _decade(found: re.Match[str], _: Inner) -> Readings:
    decade = found["decade"]
    return [f"{decade}X", f"{decade[:2]}XX"] if decade.endswith("0") else [f"{decade}X"]


def _open(form: str) -> Callable[[re.Match[str], Inner], Readings]:
    return lambda found, inner: [form.format(reading) for reading in inner(found["date"]) if "/" not in reading]


def _both_ends(found: re.Match[str], inner: Inner) -> Readings:
    """Read two dates with a word or a dash between them; a short second year belongs to the first one's century."""
    start, end = found["start"].strip(), found["end"].strip()
    if re.fullmatch(r"\d{4}", start) and re.fullmatch(r"\d{1,2}", end):
        end = start[: 4 - len(end)] + end
    if year := re.search(r"\d{4}$", end) if not re.search(r"\d{4}", start) else None:  # 17 May – 3 June 1999
        start = re.sub(r"^\d{1,2}", start, end, count=1) if start.isdigit() else f"{start} {year[0]}"
    if not re.search(r"\d{4}|[a-z]", start):
        return []
    if re.fullmatch(_NOW, end):
        return [f"{reading}/.." for reading in inner(start)]
    return [f"{first}/{last}" for first in inner(start) for last in inner(end)]


def _one_of(form: str) -> Callable[[re.Match[str], Inner], Readings]:
    """Read two dates one of which is right."""
    return lambda found, inner: [
        form.format(first, last) for first in inner(found["start"]) for last in inner(found["end"]) if first < last
    ]


_AT_SIGN = {"~": "~", "≈": "~", "±": "~", "?": "?", "%": "%"}

_RULES = (
    _Rule(
        rf"(?P<year>\d{{4}})\s*[-/{_DASHES}]\s*(?P<end>\d{{1,2}})",
        later("It can be a month, or two years with / between them"),
        _month_or_year,
    ),
    _Rule(rf"(\d{{4}})[{_DASHES}](\d{{1,2}})(?:[{_DASHES}](\d{{1,2}}))?", later("A longer dash stands in it"), _year_first),
    _Rule(r"(\d{4})-(?:(\d{2})-)?(0{1,2})(?:-0{1,2})?", later("What is not known is left out"), _year_first),
    _Rule(
        r"(\d{4})(?:-(\d{2})-[0-3]?[?x*_]{1,2}|(?:-[?x*_]{1,2}){1,2})", later("What is not known is left out"), _year_first
    ),
    _Rule(
        rf"(?P<start>\d{{4}}(?:-\d\d){{1,2}})\s*(?:/|\.\.|[{_DASHES}]|(?<=-\d\d-\d\d)-|\bto\b)\s*(?P<end>\d{{1,2}}(?:-\d{{1,2}})?)",
        later("The second date is written whole, too"),
        _short_end,
    ),
    _Rule(r"(\d{4})(\d{2})", later("The parts of a day have a hyphen between them"), _year_first),
    _Rule(
        r"(\d{4})-(\d{2})-(\d{2})",
        later("The month stands before the day"),
        lambda found, _: [_day(found[1], found[3], found[2])],
    ),
    _Rule(r"(\d{4})\.0+", later("A year is a whole number"), lambda found, _: [found[1]]),
    _Rule(r"(\d{4})(\d{2})(\d{2})", later("The parts of a day have a hyphen between them"), _year_first),
    _Rule(
        r"(\d{4})([-./_: ])(\d{1,2})(?:\2(\d{1,2}))?",
        later("The parts of a day have a hyphen between them, and month and day two digits"),
        _year_first,
    ),
    _Rule(
        r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})", later("The year stands in front, with hyphens behind it"), _either_order
    ),
    _Rule(
        r"(\d{1,2})[-./ ](\d{4})", later("The year stands in front"), lambda found, _: [f"{found[2]}-{int(found[1]):02d}"]
    ),
    _Rule(
        rf"(?P<date>.+?)(?:t|\s|,)\s*{_CLOCK}", later("A time of day is not read"), lambda found, inner: inner(found["date"])
    ),
    _Rule(
        rf"{_WEEKDAY}(?:the\s+)?(?P<day>\d{{1,2}}){_DAY_ENDING}(?:\s*{_DASH}\s*(?P<last>\d{{1,2}}){_DAY_ENDING})?"
        rf"[\s-]*(?:of\s+)?{_MONTH}[\s,،-]*(?P<year>\d{{4}})\s*[ءم]?",
        later("Months are numbers, and the year stands in front"),
        _named_month,
    ),
    _Rule(
        rf"{_WEEKDAY}{_MONTH}\s*(?:the\s+)?(?P<day>\d{{1,2}}){_DAY_ENDING}(?:\s*{_DASH}\s*(?P<last>\d{{1,2}}){_DAY_ENDING})?"
        r"[\s,]+(?P<year>\d{4})",
        later("Months are numbers, and the year stands in front"),
        _named_month,
    ),
    _Rule(
        rf"{_MONTH}[\s,،-]*(?:of\s+)?(?P<year>\d{{4}})\s*[ءم]?",
        later("Months are numbers, and the year stands in front"),
        _named_month,
    ),
    _Rule(
        rf"(?P<year>\d{{4}})[\s,-]*{_MONTH}(?:[\s-]*(?P<day>\d{{1,2}}){_DAY_ENDING})?",
        later("Months are numbers"),
        _named_month,
    ),
    _Rule(
        r"(?P<season>spring|summer|autumn|fall)(?:\s+of)?,?\s+(?P<year>\d{4})",
        later("Seasons are numbers"),
        lambda found, _: [f"{found['year']}-{_SEASONS[found['season']]}"],
    ),
    _Rule(
        r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>\d{3})0(?:[’']?s|ies)",
        later("A decade ends with X, and a century with XX"),
        _decade,
    ),
    _Rule(r"(?P<decade>\d{3})[x*_?-]", later("A decade ends with a capital X"), lambda found, _: [f"{found['decade']}X"]),
    _Rule(r"(\d{2})(?:xx|\*\*|__|\?\?|--)", later("A century ends with XX"), lambda found, _: [f"{found[1]}XX"]),
    _Rule(
        rf"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(\d{{1,2}}){_DAY_ENDING}\s+(?:century|c)",
        later("A century is written with its first two digits"),
        lambda found, _: [f"{int(found[1]) - 1:02d}XX"],
    ),
    _Rule(r"(?P<date>.+?)\s*(?:~\s*\?|\?\s*~)", later("About and uncertain together are written %"), _with("%")),
    _Rule(
        r"(?P<sign>[~≈±?%])\s*(?P<date>.+)",
        later("The sign stands behind the date"),
        lambda found, inner: _with(_AT_SIGN[found["sign"]])(found, inner),
    ),
    _Rule(
        r"(?:c|ca|cca|circa|about|around|approx|approximately|roughly)(?:\.|\b|(?=\d))\s*(?P<date>.+)",
        later("About is written ~"),
        _with("~"),
    ),
    _Rule(
        r"(?P<date>.+?)\s*\(?(?:c|ca|circa|about|approx|approximately|~)\.?\)?",
        later("About is written ~, right behind the date"),
        _with("~"),
    ),
    _Rule(r"(?:probably|perhaps|maybe|possibly|uncertain)\s+(?P<date>.+)", later("Uncertain is written ?"), _with("?")),
    _Rule(
        r"(?P<date>.+?)\s*\(?(?:\?|uncertain|probably|possibly|perhaps|maybe)\)?",
        later("Uncertain is written ?, right behind the date"),
        _with("?"),
    ),
    _Rule(
        rf"(?:(?:since|from|after)\s+|[>≥]\s*)(?P<date>.+?)(?:\s+on(?:wards)?)?|(?P<onwards>\d{{4}})\s*(?:{_DASH}|\+)",
        later("An open end is written .."),
        lambda found, inner: [f"{found['onwards']}/.."] if found["onwards"] else _open("{}/..")(found, inner),
    ),
    _Rule(r"(?P<date>.+?)(?:\s+on(?:wards)?|\s*\.\.+)", later("An open end is written .."), _open("{}/..")),
    _Rule(
        r"(?:(?:until|till|before|up to|by|to)\s+|[<≤]\s*|\.\.+\s*|open\s*/\s*)(?P<date>.+)",
        later("An open start is written .."),
        _open("../{}"),
    ),
    _Rule(r"(?P<date>.+?)\s*/\s*(?:\?+|unknown)", later("An unknown end is left empty"), _open("{}/")),
    _Rule(r"(?:\?+|unknown)\s*/\s*(?P<date>.+)", later("An unknown beginning is left empty"), _open("/{}")),
    _Rule(
        r"[\[{](?P<date>[^,]+?)[\]}]",
        later("Brackets are for one of two or more dates"),
        lambda found, inner: inner(found["date"]),
    ),
    _Rule(
        r"[\[{]?(?P<start>[^,]+?)\s*(?:(?<=[\[{].{4})[,|]|(?<=[\[{].{7})[,|]|(?<=[\[{].{10})[,|]|\bor\b)\s*(?P<end>[^,]+?)[\]}]?",
        later("One of two dates stands in brackets, with a comma between them"),
        _one_of("[{},{}]"),
    ),
    _Rule(
        r"(?:from|between)\s+(?P<start>.+?)\s+(?:to|and|until|till)\s+(?P<end>.+)",
        later("Between two dates stands /"),
        _both_ends,
    ),
    _Rule(r"(?P<start>.+?)\s*/\s*(?P<end>.+)", later("One of the two dates is not written in EDTF"), _both_ends),
    _Rule(rf"(?P<start>.+?)\s*(?:[{_DASHES}]|\.\.+|…)\s*(?P<end>.+)", later("Between two dates stands /"), _both_ends),
    _Rule(
        rf"(?P<start>(?:\d{{1,2}}\s*)?(?:{'|'.join(_MONTHS)})[a-z]*)\s*-\s*(?P<end>.+)",
        later("Between two dates stands /"),
        _both_ends,
    ),
    _Rule(rf"(?P<start>.+?)\s+(?:to|until|till|{_DASH})\s+(?P<end>.+)", later("Between two dates stands /"), _both_ends),
    _Rule(rf"(?P<start>\d{{4}})-(?P<end>\d{{4}}|\d\d|{_NOW})", later("Between two dates stands /"), _both_ends),
    _Rule(
        rf"(?P<start>{_FULL})\s*(?:[-~_>→|;\\]|//|/ /)\s*(?P<end>{_FULL})", later("Between two dates stands /"), _both_ends
    ),
    _Rule(
        rf"(?P<start>{_FULL})\s*(?:,|&|\band\b)\s*(?P<end>{_FULL})",
        later("Between two dates stands /, and one of two dates stands in brackets"),
        lambda found, inner: [*_one_of("{}/{}")(found, inner), *_one_of("[{},{}]")(found, inner)],
    ),
    _Rule(
        r"(?:in\s+)?(?:(?:the\s+)?year\s+|سنة\s+|عام\s+|سال\s+|a\.?d\.?\s*|c\.?e\.?\s*)?(?P<date>\d{3,4})\s*(?:a\.?d|c\.?e|\(year\)|ء|م)?\.?",
        later("A year is a number alone"),
        lambda found, _: [found["date"].zfill(4)] if len(found["date"]) < len(found[0]) else [],
    ),
    _Rule(r"(\d{3})", later("A year has four digits"), lambda found, _: [found[1].zfill(4)]),
)
