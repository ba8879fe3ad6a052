"""The files that lesson 10 writes, and the model that it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers import load, plot_timeline
from helpers.exercises import lesson_10
from tests.support.lesson import NOTEBOOKS, read

NAME = "10_testing_the_article"


def defined_in_the_lesson() -> dict[str, Any]:
    """Run the cells that define `export` and `save_review`, as a student's notebook does."""
    names: dict[str, Any] = {}
    exec("from helpers import describe", names)
    for cell in read(NOTEBOOKS / f"{NAME}.ipynb"):
        if cell.kind == "code" and ("def export" in cell.source or "def save_review" in cell.source):
            exec(cell.source, names)
    return names


def test_the_export_writes_picture_alt_text_words_and_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = defined_in_the_lesson()
    monkeypatch.chdir(tmp_path)
    rows = load("events").tail(5)
    for _ in range(2):  # a second time overwrites, and is no error
        names["export"](plot_timeline(rows, title="Five events"), rows, "mine")
    folder = tmp_path / "my_review"
    assert sorted(path.name for path in folder.iterdir()) == ["mine.csv", "mine.png", "mine_alt.txt", "mine_words.txt"]
    assert (folder / "mine.png").read_bytes().startswith(b"\x89PNG")
    alt = (folder / "mine_alt.txt").read_text(encoding="utf-8")
    assert alt.startswith("Five events.") and len(alt) <= 250
    assert (folder / "mine_words.txt").read_text(encoding="utf-8").count("\n- ") == 5
    assert list(pd.read_csv(folder / "mine.csv")["event_id"]) == list(rows["event_id"])


def test_the_review_is_saved_as_text_and_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = defined_in_the_lesson()
    monkeypatch.chdir(tmp_path)
    names["save_review"]("Best case é", pd.DataFrame({"claim_id": ["4f"]}), "Change")
    assert (tmp_path / "my_review" / "review.txt").read_text(encoding="utf-8") == "Best case é\n\nChange"
    assert (tmp_path / "my_review" / "evidence.csv").read_text(encoding="utf-8").split() == ["claim_id", "4f"]


def test_the_model_review_is_that_of_the_lesson() -> None:
    """A check that refuses the model must know it as it stands in the lesson."""
    source = "\n".join(cell.source for cell in read(NOTEBOOKS / f"{NAME}.ipynb") if cell.kind == "code")
    assert all(f'{name} = "{words}"' in source for name, words in lesson_10.MODEL.items())


def test_the_stored_lesson_saves_nothing() -> None:
    source = "\n".join(cell.source for cell in read(NOTEBOOKS / f"{NAME}.ipynb") if cell.kind == "code")
    calls = [line for line in source.splitlines() if line.startswith(("export(", "save_review("))]
    assert not calls and "\n# export(" in source and "\n# save_review(" in source
    assert not (NOTEBOOKS / "my_review").exists()
