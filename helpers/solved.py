"""Which exercise was solved on which day: a small file of the student's, ``my_notebooks/progress.json``.

Nothing else is remembered: no answer, no try, no name. The file is written only beside a student's own copies of the
lessons, whole or not at all. Elsewhere, or where a teacher has switched it off, the days last until the notebook is closed.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path
from typing import Any

from . import class_settings

FOLDER, NAME = "my_notebooks", "progress.json"
ABOUT = "Which exercise of the course was solved on which day. It is yours: delete it whenever you like."
_ID, _DAY = re.compile(r"\d\d\.\d"), re.compile(r"\d{4}-\d\d-\d\d")
_now: dict[str, str] = {}  # since this notebook was opened


class NotReadableError(ValueError):
    """The file is there, and holds something else: it is left as it is."""


def file() -> Path | None:
    """Return where the days are kept; None where nothing may be written."""
    here = Path.cwd()
    home = next((folder for folder in (here, *here.parents) if folder.name == FOLDER), None)
    return home / NAME if home and class_settings.is_on("progress") else None


def days() -> dict[str, str]:
    """Return the first day on which each exercise was solved, by its number.

    Raises
    ------
    NotReadableError
        If the file holds something else.
    """
    known = _read()
    return dict(sorted({**_now, **known}.items()))


def since_opened() -> dict[str, str]:
    """Return what was solved since this notebook was opened."""
    return dict(sorted(_now.items()))


def remember(exercise_id: str) -> None:
    """Remember that an exercise was solved today; if the file cannot be written, until the notebook is closed."""
    _now.setdefault(exercise_id, datetime.date.today().isoformat())
    try:
        known = _read()
        if exercise_id not in known:
            _write({**known, exercise_id: _now[exercise_id]})
    except (OSError, ValueError):
        return


def forget() -> None:
    """Forget all days, and take the file away."""
    _now.clear()
    if path := file():
        path.unlink(missing_ok=True)


def _read() -> dict[str, str]:
    path = file()
    if path is None or not path.exists():
        return {}
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))["solved"]
        fits = all(_ID.fullmatch(number) and _DAY.fullmatch(day) for number, day in found.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NotReadableError(f"{path} cannot be read as progress.") from problem
    if not fits:
        raise NotReadableError(f"{path} holds something else than numbers of exercises and days.")
    return dict(found)


def _write(known: dict[str, str]) -> None:
    """Write the file under another name first, so that it is whole at every moment."""
    if (path := file()) is None:
        return
    fresh = path.with_name(f".{NAME}.{os.getpid()}")
    try:
        fresh.write_text(
            json.dumps({"about": ABOUT, "solved": dict(sorted(known.items()))}, indent=1) + "\n", encoding="utf-8"
        )
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
