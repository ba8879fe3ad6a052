"""Whose a file or folder is by its name: ids, names as platforms write them, copies as browsers and desktops call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from .roster import Student, clean_name, folder_id, is_student_id, name_key

# The platform's number is the first one: all that follows it may be a name that the student chose.
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?P<plugin>file|onlinetext|comments)_?(?P<rest>.*)", re.DOTALL
)
_CANVAS = re.compile(r"(?P<name>[^_/]+)_(?P<late>LATE_)?(?P<number>\d+)_(?P<upload>\d+)_(?P<rest>.+)", re.DOTALL)
_CANVAS_AGAIN = re.compile(r"(?P<stem>.+?)-(?P<again>\d+)(?P<ending>\.[^.]+)?")
_MAX_NAME = 300  # more than any disk allows; a zip may hold names of 65,000 letters, and patterns take their square
_ENDING = re.compile(r"(?:\.tar)?\.(?=[^.]*[A-Za-z])[A-Za-z0-9]{1,6}", re.IGNORECASE)

# "X (1)" of a browser, "X-Copy1" of Jupyter, "X - Copy (2)" of Windows, "X copy 2" of a Mac, "Copy of X" of a drive, and the
# same in some languages of their menus.
_WORD = r"(?:copy|kopie|copie|copia|cópia|kopia|kopio|kopya)"
_COPIES = (
    re.compile(r"(?P<stem>.+?)\s*\(\d{1,3}\)"),
    re.compile(rf"(?P<stem>.+?)(?:\s*-\s*|[ _]+){_WORD}[ _-]*(?:\(?\d{{1,3}}\)?)?", re.IGNORECASE),
    re.compile(rf"{_WORD}\s+(?:\(?\d+\)?\s+)?(?:of|von|de|di|van|av|z)\s+(?P<stem>.+)", re.IGNORECASE),
    re.compile(r"(?P<stem>.+?)\s*\([^()]*(?:conflict|version)[^()]*\)", re.IGNORECASE),
)
# Blackboard: what stands behind the time is the student's own name of the file.
_ATTEMPT = re.compile(r"_attempt_\d{4}-\d\d-\d\d-.*", re.DOTALL)
_BETWEEN_WORDS = re.compile(r"[\s_+,;()\[\]–-]+")
_NUMBERED = re.compile(r"(?P<stem>.+?)[ _.-]+(?:v?\d{1,2}|final|new|corrected|submission)", re.IGNORECASE)


@dataclass(frozen=True)
class Platform:
    """What the name of a file or folder says that Moodle or Canvas gave."""

    layout: str  # whose name it is
    # name and number: The student, as the platform writes them.
    name: str
    number: str
    rest: str  # what follows: the name that the student gave the file, or nothing for a folder
    late: bool = False  # whether the platform calls it late
    again: int = 0  # Canvas' count of repeated submissions; 0 for the first
    typed: bool = False  # whether it is a text that was typed on the page, and no file


def platform_of(name: str, *, folder: bool) -> Platform | None:
    """Read a name that Moodle or Canvas gave; None for any other name. Canvas makes no folders."""
    if len(name) > _MAX_NAME:
        return None
    moodle, canvas = _MOODLE.fullmatch(name), None if folder else _CANVAS.fullmatch(name)
    if canvas:  # its numbers stand first, so what looks like Moodle's is the student's own file name
        again = _CANVAS_AGAIN.fullmatch(canvas["rest"])
        rest = again["stem"] + (again["ending"] or "") if again else canvas["rest"]
        count = int(again["again"][:6]) if again else 0
        return Platform("Canvas", clean_name(unquote(canvas["name"])), canvas["number"], rest, bool(canvas["late"]), count)
    if moodle:
        typed = moodle["plugin"] != "file"
        return Platform("Moodle", clean_name(unquote(moodle["name"])), moodle["number"], moodle["rest"], typed=typed)
    return None


def stem_of(name: str) -> str:
    """Return the name of a file without its endings, also without one that a browser added: ``s1.ipynb.txt`` is ``s1``."""
    before, found, _ = name.lower().partition(".ipynb")
    if found and before:
        return name[: len(before)]
    ending = re.search(rf"{_ENDING.pattern}$", name, re.IGNORECASE)
    return name[: ending.start()] if ending and ending.start() else name


def without_copy(stem: str) -> str:
    """Return a name without the marks of a copy."""
    for pattern in _COPIES if len(stem) <= _MAX_NAME else ():
        if match := pattern.fullmatch(stem):
            return without_copy(match["stem"].strip())
    return stem


class Owners:
    """Finds students of a class by the names of their files and folders.

    Parameters
    ----------
    roster : mapping of str to Student
        The class; may be empty.
    assignment : str
        For example ``"ps1"``. Students put it before or after their own name.
    """

    def __init__(self, roster: Mapping[str, Student], assignment: str) -> None:
        self._assignment = re.escape(assignment)
        self._ids = {
            key: one for one in roster.values() for key in (one.student_id.casefold(), folder_id(one.official_id).casefold())
        }
        self._bare = _unique(
            (one.student_id.casefold().lstrip("0"), one) for one in roster.values() if one.student_id.isdigit()
        )
        self._joined = _unique((name_key(one.official_id), one) for one in roster.values() if not one.official_id.isalnum())
        self._others = _unique(pair for one in roster.values() for pair in _other_ids(one))
        self._names = _unique(pair for one in roster.values() for pair in _orders(one))
        self._numbers = {("Canvas", one.canvas_id): one for one in roster.values() if one.canvas_id}
        self._numbers |= {("Moodle", one.moodle_number): one for one in roster.values() if one.moodle_number}

    def by_id(self, text: str) -> Student | None:
        """Return the student with an id, in any capitals and with digits of any script."""
        return self._ids.get(folder_id(text).casefold())

    def by_name(self, text: str) -> Student | None:
        """Return the one student of a name. A name that two have finds nobody."""
        return self._names.get(name_key(text)) if name_key(text) else None

    def without_zeros(self, text: str) -> Student | None:
        """Return the one student with an id that spreadsheets write without the zeros at its beginning."""
        plain = folder_id(text)
        return self._bare.get(plain.lstrip("0")) if plain.isdigit() else None

    def by_email(self, text: str) -> Student | None:
        """Return the one student with an address. An address that two have finds nobody."""
        return self._others.get(folder_id(text).casefold()) if "@" in text else None

    def of_platform(self, found: Platform) -> tuple[Student | None, bool]:
        """Return the student of a platform's name, and whether only the person's name says so.

        A number of the platform finds who has it in the platform's own list. In any other list the same number may be
        another person's id, so a name that says otherwise goes before it.
        """
        if known := self._numbers.get((found.layout, found.number)):
            return known, False
        name = found.name.replace("-", " - ").split(" - ") if found.layout == "Moodle" else [found.name]
        # With groups, Moodle writes the group and a hyphen before the person.
        by_name = next((one for at in range(len(name)) if (one := self.by_name(" ".join(name[at:])))), None)
        by_id = self.by_id(found.number)
        if by_id and (by_name is None or by_name == by_id):
            return by_id, False
        return by_name, by_name is not None

    def called(self, stem: str) -> tuple[Student | None, bool]:
        """Return the student after whom a file or folder is called, and whether its name had to be interpreted."""
        if len(stem) > _MAX_NAME:
            return None, False
        stem = unquote(stem)  # "s001%20(1)", as some programs save what they download
        if exact := self.by_id(stem):
            return exact, False
        readings = list(self._readings(stem))
        for reading, _ in readings:
            if found := self.by_id(reading):
                return found, True
        for reading, _ in readings:
            plain = folder_id(reading).casefold()
            if found := self._others.get(plain) or self._bare.get(plain.lstrip("0")) or self._joined.get(name_key(plain)):
                return found, True
        found = next((one for reading, sure in readings if sure and (one := self.by_name(reading))), None)
        found = found or self._among_words(_ATTEMPT.sub("", stem))
        return found, found is not None

    def _among_words(self, text: str) -> Student | None:
        """Return the one student whose id stands in a longer name, or whose name does between hyphens.

        So Blackboard, Brightspace and nbgrader's exchange name files, and students who write id and name. An id that is a
        word, or very short, proves nothing; nor do two ids.
        """
        words = [word for word in _BETWEEN_WORDS.split(text) if word]
        spans = {"-".join(words[at:to]) for at in range(len(words)) for to in range(at + 1, min(at + 3, len(words)) + 1)}
        telling = {one for span in spans if len(span) > 2 and any(map(str.isdigit, span)) and (one := self.by_id(span))}
        parts = {one for part in re.split(r"\s[-–]\s", text) if (one := self.by_name(without_copy(part)))}
        both = telling or parts
        return both.pop() if len(both) == 1 else None

    def _readings(self, stem: str) -> Iterator[tuple[str, bool]]:
        """Yield a name, and the same without marks of a copy, the assignment, a number; and whether it may name a person."""
        between = r"(?:[\s_.-]+|(?=.{3}))"  # "ps12" is not the work of student 2
        own = re.compile(
            rf"{self._assignment}{between}(?P<a>.+)|(?P<b>.{{3,}}?|.+?[\s_.-])[\s_.-]*{self._assignment}", re.IGNORECASE
        )
        todo, seen = [(stem, True)], set()
        while todo:
            text, sure = todo.pop(0)
            if not text or text in seen:
                continue
            seen.add(text)
            yield text, sure
            todo.append((without_copy(text), sure))
            if match := own.fullmatch(text):
                todo.append((re.sub(r"[\s_.-]+$", "", match["a"] or match["b"]), sure))
            if match := _NUMBERED.fullmatch(text):  # two people may be Ali Khan and Ali Khan 2: only ids are read so
                todo.append((match["stem"], False))


def named_like(stem: str, assignment: str) -> bool:
    """Say whether a file is called like the assignment, or like a copy of it."""
    return without_copy(stem).casefold() == assignment.casefold()


def stranger(text: str) -> Student:
    """Return somebody who is on no roster, by the name of a file or folder; the id is empty where none can be made of it."""
    plain = folder_id(without_copy(text))
    for student_id in (text, plain):
        if is_student_id(student_id):
            return Student(without_copy(student_id) if is_student_id(without_copy(student_id)) else student_id)
    return Student("", clean_name(text))


def of_name(roster: Mapping[str, Student], name: str) -> list[Student]:
    """Return all students of a name, whichever of its words stands first."""
    key = name_key(name)
    return [one for one in roster.values() if any(order == key for order, _ in _orders(one))]


def _orders(student: Student) -> Iterator[tuple[str, Student]]:
    """Yield a name as platforms write it: "Ana Núñez", "nunezana"."""
    words = student.name.replace(",", " ").split()
    for order in {name_key(student.name), *(name_key(" ".join(words[at:] + words[:at])) for at in range(len(words)))}:
        yield order, student


def _other_ids(student: Student) -> Iterator[tuple[str, Student]]:
    """Yield what else may name a student: the address, what stands before its @, the login."""
    for text in {student.email, student.email.partition("@")[0], student.canvas_login}:
        yield folder_id(text).casefold(), student


def _unique(pairs: Iterator[tuple[str, Student]]) -> dict[str, Student]:
    found: dict[str, set[Student]] = {}
    for key, student in pairs:
        found.setdefault(key, set()).add(student)
    return {key: next(iter(students)) for key, students in found.items() if key and len(students) == 1}
