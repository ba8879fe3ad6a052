"""The legend of a timeline: what explains the glyphs and bars that can be seen, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..language import later
from .events import BarPart, Item
from .glyphs import EFFECTS, KINDS, bar_style, glyph_style
from .lettering import direction, say
from .placement import Placement
from .text_size import text_width
from .theme import INK, SOFT_INK, is_passing

HANDLE, HANDLE_PAD, BETWEEN, AFTER_NAME, LINE = 1.5, 0.35, 0.9, 0.7, 1.5  # of a font size

_DATES = {
    "within": later("some day in this time"),
    "lasting": later("lasted"),
    "about": later("~ about"),
    "uncertain": later("? uncertain"),
    "arrow": later("goes on"),
}


class Group(NamedTuple):
    """A part of the legend: its name, and its keys with their texts."""

    name: str
    keys: list[tuple[Artist, str]]

    def width(self, font: float) -> float:
        """Return how wide it is when drawn in one row, in points."""
        entries = sum(text_width(text, font) + font * (HANDLE + HANDLE_PAD + BETWEEN) for _, text in self.keys)
        return _name_width(self.name, font) + entries - font * BETWEEN


def _name_width(name: str, font: float) -> float:
    """The width for a group's name; a part that goes on in a second row has none."""
    return text_width(name, font, "bold") + font * AFTER_NAME if name else 0.0


def legend_groups(items: Sequence[Item], placement: Placement, rows: Collection[str] = ()) -> list[Group]:
    """Return the legend's groups for events as they are placed: what occurs only, in a fixed order.

    A kind that has a row of its own needs no key: its name stands beside the row.
    """
    size = placement.look.glyph
    picked = [item for item in items if not item.event.muted]  # of the others only a grey dot can be seen
    kinds = [kind for kind in KINDS if kind not in rows and any(item.event.kind == kind for item in picked)]
    effects = [effect for effect in EFFECTS if any(item.event.effect == effect for item in picked)]
    roles = {role for item in picked for role in _roles(item, placement)}
    groups = [
        Group(say("Kind"), [(_glyph_key(kind, "cooperative", size), say(kind)) for kind in kinds]),
        Group(say("Effect"), [(_glyph_key("", effect, size), say(effect)) for effect in effects]),  # grey: of no kind
        Group(say("Date"), [(_date_key(role, size), say(text)) for role, text in _DATES.items() if role in roles]),
    ]
    if any(item.event.muted for item in items):
        groups.append(Group(say("Grey"), [(_glyph_key("", "", placement.context.glyph, muted=True), say("not picked out"))]))
    if direction() == "rtl":  # the text runs the other way, so it is said once
        arrow = Line2D([], [], linestyle="none", marker=r"$\rightarrow$", color=SOFT_INK, markersize=size)
        groups.append(Group(say("Time"), [(arrow, say("runs from left to right"))]))
    return [group for group in groups if group.keys]


def _roles(item: Item, placement: Placement) -> Iterator[str]:
    """Which entries of the group "Date" an event needs: those of what can be seen."""
    if item.when.precision != "day":
        role = "lasting" if item.when.precision == "interval" else "within"
        parts = item.bar_parts(*placement.shown_days(item))
        if any(part.role == role and _is_seen(part, item.x, placement) for part in parts):
            yield role
    if item.when.approximate:
        yield "about"
    if item.when.uncertain:
        yield "uncertain"
    if any(placement.goes_on(item)):
        yield "arrow"


def _is_seen(part: BarPart, x: float, placement: Placement) -> bool:
    """Whether a part of a bar reaches beyond the glyph, which covers it."""
    scale = placement.scale
    half = scale.to_days(0.6 * placement.look.glyph) - scale.low  # glyphs of some shapes are a fifth larger
    return part.low < part.high and (part.low < x - half or part.high > x + half)


def _glyph_key(kind: str, effect: str, size: float, *, muted: bool = False) -> Artist:
    return Line2D([], [], linestyle="none", **glyph_style(kind, effect, size, muted=muted))


def _date_key(role: str, size: float) -> Artist:
    if role == "arrow":
        return Line2D([], [], linestyle="none", marker=">", color=SOFT_INK, markersize=size * 0.75)
    if role == "lasting":
        return Patch(**bar_style(SOFT_INK, "lasting"))
    return Patch(**bar_style(SOFT_INK, "within", dashed=role != "within"))


def legend_rows(groups: Sequence[Group], width: float, font: float) -> list[list[Group]]:
    """Arrange the groups in as few rows as fit into `width` points: in one, if they do."""
    rows: list[list[Group]] = []
    left = 0.0
    for group in groups:
        for part in _parts(group, width, font):
            needed = part.width(font) + 2 * font
            if rows and needed <= left:
                rows[-1].append(part)
                left -= needed
            else:
                rows.append([part])
                left = width - needed
    return rows


def _parts(group: Group, width: float, font: float) -> list[Group]:
    """Break a group that is wider than a row; only its first part keeps the name."""
    parts = [Group(group.name, [])]
    for key in group.keys:
        longer = parts[-1]._replace(keys=[*parts[-1].keys, key])
        if parts[-1].keys and longer.width(font) > width:
            parts.append(Group("", [key]))
        else:
            parts[-1] = longer
    return parts


class KeyRow(Legend):
    """The keys of one group. It is often the same from one picture to the next, and matplotlib takes long to lay it out.

    A renderer that has `remembered` draws it once for each `content`: a text that tells all that is seen of it.
    """

    content = ""

    def draw(self, renderer: RendererBase) -> None:
        """Draw the keys, or what is remembered of them."""
        remembered = getattr(renderer, "remembered", None)
        if remembered is None or not self.content:
            super().draw(renderer)
            return
        anchor = self.get_bbox_to_anchor()
        remembered(self.content, (anchor.x0, anchor.y0), super().draw)


def _content(row: Group, font: float) -> str:
    """Tell all that is seen of a group's keys."""
    looks = [_look(handle) for handle, _ in row.keys]
    return repr((font, [text for _, text in row.keys], looks))


def _look(handle: Artist) -> tuple[Any, ...]:
    if isinstance(handle, Line2D):
        colours = handle.get_markerfacecolor(), handle.get_markeredgecolor()
        sizes = handle.get_markersize(), handle.get_markeredgewidth()
        return (str(handle.get_marker()), *colours, *sizes, bool(handle.get_path_effects()))
    assert isinstance(handle, Patch)
    return handle.get_facecolor(), handle.get_edgecolor(), handle.get_linewidth(), handle.get_linestyle()


class _KeptKeys(Artist):
    """The keys of one group in a picture that nobody gets but as dots: laid out only where they aren't remembered."""

    def __init__(self, content: str, place: tuple[float, float], make: Callable[[], KeyRow]) -> None:
        super().__init__()
        self.content, self.place, self.make = content, place, make

    def draw(self, renderer: RendererBase) -> None:
        """Draw the keys, or what is remembered of them."""
        assert self.axes is not None
        left, middle = self.axes.transAxes.transform(self.place)
        remembered = getattr(renderer, "remembered", lambda _, __, draw: draw(renderer))
        remembered(self.content, (left, middle), lambda alone: Legend.draw(self.make(), alone))


def draw_legend_row(ax: Axes, row: Sequence[Group], *, y: float, width: float, font: float) -> None:
    """Draw one row of the legend; `y` (its middle) is a fraction of the axes, `width` theirs in points."""
    x = 0.0
    for group in row:
        style: dict[str, Any] = {"fontsize": font, "weight": "bold", "va": "center", "color": INK}
        ax.text(x / width, y, group.name, transform=ax.transAxes, **style)
        place = ((x + _name_width(group.name, font)) / width, y)
        make = partial(_key_row, ax, group, place, font)
        keys = _KeptKeys(_content(group, font), place, make) if is_passing() else make()
        keys.set_zorder(6)
        ax.add_artist(keys)
        x += group.width(font) + 2 * font


def _key_row(ax: Axes, group: Group, place: tuple[float, float], font: float) -> KeyRow:
    legend = KeyRow(
        ax,
        [handle for handle, _ in group.keys],
        [text for _, text in group.keys],
        loc="center left",
        bbox_to_anchor=place,
        bbox_transform=ax.transAxes,
        ncols=len(group.keys),
        fontsize=font,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=HANDLE,
        handleheight=0.6,
        handletextpad=HANDLE_PAD,
        columnspacing=BETWEEN,
        labelcolor=INK,
    )
    legend.content = _content(group, font)
    return legend
