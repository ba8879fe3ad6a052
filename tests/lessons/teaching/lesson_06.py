"""Slips that beginners make in lesson 06. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'pair[pair["agreement"] == NaN]',
    'pair[pair["agreement"].isna]',
    'pair[isna(pair["agreement"])]',
    'sources.dropna("date")',
    'votes.pivot_table(index="year", columns="country_b", value="agreement")',
    'votes[votes["year"].isin(1993, 1994)]',
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "06.1": ('syria["agreement"].isna()', "This is a mask"),
    "06.2": ('"2005-08-19/2005-08-22"', "It begins too late"),
}
