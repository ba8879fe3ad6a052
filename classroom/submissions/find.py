"""Find what was handed in: which files, of whom, and which one counts. Nothing is followed, unpacked or read whole unasked.

Four layouts are known, and may be mixed in one folder or in one zip, also inside further folders and zips:

- nbgrader's: ``<student>/ps1/ps1.ipynb`` (or without the folder of the assignment)
- flat: ``<student>.ipynb``
- Moodle's: ``First Last_1234567_assignsubmission_file_/ps1.ipynb``, or the same in one name without the folder
- Canvas': ``lastfirst_LATE_12345_67890_ps1-1.ipynb`` (LATE and the last number only where they apply)

Every file that is there becomes one `HandedIn`, with what became of it and why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ..errors import TeacherError, listed
from .archive import ArchiveEntry, list_files
from .choose import decide
from .handed_in import ELSEWHERE, HERE, OF_THE_MACHINE, SAVED_BY_ITSELF, Found, HandedIn
from .layouts import TIMESTAMP, Located, is_zip, locate, of_the_system
from .owners import Owners, Platform, named_like, platform_of, stem_of, stranger
from .roster import Student

_OF_NBGRADER = ("source", "release", "autograded", "feedback", "downloaded")
_MAX_STAMP = 100  # bytes: a time has about thirty
_ARCHIVES = (".rar", ".7z", ".gz", ".tar", ".bz2", ".xz", ".tgz")
_LIKE_THE_ASSIGNMENT = "It is called like the assignment, and nothing says whose it is. Rename it to {}."
_NO_ID = (
    "Its name gives no student id: allowed are Latin letters, digits, . _ - @ +. Rename it to the id of the student, or "
    "give a roster in which the student has this name."
)


@dataclass(frozen=True)
class Collected:
    """What was found."""

    # Every file once, sorted by student. For each student at most one has the fate ``"counts"``.
    handed_in: tuple[HandedIn, ...]
    stepped_into: tuple[str, ...]  # the folders and zips around the class


def find_submissions(
    paths: Path | Sequence[Path], assignment: str, roster: Mapping[str, Student], others: Collection[str] = ()
) -> list[HandedIn]:
    """Return the files alone of what `collect_submissions` finds."""
    return list(collect_submissions(paths, assignment, roster, others).handed_in)


def collect_submissions(
    paths: Path | Sequence[Path],
    assignment: str,
    roster: Mapping[str, Student],
    others: Collection[str] = (),
    *,
    in_time: Callable[[HandedIn], bool] | None = None,
) -> Collected:
    """Find all files and decide which one counts for each student.

    Parameters
    ----------
    paths : pathlib.Path or sequence of pathlib.Path
        Folders or zip files.
    assignment : str
        For example ``"ps1"``.
    roster : mapping of str to Student
        The class; may be empty. Platforms that give names only are matched with it by name.
    others : collection of str, optional
        The names of the course's other assignments.
    in_time : callable, optional
        Says of a file whether it came in time. If it is given, the last of a student that did goes before later ones.

    Returns
    -------
    Collected

    Raises
    ------
    TeacherError
        If a folder is not there, nothing was found, or a roster is given and nobody on it was found.
    """
    paths = [paths] if isinstance(paths, Path) else list(paths)
    owners = Owners(roster, assignment)
    sorter = _Sorter(owners, assignment, frozenset(others), bool(roster))
    found: list[Found] = []
    stepped: list[str] = []
    for before, entries in _entries_of(paths):
        located, around = locate(entries, owners, assignment, others)
        whole = [replace(one, entry=replace(one.entry, path=f"{before}{one.entry.path}")) for one in located]
        found += _stamped(list(map(sorter.sort, whole)))
        stepped += [f"{before}{folder}" for folder in around]
    groups: dict[str, list[Found]] = {}
    for one in _not_two_in_one(found):
        groups.setdefault(one.handed_in.student.student_id.casefold() or f"?{one.handed_in.entry.path}", []).append(one)
    decided = [
        one for key in sorted(groups) for group in _without_twins(groups[key]) for one in decide(group, assignment, in_time)
    ]
    _stop_without_work(decided, paths, assignment, roster)
    return Collected(tuple(decided), tuple(stepped))


def _entries_of(paths: Sequence[Path]) -> Iterator[tuple[str, list[ArchiveEntry]]]:
    """Yield the entries below each path, and what stands before their names where there are several paths."""
    real = list(dict.fromkeys(path.resolve() for path in paths))
    for path in real:
        for other in real:
            if other != path and path.is_relative_to(other):
                raise TeacherError(f"{path} lies in {other}, so its files would be found twice. Give one of the two.")
        alone = [one.name for one in real].count(path.name) == 1
        yield "" if len(real) == 1 else f"{path.name if alone else path}/", list_files(path)


@dataclass(frozen=True)
class _Sorter:
    """Says of each file whose it is, and what it is before the others of the same student are known."""

    owners: Owners
    assignment: str
    others: Collection[str]
    with_roster: bool

    def sort(self, one: Located) -> Found:
        """Say of one file whose it is."""
        platform = platform_of(one.top, folder=one.in_folder and not is_zip(one.top))
        found = self._of_platform(one, platform) if platform else self._of_name(one)
        if of_the_system(one.entry):
            saved = found.handed_in.fate == "counts" and not one.parts[-1].startswith(".")
            if saved and "__MACOSX" not in one.entry.path and one.in_folder:
                return replace(found, rank=SAVED_BY_ITSELF).noted("Jupyter saved this copy by itself.")
            return found.fated("not looked at", "A file that a program made for itself.", Student(""))
        if one.other:
            return found.fated("another assignment", f"It lies in the folder of another assignment, {one.other}.")
        if one.entry.problem:
            if one.entry.kind == "other" and one.entry.source is None:  # its path leads out of the zip, so it names nobody
                return found.fated("refused", one.entry.problem, Student(""))
            closed = one.entry.kind == "folder" or (one.entry.kind == "file" and one.entry.source is None)
            return found.fated("not a notebook" if closed else "refused", one.entry.problem)
        return found

    def _of_platform(self, one: Located, platform: Platform) -> Found:
        own = Student(platform.number, platform.name)
        student, by_name = self.owners.of_platform(platform)
        handed_in = HandedIn(student or own, one.entry, platform.layout, platform.late, platform.again, platform.number)
        found = Found(handed_in, f"{platform.layout} {platform.number}", own=own if by_name else None)
        if platform.typed:
            return found.fated("not a notebook", "A text that was typed on the page.")
        return self._inside(found, one, one.parts[-1] if len(one.parts) > 1 else platform.rest)

    def _of_name(self, one: Located) -> Found:
        stem = one.top if one.in_folder and not is_zip(one.top) else stem_of(one.top)
        student, interpreted = self.owners.called(stem)
        layout = "nbgrader" if one.in_folder else "flat"
        found = Found(HandedIn(student or stranger(stem), one.entry, layout), one.top if one.in_folder else one.entry.path)
        if student and interpreted:
            found = found.noted(f"Its name was taken for {student.student_id}.")
        if one.in_folder and student is None and one.top.casefold() in _OF_NBGRADER:
            return found.fated("not looked at", f"It lies in nbgrader's own folder {one.top!r}.", Student(""))
        if student is None and stem.casefold() == self.assignment.casefold() and one.in_folder:
            return found.fated("refused", _LIKE_THE_ASSIGNMENT.format(f"<student id>/{self.assignment}"), Student("", stem))
        if one.in_folder:
            return self._inside(found, one, one.parts[-1])
        if student is None and one.entry.kind == "file" and not one.entry.problem:
            if not one.top.lower().endswith(".ipynb") and not found.is_notebook():
                nobody = " and its name is nobody's on the roster" if self.with_roster else ""
                return found.fated("not looked at", f"It is no notebook{nobody}.", Student(""))
            if named_like(stem, self.assignment):
                return found.fated("refused", _LIKE_THE_ASSIGNMENT.format("<student id>.ipynb"), Student("", stem))
        return self._inside(found, one, f"{self.assignment}{one.top[len(stem) :]}")

    def _inside(self, found: Found, one: Located, file: str) -> Found:
        """Look at a file and its path inside what is a student's own."""
        found = self._with_place(found, one, file)
        if found.handed_in.fate != "counts":
            return found
        if not file.lower().endswith(".ipynb"):
            if (".ipynb" not in file.lower() and one.in_folder) or not found.is_notebook():
                return found.fated("not a notebook", _no_notebook(one.parts[-1]))
            ending = PurePosixPath(file).suffix.removeprefix(".").strip()
            found = found.noted(
                f"It is a notebook, although its name {f'ends in .{ending}' if ending else 'has no ending'}."
            )
        return found if found.handed_in.student.student_id else found.fated("refused", _NO_ID)

    def _with_place(self, found: Found, one: Located, file: str) -> Found:
        zips = [number for number, part in enumerate(one.parts[:-1]) if is_zip(part)]
        folders = [part.casefold() for part in one.parts[1 : zips[0] if zips else -1]]
        stem, rank = stem_of(file), HERE if folders in ([], [self.assignment.casefold()]) else ELSEWHERE
        found = replace(found, rank=rank, named=stem.casefold() == self.assignment.casefold())
        if zips:
            found = replace(found, zipped=True, together=f"{found.together} {'/'.join(one.parts[: zips[-1] + 1])}")
        if rank == ELSEWHERE and folders[-1] == stem.casefold() and stem in self.others:
            return found.fated("another assignment", f"It is called like another assignment of the course, {stem}.")
        return found


def _stamped(found: Sequence[Found]) -> list[Found]:
    """Give each file the time that nbgrader's exchange wrote beside it.

    Only where the exchange puts it: not in a zip of the student's own, nor among the files that a platform gives, where a
    student may have written it.
    """
    stamps = {
        str(PurePosixPath(one.handed_in.entry.path).parent): one.handed_in.entry
        for one in found
        if PurePosixPath(one.handed_in.entry.path).name == TIMESTAMP and one.handed_in.entry.kind == "file"
    }
    return [
        replace(one, handed_in=replace(one.handed_in, stamp=_stamp(stamps[folder])))
        if (folder := str(PurePosixPath(one.handed_in.entry.path).parent)) in stamps
        and (one.handed_in.layout, one.rank, one.zipped) == ("nbgrader", HERE, False)
        else one
        for one in found
    ]


def _stamp(entry: ArchiveEntry) -> str:
    """Return what stands in a file with a time; empty for one that cannot be read."""
    try:
        text = entry.read()[:_MAX_STAMP].decode("utf-8-sig", "replace")
    except OSError as problem:
        if problem.errno in OF_THE_MACHINE:
            raise  # a drive that does not answer says nothing of the file
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _no_notebook(file: str) -> str:
    if file.lower().endswith(_ARCHIVES):
        return f"{file[:60]!r} is an archive, but no zip. Unpack it, and put the notebook in its place."
    return f"The file {file[:60]!r} does not end in .ipynb. Ask the student for the notebook itself."


def _not_two_in_one(found: Sequence[Found]) -> list[Found]:
    """Undo what was matched by name where a platform has two numbers for the name: these may be two people."""
    numbers: dict[tuple[str, str], set[str]] = {}
    for one in found:
        if one.own:
            numbers.setdefault(_by_name(one), set()).add(one.own.student_id)
    return [
        _apart(one, one.own, numbers[_by_name(one)]) if one.own and len(numbers[_by_name(one)]) > 1 else one for one in found
    ]


def _by_name(one: Found) -> tuple[str, str]:
    return one.handed_in.student.student_id, one.handed_in.layout


def _apart(one: Found, own: Student, numbers: set[str]) -> Found:
    matched, handed_in = one.handed_in.student, one.handed_in
    words = (
        f"{handed_in.layout} has {len(numbers)} numbers ({', '.join(sorted(numbers))}) for the name {matched.name!r}, "
        f"but the roster has one student of that name, {matched.student_id}. They may be two, so this file counts "
        f"for the number {own.student_id}. Find out whose it is, and give the file or its folder the student_id as its name."
    )
    return one.fated(handed_in.fate, words if handed_in.fate == "counts" else handed_in.reason, own)


def _without_twins(group: Sequence[Found]) -> list[list[Found]]:
    """Refuse the files of ids that differ only in capitals; nobody else is touched by it."""
    spelled = sorted({one.handed_in.student.student_id for one in group})
    if len(spelled) == 1:
        return [list(group)]
    words = (
        f"The ids {' and '.join(spelled)} differ only in capital letters. On some machines they would be one folder. "
        "Find out whether they are one student, and rename one of them."
    )
    return [[one.fated("refused", words, Student("", one.handed_in.student.student_id))] for one in group]


def _stop_without_work(
    found: Sequence[HandedIn], paths: Sequence[Path], assignment: str, roster: Mapping[str, Student]
) -> None:
    """Stop where nothing was handed in, or a whole class matches nobody: then the names are wrong, not the students."""
    where = ", ".join(map(str, paths))
    looked_at = [one for one in found if one.fate != "not looked at"]
    if not looked_at:
        beside = f" Other files there: {listed([one.entry.shown for one in found])}." if found else ""
        raise TeacherError(
            f"Nothing was found in {where}. Expected are <student>/{assignment}/{assignment}.ipynb, <student>.ipynb, or "
            f"the zip that Moodle or Canvas gives when all submissions are downloaded.{beside}"
        )
    if roster and not any(one.student.student_id in roster for one in looked_at):
        names = sorted({one.student.student_id or one.entry.shown for one in looked_at})
        raise TeacherError(
            f"Nobody on the roster was found in {where}, so nothing was marked. Found were {listed(names)}; "
            f"on the roster are {listed(list(roster))}. Is it the right roster? "
            "Do the files have the students' ids or names?"
        )
