"""Where a page's links lead: to another page of the book, to a table that goes along, or outside."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag

from bs4 import BeautifulSoup, Tag

from tools.editions.book.pages import ROOT, Page

# What a page may take along beside the pages themselves; everything else stays in the repository.
TAKEN_ALONG = re.compile(r"^(data/(?!article)[\w/]+\.(csv|json)|notebooks/(images|teaching)/[\w/.-]+\.(png|svg|csv|pdf))$")


@dataclass
class Links:
    """The links of a whole book."""

    pages: list[Page]  # the pages that the book has
    repository: str = ""  # where the rest of the course can be read; empty while it is not published
    tag: str = ""  # the version of the course in the repository
    # What goes along: address in the book, and the file's place in the repository.
    files: dict[str, str] = field(default_factory=dict)
    outside: dict[str, set[str]] = field(default_factory=dict)  # addresses elsewhere, and the pages that name them

    def rewrite(self, soup: BeautifulSoup, page: Page) -> None:
        """Turn a page's links into links of the book."""
        for anchor in soup.select("a[href]"):
            self._rewrite_one(anchor, page)
        for image in soup.select("img[src]"):
            source = str(image["src"])
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), source))
            if TAKEN_ALONG.match(place):
                image["src"] = page.to(self._take(place))

    def _rewrite_one(self, anchor: Tag, page: Page) -> None:
        target = str(anchor["href"])
        if re.match(r"[a-z]+:", target):
            self.outside.setdefault(target, set()).add(page.address)
            return
        path, fragment = urldefrag(target)
        if not path:
            return
        place = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), unquote(path)))
        address = self._in_the_book(place)
        if address:
            anchor["href"] = page.to(address) + (f"#{fragment}" if fragment else "")
        elif self.repository and (ROOT / place).exists():
            anchor["href"] = f"{self.repository.removesuffix('/')}/blob/{self.tag}/{place}"
            self.outside.setdefault(str(anchor["href"]), set()).add(page.address)
        else:
            anchor.unwrap()  # the words stay; there is nothing to follow

    def _in_the_book(self, place: str) -> str:
        """Return the address in the book of a file of the repository, or "" if the book does not have it."""
        for candidate in (place, posixpath.join(place, "README.md")):
            for page in self.pages:
                if page.source == candidate:
                    return page.address
        if place == "README.md":
            return "index.html"
        return self._take(place) if TAKEN_ALONG.match(place) and (ROOT / place).exists() else ""

    def _take(self, place: str) -> str:
        address = place.removeprefix("notebooks/")
        self.files[address] = place
        return address
