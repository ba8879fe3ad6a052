"""What sheets of older tables say wrongly: kept versions, and that what differs is listed and what does not is left out."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from classroom.__main__ import main
from classroom.commands import changes as verb
from classroom.print_kit.printed import Change, changes, printed, version_of_tables

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def collected_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verb, "printed", lambda root: today())


@cache
def today() -> dict[str, dict[str, str]]:
    return printed(ROOT)


def test_what_the_sheets_of_each_older_version_said_is_kept() -> None:
    told = re.findall(r"^## .* tables (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert {*told} - {version_of_tables()} == {path.stem for path in verb.KEPT.glob("*.json")}


@pytest.mark.parametrize(
    ("was", "now", "listed"),
    [
        ("It was 14 February 1973.", "It was 15 February 1973.", True),
        ("It was corroborated by two texts.", "It was unverified by two texts.", True),
        ("Nobody marched in Karachi then.", "Some people marched in Karachi then.", True),
        ("Two papers said this in March.", "Two papers told of it in March.", False),
        ("In March two papers said this.", "Two papers said this in March.", False),  # put in another order
        ("The embassy was searched.", "The embassy was searched.", False),
        ("The embassy held 300 guns, it was said.", "Another sentence stands here today.", True),
        ("Nothing is counted here.", "Another sentence stands here today.", False),
    ],
)
def test_of_a_page_what_can_be_wrong_is_listed(was: str, now: str, listed: bool) -> None:
    found = changes({"exam.md": {was: was}}, {"exam.md": {now: now}})
    assert bool(found) == listed and all(change.was == was for change in found)


def test_of_a_kit_dates_verdicts_new_and_lost_cards_are_listed() -> None:
    old = {"a · title": "A", "a · date": "1973", "a · description": "Some words.", "b · title": "B", "b · date": "1974"}
    new = {"a · title": "A", "a · date": "1974", "a · description": "Other words.", "c · title": "C", "c · date": "1975"}
    name = "kit of lesson 03"
    assert changes({name: old}, {name: new}) == [
        Change(name, "a · date", "1973", "1974"),
        Change(name, "b · title", "B", ""),
        Change(name, "b · date", "1974", ""),
        Change(name, "c · title", "", "C"),
    ]
    assert changes({name: old}, {name: old}) == []


def test_sheets_of_0_2_0_say_a_verdict_and_a_day_that_no_longer_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", "0.2.0", "02", "03"]) == 0
    said = capsys.readouterr().out
    assert "Claim 2c · verdict: was 'corroborated'\n    now 'partly'" in said
    assert "was '14–15 February 1973'\n    now '14 or 15 February 1973'" in said
    assert "iraq-on-kashmir-1957: is not on your sheet" in said and "kit of lesson 07" not in said


def test_today_is_kept_and_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verb, "KEPT", tmp_path)
    monkeypatch.setattr(verb, "ROOT", tmp_path)
    version = version_of_tables()
    assert main(["changes", version, "--keep"]) == 0 and json.loads((tmp_path / f"{version}.json").read_text("utf-8"))
    assert main(["changes", version]) == 0 and "No printed sheet says anything that differs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["9.9.9"], "have not kept what sheets of tables 9.9.9 said. Kept versions: 0.1.0"),
        ([version_of_tables()], "are today's"),
        (["0.1.0", "--keep"], "not 0.1.0"),
    ],
)
def test_a_version_that_is_not_kept_is_named(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", *words]) == 2 and message in capsys.readouterr().err
