"""Find a loop that cannot end, whatever the values are, so that nobody waits for it. Nothing is run."""

from __future__ import annotations

import ast

_MOST_CHARACTERS = 50_000


def endless_loop(source: str) -> int | None:
    """Return the line of the first statement of a cell that is a loop without an end.

    Parameters
    ----------
    source : str
        The text of a cell.

    Returns
    -------
    int or None
        None also where it may end: by a break, a return, or anything that can fail or call something.
    """
    if len(source) > _MOST_CHARACTERS or "while" not in source:
        return None
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    try:
        return next((one.lineno for one in statements if isinstance(one, ast.While) and _never_ends(one)), None)
    except RecursionError:
        return None


def _never_ends(loop: ast.While) -> bool:
    return isinstance(loop.test, ast.Constant) and bool(loop.test.value) and all(map(_goes_on, loop.body))


def _goes_on(statement: ast.stmt) -> bool:
    """Whether a statement can neither leave its loop nor fail."""
    if isinstance(statement, (ast.Pass, ast.Continue)):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign):
        return isinstance(statement.value, ast.Constant) and all(isinstance(one, ast.Name) for one in statement.targets)
    if isinstance(statement, ast.While):
        return _never_ends(statement)
    if isinstance(statement, ast.Try):  # what cannot fail needs none of the rest, but a last part can leave
        return not statement.orelse and not statement.finalbody and all(map(_goes_on, statement.body))
    return False
