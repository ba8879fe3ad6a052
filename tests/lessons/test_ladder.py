"""Nothing is used before it is taught: the functions, methods and forms of Python in a lesson's code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.lesson import LESSONS, facts_of, read

# What every lesson's first cell and last cell need, explained once in lesson 00, and what lesson 00 shows without a name.
HOUSE = {"insert", "close", "select_events", "use", "short_errors", "progress", "solution", "plot_claims", "plot_voices"}

_FORMS: dict[type[ast.AST], str] = {
    ast.FunctionDef: "def",
    ast.For: "for",
    ast.If: "if",
    ast.Lambda: "lambda",
    ast.ListComp: "list comprehension",
    ast.DictComp: "dict comprehension",
    ast.JoinedStr: "f-string",
    ast.Dict: "dict",
    ast.List: "list",
    ast.Slice: "slice",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.Invert: "~",
}


def used(code: str) -> set[str]:
    """Return the names of what a piece of code calls, and of the forms that it uses."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if type(node) in _FORMS:
            found.add(_FORMS[type(node)])
        if isinstance(node, ast.Call):
            called = node.func
            found.add(called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "?"))
        if isinstance(node, ast.Subscript) and any(isinstance(part, ast.Compare) for part in ast.walk(node.slice)):
            found.add("mask")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.left, ast.Subscript):
            found.add("minus of columns")
    return found


def in_lesson(path: Path) -> set[str]:
    """Return what a lesson's code uses, without the functions that it defines itself."""
    cells = [cell for cell in read(path) if cell.kind == "code" and "raises-exception" not in cell.tags]
    trees = [ast.parse(cell.source) for cell in cells]
    own = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return set().union(*(used(cell.source) for cell in cells)) - own


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_nothing_is_used_before_it_is_taught(path: Path) -> None:
    taught = HOUSE.union(*(facts_of(earlier.stem).TAUGHT for earlier in LESSONS if earlier.stem <= path.stem))
    early = in_lesson(path) - taught - set(facts_of(path.stem).PREVIEWED)
    assert not early, f"{path.stem} uses {sorted(early)} and no lesson up to it teaches them"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_what_a_lesson_claims_to_teach_is_new_and_occurs_in_it(path: Path) -> None:
    taught = facts_of(path.stem).TAUGHT
    before = set().union(*(facts_of(earlier.stem).TAUGHT for earlier in LESSONS if earlier.stem < path.stem))
    assert taught <= in_lesson(path), taught - in_lesson(path)
    assert not taught & before, taught & before


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_preview_says_which_lesson_explains_it(path: Path) -> None:
    prose = " ".join(cell.source for cell in read(path))
    for name, lesson in facts_of(path.stem).PREVIEWED.items():
        assert lesson > path.stem[:2] and f"lesson {lesson}" in prose, (name, lesson)
        later = [other for other in LESSONS if other.stem.startswith(lesson)]
        assert not later or name in facts_of(later[0].stem).TAUGHT, f"lesson {lesson} does not teach {name}"
