"""The course as a git repository, of which each student gets a copy. Commits are only added, so that copies can follow."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..errors import TeacherError
from ..files import write_if_changed

BRANCH = "main"
_AUTHOR = ("-c", "user.name=The course", "-c", "user.email=course@localhost")


def commit_files(repository: Path, files: Mapping[str, bytes]) -> int:
    """Make a repository hold these files, by adding at most one commit to those that it has.

    Parameters
    ----------
    repository : pathlib.Path
        A bare repository; it is made if it is not there.
    files : mapping of str to bytes
        All files, by path.

    Returns
    -------
    int
        How many files differ from those before; 0 adds no commit.

    Raises
    ------
    TeacherError
        If git is missing, or refuses.
    """
    if not shutil.which("git"):
        raise TeacherError("git is missing, with which students get their copies. Install it: sudo apt-get install git")
    if not repository.exists():
        _git(repository.parent, "init", "--quiet", "--bare", f"--initial-branch={BRANCH}", repository.name)
    with tempfile.TemporaryDirectory(prefix="course-") as name:
        work = Path(name) / "course"
        _git(Path(name), "clone", "--quiet", str(repository), "course")
        _git(work, "symbolic-ref", "HEAD", f"refs/heads/{BRANCH}")
        for there in [path for path in work.iterdir() if path.name != ".git"]:
            shutil.rmtree(there) if there.is_dir() else there.unlink()
        for path, content in files.items():
            write_if_changed(work / path, content)
        _git(work, "-c", "core.autocrlf=false", "add", "--all", "--force")
        changed = _git(work, "status", "--porcelain").splitlines()
        if changed:
            _git(work, *_AUTHOR, "commit", "--quiet", "-m", "The course as it is handed out")
            _git(work, "push", "--quiet", "origin", f"HEAD:{BRANCH}")
    return len(changed)


def _git(folder: Path, *arguments: str) -> str:
    """Run git without anybody's own settings, and hand on what it says when it refuses."""
    own = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=folder, env=own, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise TeacherError(f"git could not do its part in {folder}. It says: {said}")
    return done.stdout
