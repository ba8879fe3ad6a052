"""Documents for a worksheet: each paragraph in our words, with its place, and the four steps of reading one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers import edtf
from helpers.data import load

from .declared import check_known, declared

FILE = "documents.csv"
STEPS = (
    ("1. Source", "Who writes, on which day, for whom? What did the writer see, and what did others tell him?"),
    ("2. Context", "What had happened in the days before? What did the state that the writer serves want just then?"),
    ("3. Close reading", "Which sentence is the surest, which the least sure? What does the writer not know, or not say?"),
    (
        "4. Corroboration",
        "Which other document, or card, says the same? Which says otherwise? Which source that you lack would help most?",
    ),
)


@dataclass(frozen=True)
class Document:
    """A document: what it is, where it can be read, and its paragraphs, each with its place."""

    name: str
    address: str
    paragraphs: tuple[tuple[str, str], ...]


def documents_of(number: str, teaching: Path) -> tuple[Document, ...]:
    """Return the documents of a lesson in the order of ``documents.csv``, none without that file.

    `TeacherError` if a row names a source that is not in the tables.
    """
    rows = declared(teaching / FILE, ["lesson", "source_id", "locator", "text"])
    rows, sources = rows[rows["lesson"] == number], load("sources")
    check_known(rows["source_id"], sources["source_id"], FILE)
    known = sources.set_index("source_id").fillna("")
    return tuple(
        Document(
            ", ".join(str(part) for part in (known["author"][source], known["title"][source]) if part)
            + (f" ({edtf.to_words(str(known['date'][source]))})" if known["date"][source] else ""),
            str(known["url"][source]),
            tuple(zip(found["locator"], found["text"], strict=True)),
        )
        for source, found in rows.groupby("source_id", sort=False)
    )
