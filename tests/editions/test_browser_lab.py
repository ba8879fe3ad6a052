"""JupyterLab in a real browser: two lessons run, the explorer used by mouse and by keyboard, an exercise, a restart."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from helpers import load
from helpers.edtf import to_words
from helpers.explorer import select_events
from tests.support.browser import Watch, axe, chromium, watched_page
from tests.support.browser.lab import NOT_OURS, OURS, Lab, Lesson, jupyterlab

WINDOW = {"width": 1400, "height": 950}
LAPTOP = {"width": 1366, "height": 560}
EXPLORER = "explore_timeline(before)"
FOCUSED = """() => {
  const found = document.activeElement;
  return found.getAttribute('aria-label') || (found.labels && found.labels.length && found.labels[0].innerText)
    || found.className;
}"""
# How far the buttons over a picture are from where their styles say, in dots.
OFF_MARKS = """(stage) => {
  const image = stage.querySelector('img').getBoundingClientRect();
  return Math.max(...[...stage.querySelectorAll('input')].map((mark) => {
    const box = mark.getBoundingClientRect();
    const [x, y] = [mark.style.left, mark.style.top].map((side) => parseFloat(side) / 100);
    const right = box.x + box.width / 2 - image.x - x * image.width;
    return Math.hypot(right, box.y + box.height / 2 - image.y - y * image.height);
  }));
}"""
# Notes each new picture under an element, with the moment at which it could be seen.
NOTE_PICTURES = """(box) => {
  window.pictures = [];
  let shown = box.querySelector('.course-stage > img')?.src;
  new MutationObserver(() => {
    const picture = box.querySelector('.course-stage > img');
    if (!picture || picture.src === shown) return;
    shown = picture.src;
    picture.decode().then(() => window.pictures.push(picture.alt), () => {});
  }).observe(box, {childList: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with jupyterlab(tmp_path_factory.mktemp("lab")) as started:
        yield started


@pytest.fixture(scope="module")
def opened(lab: Lab, browser: Browser) -> Iterator[Callable[[str], tuple[Lesson, Watch]]]:
    """Open and run a lesson once, in a page of its own."""
    pages: dict[str, tuple[Lesson, Watch]] = {}

    def give(name: str) -> tuple[Lesson, Watch]:
        if name not in pages:
            page, watch = watched_page(browser, viewport=WINDOW)
            pages[name] = lab.open(page, name), watch
            pages[name][0].run_all()
        return pages[name]

    yield give
    for lesson, _ in pages.values():
        lesson.page.context.close()


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    """What the lessons explore: all up to the article."""
    every = load("events")
    return every[every["earliest"] <= "2021-03-13"]


def assert_ran(lesson: Lesson) -> None:
    """All cells have run in order, and none failed but those that are meant to."""
    cells = [cell for cell in lesson.saved().cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        failed = [output.ename for output in cell.outputs if output.output_type == "error"]
        meant = "raises-exception" in cell.metadata.get("tags", [])
        guarded = "check(" in cell.source  # an unfinished answer may fail, and stops nothing
        assert bool(failed) == (meant and not guarded), (cell.source, failed)


def explorer(lesson: Lesson) -> Locator:
    """Make a new explorer in its cell, and return the cell."""
    cell = lesson.run(EXPLORER)
    expect(cell.get_by_role("status")).to_have_count(1)
    return cell


def shows(cell: Locator, count: int, of: pd.DataFrame) -> None:
    """The explorer says how many events fit, and so does the text of its picture: it keeps all, the others in grey."""
    said = f"{count} of {len(of)} events." + ("" if count else " No event fits all choices; without ")
    expect(cell.get_by_role("status")).to_have_text(re.compile(rf"^{re.escape(said)}{'$' if count else ''}"))
    picked = rf"{count or 'None'} of {len(of)} events {'is' if count == 1 else 'are'} picked out"
    words = rf"^A timeline of {len(of)} events: " + (rf".* {picked}" if count < len(of) else "(?!.*picked out)")
    expect(cell.locator(".course-stage > img")).to_have_attribute("alt", re.compile(words, re.DOTALL))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab does not lead to {name!r}")


@pytest.mark.parametrize("name", ["00_start_here", "08_new_chapter"])
def test_a_lesson_runs_from_top_to_bottom(opened: Callable[[str], tuple[Lesson, Watch]], name: str) -> None:
    lesson, watch = opened(name)
    assert_ran(lesson)
    expect(lesson.cell(EXPLORER).locator(".course-stage > img")).to_have_count(1)
    assert axe(lesson.page, OURS, NOT_OURS) == []
    assert watch.errors == [] and watch.outside == []


def test_an_exercise_is_answered_wrongly_then_rightly(opened: Callable[[str], tuple[Lesson, Watch]]) -> None:
    lesson, watch = opened("00_start_here")
    feedback = lesson.cell('check("00.1"').get_by_role("status")
    expect(feedback).to_contain_text("Not answered yet.")
    lesson.answer('check("00.1"', "years = 47")
    expect(feedback).to_contain_text("Not yet.")
    assert "48" not in feedback.inner_text()
    lesson.answer('check("00.1"', "years = published - 1973")
    expect(feedback).to_contain_text("Right.")
    assert watch.errors == []


def test_the_explorer_by_mouse(opened: Callable[[str], tuple[Lesson, Watch]], events: pd.DataFrame) -> None:
    lesson, watch = opened("00_start_here")
    cell = explorer(lesson)
    shows(cell, len(events), events)
    cell.get_by_label("Kind").fill("treaty")
    cell.get_by_label("Word").click()
    shows(cell, len(select_events(events, kind="treaty")), events)
    cell.get_by_label("only what the article mentions").click()
    shows(cell, len(select_events(events, kind="treaty", mentioned=True)), events)
    cell.get_by_label("only what the article mentions").click()
    last = drag(cell.locator(".noUi-handle-upper"), -60)
    assert 1947 < last < 2021
    shows(cell, len(select_events(events, kind="treaty", years=(1947, last))), events)
    expect(cell.get_by_label("to", exact=True)).to_have_value(str(last))
    assert watch.errors == []


def drag(handle: Locator, far: int, steps: int = 20) -> int:
    """Drag a handle sideways, as fast as a hand does, and let it go; return its value."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = handle.page.mouse
    mouse.move(x, y)
    mouse.down()
    for step in range(1, steps + 1):
        mouse.move(x + far * step / steps, y)
        handle.page.wait_for_timeout(20)
    mouse.up()
    return round(float(handle.get_attribute("aria-valuenow") or "nan"))


def test_the_explorer_by_keyboard_alone(opened: Callable[[str], tuple[Lesson, Watch]], events: pd.DataFrame) -> None:
    lesson, watch = opened("08_new_chapter")
    cell, page = explorer(lesson), lesson.page
    cell.focus()
    tab_to(page, "Era")
    for key in (
        "r",
        "x",
        "d",
        "d",
        "Control+a",
        "t",
        "w",
        "Enter",
    ):  # "r" and "dd" once destroyed the cell
        page.keyboard.press(key)
    shows(cell, len(select_events(events, era="two-wars")), events)
    tab_to(page, "Kind")
    page.keyboard.type("treaty")
    page.keyboard.press("Enter")
    shows(cell, len(select_events(events, era="two-wars", kind="treaty")), events)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    tab_to(page, "Years: to")
    for _ in range(36):
        page.keyboard.press("ArrowLeft")
    shows(cell, len(select_events(events, era="two-wars", years=(1947, 1985))), events)
    tab_to(page, "From")
    page.keyboard.press("Control+a")
    page.keyboard.type("1981")
    tab_to(page, "Word")
    shows(cell, len(select_events(events, era="two-wars", years=(1981, 1985))), events)
    page.keyboard.type("Iran")
    shows(cell, len(select_events(events, era="two-wars", years=(1981, 1985), text="Iran")), events)
    tab_to(page, "only what the article mentions")
    page.keyboard.press("Space")
    shows(cell, len(select_events(events, era="two-wars", years=(1981, 1985), text="Iran", mentioned=True)), events)
    assert watch.errors == []


def test_the_marks_of_the_explorer_by_keyboard_alone(
    opened: Callable[[str], tuple[Lesson, Watch]], events: pd.DataFrame
) -> None:
    """From mark to mark, to its row with the sources, to the files; the region that speaks stays all the time."""
    lesson, watch = opened("00_start_here")
    cell, page = explorer(lesson), lesson.page
    cell.locator(".course-live").evaluate("(region) => { window.region = region; }")
    page.set_viewport_size(LAPTOP)  # on which the end of the picture lies below the screen
    cell.locator(".course-stage input").nth(30).focus()
    expect(cell.locator(".course-tip:visible").last).to_be_in_viewport(ratio=0.9)
    assert cell.locator(".course-stage").evaluate(OFF_MARKS) < 1
    page.set_viewport_size(WINDOW)
    cell.get_by_label("Kind").fill("treaty")
    cell.get_by_label("Words").focus()
    chosen = select_events(events, kind="treaty")
    shows(cell, len(chosen), events)
    assert (
        page.evaluate("window.region.isConnected && window.region.textContent") == f"{len(chosen)} of {len(events)} events."
    )
    names = [f"{to_words(date)}: {title}" for date, title in zip(chosen["date"], chosen["title"], strict=True)]
    tab_to(page, names[0])
    page.keyboard.press("Tab")  # from a mark to which no arrow key has led, as where one event alone is chosen
    expect(cell.locator(".course-tip a:focus")).to_have_text("Its row and its sources")
    page.keyboard.press("Shift+Tab")
    for key in ("d", "d", "x", "ArrowRight", "ArrowDown"):  # none of them is a command to JupyterLab here
        page.keyboard.press(key)
    assert page.evaluate(FOCUSED) == names[2]
    tip = cell.locator(".course-tip:visible").last
    expect(tip).to_contain_text(chosen["title"].iloc[2])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    row = cell.locator("tr:focus")
    expect(row).to_contain_text(chosen["title"].iloc[2])
    expect(row.locator("a").first).to_have_attribute("href", re.compile("^https?://"))
    cell.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Enter")
    expect(cell.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("getSelection().toString()") == 'select_events(before, kind="treaty")'
    for name in ("Download this picture (PNG)", "Download these rows (CSV)"):
        cell.get_by_role("link", name=name).focus()
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.path().stat().st_size > 1000
    first = cell.locator(".course-stage > img").get_attribute("src")
    cell.get_by_role("button", name="Reset").focus()
    for key in ("Enter", "Tab", "ArrowRight"):  # at once, before the new picture is there
        page.keyboard.press(key)
    shows(cell, len(events), events)
    expect(cell.locator(".course-stage > img")).not_to_have_attribute("src", first or "")
    page.wait_for_function("document.activeElement.closest('.course-stage')")
    below = cell.locator(".course-more").evaluate("(more) => more.getBoundingClientRect().top")
    cell.get_by_label("Kind").fill("economy")
    cell.get_by_label("Words").focus()
    shows(cell, len(select_events(events, kind="economy")), events)
    assert cell.locator(".course-more").evaluate("(more) => more.getBoundingClientRect().top") == pytest.approx(below, abs=1)
    assert axe(page, OURS, NOT_OURS) == [] and watch.errors == []


def test_a_dragged_slider_leaves_no_queue(opened: Callable[[str], tuple[Lesson, Watch]], events: pd.DataFrame) -> None:
    lesson, _ = opened("00_start_here")
    cell = explorer(lesson)
    cell.locator(".widget-vbox").evaluate(NOTE_PICTURES)
    last = drag(cell.locator(".noUi-handle-upper"), -100, steps=60)
    passed = [year for year in range(last, 2021) if len(select_events(events, years=(1947, year))) != len(events)]
    before = len(lesson.page.evaluate("window.pictures"))
    shows(cell, len(select_events(events, years=(1947, last))), events)
    lesson.page.wait_for_timeout(300)
    pictures = lesson.page.evaluate("window.pictures")
    assert len(pictures) - before <= 2, "positions that the hand has left are still being drawn"
    assert 1 <= len(pictures) < len(passed), "each position that was passed was drawn"


def test_restart_and_run_all(opened: Callable[[str], tuple[Lesson, Watch]]) -> None:
    lesson, watch = opened("00_start_here")
    lesson.restart_and_run_all()
    assert_ran(lesson)
    assert watch.errors == [] and watch.outside == []


@pytest.fixture(scope="module")
def mine(lab: Lab, browser: Browser) -> Iterator[Lesson]:
    """Lesson 00 under another name, so with a kernel of its own, on the screen of a small laptop; nothing has run."""
    folder = lab.course / "my_notebooks"
    shutil.copy(folder / "00_start_here.ipynb", folder / "00_mine.ipynb")
    page, _ = watched_page(browser, viewport={"width": 1366, "height": 768})
    yield lab.open(page, "00_mine")
    page.context.close()


def told(lesson: Lesson, source: str, *words: str) -> Locator:
    """What stands under a cell has these words, and is short enough to be seen with the cell."""
    output = lesson.cell(source).locator(".jp-Cell-outputArea")
    for part in words:
        expect(output).to_contain_text(part)
    box = output.bounding_box()
    assert box is not None and box["height"] < 400, "the message does not fit on a small screen, beside the cell"
    return output


def typed(lesson: Lesson, source: str, text: str) -> None:
    """Answer in a cell that may be far away: the first click brings it onto the page, where cells then find their places."""
    lesson.cell(source).locator(".jp-InputArea-prompt").click()
    lesson.answer(source, text)


def test_a_beginner_s_slips_are_told_in_plain_words(mine: Lesson) -> None:
    mine.run('claims = load("claims")')  # the cell with the tools has not run yet
    told(mine, 'claims = load("claims")', "NameError: name 'load' is not defined")
    mine.run("import sys")
    typed(mine, 'kinds = ["..."', 'kinds = ["claim"، "source", "opinion"]')
    told(mine, 'kinds = ["..."', "Here stands ،", "the comma", "SyntaxError")
    mine.run('before = events[events["earliest"]')
    told(mine, 'before = events[events["earliest"]', "The cell that makes `events` has not run", 'events = load("events")')
    mine.run('events = load("events")')
    typed(mine, "treaties = select_events", 'events["titel"]')
    output = told(mine, "treaties = select_events", "no column 'titel'", "Did you mean 'title'?", "KeyError: 'titel'")
    assert "site-packages" not in output.inner_text()  # folded away
    output.get_by_text("Python's whole message").click()
    expect(output.locator("details pre")).to_contain_text("Traceback")


def test_an_unfinished_answer_stops_nothing_and_a_hint_helps_on(mine: Lesson, lab: Lab) -> None:
    mine.run("import sys")  # also if this test runs alone
    typed(mine, 'check("00.1"', "years = (2021 -")
    told(mine, 'check("00.1"', "open and never closed", "SyntaxError")
    typed(mine, "treaties = select_events", 'treaties = select_events(before, kind="treaty")')
    mine.restart_and_run_all()
    typed(mine, 'check("00.1"', "years = 47")
    output = told(mine, 'check("00.1"', "Not yet.", "A second hint")
    output.get_by_text("A second hint").click()
    expect(output).to_contain_text("The cell above took one year from another.")
    typed(mine, 'check("00.1"', "years = 2021 - 1973")
    told(mine, 'check("00.1"', "Right.", "One good solution, and how to read it")
    kept = json.loads((lab.course / "my_notebooks" / "progress.json").read_text(encoding="utf-8"))
    assert "00.1" in kept["solved"]
    mine.run('progress("00")')
    told(mine, 'progress("00")', "✔ 00.1", "Save a page to print or to keep")


@pytest.mark.parametrize("source", ["import sys", 'check("00.2"'])
def test_what_a_lesson_needs_is_not_lost_by_a_letter(mine: Lesson, source: str) -> None:
    """`x` and `d d` would take a selected cell away, `m` would turn it into text; `y` turns it back."""
    cells, keyboard = mine.page.locator(".jp-Notebook .jp-CodeCell"), mine.page.keyboard
    before = cells.count()
    mine.cell(source).locator(".jp-InputArea-prompt").click()
    for key in "xdd":
        keyboard.press(key)
    keyboard.press("m")
    dialog = mine.page.get_by_role("dialog")
    if source == "import sys":
        expect(dialog).to_contain_text("read-only")
        keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    else:
        expect(cells).to_have_count(before - 1)
        keyboard.press("y")
    expect(cells).to_have_count(before)
    expect(mine.cell(source)).to_contain_text(source)


def test_the_watch_notices_what_goes_wrong(browser: Browser, tmp_path: Path) -> None:
    page, watch = watched_page(browser, allowed=["is known"])
    page.set_content("<script>console.error('this is known'); console.error('a fault'); nothing_here()</script>")
    page.set_content("<img src='https://example.org/picture.png'>")
    page.context.close()
    assert [error.split(" (")[0] for error in watch.errors[:2]] == [
        "console: a fault",
        "uncaught: nothing_here is not defined",
    ]
    assert watch.outside == ["https://example.org/picture.png"]
