"""What an exercise is, how an answer is marked, and how the feedback looks."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from ..output import put

Status = Literal["right", "not yet", "not answered"]

_SIGNS: dict[Status, tuple[str, str, str]] = {
    "right": ("✔", "Right.", "#1b6e3c"),
    "not yet": ("✎", "Not yet.", "#8a4b00"),
    "not answered": ("…", "Not answered yet.", "#4a4a4a"),
}


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    hint : callable
        Takes the answer; returns "" if it is right, else a hint that does not contain the answer.
    praise : str
        One or two sentences that say what a right answer shows.
    """

    hint: Callable[[Any], str]
    praise: str


@dataclass(frozen=True)
class Feedback:
    """The answer to an answer: displays itself in a notebook."""

    exercise_id: str
    status: Status
    message: str

    def __str__(self) -> str:
        sign, word, _ = _SIGNS[self.status]
        return f"{sign} Exercise {self.exercise_id}: {word} {self.message}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        sign, word, colour = _SIGNS[self.status]
        style = (
            f"border-left: 5px solid {colour}; background: #fffdf8; color: #1f1f1f; padding: 0.5em 0.8em; max-width: 60em"
        )
        html = (
            f'<div role="status" style="{style}"><b style="color: {colour}">{sign} Exercise {self.exercise_id}: {word}</b> '
            f"{_formatted(self.message)}</div>"
        )
        return {"text/html": html, "text/plain": str(self)}


def _formatted(message: str) -> str:
    """Turn a message into HTML: `code` and *stress* as in the text of a lesson, everything else as it is written."""
    html = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(message))
    return re.sub(r"(?<![\w*])\*(\w[\w ]*)\*(?![\w*])", r"<em>\1</em>", html)


def check(exercise_id: str, answer: Any) -> None:
    """Say at once whether an answer to a "your turn" exercise is right.

    Parameters
    ----------
    exercise_id : str
        The number of the exercise, for example ``"01.2"``.
    answer : object
        Your answer; ``...`` (three dots) means that you have not answered yet.

    Returns
    -------
    None
        The feedback is displayed: right, not yet (with a hint), or not answered.

    Raises
    ------
    ValueError
        If there is no such exercise; the message lists those of the lesson.
    """
    put(mark(exercise_id, answer))


def mark(exercise_id: str, answer: Any) -> Feedback:
    """Mark an answer without displaying anything.

    Parameters
    ----------
    exercise_id : str
        The number of the exercise.
    answer : object
        The answer.

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        If there is no such exercise.
    """
    exercise = _exercise(exercise_id)
    if answer is ...:
        return Feedback(
            exercise_id, "not answered", "Put your answer in the place of the three dots and run the cell again."
        )
    hint = exercise.hint(answer)
    if hint:
        return Feedback(exercise_id, "not yet", hint)
    return Feedback(exercise_id, "right", exercise.praise)


def exercise_ids(lesson: str) -> list[str]:
    """Return the numbers of a lesson's exercises.

    Parameters
    ----------
    lesson : str
        The number of the lesson, two digits: ``"01"``.

    Returns
    -------
    list of str
        Empty if the lesson has no exercises.
    """
    return list(_exercises_of(lesson))


def _exercise(exercise_id: str) -> Exercise:
    lesson = str(exercise_id)[:2]
    exercises = _exercises_of(lesson)
    if exercise_id not in exercises:
        known = (
            f"Lesson {lesson} has: {', '.join(exercises)}."
            if exercises
            else f"There is no lesson {lesson!r} with exercises."
        )
        raise ValueError(f"There is no exercise {exercise_id!r}. {known}")
    return exercises[exercise_id]


def _exercises_of(lesson: str) -> dict[str, Exercise]:
    name = f"{__package__}.lesson_{lesson}"
    if not lesson.isdigit() or importlib.util.find_spec(name) is None:
        return {}
    exercises: dict[str, Exercise] = importlib.import_module(name).EXERCISES
    return exercises
