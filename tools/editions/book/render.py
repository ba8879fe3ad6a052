"""From a notebook or a page of Markdown to HTML: nbconvert, with a template that keeps the alternative texts."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import mistune
import nbformat
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from helpers.language import ENGLISH, current, say
from tools.editions.book.roles import with_roles

HERE = Path(__file__).resolve().parent
# No formulas: a lesson that says "$4 million" twice must not become mathematics.
_markdown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url", "footnotes", "def_list"])


class CellExporter(HTMLExporter):
    """nbconvert's exporter with the course's own template of cells (``tools/editions/book/cells``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(template_name="cells", extra_template_basedirs=[str(HERE)], **options)

    def default_filters(self) -> Any:
        """Return nbconvert's filters, with Markdown read without formulas."""
        yield from super().default_filters()
        yield ("markdown2html", html_of_markdown)
        yield ("say", _said)


def _said(text: str, **slots: str) -> str:
    """Say a text of the template in the language of the page; its line ends are only those of the template."""
    return say(text if current() == ENGLISH else " ".join(text.split()), **slots)


def html_of_markdown(source: str) -> str:
    """Render Markdown as GitHub shows it: tables and footnotes, but no formulas."""
    return str(_markdown(source))


def rendered(notebook: NotebookNode) -> BeautifulSoup:
    """Render a notebook: an element of the class ``cell`` for each cell, whose attribute ``data-cell`` is the cell's id."""
    copy = with_roles(deepcopy(notebook))
    html, _ = _exporter(current()).from_notebook_node(copy)
    return BeautifulSoup(html, "html.parser")


@cache
def _exporter(language: str) -> CellExporter:
    """Return one exporter for all pages of a language: each would compile the templates again, with their words."""
    return CellExporter()


def read(path: Path) -> NotebookNode:
    """Read a page of the book: a notebook, or a file of Markdown, which becomes a notebook of one cell."""
    if path.suffix == ".md":
        cell = new_markdown_cell(path.read_text(encoding="utf-8"), id="page")
        return NotebookNode(new_notebook(cells=[cell]))
    return NotebookNode(nbformat.read(path, as_version=4))
