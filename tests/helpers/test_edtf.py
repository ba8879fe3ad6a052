"""EDTF dates: what the format's own text says of them, compared with the days of the calendar."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import edtf, load

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def plain(draw: st.DrawFn) -> str:
    day = draw(DAYS)
    text = draw(st.sampled_from([day.strftime("%Y-%m-%d"), day.strftime("%Y-%m"), f"{day.year:04d}"]))
    return text + draw(QUALIFIERS)


@lru_cache(maxsize=64)
def days_of(year: int) -> list[str]:
    """All days of a year, as they are written, found by trying each."""
    days = []
    for month in range(1, 13):
        for day in range(1, 32):
            try:
                days.append(date(year, month, day).isoformat())
            except ValueError:
                continue
    return days


def days_that_fit(text: str) -> tuple[date, date]:
    """The first and the last day of the calendar in whose text each X is some digit, and what is left out is anything."""
    body = text.rstrip("~?%")
    years = [max(1, int(body[:4].replace("X", digit))) for digit in "09"]
    pattern = re.compile(body.replace("X", r"\d") + ("-" if len(body) < 10 else ""))
    ends = (days_of(year) for year in years)
    first, last = ([day for day in days if pattern.match(day)] for days in ends)
    return date.fromisoformat(first[0]), date.fromisoformat(last[-1])


def days_that_fit_span(text: str) -> tuple[date, date]:
    """The same, also of an interval and of a season."""
    if text.startswith("["):
        ends = [days_that_fit(part) for part in re.split(r",|\.\.", text[1:-1])]
        return ends[0][0], ends[-1][1]
    if "/" in text:
        start, end = text.split("/")
        return days_that_fit_span(start)[0], days_that_fit_span(end)[1]
    season = {"-21": ("-03", "-05"), "-22": ("-06", "-08"), "-23": ("-09", "-11")}.get(text.rstrip("~?%")[4:])
    if season:
        return days_that_fit(text[:4] + season[0])[0], days_that_fit(text[:4] + season[1])[1]
    return days_that_fit(text)


@given(plain())
def test_single_dates_mean_every_day_that_fits(text: str) -> None:
    assert edtf.bounds(text) == days_that_fit(text)


@given(
    st.integers(1, 9999).map(lambda year: f"{year:04d}"),
    st.sampled_from(["195X", "19XX", "1955-XX", "1955-XX-XX", "195X-XX", "19XX-XX-XX", "1955-02-XX", "1955-11-XX"]),
    QUALIFIERS,
)
def test_unspecified_digits_mean_every_day_that_fits(year: str, form: str, qualifier: str) -> None:
    known = len(form[:4].rstrip("X"))
    text = year[:known] + form[known:] + qualifier
    if text[:4] in ("000X", "00XX"):  # there is no year 0
        with pytest.raises(edtf.DateError, match="not a date in the calendar"):
            edtf.parse(text)
    else:
        assert edtf.bounds(text) == days_that_fit(text)


# The examples of level 1 in the Library of Congress's text of the format, with the days that it gives them.
@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1985-04-12", (1985, 4, 12), (1985, 4, 12)),
        ("1985-04", (1985, 4, 1), (1985, 4, 30)),
        ("1985", (1985, 1, 1), (1985, 12, 31)),
        ("1964/2008", (1964, 1, 1), (2008, 12, 31)),
        ("2004-06/2006-08", (2004, 6, 1), (2006, 8, 31)),
        ("2004-02-01/2005-02-08", (2004, 2, 1), (2005, 2, 8)),
        ("2004-02-01/2005-02", (2004, 2, 1), (2005, 2, 28)),
        ("2004-02-01/2005", (2004, 2, 1), (2005, 12, 31)),
        ("2001-21", (2001, 3, 1), (2001, 5, 31)),
        ("2001-22", (2001, 6, 1), (2001, 8, 31)),
        ("2001-23", (2001, 9, 1), (2001, 11, 30)),
        ("1984?", (1984, 1, 1), (1984, 12, 31)),
        ("2004-06~", (2004, 6, 1), (2004, 6, 30)),
        ("2004-06-11%", (2004, 6, 11), (2004, 6, 11)),
        ("201X", (2010, 1, 1), (2019, 12, 31)),
        ("20XX", (2000, 1, 1), (2099, 12, 31)),
        ("2004-XX", (2004, 1, 1), (2004, 12, 31)),
        ("1985-04-XX", (1985, 4, 1), (1985, 4, 30)),
        ("1985-XX-XX", (1985, 1, 1), (1985, 12, 31)),
        ("1985-04-12/..", (1985, 4, 12), None),
        ("../1985-04", None, (1985, 4, 30)),
        ("1985/", (1985, 1, 1), None),
        ("/1985-04-12", None, (1985, 4, 12)),
        ("1984~/2004-06", (1984, 1, 1), (2004, 6, 30)),
        ("2004-06-XX/2004-07-03", (2004, 6, 1), (2004, 7, 3)),
        ("2004-02-XX", (2004, 2, 1), (2004, 2, 29)),
        ("1900-02-XX", (1900, 2, 1), (1900, 2, 28)),
    ],
)
def test_the_examples_of_the_format(
    text: str, earliest: tuple[int, int, int] | None, latest: tuple[int, int, int] | None
) -> None:
    assert edtf.bounds(text) == tuple(end and date(*end) for end in (earliest, latest))


@pytest.mark.parametrize(
    "text",
    ["?~", "~", "1X5X", "X955", "19X5", "195X-02", "1955-2X", "1955-X2", "1955-21-XX", "195X-21", "1955-25", "1955-13-XX"],
)
def test_digits_unspecified_elsewhere_are_refused(text: str) -> None:
    with pytest.raises(edtf.DateError, match=re.escape(repr(text))):
        edtf.parse(text)


@given(plain(), plain())
def test_intervals_keep_order_or_are_refused(first: str, second: str) -> None:
    text = f"{first}/{second}"
    start, end = edtf.bounds(first), edtf.bounds(second)
    if end[1] < start[0]:
        with pytest.raises(edtf.DateError, match="ends before it starts"):
            edtf.parse(text)
    else:
        assert edtf.bounds(text) == (start[0], end[1])


@given(plain())
def test_open_ends_have_no_bound(text: str) -> None:
    assert edtf.bounds(f"{text}/..") == (edtf.bounds(text)[0], None)
    assert edtf.bounds(f"../{text}") == (None, edtf.bounds(text)[1])


@given(plain())
def test_words_say_about_and_uncertain_exactly_when_the_date_does(text: str) -> None:
    words = edtf.to_words(text)
    assert words.startswith("about ") == (text[-1] in "~%")
    assert words.endswith("(uncertain)") == (text[-1] in "?%")
    assert text[:4].lstrip("0") in words


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest", "year"),
    [
        ("[1973-02-14,1973-02-15]", "14 or 15 February 1973", "1973-02-14", "1973-02-15", "1973"),
        ("[1973-02-14, 1973-02-15, 1973-02-18]", "14, 15 or 18 February 1973", "1973-02-14", "1973-02-18", "1973"),
        ("[1973-02-28,1973-03-01]", "28 February or 1 March 1973", "1973-02-28", "1973-03-01", "1973"),
        ("[1973-12-31,1974-01-01]", "31 December 1973 or 1 January 1974", "1973-12-31", "1974-01-01", "1973 or 1974"),
        ("[1973-02,1973-04]", "February or April 1973", "1973-02-01", "1973-04-30", "1973"),
        ("[1958,1964]", "1958 or 1964", "1958-01-01", "1964-12-31", "1958 or 1964"),
        (
            "[1973-02-14~,1973-02-15]",
            "about 14 February 1973 or 15 February 1973",
            "1973-02-14",
            "1973-02-15",
            "~1973 or 1973",
        ),
        ("[1958~,1964?]", "about 1958 or 1964 (uncertain)", "1958-01-01", "1964-12-31", "~1958 or 1964?"),
        ("[1973-02-14,1973-03]", "14 February 1973 or March 1973", "1973-02-14", "1973-03-31", "1973"),
        ("[2005-07-05..2005-08-22]", "some time from 5 July to 22 August 2005", "2005-07-05", "2005-08-22", "2005"),
        ("[1958-07 .. 1959-03]", "some time from July 1958 to March 1959", "1958-07-01", "1959-03-31", "1958–59"),
        ("[1958,1961..1964]", "1958 or some time from 1961 to 1964", "1958-01-01", "1964-12-31", "1958 or 1961–64"),
        ("[1958~..1964?]", "some time from about 1958 to 1964 (uncertain)", "1958-01-01", "1964-12-31", "~1958–64?"),
    ],
)
def test_a_set_is_one_of_its_dates(text: str, words: str, earliest: str, latest: str, year: str) -> None:
    assert edtf.to_words(text) == words and edtf.year_words(text) == year
    assert edtf.bounds(text) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    read = edtf.parse(text)
    assert read.precision == "set" and not read.exact and len(read.choices) == text.count(",") + 1


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        *(
            (text, "two or more dates")
            for text in ("[1973]", "[]", "[", "[1973,1974", "[1973/1974]", "[1973/1974,1975]", "[1,2]~", "[..1973]")
        ),
        *((text, "on both sides of the two dots") for text in ("[1973,..]", "[1973,1974..]", "[1973..1974..1975,1976]")),
        *(
            (text, "earlier date first")
            for text in ("[1973,1972]", "[1973,1973]", "[1973,1973-01]", "[1973..1972]", "[1973..1973]")
        ),
        *((text, "two days, two months or two years") for text in ("[1973..1974-05]", "[1973-02-14..1973-03]")),
        *((text, "not a date") for text in ("[1973,]", "[1973,1974-13]", "[1973,soon]", "{1973,1974}", "1973,1974]")),
    ],
)
def test_what_is_no_set_is_refused(text: str, cause: str) -> None:
    with pytest.raises(edtf.DateError, match=cause):
        edtf.parse(text)


@pytest.mark.parametrize("row", list(load("events").itertuples()), ids=lambda row: row.event_id)
def test_every_event_of_the_table_means_every_day_that_fits(row) -> None:
    assert (row.earliest.date(), row.latest.date()) == days_that_fit_span(row.date)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1955-02-24", "24 February 1955"),
        ("1954-03~", "about March 1954"),
        ("1964?", "1964 (uncertain)"),
        ("198X", "the 1980s"),
        ("2021-02-24/2021-02-27", "24–27 February 2021"),
        ("1991-01-17/1991-02-28", "17 January – 28 February 1991"),
        ("1980-09-22/1988-08-20", "22 September 1980 – 20 August 1988"),
        ("1949-02/1949-12", "February–December 1949"),
        ("1990-08/1991-02", "August 1990 – February 1991"),
        ("2004/2006", "2004–2006"),
        ("1949~/1951~", "from about 1949 to about 1951"),
        ("2021-01-24/2021-01-27?", "from 24 January 2021 to 27 January 2021 (uncertain)"),
        ("1955-09-23/..", "from 23 September 1955 on"),
        ("../1959-03", "until March 1959"),
        ("1955/", "from 1955 to an unknown date"),
        ("1955-02-XX", "an unknown day in February 1955"),
        ("1955-XX", "an unknown month in 1955"),
        ("1954-21", "spring 1954"),
        ("0999", "the year 999"),
        ("1000", "1000"),
        ("0099-02", "February of the year 99"),
        ("0100-02", "February 100"),
        ("10XX", "the 11th century (1000–99)"),
        ("12XX", "the 13th century (1200–99)"),
        ("20XX", "the 21st century (2000–99)"),
        ("21XX", "the 22nd century (2100–99)"),
        ("11XX", "the 12th century (1100–99)"),
        ("1955?/1958", "from 1955 (uncertain) to 1958"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert edtf.to_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1955-02-24", "1955"),
        ("1949~", "~1949"),
        ("1964?", "1964?"),
        ("0622", "year 622"),
        ("1000", "1000"),
        ("198X", "1980s"),
        ("19XX", "20th c."),
        ("1980/1988", "1980–88"),
        ("1898/1901", "1898–1901"),
        ("1955-02/1955-11?", "1955?"),
        ("2006/2008~", "2006 – about 2008"),
        ("2006~/2008~", "~2006–08"),
        ("2006/2008%", "2006 – about 2008?"),
        ("1955/..", "from 1955"),
        ("../1958", "until 1958"),
        ("[1958,1959]", "1958 or 1959"),
    ],
)
def test_years_are_as_short_as_a_label_needs_them(text: str, words: str) -> None:
    assert edtf.year_words(text) == words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1955-02-29", "not a date in the calendar"),
        ("1955-13", "not a date in the calendar"),
        ("1958/1955", "ends before it starts"),
        ("24 Feb 1955", "not a date in EDTF"),
        ("?~", "not a date in EDTF"),  # signs without a date
        ("c.", "not a date in EDTF"),
        ("1955-24", "winter"),
        ("/", "neither a start nor an end"),
        ("1955/1956/1957", "more than one slash"),
        ("", "A date was expected"),
        (-753, "years run from 1 to 9999 and are whole"),
        (0, "years run from 1 to 9999 and are whole"),
        (10000, "years run from 1 to 9999 and are whole"),
        (10**400, "years run from 1 to 9999 and are whole"),
        (36297.5, "years run from 1 to 9999 and are whole[.]$"),
        (1955.5, "years run from 1 to 9999 and are whole"),
        (float("inf"), "years run from 1 to 9999 and are whole"),
        (Decimal("1e5000"), "years run from 1 to 9999 and are whole"),
        (Decimal("20000.5"), "years run from 1 to 9999 and are whole.$"),
        (True, "years run from 1 to 9999 and are whole"),
        (np.False_, "years run from 1 to 9999 and are whole"),
        ("-753", "years run from 1 to 9999 and are whole"),
        ("12345", "years run from 1 to 9999 and are whole"),
        ("1234567", "years run from 1 to 9999 and are whole"),  # eight digits may be a day
        ("123456789", "years run from 1 to 9999 and are whole"),
        ("753 BC", "years run from 1 to 9999 and are whole"),
        (float("nan"), "nothing was given"),
        (Decimal("sNaN"), "nothing was given"),
        (None, "nothing was given"),
        ("\u00a0 ", "nothing was given"),
        (pd.Period("1955Q1"), "A date was expected"),
        ([1955], "A date was expected"),
    ],
)
def test_bad_dates_are_refused_with_what_was_given(text: object, reason: str) -> None:
    with pytest.raises(edtf.DateError, match=reason) as problem:
        edtf.parse(text)  # type: ignore[arg-type]
    assert repr(text) in str(problem.value) or str(text) in str(problem.value)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (1, "0001"),
        (9999, "9999"),
        (1955, "1955"),
        (1955.0, "1955"),
        (np.int64(955), "0955"),
        (np.float32(1955), "1955"),
        (Decimal(1955), "1955"),
        (pd.Timestamp("1955-02-24"), "1955-02-24"),
        (pd.Timestamp("1955-02-24", tz="Asia/Karachi"), "1955-02-24"),
        (datetime(1955, 2, 24), "1955-02-24"),
        (date(955, 2, 4), "0955-02-04"),
        (np.datetime64("1955-02-24"), "1955-02-24"),
        (np.datetime64("1955-02-24T00:00"), "1955-02-24"),
        (np.datetime64("1955-02"), "1955-02"),
        (np.datetime64("1955"), "1955"),
        (pd.Period("1955-02-24", "D"), "1955-02-24"),
        (pd.Period("1955-02", "M"), "1955-02"),
        (pd.Period("1955", "Y"), "1955"),
        (" 1955-02 ", "1955-02"),
        ("1955-02\u00a0", "1955-02"),
        ("\ufeff1955", "1955"),
        ("\u200e1955~\n", "1955~"),
        ("2003-03-25 / 2003-04", "2003-03-25/2003-04"),
        ("1955 /..", "1955/.."),
    ],
)
def test_what_a_table_may_hold_in_place_of_a_text(given: object, text: str) -> None:
    assert edtf.parse(given) == edtf.parse(text)
    assert edtf.to_words(given) == edtf.to_words(text)  # type: ignore[arg-type]


HINTS = [
    ("24/02/1963", ["1963-02-24"]),
    ("2/24/1963", ["1963-02-24"]),
    ("24.2.1963", ["1963-02-24"]),
    ("04/02/1955", ["1955-02-04", "1955-04-02"]),
    ("02-04-1955", ["1955-04-02", "1955-02-04"]),
    ("04/04/1955", ["1955-04-04"]),
    ("02/1963", ["1963-02"]),
    ("1963/02/24", ["1963-02-24"]),
    ("1963/2", ["1963-02"]),
    ("1963-2-4", ["1963-02-04"]),
    ("1963.02", ["1963-02"]),
    ("19630224", ["1963-02-24"]),
    ("1955-02-00", ["1955-02"]),
    ("1955-00-00", ["1955"]),
    ("1955.0", ["1955"]),
    ("955", ["0955"]),
    ("1963\u20131968", ["1963/1968"]),
    ("1963 \u2014 1968", ["1963/1968"]),
    ("1963-1968", ["1963/1968"]),
    ("1963-68", ["1963/1968"]),
    ("1963 to 1968", ["1963/1968"]),
    ("from Feb 1963 until 1968", ["1963-02/1968"]),
    ("between 1963 and 1968", ["1963/1968"]),
    ("1963-02-24 - 1968-03-01", ["1963-02-24/1968-03-01"]),
    ("1963\u201302\u201324", ["1963-02-24"]),
    ("1963\u201102\u201124", ["1963-02-24"]),
    ("1963\u2013present", ["1963/.."]),
    ("since 1963", ["1963/.."]),
    ("1963-", ["1963/.."]),
    ("until March 1963", ["../1963-03"]),
    ("c. 1963", ["1963~"]),
    ("ca 1963", ["1963~"]),
    ("c1963", ["1963~"]),
    ("circa February 1963", ["1963-02~"]),
    ("about 24/02/1963", ["1963-02-24~"]),
    ("1963 ~", ["1963~"]),
    ("~1963", ["1963~"]),
    ("~ 1963-02", ["1963-02~"]),
    ("?1963", ["1963?"]),
    ("%1963", ["1963%"]),
    ("probably 1963", ["1963?"]),
    ("1963 (?)", ["1963?"]),
    ("1963-02-24T10:00:00", ["1963-02-24"]),
    ("1963-02-24 10:00:00+05:00", ["1963-02-24"]),
    ("24/02/1963 00:00", ["1963-02-24"]),
    ("24 Feb 1963", ["1963-02-24"]),
    ("Sunday, 24th of February, 1963", ["1963-02-24"]),
    ("February 24, 1963", ["1963-02-24"]),
    ("24-Feb-1963", ["1963-02-24"]),
    ("1963 February 24", ["1963-02-24"]),
    ("February 1963", ["1963-02"]),
    ("24\u201327 February 2021", ["2021-02-24/2021-02-27"]),
    ("spring 1963", ["1963-21"]),
    ("1960s", ["196X"]),
    ("the 1960's", ["196X"]),
    ("1900s", ["190X", "19XX"]),
    ("195x", ["195X"]),
    ("19xx", ["19XX"]),
    ("19th century", ["18XX"]),
    ("AD 1963", ["1963"]),
    ("1963 CE", ["1963"]),
    ("\u0662\u0664/\u0660\u0662/\u0661\u0669\u0666\u0663", ["1963-02-24"]),
    ("1998/9", ["1998-09", "1998/1999"]),
    ("1998\u20139", ["1998-09", "1998/1999"]),
    ("1955-05/06", ["1955-05/1955-06"]),
    ("1955-05-17/18", ["1955-05-17/1955-05-18"]),
    ("1955-05-17-18", ["1955-05-17/1955-05-18"]),
    ("1955-05-17/06-03", ["1955-05-17/1955-06-03"]),
    ("1955-05-17..", ["1955-05-17/.."]),
    ("..1955", ["../1955"]),
    ("1955+", ["1955/.."]),
    (">1955", ["1955/.."]),
    ("open/1955", ["../1955"]),
    ("1955/?", ["1955/"]),
    ("1955~?", ["1955%"]),
    ("1955 maybe", ["1955?"]),
    ("1955-??-??", ["1955"]),
    ("1955-05-1?", ["1955-05"]),
    ("1955-05-5?", ["1955-05-05?"]),
    ("1955-31-05", ["1955-05-31"]),
    ("195505", ["1955-05"]),
    ("1955_05_17", ["1955-05-17"]),
    ("36297", ["1999-05-17"]),
    ("17 May \u2013 3 June 1955", ["1955-05-17/1955-06-03"]),
    ("17/18 May 1955", ["1955-05-17/1955-05-18"]),
    ("May-June 1955", ["1955-05/1955-06"]),
    ("the 17th of May 1955", ["1955-05-17"]),
    ("May the 17th 1955", ["1955-05-17"]),
    ("1955-02-24-1956-03-01", ["1955-02-24/1956-03-01"]),
    ("1955-02-24//1956-03-01", ["1955-02-24/1956-03-01"]),
    ("1955~-1958", ["1955~/1958"]),
    ("2010-02-5~", ["2010-02-05~"]),
    ("1955 or 1956", ["[1955,1956]"]),
    ("{1955,1956}", ["[1955,1956]"]),
    ("[1955]", ["1955"]),
    ("1955 and 1956", ["1955/1956", "[1955,1956]"]),
    ("in 1955", ["1955"]),
    ("622 CE", ["0622"]),
    ("17 \u0645\u0626\u06cc 1955\u0621", ["1955-05-17"]),  # Urdu
    ("17 \u062a\u0634\u0631\u064a\u0646 \u0627\u0644\u062b\u0627\u0646\u064a 1955", ["1955-11-17"]),  # Arabic
    ("1955\u0621", ["1955"]),
]


@pytest.mark.parametrize(("given", "meant"), HINTS, ids=[given for given, _ in HINTS])
def test_the_message_names_what_was_meant_and_it_can_be_read(given: str, meant: list[str]) -> None:
    with pytest.raises(edtf.DateError) as problem:
        edtf.parse(given)
    message = str(problem.value)
    assert message.startswith(f"{given!r} "), message
    assert re.findall(r"'([^']+)'", message.split("write ", 1)[1]) == meant, message
    assert len(message) < 200
    for text in meant:
        edtf.parse(text)
    if len(meant) == 2:
        assert all(f"({edtf.to_words(text)})" in message for text in meant), message


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("24/02/63", "century is not known"),
        ("63", "four digits"),
        ("31/02/1963", "no such day in the calendar"),
        ("unknown", "What has no date"),
        ("n.d.", "What has no date"),
        ("winter 1963", "two years: write the months"),
        ("late 1963", "the months that are meant"),
        ("May '63", "century is not known"),
        ("60s", "century is not known"),
        ("1400 AH", "Common Era"),
        ("Ramadan 1963", "Common Era"),
        ("29 Feb 1963", "no such day in the calendar"),
        ("1963-2-29", "no such day in the calendar"),
        ("mayor 1963", "A word in it can't be read"),
        ("17 Mai 1963", "A word in it can't be read"),
        ("\u2014", "What has no date"),
        (36297, "As Excel counts days, this is 1999-05-17: write '1999-05-17'"),
        ("some day", "Allowed are a day"),
        ("?~", "not a date in EDTF"),
        ("~?/1955", "not a date in EDTF"),
        ("1955-02-24 " * 20, "is longer than any date"),
    ],
)
def test_what_cannot_be_guessed_is_explained(given: str, says: str) -> None:
    with pytest.raises(edtf.DateError, match=says):
        edtf.parse(given)


def test_a_text_of_a_hundred_signs_is_still_read() -> None:
    """One more is too long: the limit itself is not."""
    for length, long in ((100, False), (101, True)):
        with pytest.raises(edtf.DateError) as refused:
            edtf.parse("x" * length)
        assert ("longer than any date" in str(refused.value)) is long


def test_an_end_that_is_uncertain_makes_the_interval_so() -> None:
    found = edtf.parse("1955?/1958")
    assert found.uncertain and not found.approximate
    assert edtf.parse("1955/1955").earliest == date(1955, 1, 1)  # ends on the day on which it may begin


def test_a_clock_is_named() -> None:
    with pytest.raises(edtf.DateError, match="time of day.*write '1955-02-24'"):
        edtf.parse(pd.Timestamp("1955-02-24 10:00"))


@given(st.text(alphabet="0123456789-/.~?% XxcaFebto–", max_size=14))
def test_whatever_is_given_is_read_or_refused_with_a_date_that_can_be_read(text: str) -> None:
    try:
        edtf.parse(text)
    except edtf.DateError as problem:
        for meant in re.findall(r"'([^']+)'", str(problem).partition(": write ")[2]):
            edtf.parse(meant)


def test_the_cause_alone_names_no_date() -> None:
    with pytest.raises(edtf.DateError) as refused:
        edtf.parse("some day")
    assert refused.value.cause == str(refused.value) and "  " not in refused.value.cause


def test_equal_ends_are_one_date_in_words() -> None:
    assert edtf.to_words("1955-02-24/1955-02-24") == "24 February 1955"
    assert edtf.to_words("1955/1955") == "1955"
