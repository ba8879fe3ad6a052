"""What a lesson says of a drawing is so, and its words are the course's words."""

from __future__ import annotations

import re

import pytest

from helpers import load
from tests.support.lesson import ALL, read


def prose(name: str) -> str:
    path = next(path for path in ALL if path.stem == name)
    return " ".join(" ".join(cell.source for cell in read(path) if cell.kind == "markdown").split())


def test_lesson_03_says_that_the_drawing_calls_one_date_not_exact() -> None:
    path = next(path for path in ALL if path.stem == "03_rupture_1973")
    assert "Its words call one date not exact" in prose(path.stem)
    stored = [str(output) for cell in read(path) for output in cell.outputs if "in their order" in str(output)]
    assert any("1 of 4 dates is not exact to the day: 14 or 15 February 1973" in output for output in stored)


WORDS = {
    r"\bBaluch(?!estan)": "Baloch",  # Sistan and Baluchestan is the name of an Iranian province
    r"\bregime\b(?!-change| change)": "government",
    r"(?<!\")(?<!calls a )(?<!called it a )\bterrorists?\b": "a word that belongs to somebody: attribute it",
    r"\bthe street\b": '"the street", in quotation marks',
    r"\bPersian Gulf\b|\bArabian Gulf\b": "the Gulf",
    r"\bIraqi? occupation of Iraq\b": "the US-led invasion",
}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_lessons_keep_to_the_terms_of_the_course(path) -> None:
    text = " ".join(cell.source for cell in read(path) if cell.kind == "markdown")
    text = re.sub('"the street"', "", text, flags=re.IGNORECASE)
    for pattern, better in WORDS.items():
        assert not re.search(pattern, text, flags=re.IGNORECASE), f"{pattern}: write {better}"


def test_tables_keep_to_the_terms_of_the_course() -> None:
    for name, columns in {
        "events": ["title", "description", "note"],
        "claims": ["claim", "reasoning", "omission", "best_case"],
    }.items():
        table = load(name)
        for column in columns:
            text = re.sub('"the street"', "", " ".join(table[column].dropna()), flags=re.IGNORECASE)
            for pattern, better in WORDS.items():
                found = re.search(f".{{0,40}}(?:{pattern}).{{0,20}}", text, flags=re.IGNORECASE)
                assert not found, f"{name}.{column}: {found and found[0]!r}: write {better}"
