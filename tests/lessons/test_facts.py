"""Each number, date and order that a lesson's prose states is counted again, and found in its sentence."""

from __future__ import annotations

import functools
import importlib
import re
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from content.facts import Fact
from tests.support.lesson import LESSONS

FOLDER = Path(__file__).resolve().parents[2] / "content" / "facts"
ONES = """no|none|zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
WORDS = ONES.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]


def word(value: float) -> str:
    """Return a pattern for a number in words; a half is written out."""
    whole, half = int(value), value % 1
    if half not in (0, 0.5):
        return re.escape(f"{value} is not written in words")
    if whole > 99:
        return re.escape(f"{value} is not written in words")
    plain = WORDS[whole] if whole < 20 else TENS[whole // 10 - 2] + (f"-{WORDS[whole % 10]}" if whole % 10 else "")
    return f"{plain} and a half" if half else f"(?:{plain})(?! and a half)"


def years(values: list[int]) -> list[str]:
    """Return years as stretches: 1955–57, 1967, 1995–2003."""
    starts = [year for year in values if year - 1 not in values]
    ends = [year for year in values if year + 1 not in values]
    short = [b % 100 if a // 100 == b // 100 else b for a, b in zip(starts, ends, strict=True)]
    return [str(a) if a == b else f"{a}–{end:02d}" for a, b, end in zip(starts, ends, short, strict=True)]


def patterns(form: str, value: Any) -> list[str]:
    """Return what must stand in the sentence, as patterns."""
    if form == "years":
        return [re.escape(text) for text in years(value)]
    values = value if isinstance(value, tuple) else (value,)
    write = {
        "digits": lambda number: re.escape(str(number)),
        "count": lambda number: f"{number:,}",
        "ordinal": lambda number: ORDINALS[number] if 0 < number < len(ORDINALS) else str(number),
        "word": word,
        "0.000": lambda number: re.escape(f"{number:.3f}"),
        "day": lambda day: f"{day.day} {day:%B %Y}",
        "day of the year": lambda day: f"{day.day} {day:%B}",
        "month": lambda day: f"{day:%B %Y}",
        "text": re.escape,
    }[form]
    return [write(one) for one in values]


@functools.cache
def sentences(text: str) -> list[str]:
    """Return the sentences of a cell of text; a row of a table, a heading and a point of a list end one, too."""
    lines = re.sub(r"\n(?=\s*(?:\||[-*] |#|\d+\. ))|(?<=\|)\n|\n\s*\n", "\0", text)
    return [" ".join(part.split()) for part in re.split(r"\0|(?<=[.?!])[*)\"”]*\s+(?=[*(\"“]*[A-Z`0-9])", lines)]


def stands(text: str, form: str, beside: str, value: Any) -> bool:
    """Say whether one sentence of a text has the words and the value, in its form."""
    if form == "true" and value is not True and not (hasattr(value, "item") and value.item() is True):
        return False
    wanted = [] if form == "true" else patterns(form, value)
    wanted = [rf"(?<![\w.,–-]){pattern}(?![\w–]|[.,]\d)" for pattern in wanted] + [
        re.escape(part) for part in beside.split(", ")
    ]
    return any(all(re.search(part, sentence, re.IGNORECASE) for part in wanted) for sentence in sentences(text))


def facts() -> list[Any]:
    """Return each fact of each lesson that has a file of facts, with the lesson's path."""
    found = []
    for file in sorted(FOLDER.glob("lesson_*.py")):
        path = next(path for path in LESSONS if path.stem.startswith(file.stem[-2:]))
        listed: tuple[Fact, ...] = importlib.import_module(f"content.facts.{file.stem}").FACTS
        assert len({fact.name for fact in listed}) == len(listed), f"{file.name} has two facts of one name"
        found += [pytest.param(path, fact, id=f"{file.stem[-2:]}-{fact.name}") for fact in listed]
    return found


@functools.cache
def cells(path: Path) -> dict[str, str]:
    """Return the text of the cells of a lesson by their id; also of code, where the title of a figure can have a number."""
    links = re.compile(r"\[([^\]]*)\]\([^)]*\)")
    return {cell.id: links.sub(r"\1", cell.source) for cell in nbformat.read(path, as_version=4).cells}


@functools.cache
def counted(fact: Fact) -> Any:
    """Return the value of a fact: two tests need it."""
    return fact.counted()


@pytest.mark.parametrize(("path", "fact"), facts())
def test_the_prose_says_what_the_tables_give(path: Path, fact: Fact) -> None:
    text, value = cells(path)[fact.cell_id], counted(fact)
    assert stands(text, fact.form, fact.beside, value), f"{value!r} ({fact.form}) beside {fact.beside!r} is not in:\n{text}"


@pytest.mark.parametrize(("path", "fact"), facts())
def test_another_value_would_be_noticed(path: Path, fact: Fact) -> None:
    """Or the sentence would hold the wrong number as well, and the test above would prove nothing."""
    text, value = cells(path)[fact.cell_id], counted(fact)
    for wrong in others(fact.form, value):
        assert not stands(text, fact.form, fact.beside, wrong), f"{wrong!r} would be found, too"


def others(form: str, value: Any) -> list[Any]:
    """Return values that are not the right one: each part changed alone, where there are several."""
    if form == "true":
        return [False, None, 1]
    if form == "years":
        return [[*value, max(value) + 1], value[1:]]
    parts = value if isinstance(value, tuple) else (value,)
    step = {
        "0.000": 0.001,
        "day": pd.Timedelta(days=1),
        "day of the year": pd.Timedelta(days=3),
        "month": pd.Timedelta(days=31),
        "text": "x",
    }.get(form, 100)
    near = [1] if form in ("digits", "count", "word", "ordinal") else []
    changed = [tuple(part + more for part in parts) for more in [step, *near]]
    return changed + [(*parts[:i], parts[i] + step, *parts[i + 1 :]) for i in range(len(parts))]


@pytest.mark.parametrize(
    ("text", "form", "beside", "value", "found"),
    [
        ("We counted five rows.", "word", "rows", 5, True),
        ("We counted fifty-five rows.", "word", "rows", 5, False),
        ("Five stars. We saw rows.", "word", "rows", 5, False),
        ("It lasted three and a half years.", "word", "years", 3, False),
        ("It lasted three and a half years.", "word", "years", 3.5, True),
        ("There are none.", "word", "there", 0, True),
        ("There are thirty-one rows.", "word", "rows", 31, True),
        ("There are twenty rows.", "word", "rows", 20, True),
        ("It was 1.5, not more.", "digits", "more", 5, False),
        ("In all 1,955 and 5.", "digits", "all", 5, True),
        ("From 1955–57 and 1967 on.", "years", "on", [1955, 1956, 1957, 1967], True),
        ("From 1955–57 and 1967 on.", "years", "on", [1955, 1956, 1967], False),
        ("Iraq has none in 1995–2003.", "years", "none", list(range(1995, 2004)), True),
        ("| Iraq | 0.873 |\n| Syria | 0.587 |", "0.000", "Iraq", 0.5871, False),
        ("On 24 March 1959.", "day", "on", pd.Timestamp("1959-03-04"), False),
        ("Iraq left.", "true", "Iraq", True, True),
        ("Iraq left.", "true", "Iraq", 1, False),
    ],
)
def test_a_value_is_found_in_its_form_alone(text: str, form: str, beside: str, value: Any, found: bool) -> None:
    assert stands(text, form, beside, value) is found
