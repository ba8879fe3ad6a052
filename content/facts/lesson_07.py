"""The facts in the prose of lesson 07."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from content.facts import (
    Fact,
    behind,
    by_id,
    cited,
    date_of,
    day,
    events,
    events_of,
    how_many,
    if_so,
    last_day,
    load,
    number_of,
    of_all,
    part,
    question,
    says,
    says_in,
    searched,
    so_far,
    sources_of,
    voices,
)

AGREEMENTS, MEETING, ENVOY = (
    "super-mushshak-and-training-deal-2014",
    "pakistani-speaker-baghdad-2016",
    "iraqi-envoy-credits-pakistan-2017",
)
FALL, VICTORY = "mosul-falls-2014", "mosul-retaken-2017"
ARRESTS, OFFER = "pakistani-students-arrested-najaf-2014", "pakistan-offers-training-2004"
CRIMES = ("speicher-2014", "sinjar-2014")
TROOPS = ("troops-to-iraq-refused-2003", "pakistan-rules-out-troops-2004", "musharraf-muslim-force-2007")
SEVEN = ["7a", "7b", "7c", "7d"]

era = partial(events_of, "back-channel")
pages = partial(sources_of, ENVOY)


def acts() -> int | None:
    """Return how many acts between the two there are, if one is the arrests and three have the verbs."""
    rows = era().query("effect != 'none'")
    verbs = zip(("would train", "saw a need", "had given"), rows["description"].drop(ARRESTS), strict=True)
    right = list(rows.index) == [AGREEMENTS, ARRESTS, MEETING, ENVOY] and "Police" in rows.loc[ARRESTS, "description"]
    return if_so(right and all(verb in told for verb, told in verbs), len(rows))


def months_before() -> int | None:
    """Return the months from the agreements to the fall of Mosul, if the day of the month is one."""
    signed, fell = day(AGREEMENTS), day(FALL)
    return if_so(signed.day == fell.day, (fell.year - signed.year) * 12 + fell.month - signed.month)


def after_victory() -> int | None:
    """Return the days from the declared victory to the press conference."""
    declared = says(VICTORY, "description", "On 10 July he declared victory")()
    return if_so(declared, (day(ENVOY) - last_day(VICTORY)).days)


def dates_of_mosul() -> int | None:
    """Return how many dates for the victory are in use, if each stands in the note."""
    note = events().loc[VICTORY, "note"]
    found = re.findall(r"(\d+) July", note)
    return if_so("Three dates are in use" in note, len(set(found)))


def iraqi() -> tuple[int, int]:
    """Return how many of the publishers are Iraqi, and how many there are."""
    return of_all(pages()["country"] == "IRQ")


def headlines() -> int:
    """Return how many Pakistani headlines name Pakistan's help."""
    return number_of(pages().query("country == 'PAK'")["title"].str.contains("Pakistan helped"))


def editorial() -> bool:
    """Say whether the editorial and the silence are as told, and nobody confirmed it."""
    asked = says(ENVOY, "note", "no Pakistani confirmation", "asked why the government was silent")()
    page = pages().loc["the-nation-2017-07-16"]
    return asked and "editorial" in page["title"] and page["read"] == "opening"


def of_the_era() -> pd.DataFrame:
    """Return those of the lesson's era."""
    return cited(era())


def primary() -> pd.Timestamp | None:
    """Return the day of the one act with a primary source, if that is of the National Assembly."""
    rows = cited()[cited()["event_id"].isin([AGREEMENTS, ARRESTS, MEETING, ENVOY])].query("kind == 'primary'")
    return if_so(list(rows["author"]) == ["National Assembly of Pakistan"], day(rows["event_id"].iloc[0]))


def crosstab() -> pd.DataFrame:
    """Return the kinds and the countries of the era's references."""
    return pd.crosstab(of_the_era()["kind"], of_the_era()["country"])


def largest() -> int | None:
    """Return the largest number of the crosstab, if it is of news from Pakistan."""
    counted = crosstab()
    return if_so(counted.loc["news", "PAK"] == counted.to_numpy().max(), int(counted.to_numpy().max()))


def of_iraq() -> tuple[int, int, int] | None:
    """Return how many references are Iraqi, and how many of them are on the murders and on the arrests, if these are all."""
    about = of_the_era().query("country == 'IRQ'")["event_id"]
    murders, arrests = int(about.isin(CRIMES).sum()), int((about == ARRESTS).sum())
    return if_so(murders + arrests == len(about), (len(about), murders, arrests))


def found(*search_ids: str) -> pd.Series:
    """Return what some searches found."""
    return by_id("searches").loc[list(search_ids), "found"]


def no_confirmation() -> int | None:
    """Return in how many languages somebody looked for a confirmation, if nobody found one, nor an Iraqi page."""
    rows = by_id("searches").loc["s066":"s068"]
    none = rows["found"].str.contains(r"no Iraqi page on the help|no word of Pakistan's (?:government|Foreign Office)").all()
    return if_so(none and set(rows["claim_id"]) == {"7b"}, rows["language"].nunique())


def two_pairs() -> int | None:
    """Return how many claims paragraph 7 has, if what was so is unverified, and what was said is not."""
    found = by_id("claims").query("paragraph == 7")["support"]
    unverified = list(found.index[found == "unverified"])
    return if_so(list(found.index) == SEVEN and unverified == ["7b", "7d"], len(found))


def offered() -> pd.Timestamp | None:
    """Return the month of the offer, if both claims have it."""
    openly = part(r"In (\w+ \d{4}) Pakistan's defence secretary openly offered", "claims", "8a", "omission")
    return if_so(openly == part(r"in (\w+ \d{4}) Pakistan proposed a way", "claims", "8b", "omission"), pd.Timestamp(openly))


def verdict(claim: str, support: str) -> bool:
    """Say whether a claim has a verdict."""
    return by_id("claims").loc[claim, "support"] == support


def either_day() -> str:
    """Return the two days of the meeting."""
    first, last = day(MEETING), last_day(MEETING)
    return f"{first.day} or {last.day} {last:%B %Y}"


def behind_8a() -> int | None:
    """Return how many sources 8a has, if it is those two."""
    found = load("claim_sources").query("claim_id == '8a'")["source_id"]
    return if_so(list(found) == ["luqman-2017-07", "nation-2017-03-31"], len(found))


def who_governed() -> bool:
    """Say whether Mosul fell under Maliki and was won back under Abadi, and one party governed Pakistan."""
    spans = by_id("spans")
    inside = {"iraq-maliki": (AGREEMENTS, FALL), "iraq-abadi": (VICTORY, ENVOY), "pakistan-pml-n-2013": (AGREEMENTS, ENVOY)}
    return all(
        spans.loc[name, "start"] < date_of(first)[:10] <= date_of(last)[:10] < spans.loc[name, "end"]
        for name, (first, last) in inside.items()
    )


def no_statement() -> bool:
    """Say whether nothing was found on the crimes and on the fall of Mosul."""
    notes = events().loc[[*CRIMES, FALL], "note"]
    return notes.str.contains(r"We found no (?:official )?Pakistani statement").all()


def looked_for_a_statement() -> bool:
    """Say whether three looks found no Pakistani statement on the crimes, but one on Turkey's consulate in Mosul."""
    words = ("none of Pakistan", "nothing on these crimes", "no Pakistani statement")
    told = found("s075", "s076", "s077")
    none = all(part in text for part, text in zip(words, told, strict=True))
    return none and "storming of Turkey's consulate in Mosul" in told["s076"]


def of_paragraph_7() -> pd.DataFrame:
    """Return the pages behind paragraph 7."""
    rows = load("claim_sources").merge(load("sources"), on="source_id")
    return rows[rows["claim_id"].isin(SEVEN)]


def years_of_the_voices() -> tuple[int, int]:
    """Return the year of the first page of Pakistan's voices that are dated, and that of Iraq's."""
    rows = of_paragraph_7().dropna(subset="date")
    first = rows["date"].str[:4].astype(int).groupby(voices(rows)).min()
    return int(first["PAK"]), int(first["IRQ"])


def nameless() -> pd.Series:
    """Return the one without a country."""
    (row,) = of_paragraph_7()[of_paragraph_7()["country"].isna()].itertuples()
    return pd.Series(row._asdict())


def small_arms() -> int | None:
    """Return since when arms were sold, by the report without a date."""
    since = part(r"small arms and ammunition since (\d{4})", "claims", "6a", "reasoning")
    return if_so(pd.isna(nameless()["date"]), int(since))


def no_other_page() -> bool:
    """Say whether each claim has a Pakistani page, two have no other, and none is Iraqi."""
    counted = pd.crosstab(of_paragraph_7()["claim_id"], of_paragraph_7()["country"])
    rest = counted.drop(columns="PAK").sum(axis=1)
    return (counted["PAK"] > 0).all() and list(rest.index[rest == 0]) == ["7a", "7c"] and "IRQ" not in counted


def dated(source_id: str, weekday: str) -> pd.Timestamp | None:
    """Return the date of a page, if it is that day of the week."""
    found = pd.Timestamp(by_id("sources").loc[source_id, "date"])
    return if_so(found.day_name() == weekday, found)


def tuesdays() -> int | None:
    """Return how many days of the month of the meeting have its day of the week, if that is a Tuesday."""
    month = pd.period_range(last_day(MEETING), periods=1, freq="M")[0]
    days = pd.date_range(month.start_time, month.end_time).day_name()
    return if_so(last_day(MEETING).day_name() == "Tuesday", int((days == "Tuesday").sum()))


def planes() -> pd.DataFrame:
    """Return the reports on the planes."""
    return load("reports").query("event_id == @event", local_dict={"event": AGREEMENTS})


def speakers() -> bool:
    """Say whether one speaker is an analyst, the other an official without a name."""
    told = list(planes()["wording"])
    return "an analyst" in told[0] and "official who is not named" in told[1]


FACTS = (
    Fact("the question", 1, "text", "", question("back-channel")),
    Fact("events of the era", 5, "word", "events", lambda: len(era())),
    Fact("acts", 7, "word", "", acts),
    Fact("events on murders", 7, "word", "marks, mass murders", lambda: int(era().index.isin(CRIMES).sum())),
    Fact("months before", 9, "word", "months earlier", months_before),
    Fact("before Mosul", 9, "day of the year", "earlier", lambda: (day(AGREEMENTS), day(FALL))),
    Fact("were public", 9, "true", "public", says(AGREEMENTS, "note", "It was public")),
    Fact("was present", 9, "true", "prime minister", says(AGREEMENTS, "description", "Nawaz Sharif present")),
    Fact("days after victory", 9, "word", "days after", after_victory),
    Fact("publishers", 10, "word", "publishers", lambda: iraqi()[1]),
    Fact("none is Iraqi", 12, "true", "none", lambda: iraqi()[0] == 0),
    Fact(
        "from three countries",
        12,
        "true",
        "pages, Pakistan, Iran and Saudi Arabia",
        lambda: set(pages()["country"]) == {"PAK", "IRN", "SAU"},
    ),
    Fact("ambassador", 12, "true", "Karim, Islamabad", says(ENVOY, "description", "in Islamabad Ambassador Ali")),
    Fact("editorial", 12, "true", "editorial, silent", editorial),
    Fact("in Urdu", 12, "word", "in Urdu, papers", lambda: int((pages()["language"] == "ur").sum())),
    Fact("headlines", 12, "word", "headlines name Pakistan", headlines),
    Fact(
        "some neighbours",
        12,
        "true",
        "IRNA, some neighbours",
        lambda: "some neighbors' role" in pages().loc["irna-2017-07-15", "title"],
    ),
    Fact("sources of it", 12, "word", "sources, said", lambda: iraqi()[1]),
    Fact("rebuilding", 12, "true", "rebuilding", says(ENVOY, "description", "help with rebuilding")),
    Fact("no row lost", 14, "true", "no row", lambda: len(cited()) == len(load("event_sources"))),
    Fact("primary", 18, "month", "National Assembly", primary),
    Fact("largest", 20, "word", "news from Pakistan", largest),
    Fact("of Iraq", 20, "word", "references are Iraqi", of_iraq),
    Fact("year of the murders", 20, "digits", "references are Iraqi", lambda: max({day(name).year for name in CRIMES})),
    Fact("looked for a confirmation", 12, "word", "languages, s066 to s068", no_confirmation),
    Fact(
        "an Iraqi paper", 20, "true", "s071, Azzaman, offer", searched(r"Azzaman \(an Iraqi paper\).* on the offers", "s071")
    ),
    Fact("no earlier word", 26, "true", "s069, not", searched("nothing on Pakistan before July 2017", "s069")),
    Fact("added up", 20, "digits", "add up", lambda: (int(crosstab().to_numpy().sum()), len(of_the_era()))),
    Fact("without a country", 20, "word", "sources have no", lambda: int(of_the_era()["country"].isna().sum())),
    Fact("two pairs", 21, "word", "claims", two_pairs),
    Fact("some", 23, "true", "some", says_in("claims", "7c", "omission", '"some"')),
    Fact("likely", 23, "true", "7d, likely", says_in("claims", "7d", "reasoning", "makes it likely")),
    Fact("agreement", 23, "month", "agreement", lambda: day(AGREEMENTS)),
    Fact("one of several", 12, "true", "several states", says_in("claims", "7a", "omission", "one of several states")),
    Fact("offered before", 24, "month", "Pakistan's president, offered", lambda: day(OFFER)),
    Fact("promised", 24, "day", "promised", lambda: day(AGREEMENTS)),
    Fact("wished", 24, "text", "wished", either_day),
    Fact("offered", 24, "month", "offered", offered),
    Fact("given", 24, "day", "given", lambda: day(ENVOY)),
    Fact("8b", 26, "true", "8b is *unverified*", partial(verdict, claim="8b", support="unverified")),
    Fact("8a", 26, "true", "in part (8a", partial(verdict, claim="8a", support="partly")),
    Fact("sources of 8a", 26, "word", "sources", behind_8a),
    Fact("never before", 26, "true", "never, before", says_in("claims", "8a", "reasoning", "never been mentioned before")),
    Fact("offer", 26, "text", "offer", lambda: f"{offered():%B}"),
    Fact("announced, named", 30, "month", "announced", lambda: (day(AGREEMENTS), day(MEETING))),
    Fact("said", 30, "day", "announced", lambda: day(ENVOY)),
    Fact("first decade", 33, "text", "", lambda: f"{behind('6a')['earliest'].min().year // 10}0s"),
    Fact("soldiers", 33, "digits", "soldiers", lambda: tuple(behind("6a").loc[list(TROOPS), "earliest"].dt.year)),
    Fact(
        "vehicles", 33, "digits", "vehicles", lambda: int(behind("6a").loc["iraq-buys-pakistani-apcs-2006", "earliest"].year)
    ),
    Fact("offer of 2004", 33, "digits", "an offer of training", lambda: if_so(OFFER in behind("6a").index, day(OFFER).year)),
    Fact("next era", 35, "true", "next era", lambda: behind("8c")["era_id"].iloc[-1] == "new-chapter"),
    Fact(
        "no visit",
        35,
        "true",
        "no military visit",
        says_in("claims", "8c", "reasoning", "after July 2017", "no military one until June 2019"),
    ),
    Fact("claims of 6", 36, "word", "paragraph 6, claims", lambda: how_many(6)[1]),
    Fact("half", 36, "true", "half", lambda: 2 * how_many(6)[0] == how_many(6)[1]),
    Fact(
        "air force",
        40,
        "true",
        "cadets, air force",
        lambda: (
            says(CRIMES[0], "description", "cadets of the Iraqi air force")()
            and says(AGREEMENTS, "description", "air force personnel")()
        ),
    ),
    Fact("no statement", 40, "true", "no Pakistani statement", no_statement),
    Fact("looked for one", 40, "true", "s075 to s077", looked_for_a_statement),
    Fact(
        "what was found",
        40,
        "month",
        "Turkey's consulate, chargé",
        lambda: pd.Timestamp(found("s077").str.extract(r"(\d+ July 2015): Iraq's chargé").iloc[0, 0]),
    ),
    Fact(
        "no visit found",
        35,
        "digits",
        "s073, s074, looks",
        lambda: if_so(searched("nothing of 2018", "s073", "s074")(), 2018),
    ),
    Fact("who governed", 42, "true", "Maliki, Abadi", who_governed),
    Fact("agreed", 42, "month", "agreed", lambda: day(AGREEMENTS)),
    Fact("spoke", 42, "digits", "spoke in", lambda: day(ENVOY).year),
    Fact("no event", 42, "true", "no event", says_in("claims", "6d", "reasoning", "no event for the reforms")),
    Fact("pages", 20, "word", "rows stand", lambda: len(of_paragraph_7())),
    Fact("in 2014 and 2017", 67, "digits", "Pakistan first speaks, Iraq", years_of_the_voices),
    Fact("nameless", 20, "word", "no country", lambda: int(of_paragraph_7()["country"].isna().sum())),
    Fact(
        "no date, no address", 45, "true", "no date, address", lambda: nameless()[["date", "url", "publisher"]].isna().all()
    ),
    Fact("small arms", 45, "digits", "small arms", small_arms),
    Fact("no other", 47, "true", "7a and 7c, no other", no_other_page),
    Fact("copies", 50, "word", "copies", lambda: (int((pages()["access"] == "copy").sum()), len(pages()))),
    Fact("Saturday", 50, "day", "Saturday", partial(dated, source_id="irna-2017-07-15", weekday="Saturday")),
    Fact(
        "Friday",
        50,
        "true",
        "day before",
        lambda: day(ENVOY).day_name() == "Friday" and dated("irna-2017-07-15", "Saturday") is not None,
    ),
    Fact("Tuesdays", 50, "word", "Tuesday", tuesdays),
    Fact("Monday", 50, "day of the year", "Monday", partial(dated, source_id="urdupoint-2016-01-25", weekday="Monday")),
    Fact("inferred", 50, "true", "inferred", says(MEETING, "note", "26 January is inferred")),
    Fact("taken", 50, "text", "take", lambda: f"{last_day(MEETING).day}th"),
    Fact("sure", 52, "day of the year", "sure", lambda: day(ENVOY)),
    Fact("dates of Mosul", 52, "word", "dates", dates_of_mosul),
    Fact("order", 54, "month", "planes", lambda: day(AGREEMENTS)),
    Fact("aircraft", 54, "word", "aircraft", lambda: int(planes()["low"].iloc[0])),
    Fact("one number", 56, "word", "publishers, number", lambda: (len(planes()), planes()["low"].nunique())),
    Fact("speakers", 56, "true", "analyst, official", speakers),
    Fact("disputed", 56, "true", "disputed", says(AGREEMENTS, "note", "Whether this sale was completed is disputed")),
    Fact(
        "with Saudi Arabia",
        63,
        "word",
        "Saudi Arabia takes part",
        lambda: (int(era()["actors"].str.contains("Saudi Arabia").sum()), len(era())),
    ),
    Fact("in their order", 66, "month", "training was", lambda: (day(AGREEMENTS), day(MEETING), offered())),
    Fact("verdicts so far", 68, "digits", "After, lessons, claims", so_far("08")),
    Fact("first said", 66, "day", "first said", lambda: day(ENVOY)),
)
