"""Fetch Pyodide, Python compiled for browsers: from npm, in the one version that the kernel was made for."""

from __future__ import annotations

import shutil
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION  # type: ignore[import-untyped]

from tools.editions import npm
from tools.editions.site.errors import SiteError

VERSION = "314.0.6"
# What runs in a page. The rest of the package is types for programmers, consoles and source maps.
_PARTS = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PACKAGE = npm.Package(
    "pyodide",
    VERSION,
    "sha512-BKDTJyIqFxC4BExLqeRS3f5xvXZIjOt8C3zGLN/Cc7tFxSwvKVhVkchQQ2AGLOtR4YrVOIFxbV8poyDOOmWwxQ==",
    dict(zip(_PARTS, _PARTS, strict=True)),
)


def fetch(cache: Path) -> Path:
    """Return a folder in the cache with the parts of Pyodide that a page needs; the cache keeps npm's package, too.

    `SiteError` if npm is missing or refuses, if the package is not the one that the course knows, or if the kernel was made
    for another version.
    """
    if PYODIDE_VERSION != VERSION:
        raise SiteError(
            f"The kernel for the browser wants Pyodide {PYODIDE_VERSION}, and the course fetches {VERSION}. "
            "Change VERSION and PACKAGE in tools/editions/site/pyodide.py, and the versions in wheels.in beside it."
        )
    try:
        parts = npm.parts(PACKAGE, cache)
    except npm.NpmError as problem:
        raise SiteError(str(problem)) from None
    folder = cache / f"pyodide-{VERSION}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in parts.items():
        (folder / name).write_bytes(content)
    return folder
