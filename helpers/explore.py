"""An explorer of the events: choose kind, years and words; see the timeline and read it in words.

The widgets hold no logic. What they show is made by two plain functions that a student can call without them.
"""

from __future__ import annotations

import base64
from html import escape

import ipywidgets as widgets
import pandas as pd

from .description import alt_text, describe
from .page import html_words, png
from .timeline import plot_timeline

ALL_KINDS = "all kinds"


def select_events(
    events: pd.DataFrame,
    kind: str = ALL_KINDS,
    years: tuple[int, int] | None = None,
    text: str = "",
) -> pd.DataFrame:
    """Select the events of a kind, of some years, that contain a word.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``.
    kind : str, default "all kinds"
        One of the kinds of the codebook, for example ``"treaty"``.
    years : tuple of (int, int), optional
        First and last year; an event belongs if part of it can lie in them. All years by default.
    text : str, default ""
        A word or part of one that the title, the description or the actors contain; capital letters do not matter.

    Returns
    -------
    pandas.DataFrame
        The selected rows, with all columns, in the same order.

    Raises
    ------
    ValueError
        If no event can be of this kind, or the years are in the wrong order.
    """
    known = [ALL_KINDS, *events["kind"].cat.categories]
    if kind not in known:
        raise ValueError(f"There is no kind {kind!r}. Choose one of: {', '.join(known)}.")
    keep = pd.Series(True, index=events.index)
    if kind != ALL_KINDS:
        keep &= events["kind"] == kind
    if years is not None:
        first, last = years
        if last < first:
            raise ValueError(f"The years {first} to {last} run backwards: write the earlier year first.")
        keep &= (events["earliest"].dt.year <= last) & (events["latest"].dt.year >= first)
    if text.strip():
        haystack = events["title"] + " " + events["description"] + " " + events["actors"]
        keep &= haystack.str.contains(text.strip(), case=False, regex=False)
    return events[keep]


def explore_timeline(events: pd.DataFrame) -> widgets.VBox:
    """Make an explorer with controls for kind, years and words.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``.

    Returns
    -------
    ipywidgets.VBox
        The controls, and beneath them the timeline and its words. Each control works by mouse and by keyboard
        (Tab moves on, the arrow keys change the value).

    Raises
    ------
    ValueError
        If there are no events.
    """
    if events.empty:
        raise ValueError("There are no events to explore: the table has no rows.")
    first, last = int(events["earliest"].dt.year.min()), int(events["latest"].dt.year.max())
    wide = {"description_width": "5em"}
    kind = widgets.Dropdown(options=[ALL_KINDS, *events["kind"].cat.categories], description="Kind", style=wide)
    years = widgets.IntRangeSlider(
        value=(first, last), min=first, max=last, description="Years", style=wide, continuous_update=False
    )
    text = widgets.Text(description="Word", placeholder="for example: treaty", style=wide, continuous_update=False)
    shown = widgets.HTML(value=picture_and_words(events))

    def redraw(_: object) -> None:
        shown.value = picture_and_words(select_events(events, kind.value, years.value, text.value))

    for control in (kind, years, text):
        control.observe(redraw, names="value")
    return widgets.VBox([widgets.HBox([kind, years, text]), shown])


def picture_and_words(events: pd.DataFrame) -> str:
    """Draw events and return the picture, its alternative text and its words as one piece of HTML.

    Parameters
    ----------
    events : pandas.DataFrame
        The events; may be empty.

    Returns
    -------
    str
        HTML.
    """
    import matplotlib.pyplot as plt

    figure = plot_timeline(events).get_figure(root=True)
    assert figure is not None
    encoded = base64.b64encode(png(figure)).decode()
    html = (
        f'<img alt="{escape(alt_text(figure), quote=True)}" src="data:image/png;base64,{encoded}" style="max-width: 100%">'
    )
    html += html_words(describe(figure, detail="full"))
    plt.close(figure)
    return html
