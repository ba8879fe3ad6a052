"""The matrix of claims in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..language import say, say_count
from ..plotting.chart_artists import Claim, ClaimTile
from .sentences import Description, listed


def describe_claims(tiles: Sequence[ClaimTile]) -> Description:
    """Describe what `plot_claims` has drawn."""
    claims = [tile.claim for tile in tiles]  # from top to bottom, as drawn
    rows = [list(row) for _, row in groupby(claims, key=lambda claim: claim.paragraph)]
    longest = max(rows, key=len)
    paragraphs = say_count("{count:,} paragraph", "{count:,} paragraphs", len(rows))
    matrix = say_count(
        "A matrix of {count:,} claim in {paragraphs}.",
        "A matrix of {count:,} claims in {paragraphs}.",
        len(claims),
        paragraphs=paragraphs,
    )
    sentences = [matrix]
    if len(rows) > 1:
        sentences.append(
            say("Most claims: paragraph {paragraph}, {count}.", paragraph=longest[0].paragraph, count=len(longest))
        )
    return Description([*sentences, *_totals(claims)], [_entry(row) for row in rows])


def _totals(claims: Sequence[Claim]) -> Iterator[str]:
    filled = [claim for claim in claims if claim.filled]
    verdicts = list(dict.fromkeys(claim.verdict for claim in filled if claim.verdict))
    counts = sorted(((sum(claim.verdict == name for claim in filled), name) for name in verdicts), key=lambda pair: -pair[0])
    if counts:
        yield say(
            "Verdicts: {counts}.",
            counts=listed([say("{count:,} {word}", count=count, word=say(name)) for count, name in counts]),
        )
    else:
        yield say("No verdict is shown.")
        lessons = sorted({claim.lesson for claim in filled if claim.lesson})
        if lessons:
            each = [
                say("{count} in {lesson}", count=sum(claim.lesson == name for claim in filled), lesson=_lesson(name))
                for name in lessons
            ]
            yield say("Claims by lesson: {counts}.", counts=listed(each))
    if empty := len(claims) - len(filled):
        yield say_count("{count:,} tile of {all} is empty.", "{count:,} tiles of {all} are empty.", empty, all=len(claims))


def _entry(row: Sequence[Claim]) -> str:
    """A paragraph: what is told of each claim, and where it is treated."""
    runs = []
    for lesson, some in groupby(row, key=lambda claim: claim.lesson):
        each = [_run(list(alike), told) for told, alike in groupby(some, key=_told)]
        claims = say(", ").join(each)
        runs.append(say("{claims} (lesson {lesson})", claims=claims, lesson=_lesson(lesson)) if lesson else claims)
    return say("Paragraph {number}: {runs}", number=row[0].paragraph, runs=say("; ").join(runs))


def _run(alike: Sequence[Claim], told: str) -> str:
    """Claims that follow each other and of which the same is told: the first and the last of three or more."""
    names = [claim.claim_id for claim in alike]
    if len(names) > 2:
        return say("{first} to {last}", first=names[0], last=names[-1]) + told
    return listed(names) + told


def _told(claim: Claim) -> str:
    if not claim.filled:
        return " " + say("empty")
    return f" {say(claim.verdict)}" if claim.verdict else ""


def _lesson(name: str) -> str:
    return name.split("_", 1)[0]
