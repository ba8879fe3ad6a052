"""What a command says when it cannot begin, or cannot go on."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class TeacherError(Exception):
    """Something that the teacher can put right: the message says what was given, what is allowed, what to do."""

    exit_code = 2  # it could not begin


class StoppedError(TeacherError):
    """A fault of the machine in the middle of a run, not of anybody's work: the run ends, and can be gone on with.

    Parameters
    ----------
    message : str
        What the command says.
    on_a_page : str, optional
        What a page says, which stays open: what is wrong, and what to do about it; by default the message.
    """

    exit_code = 3

    def __init__(self, message: str, on_a_page: str = "") -> None:
        super().__init__(message)
        self.on_a_page = on_a_page or message


class OutdatedError(StoppedError):
    """What a page shows is no longer so: to save again does not help, to open it again does."""


def listed(names: Sequence[str], most: int = 5) -> str:
    """Return the first of some names for a message, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def passing_fault(problem: OSError | MemoryError, where: Path | None = None) -> StoppedError:
    """Say in one sentence what the machine could not do, and what to do; `where` is for errors that name no file."""
    number = getattr(problem, "errno", None)
    path = str(getattr(problem, "filename", None) or where or "this folder")
    if isinstance(problem, MemoryError) or number == errno.ENOMEM:
        return _stopped("the memory of this machine ran out", "Close other programs, or use --workers 1")
    if number in _FULL:
        return _stopped(f"there is no room left on the disk of {path}", "Make room, or use another disk")
    if number in _FORBIDDEN:
        said = (problem.strerror or "").lower()
        return _stopped(f"{path} cannot be opened or written ({said})", "Allow it, or choose another folder")
    said = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return _stopped(f"{path} did not answer ({said})", "See whether its drive is there")


def _stopped(what: str, remedy: str) -> StoppedError:
    then = "then run the same command again: what was finished is kept."
    return StoppedError(f"Stopped, because {what}. {remedy}, {then}", f"{what[0].upper()}{what[1:]}. {remedy}.")
