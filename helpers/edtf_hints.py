"""What somebody who wrote a date in another way probably meant, and how the course writes it (EDTF).

A message that says only "this is not a date" leads to a second guess. Here each common way of writing (``24/02/1963``,
``c. 1963``, ``1960s``, …) has a rule that turns it into EDTF; where it may mean two days, both are named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from .language import as_code, later, say

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DASHES = "‐‑‒–—―−"
_DASH = f"[-{_DASHES}]"
_DAY_ENDING = r"(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_NOW = r"(?:present|today|now|ongoing|date|open)"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|utc|gmt|am|pm|[+-]\d{2}:?\d{2})?"
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23"}

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
        numbers = re.fullmatch(r"\d{1,4}[/. -]\d{1,2}[/. -]\d{1,4}", plain)
        return say("There is no such day in the calendar.") if numbers and "-" not in plain else "", ""
    named = [f"{as_code(repr(reading))} ({to_words(reading)})" for reading in readings]
    several = reduce(lambda one, other: say("{dates} or {last}", dates=one, last=other), named)
    proposal = as_code(repr(readings[0])) if len(readings) == 1 else several
    because = say(cause)
    return say("{cause}: write {proposal}.", cause=because, proposal=proposal), say("{sentence}.", sentence=because)


def _general_advice(plain: str) -> str:
    """What to do about a text of which no single date can be guessed."""
    if re.search(r"\b(bc|bce)\b", plain) or re.fullmatch(r"-\d{1,5}|0{1,4}|\d{5,7}|\d{9,}", plain):
        return say("The course's years run from 1 to 9999 and are whole.")
    if re.fullmatch(r"n\.?d\.?|nan|nat|none|null|n/?a|unknown|undated|no date|<na>|[-?.]+", plain):
        return say("What has no date can't stand on a line of time: fill the date in, or leave the row out.")
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", plain):
        return say("Its century is not known: write the year with four digits and in front, such as 1963-02-24.")
    if re.fullmatch(r"\d{1,2}", plain):
        return say("A year has four digits, such as 1963.")
    if plain.startswith("winter"):
        return say("A winter lies in two years: write the months, such as 1955-12/1956-02.")
    return ""


def _plain(text: str) -> str:
    """Small letters, Latin digits and single blanks."""
    digits = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
    return " ".join(digits.split()).strip(" .,;").lower()


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
    parts = [f"{int(part):02d}" for part in found.groups()[1:] if part and int(part)]  # a day 00 is not known
    return ["-".join([found[1], *parts])]


def _named_month(found: re.Match[str], _: Inner) -> Readings:
    parts = found.groupdict()
    month = f"{parts['year']}-{_MONTHS.index(parts['month']) + 1:02d}"
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
    if not re.search(r"\d{4}|[a-z]", start):
        return []
    if re.fullmatch(_NOW, end):
        return [f"{reading}/.." for reading in inner(start)]
    return [f"{first}/{last}" for first in inner(start) for last in inner(end)]


_AT_SIGN = {"~": "~", "≈": "~", "±": "~", "?": "?", "%": "%"}

_RULES = (
    _Rule(rf"(\d{{4}})[{_DASHES}](\d{{1,2}})(?:[{_DASHES}](\d{{1,2}}))?", later("A longer dash stands in it"), _year_first),
    _Rule(r"(\d{4})-(\d{2})-(00)", later("What is not known is left out"), _year_first),
    _Rule(r"(\d{4})\.0+", later("A year is a whole number"), lambda found, _: [found[1]]),
    _Rule(r"(\d{4})(\d{2})(\d{2})", later("The parts of a day have a hyphen between them"), _year_first),
    _Rule(
        r"(\d{4})[-./ ](\d{1,2})(?:[-./ ](\d{1,2}))?",
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
        rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_DAY_ENDING}(?:\s*{_DASH}\s*(?P<last>\d{{1,2}}){_DAY_ENDING})?"
        rf"[\s-]*(?:of\s+)?{_MONTH}[\s,-]*(?P<year>\d{{4}})",
        later("Months are numbers, and the year stands in front"),
        _named_month,
    ),
    _Rule(
        rf"{_WEEKDAY}{_MONTH}\s*(?P<day>\d{{1,2}}){_DAY_ENDING}(?:\s*{_DASH}\s*(?P<last>\d{{1,2}}){_DAY_ENDING})?"
        r"[\s,]+(?P<year>\d{4})",
        later("Months are numbers, and the year stands in front"),
        _named_month,
    ),
    _Rule(
        rf"{_MONTH}[\s,-]*(?:of\s+)?(?P<year>\d{{4}})",
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
        r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>\d{3})0[’']?s",
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
        r"(?P<date>.+?)\s*\(?(?:\?|uncertain|probably|possibly)\)?",
        later("Uncertain is written ?, right behind the date"),
        _with("?"),
    ),
    _Rule(
        rf"(?:since|from|after)\s+(?P<date>.+?)(?:\s+on(?:wards)?)?|(?P<onwards>\d{{4}})\s*{_DASH}",
        later("An open end is written .."),
        lambda found, inner: [f"{found['onwards']}/.."] if found["onwards"] else _open("{}/..")(found, inner),
    ),
    _Rule(r"(?:until|till|before|up to|by|to)\s+(?P<date>.+)", later("An open start is written .."), _open("../{}")),
    _Rule(
        r"(?:from|between)\s+(?P<start>.+?)\s+(?:to|and|until|till)\s+(?P<end>.+)",
        later("Between two dates stands /"),
        _both_ends,
    ),
    _Rule(r"(?P<start>.+?)\s*/\s*(?P<end>.+)", later("One of the two dates is not written in EDTF"), _both_ends),
    _Rule(rf"(?P<start>.+?)\s*(?:[{_DASHES}]|\.\.+|…)\s*(?P<end>.+)", later("Between two dates stands /"), _both_ends),
    _Rule(rf"(?P<start>.+?)\s+(?:to|until|till|{_DASH})\s+(?P<end>.+)", later("Between two dates stands /"), _both_ends),
    _Rule(rf"(?P<start>\d{{4}})-(?P<end>\d{{4}}|\d\d|{_NOW})", later("Between two dates stands /"), _both_ends),
    _Rule(
        r"(?:ad|ce)\s*(?P<date>\d{4})|(?P<year>\d{4})\s*(?:ad|ce)",
        later("A year is a number alone"),
        lambda found, _: [found["date"] or found["year"]],
    ),
    _Rule(r"(\d{3})", later("A year has four digits"), lambda found, _: [found[1].zfill(4)]),
)
