"""How many rows of a table fit a slide in letters that the last row of a room can read."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import zip_longest

from bs4 import BeautifulSoup, Tag

from helpers.language import later, say

# Of a slide of 1280 × 720, in the smallest letters that are allowed (22 pixels): see slides.css.
WIDTH = 1180
LETTER = 11.6
LINE = 29.0
CODE_WIDTH = 85  # letters of code in a line, all of one width
# No column of longer texts is narrower, in letters, unless there are many columns: one word a line is hard to read.
NARROWEST = 14  # td.text in slides.css
TEXT = 30
MOST_COLUMNS = 5
PADDING = 11
WORDS_IN_LINE = 13
GAP = 20
# Longer texts (in characters) are cut if a table has no room for all its rows: to the first of these with which it has.
LONG = (480, 360, 240, 120)
BRIEF = 55  # and to this, if then all rows are shown, or all of which the slide speaks: the longest column first
# Lines break between words, so they are not full.
LOOSE = 1.12


def fitting(table: Tag, height: float, told: str = "") -> Tag:
    """Return as much of a table as fits: all of it, else with long texts cut to their first sentence, else with fewer rows.

    Of the rows those stay first of which the slide speaks.

    Parameters
    ----------
    table : bs4.Tag
        The table; it is not changed.
    height : float
        How much of the slide it may take, in pixels, without its caption and its head.
    told : str, optional
        What stands above and beneath it: it may name rows by what is in their first cell, such as "10c".

    Returns
    -------
    bs4.Tag
        The table, with at least its first row; a caption says if something is left out.
    """
    found = BeautifulSoup(str(table), "html.parser").select("table")[0]
    for row in found.select("tbody tr"):
        cells = row.select("td, th")
        for cell in cells:
            if len(cells) <= MOST_COLUMNS and len(cell.get_text().strip()) >= TEXT:
                cell["class"] = " ".join(filter(None, [*cell.get_attribute_list("class"), "text"]))
    if fits(found, height):
        return found
    whole = len(found.select("tbody tr"))
    for most in LONG:  # from the longest on: each cuts what the one before has left
        _cut_cells(found.select("tbody td"), most)
        if fits(found, height):
            break
    told_of = [rank > 0 for rank in _ranks(found.select("tbody tr"), told)]
    for wanted in ([True] * whole, told_of):
        brief = _brief(found, table, height, wanted) if any(wanted) else None
        if brief is not None:
            found = brief
            break
    rows = found.select("tbody tr")
    kept = _kept(_ranks(rows, told), row_heights(found), height)
    for k in set(range(whole)) - kept:
        rows[k].decompose()
    _say_which(found, kept, whole, bool(found.select("tbody td.cut")))
    return found


def _brief(table: Tag, whole: Tag, height: float, wanted: Sequence[bool]) -> Tag | None:
    """Return a table with its texts cut until the wanted rows fit, first the column that is longest in the whole table.

    None if they don't fit then.
    """
    found = BeautifulSoup(str(table), "html.parser").select("table")[0]
    columns, wholes = (
        list(zip(*(row.select("td, th") for row in of.select("tbody tr")), strict=False)) for of in (found, whole)
    )
    longest = [max(len(cell.get_text()) for cell in column) for column in wholes]
    order = sorted(range(len(columns)), key=lambda k: -longest[k])
    for column in [[], *(columns[k] for k in order)]:
        _cut_cells([cell for cell in column if cell.name == "td"], BRIEF)
        if sum(high for high, there in zip(row_heights(found), wanted, strict=True) if there) <= height:
            return found
    return None


def _ranks(rows: Sequence[Tag], told: str) -> list[int]:
    """Say of which rows a slide speaks: 2 if it names the first cell, 1 if another one, such as a verdict."""

    def rank(row: Tag) -> int:
        texts = [cell.get_text().strip() for cell in row.select("td, th")]
        found = [len(text) > 1 and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", told) is not None for text in texts]
        return 2 if found[:1] == [True] else int(any(found))

    return [rank(row) for row in rows]


def _kept(ranks: Sequence[int], heights: Sequence[float], height: float) -> set[int]:
    """Return which rows stay, at least one: those of which the slide speaks before the others, each in their order."""
    kept: set[int] = set()
    for k in sorted(range(len(heights)), key=lambda k: -ranks[k]):
        if kept and sum(heights[other] for other in kept) + heights[k] > height:
            break
        kept.add(k)
    return kept


def fits(table: Tag, height: float) -> bool:
    """Tell whether all rows of a table fit a height, as `fitting` means it."""
    return sum(row_heights(table)) <= height


def free_words(table: Tag, height: float) -> int:
    """Guess how many words find room beneath a table in a height that is kept for its rows."""
    return max(0, int((height - sum(row_heights(table))) // (LINE * 1.1))) * WORDS_IN_LINE


def row_heights(table: Tag) -> list[float]:
    """Guess the height of each row from the widths that a browser would give to the columns."""
    rows = [[cell.get_text().strip() for cell in row.find_all(["td", "th"])] for row in table.select("tbody tr:has(td, th)")]
    heads = [cell.get_text().strip() for cell in table.select("thead tr:last-child > *")]
    columns = list(zip_longest(heads, *rows, fillvalue=""))
    if not columns:
        return []
    widths = _widths(columns)
    lines = [max(_lines(text, width) for text, width in zip(row, widths, strict=False)) for row in rows]
    return [count * LINE + PADDING for count in lines]


def text_height(text: str) -> float:
    """Guess the height of a paragraph in the smallest letters."""
    return _lines(text, WIDTH / LETTER) * LINE * 1.1 + 14 if text.strip() else 0.0


def code_lines(source: str) -> int:
    """Count the lines that code takes on a slide, where a long one breaks."""
    return sum(max(1, math.ceil(len(line) / CODE_WIDTH)) for line in source.strip().splitlines())


def _lines(text: str, width: float) -> int:
    return 1 if len(text) <= width else math.ceil(LOOSE * len(text) / width)


def _widths(columns: list[tuple[str, ...]]) -> list[float]:
    """Share the width of a slide as CSS does: each column gets its longest word, and of the rest by its longest text."""
    room = (WIDTH - GAP * len(columns)) / LETTER
    most = [max(len(text) for text in column) for column in columns]
    least = [
        max(
            NARROWEST if longest >= TEXT and len(columns) <= MOST_COLUMNS else 1,
            *(len(word) for text in [head, *texts] for word in text.split() or [""]),
        )
        for longest, (head, *texts) in zip(most, columns, strict=True)
    ]
    if sum(most) <= room:
        return [float(max(width, 1)) for width in most]
    share = max(0.0, (room - sum(least)) / max(1, sum(most) - sum(least)))
    return [max(1.0, low + (high - low) * share) for low, high in zip(least, most, strict=True)]


def _cut_cells(cells: Sequence[Tag], most: int) -> None:
    """Cut longer texts to their first sentences, or to their first words if the first is long, and mark what was cut."""
    for cell in cells:
        text = " ".join(cell.get_text().split()).removesuffix(" …")
        if len(text) <= most:
            continue
        ends = [found.end() for found in re.finditer(r"[.?!](?=\s)", text) if found.end() <= most]
        begun = text[: ends[-1]] if ends else text[:most].rsplit(" ", 1)[0].rstrip(",;:")
        cell.string = f"{begun} …"
        cell["class"] = " ".join(dict.fromkeys([*filter(None, cell.get_attribute_list("class")), "cut"]))


def _say_which(table: Tag, kept: set[int], total: int, cut: bool) -> None:
    if not table.select("caption"):
        table.insert(0, BeautifulSoup("<caption></caption>", "html.parser").select("caption")[0])
    caption, count = table.select("caption")[0], len(kept)
    first = count > 1 and max(kept) == count - 1
    words = later("rows 1–{count} of {total}") if first else later("{count} of {total} rows")
    shown = "" if count == total else say(words, count=count, total=total)
    which = say(", ").join(filter(None, [shown, say("shortened") if cut else ""]))
    if which:
        caption.string = f"{caption.get_text()} ({which})" if caption.get_text() else which.capitalize()
