"""The command of ``make book``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tools.editions import npm
from tools.editions.binder import published
from tools.editions.book.build import LETTERS, MINISEARCH, OUT, OUTSIDE, Doors, build


def main(arguments: list[str] | None = None) -> int:
    """Build the book and say where it is."""
    parser = argparse.ArgumentParser(
        prog="book", description="Make the reading edition: all lessons as pages that need no kernel, no server, no network."
    )
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to (its old content is removed)")
    parser.add_argument("--site", default="", metavar="URL", help="where the browser edition lies, for example ../site/")
    parser.add_argument("--slides", default="", metavar="URL", help="where the slides lie, for example ../slides/")
    given = parser.parse_args(arguments)
    begun = time.monotonic()
    engine = npm.parts_or_sentence([MINISEARCH], "The book has a plain search, which finds words only as they are spelt.")
    letters = npm.parts_or_sentence(LETTERS, "The pages in Urdu and Arabic are set in the reader's own fonts.")
    links = build(given.out, Doors(given.site, given.slides, published()), engine, letters)
    files = [path for path in given.out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{len(links.pages)} pages, {size:.1f} MB, {time.monotonic() - begun:.0f} s: open {given.out / 'index.html'}")
    print(f"{len(links.outside)} addresses elsewhere are listed in {given.out / OUTSIDE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
