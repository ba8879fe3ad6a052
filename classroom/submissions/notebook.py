"""Read a handed-in notebook as untrusted input: whatever is in it, the result is cells or a reason, never a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nbformat import NotebookNode

CellKind = Literal["code", "markdown", "raw"]
_KINDS: dict[str, CellKind] = {"code": "code", "markdown": "markdown", "raw": "raw", "heading": "markdown"}
MAX_BYTES = 20_000_000
MAX_CELLS = 300
_MAX_CODE = 500_000  # characters; an ordinary submission has 10,000
_MAX_PARTS = 1_000_000  # lists, dictionaries and their entries: each takes about a hundred bytes of memory when it is read


class UnreadableError(Exception):
    """A submission that cannot be read as a notebook; the message is for the student and the marker."""


@dataclass(frozen=True)
class SubmittedCell:
    """One cell as it was handed in.

    Attributes
    ----------
    number : int
        Its place in the notebook, from 1.
    kind : {"code", "markdown", "raw"}
        What it is.
    source : str
        Its text, without what no file can hold (halves of surrogate pairs).
    grade_id : str
        nbgrader's name of it; empty if it has none.
    """

    number: int
    kind: CellKind
    source: str
    grade_id: str


def read_submission(content: bytes) -> tuple[SubmittedCell, ...]:
    """Read the cells of a notebook.

    Parameters
    ----------
    content : bytes
        The file as it was handed in, of at most `MAX_BYTES`.

    Returns
    -------
    tuple of SubmittedCell
        In the order of the notebook. Cells that are none are left out.

    Raises
    ------
    UnreadableError
        If it is no notebook.
    """
    if not content.strip():
        raise UnreadableError("The file is empty.")
    if content.count(b"[") + content.count(b"{") + content.count(b'":') > _MAX_PARTS:
        raise UnreadableError("The notebook holds too much data. Clear its outputs, save it, and send it again.")
    try:
        notebook = json.loads(_text(content))
    except (ValueError, RecursionError):
        raise UnreadableError("The file is not a notebook: it is damaged, or of another kind.") from None
    cells = _cells(notebook)
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"The notebook has {len(cells):,} cells. At most {MAX_CELLS:,} are read.")
    read = [cell for number, raw in enumerate(cells, start=1) if (cell := _cell(number, raw))]
    if not read:
        raise UnreadableError("The notebook has no cells.")
    if not any(cell.source.strip() for cell in read):
        raise UnreadableError("The notebook is empty: nothing is written in its cells.")
    code = sum(len(cell.source) for cell in read if cell.kind == "code")
    if code > _MAX_CODE:
        raise UnreadableError(f"The notebook has {code:,} characters of code. At most {_MAX_CODE:,} are read.")
    return tuple(read)


def cells_of(notebook: NotebookNode) -> tuple[SubmittedCell, ...]:
    """Return the cells of a notebook of our own (a solution, a student edition) as if it had been handed in."""
    return tuple(
        SubmittedCell(number, cell.cell_type, str(cell.source), _grade_id(cell))
        for number, cell in enumerate(notebook.cells, start=1)
    )


def nbgrader_metadata(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return nbgrader's metadata of a cell; empty if it has none, or what stands there has another shape."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else {}


def _text(content: bytes) -> str:
    """Decode a file: UTF-8 with or without a mark, or UTF-16 with one, as some editors write it."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding)


def _cells(notebook: object) -> list[Any]:
    if not isinstance(notebook, Mapping):
        raise UnreadableError("The file is not a notebook: it holds other data.")
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")  # the form of notebooks before 2015
    if isinstance(sheets, list) and sheets and isinstance(sheets[0], Mapping) and isinstance(sheets[0].get("cells"), list):
        return list(sheets[0]["cells"])
    raise UnreadableError("The file is not a notebook: it has no cells.")


def _cell(number: int, raw: object) -> SubmittedCell | None:
    if not isinstance(raw, Mapping):
        return None
    kind = _KINDS.get(str(raw.get("cell_type")))
    if kind is None:
        return None
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    return SubmittedCell(number, kind, source.encode("utf-8", "replace").decode(), _grade_id(raw))


def _grade_id(cell: Mapping[str, Any]) -> str:
    found = nbgrader_metadata(cell).get("grade_id")
    return found if isinstance(found, str) else ""
