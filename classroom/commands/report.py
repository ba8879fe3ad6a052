"""Show a marked class at a glance: a page, a list, and the lists that Canvas and Moodle import.

Reads what `grade` wrote and what was marked by hand since. Canvas finds a student by its own ID, by SIS User ID or by SIS
Login ID; Moodle by ID number or email address (choose the column when you import). A student of whom something is not marked
yet, or who handed in nothing, has an empty cell in both lists.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..assignments.assignment import read_assignment
from ..course import add_course_arguments, open_course
from ..files import write_if_changed
from ..grading.class_report import read_class, report_page, with_pseudonyms, write_lists
from ..grading.results import STATUS_MEANS
from ..submissions.roster import read_roster

HELP = "show a marked class at a glance"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    command.add_argument("assignment", metavar="NAME", help="for example ps1")
    command.add_argument(
        "--out", metavar="DIR", type=Path, help="folder of the marks; default: marked/NAME in the course folder"
    )
    command.add_argument(
        "--roster",
        metavar="CSV",
        type=Path,
        help="the class: who is on it and handed nothing in is missing; default: the one of grade",
    )
    command.add_argument("--pseudonyms", action="store_true", help="made-up ids instead of ids and names")
    command.add_argument("--so-far", action="store_true", help="for Canvas and Moodle: also points that are not final yet")
    command.add_argument(
        "--missing-as-zero",
        action="store_true",
        help="for Canvas and Moodle: 0 for who handed in nothing, not an empty cell",
    )
    command.add_argument(
        "--canvas-column", metavar="TEXT", help="the assignment's column in Canvas' own export: 'ps1 (4711)'"
    )
    add_course_arguments(command)
    command.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Write the page and the lists."""
    course = open_course(options, make_seed=False)
    assignment = read_assignment(course, options.assignment)
    folder = (options.out or course.marked(assignment.name)).expanduser().resolve()
    report = read_class(folder, assignment, read_roster(options.roster) if options.roster else {})
    print(f"{len(report.handed_in)} of {len(report.lines)} students marked, {len(report.waiting)} wait for a person.")
    for line in report.to_look_at:
        print(f"Look at {line.student.student_id}: {line.status}, {STATUS_MEANS[line.status]}.")
    names = ["report.html", "report.csv"] + ([] if options.pseudonyms else ["canvas.csv", "moodle.csv"])
    if options.dry_run:
        print(f"Would write {', '.join(names)} into {folder}.")
        return 0
    if options.pseudonyms:
        report = with_pseudonyms(folder, report)
    write_if_changed(folder / "report.html", report_page(report, pseudonyms=options.pseudonyms).encode())
    column = options.canvas_column or assignment.name
    platforms, zeros = not options.pseudonyms, options.missing_as_zero
    write_lists(folder, report, so_far=options.so_far, canvas_column=column, for_platforms=platforms, missing_as_zero=zeros)
    print(f"Wrote {', '.join(names)} into {folder}")
    return 0
