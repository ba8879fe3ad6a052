"""Run lessons on other tables in forks of one process that has loaded everything once: some tenths of a second each.

``python -m tests.support.forked_lessons`` answers requests, one JSON object a line: ``{"lesson": …, "course": …,
"draws": …}``, where the folder ``course`` holds the tables. The answer is the first cell whose outputs differ from the
stored ones, or null. What is compared is what nbval compares: streams, text and HTML, errors; never pictures. Without
``draws``, cells that draw are left out, and what needs them: they take most of the time.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import nbformat.v4
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from helpers import data

Reader = Callable[..., Any]
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"
DRAWING = {"plot_timeline", "plot_spans", "explore_timeline", "show", "plot", "subplots"}


class Forks:
    """The process that has loaded everything, seen from a test."""

    def __init__(self, prefix: Sequence[str] = (), *, pictures: bool = False, python: str = sys.executable) -> None:
        command = [*prefix, python, "-m", "tests.support.forked_lessons", *(["--pictures"] if pictures else [])]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # a process with threads must not fork
        self._server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=NOTEBOOKS.parent, env=environment
        )

    def first_difference(self, lesson: str, course: Path, *, draws: bool = True) -> dict[str, Any] | None:
        """Run a lesson on a course's tables; return its first cell that differs, as number, stored and seen."""
        assert self._server.stdin and self._server.stdout
        self._server.stdin.write(json.dumps({"lesson": lesson, "course": str(course), "draws": draws}) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        assert "failed" not in answer, answer["failed"]
        found: dict[str, Any] | None = answer["difference"]
        return found

    def close(self) -> None:
        """End the process."""
        assert self._server.stdin
        self._server.stdin.close()
        self._server.wait(timeout=60)


def compared(outputs: list[Any]) -> dict[str, Any]:
    """Return of a cell's outputs what is compared, whatever the order in which streams and displays came."""
    shown = [out["data"] for out in outputs if out["output_type"] in ("display_data", "execute_result")]
    streams: dict[str, str] = {}
    for out in outputs:
        if out["output_type"] == "stream":
            streams[out["name"]] = streams.get(out["name"], "") + "".join(out["text"])
    return {
        "streams": streams,
        "shown": [{kind: data[kind] for kind in data if kind.startswith("text/")} for data in shown if WIDGET not in data],
        "errors": [(out["ename"], out["evalue"]) for out in outputs if out["output_type"] == "error"],
    }


class _Hook(DisplayHook):
    """Keeps what a cell's last expression is."""

    def write_output_prompt(self) -> None:
        """Write nothing: there is no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.shown.append({"output_type": "execute_result", "data": format_dict})

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Keeps what ``display`` shows."""

    def publish(self, data: Any, *_: Any, **__: Any) -> None:
        self.shell.shown.append({"output_type": "display_data", "data": data})


class _Shell(InteractiveShell):
    """IPython that keeps the outputs of a cell as a notebook does."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    shown: ClassVar[list[dict[str, Any]]] = []

    def _tee(self, channel: Any) -> Any:
        """Keep no second copy of what is printed."""
        return contextlib.nullcontext()

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Show none: the error itself is compared."""

    showsyntaxerror = showindentationerror = _showtraceback = showtraceback


def outputs_of(shell: _Shell, source: str) -> list[dict[str, Any]]:
    """Run a cell; return its outputs."""
    shell.shown.clear()
    printed, warned = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(warned):
        done = shell.run_cell(source, store_history=False)
    error = done.error_before_exec or done.error_in_exec
    outputs = list(shell.shown)
    for name, stream in (("stdout", printed), ("stderr", warned)):
        if stream.getvalue():
            outputs.append({"output_type": "stream", "name": name, "text": stream.getvalue()})
    if error is not None:
        outputs.append({"output_type": "error", "ename": type(error).__name__, "evalue": str(error)})
    return outputs


def without_drawings(sources: Sequence[str]) -> list[str]:
    """Return the cells that do not draw, and need no name that one that draws has made."""
    kept, lost = [], set[str]()
    for source in sources:
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except SyntaxError:  # a lesson shows one, too
            nodes = []
        names = [node for node in nodes if isinstance(node, ast.Name)]
        read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        read |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        made |= {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.alias))}
        if read & (DRAWING | lost):
            lost |= made
        else:
            kept.append(source)
    return kept


def difference(lesson: str, draws: bool) -> dict[str, Any] | None:
    """Run a lesson here, up to its first difference."""
    shell = _Shell.instance()
    notebook = nbformat.v4.reads((NOTEBOOKS / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count is not None]
    wanted = None if draws else set(without_drawings([cell.source for cell in cells]))
    for cell in cells:
        if wanted is None or cell.source in wanted:
            stored, now = compared(cell.outputs), compared(outputs_of(shell, cell.source))
            if stored != now:
                return {"cell": cell.execution_count, "source": cell.source, "stored": stored, "now": now}
    return None


def reading_once(really: Reader) -> Reader:
    """Return what reads a table as `really` does, but each content of a file only once."""
    kept: dict[tuple[str, str, bytes], Any] = {}

    def read(resource: dict[str, Any], columns: list[str] | None = None) -> Any:
        file = data.DATA / resource["path"]
        key = (json.dumps(resource), json.dumps(columns), file.read_bytes() if file.is_file() else b"")
        if key not in kept:
            kept[key] = really(resource, columns)
        return kept[key].copy()

    return read


def _read_once() -> None:
    """Read and check each table here: a fork then reads those only that were altered."""
    data._read = reading_once(data._read)
    for name in data.table_names():
        data.load(name)


def _preload(pictures: bool) -> None:
    """Import what lessons import, so that a fork need not; draw no pictures, unless they are asked for."""
    from PIL import Image

    import helpers
    from helpers import png

    _read_once()

    for name in helpers.__all__:
        getattr(helpers, name)
    # Pictures are never compared, and drawing them is most of the work. `show` and the explorer both draw by this function.
    if not pictures:
        png.pixels = lambda *_, **__: Image.new("RGB", (1, 1))
    for path in sorted((NOTEBOOKS.parent / "helpers" / "exercises").glob("lesson_*.py")):
        __import__(f"helpers.exercises.{path.stem}")
    settings = Config()
    settings.HistoryManager.enabled = False  # it would start a thread
    _Shell.instance(config=settings)
    gc.collect()
    gc.freeze()  # or the first collection in each fork would touch, and so copy, every page


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    course = Path(request["course"])
    data.DATA = course / "data"
    (course / "notebooks").mkdir(exist_ok=True)
    os.chdir(course / "notebooks")
    return {"difference": difference(request["lesson"], request["draws"])}


def main() -> None:
    """Preload, then answer each request in a fork of its own."""
    answers, quiet = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # what a lesson prints past the capture is no answer
    _preload("--pictures" in sys.argv)
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            try:
                answer = _answer(json.loads(line))
            except BaseException as problem:
                answer = {"failed": repr(problem)}
            os.write(answers, (json.dumps(answer) + "\n").encode())
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
