"""The page that a student gets back: what was right, what failed and why, without hidden questions, tables or answers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ..assignments.assignment import Assignment, GradedCell
from ..assignments.rubric import Criterion, Level, plain
from ..html import render
from ..submissions.deadlines import IN_TIME, Lateness
from ..submissions.roster import Student
from .gradebook import Entered
from .points import Score
from .results import Result, Shown
from .to_do import what_to_do

_SENTENCES = {
    "passed": "Right: on the tables that you see, and on tables that you do not see.",
    "unanswered": "You have not answered this.",
    "differs": "The form is in order, but the result is not what the question asks for.",
    "differs on other tables": (
        "Right on the tables that you see. "
        "On other tables of the same shape, the result differs from what the question asks for."
    ),
    "stopped": "It could not be worked out: a cell stopped with an error, or took too long, when it was run again.",
    "stopped on other tables": "Right on the tables that you see. When it was run again on other tables, it stopped",
    "carried": (
        "Right for what you had in the part before it: a slip there costs its own points, and not these. "
        "It was judged on your own result there, here and on tables that you do not see."
    ),
    "by hand": "A person marks this.",
    "not read": "This was not marked.",
}
_MARKED = "Marked by a person."
_ASK = "Read in the task what it asks for, and compare. If you do not see what is lacking, ask your teacher."
_SEE = "It could not be worked out: a cell stopped with an error or took too long. See the message under your code."


@dataclass(frozen=True)
class Line:
    """One part of a question as the page shows it."""

    points: str
    most: str
    state: str
    sentence: str
    to_do: str = ""


@dataclass(frozen=True)
class Part:
    """One question as the page shows it."""

    title: str
    anchor: str
    points: str
    most: str
    state: str
    lines: tuple[Line, ...]
    comments: tuple[str, ...]
    cells: tuple[dict[str, object], ...]
    rubric: tuple[tuple[str, str, str, str, str], ...] = ()  # criterion, points, most, the level, and what the next one asks
    ideas: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def verdict_on(score: Score, most: float) -> str:
    """Return for the marker, in one line, what the machine gave for a cell; its sentence speaks to the student."""
    return f"{number(score.points)} of {number(most)} points. The student reads: {_sentence(score)}"


def feedback_page(
    assignment: Assignment,
    student: Student,
    result: Result,
    entered: Mapping[str, Entered],
    lateness: Lateness = IN_TIME,
    levels: Mapping[str, float] | None = None,
    *,
    ideas: bool = False,
) -> str:
    """Return the page for one student.

    Parameters
    ----------
    assignment : Assignment
        The assignment.
    student : Student
        Whose page it is.
    result : Result
        What became of the submission.
    entered : mapping of str to Entered
        What the gradebook holds now, a person's points and comments included.
    lateness : Lateness, optional
        When the work came.
    levels : mapping of str to float, optional
        The levels of the rubric that a person chose, by ``"<cell>/<criterion>"``.
    ideas : bool, default False
        Whether to show how a question can be answered, where points were lost and nothing of it waits for a person.

    Returns
    -------
    str
        A page of HTML that needs nothing else and runs nothing.
    """
    scores = {score.grade_id: score for score in result.scores}
    parts = tuple(_part(assignment, question, result.cells, scores, entered) for question in assignment.questions)
    parts = tuple(_with_rubric(part, assignment, entered, levels or {}, ideas) for part in parts)
    others = [_cell(cell, full=True) for cell in result.cells if cell.cell_id.split("/")[0] not in assignment.questions]
    given = [entered[item.grade_id].points for item in assignment.items if item.grade_id in entered]
    waiting = sum(item.points for item in assignment.items if _waits(item, entered))
    return render(
        "feedback.html.j2",
        assignment=assignment.name,
        student=student,
        parts=parts,
        points=number(max(sum(points for points in given if points is not None) - lateness.penalty, 0.0)),
        lateness=lateness,
        penalty=number(lateness.penalty),
        most=number(assignment.max_score),
        waiting=number(waiting) if waiting else "",
        whole=all(part.state == "full" for part in parts),
        note=result.note,
        # Who was not read has no points, unless a person gave some: then the questions say which.
        read=result.ran or any(points is not None for points in given),
        ours=result.status == "not marked",
        others=others,
        notes=result.notes if not result.note else (),
        isolated=result.isolation != "not isolated",
    )


def _with_rubric(
    part: Part, assignment: Assignment, entered: Mapping[str, Entered], levels: Mapping[str, float], ideas: bool
) -> Part:
    """Add the levels that a person chose, as far as they are the points that count; and ideas, when they are released."""
    rows, models = [], []
    for written in [one for one in assignment.written if one.question == part.anchor]:
        chosen = [(one, levels.get(f"{written.grade_id}/{one.name}")) for one in written.criteria]
        given = entered.get(written.grade_id)
        if given and given.manual is not None and given.manual == sum(points for _, points in chosen if points is not None):
            for one, points in chosen:
                level = next((level for level in one.levels if level.points == points), None)
                if level and (level.name or level.says):
                    name = f"{level.name}: {level.says}" if level.name and level.says else level.name or level.says
                    rows.append((one.name, number(points), number(one.most), plain(name), _aim(one, level)))
        models.append(written.model)
    if not rows and not part.comments:
        lines = (replace(one, to_do=_ASK) if one.sentence == _MARKED and one.state != "full" else one for one in part.lines)
        part = replace(part, lines=tuple(lines))
    if not ideas or part.state == "waits":
        return replace(part, rubric=tuple(rows))
    told = [item.idea for item in assignment.items if item.question == part.anchor and item.idea and part.state != "full"]
    return replace(part, rubric=tuple(rows), ideas=tuple(told), models=tuple(filter(None, models)))


def _aim(criterion: Criterion, level: Level) -> str:
    """Return what to try for, from a level: the next one that is worth more than half; a lower one says what still lacks."""
    better = [one for one in criterion.levels if one.points > max(level.points, criterion.most / 2)]
    return plain(min(better, key=lambda one: one.points).says) if better else ""


def number(value: float | None) -> str:
    """Write points without needless decimals."""
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _part(
    assignment: Assignment,
    question: str,
    cells: Sequence[Shown],
    scores: Mapping[str, Score],
    entered: Mapping[str, Entered],
) -> Part:
    items = [item for item in assignment.items if item.question == question]
    own = [cell for cell in cells if cell.cell_id.split("/")[0] == question]
    message = any(cell.problem for cell in own)
    lines = tuple(_line(item, scores[item.grade_id], entered.get(item.grade_id), message) for item in items)
    given = [one.points for item in items if (one := entered.get(item.grade_id)) and one.points is not None]
    most = sum(item.points for item in items)
    full = not any(scores[item.grade_id].points not in (None, item.points) for item in items)
    states = {line.state for line in lines}
    state = "waits" if "waits" in states else "full" if sum(given) >= most else "none" if not sum(given) else "part"
    return Part(
        title=f"Question {question.removeprefix('q')}",
        anchor=question,
        points=number(sum(given)) if given else "–",
        most=number(most),
        state=state,
        lines=lines,
        comments=tuple(_comments(question, entered.values())),
        cells=tuple(_cell(cell, full=full) for cell in own),
    )


def _line(item: GradedCell, score: Score, entered: Entered | None, message: bool) -> Line:
    points = entered.points if entered else score.points
    if _waits(item, {item.grade_id: entered} if entered else {}):
        shown = _sentence(score, message) if not item.by_hand else _SENTENCES["by hand"]
        return Line(
            number(points), number(item.points), "waits", shown if item.by_hand else f"{shown} A person still looks at it."
        )
    if entered and entered.manual is not None:
        return Line(number(points), number(item.points), _state(points, item.points), _MARKED)
    state = _state(points, item.points)
    to_do = what_to_do(score.reason, score.sentence) if state != "full" else ""
    return Line(number(points), number(item.points), state, _sentence(score, message), to_do)


def _state(points: float | None, most: float) -> str:
    return "none" if not points else "full" if points >= most else "part"


def _waits(item: GradedCell, entered: Mapping[str, Entered]) -> bool:
    return item.grade_id not in entered or entered[item.grade_id].needs_marking


def _sentence(score: Score, message: bool = False) -> str:
    """Say why; of a message under the code only where there is one."""
    if score.reason == "unanswered" and score.needs_marking:
        return "The answer cell is empty, but you wrote into a locked cell of this question."
    if score.reason == "stopped" and (score.sentence or message):
        return score.sentence or _SEE
    if score.reason == "form":
        return (
            f"The check under your answer says: “{score.sentence}”"
            if score.sentence
            else "The check under your answer failed."
        )
    if score.reason == "stopped on other tables":
        return f"{_SENTENCES[score.reason]}: {score.sentence}." if score.sentence else f"{_SENTENCES[score.reason]}."
    if score.reason not in ("differs", "differs on other tables"):
        return _SENTENCES[score.reason]
    part = " Part of it is right, and counts." if score.points else ""
    told = f" {score.sentence}" if score.sentence else ""
    return f"{_SENTENCES[score.reason]}{told}{part}"


def _comments(question: str, entered: Iterable[Entered]) -> list[str]:
    return [one.comment for one in entered if one.comment and one.grade_id.split("-")[0] == question]


def _cell(cell: Shown, *, full: bool) -> dict[str, object]:
    """Return a cell for the page; `full` says that nothing was lost in its question, so no message is to blame for it."""
    what = "code" if cell.kind == "code" else "words"
    label = f"Your {what}"
    if cell.locked:
        label = f"What you wrote into the locked cell {cell.locked} (it was put back, and this was not run)"
    elif cell.added:
        label = f"A cell that you added: your {what}"
    harmless = " This cell cost no points." if cell.added and full else ""
    return {
        "label": label,
        "code": cell.source if cell.kind == "code" and cell.own else "",
        # Cleaned before it was kept, so it may stand on the page as it is.
        "words": Markup(cell.source) if cell.kind != "code" and cell.own else "",
        "text": cell.text,
        "problem": cell.problem,
        "why": f"The message when it ran.{harmless}" if harmless else "The message when it ran",
        "pictures": [b64encode(picture).decode() for picture in cell.pictures],
    }
