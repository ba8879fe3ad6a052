"""Read a lesson as a teacher sees it: its parts, its minutes, its code."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import nbformat

from tools.content.glossary_links import without_links

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
ALL = sorted(NOTEBOOKS.glob("*.ipynb"))
LESSONS = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
PARTS = ("core", "going further")


@dataclass(frozen=True)
class Cell:
    """One cell, with the part of the lesson in which it stands."""

    number: int
    kind: str
    source: str
    part: str
    course: dict[str, object]
    tags: tuple[str, ...]
    outputs: list[dict]
    execution_count: int | None

    @property
    def lines(self) -> list[str]:
        """The lines that are not empty."""
        return [line for line in self.source.splitlines() if line.strip()]

    @property
    def words(self) -> int:
        """Words of prose; the bars of tables and the addresses of links are none."""
        text = re.sub(r"\]\([^)]*\)", "]", self.source)
        return len(re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", text))


def read(path: Path) -> list[Cell]:
    """Return the cells of a notebook; a part lasts from the heading that names it to the next one that does.

    The prose is that which a reader sees: a word that is linked to the glossary is the word.
    """
    part, cells = "core", []
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells, start=1):
        course = dict(cell.metadata.get("course", {}))
        part = str(course.get("part", part))
        cells.append(
            Cell(
                number,
                cell.cell_type,
                cell.source if cell.cell_type == "code" else without_links(cell.source),
                part,
                course,
                tuple(cell.metadata.get("tags", ())),
                cell.get("outputs", []),
                cell.get("execution_count"),
            )
        )
    return cells


def facts_of(stem: str) -> ModuleType:
    """Return what the tests know of a lesson: solutions, seeded faults, what it teaches."""
    return importlib.import_module(f"content.lessons.lesson_{stem[:2]}")


def minutes(cells: list[Cell], part: str) -> dict[str, int]:
    """Sum the minutes of a part."""
    return {
        activity: sum(int(str(cell.course.get(activity, 0))) for cell in cells if cell.part == part)
        for activity in ("teaching", "exercise", "talk")
    }
