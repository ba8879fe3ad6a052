"""Where one submission at a time runs: a fork of a preloaded process in bubblewrap, or a process of its own without it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
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
SETTLE_SECONDS = 20.0
_END_SECONDS = 10.0

Cause = Literal["ended", "killed", "memory", "processes"]


class PlaceError(Exception):
    """The place could not take a submission: not the submission's doing."""


class Stopped(PlaceError):
    """The place takes no more."""


class Place(Protocol):
    """Takes one submission, gives a channel to it, and ends it."""

    @property
    def isolation(self) -> Literal["bubblewrap", "not isolated"]:
        """What a report may say of it."""

    @property
    def forks(self) -> bool:
        """Whether a probe can have a copy of the process."""

    def open(self, limits: Limits) -> socket.socket:
        """Begin a submission and return the channel to its process."""

    def end(self) -> Cause:
        """End the submission with all its processes, and say why it had ended, if it had."""

    def stop(self) -> None:
        """End the submission from another thread, and take no more."""

    def close(self) -> None:
        """Give up the place."""


class Preloaded:
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
        self._said: IO[bytes] | None = None
        self._running = self._stopped = False

    def start(self) -> None:
        """Start the process and wait until it is ready."""
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the process)
        words, fonts = bubblewrap.with_fonts(bubblewrap.command(theirs.fileno()))
        try:
            self._process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
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
        raise bubblewrap.refused(self._words())

    def _words(self) -> str:
        if self._said is None:
            return ""
        self._said.seek(0)
        return self._said.read(100_000).decode("utf-8", "replace")

    def open(self, limits: Limits) -> socket.socket:
        """Begin a submission.

        Parameters
        ----------
        limits : Limits
            What it may use.

        Returns
        -------
        socket.socket
            The channel to its process.

        Raises
        ------
        PlaceError
            If no process came to be; the next call tries with a new preloaded process.
        TeacherError
            If bubblewrap is missing or forbidden.
        """
        if self._stopped:
            raise Stopped("it was stopped")
        if self._control is None or self._process is None or self._process.poll() is not None:
            self.start()
        assert self._control is not None
        ours, theirs = socket.socketpair()
        bounds = {"memory_bytes": limits.memory_bytes, "processes": limits.processes + OWN_PROCESSES}
        try:
            socket.send_fds(self._control, [json.dumps(bounds).encode()], [theirs.fileno()])
            theirs.close()
            self._running = True
            deadline = time.monotonic() + SETTLE_SECONDS
            framing.send(ours, asdict(limits), deadline)
            _settled(ours, deadline)
        except (OSError, ValueError, framing.WireError) as problem:
            ours.close()
            words = self._words()
            self.close()
            raise PlaceError(f"{problem}: {words[-1600:]}") from None
        return ours

    def end(self) -> Cause:
        """End the submission with all its processes.

        Returns
        -------
        {"ended", "killed", "memory", "processes"}
            Why it ended: by itself, by this call, or because the preloaded process found too much of something.
        """
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
        self.close()  # it is confused: the next submission gets a new one
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
        if self._said is not None:
            self._said.close()
        self._process = self._control = self._said = None
        self._running = False


class Fresh:
    """A new Python process for each submission, on any system, with the limits that the system knows. No isolation."""

    isolation: Final = "not isolated"

    def __init__(self) -> None:
        # On macOS a copy of a process that has used the system's libraries may hang.
        self.forks = hasattr(os, "fork") and sys.platform != "darwin"
        self._process: subprocess.Popen[str] | None = None
        self._folder: str | None = None
        self._stopped = False

    def open(self, limits: Limits) -> socket.socket:
        """Begin a submission.

        Parameters
        ----------
        limits : Limits
            What it may use.

        Returns
        -------
        socket.socket
            The channel to its process.

        Raises
        ------
        PlaceError
            If the process did not start.
        """
        if self._stopped:
            raise Stopped("it was stopped")
        self._folder = tempfile.mkdtemp(prefix="course-submission-")
        desk = Path(self._folder) / "my_notebooks"
        desk.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as door:
            word = secrets.token_hex(16)
            self._process = self._start(door.getsockname()[1], desk)
            assert self._process.stdin is not None
            try:
                self._process.stdin.write(word + "\n")
                self._process.stdin.close()
                channel = _answered(door, word, self._process)
                framing.send(channel, asdict(limits))
                _settled(channel, time.monotonic() + START_SECONDS)
            except (OSError, ValueError, framing.WireError, PlaceError) as problem:
                self.end()
                raise PlaceError(f"a Python process did not start: {problem}") from None
        return channel

    def _start(self, port: int, desk: Path) -> subprocess.Popen[str]:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
        own = {
            "HOME": str(desk.parent),
            "TMPDIR": str(desk.parent),
            "TEMP": str(desk.parent),
            "IPYTHONDIR": str(desk.parent / "ipython"),
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
        words = [sys.executable, "-s", "-B", "-m", "classroom.sandbox.inside.worker", str(port)]
        return subprocess.Popen(
            words, cwd=desk, env=kept | own, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, **_own_group()
        )

    def end(self) -> Cause:
        """End the submission: its process and those of its group.

        Returns
        -------
        {"ended", "killed"}
            Whether it had ended by itself.
        """
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
    """Kill every bubblewrap of a place: root has two, and the outer one alone would leave the inner one."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)


def _settled(channel: socket.socket, deadline: float) -> None:
    """Wait until the process is ready for the first cell."""
    if json.loads(framing.receive(channel, deadline)) != {"settled": True}:
        raise ValueError("it did not settle")


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _end_group(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _answered(door: socket.socket, word: str, process: subprocess.Popen[str]) -> socket.socket:
    """Wait for the process to connect and say the word; another program of this machine does not know it."""
    end = time.monotonic() + START_SECONDS
    door.settimeout(1)
    while time.monotonic() < end and process.poll() is None:
        try:
            channel, _ = door.accept()
        except TimeoutError:
            continue
        with contextlib.suppress(ValueError, framing.WireError):
            if json.loads(framing.receive(channel, time.monotonic() + 5)) == {"word": word}:
                return channel
        channel.close()
    raise PlaceError("a Python process did not start")
