"""Tell whether what arrived is this assignment at all: another one, a lesson, or a notebook of a student's own is not.

A notebook is known by what its author wrote (the locked cells) and by the names that its answers set. A student may delete,
add, reorder, translate, and lose nbgrader's marks: as long as one of these signs is there in part, it is this assignment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ..assignments.assignment import Assignment, read_assignment
from ..course import ROOT, SAMPLE, SAMPLE_SEED, Course
from ..errors import TeacherError
from .align import ReleaseCell, likeness, plain, release_cells
from .dependencies import names_of
from .notebook import SubmittedCell, UnreadableError, read_submission

# Of the 32 cells of ps1, ps2 shares four; the smallest honest rest that was seen (one question of seven) shares a sixth, and
# holds little else. So: half of anything is enough; and a fifth of anything, or of what is there, unless it is known better.
_ENOUGH = 0.5
_MIN_SHARE = 0.2
# Cells of another notebook before it is called by its name, and names before they alone tell: all assignments have an "ax".
_MIN_SIGNS = 3
_MUCH_CHANGED = 0.6  # a locked cell that is less like the original than this holds other text


@dataclass(frozen=True)
class Signs:
    """By what a notebook is known: the texts of its author, those of them that are code, and the names of its answers."""

    title: str
    texts: frozenset[str]
    code: frozenset[str]
    names: frozenset[str]

    def without(self, others: Iterable[Signs]) -> Signs:
        """Return what no other notebook has."""
        texts = self.texts.difference(*(other.texts for other in others))
        names = self.names.difference(*(other.names for other in others))
        return Signs(self.title, texts, self.code & texts, names)

    def share(self, texts: frozenset[str], names: frozenset[str]) -> float:
        """Return how much of this notebook was found: of its texts, its code, or its answers, whichever is most."""
        pairs = ((self.texts, texts), (self.code, texts), (self.names, names))
        return max(len(mine & found) / len(mine) if mine else 0.0 for mine, found in pairs)

    def enough(self, texts: frozenset[str], names: frozenset[str]) -> bool:
        """Say whether so much was found that it does not matter what else is there."""
        telling = names if len(self.names & names) >= _MIN_SIGNS else frozenset[str]()
        return self.share(texts, telling) >= _ENOUGH


def signs_of(title: str, release: Sequence[ReleaseCell]) -> Signs:
    """Return the signs of a student edition, or of a lesson, whose cells are all its author's."""
    locked = [cell for cell in release if not cell.answer and plain(cell.source)]
    return Signs(
        title,
        frozenset(plain(cell.source) for cell in locked),
        frozenset(plain(cell.source) for cell in locked if cell.kind == "code"),
        frozenset(name for cell in release if cell.answer and cell.kind == "code" for name in names_of(cell.source).writes),
    )


def other_notebooks(course: Course, assignment: Assignment) -> tuple[Signs, ...]:
    """Return the signs of what else students have on their screens: the other assignments, and the lessons.

    Those that hold half of this assignment are forms of the same, and left out.
    """
    ours = signs_of(assignment.name, release_cells(assignment.release))
    found = []
    homes = [course] if course.root == SAMPLE else [course, Course(SAMPLE, SAMPLE_SEED, private=False)]
    for owner, name in [(one, name) for one in homes for name in one.names() if name != assignment.name]:
        with suppress(TeacherError):  # a draft of the teacher's
            found.append(signs_of(name, release_cells(read_assignment(owner, name).release)))
    lessons = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
    found += [signs for path in lessons if (signs := _lesson(path.name)) is not None]
    return tuple(signs for signs in found if not ours.enough(signs.texts, signs.names))


def which_other(
    submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], known: Callable[[], Sequence[Signs]]
) -> str | None:
    """Return the title of the other notebook that was handed in, "" if none that is known, None if it is the right one.

    `known` gives the other notebooks. An ordinary submission does not need them, so it is called late.
    """
    texts = frozenset(plain(cell.source) for cell in submitted)
    names = frozenset(name for cell in submitted if cell.kind == "code" for name in names_of(cell.source).writes)
    ours = signs_of("", release)
    if ours.enough(texts, names):
        return None
    best, most, others = "", 0.0, known()
    for other in others:
        theirs, mine = other.without([ours]), ours.without([other])
        share = theirs.share(texts, names)
        if len(theirs.texts & texts) >= _MIN_SIGNS and share > max(most, mine.share(texts, names)):
            best, most = other.title, share
    if best:
        return best
    texts |= _slightly_changed(submitted, release)  # not before: the assignments of one course are alike
    if ours.enough(texts, names):
        return None
    own = ours.without(others)
    return None if max(own.share(texts, names), _share_of_what_came(submitted, release, texts, own)) >= _MIN_SHARE else ""


def _lesson(file: str) -> Signs | None:
    try:
        cells = read_submission((ROOT / "notebooks" / file).read_bytes())
    except (UnreadableError, FileNotFoundError, json.JSONDecodeError):
        return None
    return signs_of(file, [ReleaseCell("", cell.kind, cell.source, False, False, 0.0) for cell in cells])


def _slightly_changed(submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell]) -> frozenset[str]:
    """Return the texts of locked cells that kept their id, and of which the student, or a later edition, changed a part."""
    locked = {cell.grade_id: plain(cell.source) for cell in release if cell.grade_id and not cell.answer}
    first = {cell.grade_id: plain(cell.source) for cell in reversed(submitted) if cell.grade_id in locked}
    return frozenset(locked[name] for name, text in first.items() if likeness(text, locked[name]) >= _MUCH_CHANGED)


def _share_of_what_came(
    submitted: Sequence[SubmittedCell], release: Sequence[ReleaseCell], texts: frozenset[str], own: Signs
) -> float:
    """Return how much of a notebook is ours. Answers say nothing by their id: all assignments have a q1."""
    answers = {cell.grade_id for cell in release if cell.answer and cell.grade_id}
    locked = {cell.grade_id: plain(cell.source) for cell in release if not cell.answer}
    telling = [cell for cell in submitted if plain(cell.source) and cell.grade_id not in answers]
    if not telling:
        return 1.0  # nothing but answers is left
    ours = [
        cell
        for cell in telling
        if {plain(cell.source), locked.get(cell.grade_id, "")} & own.texts & texts
        or (cell.kind == "code" and names_of(cell.source).writes & own.names)
    ]
    return len(ours) / len(telling)
