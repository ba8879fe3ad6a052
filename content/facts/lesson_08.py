"""The facts in the prose of lesson 08."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from content.facts import (
    PAGES,
    Fact,
    behind,
    by_id,
    date_of,
    day,
    events,
    events_of,
    how_many,
    if_so,
    if_told,
    last_day,
    load,
    of_all,
    page_numbers,
    part,
    question,
    says,
    says_in,
    searched,
    sources_of,
    the_one,
)

JALAL, ENAD, ARTICLE = "jalal-visits-baghdad-2021", "enad-visits-pakistan-2021", "article-new-chapter-published"
DEAL, TALKS, FLOWN = (
    "super-mushshak-and-training-deal-2014",
    "iraqi-defence-official-rawalpindi-2019",
    "iraqi-officers-flown-home-2020",
)
KHAN, SHARIF, YEMEN = "imran-khan-mediation-2019", "sharif-mediation-2016", "pakistan-yemen-neutrality-2015"
CALL, STAND = "saudi-pakistan-syria-statement-2014", "pakistan-against-toppling-assad-2015"
ZIA, OFFER, BUKHARI, RAZA = (
    "zia-in-baghdad-1980",
    "pakistan-offers-training-2004",
    "bukhari-visits-baghdad-2019",
    "raza-visits-baghdad-2021",
)

era = partial(events_of, "new-chapter")


def first_together() -> pd.Timestamp | None:
    """Return the month of the era's first act together, if it is the visit of the adviser on workers."""
    together = era().query("effect == 'cooperative'")
    return if_so(together.index[0] == BUKHARI, day(BUKHARI))


def named(event_id: str, column: str, pattern: str) -> pd.Timestamp | None:
    """Return the day that a text of an event names, in the event's year if it names none."""
    found = re.search(pattern, str(events().loc[event_id, column]))
    if not found:
        return None
    return pd.Timestamp(found[1] if found[1][-4:].isdigit() else f"{found[1]} {day(event_id).year}")


def by_hand() -> tuple[str, ...] | None:
    """Return the days of the table that is made by hand, in their order."""
    jalal, enad = (date_of(name).split("/") for name in (JALAL, ENAD))
    president = named(JALAL, "description", r"On (\d+ \w+) she met President")
    chief = named(ENAD, "description", r"army chief, [\w ]+, on (\d+ \w+), and a day later .*President")
    if president is None or chief is None:
        return None
    inner = [f"{found:%Y-%m-%d}" for found in (president, chief, chief + pd.Timedelta(days=1))]
    written = (jalal[0], inner[0], jalal[1], enad[0], *inner[1:], enad[1], date_of(ARTICLE))
    return if_so(list(written) == sorted(written), written)


def programme() -> int | None:
    """Return the days of the programme by which the last day is counted."""
    counted = (last_day(JALAL) - day(JALAL)).days + 1
    return if_told(JALAL, "note", "a programme of four days", counted)


def support(claim: str) -> str:
    """Return the verdict on a claim."""
    return f"{by_id('claims').loc[claim, 'support']}"


def proposal() -> pd.Timestamp | None:
    """Return the month of the proposal."""
    return pd.Timestamp(part(r"in (\w+ \d{4}) Pakistan's defence secretary proposed", "claims", "10a", "reasoning"))


def offer() -> pd.Timestamp | None:
    """Return the day of the offer of training."""
    return named(JALAL, "note", r"on (\d+ \w+ \d{4}) Pakistan's defence minister had offered training")


def in_autumn() -> int | None:
    """Return the year of the offer, if the air force commander came a month later."""
    came = says_in("claims", "10c", "omission", "in October 2020 Iraq's air force commander came")()
    return if_so(came and f"{offer():%Y-%m}" == "2020-09", 2020)


def iraq_s_bar() -> pd.Series:
    """Return Iraq's one mark between Riyadh and Tehran."""
    return events().loc[the_one(behind("9g").index)]


def lengths() -> tuple[int, int]:
    """Return the whole months of Iraq's mark, and the whole years of Pakistan's."""
    mine, theirs = iraq_s_bar(), behind("9f")
    years = (theirs["latest"].max() - theirs["earliest"].min()).days / 365.25
    return int((mine["latest"] - mine["earliest"]).days / 30.4), int(years)


def looked_at_2018() -> int | None:
    """Return the year of which two searches found nothing."""
    return if_so(searched("nothing of 2018", "s073", "s074")(), 2018)


def a_day_later() -> bool:
    """Say whether a paper of Quetta expected her home on the day after her last day by the programme."""
    told = f"Quetta, in Urdu), 27 January 2021: she is to go home on {last_day(JALAL).day + 1} January"
    return says_in("searches", "s080", "found", told)()


def at_once() -> pd.Timestamp | None:
    """Return the month of Khan's journey, if it lies inside Iraq's bar."""
    inside = iraq_s_bar()["earliest"] < day(KHAN) and last_day(KHAN) < iraq_s_bar()["latest"]
    return if_so(inside, day(KHAN))


def without_a_row() -> int | None:
    """Return how many acts claim 9g names that have no row."""
    acts = ("Arab League", "border crossing")
    named_in_9g = all(words in by_id("claims").loc["9g", "reasoning"] for words in acts)
    rows = load("events")
    titles = rows[(rows["latest"] >= "2018-01-01") & (rows["earliest"] <= "2020-12-31")]["title"]
    return if_so(named_in_9g and not titles.str.contains("|".join(acts)).any(), len(acts))


def officers() -> int | None:
    """Return the year in which officers were on courses, if Iraq's embassy says so."""
    told = sources_of(FLOWN).loc["iraq-embassy-islamabad-2020-05-30"]
    said = told["country"] == "IRQ" and "taking part in training courses" in told["says"]
    return if_so(said and says(FLOWN, "description", "officers on training courses")(), day(FLOWN).year)


def years_to_the_deadline() -> int | None:
    """Return the years from the article to the deadline of the forecast that is shown."""
    deadline = pd.Timestamp(load("forecasts")["deadline"].iloc[0])
    years = deadline.year - day(ARTICLE).year
    return if_so(last_day(ARTICLE) + pd.DateOffset(years=years) == deadline, years)


def corroborated_of_9() -> tuple[int, int]:
    """Return how many of the claims on Iran and Iraq are corroborated, and how many there are."""
    return of_all(by_id("claims").loc["9a":"9e", "support"] == "corroborated")


def no_event() -> int | None:
    """Return how many claims on Iran there are, if none has an event."""
    claims = ("9b", "9c", "9d")
    return if_so(behind(*claims).empty, len(claims))


def lists() -> int | None:
    """Return how many lists of rival states there are, if neither pair stands in them."""
    none = says_in("claims", "9a", "reasoning", "no pair Pakistan–Iraq", "no pair Pakistan–Iran either")()
    return if_so(none, int((load("claim_sources")["claim_id"] == "9a").sum()))


def level(name: str) -> int:
    """Return how many of the events behind the two claims have a level."""
    return int((behind("9a", "9e")["level"] == name).sum())


def acts_of_the_state() -> tuple[int, ...] | None:
    """Return the number and the years that the omission of 9e names: pilgrims, students, visas."""
    omission = by_id("claims").loc["9e", "omission"]
    pattern = r"(\d+) Pakistani pilgrims back .*?(\d{4}).*students in Najaf in (\d{4}).* in (\d{4}) put new checks on visas"
    found = re.search(pattern, omission)
    return tuple(int(part) for part in found.groups()) if found else None


def neutral_and_soldiers() -> tuple[int, ...]:
    """Return the years in which Pakistan called itself neutral, then those of its soldiers on the Saudi side."""
    rows = behind("9j", "9k", "9l", "9m")
    years = rows["earliest"].dt.year
    neutral = years[rows["title"].str.contains("declares itself neutral|stay neutral")]
    return (*neutral, *years[rows["title"].str.contains("troops")])


def two_sources() -> bool:
    """Say whether one source of the talks is of the same day, and the other looks back."""
    dates = by_id("sources")["date"]
    looks_back = "ARY the meeting with Bajwa to July 2019" in events().loc[TALKS, "note"]
    later = pd.Timestamp(dates["ary-news-2020-07-15"]) - day(TALKS)
    return dates["urdupoint-2019-06-18"] == date_of(TALKS) and looks_back and 365 < later.days < 400


def between_two_pages() -> bool:
    """Say whether the article's number and day lie between those of two pages, nearer to the second."""
    numbers, dates = page_numbers(), [pd.Timestamp(by_id("sources").loc[name, "date"]) for name in PAGES[::2]]
    nearer = numbers[2] - numbers[1] < numbers[1] - numbers[0]
    return numbers == sorted(numbers) and nearer and dates[0] < last_day(ARTICLE) < dates[1]


def of_tehran() -> pd.DataFrame:
    """Return the events up to the article that name Tehran."""
    rows = events()
    told = rows["title"] + " " + rows["description"] + " " + rows["actors"]
    return rows[(rows["earliest"] <= day(ARTICLE)) & told.str.contains("Tehran")]


def plans() -> tuple[int, int]:
    """Return the years of the peace plans."""
    (row,) = of_tehran()[of_tehran()["title"].str.contains("peace plans")].itertuples()
    return row.earliest.year, row.latest.year


FACTS = (
    Fact("the question", 1, "text", "", question("new-chapter")),
    Fact(
        "acts of all rows", 7, "word", "acts together", lambda: (int((era()["effect"] == "cooperative").sum()), len(era()))
    ),
    Fact("none of 2018", 7, "true", "none, 2018", lambda: (era()["earliest"].dt.year > 2018).all()),
    Fact(
        "two visits",
        7,
        "word",
        "visits of ministers",
        lambda: if_so(list(era().index[-4:]) == [JALAL, ENAD, RAZA, ARTICLE], 2),
    ),
    Fact("looked at 2018", 7, "digits", "s073 and s074, no visit", looked_at_2018),
    Fact("first of them", 7, "month", "The first is a visit", first_together),
    Fact("not printed", 9, "word", "dates, nobody", lambda: sum(written[-1] in "?~" for written in by_hand() or ())),
    Fact("by hand", 10, "text", "days", by_hand),
    Fact("a day later", 11, "true", "Quetta, a day later, s080", a_day_later),
    Fact("none between", 11, "true", "s080, none *there*", searched("nothing between the two visits", "s080")),
    Fact("programme", 11, "word", "programme", programme),
    Fact("last day", 11, "day of the year", "programme", lambda: last_day(JALAL)),
    Fact("an estimate", 11, "true", "estimate", says(ARTICLE, "description", "day is uncertain")),
    Fact("claims of paragraph 10", 13, "word", "paragraph 10", lambda: how_many(10)[1]),
    Fact("corroborated", 16, "word", "corroborated", lambda: how_many(10)),
    Fact("10c", 16, "text", "10c", lambda: support("10c")),
    Fact("the guess", 16, "month", "air forces", lambda: day(DEAL)),
    Fact("in front of", 16, "true", "prime minister", says(DEAL, "description", "Nawaz Sharif present")),
    Fact("proposal", 16, "month", "framework", proposal),
    Fact("first offer", 16, "month", "Pakistan's president, offered", lambda: day(OFFER)),
    Fact("looked for a pair", 16, "true", "s078, s079, not found", searched("no earlier pair", "s078", "s079")),
    Fact("offer again", 16, "day", "again", offer),
    Fact("autumn", 16, "true", "in October, commander", lambda: in_autumn() is not None),
    Fact("was new", 16, "true", "as far as we know", says_in("claims", "10c", "best_case", "were new, as far as we know")),
    Fact("not defined", 16, "true", "not define", says_in("claims", "10c", "reasoning", "does not define")),
    Fact("all rows", 17, "word", "rows, years", lambda: len(behind("9f", "9g"))),
    Fact("months and years", 17, "word", "months, years", lengths),
    Fact("at once", 21, "month", "inside", at_once),
    Fact("marks", 21, "word", "effort", lambda: (len(behind("9g")), len(behind("9f")))),
    Fact("without a row", 21, "word", "9g, no row", without_a_row),
    Fact("own idea", 21, "true", "own idea", says(KHAN, "note", "Khan called it Pakistan's own idea")),
    Fact(
        "the request",
        21,
        "true",
        "several reports, crown prince",
        says(KHAN, "note", "in several reports the request came from the Saudi crown prince"),
    ),
    Fact("Yemen", 23, "true", "Yemen, stand with", says(YEMEN, "description", "promised to stand with")),
    Fact("Soleimani", 23, "true", "alone", lambda: "only from Abdul Mahdi" in iraq_s_bar()["note"]),
    Fact("back-channel", 23, "true", "back-channel", says_in("claims", "9i", "best_case", 'the word "back-channel" fits')),
    Fact(
        "what is left out",
        24,
        "digits",
        "agreement, proposal, autumn",
        lambda: (day(DEAL).year, proposal().year, in_autumn()),
    ),
    Fact("officers", 29, "digits", "officers on training courses, embassy", officers),
    Fact("deadline", 32, "word", "deadline", years_to_the_deadline),
    Fact("corroborated of 9", 35, "word", "corroborated", corroborated_of_9),
    Fact("lists", 37, "word", "lists, Iran", lists),
    Fact("claims on Iran", 37, "word", "claims on Iran", no_event),
    Fact("behind the others", 37, "word", "how many, governments", lambda: len(behind("9a", "9e"))),
    Fact("of a government", 39, "word", "", lambda: level("government")),
    Fact("of armed groups", 39, "word", "armed groups", lambda: level("society")),
    Fact("acts of the state", 39, "digits", "pilgrims, students, visas", acts_of_the_state),
    Fact("released", 39, "true", "students, released", says_in("claims", "9e", "omission", "they were released later")),
    Fact(
        "in Iraq",
        39,
        "true",
        "Sistani, arbitrary",
        says("pakistani-students-arrested-najaf-2014", "description", "Sistani's office called it arbitrary"),
    ),
    Fact("no open quarrel", 39, "true", "no open quarrel", says_in("claims", "9e", "best_case", "no open quarrel")),
    Fact("neutral, and soldiers", 42, "digits", "neutral, soldiers", neutral_and_soldiers),
    Fact("the call", 43, "day", "transitional", lambda: if_so(CALL in behind("9m").index, day(CALL))),
    Fact("the stand", 43, "day", "foreign secretary", lambda: if_so(STAND in behind("9m").index, day(STAND))),
    Fact(
        "a turn",
        43,
        "digits",
        "opposition politicians",
        lambda: if_so(
            says(CALL, "description", "Opposition politicians in Pakistan saw a turn", "the same")(), day(CALL).year
        ),
    ),
    Fact(
        "a shift",
        43,
        "digits",
        "Dawn, Business Recorder",
        lambda: if_so(
            says(STAND, "description", "Dawn called this a significant shift")()
            and says(STAND, "note", "Business Recorder presents the same closed meeting as a stand on principle")(),
            day(STAND).year,
        ),
    ),
    Fact(
        "expectations",
        44,
        "word",
        "of the, claims",
        lambda: (int((load("claims")["support"] == "expectation").sum()), int((load("claims")["paragraph"] >= 11).sum())),
    ),
    Fact("two sources", 51, "true", "looks back, a year", two_sources),
    Fact("two pages", 53, "true", "lies between", between_two_pages),
    Fact("nearer the second", 55, "true", "close to the second", between_two_pages),
    Fact("about", 55, "day of the year", "about", lambda: day(ARTICLE)),
    Fact("name Tehran", 65, "word", "name Tehran", lambda: len(of_tehran())),
    Fact("first of Tehran", 65, "digits", "name Tehran", lambda: of_tehran()["earliest"].min().year),
    Fact("Tehran and Baghdad", 66, "digits", "president flew", lambda: if_so(ZIA in of_tehran().index, day(ZIA).year)),
    Fact("peace plans", 66, "digits", "peace plans", plans),
    Fact("later quarrels", 66, "digits", "quarrel, Saudi Arabia", lambda: (day(SHARIF).year, day(KHAN).year)),
    Fact(
        "missing here",
        66,
        "digits",
        "is missing",
        lambda: if_so(iraq_s_bar().name not in of_tehran().index, iraq_s_bar()["earliest"].year),
    ),
    Fact("no Iraqi word", 43, "true", "s082, s083, not found", searched("no Iraqi word on Pakistan's", "s082", "s083")),
    Fact(
        "corroborated of all",
        70,
        "digits",
        "claims have, are corroborated",
        lambda: (len(load("claims")), int((load("claims")["support"] == "corroborated").sum())),
    ),
    Fact("go back to", 69, "digits", "go back", lambda: (day(OFFER).year, day(DEAL).year)),
)
