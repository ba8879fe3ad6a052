"""Any figure of the course in English, read back from what was drawn.

Nothing is looked up in a table: a description comes from the finished axes, so that it can't say something else than the
figure shows. That makes it worth testing, and it serves readers who don't see the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from .. import chart_reader
from ..language import later, say, say_count
from ..plotting.artists import EventBin, EventMark, SpanBar, Subtitle, parts_of
from ..plotting.chart_artists import ClaimTile, CoastLine, EventNote, PlaceDot, SaidDot, SaidText, VoiceTile
from ..plotting.lettering import can_write
from ..plotting.text_size import misses_letters
from ..plotting.titles import same_letters, whole_title
from .charts import describe_chart
from .claims import describe_claims
from .lines import describe_lines
from .places import describe_places
from .sentences import Description, as_sentence, shortened
from .spans import describe_spans
from .timelines import describe_counts, describe_events
from .untold import UNTOLD
from .voices import describe_said, describe_voices

Detail = Literal["summary", "full"]
LETTERS = later(
    "The picture can't show all of its letters rightly: some are boxes, or stand unjoined or in the wrong order; "
    "these words are right."
)
IN_ENGLISH = later(
    "The labels of the picture are English, because what draws it here cannot join the letters of this script."
)


def describe(ax_or_figure: Axes | Figure, detail: Detail = "summary") -> str:
    """Describe a figure in English.

    Parameters
    ----------
    ax_or_figure : matplotlib.axes.Axes or matplotlib.figure.Figure
        What was drawn: a timeline, spans, or any plot of lines, points, bars or ranges.
    detail : {"summary", "full"}, default "summary"
        "summary" says in a few sentences what the figure shows. "full" adds a line (beginning with "- ") for every
        event, span, or point, in order.

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If something else than axes or a figure is given.
    ValueError
        If `detail` is neither "summary" nor "full".
    """
    if detail not in ("summary", "full"):
        raise ValueError(say("detail is {detail!r}; allowed are 'summary' and 'full'.", detail=detail))
    panels = _panels(ax_or_figure)
    if not panels:
        return say("The figure is empty.")
    if len(panels) == 1:
        return _panel(panels[0], detail)
    beneath = [_first_beneath(panels, k) for k in range(len(panels))]
    head = say_count("The figure has {count:,} panel.", "The figure has {count:,} panels.", len(set(beneath)))
    if isinstance(ax_or_figure, Figure) and ax_or_figure.get_suptitle():
        head = f"{as_sentence(ax_or_figure.get_suptitle())} {head}"
    order = list(dict.fromkeys(beneath))
    parts = []
    for k, panel in enumerate(panels):
        name = f"Panel {order.index(beneath[k]) + 1}" + ("" if beneath[k] == k else ", with axes of its own over the others")
        parts.append(f"{name}: {_panel(panel, detail)}")
    return "\n".join([head, *parts])


def _first_beneath(panels: Sequence[Axes], k: int) -> int:
    """The first of the panels that lies where panel k lies: twin axes lie on each other."""
    return next(first for first in range(k + 1) if panels[first].bbox.bounds == panels[k].bbox.bounds)


def alt_text(ax_or_figure: Axes | Figure) -> str:
    """Return the alt text of a figure: at most 250 characters, in whole sentences.

    Parameters
    ----------
    ax_or_figure : matplotlib.axes.Axes or matplotlib.figure.Figure
        What was drawn.

    Returns
    -------
    str
        The first sentence of the summary, and of the others, in order, those that fit.

    Raises
    ------
    TypeError
        If something else than axes or a figure is given.
    """
    return shortened(describe(ax_or_figure))


def _panels(ax_or_figure: Axes | Figure) -> list[Axes]:
    if isinstance(ax_or_figure, Axes):
        return [ax_or_figure]
    if isinstance(ax_or_figure, Figure):
        return [ax for ax in ax_or_figure.get_axes() if ax.get_visible() and ax.get_label() != "<colorbar>"]
    raise TypeError(
        say(
            "describe needs axes (what plot_timeline returns) or a figure, but got {name}.", name=type(ax_or_figure).__name__
        )
    )


def _panel(ax: Axes, detail: Detail) -> str:
    sentences, entries = _described(ax)
    shown = [text.get_text() for text in ax.get_children() if isinstance(text, Text) and text.get_visible()]
    rows = chart_reader.category_names(ax.yaxis).values() if ax.yaxis.get_visible() else []  # such as those of lanes
    letters = [say(LETTERS)] if any(misses_letters(text) for text in (*shown, *rows)) else []
    letters += [] if can_write() else [say(IN_ENGLISH)]
    summary = " ".join([*_title(ax), *sentences, *letters])
    return "\n".join([summary, *(f"- {entry}" for entry in entries)]) if detail == "full" else summary


def _described(ax: Axes) -> Description:
    if marks := parts_of(ax, EventMark):
        return describe_events(ax, marks)
    if bins := parts_of(ax, EventBin):
        return describe_counts(ax, bins)
    if bars := parts_of(ax, SpanBar):
        return describe_spans(bars)
    if tiles := parts_of(ax, ClaimTile):
        return describe_claims(tiles)
    if voices := parts_of(ax, VoiceTile):
        return describe_voices(voices)
    if said := [part for part in ax.get_children() if isinstance(part, SaidDot | SaidText)]:
        return describe_said(said)
    if dots := parts_of(ax, PlaceDot):
        return describe_places(dots, coast=bool(parts_of(ax, CoastLine)))
    if notes := parts_of(ax, EventNote):
        return describe_lines(ax, notes)
    try:
        return describe_chart(ax)
    except Exception:  # a student's figure may hold anything: better no description than no figure
        return Description([say(UNTOLD)], [])


def _title(ax: Axes) -> list[str]:
    """The titles and subtitle of axes, whole, also where the figure has room for their beginning only."""
    titles = [(whole_title(ax, title), title) for title in chart_reader.titles(ax) if title.strip()]
    titles += [(part.written, part.get_text()) for part in parts_of(ax, Subtitle)]
    cut = not all(same_letters(whole, text) for whole, text in titles)
    return [*(as_sentence(whole) for whole, _ in titles), *([say("The title is shortened in the figure.")] if cut else [])]
