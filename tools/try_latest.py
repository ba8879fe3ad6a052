"""``make latest``: try the newest version of everything in an environment of its own, and report. Never fails the build.

The course pins its versions, so a new pandas cannot break a lesson overnight; this says beforehand what will break. The
tests run on a copy, and nothing in the working tree changes.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from tools import environment

ROOT = Path(__file__).resolve().parents[1]
NOT_COPIED = (".git", ".venv*", ".*_cache", ".hypothesis", "__pycache__", "my_notebooks", "article.txt", "build", "dist")
OUTER = ("VIRTUAL_ENV", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")  # of the make that called us
VERSIONS = "import importlib.metadata as m, sys; print(*(m.version(name) for name in sys.argv[1:]))"


def main() -> int:
    """Try the newest versions and say what became of it; always 0, because a report is no verdict on the locked course."""
    with tempfile.TemporaryDirectory(prefix="course-latest-", ignore_cleanup_errors=True) as folder:
        try:
            outcome = "every test passed" if tried(Path(folder)) else "**not every test passed**"
            print(f"With the newest versions {outcome}.")
        except (environment.SetUpError, subprocess.CalledProcessError, OSError) as problem:
            print(f"The newest versions could not be installed, so nothing was tested. {problem}")
    return 0


def packages() -> list[str]:
    """Return the packages of ``pyproject.toml``, without their pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return sorted({Requirement(line).name for line in lines})


def tried(folder: Path) -> bool:
    """Install the newest versions, print which they are, and run the tests there; return whether all passed."""
    subprocess.run([sys.executable, "-I", "-m", "venv", str(folder / "venv")], check=True)
    python = environment.python(folder / "venv")
    names = packages()
    environment.pip(["install", "--quiet", "--upgrade", *names], python)
    shown = subprocess.run([str(python), "-I", "-c", VERSIONS, *names], check=True, capture_output=True, text=True)
    for name, newest in zip(names, shown.stdout.split(), strict=True):
        locked = importlib.metadata.version(name)
        print(f"- {name} {newest}" + ("" if newest == locked else f" (locked: {locked})"), flush=True)
    course = shutil.copytree(ROOT, folder / "course", ignore=shutil.ignore_patterns(*NOT_COPIED))
    inside = {name: value for name, value in os.environ.items() if name not in OUTER}
    tests = [str(python), "-m", "pytest", "-q", "--tb=line", "--maxfail=20"]
    return subprocess.run(tests, cwd=course, env=inside).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
