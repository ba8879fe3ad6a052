"""Find a student's file that has the name of a library, so that Python reads the file instead of the library.

This runs when an import has gone wrong for such a reason. So it uses only what Python has loaded before any file of a
student can stand in the way.
"""

from __future__ import annotations

import os
import sys

# The part of Python that looks along sys.path; `importlib` itself may be hidden.
_FINDER = next(finder for finder in sys.meta_path if getattr(finder, "__name__", "") == "PathFinder")
_STANDARD = os.path.dirname(os.path.abspath(os.__file__))


def advice(problem: BaseException | None = None) -> str:
    """Say which file has the name of a library, and what to do; nothing if no such file was read.

    Without the `problem` that an import raised, only files count that the helpers themselves use by mistake.
    """
    read = _used_by_helpers() if problem is None else _read_before(problem)
    found = _shadows(read)
    if not found:
        return ""
    name, path = next(iter(found.items()))
    path = os.path.dirname(path) if os.path.basename(path).startswith("__init__.") else path
    here = os.path.relpath(path) if os.path.abspath(path).startswith(os.getcwd() + os.sep) else path
    more = "".join(f", and {os.path.basename(other)} for {library}" for library, other in list(found.items())[1:])
    return (
        f"The course did not get {name!r}, because Python read {here!r} in its place: both have the same name{more}. "
        f"Rename {here!r}, for example to 'my_{os.path.basename(path)}'. Then start again: choose Kernel, Restart Kernel."
    )


def _shadows(read: set[str]) -> dict[str, str]:
    """Return which of the files read have the name of a library, by that name.

    Only these files are looked at, not the folders that they lie in: a student's folder may hold ten thousand.
    """
    libraries = [place for place in sys.path if _is_library(place)]
    real: dict[str, str] = {}
    rooms = [_module_and_folder(file, real) for file in sorted(read)]
    found: dict[str, str] = {}
    for place in sys.path:
        if _is_library(place):
            continue
        here = os.path.realpath(place or os.getcwd())
        for file, name, folder in rooms:
            if folder == here and name not in found and _is_known(name, libraries):
                found[name] = file
    return found


def _module_and_folder(file: str, real: dict[str, str]) -> tuple[str, str, str]:
    """Return a file, the name under which Python imports it or its package, and the folder that this name lies in.

    Hundreds of files lie in few folders, and to follow links asks the disk: `real` keeps where a folder really is.
    """
    folder, name = os.path.split(file)
    if name.startswith("__init__."):
        folder, name = os.path.split(folder)
    if folder not in real:
        real[folder] = os.path.realpath(folder)
    return file, name.partition(".")[0], real[folder]


def _is_known(name: str, libraries: list[str]) -> bool:
    return name in sys.stdlib_module_names or _FINDER.find_spec(name, libraries) is not None


def _is_library(place: str) -> bool:
    folder = os.path.abspath(place) if place else ""
    return folder.startswith(_STANDARD) or folder.endswith(("site-packages", "dist-packages", ".zip", "lib-dynload"))


def _read_before(problem: BaseException) -> set[str]:
    """Return the files that Python has loaded, or had begun to load when something went wrong."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    files |= {getattr(problem, "filename", None), getattr(problem, "path", None)}
    trace = problem.__traceback__
    while trace is not None:
        files.add(trace.tb_frame.f_code.co_filename)
        trace = trace.tb_next
    return _absolute(files)


def _used_by_helpers() -> set[str]:
    rooms = [module for name, module in list(sys.modules.items()) if name.startswith(f"{__package__}.") and module]
    used = [value for room in rooms for value in vars(room).values() if isinstance(value, type(sys))]
    return _absolute({getattr(module, "__file__", None) for module in used})


def _absolute(files: set[str | None]) -> set[str]:
    return {os.path.abspath(file) for file in files if isinstance(file, str)}
