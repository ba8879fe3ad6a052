"""One submission for several students: the last of a group counts for each, and is marked by hand once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from classroom.grading.gradebook import entered_scores, open_gradebook
from classroom.marking.agreement import agreement
from classroom.marking.session import Session
from classroom.submissions.archive import ArchiveEntry
from classroom.submissions.find import find_submissions
from classroom.submissions.groups import for_all_of_a_group
from classroom.submissions.handed_in import HandedIn
from classroom.submissions.roster import Student, keep_roster, read_roster
from tests.classroom.trees import tree_of, write_tree
from tests.support.classroom import by_hand


def test_the_last_file_of_a_group_counts_for_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(
        "student_id,name,Group\ns001,A,Blue\ns002,B,blue \ns003,C,red\ns004,D,\ns005,E,\ns006,F,green\ns007,G,green\n",
        encoding="utf-8",
    )
    roster = read_roster(tmp_path / "roster.csv")
    write_tree(tmp_path / "in", tree_of("s001.ipynb", "s003.ipynb", "s004.ipynb", "s002.ipynb", "s006.ipynb"))
    found = for_all_of_a_group(find_submissions(tmp_path / "in", "ps1", roster), roster)
    counts = {one.student.student_id: one.entry.path for one in found if one.fate == "counts"}
    assert counts == {
        "s001": "s002.ipynb",  # handed in after s001's own
        "s002": "s002.ipynb",
        "s003": "s003.ipynb",  # alone in a group
        "s004": "s004.ipynb",  # in none
        "s006": "s006.ipynb",
        "s007": "s006.ipynb",
    }
    assert [one.reason for one in found if one.fate == "older"] == [
        "s002 handed in later for the group blue: s002.ipynb counts for all of it."
    ]
    assert next(one for one in found if one.student.student_id == "s007").reason == "s006 handed it in for the group green."


def test_of_a_group_the_last_in_time_counts_where_the_teacher_wishes_it(tmp_path: Path) -> None:
    roster = {one: Student(one, group="blue") for one in ("007", "08", "9")}  # 08 is absent
    write_tree(tmp_path / "in", tree_of("007.ipynb", "9.ipynb"))
    found = find_submissions(tmp_path / "in", "ps1", roster)
    for timely, path in (({"007"}, "007.ipynb"), ({"007", "9"}, "9.ipynb"), (set(), "9.ipynb")):
        came = {id(one) for one in found if one.student.student_id in timely}
        whole = for_all_of_a_group(found, roster, lambda one, came=came: id(one) in came)  # type: ignore[misc]
        counts = {one.student.student_id: one.entry.path for one in whole if one.fate == "counts"}
        assert counts == dict.fromkeys(roster, path)
        assert len(whole) == 4  # each file is still listed
        [older] = [one for one in whole if one.fate == "older"]
        assert ("in time" if timely else "later") in older.reason


def test_of_a_group_a_later_try_goes_before_a_later_time_of_a_file() -> None:
    roster = {one: Student(one, group="blue") for one in ("s1", "s2")}
    found = [
        HandedIn(roster[one], ArchiveEntry(f"{one}.ipynb", "file", 1, time, ""), "Canvas", again=again)
        for one, time, again in (("s1", 100.0, 1), ("s2", 900.0, 0))
    ]
    counts = [one.entry.path for one in for_all_of_a_group(found, roster) if one.fate == "counts"]
    assert counts == ["s1.ipynb", "s1.ipynb"]


def test_parts_of_a_class_in_moodles_list_are_no_groups_that_hand_in_together(tmp_path: Path) -> None:
    path = tmp_path / "participants.csv"
    path.write_text(
        "First name,Last name,Email address,Groups\nAna,A,a@x.org,Monday\nBea,B,b@x.org,Monday\n", encoding="utf-8"
    )
    assert {one.group for one in read_roster(path).values()} == {""}


def test_a_group_is_marked_once_and_each_of_it_has_the_points(tmp_path: Path) -> None:
    course, out = by_hand.course_with_rubric(tmp_path / "course"), tmp_path / "out"
    assignment = by_hand.write_marked(out, course, {"s1": "One.", "s2": "One.", "s3": "Two."})
    keep_roster(
        out / ".kept" / "roster.txt", {one: Student(one, group="s3" * (one != "s3")) for one in ("s1", "s2", "s3", "s9")}
    )
    one = Session(assignment, out)
    one.go("q4")
    assert one.view().count == 2 and one.not_read == 0
    while one.student != "s1":
        one.step(-1 if one.place else 1)
    for key in "111":
        one.press(key)
    one.comment(["Well done."])
    one.close()
    with open_gradebook(out) as book:
        found = entered_scores(book, assignment)
    given = SimpleNamespace(**{name: (cells["q4"].manual, cells["q4"].comment) for name, cells in found.items()})
    assert given.s1 == given.s2 == (3, "Well done.") and given.s3 == (None, "")


def test_two_markers_agree_once_on_the_answer_of_a_group(tmp_path: Path) -> None:
    course, out = by_hand.course_with_rubric(tmp_path / "course"), tmp_path / "out"
    assignment = by_hand.write_marked(out, course, dict.fromkeys(("s1", "s2", "s3"), "A selection."))
    keep_roster(out / ".kept" / "roster.txt", {one: Student(one, group="s3" * (one != "s3")) for one in ("s1", "s2", "s3")})
    for marker, pressed in (("one", "111"), ("two", "110")):
        session = Session(assignment, out, marker, second=marker == "two")
        session.go("q4")
        for key in f"{pressed}n{pressed}":
            session.press(key)
        session.close()
    found, differing = agreement(assignment, out)
    assert {one.both for one in found} == {2} and len(differing) == 2


def test_the_platforms_number_is_that_of_the_one_who_handed_in(tmp_path: Path) -> None:
    roster = {one: Student(one, f"Person {name}", group="blue") for one, name in (("s1", "A"), ("s2", "B"), ("s3", "C"))}
    write_tree(
        tmp_path / "in", tree_of(*(f"Person {name}_9{name == 'B':d}_assignsubmission_file_/ps1.ipynb" for name in "AB"))
    )
    found = for_all_of_a_group(find_submissions(tmp_path / "in", "ps1", roster), roster, when=lambda one: float(one.number))
    rows = [(one.student.student_id, one.fate, one.number) for one in found]
    assert rows == [("s1", "older", "90"), ("s1", "counts", ""), ("s2", "counts", "91"), ("s3", "counts", "")]
