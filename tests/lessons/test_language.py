"""Short sentences, and one spelling for each name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers import load
from tests.support.lesson import ALL, read

# What stands in a table, a list or a heading is no sentence.
NO_SENTENCE = re.compile(r"^\s*(\||#|<!--|-->)|^\s*$")

# One spelling for each name. Titles of sources and aliases keep the spelling that was printed.
SPELLINGS = {
    r"\bZafrullah\b": "Zafrulla Khan",
    r"\bNuri (?:as|el|es)-Sa": "Nuri al-Said",
    r"\bSaddam Huss(?:ain|ayn)\b": "Saddam Hussein",
    r"\bKass[ei]m\b|\bQassim\b": "Qasim",
    r"\bBaathist\b|\bBaath\b": "Ba'ath",
    r"\bZia ul Haq\b|\bZia ul-Haq\b": "Zia-ul-Haq",
    r"\bMoslem": "Muslim",
    r"\bDhaka\b(?!\))": "Dacca (now spelled Dhaka)",
    r"\bShi'?ites?\b": "Shia",
    r"\bUmer Karim\b": "Umar Karim",
}


def sentences(path: Path) -> list[str]:
    lines: list[str] = []
    for cell in read(path):
        if cell.kind == "markdown":
            for line in cell.source.splitlines():
                if NO_SENTENCE.search(line):
                    lines.append("\n")
                elif line.startswith(("- ", "* ")):
                    lines.append(f"\n{line[2:]}")
                else:
                    lines.append(line)
    text = " ".join(lines)
    text = re.sub(r"`[^`]*`", "name", re.sub(r"\]\([^)]*\)", "]", text))
    found = re.split(r"(?<=[.!?:])[\s\"')*]+(?=[A-Z0-9\"'(*`])|\n", text)
    return [sentence.strip() for sentence in found if len(sentence.split()) > 2]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_sentences_are_short(path: Path) -> None:
    lengths = sorted(len(sentence.split()) for sentence in sentences(path))
    assert len(lengths) > 20
    assert sum(lengths) / len(lengths) <= 20
    longest = max(sentences(path), key=lambda sentence: len(sentence.split()))
    assert lengths[-1] <= 45, longest


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_names_have_one_spelling_in_lessons(path: Path) -> None:
    text = " ".join(cell.source for cell in read(path) if cell.kind == "markdown")
    for pattern, spelling in SPELLINGS.items():
        assert not re.search(pattern, text), f"{pattern}: write {spelling}"


def test_names_have_one_spelling_in_tables() -> None:
    texts = {
        "events": ["title", "description", "note"],
        "claims": ["claim", "omission", "reasoning", "best_case"],
        "reports": ["quantity", "wording"],
        "spans": ["label"],
        "forecasts": ["forecast", "criterion", "outcome_note"],
        "glossary": ["meaning"],
        "actors": ["name"],
    }
    for name, columns in texts.items():
        table = load(name)
        for column in columns:
            text = " ".join(table[column].dropna())
            for pattern, spelling in SPELLINGS.items():
                found = re.search(f".{{0,30}}(?:{pattern}).{{0,20}}", text)
                assert not found, f"{name}.{column}: {found and found[0]!r}: write {spelling}"
