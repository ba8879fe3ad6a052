"""The media in which a figure is met, and the sheet that each gives: letters keep their points, the sheet changes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from matplotlib.axes import Axes

Medium = Literal["page", "slide", "phone", "poster"]
LETTERS = 8.0  # points: the least size of letters on a slide
GROWTH = 3.5 * 72  # so much higher a figure on a page may become, in points


class Sheet(NamedTuple):
    """The size of a new figure in inches, and how many points higher it may become; None if it keeps its height."""

    width: float
    height: float
    grows: float | None = GROWTH


# On a slide of 1280 × 720, with a line of words beneath the figure, letters of 8 points are 3 % of the height: readable from
# the back of a room. A phone is 390 dots wide at 100 an
# inch, and scrolls. A poster is drawn as A3 and enlarged: 8 points become 11 on A2, 16 on A1.
MEDIA: dict[str, Sheet] = {
    "slide": Sheet(6.37, 3.185, None),
    "phone": Sheet(3.9, 6.0, 24 * 72),
    "poster": Sheet(16.54, 11.69, None),
}


def sheet_for(medium: str, size: tuple[float, float], ax: Axes | None = None) -> Sheet:
    """Return the sheet of a medium; on a page a figure has a `size` of its own.

    A `ValueError` says if there is no such medium, or `ax` already has a size.
    """
    if medium == "page":
        return Sheet(*size)
    if medium not in MEDIA:
        raise ValueError(f"medium is {medium!r}. Allowed are: page, {', '.join(MEDIA)}.")
    if ax is not None:
        raise ValueError(f"medium={medium!r} gives a new figure its size, but ax has one already: leave out one of them.")
    return MEDIA[medium]
