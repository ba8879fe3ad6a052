"""What a student has done, seen by nobody else: on the page with `progress`, and as a page to print or to keep."""

from __future__ import annotations

import base64
import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from . import exercises, solved
from .edtf import to_words
from .exercises.feedback import Exercise
from .language import attributes, later, say
from .output import Page, put, put_figure

TITLE = later("My exercises")
SIGNS = {"solved": "✔", "written": "☑", "open": "○"}
PRINTED = "my_progress.html"


def progress(lesson: str = "", *, forget: bool = False) -> None:
    """Show which exercises you have solved, and on which day; a judgement of your own counts as *written*.

    Only the number of the exercise and the day are kept, in ``my_notebooks/progress.json``. Beneath is a page to print or to
    keep. Nobody else sees it unless you give it to them.

    Parameters
    ----------
    lesson : str, optional
        A lesson, such as ``"01"``: then only its exercises are listed.
    forget : bool, default False
        ``progress(forget=True)`` forgets all days.

    Returns
    -------
    None
        It is displayed.
    """
    if forget:
        solved.forget()
    try:
        days, kept = solved.days(), _kept()
    except ValueError:
        days = solved.since_opened()
        kept = say(
            "The file {name} cannot be read and was left as it is. Rename it, and a new one is begun.", name=solved.NAME
        )
    put(_page(str(lesson), days, kept))
    if not lesson and (drawn := _matrix(days)):
        put_figure(*drawn)


def claims_met(days: Mapping[str, str] | None = None) -> list[str]:
    """Return the claims (their ids, in the table's order) treated in lessons in which an exercise was solved."""
    from .data import load

    begun = {number[:2] for number in (solved.days() if days is None else days)}
    claims = load("claims")
    return list(claims.loc[claims["lesson"].str[:2].isin(begun), "claim_id"])


def printed(days: Mapping[str, str]) -> str:
    """Return the summary as a page of HTML, on one or two sheets of A4, with no address of anything.

    Parameters
    ----------
    days : mapping of str to str
        The day on which each exercise was solved, by its number.

    Returns
    -------
    str
    """
    rows = "".join(
        f"<tr><th scope='row'>{lesson}</th><td>{_count(known, days)}</td><td>{_unbroken(_each(known, days))}</td></tr>"
        for lesson, known in _lessons().items()
    )
    met, picture = len(claims_met(days)), ""
    if drawn := _matrix(days):
        png, alt, _ = drawn
        picture = f"<img style='max-width:100%' alt='{escape(alt)}' src='data:image/png;base64,{_base64(png)}'>"
    title, heads = say("What I have done"), (say("Lesson"), say("Exercises"), say("Each"))
    language = attributes() or " lang='en'"
    claims = say("The lessons that I have begun treat {count} of the article's claims.", count=met)
    return (
        f"<!doctype html><html{language}><head><meta charset='utf-8'><title>{title}</title><style>"
        "body{font:11pt/1.4 sans-serif;max-width:48em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}"
        "td,th{border-bottom:1px solid #bbb;padding:.3em .6em;text-align:start;vertical-align:top}"
        "@page{size:A4;margin:12mm}@media print{body{font-size:8.5pt;max-width:none;margin:0}h1{font-size:15pt}"
        "img{display:block;max-height:66mm}td,th{padding:.15em .5em}}</style></head>"
        f"<body><h1>{say('A New Chapter? Pakistan and Iraq, 1947–2026: what I have done')}</h1>"
        f"<p>{say('Name:')} ______________________________</p>"
        f"<p>{_count_all(days)} {claims}</p>"
        f"{picture}<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>{rows}</table><p>"
        + say(
            "✔ solved: the answer was checked against the course's tables. ☑ written: a judgement of my own, whose form was "
            "checked. The days were noted by the course on my computer. This page is a record for me, not a certificate."
        )
        + "</p></body></html>"
    )


def _page(lesson: str, days: Mapping[str, str], kept: str) -> Page:
    lessons = {name: known for name, known in _lessons().items() if not lesson or name == lesson}
    head = (
        f"{say(TITLE)}. {_count_all(days)}"
        if lessons
        else say("There is no lesson {lesson!r}. Lessons: {numbers}.", lesson=lesson, numbers=", ".join(_lessons()))
    )
    counts = [say("Lesson {number}: {count}", number=name, count=_count(known, days)) for name, known in lessons.items()]
    each = [_each(known, days) for known in lessons.values()]
    lines = [" · ".join((count, *own)) for count, own in zip(counts, each, strict=True)]
    listed = "".join(f"<li>{_unbroken((count, *own))}</li>" for count, own in zip(counts, each, strict=True))
    saved = ""
    if days:
        address = f"data:text/html;base64,{_base64(printed(days).encode())}"
        label = escape(say("Save a page to print or to keep"))
        saved = f' <a download="{PRINTED}" href="{address}">{label}</a>.'
    style = "background: #fffdf8; color: #1f1f1f; padding: 0.5em 0.8em; max-width: 60em"
    html = (
        f'<div role="status"{attributes()} style="{style}">'
        f"<b>{escape(head)}</b><ul style='list-style: none; padding-left: 0'>{listed}</ul>"
        f"<small>{escape(kept)}{saved}</small></div>"
    )
    return Page(html, "\n".join([head, *lines, kept]))


def _matrix(days: Mapping[str, str]) -> tuple[bytes, str, str] | None:
    """The claims that were met, among all: a picture, its alt text, its description. None where nothing is to be drawn."""
    name = f"{__package__}.plotting.claims"
    if not days or importlib.util.find_spec(name) is None or not (met := claims_met(days)):
        return None
    from .data import load
    from .description.describe import describe
    from .description.sentences import shortened
    from .notebook import png

    title = "The claims of the article: those of the lessons that I have begun are filled"
    figure = importlib.import_module(name).plot_claims(load("claims"), solved=met, title=title).get_figure(root=True)
    words = describe(figure, detail="full")
    return png(figure), shortened(words), words


def _unbroken(parts: Iterable[str]) -> str:
    """Parts of a line of HTML; a narrow page breaks the line only between two of them."""
    return " · ".join(f"<span style='white-space: nowrap'>{escape(part)}</span>" for part in parts)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _kept() -> str:
    if solved.file():
        return say(
            "Kept in {folder}/{name}, on this computer only; progress(forget=True) empties it.",
            folder=solved.FOLDER,
            name=solved.NAME,
        )
    return say("Kept until you close this notebook.")


def _lessons() -> dict[str, dict[str, Exercise]]:
    """The exercises of each lesson that the course has."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(exercises.__file__).parent)]))
    numbers = [name.removeprefix("lesson_") for name in names if name.startswith("lesson_")]
    return {number: importlib.import_module(f"{exercises.__name__}.lesson_{number}").EXERCISES for number in numbers}


def _state(number: str, exercise: Exercise, days: Mapping[str, str]) -> str:
    return "open" if number not in days else "written" if exercise.form_only else "solved"


def _each(known: Mapping[str, Exercise], days: Mapping[str, str]) -> list[str]:
    found = []
    for number, exercise in known.items():
        state = _state(number, exercise, days)
        day = to_words(days[number]) if number in days else ""
        written = say("(written, {day})", day=day) if state == "written" else f"({day})"
        found.append(f"{SIGNS[state]} {number}" + (f" {written}" if day else ""))
    return found


def _count(known: Mapping[str, Exercise], days: Mapping[str, str]) -> str:
    return say("{done} of {all}", done=sum(number in days for number in known), all=len(known))


def _count_all(days: Mapping[str, str]) -> str:
    states = [_state(number, exercise, days) for known in _lessons().values() for number, exercise in known.items()]
    solved_, written = states.count("solved"), states.count("written")
    return say("{solved} solved and {written} written, of {all}.", solved=solved_, written=written, all=len(states))
