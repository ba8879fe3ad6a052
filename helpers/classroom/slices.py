"""Which cells of a student must run again so that a name gets its value from other tables.

An assignment says which answer cells run again. A student who prepares a mask in a cell of their own, or builds one answer
on another, needs that cell too. What a cell reads and writes is seen from its syntax; nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_MOST_CHARACTERS = 50_000
_CHANGES_ITS_OBJECT = {
    "append",
    "extend",
    "insert",
    "update",
    "add",
    "remove",
    "pop",
    "clear",
    "sort",
    "setdefault",
    "discard",
}


@dataclass(frozen=True)
class Names:
    """The names that a cell reads, changes, and sets without regard to what they were."""

    reads: frozenset[str]
    writes: frozenset[str]
    replaces: frozenset[str]


_NOTHING = Names(frozenset(), frozenset(), frozenset())


@lru_cache(maxsize=4096)
def names_of(source: str) -> Names:
    """Return the names that a cell reads and writes.

    Parameters
    ----------
    source : str
        The text of a code cell.

    Returns
    -------
    Names
        Empty ones for what is no Python, or is far too long.
    """
    if len(source) > _MOST_CHARACTERS:
        return _NOTHING
    try:
        tree = ast.parse(source)
        nodes = list(ast.walk(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _NOTHING
    reads = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    replaces = {name for statement in tree.body for name in _replaced(statement)}
    return Names(frozenset(reads), frozenset({name for node in nodes for name in _written(node)}), frozenset(replaces))


def cells_behind(names: Iterable[str], cells: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the cells on which names depend, going back from the last one.

    Parameters
    ----------
    names : iterable of str
        The names that are wanted.
    cells : sequence of (str, str)
        Id and source of each cell that comes before, in order.

    Returns
    -------
    tuple of str
        Ids, in order.
    """
    wanted, found = set(names), []
    for cell_id, source in reversed(cells):
        cell = names_of(source)
        if not wanted & cell.writes:
            continue
        found.append(cell_id)
        wanted = (wanted - (cell.replaces - cell.reads)) | cell.reads
    return tuple(reversed(found))


def _written(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Store):
        return _base(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        in_place = any(keyword.arg == "inplace" for keyword in node.keywords)
        return _base(node.func) if in_place or node.func.attr in _CHANGES_ITS_OBJECT else []
    return []


def _base(node: ast.expr) -> list[str]:
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return [node.id] if isinstance(node, ast.Name) else []


def _replaced(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
        return _written(statement)
    return []
