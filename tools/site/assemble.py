"""Put the site together, step by step, and only then in the place of the old one."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.site import audit, contents, kernel, lite, lock, pyodide, start, wheels
from tools.site.errors import SiteError

# What the kernel itself needs, and what only the helpers import: edtf for dates that are not exact, ipywidgets for the
# explorer. Pandas and matplotlib load with a lesson's first cell, which imports them.
PREFETCH = ("comm", "course-page", "edtf", "ipykernel", "ipython", "ipywidgets", "jedi", "micropip", "piplite", "pyodide-kernel")


@dataclass(frozen=True)
class Built:
    """A finished site: its folder, its bytes, and the addresses that it asks for on other machines."""

    folder: Path
    size: int
    outside: tuple[str, ...]


def build(target: Path, cache: Path, offline_wheels: Path | None = None) -> Built:
    """Build the site.

    Parameters
    ----------
    target : pathlib.Path
        The folder of the site. An older site there is replaced, once the new one is whole.
    cache : pathlib.Path
        Where downloads are kept between builds, and where the work is done.
    offline_wheels : pathlib.Path, optional
        A folder with the five big packages. By default the page loads them from Pyodide's content network.

    Returns
    -------
    Built

    Raises
    ------
    SiteError
        If something cannot be fetched, does not fit, or is missing from the finished site.
    """
    work, output = cache / "work", cache / "new"
    for folder in (work, output):
        shutil.rmtree(folder, ignore_errors=True)
    carried, outside = _python(work / "static" / "pyodide", cache, offline_wheels)
    files = contents.collect(cache / "work" / "course")
    lite.build(work, work / "course", output, carried)
    start.write(output, self_contained=not outside)
    size = audit.check(output, files)
    _replace(target, output)
    shutil.rmtree(work, ignore_errors=True)
    return Built(target, size, outside)


def _python(folder: Path, cache: Path, offline_wheels: Path | None) -> tuple[list[str], tuple[str, ...]]:
    """Lay out Pyodide, the packages and the lock; return what to load at the start, and the addresses outside."""
    shutil.copytree(pyodide.fetch(cache), folder)
    theirs = wheels.read_lock(folder)
    platform = f"pyemscripten_{theirs['info']['abi_version']}_wasm32"
    big = wheels.big_five(theirs["packages"], offline_wheels)
    pinned = wheels.fetch(cache / "wheels", platform)
    hosted = [*pinned, *wheels.of_the_kernel(lite.KERNEL_EXTENSION), kernel.wheel(cache / "kernel")]
    for wheel in [*hosted, *(place for place in big.values() if isinstance(place, Path))]:
        shutil.copyfile(wheel, folder / wheel.name)
    ours = lock.site_lock(theirs, hosted, big)
    (folder / "pyodide-lock.json").write_text(json.dumps(ours), encoding="utf-8")
    return lock.needed_for(ours, PREFETCH), tuple(place for place in big.values() if isinstance(place, str))


def _replace(target: Path, new: Path) -> None:
    """Put the new site in the place of the old one."""
    if target.exists() and any(target.iterdir()) and not (target / "jupyter-lite.json").is_file():
        raise SiteError(f"{target} holds something that is not a site. Choose an empty folder, or take it away first.")
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(new, target)
