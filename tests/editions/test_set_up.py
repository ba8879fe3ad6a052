"""Building `.venv`: whatever a person has set for other work, a part is marked as built only when it is there."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.environment import needs_program
from tests.support.stand_ins import a_wheel
from tools import environment

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def a_program(path: Path, lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


# --- the Python that is taken ------------------------------------------------------------------

PYTHON = shlex.quote(sys.executable)
# Each is called with -I -c CODE.
PYTHONS = {
    "able": f'exec {PYTHON} "$@"',
    "talks": f'echo "before"; {PYTHON} "$@"; echo "after" >&2',
    "old": f"exec {PYTHON} -I -c 'import sys; sys.version_info = (3, 9, 2); exec(sys.argv[1])' \"$3\"",
    "without-venv": f'exec {PYTHON} -I -c \'import sys; sys.modules["ensurepip"] = None; exec(sys.argv[1])\' "$3"',
    "ends-at-once": "exit 0",
    "fails-at-once": "echo 'Fatal Python error: no module named encodings' >&2; exit 1",
    "shim": "echo 'shim: this version is not installed' >&2; exit 127",
}


def found(folder: Path, *names: str, **variables: str) -> subprocess.CompletedProcess[str]:
    for name, lines in PYTHONS.items():
        a_program(folder / name, lines)
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"} | variables
    call = ["sh", str(ROOT / "tools/find_python.sh"), *names]
    return subprocess.run(call, env=environment, capture_output=True, text=True, timeout=30)


@posix
def test_the_first_python_that_is_able_is_taken(tmp_path: Path) -> None:
    done = found(tmp_path, "not-there", "old", "shim", "ends-at-once", "able")
    assert (done.returncode, done.stdout, done.stderr) == (0, "able\n", "")


@posix
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("old", "this is Python 3.9, and the course needs 3.11 or newer"),
        ("without-venv", "its part 'ensurepip' is missing (Debian: apt install python3-venv)"),
        ("ends-at-once", "it ended without a word"),
        ("fails-at-once", "Fatal Python error: no module named encodings"),
        ("shim", "shim: this version is not installed"),
    ],
)
def test_a_python_that_is_not_able_is_named_with_its_own_reason(tmp_path: Path, name: str, reason: str) -> None:
    done = found(tmp_path, "not-there", name)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"  {name}: {reason}\n" in done.stderr and "not-there" not in done.stderr


@posix
def test_a_start_up_file_that_prints_does_no_harm(tmp_path: Path) -> None:
    assert found(tmp_path, "talks").stdout == "talks\n"


@posix
def test_no_python_at_all(tmp_path: Path) -> None:
    done = found(tmp_path, "not-there")
    assert done.returncode == 1 and done.stderr.startswith("No Python was found. Install Python 3.11")


@posix
def test_what_a_person_set_for_python_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(0)", encoding="utf-8")
    done = found(tmp_path, "able", PYTHONHOME="/nowhere", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "able\n")


# --- the settings of pip -----------------------------------------------------------------------


def test_only_where_packages_come_from_reaches_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for name in ("TARGET", "PREFIX", "USER", "ROOT", "CONSTRAINT", "REQUIRE_VIRTUALENV", "NO_DEPS", "DRY_RUN", "EDITABLE"):
        monkeypatch.setenv(f"PIP_{name}", "1")
    listed = (
        "global.index-url='https://mirror.example/pypi'\nglobal.target='/elsewhere'\nglobal.extra-index-url='one\\ntwo'\n"
        "install.index-url='https://nearer.example/pypi'\ninstall.user='true'\ndownload.proxy='http://wrong'\n"
        ":env:.cert=\"/it's/ca.pem\"\n:env:.constraint='/nowhere'\nsomething else\n"
    )
    made = environment.pip_environment(listed)
    assert {name: value for name, value in made.items() if name.startswith("PIP_")} == {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "https://nearer.example/pypi",
        "PIP_EXTRA_INDEX_URL": "one\ntwo",
        "PIP_CERT": "/it's/ca.pem",
    }
    assert made["PATH"] == os.environ["PATH"]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course whose lock names one small wheel, in a folder to which pip's settings point as a mirror."""
    folder = tmp_path / "the course"
    wheel = tmp_path / "mirror" / "stand_in-1.0-py3-none-any.whl"
    for new in (folder, wheel.parent):
        new.mkdir()
    digest = hashlib.sha256(a_wheel(wheel).read_bytes()).hexdigest()
    for lock in ("requirements.txt", "requirements-site.txt"):
        (folder / lock).write_text(f"stand-in==1.0 --hash=sha256:{digest}\n", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", folder)
    monkeypatch.setattr(environment, "VENV", folder / ".venv")
    monkeypatch.setattr(environment, "PARTS", {"lab": ("stand_in",), "site": ("not_in_the_lock",)})
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    # "quiet" would hide the list of settings, and with it the mirror.
    settings = f"[global]\nno-index = true\nfind-links = {wheel.parent}\nquiet = 3\ntarget = {tmp_path / 'elsewhere'}\n"
    (tmp_path / "pip.conf").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    return folder


def test_an_environment_is_built_where_it_belongs_or_not_marked(
    course: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A real one, with a real pip."""
    nowhere = str(course.parent / "nowhere")
    for name in ("TARGET", "PREFIX", "ROOT", "CONSTRAINT", "LOG"):
        monkeypatch.setenv(f"PIP_{name}", nowhere)
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PYTHONPATH", nowhere)
    assert environment.main(["lab"]) == 0, capfd.readouterr().err
    assert (course / ".venv" / ".lab").exists()
    assert (course / ".venv/share/jupyter/lab/settings/overrides.json").read_bytes() == environment.OVERRIDES.read_bytes()
    assert not Path(nowhere).exists() and not (course.parent / "elsewhere").exists()

    assert environment.main(["site"]) == 1
    assert "cannot import all of: not_in_the_lock" in capfd.readouterr().err
    assert not (course / ".venv" / ".site").exists()

    (course / ".venv" / ".site").touch()  # an older marker, and now the mirror is gone
    shutil.rmtree(course.parent / "mirror")
    (course / "requirements-site.txt").write_text("another==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    assert environment.main(["site"]) == 1
    assert "The packages were not installed; the lines above say why." in capfd.readouterr().err
    assert not (course / ".venv" / ".site").exists()


def test_settings_of_pip_that_cannot_be_read_are_named(
    course: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "python", lambda _: Path(sys.executable))
    (course.parent / "pip.conf").write_text("no section = here\n", encoding="utf-8")
    assert environment.main(["pip", "--version"]) == 1
    said = capfd.readouterr().err
    assert "pip cannot read its settings" in said and "pip.conf" in said


def test_a_place_in_which_nothing_can_be_made_is_one_sentence(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (course / ".venv").write_text("a file", encoding="utf-8")
    assert environment.main(["lab"]) == 1
    said = capfd.readouterr().err
    assert "Traceback" not in said and ".venv" in said


# --- the Makefile ------------------------------------------------------------------------------


@pytest.fixture
def made(tmp_path: Path) -> SimpleNamespace:
    """The Makefile, with a stand-in for the environment's Python that says how it was called."""
    needs_program("make")
    shutil.copy2(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "requirements-classroom.txt", "tools/lab_overrides.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    python = a_program(
        tmp_path / ".venv/bin/python",
        'test "$2" = -c && { echo "a start-up file speaks"; echo "${KNOWS:-True}"; exit; }; echo "$@"; env; exit ${ENDS:-0}',
    )
    for part in ("lab", "classroom"):
        (tmp_path / ".venv" / f".{part}").touch()

    def call(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        return subprocess.run(
            ["make", *words], cwd=tmp_path, env=alone | variables, capture_output=True, text=True, timeout=30
        )

    return SimpleNamespace(call=call, python=python, folder=tmp_path)


@posix
def test_an_environment_is_built_anew_when_its_python_is_gone_or_does_not_know_the_packages(made: SimpleNamespace) -> None:
    assert "Nothing to be done" in made.call("-n", "env").stdout
    assert "tools/environment.py lab" in made.call("-n", "env", KNOWS="False").stdout
    made.python.unlink()
    assert "tools/environment.py lab" in made.call("-n", "env").stdout


@posix
@pytest.mark.parametrize(("ends", "make_ends"), [("0", 0), ("1", 2), ("2", 2), ("130", 2)])
def test_make_grade_ends_well_when_the_marking_went_well(made: SimpleNamespace, ends: str, make_ends: int) -> None:
    done = made.call("grade", ENDS=ends)
    assert done.returncode == make_ends and ("Error" in done.stderr) == bool(make_ends)


@posix
def test_make_lab_keeps_out_what_a_person_set_for_other_work(made: SimpleNamespace) -> None:
    names = (
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PYTHONSAFEPATH",
        "JUPYTER_PATH",
        "JUPYTER_CONFIG_PATH",
        "MPLBACKEND",
    )
    shown = made.call("lab", **dict.fromkeys(names, "/nowhere"), JUPYTER_PREFER_ENV_PATH="0").stdout
    assert not [name for name in names if f"\n{name}=" in shown]
    assert "\nJUPYTER_PREFER_ENV_PATH=1\n" in shown
    assert "-m jupyterlab" in shown and "--ServerApp.preferred_dir=. " in shown


def test_an_archive_holds_the_whole_course() -> None:
    """What a tool cannot find in the archive from a repository's page fails there, long after it was written."""
    assert "export-ignore" not in (ROOT / ".gitattributes").read_text(encoding="utf-8")
