"""Fetch Pyodide, Python compiled for browsers: from npm, in the one version that the kernel was made for."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION  # type: ignore[import-untyped]

from tools.site.errors import SiteError

VERSION = "314.0.6"
# npm's own word for the package of this version. Whoever raises the version writes here what `npm view pyodide@VERSION
# dist.integrity` says.
INTEGRITY = "sha512-BKDTJyIqFxC4BExLqeRS3f5xvXZIjOt8C3zGLN/Cc7tFxSwvKVhVkchQQ2AGLOtR4YrVOIFxbV8poyDOOmWwxQ=="
# What runs in a page. The rest of the package is types for programmers, consoles and source maps.
PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


def fetch(cache: Path) -> Path:
    """Return a folder with the parts of Pyodide that a page needs.

    Parameters
    ----------
    cache : pathlib.Path
        Where the package from npm is kept between builds.

    Returns
    -------
    pathlib.Path
        The folder, inside the cache.

    Raises
    ------
    SiteError
        If npm is missing or refuses, if the package is not the one that the course knows, or if the kernel was made for
        another version.
    """
    if PYODIDE_VERSION != VERSION:
        raise SiteError(
            f"The kernel for the browser wants Pyodide {PYODIDE_VERSION}, and the course fetches {VERSION}. "
            "Change VERSION and INTEGRITY in tools/site/pyodide.py, and the versions in tools/site/wheels.in."
        )
    archive = cache / f"pyodide-{VERSION}.tgz"
    if not archive.exists():
        _ask_npm(cache)
    if integrity(archive) != INTEGRITY:
        archive.unlink()
        raise SiteError(
            f"{archive.name} is not the file that the course knows: its sha512 differs. It is deleted. "
            "Build again; if it happens again, ask whoever looks after your npm registry."
        )
    return _unpack(archive, cache / f"pyodide-{VERSION}")


def integrity(file: Path) -> str:
    """Return the hash of a file in npm's notation.

    Parameters
    ----------
    file : pathlib.Path
        The file.

    Returns
    -------
    str
        ``sha512-`` and the hash in base 64.
    """
    return "sha512-" + base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()


def _ask_npm(cache: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SiteError(
            "npm is missing. It comes with Node.js, and the site needs it once, to fetch Python for the browser (the "
            f"package pyodide {VERSION}). Install Node.js, or put the file pyodide-{VERSION}.tgz into {cache}."
        )
    cache.mkdir(parents=True, exist_ok=True)
    command = [npm, "pack", f"pyodide@{VERSION}", "--pack-destination", str(cache), "--ignore-scripts", "--silent"]
    result = subprocess.run(command, cwd=cache, capture_output=True, text=True)
    if result.returncode:
        raise SiteError(f"npm could not fetch pyodide {VERSION}. It says:\n{(result.stderr or result.stdout).strip()}")


def _unpack(archive: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tarfile.open(archive) as package:
        for name in PARTS:
            part = package.extractfile(f"package/{name}")
            if part is None:
                raise SiteError(f"{archive.name} holds no {name}.")
            (folder / name).write_bytes(part.read())
    return folder
