"""List what sheets that were printed from older tables say otherwise than today's."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from ..errors import TeacherError
from ..files import write_if_changed
from ..print_kit.printed import Change, changes, printed, version_of_tables

HELP = "list what sheets printed from older tables say wrongly today"
ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "notebooks" / "teaching" / "printed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("since", metavar="VERSION", help="the version of the tables when you printed, such as 0.1.0")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="numbers of lessons, such as 03; all by default")
    parser.add_argument("--keep", action="store_true", help="for maintainers: keep what the sheets of VERSION, today's, say")


def run(options: argparse.Namespace) -> int:
    """List the changes, or keep what is printed today."""
    if options.keep:
        return _keep(options.since)
    before = _kept(options.since)
    found = [change for change in changes(before, printed(ROOT)) if _wanted(change.sheet, options.lessons)]
    print("\n".join(_report(found, options.since)))
    return 0


def _kept(version: str) -> dict[str, dict[str, str]]:
    path = KEPT / f"{version}.json"
    known = sorted(path.stem for path in KEPT.glob("*.json"))
    if version == version_of_tables() and version not in known:
        raise TeacherError(f"Tables {version} are today's: sheets printed from them say what the tables say.")
    if version not in known:
        listed = ", ".join(known) or "none"
        raise TeacherError(f"We have not kept what sheets of tables {version} said. Kept versions: {listed}.")
    kept = json.loads(path.read_text("utf-8"))
    return {sheet: pieces if isinstance(pieces, dict) else {text: text for text in pieces} for sheet, pieces in kept.items()}


def _keep(version: str) -> int:
    if version != version_of_tables():
        raise TeacherError(f"The tables have the version {version_of_tables()}, not {version}.")
    kept = {sheet: list(pieces) if sheet.endswith(".md") else pieces for sheet, pieces in printed(ROOT).items()}
    KEPT.mkdir(exist_ok=True)
    path = KEPT / f"{version}.json"
    write_if_changed(path, (json.dumps(kept, ensure_ascii=False, indent=0) + "\n").encode())
    print(f"{path.relative_to(ROOT)}: {len(kept)} sheets")
    return 0


def _wanted(sheet: str, lessons: Sequence[str]) -> bool:
    number = re.search(r"lesson[ _](\d\d)", sheet)
    return not lessons or (number is not None and number.group(1) in lessons)


def _report(found: Sequence[Change], since: str) -> list[str]:
    head = f"Tables {since} → {version_of_tables()}."
    if not found:
        return [f"{head} No printed sheet says anything that differs today."]
    sheets = len({change.sheet for change in found})
    lines = [
        f"{head} On {sheets} printed sheet{'s' * (sheets > 1)} {len(found)} piece{'s' * (len(found) > 1)} differ today:"
    ]
    for sheet, on_it in groupby(found, key=lambda change: change.sheet):
        lines += ["", sheet]
        for change in on_it:
            where = f"{change.piece}: " if change.piece else ""
            if change.was:
                lines += [
                    f"  {where}was {change.was!r}",
                    f"    now {change.now!r}" if change.now else "    now it is not there",
                ]
            else:
                lines += [f"  {change.piece.rsplit(' · ', 1)[0]}: is not on your sheet: {change.now!r}"]
    lines += ["", "Texts that are only put in other words are not listed. To print kits again: make print"]
    return lines
