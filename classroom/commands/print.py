"""Make the kit of each lesson for a class without computers, as PDF: cards, timelines, answers."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import TeacherError
from ..files import write_if_changed
from ..lesson_plans import pages
from ..print_kit.cards import make_kit
from ..print_kit.sheets import kit_pdf

HELP = "make the kits for a class without computers, as PDF"
ROOT = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="numbers of lessons, such as 03; all by default")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "print", metavar="DIR", help="where (build/print)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be printed, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Make the kits."""
    lessons = pages.read_lessons(ROOT)
    unknown = [number for number in options.lessons if number not in lessons]
    if unknown:
        raise TeacherError(f"There is no lesson {unknown[0]!r}. Lessons: {', '.join(lessons)}.")
    for number in options.lessons or lessons:
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
