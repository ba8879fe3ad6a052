"""JupyterLab as `make lab` starts it, on a copy of the course; and a notebook in it, used as a student uses it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.reader import NotJSONError
from nbformat.sign import NotebookNotary
from playwright.sync_api import Locator, Page, expect

from tests.support.browser.served import free_port
from tests.support.environment import needs_program

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("data", "helpers", "classroom", "tools", "notebooks")
FILES = ("Makefile", "requirements.txt", "requirements-test.txt")
TOKEN = "a-token-of-the-tests"
# The extensions that a student's environment has. That of the tests holds more: nbgrader's, and JupyterLite's, which a
# JupyterLab with a server can't even load.
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "jupyterlab_pygments")
# What axe looks at: what our code and our texts put on JupyterLab's page.
OURS = (".jp-OutputArea-output", ".jp-MarkdownOutput")
NOT_OURS = (
    # JupyterLab writes the <img> of a PNG and leaves out the alternative text in the output's metadata (a proposal to change
    # that is open: https://github.com/jupyter/enhancement-proposals/issues/120). So the words stand beneath each picture.
    ".jp-RenderedImage img",
)
UP, RUN = 120.0, 60_000  # seconds until the server answers; milliseconds until a lesson has run


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that runs.

    Attributes
    ----------
    course : pathlib.Path
        The copy of the course that it serves.
    address : str
        Where, without a slash at its end.
    """

    course: Path
    address: str

    def open(self, page: Page, lesson: str, folder: str = "my_notebooks") -> Lesson:
        """Open a lesson, and wait until its kernel is ready.

        Parameters
        ----------
        page : playwright.sync_api.Page
            An empty page.
        lesson : str
            The name of the notebook, without its ending.
        folder : {"my_notebooks", "notebooks"}
            A student's copy, or the lesson with its stored outputs.

        Returns
        -------
        Lesson
        """
        # A workspace of its own: JupyterLab would open again what another page has open.
        page.goto(f"{self.address}/lab/workspaces/{lesson}/tree/{folder}/{lesson}.ipynb?token={TOKEN}")
        opened = Lesson(page, self.course / folder / f"{lesson}.ipynb")
        # The indicator beside the kernel's name says "idle" before there is a kernel. Whoever runs all cells while the
        # kernel still connects gets the first one only: the status bar tells when it is ready.
        expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
        return opened


class Lesson:
    """A notebook in JupyterLab.

    Parameters
    ----------
    page : playwright.sync_api.Page
        Where it is open.
    path : pathlib.Path
        Its file.
    """

    INDICATOR = ".jp-Notebook-ExecutionIndicator"

    def __init__(self, page: Page, path: Path) -> None:
        self.page, self.path = page, path
        self.code_cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]

    def cell(self, source: str) -> Locator:
        """Return the code cell that contains this text."""
        number = next(k for k, cell in enumerate(self.code_cells) if source in cell.source)
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(number)

    def menu(self, *path: str) -> None:
        """Choose an entry of the menus with the mouse."""
        for name in path:
            self.page.get_by_role("menuitem", name=name, exact=True).click()

    def run_all(self) -> None:
        """Run all cells, and wait until the last has run."""
        self.menu("Run", "Run All Cells")
        self._wait_for(len(self.code_cells))

    def restart_and_run_all(self) -> None:
        """Restart the kernel and run all cells, and wait until the last has run."""
        self.menu("Run", "Restart Kernel and Run All Cells…")
        self.page.get_by_role("button", name="Confirm Kernel Restart").click()
        last = self.page.locator(".jp-Notebook .jp-CodeCell").last.locator(".jp-InputArea-prompt")
        expect(last).to_have_text(re.compile(r"\[[ *]\]"))  # the number of the run before is gone
        self._wait_for(len(self.code_cells))

    def run(self, source: str) -> Locator:
        """Run one cell, and return it; its output may take a moment."""
        cell = self.cell(source)
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator(self.INDICATOR)).to_have_attribute("data-status", "idle")
        return cell

    def answer(self, source: str, text: str) -> None:
        """Write a text in the place of a cell's first line, and run the cell.

        Parameters
        ----------
        source : str
            A text that the cell contained when the lesson was opened.
        text : str
            The new first line of the cell.
        """
        cell = self.cell(source)
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        expect(cell.locator(".cm-content")).to_be_focused()  # else the text would go elsewhere
        for key in ("Control+Home", "Shift+End"):
            self.page.keyboard.press(key)
        self.page.keyboard.insert_text(text)
        expect(cell.locator(".cm-line").first).to_have_text(text)
        self.page.keyboard.press("Control+Enter")

    def saved(self) -> NotebookNode:
        """Save with the keyboard, and return the file."""
        before = self.path.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        for _ in range(200):
            self.page.wait_for_timeout(50)
            if self.path.stat().st_mtime_ns != before:
                with suppress(NotJSONError):  # half of it is there
                    return NotebookNode(nbformat.read(self.path, as_version=4))
        raise AssertionError("JupyterLab did not save the notebook")

    def shut_down(self) -> None:
        """End the kernel, with the mouse."""
        self.menu("Kernel", "Shut Down Kernel")
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("No Kernel")

    def _wait_for(self, count: int) -> None:
        """Wait until the last code cell has this number, and the kernel rests."""
        prompt = self.page.locator(".jp-Notebook .jp-CodeCell").last.locator(".jp-InputArea-prompt")
        expect(prompt).to_have_text(re.compile(rf"\[{count}\]"), timeout=RUN)
        expect(self.page.locator(self.INDICATOR)).to_have_attribute("data-status", "idle", timeout=RUN)


def trust(folder: Path, notebook: Path) -> None:
    """Sign a notebook as its reader's own, so that its stored outputs are shown whole; see `jupyterlab` for `folder`."""
    notary = NotebookNotary(data_dir=str(folder / "jupyter_data_dir"))
    notary.sign(nbformat.read(notebook, as_version=4))


@contextmanager
def jupyterlab(folder: Path, settings: Mapping[str, Mapping[str, object]] | None = None) -> Iterator[Lab]:
    """Copy the course, start JupyterLab on the copy with ``make lab``, and end it afterwards.

    Parameters
    ----------
    folder : pathlib.Path
        An empty folder.
    settings : mapping of str to mapping, optional
        What a user has set, by the name of JupyterLab's plugin.

    Yields
    ------
    Lab

    Raises
    ------
    AssertionError
        If the server does not answer.
    """
    needs_program("make")
    if not (ROOT / ".venv" / ".lab").exists():
        pytest.skip("there is no .venv that make has built")
    course, port = _copy(folder / "course"), free_port()
    for plugin, values in (settings or {}).items():
        file = folder / "jupyterlab_settings_dir" / f"{plugin.replace(':', '/')}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    options = f"--no-browser --port={port} --ServerApp.port_retries=0 --IdentityProvider.token={TOKEN}"
    options += f" --LabApp.labextensions_path={_extensions(folder / 'extensions')}"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options += " --allow-root"
    # -o: never rebuild the environment here; it is the one in which these tests run
    command = ["make", "-o", ".venv/.lab", "lab", f"LAB_ARGS={options}"]
    with (folder / "lab.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=course, env=_environment(folder), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            lab = Lab(course, f"http://127.0.0.1:{port}")
            _wait_until_up(lab, process, folder / "lab.log")
            yield lab
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


def _copy(course: Path) -> Path:
    """Copy what `make lab` needs; the environment is shared."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, course / name, ignore=shutil.ignore_patterns("article.txt"))
    for name in FILES:
        shutil.copy2(ROOT / name, course)
    (course / ".venv").symlink_to(ROOT / ".venv")
    return course


def _extensions(folder: Path) -> Path:
    for name in EXTENSIONS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(ROOT / ".venv" / "share" / "jupyter" / "labextensions" / name)
    return folder


def _environment(folder: Path) -> dict[str, str]:
    """A student's: no backend chosen for matplotlib, and none of this machine's settings of Jupyter."""
    kept = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    places = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_DATA_DIR")
    return kept | {name: str(folder / name.lower()) for name in places}


def _wait_until_up(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + UP
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{lab.address}/api?token={TOKEN}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not answer. Its last words: {log.read_text()[-2000:]}")
