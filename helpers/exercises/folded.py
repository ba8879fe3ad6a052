"""What stands folded beneath the feedback: the second hint, and solutions with their reading, when it is their time."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from .. import class_settings
from ..language import later, say
from .solutions.form import Solution

MIN_TRIES = 3  # different answers, before a solution is offered under the feedback
KEPT_BACK = later("In this class the solutions are shown later, by your teacher.")


class Fold(NamedTuple):
    """One folded part: its summary, and what is in it, as HTML and as text."""

    summary: str
    html: str
    text: str


def known_solution(exercise_id: str) -> Solution | None:
    """Return the hint and the answers of an exercise; None if the course has none, or they were left out."""
    name = f"{__package__}.solutions.lesson_{exercise_id[:2]}"
    if importlib.util.find_spec(name) is None:
        return None
    found: Solution | None = importlib.import_module(name).SOLUTIONS.get(exercise_id)
    return found


def second_hint(exercise_id: str) -> list[Fold]:
    """Return the second hint, if there is one."""
    known = known_solution(exercise_id)
    return [Fold(say("A second hint"), f"<p>{formatted(say(known.hint))}</p>", say(known.hint))] if known else []


def answers(exercise_id: str) -> list[Fold]:
    """Return the solution, or the two that disagree; nothing where a teacher keeps them back."""
    known = known_solution(exercise_id)
    if known is None or not class_settings.is_on("solutions"):
        return []
    several = len(known.answers) > 1
    summary = say("Two good answers that disagree") if several else say("One good solution, and how to read it")
    html = "".join(
        f'<pre style="white-space: pre-wrap"><code>{escape(answer.code)}</code></pre><p>{formatted(say(answer.reading))}</p>'
        for answer in known.answers
    )
    return [Fold(summary, html, "\n\n".join(f"{answer.code}\n{say(answer.reading)}" for answer in known.answers))]


def is_judgement(exercise_id: str) -> bool:
    """Say whether good answers to this exercise disagree, so that they are shown after one's own only."""
    known = known_solution(exercise_id)
    return known is not None and len(known.answers) > 1


def as_details(folds: Sequence[Fold]) -> str:
    """Write folded parts as HTML."""
    return "".join(f"<details><summary>{fold.summary}</summary>{fold.html}</details>" for fold in folds)


def as_text(folds: Sequence[Fold]) -> str:
    """Write them for a place that shows text only."""
    return "\n\n".join(f"{fold.summary}:\n{fold.text}" for fold in folds)


def formatted(message: str) -> str:
    """Turn a message into HTML: `code` and *stress* as in the text of a lesson, everything else as it is written."""
    html = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(message))
    return re.sub(r"(?<![\w*])\*(\w[\w ]*)\*(?![\w*])", r"<em>\1</em>", html)
