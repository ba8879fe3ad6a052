"""Short errors: common slips in plain words, everything else as Python shows it, and never an error of their own."""

from __future__ import annotations

import json
import linecache
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from traitlets.config import Config

import helpers
from helpers import errors, load
from helpers.errors import short_message
from helpers.slips import _made_by

FIRST = "import pandas as pd\nfrom helpers import load, show_table\n"


def raised(code: str, **names: Any) -> str:
    """Run code as a cell, and return the short message for what it raises."""
    space = {"__name__": "__main__", "get_ipython": None, "pd": pd, "load": load, "show_table": helpers.show_table, **names}
    space["helpers"] = helpers
    file = "<a cell>"
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    try:
        exec(compile(code, file, "exec"), space)
    except Exception as error:
        trace = error.__traceback__.tb_next if error.__traceback__ and not isinstance(error, SyntaxError) else None
        message = short_message(error, trace, space)
        last = message.splitlines()[-1] if message else ""
        assert not message or (last.split(":")[0].endswith(type(error).__name__)), message  # Python's own last line
        return message
    raise AssertionError("nothing was raised")


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    events = load("events")
    wide = pd.DataFrame({1973: [1], 1974: [2]})
    ax = Figure().add_subplot()
    return {
        "wide": wide,
        "ax": ax,
        "events": events,
        "claims": load("claims"),
        "published": 2021,
        "names": ["a", "b"],
        "dots": ...,
        "none": None,
    }


SLIPS = [
    ("publised - 1947", ["line 1:  publised - 1947", "Did you mean `published`?", "not run since", "quotation marks"]),
    ("x = 1\nPublished", ["line 2:  Published", "Capitals count. The name that you made is `published`"]),
    ('check("00.1", 48)', ["The first cell with code brings `check`", "Run All Above Selected Cell"]),
    ("plt.figure()", ["The first cell with code brings `plt`"]),
    ("claim_events.merge(events)", ['load("claim_events")']),
    ("events.sort_values('title', ascending=false)", ["Python writes `False`"]),
    ("kinds = [opinion]", ["put it between quotation marks"]),
    ('events["titel"]', ["no column 'titel'", "Did you mean 'title'?", "event_id, date,"]),
    ('events["Kind"]', ["no column 'Kind'", "'kind' is written with other capitals or blanks"]),
    ('events[["titel", "date"]]', ["no column 'titel'", "'title'"]),
    ('events.sort_values("titl")', ["no column 'titl'", "'title'"]),
    ('events.groupby("knd").size()', ["no column 'knd'", "'kind'"]),
    ('events.groupby("kind")["titel"].max()', ["no column 'titel'"]),
    ('events.groupby("kind")[["titel", "date"]].max()', ["no column 'titel'"]),
    ('events.pivot_table(index="yer", columns="kind", values="title")', ["no column 'yer'"]),
    ('events.merge(claims, on="event_id")', ["no column 'event_id' in one of the two tables", "claim_id, paragraph"]),
    ('events.drop(columns=["titl"])', ["no column 'titl'"]),
    ('events.set_index("dat")', ["no column 'dat'", "'date'"]),
    ('events.loc["x"]', ["no row and no column 'x'"]),
    ('events["title"]["zzz"]', ["no entry 'zzz'"]),
    ('events[events["kind" == "treaty"]]', ["Two words were compared"]),
    ("events[2]", ["[2:3]"]),
    ('events["kind"].isin("a")', ["isin wants one list"]),
    ('events["kind"].isin("a", "b")', ["isin wants one list"]),
    ('events["title"] == ["a", "b"]', ["use isin"]),
    ('helpers.plot_spans(load("spans"), "x")', ["Say what it is for"]),
    ('events.dropna("date")', ["Say what it is for"]),
    ("events[events['date'].isna]", ["round brackets may be missing"]),
    ("load()", ["Something is missing in the round brackets"]),
    ('events.sort_values("date", ascendng=True)', ["letter by letter"]),
    ('events.groupby("era_id").max()', ["Words have no mean and no largest"]),
    ('events["kind"].mean()', ["Words have no mean"]),
    ('pd.DataFrame({"a": ["x", "y"], "b": ["z"]})', ["equally long"]),
    ('pd.DataFrame({"a": "x"})', ["even a list of one"]),
    ("names = ['a' 'b', 'c']\nevents.head(3).assign(x=names)", ["count the commas"]),
    ("fig, a, b = [1, 2]", ["fig, (above, below)"]),
    ("ax.bar(['a', 'b'], [1, 2, 3])", ["different lengths"]),
    ("ax.plot([1, 2], [1, 2, 3])", ["different lengths"]),
    ("ax.plot('year', 'agreement')", ["without its table"]),
    ("ax.title('x')", ["set_title"]),
    ("1300 ^ 0.5", ["two stars"]),
    ("events.merge('claims', on='a')", ["A table stands between quotation marks"]),
    ("(1, 2).plot()", ["fig, ax = plt.subplots()"]),
    ("events['date'] == NaN", [".isna()"]),
    ("isna(events['date'])", ["with a dot between"]),
    ("x = 'the author's 4f'", ["apostrophe"]),
    ('events[events["kind"] =! "a"]', ["!="]),
    ("wide[1900]", ["no column '1900'", "1973"]),
    ("events[...]", ["Three dots (...) still stand"]),
    ("len(dots)", ["Three dots (...) still stand"]),
    ("events.crosstab('kind')", ["pd.crosstab(…)"]),
    ("ax.set_titel('x')", ["`set_titel`", "`set_title`"]),
    ('events.groupby("kind").haed(3)', ["`head`"]),
    ("events.titel", ["`titel`", "a table has nothing of this name", "`title`"]),
    ("events.haed(3)", ["`head`"]),
    ("pd.dataframe({})", ["the module pandas", "`DataFrame`"]),
    ("events['title'].str.contain('a')", ["`contains`"]),
    ("import panda as pd", ["no library `panda`", "`pandas`"]),
    ("import maplotlib.pyplot as plt", ["`matplotlib`"]),
    ("import matplotlib.pylot as plt", ["`matplotlib.pyplot`"]),
    ("from matplotlib import pyploy", ["`pyplot`"]),
    ("from helper import load", ["`helpers`"]),
    ("from helpers import Load, chek", ["nothing that is called `Load`", "`load`"]),
    ("from pandas import Dataframe", ["`DataFrame`"]),
    ("from pandas import qqqq", ["letter by letter"]),
    ("import unheard_of", ["The lessons use only pandas"]),
    ("print(1).head()", ["is nothing (None)"]),
    ('events("title")', ["Square brackets pick"]),
    ("events.head[3]", ["A function wants round ones"]),
    ("names[2]", ["Python counts from 0"]),
    ('"2021" - 1973', ["A text and something that is no text"]),
    ('"2021" + 1973', ["A text and something that is no text"]),
    ("none + 1", ["nothing (None)"]),
    ('events[events[____] == "treaty"]', ["A blank (____) still stands"]),
    ("events.head(_____)", ["A blank (____) still stands"]),
    ("dots - 1947", ["Three dots (...) still stand"]),
    ('dots["a"]', ["Three dots (...) still stand"]),
    ("dots.head()", ["Three dots (...) still stand"]),
    ('events[(events["kind"] == "a") and (events["kind"] == "b")]', ["write & for and"]),
    ('events[events["kind"] == "a" & events["kind"] == "b"]', ["Round brackets are missing"]),
    ('events[events["earliest"] >= "1968-01-01" & events["earliest"] <= "1978-12-31"]', ["Round brackets are missing"]),
    ('load("event")', ["Its own message stands below", "There is no table 'event'"]),
    ('show_table(events, "x", columns=["titel"])', ["Its own message stands below", "Did you mean 'title'?"]),
    ("kinds = [“claim”]", ["Here stands “", 'straight quotation mark "']),
    ("kinds = [‘claim’]", ["Here stands ‘", "straight quotation mark '"]),
    ('kinds = ["a"، "b"]', ["Here stands ،", "the comma"]),
    ('kinds = ["a"؛ "b"]', ["Here stands ؛", "the semicolon"]),
    ("years = 2021 – 1973", ["Here stands –", "minus"]),
    ("years = 2021 − 1973", ["Here stands −", "minus"]),
    ("years = ٤٨", ["the digits 0 to 9", "٤"]),
    ("years = ۴۸", ["the digits 0 to 9", "۴"]),
    ("years = …", ["looks like three dots"]),
    ("years =\u00a048", ["cannot be seen"]),
    ("years = 2 × 3", ["the star *"]),
    ("years = (2021 - 1973", ["open and never closed"]),
    ("x = 1\nkinds = ['a', 'b'\n", ["line 2:", "open and never closed"]),
    ("years = 2021 - 1973)", ["no partner"]),
    ('a = "abc', ["A quotation mark is missing"]),
    ("a = 'Iraq's'", ["A quotation mark is missing", "apostrophe"]),
    ('events[events["kind"] = "treaty"]', ["write =="]),
    ('kinds = ["a" "b" c]', ["comma is missing"]),
    ("def f()\n    return 3", ["A colon : is missing"]),
    ("def f():\nreturn 3", ["line 2:  return 3", "four spaces"]),
    ("x = 1\n  y = 2", ["line 2:", "Take the blanks away"]),
    ("if True:\n    x = 1\n  y = 2", ["do not fit together"]),
    ("x = 03", ["put it between quotation marks"]),
    ("x = 1973a", ["put it between quotation marks"]),
    ('show_table(columns=["a"], events)', ["comes last"]),
]


SLIPS += [
    ('events["kind", "title"]', ['two pairs of square brackets: table[["date", "title"]]']),
    ('events.drop("kind")', ['drop takes rows away. For a column write: table.drop(columns="kind").']),
    ('events.drop("x")', ["There is no column 'x' here."]),
    ('events["title"].upper()', ["For each value of a column write: table[…].str.upper."]),
    ('events["earliest"].year', ["table[…].dt.year."]),
    ("my-table = 5", ["On the left of = stands no name", "no hyphen, as in my_table"]),
    ('pd.read_csv("my.csv")', ["There is no such file", "beside the notebook"]),
]


@pytest.mark.parametrize(("code", "words"), SLIPS, ids=[code for code, _ in SLIPS])
def test_a_common_slip_is_told_in_plain_words(code: str, words: list[str], made: dict[str, Any]) -> None:
    message = raised(code, **made)
    flat = " ".join(message.split())
    for part in words:
        assert " ".join(part.split()) in flat, message
    told = message.splitlines()[2:-1]
    assert message.startswith("line ") and all(len(line) <= errors.WIDTH for line in told), message
    assert len(message.splitlines()) <= 12 and "site-packages" not in message


@pytest.mark.parametrize(("count", "said"), [(12, "c10, c11."), (13, "c10, c11 and 1 more.")])
def test_twelve_columns_are_listed_and_of_more_the_rest_is_counted(count: int, said: str) -> None:
    table = pd.DataFrame({f"c{number}": [number] for number in range(count)})
    assert said in " ".join(raised('table["x"]', table=table).split())


@pytest.mark.parametrize("code", ["from colorsys import rgb_to_hsv", "import colorsys\ncolorsys.rgb_to_hsv(0, 0, 0)"])
def test_a_file_of_ones_own_that_hides_a_library_is_named(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "colorsys.py").write_text("red = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    try:
        assert "colorsys.py' in its place" in " ".join(raised(code).split())
    finally:
        sys.modules.pop("colorsys", None)


def test_of_several_missing_columns_three_are_named() -> None:
    message = raised('table[["w1", "w2", "w3", "w4"]]', table=pd.DataFrame({"a": [1]}))
    told = " ".join(message.splitlines()[:-1])  # the last line is Python's own
    assert [f"no column 'w{number}'" in told for number in (1, 2, 3, 4)] == [True, True, True, False]


@pytest.mark.parametrize(
    "code",
    [
        "1 / 0",
        "import importlib; importlib.import_module('no_such_module')",
        'raise ValueError("x")',
        '{"a": 1}["b"]',
        "int('x')",
        "assert False",
        "raise KeyError",
        "raise KeyError(('a', 'b'))",
        "class C:\n    def __getattr__(self, name): raise AttributeError(name)\nC().x",
        "pd.to_datetime('1973-99-99')",
        "exec('1 +')",
        "raise ExceptionGroup('several', [ValueError('x')])",
    ],
)
def test_another_error_is_left_to_python(code: str, made: dict[str, Any]) -> None:
    assert raised(code, **made) == ""


class Bad(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_an_error_without_a_readable_text_stops_nothing(shell: InteractiveShell) -> None:
    shell.user_ns["Bad"] = Bad
    shell.run_cell("raise Bad()")
    shell.run_cell("class K(KeyError):\n    __str__ = None\nraise K('x')")


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_as_code_the_message_stops_nothing(code: str) -> None:
    try:
        compile(code, "<cell>", "exec")
    except SyntaxError as error:
        short_message(error, None, {})
    except ValueError:  # a null byte
        pass


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    settings = Config()
    settings.HistoryManager.enabled = False
    made = InteractiveShell(config=settings)
    made.colors = "nocolor"
    yield made
    made.set_custom_exc((), None)


def test_it_is_switched_on_and_off(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InteractiveShell, "initialized", lambda: True)
    monkeypatch.setattr(InteractiveShell, "instance", lambda: shell)
    shell.run_cell("publised = 1\npublishd")
    assert "Traceback" in capsys.readouterr().out
    helpers.short_errors()
    result = shell.run_cell("publishd")
    said = capsys.readouterr().out
    assert said.startswith("line 1:  publishd\n") and "Traceback" not in said
    assert said.rstrip().endswith("NameError: name 'publishd' is not defined")
    assert isinstance(result.error_in_exec, NameError)  # it failed, whatever is shown
    assert sys.last_type is NameError  # what %tb shows
    shell.run_cell("1 / 0")
    assert "Traceback" in capsys.readouterr().out
    monkeypatch.setattr(errors, "short_message", lambda *_: 1 / 0)
    shell.run_cell("publishd")
    assert "Traceback" in capsys.readouterr().out
    monkeypatch.undo()
    monkeypatch.setattr(InteractiveShell, "initialized", lambda: True)
    monkeypatch.setattr(InteractiveShell, "instance", lambda: shell)
    helpers.short_errors(False)
    shell.run_cell("publishd")
    assert "Traceback" in capsys.readouterr().out


def test_outside_a_notebook_nothing_changes() -> None:
    helpers.short_errors()
    assert not InteractiveShell.initialized() or InteractiveShell.instance().custom_exceptions == ()


def test_the_cell_that_makes_a_name_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [
        {"cell_type": "markdown", "source": "era = 1"},
        {"cell_type": "code", "source": ["# the era\n", "era = events.head(3)\n"]},
        {"cell_type": "code", "source": "def share(x):\n    inner = 1\n    return x"},
        {"cell_type": "code", "source": "broken = ("},
    ]
    (tmp_path / "02_mine.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/my_notebooks/02_mine.ipynb")
    assert "The cell that makes `era` has not run" in raised("era.head()")
    assert "It begins:\n# the era\n" in raised("era.head()")
    assert "def share(x):" in raised("share(2)")
    assert "The cell that makes" not in raised("broken") and "The cell that makes" not in raised("inner")
    for odd in ("{", '{"cells": 3}', "[]", '{"cells": [{"cell_type": "code"}, 3]}'):
        (tmp_path / "02_mine.ipynb").write_text(odd, encoding="utf-8")
        assert "does not know the name `era`" in raised("era.head()")
    monkeypatch.setenv("JPY_SESSION_NAME", "/somewhere/other.ipynb")
    assert "does not know the name `era`" in raised("era.head()")


def test_where_work_is_marked_it_stays_off() -> None:
    from classroom.sandbox.inside.shell import MarkedShell

    settings = Config()
    settings.HistoryManager.enabled = False
    marked = MarkedShell(config=settings)
    marked.begin(0, 0)
    marked.set_custom_exc((Exception,), errors._show)
    assert marked.custom_exceptions == ()
    assert isinstance(marked.run_cell("unknown").error_in_exec, NameError)


def test_an_import_makes_the_name_that_stands_behind_as_or_the_first_part() -> None:
    assert _made_by("import os.path\nimport numpy as np\nfrom helpers import load") == {"os", "np", "load"}
