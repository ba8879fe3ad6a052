"""What an exercise is, how an answer is marked, and how the feedback looks."""

from __future__ import annotations

import importlib
import importlib.util
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Literal

from .. import solved
from ..language import attributes, direction, later, say
from ..output import put
from . import folded
from .answers import NOTHING, Kept, fold, holds_dots, quoted
from .folded import formatted

Status = Literal["right", "not yet", "not answered", "no exercise"]

_SIGNS: dict[Status, tuple[str, str, str]] = {
    "right": ("✔", later("Right."), "#1b6e3c"),
    "not yet": ("✎", later("Not yet."), "#8a4b00"),
    "not answered": ("…", later("Not answered yet."), "#4a4a4a"),
    "no exercise": ("?", later("Which one?"), "#4a4a4a"),
}
_FORM_COMPLETE = ("☑", later("Form complete."), "#1f4e79")
UNTOUCHED = later("Put your answer in the place of the three dots and run the cell again.")
TEMPLATE = later("These are the words that stood here before. Put yours in their place and run the cell again.")
MAX_HALF = 600  # signs of a hint, at its beginning and at its end
UNREADABLE = later("This could not be read as an answer. Compare it with what the question asks for.")


@dataclass(frozen=True)
class Exercise:
    """One exercise."""

    # Takes the answer; returns "" if it is right, `UNTOUCHED` or `TEMPLATE` if nothing was written yet, else a hint that
    # does not contain the answer.
    hint: Callable[[Any], str]
    # One or two sentences that say what a right answer shows; where only the form is looked at, what was looked at.
    praise: str
    # Whether what counts, the judgement or the sentence, is not marked. Then the feedback does not say "Right".
    form_only: bool = False
    kept_until: Callable[[], str] = lambda: ""  # returns what is still to be done before good answers are shown, or ""


@dataclass(frozen=True)
class Feedback:
    """The answer to an answer: displays itself in a notebook. `received` quotes the answer, on one line.

    `folds` are parts that stand folded away beneath; a place that shows text only is told the call that shows them.
    """

    exercise_id: str
    status: Status
    message: str
    received: str = ""
    form_only: bool = False
    folds: tuple[folded.Fold, ...] = ()

    @property
    def _look(self) -> tuple[str, str, str]:
        return _FORM_COMPLETE if self.form_only and self.status == "right" else _SIGNS[self.status]

    def __str__(self) -> str:
        sign = self._look[0]
        gave = " " + say("You gave: {received}", received=self.received) if self.received else ""
        return f"{sign} {self._head} {self.message}{gave}"

    @property
    def _head(self) -> str:
        return say("Exercise {number}: {word}", number=self.exercise_id, word=say(self._look[1]))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        sign, colour = self._look[0], self._look[2]
        received = f"<code>{escape(self.received)}</code>"
        gave = f"<br>{say('You gave: {received}', received=received)}" if self.received else ""
        side = "right" if direction() == "rtl" else "left"
        style = (
            f"border-{side}: 5px solid {colour}; background: #fffdf8; color: #1f1f1f; padding: 0.5em 0.8em; max-width: 60em"
        )
        html = (
            f'<div role="status"{attributes()} style="{style}"><b style="color: {colour}">{sign} {escape(self._head)}</b> '
            f"{formatted(self.message)}{gave}{folded.as_details(self.folds)}</div>"
        )
        return {"text/html": html, "text/plain": str(self)}


def check(exercise_id: str, answer: Any = ..., *more: Any) -> None:
    """Say at once whether an answer to a "your turn" exercise is right.

    Parameters
    ----------
    exercise_id : str
        The number of the exercise, for example ``"01.2"``.
    answer : object
        Your answer; ``...`` (three dots) means that you have not answered yet.
    *more : object
        What a comma in the answer splits off: it is read together with the answer.

    Returns
    -------
    None
        The feedback is displayed: right, not yet (with a hint and what you gave), not answered, or that there is no such
        exercise. Nothing is raised, whatever the answer.
    """
    try:
        feedback = mark(exercise_id, (answer, *more) if more else answer)
    except ValueError as problem:
        shown = exercise_id if issubclass(type(exercise_id), str) else quoted(exercise_id)
        feedback = Feedback(shown, "no exercise", str(problem))
    if feedback.status == "right":
        solved.remember(exercise_id)
    put(replace(feedback, folds=_folds(feedback)))


_tries: dict[str, set[str]] = {}  # different answers that were not right yet, since this notebook was opened


def _folds(feedback: Feedback) -> tuple[folded.Fold, ...]:
    """What is folded beneath: at first a hint, after some honest tries a solution, after success another way."""
    number = feedback.exercise_id
    if feedback.status == "right":
        return () if kept_until(number) else tuple(folded.answers(number))
    if feedback.status != "not yet":
        return ()
    tries = _tries.setdefault(number, set())
    tries.add(f"{feedback.received} {feedback.message}")
    shown = folded.second_hint(number)
    if len(tries) >= folded.MIN_TRIES and not kept_until(number):
        shown += folded.answers(number)
    return tuple(shown)


def kept_until(exercise_id: str) -> str:
    """Say what is still to be done before good answers are shown; "" if nothing."""
    try:
        written = exercise_id in solved.since_opened() or exercise_id in solved.days()
    except ValueError:
        written = False
    if folded.is_judgement(exercise_id) and not written:
        return say(
            "Good answers to this question disagree. They are shown when `check` has accepted the form of your own: "
            "write it first."
        )
    return _exercise(exercise_id).kept_until()


def mark(exercise_id: str, answer: Any) -> Feedback:
    """Mark an answer without displaying anything; an answer never raises anything.

    `ValueError` if there is no such exercise: the message lists those of the lesson.
    """
    exercise = _exercise(exercise_id)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            hint = _hint(exercise, answer)
    except KeyboardInterrupt:
        raise
    except BaseException:  # an answer can be an object, or a function, that stops in any way
        hint = UNREADABLE
    if hint in (UNTOUCHED, TEMPLATE):
        return Feedback(exercise_id, "not answered", say(hint))
    if hint:
        return Feedback(exercise_id, "not yet", _short(say(hint)), quoted(answer))
    return Feedback(exercise_id, "right", say(exercise.praise), form_only=exercise.form_only)


def _hint(exercise: Exercise, answer: Any) -> str:
    if answer is None:
        return NOTHING
    answer = Kept(answer) if isinstance(answer, Iterator) else answer
    return UNTOUCHED if holds_dots(answer) else exercise.hint(answer)


def _short(hint: str) -> str:
    """A hint that stays readable, however long the word or the text that it quotes."""
    hint = re.sub(r"(\S{60})\S{20,}", r"\1…", hint)
    return hint if len(hint) <= 2 * MAX_HALF else f"{hint[:MAX_HALF]} … {hint[-MAX_HALF:]}"


def exercise_ids(lesson: str) -> list[str]:
    """Return the numbers of a lesson's exercises; the lesson has two digits: ``"01"``. Empty if it has none."""
    return list(_exercises_of(lesson))


def _exercise(exercise_id: Any) -> Exercise:
    lesson = exercise_id[:2] if issubclass(type(exercise_id), str) else ""
    exercises = _exercises_of(lesson)
    if issubclass(type(exercise_id), str) and exercise_id in exercises:
        return exercises[exercise_id]
    if meant := _meant(exercise_id):
        raise ValueError(say('Write the number of the exercise so: "{meant}".', meant=meant))
    known = (
        say("Lesson {lesson} has: {numbers}.", lesson=lesson, numbers=", ".join(exercises))
        if exercises
        else say("There is no lesson {lesson!r} with exercises.", lesson=lesson)
    )
    if not issubclass(type(exercise_id), str):
        known = say('The number is a string, as in check("01.1", …).')
    shown = repr(exercise_id) if issubclass(type(exercise_id), str) else quoted(exercise_id)
    raise ValueError(say("There is no exercise {shown}. {known}", shown=shown, known=known))


def _meant(exercise_id: Any) -> str:
    """The number that somebody means who writes 1.1, "1.1", " 01.1 " or "01,1"; empty if there is no such exercise."""
    if not issubclass(type(exercise_id), (str, float)):
        return ""
    found = re.fullmatch(r"\D*?(\d{1,2})\s*[.,:]\s*(\d)\W*", fold(str(exercise_id)))
    number = f"{found[1]:0>2}.{found[2]}" if found else ""
    return number if number in _exercises_of(number[:2]) else ""


def _exercises_of(lesson: str) -> dict[str, Exercise]:
    name = f"{__package__}.lesson_{lesson}"
    if not (lesson.isascii() and lesson.isdigit()) or importlib.util.find_spec(name) is None:
        return {}
    exercises: dict[str, Exercise] = importlib.import_module(name).EXERCISES
    return exercises
