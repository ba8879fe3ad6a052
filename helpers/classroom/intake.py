"""Find what was handed in: which files, of whom, and which one counts. Nothing is followed, unpacked or read whole unasked.

Four layouts are known, and may be mixed in one folder or in one zip:

- nbgrader's: ``<student>/ps1/ps1.ipynb`` (or without the folder of the assignment)
- flat: ``<student>.ipynb``
- Moodle's: ``First Last_1234567_assignsubmission_file_/ps1.ipynb``, or the same in one name without the folder
- Canvas': ``lastfirst_LATE_12345_67890_ps1-1.ipynb`` (LATE and the last number only where they apply)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from .errors import TeacherError
from .roster import Student, clean_name, is_student_id, name_key
from .storage import Entry, open_storage

Fate = Literal["counts", "older", "refused", "not a notebook", "another assignment"]
# The platform's number is the first one: all that follows it may be a name that the student chose.
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<plugin>file|onlinetext)_?(?P<rest>.*)", re.DOTALL)
_CANVAS = re.compile(r"(?P<name>[^_/]+)_(?P<late>LATE_)?(?P<number>\d+)_(?P<upload>\d+)_(?P<rest>.+)", re.DOTALL)
_CANVAS_AGAIN = re.compile(r"(?P<stem>.+?)-(?P<again>\d+)\.ipynb")


@dataclass(frozen=True)
class HandedIn:
    """One file, and what became of it.

    Attributes
    ----------
    student : Student
        Whose it is. The id is empty when none could be made of the name.
    entry : Entry
        The file.
    layout : str
        By whose habit the file was named.
    late : bool
        Whether the platform calls it late. Late work is marked like any other.
    again : int
        Canvas' count of repeated submissions; 0 for the first.
    number : str
        The platform's own number for the student, where the name of the file has one.
    fate : str
        What became of it: see `Fate`.
    reason : str
        Why, in words.
    """

    student: Student
    entry: Entry
    layout: str
    late: bool = False
    again: int = 0
    number: str = ""
    fate: Fate = "counts"
    reason: str = ""


def find_submissions(folder: Path, assignment: str, roster: Mapping[str, Student]) -> list[HandedIn]:
    """Find all files and decide which one counts for each student: the last that was handed in.

    Parameters
    ----------
    folder : pathlib.Path
        A folder or a zip file.
    assignment : str
        For example ``"ps1"``.
    roster : mapping of str to Student
        The class; may be empty. Platforms that give names only are matched with it by name.

    Returns
    -------
    list of HandedIn
        Sorted by student. For each student at most one has the fate ``"counts"``.

    Raises
    ------
    TeacherError
        If the folder is not there, or two students would have the same id.
    """
    names = _by_name(roster)
    placed = [one for entry in open_storage(folder) if (one := _place(entry, assignment)) is not None]
    found = _not_two_in_one(placed, [_with_roster(one, roster, names) for one in placed])
    if not found:
        raise TeacherError(
            f"Nothing was found in {folder}. Expected are <student>/{assignment}/{assignment}.ipynb, <student>.ipynb, or "
            "the zip that Moodle or Canvas gives when all submissions are downloaded."
        )
    groups: dict[str, list[HandedIn]] = {}
    for one in found:
        groups.setdefault(one.student.student_id.casefold() or f"?{one.entry.path}", []).append(one)
    _refuse_twins(groups)
    return [one for key in sorted(groups) for one in _decide(groups[key], assignment)]


def _place(entry: Entry, assignment: str) -> HandedIn | None:
    """Say whose a file is by its path; None for what no student handed in."""
    parts = PurePosixPath(entry.path).parts
    if any(part.startswith(".") or part == "__MACOSX" or part.endswith(".ipynb_checkpoints") for part in parts):
        return None
    moodle, canvas = _MOODLE.fullmatch(parts[0]), _CANVAS.fullmatch(parts[0]) if len(parts) == 1 else None
    if moodle and not canvas:
        return _from_moodle(entry, moodle, parts, assignment)
    if canvas:  # its numbers stand first, so what looks like Moodle's is the student's own file name
        again = _CANVAS_AGAIN.fullmatch(canvas["rest"])
        student = Student(canvas["number"], clean_name(canvas["name"]))
        count = int(again["again"][:6]) if again else 0
        return _sorted_out(
            HandedIn(student, entry, "Canvas", bool(canvas["late"]), count, canvas["number"]), canvas["rest"], assignment
        )
    if len(parts) == 1:
        if entry.kind == "folder":
            return HandedIn(_named(parts[0]), entry, "nbgrader", fate="not a notebook", reason="The folder is empty.")
        if not parts[0].lower().endswith(".ipynb") and entry.kind == "file":
            return None  # a roster, a list of marks, a note of the teacher
        return _sorted_out(HandedIn(_named(parts[0].rsplit(".", 1)[0]), entry, "flat"), f"{assignment}.ipynb", assignment)
    one = HandedIn(_named(parts[0]), entry, "nbgrader")
    if len(parts) == 3 and parts[1] != assignment:
        return replace(one, fate="another assignment", reason=f"It stands in the folder {parts[1]!r}.")
    if len(parts) > 3:
        return replace(one, fate="not a notebook", reason="It lies too deep in folders.")
    return _sorted_out(one, parts[-1], assignment)


def _from_moodle(entry: Entry, match: re.Match[str], parts: tuple[str, ...], assignment: str) -> HandedIn:
    student = Student(match["number"], clean_name(match["name"]))
    one = HandedIn(student, entry, "Moodle", number=match["number"])
    if match["plugin"] == "onlinetext":
        return replace(one, fate="not a notebook", reason="A text that was typed on the page.")
    return _sorted_out(one, parts[-1] if len(parts) > 1 else match["rest"], assignment)


def _sorted_out(one: HandedIn, file: str, assignment: str) -> HandedIn:
    if one.entry.problem:
        return replace(one, fate="refused", reason=one.entry.problem)
    if not file.lower().endswith(".ipynb"):
        return replace(one, fate="not a notebook", reason=f"The file {file[:60]!r} does not end in .ipynb.")
    if not one.student.student_id:
        return replace(
            one, fate="refused", reason="Its name gives no student id: allowed are Latin letters, digits, . _ - @ +."
        )
    return one


def _named(text: str) -> Student:
    return Student(text if is_student_id(text) else "", clean_name(text) if not is_student_id(text) else "")


def _by_name(roster: Mapping[str, Student]) -> dict[str, Student]:
    """Find students by name as platforms write it: "Ana Núñez", "nunezana". A name that two have finds nobody."""
    found: dict[str, list[Student]] = {}
    for student in roster.values():
        words = student.name.replace(",", " ").split()
        for order in {name_key(student.name), *(name_key(" ".join(words[at:] + words[:at])) for at in range(len(words)))}:
            found.setdefault(order, []).append(student)
    return {key: students[0] for key, students in found.items() if key and len(students) == 1}


def _with_roster(one: HandedIn, roster: Mapping[str, Student], names: Mapping[str, Student]) -> HandedIn:
    same_case = {student_id.casefold(): student_id for student_id in roster}
    known = same_case.get(one.student.student_id.casefold())
    if known:
        return replace(one, student=roster[known])
    # Moodle and Canvas put a number of their own into the name of the file, and the student's name before it.
    by_name = (
        names.get(name_key(one.student.name)) if one.layout in ("Moodle", "Canvas") or not one.student.student_id else None
    )
    if not by_name:
        return one
    if one.fate == "refused" and not one.entry.problem:
        one = replace(one, fate="counts", reason="")
    return replace(one, student=by_name)


def _not_two_in_one(placed: list[HandedIn], matched: list[HandedIn]) -> list[HandedIn]:
    """Undo what was matched by name where a platform has two numbers for the name: these may be two people."""
    numbers: dict[tuple[str, str], set[str]] = {}
    for before, after in zip(placed, matched, strict=True):
        if after.number and _by_name_only(before, after):
            numbers.setdefault((after.student.student_id, after.layout), set()).add(after.number)
    several = {key: found for key, found in numbers.items() if len(found) > 1}
    return [
        replace(before, reason=_two_people(before, after, several[key]) if before.fate == "counts" else before.reason)
        if (key := (after.student.student_id, after.layout)) in several and _by_name_only(before, after)
        else after
        for before, after in zip(placed, matched, strict=True)
    ]


def _by_name_only(before: HandedIn, after: HandedIn) -> bool:
    return before.student.student_id.casefold() != after.student.student_id.casefold()


def _two_people(before: HandedIn, after: HandedIn, numbers: set[str]) -> str:
    return (
        f"{before.layout} has {len(numbers)} numbers ({', '.join(sorted(numbers))}) for the name {after.student.name!r}, "
        f"but the roster has one student of that name, {after.student.student_id}. They may be two, so this file counts "
        f"for the number {before.number}. Find out whose it is, and give the file or its folder the student_id as its name."
    )


def _refuse_twins(groups: Mapping[str, list[HandedIn]]) -> None:
    for group in groups.values():
        spelled = {one.student.student_id for one in group}
        if len(spelled) > 1:
            raise TeacherError(
                f"The ids {' and '.join(sorted(spelled))} differ only in capital letters. On some machines they would be "
                "one folder. Rename one of them."
            )


def _decide(group: list[HandedIn], assignment: str) -> list[HandedIn]:
    """Let the last submission of one student count; a file with the assignment's own name goes before others."""
    readable = [one for one in group if one.fate == "counts"]
    named = [one for one in readable if PurePosixPath(one.entry.path).name == f"{assignment}.ipynb"]
    pool = named if named and all(one.layout == "nbgrader" for one in readable) else readable
    if not pool:
        return sorted(group, key=lambda one: one.entry.path)
    last = max(pool, key=lambda one: (one.again, one.entry.time, one.entry.path))
    return [
        one if one is last or one.fate != "counts" else replace(one, fate="older", reason=f"{last.entry.shown} counts.")
        for one in sorted(group, key=lambda one: (one is not last, one.entry.path))
    ]
