"""Write the lock of the site: for each package its file or address, its hash, and what it needs.

Pyodide reads this file first. With it, a page loads what it needs in one go, without asking any package index; and
``import pandas`` in a cell finds pandas. It could be made by the tool ``pyodide-lock``, which needs Python 3.12 and asks
an index at each build; the packages are few, and here each one is pinned.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from tools.editions.site.errors import SiteError
from tools.editions.site.wheels import sha256

# The two are of use to a server and to JupyterLab's own build only; the page has its part of the widgets already.
NOT_NEEDED = {"jupyterlab-widgets", "pytest"}
# The versions of these are the course's, not Pyodide's.
OF_THE_COURSE = {"contourpy"}
# Pyodide looks at the imports in a cell, not into the helpers. So their name stands for what all of them need.
HELPERS, DRAWING, LETTERS = "helpers", "matplotlib", "fontpkg-fira-sans"


def site_lock(lock: dict[str, Any], hosted: Iterable[Path], big: dict[str, str | Path]) -> dict[str, Any]:
    """Return the lock of the site."""
    known = lock["packages"]
    packages = {}
    for name, place in big.items():
        packages[name] = {**known[name], "file_name": place if isinstance(place, str) else place.name}
    for wheel in hosted:
        entry = _entry(wheel)
        theirs = known.get(entry["name"])
        if theirs and entry["name"] not in OF_THE_COURSE and theirs["version"] != entry["version"]:
            raise SiteError(
                f"{wheel.name} does not fit: Pyodide's lock names {entry['name']} {theirs['version']}. "
                "Correct tools/editions/site/wheels.in and write wheels.txt anew; the first lines of wheels.in say how."
            )
        packages[entry["name"]] = {**entry, "imports": theirs["imports"] if theirs else entry["imports"]}
    drawing = packages[DRAWING]
    drawing.update(depends=[*drawing["depends"], "pandas", LETTERS], imports=[*drawing["imports"], HELPERS])
    for entry in packages.values():
        entry["depends"] = [canonicalize_name(name) for name in entry["depends"]]
    _check_needs(packages)
    return {**lock, "packages": dict(sorted(packages.items()))}


def needed_for(lock: dict[str, Any], names: Iterable[str]) -> list[str]:
    """Return packages with all that they need."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += lock["packages"][name]["depends"]
    return sorted(found)


def _entry(wheel: Path) -> dict[str, Any]:
    name, version, _, _ = parse_wheel_filename(wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        metadata = next(file for file in files if file.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(archive.read(metadata).decode())
    return {
        "name": str(name),
        "version": str(version),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": sha256(wheel),
        "package_type": "package",
        "imports": sorted({_module(file) for file in files} - {""}),
        "depends": _needs(about),
        "unvendored_tests": False,
    }


def _module(file: str) -> str:
    """Return the module that a file of a wheel makes importable, or nothing."""
    top, _, rest = file.partition("/")
    if not rest:
        return top.removesuffix(".py") if top.endswith(".py") else ""
    return top if rest == "__init__.py" else ""


def _needs(about: Message) -> list[str]:
    """Return what a wheel needs in the browser, without its extras."""
    browser = {"sys_platform": "emscripten", "platform_system": "Emscripten", "python_version": "3.14", "extra": ""}
    needs = (Requirement(line) for line in about.get_all("Requires-Dist", []))
    names = {canonicalize_name(need.name) for need in needs if need.marker is None or need.marker.evaluate(dict(browser))}
    return sorted(names - NOT_NEEDED)


def _check_needs(packages: dict[str, Any]) -> None:
    for entry in packages.values():
        missing = sorted(set(entry["depends"]) - set(packages))
        if missing:
            raise SiteError(
                f"{entry['name']} needs {', '.join(missing)}, which the site does not carry. "
                "Add it to tools/editions/site/wheels.in."
            )
