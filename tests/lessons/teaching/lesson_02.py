"""Slips that beginners make in lesson 02. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'pact_era[pact_era["kind"] = "treaty"]',
    'pact_era["kind" == "treaty"]',
    'pact_era[pact_era["Kind"] == "treaty"]',
    'pact_era[pact_era["kind"] == treaty]',
    'pact_era(pact_era["kind"] == "treaty")',
    'spans[spans["group"].isin("SEATO")]',
    'spans[spans["group"].isin("Baghdad Pact / CENTO", "SEATO")]',
    'spans[spans["group"] == ["Baghdad Pact / CENTO", "SEATO"]]',
    'plot_spans(both, "Pakistan stood under two umbrellas")',
    "from helpers import show\nshow(both)",
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "02.1": ('pact_era["kind"] == "treaty"', "This is the mask itself"),
}
