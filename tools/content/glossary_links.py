"""Link the first use of each glossary term in a lesson's prose to its entry.

The rule. Persons, bodies, places and technical words are linked, each once in a lesson, where its name or an alias first
stands in a sentence or a list. Not linked: turns of phrase (they explain the article's text, not ours), the words of
`PLAIN`, an alias that two entries share, and whatever stands in a heading, a table, code, a comment or another link. Older
links to the glossary are taken away first, so the outcome is the same however often this runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd

LINKED = ("person", "body", "place", "technical")
# Explained where students meet them, in lesson 00 or in the lesson that teaches them; or everyday words that mostly mean
# something else in our sentences.
PLAIN = {
    *("cell", "column", "data frame", "groupby", "kernel", "mask", "merge", "missing value", "notebook", "pandas"),
    *("recognition", "resolution", "sample", "telegram", "traceback"),
    *("Baghdad", "Islamabad", "Kuwait", "United Nations"),  # in nearly every lesson, from the first line on
}
_OLD = re.compile(r"\[([^\]\n]+)\]\(glossary\.md#[a-z0-9-]+\)")
# What is no prose: code, comments, links and pictures, addresses, HTML tags; and (whole lines) headings and tables.
_SKIPPED = re.compile(
    r"```.*?```|<!--.*?-->|`[^`\n]*`|!?\[[^\]]*\]\([^)]*\)|https?://\S+|<[^>\n]+>|^#.*?$|^\|.*?$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Terms:
    """What is looked for, and where each find leads."""

    pattern: re.Pattern[str]
    anchors: dict[str, str]  # by form, in small letters


def forms(table: pd.DataFrame, anchor: Callable[[str], str]) -> Terms:
    """Return the forms under which the terms of the glossary occur, with what `anchor` gives for each term."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    patterns = []
    for row in table.itertuples():
        names = [str(row.term), *(str(row.aliases).split("; ") if isinstance(row.aliases, str) else [])]
        for name in (re.sub(r" \(.*\)$", "", name) for name in names):
            target = anchor(str(row.term)) if row.kind in LINKED and row.term not in PLAIN else ""
            if found.setdefault(name.lower(), target) != target:
                shared.add(name.lower())
            patterns.append(name)
    anchors = {name: "" if name in shared else target for name, target in found.items()}
    # The longest first, so that "Benazir Bhutto" is not taken for Bhutto; what leads nowhere is found too, and passed over.
    ordered = sorted(set(patterns), key=lambda name: (-len(name), name))
    alternatives = "|".join(_spelled(name) for name in ordered)
    nothing = "(?!)"  # an empty glossary
    return Terms(re.compile(rf"(?<![\w-])(?:{alternatives or nothing})(?!\w|-\w)"), anchors)


def _spelled(name: str) -> str:
    """A name as the text may write it: small words with a capital at a sentence's beginning, or in the plural."""
    first, rest = re.escape(name[0]), re.escape(name[1:])
    if name.islower():
        return f"[{first}{re.escape(name[0].upper())}]{rest}s?"
    return f"[Tt]{rest}" if name.startswith("The ") else first + rest


def linked_notebook(path: Path, terms: Terms) -> bytes:
    """Return a lesson with its links to the glossary."""
    notebook = nbformat.read(path, as_version=4)
    done: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = linked(cell.source, terms, done)
    return f"{nbformat.writes(notebook)}\n".encode()


def linked(text: str, terms: Terms, done: set[str]) -> str:
    """Return a text with the first use of each term linked; `done` has the anchors linked so far, and gets the new ones."""

    def link(match: re.Match[str]) -> str:
        words = match[0]
        target = terms.anchors.get(words.lower()) or terms.anchors.get(words.lower().removesuffix("s")) or ""
        if not target or target in done:
            return words
        done.add(target)
        return f"[{words}](glossary.md#{target})"

    text = without_links(text)
    pieces, last = [], 0
    for skipped in _SKIPPED.finditer(text):
        pieces += [terms.pattern.sub(link, text[last : skipped.start()]), skipped[0]]
        last = skipped.end()
    return "".join([*pieces, terms.pattern.sub(link, text[last:])])


def without_links(text: str) -> str:
    """Return a text without its links to the glossary; their words stay."""
    return _OLD.sub(r"\1", text)
