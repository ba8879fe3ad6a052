"""The sheet of forty words: one page, and each example stands in a lesson, not before the lesson that it names."""

from __future__ import annotations

import pypdfium2
import pytest

from classroom.print_kit.words import PARTS, Word, words_pdf
from tests.support.lesson import LESSONS, read

WORDS = [word for part in PARTS.values() for word in part]
CODE = {path.stem[:2]: "\n".join(cell.source for cell in read(path) if cell.kind == "code") for path in LESSONS}


def test_there_are_forty_on_one_page_and_all_can_be_read() -> None:
    assert len(WORDS) == len(set(WORDS)) == 40
    pages = pypdfium2.PdfDocument(sheet := words_pdf())
    assert len(pages) == 1 and [round(side) for side in pages[0].get_size()] == [595, 842]
    printed = "".join(pages[0].get_textpage().get_text_bounded().split())
    for word in WORDS:
        for text in (word.word, word.meaning, word.example):
            assert "".join(text.split()) in printed, word
    assert words_pdf() == sheet


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.word)
def test_each_example_stands_in_the_course(word: Word) -> None:
    """In the lesson that explains it, or in a later one; and what it shows is the word."""
    assert any(word.example in code for lesson, code in CODE.items() if lesson >= word.lesson), word.example
    if word.word.isidentifier():
        assert word.word in word.example
