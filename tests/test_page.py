"""What `show` and `show_table` put on the page, and what they say to wrong input."""

from __future__ import annotations

import io
from typing import Any
from unittest.mock import MagicMock

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from helpers import describe, load, output, page, plot_timeline, show, show_table
from helpers.marks import KINDS


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
    pictures = [page.png(plot_timeline(events[events["earliest"] <= "2021-03-13"]).figure) for _ in range(2)]
    plt.close("all")
    assert pictures[0] == pictures[1]
    assert len(pictures[0]) <= 150 * 1024
    colours = {tuple(rgb) for _, rgb in Image.open(io.BytesIO(pictures[0])).convert("RGB").getcolors(10**6)}
    for kind, (_, colour, _) in KINDS.items():
        wanted = tuple(round(255 * part) for part in to_rgb(colour))
        nearest = min(max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) for seen in colours)
        assert nearest <= 16, (kind, wanted)


def test_a_table_has_a_caption_headers_days_without_a_clock_and_says_what_it_leaves_out(shown: list) -> None:
    show_table(load("events"), "The first events", columns=["earliest", "title", "paragraph"], rows=3)
    html = shown[0].html
    assert "<caption>The first events</caption>" in html
    assert html.count('<th scope="col">') == 3 and html.count("<tr") == 4
    assert "1947-01-01" in html and "00:00" not in html and "NA" not in html and "nan" not in html
    assert f"3 of {len(load('events'))} rows shown." in html
    assert "3 of" in shown[0].text


def test_a_whole_table_does_not_say_that_rows_are_left_out(shown: list) -> None:
    show_table(load("eras").head(2), "Two eras", columns=["title"])
    assert "rows shown" not in shown[0].html


def test_text_of_a_table_cannot_become_a_tag(shown: list) -> None:
    show_table(pd.DataFrame({"title": ["<script>alert(1)</script>"]}), "a < b")
    assert "<script>" not in shown[0].html and "a &lt; b" in shown[0].html


def test_two_tables_of_the_same_content_are_the_same_bytes(shown: list) -> None:
    for _ in range(2):
        show_table(load("events").head(3), "Three")
    assert shown[0].html == shown[1].html


def test_wrong_input_is_answered_with_what_was_given_and_what_is_needed() -> None:
    with pytest.raises(TypeError, match="needs a table.*got list"):
        show_table([1, 2])  # type: ignore[arg-type]
    with pytest.raises(KeyError, match="no column 'year'.*event_id"):
        show_table(load("events"), columns=["year"])
    with pytest.raises(TypeError, match="figure or its axes were expected.*DataFrame"):
        show(load("events"))  # type: ignore[arg-type]
