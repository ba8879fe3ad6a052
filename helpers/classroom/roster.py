"""The list of a class, and the names that students may have in files, marks and pages."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import TeacherError

_STUDENT_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._@+-]{0,62}[A-Za-z0-9_])?")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file may have these names on Windows
_MOST_NAME = 100


@dataclass(frozen=True)
class Student:
    """Somebody who is in the class or handed something in."""

    student_id: str
    name: str = ""
    email: str = ""


def is_student_id(text: str) -> bool:
    """Say whether a text can be a student's id: it becomes the name of a folder and a key of the gradebook.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        True for 1 to 64 letters of the Latin alphabet, digits and ``. _ - @ +``, with a letter or digit in front.
    """
    return bool(_STUDENT_ID.fullmatch(text)) and not _RESERVED.fullmatch(text) and ".." not in text


def clean_name(text: str) -> str:
    """Return a person's name with letters of any script, digits and a few signs, and nothing that a page could run.

    Parameters
    ----------
    text : str
        A name as it came: from a roster or from the name of a file.

    Returns
    -------
    str
        At most 100 characters.
    """
    plain = unicodedata.normalize("NFC", text).replace("'", "’")
    kept = (
        sign if unicodedata.category(sign)[0] in "LM" or sign.isdigit() or sign in " .’-,()·\u200c\u200d" else " "
        for sign in plain
    )
    return " ".join("".join(kept).split())[:_MOST_NAME]


def read_roster(path: Path) -> dict[str, Student]:
    """Read the list of a class.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file in UTF-8 with a column ``student_id``, and optionally ``name`` and ``email``.

    Returns
    -------
    dict of str to Student
        By student id, in the order of the file.

    Raises
    ------
    TeacherError
        If the file cannot be read, has no such column, or has an id that is not allowed or stands there twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise TeacherError(f"The roster {path} cannot be read: {problem}. Save it as CSV in UTF-8.") from None
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    columns = [str(name).strip().lower() for name in rows.fieldnames or []]
    if "student_id" not in columns:
        raise TeacherError(f"The roster {path} has the columns {columns}. It needs student_id, and may have name and email.")
    rows.fieldnames = columns
    students: dict[str, Student] = {}
    for row in rows:
        student = _student(row, f"{path.name}, line {rows.line_num}")
        if student.student_id.casefold() in map(str.casefold, students):
            raise TeacherError(
                f"{path.name}, line {rows.line_num}: the student_id {student.student_id!r} stands there twice."
            )
        students[student.student_id] = student
    return students


def name_key(name: str) -> str:
    """Return a name without case, accents, spaces and signs, to find it again where a platform squeezed it.

    Parameters
    ----------
    name : str
        For example ``"Núñez, Ana María"``.

    Returns
    -------
    str
        For example ``"nunezanamaria"``.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in folded if sign.isalnum())


def _student(row: Mapping[str, str | None], where: str) -> Student:
    given = (row.get("student_id") or "").strip()
    if not is_student_id(given):
        raise TeacherError(
            f"{where}: {given!r} cannot be a student_id. Allowed are 1 to 64 Latin letters, digits and . _ - @ +, "
            "with a letter or digit at the beginning and the end."
        )
    email = (row.get("email") or "").strip()
    return Student(
        given, clean_name(row.get("name") or ""), email if re.fullmatch(r"[^\s@<>\"']+@[^\s@<>\"']+", email) else ""
    )
