"""Short error messages for a lesson: `short_errors()` in its first cell switches them on.

A common slip is told in plain words, with the student's own line and Python's own last line. Its long message is folded
away beneath. Any other error is shown as Python shows it. This module needs neither pandas nor matplotlib.
"""

from __future__ import annotations

import ast
import linecache
import re
import sys
import textwrap
import traceback
from html import escape
from types import TracebackType
from typing import Any, NamedTuple

from IPython.core.interactiveshell import InteractiveShell

from .language import attributes, direction, say
from .output import Page, put, shows_more_than_text
from .slips import advice

WIDTH = 78  # of the message: a notebook on a small screen shows some 90 letters
_MARKED_CODE = re.compile("\u2066[^\u2069]*\u2069|\u200e[^\u200e]*\u200e")  # code in a text from right to left
_NO_BREAK = "\ue000"  # stands for a blank while lines are made
MAX_LINE = 200  # letters of the student's line
MAX_LAST = 600  # letters of Python's last line


class Line(NamedTuple):
    """The student's line in which it went wrong: its number in the cell, its text, and the column of a slip of the pen."""

    number: int
    text: str
    column: int = 0


def short_errors(on: bool = True) -> None:
    """Tell common slips in a few plain words, in the place of Python's long messages.

    The message has the line of yours in which it went wrong, what to do, and Python's own last line. The whole message of
    Python is folded away beneath; ``%tb`` in a cell shows it, too. An error that is no common slip is shown as always.
    Outside a notebook, and where work is marked, nothing changes.

    Parameters
    ----------
    on : bool, default True
        ``short_errors(False)`` brings Python's own messages back.

    Returns
    -------
    None
    """
    if InteractiveShell.initialized():
        InteractiveShell.instance().set_custom_exc((Exception,) if on else (), _show if on else None)


def _show(shell: InteractiveShell, kind: type, error: Exception, trace: TracebackType, tb_offset: int | None = None) -> Any:
    """What IPython calls for every error; whatever goes wrong in here, Python's own message is shown."""
    try:
        message = short_message(error, _whole_trace(error, trace), shell.user_ns)
    except Exception:
        message = ""
    if not message:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        return None
    long = "" if isinstance(error, SyntaxError) else _long_message(error, trace)
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace  # for %tb
    lines = message.splitlines()
    shell._showtraceback(kind, error, lines)  # IPython's own hook, which each kernel fills in its way
    if long and shows_more_than_text():
        whole = f'<pre style="white-space: pre-wrap">{escape(long)}</pre>'
        summary = escape(say("Python's whole message"), quote=False)
        html = f"<details{attributes()}><summary>{summary}</summary>{whole}</details>"
        put(Page(html, say("(Python's whole message: %tb)")))
    return None


def short_message(error: Exception, trace: TracebackType | None, names: dict[str, Any]) -> str:
    """Return the message for a common slip, in lines; "" for any other error. `names` is what the notebook made so far."""
    if isinstance(error, SyntaxError):
        error = _read_again(error)
    line = _line_of(error, trace, names)
    words = advice(error, trace, names)
    if not words or line is None:
        return ""
    shown = line.text.strip()[:MAX_LINE]
    pointed, number = [], say("line {number}:", number=line.number)
    if line.column:
        spaces = line.column - 1 - (len(line.text) - len(line.text.lstrip()))
        pointed = [" " * (len(number) + 2 + max(spaces, 0)) + "^"] if spaces < len(shown) + 1 else []
    return "\n".join(
        [f"{number}  {shown}", *pointed, "", *_wrapped(words), "", last_line(error)],
    )


def last_line(error: BaseException) -> str:
    """Return what Python itself writes last, cut when it is very long."""
    try:
        last = "".join(traceback.format_exception_only(error)).strip() if not isinstance(error, SyntaxError) else ""
        last = last or f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else ''}"
        if isinstance(error, ImportError):
            last = re.sub(r" \(\S*[/\\]\S*\)$", "", last)  # where the library's file lies helps nobody
    except Exception:  # an error whose own text fails
        last = type(error).__name__
    return last if len(last) <= MAX_LAST else last[:MAX_LAST] + " …"


def _wrapped(words: str) -> list[str]:
    words = _MARKED_CODE.sub(lambda code: code[0].replace(" ", _NO_BREAK), words)  # a mark and its partner stay in one line
    lines = [line for part in words.splitlines() for line in textwrap.wrap(part, WIDTH, break_on_hyphens=False) or [""]]
    return [_isolated(line.replace(_NO_BREAK, " ")) for line in lines]


def _isolated(text: str) -> str:
    """In a message of a language that runs from right to left: a line that does so, whatever stands around it."""
    return f"\u2067{text}\u2069" if direction() == "rtl" and text else text


def _whole_trace(error: Exception, trace: TracebackType | None) -> TracebackType | None:
    return trace or error.__traceback__


def _line_of(error: Exception, trace: TracebackType | None, names: dict[str, Any]) -> Line | None:
    """Find the last line of the student's that was run, or the line that Python could not read."""
    if isinstance(error, SyntaxError):
        frames = [frame for frame, _ in traceback.walk_tb(trace) if frame.f_globals is names]
        text = (error.text or "").rstrip("\n")
        return Line(error.lineno or 1, text, error.offset or 0) if text and not frames else None
    own = [(frame, number) for frame, number in traceback.walk_tb(trace) if frame.f_globals is names]
    if not own:
        return None
    frame, number = own[-1]
    return Line(number, linecache.getline(frame.f_code.co_filename, number).rstrip("\n"))


def _read_again(error: SyntaxError) -> SyntaxError:
    """IPython asks Python whether a cell is only unfinished, and is told no place: then the cell is read once more."""
    if "incomplete input" in (error.msg or "") and error.filename:
        try:
            ast.parse("".join(linecache.getlines(error.filename)))
        except SyntaxError as exact:
            return exact
    return error


def _long_message(error: Exception, trace: TracebackType) -> str:
    """Python's own message from the student's line on; "" if it would say nothing more than the short one."""
    frames = traceback.extract_tb(trace)
    if len(frames) <= 2:  # IPython's, and the cell's
        return ""
    return "".join(traceback.format_exception(type(error), error, trace.tb_next or trace))
