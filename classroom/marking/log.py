"""What markers gave, one line each time that something was saved. Lines are only added, so that two logs can be joined.

nbgrader's gradebook holds one number and one comment for a cell. The levels of a rubric, a second marker's work, and what
was given before stand here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from math import isfinite
from pathlib import Path

from ..errors import TeacherError
from ..files import write_if_changed

FOLDER = "marking"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")


@dataclass(frozen=True)
class Mark:
    """What one marker has given to one student's answer to a question."""

    marker: str  # who
    second: bool  # whether as the second marker, whose points do not count by themselves
    # question and student_id: Whose answer to what.
    question: str
    student_id: str
    # The points of each criterion that has a level yet, by ``"<cell>/<criterion>"``.
    levels: Mapping[str, float] = field(default_factory=dict)
    comments: tuple[str, ...] = ()  # in the order in which the student reads them
    answer: str = ""  # a hash of the answer that was read
    at: str = ""  # when, as an ISO time in UTC: later marks of the same marker go before earlier ones

    @property
    def place(self) -> tuple[str, str]:
        """The answer to which it belongs."""
        return self.question, self.student_id


def check_marker(name: str) -> str:
    """Return a marker's name; it becomes the name of a file."""
    if not _NAME.fullmatch(name):
        raise TeacherError(f"{name!r} cannot be the name of a marker. Letters, digits, - and _ are allowed, at most 32.")
    return name


def append(folder: Path, marks: Iterable[Mark]) -> None:
    """Add marks to their markers' logs; on return they are on the disk."""
    for mark in marks:
        path = folder / FOLDER / f"{mark.marker}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            # A line that a crash has cut off stays behind; the next one begins anew.
            cut = file.tell() and not path.read_bytes().endswith(b"\n")
            file.write((b"\n" if cut else b"") + json.dumps(asdict(mark)).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


def read_log(folder: Path) -> list[Mark]:
    """Return all marks of a folder, the oldest first. A line that cannot be read is passed over: the others are whole."""
    return sorted((mark for line in _lines(folder) if (mark := _mark(line))), key=lambda mark: mark.at)


def rename_in_logs(folder: Path, ids: Mapping[str, str]) -> None:
    """Let marks be those of other students: the same ones, who have other ids now. No line comes or goes."""
    for path in sorted((folder / FOLDER).glob("*.jsonl")):
        write_if_changed(path, with_ids_in_log(path.read_bytes(), ids))


def with_ids_in_log(content: bytes, ids: Mapping[str, str]) -> bytes:
    """Return a log with other ids of students."""
    return b"\n".join(_renamed(line, ids) for line in content.split(b"\n"))


def _renamed(line: bytes, ids: Mapping[str, str]) -> bytes:
    mark = _mark(line.decode("utf-8", errors="replace"))
    return (
        json.dumps(asdict(replace(mark, student_id=ids[mark.student_id]))).encode()
        if mark and mark.student_id in ids
        else line
    )


def lines_passed_over(folder: Path) -> int:
    """Return how many lines of the logs of a folder cannot be read."""
    return sum(_mark(line) is None for line in _lines(folder))


def _lines(folder: Path) -> Iterator[str]:
    for path in sorted((folder / FOLDER).glob("*.jsonl")):
        yield from filter(str.strip, path.read_text(encoding="utf-8", errors="replace").split("\n"))


def _mark(line: str) -> Mark | None:
    """Return what stands in a line. It may come from another machine: the marker's name becomes that of a file here."""
    try:
        plain = json.loads(line)
        levels = {str(name): float(points) for name, points in plain["levels"].items()}
        mark = Mark(**{**plain, "levels": levels, "comments": tuple(plain["comments"])})
        datetime.fromisoformat(mark.at)
        words = (mark.marker, mark.question, mark.student_id, mark.answer, *mark.comments)
        whole = all(isinstance(one, str) for one in words) and isinstance(mark.second, bool)
        whole = whole and isinstance(plain["comments"], list) and all(map(isfinite, levels.values()))
        return mark if whole and _NAME.fullmatch(mark.marker) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def latest(marks: Iterable[Mark], *, second: bool) -> dict[tuple[str, str], Mark]:
    """Return the last mark of each answer, of the first markers or of the second ones."""
    return {mark.place: mark for mark in marks if mark.second == second}


def levels_given(marks: Mapping[tuple[str, str], Mark], student_id: str) -> dict[str, float]:
    """Return the levels that a student was given, by ``"<cell>/<criterion>"``."""
    return {key: points for (_, one), mark in marks.items() if one == student_id for key, points in mark.levels.items()}
