"""Teach a lesson against the clock: ``python -m tools.lesson_clock 03``.

What a class hears is counted as words read aloud, what it sees happen is timed by running the notebook. The result stands
beside the minutes of the plan, section by section. Nothing is written.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from helpers.classroom import plan
from tools.student_copy import lessons

WORDS_A_MINUTE = 130  # a text read aloud to a class whose first language is another one
SECONDS_A_GUESS = 20  # time to write a guess down
SECONDS_A_CELL = 10  # Shift and Enter, and a look at the slowest screen

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_GUESS = re.compile(r"\*\*(?:Guess|Predict)", re.IGNORECASE)


@dataclass
class Section:
    """One section of a lesson: what the plan gives it, and what happens in it."""

    plan: plan.Section
    prose: int = 0
    shown: int = 0
    guesses: int = 0
    cells: int = 0
    machine: float = 0.0

    def seconds(self, *, tables: bool) -> float:
        """Return how long the teaching of this section lasts, without its exercise and its talk.

        Parameters
        ----------
        tables : bool
            Whether every table is read aloud too, and not only looked at.

        Returns
        -------
        float
        """
        words = self.prose + (self.shown if tables else 0)
        hands = SECONDS_A_GUESS * self.guesses + SECONDS_A_CELL * self.cells
        return 60 * words / WORDS_A_MINUTE + hands + self.machine


def main(arguments: list[str] | None = None) -> int:
    """Print the clock of one lesson.

    Parameters
    ----------
    arguments : list of str, optional
        The command line; that of the process by default.

    Returns
    -------
    int
        0, or 2 if there is no such lesson.
    """
    parser = argparse.ArgumentParser(prog="lesson_clock", description="Teach a lesson against the clock.")
    parser.add_argument("lesson", help="its number, for example 03")
    number = parser.parse_args(arguments).lesson
    found = [path for path in lessons() if path.name.startswith(f"{number}_")]
    if not found:
        print(f"There is no lesson {number!r}. Lessons: {', '.join(path.name[:2] for path in lessons())}.", file=sys.stderr)
        return 2
    print(table(sections(run(found[0]), plan.read_lesson(found[0]).sections)))
    return 0


def run(path: Path) -> Any:
    """Run a notebook and return it with its outputs and with the times at which its cells began and ended.

    Parameters
    ----------
    path : pathlib.Path
        The lesson; it is not changed.

    Returns
    -------
    nbformat.NotebookNode
    """
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, record_timing=True, resources=where).execute()
    return notebook


def sections(notebook: Any, planned: Sequence[plan.Section]) -> list[Section]:
    """Return the sections of a lesson, with what happens in each.

    What stands before the first section is read at its beginning. The key points and the exit ticket stand at the end of the
    page and are read at the end of the core path.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The lesson, with outputs.
    planned : sequence of helpers.classroom.plan.Section
        Its sections as the plan has them.

    Returns
    -------
    list of Section
    """
    found: list[Section] = []
    before = 0
    for cell in notebook.cells:
        if "course" in cell.metadata:
            found.append(Section(planned[len(found)]))
        if not found:
            before += len(words(cell.source))
        elif "## Key points" in cell.source:
            core = [section for section in found if section.plan.part == plan.CORE][-1]
            core.prose += len(words(without_talk(cell.source)))
        else:
            _add(found[-1], cell)
    found[0].prose += before
    return found


def _add(section: Section, cell: Any) -> None:
    if cell.cell_type == "markdown":
        section.prose += len(words(cell.source))
        section.guesses += len(_GUESS.findall(cell.source))
    else:
        section.cells += 1
        section.machine += _seconds(cell)
        section.shown += sum(len(words(_seen(output))) for output in cell.outputs)


def _seconds(cell: Any) -> float:
    times = cell.metadata.get("execution", {})
    if "shell.execute_reply" not in times:
        return 0.0
    begin, end = (datetime.fromisoformat(times[name]) for name in ("iopub.execute_input", "shell.execute_reply"))
    return (end - begin).total_seconds()


def _seen(output: Any) -> str:
    """Return the words that stand on the page after a cell; the folded list beneath a figure is not among them."""
    data = output.get("data", {})
    html = re.sub(r"<style>.*?</style>|<details>.*?</details>", " ", data.get("text/html", ""), flags=re.DOTALL)
    if html:
        return unescape(re.sub(r"<[^>]+>", " ", html))
    return "" if "image/png" in data else str(data.get("text/plain", ""))


def words(text: str) -> list[str]:
    """Return the words of a text; the addresses of links are none.

    Parameters
    ----------
    text : str
        Markdown or plain text.

    Returns
    -------
    list of str
    """
    return _WORD.findall(re.sub(r"\]\([^)]*\)", "]", text))


def without_talk(text: str) -> str:
    """Return the end of a lesson without its questions to discuss, which have minutes of their own.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    str
    """
    return re.sub(r"\*\*To discuss\.\*\*.*?(?=\n\n|\Z)", "", text, flags=re.DOTALL)


def table(lesson: list[Section]) -> str:
    """Return the clock of a lesson's core path as a table.

    Parameters
    ----------
    lesson : list of Section
        All its sections.

    Returns
    -------
    str
        Markdown.
    """
    core = [section for section in lesson if section.plan.part == plan.CORE]
    rows = ["| Section | planned | prose only | every table too |", "| --- | --- | --- | --- |"]
    for section in core:
        clock = [section.seconds(tables=False), section.seconds(tables=True)]
        over = " (over)" if clock[1] > 60 * section.plan.teaching else ""
        rows.append(f"| {section.plan.title} | {section.plan.teaching}:00 | {_clock(clock[0])} | {_clock(clock[1])}{over} |")
    totals = [sum(section.seconds(tables=which) for section in core) for which in (False, True)]
    planned = sum(section.plan.teaching for section in core)
    rows.append(f"| all teaching | {planned}:00 | {_clock(totals[0])} | {_clock(totals[1])} |")
    return "\n".join(rows)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


if __name__ == "__main__":
    sys.exit(main())
