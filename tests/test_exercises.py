"""Exercises, proved by mutation: right answers pass, plausible wrong ones do not, and no hint contains the answer."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from matplotlib.axes import Axes

from helpers import load
from helpers.checks import check, exercise_ids
from helpers.checks.feedback import Feedback, mark
from tests.lesson import facts_of as solutions
from tools.student_copy import lessons

LESSONS = [path.name[:2] for path in lessons()]


def cases(*kinds: str) -> list[Any]:
    return [
        pytest.param(lesson, exercise, code, id=f"{exercise}-{kind}-{number}")
        for lesson in LESSONS
        for exercise, entry in solutions(lesson).SOLUTIONS.items()
        for kind in kinds
        for number, code in enumerate([entry[kind]] if isinstance(entry[kind], str) else entry[kind])
    ]


@cache
def _context(lesson: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(solutions(lesson).CONTEXT, names)
    return names


def fresh(lesson: str) -> dict[str, Any]:
    """The names that a lesson has made before its exercises: tables are copies, axes are new."""
    names = {
        name: value.copy() if isinstance(value, (pd.DataFrame, pd.Series)) else value
        for name, value in _context(lesson).items()
    }
    if isinstance(names.get("ax"), Axes):
        names["fig"], names["ax"] = plt.subplots()
    return names


def answer_of(lesson: str, code: str) -> Any:
    """Run code after the lesson's context; its last line is the answer."""
    names = fresh(lesson)
    tree = ast.parse(code)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "<solution>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<solution>", "eval"), names)


@pytest.fixture(autouse=True, scope="module")
def tables_read_once() -> Iterator[None]:
    """Each table is read and checked against the schema once, not at every answer; each answer gets a copy."""
    tables: dict[str, pd.DataFrame] = {}

    def load_copy(name: str) -> pd.DataFrame:
        if name not in tables:
            tables[name] = load(name)
        return tables[name].copy()

    with pytest.MonkeyPatch.context() as patch:
        for module in [sys.modules[name] for name in sorted(sys.modules) if name.startswith("helpers.checks.")]:
            if hasattr(module, "load"):
                patch.setattr(module, "load", load_copy)
        yield


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exercise_has_a_solution_an_equivalent_and_wrong_answers(lesson: str) -> None:
    known = solutions(lesson).SOLUTIONS
    assert list(known) == exercise_ids(lesson)
    assert 3 <= len(known) <= 5
    for exercise, entry in known.items():
        assert len(entry["equivalent"]) >= 1 and len(entry["wrong"]) >= 3, exercise


@pytest.mark.parametrize(("lesson", "exercise", "code"), cases("solution", "equivalent"))
def test_right_answers_pass(lesson: str, exercise: str, code: str) -> None:
    feedback = mark(exercise, answer_of(lesson, code))
    assert feedback.status == "right", str(feedback)


@pytest.mark.parametrize(("lesson", "exercise", "code"), cases("wrong"))
def test_wrong_answers_fail_with_a_hint_that_leaks_nothing(lesson: str, exercise: str, code: str) -> None:
    feedback = mark(exercise, answer_of(lesson, code))
    assert feedback.status == "not yet" and feedback.message, str(feedback)
    right = answer_of(lesson, solutions(lesson).SOLUTIONS[exercise]["solution"])
    for part in parts_of(right):
        assert part not in feedback.message.lower(), f"the hint contains {part!r}: {feedback.message}"


def parts_of(answer: Any) -> list[str]:
    """What a hint must not contain: the answer, or an entry of it. Words of the question itself are allowed."""
    if isinstance(answer, pd.DataFrame):
        names = answer["title"] if "title" in answer.columns else answer.iloc[:, 0]
        return [str(name).lower() for name in names if len(str(name).split()) > 1]
    if isinstance(answer, (pd.Series, list, tuple)):
        entries = [str(entry).lower() for entry in answer]
        return [entry for entry in entries if len(entry.split()) > 1] or [", ".join(entries[:2]), " ".join(entries)]
    if isinstance(answer, str) and len(answer.split()) > 5:
        return [answer.lower()]
    return [str(answer).lower()]


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_exercise_that_is_not_answered_says_so(lesson: str) -> None:
    for exercise in exercise_ids(lesson):
        assert mark(exercise, ...).status == "not answered"
        for code in solutions(lesson).SOLUTIONS[exercise].get("untouched", []):
            assert mark(exercise, answer_of(lesson, code)).status == "not answered", code


def test_feedback_looks_like_the_text_of_a_lesson_and_shows_what_was_written() -> None:
    message = "*After* and `<b>`, but 2 * 3 * 4 and a*b*c stay."
    html = Feedback("07.5", "right", message)._repr_mimebundle_()["text/html"]
    assert "<em>After</em> and <code>&lt;b&gt;</code>, but 2 * 3 * 4 and a*b*c stay.</div>" in html


def test_an_unknown_exercise_is_answered_with_the_list() -> None:
    with pytest.raises(ValueError, match=r"no exercise '01\.9'.*01\.1, 01\.2"):
        check("01.9", 1)
    with pytest.raises(ValueError, match="no lesson '77'"):
        check("77.1", 1)


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_the_lesson_asks_each_exercise_once_in_order_and_holds_no_solution(path: Any) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.findall(r'check\("(\d\d\.\d)"', code) == exercise_ids(path.name[:2])
    assert re.findall(r"\*\*Your turn (\d\d\.\d)\.\*\*", prose) == exercise_ids(path.name[:2])
    for exercise, entry in solutions(path.name[:2]).SOLUTIONS.items():
        if not entry["solution"].startswith("'"):  # a literal answer may occur as an id elsewhere in a lesson
            assert entry["solution"].replace("'", '"') not in code, exercise
