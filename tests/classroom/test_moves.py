"""A better roster that comes later: what was given by hand goes with each student to the new id, and to nobody else's."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from classroom.assignments.assignment import Assignment
from classroom.errors import StoppedError, TeacherError
from classroom.grading.csv_export import write_handed_in
from classroom.grading.gradebook import StudentScores, enter_scores, entered_scores, open_gradebook
from classroom.grading.results import kept_answers, load_result
from classroom.marking.agreement import agreement
from classroom.marking.log import append, latest, read_log
from classroom.marking.merge import merge
from classroom.marking.moves import Moves, find_moves, move, moves_of, print_moves
from classroom.marking.session import Session
from classroom.submissions.archive import ArchiveEntry
from classroom.submissions.handed_in import HandedIn
from classroom.submissions.roster import Student, keep_roster
from tests.support.classroom import by_hand

NUMBERS = {"101": "One.", "102": "Two.", "103": "Three."}
ROSTER = {one: Student(one, f"Amina {one}", f"{one}@example.org") for one in ("s1", "s2", "s3")}


def file(student: str, path: str, number: str = "", fate: str = "counts") -> HandedIn:
    entry = ArchiveEntry(path, "file", 1, 0.0, "")
    layout = "Moodle" if number else "nbgrader"
    return HandedIn(Student(student), entry, layout, number=number, fate=fate)  # type: ignore[arg-type]


def moodle(student: str, number: str, folder: str = "") -> HandedIn:
    return file(student, f"{folder}Amina_{number}_assignsubmission_file_/ps1.ipynb", number)


def no_key(one: HandedIn) -> str:
    return "another"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A class that was filed under Moodle's numbers, for want of a roster, and marked by hand by two people."""
    root = tmp_path_factory.mktemp("class")
    course, out = by_hand.course_with_rubric(root / "course"), root / "out"
    assignment = by_hand.write_marked(out, course, NUMBERS)
    write_handed_in(out / "handed_in.csv", [moodle(one, one) for one in NUMBERS])
    answers = {one: {"q4": f"answer of {one}"} for one in NUMBERS}
    (out / ".kept" / "answers.txt").write_text(json.dumps(answers), encoding="utf-8")
    for second, levels in ((False, {"101": "111", "102": "100", "103": "000"}), (True, {"101": "110", "102": "100"})):
        session = Session(assignment, out, "two" if second else "one", second=second)
        session.go("q4")
        for _ in NUMBERS:
            for key in levels.get(session.student, ""):
                session.press(key)
            if not second:
                session.comment([f"To {session.student}."])
            session.step(1) if session.place < 2 else session.step(-2)
        session.close()
    return SimpleNamespace(course=course, out=out, assignment=assignment)


@pytest.fixture
def marked(once: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    shutil.copytree(once.out, tmp_path / "out")
    return SimpleNamespace(assignment=once.assignment, out=tmp_path / "out")


def given(marked: SimpleNamespace) -> dict[str, tuple[float | None, str]]:
    with open_gradebook(marked.out) as book:
        found = entered_scores(book, marked.assignment)
    return {one: (cells["q4"].manual, cells["q4"].comment) for one, cells in found.items()}


def moved(
    marked: SimpleNamespace,
    files: list[HandedIn],
    roster: dict[str, Student] = ROSTER,
    key: Callable[[HandedIn], str] = no_key,
) -> Moves:
    moves = find_moves(marked.assignment, marked.out, files, roster, key)
    move(marked.assignment, marked.out, moves, {one.student.student_id for one in files} | roster.keys())
    return moves


def book(marked: SimpleNamespace, student: str, points: float | None = None) -> None:
    """Let a student be marked by the machine too, and by a person if there are points."""
    assignment: Assignment = marked.assignment
    kept = load_result(marked.out / ".kept", "101")
    assert kept
    with open_gradebook(marked.out) as opened:
        enter_scores(opened, assignment, [StudentScores(Student(student), kept.scores, frozenset())])
        opened.find_grade("q4", assignment.name, assignment.name, student).manual_score = points
        opened.db.commit()


def test_all_that_was_given_goes_with_a_student_to_the_id_of_the_roster(marked: SimpleNamespace) -> None:
    files = [moodle("s1", "101"), moodle("s2", "102"), moodle("s3", "103")]
    moves = moved(marked, files)
    assert moves == Moves({"101": "s1", "102": "s2", "103": "s3"})
    assert given(marked) == {"s1": (3, "To 101."), "s2": (1, "To 102."), "s3": (0, "To 103.")}
    # Whether an answer has changed since is told by what was marked, under the id of that time.
    assert kept_answers(marked.out / ".kept")["s1"] == {"q4": "answer of 101"}
    assert {mark.student_id for mark in read_log(marked.out)} == {"s1", "s2", "s3"}
    assert [one.both for one in agreement(marked.assignment, marked.out)[0]] == [2, 2, 2]
    assert not (marked.out / "autograded" / "101").exists() and load_result(marked.out / ".kept", "101") is None
    write_handed_in(marked.out / "handed_in.csv", files)
    assert moved(marked, files) == Moves({})  # the next run has nothing to move


@pytest.mark.parametrize(
    ("case", "files", "roster", "key"),
    [
        ("the number in another zip", [moodle("s1", "101", "again/")], {}, no_key),
        ("a file of the same place", [file("s1", "Amina_101_assignsubmission_file_/ps1.ipynb")], {}, no_key),
        ("the file under its new id", [file("s1", "s1/ps1/ps1.ipynb")], {}, lambda one: "key"),
        ("one of both rosters", [], {"s1": Student("s1", email="A101@example.org")}, no_key),
    ],
)
def test_whose_marks_they_are_is_told_by_the_file_or_by_what_no_two_share(
    marked: SimpleNamespace,
    case: str,
    files: list[HandedIn],
    roster: dict[str, Student],
    key: Callable[[HandedIn], str],
) -> None:
    keep_roster(marked.out / ".kept" / "roster.txt", {"101": Student("101", "Amina", "a101@example.org")})
    others = [moodle("102", "102"), moodle("103", "103")]
    assert moved(marked, [*files, *others], roster, key).to == {"101": "s1"}
    assert given(marked)["s1"] == (3, "To 101.") and given(marked)["102"] == (1, "To 102.")


def test_ids_that_are_exchanged_are_exchanged_all_at_once(marked: SimpleNamespace) -> None:
    """The school's own ids look like Moodle's numbers, and are those of others."""
    roster = {one: Student(one) for one in ("101", "102", "104")}
    files = [moodle("102", "101"), moodle("101", "102"), moodle("104", "103")]
    assert moved(marked, files, roster).to == {"101": "102", "102": "101", "103": "104"}
    assert given(marked) == {"102": (3, "To 101."), "101": (1, "To 102."), "104": (0, "To 103.")}
    assert latest(read_log(marked.out), second=False)["q4", "102"].comments == ("To 101.",)


def test_a_name_alone_moves_nothing_and_what_stays_is_named(
    marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_roster(marked.out / ".kept" / "roster.txt", {"101": Student("101", "Ali Khan")})
    moves = moved(marked, [file("s1", "s1.ipynb"), moodle("102", "102")], {"s1": Student("s1", "Ali Khan")})
    assert moves.to == {} and [(one.old, one.new) for one in moves.left] == [("101", ""), ("103", "")]
    assert given(marked)["101"] == (3, "To 101.")
    print_moves(moves, {})
    said = capsys.readouterr().out
    assert "Nothing was found this time of 101, to whom somebody gave q4: 3 points; q4: “To 101.”." in said


def test_a_student_who_was_marked_anew_keeps_that_and_the_earlier_is_named(
    marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    book(marked, "s1", 2.0)
    book(marked, "s2")  # only by the machine
    files = [moodle("s1", "101"), moodle("s2", "102"), moodle("s3", "103")]
    moves = moved(marked, files)
    assert (moves.to, moves.replaced) == ({"102": "s2", "103": "s3"}, {"s2"})
    assert given(marked)["s1"] == (2, "") and given(marked)["101"] == (3, "To 101.")
    assert given(marked)["s2"] == (1, "To 102.")
    print_moves(moves, ROSTER)
    said = capsys.readouterr().out
    assert "102 is s2 (Amina s2), 103 is s3 (Amina s3). What was given by hand goes with them." in said
    assert "Under 101 the gradebook keeps q4: 3 points; q4: “To 101.”." in said
    with pytest.raises(TeacherError, match="What was marked as the work of 101 is another student's"):
        moved(marked, [*files[:1], file("101", "else.ipynb")], {**ROSTER, "101": Student("101")})


def test_of_two_who_would_get_one_id_nobody_does(marked: SimpleNamespace) -> None:
    moves = moved(marked, [moodle("s1", "101"), replace(moodle("s1", "102"), fate="older")])
    assert "101" not in moves.to and "102" not in moves.to
    assert {one.old for one in moves.left} == {"101", "102", "103"}


def test_a_page_that_is_open_meanwhile_says_that_it_cannot_save_and_loses_nothing(marked: SimpleNamespace) -> None:
    session = Session(marked.assignment, marked.out, "one")
    session.go("q4")
    student = session.student
    files = [moodle(f"s{number}", f"10{number}") for number in (1, 2, 3)]
    moved(marked, files)
    session.comment(["A word more."])
    assert session.saved.startswith(f"NOT SAVED: {student} is no longer in the gradebook")
    session.close()
    write_handed_in(marked.out / "handed_in.csv", files)
    moved(marked, files)
    assert latest(read_log(marked.out), second=False)["q4", f"s{student[-1]}"].comments == ("A word more.",)


def test_a_copy_from_before_the_roster_is_merged_and_one_from_after_is_told_what_to_do(
    marked: SimpleNamespace, tmp_path: Path
) -> None:
    other = tmp_path / "copy"
    shutil.copytree(marked.out, other)
    with open_gradebook(other) as opened:
        opened.find_grade("q3-checks", marked.assignment.name, marked.assignment.name, "102").manual_score = 0.5
        opened.db.commit()
    append(other, [replace(read_log(other)[0], comments=("Later.",), at="2027-01-01T00:00:00+00:00")])
    moved(marked, [moodle(f"s{number}", f"10{number}") for number in (1, 2, 3)])
    before = len(read_log(marked.out))
    with pytest.raises(TeacherError, match="since a roster was given there"):
        merge(marked.assignment, other, marked.out)
    found = merge(marked.assignment, marked.out, other)
    assert found.left_out == () and len(read_log(marked.out)) == before + 1
    with open_gradebook(marked.out) as opened:
        assert entered_scores(opened, marked.assignment)["s2"]["q3-checks"].manual == 0.5
    assert {mark.student_id for mark in read_log(marked.out)} == {"s1", "s2", "s3"}


def test_nothing_is_moved_by_half_where_the_gradebook_cannot_be_written(marked: SimpleNamespace) -> None:
    files = [moodle(f"s{number}", f"10{number}") for number in (1, 2, 3)]
    moves = find_moves(marked.assignment, marked.out, files, ROSTER, no_key)
    when = "CREATE TRIGGER f BEFORE UPDATE ON submitted_assignment WHEN NEW.student_id = 's2'"
    with closing(sqlite3.connect(marked.out / "gradebook.db")) as book:
        book.execute(f"{when} BEGIN SELECT RAISE(ABORT, 'full'); END")
        with pytest.raises(StoppedError, match="There is no room left on its disk"):
            move(marked.assignment, marked.out, moves, set(ROSTER))
        assert given(marked)["101"] == (3, "To 101.") and set(given(marked)) == {"101", "102", "103"}
        book.execute("DROP TRIGGER f")
    assert moved(marked, files).to == moves.to  # the next run goes on
    assert given(marked)["s1"] == (3, "To 101.") and moves_of(marked.out) == [dict(moves.to)]
