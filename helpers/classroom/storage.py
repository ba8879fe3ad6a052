"""A folder or a zip of submissions as a list of entries. Links, pipes and devices are named, never opened or followed."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from .errors import TeacherError
from .submission import MOST_BYTES

_DEEPEST = 4
_MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class Entry:
    """One file of a folder or of a zip.

    Attributes
    ----------
    path : str
        Its path from the top, with forward slashes.
    kind : {"file", "folder", "other"}
        An empty folder is an entry too: somebody handed in nothing.
    size : int
        In bytes.
    time : float
        When it was last changed.
    problem : str
        Why it is not read; empty if it can be.
    container : pathlib.Path
        The folder or the zip.
    zipped : bool
        Whether `container` is a zip.
    """

    path: str
    kind: Literal["file", "folder", "other"]
    size: int
    time: float
    problem: str
    container: Path
    zipped: bool

    @property
    def shown(self) -> str:
        """The path as it can be printed: on disk a name may hold bytes that are no text."""
        return "".join(sign if sign.isprintable() else "\ufffd" for sign in self.path)

    def read(self) -> bytes:
        """Read the file, at most as much as a submission may have.

        Returns
        -------
        bytes

        Raises
        ------
        OSError
            If it has gone, was changed into something else, is too large, or the zip is damaged.
        """
        return _read_zipped(self) if self.zipped else _read_plain(self)


def open_storage(place: Path) -> list[Entry]:
    """List what lies in a folder or in a zip.

    Parameters
    ----------
    place : pathlib.Path
        The folder or zip that the teacher names. A folder that holds nothing but one zip means that zip.

    Returns
    -------
    list of Entry
        Sorted by path.

    Raises
    ------
    TeacherError
        If there is nothing at that place, or it is a damaged zip, or it holds too much.
    """
    if place.is_dir():
        inside = [path for path in place.iterdir() if not path.name.startswith(".")]
        if len(inside) == 1 and inside[0].suffix.lower() == ".zip" and not inside[0].is_symlink():
            return open_storage(inside[0])
        return sorted(_limited(_walk(place, place, 1), place), key=lambda entry: entry.path)
    if place.is_file():
        try:
            with zipfile.ZipFile(place) as archive:
                return sorted(_limited(_members(place, archive), place), key=lambda entry: entry.path)
        except (zipfile.BadZipFile, OSError, NotImplementedError, UnicodeDecodeError, ValueError) as problem:
            raise TeacherError(f"{place} is neither a folder nor a readable zip: {problem}") from None
    raise TeacherError(f"There is no folder or zip at {place}.")


def _limited(entries: Iterator[Entry], place: Path) -> list[Entry]:
    found = []
    for entry in entries:
        found.append(entry)
        if len(found) > _MOST_ENTRIES:
            raise TeacherError(f"{place} holds more than {_MOST_ENTRIES:,} files. Is it the right folder?")
    return found


def _walk(top: Path, folder: Path, depth: int) -> Iterator[Entry]:
    try:
        children = sorted(os.scandir(folder), key=lambda child: child.name)
    except OSError:
        return
    for child in children:
        # A name that is not UTF-8 becomes readable here; it can then not be a student's id.
        path = PurePosixPath(os.path.relpath(child.path, top).replace(os.sep, "/"))
        try:
            facts = child.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISDIR(facts.st_mode):
            inside = list(_walk(top, Path(child.path), depth + 1)) if depth < _DEEPEST else []
            yield from inside or [Entry(str(path), "folder", 0, facts.st_mtime, "It is a folder.", top, False)]
            continue
        yield Entry(
            str(path),
            "file" if stat.S_ISREG(facts.st_mode) else "other",
            facts.st_size,
            facts.st_mtime,
            _problem(facts.st_mode, facts.st_size),
            top,
            False,
        )


def _problem(mode: int, size: int) -> str:
    if stat.S_ISLNK(mode):
        return "It is a link to another file. Links are not followed."
    if mode and not stat.S_ISREG(mode):
        return "It is not a file (a pipe, a socket or a device)."
    if size > MOST_BYTES:
        return (
            f"It has {size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read. (Clear the outputs and save again.)"
        )
    return ""


def _members(place: Path, archive: zipfile.ZipFile) -> Iterator[Entry]:
    for member in archive.infolist():
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or not path.parts:
            continue
        if member.is_dir():
            continue
        mode = member.external_attr >> 16
        problem = _problem(mode if stat.S_IFMT(mode) else 0, member.file_size)
        year, month, day, hour, minute, second = member.date_time
        order = ((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60 + second
        yield Entry(str(path), "file", member.file_size, float(order), problem, place, True)


def _read_zipped(entry: Entry) -> bytes:
    try:
        with zipfile.ZipFile(entry.container) as archive:
            name = next(name for name in archive.namelist() if str(PurePosixPath(name.replace("\\", "/"))) == entry.path)
            with archive.open(name) as file:
                content = file.read(MOST_BYTES + 1)  # what the zip says of the size may be a lie
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, StopIteration, EOFError, ValueError) as problem:
        raise OSError(f"The zip is damaged here: {problem}") from None
    except Exception as problem:  # zlib's and lzma's own errors
        raise OSError(f"The zip is damaged here: {type(problem).__name__}") from None
    return _at_most(content)


def _read_plain(entry: Entry) -> bytes:
    """Read a file without following a link that has taken its place since it was listed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(entry.container / entry.path, flags)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError("It is not a file.")
        return _at_most(file.read(MOST_BYTES + 1))


def _at_most(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise OSError(f"It has more than {MOST_BYTES / 1e6:.0f} MB.")
    return content
