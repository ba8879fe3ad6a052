"""Take a text apart into what plays a part on slides: questions, exercises, tables, and sentences that read what was shown.

Nothing is lost: what a slide does not show stands in the speaker's notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

# How many words fit beside a table or a figure, and what a slide of text, and one of key points, may hold.
BESIDE = 45
ALONE = 95
LISTED = 140
HEADING, ASK, TURN, TALK, TABLE, LIST, TEXT, LEAD = "heading", "ask", "turn", "talk", "table", "list", "text", "lead"
# Questions to the class, and notes that warn before a hard passage, are never cut.
WARNING = re.compile(r"[Cc]ontent note|[Nn]ote before|note before")
_ASK = re.compile(r"\*\*(Guess|Predict)\b|\*\*[^*]*\?\*\*")
_TALK = re.compile(r"\*\*(To discuss|Exit ticket|Talk)\b")
# A paragraph that is a line of code and nothing else: what an exercise lets one mend or fill.
CODE = re.compile(r"`[^`]+`")
_LIST = re.compile(r"^(?:[-*] |\d+\. )", re.MULTILINE)
_ENDS = re.compile(r"[.?!…؟۔]\W*\Z")
# The end of a sentence, with what may close behind it.
_END = r"(?:(?<=[.?!؟۔])|(?<=[.?!؟۔]\))|(?<=[.?!؟۔]\*\*))\s+"
_SENTENCE = re.compile(rf"{_END}(?=[A-Z*\"“(\[`\d\u0621-\u06d3«])")
_LABEL = re.compile(r"\*\*[^*]+\*\*")
# The element around a cell of a lesson in another language (tools/content/translate/build.py).
_FRAME = re.compile(r"\A<div [^>]*>\n+|\n+</div>\s*\Z")


@dataclass(frozen=True)
class Part:
    """A piece of a text: which part it plays, its Markdown, and of a translation the English."""

    kind: str
    source: str
    english: str = ""

    @property
    def said(self) -> str:
        """The English, which tells what part a piece plays."""
        return self.english or self.source


def parts(source: str, english: str = "") -> list[Part]:
    """Take a cell of Markdown apart: in the order of the text; joined, they are the text.

    The `english` of a translation has the same blocks, and its words tell what part each plays.
    """
    found: list[Part] = []
    pairs = _beside(_blocks(_FRAME.sub("", source)), _blocks(english))
    for (block, model), (_, after) in zip_longest(pairs, pairs[1:], fillvalue=("", "")):
        kind = _kind(model)
        if kind == TEXT and _ASK.search(model):
            told, asked = _question(block, model)
            found += [Part(TEXT, told)] if told else []
            found.append(Part(ASK, asked))
        elif kind == TEXT and _leads(model, after):
            *before, last = _sentences(block)
            found += [Part(TEXT, " ".join(before))] if before else []
            found.append(Part(LEAD, last))
        elif kind == LIST and found and found[-1].kind == LEAD:
            found[-1] = Part(LIST, f"{found[-1].source}\n\n{block}")
        else:
            found.append(Part(kind, block, model if english else ""))
    return found


def _leads(model: str, after: str) -> bool:
    """Tell whether a text ends with words that promise what follows, so that they cannot stand without it."""
    return model.endswith(":") or (not _ENDS.search(model) and bool(after) and _kind(after) in (LIST, TABLE))


def _beside(blocks: list[str], models: list[str]) -> list[tuple[str, str]]:
    """Put each block beside its English. Below its title a translated lesson has one more, which says that it is a draft."""
    if len(blocks) == len(models) + 1 and models and models[0].startswith("# "):
        models = [models[0], blocks[1], *models[1:]]
    return list(zip(blocks, models if len(models) == len(blocks) else blocks, strict=True))


def words(text: str) -> int:
    """Count the words of a text."""
    return len(re.findall(r"[\w\u064b-\u0652]+(?:[-'’–]\w+)*", text))  # vowel signs stand within a word


def beginning(source: str, room: int) -> str:
    """Return the first whole sentences of a block, or items of a list, in at most `room` words: at least one of them."""
    is_list = bool(_LIST.search(source))
    pieces = items(source) if is_list else _sentences(source)
    taken: list[str] = []
    for piece in pieces:
        if taken and words(" ".join([*taken, piece])) > room and not WARNING.search(piece):
            break
        taken.append(piece)
    return ("\n" if is_list else " ").join(taken)


def in_short(source: str, room: int) -> str:
    """Return what an exercise asks, point by point: of each the first sentence, if a list is longer than its room."""
    if words(source) <= room or not _LIST.search(source):
        return beginning(source, room)
    signs = [_LIST.search(item) for item in items(source)]
    starts = [(item[: sign.end()], item[sign.end() :]) for item, sign in zip(items(source), signs, strict=True) if sign]
    return beginning("\n".join(start + _sentences(rest)[0] for start, rest in starts), room)


def items(source: str) -> list[str]:
    """Return the items of a list, the first with the words that lead to it."""
    first, *more = re.split(r"\n(?=[-*] |\d+\. )", source)
    return [first, *more] if _LIST.search(first) else [f"{first}\n{more[0]}", *more[1:]]


def _blocks(source: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", source) if block.strip()]


def _kind(block: str) -> str:
    if block.startswith("#"):
        return HEADING
    if block.startswith("| "):
        return TABLE
    if block.startswith("**Your turn"):
        return TURN
    if _TALK.match(block):
        return TALK
    return LIST if _LIST.match(block) else TEXT


def _sentences(block: str) -> list[str]:
    """Cut a paragraph into sentences, never inside a mark that is open: bold, code, or a link."""
    found: list[str] = []
    for piece in _SENTENCE.split(block):
        if found and (_is_open(found[-1]) or (len(found) == 1 and _LABEL.fullmatch(found[0]))):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _is_open(text: str) -> bool:
    marks = (text.count("**") % 2, text.replace("**", "").count("*") % 2, text.count("`") % 2)
    return any(marks) or text.count("[") > text.count("]") or text.count("(") > text.count(")")


def _question(block: str, model: str) -> tuple[str, str]:
    """Return what a paragraph tells before it asks, and the question with what follows it; `model` is its English."""
    sentences = _sentences(block)
    asks = re.compile(r"\*\*") if block != model else _ASK  # in another language: what stands in bold letters
    first = next((number for number, sentence in enumerate(sentences) if asks.search(sentence)), 0)
    return " ".join(sentences[:first]), " ".join(sentences[first:])
