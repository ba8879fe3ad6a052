"""What a code cell of a lesson is to a reader: the tools, an exercise, something that moves, or code to read."""

from __future__ import annotations

import re

from nbformat import NotebookNode

_CHECKED = re.compile(r"\bcheck\(\s*\"([^\"]+)\"")
_WIDGET = "application/vnd.jupyter.widget-view+json"


def with_roles(notebook: NotebookNode) -> NotebookNode:
    """Write into the metadata of each code cell of a lesson what it is to a reader; the notebook is changed, and returned.

    The key ``role`` is ``"setup"`` (the first: the imports), ``"answer"`` (an exercise; the key ``exercise`` holds its
    number), ``"explorer"`` (a figure that moves) or ``"code"``.
    """
    first = True
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata["role"] = _role(cell, first)
        if cell.metadata["role"] == "answer":
            cell.metadata["exercise"] = _exercise(cell)
        first = False
    return notebook


def _role(cell: NotebookNode, first: bool) -> str:
    if first:
        return "setup"
    if _exercise(cell):
        return "answer"
    if any(_WIDGET in output.get("data", {}) for output in cell.outputs):
        return "explorer"
    return "code"


def _exercise(cell: NotebookNode) -> str:
    """Return the number of the exercise that a cell asks, or "" if it asks none."""
    found = _CHECKED.search(cell.source)
    return found[1] if found else ""
