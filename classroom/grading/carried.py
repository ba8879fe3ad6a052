"""Carried errors: a part that follows from a wrong part before it is judged on what the student had there.

The author says what a later part leans on (`given`, read from the student's work) and what follows from it (`carry`, read
from the tables). What a student had is taken as plain data; what follows is worked out in a process in which no code of
theirs runs. So a later part earns its points if it is what follows, on every table, also on hidden ones.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..assignments.assignment import Assignment, GradedCell
from ..sandbox.messages import Answer, Cell, Job, Limits, Probe, Report
from ..submissions.align import AlignedSubmission
from .equality import same
from .points import Score
from .probes import REAL, SEEN, Asked, base_of, job_for, probe_id, probes_for_given, tables_for

Run = Callable[[Job], Report]
_MAX_ENTRIES, _MAX_TEXT = 2_000, 200


@dataclass(frozen=True)
class Submission:
    """What is known of a submission after its first run."""

    job_id: str
    work: AlignedSubmission
    asked: Mapping[str, Asked]
    report: Report
    limits: Limits | None


def with_carried(assignment: Assignment, one: Submission, scores: Sequence[Score], seed: str, run: Run) -> tuple[Score, ...]:
    """Return the scores that a submission earned by itself, with those that follow from what the student had before.

    `run` runs a job in the sandbox. It is called only for a submission with such a part that is wrong.
    """
    items = {item.grade_id: item for item in assignment.items}
    wrong = [
        items[score.grade_id]
        for score in scores
        if score.reason in ("differs", "differs on other tables")
        and any(line.carry for line in items[score.grade_id].hidden)
    ]
    right = {item.grade_id for item in wrong if _follows(assignment, item, one, seed, run)}
    return tuple(
        replace(score, points=items[score.grade_id].points, reason="carried", sentence="")
        if score.grade_id in right
        else score
        for score in scores
    )


def _follows(assignment: Assignment, item: GradedCell, one: Submission, seed: str, run: Run) -> bool:
    own = {about for about in one.asked.values() if about.grade_id == item.grade_id}
    given = _answers(
        run(job_for(f"{one.job_id}-given", one.work, probes_for_given(assignment, one.work, item, seed), one.limits))
    )
    probes = list(_what_follows(assignment, item, one.work, own, given, seed))
    if not probes:
        return False
    # Of all cells only those that were given out, as they were given out: none of the student's.
    base = base_of(one.work)
    cells = tuple(Cell(cell.cell_id, cell.source) for cell in one.work.cells if cell.cell_id in base)
    job = Job(f"{one.job_id}-follows", cells, tuple(probes), one.limits or Limits(), base[-1] if base else "", base)
    follows, first = _answers(run(job)), _answers(one.report)

    def right(about: Asked) -> bool:
        line, name = item.hidden[about.line], probe_id(about)
        mine, expected = first.get(name), follows.get(name)
        if not (mine and expected and mine.state == expected.state == "ok") or _empty(expected.value):
            return False
        return same(mine.value, expected.value, line.compare, line.tolerance)

    lines = [number for number, line in enumerate(item.hidden) if line.carry]
    ways = {about.way for about in own if about.way != SEEN and about.variant != REAL}
    elsewhere = [{about for about in own if about.way == way and about.variant != REAL} for way in ways]
    return (
        len(lines) == len(item.hidden)
        and all(right(about) for about in own if about.way == SEEN)
        and (not elsewhere or any(all(map(right, contexts)) for contexts in elsewhere))
    )


def _what_follows(
    assignment: Assignment,
    item: GradedCell,
    work: AlignedSubmission,
    own: set[Asked],
    given: Mapping[str, Answer],
    seed: str,
) -> Iterator[Probe]:
    base = base_of(work)
    for about in sorted(own, key=probe_id):
        answer, carry = given.get(probe_id(about)), item.hidden[about.line].carry
        literal = _literal(answer.value) if answer and answer.state == "ok" else None
        if literal is None or (about.variant == REAL and about.way != SEEN):
            continue
        tables, frames = tables_for(seed, assignment, about.variant)
        read = ast.unparse(_WithGiven(literal).visit(ast.parse(carry, mode="eval")))
        yield Probe(probe_id(about), read, "", base, tables, frames)


class _WithGiven(ast.NodeTransformer):
    """Write what the student had in the place of the name ``given``."""

    def __init__(self, literal: ast.expr) -> None:
        self.literal = literal

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.literal if node.id == "given" else node


def _literal(value: Any) -> ast.expr | None:
    """Return a student's list of texts and numbers as Python that holds nothing else; None for any other value."""
    if (
        not isinstance(value, Mapping)
        or value.get("type") not in ("list", "tuple")
        or not isinstance(value.get("items"), list)
    ):
        return None
    items = value["items"]
    plain = all(isinstance(item, int | float) or (isinstance(item, str) and len(item) <= _MAX_TEXT) for item in items)
    if not plain or not 0 < len(items) <= _MAX_ENTRIES:
        return None
    return ast.List([ast.Constant(item) for item in items], ast.Load())


def _empty(value: Any) -> bool:
    """Say whether nothing follows: an empty part (a) must not make an empty part (b) right."""
    return isinstance(value, Mapping) and not any(value.get(name) for name in ("items", "values", "rows"))


def _answers(report: Report) -> dict[str, Answer]:
    return {answer.probe_id: answer for answer in report.answers}
