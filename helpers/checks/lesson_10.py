"""What the exercises of lesson 10 accept."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ..data import load, table_names
from .compare import kind_of, number_hint
from .feedback import Exercise

TESTED = "4f"
DRAWN = ("IRQ", "SAU")  # with whom Pakistan votes
NO_MEASURE = "none"
ROWS = 3


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.lower())


def _named(text: str, known: set[str]) -> set[str]:
    """Which ids of a table stand in a text."""
    return {name for name in known if name.lower() in set(_words(text))}


def _bearing(claim_id: str) -> set[str]:
    """The events, and the sources, that bear on a claim."""
    events, sources = load("claim_events"), load("claim_sources")
    return set(events[events["claim_id"] == claim_id]["event_id"]) | set(
        sources[sources["claim_id"] == claim_id]["source_id"]
    )


def _all_evidence() -> set[str]:
    return set(load("events")["event_id"]) | set(load("sources")["source_id"])


def _verdict(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"A sentence is a string, but this is {kind_of(answer)}."
    if len(answer.split()) < 10:
        return "Write a whole sentence, with at least ten words."
    claims = load("claims").set_index("claim_id")
    named = _named(answer, set(claims.index))
    if len(named) != 1:
        return "Name one claim by its claim_id, and only one." if named else "Name the claim by its claim_id."
    (claim_id,) = named
    others = set(claims["support"].cat.categories) - {claims["support"][claim_id]}
    if not _named(answer, others):
        return "Name your verdict: one of our five words, and not the one that the claim has now."
    evidence = _named(answer, _all_evidence())
    if not evidence:
        return "Name your evidence by its event_id, letter by letter, so that a reader can look it up."
    if not evidence & _bearing(claim_id):
        return "The evidence exists, but our tables do not tie it to this claim. Look the claim up in `behind`."
    return ""


def _review(answer: Any) -> str:
    if not isinstance(answer, (list, tuple)) or len(answer) != 3:
        return f"A review is a list of three: [best_case, evidence, change]. This is {kind_of(answer)}."
    best_case, evidence, change = answer
    if hint := _text(best_case, "best_case", 15):
        return hint
    if not _named(best_case, set(load("claims")["claim_id"])):
        return (
            "The best case names no claim. Write the claim_id into it, so that a reader knows of which sentence you speak."
        )
    if hint := _evidence(evidence):
        return hint
    if hint := _text(change, "change", 10):
        return hint
    if not _named(change, {str(name) for name in evidence["claim_id"]}):
        return "What would change your mind, and about which claim? Name one of those in your table."
    return ""


def _text(answer: Any, name: str, least: int) -> str:
    if not isinstance(answer, str):
        return f"`{name}` must be a string, but it is {kind_of(answer)}. Mind the order of the three."
    if len(answer.split()) < least:
        return f"`{name}` has {len(answer.split())} words. Write at least {least}."
    return ""


def _evidence(table: Any) -> str:
    if not isinstance(table, pd.DataFrame):
        return f"`evidence` must be a table, but it is {kind_of(table)}. Make it with pd.DataFrame({{…}}), as in the model."
    missing = [name for name in ("claim_id", "evidence", "measure") if name not in table.columns]
    if missing:
        return f"`evidence` has no column {missing[0]!r}. It has: {', '.join(map(str, table.columns))}."
    if table["claim_id"].nunique() < ROWS:
        return f"`evidence` speaks of fewer than {ROWS} different claims."
    known, everything = set(load("claims")["claim_id"]), _all_evidence()
    for claim_id, found in zip(table["claim_id"], table["evidence"], strict=True):
        if claim_id not in known:
            return f"There is no claim {claim_id!r}."
        if found not in everything:
            return f"There is no event and no source with the id {found!r}. Copy it letter by letter."
        if found not in _bearing(claim_id):
            return f"{found!r} exists, but our tables do not tie it to claim {claim_id}."
    return _measures(table["measure"])


def _measures(column: pd.Series) -> str:
    figures = {name.removeprefix("figures/") for name in table_names() if name.startswith("figures/")}
    given = [str(name).strip().removeprefix("figures/") for name in column]
    unknown = [name for name in given if name not in figures | {NO_MEASURE}]
    if unknown:
        return f"{unknown[0]!r} is not a table of figures. Where no table can measure the claim, write {NO_MEASURE!r}."
    return "" if set(given) & figures else "At least one of your claims should be one that a table of figures can test."


def _source(answer: Any) -> str:
    if not isinstance(answer, str):
        return f"One source_id is a string, but this is {kind_of(answer)}."
    if answer not in set(load("sources")["source_id"]):
        return "There is no source with this source_id. Copy it letter by letter from the table."
    return "" if answer in _bearing(TESTED) else "This source exists, but nothing in our tables ties it to claim 4f."


def _drawing(answer: Any) -> str:
    if isinstance(answer, Figure):
        return "This is the whole figure. Give its axes: the second of the two names on the left of plt.subplots."
    if not isinstance(answer, Axes):
        return f"The axes of a drawing are asked for, but this is {kind_of(answer)}."
    lines = answer.get_lines()
    if len(lines) < 2:
        return f"There {'is one line' if lines else 'is no line'} on these axes. Two are asked for: write ax.plot twice."
    drawn = {partner: [line for line in lines if _shows(line, _votes_with(partner))] for partner in DRAWN}
    if not all(drawn.values()):
        return _other_lines(lines)
    labels = {str(line.get_label()) for found in drawn.values() for line in found}
    if len(labels) < len(DRAWN) or any(label.startswith("_") for label in labels):
        return "The lines are right, but they have no names, or the same name: which argument of ax.plot gives a name?"
    if answer.get_legend() is None:
        return "Lines and names are right. Nothing shows the names yet."
    if not any(answer.get_title(loc=place).strip() for place in ("left", "center", "right")):
        return "Lines and names are right. The drawing has no title."
    return ""


def _votes_with(partner: str) -> pd.DataFrame:
    votes = load("figures/unga_agreement")
    return votes[(votes["country_a"] == "PAK") & (votes["country_b"] == partner)]


def _shows(line: Line2D, rows: pd.DataFrame) -> bool:
    """Whether a line shows the agreement of all these years, its gaps included."""
    xs, ys = (np.asarray(values, float) for values in (line.get_xdata(orig=False), line.get_ydata(orig=False)))
    years, values = rows["year"].to_numpy(float), rows["agreement"].to_numpy(float)
    return xs.shape == years.shape and bool(np.allclose(xs, years)) and bool(np.allclose(ys, values, equal_nan=True))


def _other_lines(lines: list[Line2D]) -> str:
    if any(_shows(line, _votes_with(partner).dropna()) for line in lines for partner in DRAWN):
        return "A line crosses its gap: rows were dropped before drawing. Draw all rows."
    votes = load("figures/unga_agreement")
    of_iraq = votes[(votes["country_a"] == "IRQ") & (votes["country_b"] == "SAU")]
    if any(_shows(line, of_iraq) for line in lines):
        return "One of the lines is that of Iraq with Saudi Arabia. Both lines should be Pakistan's."
    if any(_shows(line, _votes_with(partner)) for line in lines for partner in DRAWN):
        return "One line is right. Which mask makes the other one?"
    return "These are not the lines that are asked for. Which table, which column, and which two states?"


def _days(answer: Any) -> str:
    if hint := number_hint(answer):
        return hint
    before, column, after = (_page(name) for name in ("arab-news-2021-03-04", "karim-2021", "arab-news-2021-03-14"))
    part, given = (column - before) / (after - before), float(answer)
    right = 10 * part
    if abs(given - right) <= 0.05:
        return ""
    if given == round(right):
        return "Nearly. Keep at least one decimal."
    if abs(given - part) <= 0.005:
        return "This is which part of the way lies behind the column. How many days is that?"
    if abs(given - (10 - right)) <= 0.05:
        return "You counted back from the later page. Count on from the earlier one."
    if abs(given - 10 / part) <= 0.05:
        return "The fraction is upside down: the whole way belongs beneath."
    return "From the first page to the column, divided by the way from the first page to the last, times ten days."


def _page(source_id: str) -> int:
    """The number of a page of Arab News, from its address."""
    address = load("sources").set_index("source_id")["url"][source_id]
    return int(str(address).split("/node/")[1].split("/")[0])


EXERCISES = {
    "10.1": Exercise(_verdict, "A verdict that names its evidence can be argued with, and so can ours."),
    "10.2": Exercise(
        _review, "Best case, evidence, and what would change your mind: now others can answer you. `save_review` keeps it."
    ),
    "10.3": Exercise(_source, "It bears on the claim. Whether it carries your sentence is for you and your class to say."),
    "10.4": Exercise(
        _drawing, "A second state is a control: it shows what was happening anyway. Which third state would you add?"
    ),
    "10.5": Exercise(_days, "Now you know where our date comes from, and why a sign for *about* stands behind it."),
}
