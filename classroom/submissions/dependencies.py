"""Which cells of a student must run again so that a name gets its value from other tables.

An assignment says which answer cells run again. A student who prepares a mask in a cell of their own, or builds one answer
on another, needs that cell too. What a cell reads and writes is seen from its syntax; nothing is run.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

_MAX_CHARACTERS = 50_000
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

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    replaces: frozenset[str] = frozenset()
    anything: bool = False  # it may set any name: what it does cannot be seen from its syntax


_UNKNOWN = Names(anything=True)
_MAGICS = {"run_cell_magic", "run_line_magic"}
_OF_PYTHON = {"time", "timeit", "capture", "prun", "python", "python3"}  # magics that run what stands behind or below them
_SETS_ANYTHING = {"exec", "eval", "globals", "locals", "vars", "setattr", "__import__", "get_ipython"}
_ORDINARY = {"helpers", "math", "matplotlib", "numpy", "pandas", "statistics"}
_MODULES = {"pd", "plt", "np", "sys", "load", "show", "show_table", "plot_spans", "plot_timeline"}
_REACHES = {
    *_SETS_ANYTHING,
    "open",
    "getattr",
    "delattr",
    "compile",
    "input",
    "sys",
    "helpers",
    "type",
    "object",
    "super",
} | {
    *("set_option", "option_context", "use", "rc", "rcdefaults", "to_csv", "to_pickle", "read_csv", "to_json", "to_excel"),
    *("savefig", "random", "seed", "cache", "func_globals", "pipe", "eval", "query", "register", "accessor"),
}
_SHOWS = {"display", "show", "show_table", *dir(builtins)} - _SETS_ANYTHING  # they leave what they are given as it was


@lru_cache(maxsize=4096)
def names_of(source: str) -> Names:
    """Return the names that a code cell reads and writes; what is no Python, or far too long, may set anything.

    Lines that are meant for the notebook (``%time``, ``!pip``) are turned into Python first, as the notebook does.
    """
    if not source.strip():
        return Names()
    if len(source) > _MAX_CHARACTERS:
        return _UNKNOWN
    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
        nodes = list(ast.walk(tree))
    except Exception:  # IPython's own code reads it first, and meets whatever a student wrote
        return _UNKNOWN
    reads = frozenset(node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    writes = {name for node in nodes for name in _written(node)}
    writes |= {name for statement in tree.body for name in _given_away(statement)}
    replaces = {name for statement in tree.body for name in _replaced(statement)}
    inner = [_inside_magic(node) for node in nodes if isinstance(node, ast.Call)]
    found = Names(
        reads - {"get_ipython"}, frozenset(writes), frozenset(replaces), bool(reads & (_SETS_ANYTHING - {"get_ipython"}))
    )
    for one in [*inner, *([_UNKNOWN] if "get_ipython" in reads and not any(inner) else [])]:
        found = _both(found, one) if one else found
    return found


def _both(one: Names, other: Names) -> Names:
    return Names(
        one.reads | other.reads, one.writes | other.writes, one.replaces | other.replaces, one.anything or other.anything
    )


def _inside_magic(call: ast.Call) -> Names | None:
    """Return the names in what a magic runs; None for a call that is none."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {*_MAGICS, "system", "getoutput"}:
        return None
    if not (isinstance(call.func.value, ast.Call) and ast.unparse(call.func.value) == "get_ipython()"):
        return None
    words = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
    if call.func.attr not in _MAGICS:
        return Names()  # a command of the system sets no name
    if not words or words[0] not in _OF_PYTHON:
        return Names() if words and words[0] in ("matplotlib", "pip", "config", "pinfo", "pinfo2", "conda") else _UNKNOWN
    found = names_of(words[-1]) if isinstance(words[-1], str) else _UNKNOWN
    if words[0] == "capture" and isinstance(words[1], str):  # %%capture out
        found = _both(found, Names(writes=frozenset(word for word in words[1].split() if word.isidentifier())))
    return found


def _given_away(statement: ast.stmt) -> list[str]:
    """Return the tables that a statement hands to a function of the student's own, which may change them in place."""
    call = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id in _SHOWS:
        return []
    return [argument.id for argument in call.args if isinstance(argument, ast.Name)]


@lru_cache(maxsize=4096)
def is_plain(source: str) -> bool:
    """Say whether all that a cell may change are names and what stands in tables: no module, no class, no file."""
    if not source.strip():
        return True
    if len(source) > _MAX_CHARACTERS:
        return False
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except Exception:
        return False
    modules = {name for node in nodes for name in _written(node) if isinstance(node, (ast.Import, ast.ImportFrom))}
    return not any(_reaches_out(node, modules | _MODULES) for node in nodes)


def _reaches_out(node: ast.AST, modules: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in _REACHES or node.id.startswith("__")
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        return any(name.split(".")[0] not in _ORDINARY for name in names)
    if isinstance(node, ast.Attribute):
        if node.attr in _REACHES or node.attr.startswith("_"):
            return True
        return not isinstance(node.ctx, ast.Load) and bool(modules & set(_base(node)))
    if isinstance(node, ast.Subscript):  # plt.rcParams["font.size"] = 12
        return not isinstance(node.ctx, ast.Load) and bool(modules & set(_base(node)))
    return isinstance(node, (ast.ClassDef, ast.Yield, ast.YieldFrom, ast.Await))


def cells_behind(names: Iterable[str], cells: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the ids of the cells on which names depend, in order; `cells` are pairs of id and source."""
    wanted, found = set(names), []
    for cell_id, source in reversed(cells):
        cell = names_of(source)
        if not wanted & cell.writes and not cell.anything:
            continue
        found.append(cell_id)
        wanted = (wanted - cell.replaces) | cell.reads
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
