"""Choose what of the course a student finds in the page: a list of what goes in, so that nothing slips in."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import nbformat

from classroom import lesson_files
from classroom.files import write_if_changed
from classroom.lesson_files import languages, lessons, without_outputs

ROOT = Path(__file__).resolve().parents[3]
# The kernel of the page is called "python"; under another name JupyterLab would ask each student which one to take.
KERNEL = {"display_name": "Python (in this page)", "language": "python", "name": "python"}
# Pages of text that go in when they are there.
PAGES = (*(f"notebooks/{name}" for name in lesson_files.PAGES), "data/README.md")
LANGUAGES = ROOT / "helpers" / "languages"  # what is said in Urdu and Arabic
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")


def collect(folder: Path) -> list[str]:
    """Copy the course for the page, without outputs, into an empty folder, and return the paths of what is in it."""
    for lesson in [*lessons(), *(one for language in languages() for one in lessons(language))]:
        write_if_changed(folder / "notebooks" / lesson.relative_to(lesson_files.LESSONS), for_the_page(lesson))
    for name in ["LICENSE", *_tables(), *_helpers(), *_finders()]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    pages = [name for name in [*PAGES, *_translated_pages()] if (ROOT / name).exists()]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")} | set(pages)
    for name in pages:
        text = (ROOT / name).read_text(encoding="utf-8")
        write_if_changed(folder / name, without_dead_links(text, Path(name), there).encode())
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def for_the_page(lesson: Path) -> bytes:
    """Return a lesson as a student opens it in the page: no outputs, and the page's own kernel."""
    notebook = nbformat.reads(without_outputs(lesson).decode(), as_version=4)
    notebook.metadata.kernelspec = KERNEL
    return f"{nbformat.writes(notebook)}\n".encode()


def without_dead_links(text: str, page: Path, there: set[str]) -> str:
    """Return a page of text in which a link to a file that the page does not carry is plain words."""

    def keep(match: re.Match[str]) -> str:
        words, target = match.groups()
        file = urldefrag(target).url
        if re.match(r"[a-z]+:", target) or not file:
            return match[0]
        goal = (ROOT / page.parent / file).resolve()
        return match[0] if goal.is_relative_to(ROOT) and goal.relative_to(ROOT).as_posix() in there else str(words)

    return _LINK.sub(keep, text)


def _tables() -> Iterator[str]:
    """Yield the tables that the data package lists: a text of the article beside them is not among these."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    yield "data/datapackage.json"
    yield from (f"data/{resource['path']}" for resource in package["resources"])


def _finders() -> Iterator[str]:
    """Yield the files by which lessons in other languages find the tools."""
    yield from (f"notebooks/{language}/helpers.py" for language in languages())


def _translated_pages() -> Iterator[str]:
    for language in languages():
        yield from sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks" / language).glob("*.md"))


def _helpers() -> Iterator[str]:
    for path in sorted((ROOT / "helpers").rglob("*")):
        inside = path.relative_to(ROOT)
        if path.suffix in (".py", ".mplstyle", ".json") or (path.is_file() and path.is_relative_to(LANGUAGES)):
            yield inside.as_posix()
