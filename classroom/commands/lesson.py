"""Begin the next lesson of a course on another article: its notebook, its exercises, and where their solutions stand."""

from __future__ import annotations

import argparse

from ..errors import TeacherError
from ..new_course.next_lesson import ROOT, begin_lesson

HELP = "begin the next lesson"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("name", metavar="NAME", help="as it stands in the column 'lesson' of data/eras.csv: 02_its_name")


def run(options: argparse.Namespace) -> int:
    """Write the files, and say which they are."""
    if not (ROOT / "tests" / "test_course.py").is_file():
        raise TeacherError(
            "This command is for a course that `make new` has begun. Here, copy notebooks/lesson_template.ipynb, as "
            "CONTRIBUTING.md says."
        )
    for path in begin_lesson(options.name):
        print(path.relative_to(ROOT))
    print("Next: write the lesson in the first file, what its exercises accept in the second, their solutions in the third.")
    print("Then: make notebooks, make plan, make test.")
    return 0
