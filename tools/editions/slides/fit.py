"""Cut a table into slides: as many rows as a slide holds in letters that the last row of a room can read."""

from __future__ import annotations

import math
from itertools import zip_longest

from bs4 import BeautifulSoup, Tag

# Of a slide of 1280 × 720: what is left for a table beneath its heading, and the sizes in slides.css.
HEIGHT = 500
WIDTH = 1180
LETTER = 12.2
LINE = 31.2
PADDING = 17
GAP = 22
# Lines break between words, so they are not full.
LOOSE = 1.1


def chunks(table: Tag) -> list[Tag]:
    """Cut a table by its rows.

    Parameters
    ----------
    table : bs4.Tag
        The table; it is not changed.

    Returns
    -------
    list of bs4.Tag
        Tables that each fit a slide, with the same heads; a caption says which rows they hold.
    """
    rows = table.select("tbody tr")
    counts = _rows_per_slide(table)
    if len(counts) <= 1:
        return [_copy(table)]
    found, start = [], 0
    for count in counts:
        part = _copy(table)
        for number, row in enumerate(part.select("tbody tr")):
            if not start <= number < start + count:
                row.decompose()
        _say_which(part, start, count, len(rows))
        found.append(part)
        start += count
    return found


def _rows_per_slide(table: Tag) -> list[int]:
    heights = _heights(table)
    if not heights:
        return []
    slides = max(1, math.ceil(sum(heights) / HEIGHT))
    # Of equal height, so that no slide holds a lonely last row.
    target = min(HEIGHT, sum(heights) / slides * 1.15)
    counts, filled = [0], 0.0
    for height in heights:
        if counts[-1] and filled + height > target:
            counts.append(0)
            filled = 0.0
        counts[-1] += 1
        filled += height
    return counts


def _heights(table: Tag) -> list[float]:
    """Guess the height of each row from the widths that a browser would give to the columns."""
    rows = [[cell.get_text().strip() for cell in row.find_all(["td", "th"])] for row in table.select("tbody tr:has(td, th)")]
    heads = [cell.get_text().strip() for cell in table.select("thead tr:last-child > *")]
    columns = list(zip_longest(heads, *rows, fillvalue=""))
    if not columns:
        return []
    widths = _widths(columns)
    lines = [max(_lines(text, width) for text, width in zip(row, widths, strict=False)) for row in rows]
    return [count * LINE + PADDING for count in lines]


def _lines(text: str, width: float) -> int:
    return 1 if len(text) <= width else math.ceil(LOOSE * len(text) / width)


def _widths(columns: list[tuple[str, ...]]) -> list[float]:
    """Share the width of a slide as CSS does: each column gets its longest word, and of the rest by its longest text."""
    room = (WIDTH - GAP * len(columns)) / LETTER
    least = [max(len(head), *(len(word) for text in texts for word in text.split() or [""])) for head, *texts in columns]
    most = [max(len(text) for text in column) for column in columns]
    if sum(most) <= room:
        return [float(max(width, 1)) for width in most]
    share = max(0.0, (room - sum(least)) / max(1, sum(most) - sum(least)))
    return [max(1.0, low + (high - low) * share) for low, high in zip(least, most, strict=True)]


def _copy(table: Tag) -> Tag:
    return BeautifulSoup(str(table), "html.parser").select("table")[0]


def _say_which(part: Tag, start: int, count: int, total: int) -> None:
    if not part.select("caption"):
        part.insert(0, BeautifulSoup("<caption></caption>", "html.parser").select("caption")[0])
    caption = part.select("caption")[0]
    first, last = start + 1, start + count
    which = f"row {first}" if count == 1 else f"rows {first}–{last}"
    text = caption.get_text()
    caption.string = f"{text} ({which} of {total})" if text else f"{which.capitalize()} of {total}"
