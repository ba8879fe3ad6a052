"""Put figures, words and tables on the page: the same on every machine, and readable without seeing the figure."""

from __future__ import annotations

import io
import re
from html import escape

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .description import describe, shortened
from .output import Page, put, put_figure

DPI = 100
# A palette quarters the size of a PNG. The octree keeps small patches of strong colour, the marks; the median cut would
# give nearly every entry to the shades of the text, and turn a green mark grey.
PALETTE_SIZE = 128
COMPRESSION = 6  # of 9: with the last three levels a file is a twentieth smaller, and takes seven times as long
ROWS_SHOWN = 8

_TABLE_STYLE = """<style>
.course-table table { border-collapse: collapse; margin: 0.3em 0; background: #fffdf8; color: #1f1f1f; font-size: 90%; }
.course-table table caption { caption-side: top; text-align: left; font-weight: bold; color: inherit; padding: 0.3em 0; }
.course-table table th, .course-table table td {
  text-align: left !important; vertical-align: top; padding: 0.35em 0.7em; max-width: 34em; white-space: normal;
  background: #fffdf8; color: #1f1f1f; border-bottom: 1px solid #d8d2c4; }
.course-table table caption { background: #fffdf8; color: #1f1f1f; padding: 0.35em 0.7em; }
.course-table table td.whole { white-space: nowrap; }
.course-table p { margin: 0.2em 0 0.8em 0; }
</style>"""


def show(ax_or_figure: Axes | Figure) -> None:
    """Display a figure as a picture, with an alternative text, and the figure in words beneath.

    The picture is a PNG of 100 dots an inch on the course's light paper. Its alternative text (read by screen readers; at
    most 250 characters) stands in the output's metadata. The words come from `describe`, so they say what was drawn.
    Outside a notebook, in a script or a terminal, the words are printed.

    Parameters
    ----------
    ax_or_figure : matplotlib.axes.Axes or matplotlib.figure.Figure
        The figure, or axes in it.

    Returns
    -------
    None

    Raises
    ------
    TypeError
        If something else is given.
    """
    figure = _figure_of(ax_or_figure)
    words = describe(figure, detail="full")
    put_figure(png(figure), shortened(words), words)
    plt.close(figure)  # or the notebook would draw it a second time


def png(figure: Figure) -> bytes:
    """Render a figure as a PNG of at most 128 colours, without a date, so that the same figure gives the same bytes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure; it is drawn at its own size, 100 dots an inch.

    Returns
    -------
    bytes
        The PNG file.
    """
    from PIL import Image  # comes with matplotlib

    from .raster import pixels  # here, because a lesson's imports come before its first figure

    colours = pixels(figure, DPI).quantize(PALETTE_SIZE, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small = io.BytesIO()
    colours.save(small, format="png", compress_level=COMPRESSION)
    return small.getvalue()


def show_table(
    frame: pd.DataFrame,
    caption: str = "",
    *,
    columns: list[str] | None = None,
    rows: int = ROWS_SHOWN,
) -> None:
    """Display the first rows of a table, with a caption.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    caption : str, default ""
        A line above the table that says what it shows.
    columns : list of str, optional
        The columns to show, in this order; all by default.
    rows : int, default 8
        How many rows to show at most. When some are left out, a line beneath the table says so.

    Returns
    -------
    None

    Raises
    ------
    TypeError
        If `frame` is not a data frame.
    KeyError
        If the frame has no such column; the message lists those that it has.
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"show_table needs a table (a pandas DataFrame), but got {type(frame).__name__}.")
    wanted = list(frame.columns) if columns is None else columns
    missing = [name for name in wanted if name not in frame.columns]
    if missing:
        raise KeyError(f"The table has no column {missing[0]!r}. It has: {', '.join(map(str, frame.columns))}.")
    put(_table(frame[wanted].head(rows), caption, len(frame)))


def html_table(frame: pd.DataFrame, caption: str = "", *, rows: int = ROWS_SHOWN) -> str:
    """Return what `show_table` displays, as HTML.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    caption : str, default ""
        A line above the table.
    rows : int, default 8
        How many rows to show at most.

    Returns
    -------
    str
        HTML.
    """
    return _table(frame.head(rows), caption, len(frame)).html


def _figure_of(ax_or_figure: Axes | Figure) -> Figure:
    if isinstance(ax_or_figure, Figure):
        return ax_or_figure
    if isinstance(ax_or_figure, Axes):
        figure = ax_or_figure.get_figure(root=True)
        if isinstance(figure, Figure):
            return figure
    raise TypeError(
        f"A figure or its axes were expected (what plot_timeline returns), but got {type(ax_or_figure).__name__}."
    )


def _table(shown: pd.DataFrame, caption: str, total: int) -> Page:
    text_frame = shown.apply(_as_text)
    body = text_frame.to_html(index=False, border=0, na_rep="", escape=True)
    body = body.replace("<th>", '<th scope="col">')
    body = re.sub(r"<td>([^\s<]{1,40})</td>", r'<td class="whole">\1</td>', body)  # a date or an id is not broken
    head = f"<caption>{escape(caption)}</caption>" if caption else ""
    body = re.sub(r"(<table[^>]*>)", rf"\1{head}", body, count=1)
    count = f"{len(shown)} of {total} rows shown." if total > len(shown) else ""
    foot = f"<p>{count}</p>" if count else ""
    plain = "\n".join(part for part in (caption, text_frame.to_string(index=False, na_rep=""), count) if part)
    return Page(f'{_TABLE_STYLE}\n<div class="course-table">{body}{foot}</div>', plain)


def _as_text(values: pd.Series) -> pd.Series:
    """Write a column as a reader expects it: days without a clock, nothing for what is missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.strftime("%Y-%m-%d")
    return values.astype("object").where(values.notna(), "").map(str)
