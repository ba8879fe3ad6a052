"""EDTF dates: read as the reference library reads them, and stricter where it is careless."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from edtf import parse_edtf
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


def library_bounds(text: str) -> tuple[date, date]:
    found = parse_edtf(text)
    return date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])


@given(plain())
def test_single_dates_mean_what_the_library_says(text: str) -> None:
    assert edtf.bounds(text) == library_bounds(text)


@given(st.integers(100, 999), QUALIFIERS)
def test_decades_mean_what_the_library_says(decade: int, qualifier: str) -> None:
    text = f"{decade}X{qualifier}"
    assert edtf.bounds(text) == library_bounds(text)
    assert edtf.parse(text).precision == "decade"


@given(plain(), plain())
def test_intervals_keep_order_or_are_refused(first: str, second: str) -> None:
    text = f"{first}/{second}"
    start, end = edtf.bounds(first), edtf.bounds(second)
    if end[1] < start[0]:
        with pytest.raises(edtf.DateError, match="ends before it starts"):
            edtf.parse(text)
    else:
        assert edtf.bounds(text) == (start[0], end[1]) == library_bounds(text)


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
        ("0999", "the year 999"),
        ("1000", "1000"),
        ("0099-02", "February of the year 99"),
        ("0100-02", "February 100"),
        ("10XX", "the 11th century (1000–99)"),
        ("12XX", "the 13th century (1200–99)"),
        ("20XX", "the 21st century (2000–99)"),
        ("1955?/1958", "from 1955 (uncertain) to 1958"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert edtf.to_words(text) == words


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
        (1955.5, "years run from 1 to 9999 and are whole"),
        (float("inf"), "years run from 1 to 9999 and are whole"),
        (True, "years run from 1 to 9999 and are whole"),
        (np.False_, "years run from 1 to 9999 and are whole"),
        ("-753", "years run from 1 to 9999 and are whole"),
        ("753 BC", "years run from 1 to 9999 and are whole"),
        (float("nan"), "nothing was given"),
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


def test_the_slow_library_is_not_imported_for_plain_dates() -> None:
    import subprocess
    import sys

    code = "import sys; from helpers import edtf; edtf.parse('1954-03~/1955'); sys.exit('edtf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=load.__globals__["DATA"].parent).returncode == 0


@pytest.mark.parametrize(
    ("given", "text"),
    [
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


def test_equal_ends_are_one_date_in_words() -> None:
    assert edtf.to_words("1955-02-24/1955-02-24") == "24 February 1955"
    assert edtf.to_words("1955/1955") == "1955"
