"""What the exercises of lesson 06 accept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from .. import edtf
from ..chart_reader import Bar, axis_words, bars_of, title_of
from ..data import load
from .answers import as_numbers, as_pairs, as_values, fold, is_mask, kind_of, words_of
from .feedback import Exercise
from .hints import MASK, axes_hint, column_hint, read_date, size_hint
from .tables import event_row, votes_between

CLOSING, ATTACK = "pakistan-closes-baghdad-mission-2005", "pakistani-envoy-attacked-2005"
WALK = "karbala-pilgrimage-2003"
FEAST_YEAR = 2010
SHORTER = 11  # days by which the Hijri year is shorter
MONTH = 31  # days
NEAR = 4  # days: the rule says "about"
DAY = timedelta(days=1)  # on the day itself, or on the next

# In the languages in which the course is read most: what a share is called, and what money is.
_SHARE = re.compile(
    r"%|\bper ?cent(?!ur)|\bpct\b|\bshares?\b|\bparts?\b|\bproportion|\bfraction|\bpro[zc]ent|\banteil|\bpour ?cent"
    r"|\bpor ?c[ie]|\bperc?en?tu|\byüzde|\bpersen|\bfee?sad|\bfi ?sad|\bhissa|فی ?صد|حصہ|حصة|تناسب|نسب|مئوي|درصد|سهم"
)
_MONEY = re.compile(r"dollar|usd\b|\$|million|ڈالر|دولار|دلار")
_NO_MONEY = re.compile(r"\b(?:not|no|never|without|instead of|rather than)\b[^,;()]*(?:dollar|usd|\$|million)")


def _missing_years(answer: Any) -> str:
    if is_mask(answer):
        return MASK
    syria = votes_between("IRQ", "SYR")
    empty = syria["agreement"].isna()
    hint = column_hint(answer, syria[empty]["year"])
    if hint and not column_hint(answer, syria[~empty]["year"]):
        return "These are the years in which something *is* there. Which of the two questions finds nothing?"
    if hint and not column_hint(answer, _pakistan_hole()):
        return "These are the empty years of another pair. Use the table `syria`."
    if hint and not column_hint(answer, syria[empty]["agreement"]):
        return "These rows are right, but this column is the empty one. Which column names the years?"
    return hint


def _pakistan_hole() -> pd.Series:
    pair = votes_between("PAK", "IRQ")
    return pair[pair["agreement"].isna()]["year"]


def _closing(answer: Any) -> str:
    given = read_date(answer)
    if isinstance(given, str):
        return given
    if given.earliest is None or given.latest is None:
        return "One end of this interval is open. What you have read gives you both."
    attack, report = edtf.parse(event_row(ATTACK)["date"]).earliest, edtf.parse(event_row(CLOSING)["date"]).latest
    assert attack is not None and report is not None
    if given.earliest < attack:
        return "It begins before the attack. Count the three days from the day that the fuller copy names."
    if given.earliest > attack + DAY:
        return "It begins too late: the attack was earlier. From which day does the fuller copy count its three days?"
    if given.latest > report:
        return "It ends after the report that tells of the closing."
    if given.latest < report - DAY:
        return "It ends too early. Nothing that you have read rules out a later day, up to the report."
    return ""


def _iraq_side() -> pd.DataFrame:
    votes = load("figures/unga_agreement")
    return votes[(votes["country_a"] == "IRQ") & (votes["year"] >= 1990) & (votes["year"] <= 2008)]


def _in_order(answer: Any, years: list[int]) -> tuple[list[float], bool] | None:
    """The numbers of an answer; in the order of the years, and True, if it says which number belongs to which year."""
    pairs = as_pairs(answer)
    if pairs is not None and sorted(name for name, _ in pairs if isinstance(name, (int, np.integer))) == years:
        values = as_numbers([value for _, value in sorted(pairs)])
        return None if values is None else (values, True)
    values = as_numbers(answer)
    return None if values is None else (values, False)


def _wide_column(answer: Any) -> str:
    side = _iraq_side()
    wide = side.pivot_table(index="year", columns="country_b", values="agreement")
    read = _in_order(answer, [int(year) for year in wide.index])
    if read is None:
        return _no_column(answer)
    given, by_year = read
    if len(given) == side["year"].nunique() and not any(np.isnan(given)):
        return "No year is empty in your column, so it does not hold the agreement. What should fill the cells?"
    if len(given) == side["year"].nunique():
        return "Your column still has the empty years. Make the wide table first; it leaves them out."
    if hint := size_hint("Your column", len(given), len(wide), "entry"):
        return hint

    def shows(name: str, near: float, in_order: bool = by_year) -> bool:
        pair = given, [float(value) for value in wide[name]]
        left, right = pair if in_order else map(sorted, pair)
        return np.allclose(left, right, rtol=0, atol=near)

    if shows("SAU", 0.0006):
        return ""
    if shows("SAU", 0.0006, in_order=False):
        return "The values are right, but not all of them stand beside their own year."
    if shows("SAU", 0.0051):
        return "Nearly: these numbers are rounded. Leave the rounding away."
    if any(shows(name, 0.0051) for name in wide.columns if name != "SAU"):
        return "This is the column of another country."
    return "The number of years is right, but the values are others. What should fill the cells?"


def _no_column(answer: Any) -> str:
    if isinstance(answer, pd.DataFrame) and as_values(answer) is None:
        return "This is a whole table. Pick one column: square brackets with its name in quotation marks."
    if as_values(answer) is None or is_mask(answer):
        return f"A column is asked for, but this is {kind_of(answer)}."
    return "The entries of this column are no numbers. Which column fills the cells?"


def _feast(answer: Any) -> str:
    given = read_date(answer)
    if isinstance(given, str):
        return given
    if given.earliest is None or given.latest is None:
        return "One end of this interval is open. The rule gives one day."
    walk = edtf.parse(event_row(WALK)["date"]).earliest
    assert walk is not None
    target = walk.replace(year=FEAST_YEAR) - timedelta(days=SHORTER * (FEAST_YEAR - walk.year))
    if not given.earliest.year <= FEAST_YEAR <= given.latest.year:
        return "This is another year."
    if given.latest - given.earliest >= timedelta(days=MONTH):
        return "The rule lets you say more: a month, or a day."
    to_the_day = "day" in {part.precision for part in (given, given.start, given.end) if part is not None}
    near = timedelta(days=NEAR if to_the_day else 0)
    if given.latest < target - near:
        return "This is too early. How many years lie between, and how many days is that?"
    if given.earliest > target + near:
        return "This is too late. How many years lie between, and how many days is that?"
    if not given.approximate:
        return "The place in the year is right. But the date claims to be exact: which sign means *about*?"
    return ""


def _bars(answer: Any) -> str:
    if hint := axes_hint(answer):
        return hint
    trade = load("figures/trade")
    iraq = trade[(trade["country_b"] == "IRQ") & (trade["year"] >= 2003) & (trade["year"] <= 2013)]
    bars = list(dict.fromkeys(bars_of(answer)))
    values = [bar.value for bar in bars]
    if not bars:
        return "There are no bars on these axes."
    if len(bars) != len(iraq):
        many = "many" if len(bars) > len(iraq) else "few"
        return f"There are too {many} bars: {len(bars)}. Use the rows of `iraq`, on new axes."
    if _alike(values, iraq["two_way_musd"]):
        return "These bars still show dollars. Which column holds the share?"
    if not _alike(values, iraq["share_of_a_percent"]):
        return "The number of bars is right, but not all of them show the column with the share."
    by_year = dict(zip(iraq["year"], iraq["share_of_a_percent"], strict=True))
    if any(not np.isclose(by_year.get(_year(bar), np.nan), bar.value) for bar in bars):
        return "The bars are as long as they should be. But not all of them stand at their own year."
    side, where = ("x", "beneath") if bars[0].lying else ("y", "at the side")
    if hint := _label_hint(axis_words(answer, side), f"the words {where}, where the numbers stand,"):
        return f"The bars are right. But {hint}"
    return "" if words_of(title_of(answer)) else "The bars are right. A title is missing."


def _alike(values: list[float], column: pd.Series) -> bool:
    return bool(np.allclose(sorted(values), sorted(float(value) for value in column)))


def _year(bar: Bar) -> int:
    """The year at which a bar stands; 0 if there is none."""
    found = re.search(r"(?<!\d)\d{4}(?!\d)", fold(bar.name))
    return int(found[0]) if found else 0


def _label_hint(label: str, these: str) -> str:
    """A hint if the words along the numbers do not say that the numbers are shares; words in other scripts are believed."""
    words = fold(label)
    share, money = _SHARE.search(words), _MONEY.search(words)
    if not words_of(words) and not share:
        return f"{these} are missing."
    if money and not _NO_MONEY.search(words) and (not share or "million" in words):
        return f"{these} still speak of dollars."
    if not share and not re.search(r"[^\W\d_a-z\u00c0-\u024f]", words):
        return f"{these} do not say that they are shares, in per cent."
    return ""


EXERCISES = {
    "06.1": Exercise(_missing_years, "Two holes, two reasons: from 1958 to 1960 it was Syria that had no votes of its own."),
    "06.2": Exercise(
        _closing, "Seven weeks, and no more is known. A paragraph that was left out would have moved the attack to August."
    ),
    "06.3": Exercise(_wide_column, "Ten years, without a gap to be seen. A wide table can hide what a long one shows."),
    "06.4": Exercise(_feast, "About is the right word: the rule is a rule of thumb, and a month begins with a new moon."),
    "06.5": Exercise(
        _bars,
        "Still a rise, but a small part of a large trade: two true pictures of the same years. Your title is not marked: "
        "which word in it says more than the drawing?",
    ),
}
