"""Make what a student wrote or ran harmless for the browser of whoever looks at it.

Text is text. Markdown becomes HTML once, is cleaned by a kept library (nh3), and is written so that no later reader takes
anything in it for markdown, HTML or mathematics again. Of outputs only text and pictures remain; a picture is decoded and
written anew, so that nothing of the file that came is kept.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

import mistune
import nh3
from PIL import Image

MOST_TEXT = 20_000
_MOST_PIXELS = 12_000_000
_LONGEST_SIDE = 6_000
_TAGS = {
    "p",
    "br",
    "hr",
    "em",
    "strong",
    "del",
    "sub",
    "sup",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
}
_TAGS |= {
    "h4",
    "h5",
    "h6",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "bdi",
    "span",
    "div",
    "dl",
    "dt",
    "dd",
    "small",
    "mark",
}
_DIRECTION = {"dir", "lang"}
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
# Signs that turn the direction of writing around could show code or a mark as something else. Arabic and Urdu need none.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Markdown, mathematics and HTML begin with one of these.
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")


def clean_text(text: str, most: int = MOST_TEXT) -> str:
    """Return a text without colours, control characters and signs that turn the direction of writing.

    Parameters
    ----------
    text : str
        What a program printed, or a student wrote.
    most : int, default 20000
        How many characters are kept.

    Returns
    -------
    str
        Not escaped for HTML.
    """
    plain = _UNSEEN.sub("", _ESCAPES.sub("", text.replace("\r\n", "\n")))
    return plain if len(plain) <= most else plain[:most] + "\n… (the rest was cut off)"


def markdown_to_html(source: str) -> str:
    """Return a student's markdown as HTML that runs nothing, loads nothing and looks like nothing else on the page.

    Parameters
    ----------
    source : str
        Markdown, perhaps with HTML in it.

    Returns
    -------
    str
        Pictures are named, not shown; mathematics stays as it was typed.
    """
    try:
        html = str(_renderer()(clean_text(source)))
    except (RecursionError, ValueError, IndexError, KeyError):
        html = f"<pre>{escape(clean_text(source))}</pre>"
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", *_DIRECTION}, "span": _DIRECTION, "bdi": _DIRECTION, "div": _DIRECTION, "p": _DIRECTION},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
        clean_content_tags={"script", "style"},
    )


def inert_markdown(source: str) -> str:
    """Return a student's markdown as one block of HTML that markdown and MathJax pass over.

    It is one line within ``<div>``, so that markdown takes it as it is; each sign in its text that could begin something
    is written as a number, so that whatever reads it again finds text.

    Parameters
    ----------
    source : str
        Markdown, perhaps with HTML in it.

    Returns
    -------
    str
        The source of a markdown cell.
    """
    writer = _OneLine()
    writer.feed(markdown_to_html(source))
    writer.close()
    # MathJax 2 and 3 leave elements of these classes alone: \href{javascript:…} is mathematics to them.
    return f'<div class="tex2jax_ignore mathjax_ignore">{"".join(writer.parts)}</div>'


def clean_picture(content: bytes) -> bytes | None:
    """Return a picture decoded and written anew, or None if it is none, or too large.

    Parameters
    ----------
    content : bytes
        A PNG file as it came from a student's process.

    Returns
    -------
    bytes or None
        A PNG file without any text or other data in it.
    """
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS or max(width, height) > _LONGEST_SIDE:
                return None
            palette = picture.mode == "P" and "transparency" not in picture.info
            bare = picture.copy() if palette else picture.convert("RGBA" if _see_through(picture) else "RGB")
    except Exception:  # a damaged picture raises whatever its decoder likes
        return None
    bare.info.clear()
    written = io.BytesIO()
    bare.save(written, format="PNG", compress_level=6 if palette else 3)
    return written.getvalue()


def _see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


class _Renderer(mistune.HTMLRenderer):
    """Names pictures in the place of showing them: they would be fetched by the marker's browser."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(f"[picture: {text}]" if text else "[picture]")


@lru_cache(maxsize=1)
def _renderer() -> mistune.Markdown:
    return mistune.create_markdown(renderer=_Renderer(escape=False), plugins=["table", "strikethrough"])


class _OneLine(HTMLParser):
    """Write cleaned HTML in one line, with the signs of its text as numbers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._pre += tag == "pre"
        self.parts.append("<" + tag + "".join(f' {name}="{_as_numbers(value or "")}"' for name, value in attrs) + ">")

    def handle_endtag(self, tag: str) -> None:
        self._pre -= tag == "pre"
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        shown = _as_numbers(data)
        self.parts.append(shown.replace("\n", "&#10;") if self._pre > 0 else shown.replace("\n", " "))


def _as_numbers(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)
