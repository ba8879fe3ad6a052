"""The session of one job: ask for one cell after another, then for one probe after another.

The gentle limit inside the process ends an honest endless loop and keeps its state. Where that does not help, or the
process dies, it is ended from here; then the cells run again without the one that did it, so that it costs nothing else.
A probe on other tables never costs another one anything: each has a process of its own.
"""

from __future__ import annotations

import base64
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast, get_args

from .. import framing, values
from ..messages import WALL, Answer, Cell, Job, Probe, Ran, Report, State
from .endless import split_before_endless_loop
from .workers import Worker

SLACK_SECONDS = 0.3  # as in `inside.worker`
GRACE_SECONDS = 1.0  # between the hard limit inside and the one here
PATIENCE, IMPATIENT = 2, 0.1  # after so many timeouts, the rest of a submission has this part of each limit
ENDLESS_SECONDS = 1.0  # for a loop that can end only in an error: one that fills the memory needs some of it
HIDDEN_TIMES, HIDDEN_SECONDS = 3.0, 2.0  # on other tables: so many times what it took on the real ones, and so much more
MAX_SOURCE_CHARACTERS = 300_000  # a longer cell is not run
_STATES = get_args(State)
_MAX_ERROR_CHARACTERS = 300  # of what ended a probe
_TEXT_SLACK = 200  # a note that something was cut
_PNG = b"\x89PNG\r\n\x1a\n"
_MAX_PIXELS = 40_000_000
_EXHAUSTED: dict[str, tuple[State, str]] = {
    "threads": ("killed", "The cell left too many threads running."),
    "busy": ("killed", "The cell left something running that goes on computing."),
    "memory": ("memory", "The cell left too little memory for the cells after it."),
    "disk": ("killed", "The cell filled the disk that a notebook has."),
    "limits": ("killed", "The cell took means away from the cells after it."),
    "tools": ("killed", "The cell broke what is needed to mark the cells after it."),
    "files": ("killed", "The cell left too many files open."),
}


class _Lost(Exception):
    """The process cannot go on; `state` is that of the request that was being answered."""

    def __init__(self, state: State, error: str = "") -> None:
        super().__init__(state)
        self.state, self.error = state, error


def run_job(job: Job, worker: Worker) -> Report:
    """Run one job.

    Parameters
    ----------
    job : Job
        What to run.
    worker : Worker
        Where it runs.

    Returns
    -------
    Report
        A `Ran` for each cell and an `Answer` for each probe.

    Raises
    ------
    WorkerError
        If the worker cannot start it.
    TeacherError
        If bubblewrap is missing or forbidden.
    """
    return _Session(job, worker).report()


class _Session:
    def __init__(self, job: Job, worker: Worker) -> None:
        self.job, self.worker, self.limits = job, worker, job.limits
        self.end = time.monotonic() + job.limits.total_seconds
        self.ran: dict[int, Ran] = {}
        self.answers: dict[int, Answer] = {}
        self.offenders: set[int] = set()
        self.timeouts = 0
        self.read_seconds: dict[str, float] = {}  # how long each hidden line took, put to the student's own run
        self.threaded: int | None = None  # the first cell that left a thread waiting
        self.sources = {cell.cell_id: _clean(cell.source) for cell in job.cells}
        for number, cell in enumerate(job.cells):
            if len(cell.source) > MAX_SOURCE_CHARACTERS:
                self._offend(number, Ran(cell.cell_id, "error", 0.0, error="The cell is too long to be run."))

    def report(self) -> Report:
        while self._own_run_unfinished() and time.monotonic() < self.end:
            self._with_worker(self._own_run)
        self.end = time.monotonic() + self.limits.hidden_seconds
        self._answer_without_asking()
        while self._unanswered() and time.monotonic() < self.end:
            self._with_worker(self._hidden)
        ran = tuple(self.ran.get(n, Ran(cell.cell_id, "not run", 0.0)) for n, cell in enumerate(self.job.cells))
        answers = tuple(self.answers.get(n, Answer(p.probe_id, "not run")) for n, p in enumerate(self.job.probes))
        return Report(self.job.job_id, ran, answers, self.worker.isolation)

    def _own_run_unfinished(self) -> bool:
        return len(self.ran) < len(self.job.cells) or bool(self._unanswered(own=True))

    def _unanswered(self, own: bool = False) -> list[int]:
        """The probes without an answer that look at the student's own run, or that run cells on other tables."""
        return [n for n, p in enumerate(self.job.probes) if n not in self.answers and bool(p.after) == own]

    def _offend(self, number: int, ran: Ran) -> None:
        self.offenders.add(number)
        self.ran[number] = ran

    def _with_worker(self, part: Callable[[socket.socket], None]) -> None:
        with self.worker.open(self.limits) as channel:
            try:
                part(channel)
            finally:
                self.worker.end()

    def _own_run(self, channel: socket.socket) -> None:
        """Run all cells but the offenders, and look at what each left, until the process is lost."""
        after: dict[str, list[int]] = {}
        for n in self._unanswered(own=True):
            after.setdefault(self.job.probes[n].after, []).append(n)
        for number, cell in enumerate(self.job.cells):
            if number not in self.offenders and not self._runs(channel, number, cell):
                return
            for n in after.pop(cell.cell_id, []):
                if not self._put(channel, n):
                    return
        for n in (n for left in after.values() for n in left):  # after a cell that is not there
            self.answers[n] = Answer(self.job.probes[n].probe_id, "not run")

    def _runs(self, channel: socket.socket, number: int, cell: Cell) -> bool:
        """Run one cell; if the process is lost, say which cell did it."""
        begun = time.monotonic()
        try:
            self.ran[number] = self._run(channel, number, cell)
        except _Lost as lost:
            at, error = number, lost.error
            if self.threaded is not None and lost.state == "killed" and not error:
                at, error = self.threaded, "The cell left something running that ended the notebook later."
            self.threaded = None
            self._offend(at, Ran(self.job.cells[at].cell_id, lost.state, time.monotonic() - begun, error=error))
            return False
        return True

    def _hidden(self, channel: socket.socket) -> None:
        """Put the probes on other tables, set by set, until the channel is lost."""
        waiting = self._unanswered()
        sets: dict[tuple[int, ...], list[int]] = {}
        for n in waiting:
            sets.setdefault(tuple(id(rows) for rows in self.job.probes[n].tables.values()), []).append(n)
        last = list(sets.values())[-1:]
        for numbers in sets.values():
            ready = False
            for n in numbers:
                if time.monotonic() > self.end:
                    return
                if not ready and not (ready := self._begin_variant(channel, self.job.probes[n], numbers in last)):
                    self.answers[n] = Answer(self.job.probes[n].probe_id, "error")
                    return
                if not self._put(channel, n):
                    return
                if not self.worker.forks:
                    return  # what the probe changed would be seen by the next

    def _answer_without_asking(self) -> None:
        """Answer at once what would only cost time: the last cell is missing or has no end, or no table was changed."""
        states = {self.job.cells[n].cell_id: ran.state for n, ran in self.ran.items()}
        changed = any(answer.changed for answer in self.answers.values())
        for n in self._unanswered():
            probe = self.job.probes[n]
            state: State = states.get(probe.cells[-1], "not run") if probe.cells else "ok"
            if probe.if_changed and not changed:
                state = "not run"
            if state not in ("ok", "error"):
                self.answers[n] = Answer(probe.probe_id, state)

    def _run(self, channel: socket.socket, number: int, cell: Cell) -> Ran:
        """Run one cell. What stands before a loop that cannot end well has all the time that a cell has."""
        before, loop = split_before_endless_loop(self.sources[cell.cell_id])
        if not loop:
            return self._run_part(channel, number, cell, before)
        ran = self._run_part(channel, number, cell, f"{before}pass")  # or its last value would be shown
        if ran.state != "ok":
            return ran
        last = self._run_part(channel, number, cell, loop, ENDLESS_SECONDS)
        return replace(
            last, seconds=ran.seconds + last.seconds, text=ran.text + last.text, pictures=ran.pictures + last.pictures
        )

    def _run_part(self, channel: socket.socket, number: int, cell: Cell, source: str, limit: float | None = None) -> Ran:
        begun = time.monotonic()
        request = {"do": "cell", "source": source, "given": cell.cell_id == self.job.given, "steps": 1}
        answer = self._ask(channel, request, limit)
        seconds = time.monotonic() - begun
        if answer.get("lost"):
            raise _Lost(_state(answer))
        exhausted = answer.get("exhausted")
        if isinstance(exhausted, str) and exhausted in _EXHAUSTED:
            raise _Lost(*_EXHAUSTED[exhausted])
        threads = answer.get("threads")
        if self.threaded is None and type(threads) is int and threads > 0:
            self.threaded = number
        line = answer.get("line")
        return Ran(
            cell.cell_id,
            _state(answer),
            seconds,
            text=_text(answer.get("text"), self.limits.output_characters + _TEXT_SLACK),
            error=_text(answer.get("error"), 1_000),
            line=line if type(line) is int and 0 < line < 1_000_000 else None,
            pictures=_pictures(answer.get("pictures"), self.limits.picture_bytes),
        )

    def _begin_variant(self, channel: socket.socket, probe: Probe, last: bool) -> bool:
        """Begin anew with other tables, and run there what all probes have in common; say whether they are the last ones."""
        request = {
            "do": "variant",
            "tables": _as_text(probe.tables),
            "frames": _as_text(probe.frames),
            "cells": [self.sources[cell_id] for cell_id in self.job.base if self._can_rerun(cell_id)],
            "steps": len(self.job.base) + 1,
            "last": last,
        }
        try:
            return _state(self._ask(channel, request)) == "ok"
        except _Lost:
            return False

    def _put(self, channel: socket.socket, n: int) -> bool:
        """Put one probe; say whether the process can be asked again."""
        probe = self.job.probes[n]
        cells = [cell_id for cell_id in probe.cells if cell_id not in self.job.base and self._can_rerun(cell_id)]
        sources = [self.sources[cell_id] for cell_id in cells]
        request = {"do": "probe", "cells": sources, "read": probe.read, "apart": probe.apart, "steps": len(sources) + 1}
        begun = time.monotonic()
        try:
            answer = self._ask(channel, request, self._hidden_seconds(probe))
        except _Lost as lost:
            self.answers[n] = Answer(probe.probe_id, lost.state)
            return False
        if probe.after:
            self.read_seconds[probe.read] = time.monotonic() - begun
        self.answers[n] = _answer(probe, answer)
        return not answer.get("lost")

    def _hidden_seconds(self, probe: Probe) -> float | None:
        """How long a cell may take on other tables, by what all took on the real ones; None where that is not known."""
        if probe.after or probe.read not in self.read_seconds:
            return None
        took = [ran.seconds for ran in self.ran.values() if ran.cell_id in probe.cells]
        return HIDDEN_SECONDS + HIDDEN_TIMES * max(self.read_seconds[probe.read], *took, 0.0)

    def _can_rerun(self, cell_id: str) -> bool:
        """Whether a cell can run again: it is there, and it has not used up its time or more than that."""
        states = [ran.state for ran in self.ran.values() if ran.cell_id == cell_id]
        return cell_id in self.sources and bool(states) and states[-1] in ("ok", "error")

    def _ask(self, channel: socket.socket, request: dict[str, Any], limit: float | None = None) -> dict[str, Any]:
        """Send one request. Its nonce shows that the answer was not made before it."""
        nonce = secrets.token_hex(8)
        seconds = self.limits.cell_seconds * (IMPATIENT if self.timeouts >= PATIENCE else 1)
        seconds = seconds if limit is None else min(seconds, limit)
        longest = (seconds * request["steps"] + SLACK_SECONDS) * WALL + GRACE_SECONDS
        deadline = min(time.monotonic() + longest, self.end)
        try:
            message = {**request, "seconds": seconds, "fork": self.worker.forks, "nonce": nonce}
            framing.send(channel, message, deadline)
            answer = values.loads(framing.receive(channel, deadline), framing.MAX_FRAME_BYTES)
        except framing.FramingTimeout:
            self.timeouts += 1
            self.worker.end()
            raise _Lost("timeout") from None
        except (framing.FramingError, values.ValueProblem):
            raise _Lost("memory" if self.worker.end() == "memory" else "killed") from None
        if not isinstance(answer, dict) or answer.get("nonce") != nonce or framing.pending(channel):
            raise _Lost("killed")
        self.timeouts += answer.get("state") == "timeout"
        return answer


def _answer(probe: Probe, answer: dict[str, Any]) -> Answer:
    state, error = _state(answer), _text(answer.get("error"), _MAX_ERROR_CHARACTERS)
    listed = answer.get("changed")
    changed = tuple(str(name)[:100] for name in listed[:100]) if isinstance(listed, list) else ()
    if state != "ok":
        return Answer(probe.probe_id, state, error=error, changed=changed)
    try:
        value = values.parse(_text(answer.get("value"), values.VALUE_BYTES + 1).encode())
    except (values.ValueProblem, UnicodeEncodeError):
        return Answer(probe.probe_id, "error", changed=changed)
    return Answer(probe.probe_id, "ok", value, changed=changed)


def _as_text(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: _in_base64(content) for name, content in files.items()}


@lru_cache(maxsize=64)
def _in_base64(content: bytes) -> str:
    """Write a table as text once for a class, which is asked about the same ones."""
    return base64.b64encode(content).decode("ascii")


def _clean(source: str) -> str:
    """Take away the mark of byte order that some editors put before a text."""
    return source.removeprefix("\ufeff")


def _state(answer: dict[str, Any]) -> State:
    state = answer.get("state")
    return cast(State, state) if state in _STATES and state != "not run" else "error"


def _text(value: object, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""


def _pictures(value: object, limit: int) -> tuple[bytes, ...]:
    """Take what looks like PNG files of a sensible size. Whoever opens them must still not trust them."""
    kept: list[bytes] = []
    for text in value if isinstance(value, list) else []:
        try:
            picture = base64.b64decode(text, validate=True)
        except (ValueError, TypeError):
            continue
        limit -= len(picture)
        if limit >= 0 and picture.startswith(_PNG) and _pixels(picture) <= _MAX_PIXELS:
            kept.append(picture)
    return tuple(kept)


def _pixels(picture: bytes) -> int:
    return int.from_bytes(picture[16:20], "big") * int.from_bytes(picture[20:24], "big")
