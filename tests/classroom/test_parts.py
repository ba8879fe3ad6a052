"""The parts of a class: everybody in one, the same on every machine, about equally many."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from classroom.__main__ import main
from classroom.assignments.assignment import read_assignment
from classroom.course import ROOT, Course
from classroom.errors import TeacherError
from classroom.grading import grade_class
from classroom.grading.gradebook import enter_by_hand, entered_scores, open_gradebook
from classroom.grading.parts import parse_part, part_of, take_over, write_facts
from tests.classroom.test_machine_faults import Answered, all_right, hand_in, report_on
from tests.support.classroom import small
from tests.support.environment import needs_program


@given(st.text(max_size=20), st.integers(1, 1000))
def test_everybody_is_in_one_part_whatever_the_capitals(student: str, count: int) -> None:
    assert 1 <= part_of(student, count) <= count
    assert part_of("S001", count) == part_of("s001", count)


def test_parts_are_the_same_everywhere_and_about_equal() -> None:
    assert [part_of(f"s{number:03}", 4) for number in range(8)] == [1, 3, 3, 4, 1, 1, 1, 4]
    sizes = [sum(part_of(f"s{number}", 4) == part for number in range(4000)) for part in (1, 2, 3, 4)]
    assert sum(sizes) == 4000 and all(900 < size < 1100 for size in sizes)


@pytest.mark.parametrize(
    "text",
    [
        "0/2",
        "3/2",
        "1",
        "1/0",
        "a/b",
        "1/1001",
        "-1/2",
        "+1/2",
        "1/ 2",
        "1 /2",
        "01/02",
        "1/2/3",
        "1/",
        "/",
        "1.0/2",
        "²/3",
        "１/２",
        "",
    ],
)
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(TeacherError, match="no part of a class"):
        parse_part(text)
    assert parse_part("3/16") == (3, 16) and parse_part("1000/1000") == (1000, 1000)


def test_other_versions_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "part" / ".kept").mkdir(parents=True)
    with pytest.raises(TeacherError, match="is no folder into which a part was marked"):
        take_over(tmp_path / "out", [tmp_path / "part"], {}, "ps1", {})
    write_facts(tmp_path / "part" / ".kept", {"Python": "3.12.1", "pandas": "3.0.2", "seed": "a" * 64}, "ps1")
    with pytest.raises(TeacherError, match=r"Python: 3\.12\.1 there, 3\.13\.5 here; seed: aaaaaaaa… there, bbbbbbbb… here"):
        take_over(
            tmp_path / "out", [tmp_path / "part"], {"Python": "3.13.5", "pandas": "3.0.2", "seed": "b" * 64}, "ps1", {}
        )


STUDENTS = tuple(f"s{number:02}" for number in range(12))
MOMENTS = {"job-0": 0, "job-1": 1, "gradebook": None}  # how many are done by then; None: all


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command line that marks twelve students, and its engine."""
    monkeypatch.setattr(grade_class, "Executor", Answered)
    monkeypatch.setattr("classroom.grading.points.same", lambda *_: True)
    course = small.small_course(tmp_path / "course")
    for student in STUDENTS:
        hand_in(tmp_path, student, all_right())
    (tmp_path / "roster.csv").write_text("\n".join(["student_id", *STUDENTS, "absent"]) + "\n", encoding="utf-8")
    found = ["grade", small.NAME, "--course", str(course.root), "--submissions", str(tmp_path / "in")]
    return [*found, "--roster", str(tmp_path / "roster.csv"), "--out"]


def lines(out: Path) -> dict[str, str]:
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student_id"]: f"{row['status']} {row['auto_score']}" for row in csv.DictReader(file)}


class Killed(Answered):
    """An engine whose process is killed when it comes to a job."""

    point = ""

    def run(self, jobs: object) -> object:
        for job in jobs:  # type: ignore[attr-defined]
            if job.job_id == self.point:
                end()
            yield report_on(job)


def end(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(moment: str, arguments: list[str]) -> None:
    """Give a command line in a process that is killed at a point of its work."""
    child = os.fork()
    if not child:
        try:
            Killed.point, grade_class.Executor = moment, Killed
            if moment == "gradebook":
                grade_class.enter_assignment = end
            main(arguments)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, moment


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")  # the workers of xdist are
def test_everybody_is_accounted_for_after_a_worker_was_killed(command: list[str], tmp_path: Path) -> None:
    second = str(tmp_path / "2")
    assert main([*command, second, "--part", "2/2"]) == 0
    mine = {student for student in STUDENTS if part_of(student, 2) == 1}
    for moment, kept in MOMENTS.items():
        first = tmp_path / moment
        kill_at(moment, [*command, str(first), "--part", "1/2"])
        done = {path.stem for path in (first / ".kept").glob("s*.json")}
        assert done <= mine and len(done) == (len(mine) if kept is None else kept) and not (first / "grades.csv").exists()
        early = [*command, str(tmp_path / f"early {moment}"), "--gather", str(first), second]
        assert main(early) == 2  # it says whose work lacks
        assert main([*command, str(first), "--part", "1/2"]) == 0
        assert main([*command, str(tmp_path / f"all {moment}"), "--gather", str(first), second]) == 0
        assert lines(tmp_path / f"all {moment}") == dict.fromkeys(STUDENTS, "graded 4") | {"absent": "missing "}


def test_another_assignment_is_named_and_no_hash(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = tmp_path / "part"
    assert main([*command, str(part), "--part", "1/2"]) == 0
    written = part / ".kept" / "facts.txt"
    facts = json.loads(written.read_text(encoding="utf-8"))
    written.write_text(json.dumps({**facts, "name of the assignment": "ps9", "assignment": "f" * 64}), encoding="utf-8")
    capsys.readouterr()
    assert main([*command, str(tmp_path / "all"), "--gather", str(part)]) == 2
    said = capsys.readouterr().err
    assert f"{part} holds marks of ps9, and {small.NAME} is gathered here" in said and "ffffffff" not in said
    assert not (tmp_path / "all" / "grades.csv").exists()


def test_the_roster_of_the_gathering_counts_whatever_the_parts_had(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names may differ, and students lack. Where the ids themselves differ, it is said whose result is not found."""
    others = {
        "shorter": ["student_id,name", *(f"{one},Old Name" for one in STUDENTS[:3])],
        "other ids": ["student_id", *(one.upper() for one in STUDENTS)],
    }
    for name, rows in others.items():
        (tmp_path / f"{name}.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
        theirs = [str(tmp_path / f"{name}.csv") if one.endswith("roster.csv") else one for one in command]
        for number in (1, 2):
            assert main([*theirs, str(tmp_path / name / str(number)), "--part", f"{number}/2"]) == 0
    capsys.readouterr()
    parts = [str(tmp_path / "shorter" / number) for number in "12"]
    assert main([*command, str(tmp_path / "all"), "--gather", *parts]) == 0
    assert lines(tmp_path / "all") == dict.fromkeys(STUDENTS, "graded 4") | {"absent": "missing "}
    assert not [path for path in (tmp_path / "all" / "feedback").rglob("*.html") if "Old Name" in path.read_text("utf-8")]
    strange = str(tmp_path / "other ids" / "1")
    assert main([*command, str(tmp_path / "none"), "--gather", strange, parts[1]]) == 2
    said = capsys.readouterr().err
    lacking = [one for one in STUDENTS if part_of(one, 2) == 1]
    assert (
        f"For the work of {len(lacking)} students no part has a result" in said
        and lacking[0] in said
        and "roster of other ids" in said
    )
    assert not (tmp_path / "none" / "grades.csv").exists()


def test_an_empty_part_of_the_command_line_never_means_the_whole_class(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable that a script forgot to set."""
    assert main([*command, str(tmp_path / "out"), "--part", ""]) == 2
    assert "is no part of a class" in capsys.readouterr().err and not (tmp_path / "out").exists()
    assert main([*command, str(tmp_path / "out"), "--part", "", "--gather", str(tmp_path)]) == 2


def test_folders_are_gathered_in_whatever_order_and_nothing_is_half_gathered(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = [tmp_path / name for name in ("1", "2")]
    stale = tmp_path / "stale"  # marked before one student handed in again
    assert main([*command, str(stale)]) == 0
    work = next((tmp_path / "in").rglob("*.ipynb"))
    work.write_bytes(work.read_bytes() + b"\n")
    for number, folder in enumerate(parts, 1):
        assert main([*command, str(folder), "--part", f"{number}/2"]) == 0
    before = {path: path.read_bytes() for folder in parts for path in folder.rglob("*") if path.is_file()}
    wanted = dict.fromkeys(STUDENTS, "graded 4") | {"absent": "missing "}
    one, two = map(str, parts)
    for number, folders in enumerate(
        [[one, two], [two, one], [one, two, one], [str(stale), one, two], [two, one, str(stale)]]
    ):
        out = tmp_path / f"all{number}"
        assert main([*command, str(out), "--gather", *folders]) == 0, folders
        assert lines(out) == wanted
        assert f"Gathered {len(set(folders))} parts." in capsys.readouterr().out
    assert all(path.read_bytes() == content for path, content in before.items())  # parts are only read
    for refused, said in {
        (one, str(tmp_path / "nowhere")): "is no folder into which a part was marked",
        (one, str(tmp_path / "in")): "is no folder into which a part was marked",
        (one, str(tmp_path / "new")): "is the folder into which is gathered",
        (one,): "no part has a result",
    }.items():
        assert main([*command, str(tmp_path / "new"), "--gather", *refused]) == 2
        assert said in capsys.readouterr().err and not (tmp_path / "new" / "grades.csv").exists()
    assert main([*command, str(tmp_path / "new"), "--gather", one, two, "--again"]) == 2
    assert "--gather runs nothing" in capsys.readouterr().err
    kept = next((parts[1] / ".kept").glob("s*.json"))
    for damaged in (b"[]", kept.read_bytes()[:50]):
        kept.write_bytes(damaged)
        assert main([*command, str(tmp_path / "new"), "--gather", one, two]) == 2
        assert f"For the work of 1 student no part has a result: {kept.stem}." in capsys.readouterr().err
    (parts[1] / "gradebook.db").unlink()
    assert main([*command, str(tmp_path / "new"), "--gather", one, two]) == 2
    assert "was not finished, or its gradebook is damaged. Run that part again" in capsys.readouterr().err


def test_marks_by_hand_of_a_class_are_gathered_in_few_statements(command: list[str], tmp_path: Path) -> None:
    assignment = read_assignment(Course(tmp_path / "course", "", private=False), small.NAME)
    folders = [tmp_path / "1", tmp_path / "2"]
    for number, folder in enumerate(folders, 1):
        assert main([*command, str(folder), "--part", f"{number}/2"]) == 0
        own = [student for student in STUDENTS if part_of(student, 2) == number]
        with open_gradebook(folder) as book:
            by_hand = {(student, "q4"): (0.5, False) for student in own}
            enter_by_hand(book, assignment, by_hand, {(student, "q4"): f"To {student}." for student in own}, folder)
        shutil.copytree(folder, copy := tmp_path / f"{number} again")  # a copy that somebody went on to mark
        with open_gradebook(copy) as book:
            enter_by_hand(book, assignment, {}, {(student, "q4"): "And more." for student in own}, copy)
    needed = {}
    for gathered in (folders, [*folders, *(tmp_path / f"{folder.name} again" for folder in folders)]):
        statements: list[str] = []
        event.listen(Engine, "before_cursor_execute", count := lambda *given, said=statements: said.append(given[2]))
        try:
            assert main([*command, str(tmp_path / f"all {len(gathered)}"), "--gather", *map(str, gathered)]) == 0
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        changed = [one for one in statements if one.startswith(("UPDATE grade", "UPDATE comment"))]
        assert 0 < len(changed) <= 4, changed  # not one for each student
        needed[len(gathered)] = len(statements)
        with open_gradebook(tmp_path / f"all {len(gathered)}") as book:
            found = entered_scores(book, assignment)
        more = "\nAnd more." if len(gathered) > 2 else ""
        assert {one: (found[one]["q4"].manual, found[one]["q4"].comment) for one in STUDENTS} == {
            one: (0.5, f"To {one}.{more}") for one in STUDENTS
        }
    assert needed[2] <= 140 and needed[4] - needed[2] <= 12, needed  # for whole classes and hundreds of parts, too


@pytest.mark.parametrize("content", [b"", b"no gradebook at all", None], ids=["empty", "other file", "without assignment"])
def test_a_part_whose_gradebook_is_none_is_named_before_anything_is_written(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    part = tmp_path / "part"
    assert main([*command, str(part)]) == 0
    (part / "gradebook.db").unlink()
    if content is None:
        with open_gradebook(part):
            pass
    else:
        (part / "gradebook.db").write_bytes(content)
    capsys.readouterr()
    assert main([*command, str(tmp_path / "all"), "--gather", str(part)]) == 2
    said = capsys.readouterr().err
    assert f"The part in {part} was not finished, or its gradebook is damaged. Run that part again" in said
    assert not (tmp_path / "all" / "autograded").exists() and not (tmp_path / "all" / "gradebook.db").exists()


def test_a_part_may_be_empty(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = 40
    empty = next(number for number in range(1, count + 1) if not any(part_of(one, count) == number for one in STUDENTS))
    assert main([*command, str(tmp_path / "part"), "--part", f"{empty}/{count}"]) == 0
    said = capsys.readouterr().out
    assert f"Part {empty} of {count}: 0 students." in said and "absent" not in said and lines(tmp_path / "part") == {}
    assert main([*command, str(tmp_path / "whole")]) == 0
    gathered = [*command, str(tmp_path / "all"), "--gather", str(tmp_path / "part"), str(tmp_path / "whole")]
    assert main(gathered) == 0 and lines(tmp_path / "all") == lines(tmp_path / "whole")


def test_gnu_parallel_marks_and_gathers_as_the_example_says(tmp_path: Path) -> None:
    needs_program("parallel")
    needs_program("bwrap")
    course = small.small_course(tmp_path / "my course")
    for student in STUDENTS[:3]:
        hand_in(tmp_path, student, all_right())
    (tmp_path / "in").rename(course.root / "submitted")
    example = ["sh", str(ROOT / "classroom" / "hub" / "examples" / "parallel.sh"), small.NAME, str(course.root), "2"]
    own = {**os.environ, "COURSE": str(ROOT), "PYTHON": sys.executable, "PARALLEL_HOME": str(tmp_path)}
    ran = subprocess.run(example, env=own, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert lines(course.root / "marked" / small.NAME) == dict.fromkeys(STUDENTS[:3], "graded 4")
