"""Give rendered cells the form of a page: anchors, figures with their words, tables that a phone can show, scripts that run
from right to left."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString
from PIL import Image

from helpers.language import direction, say
from tools.content.pages import slug
from tools.editions.book import marks

# A table with a cell longer than this is read row by row on a phone; a shorter one is compared column by column.
LONG_CELL = 60
# A picture that is shown wider than this, in the dots of a page, is printed across a sheet of its own.
WIDE_PICTURE = 1200
_LETTERS = r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+"
_ARABIC = re.compile(rf"{_LETTERS}(?:\s+{_LETTERS})*")
# What may stay of the attributes of a table's parts: its looks are the book's.
_PARTS = ["caption", "thead", "tbody", "tfoot", "tr", "th", "td"]
_ATTRIBUTES = ("scope", "colspan", "rowspan", "lang", "dir", "class")
# Letters that Urdu has and Arabic has not.
_URDU = re.compile(r"[ٹڈڑپچگکیےہھںژ]")
_LANGUAGES = {"ur": "ur", "urdu": "ur", "ar": "ar", "arabic": "ar"}


@dataclass
class Pictures:
    """The pictures of one page, taken out of it into files."""

    folder: str  # where the page finds them, for example ``"images"``
    name: str  # how their names begin
    files: dict[str, bytes] = field(default_factory=dict)  # the files, by their names

    def add(self, png: bytes) -> str:
        """Keep a picture and return its address, seen from the page."""
        name = f"{self.name}-{len(self.files) + 1}.png"
        self.files[name] = png
        return f"{self.folder}/{name}"


def dress(soup: BeautifulSoup, pictures: Pictures) -> None:
    """Give rendered cells the form of a page of the book: they are changed, and their pictures go to `pictures`."""
    for unwanted in [*soup.find_all("style"), *soup.find_all(string=lambda text: isinstance(text, Comment))]:
        unwanted.extract()
    _anchor(soup)
    _list_of_terms(soup)
    for image in soup.select("img.figure, img[src^='data:']"):
        _figure(soup, image, pictures)
    for table in soup.find_all("table"):
        _table(soup, table)
    _mark_scripts(soup)


def _anchor(soup: BeautifulSoup) -> None:
    """Give every heading an id, as GitHub would; an empty anchor gives its id to the paragraph or heading that it opens."""
    for mark in soup.find_all("a", {"id": True, "href": False}):
        if mark.parent is not None and not mark.get_text():
            mark.parent["id"] = mark["id"]
            mark.decompose()
    taken: dict[str, int] = {}
    for heading in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"], {"id": False}):
        name = slug(heading.get_text())
        taken[name] = taken.get(name, -1) + 1
        heading["id"] = name if taken[name] == 0 else f"{name}-{taken[name]}"


def _list_of_terms(soup: BeautifulSoup) -> None:
    """Make one list of terms of paragraphs that follow each other and each explain a word: "**word**: what it is"."""
    for paragraph in soup.select("p[id]:has(> strong:first-child)"):
        before, explained = paragraph.find_previous_sibling(), paragraph.decode_contents()
        term, colon, meaning = explained.partition(": ")
        if not colon:
            continue
        if not (isinstance(before, Tag) and before.name == "dl"):
            before = soup.new_tag("dl", attrs={"class": "words"})
            paragraph.insert_before(before)
        pair = f'<dt id="{paragraph["id"]}">{term}</dt><dd>{meaning}</dd>'
        before.append(BeautifulSoup(pair, "html.parser"))
        paragraph.decompose()


def _figure(soup: BeautifulSoup, image: Tag, pictures: Pictures) -> None:
    """Put a picture and the words beneath it into one figure; the picture leads to itself in full size."""
    data = base64.b64decode(str(image["src"]).partition("base64,")[2])
    dots, lines = Image.open(io.BytesIO(data)).size
    width = int(str(image.get("width") or dots))  # less than its dots, if it is drawn denser than a page shows it
    height = round(lines * width / dots)
    address, phone = pictures.add(data), str(image.get("data-phone") or "")
    stood = marks.read(str(image.get("data-marks", "")))
    image.attrs = {
        "src": address,
        "alt": image["alt"],
        "width": str(width),
        "height": str(height),
        "style": f"--width: {width}px",
        "loading": "lazy",
    }
    figure = soup.new_tag("figure", attrs={"class": "wide"} if width > WIDE_PICTURE else {})
    paper = soup.new_tag("a", attrs={"class": "paper", "href": address})
    image.replace_with(figure)
    figure.append(paper)
    paper.append(_with_form_for_a_phone(soup, image, base64.b64decode(phone), pictures) if phone else image)
    marks.lay_over(soup, paper, stood, pictures.folder)
    words = figure.find_next_sibling()
    if isinstance(words, Tag) and words.get_text().lstrip().startswith(say("In words.")):
        words.name = "figcaption"
        words.attrs = {}
        figure.append(words)


def _with_form_for_a_phone(soup: BeautifulSoup, image: Tag, png: bytes, pictures: Pictures) -> Tag:
    """Return a picture of two forms, of which a browser loads one: the other is for narrow screens (see book.css)."""
    with Image.open(io.BytesIO(png)) as drawn:
        dots, lines = drawn.size
    form = {"media": "screen and (max-width: 34rem)", "srcset": pictures.add(png), "width": str(dots), "height": str(lines)}
    both = soup.new_tag("picture")
    both.append(soup.new_tag("source", attrs=form))
    both.append(image)
    return both


def _table(soup: BeautifulSoup, table: Tag) -> None:
    """Tidy a table, tell each cell the name of its column, and put the table into a box that scrolls."""
    long = any(len(cell.get_text()) > LONG_CELL for cell in table.find_all("td"))
    for part in [table, *table.find_all(_PARTS)]:
        part.attrs = {name: value for name, value in part.attrs.items() if name in _ATTRIBUTES}
    above = [[cell.get_text().strip() for cell in row.find_all(["th", "td"])] for row in table.select("thead tr")]
    heads = max(above, key=lambda names: sum(map(bool, names)), default=[])  # other rows hold groups, or names of rows
    for cell in table.select("thead th"):
        cell["scope"] = "colgroup" if cell.get("colspan", "1") != "1" else "col"
        if not cell.get_text().strip():
            cell.name = "td"
            del cell["scope"]
    for row in table.select("tbody tr"):
        for head, cell in zip(heads, row.find_all(["th", "td"]), strict=False):
            cell["data-label"] = head
            if head.lower() in _LANGUAGES and cell.get_text().strip():
                cell["lang"], cell["dir"] = _LANGUAGES[head.lower()], "rtl"
        for cell in row.find_all("th"):
            cell["scope"] = "row"
    if long:
        _keep_meaning_when_reflowed(table)
    caption = table.find("caption")
    label = caption.get_text() if isinstance(caption, Tag) else f"Table: {', '.join(filter(None, heads))}"
    box = soup.new_tag("div", attrs={"class": "table reflow" if long else "table", "role": "group", "aria-label": label})
    table.wrap(box)


def _keep_meaning_when_reflowed(table: Tag) -> None:
    """Say in roles what is a table, a row and a cell: a table whose rows are shown as blocks would lose it otherwise."""
    table["role"] = "table"
    for names, role in (
        (("thead", "tbody"), "rowgroup"),
        (("tr",), "row"),
        (("td",), "cell"),
    ):
        for part in table.find_all(names):
            part["role"] = role
    for cell in table.find_all("th"):
        cell["role"] = "columnheader" if cell.find_parent("thead") else "rowheader"


def _mark_scripts(soup: BeautifulSoup) -> None:
    """Mark Arabic letters as running from right to left, where the page has not done so itself."""
    if direction() == "rtl":  # a page in such a language is marked as a whole
        return
    for text in soup.find_all(string=_ARABIC):
        if text.find_parent(attrs={"dir": "rtl"}) is None and text.find_parent(["style", "script"]) is None:
            _split(soup, text, _ARABIC, _right_to_left)


def _right_to_left(soup: BeautifulSoup, text: str) -> Tag:
    marked = soup.new_tag("bdi", attrs={"dir": "rtl", "lang": "ur" if _URDU.search(text) else "ar"})
    marked.string = text
    return marked


def _split(
    soup: BeautifulSoup, text: NavigableString, pattern: re.Pattern[str], made: Callable[[BeautifulSoup, str], Tag]
) -> None:
    """Replace each match within a text by an element."""
    parts: list[NavigableString | Tag] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [NavigableString(text[end : match.start()]), made(soup, match[0])]
        end = match.end()
    parts.append(NavigableString(text[end:]))
    text.replace_with(*[part for part in parts if isinstance(part, Tag) or part])
