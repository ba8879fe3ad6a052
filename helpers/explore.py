"""An explorer of the events: choose an era, a kind, an actor, years or a word; see and read what fits.

The widgets hold no logic. What they show is made by `explored`, one plain function that a student can call without them.
"""

from __future__ import annotations

import base64
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd
from traitlets import link

from .data import load
from .description import describe, shortened
from .output import html_words
from .page import png
from .table import html_table
from .timeline import plot_timeline

ALL = "all"


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
    chosen = select_events(events, **choices)
    picture, words = _picture_and_words(chosen)
    alt = escape(shortened(words), quote=True)
    encoded = base64.b64encode(picture).decode()
    html = f'<p role="status">{len(chosen)} of {len(events)} events.</p>'  # a screen reader says when this changes
    html += f'<img alt="{alt}" src="data:image/png;base64,{encoded}" style="max-width: 100%">'
    html += html_words(words)
    if not chosen.empty:
        named = chosen if "sources" in chosen.columns else with_publishers(chosen)
        html += html_table(named[["date", "title", "sources"]], "The selection and who reports it")
    return f'<div style="line-height: 1.4">{html}</div>'


def _picture_and_words(events: pd.DataFrame) -> tuple[bytes, str]:
    """Draw the timeline; return its PNG and its words."""
    import matplotlib.pyplot as plt

    with _no_search_for_garbage():
        figure = plot_timeline(events).get_figure(root=True)
        assert figure is not None
        found = png(figure), describe(figure, detail="full")
        figure.clear()  # takes its thousands of parts apart now; else Python would have to search for them later
        plt.close(figure)
    return found


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Hold Python's search for garbage back while a figure is made.

    It would begin again and again, because so many parts are made, and each time go through all of pandas and matplotlib:
    that takes longer than the drawing itself.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


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
        (Tab moves on; the arrow keys move a slider, change a year or open a list; Enter takes what is written). While a
        slider is dragged the picture follows; positions that were passed while it was drawn are left out.

    Raises
    ------
    ValueError
        If there are no events.
    """
    if events.empty:
        raise ValueError("There are no events to explore: the table has no rows.")
    events = with_publishers(events)  # once, so that no table is read while a slider is dragged
    controls = _controls(events)
    shown = widgets.HTML(value=explored(events))

    def redraw(_: object) -> None:
        """Draw at once: while Python is busy, the browser's half of a control holds back all positions but the newest."""
        try:
            shown.value = explored(events, **{name: _chosen(control) for name, control in controls.items()})
        except ValueError as problem:  # a word that is in no list: say what is
            shown.value = f'<p role="status">{escape(str(problem))}</p>'

    for control in controls.values():
        control.observe(redraw, names="value")
    row = widgets.Layout(flex_flow="row wrap")
    years = controls["years"]
    placed = [[control, *_year_fields(years)] if control is years else [control] for control in controls.values()]
    return widgets.VBox([widgets.HBox([part for parts in placed for part in parts], layout=row), shown])


def _controls(events: pd.DataFrame) -> dict[str, Any]:
    """Make one labelled control for each choice of `select_events`, by its name.

    A list is a field that suggests what may be written in it. In a drop-down list JupyterLab takes the keys for itself
    (https://github.com/jupyter-widgets/ipywidgets/issues/3912): "r" would turn the whole cell into text.
    """
    first, last = int(events["earliest"].dt.year.min()), int(events["latest"].dt.year.max())
    eras = [name for name in events["era_id"].cat.categories if (events["era_id"] == name).any()]
    kinds = [name for name in events["kind"].cat.categories if (events["kind"] == name).any()]
    wide = widgets.Layout(width="20em")
    look: dict[str, Any] = {"style": {"description_width": "4.5em"}, "layout": wide}
    field = look | {"placeholder": ALL, "continuous_update": False}
    ends = {"min": first, "max": max(last, first + 1), "value": (first, last)}  # a slider needs two years at least
    return {
        "era": widgets.Combobox(options=[ALL, *eras], description="Era", **field),
        "kind": widgets.Combobox(options=[ALL, *kinds], description="Kind", **field),
        "actor": widgets.Combobox(options=[ALL, *actors_in(events)], description="Actor", **field),
        "years": widgets.IntRangeSlider(description="Years", readout=False, **look, **ends),
        "text": widgets.Text(description="Word", placeholder="for example: treaty", **look),
        "mentioned": widgets.Checkbox(description="only what the article mentions", indent=False, layout=wide),
    }


def _chosen(control: Any) -> Any:
    """Return the value of a control; what is written in a list's field may be the beginning of an entry, or nothing."""
    if not isinstance(control, widgets.Combobox):
        return control.value
    written = control.value.strip().casefold()
    if not written:
        return ALL
    exact = [option for option in control.options if option.casefold() == written]
    begun = [option for option in control.options if option.casefold().startswith(written)]
    return (exact or begun or [control.value.strip()])[0]


def _year_fields(years: widgets.IntRangeSlider) -> list[widgets.BoundedIntText]:
    """Make two fields that show the slider's years, and set them.

    They are for exact years, for the keyboard, and for screen readers: ipywidgets gives a slider's two handles no names.
    """
    look: dict[str, Any] = {"layout": widgets.Layout(width="9em"), "style": {"description_width": "3em"}}
    ends = {"min": years.min, "max": years.max}
    first, last = (widgets.BoundedIntText(description=name, **ends, **look) for name in ("From", "to"))
    # If one field passes the other, it takes the other along.
    link((years, "value"), (first, "value"), (lambda pair: pair[0], lambda low: (low, max(low, years.value[1]))))
    link((years, "value"), (last, "value"), (lambda pair: pair[1], lambda high: (min(high, years.value[0]), high)))
    return [first, last]


def _check_choice(name: str, choice: str, allowed: list[str]) -> None:
    if choice not in allowed:
        raise ValueError(f"There is no {name} {choice!r}. Choose one of: {ALL}, {', '.join(map(str, allowed))}.")
