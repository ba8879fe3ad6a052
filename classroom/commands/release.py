"""Make the student edition of an assignment: without solutions, hidden questions and mark schemes.

It is run unanswered before it is written, to prove that it runs, and the solution is run to prove that it earns all points.
"""

from __future__ import annotations

import argparse

from ..assignments.assignment import Assignment, read_assignment
from ..assignments.own_tables import keep_salts
from ..course import Course, add_course_arguments, add_roster_arguments, open_course
from ..errors import TeacherError
from ..files import write_if_changed
from ..grading.nbgrader_config import settings_file
from ..handing_out.release import edition_bytes, own_editions, prove
from ..submissions.roster import roster_of

HELP = "make the student edition of an assignment"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    command.add_argument("assignment", metavar="NAME", help="for example ps1")
    add_course_arguments(command)
    command.add_argument("--unsafe", action="store_true", help="prove it even where code cannot be kept apart (see grade)")
    command.add_argument(
        "--own-tables",
        metavar="NAMES",
        help="also an edition for each student, in which some rows of these tables are left out, for example events,votes",
    )
    add_roster_arguments(command, "the class, for --own-tables")
    command.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Make the edition, prove it, and write it."""
    course = open_course(options, make_seed=not options.dry_run)
    assignment = read_assignment(course, options.assignment)
    content, target = edition_bytes(assignment), course.release(assignment.name)
    proof = prove(course, assignment, unsafe=options.unsafe)
    if proof.unearned:
        raise TeacherError(f"Unanswered, it would earn points for {', '.join(proof.unearned)}. Nothing was written.")
    if proof.broken:
        raise TeacherError(f"Unanswered, it does not run: {'; '.join(proof.broken)}. Nothing was written.")
    by_hand = assignment.max_score - assignment.auto_max
    print(f"{assignment.name}: {len(assignment.questions)} questions, {assignment.max_score:g} points, {by_hand:g} by hand.")
    print("Run unanswered: every cell runs and nothing is earned. The solution earns everything.")
    settings = course.root / "nbgrader_config.py"
    if options.dry_run:
        print(f"Would write {target}" + (f" and {settings}" if course.private and not settings.exists() else "") + ".")
        return 0
    _write_own(options, course, assignment)
    print(f"{'Wrote' if write_if_changed(target, content) else 'Unchanged:'} {target}")
    if course.private and not settings.exists():
        write_if_changed(settings, settings_file(course, marking=False).encode())
        print(f"Wrote {settings}")
    return 0


def _write_own(options: argparse.Namespace, course: Course, assignment: Assignment) -> None:
    """Write an edition for each student, where they have tables of their own."""
    if not options.own_tables:
        return
    if not options.roster:
        raise TeacherError("--own-tables makes an edition for each student. Say who they are: --roster CSV.")
    tables = [name.strip() for name in options.own_tables.split(",") if name.strip()]
    students = list(roster_of(options))
    found = own_editions(course, assignment, tables, students, unsafe=options.unsafe)
    folder = course.release(assignment.name).parent
    for student_id, (_, own) in found.items():
        write_if_changed(folder / "own" / student_id / f"{assignment.name}.ipynb", edition_bytes(own))
    keep_salts(folder, tables, {student_id: salt for student_id, (salt, _) in found.items()})
    print(
        f"Wrote {len(found)} editions with tables of their own into {folder / 'own'}: give each student the one of their id."
    )
