"""Build a language: its messages, its side tables, its lessons with the code of the English ones, and its pages."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import polib
from nbformat import NotebookNode

from classroom.files import notebook_bytes, write_if_changed
from classroom.lesson_files import LESSONS
from helpers.language import FOLDER, RIGHT_TO_LEFT
from tools.content.glossary import anchor
from tools.content.pages import slug
from tools.content.translate import catalogue
from tools.content.translate.order import kept_in_order
from tools.content.translate.sources import PAGES, TRANSLATED, used_terms
from tools.content.translate.units import Unit, cut, joined

KEYS = {"events": "event_id", "claims": "claim_id", "eras": "era_id", "actors": "actor_id"}
NOTES = "notes"
SAID = ("messages", "tables", "edition")  # what is looked up by its English
OWN_PAGES = tuple(name for name in PAGES if name not in (NOTES, *SAID))
# A notebook two folders below the course finds the tools by this file: its own code is that of the English lesson.
FINDER = '''"""The tools of this course lie further up. Made by `make translate`."""

import sys
from pathlib import Path

_here = Path(__file__).resolve()
sys.path.insert(0, str(next(folder for folder in _here.parents if (folder / "helpers" / "language.py").is_file())))
del sys.modules["helpers"]
__import__("helpers")
'''
_LINK = re.compile(r"(\]\()([^)\s#:]+)((?:#[^)\s]*)?\))")


@dataclass
class Texts:
    """What is translated into a language: of each file the usable entries, by place and by English."""

    language: str
    entries: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)

    @classmethod
    def of_all(cls, language: str, catalogues: Mapping[str, polib.POFile]) -> Texts:
        """Take what can be used of the catalogues of a language; what is fuzzy or empty is left out."""
        found = cls(language)
        for name, entries in catalogues.items():
            usable = [entry for entry in entries if catalogue.usable(entry)]
            found.entries[name] = {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in usable}
        return found

    def of(self, name: str, place: str, english: str) -> str:
        """Return the translation of a text; "" if there is none, or if its English has changed since."""
        return self.entries.get(name, {}).get((place, english), "")

    def note(self, number: int) -> str:
        """Return a note of the edition: 1 says that it is a draft, 2 and 3 that a text stands in English."""
        english = [unit.text for unit in cut(PAGES[NOTES].read_text(encoding="utf-8")) if unit.kind][number - 1]
        return self.of(NOTES, str(number), english) or english


def build(language: str, catalogues: Mapping[str, polib.POFile]) -> list[Path]:
    """Write what a language has, by its catalogues, which are up to date with the English; return the changed files."""
    return [path for path, content in wanted(language, catalogues) if write_if_changed(path, content)]


def wanted(language: str, catalogues: Mapping[str, polib.POFile]) -> Iterator[tuple[Path, bytes]]:
    """Yield each file of a language with its content."""
    texts = Texts.of_all(language, catalogues)
    yield FOLDER / f"{language}.mo", messages(language, catalogues)
    for table, content in side_tables(texts).items():
        yield FOLDER / language / f"{table}.csv", content
    folder = LESSONS / language
    yield folder / "helpers.py", FINDER.encode()
    for name in TRANSLATED:
        yield folder / f"{name}.ipynb", lesson(texts, LESSONS / f"{name}.ipynb", folder / f"{name}.ipynb")
    for name in OWN_PAGES:
        yield folder / f"{name}.md", page(texts, name).encode()


def messages(language: str, catalogues: Mapping[str, polib.POFile]) -> bytes:
    """Return the messages, and the titles of code and tables that are looked up by their English, as a ``.mo`` file."""
    made = polib.POFile()
    made.metadata = catalogue.metadata(language)
    seen: set[str] = set()
    for name, entries in catalogues.items():
        for entry in entries:
            shown = name in SAID or "/title " in (entry.msgctxt or "")
            if shown and catalogue.usable(entry) and entry.msgid not in seen:
                seen.add(entry.msgid)
                made.append(_as_said(entry, marks=name == "messages" and language in RIGHT_TO_LEFT))
    return bytes(made.to_binary())


def _as_said(entry: polib.POEntry, *, marks: bool) -> polib.POEntry:
    kept = kept_in_order if marks else str
    forms = {number: kept(text) for number, text in entry.msgstr_plural.items()}
    text = {"msgstr_plural": forms} if entry.msgid_plural else {"msgstr": kept(entry.msgstr)}
    return polib.POEntry(msgid=entry.msgid, msgid_plural=entry.msgid_plural, **text)


def side_tables(texts: Texts) -> dict[str, bytes]:
    """Return the translated texts of the tables: a row for each key, a column for each column of which some are."""
    rows: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for (place, _), text in texts.entries["tables"].items():
        table, column, key = place.split("/", 2)
        rows[table][key][column] = text
    found = {}
    for table, by_key in rows.items():
        columns = list(dict.fromkeys(column for row in by_key.values() for column in row))
        out = io.StringIO()
        writer = csv.DictWriter(out, [KEYS[table], *columns], lineterminator="\n")
        writer.writeheader()
        writer.writerows({KEYS[table]: key, **row} for key, row in sorted(by_key.items()))
        found[table] = out.getvalue().encode()
    return found


def lesson(texts: Texts, english: Path, path: Path) -> bytes:
    """Return a lesson: the text translated, the code and its form that of the English lesson.

    Outputs are those that the file had, as long as the code is the same; `make notebooks` makes them anew.
    """
    made: NotebookNode = nbformat.read(english, as_version=4)
    before = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells} if path.is_file() else {}
    name, first = english.stem, True
    for cell in made.cells:
        if cell.cell_type == "markdown":
            text = _translated(texts, name, cell.source, f"{cell.id}/")
            cell.source = _framed(texts.language, _with_note(texts, text, f"../{english.name}") if first else text)
            first = False
        elif cell.id in before and before[cell.id].source == cell.source:
            cell.outputs, cell.execution_count = before[cell.id].outputs, before[cell.id].execution_count
        else:
            cell.outputs, cell.execution_count = [], None
    made.metadata["course"] = {"language": texts.language}
    if path.is_file() and "widgets" in (old := nbformat.read(path, as_version=4)).metadata:
        made.metadata["widgets"] = old.metadata["widgets"]
    return notebook_bytes(made)


def page(texts: Texts, name: str) -> str:
    """Return a page in Markdown, with the note that it is a draft."""
    source = PAGES[name]
    text = _translated(texts, name, source.read_text(encoding="utf-8"), "")
    if name == "glossary":
        text = "\n\n".join([text.strip(), *_terms(texts)]) + "\n"
    beside = LESSONS / f"{name}.md"
    return _framed(texts.language, _with_note(texts, text, f"../{name}.md" if beside.is_file() else ""))


def _terms(texts: Texts) -> Iterator[str]:
    for row in used_terms():
        place = anchor(row["term"])
        term = texts.of("glossary", f"{place}/term", row["term"])
        meaning = texts.of("glossary", f"{place}/meaning", row["meaning"])
        english = f'<bdi lang="en">{row["term"]}</bdi>'
        head = f"**{term}** ({english})" if term not in ("", row["term"]) else f"**{english}**"
        meaning = kept_in_order(meaning) if texts.language in RIGHT_TO_LEFT else meaning
        yield f'<a id="{place}"></a>{head}: {meaning or _in_english(texts, Unit("paragraph", "", row["meaning"]))}'


def _translated(texts: Texts, name: str, markdown: str, before: str) -> str:
    def translate(unit: Unit, number: int) -> str:
        found = texts.of(name, f"{before}{number}", unit.text) or _in_english(texts, unit)
        return f'<a id="{slug(unit.text)}"></a>{found}' if slug(unit.text) in aimed_at else found

    aimed_at = set(re.findall(r"\]\(#([^)\s]+)\)", markdown))  # the address of a heading stays, in every language

    return _LINK.sub(lambda found: found[1] + _target(found[2]) + found[3], joined(cut(markdown), translate))


def _in_english(texts: Texts, unit: Unit) -> str:
    """A text that has no translation, or a stale one: the English, with a sign in the language of the page."""
    if unit.kind == "row":
        head, bar, rest = unit.text[1:].partition("|")
        return f"|{head}{texts.note(3)} {bar}{rest}"
    sign = texts.note(2 if unit.kind == "paragraph" else 3)
    return f'<span lang="en" dir="ltr">{unit.text}</span> {sign}'


def _target(link: str) -> str:
    """Where a link of a lesson leads from the folder of a language: what is not translated is found one folder up."""
    here = {f"{name}.ipynb" for name in TRANSLATED} | {f"{name}.md" for name in OWN_PAGES}
    return link if link in here or link.startswith("..") or link == "english" else posixpath.join("..", link)


def _with_note(texts: Texts, text: str, english: str) -> str:
    """Put the note that this is a draft behind the heading."""
    note = texts.note(1)
    note = note.replace("](english)", f"]({english})") if english else re.sub(r" · \[[^\]]*\]\(english\)", "", note)
    head, _, rest = text.partition("\n")
    return f"{head}\n\n{note}\n{rest}"


def _framed(language: str, text: str) -> str:
    """Set the direction of a text; JupyterLab keeps these two attributes, and reads Markdown between empty lines."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return f'<div dir="{direction}" lang="{language}">\n\n{text.strip()}\n\n</div>'
