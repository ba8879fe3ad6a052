"""From a lesson to its slides: stacks of slides, one stack a section, as the slide types of the cells say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from tools.editions.book.dress import Pictures, dress
from tools.editions.book.render import html_of_markdown, rendered
from tools.editions.slides.brief import pieces, words
from tools.editions.slides.fit import chunks
from tools.editions.slides.kinds import BELOW, NOTES, SAME, SKIP, SLIDE, kind_of

# More lines of code than these do not stay on a slide beside what they made.
LINES_OF_CODE = 6
# A text of more words than these is shown in smaller letters.
DENSE = 65


@dataclass
class Slide:
    """One slide.

    Attributes
    ----------
    section : str
        The heading beneath which it stands; empty if it shows a heading itself.
    shown : list of str
        What it shows, as HTML.
    notes : list of str
        What only the speaker sees, as HTML.
    look : str
        ``"picture"`` if a picture fills it, ``"dense"`` if a text needs smaller letters.
    """

    section: str = ""
    shown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    look: str = ""


Deck = list[list[Slide]]


def deck(notebook: NotebookNode, pictures: Pictures) -> Deck:
    """Make the slides of a lesson.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The lesson; it is not changed.
    pictures : tools.editions.book.dress.Pictures
        Takes the pictures.

    Returns
    -------
    list of list of Slide
        A stack for each section.
    """
    soup = rendered(notebook)
    dress(soup, pictures)
    made: Deck = []
    section = ""
    for cell in notebook.cells:
        kind = kind_of(cell)
        if kind == SKIP:
            continue
        element = soup.select_one(f'[data-cell="{cell.id}"]')
        if element is None:
            raise ValueError(f"Cell {cell.id!r} was not rendered: two cells of the lesson may have the same id.")
        if kind == NOTES:
            _last(made).notes.append(_inner(element))
            continue
        for number, slide in enumerate(_slides(cell, element)):
            heading = _heading(slide)
            slide.section = "" if heading else section
            section = heading or section
            _place(made, slide, kind if number == 0 else BELOW)
    return made


def _slides(cell: NotebookNode, element: Tag) -> Iterator[Slide]:
    """Make the slides of one cell."""
    if cell.cell_type == "markdown":
        for piece in pieces(cell.source):
            notes = [_tidy(html_of_markdown(piece.notes))] if piece.notes else []
            yield from _of_text(_tidy(html_of_markdown(piece.shown)), notes)
        return
    code = element.find("details", class_="code")
    made = code.find("pre") if isinstance(code, Tag) else None
    notes = [f"<p>The code that makes this:</p>{made}"] if made else []
    short = isinstance(made, Tag) and made.get_text().strip().count("\n") < LINES_OF_CODE
    for part in element.select("figure, .table, pre.result"):
        if part.name == "figure":
            yield _of_figure(part, notes)
        elif part.name == "pre":
            yield Slide(shown=[f'<div class="input">{made}</div>' if short else "", str(part)], notes=notes)
        else:
            yield from (Slide(shown=[str(chunk)], notes=notes) for chunk in chunks(_table_in(part)))


def _of_figure(figure: Tag, notes: list[str]) -> Slide:
    """Show the picture, and keep its words, without the list of entries, for the speaker."""
    words_of_it = figure.select_one("figcaption > p")
    image = figure.select("img")[0]
    del image["loading"]  # a slide that is turned to must be there at once
    shown = [f'<div class="picture">{image}</div>']
    return Slide(shown=shown, notes=[*notes, str(words_of_it or "")], look="picture")


def _table_in(box: Tag) -> Tag:
    return box.select("table")[0]


def _of_text(html: str, notes: list[str]) -> Iterator[Slide]:
    """Make the slides of a text: one, unless a table in it needs more."""
    soup = BeautifulSoup(html, "html.parser")
    tables = [(table, chunks(table)) for table in soup.find_all("table")]
    more: list[str] = []
    for table, parts in tables:
        more += [str(part) for part in parts[1:]]
        table.replace_with(parts[0])
    yield Slide(shown=[str(soup)], notes=notes, look="dense" if words(soup.get_text()) > DENSE else "")
    yield from (Slide(shown=[part]) for part in more)


def _tidy(html: str) -> str:
    """Dress a text, and take out links into the course: nobody follows them from a wall."""
    soup = BeautifulSoup(html, "html.parser")
    dress(soup, Pictures("", ""))
    for anchor in soup.select("a[href]"):
        if ":" not in str(anchor["href"]).partition("/")[0]:
            anchor.unwrap()
    for box in soup.select("div.table"):
        box.unwrap()
    return str(soup)


def _place(made: Deck, slide: Slide, kind: str) -> None:
    """Put a slide where its type says."""
    if kind == SLIDE or not made:
        made.append([slide])
    elif kind == BELOW:
        made[-1].append(slide)
    else:
        last = _last(made)
        last.shown += slide.shown if kind == SAME else [f'<div class="fragment">{"".join(slide.shown)}</div>']
        last.notes += slide.notes


def _last(made: Deck) -> Slide:
    if not made:
        made.append([Slide()])
    return made[-1][-1]


def _heading(slide: Slide) -> str:
    found: Any = BeautifulSoup("".join(slide.shown), "html.parser").find(["h1", "h2"])
    return found.get_text() if found else ""


def _inner(element: Tag) -> str:
    return element.decode_contents()
