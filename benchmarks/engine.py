"""The engine that marks graded work, against the same cells and questions run bare in a fork of a process that is ready.

``python -m benchmarks.engine`` prints a table. The submission is the solution of ps1 with the public seed. Bare means: no
sandbox, no limits, no channel; one fork for the whole submission, and all hidden questions in it, one after another.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from typing import IO, Any

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
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.bare:
        _serve_bare()
        return 0
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
    with Executor(workers=1) as executor, _bare() as bare:

        def ours() -> float:
            start = time.perf_counter()
            (done,) = executor.run([job])
            unasked = {probe.probe_id for probe in job.probes if probe.if_changed}
            wrong = [answer for answer in done.answers if answer.state != "ok" and answer.probe_id not in unasked]
            assert not wrong, wrong
            return time.perf_counter() - start

        times = interleaved({"ours": ours, "base": lambda: _bare_seconds(bare, job)}, repeats)
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


def _bare() -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "benchmarks.engine", "--bare"]
    environment = {**os.environ, "MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1", **font_cache()}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(words, cwd=ROOT, env=environment, **pipes)


def _bare_seconds(bare: subprocess.Popen[str], job: Job) -> float:
    assert bare.stdin is not None and bare.stdout is not None
    probes = [{**asdict(probe), "tables": _text(probe.tables), "frames": _text(probe.frames)} for probe in job.probes]
    cells = {cell.cell_id: cell.source for cell in job.cells}
    bare.stdin.write(json.dumps({"cells": cells, "probes": probes}) + "\n")
    bare.stdin.flush()
    return float(bare.stdout.readline())


def _text(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in files.items()}


def _serve_bare() -> None:
    """Be ready as the engine's process is, then fork for each submission and say how long it took."""
    from classroom.sandbox.inside.worker import preload

    preload()
    out = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        work = json.loads(line)
        start = time.perf_counter()
        pid = os.fork()
        if pid == 0:
            _run_bare(work, out)
        assert os.waitpid(pid, 0)[1] == 0
        print(time.perf_counter() - start, file=out, flush=True)


def _run_bare(work: dict[str, Any], out: IO[str]) -> None:
    """Run the cells, with the pictures that a notebook would make, then put each question."""
    import tempfile

    import matplotlib.pyplot as plt
    from IPython.core.pylabtools import print_figure

    out.close()
    names: dict[str, Any] = {"__name__": "__main__"}
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (until the process ends)
    loaded: dict[tuple[str, str], Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for source in work["cells"].values():
            exec(compile(source, "<cell>", "exec"), names)
            for number in plt.get_fignums():
                print_figure(plt.figure(number), fmt="png", bbox_inches=None)
            plt.close("all")
        for probe in work["probes"]:
            if probe["after"]:
                eval(probe["read"], names)
                continue
            if probe["if_changed"]:
                continue
            fresh: dict[str, Any] = {"__name__": "__main__"}
            with _swapped_bare(probe, Path(folder), loaded):
                for cell_id in probe["cells"]:
                    exec(compile(work["cells"][cell_id], "<cell>", "exec"), fresh)
                plt.close("all")
                eval(probe["read"], fresh)
    os._exit(0)


@contextmanager
def _swapped_bare(probe: dict[str, Any], folder: Path, loaded: dict[tuple[str, str], Any]) -> Iterator[None]:
    """Let `load` give swapped tables, each of which it reads or unpickles once."""
    import helpers
    from helpers import data

    _swap_bare(probe["tables"], folder)
    key, quick = json.dumps(probe["tables"], sort_keys=True), data.load

    def load(name: str, *, language: str = "en") -> Any:
        if (name, key) not in loaded:
            frame = probe["frames"].get(name)  # the engine has it loaded already
            loaded[name, key] = quick(name) if frame is None else pickle.loads(base64.b64decode(frame))
        return loaded[name, key].copy()

    data.load = helpers.load = load
    try:
        yield
    finally:
        data.load = helpers.load = quick


def _swap_bare(tables: dict[str, str], folder: Path) -> None:
    """Point `load` at the real tables, or at a copy with some of them swapped."""
    from helpers import data

    true = ROOT / "data"
    data.DATA = true
    if not tables:
        return
    for resource in data.package()["resources"]:
        target = folder / resource["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        if resource["name"] in tables:
            target.write_bytes(base64.b64decode(tables[resource["name"]]))
        else:
            target.symlink_to(true / resource["path"])
    if not (folder / "datapackage.json").exists():
        (folder / "datapackage.json").symlink_to(true / "datapackage.json")
    data.DATA = folder


if __name__ == "__main__":
    sys.exit(main())
