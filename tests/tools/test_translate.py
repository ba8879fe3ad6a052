"""The lessons in Urdu and Arabic: in step with the English, the same code, the words of the sheet, whole messages."""

from __future__ import annotations

import ast
import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import polib
import pytest
from bs4 import BeautifulSoup

from classroom import lesson_files
from helpers import describe, errors, explorer, language, load, plot_timeline
from helpers.description.sentences import shortened
from helpers.edtf import parse, to_words
from helpers.errors import short_message
from helpers.exercises import feedback
from helpers.exercises.answers import quoted
from helpers.explorer import explore_timeline, explored, select_events
from helpers.plotting import lettering
from helpers.plotting.artists import EventLabel, parts_of
from helpers.plotting.text_size import text_width
from helpers.plotting.theme import fonts_for
from helpers.plotting.time_axis import TimeFormatter, day_number
from helpers.progress_page import printed
from helpers.table import html_table
from tools.content.translate import build, catalogue, checks
from tools.content.translate.__main__ import faults
from tools.content.translate.messages import messages
from tools.content.translate.order import kept_in_order
from tools.content.translate.sources import TRANSLATED, Source, catalogues
from tools.content.translate.units import cut, joined
from tools.editions.book.build import page_text, versions
from tools.editions.book.dress import Pictures, dress
from tools.editions.book.links import Links
from tools.editions.book.pages import Page, translated
from tools.editions.book.render import CellExporter, read

LANGUAGES = sorted(catalogue.LANGUAGES)
LESSONS = lesson_files.LESSONS


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Whatever a test speaks, the next one begins in English."""
    yield
    language.use("en")
    plt.close("all")


@pytest.fixture
def urdu() -> None:
    """Speak Urdu."""
    language.use("ur")


def an_entry(english: str, text: str, **more: str) -> polib.POEntry:
    """An entry of a catalogue, translated."""
    return polib.POEntry(msgid=english, msgstr=text, **more)


# --- in step with the English ---------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_wrong_or_out_of_date(code: str) -> None:
    assert list(faults(code)) == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", TRANSLATED)
def test_code_is_that_of_the_english_lesson_and_text_is_translated_or_marked(code: str, name: str) -> None:
    english = nbformat.read(LESSONS / f"{name}.ipynb", as_version=4)
    other = nbformat.read(LESSONS / code / f"{name}.ipynb", as_version=4)
    assert [(cell.id, cell.cell_type, cell.metadata) for cell in other.cells] == [
        (cell.id, cell.cell_type, cell.metadata) for cell in english.cells
    ]
    assert other.metadata.course == {"language": code}
    texts = build.Texts.of_all(code, {part: catalogue.read(code, part) for part in catalogues()})
    for one, its in zip(english.cells, other.cells, strict=True):
        if one.cell_type == "code":
            assert its.source == one.source, one.id
            continue
        assert its.source.startswith(f'<div dir="rtl" lang="{code}">\n\n') and its.source.endswith("\n\n</div>")
        for number, unit in enumerate((unit for unit in cut(one.source) if unit.kind), start=1):
            words = build._LINK.sub(lambda found: found[1] + build._target(found[2]) + found[3], unit.text)
            if not texts.of(name, f"{one.id}/{number}", unit.text):
                assert words.split("|")[1 if unit.kind == "row" else 0] in its.source
                assert texts.note(2) in its.source or texts.note(3) in its.source


@pytest.mark.parametrize("name", [f"{name}.ipynb" for name in TRANSLATED] + ["when_something_goes_wrong.md"])
def test_a_text_is_put_together_as_it_was_cut(name: str) -> None:
    path = LESSONS / name
    texts = (
        [cell.source for cell in nbformat.read(path, as_version=4).cells] if name.endswith("ipynb") else [path.read_text()]
    )
    for text in texts:
        again = joined(cut(text), lambda unit, _: unit.text)
        assert " ".join(again.split()) == " ".join(text.split())
        assert cut(again) == [unit for unit in cut(text)]


def test_what_has_changed_is_fuzzy_and_not_shown_and_what_has_moved_is_kept() -> None:
    old = polib.POFile()
    old.append(an_entry("One.", "ایک۔", msgctxt="cell-01/1", tcomment="doubt: a word"))
    old.append(an_entry("Two.", "دو۔", msgctxt="cell-01/2"))
    new = catalogue.updated(
        "ur", old, [Source("cell-01/1", "New."), Source("cell-01/2", "One."), Source("cell-01/3", "Two!")]
    )
    first, moved, last = new
    assert (moved.msgstr, moved.fuzzy, moved.tcomment) == ("ایک۔", False, "doubt: a word")
    assert first.fuzzy and not catalogue.usable(first) and first.previous_msgid == "One."
    assert last.msgstr == "" and not catalogue.usable(last)
    texts = build.Texts.of_all("ur", {"00_start_here": new})
    assert texts.of("00_start_here", "cell-01/1", "New.") == ""
    assert texts.of("00_start_here", "cell-01/2", "One.") == "ایک۔"


def test_a_text_without_translation_stays_english_with_a_sign(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(
                "# Title\n\nA text.\n\n| a | b |\n| --- | --- |\n| c | [d](02_x.ipynb) |", id="cell-01"
            ),
            nbformat.v4.new_code_cell("1 + 1", id="cell-02"),
        ]
    )
    path = tmp_path / "lesson.ipynb"
    nbformat.write(notebook, path)
    texts = build.Texts("ur", {"lesson": {("cell-01/1", "Title"): "عنوان"}})
    text, code = nbformat.reads(build.lesson(texts, path, tmp_path / "none.ipynb").decode(), as_version=4).cells
    assert "# عنوان\n" in text.source and code.source == "1 + 1"
    assert f'<span lang="en" dir="ltr">A text.</span> {texts.note(2)}' in text.source
    assert f"| c {texts.note(3)} | [d](../02_x.ipynb) |" in text.source


# --- what a translation has in common with its English ---------------------------------------------


@pytest.mark.parametrize(
    ("english", "text", "place", "fault"),
    [
        ("There is no column {name!r}.", "کالم نہیں۔", "messages", "slots are missing: {name!r}"),
        ("There is no column {name!r}.", "کالم {name} نہیں۔", "messages", "slots are missing: {name!r}"),
        ("Done.", "ہو گیا {x}۔", "messages", "slots that the English has not: {x}"),
        ("Run `load`.", "چلائیے `laod`۔", "00_start_here", "code differ"),
        ("See [here](a.md#b).", "دیکھیے [یہاں](a.md)۔", "00_start_here", "links differ"),
        ("In 1973 arms were found.", "1972 میں اسلحہ ملا۔", "00_start_here", "numbers differ"),
        ("On 26 February 1950.", "فروری 1950۔", "00_start_here", "numbers differ"),
        ("In 1973.", "۱۹۷۳ میں۔", "00_start_here", "digits"),
        ("| a | b |", "| الف |", "00_start_here", "bars"),
        ("| a | b |", "| الف | ب | ج", "00_start_here", "ends with a bar, this does not"),
        ("**One**.", "**ایک۔", "00_start_here", "no partner"),
        ("One.", "<b>ایک</b>", "00_start_here", "HTML"),
        ("One.", "ايـك", "00_start_here", "tatweel"),
        ("✔ Right", "درست", "00_start_here", "signs differ"),
    ],
)
def test_a_fault_of_a_translation_is_named(english: str, text: str, place: str, fault: str) -> None:
    assert any(fault in problem for problem in checks.problems("ur", an_entry(english, text), place))


def test_the_words_that_the_sheet_avoids_are_found() -> None:
    avoided = [
        (code, word.strip(), row)
        for row in checks.sheet()
        for code in LANGUAGES
        for word in row[f"avoid_{code}"].split(";")
        if word.strip()
    ]
    assert len(avoided) > 20
    for code, word, row in avoided:
        assert any("avoids" in fault for fault in checks.problems(code, an_entry("A text.", word), "00_start_here")), (
            word,
            row,
        )


@pytest.mark.parametrize("code", LANGUAGES)
def test_terms_are_those_of_the_glossary(code: str) -> None:
    table = load("glossary").set_index("term")[code].dropna()
    for entry in catalogue.read(code, "glossary"):
        if (entry.msgctxt or "").endswith("/term") and catalogue.usable(entry) and entry.msgid in table.index:
            assert entry.msgstr == table[entry.msgid], entry.msgid


def test_every_message_of_the_tools_is_a_whole_text_with_named_slots() -> None:
    found = list(messages())
    assert len(found) > 300
    for message in found:
        assert not re.search(r"\{(\d*|x\d)\}", message.text), message.text
    calls = [
        node
        for path in sorted((lesson_files.ROOT / "helpers").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "say_count", "later")
    ]
    assert not [call.lineno for call in calls if any(isinstance(part, ast.JoinedStr) for part in call.args)]


# --- what a student meets ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "metadata", "expected"),
    [
        ("ur", {}, "ur"),
        ("ar", {}, "ar"),
        ("elsewhere", {"course": {"language": "ar"}}, "ar"),
        ("ur", {"course": {"language": "ar"}}, "ar"),
        ("elsewhere", {}, "en"),
        ("elsewhere", {"course": {"language": "xx"}}, "en"),
        ("elsewhere", {"course": ["ur"]}, "en"),
        ("elsewhere", {"course": {"language": "../ur"}}, "en"),
    ],
)
def test_the_language_is_that_of_the_notebook_or_of_its_folder(
    where: str, metadata: object, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / where
    folder.mkdir()
    path = folder / "a lesson.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(metadata=metadata)), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("JPY_SESSION_NAME", f"notebooks/{path.name}")
    language.use(None)
    assert language.current() == expected


def test_a_lesson_two_folders_down_finds_the_tools(tmp_path: Path) -> None:
    course = tmp_path / "course"
    (course / "my_notebooks" / "ur").mkdir(parents=True)
    shutil.copytree(lesson_files.ROOT / "helpers", course / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(LESSONS / "ur" / "helpers.py", course / "my_notebooks" / "ur" / "helpers.py")
    code = 'import sys; sys.path[:0] = ["..", ""]; from helpers.language import say; import helpers'
    code += '; print(helpers.__file__, say("Right."))'
    ran = subprocess.run([sys.executable, "-c", code], cwd=course / "my_notebooks" / "ur", capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    file, _, right = ran.stdout.strip().rpartition(" ")
    assert file == str(course / "helpers" / "__init__.py") and right and right != "Right."


@pytest.mark.usefixtures("urdu")
@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("00.1", 48),
        ("00.1", 1973),
        ("00.1", ...),
        ("00.1", "48"),
        ("00.1", None),
        ("01.1", 5),
        ("00.2", ["claim"]),
        ("9.9", 1),
    ],
)
def test_feedback_speaks_urdu_and_judges_as_in_english(number: str, answer: object) -> None:
    def marked() -> feedback.Feedback:
        try:
            return feedback.mark(number, answer)
        except ValueError as problem:
            return feedback.Feedback(number, "no exercise", str(problem))

    told = marked()
    html = told._repr_mimebundle_()["text/html"]
    assert ' lang="ur" dir="rtl"' in html and is_urdu(told.message)
    language.use("en")
    assert marked().status == told.status
    assert 'lang="' not in marked()._repr_mimebundle_()["text/html"]


def is_urdu(text: str) -> bool:
    """Whether a text has as many letters of Arabic script as of Latin; names of code stay Latin."""
    plain = re.sub(r"`[^`]*`|'[^']*'|\"[^\"]*\"", "", text)
    arabic = len(re.findall(r"[\u0600-\u06ff]", plain))
    return arabic > len(re.findall(r"[a-z]", plain, re.IGNORECASE)) and arabic > 0


@pytest.mark.usefixtures("urdu")
def test_an_error_is_told_in_urdu_with_the_line_and_pythons_own_words() -> None:
    names: dict[str, object] = {"published": 2021}
    try:
        exec(compile("publised - 1947", "<cell>", "exec"), names)
    except NameError as problem:
        told = short_message(problem, problem.__traceback__, names)
    lines = [line for line in told.splitlines() if line.startswith("\u2067")]
    assert lines and is_urdu(" ".join(lines)) and "`published`" in told
    assert told.endswith("NameError: name 'publised' is not defined")


@pytest.mark.usefixtures("urdu")
def test_a_table_shows_translated_texts_and_says_what_stays_english() -> None:
    events = load("events").head(3)
    before = events.copy(deep=True)
    html = html_table(events[["date", "title", "kind"]], "Twelve events")
    pd.testing.assert_frame_equal(events, before)
    assert '<div class="course-table" lang="ur" dir="rtl">' in html and "Twelve events" not in html
    assert "diplomacy" in html, "a word that students type stays as the table has it"
    assert not any(title in html for title in events["title"])
    mixed = html_table(pd.DataFrame({"text": ["A sentence of three words.", "~1949"]}))
    assert '<td lang="en" dir="ltr">A sentence' in mixed and is_urdu(re.findall("<p>(.*?)</p>", mixed)[-1])


@pytest.mark.parametrize("code", LANGUAGES)
def test_side_tables_give_the_translated_columns_and_change_nothing_else(code: str) -> None:
    english, other = load("events"), load("events", language=code)
    assert list(english.columns) == list(other.columns) and english.dtypes.equals(other.dtypes)
    same = ["event_id", "date", "earliest", "kind", "effect", "era_id"]
    pd.testing.assert_frame_equal(english[same], other[same])
    path = language.FOLDER / code / "events.csv"
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["title"]:
                    assert other.set_index("event_id").loc[row["event_id"], "title"] == row["title"]


def test_a_language_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"There is no language 'fr'\. The languages are: en, ar, ur\."):
        load("events", language="fr")


@pytest.mark.parametrize(
    ("count", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (102, 5), (103, 3), (111, 4)],
)
def test_arabic_counts_in_six_forms(count: int, form: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = polib.POFile()
    made.metadata = catalogue.metadata("ar")
    forms = {number: f"صيغة {number} {{count}}" for number in range(6)}
    made.append(polib.POEntry(msgid="{count} event", msgid_plural="{count} events", msgstr_plural=forms))
    made.save_as_mofile(str(tmp_path / "ar.mo"))
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    language.use("ar")
    assert language.say_count("{count} event", "{count} events", count) == f"صيغة {form} {count}"


def test_months_are_those_of_the_country() -> None:
    language.use("ur")
    assert to_words("1950-02-26") == "26 فروری 1950"
    language.use("ar")
    assert "شباط" in to_words("1950-02-26") and "1950" in to_words("1950-02-26")


@pytest.mark.usefixtures("urdu")
def test_a_figure_speaks_urdu_from_right_to_left_and_its_words_too() -> None:
    if not lettering.SHAPES:
        pytest.skip("this matplotlib does not join letters")
    ax = plot_timeline(load("events").head(13), title="Twelve events, 1949–2021")
    labels = [label.get_text() for label in parts_of(ax, EventLabel)]
    assert labels and all(re.search(r"[\u0600-\u06ff]", label) for label in labels)
    assert ax.get_title(loc="right") and not ax.get_title(loc="left")
    words = describe(ax, detail="full")
    assert is_urdu(words) and is_urdu(shortened(words)) and len(shortened(words)) <= 250
    axis = ax.get_xlim()
    assert axis[0] < axis[1], "time runs from left to right in every language"


@pytest.mark.usefixtures("urdu")
def test_where_letters_cannot_be_joined_labels_are_english_and_the_words_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "SHAPES", False)
    ax = plot_timeline(load("events").head(3), title="Twelve events, 1949–2021")
    labels = [label.get_text() for label in parts_of(ax, EventLabel)]
    assert labels and not any(re.search(r"[\u0600-\u06ff]", label) for label in labels)
    assert language.say(describe.__globals__["IN_ENGLISH"]) in describe(ax)


def test_copies_of_a_language_lie_in_a_folder_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson_files, "COPIES", tmp_path / "my_notebooks")
    assert lesson_files.main(["--language", "ur"]) == 0
    copied = {path.relative_to(tmp_path / "my_notebooks").as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"ur/00_start_here.ipynb", "ur/helpers.py", "ur/glossary.md", "02_baghdad_pact.ipynb"} <= copied
    assert lesson_files.last_changed("ur") == "my_notebooks/ur/00_start_here.ipynb"
    assert lesson_files.main(["--language", "xx"]) == 2


# --- the reading edition ----------------------------------------------------------------------------


def test_a_page_names_its_languages_and_the_switch_keeps_the_place(tmp_path: Path) -> None:
    pages = {page.address: page for page in translated()}
    assert {page.language for page in pages.values()} == set(LANGUAGES)
    lesson = pages["ur/00_start_here.html"]
    assert versions(lesson, list(pages.values())) == [
        ("en", "English", "00_start_here.html"),
        ("ar", "العربية", "ar/00_start_here.html"),
        ("ur", "اردو", "ur/00_start_here.html"),
    ]
    only_english = Page("notebooks/05_the_street.ipynb", "05_the_street.html", "", "Lessons")
    assert versions(only_english, list(pages.values())) == []
    with language.speaking("ur"):
        soup, pictures = page_text(lesson, Links(list(pages.values())))
    english = BeautifulSoup(CellExporter().from_notebook_node(read(LESSONS / "00_start_here.ipynb"))[0], "html.parser")
    dress(english, Pictures("images", "en"))
    assert [tag["id"] for tag in soup.select("h1, h2, h3")] == [tag["id"] for tag in english.select("h1, h2, h3")]
    assert len(pictures.files) == 4 and not soup.select("bdi[dir=rtl]")
    assert soup.select_one("figcaption"), "the words of a figure stand beneath it in every language"
    for link in soup.select("a[href$='.html']"):
        assert not str(link["href"]).startswith("http")


@pytest.mark.parametrize("code", LANGUAGES)
def test_links_within_the_help_page_lead_to_its_headings(code: str) -> None:
    text = (LESSONS / code / "when_something_goes_wrong.md").read_text(encoding="utf-8")
    aims = set(re.findall(r"\]\(#([^)\s]+)\)", text))
    assert aims and aims <= set(re.findall(r'<a id="([^"]+)"></a>', text))


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_label_of_a_translated_figure_lies_on_another_or_beyond_the_edge(code: str) -> None:
    if not lettering.SHAPES:
        pytest.skip("this matplotlib does not join letters")
    language.use(code)
    events = load("events")
    for rows, title in ((events.head(13), "Founding years, 1947–54"), (events[events["earliest"] <= "2021-03-13"], "")):
        ax = plot_timeline(rows, title=title)
        figure = ax.get_figure(root=True)
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        boxes = [label.get_window_extent(renderer) for label in parts_of(ax, EventLabel)]
        edge = figure.bbox
        assert len(boxes) == len(rows)
        assert all(edge.x0 <= box.x0 and box.x1 <= edge.x1 and edge.y0 <= box.y0 and box.y1 <= edge.y1 for box in boxes)
        for number, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[number + 1 :]), rows["title"].iloc[number]


def test_the_letters_of_a_label_are_joined_and_run_from_right_to_left() -> None:
    if not lettering.SHAPES:
        pytest.skip("this matplotlib does not join letters")
    joined_up, apart = text_width("بغداد", 10), sum(text_width(letter, 10) for letter in "بغداد")
    assert joined_up < 0.9 * apart, "joined letters are narrower than those that stand alone"
    figure = plt.figure(figsize=(2, 1))
    figure.text(0.5, 0.5, "اب", fontfamily=fonts_for("اب"), fontsize=40, ha="center")
    figure.canvas.draw()
    ink = np.asarray(figure.canvas.buffer_rgba())[..., 0] < 128
    rows, columns = np.nonzero(ink)
    tallest = columns[rows == rows.min()].mean()  # the upright stroke of the first letter
    assert tallest > (columns.min() + columns.max()) / 2, "the first letter stands at the right"


# --- what a student types, within a text from right to left ---------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_typed_keeps_its_order_within_a_message(code: str) -> None:
    language.use(code)
    with pytest.raises(ValueError, match="24/02/1963") as problem:
        parse("4/2/1963, 24/02/1963")
    assert "\u2066'4/2/1963, 24/02/1963'\u2069" in str(problem.value)
    with pytest.raises(ValueError, match="1963") as problem:
        parse("4/2/1963")
    for day in ("1963-02-04", "1963-04-02"):  # the two that may be meant
        assert f"\u2066'{day}'\u2069" in str(problem.value)
    assert parse("\u20661963-02-04\u2069").text == "1963-02-04"  # copied from the message
    language.use("en")
    assert language.say("{word!r}", word="a") == "'a'" and language.as_code("a") == "a"


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("48 days", '"48 days"'),
        (["1963-02-24"], '["1963-02-24"]'),
        (date(1963, 2, 24), "1963-02-24"),
        (pd.Series([364, 0]), "364, 0"),
        (pd.DataFrame({"date": [1], "title": [1]}), "date, title"),
    ],
)
def test_what_was_given_keeps_its_order(answer: object, shown: str) -> None:
    """Behind an Arabic word ``364 days, 0 days`` would be shown as ``days, 0 days 364``."""
    language.use("ar")
    assert f"\u2066{shown}\u2069" in quoted(answer)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.rename(columns={"title": "Title"}),
        lambda events: events.rename(columns={"title": "title "}),
        lambda events: events.assign(title=""),
        lambda events: events.assign(date=None),
        lambda events: events.assign(kind="war"),
        lambda events: events.assign(latest="1900-01-01"),
        lambda events: events.assign(earliest=5),
        lambda events: events.set_index("date"),
        lambda events: events[["date"]],
        lambda events: 5,
    ],
)
def test_what_is_wrong_with_a_table_is_told_in_the_lessons_language(code: str, change: Callable[..., pd.DataFrame]) -> None:
    language.use(code)
    with pytest.raises((TypeError, ValueError)) as problem:
        plot_timeline(change(load("events").head(2)))
    told = re.sub(r"\u2066[^\u2069]*\u2069", "", str(problem.value))
    assert re.search(r"[\u0600-\u06ff]", told) and not re.search(r"(?:\b[a-z]{2,} ){3}", told), told


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_explorer_speaks_the_lessons_language(code: str) -> None:
    language.use(code)
    events = load("events").head(4)
    box = explore_timeline(events)
    labels = [part.description for part in box.children[0].children]
    assert all(re.search(r"[\u0600-\u06ff]", label) for label in labels), labels
    assert "course-right-to-left" in box._dom_classes
    html = BeautifulSoup(explored(events, kind="treaty", years=(1947, 1949)), "html.parser")
    for code_of_it in html(["code", "svg", "style", "ul"]):
        code_of_it.extract()
    assert not re.search(r"(?:\b[a-z]{2,} ){3}", html.get_text(" ")), html.get_text(" ")
    with pytest.raises(ValueError, match="trety") as problem:
        select_events(events, kind="trety")
    assert re.search(r"[\u0600-\u06ff]", str(problem.value))


@pytest.mark.parametrize(
    ("code", "written"),
    [("ur", "معاہدہ"), ("ur", "معا"), ("ar", "معاهدة"), ("ar", "treaty · معاهدة"), ("ar", "TREA"), ("en", "treaty")],
)
def test_an_entry_of_the_explorers_lists_is_chosen_in_either_language(code: str, written: str) -> None:
    language.use(code)
    kinds = explore_timeline(load("events").head(9)).children[0].children[1]
    entry = {"ur": "treaty · معاہدہ", "ar": "treaty · معاهدة", "en": "treaty"}[code]
    assert kinds.options[1] == entry and explorer._chosen({entry: "treaty"}, written) == "treaty"  # as code has it


@pytest.mark.parametrize(("code", "month"), [("ur", "فروری"), ("ar", "شباط")])
def test_months_on_the_axis_are_those_of_the_lessons_language(code: str, month: str) -> None:
    language.use(code)
    days = [day_number(date(1955, 2, day)) for day in (1, 5)]
    assert TimeFormatter().format_ticks(days) == [f"1 {month} 1955", f"5 {month}"]
    language.use("en")
    assert TimeFormatter().format_ticks(days) == ["1 Feb 1955", "5 Feb"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_of_progress_to_print_is_in_the_lessons_language_whole(code: str) -> None:
    english = printed({})
    with language.speaking(code):
        page = printed({})
    assert page.startswith(f'<!doctype html><html lang="{code}" dir="rtl">') and "<html lang='en'>" in english
    for text in BeautifulSoup(page, "html.parser").find_all(string=True):
        assert not re.search(r"[a-z]{3}", text) or text.find_parent("style") or str(text) == "html", text


def test_arabic_says_nothing_two_and_many_in_words_that_fit() -> None:
    with language.speaking("ar"):
        rows = [
            language.say_count("The table has {count:,} row.", "The table has {count:,} rows.", count)
            for count in (0, 1, 2, 3, 11, 100)
        ]
    assert [row.removesuffix(".") for row in rows] == [
        "ليس في الجدول صفوف",
        "في الجدول صف واحد",
        "في الجدول صفان",
        "في الجدول 3 صفوف",
        "في الجدول 11 صفًا",
        "في الجدول 100 صف",
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("القوس (", "القوس <(>"),
        ("كل [ إلى ].", "كل <[> إلى <]>."),
        ("الرمزين <=", "الرمزين <<=>"),
        ("مثل head(3).", "مثل <head(3)>."),
        ('اكتب: isin(["a", "b"]).', 'اكتب: <isin(["a", "b"])>.'),
        ('اكتب: "date": ["1999"]', 'اكتب: <"date": ["1999"]>'),
        ("هكذا != : أولًا", "هكذا <!=> : أولًا"),
        ("و.isna()، أو .notna().", "و<.isna()>، أو <.notna()>."),
        ("في {folder}/{name}، هنا", "في <{folder}/{name}>، هنا"),
        ("اكتب '{day}'.", "اكتب <'{day}'>."),
        ("اكتب pd.DataFrame({{…}})", "اكتب <pd.DataFrame({{…}})>"),
        ("له (title=…) هنا", "له <(title=…)> هنا"),
        *[
            (plain, plain)
            for plain in (
                "رسم (محاور) من {first} ({last}).",
                "[رسم: {words}]",
                "{where}: {count:,} من {all}. {allowed}",
                "{name!r}.{guess} هنا: {choices}",
                "تقرأ Python الأرقام 0 إلى 9999.",
                "القائمة Run، ثم Run All Above Selected Cell.)",
                "~ نحو",
                "‎head(3)‎ هنا",
                "`check` لا شيء (None). `print` هنا",
                "{first}–{last}",
                "واحد (1): {entry}.",
            )
        ],
    ],
)
def test_code_in_a_message_is_marked_and_nothing_else(text: str, marked: str) -> None:
    """A browser would show ``<=`` in Arabic as ``=>``, and ``(`` as ``)``."""
    assert kept_in_order(text) == re.sub("<(.+?)>(?= |$|[.،])", "\u2066\\1\u2069", marked)


def test_marked_code_stays_in_one_line_of_an_error() -> None:
    """A mark in one line whose partner is in the next would turn the rest of both."""
    language.use("ar")
    for length in range(40, 80):
        text = "ب" * (length // 2) + " " * (length % 2) + " \u2066fig, (above, below) = plt.subplots(2, 1)\u2069 ت"
        for line in errors._wrapped(text):
            assert line.count("\u2066") + line.count("\u2067") == line.count("\u2069"), line
            assert "\ue000" not in line
