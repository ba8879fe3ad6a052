"""What lesson 09 states in its prose, worked out again from the tables."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from helpers import load
from tests.support.lesson import LESSONS, read

PATH = next((path for path in LESSONS if path.stem == "09_since_the_article"), None)
ARTICLE = pd.Timestamp("2021-03-13")
BEFORE = pd.Timestamp("2016-03-13")


@pytest.fixture(scope="module")
def forecasts() -> pd.DataFrame:
    return load("forecasts").set_index("forecast_id")


def after(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["era_id"] == "since-the-article"]


def earlier(events: pd.DataFrame) -> pd.DataFrame:
    """The events of the five years before the article in which both states take part."""
    both = events["actors"].str.contains("Iraq") & events["actors"].str.contains("Pakistan")
    return events[both & (events["latest"] >= BEFORE) & (events["earliest"] < ARTICLE)]


def test_the_question_is_the_era_table_s(text: str) -> None:
    era = load("eras").set_index("era_id").loc["since-the-article"]
    assert era["question"] in text and era["paragraphs"] == "11, 12"


def test_the_record_ends_two_months_before_the_deadline(text: str, events: pd.DataFrame, forecasts: pd.DataFrame) -> None:
    last, deadline = events["latest"].max(), forecasts["deadline"].max()
    assert "Our record ends in January 2026" in text and last.strftime("%Y-%m") == "2026-01"
    assert "our record stops two months before the deadline" in text and 55 < (deadline - last).days < 70
    assert "Almost five years have gone by" in text and 4.7 < (last - ARTICLE).days / 365.25 < 5
    assert "Who chose five years?" in text and deadline == ARTICLE + pd.DateOffset(years=5)
    assert set(forecasts["deadline"]) == {deadline}


def test_the_forecasts_and_their_readings(text: str, forecasts: pd.DataFrame) -> None:
    pairs = forecasts[forecasts["claim_id"].isin(["10c", "10e", "11b", "11c", "12a"])]
    assert "Four forecasts, each read twice" in text
    assert list(pairs.index.str.split("-").str[-1]) == ["generous", "strict"] * 4 and len(set(pairs["forecast"])) == 4
    order = ["arms", "partnership", "training", "visits"]
    assert list(pairs.index.str.split("-").str[0].unique()) == order and PATH is not None
    cell = next(cell.source for cell in read(PATH) if 'check("09.1"' in cell.source)
    assert [line.split("# ")[1] for line in cell.splitlines() if "# " in line] == [
        f"{name}, {reading}" for name in order for reading in ("generous", "strict")
    ]
    assert "Why three agreements, and not one?" in text and "at least three agreements" in " ".join(pairs["criterion"])
    assert "come from eight claims" in text and forecasts["claim_id"].nunique() == 8
    lessons = load("claims").set_index("claim_id").loc[list(forecasts["claim_id"].unique()), "lesson"]
    assert set(lessons) == {"08_new_chapter"}


def test_the_era_has_twenty_events_and_no_act_against_the_other(text: str, events: pd.DataFrame) -> None:
    effects = after(events)["effect"].value_counts()
    assert "in how many of these twenty events" in text and len(after(events)) == 20
    assert "In none, by our coding of our selection. Eight are cooperative" in text
    assert effects["conflictual"] == 0 and effects["cooperative"] == 8
    assert "two titles tell of attacks" in text and (after(events)["kind"] == "conflict").sum() == 2


def test_what_agreement_is_worth(text: str, forecasts: pd.DataFrame) -> None:
    pairs = forecasts[forecasts.index.str.contains("-(?:generous|strict)$")]
    assert "agrees with ours once: 0.125" in text and (pairs["outcome"] == "open").mean() == 0.125
    assert "*fulfilled* eight times and reads nothing gets 0.5" in text and (pairs["outcome"] == "fulfilled").mean() == 0.5
    assert "for the visits of commanders" in text and "commander" in forecasts.loc["visits-generous", "outcome_note"]
    assert "for the cadets" in text and "cadets graduated" in forecasts.loc["training-strict", "outcome_note"]
    assert "is a *report without a date* a report?" in text
    assert "a report without a date" in forecasts.loc["training-strict", "outcome_note"]


def test_generous_and_strict(text: str, forecasts: pd.DataFrame) -> None:
    generous = forecasts.loc[forecasts.index.str.endswith("generous"), "outcome"]
    strict = forecasts.loc[forecasts.index.str.endswith("strict"), "outcome"]
    assert "In the generous reading, four of four are fulfilled" in text and list(generous) == ["fulfilled"] * 4
    assert "In the strict one, none is, in full" in text and not (strict == "fulfilled").any()
    single = forecasts[forecasts["claim_id"].isin(["11a", "12b", "12c"])]
    assert "Three more forecasts have one reading each" in text and len(single) == 3
    assert "All three are open" in text and set(single["outcome"]) == {"open"}
    assert "(all eleven)" in text and len(forecasts) == 11


def test_the_base_rate(text: str, events: pd.DataFrame) -> None:
    claims = load("claims").set_index("claim_id")
    assert "on the envoy's word of 2017" in text
    assert "had trained some Iraqi pilots" in events.loc["iraqi-envoy-credits-pakistan-2017", "description"]
    flown = events.loc["iraqi-officers-flown-home-2020"]
    assert "29 officers of 2020 were likely on courses" in text and "29" in flown["title"]
    assert "likely but not stated" in flown["note"] and flown["date"] == "2020"
    assert "no order; but one in 2004, and planes signed for in 2014" in text
    assert not earlier(events)["title"].str.contains(r"buys|orders").any()
    assert "In 2004 Iraq ordered" in events.loc["iraq-buys-pakistani-apcs-2006", "description"]
    deal = events.loc["super-mushshak-and-training-deal-2014"]
    assert deal["earliest"].year == 2014 and "Iraq also signed for Super Mushshak" in deal["description"]
    assert "from Iraq a defence minister; from Pakistan a minister of defence *production*" in text
    assert "no agreement found" in text and not earlier(events)["title"].str.contains(r"sign|agree").any()
    assert "as claim 11b leaves out" in text and "not only a matter of the future" in claims.loc["11b", "omission"]
    assert "An order of arms was no new thing, either (11c)" in text and "before" in claims.loc["11c", "omission"]


def test_ministers_then_and_commanders_since(text: str, events: pd.DataFrame, forecasts: pd.DataFrame) -> None:
    first, last = events.loc["jalal-visits-baghdad-2021", "earliest"], events.loc["enad-visits-pakistan-2021", "latest"]
    assert "Ministers both ways, within five weeks" in text and 28 < (last - first).days + 1 <= 35
    strict = forecasts.loc["visits-strict"]
    assert "we found no such pair" in text and "We found no such visit in either direction" in strict["outcome_note"]


def test_what_no_forecast_names(text: str, events: pd.DataFrame, forecasts: pd.DataFrame) -> None:
    named = " ".join([*forecasts["forecast"], *forecasts["criterion"]])
    assert not any(word in named for word in ("Iran", "Saudi", "pilgrim", "worker"))
    beijing = events.loc["iran-saudi-beijing-agreement-2023"]
    assert "thanked China, Iraq and Oman" in text and "thanked China, and also Iraq and Oman" in beijing["description"]
    assert "Pakistan is not thanked in the text that we read" in text
    assert "Pakistan is not thanked in the text that we read" in beijing["note"]
    erbil, border = events.loc["iran-strikes-erbil-2024"], events.loc["iran-pakistan-strikes-2024"]
    assert "In January 2024 **Iran** struck Iraq, and the next day Pakistan, which struck back" in text
    assert (border["earliest"] - erbil["earliest"]).days == 1 and "On 18 January it struck" in border["description"]
    assert "We found no word of Pakistan on Iraq's case" in text and "no statement by Pakistan on Erbil" in erbil["note"]
    quarrels = after(events)[after(events)["kind"] == "society"]
    assert (
        "From 2024 on there were quarrels over **workers and pilgrims**" in text
        and quarrels["earliest"].dt.year.min() == 2024
    )
    treaties = after(events)[(after(events)["kind"] == "treaty") & after(events)["actors"].str.contains("Pakistan")]
    assert "is with **Saudi Arabia**" in text and list(treaties["actors"]) == ["Pakistan; Saudi Arabia"]


def test_planes_and_fighters(text: str, events: pd.DataFrame) -> None:
    reports = load("reports").set_index("report_id")
    assert "On the order both say twelve" in text
    assert reports.loc[["mushshak-2021-sipri", "mushshak-2021-vpk"], "low"].tolist() == [12, 12]
    assert "may rest on the same reports" in text
    assert "may rest on the same reports" in events.loc["super-mushshak-contract-2021", "note"]
    assert "says twelve in 2023" in text and reports.loc["mushshak-2023-nation", "low"] == 12
    assert "says four by the end of that year" in text and reports.loc["mushshak-2023-sipri", "low"] == 4
    sources = load("sources").set_index("source_id")
    days = [pd.Timestamp(sources.loc[name, "date"]) for name in ("waqt-news-2024-05-11", "the-nation-2024-05-12")]
    assert "On one weekend of May 2024" in text and [day.day_name() for day in days] == ["Saturday", "Sunday"]
    assert "one paper writes *sign*, the other *expected*" in text
    assert " sign " in sources.loc["the-nation-2024-05-12", "title"]
    assert "expected" in sources.loc["waqt-news-2024-05-11", "title"]
    jets = events.loc[["jf17-deal-reported-2024", "iraq-jf17-interest-2026"]]
    gap = jets["earliest"].iloc[1] - jets["earliest"].iloc[0]
    assert "A year and a half later" in text and 1.4 < gap.days / 365.25 < 1.75
    assert "go back to one statement of Pakistan's military" in text
    assert "go back to one statement" in jets["note"].iloc[1]


def test_half_a_year_ends_in_the_middle_of_a_month(text: str, events: pd.DataFrame) -> None:
    assert "13 September 2021 as its last day" in text
    assert ARTICLE + pd.DateOffset(months=6) == pd.Timestamp("2021-09-13")
    rows = after(events)
    open_rows = rows[(rows["earliest"] <= "2021-09-13") & (rows["latest"] > "2021-09-13")]
    assert len(open_rows) > 0 and set(open_rows["date"]) == {"2021-09"}


def test_two_coders_coded_every_event(text: str, events: pd.DataFrame) -> None:
    assert "two coders coded all events" in text
    assert set(load("codings")["event_id"]) == set(events.index)


def test_one_record_many_scores(text: str) -> None:
    assert "From nothing to everything" in text and PATH is not None
    stored = " ".join(str(output) for cell in read(PATH) for output in cell.outputs)
    assert "3 bars: 0.364 (all eleven), 1 (four generous) and 0 (four strict)" in stored


def test_the_strikes_told_from_each_side(text: str, events: pd.DataFrame) -> None:
    erbil, border = events.loc["iran-strikes-erbil-2024"], events.loc["iran-pakistan-strikes-2024"]
    assert "Iraq denied the first" in text and "denied Iran's claim" in erbil["description"]
    assert "each accused the other of giving shelter" in text and "Each accused the other" in border["note"]
    assert "Both states recalled their ambassadors" in text
    assert all("recalled its ambassador" in row["description"] for row in (erbil, border))
    assert "paragraph 9 names border security" in text and "ninth paragraph names border security" in border["note"]


def test_missing_or_staying_on(text: str, events: pd.DataFrame) -> None:
    reports = load("reports").set_index("report_id")
    assert "50,000 became at most 30,000, over several years" in text
    assert reports.loc["pilgrims-2024-missing-senate", "low"] == 50000
    assert reports.loc["pilgrims-2024-missing-corrected", "high"] == 30000
    quarrel = events.loc["fifty-thousand-pilgrims-claim-2024"]
    assert "In July 2024" in text and quarrel["earliest"].strftime("%Y-%m") == "2024-07"
    assert "The ministry denied" in text and "The ministry denied the words" in quarrel["description"]
    ratio = reports.loc["residents-2024-ministry", "low"] / reports.loc["residents-2020-un", "low"]
    assert "more than a hundred times the first" in text and 100 < ratio < 200
    visas = events.loc["iraq-restricts-solo-male-pilgrims-2025"]
    assert "In September 2025 Pakistan announced" in text and visas["earliest"].strftime("%Y-%m") == "2025-09"
    assert "(In some reports the rule is Pakistan's own.)" in text and "the rule is Pakistan's own" in visas["note"]


def test_six_of_twenty_events_are_with_iran(text: str, events: pd.DataFrame) -> None:
    assert "Six of twenty" in text and after(events)["actors"].str.split("; ").map(lambda names: "Iran" in names).sum() == 6
    brigade = events.loc["zainebiyoun-brigade-banned-2024"]
    assert "Press reports say that Iran recruited, trained and paid them" in text
    assert "Press reports say that Iran recruited, trained and paid" in brigade["note"]
    assert "a wish to protect shrines is also named" in text and "is also named" in brigade["note"]


def test_a_student_s_own_file_is_read_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file that lesson 08 saves, its rows stand in the table; without it the lesson runs, too (nbval)."""
    assert PATH is not None
    cells = [cell.source for cell in read(PATH) if cell.kind == "code" and "my_forecasts.csv" in cell.source]
    assert len(cells) == 1
    mine = {"forecast": ["One."], "criterion": ["Two."], "deadline": ["2026-03-13"], "locked": ["2026-01-31"]}
    shown: list[pd.DataFrame] = []
    names = {"pd": pd, "Path": Path, "show_table": lambda table, caption: shown.append(table)}
    monkeypatch.chdir(tmp_path)
    exec(cells[0], dict(names))
    pd.DataFrame(mine).to_csv("my_forecasts.csv", index=False)
    exec(cells[0], dict(names))
    assert [list(table.columns) for table in shown] == [["forecast"], list(mine)] and os.listdir() == ["my_forecasts.csv"]
