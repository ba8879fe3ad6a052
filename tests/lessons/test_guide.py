"""The page *When something goes wrong*: it has what the teacher's pages have, and quotes what Python says."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from classroom.lesson_files import PAGES
from helpers import load, plot_spans, show
from tests.support.lesson import NOTEBOOKS

GUIDE = NOTEBOOKS / "when_something_goes_wrong.md"
ERROR = re.compile(r"`(\w+(?:Error|Found\w*)): ([^`]+)`")
ROW = re.compile(r"^\| `([^|]+?)`", re.MULTILINE)


def form_of(kind: str, message: str) -> str:
    """A message without what changes from case to case: names, letters, numbers of arguments, the end after some words."""
    plain = re.sub(r"\([^)]*\)|'[^']*'|\d+|\b\w+\(\)|\b\w+\.\w+\(\)|for [&|^-].*|…", "·", message)
    return " ".join([kind, *re.findall(r"[a-z]{3,}", plain)[:3]])


def quoted() -> set[str]:
    return {form_of(*found) for found in ERROR.findall(GUIDE.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("page", sorted((NOTEBOOKS / "teaching").glob("lesson_*.md")), ids=lambda path: path.stem)
def test_each_message_on_a_teacher_s_page_is_explained_to_students(page: Any) -> None:
    part = page.read_text(encoding="utf-8").split("## What goes wrong, and what to say")[1].split("\n## ")[0]
    first_column = "\n".join(line.split(" | ")[0] for line in part.splitlines() if line.startswith("|"))
    missing = [found for found in ERROR.findall(first_column) if form_of(*found) not in quoted()]
    assert not missing


MADE = [
    ("publised", "NameError: name 'publised' is not defined"),
    ("import no_helpers", "ModuleNotFoundError: No module named"),
    ("events['Kind']", "KeyError: 'Kind'"),
    ("events[2]", "KeyError: 2"),
    ("events['kind' == 'treaty']", "KeyError: False"),
    ("events.sort", "AttributeError: 'DataFrame' object has no attribute 'sort'"),
    ("print().head", "AttributeError: 'NoneType' object has no attribute"),
    ("x = “a”", "SyntaxError: invalid character '“' (U+201C)"),
    ("x = (1", "SyntaxError: '(' was never closed"),
    ("x = 'a", "SyntaxError: unterminated string literal"),
    ("x = ['a' b]", "SyntaxError: invalid syntax. Perhaps you forgot a comma?"),
    ("def f()\n  1", "SyntaxError: expected ':'"),
    ("events['a' = 1]", "SyntaxError: "),
    ("x = 03", "SyntaxError: leading zeros in decimal integer literals"),
    ("x = 1\n  y = 2", "IndentationError: unexpected indent"),
    ("def f():\nreturn 1", "IndentationError: expected an indented block"),
    ("['a'][1]", "IndexError: list index out of range"),
    ("events('title')", "TypeError: 'DataFrame' object is not callable"),
    ("events.head[3]", "TypeError: 'method' object is not subscriptable"),
    ("'2021' - 1973", "TypeError: unsupported operand type(s) for -: 'str' and 'int'"),
    ("... - 1973", "TypeError: unsupported operand type(s) for -: 'ellipsis' and 'int'"),
    ("events['title'] == 'a' & events['kind'] == 'b'", "TypeError: unsupported operand type(s) for &"),
    ("events['kind'].isin('a')", "TypeError: only list-like objects are allowed to be passed to isin()"),
    ("events['kind'].isin('a', 'b')", "TypeError: Series.isin() takes 2 positional arguments but 3 were given"),
    ("(events['kind'] == 'a') and 1", "ValueError: The truth value of a Series is ambiguous"),
    ("events['title'] == ['a', 'b']", "ValueError: ('Lengths must match to compare'"),
    ("show(events)", "TypeError: A figure or its axes were expected"),
    ("plot_spans(load('spans'), 'x')", "TypeError: plot_spans() takes 1 positional argument but 2 were given"),
    ("load()", "TypeError: load() missing 1 required positional argument"),
    ("events.groupby('kind').max()", "TypeError: Cannot perform max with non-ordered Categorical"),
    ("1,300 ^ 2.5", "TypeError: unsupported operand type(s) for ^"),
]


@pytest.mark.parametrize(("code", "words"), MADE, ids=[code for code, _ in MADE])
def test_what_the_page_quotes_is_what_python_says(code: str, words: str) -> None:
    names = {"events": load("events"), "load": load, "plot_spans": plot_spans, "show": show, "pd": pd}
    with pytest.raises(Exception) as raised:
        exec(compile(code, "<cell>", "exec"), names)
    said = f"{raised.type.__name__}: {raised.value}"
    assert words in said
    assert words.removesuffix(": ") in GUIDE.read_text(encoding="utf-8")


def test_the_pages_that_are_copied_for_students_are_there_and_link_to_what_is_copied() -> None:
    for name in PAGES:
        text = (NOTEBOOKS / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", text):
            assert target in PAGES or (NOTEBOOKS / target).match("[0-9]*.ipynb"), f"{name} links to {target}"
