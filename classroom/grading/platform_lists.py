"""What Canvas and Moodle take in: points and comments as lists, and the students' pages as one zip.

Looked up in the platforms' own sources:

- Canvas (instructure/canvas-lms, lib/gradebook_importer.rb): the first columns are Student, ID, SIS User ID, SIS Login ID
  and Section; *each* further column is an assignment, and an unknown name makes a new one. So a list with comments, or with
  a column for each question, must not be given to it unasked. A student is found by ID, SIS User ID, SIS Login ID or name.
- Moodle's gradebook (docs.moodle.org, "Grade import"): any columns may be mapped; grade and feedback of an item go together.
- Moodle's worksheet of one assignment (moodle/moodle, mod/assign/feedback/offline/importgradeslib.php): it needs Identifier
  ("Participant 123"), Grade and Last modified (grade), and finds its columns by the words of the teacher's own language;
  ours are the English ones. Comments are found by the plug-in's name, "Feedback comments" (mod/assign/feedback/comments:
  `get_editor_fields` in locallib.php, `pluginname` in lang/en).
- Moodle's feedback files (mod/assign/feedback/file/importziplib.php): each in a folder ``Name_123_assignsubmission_file_``,
  in which the number is the participant's, and nothing before it has a "_". Since Moodle 4.1 the last "_" may be left out.

None of this was tried on a running Canvas or Moodle.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from html import escape
from pathlib import Path

from ..csv_files import write_csv
from ..errors import TeacherError, listed
from ..files import write_if_changed
from ..marking.log import Mark, latest, levels_given, read_log
from ..submissions.roster import Student, clean_name
from .class_report import ClassReport, files_of, total
from .csv_export import question_points
from .feedback_page import feedback_page, number
from .results import IDEAS, Marked, load_result

_NAME_BYTES = 180
_TIME = (1980, 1, 1, 0, 0, 0)  # the same pages give the same zip


def write_platform_lists(
    folder: Path, report: ClassReport, *, so_far: bool, missing_as_zero: bool, canvas_column: str, canvas_questions: bool
) -> list[str]:
    """Write the lists for Canvas and Moodle, and one for e-mail.

    Parameters
    ----------
    folder : pathlib.Path
        Where.
    report : ClassReport
        The class.
    so_far : bool
        Whether to give points also to those of whom something is not marked yet.
    missing_as_zero : bool
        Whether who handed in nothing has 0, not an empty cell.
    canvas_column : str
        What Canvas calls the assignment in its own export, for example ``"ps1 (4711)"``.
    canvas_questions : bool
        Whether Canvas gets a column, and so an assignment of its own, for each question.

    Returns
    -------
    list of str
        The names of what was written.
    """
    points = {one.student.student_id: _points(report, one, so_far, missing_as_zero) for one in report.lines}
    _write_canvas(folder / "canvas.csv", report, points, canvas_column, canvas_questions)
    _write_moodle(folder / "moodle.csv", report, points)
    _write_emails(folder / "emails.csv", report)
    names = ["canvas.csv", "moodle.csv", "emails.csv"]
    if numbers := moodle_numbers(folder, report):
        _write_worksheet(folder / "moodle_worksheet.csv", report, points, numbers)
        names.append("moodle_worksheet.csv")
    return names


def feedback_zip(folder: Path, report: ClassReport, *, unfinished: bool) -> tuple[bytes, list[str]]:
    """Return the students' pages as one zip in Moodle's layout, and those without a number of Moodle's.

    The pages are written anew, with all that a person has given until now. `TeacherError` if something is not marked yet and
    `unfinished` is not set, or no number of Moodle's is known. A file that could not be read holds nobody up: its page says
    what to send.
    """
    waiting = [one for one in report.lines if one.has_answers_to_mark or one.status == "not marked"]
    if waiting and not unfinished:
        raise TeacherError(
            f"Some answers are not marked yet: those of {listed([one.student.student_id for one in waiting])}. Their pages "
            "would say so. Mark them, or give --unfinished."
        )
    numbers, without = moodle_numbers(folder, report), []
    if not numbers:
        raise TeacherError(
            "No number of Moodle's is known for any student. Mark the zip of Moodle's “Download all submissions”, or give "
            "grade its grading worksheet as --roster. Without Moodle, emails.csv names each student's page."
        )
    written, marks = io.BytesIO(), latest(read_log(folder), second=False)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for line in report.lines:
            page, one = _page(folder, report, line, marks), line.student
            if page and one.student_id in numbers:
                path = f"{_folder(one, numbers[one.student_id])}/{report.assignment.name}_feedback.html"
                member = zipfile.ZipInfo(path, _TIME)
                member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
                archive.writestr(member, page)
            elif page:
                without.append(one.student_id)
    return written.getvalue(), without


def _folder(one: Student, number: str) -> str:
    """Return the name of a student's folder in the zip.

    Moodle splits it at "_": a person's name, once cleaned, has none. No disk takes a name of more than 255 bytes, and a
    letter may have four.
    """
    name = clean_name(one.name or one.student_id).encode()[:_NAME_BYTES].decode(errors="ignore").strip(" .")
    return f"{name or 'Student'}_{number}_assignsubmission_file_"


def _page(folder: Path, report: ClassReport, line: Marked, marks: Mapping[tuple[str, str], Mark]) -> bytes:
    """Write a student's page as things stand now, and return it; empty for who handed in nothing."""
    one, name = line.student, report.assignment.name
    result = load_result(folder / ".kept", one.student_id) if line.status != "missing" else None
    if result is None:
        return b""
    levels = levels_given(marks, one.student_id)
    ideas = (folder / ".kept" / IDEAS).exists()
    page = feedback_page(report.assignment, one, result, line.entered, line.lateness, levels, ideas=ideas).encode()
    write_if_changed(folder / "feedback" / one.student_id / name / f"{name}.html", page)
    return page


def moodle_numbers(folder: Path, report: ClassReport) -> dict[str, str]:
    """Map students to the numbers by which Moodle knows them in this assignment."""
    named = _numbers_in_names(folder, "Moodle")
    found = {
        line.student.student_id: line.student.moodle_number or named.get(line.student.student_id, "")
        for line in report.lines
    }
    return {student_id: one for student_id, one in found.items() if re.fullmatch(r"\d+", one)}


def _numbers_in_names(folder: Path, platform: str) -> dict[str, str]:
    """Map students to the numbers by which a platform named their files."""
    rows = [row for row in files_of(folder) if row.get("named as by") == platform and row["number"]]
    return {row["student_id"]: row["number"] for row in rows}


def _called_by_number(folder: Path) -> set[str]:
    """Return the ids that are a platform's numbers in the names of files, for want of another."""
    return {row["student_id"] for row in files_of(folder) if row["student_id"] == row["number"]}


def without_address(folder: Path, report: ClassReport) -> list[str]:
    """Return who is in no list for Moodle's gradebook, because neither an ID number nor an address is known."""
    numbered, people = _called_by_number(folder), [line.student for line in report.lines]
    return [one.student_id for one in people if not (_id_number(one, numbered) or one.email)]


def comments_of(line: Marked, questions: Sequence[str]) -> dict[str, str]:
    """Return what a person wrote to a student, by question."""
    found: dict[str, list[str]] = {question: [] for question in questions}
    for one in line.entered.values():
        if one.comment and (question := one.grade_id.split("-")[0]) in found:
            found[question].append(one.comment)
    return {question: "\n".join(texts) for question, texts in found.items()}


def _together(line: Marked, questions: Sequence[str]) -> str:
    told = comments_of(line, questions)
    return "\n".join(f"Question {name.removeprefix('q')}: {text}" for name, text in told.items() if text)


def _points(report: ClassReport, line: Marked, so_far: bool, missing_as_zero: bool) -> float | None:
    """Return the points for a platform; None, an empty cell, for work that is missing or not marked to the end.

    Who has handed in nothing may be ill, or have more time: a platform would take 0 for a mark.
    """
    if line.status == "missing":
        return 0.0 if missing_as_zero else None
    return None if line.waits and not so_far else total(report.assignment, line)


def _id_number(student: Student, numbered: Collection[str]) -> str:
    """Return what Moodle calls the ID number. Who has none is known to us by the address, or by a participant's number.

    That number counts in one assignment alone: as an ID number it may be another person's.
    """
    own = student.official_id
    return "" if own.casefold() in (student.email.casefold(), student.moodle_number) or own in numbered else own


def _questions(report: ClassReport, line: Marked) -> list[float | None]:
    return [question_points(report.assignment, line, question) for question in report.assignment.questions]


def _write_canvas(
    path: Path, report: ClassReport, points: Mapping[str, float | None], column: str, with_questions: bool
) -> None:
    """Write the columns that Canvas asks for. Its login is no e-mail address: only its own list as the roster has it."""
    own, numbered = _numbers_in_names(path.parent, "Canvas"), _called_by_number(path.parent)
    names = report.assignment.questions if with_questions else ()
    most = [sum(item.points for item in report.assignment.items if item.question == name) for name in names]
    rows: list[Sequence[object]] = [("    Points Possible", "", "", "", "", report.assignment.max_score, *most)]
    for line in report.lines:
        one = line.student
        canvas_id = one.canvas_id or own.get(one.student_id, "")
        ours = _id_number(one, numbered) if one.official_id not in (canvas_id, one.canvas_login) else ""
        known = points[one.student_id] is not None
        parts = [given if known else None for given in _questions(report, line)] if with_questions else []
        row = (one.name or one.student_id, canvas_id, ours, one.canvas_login, one.section, points[one.student_id], *parts)
        rows.append(row)
    titles = [f"{report.assignment.name} {name}" for name in names]
    write_csv(path, ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", column, *titles), rows)


def _write_moodle(path: Path, report: ClassReport, points: Mapping[str, float | None]) -> None:
    """Write points and comments: of the whole, then of each question. Moodle asks which columns to take."""
    name, questions = report.assignment.name, report.assignment.questions
    titles = [title for question in questions for title in (f"{name} {question}", f"{name} {question} comments")]
    rows, numbered = [], _called_by_number(path.parent)
    unknown = set(without_address(path.parent, report))  # a row that finds nobody can end an import
    for line in report.lines:
        one, known = line.student, points[line.student.student_id] is not None
        if one.student_id in unknown:
            continue
        told, given = comments_of(line, questions), dict(zip(questions, _questions(report, line), strict=True))
        parts = [cell for question in questions for cell in ((given[question], told[question]) if known else (None, ""))]
        whole = _together(line, questions) if known else ""
        rows.append((_id_number(one, numbered), one.email, points[one.student_id], whole, *parts))
    write_csv(path, ("ID number", "Email address", name, f"{name} comments", *titles), rows)


def _write_worksheet(
    path: Path, report: ClassReport, points: Mapping[str, float | None], numbers: Mapping[str, str]
) -> None:
    """Write the worksheet that the page of one assignment takes. Its comments are HTML there."""
    rows = [
        (
            f"Participant {numbers[one.student.student_id]}",
            one.student.name,
            one.student.email,
            points[one.student.student_id],
            report.assignment.max_score,
            "",
            escape(_together(one, report.assignment.questions), quote=False).replace("\n", "<br>"),
        )
        for one in report.lines
        if one.student.student_id in numbers and points[one.student.student_id] is not None
    ]
    titles = (
        "Identifier",
        "Full name",
        "Email address",
        "Grade",
        "Maximum grade",
        "Last modified (grade)",
        "Feedback comments",
    )
    write_csv(path, titles, rows)


def _write_emails(path: Path, report: ClassReport) -> None:
    """Write for whom which page is, for a program that sends mail to a list."""
    name = report.assignment.name
    rows = [
        (
            one.student.email,
            one.student.name,
            one.student.student_id,
            str(one.waits),
            page.as_posix(),
            _points_in_words(report, one),
        )
        for one in report.lines
        if (page := Path("feedback") / one.student.student_id / name / f"{name}.html") and (path.parent / page).is_file()
    ]
    write_csv(path, ("email", "name", "student_id", "needs_marking", "page", "points"), rows)


def _points_in_words(report: ClassReport, line: Marked) -> str:
    return f"{number(total(report.assignment, line))} of {number(report.assignment.max_score)}" if line.ran else ""
