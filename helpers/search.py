"""Find words in texts as a person reads them: spellings that differ only in signs, in accents or in a keyboard are one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from .language import say

# What one keyboard writes and another lacks. Letters that Unicode itself takes apart (é, أ) are not listed.
_SAME = {
    "'": "'’‘‛ʼʻʽʾʿˈ`´′＇",
    '"': '"“”„‟«»″＂',
    "-": "-‐‑‒–—―−﹘﹣－",
    "ا": "اٱ",
    "ی": "یيىېۍ",
    "ک": "کكڪ",
    "ہ": "ہهھةۃە",
    "و": "وۇۆ",
    "i": "ı",
    "o": "ø",
    "l": "ł",
    "d": "đð",
    "ae": "æ",
    "oe": "œ",
}
_ONE_FOR_ALL = str.maketrans({variant: sign for sign, variants in _SAME.items() for variant in variants})
_AROUND = ",.;:!?()[]،؛؟"
_DROPPED = ("'", '"', "ـ")  # written by one and left out by another: Ba'ath and Baath; the last only stretches a word


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Write a text in one form: no capitals, accents, apostrophes or quotation marks; one kind of blank, dash and digit.

    Letters of Arabic and Urdu that look alike are one letter; vowel signs are left out; digits are 0 to 9.
    """
    apart = unicodedata.normalize("NFKD", text.translate(_ONE_FOR_ALL)).casefold()
    plain = unicodedata.normalize("NFKD", apart).translate(_ONE_FOR_ALL)
    kept = (_digit(sign) for sign in plain if sign not in _DROPPED and unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join("".join(kept).split())


def has_words(text: str, words: str) -> bool:
    """Whether a text contains all words, in any order; the beginning or another part of a word is enough.

    A comma or a full stop round a word does not count. If `words` holds signs only that `folded` leaves out, the text must
    contain them as they are.
    """
    place = folded(text)
    wanted = [word.strip(_AROUND) or word for word in folded(words).split()]
    return all(word in place for word in wanted) if wanted else words.strip() in text


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Guess which of some names is meant: a question with a blank before it, or nothing if no name is similar."""
    plain = {folded(name): name for name in known}
    near = get_close_matches(folded(given), list(plain), n=1)
    return " " + say("Did you mean {near!r}?", near=plain[near[0]]) if near else ""


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign))
