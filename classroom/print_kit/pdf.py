"""Sheets of A4 paper on which text flows: the little that a printed kit needs, drawn with matplotlib into a PDF.

All places and sizes are points (1/72 inch), counted from the lower left corner of the sheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import matplotlib
from fontTools import subset  # type: ignore[import-untyped]  # comes with matplotlib
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from helpers.language import direction, say
from helpers.plotting.text_size import text_width
from helpers.plotting.theme import FONTS, fonts_for, set_lines

A4 = (595.28, 841.89)
MARGIN = 34.0
INK, SOFT, RULE = "#000000", "#444444", "#777777"
SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
_LINE = 1.28  # from line to line, of a font size
_ANY_LETTER = "\u0627"  # of the letters of Arabic and Urdu
_RIGHT_TO_LEFT = "\u200f"  # a line that begins with a Latin word or a number still begins at the right
# Letters stay letters (fonts are embedded whole enough to print and to copy from), in any PDF reader.
_FONTS: dict[Any, Any] = {"pdf.fonttype": 42, "font.family": FONTS}


@contextmanager
def plain_settings() -> Iterator[None]:
    """Draw as matplotlib does where nobody has changed a setting, so that the same sheet looks the same everywhere."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_FONTS)
        if direction() == "rtl":
            matplotlib.rcParams["font.family"] = list(fonts_for(_ANY_LETTER))
        yield


class _LettersAlone(subset.Options):  # type: ignore[misc]
    """What a file takes of a font: its letters, without the rules by which a program sets them beside each other."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.drop_tables += ["GDEF", "GPOS", "GSUB"]


@contextmanager
def _letters_alone() -> Iterator[None]:
    """Let matplotlib put only letters into a file. In a PDF each has its place; to cut those rules took a third of a kit."""
    whole, subset.Options = subset.Options, _LettersAlone
    try:
        yield
    finally:
        subset.Options = whole


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, size, weight, and the gap after it."""

    text: str
    size: float = 9.0
    bold: bool = False
    colour: str = INK
    after: float = 3.0
    indent: float = 0.0

    @property
    def weight(self) -> str:
        """The weight's name in matplotlib."""
        return "bold" if self.bold else "normal"


def broken(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into lines that are not wider than `width` points; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class _Figure(Figure):
    """A figure whose lines of Arabic and Urdu are set as on a page: each in a font that has its letters."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw it."""
        with set_lines(renderer) if direction() == "rtl" else nullcontext():
            super().draw(renderer)


class Sheet:
    """One side of a sheet of A4 paper.

    Parameters
    ----------
    landscape : bool, default False
        Whether the long side is the lower one.
    """

    def __init__(self, *, landscape: bool = False) -> None:
        self.width, self.height = A4[::-1] if landscape else A4
        self.figure = _Figure(figsize=(self.width / 72, self.height / 72), facecolor="white")
        self.ax = self.figure.add_axes((0, 0, 1, 1))
        self.ax.set_xlim(0, self.width)
        self.ax.set_ylim(0, self.height)
        self.ax.set_axis_off()

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return axes for a figure on a part of the sheet."""
        return self.figure.add_axes((left / self.width, bottom / self.height, width / self.width, height / self.height))

    def text(self, x: float, y: float, text: str, size: float, **style: Any) -> None:
        """Write one line; `y` is its base line. From right to left, if the language runs so."""
        if direction() == "rtl":
            text = f"{_RIGHT_TO_LEFT}{text}"
        self.ax.text(x, y, text, fontsize=size, **{"va": "baseline", "color": INK, **style})

    def line(self, x: Sequence[float], y: Sequence[float], *, dashed: bool = False, width: float = 0.7) -> None:
        """Draw a line."""
        style: Any = (0, (4, 3)) if dashed else "-"
        self.ax.add_line(Line2D(x, y, linewidth=width, color=RULE, linestyle=style))

    def box(self, x: float, y: float, width: float, height: float, *, line: float = 0.7) -> None:
        """Draw an empty box from its lower left corner."""
        self.ax.add_patch(Rectangle((x, y), width, height, facecolor="none", edgecolor=RULE, linewidth=line))

    def mark(self, x: float, y: float, **style: Any) -> None:
        """Draw a mark of the timelines."""
        self.ax.add_line(Line2D([x], [y], linestyle="none", **style))

    def write(self, texts: Sequence[Paragraph], x: float, top: float, width: float, scale: float = 1.0) -> float:
        """Write paragraphs one under another.

        Parameters
        ----------
        texts : sequence of Paragraph
            The paragraphs.
        x, top, width : float
            Where.
        scale : float, default 1.0
            Makes all letters and gaps smaller or larger.

        Returns
        -------
        float
            How far down they reach.
        """
        y = top
        for text in texts:
            size = text.size * scale
            for line in broken(text.text, width - text.indent, size, text.weight):
                y -= size * _LINE
                at, side = (x + width - text.indent, "right") if direction() == "rtl" else (x + text.indent, "left")
                self.text(at, y + size * 0.25, line, size, weight=text.weight, color=text.colour, ha=side)
            y -= text.after * scale
        return y

    def fit(self, texts: Sequence[Paragraph], x: float, top: float, width: float, height: float) -> None:
        """Write paragraphs into a box, smaller if they are long; what cannot fit even then is cut, with three dots."""
        scale = next((scale for scale in SCALES if needed(texts, width, scale) <= height), SCALES[-1])
        kept = list(texts)
        while needed(kept, width, scale) > height and len(kept) > 1:
            *words, _ = kept[-1].text.rstrip(" …").split(" ")
            last = [Paragraph(" ".join([*words, "…"]), kept[-1].size, kept[-1].bold, kept[-1].colour)] if words else []
            kept = [*kept[:-1], *last]
        self.write(kept, x, top, width, scale)


def needed(texts: Sequence[Paragraph], width: float, scale: float = 1.0) -> float:
    """Return the height that paragraphs need, in points."""
    heights = (
        len(broken(text.text, width - text.indent, text.size * scale, text.weight)) * text.size * scale * _LINE
        + text.after * scale
        for text in texts
    )
    return sum(heights)


class Booklet:
    """Sheets one after another, and a column of text that goes on to the next sheet when one is full."""

    def __init__(self, title: str) -> None:
        self.title, self.sheets = title, list[Sheet]()
        self.y = 0.0

    def sheet(self, *, landscape: bool = False) -> Sheet:
        """Begin a new sheet."""
        self.sheets.append(Sheet(landscape=landscape))
        self.y = self.sheets[-1].height - MARGIN
        return self.sheets[-1]

    def flow(self, *texts: Paragraph) -> None:
        """Write paragraphs that stay together, on this sheet or, if it is full, on the next."""
        width = A4[0] - 2 * MARGIN
        if not self.sheets or self.y - needed(texts, width) < MARGIN:
            self.sheet()
        self.y = self.sheets[-1].write(texts, MARGIN, self.y, width)

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[str]], size: float = 8.5) -> None:
        """Write the rows of a table, the first in bold as its head; it goes on to further sheets."""
        for number, row in enumerate(rows):
            cells = [[Paragraph(words, size, bold=number == 0, after=4.0)] for words in row]
            height = max(needed(cell, width - 6) for cell, width in zip(cells, widths, strict=True))
            if self.y - height < MARGIN:
                self.sheet()
            x, whole = 0.0, sum(widths)
            for cell, width in zip(cells, widths, strict=True):
                left = MARGIN + (whole - x - width + 6 if direction() == "rtl" else x)  # the first column at the right
                self.sheets[-1].write(cell, left, self.y - 1, width - 6)
                x += width
            self.y -= height
            self.sheets[-1].line((MARGIN, MARGIN + sum(widths)), (self.y, self.y), width=0.8 if number == 0 else 0.3)

    def pdf(self) -> bytes:
        """Return the file: the same bytes each time, so without a date."""
        content = io.BytesIO()
        metadata: Any = {"Title": self.title, "CreationDate": None}
        with plain_settings(), _letters_alone(), PdfPages(content, metadata=metadata) as pages:
            for number, sheet in enumerate(self.sheets, start=1):
                foot = say("{title} · sheet {number} of {last}", title=self.title, number=number, last=len(self.sheets))
                sheet.text(sheet.width - MARGIN, 16, foot, 7, ha="right", color=SOFT)
                pages.savefig(sheet.figure)
        return content.getvalue()
