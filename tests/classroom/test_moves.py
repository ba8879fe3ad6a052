"""A better roster that comes later: what was given by hand goes with each student to the new id, and to nobody else's."""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from classroom.assignments.assignment import Assignment
from classroom.commands import grade
from classroom.errors import StoppedError, TeacherError
from classroom.grading import whole_run
from classroom.grading.csv_export import write_handed_in
from classroom.grading.grade_class import Grader
from classroom.grading.gradebook import StudentScores, enter_scores, entered_scores, open_gradebook
from classroom.grading.results import kept_answers, load_result
from classroom.marking import new_ids
from classroom.marking.agreement import agreement
from classroom.marking.log import append, latest, read_log
from classroom.marking.merge import merge
from classroom.marking.moves import Moves, find_moves, move, print_moves
from classroom.marking.new_ids import changes_of, finish_change
from classroom.marking.session import Session
from classroom.submissions.archive import ArchiveEntry
from classroom.submissions.groups import for_all_of_a_group
from classroom.submissions.handed_in import HandedIn
from classroom.submissions.roster import Student, keep_class, keep_roster, kept_class, kept_roster
from classroom.submissions.time_options import Said, keep_said, kept_said
from tests.support.classroom import by_hand, small

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


def of_101(one: HandedIn) -> str:
    """Say of the file in a folder s1 that it is the one that was marked of 101."""
    return "key" if one.entry.path.startswith("s1/") else "another"


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
        ("the file under its new id", [file("s1", "s1/ps1/ps1.ipynb")], {}, of_101),
        ("the file under its new id, older", [file("s1", "s1/ps1.ipynb", fate="older"), file("s1", "s1.ipynb")], {}, of_101),
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
    assert (moves.to, moves.replaced) == ({"102": "s2", "103": "s3"}, frozenset({"s2"}))
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
    finish_change(marked.out)  # the next run goes on
    assert given(marked)["s1"] == (3, "To 101.") and changes_of(marked.out) == [dict(moves.to)]


def state(marked: SimpleNamespace) -> list[object]:
    """Return all that a folder holds of students by their ids."""
    names = ("handed_in.csv", ".kept/answers.txt", ".kept/deadline.txt", ".kept/moved.txt")
    return [given(marked), read_log(marked.out), *[(marked.out / name).read_bytes() for name in names]]


CIRCLES = [
    {"101": "102", "102": "101", "103": "103"},
    {"101": "102", "102": "103", "103": "101"},
    {"101": "102", "102": "103", "103": "s3"},
    {"101": "s1", "102": "s2", "103": "s3"},
]


@pytest.mark.parametrize("ids", CIRCLES)
def test_a_run_that_is_stopped_after_ids_have_changed_changes_nothing_twice(
    marked: SimpleNamespace, ids: dict[str, str]
) -> None:
    keep_said(marked.out / ".kept" / "deadline.txt", Said(due="2026-11-20", extensions={"101": "2026-12-01"}))
    files, roster = [moodle(new, old) for old, new in ids.items()], {one: Student(one) for one in ids.values()}
    assert moved(marked, files, roster).to == {old: new for old, new in ids.items() if old != new}
    before = state(marked)
    assert given(marked)[ids["101"]] == (3, "To 101.")
    assert kept_said(marked.out / ".kept" / "deadline.txt").extensions == {ids["101"]: "2026-12-01"}
    assert moved(marked, files, roster) == Moves({}) and state(marked) == before


@pytest.mark.parametrize("ids", CIRCLES[1:3])
def test_a_change_of_ids_that_is_stopped_anywhere_is_finished_once(
    marked: SimpleNamespace, ids: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_said(marked.out / ".kept" / "deadline.txt", Said(times={"102": "2026-12-01"}))
    files = [moodle(new, old) for old, new in ids.items()]
    whole = SimpleNamespace(assignment=marked.assignment, out=tmp_path / "whole")
    shutil.copytree(marked.out, whole.out)
    moved(whole, files, {})
    for stop in (1, 2, 5, 7, 8):
        copy = SimpleNamespace(assignment=marked.assignment, out=tmp_path / str(stop))
        shutil.copytree(marked.out, copy.out)
        with monkeypatch.context() as patch:
            left = iter(range(stop, -1, -1))

            def until(done: Callable[..., object], left: Iterator[int] = left) -> Callable[..., object]:
                def step(*given: object) -> object:
                    if next(left) == 0:
                        raise KeyboardInterrupt
                    return done(*given)

                return step

            for name in ("write_if_changed", "submit_as"):
                patch.setattr(new_ids, name, until(getattr(new_ids, name)))
            patch.setattr(Path, "unlink", until(Path.unlink))
            with pytest.raises(KeyboardInterrupt):
                moved(copy, files, {})
        append(copy.out, [replace(read_log(copy.out)[-1], student_id="s9")])  # by somebody who did not wait
        finish_change(copy.out)
        assert state(copy)[0] == state(whole)[0] and state(copy)[2:] == state(whole)[2:], stop
        assert [one for one in read_log(copy.out) if one.student_id != "s9"] == read_log(whole.out), stop
        assert moved(copy, files, {}) == Moves({})


def test_marks_of_one_who_leaves_after_an_exchange_stay_theirs(marked: SimpleNamespace) -> None:
    moved(marked, [moodle("102", "101"), moodle("101", "102"), moodle("103", "103")], {})
    before = state(marked)
    moved(marked, [moodle("102", "101"), moodle("103", "103")], {})  # 101 has left
    assert state(marked) == before


@pytest.mark.parametrize("second", [False, True])
def test_a_page_that_was_open_while_ids_were_exchanged_gives_nothing_to_another(
    marked: SimpleNamespace, second: bool
) -> None:
    session = Session(marked.assignment, marked.out, "two" if second else "one", second=second)
    session.go("q4")
    session.step(session._order.index("101") - session.place)
    assert session.student == "101"
    moved(marked, [moodle("102", "101"), moodle("101", "102"), moodle("103", "103")], {})
    before = state(marked)
    session.choose(0, 0.0)
    assert session.saved.startswith("NOT SAVED: The class was marked again meanwhile, with other ids: 101 is another")
    assert "Save again" not in session.saved
    session.close()
    assert state(marked) == before


def test_of_a_file_that_several_handed_in_nobody_knows_whose_it_was(marked: SimpleNamespace) -> None:
    """A group, a copy, or a notebook without an answer."""
    others = [moodle("102", "102"), moodle("103", "103")]
    for two in (["s1", "s2"], ["s2", "s1"]):
        files = [file(one, f"s1/{one}.ipynb") for one in two]
        assert moved(marked, [*files, *others], {}, of_101).to == {}
    files = [replace(moodle("102", "102"), number=""), file("s1", "s1/ps1.ipynb"), moodle("103", "103")]
    assert moved(marked, files, {}, lambda one: "key").to == {}  # 102 has the same


def test_a_student_who_has_handed_in_anew_gets_what_was_given_with_the_file_that_was_marked(marked: SimpleNamespace) -> None:
    """The message says: save the notebook that was marked in a folder of that id."""
    book(marked, "s1")
    others = [moodle("102", "102"), moodle("103", "103")]
    assert moved(marked, [file("s1", "new.ipynb"), *others], {}, of_101).left[0].old == "101"
    files = [file("s1", "new.ipynb", fate="older"), file("s1", "s1/ps1.ipynb"), *others]
    assert moved(marked, files, {}, of_101).to == {"101": "s1"}
    assert given(marked)["s1"] == (3, "To 101.")


def test_in_two_classes_one_place_may_be_that_of_two_people(marked: SimpleNamespace) -> None:
    path = "Ali Khan/ps1.ipynb"
    write_handed_in(marked.out / "handed_in.csv", [file("101", path), *[file(one, one) for one in ("102", "103")]])
    keep_roster(marked.out / ".kept" / "roster.txt", {"101": Student("101", "Ali Khan")})
    roster = {"s1": Student("s1", "Ali Khan")}
    moves = moved(marked, [file("s1", path)], roster)
    assert moves.to == {} and [(one.old, one.new) for one in moves.left] == [("101", ""), ("102", ""), ("103", "")]
    assert moved(marked, [file("s1", path)], roster, lambda one: "key").to == {"101": "s1"}  # an id that was put right


def test_folders_that_were_marked_apart_are_merged_by_the_ids_that_they_have(
    marked: SimpleNamespace, tmp_path: Path
) -> None:
    """One of them was filed without a roster at first: what was changed there is not to be changed here."""
    apart = SimpleNamespace(assignment=marked.assignment, out=tmp_path / "apart")
    shutil.copytree(marked.out, apart.out)
    for ids in ({"101": "102", "102": "101", "103": "103"}, {"101": "s2", "102": "s1", "103": "s3"}):
        moved(apart, [moodle(new, old) for old, new in ids.items()], {})
        fresh = SimpleNamespace(assignment=marked.assignment, out=tmp_path / f"fresh {ids['103']}")
        shutil.copytree(apart.out, fresh.out)
        (fresh.out / ".kept" / "moved.txt").unlink()
        append(
            apart.out, [replace(read_log(apart.out)[-1], comments=("Late.",), at=f"2027-01-0{len(ids['101'])}T00:00:00Z")]
        )
        assert merge(marked.assignment, fresh.out, apart.out).left_out == ()
        assert given(fresh) == given(apart) and read_log(fresh.out) == read_log(apart.out)
        write_handed_in(apart.out / "handed_in.csv", [moodle(new, old) for old, new in ids.items()])


def test_of_two_copies_that_got_other_ids_each_student_s_marks_find_each_other(
    marked: SimpleNamespace, tmp_path: Path
) -> None:
    copy = SimpleNamespace(assignment=marked.assignment, out=tmp_path / "copy")
    shutil.copytree(marked.out, copy.out)
    moved(marked, [moodle("102", "101"), moodle("101", "102"), moodle("103", "103")], {})
    moved(copy, [moodle("101", "101"), moodle("102", "102"), moodle("s3", "103")], {})
    before = given(marked)
    found = merge(marked.assignment, marked.out, copy.out)
    assert (found.taken, found.differing, found.left_out) == (0, (), ()) and given(marked) == before


def test_levels_that_stand_in_the_log_alone_are_given_again_by_one_key(marked: SimpleNamespace) -> None:
    """The machine was switched off between the log and the gradebook."""
    with open_gradebook(marked.out) as opened:
        opened.find_grade("q4", marked.assignment.name, marked.assignment.name, "101").manual_score = None
        opened.find_grade("q4", marked.assignment.name, marked.assignment.name, "101").needs_manual_grade = True
        opened.db.commit()
    session = Session(marked.assignment, marked.out, "one")
    session.go("q4")
    assert session.student == "101" and session.active == 0
    assert (
        session.view().elsewhere
        == "The gradebook does not have these levels for this answer. If they hold, give one of them again."
    )
    session.press("1")
    assert (session.view().left, session.view().elsewhere, session.active) == (0, "", 1)
    session.press("0")
    session.close()
    assert given(marked)["101"] == (2, "To 101.")


def looked(once: SimpleNamespace, out: Path, *said: str) -> whole_run._Class:
    """Return what a run of `grade` finds, with Moodle's worksheet as the roster: two ids there are others' numbers."""
    folder = out.parent
    for number in NUMBERS:
        path = folder / "in" / f"Amina_{number}_assignsubmission_file_" / f"{small.NAME}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(once.assignment.release), encoding="utf-8")
    rows = (("101", "102"), ("102", "101"), ("103", "104"))
    lines = [f"Participant {number},Amina {number},{one}" for number, one in rows]
    (folder / "roster.csv").write_text("\n".join(["Identifier,Full name,ID number", *lines]), encoding="utf-8")
    parser = argparse.ArgumentParser()
    grade.add_arguments(parser)
    given = [small.NAME, "--submissions", str(folder / "in"), "--roster", str(folder / "roster.csv"), *said]
    grader = Grader(once.course, once.assignment, out)
    return whole_run._look(parser.parse_args(given), grader, [folder / "in"])


def test_what_was_said_of_time_goes_along_and_a_new_list_has_the_ids_of_now(
    once: SimpleNamespace, marked: SimpleNamespace
) -> None:
    keep_said(marked.out / ".kept" / "deadline.txt", Said(due="2026-11-20", extensions={"101": "2026-12-01"}))
    found = looked(once, marked.out)
    assert found.moves.to == {"101": "102", "102": "101", "103": "104"}
    assert found.said.extensions == {"102": "2026-12-01"}
    longer = marked.out.parent / "longer.csv"
    longer.write_text("student_id,due\n101,2026-12-05\n", encoding="utf-8")
    assert looked(once, marked.out, "--extensions", str(longer)).said.extensions == {"101": "2026-12-05"}


def test_a_run_of_a_part_keeps_the_whole_roster(once: SimpleNamespace, marked: SimpleNamespace) -> None:
    found = looked(once, marked.out, "--part", "1/2")
    assert set(found.whole) == {"101", "102", "104"} > set(found.roster)
    assert found.present >= set(found.whole)
    keep_class(marked.out / ".kept", found.roster, found.whole)
    assert kept_class(marked.out / ".kept") == found.whole  # what the next run begins with
    assert kept_roster(marked.out / ".kept" / "roster.txt") == found.roster  # who else would be called missing


def test_what_was_given_to_one_who_is_in_a_group_now_goes_to_that_one(marked: SimpleNamespace) -> None:
    roster = {one: Student(one, group="a") for one in ("s1", "s2", "s3")}
    path = "Amina_101_assignsubmission_file_/ps1.ipynb"
    for key in (no_key, of_101):
        files = for_all_of_a_group([replace(file("s2", path if key is no_key else "s1/x"), student=roster["s2"])], roster)
        assert len(files) == 3
        files += [moodle("102", "102"), moodle("103", "103")]
        assert find_moves(marked.assignment, marked.out, files, roster, key).to == {"101": "s2"}
