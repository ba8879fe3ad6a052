"""The poster: the size that its name says, letters that stay letters, and no verdict before the course is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from matplotlib.figure import Figure

from helpers import load
from helpers.plotting.claims import VERDICTS
from tests.support.figures import close_all, overlaps
from tools.editions import poster


@pytest.fixture(scope="module")
def sheet() -> Iterator[Figure]:
    yield poster.poster(verdicts=False)
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
    assert not any(name in text for name in VERDICTS)
    dots = page.render(scale=0.3).to_numpy()
    across, up = dots.shape[1] // 2, dots.shape[0] // 2
    quarters = (dots[:up, :across], dots[:up, across:], dots[up:, :across], dots[up:, across:])
    assert all((part < 120).any() for part in quarters), "what is drawn fills the sheet, and not a corner of it"


def test_an_svg_has_the_size_of_its_paper(sheet: Figure) -> None:
    text = poster.enlarged_svg(poster.svg(sheet), poster.SIZES["a2"]).decode()
    assert re.search(r'<svg [^>]*width="594mm" height="420mm"', text) and "viewBox" in text


def test_no_letters_of_the_poster_overlap(sheet: Figure, as_pdf: bytes) -> None:
    assert as_pdf, "it was drawn"
    assert [pair for ax in sheet.axes for pair in overlaps(ax)] == []


def test_events_and_verdicts_that_spoil_a_guess_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, tuple[Any, Any]] = {}
    for name in ("plot_timeline", "plot_claims", "plot_places"):
        monkeypatch.setattr(poster, name, lambda table, name=name, **options: shown.update({name: (table, options)}))
    for verdicts in (False, True):
        poster.poster(verdicts=verdicts)
        (events, _), (_, options) = shown["plot_timeline"], shown["plot_claims"]
        assert options["verdicts"] is verdicts
        assert (events["earliest"] > poster.ARTICLE_DAY).any() == verdicts
    close_all()
