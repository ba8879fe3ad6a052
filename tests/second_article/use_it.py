"""Run in the folder of a new course whose tables are filled: use all of it, and print what came out as JSON."""

from __future__ import annotations

import atexit
import json
import shutil
import sys
import zipfile
from contextlib import nullcontext
from pathlib import Path

import matplotlib
import nbformat

matplotlib.use("agg")

from classroom import lesson_files
from classroom.__main__ import main as classroom
from classroom.assignments import hidden_tables
from classroom.grading import grade_class
from classroom.handing_out import release
from classroom.sandbox import Executor
from helpers import data, describe, load, plot_spans, plot_timeline
from helpers.article import _page
from helpers.exercises import exercise_ids
from helpers.exercises.feedback import mark
from helpers.explorer import explored, select_events
from helpers.table import html_table
from tools.content import glossary, refresh_data, refresh_notebooks
from tools.editions.book import build as book
from tools.editions.site import start as site
from tools.editions.slides import build as slides

SECOND = "02_treaty_and_light"
ran = {"other_name": classroom(["lesson", "02_its_name"]), "lesson": classroom(["lesson", SECOND])}
ran["refused"] = classroom(["lesson", SECOND])
ran |= {"data": refresh_data.main(), "glossary": glossary.main([]), "plan": classroom(["plan"])}
isolated = [] if shutil.which("bwrap") else ["--unsafe"]
if not isolated:  # `release` and `grade` use one sandbox: to start it takes longer than what they do in it
    started = Executor(workers=1).__enter__()
    atexit.register(started.close)
    for module in (grade_class, release):
        module.Executor = lambda workers, unsafe: nullcontext(started)
ran |= {
    "notebooks": refresh_notebooks.main(["notebooks/01_first_lesson.ipynb", f"notebooks/{SECOND}.ipynb"]),
    "copy": lesson_files.main([]),
    "print": classroom(["print", "01"]),
    "again": refresh_data.main(),
    "check": glossary.main(["--check"]),
    "release": classroom(["release", "ps1"]),
    "bundle": classroom(["bundle", "--assignments", "ps1"]),
}
Path("handed_in/s001").mkdir(parents=True)
given = nbformat.read("notebooks/assignments/release/ps1/ps1.ipynb", as_version=4)
for name, answer in (("s001", 'kinds = events["kind"].value_counts()'), ("s002", "kinds = pd.Series({'treaty': 1})")):
    for cell in given.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "q1":
            cell.source = answer
    Path("handed_in", name).mkdir(exist_ok=True)
    nbformat.write(given, Path("handed_in", name, "ps1.ipynb"))
ran["grade"] = classroom(["grade", "ps1", "--submissions", "handed_in", *isolated])
ran["report"] = classroom(["report", "ps1"])
built = book.build(Path("build/book"))
decks = slides.build(Path("build/slides"))
events = load("events")
found = {
    "folder": str(data.DATA),
    "ran": ran,
    "tables": {name: len(load(name)) for name in data.table_names()},
    "eras": events["era_id"].value_counts().sort_index().to_dict(),
    "earliest": str(events["earliest"].iloc[2].date()),
    "actors": events["actors"].iloc[-1],
    "timeline": describe(plot_timeline(events), detail="full"),
    "lanes": describe(plot_timeline(events, lanes="actor")),
    "spans": describe(plot_spans(load("spans"))),
    "explored": explored(events, era="treaty-and-light", text="bar"),
    "treaties": list(select_events(events, kind="treaty")["event_id"]),
    "table": html_table(events[["date", "title"]], "Events", rows=3),
    "paragraph": _page(4).text,
    "exercises": exercise_ids("01"),
    "right": mark("01.1", len(events)).status,
    "wrong": mark("01.1", 3).status,
    "column": mark("01.2", events["title"].head(3)).status,
    "points": Path("notebooks/assignments/marked/ps1/grades.csv").read_text(encoding="utf-8"),
    "pages": [page.address for page in built.pages],
    "start": Path("build/book/index.html").read_text(encoding="utf-8"),
    "slides": {name: sum(map(len, deck)) for name, deck in decks.items()},
    "zip": sorted(zipfile.ZipFile(next(Path("build").glob("*.zip"))).namelist()),
    "site": site.page(self_contained=False, glossary=False),
    "hidden": {name: content.decode() for name, content in hidden_tables.variant_tables("seed", "ps1", 1).items()},
    "kit": Path("build/print/lesson_01.pdf").stat().st_size,
}
json.dump(found, sys.stdout)
