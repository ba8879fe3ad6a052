"""Alter one fact in a copy of the tables: the lesson that tells it must go red, and say where.

The altered table gets its derived columns anew and is checked, as by ``make data``, so that what fails is the lesson's
stored output and not a rule of the tables. Each fault runs only the lesson that it touches.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import data
from tests.support.forked_lessons import Forks, Reader, reading_once
from tests.support.lesson import LESSONS, facts_of
from tools.content import refresh_data

FAULTS = [
    pytest.param(path.stem, *fault, id=f"{path.stem[:2]}-{fault[0]}-{fault[2][:40]}")
    for path in LESSONS
    for fault in facts_of(path.stem).FAULTS
]


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    server = Forks()
    yield server
    server.close()


@pytest.fixture(scope="module")
def read() -> Reader:
    """What reads the tables: a fault alters one, and the others need not be read again."""
    return reading_once(data._read)


@pytest.fixture
def course(tmp_path: Path, read: Reader, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the tables; `refresh_data` works on it."""
    shutil.copytree(data.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("article.txt"))
    monkeypatch.setattr(data, "DATA", tmp_path / "data")
    monkeypatch.setattr(data, "_read", read)
    return tmp_path


def alter(course: Path, table: str, old: str, new: str) -> None:
    """Change the first `old` of a table into `new`, and derive anew what is derived in it."""
    path = course / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{table}.csv no longer holds {old!r}: choose another fault"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    derive(course, table)


def derive(course: Path, table: str) -> None:
    """Do what ``make data`` does, for one table: derive and sort; check it, and the tables that refer to it."""
    resources = {resource["name"]: resource for resource in data.package()["resources"]}
    path = course / "data" / resources[table]["path"]
    path.write_bytes(refresh_data.canonical(course / "data", resources[table]))
    for name, resource in resources.items():
        keys = resource["schema"].get("foreignKeys", [])
        if name == table or any(key["reference"]["resource"] == table for key in keys):
            data.load(name)


@pytest.mark.parametrize(("lesson", "table", "old", "new"), FAULTS)
def test_the_lesson_goes_red(forks: Forks, course: Path, lesson: str, table: str, old: str, new: str) -> None:
    """Most faults are seen in a table or a number; only for the others the lesson's figures are drawn, too."""
    alter(course, table, old, new)
    assert forks.first_difference(lesson, course, draws=False) or forks.first_difference(lesson, course)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_without_a_fault_the_lesson_is_green(forks: Forks, course: Path, path: Any) -> None:
    """Or every lesson would be red for another reason, and the faults would prove nothing."""
    derive(course, "events")
    assert forks.first_difference(path.stem, course) is None
    assert forks.first_difference(path.stem, course, draws=False) is None
    assert len(facts_of(path.stem).FAULTS) >= 4
