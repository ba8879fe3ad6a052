"""Which texts are translated, from where: the lessons, the pages beside them, the glossary, the tables, the messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import nbformat
from babel.dates import get_month_names

from classroom.lesson_files import LESSONS
from helpers import load
from helpers.edtf import MONTHS
from helpers.plotting.claims import VERDICTS
from helpers.plotting.glyphs import EFFECTS, KINDS
from tools.content import glossary_links
from tools.content.glossary import anchor
from tools.content.translate import messages
from tools.content.translate.units import cut

ROOT = Path(__file__).resolve().parents[3]
TEXTS = ROOT / "content" / "translations"
TRANSLATED = ("00_start_here", "01_founding_years")  # the lessons that are translated
PAGES = {
    "notes": TEXTS / "notes.md",
    "edition": TEXTS / "edition.md",
    "start": TEXTS / "start.md",
    "when_something_goes_wrong": LESSONS / "when_something_goes_wrong.md",
    "contributing": TEXTS / "contributing.md",
    "glossary": TEXTS / "glossary.md",
}
UP_TO = "2021-03-13"  # the last day that a figure of these lessons shows
LOCALES = {"ur": "ur", "ar": "ar_IQ"}  # whose names of months
MENTIONED = ("traceback",)  # what a lesson speaks of in other words


@dataclass(frozen=True)
class Source:
    """A text to translate: its place in its file, the English, and what a translator should know of it.

    `plural` is the English for several, where the text counts something; `known` is the translation by language where the
    course has one already, in its glossary.
    """

    place: str
    text: str
    comment: str = ""
    plural: str = ""
    known: Mapping[str, str] = field(default_factory=dict)


def catalogues() -> dict[str, Callable[[], Iterator[Source]]]:
    """Return what yields the texts of each ``.po`` file, by the file's name without its ending, the most urgent first."""
    found: dict[str, Callable[[], Iterator[Source]]] = {"messages": of_messages}
    found |= {name: partial(of_page, path) for name, path in PAGES.items() if name != "glossary"}
    found |= {name: partial(of_lesson, LESSONS / f"{name}.ipynb") for name in TRANSLATED}
    return found | {"glossary": of_glossary, "tables": of_tables}


def of_messages() -> Iterator[Source]:
    """Yield what the course's tools say: whole sentences, with named slots."""
    for found in messages.messages():
        yield Source("", found.text, found.comment, found.plural, known=_month(found.text))
    for words, comment in ((KINDS, "a kind of event"), (EFFECTS, "an effect"), (VERDICTS, "a verdict")):
        for word in words:
            yield Source("", word, f"{comment}, in legends and sentences; in tables it stays English")


def _month(text: str) -> dict[str, str]:
    """The name of a month, as Babel has it for the country whose readers are meant; nothing for another text."""
    if text not in MONTHS:
        return {}
    return {name: get_month_names("wide", locale=place)[MONTHS.index(text) + 1] for name, place in LOCALES.items()}


def of_page(path: Path) -> Iterator[Source]:
    """Yield the units of a page in Markdown."""
    number = 0
    for unit in cut(path.read_text(encoding="utf-8")):
        if unit.kind:
            number += 1
            yield Source(str(number), unit.text, unit.kind)


def of_lesson(path: Path) -> Iterator[Source]:
    """Yield the units of a lesson's text, and the titles that stand in its code, in the order of the page."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for number, text in enumerate(titles(cell.source), start=1):
                yield Source(f"{cell.id}/title {number}", text, "a title in the code; the code itself stays as it is")
            continue
        units = [unit for unit in cut(cell.source) if unit.kind]
        for number, unit in enumerate(units, start=1):
            yield Source(f"{cell.id}/{number}", unit.text, unit.kind)


def titles(code: str) -> list[str]:
    """Return the strings of a cell that a reader meets in its output: captions, titles, and titles of own events."""
    found: list[str] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            named = [word.value for word in node.keywords if word.arg in ("title", "subtitle", "caption")]
            called = getattr(node.func, "id", "")
            found += _strings(named + (node.args[1:2] if called == "show_table" else []))
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "title" and isinstance(value, ast.List):
                    found += _strings(value.elts)
    return list(dict.fromkeys(found))


def _strings(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def of_glossary() -> Iterator[Source]:
    """Yield the words above the glossary, the terms that the translated lessons and the help page use, and their meaning."""
    yield from of_page(PAGES["glossary"])
    for row in used_terms():
        known = {name: text for name, text in row.items() if re.fullmatch("[a-z]{2}", name) and isinstance(text, str)}
        comment = f"{row['kind']}; the spelling of data/glossary.csv, where it has one"
        yield Source(f"{anchor(row['term'])}/term", row["term"], comment, known=known)
        yield Source(f"{anchor(row['term'])}/meaning", row["meaning"])


def used_terms() -> list[dict[str, str]]:
    """Return the rows of the glossary that the translated lessons and the help page link, or use by name."""
    table = load("glossary")
    texts = [PAGES["when_something_goes_wrong"].read_text(encoding="utf-8")]
    for name in TRANSLATED:
        cells = nbformat.read(LESSONS / f"{name}.ipynb", as_version=4).cells
        texts += [cell.source for cell in cells if cell.cell_type == "markdown"]
    prose = "\n".join(texts)
    linked = set(re.findall(r"glossary\.md#([a-z0-9-]+)", prose))
    pattern = glossary_links.forms(table, anchor).pattern
    said = {match[0].lower() for match in pattern.finditer(glossary_links.without_links(prose))}
    said |= {word.removesuffix("s") for word in said} | set(MENTIONED)
    rows = table.astype("object").to_dict("records")
    return [
        {str(name): value for name, value in row.items()}
        for row in rows
        if anchor(row["term"]) in linked or re.sub(r" \(.*\)$", "", row["term"]).lower() in said
    ]


def of_tables() -> Iterator[Source]:
    """Yield what the lessons show of the tables, by table, column and key; what each lesson needs first comes first."""
    events, claims = load("events"), load("claims")
    lesson = _strings_of("00_start_here", "chosen")
    founding = list(events["event_id"].head(13))
    for row in load("eras").itertuples():
        yield Source(f"eras/title/{row.era_id}", str(row.title), "in every timeline; short: it stands above a band")
    shown = [(name, "lesson 00") for name in lesson] + [(name, "lesson 01") for name in founding if name not in lesson]
    titled = events.set_index("event_id")["title"]
    for event, where in shown:
        yield Source(f"events/title/{event}", titled[event], where)
    for event, columns in {founding[2]: ("description", "note"), founding[9]: ("note",)}.items():
        for column in columns:
            yield Source(f"events/{column}/{event}", str(events.set_index("event_id").loc[event, column]), "lesson 01")
    for row in events.head(13).itertuples():
        if row.event_id != founding[2]:
            yield Source(f"events/description/{row.event_id}", str(row.description), "printed kit of lesson 01")
    for column in ("claim", "reasoning", "best_case", "omission"):
        for row in claims[claims["paragraph"] == 1].dropna(subset=column).itertuples():
            yield Source(f"claims/{column}/{row.claim_id}", str(getattr(row, column)), "lessons 00 and 01")
    names, pairs = load("actors").set_index("actor_id")["name"], load("event_actors")
    for actor in pairs[pairs["event_id"].isin(founding)]["actor_id"].drop_duplicates():
        yield Source(f"actors/name/{actor}", str(names[actor]), "lesson 01")
    for row in events[events["earliest"] <= UP_TO].itertuples():
        if str(row.event_id) not in {name for name, _ in shown}:
            yield Source(f"events/title/{row.event_id}", str(row.title), "lesson 00, going further: not urgent")


def _strings_of(lesson: str, name: str) -> list[str]:
    """The list of strings that a lesson's code gives a name."""
    for cell in nbformat.read(LESSONS / f"{lesson}.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            for node in ast.parse(cell.source).body:
                if (
                    isinstance(node, ast.Assign)
                    and ast.unparse(node.targets[0]) == name
                    and isinstance(node.value, ast.List)
                ):
                    return _strings(node.value.elts)
    raise ValueError(f"{lesson} gives no list of strings the name {name!r}.")
