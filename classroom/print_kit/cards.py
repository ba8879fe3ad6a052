"""What goes into the printed kit of a lesson: which cards, in which order, and what each side of a card says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from string import ascii_uppercase

import pandas as pd

from helpers import edtf
from helpers.data import load
from helpers.language import current, later, say

from ..errors import TeacherError
from .declared import check_known, declared
from .documents import Document, documents_of

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = r"(?:\d{1,2}(?:(?: and | to |–)\d{1,2})? )?"
BLANK = "_____"
_SOME_DAY = {
    "month": later("Some day in this month: we found no source that gives the day."),
    "season": later("Some day in this season: we found no source that gives the day."),
    "year": later("Some day in this year: we found no source that gives the day."),
    "decade": later("Some day in this decade: we found no source that gives the day."),
    "century": later("Some day in this century: we found no source that gives the day."),
}
_SOURCES_FIRST = ("primary", "secondary", "news", "reference")


@dataclass(frozen=True)
class EventCard:
    """A card for one event. Its front gives no date; its back does."""

    letter: str
    event_id: str
    kind: str
    title: str
    description: str
    date: str  # in words
    sureness: str
    source: str

    @property
    def front(self) -> tuple[str, str]:
        """Title and description, every date in them blotted out."""
        return without_dates(self.title), without_dates(self.description)


@dataclass(frozen=True)
class ClaimCard:
    """A card for one claim of the article, or for one of its forecasts."""

    name: str
    claim: str
    verdict: str
    reasons: tuple[tuple[str, str], ...]  # a heading and a text, each
    letters: tuple[str, ...]  # the event cards that bear on it
    others: tuple[str, ...]  # titles and dates of events that bear on it and have no card here
    criterion: str = ""  # of a forecast: what would count as yes


@dataclass(frozen=True)
class Kit:
    """Everything that is printed for one lesson."""

    number: str
    title: str
    events: pd.DataFrame  # in the order of time: all that the labelled timeline shows
    cards: tuple[EventCard, ...]  # in the order of their letters
    claims: tuple[ClaimCard, ...]
    left_out: tuple[tuple[str, str], ...]  # title with its date, and the reason why there is no card
    documents: tuple[Document, ...] = ()  # for the worksheet

    @property
    def claim_word(self) -> str:
        """What the other cards are: claims, or forecasts, which have a criterion."""
        return "forecast" if any(card.criterion for card in self.claims) else "claim"

    @property
    def in_time(self) -> list[EventCard]:
        """The cards in the order of time."""
        order = {event_id: number for number, event_id in enumerate(self.events["event_id"])}
        return sorted(self.cards, key=lambda card: order[card.event_id])

    @property
    def played(self) -> pd.DataFrame:
        """The events that have a card, in the order of time."""
        return self.events[self.events["event_id"].isin([card.event_id for card in self.cards])]


def make_kit(number: str, title: str, stem: str, teaching: Path) -> Kit:
    """Choose what is printed for a lesson, from the tables.

    The events are those of the lesson's era. A lesson without an era has rows in ``kits.csv``: events and claims; if it
    names claims alone, the events are those that bear on them. Events of ``not_for_games.csv`` get no card.

    Parameters
    ----------
    number, title, stem : str
        The lesson: its two digits, its heading, the name of its file without .ipynb.
    teaching : pathlib.Path
        The folder with ``kits.csv``, ``not_for_games.csv`` and ``documents.csv``; each may be absent.

    Returns
    -------
    Kit

    Raises
    ------
    TeacherError
        If these name an event, a claim or a source that is not in the tables, or nothing is left to print.
    """
    shown, told = _chosen(number, stem, teaching)
    if shown.empty:
        raise TeacherError(
            f"Lesson {number} has no events to print: no era in eras.csv has the lesson {stem!r}, and kits.csv lists none."
        )
    events, eras = in_language("events"), load("eras")
    spared = declared(teaching / "not_for_games.csv", ["event_id", "reason"])
    check_known(spared["event_id"], events["event_id"], "not_for_games.csv")
    reasons = dict(zip(spared["event_id"], spared["reason"], strict=True))
    # Also what stands only on the back of a claim's card: the first sheet warns of it.
    links = load("claim_events")
    told_of = {*shown["event_id"], *links.loc[links["claim_id"].isin(told["claim_id"]), "event_id"]}
    rows = [row for row in events.itertuples() if row.event_id in reasons and row.event_id in told_of]
    left_out = tuple((_with_date(row.title, row.date), reasons[str(row.event_id)]) for row in rows)
    cards = event_cards(shown[~shown["event_id"].isin(list(reasons))])
    letters = {card.event_id: card.letter for card in cards}
    made = claim_cards(told, links, events, letters)
    if stem == eras.sort_values("start")["lesson"].iloc[-1]:  # where the article's forecasts meet the record
        made += forecast_cards(load("forecasts"), letters)
    return Kit(number, title, shown, cards, made, left_out, documents_of(number, teaching))


def in_language(table: str) -> pd.DataFrame:
    """Return a table with its texts in the language that is spoken, as far as they are translated."""
    return load(table, language=current())


def not_translated(kit: Kit) -> list[str]:
    """Return the ids of the cards whose front or reasons have stayed English."""
    events, claims = load("events").set_index("event_id"), load("claims").set_index("claim_id")
    found = [card.event_id for card in kit.cards if events.loc[card.event_id, "description"] == card.description]
    return found + [str(name) for name, row in claims.iterrows() if any(card.claim == row["claim"] for card in kit.claims)]


def _chosen(number: str, stem: str, teaching: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the events and the claims of a lesson: see `make_kit`."""
    events, claims = in_language("events"), in_language("claims")
    links, eras = load("claim_events"), load("eras")
    rows = declared(teaching / "kits.csv", ["lesson", "kind", "id"])
    rows = rows[rows["lesson"] == number]
    listed = {kind: rows.loc[rows["kind"] == kind, "id"] for kind in ("event", "claim")}
    check_known(listed["event"], events["event_id"], "kits.csv")
    check_known(listed["claim"], claims["claim_id"], "kits.csv")
    told = claims[claims["claim_id"].isin(listed["claim"]) | (claims["lesson"] == stem)]
    era = eras.loc[eras["lesson"] == stem, "era_id"]
    if not listed["event"].empty:
        return events[events["event_id"].isin(listed["event"])], told
    if not era.empty:
        return events[events["era_id"] == era.iloc[0]], told
    bearing = links.loc[links["claim_id"].isin(told["claim_id"]), "event_id"]
    return events[events["event_id"].isin(bearing)], told


def event_cards(events: pd.DataFrame) -> tuple[EventCard, ...]:
    """Make the cards of some events, in the order of their letters, which say nothing about the order of the events."""
    sources = _citations(events)
    mixed = sorted(events.itertuples(), key=lambda row: hashlib.sha256(str(row.event_id).encode()).digest())
    return tuple(
        EventCard(
            letter,
            str(row.event_id),
            str(row.kind),
            str(row.title),
            str(row.description),
            edtf.to_words(str(row.date)),
            sureness(str(row.date), str(row.checked)),
            sources.get(str(row.event_id), say("No source was read: see the note in the table.")),
        )
        for letter, row in zip(_letters(), mixed, strict=False)
    )


def claim_cards(
    claims: pd.DataFrame, links: pd.DataFrame, events: pd.DataFrame, letters: dict[str, str]
) -> tuple[ClaimCard, ...]:
    """Make the cards of some claims, in the order of the article; `letters` has the letter of each event card."""
    named = {str(row.event_id): _with_date(str(row.title), str(row.date)) for row in events.itertuples()}
    made = []
    for row in claims.itertuples():
        bearing = list(links.loc[links["claim_id"] == row.claim_id, "event_id"])
        reasons = (
            (later("Why"), row.reasoning),
            (later("Left out"), row.omission),
            (later("For the author"), row.best_case),
        )
        made.append(
            ClaimCard(
                say("Claim {claim_id}", claim_id=row.claim_id),
                str(row.claim),
                str(row.support),
                tuple((heading, str(text)) for heading, text in reasons if isinstance(text, str)),
                tuple(sorted(letters[event_id] for event_id in bearing if event_id in letters)),
                tuple(named[event_id] for event_id in bearing if event_id not in letters),
            )
        )
    return tuple(made)


def forecast_cards(forecasts: pd.DataFrame, letters: dict[str, str]) -> tuple[ClaimCard, ...]:
    """Make the cards of the article's forecasts; their backs say what came of them."""
    return tuple(
        ClaimCard(
            f"Forecast {row.forecast_id} ({row.claim_id})",
            str(row.forecast),
            str(row.outcome),
            (("Why", str(row.outcome_note)),),
            tuple(letters[name] for name in [str(row.event_id)] if name in letters),
            (),
            str(row.criterion),
        )
        for row in forecasts.itertuples()
    )


@cache
def _when(language: str) -> re.Pattern[str]:
    """What a date looks like in the texts of a language, which is the one that is spoken."""
    months = "|".join(dict.fromkeys([*_MONTHS, *map(say, _MONTHS)]))
    return re.compile(
        rf"\b{_DAYS}(?:{months})(?: \d{{4}})?\b|\b(?:1[89]|20)\d\d(?:s|–\d{{2,4}})?\b|\bthe \d{{1,2}}(?:st|nd|rd|th)\b"
    )


def without_dates(text: str) -> str:
    """Return a text with every day, month and year in it blotted out."""
    return _when(current()).sub(BLANK, text)


def sureness(date: str, checked: str) -> str:
    """Say in words how exactly, and how surely (the column ``checked``), a date is known."""
    when = edtf.parse(date)
    ends = [end for end in (when.start, when.end) if end]
    if when.approximate:
        sentence = say("About: the sources give no exact date.")
    elif when.precision == "interval" and all(end.precision == "day" for end in ends) and len(ends) == 2:
        sentence = say("A time, not a day: its first and its last day are known.")
    elif when.precision == "interval":
        sentence = say("A time, not a day: at least one of its ends is not exact.")
    elif when.choices:
        sentence = say("One of these dates: the sources disagree.")
    elif when.precision == "day":
        sentence = say("The day is known.")
    else:
        sentence = say(_SOME_DAY[when.precision])
    doubts = [say("The date is in doubt.")] if when.uncertain else []
    doubts += [say("Something in it is uncertain: read the front again.")] if checked == "uncertain" else []
    return " ".join([*doubts, sentence])


def _letters() -> Iterable[str]:
    """A to Z, then AA, BB and so on."""
    return (letter * times for times in count(1) for letter in ascii_uppercase)


def _with_date(title: object, date: object) -> str:
    return f"{title} ({edtf.to_words(str(date))})"


def _citations(events: pd.DataFrame) -> dict[str, str]:
    """The source line of each event: what was written nearest to it and not before it; and how many more there are."""
    links = load("event_sources").merge(load("sources"), on="source_id")
    links = links.merge(events[["event_id", "earliest"]], on="event_id")
    begun = links["earliest"].dt.strftime("%Y-%m-%d")
    early = [str(date) < day[: len(str(date))] for date, day in zip(links["date"].fillna("9"), begun, strict=True)]
    rank = links["kind"].astype(str).map(_SOURCES_FIRST.index)
    ordered = links.assign(early=early, rank=rank).sort_values(["early", "rank", "date", "source_id"])
    lines = {}
    for event_id, sources in ordered.groupby("event_id"):
        first, more = _cited(sources.iloc[0]), len(sources) - 1
        lines[str(event_id)] = say("{source} (and {count} more)", source=first, count=more) if more else first
    return lines


def _cited(source: pd.Series) -> str:
    made_by = [str(source[name]) for name in ("author", "publisher") if isinstance(source[name], str)]
    date = f", {edtf.to_words(source['date'])}" if isinstance(source["date"], str) else ""
    return f"{', '.join(dict.fromkeys(made_by)) or 'Unknown'}: {source['title']}{date}"
