"""Slips that beginners make in lesson 00. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    "publised - 1947",
    "paper = \u201cArab News\u201d",
    'len("Arab News"',
    'spellings = ["Asad", "Assad"]\nspellings[2]',
    'published - "1947"',
    " published - 1947",
    "kinds = [claim, source, opinion]",
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "00.1": ("1973 - published", "The distance is right, but it is negative"),
    "00.2": ('["claim", "claim", "opinion"]', "Look at the second one again"),
}
