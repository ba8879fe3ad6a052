"""Begin a course on another article: a folder with empty tables, the shared module and a first lesson."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from ..errors import TeacherError
from ..new_course.skeleton import Article, begin

HELP = "begin a course on another article"
NO_ADDRESS = "(write the address of the article into data/datapackage.json)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet")
    parser.add_argument("--title", default="A course on one article", help="the title of the course")
    parser.add_argument("--address", default=NO_ADDRESS, help="where the article can be read")
    parser.add_argument("--paragraphs", type=int, default=12, metavar="N", help="how many paragraphs it has (12)")
    parser.add_argument(
        "--between", default="the two governments", help="between whom an effect is, such as 'the four governments'"
    )
    parser.add_argument(
        "--languages", default="", metavar="LIST", help="other languages of the glossary, such as fr,de (ISO 639-1)"
    )
    parser.add_argument("--authors", default="The authors of this course", help="who writes the course")
    parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")


def run(options: argparse.Namespace) -> int:
    """Make the folder."""
    if options.paragraphs < 1:
        raise TeacherError(f"An article has at least one paragraph, but --paragraphs is {options.paragraphs}.")
    languages = tuple(filter(None, options.languages.replace(" ", "").split(",")))
    wrong = [code for code in languages if not re.fullmatch("[a-z]{2}", code)]
    if wrong:
        raise TeacherError(
            f"{wrong[0]!r} is no code of a language. Give two small letters for each, as in --languages fr,de."
        )
    title = " ".join(options.title.split())
    article = Article(title, options.address, options.paragraphs, options.between, languages, options.authors)
    made = begin(options.folder, article, dry_run=options.dry_run)
    counts = Counter(path.parts[0] if len(path.parts) > 1 else "top" for path in made)
    listed = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    print(f"{options.folder}: {len(made)} files ({listed}){', nothing was made' if options.dry_run else ''}.")
    if not options.dry_run:
        print("Next: read README.md there. It says in which order to fill the tables.")
    return 0
