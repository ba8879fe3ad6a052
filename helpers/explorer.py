"""An explorer of the events: choose an era, a kind, an actor, years or a word; see and read what fits.

The widgets hold no logic. What they show is made by `explored`, one plain function that a student can call without them.
"""

from __future__ import annotations

import base64
import gc
import json
import operator
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations
from math import isfinite
from numbers import Integral
from textwrap import shorten
from typing import Any

import ipywidgets as widgets
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from traitlets import link

from . import explorer_page as page
from .data import load
from .language import direction, later, said, say
from .output import as_html
from .plotting.events import Item, is_missing, read_items
from .plotting.theme import passing
from .plotting.time_axis import day_of
from .plotting.timeline import plot_timeline
from .search import did_you_mean, has_words
from .spreadsheet import harmless
from .table_names import TableName

ALL = "all"
_BOTH = " · "
MAX_PICTURES = 12  # of an explorer, of about 0.4 MB each
_CHOICES = ("era", "kind", "effect", "actor", "paragraph", "claim", "certainty", "years", "text", "mentioned")
_LABELS = {
    **{"era": later("Era"), "kind": later("Kind"), "effect": later("Effect"), "actor": later("Actor")},
    **{"paragraph": later("Paragraph"), "claim": later("Claim"), "certainty": later("Certainty")},
    **{"years": later("Years"), "text": later("Words"), "mentioned": later("only what the article mentions")},
}
_COLUMN_OF = {
    **{"era": "era_id", "kind": "kind", "effect": "effect", "actor": "actors", "certainty": "checked"},
    **{"paragraph": "paragraph", "claim": "event_id", "mentioned": "paragraph"},
}


def select_events(
    events: pd.DataFrame,
    *,
    era: str = ALL,
    kind: str = ALL,
    actor: str = ALL,
    effect: str = ALL,
    paragraph: int | str = ALL,
    claim: str = ALL,
    certainty: str = ALL,
    years: tuple[int, int] | None = None,
    text: str = "",
    mentioned: bool = False,
    **unknown: Any,
) -> pd.DataFrame:
    """Select the events that fit every choice.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``, or a table of your own that `plot_timeline` can draw.
    era : str, default "all"
        An era's id or name, for example ``"two-wars"`` or ``"Two wars"``.
    kind : str, default "all"
        A kind of the codebook, for example ``"treaty"``.
    actor : str, default "all"
        The name of somebody who took part, for example ``"Turkey"``.
    effect : str, default "all"
        An effect of the codebook, for example ``"cooperative"``.
    paragraph : int or str, default "all"
        The number of a paragraph of the article: what it speaks of there.
    claim : str, default "all"
        A claim's id, for example ``"3i"``: the events that bear on it.
    certainty : str, default "all"
        How far a source was read, for example ``"read"``: see ``checked`` in the codebook.
    years : tuple of (int, int), optional
        First and last year; an event belongs if part of it can lie in them. All years by default.
    text : str, default ""
        Words, or parts of words, that the title, the description or the actors contain, all of them, in any order.
        Capital letters, accents, apostrophes and the kind of a dash or a blank do not matter.
    mentioned : bool, default False
        Whether to keep only what the article speaks of.

    Returns
    -------
    pandas.DataFrame
        The selected rows, with all columns, in the same order.

    Raises
    ------
    TypeError
        If there is no choice of this name, or `events` is not a data frame.
    ValueError
        If a choice cannot fit any event, or is not of the right form: the message says which can. If the table lacks
        the column that a choice needs, or cannot be drawn: see `plot_timeline`.
    """
    choices = dict(
        zip(_CHOICES, (era, kind, effect, actor, paragraph, claim, certainty, years, text, mentioned), strict=True)
    )
    for name in unknown:
        raise TypeError(
            say(
                "There is no choice {name!r}.{guess} The choices are: {choices}.",
                **{"name": name, "guess": did_you_mean(name, _CHOICES), "choices": _listed(_CHOICES)},
            )
        )
    keep = _all_of(_fitting(events, choices, _items(events)), len(events))
    return events[np.array(keep, dtype=bool)]


def _fitting(events: pd.DataFrame, choices: dict[str, Any], items: list[Item]) -> dict[str, list[bool]]:
    """Return for each choice that was made which events fit it; `items` are the rows as `_items` reads them."""
    found: dict[str, list[bool]] = {}
    for name in ("era", "kind", "effect", "certainty"):
        if _is_chosen(choices.get(name, ALL)):
            choice = _id_of(name, choices[name], events)
            _check_choice(events, name, choice, _known(events, name))
            found[name] = [str(value) == choice for value in events[_COLUMN_OF[name]]]
    if _is_chosen(actor := choices.get("actor", ALL)):
        _check_choice(events, "actor", actor, _actors_of(items))
        found["actor"] = [actor in item.actors for item in items]
    if _is_chosen(claim := choices.get("claim", ALL)):
        of_claim = _events_of_claims(events)
        _check_choice(events, "claim", claim, list(of_claim))
        found["claim"] = [value in of_claim[claim] for value in events["event_id"]]
    if _is_chosen(paragraph := choices.get("paragraph", ALL)):
        number = paragraph if isinstance(paragraph, str | bool) else str(paragraph)
        _check_choice(events, "paragraph", number, _paragraphs(events))
        found["paragraph"] = [text == number for text in _paragraph_texts(events)]
    if (years := choices.get("years")) is not None:
        first, last = _first_and_last(years)
        found["years"] = [begin <= last and end >= first for begin, end in map(_span, items)]
    if words := _words(choices.get("text", "")):
        found["text"] = [has_words(place, words) for place in _texts(events)]
    if not isinstance(mentioned := choices.get("mentioned", False), bool | np.bool_):
        raise ValueError(say("mentioned must be True or False, but {given!r} was given.", given=mentioned))
    if mentioned:
        _check_column(events, "mentioned")
        found["mentioned"] = [bool(there) for there in events["paragraph"].notna()]
    return found


def _all_of(fitting: dict[str, list[bool]], count: int) -> list[bool]:
    return [all(fits) for fits in zip(*fitting.values(), strict=True)] if fitting else [True] * count


def actors_in(events: pd.DataFrame) -> list[str]:
    """List those who take part in some events, from A to Z; nobody if the table has no column ``actors``."""
    return _actors_of(_items(events))


def _actors_of(items: Iterable[Item]) -> list[str]:
    return sorted({name for item in items for name in item.actors})


def explored(events: pd.DataFrame, **choices: Any) -> str:
    """Return, as HTML, what the explorer shows for some choices: a timeline, its description, and a table with sources.

    The choices, and what is raised for a wrong one, are those of `select_events`.
    """
    select_events(events, **choices)  # which refuses what is no choice
    table = _Table(events, TableName.in_call(events, sys._getframe(1)))
    with _no_search_for_garbage():
        view = _view(table, choices)
        table.tidy()
    return f"<p>{as_html(view.message)}</p>{view.drawn.html}{view.more()}{_rows(table, view.keep)}"


@dataclass(frozen=True)
class _Table:
    """The table that is explored, with what is the same whatever is chosen: each is worked out once."""

    events: pd.DataFrame
    name: TableName = field(default_factory=lambda: TableName(None))
    pictures: dict[tuple[bool, ...], page.Drawn] = field(default_factory=dict)  # the newest last
    done: list[Figure] = field(default_factory=list)

    def drawn(self, keep: list[bool]) -> page.Drawn:
        """Draw the timeline with some events in colour; one that was drawn before is still there."""
        key = tuple(keep)
        self.pictures[key] = self.pictures.pop(key) if key in self.pictures else self._draw(keep)
        if len(self.pictures) > MAX_PICTURES:
            del self.pictures[next(iter(self.pictures))]
        return self.pictures[key]

    def _draw(self, keep: list[bool]) -> page.Drawn:
        with passing():
            figure = plot_timeline(self.events, highlight=None if all(keep) else keep).get_figure(root=True)
        assert figure is not None
        self.done.append(figure)
        return page.picture(figure)

    def tidy(self) -> None:
        """Take the thousands of parts of figures apart; else Python would have to search for them later."""
        for figure in self.done:
            figure.clear()
            plt.close(figure)
        self.done.clear()

    @cached_property
    def items(self) -> list[Item]:
        return _items(self.events)

    @cached_property
    def rows(self) -> list[str]:
        return page.rows_of(self.events, [item.event.row for item in self.items])

    @cached_property
    def harmless(self) -> pd.DataFrame:
        """The rows with their publishers, as a spreadsheet may open them."""
        named = self.events if "sources" in self.events.columns else with_publishers(self.events)
        rows = named.rename(columns=_as_text)
        for name in rows.select_dtypes(["object", "string", "category"]):
            rows[name] = rows[name].astype("object").map(_as_text)
        return rows


@dataclass(frozen=True)
class _View:
    """What is shown of one selection. The picture is there first: nobody waits for `more`, which stands beneath it."""

    message: str
    keep: list[bool]
    drawn: page.Drawn
    more: Callable[[], str]


def _view(table: _Table, choices: dict[str, Any]) -> _View:
    """Show a selection: in colour, and all other events grey."""
    fitting = _fitting(table.events, choices, table.items)
    keep = _all_of(fitting, len(table.events))
    message = say("{some} of {all} events.", some=sum(keep), all=len(table.events))
    message += "" if any(keep) else f" {_blame(fitting)}"
    drawn = table.drawn(keep)

    def more() -> str:
        name, found = table.name.now()
        code = _code(name, choices, fitting) if fitting else ""
        return page.more(drawn.description, code, _file(table, keep), "" if found else name)

    return _View(message, keep, drawn, more)


def _rows(table: _Table, keep: list[bool], name: str = "") -> str:
    chosen = [row for row, there in zip(table.rows, keep, strict=True) if there]
    return page.table_of((row for _, row in sorted(zip(_order(table, keep), chosen, strict=True))), name)


def _order(table: _Table, keep: list[bool]) -> list[int]:
    return [item.event.row for item, there in zip(table.items, keep, strict=True) if there]


def _file(table: _Table, keep: list[bool]) -> str:
    """Return the selected rows as a CSV file in base 64, with the publishers; nothing if there are none."""
    if not any(keep):
        return ""
    rows = table.harmless[np.array(keep, dtype=bool)]
    return base64.b64encode(rows.to_csv(index=False).encode("utf-8-sig", "replace")).decode()


def _as_text(value: Any) -> Any:
    """Return what a spreadsheet may open: a text that another person wrote could be a formula."""
    return harmless(value) if isinstance(value, str) else value


def _blame(fitting: dict[str, list[bool]]) -> str:
    """Say which choices stand in the way where nothing fits them all."""
    names = {name: say(label) for name, label in _LABELS.items()} | {"text": say("the words")}
    alone = [names[name] for name, fits in fitting.items() if not any(fits)]
    if alone:
        return say("No event fits this alone: {names}.", names=_listed(alone))
    best = [
        say("without {name}: {count}", name=" + ".join(names[name] for name in left), count=count)
        for left, count in _least_in_the_way(fitting)
    ]
    return say("No event fits all choices; {best}.", best=_listed(best))


def _least_in_the_way(fitting: dict[str, list[bool]]) -> list[tuple[tuple[str, ...], int]]:
    """Return the fewest choices without which something fits, and how much; of several choices at once the three best."""
    for number in range(1, len(fitting)):
        found = []
        for left in combinations(fitting, number):
            others = [fits for name, fits in fitting.items() if name not in left]
            found.append((left, sum(map(all, zip(*others, strict=True)))))
        if best := sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1]):
            return best if number == 1 else best[:3]
    return []


def _code(table: str, choices: dict[str, Any], fitting: Iterable[str]) -> str:
    """Write the call that makes the same selection."""
    made = [f"{name}={_quoted(choices[name])}" for name in fitting if name not in ("years", "mentioned")]
    made += [f"years=({', '.join(str(int(year)) for year in choices['years'])})" for _ in range("years" in fitting)]
    made += ["mentioned=True" for _ in range("mentioned" in fitting)]
    return f"select_events({', '.join([table, *made])})"


def _quoted(value: Any) -> str:
    """Write a text as code. What cannot be seen is spelt out: a browser copies some blanks as others."""
    text = json.dumps(value if isinstance(value, str) else str(value), ensure_ascii=False)
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


# --- the table that is explored -------------------------------------------------------------------


def _items(events: pd.DataFrame) -> list[Item]:
    """Read the rows as `plot_timeline` does, and complain as it does; one item a row, in the order of the table."""
    if not isinstance(events, pd.DataFrame):
        raise TypeError(say("The explorer needs a table (a pandas DataFrame), but got {kind}.", kind=type(events).__name__))
    for name in events.columns[events.columns.duplicated()]:
        raise ValueError(say("The table has the column {name!r} twice: rename or drop one of them.", name=name))
    if not {"date", "title"} <= set(events.columns):
        return read_items(events)  # which says what is missing
    ids, titles = (events[name] if name in events.columns else [""] * len(events) for name in ("event_id", "title"))
    # Each row gets an id of its own, so that it can be found again, and in which rows sort as they do when they are drawn.
    own = ["" if is_missing(value) else str(value) for value in ids]
    numbers = [f"{name}\0{title}\0{k}" for k, (name, title) in enumerate(zip(own, titles, strict=True))]
    numbered = events.drop(columns="event_id", errors="ignore").assign(event_id=numbers)
    return sorted(read_items(numbered), key=lambda item: int(item.event.event_id.rpartition("\0")[2]))


def _span(item: Item) -> tuple[float, float]:
    """Return the first and the last year of an event; an open end reaches as far as one likes."""
    begin = float("-inf") if item.begin is None else day_of(item.begin).year
    end = float("inf") if item.end is None else day_of(item.end - 0.5).year  # it ends at midnight
    return begin, end


def _known(events: pd.DataFrame, choice: str) -> list[str]:
    """List what a column may hold: its categories in their order if it has them, else its values as the rows come."""
    column = events.get(_COLUMN_OF[choice])
    if column is None:
        return []
    known = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column.dropna().unique()
    return [str(value) for value in known]


def _values(events: pd.DataFrame, choice: str) -> list[str]:
    """List what a column does hold, in the same order."""
    there = {str(value) for value in events.get(_COLUMN_OF[choice], [])}
    return [value for value in _known(events, choice) if value in there]


def _id_of(name: str, choice: Any, events: pd.DataFrame) -> Any:
    """Return the id of an era that was named by its title; anything else as it is."""
    if name != "era" or not isinstance(choice, str) or choice in _known(events, "era"):
        return choice
    return {title.casefold(): era_id for era_id, title in _era_titles().items()}.get(choice.strip().casefold(), choice)


@lru_cache(maxsize=1)
def _era_titles() -> dict[str, str]:
    table = load("eras")
    return dict(zip(table["era_id"], table["title"], strict=True))


def _events_of_claims(events: pd.DataFrame) -> dict[str, set[str]]:
    """Return the events of the table that bear on each claim, in the order of the claims."""
    if "event_id" not in events.columns:
        return {}
    there, found = set(events["event_id"].dropna()), load("claim_events")
    found = found[found["event_id"].isin(there)]
    order = [claim for claim in load("claims")["claim_id"] if claim in set(found["claim_id"])]
    return {claim: set(found.loc[found["claim_id"] == claim, "event_id"]) for claim in order}


def _paragraph_texts(events: pd.DataFrame) -> list[str]:
    """Return the number of each event's paragraph as text; nothing where it has none."""
    numbers: Iterable[Any] = pd.to_numeric(events["paragraph"], errors="coerce") if "paragraph" in events.columns else []
    return ["" if pd.isna(number) else str(int(number)) for number in numbers]


def _paragraphs(events: pd.DataFrame) -> list[str]:
    return sorted({text for text in _paragraph_texts(events) if text}, key=int)


def _texts(events: pd.DataFrame) -> list[str]:
    """Return the text of each event in which one can search."""
    names = [name for name in ("title", "description", "actors") if name in events.columns]
    there = [events[name].astype("object").fillna("") for name in names]
    return [" ".join(map(str, parts)) for parts in zip(*there, strict=True)]


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
    """Add a column ``sources``: the publishers behind each event, separated by "; ", or "none" if our tables name none.

    A table without a column ``event_id`` is returned as it is.
    """
    if "event_id" not in events.columns:
        return events
    links = load("event_sources").merge(load("sources"), on="source_id")
    links["publisher"] = links["publisher"].fillna("publisher unknown")
    names = links.groupby("event_id")["publisher"].agg(lambda publishers: "; ".join(sorted(set(publishers))))
    return events.assign(sources=[names.get(event_id, "none") for event_id in events["event_id"]])


def explore_timeline(events: pd.DataFrame) -> widgets.VBox:
    """Make an explorer: choose an era, a kind, an effect, an actor, a paragraph, a claim, years or words.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of ``load("events")``, or a table of your own that `plot_timeline` can draw: it needs ``date`` and ``title``.
        A control for which it has no column is left out.

    Returns
    -------
    ipywidgets.VBox
        The controls, and beneath them the timeline of all events, with those that fit in colour. A mark to which one
        points, or goes with Tab and the arrow keys, tells its date and title, and leads to its row. Beneath stand the
        description, the code that selects the same, the picture and the rows to download, and the rows with the titles and
        links of their sources. "Reset" takes all choices back; where nothing fits, it is said why.
        Each control works by mouse and by keyboard (Tab moves on; the arrow keys move a slider, change a year or open a
        list; Enter takes what is written). While a slider is dragged the picture follows; positions that were passed while
        it was drawn are left out.

    Raises
    ------
    TypeError
        If `events` is not a data frame.
    ValueError
        If there are no events, or a row cannot be drawn: see `plot_timeline`.
    """
    table = _Table(events, TableName.in_call(events, sys._getframe(1)))
    if not table.items:
        raise ValueError(say("There are no events to explore: the table has no rows."))
    lists = _lists(table)
    controls = _controls(table, lists)
    first = {name: control.value for name, control in controls.items()}
    shown = _Shown(table)
    resetting: list[bool] = []

    def redraw(_: object) -> None:
        """Draw at once: while Python is busy, the browser's half of a control holds back all positions but the newest."""
        if not resetting:
            made = {name: control.value for name, control in controls.items() if control.value != first[name]}
            shown.show({name: _chosen(lists[name], value) if name in lists else value for name, value in made.items()})

    def reset(_: object) -> None:
        resetting.append(True)  # all controls, but one picture
        for name, control in controls.items():
            control.value = first[name]
        resetting.clear()
        redraw(None)

    for control in controls.values():
        control.observe(redraw, names="value")
    look = widgets.Layout(width="auto", min_width="6em")
    button = widgets.Button(description=say("Reset"), tooltip=say("Show all events again"), layout=look)
    button.on_click(reset)
    row = widgets.Layout(flex_flow="row wrap")
    years = controls["years"]
    placed = [[control, *_year_fields(years)] if control is years else [control] for control in controls.values()]
    box = widgets.VBox([widgets.HBox([*(part for parts in placed for part in parts), button], layout=row), *shown.parts])
    return (box.add_class(page.RIGHT_TO_LEFT) if direction() == "rtl" else box).add_class(page.BOX)


class _Shown:
    """What stands beneath the controls: what is said, the picture, the rest, and all rows, each in a widget of its own."""

    def __init__(self, table: _Table) -> None:
        self.table, self.ratio, self.width, self.name = table, 0.0, 0, page.name_of_rows()
        self.live, self.said, self.picture, self.rest, self.rows = (widgets.HTML() for _ in range(5))
        self.show({})
        self.rows.value = _rows(table, [True] * len(table.items), self.name)
        self.live.value = page.live_region()

    @property
    def parts(self) -> list[widgets.Widget]:
        messages = widgets.HBox([self.live, self.said], layout=widgets.Layout(flex_flow="row wrap", min_height="2em"))
        return [messages, self.picture, self.rest, self.rows]

    def show(self, choices: dict[str, Any]) -> None:
        """Show another selection; say that it is being drawn, and what came of it."""
        self.said.value = page.said(say("Drawing …"), busy=True)
        with _no_search_for_garbage():
            try:
                view = _view(self.table, choices)
            except ValueError as problem:  # a word that is in no list: say what is
                self.said.value, self.picture.value = page.said(str(problem)), self._room("")
                self.rest.value = self._only([])
                return
            self.ratio = max(self.ratio, view.drawn.height / view.drawn.width)
            self.width = max(self.width, view.drawn.width)
            self.picture.value = self._room(view.drawn.html)
            self.said.value = page.said(view.message)
            self.rest.value = view.more() + self._only(view.keep)
            self.table.tidy()

    def _only(self, keep: list[bool]) -> str:
        return page.only(self.name, _order(self.table, keep) if keep else [], len(self.table.items))

    def _room(self, html: str) -> str:
        """Keep the room of the highest picture so far, so that what stands beneath does not jump."""
        return f'<div class="course-room" style="--high:{self.ratio:.4f};max-width:{self.width}px">{html}</div>'


def _controls(table: _Table, lists: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Make one labelled control for each choice of `select_events` for which the table has a column, by its name.

    A list is a field that suggests what may be written in it. In a drop-down list JupyterLab takes the keys for itself
    (https://github.com/jupyter-widgets/ipywidgets/issues/3912): "r" would turn the whole cell into text.
    """
    ends = [year for item in table.items for year in _span(item) if isfinite(year)]
    first, last = int(min(ends)), int(max(ends))
    wide = widgets.Layout(width="20em")
    look: dict[str, Any] = {"style": {"description_width": "5.5em"}, "layout": wide}
    field = look | {"placeholder": ALL, "continuous_update": False}
    controls: dict[str, Any] = {
        name: widgets.Combobox(options=[ALL, *entries], description=say(_LABELS[name]), **field)
        for name, entries in lists.items()
    }
    reach = {"min": first, "max": max(last, first + 1), "value": (first, last)}  # a slider needs two years at least
    controls["years"] = widgets.IntRangeSlider(description=say(_LABELS["years"]), readout=False, **look, **reach)
    controls["text"] = widgets.Text(description=say(_LABELS["text"]), placeholder=say("all of them, in any order"), **look)
    if "paragraph" in table.events.columns:
        controls["mentioned"] = widgets.Checkbox(description=say(_LABELS["mentioned"]), indent=False, layout=wide)
    return controls


def _lists(table: _Table) -> dict[str, dict[str, str]]:
    """Return what can be chosen in each list that has something: how code writes it, by the entry that people read."""
    events, titles = table.events, _era_titles()
    found = {
        "era": [titles.get(era, era) for era in _values(events, "era")],
        "kind": _values(events, "kind"),
        "effect": _values(events, "effect"),
        "actor": _actors_of(table.items),
        "paragraph": _paragraphs(events),
    }
    told = {name: {_in_both(value): value for value in values} for name, values in found.items()}
    told["claim"] = _claims_in_words(list(_events_of_claims(events)))
    told["certainty"] = {_in_both(value): value for value in _values(events, "certainty")}
    return {name: entries for name, entries in told.items() if entries}


def _claims_in_words(ids: list[str]) -> dict[str, str]:
    if not ids:
        return {}
    claims = load("claims").set_index("claim_id")["claim"]
    return {f"{claim}{_BOTH}{shorten(said(claims[claim]), 70, placeholder=' …')}": claim for claim in ids}


def _chosen(entries: dict[str, str], written: str) -> str:
    """Return what is meant by what is written in a list's field: an entry, the beginning of one, or nothing."""
    wanted = written.strip().casefold()
    parts = {
        entry: [part.casefold() for part in (value, entry.removeprefix(f"{value}{_BOTH}"), entry)]
        for entry, value in [(ALL, ALL), *entries.items()]
    }
    exact = [entry for entry in parts if wanted in parts[entry]]
    begun = [entry for entry in parts if any(part.startswith(wanted) for part in parts[entry])]
    return {ALL: ALL, **entries}.get((exact or begun or [""])[0], written.strip()) if wanted else ALL


def _in_both(entry: str) -> str:
    """Name an entry as code has it and, if it has been translated, in the language of the lesson: either can be written."""
    return entry if (found := said(entry)) == entry else f"{entry}{_BOTH}{found}"


def _year_fields(years: widgets.IntRangeSlider) -> list[widgets.BoundedIntText]:
    """Make two fields that show the slider's years, and set them.

    They are for exact years, for the keyboard, and for screen readers: ipywidgets gives a slider's two handles no names.
    """
    look: dict[str, Any] = {"layout": widgets.Layout(width="9em"), "style": {"description_width": "3em"}}
    ends = {"min": years.min, "max": years.max}
    first, last = (widgets.BoundedIntText(description=name, **ends, **look) for name in (say("From"), say("to")))
    # If one field passes the other, it takes the other along.
    link((years, "value"), (first, "value"), (lambda pair: pair[0], lambda low: (low, max(low, years.value[1]))))
    link((years, "value"), (last, "value"), (lambda pair: pair[1], lambda high: (min(high, years.value[0]), high)))
    return [first, last]


# --- wrong choices ----------------------------------------------------------------------------------


def _check_choice(events: pd.DataFrame, name: str, choice: Any, allowed: list[str]) -> None:
    if not isinstance(choice, str):
        wrong = later('{name} must be one text in quotation marks, or "all", but {given!r} was given.')
        raise ValueError(say(wrong, name=name, given=choice))
    _check_column(events, name)
    if choice not in allowed:
        shown = _COLUMN_OF[name] if name == "era" else name
        guess = did_you_mean(choice, allowed)
        wrong = later("There is no {column} {given!r}.{guess} Choose one of: {allowed}.")
        raise ValueError(say(wrong, column=shown, given=choice, guess=guess, allowed=_listed([ALL, *allowed])))


def _is_chosen(choice: Any) -> bool:
    return not (isinstance(choice, str) and choice == ALL)


def _check_column(events: pd.DataFrame, name: str) -> None:
    if _COLUMN_OF[name] not in events.columns:
        wrong = later("{name} cannot be chosen, because the table has no column {column!r}. It has: {columns}.")
        columns = _listed(map(str, events.columns))
        raise ValueError(say(wrong, name=name, column=_COLUMN_OF[name], columns=columns))


def _first_and_last(years: Any) -> tuple[int, int]:
    try:
        first, last = (operator.index(year) for year in years)
    except (TypeError, ValueError):
        raise ValueError(
            say(
                "years must be the first and the last year, two whole numbers such as (1947, 1954), but {given!r} was "
                "given. For one year, write it twice: (1955, 1955).",
                given=years,
            )
        ) from None
    if last < first:
        raise ValueError(
            say("The years {first} to {last} run backwards: write the earlier year first.", first=first, last=last)
        )
    return first, last


def _words(text: Any) -> str:
    if text is None or isinstance(text, str | Integral):  # a year is a word, too
        return "" if text is None else str(text).strip()
    raise ValueError(
        say("text must be words in quotation marks, such as 'Baghdad Pact', but {given!r} was given.", given=text)
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
