"""When work came: deadlines, extensions, what is late and what it costs, and that nobody is late whose time is not known."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.errors import TeacherError
from classroom.submissions.archive import ArchiveEntry
from classroom.submissions.deadlines import (
    IN_TIME,
    Deadline,
    LateRule,
    keep_lateness,
    kept_lateness,
    without_copies,
)
from classroom.submissions.find import collect_submissions
from classroom.submissions.handed_in import HandedIn
from classroom.submissions.roster import Student
from classroom.submissions.summary import print_what_stays
from classroom.submissions.time_options import Said, deadline_of, keep_said, kept_said, say
from classroom.submissions.written_times import parse_time, stamp_time
from tests.classroom.trees import notebook, tree_of, write_tree

TWO_OF_ONE_ADDRESS = {one: Student(one, email="both@example.org") for one in ("s003", "s004")}
DUE = datetime(2026, 11, 20, 18, tzinfo=UTC)
ROSTER = {
    one: Student(one, f"Amina {one.upper()}", f"{one}@example.org", moodle_number=f"9{one[1:]}") for one in ("s001", "s002")
}


def handed_in(student: str, moment: datetime | None, *, late: bool = False) -> HandedIn:
    time = moment.timestamp() if moment else 0.0
    return HandedIn(Student(student), ArchiveEntry(f"{student}.ipynb", "file", 1, time, ""), "flat", late)


def read_deadline(
    due: str | None, zone: str | None, rule: LateRule, lists: dict[str, Path | None], roster: dict[str, Student]
) -> Deadline:
    return deadline_of(say(Said(), due, zone, asdict(rule), lists, roster))


def test_the_clock_of_a_zip_is_that_of_the_deadlines_zone_and_one_time_for_all_says_nothing(tmp_path: Path) -> None:
    for number in range(6):
        with zipfile.ZipFile(tmp_path / "all.zip", "a") as archive:
            archive.writestr(zipfile.ZipInfo(f"s00{number}.ipynb", (2026, 11, 20, 18, 30, 0)), notebook(str(number)))
    found = collect_submissions(tmp_path / "all.zip", "ps1", {}).handed_in
    for zone, late in (("Asia/Karachi", True), ("UTC", True)):
        deadline = read_deadline("2026-11-20 18:00", zone, LateRule(10), {}, {})
        lateness = deadline.lateness(found[0], 30)
        assert (lateness.late, lateness.by) == (late, "30 minutes") and lateness.handed_in.startswith("2026-11-20 18:30")
        assert not without_copies(deadline, found).lateness(found[0], 30).late


@pytest.mark.parametrize(
    ("late", "rule", "days", "by", "penalty"),
    [
        (timedelta(0), LateRule(10), 0, "", 0),
        (timedelta(seconds=-1), LateRule(10), 0, "", 0),
        (timedelta(seconds=1), LateRule(10), 1, "1 minute", 3),
        (timedelta(days=1), LateRule(10), 1, "1 day", 3),
        (timedelta(days=1, seconds=1), LateRule(10), 2, "1 day", 6),
        (timedelta(days=2, hours=3), LateRule(10), 3, "2 days 3 hours", 9),
        (timedelta(days=9), LateRule(10, cap=50), 9, "9 days", 15),
        (timedelta(days=30), LateRule(10), 30, "30 days", 30),
        (timedelta(days=2), LateRule(), 2, "2 days", 0),
    ],
)
def test_late_work_costs_what_the_rule_says(late: timedelta, rule: LateRule, days: int, by: str, penalty: float) -> None:
    found = Deadline(DUE, UTC, rule).lateness(handed_in("s001", DUE + late), 30)
    assert (found.days, found.penalty, found.late, found.by) == (days, penalty, days > 0, by)


@pytest.mark.parametrize(
    ("due", "came", "by", "days"),
    [
        # In Berlin 02:00 to 03:00 comes twice on 25 October 2026, and never on 29 March.
        ("2026-10-25T02:30+02:00", "2026-10-25T02:10+01:00", "40 minutes", 1),
        ("2026-10-25T02:30+01:00", "2026-10-25T02:50+02:00", "", 0),
        ("2026-03-29T01:59+01:00", "2026-03-29T03:01+02:00", "2 minutes", 1),
        ("2026-10-24T18:00+02:00", "2026-10-25T17:30+01:00", "23 hours 30 minutes", 1),
        ("2026-03-28T18:00+01:00", "2026-03-29T18:30+02:00", "23 hours 30 minutes", 1),
        ("2026-10-23T23:59:59+02:00", "2026-10-23T23:59:59.9+02:00", "", 0),  # a day alone is its end, the last second too
        ("2026-10-23T23:59:59+02:00", "2026-10-24T00:00:00+02:00", "1 minute", 1),
    ],
)
def test_clocks_that_change_and_parts_of_a_second_cost_nobody_a_day(due: str, came: str, by: str, days: int) -> None:
    zone = ZoneInfo("Europe/Berlin")
    deadline = Deadline(datetime.fromisoformat(due).astimezone(zone), zone, LateRule(10))
    one = handed_in("s001", datetime.fromisoformat(came))
    found = deadline.lateness(one, 30)
    assert (found.days, found.by.startswith(by), bool(found.by)) == (days, True, bool(by))
    assert deadline.in_time(one) is (days == 0)


def test_how_late_it_was_is_what_the_two_times_shown_say() -> None:
    for due, late, by in ((0, 1250, "20 minutes"), (59, 70, "1 minute"), (0, 50, "1 minute"), (59, 121, "2 minutes")):
        came = handed_in("s001", DUE + timedelta(seconds=late))
        found = Deadline(DUE + timedelta(seconds=due), UTC, LateRule(10)).lateness(came, 30)
        assert (found.by, found.penalty) == (by, 3)


@given(st.floats(0, 100), st.floats(0, 100), st.integers(0, 400), st.floats(0, 1000))
def test_a_penalty_is_never_more_than_the_cap_and_grows_with_the_days(
    rate: float, cap: float, days: int, most: float
) -> None:
    rule = LateRule(rate, cap)
    assert 0 <= rule.penalty(days, most) <= rule.penalty(days + 1, most) <= round(cap / 100 * most, 2) + 0.01


def test_who_has_longer_is_in_time_and_whose_time_is_unknown_is_not_late() -> None:
    deadline = Deadline(DUE, UTC, LateRule(10), {"s002": DUE + timedelta(days=3)})
    assert deadline.lateness(handed_in("s002", DUE + timedelta(days=2)), 30).penalty == 0
    assert not deadline.lateness(handed_in("s001", None), 30).late
    # Canvas says LATE and not how late: no points may hang on it, and an extension that it does not know goes before it.
    told = deadline.lateness(handed_in("s001", None, late=True), 30)
    assert (told.late, told.penalty, told.by) == (True, 0, "how late is not known")
    assert not deadline.lateness(handed_in("s002", None, late=True), 30).late
    assert Deadline(None, UTC).lateness(handed_in("s001", DUE, late=True), 30).late  # without a deadline of our own, too


def test_a_list_of_times_speaks_of_the_last_file_and_not_of_those_before() -> None:
    deadline = Deadline(DUE, UTC, times={"s001": DUE + timedelta(days=1)})
    assert deadline.seconds(handed_in("s001", DUE)) == DUE.timestamp()
    assert deadline.in_time(handed_in("s001", DUE))
    last = deadline.lateness(handed_in("s001", DUE), 30)
    assert (last.days, last.known_from) == (1, "the list of times")
    assert deadline.lateness(handed_in("s001", DUE), 30, alone=False).days == 0


def test_without_a_roster_a_list_names_students_by_their_ids(tmp_path: Path) -> None:
    path = tmp_path / "longer.csv"
    path.write_text("student_id,email,due\ns001,a@x.org,2026-11-22\n", encoding="utf-8")
    found = read_deadline("2026-11-20", "UTC", LateRule(), {"extensions": path}, {})
    assert set(found.extensions) == {"s001"}


def test_files_that_were_copied_in_one_minute_say_nothing_of_time() -> None:
    copied = [handed_in(f"s{number}", DUE + timedelta(days=1, seconds=number)) for number in range(6)]
    rare = [handed_in("s9", DUE + timedelta(days=2))]
    deadline = without_copies(Deadline(DUE, UTC, LateRule(10)), copied + rare)
    assert not any(deadline.lateness(one, 30).late for one in copied) and deadline.lateness(rare[0], 30).days == 2
    few = without_copies(deadline, copied[:4])
    assert all(few.lateness(one, 30).days == 2 for one in copied[1:4])
    five = without_copies(deadline, copied[:5])
    assert not any(five.lateness(one, 30).late for one in copied[:5])
    others = [handed_in(f"o{number}", DUE + timedelta(days=2, minutes=number)) for number in range(5)]
    half = without_copies(deadline, copied[:5] + others)  # no more than half of all: a class may hand in at one bell
    assert all(half.lateness(one, 30).days == 2 for one in copied[1:5])
    aside = [replace(one, fate="not a notebook") for one in others]  # what does not count is not counted
    assert not any(without_copies(deadline, copied[:5] + aside).lateness(one, 30).late for one in copied[:5])


@pytest.mark.parametrize(
    ("text", "end_of_day", "expected"),
    [
        ("2026-11-20 18:00", True, DUE),
        ("2026-11-20T18:00:00+05:00", True, DUE - timedelta(hours=5)),
        ("2026-11-20", True, DUE.replace(hour=23, minute=59, second=59)),
        ("2026-11-20", False, DUE.replace(hour=0)),
        ("Friday, 20 November 2026, 6:00 PM", False, DUE),
        ("20 November 2026, 18:00", False, DUE),
        ("20 Nov 2026 18:00", False, DUE),
        ("20. November 2026, 18:00", False, DUE),
        ("Nov 20th, 2026 at 6:00 p.m.", False, DUE),
        ("Fri 20 nov. 2026 18:00:00", False, DUE),
        ("Sept 1, 2026", False, datetime(2026, 9, 1, tzinfo=UTC)),
        ("1 May 2026", True, datetime(2026, 5, 1, 23, 59, 59, tzinfo=UTC)),
        ("Monday, 20 November 2026, 6:00 PM", False, None),  # it was a Friday
        ("20 November", True, None),  # of which year?
        ("20 Nov 26", True, None),
        ("31 November 2026", True, None),
        ("20 Kasım 2026", True, None),
        ("2026-W47-5", True, DUE.replace(hour=23, minute=59, second=59)),  # a day in any form of ISO 8601 is its end
        ("2026-11-20 21:00 Asia/Baghdad", True, DUE),
        ("20 November 2026, 9:00 PM Asia/Baghdad", True, DUE),
        ("2026-11-20 18:00 UTC", True, DUE),
        ("2026-11-20 Asia/Karachi", True, datetime(2026, 11, 20, 18, 59, 59, tzinfo=UTC)),
        ("2026-11-20 18:00 Asia/Nowhere", True, None),
        ("2026-11-20 18:00 PKT", True, None),  # short names of zones stand for several
        ("11/12/2026 10:00", False, None),  # December or November?
        ("soon", False, None),
        ("٢٠٢٦-١١-٢٠ ١٨:٠٠", True, DUE),
        ("۲۰۲۶-۱۱-۲۰ 18:00", True, DUE),
        ("0001-01-01 Asia/Karachi", False, None),  # would be a day before the first that there is, in UTC
        ("9999-12-31 23:00 America/New_York", True, None),
        ("", False, None),
    ],
)
def test_times_are_read_as_platforms_write_them_or_not_at_all(
    text: str, end_of_day: bool, expected: datetime | None
) -> None:
    assert parse_time(text, UTC, end_of_day=end_of_day) == expected


def test_lists_name_students_as_the_class_does(tmp_path: Path) -> None:
    longer, came = tmp_path / "longer.csv", tmp_path / "worksheet.csv"
    longer.write_text("email,due\ns001@example.org,2026-11-22\n,\n", encoding="utf-8")
    came.write_text(
        'Identifier,"Full name",Grade,"Last modified (submission)"\n'
        'Participant 9001,Amina S001,-,"Saturday, 21 November 2026, 7:00 AM"\nParticipant 9002,Amina S002,-,-\n',
        encoding="utf-8",
    )
    lists = {"extensions": longer, "times": came}
    deadline = read_deadline("2026-11-20 18:00", "Asia/Karachi", LateRule(5), lists, ROSTER)
    karachi = ZoneInfo("Asia/Karachi")
    assert deadline.due_for("s002") == DUE.replace(tzinfo=karachi)
    assert deadline.due_for("s001") == datetime(2026, 11, 22, 23, 59, 59, tzinfo=karachi)
    assert deadline.times == {"s001": datetime(2026, 11, 21, 7, tzinfo=karachi)}
    keep_said(tmp_path / "kept", say(Said(), "2026-11-20 18:00", "Asia/Karachi", {"per_day": 5.0}, lists, ROSTER))
    again = deadline_of(kept_said(tmp_path / "kept"))
    assert again.due and f"{again.due:%Z}" == "PKT"  # also by name: what students read does not change from run to run
    assert (again.due, again.rule, again.extensions, again.times) == (
        deadline.due,
        deadline.rule,
        deadline.extensions,
        deadline.times,
    )


@pytest.mark.parametrize(
    "text",
    [
        "name,due\nAmina S001,2026-11-22\n",
        "student_id,due\ns002\ns001,2026-11-22\n",  # a row without its last cells, as some programs write it
        "student_id,due\ns002,\ns001,2026-11-22\n",
        "student_id,due,timezone\ns001,2026-11-22\n",
        "student_id,due,email\ns001,2026-11-22\n",
    ],
)
def test_a_row_may_lack_its_last_cells_and_name_a_student_in_any_way(tmp_path: Path, text: str) -> None:
    path = tmp_path / "longer.csv"
    path.write_text(text, encoding="utf-8")
    found = read_deadline("2026-11-20", "UTC", LateRule(), {"extensions": path}, ROSTER)
    assert found.extensions == {"s001": datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("student_id,due\ns009,2026-11-22\n", "row 2: s009 is nobody, or more than one, on the roster"),
        ("student_id,due\ns001,2026-11-22\nS001,2026-11-25\n", "row 3: s001 stands there twice"),
        ("email,due\nboth@example.org,2026-11-22\n", "row 2: both@example.org is nobody, or more than one"),
        ("student_id,due,timezone\ns001,2026-11-22 18:00,Asia/Nowhere\n", "'2026-11-22 18:00 Asia/Nowhere' is no time"),
        ("student_id,due\ns001,next week\n", "'next week' is no time"),
        ("who,when\ns001,2026-11-22\n", "needs a first row with a column for the student"),
        ("student_id,when\ns001,2026-11-22\n", r"one for the time \(due\)"),
        ("", "needs a first row"),
    ],
)
def test_a_list_that_cannot_be_read_is_named_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "longer.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TeacherError, match=said):
        read_deadline("2026-11-20", "UTC", LateRule(), {"extensions": path}, {**ROSTER, **TWO_OF_ONE_ADDRESS})


def test_lists_of_spreadsheets_find_ids_without_their_zeros_and_clocks_of_other_places(tmp_path: Path) -> None:
    longer, came = tmp_path / "longer.csv", tmp_path / "came.csv"
    longer.write_text(
        "student_id,due,Time zone\n7,2026-11-21 18:00,Asia/Baghdad\n08,2026-11-21T18:00+03:00,\n", encoding="utf-8"
    )
    came.write_text("student_id,time\n007,2026-11-21 20:00\n7,2026-11-21 19:59\n", encoding="utf-8")
    roster = {one: Student(one) for one in ("007", "08", "9")}
    found = read_deadline("2026-11-20 18:00", "Asia/Karachi", LateRule(10), {"extensions": longer, "times": came}, roster)
    until = datetime(2026, 11, 21, 15, tzinfo=UTC)
    assert found.extensions == {"007": until, "08": until}
    assert found.times == {"007": until}  # the last of several
    last, over = handed_in("08", until), handed_in("08", until + timedelta(seconds=1))
    assert [found.lateness(one, 30).penalty for one in (last, over)] == [0, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20 18:00:00.123456 UTC", DUE),
        ("2026-11-20 18:00:00", DUE),  # nbgrader's zip_collect writes no zone, and means UTC
        ("2026-11-20T18:00:00Z", DUE),
        ("2026-11-20 23:00:00.000001 PKT", DUE),  # the name that the deadline's own zone has
        ("2026-11-20 21:00:00 +03", DUE),
        ("2026-11-20 21:00:00.5 +0300", DUE),
        ("2026-11-20 21:00:00+03:00", DUE),
        ("2026-11-20 21:00:00 Asia/Baghdad", DUE),
        ("2026-11-20 18:00:00 CST", None),  # stands for several
        ("2026-11-20 18:00:00 Asia/Nowhere", None),
        ("2026-11-20", None),
        ("20.11.2026 18:00 UTC", None),
        ("0001-01-01 00:00:00 +1400", None),
        ("", None),
        ("\ufffd 18:00", None),
    ],
)
def test_the_exchange_of_nbgrader_says_when_work_came(text: str, expected: datetime | None) -> None:
    found = stamp_time(text, ZoneInfo("Asia/Karachi"))
    assert found == expected if expected is None else found is not None and found.replace(microsecond=0) == expected


def test_an_hour_that_comes_twice_is_told_by_the_name_of_its_zone() -> None:
    both = [stamp_time(f"2026-10-25 02:30:00 {name}", ZoneInfo("Europe/Berlin")) for name in ("CEST", "CET")]
    assert [moment and moment.astimezone(UTC).hour for moment in both] == [0, 1]


def test_a_timestamp_counts_where_nbgrader_writes_it_and_is_doubted_where_it_cannot_be_read(tmp_path: Path) -> None:
    late, soon = "2026-11-21 18:30:00.000000 UTC", "2026-11-20 10:00:00.000000 UTC"
    work = tree_of("ps1/ps1.ipynb")
    moodle = "Amina S003_7_assignsubmission_file_"
    write_tree(
        tmp_path,
        {
            "s001": {**work, "ps1/timestamp.txt": late},
            "s002": {**work, "ps1/timestamp.txt": "\0\n"},
            # A student may have written these: they say nothing.
            moodle: {**tree_of("ps1.ipynb"), "timestamp.txt": soon},
            "s004.zip": {**work, "ps1/timestamp.txt": soon},
            "s005": {**tree_of("mine/ps1.ipynb"), "mine/timestamp.txt": soon, "timestamp.txt": soon},
        },
    )
    roster = {**ROSTER, "s003": Student("s003", "Amina S003"), "s004": Student("s004"), "s005": Student("s005")}
    files = [one for one in collect_submissions(tmp_path, "ps1", roster).handed_in if one.fate == "counts"]
    assert {one.student.student_id: one.stamp for one in files} == {
        "s001": late,
        "s002": "",
        **dict.fromkeys(("s003", "s004", "s005")),
    }
    deadline = Deadline(DUE, UTC, LateRule(10), times={"s003": DUE})
    first, second = (deadline.lateness(one, 30) for one in files[:2])
    assert (first.days, first.known_from, first.penalty) == (2, "the time that nbgrader noted", 6)
    assert (second.late, second.handed_in) == (False, "")  # its own time would be that of a save, not of handing in
    assert [bool(deadline.doubts(one)) for one in files] == [False, True, False, False, False]
    assert "timestamp.txt beside it stands ''" in deadline.doubts(files[1]) and "--times" in deadline.doubts(files[1])
    assert not Deadline(DUE, UTC, times={"s002": DUE}).doubts(files[1])  # a list says when it came
    assert deadline.seconds(files[0]) == datetime(2026, 11, 21, 18, 30, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("due", "zone", "rule", "said"),
    [
        ("tomorrow", None, LateRule(), "no time that can be read"),
        ("2026-11-20", "Karachi", LateRule(), "not known"),
        (None, None, LateRule(10), "needs a deadline"),
        ("2026-03-29 02:30", "Europe/Berlin", LateRule(), "no such time in that zone"),
        ("2026-11-20", "UTC", LateRule(-1), "from 0 to 100"),
    ],
)
def test_what_makes_no_sense_is_refused(due: str | None, zone: str | None, rule: LateRule, said: str) -> None:
    with pytest.raises(TeacherError, match=said):
        read_deadline(due, zone, rule, {}, {})


def test_the_last_in_time_goes_before_a_later_one_if_the_teacher_wishes(tmp_path: Path) -> None:
    write_tree(tmp_path, {**tree_of("s001.ipynb", "s001 (1).ipynb"), "s002.ipynb": notebook("s002")})
    times = sorted(path.stat().st_mtime for path in tmp_path.iterdir())
    deadline = Deadline(datetime.fromtimestamp(times[0] + 5, UTC), UTC, LateRule(last_in_time=True))
    last = collect_submissions(tmp_path, "ps1", ROSTER).handed_in
    timely = collect_submissions(tmp_path, "ps1", ROSTER, in_time=deadline.in_time).handed_in
    counts = [
        next(one.entry.path for one in found if one.fate == "counts" and one.student.student_id == "s001")
        for found in (last, timely)
    ]
    assert counts == ["s001 (1).ipynb", "s001.ipynb"]
    assert any(one.student.student_id == "s002" and one.fate == "counts" for one in timely)  # nothing in time: the late one


def test_what_is_kept_comes_back_and_damage_is_nothing(tmp_path: Path) -> None:
    found = {
        "s001": Deadline(DUE, UTC, LateRule(10)).lateness(handed_in("s001", DUE + timedelta(days=1)), 30),
        "s002": IN_TIME,
    }
    keep_lateness(tmp_path / "kept", found)
    assert kept_lateness(tmp_path / "kept") == found
    (tmp_path / "kept").write_text("[", encoding="utf-8")
    assert kept_lateness(tmp_path / "kept") == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[", ""),
        ("[]", ""),
        ('{"due": "2026-11-20 18:00"}', ""),
        ('{"due": "", "timezone": "Asia/Nowhere", "rule": {}, "extensions": {}, "times": {}}', "not known"),
        ('{"due": "soon", "timezone": "UTC", "rule": {}, "extensions": {}, "times": {}}', "no time that can be read"),
    ],
)
def test_a_deadline_that_was_kept_and_cannot_be_read_is_not_forgotten(tmp_path: Path, text: str, why: str) -> None:
    assert kept_said(tmp_path / "kept") == Said()  # the first run
    (tmp_path / "kept").write_text(text, encoding="utf-8")
    with pytest.raises(TeacherError, match="(?s)What earlier runs were told of deadlines cannot be read in.*" + why):
        kept_said(tmp_path / "kept")


@pytest.mark.parametrize("zone", ["", "UTC", "Asia/Karachi"])
@pytest.mark.parametrize("due", ["", "2026-11-20 18:00"])
def test_what_was_said_comes_back_and_the_order_of_its_lists_does_not_matter(tmp_path: Path, due: str, zone: str) -> None:
    times = {"s002": "2026-11-20", "s001": "2026-11-21 10:00"}
    keep_said(tmp_path / "kept", Said(due, zone, LateRule(10), times, times))
    assert kept_said(tmp_path / "kept") == Said(due, zone, LateRule(10), times, times)
    keep_said(tmp_path / "turned", Said(due, zone, LateRule(10), *[dict(reversed(times.items()))] * 2))
    assert (tmp_path / "turned").read_bytes() == (tmp_path / "kept").read_bytes()


def test_what_is_not_said_again_holds_and_each_can_be_taken_back(tmp_path: Path) -> None:
    longer, came, shorter = (tmp_path / name for name in ("longer.csv", "came.csv", "shorter.csv"))
    longer.write_text("student_id,due\ns001,2026-11-25 18:00\ns002,2026-11-22\n", encoding="utf-8")
    came.write_text("student_id,time\ns001,2026-11-24 10:00\n", encoding="utf-8")
    shorter.write_text("student_id,due\ns001,2026-11-26\n", encoding="utf-8")
    rule = {"per_day": 10.0, "cap": 50.0, "last_in_time": True}
    first = say(Said(), "2026-11-20 18:00", "Asia/Karachi", rule, {"extensions": longer, "times": came}, ROSTER)
    nothing = say(first, None, None, {}, {}, ROSTER)
    assert nothing == first

    def then(
        due: str | None = None,
        zone: str | None = None,
        *,
        named: dict[str, float | bool | None] | None = None,
        **lists: Path,
    ) -> Said:
        now = say(first, due, zone, named or {}, dict(lists), ROSTER)
        keep_said(tmp_path / "kept", now)
        assert kept_said(tmp_path / "kept") == now
        return now

    assert then("2026-11-23 18:00") == replace(first, due="2026-11-23 18:00")
    assert then(named={"per_day": 0.0}) == replace(first, rule=LateRule(0, 50, True))
    assert then(named={"cap": 100.0, "last_in_time": False}) == replace(first, rule=LateRule(10, 100, False))
    assert then(times=Path("none")) == replace(first, times={})
    assert then(extensions=Path("None")) == replace(first, extensions={})
    assert then(extensions=shorter) == replace(first, extensions={"s001": "2026-11-26"})  # a list is the whole list
    # Times are those of the zone that is named, whenever it is.
    moved = deadline_of(then(zone="Asia/Baghdad"))
    assert moved.due == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert moved.times == {"s001": datetime(2026, 11, 24, 7, tzinfo=UTC)}
    # Without a deadline nothing is late; a new one finds the longer times again.
    off = then("none")
    assert deadline_of(off).due_for("s001") is None and deadline_of(off).due is None
    assert say(off, "2026-11-20 18:00", None, {}, {}, ROSTER) == first


def test_a_longer_time_never_ends_before_a_deadline_that_was_moved() -> None:
    deadline = Deadline(DUE, UTC, LateRule(10), {"s002": DUE + timedelta(days=2)})
    assert deadline.due_for("s002") == DUE + timedelta(days=2)
    assert replace(deadline, due=DUE + timedelta(days=3)).due_for("s002") == DUE + timedelta(days=3)


@pytest.mark.parametrize("zone", ["", "Asia/Karachi"])
def test_what_an_earlier_version_kept_holds(tmp_path: Path, zone: str) -> None:
    (tmp_path / "kept").write_text(
        json.dumps(
            {
                "due": "2026-11-20T23:00:00+05:00",
                "timezone": zone,
                "rule": {"per_day": 10.0, "cap": 50.0, "last_in_time": False},
                "extensions": {"s001": "2026-11-21T23:00:00+05:00"},
                "times": {},
            }
        ),
        encoding="utf-8",
    )
    found = deadline_of(say(kept_said(tmp_path / "kept"), None, None, {}, {}, {}))
    assert (found.due, found.rule, found.due_for("s001")) == (DUE, LateRule(10, 50), DUE + timedelta(days=1))


def test_the_clock_of_this_machine_is_that_of_the_day_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine in Berlin six in the evening is one hour earlier in July; without a name the clock of today must do."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    summer, winter = (deadline_of(say(Said(), day, None, {}, {}, {})) for day in ("2026-07-20 18:00", "2026-11-20 18:00"))
    assert summer.due and winter.due
    assert [one.due.astimezone(UTC).hour for one in (summer, winter)] == [16, 17]
    monkeypatch.setenv("TZ", "XYZ-3")  # a rule, and no name
    said = say(Said(), "2026-11-20 18:00", None, {"per_day": 1.0}, {}, {})
    assert said.timezone == "" and datetime.fromisoformat(said.due).tzinfo  # means the same on another machine


def test_what_of_earlier_runs_holds_is_said_where_nothing_else_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    two = {"s001": "2026-11-25 18:00", "s002": "2026-11-22"}
    first = Said("2026-11-20 18:00", "UTC", LateRule(10), two)

    def told(said: Said, *, lists_anew: bool = False) -> str:
        print_what_stays(first, said, deadline_of(said), lists_anew=lists_anew)
        return capsys.readouterr().out

    assert told(first) == ""
    assert "No more time than the others now: s002." in told(replace(first, extensions={"s001": "2026-11-25"}))
    assert told(replace(first, due="2026-11-24")).startswith("The longer time of s002 ends before the deadline")
    assert "kept for a new one" in told(replace(first, due=""))
    times = replace(first, times={"s001": "2026-11-20"})
    assert "the work of 1 student came is known from a list of an earlier run" in told(times)
    assert told(times, lists_anew=True) == ""
