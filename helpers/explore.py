"""An explorer of the events: choose an era, a kind, an actor, years or a word; see and read what fits.

The widgets hold no logic. What they show is made by `explored`, one plain function that a student can call without them.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from .data import load
from .description import alt_text, describe
from .page import html_table, html_words, png
from .timeline import plot_timeline

ALL = "all"
PAUSE = 0.15  # seconds without a new choice before the picture is drawn again


def select_events(
    events: pd.DataFrame,
    *,
    era: str = ALL,
    kind: str = ALL,
    actor: str = ALL,
    years: tuple[int, int] | None = None,
    text: str = "",
    mentioned: bool = False,
) -> pd.DataFrame:
    """Select the events that fit every choice.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``.
    era : str, default "all"
        An ``era_id``, for example ``"two-wars"``.
    kind : str, default "all"
        A kind of the codebook, for example ``"treaty"``.
    actor : str, default "all"
        The name of somebody who took part, for example ``"Turkey"``.
    years : tuple of (int, int), optional
        First and last year; an event belongs if part of it can lie in them. All years by default.
    text : str, default ""
        A word or part of one that the title, the description or the actors contain; capital letters do not matter.
    mentioned : bool, default False
        Whether to keep only what the article speaks of.

    Returns
    -------
    pandas.DataFrame
        The selected rows, with all columns, in the same order.

    Raises
    ------
    ValueError
        If a choice cannot fit any event: the message lists those that can.
    """
    keep = pd.Series(True, index=events.index)
    for choice, column in ((era, "era_id"), (kind, "kind")):
        if choice != ALL:
            _check_choice(column, choice, list(events[column].cat.categories))
            keep &= events[column] == choice
    if actor != ALL:
        _check_choice("actor", actor, actors_in(events))
        keep &= events["actors"].str.split("; ").map(lambda names: actor in names)
    if years is not None:
        first, last = years
        if last < first:
            raise ValueError(f"The years {first} to {last} run backwards: write the earlier year first.")
        keep &= (events["earliest"].dt.year <= last) & (events["latest"].dt.year >= first)
    if text.strip():
        haystack = events["title"] + " " + events["description"] + " " + events["actors"]
        keep &= haystack.str.contains(text.strip(), case=False, regex=False)
    if mentioned:
        keep &= events["paragraph"].notna()
    return events[keep]


def actors_in(events: pd.DataFrame) -> list[str]:
    """List those who take part in some events.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``.

    Returns
    -------
    list of str
        Names from A to Z.
    """
    return sorted(set(events["actors"].str.split("; ").explode().dropna()))


def explored(events: pd.DataFrame, **choices: Any) -> str:
    """Return what the explorer shows for some choices: a timeline, its words, and a table with sources.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``.
    **choices
        As in `select_events`.

    Returns
    -------
    str
        HTML; the picture carries its alternative text.

    Raises
    ------
    ValueError
        As `select_events`.
    """
    import matplotlib.pyplot as plt

    chosen = select_events(events, **choices)
    figure = plot_timeline(chosen).get_figure(root=True)
    assert figure is not None
    encoded = base64.b64encode(png(figure)).decode()
    alt = escape(alt_text(figure), quote=True)
    html = f'<img alt="{alt}" src="data:image/png;base64,{encoded}" style="max-width: 100%">'
    html += html_words(describe(figure, detail="full"))
    plt.close(figure)
    if not chosen.empty:
        html += html_table(with_publishers(chosen)[["date", "title", "sources"]], "The selection and who reports it")
    return html


def with_publishers(events: pd.DataFrame) -> pd.DataFrame:
    """Add a column ``sources``: the publishers behind each event.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``.

    Returns
    -------
    pandas.DataFrame
        A copy with one more column of text, publishers separated by "; ".
    """
    links = load("event_sources").merge(load("sources"), on="source_id")
    links["publisher"] = links["publisher"].fillna("publisher unknown")
    names = links.groupby("event_id")["publisher"].agg(lambda publishers: "; ".join(sorted(set(publishers))))
    return events.assign(sources=events["event_id"].map(names).fillna("none"))


def explore_timeline(events: pd.DataFrame) -> widgets.VBox:
    """Make an explorer with controls for era, kind, actor, years, words and "only what the article mentions".

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``.

    Returns
    -------
    ipywidgets.VBox
        The controls, and beneath them the timeline, its words and a table. Each control works by mouse and by keyboard
        (Tab moves on, the arrow keys change the value). While a slider is dragged only the last position is drawn.

    Raises
    ------
    ValueError
        If there are no events.
    """
    if events.empty:
        raise ValueError("There are no events to explore: the table has no rows.")
    controls = _controls(events)
    shown = widgets.HTML(value=explored(events))

    def redraw() -> None:
        shown.value = explored(events, **{name: control.value for name, control in controls.items()})

    later = _after_a_pause(redraw)
    for control in controls.values():
        control.observe(later, names="value")
    row = widgets.Layout(flex_flow="row wrap")
    return widgets.VBox([widgets.HBox(list(controls.values()), layout=row), shown])


def _controls(events: pd.DataFrame) -> dict[str, Any]:
    """Make one labelled control for each choice of `select_events`, by its name."""
    first, last = int(events["earliest"].dt.year.min()), int(events["latest"].dt.year.max())
    style = {"description_width": "4.5em"}
    eras = [name for name in events["era_id"].cat.categories if (events["era_id"] == name).any()]
    kinds = [name for name in events["kind"].cat.categories if (events["kind"] == name).any()]
    wide = widgets.Layout(width="20em")
    return {
        "era": widgets.Dropdown(options=[ALL, *eras], description="Era", style=style, layout=wide),
        "kind": widgets.Dropdown(options=[ALL, *kinds], description="Kind", style=style, layout=wide),
        "actor": widgets.Dropdown(options=[ALL, *actors_in(events)], description="Actor", style=style, layout=wide),
        "years": widgets.SelectionRangeSlider(
            options=list(range(first, last + 1)),
            index=(0, last - first),
            description="Years",
            style=style,
            layout=widgets.Layout(width="26em"),
        ),
        "text": widgets.Text(description="Word", placeholder="for example: treaty", style=style, layout=wide),
        "mentioned": widgets.Checkbox(description="only what the article mentions", indent=False, layout=wide),
    }


def _after_a_pause(redraw: Callable[[], None]) -> Callable[[object], None]:
    """Draw once the choices have rested, so that a dragged slider leaves no queue of stale pictures."""
    waiting: list[asyncio.TimerHandle] = []

    def later(_: object) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no notebook around us: draw at once
            redraw()
            return
        while waiting:
            waiting.pop().cancel()
        waiting.append(loop.call_later(PAUSE, redraw))

    return later


def _check_choice(name: str, choice: str, allowed: list[str]) -> None:
    if choice not in allowed:
        raise ValueError(f"There is no {name} {choice!r}. Choose one of: {ALL}, {', '.join(map(str, allowed))}.")
