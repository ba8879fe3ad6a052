"""Three students on a hub, from the log-in to the marks: what `make hub` writes, run as a class runs it, on loopback."""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from nbgrader.apps import CollectApp, NbGrader, ReleaseAssignmentApp, ReleaseFeedbackApp

from classroom.__main__ import main
from classroom.assignments.assignment import Assignment, read_assignment
from classroom.course import SAMPLE, Course
from classroom.errors import TeacherError
from classroom.handing_out.release import edition_bytes
from classroom.hub import folder
from classroom.hub.folder import open_hub
from classroom.hub.programs import install_proxy
from classroom.submissions.notebook import nbgrader_metadata
from tests.support.classroom.hub import Student, running
from tests.support.classroom.made_class import answered, solved
from tests.support.environment import needs_program

FETCHED = "my_notebooks/assignments/ps1/ps1.ipynb"
LESSON = "my_notebooks/00_start_here.ipynb"
STUDENTS: dict[str, Callable[[Assignment], nbformat.NotebookNode]] = {
    "s001": solved,
    "s002": lambda a: answered(a, lambda name, solution, stub: stub if name == "q1" else solution),
    "s003": lambda a: answered(a, lambda name, solution, stub: stub),
}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A hub to try, as the command makes it, by a path that is as short as those of real homes."""
    monkeypatch.setattr(folder, "compile_packages", lambda: None)  # those of the tests are: to look takes 15 seconds
    needs_program("git")
    try:
        install_proxy()
    except TeacherError as problem:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have it: {problem}")
        pytest.skip(str(problem))
    with tempfile.TemporaryDirectory(prefix="hub-", dir="/tmp", ignore_cleanup_errors=True) as name:
        assert main(["hub", name]) == 0
        yield Path(name)


def test_three_students_from_the_log_in_to_the_marks_and_back(
    hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_program("bwrap")
    made = open_hub(hub, None, None)
    course = teacher_course(tmp_path / "my-course")
    assignment = read_assignment(course, "ps1")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(hub / "jupyter"))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # as in a terminal of the hub
    monkeypatch.chdir(course.root)
    nbgrader(ReleaseAssignmentApp, "ps1")
    password = (hub / "private" / "password.txt").read_text(encoding="utf-8").strip()
    with running(hub, tmp_path / "hub.log") as address:
        with pytest.raises(PermissionError):
            Student(address, "s001", "guessed").log_in()
        with ThreadPoolExecutor(3) as together:
            done = [
                together.submit(a_lesson, Student(address, name, password), made.link, made.course, assignment, work)
                for name, work in STUDENTS.items()
            ]
            fetched = [one.result() for one in done]
        first = next(cell.source for cell in fetched[0].cells if cell.cell_type == "code")
        one = Student(address, "s001", password)  # a kernel more for each of the three would show the same
        one.log_in()
        [opened] = one.run(f"{made.course}/{FETCHED}", [first])
        assert opened.status == "ok", opened
        assert "/bin/nbgrader" in one.terminal("command -v nbgrader")  # in such a terminal the teacher marks
        nbgrader(CollectApp, "ps1")
        assert main(["grade", "ps1", "--course", str(course.root), "--submissions", str(course.root / "submitted")]) == 0
        nbgrader(ReleaseFeedbackApp, "ps1")
        one.assignment("fetch_feedback", made.course, "ps1")
    marked = course.root / "marked" / "ps1"
    [page] = (hub / "homes" / "s001" / made.course / FETCHED).parent.glob("feedback/*/ps1.html")
    assert page.read_bytes() == (marked / "feedback" / "s001" / "ps1" / "ps1.html").read_bytes()
    released = hub / "exchange" / made.course / "feedback"  # whoever does not know the name of a page cannot find it
    assert len(list(released.iterdir())) == 3 and released.stat().st_mode & 0o077 == 0o011
    with (marked / "grades.csv").open(encoding="utf-8", newline="") as file:
        marks = {row["student_id"]: float(row["auto_score"]) for row in csv.DictReader(file)}
    most = sum(item.points for item in assignment.items if not item.asks_an_eye)
    lost = sum(item.points for item in assignment.items if item.grade_id.startswith("q1"))
    assert 0 < lost < most and marks == {"s001": most, "s002": most - lost, "s003": 0}


def a_lesson(
    student: Student, link: str, course: str, assignment: Assignment, work: Callable[[Assignment], nbformat.NotebookNode]
) -> nbformat.NotebookNode:
    """Do what a student does in an hour, and return the assignment that was fetched."""
    student.log_in()
    student.start()
    student.pull(link)
    lesson = student.read(f"{course}/{LESSON}")
    code = [cell["source"] for cell in lesson["cells"] if cell["cell_type"] == "code"]
    assert not any(cell.get("outputs") for cell in lesson["cells"])
    ran = []
    for one in student.run(f"{course}/{LESSON}", code):
        ran.append(one)
        if one.pictures:
            break
    assert ran[-1].pictures == 1 and {one.error for one in ran} <= {"", "NameError"}, ran  # the lesson teaches a NameError
    student.assignment("fetch", course, "ps1")
    path = f"{course}/{FETCHED}"
    fetched = nbformat.from_dict(student.read(path))
    assert [nbgrader_metadata(cell) for cell in fetched.cells] == [
        nbgrader_metadata(cell) for cell in assignment.release.cells
    ]
    student.write(path, work(assignment))
    student.assignment("submit", course, "ps1")
    return fetched


def teacher_course(root: Path) -> Course:
    """A course of the teacher's own, with a released assignment."""
    shutil.copytree(SAMPLE / "source" / "ps1", root / "source" / "ps1")
    (root / "seed.txt").write_text("a seed of the tests\n", encoding="utf-8")
    course = Course(root, "a seed of the tests", private=True)
    target = course.release("ps1")
    target.parent.mkdir(parents=True)
    target.write_bytes(edition_bytes(read_assignment(course, "ps1")))
    return course


def nbgrader(command: type[NbGrader], *words: str) -> None:
    """Run a command of nbgrader as the teacher does in a terminal of the hub, but here: a process more costs seconds."""
    app = command()
    app.initialize(list(words))
    app.start()


def test_the_link_names_the_repository_and_the_first_lesson(tmp_path: Path) -> None:
    link = unquote(open_hub(tmp_path / "hub", None, None).link)
    assert f"repo=file://{tmp_path}/hub/course.git" in link and link.endswith(f"urlpath=lab/tree/a-new-chapter/{LESSON}")
