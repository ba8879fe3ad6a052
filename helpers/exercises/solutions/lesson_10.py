"""Lesson 10: second hints and solutions."""

from .form import one, two

_EVIDENCE = (
    'evidence = pd.DataFrame({{\n    "claim_id": [{}],\n    "evidence": [\n        {},\n    ],\n'
    '    "measure": [{}],\n}})\nchange = (\n    {}\n)\nreview = [best_case, evidence, change]'
)

SOLUTIONS = {
    "10.1": two(
        'See all verdicts with `show_table(claims, "All", columns=["claim_id", "claim", "support"], '
        "rows=72)`, in a cell of its own. "
        "`claim_events` and `claim_sources` say which ids bear on a claim.",
        (
            'my_verdict = "I would call claim 3i partly right, because zia-in-baghdad-1980 shows a visit; later '
            'years do not."',
            "This one is kinder to the author than we are: one event is set against our verdict.",
        ),
        (
            'my_verdict = "For 4f I choose partly: unvotes-package-2021 cannot say anything about what governments did."',
            "This one doubts the measure, not the author: votes are not relations.",
        ),
    ),
    "10.2": two(
        "Write the three parts one after the other and run each. Ids that bear on a claim stand in `claim_events` and "
        '`claim_sources`: keep the rows of one claim with a mask, as in `behind[behind["claim_id"] == "4f"]`.',
        (
            "best_case = (\n"
            '    "In 10d and 10e the author is exact: the defence production minister came in January 2021, and '
            'within "\n'
            '    "about a month Iraq\'s minister returned her visit."\n)\n'
            + _EVIDENCE.format(
                '"4f", "3i", "10e"',
                '"pakistani-envoy-attacked-2005", "zia-in-baghdad-1980", "enad-visits-pakistan-2021"',
                '"unga_agreement", "trade", "none"',
                '"A list of ambassadors in Baghdad for every year after 2005 would change my mind about claim 4f."',
            ),
            "A review by events: acts of governments weigh most, figures stand beside them.",
        ),
        (
            "best_case = (\n"
            "    \"The author's claim 4f is a fair summary for a short column: the quarrel of two governments "
            'was over, and "\n'
            '    "trade grew from year to year."\n)\n'
            + _EVIDENCE.format(
                '"4f", "3i", "10e"',
                '"cow-trade-4-0", "osirak-1981", "the-news-2021-02-27"',
                '"trade", "unga_agreement", "none"',
                '"If prices, and not goods, explain the rise of the trade, I would drop my defence of claim 4f."',
            ),
            "A review by figures: trade is what two societies do every day. It comes to another view of 4f.",
        ),
    ),
    "10.3": two(
        'The table above has some ids; `load("claim_sources")` has all. Ask what each of them measures. Copy '
        "one between quotation "
        "marks.",
        (
            'my_source = "business-recorder-2010-01-31"',
            "A newspaper that looked at an embassy. It sees little, but it sees what *relations* means.",
        ),
        (
            'my_source = "unvotes-package-2021"',
            "A count of all votes, with one rule for all years. It sees much, but votes are not relations.",
        ),
    ),
    "10.4": one(
        "Take the figure of part 3 and write `ax.plot` twice, once with the rows of Iraq and once with those "
        'of Saudi Arabia ("SAU"), '
        "each with its `label=`.",
        'pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")]\n'
        'saudi = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "SAU")]\n'
        "fig, new_ax = plt.subplots()\n"
        'new_ax.plot(pair["year"], pair["agreement"], label="Iraq")\n'
        'new_ax.plot(saudi["year"], saudi["agreement"], label="Saudi Arabia")\n'
        'new_ax.set_title("Agreement with Pakistan in the UN General Assembly")\n'
        "new_ax.legend()",
        "Each line gets its own rows and its own name. No row is dropped, so the gap stays.",
    ),
    "10.5": one(
        "Two distances of page numbers: from the first page to the column, and from the first page to the "
        "last. Divide the first by "
        "the second, times ten days.",
        "days = (1824741 - 1819386) / (1825161 - 1819386) * 10",
        "The column has covered about nine tenths of the way between two pages that are ten days apart.",
    ),
}
