"""What the exercises of lesson 09 accept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..chart_reader import Bar, bars_of, title_of
from ..data import load
from ..description.sentences import count_of
from .answers import as_id, as_number, as_values, fold, kind_of, words_of
from .feedback import TEMPLATE, Exercise
from .hints import axes_hint, number_hint, rows_hint, sentence_hint, size_hint
from .tables import source_hint, sources_of

ERA = "since-the-article"
BEFORE = "open"  # what stands in all rows of the cell before anybody has written in it
SINGLE = ("agreement", "image", "stability")  # forecasts with one reading; the others stand in pairs
TRAINING = ("training-generous", "training-strict")
JETS = ("jf17-deal-reported-2024", "iraq-jf17-interest-2026")
HALF_A_YEAR = "2021-09-13"
NEAR = 0.006  # an answer may be rounded to two decimals
ROUGHLY = 0.05  # one decimal only
OLD_BARS = {"all": "all", "all eleven": "all", "generous": "generous", "four generous": "generous"}
OLD_BARS |= {"strict": "strict", "four strict": "strict"}


def _pairs() -> pd.DataFrame:
    forecasts = load("forecasts")
    return forecasts[~forecasts["forecast_id"].isin(SINGLE)]


def _scores(answer: Any) -> str:
    pairs = _pairs()
    values = _by_forecast(answer, list(pairs["forecast_id"]))
    if values is None:
        return f"A list of words is asked for, but this is {kind_of(answer)}."
    if hint := size_hint("The list", len(values), len(pairs), "entry"):
        return hint
    words = [(as_id(value) or "").replace("-", " ").replace("_", " ") for value in values]
    unknown = [value for value, word in zip(values, words, strict=True) if word not in pairs["outcome"].cat.categories]
    if unknown:
        given = f"{unknown[0]!r}" if isinstance(unknown[0], str) else f"One entry is {kind_of(unknown[0])}; it"
        return f"{given} is not one of the four words. Copy them letter by letter."
    if set(words) == {BEFORE}:
        return TEMPLATE
    score = dict(zip(pairs["forecast_id"], words, strict=True))
    generous, strict = (score[name] for name in TRAINING)
    if strict == "fulfilled" and generous != "fulfilled":
        return "On training the strict criterion is met, you say, but the generous one is not. Can that be?"
    return ""


def _by_forecast(answer: Any, names: list[str]) -> list[Any] | None:
    """The values of an answer, in the order of the forecasts if it names them."""
    if isinstance(answer, (pd.Series, Mapping)):
        named = {as_id(name): value for name, value in answer.items()}
        if set(named) == set(names):
            return [named[name] for name in names]
    return as_values(answer)


def _share(answer: Any) -> str:
    if isinstance(answer, pd.Series):
        return "This is a column, one answer for each row. Which word makes one number of it?"
    if hint := number_hint(answer):
        return hint
    outcome = load("forecasts")["outcome"]
    decided = outcome[outcome != "open"]
    right = (decided == "fulfilled").mean()
    given = as_number(answer) or 0.0
    if abs(given - right) <= NEAR:
        return ""
    if not 0 <= given <= 1:
        return "A share lies between 0 and 1."
    if abs(given - right) <= ROUGHLY:
        return "Nearly. Give at least two decimals."
    if abs(given - (outcome == "fulfilled").mean()) <= NEAR:
        return "This is the share of all forecasts. Leave some of them out first. Is the word open in quotation marks?"
    if abs(given - (_pairs()["outcome"] == "fulfilled").mean()) <= NEAR:
        return "This looks like the share of the pairs alone. All the forecasts are asked for, then some are left out."
    return "First a mask that leaves out what is open. Then compare the column with one word, and take the mean."


def _decision(answer: Any) -> str:
    values = as_values(answer)
    if values is None or len(values) != 2:
        given = f"this is {kind_of(answer)}" if values is None else f"this has {count_of(len(values), 'entry')}"
        return f'A list of two strings is asked for, ["source_id", "sentence"], but {given}.'
    source, sentence = values
    for part, name in ((source, "first"), (sentence, "second")):
        if not isinstance(part, str):
            return f"Both parts should be strings, but the {name} is {kind_of(part)}."
    known = set(load("sources")["source_id"])
    if as_id(source) not in known and as_id(sentence) in known:
        return "The order is the other way round: the id comes first, then the sentence."
    otherwise = (
        "This source exists, but it does not stand in the table `jets`: in our tables it does not speak of the fighters."
    )
    hint = source_hint(source, sources_of(*JETS), otherwise)
    return hint or sentence_hint(sentence)


def _cannot_tell(answer: Any) -> str:
    events, keys = load("events"), ("event_id", "title")
    after = events[events["era_id"] == ERA]
    begun, not_over = after["earliest"] <= HALF_A_YEAR, after["latest"] > HALF_A_YEAR
    hint = rows_hint(answer, after[begun & not_over], keys)
    if hint and not rows_hint(answer, after[begun], keys):
        return "All of these can have happened by the end of that day, but not all of them can have happened later."
    if hint and not rows_hint(answer, after[not_over], keys):
        return "All of these can have happened later, but not all of them can have happened by the end of that day."
    return hint


def _chart(answer: Any) -> str:
    if hint := axes_hint(answer):
        return hint
    bars = list({(bar.name, round(bar.value, 6)): bar for bar in bars_of(answer)}.values())
    if not bars:
        return "There are no bars on these axes."
    old = _old_shares()
    if hint := size_hint("The chart", len(bars), len(old) + 1, "bar"):
        return hint
    outcome = load("forecasts")["outcome"]
    decided = outcome[outcome != "open"]
    new = (decided == "fulfilled").mean() + (decided == "partly").mean() / 2
    scale = 100 if max(bar.value for bar in bars) > 1 + NEAR else 1  # in per cent
    if not np.allclose(sorted(bar.value / scale for bar in bars), sorted([*old.values(), new]), rtol=0, atol=NEAR):
        return (
            "The number of bars is right, but not every bar is as long as it should be. From which forecasts is the share "
            "of the new bar taken?"
        )
    if hint := _names_hint(bars, {name: share * scale for name, share in old.items()}):
        return hint
    return "" if words_of(title_of(answer)) else "The bars are right. The chart has no title yet."


def _old_shares() -> dict[str, float]:
    """The shares of the three bars that the lesson has drawn."""
    outcome, readings = load("forecasts")["outcome"], _pairs().set_index("forecast_id")["outcome"]
    shares = {"all": float((outcome == "fulfilled").mean())}
    for name in ("generous", "strict"):
        shares[name] = float((readings[readings.index.str.endswith(name)] == "fulfilled").mean())
    return shares


def _names_hint(bars: list[Bar], old: dict[str, float]) -> str:
    names = [fold(bar.name) for bar in bars]
    if any(not words_of(bar.name) or bar.name == f"{bar.at:g}" for bar in bars):
        return "The bars are right. But one of them has no name."
    if len(set(names)) < len(names):
        return "The bars are right. But two of them have the same name."
    for bar, name in zip(bars, names, strict=True):
        known = OLD_BARS.get(name)
        if known and not np.isclose(bar.value, old[known], rtol=0, atol=NEAR * max(1.0, max(old.values()))):
            return f"The bars are right, but they stand under other names than before. Look at {bar.name!r}."
    return ""


EXERCISES = {
    "09.1": Exercise(
        _scores, "Eight words, and no contradiction. Nobody has said yet whether they are right.", form_only=True
    ),
    "09.2": Exercise(_share, "Now you know the share. Say beside it what you left out."),
    "09.3": Exercise(
        _decision,
        "Your source exists and bears on the question. Whether it is the better one is for talk.",
        form_only=True,
    ),
    "09.4": Exercise(_cannot_tell, "For these the deadline asks more than their dates can say."),
    "09.5": Exercise(
        _chart,
        "A fourth rule, a fourth score, and the same record as before. Your title is not marked: which word in it says more "
        "than the drawing?",
    ),
}
