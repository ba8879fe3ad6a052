"""The file in which lesson 08 locks forecasts and lesson 09 reads them; no outcome can be seen before."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers import load
from helpers.exercises import lesson_08
from helpers.exercises.feedback import mark
from tests.support.lesson import LESSONS, read

LOCKING, SCORING = (next((path for path in LESSONS if path.stem.startswith(number)), None) for number in ("08", "09"))


@pytest.fixture(scope="module")
def code() -> str:
    assert LOCKING is not None
    return "\n".join(cell.source for cell in read(LOCKING) if cell.kind == "code")


def test_the_days_between_the_visits_are_not_told_before_the_exercise() -> None:
    assert LOCKING is not None
    text = " ".join(cell.source for cell in read(LOCKING) if cell.kind == "markdown")
    before = text.split("**Your turn 08.1.**")[0]
    assert before != text and not [told for told in ("28", "31", "four weeks") if told in before]
    assert "28 to 31 days" in load("claims").set_index("claim_id").loc["10e", "reasoning"]


def test_the_pages_around_the_article_are_those_of_the_sources() -> None:
    dates = load("sources").set_index("source_id")["date"]
    assert [str(day) for day in lesson_08._neighbours()] == [dates["arab-news-2021-03-04"], dates["arab-news-2021-03-14"]]


def test_no_outcome_of_a_forecast_can_be_seen() -> None:
    assert LOCKING is not None
    table = load("forecasts")
    told = " ".join(str(cell.outputs) + cell.source for cell in read(LOCKING))
    for column in ("outcome_note", "event_id", "outcome_source_id"):
        assert not [value for value in table[column].dropna() if value in told], column
    shown = [criterion for criterion in table["criterion"] if criterion in told]
    assert shown == [table["criterion"].iloc[0]]


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "forecast": ["Iraq buys arms, and says so.", "The visits go on."],
            "criterion": [
                "Both governments announce a contract for arms that are made in Pakistan.",
                'A minister of defence, "of production" or not, travels; a newspaper reports it.',
            ],
            "deadline": ["2023-12-31", "2022"],
        }
    )


def test_dots_and_unready_tables_are_not_written(tmp_path: Path, table: pd.DataFrame) -> None:
    path = tmp_path / "my_forecasts.csv"
    for answer in (..., None, table.head(1), table.assign(deadline="soon"), table.drop(columns="criterion")):
        assert lesson_08._lock(answer, path).startswith("Nothing is locked")
    assert not list(tmp_path.iterdir())
    assert lesson_08.locked(path).empty and list(lesson_08.locked(path)) == [
        "forecast",
        "criterion",
        "deadline",
        "locked_on",
    ]


def test_a_lock_keeps_its_day_and_its_rows(tmp_path: Path, table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "my_forecasts.csv"

    def on(day: int) -> None:
        class Day(date):
            @classmethod
            def today(cls) -> date:
                return date(2021, 3, day)

        monkeypatch.setattr(lesson_08, "date", Day)

    on(20)
    assert lesson_08._lock(table, path).startswith("Locked. my_forecasts.csv holds 2 forecasts, 2 of them new")
    on(25)
    assert "locked already" in lesson_08._lock(table, path)
    better = table.assign(criterion=table["criterion"].str.replace("announce", "sign"))
    assert "holds 3 forecasts, 1 of them new" in lesson_08._lock(better, path)
    kept = lesson_08.locked(path)
    assert list(kept["locked_on"]) == ["2021-03-20", "2021-03-20", "2021-03-25"]
    assert kept[["forecast", "criterion", "deadline"]].head(2).equals(table)
    assert [entry.name for entry in tmp_path.iterdir()] == ["my_forecasts.csv"]


def test_the_examples_are_those_of_the_lesson(code: str) -> None:
    """A check that refuses the example must know it as it stands in the lesson."""
    assert all(f'"{text}"' in code for text in lesson_08.EXAMPLE)


def test_only_what_is_accepted_is_locked(tmp_path: Path, table: pd.DataFrame) -> None:
    path = tmp_path / "my_forecasts.csv"
    example = pd.DataFrame([[*lesson_08.EXAMPLE, "2023-12-31"]], columns=lesson_08.COLUMNS)
    refused = (
        pd.concat([example, example]),
        pd.concat([table, example]),
        pd.concat([table.head(1), table.head(1)]),
        load("forecasts"),
        table.assign(deadline=[2023 - 12 - 31, 2022]),  # no quotation marks: Python subtracts
    )
    for answer in refused:
        assert mark("08.2", answer).status == "not yet"
        assert lesson_08._lock(answer, path).startswith("Nothing is locked")
    assert not path.exists()


@pytest.mark.parametrize(
    ("deadline", "kept"),
    [
        (" 2023-12-31 ", "2023-12-31"),
        ("31 December 2023", "2023-12-31"),
        ("Dec 31, 2023", "2023-12-31"),
        ("31st December 2023", "2023-12-31"),
        ("2023/12/31", "2023-12-31"),
        ("۲۰۲۳-۱۲-۳۱", "2023-12-31"),
        ("December 2023", "2023-12"),
        (pd.Timestamp("2023-12-31 18:00"), "2023-12-31"),
        (pd.Period("2023-12", "M"), "2023-12"),
    ],
)
def test_a_deadline_is_locked_as_it_was_understood(tmp_path: Path, table: pd.DataFrame, deadline: object, kept: str) -> None:
    path = tmp_path / "my_forecasts.csv"
    answer = table.rename(columns=str.upper).assign(DEADLINE=[deadline, deadline])
    assert mark("08.2", answer).status == "right"
    assert lesson_08._lock(answer, path).startswith("Locked.")
    assert list(lesson_08.locked(path)["deadline"]) == [kept, kept]
    assert "locked already" in lesson_08._lock(answer, path)


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "my_forecasts.csv"
    lesson_08._lock(table, path)
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError("in use")

    monkeypatch.setattr(os, "replace", refuse)
    changed = table.assign(forecast=["One thing.", "Another thing."])
    assert "could not be written" in lesson_08._lock(changed, path)
    assert path.read_bytes() == before and [entry.name for entry in tmp_path.iterdir()] == ["my_forecasts.csv"]


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path, table: pd.DataFrame) -> None:
    path = tmp_path / "my_forecasts.csv"
    path.write_text("shopping,list\nmilk,2\n", encoding="utf-8")
    assert lesson_08._lock(table, path).startswith("Nothing is locked. my_forecasts.csv does not look like")
    assert path.read_text(encoding="utf-8").startswith("shopping")


def test_the_stored_lesson_writes_no_file() -> None:
    assert LOCKING is not None and not (LOCKING.parent / "my_forecasts.csv").exists()


def test_a_student_s_own_file_is_read_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file that lesson 08 saves, its rows stand in the table; without it the lesson runs, too (nbval)."""
    assert SCORING is not None
    cells = [cell.source for cell in read(SCORING) if cell.kind == "code" and "my_forecasts.csv" in cell.source]
    assert len(cells) == 1
    mine = {"forecast": ["One."], "criterion": ["Two."], "deadline": ["2026-03-13"], "locked": ["2026-01-31"]}
    shown: list[pd.DataFrame] = []
    names = {"pd": pd, "Path": Path, "show_table": lambda table, caption: shown.append(table)}
    monkeypatch.chdir(tmp_path)
    exec(cells[0], dict(names))
    pd.DataFrame(mine).to_csv("my_forecasts.csv", index=False)
    exec(cells[0], dict(names))
    assert [list(table.columns) for table in shown] == [["forecast"], list(mine)] and os.listdir() == ["my_forecasts.csv"]
