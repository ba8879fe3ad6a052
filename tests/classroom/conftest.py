"""What the tests of the classroom share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbgrader
import pytest
from alembic.script import ScriptDirectory
from nbgrader import api


@cache
def newest_version() -> str:
    """The version of nbgrader's tables, as its ``alembic heads`` prints it."""
    head = ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic")).get_current_head()
    assert head is not None
    return head


@pytest.fixture(scope="session", autouse=True)
def asked_here() -> Iterator[None]:
    """Ask for the version of nbgrader's tables in this process: for each new gradebook nbgrader starts another, for seconds.

    Its own autograde, which a test runs, still asks as it does.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", newest_version)
        yield
