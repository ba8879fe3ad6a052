"""Three pictures of different density for the README: few events, one era, and all up to the article."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt

from classroom.files import write_if_changed
from helpers import load, plot_timeline
from helpers.description.describe import alt_text
from helpers.notebook import png
from tools.content.pages import same_pixels

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "notebooks" / "images"
ARTICLE_DAY = "2021-03-13"
FEW = 12
ERA = "rupture-of-1973"


def main() -> int:
    """Draw the pictures, and put their alternative texts into the README where it shows them."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    changed = False
    for name, content, words in drawn():
        path = IMAGES / f"{name}.png"
        same = path.exists() and same_pixels(path.read_bytes(), content)
        changed |= not same and write_if_changed(path, content)
        link = f"notebooks/images/{name}.png"
        for shown in re.findall(rf"!\[[^\]]*\]\({re.escape(link)}\)", text):
            text = text.replace(shown, f"![{words}]({link})")
    changed |= write_if_changed(readme, text.encode())
    print(f"README gallery: {'refreshed' if changed else 'up to date'}")
    return 0


def drawn() -> Iterator[tuple[str, bytes, str]]:
    """Draw the three timelines.

    Yields
    ------
    tuple of (str, bytes, str)
        A file's name without its ending, the PNG, and its alternative text.
    """
    events = load("events")
    events = events[events["earliest"] <= ARTICLE_DAY]
    era = events[events["era_id"] == ERA]
    tables = {
        "few": (
            events.iloc[:: -(-len(events) // FEW)],
            f"Every {-(-len(events) // FEW)}th event of our selection, 1947–2021",
        ),
        "era": (era, "The rupture of 1973: our selection of events, 1968–78"),
        "timeline": (events, "Pakistan and Iraq, 1947–2021: our selection of events"),
    }
    for name, (rows, title) in tables.items():
        figure = plot_timeline(rows, title=title).get_figure(root=True)
        assert figure is not None
        yield name, png(figure), alt_text(figure).replace("[", "(").replace("]", ")")
        plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
