"""Make up a class: thirty students, or five hundred, who answer an assignment well, badly, or in odd ways.

``python -m tests.support.classroom.made_class ps1 DIR`` writes their work and a roster, to try the verbs by hand.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat

from classroom.assignments.assignment import TEXT_STUB, Assignment, read_assignment
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from classroom.submissions.notebook import nbgrader_metadata

FIRST = ("Amina", "Bilal", "Chloé", "Dilara", "Elias", "Farah", "Giorgos", "Hana", "Imran", "Jasmin", "علی", "زينب")
LAST = ("Example", "Sample", "Made-Up", "Nobody", "Probe", "Muster")
WORDS = (
    "The filled marks stand between **1947 and 1957**; the ring stands in 1959.\n\n- One empty stretch: 1960 to 1966.",
    "I would print *1972/1973*, because two reference pages do not prove each other.",
    "Pakistan and Iraq parted twice. The table is a selection, so I cannot say what happened between. It costs $5 to ask.",
)


def solved(assignment: Assignment) -> nbformat.NotebookNode:
    """Return the student edition with every answer cell filled in as in the solution."""
    return answered(assignment, lambda grade_id, solution, stub: solution)


def answered(assignment: Assignment, answer: Callable[[str, str, str], str]) -> nbformat.NotebookNode:
    """Return the student edition with answers.

    Parameters
    ----------
    assignment : Assignment
        The assignment.
    answer : callable
        Gets the id of an answer cell, its solution and its empty form; returns what the student writes.
    """
    notebook = deepcopy(assignment.release)
    solutions = {nbgrader_metadata(cell).get("grade_id"): _without_markers(cell.source) for cell in assignment.source.cells}
    for cell in notebook.cells:
        marks = nbgrader_metadata(cell)
        if marks.get("solution"):
            cell.source = answer(marks["grade_id"], solutions[marks["grade_id"]], cell.source)
    return notebook


def make_class(folder: Path, assignment: Assignment, count: int, seed: int = 1) -> list[str]:
    """Write a class into nbgrader's folders, and ``roster.csv`` beside them.

    Returns
    -------
    list of str
        The ids of all students. The last one handed nothing in.
    """
    rng = random.Random(seed)
    ids = [f"s{number:03}" for number in range(1, count + 1)]
    for student_id in ids[:-1]:
        path = folder / "submissions" / student_id / assignment.name / f"{assignment.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(_ordinary(assignment, rng)), encoding="utf-8")
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["student_id", "name", "email"])
        for student_id in ids:
            writer.writerow([student_id, f"{rng.choice(FIRST)} {rng.choice(LAST)}", f"{student_id}@example.org"])
    return ids


def _ordinary(assignment: Assignment, rng: random.Random) -> nbformat.NotebookNode:
    """Return what an ordinary student hands in: much that is right, something that is not, something left out."""
    skill = rng.choice((0.95, 0.8, 0.8, 0.6, 0.4))

    def answer(grade_id: str, solution: str, stub: str) -> str:
        luck = rng.random()
        if stub == TEXT_STUB:
            return rng.choice(WORDS) if luck < skill + 0.1 else stub
        if luck < skill:
            return f"# {grade_id}, try {rng.randint(1, 9)}\n{solution}"
        return rng.choice((stub, f"{solution}\n{solution.split(' =')[0]} = None", "1 / 0", solution.replace("==", "!=")))

    return answered(assignment, answer)


def _without_markers(source: str) -> str:
    return "\n".join(line for line in source.splitlines() if not line.strip().startswith(("### BEGIN", "### END")))


def main(arguments: list[str] | None = None) -> int:
    """Write a class for trying things by hand."""
    parser = argparse.ArgumentParser(prog="made_class", description="Make up a class that hands in an assignment.")
    parser.add_argument("assignment")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--course", type=Path, default=SAMPLE)
    options: Any = parser.parse_args(arguments)
    assignment = read_assignment(Course(options.course, SAMPLE_SEED, private=False), options.assignment)
    ids = make_class(options.folder, assignment, options.count)
    print(f"{len(ids) - 1} students handed in; {ids[-1]} did not. Their work is in {options.folder / 'submissions'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
