"""Runs in the student's browser: says in plain words what the page could not load, and makes imports quicker.

The kernel of the page loads it as an extension of IPython. It uses nothing but the standard library.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
import textwrap
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar

# By the name under which Python imports them: packages that the page fetches when a cell first needs them.
PACKAGES = {"pandas": "pandas", "matplotlib": "matplotlib", "numpy": "numpy", "PIL": "pillow", "kiwisolver": "kiwisolver"}
OURS = ("helpers",)
DRIVE = Path("/drive")

NOT_LOADED = (
    "This page could not load {names}. You did nothing wrong, and your work is not lost.",
    "The page fetches such packages over the internet when a cell first needs them. Perhaps the connection is down, or "
    "the network that you use blocks the address.",
    "What to do: look whether other pages open. Then choose Kernel, Restart Kernel, and run the cells again from the top. "
    "If it stays so, tell your teacher: there is an edition of this page that carries everything itself, and one that is "
    "only for reading.",
)
NO_COURSE = (
    "This page could not load the tools and tables of the course.",
    "The browser lets the page keep no files: the address begins with http:// and not https://, or the window is a "
    "private one.",
    "What to do: open the page in a normal window, under an address that begins with https://.",
)
COLUMNS = 88  # JupyterLab breaks a longer line of an error in the middle of a word


class InstalledFirst:
    """Finds the standard library, and the packages that the page has fetched, where they lie.

    The lessons put the course's folder first on the path, and in the page each look into a folder of the course is a
    message to another part of the browser, often in vain: with hundreds of imports that takes seconds.
    """

    folders: ClassVar = [folder for folder in sys.path if folder.startswith("/lib/python")]

    @classmethod
    def find_spec(cls, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """Find a module at the top of what is installed, as `importlib.abc.MetaPathFinder` asks."""
        if path is None and name not in OURS:
            return PathFinder.find_spec(name, cls.folders, target)
        return None


def load_ipython_extension(shell: Any) -> None:
    """Let IPython explain a missing package in this module's words, and find what is installed first."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a line about its cache says nothing to a student
    before = next(k for k, finder in enumerate(sys.meta_path) if finder is PathFinder)
    sys.meta_path.insert(before, InstalledFirst)
    shell.set_custom_exc((ModuleNotFoundError,), _explain)


def advice(name: str | None) -> str | None:
    """Return what to tell a student about a module that was not found; None if Python's own message is the right one."""
    top = (name or "").partition(".")[0]
    if top == "helpers" and not DRIVE.is_dir():
        return _filled(NO_COURSE)
    if top not in PACKAGES:
        return None
    *first, last = [PACKAGES[name] for name in PACKAGES if name == top or not _is_there(name)]
    names = f"{', '.join(first)} and {last}" if first else last
    return _filled([paragraph.format(names=names) for paragraph in NOT_LOADED])


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _explain(
    shell: Any, kind: type, problem: ModuleNotFoundError, trace: TracebackType, tb_offset: int | None = None
) -> None:
    words = advice(problem.name)
    lines = [words] if words else shell.InteractiveTB.structured_traceback(kind, problem, trace, tb_offset=tb_offset)
    shell._showtraceback(kind, problem, lines)


def _filled(paragraphs: Sequence[str]) -> str:
    return "\n".join(textwrap.fill(paragraph, COLUMNS) for paragraph in paragraphs)
