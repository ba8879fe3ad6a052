"""What a student's process may use, and how much of it is used up. Works, with less, where there is no ``fork``."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import wire
from .wire import WireError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

OPEN_FILES = 256
_THREAD_SECONDS = 0.2  # for threads to end after their cell
FREE_PART = 0.05  # of a writable place that must be left for the next question

# Bound now: a cell may put something else in their place later.
_getpid, _kill, _fork, _waitpid, _exit, _dup = os.getpid, os.kill, getattr(os, "fork", None), os.waitpid, os._exit, os.dup
_frames, _usage, _now, _sleep = sys._current_frames, shutil.disk_usage, time.monotonic, time.sleep
_limits = resource.getrlimit if resource is not None else None
_loads, _send, _receive, _Late, _pair = json.loads, wire.send, wire.receive, wire.WireTimeout, socket.socketpair


@dataclass
class Gauge:
    """Says after each cell whether it has used up what the questions after it need.

    Attributes
    ----------
    memory : int
        How many bytes of address space a submission may add.
    base : int
        How many there were before it.
    statm : int
        Where the kernel tells the process's size; -1 where it does not.
    places : tuple of str
        The folders that can be filled.
    bounds : dict
        The limits of the process, by their numbers: a cell may lower them for those after it.
    """

    memory: int
    base: int = 0
    statm: int = -1
    places: tuple[str, ...] = ()
    bounds: dict[int, tuple[int, int]] = field(default_factory=dict)

    def spent(self) -> str:
        """Name what is used up; empty if nothing."""
        if not _alone():
            return "threads"
        if any(_limits(number) != bound for number, bound in self.bounds.items()):
            return "limits"
        if self.statm >= 0 and _size(self.statm) - self.base > self.memory // 2:
            return "memory"
        for place in self.places:
            used = _usage(place)
            if used.free < FREE_PART * used.total:
                return "disk"
        return "" if _has_descriptors() else "files"


def _alone() -> bool:
    """Whether the threads that a cell started have ended: they could answer, or stop, what comes after it."""
    end = _now() + _THREAD_SECONDS
    while len(_frames()) > 1:
        if _now() > end:
            return False
        _sleep(0.01)
    return True


def _has_descriptors() -> bool:
    try:
        number = _dup(0)
    except OSError:
        return False
    os.close(number)
    return number < OPEN_FILES - 32


def size_descriptor() -> int:
    """Open what tells this process's size, for as long as it lives; -1 where there is nothing of the kind."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return -1


def _size(statm: int) -> int:
    pages = int(os.pread(statm, 200, 0).split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def limit(limits: dict[str, Any], statm: int | None = None, places: tuple[str, ...] = (), alone: bool = False) -> Gauge:
    """Set the limits that every process of this submission inherits.

    Parameters
    ----------
    limits : dict
        The fields of `contract.Limits`.
    statm : int, optional
        From `size_descriptor`; opened here by default.
    places : tuple of str
        The folders that can be filled.
    alone : bool
        Whether the process has a process namespace of its own: only then are processes counted, and ended, by their user.

    Returns
    -------
    Gauge
        What knows how much of it is used up.
    """
    statm = size_descriptor() if statm is None else statm
    base = _size(statm) if statm >= 0 else 0
    bounds = {"CORE": 0, "FSIZE": limits["file_bytes"], "NOFILE": OPEN_FILES, "CPU": int(limits["total_seconds"]) + 5}
    if base:
        bounds["AS"] = base + limits["memory_bytes"]
    if alone and _counts_by_namespace():
        bounds["NPROC"] = limits["processes"]
    kept: dict[int, tuple[int, int]] = {}
    for name, most in bounds.items():
        if resource is not None and hasattr(resource, f"RLIMIT_{name}"):
            number = getattr(resource, f"RLIMIT_{name}")
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(number, (most, most))
                kept[number] = (most, most)
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file that is too large is an OSError
    return Gauge(limits["memory_bytes"], base, statm, places, kept)


def _counts_by_namespace() -> bool:
    """Whether the kernel (5.14 or newer) counts a user's processes in each namespace; older ones add the teacher's own."""
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return release is not None and (int(release[1]), int(release[2])) >= (5, 14)


def end_children() -> None:
    """End whatever a cell or a probe left running."""
    if os.getpid() == 1:  # the first process of a namespace: everybody else in it belongs to this submission
        with contextlib.suppress(OSError):
            _kill(-1, signal.SIGKILL)
        with contextlib.suppress(OSError):
            while True:
                _waitpid(-1, 0)


class Copy:
    """A copy of this process, which answers requests until one does not come off; this process stays as it was.

    Parameters
    ----------
    answer : callable
        Answers a request.
    closed : sequence of int
        Descriptors that the copy does not get.
    """

    def __init__(self, answer: Callable[[dict[str, Any]], dict[str, Any]], closed: Sequence[int]) -> None:
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

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Put a request.

        Parameters
        ----------
        request : dict
            Plain values.
        seconds : float
            How long to wait for the answer.

        Returns
        -------
        dict
            The answer, or the state "killed" or "timeout".
        """
        deadline = _now() + seconds
        try:
            _send(self._ours, request, deadline)
            found = _loads(_receive(self._ours, deadline))
        except _Late:
            return {"state": "timeout"}
        except (WireError, ValueError):
            return {"state": "killed"}
        return found if isinstance(found, dict) else {"state": "killed"}

    def end(self) -> None:
        """End the copy, and all that came from it."""
        self._ours.close()
        with contextlib.suppress(OSError):
            _kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            _waitpid(self.pid, 0)
        end_children()


def _serve(channel: socket.socket, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    own = _getpid()
    while True:
        found = answer(_loads(_receive(channel)))
        if _getpid() != own:  # a copy that a probe made: it must not answer too
            return
        _send(channel, found)
