"""From a lesson to its slides, by the structure of its cells.

A question, what answers it, and the sentence that reads the answer stand on one slide; an exercise has its minutes; what is
too long to project stands in the speaker's notes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import zip_longest
from typing import Any

import nbformat
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from helpers.language import direction, say
from tools.editions.book.dress import Pictures, dress
from tools.editions.book.render import html_of_markdown, rendered
from tools.editions.book.roles import with_roles
from tools.editions.redraw import KEY
from tools.editions.slides import brief
from tools.editions.slides.brief import ALONE, BESIDE, LISTED, Part, beginning, in_short, parts, words
from tools.editions.slides.fit import code_lines, fits, fitting, free_words, text_height
from tools.editions.slides.kinds import NOTES, SKIP, kind_of

# Code of at most so many lines stays on the slide beside what it made.
LINES_OF_CODE = 4
LINE_OF_CODE = 32
# What is left of a slide beneath the name of its section, above the head of a table.
HEIGHT = 470
HEIGHT_RTL = 390  # Urdu and Arabic letters need more room between their lines
READING = 100  # for the sentence beneath it
LEAST_BENEATH = 50  # also where there is none, for the heights of rows are guessed
# A text of fewer words is for the speaker: a slide of its own would be empty.
FEW = 26
# How many words of a list, such as of traps, stand between an exercise and its code.
HINTS = 60
# And how many words of it above a question to the class that speaks of it.
SET_UP = 70
# So many titles stand on a slide, in two columns of letters that the last row can read.
ENTRIES = 20
# No lesson has more slides: a room of fifty minutes cannot look at more.
MOST_SLIDES = 20


@dataclass
class Slide:
    """One slide."""

    section: str = ""  # the heading beneath which it stands; empty if it shows a heading itself
    shown: list[str] = field(default_factory=list)  # what it shows, as HTML
    notes: list[str] = field(default_factory=list)  # what only the speaker sees, as HTML
    # ``"picture"`` if a picture fills it, ``"key"`` if it explains the numbers in one, ``"exercise"``, ``"talk"``,
    # ``"first"`` or ``""``.
    look: str = ""
    minutes: int = 0  # how long the class works on its own; 0 if it does not
    open: bool = False  # whether a sentence that reads it may still be added
    room: int = BESIDE  # how many words of a list may be added; of other text, less
    key: list[str] = field(default_factory=list)  # what the numbers in its picture stand for: the next slide shows it
    table: Tag | None = None  # the whole of the table that it shows
    height: float = 0.0  # what is left for the rows of that table, in pixels
    beneath: float = READING  # the same for the sentences that read it

    @property
    def words(self) -> int:
        """How many words it shows."""
        return words(BeautifulSoup("".join(self.shown), "html.parser").get_text(" "))


Deck = list[list[Slide]]
_BELOW = re.compile(r"question (\d) below\.")


def deck(notebook: NotebookNode, pictures: Pictures, english: NotebookNode | None = None) -> Deck:
    """Make the slides of a lesson, a stack for each section; of usual length they are at most `MOST_SLIDES`.

    The `english` lesson, if this is a translation of it, tells by its words what part each text plays.
    """
    soup = rendered(notebook)
    dress(soup, pictures)
    making = _Making({cell.id: cell.source for cell in english.cells} if english is not None else {})
    making.questions = _questions(notebook)
    cells = with_roles(nbformat.from_dict(notebook)).cells
    elements = {str(element["data-cell"]): element for element in reversed(soup.select("[data-cell]"))}
    for cell, after in zip_longest(cells, cells[1:]):
        element = elements.get(cell.id)
        if element is None:
            raise ValueError(f"Cell {cell.id!r} was not rendered: two cells of the lesson may have the same id.")
        making.take(cell, element, after)
    making.flush()
    for slide in (slide for stack in making.stacks for slide in stack):
        _refit(slide)
    return _within(_with_keys(making.stacks))


class _Making:
    """The slides as far as they are made, and the text that waits for the slide on which it stands."""

    def __init__(self, english: Mapping[str, str]) -> None:
        self.english = english
        self.stacks: Deck = []
        self.section = ""
        self.waiting: list[Part] = []
        self.turn = ""
        self.minutes: dict[str, int] = {}
        self.questions: dict[str, str] = {}  # what is discussed at the end, by number
        self.before = self.after = ""  # the code before a text, and after it
        self.reading = 0.0  # the room for a sentence that will follow

    def take(self, cell: NotebookNode, element: Tag, after: NotebookNode | None = None) -> None:
        """Take the next cell; `after` is the one that follows it."""
        self.after = after.source if after is not None and after.cell_type == "code" else ""
        told = after is not None and after.cell_type == "markdown" and self._parts(after)[0].kind == brief.TEXT
        self.reading = READING if told else READING / 2  # the heights of rows are guessed
        kind = kind_of(cell)
        if cell.cell_type == "code" and cell.metadata.get("role") == "answer" and self.turn:
            self._exercise(element)
        elif kind == NOTES:
            self._last().notes.append(element.decode_contents())
        elif kind == SKIP:
            return
        elif cell.cell_type == "code":
            self._outputs(cell, element)
            self.before = cell.source
        elif self.english.get(cell.id, cell.source).startswith("# "):
            self._opening(self._parts(cell))
        else:
            self._section(cell)
            for part in self._parts(cell):
                self._part(part)

    def _parts(self, cell: NotebookNode) -> list[Part]:
        return parts(cell.source, self.english.get(cell.id, ""))

    def flush(self) -> None:
        """Put what waits on a slide of its own, or beside what it reads."""
        if self.turn:
            self._add(Slide(shown=[_html(self.turn)], look="exercise", minutes=self._share("exercise")))
            self.turn = ""
        asked = [part for part in self.waiting if part.kind == brief.ASK]
        told = [part for part in self.waiting if part.kind != brief.ASK]
        self.waiting = []
        if (
            told
            and not asked
            and words(_joined(told)) < FEW
            and any(self.stacks)
            and not brief.WARNING.search(_joined(told))
        ):
            self._last().notes.append(_html(_joined(told)))
        elif told:
            shown, notes = _cut([*told, *asked], LISTED if told[0].kind == brief.LIST else ALONE)
            self._add(Slide(shown=[shown], notes=notes))
        elif asked and self.stacks:
            self._last().shown.append(f'<div class="reads">{_html(_joined(asked))}</div>')

    def _section(self, cell: NotebookNode) -> None:
        """Note the minutes of a section that begins, and how many share them."""
        if "course" in cell.metadata:
            self.minutes = {name: value for name, value in cell.metadata["course"].items() if isinstance(value, int)}

    def _share(self, name: str) -> int:
        """Return the minutes of a section's exercises, once; a second exercise has what its section says too."""
        return self.minutes.get(name, 0)

    def _part(self, part: Part) -> None:
        if part.kind == brief.HEADING:
            self.flush()
            self.section = re.sub(r"[`*_]", "", part.source.lstrip("# "))
            self.stacks.append([])
        elif part.kind == brief.TURN:
            self.flush()
            self.turn = part.source
        elif part.kind == brief.TALK:
            self._talk(part)
        elif part.kind == brief.TABLE:
            self._table(part)
        elif part.said.startswith("**Next**") and any(self.stacks):
            self._last().notes.append(_html(part.source))
        elif self.turn or part.kind == brief.LEAD or self._leads(part) or not self._reads(part):
            # After an exercise was set, all is about it.
            self.waiting.append(part)

    def _leads(self, part: Part) -> bool:
        """Tell whether a text speaks of code that follows, and not of what was shown."""
        names = re.findall(r"`([^`]+)`", part.source)
        return any(name.strip("()") in self.after for name in names) and not any(name in self.before for name in names)

    def _reads(self, part: Part) -> bool:
        """Put a sentence beside what it reads, if that is the slide before and has room; the rest goes to its notes."""
        if (
            self.waiting
            or part.kind == brief.ASK
            or brief.WARNING.search(part.source)
            or not (self.stacks and self.stacks[-1] and self.stacks[-1][-1].open)
        ):
            return False
        slide = self._last()
        told = sum(words(_plain(shown)) for shown in slide.shown if 'class="reads' in shown)
        room = (slide.room if part.kind == brief.LIST else min(slide.room, BESIDE)) - told
        shown = beginning(part.source, room)
        if part.kind == brief.LIST and (words(part.source) > room or slide.look == "picture"):
            return False  # the first of several points without the others would be one side of them
        if told and room < words(part.source):
            slide.notes.append(_html(part.source))
            return True
        slide.shown.append(f'<div class="reads{_fragment(slide)}">{_html(shown)}</div>')
        slide.notes += [_html(part.source)] if shown != part.source else []
        return True

    def _outputs(self, cell: NotebookNode, element: Tag) -> None:
        """Show what a cell made beneath the question that it answers, and the code if there is room for it."""
        code = element.select_one("details.code pre")
        notes = [f"<p>The code that makes this:</p>{code}"] if code else []
        lines = code_lines(cell.source)
        about = (output.get("metadata", {}).get("image/png") for output in cell.outputs)
        keys = [one.get(KEY, []) for one in about if one is not None]
        for number, part in enumerate(element.select("figure, .table, pre.result")):
            asked, told = self._asked(part, number)
            fragment = " fragment" if asked else ""
            shown = [f'<div class="ask">{asked}</div>'] if asked else []
            if part.name == "figure":
                image = part.select("img")[0]
                del image["loading"]  # a slide that is turned to must be there at once
                words = part.select_one("figcaption")
                caption = words.decode_contents() if words else ""
                # The question fills the slide until the figure, which needs its room, comes in its place.
                shown = [f'<div class="ask fragment fade-out" data-fragment-index="0">{asked}</div>'] if asked else []
                first = ' data-fragment-index="0"' if asked else ""
                shown.append(f'<div class="picture{fragment}"{first}>{image}</div>')
                key = keys.pop(0) if keys else []
                self._add(Slide(shown=shown, notes=[*told, *notes, caption], look="picture", open=True, room=20, key=key))
                continue
            height = _room() - self.reading - text_height(_plain(asked))
            table: Tag | None = None
            of_code = lines * LINE_OF_CODE + 34
            short = code is not None and lines <= LINES_OF_CODE and not number
            made = str(part)
            room = BESIDE
            if part.name != "pre":
                table = part.select("table")[0]
                short = short and fits(table, height - of_code)  # rows go before code
                height -= of_code if short else 0
                made = str(fitting(table, height))
                room += free_words(table, height)
            shown += [f'<div class="input">{code}</div>'] if short else []
            shown.append(f'<div class="made{fragment}">{made}</div>')
            whole: dict[str, Any] = {"table": table, "height": height, "beneath": self.reading} if table is not None else {}
            self._add(Slide(shown=shown, notes=[*told, *notes], open=True, room=room, **whole))

    def _asked(self, output: Tag, number: int) -> tuple[str, list[str]]:
        """Return what stands above an output, and what the speaker says before it."""
        if number or not self.waiting:
            return "", []
        asked = [part for part in self.waiting if part.kind == brief.ASK]
        told = [part for part in self.waiting if part.kind != brief.ASK]
        if told and (words(_joined(told)) >= 40 or any(part.kind == brief.LIST for part in told)):
            lead = [told.pop()] if told[-1].kind == brief.LEAD else []
            self.waiting = told
            self.flush()
            told = lead
        self.waiting = []
        room = 12 if output.name == "figure" else 30
        if words(_joined(told)) > (room + 20 if asked else room):
            needed = [part for part in told if brief.WARNING.search(part.source) or part.kind == brief.LEAD]
            shown = [*needed, *asked]
        else:
            shown = [*told, *asked]
        left_out = [part for part in told if part not in shown]
        return _html(_joined(shown)), [_html(_joined(left_out))] if left_out else []

    def _table(self, part: Part) -> None:
        """Show a table that stands in a text, beneath the sentence that leads to it."""
        last = self.waiting[-1].source if self.waiting and self.waiting[-1].kind == brief.LEAD else ""
        told = _joined(self.waiting).removesuffix(last).strip()
        lead = "\n\n".join(filter(None, [beginning(told, BESIDE - words(last)) if told else "", last]))
        table = BeautifulSoup(_html(part.source), "html.parser").select("table")[0]
        if last and not fits(table, _room() - text_height(lead) - READING):
            lead = last  # the rows are missed more
        notes = [_html(_joined(self.waiting))] if lead != _joined(self.waiting) else []
        self.waiting = []
        shown = [f'<div class="ask">{_html(lead)}</div>'] if lead else []
        height = _room() - text_height(lead) - READING
        shown.append(f'<div class="made">{fitting(table, height)}</div>')
        room = BESIDE + free_words(table, height)
        self._add(Slide(shown=shown, notes=notes, open=True, room=room, table=table, height=height))

    def _talk(self, part: Part) -> None:
        """Give a question for the class a slide of its own; the exit ticket stands beneath what is to be discussed."""
        set_up: list[Part] = []
        if part.said.startswith("**Talk") and self.waiting[:1] and self.waiting[0].kind == brief.LIST and not self.turn:
            set_up = self.waiting if words(_joined(self.waiting)) <= SET_UP else []
            self.waiting = [] if set_up else self.waiting
        if self.turn or self.waiting:
            self.flush()
        is_ticket = part.said.startswith("**Exit ticket")
        if is_ticket and self.stacks and self.stacks[-1][-1:] and self.stacks[-1][-1].look == "talk":
            self._last().shown.append(_html(part.source))
            return
        named = _BELOW.sub(lambda found: self.questions.get(found[1], found[0]), part.source)
        notes = [_html(part.source)] if named != part.source else []
        part = Part(part.kind, named, part.english)
        minutes = self._share("talk") if part.said.startswith("**Talk") else 0
        self._add(Slide(shown=[_html(_joined([*set_up, part]))], notes=notes, look="talk", minutes=minutes))

    def _exercise(self, element: Tag) -> None:
        """Show what is asked, with the code that students find in the cell."""
        frame = element.find("pre")
        given = [part.source for part in self.waiting if part.kind == brief.LIST or brief.CODE.fullmatch(part.source)]
        told = [_html(in_short(source, HINTS)) for source in given]
        shown = [_html(self.turn), *told, f'<div class="input">{frame}</div>']
        self.flush_text()
        self._add(Slide(shown=shown, look="exercise", minutes=self._share("exercise")))
        self.turn = ""

    def flush_text(self) -> None:
        """Show what was said after an exercise was set and before its cell, such as hints, in its notes."""
        turn, self.turn = self.turn, ""
        if self.waiting:
            self._last().notes.append(_html(_joined(self.waiting)))
            self.waiting = []
        self.turn = turn

    def _opening(self, found: list[Part]) -> None:
        """Show of a lesson's first cell its title, what one does and learns, and warnings; the rest is for the speaker."""
        lists = [number for number, part in enumerate(found) if part.kind == brief.LIST]
        shown = found[: lists[0] + 1] if lists else found[:2]
        rest = [part for part in found if part not in shown]
        items = [item for part in rest for item in re.split(r"\n(?=[-*] )", part.source)]
        warnings = [item.removeprefix("- ") for item in items if brief.WARNING.search(item)]
        html = _html("\n\n".join([part.source for part in shown] + warnings))
        self.stacks.append([Slide(shown=[html], notes=[_html(_joined(rest))] if rest else [], look="first")])

    def _add(self, slide: Slide) -> None:
        slide.section = self.section
        if not self.stacks:
            self.stacks.append([])
        self.stacks[-1].append(slide)

    def _last(self) -> Slide:
        if not any(self.stacks):
            self._add(Slide())
        return next(stack for stack in reversed(self.stacks) if stack)[-1]


def _questions(notebook: NotebookNode) -> dict[str, str]:
    """Return the numbered questions of a lesson's end: a talk before it may name one, which is on another slide."""
    texts = [part.source for cell in notebook.cells if cell.cell_type == "markdown" for part in parts(cell.source)]
    asked = " ".join(text for text in texts if text.startswith("**To discuss"))
    return {number: question.strip() for number, question in re.findall(r"\((\d)\)([^(]+)", asked)}


def _room() -> int:
    """What is left of a slide beneath the name of its section, in the language of the deck."""
    return HEIGHT_RTL if direction() == "rtl" else HEIGHT


def _with_keys(stacks: Deck) -> Deck:
    """Let what numbers in a picture stand for follow it, so that the way back is one step or two."""

    def keys(slide: Slide) -> Iterator[Slide]:
        each = math.ceil(len(slide.key) / max(1, math.ceil(len(slide.key) / ENTRIES)))
        for first in range(0, len(slide.key), each or 1):
            entries = "".join(f"<li>{escape(entry)}</li>" for entry in slide.key[first : first + each])
            shown = f'<p>{say("The numbers in the figure:")}</p><ul class="key">{entries}</ul>'
            yield Slide(slide.section, [shown], look="key")

    return [[one for slide in stack for one in (slide, *keys(slide))] for stack in stacks]


def _refit(slide: Slide) -> None:
    """Show more of a table, now that it is known how much stands beneath it, and first the rows of which that speaks."""
    if slide.table is None:
        return
    parts = [BeautifulSoup(html, "html.parser") for html in slide.shown]
    beneath = [part for part in parts if part.select(".reads")]
    lines = [block for part in beneath for block in part.select("p, li") or [part]]
    needed = sum(text_height(block.get_text(" ")) for block in lines)
    height = slide.height + max(0.0, slide.beneath - max(LEAST_BENEATH, needed))
    told = " ".join(part.get_text(" ") for part in parts if not part.select(".made"))
    made = fitting(slide.table, height, told)
    for number, part in enumerate(parts):
        if shown := part.select_one(".made table"):
            shown.replace_with(made)
            slide.shown[number] = str(part)
    if made.get_text() != slide.table.get_text():
        slide.notes.append(str(slide.table))


def _within(stacks: Deck) -> Deck:
    """Leave out what is least missed until a deck is short enough: it stands in the notes of the slide before."""
    stacks = [stack for stack in stacks if stack]
    while sum(map(len, stacks)) > MOST_SLIDES:
        slides = [
            (_weight(slide), -number, stack, slide) for stack in stacks for number, slide in enumerate(stack) if number
        ]
        if not slides:
            break
        *_, stack, slide = min(slides, key=lambda one: one[:2])
        before = stack[next(number for number, other in enumerate(stack) if other is slide) - 1]
        before.notes += [*slide.shown, *slide.notes]
        stack[:] = [other for other in stack if other is not slide]
    return stacks


def _weight(slide: Slide) -> float:
    """Say how much a slide would be missed: what asks the class, a picture and a warning much, a long text little."""
    html = "".join(slide.shown)
    if slide.look or brief.WARNING.search(html):
        return 100
    if 'class="ask"' in html:
        return 50 + min(slide.words, 20)
    return 30 + min(slide.words, 20) if 'class="made' in html else min(slide.words, 20)


def _cut(found: list[Part], room: int) -> tuple[str, list[str]]:
    """Return what a slide shows of some parts, and the notes: the whole, if something was left out."""
    shown: list[str] = []
    lead = ""  # a lead is shown together with what it leads to, or not at all
    for part in found:
        left = max(0, room - words("\n\n".join([*shown, lead])))
        if part.kind == brief.LEAD:
            lead = part.source
        elif part.kind == brief.ASK or brief.WARNING.search(part.source) or not shown or words(part.source) <= left:
            whole = part.kind == brief.ASK or words(part.source) <= left
            shown += [*filter(None, [lead]), part.source if whole else beginning(part.source, left)]
            lead = ""
        else:
            lead = ""
    text = "\n\n".join(shown)
    return _html(text), [] if text == _joined(found) else [_html(_joined(found))]


def _fragment(slide: Slide) -> str:
    return " fragment" if any(" fragment" in shown for shown in slide.shown) else ""


def _joined(found: list[Part]) -> str:
    return "\n\n".join(part.source for part in found)


def _plain(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ")


def _html(source: str) -> str:
    """Dress a text, and take out links into the course: nobody follows them from a wall."""
    if not source:
        return ""
    soup = BeautifulSoup(html_of_markdown(source), "html.parser")
    dress(soup, Pictures("", ""))
    for anchor in soup.select("a[href]"):
        if ":" not in str(anchor["href"]).partition("/")[0]:
            anchor.unwrap()
    for box in soup.select("div.table"):
        box.unwrap()
    return str(soup)
