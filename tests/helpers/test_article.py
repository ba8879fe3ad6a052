"""The article: a link for everybody, the paragraph for those who keep a copy, and a clear word when the copy is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import article, class_settings
from tests.support.environment import HIDE_ARTICLE

ADDRESS = "https://www.arabnews.pk/node/1824741"
TWELVE = "\n\n".join(f"This is the text of\nparagraph {number}." for number in range(1, 13))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(article, "DATA", tmp_path)
    monkeypatch.delenv(class_settings.HIDE_ARTICLE, raising=False)
    return tmp_path


def test_lessons_are_tested_without_a_copy() -> None:
    """Or a teacher's own copy of the text would change every stored output on that machine."""
    assert HIDE_ARTICLE == class_settings.HIDE_ARTICLE


def test_without_a_copy_there_is_a_link(folder: Path) -> None:
    page = article._page(3)
    assert f'href="{ADDRESS}"' in page.html and "Paragraph 3 of 12" in page.text


def test_with_a_copy_the_paragraph_is_shown(folder: Path) -> None:
    (folder / "article.txt").write_text(TWELVE, encoding="utf-8")
    assert article._page(3).text == "Paragraph 3: This is the text of paragraph 3."
    (folder / "article.txt").write_bytes(TWELVE.replace("\n", "\r\n").encode())
    assert "paragraph 12." in article._page(12).html


def test_a_copy_with_the_pull_quote_is_refused_with_the_reason(folder: Path) -> None:
    (folder / "article.txt").write_text(TWELVE + "\n\nOnce more, in large letters.", encoding="utf-8")
    with pytest.raises(ValueError, match="has 13 paragraphs, but the article has 12.*no pull-quote"):
        article._page(1)


@pytest.mark.parametrize("number", [1, 12])
def test_the_first_and_the_last_paragraph_are_there(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    article.show_paragraph(number)
    assert f"Paragraph {number} of 12: read it at" in capsys.readouterr().out


@pytest.mark.parametrize("number", [0, 13, "1"])
def test_a_paragraph_that_is_not_there_is_refused(number: object) -> None:
    with pytest.raises(ValueError, match="paragraphs 1 to 12"):
        article.show_paragraph(number)  # type: ignore[arg-type]


def test_stored_outputs_do_not_depend_on_a_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "article.txt").write_text(TWELVE, encoding="utf-8")
    monkeypatch.setenv(class_settings.HIDE_ARTICLE, "1")
    assert "text of" not in article._page(3).text.replace("its text", "")
