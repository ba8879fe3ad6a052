"""Fonts for the browser: of a family, the files that figures use. The others would be most of what a reader waits for."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from helpers.plotting.theme import FONT_FILES

_USED = {file for _, files in FONT_FILES.values() for file in files}


def fitted(wheel: Path, folder: Path) -> Path:
    """Write a package of fonts anew, without the files that no figure uses; return it, or any other package as it is.

    Its licence stays in it, and no file is altered.
    """
    with zipfile.ZipFile(wheel) as whole:
        left_out = {name for name in whole.namelist() if _is_unused(name)}
        if not left_out:
            return wheel
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / wheel.name
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as smaller:
            for about in whole.infolist():
                if about.filename not in left_out:
                    smaller.writestr(about, _without(left_out, about.filename, whole.read(about)), zipfile.ZIP_DEFLATED)
    return target


def _is_unused(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix == ".ttf" and path.parts[0].startswith("fontpkg_") and path.stem not in _USED


def _without(left_out: set[str], name: str, content: bytes) -> bytes:
    """A file's content; the list of all files lacks those left out."""
    if not name.endswith(".dist-info/RECORD"):
        return content
    lines = content.decode().splitlines(keepends=True)
    return "".join(line for line in lines if line.split(",")[0] not in left_out).encode()
