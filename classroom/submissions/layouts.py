"""Step into the folders and zips that hold a class and are no student: what a download or a zip program puts around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from .archive import ArchiveEntry
from .owners import Owners, named_like, platform_of, stem_of

_MAX_STEPS = 4
TIMESTAMP = "timestamp.txt"  # nbgrader's exchange writes it into the folder of a submission
_OF_THE_SYSTEM = (
    "thumbs.db",
    "desktop.ini",
    "__macosx",
    TIMESTAMP,
    "submission_secret.txt",
)  # the last one is nbgrader's too


@dataclass(frozen=True)
class Located:
    """An entry, and its path from where the students' names begin."""

    entry: ArchiveEntry  # the entry
    parts: tuple[str, ...]  # its path without the folders and zips around the class
    other: str = ""  # another assignment of the course, if one of these folders is called like it

    @property
    def top(self) -> str:
        """The name that says whose it is."""
        return self.parts[0]

    @property
    def in_folder(self) -> bool:
        """Whether that name is one of a folder or a zip."""
        return len(self.parts) > 1 or self.entry.kind == "folder"


def is_zip(name: str) -> bool:
    """Say whether a name is that of a zip."""
    return name.lower().endswith(".zip")


def of_the_system(entry: ArchiveEntry) -> bool:
    """Say whether a file was made by an operating system, an editor or nbgrader for itself."""
    parts = PurePosixPath(entry.path).parts
    return any(
        part.startswith((".", "~$")) or part.lower() in _OF_THE_SYSTEM or part.endswith(".ipynb_checkpoints")
        for part in parts
    )


def locate(
    entries: Iterable[ArchiveEntry], owners: Owners, assignment: str, others: Collection[str]
) -> tuple[list[Located], list[str]]:
    """Find where the students' names begin in the paths of one folder or zip.

    Returns each entry once, and the folders and zips that were stepped into.
    """
    located = [Located(entry, PurePosixPath(entry.path).parts) for entry in entries]
    search = _Search(owners, assignment, {name.casefold() for name in others} - {assignment.casefold()})
    stepped: list[str] = []
    return search.step(located, 0, "", stepped), stepped


@dataclass(frozen=True)
class _Search:
    owners: Owners
    assignment: str
    others: Collection[str]

    @property
    def assignments(self) -> set[str]:
        """All assignments, in small letters."""
        return {self.assignment.casefold(), *self.others}

    def step(self, located: list[Located], depth: int, path: str, stepped: list[str]) -> list[Located]:
        tops: dict[str, list[Located]] = {}
        for one in map(self._with_slash, located):
            tops.setdefault(one.top, []).append(one)
        folders = [top for top, inside in tops.items() if _is_folder(inside) and not of_the_system(_named(top))]
        grouped = len(folders) > 1 and all(self._is_a_group(tops[top]) for top in folders)
        # Files beside the folders (a roster, a note) do not make the folders a class, unless they are somebody's.
        others = {who for top in tops if (who := self.owner(top, tops[top]))}
        only = len(folders) == 1 and not any(self._may_be_work(tops[top]) for top in tops if top != folders[0])
        found: list[Located] = []
        for top, inside in tops.items():
            if depth < _MAX_STEPS and top in folders and (grouped or self._is_around(top, inside, only, others)):
                stepped.append(f"{path}{top}")
                other = top if top.casefold() in self.others else ""
                shorter = [Located(one.entry, one.parts[1:], one.other or other) for one in inside]
                found += self.step(shorter, depth + 1, f"{path}{top}/", stepped)
            else:
                found += inside
        return found

    def _with_slash(self, one: Located) -> Located:
        """Join two folders that are the two halves of an id such as 2024/001."""
        halves = "/".join(one.parts[:2])
        if len(one.parts) < 3 or self.owner(one.top, [one]) or not (student := self.owners.by_id(halves)):
            return one
        return replace(one, parts=(student.student_id, *one.parts[2:]))

    def owner(self, name: str, inside: list[Located]) -> str:
        """Return who a name means: somebody on the roster, or somebody of a platform; empty for nobody known."""
        folder = _is_folder(inside)
        plain = is_zip(name) or not folder
        if found := platform_of(name, folder=not plain):
            return f"{found.layout} {found.number}"
        student, _ = self.owners.called(stem_of(name) if plain else name)
        return student.student_id if student else ""

    def _may_be_work(self, inside: list[Located]) -> bool:
        stem = stem_of(inside[0].top)
        notebook = inside[0].top.lower().endswith(".ipynb") and not named_like(stem, self.assignment)
        return notebook or bool(self.owner(inside[0].top, inside))

    def _is_around(self, top: str, inside: list[Located], only: bool, others: Collection[str]) -> bool:
        """Say whether a folder or zip is around a class and not a student's own."""
        if self.owner(top, inside):
            return False
        if top.casefold() == "submitted" or (top.casefold() in self.assignments and self._holds_others(inside)):
            return True
        known = next((found for depth in (1, 2, 3) if (found := self._known(inside, depth))), set())
        # Beside other students it must hold somebody who has handed in nothing else: a student can call files in a folder of
        # their own as others are called.
        if known - set(others):
            return True
        return self._looks_like_a_class(inside) if only else is_zip(top) and self._holds_the_layout(inside)

    def _known(self, inside: list[Located], depth: int) -> set[str]:
        children: dict[str, list[Located]] = {}
        for one in inside:
            if len(one.parts) > depth and not of_the_system(one.entry):
                children.setdefault(one.parts[depth], []).append(Located(one.entry, one.parts[depth:]))
        return {who for name, below in children.items() if (who := self.owner(name, below))}

    def _is_a_group(self, inside: list[Located]) -> bool:
        """Say whether a folder holds students' folders, and in each the assignment's: a group of the class."""
        notebooks = _notebooks(inside)
        deep = all(len(one.parts) >= 4 and one.parts[2].casefold() == self.assignment.casefold() for one in notebooks)
        return bool(notebooks) and deep and not self.owner(inside[0].top, inside)

    def _holds_the_layout(self, inside: list[Located]) -> bool:
        """Say whether all notebooks lie in <student>/<assignment>/, of several students."""
        notebooks = _notebooks(inside)
        deep = all(len(one.parts) > 3 and one.parts[-2].casefold() == self.assignment.casefold() for one in notebooks)
        return deep and len({one.parts[-3] for one in notebooks if deep}) > 1

    def _holds_others(self, inside: list[Located]) -> bool:
        """Say whether a folder that is called like an assignment holds more than a notebook of that name."""
        return any(
            len(one.parts) > 2 or stem_of(one.parts[1]).casefold() not in self.assignments for one in _notebooks(inside)
        )

    def _looks_like_a_class(self, inside: list[Located]) -> bool:
        """Guess without a roster, from folders or notebooks that are not called like an assignment."""
        notebooks = _notebooks(inside)
        if any(len(one.parts) >= 4 and one.parts[2].casefold() == self.assignment.casefold() for one in notebooks):
            return True
        while len({one.parts[1] for one in notebooks}) == 1 and all(len(one.parts) > 2 for one in notebooks):
            notebooks = [Located(one.entry, one.parts[1:]) for one in notebooks]
        names = {one.parts[1] for one in notebooks if len(one.parts) > 1}
        if any(stem_of(name).casefold() in self.assignments or named_like(stem_of(name), self.assignment) for name in names):
            return False
        flat = {name for name in names if name.lower().endswith(".ipynb")}
        return len(names - flat) > 1 or len(flat) > 1


def _notebooks(inside: list[Located]) -> list[Located]:
    return [
        one
        for one in inside
        if len(one.parts) > 1 and one.parts[-1].lower().endswith(".ipynb") and not of_the_system(one.entry)
    ]


def _named(name: str) -> ArchiveEntry:
    return ArchiveEntry(name, "file", 0, 0.0, "")


def _is_folder(inside: list[Located]) -> bool:
    return any(one.in_folder for one in inside)
