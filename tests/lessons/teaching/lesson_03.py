"""Slips that beginners make in lesson 03. The page of the lesson quotes what Python says to each."""

# Each is run after the context of the lesson's solutions; it must fail, or warn.
SLIPS = [
    'era[era["kind"] == "diplomacy" & era["effect"] == "conflictual"]',
    'events[(events["earliest"] >= "1968-01-01") and (events["earliest"] <= "1978-12-31")]',
    'era[(era["kind"] = "diplomacy") & (era["effect"] == "conflictual")]',
    'era[(era["kind"] == diplomacy) & (era["effect"] == "conflictual")]',
    "del era\nera",
    "my_source = jta-1971-12-09",
    'era[era["kind"] == "diplomacy"][era["effect"] == "conflictual"]',
]

# Answers to exercises, and words of the hint that the page quotes.
HINTS = {
    "03.1": ('era[(era["kind"] == "Diplomacy") & (era["effect"] == "conflictual")]', "No row fits"),
}
