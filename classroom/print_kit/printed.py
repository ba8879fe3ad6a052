"""What the printed sheets say, piece by piece, so that older ones can be compared with today's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from helpers.data import DATA

from ..errors import TeacherError
from ..lesson_plans import pages
from .cards import ClaimCard, EventCard, Kit, make_kit

Sheet = dict[str, str]  # the name of a piece and its text
PAGES = ("catch_up/*.md", "exam.md", "exam_mark_scheme.md", "marking_together.md", "rubric.md")
ALIKE = 0.6  # of two sentences: the share of equal letters, by difflib, from which one is taken for a new form of the other
NAMES = ("· title", "· text", "· in the timeline")  # of what is new, its name is enough
EXACT = (*NAMES, "· date", "· kind", "· verdict")
_SIGNIFICANT = re.compile(
    r"\d+|\b(?:no|not|never|none|nobody|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|corroborated|partly|"
    r"contested|unverified|expectation|opinion|open|fulfilled)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Change:
    """One piece of a printed sheet that says something else today; `now` is empty if it is gone, `was` if it is new."""

    sheet: str
    piece: str
    was: str
    now: str


def version_of_tables() -> str:
    """The version of the tables of this course."""
    return str(json.loads((DATA / "datapackage.json").read_text("utf-8"))["version"])


def printed(root: Path) -> dict[str, Sheet]:
    """Collect what the kits, the catch-up sheets and the other pages for paper say.

    For each sheet these are the pieces that can become wrong, by name: of a kit each side of each card, of a page each
    sentence.
    """
    teaching = root / "notebooks" / "teaching"
    sheets = {}
    for number, lesson in pages.read_lessons(root).items():
        try:
            kit = make_kit(number, lesson.title, lesson.stem, teaching)
        except TeacherError:  # a lesson without events has no kit
            continue
        sheets[f"kit of lesson {number}"] = dict(_pieces(kit))
    for pattern in PAGES:
        for path in sorted(teaching.glob(pattern)):
            sheets[path.relative_to(teaching).as_posix()] = {sentence: sentence for sentence in _sentences(path)}
    return sheets


def _pieces(kit: Kit) -> Iterator[tuple[str, str]]:
    for event in kit.cards:
        yield from _event_pieces(event)
    for claim in kit.claims:
        yield from _claim_pieces(claim)
    cards = {card.event_id for card in kit.cards}
    for row in kit.events.itertuples():
        if row.event_id not in cards:
            yield f"{row.event_id} · in the timeline", str(row.title)


def _event_pieces(card: EventCard) -> Iterator[tuple[str, str]]:
    for name in ("title", "description", "date", "kind"):
        yield f"{card.event_id} · {name}", getattr(card, name)


def _claim_pieces(card: ClaimCard) -> Iterator[tuple[str, str]]:
    yield f"{card.name} · text", card.claim
    yield f"{card.name} · verdict", card.verdict
    yield from ((f"{card.name} · {heading}", text) for heading, text in card.reasons)
    if card.criterion:
        yield f"{card.name} · criterion", card.criterion


def _sentences(path: Path) -> list[str]:
    """The sentences of a page, without code, the cells of its tables one by one."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-*|>#]|\d+\.)\s?)|\|", text)
    whole = (" ".join(re.sub(r"^[\s>#*-]+", "", block).split()) for block in blocks)
    found = (part.strip() for block in whole for part in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“*_])", block))
    return list(dict.fromkeys(part for part in found if len(re.findall(r"\w+", part)) > 2))


def changes(before: dict[str, Sheet], today: dict[str, Sheet]) -> list[Change]:
    """Compare what `printed` collected from two versions.

    A change is every title, date, kind and verdict that differs, what is new or gone, and the texts in which a number, a
    verdict or a denial differs. What is only put in other words is left out.
    """
    found: list[Change] = []
    for sheet, old in before.items():
        new = today.get(sheet, {})
        found += _page(sheet, old, new) if sheet.endswith(".md") else _kit(sheet, old, new)
    return found


def _kit(sheet: str, old: Sheet, new: Sheet) -> Iterator[Change]:
    for piece, was in old.items():
        now = new.get(piece, "")
        if was != now and (piece.endswith(EXACT) or not now or _significant(was) != _significant(now)):
            yield Change(sheet, piece, was, now)
    yield from (Change(sheet, piece, "", new[piece]) for piece in new if piece not in old and piece.endswith(NAMES))


def _page(sheet: str, old: Sheet, new: Sheet) -> Iterator[Change]:
    fresh = [sentence for sentence in new if sentence not in old]
    for sentence in old:
        if sentence in new or not _significant(sentence):
            continue
        scored = [(SequenceMatcher(None, sentence, other, autojunk=False).ratio(), other) for other in fresh]
        likeness, nearest = max(scored, default=(0.0, ""))
        now = nearest if likeness >= ALIKE else ""
        if not now or _significant(now) != _significant(sentence):
            yield Change(sheet, "", sentence, now)


def _significant(sentence: str) -> list[str]:
    """The numbers, verdicts and denials of a sentence: what can be wrong in it when its words are right."""
    return [word.lower() for word in _SIGNIFICANT.findall(sentence)]
