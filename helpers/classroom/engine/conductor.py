"""The course of one job, on the trusted side: ask for one cell after another, then for one probe after another.

The gentle limit inside the process ends an honest endless loop and keeps its state. Where that does not help, or the
process dies, it is ended from here; then the cells run again without the one that did it, so that it costs nothing else.
"""

from __future__ import annotations

import base64
import secrets
import socket
import time
from collections.abc import Mapping
from typing import Any, cast, get_args

from . import values, wire
from .contract import Answer, Cell, Job, Probe, Ran, Report, State
from .places import Place

GRACE_SECONDS = 0.6  # between the gentle and the hard limit
SOURCE_CHARACTERS = 300_000  # a longer cell is not run
_STATES = get_args(State)
_TEXT_SLACK = 200  # a note that something was cut
_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PIXELS = 40_000_000
_SPENT: dict[str, tuple[State, str]] = {
    "threads": ("killed", "The cell left too many threads running."),
    "memory": ("memory", "The cell left too little memory for the cells after it."),
    "disk": ("killed", "The cell filled the disk that a notebook has."),
    "limits": ("killed", "The cell took means away from the cells after it."),
    "tools": ("killed", "The cell broke what is needed to mark the cells after it."),
    "files": ("killed", "The cell left too many files open."),
}


class _Lost(Exception):
    """The process is of no more use; the state that the current request deserves."""

    def __init__(self, state: State, error: str = "") -> None:
        super().__init__(state)
        self.state, self.error = state, error


def conduct(job: Job, place: Place) -> Report:
    """Run one job.

    Parameters
    ----------
    job : Job
        What to run.
    place : Place
        Where.

    Returns
    -------
    Report
        A `Ran` for each cell and an `Answer` for each probe.

    Raises
    ------
    PlaceError
        If the place cannot take it.
    TeacherError
        If bubblewrap is missing or forbidden.
    """
    return _Conductor(job, place).report()


class _Conductor:
    def __init__(self, job: Job, place: Place) -> None:
        self.job, self.place, self.limits = job, place, job.limits
        self.end = time.monotonic() + job.limits.total_seconds
        self.ran: dict[int, Ran] = {}
        self.answers: dict[int, Answer] = {}
        self.offenders: set[int] = set()
        self.fresh = True  # whether the next probe gets a new copy of the process
        self.sources = {cell.cell_id: _clean(cell.source) for cell in job.cells}
        for number, cell in enumerate(job.cells):
            if len(cell.source) > SOURCE_CHARACTERS:
                self._offend(number, Ran(cell.cell_id, "error", 0.0, error="The cell is too long to be run."))

    def report(self) -> Report:
        while self._unfinished() and time.monotonic() < self.end:
            self._attempt()
        ran = tuple(self.ran.get(n, Ran(cell.cell_id, "not run", 0.0)) for n, cell in enumerate(self.job.cells))
        answers = tuple(self.answers.get(n, Answer(p.probe_id, "not run")) for n, p in enumerate(self.job.probes))
        return Report(self.job.job_id, ran, answers, self.place.isolation)

    def _unfinished(self) -> bool:
        return len(self.ran) < len(self.job.cells) or len(self.answers) < len(self.job.probes)

    def _offend(self, number: int, ran: Ran) -> None:
        self.offenders.add(number)
        self.ran[number] = ran

    def _attempt(self) -> None:
        """Run all cells but the offenders, then the probes that have no answer, until the process is lost."""
        self.fresh = True
        with self.place.open(self.limits) as channel:
            try:
                if self._cells(channel):
                    self._probes(channel)
            finally:
                self.place.end()

    def _cells(self, channel: socket.socket) -> bool:
        for number, cell in enumerate(self.job.cells):
            if number in self.offenders:
                continue
            begun = time.monotonic()
            try:
                self.ran[number] = self._run(channel, cell)
            except _Lost as lost:
                self._offend(number, Ran(cell.cell_id, lost.state, time.monotonic() - begun, error=lost.error))
                return False
        return True

    def _probes(self, channel: socket.socket) -> None:
        for number in self._order():
            probe = self.job.probes[number]
            if foreseen := self._foreseen(probe):
                self.answers[number] = Answer(probe.probe_id, foreseen)
                continue
            try:
                self.answers[number] = self._put(channel, probe)
            except _Lost as lost:
                self.answers[number] = Answer(probe.probe_id, lost.state)
                return
            if not self.place.forks:
                return  # what the probe changed would be seen by the next

    def _order(self) -> list[int]:
        """The probes without an answer; those that ask what has failed to answer before come last."""
        slow = {_question(self.job.probes[n]) for n, answer in self.answers.items() if answer.state != "ok"}
        waiting = [n for n in range(len(self.job.probes)) if n not in self.answers]
        return sorted(waiting, key=lambda n: (_question(self.job.probes[n]) in slow, n))

    def _run(self, channel: socket.socket, cell: Cell) -> Ran:
        begun = time.monotonic()
        answer = self._ask(channel, {"do": "cell", "source": _clean(cell.source)})
        seconds = time.monotonic() - begun
        spent = answer.get("spent")
        if isinstance(spent, str) and spent in _SPENT:
            raise _Lost(*_SPENT[spent])
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

    def _put(self, channel: socket.socket, probe: Probe) -> Answer:
        request = {
            "do": "probe",
            "tables": _as_text(probe.tables),
            "frames": _as_text(probe.frames),
            "bind": dict(probe.bind),
            "rerun": [self.sources[cell_id] for cell_id in probe.rerun],
            "read": probe.read,
            "fork": self.place.forks,
        }
        answer = self._ask(channel, {**request, "fresh": self.fresh})
        if _state(answer) not in ("ok", "timeout") and not self.fresh:  # again, in a copy that no probe has changed
            answer = self._ask(channel, {**request, "fresh": True})
        state = _state(answer)
        self.fresh = state != "ok"
        if state != "ok":
            return Answer(probe.probe_id, state)
        try:
            return Answer(probe.probe_id, "ok", values.parse(_text(answer.get("value"), values.VALUE_BYTES + 1).encode()))
        except (values.ValueProblem, UnicodeEncodeError):
            return Answer(probe.probe_id, "error")

    def _foreseen(self, probe: Probe) -> State | None:
        """Answer at once what would only cost time: a cell that cannot run again, or a question that has no end."""
        for cell_id in probe.rerun:
            states = [ran.state for ran in self.ran.values() if ran.cell_id == cell_id]
            if not states or states[-1] not in ("ok", "error"):
                return states[-1] if states else "not run"
        endless = {_question(self.job.probes[n]) for n, answer in self.answers.items() if answer.state == "timeout"}
        return "timeout" if _question(probe) in endless else None

    def _ask(self, channel: socket.socket, request: dict[str, Any]) -> dict[str, Any]:
        """Put one request, and take nothing for its answer that was made before it."""
        nonce = secrets.token_hex(8)
        deadline = min(time.monotonic() + self.limits.cell_seconds + GRACE_SECONDS, self.end)
        try:
            wire.send(channel, {**request, "nonce": nonce}, deadline)
            answer = values.loads(wire.receive(channel, deadline), wire.FRAME_BYTES)
        except wire.WireTimeout:
            self.place.end()
            raise _Lost("timeout") from None
        except (wire.WireError, values.ValueProblem):
            raise _Lost("memory" if self.place.end() == "memory" else "killed") from None
        if not isinstance(answer, dict) or answer.get("nonce") != nonce or wire.pending(channel):
            raise _Lost("killed")
        return answer


def _as_text(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode("ascii") for name, content in files.items()}


def _clean(source: str) -> str:
    """Take away the mark of byte order that some editors put before a text."""
    return source.removeprefix("\ufeff")


def _question(probe: Probe) -> tuple[str, tuple[str, ...]]:
    return probe.read, probe.rerun


def _state(answer: dict[str, Any]) -> State:
    state = answer.get("state")
    return cast(State, state) if state in _STATES and state != "not run" else "error"


def _text(value: object, most: int) -> str:
    return value[:most] if isinstance(value, str) else ""


def _pictures(value: object, most: int) -> tuple[bytes, ...]:
    """Take what looks like PNG files of a sensible size. Whoever opens them must still not trust them."""
    kept: list[bytes] = []
    for text in value if isinstance(value, list) else []:
        try:
            picture = base64.b64decode(text, validate=True)
        except (ValueError, TypeError):
            continue
        most -= len(picture)
        if most >= 0 and picture.startswith(_PNG) and _pixels(picture) <= _MOST_PIXELS:
            kept.append(picture)
    return tuple(kept)


def _pixels(picture: bytes) -> int:
    return int.from_bytes(picture[16:20], "big") * int.from_bytes(picture[20:24], "big")
