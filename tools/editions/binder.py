"""Links that open the course on Binder: made from the one place where the address of the repository stands.

``[project.urls] Repository`` in pyproject.toml is empty until the course is published; until then there are no links.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
SERVICE = "https://mybinder.org"
# Binder's own names for two hosts; any other is given as a whole address.
HOSTS = {"github.com": "gh", "gitlab.com": "gl"}


@dataclass(frozen=True)
class Course:
    """Where the course is published."""

    repository: str  # address of the repository; empty while there is none
    # The tag of this version, for example ``"v0.1.0"``. A link to a tag opens what the class was prepared with, and
    # Binder need not build anew at each change.
    tag: str


def published() -> Course:
    """Read where the course is published from pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Course(project["urls"].get("Repository", ""), f"v{project['version']}")


def link(course: Course, path: str) -> str:
    """Return the link that opens a file of the repository in JupyterLab on Binder; "" while the course has no repository."""
    if not course.repository:
        return ""
    return f"{SERVICE}/v2/{_place(course.repository)}/{quote(course.tag, safe='')}?urlpath=lab/tree/{quote(path)}"


def badge(course: Course, path: str) -> str:
    """Return a link to the file `path` with Binder's badge as its face, in Markdown; "" while the course has no address."""
    target = link(course, path)
    return f"[![Open on Binder: runs in the browser, saves nothing]({SERVICE}/badge_logo.svg)]({target})" if target else ""


def _place(repository: str) -> str:
    """Write a repository's address as Binder wants it."""
    parts = urlsplit(repository.removesuffix("/").removesuffix(".git"))
    host, path = HOSTS.get(parts.netloc), parts.path.strip("/")
    if host == "gh":
        return f"gh/{path}"
    if host == "gl":  # groups may be nested, so the whole path is one part
        return f"gl/{quote(path, safe='')}"
    return f"git/{quote(repository, safe='')}"
