"""The course's other figures: how long each takes, against its texts alone on axes of the same size, and how it reads.

``python -m benchmarks.charts`` prints a table. A figure's letters are measured as they are met in a README: 838 pixels wide.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from statistics import median

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from helpers import load, plot_claims, plot_lines, plot_places, plot_reports, plot_statements, plot_voices
from helpers.notebook import png
from helpers.plotting.canvas import figure_of
from tests.support.figures import clipped, drawn, median_leader, overlaps, texts_of
from tools.content.gallery import SHARP, hero

REPEATS = 5
README = 838  # pixels
MIN_LETTERS, MAX_KIB, MAX_LEADER = 9.0, 200.0, 0.05  # PNG at double density; a leader as a share of the width
HERO = "the README's first picture"

Make = Callable[[], Axes]


def main() -> int:
    """Measure and print the table."""
    print(
        "| figure | seconds | its texts alone | ratio | letters, 838 px | median leader | bound | overlaps | clipped | KiB |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, make in charts().items():
        make()  # fonts are looked for, and tables read, once
        plt.close("all")
        print(_row(name, make), flush=True)
    return 0


def charts() -> dict[str, Make]:
    """Return what draws each figure, on the course's own tables."""
    claims, sources, places = load("claims"), load("sources"), load("places")
    cited = (
        load("event_sources").merge(sources, on="source_id").merge(load("events")[["event_id", "earliest"]], on="event_id")
    )
    reports = load("reports").merge(sources[["source_id", "publisher"]], on="source_id")
    crowds = reports[reports["event_id"] == "anti-war-rallies-2003"]
    find = cited[cited["event_id"] == "embassy-arms-find-1973"]
    votes = load("figures/unga_agreement")
    pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")]
    named = {1955: "Baghdad Pact", 1958: "Iraq's monarchy falls", 1973: "arms in the embassy", 1990: "Iraq invades Kuwait"}
    return {
        HERO: hero,
        "claims without verdicts": lambda: plot_claims(claims, title="Claims"),
        "claims with verdicts": lambda: plot_claims(claims, verdicts=True, title="Claims"),
        "voices": lambda: plot_voices(cited, title="Voices"),
        f"{len(crowds)} reports": lambda: plot_reports(crowds, title="Reports"),
        f"{len(find)} statements": lambda: plot_statements(find, title="Statements"),
        "votes, with events": lambda: plot_lines(pair, "year", "agreement", events=named, title="Votes"),
        "map of places": lambda: plot_places(places, title="Places"),
    }


def _row(name: str, make: Make) -> str:
    ax = make()
    drawn(ax)
    figure = figure_of(ax)
    texts = [text.get_text() for text in texts_of(ax)]
    letters = min(float(text.get_fontsize()) for text in texts_of(ax)) * README / (figure.get_figwidth() * 72)
    leader = median_leader(ax) if name == HERO else 0.0
    wrong, cut, size = len(overlaps(ax)), len(clipped(ax)), len(png(figure, SHARP)) / 1024
    inches = (figure.get_figwidth(), figure.get_figheight())
    plt.close("all")
    ours, base = _seconds(make), _seconds(lambda: _plain(texts, inches))
    kept = letters >= MIN_LETTERS and leader <= MAX_LEADER and not wrong and not cut and size <= MAX_KIB
    times = (f"{ours:.2f}", f"{base:.2f}", f"{ours / base:.1f}", f"{letters:.1f}", f"{leader:.1%}" if leader else "")
    cells = (name, *times, "kept" if kept else "**not kept**", wrong, cut, f"{size:.0f}")
    return f"| {' | '.join(map(str, cells))} |"


def _plain(texts: list[str], inches: tuple[float, float]) -> Axes:
    _, ax = plt.subplots(figsize=inches)
    for position, text in enumerate(texts):
        ax.text(position, position, text, fontsize=8, parse_math=False)
    ax.set(xlim=(0, len(texts)), ylim=(0, len(texts)))
    return ax


def _seconds(make: Make) -> float:
    """The median time to make a figure and its PNG."""
    times = []
    for _ in range(REPEATS):
        gc.collect()
        start = time.perf_counter()
        png(figure_of(make()))
        times.append(time.perf_counter() - start)
        plt.close("all")
    return median(times)


if __name__ == "__main__":
    sys.exit(main())
