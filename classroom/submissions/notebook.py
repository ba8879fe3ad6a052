"""Read a handed-in notebook as untrusted input: whatever is in it, the result is cells or a reason, never a crash."""

from __future__ import annotations

import json
import re
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

# The end of a line by which rows of a student's own tables are left out, in a locked cell.
OWN_WORDS = "your own table: a few rows are left out, other ones for each student"
_OWN_LINE = re.compile(rf"(\w+) = \1\[\[row not in \[[\d, ]*\] for row in range\(len\(\1\)\)\]\]  # {re.escape(OWN_WORDS)}")

_SEND_AGAIN = "Open the notebook in Jupyter or Colab, save or download it there as .ipynb, and send that file."
_OTHER_KINDS = (
    (b"PK\x03\x04", "a zip or an Office document"),
    (b"PK\x05\x06", "an empty zip"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"Rar!", "a packed file (rar)"),
    (b"7z\xbc\xaf", "a packed file (7z)"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"version https://git-lfs", "a pointer of git LFS, and the notebook lies elsewhere"),
    (b"<", "a web page"),
)


class UnreadableError(Exception):
    """A submission that cannot be read as a notebook; the message is for the student and the marker."""


@dataclass(frozen=True)
class SubmittedCell:
    """One cell as it was handed in."""

    number: int  # its place in the notebook, from 1
    kind: CellKind  # what it is
    source: str  # its text, without what no file can hold (halves of surrogate pairs)
    grade_id: str  # nbgrader's name of it; empty if it has none


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
    cells = _cells(_loaded(content))
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


def _loaded(content: bytes) -> Any:
    """Return what the JSON of a file says: in UTF-8, UTF-16 or UTF-32, with or without a mark, as editors write it."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise UnreadableError(f"The file is empty. {_SEND_AGAIN}")
    try:
        text = content.decode(json.detect_encoding(content)).strip("\0 \t\r\n")  # a disk that fails leaves zeros at the end
        if text.count("[") + text.count("{") + text.count('":') > _MAX_PARTS:
            raise UnreadableError("The notebook holds too much data. Clear its outputs, save it, and send it again.")
        return json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UnreadableError(_what_came(content, problem)) from None


def _what_came(content: bytes, problem: Exception) -> str:
    """Say what a file is that is no JSON, and what to do."""
    start = content[:2_000].lstrip()
    kind = next((kind for sign, kind in _OTHER_KINDS if start.startswith(sign)), "")
    if kind:
        return f"The file is not a notebook: it is {kind}, although its name ends in .ipynb. {_SEND_AGAIN}"
    if isinstance(problem, UnicodeDecodeError):
        return f"The file has letters that cannot be read: it was saved in an old code, or is damaged. {_SEND_AGAIN}"
    if not isinstance(problem, json.JSONDecodeError):
        return f"The file cannot be read as a notebook. {_SEND_AGAIN}"
    if not problem.doc.startswith("{"):
        return f"The file is not a notebook: it holds other text or data. {_SEND_AGAIN}"
    if any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in problem.doc.splitlines()):
        return f"Two versions of the notebook were mixed into one file by git (<<<<<<<). Choose one of them. {_SEND_AGAIN}"
    if not problem.doc.endswith("}") or problem.pos >= len(problem.doc):
        return f"The notebook breaks off: its end is missing. {_SEND_AGAIN}"
    return f"The file is damaged near line {problem.lineno}, so it cannot be read as a notebook. {_SEND_AGAIN}"


def _cells(notebook: object) -> list[Any]:
    if not isinstance(notebook, Mapping):
        raise UnreadableError(f"The file is not a notebook: it holds other data. {_SEND_AGAIN}")
    cells, sheets = notebook.get("cells"), notebook.get("worksheets")
    if isinstance(cells, list):
        return cells
    if isinstance(sheets, list):  # the form of notebooks before 2015
        inside = [sheet["cells"] for sheet in sheets if isinstance(sheet, Mapping) and isinstance(sheet.get("cells"), list)]
        if inside:
            return [cell for one in inside for cell in one]
    if "doc_id" in notebook or "docs.google.com" in str(notebook.get("url", "")):
        raise UnreadableError(f"The file is a link to a file on Google Drive, and not the notebook itself. {_SEND_AGAIN}")
    raise UnreadableError(f"The file is not a notebook: it has no cells. {_SEND_AGAIN}")


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


def without_own_tables(source: str) -> str:
    """Return a cell's text without the lines that leave out rows of a student's own tables."""
    return "\n".join(line for line in source.splitlines() if not _OWN_LINE.fullmatch(line.strip()))
