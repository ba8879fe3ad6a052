"""The columns that a plot needs of a reader's own table: found, or a message that names what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..language import as_code, later, say


def check_columns(
    table: pd.DataFrame, needed: Sequence[str], used: Sequence[str], needs: str, call: str = "plot_timeline"
) -> None:
    """Refuse a table that lacks a `needed` column, or has one twice; `needs` is a sentence: "A timeline needs {columns}".

    The `ValueError` tells the columns that the table has, and how to come to the one that is missing. A `TypeError` says
    that `call` needs a table, if this is none.
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{call} needs a table (a pandas DataFrame), but got {type(table).__name__}.")
    names = list(table.columns)
    for column in (*needed, *used):
        if names.count(column) > 1:
            wrong = later(
                "The table has {count} columns named {column!r}: give each a name of its own, or keep one, with {code}."
            )
            code = as_code("table.loc[:, ~table.columns.duplicated()]")
            raise ValueError(say(wrong, count=names.count(column), column=column, code=code))
    for column in needed:
        if column not in names:
            listed = " and ".join((", ".join(map(repr, needed[:-1])), repr(needed[-1]))) if needed[:-1] else repr(column)
            cause = _cause(table, column)
            raise ValueError(
                say(
                    "The table has no column {column!r}. {cause}{needs}; this table has: {columns}.",
                    **{
                        "column": column,
                        "cause": f"{cause} " if cause else "",
                        "needs": say(needs, columns=as_code(listed)),
                    },
                    columns=as_code(", ".join(map(str, names))) if names else say("no columns"),
                )
            )


def _cause(table: pd.DataFrame, column: str) -> str:
    """Name what hides a column: the sign between columns, the index, or how its name is written."""
    names = [str(name) for name in table.columns]
    if len(names) == 1:
        for sign in (";", "\t", "|"):
            if sign in names[0]:
                code = as_code(f"pd.read_csv(..., sep={sign!r})")
                return say("In the file, {sign!r} stands between the columns: read it with {code}.", sign=sign, code=code)
    if column in table.index.names:
        code = as_code("table.reset_index()")
        return say("{column!r} is the index of the table: use {code}.", column=column, code=code)
    for name in names:
        if name.lstrip("\ufeff").removeprefix("ï»¿").strip() == column and name.strip() != column:
            wrong, code = (
                later("Before {column!r} stands a sign that some programs write: read it with {code}."),
                "utf-8-sig",
            )
            return say(wrong, column=column, code=as_code(f"encoding={code!r}"))
        if name.strip() == column:
            code = as_code("table.columns = table.columns.str.strip()")
            return say("{name!r} has a blank before or behind it: use {code}.", name=name, code=code)
        if name.strip().lower() == column:
            code = as_code(f"table.rename(columns={{{name!r}: {column!r}}})")
            return say("{name!r} is written in another way: use {code}.", name=name, code=code)
    return ""
