"""What lesson 08 states in its prose, worked out again from the tables; and the file in which forecasts are locked."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers import edtf, load
from helpers.exercises import lesson_08
from helpers.exercises.feedback import mark
from helpers.explorer import select_events
from tests.support.lesson import LESSONS, read

PATH = next((path for path in LESSONS if path.stem == "08_new_chapter"), None)
JALAL, ENAD = "jalal-visits-baghdad-2021", "enad-visits-pakistan-2021"


@pytest.fixture(scope="module")
def code() -> str:
    assert PATH is not None
    return "\n".join(cell.source for cell in read(PATH) if cell.kind == "code")


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return load("claims").set_index("claim_id")


def behind(*ids: str) -> list[str]:
    links = load("claim_events")
    found = set(links[links["claim_id"].isin(ids)]["event_id"])
    return [name for name in load("events")["event_id"] if name in found]


def test_the_era_and_its_question(text: str, events: pd.DataFrame) -> None:
    era = events[events["era_id"] == "new-chapter"]
    question = load("eras").set_index("era_id").loc["new-chapter", "question"]
    assert question[0].lower() + question[1:] in text
    assert "Three of the seven rows are acts together, none is of 2018" in text and "Rows of our choice" in text
    assert len(era) == 7 and (era["effect"] == "cooperative").sum() == 3
    assert (era["earliest"].dt.year > 2018).all()
    assert list(era.index[-3:]) == [JALAL, ENAD, "article-new-chapter-published"]
    assert era.index[0] == "iraqi-defence-official-rawalpindi-2019"


def test_the_days_made_by_hand_are_those_of_the_table(text: str, code: str, events: pd.DataFrame) -> None:
    written = re.findall(r'"(2021-[\d-]+[?~]?)"', code.split("days = ")[1].split('"title"')[0])
    assert written == sorted(written) and len(written) == 8
    first, last = str(events.loc[JALAL, "date"]).split("/")
    assert (written[0], written[2]) == (first, last)
    assert [written[3], written[6]] == str(events.loc[ENAD, "date"]).split("/")
    assert written[7] == events.loc["article-new-chapter-published", "date"]
    jalal, enad = events.loc[JALAL, "description"], events.loc[ENAD, "description"]
    assert "On 26 January she met President Barham Salih" in jalal and written[1] == "2021-01-26"
    assert re.search(r"army chief, Qamar Bajwa, on 25 February, and a day later .*President Alvi", enad)
    assert written[4:6] == ["2021-02-25", "2021-02-26"]
    assert "counted from a programme of four days" in text and "a programme of four days" in events.loc[JALAL, "note"]
    assert "the day of the article is an estimate" in text
    assert "day is uncertain" in events.loc["article-new-chapter-published", "description"]


def test_the_days_between_the_visits_are_not_told_before_the_exercise(text: str, events: pd.DataFrame) -> None:
    before = text.split("**Your turn 08.1.**")[0]
    assert "28" not in before and "31" not in before and "four weeks" not in before
    assert "28 to 31 days" in load("claims").set_index("claim_id").loc["10e", "reasoning"]


def test_what_was_new(text: str, events: pd.DataFrame, claims: pd.DataFrame) -> None:
    tenth = claims[claims["paragraph"] == 10]
    assert "Six claims of paragraph 10" in text and "Four of six are corroborated" in text
    assert len(tenth) == 6 and (tenth["support"] == "corroborated").sum() == 4
    assert "*Contested* is 10c" in text and claims.loc["10c", "support"] == "contested"
    deal = events.loc["super-mushshak-and-training-deal-2014"]
    assert "**February 2014**: the two air forces agree on training" in text and deal["date"] == "2014-02-10"
    assert "in front of Pakistan's prime minister" in text and "Nawaz Sharif present" in deal["description"]
    assert "**March 2017**: Pakistan's defence secretary proposes a lasting framework" in text
    assert "in March 2017 Pakistan's defence secretary proposed a lasting framework" in claims.loc["10a", "reasoning"]
    talks = events.loc["iraqi-defence-official-rawalpindi-2019"]
    assert "**June 2019**: Pakistan repeats an offer" in text and "repeated an offer to train" in talks["description"]
    assert talks["earliest"].strftime("%Y-%m") == "2019-06"
    assert "**30 September 2020**: Pakistan's defence minister offers training again" in text
    assert "on 30 September 2020 Pakistan's defence minister had offered training" in events.loc[JALAL, "note"]
    assert "In October Iraq's air force commander comes" in text
    assert "in October 2020 Iraq's air force commander came" in claims.loc["10c", "omission"]
    assert "As far as we know, that had not happened before" in text
    assert "were new, as far as we know" in claims.loc["10c", "best_case"]
    assert "the article does not define it" in text and "does not define" in claims.loc["10c", "reasoning"]


def test_how_far_the_figures_reach(text: str) -> None:
    assert "Trade ends in 2014, embassies in 2005, UN agreement in 2019" in text
    tables = ("figures/trade", "figures/embassies", "figures/unga_agreement")
    assert [int(load(name)["year"].max()) for name in tables] == [2014, 2005, 2019]


def test_balance(text: str, events: pd.DataFrame, claims: pd.DataFrame) -> None:
    rows = behind("9f", "9g")
    pakistan, iraq = behind("9f"), behind("9g")
    assert "**all five rows**" in text and len(rows) == 5
    assert "One mark against four" in text and (len(pakistan), len(iraq)) == (4, 1)
    assert "the second row because it was *left out*" in text
    assert "without Iraq" in events.loc[rows[1], "description"] and "Iraq" in events.loc[rows[1], "actors"]
    mine, theirs = events.loc[iraq[0]], events.loc[pakistan]
    assert "Iraq's three months would look as long as Pakistan's four years" in text
    assert 3 <= (mine["latest"] - mine["earliest"]).days / 30.4 < 4
    assert 4 <= (theirs["latest"].max() - theirs["earliest"].min()).days / 365.25 < 5
    khan = events.loc["imran-khan-mediation-2019"]
    assert "In October 2019: Imran Khan's journey lies inside Iraq's bar" in text
    assert mine["earliest"] < khan["earliest"] and khan["latest"] < mine["latest"] and khan["earliest"].month == 10
    assert "A month before, Saudi oil plants" in text and "a month earlier" in khan["description"]
    assert "two acts of Iraq that claim 9g names have no row" in text
    assert "Arab League statement of 2019 and the border crossing" in claims.loc["9g", "reasoning"]
    assert not select_events(load("events"), years=(2018, 2020))["title"].str.contains("Arab League|border crossing").any()
    assert "Khan called his journey Pakistan's own idea. In several reports the Saudi crown prince had asked for it" in text
    assert "Pakistan's own idea; in several reports the request came from the Saudi crown prince" in khan["note"]
    vote = events.loc["pakistan-yemen-neutrality-2015", "description"]
    assert "promised to stand with Saudi Arabia, if Saudi land was attacked" in text and "promised to stand with" in vote
    assert "known from Iraq's prime minister alone" in text and "only from Abdul Mahdi" in mine["note"]
    assert "*Back-channel* fits only Iraq's" in text and 'the word "back-channel" fits' in claims.loc["9i", "best_case"]


def test_the_expectations(text: str, events: pd.DataFrame, claims: pd.DataFrame) -> None:
    assert "all seven expectations" in text and (claims["paragraph"] >= 11).sum() == 7
    officers = events.loc["iraqi-officers-flown-home-2020"]
    assert "Iraqi officers were in Pakistan in 2020" in text and "stranded in Pakistan" in officers["description"]
    assert officers["date"] == "2020"
    rows = events.loc[behind("10a", "10b", "10c", "10d", "10e", "10f", "11a", "11b", "11c")]
    assert "Half of these rows have no paragraph" in text and rows["paragraph"].isna().sum() * 2 == len(rows) == 8
    assert "Paragraph 12 has no events at all" in text and not behind("12a", "12b", "12c", "12d")


def test_our_one_forecast(text: str) -> None:
    forecast = load("forecasts").iloc[0]
    assert "Its deadline is five years after the article" in text
    article = load("events").set_index("event_id").loc["article-new-chapter-published", "latest"]
    assert forecast["deadline"] == article + pd.DateOffset(years=5)
    assert "those who wrote it knew what came later" in text


def test_no_outcome_of_a_forecast_can_be_seen() -> None:
    assert PATH is not None
    table = load("forecasts")
    told = " ".join(str(cell.outputs) + cell.source for cell in read(PATH))
    for column in ("outcome_note", "event_id", "outcome_source_id"):
        assert not [value for value in table[column].dropna() if value in told], column
    shown = [criterion for criterion in table["criterion"] if criterion in told]
    assert shown == [table["criterion"].iloc[0]]


def test_iraq_and_iran_compared(text: str, events: pd.DataFrame, claims: pd.DataFrame) -> None:
    five = claims.loc["9a":"9e"]
    assert "Four of five are corroborated. But read the omission of 9a" in text
    assert len(five) == 5 and (five["support"] == "corroborated").sum() == 4
    assert "They name no Pakistan–Iran pair either" in claims.loc["9a", "omission"]
    assert "(9b, 9c, 9d) have no event" in text and not behind("9b", "9c", "9d")
    rows = events.loc[behind("9a", "9e")]
    assert "how many of the five are acts of one of the two governments?" in text and len(rows) == 5
    assert "One. Three are the work of armed groups" in text
    assert (rows["level"] == "government").sum() == 1 and (rows["level"] == "society").sum() == 3
    omission = claims.loc["9e", "omission"]
    assert "37 pilgrims sent back in 2013" in text and "37 Pakistani pilgrims back from Baghdad in April 2013" in omission
    assert (
        "students arrested in Najaf in 2014" in text and "students in Najaf in 2014 (they were released later)" in omission
    )
    assert "new checks on visas in 2019" in text and "in 2019 put new checks on visas" in omission
    assert "no open quarrel" in claims.loc["9e", "best_case"]


def test_neutrality(text: str, events: pd.DataFrame) -> None:
    call, stand = events.loc["saudi-pakistan-syria-statement-2014"], events.loc["pakistan-against-toppling-assad-2015"]
    assert "On 17 February 2014" in text and call["date"] == "2014-02-17"
    assert "On 23 December 2015" in text and stand["date"] == "2015-12-23"
    assert "Opposition politicians in Pakistan saw a turn" in call["description"] and "the same" in call["description"]
    assert "Dawn called this a significant shift" in stand["description"]
    assert "Business Recorder presents the same closed meeting as a stand on principle" in stand["note"]
    assert {"saudi-pakistan-syria-statement-2014", "pakistan-against-toppling-assad-2015"} <= set(behind("9m"))


def test_the_two_months_of_the_general(text: str, events: pd.DataFrame) -> None:
    note = events.loc["iraqi-defence-official-rawalpindi-2019", "note"]
    sources = load("sources").set_index("source_id")["date"]
    assert "One source is of the same day. The other looks back, a year later" in text
    assert sources["urdupoint-2019-06-18"] == events.loc["iraqi-defence-official-rawalpindi-2019", "date"]
    assert sources["ary-news-2020-07-15"] == "2020-07-15" and "ARY the meeting with Bajwa to July 2019" in note
    assert "probably one visit" in text and "probably one visit" in note


def test_the_day_of_the_article(text: str, events: pd.DataFrame) -> None:
    note = events.loc["article-new-chapter-published", "note"]
    assert "numbers its pages in a rising series" in text and "numbers its pages in one rising series" in note
    assert "close to the second one" in text and "close to the second" in note
    first, last = lesson_08._neighbours()
    assert note.count("March 2021") == 1 and (first, last) == (date(2021, 3, 4), date(2021, 3, 14))
    assert first < edtf.parse(events.loc["article-new-chapter-published", "date"]).latest < last


def test_mediation_is_older(text: str, events: pd.DataFrame) -> None:
    found = select_events(load("events").query("earliest <= '2021-03-13'"), text="Tehran")["event_id"]
    assert "In 1980 Pakistan's president flew to Tehran and Baghdad" in text
    assert events.loc["zia-in-baghdad-1980", "earliest"].year == 1980 and "zia-in-baghdad-1980" in set(found)
    assert "In 1981 and 1982 Muslim leaders carried peace plans" in text
    plans = events.loc[found][events.loc[found, "title"].str.contains("peace plans")].iloc[0]
    assert (plans["earliest"].year, plans["latest"].year) == (1981, 1982)
    assert "Iraq's own mission of 2019 is missing here" in text and "iraq-mediation-2019-2020" not in set(found)


# --- the file -----------------------------------------------------------------------------------


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


def test_the_stored_lesson_writes_no_file(text: str) -> None:
    assert PATH is not None and not (PATH.parent / "my_forecasts.csv").exists()
    assert "A locked row is never changed" in text and "adds today's date" in text
