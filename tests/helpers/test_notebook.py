"""What `show` puts on the page, and what it says to wrong input."""

from __future__ import annotations

import io
from typing import Any
from unittest.mock import MagicMock

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from helpers import describe, load, notebook, output, plot_timeline, show
from helpers.plotting.glyphs import KINDS


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Collect what would be displayed in a notebook."""
    found: list[Any] = []
    monkeypatch.setattr(output, "InteractiveShell", MagicMock())
    monkeypatch.setattr(output, "display", found.append)
    return found


def test_show_displays_a_picture_with_alternative_text_and_the_words(shown: list) -> None:
    axes = plot_timeline(load("events").head(5))
    words = describe(axes, detail="full")
    show(axes)
    picture, text = shown
    assert 20 < len(picture.alt) <= 250 and words.startswith(picture.alt[:20])
    assert Image.open(io.BytesIO(picture.png)).format == "PNG"
    assert text.text == f"In words. {words}"
    assert text.html.count("<li>") == 5 and "Palestine" in text.html
    assert not plt.get_fignums(), "the figure must be closed, or the notebook draws it twice"


def test_the_picture_is_the_same_twice_small_and_keeps_the_colours_of_the_marks() -> None:
    events = load("events")
    pictures = [notebook.png(plot_timeline(events[events["earliest"] <= "2021-03-13"]).figure) for _ in range(2)]
    plt.close("all")
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) <= 200 * 1024
    colours = {tuple(rgb) for _, rgb in Image.open(io.BytesIO(pictures[0])).convert("RGB").getcolors(10**6)}
    for kind, (_, colour, _) in KINDS.items():
        wanted = tuple(round(255 * part) for part in to_rgb(colour))
        nearest = min(max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) for seen in colours)
        assert nearest <= 16, (kind, wanted)


@pytest.mark.parametrize(("inches", "dots"), [(3, 600), (10, 2000), (10.1, 1900), (16, 1900), (19, 1900), (24, 2400)])
def test_a_picture_is_as_dense_as_a_page_can_show(inches: float, dots: int) -> None:
    figure = plt.figure(figsize=(inches, 1))
    assert round(notebook.sharp(figure) * inches) == dots
    plt.close(figure)


def test_wrong_input_is_answered_with_what_was_given_and_what_is_needed() -> None:
    with pytest.raises(TypeError, match="figure or its axes were expected.*DataFrame"):
        show(load("events"))  # type: ignore[arg-type]
