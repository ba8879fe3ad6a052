"""Where an assignment, its seed and its marks are: in the clone's openly solved sample, or in a teacher's private folder."""

from __future__ import annotations

import argparse
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from .errors import TeacherError

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "notebooks" / "assignments"
SAMPLE_SEED = "sample"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Course:
    """A folder of assignments, and the seed of their hidden tables."""

    root: Path  # holds ``source/``, ``release/`` and ``marked/``
    seed: str  # from it the tables are made that no student sees
    private: bool  # Whether this is a teacher's own folder. The clone's sample is public, with its solutions and its seed.

    def source(self, name: str) -> Path:
        """Return the notebook with the solutions of an assignment."""
        return self.root / "source" / name / f"{name}.ipynb"

    def release(self, name: str) -> Path:
        """Return the student edition of an assignment, whether it is there or not."""
        return self.root / "release" / name / f"{name}.ipynb"

    def marked(self, name: str) -> Path:
        """Return the folder of the marks of an assignment, whether it is there or not."""
        return self.root / "marked" / name

    def names(self) -> list[str]:
        """Return the names of the assignments that have a source."""
        return sorted(path.stem for path in self.root.glob("source/*/*.ipynb") if path.stem == path.parent.name)


def add_roster_arguments(command: argparse.ArgumentParser, says: str) -> None:
    """Add the options that name a roster and its columns; `says` is the help of the first."""
    command.add_argument("--roster", metavar="CSV", type=Path, help=says)
    command.add_argument(
        "--column",
        metavar="WHAT=TITLE",
        action="append",
        default=[],
        help="which column of the roster is what, if its title is not known: student_id='Matrikelnummer'; give the option "
        "again for name, first_name, last_name, email, group",
    )


def add_course_arguments(command: argparse.ArgumentParser) -> None:
    """Add the options that say which course is meant."""
    command.add_argument(
        "--course", metavar="DIR", type=Path, help="your private course folder, outside this clone; without it: the sample"
    )
    command.add_argument(
        "--seed", metavar="TEXT", help="the secret from which hidden tables are made; default: DIR/seed.txt"
    )


def open_course(options: argparse.Namespace, *, make_seed: bool = True) -> Course:
    """Find the course that the command line means, and say so when it is the public sample.

    Parameters
    ----------
    options : argparse.Namespace
        With ``course`` and ``seed``.
    make_seed : bool, default True
        Whether to write a new seed into a private folder that has none.

    Returns
    -------
    Course

    Raises
    ------
    TeacherError
        If the folder is not there, or the seed is empty.
    """
    if options.course is None:
        course = Course(SAMPLE, options.seed or SAMPLE_SEED, private=False)
        print("This is the public sample: its questions and solutions can be read by anybody.")
        if course.seed == SAMPLE_SEED:
            print("Its seed is public too. For marks that count, use your own folder: --course DIR.")
        return course
    root = options.course.expanduser().resolve()
    if not (root / "source").is_dir():
        raise TeacherError(
            f"{root} is no course folder: it has no folder 'source'. Copy notebooks/assignments/source there, change the "
            "questions and their solutions, and try again."
        )
    return Course(root, options.seed or _seed_of(root, make_seed), private=True)


def check_name(name: str) -> str:
    """Return the name of an assignment; raise `TeacherError` for other characters than letters, digits, ``-`` and ``_``."""
    if not _NAME.fullmatch(name):
        raise TeacherError(f"{name!r} is not the name of an assignment. Letters, digits, - and _ are allowed, as in ps1.")
    return name


def _seed_of(root: Path, make: bool) -> str:
    path = root / "seed.txt"
    if not path.exists():
        seed = secrets.token_hex(16)
        if make:
            # Created for the owner alone, never readable by others even for a moment.
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(seed + "\n")
            print(f"A new secret seed was written to {path}. Keep it: with another seed the marks may differ.")
        return seed
    seed = path.read_text(encoding="utf-8").strip()
    if not seed:
        raise TeacherError(f"{path} is empty. Delete it, and a new seed is made.")
    return seed
