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
    found = {name: path for name, path in _shadows().items() if path in read}
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


def _shadows() -> dict[str, str]:
    """Return the files on Python's way that have the name of a library, by that name."""
    libraries = [place for place in sys.path if _is_library(place)]
    found: dict[str, str] = {}
    for place in sys.path:
        folder = os.path.abspath(place or os.getcwd())
        if _is_library(place) or not os.path.isdir(folder):
            continue
        for name in sorted({entry.partition(".")[0] for entry in os.listdir(folder)} - {"", "__pycache__"}):
            spec = _FINDER.find_spec(name, [folder])
            known = name in sys.stdlib_module_names or _FINDER.find_spec(name, libraries)
            if known and spec is not None and spec.origin is not None:  # a mere folder has none, and hides nothing
                found.setdefault(name, os.path.realpath(spec.origin))
    return found


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
    return _real(files)


def _used_by_helpers() -> set[str]:
    rooms = [module for name, module in list(sys.modules.items()) if name.startswith(f"{__package__}.") and module]
    used = [value for room in rooms for value in vars(room).values() if isinstance(value, type(sys))]
    return _real({getattr(module, "__file__", None) for module in used})


def _real(files: set[str | None]) -> set[str]:
    return {os.path.realpath(file) for file in files if isinstance(file, str)}
