"""What a student's process may use, and how much of it is used up. Works, with less, where there is no ``fork``."""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import re
import secrets
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .. import framing
from ..framing import FramingError
from ..messages import IDLE

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MAX_OPEN_FILES = 256
OWN_PROCESSES = 4  # of each submission, beside those that a cell starts: the first, a run, a question, a look
_THREAD_SECONDS = 0.2  # for threads to end after their cell
_TICK = 0.05  # between two looks at the processor's time of another process
_BUSY = 0.1  # of a processor, which others use too
FREE_PART = 0.05  # of a writable folder that must be left for the next question

# Bound at import time: a cell may replace them later.
_getpid, _kill, _fork, _waitpid, _exit, _dup = os.getpid, os.kill, getattr(os, "fork", None), os.waitpid, os._exit, os.dup
_frames, _usage, _now, _sleep = sys._current_frames, shutil.disk_usage, time.monotonic, time.sleep
_mmap, _cpu_time, _select = mmap.mmap, time.process_time, select.select
_limits = resource.getrlimit if resource is not None else None
_loads, _send, _receive, _Late, _pair = json.loads, framing.send, framing.receive, framing.FramingTimeout, socket.socketpair
_alone = False  # whether all other processes of this process namespace belong to the same submission


@dataclass
class Gauge:
    """Says after each cell whether it has used up what the questions after it need."""

    memory: int = 0  # how many bytes of address space a submission may add; 0 where there is no limit
    threads: int = 16  # how many threads may wait beside the first one
    folders: tuple[str, ...] = ()  # the folders that can be filled
    # The limits of the process, by their numbers: a cell may lower them for those after it.
    bounds: dict[int, tuple[int, int]] = field(default_factory=dict)

    def exhausted(self) -> str:
        """Name what is used up; empty if nothing."""
        threads, part = _left_threads()
        if threads > self.threads:
            return "threads"
        if threads and part > _BUSY:
            return "busy"
        if any(_limits(number) != bound for number, bound in self.bounds.items()):
            return "limits"
        if self.memory and not _has_memory(self.memory // 2):
            return "memory"
        for folder in self.folders:
            used = _usage(folder)
            if used.free < FREE_PART * used.total:
                return "disk"
        return "" if _has_descriptors() else "files"


def _left_threads() -> tuple[int, float]:
    """Count the threads that a cell left, and say what part of a processor they use while it rests.

    The idle threads of a library use next to nothing: of tqdm, joblib, a pool, a timer.
    """
    begun, used = _now(), _cpu_time()
    while (found := len(_frames()) - 1) and _now() - begun < _THREAD_SECONDS:
        _sleep(0.01)
    return found, (_cpu_time() - used) / max(_now() - begun, 1e-6)


def threads() -> int:
    """Count the threads beside the first one."""
    return len(_frames()) - 1


def _has_memory(size: int) -> bool:
    """Whether so much address space is left. What is only reserved costs nothing."""
    try:
        _mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0)).close()
    except (OSError, ValueError, MemoryError):
        return False
    return True


def _has_descriptors() -> bool:
    try:
        number = _dup(0)
    except OSError:
        return False
    os.close(number)
    return number < MAX_OPEN_FILES - 32


def size() -> int:
    """How much address space this process has; 0 where the kernel does not tell."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def limit(limits: dict[str, Any], base: int = 0, folders: tuple[str, ...] = (), alone: bool = False) -> Gauge:
    """Set the limits that every process of this submission inherits.

    Parameters
    ----------
    limits : dict
        The fields of `messages.Limits`.
    base : int
        How much address space the process has already; looked up by default.
    folders : tuple of str
        The folders that can be filled.
    alone : bool
        Whether the process has a process namespace of its own: only then are processes counted, and ended, by their user.

    Returns
    -------
    Gauge
        What knows how much of it is used up.
    """
    global _alone
    _alone = alone
    base = base or size()
    seconds = int(limits["total_seconds"] + limits["hidden_seconds"]) + 5
    bounds = {"CORE": 0, "FSIZE": limits["file_bytes"], "NOFILE": MAX_OPEN_FILES, "CPU": seconds}
    if base:
        bounds["AS"] = base + limits["memory_bytes"]
    if alone and _counts_by_namespace():
        bounds["NPROC"] = limits["processes"] + OWN_PROCESSES
    kept: dict[int, tuple[int, int]] = {}
    for name, most in bounds.items():
        if resource is not None and hasattr(resource, f"RLIMIT_{name}"):
            number = getattr(resource, f"RLIMIT_{name}")
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(number, (most, most))
                kept[number] = (most, most)
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file that is too large is an OSError
    return Gauge(limits["memory_bytes"] if base else 0, limits["processes"] // 2, folders, kept)


def _counts_by_namespace() -> bool:
    """Whether the kernel (5.14 or newer) counts a user's processes in each namespace; older ones add the teacher's own."""
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return release is not None and (int(release[1]), int(release[2])) >= (5, 14)


def end_others() -> None:
    """End whatever a cell or a probe left running: all processes of the submission but this one and the first."""
    if _alone:
        with contextlib.suppress(OSError):
            _kill(-1, signal.SIGKILL)
        with contextlib.suppress(OSError):
            while True:  # those that nobody has waited for still count
                _waitpid(-1, 0)


def empty(folders: Sequence[str]) -> None:
    """Remove every file that a run has left. What cannot be removed stays: it is the student's own."""
    for folder in folders:
        with contextlib.suppress(Exception):
            for name in os.listdir(folder):
                path = os.path.join(folder, name)
                if os.path.isdir(path) and not os.path.islink(path):
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    with contextlib.suppress(OSError):
                        os.unlink(path)


class Fork:
    """A fork of this process, which answers requests until it is ended; this process stays as it was.

    Parameters
    ----------
    answer : callable
        Answers a request.
    closed : sequence of int
        Descriptors that the fork does not get.
    """

    def __init__(self, answer: Callable[[dict[str, Any]], dict[str, Any]], closed: Sequence[int] = ()) -> None:
        assert _fork is not None
        self._ours, theirs = _pair()
        self.pid = _fork()
        if self.pid == 0:
            try:
                self._ours.close()
                for descriptor in closed:
                    os.close(descriptor)
                _serve(theirs, answer)
            finally:
                _exit(0)
        theirs.close()

    def ask(self, request: dict[str, Any], cpu: float, wall: float) -> dict[str, Any]:
        """Put a request.

        Parameters
        ----------
        request : dict
            Plain values.
        cpu, wall : float
            How long it may take: seconds of the processor, and of the clock.

        Returns
        -------
        dict
            The answer; or "lost" and the state "killed" or "timeout", and then the fork is of no more use.
        """
        nonce = secrets.token_hex(8)
        begun, used = _now(), _cpu_of(self.pid)
        deadline = begun + wall
        try:
            _send(self._ours, {**request, "nonce": nonce}, deadline)
            while not _select([self._ours], [], [], _TICK)[0]:
                waited, computed = _now() - begun, _cpu_of(self.pid) - used
                # A second more than the gentle limit has, which leaves the names as they are.
                if waited > wall or computed > cpu or (waited > cpu + 1 and computed < IDLE * waited):
                    return {"state": "timeout", "lost": True}
            found = _loads(_receive(self._ours, deadline))
        except _Late:
            return {"state": "timeout", "lost": True}
        except (FramingError, ValueError, RecursionError, MemoryError, OSError):
            return {"state": "killed", "lost": True}
        if not isinstance(found, dict) or found.pop("nonce", None) != nonce or found.pop("lost", None):
            return {"state": "killed", "lost": True}
        return found

    def end(self) -> None:
        """End the fork, and all that came from it."""
        self._ours.close()
        with contextlib.suppress(OSError):
            _kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            _waitpid(self.pid, 0)


def _cpu_of(pid: int) -> float:
    """How long a process has computed, in seconds; 0 where the system does not tell."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the clock of another process, as clock_getcpuclockid makes its number
    except (OSError, AttributeError, OverflowError):
        return 0.0


def _serve(channel: socket.socket, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    own = _getpid()
    while True:
        request = _loads(_receive(channel))
        found = answer(request)
        if _getpid() != own:  # a process that a cell forked: it must not answer too
            return
        _send(channel, {**found, "nonce": request["nonce"]})
