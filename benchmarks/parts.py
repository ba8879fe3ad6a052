"""A class in parts: two on two processors against one worker, and the gathering of five thousand results.

``python -m benchmarks.parts`` takes some minutes; ``--quick`` takes a tenth of the students. Seconds by the clock can be
compared only on a machine with nothing else to do. What keeps two parts from half the time is measured too: the start, which
each part has, and that a hash does not share out evenly. The five thousand are copies of one marked submission under other
names: gathering reads and writes as for a real class, and runs nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.rows import Row
from benchmarks.run import ROOT, report
from classroom.__main__ import main as classroom
from classroom.assignments.assignment import read_assignment
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from classroom.grading.parts import MAX_PARTS, part_of
from tests.support.classroom.made_class import make_class

MARKED, GATHERED = 240, 5_000
MIN_TIMES, MAX_SECONDS, MAX_STATEMENTS = 1.8, 60.0, 10.0


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.parts", description="Measure how parts of a class are marked and gathered."
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the students")
    share = 10 if parser.parse_args(arguments).quick else 1
    print(report([*two_parts(MARKED // share), *gathering(GATHERED // share)], 1))
    return 0


def two_parts(students: int) -> list[Row]:
    """Mark a class by one worker, and in two parts with one worker each."""
    with tempfile.TemporaryDirectory(prefix="parts-") as name:
        folder = Path(name)
        ids = make_class(folder, read_assignment(Course(SAMPLE, SAMPLE_SEED, private=False), "ps1"), students + 1)
        one = _seconds(folder, {"one": ()})
        parts = _seconds(folder, {"part1": ("--part", "1/2"), "part2": ("--part", "2/2")})
        none = _seconds(folder, {"none": ("--part", _empty(ids))})
    larger = max(sum(part_of(student, 2) == part for student in ids[:-1]) for part in (1, 2))
    what = f"{students} submissions of ps1 in two parts at the same time, against one worker"
    times = one / parts
    return [
        Row(what, f"{parts:.0f} s", f"{one:.0f} s", times, f"at least {MIN_TIMES}", times >= MIN_TIMES),
        Row("of it a part without students: the start, which each part has", f"{none:.0f} s"),
        Row(f"students of {students} in the larger part", f"{larger}"),
    ]


def _empty(ids: Sequence[str]) -> str:
    """Return a part to which nobody belongs."""
    filled = {part_of(student, MAX_PARTS) for student in ids}
    return f"{next(part for part in range(1, MAX_PARTS + 1) if part not in filled)}/{MAX_PARTS}"


def _seconds(folder: Path, runs: dict[str, tuple[str, ...]]) -> float:
    """Return how long some runs take that begin together."""
    start = time.perf_counter()
    processes = [_process(folder, out, *more) for out, more in runs.items()]
    if any([process.wait() for process in processes]):  # a list: all must have ended
        raise RuntimeError(f"One of {', '.join(runs)} did not end well.")
    return time.perf_counter() - start


def gathering(students: int) -> list[Row]:
    """Gather two parts of a large class."""
    with tempfile.TemporaryDirectory(prefix="parts-") as name:
        folder = Path(name)
        make_class(folder, read_assignment(Course(SAMPLE, SAMPLE_SEED, private=False), "ps1"), 2)
        _process(folder, "first").wait()
        for number in range(students):
            _copy(folder, f"m{number:05}")
        for number in (1, 2):
            shutil.copyfile(folder / "first" / ".kept" / "facts.txt", folder / f"part{number}" / ".kept" / "facts.txt")
            _make_mergeable(folder, f"part{number}")
        statements: list[str] = []
        event.listen(Engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        start, used = time.perf_counter(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            code = classroom([*_command(folder, "all"), "--gather", str(folder / "part1"), str(folder / "part2")])
        seconds, used = time.perf_counter() - start, time.process_time() - used
        lines = (folder / "all" / "grades.csv").read_text(encoding="utf-8").count("\n") if code == 0 else 0
    per_hundred = len(statements) / students * 100
    return [
        Row(f"students of {students} in the gathered list", f"{lines - 2}", "", None, f"{students}", lines - 2 == students),
        Row(
            f"gathering of {students} kept results",
            f"{seconds:.0f} s",
            "",
            None,
            f"{MAX_SECONDS:.0f} s",
            seconds <= MAX_SECONDS,
        ),
        Row("processor time of it", f"{used:.0f} s"),
        Row(
            "statements to the gradebook for a hundred students",
            f"{per_hundred:.1f}",
            "",
            None,
            f"{MAX_STATEMENTS:.0f}",
            per_hundred <= MAX_STATEMENTS,
        ),
    ]


def _copy(folder: Path, student: str) -> None:
    """Hand in the work of the first student under another name, and keep its result in the part of that name."""
    part = folder / f"part{part_of(student, 2)}"
    work = Path("s001") / "ps1"
    shutil.copytree(folder / "submissions" / work, folder / "submissions" / student / "ps1")
    shutil.copytree(folder / "first" / "autograded" / work, part / "autograded" / student / "ps1")
    (part / ".kept").mkdir(exist_ok=True)
    shutil.copyfile(folder / "first" / ".kept" / "s001.json", part / ".kept" / f"{student}.json")


def _make_mergeable(folder: Path, part: str) -> None:
    """Give a part the gradebook of a part in which nothing was marked by hand yet."""
    for name in ("gradebook.db", "grades.csv"):
        shutil.copyfile(folder / "first" / name, folder / part / name)
    if part == "part1":  # the first student's own result
        shutil.copyfile(folder / "first" / ".kept" / "s001.json", folder / part / ".kept" / "s001.json")
        shutil.copytree(folder / "first" / "autograded" / "s001", folder / part / "autograded" / "s001")


def _command(folder: Path, out: str) -> list[str]:
    return ["grade", "ps1", "--submissions", str(folder / "submissions"), "--out", str(folder / out), "--workers", "1"]


def _process(folder: Path, out: str, *more: str) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "classroom", *_command(folder, out), *more]
    return subprocess.Popen(call, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
