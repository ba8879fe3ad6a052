"""A lesson in the browser edition: when its cells may be run."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

PATIENCE = 90_000  # milliseconds that the page may take on a machine that is busy with other tests


def wait_for_a_kernel(page: Page) -> None:
    """Wait until the open lesson has a kernel, which may still be starting: from then on, cells that are run wait for it.

    The lesson is seen about a second before it has a kernel. A cell that is run in that second may bring the window
    "Select Kernel".

    Parameters
    ----------
    page : playwright.sync_api.Page
        With a lesson of the browser edition.
    """
    expect(page.locator(".jp-KernelName").first).to_have_text("Python (Pyodide)", timeout=PATIENCE)
    indicator = page.locator(".jp-Notebook-ExecutionIndicator").first
    expect(indicator).to_have_attribute("data-status", re.compile("unknown|busy|idle"), timeout=PATIENCE)
