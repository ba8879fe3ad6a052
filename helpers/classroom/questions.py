"""Turn an assignment and a submission into a job for the engine: the cells to run, and the hidden questions to put.

Each hidden line is put on the real tables and on each variant. If a student's answer leans on a cell that the assignment
does not run again, the line is put a second time with that cell: either way may show that the answer is right, for in both
the student's own code meets tables that it has not seen.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .assignment import Assignment, Hidden, Item
from .engine.contract import Cell, Job, Limits, Probe
from .engine.tables import pickled
from .normalise import Normalised, PlacedCell
from .slices import cells_behind, names_of
from .submission import SubmittedCell, cells_of
from .variants import variant_tables

REAL = 0


@dataclass(frozen=True)
class Asked:
    """Which hidden question a probe puts: the item, its line, and the variant (0 for the real tables)."""

    grade_id: str
    line: int
    variant: int


@dataclass(frozen=True)
class Questions:
    """The probes for one submission, and what each of them asks."""

    probes: tuple[Probe, ...]
    asked: Mapping[str, Asked]


def questions_for(assignment: Assignment, work: Normalised, seed: str) -> Questions:
    """Return the hidden questions to one submission.

    Parameters
    ----------
    assignment : Assignment
        The assignment.
    work : Normalised
        The submission in order.
    seed : str
        From it the variants of the tables are made.

    Returns
    -------
    Questions
    """
    probes: list[Probe] = []
    asked: dict[str, Asked] = {}
    for item in assignment.items:
        for line, hidden in enumerate(item.hidden):
            ways = _ways(item, hidden, work)
            for variant in range(hidden.variants + 1):
                for way, rerun in enumerate(ways):
                    probe_id = f"{item.grade_id}/{line}/{variant}/{way}"
                    tables, frames = _tables(seed, assignment.name, variant, tuple(sorted(set(hidden.bind.values()))))
                    probes.append(Probe(probe_id, tables, dict(hidden.bind), rerun, _unshadowed(hidden.read), frames))
                    asked[probe_id] = Asked(item.grade_id, line, variant)
    return Questions(tuple(probes), asked)


def job_for(job_id: str, work: Normalised, questions: Questions, limits: Limits | None = None) -> Job:
    """Return what the engine is to do with one submission.

    Parameters
    ----------
    job_id : str
        The name under which its report comes back.
    work : Normalised
        The submission in order.
    questions : Questions
        The hidden questions.
    limits : Limits, optional
        What it may use.

    Returns
    -------
    Job
    """
    cells = tuple(Cell(cell.cell_id, cell.source) for cell in work.cells if cell.kind == "code")
    return Job(job_id, cells, questions.probes, limits or Limits())


def solution_of(assignment: Assignment) -> tuple[SubmittedCell, ...]:
    """Return the solution as if it had been handed in.

    Parameters
    ----------
    assignment : Assignment
        The assignment.

    Returns
    -------
    tuple of SubmittedCell
    """
    return cells_of(assignment.source)


class _FromBuiltins(ast.NodeTransformer):
    """Read the names of built-ins from where they come from."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if not isinstance(node.ctx, ast.Load) or not hasattr(builtins, node.id) or node.id == "__import__":
            return node
        return ast.parse(f"__import__('builtins').{node.id}", mode="eval").body


@lru_cache(maxsize=256)
def _unshadowed(read: str) -> str:
    """Return an expression that works also for a student who has called a variable ``str`` or ``list``."""
    return ast.unparse(_FromBuiltins().visit(ast.parse(read, mode="eval")))


def _ways(item: Item, hidden: Hidden, work: Normalised) -> tuple[tuple[str, ...], ...]:
    if not hidden.rerun:
        return (hidden.rerun,)
    behind = _behind(item, hidden, work.cells)
    if behind <= set(hidden.rerun):
        return (hidden.rerun,)
    wanted = behind | set(hidden.rerun)
    return (hidden.rerun, tuple(cell.cell_id for cell in work.cells if cell.cell_id in wanted and cell.kind == "code"))


def _behind(item: Item, hidden: Hidden, cells: tuple[PlacedCell, ...]) -> set[str]:
    """Return the student's own cells before a check on which the answer depends."""
    position = next(place for place, cell in enumerate(cells) if cell.cell_id == item.grade_id)
    before = [(cell.cell_id, cell.source) for cell in cells[:position] if cell.kind == "code" and cell.own]
    return set(cells_behind(names_of(hidden.read).reads, before))


@lru_cache(maxsize=256)
def _tables(
    seed: str, assignment: str, variant: int, names: tuple[str, ...]
) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """The tables that are swapped: as CSV, and loaded."""
    if variant == REAL:
        return {}, {}
    made = _variant(seed, assignment, variant)
    tables = {name: made[name] for name in names if name in made}
    return tables, pickled(tables)


@lru_cache(maxsize=16)
def _variant(seed: str, assignment: str, variant: int) -> Mapping[str, bytes]:
    return variant_tables(seed, assignment, variant)
