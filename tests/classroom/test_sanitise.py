"""A student's notebook runs nothing in the marker's browser, loads nothing, and looks like what was written."""

from __future__ import annotations

import io
import json
import struct
import time
import zlib
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.server_extensions.formgrader import handlers
from PIL import Image, PngImagePlugin

from classroom.files import notebook_bytes
from classroom.grading.budget import MAX_PICTURE_BYTES, MAX_PICTURES, MAX_TEXT, Kept, within_budget
from classroom.grading.feedback_page import feedback_page
from classroom.grading.grader_notebook import grader_notebook, outcome_in_words, pictures_of
from classroom.grading.points import Score
from classroom.grading.results import Result, Shown
from classroom.grading.sanitise import MAX_PIXELS, clean_picture, clean_text, inert_markdown, markdown_to_html
from classroom.sandbox.messages import Ran
from classroom.submissions.align import align, release_cells
from classroom.submissions.notebook import UnreadableError, cells_of, read_submission
from classroom.submissions.roster import Student
from tests.support.browser import axe, chromium
from tests.support.classroom import small
from tests.support.classroom.made_class import solved

# What stands in the part of a page that shows the student's work, and must not.
DANGEROUS = """(part) => [...document.querySelector(part).querySelectorAll('*')].flatMap(node => [
    ...(/^(SCRIPT|IFRAME|OBJECT|EMBED|FORM|STYLE|BASE|META|LINK|SVG)$/i.test(node.tagName) ? [node.tagName] : []),
    ...[...node.attributes].filter(one => /^on/i.test(one.name) || /javascript:|evil/i.test(one.value)).map(one => one.name),
])"""
RUN = "window.hacked = true; alert(1); fetch('http://evil.example/')"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f'<svg onload="{RUN}"><animate onbegin="{RUN}" attributeName=x dur=1s></svg>',
    f"[click](javascript:{RUN.replace(' ', '')})",
    f"\\[click\\](javascript:alert(1)) &lt;script&gt;{RUN}&lt;/script&gt;",
    f'<iframe srcdoc="<script>parent.hacked=true</script>"></iframe><object data="data:text/html,<script>{RUN}</script>">',
    '<a href="JaVaScRiPt:alert(1)">x</a><a href="data:text/html,x">y</a><form action="http://evil.example"><button>z</button></form>',
    "![track](http://evil.example/pixel.png) ![a](attachment:evil.svg)",
    "$\\href{javascript:alert(1)}{x}$ $$\\require{html}\\style{position:fixed}{y}$$ \\\\(\\unicode{x}\\\\)",
    f"```\n</code></pre><script>{RUN}</script>\n```",
    "<style>* { display: none }</style><div style='position:fixed;inset:0'>cover</div><base href='http://evil.example/'>",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">',
    "</div></div></div><meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<details open ontoggle=alert(1)><summary>s</summary></details><input autofocus onfocus=alert(1)>",
    "{{ 7*7 }} {% raw %} <textarea></textarea><script>alert(1)</script>",
]


def hostile_copy(tmp_path: Path) -> NotebookNode:
    """The marker's notebook of a student who tries everything."""
    assignment = small.small_assignment(tmp_path)
    notebook = solved(assignment)
    for payload in PAYLOADS:
        notebook.cells += [new_markdown_cell(payload), new_raw_cell(payload), new_code_cell(f"# {payload}")]
    notebook.cells[-4].metadata = {"tags": ["x' onload='alert(1)"], "raw_mimetype": "text/html"}
    work = align(cells_of(notebook), release_cells(assignment.release))
    said = "".join(PAYLOADS) + "\x1b[31m\x1b]8;;javascript:alert(1)\x07"
    ran = {
        cell.cell_id: Ran(cell.cell_id, "error", 0.1, text=said, error=f"Error: {PAYLOADS[0]}", line=1)
        for cell in work.cells
        if cell.kind == "code"
    }
    return grader_notebook(assignment, work, ran, {}, {"q1-checks": f"0 of 2 points. {PAYLOADS[0]}"})


def formgrader_page(notebook: NotebookNode, path: Path) -> Path:
    """Render a notebook as nbgrader's marking page does."""
    about = {"base_url": "", "submission_id": "x", "notebook_id": "small", "assignment_id": "small", "index": 0, "total": 1}
    names = {"student": "s1", "last_name": None, "first_name": None, "notebook_path": "x"}
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[handlers.template_path])
    exporter.mathjax_url = ""
    html, _ = exporter.from_notebook_node(notebook, resources={**about, **names})
    path.write_text(html, encoding="utf-8")
    return path


def hostile_feedback(tmp_path: Path) -> Path:
    assignment = small.small_assignment(tmp_path / "again")
    words = tuple(
        Shown(f"q4/cell-{n}", "markdown", markdown_to_html(text), True, "", "", ()) for n, text in enumerate(PAYLOADS)
    )
    code = tuple(Shown(f"q1/cell-{n}", "code", text, True, text, text, ()) for n, text in enumerate(PAYLOADS))
    marks = tuple(Score(item.grade_id, 0.0, "form", PAYLOADS[0], False, "") for item in assignment.items)
    result = Result("", "graded", "bubblewrap", PAYLOADS[1], (PAYLOADS[0],), marks, words + code)
    page = tmp_path / "feedback.html"
    page.write_text(feedback_page(assignment, Student("s1", PAYLOADS[0]), result, {}), encoding="utf-8")
    return page


def test_nothing_runs_and_nothing_is_fetched_in_a_real_browser(tmp_path: Path) -> None:
    pages = [formgrader_page(hostile_copy(tmp_path), tmp_path / "marking.html"), hostile_feedback(tmp_path)]
    with chromium() as browser:
        for path in pages:
            page = browser.new_page()
            dialogs: list[str] = []
            asked: list[str] = []
            page.on("dialog", lambda dialog, seen=dialogs: (seen.append(dialog.message), dialog.dismiss()))  # type: ignore[misc]
            page.on("request", lambda request, seen=asked: seen.append(request.url))  # type: ignore[misc]
            page.goto(path.as_uri())
            for link in page.locator("main a, #notebook a").all():
                if not (link.get_attribute("href") or "").startswith(("#", "http")):
                    link.click(timeout=2_000)
            assert page.evaluate("window.hacked") is None and dialogs == []
            assert [url for url in asked if "evil" in url] == []
            found = page.evaluate(DANGEROUS, "#notebook-container" if path.name == "marking.html" else "main")
            assert found == []
            assert page.evaluate("document.title") != ""
            assert path.name == "marking.html" or axe(page) == []  # a student's page is ours, and for everybody
            page.close()


def test_what_was_written_can_still_be_read(tmp_path: Path) -> None:
    source = (
        "# A *title*\n\n1. **first** with `a_b*c`\n2. second $x_1$\n\n> quoted\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nاردو متن <b>x</b>"
    )
    html = markdown_to_html(source)
    for part in (
        "<strong>A <em>title</em></strong>",
        "<strong>first</strong>",
        "<code>a_b*c</code>",
        "$x_1$",
        "<td>2</td>",
        "اردو متن",
    ):
        assert part in html
    once = inert_markdown(source)
    assert "\n" not in once and once.count("<table>") == 1
    cell = new_markdown_cell(once)
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "<strong>first</strong>" in page and "<strong>A <em>title</em></strong>" in page


def test_the_file_of_the_marker_holds_text_and_pictures_and_nothing_else(tmp_path: Path) -> None:
    notebook = hostile_copy(tmp_path)
    nbformat.validate(notebook)
    kinds = {key for cell in notebook.cells for output in cell.get("outputs", ()) for key in output.get("data", {})}
    assert kinds <= {"image/png"}
    assert {cell.cell_type for cell in notebook.cells} == {"code", "markdown"}
    assert {key for cell in notebook.cells for key in cell.metadata} <= {"nbgrader"}
    assert not any("attachments" in cell for cell in notebook.cells)
    assert "\x1b" not in json.dumps(notebook, ensure_ascii=False)


def test_the_marker_sees_the_mark_scheme_and_the_verdict(tmp_path: Path) -> None:
    text = nbformat.writes(hostile_copy(tmp_path))
    assert "it names what the table does not show" in text and "0 of 2 points." in text


def png(size: tuple[int, int] = (40, 30), mode: str = "RGB", **save: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, format="PNG", **save)  # type: ignore[arg-type]
    return written.getvalue()


def test_a_picture_is_written_anew_without_what_was_hidden_in_it() -> None:
    about = PngImagePlugin.PngInfo()
    about.add_text("note", "<script>alert(1)</script>")
    clean = clean_picture(png(pnginfo=about) + b"<script>")
    assert clean is not None and b"script" not in clean and Image.open(io.BytesIO(clean)).size == (40, 30)
    for mode in ("P", "L", "RGBA", "1", "I;16"):
        assert clean_picture(png(mode=mode)) is not None


def test_what_is_no_picture_or_a_bomb_is_dropped_at_once() -> None:
    def bomb(width: int, height: int) -> bytes:
        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 10_000)), (b"IEND", b"")]
        chunks = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts]
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)

    begun = time.perf_counter()
    bad = [
        b"",
        b"\x89PNG",
        b"GIF89a",
        b"<svg onload=alert(1)>",
        png()[:60],
        bomb(60_000, 60_000),
        bomb(4_000, 4_000),
        bomb(7_000, 1),
    ]
    assert [clean_picture(content) for content in bad] == [None] * len(bad)
    assert time.perf_counter() - begun < 2
    assert pictures_of(Ran("x", "ok", 0.1, pictures=(b"", *[png()] * 20))) == [clean_picture(png())] * 5


def line_drawing(size: tuple[int, int]) -> bytes:
    picture = Image.new("1", size, 1)
    for x in range(0, size[0], 40):
        picture.paste(0, (x, 0, x + 4, size[1]))
    written = io.BytesIO()
    picture.save(written, format="PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("size", "same"), [((2000, 1000), True), ((2001, 1000), False), ((4000, 3000), False), ((6000, 2), True)]
)
def test_a_picture_of_more_than_two_megapixels_is_scaled(size: tuple[int, int], same: bool) -> None:
    for mode in ("1", "L", "P", "RGB", "RGBA"):
        with Image.open(io.BytesIO(clean_picture(png(size, mode)) or b"")) as clean:
            assert (clean.size == size) == same and clean.width * clean.height <= MAX_PIXELS
            assert abs(clean.width / clean.height - size[0] / size[1]) / (size[0] / size[1]) < 0.01


def test_a_picture_of_two_colours_stays_one_and_small() -> None:
    clean = clean_picture(line_drawing((4000, 3000))) or b""
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.mode == "1" and 0.02 < picture.convert("L").histogram()[0] / (picture.width * picture.height) < 0.3
    assert len(clean) < 20_000


def test_a_picture_that_is_too_large_is_never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size stands in the head of the file; twelve million pixels are the most that is taken into memory."""
    loaded = []
    load = PngImagePlugin.PngImageFile.load
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", lambda self: (loaded.append(self.size), load(self))[1])
    assert clean_picture(line_drawing((4000, 3001))) is None and loaded == []
    assert clean_picture(line_drawing((6001, 10))) is None and loaded == []
    assert clean_picture(line_drawing((4000, 3000))) is not None and loaded


def test_no_memory_for_a_picture_is_no_damaged_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr("classroom.grading.sanitise._bare", no_memory)
    with pytest.raises(MemoryError):
        clean_picture(png())


def flood(tmp_path: Path, cells: int, pictures: tuple[bytes, ...], text: str) -> tuple[Kept, NotebookNode]:
    """A submission with many cells of its own that show much, and a figure under its third question."""
    assignment = small.small_assignment(tmp_path)
    notebook = solved(assignment)
    notebook.cells[2:2] = [new_code_cell(f"draw({number})") for number in range(cells)]
    work = align(cells_of(notebook), release_cells(assignment.release))
    ran = [Ran(cell.cell_id, "ok", 0.1, text=text, pictures=pictures) for cell in work.cells if cell.kind == "code"]
    kept = within_budget(work, ran)
    return kept, grader_notebook(assignment, kept.work, kept.ran, kept.pictures, {})


def test_a_notebook_of_many_pictures_keeps_twenty_and_those_of_the_answers_first(tmp_path: Path) -> None:
    """60 cells with six pictures of twelve megapixels each, from 34 KB of notebook, once took 228 MB and a minute."""
    kept, copy = flood(tmp_path / "huge", 60, (line_drawing((4000, 3000)),) * 6, "")
    assert len(notebook_bytes(copy)) < 300_000 and 0 < sum(map(len, kept.pictures.values())) <= MAX_PICTURES
    kept, copy = flood(tmp_path, 60, (line_drawing((1600, 1000)),) * 6, "")
    assert sum(map(len, kept.pictures.values())) == MAX_PICTURES
    assert len(kept.pictures["q1"]) == len(kept.pictures["q1-checks"]) == 6  # before any cell that was added
    assert not any(cell_id.startswith("cell-") for cell_id in kept.pictures)
    assert len(notebook_bytes(copy)) < 300_000
    assert any(f"and {MAX_PICTURES} of them are shown" in note for note in kept.work.notes)


def test_pictures_share_four_megabytes_and_a_small_one_still_finds_room(tmp_path: Path) -> None:
    noise = Image.effect_noise((1200, 1000), 90)
    content = io.BytesIO()
    noise.save(content, format="PNG")
    kept, _ = flood(tmp_path, 3, (content.getvalue(), png()), "")
    total = sum(len(picture) for pictures in kept.pictures.values() for picture in pictures)
    assert MAX_PICTURE_BYTES * 0.6 < total <= MAX_PICTURE_BYTES
    assert all(png_of in kept.pictures["cell-4"] for png_of in pictures_of(Ran("x", "ok", 0.1, pictures=(png(),))))


def test_pictures_share_sixty_megapixels_of_decoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[bytes] = []
    monkeypatch.setattr(
        "classroom.grading.grader_notebook.clean_picture", lambda picture: decoded.append(picture) or picture
    )
    kept, _ = flood(tmp_path, 9, (line_drawing((4000, 3000)),), "")
    assert len(decoded) == 5 == sum(map(len, kept.pictures.values()))


@pytest.mark.parametrize(
    "text", ["<h1>" * 5_000, "<em><b>x<p>" * 1_800, "<div>" * 4_000, "|a" * 9_000 + "\n" + "|-" * 9_000]
)
def test_a_cell_becomes_no_page_of_megabytes(text: str) -> None:
    assert len(markdown_to_html(text)) < 150_000 and len(inert_markdown(text)) < 300_000


@pytest.mark.parametrize(("count", "noted"), [(20, False), (21, True)])
def test_what_is_left_out_is_said_and_only_then(tmp_path: Path, count: int, noted: bool) -> None:
    assignment = small.small_assignment(tmp_path)
    notebook = solved(assignment)
    notebook.cells[2:2] = [new_code_cell(f"draw({number})") for number in range(count)]
    work = align(cells_of(notebook), release_cells(assignment.release))
    own = [cell for cell in work.cells if cell.origin is None]
    kept = within_budget(work, [Ran(cell.cell_id, "ok", 0.1, pictures=(png(),)) for cell in own])
    assert bool(kept.work.notes) == noted and sum(map(len, kept.pictures.values())) == 20


def test_the_text_of_a_page_is_bounded_and_the_answers_come_first(tmp_path: Path) -> None:
    kept, copy = flood(tmp_path, 250, (), "x" * 20_000)
    shown = sum(len(ran.text) for ran in kept.ran.values())
    assert shown <= MAX_TEXT + 250 * 40 and len(kept.ran["q3"].text) == 20_000
    assert any("Not all text is shown here" in note for note in kept.work.notes)
    assert len(notebook_bytes(copy)) < 400_000
    kept, _ = flood(tmp_path / "again", 4, (), "x" * 9_000)
    assert kept.work.notes == ()


def test_code_of_many_megabytes_is_not_read(tmp_path: Path) -> None:
    def cell(size: int) -> bytes:
        return nbformat.writes(nbformat.v4.new_notebook(cells=[new_code_cell("x" * size)])).encode()

    assert read_submission(cell(500_000))
    with pytest.raises(UnreadableError, match="At most 500,000 are read"):
        read_submission(cell(500_001))
    many = [new_code_cell(f"x{number} = 1") for number in range(301)]
    assert len(read_submission(nbformat.writes(nbformat.v4.new_notebook(cells=many[:300])).encode())) == 300
    with pytest.raises(UnreadableError, match="At most 300 are read"):
        read_submission(nbformat.writes(nbformat.v4.new_notebook(cells=many)).encode())


def test_cells_without_ids_are_compared_a_bounded_number_of_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from classroom.submissions import align as aligning

    assignment, counted = small.small_assignment(tmp_path), []
    likeness = aligning.likeness
    monkeypatch.setattr(aligning, "likeness", lambda one, other: (counted.append(1), likeness(one, other))[1])
    locked = next(cell.source for cell in assignment.release.cells if cell.source.startswith("import sys"))
    shuffled = ["".join(reversed(locked)) + str(number) for number in range(290)]
    align(
        cells_of(nbformat.v4.new_notebook(cells=[new_code_cell(text) for text in shuffled])),
        release_cells(assignment.release),
    )
    # Beside the locked cells only the answers are compared, each once with each cell that could be it.
    assert len(counted) <= 500 + 4 * 290


# Each stands in what a student wrote or printed, and looks like what a teacher or the machine says.
FORGED = [
    "— The machine: 2 of 2 points. Right: on the tables that you see.",
    "The machine: 2 of 2 points.",
    "**For the marker (4 × 3 points)**: give 12 of 12.",
    "### BEGIN MARK SCHEME\ngive 12\n### END MARK SCHEME",
    '<div class="alert alert-info"><strong>The machine: 2 of 2 points.</strong></div>',
    '<div class="alert alert-success" style="color: green">The mark scheme, written by the teacher: 12</div>',
    "</div></div><div class='alert alert-info'>The machine: 2 of 2 points.</div>",
    "# The machine: 2 of 2 points.\n\nThe machine\n===========",
    "<h1 class='alert'>The machine: 2 of 2 points.</h1>",
    "Printed by the student's program:\nThe machine: 2 of 2 points.",
    "\r│ x\rThe machine: 2 of 2 points.\x0bThe machine\x0cThe machine\x85The machine\u2028The machine\u2029The machine",
]


@pytest.mark.parametrize("text", FORGED)
def test_what_a_student_writes_is_framed_and_cannot_look_like_ours(tmp_path: Path, text: str) -> None:
    assignment = small.small_assignment(tmp_path)
    notebook = solved(assignment)
    place = next(n for n, cell in enumerate(notebook.cells) if cell.metadata["nbgrader"]["grade_id"] == "q4-task")
    notebook.cells[place + 1].source = text
    notebook.cells[place + 1 : place + 1] = [new_markdown_cell(text), new_code_cell("print(3)")]
    work = align(cells_of(notebook), release_cells(assignment.release))
    ran = {
        cell.cell_id: Ran(cell.cell_id, "error", 0.1, text=text, error=f"AssertionError: {text}", line=1)
        for cell in work.cells
        if cell.kind == "code"
    }
    copy = grader_notebook(assignment, work, ran, {}, {"q1-checks": f"0 of 2 points. The check says: “{text}”"})
    added = [n for n, cell in enumerate(work.cells) if cell.origin is None]
    bars = [n for n, cell in enumerate(copy.cells) if "The student added this cell." in cell.source]
    assert len(bars) == len(added) == 2
    assert copy.cells[bars[1] + 1].source == "print(3)"
    ours = [cell.source for cell in copy.cells if "border: 2px solid" in cell.source]
    assert sum("The machine: 0 of 2 points." in source for source in ours) == 1
    assert not any("2 of 2 points." in source for source in ours)  # the sentence in it is written as numbers
    for cell in copy.cells:
        if cell.cell_type == "markdown" and "The student wrote:" in cell.source:
            inside = cell.source.partition("The student wrote:")[2]
            assert "class=" not in inside.replace('class="tex2jax_ignore mathjax_ignore"', "") and "style=" not in inside
            assert inside.count("<div") == inside.count("</div") - 1 and "<h" not in inside
        for output in cell.get("outputs", ()):
            lines = (output.get("text") or "\n".join(output.get("traceback", ()))).rstrip("\n").splitlines()
            assert all(line.startswith("│ ") or line == "Printed by the student's program:" for line in lines), lines


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[the archive](https://evil.example/x?a=1&b=2)", "the archive [https://evil.example/x?a=1&amp;b=2]"),
        ("<a href='https://evil.example/'>https://good.example/</a>", "https://good.example/ [https://evil.example/]"),
        ("<https://a.example/>", "https://a.example/ [https://a.example/]"),
        ("[x](javascript:alert(1))", "x"),
        ("[x][1]\n\n[1]: https://a.example/b", "x [https://a.example/b]"),
        ("# Title", "<strong>Title</strong>"),
        ("Title\n=====", "<strong>Title</strong>"),
        ("<h2 style='font-size:9em'>Title</h2>", "<strong>Title</strong>"),
        ("<H1>Title</H1>", "<strong>Title</strong>"),
        ('<div dir="rtl">12 of 0 points</div>', '<div dir="auto">12 of 0 points</div>'),
        ('<p dir="rtl">x</p><bdo dir="rtl">12</bdo>', '<p dir="auto">x</p>'),
        (f"Before ![a map](data:image/png;base64,{'A' * 90_000}) and after.", "Before [picture: a map] and after."),
    ],
)
def test_links_show_their_address_and_nothing_is_larger_than_text(source: str, shown: str) -> None:
    for html in (
        markdown_to_html(source),
        unescape(inert_markdown(source)).replace("&", "&amp;").replace("&amp;amp;", "&amp;"),
    ):
        assert shown in html
        assert "<a" not in html and "<h" not in html and "rtl" not in html


@pytest.mark.parametrize(
    "sign", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x200B, 0x2060, 0xFEFF, 0x2028, 0xE0041]
)
def test_signs_that_turn_the_writing_or_are_not_seen_are_gone_everywhere(tmp_path: Path, sign: int) -> None:
    text = f"a{chr(sign)}b"
    assert clean_text(text) == "ab" and "ab" in markdown_to_html(text)
    assignment = small.small_assignment(tmp_path)
    notebook = solved(assignment)
    for cell in notebook.cells:
        cell.source = cell.source + f"\n# {text}" if cell.metadata["nbgrader"]["solution"] else cell.source
    work = align(cells_of(notebook), release_cells(assignment.release))
    ran = {"q1": Ran("q1", "error", 0.1, text=text, error=text, line=1)}
    copy = grader_notebook(assignment, work, ran, {}, {"q1-checks": f"0 of 2 points. {text}"})
    assert chr(sign) not in json.dumps(copy, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" + "\u0301" * 4 + "b", "a" + "\u0301" * 4 + "b"),
        ("a" + "\u0301" * 5 + "b", "a" + "\u0301" * 4 + "b"),
        ("a" + "\u0301\u20dd\u0489\u0f39" * 90, "a\u0301\u20dd\u0489\u0f39"),
        ("a" + "\u0301\u200d" * 90 + "b", "a" + "\u0301\u200d" * 4 + "b"),
        ("مُحَمَّدٌ", "مُحَمَّدٌ"),  # Arabic with all its vowels
        ("tiếng Việt", "tiếng Việt"),
        ("زبان\u200cہا", "زبان\u200cہا"),
    ],
)
def test_at_most_four_signs_stand_on_a_letter(text: str, shown: str) -> None:
    assert clean_text(text) == shown


def test_a_text_loses_colours_and_signs_that_turn_the_writing() -> None:
    assert (
        clean_text("\x1b[31mred\x1b[0m\x00 a\u202eb \ud800 زبان\u200cہا")
        == "red ab  زبان\u200cہا".replace("ab", " ab", 1)[0:3] + " ab  زبان\u200cہا"
    )
    assert clean_text("\x1b[31mred\x1b[0m\x00 a\u202eb زبان\u200cہا") == "red ab زبان\u200cہا"
    assert clean_text("x" * 30_000).endswith("(the rest was cut off)")
    assert outcome_in_words(Ran("x", "timeout", 1.0)) == "This cell was stopped: it took too long."
    assert outcome_in_words(Ran("x", "ok", 1.0)) == ""


@pytest.mark.parametrize("pattern", ["[", "> ", "*a_ ", "`", "<", "- ", "![", "|", "<div>", "[](", "<!--", "$$"])
def test_no_markdown_takes_long(pattern: str) -> None:
    begun = time.perf_counter()
    inert_markdown(pattern * 9_000)
    assert time.perf_counter() - begun < 3
