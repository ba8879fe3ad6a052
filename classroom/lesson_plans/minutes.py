"""How long each lesson takes, and what fits into a class: read from the notebooks, never typed.

The cell that opens a section carries its minutes in its metadata: ``course`` with ``part`` ("core" or "going further"),
``teaching``, ``exercise`` and ``talk``. Exercises are found by their ``check("03.1", …)`` or by "Your turn 03.1". How much
of the teaching is reading and running is computed (load.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from .load import MAX_MINUTES, Load, measure

CORE, FURTHER = "core", "going further"
CORE_MINUTES, LONG_MINUTES, MIN_TALK_MINUTES = 50, 90, 10
MAX_LISTENING = 10  # minutes in which a class may do nothing but listen and read
_EXERCISE = re.compile(r'check\("(\d\d\.\d+)"|\*\*Your turn (\d\d\.\d+)')


@dataclass(frozen=True)
class Section:
    """A section of a lesson, with its minutes and the exercises in it."""

    title: str
    part: str
    teaching: int
    exercise: int
    talk: int
    exercises: tuple[str, ...]
    guesses: int = 0

    @property
    def name(self) -> str:
        """Its title, without the words that mark what goes further."""
        rest = self.title.removeprefix("Going further: ")
        return rest[:1].upper() + rest[1:]

    @property
    def minutes(self) -> int:
        """All its minutes."""
        return self.teaching + self.exercise + self.talk


@dataclass(frozen=True)
class Lesson:
    """A lesson as a plan sees it."""

    stem: str  # the name of its file, without .ipynb
    title: str
    opening: str
    sections: tuple[Section, ...]
    load: Load  # of the core path, with the opening

    @property
    def number(self) -> str:
        """Its two digits."""
        return self.stem[:2]

    def part(self, part: str) -> list[Section]:
        """Return the sections of one part."""
        return [section for section in self.sections if section.part == part]


def read_lesson(path: Path) -> Lesson:
    """Read the sections of a lesson."""
    cells = nbformat.read(path, as_version=4).cells
    starts = [number for number, cell in enumerate(cells) if "course" in cell.metadata]
    ends = [*starts[1:], len(cells)]
    part, sections, core = CORE, [], cells[: starts[0]] if starts else []
    for start, end in zip(starts, ends, strict=True):
        course = cells[start].metadata["course"]
        part = str(course.get("part", part))
        core += cells[start:end] if part == CORE else []
        heading = str(cells[start].source).splitlines()[0].lstrip("# ")
        found = [match[1] or match[2] for cell in cells[start:end] for match in _EXERCISE.finditer(cell.source)]
        guesses = measure(cells[start:end]).guesses
        teaching, exercise, talk = (int(course.get(activity, 0)) for activity in ("teaching", "exercise", "talk"))
        sections.append(Section(heading, part, teaching, exercise, talk, tuple(dict.fromkeys(found)), guesses))
    opening = str(cells[0].source) if cells else ""
    title = (opening.splitlines() or [path.stem])[0].removeprefix("# ")
    return Lesson(path.stem, title, opening, tuple(sections), measure(core))


def faults(lesson: Lesson) -> list[str]:
    """Say what is wrong with the minutes of a lesson, in one sentence a fault."""
    core = lesson.part(CORE)
    spent = {name: sum(getattr(section, name) for section in core) for name in ("teaching", "exercise", "talk", "minutes")}
    found = []
    if spent["minutes"] != CORE_MINUTES:
        found.append(f"the core path adds up to {spent['minutes']} minutes; it must be {CORE_MINUTES}.")
    if spent["talk"] < MIN_TALK_MINUTES:
        found.append(f"the core path leaves {spent['talk']} minutes for talk; at least {MIN_TALK_MINUTES} are needed.")
    if lesson.load.minutes > MAX_MINUTES:
        needed = math.ceil(lesson.load.minutes * 10) / 10
        found.append(f"reading and running the core path take {needed} minutes; they must fit into {MAX_MINUTES}.")
    words = f"{spent['teaching']} minutes of teaching, {spent['exercise']} of exercises, {spent['talk']} of talk"
    if words not in lesson.opening:
        found.append(f"its opening must say: {words}.")
    found += [f"the section {section.title!r} has no minutes." for section in lesson.sections if not section.minutes]
    return [f"{lesson.stem}: {fault}" for fault in found]


def longest_listening(sections: Sequence[Section]) -> tuple[int, Section | None]:
    """Return the longest time, in minutes, in which nobody guesses, answers or talks, and the section in its middle."""
    longest, stretch = 0.0, [] if not sections else [(sections[0], 0.0)]
    since: list[tuple[Section, float]] = []
    for section in sections:
        acts = section.guesses + len(section.exercises) + bool(section.talk)
        part = section.teaching / (acts + 1)
        since.append((section, part))
        total = sum(minutes for _, minutes in since)
        if total > longest:
            longest, stretch = total, since.copy()
        since = [(section, part)] if acts else since
    passed = 0.0
    for section, minutes in stretch:
        passed += minutes
        if passed >= longest / 2:
            return round(longest), section
    return 0, None


def fitting(lesson: Lesson, minutes: int) -> tuple[list[Section], list[Section]]:
    """Choose what of *going further* fits into a class of some minutes after the core path; return that, and the rest.

    The rule: in the order of the lesson, each section that still fits whole.
    """
    left = minutes - sum(section.minutes for section in lesson.part(CORE))
    chosen, over = [], []
    for section in lesson.part(FURTHER):
        if section.minutes <= left:
            chosen.append(section)
            left -= section.minutes
        else:
            over.append(section)
    return chosen, over


def clock(minutes: int) -> str:
    """Write minutes since the beginning as a clock: 75 is "1:15"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def rows(sections: Sequence[Section], start: int = 0) -> list[list[str]]:
    """Return the rows of a timed table from a minute on: clock, section, teaching, exercise, talk, exercises."""
    table, now = [], start
    for section in sections:
        spent = [str(number) if number else "" for number in (section.teaching, section.exercise, section.talk)]
        table.append([f"{clock(now)}–{clock(now + section.minutes)}", section.name, *spent, ", ".join(section.exercises)])
        now += section.minutes
    return table


def summed(name: str, sections: Sequence[Section]) -> list[str]:
    """Return the last row of a timed table, which adds up the columns."""
    spent = [sum(getattr(section, kind) for section in sections) for kind in ("minutes", "teaching", "exercise", "talk")]
    return [f"**{clock(spent[0])}**", f"**{name}**", *(f"**{number}**" if number else "" for number in spent[1:]), ""]
