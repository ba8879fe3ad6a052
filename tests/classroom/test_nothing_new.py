"""A run with nothing new says so at once, and nothing that a run reads or has left is changed without its being seen."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from classroom.commands import grade
from classroom.course import ROOT
from classroom.grading import nothing_new

FILES = (
    *("in/s1/ps1/ps1.ipynb", "in/s2.zip", "roster.csv", "longer.csv", "times.csv"),
    *("course/source/ps1/ps1.ipynb", "course/source/ps2/ps2.ipynb", "course/release/ps1.own.json", "course/seed.txt"),
    *("house/helpers/data.py", "house/content/facts.py", "house/classroom/templates/feedback.html.j2"),
    *("house/data/events.csv", "house/notebooks/01_x.ipynb", "house/sample/source/ps1/ps1.ipynb"),
)
LEFT = ("grades.csv", "gradebook.db", "marks.jsonl", "feedback/s1/ps1/ps1.html", ".kept/s1.json", ".kept/deadline.txt")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return a class with a run that only counts, and leaves files."""
    monkeypatch.setattr(nothing_new, "ROOT", tmp_path / "house")
    monkeypatch.setattr(nothing_new, "SAMPLE", tmp_path / "house" / "sample")
    for name in FILES:
        write(tmp_path / name, "as it was")
    here = SimpleNamespace(root=tmp_path, runs=0, code=0, during=lambda: None)

    def whole_run(options: argparse.Namespace, begun: object) -> int:
        here.runs += 1
        print("2 graded")
        for name in LEFT:
            write(tmp_path / "out" / name, "left")
        here.during()
        return int(here.code)

    monkeypatch.setattr("classroom.grading.whole_run.run", whole_run)
    parser = argparse.ArgumentParser()
    grade.add_arguments(parser)
    given = ["ps1", *(word for name, file in OPTIONS.items() for word in (name, str(tmp_path / file)))]
    here.run = lambda *more: grade.run(parser.parse_args([*given, *more]))
    return here


OPTIONS = {
    **{"--submissions": "in", "--roster": "roster.csv", "--out": "out", "--course": "course"},
    **{"--extensions": "longer.csv", "--times": "times.csv"},
}


def test_nothing_new_is_said_with_the_words_of_the_last_run(
    place: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.run() == 0 == place.run()
    assert place.runs == 1
    assert (
        capsys.readouterr().out
        == "2 graded\n2 graded\nNothing is new since the last run, so nothing was marked or written again.\n"
    )


def same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_text("as it is!"[: before.st_size], encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    **{f"{name} has other content": lambda root, name=name: same_size_and_time(root / name) for name in FILES},  # type: ignore[misc]
    **{f"{name} is gone": lambda root, name=name: (root / name).unlink() for name in FILES},  # type: ignore[misc]
    **{f"{name} was changed": lambda root, name=name: write(root / "out" / name, "by hand") for name in LEFT},  # type: ignore[misc]
    **{f"{name} was deleted": lambda root, name=name: (root / "out" / name).unlink() for name in LEFT},  # type: ignore[misc]
    "one more submission": lambda root: write(root / "in/s3.ipynb", ""),
    "an empty folder": lambda root: (root / "in/s4").mkdir(),
    "another time of a submission": lambda root: os.utime(root / "in/s2.zip", (1, 1)),
    "another name": lambda root: (root / "in/s2.zip").rename(root / "in/s5.zip"),
    "another assignment": lambda root: write(root / "course/source/ps9/ps9.ipynb", ""),
    "a new module": lambda root: write(root / "house/classroom/new.py", ""),
    "one more page": lambda root: write(root / "out/feedback/s9/ps1/ps1.html", ""),
    "a database": lambda root: write(root / "out/.kept/database.txt", "postgresql://x"),
    "a damaged note": lambda root: write(root / "out/.kept/last_run.txt", '{"read": 1}'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_is_missed(place: SimpleNamespace, change: str) -> None:
    place.run()
    CHANGES[change](place.root)
    place.run()
    assert place.runs == 2


@pytest.mark.parametrize(
    "more",
    [
        *(["--due", "2026-11-20"], ["--timezone", "Asia/Karachi"], ["--late-per-day", "10"], ["--late-cap", "5"]),
        *(["--last-in-time"], ["--seed", "x"], ["--unsafe"], ["--workers", "1"], ["--submissions", "elsewhere"]),
    ],
    ids=" ".join,
)
def test_another_option_is_another_run(place: SimpleNamespace, more: list[str]) -> None:
    place.run()
    place.run(*more)
    assert place.runs == 2
    place.run()
    assert place.runs == 3  # what was kept is of the run before, with the other option


@pytest.mark.parametrize(
    "more", [["--again"], ["--dry-run"], ["--part", "1/2"], ["--gather", "x"], ["--database", "sqlite"], ["--ideas", "show"]]
)
def test_some_runs_are_never_left_out(place: SimpleNamespace, more: list[str]) -> None:
    place.run(*more)
    place.run(*more)
    assert place.runs == 2


@pytest.mark.parametrize("change", ["TZ", "package", "Python"])
def test_another_machine_is_another_run(place: SimpleNamespace, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place.run()
    if change == "TZ":
        monkeypatch.setenv("TZ", "Asia/Baghdad")
    elif change == "Python":
        monkeypatch.setattr(sys, "version", "4.0")
    else:
        (place.root / "purelib" / "pandas-9.9.dist-info").mkdir(parents=True)
        monkeypatch.setattr("sysconfig.get_path", lambda _: str(place.root / "purelib"))
    place.run()
    assert place.runs == 2


def test_a_run_that_left_work_undone_or_saw_a_change_is_run_again(place: SimpleNamespace) -> None:
    place.code = 1
    assert place.run() == 1 == place.run() and place.runs == 2
    place.code, place.during = 0, lambda: write(place.root / "in/s1/ps1/ps1.ipynb", "handed in meanwhile")
    place.run()
    place.during = lambda: None
    place.run()
    assert place.runs == 4
    place.run()
    assert place.runs == 4


def test_to_see_that_nothing_is_new_needs_no_library() -> None:
    heavy = "{'pandas', 'numpy', 'matplotlib', 'nbgrader', 'nbformat', 'sqlalchemy'}"
    program = f"import sys, classroom.commands.grade; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
