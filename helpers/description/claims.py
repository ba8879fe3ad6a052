"""The matrix of claims in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..plotting.chart_artists import Claim, ClaimTile
from .sentences import Description, count_of, listed


def describe_claims(tiles: Sequence[ClaimTile]) -> Description:
    """Describe what `plot_claims` has drawn."""
    claims = [tile.claim for tile in tiles]  # from top to bottom, as drawn
    rows = [list(row) for _, row in groupby(claims, key=lambda claim: claim.paragraph)]
    longest = max(rows, key=len)
    sentences = [f"A matrix of {count_of(len(claims), 'claim')} in {count_of(len(rows), 'paragraph')}."]
    if len(rows) > 1:
        sentences.append(f"Most claims: paragraph {longest[0].paragraph}, {len(longest)}.")
    return Description([*sentences, *_totals(claims)], [_entry(row) for row in rows])


def _totals(claims: Sequence[Claim]) -> Iterator[str]:
    filled = [claim for claim in claims if claim.filled]
    verdicts = list(dict.fromkeys(claim.verdict for claim in filled if claim.verdict))
    counts = sorted(((sum(claim.verdict == name for claim in filled), name) for name in verdicts), key=lambda pair: -pair[0])
    if counts:
        yield f"Verdicts: {listed([f'{count} {name}' for count, name in counts])}."
    else:
        yield "No verdict is shown."
        lessons = sorted({claim.lesson for claim in filled if claim.lesson})
        if lessons:
            each = [f"{sum(claim.lesson == name for claim in filled)} in {_lesson(name)}" for name in lessons]
            yield f"Claims by lesson: {listed(each)}."
    if empty := len(claims) - len(filled):
        yield f"{count_of(empty, 'tile')} of {len(claims)} {'is' if empty == 1 else 'are'} empty."


def _entry(row: Sequence[Claim]) -> str:
    """A paragraph: what is told of each claim, and where it is treated."""
    runs = []
    for lesson, some in groupby(row, key=lambda claim: claim.lesson):
        each = [_run(list(alike), told) for told, alike in groupby(some, key=_told)]
        runs.append(", ".join(each) + (f" (lesson {_lesson(lesson)})" if lesson else ""))
    return f"Paragraph {row[0].paragraph}: {'; '.join(runs)}"


def _run(alike: Sequence[Claim], told: str) -> str:
    """Claims that follow each other and of which the same is told: the first and the last of three or more."""
    names = [claim.claim_id for claim in alike]
    return (f"{names[0]} to {names[-1]}" if len(names) > 2 else " and ".join(names)) + told


def _told(claim: Claim) -> str:
    if not claim.filled:
        return " empty"
    return f" {claim.verdict}" if claim.verdict else ""


def _lesson(name: str) -> str:
    return name.split("_", 1)[0]
