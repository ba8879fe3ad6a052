"""Sum the minutes of the lessons and write the tables of the teacher's guide: plans, routes, outcomes, skills."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..lesson_plans import answers, pages

HELP = "sum the minutes of the lessons and write the tables of the teacher's guide"
ROOT = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "--answers", nargs="*", metavar="LESSON", help="write the answers of lessons into build/answers; default: all"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a table is out of date")


def run(options: argparse.Namespace) -> int:
    """Write the tables, or check them. 1 if minutes are wrong, an assignment is missing, or a table is out of date."""
    if options.answers is not None:
        for number in options.answers or pages.read_lessons(ROOT):
            print(answers.write_answers(number, ROOT / "build" / "answers"))
        return 0
    found = pages.faults(ROOT)
    for fault in found:
        print(fault, file=sys.stderr)
    changed = pages.refresh(ROOT, check=options.check)
    if options.check and changed:
        print(f"Out of date: {', '.join(changed)}. Run: make plan", file=sys.stderr)
    elif changed:
        print(f"Tables written: {', '.join(changed)}")
    else:
        print("Nothing to do: the tables of the teacher's guide are up to date.")
    return 1 if found or (options.check and changed) else 0
