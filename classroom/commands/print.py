"""Make the kit of each lesson for a class without computers, as PDF, and a sheet of the words of Python that it uses."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import TeacherError
from ..files import write_if_changed
from ..lesson_plans import pages
from ..print_kit.cards import make_kit
from ..print_kit.sheets import kit_pdf
from ..print_kit.words import words_pdf

HELP = "make the kits for a class without computers, as PDF"
ROOT = Path(__file__).resolve().parents[2]
WORDS = "words"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "lessons", nargs="*", metavar="LESSON", help="numbers of lessons, such as 03, or words; all by default"
    )
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "print", metavar="DIR", help="where (build/print)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be printed, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Make the kits."""
    lessons = pages.read_lessons(ROOT)
    wanted = options.lessons or [*lessons, WORDS]
    unknown = [number for number in wanted if number not in (*lessons, WORDS)]
    if unknown:
        raise TeacherError(f"There is no lesson {unknown[0]!r}. Lessons: {', '.join(lessons)}; or {WORDS}.")
    for number in wanted:
        if number == WORDS:
            _words(options)
            continue
        lesson = lessons[number]
        kit = make_kit(number, lesson.title, lesson.stem, ROOT / "notebooks" / "teaching")
        path = options.to / f"lesson_{number}.pdf"
        what = f"{path}: {len(kit.cards)} event cards, {len(kit.claims)} claim cards"
        if options.dry_run:
            print(f"{what} (not written)")
            continue
        write_if_changed(path, kit_pdf(kit))
        print(f"{what}, {-(-path.stat().st_size // 1024)} KiB")
    return 0


def _words(options: argparse.Namespace) -> None:
    path = options.to / f"{WORDS}.pdf"
    if not options.dry_run:
        write_if_changed(path, words_pdf())
    print(f"{path}: one sheet of the words of Python and pandas{' (not written)' if options.dry_run else ''}")
