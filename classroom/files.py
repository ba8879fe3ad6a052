"""Write files so that nothing is ever half-written: to a temporary file first, then in one step over the old one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file, always the same for the same notebook."""
    text: str = nbformat.writes(notebook, version=4)
    return f"{text}\n".encode()


def write_if_changed(path: Path, content: bytes, *, mode: int = 0o644) -> bool:
    """Write a file if its content differs; return whether it was written. A new one gets `mode`."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(content)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
