"""What can be put on the page, and how: a picture, HTML, and for each the plain text that says the same.

This module needs neither pandas nor matplotlib, so that what it puts on the page can be tried wherever IPython runs.
"""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Sequence
from html import escape
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

# The id of an event, and the middle and the width of its mark in ten-thousandths of the picture's width or height, from the
# upper left corner. In a notebook's metadata they are one text: a list would take a line for each number.
Mark = tuple[str, int, int, int]


class Page:
    """Something to display, with a version in HTML and one in plain text."""

    def __init__(self, html: str, text: str) -> None:
        self.html, self.text = html, text

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


class Picture:
    """A PNG file to display, with its alt text, the width at which it is shown, in the dots of a page, and its marks.

    The file is handed on as text in base 64, as a notebook stores it. Some kernels turn bytes into that text themselves;
    that of the browser edition does not, and its page would show a broken picture.
    """

    def __init__(self, png: bytes, alt: str, width: int | None = None, marks: Sequence[Mark] = ()) -> None:
        self.png, self.alt, self.width, self.marks = png, alt, width, marks

    def __repr__(self) -> str:
        return f"[Figure: {self.alt}]"

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        encoded = base64.b64encode(self.png).decode()
        about = {"alt": self.alt, "width": self.width, "marks": " ".join(",".join(map(str, mark)) for mark in self.marks)}
        data = {"image/png": encoded, "text/plain": repr(self)}
        return data, {"image/png": {name: value for name, value in about.items() if value or name == "alt"}}


def put(thing: Any) -> None:
    """Display something that has ``_repr_mimebundle_`` in a notebook; print its plain text where there is no notebook."""
    if InteractiveShell.initialized():
        display(thing)
        return
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(str(thing).encode(encoding, "replace").decode(encoding))  # a terminal may lack some letters


def put_figure(png: bytes, alt: str, description: str, width: int | None = None, marks: Sequence[Mark] = ()) -> None:
    """Display a PNG with its alt text and, beneath it, its description; where only text can be shown, the description alone.

    `description` is what `describe` returns with ``detail="full"``; `width` is that of the picture on the page, if it has
    more dots than the page; `marks` tell an edition of the course where its events stand.
    """
    if shows_more_than_text():
        put(Picture(png, alt, width, marks))
    put(Page(html_description(description), f"In words. {description}"))


def html_description(description: str) -> str:
    """Write a description as HTML, its entries folded away: they stand on lines that begin with "- "."""
    lines = [line for line in description.splitlines() if line.strip()]
    items = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    summary = " ".join(line for line in lines if not line.startswith("- "))
    html = f"<p><b>In words.</b> {as_html(summary)}</p>"
    if items:
        listed = "".join(f"<li>{as_html(item)}</li>" for item in items)
        html += f"<details><summary>Every entry of the figure in words ({len(items)})</summary><ol>{listed}</ol></details>"
    return html


def as_html(text: str, *, quote: bool = True) -> str:
    """Write a text as HTML, so that it is neither a tag nor a formula; only an attribute needs `quote`.

    JupyterLab sets what stands between two dollar signs, or after a backslash, as mathematics: "from $5 to $7 million". It
    does not look across the borders of an element.
    """
    html = escape(text, quote=quote)
    return re.sub(r"[$\\]", r"<span>\g<0></span>", html) if text.count("$") > 1 or "\\" in text else html


def shows_more_than_text() -> bool:
    """Whether what is displayed goes to something that can show more than text: IPython in a terminal takes text alone."""
    if not InteractiveShell.initialized():
        return False
    formatter = InteractiveShell.instance().display_formatter
    return formatter is not None and list(formatter.active_types) != ["text/plain"]
