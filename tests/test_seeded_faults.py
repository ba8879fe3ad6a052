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

from tests.lesson import LESSONS, facts_of

ROOT = Path(__file__).resolve().parent.parent

FAULTS = [(*fault, path.stem) for path in LESSONS for fault in facts_of(path.stem).FAULTS]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name in ("data", "helpers", "tools", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "article.txt"))
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(course: Path, lesson: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "notebooks" / f"{lesson}.ipynb", course / "notebooks")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"notebooks/{lesson}.ipynb"]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"})


def alter(course: Path, table: str, old: str, new: str) -> None:
    path = course / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{table}.csv no longer holds {old!r}: choose another fault"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    refresh = [sys.executable, "-m", "tools.refresh_data"]
    done = subprocess.run(refresh, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("table", "old", "new", "lesson"), FAULTS, ids=[f"{row[3]}-{row[0]}-{row[2][:40]}" for row in FAULTS]
)
def test_the_lesson_goes_red(course: Path, table: str, old: str, new: str, lesson: str) -> None:
    alter(course, table, old, new)
    result = run(course, lesson)
    assert result.returncode == 1, result.stdout[-3000:]
    assert re.search(rf"FAILED notebooks/{lesson}\.ipynb::Cell \d+", result.stdout), result.stdout[-3000:]


@pytest.mark.parametrize("lesson", [path.stem for path in LESSONS])
def test_without_a_fault_the_copy_is_green(course: Path, lesson: str) -> None:
    result = run(course, lesson)
    assert result.returncode == 0, result.stdout[-3000:]
