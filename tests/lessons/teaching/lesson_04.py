"""Slips that beginners make in lesson 04. The page of the lesson quotes what Python says to each."""

_REPORTS_OF = 'def reports_of(quantity):\n    return reports[reports["quantity"] == quantity]\n'

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'between = era["effect" != "none"]',
    'era.groupby(effect)["earliest"].min()',
    'troops.groupby("event_id").max()',
    _REPORTS_OF.replace(":", ""),
    _REPORTS_OF.replace("    ", ""),
    _REPORTS_OF + "reports_of()",
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "04.1": ('troops.groupby("quantity")["high"].max()', "The column has 7 entries"),
    "04.2": ('["It cannot show much.", "troops-1991-01-31-stationed"]', "There is no report with this report_id"),
}
