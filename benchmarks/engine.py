"""The engine that marks graded work, against the same cells and questions run bare in a fork of a process that is ready.

``python -m benchmarks.engine`` prints a table. The submission is the solution of ps1 with the public seed. Bare means: no
sandbox, no limits, no channel; one fork for the whole submission, and all hidden questions in it, one after another.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.rows import Row
from benchmarks.run import interleaved, report
from classroom.assignments.assignment import read_assignment
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from classroom.grading.grade_one import SubmissionGrader
from classroom.grading.probes import solution_of
from classroom.sandbox import Executor, Job
from classroom.sandbox.outside.bubblewrap import font_cache

ROOT = Path(__file__).resolve().parent.parent
REPEATS, JOBS = 15, 500
MOST_RATIO = 2.0  # times the bare run
MOST_MEMORY = 1_000  # megabytes, of everything together
MOST_GROWTH = 1.05  # times, from the first fifth of the jobs to the last
_MEGABYTE = 1_000_000


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.engine", description="Measure the engine that marks graded work.")
    parser.add_argument("--quick", action="store_true", help="a third of the repeats and a tenth of the submissions")
    options = parser.parse_args(arguments)
    repeats, jobs = (REPEATS // 3, JOBS // 10) if options.quick else (REPEATS, JOBS)
    print(report(rows(repeats, jobs), repeats))
    return 0


def rows(repeats: int, jobs: int = JOBS) -> list[Row]:
    """Measure one submission's time against a bare run, and the memory of many.

    Parameters
    ----------
    repeats : int
        How often the time is taken.
    jobs : int, default 500
        How many submissions run while memory is watched.

    Returns
    -------
    list of Row

    Raises
    ------
    TeacherError
        If bubblewrap is missing or forbidden.
    """
    whole = ps1_job()
    return [
        _time_row("cells only", replace(whole, probes=()), repeats),
        _time_row("cells and hidden questions", whole, repeats),
        *_memory_rows(whole, jobs),
    ]


def ps1_job() -> Job:
    """Return an ordinary submission of ps1."""
    course = Course(SAMPLE, SAMPLE_SEED, private=False)
    assignment = read_assignment(course, "ps1")
    return SubmissionGrader(course, assignment).open("ps1", solution_of(assignment))[0]


def _time_row(what: str, job: Job, repeats: int) -> Row:
    """Take both times in turn: one worker each, already started."""
    with Executor(workers=1) as executor, bare_process() as run_bare:

        def ours() -> float:
            start = time.perf_counter()
            (done,) = executor.run([job])
            unasked = {probe.probe_id for probe in job.probes if probe.if_changed}
            wrong = [answer for answer in done.answers if answer.state != "ok" and answer.probe_id not in unasked]
            assert not wrong, wrong
            return time.perf_counter() - start

        times = interleaved({"ours": ours, "base": lambda: run_bare(job)}, repeats)
    mine, base = median(times["ours"]), median(times["base"])
    full = f"ps1 in the engine, {what} ({len(job.cells)} and {len(job.probes)}), against the same in a bare fork"
    bound = f"{MOST_RATIO:.0f} times"
    return Row(full, f"{mine * 1000:.0f} ms", f"{base * 1000:.0f} ms", mine / base, bound, mine / base <= MOST_RATIO)


def _memory_rows(job: Job, jobs: int) -> list[Row]:
    """Run many submissions on two workers, and look at the memory of everything as they come."""
    sizes = []
    start = time.perf_counter()
    with Executor(workers=2) as executor:
        for number, _ in enumerate(executor.run(job for _ in range(jobs))):
            if number % max(1, jobs // 50) == 0:
                sizes.append(sum(_bytes(pid) for pid in _family()) / _MEGABYTE)
    seconds = time.perf_counter() - start
    fifth = len(sizes) // 5
    early, late, most = median(sizes[:fifth]), median(sizes[-fifth:]), max(sizes)
    what = f"memory of {jobs} submissions of ps1, two workers, everything together, last fifth against the first"
    growth = Row(what, f"{late:.0f} MB", f"{early:.0f} MB", late / early)
    if jobs >= JOBS:  # of a few, the first fifth is the filling of the caches
        growth = replace(growth, bound=f"{MOST_GROWTH:.2f} times", within=late / early <= MOST_GROWTH)
    return [
        growth,
        Row("the most memory at any time", f"{most:.0f} MB", bound=f"{MOST_MEMORY:,} MB", within=most <= MOST_MEMORY),
        Row(f"{jobs} submissions of ps1, two workers, the engine alone", f"{seconds:.0f} s"),
    ]


def _family() -> Iterator[int]:
    """This process, and all that come from it."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:  # it has just ended
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    waiting = [os.getpid()]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += parents.get(pid, [])


def _bytes(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:  # it has just ended
        pass
    return 0


@contextmanager
def bare_process() -> Iterator[Callable[[Job], float]]:
    """Start a process that has loaded what the engine's has; give what runs a job in a fork of it, in seconds."""
    words = [sys.executable, "-m", "benchmarks.bare"]
    environment = {**os.environ, "MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1", **font_cache()}
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        given, said = process.stdin, process.stdout
        assert given is not None and said is not None

        def run(job: Job) -> float:
            given.write(pickle.dumps(job))
            given.flush()
            return float(said.readline())

        yield run
        given.close()


if __name__ == "__main__":
    sys.exit(main())
