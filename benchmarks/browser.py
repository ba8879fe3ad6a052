"""How long JupyterLab takes in a real browser: a lesson from page load to its last cell, and a slider to its new picture."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator, expect

from benchmarks.rows import Row
from helpers import load
from helpers.explorer import ALL, select_events
from tests.support.browser import chromium, watched_page
from tests.support.browser.lab import Lab, Lesson, jupyterlab

ERA = "rupture-of-1973"
WINDOW = {"width": 1400, "height": 950}
DENSITY = 2  # dots of the screen for each of the page
MOST_ALL, MOST_MUTED, MOST_ERA = 350.0, 250.0, 150.0  # milliseconds

_IMPORTS = ["import pandas, matplotlib.pyplot, ipywidgets"]
# Two explorers; and a slider that only writes its value: what JupyterLab itself takes to ask Python and to show the answer.
_EXPLORERS = [
    """import sys
sys.path.insert(0, "..")
import ipywidgets as widgets
from helpers import explore_timeline, load
events = load("events")""",
    "explore_timeline(events)",
    "explore_timeline(events.copy())",
    f'explore_timeline(events[events["era_id"] == "{ERA}"])',
    """slider = widgets.IntRangeSlider(min=1947, max=2026, value=(1947, 2026))
shown = widgets.HTML()
def write(_):
    low, _ = slider.value
    shown.value = f'<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%22{low}%22/>">'
slider.observe(write, "value")
widgets.VBox([slider, shown])""",
]
# From the key's event to the moment at which the new picture is ready to be seen.
_TIMER = """(box) => {
  window.waits = [];
  const drawn = () => box.querySelector('.widget-html img:not([hidden])');
  let shown = drawn()?.src;
  box.querySelector('.noUi-handle-lower').addEventListener('keydown', () => { window.pressed = performance.now(); }, true);
  new MutationObserver(() => {
    const picture = drawn();
    if (!picture || picture.src === shown) return;
    shown = picture.src;
    picture.decode().then(() => window.waits.push(performance.now() - window.pressed), () => {});
  }).observe(box, {childList: true, subtree: true});
}"""


def browser_rows(repeats: int) -> list[Row]:
    """Measure JupyterLab in Chromium; where there is none, say so."""
    if shutil.which("chromium") is None:
        return [Row("JupyterLab in a browser", "not measured: there is no chromium on this machine")]
    with tempfile.TemporaryDirectory() as folder, jupyterlab(Path(folder)) as lab, chromium() as browser:
        _write(lab, "imports", _IMPORTS)
        _write(lab, "explorers", _EXPLORERS)
        return [_lesson_row(lab, browser, repeats), *_slider_rows(lab, browser, 3 * repeats)]


def _write(lab: Lab, name: str, cells: list[str]) -> None:
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}  # or JupyterLab would ask for one
    nbformat.write(notebook, lab.course / "my_notebooks" / f"{name}.ipynb")


def _lesson_row(lab: Lab, browser: Browser, repeats: int) -> Row:
    times: dict[str, list[float]] = {"00_start_here": [], "imports": []}
    for _ in range(repeats + 1):  # the first fills the caches
        for name, found in times.items():
            found.append(_load_and_run(lab, browser, name))
    ours, base = (median(found[1:]) for found in times.values())
    what = "lesson 00 in JupyterLab in Chromium, from page load to all cells done, against a notebook with imports only"
    return Row(what, f"{ours:.1f} s", f"{base:.1f} s", ours / base)


def _load_and_run(lab: Lab, browser: Browser, name: str) -> float:
    """Open a notebook in a new page and run it; return the seconds. Afterwards its kernel ends."""
    page, _ = watched_page(browser, viewport=WINDOW)
    start = time.perf_counter()
    lesson = lab.open(page, name)
    lesson.run_all()
    seconds = time.perf_counter() - start
    lesson.shut_down()
    page.context.close()
    return seconds


def _slider_rows(lab: Lab, browser: Browser, moves: int) -> list[Row]:
    page, _ = watched_page(browser, viewport=WINDOW, device_scale_factor=DENSITY)
    lesson = lab.open(page, "explorers")
    lesson.run_all()
    events = load("events")
    era = events[events["era_id"] == ERA]
    base = median(_waits(lesson, "slider =", iter([True] * moves)))
    rows = []
    for name, source, table, kind, most in (
        (f"all {len(events)} events", "explore_timeline(events)", events, "", MOST_ALL),
        (f"all {len(events)} events, those of one kind in colour", "events.copy()", events, "diplomacy", MOST_MUTED),
        (f"the {len(era)} events of one era", "explore_timeline(events[", era, "", MOST_ERA),
    ):
        if kind:
            _choose(lesson.cell(source), kind)
        found = _waits(lesson, source, _changes(table, moves, kind))
        ours = median(found)
        what = f"slider to new picture in JupyterLab in Chromium, {name}, against a slider that only writes its value"
        measured = f"{ours:.0f} ms (least {min(found):.0f})"
        rows.append(Row(what, measured, f"{base:.0f} ms", ours / base, f"{most:.0f} ms", ours <= most))
    page.context.close()
    return rows


def _choose(cell: Locator, kind: str) -> None:
    """Choose a kind of events, and wait for its picture."""
    cell.get_by_label("Kind").fill(kind)
    cell.get_by_label("Words").click()
    expect(cell.locator("code").last).to_contain_text(f'kind="{kind}"')


def _changes(events: pd.DataFrame, most: int, kind: str) -> Iterator[bool]:
    """For one year after the other from the first: whether leaving out all before it changes what is shown."""
    first, last = int(events["earliest"].dt.year.min()), int(events["latest"].dt.year.max())
    counts = [len(select_events(events, years=(year, last), kind=kind or ALL)) for year in range(first, last)]
    changes = [before != after and after > 0 for before, after in pairwise(counts)]
    yield from changes[:most]


def _waits(lesson: Lesson, source: str, changes: Iterator[bool]) -> list[float]:
    """Move a slider's lower handle year by year; return the milliseconds until the picture followed, where it had to."""
    cell: Locator = lesson.cell(source)
    cell.evaluate(_TIMER)
    handle = cell.locator(".noUi-handle-lower")
    handle.scroll_into_view_if_needed()
    handle.focus()
    expected = 0
    for changed in changes:
        lesson.page.keyboard.press("ArrowRight")
        expected += changed
        lesson.page.wait_for_function("count => window.waits.length >= count", arg=expected)
        lesson.page.wait_for_timeout(150)
    waits: list[float] = lesson.page.evaluate("window.waits")
    return waits[1:]  # the first picture finds no cache
