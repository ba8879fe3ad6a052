"""Words are found as a person reads them, whatever keyboard wrote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import load
from helpers.explorer import select_events
from helpers.search import folded, has_words

APOSTROPHES = "'’‘‛ʼʻʽʾʿ`´′＇"
BLANKS = [" ", "  ", "\u00a0", "\u202f", "\u2009", "\t", "\n", "\u3000", " \u200b"]
DASHES = "-‐‑‒–—―−﹣－"


@pytest.mark.parametrize("sign", [*APOSTROPHES, ""])
def test_every_apostrophe_finds_the_same(sign: str) -> None:
    events = load("events")
    assert len(select_events(events, text=f"Ba{sign}ath")) == len(select_events(events, text="Ba'ath")) == 7
    assert len(select_events(events, text=f"Iraq{sign}s")) > 40


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("words", [("Baghdad", "Pact"), ("pact", "BAGHDAD"), ("  pac", "aghda  ")])
def test_every_blank_parts_words_and_their_order_does_not_matter(blank: str, words: tuple[str, str]) -> None:
    events = load("events")
    found = select_events(events, text=blank.join(words))
    assert 10 < len(found) == len(select_events(events, text="Baghdad Pact"))


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_is_one(dash: str) -> None:
    assert has_words("The war of 1980–88; Nuri al-Said", f"1980{dash}88")
    assert has_words("The war of 1980–88; Nuri al-Said", f"al{dash}Said")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Musharraf visits Baghdad", "mušarraf".replace("š", "sh")),
        ("Karbalā and Najaf", "karbala najaf"),
        ("Karbala and Najaf", "Karbalā"),
        ("Ḥusayn ibn ʿAlī", "husayn ali"),
        ("Atatürk, Łódź, Ærø, Đà Nẵng", "ataturk lodz aero da nang"),
        ("TITLE İstanbul Straße", "istanbul strasse"),
        ("ısı", "isi"),
        ("cafe\u0301", "café"),
        ("“London Plan”", '"london plan"'),
        ("a soft\u00adhyphen and a z\u200dw\u200cj", "softhyphen zwj"),
        ("ﬁle № ①", "file no 1"),
        ("معاہدۂ بغداد", "معاهده بغداد"),
        ("العراق والكويت", "الکویت العراق"),
        ("أحمد آل إبراهيم ٱ", "احمد ال ابراهیم ا"),
        ("القاهرة", "القاهره"),
        ("كَرْبَلاء", "کربلاء"),
        ("كــربلاء", "کربلاء"),
        ("علی", "على"),
        ("سنة ١٩٥٥ و ۱۹۷۳", "1955 1973"),
        ("1955 and 1973", "١٩٥٥ ۱۹۷۳"),
        ("२०२१", "2021"),
        ("Nothing 'quoted' here", "'"),
        ("Arms are found in the embassy", "arms, embassy."),
        ("Arms are found in the embassy", "(arms) embassy?"),
        ("معاہدۂ بغداد", "بغداد، معاہدہ"),
    ],
)
def test_spellings_of_one_word_are_one(text: str, words: str) -> None:
    assert has_words(text, words)


@pytest.mark.parametrize(
    ("text", "words"), [("Baghdad Pact", "Baghdad treaty"), ("al-Said", "al–Said-2"), ("Iraq", "’’ iran"), ("Iraq", "'")]
)
def test_what_is_not_there_is_not_found(text: str, words: str) -> None:
    assert not has_words(text, words)


@given(st.text())
def test_folding_twice_is_folding_once_and_a_text_holds_itself(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert has_words(text, text)
