"""Tables of a student's own: as many rows left out for everybody, nothing changed, and work marked as it deserves."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from classroom.__main__ import main
from classroom.assignments.assignment import Assignment, read_assignment
from classroom.assignments.own_tables import band, kept_salts, own_edition
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from classroom.errors import TeacherError
from classroom.grading.grade_class import Grader
from classroom.submissions.find import find_submissions
from helpers import load
from tests.support.classroom import small
from tests.support.classroom.made_class import answered, solved
from tests.support.environment import needs_program

IDS = [f"s{number:03}" for number in range(40)]


def left_out(assignment: Assignment, variable: str) -> list[int]:
    source = "\n".join(cell.source for cell in assignment.release.cells)
    [rows] = re.findall(rf"^{variable} = {variable}\[\[row not in \[(.*?)\] for", source, re.MULTILINE)
    return [int(row) for row in rows.split(",")]


def test_as_many_rows_are_left_out_for_everybody_other_ones_and_none_of_which_the_task_speaks() -> None:
    assignment = read_assignment(Course(SAMPLE, SAMPLE_SEED, private=False), "ps1")
    events, draws = load("events"), []
    for student in IDS:
        own = own_edition(assignment, ["events", "votes"], "a seed", student)
        rows = left_out(own, "events")
        draws.append(tuple(rows))
        assert len(set(rows)) == round(0.04 * len(events)) and "seato-signed-1954" not in list(events.iloc[rows]["event_id"])
        assert own.max_score == assignment.max_score and own.questions == assignment.questions
        # Nothing but one line for each table is another than for all.
        changed = [cell.source for cell in own.release.cells if cell not in assignment.release.cells]
        assert len(changed) == 1 and len(changed[0].splitlines()) - 2 in [
            len(cell.source.splitlines()) for cell in assignment.release.cells
        ]
    assert len(set(draws)) == len(IDS)
    assert left_out(own_edition(assignment, ["events"], "a seed", "S000"), "events") == list(draws[0])
    assert left_out(own_edition(assignment, ["events"], "another seed", "s000"), "events") != list(draws[0])
    with pytest.raises(TeacherError, match=r"no line|has a line nothing = load"):
        own_edition(assignment, ["nothing"], "a seed", "s000")


def test_results_of_about_the_same_size_are_in_the_band() -> None:
    def rows(count: int) -> dict[str, object]:
        return {"type": "list", "items": list(range(count))}

    standard = {"a": rows(10), "b": 0.5}
    assert band(standard, {"a": rows(8), "b": 0.1}) == [] and band(standard, {"a": rows(12), "b": 0.1}) == []
    assert band(standard, {"a": rows(7), "b": 0.5}) == ["a"] and band(standard, {"b": 0.5}) == ["a"]
    assert band(standard, {"a": rows(13), "b": 0.5}) == ["a"]


def test_work_on_own_tables_is_marked_as_it_deserves_and_a_copied_value_shows(tmp_path: Path) -> None:
    """From release to marks: right work in one's own edition, a neighbour's typed values, and a neighbour's file."""
    needs_program("bwrap")
    course = small.small_course(tmp_path / "course")
    roster = tmp_path / "roster.csv"
    roster.write_text("student_id\ns1\ns2\ns3\n", encoding="utf-8")
    arguments = ["release", small.NAME, "--course", str(course.root), "--own-tables", "events"]
    assert main(arguments) == 2
    assert main([*arguments, "--roster", str(roster)]) == 0
    folder = course.release(small.NAME).parent
    tables, salts = kept_salts(folder)
    assert tables == ["events"] and set(salts) == {"s1", "s2", "s3"}
    assignment = read_assignment(course, small.NAME)
    own = {one: own_edition(assignment, tables, course.seed, one, salts[one]) for one in salts}
    for one in salts:
        assert nbformat.read(folder / "own" / one / "small.ipynb", 4).cells[1].source == own[one].release.cells[1].source
    kept = set(range(len(load("events")))) - set(left_out(own["s1"], "events"))
    ids = [
        name
        for at, (name, kind) in enumerate(zip(load("events")["event_id"], load("events")["kind"], strict=True))
        if kind == "treaty" and at in kept
    ]
    typed = f'treaties = events[events["event_id"].isin({ids})]'
    handed_in = {
        "s1": solved(own["s1"]),
        "s2": answered(own["s2"], lambda grade_id, solution, stub: typed if grade_id == "q1" else solution),
        "s3": solved(own["s1"]),  # the file of s1
    }
    for one, notebook in handed_in.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{one}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    lines = Grader(course, assignment, tmp_path / "out").grade(find_submissions(tmp_path / "in", small.NAME, {}), {})
    points = {line.student.student_id: [line.entered[f"q{number}-checks"].points for number in (1, 2, 3)] for line in lines}
    assert points == {"s1": [2, 1, 1], "s2": [0, 1, 1], "s3": [2, 1, 1]}
    pages = {one: (tmp_path / f"out/feedback/{one}/small/small.html").read_text(encoding="utf-8") for one in handed_in}
    assert not any("You changed the cell" in page for page in pages.values())  # s3 has changed nothing
    assert ["has the tables of another edition" in page for page in pages.values()] == [False, False, True]
