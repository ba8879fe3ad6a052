"""Every lesson has a deck that a room can read: nothing overflows, and what is left out stands in the notes."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser

from classroom.lesson_files import LESSONS, lessons
from tests.support.browser import axe, chromium, serve, watched_page
from tests.support.environment import from_npm
from tools.editions import npm
from tools.editions.book.dress import Pictures
from tools.editions.slides import __main__ as command
from tools.editions.slides.brief import WORDS, WORDS_IN_LISTS, pieces, words
from tools.editions.slides.build import REVEAL, build
from tools.editions.slides.deck import Deck, deck
from tools.editions.slides.fit import chunks
from tools.editions.slides.kinds import KINDS, kind_of, with_kinds

# The smallest letters, of a slide 720 high: one thirty-third of its height.
SMALLEST = 22
# Turns to each slide and measures what stands on it.
MEASURE = """() => Reveal.getSlides().map((slide) => {
  const {h, v} = Reveal.getIndices(slide);
  Reveal.slide(h, v);
  const shown = (part) => part.offsetParent && !part.closest("aside, .picture .where");
  const parts = [...slide.querySelectorAll("*")].filter(shown);
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const speaks = (part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return {
    where: `${h}/${v}`, height: slide.scrollHeight, width: slide.scrollWidth,
    size: Math.min(99, ...parts.filter(speaks).map((part) => parseFloat(getComputedStyle(part).fontSize))),
    out: boxes.filter((box) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1).length,
    empty: !slide.innerText.trim() && !slide.querySelector("img"),
  };
})"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Deck]]:
    out = tmp_path_factory.mktemp("host") / "course" / "slides"
    return out, build(out, from_npm(REVEAL))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


# What stands in the notebooks


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_cell_says_what_part_it_plays(path: Path) -> None:
    cells = read(path).cells
    assert all("slideshow" in cell.metadata for cell in cells), "Run: python -m tools.editions.slides.kinds"
    assert {kind_of(cell) for cell in cells} <= set(KINDS)
    assert kind_of(cells[0]) == "slide" and kind_of(cells[-1]) == "slide"


def test_a_type_is_proposed_where_none_stands_and_nothing_else_changes() -> None:
    text = lessons()[1].read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    notebook.cells[4].metadata["slideshow"] = {"slide_type": "notes"}
    del notebook.cells[5].metadata["slideshow"]
    changed = nbformat.reads(with_kinds(nbformat.writes(notebook)), as_version=4)
    assert kind_of(changed.cells[4]) == "notes" and kind_of(changed.cells[5]) == "subslide"
    assert kind_of(nbformat.reads(with_kinds(nbformat.writes(notebook), anew=True), as_version=4).cells[4]) == "slide"
    assert with_kinds(text) == text
    bare = [json.loads(nbformat.writes(version))["cells"] for version in (changed, nbformat.reads(text, as_version=4))]
    for cells in bare:
        for cell in cells:
            cell["metadata"].pop("slideshow")
    assert bare[0] == bare[1]


# What a slide shows of a text


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_a_text_is_whole_on_slide_and_notes_together_and_warnings_are_shown(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type != "markdown" or kind_of(cell) == "skip":
            continue
        found = pieces(cell.source)
        kept = " ".join(f"{piece.shown} {piece.notes}" for piece in found)
        for word in cell.source.split():
            assert word in kept, (path.name, word)
        shown = " ".join(piece.shown for piece in found)
        for sign in ("Content note", "**Talk.**", "**Guess", "**Predict", "**Exit ticket.**", "**To discuss.**"):
            assert (sign in cell.source) == (sign in shown), (path.name, sign)


def test_long_prose_goes_to_the_notes_at_the_end_of_a_sentence() -> None:
    long = "## A heading\n\n" + " ".join(f"Sentence **number {n}** has seven words." for n in range(20))
    (piece,) = pieces(long)
    assert piece.shown.startswith("## A heading\n\nSentence **number 0**") and piece.shown.endswith("words. …")
    assert words(piece.shown) <= WORDS + 2 and piece.notes == long
    assert pieces("## Short\n\nTen words.")[0].notes == ""


def test_a_long_list_goes_on_on_the_next_slide() -> None:
    source = "## Key points\n\n" + "\n".join(f"- point {n} says {'more ' * 18}here" for n in range(9))
    found = pieces(source)
    assert len(found) >= 2 and all(words(piece.shown) <= WORDS_IN_LISTS + 2 for piece in found)
    assert "\n".join(piece.shown for piece in found).count("- point") == 9


def table(rows: int, letters: int) -> BeautifulSoup:
    body = "".join(f"<tr><td>{n}</td><td>{'word ' * (letters // 5)}</td></tr>" for n in range(rows))
    head = "<caption>C</caption><thead><tr><th>n</th><th>t</th></tr></thead>"
    return BeautifulSoup(f"<table>{head}<tbody>{body}</tbody></table>", "html.parser")


@pytest.mark.parametrize(("rows", "letters"), [(1, 10), (8, 10), (8, 300), (20, 60), (3, 900)])
def test_a_table_keeps_all_its_rows_in_order(rows: int, letters: int) -> None:
    parts = chunks(table(rows, letters).select("table")[0])
    numbers = [row.select("td")[0].get_text() for part in parts for row in part.select("tbody tr")]
    assert numbers == [str(n) for n in range(rows)]
    assert all(part.select("thead th") and part.select("caption")[0].get_text().startswith("C") for part in parts)
    assert (len(parts) == 1) == (rows * letters <= 80)
    if len(parts) > 1:
        assert f"of {rows})" in parts[0].select("caption")[0].get_text()


def test_slide_types_chosen_by_hand_are_followed() -> None:
    cells = [new_markdown_cell(f"## Part {n}", id=f"c{n}") for n in range(6)]
    for cell, kind in zip(cells, ("slide", "subslide", "-", "fragment", "notes", "skip"), strict=True):
        cell.metadata["slideshow"] = {"slide_type": kind}
    out = [new_output("execute_result", {"text/plain": "42"})]
    code = [new_code_cell("import x", id="d0"), new_code_cell("6 * 7", id="d1", outputs=out, metadata=cells[0].metadata)]
    (first, second) = deck(new_notebook(cells=[*cells, *code]), Pictures("", ""))
    assert len(first) == 2 and "Part 0" in first[0].shown[0]
    below = "".join(first[1].shown)
    assert "Part 1" in below and "Part 2" in below and '<div class="fragment">' in below and "Part 3" in below
    assert "Part 4" in "".join(first[1].notes) and "Part 5" not in str(first)
    assert "42" in second[0].shown[1] and "*" in second[0].shown[0] and second[0].section == "Part 3"


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_a_deck_has_what_a_lesson_needs(path: Path, made: tuple[Path, dict[str, Deck]]) -> None:
    slides = [slide for stack in made[1][f"{path.stem}.html"] for slide in stack]
    shown = " ".join(part for slide in slides for part in slide.shown)
    soup = BeautifulSoup(shown, "html.parser")
    assert soup.select("h1") and "What you'll do" in soup.get_text()
    for needed in ("Key points", "Exit ticket.", "To discuss.", "Your turn", "Talk."):
        assert needed in soup.get_text(), needed
    assert re.search(r"[Gg]uess|[Pp]redict", soup.get_text())
    assert soup.select("table") and soup.select("img") and all(len(str(image["alt"])) > 20 for image in soup.select("img"))
    assert not soup.select("figcaption, details") and "Not answered yet" not in shown and "In words." not in soup.get_text()
    assert any("In words." in note for slide in slides for note in slide.notes)
    assert 20 <= len(slides) <= 60
    for image in soup.select("img"):
        assert (made[0] / str(image["src"])).is_file()


# In a browser


def test_no_slide_overflows_and_all_letters_can_be_read(browser: Browser, made: tuple[Path, dict[str, Deck]]) -> None:
    page, watch = watched_page(browser, block_outside=False)
    for name, stacks in made[1].items():
        page.goto((made[0] / name).as_uri())
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth)")
        for width, height in ((1280, 720), (1024, 768)):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("Reveal.layout()")
            measured = page.evaluate(MEASURE)
            assert len(measured) == sum(len(stack) for stack in stacks)
            for slide in measured:
                assert slide["height"] <= 720 and slide["width"] <= 1281 and not slide["out"], (name, slide)
                assert slide["size"] >= SMALLEST, (name, slide)
                assert not slide["empty"], (name, slide)
    page.context.close()
    assert watch.errors == []


def test_the_speaker_sees_the_notes_and_the_list_of_decks_leads_to_each(
    browser: Browser, made: tuple[Path, dict[str, Deck]]
) -> None:
    with serve(made[0].parent.parent) as host:
        page, watch = watched_page(browser, viewport={"width": 1280, "height": 720})
        page.goto(f"{host}/course/slides/index.html")
        assert axe(page) == []
        links = [str(link.get_attribute("href")) for link in page.locator("main a").all()]
        assert links == [f"{path.stem}.html" for path in lessons()]
        page.goto(f"{host}/course/slides/{links[1]}")
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        assert axe(page) == []
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        popup.value.wait_for_function("document.body.innerText.includes('You need')")
        page.context.close()
        assert watch.errors == [] and watch.outside == []


# Without reveal.js


def test_without_reveal_each_deck_is_a_plain_page_with_all_its_slides_and_notes(
    browser: Browser, made: tuple[Path, dict[str, Deck]], tmp_path: Path
) -> None:
    decks = build(tmp_path / "plain")
    assert decks == made[1]
    names = {path.name for path in (tmp_path / "plain" / "reveal.js").iterdir()}
    assert names == {"slides.css", "plain.css", "list.css"}
    assert "Page Down" in (tmp_path / "plain" / "index.html").read_text(encoding="utf-8")
    with serve(tmp_path) as host:
        page, watch = watched_page(browser, viewport={"width": 1280, "height": 720})
        for name in sorted(decks)[:4]:
            slides = [slide for stack in decks[name] for slide in stack]
            page.goto(f"{host}/plain/{name}")
            assert page.locator("section:not(.stack)").count() == len(slides)
            assert page.locator("details").count() == sum(any(slide.notes) for slide in slides)
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280
            assert axe(page) == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.context.close()
    assert watch.errors == [] and watch.outside == []


def test_what_comes_from_npm_brings_its_licence_along(made: tuple[Path, dict[str, Deck]]) -> None:
    assert "Permission is hereby granted" in (made[0] / "reveal.js" / "LICENSE").read_text(encoding="utf-8")


def test_the_command_builds_without_npm_and_says_so_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(npm, "parts", functools.partial(npm.parts, kept=tmp_path / "kept"))
    monkeypatch.setattr(command, "build", lambda out, reveal: asked.append(reveal) or {})
    assert command.main(["--out", str(tmp_path / "slides")]) == 0
    said = capsys.readouterr()
    assert asked == [{}] and "Space goes on" not in said.out
    assert re.search(r"plain page.*one below the other. npm is missing.*Node\.js", said.err)
