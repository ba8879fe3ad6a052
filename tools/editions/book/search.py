"""What the book's search looks through: one entry for each section of each page.

The index itself is made by MiniSearch in the reader's browser: some hundred short texts take it a moment, and the file stays
small. It is a script and not JSON, because a page opened from a disk may load a script but may not fetch a file.
"""

from __future__ import annotations

import json
import re
from typing import TypedDict

from bs4 import BeautifulSoup, Tag

from tools.editions.book.pages import Page

_HEADINGS = ["h1", "h2", "h3"]
_TEXTS = ["p", "li", "td", "caption", "dd", "dt"]
# Code, and lists that say again what a table or a figure shows, would bury the sentences.
_LEFT_OUT = ("pre", "details")


class Entry(TypedDict):
    """One section: an id, where it is, its page's title, its heading and its text."""

    id: int
    href: str
    page: str
    heading: str
    text: str


def entries(soup: BeautifulSoup, page: Page, first_id: int) -> list[Entry]:
    """Cut a page, with an id on each heading, into its sections, and the glossary into its words; count from `first_id`."""
    found: list[Entry] = []
    for element in soup.find_all([*_HEADINGS, *_TEXTS]):
        if element.find_parent(_left_out) is not None:
            continue
        if element.name in _HEADINGS or element.get("id"):
            found.append(_entry(element, page, first_id + len(found)))
        if found and element.name in _TEXTS and element.find_parent(["p", "li", "td"]) is None:
            found[-1]["text"] += " " + _plain(element)
    for entry in found:
        entry["text"] = entry["text"].strip()
    return found


def script(found: list[Entry]) -> str:
    """Write the entries of all pages as a script that a page opened from a disk can load."""
    return f"window.COURSE = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def _entry(element: Tag, page: Page, number: int) -> Entry:
    """Begin an entry at a heading, or at a paragraph with a name of its own: a word of the glossary."""
    name = element.find("strong") if element.name in _TEXTS else None
    return {
        "id": number,
        "href": page.address + ("" if element.name == "h1" else f"#{element['id']}"),
        "page": page.title,
        "heading": _plain(name if isinstance(name, Tag) else element),
        "text": "",
    }


def _left_out(element: Tag) -> bool:
    return element.name in _LEFT_OUT or "answer" in element.get_attribute_list("class")


def _plain(element: Tag) -> str:
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()
