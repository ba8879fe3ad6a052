"""Give the student copies of the lessons to work in: ``my_notebooks/``, beside ``notebooks/`` and ignored by git.

``make lab`` copies each lesson that is not there yet, without outputs, so that a student guesses before running. It never
overwrites. ``make fresh LESSON=03`` puts a new copy beside an old one. The pages to which the lessons link are copied along;
nobody writes into them, so an older copy is replaced.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from urllib.parse import quote

import nbformat

from .files import notebook_bytes, write_if_changed

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "notebooks"
COPIES = ROOT / "my_notebooks"
PAGES = ("glossary.md", "when_something_goes_wrong.md", "my_claim.md", "going_on.md")
FIRST = "00_start_here.ipynb"
_IMPORTS = "sys.path.insert("  # stands in the cell that brings the course's tools
_CHECK = re.compile(r"^check\(", re.MULTILINE)


def main(arguments: list[str] | None = None) -> int:
    """Copy what is missing, or one fresh lesson.

    Parameters
    ----------
    arguments : list of str, optional
        The command line; that of the process by default.

    Returns
    -------
    int
        0; 1 if the copies cannot be written; 2 if there is no such lesson.
    """
    parser = argparse.ArgumentParser(prog="student_copy", description="Copy the lessons to my_notebooks/.")
    parser.add_argument("--fresh", metavar="LESSON", help="number of the lesson to copy anew, for example 03")
    parser.add_argument(
        "--last", action="store_true", help="print the address of the copy that was changed last, for JupyterLab"
    )
    parser.add_argument("--language", default="", help="a language into which lessons are translated, for example ur")
    options = parser.parse_args(arguments)
    if options.language and options.language not in languages():
        known = ", ".join(languages()) or "none"
        print(f"There are no lessons in {options.language!r}. Other languages than English: {known}.", file=sys.stderr)
        return 2
    if options.last:
        print(quote(last_changed(options.language)))
        return 0
    try:
        return _copy(options.fresh, options.language)
    except OSError as problem:
        print(f"Your copies could not be written to {COPIES}: {problem.strerror or problem}.", file=sys.stderr)
        print(
            "Put that right, for example by moving what is in the way, and try again. Nothing of yours was changed.",
            file=sys.stderr,
        )
        return 1


def _copy(number: str | None, language: str = "") -> int:
    """Copy what is missing, or one fresh lesson, and say what was done."""
    copy_pages()
    if language:  # its lessons link to English ones, as far as there are no others
        copy_pages(language)
        copy_missing()
    if number is None:
        copied = copy_missing(language)
        place = f"{COPIES.name}/{language}/" if language else f"{COPIES.name}/"
        print(f"Your copies are in {place}." + (f" New: {', '.join(copied)}." if copied else ""))
        return 0
    found = sorted((LESSONS / language).glob(f"{number}_*.ipynb")) if number.isdigit() else []
    if not found:
        numbers = ", ".join(path.name[:2] for path in lessons(language))
        print(
            f"There is no lesson {number!r}. Write for example: make fresh LESSON=01. Lessons: {numbers}.", file=sys.stderr
        )
        return 2
    print(f"A fresh copy: {copy_fresh(found[0]).relative_to(ROOT)}. Your older one is untouched.")
    return 0


def lessons(language: str = "") -> list[Path]:
    """Return the lessons, in order; the template and other notebooks without a number are not among them.

    Those of another language than English lie in a folder with its code, and may be fewer.
    """
    return sorted((LESSONS / language).glob("[0-9][0-9]_*.ipynb"))


def languages() -> list[str]:
    """Return the languages into which lessons are translated, by their codes (ISO 639-1)."""
    return sorted({path.parent.name for path in LESSONS.glob("[a-z][a-z]/[0-9][0-9]_*.ipynb")})


def copy_missing(language: str = "") -> list[str]:
    """Copy each lesson that has no copy yet, and return the names of the new copies."""
    missing = [path for path in lessons(language) if not (COPIES / language / path.name).exists()]
    for path in missing:
        write_if_changed(COPIES / language / path.name, without_outputs(path))
    return [path.name for path in missing]


def copy_pages(language: str = "") -> None:
    """Put the pages to which lessons link beside the copies, as far as the course has them.

    In the folder of a language these are all its pages, and the file by which its lessons find the tools.
    """
    folder = LESSONS / language
    names = [*(path.name for path in folder.glob("*.md")), "helpers.py"] if language else PAGES
    for name in names:
        if (folder / name).is_file():
            write_if_changed(COPIES / language / name, (folder / name).read_bytes())


def heading(notebook: bytes) -> str:
    """Return the first heading of a notebook."""
    for cell in json.loads(notebook)["cells"]:
        for line in "".join(cell["source"]).splitlines():
            if cell["cell_type"] == "markdown" and line.startswith("# "):
                return line.removeprefix("# ").strip()
    return ""


def last_changed(language: str = "") -> str:
    """Return the path, from the course's folder, of the copy in which the student worked last; else of the first lesson.

    A copy in which nothing was done holds what `without_outputs` makes of its lesson, however new it is.
    """
    by_time = sorted(
        (COPIES / language).glob("*.ipynb"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True
    )
    last = next((path for path in by_time if not _is_untouched(path)), None)
    names = [path.name for path in lessons(language)]
    first = FIRST if FIRST in names or not names else names[0]
    return "/".join(part for part in (COPIES.name, language, last.name if last else first) if part)


def _is_untouched(copy: Path) -> bool:
    lesson = LESSONS / copy.relative_to(COPIES)
    return lesson.is_file() and copy.read_bytes() == without_outputs(lesson)


def copy_fresh(lesson: Path) -> Path:
    """Copy one lesson under a name that is still free: its own, else ``01_founding_years_fresh_2.ipynb`` and so on."""
    folder = COPIES / lesson.parent.relative_to(LESSONS)
    target, count = folder / lesson.name, 1
    while target.exists():
        count += 1
        target = folder / f"{lesson.stem}_fresh_{count}.ipynb"
    write_if_changed(target, without_outputs(lesson))
    return target


def without_outputs(lesson: Path) -> bytes:
    """Return a lesson as a student starts it: no outputs, no execution counts, and hard to break by accident.

    The cell that brings the tools can neither be deleted nor changed, and one with a check cannot be deleted. An unfinished
    answer doesn't stop the cells beneath when all are run.
    """
    notebook = nbformat.read(lesson, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if _IMPORTS in cell.source:
            cell.metadata.update(deletable=False, editable=False)
        if _CHECK.search(cell.source):
            tags = cell.metadata.get("tags", [])
            cell.metadata.update(deletable=False, tags=[*tags, *({"raises-exception"} - set(tags))])
    notebook.metadata.pop("widgets", None)
    return notebook_bytes(notebook)


if __name__ == "__main__":
    sys.exit(main())
