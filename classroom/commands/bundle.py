"""Make one zip for the room: lessons, released assignments, tables, helpers, the environment and a page to start from.

It never holds a source of an assignment, the text of the article, or anything of the classroom.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..colophon import colophon
from ..course import ROOT, add_course_arguments, open_course
from ..errors import TeacherError
from ..files import write_if_changed
from ..handing_out.bundle import bundle_files, is_secret, released, zipped

HELP = "make one zip for the room"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    command.add_argument("--assignments", nargs="*", metavar="NAME", help="which; default: all that were released")
    command.add_argument("--out", metavar="FILE", type=Path, help=f"the zip; default: build/{colophon().slug}.zip")
    command.add_argument(
        "--no-solutions",
        action="store_true",
        help="leave out the solutions and second hints of the lessons' exercises, and with them all languages but English",
    )
    add_course_arguments(command)
    command.add_argument("--dry-run", action="store_true", help="list what would be in it, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Make the zip."""
    course = open_course(options, make_seed=False)
    assignments = released(course, options.assignments)
    files = bundle_files(assignments, solutions=not options.no_solutions)
    if secret := [path for path in files if is_secret(path)]:
        raise TeacherError(f"The zip would hold {', '.join(secret[:3])}. It was not written.")
    target = (options.out or ROOT / "build" / f"{colophon().slug}.zip").expanduser().resolve()
    names = ", ".join(assignments) or "none (run release first, to add one)"
    print(f"{len(files)} files. Assignments: {names}.")
    if options.dry_run:
        print("\n".join(sorted(files)))
        print(f"Would write {target}.")
        return 0
    content = zipped(files)
    print(f"{'Wrote' if write_if_changed(target, content) else 'Unchanged:'} {target} ({len(content) / 1e6:.1f} MB)")
    return 0
