"""Lesson 05: second hints and solutions."""

from .form import one, two

SOLUTIONS = {
    "05.1": one(
        "Half of a number is not its root: `* 0.5` and `** 0.5` differ. Write the number without a comma.",
        "margin_2006 = 100 / 1200 ** 0.5",
        "The root of 1200 is about 34.6, and 100 divided by it is about 2.9 points.",
    ),
    "05.2": one(
        "The line that makes `new_ax` comes first. `yerr` takes the number that stands in the column `margin_points`.",
        "fig, new_ax = plt.subplots()\n"
        'new_ax.bar(court["answer"], court["percent"], yerr=5, capsize=6)\n'
        'new_ax.set_title("Gallup Pakistan, about November 2006")\n'
        'new_ax.set_ylabel("per cent")',
        "Three bars, each with a line of five points up and down: the margin that the pollster published, "
        "not that of our rule.",
    ),
    "05.3": two(
        "One sentence between quotation marks. It names one of the two ids of the table above, and says "
        "whether protests came first.",
        (
            'decision = "I follow telegraph-india-2003-03-23: the visit was put off before anybody marched in Lahore."',
            "This one goes by the order of days: what came later cannot have been the cause.",
        ),
        (
            'decision = "With arab-news-2003-03-28 I think that the crowds of that month made the government careful."',
            "This one looks at the whole month: a government can act before a march, because it expects one.",
        ),
    ),
    "05.4": one(
        "Before the slash stands the day of which you are sure. After it stands only what you know of the "
        "end: a year and a month.",
        'careful = "2003-03-25/2003-04"',
        "From 25 March 2003 until some day in April 2003. A month as the end claims no day.",
    ),
}
