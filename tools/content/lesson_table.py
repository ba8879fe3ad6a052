"""What the README derives: the table of lessons, from the notebooks and the eras, and the badge that opens Binder."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

from classroom.files import write_if_changed
from classroom.lesson_files import lessons
from classroom.lesson_plans.pages import NO_ERA
from helpers import load
from tools.content.pages import filled
from tools.editions.binder import Course, badge, link, published

ROOT = Path(__file__).resolve().parents[2]
ACTIVITIES = ("teaching", "exercise", "talk")
COLUMNS = ("Lesson", "Paragraphs", "The question", "Core path", "Going further")
UNPUBLISHED = "The course has no public address yet. Once it has one, a badge stands here, and a link beside each lesson."


def main() -> int:
    """Write the table into the README."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    changed = write_if_changed(readme, with_table(text, published()).encode())
    print(f"README, lessons and badge: {'refreshed' if changed else 'up to date'}")
    return 0


def with_table(text: str, course: Course) -> str:
    """Return the README with the table of lessons and the badge made anew."""
    columns = [*COLUMNS, *(["Open"] if course.repository else [])]
    head = f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}"
    rows = "\n".join([head, *(row(path, course) for path in lessons())])
    face = badge(course, f"notebooks/{lessons()[0].name}") or UNPUBLISHED
    return filled(text, {"lessons": lambda: rows, "binder": lambda: face})


def row(path: Path, course: Course) -> str:
    """Return a lesson's line of the table, in Markdown."""
    eras = load("eras")
    era = eras[eras["lesson"] == path.stem]
    question = NO_ERA.get(path.stem, "") if era.empty else str(era["question"].iloc[0])
    paragraphs = "all" if era.empty else f"¶ {era['paragraphs'].iloc[0]}"
    core, further = minutes(path, "core"), minutes(path, "going further")
    cells = [f"[{title(path)}](notebooks/{path.name})", paragraphs, question, f"{core} min", f"{further} min"]
    opens = link(course, f"notebooks/{path.name}")
    return f"| {' | '.join([*cells, *([f'[Binder]({opens})'] if opens else [])])} |"


def title(path: Path) -> str:
    """Return the heading of a lesson."""
    first = nbformat.read(path, as_version=4).cells[0].source
    return str(first.splitlines()[0].removeprefix("# "))


def minutes(path: Path, part: str) -> int:
    """Sum the minutes of a part of a lesson: "core" or "going further"."""
    sections = [cell.metadata.get("course", {}) for cell in nbformat.read(path, as_version=4).cells]
    return sum(int(section.get(name, 0)) for section in sections if section.get("part") == part for name in ACTIVITIES)


if __name__ == "__main__":
    sys.exit(main())
