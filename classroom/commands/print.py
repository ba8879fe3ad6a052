"""Make the kit of each lesson for a class without computers, as PDF, and a sheet of the words of Python that it uses."""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.language import ENGLISH, speaking

from ..errors import TeacherError
from ..files import write_if_changed
from ..lesson_files import heading, languages
from ..lesson_files import lessons as lessons_of
from ..lesson_plans import pages
from ..print_kit.cards import make_kit, not_translated
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
    parser.add_argument(
        "--language", default=ENGLISH, metavar="CODE", help="of the kits, such as ur, where one is translated"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be printed, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Make the kits."""
    if options.language != ENGLISH:
        return _in_language(options)
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


def _in_language(options: argparse.Namespace) -> int:
    """Make the kits of lessons that are translated whole; another one that is asked for is refused."""
    if options.language not in languages():
        known = ", ".join(languages()) or "none"
        raise TeacherError(f"There are no lessons in {options.language!r}. Other languages than English: {known}.")
    stems = {path.name[:2]: path for path in lessons_of(options.language)}
    if unknown := [number for number in options.lessons if number not in stems]:
        raise TeacherError(f"Lesson {unknown[0]} is not translated into {options.language!r}: {', '.join(stems)} are.")
    for number in options.lessons or stems:
        with speaking(options.language):
            kit = make_kit(number, heading(stems[number].read_bytes()), stems[number].stem, ROOT / "notebooks" / "teaching")
            missing = not_translated(kit)
            path = options.to / options.language / f"lesson_{number}.pdf"
            if missing and options.lessons:
                raise TeacherError(
                    f"The kit of lesson {number} is not translated into {options.language!r}: {len(missing)} of its cards "
                    f"are in English, such as {missing[0]}. Write their texts into tables.po, or print it in English."
                )
            if not missing and not options.dry_run:
                write_if_changed(path, kit_pdf(kit))
        what = f"{len(missing)} cards are not translated" if missing else f"{len(kit.cards)} event cards"
        print(f"{path}: {what}{' (not written)' if missing or options.dry_run else ''}")
    return 0


def _words(options: argparse.Namespace) -> None:
    path = options.to / f"{WORDS}.pdf"
    if not options.dry_run:
        write_if_changed(path, words_pdf())
    print(f"{path}: one sheet of the words of Python and pandas{' (not written)' if options.dry_run else ''}")
