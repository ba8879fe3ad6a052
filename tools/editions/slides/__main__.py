"""The command of ``make slides``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.editions import npm
from tools.editions.book.build import LETTERS
from tools.editions.slides.build import OUT, REVEAL, build


def main(arguments: list[str] | None = None) -> int:
    """Build the slides and say where they are."""
    parser = argparse.ArgumentParser(prog="slides", description="Make slides of every lesson. They need no network.")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to (what an earlier build wrote is removed)")
    out = parser.parse_args(arguments).out
    reveal = npm.parts_or_sentence([REVEAL], "Each deck is a plain page, its slides one below the other.")
    letters = npm.parts_or_sentence(LETTERS, "The slides in Urdu and Arabic are set in the reader's own fonts.")
    decks = build(out, reveal, letters)
    slides = sum(len(stack) for made in decks.values() for stack in made)
    print(f"{len(decks)} decks, {slides} slides: open {out / 'index.html'}")
    if reveal:
        print("Space goes on, → goes to the next section, S opens the speaker's notes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
