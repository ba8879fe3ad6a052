"""Marking by hand: the model of the page, its log, a second marker, and two people's work joined without loss."""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.__main__ import main
from classroom.errors import TeacherError
from classroom.grading.gradebook import Entered, entered_scores, open_gradebook
from classroom.grading.results import Shown
from classroom.marking.agreement import weighted_kappa
from classroom.marking.log import Mark, append, latest, levels_given, lines_passed_over, read_log
from classroom.marking.merge import given_by_hand, merge
from classroom.marking.page import Page, answer_html
from classroom.marking.session import ERASE, Session
from tests.support.classroom import by_hand, small

HOSTILE = (
    "<script>alert(1)</script><img src='https://evil.example/x.png' onerror='alert(2)'> [click](https://evil.example) "
    "</pre><style>body{display:none}</style> <b onclick=alert(3)>Amina</b> $\\href{javascript:alert(4)}{x}$"
)
ANSWERS = {"s1": "The rows were *chosen*, and what is left out is not shown.", "s2": HOSTILE, "s3": "Nothing."}


@pytest.fixture(scope="module")
def marked_once(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    root = tmp_path_factory.mktemp("class")
    course = by_hand.course_with_rubric(root / "course")
    return SimpleNamespace(course=course, out=root / "out", assignment=by_hand.write_marked(root / "out", course, ANSWERS))


@pytest.fixture
def marked(marked_once: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    shutil.copytree(marked_once.out, tmp_path / "out")
    return SimpleNamespace(**{**vars(marked_once), "out": tmp_path / "out"})


def clock(start: int = 0) -> object:
    ticks = count(start)
    return lambda: datetime(2026, 11, 20, tzinfo=UTC) + timedelta(seconds=next(ticks))


def session(marked: SimpleNamespace, marker: str = "one", *, second: bool = False, start: int = 0) -> Session:
    return Session(marked.assignment, marked.out, marker, second=second, now=clock(start))  # type: ignore[arg-type]


def booked(out: Path, assignment: object) -> dict[str, dict[str, Entered]]:
    with open_gradebook(out) as book:
        return entered_scores(book, assignment)  # type: ignore[arg-type]


def keys(one: Session, text: str) -> None:
    for key in text.split():
        one.press(key)


def test_one_key_a_criterion_and_one_to_go_on_mark_a_class(marked: SimpleNamespace) -> None:
    one = session(marked)
    assert one.questions == ("q3", "q4") and one.left("q4") == 3
    one.go("q4")
    seen = []
    for pressed in ("1 1 0 n", "0 0 0 n", "1 1 1 n"):
        seen.append(one.student)
        keys(one, pressed)
    assert sorted(seen) == sorted(ANSWERS) and one.left("q4") == 0 and one.saved.startswith("Saved at")
    one.close()
    found = booked(marked.out, marked.assignment)
    assert [(found[who]["q4"].manual, found[who]["q4"].needs_marking) for who in seen] == [
        (2, False),
        (0, False),
        (3, False),
    ]
    again = session(marked)  # the levels are there tomorrow
    again.go("q4")
    assert again.left("q4") == 0 and all(row.chosen is not None for row in again.view().rows)
    again.close()


def test_half_a_rubric_is_kept_and_is_not_a_mark(marked: SimpleNamespace) -> None:
    one = session(marked)
    one.go("q4")
    keys(one, "1 7")  # there is no level of 7 points
    student = one.student
    assert one.active == 1 and booked(marked.out, marked.assignment)[student]["q4"].manual is None
    assert one.left("q4") == 3
    one.close()
    again = session(marked)
    again.go("q4")
    assert [row.chosen for row in again.view().rows] == [1, None, None] and again.active == 1
    again.close()


def test_a_figure_keeps_the_machines_points_or_loses_them_by_a_persons_word(marked: SimpleNamespace) -> None:
    one = session(marked)
    first = one.student
    keys(one, "f n")
    second = one.student
    one.choose(0, 0.0)
    one.close()
    found = booked(marked.out, marked.assignment)
    assert (found[first]["q3-checks"].manual, found[first]["q3-checks"].points, found[first]["q3-checks"].needs_marking) == (
        None,
        1,
        False,
    )
    assert (found[second]["q3-checks"].points, found[second]["q3-checks"].needs_marking) == (0, False)
    given = given_by_hand(marked.assignment, marked.out)  # that the machine's points stand is given, too
    assert given.points == {(first, "q3-checks"): (None, False), (second, "q3-checks"): (0, False)}


def test_comments_are_used_again_and_changed_for_all_who_got_them(marked: SimpleNamespace) -> None:
    one = session(marked)
    one.go("q4")
    order = []
    for _ in range(3):
        order.append(one.student)
        one.comment(["Name the table.", "Name the table.\n\nGood."])
        one.step(1)
    assert one.bank() == [("Name the table.", 3), ("Good.", 3)]
    assert one.change_comment("Name the table.", "Say which table it is.") == 3
    assert one.change_comment("Good.", "") == 3
    one.close()
    found = booked(marked.out, marked.assignment)
    assert {found[who]["q4"].comment for who in order} == {"Say which table it is."}


def test_names_stay_hidden_and_nothing_of_a_student_runs_or_loads(marked: SimpleNamespace) -> None:
    one = session(marked)
    one.go("q4")
    page, shown = Page(one), []
    for _ in ANSWERS:
        shown.append(page.answer.value)
        one.step(1)
        page.show()
    one.close()
    whole = "".join(shown).casefold()
    assert not any(
        word in whole for word in ("<script", "<img src='http", '<img src="http', "onerror=", "<style", "onclick=", "<a ")
    )
    assert "evil.example" in whole  # the address may be read, and not followed
    assert not any(f"amina {name}" in whole or f">{name}" in whole for name in ANSWERS)
    assert "12 words (5 to 20 were asked for)" in whole
    names = [page.where.value, *(str(name) for name, _ in page.which.options)]
    assert not any(name in text for name in ANSWERS for text in names)
    one.go("q3")
    page.show()
    assert "data:image/png;base64," in page.answer.value


def test_what_cannot_be_saved_is_said_kept_and_saved_later(marked: SimpleNamespace) -> None:
    one = session(marked)
    one.go("q4")
    student = one.student
    other = sqlite3.connect(marked.out / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    one._book.db.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
    one._book.db.rollback()
    keys(one, "1 1 1")
    assert one.saved.startswith("NOT SAVED") and "Another program is writing" in one.saved
    # In the page there is no command to run again.
    assert one.saved.endswith("What you give stays on this page: put it right, and choose “Save again”.")
    assert "command" not in one.saved and ".." not in one.saved
    assert [row.chosen for row in one.view().rows] == [1, 1, 1]
    other.execute("ROLLBACK")
    other.close()
    one.try_again()
    assert one.saved.startswith("Saved")
    one.close()
    assert booked(marked.out, marked.assignment)[student]["q4"].manual == 3


def test_a_full_disk_is_said_and_what_was_given_is_saved_when_there_is_room(
    marked: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = session(marked)
    one.go("q4")
    student = one.student

    def full(folder: Path, marks: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "marking" / "one.jsonl"))

    with monkeypatch.context() as patch:
        patch.setattr("classroom.marking.session.append", full)
        keys(one, "1 1 1")
        assert one.saved.startswith("NOT SAVED: There is no room left on the disk of ") and "Errno" not in one.saved
    one.try_again()
    one.close()
    assert booked(marked.out, marked.assignment)[student]["q4"].manual == 3
    assert [mark.levels for mark in read_log(marked.out)][-1] == dict.fromkeys(("q4/Selection", "q4/Silence", "q4/Care"), 1)


def test_points_of_another_page_are_shown_and_count_as_marked(marked: SimpleNamespace) -> None:
    with open_gradebook(marked.out) as book:
        grade = book.find_grade("q4", small.NAME, small.NAME, "s1")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment("q4", small.NAME, small.NAME, "s1").manual_comment = "Well said."
        book.db.commit()
    one = session(marked)
    one.go("q4")
    assert one.left("q4") == 2
    while one.student != "s1":
        one.step(1) if one.place < 2 else one.step(-9)
    assert "2.5 points were given on another page" in one.view().elsewhere and one.view().comments == ("Well said.",)
    one.close()


def test_a_level_can_be_taken_back_and_the_answer_waits_again(marked: SimpleNamespace) -> None:
    one = session(marked)
    for question, pressed in (("q3", "1"), ("q4", "1 0 1")):
        one.go(question)
        student = one.student
        keys(one, pressed.replace("1", "f") if question == "q3" else pressed)
        left = one.left(question)
        name = {"q3": "q3-checks"}.get(question, question)
        keys(one, ERASE)
        cell = booked(marked.out, marked.assignment)[student][name]
        assert (cell.manual, cell.needs_marking, one.left(question)) == (None, True, left + 1)
        assert [row.chosen for row in one.view().rows][-1] is None and one.active == len(one.view().rows) - 1
    keys(one, f"{ERASE} 1 1")  # the next one before it, then both anew
    assert booked(marked.out, marked.assignment)[student]["q4"].manual == 3
    keys(one, " ".join([ERASE] * 9))
    assert [row.chosen for row in one.view().rows] == [None, None, None] and one.saved.startswith("Saved")
    one.close()


def test_to_take_back_a_level_leaves_points_of_another_page(marked: SimpleNamespace) -> None:
    one = session(marked)
    one.go("q4")
    student = one.student
    keys(one, "1")
    with open_gradebook(marked.out) as book:
        book.find_grade("q4", small.NAME, small.NAME, student).manual_score = 2.5
        book.db.commit()
    keys(one, ERASE)
    one.close()
    assert booked(marked.out, marked.assignment)[student]["q4"].manual == 2.5


def test_comments_of_another_copy_are_shown_and_the_next_level_keeps_them(marked: SimpleNamespace, tmp_path: Path) -> None:
    other = SimpleNamespace(**{**vars(marked), "out": tmp_path / "other"})
    shutil.copytree(marked.out, other.out)
    for start, (folder, text) in enumerate(((marked, "From one."), (other, "From two."))):
        one = session(folder, start=1000 * start)
        one.go("q4")
        student = one.student
        one.comment([text])
        one.close()
    merge(marked.assignment, marked.out, other.out)
    one = session(marked, start=5000)
    one.go("q4")
    assert one.view().comments == ("From one.", "From two.") and ("From one.", 1) in one.bank()
    keys(one, "1 1 1")
    one.close()
    assert booked(marked.out, marked.assignment)[student]["q4"].comment == "From one.\nFrom two."


@pytest.mark.parametrize(
    ("here", "there", "points", "comment", "differing"),
    [
        # A copy in which nothing was changed brings nothing back, also not what was taken back or changed here.
        (ERASE, "", None, "Old.", 0),
        ("", ERASE, None, "Old.", 1),
        ("0:Other.", "", 3, "Other.", 0),
        ("", "0:Other.", 3, "Other.", 0),
        # A comment that both changed: both new texts, and the old one no more.
        ("0:Here.", "0:There.", 3, "Here.\nThere.", 1),
        # Points that were changed there alone are those that count.
        ("", f"{ERASE} 0", 2, "Old.", 1),
        (ERASE, f"{ERASE} 0", 2, "Old.", 1),
    ],
)
def test_what_was_changed_in_one_copy_alone_is_not_undone_by_the_other(
    marked: SimpleNamespace,
    tmp_path: Path,
    here: str,
    there: str,
    points: float | None,
    comment: str,
    differing: int,
) -> None:
    first = session(marked)
    first.go("q4")
    student = first.student
    keys(first, "1 1 1")
    first.comment(["Old."])
    first.close()
    other = SimpleNamespace(**{**vars(marked), "out": tmp_path / "other"})
    shutil.copytree(marked.out, other.out)
    for start, (folder, done) in enumerate(((marked, here), (other, there)), 1):
        one = session(folder, start=1000 * start)
        one.go("q4")
        while one.student != student:
            one.step(1) if one.place < 2 else one.step(-9)
        pressed, _, text = done.partition(":")
        keys(one, "" if text else pressed)
        if text:
            one.comment([text])
        one.close()
    found = merge(marked.assignment, marked.out, other.out)
    cell = booked(marked.out, marked.assignment)[student]["q4"]
    assert (cell.manual, cell.comment, len(found.differing)) == (points, comment, differing)
    assert merge(marked.assignment, marked.out, other.out).taken == 0


def test_a_second_marker_is_kept_apart_and_kappa_says_how_far_they_agree(
    marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    for marker, second, pressed in (("one", False, ("1 1 0", "0 0 0", "1 1 1")), ("two", True, ("1 1 0", "0 1 0", "1 1 1"))):
        one = session(marked, marker, second=second)
        one.go("q4")
        assert one.view().first == ""  # blind until it is done
        for text in pressed:
            keys(one, f"{text} n")
        if second:
            assert one.view().first.startswith("The first marker gave: Selection")
        one.close()
    arguments = ["mark", small.NAME, "--course", str(marked.course.root), "--out", str(marked.out)]
    assert main([*arguments, "--agreement"]) == 0
    out = capsys.readouterr().out
    assert "q4/Selection: 3 of 3 the same; kappa (quadratic weights) 1.00" in out
    assert "q4/Silence: 2 of 3 the same; kappa (quadratic weights) 0.00" in out and "1 answer differs" in out
    assert '"Silence",0,1,"one","two"' in (marked.out / "differences.csv").read_text(encoding="utf-8")
    assert sorted(cell["q4"].manual for cell in booked(marked.out, marked.assignment).values()) == [0, 2, 3]  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("pairs", "scale", "expected"),
    [
        ([(0, 0), (1, 1), (2, 2)], [0, 1, 2], 1.0),
        ([(0, 2), (2, 0)], [0, 1, 2], -1.0),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1], 0.0),
        ([(1, 1), (1, 1)], [0, 1], None),
        ([(0, 1)], [0, 1], None),
    ],
)
def test_kappa_is_that_of_the_textbooks(
    pairs: list[tuple[float, float]], scale: list[float], expected: float | None
) -> None:
    found = weighted_kappa(pairs, scale)
    assert found is expected if expected is None else found == pytest.approx(expected)


@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0, 3.0]), st.sampled_from([0.0, 1.0, 3.0])), max_size=30))
def test_kappa_is_at_most_one_and_the_same_from_both_sides(pairs: list[tuple[float, float]]) -> None:
    one, two = weighted_kappa(pairs, [0, 1, 3]), weighted_kappa([(b, a) for a, b in pairs], [0, 1, 3])
    assert one == two == None or (one == pytest.approx(two) and one <= 1 + 1e-9)  # type: ignore[operator]  # noqa: E711


def test_marks_of_an_older_answer_are_joined_and_wait_for_a_person(marked: SimpleNamespace, tmp_path: Path) -> None:
    other = SimpleNamespace(**{**vars(marked), "out": tmp_path / "older"})
    by_hand.write_marked(other.out, marked.course, ANSWERS, answer="before it was handed in again")
    for folder, answer in ((marked.out, "a"), (other.out, "before it was handed in again")):
        (folder / ".kept" / "answers.txt").write_text(json.dumps({who: {"q4": answer} for who in ANSWERS}), encoding="utf-8")
    one = session(other, "two")
    one.go("q4")
    student = one.student
    keys(one, "1 1 1")
    one.close()
    found = merge(marked.assignment, marked.out, other.out)
    entered = booked(marked.out, marked.assignment)[student]["q4"]
    assert (entered.manual, entered.needs_marking) == (3, True)
    assert found.differing == (f"{student}, q4: another answer was marked there, so this one waits for a person",)
    assert merge(marked.assignment, marked.out, other.out).taken == 0
    assert booked(marked.out, marked.assignment)[student]["q4"].needs_marking
    (other.out / ".kept" / "assignment.txt").write_text("ps9\n", encoding="utf-8")
    with pytest.raises(TeacherError, match="holds the marks of ps9, not of"):
        merge(marked.assignment, marked.out, other.out)


def test_two_markers_copies_are_joined_and_nothing_is_lost(marked: SimpleNamespace, tmp_path: Path) -> None:
    other = SimpleNamespace(**{**vars(marked), "out": tmp_path / "other"})
    shutil.copytree(marked.out, other.out)
    here, there = session(marked, "one"), session(other, "two", start=1000)
    for one in (here, there):
        one.go("q4")
    order = [here._order[at] for at in range(3)]
    keys(here, "1 1 1 n")  # the first answer here
    here.comment(["From one."])  # and a comment to the second
    keys(here, "0 0 0")
    there.step(1)
    keys(there, "1 1 0")  # the second there, later
    there.comment(["From two."])
    there.step(1)
    keys(there, "0 1 0")  # the third there alone
    there.close()
    here.close()
    with open_gradebook(other.out) as book:  # and one in formgrader, of which there is no log
        grade = book.find_grade("q3-checks", small.NAME, small.NAME, order[0])
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        book.db.commit()
    found = merge(marked.assignment, marked.out, other.out)
    marks = booked(marked.out, marked.assignment)
    assert [marks[who]["q4"].manual for who in order] == [3, 2, 1] and marks[order[0]]["q3-checks"].manual == 0.5
    assert marks[order[1]]["q4"].comment == "From one.\nFrom two."
    assert len(found.differing) == 1 and "here 0 points and a comment, there 2 points and a comment" in found.differing[0]
    lines = {(mark.marker, mark.student_id, tuple(mark.levels.values())) for mark in read_log(marked.out)}
    assert ("one", order[1], (0, 0, 0)) in lines and ("two", order[1], (1, 1, 0)) in lines
    assert merge(marked.assignment, marked.out, other.out).taken == 0  # once more changes nothing
    with pytest.raises(TeacherError, match="the folder itself"):
        merge(marked.assignment, marked.out, marked.out)


def test_marks_of_another_class_are_refused_also_where_it_has_the_same_ids(marked: SimpleNamespace, tmp_path: Path) -> None:
    people = {f"s{number}": "The rows were chosen." for number in range(1, 7)}
    here, there, far = tmp_path / "here", tmp_path / "there", tmp_path / "far"
    for folder, class_ in ((here, people), (there, people), (far, {"x1": "Nothing.", "x2": "Nothing."})):
        by_hand.write_marked(folder, marked.course, class_)
    answers = {who: {"q1": who, "q2": who, "q4": who} for who in people}
    (here / ".kept" / "answers.txt").write_text(json.dumps(answers), encoding="utf-8")
    others = {who: {"q1": who, "q2": f"not {who}", "q4": f"not {who}"} for who in people}  # short code may be the same
    (there / ".kept" / "answers.txt").write_text(json.dumps(others), encoding="utf-8")
    one = session(SimpleNamespace(assignment=marked.assignment, out=there), "two")
    one.go("q4")
    keys(one, "1 1 1")
    one.close()
    for folder, told in ((there, "of 18 answers of students in both, 6 are the same"), (far, "it has other students")):
        with pytest.raises(TeacherError, match=f"another class: {told}"):
            merge(marked.assignment, here, folder)
    assert read_log(here) == []
    (there / ".kept" / "answers.txt").write_text(json.dumps(answers | {"s1": others["s1"]}), encoding="utf-8")
    assert merge(marked.assignment, here, there).taken == 1  # one who has handed in again is no other class


def test_of_a_copy_it_is_said_what_is_not_taken_over(
    marked: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = SimpleNamespace(**{**vars(marked), "out": tmp_path / "other"})
    by_hand.write_marked(other.out, marked.course, {**ANSWERS, "s9": "Nothing."})
    one = session(other, "two")
    one.go("q4")
    for _ in range(4):
        keys(one, "1 1 1 n")
    one.close()
    with open_gradebook(other.out) as book:
        book.find_grade("q4", small.NAME, small.NAME, "s1").extra_credit = 0.5
        book.db.commit()
    with (other.out / "marking" / "two.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"marker": "two", "lev\n')
    arguments = ["mark", small.NAME, "--course", str(marked.course.root), "--out", str(marked.out)]
    assert main([*arguments, "--merge", str(other.out)]) == 0
    said = capsys.readouterr().out
    assert "is not taken over. Give it here, if it holds: s1, q4: 0.5." in said
    assert "1 of the lines in" in said and "are not in this folder, and their marks stay there: s9." in said
    assert [cell["q4"].manual for cell in booked(marked.out, marked.assignment).values()] == [3, 3, 3]


GOOD = {
    **{"marker": "one", "second": False, "question": "q4", "student_id": "s1", "levels": {"q4/a": 1}, "comments": ["x"]},
    **{"answer": "a", "at": "2026-11-20T01:00:00+00:00"},
}


@pytest.mark.parametrize(
    "change",
    [
        {"marker": "../../x"},  # it would become the name of a file
        {"marker": None},
        {"question": ["q4"]},
        {"student_id": 7},
        {"levels": {"q4/a": "NaN"}},
        {"levels": {"q4/a": [1]}},
        {"levels": 5},
        {"comments": "abc"},
        {"comments": [5]},
        {"second": "yes"},
        {"at": "9999"},
        {"at": 5},
        {"more": 1},
    ],
)
def test_a_line_of_another_form_is_passed_over(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "marking" / "one.jsonl"
    path.parent.mkdir()
    lines = [json.dumps(GOOD), json.dumps({**GOOD, **change}), "[]", "[" * 100_000, "null", "\udcff"]
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    assert [mark.marker for mark in read_log(tmp_path)] == ["one"] and lines_passed_over(tmp_path) == 5


def test_a_line_that_a_crash_cut_off_costs_only_itself(tmp_path: Path) -> None:
    first, second = (
        Mark("one", False, "q4", name, {"q4/a": 1.0}, ("x",), "a", f"2026-11-20T0{at}")
        for at, name in ((1, "s1"), (2, "s2"))
    )
    append(tmp_path, [first])
    path = tmp_path / "marking" / "one.jsonl"
    path.write_bytes(path.read_bytes() + b'{"marker": "one", "lev')
    append(tmp_path, [second])
    assert read_log(tmp_path) == [first, second]
    assert set(latest(read_log(tmp_path), second=False)) == {("q4", "s1"), ("q4", "s2")}


def test_a_student_is_shown_the_levels_of_their_own_answer_alone() -> None:
    marks = [
        Mark("one", False, "q4", student, {"q4/Care": points}, at=f"2026-11-20T10:00:0{number}")
        for number, (student, points) in enumerate([("s1", 1.0), ("s2", 0.0), ("s1", 2.0)])
    ]
    assert levels_given(latest(marks, second=False), "s1") == {"q4/Care": 2.0}
    assert levels_given(latest(marks, second=False), "s3") == {}


def test_of_two_markers_the_later_mark_counts_in_whichever_file_it_stands(tmp_path: Path) -> None:
    later, earlier = (Mark(name, False, "q4", "s1", at=f"2026-11-{day}") for name, day in (("amina", "21"), ("zaid", "20")))
    append(tmp_path, [later, earlier])
    assert read_log(tmp_path) == [earlier, later]
    assert latest(read_log(tmp_path), second=False) == {("q4", "s1"): later}


def test_the_page_of_five_hundred_students_shows_the_next_answer_at_once(tmp_path: Path) -> None:
    course = by_hand.course_with_rubric(tmp_path / "course")
    answers = {f"s{number:03}": "The rows were chosen. " * 30 for number in range(500)}
    assignment = by_hand.write_marked(tmp_path / "out", course, answers)
    one = session(SimpleNamespace(assignment=assignment, out=tmp_path / "out"))
    one.go("q4")
    page = Page(one)
    times = []
    for _ in range(10):
        keys(one, "1 1 1")
        start = time.process_time()
        one.press("n")
        page.show()
        times.append(time.process_time() - start)
    one.close()
    assert sorted(times)[5] < 0.1


def test_the_key_to_go_on_says_that_a_question_is_done_and_goes_to_the_next_when_asked_again(
    marked: SimpleNamespace,
) -> None:
    one = session(marked)
    first, second = one.questions
    keys(one, "f n f n f n")
    assert (one.question, one.done) == (first, f"All answers to {first} are marked. Press n for {second}.")
    assert "Press n for" in Page(one).where.value
    keys(one, "p")
    assert one.done == ""  # who goes back reads no more of it
    keys(one, "n n")
    assert (one.question, one.done) == (second, "")
    keys(one, "1 1 1 n 1 1 1 n 1 1 1 n")
    assert one.left(second) == 0 and one.done.startswith("All answers are marked.")
    one.close()


def test_the_page_puts_sentences_first_and_names_the_keys_that_count(marked: SimpleNamespace) -> None:
    code, words = (
        Shown("q4/a", "code", "x = 1", True, "", "", ()),
        Shown("q4/b", "markdown", "<p>Said.</p>", True, "", "", ()),
    )
    drawn = Shown("q4/c", "code", "draw()", False, "", "", (b"png",))
    one = session(marked)
    html = answer_html(replace(one.view(), cells=(code, drawn, words)))
    assert html.index("Said.") < html.index("<img") < html.index("x = 1")
    one.go("q4")
    assert " or ".join(f"{level.points:g}" for level in one.view().rows[0].criterion.levels) in Page(one)._titles[0].value
    one.close()


def test_the_command_writes_a_page_that_names_nobody(marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["mark", small.NAME, "--course", str(marked.course.root), "--out", str(marked.out), "--no-browser"]
    assert main(arguments) == 0
    notebook = json.loads((marked.out / "mark_small.ipynb").read_text(encoding="utf-8"))
    compile("".join(notebook["cells"][1]["source"]), "cell", "exec")
    assert main([*arguments, "--marker", "../x"]) == 2 and "cannot be the name of a marker" in capsys.readouterr().err
    assert main([*arguments[:-2], str(marked.out / "nothing"), "--no-browser"]) == 2


def test_on_a_hub_the_page_is_opened_in_the_jupyterlab_that_is_open(
    marked: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of its own would wait at an address of the hub's machine, which the teacher's browser does not reach."""
    monkeypatch.setenv("JUPYTERHUB_USER", "teacher")
    monkeypatch.setattr("classroom.commands.mark.subprocess.run", lambda *_, **__: pytest.fail("a second JupyterLab"))
    assert main(["mark", small.NAME, "--course", str(marked.course.root), "--out", str(marked.out)]) == 0
    assert f"{marked.out / 'mark_small.ipynb'}" in (said := capsys.readouterr().out) and "JupyterLab of the hub" in said
