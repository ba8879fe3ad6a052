"""A class of ordinary students, marked with gradebook and feedback, beside a bare fork and nbgrader's own engine.

``python -m benchmarks.grading`` takes five hundred students and about ten minutes; ``--quick`` takes fifty. The bare forks
run the same cells and questions of all of them on two processors, and do nothing with what comes out. nbgrader marks a
sample of the same submissions in the same run, with plain asserts made of what the solution gives: it has no hidden tables.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import nbformat

from benchmarks.engine import bare_process
from benchmarks.rows import Row
from benchmarks.run import ROOT, report
from classroom.assignments.assignment import BEGIN_HIDDEN, END_HIDDEN, Assignment, read_assignment
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from classroom.grading.grade_one import SubmissionGrader
from classroom.submissions.notebook import read_submission
from tests.support.classroom.made_class import make_class, solved

STUDENTS, QUICK = 500, 50
SAMPLE_OF_NBGRADER = 20
WORKERS = 2
MOST_RATIO, MOST_SHARE = 1.5, 1 / 6  # times the bare forks; times nbgrader
MOST_AGAIN, MOST_ONE_NEW = 2.0, 5.0  # seconds
MOST_MEGABYTES, MOST_GROWTH = 1_000, 1.10
_TICK = 0.5  # seconds between two looks at what is used


@dataclass
class Run:
    """What the command has taken."""

    seconds: float
    megabytes: list[float]  # of it and all that it started, at each look; shared pages count once

    @property
    def growth(self) -> float:
        """The middle of the last fifth of the memory against the middle of the second one; the first starts the engine."""
        seen = self.megabytes
        fifth = max(len(seen) // 5, 1)
        early, late = sorted(seen[fifth : 2 * fifth] or seen), sorted(seen[-fifth:])
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
        ours = _ours(folder)
        bare = _bare(folder, assignment)
        again = _ours(folder)
        _hand_in_again(folder, assignment)
        one_new = _ours(folder)
        sample = min(SAMPLE_OF_NBGRADER, students)
        theirs = _nbgrader(folder, assignment, sample)
    what = f"{students} submissions of ps1 with gradebook and feedback"
    one = f"one of them, against nbgrader's own engine on {sample} of the same"
    return [
        _against(f"{what}, {WORKERS} workers, against the same in bare forks", ours.seconds, bare, MOST_RATIO),
        _against(one, ours.seconds / students, theirs / sample, MOST_SHARE),
        _within("the same command again, when everything is done", again.seconds, MOST_AGAIN, "s"),
        _within("the same command again, when one has handed in anew", one_new.seconds, MOST_ONE_NEW, "s"),
        _within("memory of everything together", max(ours.megabytes), MOST_MEGABYTES, "MB"),
        _within("memory, the last fifth of the run against the second", ours.growth, MOST_GROWTH, "times"),
    ]


def _against(what: str, measured: float, baseline: float, most: float) -> Row:
    ratio = measured / baseline
    return Row(what, f"{measured:.2f} s", f"{baseline:.2f} s", ratio, f"{most:.2f} times", ratio <= most)


def _within(what: str, measured: float, most: float, unit: str) -> Row:
    shown = f"{measured:{'.0f' if measured >= 100 else '.2f'}} {unit}"
    return Row(what, shown, "", None, f"{most:g} {unit}", measured <= most)


def _watched(process: subprocess.Popen[bytes]) -> list[float]:
    """Return the megabytes of a process and of all that it starts, at each look until it ends."""
    megabytes: list[float] = []
    while True:
        with contextlib.suppress(OSError):
            megabytes.append(sum(map(_proportional, _family(process.pid))) / 1024)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_TICK)
            return megabytes


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


def _ours(folder: Path) -> Run:
    """Give the command as a teacher does, in a process of its own."""
    words: list[str | Path] = ["grade", "ps1", "--submissions", folder / "submissions", "--roster", folder / "roster.csv"]
    start = time.perf_counter()
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "classroom",
        *words,
        "--out",
        folder / "marked",
        "--workers",
        str(WORKERS),
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    megabytes = _watched(process)
    return Run(time.perf_counter() - start, megabytes)


def _bare(folder: Path, assignment: Assignment) -> float:
    """Run the same submissions in bare forks of as many processes as we have workers; only the forks are measured."""
    grader = SubmissionGrader(Course(SAMPLE, SAMPLE_SEED, private=False), assignment)
    paths = sorted((folder / "submissions").glob("*/*/*.ipynb"))
    jobs = [grader.open(str(at), read_submission(path.read_bytes()))[0] for at, path in enumerate(paths)]

    def some(first: int) -> float:
        with bare_process() as run:
            return sum(run(job) for job in jobs[first::WORKERS])

    with ThreadPoolExecutor(WORKERS) as threads:
        return max(threads.map(some, range(WORKERS)))


def _hand_in_again(folder: Path, assignment: Assignment) -> None:
    path = next((folder / "submissions").glob("*/*/*.ipynb"))
    path.write_text(nbformat.writes(solved(assignment)), encoding="utf-8")


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
    nbgrader = [sys.executable, "-m", "nbgrader"]
    _run(course, [*nbgrader, "generate_assignment", assignment.name, "--force"])
    start = time.perf_counter()
    _run(course, [*nbgrader, "autograde", assignment.name])
    _run(course, [*nbgrader, "generate_feedback", assignment.name])
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


def _run(folder: Path, words: Sequence[str]) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(words, cwd=folder, env=environment, check=False, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
