"""Students who have another id than in the last run, for example since a roster was given: what people gave goes with them.

Whose marks they are is told by the file: the platform's number in its name, its place, its bytes. What was given is never
joined by guess: where nothing tells it, it stays where it is, and is named.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.description.sentences import count_of

from ..assignments.assignment import Assignment
from ..csv_files import as_stored
from ..errors import TeacherError, listed
from ..grading.class_report import files_of
from ..grading.database import has_gradebook
from ..grading.gradebook import Entered, entered_scores, has_all_tables, open_gradebook
from ..grading.results import kept_bytes, key_of, load_result
from ..submissions.groups import is_of_another
from ..submissions.handed_in import OF_A_STUDENT, HandedIn
from ..submissions.roster import Student, kept_class
from .log import rename_in_logs
from .new_ids import change_ids, changes_of

_MAX_NAMES = 8
Token = tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """What was given by hand to somebody of whom nothing is found now."""

    old: str  # the id under which it was given
    new: str  # the id under which the same work is found now, and was marked too; empty if it is not found
    given: str  # what it is, in words


@dataclass(frozen=True)
class Moves:
    """Who has another id now."""

    to: Mapping[str, str]  # the id now, by the one before
    replaced: frozenset[str] = frozenset()  # ids now that were marked already, and have nothing by hand
    left: tuple[Left, ...] = ()  # what goes nowhere
    booked: frozenset[str] = field(default=frozenset(), compare=False)  # who was in the gradebook before


@dataclass(frozen=True)
class _Now:
    """What this run has found."""

    files: Sequence[HandedIn]
    roster: Mapping[str, Student]
    key: Callable[[HandedIn], str]

    def ids(self) -> set[str]:
        there = {one.student.student_id for one in self.files if one.fate in OF_A_STUDENT}
        return {one for one in there if one} | set(self.roster)

    def owners(self) -> dict[Token, set[str]]:
        """Map each place and each number of a platform to whose files have it."""
        found: dict[Token, set[str]] = {}
        for one in self.files:
            if one.student.student_id and one.fate in (*OF_A_STUDENT, "older") and not is_of_another(one):
                for token in _tokens(one.layout, one.number, as_stored(one.entry.shown)):
                    found.setdefault(token, set()).add(one.student.student_id)
        return found

    def by_key(self) -> dict[str, set[str]]:
        """Map each key of a result to whose files would have it, also of those that do not count."""
        found: dict[str, set[str]] = {}
        for one in self.files:
            if one.student.student_id and one.fate in ("counts", "older") and not is_of_another(one):
                found.setdefault(self.key(replace(one, fate="counts")), set()).add(one.student.student_id)
        return found


def find_moves(
    assignment: Assignment,
    out: Path,
    files: Sequence[HandedIn],
    roster: Mapping[str, Student],
    key: Callable[[HandedIn], str],
) -> Moves:
    """Compare who is booked in a folder of marks with what was found now.

    Parameters
    ----------
    assignment : Assignment
        What is marked.
    out : pathlib.Path
        The folder of the marks.
    files : sequence of HandedIn
        All files that were found now.
    roster : mapping of str to Student
        The class now; may be empty.
    key : callable
        Returns the key under which a file's result would be kept.

    Returns
    -------
    Moves
    """
    if not has_gradebook(out):
        return Moves({})
    with open_gradebook(out, only_read=True) as book:
        entered = entered_scores(book, assignment) if has_all_tables(book) else {}
    now, before = _Now(files, roster, key), kept_class(out / ".kept")
    wanted = dict(_by_files(out, now, entered, before))
    gone = set(entered) - now.ids() - set(wanted)
    wanted |= dict(_by_people(gone, before, roster))
    wanted |= dict(_by_bytes(out, gone - set(wanted), now))
    given = {one: words for one, cells in entered.items() if (words := _by_hand(out, one, cells))}
    to = _possible(wanted, given)
    if mixed := sorted((given.keys() & wanted.keys() & now.ids()) - to.keys()):
        raise TeacherError(
            f"What was marked as the work of {listed(mixed)} is another student's by the files that are found now, who was "
            "marked too. So nothing was marked. Mark into another folder (--out DIR), or give the roster of the last run."
        )
    replaced = frozenset(new for new in to.values() if new in entered and new not in to)
    lost = sorted(given.keys() & (gone | wanted.keys()) - to.keys())
    left = tuple(Left(one, wanted.get(one, ""), given[one]) for one in lost)
    return Moves(to, replaced, left, frozenset(entered))


def move(assignment: Assignment, out: Path, moves: Moves, present: Collection[str]) -> None:
    """Let all that was kept of students be that of their new ids; `TeacherError` if the folder cannot be written.

    `present` are the ids of this run.
    """
    for ids in changes_of(out) if has_gradebook(out) else []:
        # A page that was open meanwhile has written under ids that were nobody's any more. An id that somebody else has
        # now, here or in the gradebook, is theirs.
        rename_in_logs(out, {old: new for old, new in ids.items() if old not in present and old not in moves.booked})
    if not moves.to:
        return
    change_ids(assignment, out, moves.to, moves.replaced)
    for one in moves.to.keys() - set(present):  # made anew under the new id
        for folder in ("autograded", "feedback"):
            shutil.rmtree(out / folder / one, ignore_errors=True)
        (out / ".kept" / f"{one}.json").unlink(missing_ok=True)


def print_moves(moves: Moves, roster: Mapping[str, Student]) -> None:
    """Print who has another id now, and what was given by hand and stands in no list."""
    if moves.to:
        told = [
            f"{old} is {new}{f' ({roster[new].name})' if new in roster else ''}" for old, new in sorted(moves.to.items())
        ]
        print(
            f"{count_of(len(told), 'student')} had another id in the last run: {listed(told, _MAX_NAMES)}. What was given "
            "by hand goes with them."
        )
    for one in moves.left:
        if one.new:
            print(
                f"Of {one.old} and {one.new} the same file was marked, and both have something by hand. What {one.new} has "
                f"counts. Under {one.old} the gradebook keeps {one.given}. If that holds, give it to {one.new} on the "
                "marking page."
            )
        else:
            print(
                f"Nothing was found this time of {one.old}, to whom somebody gave {one.given}. The gradebook keeps it; no "
                "list shows it. Give the folder with this work again. If the student has another id now, save the notebook "
                "that was marked in a folder of that id among the submissions: what was given goes there."
            )


def _tokens(layout: str, number: str, path: str) -> Iterator[Token]:
    if number:
        yield "number", layout, number
    yield "path", path


def _by_files(out: Path, now: _Now, booked: Collection[str], before: Mapping[str, Student]) -> Iterator[tuple[str, str]]:
    """Yield who is called otherwise now by the file that counted the last time, or by the platform's number in a name."""
    owners = now.owners()
    told: set[str] = set()
    for row in files_of(out):
        old = row["student_id"]
        if old not in booked or old in told or row["what became of it"] not in OF_A_STUDENT:
            continue
        tokens = _tokens(row.get("named as by", ""), row["number"], row.get("file", ""))
        if token := next((token for token in tokens if token in owners), None):
            told.add(old)
            new = next(iter(owners[token]))
            if len(owners[token]) > 1 or old in owners[token]:
                continue
            # In two classes of one name after another a file of one place may be that of two people.
            if token[0] == "number" or not (old in before and new in now.roster) or _same_file(out, old, new, now):
                yield old, new
    elsewhere = told | now.ids() | before.keys()
    for one in now.files:  # after runs that knew nothing of other ids
        if one.number in booked and one.number not in elsewhere and one.student.student_id:
            yield one.number, one.student.student_id


def _same_file(out: Path, old: str, new: str, now: _Now) -> bool:
    """Say whether the very file that was marked of somebody is somebody else's now."""
    key = key_of(kept_bytes(out / ".kept", old))
    files = [one for one in now.files if one.student.student_id == new and one.fate in ("counts", "older")]
    return bool(key) and any(now.key(replace(one, fate="counts")) == key for one in files)


def _by_people(
    gone: Collection[str], before: Mapping[str, Student], after: Mapping[str, Student]
) -> Iterator[tuple[str, str]]:
    """Yield who is on both rosters by what no two students share. Names are shared."""
    then, now = _alone(before), _alone(after)
    for old in sorted(gone):
        found = {now[fact] for fact, one in then.items() if one == old and fact in now}
        if len(found) == 1:
            yield old, found.pop()


def _alone(roster: Mapping[str, Student]) -> dict[Token, str]:
    facts = [
        (fact, one.student_id)
        for one in roster.values()
        for fact in (("email", one.email.casefold()), ("Moodle", one.moodle_number), ("Canvas", one.canvas_id))
        if fact[1]
    ]
    often = Counter(fact for fact, _ in facts)
    return {fact: one for fact, one in facts if often[fact] == 1}


def _by_bytes(out: Path, gone: Collection[str], now: _Now) -> Iterator[tuple[str, str]]:
    """Yield who has handed in, for the first time, the very file that was marked under an id of which nothing is found.

    Of a file that several have handed in, a copy or one without an answer, nobody knows whose it was.
    """
    keys = {one: kept for one in sorted(gone) if (kept := key_of(kept_bytes(out / ".kept", one)))}
    owners, often = now.by_key() if keys else {}, Counter(keys.values())
    for old, key in keys.items():
        found = owners.get(key, set())
        if len(found) == often[key] == 1 and key_of(kept_bytes(out / ".kept", new := next(iter(found)))) != key:
            yield old, new


def _possible(wanted: Mapping[str, str], given: Collection[str]) -> dict[str, str]:
    """Return who can get another id: nobody whose new id is that of several, or has something by hand and keeps it."""
    often = Counter(wanted.values())
    to = {old: new for old, new in wanted.items() if often[new] == 1}
    while taken := {old for old, new in to.items() if new in given and new not in to}:
        to = {old: new for old, new in to.items() if old not in taken}
    return to


def _by_hand(out: Path, student_id: str, cells: Mapping[str, Entered]) -> str:
    """Say what a person has given a student; empty if nothing. That the machine's points for a figure stand is something."""
    kept = load_result(out / ".kept", student_id)
    asked = {score.grade_id for score in kept.scores if score.needs_marking} if kept else set()
    told = []
    for name, one in cells.items():
        if one.manual is not None or one.extra:
            told.append(f"{name}: {(one.manual or 0.0) + one.extra:g} points")
        elif name in asked and one.auto is not None and not one.needs_marking:
            told.append(f"{name}: the machine's points stand")
        if one.comment:
            told.append(f"{name}: “{' / '.join(one.comment.splitlines())}”")
    return "; ".join(told)
