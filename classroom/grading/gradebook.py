"""nbgrader's gradebook, written in one transaction: through its own classes, but not through its calls, which commit each.

What a person has given is never touched. When an answer changes that a person has marked, the mark stays and is asked for
again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from math import inf, isnan
from pathlib import Path
from typing import Any
from uuid import uuid4

from nbformat import NotebookNode
from nbgrader import utils  # type: ignore[import-untyped]
from nbgrader.api import Assignment as BookedAssignment  # type: ignore[import-untyped]
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    InvalidEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.api import Student as BookedStudent
from sqlalchemy import bindparam, create_engine, delete, insert, inspect, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import scoped_session, sessionmaker

from ..assignments.assignment import Assignment
from ..errors import OutdatedError, StoppedError, TeacherError, listed
from ..submissions.roster import Student
from .database import FILE, database_of, shown
from .points import Score


@dataclass(frozen=True)
class Entered:
    """What the gradebook holds of one cell with points."""

    grade_id: str
    auto: float | None
    manual: float | None
    extra: float
    needs_marking: bool
    comment: str
    most: float = inf

    @property
    def points(self) -> float | None:
        """What counts now: a person's points, else the machine's; None while neither has given any.

        Whatever another program wrote into the gradebook, it is between 0 and what the cell is worth.
        """
        return self._within(self.manual if self.manual is not None else self.auto, self.extra)

    @property
    def of_the_machine(self) -> float | None:
        """What the machine gives, whatever a person has given since."""
        return self._within(self.auto, 0.0)

    def _within(self, given: float | None, extra: float) -> float | None:
        return None if given is None or isnan(given) else min(max(given + extra, 0.0), self.most)


@dataclass(frozen=True)
class StudentScores:
    """The marks of one student, and the cells whose answer has changed since the gradebook was last written."""

    student: Student
    scores: tuple[Score, ...]
    changed: frozenset[str]
    penalty: float = 0.0  # points that are taken off for late work


class _There(Gradebook):  # type: ignore[misc]
    """A gradebook that is there already: nbgrader would look for each table first, for each part of a class."""

    def __init__(self, address: str) -> None:
        self.engine = create_engine(address)
        self.db = scoped_session(sessionmaker(bind=self.engine))


@contextmanager
def open_gradebook(folder: Path, *, only_read: bool = False) -> Iterator[Gradebook]:
    """Open the gradebook of a folder of marks.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    only_read : bool, default False
        Whether nothing is written. Else the gradebook is made if there is none.

    Yields
    ------
    nbgrader.api.Gradebook

    Raises
    ------
    StoppedError
        If the file is no gradebook, is locked or damaged, or cannot be written.
    """
    check_gradebook(folder)
    url = database_of(folder)
    path = shown(url) if url is not None else (folder / FILE).resolve()
    try:
        with _opened(path if isinstance(path, Path) else url, _There if only_read else Gradebook) as book:
            yield book
    except (DatabaseError, InvalidEntry) as problem:
        below = problem if isinstance(problem, DatabaseError) else problem.__context__  # nbgrader wraps some of them
        if not isinstance(below, DatabaseError):
            raise
        raise _gradebook_fault(path, str(below.orig or below)) from problem


def has_all_tables(book: Gradebook) -> bool:
    """Say whether a gradebook has nbgrader's tables; one that a full disk has cut off in its making has none, or some."""
    return set(BookedAssignment.metadata.tables) <= set(inspect(book.engine).get_table_names())


def check_gradebook(folder: Path) -> None:
    """Look at the first bytes of a gradebook, so that a wrong file is named before a class is run."""
    path = folder / FILE
    if path.exists() and database_of(folder) is None:
        with path.open("rb") as file:
            if file.read(16) not in (b"", b"SQLite format 3\x00"):
                raise _gradebook_fault(path, "file is not a database")


def _gradebook_fault(path: Path | str, said: str) -> StoppedError:
    """Say what is wrong with a gradebook; the marks of a person stand in it alone, so it is never replaced."""
    if not isinstance(path, Path):
        return StoppedError(
            f"The gradebook in the database {path} was not read or written ({' '.join(said.split())}). See whether the "
            "database runs and lets you in, then run the same command again: what was finished is kept."
        )
    remedies = {
        "not a database": "It is no gradebook of nbgrader. Move it away, or put your copy of the gradebook in its place",
        "malformed": "It is damaged. Put your copy of it in its place, or move it away",
        "locked": "Another program is writing into it. Wait, or close the other program, for example a second JupyterLab",
        "readonly": "It cannot be written. Allow it, or choose another folder: --out DIR",
        "unable to open": "It cannot be opened. Allow it, or choose another folder: --out DIR",
        "full": "There is no room left on its disk. Make room",
    }
    other = "It cannot be used. If another version of nbgrader made it, use that version, or move it away"
    remedy = next((text for sign, text in remedies.items() if sign in said), other)
    what, end = (
        f"The gradebook {path} was not written ({said}).",
        "then run the same command again: what was finished is kept.",
    )
    return StoppedError(f"{what} {remedy}, {end}", f"{what} {remedy}.")


def _opened(where: Path | Any, kind: type[Gradebook]) -> Gradebook:
    if isinstance(where, Path):
        where.parent.mkdir(parents=True, exist_ok=True)
        address = f"sqlite:///{where}"
    else:
        address = where.render_as_string(hide_password=False)
    if kind is Gradebook:
        _begin(address)
    return kind(address)


def _begin(address: str) -> None:
    """Write the version of nbgrader's tables into a database without any: nbgrader starts a program to ask, for seconds."""
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            if not inspect(connection).get_table_names():
                connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
                connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": _newest_version()})
    finally:
        engine.dispose()


@cache
def _newest_version() -> str | None:
    from alembic.script import ScriptDirectory  # loaded for a new gradebook alone

    return ScriptDirectory(str(Path(utils.__file__).parent / "alembic")).get_current_head()


def enter_assignment(book: Gradebook, assignment: Assignment, folder: Path) -> None:
    """Enter the cells of an assignment, as ``nbgrader generate_assignment`` does, but not with a statement for each.

    `TeacherError` if work was marked already and the assignment has other cells now.
    """
    booked = book.update_or_create_assignment(assignment.name)
    found = {one.name: one for one in booked.notebooks}
    notebook = found.get(assignment.name) or Notebook(name=assignment.name, assignment=booked)
    notebook.kernelspec = json.dumps(assignment.release.metadata.get("kernelspec", {}))
    there = (notebook.grade_cells, notebook.solution_cells, notebook.task_cells, notebook.source_cells)
    known = {(type(cell), cell.name): cell for cells in there for cell in cells}
    wanted = {(kind, name): fields for kind, name, fields in _cells_of(assignment.release)}
    if known and known.keys() != wanted.keys():
        if _notebooks(book, notebook.id):
            book.db.rollback()
            raise TeacherError(
                f"{folder} holds marks for an earlier form of {assignment.name}, with other cells. Mark the new form into "
                "another folder (--out DIR), or move this one away."
            )
        for place in known.keys() - wanted.keys():
            book.db.delete(known[place])
    for (kind, name), fields in wanted.items():
        if (cell := known.get((kind, name))) is None:
            book.db.add(kind(name=name, notebook=notebook, **fields))
            continue
        for field, value in fields.items():
            setattr(cell, field, value)
    book.db.commit()


def _cells_of(release: NotebookNode) -> Iterator[tuple[Any, str, dict[str, Any]]]:
    """Yield the entries that nbgrader has for the cells of an assignment: what each is, its name and its fields."""
    for cell in release.cells:
        grade, solution, task = utils.is_grade(cell), utils.is_solution(cell), utils.is_task(cell)
        if not (grade or solution or task or utils.is_locked(cell)):
            continue
        about = cell.metadata.nbgrader
        for kind in [kind for kind, is_one in ((GradeCell, grade), (TaskCell, task)) if is_one]:
            yield kind, about.grade_id, {"max_score": float(about.points), "cell_type": cell.cell_type}
        if solution:
            yield SolutionCell, about.grade_id, {}
        source = {"source": cell.source, "checksum": about.get("checksum"), "locked": utils.is_locked(cell)}
        yield SourceCell, about.grade_id, {"cell_type": cell.cell_type, **source}


def enter_scores(book: Gradebook, assignment: Assignment, works: Sequence[StudentScores]) -> None:
    """Enter the scores of many students at once. Who is not among them is left alone."""
    notebook = book.find_notebook(assignment.name, assignment.name)
    most = {item.grade_id: item.points for item in assignment.items}
    works = [replace(work, scores=tuple(_within(score, most[score.grade_id]) for score in work.scores)) for work in works]
    cells = {cell.name: cell.id for cell in notebook.grade_cells}
    answers = {cell.name: cell.id for cell in notebook.solution_cells}
    _enter_students(book, works)
    notebooks = _enter_submissions(book, notebook, works)
    columns = (Grade.id, Grade.notebook_id, Grade.cell_id, *_GRADE)
    known = {(row.notebook_id, row.cell_id): row for row in book.db.execute(select(*columns))}
    new: list[dict[str, Any]] = []
    old: list[dict[str, Any]] = []
    for work in works:
        notebook_id = notebooks[work.student.student_id]
        for score in work.scores:
            row = known.get((notebook_id, cells[score.grade_id]))
            if row is None:
                new.append({"notebook_id": notebook_id, "cell_id": cells[score.grade_id], **_fresh(score)})
            elif change := _changed(row, score, score.grade_id in work.changed):
                old.append({"id": row.id, **change})
    if new:
        # Else a row without points begins another statement, and a class of thousands waits for two a student.
        book.db.execute(insert(Grade).execution_options(render_nulls=True), new)
    if old:
        book.db.execute(update(Grade), old)
    _enter_comments(book, [notebooks[work.student.student_id] for work in works], answers.values())
    _flag_changed(book, works, notebooks, known, cells)
    penalties = [{"id": notebooks[one.student.student_id], "late_submission_penalty": one.penalty or None} for one in works]
    if penalties:
        book.db.execute(update(SubmittedNotebook), penalties)
    book.db.commit()


def entered_scores(book: Gradebook, assignment: Assignment) -> dict[str, dict[str, Entered]]:
    """Return what the gradebook holds, by student and by cell; nothing if it does not hold this assignment."""
    notebook_id = notebook_of(book, assignment.name)
    points = {item.grade_id: item.points for item in assignment.items}
    found: dict[str, dict[str, Entered]] = {student: {} for student in _notebooks(book, notebook_id).values()}
    comments = {(row[0], row[1]): str(row[2]) for row in _rows(book, notebook_id, Comment, SolutionCell, _COMMENT) if row[2]}
    for student, name, auto, manual, extra, needs in _rows(book, notebook_id, Grade, GradeCell, *_GRADE):
        comment, most = comments.get((student, name), ""), points.get(name, inf)
        found[student][name] = Entered(name, auto, manual, float(extra or 0), bool(needs), comment, most)
    for (student, name), comment in comments.items():  # on answer cells whose points stand in a cell of checks
        found[student].setdefault(name, Entered(name, None, None, 0.0, False, comment))
    return found


def notebook_of(book: Gradebook, name: str) -> str | None:
    """Return under which id a gradebook holds an assignment's notebook; None if it doesn't."""
    found: str | None = book.db.scalar(
        select(Notebook.id)
        .join(BookedAssignment, Notebook.assignment_id == BookedAssignment.id)
        .where(Notebook.name == name, BookedAssignment.name == name)
    )
    return found


def _rows(book: Gradebook, notebook_id: str | None, entry: Any, kind: Any, *columns: Any) -> Any:
    """Return columns of all grades or comments, each after its student and the name of its cell."""
    return book.db.execute(
        select(SubmittedAssignment.student_id, kind.name, *columns)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(entry, entry.notebook_id == SubmittedNotebook.id)
        .join(kind, kind.id == entry.cell_id)
        .where(SubmittedNotebook.notebook_id == notebook_id)
    )


def enter_by_hand(
    book: Gradebook,
    assignment: Assignment,
    points: Mapping[tuple[str, str], tuple[float | None, bool]],
    comments: Mapping[tuple[str, str], str],
    folder: Path,
) -> None:
    """Enter what a person gives, in one transaction, as formgrader does.

    Parameters
    ----------
    book : nbgrader.api.Gradebook
        An open gradebook.
    assignment : Assignment
        The assignment.
    points : mapping
        By student and cell: a person's points, or None for the machine's; and whether the cell still waits.
    comments : mapping
        By student and answer cell.
    folder : pathlib.Path
        Where the gradebook lies, for the message.

    Raises
    ------
    StoppedError
        If it cannot be written now; nothing of this call then is.
    """
    with _said_of(book, folder):
        notebook = book.find_notebook(assignment.name, assignment.name)
        who = {student for student, _ in (*points, *comments)}
        own = {student: one for one, student in _notebooks(book, notebook.id, who).items()}
        if unknown := sorted(who - own.keys()):
            raise OutdatedError(
                f"{listed(unknown)} is no longer in the gradebook: the class was marked again meanwhile, with other ids. "
                "What was given before is under the new ids. Close this page, and open it again."
            )
        cells, solutions = (_cells(book, kind, notebook.id) for kind in (GradeCell, SolutionCell))
        manual = [
            (own[student], cells[name], {"manual_score": score, "needs_manual_grade": needs})
            for (student, name), (score, needs) in points.items()
        ]
        _change(book, Grade.__table__, manual)
        texts = [
            (own[student], solutions[name], {"manual_comment": text or None}) for (student, name), text in comments.items()
        ]
        _change(book, Comment.__table__, texts)
        book.db.commit()


def submissions_in(book: Gradebook, assignment: Assignment) -> dict[str, str]:
    """Return under which ids a gradebook holds what students have handed in, by student."""
    asked = select(SubmittedAssignment.student_id, SubmittedAssignment.id).where(
        SubmittedAssignment.assignment_id == book.find_assignment(assignment.name).id
    )
    return {student: one for student, one in book.db.execute(asked)}


def submit_as(book: Gradebook, name: str, rows: Mapping[str, str], replaced: Mapping[str, str], folder: Path) -> None:
    """Let what students handed in, with all that was given for it, be that of others: all at once. Twice is as once.

    Parameters
    ----------
    book : nbgrader.api.Gradebook
        An open gradebook.
    name : str
        The assignment's.
    rows : mapping of str to str
        Whose it is now, by the id under which the gradebook holds it.
    replaced : mapping of str to str
        Whose own work is dropped, and under which id the gradebook holds that: what they handed in is marked anew.
    folder : pathlib.Path
        Where the gradebook lies, for the message.

    Raises
    ------
    StoppedError
        If it cannot be written now; nobody has another id then.
    """
    with _said_of(book, folder):
        there = _owners(book)
        for student, one in sorted(replaced.items()):
            if there.get(one) == student:
                book.remove_submission(name, student)
        changed = {one: new for one, new in rows.items() if one in there and there[one] != new}
        known = set(book.db.scalars(select(BookedStudent.id)))
        book.db.add_all(BookedStudent(id=new) for new in set(changed.values()) - known)
        book.db.flush()
        # First nobody's: two may not have one id, also not while ids are exchanged.
        if changed:
            book.db.execute(update(SubmittedAssignment), [{"id": one, "student_id": None} for one in changed])
            book.db.execute(update(SubmittedAssignment), [{"id": one, "student_id": new} for one, new in changed.items()])
        for old in sorted({there[one] for one in changed} - set(_owners(book).values())):
            book.db.execute(delete(BookedStudent).where(BookedStudent.id == old))
        book.db.commit()
        book.db.expire_all()


def _owners(book: Gradebook) -> dict[str, str]:
    """Map all that was handed in, of any assignment, to its student."""
    return {one: student for one, student in book.db.execute(select(SubmittedAssignment.id, SubmittedAssignment.student_id))}


@contextmanager
def _said_of(book: Gradebook, folder: Path) -> Iterator[None]:
    """Take back what was begun where a gradebook cannot be written, and say so."""
    try:
        yield
    except (DatabaseError, InvalidEntry) as problem:
        book.db.rollback()
        url = database_of(folder)
        named = folder / FILE if url is None else shown(url)
        raise _gradebook_fault(named, str(getattr(problem, "orig", "") or problem)) from problem


def _change(book: Gradebook, table: Any, rows: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """Change rows of a table, by notebook and cell: all in one statement, for a class of thousands."""
    if not rows:
        return
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0][2]}
    change = (
        update(table)
        .where(table.c.notebook_id == bindparam("of_notebook"), table.c.cell_id == bindparam("of_cell"))
        .values(values)
    )
    given = [
        {"of_notebook": notebook, "of_cell": cell, **{f"new_{name}": value for name, value in new.items()}}
        for notebook, cell, new in rows
    ]
    book.db.connection().execute(change, given)
    book.db.expire_all()


_COMMENT = Comment.manual_comment
_GRADE = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)


_FEW = 100  # students whom one statement names; a database takes no list of any length
_MAX_TEXT = 128  # what nbgrader's columns hold; SQLite takes more, other databases refuse it


def _notebooks(book: Gradebook, notebook_id: str | None, of: Collection[str] | None = None) -> dict[str, str]:
    """Map the submitted notebooks in the gradebook to their students; of few students, only these are read."""
    asked = (
        select(SubmittedNotebook.id, SubmittedAssignment.student_id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(SubmittedNotebook.notebook_id == notebook_id)
    )
    if of is not None and len(of) <= _FEW:
        asked = asked.where(SubmittedAssignment.student_id.in_(of))
    return {notebook_id: student for notebook_id, student in book.db.execute(asked)}


def _cells(book: Gradebook, kind: Any, notebook_id: str) -> dict[str, str]:
    """Map the names of a notebook's cells of a kind to their ids. A written answer is one of both kinds."""
    rows = book.db.execute(select(kind.name, kind.id).where(kind.notebook_id == notebook_id))
    return {name: cell_id for name, cell_id in rows}


def _enter_students(book: Gradebook, works: Iterable[StudentScores]) -> None:
    known = {student.id: student for student in book.db.scalars(select(BookedStudent))}
    for work in works:
        student = work.student
        first, _, last = student.name.rpartition(" ")
        texts = {"first_name": first, "last_name": last, "email": student.email}
        fields = {name: text[:_MAX_TEXT] or None for name, text in texts.items()}
        if student.student_id not in known:
            book.db.add(BookedStudent(id=student.student_id, **fields))
            continue
        for name, value in fields.items():
            if value and getattr(known[student.student_id], name) != value:
                setattr(known[student.student_id], name, value)
    book.db.flush()


def _enter_submissions(book: Gradebook, notebook: Any, works: Iterable[StudentScores]) -> dict[str, str]:
    notebooks = {student: one for one, student in _notebooks(book, notebook.id).items()}
    new = [work.student.student_id for work in works if work.student.student_id not in notebooks]
    if new:  # all at once: one statement a student and table is what a class of thousands waits for
        handed_in = [{"id": uuid4().hex, "assignment_id": notebook.assignment_id, "student_id": one} for one in new]
        submitted = [{"id": uuid4().hex, "notebook_id": notebook.id, "assignment_id": one["id"]} for one in handed_in]
        book.db.execute(insert(SubmittedAssignment), handed_in)
        book.db.execute(insert(SubmittedNotebook), submitted)
        notebooks |= {student: one["id"] for student, one in zip(new, submitted, strict=True)}
    return notebooks


def _within(score: Score, most: float) -> Score:
    if score.points is None:
        return score
    return replace(score, points=0.0 if isnan(score.points) else min(max(score.points, 0.0), most))


def _fresh(score: Score) -> dict[str, Any]:
    return {"auto_score": score.points, "needs_manual_grade": score.needs_marking}


def _changed(row: Any, score: Score, answer_changed: bool) -> dict[str, Any]:
    """Return what is to be written about a cell that was marked before; nothing while nothing has changed."""
    if not answer_changed and row.auto_score == score.points:
        return {}  # also when a person has confirmed it: then they need not do so again
    by_person = row.manual_score is not None
    return {"auto_score": score.points, "needs_manual_grade": score.needs_marking or by_person}


def _flag_changed(
    book: Gradebook,
    works: Iterable[StudentScores],
    notebooks: Mapping[str, str],
    known: Mapping[tuple[str, str], Any],
    cells: Mapping[str, str],
) -> None:
    """Put nbgrader's flag on work that a person had marked and that has changed since."""
    flagged = [
        {"id": notebooks[work.student.student_id], "flagged": True}
        for work in works
        for grade_id in work.changed
        if (row := known.get((notebooks[work.student.student_id], cells[grade_id]))) is not None
        and row.manual_score is not None
    ]
    if flagged:
        book.db.execute(update(SubmittedNotebook), list({one["id"]: one for one in flagged}.values()))


def _enter_comments(book: Gradebook, notebook_ids: Iterable[str], answers: Iterable[str]) -> None:
    """Make an entry for a comment on each answer: formgrader can fill it, but not make it."""
    known = {(row[0], row[1]) for row in book.db.execute(select(Comment.notebook_id, Comment.cell_id))}
    answers = list(answers)
    new = [{"notebook_id": one, "cell_id": cell} for one in notebook_ids for cell in answers if (one, cell) not in known]
    if new:
        book.db.execute(insert(Comment), new)
