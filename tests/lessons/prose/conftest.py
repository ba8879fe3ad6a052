"""What the tests of a lesson's prose share."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import load
from tests.support.lesson import LESSONS, read


@pytest.fixture(scope="module")
def text(request: pytest.FixtureRequest) -> str:
    """The prose of the lesson whose number stands in the name of the test file, on one line."""
    number = request.module.__name__[-2:]
    path = next(path for path in LESSONS if path.stem.startswith(number))
    return " ".join(" ".join(cell.source for cell in read(path) if cell.kind == "markdown").split())


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    """The events by their id."""
    return load("events").set_index("event_id")
