"""Lesson 08: second hints and solutions."""

from .form import one, two

_MAKE = (
    "my_forecasts = pd.DataFrame({{\n"
    '    "forecast": [{}],\n    "criterion": [\n        {},\n    ],\n    "deadline": [{}],\n'
    "}})"
)

SOLUTIONS = {
    "08.1": one(
        "Find both dates of her visit and the day on which he came. January has 31 days: count from day to "
        "day, over the end of the "
        "month. Write the smaller number first.",
        "days_between = [28, 31]",
        "Two fair counts of the same thing, from her last day and from her first. Both are about a month.",
    ),
    "08.2": two(
        "Copy the example, with two entries in each list. A criterion says who would have to report what. A "
        "deadline is a date after "
        "the article.",
        (
            _MAKE.format(
                '"Iraq buys arms from Pakistan.", "The visits go on."',
                '"Both governments announce a contract for arms that are made in Pakistan.",\n'
                '        "A minister of defence of one state travels to the other, and a newspaper reports it."',
                '"2023-12-31", "2022-03-13"',
            ),
            "A careful forecaster: two things that can be seen, and time enough for them.",
        ),
        (
            _MAKE.format(
                '"Iraq buys no fighter aircraft from Pakistan.", "The visits stop."',
                '"No newspaper and neither government reports a signed contract for a fighter aircraft.",\n'
                '        "For a whole year no minister of defence of one state travels to the other."',
                '"2025-12-31", "2022-12-31"',
            ),
            "The opposite view of the same visits. It can fail just as clearly, and that makes it a forecast.",
        ),
    ),
    "08.3": two(
        "One sentence between quotation marks: a month, and one of the two ids of the table above. One page "
        "was written at the time, "
        "the other looks back.",
        (
            'decision = "I follow urdupoint-2019-06-18, because it was written on the day of the visit itself."',
            "The nearer source: in June.",
        ),
        (
            'decision = "By ary-news-2020-07-15 they met in July, and nothing shows that there was only one meeting."',
            "The later source may speak of another meeting. Nobody has shown that there was only one.",
        ),
    ),
    "08.4": one(
        "The number of the column lies between those of two pages whose days we know. Write the earlier day, "
        "a slash, and the later.",
        'article_day = "2021-03-04/2021-03-14"',
        "Between 4 and 14 March 2021. The order of the numbers carries this; the pace does not matter.",
    ),
    "08.5": one(
        "The line that makes a name comes before the lines that use it. The two masks are opposites: one says which "
        "are missing, the other which are not.",
        "fig, (upper, lower) = plt.subplots(2, 1, figsize=(10, 7))\n"
        'plot_timeline(steps, ax=upper, highlight=steps["paragraph"].notna(), title="What the article tells")\n'
        'plot_timeline(steps, ax=lower, highlight=steps["paragraph"].isna(), title="What it leaves out")',
        "The same rows twice. Above, those with a paragraph are picked out; below, those without one.",
    ),
}
