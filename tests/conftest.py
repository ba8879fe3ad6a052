"""What tests share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import settings

from helpers import data

# A busy machine is no fault of what is tested. Speed is measured by `make bench`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def settings_put_back() -> Iterator[None]:
    """Put matplotlib's settings back after each test: which test comes next on a process must not matter.

    By `dict` itself: reading or writing by the class would choose a backend and check three hundred values each time.
    """
    before = dict.copy(mpl.rcParams)
    yield
    if dict.__ne__(mpl.rcParams, before):
        dict.update(mpl.rcParams, before)


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``data/`` that a test may break; `load` reads from it."""
    folder = tmp_path / "data"
    shutil.copytree(data.DATA, folder, ignore=shutil.ignore_patterns("article.txt"))
    monkeypatch.setattr(data, "DATA", folder)
    return folder
