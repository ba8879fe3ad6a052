"""A student's file that has the name of a library: the message names the file, and does not blame the course."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import helpers
from helpers import load, shadows

ROOT = Path(__file__).resolve().parents[2]
FIRST_CELL = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
LESSON = f"{FIRST_CELL}from helpers import load, show_table, plot_timeline, explore_timeline\nprint(len(load('eras')))"


def run(folder: Path, code: str = LESSON) -> tuple[int, str]:
    """Run code as a file in a folder, and return its status and the last line that it printed."""
    (folder / "my_lesson.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "my_lesson.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120)
    return done.returncode, (done.stderr or done.stdout).strip().splitlines()[-1]


NAMES = ["pandas", "numpy", "matplotlib", "IPython", "ipywidgets", "json", "typing", "dataclasses", "importlib"]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_with_the_name_of_a_library_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.py").write_text("x = 1\n")
    status, said = run(tmp_path)
    assert status == 1
    assert said == (
        f"ImportError: The course did not get '{name}', because Python read '{name}.py' in its place: both have the same "
        f"name. Rename '{name}.py', for example to 'my_{name}.py'. Then start again: choose Kernel, Restart Kernel."
    )


def test_the_lesson_may_have_imported_it_before_the_helpers(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("class DataFrame: pass\n")
    status, said = run(tmp_path, f"import pandas as pd\n{LESSON}")
    assert status == 1 and "Python read 'pandas.py' in its place" in said and "cannot import name" not in said


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        ("pandas/__init__.py", "x = 1", "'pandas'"),
        ("pandas.py", "this is no Python", "'pandas.py'"),
        ("pandas.py", "import pandas as pd\ntable = pd.read_csv('a.csv')", "'pandas.py'"),
        ("matplotlib.py", "import matplotlib.pyplot as plt", "'matplotlib.py'"),
        ("json.py", "raise ValueError('mine')", "'json.py'"),
    ],
)
def test_it_is_named_whatever_it_holds(file: str, text: str, named: str, tmp_path: Path) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    status, said = run(tmp_path)
    assert status == 1 and f"because Python read {named} in its place" in said


def test_files_that_hide_nothing_are_let_be(tmp_path: Path) -> None:
    """Own names, names of the course's own modules, a library that is not read, a folder without code, old bytecode."""
    for name in ("helpers", "data", "dates", "table", "tomllib", "turtle", "my_pandas"):
        (tmp_path / f"{name}.py").write_text("raise ValueError('read by mistake')\n")
    (tmp_path / "pandas").mkdir()
    (tmp_path / "numpy").mkdir()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "json.cpython-311.pyc").write_bytes(b"old")
    assert run(tmp_path) == (0, str(len(load("eras"))))


def test_a_folder_full_of_files_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson may lie in Downloads: each file there was looked for in every library, at each of the course's names."""
    for number in range(1000):
        (tmp_path / f"paper_{number}.pdf").touch()
    asked: list[str] = []

    class Counting:
        def find_spec(self, name: str, path: list[str]) -> None:
            asked.append(name)

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("helpers.shadows._FINDER", Counting())
    assert shadows.advice() == "" == shadows.advice(ImportError("anything"))
    assert len(asked) < 1000


def test_a_link_to_a_file_hides_a_library_too(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.py").write_text("x = 1\n")
    (tmp_path / "json.py").symlink_to(tmp_path / "elsewhere" / "mine.py")
    status, said = run(tmp_path)
    assert status == 1 and "Python read 'json.py' in its place" in said


def test_another_fault_is_told_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "turtle.py").write_text("")
    code = f"{FIRST_CELL}import helpers.data\ndel helpers.data.load\nfrom helpers import load"
    status, said = run(tmp_path, code)
    assert status == 1 and said == "ImportError: helpers cannot give 'load': module 'helpers.data' has no attribute 'load'."


def test_a_name_that_there_is_not_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(AttributeError, match="helpers has no 'plot'. It has: alt_text, check, describe"):
        helpers.plot  # noqa: B018


def test_a_students_edtf_hides_nothing(tmp_path: Path) -> None:
    """A student of this course may well call a notebook's helper edtf.py: dates are read by the course's own module."""
    (tmp_path / "edtf.py").write_text("this is no Python")
    code = f"{FIRST_CELL}from helpers.edtf import parse\nprint(parse('195X').latest, parse('2001-21').latest)"
    assert run(tmp_path, code) == (0, "1959-12-31 2001-05-31")
