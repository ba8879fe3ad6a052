"""The article itself: a link for everybody, and its paragraphs for those who keep a copy.

The text is copyrighted and not part of the course. A teacher may save the twelve paragraphs as ``data/article.txt``
(git ignores it): then `show_paragraph` shows the paragraph beside the lesson. Without the file everything works.
"""

from __future__ import annotations

import os
from html import escape

from .class_settings import HIDE_ARTICLE
from .data import DATA, about_article
from .language import attributes, say
from .output import Page, put


def show_paragraph(number: int) -> None:
    """Show a paragraph of the article, if a copy is there; else say where to read it.

    Parameters
    ----------
    number : int
        From 1 to the last. The heading, the pull-quote, the note on the author and the disclaimer are not counted.

    Returns
    -------
    None

    Raises
    ------
    ValueError
        If there is no such paragraph, or the copy has more or fewer paragraphs than the article.
    """
    _, last = about_article()
    if number not in range(1, last + 1):
        raise ValueError(
            say("The article has paragraphs 1 to {last}, but {number!r} was asked for.", last=last, number=number)
        )
    put(_page(number))


def _page(number: int) -> Page:
    address, last = about_article()
    copy = DATA / "article.txt"
    if os.environ.get(HIDE_ARTICLE) or not copy.is_file():
        words = say(
            "Paragraph {number} of {last}: read it at {address} (its text is not part of the course).",
            number=number,
            last=last,
            address=address,
        )
        link = f'<a href="{address}">{address}</a>'
        return Page(f"<p{attributes()}>{escape(words).replace(address, link)}</p>", words)
    paragraph = read_paragraphs(copy.read_text(encoding="utf-8"))[number - 1]
    html = f'<blockquote aria-label="Paragraph {number} of the article">{escape(paragraph)}</blockquote>'
    return Page(html, f"Paragraph {number}: {paragraph}")


def read_paragraphs(text: str) -> list[str]:
    """Split a copy of the article into its paragraphs, which an empty line parts.

    `ValueError` if there are more or fewer than the article has.
    """
    found = [" ".join(block.split()) for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    _, last = about_article()
    if len(found) != last:
        raise ValueError(
            say(
                "data/article.txt has {count} paragraphs, but the article has {last}. Keep only its paragraphs, "
                "with an empty line between two of them: no heading, no pull-quote (the sentence printed large, "
                "which stands at the end too), no note on the author, no disclaimer.",
                count=len(found),
                last=last,
            )
        )
    return found
