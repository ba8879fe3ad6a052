"""The columns that a plot needs of a reader's own table: found, or a message that names what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def check_columns(table: pd.DataFrame, needed: Sequence[str], used: Sequence[str], maker: str) -> None:
    """Refuse a table that lacks a `needed` column, or has one twice; `maker` begins the message: "A timeline needs".

    The `ValueError` tells the columns that the table has, and how to come to the one that is missing.
    """
    names = list(table.columns)
    for column in (*needed, *used):
        if names.count(column) > 1:
            raise ValueError(
                f"The table has {names.count(column)} columns named {column!r}: give each a name of its own, or keep one, "
                "with table.loc[:, ~table.columns.duplicated()]."
            )
    for column in needed:
        if column not in names:
            listed = " and ".join((", ".join(map(repr, needed[:-1])), repr(needed[-1])))
            raise ValueError(
                f"The table has no column {column!r}. {_cause(table, column)}{maker} {listed}; "
                f"this table has: {', '.join(map(str, names)) or 'no columns'}."
            )


def _cause(table: pd.DataFrame, column: str) -> str:
    """Name what hides a column: the sign between columns, the index, or how its name is written."""
    names = [str(name) for name in table.columns]
    if len(names) == 1:
        for sign in (";", "\t", "|"):
            if sign in names[0]:
                return f"In the file, {sign!r} stands between the columns: read it with pd.read_csv(..., sep={sign!r}). "
    if column in table.index.names:
        return f"{column!r} is the index of the table: use table.reset_index(). "
    for name in names:
        if name.lstrip("\ufeff").removeprefix("ï»¿").strip() == column and name.strip() != column:
            return f"Before {column!r} stands a sign that some programs write: read it with encoding='utf-8-sig'. "
        if name.strip() == column:
            return f"{name!r} has a blank before or behind it: use table.columns = table.columns.str.strip(). "
        if name.strip().lower() == column:
            return f"{name!r} is written in another way: use table.rename(columns={{{name!r}: {column!r}}}). "
    return ""
