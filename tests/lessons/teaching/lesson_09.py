"""Slips that beginners make in lesson 09. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'mine = ["fulfilled" "open", "open", "open", "open", "open", "open", "open"]\npairs.assign(mine=mine)',
    "mine = [fulfilled, open]",
    'forecasts[forecasts["outcome"] =! "open"]',
    'forecasts["outcome"].mean()',
    'pairs.assign(["open"] * 8)',
    'pairs["mine"] == pairs["outcome"]',
    "if len(pairs) == 8:\nown = pairs",
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "09.1": ('["open"] * 8', "These are the words that stood here before"),
    "09.2": (
        '(forecasts[forecasts["outcome"] != open]["outcome"] == "fulfilled").mean()',
        "This is the share of all forecasts",
    ),
}
