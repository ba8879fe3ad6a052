"""What a translation has in common with its English: slots, code, numbers, links, cells; and the words of the sheet."""

from __future__ import annotations

import csv
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

import polib

from tools.content.translate.sources import TEXTS

SHEET = TEXTS / "terms.csv"
_CODE = re.compile(r"`[^`]+`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_OTHER_DIGITS = re.compile(r"[٠-٩۰-۹]")
_SIGNS = re.compile(r"[✔✎☑○¶]")


def problems(language: str, entry: polib.POEntry, place: str) -> list[str]:
    """Say, a sentence a fault, what is wrong with a translated entry of a file: messages have slots, others are Markdown."""
    forms = entry.msgstr_plural or {0: entry.msgstr}
    found = []
    for number, text in forms.items():
        english = entry.msgid_plural if entry.msgid_plural and number else entry.msgid
        found += [*_of_slots(english, text, counted=bool(entry.msgid_plural))] if place in ("messages", "edition") else []
        if not entry.msgid_plural:
            found += [*_of_text(entry.msgid, text), *_of_markdown(entry.msgid, text)]
        found += _of_script(text)
        found += _of_words(language, english, text)
    return list(dict.fromkeys(found))


def _of_slots(english: str, text: str, *, counted: bool) -> Iterator[str]:
    try:
        wanted, given = set(_slots(english)), set(_slots(text))
    except ValueError as problem:
        yield f"its curly brackets cannot be read ({problem})"
        return
    allowed_to_lack = {slot for slot in wanted if slot.startswith("{count")} if counted else set()
    if missing := sorted(wanted - given - allowed_to_lack):
        yield f"slots are missing: {', '.join(missing)}"
    if more := sorted(given - wanted - {"{count}", "{count:,}"}) if counted else sorted(given - wanted):
        yield f"slots that the English has not: {', '.join(more)}"


def _slots(text: str) -> Iterator[str]:
    if not re.search(r"(?<!\{)\{[a-z_]+[!:}]", text):  # a text without slots may hold brackets of its own
        return
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None:
            yield "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}"


def _of_text(english: str, text: str) -> Iterator[str]:
    for what, pattern in (("code", _CODE), ("links", _LINK), ("signs", _SIGNS)):
        wanted, given = Counter(pattern.findall(english)), Counter(pattern.findall(text))
        if wanted != given:
            missing, more = list((wanted - given).elements()), list((given - wanted).elements())
            yield f"its {what} differ: missing {missing or 'nothing'}, too many {more or 'nothing'}"
    wanted, given = Counter(_numbers(english)), Counter(_numbers(text))
    if wanted != given:
        missing, more = list((wanted - given).elements()), list((given - wanted).elements())
        yield f"its numbers differ: missing {missing or 'nothing'}, too many {more or 'nothing'}"


def _numbers(text: str) -> list[str]:
    """The numbers of a text, without those of code and of links, which are compared as a whole."""
    plain = re.sub(r"\{[^}]*\}", " ", _LINK.sub("]", _CODE.sub(" ", text)))
    return _NUMBER.findall(plain)


def _of_markdown(english: str, text: str) -> Iterator[str]:
    if english.startswith("|") and text.count("|") != english.count("|"):
        yield f"a row has {english.count('|')} bars, this has {text.count('|')}"
    elif english.startswith("|") and not text.endswith("|"):
        yield "a row ends with a bar, this does not"
    if _CODE.sub("", text).count("**") % 2 != _CODE.sub("", english).count("**") % 2:
        yield "its ** have no partner"
    if "<" in text and "<" not in english:
        yield "it holds HTML, which the English has not"


def _of_script(text: str) -> Iterator[str]:
    if _OTHER_DIGITS.search(_CODE.sub("", text)) and "٤" not in text:
        yield "it has digits that are not 0 to 9"
    if text != unicodedata.normalize("NFC", text):
        yield "its letters are not in the form NFC"
    if "ـ" in text:
        yield "it stretches a word with a tatweel"


def _of_words(language: str, english: str, text: str) -> Iterator[str]:
    for row in sheet():
        for word in (part.strip() for part in (row.get(f"avoid_{language}") or "").split(";")):
            if word and _stands_in(word, text):
                right = row.get(language, "")
                yield f"the sheet of terms avoids {word!r} for {row['en']!r}; it has {right!r}"


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


@cache
def sheet() -> list[dict[str, str]]:
    """Return the sheet of terms: which word is taken for what, why, and which are avoided; empty if there is none yet."""
    if not SHEET.is_file():
        return []
    with SHEET.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
