"""Figures become the same dots as matplotlib makes of them, only sooner."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform
from PIL import Image

from helpers import describe, load, plot_timeline, png
from helpers.description.describe import LETTERS
from helpers.plotting import artists, theme
from helpers.plotting.text_size import misses_letters, text_width
from helpers.plotting.theme import FONTS, HINTING
from tests.support.figures import close_all, figure_of

# How far a text may stand from where matplotlib puts it, in dots: a text begins at a quarter (an eighth either way), its
# letters at halves (a quarter more), and its baseline at a whole dot (half a dot): 0.875 together. The rest is for the
# shades of a letter's edge; the most that was measured is 0.95. Until 3.11 matplotlib itself puts a text up to a
# dot beside its place.
BESIDE = 1.0 if hasattr(plt.Text, "get_language") else 2.0
# In a square of 5 × 5 dots, moving by one takes a row of five in or out, from white to black at most.
MAX_DIFFERENCE = BESIDE * 255 * 5 / 25


@pytest.fixture(autouse=True)
def no_settings_of_other_tests() -> Iterator[None]:
    """Begin with matplotlib's own settings, and leave those that were there."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        yield


def of_matplotlib(figure: Figure, dpi: int) -> np.ndarray:
    """The dots that matplotlib itself makes."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi)
    return np.asarray(Image.open(file).convert("RGB"))


def of_matplotlib_unhinted(figure: Figure, dpi: int) -> np.ndarray:
    with matplotlib.rc_context({"text.hinting": HINTING}):
        return of_matplotlib(figure, dpi)


def students_figure() -> Figure:
    figure, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    ax.plot([1947, 2021], [1, 2])
    ax.set(title="A formula $x^2$, and\ntwo lines", ylabel="turned by 90 degrees")
    ax.text(1980, 1.5, "turned by 30", rotation=30, antialiased=False)
    return figure


def blurred(dots: np.ndarray) -> np.ndarray:
    """Each dot with its neighbours: where a letter stands to within a dot does not count, whether it is there does."""
    grey = dots.mean(axis=2)
    padded = np.pad(grey, 2, mode="edge")
    return sum(padded[i : i + grey.shape[0], j : j + grey.shape[1]] for i in range(5) for j in range(5)) / 25


def figures() -> tuple[Figure, ...]:
    return figure_of(plot_timeline(load("events").head(20), title="Twenty events")), students_figure()


@pytest.mark.parametrize("dpi", [100, 150])
def test_the_dots_are_those_of_matplotlib(dpi: int) -> None:
    """Letters stand at halves of a dot, and baselines at whole dots: nothing else differs."""
    for figure in figures():
        with matplotlib.rc_context({"text.hinting": HINTING}):
            wanted = of_matplotlib(figure, dpi)
        ours = np.asarray(png.pixels(figure, dpi))
        assert ours.shape == wanted.shape
        assert np.abs(blurred(ours) - blurred(wanted)).max() < MAX_DIFFERENCE
    close_all()


@pytest.mark.parametrize("text", ["AVAToffi", "Ḥāfiẓ, Łódź; Καλημέρα", "a b  c", "j|(f)", " "])
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_a_text_is_as_wide_as_matplotlib_makes_it(text: str, weight: str) -> None:
    font = FontProperties(family=FONTS, size=9, weight=weight)
    with matplotlib.rc_context({"text.hinting": HINTING}):
        wanted = RendererAgg(1, 1, 100).get_text_width_height_descent(text, font, False)
        ours = png._Renderer(1, 1, 100).get_text_width_height_descent(text, font, False)
    assert ours == pytest.approx(wanted, abs=0.35)


def test_every_figure_appears_without_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where matplotlib changes what the quick way builds upon, its plain renderer draws the same figure."""
    quick = [np.asarray(png.pixels(figure, 100)) for figure in figures()]
    monkeypatch.setattr(png, "_Renderer", RendererAgg)
    for figure, dots in zip(figures(), quick, strict=True):
        assert np.abs(blurred(np.asarray(png.pixels(figure, 100))) - blurred(dots)).max() < MAX_DIFFERENCE
    close_all()


def test_parts_are_drawn_as_matplotlib_draws_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks, rings, signs, arrows, bars, names and labels of several lines, to the dot; also where somebody changed one."""
    events = load("events")
    unsure = events[~events["date"].str.fullmatch(r"\d{4}-\d\d-\d\d")].head(12)
    for some, highlight in ((unsure, None), (events.head(12), [True, False] * 6)):
        ax = plot_timeline(some, highlight=highlight)
        artists.parts_of(ax, artists.EventMark)[0].set_alpha(0.5)
        labels = artists.parts_of(ax, artists.EventLabel)
        labels[0].set_rotation(20)
        labels[1].set(text="$x^2$", parse_math=True)
        labels[2].set(text="a line\nb\nc", linespacing=3, multialignment="center")
        for bar in artists.parts_of(ax, artists.EventBar)[:1]:
            bar.set_angle(20)
        artists.parts_of(ax, artists.EventMark)[1].set(xdata=list(ax.get_xlim()), ydata=[30.0, 40.0])
        quick = np.asarray(png.pixels(figure_of(ax), 100))
        with monkeypatch.context() as patch:
            patch.setattr(artists._Part, "_is_plain", lambda self: False)
            assert np.array_equal(quick, np.asarray(png.pixels(figure_of(ax), 100)))
    close_all()


def test_what_is_asked_of_one_part_is_not_asked_of_those_that_look_like_it() -> None:
    ax = plot_timeline(load("events").head(12))
    for kind in (artists.EventMark, artists.EventBar, artists.EventLabel):
        told: list[object] = []
        first, *others = artists.parts_of(ax, kind)
        first.add_callback(told.append)
        first.sticky_edges.x.append(0.0)
        for other in others:
            other.set_alpha(0.5)
            assert not other.sticky_edges.x
        assert not told and others
        first.set_alpha(0.5)
        assert told == [first]
    close_all()


def test_a_part_is_remembered_for_its_content_and_its_place_in_a_dot() -> None:
    png._layers.clear()
    drawn: list[tuple[float, float]] = []

    def square_at(place: tuple[float, float], renderer: RendererBase) -> None:
        drawn.append(place)
        square = Path(np.array([(0, 0), (5, 0), (5, 5), (0, 5), (0, 0)]) + np.round(place, 1))
        renderer.draw_path(renderer.new_gc(), square, IdentityTransform(), (0.0, 0.0, 0.0, 1.0))

    for place in ((10.0, 20.0), (110.01, 7.0), (10.5, 20.0)):
        remembering, plain = png._Remembering(200, 50, 100), png._Renderer(200, 50, 100)
        remembering.remembered("keys", place, partial(square_at, place))
        square_at(place, plain)
        ours, wanted = (np.asarray(one.buffer_rgba()) for one in (remembering, plain))  # type: ignore[no-untyped-call]
        assert wanted.any() and np.array_equal(ours, wanted)
    assert drawn == [(10.0, 20.0), (10.0, 20.0), (110.01, 7.0), (10.5, 20.0), (10.5, 20.0)]  # of the second only the plain


def test_texts_that_letters_alone_do_not_make_are_left_to_matplotlib() -> None:
    assert png._stands_alone("Nūrī as-Saʿīd, 1958–59 (“pact”) → ≈")
    for text in ("العراق", "پاکستان", "हिन्दी", "e\u0301", "日本", "\u200f", ""):
        assert not png._stands_alone(text), text


def baselines(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found = []
    draw = png._Renderer.draw_text
    with monkeypatch.context() as patch:
        patch.setattr(png._Renderer, "draw_text", lambda *args, **kwargs: found.append(args[3]) or draw(*args, **kwargs))
        png.pixels(figure, 100)
    return found


@pytest.mark.parametrize("spacing", [1.0, 1.03, 1.2])
def test_lines_stand_at_even_distances_whatever_their_letters(monkeypatch: pytest.MonkeyPatch, spacing: float) -> None:
    """Also in a student's own figure: a line without a "p" or an "l" comes no lower or higher."""
    for lines in ("Iraq recalls\nsoldiers who were\ntraining in\nno sea", "pay\nsea\nwell\nĀlī"):
        figure = plt.figure(figsize=(3, 2))
        figure.text(0.1, 0.9, lines, va="top", size=9, linespacing=spacing, parse_math=False)
        steps = np.diff(baselines(figure, monkeypatch))
        assert len(steps) == 3 and np.ptp(steps[:2]) < 0.01, steps  # above the last one stands a macron
    close_all()


# --- Arabic and Urdu ----------------------------------------------------------------------------

shaped = pytest.mark.skipif(not theme.SHAPES, reason="matplotlib joins such letters from 3.11 on")
URDU = "ٹ ڈ ڑ ں ے ہ گ چ پ ی ک ئ ۂ ؤ آ"


def title_dots(text: str, weight: str = "normal", family: object = FONTS, draw: object = png.pixels) -> np.ndarray:
    figure = plt.figure(figsize=(3, 0.5), facecolor="white")
    figure.text(0.05, 0.4, text, size=16, family=family, weight=weight)
    return np.asarray(draw(figure, 100))  # type: ignore[operator]


@shaped
@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize(
    ("text", "forms"),  # each letter in the form that it has between its neighbours
    [
        ("پاکستان", "\ufb58\ufe8e\ufb90\ufeb4\ufe98\ufe8e\ufee5"),
        ("العراق", "\ufe8d\ufedf\ufecc\ufeae\ufe8d\ufed5"),
        ("بغداد", "\ufe91\ufed0\ufeaa\ufe8d\ufea9"),
    ],
)
def test_letters_of_arabic_and_urdu_are_joined(text: str, forms: str, weight: str) -> None:
    dots = title_dots(text, weight)
    assert np.array_equal(dots, title_dots(forms, weight)) and dots.min() < 100
    apart = title_dots("\u200c".join(text), weight)  # a sign between letters that keeps them from joining
    assert not np.array_equal(dots, apart)
    close_all()


@shaped
def test_arabic_runs_from_right_to_left() -> None:
    dark = title_dots("اب").mean(axis=2) < 128
    columns = np.flatnonzero(dark.any(axis=0))
    highest = int(dark.sum(axis=0).argmax())  # alef, the first letter, is an upright line
    assert highest > columns.mean(), (highest, columns[0], columns[-1])
    close_all()


@shaped
def test_a_line_with_arabic_letters_is_set_in_the_font_of_the_lock() -> None:
    """In whatever figure and font of a student's; a formula and a line of Latin letters alone keep theirs."""
    for text in (URDU, "Pact: معاہدۂ بغداد"):
        assert not misses_letters(text)
        assert np.array_equal(title_dots(text), title_dots(text, family=[theme.ARABIC, *FONTS], draw=of_matplotlib_unhinted))
    assert theme.fonts_for("Nūrī as-Saʿīd, Łódź; Ирак") == tuple(FONTS)
    font = FontProperties(family=FONTS)
    assert theme._with_letters(font, URDU, True) is font
    close_all()


@shaped
def test_an_arabic_text_is_measured_as_it_is_drawn() -> None:
    for text in ("معاہدۂ بغداد", "پاکستان اور عراق کے تعلقات", URDU, "Iraq (العراق) 1955"):
        font = FontProperties(family=[theme.ARABIC, *FONTS], size=9)
        with matplotlib.rc_context({"text.hinting": HINTING}):
            wanted = RendererAgg(1, 1, 720).get_text_width_height_descent(text, font, False)[0] / 10
        assert wanted <= text_width(text, 9) <= 1.04 * wanted + 1, text


@pytest.mark.parametrize("text", ["معاہدۂ بغداد", "Pact: العراق"])
def test_without_the_package_of_the_font_a_figure_appears_and_says_so(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(theme, "_has_arabic", lambda: False)
    ax = plot_timeline(load("events").head(3), title=text)
    assert png.pixels(figure_of(ax), 100).size[0] > 500
    assert (LETTERS in describe(ax)) == (misses_letters(text)) and misses_letters("ہ")
    close_all()


def test_colour_and_transparency_are_kept() -> None:
    """A text's own transparency, and that of its colour."""
    for style in ({"color": (1, 0, 0, 0.5)}, {"color": "red", "alpha": 0.5}, {"color": "red"}):
        figure = plt.figure(figsize=(1, 1), facecolor="white")
        figure.text(0.5, 0.5, "\u2588" * 3, ha="center", va="center", size=20, **style)
        with matplotlib.rc_context({"text.hinting": HINTING}):
            wanted = of_matplotlib(figure, 100)
        middle = np.asarray(png.pixels(figure, 100))[50, 50].astype(int)
        assert np.abs(middle - wanted[50, 50]).max() <= 2, style
    close_all()


def test_a_figure_and_the_settings_are_left_as_they_were() -> None:
    figure, settings = students_figure(), dict(matplotlib.rcParams)
    before = figure.dpi
    assert png.pixels(figure, 50).size == (250, 150)
    assert figure.dpi == before and dict(matplotlib.rcParams) == settings
    close_all()


def test_a_text_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = RendererAgg.draw_text
    monkeypatch.setattr(RendererAgg, "draw_text", lambda self, *args: drawn.append(args[3]) or draw(self, *args))
    png._face.cache_clear()
    png._laid_out.cache_clear()
    png._put_together.cache_clear()
    figure = figure_of(plot_timeline(load("events").head(20)))
    png.pixels(figure, 100)
    first = len(drawn)
    png.pixels(figure, 100)
    assert 20 < first == len(drawn)
    close_all()


def of_text(text: str) -> np.ndarray:
    """The dots of one text on a figure that a student made."""
    figure = plt.figure(figsize=(4, 1))
    figure.text(0.02, 0.3, text)
    dots = np.asarray(png.pixels(figure, 50))
    plt.close(figure)
    return dots


@pytest.mark.skipif(not theme.SHAPES, reason="an older matplotlib sets every text from left to right")
@pytest.mark.parametrize(
    ("broken", "mark"),
    [
        ("Iraq joins the pact of\nبغداد (CENTO) in 1955", theme.LEFT_TO_RIGHT),
        ("1955 Iraq joins\nمعاہدۂ بغداد, then leaves", theme.LEFT_TO_RIGHT),
        ("بھٹو اور صدر\nSaddam Hussein کی ملاقات", theme.RIGHT_TO_LEFT),
        ("~1973 بھٹو اور\nUN کا سیکرٹری", theme.RIGHT_TO_LEFT),
        ("اجتماع في\nUN מועצת", theme.RIGHT_TO_LEFT),
        ("پاکستان اور\n1973 عراق", ""),  # as its letters run, without help
        ("Iraq\nعراق: 1955", ""),  # in one script: a text of its own
        ("پاکستان\nPakistan (1947)", ""),
    ],
)
def test_every_line_of_a_broken_text_runs_as_the_text_does(broken: str, mark: str) -> None:
    """A line would take its direction from its own first letter, and its words stand in the wrong order."""
    first, second = broken.split("\n")
    assert (of_text(broken) == of_text(f"{first}\n{mark}{second}")).all()
    if mark:
        assert (of_text(second) != of_text(mark + second)).any()  # so the mark is needed
