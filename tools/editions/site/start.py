"""Write the first page of the site: what it is, where the work is kept, and the way into each lesson."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from classroom.colophon import colophon
from classroom.files import write_if_changed
from classroom.lesson_files import lessons
from classroom.lesson_plans.pages import NO_ERA
from helpers import load
from tools.content.lesson_table import title

HERE = Path(__file__).parent
TEMPLATE = "start.html.j2"
ICON = HERE.parent / "icon.svg"


@dataclass(frozen=True)
class Entry:
    """A lesson on the page: its file in the course, its number, its name and its question."""

    path: str
    number: str
    name: str
    question: str


def entries() -> list[Entry]:
    """Return the lessons, in order.

    Returns
    -------
    list of Entry
    """
    eras = load("eras")
    questions: dict[str, str] = {**dict(zip(eras["lesson"], eras["question"], strict=True)), **NO_ERA}
    found = []
    for lesson in lessons():
        number, _, name = title(lesson).partition(" · ")
        found.append(Entry(f"notebooks/{lesson.name}", number, name, questions.get(lesson.stem, "")))
    return found


def page(*, self_contained: bool, glossary: bool) -> str:
    """Return the first page: HTML that needs no other file.

    A site is `self_contained` if it carries all packages itself, and may have the glossary as a page.
    """
    templates = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = templates.get_template(TEMPLATE)
    icon = base64.b64encode(ICON.read_bytes()).decode()
    known = {"lessons": entries(), "about": colophon(), "icon": icon}
    return template.render(**known, self_contained=self_contained, glossary=glossary) + "\n"


def write(site: Path, *, self_contained: bool) -> None:
    """Put the first page into a site, in the place of JupyterLite's own."""
    glossary = (site / "files" / "notebooks" / "glossary.md").is_file()
    write_if_changed(site / "index.html", page(self_contained=self_contained, glossary=glossary).encode())
    # GitHub Pages would pass over files whose names begin with an underscore.
    write_if_changed(site / ".nojekyll", b"")
