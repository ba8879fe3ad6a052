"""What lessons have put on the page, in JupyterLab's dark theme, under axe-core: nothing serious, nothing critical.

Lessons that have just run, in the light theme, are looked at in `test_browser_lab`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import axe, chromium, watched_page
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
