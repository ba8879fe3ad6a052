"""What a solution is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """Code that can stand in the exercise's cell, before its check, and how to read it."""

    code: str
    reading: str


@dataclass(frozen=True)
class Solution:
    """A second hint, which holds no answer, and one answer; two that disagree where a judgement is asked for."""

    hint: str
    answers: tuple[Answer, ...]


def one(hint: str, code: str, reading: str) -> Solution:
    """A solution with one answer."""
    return Solution(hint, (Answer(code, reading),))


def two(hint: str, *answers: tuple[str, str]) -> Solution:
    """A judgement with two answers, each with its reading."""
    return Solution(hint, tuple(Answer(*answer) for answer in answers))
