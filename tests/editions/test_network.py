"""A lesson runs without a network: for every run its code is refused one, and once there is none at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.support.environment import needs_program
from tests.support.lesson import LESSONS

ROOT = Path(__file__).resolve().parents[2]


def test_a_notebook_that_asks_for_the_network_is_refused(tmp_path: Path) -> None:
    """The guard itself: without the startup file this notebook would reach out, and the message would be another."""
    code = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=1)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, execution_count=1)])
    nbformat.write(notebook, tmp_path / "asks.ipynb")
    result = pytest_on(tmp_path / "asks.ipynb", [])
    assert result.returncode == 1
    assert "A lesson must not use the network" in result.stdout


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_runs_on_a_machine_without_a_network(path: Path) -> None:
    needs_program("bwrap")
    isolated = ["bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent"]
    probe = subprocess.run([*isolated, "true"], capture_output=True, text=True)
    if probe.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"bubblewrap cannot make a network of its own here: {probe.stderr}")
        pytest.skip(f"bubblewrap is not allowed to make a network of its own: {probe.stderr.strip()}")
    result = pytest_on(path, isolated)
    assert result.returncode == 0, result.stdout[-2000:]


def pytest_on(path: Path, prefix: list[str]) -> subprocess.CompletedProcess[str]:
    command = [
        *prefix,
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "-c",
        str(ROOT / "pyproject.toml"),
    ]
    return subprocess.run([*command, str(path)], cwd=ROOT, capture_output=True, text=True)
