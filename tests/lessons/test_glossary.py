"""The glossary page says what the table says, and each lesson links a term once, where it first stands in its prose."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from classroom import lesson_files
from helpers import load
from tests.support.lesson import LESSONS, NOTEBOOKS
from tools.content import glossary, glossary_links

LINK = re.compile(r"\[([^\]\n]+)\]\(glossary\.md#([a-z0-9-]+)\)")


def terms(**entries: str) -> glossary_links.Terms:
    """A small glossary: term=kind, aliases after a colon."""
    parts = ((name, *text.partition(":")) for name, text in entries.items())
    rows = [{"term": name, "kind": kind, "aliases": aliases or None} for name, kind, _, aliases in parts]
    return glossary_links.forms(pd.DataFrame(rows), glossary.anchor)


SMALL = {
    "Benazir Bhutto": "person",
    "Zulfikar Ali Bhutto": "person:Bhutto; Z. A. Bhutto (in telegrams)",
    "Baghdad Pact": "body",
    "Baghdad": "place",
    "The Gulf": "place",
    "chargé d'affaires": "technical",
    "mask": "technical",
    "umbrella": "idiom",
    "Muhammad Asad": "person:Assad (the article's spelling)",
    "Bashar al-Assad": "person:Assad",
}


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Bhutto met Bhutto.", "[Bhutto](glossary.md#zulfikar-ali-bhutto) met Bhutto."),
        ("Benazir Bhutto's father", "[Benazir Bhutto](glossary.md#benazir-bhutto)'s father"),
        ("the Baghdad Pact", "the [Baghdad Pact](glossary.md#baghdad-pact)"),
        ("In the Gulf.", "In [the Gulf](glossary.md#the-gulf)."),
        ("The Baghdad-based", "The Baghdad-based"),  # Baghdad is PLAIN, and a part of a word is none
        ("a Bhutto-era law, pro-Bhutto", "a Bhutto-era law, pro-Bhutto"),
        ("two chargé d'affairess", "two [chargé d'affairess](glossary.md#charge-daffaires)"),
        ("Chargé d'affaires", "[Chargé d'affaires](glossary.md#charge-daffaires)"),
        ("an umbrella, a mask", "an umbrella, a mask"),  # a turn of phrase; explained in its lesson
        ("Assad and Assad", "Assad and Assad"),  # two entries have this spelling
        ("## Bhutto\n\nBhutto", "## Bhutto\n\n[Bhutto](glossary.md#zulfikar-ali-bhutto)"),
        ("| Bhutto |\n| --- |\n\n- Bhutto", "| Bhutto |\n| --- |\n\n- [Bhutto](glossary.md#zulfikar-ali-bhutto)"),
        ('`"Bhutto"` <!-- Bhutto --> [on Bhutto](x.md)', '`"Bhutto"` <!-- Bhutto --> [on Bhutto](x.md)'),
        ("[Baghdad Pact](glossary.md#old-name) and Bhutton", "[Baghdad Pact](glossary.md#baghdad-pact) and Bhutton"),
    ],
)
def test_the_rule_of_the_links(text: str, linked: str) -> None:
    found = terms(**SMALL)
    assert glossary_links.linked(text, found, set()) == linked
    assert glossary_links.linked(linked, found, set()) == linked  # once more changes nothing
    assert glossary_links.without_links(linked) == glossary_links.without_links(text)


def test_the_page_and_the_links_are_up_to_date() -> None:
    stale = [path.name for path, content in glossary.wanted() if not path.exists() or path.read_bytes() != content]
    assert not stale, "Run `make plan`."


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_links_a_term_once_and_to_an_entry(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    links = [match for cell in cells if cell.cell_type == "markdown" for match in LINK.finditer(cell.source)]
    targets = [match[2] for match in links]
    assert targets and len(targets) == len(set(targets)) <= 20, targets
    assert set(targets) <= set(map(glossary.anchor, load("glossary")["term"]))


def test_every_entry_stands_on_the_page_with_an_anchor_of_its_own_and_its_scripts() -> None:
    text, table = glossary.PAGE.read_text(encoding="utf-8"), load("glossary")
    anchors = re.findall(r'<a id="([^"]+)"></a>', text)
    assert len(anchors) == len(set(anchors)) and set(map(glossary.anchor, table["term"])) <= set(anchors)
    for row in table.itertuples():
        assert f"**{row.term}**" in text and str(row.meaning) in text
        for language, name in (("ur", row.ur), ("ar", row.ar)):
            if isinstance(name, str):
                assert f'<span lang="{language}" dir="rtl">{name}</span>' in text


def test_a_check_writes_nothing_and_fails_when_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (*LESSONS[:2], glossary.PAGE):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(lesson_files, "LESSONS", tmp_path)
    monkeypatch.setattr(glossary, "PAGE", tmp_path / "glossary.md")
    lesson = tmp_path / LESSONS[1].name
    stripped = LINK.sub(r"\1", lesson.read_text(encoding="utf-8"))
    lesson.write_text(stripped, encoding="utf-8")
    assert glossary.main(["--check"]) == 1 and lesson.read_text(encoding="utf-8") == stripped
    assert glossary.main([]) == 0 and glossary.main(["--check"]) == 0
    assert lesson.read_bytes() == LESSONS[1].read_bytes()


def test_a_student_s_copy_of_a_lesson_finds_the_glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson_files, "COPIES", tmp_path)
    (tmp_path / "glossary.md").write_text("an older one", encoding="utf-8")
    assert lesson_files.main([]) == 0
    assert (tmp_path / "glossary.md").read_bytes() == (NOTEBOOKS / "glossary.md").read_bytes()
    assert "](glossary.md#" in (tmp_path / LESSONS[1].name).read_text(encoding="utf-8")
