"""What the tests of the classroom share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from nbgrader import api


@pytest.fixture(scope="session", autouse=True)
def asked_once() -> Iterator[None]:
    """Ask for the version of nbgrader's tables once: it starts a process for each new gradebook, which takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", cache(api.get_alembic_version))
        yield
