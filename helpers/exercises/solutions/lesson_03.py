"""Lesson 03: second hints and solutions."""

from .form import one, two

SOLUTIONS = {
    "03.1": one(
        "The line asks the right two questions. What is missing stands around each of them: see the first line of code in "
        "this section.",
        'quarrels = era[(era["kind"] == "diplomacy") & (era["effect"] == "conflictual")]',
        "`&` keeps a row only where both questions get True. Without the round brackets Python would read `&` first.",
    ),
    "03.2": two(
        "Two ids stand in the table above. Copy the one that you trust more for this sentence, between quotation marks.",
        (
            'my_source = "unvotes-roll-call-1227"',
            "A recorded vote is what a state did in public. It does not say what the state did in secret.",
        ),
        (
            'my_source = "jta-1971-12-09"',
            "A report of that week was closer to what was said. But one agency, which cites one side, cannot stand alone.",
        ),
    ),
    "03.3": one(
        "The blank is the name of the event, as text. The second line then counts the countries of its sources.",
        'ids = links[links["event_id"] == "embassy-arms-find-1973"]["source_id"]\n'
        'countries = sources[sources["source_id"].isin(ids)]["country"].value_counts()',
        "Which sources speak of the find, what we know of these sources, and how many come from each country.",
    ),
    "03.4": one(
        "A name must be made before a line uses it. Of the two lines for `begun` keep the one that also takes what began "
        "earlier.",
        'begun = era["earliest"] <= "1973-02-15"\nnot_over = era["latest"] >= "1973-02-15"\n'
        "that_day = era[begun & not_over]",
        "The first possible day is not after the 15th, and the last possible day is not before it.",
    ),
    "03.5": one(
        "Use two masks again: `earliest` from the first day of September 1972, and `latest` up to the last "
        "day of March 1973. Then "
        "`plot_timeline` with a `title=`.",
        'months = era[(era["earliest"] >= "1972-09-01") & (era["latest"] <= "1973-03-31")]\n'
        'ax = plot_timeline(months, title="September 1972 to March 1973, in order")',
        "The title names what can be seen, months and order. It does not say that one thing led to another.",
    ),
}
