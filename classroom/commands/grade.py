"""Mark what students handed in: run it where it can do no harm, compare, and write gradebook, list of marks and feedback.

DIR may be nbgrader's folders (<student>/ps1/ps1.ipynb), a flat folder (<student>.ipynb), or the folder or zip that Moodle or
Canvas gives when all submissions are downloaded; zips in folders and folders in zips too. Give --submissions again for each
further one. Of several files of a student the last counts. Run it again after you have marked by hand, or to go on after a
stop: what is done is kept.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..course import add_course_arguments, add_roster_arguments
from ..errors import TeacherError
from ..grading.nothing_new import LastRun

if TYPE_CHECKING:
    from ..sandbox import Executor

HELP = "mark what students handed in"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    command.add_argument("assignment", metavar="NAME", help="for example ps1")
    command.add_argument(
        "--submissions",
        metavar="DIR",
        type=Path,
        required=True,
        action="append",
        help="folder or zip of what was handed in; give the option again for each further one",
    )
    add_roster_arguments(
        command, "the class: columns student_id, and optionally name, email; or the list that Moodle or Canvas exports"
    )
    command.add_argument(
        "--out", metavar="DIR", type=Path, help="folder of the marks; default: marked/NAME in the course folder"
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="a database for the gradebook, as postgresql://NAME@HOST/DATABASE; kept for later runs; "
        "'sqlite', the default, is a file in the folder",
    )
    add_course_arguments(command)
    _add_times(command)
    _add_parts(command)
    command.add_argument("--workers", type=int, default=2, metavar="N", help="how many run at the same time; default: 2")
    command.add_argument("--again", action="store_true", help="mark anew also what is done and has not changed")
    command.add_argument(
        "--unsafe", action="store_true", help="go on where code cannot be kept apart; every mark then says 'not isolated'"
    )
    command.add_argument(
        "--ideas",
        choices=("show", "hide"),
        help="whether students' pages say how each question can be answered, once it is marked; kept for later runs",
    )
    command.add_argument("--dry-run", action="store_true", help="list what would be marked, and write nothing")


def _add_times(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("time", "what is not said again holds in later runs; each can be taken back")
    group.add_argument("--due", metavar="TIME", help="'2026-11-20 18:00', or a day alone for its end; 'none': no deadline")
    group.add_argument("--timezone", metavar="NAME", help="of all times, for example Asia/Karachi; default: this machine's")
    group.add_argument(
        "--extensions",
        metavar="CSV",
        type=Path,
        help="who has longer: columns student_id (or email) and due; replaces an earlier list; 'none': nobody",
    )
    group.add_argument(
        "--times",
        metavar="CSV",
        type=Path,
        help="when work came: columns student_id (or email) and time, or Moodle's worksheet; 'none': the files' times",
    )
    group.add_argument(
        "--late-per-day", metavar="PERCENT", type=float, help="taken off for each day begun, of all points; 0: nothing"
    )
    group.add_argument("--late-cap", metavar="PERCENT", type=float, help="the most that is taken off; 100: all")
    group.add_argument(
        "--last-in-time",
        action=argparse.BooleanOptionalAction,
        help="of several files, the last that came in time goes before later ones",
    )


def _add_parts(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("many machines", "each marks a part into a folder of its own; one gathers them")
    group.add_argument("--part", metavar="K/N", help="mark only this part of the class: 1/4 is the first of four")
    group.add_argument(
        "--gather",
        metavar="DIR",
        type=Path,
        nargs="+",
        help="the folders of all parts: marks the class from them, and runs nothing",
    )


def run(options: argparse.Namespace) -> int:
    """Mark a class, or say what was said the last time where nothing is new. See `classroom.grading.whole_run`."""
    last = LastRun(options)
    begun = _begun_engine(options) if last.sees_new_work() else None  # before all else: it takes longest
    try:
        if last.says_all():
            return 0
        if begun is None and last.has_more_to_read:
            begun = _begun_engine(options)
        whole_run = _loaded()
        with last.heard():
            code = whole_run(options, begun)
    finally:
        if begun is not None:
            begun.abandon()
    if code == 0:
        last.keep()
    return code


def _loaded() -> Callable[[argparse.Namespace, Executor | None], int]:
    """Load all libraries, which takes seconds: a tenth less if nobody searches them for garbage meanwhile."""
    searches = gc.isenabled()
    gc.disable()
    try:
        from ..grading.whole_run import run as whole_run
    finally:
        if searches:
            gc.enable()
    return whole_run


def _begun_engine(options: argparse.Namespace) -> Executor | None:
    """Let the first worker start while this process loads its libraries; where these are loaded, it would be no earlier."""
    runs_nothing = options.unsafe or options.dry_run or options.gather
    if runs_nothing or "pandas" in sys.modules or (os.cpu_count() or 1) == 1:
        return None
    from ..sandbox import Executor

    try:
        return Executor(workers=1).begin(1)
    except TeacherError:
        return None  # said where it is known that there is something to mark
