"""The derived tables of the teacher's guide, as Markdown: plans, routes, outcomes, the ladder of skills."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from helpers.exercises import exercise_ids

from ..errors import TeacherError
from . import load, minutes

HEAD = ("Clock", "Section", "Teaching", "Exercise", "Talk", "Your turn")
RULE = "The rule: after the core path, each *going further* section that still fits whole, in the order of the lesson."
READING = (
    "Of the teaching, reading and running take {minutes} minutes, by one rule for all lessons: "
    f"{load.WORDS_A_MINUTE} words a minute, also in tables, {load.SECONDS_A_CELL} seconds a cell, "
    f"{load.SECONDS_A_GUESS} a guess."
)
_IDS = re.compile(r"\d\d\.\d+")

Lessons = Mapping[str, minutes.Lesson]  # by number


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def short_plan(lesson: minutes.Lesson) -> str:
    """Return the timed table of a class of fifty minutes, in Markdown: the core path, and how much of it is reading."""
    core = lesson.part(minutes.CORE)
    table = markdown(HEAD, [*minutes.rows(core), minutes.summed("The core path", core)])
    return f"{table}\n\n{READING.format(minutes=round(lesson.load.minutes))}"


def long_plan(lesson: minutes.Lesson) -> str:
    """Return the timed table of a class of ninety minutes, in Markdown, and what is left over."""
    core = lesson.part(minutes.CORE)
    chosen, over = minutes.fitting(lesson, minutes.LONG_MINUTES)
    first = minutes.summed("The core path, as above", core)
    first[0] = f"0:00–{minutes.clock(minutes.CORE_MINUTES)}"
    table = [first, *minutes.rows(chosen, minutes.CORE_MINUTES), minutes.summed("All", [*core, *chosen])]
    spare = minutes.LONG_MINUTES - sum(section.minutes for section in [*core, *chosen])
    words = [RULE]
    if over:
        listed = "; ".join(f"{section.name} ({section.minutes} min)" for section in over)
        words.append(f"Left for another day: {listed}.")
    if spare:
        words.append(f"To spare: {spare} minute{'s' if spare > 1 else ''}.")
    return f"{markdown(HEAD, table)}\n\n{' '.join(words)}"


def room(lesson: minutes.Lesson, question: str, claims: int) -> str:
    """Return what a teacher does in a room: how to begin, one projector, the fast and the stuck, claims, copies."""
    core = lesson.part(minutes.CORE)
    exercises, more = (
        [name for section in sections for name in section.exercises] for sections in (core, lesson.part(minutes.FURTHER))
    )
    last = exercises[-1] if exercises else "the exercise"
    rows = {
        "The first two minutes": f"Before any cell: *{question}* Each writes one line, three lines are read aloud. Come "
        "back to them at the end.",
        "What the class does": f"{sum(section.guesses for section in core)} guesses, {_joined(exercises)}, and the talk. "
        f"{_without_a_break(core)}",
        "One projector": f"{_joined(exercises)}: two minutes alone, on paper; one with a neighbour; then one student types "
        "what the class dictates.",
        "Who is fast": f"{_joined(more) if more else last}, then helps a neighbour with {last}, hands off the keyboard.",
        "Who is stuck": "Read the task aloud together. Then give the first half of the answer's line, and let them end it.",
        "The claims": f"A jigsaw: {min(claims, 8)} groups, one claim each. Four minutes: what is claimed, what speaks for "
        "it, what is left out, the best case. Then one sentence from each group.",
        "Copies for thirty": "Groups of four: 8 times the cards of the kit. Its answer sheets, once, for you.",
        "Answers": f'`make plan ARGS="--answers {lesson.number}"` writes them into `build/answers/`, which students do '
        "not get.",
    }
    if claims < 2:
        del rows["The claims"]
    return markdown(("In the room", "How"), [*rows.items()])


def _without_a_break(core: Sequence[minutes.Section]) -> str:
    longest, middle = minutes.longest_listening(core)
    words = f"The longest time without any of them: {max(1, longest)} minutes."
    if middle is not None and longest > minutes.MAX_LISTENING:
        words += (
            f" Break it once, in the section *{middle.name}*: each writes a sentence that reads its last table or figure."
        )
    return words


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def routes(declared: pd.DataFrame, lessons: Lessons) -> str:
    """Return one table a route, in Markdown: its sessions, what is taught in each, and the minutes.

    `declared` is ``notebooks/teaching/routes.csv``, all text: route, session, minutes (how long the session is), lesson (its
    number, or empty), plan (50 or 90), and what else happens (``also``). `TeacherError` if a row names a lesson that is not
    there, or needs more time than its session has.
    """
    parts = []
    for route, sessions in declared.groupby("route", sort=False):
        table = [_session(dict(zip(sessions.columns, row, strict=True)), lessons) for row in sessions.to_numpy().tolist()]
        parts.append(f"**{route}**\n\n{markdown(('Session', 'Lesson', 'Planned', 'To spare', 'Also'), table)}")
    return "\n\n".join(parts)


def _session(row: dict[str, str], lessons: Lessons) -> list[str]:
    where = f"routes.csv, route {row['route']!r}, session {row['session']}"
    length = int(row["minutes"])
    if not row["lesson"]:
        return [row["session"], "–", f"{length} min", "0 min", row["also"]]
    if row["lesson"] not in lessons:
        raise TeacherError(f"{where}: there is no lesson {row['lesson']!r}. Lessons: {', '.join(lessons)}.")
    lesson = lessons[row["lesson"]]
    taught = lesson.part(minutes.CORE)
    if row["plan"] == str(minutes.LONG_MINUTES):
        taught += minutes.fitting(lesson, minutes.LONG_MINUTES)[0]
    elif row["plan"] != str(minutes.CORE_MINUTES):
        raise TeacherError(
            f"{where}: the plan is {row['plan']!r}; write {minutes.CORE_MINUTES} (the core path) or {minutes.LONG_MINUTES}."
        )
    needed = sum(section.minutes for section in taught)
    if needed > length:
        raise TeacherError(f"{where}: lesson {lesson.number} needs {needed} minutes, but the session has {length}.")
    link = f"[{lesson.title}](../{lesson.stem}.ipynb)"
    return [row["session"], link, f"{needed} min", f"{length - needed} min", row["also"]]


def outcomes(declared: pd.DataFrame, lessons: Lessons) -> str:
    """Return, in Markdown, which lessons, exercises and assignments serve each learning outcome.

    `declared` is ``notebooks/teaching/outcomes.csv``, all text: outcome, lesson, exercises, assignments. `TeacherError` if a
    row names a lesson or an exercise that is not there.
    """
    for row in declared.itertuples():
        _check_outcome(str(row.outcome), str(row.lesson), _IDS.findall(str(row.exercises)), lessons)
    table = []
    for outcome, served in declared.groupby("outcome", sort=False):
        exercises = dict.fromkeys(found for text in served["exercises"] for found in _IDS.findall(text))
        handed_in = dict.fromkeys(name for text in served["assignments"] for name in _names(text))
        numbers = dict.fromkeys(served.loc[served["lesson"] != "", "lesson"])
        links = ", ".join(f"[{number}](../{lessons[number].stem}.ipynb)" for number in numbers)
        table.append([str(outcome), links, ", ".join(exercises), ", ".join(handed_in)])
    return markdown(("Outcome", "Lessons", "Exercises", "Assignments"), table)


def _check_outcome(outcome: str, lesson: str, exercises: Sequence[str], lessons: Lessons) -> None:
    if lesson and lesson not in lessons:
        raise TeacherError(f"outcomes.csv, {outcome}: there is no lesson {lesson!r}. Lessons: {', '.join(lessons)}.")
    for exercise in exercises:
        known = exercise_ids(exercise[:2])
        if exercise not in known:
            raise TeacherError(f"outcomes.csv, {outcome}: there is no exercise {exercise}. There are: {', '.join(known)}.")


def missing_assignments(declared: pd.DataFrame, assignments: Sequence[str]) -> list[str]:
    """Say in a sentence each which assignments the outcomes name that are not there."""
    named = dict.fromkeys(name for text in declared["assignments"] for name in _names(text))
    there = ", ".join(assignments) or "none"
    return [
        f"outcomes.csv names the assignment {name!r}, which is not in notebooks/assignments/source/. There: {there}."
        for name in named
        if name not in assignments
    ]


def _names(text: object) -> list[str]:
    return re.findall(r"[\w-]+", str(text))


def ladder(lessons: Lessons, solutions: Path) -> str:
    """Return, in Markdown, what each lesson teaches of Python, pandas and matplotlib, as the tests hold the lessons to it.

    The modules ``lesson_NN.py`` in the folder `solutions` are read, not run.
    """
    table = [
        [f"[{lesson.title}](../{lesson.stem}.ipynb)", ", ".join(f"`{skill}`" for skill in taught(path))]
        for number, lesson in lessons.items()
        if (path := solutions / f"lesson_{number}.py").is_file()
    ]
    return markdown(("Lesson", "New in it"), table)


def taught(module: Path) -> list[str]:
    """Read the set ``TAUGHT`` of a lesson's module, in the order in which it is written; empty if there is none."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        named = any(isinstance(target, ast.Name) and target.id == "TAUGHT" for target in targets)
        if named and isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Set):
            return [str(ast.literal_eval(element)) for element in node.value.elts]
    return []
