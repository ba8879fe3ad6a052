"""Every edition has the same versions: the lock, the conda environment and the commands of the Makefile."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.support.environment import needs_program

ROOT = Path(__file__).resolve().parents[2]
ALL_OF_THEM = "requirements-test.txt"  # the tests need what every other lock holds
LOCKS = ("requirements.txt", "requirements-classroom.txt", "requirements-hub.txt", "requirements-site.txt", ALL_OF_THEM)
# The lock has current releases. The edition in the browser has Pyodide's: tests/editions/test_site_parts.py names them.
CURRENT = {"pandas": "3.1.1", "matplotlib": "3.11.2", "numpy": "2.4.6"}
# Names that conda-forge writes differently.
PYPI_NAME = {"matplotlib-base": "matplotlib"}
# Steps of a command, not commands of their own.
INTERNAL_TARGETS = {"anew", "env-classroom", "env-hub", "env-site", "env-test"}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read_lock(name: str) -> dict[tuple[str, str], tuple[str, int]]:
    """Read a lock file: (package, marker) to (version, number of hashes)."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    locked = {}
    for line in lines:
        match = re.fullmatch(
            r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+)(?: ; (?P<marker>.*?))?(?P<rest>( +--hash=\S+)*) *", line
        )
        assert match, f"{name} has a line that is not 'package==version' with hashes: {line[:100]!r}"
        hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}(?= |$)", match["rest"])
        locked[match["name"], match["marker"] or ""] = (match["version"], len(hashes))
    return locked


def locked_versions(name: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file; more than one if they depend on the system or on Python."""
    versions: dict[str, set[str]] = {}
    for (package, _), (version, _) in read_lock(name).items():
        versions.setdefault(package, set()).add(version)
    return versions


def needs(requirements: list[str]) -> list[str]:
    return [re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower() for requirement in requirements]


RUNTIME = needs(PROJECT["dependencies"])
EXTRAS = {name: needs(wanted) for name, wanted in PROJECT["optional-dependencies"].items()}


# --- the lock ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name: str) -> None:
    without = [package for (package, _), (_, hashes) in read_lock(name).items() if hashes == 0]
    assert not without, f"{name} has no hash for: {', '.join(without)}. Run `make lock`."


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_no_address(name: str) -> None:
    """An address would bind the course to one registry, and might belong to somebody's own machine."""
    bad = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if "://" in line or "index-url" in line]
    assert not bad, f"{name} contains an address: {bad[0]}"


@pytest.mark.parametrize("name", [name for name in LOCKS if name != ALL_OF_THEM])
def test_all_locks_have_the_same_version_of_a_package(name: str) -> None:
    # A package may need a marker in one file and none in the other, so versions are compared by name.
    first, second = locked_versions(name), locked_versions(ALL_OF_THEM)
    missing = first.keys() - second.keys()
    differing = {name: (first[name], second[name]) for name in first.keys() & second.keys() if first[name] != second[name]}
    assert len(first) > 50
    assert not missing, f"{ALL_OF_THEM} lacks {sorted(missing)}. Run `make lock`."
    assert not differing, f"{name} and {ALL_OF_THEM} disagree: {differing}. Run `make lock`."


@pytest.mark.parametrize(("package", "version"), CURRENT.items())
def test_the_versions_of_the_lock(package: str, version: str) -> None:
    for name in LOCKS:
        assert locked_versions(name)[package] == {version}, f"{name}: {package} must be {version} on every system"
    assert f"{package}=={version}" in PROJECT["dependencies"]


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("requirements.txt", []),
        ("requirements-classroom.txt", ["classroom"]),
        ("requirements-hub.txt", ["classroom", "hub"]),
        ("requirements-site.txt", ["site"]),
        (ALL_OF_THEM, list(EXTRAS)),
    ],
)
def test_the_locks_hold_what_pyproject_asks_for(name: str, extras: list[str]) -> None:
    wanted = RUNTIME + [package for extra in extras for package in EXTRAS[extra]]
    assert not set(wanted) - locked_versions(name).keys(), "Run `make lock`."


def test_pins_of_pyproject_stand_in_the_lock() -> None:
    versions = locked_versions(ALL_OF_THEM)
    asked_for = PROJECT["dependencies"] + [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    pins = [line.split("==") for line in asked_for if "==" in line]
    differing = [f"{name}: {version}, locked {versions[name]}" for name, version in pins if versions[name] != {version}]
    assert not differing, f"{differing}. Run `make lock`."


# --- environment.yml, as repo2docker and conda read it ------------------------------------------

ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONDA = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
PIP = [line for part in ENVIRONMENT["dependencies"] if isinstance(part, dict) for line in part["pip"]]


def repo2docker_python(dependencies: list[object]) -> str | None:
    """What repo2docker takes for the version of Python (CondaBuildPack.python_version): None is its default, 3.10."""
    for dependency in dependencies:
        if isinstance(dependency, str):
            match = re.match(r"python\s*=+\s*([\d.]*)", dependency)
            if match:
                return match[1]
    return None


def test_binder_gets_the_python_that_is_meant() -> None:
    assert repo2docker_python(ENVIRONMENT["dependencies"]) == "3.12"
    assert "python=3.12" in CONDA, "write exactly python=3.12"
    least = re.fullmatch(r">=3\.(\d+)", PROJECT["requires-python"])
    assert least and int(least[1]) <= 12


@pytest.mark.parametrize("line", ["python>=3.12", "python 3.12", "python<3.13"])
def test_other_ways_to_write_python_would_not_be_understood(line: str) -> None:
    assert repo2docker_python([line]) is None


def test_conda_forge_is_the_only_channel() -> None:
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert not [line for line in CONDA if "::" in line]
    assert ENVIRONMENT["name"] == PROJECT["name"]


@pytest.mark.parametrize("line", [line for line in CONDA if line != "pip" and not line.startswith("python=")])
def test_a_conda_line_agrees_with_the_lock(line: str) -> None:
    match = re.fullmatch(r"([a-z0-9-]+)=([0-9.]+)", line)
    assert match, f"environment.yml: {line!r} must have the form name=version"
    package = PYPI_NAME.get(match[1], match[1])
    (locked,) = locked_versions("requirements.txt")[package]
    assert f"{locked}.".startswith(f"{match[2]}."), f"environment.yml has {line}, the lock has {locked}"


def test_pip_lines_name_packages_at_the_locks_versions() -> None:
    """A line such as ``-r file`` or ``-e .`` would make Binder build anew at every commit."""
    assert not PIP or "pip" in CONDA, "conda wants pip itself among its lines when there are pip lines"
    for line in PIP:
        match = re.fullmatch(r"([a-z0-9-]+)==([0-9.]+)", line)
        assert match, f"environment.yml, pip: {line!r} must have the form name==version"
        assert locked_versions("requirements.txt")[match[1]] == {match[2]}


def test_the_conda_environment_has_every_need_of_the_lessons() -> None:
    names = [line.split("=")[0] for line in CONDA + PIP]
    known = [PYPI_NAME.get(name, name) for name in names]
    assert sorted(set(known) - {"python", "pip"}) == sorted(RUNTIME)
    assert len(known) == len(set(known)), "a package stands twice in environment.yml"


def test_no_other_file_speaks_to_binder() -> None:
    """Another configuration would win over environment.yml, or be ignored beside it without a word."""
    others = ["binder", ".binder", "Dockerfile", "Pipfile", "runtime.txt", "setup.py", "apt.txt"]
    assert not [name for name in others if (ROOT / name).exists()]


def test_post_build_stops_at_the_first_error() -> None:
    script = ROOT / "postBuild"
    if not script.exists():
        return  # there is nothing to do after the build
    first, second = script.read_text(encoding="utf-8").splitlines()[:2]
    assert first.startswith("#!") and second == "set -euo pipefail"
    assert os.access(script, os.X_OK), "postBuild must be executable"


# --- the commands ------------------------------------------------------------------------------


def test_help_lists_every_command() -> None:
    needs_program("make")
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    phony = {name for line in re.findall(r"^\.PHONY:(.*)$", text, re.MULTILINE) for name in line.split()}
    outer = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")  # of the `make test` that may have started us
    alone = {name: value for name, value in os.environ.items() if name not in outer}
    shown = subprocess.run(["make", "help"], cwd=ROOT, env=alone, capture_output=True, text=True, timeout=30, check=True)
    listed = re.findall(r"^  make ([a-z-]+) +\S.*$", shown.stdout, re.MULTILINE)
    assert len(listed) == len(shown.stdout.splitlines()), f"make help printed a line without words: {shown.stdout}"
    assert set(listed) == phony - INTERNAL_TARGETS
    assert {"lab", "test", "quick", "env", "fresh", "notebooks", "data", "lint", "bench", "latest", "lock"} <= set(listed)


# --- the address -------------------------------------------------------------------------------

PLACEHOLDER = re.compile(
    r"example\.(org|com|net)|YOUR[-_ ]?(NAME|USER)|\b(OWNER|USERNAME|USER|ORG)/(REPO|a-new-chapter)", re.IGNORECASE
)
PAGES = [
    path
    for pattern in ("*.md", "*.cff", "*.yml", ".github/**/*.yml", "data/*.*", "helpers/**/*.py", "notebooks/**/*.ipynb")
    for path in sorted(ROOT.glob(pattern))
    if ".ipynb_checkpoints" not in path.parts and path.name != "article.txt"
]


def test_the_address_of_the_repository_stands_in_one_place() -> None:
    """``[project.urls]`` in pyproject.toml, once the course is published; until then nowhere."""
    addresses = PROJECT["urls"]
    assert set(addresses) in (set(), {"Repository", "Contact"})
    for address in addresses.values():
        assert re.fullmatch(r"https://[^\s/]+/\S+[^\s/]|mailto:\S+@\S+", address), address
        assert not PLACEHOLDER.search(address), f"{address} is made up"
    assert PAGES
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        found = PLACEHOLDER.search(text)
        assert not found, f"{path.relative_to(ROOT)} has a made-up address: {found[0]}"
        if addresses:
            assert addresses["Repository"] not in text, f"{path.relative_to(ROOT)} repeats the address of the repository"
