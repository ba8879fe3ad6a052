"""Links over the marks of a figure: each tells its date and title, and leads to its event on the page of all events."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from helpers import load
from helpers.edtf import to_words
from helpers.language import say

HINT = "Point at a mark, or go to the marks with Tab and on with the arrow keys: its date and its title stand here."


class Mark(NamedTuple):
    """The mark of an event in a picture: its middle and its width, in ten-thousandths of the picture's width or height."""

    event_id: str
    x: int
    y: int
    width: int


def read(text: str) -> list[Mark]:
    """Read the marks that `show` stored with a picture; those of events that the table lacks are left out."""
    fields = [mark.split(",") for mark in text.split()]
    return [Mark(name, int(x), int(y), int(width)) for name, x, y, width in fields if name in _names()]


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    """The date and the title of each event, as they stand in the table."""
    events = load("events")
    columns = (events[name] for name in ("event_id", "date", "title"))
    return {name: (date, title) for name, date, title in zip(*columns, strict=True)}


def lay_over(soup: BeautifulSoup, paper: Tag, marks: Sequence[Mark], folder: str) -> None:
    """Put links, in the order of time, over the picture in `paper`, a link to it in full size; without marks do nothing.

    `folder` is that of the pictures, seen from the page; the page of all events lies beside it.
    """
    if not marks:
        return
    page = posixpath.join(posixpath.dirname(folder), "events.html")
    board = soup.new_tag("div", attrs={"class": "board"})
    paper.wrap(soup.new_tag("div", attrs={"class": "paper"})).append(board)
    paper["class"] = "whole"
    board.append(paper)
    group = soup.new_tag(
        "div", attrs={"class": "marks", "role": "group", "aria-label": say("The events, in the order of time")}
    )
    for number, mark in enumerate(marks):
        group.extend(_linked(soup, mark, page, first=number == 0))
    hint = soup.new_tag("p", attrs={"class": "hint"})
    hint.string = say(HINT)
    board.extend([group, hint])


def _linked(soup: BeautifulSoup, mark: Mark, page: str, *, first: bool) -> tuple[Tag, Tag]:
    """Make one link, and what is seen while it is pointed at. Only the first is reached with Tab: the arrows lead on."""
    date, title = _names()[mark.event_id]
    when, title = to_words(date), say(title)
    place = f"left:{mark.x / 100:g}%;top:{mark.y / 100:g}%;width:{mark.width / 100:g}%"
    more = {"tabindex": "0" if first else "-1", "aria-label": f"{when}: {title}", "style": place}
    link = soup.new_tag("a", attrs={"href": f"{page}#{mark.event_id}", **more})
    side = f"left:{mark.x / 100:g}%" if mark.x < 5000 else f"right:{100 - mark.x / 100:g}%"
    tip = soup.new_tag("span", attrs={"class": "tip", "aria-hidden": "true", "style": side})
    bold = soup.new_tag("b")
    bold.string = when
    tip.extend([bold, f" {title}"])
    return link, tip
