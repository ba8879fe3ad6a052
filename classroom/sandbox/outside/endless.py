"""Find a loop that can end only in an error, so that nobody waits for it as long as for an answer. Nothing is run."""

from __future__ import annotations

import ast
import re

_MAX_CHARACTERS = 50_000
_MAGIC = re.compile(r"^[%!].*", re.MULTILINE)


def split_before_endless_loop(source: str) -> tuple[str, str]:
    """Split a cell before its first statement that is a loop which no break leaves; the second part is empty without one.

    Such a loop gives no answer: it goes on for ever, or fails. A loop in a function, a condition or a ``try`` may be left in
    other ways, and is not taken. The second part, with all that follows the loop, keeps the lines on which it stands.
    """
    if len(source) > _MAX_CHARACTERS or "while" not in source:
        return source, ""
    try:
        statements = ast.parse(_MAGIC.sub("pass", source)).body
        first = next(one.lineno for one in statements if isinstance(one, ast.While) and _is_endless(one))
    except (StopIteration, SyntaxError, ValueError, RecursionError, MemoryError):
        return source, ""
    lines = source.split("\n")
    before = "".join(f"{line}\n" for line in lines[: first - 1])
    return before, "#\n" * (first - 1) + "\n".join(lines[first - 1 :])


def _is_endless(loop: ast.While) -> bool:
    return isinstance(loop.test, ast.Constant) and bool(loop.test.value) and not any(map(_leaves, loop.body))


def _leaves(node: ast.AST) -> bool:
    """Whether a statement holds a break of the loop in which it stands."""
    if isinstance(node, ast.Break):
        return True
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
        return False
    inner = node.orelse if isinstance(node, (ast.While, ast.For, ast.AsyncFor)) else ast.iter_child_nodes(node)
    return any(map(_leaves, inner))
