"""Write what the teacher's guide takes from the data: the tables of the exam, the list of its pages, the plan of a hub.

``python -m tools.content.teaching_tables`` fills what stands between ``<!-- exam name -->`` (or ``<!-- pages -->``) and
``<!-- end -->``; the rest of each page is written by people. ``make plan`` writes the plans, the routes and the outcomes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from classroom.files import write_if_changed
from classroom.hub import plan
from classroom.lesson_files import lessons
from tools.content import pages
from tools.content.codebook import markdown
from tools.content.exam_tables import TABLES
from tools.content.lesson_table import row_of

TEACHING = Path(__file__).resolve().parents[2] / "notebooks" / "teaching"
PAGES = ("README.md", "exam.md", "exam_mark_scheme.md", "hub_plan.md")


def main(arguments: list[str] | None = None) -> int:
    """Write the tables into the pages."""
    parser = argparse.ArgumentParser(prog="teaching_tables", description="Write the guide's tables out of the data.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a table is out of date")
    check = parser.parse_args(arguments).check
    stale = []
    for name in PAGES:
        text = (TEACHING / name).read_text(encoding="utf-8")
        if filled(text) != text:
            stale.append(name)
            if not check:
                write_if_changed(TEACHING / name, filled(text).encode())
    state = f"{', '.join(stale)} {'out of date' if check else 'refreshed'}" if stale else "up to date"
    print(f"Exam and index of the teacher's guide: {state}")
    return 1 if check and stale else 0


def filled(text: str) -> str:
    """Return a page with each of its tables made anew."""
    exam = {f"exam {name}": partial(_printed, make) for name, make in TABLES.items()}
    return pages.filled(text, {"pages": index, "hub plan": plan.table, "hub figures": plan.figures, **exam})


def _printed(make: Callable[[], pd.DataFrame]) -> str:
    return printed(make())


def printed(table: pd.DataFrame) -> str:
    """Return a table as Markdown; what holds a ``~`` as code, for two of them would strike out what stands between."""
    safe = table.map(lambda value: f"`{value}`" if "~" in str(value) else value)
    return markdown(safe.set_index(safe.columns[0]))


def index() -> str:
    """Return the list of the lessons' pages (the notes, and the sheet for absent students); one not written has a dash."""
    rows = []
    for lesson in lessons():
        page = f"lesson_{lesson.name[:2]}.md"
        names = {"Teaching notes": page, "For absent students": f"catch_up/{page}"}
        links = {name: f"[{file}]({file})" if (TEACHING / file).is_file() else "–" for name, file in names.items()}
        rows.append({"Lesson": f"[{row_of(lesson).title}](../{lesson.name})", **links})
    table = pd.DataFrame(rows)
    return markdown(table.set_index("Lesson"))


if __name__ == "__main__":
    sys.exit(main())
