"""The printed kits: what the cards say, what they keep back, and that every sheet can be printed and read."""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pypdfium2
import pytest

from classroom.commands import print as verb
from classroom.errors import TeacherError
from classroom.lesson_plans import pages
from classroom.print_kit import cards as kits
from classroom.print_kit import pdf
from classroom.print_kit.documents import STEPS, documents_of
from classroom.print_kit.instructions import note, sections
from classroom.print_kit.pdf import A4, Booklet, Paragraph, broken, needed
from classroom.print_kit.sheets import kit_pdf
from helpers import load
from helpers.language import speaking
from helpers.plotting.text_size import text_width
from tests.support.lesson import LESSONS, NOTEBOOKS

ROOT = Path(__file__).resolve().parents[2]
TEACHING = NOTEBOOKS / "teaching"
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
each_lesson = pytest.mark.parametrize("number", [path.stem[:2] for path in LESSONS])


read_lessons = cache(lambda: pages.read_lessons(ROOT))


@cache
def kit_of(number: str) -> kits.Kit:
    lesson = read_lessons()[number]
    return kits.make_kit(number, lesson.title, lesson.stem, TEACHING)


@each_lesson
def test_the_front_of_a_card_gives_no_date_and_its_letter_no_order(number: str) -> None:
    kit = kit_of(number)
    for card in kit.cards:
        assert not re.search(rf"\b(1[89]|20)\d\d|\b({MONTH})\b", " ".join(card.front)), card
        assert re.search(r"\d{4}", card.date) and card.source and card.sureness
    letters = [card.letter for card in kit.in_time]
    assert len(set(letters)) == len(letters) and letters != sorted(letters)


@each_lesson
def test_every_event_has_a_card_or_a_reason(number: str) -> None:
    kit, bearing = kit_of(number), load("claim_events")
    spared = set(pd.read_csv(TEACHING / "not_for_games.csv")["event_id"])
    assert [card.event_id for card in kit.in_time] == [name for name in kit.events["event_id"] if name not in spared]
    assert len(kit.cards) >= 7 and kit.claims
    # What stands on the back of a claim's card is told of, too: the first sheet warns of it.
    told = [card.name.removeprefix("Claim ") for card in kit.claims]
    told_of = {*kit.events["event_id"], *bearing.loc[bearing["claim_id"].isin(told), "event_id"]}
    assert len(kit.left_out) == len(spared & told_of)
    assert bool(kit.left_out) == any("dead are not a puzzle" in words for words in note(kit))
    for claim in kit.claims:
        if not claim.criterion:
            found = (bearing["claim_id"] == claim.name.removeprefix("Claim ")).sum()
            assert len(claim.letters) + len(claim.others) == found


def test_a_source_of_the_month_of_an_event_is_not_taken_for_an_older_one() -> None:
    card = next(card for card in kit_of("02").cards if card.event_id == "baghdad-pact-signed-1955")
    assert (
        card.date == "24 February 1955" and "Telegram 1587 to Tehran on the Turco-Iraqi pact, February 1955" in card.source
    )


def test_an_era_s_kit_holds_the_era_and_its_claims() -> None:
    kit, events, claims = kit_of("03"), load("events"), load("claims")
    assert set(kit.events["event_id"]) == set(events.loc[events["era_id"] == "rupture-of-1973", "event_id"])
    assert [card.name for card in kit.claims] == [
        f"Claim {name}" for name in claims.loc[claims["lesson"] == "03_rupture_1973", "claim_id"]
    ]


def test_the_kit_of_lesson_00_holds_the_twelve_events_of_the_lesson() -> None:
    cells = nbformat.read(NOTEBOOKS / "00_start_here.ipynb", as_version=4).cells
    code = next(cell.source for cell in cells if cell.cell_type == "code" and "chosen = [" in cell.source)
    chosen = next(ast.literal_eval(node.value) for node in ast.parse(code).body if ast.unparse(node).startswith("chosen ="))
    assert sorted(card.event_id for card in kit_of("00").cards) == sorted(chosen)


def test_before_lesson_09_no_card_is_later_than_the_article_and_only_09_tells_of_forecasts() -> None:
    for number in (path.stem[:2] for path in LESSONS):
        kit = kit_of(number)
        assert (kit.claim_word == "forecast") == (number == "09")
        assert number == "09" or kit.events["earliest"].max().strftime("%Y-%m-%d") <= "2021-03-13"


def test_hostages_and_murdered_pilgrims_are_no_puzzle() -> None:
    events = load("events")
    words = events["title"] + " " + events["description"]
    held = words.str.contains(r"hostage|kidnap", case=False)
    killed = words.str.contains("pilgrims", case=False) & words.str.contains(r"killed the|murder|are killed", case=False)
    grave = set(events.loc[held | killed, "event_id"])
    assert {"pakistani-hostages-killed-2004", "pilgrims-killed-anbar-2006"} <= grave
    for number in (path.stem[:2] for path in LESSONS):
        assert not grave & {card.event_id for card in kit_of(number).cards}


@pytest.mark.parametrize(
    ("text", "blotted"),
    [
        ("In two coups, on 17 and 30 July 1968", "In two coups, on _____"),
        ("on 2 March, then Rawalpindi on the 9th", "on _____, then Rawalpindi on _____"),
        ("in the 1980s; from 2014–17", "in the _____; from _____"),
        ("1,500 men, 104 votes to 11, it may", "1,500 men, 104 votes to 11, it may"),
    ],
)
def test_dates_are_blotted_out_and_numbers_are_not(text: str, blotted: str) -> None:
    assert kits.without_dates(text) == blotted


@pytest.mark.parametrize(
    ("date", "checked", "words"),
    [
        ("1973-02-10", "read", "The day is known."),
        ("1954-03", "read", "Some day in this month"),
        ("1949~/1951~", "read", "About"),
        (
            "1964?",
            "uncertain",
            "The date is in doubt. Something in it is uncertain: read the front again. Some day in this year",
        ),
        ("2021-02-24/2021-02-27", "read", "its first and its last day are known"),
        ("1973-10/1974-04", "read", "at least one of its ends is not exact"),
    ],
)
def test_the_back_says_how_sure_a_date_is(date: str, checked: str, words: str) -> None:
    assert words in kits.sureness(date, checked)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[kits.Kit, bytes]:
    """A kit, and the file that the command writes of it elsewhere: with another seed of hashes, in another zone of time."""
    folder = tmp_path_factory.mktemp("print")
    command = [sys.executable, "-m", "classroom", "print", "06", "--to", str(folder)]
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Karachi"}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert [path.name for path in folder.iterdir()] == ["lesson_06.pdf"]
    return kit_of("06"), (folder / "lesson_06.pdf").read_bytes()


def sheets(content: bytes) -> list[tuple[tuple[float, float], str]]:
    document = pypdfium2.PdfDocument(content)
    return [(page.get_size(), " ".join(page.get_textpage().get_text_range().split())) for page in document]


def test_every_word_is_on_paper_and_no_text_was_cut(printed: tuple[kits.Kit, bytes]) -> None:
    kit, content = printed
    pages = sheets(content)
    assert all(sorted(size) == pytest.approx(A4, abs=0.1) for size, _ in pages)
    text = " ".join(words for _, words in pages)
    for card in kit.cards:
        for words in (*card.front, card.sureness, card.source):
            assert words in text, words
    for claim in kit.claims:
        for words in (claim.claim, *(reason for _, reason in claim.reasons)):
            assert words in text, words
    fronts = " ".join(words for size, words in pages if size[0] < size[1])
    for title, reason in kit.left_out:
        assert f"{title}: {reason}." in fronts


def test_the_worksheet_of_lesson_03_has_its_documents_and_the_four_steps() -> None:
    kit = kit_of("03")
    assert len(kit.documents) == 4 and {"107", "109", "110"} <= set(re.findall(r"Doc\. (\d+)", str(kit.documents)))
    texts = [text for document in kit.documents for _, text in document.paragraphs]
    assert max(len(text.split()) for text in texts) <= 40
    pages = [words for size, words in sheets(kit_pdf(kit)) if size[0] < size[1]]
    text = " ".join(pages)
    for document in kit.documents:
        for words in (document.name, document.address, *(words for one in document.paragraphs for words in one)):
            assert words in text, words
    (steps,) = (words for words in pages if "Our document:" in words)
    assert all(f"{heading} {question}" in steps for heading, question in STEPS)
    assert "a worksheet with 4 documents" in text and "5. Read a document" in text
    assert not kit_of("02").documents


def test_a_document_without_a_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text("lesson,source_id,locator,text\n03,no-such-source,p. 1,x\n", encoding="utf-8")
    assert documents_of("02", tmp_path) == ()
    with pytest.raises(TeacherError, match="documents.csv names 'no-such-source'"):
        documents_of("03", tmp_path)


def test_the_timeline_to_fill_in_has_a_line_for_each_card_and_no_title(printed: tuple[kits.Kit, bytes]) -> None:
    kit, content = printed
    blank, labelled = (words for size, words in sheets(content) if size[0] > size[1])
    assert all(card.title.split(";")[0] not in blank for card in kit.cards) and "fill in" in blank
    assert all(str(number) in blank.split() for number in range(1, len(kit.cards) + 1))
    for title in kit.events["title"]:
        assert set(title.split()) <= set(labelled.split()), title
    assert f"In words. A timeline of {len(kit.events)} events" in labelled


def test_the_file_is_small_holds_its_fonts_and_is_the_same_at_every_run(printed: tuple[kits.Kit, bytes]) -> None:
    kit, content = printed
    assert len(content) <= 300 * 1024 and b"CreationDate" not in content
    assert content.count(b"/FontFile2") == content.count(b"/Type /FontDescriptor") > 0
    with plt.style.context("helpers.course"):  # as after a lesson: what somebody has set must not show on paper
        assert kit_pdf(kit) == content


def test_lines_are_broken_and_tables_go_on_to_the_next_sheet() -> None:
    words = "Pakistan and Iraq sign a Treaty of Friendship in Baghdad " * 4
    lines = broken(words, 120, 9)
    assert " ".join(lines) == words.strip() and max(text_width(line, 9) for line in lines) <= 120
    booklet = Booklet("A table")
    booklet.sheet()
    booklet.table((60, 200), [["No.", "Event"], *([str(number), words] for number in range(40))])
    assert len(booklet.sheets) > 1
    assert needed([Paragraph(words)], 120) > needed([Paragraph(words)], 240)


def test_without_the_rules_of_its_fonts_a_sheet_has_the_same_letters_at_the_same_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also those that a rule chooses: two letters drawn as one, and an accent over its letter."""

    def made() -> tuple[bytes, str, bytes]:
        booklet = Booklet("Letters")
        with pdf.plain_settings():
            booklet.flow(Paragraph("AV Ta fi ff ffi ā ʿ Ṣiddīq e\u0301"))
            content = booklet.pdf()
        [page] = pypdfium2.PdfDocument(content)
        return content, page.get_textpage().get_text_range(), page.render(scale=2).to_numpy().tobytes()

    small, text, drawn = made()
    monkeypatch.setattr(pdf, "_letters_alone", nullcontext)
    whole = made()
    assert len(small) < len(whole[0]) and (text, drawn) == whole[1:] and "ffi" in text


def run(tmp_path: Path, *lessons: str, dry_run: bool = False) -> int:
    return verb.run(argparse.Namespace(lessons=list(lessons), language="en", to=tmp_path / "out", dry_run=dry_run))


def test_a_dry_run_writes_nothing_and_an_unknown_lesson_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "07", "08", dry_run=True) == 0 and not (tmp_path / "out").exists()
    assert capsys.readouterr().out.count("not written") == 2
    with pytest.raises(TeacherError, match="no lesson '12'. Lessons: 00, 01"):
        run(tmp_path, "12")


def test_a_list_that_names_what_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "not_for_games.csv").write_text("event_id,reason\nno-such-event,x\n", encoding="utf-8")
    with pytest.raises(TeacherError, match="not_for_games.csv names 'no-such-event'"):
        kits.make_kit("03", "T", "03_rupture_1973", tmp_path)
    (tmp_path / "not_for_games.csv").unlink()
    with pytest.raises(TeacherError, match="Lesson 10 has no events to print"):
        kits.make_kit("10", "T", "10_testing_the_article", tmp_path)


@pytest.mark.parametrize("code", ["ur", "ar"])
def test_a_kit_in_another_language_is_in_it_whole_without_dates_on_fronts(code: str, tmp_path: Path) -> None:
    with speaking(code):
        kit = kits.make_kit("01", "01", "01_founding_years", NOTEBOOKS / "teaching")
        assert kits.not_translated(kit) == []
        told = [text for _, paragraphs in sections(kit) for text in paragraphs]
        fronts = [text for card in kit.cards for text in card.front]
        backs = [text for card in kit.cards for text in (card.date, card.sureness, card.title)]
    for text in (*told, *fronts, *backs):
        assert not re.search(r"(?:\b[a-z]{2,} ){2}", text), text
        assert text.isdigit() or re.search("[\u0600-\u06ff]", text), text
    assert not re.search(r"\b19\d\d\b", " ".join(fronts)) and kits.BLANK in " ".join(fronts)


@pytest.mark.parametrize(
    ("asked", "words"),
    [(["ur", "02"], "not translated into 'ur'"), (["xx", "01"], "no lessons in 'xx'"), (["ar", "00"], "of its cards")],
)
def test_a_kit_that_is_not_translated_is_refused(asked: list[str], words: str, tmp_path: Path) -> None:
    options = argparse.Namespace(lessons=asked[1:], language=asked[0], to=tmp_path, dry_run=False)
    with pytest.raises(TeacherError, match=words):
        verb.run(options)
    assert not list(tmp_path.iterdir())
