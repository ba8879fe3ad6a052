"""What lessons have put on the page, in JupyterLab's dark theme, under axe-core: nothing serious, nothing critical.

Lessons that have just run, in the light theme, are looked at in `test_browser_lab`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import axe, chromium, watched_page
from tests.support.browser.accessibility import MARK
from tests.support.browser.lab import NOT_OURS, OURS, Lab, jupyterlab, trust

SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},  # each cell is on the page, not only those in sight
}
SHOWN = ("00_start_here", "05_the_street", "10_testing_the_article")  # tables, timelines, spans, bars, ranges, lines
NEXT_OUTPUTS = """pictures => pictures.map(picture => {
  const next = picture.closest('.jp-OutputArea-child').nextElementSibling;
  return next ? next.innerText.trim().slice(0, 9) : 'nothing';
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("axe")
    with jupyterlab(folder, SETTINGS) as started:
        for name in SHOWN:
            trust(folder, started.course / "notebooks" / f"{name}.ipynb")
        yield started


@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing_in_a_stored_lesson(lab: Lab, browser: Browser, name: str) -> None:
    page, _ = watched_page(browser, viewport={"width": 1400, "height": 950})
    lesson = lab.open(page, name, "notebooks")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    pictures = page.locator(".jp-RenderedImage img")
    shown = [output for cell in lesson.code_cells for output in cell.outputs if "image/png" in output.get("data", {})]
    expect(pictures).to_have_count(len(shown))
    assert set(pictures.evaluate_all(NEXT_OUTPUTS)) <= {"In words."}
    assert axe(page, OURS, NOT_OURS) == []
    page.context.close()


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page, _ = watched_page(browser)
    wrong = "<h1>One</h1><h3>Three</h3><p style='color: #ccc'>pale</p><img src='data:,'>"
    page.set_content(f"<main>{wrong}<section><img src='data:,'></section></main>")
    found = [line.split(": ")[1] for line in axe(page, ["main"], ["section img"])]
    assert found == ["color-contrast", "heading-order", "image-alt"]
    with pytest.raises(ValueError, match="matches 'table'"):
        axe(page, ["table"])
    page.context.close()


PALE = "color: #999"
OTHERS = "<p>Words in the order of the page.</p>" * 9
PALE_BY = {
    "its own colour": f"<p style='{PALE}'>pale</p>",
    "that of a part of it": f"<p>Words and <em style='{PALE}'>some pale ones</em> and words.</p>",
    "one of two that are alike but for their ground": "<p style='color: #666'>grey</p>" * 2
    + "<div style='background: #bbb'><p style='color: #666'>grey</p></div>"
    + "<p style='color: #666'>grey</p>" * 2,
    "what lies over its parent": "<div style='opacity: .4'><p>faded</p></div>",
    "its size": "<p style='color: #888; font-size: 30px'>large</p><p style='color: #888'>small</p>"
    + "<p style='color: #888; font-size: 30px'>large</p>",
    "a box behind it that does not hold it": "<div style='position: relative'><p>Words.</p>"
    "<div style='position: absolute; inset: 0; background: #444; z-index: -1'></div></div>",
    "where it leaves its box": "<div style='background: #333; height: 2em; color: #ddd'><p>inside</p>"
    "<p style='position: relative; top: 5em'>outside</p></div>",
    "its twin is not on the page": f"<p style='{PALE}; position: absolute; left: -9999px'>away</p><p style='{PALE}'>here</p>"
    + f"<p style='{PALE}; position: absolute; left: -9999px'>away</p>",
    "its twin is only a sign": f"<p style='{PALE}'>·</p><p style='{PALE}'>Words.</p><p style='{PALE}'>·</p>",
    "its twin is left out": f"<section><p style='{PALE}'>theirs</p></section><p style='{PALE}'>ours</p>"
    f"<section><p style='{PALE}'>theirs</p></section>",
}


def test_one_pale_text_among_many_is_found(browser: Browser) -> None:
    """Only two texts of a kind are compared with their ground."""
    page, _ = watched_page(browser)
    found = {}
    for name, source in PALE_BY.items():
        page.set_content(f"<main><h1>One</h1>{OTHERS}{source}{OTHERS}</main>")
        found[name] = [line.split(": ")[1] for line in axe(page, ["main"], ["section"])]
        assert page.locator(f"[{MARK}]").count() < 10, name
    page.context.close()
    assert found == {name: ["color-contrast"] for name in PALE_BY}
