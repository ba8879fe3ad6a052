"""A class in which students attack the one who marks them, among honest ones: the list of ``tests/attacks`` as notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from classroom.assignments.assignment import Assignment
from classroom.course import Course
from classroom.grading.results import Marked
from classroom.sandbox import Limits
from tests.support.attacks import IMPORTS, RIGHT, Attack
from tests.support.classroom.made_class import answered
from tests.support.classroom.small import marked_cell

NAME = "hunted"
LIMITS = Limits(cell_seconds=1.0, total_seconds=15.0, memory_bytes=500_000_000, file_bytes=5_000_000)
_READ = {
    "q1": """hidden(read="sorted(treaties['event_id'])", variants=1)""",
    "q2": """hidden(read="{str(k): int(v) for k, v in counts.items()}")""",
    "q3": """hidden(read="count_kind(events, 'diplomacy')", variants=1)""",
}


def hunted_course(root: Path) -> Course:
    """Write an assignment of the three questions that the attacks answer."""
    cells = [marked_cell(new_code_cell(IMPORTS.strip()), "tables", locked=True)]
    for question, right in RIGHT.items():
        cells.append(marked_cell(new_code_cell(f"### BEGIN SOLUTION\n{right}\n### END SOLUTION"), question, solution=True))
        checks = f"print('seen')\n### BEGIN HIDDEN TESTS\n{_READ[question]}\n### END HIDDEN TESTS"
        cells.append(marked_cell(new_code_cell(checks), f"{question}-checks", locked=True, grade=True, points=1))
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path = root / "source" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return Course(root, "a secret of the tests", private=True)


def write_hunted(folder: Path, assignment: Assignment, attacks: Sequence[Attack]) -> None:
    """Write each attack as a student's notebook, and an honest student after each."""
    folder.mkdir(parents=True)
    places = {"{secret}": "/etc/shadow", "{root}": str(folder), "{home}": str(Path.home())}
    for number, attack in enumerate(attacks):
        texts = {}
        for question, code in attack.cells.items():
            for mark, place in places.items():
                code = code.replace(mark, place)
            texts[question] = code
        for name, answers in ((f"attack{number:03}", texts), (f"honest{number:03}", {})):
            notebook = answered(assignment, lambda grade_id, right, stub, mine=answers: mine.get(grade_id, right))  # type: ignore[misc]
            # In ASCII: half a surrogate pair, which one attack holds, has no form in UTF-8.
            (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="ascii")


def verdicts(lines: Iterable[Marked], attacks: Sequence[Attack]) -> list[str]:
    """Return what is wrong with the marks: points undeserved, or lost."""
    found = {line.student.student_id: {item[:2]: entered.points for item, entered in line.entered.items()} for line in lines}
    wrong = []
    for number, attack in enumerate(attacks):
        for name, earned in ((f"attack{number:03}", set(attack.earns.split())), (f"honest{number:03}", set(RIGHT))):
            given = {question for question in RIGHT if found.get(name, {}).get(question)}
            if given != earned:
                wrong.append(f"{name} ({attack.name}): earned {sorted(earned)}, given {sorted(given)}")
    return wrong
