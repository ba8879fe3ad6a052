"""What a hub runs: the Python of this environment, which every user must be able to read, and the proxy, from npm."""

from __future__ import annotations

import compileall
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from ..course import ROOT
from ..errors import TeacherError

PROXY = Path(sys.prefix) / "npm" / "hub-proxy"  # goes and comes with the environment
_LOCK = Path(__file__).parent / "proxy"  # package.json and package-lock.json, with the hash of each package
_ALL_MAY_ENTER, _ALL_MAY_READ = stat.S_IXOTH, stat.S_IROTH


def install_proxy(target: Path = PROXY) -> None:
    """Let npm install the proxy in the versions of its lock; nothing to do if they are there.

    Raises
    ------
    TeacherError
        If node or npm is missing, or npm refuses.
    """
    names = ("package.json", "package-lock.json")
    done = target / "node_modules" / ".package-lock.json"  # npm writes it last
    if done.exists() and all((target / name).read_bytes() == (_LOCK / name).read_bytes() for name in names):
        return
    npm = shutil.which("npm")
    if npm is None or not shutil.which("node"):
        raise TeacherError("Node.js 20 or newer with npm is missing, in which the hub's proxy runs. Install both.")
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(_LOCK / name, target / name)
    call = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    made = subprocess.run(call, cwd=target, capture_output=True, text=True)
    if made.returncode:
        said = (made.stderr or made.stdout).strip() or f"status {made.returncode}"
        raise TeacherError(f"npm could not install the hub's proxy into {target}. It says: {said}")


def compile_packages() -> None:
    """Compile the packages beforehand: students may not write there, and each start would take twice as long."""
    packages = {Path(path) for path in sys.path if Path(path).is_relative_to(sys.prefix) and Path(path).is_dir()}
    for folder in [*packages, ROOT / "helpers", ROOT / "content", ROOT / "classroom"]:
        compileall.compile_dir(folder, quiet=2, workers=0)


def check_readable(hub: Path) -> None:
    """See that all users of this machine can run the environment's Python and read the hub's folder.

    Raises
    ------
    TeacherError
        If one of them lies in a folder that others may not enter; the message names it.
    """
    for path in (Path(sys.executable), Path(sys.prefix), hub):
        if closed := closed_to_others(path):
            raise TeacherError(
                f"Students cannot read {path}: {closed} is closed to other users. Put the course and the hub where all may "
                "read, such as /srv, and make the environment with the system's Python: make env-hub PYTHON=/usr/bin/python3"
            )


def closed_to_others(path: Path) -> Path | None:
    """Return the first folder on the way to a file, links followed, that other users may not enter; or the file itself."""
    for target in (Path(os.path.abspath(path)), path.resolve()):
        for folder in reversed(target.parents):
            if folder.exists() and not folder.stat().st_mode & _ALL_MAY_ENTER:
                return folder
        if target.exists() and not target.stat().st_mode & _ALL_MAY_READ:
            return target
    return None
