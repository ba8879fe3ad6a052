"""The notebook that a marker sees in formgrader: the submission in order, with clean outputs and the marks' own metadata."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from nbformat import NotebookNode, from_dict

from ..assignments.assignment import Assignment
from ..sandbox.messages import Ran
from ..submissions.align import AlignedSubmission, Overwritten, PlacedCell
from ..submissions.notebook import nbgrader_metadata
from .sanitise import clean_picture, clean_text, inert_markdown, inert_text

_Plain = dict[str, Any]  # a cell or an output, as it stands in the file
MAX_PICTURES = 6  # of one cell
_MAX_CODE = 200_000
_ADDED = "The student added this cell."
_COLOURS = {"machine": "#2f5d8a", "student": "#a15c00", "scheme": "#14633d"}
_STATES = {
    "timeout": "stopped: it took too long",
    "memory": "stopped: it used too much memory",
    "killed": "stopped: it ended the whole program",
    "not run": "not run: the program had ended before",
    "error": "it stopped with an error",
}


def outcome_in_words(ran: Ran) -> str:
    """Say how a cell went, if it did not go well; cleaned, not escaped."""
    if ran.state == "ok":
        return ""
    where = f" (line {ran.line})" if isinstance(ran.line, int) else ""
    return clean_text(ran.error, 2_000).strip() + where if ran.error else f"This cell was {_STATES[ran.state]}."


def pictures_of(ran: Ran) -> list[bytes]:
    """Return the pictures of a cell, each written anew; damaged, too large, and more than six are left out."""
    return [clean for picture in ran.pictures[:MAX_PICTURES] if (clean := clean_picture(picture)) is not None]


def grader_notebook(
    assignment: Assignment,
    work: AlignedSubmission,
    ran: Mapping[str, Ran],
    pictures: Mapping[str, Sequence[bytes]],
    verdicts: Mapping[str, str],
) -> NotebookNode:
    """Return the notebook for the marker, with nothing of the submission but text and pictures.

    A verdict is what the machine says of a cell with points: the points, a full stop, and why.
    """
    marks = {
        nbgrader_metadata(cell)["grade_id"]: nbgrader_metadata(cell)
        for cell in assignment.release.cells
        if nbgrader_metadata(cell)
    }
    schemes = {
        nbgrader_metadata(cell).get("grade_id"): _scheme(cell.source)
        for cell in assignment.source.cells
        if "MARK SCHEME" in cell.source
    }
    cells = [_ours("machine", "Said to the student.", inert_text(note)) for note in work.notes]
    for cell in work.cells:
        if cell.origin is None:
            cells.append(_ours("student", _ADDED))
        outputs = _outputs(ran.get(cell.cell_id), pictures.get(cell.cell_id, ()))
        cells.append(_cell(cell, marks.get(cell.cell_id), outputs, schemes.get(cell.cell_id, cell.source)))
        cells += [part for one in work.overwritten_under(cell) for part in _overwritten(one)]
        if verdict := verdicts.get(cell.cell_id):
            points, _, why = verdict.partition(". ")
            cells.append(_ours("machine", f"The machine: {escape(points)}.", inert_text(why)))
    for number, one in enumerate(cells, start=1):
        one["id"] = f"cell-{number}"
    whole = {"cells": cells, "metadata": _metadata(assignment), "nbformat": 4, "nbformat_minor": 5}
    notebook: NotebookNode = from_dict(whole)
    return notebook


# Plain dictionaries: nbformat's own functions check each cell by the whole schema, which took longer than all else in
# marking. The notebook is checked once, when its file is written.
def _code_cell(source: str, metadata: _Plain | None = None, outputs: Sequence[_Plain] = ()) -> _Plain:
    own = {"execution_count": None, "outputs": list(outputs)}
    return {"cell_type": "code", "metadata": metadata or {}, "source": source, **own}


def _markdown_cell(source: str, metadata: _Plain | None = None) -> _Plain:
    return {"cell_type": "markdown", "metadata": metadata or {}, "source": source}


def _output(kind: str, **parts: object) -> _Plain:
    return {"output_type": kind, **parts}


def _metadata(assignment: Assignment) -> dict[str, object]:
    kept = {name: assignment.release.metadata[name] for name in ("kernelspec",) if name in assignment.release.metadata}
    return {**kept, "language_info": {"name": "python", "pygments_lexer": "ipython3"}}


def _cell(cell: PlacedCell, marks: Mapping[str, object] | None, outputs: list[_Plain], locked: str) -> _Plain:
    metadata = {"nbgrader": dict(marks)} if marks else {}
    if cell.kind == "code":
        source = clean_text(cell.source, _MAX_CODE)
        return _code_cell(source, metadata=metadata, outputs=outputs)
    if not cell.own:
        return _markdown_cell(locked, metadata=metadata)  # the teacher's own words, the mark scheme among them
    answer = _words(cell.source)
    answer["metadata"] = metadata
    return answer


def _ours(kind: str, title: str, text: str = "") -> _Plain:
    """Return a cell with one frame of ours."""
    return _markdown_cell(_frame(kind, title, text))


def _frame(kind: str, title: str, text: str = "") -> str:
    """Return a frame that a student's text cannot make: of their HTML no class and no style is left."""
    look = f"border: 2px solid {_COLOURS[kind]}; border-radius: 4px; padding: 6px 10px; background: #f2f5f9; color: #1d2733"
    return f'<div class="tex2jax_ignore mathjax_ignore" style="{look}"><strong>{title}</strong> {text}</div>'


def _scheme(source: str) -> str:
    """Frame the mark scheme, so that nothing without the frame is taken for it."""
    begin, end = _frame("scheme", "The mark scheme, written by the teacher:"), _frame("scheme", "End of the mark scheme.")
    return source.replace("### BEGIN MARK SCHEME", f"{begin}\n").replace("### END MARK SCHEME", f"\n{end}")


def _overwritten(one: Overwritten) -> list[_Plain]:
    """Show what stood in a locked cell, where the marker looks for the answer."""
    title = f"The student wrote this into the locked cell {one.grade_id}, which was put back. It was not run."
    text = _code_cell(clean_text(one.source, _MAX_CODE)) if one.kind == "code" else _words(one.source)
    return [_ours("student", title), text]


def _words(source: str) -> _Plain:
    frame = '<div style="border-left: 5px solid #8a8a8a; padding-left: 12px"><small>The student wrote:</small>'
    return _markdown_cell(f"{frame}{inert_markdown(source)}</div>")


def _outputs(ran: Ran | None, pictures: Sequence[bytes]) -> list[_Plain]:
    """Return what a cell showed. Each line of it has a bar in front, whatever it says: the lines without one are ours."""
    outputs = [_said("Printed by the student's program:", clean_text(ran.text))] if ran and ran.text else []
    outputs += [_said("Drawn by the student's program:"), *map(_picture, pictures)] if pictures else []
    if ran and (problem := outcome_in_words(ran)):
        outputs.append(_output("error", ename="Error", evalue="", traceback=[_behind_bar(problem)]))
    return outputs


def _said(label: str, text: str = "") -> _Plain:
    return _output("stream", name="stdout", text=f"{label}\n" + (_behind_bar(text) + "\n" if text else ""))


def _behind_bar(text: str) -> str:
    return "\n".join(f"│ {line}" for line in text.rstrip("\n").split("\n"))


def _picture(content: bytes) -> _Plain:
    about = {"image/png": {"alt": "A figure that the student's code drew"}}
    return _output("display_data", data={"image/png": b64encode(content).decode()}, metadata=about)
