"""Tables on the page: rows keep the names that they have, and a reader gets days and words, not Python's forms of them."""

from __future__ import annotations

import operator
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from numbers import Real
from typing import Any

import pandas as pd

from .language import ENGLISH, attributes, current, direction, say, say_count
from .output import Page, as_html, put
from .search import did_you_mean

ROWS_SHOWN = 8
NEVER_BROKEN = 40  # characters of a word, for example an id, that stays on one line
MISSING = "(empty)"  # a row or a column whose name is a missing value

_STYLE = """<style>
.course-table table { border-collapse: collapse; margin: 0.3em 0; background: #fffdf8; color: #1f1f1f; font-size: 90%; }
.course-table table caption { caption-side: top; text-align: left; font-weight: bold; color: inherit; padding: 0.3em 0; }
.course-table table th, .course-table table td {
  text-align: left !important; vertical-align: top; padding: 0.35em 0.7em; max-width: 34em; white-space: normal;
  background: #fffdf8; color: #1f1f1f; border-bottom: 1px solid #d8d2c4; }
.course-table table caption { background: #fffdf8; color: #1f1f1f; padding: 0.35em 0.7em; }
.course-table table td.whole { white-space: nowrap; }
.course-table p { margin: 0.2em 0 0.8em 0; }
</style>"""


# Set apart, so that the tables of English lessons are the same by the byte.
_RIGHT_TO_LEFT = """.course-table[dir=rtl] table th, .course-table[dir=rtl] table td, .course-table[dir=rtl] table caption {
  text-align: right !important; }
"""


def show_table(
    frame: pd.DataFrame | pd.Series,
    caption: str = "",
    *,
    columns: str | Sequence[str] | None = None,
    rows: int = ROWS_SHOWN,
) -> None:
    """Display the first rows of a table, with a caption.

    The names of the rows (the index of the table) stand at the left, unless they are only numbers without a name. In a
    script or a terminal the table is printed as plain text.

    Parameters
    ----------
    frame : pandas.DataFrame or pandas.Series
        The table; a single column (a Series) becomes a table of one column.
    caption : str, default ""
        A line above the table that says what it shows.
    columns : str or list of str, optional
        The columns to show, in this order; all by default.
    rows : int, default 8
        How many rows to show at most. When some are left out, a line beneath the table says so.

    Returns
    -------
    None

    Raises
    ------
    TypeError
        If `frame` is not a table, `caption` not text, or `rows` not a whole number.
    ValueError
        If `rows` is below 0.
    KeyError
        If the table has no such column; the message names the most similar, and lists those that it has.
    """
    put(_table(_chosen(_framed(frame), columns), caption, rows))


def html_table(frame: pd.DataFrame, caption: str = "", *, rows: int = ROWS_SHOWN) -> str:
    """Return what `show_table` displays, as HTML."""
    return _table(frame, caption, rows).html


# --- what was asked for ---------------------------------------------------------------------------


def _framed(frame: Any) -> pd.DataFrame:
    if isinstance(frame, pd.Series):
        return frame.to_frame("value") if frame.name is None else frame.to_frame()
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(say("show_table needs a table (a pandas DataFrame), but got {name}.", name=type(frame).__name__))
    return frame


def _chosen(frame: pd.DataFrame, columns: Any) -> pd.DataFrame:
    if columns is None:
        return frame
    wanted = [columns] if _is_one_name(columns, frame.columns) else list(columns)
    for name in wanted:
        if not isinstance(name, Hashable) or name not in frame.columns:
            raise KeyError(_no_column(name, frame))
    return frame[wanted]


def _is_one_name(columns: Any, known: pd.Index) -> bool:
    if isinstance(columns, str) or not isinstance(columns, Iterable):
        return True
    return isinstance(columns, tuple) and columns in known  # a column beneath a heading: ("low", "min")


def _no_column(name: Any, frame: pd.DataFrame) -> str:
    if name in frame.index.names:
        return say(
            "{name!r} names the rows of this table: it is shown at the left. Leave it out of columns=[...].", name=name
        )
    known = [str(column) for column in frame.columns]
    missing = say("The table has no column {name!r}.", name=name)
    has = say("It has: {columns}.", columns=", ".join(known)) if known else say("It has: none.")
    return f"{missing}{did_you_mean(str(name), known)} {has}"


def _caption(caption: Any) -> str:
    if _is_missing(caption):
        return ""
    if not isinstance(caption, str | Real):
        raise TypeError(
            say(
                "The caption must be text in quotation marks, but a {name} was given. Columns are chosen with "
                "columns=[...].",
                name=type(caption).__name__,
            )
        )
    return say(str(caption))


def _count(rows: Any) -> int:
    try:
        count = operator.index(rows)
    except TypeError:
        raise TypeError(say("rows must be a whole number, such as 8, but {rows!r} was given.", rows=rows)) from None
    if count < 0:
        raise ValueError(
            say(
                "rows must be 0 or more, but {count} was given. For the last rows, write table.tail({last}).",
                count=count,
                last=-count,
            )
        )
    return count


# --- the page ---------------------------------------------------------------------------------------


def _table(frame: pd.DataFrame, caption: Any, rows: Any) -> Page:
    heading, shown = _caption(caption), frame.head(_count(rows))
    columns = [[_label(part) for part in _parts(column)] for column in frame.columns]
    cells = [_texts(shown.iloc[:, k]) for k in range(shown.shape[1])]
    names, keys = _row_names(shown.index)
    kinds = [isinstance(kind, pd.CategoricalDtype) for kind in shown.dtypes]  # words that a student types stay as they are
    cells = [column if fixed else [*map(_in_language, column)] for column, fixed in zip(cells, kinds, strict=True)]
    note = " ".join(part for part in (_note(len(shown), frame), _untranslated(cells)) if part)
    body = _head(frame.columns, columns, names) + _body(keys, cells, len(shown))
    title = f"<caption>{as_html(heading)}</caption>" if heading.strip() else ""
    foot = f"<p>{note}</p>" if note else ""
    html = f'<div class="course-table"{attributes()}><table class="dataframe">{title}\n{body}</table>{foot}</div>'
    plain = "\n".join(part for part in (heading, _plain(frame.columns, columns, names, keys, cells), note) if part)
    style = _STYLE.replace("</style>", f"{_RIGHT_TO_LEFT}</style>") if direction() == "rtl" else _STYLE
    return Page(f"{style}\n{html}", plain)


def _note(shown: int, frame: pd.DataFrame) -> str:
    if not len(frame):
        return say("The table has no rows.")
    if not len(frame.columns):
        return say("The table has no columns.")
    return say("{shown} of {all} rows shown.", shown=shown, all=len(frame)) if len(frame) > shown else ""


def _untranslated(cells: list[list[str]]) -> str:
    """In a lesson of another language: say that sentences of the table have stayed English, if some have."""
    if current() == ENGLISH or not any(_is_english(text) and text.count(" ") > 1 for column in cells for text in column):
        return ""
    return say("What stands in English in this table has not been translated.")


def _row_names(index: pd.Index) -> tuple[list[str], list[list[str]]]:
    """Return the levels of an index that say something: their names, and for each what it calls the rows."""
    levels = [index.get_level_values(k) for k in range(index.nlevels)]
    kept = [level for level in levels if level.name is not None or not _is_row_numbers(level)]
    return ["" if level.name is None else _label(level.name) for level in kept], [_labels(level) for level in kept]


def _is_row_numbers(level: pd.Index) -> bool:
    """Whether it only counts rows: also what is left of such numbers after rows were filtered, sorted or put together."""
    return not len(level) or pd.api.types.infer_dtype(level, skipna=False) == "integer"


def _labels(level: pd.Index) -> list[str]:
    return [text or MISSING for text in _texts(level.to_series())]


def _parts(column: Any) -> tuple[Any, ...]:
    return column if isinstance(column, tuple) else (column,)


def _texts(values: pd.Series) -> list[str]:
    """Write values as a reader expects them: days without a clock (if none has one), nothing for what is missing."""
    given = values.astype("object").tolist()
    clock = any(isinstance(value, datetime) and value == value and value.time() != datetime.min.time() for value in given)
    return ["" if _is_missing(value) else _text(value, clock) for value in given]


def _label(value: Any) -> str:
    """Write the name of one row or column."""
    return MISSING if _is_missing(value) else _texts(pd.Series([value], dtype="object"))[0]


def _is_missing(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _text(value: Any, clock: bool) -> str:
    if isinstance(value, datetime):
        return str(value) if clock else value.date().isoformat()
    if isinstance(value, pd.Interval):
        ends = (_text(end, clock) for end in (value.left, value.right))
        return f"{'[' if value.closed_left else '('}{', '.join(ends)}{']' if value.closed_right else ')'}"
    if isinstance(value, timedelta) and not value % timedelta(days=1):
        return say_count("{count} day", "{count} days", value.days)
    if isinstance(value, tuple):
        return ", ".join(MISSING if _is_missing(part) else _text(part, clock) for part in value)
    return str(value)


def _head(given: pd.Index, columns: list[list[str]], names: list[str]) -> str:
    """Write the heading: a row for each level of the columns, above it the level's name if it has one."""
    depth, rows = given.nlevels if len(columns) else 1, []
    padding = [""] * len(names)
    for level in range(depth):
        labels = [label[level] if given.nlevels > 1 else ", ".join(label) for label in columns]
        name, corner = given.names[level], names if level == depth - 1 else padding
        if name is not None and columns:
            rows.append([*map(_corner, padding), _group(_label(name), len(columns))])
        if level < depth - 1:
            above = [tuple(label[: level + 1]) for label in columns]
            spans = [(key[level], len(list(run))) for key, run in groupby(above)]
            rows.append([*map(_corner, corner), *(_group(label, span) for label, span in spans)])
        else:
            rows.append([*map(_corner, corner), *map(_corner, labels)])
    return "\n".join(["  <thead>", *(_row(cells, ' style="text-align: right;"') for cells in rows), "  </thead>", ""])


def _corner(name: str) -> str:
    """Write a heading; where there is nothing to say, a plain cell, because an empty heading is read out as one."""
    return f'<th scope="col">{as_html(name, quote=False)}</th>' if name.strip() else "<td></td>"


def _group(label: str, span: int) -> str:
    if span == 1 or not label.strip():
        return _corner(label) if span == 1 else f'<td colspan="{span}"></td>'
    return f'<th colspan="{span}" scope="colgroup">{as_html(label, quote=False)}</th>'


def _body(keys: list[list[str]], cells: list[list[str]], count: int) -> str:
    """Write the rows. Each has all its names, also what it shares with the row above: so it can be read and cut alone."""
    names = [[f'<th scope="row">{as_html(text, quote=False)}</th>' for text in level] for level in keys]
    columns = [*names, *([_cell(text) for text in column] for column in cells)]
    rows = [_row([column[k] for column in columns]) for k in range(count)]
    return "\n".join(["  <tbody>", *rows, "  </tbody>", ""])


def _cell(text: str) -> str:
    shown = as_html(text, quote=False)
    whole = 0 < len(shown) <= NEVER_BROKEN and not any(letter.isspace() for letter in shown)
    english = ' lang="en" dir="ltr"' if current() != ENGLISH and _is_english(text) else ""
    return f'<td class="whole"{english}>{shown}</td>' if whole else f"<td{english}>{shown}</td>"  # an id is not broken


def _in_language(text: str) -> str:
    """A text of the table in the language of the lesson, if it has been translated; of a list, each of its parts."""
    if current() == ENGLISH or (said := say(text)) != text:
        return text if current() == ENGLISH else said
    parts = [say(part) for part in text.split("; ")]
    return say("; ").join(parts) if not any(map(_is_english, parts)) else text


def _is_english(text: str) -> bool:
    """Whether a text has stayed as the table has it: no letter of a script without capitals stands in it."""
    return bool(text) and not any(letter.isalpha() and letter.lower() == letter.upper() for letter in text)


def _row(cells: list[str], style: str = "") -> str:
    return "\n".join([f"    <tr{style}>", *(f"      {cell}" for cell in cells), "    </tr>"])


def _plain(
    given: pd.Index, columns: list[list[str]], names: list[str], keys: list[list[str]], cells: list[list[str]]
) -> str:
    """Write the table as text, in columns; each row is whole by itself."""
    above = [_label(name) for name in given.names if name is not None]
    frame = pd.DataFrame({k: column for k, column in enumerate([*keys, *cells])}, dtype="object")
    frame.columns = pd.Index([*names, *(", ".join(label) for label in columns)], dtype="object")
    if not frame.columns.size:
        return ""
    body = frame.to_string(index=False, na_rep="") if len(frame) else "  ".join(map(str, frame.columns))
    return "\n".join([f"Columns: {', then '.join(above)}"] * bool(above and columns) + [body])
