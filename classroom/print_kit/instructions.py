"""What the first sheet of a printed kit tells the teacher."""

from __future__ import annotations

from helpers.language import later, say

from .cards import Kit

BEFORE = (
    later(
        "Print one kit for each group of three or four students; grey is enough, and one side of the paper. Keep the "
        "answers."
    ),
    later(
        "Cut along the full lines. Fold each card along the broken line, with the writing outside. The front has a "
        "letter and no date; the back has the date and the source. No scissors? Fold the whole sheet along the broken "
        "line."
    ),
)
DRAFT = later(
    "Draft. This is a translation that no native teacher of history has read yet. It is never used for work that is graded."
)
SAY = (
    later("These events are our selection. To count the cards is to count our choices, not history."),
    later("A verdict on the back of a card is ours. It is a place to begin. Whoever disagrees says on what evidence."),
)
_VIOLENCE = (
    "Some cards speak of war, of attacks or of a government that fell by force. Say so before you begin. Nobody has to read "
    "such a card aloud, and whoever prefers may work on another task."
)
_SPARED = (
    "no card, because people were held as hostages or killed: the dead are not a puzzle. You find them in the timeline with "
    "words and at the end of the answers. Read them together, and leave time."
)
_NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_GAMES = (
    later(
        "1. In order (10 minutes). Lay the cards with the letters up. Agree on an order without turning them, and write "
        "down the letters. Then turn the cards. Where were you wrong, and which word on the front could have told you?"
    ),
    later(
        "2. How sure? (10 minutes). Make three heaps: the day is known; only a month, a year or a longer time is known; "
        "about, or in doubt. Take one card from the last two heaps. Which kind of source could make its date more exact?"
    ),
    later(
        "3. On the line (10 minutes). Write the letters and a few words on the timeline without labels. A bar is a time, "
        "not a day; a broken outline is a date that is not sure. Compare with the timeline with words."
    ),
)
_OTHERS = {
    "claim": later(
        "4. Claim and evidence (15 minutes). Read a claim card. Lay beside it the event cards that speak for it or "
        "against it. Is it borne out, borne out in part, contested, or not to be decided with these cards? Then turn it. "
        "Which card that you do not have would settle it?"
    ),
    "forecast": later(
        "4. Forecast and record (15 minutes). Read a forecast card, and what would count as yes. Before you turn "
        "it: which event cards bear on it, and what is your verdict? Then turn it. Is the criterion fair to the author?"
    ),
}

_WORKSHEET = later(
    "5. Read a document (20 minutes). Each group takes one document of the worksheet and answers the four steps in writing. "
    "Then two groups whose documents disagree sit together: on what do they agree, and which sentence could both sign?"
)


def sections(kit: Kit) -> list[tuple[str, list[str]]]:
    """Return the headings of the first sheet, each with its paragraphs; a section without paragraphs is left out."""
    cards = f"{len(kit.cards)} event cards" + (f", {len(kit.claims)} {kit.claim_word} cards" if kit.claims else "")
    papers = f"a worksheet with {len(kit.documents)} documents, " if kit.documents else ""
    here = f"{cards}, a timeline to fill in, the same timeline with its words, {papers}and the answers (the last sheets)."
    if kit.claims and kit.claim_word == "claim" and not papers:  # what is translated; the rest is of lessons in English
        here = say(
            "{events} event cards, {claims} claim cards, a timeline to fill in, the same timeline with its words, and the "
            "answers (the last sheets).",
            events=len(kit.cards),
            claims=len(kit.claims),
        )
    found = [
        (later("What is here"), [here]),
        (later("Before the class"), [*BEFORE]),
        (later("A note before you read"), note(kit)),
        (
            later("With the cards"),
            [*_GAMES, *([_OTHERS[kit.claim_word]] if kit.claims else []), *([_WORKSHEET] if kit.documents else [])],
        ),
        (later("Say it to the class"), [*SAY]),
    ]
    return [(say(heading), [say(text) for text in paragraphs]) for heading, paragraphs in found if paragraphs]


def note(kit: Kit) -> list[str]:
    """Return the paragraphs of a kit's content note; none if the kit tells of no violence."""
    found = [_VIOLENCE] if kit.played["kind"].isin(["conflict", "regime-change"]).any() else []
    if kit.left_out:
        count = len(kit.left_out)
        number = _NUMBERS[count - 1] if count <= len(_NUMBERS) else str(count)
        found.append(f"{number} event{' has' if count == 1 else 's have'} {_SPARED}")
    return found
