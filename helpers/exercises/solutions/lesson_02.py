"""Lesson 02: second hints and solutions."""

from .form import one, two

SOLUTIONS = {
    "02.1": one(
        "The blank is the name of a column, as text. Which column tells what sort of event a row is?",
        'treaties = pact_era[pact_era["kind"] == "treaty"]',
        "The inner part makes a column of True and False. The outer brackets keep the rows with True.",
    ),
    "02.2": one(
        "First keep the rows of `spans` whose `group` is one of the two, with `isin` and a list. Give that "
        "table to `plot_spans`, "
        "with `title=`, and call the result `ax`.",
        'both = spans[spans["group"].isin(["Baghdad Pact / CENTO", "SEATO"])]\n'
        'ax = plot_spans(both, title="Pakistan stood under two umbrellas")',
        "Two groups need a list, so `isin` and not `==`. The drawing gets a name, `ax`; `show(ax)` would put "
        "it on the page.",
    ),
    "02.3": one(
        'Run the cell of section 7 with `"USA"` in the place of the other country. Then multiply agreement '
        "by votes, add up, and "
        "divide by all votes, for the four years.",
        'america = pakistan[pakistan["country_b"] == "USA"]\n'
        'during = america[america["year"].isin([1955, 1956, 1957, 1958])]\n'
        'with_america = (during["agreement"] * during["votes"]).sum() / during["votes"].sum()',
        "A weighted mean: a year with many votes counts more than one with few.",
    ),
    "02.4": two(
        "In the table each source stands beside its event, with what it says. The exit goes with 1959, the agreements "
        "before it with 1958's "
        "claim. Copy one `source_id` that stands beside your event.",
        (
            'decision = [1959, "library-of-congress-cento"]',
            "A state leaves when it says so: in March 1959 Iraq's government announced it.",
        ),
        (
            'decision = [1958, "hansard-1959-02-04"]',
            "A state leaves when it stops coming: the council of January 1959 had no delegation of Iraq. So the "
            "year before.",
        ),
    ),
    "02.5": one(
        "The beginning is the first day that `1956-11` can mean. The end is the day of the paper that "
        "already tells of the refusal. "
        "A slash stands between.",
        'narrower = "1956-11-01/1956-11-14"',
        "From 1 November to 14 November 1956: not earlier than our table allows, not later than the paper that reports it.",
    ),
}
