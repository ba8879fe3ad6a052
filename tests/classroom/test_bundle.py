"""What the zip for a room holds of the solutions: all, or nothing."""

from __future__ import annotations

import pytest

from classroom.handing_out import bundle
from classroom.lesson_files import PAGES

HOME = "helpers/exercises/solutions/"


@pytest.mark.parametrize("solutions", [True, False])
def test_the_solutions_are_in_the_zip_or_left_out(solutions: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "without_outputs", lambda lesson: b"")
    files = bundle.bundle_files({}, solutions=solutions)
    lessons = {path for path in files if path.startswith(f"{HOME}lesson_")}
    assert bool(lessons) == solutions
    assert {f"{HOME}__init__.py", f"{HOME}form.py", "helpers/exercises/folded.py"} <= set(files)  # check still runs
    assert {f"my_notebooks/{name}" for name in PAGES} <= set(files)
    assert not any(bundle.is_secret(path) for path in files)
