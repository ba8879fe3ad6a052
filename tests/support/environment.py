"""The surroundings of every test: the same clock and language, no article, no network. A plugin, so that kernels get it
also when only notebooks are run."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from tools.editions.npm import NpmError, Package, parts

# This optional part of jsonschema builds a grammar when it is imported, which takes a second; nbformat imports it, and so
# does every run of a lesson. Nothing here checks addresses with letters of other scripts, which is all that it is for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# What was compiled is kept, whatever a person has set: or each of the hundreds of processes that a run starts would compile
# the course anew, and each of its workers all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

HIDE_ARTICLE = "COURSE_HIDE_ARTICLE"  # as helpers.class_settings; importing it would import pandas into every run
# Kernels that nbval starts inherit these. IPython runs what stands in the profile's startup folder before a lesson's
# first cell: there the network is blocked. A profile of its own also keeps a developer's settings out.
_PROFILE = Path(tempfile.mkdtemp(prefix="course-ipython-"))
shutil.copytree(Path(__file__).parent / "ipython", _PROFILE, dirs_exist_ok=True)
os.environ.update(
    {
        "IPYTHONDIR": str(_PROFILE),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "agg",
        "JUPYTER_PLATFORM_DIRS": "1",
        HIDE_ARTICLE: "1",
    }
)


# What `make quick` leaves out, beside the lessons: builds, browsers, sandboxes, whole runs of lessons and of classes, and
# properties that are tried on many figures. Each file here takes more than some five seconds of a processor, each test more
# than one.
SLOW = {
    "editions": (
        "axe",
        "binder",
        "book",
        "browser_lab",
        "lab",
        "other_machines",
        "poster",
        "set_up",
        "site",
        "slides",
    ),
    "helpers": (
        "course_charts",
        "explorer",
        "output.py::test_a_notebook_is_given_text_only_and_a_picture_in_base_64",
        "output.py::test_outside_a_notebook_the_words_are_printed",
        "output.py::test_where_work_is_marked_the_picture_of_show_is_seen",
        "own_tables",
        "settings",
        "shadows",
        "timeline",
        "titles",
    ),
    "lessons": (
        "datapackage.py::test_frictionless_finds_no_error",
        "exercises",
        "lessons.py::test_the_table_of_lessons_and_the_picture_in_the_readme_are_up_to_date",
        "seeded_faults",
    ),
    "classroom": (
        "assignments",
        "carried",
        "changes.py::test_sheets_of_0_2_0_say_a_verdict_and_a_day_that_no_longer_hold",
        "csv_files",
        "database",
        "grade",
        "groups",
        "hidden_tables",
        "hub",
        "hub_class",
        "layouts.py::test_whatever_is_handed_in_each_file_is_listed_once",
        "machine_faults",
        "marking",
        "marking_page",
        "new",
        "own_tables",
        "parts",
        "platform_lists",
        "print",
        "sandbox",
        "sandbox_points",
        "sandbox_workers",
        "sanitise",
        "words",
    ),
    "tools": ("tools", "translate"),
}
_SLOW = {f"tests/{folder}/test_{name if '.' in name else name + '.py'}" for folder, names in SLOW.items() for name in names}
_QUICK = "not slow"  # as the Makefile says it

# What one process is busy with longest. These begin first, the longest before the others: else one of them is still running
# alone when the other processes have nothing left to do.
_LONGEST = [
    f"tests/{name}.py"
    for name in (
        "editions/test_book",
        "classroom/test_sandbox_points",
        "editions/test_browser_lab",
        "editions/test_other_machines",
        "classroom/test_new",
        "classroom/test_grade",
        "editions/test_site",
        "editions/test_slides",
        "lessons/test_seeded_faults",
        "lessons/test_exercises",
        "classroom/test_print",
        "helpers/test_timeline",
        "classroom/test_parts",
        "tools/test_tools",
        "helpers/test_explorer",
        "classroom/test_hidden_tables",
        "helpers/test_settings",
        "helpers/test_titles",
        "helpers/test_course_charts",
        "classroom/test_machine_faults",
        "classroom/test_hub_class",
    )
]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even load what `make quick` leaves out: to load it takes as long as to run the rest of its folder."""
    inside = collection_path.is_relative_to(config.rootpath) and collection_path.relative_to(config.rootpath).as_posix()
    return True if config.option.markexpr == _QUICK and inside in _SLOW else None


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Let each process load the tests beginning with another one, and so compile what the others then only read.

    Where nothing is compiled yet, as in CI, all processes would else compile the same file at the same time.
    """
    config = collector.config
    worker = getattr(config, "workerinput", None)
    if worker is None or not isinstance(collector, pytest.Session):
        return
    folders = [config.rootpath / arg for arg in config.args if (config.rootpath / arg).is_dir()]
    found = sorted(path for folder in folders for path in folder.rglob("test_*.py"))
    files = [path for path in found if not pytest_ignore_collect(path, config)]
    first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for path in files[first:] + files[:first]:
        with suppress(Exception, pytest.skip.Exception):  # collecting says what is wrong with a file
            importlib.import_module(".".join(path.relative_to(config.rootpath).with_suffix("").parts))


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and let it begin first: short tests then fill the end, and the processes stop together."""
    for item in items:
        file, test = item.nodeid.partition("::")[0], item.nodeid.partition("[")[0]
        if file in _SLOW or test in _SLOW or file.endswith(".ipynb"):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, _rank(item)))


def _rank(item: pytest.Item) -> int:
    file = item.nodeid.partition("::")[0]
    return _LONGEST.index(file) if file in _LONGEST else len(_LONGEST)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays until the end: nine thousand tests, and all libraries."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Take the profile away again."""
    shutil.rmtree(_PROFILE, ignore_errors=True)


def from_npm(package: Package) -> dict[str, bytes]:
    """What comes from npm. Without it, or its registry, a test is skipped on a user's machine, and fails in CI."""
    try:
        return parts(package)
    except NpmError as problem:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must have it: {problem}")
        pytest.skip(str(problem))


def needs_program(name: str) -> None:
    """Skip a test for want of a system program on a user's machine; fail in CI, where it must be there."""
    if shutil.which(name):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing, and CI must have it: see .ci/run")
    pytest.skip(f"{name} is not installed on this machine")
