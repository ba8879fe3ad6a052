"""Tables of a student's own: a few rows are left out, by a seed and the student's id, so that a copied value shows.

No date, number or name is ever changed: history is not falsified, each student only has a slightly smaller selection. As
many rows are left out for everybody, and the results of the questions stay about as large: see `band`.
"""

from __future__ import annotations

import ast
import json
import random
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.data import load

from ..errors import TeacherError
from ..files import write_if_changed
from ..submissions.notebook import OWN_WORDS, nbgrader_metadata
from .assignment import Assignment

SHARE = 0.04  # of the rows of a table: as few as make a count another one
BAND = 0.8  # the smaller of two results has at least this share of the larger
MAX_SALTS = 8  # draws for one student until the questions are about as large as for all
_FILE = "own_tables.txt"


def own_edition(assignment: Assignment, tables: Sequence[str], seed: str, student_id: str, salt: int = 0) -> Assignment:
    """Return an assignment in which one student's rows are left out, in the source and in the student edition.

    Parameters
    ----------
    assignment : Assignment
        The assignment for all.
    tables : sequence of str
        The names that the assignment's locked cells give to the tables, for example ``"events"``.
    seed : str
        The course's seed.
    student_id : str
        Whose edition.
    salt : int, default 0
        Another number gives another draw.

    Returns
    -------
    Assignment

    Raises
    ------
    TeacherError
        If no locked cell loads a table under one of these names.
    """
    cells: Mapping[str, tuple[str, str]] = _loading(assignment)
    lines: dict[str, list[str]] = {}
    for variable in tables:
        if variable not in cells:
            known = ", ".join(cells) or "none"
            raise TeacherError(
                f"No locked cell of {assignment.name} has a line {variable} = load(…). Tables there: {known}."
            )
        grade_id, table = cells[variable]
        rows = _left_out(assignment, table, f"{seed} {assignment.name} {student_id.casefold()} {table} {salt}")
        line = f"{variable} = {variable}[[row not in {list(rows)} for row in range(len({variable}))]]  # {OWN_WORDS}"
        lines.setdefault(grade_id, []).append(line)
    return replace(assignment, source=_with(assignment.source, lines), release=_with(assignment.release, lines))


def band(standard: Mapping[str, object], own: Mapping[str, object]) -> list[str]:
    """Return the hidden questions whose result is much larger or smaller for a student than for all, or empty."""
    differing = []
    for name, value in standard.items():
        one, other = _size(value), _size(own.get(name))
        if one is not None and (other is None or min(one, other) < BAND * max(one, other)):
            differing.append(name)
    return differing


def keep_salts(folder: Path, tables: Sequence[str], salts: Mapping[str, int]) -> None:
    """Keep beside a release which draw each student has."""
    write_if_changed(folder / _FILE, json.dumps({"tables": list(tables), "salts": dict(salts)}, indent=1).encode())


def kept_salts(folder: Path) -> tuple[list[str], dict[str, int]]:
    """Return the tables and draws that `keep_salts` kept; none if students have the same tables."""
    path = folder / _FILE
    if not path.exists():
        return [], {}
    try:
        plain: Any = json.loads(path.read_text(encoding="utf-8"))
        return [str(one) for one in plain["tables"]], {str(one): int(salt) for one, salt in plain["salts"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TeacherError(
            f"{path} cannot be read. Run release again with the same roster: it gives the same tables."
        ) from None


def _loading(assignment: Assignment) -> dict[str, tuple[str, str]]:
    """Map the names that locked cells give to tables to the cell and the table."""
    found = {}
    for cell in assignment.release.cells:
        marks = nbgrader_metadata(cell)
        if cell.cell_type != "code" or marks.get("solution") or marks.get("grade"):
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
                called, given = node.value.func, node.value.args
                if isinstance(called, ast.Name) and called.id == "load" and given and isinstance(given[0], ast.Constant):
                    found[node.targets[0].id] = (str(marks["grade_id"]), str(given[0].value))
    return found


def _left_out(assignment: Assignment, table: str, seed: str) -> tuple[int, ...]:
    """Draw the rows. Those of which the assignment speaks by name are never left out."""
    text = "\n".join(cell.source for cell in assignment.source.cells)
    names = load(table).iloc[:, 0].astype(str)
    spoken_of = [names.is_unique and (f'"{name}"' in text or f"'{name}'" in text) for name in names]
    free = [at for at, spoken in enumerate(spoken_of) if not spoken]
    count = max(1, round(SHARE * len(names)))
    return tuple(sorted(random.Random(sha256(seed.encode()).hexdigest()).sample(free, min(count, len(free)))))


def _with(notebook: Any, lines: Mapping[str, Sequence[str]]) -> Any:
    made = deepcopy(notebook)
    for cell in made.cells:
        if added := lines.get(str(nbgrader_metadata(cell).get("grade_id", ""))):
            cell.source = "\n".join([cell.source, *added])
    return made


def _size(value: object) -> int | None:
    if not isinstance(value, Mapping):
        return None
    return next((len(value[name]) for name in ("items", "values", "rows") if isinstance(value.get(name), list)), None)
