"""``make latest``: try the newest versions of everything, and report. Never fails the build.

The course pins its versions, so a new pandas cannot break a lesson overnight. This tool says beforehand what will break:
it installs the newest version of every need of ``pyproject.toml`` into an environment of its own, runs every test there
on a copy of the files, and prints a table. Nothing in the working tree changes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements-test.txt"
INSTALL_MINUTES, TEST_MINUTES = 20, 60
LINES_SHOWN = 40  # of what pip or pytest said at the end
# Where no git is at hand (a downloaded zip), these are not part of the course.
_NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "my_notebooks", "article.txt", "*.egg-info", "build", "dist")


@dataclass(frozen=True)
class Result:
    """How a command ended.

    Attributes
    ----------
    passed : bool
        Whether it ended with exit code 0 and in time.
    output : str
        What it printed.
    """

    passed: bool
    output: str

    @property
    def tail(self) -> str:
        """The last lines of the output."""
        return "\n".join(self.output.strip().splitlines()[-LINES_SHOWN:])


def main() -> int:
    """Try the newest versions and print a report; progress goes to stderr.

    Returns
    -------
    int
        Always 0: a report is not a verdict on the course as it is locked.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for extra in project["optional-dependencies"].values() for line in extra]
    names = package_names(project["dependencies"] + extras)
    locked = locked_versions((ROOT / LOCK).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="course-latest-", ignore_cleanup_errors=True) as folder:
        try:
            installed, result = try_newest(names, Path(folder))
        except OSError as problem:
            installed, result = {}, Result(False, f"The trial could not be made: {problem}")
    print(report(names, locked, installed, result))
    return 0


def try_newest(names: list[str], folder: Path) -> tuple[dict[str, str], Result]:
    """Install the newest versions in a new environment and run the tests there.

    Parameters
    ----------
    names : list of str
        The packages.
    folder : pathlib.Path
        An empty folder for the environment and the copy.

    Returns
    -------
    dict of str to str
        The versions that were installed; empty if the installation failed.
    Result
        How the tests ended; if the installation failed, how that ended.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    _say("Making an environment of its own …")
    python = _new_environment(folder / "venv")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    _say(f"Installing the newest versions of {len(names)} packages …")
    done = run([*pip, "install", "--quiet", "--upgrade", *names], folder, minutes=INSTALL_MINUTES)
    if not done.passed:
        return {}, done
    listed = run([*pip, "list", "--format=json"], folder, minutes=1)
    if not listed.passed:
        return {}, listed
    installed = {canonical(package["name"]): package["version"] for package in json.loads(listed.output)}
    _say("Running every test on a copy of the files …")
    copy = copy_course(folder / "course")
    return installed, run([str(python), "-m", "pytest", "-q", "--tb=line", "--maxfail=20"], copy, minutes=TEST_MINUTES)


def _new_environment(folder: Path) -> Path:
    builder = venv.EnvBuilder(with_pip=True)
    try:
        builder.create(folder)
    except subprocess.CalledProcessError as problem:  # ensurepip
        raise OSError(f"an environment with pip could not be made: {problem}") from problem
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def copy_course(target: Path) -> Path:
    """Copy the course: every file that git does not ignore; without git, all that belongs to it by its name.

    Parameters
    ----------
    target : pathlib.Path
        A folder that does not exist yet.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    OSError
        If a file cannot be copied.
    """
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(ROOT, target, ignore=_NOT_COPIED)
        return target
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # not one that was deleted and not yet committed
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def run(command: list[str], folder: Path, *, minutes: float) -> Result:
    """Run a command in a folder, with nothing of this environment but its clock, language and programs.

    Parameters
    ----------
    command : list of str
        The program and its arguments.
    folder : pathlib.Path
        Where to run it.
    minutes : float
        How long it may take.

    Returns
    -------
    Result
    """
    ours = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # so that it can be ended with all that it started
    ) as process:
        try:
            output, _ = process.communicate(timeout=minutes * 60)
        except subprocess.TimeoutExpired:
            _end(process)
            return Result(False, f"It took longer than {minutes:g} minutes and was stopped.")
        except BaseException:
            _end(process)
            raise
    return Result(process.returncode == 0, output)


def _end(process: subprocess.Popen[str]) -> None:
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def canonical(name: str) -> str:
    """Return a package's name in the one form that lock files use.

    Parameters
    ----------
    name : str
        For example ``types_PyYAML``.

    Returns
    -------
    str
        For example ``types-pyyaml``.
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def package_names(requirements: list[str]) -> list[str]:
    """Return the packages of requirements, their pins taken off.

    Parameters
    ----------
    requirements : list of str
        For example ``["pandas==3.0.2", "jupyterlab>=4.4,<5"]``.

    Returns
    -------
    list of str
        For example ``["pandas", "jupyterlab"]``.

    Raises
    ------
    ValueError
        If a requirement does not begin with a name.
    """
    names = []
    for requirement in requirements:
        match = re.match(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)", requirement)
        if match is None:
            raise ValueError(f"{requirement!r} is not a requirement: it must begin with the name of a package.")
        names.append(canonical(match[1]))
    return names


def locked_versions(lock: str) -> dict[str, str]:
    """Return the versions in a lock file.

    Parameters
    ----------
    lock : str
        The text of the file.

    Returns
    -------
    dict of str to str
        By package; where the version depends on the system or on Python, all of them.
    """
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", lock, re.MULTILINE):
        if version not in versions.setdefault(name, []):
            versions[name].append(version)
    return {name: " or ".join(found) for name, found in versions.items()}


def report(names: list[str], locked: dict[str, str], installed: dict[str, str], result: Result) -> str:
    """Return the report: a table of versions, and whether the tests passed.

    Parameters
    ----------
    names : list of str
        The packages of ``pyproject.toml``.
    locked, installed : dict of str to str
        Their versions in the lock, and those that were tried; none were if the installation failed.
    result : Result
        How the tests ended; if the installation failed, how that ended.

    Returns
    -------
    str
        Markdown.
    """
    if not installed:
        return f"The newest versions could not be installed, so nothing was tested. The last lines:\n\n{result.tail}"
    lines = [f"Python {sys.version.split()[0]}", "", "| package | locked | newest | |", "| --- | --- | --- | --- |"]
    for name in names:
        before, now = locked.get(name, "not locked"), installed.get(name, "not installed")
        lines.append(f"| {name} | {before} | {now} | {'' if before == now else 'differs'} |")
    if result.passed:
        last = result.output.strip().splitlines()[-1:]
        lines += ["", "With the newest versions **every test passed**. " + "".join(last)]
    else:
        lines += [
            "",
            "With the newest versions **not every test passed**. (One that fails with `make test` too has another cause.)",
        ]
        lines += ["The last lines:", "", result.tail]
    return "\n".join(lines)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
