"""Slips that beginners make in lesson 08. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'pd.DataFrame({"date": ["2021-01-24", "2021-01-26"], "title": ["Jalal comes to Baghdad"]})',
    'pd.DataFrame({"forecast": "Iraq buys arms.", "deadline": "2023-12-31"})',
    'pd.DataFrame({"forecast": ["Iraq buys arms."] "deadline": ["2023-12-31"]})',
    'plot_timeline(pd.DataFrame({"date": ["24 January 2021"], "title": ["Jalal comes to Baghdad"]}))',
    "fig, above, below = plt.subplots(2, 1)",
    'fig, both = plt.subplots(2, 1)\nplot_timeline(steps, ax=both, title="Together")',
    "two_forecasts.to_csv(index=false)",
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "08.1": ("[29, 32]", "This counts both the first and the last day"),
    "08.2": ("two_forecasts.assign(deadline=2023-12-31)", "the deadline is a date, written as a string"),
}
