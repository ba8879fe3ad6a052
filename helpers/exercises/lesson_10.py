"""What the exercises of lesson 10 accept."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from ..chart_reader import DrawnLine, day_at, legend_names_of, lines_of, title_of
from ..data import load, table_names
from ..description.sentences import count_of
from .answers import as_id, as_number, as_values, fold, is_missing, kind_of, words_of
from .feedback import Exercise
from .hints import axes_hint, ids_in, number_hint, text_hint
from .tables import bearing_hint, own_columns, sources_behind, votes_between

TESTED = "4f"
DRAWN = ("IRQ", "SAU")  # with whom Pakistan votes
NO_MEASURE = "none"
ROWS = 3
PARTS = ("best_case", "evidence", "change")
MIN_WORDS = {"best_case": 15, "change": 10}
MODEL = {  # of the lesson: a test compares
    "best_case": "In 10d and 10e the author is exact: within about a month, two ministers visited each other's countries.",
    "change": "A source that shows an ambassador of Pakistan in Baghdad from 2006 to 2010 would change my mind about 4f.",
}
CALLED = {  # what a line can be called in a legend, in the languages in which the course is read most
    "IRQ": r"\bira[qk]|\birq\b|bag[hd]+ad|ع[ێی]?راق|इराक|ирак|伊拉克",
    "SAU": r"sa[uo]+e?d|suudi|\bksa\b|\bsau\b|\briy?ad|سعود|عربستان|सऊदी|саудов|沙特",
}
FIRST_YEAR, LAST_YEAR = 1900, 2100  # numbers between them on an axis of time are years, others are days


def _bearing(claim_id: str) -> set[str]:
    """The events, and the sources, that bear on a claim."""
    events = load("claim_events")
    return set(events[events["claim_id"] == claim_id]["event_id"]) | sources_behind(claim_id)


def _all_evidence() -> set[str]:
    return set(load("events")["event_id"]) | set(load("sources")["source_id"])


def _verdict(answer: Any) -> str:
    if hint := text_hint(answer, "A sentence"):
        return hint
    claims = load("claims").set_index("claim_id")
    named = ids_in(answer, set(claims.index))
    if len(named) != 1:
        return "Name one claim by its claim_id, and only one." if named else "Name the claim by its claim_id."
    (claim_id,) = named
    others = set(claims["support"].cat.categories) - {claims["support"][claim_id]}
    verdicts = ids_in(answer, others)
    if not verdicts:
        return "Name your verdict: one of our six words, and not the one that the claim has now."
    evidence = ids_in(answer, _all_evidence())
    if not evidence:
        return "Name your evidence by its event_id, letter by letter, so that a reader can look it up."
    if not evidence & _bearing(claim_id):
        return "The evidence exists, but our tables do not tie it to this claim. Look the claim up in `behind`."
    if len(words_of(answer)) <= len(named | verdicts | evidence):
        return "These are the names alone. Write a sentence with them."
    return ""


def _review(answer: Any) -> str:
    values = as_values(answer)
    if values is None or len(values) != len(PARTS):
        given = f"this is {kind_of(answer)}" if values is None else f"this has {count_of(len(values), 'entry')}"
        return f"A review is a list of three, [best_case, evidence, change], but {given}."
    best_case, evidence, change = values
    if hint := _text(best_case, "best_case"):
        return hint
    if not ids_in(best_case, set(load("claims")["claim_id"])):
        return (
            "The best case names no claim. Write the claim_id into it, so that a reader knows of which sentence you speak."
        )
    table = _evidence(evidence)
    if isinstance(table, str):
        return table
    if hint := _text(change, "change"):
        return hint
    if not ids_in(change, set(table["claim_id"])):
        return "What would change your mind, and about which claim? Name one of those in your table."
    return ""


def _text(answer: Any, name: str) -> str:
    if not isinstance(answer, str):
        return f"`{name}` must be a string, but it is {kind_of(answer)}. Mind the order of the three."
    if fold(answer) == fold(MODEL[name]):
        return f"This `{name}` is the lesson's model. Write your own."
    words = len(words_of(answer))
    if words < MIN_WORDS[name]:
        return f"`{name}` has {count_of(words, 'word')}. Write at least {MIN_WORDS[name]}."
    return ""


def _evidence(given: Any) -> pd.DataFrame | str:
    """The table of evidence, its ids as our tables write them; a hint if it is not ready."""
    if not isinstance(given, pd.DataFrame):
        return (
            f"`evidence` must be a table, but it is {kind_of(given)}. Mind the order of the three, and make it with "
            "pd.DataFrame({…}), as in the model."
        )
    table = own_columns(given, ("claim_id", "evidence", "measure"))
    if isinstance(table, str):
        return f"`evidence` {table}"
    table = table.assign(claim_id=table["claim_id"].map(as_id), evidence=table["evidence"].map(as_id))
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
    return _measures(table["measure"]) or table


def _measures(column: pd.Series) -> str:
    figures = {name.removeprefix("figures/") for name in table_names() if name.startswith("figures/")}
    words = [NO_MEASURE if is_missing(name) else as_id(name) or str(name) for name in column]
    given = [word.removeprefix("figures/").removesuffix(".csv").replace(" ", "_") for word in words]
    unknown = [name for name in given if name not in figures | {NO_MEASURE}]
    if unknown:
        return f"{unknown[0]!r} is not a table of figures. Where no table can measure the claim, write {NO_MEASURE!r}."
    return "" if set(given) & figures else "At least one of your claims should be one that a table of figures can test."


def _source(answer: Any) -> str:
    return bearing_hint(answer, TESTED)


def _drawing(answer: Any) -> str:
    if hint := axes_hint(answer):
        return hint
    lines = lines_of(answer)
    if len(lines) < 2:
        return f"There {'is one line' if lines else 'is no line'} on these axes. Two are asked for: write ax.plot twice."
    asked = {partner: votes_between("PAK", partner) for partner in DRAWN}  # once: there may be hundreds of lines
    drawn = {partner: [line for line in lines if _shows(line, rows)] for partner, rows in asked.items()}
    if not all(drawn.values()):
        return _other_lines(lines, list(asked.values()))
    names = {partner: found[0].name for partner, found in drawn.items()}
    if hint := _names_hint(names):
        return hint
    if hidden := set(names.values()) - set(legend_names_of(answer)):
        nothing = (
            "Nothing shows the names yet." if len(hidden) == len(names) else f"Nothing shows the name {min(hidden)!r} yet."
        )
        return f"Lines and names are right. {nothing}"
    return "" if words_of(title_of(answer)) else "Lines and names are right. The drawing has no title."


def _names_hint(names: dict[str, str]) -> str:
    """A hint if the lines do not bear the names of their states; names in a script that is not read here are believed."""
    if not all(words_of(name) for name in names.values()):
        return "The lines are right, but not each has a name: which argument of ax.plot gives a name?"
    if len({fold(name) for name in names.values()}) < len(names):
        return "The lines are right, but they have the same name."
    says = {own: {state for state in DRAWN if re.search(CALLED[state], fold(name))} for own, name in names.items()}
    for own, name in names.items():
        if says[own] and own not in says[own]:
            return f"The lines are right, but the one that is called {name!r} shows the votes with another state."
        if not says[own] and not re.search(r"[^\W\d_a-z\u00c0-\u024f]", fold(name)):
            return f"The lines are right, but the name {name!r} does not say with which state Pakistan votes."
    return ""


def _shows(line: DrawnLine, rows: pd.DataFrame) -> bool:
    """Whether a line shows the agreement of all these years, its gaps included, as a share or in per cent."""
    values, wanted = _in_years(line, rows), rows["agreement"].to_numpy(float)
    return values is not None and any(np.allclose(values, wanted * unit, equal_nan=True) for unit in (1, 100))


def _fills_a_gap(line: DrawnLine, rows: pd.DataFrame) -> bool:
    """Whether a line is right where there were votes, and has made-up values where there were none."""
    values, known = _in_years(line, rows), rows["agreement"].notna().to_numpy(bool)
    return values is not None and bool(np.allclose(values[known], rows["agreement"].to_numpy(float)[known]))


def _in_years(line: DrawnLine, rows: pd.DataFrame) -> np.ndarray | None:
    """The values of a line in the order of the years; None if it has other years than the rows."""
    years, xs = rows["year"].to_numpy(float), np.array(line.xs, float)
    if xs.shape != years.shape or not np.isfinite(xs).all():
        return None
    if not ((xs >= FIRST_YEAR) & (xs <= LAST_YEAR)).all():
        xs = np.array([day_at(x).year for x in xs], float)
    order = np.argsort(xs)
    return np.array(line.ys, float)[order] if np.allclose(xs[order], years) else None


def _other_lines(lines: list[DrawnLine], asked: list[pd.DataFrame]) -> str:
    others = votes_between("IRQ", "SAU")
    if any(_shows(line, rows.dropna()) for line in lines for rows in asked):
        return "A line crosses its gap: rows were dropped before drawing. Draw all rows."
    if any(_fills_a_gap(line, rows) and not _shows(line, rows) for line in lines for rows in asked):
        return "A line has values in years without a vote. Keep its gap: draw the column as it is."
    if any(_shows(line, others) for line in lines):
        return "One of the lines is that of Iraq with Saudi Arabia. Both lines should be Pakistan's."
    if any(_shows(line, rows) for line in lines for rows in asked):
        return "One line is right. Which mask makes the other one?"
    return "These are not the lines that are asked for. Which table, which column, and which two states?"


def _days(answer: Any) -> str:
    if hint := number_hint(answer):
        return hint
    before, column, after = (_page(name) for name in ("arab-news-2021-03-04", "karim-2021", "arab-news-2021-03-14"))
    part, given = (column - before) / (after - before), as_number(answer) or 0.0
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
    "10.1": Exercise(_verdict, "A verdict that names its evidence can be argued with, and so can ours.", form_only=True),
    "10.2": Exercise(
        _review,
        "Best case, evidence, and what would change your mind: now others can answer you. `save_review` keeps it.",
        form_only=True,
    ),
    "10.3": Exercise(
        _source,
        "It bears on the claim. Whether it carries your sentence is for you and your class to say.",
        form_only=True,
    ),
    "10.4": Exercise(
        _drawing,
        "A second state is a control: it shows what was happening anyway. Your title is not marked: which word in it says "
        "more than the drawing?",
    ),
    "10.5": Exercise(_days, "Now you know where our date comes from, and why a sign for *about* stands behind it."),
}
