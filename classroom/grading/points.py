"""Give points for what a submission demonstrably does, and a reason for each point that is not given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from ..assignments.assignment import Assignment, GradedCell, Hidden
from ..sandbox.messages import Answer, Ran, Report
from ..submissions.align import AlignedSubmission
from .difference import difference, of_calls
from .equality import same
from .probes import REAL, SEEN, Asked, probe_id

Reason = Literal[
    "passed",
    "unanswered",
    "form",
    "differs",
    "differs on other tables",
    "stopped",
    "stopped on other tables",
    "carried",
    "by hand",
    "not read",
]
_Ending = Literal["passed", "differs", "stopped"]
_MAX_SENTENCE = 400
_NAMED = re.compile(r"(?P<type>[A-Z]\w{0,40})(?:: (?:name ')?(?P<name>[\w -]{1,60})(?:' is not defined)?)?")
_WORD = re.compile(r"[^\W\d]\w*(?:[ -]\w+)*|[^\W\d]\w*")
_ASSERTION = re.compile(r"AssertionError(?::\s*(?P<sentence>.*))?", re.DOTALL)


@dataclass(frozen=True)
class Score:
    """What one cell with points has earned."""

    grade_id: str  # the cell
    points: float | None  # what the machine gives; None where only a person can say
    reason: Reason  # see `Reason`
    # What the visible check says, when that is the reason. It comes from the student's process: text, no more.
    sentence: str
    needs_marking: bool  # whether a person is to look at it
    answer: str  # a hash of what the student wrote for the question, to notice when it changes

    def plain(self) -> dict[str, Any]:
        """Return it as a dictionary for a JSON file."""
        return asdict(self)


Expected = Mapping[str, object]


def expected_values(report: Report) -> Expected:
    """Return what the solution gave for each probe that gave a value."""
    return {answer.probe_id: answer.value for answer in report.answers if answer.state == "ok"}


def unsteady(assignment: Assignment, asked: Mapping[str, Asked], report: Report) -> list[str]:
    """Return the cells whose solution gives another value when it runs a second time on the same tables."""
    expected, items = expected_values(report), {item.grade_id: item for item in assignment.items}
    answers = {answer.probe_id: answer for answer in report.answers}
    tries = [_try(about, answers[name], expected, items[about.grade_id].hidden[about.line]) for name, about in asked.items()]
    found = [one.about.grade_id for one in tries if one.about.variant == REAL and one.outcome != "passed"]
    return list(dict.fromkeys(found))


def score_cells(
    assignment: Assignment, work: AlignedSubmission, asked: Mapping[str, Asked], report: Report, expected: Expected
) -> tuple[Score, ...]:
    """Mark one submission.

    Parameters
    ----------
    assignment : Assignment
        The assignment.
    work : AlignedSubmission
        The submission in order.
    asked : mapping of str to Asked
        What each probe asked.
    report : Report
        What became of its job.
    expected : mapping of str to object
        What the solution gave.

    Returns
    -------
    tuple of Score
        One for each cell with points, in order.
    """
    ran = {one.cell_id: one for one in report.ran}
    answers = {answer.probe_id: answer for answer in report.answers}
    tried: dict[str, list[_Try]] = {item.grade_id: [] for item in assignment.items}
    for name, about in asked.items():
        answer = answers.get(name, Answer(name, "not run"))
        comparison = next(item for item in assignment.items if item.grade_id == about.grade_id).hidden[about.line]
        tried[about.grade_id].append(_try(about, answer, expected, comparison))
    return tuple(_mark(item, work, ran, tried[item.grade_id]) for item in assignment.items)


@dataclass(frozen=True)
class _Try:
    """How one probe ended."""

    about: Asked
    outcome: _Ending
    answer: Answer
    differs: str = ""


def _try(about: Asked, answer: Answer, expected: Expected, hidden: Hidden) -> _Try:
    right = probe_id(replace(about, way=SEEN if about.variant == REAL else 0))  # the solution needs no other way
    if answer.state != "ok" or right not in expected:
        return _Try(about, "stopped", answer)
    passed = same(answer.value, expected[right], hidden.compare, hidden.tolerance)
    if passed:
        return _Try(about, "passed", answer)
    hidden_tables = about.variant != REAL
    calls = of_calls(hidden.read)
    return _Try(about, "differs", answer, difference(answer.value, expected[right], hidden=hidden_tables, calls=calls))


def _mark(item: GradedCell, work: AlignedSubmission, ran: Mapping[str, Ran], tries: Sequence[_Try]) -> Score:
    section = work.section(item.question)
    written = "\n".join(f"{cell.kind}\n{cell.source}" for cell in section)
    answer = sha256(written.encode()).hexdigest()[:16]
    if item.by_hand:
        cell = next(cell for cell in work.cells if cell.cell_id == item.grade_id)
        own = any(other.origin is None and other.source.strip() for other in section)  # of any kind: new cells are code
        empty = (cell.unanswered or not cell.source.strip()) and not own and item.question not in work.changed
        return Score(item.grade_id, 0.0 if empty else None, "unanswered" if empty else "by hand", "", not empty, answer)
    reason, sentence = _reason(ran.get(item.grade_id), tries, work)
    if reason == "passed":
        return Score(item.grade_id, item.points, reason, "", item.asks_an_eye, answer)
    empty = all(cell.unanswered or not cell.source.strip() for cell in section if cell.kind == "code")
    if empty and item.question not in work.elsewhere:
        return Score(item.grade_id, 0.0, "unanswered", "", item.question in work.changed, answer)
    part = _in_part(item, tries, work) if reason != "form" else 0.0
    return Score(item.grade_id, part, reason, sentence, bool(part) and item.asks_an_eye, answer)


def _in_part(item: GradedCell, tries: Sequence[_Try], work: AlignedSubmission) -> float:
    """Return the points of those lines that are right by themselves, where the author gives points in part."""
    given = 0.0
    for number, hidden in enumerate(item.hidden):
        if hidden.partial:
            own = [one for one in tries if one.about.line == number]
            given += hidden.partial if _reason(None, own, work)[0] == "passed" else 0.0
    return given


def _reason(visible: Ran | None, tries: Sequence[_Try], work: AlignedSubmission) -> tuple[Reason, str]:
    """Say why a check is passed or not.

    A visible check that fails by its own sentence costs the points. One that breaks in another way (a student may have
    called a variable ``str``) shows nothing: then the hidden questions alone decide, as they do for everybody.
    """
    complaint = _ASSERTION.fullmatch(visible.error.strip()) if visible else None
    if complaint:
        return "form", " ".join((complaint["sentence"] or "").split())[:_MAX_SENTENCE]
    seen = [one for one in tries if one.about.way == SEEN]
    ways = [[one for one in tries if one.about.way == way] for way in sorted({one.about.way for one in tries} - {SEEN})]
    # Where an earlier cell has changed the tables, the student's own run shows nothing: it counts what they give as given.
    changed = any(one.answer.changed for one in seen)
    right_here = bool(seen) and all(one.outcome == "passed" for one in seen)
    for way in ways:
        here = right_here or (changed and _all_passed(way, REAL))
        if here and all(one.outcome == "passed" for one in way if one.about.variant != REAL):
            return "passed", ""
    if right_here and not ways:
        return "passed", ""
    if not right_here and not (changed and any(_all_passed(way, REAL) for way in ways)):
        if any(one.outcome == "stopped" for one in seen) or not seen:
            return "stopped", ""
        return "differs", next((one.differs for one in seen if one.outcome == "differs"), "")
    elsewhere = [one for way in ways for one in way if one.about.variant != REAL]
    if any(one.outcome == "differs" for one in elsewhere):
        return "differs on other tables", next((one.differs for one in elsewhere if one.outcome == "differs"), "")
    return "stopped on other tables", _what_stopped([one.answer for one in elsewhere if one.outcome == "stopped"], work)


def _all_passed(way: Sequence[_Try], variant: int) -> bool:
    found = [one.outcome == "passed" for one in way if one.about.variant == variant]
    return bool(found) and all(found)


def _what_stopped(answers: Sequence[Answer], work: AlignedSubmission) -> str:
    """Name what ended a question on other tables: time, memory, or the kind of an error, with a word of the student's own.

    The text of an error may tell of tables that nobody should see. So of it only such a word is kept that the student wrote.
    """
    states = {answer.state for answer in answers}
    if "timeout" in states:
        return "its time was up"
    if "not run" in states:
        return "the time for all questions together was used up"
    if "memory" in states:
        return "it used more memory than a notebook has here"
    named = next((found for answer in answers if (found := _NAMED.fullmatch(answer.error.strip()))), None)
    if named is None:
        kind = next((found for answer in answers if (found := _NAMED.match(answer.error.strip()))), None)
        return f"`{kind['type']}`" if kind else ""
    words = {word for cell in work.cells if cell.own for word in _WORD.findall(cell.source)}
    known = named["name"] is not None and named["name"] in words
    return f"`{named['type']}: {named['name']}`" if known else f"`{named['type']}`"
