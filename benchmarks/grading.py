"""A class of ordinary students, marked with gradebook and feedback, and nbgrader's own engine on some of the same.

``python -m benchmarks.grading`` takes five hundred students and about ten minutes; ``--quick`` takes fifty. nbgrader marks a
sample of the same submissions in the same run, with plain asserts made of what the solution gives: it has no hidden tables.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import nbformat

from benchmarks.rows import Row
from benchmarks.run import ROOT, report
from classroom.__main__ import main as classroom
from classroom.assignments.assignment import BEGIN_HIDDEN, END_HIDDEN, Assignment, read_assignment
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from tests.support.classroom.made_class import make_class

STUDENTS, QUICK = 500, 50
SAMPLE_OF_NBGRADER = 20
MOST_SECONDS, MOST_SHARE, MOST_MEGABYTES = 120.0, 1 / 6, 1_000
_TICK = 0.5  # seconds between two looks at the memory


@dataclass
class Memory:
    """What this process and all that it started have used, in megabytes (shared pages counted once)."""

    seen: list[float]

    @property
    def most(self) -> float:
        """The most at any time."""
        return max(self.seen, default=0.0)

    @property
    def growth(self) -> float:
        """The middle of the last fifth against the middle of the second one; the first starts the engine."""
        fifth = max(len(self.seen) // 5, 1)
        early, late = sorted(self.seen[fifth : 2 * fifth] or self.seen), sorted(self.seen[-fifth:])
        return late[len(late) // 2] / early[len(early) // 2]


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.grading", description="Measure how long a class takes to mark.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} students in the place of {STUDENTS}")
    options = parser.parse_args(arguments)
    print(report(rows(QUICK if options.quick else STUDENTS), 1))
    return 0


def rows(students: int) -> list[Row]:
    """Mark a class with our engine and a sample of it with nbgrader's.

    Parameters
    ----------
    students : int
        How many hand something in.

    Returns
    -------
    list of Row
    """
    assignment = read_assignment(Course(SAMPLE, SAMPLE_SEED, private=False), "ps1")
    with tempfile.TemporaryDirectory(prefix="grading-") as name:
        folder = Path(name)
        make_class(folder, assignment, students + 1)
        with watched_memory() as memory:
            ours = _ours(folder)
        sample = min(SAMPLE_OF_NBGRADER, students)
        theirs = _nbgrader(folder, assignment, sample)
        again = _ours(folder)
    each, base = ours / students, theirs / sample
    what = f"{students} submissions of ps1 with gradebook and feedback"
    scaled = MOST_SECONDS * students / STUDENTS
    return [
        Row(what, f"{ours:.0f} s", "", None, f"{scaled:.0f} s", ours <= scaled),
        Row(
            f"one of them, against nbgrader's own engine on {sample} of the same",
            f"{each:.2f} s",
            f"{base:.2f} s",
            each / base,
            f"{MOST_SHARE:.2f} times",
            each / base <= MOST_SHARE,
        ),
        Row("the same command again, when everything is done", f"{again:.1f} s"),
        Row(
            "memory of everything together",
            f"{memory.most:.0f} MB",
            "",
            None,
            f"{MOST_MEGABYTES} MB",
            memory.most <= MOST_MEGABYTES,
        ),
        Row(
            "memory, the last fifth of the run against the second",
            "",
            "",
            memory.growth,
            "1.10 times",
            memory.growth <= 1.10,
        ),
    ]


@contextmanager
def watched_memory() -> Iterator[Memory]:
    """Look at the memory of this process and of all that it starts, twice a second."""
    memory, ended = Memory([]), threading.Event()

    def look() -> None:
        while not ended.wait(_TICK):
            memory.seen.append(sum(_proportional(pid) for pid in _family(os.getpid())) / 1024)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        ended.set()
        watcher.join()


def _family(pid: int) -> list[int]:
    """Return a process and all below it, whichever of its threads started them."""
    below: list[str] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            below += path.read_text(encoding="ascii").split()
    return [pid, *(one for child in below for one in _family(int(child)))]


def _proportional(pid: int) -> int:
    """Return a process's memory in kilobytes; a page that several share counts once in all."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _ours(folder: Path) -> float:
    start = time.perf_counter()
    arguments = ["grade", "ps1", "--submissions", str(folder / "submissions"), "--roster", str(folder / "roster.csv")]
    with contextlib.redirect_stdout(io.StringIO()):
        classroom([*arguments, "--out", str(folder / "marked")])
    return time.perf_counter() - start


def _nbgrader(folder: Path, assignment: Assignment, sample: int) -> float:
    """Mark the first submissions with nbgrader's own engine, in a course of their own, on as many processors as it uses."""
    course = folder / "nbgrader" / "here"  # so deep that a notebook finds the helpers as in the course
    target = course / "source" / assignment.name
    target.mkdir(parents=True)
    (target / f"{assignment.name}.ipynb").write_text(nbformat.writes(_with_asserts(assignment)), encoding="utf-8")
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.ClearMarkScheme.enforce_metadata = False\n", encoding="utf-8"
    )
    for link in ("helpers", "data", "notebooks"):
        os.symlink(ROOT / link, folder / link)
    students = sorted((folder / "submissions").iterdir())[:sample]
    for student in students:
        shutil.copytree(student, course / "submitted" / student.name)
    _run(course, "generate_assignment", assignment.name, "--force")
    start = time.perf_counter()
    _run(course, "autograde", assignment.name)
    _run(course, "generate_feedback", assignment.name)
    return time.perf_counter() - start


def _with_asserts(assignment: Assignment) -> nbformat.NotebookNode:
    """Return the source with an assert in the place of each hidden line, as nbgrader's users write them."""
    source = deepcopy(assignment.source)
    hidden = {item.grade_id: item.hidden for item in assignment.items}
    for cell in source.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if hidden.get(name):
            visible = cell.source.split(BEGIN_HIDDEN)[0]
            lines = "\n".join(f"assert str({one.read})" for one in hidden[name])
            cell.source = f"{visible}{BEGIN_HIDDEN}\n{lines}\n{END_HIDDEN}"
    return source


def _run(course: Path, *command: str) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=course, env=environment, check=False, capture_output=True
    )


if __name__ == "__main__":
    sys.exit(main())
