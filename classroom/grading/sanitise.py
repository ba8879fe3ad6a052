"""Make what a student wrote or ran harmless for the browser of whoever looks at it.

Plain text stays plain. Markdown becomes HTML once, is sanitised by a maintained library (nh3), and is escaped so that no
later reader takes anything in it for markdown, HTML or mathematics. Of outputs only text and pictures remain; a picture
is decoded and written anew, so that nothing of the file that came is kept.
"""

from __future__ import annotations

import io
import re
import unicodedata
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

import mistune
import nh3
from PIL import Image

MAX_CHARACTERS = 20_000
MAX_PIXELS = 2_000_000  # of a picture that is kept
_MAX_DECODED = 12_000_000  # pixels; a figure of 12 by 8 inches at 300 dots has 8.6 million
_MAX_SIDE = 6_000
_MAX_HTML = 100_000  # characters that one cell may become; an essay of 500 words becomes 4,000
_ALLOWED = "p br hr em strong del sub sup code pre blockquote ul ol li a table thead tbody tr th td bdi span div dl dt dd"
_TAGS = {*_ALLOWED.split(), "small", "mark"}
_BLOCKS = ("p", "li", "blockquote", "div", "dt", "dd")
_HEADING = re.compile(r"<(/?)h[1-6](?:\s[^<>]*)?>", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+/-]{1,60};base64,[A-Za-z0-9+/=\s]{64,}")
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
# Signs that are not seen, or turn the direction of writing around: with them code, or a mark, could be shown as something
# else. Arabic and Urdu need none of them: the browser finds the direction, and their joiners (200C, 200D) stay.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)
_MAX_COMBINING = 4  # on one letter; Arabic and Vietnamese need three
# Markdown, mathematics and HTML begin with one of these.
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")


def clean_text(text: str, most: int = MAX_CHARACTERS) -> str:
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
    begin = text[: 4 * most]  # of the rest nothing is looked at: it may be long
    plain = _UNSEEN.sub("", _ESCAPES.sub("", begin.replace("\r\n", "\n")))
    plain = plain if plain.isascii() else _towers().sub(r"\1", plain)
    whole = len(begin) == len(text) and len(plain) <= most
    return plain if whole else plain[:most] + "\n… (the rest was cut off)"


def markdown_to_html(source: str) -> str:
    """Return a student's markdown as HTML that runs nothing, loads nothing and looks like nothing else on the page.

    Pictures are named, not shown; a heading is a bold line; a link is its words and its address; mathematics stays as typed.
    """
    return _written_html(source, _Writer())


def inert_markdown(source: str) -> str:
    """Return a student's markdown as the source of a cell that markdown and MathJax pass over.

    It is one line within ``<div>``, so that markdown takes it as it is; each sign in its text that could begin something
    is written as a number, so that whatever reads it again finds text.
    """
    # MathJax 2 and 3 leave elements of these classes alone: \href{javascript:…} is mathematics to them.
    return f'<div class="tex2jax_ignore mathjax_ignore" dir="auto">{_written_html(source, _OneLine())}</div>'


def inert_text(text: str) -> str:
    """Return a text for a line of HTML in a markdown cell: whatever reads it again finds text."""
    return _as_numbers(" ".join(clean_text(text).split()))


def _written_html(source: str, writer: _Writer) -> str:
    text = clean_text(_EMBEDDED.sub("data:", source))  # a pasted picture is longer than an essay
    try:
        html = str(_renderer()(text))
    except (RecursionError, ValueError, IndexError, KeyError):
        html = f"<pre>{escape(text)}</pre>"
    # A student's heading could look like one of the page's. The rest of the cleaning closes what is open.
    html = _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        set_tag_attribute_values={tag: {"dir": "auto"} for tag in _BLOCKS},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
        clean_content_tags={"script", "style"},
    )
    # Marks that are opened and never closed are repeated in each paragraph: a page of them becomes megabytes.
    writer.feed(clean if len(clean) <= _MAX_HTML else f"<pre>{escape(text)}</pre>")
    writer.close()
    return "".join(writer.parts)


def clean_picture(content: bytes) -> bytes | None:
    """Return a PNG written anew, of at most `MAX_PIXELS`, without other data in it; None if it is none or larger."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            width, height = picture.size  # from the head of the file: nothing was decoded yet
            if width * height > _MAX_DECODED or max(width, height) > _MAX_SIDE:
                return None
            bare = _smaller(_bare(picture))
        bare.info.clear()
        written = io.BytesIO()
        bare.save(written, format="PNG", compress_level=3 if bare.mode in ("RGB", "RGBA") else 6)
    except MemoryError:  # the machine's
        raise
    except Exception:  # a damaged picture raises whatever its decoder likes
        return None
    return written.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """Decode a picture into the smallest mode that holds it."""
    if picture.mode in ("1", "L", "P") and "transparency" not in picture.info:
        return picture.copy()
    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return picture.convert("RGBA" if see_through else "RGB")


def _smaller(picture: Image.Image) -> Image.Image:
    """Scale a picture to what a page can show. One of two colours stays one: its file is a hundredth of another's."""
    width, height = picture.size
    if width * height <= MAX_PIXELS:
        return picture
    scale = (MAX_PIXELS / (width * height)) ** 0.5
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    if picture.mode == "1":
        return picture.convert("L").resize(size, Image.Resampling.BOX).point(lambda light: 255 * (light > 160), "1")
    if picture.mode == "P":
        colours = len(picture.getcolors(256) or ()) or 256
        return picture.convert("RGB").resize(size, Image.Resampling.BOX).quantize(min(256, max(2, colours)))
    return picture.resize(size, Image.Resampling.BOX)


class _Renderer(mistune.HTMLRenderer):
    """Names pictures and does not show them: the marker's browser would fetch them."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return escape(f"[picture: {text}]" if text else "[picture]")


@lru_cache(maxsize=1)
def _renderer() -> mistune.Markdown:
    return mistune.create_markdown(renderer=_Renderer(escape=False), plugins=["table", "strikethrough"])


@lru_cache(maxsize=1)
def _towers() -> re.Pattern[str]:
    """Find letters with so many signs on top of each other that they would cover what stands above and below."""
    signs = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)) in ("Mn", "Me"))
    joiners = "\u200c\u200d"  # after one of these the next sign still stands on the same letter
    return re.compile(f"((?:[{signs}][{joiners}]*){{{_MAX_COMBINING}}})[{signs}{joiners}]+")


class _Writer(HTMLParser):
    """Write cleaned HTML again, with a link's address as text: its words may say anything."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = dict(attrs).get("href") or ""
            return
        self.parts.append("<" + tag + "".join(f' {name}="{escape(value or "")}"' for name, value in attrs) + ">")

    def handle_endtag(self, tag: str) -> None:
        if tag != "a":
            self.parts.append(f"</{tag}>")
        elif self._link:
            self.handle_data(f" [{self._link}]")
            self._link = ""

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data))


class _OneLine(_Writer):
    """Write it in one line, with the signs of its text as numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._pre += tag == "pre"
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._pre -= tag == "pre"
        super().handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        shown = _as_numbers(data)
        self.parts.append(shown.replace("\n", "&#10;") if self._pre > 0 else shown.replace("\n", " "))


def _as_numbers(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)
