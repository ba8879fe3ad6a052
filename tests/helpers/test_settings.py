"""Figures of the course look the same after any setting of matplotlib, and leave the settings as they were."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from helpers import (
    plot_claims,
    plot_lines,
    plot_places,
    plot_reports,
    plot_spans,
    plot_statements,
    plot_timeline,
    plot_voices,
)
from helpers.png import pixels
from tests.support.figures import close_all, figure_of

EVENTS = pd.DataFrame(
    {
        "date": ["1955-02-24", "1958~", "1963/1968"],
        "title": ["Pact", "Coup", "War"],
        "kind": ["treaty", "regime-change", "conflict"],
        "effect": ["cooperative", "conflictual", "none"],
        "actors": ["A; B", "A", "B"],
    }
)
SPANS = pd.DataFrame(
    {"label": ["First", "Second"], "start": ["1955~", "1960"], "end": ["1958", ".."], "group": ["One", "Two"]}
)
CLAIMS = pd.DataFrame(
    {
        "claim_id": ["1a", "1b", "2a", "2b"],
        "paragraph": [1, 1, 2, 2],
        "support": ["partly", "contested", "unverified", None],
        "lesson": ["01_founding_years", "01_founding_years", "02_baghdad_pact", "02_baghdad_pact"],
    }
)
CITED = pd.DataFrame(
    {
        "country": ["PAK", "USA", "IRQ", None],
        "earliest": [1955, 1958, 1963, 1972],
        "date": ["1955-02-24", "1958~", "1963-03", None],
        "publisher": ["Dawn", "The Times", None, "Nobody"],
    }
)
REPORTS = pd.DataFrame(
    {"quantity": ["guns", "guns", "men"], "low": [300, 350, None], "high": [300, None, None], "publisher": ["A", "B", "C"]}
)
VALUES = pd.DataFrame(
    {"year": [1955, 1956, 1957, 1958] * 2, "value": [1, 2, None, 3, 4, 3, None, 1], "of": ["PAK"] * 4 + ["IRQ"] * 4}
)
PLACES = pd.DataFrame({"place": ["Baghdad", "Karachi"], "latitude": [33.34, 24.86], "longitude": [44.40, 67.01]})
DRAW: dict[str, Callable[..., Axes]] = {
    "timeline": lambda ax=None: plot_timeline(EVENTS, ax=ax, title="Title", eras=True),
    "lanes": lambda ax=None: plot_timeline(EVENTS, ax=ax, title="Title", lanes="actor"),
    "counts": lambda ax=None: plot_timeline(pd.concat([EVENTS] * 101), ax=ax, title="Title"),
    "spans": lambda ax=None: plot_spans(SPANS, ax=ax, title="Title"),
    "claims": lambda ax=None: plot_claims(CLAIMS, verdicts=True, ax=ax, title="Title"),
    "voices": lambda ax=None: plot_voices(CITED, ax=ax, title="Title"),
    "reports": lambda ax=None: plot_reports(REPORTS, ax=ax, title="Title"),
    "statements": lambda ax=None: plot_statements(CITED, ax=ax, title="Title"),
    "lines": lambda ax=None: plot_lines(VALUES, "year", "value", by="of", events={1956: "Suez"}, ax=ax, title="Title"),
    "places": lambda ax=None: plot_places(PLACES, ax=ax, title="Title"),
}
OTHERS = ("claims", "voices", "reports", "statements", "lines", "places")
LEFT_ALONE = {"backend", "interactive", "toolbar", "date.epoch", "timezone"}  # the last two: see the file of settings
UNUSUAL: tuple[Any, ...] = (
    *(True, False, 0, 0.3, 3, 12, -1, "none", "red", "o", "--", "bold", "italic", "small-caps", "left", "right", "center"),
    *("top", "both", "minor", "line", "serif", ["serif"], ["DejaVu Serif"], "xx-large", "butt", "round", "bevel", "miter"),
    *("ultra-condensed", "projecting", (1, 100, 2), [4, 4], "no_autohint", "cm", "auto", "inside", "constrained", "date"),
)
COMBINATIONS = 3


def picture(name: str) -> np.ndarray:
    dots = np.asarray(pixels(figure_of(DRAW[name]()), 40))
    close_all()
    return dots


def in_own_axes(name: str) -> np.ndarray:
    """The course's part in a student's figure, with something that the student has drawn beside it."""
    figure = plt.figure(figsize=(8, 4), facecolor="white", edgecolor="white", layout="none")
    ax = figure.add_axes((0.15, 0.1, 0.8, 0.7))
    DRAW[name](ax)
    dots = np.asarray(pixels(figure, 40))
    close_all()
    return dots


@pytest.fixture(scope="module")
def reference() -> dict[tuple[str, str], np.ndarray]:
    with mpl.rc_context():
        mpl.rcdefaults()
        return {(name, maker.__name__): maker(name) for name in DRAW for maker in (picture, in_own_axes)}


def unusual(number: int) -> dict[str, Any]:
    """An unusual value for each setting that has so many."""
    found: dict[str, Any] = {}
    for name, usual in mpl.rcParamsDefault.items():
        others: list[Any] = []
        for value in () if name in LEFT_ALONE else UNUSUAL:
            try:
                taken = mpl.RcParams({name: value})[name]
            except Exception:  # each setting has its own way to refuse a value
                continue
            if all(str(taken) != str(other) for other in (usual, *others)):
                others.append(taken)
        if len(others) > number:
            found[name] = others[number]
    return found


@contextmanager
def settings(change: Callable[[], Any]) -> Iterator[None]:
    """Change settings as a student does, and look whether they are still so in the end."""
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        change()
        before = dict(mpl.rcParams)
        yield
        assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("style", [*plt.style.available, "xkcd"])
def test_no_style_changes_a_figure(style: str, reference: dict[tuple[str, str], np.ndarray]) -> None:
    with settings(plt.xkcd if style == "xkcd" else lambda: plt.style.use(style)):
        for name in ("timeline", "spans"):
            assert np.array_equal(picture(name), reference[name, "picture"]), name
        if style != "classic":  # how that draws the lines of a whole figure is the figure's own
            assert np.array_equal(in_own_axes("timeline"), reference["timeline", "in_own_axes"])


@pytest.mark.parametrize("style", ["ggplot", "dark_background", "fivethirtyeight"])
def test_no_style_changes_the_other_figures(style: str, reference: dict[tuple[str, str], np.ndarray]) -> None:
    with settings(lambda: plt.style.use(style)):
        for name in OTHERS:
            assert np.array_equal(picture(name), reference[name, "picture"]), name
            assert np.array_equal(in_own_axes(name), reference[name, "in_own_axes"]), name


def test_the_letters_of_a_students_axes_are_the_courses(reference: dict[tuple[str, str], np.ndarray]) -> None:
    """Also of the axis label, which matplotlib made with the axes."""
    letters: Any = {"font.sans-serif": "DejaVu Serif", "axes.labelweight": 900, "axes.labelcolor": "red"}
    letters |= {"axes.labelsize": 30, "text.antialiased": False}
    with settings(lambda: mpl.rcParams.update(letters)):
        for name in OTHERS:
            assert np.array_equal(in_own_axes(name), reference[name, "in_own_axes"]), name


@pytest.mark.parametrize("number", range(COMBINATIONS))
def test_no_setting_changes_a_figure(number: int, reference: dict[tuple[str, str], np.ndarray]) -> None:
    """Nearly all settings at once, several times, so that each of them is tried with several values."""
    changed = unusual(number)
    assert number or len(changed) > 250
    with settings(lambda: mpl.rcParams.update(changed)):
        for name in DRAW:
            assert np.array_equal(picture(name), reference[name, "picture"]), name


def test_a_file_of_settings_changes_no_figure(tmp_path: Path, reference: dict[tuple[str, str], np.ndarray]) -> None:
    """Also one with another day 0 of time, which matplotlib takes once for a whole session."""
    file = tmp_path / "matplotlibrc"
    file.write_text(
        "date.epoch: 0000-12-31\nfigure.autolayout: True\nfont.family: serif\naxes.axisbelow: True\ntimezone: Asia/Karachi\n"
    )
    code = (
        "import sys, numpy as np, matplotlib as mpl; from test_settings import DRAW, picture; "
        "assert mpl.rcParams['figure.autolayout'] and mpl.dates.get_epoch() == '0000-12-31'; "
        "np.savez(sys.argv[1], **{name: picture(name) for name in DRAW})"
    )
    found = tmp_path / "found.npz"
    paths = os.pathsep.join((str(Path(__file__).parent), str(Path(__file__).parents[2])))
    environment = os.environ | {"MATPLOTLIBRC": str(file), "PYTHONPATH": paths}
    subprocess.run([sys.executable, "-c", code, str(found)], env=environment, check=True)
    with np.load(found) as pictures:
        for name in DRAW:
            assert np.array_equal(pictures[name], reference[name, "picture"]), name


def test_a_students_own_drawing_stays_as_it_was() -> None:
    """In a figure that a student shares with the course, each part keeps its own look."""
    with mpl.rc_context():
        plt.style.use("ggplot")
        figure, (own, ours) = plt.subplots(1, 2, figsize=(12, 4))
        own.plot([1, 2], [3, 4], label="Own")
        own.set_title("Own title")
        own.legend()
        figure.canvas.draw()
        before = np.asarray(pixels(figure, 40))[:, :240]
        guide = ours.axvline(-5000, linestyle=":")
        look = guide.properties()
        plot_timeline(EVENTS, ax=ours)
        assert np.array_equal(np.asarray(pixels(figure, 40))[:, :220], before[:, :220])
        assert all(guide.properties()[name] == look[name] for name in ("color", "linestyle", "linewidth", "zorder"))


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_leaves_changed_is_put_back_for_the_next(turn: str) -> None:
    assert mpl.rcParams["font.size"] != 77
    mpl.rcParams["font.size"] = 77
