"""The course's picture of its result: every claim of the article, by paragraph, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from ..language import later
from . import glyphs, panel, theme
from .canvas import draw_empty
from .chart_artists import Claim, ClaimTile
from .columns import check_columns
from .events import is_missing
from .lettering import said, say
from .media import LETTERS, Medium
from .panel import Margins, ink_on, mixed
from .text_size import linespacing, text_width
from .theme import INK, LEADER, PAPER, SOFT_INK
from .titles import broken

ROW = 29.0  # points from one paragraph to the next, in a figure made here
FONT, SMALL = 9.5, 8.0  # of a claim, and of the lesson beside it: at 838 pixels the smaller is nine high
GAP = 0.13  # of a row: what stays free between two rows
NAMES = 114.0  # points for the names of lessons
TILE, VERDICT_TILE = 22.0, 37.0  # points: the narrowest tile that can be read, and one with a mark beside its name
MARK = 0.38  # the size of a verdict's mark, of a tile's height
SHARES = {"D": 0.74, ">": 0.84}  # of it, for marks that would look larger than a disc
FIRST_LESSON, LAST_LESSON = "#dbe6fb", "#0b2a66"  # pale to dark, so that their order is seen in grey, too
MARGINS = Margins(14.0, 14.0, 8.0)


class Verdict(NamedTuple):
    """How a verdict looks: the colours of its tile, its mark, and how much of the mark is filled."""

    face: str
    edge: str
    mark: str
    fill: str = "full"
    ink: str = ""
    dashed: bool = False


# Four different lightnesses and six different marks: no verdict is told by its colour alone.
VERDICTS = {
    "corroborated": Verdict("#0b4fc4", "#0b4fc4", "o"),
    "partly": Verdict("#b5cdf6", "#b5cdf6", "o", "left", "#0b4fc4"),
    "contested": Verdict("#e8964a", "#e8964a", "X"),
    "unverified": Verdict(PAPER, INK, "?", dashed=True),
    "expectation": Verdict("#ece4d3", "#ece4d3", ">", "none"),
    "opinion": Verdict("#ece4d3", "#ece4d3", "D", "none"),
}
OTHER = ("s", "P", "^", "v", "p", "h")  # marks of verdicts that the course does not know


def plot_claims(
    claims: pd.DataFrame,
    *,
    verdicts: bool = False,
    upto: str | int | None = None,
    solved: Collection[str] | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    medium: Medium = "page",
) -> Axes:
    """Draw the claims of an article as a matrix: a row for each paragraph, a tile for each claim.

    Without verdicts the colour of a tile is its lesson, from pale (the first) to dark. With verdicts, colour and mark
    tell them; claims that are not filled are empty tiles.

    Parameters
    ----------
    claims : pandas.DataFrame
        One row a claim. Needs the columns ``claim_id`` and ``paragraph``, and ``support`` for verdicts; ``lesson`` is
        used when it is there.
    verdicts : bool, default False
        Whether to show what became of each claim. A missing value in ``support`` is "no verdict yet".
    upto : str or int, optional
        A lesson, such as ``5``, ``"05"`` or ``"05_the_street"``: claims of later lessons stay empty.
    solved : collection of str, optional
        Identifiers of claims: all others stay empty.
    ax : matplotlib.axes.Axes, optional
        Where to draw. By default a figure is made, as high as the rows need.
    title, subtitle : str, optional
        The figure's title, and a line in smaller letters beneath it.
    medium : {"page", "slide", "phone", "poster"}, default "page"
        Where the figure will be met: it gives a new figure its size.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `claims` is not a data frame, or `solved` is one text.
    ValueError
        If a column is missing, a row has no identifier or paragraph, an identifier stands twice, `upto` names no
        lesson, or `solved` a claim that the table does not have.
    """
    width = panel.width_on(medium, MARGINS, ax)
    found = _read(claims, verdicts, upto, solved)
    titles = (said(title), said(subtitle))
    with theme.course_look():
        if not found:
            return draw_empty(ax, titles, say("No claims to show."))
        matrix = _Matrix(found, _order(claims) if verdicts else [])
        width = width if ax is None else theme.size_in_points(ax)[0]
        rows = len(matrix.rows(width)) + len(_key_rows(matrix, width))
        ax = panel.panel(ax, rows * ROW, MARGINS, titles, medium=medium, rows=rows)
        _draw(ax, matrix)
        theme.make_ticks(ax)
    return ax


class ClaimBox(NamedTuple):
    """Where a claim stands in a picture: pixels from its upper left corner; and its lesson, or nothing."""

    claim_id: str
    lesson: str
    left: int
    top: int
    right: int
    bottom: int


def claim_boxes(ax: Axes, dpi: float) -> list[ClaimBox]:
    """Return where each claim stands in a picture of `plot_claims`, in the order of reading, as an image map needs it."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    scale, height = dpi / figure.dpi, figure.bbox.height
    boxes = []
    for tile in ax.findobj(ClaimTile):
        assert isinstance(tile, ClaimTile)
        box = tile.get_window_extent()
        ends = (box.x0 * scale, (height - box.y1) * scale, box.x1 * scale, (height - box.y0) * scale)
        boxes.append(ClaimBox(tile.claim.claim_id, tile.claim.lesson, *(round(end) for end in ends)))
    return boxes


# --- reading the rows --------------------------------------------------------------------------


def _read(claims: pd.DataFrame, verdicts: bool, upto: str | int | None, solved: Collection[str] | None) -> list[Claim]:
    needed = ("claim_id", "paragraph", *(("support",) if verdicts else ()), *(("lesson",) if upto is not None else ()))
    check_columns(claims, needed, ("lesson",), later("Claims need {columns}"), "plot_claims")
    empty = [None] * len(claims)
    lessons = claims["lesson"].tolist() if "lesson" in claims.columns else empty
    said = claims["support"].tolist() if verdicts else empty
    rows = zip(claims.index, claims["claim_id"].tolist(), claims["paragraph"].tolist(), lessons, said, strict=True)
    last = None if upto is None else _lesson_number(upto, "upto")
    found = [_claim(*row, verdicts=verdicts, last=last) for row in rows]
    names = [claim.claim_id for claim in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"The claim {twice[0]!r} stands in the table {names.count(twice[0])} times; each may stand once.")
    if solved is not None:
        wanted = _solved(solved, names)
        found = [claim._replace(filled=claim.filled and claim.claim_id in wanted) for claim in found]
    return sorted(found, key=lambda claim: claim.paragraph)  # claims of a paragraph keep the table's order


def _claim(index: Any, claim_id: Any, paragraph: Any, lesson: Any, said: Any, *, verdicts: bool, last: int | None) -> Claim:
    where = f"Row {index!r}"
    if is_missing(claim_id):
        raise ValueError(f"{where}: the claim_id is {claim_id!r}; every claim needs one, such as '3a'.")
    name = str(claim_id).strip()
    try:
        number = int(paragraph)
    except (TypeError, ValueError, OverflowError):
        number = -1
    if number < 0 or number != float(paragraph):
        raise ValueError(f"{where} ({name}): the paragraph is {paragraph!r}; a whole number is needed, such as 3.")
    where_treated = "" if is_missing(lesson) else str(lesson).strip()
    verdict = "" if is_missing(said) else str(said).strip()
    filled = bool(verdict) or not verdicts
    if last is not None:
        filled = filled and where_treated != "" and _lesson_number(where_treated, f"{where} ({name}): lesson") <= last
    return Claim(name, number, where_treated, verdict, filled)


def _lesson_number(lesson: object, where: str) -> int:
    if isinstance(lesson, bool) or (found := re.match(r"\s*(\d{1,2})(?!\d)", str(lesson))) is None:
        raise ValueError(f"{where} is {lesson!r}; a lesson is written as its number, such as 5 or '05'.")
    return int(found[1])


def _solved(solved: Collection[str], names: Sequence[str]) -> set[str]:
    if isinstance(solved, str):
        raise TypeError(f"solved is the text {solved!r}; several identifiers are needed: write solved=[{solved!r}].")
    wanted = {str(one).strip() for one in solved}
    if unknown := sorted(wanted - set(names)):
        raise ValueError(f"solved names {unknown[0]!r}, but the table has no such claim; it has {', '.join(names)}.")
    return wanted


def _order(claims: pd.DataFrame) -> list[str]:
    """The verdicts in the order of the table's own list of them, if it has one; then those that the course does not know."""
    support = claims["support"]
    listed = list(support.cat.categories) if isinstance(support.dtype, pd.CategoricalDtype) else list(VERDICTS)
    given = [str(value).strip() for value in support.tolist() if not is_missing(value)]
    return list(dict.fromkeys([*map(str, listed), *given]))


# --- drawing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Matrix:
    """What is drawn: the claims in order, and the verdicts in order (none for the picture without verdicts)."""

    claims: list[Claim]
    verdicts: list[str]

    @property
    def paragraphs(self) -> list[int]:
        return list(dict.fromkeys(claim.paragraph for claim in self.claims))

    @property
    def lessons(self) -> list[str]:
        return sorted({claim.lesson for claim in self.claims if claim.lesson})

    def row(self, paragraph: int) -> list[Claim]:
        return [claim for claim in self.claims if claim.paragraph == paragraph]

    def rows(self, width: float) -> list[tuple[int, list[Claim]]]:
        """The rows of tiles: one for each paragraph, or several where tiles of one row would be too narrow to be read."""
        most = max(4, int((width - text_width("¶ 12", FONT, "bold") - FONT) / (VERDICT_TILE if self.verdicts else TILE)))
        rows = [(number, self.row(number)) for number in self.paragraphs]
        parts = [(number, row, -(-len(row) // most)) for number, row in rows]
        return [(number, _part(row, k, count)) for number, row, count in parts for k in range(count)]

    def look(self, claim: Claim) -> Verdict:
        """The look of a claim's tile."""
        if not claim.filled:
            return Verdict(PAPER, LEADER, "")
        if self.verdicts:
            return self.verdict(claim.verdict)
        shades = dict(zip(self.lessons, mixed(FIRST_LESSON, LAST_LESSON, len(self.lessons)), strict=True))
        shade = shades.get(claim.lesson, FIRST_LESSON)
        return Verdict(shade, shade, "")

    def verdict(self, name: str) -> Verdict:
        if name in VERDICTS:
            return VERDICTS[name]
        others = [other for other in self.verdicts if other not in VERDICTS]
        return Verdict("#ece4d3", INK, OTHER[others.index(name) % len(OTHER)], "none")


def _part(row: list[Claim], k: int, count: int) -> list[Claim]:
    """The k-th of so many parts of a row, of about equal length."""
    return row[len(row) * k // count : len(row) * (k + 1) // count]


def _draw(ax: Axes, matrix: _Matrix) -> None:
    width, height = panel.in_points(ax)
    rows = matrix.rows(width)
    keys = _key_rows(matrix, width)
    pitch = height / (len(rows) + len(keys))  # the last are the legend's
    font = panel.letters(FONT, 0.36, pitch, width)
    beside = _beside(_names(matrix), pitch, width, font)
    left = beside.width + text_width("¶ 12", font, "bold") + font
    across = min((width - left) / max(len(row) for _, row in rows), 2.2 * pitch)
    tile = (across - GAP * pitch, pitch * (1 - GAP))
    free = tile[0] - (tile[1] * MARK + 9 if matrix.verdicts else 4)
    letters = min(font, font * free / max(text_width(claim.claim_id, font) for claim in matrix.claims))
    for k, (number, row) in enumerate(rows):
        middle = (k + 0.5) * pitch
        style: dict[str, Any] = {"va": "center", "ha": "right"}
        first = k == 0 or rows[k - 1][0] != number
        if first:
            ax.text(left - 0.7 * font, middle, f"¶ {number}", fontsize=font, weight="bold", color=INK, **style)
        if first and (lines := beside.lines.get(number)):
            style |= {"fontsize": beside.size, "linespacing": linespacing(1.2), "color": SOFT_INK}
            ax.text(beside.width - font, middle, "\n".join(lines), **style)
        for j, claim in enumerate(row):
            _draw_tile(ax, claim, (left + j * across, middle - tile[1] / 2), tile, matrix.look(claim), letters)
    box = 0.9 * tile[1]
    start = min([left, *(width - min(width, _keys_length(some, font, box)) for some in keys)])  # the same for each line
    for k, some in enumerate(reversed(keys)):
        _draw_legend(ax, some, (start, height - (0.42 + k) * pitch), font, tile)


class _Beside(NamedTuple):
    """The names of lessons beside the rows: broken into lines, with the width of their column and the letters' size."""

    lines: dict[int, list[str]]
    width: float
    size: float


def _beside(names: dict[int, str], pitch: float, width: float, font: float) -> _Beside:
    """Break the names for the narrowest column in which they are no higher than a row; if there is none, drop them."""
    size = panel.smaller(font, SMALL / FONT)
    for column in (NAMES, 0.2 * width, 0.26 * width, 0.32 * width) if width > 3 * NAMES else ():
        lines = {number: broken(name, size, "normal", column - FONT) for number, name in names.items()}
        if lines and max(map(len, lines.values())) * 1.2 * size <= 1.02 * pitch:
            return _Beside(lines, column, size)
    return _Beside({}, 0.0, size)


def _names(matrix: _Matrix) -> dict[int, str]:
    """The names of the lessons that treat each paragraph; nothing if no claim has a lesson."""
    if not matrix.lessons:
        return {}
    named = _titles()
    words = {lesson: named.get(lesson, lesson.split("_", 1)[-1].replace("_", " ")) for lesson in matrix.lessons}
    rows = {number: sorted({claim.lesson for claim in matrix.row(number)} - {""}) for number in matrix.paragraphs}
    whole = {lesson: f"{_number(lesson)} {name}".replace(" ", "\N{NO-BREAK SPACE}") for lesson, name in words.items()}
    return {number: say(", ").join(whole[lesson] for lesson in row) for number, row in rows.items()}


def _number(lesson: str) -> str:
    """A lesson's number as a reader writes it; the whole name, if it has none."""
    found = re.match(r"\d+", lesson)
    return lesson if found is None else str(int(found[0]))


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    from ..data import load  # here, so that claims without lessons need no table

    eras = load("eras")
    return {lesson: say(title) for lesson, title in zip(eras["lesson"], eras["title"], strict=True)}


def _draw_tile(
    ax: Axes, claim: Claim, corner: tuple[float, float], size: tuple[float, float], look: Verdict, font: float
) -> None:
    """Draw a tile: the claim's name on the left, its mark on the right."""
    ax.add_patch(ClaimTile(claim, *corner, size, **_style(look)))
    ink = ink_on(look.face) if claim.filled else SOFT_INK
    middle = corner[1] + size[1] / 2
    at = (corner[0] + 3.5, "left") if look.mark else (corner[0] + size[0] / 2, "center")
    text = Text(at[0], middle, claim.claim_id, fontsize=font, color=ink, ha=at[1], va="center_baseline", parse_math=False)
    ax.add_artist(text)
    if look.mark:
        _draw_mark(ax, (corner[0] + size[0] - 3.5 - size[1] * MARK / 2, middle), size[1] * MARK, look)


def _style(look: Verdict) -> dict[str, Any]:
    line = (0, (2.5, 1.8)) if look.dashed else "solid"
    return {"facecolor": look.face, "edgecolor": look.edge, "linewidth": 0.9, "linestyle": line}


def _draw_mark(ax: Axes, at: tuple[float, float], size: float, look: Verdict) -> None:
    ink = look.ink or ink_on(look.face)
    marker: Any = look.mark
    size *= SHARES.get(look.mark, 1.0)
    if marker == "?":
        marker, size = glyphs.sign_marker("?", size * 1.35)
    style: dict[str, Any] = {"marker": marker, "markersize": size, "markeredgecolor": ink, "markeredgewidth": 1.1}
    style |= {"fillstyle": look.fill, "markerfacecolor": ink, "markerfacecoloralt": PAPER, "linestyle": "none"}
    if look.mark in "?X":
        style["markeredgewidth"] = 0.0
    ax.add_line(Line2D([at[0]], [at[1]], **style))


Key = tuple[Verdict | None, str]  # a look (or none) and what it means


def _key_length(key: Key, font: float, box: float) -> float:
    look, name = key
    return text_width(name, font) + (box + 0.6 * font) * (look is not None) + 1.6 * font


def _keys_length(keys: Sequence[Key], font: float, box: float) -> float:
    return sum(_key_length(key, font, box) for key in keys) - 1.6 * font


def _key_rows(matrix: _Matrix, width: float) -> list[list[Key]]:
    """The legend's lines: one, if its letters needn't be smaller than a slide's; else as many as it needs."""
    rows: list[list[Key]] = [[]]
    keys = (
        (look, line) for look, name in _keys(matrix) for line in ([name] if look else broken(name, LETTERS, "normal", width))
    )
    for key in keys:
        if rows[-1] and _keys_length([*rows[-1], key], LETTERS, 1.6 * LETTERS) > width:
            rows.append([])
        rows[-1].append(key)
    return rows


def _draw_legend(ax: Axes, keys: list[Key], at: tuple[float, float], font: float, tile: tuple[float, float]) -> None:
    """Write a line that explains what is seen, with how many claims there are of it; if need be in smaller letters."""
    width = ax.get_xlim()[1]
    box = (0.9 * tile[1], 0.62 * tile[1])
    lengths = [_key_length(key, font, box[0]) for key in keys]
    share = min(1.0, (width - at[0]) / max(1.0, _keys_length(keys, font, box[0])))
    x = at[0]
    font, box = font * share, (box[0] * share, box[1] * share)
    for (look, name), length in zip(keys, lengths, strict=True):
        start = x
        if look is not None:
            shape = f"round,pad=0,rounding_size={box[1] * 0.14}"
            ax.add_patch(FancyBboxPatch((x, at[1] - box[1] / 2), *box, boxstyle=shape, **_style(look)))
            if look.mark:
                _draw_mark(ax, (x + box[0] / 2, at[1]), 0.6 * box[1], look)
            start += box[0] + 0.6 * font
        ax.add_artist(Text(start, at[1], name, fontsize=font, color=INK, va="center_baseline", parse_math=False))
        x += share * length


def _keys(matrix: _Matrix) -> Iterator[Key]:
    """What the legend explains: a look (or none) and its words."""
    filled = [claim for claim in matrix.claims if claim.filled]
    for name in matrix.verdicts:
        if count := sum(claim.verdict == name for claim in filled):
            yield matrix.verdict(name), f"{say(name)} {count}"
    if not matrix.verdicts and len(matrix.lessons) > 1:
        words = later("Each box is a claim of the article; its colour is its lesson, from {first} (pale) to {last} (dark)")
        yield None, say(words, first=_number(matrix.lessons[0]), last=_number(matrix.lessons[-1]))
    if count := len(matrix.claims) - len(filled):
        yield Verdict(PAPER, LEADER, ""), f"{say('no verdict yet') if matrix.verdicts else say('later')} {count}"
