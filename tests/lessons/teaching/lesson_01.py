"""Slips that beginners make in lesson 01. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    "founding = events.head[13]",
    'founding("kind")',
    "founding[kind].head(4)",
    'founding["Kind"].head(4)',
    "founding[2]",
    'founding.sort("title")',
    'founding.sort_values("latest", ascending=false)',
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "01.1": ('founding["title"]', "The column has 13 entries"),
    "01.2": ('founding.head(3).sort_values("title")', "some are not the right ones"),
}
