"""What the solution gave is taken from the run before only if nothing has changed on which it depends."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from classroom.assignments.assignment import Assignment, read_assignment
from classroom.course import Course
from classroom.grading import grade_class, kept_solution, probes
from classroom.grading.grade_class import Grader
from classroom.grading.kept_solution import FILE, keep_solution, key_of
from classroom.sandbox.messages import Limits
from tests.support.classroom import small

EXPECTED = {"q1-checks/0/1/0": {"type": "list", "items": [1, 0.1, None, "é", {"type": "missing"}]}, "q2-checks/0/0/-1": 7}
TABLES = {1: ({"events": b"a,b\n1,2\n"}, {"events": b"\x80\x05\xff"}), 2: ({}, {})}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return small.small_course(tmp_path_factory.mktemp("teacher") / "course")


@pytest.fixture(scope="module")
def assignment(course: Course) -> Assignment:
    return read_assignment(course, small.NAME)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return a copy of what students' code can see and of what decides points, in a few files."""
    monkeypatch.setattr(probes, "_kept", {})
    monkeypatch.setattr(grade_class, "ROOT", tmp_path)
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path / "purelib"))
    names = [
        "helpers/data.py",
        "helpers/course.mplstyle",
        "helpers/languages/ur.mo",
        "data/events.csv",
        "data/figures/trade.csv",
    ]
    names += ["data/datapackage.json", "classroom/sandbox/inside/probe.py", "purelib/ipython-9.0.dist-info/METADATA"]
    for name in [*names, *(f"classroom/{name}.py" for name in grade_class.DECIDES)]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was", encoding="utf-8")
    return SimpleNamespace(root=tmp_path, out=tmp_path / "out", patch=monkeypatch)


def learnt(grader: Grader, again: bool = False) -> list[str]:
    """Return for whom the engine was asked, with a solution that gives always the same."""
    asked: list[str] = []

    def learn(executor: Any) -> None:
        asked.append("the solution")
        grader._grader._expected = EXPECTED

    grader._grader.learn = learn  # type: ignore[method-assign]
    grader._learn(None, again)  # type: ignore[arg-type]
    assert grader._grader.expected == EXPECTED
    return asked


def version(name: str) -> Callable[[SimpleNamespace], None]:
    return lambda place: place.patch.setattr(
        grade_class, "version", lambda one: "0" if one == name else metadata.version(one)
    )


def written(name: str) -> Callable[[SimpleNamespace], object]:
    return lambda place: (place.root / name).write_text("otherwise", encoding="utf-8")


CHANGES: dict[str, Callable[[SimpleNamespace], object]] = {
    **{f"the version of {name}": version(name) for name in grade_class._PACKAGES},
    **{
        name: written(name)
        for name in (
            *("helpers/data.py", "helpers/course.mplstyle", "helpers/languages/ur.mo", "helpers/new.py"),
            *("data/events.csv", "data/figures/trade.csv", "data/datapackage.json", "data/new.csv"),
            *("classroom/sandbox/inside/probe.py", "classroom/grading/probes.py", "classroom/assignments/hidden_tables.py"),
        )
    },
    "Python": lambda place: place.patch.setattr("platform.python_version", lambda: "4.0"),
    "another package": lambda place: (place.root / "purelib/ipython-9.1.dist-info").mkdir(),
    "cut off": lambda place: (place.out / ".kept" / FILE).write_bytes((place.out / ".kept" / FILE).read_bytes()[:-1]),
    "changed": lambda place: (place.out / ".kept" / FILE).write_bytes(
        (place.out / ".kept" / FILE).read_bytes().replace(b": 7", b": 8")
    ),
    "empty": lambda place: (place.out / ".kept" / FILE).write_bytes(b""),
    "gone": lambda place: (place.out / ".kept" / FILE).unlink(),
}


@pytest.mark.parametrize("change", ["nothing", "a page", *CHANGES])
def test_it_is_kept_until_something_changes_on_which_it_depends(
    course: Course, assignment: Assignment, place: SimpleNamespace, change: str
) -> None:
    made = Grader(course, assignment, place.out)
    assert learnt(made) == ["the solution"]
    if change != "nothing":
        CHANGES.get(change, written("data/README.md"))(place)
    assert learnt(Grader(course, assignment, place.out)) == (["the solution"] if change in CHANGES else [])
    assert learnt(Grader(course, assignment, place.out)) == []  # it was made again


def test_another_source_seed_limit_or_wish_runs_it_again(
    course: Course, assignment: Assignment, place: SimpleNamespace
) -> None:
    learnt(Grader(course, assignment, place.out))
    other = replace(assignment, source=deepcopy(assignment.source))
    other.source.metadata["changed"] = True
    for grader in (
        Grader(course, other, place.out),
        Grader(replace(course, seed="other"), assignment, place.out),
        Grader(course, assignment, place.out, limits=Limits(cell_seconds=1.0)),
        Grader(course, assignment, place.out, unsafe=True),
    ):
        assert learnt(grader) == ["the solution"]
    assert learnt(Grader(course, assignment, place.out), again=True) == ["the solution"]


def test_where_code_is_not_kept_apart_nothing_is_kept(
    course: Course, assignment: Assignment, place: SimpleNamespace
) -> None:
    learnt(Grader(course, assignment, place.out, unsafe=True))
    assert not (place.out / ".kept" / FILE).exists()


def test_values_and_tables_come_back_as_they_were(tmp_path: Path) -> None:
    keep_solution(tmp_path, key_of("base"), EXPECTED, TABLES)
    assert os.name == "nt" or stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600  # as the seed is
    assert kept_solution.kept_solution(tmp_path, key_of("base")) == (EXPECTED, TABLES)
    assert kept_solution.kept_solution(tmp_path, key_of("other")) is None


def test_hidden_tables_that_were_kept_are_not_made_again(assignment: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_kept", {})
    monkeypatch.setattr(probes, "_made", lambda *_: pytest.fail("they were made"))
    probes.remember_tables("seed", assignment, TABLES)
    assert probes.tables_for("seed", assignment, 1) == TABLES[1]
