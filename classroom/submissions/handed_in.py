"""One file that was handed in: what is written in the list, and what decides whether it counts."""

from __future__ import annotations

import errno
from dataclasses import dataclass, replace
from typing import Literal

from .archive import ArchiveEntry
from .notebook import UnreadableError, read_submission
from .roster import Student

Fate = Literal["counts", "older", "refused", "not a notebook", "another assignment", "not looked at"]
# What may stand in the list of grades for a student: of several files the one with the later of these fates.
OF_A_STUDENT: tuple[Fate, ...] = ("not a notebook", "refused", "counts")
OF_THE_MACHINE = (errno.EIO, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ESTALE, errno.ETIMEDOUT)
HERE, ELSEWHERE, SAVED_BY_ITSELF = range(3)


@dataclass(frozen=True)
class HandedIn:
    """One file, and what became of it."""

    student: Student  # Whose it is. The id is empty when none could be made of the name.
    entry: ArchiveEntry  # the file
    layout: str  # by whose habit the file was named
    late: bool = False  # Whether the platform calls it late. Late work is marked like any other.
    again: int = 0  # Canvas' count of repeated submissions; 0 for the first
    number: str = ""  # the platform's own number for the student, where the name of the file has one
    fate: Fate = "counts"  # what became of it: see `Fate`
    reason: str = ""  # Why, in words. For a file that counts: why a person should look at it.
    # The time at which it was handed in, as nbgrader's exchange wrote it beside it into ``timestamp.txt``; None without
    # one.
    stamp: str | None = None


@dataclass(frozen=True)
class Found:
    """A file on its way to the list."""

    handed_in: HandedIn  # what is known of it so far
    together: str  # what is the same for files that were handed in together: a student's folder, a platform's number, a zip
    # The student as the platform writes them, if only the person's name says who that is on the roster.
    own: Student | None = None
    # Where it lies: `HERE`, where it belongs; `ELSEWHERE`, in a folder of another name; or a copy `SAVED_BY_ITSELF`.
    rank: int = HERE
    named: bool = False  # whether it is called like the assignment
    zipped: bool = False  # whether it lies in a student's own zip

    @property
    def order(self) -> tuple[int, float, str]:
        """What is larger for what was handed in later."""
        one = self.handed_in
        return one.again, one.entry.time, one.entry.path

    def is_notebook(self) -> bool:
        """Read the file, and say whether it is a notebook, whatever its name."""
        try:
            read_submission(self.handed_in.entry.read())
        except OSError as problem:
            if problem.errno in OF_THE_MACHINE:
                raise  # a drive that does not answer says nothing of the file
            return False
        except UnreadableError:
            return False
        return True

    def fated(self, fate: Fate, reason: str, student: Student | None = None) -> Found:
        """Return it with what became of it."""
        student = self.handed_in.student if student is None else student
        return replace(self, handed_in=replace(self.handed_in, student=student, fate=fate, reason=reason))

    def noted(self, reason: str) -> Found:
        """Return it with one more reason to look at it."""
        return self.fated(self.handed_in.fate, f"{self.handed_in.reason} {reason}".strip())
