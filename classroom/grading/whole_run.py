"""A whole run of `grade`: collect what was handed in, mark what is new, write the lists, and say what became of it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.description.sentences import count_of

from ..assignments.assignment import Assignment, read_assignment
from ..course import Course, open_course
from ..errors import TeacherError
from ..files import write_if_changed
from ..marking.merge import Given, enter_given, given_by_hand, merge
from ..marking.moves import Moves, find_moves, move, print_moves
from ..marking.new_ids import finish_change
from ..sandbox import Executor
from ..submissions.deadlines import Deadline, without_copies
from ..submissions.find import Collected, collect_submissions
from ..submissions.groups import for_all_of_a_group
from ..submissions.handed_in import OF_A_STUDENT
from ..submissions.roster import Student, keep_class, kept_class, roster_of
from ..submissions.summary import print_collected, print_deadline, print_missing, print_what_stays
from ..submissions.time_options import NONE, Said, deadline_of, keep_said, kept_said, say, with_ids
from .csv_export import write_grades, write_handed_in
from .database import choose_database, database_of, has_gradebook
from .grade_class import Grader
from .parts import parse_part, part_of
from .results import IDEAS, STATUS_MEANS, Marked

TIME = "deadline.txt"  # what was said of time


@dataclass(frozen=True)
class _Class:
    """What a run has found: who is in the class, what was handed in, when, and who has another id than before."""

    roster: dict[str, Student]
    collected: Collected
    deadline: Deadline
    said: Said
    moves: Moves
    whole: dict[str, Student]  # the class, also where only a part of it is marked
    present: frozenset[str]  # all ids of this run, also those of other parts


def run(options: argparse.Namespace, begun: Executor | None = None) -> int:
    """Mark a class, with an engine that may be starting already.

    Returns 0, also if a person must look at some files, which are named; 1 if some work is "not marked".
    """
    course = open_course(options, make_seed=not options.dry_run)
    assignment = read_assignment(course, options.assignment)
    paths = [path.expanduser() for path in options.submissions]
    out = _out(options, course, assignment, paths)
    workers = max(1, options.workers)
    grader = Grader(course, assignment, out, workers=workers, unsafe=options.unsafe, begun=begun)
    if not options.dry_run:
        finish_change(out)
    found = _look(options, grader, paths)
    if options.dry_run:
        print_missing(found.collected, found.roster)
        print(f"Would mark into {out}.")
        return 0
    if options.ideas:
        _release_ideas(out, options.ideas == "show")
    lines = _grade(options, grader, found)
    write_grades(out / "grades.csv", assignment, lines)
    write_handed_in(out / "handed_in.csv", found.collected.handed_in)
    keep_said(out / ".kept" / TIME, found.said)
    keep_class(out / ".kept", found.roster, found.whole)
    _print_outcome(lines, found.collected, found.roster)
    _print_where(options, assignment, lines, out)
    return int(any(line.status == "not marked" for line in lines))


def _look(options: argparse.Namespace, grader: Grader, paths: Sequence[Path]) -> _Class:
    """Find what was handed in, and say it; nothing is written."""
    assignment, out = grader.assignment, grader.out
    roster, part = _roster(options, out), _part(options)
    others = [name for name in grader.course.names() if name != assignment.name]
    before = kept_said(out / ".kept" / TIME)
    said = _said(options, before, roster)
    collected, deadline = _collect(paths, assignment, roster, others, deadline_of(said))
    moves = find_moves(assignment, out, collected.handed_in, roster, grader.key_of_work)
    present = frozenset(one.student.student_id for one in collected.handed_in) | roster.keys()
    if moves.to and (said.extensions or said.times):
        # Of what was said before, and anew: a new list has the ids of now, but for those that nobody has any more.
        before = with_ids(before, moves.to)
        said = with_ids(_said(options, before, roster), {old: new for old, new in moves.to.items() if old not in present})
        collected, deadline = _collect(paths, assignment, roster, others, deadline_of(said))
    print_collected(collected, roster)
    print_deadline(deadline, collected.handed_in, assignment.max_score)
    print_what_stays(before, said, deadline, lists_anew=bool(options.times))
    print_moves(moves, roster)
    given = [options.roster] if options.roster and options.roster.exists() else []
    _warn_of_git([*paths, *(path.expanduser() for path in given)])
    whole = roster
    if part:
        collected, roster = _in_part(collected, roster, part)
    return _Class(roster, collected, deadline, said, moves, whole, present)


def _grade(options: argparse.Namespace, grader: Grader, found: _Class) -> list[Marked]:
    """Mark what was found, with what people gave elsewhere: under other ids, in another database, in parts of the class."""
    assignment, out, files = grader.assignment, grader.out, found.collected.handed_in
    gather = list({path.expanduser().resolve(): path.expanduser() for path in options.gather or []}.values())  # each once
    move(assignment, out, found.moves, found.present)
    given = _change_database(assignment, out, options.database) if options.database else None
    grader.deadline = found.deadline
    lines = grader.grade(files, found.roster, again=options.again, gather=gather)
    if given:
        enter_given(assignment, out, given)
        lines = grader.grade(files, found.roster)
    if gather and _take_marks_by_hand(assignment, out, gather):
        lines = grader.grade(files, found.roster)
    return lines


def _roster(options: argparse.Namespace, out: Path) -> dict[str, Student]:
    """Return the class of the command line; if it names none, that of the last run. ``none`` is no class."""
    if options.roster is None and (kept := kept_class(out / ".kept")):
        print(f"The roster is that of the last run, with {count_of(len(kept), 'student')}. For none, give --roster none.")
        return kept
    return {} if str(options.roster).casefold() == NONE else roster_of(options)


def _part(options: argparse.Namespace) -> tuple[int, int] | None:
    """Return the part of the class that is asked for, if one is; refuse what goes with no gathering."""
    if options.part is not None and options.gather:
        raise TeacherError("--part marks one part, and --gather joins them. Give one of the two.")
    if options.gather and options.again:
        raise TeacherError("--again marks anew, and --gather runs nothing. Give --again when you mark a part.")
    return parse_part(options.part) if options.part is not None else None


def _change_database(assignment: Assignment, out: Path, address: str) -> Given | None:
    """Let the gradebook of a folder be in another database, and return what was given by hand in the one before."""
    before, had = database_of(out), has_gradebook(out)
    given = given_by_hand(assignment, out) if had else None
    choose_database(out, address)
    return given if database_of(out) != before else None


def _release_ideas(out: Path, show: bool) -> None:
    if show:
        write_if_changed(out / ".kept" / IDEAS, b"Students' pages say how each question can be answered.\n")
    else:
        (out / ".kept" / IDEAS).unlink(missing_ok=True)


def _said(options: argparse.Namespace, before: Said, roster: Mapping[str, Student]) -> Said:
    """Return what holds of time after this command line."""
    rule = {"per_day": options.late_per_day, "cap": options.late_cap, "last_in_time": options.last_in_time}
    lists = {"extensions": options.extensions, "times": options.times}
    return say(before, options.due, options.timezone, rule, lists, roster)


def _collect(
    paths: Sequence[Path], assignment: Assignment, roster: Mapping[str, Student], others: Sequence[str], deadline: Deadline
) -> tuple[Collected, Deadline]:
    """Find what was handed in, and the deadline without the times of files that were copied."""
    collected = collect_submissions(paths, assignment.name, roster, others)
    deadline = without_copies(deadline, collected.handed_in)
    in_time = deadline.in_time if deadline.rule.last_in_time and deadline.due else None
    if in_time:
        collected = collect_submissions(paths, assignment.name, roster, others, in_time=in_time)
    told = [
        replace(one, reason=f"{one.reason} {doubt}".strip())
        if one.fate == "counts" and (doubt := deadline.doubts(one))
        else one
        for one in collected.handed_in
    ]
    handed_in = tuple(for_all_of_a_group(told, roster, in_time, deadline.seconds))
    return replace(collected, handed_in=handed_in), deadline


def _in_part(
    collected: Collected, roster: Mapping[str, Student], part: tuple[int, int]
) -> tuple[Collected, dict[str, Student]]:
    """Return what belongs to one part. Who is missing is not said here: only who has all parts knows it."""
    number, count = part
    own = tuple(
        one
        for one in collected.handed_in
        if (part_of(one.student.student_id, count) if one.student.student_id else 1) == number
    )
    there = {one.student.student_id for one in own if one.fate in OF_A_STUDENT}
    print(f"Part {number} of {count}: {count_of(len(there), 'student')}.")
    return replace(collected, handed_in=own), {one: student for one, student in roster.items() if one in there}


def _take_marks_by_hand(assignment: Assignment, out: Path, folders: Sequence[Path]) -> int:
    """Take over what was marked by hand in the parts, and return of how many students."""
    taken = merge(assignment, out, *folders).taken
    print(f"Gathered {len(folders)} parts{f', with marks by hand of {taken} students' if taken else ''}.")
    return taken


def _out(options: argparse.Namespace, course: Course, assignment: Assignment, paths: Sequence[Path]) -> Path:
    out: Path = (options.out or course.marked(assignment.name)).expanduser().resolve()
    if any(out.is_relative_to(path.resolve()) for path in paths):
        raise TeacherError(f"The marks ({out}) would lie among the submissions. Give another folder: --out DIR.")
    return out


def _print_outcome(lines: Sequence[Marked], collected: Collected, roster: dict[str, Student]) -> None:
    counts = Counter(str(line.status) for line in lines)
    for status in STATUS_MEANS:
        if counts[status]:
            print(f"{counts[status]:5} {status}: {STATUS_MEANS[status]}")
    print_missing(collected, roster)
    if look := [line for line in lines if line.to_look_at]:
        print(f"Please look at the files of {count_of(len(look), 'student')}. All others were marked.")
        for line in look:
            print(f"  {line.student.student_id}{_named(line.student)}: {line.status}. {line.note}".rstrip())
    if any(line.isolation == "not isolated" for line in lines):
        print("Marked WITHOUT keeping code apart from this machine: every mark says 'not isolated'.")


def _course(options: argparse.Namespace) -> str:
    return f' --course "{options.course.expanduser().resolve()}"' if options.course else ""


def _print_where(options: argparse.Namespace, assignment: Assignment, lines: Sequence[Marked], out: Path) -> None:
    waiting = sum(line.has_answers_to_mark for line in lines)
    print(f"Marks: {out / 'grades.csv'}   Pages for students: {out / 'feedback'}")
    if waiting:
        have = f"{count_of(waiting, 'student')} {'has' if waiting == 1 else 'have'}"
        print(f"{have} answers that a person must mark. Open the marking page with:")
        print(f'    "{sys.executable}" -m classroom mark {assignment.name} --out "{out}"{_course(options)}')
        print("Then run this command again: it keeps what you gave, and writes the list and the pages anew.")
    elif any(line.ran for line in lines):
        print("No answer waits for a person. The class at a glance, and the lists for Moodle and Canvas, are written by:")
        print(f'    "{sys.executable}" -m classroom report {assignment.name} --out "{out}"{_course(options)}')


def _named(student: Student) -> str:
    return f" ({student.name})" if student.name else ""


def _warn_of_git(paths: Sequence[Path]) -> None:
    """Warn where names of students lie in a repository: one "git add ." would put them where they cannot be taken back."""
    for path in paths:
        top = next((above for above in path.resolve().parents if (above / ".git").exists()), None)
        if (path / ".git").exists() or top:
            print(
                f"Warning: {path} holds names of students and lies in a git repository ({top or path}). Move it out of "
                "there, for example to ~/my-course, before anybody adds it by chance."
            )
