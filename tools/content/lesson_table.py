"""What the README derives: the table of lessons, from the notebooks and the eras, and the badge that opens Binder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from classroom.files import write_if_changed
from classroom.lesson_files import lessons
from classroom.lesson_plans.minutes import CORE, FURTHER, read_lesson
from classroom.lesson_plans.pages import NO_ERA
from helpers import load
from tools.content.pages import filled
from tools.editions.binder import Course, badge, link, published

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("Lesson", "Paragraphs", "The question", "Core path", "Going further")
UNPUBLISHED = "The course has no public address yet. Once it has one, a badge stands here, and a link beside each lesson."


class Row(NamedTuple):
    """What the lists of lessons say of one: its file, its heading, what it asks, and the minutes of both its parts."""

    file: str
    title: str
    question: str
    core: int
    further: int

    @property
    def number(self) -> str:
        """The number in its heading."""
        return self.title.partition(" · ")[0]

    @property
    def name(self) -> str:
        """The rest of its heading."""
        return self.title.partition(" · ")[2]


def row_of(path: Path) -> Row:
    """Return what lists say of a lesson."""
    lesson, eras = read_lesson(path), load("eras")
    questions = dict(zip(eras["lesson"], eras["question"], strict=True)) | NO_ERA
    core, further = (sum(section.minutes for section in lesson.part(part)) for part in (CORE, FURTHER))
    return Row(path.name, lesson.title, str(questions.get(path.stem, "")), core, further)


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
    rows = "\n".join([head, *(_line(path, course) for path in lessons())])
    face = badge(course, f"notebooks/{lessons()[0].name}") or UNPUBLISHED
    return filled(text, {"lessons": lambda: rows, "binder": lambda: face})


def _line(path: Path, course: Course) -> str:
    """Return a lesson's line of the table, in Markdown."""
    eras, row = load("eras"), row_of(path)
    era = eras[eras["lesson"] == path.stem]
    paragraphs = "all" if era.empty else f"¶ {era['paragraphs'].iloc[0]}"
    cells = [f"[{row.title}](notebooks/{row.file})", paragraphs, row.question, f"{row.core} min", f"{row.further} min"]
    opens = link(course, f"notebooks/{row.file}")
    return f"| {' | '.join([*cells, *([f'[Binder]({opens})'] if opens else [])])} |"


if __name__ == "__main__":
    sys.exit(main())
