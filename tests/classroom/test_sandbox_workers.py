"""Where submissions run: without bubblewrap, when it is missing or forbidden, when a worker dies, when the caller stops."""

from __future__ import annotations

import argparse
import ast
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from classroom.commands import grade
from classroom.errors import TeacherError
from classroom.sandbox import Cell, Executor, Job, Limits, Probe, Report
from classroom.sandbox.inside import fork_server, probe
from classroom.sandbox.outside import bubblewrap, pool, workers
from classroom.sandbox.outside.endless import split_before_endless_loop
from tests.classroom.test_sandbox import EVERY_HONEST, LIMITS, earned, family, job
from tests.support.environment import needs_program

HONEST = job(EVERY_HONEST, {})
COUNT = Job(
    "counts its runs",
    (
        Cell("q1", "seen = []"),
        Cell("q2", "def f():\n    seen.append(1)\n    if len(seen) == 2:\n        raise ValueError\n    return len(seen)"),
    ),
    tuple(Probe(f"p{n}", "f()", cells=("q1", "q2")) for n in range(3)),
    base=("q1",),
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
        report = only(
            executor.run(
                [
                    Job(
                        "bad",
                        cells,
                        (Probe("p", "a", after="q3"), Probe("again", "a", cells=("q1",))),
                        Limits(cell_seconds=0.7),
                    )
                ]
            )
        )
    assert [ran.state for ran in report.ran] == ["ok", "timeout", "killed"]
    assert [answer.value for answer in report.answers] == [1, 1]
    assert family() == before


def test_where_a_process_cannot_be_copied_each_probe_gets_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS."""
    made = []
    monkeypatch.setattr(
        workers.UnsafeWorker,
        "open",
        lambda self, limits, real=workers.UnsafeWorker.open: made.append(1) or real(self, limits),
    )
    monkeypatch.setattr(
        workers.UnsafeWorker,
        "__init__",
        lambda self, real=workers.UnsafeWorker.__init__: real(self) or setattr(self, "forks", False),
    )
    probes = (Probe("left", "len(seen)", after="q2"), *COUNT.probes[:2])
    two = Job("two", COUNT.cells, probes, base=("q1",))
    with Executor(workers=1, unsafe=True) as executor:
        made.clear()
        report = only(executor.run([two]))
    assert [answer.value for answer in report.answers] == [0, 1, 1]
    assert len(made) == 3  # one for the student's own run, and one for each probe


def test_a_probe_that_another_has_spoilt_is_put_again_to_a_clean_copy(isolated: Executor) -> None:
    report = only(isolated.run([COUNT]))
    assert [answer.state for answer in report.answers] == ["ok", "ok", "ok"]


def test_the_trial_of_a_machine_holds_in_a_course_that_has_no_events_yet() -> None:
    for asked in pool._SELF_TEST.probes:
        assert eval(asked.read, {"events": []}) is True
        assert eval(asked.read, {"events": [1]}) is True


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
    (worker,) = isolated._workers
    assert isinstance(worker, workers.SandboxedWorker) and worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
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


def test_what_runs_on_other_tables_sees_nothing_of_the_students_own_run(isolated: Executor) -> None:
    cells = (
        Cell(
            "given",
            "import os\nfrom helpers import load\nevents = load('events')\nfound = os.listdir('../tables')\nlisted = []",
        ),
        Cell("q1", "listed.append(1)\nevents.drop(columns='title', inplace=True)\nopen('file', 'w').close()"),
        Cell("q2", "count = len(listed), 'title' in events.columns, os.path.exists('file'), len(events)"),
    )
    rows = (Path(__file__).parents[2] / "data" / "events.csv").read_bytes().splitlines(keepends=True)
    tables = {"events": b"".join(rows[:9])}
    asked = (
        Probe("left", "found", after="given"),
        Probe("own", "count", after="q2"),
        Probe("apart", "count", cells=("given", "q2"), apart=True),
        Probe("first", "listed", cells=("given", "q1"), tables=tables),
        Probe("second", "count", cells=("given", "q2"), tables=tables),
        Probe("third", "listed", cells=("given", "q1"), tables=tables, apart=True),
        Probe("folder", 'sorted(os.listdir("../tables"))[:1]', cells=("given",), tables=tables),
        Probe("gone", "count", cells=("given",), tables=tables),
    )
    job = Job("late", cells, asked, given="given", base=("given",))
    answers = {answer.probe_id: answer for answer in only(isolated.run([job])).answers}
    values = {name: answer.value and answer.value["items"] for name, answer in answers.items()}
    many = values["own"][3]
    assert (values["left"], values["own"]) == ([], [1, False, True, many])
    assert answers["own"].changed == ("events",) and not answers["left"].changed
    assert values["apart"] == [0, True, False, many]
    assert values["first"] == values["third"] == [1]
    assert values["second"][:2] == [0, True] and values["second"][3] == 8 < many
    assert values["folder"] == ["actors.csv"] and answers["gone"].state == "error"


def test_a_cell_that_is_missing_or_has_no_end_is_not_run_again(isolated: Executor) -> None:
    cells = (Cell("loop", "while True: pass"), Cell("fine", "x = 1"))
    asked = (
        Probe("missing", "x", cells=("nowhere",)),
        Probe("endless", "x", cells=("loop",)),
        Probe("fine", "x", cells=("fine",)),
        Probe("unasked", "x", cells=("fine",), if_changed=True),
        Probe("nowhere", "x", after="nowhere"),
    )
    start = time.monotonic()
    report = only(isolated.run([Job("loop", cells, asked, Limits(cell_seconds=0.5))]))
    assert [answer.state for answer in report.answers] == ["not run", "timeout", "ok", "not run", "not run"]
    assert report.ran[0].line == 1
    assert time.monotonic() - start < 10  # not the limit over and over


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("while True: pass", 1),
        ("x = 1\n\nwhile 1:\n    x += 2\n    continue", 3),
        ("while True:\n    rows.append(next(more))", 1),
        ("import os\nwhile True:\n    os.fork()", 2),
        ("while True:\n    try:\n        while x:\n            pass\n    except BaseException:\n        pass", 1),
        ("while True:\n    while True:\n        break", 1),
        ("while True:\n    for y in z:\n        if y: break\n    else:\n        x = 1", 1),
        ("%matplotlib inline\n!pip install seaborn\nwhile True: pass", 3),
        ("while True:\n    def f():\n        for y in z: break", 1),
        ("while True:\n    break", None),
        ("while True:\n    if x: break", None),
        ("while True:\n    try:\n        x()\n    except StopIteration:\n        break", None),
        ("while True:\n    for y in z:\n        pass\n    else:\n        break", None),
        ("while True:\n    with x:\n        if y:\n            pass\n        else:\n            break", None),
        ("while x:\n    pass", None),
        ("while False:\n    pass", None),
        ("try:\n    while True:\n        next(more)\nexcept StopIteration:\n    pass", None),
        ("with suppress(StopIteration):\n    while True:\n        next(more)", None),
        ("if x:\n    while True:\n        pass", None),
        ("def f():\n    while True:\n        return 1", None),
        ("while True pass", None),
    ],
)
def test_a_loop_that_can_end_only_in_an_error_is_seen(source: str, line: int | None) -> None:
    before, loop = split_before_endless_loop(source)
    if line is None:
        assert (before, loop) == (source, "")
        return
    assert before.splitlines() == source.splitlines()[: line - 1]
    assert loop.splitlines() == ["#"] * (line - 1) + source.splitlines()[line - 1 :]


@pytest.mark.parametrize(
    ("source", "state", "line", "left", "text"),
    [
        ("x = 1\nwhile True: pass\nx = 2", "timeout", 2, 1, ""),
        ("x = 1\nx\nwhile True: x += 1", "timeout", 3, None, ""),  # what stands before the loop is not the last value
        ("x = []\nmore = iter('ab')\nprint('a')\nwhile True:\n    x += next(more)", "error", 5, ["a", "b"], "a"),
        ("x = 1\n1 / 0\nwhile True: pass", "error", 2, 1, ""),
    ],
)
def test_nobody_waits_for_an_endless_loop_and_what_stands_before_it_counts(
    isolated: Executor, source: str, state: str, line: int, left: Any, text: str
) -> None:
    job = Job("loop", (Cell("q1", source),), (Probe("p", "x", after="q1"),))
    report = only(isolated.run([job]))
    (ran,) = report.ran
    value = report.answers[0].value
    assert (ran.state, ran.line, ran.text.strip()) == (state, line, text)
    if left is not None:
        assert (value["items"] if isinstance(left, list) else value) == left
    assert ran.seconds < job.limits.cell_seconds / 2


def test_what_stands_before_an_endless_loop_has_all_the_time_of_a_cell(isolated: Executor) -> None:
    source = (
        "import time\nbegun = time.process_time()\nwhile time.process_time() < begun + 1.3: pass\nx = 1\nwhile True: x += 0"
    )
    report = only(isolated.run([Job("loop", (Cell("q1", source),), (Probe("p", "x", after="q1"),), Limits())]))
    assert (report.ran[0].state, report.ran[0].line, report.answers[0].value) == ("timeout", 5, 1)


def test_a_cell_that_only_waits_is_ended_by_the_clock_and_keeps_its_names(isolated: Executor) -> None:
    source = "import time\nx = 1\ntime.sleep(60)"
    report = only(
        isolated.run([Job("waits", (Cell("q1", source),), (Probe("p", "x", after="q1"),), Limits(cell_seconds=2.0))])
    )
    assert (report.ran[0].state, report.answers[0].value) == ("timeout", 1)
    assert 2.0 <= report.ran[0].seconds < 2.0 * 1.9


def test_a_cell_that_is_quick_on_the_real_tables_is_soon_ended_on_others(isolated: Executor) -> None:
    rows = (Path(__file__).parents[2] / "data" / "events.csv").read_bytes().splitlines(keepends=True)
    cells = (
        Cell("given", "from helpers import load\nevents = load('events')"),
        Cell("q1", "n = len(events)\nwhile n < 50:\n    n -= 1"),
        Cell("q2", "import time\ntime.sleep(1.5)\nn = len(events)"),
    )
    tables = {"events": b"".join(rows[:9])}
    asked = [Probe(f"{q} seen", "n", after=q) for q in ("q1", "q2")]
    asked += [Probe(f"{q} other", "n", cells=("given", q), tables=tables) for q in ("q1", "q2")]
    begun = time.monotonic()
    job = Job("quick", cells, tuple(asked), Limits(cell_seconds=60.0), given="given", base=("given",))
    states = {answer.probe_id: answer.state for answer in only(isolated.run([job])).answers}
    assert states == {"q1 seen": "ok", "q2 seen": "ok", "q1 other": "timeout", "q2 other": "ok"}
    assert time.monotonic() - begun < 30


def test_after_two_timeouts_patience_is_short(isolated: Executor) -> None:
    cells = tuple(Cell(f"q{n}", "n = 0\nwhile n >= 0:\n    n += 1") for n in range(8))
    report = only(isolated.run([Job("loops", cells, (), Limits(cell_seconds=2.0))]))
    assert {ran.state for ran in report.ran} == {"timeout"}
    first, second, *rest = (ran.seconds for ran in report.ran)
    assert min(first, second) > 1.9 > 4 * 0.2 > 0
    assert sorted(rest)[len(rest) // 2] < first / 2


def test_a_thread_that_ends_the_notebook_later_costs_its_own_cell(isolated: Executor) -> None:
    cells = (
        Cell("q1", "import os, threading\nthreading.Timer(0.6, os._exit, (0,)).start()"),
        Cell("q2", "import time\ntime.sleep(1.5)"),
    )
    asked = (Probe("p", "time.time() > 0", after="q2"),)
    report = only(isolated.run([Job("later", cells, asked, Limits(cell_seconds=5.0))]))
    assert [ran.state for ran in report.ran] == ["killed", "ok"]
    assert "later" in report.ran[0].error
    assert report.answers[0].value is True


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()", "ok"),
        ("import concurrent.futures as f\npool = f.ThreadPoolExecutor(4)\npool.submit(print).result()", "ok"),
        (
            "import threading\ndef spin():\n    while True: pass\nthreading.Thread(target=spin, daemon=True).start()",
            "killed",
        ),
    ],
)
def test_threads_that_wait_are_no_fault_and_those_that_compute_are(isolated: Executor, source: str, state: str) -> None:
    (ran,) = only(isolated.run([Job("threads", (Cell("q1", source),), ())])).ran
    assert ran.state == state, ran


def test_a_job_has_a_limit_in_all(isolated: Executor) -> None:
    cells = tuple(Cell(f"q{n}", "import time\ntime.sleep(0.4)") for n in range(20))
    report = only(isolated.run([Job("long", cells, (Probe("p", "1", after="q19"),), Limits(total_seconds=1.0))]))
    assert report.ran[0].state == "ok"
    assert report.ran[-1].state == report.answers[0].state == "not run"


_STOPS = """
import sys
from classroom.sandbox import Cell, Executor, Job
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
    root = Path(__file__).resolve().parents[2]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    caller = subprocess.Popen([sys.executable, "-c", _STOPS, how], cwd=root, text=True, **pipes)
    assert caller.stdin is not None and caller.stdout is not None and caller.stdout.readline() == "ready\n"
    pids = {}
    begun = time.monotonic()
    while len(pids) < 2 and time.monotonic() < begun + 30:  # "ready" is said before the first of them is started
        pids |= family(caller.pid)
        time.sleep(0.02)
    assert len(pids) >= 2
    if how == "kill":
        caller.kill()
    caller.stdin.close()
    begun = time.monotonic()
    caller.wait(timeout=60)
    while time.monotonic() < begun + 8 and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.05)
    assert not [name for pid, name in pids.items() if Path(f"/proc/{pid}").exists()]
    assert time.monotonic() < begun + 8, "it waited for the limit of the cell"
    assert how == "kill" or caller.stdout.read() == "ended\n"


def test_the_source_of_a_cell_may_begin_with_a_mark_and_its_text_is_cut(isolated: Executor) -> None:
    cells = (Cell("q1", '\ufeffprint("x" * 100_000)'),)
    (ran,) = only(isolated.run([Job("text", cells, (), LIMITS)])).ran
    assert ran.state == "ok"
    assert len(ran.text) < LIMITS.output_characters + 300


def test_python_may_stand_where_the_sandbox_has_an_empty_folder() -> None:
    """A clone in /tmp has its environment there, too; inside, /tmp is empty."""
    assert bubblewrap._inside(Path("/tmp/clone/.venv/bin/python")) == Path("/from_tmp/clone/.venv/bin/python")
    assert bubblewrap._inside(Path("/usr/bin/python3")) == Path("/usr/bin/python3")


def test_all_that_the_inner_half_imports_is_shared() -> None:
    """An engine that lacks one of its own files starts nowhere, and says that bubblewrap is to blame."""
    inner = [ast.parse(path.read_text(encoding="utf-8")) for path in (bubblewrap._SANDBOX / "inside").glob("*.py")]
    imports = [node for tree in inner for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 2]
    wanted = {name for node in imports for name in ([node.module] if node.module else [one.name for one in node.names])}
    shared = {Path(name).stem for name in bubblewrap._INSIDE}
    assert "messages" in wanted and wanted <= shared and "outside" not in shared


def _cell_changed(table: Any) -> Any:
    table.loc[0, "title"] = "another"
    return table


def _number_changed(table: Any) -> Any:
    table.loc[1, "count"] += 1
    return table


def _renamed(table: Any) -> Any:
    table.columns = [*table.columns[1:], table.columns[0]]
    return table


def _reindexed(table: Any) -> Any:
    table.index = table.index + 1
    return table


class _Started:
    """A worker that is started in no time, and is never asked."""

    def __init__(self) -> None:
        self.said: list[str] = []
        STARTED.append(self)

    def stop(self) -> None:
        self.said.append("stop")

    def close(self) -> None:
        self.said.append("close")


STARTED: list[_Started] = []


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Executor:
    STARTED.clear()
    monkeypatch.setattr(bubblewrap, "require", lambda: None)
    monkeypatch.setattr(pool, "SandboxedWorker", _Started)
    monkeypatch.setattr(pool, "_try", lambda _: None)
    return Executor(workers=1).begin(1)


def test_an_engine_that_was_begun_early_starts_the_rest_when_it_is_entered(begun: Executor) -> None:
    assert len(STARTED) == 1
    begun.workers = 3
    with begun:
        assert len(STARTED) == 3
    begun.abandon()  # as a run does that has used it
    assert [one.said for one in STARTED] == [["close"]] * 3


def test_an_engine_that_was_begun_for_nothing_is_ended_at_once(begun: Executor) -> None:
    begun.abandon()
    assert [one.said for one in STARTED] == [["stop", "close"]]


@pytest.mark.parametrize(
    ("options", "loaded", "processors", "begins"),
    [
        ([], False, 2, True),
        (["--again"], False, 2, True),
        ([], True, 2, False),
        ([], False, 1, False),
        (["--unsafe"], False, 2, False),
        (["--dry-run"], False, 2, False),
        (["--gather", "there"], False, 2, False),
    ],
)
def test_the_engine_begins_while_libraries_load(
    monkeypatch: pytest.MonkeyPatch, begun: Executor, options: list[str], loaded: bool, processors: int, begins: bool
) -> None:
    begun.abandon()
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    if not loaded:
        monkeypatch.delitem(sys.modules, "pandas")
    parser = argparse.ArgumentParser()
    grade.add_arguments(parser)
    found = grade._begun_engine(parser.parse_args(["ps1", "--submissions", "there", *options]))
    assert (found is not None) == begins
    if found:
        found.abandon()


TO_A_TABLE: list[tuple[Any, bool]] = [
    (lambda table: table, True),
    (lambda table: table.copy(), True),
    (lambda table: table[["count", "title", "when", "kind"]], False),
    (lambda table: table.sort_values("count"), True),  # it is sorted already
    (lambda table: table.iloc[::-1], False),
    (lambda table: table.head(1), False),
    (lambda table: table.assign(more=1), False),
    (lambda table: table.astype({"count": float}), False),
    (lambda table: table.to_dict(), False),
    (lambda table: None, False),
    (_cell_changed, False),
    (_number_changed, False),
    (_renamed, False),
    (_reindexed, False),
]


@pytest.mark.parametrize(("change", "same"), TO_A_TABLE)
@pytest.mark.parametrize("quick", [True, False])
def test_a_table_that_a_cell_changed_is_found_also_without_the_quick_look(
    change: Any, same: bool, quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not quick:
        monkeypatch.setattr(probe, "_shares", lambda *_: False)
    kinds = pd.Categorical(["a", "b", "a"])
    table = pd.DataFrame({"title": ["x", None, "z"], "count": [1, 2, 3], "kind": kinds, "when": pd.Timestamp(2020, 1, 1)})
    given = probe.Given({"table": table, "_own": table})
    assert given.changed({"table": table}) == []
    assert given.changed({"table": change(table)}) == ([] if same else ["table"])


@pytest.mark.parametrize(
    ("whole", "shared_out", "says", "looked"),
    [(750, 10**6, "", 0), (751, 1000, "", 1), (751, 1001, "memory", 1), (5000, 400, "", 1), (5000, 4000, "memory", 1)],
)
def test_memory_is_shared_out_only_where_it_may_be_too_much(
    monkeypatch: pytest.MonkeyPatch, whole: int, shared_out: int, says: str, looked: int
) -> None:
    looks: list[int] = []

    def shared(pid: int) -> int:
        looks.append(pid)
        return shared_out

    monkeypatch.setattr(os, "listdir", lambda _: ["1", "2", "self"])
    monkeypatch.setattr(fork_server, "_resident", lambda _: whole)
    monkeypatch.setattr(fork_server, "_bytes", shared)
    assert fork_server._excess({"processes": 1, "memory_bytes": 1000}, {1}) == says
    assert looks == [2] * looked
