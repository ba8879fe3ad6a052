"""Every lesson has a deck that a room can read: nothing overflows, and what is left out stands in the notes."""

from __future__ import annotations

import base64
import functools
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from matplotlib.figure import Figure
from matplotlib.text import Text
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from playwright.sync_api import Browser

from classroom.lesson_files import LESSONS, languages, lessons
from helpers import load
from helpers.notebook import png
from helpers.plotting.events import label_of, read_items
from tests.support.browser import ENGINES, axe, chromium, engine, serve, watched_page
from tests.support.environment import from_npm
from tools.editions import npm
from tools.editions.book.build import LETTERS
from tools.editions.book.dress import Pictures
from tools.editions.book.pages import Page
from tools.editions.book.render import html_of_markdown
from tools.editions.redraw import redrawn
from tools.editions.slides import __main__ as command
from tools.editions.slides import build as build_module
from tools.editions.slides.brief import beginning, in_short, parts, words
from tools.editions.slides.build import REVEAL, build
from tools.editions.slides.deck import MOST_SLIDES, Deck, deck
from tools.editions.slides.fit import code_lines, fits, fitting, row_heights
from tools.editions.slides.kinds import KINDS, kind_of, with_kinds

# The smallest letters, of a slide 720 high: one thirty-third of its height.
SMALLEST = 22
BOX = (1240, 620)  # of a figure, in the dots of a slide
# Turns to each slide, shows all of it and measures what stands on it.
MEASURE = """() => Reveal.getSlides().map((slide) => {
  const {h, v} = Reveal.getIndices(slide);
  Reveal.slide(h, v ?? 0, 99);
  const top = slide.getBoundingClientRect().top;
  const scale = Reveal.getScale();
  const speaks = (part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const shown = (part) => part.offsetParent && !part.closest("aside") && (speaks(part) || part.tagName === "IMG");
  const parts = [...slide.querySelectorAll(".body *")].filter(shown);
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const heading = slide.querySelector(".where");
  return {
    where: `${h}/${v}`, height: slide.scrollHeight, width: slide.scrollWidth, crowded: slide.classList.contains("overfull"),
    size: Math.min(99, ...[...parts, heading].filter(Boolean).map((part) => parseFloat(getComputedStyle(part).fontSize))),
    out: boxes.filter((box) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1).length,
    boxes: parts.filter((part) => part.tagName === 'IMG').map((part) => [part.offsetWidth, part.offsetHeight]),
    ends: Math.max(0, ...boxes.map((box) => box.bottom - top)) / scale / 720, discusses: slide.classList.contains("talk"),
  };
})"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Deck]]:
    out = tmp_path_factory.mktemp("host") / "course" / "slides"
    letters = {name: content for package in LETTERS for name, content in from_npm(package).items()}
    with pytest.MonkeyPatch.context() as patch:  # figures are drawn anew, lesson by lesson, below
        patch.setattr("tools.editions.slides.build.redrawn", with_key)
        return out, build(out, from_npm(REVEAL), letters)


def with_key(lesson: NotebookNode, folder: Path, medium: str) -> NotebookNode:
    """Return a lesson; the first figure of lesson 09 has the longest key that one needs, which takes slides of its own."""
    if "09 ·" in lesson.cells[0].source:
        since = load("events").query("era_id == 'since-the-article'")
        key = [f"{number} · {label_of(item.event)}" for number, item in enumerate(read_items(since), 1)]
        pictures(lesson)[0].metadata["image/png"]["key"] = key
    return lesson


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


# What stands in the notebooks


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_cell_says_what_part_it_plays(path: Path) -> None:
    cells = read(path).cells
    assert all("slideshow" in cell.metadata for cell in cells), "Run: python -m tools.editions.slides.kinds"
    assert {kind_of(cell) for cell in cells} <= set(KINDS)
    last = [cell for cell in cells if not cell.source.startswith("progress(")][-1]  # what one has solved is not shown to all
    assert kind_of(cells[0]) == "slide" and kind_of(last) == "slide"


def test_a_type_is_proposed_where_none_stands_and_nothing_else_changes() -> None:
    text = lessons()[1].read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    notebook.cells[4].metadata["slideshow"] = {"slide_type": "notes"}
    del notebook.cells[5].metadata["slideshow"]
    changed = nbformat.reads(with_kinds(nbformat.writes(notebook)), as_version=4)
    assert kind_of(changed.cells[4]) == "notes" and kind_of(changed.cells[5]) == "subslide"
    assert kind_of(nbformat.reads(with_kinds(nbformat.writes(notebook), anew=True), as_version=4).cells[4]) == "slide"
    assert with_kinds(text) == text
    bare = [json.loads(nbformat.writes(version))["cells"] for version in (changed, nbformat.reads(text, as_version=4))]
    for cells in bare:
        for cell in cells:
            cell["metadata"].pop("slideshow")
    assert bare[0] == bare[1]


# What a slide shows of a text


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_a_text_is_whole_on_slides_and_notes_together_and_what_asks_is_shown(
    path: Path, made: tuple[Path, dict[str, Deck]]
) -> None:
    slides = [slide for stack in made[1][f"{path.stem}.html"] for slide in stack]
    everything = plain(" ".join(part for slide in slides for part in [slide.section, *slide.shown, *slide.notes]))
    for cell in read(path).cells:
        if cell.cell_type != "markdown" or kind_of(cell) == "skip":
            continue
        for part in parts(cell.source):
            for word in set(re.findall(r"[A-Za-z]{4,}", plain(html_of_markdown(part.source)))):
                assert word in everything, (path.name, word, part.source)
    shown = plain(" ".join(part for slide in slides for part in slide.shown))
    core = "".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown" and kind_of(cell) != "skip")
    for sign in ("Content note", "**Talk.**", "**Exit ticket.**", "**To discuss.**"):
        assert (sign in core) == (sign.strip("*") in shown), (path.name, sign)


def plain(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_a_text_is_taken_apart_into_what_tells_and_what_asks() -> None:
    source = (
        "## 2 · A part\n\nTold first. [A *link*](x.md) here. **Guess**: how many?\n\n**Your turn 02.1.** Do.\n\n| a |\n| - |"
    )
    assert [(part.kind, part.source[:12]) for part in parts(source)] == [
        ("heading", "## 2 · A par"),
        ("text", "Told first. "),
        ("ask", "**Guess**: h"),
        ("turn", "**Your turn "),
        ("table", "| a |\n| - |"),
    ]
    assert [part.kind for part in parts("**What it was not.** No question.")] == ["text"]
    assert [part.kind for part in parts("One fact. **Which of two\nwill appear?**")] == ["text", "ask"]


@pytest.mark.parametrize("room", [1, 12, 36, 40, 500])
def test_a_long_text_begins_with_whole_sentences_and_no_open_mark(room: int) -> None:
    long = " ".join(f"Sentence **number {n}. Still bold** has [a link. Really](x) in it." for n in range(20))
    begun = beginning(long, room)
    assert long.startswith(begun) and begun.endswith("in it.") and begun.count("**") % 2 == 0
    assert words(begun) <= max(room, words(beginning(long, 1)))
    points = "\n".join(f"- point {n} says {'more ' * 8}here" for n in range(9))
    assert beginning(points, room).count("- point") == max(1, min(9, room // 11))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Told. Here is the proof:", [("text", "Told."), ("lead", "Here is the proof:")]),
        ("(Told!) **Told in bold.** The proof:", [("text", "(Told!) **Told in bold.**"), ("lead", "The proof:")]),
        ("The rows:\n\n| a |\n| - |", [("lead", "The rows:"), ("table", "| a |\n| - |")]),
        ("Told. A sentence\n\n1. begins;\n2. ends.", [("text", "Told."), ("list", "A sentence\n\n1. begins;\n2. ends.")]),
        ("Told. Three traps:\n\n- one\n- two", [("text", "Told."), ("list", "Three traps:\n\n- one\n- two")]),
        ("**Guess**: why? Then the rows:", [("ask", "**Guess**: why? Then the rows:")]),
        ("A line without an end", [("text", "A line without an end")]),
        ("One: a word. *Two.*", [("text", "One: a word. *Two.*")]),
    ],
)
def test_words_that_lead_on_are_told_from_what_is_told(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(part.kind, part.source) for part in parts(source)] == expected


def test_of_an_exercise_each_point_is_shown_though_it_is_long() -> None:
    points = "\n".join(f"{n}. `{n}`: do this. {'And more of it. ' * 9}" for n in (1, 2, 3))
    assert in_short(points, 60) == "1. `1`: do this.\n2. `2`: do this.\n3. `3`: do this."
    assert in_short(points, 500) == points and in_short("One. Two three.", 1) == "One."


def test_no_slide_ends_in_words_that_promise_what_is_not_on_it(made: tuple[Path, dict[str, Deck]]) -> None:
    for name, stacks in made[1].items():
        for slide in (slide for stack in stacks for slide in stack):
            last = BeautifulSoup(slide.shown[-1], "html.parser").select("p, li, table, pre, img")[-1]
            text = " ".join(last.get_text().split())
            assert last.name in ("table", "pre", "img") or not text.endswith(":"), (name, text)
            assert "below" not in text or slide.look != "talk", (name, text)


def test_one_side_of_a_list_is_not_shown_without_the_other() -> None:
    table = new_output("display_data", {"text/html": "<table><tbody><tr><td>42</td></tr></tbody></table>"})
    sides = [f"- **{side}.** {'More words of it. ' * 8}" for side in ("For", "Against")]
    for free in (True, False):
        rows = table if free else new_output("display_data", {"text/html": table_of(16)})
        cells = [
            new_markdown_cell("## 1 · A part", id="a", metadata={"slideshow": {"slide_type": "slide"}}),
            new_code_cell("show_table(rows)", id="b", outputs=[rows], metadata={"slideshow": {"slide_type": "subslide"}}),
            new_markdown_cell("\n".join(sides), id="c", metadata={"slideshow": {"slide_type": "subslide"}}),
        ]
        ((first, *more),) = deck(new_notebook(cells=cells), Pictures("", ""))
        shown = [plain("".join(slide.shown)) for slide in (first, *more)]
        assert [("For." in text, "Against." in text) for text in shown] == (
            [(True, True)] if free else [(False, False), (True, True)]
        )


def table_of(rows: int) -> str:
    return f"<table><tbody>{'<tr><td>42</td></tr>' * rows}</tbody></table>"


def test_a_column_of_texts_is_wider_than_a_word() -> None:
    texts = ("A title of some words, not long", "more " * 70, "more " * 90)
    row = "".join(f"<td>{text}</td>" for text in ("1991-01-17/1991-02-28", *texts))
    whole = BeautifulSoup(f"<table><tbody><tr>{row}</tr></tbody></table>", "html.parser").select("table")[0]
    assert ["text" in cell.get_attribute_list("class") for cell in fitting(whole, 900).select("td")] == [
        False,
        True,
        True,
        True,
    ]
    assert row_heights(whole)[0] < 640


def test_a_question_its_answer_and_the_sentence_that_reads_it_are_one_slide_and_so_is_an_exercise() -> None:
    table = new_output("display_data", {"text/html": "<table><tbody><tr><td>42</td></tr></tbody></table>"})
    cells = [
        new_markdown_cell("## 1 · A part\n\nA fact. **Guess**: how many?", metadata={"course": {"exercise": 7}}),
        new_code_cell("tools"),
        new_code_cell("show_table(rows)", outputs=[table]),
        new_markdown_cell("Forty-two, and no more.\n\n**Your turn 01.1.** Count them."),
        new_code_cell('n = ...\ncheck("01.1", n)'),
    ]
    for number, (cell, kind) in enumerate(zip(cells, ("slide", "skip", "subslide", "subslide", "skip"), strict=True)):
        cell["id"] = f"c{number}"
        cell.metadata["slideshow"] = {"slide_type": kind}
    ((answered, exercise),) = deck(new_notebook(cells=cells), Pictures("", ""))
    shown = "".join(answered.shown)
    assert shown.index("how many?") < shown.index("show_table") < shown.index("42") < shown.index("Forty-two")
    assert '<div class="made fragment">' in shown and '<div class="reads fragment">' in shown and "A fact." in shown
    assert (exercise.look, exercise.minutes) == ("exercise", 7) and "check" in plain("".join(exercise.shown))


@pytest.mark.parametrize(
    "given", ['`n = rows[____ == "treaty"]`', "- `n = len(kept)`\n- `kept = rows[mask]`", "1. `first`: a word"]
)
def test_what_an_exercise_gives_stands_on_its_slide_and_not_on_the_one_before(given: str) -> None:
    table = new_output("display_data", {"text/html": "<table><tbody><tr><td>42</td></tr></tbody></table>"})
    cells = [
        new_markdown_cell("## 1 · A part\n\n**Guess**: how many?"),
        new_code_cell("show_table(rows)", outputs=[table]),
        new_markdown_cell(f"Forty-two.\n\n**Your turn 01.1.** Mend this:\n\n{given}\n\nA hint for later."),
        new_code_cell('n = ...\ncheck("01.1", n)'),
    ]
    for number, (cell, kind) in enumerate(zip(cells, ("slide", "subslide", "subslide", "skip"), strict=True)):
        cell["id"] = f"c{number}"
        cell.metadata["slideshow"] = {"slide_type": kind}
    ((answered, exercise),) = deck(new_notebook(cells=cells), Pictures("", ""))
    before, shown = (BeautifulSoup("".join(slide.shown), "html.parser") for slide in (answered, exercise))
    codes = [code.get_text() for code in BeautifulSoup(html_of_markdown(given), "html.parser").select("code")]
    assert [code.get_text() for code in shown.select("p code, li code")] == codes
    assert not before.select(".reads code") and "Forty-two" in before.get_text()
    assert "A hint" not in shown.get_text() and "A hint" in "".join(exercise.notes or answered.notes)


def test_a_word_in_urdu_in_an_english_lesson_has_its_letters(made: tuple[Path, dict[str, Deck]]) -> None:
    """Without a font of its own a screen showed a box for a letter that Arabic lacks."""
    page = (made[0] / "07_back_channel.html").read_text()
    look = re.search(r'^\.reveal \[lang="ur"\].*$', (made[0] / "reveal.js" / "slides.css").read_text(), re.MULTILINE)
    assert 'lang="ur"' in page and 'href="reveal.js/letters.css"' in page
    assert look and 0 < look[0].index('"Course Naskh"') < look[0].index('"DejaVu Sans"')


@pytest.mark.parametrize("number", [4, 8])
def test_figures_are_drawn_anew_for_a_slide_in_letters_of_three_per_cent(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lesson 04 has timelines, spans, reports and plain charts, 08 panels. Another test measures the box of a figure."""
    letters: list[float] = []
    outside: list[str] = []

    def measured(figure: Figure, dpi: float) -> bytes:
        width, height = figure.get_size_inches()
        figure.draw_without_rendering()
        written = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text().strip()]
        letters.append(min(float(text.get_fontsize()) for text in written) / 72 * min(BOX[0] / width, BOX[1] / height))
        titles = [text for ax in figure.axes for text in written if text.get_text() == ax.get_title(loc="left")]
        outside.extend(text.get_text() for text in titles if text.get_window_extent().x1 > figure.bbox.x1)
        return png(figure, dpi)

    monkeypatch.setattr("tools.editions.redraw.png", measured)
    lesson = read(lessons()[number])
    drawn = redrawn(lesson, LESSONS, "slide")
    sizes = [size(output) for output in pictures(drawn) if output not in pictures(lesson)]
    assert len(sizes) == len(pictures(lesson)) == len(letters)
    assert min(letters) >= 0.03 * 720 and not outside
    assert all(dots >= 1.5 * BOX[0] for _, dots, _ in sizes)
    assert all(output.metadata["image/png"]["alt"] for output in pictures(drawn))
    before = [cell.outputs for cell in read(lessons()[number]).cells if cell.cell_type == "code"]
    assert before == [cell.outputs for cell in lesson.cells if cell.cell_type == "code"]


def pictures(notebook: NotebookNode) -> list[NotebookNode]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output for output in outputs if "image/png" in output.get("data", {})]


def size(output: NotebookNode) -> tuple[int, int, int]:
    """How wide a picture is on its sheet, and its dots."""
    with Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))) as picture:
        return (int(output.metadata["image/png"]["width"]), *picture.size)


def test_what_the_numbers_of_a_figure_mean_stands_on_the_next_slide() -> None:
    source = (
        "from helpers import load, plot_timeline, show\nevents = load('events')\n"
        "show(plot_timeline(events[events['era_id'] == 'since-the-article'], lanes='kind'))"
    )
    png_data = pictures(read(lessons()[1]))[0]
    cells = [new_code_cell(source, outputs=[png_data], id="drawn"), new_markdown_cell("It reads the figure.", id="reads")]
    drawn = redrawn(new_notebook(cells=cells), LESSONS, "slide")
    entries = pictures(drawn)[0].metadata["image/png"]["key"]
    assert len(entries) > 20 and all(re.match(r"\d+ · ~?\d{4}", entry) for entry in entries)
    slides = [slide for stack in deck(drawn, Pictures("", "")) for slide in stack]
    assert [slide.look for slide in slides] == ["picture", "key", "key"] and "It reads" in str(slides[0].shown)
    listed = [
        entry.get_text() for slide in slides[1:] for entry in BeautifulSoup(str(slide.shown), "html.parser").select("li")
    ]
    assert [plain(entry) for entry in entries] == [entry.replace("\\'", "'") for entry in listed]
    assert "key" not in pictures(read(lessons()[1]))[0].metadata["image/png"]


@pytest.mark.parametrize(
    "name", ["Iraq", "more soldiers promised to Saudi Arabia", "a name that is longer than half of the slide is"]
)
def test_a_title_of_a_plain_chart_ends_on_its_slide(name: str) -> None:
    source = (
        "import matplotlib.pyplot as plt\nfrom helpers import show\n"
        'fig, ax = plt.subplots(figsize=(9, 3), layout="constrained")\n'
        f"ax.hlines([{name!r}], 1, 2)\n"
        'ax.set_title("Lowest and highest number of soldiers, by quantity", loc="left")\nshow(ax)'
    )
    seen: list[float] = []

    def measured(figure: Figure, dpi: float) -> bytes:
        figure.draw_without_rendering()
        text = next(text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text().startswith("Lowest"))
        seen.append(figure.bbox.x1 - text.get_window_extent().x1)
        return png(figure, dpi)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tools.editions.redraw.png", measured)
        redrawn(new_notebook(cells=[new_code_cell(source)]), LESSONS, "slide")
    assert seen and seen[0] >= 0


def test_on_a_slide_a_timeline_alone_keeps_its_eras_and_panels_have_none() -> None:
    source = (
        "import matplotlib.pyplot as plt\nfrom helpers import load, plot_timeline\n"
        "from helpers.plotting.artists import EraBand\n"
        "some = load('events').head(4)\n"
        "assert plot_timeline(some, ax=plt.figure().add_subplot()).findobj(EraBand)\n"
        "assert not plot_timeline(some, ax=plt.figure().subplots(2)[0]).findobj(EraBand)"
    )
    redrawn(new_notebook(cells=[new_code_cell(source)]), LESSONS, "slide")  # which tells of a cell that fails


def test_a_lesson_that_is_not_as_stored_is_not_drawn() -> None:
    fails = new_code_cell("1 / 0", id="broken")
    with pytest.raises(RuntimeError, match="Cell 'broken'.*ZeroDivisionError"):
        redrawn(new_notebook(cells=[fails]), LESSONS, "slide")
    fails.metadata["tags"] = ["raises-exception"]
    assert redrawn(new_notebook(cells=[fails]), LESSONS, "slide").cells == [fails]


def table(rows: int, letters: int) -> Tag:
    body = "".join(f"<tr><td>{n}</td><td>{'Word ' * (letters // 5)}</td></tr>" for n in range(rows))
    head = "<caption>C</caption><thead><tr><th>n</th><th>t</th></tr></thead>"
    return BeautifulSoup(f"<table>{head}<tbody>{body}</tbody></table>", "html.parser").select("table")[0]


@pytest.mark.parametrize(("rows", "letters"), [(1, 10), (8, 10), (8, 300), (20, 60), (3, 900)])
def test_a_table_shows_its_first_rows_and_says_what_is_left_out(rows: int, letters: int) -> None:
    whole = table(rows, letters)
    shown = fitting(whole, 360)
    numbers = [row.select("td")[0].get_text() for row in shown.select("tbody tr")]
    assert numbers == [str(n) for n in range(len(numbers))] and numbers and shown.select("thead th")
    assert len(whole.select("tbody tr")) == rows
    caption = shown.select("caption")[0].get_text()
    assert (caption == "C") == fits(whole, 360) == (rows * letters <= 80)
    assert ("of " in caption) == (len(numbers) < rows) and ("shortened" in caption) == (letters > 120)


@pytest.mark.parametrize(
    ("told", "kept", "caption"),
    [
        ("", ["10a", "10b", "10c"], "C (rows 1–3 of 6)"),
        ("10b is an opinion.", ["10a", "10b", "10c"], "C (rows 1–3 of 6)"),
        ("10e is contested, as is 10c.", ["10a", "10c", "10e"], "C (3 of 6 rows)"),
        ("(10f)", ["10a", "10b", "10f"], "C (3 of 6 rows)"),
        ("110e, 10ef", ["10a", "10b", "10c"], "C (rows 1–3 of 6)"),  # other words
        ("10a, 10c, 10d, 10e", ["10a", "10c", "10d"], "C (3 of 6 rows)"),
    ],
)
def test_of_a_long_table_the_rows_stay_of_which_the_slide_speaks(told: str, kept: list[str], caption: str) -> None:
    rows = "".join(f"<tr><td>10{letter}</td><td>A claim</td></tr>" for letter in "abcdef")
    whole = BeautifulSoup(f"<table><caption>C</caption><tbody>{rows}</tbody></table>", "html.parser").select("table")[0]
    shown = fitting(whole, 125, told)
    assert [row.select("td")[0].get_text() for row in shown.select("tbody tr")] == kept
    assert shown.select("caption")[0].get_text() == caption


SIX = {
    "a": "partly",
    "b": "corroborated",
    "c": "contested",
    "d": "corroborated",
    "e": "partly",
    "f": "corroborated, in part",
}


@pytest.mark.parametrize(
    ("height", "told", "kept", "short"),
    [
        (1850, "Two of six are corroborated.", "abcdef", []),
        (650, "Two of six are corroborated.", "abcdef", ["reason"]),  # the longest column first
        (500, "Two of six are corroborated.", "abcdef", ["claim", "reason"]),
        (200, "Two of six are corroborated.", "bd", ["reason"]),  # at least those that are counted
        (320, "1f: is it corroborated?", "bdf", ["reason"]),
        (320, "", "ab", []),  # nothing is gained by less of each
    ],
)
def test_a_table_shows_the_rows_that_the_slide_counts_rather_than_long_texts(
    height: float, told: str, kept: str, short: list[str]
) -> None:
    texts = {"claim": "A claim of some words. " * 5, "reason": "A reason with a good number of words. " * 12}
    rows = "".join(
        f"<tr><td>1{letter}</td><td>{texts['claim']}</td><td>{verdict}</td><td>{texts['reason']}</td></tr>"
        for letter, verdict in SIX.items()
    )
    whole = BeautifulSoup(f"<table><caption>C</caption><tbody>{rows}</tbody></table>", "html.parser").select("table")[0]
    shown = fitting(whole, height, told)
    cells = [[cell.get_text() for cell in row.select("td")] for row in shown.select("tbody tr")]
    assert "".join(first[1:] for first, *_ in cells) == kept
    assert [name for name, column in zip(("claim", "reason"), (1, 3), strict=True) if len(cells[0][column]) < 60] == short
    assert (f"{len(kept)} of 6" in shown.get_text() or f"1–{len(kept)} of 6" in shown.get_text()) == (len(kept) < 6)


@pytest.mark.parametrize(("height", "rows"), [(79, 1), (80, 2), (119, 2), (120, 3), (10, 1)])
def test_rows_that_fill_the_height_to_the_last_point_are_shown(height: float, rows: int) -> None:
    assert len(fitting(table(4, 10), height).select("tbody tr")) == rows


def test_a_long_text_is_cut_no_shorter_than_its_table_needs() -> None:
    text = " ".join(f"Sentence {number} of a long reason." for number in range(40))
    shown = []
    for height in (100, 180, 300):
        whole = BeautifulSoup(f"<table><tbody><tr><td>3i</td><td>{text}</td></tr></tbody></table>", "html.parser")
        made = fitting(whole.select("table")[0], height)
        shown.append(made.select("td")[1].get_text())
        assert shown[-1].endswith("reason. …") and fits(made, height) and "hortened" in made.get_text()
    assert shown == sorted(set(shown), key=len) and len(shown[-1]) > 400


@pytest.mark.parametrize(
    ("source", "lines"), [("x", 1), ("x\n\ny\n", 3), ("x" * 85, 1), ("x" * 86, 2), ("y\n" + "x" * 171, 4)]
)
def test_a_line_of_code_that_breaks_counts_as_several(source: str, lines: int) -> None:
    assert code_lines(source) == lines


def test_slide_types_chosen_by_hand_are_followed() -> None:
    long = "word " * 30
    cells = [new_markdown_cell(f"## Part {n}\n\n{long}", id=f"c{n}") for n in range(4)]
    for cell, kind in zip(cells, ("slide", "subslide", "notes", "skip"), strict=True):
        cell.metadata["slideshow"] = {"slide_type": kind}
    out = [new_output("execute_result", {"text/plain": "42"}, execution_count=1)]
    code = [new_code_cell("import x", id="d0"), new_code_cell("6 * 7", id="d1", outputs=out, metadata=cells[0].metadata)]
    made = deck(new_notebook(cells=[*cells, *code]), Pictures("", ""))
    assert [stack[0].section for stack in made] == ["Part 0", "Part 1"]
    everything = str(made)
    assert "Part 2" in "".join(made[0][-1].notes) and "Part 3" not in everything
    assert "42" in "".join(made[1][-1].shown) and "*" in "".join(made[1][-1].shown)


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_a_deck_has_what_a_lesson_needs(path: Path, made: tuple[Path, dict[str, Deck]]) -> None:
    slides = [slide for stack in made[1][f"{path.stem}.html"] for slide in stack]
    shown = " ".join(part for slide in slides for part in [slide.section, *slide.shown])
    soup = BeautifulSoup(shown, "html.parser")
    assert soup.select("h1") and "What you'll do" in soup.get_text()
    for needed in ("Key points", "Exit ticket.", "To discuss.", "Your turn", "Talk."):
        assert needed in soup.get_text(), needed
    assert re.search(r"[Gg]uess|[Pp]redict", soup.get_text())
    assert soup.select("table") and soup.select("img") and all(len(str(image["alt"])) > 20 for image in soup.select("img"))
    assert not soup.select("figcaption, details") and "Not answered yet" not in shown and "In words." not in soup.get_text()
    assert any("In words." in note for slide in slides for note in slide.notes)
    assert 12 <= len(slides) <= MOST_SLIDES == 20
    for image in soup.select("img"):
        assert (made[0] / str(image["src"])).is_file()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["00_start_here", "01_founding_years"])
def test_a_translated_deck_runs_from_right_to_left_is_cut_like_the_english_and_says_that_it_is_a_draft(
    language: str, name: str, made: tuple[Path, dict[str, Deck]]
) -> None:
    address = f"{language}/{name}.html"
    english, translated = made[1][f"{name}.html"], made[1][address]
    asks = [[(slide.look, slide.minutes) for slide in stack if slide.look] for stack in english]
    assert [[(slide.look, slide.minutes) for slide in stack if slide.look] for stack in translated] == asks
    page = BeautifulSoup((made[0] / address).read_text(encoding="utf-8"), "html.parser")
    assert page.html is not None and (page.html["lang"], page.html["dir"]) == (language, "rtl")
    assert {"ur": "مسودہ", "ar": "مسودة"}[language] in "".join(translated[0][0].shown)
    for part in page.select("[href^='../'], script[src], img"):
        assert (made[0] / language / str(part.get("href") or part.get("src"))).is_file()
    assert not re.search(r"minutes|Notes|row \d|shortened", page.select(".slides")[0].get_text())


def test_a_translated_text_is_taken_apart_by_its_english() -> None:
    english = "One fact. **Which of two?** More.\n\n**Your turn 1.** Do it."
    text = '<div dir="rtl" lang="ar">\n\nحقيقة واحدة. **أيّ الاثنين؟** المزيد.\n\n**دورك 1.** افعل.\n\n</div>'
    assert [(part.kind, part.source) for part in parts(text, english)] == [
        ("text", "حقيقة واحدة."),
        ("ask", "**أيّ الاثنين؟** المزيد."),
        ("turn", "**دورك 1.** افعل."),
    ]
    assert words("خطًّا زمنيًّا") == 2


# In a browser


def test_no_slide_overflows_all_letters_can_be_read_and_few_are_half_empty(
    browser: Browser, made: tuple[Path, dict[str, Deck]]
) -> None:
    page, watch = watched_page(browser, block_outside=False)
    measured = []
    for name, stacks in made[1].items():
        page.set_viewport_size({"width": 1280, "height": 720} if len(measured) % 2 else {"width": 1024, "height": 768})
        page.goto((made[0] / name).as_uri())
        page.wait_for_selector("body.fitted")
        slides = page.evaluate(MEASURE)
        assert len(slides) == sum(len(stack) for stack in stacks)
        assert page.locator("ul.key").count() == (2 if name.startswith("09") else 0)
        for slide in slides:
            assert slide["height"] <= 720 and slide["width"] <= 1281 and not slide["out"] and not slide["crowded"], (
                name,
                slide,
            )
            assert slide["size"] >= SMALLEST and slide["ends"], (name, slide)
            assert all(width >= BOX[0] and height >= BOX[1] for width, height in slide["boxes"]), (name, slide)
        measured += slides
    page.context.close()
    assert watch.errors == []
    assert sum(slide["ends"] < 0.5 and not slide["discusses"] for slide in measured) <= len(measured) / 10


@pytest.mark.parametrize("name", ENGINES)
def test_a_deck_is_shown_and_turned_by_keys_in_other_engines(name: str, made: tuple[Path, dict[str, Deck]]) -> None:
    with engine(name) as window:
        window.resize(1280, 720)
        window.open((made[0] / "01_founding_years.html").as_uri())
        window.until("return document.body.classList.contains('fitted')")
        window.press("Space")
        window.until("return Reveal.getCurrentSlide().innerText.includes('The question')")
        crowded = """return Reveal.getSlides().map((slide) => {
            const {h, v} = Reveal.getIndices(slide);
            Reveal.slide(h, v ?? 0, 99);
            return [slide.scrollHeight, slide.scrollWidth, slide.classList.contains('overfull'),
                    ...[...slide.querySelectorAll('img')].map((image) => image.naturalWidth)];
        })"""
        for height, width, overfull, *pictures_seen in window.run(crowded):
            assert height <= 720 and width <= 1281 and not overfull and all(pictures_seen), name


def test_an_exercise_has_a_clock(browser: Browser, made: tuple[Path, dict[str, Deck]]) -> None:
    page, watch = watched_page(browser, block_outside=False)
    page.clock.install()
    page.goto((made[0] / "03_rupture_1973.html").as_uri())
    page.wait_for_selector("body.fitted")
    clock = page.locator(".exercise .clock").first
    assert clock.text_content() == "4 minutes"
    clock.evaluate("button => button.click()")
    page.clock.run_for(61_000)
    assert clock.text_content() == "2:59"
    clock.evaluate("button => button.click()")
    page.clock.run_for(30_000)
    assert clock.text_content() == "2:59"
    page.context.close()
    assert watch.errors == []


def test_the_speaker_sees_the_notes_and_the_list_of_decks_leads_to_each(
    browser: Browser, made: tuple[Path, dict[str, Deck]]
) -> None:
    with serve(made[0].parent.parent) as host:
        page, watch = watched_page(browser, viewport={"width": 1280, "height": 720})
        page.goto(f"{host}/course/slides/index.html")
        assert axe(page) == []
        links = [str(link.get_attribute("href")) for link in page.locator("main a").all()]
        translated = [f"{code}/{path.stem}.html" for code in languages() for path in lessons(code)]
        assert links == [*(f"{path.stem}.html" for path in lessons()), *translated]
        page.goto(f"{host}/course/slides/{links[1]}")
        page.wait_for_selector("body.fitted")
        assert axe(page) == []
        assert page.locator("main[role]").count() == 0  # reveal.js makes an application of its own element
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        popup.value.wait_for_function("document.body.innerText.includes('You need')")
        page.context.close()
        assert watch.errors == [] and watch.outside == []


# Without reveal.js


def test_without_reveal_each_deck_is_a_plain_page_with_all_its_slides_and_notes(
    browser: Browser, made: tuple[Path, dict[str, Deck]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four decks are made anew and are the same; the others, as they were made, are only written."""
    anew, really = sorted(made[1])[:4], build_module._deck

    def made_deck(page: Page, pictures: Pictures, *, redraw: bool) -> Deck:
        return really(page, pictures, redraw=redraw) if page.address in anew else made[1][page.address]

    monkeypatch.setattr(build_module, "_deck", made_deck)
    decks = build(tmp_path / "plain", redraw=False)
    assert decks == made[1]
    names = {path.name for path in (tmp_path / "plain" / "reveal.js").iterdir()}
    assert names == {"slides.css", "plain.css", "list.css", "clock.js", "show.js", "icon.svg"}
    assert "Page Down" in (tmp_path / "plain" / "index.html").read_text(encoding="utf-8")
    with serve(tmp_path) as host:
        page, watch = watched_page(browser, viewport={"width": 1280, "height": 720})
        for name in anew:
            slides = [slide for stack in decks[name] for slide in stack]
            page.goto(f"{host}/plain/{name}")
            assert page.locator("section:not(.stack)").count() == len(slides)
            assert page.locator("details:not(details details)").count() == sum(any(slide.notes) for slide in slides)
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280
            assert axe(page) == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.context.close()
    assert watch.errors == [] and watch.outside == []


def test_what_comes_from_npm_brings_its_licence_along(made: tuple[Path, dict[str, Deck]]) -> None:
    assert "Permission is hereby granted" in (made[0] / "reveal.js" / "LICENSE").read_text(encoding="utf-8")


def test_the_command_builds_without_npm_and_says_so_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(npm, "parts", functools.partial(npm.parts, kept=tmp_path / "kept"))
    monkeypatch.setattr(command, "build", lambda out, reveal, letters: asked.append(reveal) or {})
    assert command.main(["--out", str(tmp_path / "slides")]) == 0
    said = capsys.readouterr()
    assert asked == [{}] and "Space goes on" not in said.out
    assert re.search(r"Urdu and Arabic are set in the reader.s own fonts. npm is missing", said.err)
    assert re.search(r"plain page.*one below the other. npm is missing.*Node\.js", said.err)
