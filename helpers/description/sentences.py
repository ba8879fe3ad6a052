"""The English of a description: numbers, lists and plurals; and how it is shortened to an alt text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..language import later, say

ENDS = (".", "?", "!", "۔", "؟")  # of a sentence, also in Urdu and Arabic
ALT_LENGTH = 250  # characters: what a screen reader says in one breath


class Description(NamedTuple):
    """What is said of one panel: the sentences of the summary, and an entry for each thing that is drawn."""

    sentences: list[str]
    entries: list[str]


def shortened(description: str) -> str:
    """Shorten a description to an alt text of at most 250 characters, in whole sentences.

    The first sentence, and of the others, in order, those that fit; a first sentence that is too long is cut between words.
    Entries, which begin with "- ", are left out.
    """
    sentences = _sentences("\n".join(line for line in description.splitlines() if not line.startswith("- ")))
    text = sentences[0] if len(sentences[0]) <= ALT_LENGTH else _cut(sentences[0])
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) <= ALT_LENGTH:
            text = f"{text} {sentence}"
    return text


def _sentences(text: str) -> list[str]:
    """Split at line ends, and at full stops that a capital letter or a number follows."""
    sentences: list[str] = []
    for line in text.splitlines():
        words = line.split(" ")
        start = 0
        for k, word in enumerate(words):
            last = k == len(words) - 1
            ends = word[-1:] in ENDS and len(word) > 2 and not last and _begins(words[k + 1][:1])
            if word and (last or ends):
                sentences.append(" ".join(words[start : k + 1]))
                start = k + 1
    return sentences


def _begins(letter: str) -> bool:
    """Whether a sentence can begin with it: a capital, a digit, or a letter of a script without capitals."""
    return letter.isupper() or letter.isdigit() or (letter.isalpha() and letter.lower() == letter.upper())


def _cut(sentence: str) -> str:
    return sentence[: ALT_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "."


def plain_number(value: float) -> str:
    """A number as a reader writes it: years without a comma, thousands with one, no needless digits."""
    size = abs(value)
    if np.isnan(value):
        return "no number"
    if np.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    if size >= 1e15 or 0 < size < 1e-6:
        digits, power = f"{value:.2e}".split("e")
        return f"{float(digits):g} times 10 to the power of {int(power)}"
    if size >= 10000:
        return f"{value:,.0f}"
    rounded = round(value, 1 if size >= 1000 else 0 if size >= 100 else 12)
    if rounded != value:
        return plain_number(rounded)
    if float(value).is_integer():
        return str(int(value))
    if size >= 1000:
        return f"{value:.1f}"
    return np.format_float_positional(float(f"{value:.3g}"), trim="-")


def count_of(count: int, noun: str) -> str:
    """Count things in words: "1 row", "3 entries", "1,200 events"."""
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun[:-1]}ies" if noun.endswith("y") else f"{count:,} {noun}s"


def listed(items: Sequence[str], separator: str = later(", ")) -> str:
    if len(items) < 2:
        return "".join(items)
    return say("{items} and {last}", items=say(separator).join(items[:-1]), last=items[-1])


def first_and_last(entries: Sequence[str]) -> str:
    if len(entries) <= 4:
        return "; ".join(entries)
    return f"the first, {entries[0]}; the last, {entries[-1]}"


def as_sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text[-1:] in ENDS else say("{sentence}.", sentence=text)
