"""What the exercises of lesson 09 accept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from ..data import load
from .compare import kind_of, number_hint, rows_hint
from .feedback import Exercise

ERA = "since-the-article"
SINGLE = ("agreement", "image", "stability")  # forecasts with one reading; the others stand in pairs
TRAINING = ("training-generous", "training-strict")
JETS = ("jf17-deal-reported-2024", "iraq-jf17-interest-2026")
HALF_A_YEAR = "2021-09-13"
DOTS = "..."
NEAR = 0.006  # an answer may be rounded to two decimals


def _pairs() -> pd.DataFrame:
    forecasts = load("forecasts")
    return forecasts[~forecasts["forecast_id"].isin(SINGLE)]


def _scores(answer: Any) -> str:
    if not isinstance(answer, (list, tuple, pd.Series)):
        return f"A list of words is asked for, but this is {kind_of(answer)}."
    pairs = _pairs()
    words = [str(word).strip() for word in answer]
    if len(words) != len(pairs):
        return f"The list has {len(words)} entries. That is too {'many' if len(words) > len(pairs) else 'few'}."
    unknown = [word for word in words if word not in pairs["outcome"].cat.categories]
    if unknown:
        return f"{unknown[0]!r} is not one of the four words. Copy them letter by letter."
    if len(set(words)) == 1:
        return "All entries are the same. Read each criterion, then look for its events in the tables of section 3."
    score = dict(zip(pairs["forecast_id"], words, strict=True))
    generous, strict = (score[name] for name in TRAINING)
    if strict == "fulfilled" and generous != "fulfilled":
        return "On training the strict criterion is met, you say, but the generous one is not. Can that be?"
    return ""


def _share(answer: Any) -> str:
    if isinstance(answer, pd.Series):
        return "This is a column, one answer for each row. Which word makes one number of it?"
    if hint := number_hint(answer):
        return hint
    outcome = load("forecasts")["outcome"]
    decided = outcome[outcome != "open"]
    right = (decided == "fulfilled").mean()
    given = float(answer)
    if abs(given - right) <= NEAR:
        return ""
    if given > 1:
        return "A share lies between 0 and 1."
    if abs(given - (outcome == "fulfilled").mean()) <= NEAR:
        return "This is the share of all forecasts. Leave some of them out first. Is the word open in quotation marks?"
    if abs(given - (_pairs()["outcome"] == "fulfilled").mean()) <= NEAR:
        return "This looks like the share of the pairs alone. All the forecasts are asked for, then some are left out."
    return "First a mask that leaves out what is open. Then compare the column with one word, and take the mean."


def _decision(answer: Any) -> str:
    if not isinstance(answer, (list, tuple)) or len(answer) != 2:
        return f'A list of two strings is asked for: ["source_id", "sentence"]. This is {kind_of(answer)}.'
    if any(not isinstance(part, str) for part in answer):
        return "Both parts are strings: text between quotation marks."
    source, sentence = (part.strip() for part in answer)
    if source == DOTS and sentence == DOTS:
        return "Put a source_id and a sentence in the place of the dots."
    if source not in set(load("sources")["source_id"]):
        return "There is no source with this source_id. Copy it letter by letter: the id comes first, then the sentence."
    links = load("event_sources")
    if source not in set(links[links["event_id"].isin(JETS)]["source_id"]):
        return (
            "This source exists, but it does not stand in the table `jets`: in our tables it does not speak of the fighters."
        )
    if len(sentence.split()) < 8:
        return "Write a whole sentence, with at least eight words."
    return ""


def _cannot_tell(answer: Any) -> str:
    if isinstance(answer, pd.Series) and answer.dtype == bool:
        return "This is a mask. Put it into square brackets after the table."
    events = load("events")
    after = events[events["era_id"] == ERA]
    begun, not_over = after["earliest"] <= HALF_A_YEAR, after["latest"] > HALF_A_YEAR
    hint = rows_hint(answer, after[begun & not_over])
    if hint and not rows_hint(answer, after[begun]):
        return "All of these can have happened by the end of that day, but not all of them can have happened later."
    if hint and not rows_hint(answer, after[not_over]):
        return "All of these can have happened later, but not all of them can have happened by the end of that day."
    return hint


def _chart(answer: Any) -> str:
    if isinstance(answer, Figure):
        return "This is the whole figure. Give its axes: the second of the two names on the left of plt.subplots."
    if isinstance(answer, BarContainer):
        return "These are the bars. Give the axes on which they stand."
    if not isinstance(answer, Axes):
        return f"The axes of a chart are asked for, but this is {kind_of(answer)}."
    heights = [float(bar.get_height()) for box in answer.containers if isinstance(box, BarContainer) for bar in box.patches]
    if not heights:
        return "There are no bars on these axes."
    outcome = load("forecasts")["outcome"]
    readings = _pairs().set_index("forecast_id")["outcome"]
    old = [(outcome == "fulfilled").mean()]
    old += [(readings[readings.index.str.endswith(name)] == "fulfilled").mean() for name in ("generous", "strict")]
    decided = outcome[outcome != "open"]
    new = (decided == "fulfilled").mean() + (decided == "partly").mean() / 2
    if len(heights) != len(old) + 1:
        return f"The chart has {len(heights)} bars. That is too {'many' if len(heights) > len(old) + 1 else 'few'}."
    if not np.allclose(sorted(heights), sorted([*old, new]), atol=NEAR):
        return (
            "The number of bars is right, but not every height is. From which forecasts is the share of the new bar taken?"
        )
    if not any(answer.get_title(loc=place).strip() for place in ("left", "center", "right")):
        return "The bars are right. The chart has no title yet."
    return ""


EXERCISES = {
    "09.1": Exercise(_scores, "Complete, and without contradiction. Nobody has said yet whether it is right."),
    "09.2": Exercise(_share, "Now you know the share. Say beside it what you left out."),
    "09.3": Exercise(_decision, "Your evidence exists and bears on the question. Whether it is the better one is for talk."),
    "09.4": Exercise(_cannot_tell, "For these the deadline asks more than their dates can say."),
    "09.5": Exercise(_chart, "A fourth rule, a fourth score, and the same record as before."),
}
