"""Keep the ``.po`` files in step with the English: new texts are added, changed ones become fuzzy, gone ones leave.

An entry is found by its place (lesson file, cell id, number) and its English. If only its place has changed, its translation
goes with it. If its English has changed, the older English is kept beside it, the entry becomes fuzzy, and is not used.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polib

from tools.content.translate.sources import TEXTS, Source

LANGUAGES = {
    "ur": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}


def path_of(language: str, name: str) -> Path:
    """Return the file of one catalogue."""
    return TEXTS / language / f"{name}.po"


def read(language: str, name: str) -> polib.POFile:
    """Return a catalogue; an empty one if there is no file yet."""
    path = path_of(language, name)
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=100) if path.is_file() else polib.POFile(wrapwidth=100)


def metadata(language: str) -> dict[str, str]:
    """Return the head of a catalogue."""
    return {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }


def updated(language: str, old: polib.POFile, sources: Iterable[Source]) -> polib.POFile:
    """Return a catalogue for the English of today, with all of the old one that is translated and still fits."""
    new = polib.POFile(wrapwidth=100)
    new.metadata = metadata(language)
    by_place = {entry.msgctxt: entry for entry in old if entry.msgctxt}
    by_text = {(_cell(entry.msgctxt), entry.msgid): entry for entry in old}
    for source in sources:
        same = by_place.get(source.place)
        if same is None or same.msgid != source.text:
            same = by_text.get((_cell(source.place), source.text), same)
        new.append(_entry(language, source, same))
    return new


def _cell(place: str | None) -> str:
    return (place or "").rpartition("/")[0]


def _entry(language: str, source: Source, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=source.text, msgctxt=source.place or None, comment=source.comment)
    forms = int(LANGUAGES[language].partition(";")[0].removeprefix("nplurals="))
    if source.plural:
        entry.msgid_plural, entry.msgstr_plural = source.plural, dict.fromkeys(range(forms), "")
    if old is None:
        entry.msgstr = source.known.get(language, "")
        return entry
    entry.tcomment = old.tcomment
    if source.plural and old.msgstr_plural:
        entry.msgstr_plural |= {number: text for number, text in old.msgstr_plural.items() if number < forms}
    else:
        entry.msgstr = old.msgstr
    entry.flags = list(old.flags)
    entry.previous_msgid = old.previous_msgid
    if old.msgid != source.text and (old.msgstr or any(old.msgstr_plural.values())):
        entry.flags = sorted({*old.flags, "fuzzy"})
        entry.previous_msgid = old.previous_msgid or old.msgid
    if "fuzzy" not in entry.flags:
        entry.previous_msgid = None
    return entry


def usable(entry: polib.POEntry) -> bool:
    """Say whether an entry is translated, in every form, and not fuzzy."""
    written = all(entry.msgstr_plural.values()) if entry.msgstr_plural else bool(entry.msgstr)
    return written and "fuzzy" not in entry.flags and not entry.obsolete
