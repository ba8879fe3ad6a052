"""The graded assignments, proved by mutation: right answers earn points on unseen tables, wrong and copied ones none."""

from __future__ import annotations

import ast
import functools
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from classroom.assignments import hidden_tables
from classroom.assignments.assignment import GradedCell
from classroom.grading.equality import same
from classroom.submissions.notebook import nbgrader_metadata
from tests.classroom.assignments.desk import BEGIN_HIDDEN, FAILED, NAMES, Desk, assignment, visible
from tests.lessons import test_ladder
from tests.lessons.test_language import SPELLINGS, sentences
from tests.lessons.test_prose import WORDS
from tests.support.lesson import LESSONS, facts_of

AFTER_LESSON = {"ps1": "03", "ps2": "06", "ps3": "08", "review": "10"}
# What the lessons set apart: the dead, and those taken by force. No graded question is about them.
DEAD = re.compile(
    r"\bkill|murder|massacre|hostage|kidnap|\bhang|execut|chemical|Anfal|Gunmen|attacked in|rise against"
    r"|sectarian war|Sinjar|casualt|\bdead\b|missiles at|strike each other",
    re.IGNORECASE,
)
REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")


@functools.cache
def answers_of(name: str) -> Any:
    return importlib.import_module(f"tests.classroom.assignments.{name}")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return functools.cache(lambda name: Desk(name, tmp_path_factory.mktemp(name)))


def machine_items(name: str) -> list[GradedCell]:
    return [item for item in assignment(name).items if not item.by_hand]


QUESTIONS = [(name, question) for name in NAMES for question in dict.fromkeys(item.question for item in machine_items(name))]
CELLS = [pytest.param(name, item, id=f"{name}-{item.grade_id}") for name in NAMES for item in machine_items(name)]


# --- marking -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_machine_marked_cell_has_other_right_answers_and_wrong_ones(name: str) -> None:
    known = answers_of(name)
    assert list(known.EQUIVALENT) == list(dict.fromkeys(item.question for item in machine_items(name)))
    assert list(known.WRONG) == [item.grade_id for item in machine_items(name)]
    assert all(len(cells) >= 2 for cells in known.EQUIVALENT.values())
    assert all(5 <= len(cells) <= 7 for cells in known.WRONG.values())


@pytest.mark.parametrize(("name", "question"), QUESTIONS)
def test_the_solution_and_other_right_answers_earn_all_points(desks: Any, name: str, question: str) -> None:
    desk = desks(name)
    for answer in [desk.sources[question], *answers_of(name).EQUIVALENT[question]]:
        for item in machine_items(name):
            if item.question == question:
                assert desk.earns(item, answer), f"{item.grade_id}: {desk.form(item, answer)}\n{answer}"


@pytest.mark.parametrize(("name", "item"), CELLS)
def test_wrong_answers_earn_nothing_but_the_part_that_the_author_names(desks: Any, name: str, item: GradedCell) -> None:
    parts = getattr(answers_of(name), "IN_PART", {}).get(item.grade_id, {})
    assert bool(parts) == any(hidden.partial for hidden in item.hidden)
    for answer in [*answers_of(name).WRONG[item.grade_id], *parts]:
        ast.parse(answer)  # wrong, not broken
        assert not desks(name).earns(item, answer), answer
        assert desks(name).part(item, answer) == parts.get(answer, 0), answer


@pytest.mark.parametrize(("name", "item"), CELLS)
def test_an_answer_copied_from_the_visible_tables_earns_nothing(desks: Any, name: str, item: GradedCell) -> None:
    """The very objects that the solution gives on the real tables; a function is one that knows the real tables only."""
    desk = desks(name)
    names = dict(desk.given)
    with desk.real.entered():
        exec(desk.sources[item.question], names)
    asked = {node.id for hidden in item.hidden for node in ast.walk(ast.parse(hidden.read)) if isinstance(node, ast.Name)}
    copied = {key: names[key] for key in asked if key in names and names[key] is not desk.given.get(key)}
    assert copied, asked
    kept = {f"kept_{key}": on_real_tables(value, desk.given) if callable(value) else value for key, value in copied.items()}
    answer = "\n".join(f"{key} = kept_{key}" for key in copied)
    assert not desk.form(item, answer, kept)
    assert not desk.earns(item, answer, kept) and desk.part(item, answer, kept) == 0


def on_real_tables(function: Any, given: dict[str, Any]) -> Any:
    def copied(*values: Any) -> Any:
        return function(*[given["period"] if isinstance(value, pd.DataFrame) else value for value in values])

    return copied


# --- what a student sees -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_student_edition_runs_unanswered_and_earns_nothing(desks: Any, name: str, capsys: Any) -> None:
    desk = desks(name)
    cells = {str(nbgrader_metadata(cell)["grade_id"]): cell for cell in desk.assignment.release.cells}
    names: dict[str, Any] = {}
    with desk.real.entered():
        for cell in desk.assignment.release.cells:
            if cell.cell_type == "code":
                exec(cell.source, names)
    for item in machine_items(name):
        assert not desk.earns(item, cells[item.question].source) and not desk.part(item, cells[item.question].source)
        exec(visible(desk.sources[item.grade_id]), names)
        assert "not answered yet" in capsys.readouterr().out, item.grade_id


@pytest.mark.parametrize(("name", "item"), CELLS)
def test_visible_checks_say_what_is_wrong_with_the_form(desks: Any, name: str, item: GradedCell) -> None:
    """Each assert has a sentence of its own, and a value of another type meets one."""
    tree = ast.parse(visible(desks(name).sources[item.grade_id]))
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert asserts and all(node.msg is not None for node in asserts)
    asked = {node.id for hidden in item.hidden for node in ast.walk(ast.parse(hidden.read)) if isinstance(node, ast.Name)}
    made = [key for key in asked if re.search(rf"^(def )?{key}\b", desks(name).sources[item.question], re.MULTILINE)]
    odd = "\n".join(f"{key} = Odd()" for key in made)
    said = desks(name).form(item, odd, {"Odd": Odd})
    assert re.fullmatch(r"AssertionError: .{30,}", said) and "Odd" not in said, said  # in words, by no name of a type


class Odd:
    """Neither a table nor a number, and a function that returns itself."""

    def __call__(self, *_: Any) -> Odd:
        return self


@pytest.mark.parametrize("name", NAMES)
def test_visible_checks_do_not_give_the_answer_away(desks: Any, name: str) -> None:
    desk = desks(name)
    seen = "\n".join(cell.source for cell in desk.assignment.release.cells if nbgrader_metadata(cell).get("grade"))
    seen += "\n".join(cell.source for cell in desk.assignment.release.cells if nbgrader_metadata(cell).get("solution"))
    for item in machine_items(name):
        for hidden in item.hidden:
            for part in parts_of(desk.on_real[item.grade_id, hidden.read]):
                assert part not in seen, (item.grade_id, part)


def parts_of(value: Any) -> Iterator[str]:
    """The ids and the long numbers in a value: what a reader could copy."""
    if isinstance(value, dict):
        for entry in value.values():
            yield from parts_of(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from parts_of(entry)
    elif isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){2,}", value):
        yield value
    elif isinstance(value, float):
        yield f"{value:.3f}"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_was_opened_on_its_own_says_where_it_belongs(name: str, tmp_path: Path) -> None:
    (first,) = [cell.source for cell in assignment(name).release.cells if cell.id == "tables"]
    run = subprocess.run([sys.executable, "-c", first], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    last = run.stderr.strip().splitlines()[-1]
    where = "put it into the course's folder my_notebooks/assignments (ask your teacher for the course)"
    assert run.returncode == 1 and f"needs the files of the course: {where}" in last


# --- form ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_nbgrader_accepts_the_source_and_its_regions_are_balanced(name: str) -> None:
    found = assignment(name)
    MetadataValidatorV3().validate_nb(found.source)
    ids = [nbgrader_metadata(cell)["grade_id"] for cell in found.source.cells]
    assert len(set(ids)) == len(ids) == len(found.source.cells)
    for cell in found.source.cells:
        assert cell.id == nbgrader_metadata(cell)["grade_id"]
        assert not cell.get("outputs") and cell.get("execution_count") is None
        for region in REGIONS:
            assert cell.source.count(f"### BEGIN {region}") == cell.source.count(f"### END {region}") <= 1, cell.id
    assert not any("### " in line for cell in found.release.cells for line in cell.source.splitlines() if "BEGIN" in line)


@pytest.mark.parametrize("name", NAMES)
def test_points_are_whole_and_the_table_at_the_top_adds_up(name: str) -> None:
    found = assignment(name)
    points: dict[str, list[int]] = {}
    for item in found.items:
        assert item.points == int(item.points) > 0
        points.setdefault(item.question, []).append(int(item.points))
    rows = re.findall(r"^\| (\d) \| .* \| ([\d +]+) \| .* \|$", found.source.cells[0].source, re.MULTILINE)
    assert [(f"q{number}", sum(map(int, of.split("+")))) for number, of in rows] == [(q, sum(p)) for q, p in points.items()]
    headings = re.findall(
        r"^## (\d) · .*\(([\d +]+) points\)$", "\n".join(c.source for c in found.source.cells), re.MULTILINE
    )
    assert [number for number, _ in headings] == [number for number, _ in rows]
    assert [sum(map(int, of.split("+"))) for _, of in headings] == [sum(of) for of in points.values()]
    assert (found.auto_max, found.max_score) == (12, 30)
    assert 5 <= len(found.questions) <= 7


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_figure_for_the_eye_a_disagreement_and_a_written_answer(name: str) -> None:
    found = assignment(name)
    by_hand = {item.grade_id: item.points for item in found.items if item.by_hand}
    assert by_hand == {"q5-reading": 3, "q6-judgement": 3, "q7": 12}
    texts = {cell.id: cell.source for cell in found.source.cells}
    assert "show(ax)" in texts["q5-checks"] or "show(fig)" in texts["q5-checks"]
    assert "notebooks/teaching/rubric.md" in texts["q7-task"]
    for text in (texts["q5-marking"], texts["q6-marking"], texts["q7-task"]):
        assert re.search(r"### BEGIN MARK SCHEME\n.*### END MARK SCHEME", text, re.DOTALL)
    low, high = map(int, re.search(r"\*\*(\d+) to (\d+) words\*\*", texts["q7-task"]).groups())  # type: ignore[union-attr]
    assert low <= len(re.findall(r"[\w'’.–-]*\w[\w'’.–-]*", texts["q7"].split("### BEGIN SOLUTION")[1])) - 2 <= high
    for question in found.questions[:6]:
        task = "\n".join(text for grade_id, text in texts.items() if re.match(rf"{question}-task", grade_id))
        assert "*Why a historian asks*" in task and "*What it does not show*" in task, question


# --- what is taught, and what is not asked ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_that_is_not_taught_by_then(name: str) -> None:
    taught = test_ladder.HOUSE.union(
        {"find_spec"},  # with it, the locked first cell looks for the course
        *(facts_of(path.stem).TAUGHT for path in LESSONS if path.stem[:2] <= AFTER_LESSON[name]),
    )
    cells = [
        cell for cell in assignment(name).source.cells if cell.cell_type == "code" and not nbgrader_metadata(cell)["grade"]
    ]
    trees = [ast.parse(cell.source) for cell in cells]
    own = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    early = set().union(*(test_ladder.used(cell.source) for cell in cells)) - own - taught
    assert not early, f"{name} uses {sorted(early)} and no lesson up to {AFTER_LESSON[name]} teaches them"


@pytest.mark.parametrize("name", NAMES)
def test_no_graded_item_is_about_the_dead(desks: Any, name: str) -> None:
    given = desks(name).given
    tables = [given[key] for key in ("period", "before", "recent", "known") if key in given]
    assert tables
    for table in tables:
        titles = table[table["title"].str.contains(DEAD)]["title"]
        assert titles.empty, list(titles)
    asked = [cell.source for cell in assignment(name).source.cells[1:] if cell.id != "period"]
    assert not [DEAD.search(text) for text in asked if DEAD.search(text)]


@pytest.mark.parametrize("name", ["ps1", "ps2", "ps3"])
def test_the_tables_of_events_stop_at_the_articles_date(desks: Any, name: str) -> None:
    given = desks(name).given
    for key in ("period", "before", "recent"):
        if key in given:
            assert given[key]["earliest"].max() <= pd.Timestamp("2021-03-13"), key


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_short_and_the_courses_own(name: str, tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "notebooks" / "assignments" / "source" / name / f"{name}.ipynb"
    lengths = [len(sentence.split()) for sentence in sentences(path)]
    assert sum(lengths) / len(lengths) <= 20
    assert max(lengths) <= 45, max(sentences(path), key=lambda sentence: len(sentence.split()))
    text = " ".join(cell.source for cell in assignment(name).source.cells if cell.cell_type == "markdown")
    for pattern, better in {**SPELLINGS, **WORDS}.items():
        assert not re.search(pattern, text, re.IGNORECASE if pattern in WORDS else 0), f"{pattern}: write {better}"
    assert BEGIN_HIDDEN not in text


# --- secret tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_another_one_on_the_variant(desks: Any, name: str) -> None:
    desk = desks(name)
    for item in machine_items(name):
        for hidden in item.hidden:
            real, variant = (solved[item.grade_id, hidden.read] for solved in (desk.on_real, desk.on_variant))
            assert FAILED not in (real, variant), hidden.read
            assert not same(real, variant, hidden.compare), hidden.read


@pytest.mark.parametrize("part", range(2))
def test_a_number_that_is_rounded_as_the_task_allows_is_right_for_every_seed(part: int) -> None:
    """ps1 asks for at least three decimals: any number of them from three on is as good as the whole."""
    hidden = {item.grade_id: item.hidden[0] for item in assignment("ps1").items if item.grade_id.startswith("q4")}
    years = {"q4-checks": (1955, 1957), "q4-checks-b": (1959, 1962)}
    real = hidden_tables._read("figures/unga_agreement")
    for number in range(part, 400, 2):
        table = hidden_tables._agreement(
            real.copy(), hidden_tables._generator(f"seed {number}", "ps1", 1, "figures/unga_agreement")
        )
        pair = table[(table["country_a"] == "IRQ") & (table["country_b"] == "EGY")]
        for grade_id, (first, last) in years.items():
            rows = pair[pair["year"].astype(int).between(first, last)]
            agreement, weights = rows["agreement"].astype(float), rows["votes"].astype(float)
            right = float((agreement * weights).sum() / weights.sum())
            one = hidden[grade_id]
            for decimals in range(3, 9):
                assert same(round(right, decimals), right, one.compare, one.tolerance), (number, decimals)
            assert not same(round(right + 0.002, 3), right, one.compare, one.tolerance), number
            assert (
                not same(float(agreement.mean()), right, one.compare, one.tolerance) or abs(agreement.mean() - right) < 6e-4
            )
