"""Cut Markdown into units: a heading, a paragraph, an entry of a list, a row of a table. Each is translated by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_MARK = re.compile(r"(?P<mark>#{1,6} |[ ]*(?:[-*]|\d+\.) |> )")
_RULE = re.compile(r"\|?[ :|-]+\|?")  # the line below a table's heading


@dataclass(frozen=True)
class Unit:
    """A part of a text: `mark` stands before it ("## ", "- "), `text` is what is translated, on one line.

    `kind` is "heading", "item", "row", "paragraph", or "" for what stays as it is: empty lines, code, comments, rules.
    """

    kind: str
    mark: str
    text: str


def cut(markdown: str) -> list[Unit]:
    """Cut the text of a cell or page into its units; those that stay as they are hold their lines unchanged."""
    units: list[Unit] = []
    code = comment = False
    for line in markdown.split("\n"):
        fence = line.lstrip().startswith("```")
        if code or fence:
            code = code != fence
            units.append(Unit("", "", line))
        elif comment or line.startswith("<!--"):
            comment = "-->" not in line
            units.append(Unit("", "", line))
        elif not line.strip() or _is_rule(line):
            units.append(Unit("", "", line))
        elif line.startswith("|"):
            units.append(Unit("row", "", line))
        elif found := _MARK.match(line):
            kind = "heading" if line.startswith("#") else "item"
            units.append(Unit(kind, found["mark"], line[found.end() :].strip()))
        elif units and units[-1].kind in ("paragraph", "item"):
            last = units.pop()
            units.append(Unit(last.kind, last.mark, f"{last.text} {line.strip()}"))
        else:
            units.append(Unit("paragraph", "", line.strip()))
    return units


def _is_rule(line: str) -> bool:
    return "-" in line and _RULE.fullmatch(line.strip()) is not None and not line.startswith("- ")


def joined(units: list[Unit], translate: Callable[[Unit, int], str]) -> str:
    """Put a text together again, each unit on a line of its own, in the words that `translate` gives for it.

    `translate` takes a unit and its number, from 1, among those that are translated.
    """
    lines, number = [], 0
    for unit in units:
        if unit.kind:
            number += 1
            lines.append(unit.mark + translate(unit, number))
        else:
            lines.append(unit.text)
    return "\n".join(lines)
