"""Turn an assignment and a submission into a job for the engine: the cells to run, and the hidden questions to put.

Each hidden line is put to what the student's own run has left, right after the cell with the points, and on other tables.
There it begins from what a clean run would have: the locked cells, then the answer. If an answer leans on a cell of the
student's own, or on the answer to another question, there is a second way, and a third, with these. One way must be right on
all tables.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from helpers import data

from ..assignments.assignment import Assignment, GradedCell
from ..assignments.hidden_tables import variant_tables
from ..errors import TeacherError
from ..sandbox.inside.tables import pickled
from ..sandbox.messages import Cell, Job, Limits, Probe
from ..submissions.align import AlignedSubmission, PlacedCell
from ..submissions.dependencies import cells_behind, is_plain, names_of
from ..submissions.notebook import SubmittedCell, cells_of

REAL, SEEN = 0, -1
Swapped = tuple[Mapping[str, bytes], Mapping[str, bytes]]  # the tables that are swapped: as CSV, and loaded


@dataclass(frozen=True)
class Asked:
    """Which hidden question a probe puts: the item, its line, the variant (0 for the real tables), and in which way."""

    grade_id: str
    line: int
    variant: int
    way: int  # `SEEN` for what the student's own run has left


@dataclass(frozen=True)
class Questions:
    """The probes for one submission, and what each of them asks."""

    probes: tuple[Probe, ...]
    asked: Mapping[str, Asked]


def questions_for(assignment: Assignment, work: AlignedSubmission, seed: str, *, thorough: bool = False) -> Questions:
    """Return the hidden questions to one submission; if `thorough`, its cells run again on the real tables in any case."""
    probes: list[Probe] = []
    asked: dict[str, Asked] = {}

    def ask(about: Asked, probe: Probe) -> None:
        probes.append(probe)
        asked[probe.probe_id] = about

    base = base_of(work)
    apart = not all(is_plain(cell.source) for cell in work.cells if cell.own and cell.kind == "code")
    for item in assignment.items:
        ways = _ways(item, work, base) if item.hidden else ()
        for line, hidden in enumerate(item.hidden):
            read = _unshadowed(hidden.read)
            about = Asked(item.grade_id, line, REAL, SEEN)
            ask(about, Probe(probe_id(about), read, after=item.grade_id, apart=apart or _calls(read)))
            for variant in range(hidden.variants + 1):
                tables, frames = _tables(seed, assignment.name, variant, assignment.tables)
                for way, cells in enumerate(ways):
                    about = Asked(item.grade_id, line, variant, way)
                    if_changed = variant == REAL and not thorough
                    ask(about, Probe(probe_id(about), read, "", cells, tables, frames, apart, if_changed))
    return Questions(tuple(probes), asked)


def probes_for_given(assignment: Assignment, work: AlignedSubmission, item: GradedCell, seed: str) -> Questions:
    """Return probes that read what a later part leans on, where `questions_for` asks for that part: see `carried`."""
    probes: list[Probe] = []
    asked: dict[str, Asked] = {}
    ways = _ways(item, work, base_of(work))
    for line, hidden in enumerate(item.hidden):
        if not hidden.given:
            continue
        read = _unshadowed(hidden.given)
        about = Asked(item.grade_id, line, REAL, SEEN)
        asked[probe_id(about)] = about
        probes.append(Probe(probe_id(about), read, after=item.grade_id, apart=True))
        for variant in range(1, hidden.variants + 1):
            tables, frames = tables_for(seed, assignment, variant)
            for way, cells in enumerate(ways):
                about = Asked(item.grade_id, line, variant, way)
                asked[probe_id(about)] = about
                probes.append(Probe(probe_id(about), read, "", cells, tables, frames, True))
    return Questions(tuple(probes), asked)


def tables_for(seed: str, assignment: Assignment, variant: int) -> Swapped:
    """Return the tables that are swapped in a variant, as CSV and loaded; none for the real tables."""
    return _tables(seed, assignment.name, variant, assignment.tables)


def probe_id(about: Asked) -> str:
    """Return the name of a probe."""
    return f"{about.grade_id}/{about.line}/{about.variant}/{about.way}"


def base_of(work: AlignedSubmission) -> tuple[str, ...]:
    """Return the ids of the locked code cells before the first answer: what every answer may use."""
    first = next((at for at, cell in enumerate(work.cells) if cell.own), len(work.cells))
    return tuple(cell.cell_id for cell in work.cells[:first] if cell.kind == "code")


def job_for(job_id: str, work: AlignedSubmission, questions: Questions, limits: Limits | None = None) -> Job:
    """Return what the sandbox is to do with one submission."""
    cells = tuple(Cell(cell.cell_id, cell.source) for cell in work.cells if cell.kind == "code")
    base = base_of(work)
    return Job(job_id, cells, questions.probes, limits or Limits(), base[-1] if base else "", base)


def solution_of(assignment: Assignment) -> tuple[SubmittedCell, ...]:
    """Return the solution as if it had been handed in."""
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


@lru_cache(maxsize=256)
def _calls(read: str) -> bool:
    """Whether a hidden line calls a function of the student's, which may change what the cells below it see."""
    calls = [node.func for node in ast.walk(ast.parse(read, mode="eval")) if isinstance(node, ast.Call)]
    return any(isinstance(called, ast.Name) and called.id != "__import__" for called in calls)


def _ways(item: GradedCell, work: AlignedSubmission, base: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the cells that run for a question: the locked ones and the answer; with own cells; with other answers too."""
    position = next(place for place, cell in enumerate(work.cells) if cell.cell_id == item.grade_id)
    before = [cell for cell in work.cells[:position] if cell.kind == "code" and cell.cell_id not in base]
    reads = frozenset().union(*(names_of(hidden.read).reads for hidden in item.hidden))
    ways = []
    for allowed in (_is_locked, _is_locked_or_added, _is_no_check):
        cells = [cell for cell in before if _answers(cell, item) or allowed(cell)]
        behind = set(cells_behind(reads, [(cell.cell_id, cell.source) for cell in cells]))
        ways.append((*base, *(cell.cell_id for cell in cells if cell.cell_id in behind or _answers(cell, item))))
    return tuple(dict.fromkeys(ways))


def _answers(cell: PlacedCell, item: GradedCell) -> bool:
    return cell.origin is not None and cell.origin.answer and cell.cell_id.split("-")[0] == item.question


def _is_locked(cell: PlacedCell) -> bool:
    return cell.origin is not None and not cell.origin.answer and not cell.origin.graded


def _is_locked_or_added(cell: PlacedCell) -> bool:
    return cell.origin is None or _is_locked(cell)


def _is_no_check(cell: PlacedCell) -> bool:
    return cell.own or _is_locked(cell)


def remember_tables(seed: str, assignment: Assignment, made: Mapping[int, Swapped]) -> None:
    """Take the tables of some variants as they were made in an earlier run from the same seed and the same real tables."""
    _kept.update({(seed, assignment.name, variant, assignment.tables): swapped for variant, swapped in made.items()})


_kept: dict[tuple[str, str, int, tuple[str, ...]], Swapped] = {}


def _tables(seed: str, assignment: str, variant: int, names: tuple[str, ...]) -> Swapped:
    return _kept.get((seed, assignment, variant, names)) or _made(seed, assignment, variant, names)


@lru_cache(maxsize=256)
def _made(seed: str, assignment: str, variant: int, names: tuple[str, ...]) -> Swapped:
    if variant == REAL:
        return {}, {}
    made = _variant(seed, assignment, variant)
    tables = {name: made[name] for name in names if name in made}
    try:
        return tables, pickled(tables)
    except data.DataError as problem:
        raise TeacherError(
            f"No hidden tables can be made of the course's tables: {_broken_rule(tables) or problem}"
        ) from None


def _broken_rule(names: Iterable[str]) -> str:
    """Say where a table of the course itself breaks a rule: in the hidden one its values stand in other lines."""
    try:
        for name in names:
            data.load(name)
    except data.DataError as problem:
        return str(problem)
    return ""


@lru_cache(maxsize=16)
def _variant(seed: str, assignment: str, variant: int) -> Mapping[str, bytes]:
    return variant_tables(seed, assignment, variant)
