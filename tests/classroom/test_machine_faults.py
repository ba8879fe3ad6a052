"""What goes wrong around the work: full disks, lost drives, no memory, two runs at once, files that change."""

from __future__ import annotations

import contextlib
import csv
import ctypes
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook  # type: ignore[import-untyped]

from classroom.__main__ import main
from classroom.assignments.assignment import Assignment, read_assignment
from classroom.course import ROOT, SAMPLE, SAMPLE_SEED, Course
from classroom.errors import StoppedError, TeacherError
from classroom.grading import grade_class
from classroom.grading import points as points_of
from classroom.grading.grade_class import DECIDES, Grader
from classroom.grading.grade_one import SubmissionGrader
from classroom.grading.gradebook import open_gradebook
from classroom.grading.out_folder import in_use
from classroom.grading.results import Marked, load_result
from classroom.sandbox.messages import Answer, Job, Ran, Report
from classroom.submissions import notebook
from classroom.submissions.archive import ArchiveEntry
from classroom.submissions.find import find_submissions
from tests.support.classroom import small
from tests.support.classroom.made_class import solved
from tests.tools.test_layers import all_imports

RUN, KEPT = "grading.grade_class", "grading.results"
FULL = OSError(errno.ENOSPC, "No space left on device")


class Answered:
    """Gives each job the answers that the solution would give, so that these tests need no engine."""

    def __init__(self, **_: object) -> None: ...

    def __enter__(self) -> Answered:
        return self

    def __exit__(self, *_: object) -> None: ...

    def run(self, jobs: object) -> object:
        for job in jobs:  # type: ignore[attr-defined]
            yield report_on(job)


def report_on(job: Job) -> Report:
    ran = tuple(Ran(cell.cell_id, "ok", 0.1) for cell in job.cells)
    return Report(job.job_id, ran, tuple(Answer(probe.probe_id, "ok", True) for probe in job.probes), "bubblewrap")


@cache
def all_right() -> bytes:
    """The small assignment as somebody hands it in who knows everything."""
    return nbformat.writes(solved(small_once())).encode()


@cache
def small_once() -> Assignment:
    """The small assignment, read once for all tests: none changes it."""
    with tempfile.TemporaryDirectory() as folder:
        return small.small_assignment(Path(folder))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setattr(grade_class, "_code_hashes", lambda: ["the code of this test"])
    monkeypatch.setattr(grade_class, "Executor", Answered)
    monkeypatch.setattr("classroom.grading.points.same", lambda *_: True)
    for student in ("one", "two", "three"):
        hand_in(tmp_path, student, all_right())
    return small.small_course(tmp_path / "course")


def hand_in(root: Path, student: str, content: bytes) -> Path:
    path = root / "in" / student / small.NAME / f"{small.NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def grade(course: Course, root: Path, out: str = "out") -> dict[str, Marked]:
    lines = Grader(course, small_once(), root / out, workers=1).grade(find_submissions(root / "in", small.NAME, {}), {})
    return {line.student.student_id: line for line in lines}


def points(lines: dict[str, Marked]) -> dict[str, float]:
    return {name: sum(entered.auto or 0 for entered in line.entered.values()) for name, line in lines.items()}


ALL_RIGHT = {"one": 4.0, "three": 4.0, "two": 4.0}


def failing(monkeypatch: pytest.MonkeyPatch, module: str, when: Callable[[Path], bool], problem: BaseException) -> None:
    """Let the writer of a module fail at some files."""
    from classroom import files

    def write(path: Path, content: bytes) -> bool:
        if when(path):
            raise problem
        return files.write_if_changed(path, content)

    monkeypatch.setattr(f"classroom.{module}.write_if_changed", write)


@pytest.mark.parametrize(
    ("module", "file", "problem", "said"),
    [
        (RUN, "autograded/two/", FULL, "no room left on the disk"),
        (KEPT, ".kept/two.json", FULL, "no room left on the disk"),
        (
            "grading.grade_class",
            "autograded/two/",
            OSError(errno.EROFS, "Read-only file system"),
            "cannot be opened or written",
        ),
        (RUN, "autograded/two/", OSError(errno.EIO, "Input/output error"), "did not answer"),
        (RUN, "autograded/two/", OSError(errno.ESTALE, "Stale file handle"), "did not answer"),
        (
            "grading.results",
            ".kept/two.json",
            PermissionError(errno.EACCES, "Permission denied"),
            "cannot be opened or written",
        ),
        (RUN, "autograded/two/", MemoryError(), "memory of this machine ran out"),
        (RUN, ".kept/answers.txt", FULL, "no room left on the disk"),
        (RUN, "feedback/two/", FULL, "no room left on the disk"),
        (RUN, "nbgrader_config.py", FULL, "no room left on the disk"),
    ],
)
def test_a_fault_of_the_machine_ends_the_run_and_is_kept_as_nobodys_result(
    course: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    file: str,
    problem: BaseException,
    said: str,
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, module, lambda path: file in path.as_posix(), problem)
        with pytest.raises(StoppedError, match=said) as stopped:
            grade(course, tmp_path)
    assert "\n" not in str(stopped.value) and "run the same command again" in str(stopped.value)
    assert stopped.value.exit_code == 3
    kept = {path.stem for path in (tmp_path / "out" / ".kept").glob("*.json")}
    assert all(load_result(tmp_path / "out" / ".kept", name).status == "graded" for name in kept)  # type: ignore[union-attr]
    assert ("two" in kept) == (file in (".kept/answers.txt", "feedback/two/"))  # then it was finished
    assert not list((tmp_path / "out").rglob(".*.json.*")) and not list((tmp_path / "out").rglob(".*.ipynb.*"))
    assert points(grade(course, tmp_path)) == ALL_RIGHT


@pytest.mark.parametrize("step", ["open", "mark"])
@pytest.mark.parametrize("problem", [FULL, MemoryError()])
def test_no_memory_while_marking_is_no_mark(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, problem: BaseException
) -> None:
    def fails(*_: object) -> object:
        raise problem

    with monkeypatch.context() as patch:
        patch.setattr(SubmissionGrader, "learn", lambda *_: None)
        patch.setattr(SubmissionGrader, step, fails)
        with pytest.raises(StoppedError):
            grade(course, tmp_path)
    assert not list((tmp_path / "out" / ".kept").glob("*.json"))


@pytest.mark.parametrize(
    ("number", "ends"),
    [(errno.EIO, True), (errno.ESTALE, True), (errno.ENOTCONN, True), (errno.EMFILE, True), (errno.EACCES, False)],
)
def test_a_file_that_cannot_be_read_today_is_read_tomorrow(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, ends: bool
) -> None:
    read = ArchiveEntry.read

    def fails(entry: ArchiveEntry) -> bytes:
        if "two" in entry.path:
            raise OSError(number, os.strerror(number), entry.path)
        return read(entry)

    with monkeypatch.context() as patch:
        patch.setattr(ArchiveEntry, "read", fails)
        if ends:
            with pytest.raises(StoppedError):
                grade(course, tmp_path)
        else:
            line = grade(course, tmp_path)["two"]
            assert (line.status, points({"two": line})) == ("refused", {"two": 0})
            assert all(entered.auto is None for entered in line.entered.values())
    assert points(grade(course, tmp_path)) == ALL_RIGHT


def test_a_folder_that_has_gone_is_a_lost_drive(course: Course, tmp_path: Path) -> None:
    found = find_submissions(tmp_path / "in", small.NAME, {})
    (tmp_path / "in").rename(tmp_path / "unplugged")
    with pytest.raises(StoppedError):
        Grader(course, small_once(), tmp_path / "out").grade(found, {})


def test_no_memory_to_read_a_notebook_is_not_a_damaged_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(_: str) -> object:
        raise MemoryError

    monkeypatch.setattr("json.loads", no_memory)
    with pytest.raises(MemoryError):
        notebook.read_submission(b'{"cells": []}')


@pytest.mark.parametrize("parts", [b"[],", b'{"a":1},', b'"":0,'])
def test_a_notebook_of_which_memory_would_run_full_is_not_taken_apart(parts: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("json.loads", lambda _: pytest.fail("it was read"))
    with pytest.raises(notebook.UnreadableError, match="too much data"):
        notebook.read_submission(b'{"cells": [' + parts * 1_000_001)


def test_the_hash_that_is_kept_is_that_of_the_bytes_that_ran(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is swapped after the class was listed is not kept under the name of the other."""
    right = (tmp_path / "in/one/small/small.ipynb").read_bytes()
    wrong = nbformat.writes(small_once().release).encode()
    read, times = ArchiveEntry.read, {"one": 0}

    def swapped(entry: ArchiveEntry) -> bytes:
        if "one" not in entry.path:
            return read(entry)
        times["one"] += 1
        return right if times["one"] == 1 else wrong

    with monkeypatch.context() as patch:
        patch.setattr(ArchiveEntry, "read", swapped)
        grade(course, tmp_path)
    grader = Grader(course, small_once(), tmp_path / "out")
    kept = load_result(grader.kept, "one")
    assert kept is not None and kept.key == grader._key(wrong, "") and kept.key != grader._key(right, "")


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


GRADEBOOKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no database": (lambda path: path.write_bytes(b"This is a page of text, not a database."), "no gradebook of nbgrader"),
    "damaged": (lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 40_000), "damaged|cannot be used"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:5_000]), "damaged|cannot be used"),
    "a folder": (folder_instead, "Is a directory|is a directory|cannot be opened"),
}


@pytest.mark.parametrize("kind", GRADEBOOKS)
def test_a_gradebook_that_is_none_ends_the_run_with_one_sentence_and_stays(
    course: Course, tmp_path: Path, kind: str
) -> None:
    grade(course, tmp_path)
    path = tmp_path / "out" / "gradebook.db"
    spoil, said = GRADEBOOKS[kind]
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoppedError, match=said) as stopped:
        grade(course, tmp_path)
    assert "\n" not in str(stopped.value) and str(path) in str(stopped.value)
    assert (path.read_bytes() if path.is_file() else b"") == before  # a person's points may be in it
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert points(grade(course, tmp_path)) == ALL_RIGHT


def test_a_gradebook_in_use_or_write_protected(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    grade(course, tmp_path)
    path = tmp_path / "out" / "gradebook.db"
    hand_in(tmp_path, "four", (tmp_path / "in/one/small/small.ipynb").read_bytes())
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoppedError, match="Another program is writing into it. Wait, or close"):
        grade(course, tmp_path)
    other.rollback()
    assert points(grade(course, tmp_path)) == {**ALL_RIGHT, "four": 4.0}
    with pytest.raises(StoppedError, match="It cannot be written"), open_gradebook(tmp_path / "out") as book:
        from sqlalchemy import text

        book.db.execute(text("PRAGMA query_only = ON"))
        book.add_student("new")


def test_two_runs_do_not_share_a_folder(course: Course, tmp_path: Path) -> None:
    with in_use(tmp_path / "out"), pytest.raises(TeacherError, match="Another run is marking into") as refused:
        grade(course, tmp_path)
    assert "\n" not in str(refused.value)
    assert points(grade(course, tmp_path, "another")) == ALL_RIGHT
    assert points(grade(course, tmp_path)) == ALL_RIGHT


def test_a_run_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    hold = "import sys, time; from pathlib import Path; from classroom.grading.out_folder import in_use\n"
    hold += "with in_use(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(TeacherError, match="Another run"), in_use(tmp_path):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait(10)
    with in_use(tmp_path):
        pass


@pytest.mark.parametrize("value", [200.0, -1.0, "12", None])
def test_points_that_cannot_be_are_not_taken_from_what_was_kept(course: Course, tmp_path: Path, value: object) -> None:
    grade(course, tmp_path)
    path = tmp_path / "out/.kept/one.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["scores"][0]["points"] = value
    if value is None:
        del kept["scores"][0]
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert points(grade(course, tmp_path)) == ALL_RIGHT


@pytest.mark.parametrize(
    ("given", "counts"), [(200.0, 3.0), (3.5, 3.0), (3.0, 3.0), (2.5, 2.5), (-4.0, 0.0), (float("inf"), 3.0)]
)
def test_points_of_another_program_never_exceed_the_maximum(
    course: Course, tmp_path: Path, given: float, counts: float
) -> None:
    grade(course, tmp_path)
    with Gradebook(f"sqlite:///{tmp_path / 'out/gradebook.db'}") as book:
        mark = book.find_grade("q4", small.NAME, small.NAME, "one")
        mark.manual_score, mark.needs_manual_grade = given, False
        extra = book.find_grade("q1-checks", small.NAME, small.NAME, "one")
        extra.extra_credit = 7.0
        book.db.commit()
    entered = grade(course, tmp_path)["one"].entered
    assert (entered["q4"].points, entered["q1-checks"].points) == (counts, 2.0)
    page = (tmp_path / "out/feedback/one/small/small.html").read_text(encoding="utf-8")
    assert f"{4 + counts:.2f}".rstrip("0").rstrip(".") + " of 7 points" in page


def test_what_decides_marks_is_hashed_and_what_only_prints_is_not() -> None:
    """Every module that a deciding module imports decides too, or is named here with its reason."""
    harmless = {"course", "errors", "files", "grading/feedback_page"}  # where the course lies; how it is written; sentences
    deciding = {f"classroom.{name.replace('/', '.')}" for name in DECIDES}
    found = [one for one in all_imports(ROOT) if one.importer in deciding]
    assert len(found) > len(deciding)
    for one in found:
        package, _, module = one.module.partition(".")
        decides = module.replace(".", "/") in {*DECIDES, *harmless} or module.startswith("sandbox")
        assert package != "classroom" or decides, (one.importer, one.module)
    for name in ("class_report", "feedback_page", "gradebook", "csv_export", "grade_class"):
        assert f"grading/{name}" not in DECIDES


def test_a_change_of_the_engine_or_of_what_students_import_marks_anew(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    read, seen = Path.read_bytes, []

    def noted(path: Path) -> bytes:
        seen.append(path.relative_to(ROOT).as_posix())
        return read(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", noted)
        grade_class._code_hashes()
    for file in (
        "helpers/data.py",
        "classroom/sandbox/outside/session.py",
        "classroom/grading/points.py",
        "data/datapackage.json",
    ):
        assert file in seen
    printing = {f"classroom/{name}.py" for name in ("print_kit/cards", "grading/class_report", "grading/feedback_page")}
    assert all((ROOT / file).is_file() for file in printing) and not printing & set(seen)


def on_a_small_disk(out: Path, arguments: list[str]) -> None:
    """Mark where there is no room, then again with room, each in a process of its own; leave beside `out` what came of it.

    In a fork with mounts of its own: another Python would load all libraries anew, twice.
    """
    user, group, c = os.getuid(), os.getgid(), ctypes.CDLL(None, use_errno=True)
    if c.unshare(NEW_USER | NEW_MOUNTS):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
        Path(f"/proc/self/{name}").write_text(text)
    if c.mount(b"none", b"/", None, ctypes.c_ulong(PRIVATE), None):
        raise OSError(ctypes.get_errno(), "mount")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60k", "small", out], check=True)
    grade_class.Executor, points_of.same = Answered, lambda *_: True  # type: ignore[assignment, misc]
    with out.with_suffix(".said").open("w", encoding="utf-8") as said, contextlib.redirect_stderr(said):
        code = in_a_fork(lambda: main(arguments))
    subprocess.run(["mount", "-o", "remount,size=20m", out], check=True)
    again = in_a_fork(lambda: main(arguments))
    shutil.copy(out / "grades.csv", out.with_suffix(".csv"))
    out.with_suffix(".json").write_text(json.dumps([code, again]), encoding="utf-8")


NEW_USER, NEW_MOUNTS, PRIVATE = 0x10000000, 0x00020000, 0x4000 | 0x40000  # as the kernel counts; the last with all below


def in_a_fork(step: Callable[[], int | None]) -> int:
    """Take a step in a copy of this process, which has loaded all, and return its number; 70 if it could not be taken."""
    child = os.fork()
    if not child:
        code = 70
        try:
            code = step() or 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made by Linux")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")  # the workers of xdist are
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """Two good submissions and no room for them: exit status 3, one sentence; with room, all their points."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("no user namespaces here")
    course = small.small_course(tmp_path / "course")
    for student in ("one", "two"):
        hand_in(tmp_path, student, all_right())
    out = tmp_path / "out"
    out.mkdir()
    arguments = ["grade", small.NAME, "--submissions", str(tmp_path / "in"), "--course", str(course.root), "--out", str(out)]
    assert in_a_fork(lambda: on_a_small_disk(out, arguments)) == 0
    said = out.with_suffix(".said").read_text(encoding="utf-8")
    assert json.loads(out.with_suffix(".json").read_text(encoding="utf-8")) == [3, 0], said
    assert "no room left" in said and "Traceback" not in said
    assert {(row["auto_score"], row["status"]) for row in sheet(tmp_path / "out.csv").values()} == {("4", "graded")}


def test_another_notebook_is_not_run_and_has_no_points_not_none(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The status, the one sentence of the page, the lists, and no zero anywhere."""
    sample = Course(SAMPLE, SAMPLE_SEED, private=False)
    hand_in(tmp_path, "two", nbformat.writes(solved(read_assignment(sample, "ps2"))).encode())
    hand_in(tmp_path, "three", (ROOT / "notebooks" / "03_rupture_1973.ipynb").read_bytes())
    hand_in(tmp_path, "four", b"<html>")
    common = ["--course", str(course.root), "--out", str(tmp_path / "out")]
    assert main(["grade", small.NAME, "--submissions", str(tmp_path / "in"), *common]) == 0
    assert "two: another notebook. What arrived is ps2, not small." in capsys.readouterr().out
    rows = sheet(tmp_path / "out" / "grades.csv")
    assert [rows[name]["status"] for name in ("one", "two", "three", "four")] == [
        "graded",
        "another notebook",
        "another notebook",
        "unreadable",
    ]
    for name, said in (("two", "ps2, not small"), ("three", "03_rupture_1973.ipynb, not small"), ("four", "not a notebook")):
        assert {rows[name][column] for column in ("q1", "q2", "q3", "q4", "auto_score")} == {""}
        assert rows[name]["needs_marking"] == "True" and rows[name]["isolation"] == ""
        page = (tmp_path / f"out/feedback/{name}/small/small.html").read_text(encoding="utf-8")
        assert page.count(said) == 1 and "small.ipynb" in page and "Not marked yet" in page
        assert "See the message" not in page and "You changed the cell" not in page and "Question 1" not in page
    assert main(["report", small.NAME, *common]) == 0
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<strong>Another notebook</strong>" in report and "three, two" in report
    hand_in(tmp_path, "two", (tmp_path / "in/one/small/small.ipynb").read_bytes())  # the right one follows
    assert points(grade(course, tmp_path))["two"] == 4.0


def sheet(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def test_who_was_read_before_and_then_hands_in_rubbish_has_no_points_of_before(course: Course, tmp_path: Path) -> None:
    assert points(grade(course, tmp_path)) == ALL_RIGHT
    hand_in(tmp_path, "one", b"rubbish")
    line = grade(course, tmp_path)["one"]
    assert {entered.auto for entered in line.entered.values()} == {None}
    assert all(entered.needs_marking for entered in line.entered.values())
