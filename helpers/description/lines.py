"""Lines over the years in English, with the events and gaps that are named beside them."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from ..plotting.chart_artists import EventNote
from .charts import describe_chart
from .sentences import Description


def describe_lines(ax: Axes, notes: Sequence[EventNote]) -> Description:
    """Describe what `plot_lines` has drawn: the values as of any chart, then what is written beside them."""
    sentences, entries = describe_chart(ax)
    notes = sorted(notes, key=lambda note: note.get_position()[0])  # in the order of time, wherever their words stand
    for head, gap in (("Without a value", True), ("Named", False)):
        if words := [note.words for note in notes if note.gap == gap]:
            sentences.append(f"{head}: {'; '.join(words)}.")
    return Description(sentences, entries)
