"""The list of a class, and the names that students may have in files, marks and pages."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest
from pathlib import Path

from ..errors import TeacherError
from ..files import write_if_changed

_STUDENT_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._@+-]{0,62}[A-Za-z0-9_])?")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file may have these names on Windows
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
_MAX_NAME = 100
_MARKED, _WHOLE = "roster.txt", "class.txt"  # what is kept of a class: who was marked, and all of it
# What Excel makes of an id: 12345.0 of a column of numbers with gaps, 1.23E+05 of a long number, 12,345, and a date of 3-24.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_SPOILT = re.compile(
    rf"\d+[.,]0+|\d+(?:[.,]\d+)?E\+\d+|\d{{1,3}}(?:,\d{{3}})+|\d{{1,2}}-{_MONTH}|{_MONTH}-\d\d", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*[/\\: '’]\s*")  # what schools write inside ids and no folder may have

# The columns as teachers and platforms call them, without case, blanks, "_" and "-". Of several ids the first that is
# filled in.
# Moodle writes the titles in the language of who exports (`get_string` in moodle/moodle,
# grade/export/txt/grade_export_txt.php): German, French, Spanish and Arabic are here. The Arabic titles and those of the id
# were found in language packs of Moodle and its plug-ins, those of the German grading worksheet in exports that programs on
# GitHub read; the others were not looked up. Of any other language the teacher names the columns: `--column`.
_IDS = (
    *("studentid", "studentnumber", "studentno", "idnumber", "sisuserid", "orgdefinedid", "username"),
    *("idnummer", "numérodidentification", "númerodeid", "númeroid", "رقمالمعرف", "anmeldename", "nomdutilisateur"),
    *("nombredeusuario", "اسمالمستخدم", "sisloginid", "id"),
)
_NAMES = (
    *("name", "fullname", "studentname", "student", "firstnamelastname", "lastnamefirstname"),
    *("vollständigername", "nomcomplet", "nombrecompleto", "الاسمالكامل"),
)
# In the worksheet Moodle calls a student "Participant 4711" (`hiddenuser` in mod/assign/lang/en/assign.php). Its German
# title is "ID" alone, so it is known by what stands below. Words of mod_assign's packs: de, es and pt, it.
_PARTICIPANT = re.compile(r"(?:participante?|partecipante|teilnehmer/in)\s?(\d+)", re.IGNORECASE)
_FIELDS = {"student_id": "studentid", "name": "name", "first_name": "firstname", "last_name": "lastname"}
_FIELDS |= {"email": "email", "school_id": "schoolid", "group": "group"}
_FIRST = ("firstname", "firstnames", "givenname", "forename", "vorname", "prénom", "nombre", "الاسمالأول")
_LAST = ("lastname", "surname", "familyname", "nachname", "nomdefamille", "nom", "apellidos", "اسمالعائلة", "الاسمالأخير")
_EMAILS = (
    *("email", "emailaddress", "mail", "emailadresse", "adressedecourriel", "direccióndecorreo", "direcciónemail"),
    *("correoelectrónico", "عنوانالبريدالإلكتروني", "البريدالإلكتروني"),
)
# Not "groups": in Moodle's list of participants these are parts of a class, who do not hand in together. "Group" is the team
# of a group assignment in its grading worksheet (`submissionteam` in moodle/moodle, mod/assign/lang/en/assign.php).
_GROUPS = ("group", "team")
# One letter, several keyboards: yeh and kaf of Arabic, Persian and Urdu; the letters for h, and the marked t that is read as
# one; and the stroke that only makes a word longer.
_SAME_LETTER = str.maketrans({**dict.fromkeys("يى", "ی"), "ك": "ک", **dict.fromkeys("ہھەةۃ", "ه"), "ـ": None})
_KEYS = {*_IDS, *_EMAILS, "identifier"}
_MAX_TITLES = 5  # some lists begin with the name of the class
_KNOWN = (
    "One of the first rows must name the columns. It needs student_id, and may have name and email. The lists of Moodle "
    "(participants, grades, grading worksheet) and "
    "Canvas (export of the gradebook) can be given as they are, in English; those of Moodle also in "
    "German, French, Spanish and Arabic. If a column has another title, say which it is: --column student_id='TITLE', and "
    f"the same for {', '.join(list(_FIELDS)[1:-1])} or group."
)


@dataclass(frozen=True)
class Student:
    """Somebody who is in the class or handed something in."""

    student_id: str  # the name in folders, files and the gradebook
    # name and email: As the roster has them, if it has.
    name: str = ""
    email: str = ""
    school_id: str = ""  # the id as the school writes it, where no folder can have that name; empty where it is the same
    # canvas_id, canvas_login, section: What Canvas' own export says, to find the student there again.
    canvas_id: str = ""
    canvas_login: str = ""
    section: str = ""
    moodle_number: str = ""  # the number by which Moodle names files, where its grading worksheet is the roster
    group: str = ""  # with whom the student hands in, where the roster has a column ``group`` or ``team``

    @property
    def official_id(self) -> str:
        """The id as the school writes it."""
        return self.school_id or self.student_id


def is_student_id(text: str) -> bool:
    """Say whether a text can be a student's id: it becomes the name of a folder and a key of the gradebook."""
    return bool(_STUDENT_ID.fullmatch(text)) and not _RESERVED.fullmatch(text) and ".." not in text


def folder_id(text: str) -> str:
    """Return an id as a folder can have it: ``2024/001`` becomes ``2024-001``, and digits of any script 0 to 9.

    What else no folder may have is left for `is_student_id` to refuse.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return _BETWEEN.sub("-", latin_digits(plain).strip()).rstrip(".")


def latin_digits(text: str) -> str:
    """Return a text with the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in text)


def clean_name(text: str) -> str:
    """Return a person's name with letters of any script, digits and a few signs, and nothing that a page could run."""
    plain = unicodedata.normalize("NFC", text).replace("'", "’")
    kept = (
        sign if unicodedata.category(sign)[0] in "LM" or sign.isdigit() or sign in " .’-,()·\u200c\u200d" else " "
        for sign in plain
    )
    return " ".join("".join(kept).split())[:_MAX_NAME]


def name_key(name: str) -> str:
    """Return a name without case, accents, spaces and signs: ``nunezanamaria`` for ``Núñez, Ana María``.

    Letters that keyboards for Arabic, Persian and Urdu write differently are the same: ``علي`` and ``علی``.
    """
    folded = unicodedata.normalize("NFKD", name.casefold()).translate(_SAME_LETTER)
    return "".join(sign for sign in folded if sign.isalnum())


def roster_of(options: argparse.Namespace) -> dict[str, Student]:
    """Read the roster that a command line names; nobody if it names none."""
    return read_roster(options.roster.expanduser(), options.column) if options.roster else {}


def read_roster(path: Path, columns: Sequence[str] = ()) -> dict[str, Student]:
    """Read the list of a class.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file with commas, semicolons or tabs, in UTF-8 or as Excel's "Unicode text". It has a column ``student_id``,
        and optionally ``name``, ``email`` and ``school_id``; or it is a list that Moodle or Canvas exports.
    columns : sequence of str, optional
        Which column is what, where the titles are not known: ``"student_id=شناختی نمبر"``.

    Returns
    -------
    dict of str to Student
        By student id, in the order of the file.

    Raises
    ------
    TeacherError
        If the file cannot be read, has no such column, or has an id that is not allowed or appears twice.
    """
    rows = list(rows_of(path))
    head, titles = _titles(path, rows, columns)
    students: dict[str, Student] = {}
    at: dict[str, int] = {}
    for number, cells in rows[head + 1 :]:
        if any(cells[len(titles) :]):
            raise TeacherError(
                f"{path.name}, row {number}: it has more cells than the first row. A comma inside a name or an id needs "
                'quotation marks around the whole: "Núñez, Ana".'
            )
        row = _named_cells(titles, cells)
        if not any(row.values()) or _is_nobody(row, titles):
            continue
        student = _student(row, titles, f"{path.name}, row {number}")
        key = student.student_id.casefold()
        if key in at:
            raise TeacherError(
                f"{path.name}: student_id {student.official_id!r} appears twice (rows {at[key]} and {number}). "
                "Each student needs a row and an id of their own; capitals and signs between are not told apart."
            )
        at[key] = number
        students[student.student_id] = student
    if not students:
        raise TeacherError(f"The roster {path} has a first row, and no student under it.")
    return students


def _titles(path: Path, rows: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> tuple[int, list[str]]:
    """Return which row names the columns, and the names as we know them."""
    called = dict(map(_column, columns))
    plain = [[_plain(cell) for cell in cells] for _, cells in rows[:_MAX_TITLES]]
    if called:
        for at, row in enumerate(plain):
            if set(called) <= set(row):
                others = ["" if title in called.values() else title for title in row]
                return at, [called.get(title, other) for title, other in zip(row, others, strict=True)]
    else:
        for at, row in enumerate(plain):
            if set(row) & _KEYS:
                return at, row
    has = f"has the columns {' · '.join(rows[0][1])}" if rows else "is empty"
    if not called:
        raise TeacherError(f"The roster {path} {has}. {_KNOWN}")
    raise TeacherError(f"The roster {path} {has}. Not all titles that --column gives are among them; copy them from there.")


def _column(text: str) -> tuple[str, str]:
    field, _, title = text.partition("=")
    known = _FIELDS.get(field.strip().casefold())
    if known is None or not _plain(title):
        raise TeacherError(
            f"--column {text!r} cannot be understood. Write what it is, =, and its title in the roster, for example "
            f"--column student_id='Matrikelnummer'. It can be: {', '.join(_FIELDS)}."
        )
    return _plain(title), known


def _plain(title: str) -> str:
    return re.sub(r"[\W_]", "", title).casefold()


def _named_cells(titles: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row by their titles; of several of one title the first. Moodle's own number is no id."""
    row = {title: cell for title, cell in reversed(list(zip_longest(titles, cells, fillvalue=""))) if title}
    numbered = next((title for title, cell in row.items() if _PARTICIPANT.fullmatch(cell)), None)
    return row | {"identifier": row.pop(numbered)} if numbered else row


def keep_roster(path: Path, roster: Mapping[str, Student]) -> None:
    """Keep a class beside its grades, so that its names are known later without the roster."""
    write_if_changed(path, json.dumps([asdict(one) for one in roster.values()], indent=1).encode())


def keep_class(folder: Path, roster: Mapping[str, Student], whole: Mapping[str, Student]) -> None:
    """Keep who was marked; and the whole class, of which that may be a part, for files are matched with all of its names."""
    keep_roster(folder / _MARKED, roster)
    keep_roster(folder / _WHOLE, whole)


def kept_class(folder: Path) -> dict[str, Student]:
    """Return the whole class that `keep_class` kept; who was marked, where an earlier version kept no more."""
    return kept_roster(folder / _WHOLE) or kept_roster(folder / _MARKED)


def kept_roster(path: Path) -> dict[str, Student]:
    """Return the class that `keep_roster` kept; nobody if there is none, or none that can be read."""
    try:
        students = [Student(**one) for one in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return {}
    return {one.student_id: one for one in students if is_student_id(one.student_id)}


def rows_of(path: Path, what: str = "roster") -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a list with their numbers as a spreadsheet shows them. A quoted text may go over several lines.

    `TeacherError` if it cannot be read; `what` is what the list is called there.
    """
    text = _text(path, what)
    first = text.lstrip("\r\n").partition("\n")[0]
    told = re.fullmatch(r"sep=(.)\s*", first)  # a line for Excel alone
    bare = re.sub(r'"[^"]*"', "", first)
    delimiter = told[1] if told else max(",;\t|،؛", key=bare.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            cells = [_cell(cell) for cell in row]
            if any(cells) and not (told and number == 1):
                yield number, cells
    except csv.Error as problem:
        raise TeacherError(
            f"{path.name}, line {reader.line_num}: {problem}. Is a quotation mark opened there and not closed?"
        ) from None


def _text(path: Path, what: str) -> str:
    try:
        content = path.read_bytes()
        if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
            raise TeacherError(f"The {what} {path} is a workbook. Open it, and save the sheet as CSV in UTF-8.")
        text = content.decode(_encoding(content)).replace("\0", "")
    except OSError as problem:
        raise TeacherError(f"The {what} {path} cannot be read: {problem.strerror or problem}.") from None
    except UnicodeDecodeError:
        raise TeacherError(
            f"The {what} {path} holds letters in an old code that cannot be told for certain. In Excel, save it as "
            "“CSV UTF-8 (comma delimited)”."
        ) from None
    if text.lstrip()[:1] == "<" or text[:5] == "%PDF-":
        kind = "a web page" if text[:1] != "%" else "a PDF"
        raise TeacherError(f"The {what} {path} is {kind}, and no list. Export the list as CSV, and give that file.")
    return text


def _encoding(content: bytes) -> str:
    """Tell UTF-16 by its mark, or by every second byte, which is empty in what is Latin for the most part."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    few = len(content) / 8
    return "utf-16-le" if content[1::2].count(0) > few else "utf-16-be" if content[::2].count(0) > few else "utf-8-sig"


def _cell(text: str) -> str:
    """Return the text of a cell without what spreadsheets put around it: ="0012", '0012, invisible characters."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf" or sign in "\u200c\u200d").strip()
    formula = re.fullmatch(r'="(.*)"', seen, re.DOTALL)
    return (formula[1] if formula else seen.removeprefix("'")).strip()


def _is_of_canvas(columns: Sequence[str]) -> bool:
    """Say whether a list is Canvas' export: with one column for a name, or two, as its owner has chosen there.

    See instructure/canvas-lms, lib/gradebook_exporter.rb.
    """
    return "studentid" not in columns and ("student" in columns or {"lastname", "firstname", "id", "section"} <= {*columns})


def _is_nobody(row: Mapping[str, str], columns: Sequence[str]) -> bool:
    """Say whether a row of Canvas' export is no student: the highest points, how grades are posted, the pupil for tests."""
    nobody = not any(row.get(column) for column in _IDS)
    if nobody and "pointspossible" in map(name_key, row.values()):  # whatever the titles of the columns are
        return True
    if not _is_of_canvas(columns):
        return False
    name = name_key("".join(row.get(column, "") for column in ("student", "lastname", "firstname")))
    return name in ("studenttest", "teststudent") or (nobody and not name)


def _first(row: Mapping[str, str], columns: Sequence[str]) -> str:
    return next((row[column] for column in columns if row.get(column)), "")


def _student(row: Mapping[str, str], columns: Sequence[str], where: str) -> Student:
    email = _first(row, _EMAILS)
    email = email if _EMAIL.fullmatch(email) else ""
    number = (re.search(r"\d+$", row.get("identifier", "")) or [""])[0]
    # Who has a column of that name means it; a platform leaves its own empty for some, and then knows them by the address.
    given = row["studentid"] if "studentid" in columns and "studentid" in row else _first(row, _IDS) or email or number
    student = replace(_with_id(given.removeprefix("#") if "orgdefinedid" in columns else given, row, where), email=email)
    whole = _first(row, _NAMES) or f"{_first(row, _FIRST)} {_first(row, _LAST)}"
    student = replace(student, name=clean_name(whole), section=row.get("section", ""))
    if _is_of_canvas(columns):
        student = replace(student, canvas_id=row.get("id", ""), canvas_login=row.get("sisloginid", ""))
    return replace(student, moodle_number=number, group=" ".join(_first(row, _GROUPS).casefold().split()))


def _with_id(given: str, row: Mapping[str, str], where: str) -> Student:
    if not given:
        raise TeacherError(
            f"{where}: {', '.join(filter(None, row.values()))!r} has no student_id. Fill it in, or take the row out."
        )
    if _SPOILT.fullmatch(given):
        raise TeacherError(
            f"{where}: the id {given!r} is what a spreadsheet makes of an id that it takes for a number or a date. Give the "
            "column the format Text, write the ids again as the school has them, and save."
        )
    student_id = folder_id(given)
    if not is_student_id(student_id):
        raise TeacherError(
            f"{where}: {given!r} cannot be a student_id. Allowed are 1 to 64 Latin letters, digits and . _ - @ +, with a "
            "letter or digit at the beginning and the end, no two dots together, and no name that Windows keeps for "
            "itself, such as con. Give the student such an id here, and keep the other in a column "
            "school_id: the lists for Moodle and Canvas then have it."
        )
    school_id = row.get("schoolid") or (given if given != student_id else "")
    return Student(student_id, school_id=school_id)
