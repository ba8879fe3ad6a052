"""Rubrics as data: criteria, levels and points, read from the table that students see above a written answer.

The table stands in a locked cell of the assignment, so that the students, the marker and the program read the same words::

    | Criterion | 0 · Beginning | 1 · Developing | 2 · Secure | 3 · Excellent |
    | --- | --- | --- | --- | --- |
    | Date precision | dates are missing | some are right | each is as exact as its source | also says which is doubtful |

The number at the head of a column is what its level is worth. A criterion may leave levels out: their cells stay empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIRST = "criterion"
_LEVEL = re.compile(r"(?P<points>\d+(?:\.\d+)?)\s*(?:[·:–-]\s*(?P<name>.*))?")
_SCHEME = re.compile(r"### BEGIN MARK SCHEME\n(.*?)\n?\s*### END MARK SCHEME", re.DOTALL)


@dataclass(frozen=True)
class Level:
    """One level of a criterion: its points, its name, and what an answer at this level does."""

    points: float
    name: str
    says: str


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked at, and its levels from the lowest to the highest."""

    name: str
    levels: tuple[Level, ...]

    @property
    def most(self) -> float:
        """The points of its highest level."""
        return max(level.points for level in self.levels)


@dataclass(frozen=True)
class Written:
    """What belongs to an answer that a person marks."""

    grade_id: str  # the answer's cell
    points: float  # what it is worth
    criteria: tuple[Criterion, ...]  # the rubric; one criterion with all points where the author gave no table
    task: str = ""  # what the student reads, as markdown
    scheme: str = ""  # what only the marker reads
    model: str = ""  # the author's own answer

    @property
    def question(self) -> str:
        """The question to which it belongs."""
        return self.grade_id.split("-")[0]


def criteria_in(markdown: str) -> tuple[Criterion, ...]:
    """Return the rubric in a cell of text, perhaps empty; `ValueError` where a table begins like one and is none."""
    rows = [_cells(line) for line in markdown.splitlines() if line.strip().startswith("|")]
    start = next((at for at, row in enumerate(rows) if row and row[0].casefold() == _FIRST), None)
    if start is None:
        return ()
    heads = [_LEVEL.fullmatch(text) for text in rows[start][1:]]
    if not heads or not all(heads):
        raise ValueError("each column of a rubric after “Criterion” begins with the points of its level, as in “2 · Secure”")
    levels = [(float(head["points"]), (head["name"] or "").strip()) for head in heads if head]
    found: list[Criterion] = []
    for row in rows[start + 1 :]:
        if all(re.fullmatch(r":?-+:?", cell) for cell in row):
            continue
        name, cells = plain(row[0]), row[1 : len(levels) + 1]
        own = tuple(Level(points, head, text) for (points, head), text in zip(levels, cells, strict=False) if text)
        if len(own) < 2 or name in [one.name for one in found]:
            raise ValueError(f"the criterion {name!r} of the rubric needs two levels or more, and a name of its own")
        found.append(Criterion(name, tuple(sorted(own, key=lambda level: level.points))))
    return tuple(found)


def whole(points: float) -> tuple[Criterion, ...]:
    """Return a rubric of one criterion, for an answer to which its author gave none."""
    steps = [float(step) for step in range(int(points) + 1)]
    return (
        Criterion("Points", tuple(Level(step, "", "") for step in (steps if steps[-1] == points else [*steps, points]))),
    )


def scheme_in(markdown: str) -> str:
    """Return the mark scheme of a cell, without its signs."""
    return "\n\n".join(match.strip() for match in _SCHEME.findall(markdown))


def without_scheme(markdown: str) -> str:
    """Return a cell as students see it."""
    return _SCHEME.sub("", markdown).strip()


def _cells(line: str) -> list[str]:
    """Split a line of a table; a sign behind a backslash belongs to the text."""
    inner = line.strip().strip("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def plain(text: str) -> str:
    """Return a text of a rubric without markdown's signs."""
    return re.sub(r"[*`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", "", text).strip()  # the name of a column keeps its "_"
