"""The matrix of claims: which are filled, how verdicts look, what is written, and where each tile lies in the picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyBboxPatch
from PIL import Image

from helpers import alt_text, describe, load, plot_claims
from helpers.notebook import DPI, png
from helpers.plotting.chart_artists import ClaimTile
from helpers.plotting.claims import VERDICTS, claim_boxes
from tests.support.figures import box, clipped, close_all, drawn, figure_of, overlaps, texts_of

CLAIMS = load("claims")


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


def frame(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["claim_id", "paragraph", "support", "lesson"])


def tiles(ax: Axes) -> dict[str, ClaimTile]:
    return {tile.claim.claim_id: tile for tile in ax.findobj(ClaimTile) if isinstance(tile, ClaimTile)}


def words(ax: Axes) -> set[str]:
    return {text.get_text() for text in texts_of(ax)}


SMALL = frame(
    ("1a", 1, "partly", "01_founding_years"),
    ("1b", 1, "contested", "02_baghdad_pact"),
    ("3a", 3, "opinion", "03_rupture_1973"),
    ("3b", 3, None, "03_rupture_1973"),
)


@pytest.mark.parametrize("verdicts", [False, True])
def test_each_claim_has_a_tile_in_the_row_of_its_paragraph(verdicts: bool) -> None:
    found = tiles(plot_claims(CLAIMS, verdicts=verdicts))
    assert list(found) == CLAIMS["claim_id"].tolist()
    rows = {(tile.claim.paragraph, tile.get_y()) for tile in found.values()}
    assert len(rows) == CLAIMS["paragraph"].nunique()
    assert [number for number, _ in sorted(rows, key=lambda row: row[1])] == sorted(CLAIMS["paragraph"].unique())


def test_no_verdict_is_in_a_picture_without_verdicts() -> None:
    ax = plot_claims(CLAIMS, title="Title")
    told = " ".join([*words(ax), describe(ax, detail="full"), alt_text(ax)])
    assert not any(name in told for name in VERDICTS if name != "partly") and "partly" not in told
    assert all(tile.claim.verdict == "" for tile in tiles(ax).values())


@pytest.mark.parametrize(
    ("choice", "filled"),
    [
        ({}, ["1a", "1b", "3a"]),
        ({"upto": "02"}, ["1a", "1b"]),
        ({"upto": 2}, ["1a", "1b"]),
        ({"upto": "02_baghdad_pact"}, ["1a", "1b"]),
        ({"upto": 0}, []),
        ({"upto": 99}, ["1a", "1b", "3a"]),
        ({"solved": ["1b", "3b"]}, ["1b"]),
        ({"solved": {"1b", "3a"}, "upto": 2}, ["1b"]),
        ({"solved": []}, []),
    ],
)
def test_only_what_is_treated_or_solved_is_filled(choice: dict[str, Any], filled: list[str]) -> None:
    ax = plot_claims(SMALL, verdicts=True, **choice)
    assert [name for name, tile in tiles(ax).items() if tile.claim.filled] == filled
    empty = {tile.get_facecolor() for tile in tiles(ax).values() if not tile.claim.filled}
    assert len(empty) <= 1 and not empty & {tile.get_facecolor() for tile in tiles(ax).values() if tile.claim.filled}


def test_the_legend_explains_what_is_seen_and_counts_it() -> None:
    assert {"partly 1", "contested 1", "opinion 1", "no verdict yet 1"} <= words(plot_claims(SMALL, verdicts=True))
    few = words(plot_claims(SMALL, verdicts=True, upto=1))
    assert {"partly 1", "no verdict yet 3"} <= few and not any(word.startswith(("contested", "opinion")) for word in few)
    assert not any(word.startswith("no verdict") for word in words(plot_claims(CLAIMS, verdicts=True)))


def test_verdicts_differ_in_mark_and_in_lightness() -> None:
    """A picture in grey, or seen without one kind of cone, still tells them apart."""
    assert len({(look.mark, look.fill) for look in VERDICTS.values()}) == len(VERDICTS)
    light = {name: np.dot((0.2126, 0.7152, 0.0722), to_rgb(look.face)) for name, look in VERDICTS.items()}
    for one, other in combinations(("corroborated", "partly", "contested"), 2):
        assert abs(light[one] - light[other]) > 0.1, (one, other)


def test_every_verdict_of_the_schema_and_any_other_is_drawn_and_told() -> None:
    names = [*VERDICTS, "a verdict of one's own", "another"]
    table = frame(*((f"1{k}", 1, name, "01_x") for k, name in enumerate(names)))
    ax = plot_claims(table, verdicts=True)
    assert {f"{name} 1" for name in names} <= words(ax)
    assert all(f"1 {name}" in describe(ax) for name in names)
    drawn(ax)
    assert clipped(ax) == []


@pytest.mark.parametrize("options", [{}, {"verdicts": True}, {"verdicts": True, "upto": 5, "title": "Title " * 40}])
def test_all_letters_are_whole_readable_and_free_of_one_another(options: dict[str, Any]) -> None:
    ax = plot_claims(CLAIMS, **options)
    drawn(ax)
    assert overlaps(ax) == [] and clipped(ax) == []
    at_838 = 838 / (figure_of(ax).get_figwidth() * 72)
    assert min(float(text.get_fontsize()) for text in texts_of(ax)) * at_838 >= 9


def test_a_claims_name_lies_in_its_tile() -> None:
    ax = plot_claims(CLAIMS, verdicts=True)
    drawn(ax)
    found = {name: tile.get_window_extent() for name, tile in tiles(ax).items()}
    for text in texts_of(ax):
        if text.get_text() in found:
            tile, letters = found[text.get_text()], box(text)
            assert tile.x0 <= letters.x0 and letters.x1 <= tile.x1


def test_boxes_are_where_the_tiles_are_seen() -> None:
    """In the picture that `show` makes, each box holds its tile's colour in its corner, and the paper is outside."""
    ax = plot_claims(CLAIMS, verdicts=True, title="Title")
    dots = np.asarray(Image.open(io.BytesIO(png(figure_of(ax)))).convert("RGB")).astype(int)
    boxes = claim_boxes(ax, DPI)
    assert [place.claim_id for place in boxes] == CLAIMS["claim_id"].tolist()
    assert [place.lesson for place in boxes] == CLAIMS["lesson"].tolist()
    for place in boxes:
        face = np.array(to_rgb(tiles(ax)[place.claim_id].get_facecolor())) * 255
        inside = dots[place.bottom - 4, (place.left + place.right) // 2]
        assert abs(inside - face).max() < 12, place
        assert dots[place.bottom + 2, (place.left + place.right) // 2].min() > 230, place


def test_it_draws_into_given_axes_of_any_size() -> None:
    for size in ((12, 8), (5, 3.5)):
        _, ax = plt.subplots(figsize=size)
        assert plot_claims(CLAIMS, verdicts=True, ax=ax) is ax
        assert len(tiles(ax)) == len(CLAIMS)


def test_the_description_counts_verdicts_and_tells_each_paragraph() -> None:
    ax = plot_claims(SMALL, verdicts=True, title="A title")
    assert describe(ax, detail="full").splitlines() == [
        "A title. A matrix of 4 claims in 2 paragraphs. Most claims: paragraph 1, 2. "
        "Verdicts: 1 partly, 1 contested and 1 opinion. 1 tile of 4 is empty.",
        "- Paragraph 1: 1a partly (lesson 01); 1b contested (lesson 02)",
        "- Paragraph 3: 3a opinion, 3b empty (lesson 03)",
    ]
    assert "Claims by lesson: 1 in 01, 1 in 02 and 2 in 03." in describe(plot_claims(SMALL))


def test_own_claims_need_neither_lessons_nor_verdicts() -> None:
    ax = plot_claims(SMALL[["claim_id", "paragraph"]])
    assert list(tiles(ax)) == ["1a", "1b", "3a", "3b"]
    assert describe(plot_claims(SMALL.head(0))) == "No claims to show."


@pytest.mark.parametrize(
    ("table", "options", "problem"),
    [
        (SMALL.drop(columns="paragraph"), {}, "no column 'paragraph'"),
        (SMALL.drop(columns="support"), {"verdicts": True}, "no column 'support'"),
        (SMALL.drop(columns="lesson"), {"upto": 3}, "no column 'lesson'"),
        (SMALL.assign(claim_id="1a"), {}, "'1a' stands in the table 4 times"),
        (SMALL.assign(claim_id=None), {}, "Row 0: the claim_id is None"),
        (SMALL.assign(paragraph=[1, 1.5, 3, 3]), {}, "Row 1 .1b.: the paragraph is 1.5"),
        (SMALL.assign(paragraph="first"), {}, "the paragraph is 'first'"),
        (SMALL, {"upto": "five"}, "upto is 'five'"),
        (SMALL.assign(lesson="pact"), {"upto": 5}, "lesson is 'pact'"),
        (SMALL, {"solved": ["9z"]}, "no such claim"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused_in_words(table: Any, options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        plot_claims(table, **options)


def test_other_things_than_tables_are_refused() -> None:
    with pytest.raises(TypeError, match="needs a table"):
        plot_claims("claims")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"write solved=\['1a'\]"):
        plot_claims(SMALL, solved="1a")


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=40), st.booleans())
def test_any_numbers_of_claims_fit(paragraphs: list[int], verdicts: bool) -> None:
    rows = ((f"{number}.{k}", number, list(VERDICTS)[k % 6], f"{number:02d}_x") for k, number in enumerate(paragraphs))
    table = frame(*rows)
    ax = plot_claims(table, verdicts=verdicts)
    drawn(ax)
    assert overlaps(ax) == [] and clipped(ax) == []
    close_all()


@pytest.mark.parametrize("medium", ["phone", "slide", "page"])
@pytest.mark.parametrize("upto", [2, 7, None])
def test_all_lines_of_the_legend_begin_at_one_place(medium: Any, upto: int | None) -> None:
    ax = plot_claims(load("claims"), verdicts=True, upto=upto, medium=medium)
    boxes = [part for part in ax.patches if isinstance(part, FancyBboxPatch) and not isinstance(part, ClaimTile)]
    begins = {round(box.get_y()): min(each.get_x() for each in boxes if each.get_y() == box.get_y()) for box in boxes}
    assert boxes and len({round(x, 3) for x in begins.values()}) == 1
    assert max(box.get_x() + box.get_width() for box in boxes) < ax.get_xlim()[1]
