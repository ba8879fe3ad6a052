"""Write the decks, and beside them the look and what shows them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader, select_autoescape

from classroom.colophon import colophon
from classroom.files import write_if_changed
from classroom.lesson_files import LESSONS
from helpers.language import ENGLISH, direction, say, speaking
from tools.editions.book.dress import Pictures
from tools.editions.book.folder import replaced
from tools.editions.book.pages import ROOT, Page, pages, translated
from tools.editions.npm import Package
from tools.editions.redraw import redrawn
from tools.editions.slides.deck import Deck, deck

HERE = Path(__file__).resolve().parent
ICON = HERE.parent / "icon.svg"
LOOK = HERE.parent / "book" / "static" / "letters.css"  # names the files of the letters
OUT = ROOT / "build" / "slides"
# Shows the slides, with a speaker's view (MIT licence). Without it, each deck is a plain page.
REVEAL = Package(
    "reveal.js",
    "6.0.2",
    "sha512-JYIg5D9aoxoaLeb84O+OvAwsKWdIavVgEDScxtYEXFCT6t6TQrhNtSgogcjdCpdLsWglhJn3zyE3fUOwiH5KEg==",
    {
        "reveal.js": "dist/reveal.js",
        "reveal.css": "dist/reveal.css",
        "reset.css": "dist/reset.css",
        "notes.js": "dist/plugin/notes.js",
        "LICENSE": "LICENSE",
    },
)
_PAPER = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(["j2"]), trim_blocks=True, lstrip_blocks=True
)
_PAPER.globals |= {"say": say, "direction": direction}


def build(
    out: Path = OUT,
    reveal: Mapping[str, bytes] | None = None,
    letters: Mapping[str, bytes] | None = None,
    *,
    redraw: bool = True,
) -> dict[str, Deck]:
    """Write a deck for each lesson, in each language that has it.

    Parameters
    ----------
    out : pathlib.Path, default build/slides
        The folder; what an earlier build wrote there is taken away.
    reveal : dict of str to bytes, optional
        The parts of `REVEAL`; without them each deck is a page on which the slides stand one below the other.
    letters : dict of str to bytes, optional
        The parts of the book's `LETTERS`; without them Arabic script is set in the reader's own fonts.
    redraw : bool, default True
        Whether figures are drawn anew for slides, with larger letters; else they are those that are stored.

    Returns
    -------
    dict of str to list of list of tools.editions.slides.deck.Slide
        The decks, by the names of their files.
    """
    lessons = [page for page in [*pages(), *translated()] if page.is_lesson]
    decks: dict[str, Deck] = {}
    assets = {path.name: path.read_bytes() for path in (HERE / "static").iterdir()}
    assets |= {ICON.name: ICON.read_bytes(), **(reveal or {}), **(letters or {})}
    assets |= {LOOK.name: LOOK.read_bytes()} if letters else {}
    with replaced(out, "reveal.js/slides.css") as folder:
        for page in lessons:
            pictures = Pictures(page.to("images"), page.address.removesuffix(".html").replace("/", "-"))
            with speaking(page.language):
                made = decks[page.address] = _deck(page, pictures, redraw=redraw)
                shown = {"page": page, "stacks": made, "reveal": bool(reveal), "letters": bool(letters)}
                _write(folder, page.address, "deck.html.j2", **shown)
            for name, content in pictures.files.items():
                if any(name in shown for stack in made for slide in stack for shown in slide.shown):
                    write_if_changed(folder / "images" / name, content)
        _write(
            folder, "index.html", "index.html.j2", lessons=_counted(lessons, decks), reveal=bool(reveal), about=colophon()
        )
        for name, content in assets.items():
            write_if_changed(folder / "reveal.js" / name, content)
    return decks


def _deck(page: Page, pictures: Pictures, *, redraw: bool) -> Deck:
    """Make the deck of a lesson; what part a translated text plays is read from its English."""
    lesson = nbformat.read(ROOT / page.source, as_version=4)
    folder = (ROOT / page.source).parent
    english = nbformat.read(LESSONS / Path(page.source).name, as_version=4) if page.language != ENGLISH else None
    return deck(redrawn(lesson, folder, "slide") if redraw else lesson, pictures, english)


def _counted(lessons: list[Page], decks: dict[str, Deck]) -> list[tuple[Page, int]]:
    return [(page, sum(len(stack) for stack in decks[page.address])) for page in lessons]


def _write(folder: Path, address: str, template: str, **values: object) -> None:
    write_if_changed(folder / address, _PAPER.get_template(template).render(values).encode())
