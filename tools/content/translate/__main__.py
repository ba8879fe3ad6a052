"""``make translate TO=ur``: bring the ``.po`` files up to date, then build the lessons and pages of a language."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from classroom.files import write_if_changed
from tools.content.translate import build, catalogue
from tools.content.translate.checks import problems
from tools.content.translate.sources import catalogues


def main(arguments: list[str] | None = None) -> int:
    """Update and build."""
    parser = argparse.ArgumentParser(prog="translate", description="Build the lessons in another language.")
    parser.add_argument("--to", required=True, choices=sorted(catalogue.LANGUAGES), help="the language")
    parser.add_argument("--check", action="store_true", help="write nothing; say what is wrong or out of date, and fail")
    options = parser.parse_args(arguments)
    if options.check:
        found = list(faults(options.to))
        print("\n".join(found) or f"{options.to}: nothing is wrong.")
        return int(bool(found))
    entries = {
        name: catalogue.updated(options.to, catalogue.read(options.to, name), sources())
        for name, sources in catalogues().items()
    }
    for name, new in entries.items():
        write_if_changed(catalogue.path_of(options.to, name), f"{new}\n".encode())
        print(f"{name}.po: {sum(map(catalogue.usable, new))} of {len(new)} translated")
    changed = build.build(options.to, entries)
    print(f"Written: {', '.join(path.name for path in changed) or 'nothing new'}")
    return 0


def faults(language: str) -> Iterator[str]:
    """Yield what is wrong with a language: entries that break a rule, and files that are out of date."""
    entries = {name: catalogue.read(language, name) for name in catalogues()}
    for name, sources in catalogues().items():
        old, path = entries[name], catalogue.path_of(language, name)
        if f"{catalogue.updated(language, old, sources())}\n" != path.read_text(encoding="utf-8"):
            yield f"{name}.po is out of date. Run: make translate TO={language}"
        for entry in filter(catalogue.usable, old):
            for fault in problems(language, entry, name):
                yield f"{name}.po, {entry.msgctxt or entry.msgid!r}: {fault}"
    for path, content in build.wanted(language, entries):
        if not path.is_file() or path.read_bytes() != content:
            yield f"{path.name} is out of date. Run: make translate TO={language}"


if __name__ == "__main__":
    sys.exit(main())
