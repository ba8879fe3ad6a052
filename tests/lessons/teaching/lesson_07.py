"""Slips that beginners make in lesson 07. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'load("claim_events").merge(events, on=event_id)',
    'load("claim_events").merge("events", on="event_id")',
    'load("claim_events").merge(events, on="claim_id")',
    'load("claim_events").merge(events, on="source_id")',
    'evidence[evidence["claim_id"] == 7d]',
    'pd.crosstab(pages["claim_id"])',
    'cited.crosstab("kind", "country")',
    'pd.crosstab(pages["country"], pages["claim_id"])["PAK"]',
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "07.1": ('load("claim_events").merge(events, on="event_id")', "there are rows of other claims, too"),
    "07.4": ('pd.crosstab(pages["country"], pages["claim_id"])["7a"]', "These are countries with their counts"),
}
