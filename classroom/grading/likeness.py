"""Where two students' work is more alike than the task makes likely: a list for a person to look at, and never a mark.

Likeness is no proof of anything. The assignments allow talking about questions, and two people who read the same page write
alike. So short answers, right answers in code, words of the task, and what many in the class have in common are passed over.
"""

from __future__ import annotations

import io
import json
import re
import tokenize
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from itertools import combinations
from typing import Any

from ..assignments.assignment import Assignment
from ..submissions.notebook import OWN_WORDS
from .results import Result

_TAG, _WORD = re.compile(r"<[^>]*>"), re.compile(r"\w[\w'’-]*")
_SHINGLE = 6  # words in a row: shorter ones are common turns of phrase
_MIN_SHINGLES = 12  # shared by two, in about one sentence of 18 words or more
_MIN_SHARE = 0.4  # of the shorter answer
_MIN_TOKENS = 12  # of code: shorter slips are made by many
_FEW = 3  # as many students may share something before it says more of the task than of them
_MOST_TRACES = 400
_SKIPPED = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


@dataclass(frozen=True)
class Sign:
    """Two students, and in what their work is alike."""

    students: tuple[str, str]
    question: str
    what: str


def likenesses(assignment: Assignment, results: Mapping[str, Result], groups: Mapping[str, str] | None = None) -> list[Sign]:
    """Compare the work of a class; return signs, sorted by students. Who handed in together (`groups`) is not compared."""
    found = [*_in_words(assignment, results), *_in_slips(assignment, results), *_in_traces(results)]
    apart = groups or {}
    return sorted(
        (
            one
            for one in found
            if not (apart.get(one.students[0]) and apart.get(one.students[0]) == apart.get(one.students[1]))
        ),
        key=lambda one: (one.students, one.question, one.what),
    )


def traces_of(notebook: object, known: Collection[str]) -> tuple[str, ...]:
    """Return hashes of what a program wrote into an untrusted notebook by itself and no two students should share.

    For each cell that is not among the `known` ones, its random id; whose own tables it holds; accounts that Colab names.
    """
    cells = notebook.get("cells") if isinstance(notebook, Mapping) else None
    found: dict[str, None] = {}
    for cell in cells if isinstance(cells, list) else []:
        for kind, text in _marks(cell):
            if text not in known and len(found) < _MOST_TRACES:
                found[f"{kind} {sha256(f'{kind} {text}'.encode('utf-8', 'replace')).hexdigest()[:16]}"] = None
    return tuple(found)


def code_of(source: str) -> tuple[str, ...]:
    """Return the tokens of code without comments and layout."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return tuple(source.split())
    return tuple(token.string for token in tokens if token.type not in _SKIPPED)


def _marks(cell: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(cell, Mapping):
        return
    source = cell.get("source")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    if own := [line for line in text.splitlines() if line.endswith(OWN_WORDS)]:
        yield "tables", "\n".join(own)
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    given_out = isinstance(metadata.get("nbgrader"), Mapping)
    for name in (cell.get("id"), metadata.get("id")):
        # Ids that a person or an older program made, such as cell-3, are the same for many.
        if isinstance(name, str) and not given_out and re.fullmatch(r"[A-Za-z0-9_-]{8,64}", name) and re.search(r"\d", name):
            yield "cell", name
    ran = metadata.get("executionInfo")
    user = ran.get("user") if isinstance(ran, Mapping) else None
    account = user.get("userId") if isinstance(user, Mapping) else None
    if isinstance(account, str) and account:
        yield "account", account


def _in_words(assignment: Assignment, results: Mapping[str, Result]) -> Iterator[Sign]:
    for written in assignment.written:
        task = set(_shingles(_words(f"{written.task} {written.scheme} {written.model}")))
        own = {
            student: set(_shingles(_words(_text(result, written.question)))) - task for student, result in results.items()
        }
        shared = _rare(own)
        for pair, rows in shared.items():
            least = min(len(own[one]) for one in pair)
            if len(rows) >= _MIN_SHINGLES and len(rows) >= _MIN_SHARE * least:
                share = round(100 * len(rows) / least)
                what = f"about {min(share, 100)} % of the shorter answer stands word for word in the other"
                yield Sign(pair, written.question, what)


def _in_slips(assignment: Assignment, results: Mapping[str, Result]) -> Iterator[Sign]:
    """Compare code that earned nothing: the same unusual slip. Right code is often the same because it is right."""
    for question in assignment.questions:
        slips: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for student, result in results.items():
            wrong = [one for one in result.scores if one.grade_id.split("-")[0] == question and one.reason not in _NO_SLIP]
            cells = [one.source for one in result.cells if _of(one.cell_id) == question and one.kind == "code" and one.own]
            if wrong and cells and len(code := code_of("\n".join(cells))) >= _MIN_TOKENS:
                slips[code].append(student)
        for students in slips.values():
            if 1 < len(students) <= _FEW:
                for pair in combinations(sorted(students), 2):
                    yield Sign(pair, question, "the same code, with the same slip")


_NO_SLIP = ("passed", "carried", "by hand", "unanswered", "not read")


def _in_traces(results: Mapping[str, Result]) -> Iterator[Sign]:
    words = {
        "cell": "cells that they added carry the same random ids, as in a copied file",
        "tables": "their files hold the same student's own tables",
        "account": "cells were run under the same account of Colab",
    }
    shared = _rare({student: set(result.traces) for student, result in results.items()})
    for pair, traces in shared.items():
        for kind in sorted({trace.split()[0] for trace in traces} & set(words)):
            yield Sign(pair, "", words[kind])


def _rare(own: Mapping[str, Collection[Any]]) -> dict[tuple[str, str], set[Any]]:
    """Return for pairs of students what they have in common and few others have."""
    having: dict[Any, list[str]] = defaultdict(list)
    for student, things in own.items():
        for thing in things:
            having[thing].append(student)
    found: dict[tuple[str, str], set[Any]] = defaultdict(set)
    for thing, students in having.items():
        if 1 < len(students) <= _FEW:
            for one, other in combinations(sorted(students), 2):
                found[one, other].add(thing)
    return found


def _of(cell_id: str) -> str:
    return cell_id.split("/")[0]


def _text(result: Result, question: str) -> str:
    parts = [one.source for one in result.cells if _of(one.cell_id) == question and one.kind != "code" and one.own]
    return unescape(_TAG.sub(" ", " ".join(parts)))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _shingles(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def read_traces(content: bytes, known: Collection[str]) -> tuple[str, ...]:
    """Return the traces in a file that was handed in; none if it cannot be read."""
    try:
        return traces_of(json.loads(content), known)  # in any of the codes that JSON may have
    except (ValueError, RecursionError):
        return ()
