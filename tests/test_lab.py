"""`make lab` serves JupyterLab with lesson 00 open, on a student's copy, and never touches the lessons."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environment import needs_program

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "a-token-of-the-tests"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the course that shares the environment: make finds it up to date."""
    if not (ROOT / ".venv" / ".lab").exists():
        pytest.skip("there is no .venv that make has built")
    for name in ("data", "helpers", "tools", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "requirements.txt"):
        shutil.copy2(ROOT / name, tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


@pytest.fixture
def server(course: Path) -> Iterator[tuple[Path, int]]:
    needs_program("make")
    port = free_port()
    arguments = f"--no-browser --port={port} --ServerApp.port_retries=0 --IdentityProvider.token={TOKEN}"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments += " --allow-root"
    log = (course / "lab.log").open("w")
    process = subprocess.Popen(
        # -o: never rebuild the environment here; it is the one in which these tests run
        ["make", "-o", ".venv/.lab", "lab", f"LAB_ARGS={arguments}"],
        cwd=course,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield course, port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
        log.close()


def answer(port: int, path: str) -> tuple[int, str]:
    """Ask until the server is up; give up after forty seconds."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"token {TOKEN}"})
    for _ in range(80):
        try:
            with urllib.request.urlopen(request, timeout=5) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, ""
        except OSError:
            time.sleep(0.5)
    raise AssertionError("JupyterLab did not answer")


def test_make_lab_opens_lesson_00_on_the_students_copy(server: tuple[Path, int]) -> None:
    course, port = server
    before = (course / "notebooks" / "00_start_here.ipynb").read_bytes()
    status, page = answer(port, "/lab/tree/my_notebooks/00_start_here.ipynb")
    assert status == 200 and "jupyter-config-data" in page
    status, content = answer(port, "/api/contents/my_notebooks/00_start_here.ipynb")
    cells = json.loads(content)["content"]["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert status == 200 and code and all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    assert (course / "notebooks" / "00_start_here.ipynb").read_bytes() == before
    log = (course / "lab.log").read_text()
    assert re.search(r"lab/tree/my_notebooks/00_start_here\.ipynb", log), log
