"""What tests share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from helpers import data

# A busy machine is no fault of what is tested. Speed is measured by `make bench`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``data/`` that a test may break; `load` reads from it."""
    folder = tmp_path / "data"
    shutil.copytree(data.DATA, folder, ignore=shutil.ignore_patterns("article.txt"))
    monkeypatch.setattr(data, "DATA", folder)
    return folder
