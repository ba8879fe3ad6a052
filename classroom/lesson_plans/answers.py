"""The answers to a lesson's exercises, for the teacher alone: written into build/, which nobody hands out."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from helpers.exercises import exercise_ids

from ..errors import TeacherError
from ..files import write_if_changed

ROWS = 12  # of an answer that is a table


def write_answers(number: str, folder: Path) -> Path:
    """Write the page with the answers to the exercises of a lesson (``"03"``); `TeacherError` if the course knows none."""
    try:
        known: Any = importlib.import_module(f"content.lessons.lesson_{number}")
    except ModuleNotFoundError:
        raise TeacherError(
            f"There are no solutions of a lesson {number!r}: content/lessons/lesson_{number}.py is missing."
        ) from None
    parts = [f"# Lesson {number}: answers, for the teacher"]
    parts += [
        "Made from the solutions that the tests use. Other ways to the same answer are right too: `check` accepts them."
    ]
    names: dict[str, Any] = {}
    exec(getattr(known, "CONTEXT", ""), names)  # the course's own code, which its tests run too
    for exercise in exercise_ids(number):
        parts.append(f"## {exercise}")
        told = _told(number, exercise)
        if told is None:
            parts += _answer(_first(known.SOLUTIONS[exercise]), names)
            continue
        parts.append(f"*A hint*: {told.hint}")
        for answer in told.answers:
            parts += [*_answer(answer.code, names), answer.reading]
    path = folder / f"lesson_{number}.md"
    write_if_changed(path, ("\n\n".join(part for part in parts if part) + "\n").encode())
    return path


def _told(number: str, exercise: str) -> Any:
    """Return the hint and the answers that students may open, if the course has such."""
    package = "helpers.exercises.solutions"
    if importlib.util.find_spec(package) is None or importlib.util.find_spec(f"{package}.lesson_{number}") is None:
        return None
    return importlib.import_module(f"{package}.lesson_{number}").SOLUTIONS.get(exercise)


def _first(solution: Any) -> Any:
    """Return one good answer: code, or a function that gives it."""
    if isinstance(solution, dict):
        return solution.get("solution") or solution["equivalent"][0]
    return solution


def _answer(solution: Any, names: dict[str, Any]) -> list[str]:
    """Return the code of a solution, and what it gives."""
    if callable(solution):
        return [_shown(solution())]
    return [f"```python\n{solution.strip()}\n```", _shown(_value(solution, dict(names)))]


def _value(code: str, names: dict[str, Any]) -> Any:
    """Run code, and return the value of its last line, or what that line gives a name."""
    tree = ast.parse(code)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
        exec(compile(tree, "<solution>", "exec"), names)
        return eval(compile(ast.Expression(last.value), "<solution>", "eval"), names)
    exec(code, names)
    target = last.targets[0] if isinstance(last, ast.Assign) else None
    return names.get(target.id) if isinstance(target, ast.Name) else None


def _shown(value: Any) -> str:
    """Return a value as the teacher reads it: a table by its first columns, a figure by its title."""
    if isinstance(value, pd.DataFrame):
        wanted = [name for name in ("event_id", "date", "title", "claim_id", "source_id") if name in value] or list(value)[
            :4
        ]
        return f"```text\n{value[wanted].head(ROWS).to_string(index=False)}\n```\n\n{len(value)} rows."
    if isinstance(value, Legend | Figure):
        return "A figure."
    if isinstance(value, Axes):
        return f"A figure: {value.get_title(loc='left') or value.get_title() or 'without a title'}."
    return f"```text\n{value}\n```" if value is not None else ""
