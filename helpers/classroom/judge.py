"""Give points for what a submission demonstrably does, and a reason for each point that is not given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal

from .assignment import Assignment, Item
from .compare import same
from .engine.contract import Ran, Report
from .normalise import Normalised
from .questions import REAL, Asked

Reason = Literal["passed", "unanswered", "form", "differs", "differs on other tables", "stopped", "by hand", "not read"]
_MOST_SENTENCE = 400
_ASSERTION = re.compile(r"AssertionError(?::\s*(?P<sentence>.*))?", re.DOTALL)


@dataclass(frozen=True)
class Mark:
    """What one cell with points has earned.

    Attributes
    ----------
    grade_id : str
        The cell.
    points : float or None
        What the machine gives; None where only a person can say.
    reason : str
        See `Reason`.
    sentence : str
        What the visible check says, when that is the reason. It comes from the student's process: text, no more.
    needs_marking : bool
        Whether a person is to look at it.
    answer : str
        A hash of what the student wrote for the question, to notice when it changes.
    """

    grade_id: str
    points: float | None
    reason: Reason
    sentence: str
    needs_marking: bool
    answer: str

    def plain(self) -> dict[str, Any]:
        """Return it as a dictionary for a JSON file."""
        return asdict(self)


Expected = Mapping[str, object]


def expected_values(report: Report) -> Expected:
    """Return what the solution gave for each probe.

    Parameters
    ----------
    report : Report
        The report on the solution.

    Returns
    -------
    mapping of str to object
        Only for probes that gave a value.
    """
    return {answer.probe_id: answer.value for answer in report.answers if answer.state == "ok"}


def judge(
    assignment: Assignment, work: Normalised, asked: Mapping[str, Asked], report: Report, expected: Expected
) -> tuple[Mark, ...]:
    """Mark one submission.

    Parameters
    ----------
    assignment : Assignment
        The assignment.
    work : Normalised
        The submission in order.
    asked : mapping of str to Asked
        What each probe asked.
    report : Report
        What became of its job.
    expected : mapping of str to object
        What the solution gave.

    Returns
    -------
    tuple of Mark
        One for each cell with points, in order.
    """
    ran = {one.cell_id: one for one in report.ran}
    outcomes = _outcomes(assignment, asked, report, expected)
    return tuple(_mark(item, work, ran.get(item.grade_id), outcomes.get(item.grade_id, {})) for item in assignment.items)


def _outcomes(
    assignment: Assignment, asked: Mapping[str, Asked], report: Report, expected: Expected
) -> dict[str, dict[tuple[int, int], str]]:
    """Return for each item, and each of its lines on each variant, the best outcome of all ways to put it."""
    items = {item.grade_id: item for item in assignment.items}
    outcomes: dict[str, dict[tuple[int, int], str]] = {
        grade_id: {(one.line, one.variant): "stopped" for one in asked.values() if one.grade_id == grade_id}
        for grade_id in items
    }
    for answer in report.answers:
        about = asked.get(answer.probe_id)
        if about is None:
            continue
        found, place = outcomes[about.grade_id], (about.line, about.variant)
        right = f"{about.grade_id}/{about.line}/{about.variant}/0"  # the solution needs no second way
        if answer.state != "ok" or right not in expected:
            continue
        passed = same(answer.value, expected[right], items[about.grade_id].hidden[about.line].compare)
        if found[place] != "passed":
            found[place] = "passed" if passed else "differs"
    return outcomes


def _mark(item: Item, work: Normalised, visible: Ran | None, outcomes: Mapping[tuple[int, int], str]) -> Mark:
    section = work.section(item.question)
    written = "\n".join(f"{cell.kind}\n{cell.source}" for cell in section)
    answer = sha256(written.encode()).hexdigest()[:16]
    if item.by_hand:
        cell = next(cell for cell in work.cells if cell.cell_id == item.grade_id)
        own = any(other.origin is None and other.source.strip() for other in section)  # of any kind: new cells are code
        empty = (cell.unanswered or not cell.source.strip()) and not own and item.question not in work.changed
        return Mark(item.grade_id, 0.0 if empty else None, "unanswered" if empty else "by hand", "", not empty, answer)
    reason, sentence = _reason(visible, outcomes)
    if reason == "passed":
        return Mark(item.grade_id, item.points, reason, "", item.asks_an_eye, answer)
    if all(cell.unanswered or not cell.source.strip() for cell in section if cell.kind == "code"):
        return Mark(item.grade_id, 0.0, "unanswered", "", item.question in work.changed, answer)
    return Mark(item.grade_id, 0.0, reason, sentence, False, answer)


def _reason(visible: Ran | None, outcomes: Mapping[tuple[int, int], str]) -> tuple[Reason, str]:
    """Say why a check is passed or not.

    A visible check that fails by its own sentence costs the points. One that breaks in another way (a student may have
    called a variable ``str``) shows nothing: then the hidden questions alone decide, as they do for everybody.
    """
    complaint = _ASSERTION.fullmatch(visible.error.strip()) if visible else None
    if complaint:
        return "form", " ".join((complaint["sentence"] or "").split())[:_MOST_SENTENCE]
    if not outcomes:
        return "stopped", ""
    if all(outcome == "passed" for outcome in outcomes.values()):
        return "passed", ""
    if any(outcome == "stopped" for (_, variant), outcome in outcomes.items() if variant == REAL):
        return "stopped", ""
    if any(outcome == "differs" for (_, variant), outcome in outcomes.items() if variant == REAL):
        return "differs", ""
    return "differs on other tables", ""
