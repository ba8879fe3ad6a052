"""Fetch the packages that the kernel needs in the browser, and check each against its hash.

Three kinds: those named in ``wheels.txt``, from the Python package index; those that come with the kernel itself; and the
five big ones, which exist for browsers only where Pyodide publishes them. The page loads these five from there, unless a
folder with the files is given.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL  # type: ignore[import-untyped]

from tools.editions.site.errors import SiteError
from tools.editions.site.in_page.course_page import PACKAGES

PINS = Path(__file__).with_name("wheels.txt")
# Compiled for Pyodide by its makers and published on their content network only, not on the Python package index.
BIG_FIVE = tuple(sorted(PACKAGES.values()))
# The kernel brings these. It brings a second widgetsnbextension too, for ipywidgets 7.
OF_THE_KERNEL = ("ipykernel", "piplite", "pyodide_kernel", "widgetsnbextension-4")


def fetch(folder: Path, platform: str) -> list[Path]:
    """Return the wheels of the pinned packages, by name, fetched into a folder where they are kept between builds.

    `platform` is Pyodide's name for its own: ``pyemscripten_2026_0_wasm32``. `SiteError` if pip cannot fetch one of the
    packages, or a hash differs.
    """
    stamp, pins = folder / "pins.sha256", sha256(PINS)
    if stamp.exists() and stamp.read_text() == pins:
        return sorted(folder.glob("*.whl"))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):
        old.unlink()
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "--python-version", "3.14", "--implementation", "cp"]
    command += ["--abi", "cp314", "--platform", platform, "--requirement", str(PINS), "--dest", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise SiteError(f"pip could not fetch the packages of {PINS.name}. It says:\n{result.stderr.strip()}")
    stamp.write_text(pins)
    return sorted(folder.glob("*.whl"))


def of_the_kernel(extension: Path) -> list[Path]:
    """Return the packages that come with the kernel."""
    found = [sorted((extension / "static" / "pypi").glob(f"{name}*.whl")) for name in OF_THE_KERNEL]
    if not all(len(wheels) == 1 for wheels in found):
        raise SiteError(f"The kernel's own packages are not as expected in {extension / 'static' / 'pypi'}.")
    return [wheels[0] for wheels in found]


def big_five(lock: dict[str, Any], folder: Path | None) -> dict[str, str | Path]:
    """Say where each of the five big packages comes from."""
    if folder is None:
        return {name: f"{PYODIDE_CDN_URL}/{lock[name]['file_name']}" for name in BIG_FIVE}
    files = {name: folder / lock[name]["file_name"] for name in BIG_FIVE}
    missing = [file.name for file in files.values() if not file.is_file()]
    if missing:
        raise SiteError(
            f"{folder} lacks {len(missing)} of the five packages:\n  " + "\n  ".join(missing) + "\n"
            f"Download them from {PYODIDE_CDN_URL}/ into that folder, and build again."
        )
    for name, file in files.items():
        if sha256(file) != lock[name]["sha256"]:
            raise SiteError(f"{file} is not the file that Pyodide knows: its sha256 differs. Download it again.")
    return dict(files)


def sha256(file: Path) -> str:
    """Return the sha256 of a file, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_lock(pyodide: Path) -> dict[str, Any]:
    """Read Pyodide's own lock."""
    lock: dict[str, Any] = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    return lock
