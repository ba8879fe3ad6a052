"""The coast on the course's maps: cut out of Natural Earth, and kept with the helpers, so that a map needs no network."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from classroom.files import write_if_changed
from tools.editions.npm import Package, parts

ROOT = Path(__file__).resolve().parents[2]
COAST = ROOT / "helpers" / "plotting" / "coast.json"
# Natural Earth 4.1, 1:50 million, is in the public domain; the package that brings it has the ISC licence.
ATLAS = Package(
    "world-atlas",
    "2.0.2",
    "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
    {"land": "land-50m.json"},
)
WINDOW = (28.0, 10.0, 82.0, 44.0)  # west, south, east, north: from the Nile to India
DECIMALS = 2  # about a kilometre, the size of a dot on the largest map
ABOUT = (
    "Coastlines of Natural Earth 4.1, 1:50 million, in the public domain (naturalearthdata.com), from the npm package "
    "world-atlas 2.0.2. Copyright 2013-2019 Michael Bostock, ISC licence: Permission to use, copy, modify, and/or "
    "distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright "
    "notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED 'AS IS' AND THE AUTHOR DISCLAIMS ALL "
    "WARRANTIES."
)

Point = tuple[float, float]


def main() -> int:
    """Write the coast anew."""
    lines = [[list(point) for point in line] for line in coast(json.loads(parts(ATLAS)["land"]))]
    text = json.dumps({"about": ABOUT, "lines": lines}, separators=(",", ":")) + "\n"
    changed = write_if_changed(COAST, text.encode())
    print(f"coast: {'refreshed' if changed else 'up to date'}")
    return 0


def coast(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the coastlines of a TopoJSON file within the window, each as places (east, north) in degrees.

    Only the arcs of the file are read, since all of them are borders of land.
    """
    (across, up), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        line: list[Point] = []
        for step in arc:  # each point is told by its distance from the one before
            x, y = x + step[0], y + step[1]
            line.append((x * across + west, y * up + south))
        yield from _within(line)


def _within(line: Iterable[Point]) -> Iterator[list[Point]]:
    """Cut a line into its parts within the window; neighbours that are the same when rounded are one point."""
    part: list[Point] = []
    for x, y in line:
        place = (round(x, DECIMALS), round(y, DECIMALS))
        if WINDOW[0] <= x <= WINDOW[2] and WINDOW[1] <= y <= WINDOW[3]:
            part += [place] if part[-1:] != [place] else []
        else:
            if len(part) > 1:
                yield part
            part = []
    if len(part) > 1:
        yield part


if __name__ == "__main__":
    sys.exit(main())
