"""Debian's Chromium, driven by Playwright; and a page that remembers what went wrong on it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, expect, sync_playwright

from tests.support.environment import needs_program

PROGRAM = "chromium"  # Debian puts it at /usr/bin/chromium
FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Where other machines are: as a pattern, so that the requests to this one need not be asked about in Python.
ELSEWHERE = re.compile(r"^(?!http://(127\.0\.0\.1|localhost))")
PATIENCE = 30_000  # milliseconds that a step may take on a busy machine


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Start Chromium without a window. Where it is absent the test is skipped with a reason; in CI it fails.

    Parameters
    ----------
    *flags : str
        More flags of the command line.

    Yields
    ------
    playwright.sync_api.Browser
    """
    needs_program(PROGRAM)
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(PROGRAM), args=[*FLAGS, *as_root, *flags])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What went wrong on a page since it was opened.

    Attributes
    ----------
    allowed : sequence of str
        Patterns of messages that are not ours to mend; give the reason where you list them.
    errors : list of str
        Errors in the console, exceptions that nobody caught, and answers of a server with an error.
    outside : list of str
        Addresses on other machines that the page asked for; they were refused.
    """

    allowed: Sequence[str] = ()
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def add(self, message: str) -> None:
        """Note an error, unless it is allowed."""
        if not any(re.search(pattern, message) for pattern in self.allowed):
            self.errors.append(message)

    def console(self, message: ConsoleMessage) -> None:
        """Note a message of the console if it is an error."""
        if message.type == "error":
            self.add(f"console: {message.text} ({message.location.get('url', '')})")

    def uncaught(self, problem: Exception) -> None:
        """Note an exception that nobody caught."""
        self.add(f"uncaught: {problem}")

    def guard(self, route: Route, request: Request) -> None:
        """Let requests to this machine through, and refuse all others."""
        if urlsplit(request.url).hostname in ("127.0.0.1", "localhost", None):
            route.continue_()
        else:
            self.outside.append(request.url)
            route.abort()


def watched_page(
    browser: Browser, *, allowed: Sequence[str] = (), block_outside: bool = True, **context: Any
) -> tuple[Page, Watch]:
    """Open an empty page in a context of its own, and note what goes wrong on it.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        From `chromium`.
    allowed : sequence of str
        Patterns of errors that are not ours.
    block_outside : bool, default True
        Whether to refuse all requests to other machines (and to note them).
    **context
        As in Playwright's ``Browser.new_context``: ``viewport={"width": 390, "height": 844}``, ``color_scheme="dark"`` …

    Returns
    -------
    tuple of (playwright.sync_api.Page, Watch)
        Close ``page.context`` when you are done.
    """
    page = browser.new_context(**context).new_page()
    page.set_default_timeout(PATIENCE)
    watch = Watch(allowed)
    page.on("console", watch.console)
    page.on("pageerror", watch.uncaught)
    if block_outside:
        page.context.route(ELSEWHERE, watch.guard)
    return page, watch
