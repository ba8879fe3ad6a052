"""Lesson 07: second hints and solutions."""

from .form import one, two

SOLUTIONS = {
    "07.1": one(
        "The right line of the two joins on a column that stands in **both** tables. A name can be used only after "
        "the line that makes it.",
        'joined = load("claim_events").merge(events, on="event_id")\npilots = joined[joined["claim_id"] == "7d"]',
        "`merge` puts beside each link what we know of its event. The mask keeps the links of one claim.",
    ),
    "07.2": two(
        "The ids stand in the question. Ask which of them could know what was said before July 2017. Copy "
        "one between quotation "
        "marks.",
        (
            'my_source = "nation-2017-03-31"',
            "A report made before the press conference. One earlier mention is enough against *never*.",
        ),
        (
            'my_source = "luqman-2017-07"',
            "The only source that makes the statement itself. But whoever says *never* must have looked everywhere.",
        ),
    ),
    "07.3": one(
        "The rows are those of `evidence` with the claim 8c. Look at the first and the last date of these "
        "rows for your title.",
        'began = evidence[evidence["claim_id"] == "8c"]\n'
        'ax = plot_timeline(began, title="Four events behind claim 8c, 2014 to 2019")',
        "The title counts and dates what is drawn. Whether something began is left to the reader.",
    ),
    "07.4": one(
        "The first column in the brackets goes down, the second across. Square brackets after them pick a column, and "
        "here no column has this name.",
        'from_pakistan = pd.crosstab(pages["claim_id"], pages["country"])["PAK"]',
        "How many pages of each claim come from each country, and of these counts the column for Pakistan.",
    ),
    "07.5": one(
        "Take each of the dates for Mosul from 14 July. The nearest date gives the fewest days, the farthest the most.",
        "days_after = [14 - 11, 14 - 9]",
        "Mosul was won on 9, 10 or 11 July: three days before the words at the least, five at the most.",
    ),
}
