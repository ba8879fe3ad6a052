"""The folder of the marks while it is in use: one program at a time, and a fault of the machine ends the run."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import TeacherError, passing_fault

_IN_USE = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder, and end with one sentence when the machine fails.

    The lock belongs to the open file, so that it goes with the process, however that ends: nothing stale is left.
    """
    try:
        path = folder / ".kept" / "lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if not _lock(file):
                raise TeacherError(
                    f"Another run is marking into {folder}. Wait until it has finished, or give another folder: --out DIR."
                )
            yield
    except (OSError, MemoryError) as problem:
        raise passing_fault(problem, folder) from problem


def _lock(file: IO[bytes]) -> bool:
    """Take the lock without waiting; a file system that knows no locks is used without one."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return problem.errno not in _IN_USE
    return True
