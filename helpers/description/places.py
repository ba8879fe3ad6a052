"""A map of places in English."""

from __future__ import annotations

from collections.abc import Sequence

from ..plotting.chart_artists import PlaceDot
from .sentences import Description, count_of, listed


def describe_places(dots: Sequence[PlaceDot], *, coast: bool) -> Description:
    """Describe what `plot_places` has drawn."""
    places = sorted((dot.place for dot in dots), key=lambda place: place.longitude)
    sentences = [f"A map of {count_of(len(places), 'place')}{' and the coast' if coast else ''}, without borders."]
    if len(places) > 1:
        sentences.append(f"From west to east: {listed([place.name for place in places])}.")
    if nameless := [place.name for place in places if not place.named]:
        sentences.append(f"Not named in the picture, for want of room: {listed(nameless)}.")
    return Description(sentences, [f"{place.name}: {_degrees(place.latitude, place.longitude)}" for place in places])


def _degrees(latitude: float, longitude: float) -> str:
    north, east = "north" if latitude >= 0 else "south", "east" if longitude >= 0 else "west"
    return f"{abs(latitude):.1f}° {north}, {abs(longitude):.1f}° {east}"
