"""Mark by hand in JupyterLab: one question over all students, names hidden, a button for each level of the rubric.

Reads and writes the gradebook that `grade` made; nbgrader's formgrader goes on working. With --second, a second marker's
levels are kept apart; --agreement says how far the two agree. --merge joins what was marked in another copy of the folder.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from ..assignments.assignment import Assignment, read_assignment
from ..course import ROOT, Course, add_course_arguments, open_course
from ..errors import TeacherError, listed
from ..files import notebook_bytes, write_if_changed
from ..grading.database import choose_database, environment_for, has_gradebook
from ..marking.agreement import agreement, write_differences
from ..marking.log import check_marker
from ..marking.merge import merge

HELP = "mark written answers by hand, question by question"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    command.add_argument("assignment", metavar="NAME", help="for example ps1")
    command.add_argument(
        "--out", metavar="DIR", type=Path, help="folder of the marks; default: marked/NAME in the course folder"
    )
    command.add_argument("--marker", metavar="NAME", default="marker", help="who marks, where several do")
    command.add_argument("--second", action="store_true", help="as a second marker: kept apart from the gradebook")
    command.add_argument("--agreement", action="store_true", help="only say how far first and second marker agree")
    command.add_argument("--merge", metavar="DIR", type=Path, help="only join what was marked by hand in another copy")
    command.add_argument("--no-browser", action="store_true", help="write the page's notebook, and do not start JupyterLab")
    add_course_arguments(command)
    command.add_argument("--database", metavar="URL", help="only where it needs a password: the address as given to grade")


def run(options: argparse.Namespace) -> int:
    """Open the page, or join, or compare."""
    course = open_course(options, make_seed=False)
    assignment = read_assignment(course, options.assignment)
    folder = (options.out or course.marked(assignment.name)).expanduser().resolve()
    if options.database and folder.is_dir():
        choose_database(folder, options.database)
    if not has_gradebook(folder):
        raise TeacherError(f"There are no marks in {folder}. Run first: grade {assignment.name} --submissions DIR")
    if options.merge:
        return _merge(assignment, folder, options.merge.expanduser().resolve())
    if options.agreement:
        return _agree(assignment, folder)
    path = _write_notebook(course, assignment, folder, check_marker(options.marker), options.second)
    print(f"The page is {path}. In JupyterLab: Run > Run All Cells. Then the keys 0 to 9 and n do the rest.")
    if options.no_browser:
        return 0
    if "JUPYTERHUB_USER" in os.environ:  # another JupyterLab would wait at an address that no browser of theirs reaches
        print("Open it in the JupyterLab of the hub, in which you are.")
        return 0
    call = [sys.executable, "-m", "jupyterlab", path.name, "--ServerApp.root_dir=.", "--LabApp.default_url=/lab"]
    return subprocess.run(call, cwd=folder, env=environment_for(folder), check=False).returncode


def _write_notebook(course: Course, assignment: Assignment, folder: Path, marker: str, second: bool) -> Path:
    words = (
        f"# Marking {assignment.name}\n\nChoose *Run → Run All Cells*. Each choice is saved at once; you can stop at any "
        "time and run this page again. Names are hidden."
    )
    facts = [assignment.name, str(course.root), str(folder), marker]
    code = (
        f"import sys\n\nsys.path.insert(0, {json.dumps(str(ROOT))})\nfrom classroom.marking.page import open_page\n\n"
        f"page = open_page({', '.join(map(json.dumps, facts))}, second={second})"
    )
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    notebook: nbformat.NotebookNode = new_notebook(cells=[new_markdown_cell(words), new_code_cell(code)], metadata=kernel)
    notebook.cells[1].metadata["jupyter"] = {"source_hidden": True}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"mark-{number}"
    path = folder / f"mark_{assignment.name}{'_second' * second}.ipynb"
    write_if_changed(path, notebook_bytes(notebook))
    return path


def _merge(assignment: Assignment, folder: Path, other: Path) -> int:
    found = merge(assignment, folder, other)
    print(
        f"Taken over from {other}: marks by hand of {found.taken} students. All that both wrote is in {folder / 'marking'}."
    )
    for text in found.left_out:
        print(text)
    for text in found.differing:
        print(f"Both had marked {text}.")
    return 0


def _agree(assignment: Assignment, folder: Path) -> int:
    found, differing = agreement(assignment, folder)
    if not found:
        print("No answer has levels of a first and of a second marker yet.")
        return 0
    for one in found:
        kappa = "cannot be told from these" if one.kappa is None else f"{one.kappa:.2f}"
        print(f"{one.key}: {one.same} of {one.both} the same; kappa (quadratic weights) {kappa}")
    write_differences(folder / "differences.csv", differing)
    names = listed([f"{one.student_id} ({one.question})" for one, _ in differing], 8)
    differ = "1 answer differs" if len(differing) == 1 else f"{len(differing)} answers differ"
    print(f"{differ}{': ' + names if differing else ''}. They are in {folder / 'differences.csv'}.")
    return 0
