"""Honest, and odd: what students do without meaning harm. Nothing that they earned is lost."""

from __future__ import annotations

from tests.support.attacks.case import RIGHT, Attack

_RIGHT = RIGHT["q2"]
ALL = "q1 q2 q3"
PATIENT = 10.0  # nobody here is slow, but the machine may be


def _odd(name: str, code: str, state: str = "ok", earns: str = ALL, says: str = "") -> Attack:
    return Attack(name, {"q2": code}, earns, state, says, PATIENT)


LIST: list[Attack] = [
    Attack("everything right", {}, ALL, seconds=PATIENT),
    _odd(
        "another way", 'counts = events.groupby("level", observed=False).size().sort_values(ascending=False).rename("count")'
    ),
    _odd("prints, and shows the table", f"print(events)\n{_RIGHT}\nprint(counts)\ncounts"),
    _odd("names of built-ins", f"list = str = sum = len = print = 3\n{_RIGHT}"),
    _odd("forgets the tables afterwards", f"{_RIGHT}\ndel events", earns="q1 q2 q3"),
    _odd("magic", f"%matplotlib inline\n%time\n{_RIGHT}"),
    _odd("installs a package", f"!pip install pandas\n%pip install seaborn\n{_RIGHT}", says="not run"),
    _odd("asks for help", f"{_RIGHT}\npd.Series?"),
    _odd("goes elsewhere", f'import os\nos.chdir("/")\n{_RIGHT}'),
    _odd("saves a file", f'{_RIGHT}\ncounts.to_csv("my_counts.csv")\nprint(open("my_counts.csv").read())'),
    _odd("a mark of byte order", f"\ufeff{_RIGHT}"),
    _odd("lines of Windows", f"x = 1\r\n{_RIGHT}\r\n"),
    _odd("letters of many scripts", f'# عراق پاکستان 🏺\nعدد = 3\n{_RIGHT}\nprint("بغداد")', says="بغداد"),
    _odd("a warning", f'import warnings\nwarnings.warn("careful")\n{_RIGHT}'),
    _odd("a figure that is left open", f'{_RIGHT}\ncounts.plot.bar(title="levels")\nplt.show()'),
    _odd("a figure of the course", f"from helpers import plot_timeline\n{_RIGHT}\nshow(plot_timeline(events.head(3)))"),
    _odd("a widget", f"import ipywidgets as w\n{_RIGHT}\nw.IntSlider()"),
    _odd("an asynchronous line", f"import asyncio\nawait asyncio.sleep(0)\n{_RIGHT}"),
    _odd("an error after the answer", f"{_RIGHT}\nimport seaborn", "error", "q1 q3", "ModuleNotFoundError"),
    _odd("a little slow", f"import time\ntime.sleep(0.2)\n{_RIGHT}"),
    _odd("a thread that ends", f"import threading\nt = threading.Thread(target=print)\nt.start()\n{_RIGHT}"),
    _odd("a program that ends", f'import subprocess\nsubprocess.run(["true"], check=True)\n{_RIGHT}'),
    _odd("an empty cell", "", "ok", "q1 q3"),
    _odd("only a remark", "# I could not do this", "ok", "q1 q3"),
    _odd("three dots", "counts = ...", "ok", "q1 q3"),
    _odd("a mistake of syntax", "counts = = 1", "error", "q1 q3", "SyntaxError"),
    _odd("a null byte", "counts = 1\0", "error", "q1 q3"),
    _odd("half a letter in the code", 'counts = "\ud800"', "error", "q1 q3"),
    _odd("a bracket too many, a thousand times", "counts = " + "(" * 5_000 + ")" * 5_000, "", "q1 q3"),
    _odd("a cell of ten megabytes", "x = 1\n" * 1_700_000, "error", "q1 q3", "too long"),
    _odd("the answer's table under another name", f"{_RIGHT}\ntreaties = None"),
    _odd(
        "an answer that is worked out only once",
        'if "mine" not in globals():\n    mine = events["level"].value_counts().rename_axis("level")\ncounts = mine',
    ),
    Attack("an error in the first answer", {"q1": "treaties = events['kindd']"}, "q2 q3", "error", "kindd"),
    Attack("nothing at all", {"q1": "", "q2": "", "q3": ""}, ""),
]
