"""A lesson runs without a network: for every run its code is refused one, and once there is none at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from helpers import data
from tests.support.environment import needs_program
from tests.support.forked_lessons import Forks
from tests.support.lesson import LESSONS

ROOT = Path(__file__).resolve().parents[2]


def test_a_notebook_that_asks_for_the_network_is_refused(tmp_path: Path) -> None:
    """The guard itself: without the startup file this notebook would reach out, and the message would be another."""
    code = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, execution_count=1)])
    nbformat.write(notebook, tmp_path / "asks.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    result = subprocess.run([*command, str(tmp_path / "asks.ipynb")], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 1
    assert "A lesson must not use the network" in result.stdout


@pytest.fixture(scope="module")
def without_a_network() -> Iterator[Forks]:
    """A process that has no network and has loaded what lessons import; each lesson runs in a fork of it."""
    needs_program("bwrap")
    isolated = ["bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent"]
    probe = subprocess.run([*isolated, "true"], capture_output=True, text=True)
    if probe.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"bubblewrap cannot make a network of its own here: {probe.stderr}")
        pytest.skip(f"bubblewrap is not allowed to make a network of its own: {probe.stderr.strip()}")
    forks = Forks(isolated, pictures=True)
    yield forks
    forks.close()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_runs_on_a_machine_without_a_network(without_a_network: Forks, tmp_path: Path, path: Path) -> None:
    (tmp_path / "data").symlink_to(data.DATA, target_is_directory=True)
    assert without_a_network.first_difference(path.stem, tmp_path) is None
