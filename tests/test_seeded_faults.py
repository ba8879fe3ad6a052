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

ROOT = Path(__file__).resolve().parent.parent

# table, what stands there, what a slip of the hand would make of it, the lesson that must notice
FAULTS = [
    ("events", "treaty-of-friendship-1950,1950-02-26,", "treaty-of-friendship-1950,1950-02-27,", "01_founding_years"),
    (
        "events",
        "palestine-partition-vote-1947,1947-11-29,",
        "palestine-partition-vote-1947,1947-11-28,",
        "01_founding_years",
    ),
    ("events", "iraq-royal-visit-1954,1954-03~,", "iraq-royal-visit-1954,1954-03,", "01_founding_years"),
    ("events", "asad-middle-east-division,1949~/1951~,", "asad-middle-east-division,1947/1951~,", "01_founding_years"),
    ("events", "Muhammad Asad heads Pakistan's", "Muhammad Assad heads Pakistan's", "01_founding_years"),
    (
        "events",
        "Pakistan's Liaquat Ali Khan visits Baghdad",
        "Pakistan's Liaquat Ali Khan visits Tehran",
        "01_founding_years",
    ),
    ("events", "Saudi Arabia, Egypt and Syria. After", "Saudi Arabia, Egypt and Iraq. After", "01_founding_years"),
    ("event_actors", "liaquat-baghdad-visit-1949,IRQ", "liaquat-baghdad-visit-1949,IRN", "01_founding_years"),
    ("event_actors", "seato-signed-1954,PAK", "seato-signed-1954,IRQ", "01_founding_years"),
    ("actors", "muhammad-asad,Muhammad Asad,", "muhammad-asad,Leopold Weiss,", "01_founding_years"),
    ("claims", ",partly,In 1947 Asad led a department", ",corroborated,In 1947 Asad led a department", "01_founding_years"),
    ("sources", "agreement-text-1954", "agreement-text-1955", "01_founding_years"),
    ("events", "july-revolution-1958,1958-07-14,", "july-revolution-1958,1958-07-15,", "00_start_here"),
    (
        "events",
        "iran-iraq-war-1980-1988,1980-09-22/1988-08-20,",
        "iran-iraq-war-1980-1988,1980-09-22/1988-08-21,",
        "00_start_here",
    ),
    ("events", "conflict,conflictual,government,3,", "conflict,neutral,government,3,", "00_start_here"),
    ("events", "jalal-visits-baghdad-2021,2021-01-24/", "jalal-visits-baghdad-2021,2021-01-25/", "00_start_here"),
]


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
    changed = 0
    for path in sorted((course / "data").glob("*.csv")):
        if path.stem == table or (old == "agreement-text-1954" and path.stem == "event_sources"):
            text = path.read_text(encoding="utf-8")
            changed += text.count(old)
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert changed, f"{table}.csv no longer holds {old!r}: choose another fault"
    refresh = [sys.executable, "-m", "tools.refresh_data"]
    done = subprocess.run(refresh, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("table", "old", "new", "lesson"), FAULTS, ids=[f"{row[0]}-{row[2][:40]}" for row in FAULTS])
def test_the_lesson_goes_red(course: Path, table: str, old: str, new: str, lesson: str) -> None:
    alter(course, table, old, new)
    result = run(course, lesson)
    assert result.returncode == 1, result.stdout[-3000:]
    assert re.search(rf"FAILED notebooks/{lesson}\.ipynb::Cell \d+", result.stdout), result.stdout[-3000:]


@pytest.mark.parametrize("lesson", ["00_start_here", "01_founding_years"])
def test_without_a_fault_the_copy_is_green(course: Path, lesson: str) -> None:
    result = run(course, lesson)
    assert result.returncode == 0, result.stdout[-3000:]
