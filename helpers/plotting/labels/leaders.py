"""Where the leaders of one side leave the glyphs: straight outwards, or first aside where another glyph is in the way."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from .geometry import CLEARANCE, CROWD, Glyph, spread

_REACH = 60.0  # how far aside, in points, a leader looks for a free way before it gives up


def ports(glyphs: Sequence[Glyph], *, width: float, pitch: float) -> list[float]:
    """Find the x at which each glyph's leader can go straight outwards, `pitch` apart wherever that is possible.

    Where it can, that is above the glyph itself; else the leader first goes sideways, to the nearest free x. Outer glyphs
    choose first, so that the leaders of a stack nest and don't cross. Leaders of a crowd are only spread evenly: nothing
    could be read there anyway.
    """
    if len(glyphs) > CROWD:
        return _even_ports(glyphs, width, pitch)
    chosen: dict[int, float] = {}
    taken: list[float] = []  # the same, sorted
    for i in sorted(range(len(glyphs)), key=lambda i: (-glyphs[i].y, glyphs[i].x, i)):
        chosen[i] = _port(i, glyphs, chosen, taken, width, pitch)
        insort(taken, chosen[i])
    return [chosen[i] for i in range(len(glyphs))]


def crossed(glyphs: Sequence[Glyph], ports: Sequence[float]) -> bool:
    """Tell whether leaders that go out by these ports cross: in a dense crowd, `ports` may find no way around."""
    aside = {k: port for k, port in enumerate(ports) if port != glyphs[k].x}
    return any(
        _crosses_leader(glyph, port, glyphs, {k: other for k, other in aside.items() if k != i})
        for i, (glyph, port) in enumerate(zip(glyphs, ports, strict=True))
    )


def _even_ports(glyphs: Sequence[Glyph], width: float, pitch: float) -> list[float]:
    order = sorted(range(len(glyphs)), key=lambda i: (glyphs[i].x, i))
    pitch = min(pitch, width / len(glyphs))
    xs = spread([glyphs[i].x for i in order], [pitch] * len(order), 0.0, width)
    chosen = dict(zip(order, xs, strict=True))
    return [chosen[i] for i in range(len(glyphs))]


def _port(
    i: int, glyphs: Sequence[Glyph], chosen: dict[int, float], taken: Sequence[float], width: float, pitch: float
) -> float:
    """The nearest free x. In a dense crowd a leader may have to run behind a glyph; it crosses a leader last of all."""
    uncrossed = apart = None
    for x in _nearby(glyphs[i].x, pitch / 2, width):
        k = bisect_left(taken, x)
        if any(abs(x - other) < pitch for other in taken[max(0, k - 1) : k + 1]):
            continue
        apart = x if apart is None else apart
        if _crosses_leader(glyphs[i], x, glyphs, chosen):
            continue
        uncrossed = x if uncrossed is None else uncrossed
        if not _meets_glyph(i, x, glyphs):
            return x
    return next((x for x in (uncrossed, apart) if x is not None), glyphs[i].x)


def _nearby(x: float, step: float, width: float) -> Iterator[float]:
    yield x
    for k in range(1, int(_REACH / step) + 1):
        for candidate in (x - k * step, x + k * step):
            if 0 <= candidate <= width:
                yield candidate


def _meets_glyph(i: int, x: float, glyphs: Sequence[Glyph]) -> bool:
    """Whether glyph i's leader, going sideways to x and from there outwards, would run through another glyph."""
    start, level, *_ = glyphs[i]
    near, far = (start, x) if start < x else (x, start)
    aside = x != start
    for k, (_, y, low, high) in enumerate(glyphs):  # taken apart here: this is asked a hundred thousand times
        above = y > level and low - CLEARANCE < x < high + CLEARANCE
        if k != i and (above or (aside and y == level and low < far and near < high)):
            return True
    return False


def _crosses_leader(glyph: Glyph, x: float, glyphs: Sequence[Glyph], chosen: dict[int, float]) -> bool:
    """Whether a leader going sideways to x and from there outwards would cross one further out, or as far."""
    near, far = sorted((glyph.x, x))
    for k, port in chosen.items():
        other, y, *_ = glyphs[k]
        left, right = (other, port) if other < port else (port, other)
        if y > glyph.y and left - CLEARANCE <= x <= right + CLEARANCE:
            return True
        if y == glyph.y and left <= far and near <= right:
            return True
    return False
