"""A small assignment with one question of each kind, so that tests of the verbs do not depend on what ps1 asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from classroom.assignments.assignment import Assignment, read_assignment
from classroom.course import Course

NAME, SEED = "small", "a seed of the tests"

TABLES = """\
import sys
sys.path[:0] = ["..", "../.."]
import matplotlib.pyplot as plt
from helpers import load
events = load("events")"""
Q1 = 'treaties = ...\n### BEGIN SOLUTION\ntreaties = events[events["kind"] == "treaty"]\n### END SOLUTION'
Q1_CHECKS = """\
if treaties is ...:
    print("not answered yet")
else:
    assert "title" in treaties.columns, "treaties has lost its column title."
### BEGIN HIDDEN TESTS
hidden(read="list(treaties['event_id'])", compare="unordered", variants=1)
### END HIDDEN TESTS"""
Q2 = "### BEGIN SOLUTION\ndef count_kind(rows, kind):\n    return int((rows['kind'] == kind).sum())\n### END SOLUTION"
Q2_CHECKS = """\
print("count_kind" in dir())
### BEGIN HIDDEN TESTS
hidden(read="count_kind(events, 'diplomacy')")
### END HIDDEN TESTS"""
Q3 = """\
ax = ...
### BEGIN SOLUTION
figure, ax = plt.subplots()
ax.bar(list("abc"), [int((events["kind"] == kind).sum()) for kind in ("treaty", "security", "conflict")])
ax.set(title="Kinds", ylabel="rows")
### END SOLUTION"""
Q3_CHECKS = """\
print("a figure" if ax is not ... else "not answered yet")
### BEGIN HIDDEN TESTS
hidden(read="ax", compare="figure", variants=1)
### END HIDDEN TESTS"""
SCHEME = (
    "Write one sentence.\n\n### BEGIN MARK SCHEME\n2 points: it names what the table does not show.\n### END MARK SCHEME"
)
Q4 = "### BEGIN SOLUTION\nThe table is a selection, and cannot show what it leaves out.\n### END SOLUTION"


def small_source() -> NotebookNode:
    """Return the notebook with solutions."""
    cells = [
        marked_cell(new_markdown_cell("# A small assignment"), "opening", locked=True),
        marked_cell(new_code_cell(TABLES), "tables", locked=True),
        marked_cell(new_markdown_cell("Take the treaties."), "q1-task", locked=True),
        marked_cell(new_code_cell(Q1), "q1", solution=True),
        marked_cell(new_code_cell(Q1_CHECKS), "q1-checks", locked=True, grade=True, points=2),
        marked_cell(new_markdown_cell("Write a function `count_kind`."), "q2-task", locked=True),
        marked_cell(new_code_cell(Q2), "q2", solution=True),
        marked_cell(new_code_cell(Q2_CHECKS), "q2-checks", locked=True, grade=True, points=1),
        marked_cell(new_markdown_cell("Draw bars."), "q3-task", locked=True),
        marked_cell(new_code_cell(Q3), "q3", solution=True),
        marked_cell(new_code_cell(Q3_CHECKS), "q3-checks", locked=True, grade=True, points=1),
        marked_cell(new_markdown_cell(SCHEME), "q4-task", locked=True),
        marked_cell(new_markdown_cell(Q4), "q4", solution=True, grade=True, points=3),
    ]
    notebook: NotebookNode = new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    )
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"small-{number}"
    return notebook


def small_course(root: Path, source: NotebookNode | None = None) -> Course:
    """Write the small assignment into a private course folder."""
    path = root / "source" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.writes(source or small_source()), encoding="utf-8")
    (root / "seed.txt").write_text(f"{SEED}\n", encoding="utf-8")
    return Course(root, SEED, private=True)


def small_assignment(root: Path) -> Assignment:
    """Return the small assignment, read from a new course folder."""
    return read_assignment(small_course(root), NAME)


def marked_cell(cell: NotebookNode, grade_id: str, **marks: Any) -> NotebookNode:
    """Give a cell nbgrader's metadata."""
    flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, **marks}
    cell.metadata["nbgrader"] = {"grade_id": grade_id, "cell_type": cell.cell_type, **flags}
    return cell
