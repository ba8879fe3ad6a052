"""What is handed to a notebook, and what a script or a terminal prints instead."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from PIL import Image

from classroom.sandbox.inside.shell import MarkedShell
from helpers.output import Page, Picture, as_html, html_description, put_figure
from helpers.table import html_table

ROOT = Path(__file__).resolve().parents[2]
DRAWN = "from helpers import *; show(plot_timeline(load('events').head(3)))"
LISTED = "from helpers import *; show_table(load('eras').head(2), 'Two eras', columns=['title'])"
CHECKED = "from helpers import *; check('01.1', ...)"
# Kernels differ in what they do with bytes, so what matters is what they are given.
PUBLISHED = f"""
import json
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.display_pub = CapturingDisplayPublisher(parent=shell)
{DRAWN}
{LISTED}
{CHECKED}
print(json.dumps(shell.display_pub.outputs))
"""


def run(*arguments: str, code: str | None = None, encoding: str = "utf-8") -> str:
    """Run Python in the course's folder as a person does in a terminal, and return what it printed."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "TERM": "dumb"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, input=code, capture_output=True, cwd=ROOT, env=environment, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


# How a cell of a student's work is run.
MARKED = f"""
from classroom.sandbox.inside.shell import make_shell, run_cell
outcome = run_cell(make_shell(), {DRAWN!r}, 10_000, 1_000_000)
print(outcome.state, [picture[:4] for picture in outcome.pictures], outcome.text)
"""


def png() -> bytes:
    """A PNG of three dots by two."""
    file = io.BytesIO()
    Image.new("RGB", (3, 2), "green").save(file, "png")
    return file.getvalue()


def test_a_notebook_is_given_text_only_and_a_picture_in_base_64() -> None:
    """json.dumps in the other process would refuse bytes, as the page of the browser edition cannot show them."""
    entries = json.loads(run("-c", PUBLISHED))
    published = [entry["data"] for entry in entries]
    assert [set(data) - {"text/plain"} for data in published] == [{"image/png"}, *[{"text/html"}] * 3]
    picture = Image.open(io.BytesIO(base64.b64decode(published[0]["image/png"], validate=True)))
    assert picture.format == "PNG" and picture.width == 2000
    about = entries[0]["metadata"]["image/png"]
    assert about["width"] == 1000  # twice the dots of the page
    assert len(about["marks"].split()) == 3 and all(re.fullmatch(r"[\w-]+(,\d+){3}", m) for m in about["marks"].split())
    assert published[0]["text/plain"].startswith("[Figure: A timeline of 3 events")
    assert all(isinstance(value, str) for data in published for value in data.values())


def test_a_picture_carries_its_alternative_text_beside_it() -> None:
    data, about = Picture(png(), 'Iraq & "Pakistan"')._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]) == png()
    assert about == {"image/png": {"alt": 'Iraq & "Pakistan"'}} and data["text/plain"] == '[Figure: Iraq & "Pakistan"]'


@pytest.mark.parametrize("how", ["python -c", "python script.py", "ipython"])
def test_outside_a_notebook_the_words_are_printed(how: str, tmp_path: Path) -> None:
    code = f"{DRAWN}\n{LISTED}\n{CHECKED}\n"
    if how == "python script.py":
        script = tmp_path / "lesson.py"
        script.write_text(f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}", encoding="utf-8")
        printed = run(str(script))
    elif how == "ipython":
        printed = run("-m", "IPython", "--no-banner", "--simple-prompt", f"--ipython-dir={tmp_path}", code=code)
    else:
        printed = run("-c", code)
    assert printed.count("A timeline of 3 events") == 1 and "Palestine" in printed
    assert "Two eras" in printed and "… Exercise 01.1: Not answered yet." in printed
    for garbage in ("image/png", "\\x89", "iVBOR", "object at 0x", "text/plain", "<"):
        assert garbage not in printed.replace("<class", ""), garbage


def test_a_terminal_that_lacks_a_letter_gets_all_others() -> None:
    printed = run("-c", "from helpers.output import Page, put; put(Page('', 'Karbala: کربلا, 1947–54'))", encoding="ascii")
    assert printed.strip() == "Karbala: ?????, 1947?54"


def test_a_page_is_written_as_its_words(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InteractiveShell, "initialized", lambda: False)
    assert repr(Page("<p>a</p>", "a")) == str(Page("<p>a</p>", "a")) == "a"
    put_figure(png(), "short", "Two events.\n- one\n- two")
    assert capsys.readouterr().out == "In words. Two events.\n- one\n- two\n"


@pytest.mark.parametrize(
    "text", ["from $5 to $7 million", r"C:\data", r"\(x\)", "$$x$$", r"\begin{a}b\end{a}", "$5", "a < b"]
)
def test_a_text_is_no_formula(text: str) -> None:
    """Each sign that could begin a formula stands in an element of its own, if there is anything that could end it."""
    for html in (
        as_html(text),
        html_description(f"{text}\n- {text}"),
        html_table(pd.DataFrame({text: [text]}, index=[text]), text),
    ):
        parts = [
            str(part) for part in BeautifulSoup(html, "html.parser").find_all(string=True) if part.parent.name != "style"
        ]
        assert text in "".join(parts)
        assert not [part for part in parts if part.count("$") > 1 or ("\\" in part and len(part) > 1)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [(png(), [png()]), (base64.b64encode(png()).decode(), [png()]), ("é", []), ("iVBOR", []), (None, []), (3, [])],
    ids=["bytes", "base64", "letters", "padding", "none", "number"],
)
def test_where_work_is_marked_a_picture_is_kept_in_both_forms(given: object, kept: list[bytes]) -> None:
    shell = SimpleNamespace()
    MarkedShell.begin(shell, 100, 10_000)
    MarkedShell.keep(shell, {"image/png": given, "text/plain": "words"})
    assert shell.pictures == kept and shell.kept.whole() == "words\n"


def test_where_work_is_marked_the_picture_of_show_is_seen() -> None:
    assert run("-c", MARKED).startswith(f"ok {[png()[:4]]} [Figure: A timeline of 3 events")
