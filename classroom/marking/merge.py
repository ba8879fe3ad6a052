"""Join what two people have marked by hand in two copies of one folder. Nothing that either has given is lost.

The logs are joined line by line. Of an answer that both have marked, the later mark counts, and the answer is named. What
was given in nbgrader's own pages, of which there is no log, is taken where nothing stands here; else it is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..assignments.assignment import Assignment
from ..errors import TeacherError
from ..grading.database import has_gradebook
from ..grading.gradebook import Entered, enter_by_hand, entered_scores, open_gradebook
from ..grading.results import load_result
from .log import Mark, append, latest, read_log


@dataclass(frozen=True)
class Merged:
    """What came of joining: how many answers were taken over, and where both had given something else."""

    taken: int
    differing: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """What people have given: by student and cell, points and whether the cell still waits; and comments."""

    points: Mapping[tuple[str, str], tuple[float | None, bool]]
    comments: Mapping[tuple[str, str], str]


def given_by_hand(assignment: Assignment, folder: Path) -> Given:
    """Return all that people have given in the gradebook of a folder."""
    with open_gradebook(folder) as book:
        entered = entered_scores(book, assignment)
    eye = {item.grade_id for item in assignment.items if item.asks_an_eye}
    cells = [(student, name, one) for student, found in entered.items() for name, one in found.items()]
    points = {
        (student, name): (one.manual, one.needs_marking)
        for student, name, one in cells
        if one.manual is not None or (name in eye and _given(one))
    }
    return Given(points, {(student, name): one.comment for student, name, one in cells if one.comment})


def enter_given(assignment: Assignment, folder: Path, given: Given) -> None:
    """Enter what people have given in another gradebook, for the students that the one of the folder has."""
    with open_gradebook(folder) as book:
        known = entered_scores(book, assignment)
        points = {place: one for place, one in given.points.items() if place[1] in known.get(place[0], {})}
        comments = {place: text for place, text in given.comments.items() if place[0] in known}
        enter_by_hand(book, assignment, points, comments, folder)


def merge(assignment: Assignment, folder: Path, other: Path) -> Merged:
    """Join the marks by hand of `other` into `folder`. `other` is only read.

    Parameters
    ----------
    assignment : Assignment
        What was marked in both.
    folder, other : pathlib.Path
        Two folders into which `grade` wrote.

    Returns
    -------
    Merged

    Raises
    ------
    TeacherError
        If one of them holds no marks, or both are the same folder, or the gradebook cannot be written.
    """
    for one in (folder, other):
        if not has_gradebook(one):
            raise TeacherError(f"There are no marks of {assignment.name} in {one}.")
    if folder.resolve() == other.resolve():
        raise TeacherError(f"{other} is the folder itself. Give the other marker's copy.")
    with open_gradebook(other) as book:
        theirs = entered_scores(book, assignment)
    ours_log, their_log = read_log(folder), read_log(other)
    known = set(map(_line, ours_log))
    append(folder, [mark for mark in their_log if _line(mark) not in known])
    ours_last, theirs_last = latest(ours_log, second=False), latest(their_log, second=False)
    eye = {item.grade_id for item in assignment.items if item.asks_an_eye}
    points: dict[tuple[str, str], tuple[float | None, bool]] = {}
    comments: dict[tuple[str, str], str] = {}
    differing: list[str] = []
    with open_gradebook(folder) as book:
        ours = entered_scores(book, assignment)
        for student, name, our, their in _pairs(ours, theirs, eye):
            place = (name.split("-")[0], student)
            mine, other_mark = ours_last.get(place), theirs_last.get(place)
            later = (other_mark.at if other_mark else "") > (mine.at if mine else "")
            if _given(our):
                which = "there" if later else "here"
                differing.append(
                    f"{student}, {name}: here {_words(our)}, there {_words(their)}; what was given {which} counts"
                )
            if name in eye and (later or not _given(our)):
                changed = _answers(other, student).get(name) != _answers(folder, student).get(name)
                points[student, name] = (their.manual, their.needs_marking or changed)
                if changed:
                    differing.append(f"{student}, {name}: another answer was marked there, so this one waits for a person")
            if their.comment and their.comment != our.comment:
                comments[student, name] = _both(our.comment, their.comment)
        enter_by_hand(book, assignment, points, comments, folder)
    return Merged(len({student for student, _ in [*points, *comments]}), tuple(differing))


def _pairs(
    ours: Mapping[str, Mapping[str, Entered]], theirs: Mapping[str, Mapping[str, Entered]], eye: Collection[str]
) -> Iterator[tuple[str, str, Entered, Entered]]:
    """Yield what a person has given there and what stands here for it, where the two are not the same."""
    for student, cells in theirs.items():
        for name, their in cells.items():
            our = ours.get(student, {}).get(name)
            if our is None and student in ours and their.comment:  # the answer of a cell whose points a machine gives
                our = replace(their, comment="")
            if our is not None and (name in eye or their.comment) and _given(their) and not _same(our, their):
                yield student, name, our, their


def _answers(folder: Path, student_id: str) -> dict[str, str]:
    """Return a hash of what a student wrote, by cell with points: a copy may be older than what was handed in last."""
    kept = load_result(folder / ".kept", student_id)
    return {score.grade_id: score.answer for score in kept.scores} if kept else {}


def _line(mark: Mark) -> tuple[object, ...]:
    return (mark.marker, mark.second, mark.place, mark.at, tuple(sorted(mark.levels.items())), mark.comments)


def _given(one: Entered) -> bool:
    """Say whether a person has given something: points, a comment, or that the machine's points stand."""
    return one.manual is not None or bool(one.comment) or (one.auto is not None and not one.needs_marking)


def _same(our: Entered, their: Entered) -> bool:
    """Say whether all that was given there stands here."""
    told = set(their.comment.splitlines()) <= set(our.comment.splitlines())
    return (our.manual, our.needs_marking) == (their.manual, their.needs_marking) and told


def _words(one: Entered) -> str:
    points = "no points by hand" if one.manual is None else f"{one.manual:g} points"
    return f"{points}{' and a comment' if one.comment else ''}"


def _both(ours: str, theirs: str) -> str:
    lines = dict.fromkeys([*ours.splitlines(), *theirs.splitlines()])
    return "\n".join(line for line in lines if line.strip())
