"""Show the second hint of an exercise, and a good solution, on demand."""

from __future__ import annotations

from .. import class_settings
from ..language import attributes, say
from ..output import Page, put
from . import folded
from .feedback import Feedback, kept_until, mark
from .folded import formatted


def solution(exercise_id: str) -> None:
    """Show a second hint and one good solution with its reading, each folded away: open what you need.

    Where good answers disagree, two are shown, after `check` has accepted the form of your own.

    Parameters
    ----------
    exercise_id : str
        The number of the exercise, for example ``"01.2"``.

    Returns
    -------
    None
        It is displayed. Nothing is raised: an unknown number is answered with those of the lesson.
    """
    try:
        mark(exercise_id, ...)
    except ValueError as problem:
        put(Feedback(str(exercise_id), "no exercise", str(problem)))
        return
    folds, reason = folded.second_hint(exercise_id), kept_until(exercise_id)
    if not reason and not class_settings.is_on("solutions"):
        reason = say(folded.KEPT_BACK)
    folds += [] if reason else folded.answers(exercise_id)
    if not folds and not reason:
        reason = say("This course has no solution of it.")
    number = say("Exercise {number}.", number=exercise_id)
    head = f"{number} {reason}".strip()
    html = f"<div{attributes()}><b>{number}</b> {formatted(reason)}{folded.as_details(folds)}</div>"
    put(Page(html, "\n\n".join(part for part in (head, folded.as_text(folds)) if part)))
