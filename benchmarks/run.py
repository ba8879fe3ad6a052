"""``make bench``: how long the course takes, as ratios against a named baseline in the same run.

Seconds differ from machine to machine, ratios hardly. So each measurement stands beside a baseline that does the same
without the course. Both run in turn, several times, and the medians are compared. The report is printed, never stored.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from statistics import median

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.browser import browser_rows
from benchmarks.browser_edition import edition_rows
from benchmarks.reading_edition import reading_rows
from benchmarks.rows import Row

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "notebooks"
REPEATS, QUICK_REPEATS = 7, 3
PACKAGES = ("pandas", "matplotlib", "numpy", "ipywidgets", "jupyterlab")

# The bounds that the course sets itself.
MOST_IMPORT = 1.10  # times the import of pandas, pyplot and ipywidgets
MOST_LOAD = 30.0  # milliseconds
MOST_LESSON = 10.0  # seconds
MOST_MAKE = 0.5  # seconds over `make help`
MOST_SERIES = 2.0  # times as many notebooks that only import, one after the other

_LIBRARIES = "import pandas, matplotlib.pyplot, ipywidgets"
_HELPERS = "import helpers; helpers.load, helpers.plot_timeline, helpers.show, helpers.check"

_IMPORTS = """
import time
start = time.perf_counter()
{imports}
print(time.perf_counter() - start)
"""

_LOAD = f"""
import json, time
{_LIBRARIES}
{_HELPERS}
def load():
    {{call}}
times = []
for _ in range(8):
    start = time.perf_counter()
    load()
    times.append(time.perf_counter() - start)
print(json.dumps(times))
"""

# The four tables behind `load("events")`, read without their types, their rules, the eras and the actors.
_LOADS = {
    "ours": 'helpers.load("events")',
    "base": '[pandas.read_csv(f"data/{name}.csv") for name in ("events", "eras", "event_actors", "actors")]',
}

# A timeline against the same titles as plain texts on empty axes of the same size: placing them is what the course adds.
_TIMELINES = """
import json, sys, time
import matplotlib.pyplot as plt
from helpers import load, plot_timeline
from helpers.notebook import png

def plain(titles, size):
    figure, ax = plt.subplots(figsize=size)
    for position, title in enumerate(titles):
        ax.text(position, position, title, fontsize=8)
    ax.set(xlim=(0, len(titles)), ylim=(0, len(titles)))
    return figure

def timed(make):
    start = time.perf_counter()
    figure = make()
    middle = time.perf_counter()
    picture = png(figure)
    end = time.perf_counter()
    plt.close(figure)
    return middle - start, end - middle, len(picture), list(figure.get_size_inches())

events = load("events")
groups = {str(era): rows for era, rows in events.groupby("era_id", observed=True)} | {"all events": events}
result = {}
plot_timeline(events.head(3))  # fonts are looked for once
for name, rows in groups.items():
    size = timed(lambda: plot_timeline(rows).get_figure(root=True))[3]
    runs = [
        (timed(lambda: plot_timeline(rows).get_figure(root=True)), timed(lambda: plain(rows["title"], size)))
        for _ in range(int(sys.argv[1]))
    ]
    result[name] = {"events": len(rows), "runs": [[ours[:3], base[:3]] for ours, base in runs]}
print(json.dumps(result))
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure and print the report; progress goes to stderr."""
    parser = argparse.ArgumentParser(prog="benchmarks.run", description="Measure how long the course takes.")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_REPEATS} repeats instead of {REPEATS}")
    repeats = QUICK_REPEATS if parser.parse_args(arguments).quick else REPEATS
    rows: list[Row] = []
    in_browsers = (browser_rows, edition_rows, reading_rows)
    for measure in (import_rows, load_rows, lesson_rows, series_rows, make_rows, timeline_rows, *in_browsers):
        print(f"Measuring: {measure.__name__.removesuffix('_rows')} …", file=sys.stderr, flush=True)
        rows += measure(repeats)
    print(report(rows, repeats))
    return 0


def import_rows(repeats: int) -> list[Row]:
    """Measure the import and first use of ``helpers`` over the import of the libraries that a lesson needs anyway."""
    scripts = {"ours": f"{_LIBRARIES}\n{_HELPERS}", "base": _LIBRARIES}
    tasks = {name: _import_task(imports) for name, imports in scripts.items()}
    times = interleaved(tasks, repeats)
    ours, base = median(times["ours"]), median(times["base"])
    ratio = ours / base
    what = "import of pandas, pyplot, ipywidgets and `helpers` with first use, against the three alone"
    bound = f"{MOST_IMPORT:.2f} times"
    return [Row(what, f"{ours * 1000:.0f} ms", f"{base * 1000:.0f} ms", ratio, bound, ratio <= MOST_IMPORT)]


def _import_task(imports: str) -> Callable[[], float]:
    return lambda: float(python(_IMPORTS.format(imports=imports)))


def load_rows(repeats: int) -> list[Row]:
    """Measure ``load("events")`` after the imports, the first call and the later ones, against reading the files."""
    runs: dict[str, list[list[float]]] = {name: [] for name in _LOADS}
    for _ in range(repeats):
        for name, call in _LOADS.items():
            runs[name].append([1000 * seconds for seconds in json.loads(python(_LOAD.format(call=call)))])
    rows = []
    for which, calls in {"first call": slice(0, 1), "later calls": slice(1, None)}.items():
        ours, base = (median(median(run[calls]) for run in runs[name]) for name in _LOADS)
        what = f'`load("events")` after the imports, {which}, against `read_csv` of the same four files'
        bound = f"{MOST_LOAD:.0f} ms"
        rows.append(Row(what, f"{ours:.1f} ms", f"{base:.1f} ms", ours / base, bound, ours <= MOST_LOAD))
    return rows


def lesson_rows(repeats: int) -> list[Row]:
    """Measure each lesson from top to bottom, against a notebook that only imports pandas and pyplot.

    Parameters
    ----------
    repeats : int
        How often.

    Returns
    -------
    list of Row
        A lesson that fails gets a row that says so.
    """
    bare = new_notebook(cells=[new_code_cell("import matplotlib.pyplot as plt\nimport pandas as pd")])
    tasks: dict[str, Callable[[], float]] = {"": lambda: notebook_seconds(bare)}
    rows = []
    for path in sorted(LESSONS.glob("[0-9][0-9]_*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        try:
            notebook_seconds(notebook)
        except CellExecutionError as problem:
            rows.append(Row(f"lesson {path.stem}", f"failed: {problem.ename}"))
        else:
            tasks[path.stem] = _lesson_task(notebook)
    times = interleaved(tasks, repeats)
    base = median(times.pop(""))
    for name, seconds in times.items():
        found = median(seconds)
        what = f"lesson {name}, kernel started and every cell run, against a notebook with imports only"
        bound = f"{MOST_LESSON:.0f} s"
        rows.append(Row(what, f"{found:.2f} s", f"{base:.2f} s", found / base, bound, found <= MOST_LESSON))
    return sorted(rows, key=lambda row: row.what)


def series_rows(repeats: int) -> list[Row]:
    """Measure the whole series under nbval with two workers, against as many notebooks that only import, one by one."""
    lessons = [str(path) for path in sorted(LESSONS.glob("[0-9][0-9]_*.ipynb"))]
    start = f"import sys\n\nsys.path.insert(0, {str(LESSONS.parent)!r})"
    source = f"{start}\nimport matplotlib.pyplot\nimport pandas\n\nimport helpers"
    with tempfile.TemporaryDirectory() as folder:
        bare = [str(Path(folder) / f"bare_{number:02d}.ipynb") for number in range(len(lessons))]
        for name in bare:
            nbformat.write(new_notebook(cells=[new_code_cell(source, execution_count=1)]), name)
        tasks = {"ours": lambda: _nbval_seconds(lessons, 2), "base": lambda: _nbval_seconds(bare, 0)}
        times = interleaved(tasks, max(1, repeats // 3))
    ours, base = median(times["ours"]), median(times["base"])
    what = f"all {len(lessons)} lessons under nbval, two workers, against as many with imports only, one worker"
    bound = f"{MOST_SERIES:.0f} times"
    return [Row(what, f"{ours:.1f} s", f"{base:.1f} s", ours / base, bound, ours / base <= MOST_SERIES)]


def _nbval_seconds(names: list[str], workers: int) -> float:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        f"-n{workers}",
        "-p",
        "no:cacheprovider",
        "-c",
        "pyproject.toml",
        *names,
    ]
    start = time.perf_counter()
    subprocess.run(command, cwd=LESSONS.parent, check=True, capture_output=True)
    return time.perf_counter() - start


def _lesson_task(notebook: nbformat.NotebookNode) -> Callable[[], float]:
    return lambda: notebook_seconds(notebook)


def notebook_seconds(notebook: nbformat.NotebookNode) -> float:
    """Run a copy of a notebook, as ``make notebooks`` does, and say how long it took.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook; it is not changed.

    Returns
    -------
    float
        Seconds, the start of its kernel included.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    resources = {"metadata": {"path": str(LESSONS)}}
    client = NotebookClient(deepcopy(notebook), timeout=120, kernel_name="python3", resources=resources)
    start = time.perf_counter()
    client.execute(stderr=subprocess.DEVNULL)  # the kernel's own log
    return time.perf_counter() - start


def make_rows(repeats: int) -> list[Row]:
    """Measure ``make env`` when there is nothing to do, against ``make help``."""
    what = "`make env` when it is up to date, against `make help`"
    if shutil.which("make") is None:
        return [Row(what, "not measured: no make")]
    if subprocess.run(["make", "-q", "env"], cwd=ROOT, env=_environment(), capture_output=True).returncode:
        return [Row(what, "not measured: not up to date")]
    times = interleaved({"env": lambda: _make_seconds("env"), "help": lambda: _make_seconds("help")}, repeats)
    ours, base = median(times["env"]), median(times["help"])
    bound = f"{MOST_MAKE} s more"
    return [Row(what, f"{ours:.3f} s", f"{base:.3f} s", ours / base, bound, ours - base <= MOST_MAKE)]


def _make_seconds(target: str) -> float:
    start = time.perf_counter()
    subprocess.run(["make", target], cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def timeline_rows(repeats: int) -> list[Row]:
    """Measure the timeline of each era and of all events: placing it, rendering it, and the size of its picture."""
    rows = []
    for name, found in json.loads(python(_TIMELINES, str(repeats))).items():
        for position, step in enumerate(("placed", "rendered to PNG")):
            ours, base = (1000 * median(run[side][position] for run in found["runs"]) for side in (0, 1))
            what = f"timeline of {name} ({found['events']} events), {step}, against the same titles as plain texts"
            rows.append(Row(what, f"{ours:.0f} ms", f"{base:.0f} ms", ours / base))
        ours, base = (found["runs"][0][side][2] / 1024 for side in (0, 1))
        rows.append(Row(f"timeline of {name}, size of its PNG", f"{ours:.0f} KiB", f"{base:.0f} KiB", ours / base))
    return rows


def interleaved(tasks: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, list[float]]:
    """Run tasks in turn, so that a busy moment of the machine falls on all of them.

    Parameters
    ----------
    tasks : mapping of str to callable
        Each returns the seconds that it took. Each runs once more beforehand, to fill the caches.
    repeats : int
        How many rounds.

    Returns
    -------
    dict of str to list of float
        The seconds of each task.
    """
    for task in tasks.values():
        task()
    rounds = [{name: task() for name, task in tasks.items()} for _ in range(repeats)]
    return {name: [times[name] for times in rounds] for name in tasks}


def python(script: str, *arguments: str) -> str:
    """Run a script in a new Python process.

    Parameters
    ----------
    script : str
        The code.
    *arguments : str
        What stands in ``sys.argv`` after the script.

    Returns
    -------
    str
        What it printed.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails; its error stands on stderr.
    """
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _environment() -> dict[str, str]:
    """Our environment, without the settings of the make that may have started us."""
    outer = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    kept = {name: value for name, value in os.environ.items() if name not in outer}
    return kept | {"TZ": "UTC", "LC_ALL": "C.UTF-8", "MPLBACKEND": "agg", "PYTHONHASHSEED": "0", "COURSE_HIDE_ARTICLE": "1"}


def report(rows: list[Row], repeats: int) -> str:
    """Return the report.

    Parameters
    ----------
    rows : list of Row
        The measurements.
    repeats : int
        How often each was made.

    Returns
    -------
    str
        Markdown: where and with what it was measured, and a table.
    """
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    today = time.strftime("%d %B %Y").removeprefix("0")
    lines = [
        f"{today}. Python {platform.python_version()}, {packages}; {machine}. Medians of {repeats} runs.",
        "",
        "| what | measured | baseline | ratio | bound | |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        verdict = {True: "ok", False: "**over**", None: ""}[row.within]
        lines.append(f"| {row.what} | {row.measured} | {row.baseline} | {ratio} | {row.bound} | {verdict} |")
    return "\n".join(lines)


if __name__ == "__main__":
    os.environ.update(_environment())
    sys.exit(main())
