"""Put figures and their descriptions on the page: the same on every machine, and readable without seeing the figure."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .description.describe import describe
from .description.sentences import shortened
from .language import say
from .output import Mark, put_figure
from .plotting.mark_boxes import mark_boxes

DPI = 100  # at which a figure has its size on a page
DENSITY = 2  # so many dots for each of the page: crisp on today's screens
PAGE = 10.0  # inches: no page shows more, so a wider figure is shown smaller, and is dense enough with fewer dots
MAX_WIDTH = 1900  # dots of such a figure: that of all events then weighs less than 200 KiB
# A palette quarters the size of a PNG. The octree keeps small patches of strong colour, the marks; the median cut would
# give nearly every entry to the shades of the text, and turn a green mark grey.
PALETTE_SIZE = 128
COMPRESSION = 6  # of 9: with the last three levels a file is a twentieth smaller, and takes seven times as long


def show(ax_or_figure: Axes | Figure) -> None:
    """Display a figure as a picture with an alt text, and its description beneath.

    The picture is a PNG on the course's light paper, shown at 100 dots an inch; it has twice as many, for dense screens,
    or 1,900 in all in a figure wider than a page, which is shown smaller.
    Its alt text (read by screen readers; at most 250 characters) stands in the output's metadata, and so do the places of
    the events' marks. The description comes from `describe`, so it says what was drawn.
    Outside a notebook, in a script or a terminal, the description is printed.

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
    description = describe(figure, detail="full")
    width = round(figure.get_figwidth() * DPI)
    put_figure(png(figure, sharp(figure)), shortened(description), description, width, _marks(figure))
    plt.close(figure)  # or the notebook would draw it a second time


def _marks(figure: Figure) -> list[Mark]:
    """List the marks of events that have an id: the reading edition leads from each to its event."""
    return [
        (box.event.event_id, round(10_000 * box.x), round(10_000 * box.y), round(10_000 * box.width))
        for box in mark_boxes(figure)
        if box.event.event_id and not set(" ,") & set(box.event.event_id)
    ]


def sharp(figure: Figure) -> float:
    """Return with how many dots an inch a figure is crisp on a page."""
    width = figure.get_figwidth()
    return float(DENSITY * DPI if width <= PAGE else max(DPI, MAX_WIDTH / width))


def png(figure: Figure, dpi: float = DPI) -> bytes:
    """Render a figure as a PNG of at most 128 colours, without a date: the same figure gives the same bytes."""
    from PIL import Image  # comes with matplotlib

    from .png import pixels  # here, because a lesson's imports come before its first figure

    colours = pixels(figure, dpi).quantize(PALETTE_SIZE, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small = io.BytesIO()
    colours.save(small, format="png", compress_level=COMPRESSION)
    return small.getvalue()


def _figure_of(ax_or_figure: Axes | Figure) -> Figure:
    if isinstance(ax_or_figure, Figure):
        return ax_or_figure
    if isinstance(ax_or_figure, Axes):
        figure = ax_or_figure.get_figure(root=True)
        if isinstance(figure, Figure):
            return figure
    raise TypeError(
        say(
            "A figure or its axes were expected (what plot_timeline returns), but got {name}.",
            name=type(ax_or_figure).__name__,
        )
    )
