"""Thirty students on a hub of this machine: what the bell costs, and whether all lessons run to their end.

``python -m benchmarks.hub`` makes a hub in a folder of its own, on loopback, and lets students log in at the same moment,
get the course, run a lesson and hand in. It measures what thirty bare servers cost on this machine in the same run, and
compares: seconds by the clock, which only an idle machine makes comparable, and the processor time that the hub and its
servers used. It is refused with less than 12 GB of free memory, and ends itself after half an hour. With ``--system-users``
it makes an account ``bench-01`` … for each student, and removes them again; without, all are processes of one user.
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import requests

from benchmarks.rows import Row
from benchmarks.run import report
from classroom.assignments.assignment import read_assignment
from classroom.course import SAMPLE, SAMPLE_SEED, Course
from classroom.errors import TeacherError
from classroom.files import notebook_bytes
from classroom.hub.folder import make_hub, open_hub, student_files
from tests.support.classroom.hub import Student, free_ports, running
from tests.support.classroom.made_class import solved

STUDENTS, MAX_STUDENTS = 30, 60
NEEDED_GB, MAX_MINUTES = 12.0, 30
MAX_MB, MAX_TIMES = 260.0, 1.5
LESSON = "my_notebooks/00_start_here.ipynb"
# A server without a hub, as little as the hub's servers are (classroom/hub/templates/student_server.py).
PLAIN = """
import sys
sys.modules["rfc3987_syntax"] = None
import jupyterlab.commands
jupyterlab.commands._yarn_config = lambda logger: {"yarn config": {}}
from jupyterlab.labapp import main
main()
"""
BARE = 3  # servers from which the cost of thirty is reckoned


@dataclass
class Class:
    """What became of the students, and when."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    ended: int = 0
    lost: int = 0
    used_at_bell: float = 0.0  # processor time of the hub and all servers when the last server answered
    used: float = 0.0
    megabytes: float = 0.0  # of all students' programs when all have handed in, each with one lesson open
    of_kernels: float = 0.0  # of these, the kernels

    def last(self, step: str) -> float:
        """Return when the last student was through a step."""
        return max(self.seconds.get(step, [0.0]))


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the table; 0 if every student came to the end."""
    parser = argparse.ArgumentParser(prog="benchmarks.hub", description="Measure a class that starts at once on a hub.")
    parser.add_argument("--students", type=int, default=STUDENTS, help=f"how many; at most {MAX_STUDENTS}")
    parser.add_argument("--system-users", action="store_true", help="make an account for each on this machine, as root")
    options = parser.parse_args(arguments)
    count = min(max(options.students, 1), MAX_STUDENTS)
    if (free := free_memory()) < NEEDED_GB * count / STUDENTS:
        wanted = NEEDED_GB * count / STUDENTS
        print(f"Refused: {count} students need {wanted:.0f} GB of free memory, and {free:.1f} GB are free.", file=sys.stderr)
        return 2
    if options.system_users and os.geteuid() != 0:
        print("Refused: only root makes accounts. Leave --system-users out, or run it with sudo.", file=sys.stderr)
        return 2
    try:
        found, rows = measured(count, system=options.system_users)
    except TeacherError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(report(rows, 1))
    print("\n".join(found.faults[:10]))
    return int(bool(found.faults))


def free_memory() -> float:
    """Return the memory that programs can still have, in GB."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) / 2**20
    return 0.0


def measured(count: int, *, system: bool) -> tuple[Class, list[Row]]:
    """Let a class work on a hub, and return what became of it, as a table too."""
    with tempfile.TemporaryDirectory(prefix="course-hub-") as name, accounts(count if system else 0) as made:
        folder = Path(name) / "hub"
        Path(name).chmod(0o755)
        hub = open_hub(folder, "system" if system else "try", "root" if system else None)
        make_hub(hub, student_files())
        if system:  # accounts of the system are not let in; the bench's own are in its group
            settings = (folder / "hub.toml").read_text(encoding="utf-8")
            (folder / "hub.toml").write_text(settings.replace('"students"', f'"{GROUP}"'), encoding="utf-8")
        release(folder / "exchange" / hub.course / "outbound")
        single = made[0] if system else None
        bare = bare_seconds(folder, BARE, single[0] if single else None) * count / BARE
        password = "" if system else (folder / "private" / "password.txt").read_text(encoding="utf-8").strip()
        names = made or [(f"s{number:03}", password) for number in range(1, count + 1)]
        found = Class()
        with running(folder, Path(name) / "hub.log") as address:
            work([Student(address, *one) for one in names], found, hub.link, hub.course)
        if found.faults:
            print((Path(name) / "hub.log").read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
    return found, table(found, count, bare)


def table(found: Class, count: int, bare: float) -> list[Row]:
    """Return what became of a class of so many, beside the processor time of as many bare servers."""
    processors = os.cpu_count() or 1
    at_bell, at_best, each = found.last("server"), bare / processors, found.megabytes / count
    return [
        Row(f"students of {count} who are in, with a server", f"{len(found.seconds.get('server', []))}"),
        Row(f"lessons of {count} that ran to their end", f"{found.ended}", "", None, f"{count}", found.ended == count),
        Row("kernels that were lost", f"{found.lost}", "", None, "0", found.lost == 0),
        Row(
            f"bell to the last of {count} servers, against the processor time of as many bare servers on all processors",
            f"{at_bell:.0f} s",
            f"{at_best:.0f} s",
            at_bell / at_best,
            f"{MAX_TIMES} times",
            at_bell <= MAX_TIMES * at_best,
        ),
        Row(
            "processor time of hub, proxy and servers until then, against the same",
            f"{found.used_at_bell:.0f} s",
            f"{bare:.0f} s",
            found.used_at_bell / bare,
        ),
        Row("processor time of one bare server", f"{bare / count:.1f} s"),
        *(Row(f"bell to the last: {step}", f"{found.last(step):.0f} s") for step in STEPS),
        Row("processor time of a student in all, the hub's included", f"{found.used / count:.1f} s"),
        Row(
            "memory of a student's server and kernel, with one lesson open",
            f"{each:.0f} MB",
            "",
            None,
            f"{MAX_MB:.0f} MB",
            each <= MAX_MB,
        ),
        Row("of it the kernel, which each further open lesson takes again", f"{found.of_kernels / count:.0f} MB"),
    ]


STEPS = ("log-in", "server", "course", "lesson", "handed in")
GROUP = "bench-hub"


def work(students: Sequence[Student], found: Class, link: str, course: str) -> None:
    """Let all students begin at the same moment, and look at memory and processor time."""
    lock, start, all_in = threading.Lock(), time.monotonic(), threading.Barrier(len(students))
    deadline = start + MAX_MINUTES * 60

    def at(step: str) -> None:
        with lock:
            found.seconds.setdefault(step, []).append(time.monotonic() - start)
            through = len(found.seconds[step]) == len(students)
        if through and step == "server":
            found.used_at_bell = _used()
        if step == "server":  # the teacher waits until all are in, then the lesson begins
            with suppress(threading.BrokenBarrierError):
                all_in.wait(max(deadline - time.monotonic(), 0.1))

    def one(student: Student) -> None:
        try:
            a_student(student, found, link, course, at, lock)
        except Exception as problem:
            all_in.abort()
            with lock:
                found.faults.append(f"{student.name}: {type(problem).__name__}: {str(problem)[:300]}")

    pool = ThreadPoolExecutor(len(students))
    waiting: list[Future[None]] = [pool.submit(one, student) for student in students]
    for future in waiting:
        with suppress(TimeoutError):
            future.result(max(deadline - time.monotonic(), 0.1))
    pool.shutdown(wait=False, cancel_futures=True)
    found.used = _used()
    for one in _started():
        found.megabytes += (taken := _megabytes(one))
        found.of_kernels += taken if _is_kernel(one) else 0


def a_student(
    student: Student, found: Class, link: str, course: str, at: Callable[[str], None], lock: threading.Lock
) -> None:
    """Do what a student does: log in, get the course, run all cells of lesson 00, fetch and submit."""
    student.log_in()
    at("log-in")
    student.start()
    at("server")
    student.pull(link)
    at("course")
    lesson = student.read(f"{course}/{LESSON}")
    code = [cell["source"] for cell in lesson["cells"] if cell["cell_type"] == "code"]
    try:
        ran = list(student.run(f"{course}/{LESSON}", code))
    except Exception:
        with lock:
            found.lost += 1
        raise
    wrong = {one.error for one in ran} - {"", "NameError"}  # the lesson teaches a NameError
    if wrong:
        raise AssertionError(f"lesson 00 stopped with {wrong}")
    with lock:
        found.ended += 1
    at("lesson")
    student.assignment("fetch", course, "ps1")
    path = f"{course}/my_notebooks/assignments/ps1/ps1.ipynb"
    student.write(path, solved(read_assignment(Course(SAMPLE, SAMPLE_SEED, private=False), "ps1")))
    student.assignment("submit", course, "ps1")
    at("handed in")


def _started() -> list[Any]:
    """Return the hub and all that it started, this process not among them."""
    started: list[Any] = psutil.Process().children(recursive=True)
    return started


def _used() -> float:
    """Return the processor time that the hub, the proxy and all servers and kernels have used so far."""
    total = 0.0
    for process in _started():
        with suppress(psutil.Error):
            total += sum(process.cpu_times()[:2])
    return total


def _megabytes(process: Any) -> float:
    """Return the memory of a student's server or kernel; of what several share, its part. 0 for the hub itself."""
    with suppress(psutil.Error):
        if "JUPYTERHUB_USER" in process.environ():
            return float(process.memory_full_info().pss) / 2**20
    return 0.0


def _is_kernel(process: Any) -> bool:
    with suppress(psutil.Error):
        return "ipykernel_launcher" in process.cmdline()
    return False


def bare_seconds(folder: Path, count: int, user: str | None) -> float:
    """Return the processor time of single servers with the hub's configuration, without a hub, one after the other."""
    total = 0.0
    for number in range(count):
        home = folder.parent / f"bare-{number}"
        home.mkdir()
        if user:
            shutil.chown(home, user)
        [port] = free_ports(1)
        env = {**os.environ, "HOME": str(home), "JUPYTER_CONFIG_PATH": str(folder / "jupyter"), "OPENBLAS_NUM_THREADS": "1"}
        call = [sys.executable, "-c", PLAIN, "--no-browser", f"--port={port}", "--IdentityProvider.token=x"]
        more: dict[str, Any] = {"user": user} if user else {}
        call += [] if user or os.geteuid() else ["--allow-root"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        server = subprocess.Popen(call, cwd=home, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
        end = time.monotonic() + 120
        while time.monotonic() < end:
            with suppress(requests.RequestException):
                if requests.get(f"http://127.0.0.1:{port}/api/status?token=x", timeout=5).ok:
                    break
            time.sleep(0.2)
        server.terminate()
        server.wait(30)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        total += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return total


def release(outbound: Path) -> None:
    """Hand out ps1, as ``nbgrader release_assignment`` does."""
    assignment = read_assignment(Course(SAMPLE, SAMPLE_SEED, private=False), "ps1")
    (outbound / "ps1").mkdir()
    (outbound / "ps1" / "ps1.ipynb").write_bytes(notebook_bytes(assignment.release))


@contextmanager
def accounts(count: int) -> Iterator[list[tuple[str, str]]]:
    """Make accounts on this machine, and remove them with their homes; accounts that were there are never touched."""
    made: list[tuple[str, str]] = []
    try:
        if count:
            subprocess.run(["groupadd", "--force", GROUP], check=True)
        for number in range(1, count + 1):
            name, password = f"bench-{number:02}", secrets.token_urlsafe(9)
            subprocess.run(["useradd", "--create-home", "--groups", GROUP, name], check=True)
            made.append((name, password))
            subprocess.run(["chpasswd"], input=f"{name}:{password}\n", text=True, check=True)
        yield made
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl+C would leave accounts behind
        for name, _ in made:
            subprocess.run(["userdel", "--remove", "--force", name], check=False, capture_output=True)
        if count:
            subprocess.run(["groupdel", GROUP], check=False, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
