"""Write what a class hands in: folders, zips and zips inside them, from a dictionary of names."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

Tree = Mapping[str, "bytes | str | Tree"]
PDF, WORDS, DAMAGED = b"%PDF-1.7", "Dear teacher, here is my work.", "{"
_FIRST = 1_700_000_000


def notebook(text: str) -> bytes:
    """Return a notebook of one cell."""
    cell = {"cell_type": "code", "source": text, "metadata": {"nbgrader": {"grade_id": "q1"}}}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def tree_of(*paths: str) -> dict[str, bytes]:
    """Return notebooks at paths, each with its own path as text."""
    return {path: notebook(path) for path in paths}


def write_tree(folder: Path, tree: Tree) -> None:
    """Write a tree into a folder. A name that ends in .zip and has a tree is a zip. Each file is newer than the last."""
    for number, (name, content) in enumerate(tree.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Mapping) and not name.lower().endswith(".zip"):
            path.mkdir(exist_ok=True)
            write_tree(path, content)
            continue
        path.write_bytes(_bytes(content))
        os.utime(path, (_FIRST + 10 * number, _FIRST + 10 * number))


def leaves(tree: Tree, before: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield each file of a tree, with its path through folders and zips."""
    for name, content in tree.items():
        if isinstance(content, Mapping) and content:
            yield from leaves(content, f"{before}{name}/")
        elif isinstance(content, Mapping):
            yield f"{before}{name}", b""
        else:
            yield f"{before}{name}", _bytes(content)


def zipped(tree: Tree) -> bytes:
    """Return a tree as a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(_flat(tree)):
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 10, number // 30 % 60, number % 30 * 2)), content)
    return file.getvalue()


def _flat(tree: Tree, before: str = "") -> Iterator[tuple[str, bytes]]:
    for name, content in tree.items():
        if isinstance(content, Mapping) and not name.lower().endswith(".zip"):
            yield from _flat(content, f"{before}{name}/")
        else:
            yield f"{before}{name}", _bytes(content)


def _bytes(content: bytes | str | Tree) -> bytes:
    if isinstance(content, Mapping):
        return zipped(content)
    return content.encode() if isinstance(content, str) else content
