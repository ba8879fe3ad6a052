"""Make the student edition of an assignment, and prove it: it runs unanswered, earns nothing, and gives nothing away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..assignments.assignment import BEGIN_HIDDEN, END_HIDDEN, Assignment
from ..assignments.own_tables import MAX_SALTS, band, own_edition
from ..course import Course
from ..errors import TeacherError
from ..files import notebook_bytes
from ..grading.grade_one import SubmissionGrader
from ..sandbox import Executor
from ..submissions.notebook import cells_of

_MARKERS = ("BEGIN SOLUTION", "END SOLUTION", BEGIN_HIDDEN, END_HIDDEN, "MARK SCHEME", "hidden(", "idea(")
_REGION = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)\n(.*?)\n\s*### END \1", re.DOTALL)
_LONG_ENOUGH = 12  # a shorter line ("else:") may stand in a task too


@dataclass(frozen=True)
class Proof:
    """What was found out about a student edition."""

    broken: tuple[str, ...]  # cells that stop with an error while nothing is answered
    unearned: tuple[str, ...]  # cells whose points an unanswered edition would get
    isolation: str  # how the code was kept apart


def edition_bytes(assignment: Assignment) -> bytes:
    """Return the file of the student edition; `TeacherError` if it would give anything away."""
    if found := leaks(assignment):
        raise TeacherError(
            f"The student edition of {assignment.name} would give away: {'; '.join(found[:3])}. It was not written."
        )
    return notebook_bytes(assignment.release)


def leaks(assignment: Assignment) -> list[str]:
    """Return what stands in the student edition and must not: markers, secret lines, outputs."""
    shown = "\n".join(cell.source for cell in assignment.release.cells)
    seen = {line.strip() for line in shown.splitlines()}
    secret = [
        line.strip()
        for cell in assignment.source.cells
        for region in _REGION.finditer(cell.source)
        for line in region[2].splitlines()
    ]
    lines = [line for line in secret if len(line) >= _LONG_ENOUGH and line in seen]
    outputs = [f"outputs of cell {cell.id}" for cell in assignment.release.cells if cell.get("outputs")]
    return [marker for marker in _MARKERS if marker in shown] + lines + outputs


def own_editions(
    course: Course, assignment: Assignment, tables: Sequence[str], students: Sequence[str], *, unsafe: bool = False
) -> dict[str, tuple[int, Assignment]]:
    """Return for each student a draw and an edition with tables of their own, proved to be about as hard as that for all.

    `TeacherError` if for somebody no draw is, or the solution does not earn its points there.
    """
    found = {}
    with Executor(workers=1, unsafe=unsafe) as executor:
        standard = SubmissionGrader(course, assignment)
        standard.learn(executor)
        for student_id in students:
            for salt in range(MAX_SALTS):
                own = own_edition(assignment, tables, course.seed, student_id, salt)
                marker = SubmissionGrader(course, own)
                marker.learn(executor)
                if not band(standard.expected, marker.expected):
                    found[student_id] = (salt, own)
                    break
            else:
                raise TeacherError(
                    f"For {student_id} no draw of rows leaves the questions about as large as for all. Leave out rows of "
                    "other tables: --own-tables names them."
                )
    return found


def prove(course: Course, assignment: Assignment, *, unsafe: bool = False) -> Proof:
    """Run the student edition unanswered, and the solution, which must earn all points that a machine gives."""
    marker = SubmissionGrader(course, assignment)
    with Executor(workers=1, unsafe=unsafe) as executor:
        marker.learn(executor)
        job, opened = marker.open("unanswered", cells_of(assignment.release))
        [report] = executor.run([job])
    return Proof(
        broken=tuple(f"{ran.cell_id} ({ran.error or ran.state})" for ran in report.ran if ran.state != "ok"),
        unearned=tuple(score.grade_id for score in marker.mark(opened, report).scores if score.points),
        isolation=report.isolation,
    )
