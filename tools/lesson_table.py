"""The table of lessons in the README: titles, questions and minutes, read from the notebooks and the eras."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat

from helpers import load
from tools.files import write_if_changed
from tools.student_copy import lessons

ROOT = Path(__file__).resolve().parent.parent
# The first and the last lesson belong to no era.
NO_ERA = {
    "00_start_here": "How does one read a notebook, and a column as a source?",
    "10_testing_the_article": "Do measured figures bear out the article?",
}
ACTIVITIES = ("teaching", "exercise", "talk")
_BLOCK = re.compile(r"(<!-- lessons -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> int:
    """Write the table into the README.

    Returns
    -------
    int
        0.
    """
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    changed = write_if_changed(readme, with_table(text).encode())
    print(f"README table of lessons: {'refreshed' if changed else 'up to date'}")
    return 0


def with_table(text: str) -> str:
    """Return the README with the table of lessons made anew.

    Parameters
    ----------
    text : str
        The README; the table's rows stand between ``<!-- lessons -->`` and ``<!-- end -->``.

    Returns
    -------
    str
    """
    head, rule = "| Lesson | Paragraphs | The question | Core path | Going further |", "| --- | --- | --- | --- | --- |"
    rows = "\n".join([head, rule, *(row(path) for path in lessons())])
    return _BLOCK.sub(lambda match: f"{match[1]}{rows}\n{match[2]}", text)


def row(path: Path) -> str:
    """Return one lesson's line of the table.

    Parameters
    ----------
    path : pathlib.Path
        The lesson.

    Returns
    -------
    str
        Markdown.
    """
    eras = load("eras")
    era = eras[eras["lesson"] == path.stem]
    question = NO_ERA[path.stem] if era.empty else str(era["question"].iloc[0])
    paragraphs = "all" if era.empty else f"¶ {era['paragraphs'].iloc[0]}"
    core, further = minutes(path, "core"), minutes(path, "going further")
    return f"| [{title(path)}](notebooks/{path.name}) | {paragraphs} | {question} | {core} min | {further} min |"


def title(path: Path) -> str:
    """Return the heading of a lesson.

    Parameters
    ----------
    path : pathlib.Path
        The lesson.

    Returns
    -------
    str
    """
    first = nbformat.read(path, as_version=4).cells[0].source
    return str(first.splitlines()[0].removeprefix("# "))


def minutes(path: Path, part: str) -> int:
    """Sum the minutes of a part of a lesson.

    Parameters
    ----------
    path : pathlib.Path
        The lesson.
    part : {"core", "going further"}
        The part.

    Returns
    -------
    int
    """
    sections = [cell.metadata.get("course", {}) for cell in nbformat.read(path, as_version=4).cells]
    return sum(int(section.get(name, 0)) for section in sections if section.get("part") == part for name in ACTIVITIES)


if __name__ == "__main__":
    sys.exit(main())
