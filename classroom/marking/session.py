"""The model of the marking page: one question over all students, whose names stay hidden; each choice is saved at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from hashlib import sha256
from html import unescape
from pathlib import Path

from ..assignments.assignment import Assignment
from ..assignments.rubric import Criterion, Level, Written
from ..errors import OutdatedError, StoppedError, TeacherError, listed, passing_fault
from ..grading.database import has_gradebook
from ..grading.feedback_page import number, verdict_on
from ..grading.gradebook import Entered, enter_by_hand, entered_scores, open_gradebook
from ..grading.results import Result, Shown, load_result
from ..submissions.groups import members_of
from ..submissions.notebook import nbgrader_metadata
from ..submissions.roster import kept_roster
from .log import Mark, append, check_marker, latest, read_log
from .new_ids import changes_of, finish_change

_WORD = re.compile(r"[\w'’.–-]*\w[\w'’.–-]*")
_TAG = re.compile(r"<[^>]*>")
_ASKED = re.compile(r"\*\*(\d+) to (\d+) words\*\*")
FIGURE = "The figure can be read"
ERASE = "erase"


@dataclass(frozen=True)
class Row:
    """One criterion on the page: the cell to which it belongs, its levels, and what was chosen."""

    key: str
    grade_id: str
    criterion: Criterion
    chosen: float | None


@dataclass(frozen=True)
class View:
    """All that the page shows of one answer."""

    question: str
    number: int
    count: int
    left: int
    cells: tuple[Shown, ...]
    words: str
    machine: tuple[str, ...]
    rows: tuple[Row, ...]
    comments: tuple[str, ...]
    elsewhere: str  # what was given on another page, without levels
    first: str  # for a second marker, when both are done: what the first gave


class Session:
    """Marks one assignment by hand.

    Parameters
    ----------
    assignment : Assignment
        What is marked.
    folder : pathlib.Path
        The folder into which `grade` wrote.
    marker : str, default "marker"
        Who marks.
    second : bool, default False
        Whether as a second marker: nothing then goes into the gradebook, and the first marker's points are not shown.
    now : callable, optional
        The clock, for tests.

    Raises
    ------
    TeacherError
        If nothing was marked there, or nothing of it is marked by hand.
    """

    def __init__(
        self,
        assignment: Assignment,
        folder: Path,
        marker: str = "marker",
        *,
        second: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.assignment, self.folder, self.marker, self.second = assignment, folder, check_marker(marker), second
        self._now = now
        if not has_gradebook(folder):
            raise TeacherError(f"There are no marks in {folder}. Run first: grade {assignment.name} --submissions DIR")
        asked = {name: [item for item in assignment.items if item.question == name] for name in assignment.questions}
        eyes = {name: tuple(item.grade_id for item in items if item.asks_an_eye) for name, items in asked.items()}
        self._asked = {name: cells for name, cells in eyes.items() if cells}
        self.questions = tuple(self._asked)
        if not self.questions:
            raise TeacherError(f"{assignment.name} has no question that a person marks.")
        finish_change(folder)
        self._changes = len(changes_of(folder))
        self._stack = ExitStack()
        self._book = self._stack.enter_context(open_gradebook(folder))
        self._entered = entered_scores(self._book, assignment)
        log = read_log(folder)
        self._firsts = latest(log, second=False)
        self._marks = latest(log, second=True) if second else {**self._firsts, **self._with_comments_of_others()}
        self._result = lru_cache(maxsize=1000)(self._load)
        groups = members_of(kept_roster(folder / ".kept" / "roster.txt"))
        self._groups = {member: members for members in groups.values() for member in members}
        self._students, self.not_read = self._read_students()
        self._waiting: dict[str, set[str]] = {}  # by question: counting anew for each key would take longer than all else
        self._unsaved: list[Mark] = []
        self._taken_back: set[tuple[str, str]] = set()  # by student and cell: what stands in the gradebook no longer
        self.saved = "Nothing was changed yet."
        self.go(self.questions[0])

    def _with_comments_of_others(self) -> dict[tuple[str, str], Mark]:
        """Return the marks with the comments of the gradebook, where more stands there, or else than in the log.

        So what was written on another page, or came from another marker's copy, is not written over by the next level.
        """
        lines: dict[tuple[str, str], list[str]] = {}
        for student_id, cells in self._entered.items():
            for cell in cells.values():
                if cell.comment:
                    place = (cell.grade_id.split("-")[0], student_id)
                    lines.setdefault(place, []).extend(filter(str.strip, cell.comment.splitlines()))
        marks = {place: self._firsts.get(place) or Mark(self.marker, False, *place) for place in lines}
        # What could not be saved stands in the log alone.
        return {
            place: replace(mark, comments=tuple(lines[place]))
            for place, mark in marks.items()
            if not set(lines[place]) <= set(mark.comments)
        }

    def _read_students(self) -> tuple[tuple[str, ...], int]:
        """Return who is shown, of a group one, and how many are not because their work could not be read."""
        ran = [
            one
            for one, cells in self._entered.items()
            if any(cell.points is not None or cell.needs_marking for cell in cells.values())
        ]
        ran = [one for one in ran if self._leads(one, ran)]
        shown = tuple(one for one in ran if (kept := load_result(self.folder / ".kept", one)) and kept.ran)
        together = {member for one in shown for member in self._groups.get(one, (one,))}
        return shown, len(set(self._entered) - together)

    def _leads(self, student_id: str, students: Sequence[str]) -> bool:
        """Say whether a student is shown: of a group that handed in together, the first."""
        return student_id == next(one for one in self._groups.get(student_id, [student_id]) if one in students)

    def close(self) -> None:
        """Close the gradebook."""
        self._stack.close()

    @property
    def student(self) -> str:
        """The id of the student whose answer is shown; the page does not show it."""
        return self._order[self.place] if self._order else ""

    def go(self, question: str) -> None:
        """Show a question, from its first answer that is not marked."""
        self.question, self.place, self.active, self.done = question, -1, 0, ""
        self._order = self._ordered()
        self.next_unmarked()

    def step(self, by: int) -> None:
        """Show the answer before or after this one."""
        self.done = ""
        self.place = min(max(self.place + by, 0), max(len(self._order) - 1, 0))
        self.active = self._first_open()

    def next_unmarked(self) -> bool:
        """Show the next answer that is not marked, after the last one from the first again; False if there is none."""
        count = len(self._order)
        for ahead in range(1, count + 1):
            place = (self.place + ahead) % count
            if not self.is_marked(self.question, self._order[place]):
                self.place = place
                self.active = self._first_open()
                return True
        self.place = max(self.place, 0)
        return False

    def go_on(self) -> None:
        """Show the next unmarked answer. Where a question has none left, say so; asked again, go to one that has some."""
        told, self.done = self.done, ""
        if self.next_unmarked():
            return
        at = self.questions.index(self.question)
        others = (*self.questions[at + 1 :], *self.questions[:at])
        waiting = next((one for one in others if self.left(one)), "")
        if told and waiting:
            self.go(waiting)
        elif waiting:
            self.done = f"All answers to {self.question} are marked. Press n for {waiting}."
        else:
            self.done = "All answers are marked. Give the command “grade” again: it writes the list and the pages anew."

    def is_marked(self, question: str, student_id: str) -> bool:
        """Say whether this marker has nothing left to give for an answer."""
        if self.second:
            mark = self._marks.get((question, student_id))
            return mark is not None and all(row.key in mark.levels for row in self._rows(question, student_id, mark))
        cells = self._entered[student_id]
        return all(name in cells and not cells[name].needs_marking for name in self._asked[question])

    def left(self, question: str) -> int:
        """Return how many answers to a question are not marked."""
        if question not in self._waiting:
            self._waiting[question] = {one for one in self._students if not self.is_marked(question, one)}
        return len(self._waiting[question])

    def _note(self, marks: Sequence[Mark]) -> None:
        """See which of these answers still wait."""
        for mark in marks:
            waiting = self._waiting.get(mark.question)
            if waiting is None or mark.student_id not in self._students:
                continue
            (waiting.discard if self.is_marked(*mark.place) else waiting.add)(mark.student_id)

    def view(self) -> View:
        """Return what the page shows now."""
        if not self._order:
            return View(self.question, 0, 0, 0, (), "", (), (), (), "", "")
        mark, result = self._mark(), self._result(self.student)
        cells = tuple(cell for cell in result.cells if cell.cell_id.split("/")[0] == self.question) if result else ()
        rows = self._rows(self.question, self.student, mark)
        return View(
            self.question,
            self.place + 1,
            len(self._order),
            self.left(self.question),
            cells,
            self._words(cells),
            self._machine(result),
            rows,
            mark.comments,
            self._elsewhere(rows),
            self._first(),
        )

    def bank(self) -> list[tuple[str, int]]:
        """Return the comments that this marker has written to a question, and to how many: the most used first."""
        used = Counter(
            text for (question, _), mark in self._marks.items() if question == self.question for text in mark.comments
        )
        return used.most_common()

    def press(self, key: str) -> None:
        """Do what a key does.

        A digit is the points of the active criterion; n, p go on and back; f confirms a figure; `ERASE` takes back.
        """
        if key.isdigit():
            if self.active < len(self._shown_rows()):
                self.choose(self.active, float(key))
        elif key == "f":
            for at, row in enumerate(self._shown_rows()):
                if row.criterion.name == FIGURE:
                    self.choose(at, row.criterion.most)
        elif key == ERASE:
            self.take_back()
        elif key in ("n", "p"):
            (self.go_on if key == "n" else partial(self.step, -1))()

    def choose(self, index: int, points: float) -> None:
        """Choose a level of a criterion, and make the next one without a level the active one. Other points do nothing."""
        self.done = ""
        row = self._shown_rows()[index]
        if points not in [level.points for level in row.criterion.levels]:
            return
        mark, again = self._mark(), row.chosen is not None and index == self.active
        self._save([replace(mark, levels={**mark.levels, row.key: points})])
        self.active = index + 1 if again else self._first_open(after=index)

    def take_back(self) -> None:
        """Take back the level of the active criterion, or the last one before it: the answer waits again."""
        self.done = ""
        rows = self._shown_rows()
        at = next((at for at in range(min(self.active, len(rows) - 1), -1, -1) if rows[at].chosen is not None), None)
        if at is None:
            return
        cell, mark = rows[at].grade_id, self._mark()
        if None not in [row.chosen for row in rows if row.grade_id == cell]:  # else the points are those of another page
            self._taken_back |= {(one, cell) for one in self._groups.get(self.student, [self.student])}
        self._save([replace(mark, levels={key: points for key, points in mark.levels.items() if key != rows[at].key})])
        self.active = at

    def comment(self, texts: Sequence[str]) -> None:
        """Write the comments to this answer; what stands in one line is one comment."""
        lines = tuple(dict.fromkeys(line for text in texts for one in text.splitlines() if (line := one.strip())))
        if lines != self._mark().comments:
            self._save([replace(self._mark(), comments=lines)])

    def change_comment(self, old: str, new: str) -> int:
        """Change a comment for all who got it, and return for how many; an empty new one takes it away."""
        new = " ".join(new.split())
        changed = []
        for (question, _), mark in self._marks.items():
            if question == self.question and old in mark.comments:
                lines = tuple(dict.fromkeys(new if text == old else text for text in mark.comments))
                changed.append(replace(mark, comments=tuple(filter(None, lines))))
        self._save(changed)
        return len(changed)

    def try_again(self) -> None:
        """Save what could not be saved."""
        self._save([])

    def _ordered(self) -> tuple[str, ...]:
        """Return the students in an order that says nothing of their names, and is another one for each question."""
        return tuple(sorted(self._students, key=lambda one: sha256(f"{self.question} {one}".encode()).hexdigest()))

    def _load(self, student_id: str) -> Result | None:
        return load_result(self.folder / ".kept", student_id)

    def _mark(self) -> Mark:
        place = (self.question, self.student)
        empty = Mark(self.marker, self.second, *place)
        return replace(self._marks.get(place, empty), marker=self.marker)

    def _rows(self, question: str, student_id: str, mark: Mark) -> tuple[Row, ...]:
        rows = []
        for item in self.assignment.items:
            cell = self._entered[student_id].get(item.grade_id)
            if item.question != question or not item.asks_an_eye or cell is None:
                continue
            criteria: Sequence[Criterion]
            if written := next((one for one in self.assignment.written if one.grade_id == item.grade_id), None):
                criteria = written.criteria
            elif cell.auto:  # the machine has given points for what was drawn; whether it can be read, a person says
                levels = (Level(0.0, "no", "it cannot be read"), Level(cell.auto, "yes", "the points of the machine stand"))
                criteria = (Criterion(FIGURE, levels),)
            else:
                continue
            keys = [f"{item.grade_id}/{criterion.name}" for criterion in criteria]
            rows += [
                Row(key, item.grade_id, criterion, mark.levels.get(key))
                for key, criterion in zip(keys, criteria, strict=True)
            ]
        return tuple(rows)

    def _shown_rows(self) -> tuple[Row, ...]:
        return self._rows(self.question, self.student, self._mark()) if self._order else ()

    def _first_open(self, after: int = -1) -> int:
        rows = self._shown_rows()
        order = [*range(after + 1, len(rows)), *range(after + 1)]
        # Levels of an answer that waits are those of an earlier answer, or stand in the log alone: a key gives them again.
        waits = rows and not self.is_marked(self.question, self.student)
        return next((at for at in order if rows[at].chosen is None), 0 if waits and after < 0 else len(rows))

    def _elsewhere(self, rows: Sequence[Row]) -> str:
        """Say what stands in the gradebook and does not come from these levels, as points that formgrader gave do not."""
        if self.second:
            return ""
        told = []
        for name in dict.fromkeys(row.grade_id for row in rows):
            cell, chosen = self._entered[self.student][name], [row.chosen for row in rows if row.grade_id == name]
            if cell.manual is not None and (None in chosen or sum(filter(None, chosen)) != cell.manual):
                told.append(
                    f"{number(cell.manual)} points were given on another page. A level for each criterion replaces them."
                )
            elif cell.manual is None and cell.needs_marking and None not in chosen:
                told.append(
                    "The gradebook does not have these levels for this answer. If they hold, give one of them again."
                )
        return " ".join(told)

    def _first(self) -> str:
        first = self._firsts.get((self.question, self.student))
        if not self.second or first is None or not self.is_marked(self.question, self.student):
            return ""
        given = ", ".join(f"{key.partition('/')[2]} {number(points)}" for key, points in first.levels.items())
        return f"The first marker gave: {given}."

    def _words(self, cells: Sequence[Shown]) -> str:
        texts = [_TAG.sub(" ", cell.source) for cell in cells if cell.kind != "code" and cell.own]
        count = len(_WORD.findall(unescape(" ".join(texts))))
        written: Written | None = next((one for one in self.assignment.written if one.question == self.question), None)
        if written is None:
            return ""
        asked = _ASKED.search(written.task)
        return f"{count} words" + (f" ({asked[1]} to {asked[2]} were asked for)" if asked else "")

    def _machine(self, result: Result | None) -> tuple[str, ...]:
        points = {item.grade_id: item.points for item in self.assignment.items if not item.by_hand}
        scores = result.scores if result else ()
        own = [one for one in scores if one.grade_id.split("-")[0] == self.question and one.grade_id in points]
        return tuple(verdict_on(one, points[one.grade_id]) for one in own if one.points is not None)

    def _save(self, marks: Sequence[Mark]) -> None:
        """Save marks in the log and in the gradebook, now, and say whether that went well. What did not is tried again."""
        at = self._now().isoformat(timespec="microseconds")
        marks = [replace(mark, at=at, answer=self._answer(mark)) for mark in marks]
        marks = [
            replace(mark, student_id=member)
            for mark in marks
            for member in self._groups.get(mark.student_id, [mark.student_id])
            if member in self._entered
        ]
        self._marks |= {mark.place: mark for mark in marks}
        self._unsaved += marks
        try:
            self._check_ids()
            append(self.folder, self._unsaved)
            if not self.second:
                self._enter(self._unsaved)
        except (OSError, TeacherError) as problem:
            fault = passing_fault(problem, self.folder) if isinstance(problem, OSError) else problem
            said = fault.on_a_page if isinstance(fault, StoppedError) else fault
            again = "What you give stays on this page: put it right, and choose “Save again”."
            self.saved = f"NOT SAVED: {said} {'' if isinstance(fault, OutdatedError) else again}".rstrip()
            return
        self._note(self._unsaved)
        self._unsaved, self._taken_back = [], set()
        self.saved = f"Saved at {self._now().astimezone():%H:%M:%S}."

    def _check_ids(self) -> None:
        """Refuse to save under an id that is another student's since this page was opened."""
        taken = {new for ids in changes_of(self.folder)[self._changes :] for new in ids.values()}
        if mixed := {mark.student_id for mark in self._unsaved} & taken:
            raise OutdatedError(
                f"The class was marked again meanwhile, with other ids: {listed(sorted(mixed))} is another student now. "
                "Close this page, open it again, and give this mark once more."
            )

    def _enter(self, marks: Sequence[Mark]) -> None:
        points: dict[tuple[str, str], tuple[float | None, bool]] = {}
        for mark in marks:
            rows = self._rows(mark.question, mark.student_id, mark)
            for name in dict.fromkeys(row.grade_id for row in rows):
                given = [row.chosen for row in rows if row.grade_id == name]
                if None not in given:
                    total = float(sum(filter(None, given)))
                    machine = any(row.criterion.name == FIGURE for row in rows if row.grade_id == name) and total > 0
                    points[mark.student_id, name] = (None if machine else total, False)
                elif (mark.student_id, name) in self._taken_back:
                    points[mark.student_id, name] = (None, True)
        texts = {(mark.student_id, self._comment_cell(mark.question)): "\n".join(mark.comments) for mark in marks}
        enter_by_hand(self._book, self.assignment, points, texts, self.folder)
        for (student_id, name), (score, needs) in points.items():
            old = self._entered[student_id][name]
            self._entered[student_id][name] = replace(old, manual=score, needs_marking=needs)
        for (student_id, name), text in texts.items():
            blank = Entered(name, None, None, 0.0, False, "")
            self._entered[student_id][name] = replace(self._entered[student_id].get(name, blank), comment=text)

    def _comment_cell(self, question: str) -> str:
        """Return the cell that carries the comment: the written answer, else the answer in code."""
        written = [one.grade_id for one in self.assignment.written if one.question == question]
        marks = [nbgrader_metadata(cell) for cell in self.assignment.release.cells]
        answers = [str(one["grade_id"]) for one in marks if one.get("solution")]
        return next(name for name in [*written, *answers] if name.split("-")[0] == question)

    def _answer(self, mark: Mark) -> str:
        result = self._result(mark.student_id)
        return (
            next((one.answer for one in result.scores if one.grade_id.split("-")[0] == mark.question), "") if result else ""
        )
