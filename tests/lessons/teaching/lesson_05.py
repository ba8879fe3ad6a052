"""Slips that beginners make in lesson 05. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    "margin = 100 / 1300 ^ 0.5",
    'margin = 100 / 1,300 ** 0.5\nax.bar(herald["question"], herald["percent"], yerr=margin)',
    "100 / sqrt(1200)",
    'ax.bar(herald["percent"])',
    'ax.bar(["boycott US goods", "dissolve the UN"], herald["percent"])',
    'ax.bar(court["answer"], court["percent"], yerr=margin_points)',
    'ax.bar(court["answer"], court["percent"], yer=5)',
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "05.1": ("100 / 1,200 ** 0.5", "a comma made several of it"),
    "05.2": (
        '[ax.bar(court["answer"], court["percent"], yerr=margin), ax.set_title("2006"), ax][2]',
        "The error bars have another length",
    ),
}
