"""Folders and zips of submissions as one list of entries, zips inside too. Links, pipes and devices are never followed."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Literal, Protocol

from ..errors import TeacherError
from .notebook import MAX_BYTES

MAX_FOLDERS = 8  # handed_in/course-ps1-123/<Moodle's folder>/ps1/work is five; more is a loop or a whole disk
MAX_ENTRIES = 20_000
MAX_ZIPS = 3  # a teacher's zip, a platform's zip in it, and a student's in that
MAX_IN_ZIP = 2_000  # in a zip that is not the class itself
MAX_OF_ZIPS = 1_000_000_000, 100_000_000  # bytes of the zips in a zip: on the disk, and in another zip
_CENTRAL = b"PK\x01\x02"  # stands once in a zip for each of its members


class _Source(Protocol):
    """Where the bytes of an entry come from."""

    def open(self) -> IO[bytes]: ...


@dataclass(frozen=True)
class ArchiveEntry:
    """One file of a folder or of a zip."""

    path: str  # Its path from the top, with forward slashes. A zip on the way is a part of it, like a folder.
    kind: Literal["file", "folder", "other"]  # an empty folder is an entry too: somebody handed in nothing
    size: int  # in bytes
    time: float  # When it was last changed, in seconds since 1970. The clock of a zip is taken for that of this machine.
    problem: str  # why it is not read; empty if it can be
    source: _Source | None = None  # where its bytes come from; None for what is not read
    container: Path = Path()  # the folder or the zip that the teacher named

    @property
    def zipped(self) -> bool:
        """Whether it lies in a zip, whose times are those of a clock on a wall somewhere."""
        return isinstance(self.source, _InZip)

    @property
    def shown(self) -> str:
        """The path as it can be printed: on disk a name may hold bytes that are no text."""
        return "".join(sign if sign.isprintable() else "\ufffd" for sign in self.path)

    def read(self) -> bytes:
        """Read the file, at most as much as a submission may have.

        Raises
        ------
        OSError
            If it has gone, was changed into something else, is too large, or the zip is damaged.
        """
        if self.source is None:
            raise OSError(self.problem or "It is not a file.")
        with self.source.open() as file:
            content = _guarded(file, MAX_BYTES + 1)  # the size that a zip states is untrusted
        if len(content) > MAX_BYTES:
            raise OSError(f"It has more than {MAX_BYTES / 1e6:.0f} MB.")
        return content


@dataclass(frozen=True)
class _OnDisk:
    """A file in a folder. A link that has taken its place since it was listed is not followed."""

    path: Path

    def open(self) -> IO[bytes]:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(self.path, flags)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError("It is not a file.")
        return os.fdopen(handle, "rb")


@dataclass(frozen=True)
class _InZip:
    """A member of a zip, by its number: a zip may hold one name twice."""

    zip_file: _Source
    number: int
    name: str

    def open(self) -> IO[bytes]:
        with _opened(self.zip_file) as archive:
            members = archive.infolist()
            if self.number >= len(members) or members[self.number].filename != self.name:
                raise OSError("The zip was changed while it was read.")
            try:
                with archive.open(members[self.number]) as file:
                    return io.BytesIO(_guarded(file, MAX_BYTES + 1))
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile, ValueError) as problem:
                raise OSError(f"The zip is damaged here: {problem}") from None


def list_files(root: Path) -> list[ArchiveEntry]:
    """List by path what lies in a folder or in a zip. Zips in it are opened too, at most three inside each other.

    `TeacherError` if there is nothing at that path, or it is a damaged zip, or it holds too much.
    """
    if root.is_dir():
        found = _walk(root, root, 1)
    elif root.is_file():
        try:
            found = iter(list(_limited(_members(_OnDisk(root.resolve()), "", 1), root)))
        except OSError as problem:
            raise TeacherError(f"{root} is neither a folder nor a readable zip: {problem}") from None
    else:
        raise TeacherError(f"There is no folder or zip at {root}.")
    return sorted((replace(one, container=root) for one in _limited(found, root)), key=lambda entry: entry.path)


def _limited(entries: Iterator[ArchiveEntry], root: Path) -> Iterator[ArchiveEntry]:
    where: Counter[str] = Counter()
    for number, entry in enumerate(entries):
        where[entry.path.partition("/")[0]] += 1
        if number >= MAX_ENTRIES:
            [(name, count)] = where.most_common(1)
            raise TeacherError(
                f"{root} holds more than {MAX_ENTRIES:,} files, {count:,} of them in {name}. Is it the right folder?"
            )
        yield entry


def _walk(top: Path, folder: Path, depth: int) -> Iterator[ArchiveEntry]:
    try:
        children = sorted(os.scandir(folder), key=lambda child: child.name)
    except OSError as problem:
        yield ArchiveEntry(_inside(top, folder), "folder", 0, 0.0, f"The folder cannot be opened: {problem.strerror}.")
        return
    for child in children:
        # A name that is not UTF-8 becomes readable here; it can then not be a student's id.
        path = _inside(top, Path(child.path))
        try:
            facts = child.stat(follow_symlinks=False)
        except OSError as problem:
            yield ArchiveEntry(path, "other", 0, 0.0, f"It cannot be looked at: {problem.strerror}.")
            continue
        if stat.S_ISDIR(facts.st_mode):
            if depth > MAX_FOLDERS:
                yield ArchiveEntry(path, "folder", 0, facts.st_mtime, f"It lies more than {MAX_FOLDERS} folders deep.")
                continue
            inside = list(_walk(top, Path(child.path), depth + 1))
            yield from inside or [ArchiveEntry(path, "folder", 0, facts.st_mtime, "The folder is empty.")]
        elif stat.S_ISREG(facts.st_mode) and path.lower().endswith(".zip"):
            yield from _unzipped(_OnDisk(Path(child.path)), path, facts.st_size, facts.st_mtime, 1)
        else:
            kind: Literal["file", "other"] = "file" if stat.S_ISREG(facts.st_mode) else "other"
            problem_words = _problem(facts.st_mode, facts.st_size)
            yield ArchiveEntry(path, kind, facts.st_size, facts.st_mtime, problem_words, _OnDisk(Path(child.path)))


def _inside(top: Path, path: Path) -> str:
    return str(PurePosixPath(os.path.relpath(path, top).replace(os.sep, "/")))


def _unzipped(source: _Source, path: str, size: int, time: float, depth: int) -> Iterator[ArchiveEntry]:
    """Yield what a zip inside holds, or the zip itself and why it was not opened."""
    closed = ArchiveEntry(path, "file", size, time, "")
    if depth > MAX_ZIPS:
        yield _replaced(closed, f"It is a zip inside {MAX_ZIPS} other zips. Unpack the outer ones.")
        return
    if depth > 1 and size > MAX_BYTES:  # read into memory; one that lies on the disk is not
        yield _replaced(closed, f"{_problem(0, size)} Give this zip to --submissions by itself.")
        return
    try:
        inside = list(_members(source, f"{path}/", depth))
    except OSError as problem:
        why = str(problem) if closed.size else "it is empty (0 bytes)"
        yield _replaced(closed, f"It is a zip that cannot be opened: {why}. Ask the student to send it again.")
        return
    yield from inside or [_replaced(closed, "The zip is empty. Ask the student to send it again.")]


def _replaced(entry: ArchiveEntry, problem: str) -> ArchiveEntry:
    return replace(entry, problem=problem)


def _problem(mode: int, size: int) -> str:
    if stat.S_ISLNK(mode):
        return "It is a link to another file. Links are not followed."
    if mode and not stat.S_ISREG(mode):
        return "It is not a file (a pipe, a socket or a device)."
    if size > MAX_BYTES:
        return f"It has {size / 1e6:,.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read. (Clear the outputs and save again.)"
    return ""


def _members(source: _Source, prefix: str, depth: int) -> Iterator[ArchiveEntry]:
    most = MAX_ENTRIES if depth == 1 and "/" not in prefix.rstrip("/") else MAX_IN_ZIP
    with source.open() as file:  # only here: later reads of the same zip need not count again
        if _count(file) > most:
            raise OSError(f"it holds more than {most:,} files.")
    of_zips = 0
    with _opened(source) as archive:
        for number, member in enumerate(archive.infolist()):
            if member.is_dir():
                continue
            name = _name(member)
            path = PurePosixPath(name)
            time, mode = _time(member), member.external_attr >> 16
            if path.is_absolute() or ".." in path.parts or not path.parts:
                yield ArchiveEntry(f"{prefix}{name}", "other", 0, time, "Its path leads out of the zip. It is not read.")
                continue
            problem = _problem(mode if stat.S_IFMT(mode) else 0, member.file_size)
            inner = _InZip(source, number, member.filename)
            if member.flag_bits & 1:
                problem = "It is locked with a password. Ask for it without one."
            of_zips += member.file_size if path.suffix.lower() == ".zip" else 0
            if of_zips > MAX_OF_ZIPS[depth > 1] and path.suffix.lower() == ".zip":
                problem = "So many zips in one zip are not opened. Unpack it."
            if not problem and path.suffix.lower() == ".zip":
                yield from _unzipped(inner, f"{prefix}{path}", member.file_size, time, depth + 1)
            else:
                yield ArchiveEntry(f"{prefix}{path}", "file", member.file_size, time, problem, inner)


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name. Finder writes UTF-8 without saying so, and Python then reads an old code page."""
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _time(member: zipfile.ZipInfo) -> float:
    try:
        return datetime(*member.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


@contextmanager
def _opened(source: _Source) -> Iterator[zipfile.ZipFile]:
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, EOFError) as problem:
            raise OSError(str(problem)) from None
        with archive:
            yield archive


def _count(file: IO[bytes]) -> int:
    """Count the members of a zip without parsing its list, which may have been written to fill the memory."""
    found, before = 0, b""
    while block := file.read(1 << 20):
        found += (before + block).count(_CENTRAL)
        before = block[-len(_CENTRAL) + 1 :]
    return found


def _guarded(file: IO[bytes], most: int) -> bytes:
    try:
        return file.read(most)
    except OSError:
        raise
    except Exception as problem:  # zlib's and lzma's own errors, a wrong checksum
        raise OSError(f"The zip is damaged here: {type(problem).__name__}") from None
