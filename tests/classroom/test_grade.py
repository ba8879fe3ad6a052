"""A class from release to marks: odd and honest work, stopping and going on, marking by hand, the lists and the plug-in."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.apps import GenerateAssignmentApp
from playwright.sync_api import Page, expect

from classroom.__main__ import main
from classroom.assignments.assignment import Assignment, read_assignment
from classroom.course import ROOT, SAMPLE, SAMPLE_SEED, Course
from classroom.grading import grade_class
from classroom.grading.carried import Run
from classroom.grading.feedback_page import feedback_page
from classroom.grading.grade_class import Grader
from classroom.grading.grade_one import MarkedSubmission, Opened, SubmissionGrader
from classroom.grading.nbgrader_config import settings_file
from classroom.handing_out import release
from classroom.handing_out.bundle import LAUNCHERS, PORT
from classroom.handing_out.release import Proof, edition_bytes
from classroom.sandbox import Executor, Job, Report
from classroom.submissions.find import find_submissions
from classroom.submissions.notebook import SubmittedCell, nbgrader_metadata
from classroom.submissions.roster import Student
from tests.support.attacks import EVERY
from tests.support.browser import chromium, free_port
from tests.support.classroom import hunted, small
from tests.support.classroom.made_class import answered, solved
from tests.support.environment import needs_program

TOKEN = "a-token-of-the-tests"
TYPED = 'treaties = events[events["event_id"].isin(["treaty-of-friendship-1950"])]'


def work(assignment: Assignment, **answers: str) -> NotebookNode:
    return answered(assignment, lambda grade_id, solution, stub: answers.get(grade_id, solution))


def with_cell(notebook: NotebookNode, before: str, source: str, number: int = 0) -> NotebookNode:
    place = next(place for place, cell in enumerate(notebook.cells) if nbgrader_metadata(cell).get("grade_id") == before)
    notebook.cells.insert(place + number, new_code_cell(source))
    return notebook


def stripped(notebook: NotebookNode) -> NotebookNode:
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


# What each student hands in, and the points for q1, q2, q3 that it deserves. q4 waits for a person unless it is empty.
STUDENTS: dict[str, tuple[Callable[[Assignment], NotebookNode], list[int], str]] = {
    "right": (solved, [2, 1, 1], "graded"),
    "empty": (lambda a: answered(a, lambda grade_id, solution, stub: stub), [0, 0, 0], "graded"),
    "typed": (lambda a: work(a, q1=TYPED), [0, 1, 1], "graded"),
    "lost-column": (lambda a: work(a, q1='treaties = events[["kind"]]'), [0, 1, 1], "graded"),
    "broken": (lambda a: work(a, q2="def count_kind(:"), [2, 0, 1], "partly run"),
    "exits": (lambda a: work(a, q1="import os; os._exit(0)"), [0, 1, 1], "partly run"),
    "no-ids": (lambda a: stripped(solved(a)), [2, 1, 1], "graded"),
    "own-cell": (
        lambda a: with_cell(work(a, q1="treaties = events[mask]"), "q1", 'mask = events["kind"] == "treaty"'),
        [2, 1, 1],
        "graded",
    ),
    "split": (
        lambda a: with_cell(work(a, q1="pass"), "q1-checks", "treaties = events.query(\"kind == 'treaty'\")"),
        [2, 1, 1],
        "graded",
    ),
    "shadows": (lambda a: with_cell(solved(a), "q1", "print = sorted = 3\nstr = 'a name'"), [2, 1, 1], "graded"),
    "rewrites": (
        lambda a: with_cell(work(a, q1="treaties = events"), "q2-task", "import helpers; helpers.load = lambda name: 1 / 0"),
        [0, 1, 1],
        "graded",
    ),
    "no-words": (lambda a: work(a, q3=f"{small.Q3.splitlines()[2]}\nax.bar([1], [2])"), [2, 1, 0], "graded"),
}


@pytest.fixture(scope="module")
def engine() -> Iterator[None]:
    """Let all runs of this file use one sandbox: to start it takes longer than to mark a student."""
    needs_program("bwrap")
    with Executor(workers=2) as started, pytest.MonkeyPatch.context() as patch:
        for module in (grade_class, release):
            patch.setattr(module, "Executor", lambda workers, unsafe: nullcontext(started))
        yield


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[SimpleNamespace]:
    """A class that was marked once, by the command line. A maintainer may edit the helpers while the tests run."""
    patch = pytest.MonkeyPatch()
    patch.setattr(grade_class, "_code_hashes", lambda: ["the code of this test"])
    root = tmp_path_factory.mktemp("teacher")
    course = small.small_course(root / "course")
    assignment = read_assignment(course, small.NAME)
    folder = root / "handed in"
    for student, (make, _, _) in STUDENTS.items():
        path = folder / student / small.NAME / f"{small.NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(make(assignment)), encoding="utf-8")
    (folder / "damaged.ipynb").write_text("{", encoding="utf-8")
    (folder / "linked.ipynb").symlink_to("/etc/passwd")
    (folder / "essay").mkdir()
    (folder / "essay" / "essay.pdf").write_bytes(b"%PDF")
    for name in ("samplezed_4711_99_small.ipynb", "20261124.ipynb"):
        shutil.copy(folder / "empty" / small.NAME / f"{small.NAME}.ipynb", folder / name)
    names = "student_id,name\nright,Amina Example\nabsent,=HYPERLINK(1)\nu1,Zed Sample\n"
    (root / "roster.csv").write_text(names, encoding="utf-8")
    arguments = ["grade", small.NAME, "--submissions", str(folder), "--roster", str(root / "roster.csv")]
    arguments += ["--course", str(course.root), "--out", str(root / "out")]
    code = main(arguments)
    places = {"out": root / "out", "root": root, "folder": folder}
    yield SimpleNamespace(code=code, arguments=arguments, course=course, assignment=assignment, **places)
    patch.undo()


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def feedback_of(marked: SimpleNamespace, student: str) -> str:
    return (marked.out / "feedback" / student / small.NAME / f"{small.NAME}.html").read_text(encoding="utf-8")


def test_everybody_gets_what_the_work_deserves(marked: SimpleNamespace) -> None:
    found = rows(marked.out / "grades.csv")
    for student, (_, points, status) in STUDENTS.items():
        row = found[student]
        assert ([int(row[question]) for question in ("q1", "q2", "q3")], row["status"]) == (points, status), student
        assert row["auto_score"] == str(sum(points)) and (row["auto_max"], row["max_score"]) == ("4", "7")
        assert row["isolation"] == "bubblewrap"
        assert row["q4"] == ("0" if student == "empty" else "")
        assert row["needs_marking"] == str(student != "empty")


def test_what_cannot_be_read_or_is_missing_has_a_line_too(marked: SimpleNamespace) -> None:
    found = rows(marked.out / "grades.csv")
    assert marked.code == 0  # under make, any other number reads as a failure of the whole
    for student, status in (("damaged", "unreadable"), ("essay", "unreadable"), ("linked", "refused")):
        row = found[student]
        assert (row["status"], row["needs_marking"], row["auto_score"], row["q1"]) == (status, "True", "", "")
    assert (found["absent"]["status"], found["absent"]["needs_marking"], found["absent"]["q1"]) == ("missing", "False", "")
    header = "student_id,assignment,q1,q2,q3,q4,auto_score,auto_max,max_score,needs_marking,status,isolation,"
    header += "handed_in_at,late_by,penalty"
    assert list(found["absent"]) == header.split(",")


def test_feedback_says_why_and_gives_nothing_away(marked: SimpleNamespace) -> None:
    assert "treaties has lost its column title." in feedback_of(marked, "lost-column")
    assert "Right: on the tables that you see, and on tables that you do not see." in feedback_of(marked, "right")
    assert "You have not answered this." in feedback_of(marked, "empty")
    assert "SyntaxError" in feedback_of(marked, "broken")
    assert "Your file could not be marked." in feedback_of(marked, "linked")
    for student in (*STUDENTS, "damaged", "linked"):
        page = feedback_of(marked, student)
        for secret in ("hidden(", "MARK SCHEME", "what the table does not show", "count_kind(events", small.SEED, "root:"):
            assert secret not in page, (student, secret)


def test_running_again_changes_nothing(marked: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in marked.out.rglob("*") if path.is_file() and path.suffix != ".db"}

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the engine was started although everything is done")

    monkeypatch.setattr("classroom.grading.grade_class.Executor", never)
    monkeypatch.setattr(
        "classroom.grading.nothing_new.LastRun.says_all", lambda _: False
    )  # the whole run, not its short cut
    main(marked.arguments)
    after = {path: path.read_bytes() for path in marked.out.rglob("*") if path.is_file() and path.suffix != ".db"}
    assert after == before


def test_a_stopped_run_goes_on_and_gives_the_same_marks(marked: SimpleNamespace, tmp_path: Path) -> None:
    """Finished work is kept, what was half done is done again, and the end is the same."""
    out = tmp_path / "out"
    shutil.copytree(marked.out, out)
    for name in ("grades.csv", "gradebook.db", ".kept/typed.json", "autograded/broken/small/small.ipynb"):
        (out / name).unlink()
    (out / ".kept/no-ids.json").write_text('{"key": ', encoding="utf-8")  # cut off in the middle
    stamp = (out / ".kept/right.json").stat().st_mtime_ns
    main([*marked.arguments[:-1], str(out)])
    assert (out / "grades.csv").read_bytes() == (marked.out / "grades.csv").read_bytes()
    assert (out / ".kept/right.json").stat().st_mtime_ns == stamp


@pytest.mark.parametrize("other", ["nothing", "a page", "no page", "a name", "the code"])
def test_only_pages_that_would_be_others_are_made_again(
    marked: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    out, roster = tmp_path / "out", tmp_path / "roster.csv"
    shutil.copytree(marked.out, out)
    path = out / "feedback" / "right" / small.NAME / f"{small.NAME}.html"
    page = path.read_text(encoding="utf-8")
    names = (marked.root / "roster.csv").read_text(encoding="utf-8")
    roster.write_text(names.replace("Amina", "Hana") if other == "a name" else names, encoding="utf-8")
    if other == "a page":
        path.write_text("somebody changed it", encoding="utf-8")
    elif other == "no page":
        path.unlink()
    elif other == "the code":
        monkeypatch.setattr(Grader, "_pages", ["other code"])
    made: list[str] = []

    def seen(assignment: Assignment, student: Student, *more: Any, **options: Any) -> str:
        made.append(student.student_id)
        return feedback_page(assignment, student, *more, **options)

    monkeypatch.setattr(grade_class, "feedback_page", seen)
    monkeypatch.setattr("classroom.grading.nothing_new.LastRun.says_all", lambda _: False)
    main([roster.as_posix() if word.endswith("roster.csv") else word for word in marked.arguments[:-1]] + [str(out)])
    few: dict[str, list[str]] = {"nothing": [], "the code": sorted({one.name for one in (out / "feedback").iterdir()})}
    assert made == few.get(other, ["right"])
    assert path.read_text(encoding="utf-8") == page.replace("Amina", "Hana" if other == "a name" else "Amina")


def test_a_dry_run_writes_nothing(marked: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([*marked.arguments[:-1], str(tmp_path / "new"), "--dry-run"])
    assert list(tmp_path.iterdir()) == []
    assert "linked.ipynb" in capsys.readouterr().out


def test_what_a_person_gives_stays_and_is_asked_for_again_after_a_change(marked: SimpleNamespace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(marked.out, out)
    folder = tmp_path / "handed in"
    shutil.copytree(marked.folder, folder, symlinks=True)
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        for student in ("right", "typed"):
            grade = book.find_grade("q4", small.NAME, small.NAME, student)
            grade.manual_score, grade.needs_manual_grade = 2.5, False
            book.find_comment("q4", small.NAME, small.NAME, student).manual_comment = "Good.\n<script>alert(1)</script>"
        figure = book.find_grade("q3-checks", small.NAME, small.NAME, "right")
        assert figure.needs_manual_grade  # points of a figure always ask for an eye
        figure.needs_manual_grade = False
        book.db.commit()
    changed = work(marked.assignment, q1=TYPED, q4="Another answer.")
    (folder / "typed" / small.NAME / f"{small.NAME}.ipynb").write_text(nbformat.writes(changed), encoding="utf-8")
    main(["grade", small.NAME, "--submissions", str(folder), "--course", str(marked.course.root), "--out", str(out)])
    found = rows(out / "grades.csv")
    assert (found["right"]["q4"], found["right"]["needs_marking"]) == ("2.5", "False")
    assert (found["typed"]["q4"], found["typed"]["needs_marking"]) == ("2.5", "True")
    page = (out / "feedback/right/small/small.html").read_text(encoding="utf-8")
    assert "6.5 of 7 points" in page and "Good." in page and "<script>" not in page
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        flags = {name: book.find_submission_notebook(small.NAME, small.NAME, name).flagged for name in ("right", "typed")}
        assert flags == {"right": False, "typed": True}
        assert book.find_submission(small.NAME, "right").score == 6.5


def test_a_folder_of_other_marks_is_left_alone(marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["grade", "ps1", "--submissions", str(marked.folder), "--out", str(marked.out)]
    assert main(arguments) == 2
    assert "holds the marks of small" in capsys.readouterr().err


def test_the_report_names_who_is_missing_and_who_waits(marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    common = [small.NAME, "--course", str(marked.course.root), "--out", str(marked.out)]
    assert main(["report", *common, "--roster", str(marked.root / "roster.csv")]) == 0
    page = (marked.out / "report.html").read_text(encoding="utf-8")
    assert "absent" in page and "Amina Example" in page and "<script" not in page
    lines = rows(marked.out / "report.csv")
    assert (
        lines["empty"]["points"] == "0"
        and lines["right"]["needs_marking"] == "True"
        and lines["absent"]["name"] == "HYPERLINK(1)"
    )
    moodle = (marked.out / "moodle.csv").read_text(encoding="utf-8").splitlines()
    assert moodle[0].startswith('"ID number","Email address","small","small comments"')
    given = {line.split(",")[0]: line.split(",")[2] for line in moodle}
    assert (given['"empty"'], given['"right"']) == ("0", '""')
    assert given['"absent"'] == '""'  # 0 would be imported as a mark
    with (marked.out / "canvas.csv").open(encoding="utf-8", newline="") as file:
        canvas = [",".join(row) for row in csv.reader(file)]
    # Only Canvas' own numbers may stand in its column ID, not any student id that is a number.
    assert "20261124,,20261124,,,0" in canvas and "Zed Sample,4711,u1,,,0" in canvas
    assert canvas[:2] == ["Student,ID,SIS User ID,SIS Login ID,Section,small", "    Points Possible,,,,,7"]
    assert main(["report", *common, "--missing-as-zero"]) == 0
    assert '"absent","",0' in (marked.out / "moodle.csv").read_text(encoding="utf-8")
    assert main(["report", *common, "--pseudonyms"]) == 0
    page, sheet = (
        (marked.out / "report.html").read_text(encoding="utf-8"),
        (marked.out / "report.csv").read_text(encoding="utf-8"),
    )
    assert not any(name in page + sheet for name in ("Amina", "lost-column", "own-cell", "no-words"))
    assert json.loads((marked.out / ".kept/pseudonyms.json").read_text(encoding="utf-8"))["right"] in page


def test_nbgrader_autograde_uses_the_engine_through_its_plug_in(
    marked: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = small.small_course(tmp_path / "course")
    (course.root / "nbgrader_config.py").write_text(settings_file(course, marking=False), encoding="utf-8")
    for student in ("split", "empty"):
        shutil.copytree(marked.folder / student, course.root / "submitted" / student)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # as in an environment that is active
    with monkeypatch.context() as patch:  # the one command here, the other in a process of its own, which costs seconds more
        patch.chdir(course.root)
        app = GenerateAssignmentApp()
        app.initialize([small.NAME, "--force"])
        app.start()
    command = [sys.executable, "-m", "nbgrader", "autograde", small.NAME]
    run = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert (course.root / "release/small/small.ipynb").read_text(encoding="utf-8").count("hidden(") == 0
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        for student in ("split", "empty"):
            grades = {
                grade.name: grade.auto_score
                for grade in book.find_submission_notebook(small.NAME, small.NAME, student).grades
            }
            assert [grades["q1-checks"], grades["q2-checks"], grades["q3-checks"]] == STUDENTS[student][1], student
            assert grades["q4"] == (0 if student == "empty" else None)


def test_what_does_not_do_as_it_should_is_not_released(
    tmp_path: Path, engine: None, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small.small_source()
    source.cells[3].source = source.cells[3].source.replace('"treaty"]', '"treaty"].nothing')
    course = small.small_course(tmp_path / "one", source)
    assert main(["release", small.NAME, "--course", str(course.root)]) == 2
    assert "does not earn its own points for q1-checks" in capsys.readouterr().err
    source = small.small_source()
    source.cells[7].source = source.cells[7].source.replace('print("count_kind" in dir())', "count_kind")
    source.cells[10].source = 'ax\n### BEGIN HIDDEN TESTS\nhidden(read="len(events)")\n### END HIDDEN TESTS'
    course = small.small_course(tmp_path / "two", source)
    assert main(["release", small.NAME, "--course", str(course.root)]) == 2
    assert "Unanswered, it would earn points for q3-checks" in capsys.readouterr().err
    assert not course.release(small.NAME).exists()


def test_the_seed_is_new_secret_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom.commands.release.prove", lambda *_, **__: Proof((), (), "bubblewrap"))
    course = small.small_course(tmp_path / "course")
    seed = course.root / "seed.txt"
    seed.unlink()
    assert main(["release", small.NAME, "--course", str(course.root), "--dry-run"]) == 0 and not seed.exists()
    assert main(["release", small.NAME, "--course", str(course.root)]) == 0
    first = seed.read_text(encoding="utf-8")
    assert len(first.strip()) >= 32 and seed.stat().st_mode & 0o777 == 0o600
    assert main(["release", small.NAME, "--course", str(course.root)]) == 0
    assert seed.read_text(encoding="utf-8") == first


def test_other_code_or_another_seed_marks_anew(marked: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Course(marked.course.root, "other", private=True)
    bases = {Grader(course, marked.assignment, marked.out).base for course in (marked.course, marked.course, other)}
    monkeypatch.setattr(grade_class, "_code_hashes", lambda: ["changed"])
    assert len(bases) == 2 and Grader(marked.course, marked.assignment, marked.out).base not in bases


def test_the_bundle_runs_where_there_is_only_the_environment(tmp_path: Path) -> None:
    course = Course(SAMPLE, SAMPLE_SEED, private=False)
    name = course.names()[0]
    target = tmp_path / "course"
    shutil.copytree(SAMPLE / "source", target / "source")
    shutil.copy(ROOT / "LICENSE", target / "seed.txt")
    release = target / "release" / name / f"{name}.ipynb"
    release.parent.mkdir(parents=True)
    release.write_bytes(edition_bytes(read_assignment(course, name)))
    for zipped in ("one.zip", "two.zip"):
        assert main(["bundle", "--course", str(target), "--out", str(tmp_path / zipped)]) == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path / "room")
    top = tmp_path / "room" / "a-new-chapter"
    files = {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    assert {"start_here.html", "environment.yml", f"my_notebooks/assignments/{name}.ipynb", "data/events.csv"} <= files
    assert not any(word in file for file in files for word in ("source/", "article.txt", "classroom", "seed", "tests/"))
    copies = sorted(file for file in files if file.endswith("01_founding_years.ipynb"))
    assert copies == [f"my_notebooks/{folder}01_founding_years.ipynb" for folder in ("", "ar/", "ur/")]
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        modes = {name.partition("/")[2]: archive.getinfo(name).external_attr >> 16 & 0o777 for name in archive.namelist()}
    assert {name for name, mode in modes.items() if mode == 0o755} == set(LAUNCHERS)
    for script in ("start_on_macos.command", "start_on_linux.sh"):
        assert subprocess.run(["sh", "-n", str(top / script)]).returncode == 0
    windows = (top / "start_on_windows.bat").read_bytes()
    assert b"my_notebooks\\00_start_here.ipynb" in windows and windows.count(b"\n") == windows.count(b"\r\n")
    links = set(re.findall(r'href="([^"]+)"', (top / "start_here.html").read_text(encoding="utf-8")))
    assert f"http://localhost:{PORT}/lab/tree/my_notebooks/assignments/{name}.ipynb" in links
    assert all(link.startswith("http") or (top / link).exists() for link in links)
    assert not any(b"BEGIN SOLUTION" in (top / file).read_bytes() for file in files)
    for notebook in (f"my_notebooks/assignments/{name}.ipynb", "my_notebooks/01_founding_years.ipynb"):
        opened = nbformat.read(top / notebook, as_version=4)
        here = str((top / notebook).parent)
        NotebookClient(opened, timeout=60, resources={"metadata": {"path": here}}).execute()


def test_a_person_marks_in_the_browser_and_sees_the_sum(marked: SimpleNamespace, tmp_path: Path) -> None:
    """nbgrader's marking page on our gradebook: the list, points and a comment on a written answer, a figure confirmed."""
    out, port = tmp_path / "out", free_port()
    shutil.copytree(marked.out, out)
    call = [sys.executable, "-m", "jupyter_server", "--no-browser", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    call += ["--allow-root"] if os.geteuid() == 0 else []
    call += ["--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(call, cwd=out, stdout=quiet, stderr=quiet) as server:
        try:
            _wait_for(port)
            with chromium() as browser:
                _mark_in_browser(browser.new_page(), f"http://127.0.0.1:{port}/formgrader/gradebook")
        finally:
            server.terminate()


def _mark_in_browser(page: Page, address: str) -> None:
    page.goto(f"{address}?token={TOKEN}")
    expect(page.get_by_role("link", name=small.NAME)).to_be_visible()  # the list knows the assignment
    page.goto(f"{address}/{small.NAME}/{small.NAME}")
    row = page.locator("tr", has_text="Example, Amina")
    row.locator("a.name-hidden").click()
    page.wait_for_load_state("networkidle")
    for field, text, where in (("#q4", "2.5", "/grade/"), ("#q4-comment", "Well said.", "/comment/")):
        with page.expect_response(lambda answer, where=where: answer.request.method == "PUT" and where in answer.url):  # type: ignore[misc]
            page.locator(field).fill(text)
            page.locator(field).press("Tab")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.locator(".nbgrader_cell", has=page.locator("#q3-checks")).get_by_role("button", name="Full credit").click()
    page.goto(f"{address}/{small.NAME}/{small.NAME}")
    expect(row.locator(".score").first).to_have_text("6.5 / 7")
    expect(row.locator(".needs-manual-grade")).to_have_text("")


def _wait_for(port: int, seconds: float = 180.0) -> None:
    """Wait until the server is up. A browser that asks again and again draws a page each time."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_one_who_attacks_harms_nobody_and_an_honest_one_loses_nothing(tmp_path: Path, engine: None) -> None:
    """Some of the list of attacks in one batch, each beside an honest student. The sandbox's tests run them all."""
    course = hunted.hunted_course(tmp_path / "course")
    assignment = read_assignment(course, hunted.NAME)
    attacks = [attack for attack in EVERY[::17] if "loop" not in attack.name]
    hunted.write_hunted(tmp_path / "in", assignment, attacks)
    before = {path.name: path.read_bytes() for path in (tmp_path / "in").iterdir()}
    found = find_submissions(tmp_path / "in", hunted.NAME, {})
    lines = Grader(course, assignment, tmp_path / "out", limits=hunted.LIMITS).grade(found, {})
    assert len(attacks) >= 7 and hunted.verdicts(lines, attacks) == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "in").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"course", "in", "out"}


def test_without_a_sandbox_it_stops_and_unsafe_says_so_in_every_mark(
    marked: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    shutil.copytree(marked.folder / "right", folder / "right")
    arguments = ["grade", small.NAME, "--submissions", str(folder), "--course", str(marked.course.root)]
    monkeypatch.setattr(grade_class, "Executor", Executor)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert main([*arguments, "--out", str(tmp_path / "none")]) == 2
    assert "--unsafe" in capsys.readouterr().err
    assert main([*arguments, "--out", str(tmp_path / "out"), "--unsafe"]) == 0
    row = rows(tmp_path / "out" / "grades.csv")["right"]
    assert (row["isolation"], row["auto_score"]) == ("not isolated", "4")
    assert "not isolated" in (tmp_path / "out/feedback/right/small/small.html").read_text(encoding="utf-8")


def test_marks_never_lie_among_the_submissions(marked: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*marked.arguments[:-1], str(marked.folder / "out")]) == 2
    assert "would lie among the submissions" in capsys.readouterr().err


def test_a_fault_of_ours_costs_nobody_else_anything(
    marked: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mark, opened = SubmissionGrader.mark, SubmissionGrader.open

    def faulty(self: SubmissionGrader, one: Opened, report: Report, run: Run | None = None) -> MarkedSubmission:
        if any(cell.source == TYPED for cell in one.work.cells):
            raise ZeroDivisionError
        return mark(self, one, report, run)

    def cannot_open(
        self: SubmissionGrader, job_id: str, cells: Sequence[SubmittedCell], **options: bool
    ) -> tuple[Job, Opened]:
        if any(cell.source == "def count_kind(:" for cell in cells):
            raise RecursionError
        return opened(self, job_id, cells, **options)

    monkeypatch.setattr(SubmissionGrader, "mark", faulty)
    monkeypatch.setattr(SubmissionGrader, "open", cannot_open)
    for student in ("typed", "broken", "right"):
        shutil.copytree(marked.folder / student, tmp_path / "in" / student)
    arguments = ["grade", small.NAME, "--submissions", str(tmp_path / "in"), "--course", str(marked.course.root)]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 1
    found = rows(tmp_path / "out" / "grades.csv")
    assert {name: (row["auto_score"], row["status"]) for name, row in found.items()} == {
        "typed": ("", "not marked"),
        "broken": ("", "not marked"),
        "right": ("4", "graded"),
    }
    assert "typed: not marked, because of a fault of ours: ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.undo()  # the fault is mended: what it touched was never taken for finished
    monkeypatch.setattr(grade_class, "_code_hashes", lambda: ["the code of this test"])
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    found = rows(tmp_path / "out" / "grades.csv")
    assert {name: row["auto_score"] for name, row in found.items()} == {"typed": "2", "broken": "3", "right": "4"}


def test_parts_that_are_gathered_are_one_run(
    marked: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three parts, one of them run twice: marks, pages and gradebook as of the whole, and nothing runs while gathering."""
    folders = [tmp_path / f"part {number}" for number in (1, 2, 3)]
    common = [*marked.arguments[:-2], "--out"]
    for number, folder in enumerate([*folders, folders[0]]):
        assert main([*common, str(folder), "--part", f"{number % 3 + 1}/3"]) == 0
    shares = [set(rows(folder / "grades.csv")) for folder in folders]
    whole = rows(marked.out / "grades.csv")
    assert set.union(*shares) == set(whole) - {"absent"} and sum(map(len, shares)) == len(whole) - 1
    assert "handed in nothing" not in capsys.readouterr().out  # no part can know who is missing

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the engine was started although everything is done")

    monkeypatch.setattr("classroom.grading.grade_class.Executor", never)
    gathered = tmp_path / "all"
    assert main([*common, str(gathered), "--gather", str(folders[0])]) == 2
    assert "no part has a result" in capsys.readouterr().err
    assert main([*common, str(gathered), "--gather", *map(str, folders)]) == 0
    names = {path.relative_to(marked.out) for path in (marked.out / "feedback").rglob("*.html")}
    assert all((gathered / name).read_bytes() == (marked.out / name).read_bytes() for name in names) and names
    assert rows(gathered / "grades.csv") == whole
    monkeypatch.setattr(grade_class, "_code_hashes", lambda: ["other code"])
    assert main([*common, str(tmp_path / "more"), "--gather", *map(str, folders)]) == 2
    assert "code:" in capsys.readouterr().err
