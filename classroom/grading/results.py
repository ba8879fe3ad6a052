"""What is kept of each marked submission, so that a run can be stopped and gone on with. One small file a student."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from ..files import write_if_changed
from ..submissions.deadlines import IN_TIME, Lateness
from ..submissions.roster import Student
from .gradebook import Entered
from .points import Score

Status = Literal["graded", "partly run", "unreadable", "refused", "another notebook", "not marked", "missing"]
IDEAS = "ideas.txt"  # a file that is there while the students' pages show ideas
PAGES = "pages.txt"  # of what each student's page was made, and what it was
MARKED: tuple[Status, ...] = ("graded", "partly run")
STATUS_MEANS: dict[str, str] = {
    "graded": "every cell of the student ran",
    "partly run": "some cell stopped with an error or took too long; everything else was marked",
    "unreadable": "the file is no notebook, or it is damaged: look at it, and ask the student",
    "refused": "it is a link, larger than 20 MB, or one of several of which nothing says which counts: look at it",
    "another notebook": (
        "it is another assignment, a lesson, or the student's own notebook: nothing of it was run; ask for the right one"
    ),
    "not marked": "a fault of the program, not of the work: run the command again, and tell the course's maintainer",
    "missing": "on the roster, and nothing was handed in",
}


def status_of(text: str) -> Status:
    """Return a status as a file has it; an unknown one asks for a person."""
    known: dict[str, Status] = {one: one for one in get_args(Status)}
    return known.get(text, "unreadable")


@dataclass(frozen=True)
class Marked:
    """A student's line: who, what became of the work, and what the gradebook holds now."""

    student: Student
    status: Status
    isolation: str
    note: str
    entered: Mapping[str, Entered]
    lateness: Lateness = IN_TIME

    @property
    def ran(self) -> bool:
        """Whether the machine could mark the work."""
        return self.status in MARKED

    @property
    def to_look_at(self) -> bool:
        """Whether a person must look at the file, because the machine could give no points for it."""
        return not self.ran and self.status != "missing"

    @property
    def has_answers_to_mark(self) -> bool:
        """Whether a person must still give or confirm some points; what was not read has no answers."""
        return self.ran and any(one.needs_marking for one in self.entered.values())

    @property
    def waits(self) -> bool:
        """Whether a person must still mark something, or look at it."""
        return self.to_look_at or self.has_answers_to_mark


@dataclass(frozen=True)
class Shown:
    """One cell as the feedback page shows it: text and pictures that are clean already."""

    cell_id: str
    kind: str
    source: str
    own: bool
    text: str
    problem: str
    pictures: tuple[bytes, ...]
    added: bool = False  # a cell that the student added
    locked: str = ""  # the locked cell in which it stood, if it was put back


@dataclass(frozen=True)
class Result:
    """What became of one submission."""

    # A hash of all that decides the points. While it is the same, the submission is not marked again. Empty for what
    # must be tried again.
    key: str
    status: Status  # see `STATUS_MEANS`
    isolation: str  # how the code was kept apart: ``"bubblewrap"``, ``"not isolated"``, or empty if nothing ran
    note: str  # why, if it could not be marked
    notes: tuple[str, ...]  # what had to be said about its cells
    scores: tuple[Score, ...]  # one for each cell with points
    cells: tuple[Shown, ...]  # for the feedback page
    traces: tuple[str, ...] = ()  # hashes of what programs wrote into the notebook by themselves: see `likeness.traces_of`

    @property
    def ran(self) -> bool:
        """Whether the machine could mark the work."""
        return self.status in MARKED


def save(folder: Path, student_id: str, result: Result) -> None:
    """Keep a result, in one step."""
    plain = asdict(result)
    for cell in plain["cells"]:
        cell["pictures"] = [b64encode(picture).decode() for picture in cell["pictures"]]
    write_if_changed(_path(folder, student_id), json.dumps(plain).encode())


def forget(folder: Path, student_id: str) -> None:
    """Drop what is kept of a student's submission, before something else is."""
    _path(folder, student_id).unlink(missing_ok=True)


def load_result(folder: Path, student_id: str) -> Result | None:
    """Return what is kept of a student's submission, or None if nothing is, or nothing that can be read."""
    try:
        plain = json.loads(_path(folder, student_id).read_text(encoding="utf-8"))
        known = {"notes": tuple(plain["notes"]), "scores": _scores(plain), "cells": _cells(plain)}
        return Result(**{**plain, **known, "traces": tuple(plain.get("traces", ()))})
    except (FileNotFoundError, ValueError, KeyError, TypeError):  # a drive that does not answer is no missing file
        return None


def key_of(content: bytes) -> str:
    """Return the key of a kept result, as its file has it; empty if that is none."""
    try:
        return str(json.loads(content)["key"])
    except (ValueError, KeyError, TypeError):
        return ""


def kept_bytes(folder: Path, student_id: str) -> bytes:
    """Return what is kept of a student's submission as it stands in its file; nothing if nothing is kept."""
    try:
        return _path(folder, student_id).read_bytes()
    except FileNotFoundError:
        return b""


def kept_answers(folder: Path) -> dict[str, dict[str, str]]:
    """Return a hash of what each student wrote, by cell with points, when the gradebook was last written."""
    return {one: cells for one, cells in _dict_in(folder / "answers.txt").items() if isinstance(cells, dict)}


def kept_pages(folder: Path) -> dict[str, list[str]]:
    """Return two hashes by student: of all that the page was made of, and of the page."""
    return _dict_in(folder / PAGES)


def _dict_in(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path(folder: Path, student_id: str) -> Path:
    return folder / f"{student_id}.json"


def _scores(plain: Mapping[str, Any]) -> tuple[Score, ...]:
    scores = tuple(Score(**score) for score in plain["scores"])
    if any(score.points is not None and not isinstance(score.points, int | float) for score in scores):
        raise TypeError("points must be numbers")
    return scores


def _cells(plain: Mapping[str, Any]) -> tuple[Shown, ...]:
    return tuple(Shown(**{**cell, "pictures": tuple(map(b64decode, cell["pictures"]))}) for cell in plain["cells"])
