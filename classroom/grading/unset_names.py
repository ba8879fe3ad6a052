"""Say which name a question asks for and a student's cells do not set: the most common reason why nothing can be read."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from ..assignments.assignment import Assignment
from ..submissions.align import AlignedSubmission, PlacedCell
from ..submissions.dependencies import names_of
from .points import Score


def with_sentence(score: Score, assignment: Assignment, work: AlignedSubmission) -> Score:
    """Add to a score of which nothing could be read what the student can put right; the same if there is nothing to say."""
    if score.reason != "stopped" or score.sentence:
        return score
    item = next(item for item in assignment.items if item.grade_id == score.grade_id)
    section = [cell for cell in work.section(item.question) if cell.kind == "code"]
    stubs = [names_of(cell.origin.source).writes for cell in section if cell.origin is not None]
    asked = {name for hidden in item.hidden for name in names_of(hidden.read).reads} & set().union(*stubs)
    before = [cell for cell in work.cells if cell.kind == "code" and cell.own]
    for name in sorted(asked):
        if sentence := _sentence(name, before, section):
            return replace(score, sentence=sentence)
    return score


def _sentence(name: str, cells: Iterable[PlacedCell], section: Iterable[PlacedCell]) -> str:
    """Say that a name is not set, or still holds the three dots; nothing where a cell cannot be read as Python."""
    last: str | None = None
    made: set[str] = set()
    try:
        for cell in cells:
            statements = ast.parse(cell.source).body
            if name in names_of(cell.source).writes:
                last = _value(name, statements)
        for cell in section:
            made |= names_of(cell.source).writes - {name}
    except (SyntaxError, ValueError, RecursionError):
        return ""
    if last == "dots":
        return f"The name {name} still holds the three dots. Write your answer behind “{name} =”."
    if last is not None:
        return ""
    other = f" Your cells set {next(iter(made))}." if len(made) == 1 else ""
    return f"Your cells do not set {name}, the name for which the question asks.{other}"


def _value(name: str, statements: list[ast.stmt]) -> str:
    """Say what a cell leaves in a name: the dots, or something else."""
    setting = [one for one in statements if name in _set_by(one)]
    last = setting[-1] if setting else None
    plain = isinstance(last, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in last.targets)
    dots = plain and isinstance(last.value, ast.Constant) and last.value.value is ...  # type: ignore[union-attr]
    return "dots" if dots else "other"


def _set_by(statement: ast.stmt) -> set[str]:
    return {one.id for one in ast.walk(statement) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
