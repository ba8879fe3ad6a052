"""The glossary: a page made from the table, and links to it from the lessons. Run by ``make plan``."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from classroom.files import write_if_changed
from classroom.lesson_files import LESSONS, lessons
from helpers import load
from tools.content import glossary_links

PAGE = LESSONS / "glossary.md"
SECTIONS = {
    "technical": ("Words", "Words of history, of diplomacy, of tables and of Python."),
    "body": ("Bodies", "States meet in them, or people act through them."),
    "person": ("People", "What they did in public office, or why the course names them."),
    "place": ("Places", ""),
    "idiom": ("Turns of phrase in the article", "The column uses these words in a sense that a dictionary may give last."),
}
INTRODUCTION = """# Glossary

<!-- Made by `make plan` from data/glossary.csv: write there. -->

{count} names and words. A lesson links here where it first uses one.{languages} Other spellings, which you will meet in \
sources, follow in
square brackets."""
OTHER_LANGUAGES = """ {names} stand{ending} where we are sure of
the spelling; a reader of these languages should still check them."""
# Names of the languages in which a glossary may give a name (ISO 639-1), and which of them run from right to left.
NAMES = {
    **{"ar": "Arabic", "bn": "Bengali", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew"},
    **{
        "hi": "Hindi",
        "it": "Italian",
        "ja": "Japanese",
        "ku": "Kurdish",
        "pl": "Polish",
        "ps": "Pashto",
        "pt": "Portuguese",
    },
    **{"ru": "Russian", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese"},
}
RTL = ' dir="rtl"'
RIGHT_TO_LEFT = ("ar", "fa", "he", "ku", "ps", "ur")


def main(arguments: list[str] | None = None) -> int:
    """Write the page, and the links in the lessons; or check that both are up to date."""
    parser = argparse.ArgumentParser(prog="glossary", description="Write the glossary and the lessons' links to it.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something is out of date")
    only_check = parser.parse_args(arguments).check
    stale = [path for path, content in wanted() if not path.exists() or path.read_bytes() != content]
    if not stale:
        print("The glossary and the links to it are up to date.")
        return 0
    if only_check:
        print(f"Out of date: {', '.join(path.name for path in stale)}. Run: make plan", file=sys.stderr)
        return 1
    for path, content in wanted():  # read again just before writing: somebody may be at work on a lesson
        if write_if_changed(path, content):
            print(f"Glossary: {path.name} written")
    return 0


def wanted() -> Iterator[tuple[Path, bytes]]:
    """Yield each file that depends on the glossary, with the content that it should have."""
    table = load("glossary")
    yield PAGE, page(table).encode()
    terms = glossary_links.forms(table, anchor)
    for path in lessons():
        yield path, glossary_links.linked_notebook(path, terms)


def page(table: pd.DataFrame) -> str:
    """Return the glossary as Markdown.

    Every entry has an anchor of its own, because GitHub and JupyterLab make different ones of headings.
    """
    kinds = [kind for kind in SECTIONS if (table["kind"] == kind).any()]
    contents = " · ".join(f"[{SECTIONS[kind][0]}](#{anchor(SECTIONS[kind][0])})" for kind in kinds)
    spoken = [column for column in table.columns if re.fullmatch("[a-z]{2}", column)]
    names = [NAMES.get(column, column) for column in spoken]
    said = OTHER_LANGUAGES.format(names=" and ".join(names), ending="s" if len(names) == 1 else "") if names else ""
    parts = [INTRODUCTION.format(count=len(table), languages=said), contents]
    for kind in kinds:
        title, words = SECTIONS[kind]
        parts += [f'## <a id="{anchor(title)}"></a>{title}', words]
        entries = table[table["kind"] == kind].sort_values("term", key=lambda terms: terms.map(_as_people_sort))
        parts += [_entry(row, spoken) for row in entries.to_dict("records")]
    return "\n\n".join(part for part in parts if part) + "\n"


def anchor(term: str) -> str:
    """Return the name of an entry's anchor: small letters a to z, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def _as_people_sort(term: str) -> str:
    return anchor(term.removeprefix("The ").removeprefix("the "))


def _entry(row: Mapping[Any, Any], spoken: Sequence[str]) -> str:
    others = f" [{row['aliases']}]" if isinstance(row["aliases"], str) else ""
    scripts = [
        f'{NAMES.get(language, language)}: <span lang="{language}"{direction}>{row[language]}</span>'
        for language in spoken
        for direction in [RTL if language in RIGHT_TO_LEFT else ""]
        if isinstance(row[language], str)
    ]
    tail = f" {' · '.join(scripts)}" if scripts else ""
    return f'<a id="{anchor(row["term"])}"></a>**{row["term"]}**{others}: {row["meaning"]}{tail}'


if __name__ == "__main__":
    sys.exit(main())
