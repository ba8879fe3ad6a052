"""The tools of the Makefile: what they write, what they never touch, and what they say when they can't."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from benchmarks import engine as bench_engine
from benchmarks import run as bench
from classroom import files, lesson_files
from classroom.files import write_if_changed
from helpers import data
from tests.support.environment import needs_program
from tools import environment, try_latest
from tools.content import codebook, refresh_data

# --- write_if_changed --------------------------------------------------------------------------


def test_a_new_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file.txt"
    assert write_if_changed(path, b"one") is True
    assert path.read_bytes() == b"one"
    assert [item.name for item in path.parent.iterdir()] == ["file.txt"]


def test_unchanged_content_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"same")
    os.utime(path, (1, 1))
    monkeypatch.setattr(os, "replace", lambda *_: pytest.fail("the file was written again"))
    assert write_if_changed(path, b"same") is False
    assert path.stat().st_mtime == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_stay_as_they_were(tmp_path: Path) -> None:
    script, page = tmp_path / "script", tmp_path / "page"
    script.write_bytes(b"old")
    script.chmod(0o755)
    write_if_changed(script, b"new")
    write_if_changed(page, b"new")
    assert stat.S_IMODE(script.stat().st_mode) == 0o755
    assert stat.S_IMODE(page.stat().st_mode) == 0o644  # readable, though a temporary file is private


@pytest.mark.parametrize("step", ["fdopen", "chmod", "replace"])
@pytest.mark.parametrize("problem", [OSError("no space left"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, problem: BaseException
) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(files.os, step, fail)
    with pytest.raises(type(problem)):
        write_if_changed(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["file.txt"]


def test_a_failure_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_if_changed(path, ["not bytes"])  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["file.txt"]


# --- the student's copies ----------------------------------------------------------------------


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of two executed lessons and a template."""
    lessons = tmp_path / "notebooks"
    lessons.mkdir()
    for name in ("00_first.ipynb", "01_second.ipynb", "lesson_template.ipynb"):
        output = new_output("execute_result", {"text/plain": "2"}, execution_count=1)
        cells = [new_markdown_cell(f"# {name}"), new_code_cell("1 + 1", execution_count=1, outputs=[output])]
        nbformat.write(new_notebook(cells=cells, metadata={"widgets": {"state": {}}}), lessons / name)
    monkeypatch.setattr(lesson_files, "ROOT", tmp_path)
    monkeypatch.setattr(lesson_files, "LESSONS", lessons)
    monkeypatch.setattr(lesson_files, "COPIES", tmp_path / "my_notebooks")
    return tmp_path


def copies(course: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((course / "my_notebooks").iterdir())}


def test_each_lesson_is_copied_without_outputs(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    originals = {path: path.read_bytes() for path in (course / "notebooks").iterdir()}
    assert lesson_files.main([]) == 0
    assert list(copies(course)) == ["00_first.ipynb", "01_second.ipynb"]  # the template is not for students
    for name in copies(course):
        notebook = nbformat.read(course / "my_notebooks" / name, as_version=4)
        nbformat.validate(notebook)
        original = nbformat.read(course / "notebooks" / name, as_version=4)
        assert [cell.source for cell in notebook.cells] == [cell.source for cell in original.cells]
        assert [(cell.outputs, cell.execution_count) for cell in notebook.cells if cell.cell_type == "code"] == [([], None)]
        assert "widgets" not in notebook.metadata
    assert {path: path.read_bytes() for path in originals} == originals
    said = capsys.readouterr().out
    assert "my_notebooks" in said and "00_first.ipynb" in said


def test_only_missing_lessons_are_copied(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A student's work is never overwritten: not when it was edited, not when it no longer is a notebook."""
    mine = course / "my_notebooks" / "01_second.ipynb"
    mine.parent.mkdir()
    mine.write_bytes(b"my own words, not even a notebook\r\n")
    os.utime(mine, (1, 1))
    assert lesson_files.main([]) == 0
    assert list(copies(course)) == ["00_first.ipynb", "01_second.ipynb"]
    assert mine.read_bytes() == b"my own words, not even a notebook\r\n" and mine.stat().st_mtime == 1
    assert "01_second" not in capsys.readouterr().out
    before = copies(course)
    assert lesson_files.main([]) == 0
    assert copies(course) == before


def test_a_place_that_cannot_be_written_is_one_sentence(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "my_notebooks").write_bytes(b"a file of mine")
    assert lesson_files.main([]) == 1
    said = capsys.readouterr().err
    assert "could not be written" in said and "my_notebooks" in said and "Traceback" not in said
    assert (course / "my_notebooks").read_bytes() == b"a file of mine"


def test_jupyterlab_opens_where_the_student_left_off(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def last() -> str:
        assert lesson_files.main(["--last"]) == 0
        return capsys.readouterr().out.strip()

    assert last() == "my_notebooks/00_first.ipynb"  # before anything was copied
    lesson_files.main([])
    capsys.readouterr()
    os.utime(course / "my_notebooks" / "01_second.ipynb", (9e9, 9e9))
    assert last() == "my_notebooks/00_first.ipynb"  # a new copy is no work
    for name, day in (("01_second.ipynb", 1e9), ("00_first.ipynb", 2e9), ("my own.ipynb", 3e9)):
        (course / "my_notebooks" / name).write_bytes(b"edited")
        os.utime(course / "my_notebooks" / name, (day, day))
        assert last() == f"my_notebooks/{name.replace(' ', '%20')}"


def test_a_copy_is_hard_to_break_by_accident() -> None:
    for path in lesson_files.lessons():
        cells = nbformat.reads(lesson_files.without_outputs(path).decode(), as_version=4).cells
        code = [cell for cell in cells if cell.cell_type == "code"]
        first, *others = code
        assert first.metadata.deletable is False and first.metadata.editable is False
        for cell in others:
            has_check = any(line.startswith("check(") for line in cell.source.splitlines())
            assert cell.metadata.get("deletable", True) is not has_check and cell.metadata.get("editable", True)
            assert ("raises-exception" in cell.metadata.get("tags", [])) >= has_check


def test_fresh_puts_a_copy_beside_the_old_one(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = course / "my_notebooks" / "01_second.ipynb"
    mine.parent.mkdir()
    mine.write_bytes(b"edited")
    for count in (2, 3):
        assert lesson_files.main(["--fresh", "01"]) == 0
        assert f"01_second_fresh_{count}.ipynb" in capsys.readouterr().out
    assert list(copies(course)) == ["01_second.ipynb", "01_second_fresh_2.ipynb", "01_second_fresh_3.ipynb"]
    assert mine.read_bytes() == b"edited"
    assert nbformat.read(course / "my_notebooks" / "01_second_fresh_3.ipynb", as_version=4).cells[1].outputs == []


def test_fresh_without_an_old_copy_takes_the_lessons_own_name(course: Path) -> None:
    assert lesson_files.main(["--fresh", "00"]) == 0
    assert list(copies(course)) == ["00_first.ipynb"]


@pytest.mark.parametrize("number", ["07", "", "lesson", "*", "../01", "0", "1"])
def test_an_unknown_lesson_is_answered_with_those_there_are(
    course: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    assert lesson_files.main(["--fresh", number]) == 2
    said = capsys.readouterr()
    assert not said.out and repr(number) in said.err and "00, 01" in said.err and "make fresh LESSON=01" in said.err
    assert not (course / "my_notebooks").exists()


# --- make data ---------------------------------------------------------------------------------


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def row(folder: Path, event_id: str) -> pd.Series:
    events = pd.read_csv(folder / "events.csv", dtype="str", keep_default_na=False).set_index("event_id")
    return events.loc[event_id]


def test_the_tables_are_up_to_date(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refresh_data.refresh(data_copy) == [], "run `make data`"
    assert refresh_data.main() == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_a_changed_date_changes_its_bounds(data_copy: Path) -> None:
    change(data_copy / "events.csv", "treaty-of-friendship-1950,1950-02-26,", "treaty-of-friendship-1950,1950-03?,")
    assert refresh_data.refresh(data_copy) == ["events.csv", "datapackage.json"]
    after = row(data_copy, "treaty-of-friendship-1950")
    assert (after["date"], after["earliest"], after["latest"]) == ("1950-03?", "1950-03-01", "1950-03-31")
    assert refresh_data.refresh(data_copy) == []


def test_typed_bounds_do_not_survive(data_copy: Path) -> None:
    change(data_copy / "events.csv", "1950-02-26,1950-02-26,1950-02-26", "1950-02-26,1950-01-01,1950-12-31")
    refresh_data.refresh(data_copy)
    after = row(data_copy, "treaty-of-friendship-1950")
    assert after["earliest"] == after["latest"] == "1950-02-26"


def test_rows_are_sorted_and_spaces_tidied(data_copy: Path) -> None:
    before = (data_copy / "events.csv").read_bytes()
    lines = before.decode().splitlines(keepends=True)
    spoilt = "".join([lines[0], lines[-1], *lines[1:-1]]).replace("Pakistan and Iraq sign", "Pakistan  and Iraq\tsign ")
    (data_copy / "events.csv").write_text(spoilt, encoding="utf-8")
    assert "events.csv" in refresh_data.refresh(data_copy)
    assert (data_copy / "events.csv").read_bytes() == before


def test_the_codebook_counts_anew(data_copy: Path) -> None:
    before = (data_copy / "README.md").read_text(encoding="utf-8")
    events = data_copy / "events.csv"
    text = events.read_text(encoding="utf-8")
    events.write_text(text.replace(",treaty,cooperative,", ",society,cooperative,", 1), encoding="utf-8")
    assert refresh_data.refresh(data_copy) == ["README.md", "datapackage.json"]
    after = (data_copy / "README.md").read_text(encoding="utf-8")
    assert before != after and before.split("<!-- derived")[0] == after.split("<!-- derived")[0]
    assert refresh_data.refresh(data_copy) == []


@pytest.mark.parametrize("broken", ["1950-02-30", "26.2.1950", "1951/1950", "in spring"])
def test_a_broken_date_names_the_event_and_writes_nothing(
    data_copy: Path, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    change(data_copy / "events.csv", "treaty-of-friendship-1950,1950-02-26,", f"treaty-of-friendship-1950,{broken},")
    before = {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()}
    assert refresh_data.main() == 1
    said = capsys.readouterr()
    assert "treaty-of-friendship-1950" in said.err and "events.csv" in said.err and broken in said.err
    assert not said.out
    assert {path: path.read_bytes() for path in data_copy.rglob("*") if path.is_file()} == before


def test_a_missing_table_is_named(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data_copy / "actors.csv").unlink()
    assert refresh_data.main() == 1
    assert "actors.csv" in capsys.readouterr().err
    with pytest.raises(data.DataError, match="actors"):
        refresh_data.refresh(data_copy)


# --- agreement of two coders -------------------------------------------------------------------


def two_by_two(both: int, first_only: int, second_only: int, neither: int) -> tuple[pd.Series, pd.Series]:
    first = ["yes"] * (both + first_only) + ["no"] * (second_only + neither)
    second = ["yes"] * both + ["no"] * first_only + ["yes"] * second_only + ["no"] * neither
    return pd.Series(first), pd.Series(second)


@pytest.mark.parametrize(
    ("counts", "agreement", "kappa"),
    [
        ((30, 0, 0, 70), 1.0, 1.0),  # perfect
        ((25, 25, 25, 25), 0.5, 0.0),  # independent, halves
        ((12, 18, 28, 42), 0.54, 0.0),  # independent: 30 % and 40 % say yes
        ((0, 50, 50, 0), 0.0, -1.0),  # always the contrary
        # A. R. Feinstein, D. V. Cicchetti, "High agreement but low kappa", J Clin Epidemiol 43 (1990), 543–549:
        # the same agreement, and yet 0.70 and 0.32.
        ((40, 9, 6, 45), 0.85, 0.70),
        ((80, 10, 5, 5), 0.85, 0.32),
    ],
)
def test_kappa_has_its_worked_values(counts: tuple[int, int, int, int], agreement: float, kappa: float) -> None:
    first, second = two_by_two(*counts)
    assert codebook.agreement(first, second) == pytest.approx(agreement)
    assert codebook.cohen_kappa(first, second) == pytest.approx(kappa, abs=0.005)
    assert codebook.cohen_kappa(second, first) == pytest.approx(codebook.cohen_kappa(first, second))


def test_kappa_of_one_category_is_not_a_number() -> None:
    """Two coders who never had to choose have not shown that they agree."""
    same = pd.Series(["none"] * 5)
    assert codebook.cohen_kappa(same, same) != codebook.cohen_kappa(same, same)


def test_kappa_counts_a_category_that_one_coder_alone_used() -> None:
    first, second = pd.Series(["a", "a", "b", "c"]), pd.Series(["a", "a", "b", "b"])
    assert codebook.cohen_kappa(first, second) == pytest.approx((0.75 - 0.375) / (1 - 0.375))


def test_the_codebook_refuses_an_unknown_block() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        codebook.with_counts("<!-- derived: nonsense -->\n<!-- end -->")


# --- make latest -------------------------------------------------------------------------------


def test_latest_asks_for_every_need_without_its_pin() -> None:
    names = try_latest.packages()
    assert {"pandas", "jupyterlab", "nbgrader", "pytest", "types-pyyaml"} <= set(names)
    assert not [name for name in names if re.search(r"[<>=\[; ]", name)]


def test_latest_says_so_when_it_cannot_install_and_never_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise environment.SetUpError("No mirror is within reach.")

    monkeypatch.setattr(try_latest.subprocess, "run", lambda *_, **__: None)
    monkeypatch.setattr(environment, "pip", refuse)
    assert try_latest.main() == 0
    assert "so nothing was tested. No mirror is within reach." in capsys.readouterr().out


@pytest.mark.parametrize(("ends", "said"), [(0, "every test passed."), (1, "**not every test passed**.")])
def test_latest_runs_the_tests_on_a_copy_with_nothing_of_the_student(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ends: int, said: str
) -> None:
    def run(command: list[str], cwd: Path | None = None, **_: object) -> SimpleNamespace:
        if cwd is not None:
            for name in (
                "pyproject.toml",
                ".gitattributes",
                "data/events.csv",
                "helpers/data.py",
                "tests/tools/test_tools.py",
            ):
                assert (cwd / name).is_file()
            assert not [name for name in (".git", ".venv", "my_notebooks", "data/article.txt") if (cwd / name).exists()]
        return SimpleNamespace(returncode=ends, stdout="9 " * len(try_latest.packages()))

    monkeypatch.setattr(try_latest.subprocess, "run", run)
    monkeypatch.setattr(environment, "pip", lambda *_: None)
    assert try_latest.main() == 0
    shown = capsys.readouterr().out
    assert "- pandas 9 (locked: 3.1.1)" in shown and shown.endswith(f"With the newest versions {said}\n")


# --- make bench --------------------------------------------------------------------------------


def test_tasks_run_in_turn_after_a_run_that_is_not_counted() -> None:
    order: list[str] = []

    def task(name: str) -> float:
        order.append(name)
        return float(len(order))

    times = bench.interleaved({"a": lambda: task("a"), "b": lambda: task("b")}, 2)
    assert order == ["a", "b"] * 3
    assert times == {"a": [3.0, 5.0], "b": [4.0, 6.0]}


def test_the_benchmark_says_what_is_over_its_bound() -> None:
    rows = [bench.Row("one", "3 ms", "2 ms", 1.5, "2 ms", False), bench.Row("two", "1 ms", bound="2 ms", within=True)]
    text = bench.report(rows, 7)
    assert "| one | 3 ms | 2 ms | 1.50 | 2 ms | **over** |" in text
    assert "| two | 1 ms |  |  | 2 ms | ok |" in text
    assert "Medians of 7 runs" in text and "pandas" in text


def test_a_lesson_that_fails_gets_a_row_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), tmp_path / "00_broken.ipynb")
    monkeypatch.setattr(bench, "LESSONS", tmp_path)
    assert [row.measured for row in bench.lesson_rows(1)] == ["failed: ZeroDivisionError"]


def test_the_engine_is_measured_against_the_same_work_in_a_bare_fork() -> None:
    """The baseline must take what the engine takes: questions with their tables, some of them loaded already."""
    needs_program("bwrap")
    (cells, whole, *memory) = bench_engine.rows(1, 5)
    assert "(17 and 0)" in cells.what and re.search(r"\(17 and [1-9]\d*\)", whole.what)
    assert all(row.ratio and row.ratio > 0 for row in (cells, whole))
    assert memory[0].bound == ""  # five are too few to promise anything
