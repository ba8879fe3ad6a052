"""The order of code within a sentence that runs from right to left.

Without marks a browser turns what stands between two letters of Arabic: ``<=`` is shown as ``=>``, ``(`` as ``)``, and the
last bracket of ``head(3)`` stands before its name. A translator writes code as it is; the marks are set when a language is
built.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"[!-~…]+(?: [!-~…]+)*")  # what an English keyboard writes; a translator's own marks end it
_SENTENCE_ENDS = re.compile(r"((?<=[\w)`])[.:] )")
_SLOT = re.compile(r"(?<!\{)\{[a-z_]+(?:![rs])?(?::[^{}]*)?\}")
_PLAIN = re.compile(r"\(?`?[\w\s.]*`?\)?|\d+(?:,\d+)*|`[=~]`")  # words, or what is the same from both sides
_PAIRS = ("()", "[]", "{}")


def kept_in_order(text: str) -> str:
    """Put marks around each piece of code in a message from right to left, so that it is shown from left to right.

    A word, a number or a slot alone needs no marks, nor does what a translator has marked.
    """
    return _RUN.sub(lambda found: _marked(text, found), text)


def _marked(text: str, found: re.Match[str]) -> str:
    before, behind = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if before == "\u200e":
        return found[0]
    stands_free = before in ("", " ") and not behind.isalnum() and behind != "\u200e"
    return "".join(_part(part, stands_free=stands_free) for part in _SENTENCE_ENDS.split(found[0]))


def _part(part: str, *, stands_free: bool) -> str:
    code = _code_of(part, stands_free=stands_free)
    head, _, tail = part.partition(code) if code else ("", "", part)
    return f"{head}\u2066{code}\u2069{tail}" if _needs_marks(code) else part


def _code_of(part: str, *, stands_free: bool) -> str:
    """A part of a run without the stop at its end, and without a bracket of the sentence around it."""
    code = re.sub(r"(?<![.…]) ?[.:]$", "", part) if len(part) > 1 else part
    code = re.sub(r"^[.:] ", "", code)
    if len(code) == 1 and code in "".join(_PAIRS):
        return code if stands_free else ""
    while code and _has_no_partner(code[-1], code):
        code = code[:-1].rstrip()
    while code and _has_no_partner(code[0], code):
        code = code[1:].lstrip()
    return code


def _has_no_partner(bracket: str, code: str) -> bool:
    return any(bracket in pair and code.count(pair[0]) != code.count(pair[1]) for pair in _PAIRS)


def _needs_marks(code: str) -> bool:
    if len(code) < 2:
        return code != "" and code in "<>" + "".join(_PAIRS)
    plain = _SLOT.sub("", code)
    if plain != code:  # a slot; signs of the sentence stand between two
        return plain in ("''", '""') or re.search(r"[/\[<>=]|\w[(.]", plain) is not None
    return not _PLAIN.fullmatch(code)
