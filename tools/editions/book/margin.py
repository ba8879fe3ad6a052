"""What a word means, in the margin beside the paragraph that uses it: on a wide screen there is room for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag

MAX_NOTES = 2  # beside one paragraph: more would be longer than most paragraphs
_BLOCKS = ("p", "ul", "ol", "blockquote")
# Where the spellings in other languages begin: the name of a language, a colon, and words marked as of that language.
_SPELLINGS = re.compile(r"\s*[^\s:<>]+: <(?:span|bdi)\b[^>]*\blang=.*", re.DOTALL)


def words(glossary: BeautifulSoup) -> dict[str, str]:
    """Return a note for each explained word of the glossary's page, by its anchor.

    A note is HTML: the word and what it means, without links and without its spellings in other languages.
    """
    found = {}
    for term in glossary.select("dl.words dt[id]"):
        meaning = term.find_next_sibling("dd")
        explained = _SPELLINGS.sub("", meaning.decode_contents()) if isinstance(meaning, Tag) else ""
        note = BeautifulSoup(
            f'<p class="margin" aria-hidden="true">{term.decode_contents()}: {explained}</p>', "html.parser"
        )
        for link in note.select("a"):
            link.unwrap()
        found[str(term["id"])] = str(note)
    return found


def lay_beside(soup: BeautifulSoup, meanings: Mapping[str, str], address: str) -> None:
    """Lay a note before each paragraph that links to a word for the first time on its page.

    A note says again what stands one link further in the glossary, so it is kept from screen readers, which follow the link.
    `meanings` has the notes by the anchor of their word; `address` is the glossary, seen from the page.
    """
    left = dict(meanings)
    beside: dict[int, int] = {}
    for link in soup.select(f'.text a[href^="{address}#"]'):
        name = str(link["href"]).partition("#")[2]
        block = next((above for above in link.parents if above.parent is not None and _holds_blocks(above.parent)), None)
        if name not in left or block is None or block.name not in _BLOCKS or beside.get(id(block), 0) == MAX_NOTES:
            continue
        beside[id(block)] = beside.get(id(block), 0) + 1
        block.insert_before(BeautifulSoup(left.pop(name), "html.parser"))


def _holds_blocks(element: Tag) -> bool:
    """Tell whether an element is a cell of text, or the frame in it that says in which language a translated text is."""
    return "text" in element.get_attribute_list("class") or (element.name == "div" and element.get("lang") is not None)
