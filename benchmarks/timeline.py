"""Our timeline beside three others: the same events and titles, on a figure of the same size, in the same run.

``python -m benchmarks.timeline`` prints a table for the README. The others are matplotlib's own recipe (its gallery example
"Timeline": stems of alternating levels), `adjustText` and `textalloc`. The last two are no part of the environment;
``benchmarks/requirements.txt`` says how to install them. One that is absent is skipped with a word.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import combinations
from math import log
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from helpers import load, plot_timeline
from helpers.plotting.artists import EventLabel, Leaders, parts_of
from helpers.plotting.canvas import figure_of
from helpers.plotting.labels import geometry, leaders
from helpers.plotting.labels.columns import columns

EXTRAS = Path(__file__).resolve().parent.parent / ".venv" / "bench"
SIZE, DPI, FONT = (16.0, 11.5), 100, 8.0
LEVELS = (-5, 5, -3, 3, -1, 1)  # of the recipe
ADJUST_SECONDS = 60.0  # after which adjustText has to stop
SIZES = (135, 500, 1000, 2000, 5000)
MOST_LAYOUT, MOST_CROWD, MOST_SLOPE, MOST_RATIO = 10.0, 500.0, 1.2, 1.3  # milliseconds twice; the slope; times


def main() -> int:
    """Measure and print the tables."""
    sys.path.append(str(EXTRAS))
    print("| timeline of all events, 16 × 9 in, 100 dpi, 8 pt | seconds | overlapping pairs | clipped | dropped |")
    print("| --- | --- | --- | --- | --- |")
    events = load("events")
    plot_timeline(events.head(3))  # fonts are looked for once
    for name, make in METHODS.items():
        print(_row(name, make, events), flush=True)
    print("\n| what | measured | bound |\n| --- | --- | --- |")
    for line in (*layout_lines(), ratio_line(events)):
        print(line, flush=True)
    return 0


# --- the rivals --------------------------------------------------------------------------------


def _row(name: str, make: Callable[[pd.DataFrame], list[Text]], events: pd.DataFrame) -> str:
    try:
        plt.close("all")
        start = time.perf_counter()
        texts = make(events)
        figure = plt.gcf()
        figure.canvas.draw()
        seconds = time.perf_counter() - start
    except ModuleNotFoundError as problem:
        return f"| {name} | not measured: {problem.name} is not installed | | | |"
    pairs, clipped = _faults(figure, texts)
    return f"| {_with_version(name)} | {seconds:.2f} | {pairs} | {clipped} | {len(events) - len(texts)} |"


def _with_version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def _faults(figure: Figure, texts: list[Text]) -> tuple[int, int]:
    """How many pairs of texts overlap by more than half a pixel each way, and how many texts leave the figure."""
    boxes = [Text.get_window_extent(text) for text in texts]
    pairs = sum(
        one.x0 < other.x1 - 0.5 and other.x0 < one.x1 - 0.5 and one.y0 < other.y1 - 0.5 and other.y0 < one.y1 - 0.5
        for one, other in combinations(boxes, 2)
    )
    edges = figure.bbox.padded(0.5)
    return pairs, sum(not (edges.contains(*box.min) and edges.contains(*box.max)) for box in boxes)


def ours(events: pd.DataFrame) -> list[Text]:
    """Draw with `plot_timeline`; return the labels."""
    ax = plot_timeline(events)
    return [label for label in ax.findobj(EventLabel) if isinstance(label, EventLabel)]


def _plain(events: pd.DataFrame) -> tuple[Axes, np.ndarray, np.ndarray]:
    """A figure with a point for each event, at alternating levels; and where the points are."""
    _, ax = plt.subplots(figsize=SIZE, dpi=DPI, layout="constrained")
    xs = np.asarray(date2num(events["earliest"]), float)
    ys = np.resize(np.array(LEVELS, float), len(xs))
    ax.xaxis_date()
    ax.axhline(0, color="black")
    ax.set(xlim=(xs.min() - 400, xs.max() + 400), ylim=(-7, 7))
    ax.yaxis.set_visible(False)
    return ax, xs, ys


def recipe(events: pd.DataFrame) -> list[Text]:
    """Draw matplotlib's gallery example "Timeline"; return the labels."""
    ax, xs, ys = _plain(events)
    ax.vlines(xs, 0, ys, color="tab:red")
    ax.plot(xs, np.zeros_like(xs), "-o", color="k", markerfacecolor="w")
    style: dict[str, Any] = {"textcoords": "offset points", "fontsize": FONT, "horizontalalignment": "right"}
    return [
        ax.annotate(title, xy=(x, y), xytext=(-3, np.sign(y) * 3), verticalalignment="bottom" if y > 0 else "top", **style)
        for title, x, y in zip(events["title"], xs, ys, strict=True)
    ]


def adjusted(events: pd.DataFrame) -> list[Text]:
    """Let `adjustText` move the recipe's labels; return them."""
    adjust_text = import_module("adjustText").adjust_text
    ax, xs, ys = _plain(events)
    ax.plot(xs, ys, "o", color="k", markersize=3)
    texts = [ax.text(x, y, title, fontsize=FONT) for title, x, y in zip(events["title"], xs, ys, strict=True)]
    adjust_text(texts, x=xs, y=ys, ax=ax, time_lim=ADJUST_SECONDS, arrowprops={"arrowstyle": "-", "color": "grey"})
    return texts


def allocated(events: pd.DataFrame) -> list[Text]:
    """Let `textalloc` place the labels; return those that it placed."""
    allocate = import_module("textalloc").allocate
    ax, xs, ys = _plain(events)
    ax.plot(xs, ys, "o", color="k", markersize=3)
    before = set(ax.texts)
    allocate(ax, xs, ys, events["title"].tolist(), x_scatter=xs, y_scatter=ys, textsize=FONT, linecolor="grey")
    return [text for text in ax.texts if text not in before]


METHODS: dict[str, Callable[[pd.DataFrame], list[Text]]] = {
    "plot_timeline": ours,
    "matplotlib's recipe": recipe,
    "adjustText": adjusted,
    "textalloc": allocated,
}


# --- the layout alone --------------------------------------------------------------------------


def layout_seconds(count: int) -> float:
    """Place `count` made-up labels on both sides of a line of 1130 points: marks, leaders and columns.

    Time of the processor, without collections of garbage, as `timeit` measures.
    """
    chance = Random(count)
    xs = sorted(chance.random() * 1130 for _ in range(count))
    widths = [chance.uniform(100, 300) for _ in xs]
    gc.disable()
    start = time.process_time()
    for side in (0, 1):
        extents = [(x - 3, x + 3) for x in xs[side::2]]
        levels = geometry.stack(extents, 1.0)
        marks = [
            geometry.Glyph(low + 3, 6.3 * level + 3, low, high) for (low, high), level in zip(extents, levels, strict=True)
        ]
        ports = leaders.ports(marks, width=1130, pitch=1.5)
        tops = [geometry.Obstacle(mark.low, mark.high, mark.y + 3) for mark in marks]
        rows = sorted(zip(ports, marks, widths[side::2], strict=True))
        labels = [
            geometry.Label(port, tuple((wide / k + 8, 8.7 * k) for k in (1, 2, 3)), mark.y) for port, mark, wide in rows
        ]
        columns(labels, width=1130, height=300, obstacles=tops, gap=0.4, pitch=1.5)
    seconds = time.process_time() - start
    gc.enable()
    return seconds


def layout_lines() -> list[str]:
    """Return the report on the layout alone: its time, and how that grows."""
    times = {count: 1000 * median(layout_seconds(count) for _ in range(5)) for count in SIZES}
    pairs = [(log(count), log(found)) for count, found in times.items() if count >= 500]
    slope = float(np.polyfit(np.array([x for x, _ in pairs]), np.array([y for _, y in pairs]), 1)[0])
    bounds = {135: f"{MOST_LAYOUT:.0f} ms", 5000: f"{MOST_CROWD:.0f} ms"}
    lines = [f"| layout of {count:,} labels | {found:.1f} ms | {bounds.get(count, '')} |" for count, found in times.items()]
    return [*lines, f"| slope of log time against log n, from 500 to 5,000 | {slope:.2f} | {MOST_SLOPE} |"]


def ratio_line(events: pd.DataFrame) -> str:
    """Return the report on placing and drawing, against drawing the same texts and marks where they are left."""
    ratios, seconds = [], []
    for _ in range(5):
        gc.collect()  # or the garbage of the last figure would count as work of this one
        gc.disable()
        start = time.process_time()
        ax = plot_timeline(events)
        figure_of(ax).canvas.draw()
        whole = time.process_time() - start
        base = _unplaced_seconds(ax)
        ratios.append(whole / base)
        seconds.append(whole)
        gc.enable()
        plt.close("all")
    return (
        f"| `plot_timeline` of all events and drawing it ({1000 * median(seconds):.0f} ms), against making and drawing "
        f"the same texts and marks without placing them | {median(ratios):.2f} times | {MOST_RATIO} times |"
    )


def _unplaced_seconds(ax: Axes) -> float:
    """Make each text, mark, line and bar of finished axes anew, as plain artists, and draw them."""
    lines = [(line.get_xydata(), line.get_marker(), line.get_markersize(), line.get_linewidth()) for line in ax.lines]
    effects = [line.get_path_effects() for line in ax.lines]
    leaders = [leader.points for part in parts_of(ax, Leaders) for leader in part.leaders]
    texts = [(*text.get_position(), text.get_text(), text.get_fontsize()) for text in ax.findobj(EventLabel)]
    bars = [(bar.get_xy(), bar.get_width(), bar.get_height()) for bar in ax.patches if isinstance(bar, Rectangle)]
    start = time.process_time()
    figure = plt.figure(figsize=figure_of(ax).get_size_inches())
    plain = figure.add_axes((0.01, 0.01, 0.98, 0.95), xlim=ax.get_xlim(), ylim=ax.get_ylim())
    for (points, marker, size, thin), effect in zip(lines, effects, strict=True):
        data = np.asarray(points)
        plain.add_artist(Line2D(data[:, 0], data[:, 1], marker=marker, markersize=size, linewidth=thin, path_effects=effect))
    for points in leaders:
        plain.add_artist(Line2D(*zip(*points, strict=True), linewidth=0.5))
    for x, y, text, font in texts:
        plain.add_artist(Text(x, y, text, fontsize=font))
    for corner, wide, high in bars:
        plain.add_artist(Rectangle(corner, wide, high))
    figure.canvas.draw()
    return time.process_time() - start


if __name__ == "__main__":
    plt.switch_backend("agg")
    sys.exit(main())
