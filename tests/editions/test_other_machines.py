"""All lessons on another machine: without a network, and with a newer Python than the other tests have.

The lock is made on Python 3.11; the browser has Python 3.14. A browser with pandas cannot be had in every place where tests
run. This is the nearest thing: the versions of the lock, strict comparison of all outputs, and a Python that is newer. One
run serves both: where either is not to be had, the lessons run with the other alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from helpers import data
from tests.support.forked_lessons import Forks
from tests.support.lesson import LESSONS
from tools.editions.site.wheels import sha256

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 12)
NAMES = ("python3.14", "python3.13", "python3.12", "python3", "python")
# Beside the course's own packages: what runs and compares the lessons.
RUNS = ("ipykernel", "nbformat")


def candidates() -> Iterator[Path]:
    """Yield interpreters to try: those on the path, and those that pyenv keeps. A name on the path may be an empty shim."""
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    pyenv = shutil.which("pyenv")
    if pyenv:
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True).stdout.strip()
        yield from sorted(Path(root).glob("versions/3.*/bin/python"), key=lambda path: version(path) or (0, 0), reverse=True)


def version(python: Path) -> tuple[int, int] | None:
    """Ask an interpreter for its version by running it; None if it does not run."""
    code = "import sys, venv; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(map(int, answer.stdout.split())) if answer.returncode == 0 else None  # type: ignore[return-value]


def newer_python() -> Path | None:
    """Return an interpreter of at least Python 3.12; None where there is none, or where all tests run on one already."""
    if sys.version_info >= OLDEST:
        return None
    found = next((python for python in candidates() if (version(python) or (0, 0)) >= OLDEST), None)
    if found is None and os.environ.get("CI") == "true" and shutil.which("pyenv"):
        pytest.fail("pyenv is here, but no Python 3.12 or newer in it: pyenv install 3.13")
    return found


def without_a_network() -> list[str] | None:
    """Return how a program is begun without a network; None where that is not possible. In CI it must be."""
    isolated = ["bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent"]
    why = "bubblewrap is not installed"
    if shutil.which("bwrap"):
        probe = subprocess.run([*isolated, "true"], capture_output=True, text=True)
        if probe.returncode == 0:
            return isolated
        why = f"bubblewrap cannot make a network of its own here: {probe.stderr.strip()}"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{why}, and CI must have it: see .ci/run")
    warnings.warn(f"{why}: the lessons ran with the network of this machine", stacklevel=1)
    return None


def environment(python: Path) -> Path:
    """Return the interpreter of an environment with the locked versions; it is kept between runs."""
    lock = ROOT / "requirements-test.txt"
    numbers = ".".join(map(str, version(python) or ()))
    folder = ROOT / "build" / "cache" / f"python-{numbers}-{sha256(lock)[:12]}"
    inside = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "complete").exists():
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", "--clear", "--python", str(python), str(folder)], check=True)
        # The lock holds far more than the lessons need: it serves as a list of versions and hashes.
        install = [*uv, "pip", "install", "--python", str(inside), "--constraint", str(lock), *packages()]
        subprocess.run(install, check=True)
        (folder / "complete").touch()
    return inside


def packages() -> list[str]:
    """Return what the lessons need: the course's packages, without JupyterLab around them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        needs = tomllib.load(file)["project"]["dependencies"]
    return [need for need in needs if not need.startswith("jupyterlab")] + list(RUNS)


@pytest.fixture(scope="module")
def other_machine() -> Iterator[Forks]:
    """A process of that machine which has loaded what lessons import; each lesson runs, and draws, in a fork of it."""
    python, isolated = newer_python(), without_a_network()
    if python is None and isolated is None:
        pytest.skip("there is neither Python 3.12 or newer on this machine nor a way to take the network away")
    forks = Forks(isolated or (), python=str(environment(python)) if python else sys.executable, pictures=True)
    yield forks
    forks.close()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_gives_the_same_outputs_there(other_machine: Forks, tmp_path: Path, path: Path) -> None:
    (tmp_path / "data").symlink_to(data.DATA, target_is_directory=True)
    assert other_machine.first_difference(path.stem, tmp_path) is None


def test_a_notebook_that_asks_for_the_network_is_refused(tmp_path: Path) -> None:
    """The guard itself: without the startup file this notebook would reach out, and the message would be another."""
    code = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, execution_count=1)])
    nbformat.write(notebook, tmp_path / "asks.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    result = subprocess.run([*command, str(tmp_path / "asks.ipynb")], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 1
    assert "A lesson must not use the network" in result.stdout


def test_an_interpreter_that_does_not_run_is_no_candidate(tmp_path: Path) -> None:
    """A version manager's shim exists, can be executed, and fails."""
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert version(shim) is None
    assert version(tmp_path / "absent") is None
    assert version(Path(sys.executable)) == sys.version_info[:2]
