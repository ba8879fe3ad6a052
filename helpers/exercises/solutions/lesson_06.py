"""Lesson 06: second hints and solutions."""

from .form import one

SOLUTIONS = {
    "06.1": one(
        "`isna()` asks a column where nothing stands. Put this question about `agreement` into the brackets "
        "of `syria`, and take "
        "one column of the rows.",
        'missing_years = syria[syria["agreement"].isna()]["year"]',
        "Keep the rows without an agreement, and of these take the years. Nothing is equal to nothing, so "
        "`==` cannot ask this.",
    ),
    "06.2": one(
        "Begin with the day on which Egypt's envoy was taken, and go on by three days: that is the attack. The end is "
        "about the day of AFP's report.",
        'closing = "2005-07-05/2005-08-22"',
        "Some day from the attack of 5 July to the report of 22 August. In Dawn's copy, which lacks a paragraph, the attack "
        "would seem to be of August.",
    ),
    "06.3": one(
        "Use the cell above with `iraq_side` in the place of the shorter table. The result is a table; a "
        "column of it is picked as "
        "always, by its name.",
        'with_saudi_arabia = iraq_side.pivot_table(index="year", columns="country_b", values="agreement")["SAU"]',
        "Years go down, states across, agreement stands inside. Years without any value are not there: the "
        "gap cannot be seen.",
    ),
    "06.4": one(
        "Go on in steps of eleven days a year from the date that the lesson gives for 2004, or from early "
        "January 2013 back. Then "
        "write year, month, day, and the sign for *about*.",
        'arbaeen_2010 = "2010-02-04~"',
        "Six years of eleven days are 66 days: from 11 April back to about 4 February. `~` says that the "
        "rule is a rule of thumb.",
    ),
    "06.5": one(
        "Take the cell of section 6. Change the column, the words at the side and the title. The words at "
        "the side say what is "
        "counted: a part of a whole.",
        "fig, ax = plt.subplots()\n"
        'ax.bar(iraq["year"], iraq["share_of_a_percent"])\n'
        'ax.set_ylabel("per cent")\n'
        'ax.set_title("Trade with Iraq, as a share of Pakistan\'s trade")',
        "The same years as before, as a part of all trade. The words at the side must change with the numbers.",
    ),
}
