"""The processes of one submission, which answer one request after another until they are ended.

The first of them runs none of the student's code. It forks for the student's own run, and for each variant of the tables,
which again forks for the probes. The code that runs in a fork can rewrite everything in it, so every answer is untrusted:
outside, the time is counted, every frame validated, and values are compared that only an honest answer gets right.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from .. import framing
from ..messages import IDLE, WALL
from . import limits, probe
from .encode import encode
from .shell import MarkedShell, Outcome, TimeUp, make_shell, run_cell, stop

# Bound at import time: a cell may replace them later.
_setitimer = getattr(signal, "setitimer", None)
_now, _cpu_time = time.monotonic, time.process_time
_signal, _unmask = signal.signal, getattr(signal, "pthread_sigmask", None)
_getpid, _exit, _loads, _dumps, _encode = os.getpid, os._exit, json.loads, json.dumps, encode
SLACK_SECONDS = 0.3  # after the gentle limit; the hard limit outside comes later still
_SAMPLE = {"a": [1, 2.5, None, ("é", True)]}
_ENCODED = encode(_SAMPLE)
_ROWS = 30  # of a table whose figure is drawn ahead
# Young objects are looked through for cycles less often: a figure is made of many, and a process lives for a second.
_COLLECT_AFTER = (20_000, 20, 20)


def preload() -> MarkedShell:
    """Import and warm what nearly every submission uses, so that each process finds it ready.

    Returns
    -------
    MarkedShell
        The shell in which cells will run.
    """
    gc.disable()  # until it is frozen: what is imported stays, and would be looked through again and again
    import ipywidgets  # noqa: F401
    import matplotlib.pyplot as plt
    import pandas as pd

    import helpers

    for name in helpers.__all__:
        getattr(helpers, name)
    probe.remember_true_tables()
    events = helpers.load("events")
    shell = make_shell()
    for warm in ("1 + 1", "import pandas as pd\npd.DataFrame({'a': ['b']})", "print(len('x'))"):
        run_cell(shell, warm, 1000, 0)
    figure, ax = plt.subplots()
    pd.Series([1, 2], index=["a", "b"]).plot.bar(ax=ax, title="warm")
    helpers.describe(ax)
    figure.canvas.draw()
    plt.close("all")
    encode(events.head(2))
    shell.reset(new_session=False, aggressive=False)
    gc.collect()
    gc.freeze()  # or the first collection in each process would touch, and so copy, every page
    gc.enable()
    return shell


def draw_ahead() -> None:
    """Draw what many submissions draw, so that each process finds the letters and their sizes ready.

    It takes as long as a few submissions, so it is for a class. A course may have other tables, or none with rows.
    """
    import matplotlib.pyplot as plt
    from matplotlib import dates

    import helpers
    from helpers.notebook import png, sharp

    for table, plot in (("spans", "plot_spans"), ("events", "plot_timeline")):
        with contextlib.suppress(Exception):
            figure = getattr(helpers, plot)(helpers.load(table).head(_ROWS)).get_figure()
            png(figure, sharp(figure))
    plt.close("all")
    dates._epoch = None  # a student may choose another day 0, as long as nothing was drawn  # type: ignore[attr-defined]
    gc.collect()
    gc.freeze()


class RequestServer:
    """Answers requests about one submission. Its own process never runs the student's code where it can fork.

    Parameters
    ----------
    channel : socket.socket
        To the session outside.
    shell : MarkedShell
        From `preload`.
    bounds : dict
        The fields of `messages.Limits`.
    gauge : limits.Gauge
        Knows how much of the process's means is used up.
    folders : tuple of str
        The folders that are emptied before cells run on other tables.
    """

    def __init__(
        self,
        channel: socket.socket,
        shell: MarkedShell,
        bounds: dict[str, Any],
        gauge: limits.Gauge,
        folders: tuple[str, ...] = (),
    ) -> None:
        self.channel, self.shell, self.bounds, self.gauge, self.folders = channel, shell, bounds, gauge, folders
        self.run: limits.Fork | _InProcess | None = None  # the student's own run, or a variant of the tables

    def serve(self) -> None:
        """Answer until the channel closes."""
        own = _getpid()
        while True:
            request = _loads(framing.receive(self.channel))
            answer = self._answer(request)
            if _getpid() != own:  # a process that a cell forked, where this process runs the cells: it must not answer too
                _exit(0)
            framing.send(self.channel, {**answer, "nonce": request["nonce"]})

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if self.run is None or request["do"] == "variant":
            self._begin(request)
        assert self.run is not None
        seconds = request["seconds"] * request["steps"] + SLACK_SECONDS
        answer = self.run.ask(request, seconds, seconds * WALL)
        if answer.get("lost"):
            self.run.end()
            self.run = None
        return answer

    def _begin(self, request: dict[str, Any]) -> None:
        """Begin anew, in a fork of this process: with no names, no changed tables, and no files.

        The last tables are laid out in this process itself, which saves a copy of it: what runs there before it forks for
        each question are cells that were given out, and it begins nothing after them.
        """
        if self.run is not None:
            self.run.end()
            limits.end_others()
            limits.empty(self.folders)
        channel = [self.channel.fileno()]
        here = request["fork"] and request.get("last", False)
        runner = _CellRunner(self.shell, self.bounds, self.gauge, channel if here else ())
        if here:
            self.run = _InProcess(runner.act)
        else:
            self.run = limits.Fork(runner.answer, channel) if request["fork"] else _InProcess(runner.answer)


class _InProcess:
    """Answers like `limits.Fork`, in this process, where it cannot fork."""

    def __init__(self, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self._answer = answer

    def ask(self, request: dict[str, Any], cpu: float, wall: float) -> dict[str, Any]:
        return self._answer(request)

    def end(self) -> None:
        """Leave everything as it is."""


class _CellRunner:
    """Runs the student's code: cells one after another, then looks at what they left; or the cells of one question."""

    def __init__(self, shell: MarkedShell, bounds: dict[str, Any], gauge: limits.Gauge, closed: Sequence[int] = ()) -> None:
        self.shell, self.bounds, self.gauge, self.closed = shell, bounds, gauge, closed
        self.given: probe.Given | None = None
        self.base: probe.Base | None = None  # of a variant of the tables: what each question begins from
        self.fork: limits.Fork | None = None
        self.last: list[str] | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked: run a "cell", "probe", or begin a "variant"."""
        _default_signals()
        return self.act(request)

    def act(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do the same in the first process, which goes on leaving those that have ended to the kernel."""
        return {"cell": self._cell, "probe": self._probe, "variant": self._begin_variant}[request["do"]](request)

    def _cell(self, request: dict[str, Any]) -> dict[str, Any]:
        bounds = self.bounds
        outcome = within(
            request["seconds"],
            lambda: run_cell(self.shell, request["source"], bounds["output_characters"], bounds["picture_bytes"]),
        )
        limits.end_others()
        if request["given"]:
            self.given = probe.Given(self.shell.user_ns)
        return {
            "state": outcome.state,
            "text": outcome.text,
            "error": outcome.error,
            "line": outcome.line,
            "pictures": [base64.b64encode(picture).decode("ascii") for picture in outcome.pictures],
            "exhausted": self.gauge.exhausted() or ("" if _is_sound() else "tools"),
            "threads": limits.threads(),
        }

    def _probe(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run cells and read a value: in a fork, unless all that they do is seen in names and tables."""
        if not request["fork"] or (self.base is None and not request["apart"]):
            return self._read_probe(request)
        fresh = request["apart"] or self.fork is None
        found = self._ask_fork(request, fresh)
        if found["state"] != "ok" and not fresh:  # again, in a fork that nothing has changed
            found = self._ask_fork(request, True)
        if found["state"] != "ok" or request["apart"]:
            self._end_fork()
        return found

    def _ask_fork(self, request: dict[str, Any], fresh: bool) -> dict[str, Any]:
        if fresh:
            self._end_fork()
        if self.fork is None:
            self.fork = limits.Fork(self._read_apart, self.closed)
        seconds = request["seconds"] * request["steps"] + SLACK_SECONDS / 2
        found = self.fork.ask(request, seconds, seconds * WALL)
        found.pop("lost", None)
        return {"state": "killed", **found}

    def _end_fork(self) -> None:
        if self.fork is not None:
            self.fork.end()
            limits.end_others()
            self.fork = None

    def _read_apart(self, request: dict[str, Any]) -> dict[str, Any]:
        _default_signals()
        return self._read_probe(request)

    def _read_probe(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run the cells, unless the question before had the same, and read the value."""
        sources: list[str] | None = request["cells"]
        if self.base is not None and request["cells"] != self.last:
            self.base.restore(self.shell.user_ns)
            self.last = request["cells"]
        elif self.base is not None:
            sources = []
        found = probe.read_value(self.shell, within, {**request, "cells": sources})
        if found["state"] != "ok":
            self.last = None
        return {**found, "changed": self.given.changed(self.shell.user_ns) if self.given else []}

    def _begin_variant(self, request: dict[str, Any]) -> dict[str, Any]:
        probe.swap(request["tables"], request["frames"])
        ran = probe.run_cells(self.shell, within, request["cells"], request["seconds"])
        self.base = probe.Base(self.shell.user_ns)
        return {"state": ran[-1].state if ran and ran[-1].state not in ("ok", "error") else "ok"}


def _default_signals() -> None:
    """Let the code that runs here wait for its own processes, which the first process leaves to the kernel."""
    if hasattr(signal, "SIGCHLD"):
        _signal(signal.SIGCHLD, signal.SIG_DFL)


def _is_sound() -> bool:
    """Whether what the sandbox itself needs still works: a cell may replace it."""
    try:
        return bool(_loads(_dumps(_ENCODED)) == _ENCODED == _encode(_SAMPLE))
    except BaseException:
        return False


def within(seconds: float, run: Callable[[], Outcome]) -> Outcome:
    """Run something with a gentle time limit, which leaves the names as they are. The hard limit is outside.

    Parameters
    ----------
    seconds : float
        How long it may compute. It may take `WALL` times as long by the clock, for others use the processor too.
    run : callable
        What to run.

    Returns
    -------
    Outcome
        Its outcome, or that the time was up.
    """
    try:
        _alarm(seconds)
        try:
            return run()
        finally:
            _alarm(0)
    except TimeUp:  # the alarm rang between the run and its end
        return Outcome("timeout")


def _alarm(seconds: float) -> None:
    if _setitimer is None or threading.current_thread() is not threading.main_thread():
        return
    begun, used = _now(), _cpu_time()

    def look(number: int, frame: FrameType | None) -> None:
        waited = _now() - begun
        if waited > 0.9 * WALL * seconds or _cpu_time() - used < IDLE * waited:
            stop(number, frame)

    # The clock is looked at twice: the first time ends a cell that waits, the second one that computes on a busy machine.
    for timer, number, handler, again in (
        (signal.ITIMER_PROF, signal.SIGPROF, stop, 0.0),
        (signal.ITIMER_REAL, signal.SIGALRM, look, seconds),
    ):
        _signal(number, handler)
        if _unmask:
            _unmask(signal.SIG_UNBLOCK, {number})
        _setitimer(timer, seconds, again)


def main() -> None:
    """Serve one submission without bubblewrap, on a socket that is inherited; on Windows it comes on standard input."""
    if sys.platform == "win32":
        channel = socket.fromshare(sys.stdin.buffer.read())
    else:
        channel = socket.socket(fileno=int(sys.argv[1]))
    shell = preload()
    bounds = json.loads(framing.receive(channel))
    quiet_descriptors()
    gauge = limits.limit(bounds)
    probe.use_folder(Path.cwd().parent / "tables")
    framing.send(channel, {"ready": True})  # only now does the time of a cell begin
    run_until_closed(channel, shell, bounds, gauge, (os.getcwd(),))


def run_until_closed(
    channel: socket.socket, shell: MarkedShell, bounds: dict[str, Any], gauge: limits.Gauge, folders: tuple[str, ...]
) -> None:
    """Serve, and leave silently when the channel closes or the process is no longer fit to serve."""
    gc.set_threshold(*_COLLECT_AFTER)
    try:
        RequestServer(channel, shell, bounds, gauge, folders).serve()
    except BaseException:
        _exit(1)


def quiet_descriptors() -> None:
    """Point standard input, output and error at nothing."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)


if __name__ == "__main__":
    main()
