"""Mark what students handed in: run it where it can do no harm, compare, and write gradebook, list of marks and feedback.

DIR may be nbgrader's folders (<student>/ps1/ps1.ipynb), a flat folder (<student>.ipynb), or the folder or zip that Moodle or
Canvas gives when all submissions are downloaded. Of several files of a student the last counts. Run it again after you have
marked by hand, or to go on after a stop: what is done is kept.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..assignment import Assignment, read_assignment
from ..course import add_course_arguments, open_course
from ..errors import TeacherError
from ..grading import Grader, Marked
from ..intake import HandedIn, find_submissions
from ..marks_sheet import write_handed_in, write_marks
from ..results import STATUS_MEANS, to_look_at
from ..roster import Student, read_roster

HELP = "mark what students handed in"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this verb."""
    command.add_argument("assignment", metavar="NAME", help="for example ps1")
    command.add_argument(
        "--submissions", metavar="DIR", type=Path, required=True, help="folder or zip of what was handed in"
    )
    command.add_argument(
        "--roster", metavar="CSV", type=Path, help="the class: columns student_id, and optionally name, email"
    )
    command.add_argument(
        "--out", metavar="DIR", type=Path, help="folder of the marks; default: marked/NAME in the course folder"
    )
    add_course_arguments(command)
    command.add_argument("--workers", type=int, default=2, metavar="N", help="how many run at the same time; default: 2")
    command.add_argument("--again", action="store_true", help="mark anew also what is done and has not changed")
    command.add_argument(
        "--unsafe", action="store_true", help="go on where code cannot be kept apart; every mark then says 'not isolated'"
    )
    command.add_argument("--dry-run", action="store_true", help="list what would be marked, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Mark a class.

    Returns
    -------
    int
        0 if everything could be marked, 1 if some file must be looked at.

    Raises
    ------
    TeacherError
        If it cannot begin.
    """
    course = open_course(options, make_seed=not options.dry_run)
    assignment = read_assignment(course, options.assignment)
    roster = read_roster(options.roster) if options.roster else {}
    handed_in = find_submissions(options.submissions, assignment.name, roster)
    _print_intake(handed_in, roster)
    out = (options.out or course.marked(assignment.name)).expanduser().resolve()
    if out.is_relative_to(options.submissions.resolve()):
        raise TeacherError(f"The marks ({out}) would lie among the submissions. Give another folder: --out DIR.")
    if options.dry_run:
        print(f"Would mark into {out}.")
        return 0
    grader = Grader(course, assignment, out, workers=max(1, options.workers), unsafe=options.unsafe)
    lines = grader.grade(handed_in, roster, again=options.again)
    write_marks(out / "grades.csv", assignment, lines)
    write_handed_in(out / "handed_in.csv", handed_in)
    _print_outcome(assignment, lines, out)
    nameless = any(one.fate == "refused" and not one.student.student_id for one in handed_in)
    return int(nameless or any(to_look_at(line.status) for line in lines))


def _print_intake(handed_in: Sequence[HandedIn], roster: dict[str, Student]) -> None:
    students = {one.student.student_id for one in handed_in if one.student.student_id}
    layouts = ", ".join(sorted({one.layout for one in handed_in}))
    print(f"{len(handed_in)} files of {len(students)} students (named as by {layouts}).")
    again = {one.student.student_id for one in handed_in if one.fate == "older"}
    if again:
        print(f"{len(again)} handed in more than once; the last counts: {_some(sorted(again))}.")
    if late := [one.student.student_id for one in handed_in if one.late and one.fate == "counts"]:
        print(f"{len(late)} late, marked like the others: {_some(sorted(late))}.")
    for one in handed_in:
        if one.fate == "refused" or not one.student.student_id:
            print(f"Not read: {one.entry.shown}. {one.reason}")
        elif one.fate == "counts" and one.reason:
            print(f"Look at {one.entry.shown}: {one.reason}")
    if roster and (strangers := sorted(students - set(roster))):
        print(f"{len(strangers)} not on the roster, marked all the same: {_some(strangers)}.")


def _print_outcome(assignment: Assignment, lines: Sequence[Marked], out: Path) -> None:
    counts = Counter(str(line.status) for line in lines)
    for status, meaning in STATUS_MEANS.items():
        if counts[status]:
            print(f"{counts[status]:5} {status}: {meaning}")
        for line in lines:
            if line.status == status and to_look_at(status):
                print(f"      {line.student.student_id}: {line.note}")
    if any(line.isolation == "not isolated" for line in lines):
        print("Marked WITHOUT keeping code apart from this machine: every mark says 'not isolated'.")
    waiting = sum(any(entered.needs_marking for entered in line.entered.values()) for line in lines)
    print(f"Marks: {out / 'grades.csv'}   Pages for students: {out / 'feedback'}")
    if waiting:
        print(f"{waiting} students have answers that a person must mark ({assignment.name}). Open the marking page with:")
        print(f'    cd "{out}" && jupyter lab      then: Nbgrader > Formgrader > Manual Grading')
        print("Then run this command again: it keeps what you gave, and writes the list and the pages anew.")


def _some(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
