"""The marking page: ipywidgets over a `Session`, in JupyterLab, without the network.

What a student wrote is shown as clean text, and pictures as data: no link of theirs can be followed, nothing of theirs runs.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import HTML, Javascript, display

from ..assignments.assignment import read_assignment
from ..assignments.rubric import Level, Written, plain
from ..course import Course
from ..grading.feedback_page import number
from ..grading.results import Shown
from .session import ERASE, FIGURE, Row, Session, View

KEYS = (*"0123456789", "n", "p", "f", ERASE)
_LINK = re.compile(r"</?a(?:\s[^>]*)?>", re.IGNORECASE)
_HERE = Path(__file__).parent
_HELP = (
    "Keys: <b>a digit</b> the points of the criterion with ▸ · <b>n</b> or <b>Enter</b> next unmarked · <b>p</b> back · "
    "<b>f</b> the figure can be read · <b>Backspace</b> take back a level · <b>c</b> write a comment · "
    "<b>Esc</b> leave the comment"
)


def open_page(name: str, course: str, folder: str, marker: str = "marker", *, second: bool = False) -> Page:
    """Open the marking page in a notebook.

    Parameters
    ----------
    name : str
        The assignment, for example ``"ps1"``.
    course, folder : str
        The course folder, and the folder into which `grade` wrote.
    marker : str, default "marker"
        Who marks.
    second : bool, default False
        Whether as a second marker.

    Returns
    -------
    Page
        Shown already.
    """
    root = Path(course)
    assignment = read_assignment(Course(root, "", private=True), name)
    page = Page(Session(assignment, Path(folder), marker, second=second))
    display(HTML(f"<style>{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>"))
    display(page.box)
    display(Javascript((_HERE / "page.js").read_text(encoding="utf-8")))
    return page


class Page:
    """The widgets of the page.

    Parameters
    ----------
    session : Session
        The model.
    """

    def __init__(self, session: Session) -> None:
        self.session, self._showing = session, False
        self._keys: list[str] = []
        self._titles: list[Any] = []
        self._levels: list[list[Any]] = []
        self._bank: list[tuple[str, int]] = []
        names = [(self._title(question), question) for question in session.questions]
        self.which = widgets.Dropdown(options=names, value=session.question, description="Question")
        self.where, self.answer, self.state = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.rubric, self.comments = widgets.VBox(), widgets.VBox()
        self.own = widgets.Textarea(placeholder="One comment a line. The student reads it.", continuous_update=False, rows=4)
        self.own.add_class("mark-comment")
        self.count = widgets.HTML()  # changes with each answer of this program: the page notices when it falls silent
        self.count.add_class("mark-count")
        self._answers = 0
        self.about = widgets.HTML()
        self.box = self._layout()
        self.which.observe(self._ask_for, names="value")
        self.own.observe(self._write, names="value")
        self.show()

    def _layout(self) -> Any:
        session = self.session
        keys = widgets.HBox([self._button(key, partial(session.press, key), f"mark-key-{key}") for key in KEYS])
        keys.add_class("mark-keys")
        buttons = [
            self._button("◂ Back (p)", lambda: session.step(-1)),
            self._button("Next ▸", lambda: session.step(1)),
            self._button("Next unmarked (n)", session.go_on, style="primary"),
            self._button("Save again", session.try_again),
        ]
        lost = widgets.HTML(
            "<div role='alert'>NOT SAVED: the program behind this page does not answer. Choose Kernel → Restart Kernel and "
            "Run All Cells; what was saved before is kept.</div>"
        )
        lost.add_class("mark-lost")
        left, right = widgets.VBox([self.answer, self.about]), widgets.VBox([self.rubric, self.own, self.comments])
        left.add_class("mark-answer")
        right.add_class("mark-side")
        body = widgets.HBox([left, right])
        body.add_class("mark-body")
        top = widgets.HBox([self.which, self.where, *buttons, self.state])
        top.add_class("mark-top")
        box = widgets.VBox([top, lost, body, widgets.HTML(f"<p class='mark-help'>{_HELP}</p>"), keys, self.count])
        box.add_class("classroom-mark")
        return box

    def show(self) -> None:
        """Show the answer at which the session stands."""
        self._showing, view = True, self.session.view()
        self.which.value = self.session.question
        unread = f" · {self.session.not_read} not read: see the report" if self.session.not_read else ""
        done = f"<p class='mark-done' role='status'>{escape(self.session.done)}</p>" if self.session.done else ""
        self.where.value = f"<b>Answer {view.number} of {view.count}</b> · {view.left} not marked{unread}{done}"
        self.answer.value = answer_html(view)
        written = [one for one in self.session.assignment.written if one.question == view.question]
        self.about.value = "".join(map(about_html, written))
        self._show_rubric(view)
        self.own.value = "\n".join(view.comments)
        if (bank := self.session.bank()[:12]) != self._bank:
            self._bank = bank
            self.comments.children = [self._used(text, count) for text, count in bank]
        bad = self.session.saved.startswith("NOT")
        self.state.value = f"<p class='mark-state{' mark-bad' * bad}' role='status'>{escape(self.session.saved)}</p>"
        self._answers += 1
        self.count.value = str(self._answers)
        self._showing = False

    def _title(self, question: str) -> str:
        written = [one for one in self.session.assignment.written if one.question == question]
        return (
            f"{question}: {number(sum(one.points for one in written))} points by hand" if written else f"{question}: figure"
        )

    def _button(self, text: str, action: Callable[[], object], *classes: str, style: str = "") -> Any:
        button = widgets.Button(description=text, button_style=style, layout={"width": "auto"})
        for name in classes:
            button.add_class(name)

        def clicked(_: object) -> None:
            action()
            self.show()

        button.on_click(clicked)
        return button

    def _show_rubric(self, view: View) -> None:
        """Show the criteria. Widgets are made once for a question: each that is made anew costs the browser time."""
        keys = [row.key for row in view.rows]
        if keys != self._keys:
            self._keys = keys
            self._titles = [widgets.HTML() for _ in view.rows]
            self._levels = [self._buttons(at, row) for at, row in enumerate(view.rows)]
            boxes = [widgets.VBox(buttons) for buttons in self._levels]
            self.rubric.children = [widgets.VBox(pair) for pair in zip(self._titles, boxes, strict=True)]
        for at, row in enumerate(view.rows):
            active = at == self.session.active
            self._titles[at].value = _title_html(row, active)
            for button, level in zip(self._levels[at], row.criterion.levels, strict=True):
                chosen = level.points == row.chosen
                button.description = f"{'✓ ' * chosen}{_level_words(level)}"
                button.button_style = "success" * chosen
            box = self.rubric.children[at]
            box._dom_classes = ("mark-active" if active else "mark-row",)

    def _buttons(self, at: int, row: Row) -> list[Any]:
        made = []
        for level in row.criterion.levels:
            made.append(self._button("", partial(self.session.choose, at, level.points), "mark-level"))
        return made

    def _used(self, text: str, count: int) -> Any:
        """Return a comment that was used before: a button gives it, another changes it for all who got it."""
        give = self._button("+", lambda: self.session.comment([*self.session.view().comments, text]))
        give.tooltip = f"Give this comment too: {text}"
        field = widgets.Text(value=text, continuous_update=False)
        field.description = f"{count} ×"
        field.add_class("mark-used")

        def change(event: dict[str, Any]) -> None:
            self.session.change_comment(text, str(event["new"]))
            self.show()

        field.observe(change, names="value")
        return widgets.HBox([give, field])

    def _ask_for(self, event: dict[str, Any]) -> None:
        if not self._showing:
            self.session.go(str(event["new"]))
            self.show()

    def _write(self, event: dict[str, Any]) -> None:
        if not self._showing:
            self.session.comment([str(event["new"])])
            self.show()


def _title_html(row: Row, active: bool) -> str:
    key = "f" if row.criterion.name == FIGURE else " or ".join(number(one.points) for one in row.criterion.levels)
    return f"<b>{'▸ ' * active}{escape(row.criterion.name)}</b>{f' ({key})' * active}"


def _level_words(level: Level) -> str:
    """Return what stands on the button of a level: its points, its name, and what it asks for."""
    says = " · ".join(filter(None, (level.name, plain(level.says))))
    return f"{number(level.points)} · {says}" if says else number(level.points)


def about_html(written: Written) -> str:
    """Return what the author wrote for the marker, folded: the task, the mark scheme, and a good answer."""
    parts = (("The task", written.task), ("For the marker", written.scheme), ("The author's own answer", written.model))
    texts = "".join(f"<h4>{title}</h4><div class='mark-own'>{escape(text)}</div>" for title, text in parts if text)
    return f"<details><summary>Task, mark scheme and a good answer to {escape(written.question)}</summary>{texts}</details>"


def answer_html(view: View) -> str:
    """Return the answer as the page shows it: text and pictures, and nothing that could be followed or run."""
    parts = [f"<p class='mark-help'>The machine: {escape(text)}</p>" for text in view.machine]
    parts += [f"<p class='mark-help'>{escape(view.words)}</p>"]
    parts += [_cell(cell) for cell in sorted(view.cells, key=_rank)] or ["<p>The answer is empty.</p>"]
    parts += [f"<p class='mark-note'>{escape(text)}</p>" for text in (view.elsewhere, view.first) if text]
    return "".join(parts)


def _rank(cell: Shown) -> int:
    """Put first what a person reads: the sentences, the figures, then the code, which the machine has marked."""
    return 0 if cell.own and cell.kind != "code" else 1 if cell.pictures else 2


def _cell(cell: Shown) -> str:
    parts = (
        [f"<p class='mark-help'>The student wrote this into the locked cell {escape(cell.locked)}.</p>"]
        if cell.locked
        else []
    )
    if cell.own and cell.kind == "code" and cell.source.strip():
        parts.append(f"<pre>{escape(cell.source)}</pre>")
    elif cell.own and cell.kind != "code":
        # Made by `sanitise.markdown_to_html` when the work was marked; links are taken out here too.
        parts.append(f"<div class='mark-words' dir='auto'>{_LINK.sub('', cell.source)}</div>")
    for label, text in (("It stopped", cell.problem), ("It showed", cell.text)):
        if text:
            parts.append(f"<p class='mark-help'>{label}:</p><pre>{escape(text)}</pre>")
    for picture in cell.pictures:
        parts.append(f"<img alt='The figure of this answer' src='data:image/png;base64,{b64encode(picture).decode()}'>")
    return "".join(parts)
