"""The pictures of README and codebook: all events up to the article, the claims, one era, the voices."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from classroom.files import write_if_changed
from helpers import load, plot_claims, plot_timeline, plot_voices
from helpers.description.describe import alt_text
from helpers.notebook import DENSITY, DPI, png
from tools.content.pages import same_pixels

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "data/README.md")
IMAGES = ROOT / "notebooks" / "images"
ARTICLE_DAY = "2021-03-13"
ERA = "rupture-of-1973"
SHARP = DENSITY * DPI  # letters are crisp on a screen of double density


def main() -> int:
    """Draw the pictures, and put their alternative texts into the pages that show them."""
    pages = {ROOT / name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
    changed = False
    for name, content, words in drawn():
        path = IMAGES / f"{name}.png"
        same = path.exists() and same_pixels(path.read_bytes(), content)
        changed |= not same and write_if_changed(path, content)
        for page, text in pages.items():
            link = Path(os.path.relpath(path, page.parent)).as_posix()
            for shown in set(re.findall(rf"!\[[^\]]*\]\({re.escape(link)}\)", text)):
                pages[page] = pages[page].replace(shown, f"![{words}]({link})")
    for page, text in pages.items():
        changed |= write_if_changed(page, text.encode())
    print(f"README gallery: {'refreshed' if changed else 'up to date'}")
    return 0


def emblem() -> Axes:
    """Draw the claims without verdicts, which would spoil guesses, and judge an author in a picture that travels."""
    claims = load("claims")
    rows, lessons = claims["paragraph"].nunique(), claims["lesson"].nunique()
    return plot_claims(claims, title=f"{len(claims)} claims in {rows} paragraphs, checked in {lessons} lessons")


def voices() -> Axes:
    """Draw whose voices the events rest on."""
    days = load("events")[["event_id", "earliest"]]
    cited = load("event_sources").merge(load("sources"), on="source_id").merge(days, on="event_id")
    about = f"{len(cited)} citations of sources for {len(days)} events, by the speaker's country and the decade of the event"
    return plot_voices(cited, title="Whose voices our events rest on", subtitle=about)


def hero() -> Axes:
    """Draw all events up to the article, with those of which it speaks picked out, for a page 838 pixels wide."""
    events = load("events")
    events = events[events["earliest"] <= ARTICLE_DAY]
    named = events["paragraph"].notna()
    about = "In colour: what the column mentions. Grey: what else we found. Our selection, not a count of history."
    title = f"Of our {len(events)} events from 1947 to March 2021, the column speaks of {named.sum()}"
    return plot_timeline(events, highlight=named, title=title, subtitle=about)


def drawn() -> Iterator[tuple[str, bytes, str]]:
    """Draw the pictures: a file's name without its ending, the PNG, and its alternative text."""
    events = load("events")
    era = events[events["era_id"] == ERA]
    makers: dict[str, tuple[Callable[[], Axes], float]] = {
        "claims": (emblem, SHARP),
        "era": (lambda: plot_timeline(era, title="The rupture of 1973: our selection of events, 1968–78"), SHARP),
        "voices": (voices, SHARP),
        "timeline": (hero, SHARP),
    }
    for name, (make, dpi) in makers.items():
        figure = make().get_figure(root=True)
        assert figure is not None
        yield name, png(figure, dpi), alt_text(figure).replace("[", "(").replace("]", ")")
        plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
