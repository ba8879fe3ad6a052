"""Which part a cell plays on slides. It stands in the notebook, where JupyterLab shows and changes it (the cell's
properties, "Slide type"); this module proposes it for cells that have none."""

from __future__ import annotations

import argparse
import re
import sys
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from classroom.files import write_if_changed
from classroom.lesson_files import LESSONS
from tools.editions.book.roles import with_roles

# nbconvert's words for it.
SLIDE, BELOW, SAME, NOTES, SKIP = "slide", "subslide", "-", "notes", "skip"
KINDS = (SLIDE, BELOW, "fragment", SAME, NOTES, SKIP)
_PICTURES = ("image/png", "<img", "<table")


def main(arguments: list[str] | None = None) -> int:
    """Give every cell of the lessons that has no slide type one."""
    parser = argparse.ArgumentParser(prog="kinds", description="Give each cell of the lessons that has no slide type one.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="all in notebooks/ by default")
    parser.add_argument("--anew", action="store_true", help="also where a type was chosen by hand")
    given = parser.parse_args(arguments)
    for path in given.notebooks or sorted(LESSONS.glob("*.ipynb")):
        changed = write_if_changed(path, with_kinds(path.read_text(encoding="utf-8"), anew=given.anew).encode())
        print(f"{path.name}: {'slide types written' if changed else 'up to date'}")
    return 0


def kind_of(cell: NotebookNode) -> str:
    """Return the slide type that stands in a cell, one of `KINDS`; ``"-"`` (on with the same slide) if none does."""
    return str(cell.metadata.get("slideshow", {}).get("slide_type") or SAME)


def with_kinds(text: str, *, anew: bool = False) -> str:
    """Return a notebook file in which every cell has a slide type."""
    notebook = nbformat.reads(text, as_version=4)
    for cell, proposed in zip(notebook.cells, proposals(notebook), strict=True):
        if anew or "slideshow" not in cell.metadata:
            cell.metadata["slideshow"] = {"slide_type": proposed}
    return str(nbformat.writes(notebook)) + "\n"


def proposals(notebook: NotebookNode) -> list[str]:
    """Propose a slide type for each cell: the core path and the end are shown, the rest is left out."""
    copy = with_roles(deepcopy(notebook))
    part = "core"
    found = []
    for cell in copy.cells:
        part = cell.metadata.get("course", {}).get("part", part)
        found.append(_proposal(cell, part))
    return found


def _proposal(cell: NotebookNode, part: str) -> str:
    if re.search(r"^## Key points", cell.source, flags=re.MULTILINE):
        return SLIDE
    if part != "core":
        return SKIP
    if cell.cell_type == "markdown":
        return SLIDE if cell.source.startswith("#") else BELOW
    return BELOW if cell.metadata["role"] == "code" and _shows(cell) else SKIP


def _shows(cell: NotebookNode) -> bool:
    """Tell whether a cell shows a figure, a table or a result; the reference to a paragraph is none."""
    for output in cell.outputs:
        data = output.get("data", {})
        if output.output_type == "error" or any(sign in data or sign in data.get("text/html", "") for sign in _PICTURES):
            return True
        if "text/plain" in data and "text/html" not in data:
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
