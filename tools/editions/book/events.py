"""The page of all events, which its reader filters without a kernel."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import pandas as pd
from bs4 import BeautifulSoup

from helpers import load
from helpers.edtf import to_words
from tools.editions.book.pages import Page

EVENTS = Page("", "events.html", "The events, to look through", "To look things up")


def events_page() -> BeautifulSoup:
    """Return the list of all events, with a form that filters it; without JavaScript the list is whole, without a form.

    What began after the last but one era is shown only when the reader asks for it: the course keeps what came after the
    article for its last lessons.
    """
    events, eras = load("events"), load("eras")
    titles = dict(zip(eras["era_id"], eras["title"], strict=True))
    last = eras["end"].sort_values().iloc[-2 if len(eras) > 1 else -1]
    actors = sorted({name for names in events["actors"].dropna() for name in names.split("; ")}, key=str.casefold)
    kinds = events["kind"].cat.categories[events["kind"].value_counts(sort=False).gt(0)]
    form = "".join(
        [
            _choice("era", "Era", [(era, title) for era, title in titles.items()]),
            _choice("kind", "Kind", [(kind, kind) for kind in kinds]),
            _choice("actor", "Who took part", [(name, name) for name in actors]),
        ]
    )
    later = int((events["earliest"] > last).sum())
    asks = f"Also the {later} events after {last.day} {last:%B %Y}" if later else ""
    box = f'<label class="box"><input type="checkbox" id="later"> {asks}</label>' if asks else ""
    items = "".join(_item(row, row["earliest"] > last) for row in events.to_dict("records"))
    word = '<label>A word <input type="search" id="word" autocomplete="off"></label>'
    text = f"""<h1>{EVENTS.title}</h1>
<p>All {len(events)} events of the course's table: <a href="data/events.csv">our selection</a>, not a count of history. A
date has the form of its source: where a source gives a month, there is no day.</p>
<form id="sieve" class="sieve" hidden>{form}{word}{box}</form>
<p id="left" role="status" class="left"></p>
<ol class="events">{items}</ol>"""
    return BeautifulSoup(f'<div class="cell text">{text}</div>', "html.parser")


def _choice(name: str, label: str, options: list[tuple[str, str]]) -> str:
    inner = "".join(f'<option value="{html.escape(value)}">{html.escape(text)}</option>' for value, text in options)
    return f'<label>{label} <select id="{name}"><option value="">all</option>{inner}</select></label>'


def _item(event: Mapping[Any, Any], later: bool) -> str:
    """Write one event: when, what, and by our coding of which kind."""
    row = {name: "" if pd.isna(value) else html.escape(str(value)) for name, value in event.items()}
    between = "" if row["effect"] in ("", "none") else f" · {row['effect']}"
    return (
        f'<li id="{row["event_id"]}" data-era="{row["era_id"]}" data-kind="{row["kind"]}" data-actor="{row["actors"]}"'
        f"{' data-later' if later else ''}>"
        f'<span class="when">{html.escape(to_words(event["date"]))}</span> <strong>{row["title"]}</strong>'
        f'<p>{row["description"]}</p><span class="of">{row["kind"]}{between} · {row["actors"]}</span></li>'
    )
