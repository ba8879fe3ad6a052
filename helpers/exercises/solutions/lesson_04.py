"""Lesson 04: second hints and solutions."""

from .form import one, two

SOLUTIONS = {
    "04.1": one(
        "The mended line has one more step than the mistake: between `troops` and the column in square brackets, `groupby` "
        "says what the groups are.",
        'largest = troops.groupby("event_id")["high"].max()',
        "Make a group for each event, look at the column `high`, and give the largest value of each group.",
    ),
    "04.2": two(
        "A list of two: an id from the last rows of `troops`, then your sentence. Ask what a number of "
        "soldiers leaves open: why, "
        "since when, for whose war?",
        (
            'decision = [\n    "troops-1991-01-31-stationed",\n'
            '    "It cannot show how many were there before the protests began.",\n]',
            "*Stationed* counts soldiers who are there. For a claim about an army in the field that is nearer.",
        ),
        (
            'decision = [\n    "troops-1991-02-01-committed",\n    "It cannot show how many of them had arrived.",\n]',
            "*Committed* is what the state promised. For a claim about the state's policy the promise may be the "
            "better evidence.",
        ),
    ),
    "04.3": one(
        "The invasion was on 2 August 1990. The sign for *about* stands behind the day; the end is the end "
        "of our own date, after "
        "the slash.",
        'better = "1990-08-02~/1990-10"',
        "About 2 August until some day in October 1990. The `~` says that the first day is not certain, so mid-August fits.",
    ),
    "04.4": one(
        "After `return` comes a table with a mask in its square brackets. The mask compares the column `low` "
        "with the name that "
        "stands in the first line.",
        'def at_least(number):\n    return troops[troops["low"] >= number]',
        "`number` stands for whatever the caller gives. `return` hands the rows back; `print` would only show them.",
    ),
    "04.5": one(
        "The line that makes `ax` comes first. `ax.hlines` needs a name for each line, then where it begins and where it "
        "ends: two columns of `eighties`.",
        "fig, ax = plt.subplots()\n"
        'ax.hlines(eighties["report_id"], eighties["low"], eighties["high"], linewidth=9)\n'
        'ax.set_title("Pakistani soldiers and Saudi Arabia: three reports of the 1980s")\n'
        'ax.set_xlabel("soldiers")',
        "One line a report, from the lowest to the highest number. Where both are equal the line has no length.",
    ),
}
