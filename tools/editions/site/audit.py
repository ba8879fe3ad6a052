"""Look at a finished site as a student's browser and a worried teacher would: all there, nothing forbidden, not too big."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tools.editions.site.errors import SiteError

LARGEST = 60_000_000  # bytes: what a free host of static pages takes without complaint
# Never in a page for students: solutions, tests, the teacher's tools, the text of the article, marks; source maps.
FORBIDDEN = re.compile(
    r"\.map$|/files/(tests|tools|benchmarks|notebooks/(assignments|teaching))/|/files/helpers/classroom/"
    r"|/article\.txt$|gradebook|solution[^/]*\.(py|ipynb|md)$|/lesson_template\.ipynb$|__pycache__"
)
SOLUTION_MARKS = ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS")


def check(site: Path, files: list[str]) -> int:
    """Check a site for the files that a student must find, before anybody sees it; return its size in bytes.

    `SiteError` if something is missing, forbidden or too big.
    """
    problems = [f"it lacks {name}" for name in files if not (site / "files" / name).is_file()]
    listed = _listed(site)
    problems += [f"its list of files lacks {name}" for name in files if name not in listed]
    every = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    problems += [f"it must not hold {name}" for name in every if FORBIDDEN.search(f"/{name}")]
    problems += [f"{name} holds a solution" for name, path in every.items() if _gives_away(path)]
    size = sum(path.stat().st_size for path in every.values())
    if size > LARGEST:
        problems.append(f"it has {size / 1e6:.1f} MB, and {LARGEST / 1e6:.0f} MB are the most")
    if problems:
        raise SiteError("The site is not as it should be:\n  " + "\n  ".join(problems[:20]))
    return size


def _listed(site: Path) -> set[str]:
    """Return the files that the page itself knows of: it cannot look into folders."""
    found: set[str] = set()
    for listing in (site / "api" / "contents").rglob("*.json"):
        content = json.loads(listing.read_text(encoding="utf-8")).get("content") or []
        found |= {entry["path"] for entry in content if entry["type"] != "directory"}
    return found


def _gives_away(path: Path) -> bool:
    if path.suffix != ".ipynb":
        return False
    text = path.read_text(encoding="utf-8")
    return any(mark in text for mark in SOLUTION_MARKS)
