"""What Canvas, Moodle and e-mail take in: the right columns, only points that are final, comments, and a zip of pages."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from classroom.__main__ import main
from classroom.assignments.assignment import read_assignment
from classroom.csv_files import write_csv
from classroom.errors import TeacherError
from classroom.grading.class_report import read_class
from classroom.grading.csv_export import HANDED_IN_COLUMNS, write_grades
from classroom.grading.gradebook import StudentScores, enter_assignment, enter_scores, entered_scores, open_gradebook
from classroom.grading.platform_lists import feedback_zip, moodle_numbers, without_address, write_platform_lists
from classroom.grading.points import Score
from classroom.grading.results import Marked, Result, save
from classroom.submissions.roster import Student, keep_roster
from tests.support.classroom import small

STUDENTS = (
    Student("s1", "Amina O_Example", "amina@example.org", canvas_id="71", canvas_login="aex"),
    Student("s2", "علی Sample", "ali@example.org", moodle_number="902"),
    Student("zora@example.org", "Nora Nobody", "Zora@example.org"),
)


@pytest.fixture
def marked(tmp_path: Path) -> SimpleNamespace:
    """s1 is marked to the end, with comments; s2 waits for a person; a third, known by an address alone, is missing."""
    course, out = small.small_course(tmp_path / "course"), tmp_path / "out"
    assignment = read_assignment(course, small.NAME)
    works = []
    for student in STUDENTS[:2]:
        scores = tuple(
            Score(
                item.grade_id, None if item.by_hand else 1.0, "by hand" if item.by_hand else "passed", "", item.by_hand, "a"
            )
            for item in assignment.items
        )
        save(out / ".kept", student.student_id, Result("key", "graded", "bubblewrap", "", (), scores, ()))
        works.append(StudentScores(student, scores, frozenset()))
    with open_gradebook(out) as book:
        enter_assignment(book, assignment, out)
        enter_scores(book, assignment, works)
        grade = book.find_grade("q4", small.NAME, small.NAME, "s1")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment("q4", small.NAME, small.NAME, "s1").manual_comment = "Good, <b>Amina</b>.\nName the table."
        book.find_comment("q1", small.NAME, small.NAME, "s1").manual_comment = "=1+1"
        book.db.commit()
        entered = entered_scores(book, assignment)
    lines = [Marked(one, "graded", "bubblewrap", "", entered[one.student_id]) for one in STUDENTS[:2]]
    write_grades(out / "grades.csv", assignment, [*lines, Marked(STUDENTS[2], "missing", "", "", {})])
    rows = [("x/small.ipynb", "s1", "Amina", "Moodle", "901", "", "counts", "")]
    write_csv(out / "handed_in.csv", HANDED_IN_COLUMNS, rows)
    keep_roster(out / ".kept" / "roster.txt", {one.student_id: one for one in STUDENTS})
    arguments = ["report", small.NAME, "--course", str(course.root), "--out", str(out)]
    return SimpleNamespace(out=out, assignment=assignment, arguments=arguments)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_moodle_gets_points_and_comments_of_the_whole_and_of_each_question(marked: SimpleNamespace) -> None:
    assert main(marked.arguments) == 0
    [first, second, third] = table(marked.out / "moodle.csv")
    assert (first["ID number"], first["Email address"], first["small"]) == ("s1", "amina@example.org", "5.5")
    assert (third["ID number"], third["Email address"]) == ("", "Zora@example.org")
    assert first["small comments"] == "Question 1: =1+1\nQuestion 4: Good, <b>Amina</b>.\nName the table."
    assert (first["small q1"], first["small q4"], first["small q4 comments"]) == (
        "1",
        "2.5",
        "Good, <b>Amina</b>.\nName the table.",
    )
    assert first["small q1 comments"] == "'=1+1"  # no formula
    assert (second["small"], second["small q1"], third["small"]) == ("", "", "")  # nothing that is not final
    [row] = table(marked.out / "moodle_worksheet.csv")
    assert (row["Identifier"], row["Grade"]) == ("Participant 901", "5.5")
    assert row["Feedback comments"].endswith("Good, &lt;b&gt;Amina&lt;/b&gt;.<br>Name the table.")
    assert "Last modified (grade)" in row


def test_canvas_gets_no_column_that_it_would_take_for_an_assignment_unless_asked(marked: SimpleNamespace) -> None:
    assert main(marked.arguments) == 0
    assert list(table(marked.out / "canvas.csv")[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "small"]
    assert main([*marked.arguments, "--canvas-questions", "--canvas-column", "small (4711)"]) == 0
    [most, first, second, _] = table(marked.out / "canvas.csv")
    assert list(most)[5:] == ["small (4711)", "small q1", "small q2", "small q3", "small q4"]
    assert (most["small q1"], most["small q4"]) == ("2", "3")
    assert (first["ID"], first["SIS Login ID"], first["small (4711)"], first["small q4"]) == ("71", "aex", "5.5", "2.5")
    assert second["small q1"] == ""


def test_the_zip_has_moodles_layout_and_is_refused_while_somebody_waits(
    marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = marked.out / "feedback_moodle.zip"
    assert main([*marked.arguments, "--feedback-zip"]) == 2 and not path.exists()
    assert "not marked yet: those of s2." in capsys.readouterr().err
    assert main([*marked.arguments, "--feedback-zip", "--unfinished"]) == 0
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names == [
            "Amina O Example_901_assignsubmission_file_/small_feedback.html",
            "علی Sample_902_assignsubmission_file_/small_feedback.html",
        ]
        # What Moodle's importer does with the name of a folder: the second part is the participant's number.
        assert all(
            name.split("_", 4)[1].isdigit() and name.split("_")[2:4] == ["assignsubmission", "file"] for name in names
        )
        page = archive.read(names[0]).decode()
        assert "5.5 of 7 points" in page and "Name the table." in page  # as it stands now, without another run of grade
    [first, second] = table(marked.out / "emails.csv")
    assert (first["email"], first["page"], first["needs_marking"]) == (
        "amina@example.org",
        "feedback/s1/small/small.html",
        "False",
    )
    assert (marked.out / second["page"]).is_file() and second["needs_marking"] == "True"


def test_the_zip_names_who_is_not_in_it_and_needs_a_number_of_moodles(marked: SimpleNamespace) -> None:
    report = read_class(marked.out, marked.assignment, {})
    assert moodle_numbers(marked.out, report) == {"s1": "901", "s2": "902"}
    bare = replace(
        report, lines=tuple(replace(line, student=replace(line.student, moodle_number="")) for line in report.lines)
    )
    content, without = feedback_zip(marked.out, bare, unfinished=True)
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 1 and without == ["s2"]
    assert feedback_zip(marked.out, bare, unfinished=True)[0] == content  # the same pages, the same zip
    (marked.out / "handed_in.csv").unlink()
    with pytest.raises(Exception, match="No number of Moodle's is known"):
        feedback_zip(marked.out, bare, unfinished=True)


def test_made_up_ids_and_pages_for_students_do_not_go_together(
    marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*marked.arguments, "--pseudonyms", "--feedback-zip", "--unfinished"]) == 2
    assert "who have no made-up ids" in capsys.readouterr().err


def test_a_file_that_could_not_be_read_holds_up_nobodys_page(marked: SimpleNamespace) -> None:
    report = read_class(marked.out, marked.assignment, {})
    first, second, third = report.lines
    for status, held_up in (("unreadable", False), ("another notebook", False), ("refused", False), ("not marked", True)):
        lines = (first, replace(second, status=status), third)  # type: ignore[arg-type]
        if held_up:
            with pytest.raises(TeacherError, match="not marked yet: those of s2"):
                feedback_zip(marked.out, replace(report, lines=lines), unfinished=False)
        else:
            content, _ = feedback_zip(marked.out, replace(report, lines=lines), unfinished=False)
            assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 2


@pytest.mark.parametrize("platform", ["Moodle", "Canvas"])
def test_a_platforms_number_is_not_given_for_an_id_number(marked: SimpleNamespace, platform: str) -> None:
    """It counts in one assignment alone: as an ID number it may be another person's."""
    write_csv(marked.out / "handed_in.csv", HANDED_IN_COLUMNS, [("x", "4711", "W", platform, "4711", "", "counts", "")])
    report = read_class(marked.out, marked.assignment, {})
    people = (Student("4711", "W"), Student("4712", "W", moodle_number="4712"), Student("s9", "W", moodle_number="9"))
    report = replace(report, lines=tuple(replace(report.lines[0], student=one) for one in people))
    assert without_address(marked.out, report) == ["4711", "4712"]
    write_platform_lists(marked.out, report, so_far=True, missing_as_zero=False, canvas_column="x", canvas_questions=False)
    assert [row["ID number"] for row in table(marked.out / "moodle.csv")] == ["s9"]
    assert [row["SIS User ID"] for row in table(marked.out / "canvas.csv")] == ["", "", "", "s9"]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("a/b\\c:d\"e'f", "a b c d e’f"),
        ("\u202egnp.exe", "gnp.exe"),
        ("../../x", "x"),
        ("CON", "CON"),  # with a number behind it, Windows does not keep it for itself
        ("", "s1"),
        ("_._", "Student"),
        ("علی حسین", "علی حسین"),
        ("名" * 100, "名" * 60),
    ],
)
def test_a_students_name_makes_a_folder_that_every_disk_and_moodle_take(
    marked: SimpleNamespace, name: str, folder: str
) -> None:
    report = read_class(marked.out, marked.assignment, {})
    lines = (replace(report.lines[0], student=Student("s1", name, moodle_number="901")),)
    report = replace(report, lines=lines)
    content, _ = feedback_zip(marked.out, report, unfinished=True)
    [path] = zipfile.ZipFile(io.BytesIO(content)).namelist()
    top, _, file = path.partition("/")
    assert (top, file) == (f"{folder}_901_assignsubmission_file_", "small_feedback.html") and len(top.encode()) <= 255
