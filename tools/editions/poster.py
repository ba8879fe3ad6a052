"""The course on one sheet for a wall: its timeline, its claims and its places, as PDF and SVG of sizes A2 and A1.

    make poster                         # before the course: no verdicts, events up to the article
    make poster ARGS="--verdicts"       # after it: what became of each claim, and events up to today

Both sizes are the same drawing: letters are 12 points high on A2 and 18 on A1, and nothing is lost when it is enlarged.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pypdfium2
from matplotlib.figure import Figure

from classroom.files import write_if_changed
from helpers import alt_text, load, plot_claims, plot_places, plot_timeline
from helpers.plotting.events import label_of, read_items
from helpers.plotting.text_size import linespacing
from helpers.plotting.theme import INK, SOFT_INK, CourseFigure, course_look

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "poster"
ARTICLE_DAY = "2021-03-13"
MM = 72 / 25.4  # points
DRAWN = (420.0, 297.0)  # millimetres: A3, on which the figures' letters have their own size
SIZES = {"a2": (594.0, 420.0), "a1": (841.0, 594.0)}
# Where things stand, as shares of the sheet: left, bottom, width, height. Events since the article are listed beneath the
# timeline: on its line their titles find no room beside those of seventy years.
CLAIMS, PLACES = (0.03, 0.05, 0.55, 0.28), (0.62, 0.05, 0.35, 0.28)
TIMELINE, TIMELINE_ABOVE_LIST = (0.03, 0.40, 0.94, 0.51), (0.03, 0.513, 0.94, 0.412)
LISTED, LIST_COLUMNS = 0.493, 3
TITLE = "A New Chapter? Pakistan and Iraq, 1947–2026"
FOOT = "Our selection, not a count of history. Tables under CC BY 4.0; coast: Natural Earth; places: GeoNames (CC BY 4.0)."


def main(arguments: list[str] | None = None) -> int:
    """Draw the poster and write it in each size and form."""
    parser = argparse.ArgumentParser(prog="make poster", description="Make the poster of the course, in build/poster.")
    parser.add_argument("--verdicts", action="store_true", help="show what became of each claim, and events up to today")
    figure = poster(verdicts=parser.parse_args(arguments).verdicts)
    OUT.mkdir(parents=True, exist_ok=True)
    forms: dict[str, tuple[bytes, Callable[[bytes, tuple[float, float]], bytes]]] = {
        "pdf": (pdf(figure), enlarged_pdf),
        "svg": (svg(figure), enlarged_svg),
    }
    plt.close(figure)
    for size, paper in SIZES.items():
        for form, (drawn, enlarged) in forms.items():
            content, path = enlarged(drawn, paper), OUT / f"poster-{size}.{form}"
            write_if_changed(path, content)
            print(f"{path.relative_to(ROOT)}: {paper[0]:g} × {paper[1]:g} mm, {len(content) // 1024} KiB")
    return 0


def poster(*, verdicts: bool) -> Figure:
    """Draw the poster on a sheet of size A3, on demand with what would spoil a class's guesses.

    That is the verdicts, and the events since the article.
    """
    events, claims = load("events"), load("claims")
    before = events["earliest"] <= ARTICLE_DAY
    with course_look():
        figure = plt.figure(figsize=tuple(side * MM / 72 for side in DRAWN), FigureClass=CourseFigure)
        style: dict[str, Any] = {"ha": "left", "va": "center", "color": INK, "parse_math": False}
        figure.text(TIMELINE[0], 0.973, TITLE, fontsize=22, weight="bold", **style)
        figure.text(TIMELINE[0], 0.018, FOOT, fontsize=8, **(style | {"color": SOFT_INK}))
        matrix, places = (figure.add_axes(place) for place in (CLAIMS, PLACES))
    timeline = figure.add_axes(TIMELINE_ABOVE_LIST if verdicts else TIMELINE)
    between = events["effect"] != "none"
    named = f"named: the {(before & between).sum()} between the two states"
    plot_timeline(
        events[before], ax=timeline, highlight=between[before], title=f"{before.sum()} events up to the article; {named}"
    )
    if verdicts:
        _list(figure, events[~before], between[~before])
    told = "what became of each" if verdicts else "and the lesson that treats each"
    plot_claims(claims, verdicts=verdicts, ax=matrix, title=f"{len(claims)} claims in twelve paragraphs, {told}")
    plot_places(load("places"), ax=places, title="Where it happened")
    return figure


def _list(figure: Figure, events: pd.DataFrame, named: pd.Series) -> None:
    """List the events since the article, in columns."""
    title = f"{len(events)} events since the article; named: the {named.sum()} between the two states"
    labels = [label_of(item.event) for item in read_items(events[named], None)]
    each = -(-len(labels) // LIST_COLUMNS)
    with course_look():
        style: dict[str, Any] = {"ha": "left", "va": "top", "color": INK, "parse_math": False}
        figure.text(TIMELINE[0], LISTED, title, fontsize=12, weight="bold", **style)
        for k in range(LIST_COLUMNS):
            text = "\n".join(labels[k * each : (k + 1) * each])
            x = TIMELINE[0] + k * TIMELINE[2] / LIST_COLUMNS
            figure.text(x, LISTED - 0.025, text, fontsize=8, linespacing=linespacing(1.35), **style)


def pdf(figure: Figure) -> bytes:
    """Return the poster as PDF, as large as it is drawn."""
    drawn = io.BytesIO()
    with course_look():
        figure.savefig(drawn, format="pdf", metadata={"Title": TITLE, "Subject": alt_text(figure), "CreationDate": None})
    return drawn.getvalue()


def svg(figure: Figure) -> bytes:
    """Return the poster as SVG, as large as it is drawn."""
    drawn = io.BytesIO()
    with course_look():
        figure.savefig(drawn, format="svg", metadata={"Title": TITLE, "Description": alt_text(figure), "Date": None})
    return drawn.getvalue()


def enlarged_pdf(content: bytes, paper: tuple[float, float]) -> bytes:
    """Return a PDF of one page on paper of a size in millimetres."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    scale = paper[0] / DRAWN[0]
    pypdfium2.raw.FPDFPage_TransFormWithClip(page, pypdfium2.PdfMatrix().scale(scale, scale).to_raw(), None)
    page.set_mediabox(0, 0, paper[0] * MM, paper[1] * MM)
    page.set_cropbox(0, 0, paper[0] * MM, paper[1] * MM)
    enlarged = io.BytesIO()
    document.save(enlarged)
    return enlarged.getvalue()


def enlarged_svg(content: bytes, paper: tuple[float, float]) -> bytes:
    """Return an SVG of a size in millimetres."""
    size = f'width="{paper[0]:g}mm" height="{paper[1]:g}mm"'.encode()
    enlarged, found = re.subn(rb'width="[\d.]+pt" height="[\d.]+pt"', size, content, count=1)
    if not found:
        raise ValueError("matplotlib's SVG does not begin with a width and a height in points, as it did.")
    return enlarged


if __name__ == "__main__":
    sys.exit(main())
