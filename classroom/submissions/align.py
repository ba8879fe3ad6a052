"""Lay a submission beside the student edition: which cell is whose answer, what was lost, copied, moved or added.

Cells are matched by nbgrader's id. Where an editor has thrown the ids away, they are matched by what cannot change (the
locked cells), by their place between these, and by the names that they set. Locked cells are always those of the student
edition, in the place where they were or belong; cells that a student added are kept, where they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nbformat import NotebookNode

from .dependencies import names_of
from .notebook import SubmittedCell, nbgrader_metadata, without_own_tables

_ALIKE = 0.85
_MAX_CHARACTERS = 5_000  # of a cell that are compared
CHANGED = "You changed the cell"  # how a note begins that a locked cell was put back
_MAX_COMPARED = 500  # pairs of cells: a class of real notebooks without marks needs at most about 60


@dataclass(frozen=True)
class ReleaseCell:
    """A cell of the student edition."""

    grade_id: str
    kind: str
    source: str
    answer: bool  # the student writes into it
    graded: bool
    points: float


@dataclass(frozen=True)
class PlacedCell:
    """A cell of a submission in its place."""

    cell_id: str  # nbgrader's id, or ``"cell-7"`` for the student's own seventh cell
    kind: Literal["code", "markdown", "raw"]  # what it is treated as: an answer has the kind of the student edition
    source: str  # what counts: a locked cell has the text of the student edition
    origin: ReleaseCell | None  # the cell of the student edition; None for a cell of the student's own

    @property
    def own(self) -> bool:
        """Whether the student wrote it: an answer, or an added cell."""
        return self.origin is None or self.origin.answer

    @property
    def unanswered(self) -> bool:
        """Whether it is an answer cell as it was given out."""
        return self.origin is not None and self.origin.answer and plain(self.source) == plain(self.origin.source)


@dataclass(frozen=True)
class Overwritten:
    """What a student wrote into a locked cell: the lines that are not its own."""

    grade_id: str
    kind: str
    source: str

    @property
    def question(self) -> str:
        """The question to which the cell belongs."""
        return self.grade_id.split("-")[0]


@dataclass(frozen=True)
class AlignedSubmission:
    """A submission in order, and what had to be said about it."""

    cells: tuple[PlacedCell, ...]
    notes: tuple[str, ...]
    changed: frozenset[str] = frozenset()  # questions with a locked cell that the student changed
    overwritten: tuple[Overwritten, ...] = ()
    elsewhere: frozenset[str] = frozenset()  # questions whose lost answer cell stands in another one

    def overwritten_under(self, cell: PlacedCell) -> tuple[Overwritten, ...]:
        """Return what a student wrote into locked cells and is shown under this cell: the last answer of the question."""
        under = {one.question: self._last(one) for one in self.overwritten}
        return tuple(one for one in self.overwritten if under[one.question] == cell.cell_id)

    def _last(self, one: Overwritten) -> str:
        placed = [cell for cell in self.cells if cell.origin is not None]
        answers = [cell.cell_id for cell in placed if cell.own and cell.cell_id.split("-")[0] == one.question]
        return answers[-1] if answers else one.grade_id

    def section(self, question: str) -> tuple[PlacedCell, ...]:
        """Return what a student wrote for a question: its answer cells, and their own cells around them.

        Cells before the first question count for it, so that an answer that was written too early is not overlooked.
        """
        asked = [cell.origin.grade_id.split("-")[0] for cell in self.cells if cell.origin is not None and cell.origin.answer]
        found, current = [], next(iter(asked), "")
        for cell in self.cells:
            if cell.origin is not None and (here := cell.origin.grade_id.split("-")[0]) in asked:
                current = here
            if current == question and cell.own:
                found.append(cell)
        return tuple(found)


def release_cells(release: NotebookNode) -> tuple[ReleaseCell, ...]:
    """Return the cells of a student edition; one without an id of nbgrader's has an empty one: it is prose."""
    cells = []
    for cell in release.cells:
        metadata = nbgrader_metadata(cell)
        answer, graded = bool(metadata.get("solution")), bool(metadata.get("grade"))
        points = float(metadata.get("points") or 0)
        cells.append(ReleaseCell(str(metadata.get("grade_id", "")), cell.cell_type, cell.source, answer, graded, points))
    return tuple(cells)


def align(submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell]) -> AlignedSubmission:
    """Lay a submission beside the student edition.

    Parameters
    ----------
    submitted : sequence of SubmittedCell
        The cells as they were handed in.
    release : sequence of ReleaseCell
        The cells of the student edition.

    Returns
    -------
    AlignedSubmission
        Every cell of the student edition occurs in it exactly once.
    """
    notes: list[str] = []
    match = _match_by_id(submitted, release, notes)
    _match_locked_by_text(submitted, release, match)
    _match_answers_by_place(submitted, release, match)
    dropped = _copies_of_locked(submitted, release)
    order = _order(submitted, release, match, dropped)
    elsewhere = _answered_elsewhere(submitted, release, match)
    for position, at in elsewhere.items():
        _put_checks_behind(order, position, at, release)
    missing = [(cell.grade_id, at in elsewhere) for at, cell in enumerate(release) if at not in match and cell.grade_id]
    changed, others = _changed_locked(submitted, release, match)
    notes += _notes(missing, changed, others)
    questions = frozenset(one.question for one in changed)
    cells = tuple(_placed(submitted, release, match, step, set(elsewhere)) for step in order)
    merged = frozenset(release[position].grade_id.split("-")[0] for position in elsewhere)
    return AlignedSubmission(cells, tuple(notes), questions, tuple(one for one in changed if one.source), merged)


def _notes(missing: Sequence[tuple[str, bool]], changed: Sequence[Overwritten], others: Sequence[str]) -> Iterator[str]:
    """Say which cells are missing, or stand elsewhere; which locked ones were changed, or are those of another edition."""
    for grade_id, is_elsewhere in missing:
        became = (
            ". What you wrote for it in another cell counts" if is_elsewhere else " and was put back as it was given out"
        )
        yield f"The cell {grade_id} was missing{became}."
    for grade_id in others:
        yield (
            f"The cell {grade_id} of your file has the tables of another edition of this assignment. Your cells were run "
            "with the tables of your own edition. If you never got a file of your own, tell your teacher."
        )
    shown = {one.grade_id for one in changed if one.source}
    for grade_id in dict.fromkeys(one.grade_id for one in changed):
        seen = ", and your change was not run, but it is shown under your answer" if grade_id in shown else ""
        yield (
            f"{CHANGED} {grade_id}, which belongs to the question. It was put back as it was given out{seen}. "
            "Next time, write your answer in the answer cell."
        )


def _match_by_id(submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], notes: list[str]) -> dict[int, int]:
    """Map positions of the student edition to positions of the submission, for cells that kept their id."""
    match: dict[int, int] = {}
    for position, cell in enumerate(release):
        copies = [at for at, given in enumerate(submitted) if cell.grade_id and given.grade_id == cell.grade_id]
        if not copies:
            continue
        filled = [at for at in copies if plain(submitted[at].source) not in ("", plain(cell.source))]
        match[position] = filled[0] if cell.answer and filled else copies[0]
        if cell.answer and len(copies) > 1:
            which = "the first that is filled in" if filled else "the first"
            notes.append(f"There are {len(copies)} copies of the cell {cell.grade_id}; {which} counts, all are run.")
    return match


def _match_locked_by_text(submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], match: dict[int, int]) -> None:
    """Find locked cells whose id an editor threw away: first by the same text, then, within limits, by a similar one."""
    taken = set(match.values())
    free = {at: plain(cell.source) for at, cell in enumerate(submitted) if at not in taken and not cell.grade_id}
    lost = [position for position, cell in enumerate(release) if position not in match and not cell.answer]
    compared = 0
    for same_text in (True, False):
        for position in [position for position in lost if position not in match]:
            cell, text = release[position], plain(release[position].source)
            fitting = [at for at in free if submitted[at].kind == cell.kind]
            if same_text:
                scores = [(1.0, -at) for at in fitting if free[at] == text]
            else:
                near = [at for at in fitting if 0.5 * len(text) <= len(free[at]) <= 2 * len(text)]
                near = near[: max(0, _MAX_COMPARED - compared)]
                compared += len(near)
                scores = [(likeness(free[at], text), -at) for at in near]
            score, at = max(scores, default=(0.0, 0))
            if score >= _ALIKE:
                match[position] = -at
                del free[-at]


def _match_answers_by_place(
    submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], match: dict[int, int]
) -> None:
    for position, cell in enumerate(release):
        if position in match or not cell.answer:
            continue
        before = max((at for place, at in match.items() if place < position), default=-1)
        after = min((at for place, at in match.items() if place > position and at > before), default=len(submitted))
        taken = set(match.values())
        between = [at for at in range(before + 1, after) if at not in taken and not submitted[at].grade_id]
        kinds = ("code",) if cell.kind == "code" else ("markdown", "raw")
        fitting = [at for at in between if submitted[at].kind in kinds]
        if fitting:
            match[position] = max(fitting, key=lambda at: (_fit(submitted[at], cell), -at))


def _fit(given: SubmittedCell, cell: ReleaseCell) -> tuple[int, float]:
    """Say how well a cell without an id fits an answer: it sets the same names, it is filled in, it looks alike."""
    names = names_of(cell.source).writes
    sets = len(names & names_of(given.source).writes) if given.kind == "code" else 0
    filled = plain(given.source) not in ("", plain(cell.source))
    return 2 * sets + filled, likeness(given.source, cell.source)


def _answered_elsewhere(
    submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], match: dict[int, int]
) -> dict[int, int]:
    """Map lost answer cells to where the student has set the last of their names: in another cell of their own."""
    locked = {at for position, at in match.items() if not release[position].answer} | _copies_of_locked(submitted, release)
    own = {at: cell.source for at, cell in enumerate(submitted) if cell.kind == "code" and at not in locked}
    written = {at: names_of(source).writes for at, source in own.items()}
    found: dict[int, int] = {}
    for position, cell in enumerate(release):
        wanted = (
            names_of(cell.source).writes if position not in match and cell.answer and cell.kind == "code" else frozenset()
        )
        for at, writes in written.items():
            if wanted & writes:
                found[position], wanted = at, wanted - writes
    return found


def _copies_of_locked(submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell]) -> set[int]:
    locked = {cell.grade_id for cell in release if cell.grade_id and not cell.answer}
    return {at for at, cell in enumerate(submitted) if cell.grade_id in locked}


def _changed_locked(
    submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], match: dict[int, int]
) -> tuple[list[Overwritten], list[str]]:
    """Return the locked cells of which some copy, or half of a cell that was split, holds other text, with that text.

    Apart from them, the ids of those that differ in nothing but whose own tables they hold: nobody has changed these.
    """
    changed, others = [], []
    for position, cell in enumerate(release):
        if cell.answer or not cell.grade_id:
            continue
        copies = {at for at, given in enumerate(submitted) if given.grade_id == cell.grade_id}
        copies |= {match[position]} if position in match else set()
        given = {line.strip() for line in cell.source.splitlines()}
        for at in sorted(copies):
            text = submitted[at].source
            if _trimmed(text) in ("", _trimmed(cell.source)):
                continue
            if _trimmed(without_own_tables(text)) == _trimmed(without_own_tables(cell.source)):
                others.append(cell.grade_id)
                continue
            lines = [line for line in text.splitlines() if line.strip() and line.strip() not in given]
            changed.append(Overwritten(cell.grade_id, submitted[at].kind, "\n".join(lines)))
    return changed, others


def _order(
    submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], match: dict[int, int], dropped: set[int]
) -> list[tuple[int | None, int | None]]:
    """Return pairs (position in the edition, position in the submission) in the order in which the cells run.

    The student's own order is kept. What must come before the first answer (the imports) comes first, and a check never
    comes before its answer.
    """
    where = {at: position for position, at in match.items()}
    first = next((position for position, cell in enumerate(release) if cell.answer), len(release))
    task = _first_of_question(release, first)
    asked = min((at for position, at in match.items() if position >= task), default=0)
    own = [at for at in range(len(submitted)) if at not in where and at not in dropped]
    steps: list[tuple[int | None, int | None]] = [(position, match.get(position)) for position in range(task)]
    steps += [(None, at) for at in own if at < asked]  # before the first question: no part of it
    steps += [(position, match.get(position)) for position in range(task, first)]
    later = {at for at, position in where.items() if position >= first} | {at for at in own if at >= asked}
    steps += [(where.get(at), at) for at in sorted(later)]
    for position in range(first, len(release)):
        _put_in_place(steps, position, release)
    return steps


def _first_of_question(release: Sequence[ReleaseCell], answer: int) -> int:
    """Return where the question of an answer begins."""
    question = release[answer].grade_id.split("-")[0] if answer < len(release) else ""
    while answer > 0 and release[answer - 1].grade_id.split("-")[0] == question:
        answer -= 1
    return answer


def _put_in_place(steps: list[tuple[int | None, int | None]], position: int, release: Sequence[ReleaseCell]) -> None:
    """Insert a lost cell after the one that it follows in the edition, and move a check behind its answers."""
    places = {step[0]: index for index, step in enumerate(steps) if step[0] is not None}
    if position not in places:
        after = places.get(position - 1, -1) + 1
        while after < len(steps) and steps[after][0] is None and not release[position].answer:
            after += 1  # behind the student's own cells: the answer may stand in one of them
        steps.insert(after, (position, None))
        return
    if release[position].answer or not release[position].graded:
        return
    question = release[position].grade_id.split("-")[0]
    answers = [at for at, cell in enumerate(release[:position]) if cell.answer and cell.grade_id.split("-")[0] == question]
    last = max((places[at] for at in answers if at in places), default=-1)
    if places[position] < last:
        steps.insert(last, steps.pop(places[position]))


def _put_checks_behind(
    steps: list[tuple[int | None, int | None]], position: int, at: int, release: Sequence[ReleaseCell]
) -> None:
    """Move the checks of a lost answer behind the cell in which it stands, for instance one of a later question."""
    question = release[position].grade_id.split("-")[0]
    for check in reversed(range(position, len(release))):
        if release[check].graded and not release[check].answer and release[check].grade_id.split("-")[0] == question:
            here = next(index for index, step in enumerate(steps) if step[0] == check)
            behind = next(index for index, step in enumerate(steps) if step[1] == at)
            if here < behind:
                steps.insert(behind, steps.pop(here))


def _placed(
    submitted: Sequence[SubmittedCell],
    release: Sequence[ReleaseCell],
    match: dict[int, int],
    step: tuple[int | None, int | None],
    elsewhere: set[int],
) -> PlacedCell:
    position, at = step
    if position is None:
        given = submitted[at or 0]
        return PlacedCell(f"cell-{given.number}", given.kind, given.source, None)
    cell = release[position]
    cell_id = cell.grade_id or f"text-{position + 1}"
    kind: Literal["code", "markdown", "raw"] = (
        "code" if cell.kind == "code" else "markdown" if cell.kind == "markdown" else "raw"
    )
    # The three dots of a lost answer cell would wipe out what stands in another one, for instance of two that were merged.
    placed = PlacedCell(cell_id, kind, "" if position in elsewhere else cell.source, cell)
    return replace(placed, source=submitted[at].source) if cell.answer and at is not None else placed


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip()


def plain(text: str) -> str:
    """Return a text without blank lines and without spaces around its lines, which editors add and take away."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def likeness(one: str, other: str) -> float:
    """Say how alike two texts are, from 0 to 1: the share of groups of three characters that both have.

    It takes as long as the texts are, whatever stands in them; a longest common part can take the square of that.
    """
    one, other = plain(one)[:_MAX_CHARACTERS], plain(other)[:_MAX_CHARACTERS]
    if one == other:
        return 1.0
    if not one or not other or min(len(one), len(other)) / max(len(one), len(other)) < 0.5:
        return 0.0
    mine, theirs = (Counter(text[at : at + 3] for at in range(max(1, len(text) - 2))) for text in (one, other))
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())
