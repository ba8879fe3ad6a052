"""Numbers and shares that the prose of a lesson states are counted again, and the words are the course's words."""

from __future__ import annotations

import re

import pytest

from helpers import load
from tests.support.lesson import ALL, read


def prose(name: str) -> str:
    path = next(path for path in ALL if path.stem == name)
    return " ".join(" ".join(cell.source for cell in read(path) if cell.kind == "markdown").split())


def test_lesson_00_tells_whose_voices_there_are() -> None:
    text = prose("00_start_here")
    references = load("event_sources").merge(load("sources"), on="source_id")
    share = references["country"].value_counts() / len(references)
    assert "almost three in ten are American" in text and 0.25 < share["USA"] < 0.30
    assert "one in four is Pakistani" in text and 0.23 < share["PAK"] < 0.27
    assert "Fewer than one in twenty is Iraqi" in text and share["IRQ"] < 0.05
    iraqi = references[references["country"] == "IRQ"]["date"].dropna()
    assert "none of those carries a date before 2020" in text and (iraqi.str[:4].astype(int) >= 2020).all()


def test_lesson_00_says_what_the_article_leaves_out_of_the_twelve() -> None:
    assert "it leaves out the treaty of 1950" in prose("00_start_here")
    events = load("events").set_index("event_id")
    left_out = ["treaty-of-friendship-1950", "baghdad-pact-signed-1955", "july-revolution-1958", "iran-iraq-war-1980-1988"]
    assert events.loc[left_out, "paragraph"].isna().all()


def test_lesson_01_takes_the_whole_era_with_head_13() -> None:
    events = load("events")
    assert list(events.head(13)["event_id"]) == list(events[events["era_id"] == "founding-years"]["event_id"])
    assert events["event_id"][2] == "asad-middle-east-division"
    assert events["event_id"][9] == "us-pakistan-defence-agreement-1954"


def test_lesson_01_counts_the_rows_of_pakistan_and_iraq_alone() -> None:
    assert "Only three of the thirteen rows name Pakistan and Iraq alone" in prose("01_founding_years")
    assert (load("events").head(13)["actors"] == "Iraq; Pakistan").sum() == 3


def test_lesson_01_counts_the_corroborated_claims() -> None:
    assert "Two of six." in prose("01_founding_years")
    claims = load("claims")
    assert list(claims[claims["paragraph"] == 1]["claim_id"]) == list(claims.head(6)["claim_id"])
    assert (claims.head(6)["support"] == "corroborated").sum() == 2


def test_lesson_03_says_that_the_drawing_calls_all_dates_known() -> None:
    path = next(path for path in ALL if path.stem == "03_rupture_1973")
    assert "Its words call all dates known to the day" in prose(path.stem)
    stored = [str(output) for cell in read(path) for output in cell.outputs if "in their order" in str(output)]
    assert any("All dates are known to the day" in output for output in stored)


WORDS = {
    r"\bBaluch(?!estan)": "Baloch",  # Sistan and Baluchestan is the name of an Iranian province
    r"\bregime\b(?!-change| change)": "government",
    r"(?<!\")(?<!calls a )(?<!called it a )\bterrorists?\b": "a word that belongs to somebody: attribute it",
    r"\bthe street\b": '"the street", in quotation marks',
    r"\bPersian Gulf\b|\bArabian Gulf\b": "the Gulf",
    r"\bIraqi? occupation of Iraq\b": "the US-led invasion",
}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_lessons_keep_to_the_terms_of_the_course(path) -> None:
    text = " ".join(cell.source for cell in read(path) if cell.kind == "markdown")
    text = re.sub('"the street"', "", text, flags=re.IGNORECASE)
    for pattern, better in WORDS.items():
        assert not re.search(pattern, text, flags=re.IGNORECASE), f"{pattern}: write {better}"


def test_tables_keep_to_the_terms_of_the_course() -> None:
    for name, columns in {
        "events": ["title", "description", "note"],
        "claims": ["claim", "reasoning", "omission", "best_case"],
    }.items():
        table = load(name)
        for column in columns:
            text = re.sub('"the street"', "", " ".join(table[column].dropna()), flags=re.IGNORECASE)
            for pattern, better in WORDS.items():
                found = re.search(f".{{0,40}}(?:{pattern}).{{0,20}}", text, flags=re.IGNORECASE)
                assert not found, f"{name}.{column}: {found and found[0]!r}: write {better}"
