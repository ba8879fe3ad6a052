"""The preloaded process: it waits inside bubblewrap, and becomes a student's process again and again. Linux only.

It never sees a submission, a seed or a hidden input: for each it gets a channel, which it hands to the new process unread.
While that one runs, it watches from outside how much memory and how many processes it has.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from .. import framing
from . import isolate, limits, probe, seccomp, worker
from .shell import MarkedShell

LOOK_SECONDS = 0.2  # between two looks at a running submission
_A_CLASS = 12  # processes, of which a submission has two: with so many more may come, and drawing ahead is worth its time
_MARGIN = 0.25  # of the memory: the kernel's quick count may be some pages for each processor too small
_GONE = 3.0  # seconds after which an ended process must be gone


def main() -> None:
    """Preload, say so on the control socket whose number stands on the command line, and serve until it closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    shell = worker.preload()
    seccomp.steps(os.uname().machine)  # kept for each process
    own = {int(name) for name in os.listdir("/proc") if name.isdigit()}
    who = os.getuid(), os.getgid()  # in a new user namespace they are nobody's until they are mapped
    control.send(b"ready")
    begun = 0
    while True:
        if begun == _A_CLASS:
            worker.draw_ahead()
            begun += 1  # once
        message, descriptors, _, _ = socket.recv_fds(control, 1000, 1)
        if not message:
            return
        if message == b"kill" or not descriptors:
            continue  # it came when the process had already ended
        bounds, begun = json.loads(message), begun + 1
        pid = isolate.spawn()
        if pid == 0:
            control.close()
            _become(socket.socket(fileno=descriptors[0]), shell, who)
        os.close(descriptors[0])
        control.send(_watch(control, pid, bounds, own).encode())


def _become(channel: socket.socket, shell: MarkedShell, who: tuple[int, int]) -> NoReturn:
    """Turn the new process into a student's, and serve. Never returns, whatever happens."""
    try:
        bounds = json.loads(framing.receive(channel))
        base = limits.size()
        isolate.set_up(*who, bounds["file_bytes"])
        worker.quiet_descriptors()
        isolate.close_all_but({channel.fileno()})
        gauge = limits.limit(bounds, base, isolate.WRITABLE[:3], alone=True)
        probe.use_folder(Path(isolate.TABLES))
        isolate.drop_privileges()
        framing.send(channel, {"ready": True})
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel forgets a process that has ended: nobody waits for it
        worker.run_until_closed(channel, shell, bounds, gauge, isolate.WRITABLE[:3])
    except BaseException as problem:
        with contextlib.suppress(BaseException):
            print(f"a submission could not begin: {problem!r}", file=sys.__stderr__, flush=True)
    finally:
        os._exit(1)


def _watch(control: socket.socket, pid: int, bounds: dict[str, Any], own: set[int]) -> str:
    """Wait until the process has ended, and say why: "ended", "killed" (we were told to), "memory" or "processes"."""
    cause = "ended"
    handle = os.pidfd_open(pid)
    try:
        while True:
            ready, _, _ = select.select([handle, control.fileno()], [], [], LOOK_SECONDS)
            if handle in ready:
                break
            if ready:
                cause = "killed" if cause == "ended" else cause
                if not control.recv(1000):
                    os.kill(pid, signal.SIGKILL)
                    os._exit(0)
            elif cause == "ended":
                cause = _excess(bounds, own) or cause
            if cause != "ended":
                os.kill(pid, signal.SIGKILL)
                _wait(handle)
                break
        os.waitpid(pid, 0)
    finally:
        os.close(handle)
    return cause


def _wait(handle: int) -> None:
    end = time.monotonic() + _GONE
    while time.monotonic() < end:
        if select.select([handle], [], [], _GONE)[0]:
            return


def _excess(bounds: dict[str, Any], own: set[int]) -> str:
    """Say what the submission has too much of. Its processes are all that are not ours."""
    others = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in own]
    if len(others) > bounds["processes"]:
        return "processes"
    # A page counts whole here for each process that has it, so the sum is never below the true one. To share it out, the
    # kernel walks all pages, which took a twentieth of the time of marking: that is done when it may matter.
    most = bounds["memory_bytes"]
    if sum(map(_resident, others)) <= most * (1 - _MARGIN):
        return ""
    return "memory" if sum(map(_bytes, others)) > most else ""


def _resident(pid: int) -> int:
    """How much memory a process uses, shared pages counted whole; 0 if it has just ended."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _bytes(pid: int) -> int:
    """How much memory a process uses, shared pages counted in part; more than that if it hides them."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _resident(pid)


if __name__ == "__main__":
    main()
