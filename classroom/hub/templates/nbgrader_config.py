"""Handing out, handing in and giving back by nbgrader's exchange. `make hub` may write this file anew."""

import os
import shutil
import tomllib
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

c = get_config()  # noqa: F821 (nbgrader puts it here)
HUB = Path(__file__).resolve().parent.parent
OWN = tomllib.loads((HUB / "hub.toml").read_text(encoding="utf-8"))
COURSE = OWN["course"]
TICKET = ("timestamp.txt", "submission_secret.txt")  # by these the exchange knows whose page it is

c.CourseDirectory.course_id = COURSE
c.Exchange.root = str(HUB / "exchange")
# What is fetched must lie in the course: there its first cell finds the helpers.
c.Exchange.assignment_dir = os.path.join(os.path.expanduser("~"), COURSE, "my_notebooks", "assignments")


class GiveBack(ExchangeReleaseFeedback):
    """`nbgrader release_feedback`, for the pages of `make grade`: each student alone can fetch the own one."""

    def init_src(self):
        """Find the pages beside the marks, and lay beside each what was handed in with the work."""
        name, root = self.coursedir.assignment_id, Path(self.coursedir.root)
        pages, without = root / "marked" / name / "feedback", []
        for page in sorted(pages.glob(f"{self.coursedir.student_id or '*'}/{name}/*.html")):
            student = page.parent.parent.name
            ticket = [root / self.coursedir.submitted_directory / student / name / one for one in TICKET]
            if all(one.exists() for one in ticket):
                for one in ticket:
                    shutil.copyfile(one, page.parent / one.name)
            else:
                without.append(student)
                self.log.warning("%s has not handed in on this hub: give back %s in another way.", student, page)
        self.coursedir.feedback_directory = os.path.join("marked", name, "feedback")
        self.coursedir.student_id_exclude = ",".join([*without, self.coursedir.student_id_exclude])
        super().init_src()
        if not any(pages.glob("*/*/*.html")):
            self.fail(f"There are no pages in {pages}. Mark first: make grade")


c.ExchangeFactory.release_feedback = GiveBack

# When it is only tried, all users are one account of the machine, whose name nbgrader would take for everybody's.
if OWN["accounts"] == "try":
    c.ExchangeCollect.check_owner = False
    if os.environ.get("JUPYTERHUB_USER", OWN["teacher"]) != OWN["teacher"]:
        c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
