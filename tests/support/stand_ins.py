"""Wheels that stand in for real ones: a name, needs, a line of Python."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path


def a_wheel(path: Path, *, needs: Sequence[str] = (), module: str = "", code: str = "") -> Path:
    """Write a wheel whose name, version and module are read from the name of the file.

    Parameters
    ----------
    path : pathlib.Path
        For example ``six-1.17.0-py3-none-any.whl``.
    needs : sequence of str
        Lines of ``Requires-Dist``.
    module : str, optional
        What it makes importable; its own name by default.
    code : str, optional
        The module's code.

    Returns
    -------
    pathlib.Path
        The path.
    """
    name, version = path.name.split("-")[:2]
    info = f"{name}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *(f"Requires-Dist: {need}" for need in needs)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{module or name}/__init__.py", code)
        archive.writestr(f"{info}/METADATA", "\n".join(metadata) + "\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path
