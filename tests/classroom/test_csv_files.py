"""What a teacher reads and imports: the words of `grade`, the lists, the report. Nothing of a student runs here."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveCells
from sqlalchemy import event

from classroom.__main__ import main
from classroom.assignments.assignment import read_assignment
from classroom.course import SAMPLE
from classroom.csv_files import harmless, write_csv
from classroom.grading.class_report import ClassReport, read_class, report_page
from classroom.grading.csv_export import write_grades, write_handed_in
from classroom.grading.gradebook import (
    Entered,
    StudentScores,
    enter_assignment,
    enter_scores,
    entered_scores,
    open_gradebook,
)
from classroom.grading.points import Score
from classroom.grading.results import STATUS_MEANS, Marked, Status, load_result, status_of
from classroom.submissions.archive import ArchiveEntry
from classroom.submissions.deadlines import Lateness, keep_lateness
from classroom.submissions.handed_in import HandedIn
from classroom.submissions.roster import Student, keep_roster
from tests.classroom.trees import tree_of, write_tree
from tests.support.classroom import small

ROSTER = "student_id,name,email\ns1,Amina Example,a@x.org\ns2,Bilal Sample,b@x.org\ns3,Zoë Probe,z@x.org\n"


@pytest.fixture
def course(tmp_path: Path) -> SimpleNamespace:
    made = small.small_course(tmp_path / "course")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return SimpleNamespace(root=made.root, roster=tmp_path / "roster.csv", assignment=read_assignment(made, small.NAME))


def dry_run(course: SimpleNamespace, *places: Path, roster: bool = True) -> int:
    call = ["grade", small.NAME, "--course", str(course.root), "--dry-run", "--out", str(course.root / "out")]
    call += ["--roster", str(course.roster)] if roster else []
    return main([*call, *(word for place in places for word in ("--submissions", str(place)))])


def test_a_dry_run_names_everybody_and_every_file(
    course: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = {**tree_of("s1 (1).ipynb", "s9.ipynb"), "s2.pdf": b"%PDF", "note.txt": "x", ".DS_Store": b"\0"}
    write_tree(tmp_path / "in", {"class": tree})
    assert dry_run(course, tmp_path / "in") == 0
    said = capsys.readouterr().out
    for sentence in (
        "Looked inside class: it is nobody's name",
        "Look at class/s1 (1).ipynb: Its name was taken for s1.",
        "Not read: class/s2.pdf. The file 's2.pdf' does not end in .ipynb. Ask the student for the notebook itself.",
        "1 not on the roster, but marked as well: s9.",
        "1 file was not looked at: class/note.txt.",
        "1 on the roster handed in nothing: s3 (Zoë Probe).",
    ):
        assert sentence in said
    assert not (course.root / "out").exists()


def test_where_two_have_one_name_it_says_which_list_tells_them_apart(
    course: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course.roster.write_text("student_id,name\ns1,Omar Sample\ns2,Sample Ömar\ns3,sample omar\ns4,Sample Omar\n", "utf-8")
    names = ("Omar Sample_11", "Sample Omar_12", "Sample Omar_13", "W Unlisted_14")
    write_tree(tmp_path / "in", tree_of("s1.ipynb", *(f"{one}_assignsubmission_file_/small.ipynb" for one in names)))
    assert dry_run(course, tmp_path / "in") == 0
    said = capsys.readouterr().out
    assert "marked as well: 11 (Omar Sample), 12 (Sample Omar), 13 (Sample Omar), 14 (W Unlisted)." in said
    for name in ("Omar Sample", "Sample Omar"):
        assert f"{name} is the name of 4 students on the roster: s1, s2, s3, s4." in said
    assert said.count("worksheet") == 2 and "\nW Unlisted is" not in said


def test_of_who_handed_in_another_assignment_it_says_so(
    course: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "source" / "other").mkdir()
    (course.root / "source" / "other" / "other.ipynb").write_text("{}", encoding="utf-8")
    write_tree(tmp_path / "in", tree_of("s1/other/other.ipynb", "s2/small/small.ipynb", "s3.ipynb"))
    assert dry_run(course, tmp_path / "in") == 0
    said = capsys.readouterr().out
    assert "handed in nothing: s1 (Amina Example)" in said and "Of s1 there is only s1/other/other.ipynb." in said


def test_several_places_and_a_class_that_matches_nobody(
    course: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tree(tmp_path, {"a.zip": tree_of("s1.ipynb"), "b": tree_of("s2.ipynb"), "wrong": tree_of("x.ipynb", "y.ipynb")})
    assert dry_run(course, tmp_path / "a.zip", tmp_path / "b") == 0
    assert "2 files of 2 students" in capsys.readouterr().out
    assert dry_run(course, tmp_path / "wrong") == 2
    assert "Nobody on the roster was found" in capsys.readouterr().err
    assert dry_run(course, tmp_path / "wrong", roster=False) == 0
    assert main(["grade", small.NAME, "--submissions", str(tmp_path / "b"), "--out", str(tmp_path / "b" / "out")]) == 2


def test_it_warns_of_names_in_a_repository(
    course: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tree(tmp_path / "clone" / "in", tree_of("s1.ipynb"))
    assert dry_run(course, tmp_path / "clone" / "in") == 0
    assert "git repository" not in capsys.readouterr().out
    subprocess.run(["git", "init", "-q", str(tmp_path / "clone")], check=True)
    assert dry_run(course, tmp_path / "clone" / "in") == 0
    said = capsys.readouterr().out
    assert "Warning" in said and str(tmp_path / "clone" / "in") in said and str(course.roster) not in said


def test_it_speaks_at_once(tmp_path: Path) -> None:
    """What it needs takes seconds to load; the first words come before that."""
    code = (
        "import sys, classroom.__main__ as m\n"
        "m._parser = lambda wanted: sys.exit('pandas' in sys.modules)\n"
        "m.main(['grade', 'x', '--submissions', 'y'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0 and "one moment" in run.stderr


# Points


def marks(small_assignment: SimpleNamespace, points: dict[str, float | None]) -> tuple[Score, ...]:
    return tuple(
        Score(item.grade_id, points.get(item.grade_id), "passed", "", item.by_hand, "x") for item in small_assignment.items
    )


@pytest.fixture(scope="module")
def booked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Points of two students in a gradebook: s1 with more points than there are, s2 with less than none; s3 is missing."""
    out = tmp_path_factory.mktemp("booked")
    course = SimpleNamespace(assignment=small.small_assignment(tmp_path_factory.mktemp("course")))
    students = [Student("s1", "Amina Example"), Student("s2")]
    given = [
        {"q1-checks": 200.0, "q2-checks": 1.0, "q3-checks": 1.0},
        {"q1-checks": -5.0, "q2-checks": 0.0, "q3-checks": 1.0},
    ]
    with open_gradebook(out) as book:
        enter_assignment(book, course.assignment, out)
        enter_scores(
            book,
            course.assignment,
            [
                StudentScores(who, marks(course.assignment, what), frozenset())
                for who, what in zip(students, given, strict=True)
            ],
        )
        grade = book.find_grade("q4", small.NAME, small.NAME, "s1")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 32.0, 4.0, False
        book.db.commit()
        entered = entered_scores(book, course.assignment)
    lines = [Marked(one, "graded", "bubblewrap", "", entered[one.student_id]) for one in students]
    lines.append(Marked(Student("s3"), "missing", "", "", {}))
    write_grades(out / "grades.csv", course.assignment, lines)
    files = [("s1", True, "counts"), ("s1", False, "older"), ("s2", True, "older"), ("s2", False, "counts")]
    entry = ArchiveEntry("x.ipynb", "file", 0, 0.0, "")
    write_handed_in(
        out / "handed_in.csv",
        [HandedIn(Student(one), entry, "Moodle", late, fate=fate) for one, late, fate in files],  # type: ignore[arg-type]
    )
    return out


@pytest.fixture
def booked(booked_once: Path, course: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """A copy of `booked_once` that a test may change."""
    shutil.copytree(booked_once, tmp_path / "out")
    return SimpleNamespace(out=tmp_path / "out", **vars(course))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_no_list_gives_more_points_than_there_are(booked: SimpleNamespace) -> None:
    [first, second, _] = table(booked.out / "grades.csv")
    assert (first["q1"], first["q4"], first["auto_score"], second["q1"], second["auto_score"]) == ("2", "3", "4", "0", "1")
    arguments = ["report", small.NAME, "--course", str(booked.root), "--out", str(booked.out)]
    with Gradebook(f"sqlite:///{booked.out / 'gradebook.db'}") as book:  # another program, after grade
        assert book.find_grade("q1-checks", small.NAME, small.NAME, "s1").auto_score == 2
        book.find_grade("q2-checks", small.NAME, small.NAME, "s1").auto_score = 500.0
        book.db.commit()
    assert main(arguments) == 0
    assert [row["points"] for row in table(booked.out / "report.csv")] == ["7", "1", ""]
    assert [row["small"] for row in table(booked.out / "canvas.csv")] == ["7", "7", "", ""]
    assert "7 of 7" in (booked.out / "report.html").read_text(encoding="utf-8")


@given(st.floats() | st.none(), st.floats() | st.none(), st.floats(allow_nan=False, allow_infinity=False), st.floats(0, 100))
def test_points_lie_between_none_and_all(auto: float | None, manual: float | None, extra: float, most: float) -> None:
    points = Entered("q", auto, manual, extra, False, "", most).points
    assert points is None or 0 <= points <= most


@pytest.mark.parametrize("points", ['"3"', "[1]", '{"a": 1}'])
def test_a_kept_result_without_numbers_is_marked_again(tmp_path: Path, points: str) -> None:
    mark = '{"grade_id": "q", "points": %s, "reason": "passed", "sentence": "", "needs_marking": false, "answer": ""}'
    plain = '{"key": "k", "status": "graded", "isolation": "", "note": "", "notes": [], "scores": [%s], "cells": []}'
    (tmp_path / "s1.json").write_text(plain % (mark % points), encoding="utf-8")
    assert load_result(tmp_path, "s1") is None
    (tmp_path / "s1.json").write_text(plain % (mark % "2.5"), encoding="utf-8")
    assert load_result(tmp_path, "s1") is not None


def test_a_question_that_is_not_marked_to_the_end_is_not_called_hard(booked: SimpleNamespace) -> None:
    report = read_class(booked.out, booked.assignment, {})
    assert [(one.name, one.marked, one.waiting) for one in report.questions()] == [
        ("q1", 2, 0),
        ("q2", 2, 0),
        ("q3", 2, 0),
        ("q4", 1, 1),
    ]
    assert [one.share for one in report.questions()][:3] == [0.5, 0.5, 1.0]
    assert [(one.full, one.none) for one in report.questions()][:3] == [(1, 1), (1, 1), (2, 0)]
    page = report_page(report, pseudonyms=False)
    assert "how hard they were cannot be said yet" in page
    done = ClassReport(booked.assignment, (report.lines[0], report.lines[2]))
    assert "cannot be said yet" not in report_page(done, pseudonyms=False)


def test_the_report_says_who_was_late_or_handed_in_again(booked: SimpleNamespace) -> None:
    arguments = ["report", small.NAME, "--course", str(booked.root), "--out", str(booked.out)]
    for options in ([], ["--pseudonyms"]):
        assert main([*arguments, *options]) == 0
        found = {row["points"]: (row["late"], row["again"]) for row in table(booked.out / "report.csv")}
        assert found == {"7": ("late", "again"), "1": ("", "again"), "": ("", "")}
    (booked.out / "handed_in.csv").write_text("file,why\nx,y\n", encoding="utf-8")
    assert read_class(booked.out, booked.assignment, {}).late == frozenset()


def test_what_is_taken_off_for_late_work_is_taken_off_everywhere_once(booked: SimpleNamespace) -> None:
    found = {
        "s1": Lateness("2026-11-21 19:00 UTC", "2026-11-20 18:00 UTC", "the list of times", 2, "1 day 1 hour", 1.5, True),
        "s2": Lateness("2026-12-21 19:00 UTC", "2026-11-20 18:00 UTC", "the time of the file", 31, "31 days", 7.0, True),
    }
    keep_lateness(booked.out / ".kept" / "lateness.txt", found)
    assert main(["report", small.NAME, "--course", str(booked.root), "--out", str(booked.out), "--so-far"]) == 0
    lines = table(booked.out / "report.csv")
    assert [(row["points"], row["late_by"], row["penalty"]) for row in lines] == [
        ("5.5", "1 day 1 hour", "1.5"),
        ("0", "31 days", "7"),
        ("", "", ""),
    ]
    assert [row["small"] for row in table(booked.out / "canvas.csv")] == ["7", "5.5", "0", ""]
    assert "1 day 1 hour; 1.5 points taken off" in (booked.out / "report.html").read_text(encoding="utf-8")


def test_the_report_names_who_is_not_on_the_roster_and_gives_no_0_to_who_was_not_read(booked: SimpleNamespace) -> None:
    report = read_class(booked.out, booked.assignment, {"s1": Student("s1", "Amina")})
    assert report.strangers == frozenset({line.student.student_id for line in report.lines} - {"s1"})
    assert "Not on the roster</strong> (marked all the same): s2" in report_page(report, pseudonyms=False)
    assert read_class(booked.out, booked.assignment, {}).strangers == frozenset()  # without a roster nobody is a stranger
    unread = replace(report.lines[1], status="unreadable")
    page = report_page(replace(report, lines=(unread,), strangers=frozenset()), pseudonyms=False)
    assert '<td class="number">–</td>' in page and "Not on the roster" not in page


@pytest.mark.parametrize(
    ("status", "ran", "look"),
    [
        ("graded", True, False),
        ("partly run", True, False),
        ("unreadable", False, True),
        ("refused", False, True),
        ("another notebook", False, True),
        ("not marked", False, True),
        ("missing", False, False),
    ],
)
def test_every_status_says_whether_a_person_must_look(
    course: SimpleNamespace, status: Status, ran: bool, look: bool
) -> None:
    line = Marked(Student("s9", "Nora Nobody"), status, "", "", {})
    assert (line.ran, line.to_look_at, line.waits) == (ran, look, look) and not line.has_answers_to_mark
    asked = replace(line, entered={"q4": Entered("q4", None, None, 0.0, True, "")})
    assert (asked.has_answers_to_mark, asked.waits, asked.to_look_at) == (ran, ran or look, look)
    page = report_page(ClassReport(course.assignment, (line,)), pseudonyms=False)
    named = page.partition("Whom to look at")[2].partition("All students")[0]
    assert (f"<strong>{status.capitalize()}</strong>" in named and "s9" in named) == (look or status == "missing")


def test_the_statuses_mean_the_same_wherever_a_teacher_reads_of_them() -> None:
    page = (SAMPLE / "README.md").read_text(encoding="utf-8")
    rows = page.partition("| `status` |")[2].partition("Exit status")[0]
    told = dict(re.findall(r"^\| `([a-z ]+)` \| (.+) \|$", rows, re.MULTILINE))
    assert told == STATUS_MEANS and set(told) == set(get_args(Status))
    assert [status_of(text) for text in ("missing", "graded", "of another time")] == ["missing", "graded", "unreadable"]


def test_the_report_knows_the_class_of_grade(booked: SimpleNamespace) -> None:
    keep_roster(
        booked.out / ".kept" / "roster.txt",
        {"s3": Student("s3", "Zoë Probe", "z@x.org", "2024/3", canvas_id="903", canvas_login="zoe", section="A")},
    )
    assert main(["report", small.NAME, "--course", str(booked.root), "--out", str(booked.out)]) == 0
    assert [row["name"] for row in table(booked.out / "report.csv")] == ["Amina Example", "", "Zoë Probe"]
    assert list(table(booked.out / "moodle.csv")[2].values())[:3] == ["2024/3", "z@x.org", ""]
    assert list(table(booked.out / "canvas.csv")[3].values()) == ["Zoë Probe", "903", "2024/3", "zoe", "A", ""]


# What a spreadsheet could run

SIGNS = st.sampled_from(
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
        ";",
        '"',
        "'",
        " ",
        "\u200b",
        "\ufeff",
        "a",
        ",",
        "|",
        "1",
    ]
)
FORMULA = tuple("=+-@＝＋－＠")


@given(st.lists(st.text(SIGNS, max_size=12), min_size=1, max_size=4))
def test_no_field_is_a_formula_wherever_a_spreadsheet_splits(values: list[str]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerow([harmless(value) for value in values])
    for delimiter in ",;\t|":
        for row in csv.reader(io.StringIO(written.getvalue(), newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.lstrip(' "\t\r\n\u200b\ufeff').startswith(FORMULA), (delimiter, cell)


def test_every_text_stands_in_quotes(tmp_path: Path) -> None:
    write_csv(tmp_path / "x.csv", ["file", "points"], [["a;=HYPERLINK(1).ipynb", 2.0], ["plain", None], ["\udcff", 1.5]])
    assert (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines() == [
        '"file","points"',
        '"a;\'=HYPERLINK(1).ipynb",2',
        '"plain",""',
        '"?",1.5',
    ]


def test_a_class_is_entered_in_few_statements_whatever_its_size(course: SimpleNamespace, tmp_path: Path) -> None:
    counts = {}
    for size in (10, 200):
        works = [StudentScores(Student(f"s{number}"), marks(course.assignment, {}), frozenset()) for number in range(size)]
        with open_gradebook(tmp_path / str(size)) as book:
            enter_assignment(book, course.assignment, tmp_path)
            seen: list[str] = []
            event.listen(book.engine, "before_cursor_execute", lambda *given, seen=seen: seen.append(given[2]))
            enter_scores(book, course.assignment, works)
            assert len(entered_scores(book, course.assignment)) == size
            assert book.find_submission(small.NAME, "s7").student.id == "s7"
        counts[size] = len(seen)
    assert counts[200] - counts[10] <= 10  # also where points by hand and by machine take turns


def test_an_assignment_is_entered_as_nbgrader_does_and_again_when_its_cells_change(
    course: SimpleNamespace, tmp_path: Path
) -> None:
    def held(path: Path) -> list[list[dict[str, object]]]:
        with closing(sqlite3.connect(path)) as opened:
            opened.row_factory = sqlite3.Row
            names = dict(map(tuple, opened.execute("SELECT id, name FROM base_cell")))
            tables = ("base_cell", "grade_cells", "solution_cells", "task_cells", "source_cell", "notebook")
            rows = [[dict(row) for row in opened.execute(f"SELECT * FROM {table}")] for table in tables]
        plain = [
            [{key: names.get(value) if key.endswith("id") else value for key, value in row.items()} for row in of_table]
            for of_table in rows
        ]
        return [sorted(of_table, key=str) for of_table in plain]

    release = deepcopy(course.assignment.release)
    release.cells[3].metadata.nbgrader.grade_id = "another"
    changed = replace(course.assignment, release=release)
    for number, one in enumerate((course.assignment, changed)):
        path = tmp_path / f"theirs{number}" / "gradebook.db"
        with open_gradebook(path.parent) as theirs:
            theirs.add_assignment(one.name)
        about = {"notebook": one.name, "assignment": one.name, "db_url": f"sqlite:///{path}"}
        SaveCells().preprocess(one.release, {"nbgrader": about})
        for _ in range(2):
            with open_gradebook(tmp_path / "ours") as book:  # the second form takes the place of the first
                enter_assignment(book, one, tmp_path / "ours")
        assert held(tmp_path / "ours" / "gradebook.db") == held(path)
