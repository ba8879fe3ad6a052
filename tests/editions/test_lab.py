"""`make lab` serves JupyterLab with lesson 00 open, on a student's copy, and never touches the lessons; also on a machine
where a person has set Python and Jupyter up for other work."""

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

from tests.support.environment import needs_program

ROOT = Path(__file__).resolve().parents[2]
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
    for name in ("data", "helpers", "classroom", "tools", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "requirements.txt"):
        shutil.copy2(ROOT / name, tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


def what_a_person_has_set(folder: Path) -> dict[str, str]:
    """Settings for other work, each of which once kept JupyterLab or its kernels from starting."""
    elsewhere = folder / "elsewhere"
    for place in ("path", "data"):
        kernel = elsewhere / place / "kernels" / "python3" / "kernel.json"
        kernel.parent.mkdir(parents=True)
        kernel.write_text(json.dumps({"argv": ["/nowhere/python"], "display_name": "Old", "language": "python"}))
    for name in ("pandas.py", "sitecustomize.py"):
        (elsewhere / name).write_text("import os; os._exit(1)")
    settings = "".join(f"c.{name}.preferred_dir = {str(elsewhere)!r}\n" for name in ("ServerApp", "FileContentsManager"))
    settings += f"c.ServerApp.root_dir = c.FileContentsManager.root_dir = {str(elsewhere)!r}\n"
    settings += "c.ServerApp.contents_manager_class = c.ServerApp.kernel_spec_manager_class = 'not_here.Manager'\n"
    for place in ("config", "config_path"):
        (elsewhere / place).mkdir()
        (elsewhere / place / "jupyter_server_config.py").write_text(settings)
    return {
        "JUPYTER_CONFIG_DIR": str(elsewhere / "config"),
        "JUPYTER_CONFIG_PATH": str(elsewhere / "config_path"),
        "JUPYTER_PATH": str(elsewhere / "path"),
        "JUPYTER_DATA_DIR": str(elsewhere / "data"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "PYTHONPATH": str(elsewhere),
        "PYTHONHOME": "/nowhere",
        "PYTHONSTARTUP": "/nowhere/startup.py",
        "JUPYTERLAB_DIR": str(elsewhere / "lab"),
        "MPLBACKEND": "TkAgg",
    }


@pytest.fixture
def server(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
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
        env=os.environ | what_a_person_has_set(tmp_path_factory.mktemp("person")),
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
    status, kernels = answer(port, "/api/kernelspecs")
    ours = json.loads(kernels)["kernelspecs"]["python3"]["spec"]
    assert status == 200 and ours["argv"][0] != "/nowhere/python"
    log = (course / "lab.log").read_text()
    assert re.search(r"lab/tree/my_notebooks/00_start_here\.ipynb", log), log
