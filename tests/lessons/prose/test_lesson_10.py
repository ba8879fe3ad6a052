"""The numbers that lesson 10 states, counted again, and the files that its functions write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers import load, plot_timeline
from helpers.exercises import lesson_10
from helpers.explorer import select_events
from tests.lessons.test_prose import prose
from tests.support.lesson import NOTEBOOKS, read

NAME = "10_testing_the_article"
PAGES = ["arab-news-2021-03-04", "karim-2021", "arab-news-2021-03-14"]
FIGURES_ON_CLAIMS = ["unvotes-package-2021", "voeten-ideal-points-2025", "cow-trade-4-0", "cow-diplomatic-exchange-2006"]


@pytest.fixture(scope="module")
def text() -> str:
    return prose(NAME)


def event(event_id: str) -> pd.Series:
    return load("events").set_index("event_id").loc[event_id]


def agreement(first: str, second: str, start: int, end: int) -> float:
    votes = load("figures/unga_agreement")
    rows = votes[(votes["country_a"] == first) & (votes["country_b"] == second) & votes["year"].between(start, end)]
    return float((rows["agreement"] * rows["votes"]).sum() / rows["votes"].sum())


def distance(first: str, second: str, period: str) -> float:
    places = load("figures/unga_ideal_point_distance")
    rows = places[(places["country_a"] == first) & (places["country_b"] == second) & (places["period"] == period)]
    return float(rows["distance"].iloc[0])


def trade() -> pd.DataFrame:
    rows = load("figures/trade")
    return rows[(rows["country_a"] == "PAK") & (rows["country_b"] == "IRQ")].set_index("year")


def test_the_verdicts(text: str) -> None:
    claims = load("claims")
    counted = claims["support"].value_counts()
    assert "twelve paragraphs into 72 claims" in text and len(claims) == 72 and claims["paragraph"].max() == 12
    assert "Twenty-eight, and 27 more in part." in text and (counted["corroborated"], counted["partly"]) == (28, 27)
    assert "Ours carries 28 claims in full and 27 in part." in text
    assert "one of our five words" in text and len(counted) == 5
    assert "Something in 57 of 72 claims" in text and claims["omission"].notna().sum() == 57


def test_the_two_claims_that_figures_can_test(text: str) -> None:
    claims = load("claims").set_index("claim_id")
    assert "quarrels from 1973 on (3i), and normal relations after 2003 (4f)" in text
    assert "From 1973 on" in claims["claim"]["3i"] and "completely normal" in claims["claim"]["4f"]
    behind = load("claim_events")
    assert "For 3i there are ten" in text and (behind["claim_id"] == "3i").sum() == 10
    assert "killed" in claims["omission"]["4f"] and "killed" not in claims["omission"]["3i"]


def test_figures_bear_on_four_claims(text: str) -> None:
    links = load("claim_sources")
    found = sorted(set(links[links["source_id"].isin(FIGURES_ON_CLAIMS)]["claim_id"]))
    assert "bear on four of its 72 claims only, by our table: 2a, 3c, 3i and 4f" in text
    assert found == ["2a", "3c", "3i", "4f"]
    support = load("claims").set_index("claim_id")["support"]
    assert "the careful wording in 2a and 3c in part" in text and (support["2a"], support["3c"]) == ("partly", "partly")


def test_the_gaps_in_the_votes(text: str) -> None:
    votes = load("figures/unga_agreement")
    assert "In 1964 nobody has recorded votes; in 1995–2003 Iraq has none" in text
    assert set(votes[votes["year"] == 1964]["votes"]) == {0}
    pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")]
    assert list(pair[pair["votes"] == 0]["year"]) == [1964, *range(1995, 2004)]
    assert pair[pair["votes"] == 0]["agreement"].isna().all() and "cross nine years without a vote" in text


def test_agreement_fell_with_all_eight(text: str) -> None:
    votes = load("figures/unga_agreement")
    partners = sorted(set(votes[votes["country_a"] == "PAK"]["country_b"]))
    assert "Pakistan with eight states" in text and "it fell **with all eight**" in text and len(partners) == 8
    for partner in partners:
        assert agreement("PAK", partner, 2004, 2013) < agreement("PAK", partner, 1990, 1994), partner
    assert "from 0.944 to 0.869" in text
    assert [round(agreement("PAK", "IRQ", *years), 3) for years in ((1990, 1994), (2004, 2013))] == [0.944, 0.869]
    assert "Iraq's agreement with Egypt and with Saudi Arabia rose" in text
    for partner in ("EGY", "SAU"):
        assert agreement("IRQ", partner, 2004, 2013) > agreement("IRQ", partner, 1990, 1994), partner


def test_the_second_measure_says_the_opposite(text: str) -> None:
    assert "from 0.679 to 0.210" in text
    assert [distance("PAK", "IRQ", period) for period in ("1990-1994", "2004-2013")] == [0.679, 0.210]
    assert "Both states stood nearer to the United States than before, and Iraq had moved more." in text
    moved = {state: distance(state, "USA", "1990-1994") - distance(state, "USA", "2004-2013") for state in ("PAK", "IRQ")}
    assert moved["IRQ"] > moved["PAK"] > 0
    assert "In 2014–19 both measures turn round: agreement rises to 0.884, distance to 0.506" in text
    assert round(agreement("PAK", "IRQ", 2014, 2019), 3) == 0.884 and distance("PAK", "IRQ", "2014-2019") == 0.506


def test_the_two_peaks_of_trade(text: str) -> None:
    money, share = trade()["two_way_musd"], trade()["share_of_a_percent"]
    assert "the peak is 2009–14, with 210 million in 2013" in text and money.idxmax() == 2013 and money[2013] == 210
    assert money.loc[2009:2014].mean() > money.loc[1973:1979].mean()
    assert "As a share it is 1973–79" in text and "with 2.5 per cent in 1979" in text
    assert share.idxmax() == 1979 and round(share[1979], 1) == 2.5
    assert share.loc[1973:1979].mean() > share.loc[2009:2014].mean()
    assert "after 2003 both lines rise" in text and money[2014] > money[2003] and share[2014] > share[2003]
    assert "the share of 2013 is about a tenth of that of 1979" in text and 0.09 < share[2013] / share[1979] < 0.11
    assert "imports are 157 million" in text and trade()["imports_a_from_b_musd"][1980] == 157
    codebook = (NOTEBOOKS.parent / "data" / "README.md").read_text(encoding="utf-8")
    assert "but 45 in the data set's own smoothed series" in text
    assert "imports from Iraq are 157, in the data set's own smoothed series 45" in " ".join(codebook.split())
    assert "the table ends in 2014" in text and trade().index.max() == 2014


def test_what_the_article_speaks_of(text: str) -> None:
    events = load("events")
    before = events[events["earliest"] <= "2021-03-13"]
    spoken = before[before["paragraph"].notna()]
    assert "It speaks of 25 of 126 events; both are counts of our choice." in text
    assert (len(spoken), len(before)) == (25, 126)
    order = list(spoken["event_id"])
    assert order.index("baath-returns-1968") == order.index("pakistan-joins-baghdad-pact-1955") + 1
    assert pd.isna(event("july-revolution-1958")["paragraph"]) and pd.isna(event("iran-iraq-war-1980-1988")["paragraph"])
    assert "All 146 events, to January 2026" in text and len(events) == 146
    assert events["latest"].max().strftime("%Y-%m") == "2026-01"


def test_the_gaps_lean_to_both_sides(text: str) -> None:
    before = load("events").query("earliest <= '2021-03-13' and paragraph.isna()")
    years = before[before["earliest"].between(pd.Timestamp("1973-02-11"), pd.Timestamp("2003-04-09"))]
    assert "Five rows" in text and (years["effect"] == "cooperative").sum() == 5
    against = years[years["effect"] == "conflictual"]["earliest"]
    assert "two acts against the other government, both of 1990" in text and list(against.dt.year) == [1990, 1990]
    assert event("iraqi-ambassador-expelled-1973")["date"] == "1973-02-10"
    assert event("fall-of-baghdad-2003")["date"] == "2003-04-09"


def test_the_model_of_a_review() -> None:
    bears, claims = load("claim_events"), load("claims").set_index("claim_id")
    assert ((bears["claim_id"] == "4f") & (bears["event_id"] == "pakistani-envoy-attacked-2005")).any()
    assert claims["support"]["10d"] == claims["support"]["10e"] == "corroborated"
    assert "a newspaper of January 2010 saw no working Pakistani embassy" in event("pakistani-envoy-attacked-2005")["note"]


def test_one_name_stands_behind_both_measures(text: str) -> None:
    authors = load("sources").set_index("source_id")["author"]
    assert "one name stands in both rows" in text
    assert "Erik Voeten" in authors["unvotes-package-2021"] and "Erik Voeten" in authors["voeten-ideal-points-2025"]


def test_the_embassies(text: str) -> None:
    ranks = load("figures/embassies").set_index("year")
    assert "a row for every fifth year" in text and set(ranks.index.to_series().diff().dropna()) == {5}
    assert "From 1985 to 2005 there are ambassadors on both sides" in text
    assert (ranks.loc[1985:2005, ["level_of_b_in_a", "level_of_a_in_b"]] == "ambassador").all(axis=None)
    assert "That of 1970" in text and ranks["level_of_b_in_a"][1970] == "none"
    assert "seven of the eight states that we compared" in text
    assert "seven of the eight states that we compared" in ranks["reason"][1970]
    assert "That of 1975 **may be true**" in text and ranks["level_of_a_in_b"][1975] == "none"
    assert "it may also be true" in ranks["reason"][1975]
    assert "in April, and in July an ambassador moved to Amman" in text
    assert "in April a chargé d'affaires ran" in ranks["reason"][2005] and "in July" in ranks["reason"][2005]
    assert "moved him to Amman" in event("pakistani-envoy-attacked-2005")["description"]
    assert "The man was freed." in text and "He was freed" in event("embassy-official-kidnapped-2005")["description"]


def test_the_estimates_of_experts(text: str) -> None:
    regimes = load("figures/regimes").set_index(["country", "year"])
    iraq = regimes.loc["IRQ"]["polyarchy"]
    assert "0.147 in 2002, 0.240 in 2005, 0.403 in 2006. Its highest year is 2007." in text
    assert (iraq[2002], iraq[2005], iraq[2006]) == (0.147, 0.240, 0.403) and iraq.idxmax() == 2007
    assert iraq.diff().idxmax() == 2006
    assert "Iraq has 0.351, Pakistan 0.313" in text
    assert (iraq[2024], regimes["polyarchy"]["PAK", 2024]) == (0.351, 0.313)
    assert "The intervals overlap" in text and regimes["low"]["IRQ", 2024] < regimes["high"]["PAK", 2024]
    assert "In 1957, as allies in the pact, Iraq had 0.211 and Pakistan 0.196" in text
    assert (iraq[1957], regimes["polyarchy"]["PAK", 1957]) == (0.211, 0.196)
    assert (
        event("pakistan-joins-baghdad-pact-1955")["earliest"].year < 1957 < event("iraq-leaves-pact-1959")["earliest"].year
    )


def test_the_day_of_the_column(text: str) -> None:
    sources = load("sources").set_index("source_id")
    assert "Ten days lie between the first page and the last." in text
    days = [sources["date"][name] for name in (PAGES[0], PAGES[2])]
    assert days == ["2021-03-04", "2021-03-14"]
    assert "numbers its pages in one rising series" in event("article-new-chapter-published")["note"]
    numbers = [int(sources["url"][name].split("/node/")[1].split("/")[0]) for name in PAGES]
    assert "How many days after 4 March" in text and 8.5 < 10 * (numbers[1] - numbers[0]) / (numbers[2] - numbers[0]) < 9.5
    assert "Iraq's minister had left Pakistan on 27 February" in text
    assert str(event("enad-visits-pakistan-2021")["latest"].date()) == "2021-02-27"
    assert "About 13 March 2021." in text and event("article-new-chapter-published")["date"] == "2021-03-13~"


def test_with_saudi_arabia_there_is_no_gap(text: str) -> None:
    votes = load("figures/unga_agreement")
    saudi = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "SAU") & votes["year"].between(1990, 2013)]
    assert "With another state there is no gap." in text and (saudi["votes"] > 0).all()
    means = [round(agreement("PAK", "SAU", *years), 3) for years in ((1990, 1994), (1995, 2003), (2004, 2013))]
    assert "0.973 in 1990–94, 0.905 in 1995–2003, and 0.881 in 2004–13" in text and means == [0.973, 0.905, 0.881]
    assert "Most of the fall came **before**" in text and means[0] - means[1] > means[1] - means[2]


def test_the_visits(text: str) -> None:
    visits = select_events(load("events"), kind="diplomacy", text="visit").set_index("event_id")
    assert "in May 1949" in text and visits["date"]["liaquat-baghdad-visit-1949"] == "1949-05"
    assert "in December 2025" in text and visits.index[-1] == "zardari-visits-iraq-2025"
    assert visits["earliest"].iloc[-1].strftime("%Y-%m") == "2025-12"
    assert "The ministers' visits of early 2021 are missing" in text
    for name in ("jalal-visits-baghdad-2021", "enad-visits-pakistan-2021"):
        assert name not in visits.index and event(name)["kind"] == "security"


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
