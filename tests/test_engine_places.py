"""Where submissions run: without bubblewrap, when it is missing or forbidden, when a place breaks, when the caller stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.classroom.engine import Cell, Executor, Job, Limits, Probe, Report, sandbox
from helpers.classroom.engine import places as rooms
from helpers.classroom.errors import TeacherError
from tests.environment import needs_program
from tests.test_engine import EVERY_HONEST, LIMITS, earned, family, job, probes

HONEST = job(EVERY_HONEST, {})
COUNT = Job(
    "counts its runs",
    (
        Cell("q1", "seen = []"),
        Cell("q2", "def f():\n    seen.append(1)\n    if len(seen) == 2:\n        raise ValueError\n    return len(seen)"),
    ),
    tuple(Probe(f"p{n}", {}, {}, (), "f()") for n in range(3)),
)


def only(reports: Iterator[Report]) -> Report:
    (report,) = reports
    return report


@pytest.fixture(scope="module")
def isolated() -> Iterator[Executor]:
    needs_program("bwrap")
    with Executor(workers=1) as executor:
        yield executor


def test_without_isolation_the_points_are_the_same_and_the_report_says_so(isolated: Executor) -> None:
    slow = Job(HONEST.job_id, HONEST.cells, HONEST.probes, Limits())
    with Executor(workers=1, unsafe=True) as executor:
        report = only(executor.run([slow]))
    assert report.isolation == "not isolated"
    assert report.answers == only(isolated.run([slow])).answers


def test_without_isolation_a_submission_harms_only_itself() -> None:
    cells = (
        Cell("q1", "a = 1"),
        Cell(
            "q2",
            "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'input()'])\nwhile True: pass",
        ),
        Cell("q3", "import os\nos._exit(1)"),
    )
    before = family()
    with Executor(workers=1, unsafe=True) as executor:
        report = only(executor.run([Job("bad", cells, (Probe("p", {}, {}, (), "a"),), Limits(cell_seconds=0.7))]))
    assert [ran.state for ran in report.ran] == ["ok", "timeout", "killed"]
    assert report.answers[0].value == 1
    assert family() == before


def test_where_a_process_cannot_be_copied_each_probe_gets_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS."""
    made = []
    monkeypatch.setattr(
        rooms.Fresh, "open", lambda self, limits, real=rooms.Fresh.open: made.append(1) or real(self, limits)
    )
    monkeypatch.setattr(
        rooms.Fresh, "__init__", lambda self, real=rooms.Fresh.__init__: real(self) or setattr(self, "forks", False)
    )
    two = Job("two", COUNT.cells, COUNT.probes[:2])
    with Executor(workers=1, unsafe=True) as executor:
        report = only(executor.run([two]))
    assert [answer.value for answer in report.answers] == [1, 1]
    assert len(made) == 2


def test_a_probe_that_another_has_spoilt_is_put_again_to_a_clean_copy(isolated: Executor) -> None:
    report = only(isolated.run([COUNT]))
    assert [answer.state for answer in report.answers] == ["ok", "ok", "ok"]


def test_bubblewrap_missing_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TeacherError, match="(?s)apt-get install bubblewrap.*--unsafe"):
        Executor()


def test_bubblewrap_forbidden_says_why_and_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'setting up uid map: Permission denied' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TeacherError, match="(?s)Permission denied.*--unsafe"), Executor(workers=2):
        pass


def test_a_preloaded_process_that_died_is_replaced(isolated: Executor) -> None:
    (place,) = isolated._places
    assert isinstance(place, rooms.Preloaded) and place._process is not None
    os.kill(place._process.pid, signal.SIGKILL)
    place._process.wait()
    report = only(isolated.run([HONEST]))
    assert earned(report, report) == {"q1", "q2", "q3"}


def test_jobs_are_read_only_as_fast_as_they_run(isolated: Executor) -> None:
    read = []

    def jobs() -> Iterator[Job]:
        for number in range(20):
            read.append(number)
            yield Job(str(number), (), ())

    for done, _ in enumerate(isolated.run(jobs()), start=1):
        assert len(read) <= done + 1


def test_probes_come_after_all_cells_and_see_their_own_tables_only(isolated: Executor) -> None:
    cells = (Cell("late", 'import os\nfound = os.listdir("../tables")'),)
    tables = {"events": (Path(__file__).parent.parent / "data" / "events.csv").read_bytes()}
    asked = (
        Probe("before", {}, {}, (), "found"),
        Probe("swapped", tables, {}, (), 'sorted(os.listdir("../tables"))[:1]'),
        Probe("names", tables, {"mine": "events"}, (), "len(mine)"),
        Probe("gone", {}, {}, (), "mine"),
    )
    before, swapped, names, gone = only(isolated.run([Job("late", cells, asked)])).answers
    assert before.value == {"type": "list", "items": []}
    assert swapped.value == {"type": "list", "items": ["actors.csv"]}
    assert names.value and gone.state == "error"


def test_a_cell_that_is_missing_or_has_no_end_is_not_run_again(isolated: Executor) -> None:
    cells = (Cell("loop", "while True: pass"), Cell("fine", "x = 1"))
    asked = (
        Probe("missing", {}, {}, ("nowhere",), "x"),
        Probe("endless", {}, {}, ("loop",), "x"),
        Probe("fine", {}, {}, ("fine",), "x"),
    )
    start = time.monotonic()
    report = only(isolated.run([Job("loop", cells, asked, Limits(cell_seconds=0.5))]))
    assert [answer.state for answer in report.answers] == ["not run", "timeout", "ok"]
    assert report.ran[0].line == 1
    assert time.monotonic() - start < 10  # not the limit over and over


def test_a_job_has_a_limit_in_all(isolated: Executor) -> None:
    cells = tuple(Cell(f"q{n}", "import time\ntime.sleep(0.4)") for n in range(20))
    report = only(isolated.run([Job("long", cells, probes()[:1], Limits(total_seconds=1.0))]))
    assert report.ran[0].state == "ok"
    assert report.ran[-1].state == report.answers[0].state == "not run"


_STOPS = """
import sys
from helpers.classroom.engine import Cell, Executor, Job
loop = Job("loop", (Cell("q1", "import time\\nwhile True:\\n    time.sleep(1)"),), ())
with Executor(workers=2) as executor:
    print("ready", flush=True)
    if sys.argv[1] == "break":
        for report in executor.run([Job("fast", (), ()), loop, loop]):
            sys.stdin.readline()  # until its processes have been seen
            break
    else:
        list(executor.run([loop, loop]))
print("ended", flush=True)
"""


@pytest.mark.parametrize("how", ["break", "kill"])
def test_when_the_caller_stops_or_dies_nothing_runs_on(how: str) -> None:
    needs_program("bwrap")
    root = Path(__file__).resolve().parent.parent
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    caller = subprocess.Popen([sys.executable, "-c", _STOPS, how], cwd=root, text=True, **pipes)
    assert caller.stdin is not None and caller.stdout is not None and caller.stdout.readline() == "ready\n"
    places = {}
    begun = time.monotonic()
    while len(places) < 2 and time.monotonic() < begun + 30:  # "ready" is said before the first of them is started
        places |= family(caller.pid)
        time.sleep(0.02)
    assert len(places) >= 2
    if how == "kill":
        caller.kill()
    caller.stdin.close()
    begun = time.monotonic()
    caller.wait(timeout=60)
    while time.monotonic() < begun + 8 and any(Path(f"/proc/{pid}").exists() for pid in places):
        time.sleep(0.05)
    assert not [name for pid, name in places.items() if Path(f"/proc/{pid}").exists()]
    assert time.monotonic() < begun + 8, "it waited for the limit of the cell"
    assert how == "kill" or caller.stdout.read() == "ended\n"


def test_the_source_of_a_cell_may_begin_with_a_mark_and_its_text_is_cut(isolated: Executor) -> None:
    cells = (Cell("q1", '\ufeffprint("x" * 100_000)'),)
    (ran,) = only(isolated.run([Job("text", cells, (), LIMITS)])).ran
    assert ran.state == "ok"
    assert len(ran.text) < LIMITS.output_characters + 300


def test_python_may_stand_where_the_sandbox_has_an_empty_folder() -> None:
    """A clone in /tmp has its environment there, too; inside, /tmp is empty."""
    assert sandbox._inside(Path("/tmp/clone/.venv/bin/python")) == Path("/from_tmp/clone/.venv/bin/python")
    assert sandbox._inside(Path("/usr/bin/python3")) == Path("/usr/bin/python3")
