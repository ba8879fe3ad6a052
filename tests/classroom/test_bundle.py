"""What the zip for a room holds of the solutions: all, or nothing."""

from __future__ import annotations

from pathlib import Path

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


def test_a_link_to_a_file_elsewhere_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of the tables may stand a link to what a teacher keeps at home."""
    for name in bundle._WHOLE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "own.csv").write_text("a", encoding="utf-8")
    (tmp_path / "marks").write_text("s1,2", encoding="utf-8")
    (tmp_path / "data" / "marks.csv").symlink_to(tmp_path / "marks")
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    assert [path.name for path in bundle._chosen() if path.suffix == ".csv"] == ["own.csv"]
