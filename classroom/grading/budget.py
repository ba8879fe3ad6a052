"""What is kept and shown of one submission: bounded as a whole, so that a small notebook cannot fill a disk or a memory.

What the assignment asks for comes first: the answers, and the figures that the checks show. Cells that a student added share
what is left. Everything was run and marked before; this is about what people see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..sandbox.messages import Ran
from ..submissions.align import AlignedSubmission, PlacedCell
from .grader_notebook import MAX_PICTURES as MAX_PICTURES_OF_CELL
from .grader_notebook import pictures_of

MAX_PICTURES = 20
MAX_PICTURE_BYTES = 4_000_000  # after they are written anew; an ordinary submission has 100,000
MAX_DECODED = 60_000_000  # pixels of all pictures: seven figures that fill a page at 300 dots, or a hundred ordinary ones
MAX_TEXT = 200_000  # characters of what a student wrote and printed; an ordinary submission has 15,000
_MAX_ERROR = 2_000
_CUT = "\n… (the rest was left out)"


@dataclass(frozen=True)
class Kept:
    """A submission as it is shown: its cells, how they went, their clean pictures, and what had to be left out."""

    work: AlignedSubmission
    ran: Mapping[str, Ran]
    pictures: Mapping[str, tuple[bytes, ...]]


def within_budget(work: AlignedSubmission, ran: Iterable[Ran]) -> Kept:
    """Cut a submission down to what is kept of it, with a note for each kind of thing that was left out."""
    went = {one.cell_id: one for one in ran}
    first = sorted(work.cells, key=lambda cell: cell.origin is None)
    texts = _Texts()
    written = {cell.cell_id: texts.take(cell.source) if cell.own else cell.source for cell in first}
    shown = {cell.cell_id: _texts_of(went[cell.cell_id], texts) for cell in first if cell.cell_id in went}
    pictures, note = _pictures(first, went)
    notes = [*work.notes, *([note] if note else []), *([_text_note()] if texts.cut else [])]
    cells = tuple(replace(cell, source=written[cell.cell_id]) for cell in work.cells)
    return Kept(replace(work, cells=cells, notes=tuple(notes)), shown, pictures)


class _Texts:
    """Hands out what is left of the room for text."""

    def __init__(self) -> None:
        self.left, self.cut = MAX_TEXT, False

    def take(self, text: str, most: int = MAX_TEXT) -> str:
        most = min(most, self.left)
        self.left -= min(len(text), most)
        if len(text) <= most:
            return text
        self.cut = True
        return text[:most] + _CUT


def _texts_of(ran: Ran, texts: _Texts) -> Ran:
    return replace(ran, text=texts.take(ran.text), error=texts.take(ran.error, _MAX_ERROR), pictures=())


def _pictures(cells: Iterable[PlacedCell], went: Mapping[str, Ran]) -> tuple[dict[str, tuple[bytes, ...]], str]:
    """Redraw pictures until the room for them is used up. A damaged one takes room too: it was looked at."""
    found: dict[str, tuple[bytes, ...]] = {}
    tried, size, made, pixels = 0, 0, 0, 0
    for cell in (cell for cell in cells if cell.cell_id in went):
        drawn = went[cell.cell_id].pictures
        made += len(drawn)
        looked_at = drawn[: min(MAX_PICTURES_OF_CELL, MAX_PICTURES - tried)]
        tried += len(looked_at)
        fitting = [picture for picture in looked_at if (pixels := pixels + _pixels(picture)) <= MAX_DECODED]
        for clean in pictures_of(replace(went[cell.cell_id], pictures=tuple(fitting))):
            if size + len(clean) <= MAX_PICTURE_BYTES:
                size += len(clean)
                found[cell.cell_id] = (*found.get(cell.cell_id, ()), clean)
    shown = sum(map(len, found.values()))
    return found, "" if shown == made else _picture_note(made, shown)


def _pixels(picture: bytes) -> int:
    """Read the size of a PNG file from its head, as whoever decodes it does."""
    return int.from_bytes(picture[16:20]) * int.from_bytes(picture[20:24])


def _picture_note(made: int, shown: int) -> str:
    return (
        f"Your cells drew {made} pictures, and {shown} of them are shown. There is room for {MAX_PICTURES} pictures "
        f"({MAX_PICTURES_OF_CELL} for each cell) and {MAX_PICTURE_BYTES // 1_000_000} MB in all; pictures that are too "
        "large or damaged are not shown. Those of the answers come first."
    )


def _text_note() -> str:
    return (
        f"Not all text is shown here: there is room for {MAX_TEXT:,} characters. All your cells were run, "
        "and the points count for all of them."
    )
