"""The lessons together: every claim is treated where the table says, every event is used somewhere."""

from __future__ import annotations

import re

import pytest

from helpers import load
from tests.support.lesson import LESSONS, read

WRITTEN = {path.stem: path for path in LESSONS}


def shown_in(stem: str) -> str:
    """Return everything that a lesson shows and says, as plain text."""
    parts = []
    for cell in read(WRITTEN[stem]):
        parts.append(cell.source)
        for output in cell.outputs:
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            parts.append("".join(text))
    return "\n".join(parts)


@pytest.mark.parametrize("stem", [name for name in sorted(set(load("claims")["lesson"])) if name in WRITTEN])
def test_every_claim_is_treated_in_the_lesson_that_it_names(stem: str) -> None:
    text = shown_in(stem)
    code = [cell.source for cell in read(WRITTEN[stem]) if cell.kind == "code" and "show_table(" in cell.source]
    chosen = [source for source in code if "CHANGE THIS to" in source]  # each student puts a claim of their own there
    claims = load("claims")
    for row in claims[claims["lesson"] == stem].itertuples():
        assert re.search(rf"\b{row.claim_id}\b", text), row.claim_id
        assert row.claim in text, row.claim_id
        for column in ("best_case", "reasoning"):
            on_choice = any(f'"{column}"' in source for source in chosen)
            assert on_choice or getattr(row, column) in text, (row.claim_id, column)


def test_every_event_is_used_in_a_lesson() -> None:
    text = "\n".join(shown_in(stem) for stem in WRITTEN)
    events = load("events")
    if len(WRITTEN) < 11:  # until the course is whole: those up to the article, which lesson 00 shows
        events = events[events["earliest"] <= "2021-03-13"]
    unused = [row.event_id for row in events.itertuples() if row.title not in text]
    assert not unused, unused


def test_the_lessons_are_those_of_the_eras_in_their_order() -> None:
    expected = ["00_start_here", *load("eras")["lesson"], "10_testing_the_article"]
    assert list(WRITTEN) == expected[: len(WRITTEN)]
