"""Write the derived tables into the pages of the teacher's guide, between their marks.

A table stands between ``<!-- name -->`` and ``<!-- end -->``; what stands around the marks is written by people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from classroom.files import write_if_changed
from helpers import load

from ..errors import TeacherError
from . import minutes, tables

# The first and the last lesson belong to no era.
NO_ERA = {
    "00_start_here": "How does one read a notebook, and a column as a source?",
    "10_testing_the_article": "Do measured figures bear out the article?",
}
_BLOCK = re.compile(r"<!-- (?P<name>room|plan 50|plan 90|routes|outcomes|ladder) -->\n.*?<!-- end -->", re.DOTALL)


def refresh(root: Path, *, check: bool = False) -> list[str]:
    """Bring the tables of the teacher's guide up to date.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the course.
    check : bool, default False
        Only look: write nothing.

    Returns
    -------
    list of str
        The pages that were written, or (with `check`) that would have to be.

    Raises
    ------
    TeacherError
        If a declared table (routes.csv, outcomes.csv) is missing or names what is not there.
    """
    lessons = read_lessons(root)
    changed = []
    for page in sorted((root / "notebooks" / "teaching").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        new = filled(text, _writers(root, page, lessons))
        if new != text:
            changed.append(page.name)
            if not check:
                write_if_changed(page, new.encode())
    return changed


def read_lessons(root: Path) -> dict[str, minutes.Lesson]:
    """Read all lessons of a course, by number and in order; `TeacherError` if there is none."""
    found = [minutes.read_lesson(path) for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))]
    if not found:
        raise TeacherError(f"No lesson was found in {root / 'notebooks'}: a lesson is a file such as 01_name.ipynb.")
    return {lesson.number: lesson for lesson in found}


def faults(root: Path) -> list[str]:
    """Say what is wrong with the lessons' minutes, and with what the guide names, in one sentence a fault."""
    found = [fault for lesson in read_lessons(root).values() for fault in minutes.faults(lesson)]
    outcomes = root / "notebooks" / "teaching" / "outcomes.csv"
    if outcomes.is_file():
        source = root / "notebooks" / "assignments" / "source"
        names = sorted(path.name for path in source.glob("*") if path.is_dir())
        found += tables.missing_assignments(_declared(outcomes), names)
    return found


def filled(text: str, writers: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with each of its tables made anew; a mark without a writer stays as it is."""

    def written(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- {name} -->\n{writers[name]()}\n<!-- end -->" if name in writers else match[0]

    return _BLOCK.sub(written, text)


def _writers(root: Path, page: Path, lessons: dict[str, minutes.Lesson]) -> dict[str, Callable[[], str]]:
    """Return what can be written on this page."""
    teaching, solutions = page.parent, root / "content" / "lessons"
    writers: dict[str, Callable[[], str]] = {
        "routes": lambda: tables.routes(_declared(teaching / "routes.csv"), lessons),
        "outcomes": lambda: tables.outcomes(_declared(teaching / "outcomes.csv"), lessons),
    }
    if solutions.is_dir():  # the zip for the room has no tests: there the table stays as it is
        writers["ladder"] = lambda: tables.ladder(lessons, solutions)
    number = re.fullmatch(r"lesson_(\d\d)", page.stem)
    if number:
        if number[1] not in lessons:
            raise TeacherError(f"{page.name} is the page of lesson {number[1]}, but there is no such lesson.")
        lesson = lessons[number[1]]
        writers["room"] = lambda: tables.room(lesson, *_of_lesson(lesson))
        writers |= {"plan 50": lambda: tables.short_plan(lesson), "plan 90": lambda: tables.long_plan(lesson)}
    return writers


def _of_lesson(lesson: minutes.Lesson) -> tuple[str, int]:
    """Return the question of a lesson, and how many claims it treats."""
    eras, claims = load("eras"), load("claims")
    bold = re.findall(r"\*\*([^*]+\?)\*\*", lesson.opening)
    asked = eras.loc[eras["lesson"] == lesson.stem, "question"].tolist()
    no_era = NO_ERA.get(lesson.stem, "What do you expect?")
    question = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", (bold or asked or [no_era])[0])
    return " ".join(question.split()), int((claims["lesson"] == lesson.stem).sum())


def _declared(path: Path) -> pd.DataFrame:
    """Read a small table that people write."""
    if not path.is_file():
        raise TeacherError(f"The file {path} is missing: the table of this name is made from it.")
    return pd.read_csv(path, dtype="str", keep_default_na=False)
