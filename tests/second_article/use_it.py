"""Run in the folder of a new course whose tables are filled: use all of it, and print what came out as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")

from classroom import lesson_files
from classroom.__main__ import main as classroom
from helpers import data, describe, load, plot_spans, plot_timeline
from helpers.article import _page
from helpers.exercises import exercise_ids
from helpers.exercises.feedback import mark
from helpers.explorer import explored, select_events
from helpers.table import html_table
from tools.content import glossary, refresh_data, refresh_notebooks

ran = {"data": refresh_data.main(), "glossary": glossary.main([]), "plan": classroom(["plan"])}
ran |= {
    "notebooks": refresh_notebooks.main(["notebooks/01_first_lesson.ipynb"]),
    "copy": lesson_files.main([]),
    "print": classroom(["print", "01"]),
    "again": refresh_data.main(),
    "check": glossary.main(["--check"]),
}
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
    "kit": Path("build/print/lesson_01.pdf").stat().st_size,
}
json.dump(found, sys.stdout)
