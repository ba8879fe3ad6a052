"""Cut a text down to what a room can read: what asks something stays whole, long prose goes to the speaker's notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What fits a glance. A list, being easier to read, may be longer.
WORDS = 60
WORDS_IN_LISTS = 95
# A slide of its own begins here.
_OPENERS = re.compile(r"^(#{1,3} |\*\*(To discuss|Exit ticket|Talk|Your turn|A trap)\b|\*What you'll learn\*|\| )")
# These are never cut: questions to the class, and notes that warn before a hard passage.
_WARNING = re.compile(r"[Cc]ontent note|[Nn]ote before")
_KEPT = re.compile(rf"\*\*(Guess|Predict|Which|What|How|To discuss|Exit ticket|Talk|Your turn)|{_WARNING.pattern}")
_LIST = re.compile(r"[-*] |\d+\. ")
_SENTENCE = re.compile(r"(?<=[.?!])(?=\s)")


@dataclass(frozen=True)
class Piece:
    """What one slide shows of a text, and what stands in its notes; both Markdown."""

    shown: str
    notes: str


def pieces(source: str) -> list[Piece]:
    """Cut a cell of text into slides.

    Parameters
    ----------
    source : str
        Markdown.

    Returns
    -------
    list of Piece
        At least one.
    """
    groups: list[list[str]] = []
    for block in _blocks(source):
        first, *more = _halves(block)
        if not groups or (_OPENERS.match(block) and not _is_bare_heading(groups[-1])):
            groups.append([])
        groups[-1].append(first)
        groups += [[part] for part in more]
    return _opening(groups) if source.startswith("# ") else [_cut(group) for group in groups]


def words(text: str) -> int:
    """Count the words of a text."""
    return len(re.findall(r"\w+(?:[-'’–]\w+)*", text))


def _blocks(source: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", source) if block.strip()]


def _halves(block: str) -> list[str]:
    """Cut a long list into lists of about equal length; leave anything else whole."""
    if not _LIST.match(block) or words(block) <= WORDS_IN_LISTS:
        return [block]
    items = _items(block)
    room = words(block) / -(-words(block) // WORDS_IN_LISTS) * 1.1
    parts = [items[0]]
    for item in items[1:]:
        if words(f"{parts[-1]}\n{item}") > room:
            parts.append(item)
        else:
            parts[-1] += f"\n{item}"
    return parts


def _items(block: str) -> list[str]:
    return re.split(r"\n(?=[-*] |\d+\. )", block)


def _is_bare_heading(group: list[str]) -> bool:
    return len(group) == 1 and group[0].startswith("#")


def _opening(groups: list[list[str]]) -> list[Piece]:
    """Show of a lesson's first cell its title, what one does, what one learns and warnings; the rest is for the
    teacher."""
    first, learn = groups[0], next((group for group in groups if group[0].startswith("*What you'll learn*")), [])
    rest = [block for group in groups[1:] if group is not learn for block in group]
    warnings = [item.removeprefix("- ") for block in rest for item in _items(block) if _WARNING.search(item)]
    found = [Piece("\n\n".join(first), "\n\n".join(rest))]
    return [*found, Piece("\n\n".join([*learn[:2], *warnings]), "\n\n".join(learn[2:]))] if learn else found


def _cut(group: list[str]) -> Piece:
    """Show of a group of blocks as much as fits; if anything is left out, the notes hold the whole."""
    shown: list[str] = []
    room, complete = WORDS, True
    for block in group:
        is_list = bool(_LIST.match(block))
        size, limit = words(block), room + (WORDS_IN_LISTS - WORDS if is_list else 0)
        if size <= limit or block.startswith(("#", "| ")) or (_KEPT.search(block) and not is_list):
            shown.append(block)
            room -= 0 if block.startswith("#") else size
            continue
        complete = False
        if not any(not earlier.startswith("#") for earlier in shown):
            beginning = _beginning(block, room)
            shown += [beginning] if beginning else []
            room = 0
    return Piece("\n\n".join(shown), "" if complete else "\n\n".join(group))


def _beginning(block: str, room: int) -> str:
    """Return the first whole sentences of a paragraph or items of a list that fit, with a sign that more follows."""
    is_list = bool(_LIST.match(block))
    parts = _items(block) if is_list else _SENTENCE.split(block)
    taken = ""
    for part in parts:
        longer = f"{taken}\n{part}" if is_list and taken else taken + part
        if taken and words(longer) > room:
            break
        taken = longer
    # A mark that was opened in a sentence must be closed in it.
    return f"{taken.rstrip()} …" if taken.count("**") % 2 == 0 and taken.count("`") % 2 == 0 else ""
