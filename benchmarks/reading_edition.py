"""How soon the pages of the reading edition are seen when they are opened from a disk, and what the start page weighs."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser

from benchmarks.rows import Row
from tests.support.browser import chromium, watched_page
from tools.editions.book.build import build

WINDOW = {"width": 1366, "height": 768}
PAGES = {"start page": "index.html", "lesson 08": "08_new_chapter.html"}
MOST = 1.0  # seconds
MOST_BYTES = 300_000
# The largest element may be replaced by a larger one as long as the page is being laid out: the last entry counts.
_SEEN = """() => new Promise((done) => {
  let seen = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { seen = entry.startTime; }))
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => done(seen), 700);
})"""


def reading_rows(repeats: int) -> list[Row]:
    """Measure the reading edition in Chromium; where there is none, say so."""
    if shutil.which("chromium") is None:
        return [Row("the reading edition", "not measured: there is no chromium on this machine")]
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        out = Path(folder) / "book"
        build(out)
        visits = {name: [_visit(browser, out / page) for _ in range(repeats)] for name, page in PAGES.items()}
    rows = []
    for name, seen in visits.items():
        paint = median(seconds for seconds, _ in seen)
        what = f"Largest Contentful Paint of the reading edition from disk: {name}"
        rows.append(Row(what, f"{paint:.2f} s", bound=f"{MOST:.0f} s", within=0 < paint <= MOST))
    size = visits["start page"][0][1]
    what = "weight of the reading edition's start page, with all that it fetches"
    return [*rows, Row(what, f"{size / 1000:.0f} KB", bound=f"{MOST_BYTES // 1000} KB", within=size <= MOST_BYTES)]


def _visit(browser: Browser, path: Path) -> tuple[float, int]:
    """Return the seconds until the largest element was painted, and the bytes of all files that the page took."""
    page, _ = watched_page(browser, viewport=WINDOW)  # a new context: it has kept nothing
    taken: set[str] = set()
    page.on("request", lambda request: taken.add(request.url))
    page.goto(path.as_uri())
    seconds = page.evaluate(_SEEN) / 1000
    files = {Path(unquote(urlsplit(address).path)) for address in taken if address.startswith("file:")}
    page.context.close()
    return seconds, sum(file.stat().st_size for file in files)
