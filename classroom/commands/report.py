"""Show a marked class at a glance: a page, and the lists and the zip of pages that Canvas, Moodle and e-mail take.

Reads what `grade` wrote and what was marked by hand since. Canvas finds a student by its own ID, by SIS User ID or by SIS
Login ID; Moodle by ID number or email address (choose the column when you import). A student of whom something is not marked
yet, or who handed in nothing, has an empty cell in both lists.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.description.sentences import count_of

from ..assignments.assignment import read_assignment
from ..course import add_course_arguments, add_roster_arguments, open_course
from ..errors import TeacherError, listed
from ..files import write_if_changed
from ..grading.class_report import ClassReport, read_class, report_page, with_pseudonyms, write_report_list
from ..grading.database import choose_database
from ..grading.platform_lists import feedback_zip, without_address, write_platform_lists
from ..grading.results import STATUS_MEANS
from ..submissions.roster import roster_of

HELP = "show a marked class at a glance"
ZIP_NAME = "feedback_moodle.zip"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    command.add_argument("assignment", metavar="NAME", help="for example ps1")
    command.add_argument(
        "--out", metavar="DIR", type=Path, help="folder of the marks; default: marked/NAME in the course folder"
    )
    add_roster_arguments(command, "the class: who is on it and handed nothing in is missing; default: the one of grade")
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
    command.add_argument(
        "--canvas-questions",
        action="store_true",
        help="canvas.csv also has a column for each question; Canvas makes an assignment of each",
    )
    command.add_argument(
        "--feedback-zip", action="store_true", help="also the students' pages as one zip for Moodle's “feedback files”"
    )
    command.add_argument("--unfinished", action="store_true", help="the zip although some answers are not marked yet")
    add_course_arguments(command)
    command.add_argument("--database", metavar="URL", help="only where it needs a password: the address as given to grade")
    command.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Write the page and the lists."""
    course = open_course(options, make_seed=False)
    assignment = read_assignment(course, options.assignment)
    folder = (options.out or course.marked(assignment.name)).expanduser().resolve()
    if options.database and folder.is_dir():
        choose_database(folder, options.database)
    report = read_class(folder, assignment, roster_of(options))
    if options.roster:
        _check_ids(report)
    waiting = "1 waits" if len(report.waiting) == 1 else f"{len(report.waiting)} wait"
    print(f"{len(report.handed_in)} of {count_of(len(report.lines), 'student')} marked, {waiting} for a person.")
    for line in report.to_look_at:
        print(f"Look at {line.student.student_id}: {line.status}, {STATUS_MEANS[line.status]}.")
    if options.pseudonyms and options.feedback_zip:
        raise TeacherError("The zip is for the students, who have no made-up ids. Leave --pseudonyms or --feedback-zip out.")
    pages = feedback_zip(folder, report, unfinished=options.unfinished) if options.feedback_zip else None
    if options.dry_run:
        print(f"Would write report.html and lists into {folder}.")
        return 0
    names = _write(options, folder, report)
    if pages:
        content, without = pages
        write_if_changed(folder / ZIP_NAME, content)
        names.append(ZIP_NAME)
        if without:
            print(f"Not in the zip, because no number of Moodle's is known: {listed(without, 20)}.")
        if unread := [one.student.student_id for one in report.to_look_at]:
            print(f"These pages say only that the file could not be marked, and what to send: {listed(unread, 20)}.")
    print(f"Wrote {', '.join(names)} into {folder}")
    return 0


def _check_ids(report: ClassReport) -> None:
    """Say where a roster has other ids than the marks: its students would be called missing, and be marked under others."""
    missing, strangers = report.with_status("missing"), report.among(report.strangers)
    if not missing or not strangers:
        return
    told = (
        f"{count_of(len(strangers), 'student')} with marks {'is' if len(strangers) == 1 else 'are'} not on this roster: "
        f"{listed([one.student.student_id for one in strangers], 8)}. Are they on it under other ids? Then give this roster "
        "to grade, and report again: what was given by hand goes with them."
    )
    if len(strangers) == len(report.lines) - len(missing):
        raise TeacherError(f"Nobody on this roster has marks here. {told}")
    print(told)


def _write(options: argparse.Namespace, folder: Path, report: ClassReport) -> list[str]:
    if options.pseudonyms:
        report = with_pseudonyms(folder, report)
    write_if_changed(folder / "report.html", report_page(report, pseudonyms=options.pseudonyms).encode())
    write_report_list(folder / "report.csv", report)
    if options.pseudonyms:
        return ["report.html", "report.csv"]
    lists = write_platform_lists(
        folder,
        report,
        so_far=options.so_far,
        missing_as_zero=options.missing_as_zero,
        canvas_column=options.canvas_column or report.assignment.name,
        canvas_questions=options.canvas_questions,
    )
    if nobody := without_address(folder, report):
        worksheet = " The worksheet has them." if "moodle_worksheet.csv" in lists else ""
        print(f"Not in moodle.csv, because neither an ID number nor an address is known: {listed(nobody, 20)}.{worksheet}")
    return ["report.html", "report.csv", *lists]
