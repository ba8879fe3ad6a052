"""`new` begins a course on another article, and everything works on its tables: proved with a second set of events."""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from classroom.assignments import hidden_tables
from classroom.commands import new as verb
from classroom.errors import TeacherError
from classroom.lesson_plans import minutes
from classroom.new_course import skeleton
from classroom.new_course.next_lesson import begin_lesson

ROOT = Path(__file__).resolve().parents[2]
SECOND = ROOT / "tests" / "second_article"
TITLE = 'How "long" is a metre?'
EVENTS = [{"name": name} for name in ("event_id", "date", "kind", "checked")]
ADDRESS = "https://example.org/metre"


def run(folder: Path, *, paragraphs: int = 4, languages: str = "fr", dry_run: bool = False) -> int:
    given = {"folder": folder, "title": TITLE, "address": ADDRESS, "paragraphs": paragraphs, "dry_run": dry_run}
    more = {"between": "the four academies", "languages": languages, "authors": "Ana Li"}
    return verb.run(argparse.Namespace(**given, **more))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new course, as `new` leaves it."""
    folder = tmp_path_factory.mktemp("new") / "course"
    assert run(folder) == 0
    return folder


@pytest.fixture(scope="module")
def filled(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new course with the tables of the second article."""
    folder = tmp_path_factory.mktemp("filled") / "course"
    shutil.copytree(empty, folder)
    for path in SECOND.glob("*.csv"):
        shutil.copy(path, folder / "data")
    return folder


def ran(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder, with its own modules and no others of ours."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PYTHONPATH": str(folder)}
    return subprocess.run([sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def used(filled: Path) -> dict[str, Any]:
    """What came out when the whole of the new course was used."""
    done = ran(filled, str(SECOND / "use_it.py"))
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_new_course_reads_its_own_tables(filled: Path, used: dict[str, Any]) -> None:
    assert used["folder"] == str(filled / "data")
    rows = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in SECOND.glob("*.csv")}
    empty = {"reports", "forecasts", "codings", "claim_sources", "searches"}
    assert empty <= set(used["tables"]) and used["tables"] == dict.fromkeys(used["tables"], 0) | rows
    assert used["eras"] == {"earth-and-bar": 4, "treaty-and-light": 6}
    assert used["earliest"] == "1792-01-01" and used["actors"] == "General Conference on Weights and Measures"


def test_its_verbs_run_and_a_second_time_change_nothing(filled: Path, used: dict[str, Any]) -> None:
    # A lesson under another name than its era's, and one that is there already.
    assert {name: code for name, code in used["ran"].items() if code} == {"other_name": 2, "refused": 2}
    page = (filled / "notebooks" / "glossary.md").read_text(encoding="utf-8")
    assert 'French: <span lang="fr">Convention du Mètre</span>' in page and "French stands where" in page
    assert used["kit"] > 10_000
    assert sorted(path.name for path in (filled / "my_notebooks").iterdir()) == [
        *("01_first_lesson.ipynb", "02_treaty_and_light.ipynb"),
        "glossary.md",
    ]
    from frictionless import Package  # here: it takes a third of a second, which processes with other tests need not spend

    report = Package(str(filled / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "note"])


def test_graded_work_goes_from_the_pattern_to_a_mark_on_hidden_tables_of_its_own_rules(
    filled: Path, used: dict[str, Any]
) -> None:
    rows = list(csv.DictReader(used["points"].splitlines()))
    assert [(row["student_id"], float(row["q1"]), row["status"]) for row in rows] == [
        ("s001", 2, "graded"),
        ("s002", 0, "graded"),
    ]
    package = json.loads((filled / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert set(used["hidden"]) == {resource["name"] for resource in package["resources"] if "hidden" in resource}
    real = (filled / "data" / "events.csv").read_text(encoding="utf-8")
    real, other = (list(csv.DictReader(text.splitlines())) for text in (real, used["hidden"]["events"]))
    assert [row["event_id"] for row in other] == [row["event_id"] for row in real]
    assert [row["kind"] for row in other] != [row["kind"] for row in real]


def test_a_wrong_rule_of_hidden_tables_is_named() -> None:
    resource = {"name": "events", "schema": {"fields": EVENTS}}
    for step, said in (
        ({"shake": ["date"]}, "{'shake': ['date']} is no step. A step has one of resample, deal,"),
        ({"deal": ["colour"]}, "there is no column 'colour'. Its columns are checked, date,"),
        ({"deal": ["kind"], "within": "era"}, "there is no column 'era'."),
        ({"deal": ["kind"], "relabel": ["kind"]}, "is no step."),
        ({}, "{} is no step."),
    ):
        with pytest.raises(TeacherError, match=re.escape(said)):
            hidden_tables._check_steps(resource, [step])


def test_the_editions_say_whose_course_they_are(filled: Path, used: dict[str, Any]) -> None:
    assert {"01_first_lesson.html", "02_treaty_and_light.html", "events.html", "glossary.html"} <= set(used["pages"])
    start = html.unescape(used["start"])
    assert f"<title>{TITLE}</title>" in start and "Ana Li" in start and "A New Chapter" not in start and "Iraq" not in start
    assert set(used["slides"]) == {"01_first_lesson.html", "02_treaty_and_light.html"} and min(used["slides"].values()) > 5
    listed = re.findall(r"path=([\w/.]+\.ipynb)", used["site"])
    assert list(dict.fromkeys(listed)) == ["notebooks/01_first_lesson.ipynb", "notebooks/02_treaty_and_light.ipynb"]
    for question in ("Can the Earth give a measure to everybody?", "Who decides how long a metre is?"):
        assert question in used["site"]
    assert {"how-long-is-a-metre/start_on_windows.bat", "how-long-is-a-metre/my_notebooks/02_treaty_and_light.ipynb"} <= set(
        used["zip"]
    )
    assert "By effect on the four academies" in used["timeline"]


def test_its_own_tests_hold_and_notice_a_solution_that_is_missing(filled: Path, used: dict[str, Any]) -> None:
    solutions = filled / "content/lessons/lesson_02.py"
    kept = solutions.read_text(encoding="utf-8")
    solutions.write_text(kept.replace('"02.1": lambda', '"02.9": lambda'), encoding="utf-8")
    done = ran(filled, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests")
    solutions.write_text(kept, encoding="utf-8")
    assert done.returncode == 1 and "02.1 has no solution in content/lessons/lesson_02.py" in done.stdout
    assert re.search(r"1 failed, \d\d passed", done.stdout), done.stdout


def test_timelines_explorer_and_spans_work_on_them(used: dict[str, Any]) -> None:
    assert "A timeline of 10 events: the first is dated 1675, the last 20 May 2019" in used["timeline"]
    assert "from 1792 to about 1798" in used["timeline"] and "Earth and bar" in used["timeline"]
    assert "Delambre and Méchain" in used["lanes"] and "The speed of light" in used["spans"]
    assert "<img alt=" in used["explored"] and "takes a new bar" in used["explored"] and "BIPM" not in used["explored"]
    assert used["treaties"] == ["metre-convention-1875"]
    assert used["table"].count("<tr") == 4 and "3 of 10 rows" in used["table"]


def test_feedback_and_the_article_work_on_them(used: dict[str, Any]) -> None:
    assert used["exercises"] == ["01.1", "01.2"]
    assert (used["right"], used["wrong"], used["column"]) == ("right", "not yet", "right")
    assert used["paragraph"].startswith(f"Paragraph 4 of 4: read it at {ADDRESS}")


def test_a_broken_rule_is_named_with_its_row(filled: Path, used: dict[str, Any], tmp_path: Path) -> None:
    shutil.copytree(filled, tmp_path / "course")
    path = tmp_path / "course" / "data" / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("4a,4,", "4a,5,"), encoding="utf-8")
    done = ran(tmp_path / "course", "-m", "tools.content.refresh_data")
    assert done.returncode == 1 and "claims.csv, line 4, column 'paragraph': '5' must be at most 4" in done.stderr


def test_the_first_lesson_runs_on_the_second_article_and_on_no_rows_at_all(
    empty: Path, filled: Path, used: dict[str, Any], tmp_path: Path
) -> None:
    lesson = "notebooks/01_first_lesson.ipynb"
    course = shutil.copytree(empty, tmp_path / "course")
    code = (
        "from tools.content import refresh_data as d, refresh_notebooks as n; raise SystemExit(d.main() or n.main(['%s']))"
    )
    done = ran(course, "-c", code % lesson)
    assert done.returncode == 0, done.stderr
    for folder, words in ((course, "No events to show"), (filled, "A timeline of 10 events")):
        outputs = (folder / lesson).read_text(encoding="utf-8")
        assert words in outputs and "Not answered yet" in outputs and '"output_type": "error"' not in outputs


def test_the_first_lesson_keeps_the_minutes_of_a_lesson(empty: Path) -> None:
    path = empty / "notebooks" / "01_first_lesson.ipynb"
    assert minutes.faults(minutes.read_lesson(path)) == []
    assert all(not cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells)


def test_a_new_course_begins_empty_with_its_own_name_and_true_hashes(empty: Path) -> None:
    package = json.loads((empty / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == "how-long-is-a-metre" and package["title"].startswith(TITLE)
    assert package["article"] == {"address": ADDRESS, "paragraphs": 4, "between": "the four academies"}
    for resource in package["resources"]:
        content = (empty / "data" / resource["path"]).read_bytes()
        assert content.decode() == ",".join(field["name"] for field in resource["schema"]["fields"]) + "\n"
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}" and resource["bytes"] == len(content)


def test_nothing_of_our_story_is_left_in_its_pages_and_tables(empty: Path) -> None:
    ours = re.compile(r"Pakistan|Iraq|Arab News|Umar Karim|March 2021")
    pages = [
        path for path in empty.rglob("*") if path.suffix in (".md", ".ipynb", ".csv", ".json") or path.name == "Makefile"
    ]
    assert len(pages) > 15
    for path in pages:
        text = path.read_text(encoding="utf-8").replace("*A New Chapter? Pakistan and Iraq, 1947–2026*", "")
        assert not ours.search(text), path.name
    assert not list((empty / "helpers" / "exercises").rglob("lesson_0[02-9].py"))
    assert [path.name for path in (empty / "tests").iterdir()] == ["test_course.py"]


def test_every_verb_of_its_makefile_runs_something_that_is_there(empty: Path) -> None:
    text = (empty / "Makefile").read_text(encoding="utf-8")
    modules = set(re.findall(r"-m ((?:tools|classroom)[\w.]*)", text))
    assert {"tools.content.refresh_data", "classroom.lesson_files", "classroom"} <= modules
    for module in modules:
        path = empty.joinpath(*module.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    assert (empty / "tools" / "lab_overrides.json").exists()
    ours = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    theirs = set(re.findall(r"^([a-z]+):", text, flags=re.MULTILINE))
    # What is left is a maintainer's: the environment of this repository, its speed, its lint; a course of one's own; its
    # translations; and a hub, whose lock is this course's.
    left = {"anew", "quick", "lint", "bench", "latest", "lock", "new", "poster", "translate", "hub"}
    assert ours - theirs <= left and "lesson" in theirs


def test_a_folder_that_is_not_free_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(TeacherError, match="is not empty, and nothing in it is overwritten"):
        run(tmp_path)
    with pytest.raises(TeacherError, match="is a file"):
        run(tmp_path / "mine.txt")
    with pytest.raises(TeacherError, match="lies in the folder of this course"):
        run(ROOT / "build" / "my_course")
    with pytest.raises(TeacherError, match="at least one paragraph, but --paragraphs is 0"):
        run(tmp_path / "course", paragraphs=0)
    with pytest.raises(TeacherError, match="'french' is no code of a language"):
        run(tmp_path / "course", languages="fr,french")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_dry_run_makes_nothing_and_a_stopped_run_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path / "course", dry_run=True) == 0 and list(tmp_path.iterdir()) == []

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(skeleton.os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "course")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_free(tmp_path: Path) -> None:
    assert run(tmp_path) == 0 and (tmp_path / "README.md").is_file()


def test_a_new_lesson_has_the_name_of_its_era_or_a_number_of_its_own(filled: Path, tmp_path: Path) -> None:
    shutil.copytree(filled / "data", tmp_path / "data")
    with pytest.raises(TeacherError, match="names lesson 02 '02_treaty_and_light', but '02_its_name' was given"):
        begin_lesson("02_its_name", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    lesson, *others = begin_lesson("07_the_article", tmp_path)
    assert [path.stem for path in (lesson, *others)] == ["07_the_article", "lesson_07", "lesson_07"]
    for path in others:
        path.unlink()  # a lesson without exercises has its number, too
    with pytest.raises(TeacherError, match="07_the_article.ipynb is there already"):
        begin_lesson("07_another_name", tmp_path)
