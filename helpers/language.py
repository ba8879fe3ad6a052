"""The language in which the course speaks to a student: English, unless the notebook is of another language.

A notebook says its language in its metadata; where the notebook is not known, the name of its folder says it
(``notebooks/ur``). `say` returns a message in that language: a whole sentence with named slots. What has no translation
stays English. This module needs neither pandas nor matplotlib, and with English lessons it reads no file.
"""

from __future__ import annotations

import json
import os
import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENGLISH = "en"
FOLDER = Path(__file__).resolve().parent / "languages"
RIGHT_TO_LEFT = ("ar", "fa", "he", "ku", "ps", "ur")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gettext import NullTranslations
    from typing import Any

_state: dict[str, Any] = {}


def known() -> list[str]:
    """Return the languages into which the messages are translated, by their codes (ISO 639-1)."""
    return sorted(path.stem for path in FOLDER.glob("*.mo"))


def current() -> str:
    """Return the language of this notebook: "en" if it says none, or if the course has no messages in it."""
    if "language" not in _state:
        use(_of_notebook() or Path.cwd().name)
    return str(_state["language"])


def use(language: str | None) -> None:
    """Speak a language from now on, English if the course has no messages in it; None: look again what the notebook says."""
    _state.clear()
    if language is not None:
        _state["language"] = language if language in known() else ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while, such as while a page in it is made."""
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def direction(language: str = "") -> str:
    """Return how a text of a language, by default the lesson's, runs: "rtl" or "ltr"."""
    return "rtl" if (language or current()) in RIGHT_TO_LEFT else "ltr"


def attributes() -> str:
    """Return what an element of a page says of its text's language and direction; nothing in English."""
    return "" if current() == ENGLISH else f' lang="{current()}" dir="{direction()}"'


def say(text: str, /, **slots: Any) -> str:
    """Return a message in the language of the lesson.

    Parameters
    ----------
    text : str
        The English message; a value has a named slot in it, such as ``{name}``.
    **slots : object
        The values. Without any, `text` may hold curly brackets of its own.

    Returns
    -------
    str
    """
    found = text if current() == ENGLISH else _catalogue().gettext(text) if text else ""
    return _filled(found, slots) if slots else found


def said(text: object) -> Any:
    """Return a text that a notebook's code or a table holds, such as a title, as it is shown; anything else as it is."""
    return say(text) if isinstance(text, str) else text


def say_count(one: str, several: str, count: int, /, **slots: Any) -> str:
    """Return a message that counts something, in the form that the number asks for.

    Parameters
    ----------
    one, several : str
        The English messages for one thing, and for any other number; ``{count}`` stands for the number.
    count : int
        The number.
    **slots : object
        Values of other slots.

    Returns
    -------
    str
    """
    english = one if count == 1 else several
    found = english if current() == ENGLISH else _catalogue().ngettext(one, several, count)
    return _filled(found, {"count": count, **slots})


def as_code(text: str) -> str:
    """Return what a student has typed, or is to type, so that it keeps its order within a text from right to left.

    Without marks, ``1963-02-24`` behind an Arabic letter would be shown as ``24-02-1963``.
    """
    return f"\u2066{text}\u2069" if direction() == "rtl" else text


class _Formatter(string.Formatter):
    """Fill slots as `str.format` does; what stands as Python writes it (``{name!r}``) keeps its order."""

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        found = super().convert_field(value, conversion)
        return as_code(found) if conversion == "r" else found


def _filled(text: str, slots: dict[str, Any]) -> str:
    return text.format(**slots) if current() == ENGLISH else _Formatter().vformat(text, (), slots)


def later(text: str) -> str:
    """Mark a text that is said only later, by `say`: the English is returned as it is."""
    return text


def _catalogue() -> NullTranslations:
    if "catalogue" not in _state:
        import gettext

        with (FOLDER / f"{current()}.mo").open("rb") as file:
            _state["catalogue"] = gettext.GNUTranslations(file)
    found: NullTranslations = _state["catalogue"]
    return found


def _of_notebook() -> str:
    """The language in the metadata of this notebook, if Jupyter has told the kernel which it is."""
    name = Path(os.environ.get("JPY_SESSION_NAME", "")).name
    if not name.endswith(".ipynb"):
        return ""
    try:
        metadata = json.loads((Path.cwd() / name).read_text(encoding="utf-8"))["metadata"]
        language = metadata.get("course", {}).get("language", "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    return language if re.fullmatch(r"[a-z]{2}", str(language)) else ""
