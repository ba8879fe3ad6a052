"""What the zip for a room holds of the solutions: all, or nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from classroom.handing_out import bundle
from classroom.lesson_files import FIRST, PAGES, languages

HOME = "helpers/exercises/solutions/"


@pytest.mark.parametrize("solutions", [True, False])
def test_the_solutions_are_in_the_zip_or_left_out(solutions: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "without_outputs", lambda lesson: b"")
    files = bundle.bundle_files({}, solutions=solutions)
    lessons = {path for path in files if path.startswith(f"{HOME}lesson_")}
    assert bool(lessons) == solutions
    assert not any("assignments/source" in path for path in files)  # these are for teachers alone, always
    assert {f"{HOME}__init__.py", f"{HOME}form.py", "helpers/exercises/folded.py"} <= set(files)  # check still runs
    assert {f"my_notebooks/{name}" for name in PAGES} <= set(files)
    assert not any(bundle.is_secret(path) for path in files)
    # Messages in other languages hold hints and solutions: with them go the lessons that speak so.
    for language in languages():
        wanted = {
            f"my_notebooks/{language}/{FIRST}",
            f"my_notebooks/{language}/helpers.py",
            f"helpers/languages/{language}.mo",
        }
        assert wanted <= set(files) if solutions else not any(re.search(rf"/{language}[/.]", path) for path in files)
        assert (f'lang="{language}"' in files["start_here.html"].decode()) == solutions


def test_a_lesson_of_the_zip_in_another_language_finds_its_tools_and_its_words(tmp_path: Path) -> None:
    for path, content in bundle.bundle_files({}).items():
        if path.startswith(("helpers/", "my_notebooks/ar/")):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
    code = "from helpers import language; print(language.current(), language.say('treaty') != 'treaty')"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "my_notebooks" / "ar", capture_output=True, text=True)
    assert done.stdout.split() == ["ar", "True"], done.stderr


def test_a_link_to_a_file_elsewhere_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of the tables may stand a link to what a teacher keeps at home."""
    for name in bundle._WHOLE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "own.csv").write_text("a", encoding="utf-8")
    (tmp_path / "marks").write_text("s1,2", encoding="utf-8")
    (tmp_path / "data" / "marks.csv").symlink_to(tmp_path / "marks")
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    assert [path.name for path in bundle._chosen() if path.suffix == ".csv"] == ["own.csv"]


AWKWARD = "Ordner mit Ünï & (x86) 'q' کورس"
SYSTEM = ("start_on_macos.command", "start_on_linux.sh")
# A Python that stands for any: it notes what it was asked, and `-m venv` makes an environment of itself.
PYTHON = """#!/bin/sh
printf '%s|' "$@" >>"$CALLS"; echo >>"$CALLS"
case "$*" in *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;; esac
"""


def started(script: str, folder: Path, tools: Path) -> tuple[int, str, list[str]]:
    """Run a launcher with the tools of one folder and no other: its exit status, what it said, what Python was asked."""
    calls = tools / "calls"
    calls.write_text("", encoding="utf-8")
    done = subprocess.run(
        ["/bin/sh", f"{AWKWARD}/{script}"],
        cwd=folder.parent,
        env={"PATH": str(tools), "CALLS": str(calls), "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return (
        done.returncode,
        done.stdout,
        [line for line in calls.read_text(encoding="utf-8").splitlines() if "-c|" not in line],
    )


@pytest.mark.parametrize("script", SYSTEM)
def test_a_launcher_says_what_is_missing_builds_once_and_mends_a_copied_folder(script: str, tmp_path: Path) -> None:
    folder, tools = tmp_path / AWKWARD, tmp_path / "tools"
    folder.mkdir()
    tools.mkdir()
    for name in ("dirname", "mkdir", "cp"):
        (tools / name).symlink_to(f"/bin/{name}" if Path(f"/bin/{name}").exists() else f"/usr/bin/{name}")
    (folder / script).write_bytes(bundle.launchers("my_notebooks/00 first.ipynb")[script])
    assert started(script, folder, tools)[1].startswith("The other files of the course are not beside this one. Unpack")
    (folder / "requirements.txt").touch()
    status, said, calls = started(script, folder, tools)
    assert status == 1 and said.startswith("Python 3.11 or newer, with its part venv, was not found.") and calls == []
    (tools / "python3").write_text(PYTHON, encoding="utf-8")
    (tools / "python3").chmod(0o755)
    opened = f"-m|jupyterlab|--ServerApp.root_dir=.|--port={bundle.PORT}|my_notebooks/00 first.ipynb|"
    status, said, calls = started(script, folder, tools)
    assert status == 0 and "happens once" in said and calls[-1] == opened and len(calls) == 3
    assert started(script, folder, tools) == (0, "", [opened])
    (folder / ".venv" / "bin" / "python").unlink()  # as in a folder that was copied from another computer
    assert started(script, folder, tools)[2][0] == "-m|venv|--clear|.venv|"


def test_the_launcher_of_windows_quotes_names_and_never_closes_its_window_unread() -> None:
    text = bundle.launchers("my_notebooks/00 first.ipynb")["start_on_windows.bat"].decode("ascii")
    lines = text.split("\r\n")
    assert 'pushd "%~dp0" || goto alone' in lines and '"my_notebooks\\00 first.ipynb" || pause' in text
    for place, line in enumerate(lines):
        if line == "exit /b 1":
            assert lines[place - 1] == "pause"
    assert {line[1:] for line in lines if line.startswith(":")} == {"open", "alone", "missing", "failed"}
    assert "(\r\n" not in text  # in a block, a bracket in the name of a folder would end it
