"""What the exercises of lesson 06 accept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.container import BarContainer

from .. import dates
from ..data import load
from .compare import axes_hint, column_hint, kind_of
from .feedback import Exercise

CLAIM = "4f"
WALK = "karbala-pilgrimage-2003"
FEAST_YEAR = 2010
SHORTER = 11  # days by which the Hijri year is shorter
NEAR = 4  # days: the rule says "about"


def _votes(first: str, second: str) -> pd.DataFrame:
    votes = load("figures/unga_agreement")
    return votes[(votes["country_a"] == first) & (votes["country_b"] == second)]


def _missing_years(answer: Any) -> str:
    if isinstance(answer, pd.Series) and pd.api.types.is_bool_dtype(answer):
        return "This is a mask, a column of True and False. Put it into square brackets behind the table's name."
    syria = _votes("IRQ", "SYR")
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
    pair = _votes("PAK", "IRQ")
    return pair[pair["agreement"].isna()]["year"]


def _source(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"One source_id is a string, but this is {kind_of(answer)}."
    if answer.strip() not in set(load("sources")["source_id"]):
        return "There is no source with this source_id. Copy it letter by letter from the table."
    links, claim_links, behind = load("event_sources"), load("claim_sources"), load("claim_events")
    bearing = set(claim_links[claim_links["claim_id"] == CLAIM]["source_id"])
    of_claim = behind[behind["claim_id"] == CLAIM]["event_id"]
    bearing |= set(links[links["event_id"].isin(of_claim)]["source_id"])
    return "" if answer.strip() in bearing else f"This source exists, but nothing in our tables ties it to claim {CLAIM}."


def _iraq_side() -> pd.DataFrame:
    votes = load("figures/unga_agreement")
    return votes[(votes["country_a"] == "IRQ") & (votes["year"] >= 1990) & (votes["year"] <= 2008)]


def _numbers(column: pd.Series) -> list[float]:
    return [float("nan") if pd.isna(value) else float(value) for value in column]


def _wide_column(answer: Any) -> str:
    if isinstance(answer, pd.DataFrame):
        return "This is a whole table. Pick one column: square brackets with its name in quotation marks."
    if not isinstance(answer, pd.Series):
        return f"A column is asked for, but this is {kind_of(answer)}."
    if not pd.api.types.is_numeric_dtype(answer) or pd.api.types.is_bool_dtype(answer):
        return "The entries of this column are no numbers. Which column fills the cells?"
    side = _iraq_side()
    wide = side.pivot_table(index="year", columns="country_b", values="agreement")
    given = _numbers(answer)
    if len(given) == side["year"].nunique() and not any(np.isnan(given)):
        return "No year is empty in your column, so it does not hold the agreement. What should fill the cells?"
    if len(given) == side["year"].nunique():
        return "Your column still has the empty years. Make the wide table first; it leaves them out."
    if len(given) != len(wide):
        return f"Your column has {len(given)} years. That is too {'many' if len(given) > len(wide) else 'few'}."
    if np.allclose(given, _numbers(wide["SAU"]), atol=0.0006):
        return ""
    if np.allclose(given, _numbers(wide["SAU"]), atol=0.0051):
        return "Nearly: these numbers are rounded. Leave the rounding away."
    if any(np.allclose(given, _numbers(wide[name]), atol=0.0051) for name in wide.columns if name != "SAU"):
        return "This is the column of another country."
    return "The number of years is right, but the values are others. What should fill the cells?"


def _feast(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"A date in EDTF is a string, but this is {kind_of(answer)}."
    try:
        given = dates.parse(answer.strip())
    except dates.DateError as problem:
        return f"This is not a date in EDTF. {problem}"
    if given.precision == "interval" or given.earliest is None or given.latest is None:
        return "One day or one month is asked for, not an interval."
    walk = dates.parse(str(load("events").set_index("event_id").loc[WALK, "date"])).earliest
    assert walk is not None
    target = walk.replace(year=FEAST_YEAR) - timedelta(days=SHORTER * (FEAST_YEAR - walk.year))
    if given.latest.year != FEAST_YEAR:
        return "This is another year."
    if given.precision == "year":
        return "The rule lets you say more than the year."
    if given.latest < target - timedelta(days=NEAR):
        return "This is too early. How many years lie between, and how many days is that?"
    if given.earliest > target + timedelta(days=NEAR):
        return "This is too late. How many years lie between, and how many days is that?"
    if not given.approximate:
        return "The place in the year is right. But the date claims to be exact: which sign means *about*?"
    return ""


def _bars(answer: Any) -> str:
    if hint := axes_hint(answer):
        return hint
    trade = load("figures/trade")
    iraq = trade[(trade["country_b"] == "IRQ") & (trade["year"] >= 2003) & (trade["year"] <= 2013)]
    bars = [bar for box in answer.containers if isinstance(box, BarContainer) for bar in box.patches]
    heights = [float(bar.get_height()) for bar in bars]
    if not heights:
        return "There are no bars on these axes."
    if len(heights) != len(iraq):
        return f"There are too {'many' if len(heights) > len(iraq) else 'few'} bars. Use the rows of `iraq`."
    if np.allclose(heights, iraq["two_way_musd"].astype(float)):
        return "These bars still show dollars. Which column holds the share?"
    if not np.allclose(heights, iraq["share_of_a_percent"].astype(float)):
        return "The number of bars is right, but not all heights are those of the column with the share."
    side = answer.get_ylabel()
    if re.search(r"million|dollar|usd", side, flags=re.IGNORECASE):
        return "The bars are right. The words at the side still speak of dollars."
    if not re.search(r"cent|%|share", side, flags=re.IGNORECASE):
        return "The bars are right. The words at the side do not say what the numbers are."
    title = " ".join(answer.get_title(loc=place) for place in ("left", "center", "right")).strip()
    return "" if title else "The bars are right. A title is missing."


EXERCISES = {
    "06.1": Exercise(_missing_years, "Two holes, two reasons: from 1958 to 1960 it was Syria that had no votes of its own."),
    "06.2": Exercise(_source, "It bears on the claim. Whether it can carry the word is for you and your class to say."),
    "06.3": Exercise(_wide_column, "Ten years, without a gap to be seen. A wide table can hide what a long one shows."),
    "06.4": Exercise(_feast, "About is the right word: the rule is a rule of thumb, and a month begins with a new moon."),
    "06.5": Exercise(_bars, "Still a rise, but a small part of a large trade. Two true pictures of the same years."),
}
