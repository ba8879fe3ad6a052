"""Whether there is anything to mark: a fingerprint of all that a run reads, and of what the last one left.

It is looked at before pandas and nbgrader are loaded, which takes longer than to see that nothing is new. So this module
needs the standard library alone. In doubt (a file that cannot be read, a database elsewhere) there is no fingerprint, and
the class is gone through as ever.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import stat
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TextIO

from ..course import ROOT, SAMPLE

_KEPT = Path(".kept") / "last_run.txt"
_OF_THE_RUN = (_KEPT.name, "lock")
_MAX_FILES = 20_000  # as many as a run would look at
_CODE = ("helpers", "content", "classroom", "data")
# What runs go on with, or takes from elsewhere than from files: these are never the same as before.
_ALWAYS_NEW = ("again", "gather", "part", "dry_run", "database", "ideas")
_NOTHING_NEW = "Nothing is new since the last run, so nothing was marked or written again."


class LastRun:
    """What the last run into a folder of marks read, left and said.

    Parameters
    ----------
    options : argparse.Namespace
        The command line of `grade`.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self._options, self._words = options, io.StringIO()
        self._root = (options.course or SAMPLE).expanduser().resolve()
        self._out = (options.out or self._root / "marked" / options.assignment).expanduser().resolve()
        self._seen = self._what_is_seen()
        self.has_more_to_read = True  # than the run before: work that is new, or that was changed

    @cached_property
    def _read(self) -> str:
        return self._what_is_read()

    def sees_new_work(self) -> bool:
        """Say, without reading any of it, whether work is certainly new: then there is something to mark."""
        try:
            seen = json.loads((self._out / _KEPT).read_text(encoding="utf-8"))["seen"]
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return bool(self._seen) and seen != self._seen

    def says_all(self) -> bool:
        """Print what the last run said, if nothing has changed since; say whether that is so."""
        try:
            kept = json.loads((self._out / _KEPT).read_text(encoding="utf-8"))
            self.has_more_to_read = kept["read"] != self._read
            known = bool(self._read) and not self.has_more_to_read and kept["left"] == self._what_is_left()
            said = str(kept["said"])
        except (OSError, ValueError, KeyError, TypeError):
            return False
        if known:
            print(f"{said}{_NOTHING_NEW}")
        return known

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Listen to what a run prints."""
        _ = self._read  # before the run: what changes while it goes on is new to the next
        with redirect_stdout(_Both(sys.stdout, self._words)):
            yield

    def keep(self) -> None:
        """Keep what was read, what is there now, and what was said."""
        from ..files import write_if_changed

        left = self._what_is_left() if self._read else ""
        if left:
            kept = {"read": self._read, "seen": self._seen, "left": left, "said": self._words.getvalue()}
            write_if_changed(self._out / _KEPT, json.dumps(kept).encode())

    def _what_is_read(self) -> str:
        """Return a hash of all that decides what a run does and says; empty if that cannot be told."""
        options = self._options
        if any(getattr(options, name, None) for name in _ALWAYS_NEW) or (self._out / ".kept" / "database.txt").exists():
            return ""
        given = [path for path in (options.roster, options.extensions, options.times) if path]
        course = [self._root / "source", self._root / "release", self._root / "seed.txt", SAMPLE / "source"]
        code = [*(ROOT / name for name in _CODE), *sorted((ROOT / "notebooks").glob("*.ipynb"))]
        plain = {name: str(value) for name, value in vars(options).items() if name != "run"}
        packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
        clock = [*time.tzname, time.strftime("%z"), os.environ.get("TZ", "")]
        try:
            dated = [line for path in options.submissions for line in _lines(path.expanduser().resolve(), dated=True)]
            files = [line for path in (*given, *course, *code) for line in _lines(path.expanduser().resolve())]
        except (OSError, ValueError):
            return ""
        facts = [plain, os.getcwd(), sys.executable, sys.version, packages, clock, dated, files]
        return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    def _what_is_seen(self) -> str:
        """Return a hash of the names, sizes and times of what was handed in; empty if that cannot be told."""
        try:
            found = [
                [str(one), *_facts(one)[:3]]
                for path in self._options.submissions
                for one in _below(path.expanduser().resolve())
            ]
        except (OSError, ValueError):
            return ""
        return sha256(json.dumps(found).encode()).hexdigest()

    def _what_is_left(self) -> str:
        """Return a hash of which files a run has left, and when each was changed."""
        try:
            found = [(str(path), _facts(path)) for path in _below(self._out) if path.name not in _OF_THE_RUN]
        except (OSError, ValueError):
            return ""
        return sha256(
            json.dumps([(name, *facts) for name, facts in found if not stat.S_ISDIR(facts[0])]).encode()
        ).hexdigest()


class _Both(io.TextIOBase):
    """Writes to two places: to the screen, and to what is kept."""

    def __init__(self, screen: TextIO, kept: io.StringIO) -> None:
        self._screen, self._kept = screen, kept

    def write(self, text: str) -> int:
        self._kept.write(text)
        return self._screen.write(text)

    def flush(self) -> None:
        self._screen.flush()


def _facts(path: Path) -> tuple[int, ...]:
    facts = path.lstat()
    return facts.st_mode, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino


def _below(path: Path) -> Iterator[Path]:
    """Yield a path and all below it but compiled code, sorted; links are not followed. `ValueError` if it is too much."""
    count, todo = 0, [path]
    while todo:
        one = todo.pop()
        yield one
        count += 1
        if count > _MAX_FILES:
            raise ValueError("too many files")
        if one.name != "__pycache__" and stat.S_ISDIR(one.lstat().st_mode):
            todo += sorted(one.iterdir(), reverse=True)


def _lines(path: Path, *, dated: bool = False) -> Iterator[list[object]]:
    """Yield each file below a path with its content and, where that counts, its time. What is not there has a line too."""
    if not path.exists():
        yield [str(path), "is not there"]
        return
    for one in _below(path):
        if one.name == "__pycache__":
            continue
        facts = one.lstat()
        content = ""
        if stat.S_ISREG(facts.st_mode):
            handle = os.open(one, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as file:
                content = file_digest(file, "sha256").hexdigest()
        yield [str(one), facts.st_mode, content, facts.st_mtime_ns if dated else 0]
