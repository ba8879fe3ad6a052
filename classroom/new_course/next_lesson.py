"""The next lesson of a course that was begun with `new`: from the first one."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import nbformat

from ..errors import TeacherError

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).with_name("skeleton_files")


def begin_lesson(name: str, root: Path = ROOT) -> list[Path]:
    """Write the files of a new lesson, named as in the column ``lesson`` of the eras: ``"02_the_second_era"``; return them.

    `TeacherError` if this is no name of a lesson, the eras give its number another, or a file is there. Nothing is written
    then.
    """
    found = re.fullmatch(r"(\d\d)_([a-z0-9_]+)", name.removesuffix(".ipynb"))
    if found is None:
        raise TeacherError(
            f"{name!r} is not the name of a lesson. Two digits, _, and small letters are allowed, as in 02_its_name."
        )
    number, words = found.groups()
    _check_name_of_the_era(root / "data" / "eras.csv", number, words)
    title = words.replace("_", " ").capitalize()
    contents = {
        root / "notebooks" / f"{number}_{words}.ipynb": _notebook(number, title),
        root / "helpers" / "exercises" / f"lesson_{number}.py": _numbered("lesson_01.py.txt", number),
        root / "content" / "lessons" / f"lesson_{number}.py": _numbered("solutions_01.py.txt", number),
    }
    there = [path for path in contents if path.exists()] + sorted((root / "notebooks").glob(f"{number}_*.ipynb"))
    if there:
        raise TeacherError(
            f"{there[0].relative_to(root)} is there already, and nothing is overwritten. Take another number."
        )
    for path, text in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(contents)


def _check_name_of_the_era(eras: Path, number: str, words: str) -> None:
    """Refuse a name that is not the era's own: the timelines and the start page would lead to a file that is not there."""
    with eras.open(encoding="utf-8", newline="") as rows:
        names = [row["lesson"] for row in csv.DictReader(rows) if row["lesson"].startswith(f"{number}_")]
    if names and f"{number}_{words}" not in names:
        raise TeacherError(
            f"data/eras.csv names lesson {number} {names[0]!r}, but {number + '_' + words!r} was given. Give that name, or "
            "change it in the column 'lesson' first."
        )


def _notebook(number: str, title: str) -> str:
    """Return the first lesson under another number; its cells get ids of their own."""
    notebook = nbformat.reads(_numbered("first_lesson.ipynb", number), as_version=4)
    for position, cell in enumerate(notebook.cells):
        cell["id"] = f"lesson-{number}-{position:02d}"
    opening = notebook.cells[0]
    opening.source = re.sub(r"^# .*", f"# {number} · {title}", opening.source, count=1)
    return str(nbformat.writes(notebook)) + "\n"


def _numbered(pattern: str, number: str) -> str:
    """Return a pattern with the number of the lesson in the place of 01."""
    text = (OWN / pattern).read_text(encoding="utf-8")
    return re.sub(r"\b01(?=\.\d)|(?<=lesson_)01\b|(?<=[Ll]esson )01\b", number, text)
