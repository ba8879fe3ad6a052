"""Where one submission at a time runs: a fork of a preloaded process in bubblewrap, or a process of its own without it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Final, Literal, Protocol

from .. import framing
from ..inside.limits import OWN_PROCESSES
from ..messages import Limits
from . import bubblewrap

START_SECONDS = 120.0  # to import everything, on a slow machine
READY_SECONDS = 20.0
_END_SECONDS = 10.0

Cause = Literal["ended", "killed", "memory", "processes"]


class WorkerError(Exception):
    """The worker could not start a submission, through no fault of the submission."""


class WorkerStopped(WorkerError):
    """The worker takes no more submissions."""


class Worker(Protocol):
    """Takes one submission, gives a channel to it, and ends it."""

    @property
    def isolation(self) -> Literal["bubblewrap", "not isolated"]:
        """What a report may say of it."""

    @property
    def forks(self) -> bool:
        """Whether the process can fork for a probe."""

    def open(self, limits: Limits) -> socket.socket:
        """Begin a submission and return the channel to its process."""

    def end(self) -> Cause:
        """End the submission with all its processes, and say why it had ended, if it had."""

    def stop(self) -> None:
        """End the submission from another thread, and take no more."""

    def close(self) -> None:
        """End the worker."""


class SandboxedWorker:
    """A preloaded process inside bubblewrap, which forks for each submission. Starts when it is first needed.

    Raises
    ------
    TeacherError
        From `open`, if bubblewrap is missing or forbidden.
    """

    isolation: Final = "bubblewrap"
    forks: Final = True

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._printed: IO[bytes] | None = None
        self._running = self._stopped = False

    def start(self) -> None:
        """Start the process and wait until it is ready."""
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the process)
        arguments, fonts = bubblewrap.with_fonts(bubblewrap.command(theirs.fileno()))
        try:
            self._process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=self._printed,
                stderr=self._printed,
                pass_fds=[theirs.fileno(), *fonts],
                env={},
                start_new_session=True,  # a Ctrl+C is for the teacher's program alone
            )
        finally:
            theirs.close()
            for descriptor in fonts:
                os.close(descriptor)
        self._control = ours
        ours.settimeout(START_SECONDS)
        with contextlib.suppress(OSError):
            if ours.recv(100) == b"ready":
                return
        raise bubblewrap.refusal(self._output())

    def _output(self) -> str:
        if self._printed is None:
            return ""
        self._printed.seek(0)
        return self._printed.read(100_000).decode("utf-8", "replace")

    def open(self, limits: Limits) -> socket.socket:
        """Begin a submission. After a WorkerError, the next one gets a new fork server."""
        if self._stopped:
            raise WorkerStopped("it was stopped")
        if self._control is None or self._process is None or self._process.poll() is not None:
            self.start()
        assert self._control is not None
        ours, theirs = socket.socketpair()
        bounds = {"memory_bytes": limits.memory_bytes, "processes": limits.processes + OWN_PROCESSES}
        try:
            socket.send_fds(self._control, [json.dumps(bounds).encode()], [theirs.fileno()])
            theirs.close()
            self._running = True
            deadline = time.monotonic() + READY_SECONDS
            framing.send(ours, asdict(limits), deadline)
            _await_ready(ours, deadline)
        except (OSError, ValueError, framing.FramingError) as problem:
            ours.close()
            output = self._output()
            self.close()
            raise WorkerError(f"{problem}: {output[-1600:]}") from None
        return ours

    def end(self) -> Cause:
        """End the submission with all its processes; the fork server says why it ended."""
        if not self._running or self._control is None:
            return "killed"
        self._running = False
        try:
            self._control.settimeout(_END_SECONDS)
            self._control.send(b"kill")
            cause = self._control.recv(100).decode()
        except OSError:
            cause = ""
        if cause in ("ended", "killed", "memory", "processes"):
            return cause  # type: ignore[return-value]
        self.close()  # it does not answer as it should: the next submission gets a new one
        return "killed"

    def stop(self) -> None:
        """End the preloaded process from another thread, and start none again."""
        self._stopped = True
        if control := self._control:
            with contextlib.suppress(OSError):
                control.shutdown(socket.SHUT_RDWR)
        if process := self._process:
            _kill_session(process)

    def close(self) -> None:
        """End the preloaded process and all that is in its namespaces."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            _kill_session(self._process)
            self._process.wait()
        if self._printed is not None:
            self._printed.close()
        self._process = self._control = self._printed = None
        self._running = False


class UnsafeWorker:
    """A new Python process for each submission, on any system, with the limits that the system knows. No isolation."""

    isolation: Final = "not isolated"

    def __init__(self) -> None:
        # On macOS a fork of a process that has used the system's libraries may hang.
        self.forks = hasattr(os, "fork") and sys.platform != "darwin"
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: str | None = None
        self._stopped = False

    def open(self, limits: Limits) -> socket.socket:
        """Begin a submission in a process of its own."""
        if self._stopped:
            raise WorkerStopped("it was stopped")
        self._folder = tempfile.mkdtemp(prefix="course-submission-")
        work_folder = Path(self._folder) / "my_notebooks"
        work_folder.mkdir()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = _start(work_folder, theirs)
        try:
            framing.send(ours, asdict(limits))
            _await_ready(ours, time.monotonic() + START_SECONDS)
        except (OSError, ValueError, framing.FramingError) as problem:
            ours.close()
            self.end()
            raise WorkerError(f"a Python process did not start: {problem}") from None
        return ours

    def end(self) -> Cause:
        """End the submission: its process and those of its group."""
        if self._process is None:
            return "killed"
        cause: Cause = "ended" if self._process.poll() is not None else "killed"
        _end_group(self._process)
        self._process = None
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        return cause

    def stop(self) -> None:
        """End the submission from another thread, and begin none again."""
        self._stopped = True
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End what still runs."""
        self.end()


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill every bubblewrap of a worker: root has two, and the outer one alone would leave the inner one."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)


def _await_ready(channel: socket.socket, deadline: float) -> None:
    """Wait until the process is ready for the first cell."""
    if json.loads(framing.receive(channel, deadline)) != {"ready": True}:
        raise ValueError("it did not get ready")


def _start(work_folder: Path, channel: socket.socket) -> subprocess.Popen[bytes]:
    """Start a process that serves one submission on a channel, with an environment like that inside bubblewrap."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP"), str(work_folder.parent)) | {
        "IPYTHONDIR": str(work_folder.parent / "ipython"),
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "agg",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(bubblewrap.ROOT),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        **bubblewrap.font_cache(),
    }
    arguments = [sys.executable, "-s", "-B", "-m", "classroom.sandbox.inside.worker", str(channel.fileno())]
    options: dict[str, Any] = {"stdout": subprocess.DEVNULL, "cwd": work_folder, "env": kept | own}
    if sys.platform == "win32":  # there no process can inherit a socket
        options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP
        process = subprocess.Popen(arguments, stdin=subprocess.PIPE, **options)
        process.stdin.write(channel.share(process.pid))
        process.stdin.close()
        return process
    options |= {"stdin": subprocess.DEVNULL, "start_new_session": True}
    return subprocess.Popen(arguments, pass_fds=[channel.fileno()], **options)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
