"""The facts in the prose of lesson 06."""

from __future__ import annotations

from functools import partial

import pandas as pd

from content.facts import (
    Fact,
    agreement,
    behind,
    by_id,
    date_of,
    day,
    events,
    events_of,
    if_so,
    if_told,
    last_day,
    load,
    means_of_trade,
    number_of,
    paired,
    question,
    says,
    says_in,
    so_far,
    the_one,
    trade,
    verdicts,
    within,
)
from helpers import select_events

NAME = "06_after_the_invasion"
FALL, FIRST_NO, SECOND_NO = "fall-of-baghdad-2003", "troops-to-iraq-refused-2003", "pakistan-rules-out-troops-2004"
VEHICLES, ENVOY, SECTARIAN = "iraq-buys-pakistani-apcs-2006", "pakistani-envoy-attacked-2005", "iraq-sectarian-war-2006-2008"
COMMISSION, NINTH = "joint-ministerial-commission-2001", "joint-commission-ninth-session-2025"
ASHURA, WALK, LAST_MARK = "ashura-attacks-2004", "karbala-pilgrimage-2003", "musharraf-muslim-force-2007"
SENT_BACK, CLOSED = "pakistani-pilgrims-sent-back-2013", "pakistan-closes-baghdad-mission-2005"
QUIET = ("business-recorder-2010-01-31", "pakistan-today-2013-04-pilgrims", "dawn-2013-04-21")
PILGRIMS = ["pilgrims-2018-arbaeen", "pilgrims-2018-ashura", "pilgrims-2019-three-states", "pilgrims-2019-visas"]

era = partial(events_of, "after-the-invasion")


def mentioned() -> int | None:
    """Return how many rows the article mentions, if the soldiers and the vehicles are not among them."""
    left_out = era().loc[[FIRST_NO, SECOND_NO, VEHICLES], "paragraph"].isna().all()
    return if_so(left_out, int(era()["paragraph"].notna().sum()))


def hole() -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the days between which one event alone begins: that of the pilgrims sent back."""
    first, last = day(LAST_MARK), day("super-mushshak-and-training-deal-2014")
    begun = events()["earliest"]
    alone = list(begun[(begun > first) & (begun < last)].index)
    assert alone == [SENT_BACK], alone
    return first, last


def edges() -> tuple[pd.Timestamp, pd.Timestamp, pd.Timestamp]:
    """Return these two days, and that of the one event between."""
    return *hole(), day(SENT_BACK)


def almost() -> float:
    """Return the years of the hole, as it was before the one row."""
    first, last = hole()
    return within((last - first).days / 365.25, 6.5, 7, 7)


def now_almost() -> float:
    """Return the years of the hole as it is, up to the one row."""
    first, _ = hole()
    return within((day(SENT_BACK) - first).days / 365.25, 5.5, 6, 6)


def months_beyond() -> int:
    """Return the months from the end of the era to that of the hole."""
    end = pd.Timestamp(by_id("eras").loc["after-the-invasion", "end"])
    return hole()[1].to_period("M").ordinal - end.to_period("M").ordinal


def drawn() -> int:
    """Return how many events the figure has."""
    return number_of(events()["earliest"].between("2003-04-09", "2014-02-28"))


def harsh() -> int:
    """Return how many of the picked titles name violence."""
    rows = events()
    picked = rows[rows["earliest"].between("2003-04-09", "2014-02-28") & (rows["level"] == "government")]
    return int(picked["title"].str.contains("attack on|bombing|hangs").sum())


def opened() -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the months between which the embassy opened again, by the note of the attack."""
    so = says(ENVOY, "note", "between February 2010 and April 2013; the day was not found")()
    return if_so(so, (pd.Timestamp("2010-02-01"), day(SENT_BACK)))


def no_day() -> bool:
    """Say whether each of the looks for the day found none."""
    looks = by_id("searches").loc[["s013", "s014", "s039", "s048", "s049"]]
    return bool(looks["found"].str.contains("no day|nothing|nothing of|works in Baghdad").all())


def empty_years() -> list[int]:
    """Return the years in which the two have no agreement."""
    votes = paired("unga_agreement", "PAK", "IRQ")
    assert (votes["agreement"].isna() == (votes["votes"] == 0)).all()
    return sorted(votes[votes["votes"] == 0]["year"])


def nobody_s_year() -> int:
    """Return the one empty year in which nobody has votes."""
    votes = load("figures/unga_agreement").groupby("year")["votes"].sum()
    return int(the_one(year for year in empty_years() if votes[year] == 0))


def iraq_s_hole() -> list[int]:
    """Return the years without Iraq's votes, in which Pakistan and all the others voted."""
    votes = load("figures/unga_agreement")
    years = [year for year in empty_years() if year != nobody_s_year()]
    rows = votes[votes["year"].isin(years)]
    of_iraq = (rows["country_a"] == "IRQ") | (rows["country_b"] == "IRQ")
    return years if (rows[of_iraq]["votes"] == 0).all() and (rows[~of_iraq]["votes"] > 0).all() else []


def invented() -> tuple[int, int]:
    """Return the years between which a line would cross the hole."""
    return min(iraq_s_hole()) - 1, max(iraq_s_hole()) + 1


def quiet() -> pd.DataFrame:
    """Return the sources that are dated in the silent years."""
    dated = by_id("sources").dropna(subset=["date"])
    first, last = hole()
    return dated[(dated["date"] > f"{first:%Y-%m}-31") & (dated["date"] < f"{last:%Y-%m}")]


def published() -> tuple[int, int, int]:
    """Return how many of these there are, how many are from Pakistan, and how many from Iraq."""
    countries = quiet()["country"]
    return len(countries), int((countries == "PAK").sum()), int((countries == "IRQ").sum())


def of_the_time() -> int | None:
    """Return how many tell of dealings at that time, if those on the pilgrims are behind an event now."""
    rows = quiet().loc[list(QUIET)]
    links = load("event_sources")
    now = set(links[links["source_id"].isin(QUIET[1:])]["event_id"])
    return if_so("Ministry prepared the ninth session" in rows["title"].iloc[0] and now == {SENT_BACK}, len(rows))


def months_of_them() -> tuple[pd.Timestamp, ...]:
    """Return the months of the ministry and of the pilgrims."""
    return tuple(pd.Timestamp(quiet().loc[name, "date"]) for name in (QUIET[0], QUIET[-1]))


def busiest() -> bool:
    """Say whether trade is higher in each silent year than in each before."""
    dollars = trade("two_way_musd")
    return bool(dollars.loc[2008:2013].min() > dollars.loc[2003:2007].max())


def pilgrims() -> pd.DataFrame:
    """Return the reports on pilgrims before the article."""
    rows = by_id("reports")
    rows = rows[rows["quantity"].str.contains("pilgrims")]
    rows = rows[rows["as_of"].str.removeprefix("../").str[:4] < "2021"]
    assert sorted(rows.index) == PILGRIMS
    return rows


def largest_is_open() -> bool:
    """Say whether the one number without an upper end is the largest."""
    rows = pilgrims()
    return list(rows[rows["high"].isna()]["low"]) == [rows["low"].max()]


def feasts() -> tuple[int, int]:
    """Return how many people came to the two feasts, if all came twice, and if nobody did."""
    low = pilgrims().loc[PILGRIMS[:2], "low"]
    return int(low.max()), int(low.sum())


def violent() -> pd.DataFrame:
    """Return the violent acts behind claim 4f."""
    return behind("4f").query("kind == 'conflict'")


def all_of_society() -> int | None:
    """Return how many these are, if all are acts of society and none is between the governments."""
    rows = violent()
    return if_so((rows["level"] == "society").all() and (rows["effect"] == "none").all(), len(rows))


def weighs_most() -> int | None:
    """Return the year of the first row behind 4f, if it is the eighth meeting of the commission."""
    return if_so(behind("4f").index[0] == COMMISSION, int(date_of(COMMISSION)[:4]))


def no_meeting() -> tuple[int, int] | None:
    """Return the year of the last meeting and that of the article, if the claim's omission and the next session agree."""
    article = day("article-new-chapter-published")
    none = "no meeting" in by_id("claims").loc["4f", "omission"] and day(NINTH) > article
    return if_so(none, (weighs_most(), article.year))


def side() -> pd.DataFrame:
    """Return Iraq's votes with all others, around the hole."""
    votes = load("figures/unga_agreement")
    return votes[(votes["country_a"] == "IRQ") & votes["year"].between(1990, 2008)]


def three_of_five() -> tuple[int, int]:
    """Return how many years were asked for, and how many a wide table has."""
    asked = [1993, 1994, 1995, 2003, 2004]
    rows = side()[side()["year"].isin(asked)]
    return len(asked), len(rows.pivot_table(index="year", columns="country_b", values="agreement"))


def less_alike() -> bool:
    """Say whether the two voted less alike after the hole."""
    return agreement("PAK", "IRQ", 1990, 1994) > agreement("PAK", "IRQ", 2004, 2013)


def closer() -> bool:
    """Say whether the distance is smaller after the hole, and missing in it."""
    periods = paired("unga_ideal_point_distance", "PAK", "IRQ").set_index("period")["distance"]
    return bool(periods["2004-2013"] < periods["1990-1994"] and pd.isna(periods["1995-2003"]))


def means(column: str, digits: int) -> tuple[float, float]:
    """Return the means of trade in 2009–14 and in 1973–79, the larger first."""
    return tuple(sorted(means_of_trade(column, digits, (2009, 2014), (1973, 1979)), reverse=True))


def shorter() -> int | None:
    """Return by how many days the year of the feasts is shorter, by the glossary."""
    return if_so(says_in("glossary", "Hijri calendar", "meaning", "about eleven days shorter")(), 11)


def arbaeen(year: int) -> pd.Timestamp:
    """Return the day of the feast in a later year, by this rule."""
    walk = day(WALK)
    return walk.replace(year=year) - pd.Timedelta(days=(shorter() or 0) * (year - walk.year))


def days_of_ten_years() -> int:
    """Return by how many days the feast moves in ten years."""
    walk = day(WALK)
    return (walk.replace(year=walk.year + 10) - arbaeen(walk.year + 10)).days


def killings() -> tuple[int, ...]:
    """Return the years of the killings that titles of the era name."""
    return tuple(sorted(set(era()[era()["title"].str.contains("are killed")]["earliest"].dt.year)))


def next_arbaeen() -> pd.Timestamp:
    """Return the day of the second feast of 2013, if there was one alone in 2012."""
    following = [arbaeen(year) + pd.Timedelta(days=365 - (shorter() or 0)) for year in (2012, 2013)]
    assert following[0].year == 2013
    return following[1]


def refused_for() -> bool:
    """Say whether it was more than a year from the beginning of the first talks to the last refusal."""
    return (last_day(SECOND_NO) - day(FIRST_NO)).days > 366


def named_musharraf() -> tuple[int, int]:
    """Return how many events of the era name President Musharraf, and how many there are."""
    whole = load("events").query("era_id == 'after-the-invasion'")
    return len(select_events(whole, text="Musharraf")), len(whole)


def musharraf() -> pd.Timestamp | None:
    """Return the month in which he went, if he governed from before the era."""
    span = by_id("spans").loc["pakistan-musharraf"]
    return if_so(pd.Timestamp(span["start"]) < day(FALL), pd.Timestamp(span["end"]))


FACTS = (
    Fact("the question", 1, "text", "", question("after-the-invasion")),
    Fact("edges of the silence", 1, "month", "one row alone", hole),
    Fact("claims", 5, "word", "claims", lambda: len(verdicts("lesson", NAME))),
    Fact("the old quarrel", 7, "true", "old quarrel", says_in("claims", "4f", "best_case", "old quarrel")),
    Fact("rows of the era", 10, "word", "rows, article", lambda: len(era())),
    Fact("in the article", 12, "word", "", mentioned),
    Fact("harsh titles", 13, "word", "content note, titles", harsh),
    Fact("events drawn", 14, "digits", "our selection", drawn),
    Fact("months beyond", 13, "word", "beyond the era", months_beyond),
    Fact("edges of the hole", 15, "day", "one event begins", edges),
    Fact("almost seven", 15, "word", "almost, years", almost),
    Fact("years without agreement", 18, "word", "years", lambda: len(iraq_s_hole())),
    Fact("last year without", 18, "digits", "up to and including", lambda: max(iraq_s_hole())),
    Fact("nobody's year", 18, "digits", "nobody", nobody_s_year),
    Fact("the tenth", 18, "ordinal", "nobody", lambda: len(empty_years())),
    Fact("Iraq did not", 20, "true", "Iraq did not", lambda: len(iraq_s_hole()) > 0),
    Fact("years explained", 20, "word", "inference", lambda: len(iraq_s_hole())),
    Fact("edges of a line", 20, "digits", "line, invent", invented),
    Fact("invented years", 20, "word", "line, invent", lambda: len(iraq_s_hole())),
    Fact("sources of the silence", 24, "word", "", lambda: published()[0]),
    Fact("from Pakistan, from Iraq", 24, "word", "published in Pakistan, Iraq", lambda: published()[1:]),
    Fact("of that time", 24, "word", "dealings", of_the_time),
    Fact("months of them", 24, "month", "dealings", months_of_them),
    Fact(
        "trade in the title",
        25,
        "digits",
        "million dollars",
        lambda: tuple(int(trade("two_way_musd")[year]) for year in (2003, 2013)),
    ),
    Fact("highest trade", 26, "true", "trade is highest", busiest),
    Fact("none older", 29, "digits", "none is older", lambda: min(int(written[:4]) for written in pilgrims()["as_of"])),
    Fact("four things", 29, "word", "count, things", lambda: if_so(pilgrims()["quantity"].is_unique, len(pilgrims()))),
    Fact("the largest number", 31, "true", "dropna, largest", largest_is_open),
    Fact("once or twice", 31, "count", "twice, nobody", feasts),
    Fact("5d", 31, "true", "5d cannot", says_in("claims", "5d", "reasoning", "cannot be measured")),
    Fact("note on killings", 32, "digits", "content note, killings", killings),
    Fact(
        "no embassy at work",
        34,
        "month",
        "newspaper, none at work",
        lambda: if_so(
            says_in("claims", "4f", "reasoning", "a newspaper of January 2010 saw none at work in Baghdad")(),
            pd.Timestamp("2010-01-01"),
        ),
    ),
    Fact(
        "closed when the war began",
        34,
        "month",
        "closed, war began",
        lambda: if_told(CLOSED, "note", "when the war began in March 2003", pd.Timestamp("2003-03-01")),
    ),
    Fact("at work again", 34, "month", "one worked", lambda: day(SENT_BACK)),
    Fact("opened again", 36, "month", "not found", opened),
    Fact("looks for the day", 36, "true", "not found", no_day),
    Fact("AFP's report", 36, "day", "AFP", lambda: last_day(CLOSED)),
    Fact("three days", 36, "word", "envoy, days", lambda: (day(ENVOY) - pd.Timestamp("2005-07-02")).days),
    Fact("shot at", 38, "month", "ambassador, shot", lambda: day(ENVOY)),
    Fact("to Jordan", 38, "true", "ambassador, Jordan", says(ENVOY, "description", "to Amman, in Jordan")),
    Fact("no meeting", 38, "digits", "no meeting", no_meeting),
    Fact("before the war of sects", 38, "true", "ambassador came **before**", lambda: last_day(ENVOY) < day(SECTARIAN)),
    Fact("almost six", 38, "word", "almost, years", now_almost),
    Fact("three titles", 39, "word", "content note, titles", lambda: len(violent())),
    Fact("acts of society", 41, "word", "acts of *society*", all_of_society),
    Fact("the eighth time", 41, "digits", "eighth", weighs_most),
    Fact(
        "under sanctions",
        41,
        "true",
        "eighth, sanctions",
        says(COMMISSION, "description", "under Saddam Hussein and under UN sanctions"),
    ),
    Fact("no ninth session", 41, "true", "no ninth session", lambda: no_meeting() is not None),
    Fact("up to the article", 41, "month", "no ninth", lambda: day("article-new-chapter-published")),
    Fact("years of the side", 42, "digits", "iraq_side", lambda: (side()["year"].min(), side()["year"].max())),
    Fact("how many years", 42, "word", "iraq_side", lambda: side()["year"].nunique()),
    Fact("three of five", 44, "word", "years, got", three_of_five),
    Fact(
        "before and after",
        46,
        "word",
        "before the hole, after",
        lambda: (len(range(1990, invented()[0] + 1)), len(range(invented()[1], hole()[1].year))),
    ),
    Fact("less alike", 50, "true", "less alike", less_alike),
    Fact("closer", 52, "true", "closer", closer),
    Fact("two measures", 52, "true", "two careful measures, two answers", lambda: less_alike() and closer()),
    Fact("fortieth day", 53, "true", "fortieth", says_in("glossary", "Arbaeen", "meaning", "Fortieth day after Ashura")),
    Fact("eleven days", 53, "word", "days, shorter", shorter),
    Fact("the walk", 55, "day", "about", lambda: if_so(date_of(WALK).endswith("~"), day(WALK))),
    Fact("a year later", 57, "day", "about", lambda: arbaeen(2004)),
    Fact("after ten years", 57, "day", "ten years", lambda: arbaeen(day(WALK).year + 10)),
    Fact("days of ten years", 57, "digits", "ten years", days_of_ten_years),
    Fact("the next one", 57, "day of the year", "same year", next_arbaeen),
    Fact("a short year", 57, "digits", "less 11", lambda: 365 - shorter()),
    Fact("two and one", 57, "digits", "both, only one", lambda: (next_arbaeen().year, 2012)),
    Fact(
        "share of 2013",
        61,
        "true",
        "2013, a quarter of one per cent",
        lambda: 0.24 < trade("share_of_a_percent")[2013] < 0.27,
    ),
    Fact("share of 1979", 61, "word", "1979", lambda: within(trade("share_of_a_percent")[1979], 2.45, 2.55, 2.5)),
    Fact("dollars", 61, "digits", "million a year", lambda: means("two_way_musd", 1)),
    Fact("shares", 61, "digits", "as a share", lambda: means("share_of_a_percent", 2)),
    Fact("more than a year", 64, "true", "more than a year, soldiers", refused_for),
    Fact(
        "UN and Iraq asked",
        64,
        "digits",
        "UN, interim prime minister",
        lambda: if_told(SECOND_NO, "description", "the UN and Iraq's interim prime minister", day(SECOND_NO).year),
    ),
    Fact(
        "ordered, delivered",
        64,
        "text",
        "ordered, delivered",
        lambda: if_told(VEHICLES, "description", "delivered them in 2005–06", (date_of(VEHICLES)[:4], "2005–06")),
    ),
    Fact("years of the interval", 64, "word", "interval, years", lambda: last_day(VEHICLES).year - day(VEHICLES).year + 1),
    Fact(
        "2006 alone",
        64,
        "digits",
        "news report",
        lambda: if_told(VEHICLES, "note", "a news report dates the purchase to 2006", last_day(VEHICLES).year),
    ),
    Fact("note on those killed", 65, "digits", "content note, killing", killings),
    Fact("note on the lesson", 1, "true", "content note, killed", lambda: len(killings()) > 0),
    Fact("note on the explorer", 68, "true", "content note, killings", lambda: len(killings()) > 0),
    Fact(
        "the two workers",
        67,
        "true",
        "Raja Azad Khan, engineer",
        says("pakistani-hostages-killed-2004", "description", "engineer Raja Azad Khan", "driver Sajjad Naeem"),
    ),
    Fact(
        "the driver",
        67,
        "true",
        "Sajjad Naeem, driver",
        says("pakistani-hostages-killed-2004", "description", "driver Sajjad Naeem"),
    ),
    Fact(
        "motive",
        67,
        "digits",
        "motive, disputed",
        lambda: if_told("pilgrims-killed-anbar-2006", "note", "disputed", day("pilgrims-killed-anbar-2006").year),
    ),
    Fact("no link", 67, "true", "no link, Quetta", says(ASHURA, "note", "no link with Iraq")),
    Fact(
        "all three",
        67,
        "word",
        "condemned all",
        lambda: if_told(ASHURA, "description", "all three attacks in one statement", (3, 1)),
    ),
    Fact(
        "no statement",
        67,
        "true",
        "no Pakistani statement",
        says(ASHURA, "note", "no Pakistani statement on the attacks in Iraq"),
    ),
    Fact("name Musharraf", 71, "word", "name President Musharraf", named_musharraf),
    Fact("Musharraf", 70, "month", "governed until", musharraf),
    Fact("years, again", 74, "word", "agreement, did not vote", lambda: len(iraq_s_hole())),
    Fact("hole, again", 74, "month", "nobody wrote", lambda: edges()[::2]),
    Fact("verdicts so far", 73, "digits", "After six lessons, verdict", so_far("07")),
    Fact(
        "no open quarrel",
        74,
        "true",
        "no open quarrel, 2003",
        says_in("claims", "9e", "best_case", "no open quarrel of the two governments after 2003"),
    ),
    Fact("not met since", 74, "digits", "commission, since", weighs_most),
    Fact("contested", 74, "text", "complete", lambda: f"{by_id('claims').loc['4f', 'support']}"),
    Fact("busiest", 74, "true", "trade, busiest", busiest),
)
