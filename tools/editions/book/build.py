"""Build the book: render, dress and link every page, and write it with what it needs into one folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, select_autoescape
from nbformat import NotebookNode

from classroom.colophon import colophon
from classroom.files import write_if_changed
from classroom.lesson_files import LESSONS
from helpers.language import ENGLISH, direction, say, speaking
from tools.content.lesson_table import row_of
from tools.editions.binder import Course, link, published
from tools.editions.book import claims_links, margin, search
from tools.editions.book.dress import Pictures, dress
from tools.editions.book.events import EVENTS, events_page
from tools.editions.book.folder import replaced
from tools.editions.book.links import Links
from tools.editions.book.pages import ROOT, Page, pages, translated
from tools.editions.book.render import read, rendered
from tools.editions.book.start import card, counts, cover, summary
from tools.editions.npm import Package
from tools.editions.redraw import PHONE, redrawn

HERE = Path(__file__).resolve().parent
OUT = ROOT / "build" / "book"
STATIC = HERE / "static"
# The sign of the course, and that of an institution, if it is there.
ICON, LOGO = (
    HERE.parent / "icon.svg",
    HERE.parent / "logo.svg",
)
# Searches the book in the reader's browser (MIT licence). Without it, static/search.js does so in a simpler way.
MINISEARCH = Package(
    "minisearch",
    "7.2.0",
    "sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==",
    {"minisearch.js": "dist/umd/index.js", "minisearch-LICENSE.txt": "LICENSE.txt"},
)
# The letters of the pages in Urdu and Arabic (SIL Open Font License 1.1): Nastaliq for Urdu, Naskh for Arabic.
LETTERS = tuple(
    Package(
        f"@fontsource/{name}",
        "5.3.0",
        integrity,
        {
            f"{name}-400.woff2": f"files/{name}-arabic-400-normal.woff2",
            f"{name}-700.woff2": f"files/{name}-arabic-700-normal.woff2",
            f"{name}-LICENSE.txt": "LICENSE",
        },
    )
    for name, integrity in (
        (
            "noto-nastaliq-urdu",
            "sha512-rhozTu22mlnDp5R8A4gGeNJvoLroHEV0TytCwly20w1LMA+VXs/MyhORGJu3i3SWZFdyeCFe5EF5xzraq6zd6A==",
        ),
        (
            "noto-naskh-arabic",
            "sha512-S/GDgQ6mh/PKo4mz5+eXNYbEarvpI7yh6eCdOz8tTVbeM7+OUiacIEscaYEibr/+egDtGbO2ZB00sjy1bJC1kQ==",
        ),
    )
)
OWN_NAMES = {ENGLISH: "English", "ur": "اردو", "ar": "العربية"}
ENTRIES = "entries.js"
OUTSIDE = "outside_links.txt"
WAYS_TO_OPEN = "notebooks/teaching/doors.md"  # how to open the notebooks themselves
CARD = "images/card.png"
ABOUT = Page("", "about.html", "About this course", "")
LICENCES = "Texts, figures and tables: CC BY 4.0, one table of regimes CC BY-SA 4.0; code: BSD 3-Clause."
_TITLES = ["h1", "h2", "h3"]
Meanings = tuple[Page, Mapping[str, str]] | None  # the glossary, and its notes by the anchors of their words
_PAPER = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(["j2"]), trim_blocks=True, lstrip_blocks=True
)


# A range of years is not broken at the end of a line.
_PAPER.globals |= {"say": say, "direction": direction}
_PAPER.filters["joined"] = lambda text: text.replace("–", "\u2060–\u2060")


UNPUBLISHED = Course("", "")


@dataclass(frozen=True)
class Doors:
    """Where else a lesson can be opened; an empty address is a door that is not there."""

    site: str = ""  # the browser edition, seen from the book's start page
    slides: str = ""  # the slides, seen from the book's start page
    course: Course = UNPUBLISHED  # where the course is published, for Binder

    def of(self, page: Page) -> list[tuple[str, str]]:
        """Return the doors of one lesson: what each is called, and its address."""
        if not page.is_lesson:
            return []
        found = [
            (say("Run it on Binder"), link(self.course, page.source)),
            (say("Run it in this browser"), self._from(page, self.site, f"lab/index.html?path={page.source}")),
            (say("Slides"), self._from(page, self.slides, page.address)),
        ]
        return [(name, address) for name, address in found if address]

    @staticmethod
    def _from(page: Page, door: str, inside: str) -> str:
        """Return the way from a page into a door; a relative address is seen from the start page."""
        if not door:
            return ""
        base = door if door.endswith("/") else f"{door}/"
        return base + inside if "://" in base or base.startswith("/") else page.to(base + inside)


def build(
    out: Path = OUT,
    doors: Doors | None = None,
    engine: Mapping[str, bytes] | None = None,
    letters: Mapping[str, bytes] | None = None,
    *,
    phone: bool = True,
) -> Links:
    """Write the book.

    Parameters
    ----------
    out : pathlib.Path, default build/book
        The folder; what stood in it before is taken away.
    doors : Doors, optional
        Where lessons can be run; by default Binder, if the course is published.
    engine : dict of str to bytes, optional
        The parts of `MINISEARCH`; without them the book has a plain search.
    letters : dict of str to bytes, optional
        The parts of `LETTERS`; without them Arabic script is set in the reader's own fonts.
    phone : bool, default True
        Whether figures are drawn anew for telephones; else a telephone shows those of the page.

    Returns
    -------
    Links
        What goes along, and which addresses elsewhere the book names.
    """
    doors = doors or Doors(course=published())
    book, others = _book(), translated()
    links = Links([*book, *others], doors.course.repository, doors.course.tag)
    with replaced(out, ENTRIES) as folder:
        entries: list[search.Entry] = []
        ways, meanings = _ways_to_open(book), _meanings(book, links)
        for number, page in enumerate(book):
            soup, pictures = page_text(page, links, phone=phone)
            entries += search.entries(soup, page, len(entries))
            _margin(soup, page, meanings)
            around = (book[number - 1] if number else None, book[number + 1] if number + 1 < len(book) else None)
            more: dict[str, Any] = {"doors": doors.of(page), "around": around, "notebooks": ways and page.to(ways)}
            more["versions"] = versions(page, others)
            _write(folder, page.address, _sheet("page.html.j2", page, book, soup=soup, **more))
            for name, content in pictures.files.items():
                write_if_changed(folder / "images" / name, content)
        _translations(folder, others, links, doors, letters=bool(letters))
        _front(folder, book, doors, others, searches=bool(engine))
        _take_along(folder, links, {**(engine or {}), **(letters or {})})
        if not letters:  # it names files that are not there
            (folder / "assets" / "letters.css").unlink()
        _write(folder, ENTRIES, search.script(entries))
        _write(folder, OUTSIDE, "".join(f"{address}\n" for address in sorted(links.outside)))
    return links


def _translations(folder: Path, others: list[Page], links: Links, doors: Doors, *, letters: bool) -> None:
    """Write the pages in other languages: each language is a small book of its own, with the same look."""
    meanings: dict[str, Meanings] = {}
    for page in others:
        book = [other for other in others if other.language == page.language]
        number = book.index(page)
        with speaking(page.language):
            soup, pictures = page_text(page, links)
            if page.language not in meanings:
                meanings[page.language] = _meanings(book, links)
            _margin(soup, page, meanings[page.language])
            around = (book[number - 1] if number else None, book[number + 1] if number + 1 < len(book) else None)
            more = {
                "doors": doors.of(page),
                "around": around,
                "notebooks": "",
                "versions": versions(page, others),
                "letters": letters,
            }
            _write(folder, page.address, _sheet("page.html.j2", page, book, soup=soup, **more))
        for name, content in pictures.files.items():
            write_if_changed(folder / "images" / name, content)


def versions(page: Page, others: list[Page]) -> list[tuple[str, str, str]]:
    """Say in which languages a page can be read, if in more than one: the code, the language's own name, the address.

    A page that another language has not leads to the start page of that language.
    """
    beside: dict[str, dict[str, str]] = {}
    for other in others:
        name = other.address.removeprefix(f"{other.language}/")
        beside.setdefault(other.language, {})[name] = other.address
    own = page.address if page.language == ENGLISH else page.address.removeprefix(f"{page.language}/")
    english = [
        (ENGLISH, OWN_NAMES[ENGLISH], own if (ROOT / "notebooks" / Path(page.source).name).exists() else "index.html")
    ]
    more = [
        (language, OWN_NAMES[language], found.get(own, f"{language}/index.html"))
        for language, found in beside.items()
        if own in found or own == "index.html" or page.language != ENGLISH
    ]
    return [*english, *more] if more else []


def _book() -> list[Page]:
    """List the pages: those of the course, and after the glossary and the codebook that of all events."""
    found = pages()
    last = max(number for number, page in enumerate(found) if page.is_lesson or page.part == EVENTS.part)
    return [*found[: last + 1], EVENTS, *found[last + 1 :]]


def page_text(page: Page, links: Links, *, phone: bool = False) -> tuple[BeautifulSoup, Pictures]:
    """Return what stands on a page, and its pictures."""
    if page == EVENTS:
        soup = events_page()
    else:
        notebook = read(ROOT / page.source)
        redraw = phone and page.is_lesson and page.language == ENGLISH
        soup = rendered(redrawn(notebook, LESSONS, PHONE) if redraw else notebook)
    if page.is_lesson and page.language != ENGLISH:
        _same_anchors(soup, ROOT / "notebooks" / Path(page.source).name)
    pictures = Pictures(page.to("images"), page.address.removesuffix(".html").replace("/", "-"))
    links.rewrite(soup, page)
    dress(soup, pictures)
    return soup, pictures


def _meanings(book: list[Page], links: Links) -> Meanings:
    """Return the page of a book that explains words, and its notes for the margin; None if the book has no such page."""
    glossary = next((page for page in book if Path(page.source).name == "glossary.md"), None)
    return (glossary, margin.words(page_text(glossary, links)[0])) if glossary is not None else None


def _margin(soup: BeautifulSoup, page: Page, meanings: Meanings) -> None:
    """Lay what words mean beside the paragraphs of a lesson; on any other page nothing is changed."""
    if page.is_lesson and meanings is not None:
        glossary, notes = meanings
        margin.lay_beside(soup, notes, page.to(glossary.address))


def _same_anchors(soup: BeautifulSoup, english: Path) -> None:
    """Give each heading of a translated lesson the anchor of the English one, so that a switch leads to the same place."""
    anchors = _anchors(english.read_text(encoding="utf-8"))
    for cell in soup.select("[data-cell]"):
        for heading, anchor in zip(cell.find_all(_TITLES), anchors.get(str(cell["data-cell"]), ()), strict=False):
            heading["id"] = anchor


@cache
def _anchors(lesson: str) -> dict[str, list[str]]:
    """Return the anchors of the titles in each cell of a lesson, which all its translations share."""
    soup = rendered(NotebookNode(nbformat.reads(lesson, as_version=4)))
    dress(soup, Pictures("", ""))
    cells = soup.select("[data-cell]")
    return {str(cell["data-cell"]): [str(heading["id"]) for heading in cell.find_all(_TITLES)] for cell in cells}


def _sheet(template: str, page: Page, book: list[Page], **more: object) -> str:
    """Fill a template of a page."""
    soup = more.get("soup")
    parts: dict[str, list[Page]] = {}
    for other in book:
        parts.setdefault(other.part, []).append(other)
    headings = [_heading(tag) for tag in soup.find_all("h2")] if isinstance(soup, BeautifulSoup) else []
    about = colophon()
    described = summary(page, soup) if isinstance(soup, BeautifulSoup) else about.abstract
    more.setdefault("versions", [])
    values = {"about": about, "logo": LOGO.is_file(), "licences": LICENCES, "described": described, "card": CARD}
    return _PAPER.get_template(template).render({**values, "page": page, "parts": parts, "headings": headings, **more})


def _heading(tag: Tag) -> tuple[str, str]:
    return str(tag["id"]), tag.get_text()


def _ways_to_open(book: list[Page]) -> str:
    """Return the address of the page that says how to open the notebooks, or "" if the book has none."""
    return next((page.address for page in book if page.source == WAYS_TO_OPEN), "")


def _front(out: Path, book: list[Page], doors: Doors, others: list[Page], *, searches: bool) -> None:
    """Write the start page, the page of the search, what the book says of itself, and the page for a wrong address."""
    start = Page("README.md", "index.html", "Start", "")
    rows = [(page, row_of(ROOT / page.source)) for page in book if page.is_lesson]
    picture = cover()
    linked = claims_links.areas() if picture is not None and picture.file.stem == claims_links.PICTURE else []
    addresses = {Path(page.source).stem: page.address for page in book if page.is_lesson}
    more: dict[str, Any] = {
        "rows": rows,
        "cover": picture,
        "linked": linked,
        "addresses": addresses,
        "counts": counts(),
        "doors": doors,
    }
    more |= {"notebooks": _ways_to_open(book), "versions": versions(start, others)}
    _write(out, start.address, _sheet("start.html.j2", start, book, **more))
    found = Page("", "search.html", "Search", "")
    _write(out, found.address, _sheet("search.html.j2", found, book, engine=searches))
    _write(out, ABOUT.address, _sheet("about.html.j2", ABOUT, book))
    _write(out, "404.html", _sheet("404.html.j2", Page("", "404.html", "Not found", ""), book))


def _take_along(out: Path, links: Links, fetched: Mapping[str, bytes]) -> None:
    """Copy the tables that pages link to, the look, the scripts, and what npm brought: search engine, letters, licences."""
    for address, place in {**links.files, "data/events.csv": "data/events.csv"}.items():
        write_if_changed(out / address, (ROOT / place).read_bytes())
    for name, content in {**{path.name: path.read_bytes() for path in STATIC.iterdir()}, **fetched}.items():
        write_if_changed(out / "assets" / name, content)
    for own in (ICON, LOGO):
        if own.is_file():
            write_if_changed(out / "assets" / own.name, own.read_bytes())
    picture = cover()
    if picture is not None:
        write_if_changed(out / "images" / picture.file.name, picture.file.read_bytes())
    if colophon().address:  # a card is fetched by other hosts, by its whole address: without one, nobody could
        write_if_changed(out / CARD, card())


def _write(out: Path, address: str, text: str) -> None:
    write_if_changed(out / address, text.encode())
