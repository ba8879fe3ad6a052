"""Lesson 09: second hints and solutions."""

from .form import one, two

_ROWS = [f"{about}, {kind}" for about in ("arms", "partnership", "training", "visits") for kind in ("generous", "strict")]
_LIST = "\n".join(["mine = [", *(f'    "{{}}",  # {row}' for row in _ROWS), "]"])

SOLUTIONS = {
    "09.1": two(
        "One of our four words for each row. Where you found nothing, that is *open*. A strict criterion cannot be met "
        "where the generous one is not.",
        (
            _LIST.format("fulfilled", "open", "fulfilled", "open", "fulfilled", "partly", "fulfilled", "open"),
            "Where nothing was found, this reader writes *open*: what is not seen is not decided.",
        ),
        (
            _LIST.format(*("fulfilled", "open", "partly", "open"), *("fulfilled", "fulfilled", "fulfilled", "partly")),
            "This reader lets one official without a name count for the air force, counts only what governments signed, and "
            "takes visits of lower officials for a part.",
        ),
    ),
    "09.2": one(
        "First keep the rows whose `outcome` is not open, with `!=`. Of these ask which are fulfilled; "
        "`.mean()` of that is a share.",
        'decided = forecasts[forecasts["outcome"] != "open"]\nshare = (decided["outcome"] == "fulfilled").mean()',
        "True counts as 1 and False as 0, so the mean of the answers is the share of True.",
    ),
    "09.3": two(
        "A list of two: an id of the table above, and what a reader cannot learn from it. Who told the "
        "paper? What was paid, what "
        "came?",
        (
            'decision = ["waqt-news-2024-05-11", "It cannot show whether Iraq has really paid for a single fighter."]',
            "The nearest report to the deal. It rests on diplomats without names.",
        ),
        (
            'decision = ["geo-news-2026-01-10", "It cannot show what was agreed in 2024."]',
            "A later report speaks of interest only. If a state is still interested, it may not have bought yet.",
        ),
    ),
    "09.4": one(
        "Two masks, joined by `&`: it can have happened by that day, so look at `earliest`; it can have "
        "happened later, so look at "
        "`latest`.",
        'cannot_tell = after[(after["earliest"] <= "2021-09-13") & (after["latest"] > "2021-09-13")]',
        "The first possible day is in time, the last possible day is too late. So nobody can say.",
    ),
    "09.5": one(
        "Leave out the open ones first. The fourth height is the mean of *fulfilled* plus half the mean of "
        "*partly*. Then draw all "
        "four names and heights.",
        'decided = forecasts[forecasts["outcome"] != "open"]\n'
        'half = (decided["outcome"] == "fulfilled").mean() + (decided["outcome"] == "partly").mean() / 2\n'
        "fig, ax = plt.subplots()\n"
        'ax.bar([*names, "decided"], [*shares, half])\n'
        'ax.set_title("Four rules, one record")',
        'The star puts the old entries into the new list; `names + ["decided"]` does the same.',
    ),
}
