"""Let all that a folder of marks holds of students be that of other ids: all of it, also where a run is stopped midway.

What will be changed is written down first, with a hash of each file as it is then. So whoever comes next goes on where it
was stopped, and changes nothing twice: ids that were exchanged would be exchanged back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..assignments.assignment import Assignment
from ..csv_files import csv_bytes
from ..files import write_if_changed
from ..grading.gradebook import open_gradebook, submissions_in, submit_as
from ..grading.out_folder import in_use
from .log import FOLDER, with_ids_in_log

_BEGUN, _DONE = Path(".kept") / "moving.txt", Path(".kept") / "moved.txt"
_LISTS = ("extensions", "times")  # what is said of time by student: see `submissions.time_options`
Ids = Mapping[str, str]


def change_ids(assignment: Assignment, out: Path, ids: Ids, replaced: Collection[str]) -> None:
    """Change ids in a folder of marks; `TeacherError` if it cannot be written.

    Parameters
    ----------
    assignment : Assignment
        What was marked there.
    out : pathlib.Path
        The folder.
    ids : mapping of str to str
        The new id, by the one before. A new id may be one before, too.
    replaced : collection of str
        New ids under which something was marked that is dropped.
    """
    with in_use(out):
        with open_gradebook(out) as book:
            rows = submissions_in(book, assignment)
        plan = {
            "assignment": assignment.name,
            "ids": dict(ids),
            "rows": {rows[old]: new for old, new in ids.items() if old in rows},
            "replaced": {one: rows[one] for one in replaced if one in rows},
            "files": {str(path): _mark_of(_content(out / path)) for path in _files(out)},
        }
        write_if_changed(out / _BEGUN, json.dumps(plan).encode())
        _carry_out(out, plan)


def finish_change(out: Path) -> None:
    """Go on with a change of ids that was stopped in the middle, if one was."""
    try:
        plan = json.loads((out / _BEGUN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    with in_use(out):
        _carry_out(out, plan)


def changes_of(folder: Path) -> list[dict[str, str]]:
    """Return which ids have changed in a folder of marks, run after run."""
    try:
        found = json.loads((folder / _DONE).read_text(encoding="utf-8"))
        return [{str(old): str(new) for old, new in one.items()} for one in found]
    except (OSError, ValueError, AttributeError, TypeError):
        return []


def _carry_out(out: Path, plan: Mapping[str, Any]) -> None:
    """Change what is not changed yet: files that are as they were when it was begun, and then the gradebook."""
    ids, replaced = plan["ids"], plan["replaced"]
    for path in _files(out):
        size, digest = plan["files"].get(str(path), (0, None))
        content = _content(out / path)
        as_it_was = content[:size] if path.suffix == ".jsonl" else content  # a page may have added lines to its log since
        if _mark_of(as_it_was) == [size, digest]:
            write_if_changed(out / path, _renamed(path)(content, ids, replaced))
    with open_gradebook(out) as book:
        submit_as(book, plan["assignment"], plan["rows"], replaced, out)
    (out / _BEGUN).unlink()


def _files(out: Path) -> Iterator[Path]:
    yield from (path.relative_to(out) for path in sorted((out / FOLDER).glob("*.jsonl")))
    for name in (".kept/answers.txt", ".kept/deadline.txt", "handed_in.csv", str(_DONE)):
        yield Path(name)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _mark_of(content: bytes) -> list[object]:
    return [len(content), sha256(content).hexdigest()]


def _renamed(path: Path) -> Callable[[bytes, Ids, Collection[str]], bytes]:
    if path.suffix == ".jsonl":
        return lambda content, ids, _: with_ids_in_log(content, ids)
    return {"answers.txt": _answers, "deadline.txt": _times, "handed_in.csv": _list, _DONE.name: _done}[path.name]


def _answers(content: bytes, ids: Ids, replaced: Collection[str]) -> bytes:
    kept = {one: cells for one, cells in _plain(content).items() if one not in replaced}
    return json.dumps({ids.get(one, one): cells for one, cells in kept.items()}, sort_keys=True).encode()


def _times(content: bytes, ids: Ids, replaced: Collection[str]) -> bytes:
    said = _plain(content)
    lists = {name: said[name] for name in _LISTS if isinstance(said.get(name), dict)}
    new = {name: {ids.get(one, one): at for one, at in sorted(texts.items())} for name, texts in lists.items()}
    return json.dumps(said | new, indent=1).encode() if new else content


def _list(content: bytes, ids: Ids, replaced: Collection[str]) -> bytes:
    """Name the files of the last run by the new ids: the next run compares with them who is who."""
    columns, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline="")) if content else [[]]
    if "student_id" not in columns:
        return content
    at = columns.index("student_id")
    return csv_bytes(columns, [[*row[:at], ids.get(row[at], row[at]), *row[at + 1 :]] for row in rows if len(row) > at])


def _done(content: bytes, ids: Ids, replaced: Collection[str]) -> bytes:
    try:
        before = json.loads(content)
    except ValueError:
        before = []
    return json.dumps([*(before if isinstance(before, list) else []), dict(ids)]).encode()


def _plain(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
