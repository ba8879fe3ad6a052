"""Join what two people have marked by hand in two copies of one folder. Nothing that either has given is lost.

The logs are joined line by line. Of an answer that both have marked, the later mark counts, and the answer is named. What
was given in nbgrader's own pages, of which there is no log, is taken where nothing stands here; else it is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..assignments.assignment import Assignment
from ..errors import TeacherError, listed
from ..grading.database import has_gradebook
from ..grading.gradebook import Entered, enter_by_hand, entered_scores, open_gradebook
from ..grading.results import kept_answers
from .log import FOLDER, Mark, append, latest, lines_passed_over, read_log
from .new_ids import changes_of, finish_change

_ENOUGH = 5  # students of whom both folders know the answers: of fewer, all may have handed in again


@dataclass(frozen=True)
class Merged:
    """What came of joining: of how many students marks were taken over, where both had given others, and what was left."""

    taken: int
    differing: tuple[str, ...]
    left_out: tuple[str, ...] = ()


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


def merge(assignment: Assignment, folder: Path, *others: Path) -> Merged:
    """Join the marks by hand of others into `folder`, one after the other. The others are only read.

    Parameters
    ----------
    assignment : Assignment
        What was marked in all of them.
    folder, *others : pathlib.Path
        Folders into which `grade` wrote.

    Returns
    -------
    Merged

    Raises
    ------
    TeacherError
        If one of them holds no marks, or those of another class, or another is the folder itself, or the gradebook cannot
        be written.
    """
    for one in (folder, *others):
        if not has_gradebook(one):
            raise TeacherError(f"There are no marks of {assignment.name} in {one}.")
        if (label := one / ".kept" / "assignment.txt").exists() and label.read_text("utf-8").strip() != assignment.name:
            raise TeacherError(f"{one} holds the marks of {label.read_text('utf-8').strip()}, not of {assignment.name}.")
    if itself := [one for one in others if one.resolve() == folder.resolve()]:
        raise TeacherError(f"{itself[0]} is the folder itself. Give the other marker's copy.")
    finish_change(folder)
    with open_gradebook(folder) as book:
        joined = _Joined(assignment, entered_scores(book, assignment), read_log(folder), kept_answers(folder / ".kept"))
        for other in others:
            with open_gradebook(other, only_read=True) as there:
                theirs, log, answers = entered_scores(there, assignment), read_log(other), kept_answers(other / ".kept")
            if ids := _ids_here(folder, other, kept_answers(folder / ".kept"), answers):  # a roster came here since
                theirs = {ids.get(one, one): cells for one, cells in theirs.items()}
                answers = {ids.get(one, one): cells for one, cells in answers.items()}
                log = [replace(mark, student_id=ids.get(mark.student_id, mark.student_id)) for mark in log]
            joined.stop_if_another_class(other, theirs, answers)
            append(folder, joined.take(theirs, log, answers))
            joined.left_out += _left_out(other, lines_passed_over(other), joined.strangers(theirs), joined.extras(theirs))
        enter_by_hand(book, assignment, joined.points, joined.comments, folder)
    taken = len({student for student, _ in [*joined.points, *joined.comments]})
    return Merged(taken, tuple(joined.differing), tuple(joined.left_out))


def _ids_here(
    folder: Path, other: Path, ours: Mapping[str, Mapping[str, str]], theirs: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Return who of the other folder has another id here; `TeacherError` if ids have changed there alone.

    Of two folders that were marked apart, as parts of a class are, each has ids of its own history: there the answers that
    were marked tell whether one id is one student.
    """
    here, there = changes_of(folder), changes_of(other)
    before, now = {new: old for old, new in _all_in_one(there).items()}, _all_in_one(here)
    ids = {one: now.get(old, old) for one in (before.keys() | now.keys() | theirs.keys()) if (old := before.get(one, one))}
    same, as_here = (sum(ours.get(of.get(one, one)) == cells for one, cells in theirs.items()) for of in ({}, ids))
    if same > as_here:
        return {}
    if len(there) > len(here) and there[: len(here)] == here:
        raise TeacherError(
            f"In {other} students have other ids than in {folder}, since a roster was given there. Give the command grade "
            "for this folder with the same roster, and then merge."
        )
    return ids


def _all_in_one(changes: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the last id of each student by the first."""
    last: dict[str, str] = {}
    for ids in changes:
        first = {now: one for one, now in last.items()}
        last |= {first.get(old, old): new for old, new in ids.items()}
    return last


def _left_out(other: Path, lines: int, strangers: Sequence[str], extras: Sequence[str]) -> Iterator[str]:
    """Say what was not taken over from another folder."""
    if lines:
        yield (
            f"{lines} of the lines in {other / FOLDER} cannot be read: their levels are not taken over. The points and "
            "comments in its gradebook are."
        )
    if strangers:
        yield f"These students of {other} are not in this folder, and their marks stay there: {listed(strangers, 20)}."
    if extras:
        yield f"Extra credit of formgrader in {other} is not taken over. Give it here, if it holds: {listed(extras, 20)}."


class _Joined:
    """What a folder holds while that of others is taken in: read once, and written once, for there may be many others."""

    def __init__(
        self,
        assignment: Assignment,
        ours: dict[str, dict[str, Entered]],
        log: Sequence[Mark],
        answers: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._eye = {item.grade_id for item in assignment.items if item.asks_an_eye}
        self._ours, self._log, self._answers = ours, list(log), answers
        self.points: dict[tuple[str, str], tuple[float | None, bool]] = {}
        self.comments: dict[tuple[str, str], str] = {}
        self.differing: list[str] = []
        self.left_out: list[str] = []

    def strangers(self, theirs: Mapping[str, Mapping[str, Entered]]) -> list[str]:
        """Return those to whom a person has given something there, and who are not here."""
        given = (
            student
            for student, cells in theirs.items()
            if student not in self._ours and any(one.manual is not None or one.comment for one in cells.values())
        )
        return sorted(given)

    def extras(self, theirs: Mapping[str, Mapping[str, Entered]]) -> list[str]:
        """Return the extra credit that was given there alone, to students who are here."""
        return sorted(
            f"{student}, {name}: {one.extra:g}"
            for student, cells in theirs.items()
            for name, one in cells.items()
            if (our := self._ours.get(student, {}).get(name)) and one.extra and one.extra != our.extra
        )

    def stop_if_another_class(
        self, other: Path, theirs: Mapping[str, Mapping[str, Entered]], answers: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Refuse marks of other people, who may have the same ids: nothing is changed then."""
        known = self._ours.keys() & theirs.keys()
        both = [one for one in known if self._answers.get(one) and answers.get(one)]
        pairs = [(cell, answers[one].get(name)) for one in both for name, cell in self._answers[one].items()]
        same = sum(mine == their for mine, their in pairs)
        if len(both) >= _ENOUGH and 2 * same < len(pairs):
            told = f"of {len(pairs)} answers of students in both, {same} are the same"
        elif theirs and not known:
            told = "it has other students"
        else:
            return
        raise TeacherError(
            f"{other} looks like the marks of another class: {told}. Nothing was taken over. Give the other marker's "
            "copy of this folder."
        )

    def take(
        self, theirs: Mapping[str, Mapping[str, Entered]], log: Sequence[Mark], answers: Mapping[str, Mapping[str, str]]
    ) -> list[Mark]:
        """Take in what another folder holds, and return the lines of its log that were not known."""
        ours_last, theirs_last = latest(self._log, second=False), latest(log, second=False)
        known, lines = set(map(_line, self._log)), set(map(_line, log))
        for student, name, our, their in _pairs(self._ours, theirs, self._eye):
            place = (name.split("-")[0], student)
            mine, other_mark = ours_last.get(place), theirs_last.get(place)
            if mine and other_mark and other_mark.at < mine.at and _line(other_mark) in known and _is_all(other_mark, their):
                continue  # the copy holds what stood here when it was made, and since then it was changed here
            later = (other_mark.at if other_mark else "") > (mine.at if mine else "")
            goes_on = mine is not None and _line(mine) in lines  # what stands here was known there
            if not _given(their) and not (goes_on and later):
                continue  # nothing was given there; only what was taken back there is more than nothing
            if _given(our) and not (goes_on and our.manual == their.manual):
                which = "there" if later else "here"
                self.differing.append(
                    f"{student}, {name}: here {_words(our)}, there {_words(their)}; what was given {which} counts"
                )
            if name in self._eye and (later or not _given(our)):
                our = replace(our, manual=their.manual, needs_marking=their.needs_marking)
                self.points[student, name] = (their.manual, their.needs_marking)
                there, here = (one.get(student, {}).get(name) for one in (answers, self._answers))
                if there and here and there != here:
                    self.points[student, name] = (their.manual, True)
                    self.differing.append(
                        f"{student}, {name}: another answer was marked there, so this one waits for a person"
                    )
            if their.comment and their.comment != our.comment:
                gone = _taken_out([one for one in log if one.place == place and _line(one) in known], mine, other_mark)
                our = replace(our, comment=_both(our.comment, their.comment, gone))
                self.comments[student, name] = our.comment
            self._ours[student][name] = our
        new = [mark for mark in log if _line(mark) not in known]
        self._log = sorted([*self._log, *new], key=lambda mark: mark.at)
        return new


def _pairs(
    ours: Mapping[str, Mapping[str, Entered]], theirs: Mapping[str, Mapping[str, Entered]], eye: Collection[str]
) -> Iterator[tuple[str, str, Entered, Entered]]:
    """Yield what a person has given there and what stands here for it, where the two are not the same."""
    for student, cells in theirs.items():
        for name, their in cells.items():
            our = ours.get(student, {}).get(name)
            if our is None and student in ours and their.comment:  # the answer of a cell whose points a machine gives
                our = replace(their, comment="")
            if our is not None and (name in eye or their.comment) and not _same(our, their):
                yield student, name, our, their


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
    points = "no points by hand" if one.manual is None else f"{one.manual:g} point{'s' * (one.manual != 1)}"
    return f"{points}{' and a comment' if one.comment else ''}"


def _is_all(mark: Mark, there: Entered) -> bool:
    """Say whether a mark of the log is all that stands in a gradebook for a cell: nobody gave other points there."""
    given = [points for key, points in mark.levels.items() if key.partition("/")[0] == there.grade_id]
    same = there.manual is None or there.manual == sum(given)
    return same and set(there.comment.splitlines()) <= set(mark.comments)


def _taken_out(common: Sequence[Mark], *last: Mark | None) -> set[str]:
    """Return the comments that stood in both copies, and that one of the two has changed or taken away since."""
    before = set(max(common, key=lambda mark: mark.at).comments) if common else set()
    return {text for text in before for one in last if one and text not in one.comments}


def _both(ours: str, theirs: str, gone: Collection[str]) -> str:
    lines = dict.fromkeys([*ours.splitlines(), *theirs.splitlines()])
    return "\n".join(line for line in lines if line.strip() and line not in gone)
