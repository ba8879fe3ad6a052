"""What stands on axes, as plain values: enough to ask whether a figure shows what it should. A marker looks as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle

if TYPE_CHECKING:
    from .values import _Encoder


def facts(drawing: Any, encoder: _Encoder, depth: int) -> dict[str, Any]:
    """Read a figure's axes.

    Parameters
    ----------
    drawing : matplotlib.axes.Axes or matplotlib.figure.Figure
        What a student drew.
    encoder : _Encoder
        Counts the parts, so that no figure is too large.
    depth : int
        How deep in a value the drawing stands.

    Returns
    -------
    dict
        The plain form of a figure.
    """
    parts = [drawing] if isinstance(drawing, Axes) else list(drawing.axes)
    return {"type": "figure", "axes": [_axes(ax, encoder, depth + 2) for ax in parts]}


def _axes(ax: Axes, encoder: _Encoder, depth: int) -> dict[str, Any]:
    return {
        "title": ax.get_title() or ax.get_title(loc="left") or ax.get_title(loc="right"),
        "xlabel": ax.get_xlabel(),
        "ylabel": ax.get_ylabel(),
        "lines": [_line(line, encoder, depth) for line in ax.lines],
        "bars": [_bar(bar, label, encoder, depth) for bar, label in _bars(ax)],
        "points": [
            pair
            for group in ax.collections
            if isinstance(group, PathCollection)
            for pair in _points(ax, group, encoder, depth)
        ],
    }


def _line(line: Any, encoder: _Encoder, depth: int) -> dict[str, Any]:
    x, y = (encoder.cells(_days(values), depth) for values in (line.get_xdata(orig=True), line.get_ydata(orig=True)))
    return {"label": str(line.get_label()), "x": x, "y": y}


def _days(values: Any) -> Any:
    """Give the values that were drawn as a flat list; a scalar as a list of one."""
    listed = values.tolist() if hasattr(values, "tolist") and values.dtype.kind not in "mM" else values
    return listed if hasattr(listed, "__iter__") else [listed]


def _bars(ax: Axes) -> list[tuple[Rectangle, str]]:
    """Every bar, with the label of its group: pandas and matplotlib label the group, not the bar.

    Beside the bars of groups, a rectangle is a shade behind them, as ``axvspan`` draws for the years of a war.
    """
    groups = {id(bar): str(group.get_label()) for group in ax.containers for bar in group}
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle) and (not groups or id(patch) in groups)]
    return [(bar, groups.get(id(bar), "")) for bar in bars]


def _bar(bar: Rectangle, label: str, encoder: _Encoder, depth: int) -> dict[str, Any]:
    x, height, width = encoder.all((bar.get_x(), bar.get_height(), bar.get_width()), depth)
    return {"label": label, "x": x, "height": height, "width": width}


def _points(ax: Axes, group: Any, encoder: _Encoder, depth: int) -> list[list[Any]]:
    """Read the places of a scatter; days stay day numbers of matplotlib, as on the axis."""
    offsets = group.get_offsets()
    return [encoder.all(pair, depth) for pair in offsets.tolist()]
