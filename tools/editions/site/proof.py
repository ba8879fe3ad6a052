"""Run every lesson in the browser edition with the real packages, and compare what comes out with what is stored.

The five big packages are published for browsers on one content network alone, so this is no part of the tests. Whoever has
them in a folder repeats it: ``make site-proof ARGS="--wheels FOLDER"``. Text must be equal, and every figure must be seen.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from classroom.lesson_files import lessons
from tools.editions.site import assemble, pyodide
from tools.editions.site.errors import SiteError

BUILD = Path("build")
OPENS, RUNS = 120_000, 600_000  # milliseconds: until a lesson has a kernel; until all of its cells have run
# What differs by its nature: an address in memory, the number of a widget, how long something took.
_CHANGING = re.compile(r"0x[0-9a-f]+|[0-9a-f]{32}|\d+(\.\d+)? (ms|µs|s)\b")
_STARTED = "[...document.querySelectorAll('.jp-InputPrompt')].some(prompt => /\\d|\\*/.test(prompt.textContent))"
_ENDED = "![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('*'))"
# Scrolls on by most of a window; true at the end.
_SCROLLS = """notebook => {
  const boxes = [notebook, ...notebook.querySelectorAll('.jp-WindowedPanel-outer')];
  const box = boxes.find(one => one.scrollHeight > one.clientHeight + 5) ?? notebook;
  const before = box.scrollTop;
  box.scrollTop += 0.7 * box.clientHeight;
  return box.scrollTop <= before;
}"""
_SHOWN = "async image => { await image.decode(); return image.naturalWidth }"


@dataclass(frozen=True)
class Proof:
    """What came of one lesson."""

    lesson: str  # its name
    cells: int  # how many cells of code it has
    unequal: tuple[str, ...]  # what is not as stored, one sentence each
    # figures and seen: How many figures are stored, and how many the browser showed.
    figures: int
    seen: int
    # requests and failed: How many files the page asked for, and how many were not to be had.
    requests: int
    failed: int

    @property
    def holds(self) -> bool:
        """Whether all is as stored."""
        return not self.unequal and self.figures == self.seen

    def __str__(self) -> str:
        """Return one line for the report."""
        equal = self.cells - len(self.unequal)
        return (
            f"{self.lesson}: {equal} of {self.cells} cells equal, {self.seen} of {self.figures} figures seen, "
            f"{self.requests} requests, {self.failed} of them failed"
        )


def main(arguments: list[str] | None = None) -> int:
    """Build the site with the packages of a folder, run its lessons in Chromium, and report."""
    parser = argparse.ArgumentParser(prog="site-proof", description="Run all lessons in a browser, with the real packages.")
    parser.add_argument(
        "--wheels", metavar="DIR", type=Path, required=True, help="a folder with the five packages of Pyodide"
    )
    parser.add_argument("--lessons", nargs="*", metavar="NN", help="which, by their numbers; default: all")
    given = parser.parse_args(arguments)
    chosen = [path for path in lessons() if not given.lessons or path.name[:2] in given.lessons]
    try:
        built = assemble.build(
            (BUILD / "site-proof").resolve(), (BUILD / "cache" / "site").resolve(), given.wheels.resolve()
        )
    except SiteError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Pyodide {pyodide.VERSION}, with {', '.join(sorted(path.name for path in given.wheels.glob('*.whl')))}")
    with served(built.folder) as address, chromium() as browser:
        print(f"Chromium {browser.version}")
        found = [prove(browser, address, path) for path in chosen]
    for proof in found:
        print(proof)
        print("".join(f"  {fault}\n" for fault in proof.unequal), end="")
    return 0 if found and all(proof.holds for proof in found) else 1


def prove(browser: Browser, address: str, lesson: Path) -> Proof:
    """Run one lesson in a page of its own, of the site at `address`."""
    stored = nbformat.read(lesson, as_version=4)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(f"{address}/lab/index.html?path=notebooks/{lesson.name}")
    run_all(page)
    seen = figures_seen(page)
    ran = downloaded(page)
    failed = sum(bool(request.failure) or _status(request) >= 400 for request in asked)
    page.close()
    unequal = differences(stored, ran)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    return Proof(lesson.name, len(code), tuple(unequal), len(_pictures(stored)), seen, len(asked), failed)


def differences(stored: NotebookNode, ran: NotebookNode) -> list[str]:
    """Say, a sentence a cell, where the text of outputs is not as stored; a picture counts as "there", whatever its dots."""
    by_id = {cell.id: cell for cell in ran.cells}
    found = []
    for cell in stored.cells:
        if cell.cell_type != "code":
            continue
        if cell.id not in by_id:
            found.append(f"cell {cell.id}: it is not in the notebook that was saved")
            continue
        wanted, got = _words(cell.outputs), _words(by_id[cell.id].outputs)
        if wanted != got:
            found.append(f"cell {cell.id}: stored {_short(wanted)}, in the browser {_short(got)}")
    return found


def run_all(page: Page) -> None:
    """Wait for the kernel, run all cells from the menu, and wait until none of them waits or runs.

    A cell that fails on purpose has the tag ``raises-exception``, and JupyterLab goes on after it.
    """
    expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=OPENS)
    expect(page.locator(".jp-KernelName").first).to_have_text(re.compile("Pyodide"), timeout=OPENS)
    indicator = page.locator(".jp-Notebook-ExecutionIndicator").first
    expect(indicator).to_have_attribute("data-status", re.compile("unknown|busy|idle"), timeout=OPENS)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(_STARTED, timeout=OPENS)
    page.wait_for_function(_ENDED, timeout=RUNS)


def downloaded(page: Page) -> NotebookNode:
    """Save the lesson and return it as a student downloads it."""
    page.keyboard.press("Control+s")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Saving completed", timeout=OPENS)
    page.get_by_role("menuitem", name="File", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download", exact=True).click()
    notebook: NotebookNode = nbformat.reads(Path(download.value.path()).read_text(encoding="utf-8"), as_version=4)
    return notebook


def figures_seen(page: Page) -> int:
    """Count the pictures of a lesson that have a width when one scrolls to their cells."""
    widths: dict[str, int] = {}
    notebook = page.locator(".jp-Notebook").first
    for _ in range(300):
        for image in page.locator(".jp-Notebook .jp-RenderedImage img").all():
            widths[str(image.get_attribute("src"))] = int(image.evaluate(_SHOWN))
        if notebook.evaluate(_SCROLLS):
            break
        page.wait_for_timeout(150)
    return sum(width > 0 for width in widths.values())


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of the machine, or the one that Playwright has fetched."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=as_root)
        try:
            yield browser
        finally:
            browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine, and yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def _status(request: Request) -> int:
    response = request.response()
    return response.status if response else 0


def _words(outputs: Sequence[NotebookNode]) -> list[str]:
    """Return what can be compared of outputs, in order: text, an error, and that there is a picture or a widget."""
    found: list[str] = []
    for output in outputs:
        if output.output_type == "stream":
            found.append(_CHANGING.sub("…", str(output.text)))
        elif output.output_type == "error":
            # The kernel of the page names the class of an error in its own way.
            name = re.sub(r"<class '(?:\w+\.)*(\w+)'>", r"\1", output.ename)
            found.append(f"{name}: {output.evalue}")
        else:
            data = output.data
            kinds = [kind for kind in data if kind.startswith(("image/", "application/vnd.jupyter.widget"))]
            texts = [str(data[kind]) for kind in ("text/html", "text/markdown", "text/plain") if kind in data]
            found.append(kinds[0] if kinds else _CHANGING.sub("…", texts[0] if texts else json.dumps(data)))
    return found


def _pictures(notebook: NotebookNode) -> list[NotebookNode]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output for output in outputs if "image/png" in output.get("data", {})]


def _short(words: list[str]) -> str:
    text = " | ".join(words) or "nothing"
    return repr(text if len(text) <= 120 else text[:120] + "…")


if __name__ == "__main__":
    sys.exit(main())
