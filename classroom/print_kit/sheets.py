"""The sheets of a printed kit: what to do, cards to cut and fold, two timelines, a worksheet, the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.colors import to_hex
from matplotlib.patches import Patch

from helpers.description.describe import describe
from helpers.language import ENGLISH, current, direction, later, say, say_count
from helpers.plotting import glyphs
from helpers.plotting.artists import EventLabel, parts_of
from helpers.plotting.text_size import text_width
from helpers.plotting.theme import PAPER, RIBBON, TINT
from helpers.plotting.timeline import plot_timeline

from .cards import ClaimCard, EventCard, Kit
from .documents import STEPS
from .instructions import DRAFT, sections
from .pdf import A4, MARGIN, SOFT, Booklet, Paragraph, Sheet, needed, plain_settings

PAD = 11.0
HEAD = 27.0  # of an event card: its letter and its mark
PRINTED = {PAPER: "white", TINT: "#f7f7f7", RIBBON: "#e6e6e6"}
SMALLER = 0.9  # a long text may be so much smaller, so that all cards can have one size
LEAST = 110.0  # a card to hold in the hand
WRITE_ROW = 23.0  # room to write by hand
WRITE_LINES = 4  # of a step of the worksheet
# The heading of their answers, and of their column there.
_CLAIMS = {
    "claim": (later("Claims, our verdicts, and what bears on them"), later("Claim")),
    "forecast": (later("Forecasts, our verdicts, and what bears on them"), later("Forecast")),
}
WIDTH, ROOM = (side - 2 * MARGIN for side in A4)


def kit_pdf(kit: Kit) -> bytes:
    """Return the kit of a lesson as a PDF. The same kit gives the same bytes."""
    with plain_settings():
        booklet = Booklet(say("Printed kit · {title}", title=kit.title))
        _instructions(booklet, kit)
        events = [_event_card(card) for card in kit.cards]
        alike = max((card.height(SMALLER) for card in events), default=LEAST)  # cards of one size are easier to lay in a row
        _cards(booklet, events, [alike + _share(alike)] * len(events))
        claims = [_claim_card(card) for card in kit.claims]
        _cards(booklet, claims, [card.height() for card in claims])
        _blank_timeline(booklet.sheet(landscape=True), kit)
        _labelled_timeline(booklet.sheet(landscape=True), kit)
        _worksheet(booklet, kit)
        _answers(booklet, kit)
        return booklet.pdf()


def _instructions(booklet: Booklet, kit: Kit) -> None:
    """The first sheet: for the teacher, and to read aloud."""
    booklet.sheet()
    booklet.flow(
        Paragraph(kit.title, 19, bold=True, after=4),
        Paragraph(say("A kit for a class without computers"), 13, colour=SOFT, after=16),
        *([Paragraph(say(DRAFT), 10, after=12)] if current() != ENGLISH else []),
    )
    for heading, (first, *others) in sections(kit):
        booklet.flow(Paragraph(heading, 13, bold=True, after=4), Paragraph(first, 11, after=7))
        for paragraph in others:
            booklet.flow(Paragraph(paragraph, 11, after=7))
        booklet.y -= 6


@dataclass(frozen=True)
class _Card:
    """What stands on the two sides of a card."""

    front: list[Paragraph]
    back: list[Paragraph]
    event: EventCard | None = None

    @property
    def head(self) -> float:
        return HEAD if self.event else 0.0

    def height(self, scale: float = 1.0) -> float:
        """How high the card must be, with letters of this scale."""
        front, back = (needed(texts, WIDTH / 2 - 2 * PAD, scale) for texts in (self.front, self.back))
        return min(ROOM, max(LEAST, 2 * PAD + max(self.head + front, back)))


def _share(height: float) -> float:
    """What each card gets of the room that cards of this height leave over on a sheet."""
    rows = ROOM // height
    return (ROOM - rows * height) / rows


def _cards(booklet: Booklet, cards: Sequence[_Card], heights: Sequence[float]) -> None:
    """Draw cards one under another, each with its front on the left and its back on the right."""
    bottom = 0.0
    for card, height in zip(cards, heights, strict=True):
        if bottom - height < MARGIN - 0.01:
            sheet = booklet.sheet()
            bottom = sheet.height - MARGIN
        bottom -= height
        _draw_card(booklet.sheets[-1], card, bottom, height)


def _draw_card(sheet: Sheet, card: _Card, bottom: float, height: float) -> None:
    half, top = WIDTH / 2, bottom + height - PAD
    sheet.box(MARGIN, bottom, WIDTH, height)
    sheet.line((MARGIN + half, MARGIN + half), (bottom, bottom + height), dashed=True)
    sheet.fit(card.front, MARGIN + PAD, top - card.head, half - 2 * PAD, height - 2 * PAD - card.head)
    sheet.fit(card.back, MARGIN + half + PAD, top, half - 2 * PAD, height - 2 * PAD)
    if card.event:
        sheet.box(MARGIN + PAD, top - 20, 22, 20, line=1.1)
        sheet.text(MARGIN + PAD + 11, top - 15, card.event.letter, 14, weight="bold", ha="center")
        sheet.mark(MARGIN + PAD + 36, top - 10, **glyphs.glyph_style(card.event.kind, "", 9))
        sheet.text(MARGIN + PAD + 46, top - 13, say(card.event.kind), 8.5, color=SOFT)


def _event_card(card: EventCard) -> _Card:
    title, description = card.front
    back = [
        Paragraph(_capital(card.date), 14, bold=True, after=4),
        Paragraph(card.sureness, 9.5, after=5),
        Paragraph(say("Card {letter}: {title}", letter=card.letter, title=card.title), 8.5, colour=SOFT, after=5),
        Paragraph(say("Source: {source}", source=card.source), 8.5, colour=SOFT),
    ]
    return _Card([Paragraph(title, 11, bold=True, after=4), Paragraph(description, 9)], back, card)


def _claim_card(card: ClaimCard) -> _Card:
    bearing = say("No card of this kit bears on it.")
    if card.letters:
        bearing = say("Cards that bear on it: {letters}.", letters=", ".join(card.letters))
    if card.others:
        others = say_count(
            "{count} other event bears on it: see the answers.",
            "{count} other events bear on it: see the answers.",
            len(card.others),
        )
        bearing = f"{bearing} {others}"
    back = [
        Paragraph(_capital(say(card.verdict)), 12, bold=True, after=4),
        *(Paragraph(f"{say(heading)}: {text}", 8.5, after=4) for heading, text in card.reasons),
        Paragraph(bearing, 8.5, bold=True),
    ]
    criterion = (
        [Paragraph(say("What would count as yes: {criterion}", criterion=card.criterion), 9.5)] if card.criterion else []
    )
    return _Card([Paragraph(card.name, 10, colour=SOFT, after=8), Paragraph(card.claim, 12.5, after=6), *criterion], back)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _blank_timeline(sheet: Sheet, kit: Kit) -> None:
    """The timeline to fill in: numbered marks, and a numbered line for each."""
    title = say("{title}: fill in the timeline", title=kit.title)
    _title(sheet, title, say("Write the card's letter into the box, and a few words on the line."))
    rows = -(-len(kit.cards) // 3)
    foot = MARGIN + rows * WRITE_ROW
    played = kit.played
    axes = sheet.axes(MARGIN, foot + 14, sheet.width - 2 * MARGIN, sheet.height - MARGIN - 48 - foot)
    plot_timeline(played.assign(title=[str(number) for number in range(1, len(played) + 1)]), ax=axes)
    for label in parts_of(axes, EventLabel):
        label.set_text(label.event.title)  # without its year, which is for the students to find
    _on_white(sheet)
    column = (sheet.width - 2 * MARGIN) / 3
    for number in range(len(played)):
        x, y = MARGIN + number // rows * column, foot - (number % rows + 1) * WRITE_ROW + 6
        sheet.text(x + 14, y + 3, str(number + 1), 9, ha="right")
        sheet.box(x + 19, y, 18, 16)
        sheet.line((x + 43, x + column - 12), (y, y))


def _labelled_timeline(sheet: Sheet, kit: Kit) -> None:
    """The timeline with its words."""
    _title(sheet, kit.title, say("Our selection of events, with what we know of their dates."))
    notes = 74.0
    axes = sheet.axes(MARGIN, MARGIN + notes, sheet.width - 2 * MARGIN, sheet.height - 2 * MARGIN - 34 - notes)
    plot_timeline(kit.events, ax=axes)
    words = f"{say('In words.')} {describe(axes, detail='summary')}"
    sheet.fit([Paragraph(words, 8.5)], MARGIN, MARGIN + notes - 8, sheet.width - 2 * MARGIN, notes - 10)
    _on_white(sheet)


def _title(sheet: Sheet, title: str, words: str) -> None:
    x, side = (sheet.width - MARGIN, "right") if direction() == "rtl" else (MARGIN, "left")
    sheet.text(x, sheet.height - MARGIN - 10, title, 13, weight="bold", ha=side)
    sheet.text(x, sheet.height - MARGIN - 24, words, 9, color=SOFT, ha=side)


def _on_white(sheet: Sheet) -> None:
    """Take the tints of the screen's paper away: a printer would make dots of them."""
    for axes in sheet.figure.axes:
        axes.set_facecolor("white")
    for patch in sheet.figure.findobj(Patch):
        assert isinstance(patch, Patch)
        tint = to_hex(patch.get_facecolor())
        if tint in PRINTED:
            patch.set_facecolor(PRINTED[tint])


def _worksheet(booklet: Booklet, kit: Kit) -> None:
    """The documents in our words, and lines to write on beneath each step of reading one."""
    if not kit.documents:
        return
    booklet.sheet()
    booklet.flow(
        Paragraph(f"{kit.title}: read a document", 15, bold=True, after=5),
        Paragraph("Each group takes one. These are our words: where you can, read the text at its address.", 9, after=8),
    )
    for document in kit.documents:
        paragraphs = [Paragraph(f"{place}: {text}", 9.5, after=4, indent=10) for place, text in document.paragraphs]
        name = Paragraph(document.name, 10.5, bold=True, after=2)
        booklet.flow(name, Paragraph(document.address, 8, colour=SOFT, after=4), paragraphs[0])
        for paragraph in paragraphs[1:]:
            booklet.flow(paragraph)
        booklet.y -= 6
    booklet.sheet()
    booklet.flow(Paragraph("Our document:", 12, bold=True, after=14))
    for heading, question in STEPS:
        booklet.flow(Paragraph(heading, 12, bold=True, after=2), Paragraph(question, 10, after=4))
        for _ in range(WRITE_LINES):
            booklet.y -= WRITE_ROW
            booklet.sheets[-1].line((MARGIN, MARGIN + WIDTH), (booklet.y, booklet.y))
        booklet.y -= 16


def _answers(booklet: Booklet, kit: Kit) -> None:
    """The last sheets: for the teacher."""
    booklet.sheet()
    booklet.flow(
        Paragraph(say("{title}: the answers", title=kit.title), 15, bold=True, after=5),
        Paragraph(
            say("Cards whose dates overlap may stand in either order. The number is that of the timeline to fill in."),
            9,
            after=8,
        ),
    )
    rows = [[str(number), card.letter, card.date, card.title] for number, card in enumerate(kit.in_time, start=1)]
    booklet.table((28, 36, 170, 293), [[say("No."), say("Card"), say("Date"), say("Event")], *rows])
    if kit.claims:
        booklet.y -= 10
        booklet.flow(Paragraph(say(_CLAIMS[kit.claim_word][0]), 11, bold=True, after=3))
        told = [
            [card.name, say(card.verdict), ", ".join(card.letters) or "–", say("; ").join(card.others) or "–"]
            for card in kit.claims
        ]
        name = max(76.0, *(text_width(card.name, 8) + 8 for card in kit.claims))
        booklet.table(
            (name, 70, 76, 381 - name),
            [[say(_CLAIMS[kit.claim_word][1]), say("Verdict"), say("Cards"), say("Events that have no card here")], *told],
            8,
        )
    if kit.left_out:
        booklet.y -= 10
        booklet.flow(
            Paragraph(say("Not for the game"), 11, bold=True, after=3),
            Paragraph(
                say("Read these together, with the lesson's own note before them. No task is made of them."), 9, after=5
            ),
        )
        for title, reason in kit.left_out:
            booklet.flow(Paragraph(f"{title}: {reason}.", 9, indent=10))
