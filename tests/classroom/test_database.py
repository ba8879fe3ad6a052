"""The gradebook in PostgreSQL: marks as in a file, marks by hand come along, two people at once, no word of a password."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from sqlalchemy import text

from classroom.__main__ import main
from classroom.assignments.assignment import read_assignment
from classroom.course import Course
from classroom.errors import StoppedError, TeacherError
from classroom.grading import database, grade_class
from classroom.grading.database import choose_database, database_of, environment_for, shown
from classroom.grading.gradebook import enter_by_hand, entered_scores, open_gradebook
from classroom.grading.nbgrader_config import settings_file
from classroom.marking.session import Session
from tests.classroom.test_machine_faults import Answered, hand_in
from tests.support.classroom import small
from tests.support.classroom.made_class import solved
from tests.support.classroom.postgres import IN_AN_ADDRESS, PASSWORD, postgres

STUDENTS = ("one", "two", "three", "four")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture
def address(server: str, request: pytest.FixtureRequest) -> str:
    """A database of its own for each test."""
    name = f"db_{abs(hash(request.node.name))}"
    engine = database.create_engine(
        f"postgresql+psycopg://teacher:{IN_AN_ADDRESS}@{server}/postgres", isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"postgresql://teacher:{IN_AN_ADDRESS}@{server}/{name}"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setattr(grade_class, "Executor", Answered)
    monkeypatch.setattr("classroom.grading.points.same", lambda *_: True)
    monkeypatch.setattr(database, "_given", {})
    course = small.small_course(tmp_path / "course")
    assignment = read_assignment(course, small.NAME)
    for student in STUDENTS:
        hand_in(tmp_path, student, nbformat.writes(solved(assignment)).encode())
    return course


def grade(course: Course, root: Path, out: str, *more: str) -> int:
    base = ["grade", small.NAME, "--course", str(course.root), "--seed", course.seed]
    return main([*base, "--submissions", str(root / "in"), "--out", str(root / out), *more])


def marks(root: Path, out: str) -> list[dict[str, str]]:
    with (root / out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_class_is_marked_as_in_a_file_and_marks_by_hand_come_along(
    course: Course, tmp_path: Path, address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assignment = read_assignment(course, small.NAME)
    assert grade(course, tmp_path, "file") == 0
    by_hand = {("one", "q4"): (0.5, False)}
    with open_gradebook(tmp_path / "file") as book:
        enter_by_hand(book, assignment, by_hand, {("two", "q4"): "Ask for the source."}, tmp_path / "file")
    assert grade(course, tmp_path, "file") == 0
    before = marks(tmp_path, "file")
    assert grade(course, tmp_path, "file", "--database", address) == 0
    assert marks(tmp_path, "file") == before
    assert grade(course, tmp_path, "file") == 0  # the address is kept, and the password of this process
    with open_gradebook(tmp_path / "file") as book:
        assert book.engine.dialect.name == "postgresql"
        found = entered_scores(book, assignment)
    assert found["one"]["q4"].manual == 0.5 and found["two"]["q4"].comment == "Ask for the source."
    assert main(["report", small.NAME, "--course", str(course.root), "--out", str(tmp_path / "file")]) == 0
    assert grade(course, tmp_path, "file", "--database", "sqlite") == 0  # and back
    assert marks(tmp_path, "file") == before
    files = [path for path in (tmp_path / "file").rglob("*") if path.is_file()]
    said = "".join(capfd.readouterr())
    for secret in (PASSWORD, IN_AN_ADDRESS):
        assert secret not in said and not any(secret.encode() in path.read_bytes() for path in files)


def test_two_people_mark_at_once_while_the_class_is_marked_again(course: Course, tmp_path: Path, address: str) -> None:
    assignment = read_assignment(course, small.NAME)
    assert grade(course, tmp_path, "out", "--database", address) == 0

    def marker(students: tuple[str, ...]) -> None:
        for turn in range(10):
            for student in students:
                with open_gradebook(tmp_path / "out") as book:
                    given = {(student, "q4"): (turn / 10, False)}
                    enter_by_hand(book, assignment, given, {(student, "q4"): f"turn {turn}"}, tmp_path / "out")

    pages = [
        Session(assignment, tmp_path / "out", name) for name in ("amina", "bilal")
    ]  # two open pages hold nothing locked
    with ThreadPoolExecutor(3) as together:
        done = [together.submit(marker, students) for students in (STUDENTS[:2], STUDENTS[2:])]
        done.append(together.submit(lambda: [grade(course, tmp_path, "out") for _ in range(3)]))
        results = [one.result(timeout=120) for one in done]
    assert results[2] == [0, 0, 0]
    with open_gradebook(tmp_path / "out") as book:
        found = entered_scores(book, assignment)
    assert {name: (found[name]["q4"].manual, found[name]["q4"].comment) for name in STUDENTS} == dict.fromkeys(
        STUDENTS, (0.9, "turn 9")
    )
    for page in pages:
        page.close()


def test_nbgraders_own_page_finds_the_database(course: Course, tmp_path: Path, address: str) -> None:
    assert grade(course, tmp_path, "out", "--database", address) == 0
    written = (tmp_path / "out" / "nbgrader_config.py").read_text(encoding="utf-8")
    url = database_of(tmp_path / "out")
    assert url is not None and f"c.CourseDirectory.db_url = {shown(url)!r}" in written
    assert settings_file(course, marking=True) in written and environment_for(tmp_path / "out")["PGPASSWORD"] == PASSWORD


def test_a_database_that_does_not_let_us_in_is_named_without_a_password(
    course: Course, tmp_path: Path, server: str, address: str
) -> None:
    wrong = f"postgresql://teacher:kumquat@{server}/postgres"
    with pytest.raises(TeacherError, match="password authentication failed") as refused:
        choose_database(tmp_path / "out", wrong)
    assert f"teacher@{server}" in str(refused.value) and "kumquat" not in str(refused.value)
    assert not (tmp_path / "out").exists()  # nothing was kept
    assert grade(course, tmp_path, "out", "--database", address) == 0
    database._given.clear()  # another day, and no ~/.pgpass
    with pytest.raises(StoppedError, match="in the database postgresql") as stopped, open_gradebook(tmp_path / "out"):
        raise AssertionError("it was opened without a password")
    assert "***" not in str(stopped.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("kumquat", "is no address"),
        ("postgresql://me:kum@quat@host/db", "write %40 for @"),
        ("postgresql://me:kum/quat@host", "is no address of the form"),
        ("postgresql://me@host/db?password=kumquat", "after a question mark"),
        ("kumquat://me:kumquat@host/db", "names no kind of database"),
        ("postgresql://me:kumquat@host:port/db", "is no address"),
        ("postgresql://me:kumquat@[::1/db", "is no address"),
        ("postgresql://me:a@kumquat:5/x@host/db", "write %40 for @"),
        ("postgresql://me:kumquat@host", "is no address of the form"),
        ("postgresql//me:kumquat@host/db", "is no address"),
        ("host=host password=kumquat", "is no address"),
        ("http://me:kumquat@host/db", "names no kind of database"),
        ("mysql://me:kumquat@host/db", "is not installed"),
        ("sqlite:///kumquat.db", "Write only sqlite"),
        ("sqlite:////tmp/kumquat.db", "Write only sqlite"),
        ("sqlite:///:memory:", "Write only sqlite"),
        ("sqlite://", "Write only sqlite"),
        ("sqlite://me:kumquat@host/db", "Write only sqlite"),
        ("sqlite+pysqlite:///kumquat.db", "Write only sqlite"),
    ],
)
def test_what_is_no_address_is_refused_and_never_repeated(tmp_path: Path, given: str, said: str) -> None:
    with pytest.raises(TeacherError, match=said) as refused:
        choose_database(tmp_path, given)
    assert not any(word in str(refused.value) for word in ("kum", "quat"))


@pytest.mark.parametrize(
    "password", ["kumquat", "kumquat%40", "kumquat%zz", "kumquat/x", "kumquat#x", "kumquat?x", "kum quat", "kumquaté"]
)
def test_a_host_that_does_not_answer_is_named_without_a_password(tmp_path: Path, password: str) -> None:
    with pytest.raises(TeacherError, match=r"me@127\.0\.0\.1:1/db cannot be used .*Nothing was changed") as refused:
        choose_database(tmp_path, f"postgresql://me:{password}@127.0.0.1:1/db")
    assert not any(word in str(refused.value) for word in ("kum", "quat"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_driver_is_named(tmp_path: Path) -> None:
    with pytest.raises(TeacherError, match="which reaches this database, is not installed.*make env-hub"):
        choose_database(tmp_path, "postgresql+pg8000://me:kumquat@host/db")
