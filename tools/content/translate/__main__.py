"""``make translate TO=ur``: bring the ``.po`` files up to date, then build the lessons and pages of a language."""

from __future__ import annotations

import argparse
import sys

from classroom.files import write_if_changed
from tools.content.translate import catalogue
from tools.content.translate.sources import TEXTS, catalogues


def main(arguments: list[str] | None = None) -> int:
    """Update and build."""
    parser = argparse.ArgumentParser(prog="translate", description="Build the lessons in another language.")
    parser.add_argument("--to", required=True, choices=sorted(catalogue.LANGUAGES), help="the language")
    options = parser.parse_args(arguments)
    for name, sources in catalogues().items():
        new = catalogue.updated(options.to, catalogue.read(options.to, name), sources())
        path = catalogue.path_of(options.to, name)
        if write_if_changed(path, f"{new}\n".encode()):
            print(f"{path.relative_to(TEXTS.parents[1])}: brought up to date")
        done = sum(catalogue.usable(entry) for entry in new)
        print(f"{path.name}: {done} of {len(new)} translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
