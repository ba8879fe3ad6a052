"""Put the site together, step by step, and only then in the place of the old one."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.editions.site import audit, contents, fonts, kernel, lite, lock, pyodide, start, wheels
from tools.editions.site.errors import SiteError

# Loaded while Python starts: what the kernel needs, and what only the helpers import (the
# explorer). Pandas and matplotlib are big, and come with a lesson's first cell, which imports them.
OF_THE_KERNEL = ("comm", "course-page", "ipykernel", "ipython", "jedi", "micropip", "piplite", "pyodide-kernel")
OF_THE_HELPERS = ("ipywidgets",)


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
        Where downloads are kept between builds.
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
    _check_target(target)
    cache.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the last step is one move on one disk.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as name:
        work, output = Path(name) / "work", Path(name) / "site"
        first, outside = _python(work / "static" / "pyodide", cache, offline_wheels)
        files = contents.collect(work / "course")
        lite.build(work, work / "course", output, first)
        start.write(output, self_contained=not outside)
        size = audit.check(output, files)
        if target.exists():
            target.rename(Path(name) / "old")
        output.rename(target)
    return Built(target, size, outside)


def _python(folder: Path, cache: Path, offline_wheels: Path | None) -> tuple[list[str], tuple[str, ...]]:
    """Lay out Pyodide, the packages and the lock; return what to load at the start, and the addresses outside."""
    shutil.copytree(pyodide.fetch(cache), folder)
    theirs = wheels.read_lock(folder)
    platform = f"pyemscripten_{theirs['info']['abi_version']}_wasm32"
    big = wheels.big_five(theirs["packages"], offline_wheels)
    pinned = [fonts.fitted(wheel, cache / "fonts") for wheel in wheels.fetch(cache / "wheels", platform)]
    hosted = [*pinned, *wheels.of_the_kernel(lite.KERNEL_EXTENSION), kernel.wheel(cache / "kernel")]
    for wheel in [*hosted, *(place for place in big.values() if isinstance(place, Path))]:
        shutil.copyfile(wheel, folder / wheel.name)
    ours = lock.site_lock(theirs, hosted, big)
    (folder / "pyodide-lock.json").write_text(json.dumps(ours), encoding="utf-8")
    return lock.needed_for(ours, OF_THE_KERNEL + OF_THE_HELPERS), tuple(
        place for place in big.values() if isinstance(place, str)
    )


def _check_target(target: Path) -> None:
    if target.is_file() or (target.is_dir() and any(target.iterdir()) and not (target / "jupyter-lite.json").is_file()):
        raise SiteError(f"{target} holds something that is not a site. Choose an empty folder, or take it away first.")
