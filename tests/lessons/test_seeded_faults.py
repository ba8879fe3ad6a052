"""Alter one fact in a copy of the course: the lesson that tells it must go red, and say where.

The copy gets its derived columns and hashes anew, as after ``make data``, so that what fails is the lesson's stored
output and not a hash. Each fault runs only the lesson that it touches.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import data
from tests.support.lesson import LESSONS, facts_of
from tools.content import refresh_data

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course without its notebooks; `refresh_data` works on its tables."""
    for name in ("data", "helpers", "tools", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "article.txt"))
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.setattr(data, "DATA", tmp_path / "data")
    return tmp_path


def run(course: Path, lesson: str) -> subprocess.CompletedProcess[str]:
    """Compare a lesson with its stored outputs, up to the first difference."""
    shutil.copy(ROOT / "notebooks" / f"{lesson}.ipynb", course / "notebooks")
    unneeded = ("cacheprovider", "hypothesispytest")  # importing hypothesis takes longer than a short lesson
    options = [option for plugin in unneeded for option in ("-p", f"no:{plugin}")]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", *options, f"notebooks/{lesson}.ipynb"]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"})


def alter(course: Path, table: str, old: str, new: str) -> None:
    """Change the first `old` of a table into `new`, and derive anew what is derived."""
    path = course / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{table}.csv no longer holds {old!r}: choose another fault"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    refresh_data.refresh(course / "data")


def faults_of(lesson: str) -> type:
    """Make the tests of one lesson a class of their own, so that two workers can share the lessons."""
    faults = facts_of(lesson).FAULTS
    names = [f"{table}-{new[:40]}" for table, _, new in faults]

    class Faults:
        @pytest.mark.parametrize(("table", "old", "new"), faults, ids=names)
        def test_the_lesson_goes_red(self, course: Path, table: str, old: str, new: str) -> None:
            alter(course, table, old, new)
            result = run(course, lesson)
            assert result.returncode == 1, result.stdout[-3000:]
            assert re.search(rf"FAILED notebooks/{lesson}\.ipynb::Cell \d+", result.stdout), result.stdout[-3000:]

        def test_there_are_at_least_four_faults(self) -> None:
            assert len(faults) >= 4

    return Faults


for _path in LESSONS:
    globals()[f"Test_{_path.stem}"] = faults_of(_path.stem)


def test_without_a_fault_the_copy_is_green(course: Path) -> None:
    """Or every lesson would be red for another reason, and the faults would prove nothing."""
    refresh_data.refresh(course / "data")
    result = run(course, LESSONS[0].stem)
    assert result.returncode == 0, result.stdout[-3000:]
