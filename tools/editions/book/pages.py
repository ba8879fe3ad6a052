"""Which pages the book has, in which order, and where each one lies."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from classroom.lesson_files import PAGES as STUDENTS_PAGES
from classroom.lesson_files import languages, lessons
from helpers.language import ENGLISH

ROOT = Path(__file__).resolve().parents[3]
# What stands beside the lessons, if it is there.
REFERENCE = (
    *(f"notebooks/{name}" for name in STUDENTS_PAGES),
    *("data/README.md", "notebooks/doors.md", "notebooks/binder.md"),
)
GUIDE = "notebooks/teaching"
# Students read the book too: what they will be asked, and how it is marked, stays in the repository.
WITHHELD = ("exam", "mark_scheme")


@dataclass(frozen=True)
class Page:
    """One page of the book."""

    source: str  # what it is made of, from the top of the repository
    address: str  # where it lies in the book, for example ``"01_founding_years.html"``
    title: str  # its first heading
    part: str  # the part of the contents: ``"Lessons"``, ``"To look things up"`` or ``"For teachers"``
    language: str = ENGLISH  # the language of its text

    @property
    def is_lesson(self) -> bool:
        """Whether it is a lesson, which can be run elsewhere."""
        return self.part == "Lessons"

    def to(self, address: str) -> str:
        """Return the way from this page to another address in the book."""
        return posixpath.relpath(address, posixpath.dirname(self.address) or ".")


def pages(root: Path = ROOT) -> list[Page]:
    """List the pages of the book in the order in which they are read."""
    found = [_page(root, path, f"{path.stem}.html", "Lessons") for path in lessons()]
    for name in REFERENCE:
        if (root / name).exists():
            stem = "codebook" if name == "data/README.md" else Path(name).stem
            found.append(_page(root, root / name, f"{stem}.html", "To look things up"))
    guide = sorted((root / GUIDE).rglob("*.md"), key=_readme_first)
    for path in (path for path in guide if not any(word in path.name for word in WITHHELD)):
        inside = path.relative_to(root / GUIDE).with_suffix(".html").as_posix()
        address = f"teaching/{inside}".replace("README.html", "index.html")
        found.append(_page(root, path, address, "For teachers"))
    return found


def translated(root: Path = ROOT) -> list[Page]:
    """List the pages in other languages than English, by language; the first of each is its start page."""
    found = []
    for language in languages():
        folder = root / "notebooks" / language
        names = [
            (folder / "start.md", "index.html", ""),
            *((path, f"{path.stem}.html", "Lessons") for path in lessons(language)),
        ]
        more = sorted(path for path in folder.glob("*.md") if path.name != "start.md")
        names += [(path, f"{path.stem}.html", "To look things up") for path in more]
        for path, name, part in names:
            found.append(Page(path.relative_to(root).as_posix(), f"{language}/{name}", _title(path), part, language))
    return found


def _readme_first(path: Path) -> tuple[str, bool, bool, str]:
    """Sort a folder's README before its other pages, and what speaks of the whole before what speaks of one lesson."""
    return (path.parent.as_posix(), path.name != "README.md", path.name.startswith("lesson"), path.name)


def _page(root: Path, path: Path, address: str, part: str) -> Page:
    return Page(path.relative_to(root).as_posix(), address, _title(path), part)


def _title(path: Path) -> str:
    """Return the first heading of a page, without its marks."""
    text = nbformat.read(path, as_version=4).cells[0].source if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")
    heading = re.search(r"^# (.+)$", text, flags=re.MULTILINE)
    if heading is None:
        raise ValueError(f"{path} has no heading. Its first line must be '# ' and the title.")
    return re.sub(r"<[^>]+>|[*_`]", "", heading[1]).strip()
