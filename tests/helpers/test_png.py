"""Figures become the same dots as matplotlib makes of them, only sooner."""

from __future__ import annotations

import io

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from PIL import Image

from helpers import load, plot_timeline, png
from tests.support.figures import close_all, figure_of


def of_matplotlib(figure: Figure, dpi: int) -> np.ndarray:
    """The dots that matplotlib itself makes."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi)
    return np.asarray(Image.open(file).convert("RGB"))


def students_figure() -> Figure:
    figure, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    ax.plot([1947, 2021], [1, 2])
    ax.set(title="A formula $x^2$, and\ntwo lines", ylabel="turned by 90 degrees")
    ax.text(1980, 1.5, "turned by 30", rotation=30, antialiased=False)
    return figure


@pytest.mark.parametrize("dpi", [100, 150])
def test_the_dots_are_those_of_matplotlib(monkeypatch: pytest.MonkeyPatch, dpi: int) -> None:
    monkeypatch.setattr(png, "HINTING_FACTOR", matplotlib.rcParamsDefault["text.hinting_factor"])
    png._dots.cache_clear()  # another test in this process may have kept the texts of the course's own hinting
    for figure in (figure_of(plot_timeline(load("events").head(20), title="Twenty events")), students_figure()):
        assert np.array_equal(np.asarray(png.pixels(figure, dpi)), of_matplotlib(figure, dpi))
    png._dots.cache_clear()
    close_all()


def test_a_figure_and_the_settings_are_left_as_they_were() -> None:
    figure, settings = students_figure(), dict(matplotlib.rcParams)
    before = figure.dpi
    assert png.pixels(figure, 50).size == (250, 150)
    assert figure.dpi == before and dict(matplotlib.rcParams) == settings
    close_all()


def test_a_text_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    prepare = RendererAgg._prepare_font
    monkeypatch.setattr(RendererAgg, "_prepare_font", lambda self, font: asked.append(font) or prepare(self, font))
    png._dots.cache_clear()
    figure = figure_of(plot_timeline(load("events").head(20)))
    png.pixels(figure, 100)
    first = len(asked)
    png.pixels(figure, 100)
    assert 20 < first == len(asked)
    close_all()
