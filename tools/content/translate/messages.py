"""Find what the tools say to a class: what `helpers` and the printed kit hand to `say`, `say_count` and `later`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SPEAKERS = ("helpers", "classroom/print_kit")
CALLS = ("say", "say_count", "later")


@dataclass(frozen=True)
class Message:
    """A message in English, the one for several things if it counts, and where it is said."""

    text: str
    comment: str
    plural: str = ""


def messages() -> Iterator[Message]:
    """Yield every message once, in the order of the files."""
    seen: set[tuple[str, str]] = set()
    for path in (path for folder in SPEAKERS for path in sorted((ROOT / folder).rglob("*.py"))):
        for found in _in_file(path):
            if (found.text, found.plural) not in seen:
                seen.add((found.text, found.plural))
                yield found


def _in_file(path: Path) -> Iterator[Message]:
    where = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if node.func.id == "say_count":  # type: ignore[attr-defined]
                yield Message(texts[0], where, texts[1])
            else:
                yield from (Message(text, where) for text in texts)
