"""axe-core over a page, or over the part of it that is ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page

# Contrast is four fifths of axe's work on a page of a thousand texts, of some fifty kinds. So axe compares two of each kind;
# its other rules look at everything. Each rule has a selector for that, which `axe.configure` may set.
KINDS_OF_TEXT = Path(__file__).with_name("kinds_of_text.js").read_text(encoding="utf-8")
MARK = "data-one-of-its-kind"
ONE_OF_ITS_KIND = f"axe.configure({{rules: [{{id: 'color-contrast', selector: '[{MARK}]'}}]}})"


def axe(page: Page, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> list[str]:
    """List what axe-core finds, its best practices included; of texts that look the same, it compares two with their ground.

    Parameters
    ----------
    page : playwright.sync_api.Page
        A page that has been rendered.
    include : sequence of str
        CSS selectors of the parts to look at; the whole page by default. One that is not on the page is an error.
    exclude : sequence of str
        CSS selectors of parts to leave out.

    Returns
    -------
    list of str
        One line a rule and element: how grave, the rule, what to do, and the element.

    Raises
    ------
    ValueError
        If nothing on the page matches `include`.
    """
    absent = [selector for selector in include if not page.locator(selector).count()]
    if absent:
        raise ValueError(f"Nothing on the page matches {absent[0]!r}: there is nothing to look at.")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"{AXE_SCRIPT};{ONE_OF_ITS_KIND}")
    page.evaluate(KINDS_OF_TEXT, [MARK, list(include), list(exclude)])
    context: dict[str, Any] = {"exclude": [[selector] for selector in exclude]}
    if include:
        context["include"] = [[selector] for selector in include]
    found = page.evaluate("([context]) => axe.run(context, {resultTypes: ['violations']})", [context])
    return [
        f"{rule['impact']}: {rule['id']}: {node['failureSummary']}: {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
