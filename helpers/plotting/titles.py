"""The title and subtitle of a figure: broken into lines that fit, whatever was written.

Space is short in one place, the titles: a headline of a student's own is often longer than the
figure is wide. It is broken into at most three lines, then set in smaller letters, and only then shortened; its
description tells it whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from . import artists, text_size
from .lettering import direction
from .theme import FONTS, SOFT_INK

MAX_LINES = 3
SIZES = (12.0, 10.5, 9.0)  # of a title, in points; the first is that of the course's style
SUBTITLE_SIZES, SUBTITLE_LINES = (9.0, 8.0), 2
SPACING = 1.2  # of lines, in font sizes
LINE = 1.45  # of a font size: the most that a line takes, with letters of any script
HANGING = 0.3  # of a font size: how far letters reach below their line
EDGE = 4.0  # points that stay free between a title and the figure's edge


class Block(NamedTuple):
    """A text broken into lines."""

    lines: list[str]
    size: float
    cut: bool

    @property
    def height(self) -> float:
        """The height in points."""
        return len(self.lines) * self.size * LINE


NOTHING = Block([], 0.0, False)


class Heading(NamedTuple):
    """A title and a subtitle as they will be drawn."""

    title: Block
    subtitle: Block
    written: tuple[str, str]  # as they were given

    @property
    def under(self) -> float:
        """The height beneath the title's last line of letters: the subtitle, and what hangs down of the title."""
        return self.subtitle.height + HANGING * self.title.size if self.subtitle.lines else 0.0

    @property
    def growth(self) -> float:
        """How many points more than a title of one line needs it takes."""
        return max(0.0, self.title.height + self.under - SIZES[0] * LINE)


def heading(title: object, subtitle: object, width: float, height: float = float("inf")) -> Heading:
    """Break a title and a subtitle into lines for a width and height in points; one line of the title is there in any case.

    Line ends that were written stay, as far as there are lines enough.
    """
    texts = ["" if text is None else str(text) for text in (title, subtitle)]
    kept = SUBTITLE_SIZES[-1] * LINE + HANGING * SIZES[0] if texts[1].strip() else 0.0  # at least a line of it
    first = _block(texts[0], "bold", SIZES, MAX_LINES, width, height - kept)
    second = _block(texts[1], "normal", SUBTITLE_SIZES, SUBTITLE_LINES, width, height - first.height - HANGING * first.size)
    return Heading(first, second, (texts[0], texts[1]))


def _block(text: str, weight: str, sizes: tuple[float, ...], most: int, width: float, height: float) -> Block:
    """Take the largest letters in which the text fits; in the smallest, shorten it."""
    paragraphs = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not paragraphs:
        return NOTHING
    for size in sizes:
        allowed = int(min(most, max(1, height / (size * LINE))))
        for parts in (paragraphs, [" ".join(paragraphs)]):
            lines = [line for part in parts for line in broken(part, size, weight, width)]
            if len(lines) <= allowed:
                return Block(lines, size, cut=False)
    return Block(_shortened(lines[:allowed], size, weight, width), size, cut=True)


def _shortened(lines: list[str], size: float, weight: str, width: float) -> list[str]:
    """End the last line with "…", and take away as many of its letters as that needs."""
    last = lines[-1]
    while last and text_size.text_width(f"{last}…", size, weight) > width:
        last = last[:-1]
    return [*lines[:-1], f"{last.rstrip()}…"]


def cut(text: str, size: float, weight: str, width: float, most: int) -> list[str]:
    """Break a text into at most so many lines: equal ones if all of it fits, else full ones up to a last whole word."""
    lines = broken(text, size, weight, width)
    if len(lines) <= most:
        return lines
    lines = _filled(text, size, weight, width)[:most]
    words = lines[-1].split(" ")
    while len(words) > 1 and text_size.text_width(f"{' '.join(words)} …", size, weight) > width:
        words.pop()
    return [*lines[:-1], f"{' '.join(words).rstrip(' ,;:')} …"]


def broken(text: str, size: float, weight: str, width: float) -> list[str]:
    """Break a text into as few lines as possible, of about equal length, none wider than `width` points.

    A word that is wider, and a text without blanks, is broken between letters.
    """
    lines = _filled(text, size, weight, width)
    whole = (text_size.text_width(word, size, weight) for word in text.split(" "))
    low, high = max([width / 2, *(wide for wide in whole if wide <= width)]), width  # no word is broken for this
    while len(lines) > 1 and high - low > 6:  # the narrowest that needs no more lines: no word alone in the last
        middle = (low + high) / 2
        narrower = _filled(text, size, weight, middle)
        if len(narrower) == len(lines):
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def _filled(text: str, size: float, weight: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_size.text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, size, weight, width)
    return lines


def _pieces(word: str, size: float, weight: str, width: float) -> Iterator[str]:
    """Break a word that is too wide."""
    start = 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and text_size.text_width(word[start:end], size, weight) > width:
            yield word[start : end - 1]
            start = end - 1
    yield word[start:]


def width_above(ax: Axes) -> float:
    """Return the width for a title, in points: from the axes' left edge to the figure's, or to the next axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    box = ax.get_position()
    others = [other.get_position() for other in figure.get_axes() if other is not ax and other.get_visible()]
    beside = [other.x0 for other in others if other.x0 >= box.x1 - 1e-6 and other.y1 > box.y0 and other.y0 < box.y1]
    return float((min(beside, default=1.0) - box.x0) * figure.get_figwidth() * 72 - EDGE)


def height_above(ax: Axes, pad: float) -> float:
    """Return the height for a title, in points: up to the figure's edge or the next axes; a layout engine gives any."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    if figure.get_layout_engine() is not None:
        return float("inf")
    box = ax.get_position()
    others = [other.get_position() for other in figure.get_axes() if other is not ax and other.get_visible()]
    above = [other.y0 for other in others if other.y0 >= box.y1 - 1e-6 and other.x1 > box.x0 and other.x0 < box.x1]
    return float((min(above, default=1.0) - box.y1) * figure.get_figheight() * 72 - pad)


def draw_heading(ax: Axes, head: Heading, pad: float) -> None:
    """Write a title and a subtitle, `pad` points above the axes, in place of those that were written there before."""
    for old in artists.parts_of(ax, artists.Subtitle):
        old.remove()
    side: Literal["left", "right"] = "right" if direction() == "rtl" else "left"
    if head.subtitle.lines:
        up = ScaledTranslation(0, pad / 72, ax.get_figure(root=True).dpi_scale_trans)  # type: ignore[union-attr]
        style: dict[str, Any] = {"fontsize": head.subtitle.size, "color": SOFT_INK, "va": "bottom", "ha": side}
        text = "\n".join(head.subtitle.lines)
        written = artists.Subtitle(
            head.written[1],
            float(side == "right"),
            1.0,
            text,
            transform=ax.transAxes + up,
            linespacing=text_size.linespacing(SPACING),
            **style,
        )
        ax.add_artist(written)
    if head.title.lines:
        _draw_title(ax, head, pad + head.under, side)


def _draw_title(ax: Axes, head: Heading, pad: float, side: Literal["left", "right"]) -> None:
    """Write the title as that of the axes; nothing of the look that it had there remains."""
    style: dict[str, Any] = {"parse_math": False, "linespacing": text_size.linespacing(SPACING)}
    title = ax.set_title("\n".join(head.title.lines), pad=pad, loc=side, **style)
    title.set(fontsize=head.title.size, fontfamily=FONTS, fontstyle="normal", fontvariant="normal", fontstretch="normal")
    title.set(usetex=False, antialiased=True, path_effects=[], sketch_params=None)
    title.set_label(head.written[0])  # the description tells it whole


def whole_title(ax: Axes, shown: str) -> str:
    """Return the title as it was written, for one that the axes show: broken into lines, and perhaps shortened."""
    for text in ax.get_children():
        if isinstance(text, Text) and text.get_text() == shown:
            written = str(text.get_label())
            if same_letters(written, shown) or (shown.endswith("…") and squeezed(written).startswith(squeezed(shown[:-1]))):
                return written
    return shown


def same_letters(one: str, other: str) -> bool:
    """Return whether two texts differ in their blanks and line ends only."""
    return squeezed(one) == squeezed(other)


def squeezed(text: str) -> str:
    """Return a text without its blanks and line ends."""
    return "".join(text.split())
