"""Draw the figures of a lesson anew for another medium: a slide, or a telephone.

A lesson is stored with the figures of a page. Its cells are run here, with the course's plotting functions drawing for the
medium; what they show takes the place of the stored pictures. A figure that has no form for the medium stays as it is.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import matplotlib.pyplot as plt
from IPython.core.inputtransformer2 import TransformerManager
from matplotlib.figure import Figure
from matplotlib.text import Text
from nbformat import NotebookNode

import helpers
from helpers.class_settings import HIDE_ARTICLE
from helpers.description.describe import describe
from helpers.description.sentences import shortened
from helpers.notebook import DPI, png
from helpers.plotting import theme
from helpers.plotting.artists import numbers
from helpers.plotting.events import label_of
from helpers.plotting.media import MEDIA
from helpers.plotting.titles import broken, width_above

# Dots an inch: crisp on a projector of 1920 dots, and on the screens of today's telephones.
DENSITY = {"slide": 3.0, "phone": 2.0}
KEY = "key"  # under this key stands what the numbers of a slide's figure mean
PHONE = "phone"  # under this key the picture for a telephone stands beside that of the page


def redrawn(notebook: NotebookNode, folder: Path, medium: str) -> NotebookNode:
    """Return a lesson with its figures in the form of a medium.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The lesson with its stored outputs; it is not changed.
    folder : pathlib.Path
        Where it is run.
    medium : {"slide", "phone"}
        For a slide, pictures take the place of those that are stored; where numbers stand for titles, `KEY` in the
        picture's metadata says for which. For a telephone they stand beside them, in the
        metadata of each picture.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    RuntimeError
        If a cell fails that is not tagged ``raises-exception``: the lesson is not as it is stored.
    """
    copy = deepcopy(notebook)
    for cell, drawn in zip(_code(copy), _run(_code(notebook), folder, medium), strict=True):
        stored = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        for output, figure in zip(stored, drawn, strict=False):
            if figure is None:
                continue
            alt, picture, width, key = figure
            about = output.metadata["image/png"]
            if medium == PHONE:
                about[PHONE] = {"png": b64encode(picture).decode(), "width": width}
            else:
                output.data["image/png"] = b64encode(picture).decode()
                about.update(alt=alt, width=width, **({KEY: key} if key else {}))
    return copy


class _Figure(NamedTuple):
    """A figure as it was drawn for a medium."""

    alt: str
    picture: bytes
    width: int
    key: list[str]  # which event each number in it stands for


Drawn = _Figure | None


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _run(cells: list[NotebookNode], folder: Path, medium: str) -> Iterator[list[Drawn]]:
    """Run cells one after the other in one set of names, and yield what each shows: None for a figure of the page alone."""
    names: dict[str, Any] = {"__name__": "__main__"}
    to_python = TransformerManager().transform_cell
    with _drawing_for(medium) as shown, contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            shown.clear()
            try:
                exec(compile(to_python(cell.source), f"<cell {cell.id}>", "exec"), names)
            except Exception as problem:
                if "raises-exception" not in cell.metadata.get("tags", []):
                    raise RuntimeError(
                        f"Cell {cell.id!r} of {folder} fails when it is drawn for a {medium}: "
                        f"{''.join(traceback.format_exception_only(problem)).strip()}"
                    ) from problem
            yield list(shown)
            plt.close("all")


@contextlib.contextmanager
def _drawing_for(medium: str) -> Iterator[list[Drawn]]:
    """Let the course's functions draw for a medium; yield the list in which what is shown is collected."""
    shown: list[Drawn] = []
    fitted: set[Figure] = set()
    ours: set[Figure] = set()

    def show(ax_or_figure: Any) -> None:
        figure = ax_or_figure if isinstance(ax_or_figure, Figure) else ax_or_figure.get_figure(root=True)
        if medium == "slide" and figure not in ours:  # a plain chart: its letters keep their points on a smaller sheet
            _resize(figure)
            fitted.add(figure)
        if figure in fitted:
            picture = png(figure, DENSITY[medium] * DPI)
            alt = shortened(describe(figure, detail="full"))
            shown.append(_Figure(alt, picture, round(figure.get_figwidth() * DPI), _key(figure)))
        else:
            shown.append(None)
        plt.close(figure)

    changed: dict[str, Callable[..., Any]] = {
        name: _in_form(getattr(helpers, name), medium, ours, fitted) for name in helpers.__all__ if name[:5] == "plot_"
    }
    changed["show"] = show
    with patch.dict(vars(helpers), changed), patch.dict(os.environ, {HIDE_ARTICLE: "1"}):
        yield shown


def _key(figure: Figure) -> list[str]:
    """Return what the numbers of a figure stand for: a room has no list of events in words."""
    found = {event: number for ax in figure.axes for event, number in numbers(ax).items()}
    return [f"{found[event]} · {label_of(event)}" for event in sorted(found, key=lambda event: event.row)]


def _resize(figure: Figure) -> None:
    """Give a chart the sheet of a slide, and break titles that are longer than what is beside and above their axes."""
    figure.set_size_inches(MEDIA["slide"].width, MEDIA["slide"].height)
    for ax in figure.axes:
        theme.settle(ax)  # so that a layout tells how wide the axes are
        titles = {ax.get_title(loc=place) for place in ("left", "center", "right")} - {""}
        for text in ax.findobj(Text):
            if isinstance(text, Text) and text.get_text() in titles:
                lines = broken(" ".join(text.get_text().split()), float(text.get_fontsize()), "bold", width_above(ax))
                text.set_text("\n".join(lines))


def _in_form(plot: Callable[..., Any], medium: str, ours: set[Figure], fitted: set[Figure]) -> Callable[..., Any]:
    """Return a plotting function that draws for a medium, if it can, and notes which figures are ours and which fit it."""
    can = inspect.signature(plot).parameters
    more: dict[str, Any] = {"medium": medium} if "medium" in can else {}
    if more and medium == "slide" and "subtitle" in can:
        more["subtitle"] = ""  # its room is needed for titles; the speaker's notes have all of it

    def panel(named: dict[str, Any], figure: Figure) -> dict[str, Any]:
        """What is told to draw on axes that a lesson has made: on a slide its figure gets the slide's sheet first."""
        if medium != "slide" or "medium" not in more:
            return named
        if figure not in ours:
            _resize(figure)
        fitted.add(figure)
        beside = {"eras": False} if "eras" in can and len(figure.axes) > 1 else {}  # panels are too low for eras too
        return {**beside, **named, **{name: value for name, value in more.items() if name != "medium"}}

    @wraps(plot)
    def drawn(*values: Any, **named: Any) -> Any:
        ax = named.get("ax")
        if ax is not None:
            named = panel(named, ax.get_figure(root=True))
        elif "medium" not in named:
            named |= more
        ax = plot(*values, **named)
        figure = ax.get_figure(root=True)
        ours.add(figure)
        if "medium" in more and named.get("medium") == medium:
            fitted.add(figure)
        return ax

    return drawn
