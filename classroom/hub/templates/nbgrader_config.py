"""Handing out and handing in by nbgrader's exchange. `make hub` may write this file anew."""

import os
import tomllib
from pathlib import Path

c = get_config()  # noqa: F821 (nbgrader puts it here)
HUB = Path(__file__).resolve().parent.parent
OWN = tomllib.loads((HUB / "hub.toml").read_text(encoding="utf-8"))
COURSE = OWN["course"]

c.CourseDirectory.course_id = COURSE
c.Exchange.root = str(HUB / "exchange")
# What is fetched must lie in the course: there its first cell finds the helpers.
c.Exchange.assignment_dir = os.path.join(os.path.expanduser("~"), COURSE, "my_notebooks", "assignments")

# When it is only tried, all users are one account of the machine, whose name nbgrader would take for everybody's.
if OWN["accounts"] == "try":
    c.ExchangeCollect.check_owner = False
    if os.environ.get("JUPYTERHUB_USER", OWN["teacher"]) != OWN["teacher"]:
        c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
