"""What is kept of each marked submission, so that a run can be stopped and gone on with. One small file a student."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from classroom.files import write_if_changed

from .points import Mark

Status = Literal["graded", "partly run", "unreadable", "refused", "another notebook", "not marked", "missing"]
MARKED = ("graded", "partly run")  # of all others, but the missing, a person must look at the file
STATUS_MEANS: dict[str, str] = {
    "graded": "every cell ran",
    "partly run": "some cell stopped with an error or took too long; everything else was marked",
    "unreadable": "the file is no notebook, or damaged; please look at it",
    "refused": "a link, a file that is far too large, or several of which nothing says which counts; please look at it",
    "another notebook": "a notebook, but not this assignment; nothing of it was run, please ask for the right one",
    "not marked": "a fault of this program, not of the work; run the command again, and tell the course's maintainer",
    "missing": "on the roster, and nothing was handed in",
}


def to_look_at(status: str) -> bool:
    """Say whether a person must look at the file, because the machine could give no points for it."""
    return status not in (*MARKED, "missing")


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
    """What became of one submission.

    Attributes
    ----------
    key : str
        A hash of all that decides the marks. While it is the same, the submission is not marked again. Empty for what
        must be tried again.
    status : str
        See `STATUS_MEANS`.
    isolation : str
        How the code was kept apart: ``"bubblewrap"``, ``"not isolated"``, or empty if nothing ran.
    note : str
        Why, if it could not be marked.
    notes : tuple of str
        What had to be said about its cells.
    marks : tuple of Mark
        One for each cell with points.
    cells : tuple of Shown
        For the feedback page.
    """

    key: str
    status: Status
    isolation: str
    note: str
    notes: tuple[str, ...]
    marks: tuple[Mark, ...]
    cells: tuple[Shown, ...]


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
        return Result(**{**plain, "notes": tuple(plain["notes"]), "marks": _marks(plain), "cells": _cells(plain)})
    except (FileNotFoundError, ValueError, KeyError, TypeError):  # a drive that does not answer is no missing file
        return None


def _path(folder: Path, student_id: str) -> Path:
    return folder / f"{student_id}.json"


def _marks(plain: Mapping[str, Any]) -> tuple[Mark, ...]:
    marks = tuple(Mark(**mark) for mark in plain["marks"])
    if any(mark.points is not None and not isinstance(mark.points, int | float) for mark in marks):
        raise TypeError("points must be numbers")
    return marks


def _cells(plain: Mapping[str, Any]) -> tuple[Shown, ...]:
    return tuple(Shown(**{**cell, "pictures": tuple(map(b64decode, cell["pictures"]))}) for cell in plain["cells"])
