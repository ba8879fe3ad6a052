"""The course's look: its colours, its font, and figures that keep both whatever a student has set."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.text import Text

STYLE = str(Path(__file__).parents[1] / "course.mplstyle")  # `plt.style.use("helpers.course")` in lessons
PAPER, TINT, RIBBON = "#fffdf8", "#f5efe3", "#e4dccb"
INK, SOFT_INK, LEADER = "#1f1f1f", "#5f584e", "#8a8378"
MUTED = "#8a8378"  # events that are not picked out
# The typeface of the course, from a package in the lock, and matplotlib's own for the few letters that it lacks (ʾ).
LATIN = "Fira Sans"
FONTS = [LATIN, "DejaVu Sans"]
# Both lack letters of Urdu. A line with Arabic letters is set in this font, whose package is in the lock, with its
# own Latin letters beside them, so that no word is made of two fonts. From 3.11 matplotlib joins such letters and sets them
# from right to left; where either is missing, the words of the figure say that letters don't stand rightly.
ARABIC = "IBM Plex Sans Arabic"
FONT_FILES = {  # package and files of a font
    LATIN: ("fontpkg_fira_sans", ("FiraSans-Regular", "FiraSans-Italic", "FiraSans-Bold")),
    ARABIC: ("fontpkg_ibm_plex_sans_arabic", ("IBMPlexSansArabic-Regular", "IBMPlexSansArabic-Bold")),
}
SHAPES = hasattr(Text, "get_language")  # from matplotlib 3.11
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
# Letters keep their own widths at every size and resolution. With hinting each begins at a whole dot: a text becomes up to
# 8 % wider in matplotlib 3.11, 5 % in 3.10, and labels that were laid out with room between them would meet.
HINTING = "no_hinting"


@contextmanager
def course_look() -> Iterator[None]:
    """Draw in the course's look, whatever a student has set, and leave pyplot as it was.

    All settings but those of windows and of the backend begin from matplotlib's own, so that a style, a single setting or
    a matplotlibrc changes no figure of the course.

    A notebook's backend is loaded with the first figure and switches pyplot to show figures by themselves. The style's
    context would undo this on leaving; then no later figure of a student would appear.
    """
    with plt.style.context(_style(), after_reset=True):
        yield
        interactive = matplotlib.is_interactive()
    matplotlib.interactive(interactive)


@lru_cache(maxsize=1)
def _style() -> dict[str, Any]:
    """The course's style, read once: two contexts a picture would read the file again."""
    return {str(name): value for name, value in matplotlib.rc_params_from_file(STYLE, use_default_template=False).items()}


_passing: ContextVar[bool] = ContextVar("passing", default=False)


@contextmanager
def passing() -> Iterator[None]:
    """Let timelines be made for one picture, drawn at once, whose axes nobody gets: of fewer parts, the same to the dot."""
    token = _passing.set(True)
    try:
        yield
    finally:
        _passing.reset(token)


def is_passing() -> bool:
    """Return whether a figure is made for one picture only."""
    return _passing.get()


@contextmanager
def quiet_letters() -> Iterator[None]:
    """Let matplotlib not warn of letters that it can't draw: the words of the figure say it once, in plain English."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from font", UserWarning)
        warnings.filterwarnings("ignore", r"Matplotlib currently does not support .* natively", UserWarning)
        yield


def _add_font(name: str) -> bool:
    """Make a font of a package known to matplotlib, and return whether it is known now."""
    module, files = FONT_FILES[name]
    package = find_spec(module)
    for folder in (package.submodule_search_locations or ()) if package else ():
        for path in (Path(folder, "files", f"{file}.ttf") for file in files):
            if path.exists():
                fontManager.addfont(path)
    return any(font.name == name for font in fontManager.ttflist)


def _add_latin() -> None:
    """Make the typeface of the course known; without its package matplotlib's own font answers to its name.

    Else matplotlib would write a warning for each text of each figure.
    """
    if not _add_font(LATIN):
        fontManager.ttflist += [replace(font, name=LATIN) for font in fontManager.ttflist if font.name == FONTS[-1]]


_add_latin()  # when this is imported: a student's own figures in the course's style have it too


@lru_cache(maxsize=1)
def _has_arabic() -> bool:
    """Whether there is a font for Arabic and Urdu, and a matplotlib that sets it; without, figures appear all the same."""
    return SHAPES and _add_font(ARABIC)


def fonts_for(line: str) -> tuple[str, ...]:
    """Return the fonts for a line, the first one first."""
    arabic = not line.isascii() and any(unicodedata.bidirectional(letter) == "AL" for letter in line)
    return (ARABIC, *FONTS) if arabic and _has_arabic() else tuple(FONTS)


def _runs(text: str) -> str:
    """Return how the first of a text's letters runs: "R" from right to left, "L", or nothing if it has no letter."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next(("L" if kind == "L" else "R" for kind in kinds if kind in ("L", "R", "AL")), "")


def _turned_lines(texts: Iterable[str]) -> dict[str, str]:
    """Return the lines of broken texts that would run the wrong way, each with the mark that turns it.

    A line takes its direction from its own first letter. "Iraq joins the pact of / بغداد (CENTO) in 1955" runs from left to
    right, but its second line would not. A line in one script is left alone: it may be a text of its own.
    """
    turned = {}
    for text in texts:
        if "\n" not in text or text.isascii():
            continue
        way = _runs(text)
        for line in text.split("\n"):
            if _runs(line) not in ("", way) and way in {_runs(letter) for letter in line}:
                turned[line] = f"{RIGHT_TO_LEFT if way == 'R' else LEFT_TO_RIGHT}{line}"
    return turned


def texts_of(figure: Figure) -> Iterator[str]:
    """Yield the texts of a figure and of its axes; a search through all its parts would take long."""
    for artist in (*figure.texts, *(child for ax in figure.axes for child in ax.get_children())):
        if isinstance(artist, Text):
            yield artist.get_text()


@contextmanager
def set_lines(renderer: RendererBase, texts: Iterable[str] = ()) -> Iterator[None]:
    """Let a renderer set each line in a font that has its letters, and all lines of a text at even distances.

    The lines of `texts`, which are those to be drawn, all run as their text does. matplotlib 3.11 puts the ink of each line
    into the middle of its share of a fixed `linespacing`: a line without a "p" comes lower. Earlier it took each line to be
    as high as "lp", as is done here.
    """
    turned = _turned_lines(texts) if SHAPES else {}
    names = ("get_text_width_height_descent", "draw_text")
    if getattr(vars(renderer).get("draw_text"), "sets_lines", False):
        yield  # it does so already
        return
    before = {name: vars(renderer)[name] for name in names if name in vars(renderer)}
    measure, draw = renderer.get_text_width_height_descent, renderer.draw_text
    least: dict[FontProperties, tuple[float, float]] = {}

    def measured(text: str, font: FontProperties, ismath: Any) -> tuple[float, float, float]:
        text = turned.get(text, text)
        width, height, descent = measure(text, _with_letters(font, text, ismath), ismath)
        if ismath or not text:
            return width, height, descent
        if font not in least:
            least[font.copy()] = measure("lp", font, False)[1:]
        ascent = max(height - descent, least[font][0] - least[font][1])
        return width, ascent + max(descent, least[font][1]), max(descent, least[font][1])

    def drawn(
        gc: GraphicsContextBase, x: float, y: float, text: str, font: FontProperties, angle: float, *more: Any, **named: Any
    ) -> None:
        ismath = more[0] if more else named.get("ismath", False)
        text = turned.get(text, text)
        draw(gc, x, y, text, _with_letters(font, text, ismath), angle, *more, **named)

    vars(drawn)["sets_lines"] = True
    vars(renderer).update(zip(names, (measured, drawn), strict=True))
    try:
        yield
    finally:
        for name in names:
            del vars(renderer)[name]
        vars(renderer).update(before)


def _with_letters(font: FontProperties, line: str, ismath: Any) -> FontProperties:
    if ismath or fonts_for(line)[0] != ARABIC:
        return font
    font = font.copy()
    font.set_family([ARABIC, *font.get_family()])
    return font


class CourseFigure(Figure):
    """A figure that the course made. matplotlib reads some settings only when it draws: then, too, they are the course's."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw in the course's look."""
        with course_look(), quiet_letters(), set_lines(renderer, texts_of(self)):
            super().draw(renderer)


def new_axes(size: tuple[float, float]) -> Axes:
    """Make a figure of a size in inches, and return its only axes."""
    return plt.figure(figsize=size, FigureClass=CourseFigure).add_subplot()


def take_over(ax: Any) -> None:  # what a student gives
    """Give a student's axes the look of new ones of the course: what their settings made of axis, frame and title.

    Artists that the student has drawn stay as they are. `TypeError` if these are no axes, or several.
    """
    if not isinstance(ax, Axes):
        one = " Take one of them, such as ax[0]." if isinstance(ax, np.ndarray | list | tuple) else ""
        raise TypeError(f"ax must be one pair of axes, as in fig, ax = plt.subplots(), but got {type(ax).__name__}.{one}")
    if ax.name != "rectilinear":  # round ones, and those with depth
        raise ValueError(f"ax is {ax.name}. A figure of the course needs flat axes, as plt.subplots() makes them.")
    ax.tick_params(axis="both", which="both", reset=True)
    # A reset also brings ticks to the far sides, where the course has none.
    ax.tick_params(which="both", top=False, right=False, labeltop=False, labelright=False)
    ax.minorticks_off()
    ax.grid(visible=False, which="both")
    ax.set_axisbelow("line")
    for spine in ax.spines.values():
        spine.set(linewidth=rcParams["axes.linewidth"], edgecolor=rcParams["axes.edgecolor"], linestyle="solid")
    for label in (ax.xaxis.label, ax.yaxis.label):
        font = FontProperties(size=rcParams["axes.labelsize"], weight=rcParams["axes.labelweight"])
        label.set(fontproperties=font, color=rcParams["axes.labelcolor"], antialiased=True, path_effects=[], bbox=None)
    for artist in (ax.patch, *ax.spines.values()):
        artist.set(antialiased=True, path_effects=[], sketch_params=None)


def settle(ax: Axes) -> None:
    """Let a layout engine (constrained, tight) put axes into place before anything is measured."""
    figure = ax.get_figure(root=True)
    if figure is not None and figure.get_layout_engine() is not None:
        figure.draw_without_rendering()


def make_ticks(ax: Axes) -> None:
    """Make the ticks now: matplotlib would make them when it draws, with what a student has set by then."""
    for axis in (ax.xaxis, ax.yaxis):
        if not axis.get_visible():
            continue  # nor are its ticks drawn
        axis.get_major_ticks(len(axis.get_majorticklocs()))


def size_in_points(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes in points (1/72 inch)."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return float(ax.bbox.width * 72 / figure.dpi), float(ax.bbox.height * 72 / figure.dpi)
