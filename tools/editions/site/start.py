"""Write the first page of the site: what it is, where the work is kept, and the way into each lesson."""

from __future__ import annotations

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from classroom.colophon import colophon
from classroom.files import write_if_changed
from classroom.lesson_files import lessons
from tools.content.lesson_table import row_of

HERE = Path(__file__).parent
TEMPLATE = "start.html.j2"
ICON = HERE.parent / "icon.svg"


def page(*, self_contained: bool, glossary: bool) -> str:
    """Return the first page: HTML that needs no other file.

    A site is `self_contained` if it carries all packages itself, and may have the glossary as a page.
    """
    templates = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = templates.get_template(TEMPLATE)
    icon = base64.b64encode(ICON.read_bytes()).decode()
    known = {"lessons": [row_of(path) for path in lessons()], "about": colophon(), "icon": icon}
    return template.render(**known, self_contained=self_contained, glossary=glossary) + "\n"


def write(site: Path, *, self_contained: bool) -> None:
    """Put the first page into a site, in the place of JupyterLite's own."""
    glossary = (site / "files" / "notebooks" / "glossary.md").is_file()
    write_if_changed(site / "index.html", page(self_contained=self_contained, glossary=glossary).encode())
    # GitHub Pages would pass over files whose names begin with an underscore.
    write_if_changed(site / ".nojekyll", b"")
