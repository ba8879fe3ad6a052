"""Read an answer as it is meant, whatever holds it, and name it in a beginner's words.

Every exercise reads through these functions, so that all of them are equally patient:

- text: `fold`, `as_id`, `as_date`, `words_of`
- numbers and containers: `as_number`, `as_numbers`, `as_values`, `as_pairs`, `as_rows`, `is_mask`
- what was received: `kind_of` ("a column"), `quoted` (``"48" (text)``), `holds_dots`, and `NOTHING`, the sentence for None

What cannot be read comes back as None; only `as_date` raises. Figures are read by `helpers.chart_reader`. None of these
functions changes an answer. An answer whose own methods raise can make them raise, too: `feedback.mark` catches that.
"""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from numbers import Number
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer, Container
from matplotlib.figure import FigureBase
from pandas.api.extensions import ExtensionArray
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from pandas.api.typing import DataFrameGroupBy, Resampler, Rolling, SeriesGroupBy

from .. import edtf
from ..language import as_code, later, say, say_count

MAX_VALUES = 10_000  # entries that are read: more than any table has, and an endless one ends
MAX_QUOTED = 70  # signs of a quotation: it stays on one line
NOTHING = later(
    "Nothing came back (`None`). `print` and `show` only show: give the value itself, and show it on its own line."
)

_GROUPS = (DataFrameGroupBy, SeriesGroupBy, Resampler, Rolling)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("‘’‚‛′´`ʼʻ＇", "'"),
        **dict.fromkeys("“”„‟″«»＂", '"'),
        **dict.fromkeys("˜∼～", "~"),
        **dict.fromkeys("⁄∕／", "/"),
        **dict.fromkeys("؟？", "?"),
        **dict.fromkeys("٪％", "%"),
        **dict.fromkeys("،，", ","),
        "…": "...",
    }
)
_NO_BLANKS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SIGN_IN_FRONT = re.compile(r"(?:^|/)\s*([~?%])\s*(?=[\dX])")


# --- text ---------------------------------------------------------------------------------------


def fold(text: str, *, capitals: bool = False) -> str:
    """Write a text so that two that look alike are alike; small letters, unless `capitals`.

    Blanks of any kind are one blank, none at the ends; dashes, quotation marks and digits of any script are those of ASCII;
    what cannot be seen is gone.
    """
    if not text.isascii():  # most answers are, and the walk over each sign takes its time
        plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
        seen = (sign for sign in plain if unicodedata.category(sign) != "Cf")
        text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in seen)
    folded = " ".join(text.split())
    return folded if capitals else folded.casefold()


def as_id(answer: Any) -> str | None:
    """Read an id, or a word from a list: folded, without quotation marks, brackets, dots and commas round it.

    None for no text.
    """
    return fold(answer).strip("'\"` .,;:()[]") if isinstance(answer, str) else None


def as_date(answer: str) -> edtf.EdtfDate:
    """Read a date in EDTF, or raise `helpers.edtf.DateError`; blanks, and dashes and digits of any script, are allowed."""
    text = re.sub(r"(?<=[\dX~?%])[.,;]$", "", fold(answer, capitals=True).strip("'\" ")).replace("x", "X")
    if found := _SIGN_IN_FRONT.search(text):
        raise edtf.DateError(
            say("The sign {sign} stands behind the date, as in 1950{sign}, not in front of it.", sign=found[1])
        )
    return edtf.parse(re.sub(r"\s*([/~?%-])\s*", r"\1", text))


def words_of(text: str) -> list[str]:
    """Return the words of a text in any script, folded; an id with hyphens is one word, dots and dashes are none.

    Where a script sets no blanks between words (Chinese, Thai), each sign is one.
    """
    found = re.findall(r"[\w][\w'-]*", fold(text.replace("—", " ")))  # a long dash parts words
    return [word for run in found for word in (run if _NO_BLANKS.search(run) else [run])]


def holds_dots(answer: Any) -> bool:
    """Whether the three dots of an exercise still stand in an answer.

    They count as ``...`` or as text, alone or in a list, a dictionary or a table.
    """
    if answer is ...:
        return True
    if isinstance(answer, str):
        return answer.strip(" \"'") in ("...", "…", ". . .")
    if isinstance(answer, pd.DataFrame):
        return any(holds_dots(answer.iloc[:, place]) for place in range(answer.shape[1]))
    if isinstance(answer, Mapping):
        return any(holds_dots(entry) for entry in islice(answer.values(), MAX_VALUES))
    if isinstance(answer, pd.Series) or type(answer) in (list, tuple, set):
        return any(isinstance(entry, (str, type(...), list, tuple)) and _dots(entry) for entry in islice(answer, MAX_VALUES))
    return False


def _dots(entry: Any) -> bool:
    """As `holds_dots`, one level deep: a list may hold itself."""
    if isinstance(entry, (list, tuple)):
        return any(part is ... or (isinstance(part, str) and holds_dots(part)) for part in entry)
    return holds_dots(entry)


# --- numbers and containers ---------------------------------------------------------------------


def as_number(answer: Any) -> float | None:
    """Read one number of any type.

    None for True and False, for text, for a missing number, and for whatever holds several values.
    """
    if isinstance(answer, np.ndarray) and answer.ndim == 0:
        answer = answer.item()
    if isinstance(answer, (bool, np.bool_, complex, np.timedelta64)) or not isinstance(answer, (Number, np.number)):
        return None
    try:
        number = float(answer)  # type: ignore[arg-type]
    except (OverflowError, TypeError, ValueError):
        return float("inf") if isinstance(answer, int) else None
    return None if np.isnan(number) else number


class Kept:
    """The values of what gives them once only, such as a generator: a check reads an answer more than once."""

    def __init__(self, values: Iterator[Any]) -> None:
        self._values = list(islice(values, MAX_VALUES))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)


def as_values(answer: Any) -> list[Any] | None:
    """Make a list of the values of whatever holds them, at most the first 10,000.

    A list, tuple, set, column, index, array, range, generator, dictionary (its values), or a table of one column; what
    stands in a list of its own is taken out of it. None for what holds no values, a table of several columns, and text.
    """
    values = _held(answer)
    if values and all(isinstance(value, (list, tuple, Mapping)) and len(value) == 1 for value in values):
        values = [next(iter(value.values() if isinstance(value, Mapping) else value)) for value in values]
    if values and len(values) == 1 and not isinstance(values[0], (str, pd.DataFrame)):
        inner = _held(values[0])
        return values if inner is None else inner
    return values


def _held(answer: Any) -> list[Any] | None:
    if isinstance(answer, pd.DataFrame):
        return list(answer.iloc[:, 0]) if answer.shape[1] == 1 else None
    if isinstance(answer, (pd.Series, pd.Index, ExtensionArray)):
        return list(answer[:MAX_VALUES])
    if isinstance(answer, np.ndarray):
        flat = answer.ndim == 1 or (answer.ndim > 1 and answer.size == max(answer.shape))
        return answer.ravel().tolist() if flat else None
    if isinstance(answer, Mapping):
        return list(islice(answer.values(), MAX_VALUES))
    if (
        isinstance(answer, (str, bytes, type, *_GROUPS, Container))
        or not isinstance(answer, Iterable)
        or _unfinished(answer)
    ):
        return None
    return list(islice(answer, MAX_VALUES))


def as_numbers(answer: Any) -> list[float] | None:
    """Make a list of numbers of whatever `as_values` reads; a missing number is nan. None if an entry is no number."""
    values = as_values(answer)
    if values is None:
        return None
    numbers = [float("nan") if is_missing(value) else as_number(value) for value in values]
    return None if any(number is None for number in numbers) else [number for number in numbers if number is not None]


def as_pairs(answer: Any) -> list[tuple[Any, Any]] | None:
    """Make pairs (name, value) of whatever has names and values; None if there are no names.

    A column with its row names, a dictionary, a table of one column or row, or of names and numbers, or a list of pairs.
    """
    if isinstance(answer, pd.DataFrame):
        if answer.shape[1] == 1:
            return list(zip(answer.index, answer.iloc[:, 0], strict=True))
        if len(answer) == 1 and answer.shape[1] > 1 and all(is_numeric_dtype(kind) for kind in answer.dtypes):
            return list(zip(answer.columns, answer.iloc[0], strict=True))
        numeric = [place for place in range(answer.shape[1]) if is_numeric_dtype(answer.dtypes.iloc[place])]
        if answer.shape[1] != 2 or len(numeric) != 1:
            return None
        return list(zip(answer.iloc[:, 1 - numeric[0]], answer.iloc[:, numeric[0]], strict=True))
    if isinstance(answer, (pd.Series, Mapping)):
        return list(islice(answer.items(), MAX_VALUES))
    values = as_values(answer)
    if values and all(isinstance(value, (list, tuple)) and len(value) == 2 for value in values):
        return [(name, value) for name, value in values]
    return None


def as_rows(answer: Any, *keys: str) -> list[str] | None:
    """Name the rows of a table, in its order, by the first of some columns that it has; each may also be the index.

    None if the answer is no table, or has none of the columns.
    """
    if not isinstance(answer, pd.DataFrame):
        return None
    for key in keys:
        if key in answer.columns and isinstance(answer[key], pd.Series):
            return [str(value) for value in answer[key]]
        if key in answer.index.names:
            return [str(value) for value in answer.index.get_level_values(key)]
    return None


def is_mask(answer: Any) -> bool:
    """Whether an answer is a column, array or list of nothing but True and False."""
    if isinstance(answer, pd.DataFrame):
        return answer.shape[1] == 1 and is_mask(answer.iloc[:, 0])
    if isinstance(answer, (pd.Series, pd.Index, ExtensionArray, np.ndarray)) and is_bool_dtype(answer.dtype):
        return True
    return (
        isinstance(answer, (list, tuple)) and bool(answer) and all(isinstance(entry, (bool, np.bool_)) for entry in answer)
    )


def is_missing(value: Any) -> bool:
    """Whether a value is None, NaN, NaT or pandas' NA."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, (float, np.floating)) and value != value)


# --- what was received --------------------------------------------------------------------------


def kind_of(answer: Any) -> str:
    """Name what an answer is, for a beginner: "a column". No name of a type occurs."""
    if is_mask(answer):
        return say("a mask (True and False)")
    if is_missing(answer) and answer is not None:
        return say("a missing value")
    if isinstance(answer, pd.Series) and answer.name is not None and not isinstance(answer.name, str):
        return say("a row") if all(isinstance(name, str) for name in answer.index[:3]) else say("a column")
    if words := _unfinished(answer):
        return say(words)
    for types, words in _KINDS:
        if isinstance(answer, types):
            return say(words)
    if type(answer).__module__.startswith("ipywidgets."):
        return say("a control of the page")
    if inspect.isroutine(answer) or callable(answer):
        return say("a function: its round brackets are missing")
    return say("something that is not asked for here")


def _unfinished(answer: Any) -> str:
    """Words for what pandas gives where a bracket, or a name behind a dot, is still missing."""
    return _UNFINISHED.get(type(answer).__name__.strip("_"), "") if type(answer).__module__.startswith("pandas.") else ""


_KINDS: tuple[tuple[Any, str], ...] = (
    (type(None), later("nothing (None)")),
    (type(...), later("three dots")),
    ((bool, np.bool_), later("True or False")),
    (str, later("a string (text)")),
    (bytes, later("a string with a b in front")),
    (type, later("the name of a kind of thing, without its round brackets")),
    ((timedelta, np.timedelta64), later("a length of time")),
    ((date, np.datetime64, pd.Period), later("a date of Python, not a string")),
    (pd.DataFrame, later("a table")),
    (pd.Series, later("a column")),
    (pd.Index, later("the row numbers or names of a table")),
    (_GROUPS, later("a grouping that is not counted yet")),
    ((int, np.integer), later("a whole number")),
    ((complex, np.complexfloating), later("a complex number")),
    ((Number, np.number), later("a number")),
    ((np.ndarray, ExtensionArray), later("an array")),
    (FigureBase, later("a whole figure")),
    (Axes, later("the axes of a chart")),
    (BarContainer, later("the bars of a chart")),
    ((Artist, Container), later("a part of a chart")),
    (ModuleType, later("a whole module")),
    (BaseException, later("an error")),
    (list, later("a list")),
    (tuple, later("several values with commas between them")),
    ((set, frozenset), later("a set (curly brackets)")),
    (Mapping, later("a dictionary (curly brackets)")),
    (range, later("a range")),
    (Iterable, later("values that are not in a list yet")),
)
_UNFINISHED = {
    "iLocIndexer": later("`.iloc` without its square brackets"),
    "LocIndexer": later("`.loc` without its square brackets"),
    "StringMethods": later("`.str` with nothing behind it"),
    "CategoricalAccessor": later("`.cat` with nothing behind it"),
    "PlotAccessor": later("`.plot` without its round brackets"),
    "Styler": later("a table with a style"),
}


def quoted(answer: Any) -> str:
    """Show on one short line (at most 120 signs) what was received: ``"48" (text)``, ``a column of 3 entries: 1, 2, 3``."""
    try:
        return _quoted(answer)
    except KeyboardInterrupt:
        raise
    except BaseException:  # an object of the student's own may stop in any of its methods
        return say("something that cannot be shown")


def _quoted(answer: Any) -> str:
    if isinstance(answer, str):
        return say("{value} (text)", value=as_code(_short(answer)))
    if as_number(answer) is not None:
        return say("{value} (a number)", value=as_code(_short(answer)))
    if isinstance(answer, (bool, np.bool_)) or is_missing(answer):
        return str(answer)
    if isinstance(answer, pd.DataFrame):
        return _quoted_table(answer)
    if isinstance(answer, Axes):
        title = "".join(answer.get_title(loc=place) for place in ("left", "center", "right"))
        if title.strip():
            return say("the axes of a chart, with the title {title}", title=_short(title))
        return say("the axes of a chart")
    if isinstance(answer, (date, timedelta, np.datetime64)):
        return f"{as_code(_cut(str(answer)).removesuffix(' 00:00:00'))} ({kind_of(answer)})"
    if isinstance(answer, Mapping):
        entries = [f"{_short(name, 20)}: {_short(value, 30)}" for name, value in islice(answer.items(), 6)]
        return _cut("{" + ", ".join(entries) + "}", 110)
    if isinstance(answer, (list, tuple, set, frozenset)) and not isinstance(answer, Container):
        before, after = {list: ("[", "]"), tuple: ("(", ")")}.get(type(answer), ("{", "}"))
        comma = "," if isinstance(answer, tuple) and len(answer) == 1 else ""  # or it would be a number in brackets
        return f"{as_code(f'{before}{_cut(_entries(answer, len(answer)), 90)}{comma}{after}')} ({kind_of(answer)})"
    if isinstance(answer, (pd.Series, pd.Index, ExtensionArray, np.ndarray)) and answer.ndim == 1:
        shown = _cut(_entries(answer, len(answer)))
        return say_count(
            "{kind} of {count:,} entry: {entries}",
            "{kind} of {count:,} entries: {entries}",
            len(answer),
            kind=kind_of(answer),
            entries=as_code(shown),
        )
    name = getattr(answer, "__name__", "")
    if inspect.isroutine(answer):  # one exercise asks for a function: nothing is missing there
        known = isinstance(name, str) and name.isidentifier()
        return say("the function {name}", name=_cut(name, 40)) if known else say("a function")
    return kind_of(answer)


def _quoted_table(answer: pd.DataFrame) -> str:
    columns = _cut(", ".join(_short(name, 20).strip('"') for name in answer.columns[:8]))
    if not columns:
        return say_count("a table of {count:,} row; columns: none", "a table of {count:,} rows; columns: none", len(answer))
    return say_count(
        "a table of {count:,} row; columns: {columns}",
        "a table of {count:,} rows; columns: {columns}",
        len(answer),
        columns=as_code(columns),
    )


def _entries(answer: Any, number: int) -> str:
    shown = ", ".join(_short(entry, 30) for entry in islice(answer, 6))
    return f"{shown}, …" if number > 6 else shown


def _short(value: Any, signs: int = MAX_QUOTED) -> str:
    """One value, as it would stand in a cell: text in quotation marks, a number in digits, else its kind."""
    if isinstance(value, str):
        return f'"{_cut(" ".join(value[:500].split()), signs)}"'
    if isinstance(value, int) and abs(value) > 10**30:
        return say("a very large number")
    if as_number(value) is not None or isinstance(value, (bool, np.bool_)) or is_missing(value):
        return _cut(str(value), signs)
    if isinstance(value, (date, timedelta, np.datetime64)):
        return _cut(str(value).removesuffix(" 00:00:00"), signs)
    return kind_of(value)


def _cut(text: str, signs: int = MAX_QUOTED) -> str:
    return text if len(text) <= signs else f"{text[: signs - 1]}…"
