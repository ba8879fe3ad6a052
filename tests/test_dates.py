"""EDTF dates: read as the reference library reads them, and stricter where it is careless."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from helpers import dates, load

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def plain(draw: st.DrawFn) -> str:
    day = draw(DAYS)
    text = draw(st.sampled_from([day.strftime("%Y-%m-%d"), day.strftime("%Y-%m"), f"{day.year:04d}"]))
    return text + draw(QUALIFIERS)


def library_bounds(text: str) -> tuple[date, date]:
    found = parse_edtf(text)
    return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])


@given(plain())
def test_single_dates_mean_what_the_library_says(text: str) -> None:
    assert dates.bounds(text) == library_bounds(text)


@given(st.integers(100, 999), QUALIFIERS)
def test_decades_mean_what_the_library_says(decade: int, qualifier: str) -> None:
    text = f"{decade}X{qualifier}"
    assert dates.bounds(text) == library_bounds(text)
    assert dates.parse(text).precision == "decade"


@given(plain(), plain())
def test_intervals_keep_order_or_are_refused(first: str, second: str) -> None:
    text = f"{first}/{second}"
    start, end = dates.bounds(first), dates.bounds(second)
    if end[1] < start[0]:
        with pytest.raises(dates.DateError, match="ends before it starts"):
            dates.parse(text)
    else:
        assert dates.bounds(text) == (start[0], end[1]) == library_bounds(text)


@given(plain())
def test_open_ends_have_no_bound(text: str) -> None:
    assert dates.bounds(f"{text}/..") == (dates.bounds(text)[0], None)
    assert dates.bounds(f"../{text}") == (None, dates.bounds(text)[1])


@given(plain())
def test_words_say_about_and_uncertain_exactly_when_the_date_does(text: str) -> None:
    words = dates.to_words(text)
    assert words.startswith("about ") == (text[-1] in "~%")
    assert words.endswith("(uncertain)") == (text[-1] in "?%")
    assert text[:4].lstrip("0") in words


@pytest.mark.parametrize("row", list(load("events").itertuples()), ids=lambda row: row.event_id)
def test_every_event_of_the_table_agrees_with_the_library(row) -> None:
    assert (row.earliest.date(), row.latest.date()) == library_bounds(row.date)


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
    ],
)
def test_words(text: str, words: str) -> None:
    assert dates.to_words(text) == words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1955-02-29", "not a date in the calendar"),
        ("1955-13", "not a date in the calendar"),
        ("1958/1955", "ends before it starts"),
        ("24 Feb 1955", "not a date in EDTF"),
        ("1955-24", "winter"),
        ("/", "neither a start nor an end"),
        ("1955/1956/1957", "more than one slash"),
        ("", "A date was expected"),
        (1955, "A date was expected"),
    ],
)
def test_bad_dates_are_refused_with_what_was_given(text: object, reason: str) -> None:
    with pytest.raises(dates.DateError, match=reason) as problem:
        dates.parse(text)  # type: ignore[arg-type]
    assert str(text) in str(problem.value)


def test_the_slow_library_is_not_imported_for_plain_dates() -> None:
    import subprocess
    import sys

    code = "import sys; from helpers import dates; dates.parse('1954-03~/1955'); sys.exit('edtf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=load.__globals__["DATA"].parent).returncode == 0


def test_a_number_is_no_date_and_the_message_says_how_to_write_it() -> None:
    with pytest.raises(dates.DateError, match=r"as text, but the number 1955 was given: write '1955'"):
        dates.parse(1955)  # type: ignore[arg-type]


def test_equal_ends_are_one_date_in_words() -> None:
    assert dates.to_words("1955-02-24/1955-02-24") == "24 February 1955"
    assert dates.to_words("1955/1955") == "1955"
