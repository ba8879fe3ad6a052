"""Run one cell as a notebook does, and keep what it shows. It runs in the student's process: its answers are untrusted."""

from __future__ import annotations

import base64
import builtins
import io
import sys
import traceback
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Literal, cast

import matplotlib.pyplot as plt
from IPython.core import page
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import print_figure
from matplotlib.figure import Figure
from traitlets import Type
from traitlets.config import Config

from ..messages import State

MAX_PICTURES = 10
MAX_PIXELS = 12_000_000  # of one picture
MAX_ERROR_CHARACTERS = 1_000
NO_INPUT = "input() waits for a keyboard, and there is none when work is marked. Write the value into the cell instead."
NO_SYSTEM = "(Commands that begin with ! or %pip are not run when work is marked.)\n"


class TimeUp(BaseException):
    """The cell took too long. Not an Exception, so that ``except Exception`` in a loop lets it through."""


@dataclass
class Outcome:
    """How a cell went."""

    state: State
    text: str = ""
    error: str = ""
    line: int | None = None
    pictures: list[bytes] = field(default_factory=list)


class _Captured(io.TextIOBase):
    """What is printed, up to a limit; what is beyond it is counted and dropped."""

    def __init__(self, limit: int) -> None:
        self.parts: list[str] = []
        self.left = limit
        self.dropped = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        kept = text[: self.left]
        if kept:
            self.parts.append(kept)
            self.left -= len(kept)
        self.dropped += len(text) - len(kept)
        return len(text)

    def whole(self) -> str:
        note = f"\n… {self.dropped:,} more characters were not kept." if self.dropped else ""
        return "".join(self.parts) + note


class _Hook(DisplayHook):
    """Keeps the repr of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Write nothing: there is no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        cast("MarkedShell", self.shell).keep(format_dict)

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Keeps what ``display`` shows."""

    def publish(self, data: Any, *_: Any, **__: Any) -> None:
        self.shell.keep(data)


class MarkedShell(InteractiveShell):
    """IPython without a terminal, a history, or a system."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def prepare(self) -> None:
        """Show texts and pictures only, page nothing, ask nothing."""
        self.begin(0, 0)
        assert self.display_formatter is not None
        self.colors = "nocolor"
        self.display_formatter.active_types = ["text/plain", "image/png"]
        self.display_formatter.formatters["image/png"].for_type(Figure, _png)
        self.set_hook("show_in_pager", page.as_hook(page.display_page), 99)
        builtins.input = _no_input

    def begin(self, characters: int, picture_bytes: int) -> None:
        """Start to keep what one cell shows."""
        self.kept = _Captured(characters)
        self.pictures: list[bytes] = []
        self.picture_bytes = picture_bytes

    def keep(self, data: dict[str, Any]) -> None:
        """Keep one thing that was displayed."""
        picture = _decoded(data.get("image/png"))
        if picture is not None and len(self.pictures) < MAX_PICTURES and len(picture) <= self.picture_bytes:
            self.pictures.append(picture)
            self.picture_bytes -= len(picture)
        if "text/plain" in data:
            self.kept.write(f"{data['text/plain']}\n")

    def _tee(self, channel: Literal["stdout", "stderr"]) -> Any:
        """Keep no second copy of what is printed, which IPython would without limit."""
        return nullcontext()

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Show none: the error is reported in a sentence."""

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        """Show none either."""

    def showindentationerror(self) -> None:
        """Show none either."""

    def set_custom_exc(self, exc_tuple: Any, handler: Any) -> None:
        """Take no handler of errors: it would write into what a cell shows."""
        super().set_custom_exc((), None)

    def system(self, cmd: str) -> None:
        """Answer ``!command`` as a command that failed: the cell goes on, as it does in a notebook."""
        self.kept.write(NO_SYSTEM)

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Answer ``x = !command``."""
        self.kept.write(NO_SYSTEM)
        return [] if split else ""

    def enable_gui(self, gui: str | None = None) -> None:
        """Answer ``%matplotlib inline``: figures are kept anyway."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        """Answer any other ``%matplotlib``, which would look for a window."""
        return "inline", "agg"

    def ask_exit(self) -> None:
        """Ignore ``exit``: in a notebook the cells below can be run again."""


def make_shell() -> MarkedShell:
    """Make the one shell of this process, with an empty ``__main__``."""
    settings = Config()
    settings.HistoryManager.enabled = False
    shell = MarkedShell.instance(config=settings)
    shell.prepare()
    return shell


def run_cell(shell: MarkedShell, source: str, characters: int, picture_bytes: int) -> Outcome:
    """Run one cell.

    Parameters
    ----------
    shell : MarkedShell
        Where the names of the cells before it stand.
    source : str
        The cell.
    characters : int
        How much text is kept.
    picture_bytes : int
        How many bytes of pictures are kept; with 0, open figures are closed undrawn.

    Returns
    -------
    Outcome
        How it went.
    """
    shell.begin(characters, picture_bytes)
    problem: BaseException | None = None
    with redirect_stdout(shell.kept), redirect_stderr(shell.kept):
        try:
            result = shell.run_cell(source, store_history=False)
            problem = result.error_before_exec or result.error_in_exec
            _close_figures(shell)
        except BaseException as beyond:  # raised after IPython's own net, for example by a time limit
            problem = beyond
    state, error, line = _state_of(problem)
    return Outcome(state, shell.kept.whole(), error, line, shell.pictures)


def _close_figures(shell: MarkedShell) -> None:
    """Show what figures are open, as a notebook does at the end of a cell."""
    for number in plt.get_fignums()[:MAX_PICTURES] if shell.picture_bytes else []:
        picture = _png(plt.figure(number))
        if picture:
            shell.keep({"image/png": picture})
    plt.close("all")


def _png(figure: Figure) -> bytes | None:
    width, height = figure.get_size_inches() * figure.dpi
    if not 0 < width * height <= MAX_PIXELS:
        return None
    picture = print_figure(figure, fmt="png", bbox_inches=None)
    return picture if isinstance(picture, bytes) else None


def _decoded(picture: object) -> bytes | None:
    """Read a picture that was displayed: a file's bytes, or those as text in base 64. What it holds is looked at outside."""
    if isinstance(picture, str):
        try:
            return base64.b64decode(picture)
        except ValueError:
            return None
    return picture if isinstance(picture, bytes) else None


def _state_of(problem: BaseException | None) -> tuple[State, str, int | None]:
    if problem is None:
        return "ok", "", None
    if isinstance(problem, TimeUp):
        return "timeout", "", _line(problem)
    state: State = "memory" if isinstance(problem, MemoryError) else "error"
    return state, _sentence(problem), _line(problem)


def _sentence(problem: BaseException) -> str:
    try:
        message = str(problem)
        if isinstance(problem, SyntaxError):
            message = str(problem.msg)
        elif isinstance(problem, KeyError) and len(problem.args) == 1:
            message = str(problem.args[0])
    except BaseException:  # an error whose own text fails
        message = "(an error whose message cannot be read)"
    return f"{type(problem).__name__}: {message}"[:MAX_ERROR_CHARACTERS]


def _line(problem: BaseException) -> int | None:
    """Find the line of the student's cell, not that of pandas in which it ended."""
    if isinstance(problem, SyntaxError):
        return problem.lineno
    cells = [
        number
        for frame, number in traceback.walk_tb(problem.__traceback__)
        if frame.f_code.co_filename.startswith("<ipython-input") or "ipykernel" in frame.f_code.co_filename
    ]
    return cells[0] if cells else None


def _no_input(prompt: object = "") -> str:
    raise RuntimeError(NO_INPUT)


def stop(_: int, __: FrameType | None) -> None:
    """Answer the alarm of a time limit."""
    raise TimeUp


def quiet() -> None:
    """Point what the process itself prints, beside Python, at nothing."""
    sys.stdout = sys.stderr = _Captured(0)
