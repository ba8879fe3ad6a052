"""One zip for the room: everything that a student needs, and nothing that a student must not see. Always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from ..assignments.assignment import read_assignment
from ..colophon import colophon
from ..course import ROOT, Course
from ..errors import TeacherError
from ..html import render
from ..lesson_files import PAGES, heading, languages, without_outputs
from ..lesson_files import lessons as lessons_of
from .release import edition_bytes

LAUNCHERS = ("start_on_windows.bat", "start_on_macos.command", "start_on_linux.sh")
TEMPLATES = ROOT / "classroom" / "templates"
PORT = 8899  # of its own, so that the links of the first page lead to this course and not to another JupyterLab
_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: a file's own time would change the bytes
# Only what is named here gets in, so that whatever else lies about stays out.
_WHOLE = ("environment.yml", "requirements.txt", "LICENSE", "CITATION.cff", "data/datapackage.json", "data/README.md")
_PICTURES = ("notebooks/images/*.png",)
_SOLUTIONS = "helpers/exercises/solutions/lesson_"
_PATTERNS = (
    *("data/*.csv", "data/figures/*.csv", "helpers/**/*.py", "helpers/**/*.mplstyle", "helpers/**/*.json", *_PICTURES),
    "class_settings.toml",
)
_SPOKEN = ("helpers/languages/*.mo", "helpers/languages/*/*.csv")  # what the tools say in other languages than English


def released(course: Course, names: Sequence[str] | None = None) -> dict[str, bytes]:
    """Return the student editions for the zip: those named, else all that `release` wrote. None may be out of date."""
    wanted = [name for name in course.names() if course.release(name).is_file()] if names is None else list(names)
    found = {}
    for name in wanted:
        edition = edition_bytes(read_assignment(course, name))
        path = course.release(name)
        if not path.is_file() or path.read_bytes() != edition:
            raise TeacherError(f"{name} was not released, or has changed since. Run first: release {name}")
        found[name] = edition
    return found


def bundle_files(assignments: dict[str, bytes], *, solutions: bool = True) -> dict[str, bytes]:
    """Return the files of the zip, by path within its one folder.

    Without `solutions`, second hints are left out, too, and other languages than English, whose messages hold both.
    """
    spoken = languages() if solutions else []
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in _chosen(_SPOKEN if spoken else ())}
    if not solutions:
        files = {path: content for path, content in files.items() if not path.startswith(_SOLUTIONS)}
    lessons = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    for lesson in lessons:  # one copy of each, without results: a student guesses before running
        files[f"my_notebooks/{lesson.name}"] = without_outputs(lesson)
    for page in [ROOT / "notebooks" / name for name in PAGES if (ROOT / "notebooks" / name).is_file()]:
        files[f"my_notebooks/{page.name}"] = page.read_bytes()
    for language in spoken:
        files |= _in_language(language)
    for name, edition in assignments.items():
        files[f"my_notebooks/assignments/{name}.ipynb"] = edition
    titles = [(lesson.name, heading(lesson.read_bytes())) for lesson in lessons]
    works = [(name, heading(edition)) for name, edition in assignments.items()]
    first = f"my_notebooks/{lessons[0].name}" if lessons else "my_notebooks"
    others = [(language, [(path.name, heading(path.read_bytes())) for path in lessons_of(language)]) for language in spoken]
    known = {"languages": others, "about": colophon(), "first": first, "port": PORT}
    files["start_here.html"] = render("start_here.html.j2", lessons=titles, assignments=works, **known).encode()
    return files | launchers(first)


def _in_language(language: str) -> dict[str, bytes]:
    """The lessons of a language, without results, its pages, and the file by which its lessons find the tools."""
    folder = ROOT / "notebooks" / language
    found = {path.name: without_outputs(path) for path in lessons_of(language)}
    found |= {path.name: path.read_bytes() for path in [*sorted(folder.glob("*.md")), folder / "helpers.py"]}
    return {f"my_notebooks/{language}/{name}": content for name, content in found.items()}


def launchers(first: str) -> dict[str, bytes]:
    """Return the files to double-click, one a system: they build the environment once, then open the notebook `first`."""
    found = {}
    for name in LAUNCHERS:
        text = (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8").replace("{port}", str(PORT))
        if name.endswith(".bat"):
            text = text.replace("{first}", first.replace("/", "\\")).replace("\n", "\r\n")
        found[name] = text.replace("{first}", first).encode()
    return found


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of files; the same files always give the same bytes."""
    written = io.BytesIO()
    top = colophon().slug
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            member = zipfile.ZipInfo(f"{top}/{path}", _TIME)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            member.external_attr = (0o755 if path in LAUNCHERS else 0o644) << 16
            archive.writestr(member, files[path])
    return written.getvalue()


def _chosen(more: tuple[str, ...] = ()) -> Iterator[Path]:
    for name in _WHOLE:
        if not (ROOT / name).is_file():
            raise TeacherError(f"{ROOT / name} is missing. Download the whole course again.")
        yield ROOT / name
    for pattern in (*_PATTERNS, *more):
        yield from (path for path in sorted(ROOT.glob(pattern)) if path.is_file() and not path.is_symlink())


def is_secret(path: str) -> bool:
    """Say whether a path of the zip would give something away: the last look before it is written."""
    parts = PurePosixPath(path).parts
    return bool({"source", "classroom", "marked", "submitted", "tests"} & set(parts)) or parts[-1] in (
        "article.txt",
        "seed.txt",
    )
