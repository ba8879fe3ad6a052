"""What a teacher switches off for a class: a file ``class_settings.toml`` in the course's folder, two lines long.

``solutions = "off"``: no solution is shown (second hints are). ``progress = "off"``: nothing is remembered, for machines
that several people share. Without the file both are on.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "class_settings.toml"
NAMES = ("solutions", "progress")
# A variable of the environment, set while stored outputs are made or compared: they must not depend on whether a copy of
# the article lies there.
HIDE_ARTICLE = "COURSE_HIDE_ARTICLE"


def is_on(name: str) -> bool:
    """Say whether something is switched on.

    Parameters
    ----------
    name : {"solutions", "progress"}
        What.

    Returns
    -------
    bool
        False also if the file is there and cannot be read: who wrote it wanted something off.
    """
    try:
        return tomllib.loads(FILE.read_text(encoding="utf-8-sig")).get(name, "on") not in ("off", False)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
