"""Binder: what its builder makes of the course, the links that open it, and what it leaves out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.support.environment import needs_program
from tests.support.lesson import LESSONS
from tools.content.lesson_table import with_table
from tools.editions.binder import Course, badge, link

ROOT = Path(__file__).resolve().parents[2]
SOMEWHERE = Course("https://github.com/a-school/a-course", "v1.2.3")


@pytest.fixture(scope="module")
def dockerfile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What repo2docker would build, without building it: that needs a docker engine."""
    course = tmp_path_factory.mktemp("binder") / "course"
    shutil.copytree(ROOT / "tools", course / "tools")
    for name in ("environment.yml", "postBuild", "pyproject.toml", "requirements.txt", "Makefile"):
        shutil.copy2(ROOT / name, course)
    made = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id=1000", "--user-name=learner", str(course)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout + made.stderr


def test_binder_builds_the_python_that_environment_yml_names(dockerfile: str) -> None:
    wanted = re.search(r"python=([\d.]+)", (ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert wanted
    assert f"Building conda environment for python={wanted[1]}" in dockerfile


def test_the_environment_is_built_before_the_course_is_copied(dockerfile: str) -> None:
    """Otherwise every new commit would build everything anew, and each first learner would wait for it."""
    steps = [
        dockerfile.index("src/environment.yml ${REPO_DIR}/environment.yml"),
        dockerfile.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"'),
        dockerfile.index("src/ ${REPO_DIR}/"),
        dockerfile.index("./postBuild"),
    ]
    assert steps == sorted(steps)


def test_nothing_is_installed_after_the_course_is_copied(dockerfile: str) -> None:
    after = dockerfile[dockerfile.index("src/ ${REPO_DIR}/") :]
    assert not re.findall(r"pip install|conda install|mamba install|env update", after)


def test_post_build_leaves_the_solved_sample_out(tmp_path: Path) -> None:
    needs_program("bash")
    course, python = tmp_path / "course", tmp_path / "python"
    (course / "notebooks" / "assignments" / "source" / "ps1").mkdir(parents=True)
    (course / "notebooks" / "assignments" / "README.md").write_text("kept", encoding="utf-8")
    shutil.copytree(ROOT / "tools", course / "tools")
    shutil.copy2(ROOT / "postBuild", course)
    venv.create(python, with_pip=False)  # what it writes into must not be the environment of these tests
    path = os.pathsep.join([str(python / "bin"), os.environ["PATH"]])
    subprocess.run(["bash", "postBuild"], cwd=course, env={**os.environ, "PATH": path}, check=True, timeout=60)
    assert not (course / "notebooks" / "assignments" / "source").exists()
    assert (course / "notebooks" / "assignments" / "README.md").exists()
    settings = python / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    assert json.loads(settings.read_text(encoding="utf-8")) == json.loads(
        (ROOT / "tools" / "lab_overrides.json").read_text(encoding="utf-8")
    )


# --- links ---------------------------------------------------------------------------------------


def test_a_link_opens_a_lesson_at_a_tag() -> None:
    address = link(SOMEWHERE, "notebooks/00_start_here.ipynb")
    assert address == ("https://mybinder.org/v2/gh/a-school/a-course/v1.2.3?urlpath=lab/tree/notebooks/00_start_here.ipynb")


@pytest.mark.parametrize(
    ("repository", "place"),
    [
        ("https://github.com/a-school/a-course/", "gh/a-school/a-course"),
        ("https://github.com/a-school/a-course.git", "gh/a-school/a-course"),
        ("https://gitlab.com/a-school/history/a-course", "gl/a-school%2Fhistory%2Fa-course"),
        ("https://git.school.example/a-course", "git/https%3A%2F%2Fgit.school.example%2Fa-course"),
    ],
)
def test_every_host_is_written_as_binder_wants_it(repository: str, place: str) -> None:
    assert urlsplit(link(Course(repository, "v1"), "a.ipynb")).path == f"/v2/{place}/v1"


def test_there_is_one_link_a_lesson_in_the_readme_once_there_is_an_address() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = with_table(readme, SOMEWHERE)
    links = [urlsplit(found) for found in re.findall(r"\[Binder\]\((https://mybinder\.org/v2/[^)]+)\)", table)]
    assert badge(SOMEWHERE, "notebooks/00_start_here.ipynb") in table
    opened = [unquote(parse_qs(found.query)["urlpath"][0]) for found in links]
    assert opened == [f"lab/tree/notebooks/{path.name}" for path in LESSONS]
    assert all(found.path.endswith("/v1.2.3") for found in links)


def test_without_an_address_there_is_no_link() -> None:
    nowhere = Course("", "v1")
    assert link(nowhere, "a.ipynb") == badge(nowhere, "a.ipynb") == ""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "mybinder.org/v2/" not in with_table(readme, nowhere)


def test_the_page_on_binder_says_what_it_forgets() -> None:
    text = " ".join((ROOT / "notebooks" / "binder.md").read_text(encoding="utf-8").split())
    for fact in ("One to two minutes", "ten minutes without any work", "Nothing is saved", "File → Download", "full"):
        assert fact in text
