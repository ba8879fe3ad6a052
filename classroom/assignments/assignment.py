"""Read an assignment from its source notebook: the student edition, what is marked, and the hidden questions.

Nothing of a source is run here. A hidden line is a call with literals only, and is read as such.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat.common import SchemaMismatchError, ValidationError  # type: ignore[import-untyped]
from nbgrader.preprocessors import (  # type: ignore[import-untyped]
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from traitlets.config import Config

from helpers.data import table_names

from ..course import Course, check_name
from ..errors import TeacherError
from ..submissions.notebook import nbgrader_metadata
from .rubric import Written, criteria_in, scheme_in, whole, without_scheme

Comparison = Literal["exact", "close", "unordered", "figure"]
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
CODE_STUB, TEXT_STUB = "# Write your answer here.", "*Write your answer here.*"
MAX_VARIANTS = 5

# For `release`, for `nbgrader generate_assignment` (through nbgrader_config.py) and so for both the same edition.
RELEASE_SETTINGS: dict[str, dict[str, Any]] = {
    "ClearSolutions": {"code_stub": {"python": CODE_STUB}, "text_stub": TEXT_STUB},
    # A mark scheme stands in a locked cell above the answer, not in one of nbgrader's "task" cells.
    "ClearMarkScheme": {"enforce_metadata": False},
}


@dataclass(frozen=True)
class Hidden:
    """One hidden question to a student's work."""

    read: str  # a Python expression that reads the value
    compare: Comparison = "exact"  # how it is compared: see `equality.same`
    variants: int = 2  # on how many sets of tables that no student sees it is put too
    tolerance: float = 0.0  # how far numbers may lie apart, where the task lets a student round; 0 for what `compare` says
    # The points for this line alone, where other lines of the cell fail; 0 if the cell is all or nothing.
    partial: float = 0.0
    given: str = ""  # for a part that leans on one before: an expression that reads what the student had there, as a list
    # What `read` gives where the part before is `given`: an expression with this name and those of the locked cells.
    carry: str = ""


@dataclass(frozen=True)
class GradedCell:
    """One cell that has points."""

    grade_id: str  # nbgrader's name of the cell, for example ``"q1-checks"``
    points: float  # what it is worth
    hidden: tuple[Hidden, ...]  # the hidden questions; none for what a person marks
    by_hand: bool  # whether a person marks it: a written answer, or a figure by eye
    idea: str = ""  # how it can be answered, in a sentence or two, for the students when the teacher releases it

    @property
    def question(self) -> str:
        """The question to which it belongs: ``"q1"`` for ``"q1-checks-b"``."""
        return self.grade_id.split("-")[0]

    @property
    def asks_an_eye(self) -> bool:
        """Whether a person confirms the points: what is read from a figure in the student's process can be forged."""
        return self.by_hand or any(hidden.compare == "figure" for hidden in self.hidden)


@dataclass(frozen=True)
class Assignment:
    """An assignment."""

    name: str  # for example ``"ps1"``
    source: NotebookNode  # with solutions, mark schemes and hidden questions
    release: NotebookNode  # the student edition
    items: tuple[GradedCell, ...]  # what has points, in the order of the notebook

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The names of the questions, in order."""
        return tuple(dict.fromkeys(item.question for item in self.items))

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The tables of which the code cells speak: for the hidden questions there are others in their place."""
        trees = [
            ast.parse(cell.source) for cell in self.release.cells if cell.cell_type == "code" and _is_python(cell.source)
        ]
        words = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        return tuple(name for name in table_names() if name in words)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """What belongs to each answer that a person marks: rubric, scheme, the author's own answer.

        `TeacherError` if a rubric cannot be read, or its points are not those of the answer.
        """
        by_id = {item.grade_id: item for item in self.items if item.by_hand}
        found, above = [], ""
        for cell in self.source.cells:
            name = str(nbgrader_metadata(cell).get("grade_id", ""))
            if item := by_id.get(name):
                found.append(_written(item, above, cell.source))
            if nbgrader_metadata(cell).get("solution"):
                above = ""
            elif cell.cell_type == "markdown":
                above = f"{above}\n\n{cell.source}".strip()
        return tuple(found)

    @property
    def auto_max(self) -> float:
        """The points that the machine gives."""
        return sum(item.points for item in self.items if not item.by_hand)

    @property
    def max_score(self) -> float:
        """All points."""
        return sum(item.points for item in self.items)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the source: when it changes, everything is marked anew."""
        return sha256(nbformat.writes(self.source).encode()).hexdigest()


def read_assignment(course: Course, name: str) -> Assignment:
    """Read and check an assignment.

    Parameters
    ----------
    course : Course
        Where it is.
    name : str
        For example ``"ps1"``.

    Returns
    -------
    Assignment

    Raises
    ------
    TeacherError
        If there is no such assignment, or its notebook breaks a rule: the message names the cell and the rule.
    """
    path = course.source(check_name(name))
    if not path.is_file():
        known = ", ".join(course.names()) or "none yet"
        raise TeacherError(f"There is no assignment {name!r} in {course.root / 'source'}. The assignments are: {known}.")
    source = _read(path)
    try:
        release = student_edition(source)
    except (RuntimeError, ValueError, SchemaMismatchError, ValidationError) as problem:
        raise TeacherError(f"{path.name} is not in the form of nbgrader: {problem}") from None
    items = tuple(_items(source, path.name))
    if not items:
        raise TeacherError(f"{path.name} has no cell with points.")
    assignment = Assignment(name, source, release, items)
    _ = assignment.written  # a rubric that cannot be read is said now, not while somebody marks
    return assignment


def student_edition(source: NotebookNode) -> NotebookNode:
    """Return a notebook without solutions, hidden questions, mark schemes and outputs, as nbgrader makes it.

    `RuntimeError` if a region begins and does not end, or a solution stands in a cell that is not for answers.
    """
    settings = Config(RELEASE_SETTINGS)
    edition: NotebookNode = deepcopy(source)
    resources: dict[str, Any] = {"nbgrader": {}}
    steps = (LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ClearHiddenTests, ClearMarkScheme, ComputeChecksums)
    for step in steps:
        edition, resources = step(config=settings).preprocess(edition, resources)
    for cell in edition.cells:
        cell.source = cell.source.strip("\n")
    edition, _ = ComputeChecksums().preprocess(edition, resources)
    return edition


def _written(item: GradedCell, above: str, answer: str) -> Written:
    try:
        criteria = criteria_in(without_scheme(above))
    except ValueError as problem:
        raise TeacherError(f"The rubric above the cell {item.grade_id!r} cannot be read: {problem}.") from None
    if criteria and (most := sum(one.most for one in criteria)) != item.points:
        raise TeacherError(
            f"The rubric above the cell {item.grade_id!r} gives {most:g} points at most, and the cell has {item.points:g}. "
            "Change one of them."
        )
    model = "\n".join(line for line in answer.splitlines() if line.strip() not in ("### BEGIN SOLUTION", "### END SOLUTION"))
    task, scheme = without_scheme(above), scheme_in(above)
    return Written(item.grade_id, item.points, criteria or whole(item.points), task, scheme, model.strip())


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (OSError, UnicodeDecodeError, nbformat.ValidationError, ValueError) as problem:
        raise TeacherError(f"{path} cannot be read as a notebook: {problem}") from None
    return notebook


def _items(source: NotebookNode, file: str) -> Iterator[GradedCell]:
    for cell in source.cells:
        metadata = nbgrader_metadata(cell)
        if not metadata.get("grade"):
            continue
        where = f"{file}, cell {metadata['grade_id']!r}"
        by_hand = bool(metadata.get("solution"))
        hidden, idea = _hidden_lines(cell.source, where) if not by_hand else ((), "")
        if not by_hand and not hidden:
            # A visible check runs in the student's process and can be forged: alone it shows nothing.
            raise TeacherError(f"{where} has points but no hidden line. Write one between {BEGIN_HIDDEN} and {END_HIDDEN}.")
        points = float(metadata["points"])
        if sum(one.partial for one in hidden) > points:
            raise TeacherError(f"{where}: its lines give more points in part than the {points:g} that the cell is worth.")
        yield GradedCell(str(metadata["grade_id"]), points, hidden, by_hand, idea)


def _hidden_lines(text: str, where: str) -> tuple[tuple[Hidden, ...], str]:
    """Return the hidden questions of a cell, and its idea."""
    inside, lines = False, []
    for line in text.splitlines():
        if line.strip() in (BEGIN_HIDDEN, END_HIDDEN):
            inside = line.strip() == BEGIN_HIDDEN
        elif inside:
            lines.append(line)
    try:
        statements = ast.parse("\n".join(lines)).body
    except SyntaxError as problem:
        raise TeacherError(f"{where}: the hidden lines are not Python: {problem}") from None
    ideas = [idea for statement in statements if (idea := _idea(statement)) is not None]
    return tuple(_hidden(one, where) for one in statements if _idea(one) is None), " ".join(ideas)


def _idea(statement: ast.stmt) -> str | None:
    """Return the text of a line ``idea("…")``; None for any other."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "idea"):
        return None
    [text] = call.args if len(call.args) == 1 and not call.keywords else [None]
    return text.value.strip() if isinstance(text, ast.Constant) and isinstance(text.value, str) else None


def _hidden(statement: ast.stmt, where: str) -> Hidden:
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "hidden" and not call.args):
        raise TeacherError(f"{where}: a hidden line must be hidden(read=…, …) or idea('…'), not {ast.unparse(statement)!r}.")
    try:
        given = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
        # Older sources say which cells run again and which tables are swapped; now both are seen from the notebook.
        hidden = Hidden(**{name: value for name, value in given.items() if name not in ("rerun", "bind")})
        for expression in filter(None, (hidden.read, hidden.given, hidden.carry)):
            ast.parse(expression, mode="eval")
    except (ValueError, TypeError, SyntaxError) as problem:
        raise TeacherError(f"{where}: {ast.unparse(statement)!r} is not a hidden line: {problem}") from None
    _check_hidden(hidden, where)
    return hidden


def _check_hidden(hidden: Hidden, where: str) -> None:
    if hidden.compare not in get_args(Comparison):
        raise TeacherError(f"{where}: compare is {hidden.compare!r}. It must be one of: {', '.join(get_args(Comparison))}.")
    if hidden.variants not in range(MAX_VARIANTS + 1):
        raise TeacherError(f"{where}: variants is {hidden.variants!r}. It must be a whole number from 0 to {MAX_VARIANTS}.")
    if bool(hidden.given) != bool(hidden.carry):
        raise TeacherError(
            f"{where}: given= says what a part leans on, and carry= what follows from it. Write both, or none."
        )
    if not isinstance(hidden.partial, (int, float)) or hidden.partial < 0:
        raise TeacherError(f"{where}: partial is {hidden.partial!r}. It must be a number of points, 0 or more.")
    if not isinstance(hidden.tolerance, (int, float)) or not 0 <= hidden.tolerance < 1:
        raise TeacherError(f"{where}: tolerance is {hidden.tolerance!r}. It must be a number from 0 to less than 1.")
