"""The start page: the lessons with their questions, and one picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from helpers import load
from tools.content.lesson_table import NO_ERA, minutes
from tools.editions.book.pages import ROOT, Page


@dataclass(frozen=True)
class Row:
    """A lesson on the start page: its page, its number, its name, its question and its minutes."""

    page: Page
    number: str
    name: str
    question: str
    core: int
    further: int


@dataclass(frozen=True)
class Cover:
    """The picture of the start page, its alternative text, and its size, so that the text below it does not jump."""

    file: Path
    words: str
    width: int
    height: int


def lesson_rows(lessons: list[Page]) -> list[Row]:
    """Say of each lesson what it asks and how long it takes."""
    eras = load("eras")
    questions = dict(zip(eras["lesson"], eras["question"], strict=True)) | NO_ERA
    rows = []
    for page in lessons:
        path = ROOT / page.source
        number, _, name = page.title.partition(" · ")
        core, further = minutes(path, "core"), minutes(path, "going further")
        rows.append(Row(page, number, name, str(questions[path.stem]), core, further))
    return rows


def cover() -> Cover:
    """Return the README's first timeline, with the words that it has there.

    Returns
    -------
    Cover
    """
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"!\[([^\]]+)\]\((notebooks/images/few\.png)\)", readme)
    if found is None:
        raise ValueError("README.md shows no picture notebooks/images/few.png. Run `make notebooks`.")
    with Image.open(ROOT / found[2]) as picture:
        return Cover(ROOT / found[2], found[1], *picture.size)
