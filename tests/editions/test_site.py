"""The edition that runs in a browser with no server: built once, then looked at as files and in a real browser.

It is served under a folder, as a free host of static pages does, and requests to other machines are refused: what needs
them must say so in plain words.
"""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.support.browser import ENGINES, Watch, axe, chromium, engine, serve, wait_for_a_kernel, watched_page
from tests.support.environment import needs_program
from tests.support.lesson import LESSONS
from tests.support.stand_ins import a_wheel
from tools.editions.site import assemble, pyodide, wheels
from tools.editions.site.in_page.course_page import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "build" / "cache" / "site"
FOLDER = "course"
DESKTOP, PHONE = {"width": 1280, "height": 850}, {"width": 390, "height": 844}
FIRST_VISIT = 25_000_000
OPENS = 90_000  # milliseconds that JupyterLab and Python may take on a machine that is busy with other tests


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of today's lessons. Downloads are kept in ``build/cache``."""
    if not (CACHE / f"pyodide-{pyodide.VERSION}.tgz").exists():
        needs_program("npm")
    folder = tmp_path_factory.mktemp("host") / FOLDER
    built = assemble.build(folder, CACHE)
    assert built.size <= 60_000_000
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site.parent) as host:
        yield f"{host}/{FOLDER}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # course.test stands for "another machine, over plain http"; it leads back to this one.
    with chromium("--host-resolver-rules=MAP course.test 127.0.0.1") as running:
        yield running


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


# As files


def test_every_lesson_table_and_helper_is_there_and_listed(site: Path) -> None:
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    wanted = {f"notebooks/{path.name}" for path in LESSONS} | {f"data/{table['path']}" for table in package["resources"]}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "helpers").rglob("*.py")} | {"data/datapackage.json"}
    assert len(LESSONS) == 11 and len(wanted) > 50
    assert {f"files/{name}" for name in wanted} <= files(site)
    listed = set()
    for listing in (site / "api" / "contents").rglob("all.json"):
        listed |= {entry["path"] for entry in json.loads(listing.read_text(encoding="utf-8"))["content"]}
    assert wanted <= listed


def test_nothing_is_there_that_gives_answers_away_or_weighs_for_nothing(site: Path) -> None:
    bad = re.compile(r"\.map$|/tests/|assignments|teaching|classroom|article\.txt|gradebook|lesson_template|__pycache__")
    assert not [name for name in files(site) if bad.search(name)]
    assert not [path for path in (site / "files").rglob("*.ipynb") if "BEGIN SOLUTION" in path.read_text(encoding="utf-8")]


def test_the_lock_names_what_the_site_carries_and_five_packages_elsewhere(site: Path) -> None:
    python = site / "static" / "pyodide"
    packages = json.loads((python / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    outside = {name for name, entry in packages.items() if "//" in entry["file_name"]}
    assert outside == {"numpy", "pandas", "matplotlib", "pillow", "kiwisolver"}
    for name in set(packages) - outside:
        assert wheels.sha256(python / packages[name]["file_name"]) == packages[name]["sha256"], name
    course = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name in ("numpy", "ipywidgets"):
        assert f"\n{name}=={packages[name]['version']} " in f"\n{course}", name
    # The lock has newer ones; lessons are tested with both.
    assert (packages["pandas"]["version"], packages["matplotlib"]["version"]) == ("3.0.2", "3.10.8")


def test_the_first_page_leads_to_every_lesson_and_says_where_the_work_is(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    for lesson in LESSONS:
        assert f'href="lab/index.html?path=notebooks/{lesson.name}"' in page
        assert f'href="notebooks/index.html?path=notebooks/{lesson.name}"' in page
    assert "only in this browser, on this device" in page and "<em>Download</em>" in page
    assert (site / "lab" / "index.html").is_file() and (site / "notebooks" / "index.html").is_file()


# In a browser: a lesson


@dataclass
class Opened:
    """A lesson that is open, and what the browser fetched for it."""

    page: Page
    watch: Watch
    fetched: set[str]

    def run(self, number: int, code: str | None = None) -> Locator:
        """Run a code cell, with other code if wished, and return its output."""
        cell = self.page.locator(".jp-Notebook .jp-CodeCell").nth(number)
        expect(cell).to_be_visible(timeout=OPENS)
        wait_for_a_kernel(self.page)
        cell.locator(".cm-content").click()
        if code is not None:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(code)
            expect(cell).to_contain_text(code.splitlines()[-1])  # the first cell, with the tools, cannot be changed
        self.page.keyboard.press("Control+Enter")
        output = cell.locator(".jp-OutputArea")
        expect(output.locator(".jp-OutputArea-output").first).to_be_visible(timeout=OPENS)
        return output


@pytest.fixture(scope="module")
def lesson(browser: Browser, address: str) -> Iterator[Opened]:
    """Lesson 00, opened as a student opens it the first time, with its first line of arithmetic run."""
    page, watch = watched_page(browser, viewport=DESKTOP)
    fetched: set[str] = set()

    def note(request: Request) -> None:
        fetched.add(urlsplit(request.url).path)

    page.context.on("requestfinished", note)
    page.goto(f"{address}/")
    page.get_by_role("link", name="Begin with lesson 00").click()
    expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=OPENS)
    opened = Opened(page, watch, fetched)
    output = opened.run(1)
    expect(output).to_contain_text("74")
    yield opened
    page.context.close()


def test_a_first_visit_is_light_and_asks_nobody_else(lesson: Opened, site: Path) -> None:
    """Bytes as a host sends them: packed, if that makes a file smaller."""
    assert lesson.watch.outside == [] and lesson.watch.errors == []
    sent = [site / path.removeprefix(f"/{FOLDER}/") for path in lesson.fetched]
    contents = [path.read_bytes() for path in sent if path.is_file()]
    size = sum(min(len(content), len(gzip.compress(content, 6))) for content in contents)
    assert 8_000_000 < size <= FIRST_VISIT


def test_a_table_can_be_read(lesson: Opened) -> None:
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    code = """import csv
rows = list(csv.DictReader(open("../data/events.csv", encoding="utf-8", newline="")))
len(rows), rows[-1]["event_id"]"""
    expect(lesson.run(2, code)).to_contain_text(f"({len(rows)}, '{rows[-1]['event_id']}')")


def test_helpers_are_found_as_in_every_other_door_and_cost_nothing_until_used(lesson: Opened) -> None:
    code = """import sys
sys.path.insert(0, "..")
package = __import__("helpers")  # so, the page does not see the import, as it does not see those inside the helpers
from os import listdir
print(package.__file__, "load" in dir(package), "pandas" in sys.modules, "matplotlib" in sys.modules)
print(__import__("helpers.edtf").edtf.parse("195X").latest, "__pycache__" in listdir("../helpers"))"""
    output = lesson.run(3, code)
    expect(output).to_contain_text("helpers/__init__.py True False False")
    expect(output).to_contain_text("1959-12-31 False")


def test_a_figure_is_seen_and_kept_as_text(lesson: Opened) -> None:
    """Published by the helpers' own function, which needs none of the absent packages: what they draw is a PNG as well."""
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(picture, "png")
    code = f"""import sys
sys.path.insert(0, "..")
put_figure = __import__("helpers.output").output.put_figure
put_figure({picture.getvalue()!r}, "A green field", "From $5 to $7 million.\\n- It is green")"""
    output = lesson.run(4, code)
    image = output.locator(".jp-RenderedImage img")
    expect(image).to_be_visible()
    assert image.evaluate("async image => { await image.decode(); return image.naturalWidth }") == 30
    expect(output).to_contain_text("In words. From $5 to $7 million.")
    lesson.page.keyboard.press("Control+s")
    expect(lesson.page.locator("#jp-main-statusbar")).to_contain_text("Saving completed")
    lesson.page.get_by_role("menuitem", name="File", exact=True).click()
    with lesson.page.expect_download() as download:
        lesson.page.get_by_role("menuitem", name="Download", exact=True).click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    outputs = [output for cell in saved["cells"] for output in cell.get("outputs", [])]
    kept = [output for output in outputs if "image/png" in output.get("data", {})]
    assert ["".join(output["data"]["image/png"]) for output in kept] == [base64.b64encode(picture.getvalue()).decode()]
    assert [output["metadata"]["image/png"]["alt"] for output in kept] == ["A green field"]


def test_a_slider_answers_to_the_keyboard(lesson: Opened) -> None:
    code = """import ipywidgets as widgets
slider, label = widgets.IntSlider(value=3, max=9, description="Years"), widgets.Label()
slider.observe(lambda change: setattr(label, "value", f"now {change['new']} years"), "value")
widgets.VBox([slider, label])"""
    output = lesson.run(5, code)
    handle = output.locator(".noUi-handle")
    expect(handle).to_be_visible()
    handle.focus()
    lesson.page.keyboard.press("ArrowRight")
    expect(output).to_contain_text("now 4 years")


def test_without_its_packages_the_page_says_so_in_plain_words(lesson: Opened) -> None:
    """Also when only the helpers import pandas: the page must have tried to fetch it."""
    before = len(lesson.watch.outside)
    output = lesson.run(6, "from helpers import load\nload('events')")
    expect(output).to_contain_text("This page could not load pandas, matplotlib, numpy, pillow and kiwisolver.")
    expect(output).to_contain_text("Restart Kernel")
    expect(output).not_to_contain_text("Traceback")
    asked = lesson.watch.outside[before:]
    packages = json.loads((CACHE / f"pyodide-{pyodide.VERSION}" / "pyodide-lock.json").read_text(encoding="utf-8"))[
        "packages"
    ]
    assert set(asked) == set(map(str, wheels.big_five(packages, None).values()))
    expect(lesson.run(0)).to_contain_text("This page could not load pandas")
    expect(lesson.run(7, "import colour_of_the_sky")).to_contain_text("No module named 'colour_of_the_sky'")


def test_the_work_is_kept_in_this_browser_and_a_lesson_can_be_had_back(browser: Browser, address: str) -> None:
    page, _ = watched_page(browser, viewport=DESKTOP)
    opened = f"{address}/lab/index.html?path=notebooks/01_founding_years.ipynb"
    page.goto(opened)
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(1)  # the first, with the tools, cannot be changed
    expect(cell).to_be_visible(timeout=OPENS)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("mine = 1")
    expect(cell).to_contain_text("mine = 1")
    page.keyboard.press("Control+s")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Saving completed")
    page.goto(opened)  # as from the first page; a mere reload may find a window without a lesson in it
    expect(cell).to_contain_text("mine = 1", timeout=OPENS)
    page.get_by_role("menuitem", name="File", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download", exact=True).click()
    assert "mine = 1" in Path(download.value.path()).read_text(encoding="utf-8")
    page.locator(".jp-DirListing-item", has_text="01_founding").click(button="right")
    page.get_by_role("menuitem", name="Delete").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(page.locator(".jp-Notebook")).to_have_count(0)
    page.goto(opened)
    expect(cell).to_contain_text('events = load("events")', timeout=OPENS)
    page.context.close()


def test_with_the_five_packages_in_a_folder_the_page_asks_nobody(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real five cannot be had everywhere; five others under their names take the same way."""
    theirs, folder = wheels.read_lock(pyodide.fetch(CACHE)), tmp_path / "five"
    folder.mkdir()
    for module, name in PACKAGES.items():
        entry = theirs["packages"][name]
        file = a_wheel(folder / entry["file_name"], module=module, code="here = __name__")
        entry["sha256"] = wheels.sha256(file)
    monkeypatch.setattr(wheels, "read_lock", lambda _: theirs)
    built = assemble.build(tmp_path / "host" / FOLDER, CACHE, folder)
    assert built.outside == () and "asks no other machine for anything" in (built.folder / "index.html").read_text("utf-8")
    with serve(built.folder.parent) as host:
        page, watch = watched_page(browser, viewport=DESKTOP)
        page.goto(f"{host}/{FOLDER}/notebooks/index.html?path=notebooks/00_start_here.ipynb")
        code = (
            "import pandas as pd, matplotlib, numpy, kiwisolver\nfrom PIL import here\nprint(pd.here, matplotlib.here, here)"
        )
        expect(Opened(page, watch, set()).run(1, code)).to_have_text("pandas matplotlib PIL")
        assert watch.outside == [] and watch.errors == []
        page.context.close()


# In the two other engines

_CELL = "const cell = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[arguments[0]];"
_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC"
# For each step: what is written into a cell, and what is then seen in it.
_STEPS = (
    ("6 * 7", "cell.querySelector('.jp-OutputArea').innerText.includes('42')"),
    (
        'import csv; len(list(csv.DictReader(open("../data/events.csv", encoding="utf-8"))))',
        "/1\\d\\d/.test(cell.innerText)",
    ),
    (
        "import ipywidgets as w; s, l = w.IntSlider(value=3, max=9), w.Label(); "
        's.observe(lambda c: setattr(l, "value", f"now {c[\'new\']}"), "value"); w.VBox([s, l])',
        "cell.querySelector('.noUi-handle')",
    ),
    (
        f'import sys, base64; sys.path.insert(0, ".."); '
        f'__import__("helpers.output").output.put_figure(base64.b64decode("{_PNG}"), "A field", "In words")',
        "cell.querySelector('.jp-RenderedImage img')?.naturalWidth === 10",
    ),
)


@pytest.mark.skipif(
    os.environ.get("ENGINES") != "all", reason="Python starts slowly in these two: ENGINES=all, before a version is released"
)
@pytest.mark.parametrize("name", ENGINES)
def test_python_starts_and_shows_a_table_a_slider_and_a_figure_and_work_is_kept(name: str, address: str) -> None:
    line = "document.querySelectorAll('.jp-Notebook .jp-CodeCell')[arguments[0]]?.querySelector('.cm-content .cm-line')"
    with engine(name) as browser:
        browser.open(f"{address}/")
        browser.resize(1280, 850)
        browser.click("a.begin.wide")
        browser.until("return /Pyodide/.test(document.querySelector('.jp-KernelName')?.textContent)")
        browser.until("return / \\| (Idle|Busy)/.test(document.querySelector('#jp-main-statusbar').innerText)", patience=240)
        for number, (code, seen) in enumerate(_STEPS, 1):
            browser.click(line, number)
            browser.press("Control", "a")
            browser.type(code)
            browser.press("Control", "Enter")
            browser.until(f"{_CELL} return !!({seen})", number)
        browser.run(f"{_CELL} cell.querySelector('.noUi-handle').focus()", 3)
        browser.press("ArrowRight")
        browser.until(f"{_CELL} return cell.innerText.includes('now 4')", 3)
        browser.press("Control", "s")
        browser.until("return /Saving completed/.test(document.querySelector('#jp-main-statusbar').innerText)")
        browser.open(f"{address}/")
        browser.click("a.begin.wide")
        browser.click(line, 1)
        browser.until(f"{_CELL} return cell.innerText.includes('6 * 7')", 1)


# In a browser: the first page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_page_fits_and_can_be_read_by_everybody(
    browser: Browser, address: str, size: dict[str, int], scheme: str
) -> None:
    page, watch = watched_page(browser, viewport=size, color_scheme=scheme)
    page.goto(f"{address}/")
    assert axe(page) == [] and watch.errors == [] and watch.outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    expect(page.locator(".warning:visible")).to_have_count(0)
    expect(page.locator(".lessons a:visible")).to_have_count(len(LESSONS))
    way = "notebooks" if size is PHONE else "lab"
    expect(page.locator(".lessons a:visible").last).to_have_attribute("href", re.compile(rf"^{way}/index\.html\?path="))
    page.context.close()


def test_over_plain_http_on_another_machine_the_first_page_says_what_is_wrong(browser: Browser, address: str) -> None:
    page, _ = watched_page(browser, block_outside=False)
    page.goto(f"{address.replace('127.0.0.1', 'course.test')}/")
    expect(page.locator("#no-files")).to_be_visible()
    expect(page.locator("#no-files")).to_contain_text("The address begins with http://")
    expect(page.locator("#no-files")).not_to_contain_text("private", use_inner_text=True)
    assert axe(page) == []
    page.context.close()


def test_on_a_phone_a_lesson_opens_alone_and_leads_to_the_next(browser: Browser, address: str) -> None:
    page, watch = watched_page(browser, viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(f"{address}/")
    page.locator(".lessons a:visible").nth(3).click()
    expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=OPENS)
    expect(page.locator("body")).to_contain_text("The rupture of 1973")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] and watch.errors == []
    with page.expect_popup(timeout=OPENS) as popup:
        page.get_by_role("link", name="lesson 02").first.click()
    popup.value.wait_for_url(re.compile(r"/notebooks/index\.html\?path=.*02_baghdad_pact\.ipynb"), timeout=OPENS)
    page.context.close()


def test_the_glossary_opens_to_be_read(browser: Browser, address: str) -> None:
    if not (ROOT / "notebooks" / "glossary.md").exists():
        pytest.skip("the course has no glossary page yet")
    page, watch = watched_page(browser, viewport=DESKTOP)
    page.goto(f"{address}/")
    page.get_by_role("link", name="The glossary").click()
    expect(page.locator(".jp-RenderedMarkdown h1")).to_contain_text("Glossary", timeout=OPENS)
    assert watch.errors == []
    page.context.close()
