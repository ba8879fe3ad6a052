"""``make notebooks``: run every lesson and store its outputs. When nothing changed, nothing is written.

Whatever differs from run to run is made the same by construction: widget ids are counted, the version of Python is left
out, a picture whose pixels are the same keeps its old bytes.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from classroom.files import write_if_changed
from classroom.lesson_files import LESSONS, languages, lessons
from helpers.class_settings import HIDE_ARTICLE
from tools.content.pages import same_pixels

_MODEL_ID = re.compile(r"\b[0-9a-f]{32}\b")


def main(names: list[str] | None = None) -> int:
    """Refresh the lessons, or those named."""
    given = [Path(name) for name in (sys.argv[1:] if names is None else names)]
    translated = [path for language in languages() for path in lessons(language)]
    paths = given or [*sorted(LESSONS.glob("*.ipynb")), *translated]
    failed = 0
    for path in paths:
        try:
            written = write_if_changed(path, refreshed(path))
            print(f"{path.name}: {'outputs refreshed' if written else 'up to date'}")
        except CellExecutionError as problem:
            failed = 1
            print(f"{path.name}: a cell failed, the file is unchanged.\n{problem}", file=sys.stderr)
    return failed


def refreshed(path: Path) -> bytes:
    """Run a notebook and return its file with new outputs; a cell may fail only if it is tagged ``raises-exception``."""
    os.environ[HIDE_ARTICLE] = "1"  # a stored lesson never holds the text of the article
    old = nbformat.read(path, as_version=4)
    new = nbformat.from_dict(json.loads(json.dumps(old)))
    NotebookClient(new, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    new.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            **({"course": old.metadata["course"]} if "course" in old.metadata else {}),  # the language of a translation
        }
    )
    for cell in new.cells:
        cell.metadata.pop("execution", None)  # times of day
    _keep_equal_pictures(old, new)
    return (_with_counted_ids(nbformat.writes(new)) + "\n").encode()


def _with_counted_ids(text: str) -> str:
    """Replace the random ids of widgets by counted ones, the same ids at every run."""
    ids: dict[str, str] = {}
    return _MODEL_ID.sub(lambda match: ids.setdefault(match[0], f"{len(ids) + 1:032x}"), text)


def _keep_equal_pictures(old: Any, new: Any) -> None:
    """Keep the stored bytes of a picture that shows the same pixels: another zlib packs them differently."""
    before = [data for data in _pictures(old)]
    for data, earlier in zip(_pictures(new), before, strict=False):
        new_png, old_png = data["image/png"], earlier["image/png"]
        if new_png != old_png and same_pixels(base64.b64decode(new_png), base64.b64decode(old_png)):
            data["image/png"] = old_png


def _pictures(notebook: Any) -> list[Any]:
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [output.data for output in outputs if "image/png" in output.get("data", {})]


if __name__ == "__main__":
    sys.exit(main())
