"""What every test shares: the same clock and language, no article, no network."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Kernels that nbval starts inherit these. IPython runs what stands in the profile's startup folder before a lesson's
# first cell: there the network is blocked. A profile of its own also keeps a developer's settings out.
_PROFILE = Path(tempfile.mkdtemp(prefix="course-ipython-"))
shutil.copytree(Path(__file__).parent / "ipython", _PROFILE, dirs_exist_ok=True)
os.environ.update(
    IPYTHONDIR=str(_PROFILE),
    TZ="UTC",
    LC_ALL="C.UTF-8",
    PYTHONHASHSEED="0",
    COURSE_HIDE_ARTICLE="1",
    MPLBACKEND="agg",
    JUPYTER_PLATFORM_DIRS="1",
)


def pytest_unconfigure() -> None:
    shutil.rmtree(_PROFILE, ignore_errors=True)


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``data/`` that a test may break; `load` reads from it."""
    from helpers import data

    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("article.txt"))
    monkeypatch.setattr(data, "DATA", folder)
    return folder


def needs_program(name: str) -> None:
    """Skip a test for want of a system program on a user's machine; fail in CI, where it must be there."""
    if shutil.which(name):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing, and CI must have it: see .ci/run")
    pytest.skip(f"{name} is not installed on this machine")
