"""Slips that beginners make in lesson 10. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'pd.DataFrame({"claim_id": [4f, "3i", "10e"]})',
    'pd.DataFrame({"claim_id": ["4f", "3i", "10e"], "evidence": ["osirak-1981", "zia-in-baghdad-1980"]})',
    "change = 'One of the author's sources would change my mind about 4f.'",
    'change = "A source that shows an ambassador\nwould change my mind about 4f."',
    'load("trade")',
    'fig, ax = plt.subplots()\nax.plot("year", "agreement")',
    'fig, ax = plt.subplots()\nax.plot(pair["year"], votes["agreement"])',
    'ax = plt.subplots()\nax.plot(pair["year"], pair["agreement"])',
    'fig, ax = plt.subplots()\nax.title("Two lines")',
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "10.1": (
        '"I would call 3i contested, because zia-in-baghdad-1980 shows that there were visits as well."',
        "Name your verdict",
    ),
    "10.2": ("[evidence, best_case, change]", "Mind the order of the three"),
}
