"""The start page: the lessons with their questions, one picture, and what came out; and what a shared link shows."""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from PIL import Image

from classroom.colophon import colophon
from helpers import load
from helpers.language import ENGLISH
from tools.content.lesson_table import row_of
from tools.editions.book.pages import ROOT, Page

# How long the words are that a search engine or a messenger shows of a page, and how large the picture of a shared link.
DESCRIBED = 170
CARD_SIZE = (1200, 630)
CARD_MARGIN = 30


@dataclass(frozen=True)
class Cover:
    """The picture of the start page, its alternative text, and its size, so that the text below it does not jump."""

    file: Path
    words: str
    width: int
    height: int


def cover() -> Cover | None:
    """Return the README's picture of the claims, or its first one, with its words there; None without one."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\((notebooks/images/[\w.-]+\.png)\)", readme)
    if not shown:
        return None
    words, file = next((one for one in shown if one[1].endswith("/claims.png")), shown[0])
    with Image.open(ROOT / file) as picture:
        return Cover(ROOT / file, words, *picture.size)


@dataclass(frozen=True)
class Counts:
    """What came out, in numbers of the tables."""

    claims: int
    upheld: int  # those that sources bear out wholly or in part
    omitting: int  # those of which something is left out
    events: int
    sources: int


def counts() -> Counts:
    """Count what the course has looked at and what it found."""
    claims = load("claims")
    upheld = int(claims["support"].isin(["corroborated", "partly"]).sum())
    return Counts(len(claims), upheld, int(claims["omission"].notna().sum()), len(load("events")), len(load("sources")))


def summary(page: Page, soup: BeautifulSoup) -> str:
    """Say in one or two sentences what a page holds, for those who meet its link elsewhere.

    For a lesson that is its question; for another page how it begins, at most `DESCRIBED` characters long.
    """
    if page.is_lesson and page.language == ENGLISH:
        row = row_of(ROOT / page.source)
        return (
            f"{row.question or row.name + '.'} A lesson of {row.core} minutes, with tables and timelines of sourced events."
        )
    begins = " ".join(" ".join(paragraph.get_text() for paragraph in soup.select("p")[:2]).split())
    if len(begins) <= DESCRIBED:
        return begins
    return begins[:DESCRIBED].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def card() -> bytes:
    """Return the picture that a shared link shows, a PNG: the claims without verdicts, or the first timeline."""
    drawn = _claims()
    picture = cover()
    content = drawn if drawn is not None else picture.file.read_bytes() if picture is not None else None
    paper = Image.new("RGB", CARD_SIZE, "#fffdf8")
    if content is not None:
        with Image.open(io.BytesIO(content)) as opened:
            image = opened.convert("RGB")
        image.thumbnail((CARD_SIZE[0] - 2 * CARD_MARGIN, CARD_SIZE[1] - 2 * CARD_MARGIN))
        paper.paste(image, ((CARD_SIZE[0] - image.width) // 2, (CARD_SIZE[1] - image.height) // 2))
    out = io.BytesIO()
    paper.save(out, "PNG", optimize=True)
    return out.getvalue()


def _claims() -> bytes | None:
    """Draw the claims without verdicts, which no picture that travels alone may show; None if nothing draws them."""
    if importlib.util.find_spec("helpers.plotting.claims") is None:
        return None
    from helpers.notebook import DENSITY, DPI, png

    claims = load("claims")
    rows, lessons = claims["paragraph"].nunique(), claims["lesson"].nunique()
    about = f"{len(claims)} claims in {rows} paragraphs, checked in {lessons} lessons"
    plot = importlib.import_module("helpers.plotting.claims").plot_claims
    return png(plot(claims, verdicts=False, title=colophon().name, subtitle=about).figure, DENSITY * DPI)
