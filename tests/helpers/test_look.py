"""The look, measured: contrast on the paper, colours under colour-vision deficiencies, shapes in grey, size of the PNG."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib import RcParams, rc_params_from_file
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle

from helpers import load, plot_timeline
from helpers import png as png_module
from helpers.notebook import png
from helpers.plotting import glyphs, text_size, theme
from helpers.plotting.events import read_items
from helpers.plotting.legend import legend_groups, legend_rows
from helpers.plotting.placement import CLOSE, COURSE, ERA, MIDDLE, Placement, TimeScale
from helpers.plotting.text_size import misses_letters
from helpers.plotting.theme import INK, LEADER, MUTED, PAPER, RIBBON, SOFT_INK, STYLE, TINT
from tests.support.figures import clipped, close_all, drawn, figure_of, median_leader, overlaps, texts_of
from tools.content.gallery import SHARP, hero

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"

# Simulation of dichromats in linear RGB: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A physiologically-based
# model for simulation of color vision deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009)
# 1291-1298, severity 1.0.
SIMULATED = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# sRGB to XYZ, and the white of D65 (IEC 61966-2-1).
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)
COLOURS = {kind: colour for kind, (_, colour, _) in glyphs.KINDS.items()}
# Colour helps, shape decides: under each deficiency all kinds stay this far apart, and shapes differ besides.
LEAST_DISTANCE = 20.0  # about ten times what a trained eye just notices


def linear(colour: str) -> np.ndarray:
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, simulated: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of a colour as it is seen."""
    seen = np.clip(simulated @ linear(colour), 0, 1)
    ratio = TO_XYZ @ seen / WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distances(name: str) -> dict[tuple[str, str], float]:
    """CIE 1976 distance of each pair of kinds."""
    seen = {kind: lab(colour, SIMULATED[name]) for kind, colour in COLOURS.items()}
    return {(one, other): float(np.linalg.norm(seen[one] - seen[other])) for one, other in combinations(seen, 2)}


def test_the_formulas_give_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert lab("#ffffff", np.eye(3)) == pytest.approx([100, 0, 0], abs=0.01)
    assert lab("#ff0000", np.eye(3)) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    for name, matrix in SIMULATED.items():  # grey stays grey
        assert lab("#808080", matrix) == pytest.approx(lab("#808080", np.eye(3)), abs=0.1), name


@pytest.mark.parametrize("ground", [PAPER, TINT])
def test_texts_have_a_contrast_of_four_and_a_half_and_marks_of_three(ground: str) -> None:
    assert min(contrast(INK, ground), contrast(SOFT_INK, ground), contrast(INK, RIBBON)) >= 4.5
    for colour in (*COLOURS.values(), glyphs.UNKNOWN[1], MUTED, LEADER):
        assert contrast(colour, ground) >= 3.0, colour


def style() -> RcParams:
    return rc_params_from_file(STYLE, use_default_template=False)


def test_lines_of_other_charts_have_the_same_colours_as_the_kinds() -> None:
    cycle = [f"#{colour.removeprefix('#').upper()}" for colour in style()["axes.prop_cycle"].by_key()["color"]]
    assert sorted(cycle) == sorted(colour.upper() for colour in COLOURS.values())
    assert style()["text.color"] in (INK, INK[1:]) and f"#{style()['figure.facecolor'].removeprefix('#')}" == PAPER


@pytest.mark.parametrize("name", SIMULATED)
def test_colours_of_kinds_stay_apart_under_each_deficiency(name: str) -> None:
    found = distances(name)
    assert min(found.values()) >= LEAST_DISTANCE, min(found, key=lambda pair: found[pair])


def test_shapes_alone_tell_the_kinds_apart() -> None:
    """Each shape, drawn alike in black and as large, differs from each other in a good part of its dots."""
    dots = {kind: picture(shape, factor) for kind, (shape, _, factor) in glyphs.KINDS.items()}
    for one, other in combinations(dots, 2):
        differing = (dots[one] != dots[other]).sum() / max(dots[one].sum(), dots[other].sum())
        assert differing > 0.1, (one, other, differing)


def picture(shape: str, factor: float) -> np.ndarray:
    """The dots that a mark covers."""
    marker = MarkerStyle(shape)
    path = marker.get_path().transformed(marker.get_transform())
    across = np.linspace(-1.6, 1.6, 65)
    points = np.array([(x, y) for y in across for x in across])
    return path.contains_points(points / (2 * factor) * 1.0).reshape(65, 65)


LOOKS = {"ERA": ERA, "CLOSE": CLOSE, "MIDDLE": MIDDLE, "COURSE": COURSE}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", sorted(set(glyphs.KINDS) - {"economy"}))  # a cross is too thin for a grey inside
def test_an_event_without_effect_is_smaller_and_shows_its_grey_inside(kind: str, look: str) -> None:
    size = LOOKS[look].glyph
    drawn = glyphs.glyph_style(kind, "none", size)
    assert drawn["markersize"] <= 0.86 * glyphs.glyph_style(kind, "cooperative", size)["markersize"]
    figure = plt.figure(figsize=(0.5, 0.5), dpi=100, facecolor=PAPER)
    figure.add_artist(Line2D([0.5], [0.5], **drawn))
    figure.canvas.draw()
    dots = np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(int)  # type: ignore[attr-defined]
    grey = 255 * np.array(to_rgb(drawn["markerfacecolor"]))
    assert (np.abs(dots - grey).max(axis=-1) <= 12).sum() >= 6
    close_all()


@pytest.mark.parametrize("look", sorted(set(LOOKS) - {"COURSE"}))  # in which 150 events stand close
def test_the_ring_of_a_conflict_does_not_touch_the_ribbon(look: str) -> None:
    events = load("events").head(1)
    placement = Placement(read_items(events), LOOKS[look], TimeScale(-10000.0, 0.0, 700.0))
    radius = glyphs.glyph_style("conflict", "conflictual", LOOKS[look].glyph)["markersize"] / 2 + glyphs.RING / 2
    assert radius < placement.distance(0) < radius + LOOKS[look].step / 8


@pytest.mark.parametrize("width", [150.0, 260.0, 420.0, 700.0])
def test_rows_of_the_legend_are_no_wider_than_the_axes_and_lose_nothing(width: float) -> None:
    items = read_items(load("events"), [True, False] * (len(load("events")) // 2) + [True] * (len(load("events")) % 2))
    groups = legend_groups(items, Placement(items, COURSE, TimeScale(-8000.0, 20000.0, width)))
    rows = legend_rows(groups, width, COURSE.font)
    for row in rows:
        needed = sum(part.width(COURSE.font) for part in row) + 2 * COURSE.font * (len(row) - 1)
        assert needed <= width or [len(part.keys) for part in row] == [1]  # a single entry can't be broken
    assert [key for row in rows for part in row for key in part.keys] == [key for group in groups for key in group.keys]
    assert [part.name for row in rows for part in row if part.name] == ["Kind", "Effect", "Date", "Grey"]


@pytest.mark.parametrize(("days", "seen"), [(5600.0, True), (6000.0, False)])
def test_the_legend_explains_a_bar_that_reaches_beyond_its_glyph(days: float, seen: bool) -> None:
    """A month reaches 3.5 points to the right of its glyph's middle, or 3.3: the glyph, and a star more so, covers 3.4."""
    items = read_items(pd.DataFrame({"date": ["1955-02"], "title": ["Pact"]}))
    placement = Placement(items, COURSE, TimeScale(items[0].x - days / 2, items[0].x + days / 2, 700.0))
    assert [text for group in legend_groups(items, placement) for _, text in group.keys] == ["some day in this time"] * seen


def test_the_first_picture_of_the_readme_is_small_and_can_be_read_at_the_width_of_a_page() -> None:
    """GitHub shows it 838 pixels wide; the file has twice the dots."""
    ax = hero()
    figure = figure_of(ax)
    assert len(png(figure, SHARP)) <= 200 * 1024
    least = min(text.get_fontsize() for text in texts_of(ax))
    assert least / 72 * 838 / figure.get_figwidth() >= 9.0
    drawn(ax)
    assert overlaps(ax) == [] and clipped(ax) == []
    assert 0.005 < median_leader(ax) <= 0.05
    close_all()


def test_the_typeface_of_the_course_is_found_in_each_weight_that_figures_use() -> None:
    """In the style of students' own charts too; an Arabic line has it for what its own font lacks."""
    assert style()["font.family"] == theme.FONTS == [theme.LATIN, "DejaVu Sans"]
    for look in ({}, {"style": "italic"}, {"weight": "bold"}):
        found = Path(findfont(FontProperties(family=theme.FONTS, **look), fallback_to_default=False))  # type: ignore[arg-type]
        assert found.stem in theme.FONT_FILES[theme.LATIN][1]
    assert not misses_letters("Nūrī as-Saʿīd, Ḥāfiẓ, Łódź; 1958–59 → “pact” ≈ ʾ Ирак Καλημέρα")


def test_without_the_package_of_the_typeface_figures_are_set_in_matplotlibs_own(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Not one warning is written, and what is laid out is measured in the font that is drawn."""
    monkeypatch.setattr(theme, "find_spec", lambda name: None)
    monkeypatch.setattr(fontManager, "ttflist", [font for font in fontManager.ttflist if font.name != theme.LATIN])
    caches = (fontManager._findfont_cached, text_size._word_width, text_size._line_width, text_size._line, png_module._face)
    for cache in caches:
        cache.cache_clear()  # type: ignore[attr-defined]
    try:
        theme._add_latin()
        assert Path(findfont(FontProperties(family=theme.FONTS, weight="bold"))).stem == "DejaVuSans-Bold"
        ax = plot_timeline(load("events").head(20), title="Nūrī as-Saʿīd")
        png(figure_of(ax), 100)
        drawn(ax)
        assert overlaps(ax) == [] and clipped(ax) == [] and caplog.records == []
    finally:
        monkeypatch.undo()
        for cache in caches:
            cache.cache_clear()  # type: ignore[attr-defined]
        close_all()


def test_after_a_figure_of_the_course_a_notebook_still_shows_a_students_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook's backend switches pyplot to interactive while the first figure is made; that must outlive the style."""
    make = plt.figure

    def first_figure(*arguments: Any, **options: Any) -> Any:
        plt.ion()
        return make(*arguments, **options)

    plt.ioff()
    monkeypatch.setattr(plt, "figure", first_figure)
    try:
        plot_timeline(load("events").head(3))
        assert plt.isinteractive()
    finally:
        plt.ioff()
        plt.close("all")


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_lesson_that_draws_with_pyplot_has_the_look_of_the_course(path: Path) -> None:
    cells = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    draws = [k for k, source in enumerate(cells) if re.search(r"plt\.(?!style|close)\w+\(|\.plot\b", source)]
    sets = [k for k, source in enumerate(cells) if 'plt.style.use("helpers.course")' in source]
    assert not draws or (sets and sets[0] < draws[0])
    for source in cells:  # labels that no legend shows explain nothing
        labelled = "plt." in source and re.search(r"\blabel=", source)
        assert not labelled or "legend(" in source, source
