"""The student's process: it answers one request after another about one submission, until it is ended.

Everything here can be rewritten by the code that it runs. So the trusted side believes no word of it: it counts the time,
checks every frame, and compares values that only an honest answer gets right.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import probing, spent, values, wire
from .shell import MarkedShell, Outcome, TimeUp, make_shell, run_cell, stop

# Bound now: a cell may put something else in their place later.
_setitimer = getattr(signal, "setitimer", None)
_signal, _unmask = signal.signal, getattr(signal, "pthread_sigmask", None)
_getpid, _exit, _loads, _dumps, _encode = os.getpid, os._exit, json.loads, json.dumps, values.encode
_SLACK_SECONDS = 0.3  # after the gentle limit of a probe; the hard limit outside comes later still
_SAMPLE = {"a": [1, 2.5, None, ("é", True)]}
_ENCODED = values.encode(_SAMPLE)


def preload() -> MarkedShell:
    """Import and warm what nearly every submission uses, so that each process finds it ready.

    Returns
    -------
    MarkedShell
        The shell in which cells will run.
    """
    import ipywidgets  # noqa: F401
    import matplotlib.pyplot as plt
    import pandas as pd

    import helpers

    for name in helpers.__all__:
        getattr(helpers, name)
    probing.remember_true_tables()
    events = helpers.load("events")
    shell = make_shell()
    for warm in ("1 + 1", "import pandas as pd\npd.DataFrame({'a': ['b']})", "print(len('x'))"):
        run_cell(shell, warm, 1000, 0)
    figure, ax = plt.subplots()
    pd.Series([1, 2], index=["a", "b"]).plot.bar(ax=ax, title="warm")
    helpers.describe(ax)
    figure.canvas.draw()
    plt.close("all")
    values.encode(events.head(2))
    shell.reset(new_session=False, aggressive=False)
    gc.collect()
    gc.freeze()  # or the first collection in each process would touch, and so copy, every page
    return shell


class Served:
    """Answers requests about one submission.

    Parameters
    ----------
    channel : socket.socket
        To the trusted side.
    shell : MarkedShell
        From `preload`.
    limits : dict
        The fields of `contract.Limits`.
    gauge : spent.Gauge
        Knows how much of the process's means is used up.
    """

    def __init__(self, channel: socket.socket, shell: MarkedShell, limits: dict[str, Any], gauge: spent.Gauge) -> None:
        self.channel, self.shell, self.limits, self.gauge = channel, shell, limits, gauge
        self.copy: spent.Copy | None = None

    def serve(self) -> None:
        """Answer until the channel closes."""
        own = _getpid()
        while True:
            request = _loads(wire.receive(self.channel))
            answer = self._cell(request) if request["do"] == "cell" else self._probe(request)
            if _getpid() != own:  # a copy that a cell made: it must not answer too
                _exit(0)
            wire.send(self.channel, {"nonce": request["nonce"], **answer})

    def _cell(self, request: dict[str, Any]) -> dict[str, Any]:
        limits = self.limits
        outcome = within(
            limits["cell_seconds"],
            lambda: run_cell(self.shell, request["source"], limits["output_characters"], limits["picture_bytes"]),
        )
        spent.end_children()
        return {
            "state": outcome.state,
            "text": outcome.text,
            "error": outcome.error,
            "line": outcome.line,
            "pictures": [base64.b64encode(picture).decode("ascii") for picture in outcome.pictures],
            "spent": self.gauge.spent() or ("" if _is_sound() else "tools"),
        }

    def _probe(self, request: dict[str, Any]) -> dict[str, Any]:
        """Put a probe, in the copy that answered the one before, or in a new one."""
        seconds = self.limits["cell_seconds"]
        if not request["fork"]:
            return probing.Probing(self.shell, within, seconds).look(request)
        if self.copy is not None and request["fresh"]:
            self.copy.end()
            self.copy = None
        if self.copy is None:
            look = probing.Probing(self.shell, within, seconds).look
            self.copy = spent.Copy(look, [self.channel.fileno()])
        return self.copy.ask(request, seconds + _SLACK_SECONDS)


def _is_sound() -> bool:
    """Whether what the engine itself needs still works: a cell may put something else in its place."""
    try:
        return bool(_loads(_dumps(_ENCODED)) == _ENCODED == _encode(_SAMPLE))
    except BaseException:
        return False


def within(seconds: float, run: Callable[[], Outcome]) -> Outcome:
    """Run something with a gentle time limit, which leaves the names as they are. The hard limit is outside.

    Parameters
    ----------
    seconds : float
        How long it may take.
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
    _signal(signal.SIGALRM, stop)
    if _unmask:
        _unmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    _setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    """Serve one submission without bubblewrap: connect to the port, and say the word, that stand on the command line."""
    channel = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    wire.send(channel, {"word": sys.stdin.readline().strip()})
    shell = preload()
    limits = json.loads(wire.receive(channel))
    quiet_descriptors()
    gauge = spent.limit(limits)
    probing.use_folder(Path.cwd().parent / "tables")
    wire.send(channel, {"settled": True})  # only now does the time of a cell begin
    run_until_closed(channel, shell, limits, gauge)


def run_until_closed(channel: socket.socket, shell: MarkedShell, limits: dict[str, Any], gauge: spent.Gauge) -> None:
    """Serve, and leave without a word when the channel closes or the process is no longer fit to serve."""
    try:
        Served(channel, shell, limits, gauge).serve()
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
