"""What is remembered of a student, where and where not; second hints and solutions, and when they are shown."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import helpers
from helpers import check, class_settings, progress, solution, solved
from helpers.exercises import feedback
from helpers.progress_page import claims_met, printed

EMPTY = "0 solved and 0 written, of 53."


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(solved, "_now", {})
    monkeypatch.setattr(feedback, "_tries", {})
    monkeypatch.setattr(class_settings, "FILE", tmp_path / "class_settings.toml")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "my_notebooks"
    (folder / "assignments").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder / "progress.json"


def said(capsys: pytest.CaptureFixture[str], call: Any, *args: Any, **options: Any) -> str:
    capsys.readouterr()
    call(*args, **options)
    return capsys.readouterr().out


def test_a_day_is_remembered_beside_the_students_copies(
    mine: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check("00.1", 47)
    assert not mine.exists()
    check("00.1", 48)
    check("01.5", "1c is right.")
    kept = json.loads(mine.read_text(encoding="utf-8"))
    assert list(kept["solved"]) == ["00.1", "01.5"] and set(kept) == {"about", "solved"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in kept["solved"].values())
    assert [path.name for path in mine.parent.iterdir() if path.is_file()] == ["progress.json"]
    kept["solved"]["00.1"] = "2026-01-05"
    mine.write_text(json.dumps(kept), encoding="utf-8")
    monkeypatch.setattr(solved, "_now", {})  # another day, another kernel
    check("00.1", 48)
    assert json.loads(mine.read_text(encoding="utf-8"))["solved"]["00.1"] == "2026-01-05"
    text = said(capsys, progress, "00")
    assert "1 solved and 1 written, of 53." in text and "✔ 00.1 (5 January 2026)" in text and "my_notebooks/" in text
    monkeypatch.chdir(mine.parent / "assignments")
    assert "1 solved" in said(capsys, progress)
    assert EMPTY in said(capsys, progress, forget=True)
    assert not mine.exists()


def test_nothing_is_written_anywhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("00.1", 48)
    text = said(capsys, progress, "00")
    assert "1 solved" in text and "until you close this notebook" in text
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_teacher_can_switch_it_off(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class_settings.FILE.write_text('progress = "off"\n', encoding="utf-8")
    check("00.1", 48)
    assert not mine.exists() and "until you close this notebook" in said(capsys, progress)
    class_settings.FILE.write_text("progress = off", encoding="utf-8")  # no TOML, but what is meant is plain
    assert not class_settings.is_on("progress") and not class_settings.is_on("solutions")
    class_settings.FILE.write_text('progress = "on"\n', encoding="utf-8")
    assert class_settings.is_on("progress") and class_settings.is_on("solutions")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"solved": []}', '{"solved": {"x": "y"}}', '{"solved": {"00.1": 3}}', "3", "\ufeff{}"]
)
def test_a_file_that_holds_something_else_is_left_as_it_is(
    mine: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mine.write_text(content, encoding="utf-8")
    check("00.1", 48)
    assert mine.read_text(encoding="utf-8") == content
    text = said(capsys, progress)
    assert "1 solved" in text and "left as it is" in text
    assert "Good answers" not in said(capsys, solution, "00.1")


def test_the_file_is_whole_at_every_moment(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check("00.1", 48)
    before = mine.read_bytes()

    def full(*_: Any, **__: Any) -> None:
        raise OSError("no space")

    monkeypatch.setattr(os, "replace", full)
    check("00.2", ["claim", "source", "opinion"])
    assert mine.read_bytes() == before and [path.name for path in mine.parent.glob("*.json*")] == ["progress.json"]
    monkeypatch.setattr(Path, "write_text", full)
    check("00.4", "asad-middle-east-division")  # is shown all the same


def test_the_empty_state_says_no_day_and_offers_no_page() -> None:
    from helpers.progress_page import _page

    html = _page("01", {}, "")._repr_mimebundle_()["text/html"]
    assert EMPTY in html and "href" not in html and "2026" not in html


def test_the_picture_of_the_claims_stands_with_all_lessons_and_not_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(sys.modules[progress.__module__], "put_figure", lambda png, alt, words: drawn.append(alt))
    monkeypatch.setattr(solved, "days", lambda: {"01.1": "2026-01-05"})
    progress("01")
    assert drawn == []
    progress()
    assert len(drawn) == 1 and "claims" in drawn[0]


def test_an_unknown_lesson_is_answered_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no lesson '77'. Lessons: 00, 01," in said(capsys, progress, "77")


def test_the_printed_summary_is_a_whole_page_that_asks_no_other_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    page = printed({"00.1": "2026-01-05", "01.5": "2026-01-06"})
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            opened.append(tag)
            assert all(str(value).startswith("data:") for name, value in attrs if name in ("src", "href"))

    Reader().feed(page)
    assert "<th scope='row'>01</th><td>1 of " in page and "<th scope='row'>02</th><td>0 of " in page
    assert opened.count("tr") == 12 and "☑ 01.5 (written, 6 January 2026)" in page and "not a certificate" in page


def test_the_claims_that_were_met_are_those_of_lessons_that_were_begun() -> None:
    assert claims_met({}) == []
    assert claims_met({"01.1": "2026-01-05"}) == ["1a", "1b", "1c", "1d", "1e", "1f"]


# ---------------------------------------------------------------------------------------- second hints, solutions


def shown(exercise: str, answer: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The summaries that are folded beneath the feedback."""
    found: list[Any] = []
    monkeypatch.setattr(feedback, "put", found.append)
    check(exercise, answer)
    html = found[0]._repr_mimebundle_()["text/html"]
    assert html.count("<details>") == len(found[0].folds)
    return [fold.summary for fold in found[0].folds]


HINT, ONE, TWO = "A second hint", "One good solution, and how to read it", "Two good answers that disagree"


def test_a_hint_comes_at_once_and_a_solution_after_three_different_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown("00.1", ..., monkeypatch) == []
    assert shown("00.1", 1, monkeypatch) == [HINT]
    assert shown("00.1", 1, monkeypatch) == [HINT]
    assert shown("00.1", 2, monkeypatch) == [HINT]
    assert shown("00.1", 3, monkeypatch) == [HINT, ONE]
    assert shown("00.1", 48, monkeypatch) == [ONE]
    assert shown("99.1", 48, monkeypatch) == []


def test_answers_to_a_judgement_are_shown_after_ones_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        assert shown("03.2", f"no-{number}", monkeypatch) == [HINT]
    assert TWO not in said(capsys, solution, "03.2") and "write it first" in said(capsys, solution, "03.2")
    assert shown("03.2", "jta-1971-12-09", monkeypatch) == [TWO]
    assert TWO in said(capsys, solution, "03.2")


def test_forecasts_of_others_are_shown_after_ones_own_are_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    solved.remember("08.2")
    assert "Lock your forecasts first" in said(capsys, solution, "08.2")
    Path("my_forecasts.csv").write_text("x", encoding="utf-8")
    assert TWO in said(capsys, solution, "08.2")


def test_a_teacher_can_keep_the_solutions_back(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class_settings.FILE.write_text('solutions = "off"\n', encoding="utf-8")
    assert [shown("00.1", number, monkeypatch) for number in (1, 2, 3)] == [[HINT]] * 3
    assert shown("00.1", 48, monkeypatch) == []
    text = said(capsys, solution, "00.1")
    assert "shown later, by your teacher" in text and HINT in text and ONE not in text


def test_a_solution_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, solution, "01.2")
    assert HINT in text and ONE in text and 'founding.sort_values("title").head(3)' in text
    for odd in ("1.2", "77.1", 3, None, ...):
        assert "Which one?" in said(capsys, solution, odd)


def test_without_the_folder_of_solutions_everything_else_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(feedback.folded, "known_solution", lambda exercise: None)
    assert shown("00.1", 1, monkeypatch) == shown("00.1", 48, monkeypatch) == []
    assert "has no solution" in said(capsys, solution, "00.1")


def test_the_new_names_are_lazy_like_the_others() -> None:
    assert {"progress", "short_errors", "solution"} <= set(helpers.__all__)


def test_no_name_for_students_is_the_name_of_a_module() -> None:
    """Python sets an imported module on its package: `helpers.progress` was the module wherever that came first."""
    modules = {module.name for module in pkgutil.iter_modules(helpers.__path__)}
    assert "progress_page" in modules and not modules & set(helpers.__all__)
