"""The notebook that a marker sees in formgrader: the submission in order, with clean outputs and the marks' own metadata."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from .assignment import Assignment, marks_of
from .cleaning import clean_picture, clean_text, inert_markdown
from .engine.contract import Ran
from .normalise import Normalised, PlacedCell

_MOST_PICTURES = 6
_MOST_CODE = 200_000
_STATES = {
    "timeout": "stopped: it took too long",
    "memory": "stopped: it used too much memory",
    "killed": "stopped: it ended the whole program",
    "not run": "not run: the program had ended before",
    "error": "it stopped with an error",
}


def outcome_in_words(ran: Ran) -> str:
    """Say how a cell went, if it did not go well.

    Parameters
    ----------
    ran : Ran
        How it went.

    Returns
    -------
    str
        Empty if all went well. Cleaned, not escaped.
    """
    if ran.state == "ok":
        return ""
    where = f" (line {ran.line})" if isinstance(ran.line, int) else ""
    return clean_text(ran.error, 2_000).strip() + where if ran.error else f"This cell was {_STATES[ran.state]}."


def pictures_of(ran: Ran) -> list[bytes]:
    """Return the pictures of a cell, each written anew; at most six.

    Parameters
    ----------
    ran : Ran
        How the cell went.

    Returns
    -------
    list of bytes
    """
    return [clean for picture in ran.pictures[:_MOST_PICTURES] if (clean := clean_picture(picture)) is not None]


def marker_copy(
    assignment: Assignment,
    work: Normalised,
    ran: Mapping[str, Ran],
    pictures: Mapping[str, Sequence[bytes]],
    verdicts: Mapping[str, str],
) -> NotebookNode:
    """Return the notebook for the marker.

    Parameters
    ----------
    assignment : Assignment
        The assignment.
    work : Normalised
        The submission in order.
    ran : mapping of str to Ran
        How its code cells went; may be empty if nothing ran.
    pictures : mapping of str to sequence of bytes
        The clean pictures of each cell.
    verdicts : mapping of str to str
        What the machine says of each cell with points.

    Returns
    -------
    nbformat.NotebookNode
        With nothing of the submission but text and pictures.
    """
    marks = {marks_of(cell)["grade_id"]: marks_of(cell) for cell in assignment.release.cells if marks_of(cell)}
    notes = [new_markdown_cell(inert_markdown("\n".join(f"- {note}" for note in work.notes)))] if work.notes else []
    schemes = {
        marks_of(cell).get("grade_id"): cell.source for cell in assignment.source.cells if "MARK SCHEME" in cell.source
    }
    cells = []
    for cell in work.cells:
        outputs = _outputs(ran.get(cell.cell_id), pictures.get(cell.cell_id, ()), verdicts.get(cell.cell_id, ""))
        cells.append(_cell(cell, marks.get(cell.cell_id), outputs, schemes.get(cell.cell_id, cell.source)))
    notebook = new_notebook(cells=notes + cells, metadata=_metadata(assignment))
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number}"
    return notebook


def written(notebook: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file, always the same for the same notebook."""
    return (nbformat.writes(notebook, version=4) + "\n").encode()


def _metadata(assignment: Assignment) -> dict[str, object]:
    kept = {name: assignment.release.metadata[name] for name in ("kernelspec",) if name in assignment.release.metadata}
    return {**kept, "language_info": {"name": "python", "pygments_lexer": "ipython3"}}


def _cell(cell: PlacedCell, marks: Mapping[str, object] | None, outputs: list[NotebookNode], locked: str) -> NotebookNode:
    metadata = {"nbgrader": dict(marks)} if marks else {}
    if cell.kind == "code":
        source = clean_text(cell.source, _MOST_CODE)
        return new_code_cell(source, metadata=metadata, outputs=outputs)
    if not cell.own:
        return new_markdown_cell(locked, metadata=metadata)  # the teacher's own words, the mark scheme among them
    return new_markdown_cell(inert_markdown(cell.source), metadata=metadata)


def _outputs(ran: Ran | None, pictures: Sequence[bytes], verdict: str) -> list[NotebookNode]:
    outputs = [new_output("stream", name="stdout", text=clean_text(ran.text))] if ran and ran.text else []
    outputs += [_picture(picture) for picture in pictures]
    if ran and (problem := outcome_in_words(ran)):
        outputs.append(new_output("error", ename="Error", evalue="", traceback=[problem]))
    if verdict:
        outputs.append(new_output("stream", name="stdout", text=f"\n— The machine: {verdict}\n"))
    return outputs


def _picture(content: bytes) -> NotebookNode:
    about = {"image/png": {"alt": "A figure that the student's code drew"}}
    return new_output("display_data", data={"image/png": b64encode(content).decode()}, metadata=about)
