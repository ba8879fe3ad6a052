"""Lessons keep the form that a teacher relies on, and stored outputs that are really compared."""

from __future__ import annotations

import base64
import re
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from tests.support.lesson import ALL, LESSONS, NOTEBOOKS, PARTS, minutes, read
from tools.content import gallery, lesson_table
from tools.editions.binder import published

each_notebook = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
ALLOWED_TAGS = {"raises-exception"}


@each_notebook
def test_every_code_cell_was_run_in_order(path: Path) -> None:
    """nbval compares nothing in a cell without an execution count."""
    counts = [cell.execution_count for cell in read(path) if cell.kind == "code"]
    assert counts == list(range(1, len(counts) + 1)), "Run `make notebooks`."


@each_notebook
def test_no_cell_escapes_the_comparison(path: Path) -> None:
    cells = read(path)
    assert {tag for cell in cells for tag in cell.tags} <= ALLOWED_TAGS
    assert not any("NBVAL" in cell.source for cell in cells)
    errors = [cell for cell in cells if any(output["output_type"] == "error" for output in cell.outputs)]
    assert [cell.number for cell in errors] == [cell.number for cell in cells if "raises-exception" in cell.tags]
    assert len(errors) <= 1


@each_notebook
def test_nothing_is_printed_as_a_warning_and_no_address_of_an_object_is_stored(path: Path) -> None:
    for cell in read(path):
        for output in cell.outputs:
            assert output.get("name") != "stderr", (cell.number, output)
            assert not re.search(r"0x[0-9a-f]{6,}", str(output.get("data", {}).get("text/plain", ""))), cell.number


@each_notebook
def test_every_picture_has_an_alternative_text_and_words(path: Path) -> None:
    assert path.stat().st_size <= 900_000
    for cell in read(path):
        pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        words = [output for output in cell.outputs if "In words." in str(output.get("data", {}).get("text/plain", ""))]
        assert len(pictures) == len(words), cell.number
        for picture in pictures:
            alt = picture["metadata"]["image/png"]["alt"]
            assert 20 < len(alt) <= 250 and alt.endswith("."), (cell.number, alt)
            assert len(base64.b64decode(picture["data"]["image/png"])) <= 200 * 1024, cell.number
        assert "![](" not in cell.source and not re.search(r"<img(?![^>]*\balt=)", cell.source), cell.number


@each_notebook
def test_the_first_code_cell_imports_what_a_browser_edition_must_fetch(path: Path) -> None:
    first = next(cell for cell in read(path) if cell.kind == "code")
    for line in (
        'sys.path.insert(0, "..")',
        "import matplotlib.pyplot as plt",
        "import pandas as pd",
        "from helpers import",
    ):
        assert line in first.source, line


@each_notebook
def test_common_errors_are_told_in_a_few_words(path: Path) -> None:
    first = next(cell for cell in read(path) if cell.kind == "code")
    assert re.search(r"^from helpers import .*\bshort_errors\b", first.source, re.MULTILINE)
    assert re.search(r"^short_errors\(\)", first.source, re.MULTILINE)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_ends_with_what_was_solved_and_leads_to_the_next(path: Path) -> None:
    cells = read(path)
    last = [cell for cell in cells if cell.kind == "code"][-1]
    called = re.findall(r"^progress\((.*?)\)", last.source, re.MULTILINE)
    following = [*LESSONS, NOTEBOOKS / "going_on.md"][LESSONS.index(path) + 1]
    # the last lesson shows all of it
    assert called == ([f'"{path.name[:2]}"'] if following.suffix == ".ipynb" else [""])
    ways_on = [line for cell in cells if cell.kind == "markdown" for line in cell.lines if line.startswith("**Next**: ")]
    assert len(ways_on) == 1 and f"]({following.name})" in ways_on[0], ways_on
    assert following.is_file()


@each_notebook
def test_cells_are_short(path: Path) -> None:
    code = [cell for cell in read(path) if cell.kind == "code"]
    assert max(cell.source.count("\n") + 1 for cell in code) <= 12
    assert median(len(cell.lines) for cell in code) <= 4
    assert len(code) <= 45


@each_notebook
def test_there_are_enough_words_for_each_line_of_code(path: Path) -> None:
    cells = read(path)
    words = sum(cell.words for cell in cells if cell.kind == "markdown")
    lines = sum(len(cell.lines) for cell in cells if cell.kind == "code")
    assert words >= 15 * lines, (words, lines)


@each_notebook
def test_tables_show_at_most_eight_rows(path: Path) -> None:
    for cell in read(path):
        for output in cell.outputs:
            table = str(output.get("data", {}).get("text/html", ""))
            assert table.count("<tr") <= 9, cell.number


@each_notebook
def test_the_core_path_fits_fifty_minutes(path: Path) -> None:
    cells = read(path)
    core = [cell for cell in cells if cell.part == "core"]
    code = [cell for cell in core if cell.kind == "code"]
    assert {cell.part for cell in cells} == set(PARTS)
    assert len(code) <= 16
    assert sum(cell.words for cell in core if cell.kind == "markdown") <= 1200
    assert sum(cell.source.count("check(") for cell in code) == 2
    spent = minutes(cells, "core")
    assert sum(spent.values()) == 50 and spent["talk"] >= 10, spent


@each_notebook
def test_the_opening_tells_the_minutes_that_the_cells_add_up_to(path: Path) -> None:
    cells = read(path)
    spent = minutes(cells, "core")
    words = f"{spent['teaching']} minutes of teaching, {spent['exercise']} of exercises, {spent['talk']} of talk"
    assert words in cells[0].source, words


@each_notebook
def test_the_lesson_has_the_parts_of_a_lesson(path: Path) -> None:
    cells = read(path)
    opening, prose = cells[0].source, "\n".join(cell.source for cell in cells if cell.kind == "markdown")
    for needed in (
        "# ",
        "*What you'll do*",
        "*What you'll learn*",
        "| You need |",
        "**Time**",
        "**The article**",
        "**Uncertain",
    ):
        assert needed in opening, needed
    learn = opening.split("*What you'll learn*")[1].split("| You need")[0]
    assert 3 <= learn.count("\n- ") <= 5
    for needed in (
        "sources disagree",
        "article does not say",
        "## The code in one place",
        "## Key points",
        "**To discuss.**",
    ):
        assert needed in prose, needed
    assert "**Exit ticket.**" in prose and "**Next**" in prose
    assert re.search(r"[Gg]uess|[Pp]redict", prose)
    code = "\n".join(cell.source for cell in cells if cell.kind == "code")
    assert "plot_timeline(" in code and "explore_timeline(" in code and "select_events(" in code


@each_notebook
def test_headings_go_down_one_step_at_a_time(path: Path) -> None:
    levels = [
        len(match[1])
        for cell in read(path)
        if cell.kind == "markdown"
        for match in re.finditer(r"^(#+) ", cell.source, flags=re.MULTILINE)
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_notebook
def test_every_section_begins_a_cell_so_that_its_part_and_minutes_are_its_own(path: Path) -> None:
    for cell in read(path):
        if cell.kind == "markdown":
            assert not re.search(r"(?<=\n)## (?!Key points)", cell.source.removeprefix("## ")), cell.number


def test_timelines_before_lesson_09_stop_at_the_article() -> None:
    for path in LESSONS:
        if path.name < "09":
            for cell in read(path):
                for output in cell.outputs:
                    text = str(output.get("data", {}).get("text/plain", "")) + str(
                        output.get("data", {}).get("text/html", "")
                    )
                    assert not re.search(
                        r"\b202[2-9]\b|(April|May|June|July|August|September|October|November|December) 2021", text
                    ), (
                        path.name,
                        cell.number,
                    )


def test_the_template_is_kept_beside_the_lessons() -> None:
    assert (NOTEBOOKS / "lesson_template.ipynb") in ALL


def test_the_table_of_lessons_and_the_picture_in_the_readme_are_up_to_date() -> None:
    text = (NOTEBOOKS.parent / "README.md").read_text(encoding="utf-8")
    assert lesson_table.with_table(text, published()) == text, "Run `make notebooks`."
    text += (NOTEBOOKS.parent / "data" / "README.md").read_text(encoding="utf-8").replace("../notebooks", "notebooks")
    for name, _, words in gallery.drawn():
        assert f"![{words}](notebooks/images/{name}.png)" in text, "Run `make notebooks`."
