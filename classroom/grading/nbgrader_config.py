"""Write ``nbgrader_config.py``: with it, nbgrader's own commands and its marking page work on our folders."""

from __future__ import annotations

import sys
from pathlib import Path

from ..assignments.assignment import RELEASE_SETTINGS
from ..course import ROOT, Course


def settings_file(course: Course, *, marking: bool) -> str:
    """Return the text of ``nbgrader_config.py``, for the marking page in a folder of grades, or for a course folder."""
    return _MARKING if marking else _course_settings(course)


_MARKING = """\
# Written by `grade`. JupyterLab, started in this folder, finds the gradebook through it.
import os

c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.FormgradeExtension.debug = False
# The marker's copies show the mark scheme. Should nbgrader's own feedback be used, it must not.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.ClearMarkScheme.enforce_metadata = False
"""


def _course_settings(course: Course) -> str:
    release = "\n".join(
        f"c.{step}.{name} = {value!r}" for step, settings in RELEASE_SETTINGS.items() for name, value in settings.items()
    )
    return f"""\
# Written by `release`. With it, nbgrader's own commands make the same student edition, and mark with the course's engine:
#     PATH/TO/THE/COURSE/.venv/bin/python -m nbgrader generate_assignment ps1
#     PATH/TO/THE/COURSE/.venv/bin/python -m nbgrader autograde ps1      (for work in submitted/<student>/ps1/ps1.ipynb)
# `grade` does the same for a whole class at once, and much faster.
import os
import sys

COURSE = {_where()}
sys.path.insert(0, COURSE)

from classroom.grading.nbgrader_plugin import AUTOGRADE_PREPROCESSORS, SANITIZE_PREPROCESSORS

c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.FormgradeExtension.debug = False
# What nbgrader's exchange fetches runs only inside the course. Students' own configuration needs such a line too.
c.Exchange.assignment_dir = os.path.join(COURSE, "my_notebooks", "assignments")
{release}
c.MarkWithEngine.course = c.CourseDirectory.root
c.Autograde.sanitize_preprocessors = SANITIZE_PREPROCESSORS
c.Autograde.autograde_preprocessors = AUTOGRADE_PREPROCESSORS
"""


def _where() -> str:
    """Return, as Python, where the course lies: seen from its own environment, so that no path of one person is written."""
    if Path(sys.prefix).parent == ROOT:
        return "os.path.dirname(sys.prefix)  # the environment that runs this, .venv, lies in the folder of the course"
    return f"{str(ROOT)!r}  # the folder of the course: change it when the course moves"
