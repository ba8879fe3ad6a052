"""The poster: the size that its name says, letters that stay letters, and no verdict before the course is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import pypdfium2
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import load
from helpers.plotting.artists import numbers
from helpers.plotting.claims import VERDICTS
from helpers.plotting.theme import FONTS
from tests.support.figures import close_all, meet, overlaps
from tools.editions import poster


@pytest.fixture(scope="module")
def sheet() -> Iterator[Figure]:
    yield poster.poster(verdicts=True)  # which holds more
    close_all()


@pytest.fixture(scope="module")
def as_pdf(sheet: Figure) -> bytes:
    return poster.pdf(sheet)


@pytest.mark.parametrize("size", poster.SIZES)
def test_a_pdf_has_the_size_of_its_paper_and_its_letters(as_pdf: bytes, size: str) -> None:
    paper = poster.SIZES[size]
    page = pypdfium2.PdfDocument(poster.enlarged_pdf(as_pdf, paper))[0]
    assert [round(side / 72 * 25.4, 1) for side in page.get_size()] == list(paper)
    text = page.get_textpage().get_text_range()
    assert poster.TITLE in text and "Karachi" in text and load("claims")["claim_id"].iloc[-1] in text
    assert all(name in text for name in VERDICTS if name in set(load("claims")["support"]))
    dots = page.render(scale=0.3).to_numpy()
    across, up = dots.shape[1] // 2, dots.shape[0] // 2
    quarters = (dots[:up, :across], dots[:up, across:], dots[up:, :across], dots[up:, across:])
    assert all((part < 120).any() for part in quarters), "what is drawn fills the sheet, and not a corner of it"


def test_an_svg_has_the_size_of_its_paper(sheet: Figure) -> None:
    text = poster.enlarged_svg(poster.svg(sheet), poster.SIZES["a2"]).decode()
    assert re.search(r'<svg [^>]*width="594mm" height="420mm"', text) and "viewBox" in text


def test_events_and_verdicts_that_spoil_a_guess_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, tuple[Any, Any]] = {}
    since = load("events").query("earliest > @poster.ARTICLE_DAY")["title"]
    for name in ("plot_timeline", "plot_claims", "plot_places"):
        monkeypatch.setattr(poster, name, lambda table, name=name, **options: shown.update({name: (table, options)}))
    for verdicts in (False, True):
        sheet = poster.poster(verdicts=verdicts)
        (events, _), (_, options) = shown["plot_timeline"], shown["plot_claims"]
        assert options["verdicts"] is verdicts
        assert not (events["earliest"] > poster.ARTICLE_DAY).any()
        listed = "\n".join(text.get_text() for text in sheet.texts)
        assert any(title in listed for title in since) == verdicts
        plt.close(sheet)


def test_a_wall_has_no_list_beside_it_so_each_named_event_has_its_title(sheet: Figure) -> None:
    """Numbers, whose key is in the words of a page, would leave a reader of the poster alone."""
    sheet.canvas.draw()
    events = load("events").query("effect != 'none'")
    assert [ax for ax in sheet.axes if numbers(ax)] == []
    written = " ".join(" ".join(text.get_text().split()) for text in sheet.findobj(Text))
    assert [title for title in events["title"] if title not in written] == []
    assert {text.get_fontfamily()[0] for text in sheet.texts} == {FONTS[0]}
    assert [pair for ax in sheet.axes for pair in overlaps(ax)] == []
    boxes = [text.get_window_extent() for text in sheet.texts] + [ax.get_tightbbox() for ax in sheet.axes]
    assert not any(meet(one, other) for one, other in combinations(boxes, 2))
    assert all(sheet.bbox.padded(-10).contains(*corner) for box in boxes for corner in (box.min, box.max))
