"""Small tables that people write beside the teacher's pages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ..errors import TeacherError


def declared(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read a small table that people write; an absent one has no rows."""
    if not path.is_file():
        return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def check_known(ids: pd.Series, known: pd.Series, file: str) -> None:
    """Refuse an id that the tables do not have."""
    unknown = ids[~ids.isin(known)]
    if not unknown.empty:
        raise TeacherError(f"{file} names {unknown.iloc[0]!r}, but the tables have no {known.name} that is written so.")
