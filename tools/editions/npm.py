"""Other people's programs for browsers, from npm: each in one version, and checked against its hash before it is used.

They are fetched when an edition is built for the first time, and kept. None runs here, and none stands in the repository.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

KEPT = Path(sys.prefix) / "npm"  # goes and comes with the environment


class NpmError(Exception):
    """A package could not be had; the message says why, and what to do."""


@dataclass(frozen=True)
class Package:
    """A package of npm."""

    # name and version: Which one.
    name: str
    version: str
    # npm's own word for it. Whoever raises the version writes here what ``npm view NAME@VERSION dist.integrity`` says.
    integrity: str
    parts: dict[str, str]  # what is used of it: the name that a part has with us, and its path in the package

    @property
    def file(self) -> str:
        """The name of its archive."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


def parts(package: Package, kept: Path = KEPT) -> dict[str, bytes]:
    """Return what is used of a package; npm is asked for it if it is not there yet.

    Parameters
    ----------
    package : Package
        Which one.
    kept : pathlib.Path, default in the environment
        Where archives are kept between builds.

    Returns
    -------
    dict of str to bytes
        By the names that the parts have with us.

    Raises
    ------
    NpmError
        If npm is missing or refuses, or if the package is not the one that the course knows.
    """
    archive = kept / package.file
    if not archive.exists():
        _ask(package, kept)
    if integrity(archive) != package.integrity:
        archive.unlink(missing_ok=True)
        raise NpmError(
            f"{archive.name} is not the file that the course knows: its sha512 differs. It is deleted. "
            "Build again; if it happens again, ask whoever looks after your npm registry."
        )
    with tarfile.open(archive) as opened:
        return {name: _read(opened, path) for name, path in package.parts.items()}


def integrity(file: Path) -> str:
    """Return the hash of a file in npm's notation: ``sha512-`` and the hash in base 64."""
    return "sha512-" + base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()


def _ask(package: Package, kept: Path) -> None:
    """Let npm fetch an archive. It comes into the place of the kept one in one step, also when two builds fetch it."""
    npm = shutil.which("npm")
    if npm is None:
        raise NpmError(
            f"npm is missing, which brings the package {package.name} {package.version}. It comes with Node.js: install "
            f"that, or put the file {package.file} into {kept}."
        )
    wanted = f"{package.name}@{package.version}"
    try:
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept, prefix=".fetch-") as folder:
            options = ["--pack-destination", folder, "--ignore-scripts", "--silent", "--fetch-retries=1"]
            result = subprocess.run([npm, "pack", wanted, *options], cwd=folder, capture_output=True, text=True)
            if result.returncode:
                words = (result.stderr or result.stdout).strip()
                raise NpmError(f"npm could not fetch {package.name} {package.version}. It says:\n{words}")
            (Path(folder) / package.file).replace(kept / package.file)
    except OSError as problem:
        raise NpmError(f"{package.file} could not be kept in {kept}: {problem.strerror}.") from None


def _read(archive: tarfile.TarFile, path: str) -> bytes:
    try:
        part = archive.extractfile(f"package/{path}")
    except KeyError:
        part = None
    if part is None:
        raise NpmError(f"The package holds no {path}.")
    return part.read()


def parts_or_sentence(packages: Sequence[Package], sentence: str) -> dict[str, bytes]:
    """What packages hold; if one cannot be had, nothing, and a sentence that says what the reader gets without them."""
    found: dict[str, bytes] = {}
    try:
        for package in packages:
            found |= parts(package)
    except NpmError as problem:
        print(f"{sentence} {problem}", file=sys.stderr)
        return {}
    return found
