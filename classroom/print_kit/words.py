"""One sheet to lay beside the keyboard: the forty words of Python and pandas that the course uses, each with an example."""

from __future__ import annotations

from typing import NamedTuple

from helpers.plotting.text_size import text_width

from .pdf import A4, MARGIN, SOFT, Booklet, Paragraph, Sheet, plain_settings

TITLE = "Forty words of Python and pandas"
COLUMNS = 2
GAP = 14.0


class Word(NamedTuple):
    """A word, what it does, an example that stands in a lesson, and the lesson that explains it."""

    word: str
    meaning: str
    example: str
    lesson: str


PARTS: dict[str, tuple[Word, ...]] = {
    "Python": (
        Word("=", "gives a value a name", "published = 2021", "00"),
        Word("- + * /", "calculate", "published - 1947", "00"),
        Word('"…"', "a text; straight marks", 'paper = "Arab News"', "00"),
        Word("[…, …]", "a list", 'spellings = ["Asad", "Assad"]', "00"),
        Word("[1]", "picks; counted from 0", "spellings[1]", "00"),
        Word("len( )", "how many", "len(paper)", "00"),
        Word("import", "brings tools", "import pandas as pd", "00"),
        Word("name=", "says what a value is for", 'title="Twelve events, 1949–2021"', "00"),
        Word("#", "a note to the reader", "# an empty figure and its axes", "04"),
        Word("<= >=", "not more, not less than", 'events["earliest"] <= "2021-03-13"', "00"),
        Word("==", "is it equal?", 'events["era_id"] == "baghdad-pact"', "02"),
        Word("!=", "is it another?", 'era["effect"] != "none"', "04"),
        Word("**", "to the power; ** 0.5 is the root", "100 / 1300 ** 0.5", "05"),
        Word("def, return", "a function of your own", "def reports_of(quantity):", "04"),
        Word("if", "only when it is so", 'if Path("my_forecasts.csv").exists():', "09"),
    ),
    "Tables": (
        Word("load", "fetches a table of the course", 'load("events")', "00"),
        Word(
            "DataFrame",
            "makes a table by hand",
            'pd.DataFrame({"years": ["1947–54", "1955–58"], "agreement": [old, new]})',
            "00",
        ),
        Word("show_table", "shows the first rows", 'show_table(means.round(3), "How alike the two voted")', "00"),
        Word('["…"]', "picks a column", 'era["effect"]', "01"),
        Word("head", "the first rows", "events.head(13)", "01"),
        Word("tail", "the last rows", "founding.tail(5)", "01"),
        Word("[2:3]", "rows from 2 up to, not with, 3", "founding[2:3]", "01"),
        Word("sort_values", "puts rows in order", 'founding.sort_values("latest", ascending=False)', "01"),
        Word("table[mask]", "keeps the rows with True", 'events[events["era_id"] == "baghdad-pact"]', "02"),
        Word("&", "both questions, each in ( )", '(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")', "03"),
        Word("isin", "is it one of these?", 'glossary["term"].isin(people)', "02"),
        Word("value_counts", "how often each value stands there", 'mine["support"].value_counts()', "03"),
        Word("sum", "adds up", 'during["votes"].sum()', "02"),
        Word("mean", "the mean; of True and False a share", "same.mean()", "09"),
        Word("groupby", "makes groups, then asks each", 'between.groupby("effect")["latest"].max()', "04"),
        Word("isna, notna", "is it empty? is it not?", 'pair["agreement"].isna()', "06"),
        Word("dropna", "leaves out empty rows", 'sources.dropna(subset=["date"])', "06"),
        Word("pivot_table", "long to wide", 'pivot_table(index="year", columns="country_b", values="agreement")', "06"),
        Word("merge", "joins two tables by a column", 'load("event_sources").merge(sources, on="source_id")', "07"),
        Word("crosstab", "counts by two columns", 'pd.crosstab(behind["event_id"], behind["kind"])', "07"),
        Word("assign", "a copy with a new column", "pairs.assign(mine=mine, reading=reading)", "09"),
        Word("read_csv", "reads a table from a file", 'pd.read_csv("my_forecasts.csv")', "09"),
    ),
    "Figures": (
        Word("show", "puts a figure on the page", 'show(plot_timeline(twelve, title="Twelve events, 1949–2021"))', "00"),
        Word("subplots", "a figure and its axes", 'fig, ax = plt.subplots(figsize=(9, 3), layout="constrained")', "04"),
        Word(
            "ax.bar, ax.set_title",
            "bars, and a title above",
            'ax.set_title("Pakistan, 23–24 March 2003: 1,300 people")',
            "05",
        ),
    ),
}
FOOT = (
    "Square brackets pick. Round ones do. Words of your own stand between straight quotation marks. Capitals count. "
    "A name is not defined? Run the cells above. The number at the right is the lesson that explains the word."
)


def words_pdf() -> bytes:
    """Return the sheet as a PDF of one page A4; the same bytes each time."""
    with plain_settings():
        booklet = Booklet(TITLE)
        sheet = booklet.sheet()
        top = sheet.write([Paragraph(TITLE, 15, bold=True, after=6)], MARGIN, sheet.height - MARGIN, A4[0] - 2 * MARGIN)
        width = (A4[0] - 2 * MARGIN - GAP) / COLUMNS
        _column(sheet, [*_part("Python"), *_part("Figures")], MARGIN, top, width)
        _column(sheet, _part("Tables"), MARGIN + width + GAP, top, width)
        sheet.fit([Paragraph(FOOT, 8.5, colour=SOFT)], MARGIN, MARGIN + 34, A4[0] - 2 * MARGIN, 34)
        return booklet.pdf()


def _part(name: str) -> list[Paragraph | Word]:
    return [Paragraph(name, 11, bold=True, after=3), *PARTS[name]]


def _column(sheet: Sheet, entries: list[Paragraph | Word], x: float, top: float, width: float) -> None:
    """Write words one under another: the word and what it does, beneath it the example, at the right the lesson."""
    y = top
    for entry in entries:
        if isinstance(entry, Paragraph):
            y = sheet.write([entry], x, y, width)
            continue
        sheet.text(x, y - 10, entry.word, 9.5, weight="bold")
        sheet.text(x + text_width(entry.word, 9.5, "bold") + 8, y - 10, entry.meaning, 9, color=SOFT)
        sheet.text(x + width, y - 10, entry.lesson, 8, ha="right", color=SOFT)
        y = sheet.write([Paragraph(entry.example, 8.5, after=5, indent=8)], x, y - 12, width)
    if y < MARGIN + 36:
        raise ValueError(f"The words need {MARGIN + 36 - y:.0f} points more than the sheet has.")
