"""How long the edition with no server takes in a browser, from the first page to the answer of the first cell."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, expect

from benchmarks.rows import Row
from tests.support.browser import chromium, serve, wait_for_a_kernel, watched_page
from tools.editions.site import assemble

CACHE = Path(__file__).resolve().parent.parent / "build" / "cache" / "site"
FOLDER = "course"  # as a free host of static pages serves it
WINDOW = {"width": 1280, "height": 850}
MOST = 12.0  # seconds
PATIENCE = 90_000  # milliseconds


def edition_rows(repeats: int) -> list[Row]:
    """Measure the browser edition in Chromium; where there is none, say so."""
    if shutil.which("chromium") is None:
        return [Row("the browser edition", "not measured: there is no chromium on this machine")]
    with tempfile.TemporaryDirectory() as folder:
        built = assemble.build(Path(folder) / FOLDER, CACHE)
        with serve(Path(folder)) as host, chromium() as browser:
            visits = [_first_visit(browser, f"{host}/{FOLDER}/") for _ in range(repeats + 1)][1:]
    shown, answered = (median(times) for times in zip(*visits, strict=True))
    what = "first visit to the browser edition, from a link to the answer of the first cell, against seeing the lesson"
    size = Row("size of the browser edition", f"{built.size / 1e6:.1f} MB", bound="60 MB", within=built.size <= 60_000_000)
    return [Row(what, f"{answered:.1f} s", f"{shown:.1f} s", answered / shown, f"{MOST:.0f} s", answered <= MOST), size]


def _first_visit(browser: Browser, address: str) -> tuple[float, float]:
    """Return the seconds until lesson 00 is seen, and until its first line of arithmetic has its answer."""
    page, _ = watched_page(browser, viewport=WINDOW)  # a new context: it has kept nothing
    page.goto(address)
    begin = time.perf_counter()
    page.get_by_role("link", name="Begin with lesson 00").click()
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(1)
    expect(cell).to_be_visible(timeout=PATIENCE)
    shown = time.perf_counter() - begin
    wait_for_a_kernel(page)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-OutputArea-output").first).to_contain_text("74", timeout=PATIENCE)
    answered = time.perf_counter() - begin
    page.context.close()
    return shown, answered
