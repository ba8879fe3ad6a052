"""Make a hub for a class: a folder with JupyterHub's configuration, the course in git, and nbgrader's exchange.

Students log in with a browser, get their own copy of the lessons, and hand in there. README.md in the folder says how to
start it. Run the command again after the course has changed: copies follow, and keep what students wrote.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..errors import TeacherError
from ..hub.folder import make_hub, open_hub, student_files
from ..hub.plan import table

HELP = "make a hub for a class"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    command.add_argument(
        "folder", metavar="DIR", type=Path, nargs="?", help="of the hub; empty, not there yet, or a hub already"
    )
    command.add_argument(
        "--accounts",
        choices=("system", "try"),
        help="system: the accounts of this machine, as root; try: one password, for your own machine; default: try",
    )
    command.add_argument("--teacher", metavar="NAME", help="the account that hands out and collects; default: teacher")
    command.add_argument(
        "--no-solutions", action="store_true", help="leave out the solutions and second hints of the lessons' exercises"
    )
    command.add_argument(
        "--plan", metavar=("STUDENTS", "AT_ONCE"), type=int, nargs=2, help="only reckon what machine a class needs"
    )
    command.add_argument("--dry-run", action="store_true", help="list what students would get, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Make the hub, or bring it up to date."""
    if options.plan:
        try:
            print(table([tuple(options.plan)]))
        except ValueError as problem:
            raise TeacherError(str(problem)) from None
        return 0
    if options.folder is None:
        raise TeacherError("Give the folder of the hub, such as /srv/hub; or --plan STUDENTS AT_ONCE.")
    if os.name == "nt":
        raise TeacherError("A hub runs on Linux, for it starts programs as other users. On Windows, use a Linux machine.")
    hub = open_hub(options.folder.expanduser().resolve(), options.accounts, options.teacher)
    files = student_files(solutions=not options.no_solutions)
    if options.dry_run:
        print("\n".join(sorted(files)))
        print(f"{len(files)} files. Would write {hub.folder}.")
        return 0
    changed = make_hub(hub, files)
    print(f"{len(files)} files for each student, {changed} of them new or changed.")
    print(f"The hub is {hub.folder}. Read README.md there: it says how to start it, and has the link for your students.")
    return 0
