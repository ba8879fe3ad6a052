"""Build ``.venv`` from the locks, with a person's proxies and mirrors and none of their other settings of pip.

A target, a prefix or a constraint that somebody set for other work would send the packages elsewhere, or stop pip. So pip
gets only the settings that say where packages come from. A marker, by which make knows that a part is built, is written
only when the new environment can import that part.

The Makefile runs this file by its path, first with a Python that has no packages: it imports the standard library alone.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OVERRIDES = ROOT / "tools" / "lab_overrides.json"
# An extension of JupyterLab for lessons in Urdu and Arabic, and the package that has its font.
LETTERS, FONT = ROOT / "tools" / "lab_letters", "fontpkg_ibm_plex_sans_arabic"
# What each part is for, as a new environment must be able to import it.
PARTS = {
    "lab": ("jupyterlab", "ipykernel", "ipywidgets", "pandas", "matplotlib"),
    "classroom": ("nbgrader", "nh3", "tqdm"),
    "hub": ("jupyterhub", "nbgitpuller", "nbgrader"),
    "site": ("jupyterlite_core", "jupyterlite_pyodide_kernel"),
    "test": ("nbgrader", "jupyterhub", "jupyterlite_core", "pytest", "nbval", "xdist", "hypothesis", "playwright"),
}
# Where packages come from and how they are fetched. No other setting of the person reaches pip.
SOURCES = (
    *("index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "keyring-provider"),
    *("proxy", "cert", "client-cert", "use-feature", "use-deprecated"),
    *("timeout", "default-timeout", "retries", "cache-dir", "no-cache-dir"),
)
SECTIONS = ("global", "install", ":env:")  # in pip's own order: the later one wins


class SetUpError(Exception):
    """The environment could not be built; the message says what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Build one part of the environment, or run pip in it."""
    part, *rest = sys.argv[1:] if arguments is None else arguments
    try:
        if part == "pip":
            pip(rest, python(VENV))
        elif part == "letters":
            letters(Path(sys.prefix))
        else:
            build(part)
    except (SetUpError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped before the end. Give the same command again to go on.", file=sys.stderr)
        return 130
    return 0


def build(part: str) -> None:
    """Build one part of `PARTS`, and mark it as built when it can be imported; no mark is left by a step that fails.

    ``lab`` makes the environment anew; the others add to it.
    """
    lock = "requirements.txt" if part == "lab" else f"requirements-{part}.txt"
    marker = VENV / f".{part}"
    marker.unlink(missing_ok=True)
    if part == "lab" and subprocess.run([sys.executable, "-I", "-m", "venv", "--clear", str(VENV)]).returncode:
        raise SetUpError(
            f"{VENV.name} could not be made; the lines above say why. Correct that, or delete {VENV}, and try again."
        )
    pip(["install", "--quiet", "--require-hashes", "-r", str(ROOT / lock)], python(VENV))
    _look(part)
    if part == "lab":
        settings = VENV / "share" / "jupyter" / "lab" / "settings"
        settings.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(OVERRIDES, settings / "overrides.json")
        letters(VENV)
    marker.touch()


def letters(prefix: Path) -> None:
    """Put the extension for Arabic script into an environment, with the letters of its font; a course may be without."""
    places = (f"lib/python*/site-packages/{FONT}/files", f"Lib/site-packages/{FONT}/files")
    font = next((found for place in places for found in prefix.glob(place)), None)
    if font is None or not LETTERS.is_dir():
        return
    extension = prefix / "share" / "jupyter" / "labextensions" / "course-letters"
    (extension / "static").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LETTERS / "package.json", extension / "package.json")
    for path in (LETTERS / "remoteEntry.js", LETTERS / "letters.css", *font.glob("*-Regular.ttf"), *font.glob("*-Bold.ttf")):
        shutil.copyfile(path, extension / "static" / path.name)


def python(venv: Path) -> Path:
    """Return the Python of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pip_environment(listed: str) -> dict[str, str]:
    """Return the variables with which pip runs: those of the process, and of pip's settings only the sources of packages."""
    settings: dict[str, str] = {}
    found = [re.fullmatch(r"(global|install|:env:)\.([a-z-]+)=(['\"].*['\"])", line) for line in listed.splitlines()]
    for section in SECTIONS:
        for line in found:
            if line and line[1] == section and line[2] in SOURCES:
                settings[line[2]] = ast.literal_eval(line[3])
    # The null device in this place makes pip read no file of settings at all.
    return _without_pip() | {"PIP_CONFIG_FILE": os.devnull} | {_variable(name): value for name, value in settings.items()}


def _without_pip() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("PIP_")}


def _variable(setting: str) -> str:
    return "PIP_" + setting.upper().replace("-", "_")


def pip(arguments: list[str], python: Path) -> None:
    """Run an environment's pip; its own words go to the terminal. `SetUpError` if it cannot read its settings, or fails."""
    command = [str(python), "-I", "-m", "pip", "--disable-pip-version-check"]
    kept = {name: os.environ[name] for name in ("PIP_CONFIG_FILE", *map(_variable, SOURCES)) if name in os.environ}
    # The three v outweigh a "quiet" among the person's settings, which would hide the list.
    listing = subprocess.run([*command, "-vvv", "config", "list"], env=_without_pip() | kept, capture_output=True, text=True)
    if listing.returncode:
        sys.stderr.write(listing.stderr)
        raise SetUpError("pip cannot read its settings; the lines above say which file. Correct or move it, and try again.")
    if subprocess.run([*command, *arguments], env=pip_environment(listing.stdout)).returncode:
        raise SetUpError(
            "The packages were not installed; the lines above say why. The network, or a mirror named in pip's settings, "
            "must be within reach. Then give the same command again."
        )


def _look(part: str) -> None:
    """See that the environment can import what it was built for."""
    names = ", ".join(PARTS[part])
    tried = subprocess.run([str(python(VENV)), "-I", "-c", f"import {names}; print('able')"], capture_output=True, text=True)
    if "able" not in tried.stdout.splitlines():
        last = tried.stderr.strip().splitlines()[-1:] or ["Python ended without a word."]
        raise SetUpError(f"{VENV.name} was built, but cannot import all of: {names}. {last[0]}")


if __name__ == "__main__":
    sys.exit(main())
