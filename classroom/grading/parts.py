"""A class in parts: each marked by a machine of its own, then gathered without running anything again.

A student belongs to one part, whatever the class: the part is a hash of the id. What is kept of a submission is keyed by all
that decides its points, so what another machine has marked in the same way is as good as what was marked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from ..errors import StoppedError, TeacherError
from ..files import write_if_changed
from .database import database_of, has_gradebook
from .gradebook import notebook_of, open_gradebook
from .results import key_of

_FACTS = "facts.txt"
_NAME = "name of the assignment"
MAX_PARTS = 1000


def parse_part(text: str) -> tuple[int, int]:
    """Return which part of how many is meant by ``3/16``."""
    match = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", text.strip())
    number, count = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= number <= count <= MAX_PARTS:
        raise TeacherError(
            f"--part {text!r} is no part of a class. Write 1/4 for the first of four parts; at most {MAX_PARTS}."
        )
    return number, count


def part_of(student_id: str, count: int) -> int:
    """Return the part to which a student belongs, from 1: the same on every machine, today and next term."""
    return int.from_bytes(sha256(student_id.casefold().encode()).digest()[:8], "big") % count + 1


def write_facts(kept: Path, facts: Mapping[str, str], name: str) -> None:
    """Keep what decided the points of a folder, versions and hashes; and the assignment's name, which a person can read."""
    write_if_changed(kept / _FACTS, json.dumps({**facts, _NAME: name}, indent=1, sort_keys=True).encode())


def take_over(out: Path, folders: Sequence[Path], facts: Mapping[str, str], name: str, keys: Mapping[str, str]) -> None:
    """Copy what other folders have marked into one. They are only read, in whatever order they are given.

    Parameters
    ----------
    out : pathlib.Path
        The folder of the whole class.
    folders : sequence of pathlib.Path
        The folders of the parts.
    facts : mapping of str to str
        What decides points here.
    name : str
        Of the assignment.
    keys : mapping of str to str
        The key of what each student has handed in: of an earlier submission nothing is taken.

    Raises
    ------
    TeacherError
        If a folder holds no marks or those of another assignment, was not finished, or was marked under other
        versions: the message says which.
    """
    for folder in folders:  # all of them, before anything is written
        if folder.resolve() == out.resolve():
            raise TeacherError(f"{folder} is the folder into which is gathered. Give the folders of the parts alone.")
        _check(folder, facts, name)
    answers = _answers(out)
    for folder in folders:
        known = _answers(folder)
        for path in sorted((folder / ".kept").glob("*.json")):
            student_id, content = path.stem, path.read_bytes()
            if student_id not in keys or key_of(content) != keys[student_id]:
                continue
            for one in sorted((folder / "autograded" / student_id).rglob("*.ipynb")):
                write_if_changed(out / one.relative_to(folder), one.read_bytes())
            write_if_changed(out / ".kept" / path.name, content)
            answers |= {student_id: known[student_id]} if student_id in known else {}
    write_if_changed(out / ".kept" / "answers.txt", json.dumps(answers, sort_keys=True).encode())


def lacking(students: Iterable[str]) -> TeacherError:
    """Say of whom no part has a result."""
    names = sorted(students)
    shown = ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
    return TeacherError(
        f"For the work of {len(names)} student{'s' * (len(names) > 1)} no part has a result: {shown}. Was a part not "
        "finished, was it marked with a roster of other ids, or did the submissions change? Run that part again; nothing "
        "was marked here."
    )


def _check(folder: Path, facts: Mapping[str, str], name: str) -> None:
    try:
        theirs = json.loads((folder / ".kept" / _FACTS).read_text(encoding="utf-8"))
        theirs = {str(name): str(value) for name, value in theirs.items()}
    except (OSError, ValueError, AttributeError):
        raise TeacherError(
            f"{folder} is no folder into which a part was marked. Give the folders that stood after --out for the parts."
        ) from None
    if (other := theirs.pop(_NAME, name)) != name:  # a folder of an earlier version has no name in it
        raise TeacherError(
            f"{folder} holds marks of {other}, and {name} is gathered here. Give the folders of {name} alone."
        )
    differing = [
        f"{name}: {_short(theirs.get(name, 'none'))} there, {_short(facts.get(name, 'none'))} here"
        for name in sorted(theirs.keys() | facts.keys())
        if theirs.get(name) != facts.get(name)
    ]
    if differing:
        raise TeacherError(
            f"{folder} was marked under other conditions ({'; '.join(differing)}), so its marks may be others. Make them "
            "the same, and mark that part again."
        )
    if not (has_gradebook(folder) and (folder / "grades.csv").exists() and _is_filled(folder, name)):
        raise TeacherError(
            f"The part in {folder} was not finished, or its gradebook is damaged. Run that part again: what it has marked "
            "is kept."
        )


def _is_filled(folder: Path, name: str) -> bool:
    """Say whether the gradebook of a part holds the assignment. A database that does not answer is no damage."""
    try:
        with open_gradebook(folder, only_read=True) as book:
            return notebook_of(book, name) is not None
    except StoppedError:
        if database_of(folder) is not None:
            raise
        return False


def _short(value: str) -> str:
    return f"{value[:8]}…" if re.fullmatch(r"[0-9a-f]{64}", value) else value


def _answers(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / ".kept" / "answers.txt").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
