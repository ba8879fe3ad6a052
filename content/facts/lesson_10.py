"""The facts in the prose of lesson 10."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pandas as pd

from content.facts import (
    PAGES,
    Fact,
    agreement,
    ambassadors,
    behind,
    by_id,
    date_of,
    day,
    embassies,
    events,
    if_so,
    last_day,
    load,
    means_of_trade,
    number_of,
    page_numbers,
    paired,
    says,
    says_in,
    trade,
    years_between_rows,
)
from helpers import select_events

CODEBOOK = Path(__file__).resolve().parents[2] / "data" / "README.md"
ARTICLE, FALL, REVOLUTION = "article-new-chapter-published", "fall-of-baghdad-2003", "july-revolution-1958"
ENTRY, BAATH, WAR = "pakistan-joins-baghdad-pact-1955", "baath-returns-1968", "iran-iraq-war-1980-1988"
EXPULSION, ENVOY, OFFICIAL = (
    "iraqi-ambassador-expelled-1973",
    "pakistani-envoy-attacked-2005",
    "embassy-official-kidnapped-2005",
)
MINISTERS = ("jalal-visits-baghdad-2021", "enad-visits-pakistan-2021")
MEASURES = ["unvotes-package-2021", "voeten-ideal-points-2025", "cow-trade-4-0", "cow-diplomatic-exchange-2006"]
PERIODS = ((1948, 1954), (1955, 1958), (1959, 1972), (1973, 1981), (1982, 2003), (2004, 2014))
BEFORE, BETWEEN, AFTER = (1990, 1994), (1995, 2003), (2004, 2013)


def claims() -> int:
    """Return how many claims there are."""
    return len(load("claims"))


def supported(word: str) -> int:
    """Return how many claims have a verdict."""
    return number_of(load("claims")["support"] == word)


def measured() -> list[str]:
    """Return the claims on which the measured figures bear."""
    links = load("claim_sources")
    return sorted(set(links[links["source_id"].isin(MEASURES)]["claim_id"]))


def in_part() -> bool:
    """Say whether the careful two are corroborated in part."""
    return set(by_id("claims").loc[["2a", "3c"], "support"]) == {"partly"}


def empty() -> list[int]:
    """Return the years in which the two share no vote, if nobody's year is the first."""
    pair = paired("unga_agreement", "PAK", "IRQ")
    years = sorted(pair[pair["votes"] == 0]["year"])
    votes = load("figures/unga_agreement")
    assert set(votes[votes["year"] == years[0]]["votes"]) == {0} and pair[pair["votes"] == 0]["agreement"].isna().all()
    return years


def fell_with(country: str, partners: tuple[str, ...] = ()) -> tuple[int, int]:
    """Return with how many states the agreement of a country fell, and how many these are."""
    votes = load("figures/unga_agreement")
    names = partners or tuple(sorted(set(votes[votes["country_a"] == country]["country_b"])))
    fell = [agreement(country, name, *AFTER) < agreement(country, name, *BEFORE) for name in names]
    return sum(fell), len(fell)


def means(partner: str, *periods: tuple[int, int]) -> tuple[float, ...]:
    """Return Pakistan's agreement with a state in some periods."""
    return tuple(agreement("PAK", partner, *period) for period in periods)


def distance(country: str, partner: str, period: str) -> float:
    """Return the distance between two states in a period."""
    return float(paired("unga_ideal_point_distance", country, partner).set_index("period")["distance"][period])


def moved() -> bool:
    """Say whether both states came nearer to the United States, and Iraq more."""
    pakistan, iraq = (distance(state, "USA", "1990-1994") - distance(state, "USA", "2004-2013") for state in ("PAK", "IRQ"))
    return iraq > pakistan > 0


def peak(column: str) -> tuple[float, int]:
    """Return the highest value of a measure of trade, and its year."""
    series = trade(column)
    highest = round(float(series.max()), 1)
    return int(highest) if highest == int(highest) else highest, int(series.idxmax())


def higher(column: str) -> str:
    """Return the period in which a measure of trade is higher."""
    series = trade(column)
    return "2009–14" if series.loc[2009:2014].mean() > series.loc[1973:1979].mean() else "1973–79"


def lower_than_before() -> bool:
    """Say whether the last years of claim 3i have a lower mean share than those before the pact, the first have not."""
    before, early, late = means_of_trade("share_of_a_percent", 3, (1948, 1954), (1973, 1981), (1982, 2003))
    return late < before < early


def from_and_to() -> tuple[int, int]:
    """Return the trade of 2003 and of 2013, in millions of dollars."""
    return tuple(int(trade("two_way_musd")[year]) for year in (2003, 2013))


def times() -> float:
    """Return how many times the share of 2013 is that of the years before 2003, to a half."""
    found = trade("share_of_a_percent")[2013] / means_of_trade("share_of_a_percent", 3, (1982, 2002))[0]
    return round(2 * found) / 2


def closed() -> bool:
    """Say whether Pakistan closed its mission after the attack on its envoy."""
    return last_day("pakistan-closes-baghdad-mission-2005") >= day(ENVOY)


def smoothed() -> tuple[int, int] | None:
    """Return the imports of 1980, and what the codebook says of the smoothed series."""
    imports = int(trade("imports_a_from_b_musd")[1980])
    said = re.search(
        rf"imports\s+from\s+Iraq\s+are\s+{imports},[\w\s']+series\s+(\d+)", CODEBOOK.read_text(encoding="utf-8")
    )
    return if_so(said, (imports, int(said[1]) if said else 0))


def until_the_article() -> pd.DataFrame:
    """Return the events up to the article's day."""
    rows = events()
    return rows[rows["earliest"] <= rows.loc[ARTICLE, "earliest"]]


def spoken_of() -> pd.DataFrame:
    """Return those of which the article speaks."""
    return until_the_article().query("paragraph.notna()")


def silent_from_to() -> tuple[int, int] | None:
    """Return the years of the entry and of the return of the Ba'ath, if the article speaks of nothing between."""
    order = list(spoken_of().index)
    return if_so(order.index(BAATH) == order.index(ENTRY) + 1, (day(ENTRY).year, day(BAATH).year))


def no_colour(event_id: str) -> int | None:
    """Return the year of an event of which the article does not speak."""
    return if_so(pd.isna(events().loc[event_id, "paragraph"]), day(event_id).year)


def gaps(effect: str) -> list[int]:
    """Return the years of acts that are left out, from the day after the expulsion to the fall."""
    rows = until_the_article().query("paragraph.isna()")
    rows = rows[(rows["earliest"] > day(EXPULSION)) & (rows["earliest"] <= day(FALL))]
    return list(rows[rows["effect"] == effect]["earliest"].dt.year)


def one_name() -> bool:
    """Say whether one author stands behind both measures of votes."""
    return by_id("sources").loc[MEASURES[:2], "author"].str.contains("Erik Voeten").all()


def on_both_sides() -> tuple[int, int]:
    """Return the first and the last year of the time with ambassadors on both sides."""
    years = [year for year in embassies().index if ambassadors(year)]
    assert years == list(range(years[0], years[-1] + 1, years_between_rows()))
    return years[0], years[-1]


def nones() -> tuple[int, ...]:
    """Return the years in which the table has a *none*."""
    levels = embassies()[["level_of_b_in_a", "level_of_a_in_b"]]
    return tuple(int(year) for year in levels.index[(levels == "none").any(axis=1)])


def with_the_same() -> tuple[int, int] | None:
    """Return for how many of the states that were compared the first of these years has none."""
    said = "seven of the eight states that we compared" in embassies().loc[nones()[0], "reason"]
    return if_so(said, (7, len(set(paired_states()))))


def paired_states() -> list[str]:
    """Return the states that are compared with Pakistan."""
    votes = load("figures/unga_agreement")
    return list(votes[votes["country_a"] == "PAK"]["country_b"])


def deputy() -> bool:
    """Say whether the table and the events of 2005 differ as is told."""
    reason = embassies().loc[day(ENVOY).year, "reason"]
    moved_away = says(ENVOY, "description", "moved him to Amman")()
    months = day(OFFICIAL).month == 4 and day(ENVOY).month == 7
    return moved_away and months and "in April a chargé d'affaires ran" in reason and "in July" in reason


def order(country: str) -> pd.DataFrame:
    """Return the estimates for a country by year."""
    return load("figures/regimes").query("country == @country", local_dict={"country": country}).set_index("year")


def estimates(*of: tuple[str, int]) -> tuple[float, ...]:
    """Return the estimates for some countries and years."""
    return tuple(float(order(country)["polyarchy"][year]) for country, year in of)


def overlap() -> bool:
    """Say whether the intervals of the last year overlap."""
    iraq, pakistan = order("IRQ").loc[2024], order("PAK").loc[2024]
    return bool(iraq["low"] < pakistan["high"] and pakistan["low"] < iraq["high"])


def printed(page: int) -> pd.Timestamp:
    """Return the date of a page."""
    return pd.Timestamp(by_id("sources").loc[PAGES[page], "date"])


def steady() -> bool:
    """Say whether by a steady rise of the numbers the column appeared nine days after the first page."""
    numbers = page_numbers()
    share = (numbers[1] - numbers[0]) / (numbers[2] - numbers[0])
    estimate = printed(0) + share * (printed(2) - printed(0))
    return abs(estimate - day(ARTICLE)) < pd.Timedelta(days=0.5) and date_of(ARTICLE).endswith("~")


def visits() -> pd.DataFrame:
    """Return diplomacy that speaks of a visit, as the explorer finds it."""
    return select_events(load("events"), kind="diplomacy", text="visit").set_index("event_id")


def first_and_last_visit() -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the months of a prime minister's visit and of a president's."""
    return tuple(visits().loc[["liaquat-baghdad-visit-1949", "zardari-visits-iraq-2025"], "earliest"])


def years_of_the_visits() -> tuple[int, int]:
    """Return the years of the first and the last of them."""
    days = visits()["earliest"]
    return days.min().year, days.max().year


def acts_behind_3i() -> tuple[int, int]:
    """Return how many events behind claim 3i are cooperative, and how many conflictual."""
    effects = behind("3i")["effect"]
    return int((effects == "cooperative").sum()), int((effects == "conflictual").sum())


def ministers_missing() -> int | None:
    """Return the year of the ministers' visits, if the search does not find them, because of their kind."""
    coded = set(events().loc[list(MINISTERS), "kind"]) == {"security"}
    return if_so(coded and not visits().index.isin(MINISTERS).any(), day(MINISTERS[0]).year)


def model() -> bool:
    """Say whether the model of a review rests on what the tables have."""
    exact = set(by_id("claims").loc[["10d", "10e"], "support"]) == {"corroborated"}
    note = says(ENVOY, "note", "a newspaper of January 2010 saw no working Pakistani embassy")()
    return exact and note and ENVOY in behind("4f").index


FACTS = (
    Fact("paragraphs", 1, "word", "paragraphs", lambda: int(load("claims")["paragraph"].max())),
    Fact("paragraphs, again", 5, "word", "claims", lambda: int(load("claims")["paragraph"].max())),
    Fact("claims", 5, "digits", "paragraphs", claims),
    Fact("claims of the figure", 6, "digits", "became of", claims),
    Fact("in full", 7, "word", "in part", partial(supported, word="corroborated")),
    Fact("in part", 7, "digits", "in part", partial(supported, word="partly")),
    Fact(
        "the two for figures",
        7,
        "true",
        "1973, 3i, 2003, 4f",
        lambda: (
            says_in("claims", "3i", "claim", "From 1973 on")() and says_in("claims", "4f", "claim", "completely normal")()
        ),
    ),
    Fact("behind 3i", 11, "word", "for 3i", lambda: len(behind("3i"))),
    Fact("verdicts", 13, "digits", "verdicts", claims),
    Fact("words", 13, "word", "words", lambda: load("claims")["support"].nunique()),
    Fact("nobody's year", 17, "digits", "nobody", lambda: empty()[0]),
    Fact("Iraq's years", 17, "years", "Iraq has none", lambda: empty()[1:]),
    Fact("years of the gap", 17, "word", "without a vote", lambda: len(empty()) - 1),
    Fact("states", 17, "word", "states", lambda: fell_with("PAK")[1]),
    Fact("with Iraq", 19, "0.000", "Iraq", lambda: means("IRQ", BEFORE, AFTER)),
    Fact("with all", 19, "word", "fell", lambda: fell_with("PAK")[0]),
    Fact("Iraq with others", 19, "true", "Egypt, Saudi Arabia, rose", lambda: fell_with("IRQ", ("EGY", "SAU"))[0] == 0),
    Fact(
        "distances",
        21,
        "0.000",
        "nearer",
        lambda: tuple(distance("PAK", "IRQ", period) for period in ("1990-1994", "2004-2013")),
    ),
    Fact("moved", 21, "true", "United States, Iraq, more", moved),
    Fact("peak of dollars", 24, "digits", "dollars, million", partial(peak, column="two_way_musd")),
    Fact("peak of the share", 24, "digits", "share, per cent", partial(peak, column="share_of_a_percent")),
    Fact("means of all periods", 24, "0.000", "|", lambda: means_of_trade("share_of_a_percent", 3, *PERIODS)),
    Fact(
        "periods",
        24,
        "text",
        "|",
        lambda: tuple(f"{first}–{str(last)[2:] if first // 100 == last // 100 else last}" for first, last in PERIODS),
    ),
    Fact("before the pact", 24, "true", "3i, lower than, before the pact", lower_than_before),
    Fact("last years of 3i", 24, "digits", "3i, last, of its", lambda: (22, 31) if lower_than_before() else None),
    Fact("all years of 3i", 24, "0.000", "3i, all 31 years", lambda: means_of_trade("share_of_a_percent", 3, (1973, 2003))),
    Fact("from and to", 24, "digits", "4f, 2003, million", from_and_to),
    Fact("times", 24, "word", "times the share of 1982–2002", times),
    Fact("years of dollars", 24, "text", "dollars, peak", partial(higher, column="two_way_musd")),
    Fact("years of the share", 24, "text", "share, rupture", partial(higher, column="share_of_a_percent")),
    Fact(
        "a tenth",
        24,
        "true",
        "2013, tenth, 1979",
        lambda: 0.09 < trade("share_of_a_percent")[2013] / trade("share_of_a_percent")[1979] < 0.11,
    ),
    Fact("in doubt", 24, "digits", "imports, smoothed", smoothed),
    Fact("end of the table", 24, "digits", "table ends", lambda: int(trade("two_way_musd").index.max())),
    Fact("of the figure", 26, "digits", "our selection, n", lambda: len(until_the_article())),
    Fact("spoken of", 27, "digits", "events", lambda: (len(spoken_of()), len(until_the_article()))),
    Fact("silent years", 27, "digits", "pact, return", silent_from_to),
    Fact("revolution", 27, "digits", "revolution", partial(no_colour, event_id=REVOLUTION)),
    Fact("war", 27, "true", "war of Iraq and Iran", lambda: no_colour(WAR) is not None),
    Fact("friendly acts", 29, "word", "rows", lambda: len(gaps("cooperative"))),
    Fact("acts against", 29, "word", "acts against", lambda: len(gaps("conflictual"))),
    Fact("year of both", 29, "digits", "both", lambda: if_so(len(set(gaps("conflictual"))) == 1, max(gaps("conflictual")))),
    Fact("model", 31, "true", f"10d and 10e, 4f, {ENVOY}", model),
    Fact("one name", 37, "true", "one name", one_name),
    Fact(
        "no gap",
        39,
        "true",
        "no gap",
        lambda: (paired("unga_agreement", "PAK", "SAU").query("1990 <= year <= 2013")["votes"] > 0).all(),
    ),
    Fact("Saudi Arabia", 41, "0.000", "Saudi Arabia", lambda: means("SAU", BEFORE, BETWEEN, AFTER)),
    Fact(
        "most of the fall",
        41,
        "true",
        "most of the fall, before",
        lambda: means("SAU", BEFORE)[0] + means("SAU", AFTER)[0] > 2 * means("SAU", BETWEEN)[0],
    ),
    Fact("step", 42, "ordinal", "row, every", years_between_rows),
    Fact("both sides", 44, "digits", "both sides", on_both_sides),
    Fact("freed", 44, "true", "freed", says(OFFICIAL, "description", "He was freed")),
    Fact("first none", 46, "digits", "gap", lambda: nones()[0]),
    Fact("same none", 46, "word", "states, the same", with_the_same),
    Fact("second none", 46, "digits", "true, called", lambda: nones()[1]),
    Fact("called home", 46, "month", "true, called", lambda: day(EXPULSION)),
    Fact("may be true", 46, "true", "may be true", lambda: "it may also be true" in embassies().loc[nones()[1], "reason"]),
    Fact("disagree", 46, "digits", "disagree", lambda: day(ENVOY).year),
    Fact("a deputy", 46, "true", "in April, July, Amman", deputy),
    Fact("closed", 46, "true", "Amman, then the mission was closed", closed),
    Fact("steps", 49, "0.000", "steps", lambda: estimates(("IRQ", 2002), ("IRQ", 2005), ("IRQ", 2006))),
    Fact("highest", 49, "digits", "highest", lambda: int(order("IRQ")["polyarchy"].idxmax())),
    Fact("not 2003", 49, "true", "not 2003, 2006", lambda: order("IRQ")["polyarchy"].diff().idxmax() == 2006),
    Fact("last year", 49, "0.000", "Iraq, Pakistan", lambda: estimates(("IRQ", 2024), ("PAK", 2024))),
    Fact("overlap", 51, "true", "overlap", overlap),
    Fact(
        "as allies", 51, "digits", "allies", lambda: if_so(day(ENTRY).year < 1957 < day("iraq-leaves-pact-1959").year, 1957)
    ),
    Fact("allies' values", 51, "0.000", "allies", lambda: estimates(("IRQ", 1957), ("PAK", 1957))),
    Fact("about", 52, "day of the year", "why", lambda: if_so(steady(), day(ARTICLE))),
    Fact("rising series", 52, "true", "rising series", says(ARTICLE, "note", "numbers its pages in one rising series")),
    Fact("days of the pages", 54, "word", "lie between", lambda: (printed(2) - printed(0)).days),
    Fact("first page", 54, "day of the year", "column appear", lambda: printed(0)),
    Fact(
        "minister had left",
        56,
        "day of the year",
        "minister, left",
        lambda: if_so(last_day(MINISTERS[1]) < printed(0), last_day(MINISTERS[1])),
    ),
    Fact("events", 62, "digits", "events", lambda: len(load("events"))),
    Fact("until", 62, "month", "events", lambda: load("events")["latest"].max()),
    Fact("ministers", 66, "digits", "ministers", ministers_missing),
    Fact("title of 3i", 59, "word", "against each other", acts_behind_3i),
    Fact("visits drawn", 65, "word", "speak of a visit", lambda: len(visits())),
    Fact("years of the visits", 65, "digits", "speak of a visit", years_of_the_visits),
    Fact("first and last visit", 66, "month", "prime minister, president", first_and_last_visit),
    Fact("last visit found", 66, "true", "president", lambda: visits().index[-1] == "zardari-visits-iraq-2025"),
    Fact("on how many claims", 69, "word", "votes, embassies, claims", lambda: len(measured())),
    Fact("of how many", 69, "digits", "votes, embassies, claims", claims),
    Fact("on which claims", 69, "text", "votes, embassies", lambda: " and ".join(", ".join(measured()).rsplit(", ", 1))),
    Fact("careful wording", 69, "true", "2a and 3c, in part", in_part),
    Fact("day of the column", 69, "day", "about", lambda: day(ARTICLE)),
    Fact("ours carries", 69, "digits", "ours, in full", lambda: (supported("corroborated"), supported("partly"))),
    Fact("left out", 69, "digits", "something in", lambda: (int(load("claims")["omission"].notna().sum()), claims())),
    Fact("largest gaps", 69, "digits", "gaps, revolution", partial(no_colour, event_id=REVOLUTION)),
    Fact("claims to discuss", 69, "digits", "split", claims),
)
