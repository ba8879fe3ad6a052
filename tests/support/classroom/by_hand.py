"""A small marked class of which the written answers wait for a person: the gradebook and what is kept, without an engine."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from classroom.assignments.assignment import Assignment, read_assignment
from classroom.course import Course
from classroom.grading.gradebook import StudentScores, enter_assignment, enter_scores, open_gradebook
from classroom.grading.points import Score
from classroom.grading.results import Result, Shown, save
from classroom.grading.sanitise import markdown_to_html
from classroom.submissions.roster import Student
from tests.support.classroom import small

TABLE = """
| Criterion | 0 · no | 1 · yes |
| --- | --- | --- |
| Selection | not named | says that rows were chosen |
| Silence | not named | says what is left out |
| Care | none | no more than is known |
"""


def course_with_rubric(root: Path) -> Course:
    """Write the small assignment with a rubric of three criteria above its written answer."""
    source = small.small_source()
    source.cells[11].source = source.cells[11].source.replace("sentence.\n", f"sentence of **5 to 20 words**.\n{TABLE}", 1)
    return small.small_course(root, source)


def picture() -> bytes:
    """Return a small figure."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, "PNG")
    return file.getvalue()


def write_marked(out: Path, course: Course, answers: dict[str, str], *, answer: str = "a") -> Assignment:
    """Write a folder of marks as `grade` leaves it: the machine has given all points, and written answers wait."""
    assignment = read_assignment(course, small.NAME)
    works = []
    for student, text in answers.items():
        scores = tuple(
            Score(item.grade_id, None, "by hand", "", True, answer)
            if item.by_hand
            else Score(item.grade_id, item.points, "passed", "", item.asks_an_eye, answer)
            for item in assignment.items
        )
        cells = (
            Shown("q3/q3-checks", "code", "", False, "", "", (picture(),)),
            Shown("q4/q4", "markdown", markdown_to_html(text), True, "", "", ()),
        )
        save(out / ".kept", student, Result("key", "graded", "bubblewrap", "", (), scores, cells))
        (out / "autograded" / student / small.NAME).mkdir(parents=True, exist_ok=True)
        works.append(StudentScores(Student(student, f"Amina {student}"), scores, frozenset()))
    with open_gradebook(out) as book:
        enter_assignment(book, assignment, out)
        enter_scores(book, assignment, works)
    return assignment
