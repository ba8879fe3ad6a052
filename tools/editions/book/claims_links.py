"""Links over the picture of the claims: each part of a row leads to the lesson that treats it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import matplotlib.pyplot as plt

from helpers import load
from helpers.plotting.claims import ClaimBox, claim_boxes
from tools.content.gallery import SHARP, emblem

PICTURE = "claims"  # as the gallery names it


@dataclass(frozen=True)
class Area:
    """A part of the picture that is a link: a notebook without its ending, what it says, and where it lies, in pixels."""

    lesson: str
    words: str
    left: int
    top: int
    width: int
    height: int


def areas() -> list[Area]:
    """Return the links, in the order in which they are read: claims beside each other of one lesson share one."""
    drawn = emblem()
    boxes = claim_boxes(drawn, SHARP)
    plt.close(drawn.get_figure(root=True))
    titles = dict(load("eras").set_index("lesson")["title"])
    runs = (list(run) for _, run in groupby(boxes, key=lambda box: (box.top, box.lesson)))
    return [_area(run, str(titles.get(run[0].lesson, ""))) for run in runs if run[0].lesson]


def _area(run: list[ClaimBox], title: str) -> Area:
    first, last = run[0], run[-1]
    between = " and " if len(run) == 2 else " to "
    claims = f"Claim {first.claim_id}" if len(run) == 1 else f"Claims {first.claim_id}{between}{last.claim_id}"
    words = f"{claims}: lesson {first.lesson.split('_')[0]}" + (f", {title}" if title else "")
    return Area(first.lesson, words, first.left, first.top, last.right - first.left, first.bottom - first.top)
