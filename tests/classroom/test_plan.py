"""`make plan`: the minutes add up, and the tables of the teacher's guide say what the notebooks say."""

from __future__ import annotations

import argparse
import dataclasses
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from classroom.commands import plan as verb
from classroom.errors import TeacherError
from classroom.lesson_plans import answers, load, minutes, pages, tables
from helpers.exercises import exercise_ids
from tests.support.lesson import LESSONS, facts_of

ROOT = Path(__file__).resolve().parents[2]


def heading(title: str, part: str = "", **activities: int):
    course = {"part": part, **activities} if part else dict(activities)
    return nbformat.v4.new_markdown_cell(f"## {title}\n\nText.", metadata={"course": course})


def write_course(root: Path, cells: list, words: str = "40 minutes of teaching, 0 of exercises, 10 of talk") -> Path:
    opening = nbformat.v4.new_markdown_cell(f"# 07 · A lesson\n\n- **Time**: {words}.")
    folder = root / "notebooks"
    (folder / "teaching").mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[opening, *cells]), folder / "07_a_lesson.ipynb")
    (folder / "teaching" / "routes.csv").write_text(
        "route,session,minutes,lesson,plan,also\nOne hour,1,60,07,50,\n", encoding="utf-8"
    )
    return root


@pytest.fixture
def course(tmp_path: Path) -> Path:
    cells = [
        heading("1 · First", "core", teaching=20),
        nbformat.v4.new_code_cell('answer = ...\ncheck("07.1", answer)'),
        heading("2 · Second", teaching=20, talk=10),
        heading("Going further: long", "going further", teaching=35),
        heading("Going further: too long", exercise=8),
        nbformat.v4.new_markdown_cell("**Your turn 07.2.** On paper."),
        heading("Going further: short", teaching=5),
    ]
    return write_course(tmp_path, cells)


def page(course: Path, text: str) -> Path:
    path = course / "notebooks" / "teaching" / "lesson_07.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_tables_of_the_guide_are_up_to_date_and_the_minutes_right() -> None:
    assert pages.refresh(ROOT, check=True) == [], "Run `make plan`."
    assert pages.faults(ROOT) == []


def test_a_table_is_written_once_and_the_prose_around_it_is_kept(course: Path) -> None:
    path = page(course, "Before.\n\n<!-- plan 50 -->\n<!-- end -->\n\nAfter.\n\n<!-- plan 90 -->\nold\n<!-- end -->\n")
    assert pages.refresh(course, check=True) == ["lesson_07.md"]
    assert "old" in path.read_text(encoding="utf-8")  # a check writes nothing
    assert pages.refresh(course) == ["lesson_07.md"]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Before.\n\n<!-- plan 50 -->\n| Clock |") and "\n\nAfter.\n\n" in text and "old" not in text
    assert "| 0:00–0:20 | 1 · First | 20 |  |  | 07.1 |" in text
    assert "| 0:20–0:50 | 2 · Second | 20 |  | 10 |  |" in text
    assert pages.refresh(course) == []


def test_every_plan_begins_with_a_question_of_its_own() -> None:
    guide = sorted((ROOT / "notebooks" / "teaching").glob("lesson_*.md"))
    hooks = [re.search(r"Before any cell: (.*?) Each writes", page.read_text(encoding="utf-8")) for page in guide]
    assert all(hooks) and len({found[1] for found in hooks if found}) == len(guide) > 10


def test_a_class_is_never_left_to_listen_without_a_word_to_the_teacher(course: Path) -> None:
    lesson = minutes.read_lesson(course / "notebooks" / "07_a_lesson.ipynb")
    assert minutes.longest_listening(lesson.part(minutes.CORE))[0] == 20  # half of the first section, half of the second
    said = tables.room(lesson, "Why?", 6)
    assert "The longest time without any of them: 20 minutes. Break it once, in the section *1 · First*: each writes" in said
    long = [
        dataclasses.replace(lesson.sections[0], title=name, exercises=(), teaching=8, talk=0) for name in ("a", "b", "c")
    ]
    assert minutes.longest_listening([*long, dataclasses.replace(long[0], title="d", guesses=1)]) == (28, long[1])
    assert minutes.longest_listening([]) == (0, None)
    assert "07.1: two minutes alone" in said and "| 07.2, then helps a neighbour with 07.1" in said and "6 groups" in said
    guessed = dataclasses.replace(lesson.sections[0], guesses=3)
    assert minutes.longest_listening([guessed])[0] == 4 and "jigsaw" not in tables.room(lesson, "Why?", 1)


def test_answers_are_a_file_of_their_own_with_code_and_what_it_gives(tmp_path: Path) -> None:
    text = answers.write_answers("03", tmp_path).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [f"## 03.{n}" for n in range(1, 6)]
    assert "iraqi-ambassador-expelled-1973" in text and "2 rows." in text and "A figure: " in text
    with pytest.raises(TeacherError, match="There are no solutions of a lesson '77'"):
        answers.write_answers("77", tmp_path)


def test_ninety_minutes_take_each_section_that_still_fits_whole(course: Path) -> None:
    lesson = minutes.read_lesson(course / "notebooks" / "07_a_lesson.ipynb")
    chosen, over = minutes.fitting(lesson, 90)
    assert [section.name for section in chosen] == ["Long", "Short"]
    assert [(section.name, section.exercises) for section in over] == [("Too long", ("07.2",))]
    text = tables.long_plan(lesson)
    assert "| 1:25–1:30 | Short |" in text and "Left for another day: Too long (8 min)." in text and "To spare" not in text


def shown(kind: str, text: str):
    return nbformat.v4.new_output("display_data", {kind: text})


def read_by_the_rule(*cells) -> float:
    return load.measure(cells).minutes


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_core_path_is_read_and_run_in_24_minutes(path: Path) -> None:
    lesson = minutes.read_lesson(path)
    assert lesson.load.minutes <= load.MAX_MINUTES == 24, lesson.load
    assert lesson.load.prose > 500 and lesson.load.shown > 100 and lesson.load.cells > 5  # the core path was found
    assert lesson.load.minutes <= sum(section.teaching for section in lesson.part(minutes.CORE))
    assert f"reading and running take {round(lesson.load.minutes)} minutes" in tables.short_plan(lesson)


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ([shown("text/html", "<table><tr><th>date</th></tr><tr><td>1973-02-10</td><td>Iraq's envoy</td></tr></table>")], 4),
        ([shown("text/html", "<style>.a b { color: red; }</style><p>two words</p>")], 2),
        ([shown("text/html", "<p>seen</p><details><summary>All</summary><ol><li>not seen</li></ol></details>")], 1),
        ([shown("text/html", "<p><b>In words.</b> For those who do not see it.</p>"), shown("image/png", "AAAA")], 0),
        ([nbformat.v4.new_output("display_data", {"image/png": "AAAA", "text/plain": "[Figure: three words more]"})], 0),
        ([shown("application/vnd.jupyter.widget-view+json", "{}")], 0),
        ([nbformat.v4.new_output("execute_result", {"text/plain": "(591, 591)"})], 2),
        ([nbformat.v4.new_output("stream", name="stdout", text="one two")], 2),
    ],
)
def test_words_that_a_cell_shows_are_read_and_folded_ones_are_not(outputs: list, words: int) -> None:
    cell = nbformat.v4.new_code_cell("one_two_three(four)", outputs=outputs)
    assert load.measure([cell]) == load.Load(shown=words, cells=1)


def test_reading_takes_a_minute_for_90_words_ten_seconds_a_cell_and_twenty_a_guess() -> None:
    prose = nbformat.v4.new_markdown_cell(" ".join(["word"] * 89 + ["[word](glossary.md#a-long-address)"]))
    code = nbformat.v4.new_code_cell("print(1)")
    assert read_by_the_rule(prose) == 1 and read_by_the_rule(*[code] * 6) == 1
    assert load.measure([nbformat.v4.new_markdown_cell("**Guess**: more? **Predict** it. **How many?**")]).guesses == 3
    assert read_by_the_rule(nbformat.v4.new_code_cell('answer = ...\ncheck("07.1", answer)')) == 0  # it has its own minutes


@pytest.mark.parametrize(("words", "over"), [(2160, False), (2161, True)])
def test_a_core_path_that_takes_more_than_24_minutes_is_named(tmp_path: Path, words: int, over: bool) -> None:
    others = 16  # the words of the opening and of the section that write_course and heading make
    long = nbformat.v4.new_markdown_cell(" ".join(["word"] * (words - others)))
    further = nbformat.v4.new_markdown_cell("## Going further\n\n" + "word " * 5000)
    further.metadata["course"] = {"part": "going further", "teaching": 5}
    cells = [heading("Long", "core", teaching=40, talk=10), long, further]
    lesson = minutes.read_lesson(write_course(tmp_path, cells) / "notebooks" / "07_a_lesson.ipynb")
    assert lesson.load.prose == words
    fault = "07_a_lesson: reading and running the core path take 24.1 minutes; they must fit into 24."
    assert minutes.faults(lesson) == ([fault] if over else [])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_plan_loses_no_minute_and_no_exercise(path: Path) -> None:
    lesson = minutes.read_lesson(path)
    chosen, over = minutes.fitting(lesson, 90)
    assert sorted(map(repr, [*lesson.part(minutes.CORE), *chosen, *over])) == sorted(map(repr, lesson.sections))
    listed = [exercise for section in lesson.sections for exercise in section.exercises]
    assert set(exercise_ids(lesson.number)) <= set(listed)
    assert "| **0:50** | **The core path** |" in tables.short_plan(lesson)


@pytest.mark.parametrize(
    ("cells", "words", "fault"),
    [
        ([heading("1", "core", teaching=41, talk=10)], "41 minutes of teaching, 0 of exercises, 10 of talk", "up to 51 min"),
        ([heading("1", "core", teaching=45, talk=5)], "45 minutes of teaching, 0 of exercises, 5 of talk", "leaves 5"),
        ([heading("1", "core", teaching=40, talk=10)], "39 minutes of teaching", "must say: 40 minutes of teaching"),
        (
            [heading("1", "core", teaching=40, talk=10), heading("2", "going further")],
            "40 minutes of teaching, 0 of exercises, 10 of talk",
            "'2' has no minutes",
        ),
    ],
)
def test_wrong_minutes_are_named_and_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cells: list, words: str, fault: str
) -> None:
    monkeypatch.setattr(verb, "ROOT", write_course(tmp_path, cells, words))
    assert run(check=False) == 1
    message = capsys.readouterr().err
    assert fault in message and "07_a_lesson" in message


def run(*, check: bool) -> int:
    return verb.run(argparse.Namespace(answers=None, check=check))


def test_the_verb_fails_on_a_stale_table_only_when_it_checks(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verb, "ROOT", course)
    page(course, "<!-- plan 50 -->\n<!-- end -->\n")
    assert [run(check=True), run(check=False), run(check=True)] == [1, 0, 0]


def test_a_route_that_does_not_fit_or_leads_nowhere_is_refused(course: Path) -> None:
    lessons = pages.read_lessons(course)

    def table(**row: str) -> str:
        given = {"route": "R", "session": "1", "minutes": "60", "lesson": "07", "plan": "50", "also": ""} | row
        return tables.routes(pd.DataFrame([given]), lessons)

    assert "| 1 | [07 · A lesson](../07_a_lesson.ipynb) | 50 min | 10 min |  |" in table()
    with pytest.raises(TeacherError, match="session 1: lesson 07 needs 90 minutes, but the session has 60"):
        table(plan="90")
    with pytest.raises(TeacherError, match="no lesson '08'. Lessons: 07"):
        table(lesson="08")
    with pytest.raises(TeacherError, match="the plan is 'all'; write 50"):
        table(plan="all")


def test_outcomes_are_joined_and_checked_against_what_there_is() -> None:
    lessons = pages.read_lessons(ROOT)

    def declared(**row: str) -> pd.DataFrame:
        given = [
            {"outcome": "Dates", "lesson": "01", "exercises": "01.1; 01.2", "assignments": "ps1"},
            {"outcome": "Dates", "lesson": "03", "exercises": "03.4", "assignments": "ps1"},
        ]
        return pd.DataFrame([*given, {"outcome": "Tables", "lesson": "02", "exercises": "", "assignments": ""} | row])

    text = tables.outcomes(declared(), lessons)
    assert "| Dates | [01](../01_founding_years.ipynb), [03](../03_rupture_1973.ipynb) | 01.1, 01.2, 03.4 | ps1 |" in text
    for wrong, message in (
        ({"lesson": "12"}, "no lesson '12'"),
        ({"exercises": "02.9"}, "no exercise 02.9"),
    ):
        with pytest.raises(TeacherError, match=message):
            tables.outcomes(declared(**wrong), lessons)


def test_an_assignment_that_is_not_there_is_named() -> None:
    declared = pd.DataFrame({"assignments": ["ps1; ps9", "", "ps9"]})
    (fault,) = tables.missing_assignments(declared, ["ps1", "ps2"])
    assert "names the assignment 'ps9'" in fault and "There: ps1, ps2." in fault


def test_the_ladder_is_what_the_tests_hold_the_lessons_to() -> None:
    text = tables.ladder(pages.read_lessons(ROOT), ROOT / "content" / "lessons")
    for path in LESSONS:
        row = next(line for line in text.splitlines() if f"(../{path.stem}.ipynb)" in line)
        assert {cell.strip("`") for cell in row.split(" | ")[1].removesuffix(" |").split(", ")} == facts_of(path.stem).TAUGHT
